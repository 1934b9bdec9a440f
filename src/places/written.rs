//! Everything of a report that was typed and may be seen.
//!
//! In: the report with its facts and texts. Out: a [`Written`] for each block of prose, value and figure: where it
//! stands, what a writer calls it, and what it says in print.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::{FileId, Span};
use crate::fact::{FactId, Facts, Kind, Passage, Passages, Word, plain};
use crate::markdown::{Piece, Within, outline};
use crate::model::Report;
use crate::source::SourceTree;
use crate::yaml::{self, Node, Value};

/// A text or a figure that was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The block of prose, the value, or the figure.
    pub at: Span,
    /// In a writer's words: "Paragraph", "Title", "Figure".
    pub kind: &'static str,
    /// The section in which it stands first; none for what any section may print, and nothing above the sections.
    pub section: Option<String>,
    /// The titles, headings and labels that it stands under, outermost first.
    pub about: Vec<Arc<str>>,
    /// As it is printed.
    pub says: String,
    /// Of a figure its address, as the report writes it.
    pub address: Option<String>,
    /// What is bound in a text.
    pub figures: Vec<BoundFigure>,
}

/// A figure that is bound in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundFigure {
    /// The placeholder, with its braces.
    pub at: Span,
    pub address: String,
    pub printed: String,
}

/// Values of other fields are ids, dates and ways of showing, which are not printed as they were typed.
const PRINTED_FIELDS: [&str; 29] = [
    "abbreviations",
    "address",
    "alt",
    "because",
    "by",
    "caption",
    "chief-officer",
    "credit",
    "description",
    "detail",
    "email",
    "intro",
    "label",
    "means",
    "name",
    "names",
    "note",
    "organisation",
    "postal",
    "reason",
    "role",
    "short-name",
    "source",
    "sources",
    "speaker",
    "telephone",
    "text",
    "title",
    "words",
];

/// What the addresses of figures begin with that all reports share.
const SHARED: [&str; 2] = ["facts", "organisation"];

/// All of a report, in the order of its texts; then what it shares with others, then its figures.
pub fn written(report: &Report, facts: &Facts, passages: &Passages, tree: &SourceTree) -> Vec<Written> {
    let mut gathering =
        Gathering { report, facts, tree, files: Files::default(), known: BTreeSet::new(), all: Vec::new() };
    passages.of(&report.id).iter().for_each(|passage| gathering.passage(passage));
    gathering.values();
    gathering.figures();
    gathering.all
}

/// The figures that a report can print by an address without a report's name: its own, and those that all reports share, but
/// where it has one of the same address.
pub fn figures<'f>(report: &'f Report, facts: &'f Facts) -> impl Iterator<Item = FactId> {
    let scopes = [report.id.as_str()].into_iter().chain(SHARED);
    let all = scopes.flat_map(|scope| facts.within(scope)).map(|(_, id)| id);
    all.filter(|id| facts.find(&report.id, facts.local(&report.id, *id)) == Some(*id))
}

/// What is known of files, each read when it is first asked for.
#[derive(Default)]
struct Files {
    blocks: HashMap<FileId, Vec<Piece>>,
    fields: HashMap<FileId, BTreeMap<u32, Field>>,
}

/// A value of a YAML file.
struct Field {
    at: Span,
    /// The names of the fields around it, the innermost last.
    names: Vec<String>,
    text: String,
}

struct Gathering<'a> {
    report: &'a Report,
    facts: &'a Facts<'a>,
    tree: &'a SourceTree,
    files: Files,
    known: BTreeSet<(Span, bool)>,
    all: Vec<Written>,
}

impl Gathering<'_> {
    fn passage(&mut self, passage: &Passage) {
        // The number that a list begins with stands in the block of its first entry, which has its own passage.
        if passage.kind == Kind::ListNumber {
            return;
        }
        let figures = self.bound(passage);
        let section = Some(passage.section.to_owned());
        let one = |at, kind, words: &[Word], figures| Written {
            at,
            kind,
            section: section.clone(),
            about: passage.about.clone(),
            says: plain(words),
            address: None,
            figures,
        };
        if !passage.is_value() {
            if let Some((at, kind)) = self.files.block(passage.at, self.tree) {
                self.push(one(at, kind, &passage.words, figures));
            }
            return;
        }
        for (at, words) in passage.texts() {
            let kind = self.files.field(at, self.tree).map_or("Text", |field| kind_of(&field.names));
            let within = figures.iter().filter(|figure| at.start <= figure.at.start && figure.at.end <= at.end);
            let within = within.cloned().collect();
            self.push(one(at, kind, words, within));
        }
    }

    /// The figures that are bound in a text, each with its placeholder.
    fn bound(&self, passage: &Passage) -> Vec<BoundFigure> {
        let sources = &self.tree.sources;
        let figure = |(place, word): (usize, &Word)| match word {
            Word::Bound { text, fact } => {
                let at = passage.place(sources, place);
                Some(BoundFigure {
                    at: with_braces(&sources.file(at.file).text, at),
                    address: self.facts.local(&self.report.id, *fact).to_owned(),
                    printed: text.clone(),
                })
            }
            _ => None,
        };
        passage.words.iter().enumerate().filter_map(figure).collect()
    }

    /// Values that are no texts of the report and are printed all the same: of the organisation, of sources, of who let a
    /// finding stand.
    fn values(&mut self) {
        let folder = format!("{}/", self.report.folder);
        let is_read = |path: &str| path.ends_with(".yaml") && (path.starts_with(&folder) || !path.contains('/'));
        let files: Vec<FileId> =
            self.tree.readable_texts().filter(|(path, _)| is_read(path)).map(|(_, file)| file).collect();
        for file in files {
            for Field { at, names, text } in self.files.fields(file, self.tree) {
                let is_printed = names.iter().any(|name| PRINTED_FIELDS.contains(&name.as_str()));
                if is_printed && tells(text) && self.known.insert((*at, false)) {
                    let says = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.all.push(Written {
                        at: *at,
                        kind: kind_of(names),
                        section: None,
                        about: Vec::new(),
                        says,
                        address: None,
                        figures: Vec::new(),
                    });
                }
            }
        }
    }

    /// Every figure that was typed: those of the report, and those that all reports share.
    fn figures(&mut self) {
        let facts = self.facts;
        for id in figures(self.report, facts).filter(|id| facts.get(*id).typed.is_some()) {
            let says = facts.printed(&self.report.id, id);
            let address = Some(facts.local(&self.report.id, id).to_owned());
            let (section, about, figures) = (None, Vec::new(), Vec::new());
            self.push(Written { at: facts.get(id).at, kind: "Figure", section, about, says, address, figures });
        }
    }

    /// A text that several parts show is one, and so is a figure.
    fn push(&mut self, one: Written) {
        if self.known.insert((one.at, one.address.is_some())) {
            self.all.push(one);
        }
    }
}

