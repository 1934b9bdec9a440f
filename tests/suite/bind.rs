//! `tally bind`: numbers that were typed by hand find the figures that they are, and nothing else of a file changes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use insta::assert_snapshot;
use proptest::prelude::*;
use tally::bind::{Edit, Proposal, propose};
use tally::build::find_bindings;
use tally::check::Subject;
use tally::diagnostic::Findings;
use tally::fact::{FactId, Facts, Word, facts, passages, plain};
use tally::{model, source};

use crate::command::run;
use crate::support::Sandbox;

/// Looks at the texts of a sandbox.
fn looked_at<T>(sandbox: &Sandbox, look: impl FnOnce(&Subject) -> T) -> T {
    let (tree, mut findings) = source::read(&sandbox.content());
    let project = model::load(&tree, &mut findings).expect("the content can be read");
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    look(&Subject { project: &project, facts: &facts, passages: &passages, tree: &tree })
}

/// Figures that were bound in a text, by the file and the place at which each now stands as plain letters.
type Typed = BTreeMap<(String, usize), (String, String)>;

/// Where a placeholder ends, what is printed there, and at which letters of that which addresses.
type Placeholder = (usize, String, Vec<(usize, String)>);

fn as_printed(_: &Facts, _: &str, _: FactId, printed: &str) -> String {
    printed.to_owned()
}

/// Types all figures and statements of a content plainly, as `print` says.
fn typed_plainly(sandbox: &Sandbox, print: impl Fn(&Facts, &str, FactId, &str) -> String) -> Typed {
    // Of each file the placeholders, with what is printed there and the addresses of its figures.
    let mut files: BTreeMap<String, BTreeMap<usize, Placeholder>> = BTreeMap::new();
    let mut texts = BTreeMap::new();
    looked_at(sandbox, |subject| {
        let sources = &subject.tree.sources;
        for (path, file) in subject.tree.readable_texts() {
            texts.insert(path.to_owned(), sources.file(file).text.clone());
        }
        for passage in subject.passages.iter() {
            for (place, word) in passage.words.iter().enumerate() {
                if !matches!(word, Word::Bound { .. } | Word::Stated { .. }) {
                    continue;
                }
                let at = passage.place(sources, place);
                let (path, _) = subject.tree.texts.iter().find(|(_, file)| **file == at.file).unwrap();
                let text = &texts[path];
                let open = text[..at.start as usize].rfind("{{").unwrap();
                let close = open + text[open..].find("}}").unwrap() + 2;
                let (_, printed, addresses) =
                    files.entry(path.clone()).or_default().entry(open).or_insert((close, String::new(), Vec::new()));
                if let Word::Bound { fact, .. } = word {
                    let address = subject.facts.local(&passage.report.id, *fact).to_owned();
                    if addresses.iter().any(|(_, known)| *known == address) {
                        continue; // Another report that shares the text.
                    }
                    let of = if text[open..close].contains("out-of") { " out of " } else { " of " };
                    let between = if addresses.is_empty() { "" } else { of };
                    addresses.push((printed.len() + between.len(), address));
                    *printed += between;
                }
                match word {
                    Word::Bound { fact, text } => {
                        *printed += &print(subject.facts, &passage.report.id, *fact, text);
                    }
                    word => *printed += word.text(),
                }
            }
        }
    });
    let mut typed = Typed::new();
    for (path, placeholders) in files {
        let text = &texts[&path];
        let (mut plain, mut from) = (String::new(), 0);
        for (open, (close, printed, addresses)) in placeholders {
            plain += &text[from..open];
            for (start, address) in addresses {
                typed.insert((path.clone(), plain.len() + start), (printed.clone(), address));
            }
            plain += &printed;
            from = close;
        }
        sandbox.write(&path, plain + &text[from..]);
    }
    typed
}

/// The file and the place of a proposal's number.
fn place(subject: &Subject, proposal: &Proposal) -> (String, usize) {
    let at = proposal.candidates.first().map_or(proposal.at, |first| first.edit.at);
    let (path, _) = subject.tree.texts.iter().find(|(_, file)| **file == at.file).unwrap();
    (path.clone(), at.start as usize)
}

/// Of figures that were typed plainly, how many are found first, which are not, and what is wrong of what is beyond
/// doubt.
struct Measured {
    typed: usize,
    first: usize,
    said: String,
    wrong: Vec<String>,
}

