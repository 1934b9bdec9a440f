//! What the preview knows of its reports: every text and figure that can be pointed at, and where it stands.
//!
//! In: the content of an edition with its figures and texts. Out: the [`Item`]s of each report, and the texts that they
//! stand in. A browser names nothing else: an id is a file of this list and letters of it, never a path.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use super::messages::{CheckState, DueItem, FigureCard, FigureInText, FileStatus, Item, TextFormat};
use super::read::{Parts, ReadText, read};
use crate::bind::{Proposal, propose};
use crate::build::{Content, Examined, Judgement};
use crate::diagnostic::{Code, FileId, Span};
use crate::due;
use crate::edit::{Edited, Place, Shift, Texts};
use crate::fact::Naming;
use crate::lines::with_one_end;
use crate::markdown::write::source_of;
use crate::model::Report;
use crate::places::{Card, Teller, Written, figures, written};
use crate::source::{SourceTree, sha256};

/// So many texts that were known before are kept, for browsers that still show them; and so many changes that were written.
const REMEMBERED: usize = 256;
const WRITTEN: usize = 4096;

/// The texts and items of the last edition that could be read.
#[derive(Debug, Default)]
pub struct Known {
    pub edition: u64,
    /// How many changes were written before it was read.
    pub saved: u64,
    reports: BTreeMap<String, KnownReport>,
    /// The texts as they were read last.
    read: BTreeMap<String, ReadText>,
    /// The figures that numbers may be which were typed by hand.
    pub proposals: Vec<Proposal>,
    /// Paths of the files by the names that stand in ids.
    files: BTreeMap<String, String>,
    /// The same paths by those that messages show.
    shown: BTreeMap<String, String>,
    /// Texts by file and revision, the newest last.
    remembered: VecDeque<(String, String, Arc<str>)>,
    /// What was written from here, the newest last.
    written: VecDeque<Wrote>,
}

/// A change of a text that was written from here.
#[derive(Debug)]
struct Wrote {
    file: String,
    /// The revisions before and after it.
    from: String,
    to: String,
    shift: Shift,
}

/// What can be pointed at in one report.
#[derive(Debug, Default, Clone)]
pub struct KnownReport {
    /// What was written, and for each of it what can be pointed at.
    pub written: Arc<[Written]>,
    pub items: Vec<Item>,
    pub figures: BTreeMap<String, FigureCard>,
    pub due: Vec<DueItem>,
    pub status: Vec<FileStatus>,
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
    /// Learns what an edition holds, before which so many changes had been written. Of one that cannot be understood its texts
    /// are learned, so that it can be mended, and all that was known of another is kept.
    pub fn learn(
        &mut self,
        (edition, saved): (u64, u64),
        content: &Content,
        understood: Option<(&Examined, &Judgement)>,
    ) {
        (self.edition, self.saved) = (edition, saved);
        let read = read(&content.tree, std::mem::take(&mut self.read));
        let texts: Texts = read.iter().map(|(path, read)| (path.clone(), Arc::clone(&read.text))).collect();
        if understood.is_some() {
            self.files.clear();
            self.shown.clear();
        }
        self.files.extend(texts.keys().map(|path| (file_name(path), path.clone())));
        self.shown.extend(texts.keys().map(|path| (content.tree.shown(path), path.clone())));
        for (path, read) in &read {
            self.remember_as(path, &read.revision, &read.text);
        }
        let Some((examined, judgement)) = understood else {
            self.read = read;
            return;
        };
        let paths: BTreeMap<FileId, &str> = content.tree.readable_texts().map(|(path, file)| (file, path)).collect();
        let gathering = Gathering {
            examined,
            judgement,
            tree: &content.tree,
            naming: Naming::new(examined.project),
            paths: &paths,
            read: &read,
        };
        let former = std::mem::take(&mut self.reports);
        let reports = examined.project.reports.iter();
        self.reports = reports.map(|report| (report.id.clone(), gathering.report(report))).collect();
        for (report, former) in former.into_iter().filter(|(report, _)| content.tree.reports().any(|one| one == report))
        {
            self.keep(report, former, &read);
        }
        let is_of_a_number = |code| matches!(code, Code::ProseAgrees | Code::CountsAgree);
        let asks = judgement.verdict.findings.iter().any(|finding| is_of_a_number(finding.code));
        self.proposals = if asks { propose(&examined.subject(&content.tree), |_| true) } else { Vec::new() };
        for status in due::statuses(&examined.subject(&content.tree), |_| true) {
            let due = status.due().filter_map(|item| gathering.due(item)).collect();
            let files =
                status.by_file().into_iter().filter_map(|(file, counts)| gathering.status(file, counts)).collect();
            let report = self.reports.entry(status.report).or_default();
            (report.due, report.status) = (due, files);
        }
        self.read = read;
    }

