//! A document divided into the parts of a section: prose, tables, pictures and pull-outs, each in its place.

use std::collections::BTreeSet;

use super::levels::{Chapter, chapters};
use super::yaml_text::{MISSING, scalar};
use super::{draft_table, notes};
use crate::model::values::id::Id;
use crate::office::document::markdown::{Manner, write};
use crate::office::document::{Block, Document, Form, Inline, Picture, Said, address, plain};
use crate::yaml::Parse;

/// Where a document is to go.
#[derive(Debug, Clone)]
pub struct Destination<'d> {
    /// The name that its files begin with.
    pub name: &'d str,
    /// Whether each of its highest headings begins a section.
    pub by_section: bool,
}

/// The files that a document becomes.
#[derive(Debug, Default)]
pub struct Manuscript {
    /// The files by their names, with their bytes: Markdown, table files, pictures.
    pub files: Vec<(String, Vec<u8>)>,
    /// Lines for the list of sections of report.yaml.
    pub sections: String,
    /// Lines for its list of notes; empty where there are none.
    pub notes: String,
    pub said: Vec<Said>,
}

struct Divider<'d> {
    destination: Destination<'d>,
    manuscript: Manuscript,
    tables: usize,
    pictures: usize,
    /// What was said of pictures, by their places.
    without_alt: Vec<usize>,
    without_caption: Vec<usize>,
    marked: BTreeSet<usize>,
}

/// Divides a document. A picture or table parts the prose before it from that behind it.
pub fn divide(mut document: Document, destination: Destination) -> Manuscript {
    let all = chapters(&mut document, destination.by_section);
    let mut divider = Divider {
        destination,
        manuscript: Manuscript::default(),
        tables: 0,
        pictures: 0,
        without_alt: Vec::new(),
        without_caption: Vec::new(),
        marked: BTreeSet::new(),
    };
    let many = all.len() > 1;
    for chapter in all {
        divider.chapter(chapter, many, &mut document);
    }
    divider.say_of_pictures(&mut document);
    divider.notes(&mut document);
    Manuscript { said: document.said, ..divider.manuscript }
}

impl Divider<'_> {
    fn chapter(&mut self, mut chapter: Chapter, many: bool, document: &mut Document) {
        notes::below_headings(&mut chapter.blocks);
        let title = chapter.title.clone();
        let id = title.as_deref().and_then(section_id).unwrap_or_else(|| self.destination.name.to_owned());
        let name = match (&title, many) {
            (Some(_), true) => format!("{}-{id}", self.destination.name),
            _ => self.destination.name.to_owned(),
        };
        lead_to_sections(&mut chapter.blocks, title.as_deref(), &id);
        if let Some(title) = &title {
            document.said.push(Said {
                about: "title",
                text: format!("“{title}” became the title of a section, in report.yaml"),
            });
        }
        let mut lines =
            format!("  - id: {id}\n    title: {}\n    parts:\n", title.as_deref().map_or(MISSING.to_owned(), scalar));
        let mut pieces = 0;
        let stretches = stretches(chapter.blocks);
        let is_parted = stretches.iter().filter(|stretch| stretch.has_prose()).count() > 1;
        for stretch in stretches {
            let (prose, boxes): (Vec<Block>, Vec<Block>) =
                stretch.prose.into_iter().partition(|block| !matches!(block, Block::Box { .. }));
            let text = self.written(&prose);
            if !text.is_empty() {
                pieces += 1;
                let file = if is_parted { format!("{name}-{pieces}.md") } else { format!("{name}.md") };
                lines += &format!("      - prose: {file}\n");
                self.manuscript.files.push((file, text.into_bytes()));
            }
            for block in boxes {
                if let Block::Box { text } = block {
                    lines += &format!("      - pull-out: {}\n", scalar(&text));
                }
            }
            match stretch.end {
                Some(Block::Table(number)) => lines += &self.table(number, document),
                Some(Block::Picture(number)) => lines += &self.picture(number, document),
                _ => {}
            }
        }
        self.manuscript.sections += &lines;
    }

    fn written(&mut self, blocks: &[Block]) -> String {
        notes::marked(blocks, &mut self.marked);
        let name = self.destination.name;
        write(blocks, &Manner { level: &usize::from, note: &|number| notes::id(name, number) })
    }

    fn table(&mut self, number: usize, document: &mut Document) -> String {
        let Some(table) = document.tables.get(number) else { return String::new() };
        self.tables += 1;
        let file = format!("{}-table-{}.yaml", self.destination.name, self.tables);
        self.marked.extend(table.rows.iter().flatten().flat_map(|cell| notes::numbers(&cell.inlines)));
        let name = self.destination.name;
        let (text, objections) = draft_table::write(table, &|number| notes::id(name, number));
        let caption = if table.caption.is_none() { vec!["it has no caption".to_owned()] } else { Vec::new() };
        for objection in caption.into_iter().chain(objections) {
            document.said.push(Said { about: "table", text: format!("{file}: {objection}") });
        }
        self.manuscript.files.push((file.clone(), text.into_bytes()));
        format!("      - table: {file}\n")
    }

    fn picture(&mut self, number: usize, document: &mut Document) -> String {
        let Some(picture) = document.pictures.get(number) else { return String::new() };
        self.pictures += 1;
        let place = self.pictures;
        let shown = shown(picture);
        let line =
            |name: &str, text: Option<&str>| format!("          {name}: {}\n", text.map_or(MISSING.to_owned(), scalar));
        let mut lines = "      - figure:\n".to_owned();
        match &shown {
            Ok(ending) => {
                let file = format!("{}-picture-{place}.{ending}", self.destination.name);
                lines += &line("picture", Some(&file));
                self.manuscript.files.push((file, picture.bytes.clone()));
            }
            Err(why) => document.said.push(Said {
                about: "picture",
                text: format!("the {} picture {why}; until then its place stays empty", ordinal(place)),
            }),
        }
        if picture.alt.is_none() {
            self.without_alt.push(place);
        }
        if picture.caption.is_none() {
            self.without_caption.push(place);
        }
        if shown.is_ok() {
            lines += &line("alt", picture.alt.as_deref());
        }
        lines + &line("caption", picture.caption.as_deref())
    }

    fn say_of_pictures(&self, document: &mut Document) {
        let listed = |places: &[usize]| places.iter().map(|place| ordinal(*place)).collect::<Vec<_>>().join(", ");
        let mut say = |about: &'static str, places: &[usize], what: &str| {
            if !places.is_empty() {
                let (word, has) = if places.len() == 1 { ("picture", "has") } else { ("pictures", "have") };
                document.said.push(Said { about, text: format!("the {} {word} {has} no {what}", listed(places)) });
            }
        };
        say(
            "alt",
            &self.without_alt,
            "alternative text: say in it what the picture shows, for those who cannot see it",
        );
        say("caption", &self.without_caption, "caption");
    }

    fn notes(&mut self, document: &mut Document) {
        notes::say_unmarked(document, &self.marked);
        for number in &self.marked {
            let text = document.notes.get(*number).map(|note| notes::text(note)).unwrap_or_default();
            let text = if text.is_empty() { MISSING.to_owned() } else { text };
            self.manuscript.notes +=
                &format!("  - id: {}\n    text: {}\n", notes::id(self.destination.name, *number), scalar(&text));
        }
        match self.marked.len() {
            0 => {}
            1 => document.said.push(Said { about: "notes", text: "1 note became a note of the report".to_owned() }),
            count => {
                document.said.push(Said { about: "notes", text: format!("{count} notes became notes of the report") })
            }
        }
    }
}