impl Files {
    /// The block of prose that a place stands in, and what it is called.
    fn block(&mut self, at: Span, tree: &SourceTree) -> Option<(Span, &'static str)> {
        let blocks = self.blocks.entry(at.file).or_insert_with(|| outline(&tree.sources.file(at.file).text));
        let place = blocks.partition_point(|piece| piece.at.start <= at.letters().start);
        let piece = blocks.get(place.checked_sub(1)?)?;
        let kind = match (piece.heading, piece.within.last()) {
            (Some(_), _) => "Heading",
            (None, Some(Within::Entry { .. })) => "Entry of a list",
            (None, Some(Within::Quote(_))) => "Quotation",
            (None, None) => "Paragraph",
        };
        Some((Span::new(at.file, piece.at.clone()), kind))
    }

    fn field(&mut self, at: Span, tree: &SourceTree) -> Option<&Field> {
        self.of_file(at.file, tree).get(&at.start)
    }

    fn fields(&mut self, file: FileId, tree: &SourceTree) -> impl Iterator<Item = &Field> {
        self.of_file(file, tree).values()
    }

    fn of_file(&mut self, file: FileId, tree: &SourceTree) -> &BTreeMap<u32, Field> {
        self.fields.entry(file).or_insert_with(|| {
            let mut fields = BTreeMap::new();
            if let Ok(node) = yaml::parse(file, &tree.sources.file(file).text) {
                gather(&node, &mut Vec::new(), &mut fields);
            }
            fields
        })
    }
}

fn gather(node: &Node, names: &mut Vec<String>, into: &mut BTreeMap<u32, Field>) {
    match &node.value {
        Value::Scalar { text, .. } => {
            into.insert(node.at.start, Field { at: node.at, names: names.clone(), text: text.clone() });
        }
        Value::Sequence(entries) => entries.iter().for_each(|entry| gather(entry, names, into)),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                names.push(name.value.clone());
                gather(value, names, into);
                names.pop();
            }
        }
    }
}

/// Whether a value is words that can be told from others by their letters, and no id or address of a figure.
fn tells(text: &str) -> bool {
    let is_of_id = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '.');
    let is_id = text.contains(['-', '.']) && text.chars().all(is_of_id);
    text.chars().filter(|char| char.is_alphanumeric()).count() > 2 && !is_id && !text.contains("{{")
}

/// A placeholder from brace to brace, of which a part is known.
fn with_braces(text: &str, at: Span) -> Span {
    let letters = at.letters();
    let open = text.get(..letters.start).and_then(|before| before.rfind("{{"));
    let close = text.get(letters.end..).and_then(|behind| behind.find("}}"));
    match (open, close) {
        (Some(open), Some(close)) => Span::new(at.file, open..letters.end + close + 2),
        _ => at,
    }
}

/// What a value of a YAML file is, by the names of its fields: the writer's word for it.
fn kind_of(names: &[String]) -> &'static str {
    let [.., last] = names else { return "Text" };
    let around = |name: &str| names.iter().any(|one| one == name);
    match last.as_str() {
        "title" | "heading" => "Title",
        "subtitle" => "Subtitle",
        "standfirst" => "Standfirst",
        "caption" => "Caption",
        "alt" | "description" => "Alternative text",
        "name" if around("columns") => "Name of a column",
        "name" if around("rows") => "Name of a row",
        "name" if around("sources") => "Source",
        "name" | "called" | "short" | "short-name" => "Name",
        "label" | "term" => "Label",
        "note" | "notes" | "rounding-note" => "Note",
        "because" | "reason" => "Reason",
        "means" => "Meaning",
        "mark" | "rating" | "status" => "Mark",
        "values" => "Cell",
        _ => "Text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_reaches_from_brace_to_brace() {
        let text = "In {{ staff.total | words }} of {{ a }}.";
        let at = text.find("staff.total").unwrap();
        let whole = with_braces(text, Span::new(FileId(0), at..at + 11));
        assert_eq!(&text[whole.letters()], "{{ staff.total | words }}");
    }
}