    /// Keeps what was known of what cannot be read now, so that it can be mended where it was written.
    fn keep(&mut self, report: String, former: KnownReport, read: &BTreeMap<String, ReadText>) {
        let Some(now) = self.reports.get(&report) else {
            let items = former.items.iter().map(|item| self.as_typed(item, read).unwrap_or_else(|| item.clone()));
            let items = items.collect();
            self.reports.insert(report, KnownReport { items, ..former });
            return;
        };
        let [files, known]: [BTreeSet<&str>; 2] =
            [now.items.iter().map(|one| &*one.file).collect(), now.items.iter().map(|one| &*one.id).collect()];
        let of_figure = |item: &Item| self.as_typed(item, read).filter(|item| !known.contains(&*item.id));
        let of_file = |item: &Item| Some(item.clone()).filter(|item| !files.contains(&*item.file));
        let lost = former.items.iter().filter(|item| read.contains_key(&item.file));
        let lost: Vec<Item> = lost.filter_map(|item| of_figure(item).or_else(|| of_file(item))).collect();
        if let Some(now) = self.reports.get_mut(&report) {
            now.items.extend(lost);
        }
    }

    /// A figure with the letters that were typed since, where they still stand in its file.
    fn as_typed(&self, item: &Item, read: &BTreeMap<String, ReadText>) -> Option<Item> {
        item.address.as_ref()?;
        let (place, known) = self.followed_within(self.place(&item.id)?, &item.revision);
        let source = read.get(&item.file).filter(|read| read.revision == known)?.figure(&place.range)?;
        Some(Item { id: id_of(&place), revision: known, source, ..item.clone() })
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

    /// The newest text of a file.
    pub fn newest(&self, file: &str) -> Option<Arc<str>> {
        self.remembered.iter().rev().find(|(path, ..)| path == file).map(|(_, _, text)| Arc::clone(text))
    }

    /// All of the file that an id stands in, in its newest text, as an item that is changed letter by letter.
    pub fn file(&self, id: &str) -> Option<Item> {
        let file = self.place(id)?.file;
        let (_, revision, text) = self.remembered.iter().rev().find(|(path, ..)| *path == file)?;
        Some(Item {
            id: id_of(&Place { file: file.clone(), range: 0..text.len() }),
            kind: "File".to_owned(),
            location: Vec::new(),
            section: String::new(),
            line: 1,
            revision: revision.clone(),
            format: TextFormat::File,
            source: with_one_end(text),
            words: file.clone(),
            address: None,
            figures: Vec::new(),
            page: Vec::new(),
            paper: Vec::new(),
            in_list: false,
            file,
        })
    }

    /// The newest text of every file that is there.
    pub fn texts(&self) -> Texts {
        let mut texts = Texts::new();
        for (path, _, text) in &self.remembered {
            if self.files.contains_key(&file_name(path)) {
                texts.insert(path.clone(), Arc::clone(text));
            }
        }
        texts
    }

    /// Keeps a text, so that changes of it can be understood later.
    pub fn remember(&mut self, path: &str, text: &Arc<str>) {
        self.remember_as(path, &revision(text), text);
    }

    fn remember_as(&mut self, path: &str, revision: &str, text: &Arc<str>) {
        if let Some(place) = self.remembered.iter().position(|(file, known, _)| file == path && known == revision) {
            self.remembered.remove(place);
        }
        self.remembered.push_back((path.to_owned(), revision.to_owned(), Arc::clone(text)));
        let most = REMEMBERED.max(2 * self.files.len());
        while self.remembered.len() > most {
            self.remembered.pop_front();
        }
    }

    /// Learns what was written from here: the file can be named, and what others know of it stays where it is.
    pub fn wrote(&mut self, edited: &Edited) {
        let Some(after) = &edited.after else { return };
        self.files.insert(file_name(&edited.file), edited.file.clone());
        self.remember(&edited.file, after);
        let Some(before) = &edited.before else { return };
        let (from, to) = (revision(before), revision(after));
        self.written.push_back(Wrote { file: edited.file.clone(), from, to, shift: Shift::between(before, after) });
        if self.written.len() > WRITTEN {
            self.written.pop_front();
        }
    }

    /// A place of a text as it was at a revision, in the newest text to which it can be followed through what was written from
    /// here since. What another program wrote may have given the same letters another meaning.
    pub fn followed(&self, place: Place, revision: &str) -> (Place, String) {
        self.follow((place, revision.to_owned()), Shift::of)
    }

    /// The same, and of a place that was written in what became of it.
    pub fn followed_within(&self, place: Place, revision: &str) -> (Place, String) {
        self.follow((place, revision.to_owned()), Shift::around)
    }

    fn follow(
        &self,
        (mut place, mut revision): (Place, String),
        moved: impl Fn(&Shift, &Range<usize>) -> Option<Range<usize>>,
    ) -> (Place, String) {
        for wrote in self.written.iter().filter(|wrote| wrote.file == place.file) {
            if let (true, Some(range)) = (wrote.from == revision, moved(&wrote.shift, &place.range)) {
                (place.range, revision) = (range, wrote.to.clone());
            }
        }
        (place, revision)
    }
}

/// What items are made of.
struct Gathering<'a> {
    examined: &'a Examined<'a>,
    judgement: &'a Judgement,
    tree: &'a SourceTree,
    naming: Naming,
    paths: &'a BTreeMap<FileId, &'a str>,
    read: &'a BTreeMap<String, ReadText>,
}