fn measured(sandbox: &Sandbox) -> Measured {
    let typed = typed_plainly(sandbox, as_printed);
    looked_at(sandbox, |subject| {
        let proposals = propose(subject, |_| true);
        let mut found: BTreeMap<(String, usize), &Proposal> = BTreeMap::new();
        for proposal in &proposals {
            let (path, _) = place(subject, proposal);
            found.insert((path.clone(), proposal.at.start as usize), proposal);
            let starts = proposal.candidates.iter().map(|one| one.edit.at.start as usize);
            found.extend(starts.map(|start| ((path.clone(), start), proposal)));
        }
        let (mut first, mut among, mut undoubted, mut said) = (0, 0, 0, String::new());
        for ((path, at), (printed, address)) in &typed {
            let Some(proposal) = found.get(&(path.clone(), *at)) else {
                writeln!(said, "{path}: “{printed}” ({address}) is not seen as a number").unwrap();
                continue;
            };
            let rank = proposal.candidates.iter().position(|one| one.address == *address);
            first += usize::from(rank == Some(0));
            among += usize::from(rank.is_some());
            undoubted += usize::from(proposal.is_beyond_doubt);
            if rank != Some(0) {
                let offered: Vec<&str> = proposal.candidates.iter().map(|one| one.address.as_str()).take(3).collect();
                writeln!(said, "{path}: “{printed}” ({address}) in “{}”: {}", proposal.sentence, offered.join(", "))
                    .unwrap();
            }
        }
        let head = format!(
            "{} figures typed plainly; the right one first: {first}; among those offered: {among}; beyond doubt: {undoubted}\n\nnot first:\n",
            typed.len(),
        );
        let is_wrong = |one: &&Proposal| {
            let right = typed.get(&place(subject, one));
            one.is_beyond_doubt && right.is_none_or(|(_, address)| *address != one.candidates[0].address)
        };
        let told = |one: &Proposal| format!("“{}” in “{}”: {}", one.typed, one.sentence, one.candidates[0].address);
        let wrong = proposals.iter().filter(is_wrong).map(told).collect();
        Measured { typed: typed.len(), first, said: head + &said, wrong }
    })
}

/// Of the figures that the shipped reports bind, typed plainly, at least nine in ten are found again, and what is
/// beyond doubt is right without exception.
#[test]
fn figures_that_are_typed_plainly_are_found_again() {
    let shipped = measured(&Sandbox::shipped());
    assert_snapshot!("found-again", shipped.said);
    assert_eq!(shipped.wrong, [""; 0], "what is beyond doubt is wrong");
    assert!(shipped.first * 10 >= shipped.typed * 9, "fewer than nine in ten");
    // The small project has many figures that happen to be two or three, and few words: what is wrong is seen here.
    let full = measured(&Sandbox::full());
    assert_snapshot!("found-again-in-the-small-project", full.said);
    // This one was marked as a statement, although it is that figure.
    assert_eq!(full.wrong, ["“two” in “We opened two new branches, as promised.”: facts.new-branches"]);
}

/// Whatever is chosen, the texts print what they printed, and every file can be read as before.
#[test]
fn what_is_bound_prints_what_was_typed() {
    let sandbox = Sandbox::shipped();
    typed_plainly(&sandbox, as_printed);
    let before = printed(&sandbox);
    let bindings = find_bindings(&sandbox.options());
    let exact = bindings.proposals.iter().filter_map(|one| one.candidates.iter().find(|one| one.is_exact));
    let chosen: Vec<Edit> = exact.map(|one| one.edit.clone()).collect();
    let written = bindings.write(&chosen).unwrap();
    assert_eq!((written.bound.len(), written.refused.len()), (chosen.len(), 0));
    assert!(chosen.len() > 140, "only {} were bound", chosen.len());
    assert_eq!(printed(&sandbox), before);
}

/// All texts as they are printed.
fn printed(sandbox: &Sandbox) -> Vec<String> {
    looked_at(sandbox, |subject| subject.passages.iter().map(|passage| plain(&passage.words)).collect())
}

/// A number that was typed wrongly is another figure's by chance; it is not bound to that one of its own accord.
#[test]
fn slips_are_not_bound_as_if_they_were_right() {
    let (mut typed_wrongly, mut bound) = (0, Vec::new());
    for step in 1..=8 {
        let sandbox = Sandbox::shipped();
        let another = |facts: &Facts, report: &str, fact: FactId, printed: &str| {
            another_figure(facts, report, fact, step).unwrap_or_else(|| printed.to_owned())
        };
        let right = typed_plainly(&Sandbox::shipped(), as_printed);
        let typed = typed_plainly(&sandbox, another);
        typed_wrongly += typed.values().zip(right.values()).filter(|(one, other)| one != other).count();
        looked_at(&sandbox, |subject| {
            for one in propose(subject, |_| true).iter().filter(|one| one.is_beyond_doubt) {
                let first = &one.candidates[0];
                let is_right = typed.get(&place(subject, one)).is_some_and(|(_, address)| *address == first.address);
                if !is_right {
                    bound.push(format!("“{}” in “{}”: {}", one.typed, one.sentence, first.address));
                }
            }
        });
    }
    assert!(typed_wrongly > 500, "only {typed_wrongly} slips were made");
    assert_eq!(bound, [""; 0]);
}

