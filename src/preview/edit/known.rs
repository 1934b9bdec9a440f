//! What the preview knows of its reports: every text and figure that can be pointed at, and where it stands.
//!
//! In: the content of an edition with its figures and texts. Out: the [`Item`]s of each report, and the texts that they
//! stand in. A browser names nothing else: an id is a file of this list and letters of it, never a path.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use super::messages::{DueItem, FigureCard, Item, TextFormat};
use crate::build::{Content, Examined, Judgement};
use crate::diagnostic::{FileId, Span};
use crate::due;
use crate::edit::{Place, Texts};
use crate::fact::{Passage, Word, plain};
use crate::markdown::outline;
use crate::markdown::write::source_of;
use crate::source::sha256;
use crate::yaml::{self, Node, Value};

/// So many texts that were known before are kept, for browsers that still show them.
const REMEMBERED: usize = 256;

/// The texts and items of the last edition that could be read.
#[derive(Debug, Default)]
pub struct Known {
    pub edition: u64,
    /// How many changes were written before it was read.
    pub saved: u64,
    reports: BTreeMap<String, KnownReport>,
    /// Paths of the files by the names that stand in ids.
    files: BTreeMap<String, String>,
    /// The same paths by those that messages show.
    shown: BTreeMap<String, String>,
    /// Texts by file and revision, the newest last.
    remembered: VecDeque<(String, String, Arc<str>)>,
}

/// What can be pointed at in one report.
#[derive(Debug, Default, Clone)]
pub struct KnownReport {
    pub items: Vec<Item>,
    pub figures: BTreeMap<String, FigureCard>,
    pub due: Vec<DueItem>,
}

/// What tells one text of a file from another: some letters of its digest.
pub fn revision(text: &str) -> String {
    sha256(text.as_bytes())[..16].to_owned()
}

/// What a file is called in ids.
pub fn file_name(path: &str) -> String {
    sha256(path.as_bytes())[..10].to_owned()
}

/// The id of some letters of a file.
pub fn id_of(place: &Place) -> String {
    format!("{}-{}-{}", file_name(&place.file), place.range.start, place.range.end)
}

impl Known {
    /// Learns what an edition holds, before which so many changes had been written.
    pub fn learn(
        &mut self,
        (edition, saved): (u64, u64),
        content: &Content,
        examined: &Examined,
        judgement: &Judgement,
    ) {
        (self.edition, self.saved) = (edition, saved);
        let texts: Texts = content
            .tree
            .readable_texts()
            .map(|(path, file)| (path.to_owned(), Arc::from(content.tree.sources.file(file).text.as_str())))
            .collect();
        self.files = texts.keys().map(|path| (file_name(path), path.clone())).collect();
        self.shown = texts.keys().map(|path| (content.tree.shown(path), path.clone())).collect();
        for (path, text) in &texts {
            self.remember(path, text);
        }
        let paths: BTreeMap<FileId, &str> = content.tree.readable_texts().map(|(path, file)| (file, path)).collect();
        let values =
            texts.iter().filter(|(path, _)| path.ends_with(".yaml")).map(|(path, text)| (path.as_str(), values(text)));
        let gathering = Gathering { examined, judgement, paths: &paths, texts: &texts, values: values.collect() };
        let reports = examined.project.reports.iter();
        self.reports = reports.map(|report| (report.id.clone(), gathering.report(&report.id))).collect();
        for status in due::statuses(&examined.subject(&content.tree), |_| true) {
            let due = status.due().filter_map(|item| gathering.due(item)).collect();
            self.reports.entry(status.report).or_default().due = due;
        }
    }

    /// What is known of a report.
    pub fn report(&self, id: &str) -> Option<&KnownReport> {
        self.reports.get(id)
    }

    /// The place that an id names in a text that is or was known.
    pub fn place(&self, id: &str) -> Option<Place> {
        let mut parts = id.split('-');
        let (file, start, end) = (parts.next()?, parts.next()?, parts.next()?);
        let range: Range<usize> = start.parse().ok()?..end.parse().ok()?;
        (range.start <= range.end && parts.next().is_none())
            .then_some(Place { file: self.files.get(file)?.clone(), range })
    }