impl Gathering<'_> {
    fn report(&self, report: &Report) -> KnownReport {
        let Examined { facts, passages, .. } = self.examined;
        let all = written(report, facts, passages, self.tree).into_iter();
        let known = all.filter_map(|one| Some((self.item(&one)?, one)));
        let (items, written): (Vec<Item>, Vec<Written>) = known.unzip();
        let teller = Teller::new(&report.id, facts, &self.naming, &self.judgement.verdict, &written);
        let of = |id| teller.card(facts.local(&report.id, id));
        let cards = figures(report, facts).filter_map(of);
        let figures = cards.map(|card| (card.address.clone(), FigureCard::of(card, &items))).collect();
        KnownReport { figures, items, written: written.into(), ..KnownReport::default() }
    }

    fn item(&self, one: &Written) -> Option<Item> {
        let place = self.place(one.at)?;
        let read = &self.read[&place.file];
        let (format, source) = match (&one.address, &read.parts) {
            (Some(_), _) => (TextFormat::Figure, read.figure(&place.range)?),
            (None, Parts::Blocks(pieces)) => {
                let piece = pieces.iter().find(|piece| piece.at == place.range)?;
                (TextFormat::Markdown, source_of(&read.text, piece))
            }
            (None, Parts::Values(values)) => (TextFormat::Plain, values.get(&place.range.start)?.clone()),
            (None, Parts::None) => return None,
        };
        let figure = |figure: &crate::places::BoundFigure| FigureInText {
            from: figure.at.letters().start,
            to: figure.at.letters().end,
            address: figure.address.clone(),
            printed: figure.printed.clone(),
        };
        Some(Item {
            kind: one.kind.to_owned(),
            location: one.about.iter().map(|about| about.to_string()).chain(one.address.clone()).collect(),
            section: one.section.clone().unwrap_or_default(),
            line: self.line(&place),
            revision: read.revision.clone(),
            format,
            source,
            words: one.says.clone(),
            address: one.address.clone(),
            figures: one.figures.iter().map(figure).collect(),
            page: Vec::new(),
            paper: Vec::new(),
            in_list: true,
            id: id_of(&place),
            file: place.file,
        })
    }

    fn due(&self, item: &due::Item) -> Option<DueItem> {
        let place = self.place(item.at)?;
        let (line, kind) = (self.line(&place), item.kind.called(1).to_owned());
        let address = item.address.clone();
        Some(DueItem { id: id_of(&place), line, kind, words: item.says.clone(), address, file: place.file })
    }

    fn status(&self, file: FileId, counts: due::Counts) -> Option<FileStatus> {
        let due::Counts { new, confirmed, due } = counts;
        Some(FileStatus { file: (*self.paths.get(&file)?).to_owned(), new, confirmed, due })
    }

    fn place(&self, at: Span) -> Option<Place> {
        let file = (*self.paths.get(&at.file)?).to_owned();
        let range = at.letters();
        self.read.get(&file)?.text.get(range.clone())?;
        Some(Place { file, range })
    }

    fn line(&self, place: &Place) -> usize {
        self.read[&place.file].text[..place.range.start].matches('\n').count() + 1
    }
}

impl FigureCard {
    fn of(card: Card, items: &[Item]) -> Self {
        let item = |place: usize| items.get(place).map(|item| item.id.clone());
        let (texts, following): (Vec<_>, Vec<_>) = card.uses.into_iter().partition(|one| one.place.is_some());
        let check = |one: crate::places::Check| CheckState {
            rule: one.rule.to_owned(),
            holds: one.holds,
            words: one.words,
            acknowledged: one.acknowledged,
        };
        Self {
            name: card.what.join(", "),
            printed: card.printed,
            item: card.place.and_then(item),
            follows: card.follows,
            last: card.last_year,
            change: card.change,
            paper: Vec::new(),
            source: card.source,
            checks: card.checks.into_iter().map(check).collect(),
            used_in: texts.into_iter().filter_map(|one| item(one.place?)).collect(),
            leads_to: following.into_iter().map(|one| one.words).collect(),
        }
    }
}