/// Another figure whose address differs in one segment, as it is printed where nothing else is said.
fn another_figure(facts: &Facts, report: &str, fact: FactId, step: usize) -> Option<String> {
    let own: Vec<&str> = facts.get(fact).address.split('.').collect();
    let is_similar = |address: &str| {
        let other: Vec<&str> = address.split('.').collect();
        other.len() == own.len() && own.iter().zip(&other).filter(|(one, other)| one != other).count() == 1
    };
    let similar: Vec<FactId> =
        facts.within(own[0]).filter(|(address, _)| is_similar(address)).map(|(_, other)| other).collect();
    let other = similar.get((fact.index() + step) % similar.len().max(1))?;
    Some(facts.printed(report, *other))
}

/// How a text is typed in a file.
const STYLES: [&str; 7] = ["bare", "double", "single", "folded", "literal", "flow", "markdown"];

/// The small project with a text in which a number is typed by hand, and the file that it stands in.
fn with_text(style: &str, text: &str) -> (Sandbox, &'static str) {
    const TITLE: &str = "caption: The old branch, ";
    let sandbox = Sandbox::full();
    let description = "description: What the library service did in {{ report.year }}, in its {{ facts.reports | ordinal-words }} report.\n";
    let report = "example/report.yaml";
    let value = match style {
        "bare" => text.to_owned(),
        "double" => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        "single" => format!("'{}'", text.replace('\'', "''")),
        "folded" => format!(">-\n  {}", text.replacen(' ', "\n  ", 1)),
        "literal" => format!("|\n  {text}"),
        "flow" => {
            sandbox.replace(report, TITLE, &format!("caption: {text}, "));
            return (sandbox, report);
        }
        _ => {
            let path = sandbox.content().join("example/welcome.md");
            let before = fs::read_to_string(&path).unwrap();
            fs::write(path, format!("{before}\n\n{text}\n")).unwrap();
            return (sandbox, "example/welcome.md");
        }
    };
    sandbox.replace(report, description, &format!("description: {value}\n"));
    (sandbox, report)
}