    /// The paths of all files that can be named.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(String::as_str)
    }

    /// The id of some letters of a text that a message names, with its revision.
    pub fn id_at(&self, shown: &str, range: Range<usize>, text: &str) -> Option<(String, String)> {
        let file = self.shown.get(shown)?;
        Some((id_of(&Place { file: file.clone(), range }), revision(text)))
    }

    /// The text of a file as it was at a revision.
    pub fn text(&self, file: &str, revision: &str) -> Option<Arc<str>> {
        let found = self.remembered.iter().rev().find(|(path, known, _)| path == file && known == revision);
        found.map(|(_, _, text)| Arc::clone(text))
    }

    /// Keeps a text, so that changes of it can be understood later.
    pub fn remember(&mut self, path: &str, text: &Arc<str>) {
        let revision = revision(text);
        if let Some(place) = self.remembered.iter().position(|(file, known, _)| file == path && *known == revision) {
            self.remembered.remove(place);
        }
        self.remembered.push_back((path.to_owned(), revision, Arc::clone(text)));
        let most = REMEMBERED.max(2 * self.files.len());
        while self.remembered.len() > most {
            self.remembered.pop_front();
        }
    }

    /// Lets a file that was made be named.
    pub fn add_file(&mut self, path: &str) {
        self.files.insert(file_name(path), path.to_owned());
    }
}

/// What items are made of.
struct Gathering<'a> {
    examined: &'a Examined<'a>,
    judgement: &'a Judgement,
    paths: &'a BTreeMap<FileId, &'a str>,
    texts: &'a Texts,
    /// Field and words of each value of a YAML file, by the letter at which it begins.
    values: BTreeMap<&'a str, BTreeMap<usize, (String, String)>>,
}