/// Prose up to a table or picture, or to the end.
#[derive(Default)]
struct Stretch {
    prose: Vec<Block>,
    end: Option<Block>,
}

impl Stretch {
    fn has_prose(&self) -> bool {
        self.prose.iter().any(|block| !matches!(block, Block::Box { .. }))
    }
}

fn stretches(blocks: Vec<Block>) -> Vec<Stretch> {
    let mut all = vec![Stretch::default()];
    for block in blocks {
        let Some(last) = all.last_mut() else { break };
        match block {
            Block::Table(_) | Block::Picture(_) => {
                last.end = Some(block);
                all.push(Stretch::default());
            }
            Block::Begin { .. } => {}
            other => last.prose.push(other),
        }
    }
    all
}

/// The id of a section of that title.
fn section_id(title: &str) -> Option<String> {
    let id = Id::of_name(title)?.as_str().to_owned();
    match Id::parse(&id) {
        Ok(_) => Some(id),
        Err(_) => Some(format!("section-{id}")),
    }
}

/// Links to headings lead to their addresses on the page: that of a subheading begins with its section.
fn lead_to_sections(blocks: &mut [Block], title: Option<&str>, id: &str) {
    let subheadings: BTreeSet<String> = blocks
        .iter()
        .filter_map(
            |block| if let Block::Heading { inlines, .. } = block { Some(address(&plain(inlines))) } else { None },
        )
        .collect();
    let title = title.map(address);
    let lead = |form: &mut Form| {
        let Some(to) = form.link.as_deref().and_then(|to| to.strip_prefix('#')) else { return };
        if title.as_deref() == Some(to) {
            form.link = Some(format!("#{id}"));
        } else if subheadings.contains(to) {
            form.link = Some(format!("#{id}-{to}"));
        }
    };
    each_form(blocks, &lead);
}

fn each_form(blocks: &mut [Block], change: &impl Fn(&mut Form)) {
    for block in blocks {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph { inlines } => {
                for inline in inlines {
                    if let Inline::Text { form, .. } | Inline::Placeholder { form, .. } = inline {
                        change(form);
                    }
                }
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_form(item, change)),
            Block::Quote { blocks } => each_form(blocks, change),
            Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => {}
        }
    }
}

/// The ending of a picture that a report can show, by its bytes; or what to do about one that it cannot.
fn shown(picture: &Picture) -> Result<&'static str, String> {
    let bytes = picture.bytes.trim_ascii_start();
    match bytes {
        [] => Err("lies outside of the document: save it as .png and name it in report.yaml".to_owned()),
        _ if bytes.starts_with(b"\x89PNG") => Ok("png"),
        _ if bytes.starts_with(b"\xff\xd8") => Ok("jpg"),
        _ if bytes.starts_with(b"<") && picture.ending == "svg" => Ok("svg"),
        _ => Err(format!(
            "is of a kind that no page shows (.{}): save it as .png and name it in report.yaml",
            picture.ending
        )),
    }
}

fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}