/// Whether a text is another one, but for a pair of quotation marks round a stretch of it.
fn is_same_but_for_marks(after: &str, before: &str) -> bool {
    if after == before {
        return true;
    }
    let start = after.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
    // Where the value itself begins with the same mark, any of them is the new one.
    ["\"", "'"].iter().any(|mark| {
        let Some(rest) = after.get(start..).and_then(|rest| rest.strip_prefix(mark)) else { return false };
        let mut ends = rest.match_indices(mark).map(|(end, _)| end);
        ends.any(|end| format!("{}{}{}", &after[..start], &rest[..end], &rest[end + 1..]) == before)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Nothing of a file changes but the number, and quotation marks where YAML needs them for the braces; the text
    /// prints what it printed.
    #[test]
    fn nothing_but_the_number_changes(
        style in prop::sample::select(&STYLES[..]),
        before in "([a-zé£%&'\"#:,\\[\\]{}\\\\*_`| -]{0,10} )?",
        after in "( [a-zé£%&'\"#:,\\[\\]{}\\\\*_`|-]{0,10})?",
    ) {
        let number = "£34,000";
        let (sandbox, path) = with_text(style, &format!("{before}{number}{after}"));
        let file = sandbox.content().join(path);
        let old = fs::read_to_string(&file).unwrap();
        let bindings = find_bindings(&sandbox.options());
        let Some(first) = bindings.proposals.iter().filter(|one| one.typed == number).find_map(|one| one.candidates.first())
        else {
            return Ok(()); // It is no YAML, or touches what would make another number of it.
        };
        let texts = printed(&sandbox);
        let written = bindings.write(std::slice::from_ref(&first.edit)).unwrap();
        let new = fs::read_to_string(&file).unwrap();
        if written.bound.is_empty() {
            prop_assert_eq!(new, old);
            return Ok(());
        }
        prop_assert!(new.contains("{{ costs.poems.total | pounds }}") || new.contains("{{ costs.poems.total }}"), "{}", new);
        prop_assert!(is_same_but_for_marks(&new.replacen(&first.edit.with, number, 1), &old), "{}\n{}", old, new);
        prop_assert_eq!(printed(&sandbox), texts);
    }
}

/// The small project with numbers typed by hand: some that are figures, some that may be several, some that are none.
fn typed_by_hand() -> Sandbox {
    let sandbox = Sandbox::full();
    sandbox
        .replace("example/report.yaml", "figure: \"{{ indicators.loans-on-time.q3.percentage }}\"", "figure: 92%")
        .replace(
            "example/report.yaml",
            "We opened {{ facts.new-branches | words }} branches.",
            "We opened two branches.",
        )
        .replace(
            "example/welcome.md",
            "We opened",
            "About a third of the loans were on time. We spent £34,000 on poems, £33,000 on plays and novels each, and £2.36 million on the\nbranch, on 99 days since 1 April 2025. We opened",
        );
    sandbox
}

/// Without a terminal nobody can be asked: what each number may be is listed, for people and for editors.
#[test]
fn what_may_be_bound_is_listed_and_nothing_is_written() {
    let sandbox = typed_by_hand();
    let before = crate::support::files(&sandbox.content());
    assert_snapshot!("list", run(&sandbox, &["bind"]));
    assert_snapshot!("list-json", run(&sandbox, &["bind", "example", "--message-format", "json"]));
    assert_snapshot!("unknown-report", run(&sandbox, &["bind", "exampel"]));
    assert!(crate::support::files(&sandbox.content()) == before);
}

#[test]
fn what_is_beyond_doubt_is_bound_without_asking() {
    let sandbox = typed_by_hand();
    assert_snapshot!("yes", run(&sandbox, &["bind", "--yes"]));
    let again = run(&sandbox, &["bind", "--yes", "--message-format", "json"]);
    assert!(again.contains("{\"summary\":{\"bound\":0,\"files\":0,\"left\":6}}"), "{again}");
    let report = fs::read_to_string(sandbox.content().join("example/report.yaml")).unwrap();
    assert!(report.contains("- pull-out: We opened {{ facts.new-branches | words }} branches."), "{report}");
}

/// A figure that cannot be read would be missing among those that a number may be.
#[test]
fn content_with_errors_is_mended_first() {
    let sandbox = typed_by_hand();
    sandbox.replace("example/costs.yaml", "£0.33", "0,33");
    let said = run(&sandbox, &["bind", "--yes"]);
    assert!(said.contains("mend these errors first") && said.ends_with("exit code 1"), "{said}");
}

/// What was typed while somebody chose is not lost.
#[test]
fn a_file_that_changed_in_the_meantime_is_left_alone() {
    let sandbox = typed_by_hand();
    let bindings = find_bindings(&sandbox.options());
    let chosen: Vec<Edit> =
        bindings.proposals.iter().filter_map(|one| one.candidates.first()).map(|one| one.edit.clone()).collect();
    sandbox.replace("example/welcome.md", "99 days", "98 days");
    let before = crate::support::files(&sandbox.content());
    let faults = bindings.write(&chosen).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.contains("welcome.md was changed in the meantime"), "{}", faults[0].message);
    assert!(crate::support::files(&sandbox.content()) == before);
}

/// How a file begins and how its lines end is its author's.
#[test]
fn marks_and_line_ends_stay_as_they_are() {
    let sandbox = typed_by_hand();
    let path = sandbox.content().join("example/welcome.md");
    let typed = format!("\u{feff}{}", fs::read_to_string(&path).unwrap().replace('\n', "\r\n"));
    fs::write(&path, &typed).unwrap();
    let bindings = find_bindings(&sandbox.options());
    let branch = bindings.proposals.iter().find(|one| one.typed == "£34,000").unwrap();
    bindings.write(&[branch.candidates[0].edit.clone()]).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), typed.replace("£34,000", &branch.candidates[0].binding));
}

/// In a text that reports share a number is a figure only if it is printed in all of them; what is bound prints the same
/// in each.
#[test]
fn a_shared_text_is_bound_to_what_all_its_reports_print() {
    let sandbox = Sandbox::of(&crate::support::root().join("tests/fixtures/each/content"));
    sandbox.replace(
        "practices/patients.md",
        "{{ row.name }} cares",
        "Three practices care for 16,150 patients in all, one of them for 9,120 and one for 4,050. {{ row.name }} cares",
    );
    let texts = printed(&sandbox);
    let bindings = find_bindings(&sandbox.options());
    let found = |number: &str| {
        let of_number: Vec<&Proposal> = bindings.proposals.iter().filter(|one| one.typed == number).collect();
        assert_eq!(of_number.len(), 1, "{number} is asked once");
        of_number[0].candidates.iter().map(|one| one.address.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(found("Three").first(), Some(&"facts.practices"));
    assert_eq!(found("16,150"), ["practices.total.patients"]);
    assert_eq!(found("9,120"), [""; 0], "row.patients prints this in one report alone");
    let all = bindings.proposals.iter().flat_map(|one| one.candidates.first()).map(|one| one.edit.clone());
    bindings.write(&all.collect::<Vec<_>>()).unwrap();
    assert_eq!(printed(&sandbox), texts);
}
