//! The guide for newcomers says what to type: a reader who types it gets the report, and reads the messages that
//! stand in it. And no link of the documentation leads nowhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Sandbox;
use crate::support::pages::{Piece, page, pieces, reference};
use crate::support::preview::Previewed;
use crate::support::root;

/// A reader who starts from an empty folder, and does what the guide says, line by line.
struct Reader {
    sandbox: Sandbox,
    /// The file that the last line asks to write, and whether only its end.
    writes: Option<(PathBuf, bool)>,
    /// What the last command said, and whether it went well, until that is looked at.
    said: Option<(String, bool)>,
}

impl Reader {
    fn file(&self, path: &str) -> PathBuf {
        let path = Path::new(path);
        self.sandbox.content().join(path.strip_prefix("content").expect("files lie in the folder `content`"))
    }

    /// "Write `FILE`:", "Add at the end of `FILE`:", and "in `FILE` change `THIS` to `THAT`".
    fn reads(&mut self, line: &str) {
        self.writes = line.strip_suffix("`:").map(|asks| {
            let (what, path) = asks.rsplit_once('`').unwrap();
            let at_the_end = what.ends_with("Add at the end of ");
            assert!(at_the_end || what.ends_with("Write "), "{line}");
            (self.file(path), at_the_end)
        });
        if let Some((lead, rest)) = line.split_once("` change `") {
            let path = self.file(lead.rsplit('`').next().unwrap());
            let (from, rest) = rest.split_once("` to `").unwrap();
            let (to, _) = rest.split_once('`').unwrap();
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(text.matches(from).count(), 1, "{from} does not stand once in {}", path.display());
            fs::write(path, text.replace(from, to)).unwrap();
        }
    }

    fn writes(&mut self, text: &str) {
        let (path, at_the_end) =
            self.writes.take().unwrap_or_else(|| panic!("the guide does not say where to write\n{text}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        assert_eq!(path.exists(), at_the_end, "{}", path.display());
        let before = if at_the_end { fs::read_to_string(&path).unwrap() } else { String::new() };
        fs::write(path, before + text).unwrap();
    }

    fn runs(&mut self, line: &str) {
        self.went_well();
        let arguments: Vec<&str> = line.trim().strip_prefix("tally ").expect("the only command").split(' ').collect();
        if arguments[0] == "preview" {
            Previewed::of(&self.sandbox).done();
            return;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_tally"))
            .args(arguments)
            .current_dir(self.sandbox.path())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        self.said = Some((String::from_utf8(said).unwrap(), output.status.success()));
    }

    /// A message of an error stands in the guide where it comes; nothing else goes wrong.
    fn went_well(&mut self) {
        if let Some((said, well)) = self.said.take() {
            assert!(well && !said.contains("warning["), "the guide does not say that this comes:\n{said}");
        }
    }

    fn sees(&mut self, text: &str) {
        let (said, well) = self.said.take().expect("a command stands before what it says");
        assert!(said.contains(text.trim_end()), "the guide says\n{text}\nand the program\n{said}");
        assert_eq!(well, !text.starts_with("error"), "{said}");
    }
}

#[test]
fn the_guide_leads_from_an_empty_folder_to_a_report() {
    let text = page("content/README.md");
    let mut reader = Reader { sandbox: Sandbox::empty(), writes: None, said: None };
    let mut typed = 0;
    for piece in pieces(&text) {
        match piece {
            Piece::Line(line) => reader.reads(line),
            Piece::Block(block) => {
                typed += 1;
                match block.kind {
                    "yaml" | "markdown" => reader.writes(&block.text),
                    "sh" => block.text.lines().for_each(|line| reader.runs(line)),
                    "text" => reader.sees(&block.text),
                    kind => panic!("a block of the kind {kind}"),
                }
            }
        }
    }
    reader.went_well();
    assert!(typed > 10, "the guide was not read");
    let page = reader.sandbox.text("library/index.html");
    for expected in [">two</span> new branches", ">20,000</span> items", "Loans returned on time"] {
        assert!(page.contains(expected), "no {expected}");
    }
    assert!(reader.sandbox.bytes("library/library.pdf").starts_with(b"%PDF-"));
}

/// A newcomer is not met by a wall of words.
#[test]
fn the_guide_stays_short() {
    let lines = page("content/README.md").lines().count();
    assert!(lines <= 200, "the guide has {lines} lines: what it lists belongs in docs/reference");
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn anchors(page: &str) -> BTreeSet<String> {
    let headings = pieces(page).into_iter().filter_map(|piece| match piece {
        Piece::Line(line) if line.starts_with('#') => Some(anchor(line.trim_start_matches('#').trim())),
        _ => None,
    });
    headings.collect()
}

/// Where the links of a page lead, outside code.
fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    for piece in pieces(page) {
        let Piece::Line(line) = piece else { continue };
        let words: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        links.extend(words.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| to.to_owned()));
    }
    links
}

#[test]
fn no_link_of_the_documentation_leads_nowhere() {
    let mut pages: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "content/README.md"].map(str::to_owned).to_vec();
    pages.extend(reference().into_iter().map(|(name, _)| format!("docs/reference/{name}")));
    let mut followed = BTreeSet::new();
    for from in &pages {
        let text = page(from);
        for link in links(&text).into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (path, place) = link.split_once('#').unwrap_or((&link, ""));
            let folder = root().join(from).parent().unwrap().to_owned();
            let target = if path.is_empty() { root().join(from) } else { folder.join(path) };
            assert!(target.exists(), "{from}: there is no {path}");
            if !place.is_empty() {
                let target = fs::read_to_string(&target).unwrap();
                assert!(anchors(&target).contains(place), "{from}: {path} has no heading “{place}”");
            }
            followed.insert(target.canonicalize().unwrap());
        }
    }
    for (name, _) in reference() {
        assert!(
            followed.contains(&root().join("docs/reference").join(&name).canonicalize().unwrap()),
            "nothing leads to {name}"
        );
    }
}

/// A file that the program's messages and the documentation name is there.
#[test]
fn the_pages_that_messages_name_are_there() {
    let mut named = 0;
    for code in tally::diagnostic::Code::ALL {
        let words = code.doc().split_whitespace().map(|word| word.trim_end_matches(['.', ',', ':', ';']));
        for path in words.filter(|word| word.ends_with(".md") && word.contains('/')) {
            assert!(root().join(path).is_file(), "{} names {path}", code.name());
            named += 1;
        }
    }
    assert!(named > 3, "no page is named");
}