impl Gathering<'_> {
    fn report(&self, report: &str) -> KnownReport {
        let revisions: BTreeMap<&str, String> =
            self.texts.iter().map(|(path, text)| (path.as_str(), revision(text))).collect();
        let (mut items, mut figures) = (Vec::new(), self.figures(report));
        let mut seen = BTreeSet::new();
        for passage in self.examined.passages.of(report) {
            for (at, words) in passage.texts() {
                let Some(mut item) = self.text(at, passage, &revisions) else { continue };
                item.words = plain(words);
                for word in words {
                    if let Word::Bound { fact, .. } = word
                        && let Some(card) = figures.get_mut(self.examined.facts.local(report, *fact))
                        && !card.used_in.contains(&item.id)
                    {
                        card.used_in.push(item.id.clone());
                    }
                }
                if seen.insert(item.id.clone()) {
                    items.push(item);
                }
            }
        }
        for (address, id) in self.examined.facts.within(report) {
            let fact = self.examined.facts.get(id);
            let local = self.examined.facts.local(report, id);
            if fact.typed.is_none() || !fact.address.ends_with(&**address) {
                continue;
            }
            let Some(place) = self.place(fact.at) else { continue };
            let source = self.texts[&place.file][place.range.clone()].to_owned();
            let item = Item {
                kind: "Figure".to_owned(),
                location: vec![local.to_owned()],
                section: String::new(),
                line: self.line(&place),
                revision: revisions[place.file.as_str()].clone(),
                format: TextFormat::Figure,
                words: self.examined.facts.shown(id),
                source,
                address: Some(local.to_owned()),
                in_list: place.file.ends_with(".yaml"),
                id: id_of(&place),
                file: place.file,
            };
            if let Some(card) = figures.get_mut(local) {
                card.item = Some(item.id.clone());
            }
            if seen.insert(item.id.clone()) {
                items.push(item);
            }
        }
        KnownReport { items, figures, due: Vec::new() }
    }

    /// The cards of all figures that a report can name.
    fn figures(&self, report: &str) -> BTreeMap<String, FigureCard> {
        let facts = &self.examined.facts;
        let card = |id| {
            let fact = facts.get(id);
            let local = facts.local(report, id).to_owned();
            let last = facts.find(report, &format!("last.{local}")).map(|last| facts.shown(last));
            let source = match &fact.origin {
                crate::fact::Origin::Typed(source) => source.as_deref().map(str::to_owned),
                crate::fact::Origin::Derived(_) => None,
            };
            let checks = self.judgement.verdict.covered.of(id).map(|code| code.name().to_owned()).collect();
            let follows = facts.formula(id);
            (local, FigureCard { printed: facts.shown(id), follows, last, source, checks, ..FigureCard::default() })
        };
        facts.within(report).map(|(_, id)| card(id)).collect()
    }

    fn text(&self, at: Span, passage: &Passage, revisions: &BTreeMap<&str, String>) -> Option<Item> {
        let mut place = self.place(at)?;
        let text = &self.texts[&place.file];
        let is_prose = place.file.ends_with(".md");
        let (kind, format, source) = match is_prose {
            true => {
                let pieces = outline(text);
                let piece = pieces.iter().rev().find(|piece| piece.at.start <= place.range.start)?;
                let kind = match (piece.heading, piece.within.is_empty()) {
                    (Some(_), _) => "Heading",
                    (None, true) => "Paragraph",
                    (None, false) => "Entry of a list",
                };
                place.range = piece.at.clone();
                (kind.to_owned(), TextFormat::Markdown, source_of(text, piece))
            }
            false => {
                let (field, words) = self.values.get(place.file.as_str())?.get(&place.range.start)?;
                (kind_of_field(field).to_owned(), TextFormat::Plain, words.clone())
            }
        };
        Some(Item {
            kind,
            location: passage.about.iter().map(|about| about.to_string()).collect(),
            section: passage.section.to_owned(),
            line: self.line(&place),
            revision: revisions.get(place.file.as_str())?.clone(),
            format,
            source,
            words: String::new(),
            address: None,
            in_list: true,
            id: id_of(&place),
            file: place.file,
        })
    }

    fn due(&self, item: &due::Item) -> Option<DueItem> {
        let place = self.place(item.at)?;
        let (line, kind) = (self.line(&place), item.kind.called(1).to_owned());
        Some(DueItem { id: id_of(&place), line, kind, words: item.says.clone(), file: place.file })
    }

    fn place(&self, at: Span) -> Option<Place> {
        let file = (*self.paths.get(&at.file)?).to_owned();
        let range = at.letters();
        self.texts.get(&file)?.get(range.clone())?;
        Some(Place { file, range })
    }

    fn line(&self, place: &Place) -> usize {
        self.texts[&place.file][..place.range.start].matches('\n').count() + 1
    }
}

/// Field and words of each value of a YAML text.
fn values(text: &str) -> BTreeMap<usize, (String, String)> {
    fn gather(node: &Node, field: &str, into: &mut BTreeMap<usize, (String, String)>) {
        match &node.value {
            Value::Scalar { text, .. } => drop(into.insert(node.at.letters().start, (field.to_owned(), text.clone()))),
            Value::Sequence(entries) => entries.iter().for_each(|entry| gather(entry, field, into)),
            Value::Mapping(fields) => fields.iter().for_each(|(name, value)| gather(value, &name.value, into)),
        }
    }
    let mut found = BTreeMap::new();
    if let Ok(tree) = yaml::parse(FileId(0), text) {
        gather(&tree, "", &mut found);
    }
    found
}

/// What a value of a YAML file is, by the name of its field: the writer's word for it.
fn kind_of_field(field: &str) -> &'static str {
    match field {
        "title" | "heading" => "Title",
        "caption" => "Caption",
        "alt" | "alternative" | "description" => "Alternative text",
        "name" => "Name",
        "label" => "Label",
        "note" | "notes" => "Note",
        "because" | "reason" | "rating-because" => "Reason",
        "standfirst" => "Standfirst",
        _ => "Text",
    }
}
