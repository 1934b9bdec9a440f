//! Writes what browsers change, and remembers how it is taken back.
//!
//! In: what a browser asks for, with the revisions of the files that it knows. Out: an [`Answer`], after the files are
//! written. A change is made in the text that the browser saw, or where the same letters stand in what was written from here
//! since; where another program changed the file meanwhile both are merged, and where they meet in one place nothing is
//! written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::known::{Known, file_name, id_of, revision};
use super::messages::{Answer, AskedChange, ChangeRequest, EditState, Reason};
use super::pictures::{Pictures, going_along};
use crate::diagnostic::Findings;
use crate::edit::{Change, Edited, History, Merged, Place, Refusal, Texts, apply, merge};
use crate::hold::held;
use crate::lines::with_ends_of;
use crate::publish::{Rewrite, rewrite};
use crate::source::{path_in, text_now};
use crate::yaml::Side;

/// All editing of one run of a preview.
#[derive(Default)]
pub struct Session {
    known: RwLock<Known>,
    history: Mutex<Past>,
}

/// What was written.
#[derive(Default)]
struct Past {
    history: History,
    saved: u64,
    pictures: Pictures,
}

/// A change of a text that the browser saw, and how the text stands now.
struct Made {
    edited: Edited,
    /// What the change made of the text that the browser saw.
    mine: Option<Arc<str>>,
    /// The text as it is on the disk; none where there is no file.
    now: Option<Arc<str>>,
}

impl Session {
    /// What is known of the reports.
    pub fn known(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, to learn.
    pub fn learn(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn past(&self) -> MutexGuard<'_, Past> {
        held(&self.history)
    }

    /// What every window is told.
    pub fn state(&self) -> EditState {
        let past = self.past();
        EditState {
            saved: past.saved,
            undo: past.history.undo_words().map(str::to_owned),
            redo: past.history.redo_words().map(str::to_owned),
        }
    }

    /// Makes changes and writes them into the content folder: all, or none.
    pub fn change(&self, content: &Path, asked: &ChangeRequest) -> Answer {
        let mut past = self.past();
        let understood = match self.understood(asked) {
            Ok(understood) => understood,
            Err(answer) => return *answer,
        };
        let edited = match made(&understood, self.beside(&understood)) {
            Ok(edited) => edited,
            Err(refusals) => return Answer::Refused { reasons: refusals.into_iter().map(Reason::of).collect() },
        };
        let merged = match merged(content, edited) {
            Ok(merged) => merged,
            Err(answer) => return *answer,
        };
        if let Err(faults) = write(content, &merged, Vec::new()) {
            return failed(&faults);
        }
        let written = written(&merged);
        past.saved += u64::from(!written.is_empty());
        past.history.note(asked.words(), &written, asked.typing.clone());
        let ids = understood.iter().map(|one| (one.id.clone(), one.id_after(&merged))).collect();
        let answer = self.answer(&past, &merged, ids);
        if understood.iter().any(Understood::is_file) { self.as_typed(answer, &merged) } else { answer }
    }

    /// Remembers a picture that is added, so that it goes when that is taken back; gives back the one that had its path before,
    /// which a step that was taken back may bring again.
    pub(super) fn add_picture(&self, path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        self.past().pictures.insert(path.to_owned(), bytes.to_owned())
    }

    /// Of a picture that was not added after all: its path is that of the former one again.
    pub(super) fn forget_picture(&self, path: &str, former: Option<Vec<u8>>) {
        let mut past = self.past();
        match former {
            Some(bytes) => past.pictures.insert(path.to_owned(), bytes),
            None => past.pictures.remove(path),
        };
    }

    /// Takes the last step back.
    pub fn undo(&self, content: &Path) -> Answer {
        self.step(content, |history, texts| history.undo(texts))
    }

    /// Does the step again that was taken back last.
    pub fn redo(&self, content: &Path) -> Answer {
        self.step(content, |history, texts| history.redo(texts))
    }

    /// Writes a text where none is yet; `words` say what it does.
    pub(super) fn begin(&self, content: &Path, file: &str, text: &str, words: &str) -> Answer {
        let mut past = self.past();
        let edited = Edited { file: file.to_owned(), before: None, after: Some(text.into()) };
        let made = match merged(content, vec![edited]) {
            Ok(made) => made,
            Err(answer) => return *answer,
        };
        if let Err(faults) = write(content, &made, Vec::new()) {
            return failed(&faults);
        }
        past.saved += 1;
        past.history.note(words, &written(&made), None);
        self.answer(&past, &made, BTreeMap::new())
    }

    fn step(&self, content: &Path, step: impl Fn(&mut History, &Texts) -> Option<Vec<Edited>>) -> Answer {
        let mut past = self.past();
        let files: Vec<String> = self.known().files().map(str::to_owned).collect();
        let texts: Texts =
            files.into_iter().filter_map(|file| Some((file.clone(), text_now(content, &file).ok()??))).collect();
        let mut history = past.history.clone();
        let Some(edited) = step(&mut history, &texts) else {
            let message =
                "this cannot be taken back: there is nothing left, or the file was changed by another program since";
            let help = "the file itself can be opened in a text editor".to_owned();
            return Answer::Refused { reasons: vec![Reason { cell: None, message: message.to_owned(), help }] };
        };
        let made: Vec<Made> = edited
            .into_iter()
            .map(|edited| Made { now: edited.before.clone(), mine: edited.after.clone(), edited })
            .collect();
        let pictures = going_along(content, &past.pictures, &written(&made));
        if let Err(faults) = write(content, &made, pictures) {
            return failed(&faults);
        }
        past.history = history;
        past.saved += 1;
        self.answer(&past, &made, BTreeMap::new())
    }

    /// Who types all of a file goes on from what was typed, whatever others have written in it: that is merged again.
    fn as_typed(&self, answer: Answer, made: &[Made]) -> Answer {
        let Answer::Saved { mut revisions, ids, saved, undo, redo } = answer else { return answer };
        let mut known = self.learn();
        for (file, mine) in made.iter().filter_map(|made| Some((&made.edited.file, made.mine.as_ref()?))) {
            let newest = known.newest(file);
            known.remember(file, mine);
            newest.iter().for_each(|newest| known.remember(file, newest));
            revisions.insert(file_name(file), revision(mine));
        }
        Answer::Saved { revisions, ids, saved, undo, redo }
    }

    fn answer(&self, past: &Past, made: &[Made], ids: BTreeMap<String, String>) -> Answer {
        let mut known = self.learn();
        written(made).iter().for_each(|edited| known.wrote(edited));
        let after = |made: &Made| Some((file_name(&made.edited.file), revision(made.edited.after.as_deref()?)));
        let revisions = made.iter().filter_map(after).collect();
        Answer::Saved {
            revisions,
            ids,
            saved: past.saved,
            undo: past.history.undo_words().map(str::to_owned),
            redo: past.history.redo_words().map(str::to_owned),
        }
    }

    /// What the changes mean: each with the text that the browser saw, or with what it became since.
    fn understood(&self, asked: &ChangeRequest) -> Result<Vec<Understood>, Box<Answer>> {
        let known = self.known();
        if known.edition == 0 {
            let message = "the reports are being read for the first time".to_owned();
            return Err(Box::new(Answer::Failed { message }));
        }
        let understood = |change: &AskedChange| {
            let (id, revision) = change.named();
            // An entry in which somebody wrote is the same entry; letters that changed are others.
            let followed = if change.is_of_entry() { Known::followed_within } else { Known::followed };
            let (mut place, revision) = followed(&known, known.place(id)?, revision);
            let text = known.text(&place.file, &revision)?;
            if matches!(change, AskedChange::File { .. }) {
                place.range = 0..text.len();
            }
            Some(Understood { id: id.to_owned(), change: change.meant(&place, &text), place, text })
        };
        let all: Option<Vec<Understood>> = asked.changes.iter().map(understood).collect();
        let all = all.ok_or_else(|| Box::new(gone()))?;
        // Places of one file hold in one text of it.
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        match all.iter().all(|one| *texts.entry(&one.place.file).or_insert(&one.text) == &*one.text) {
            true => Ok(all),
            false => Err(Box::new(gone())),
        }
    }
}

/// Of a place that nobody can say any more where it stands.
fn gone() -> Answer {
    let (message, help) = ("this place is not known any more", "click it again on the page");
    Answer::Refused { reasons: vec![Reason { cell: None, message: message.to_owned(), help: help.to_owned() }] }
}

/// A change that was asked for, in the text that the browser saw.
pub(super) struct Understood {
    id: String,
    place: Place,
    text: Arc<str>,
    change: Meant,
}

/// A change of a value or block, of bare letters, or of all letters of a file.
enum Meant {
    Change(Change),
    Letters(String),
    File(String),
}

impl Understood {
    /// Whether it adds an entry, which can name other files.
    pub(super) fn adds(&self) -> bool {
        matches!(self.change, Meant::Change(Change::Add { .. } | Change::Within { .. }))
    }

    fn is_file(&self) -> bool {
        matches!(self.change, Meant::File(_))
    }

    /// What the item is called now: what stands behind it is as long as it was in the text that the browser saw, and
    /// what others changed moves it to where the same letters stand.
    fn id_after(&self, all: &[Made]) -> String {
        let made = all.iter().find(|made| made.edited.file == self.place.file);
        let Some((mine, written)) = made.and_then(|made| made.mine.as_deref().zip(made.edited.after.as_deref())) else {
            return self.id.clone();
        };
        let Range { start, end } = self.place.range;
        let end = mine.len().saturating_add(end).saturating_sub(self.text.len()).max(start);
        let Some(own) = mine.get(start..end) else { return self.id.clone() };
        let stands = written.match_indices(own).map(|(at, _)| at).min_by_key(|at| at.abs_diff(start)).unwrap_or(start);
        id_of(&Place { file: self.place.file.clone(), range: stands..stands + own.len() })
    }
}

impl AskedChange {
    /// The id and the revision that it names.
    pub(super) fn named(&self) -> (&str, &str) {
        match self {
            Self::Text { id, revision, .. }
            | Self::Figure { id, revision, .. }
            | Self::Cells { id, revision, .. }
            | Self::Field { id, revision, .. }
            | Self::Insert { id, revision, .. }
            | Self::Add { id, revision, .. }
            | Self::Within { id, revision, .. }
            | Self::Remove { id, revision, .. }
            | Self::Away { id, revision }
            | Self::Move { id, revision, .. }
            | Self::Duplicate { id, revision, .. }
            | Self::File { id, revision, .. }
            | Self::Mend { id, revision, .. } => (id, revision),
        }
    }

    /// Whether it is about a whole entry of a list, or a record, whatever its letters are.
    fn is_of_entry(&self) -> bool {
        match self {
            Self::Add { .. }
            | Self::Within { .. }
            | Self::Remove { .. }
            | Self::Move { .. }
            | Self::Duplicate { .. } => true,
            Self::Field { .. } | Self::Away { .. } | Self::Insert { .. } => true,
            Self::Text { .. } | Self::Figure { .. } | Self::Cells { .. } => false,
            Self::File { .. } | Self::Mend { .. } => false,
        }
    }

    fn meant(&self, place: &Place, text: &str) -> Meant {
        let at = place.clone();
        Meant::Change(match self {
            Self::Mend { text, .. } => return Meant::Letters(text.clone()),
            Self::File { text: typed, .. } => return Meant::File(with_ends_of(text, typed)),
            Self::Text { text, .. } => Change::Text { at, text: text.clone() },
            Self::Figure { text, .. } => Change::Figure { at, text: text.clone() },
            Self::Cells { cells, .. } => Change::Cells { at, cells: cells.clone() },
            Self::Field { name, text, .. } => {
                let text = Some(text.clone()).filter(|text| !text.trim().is_empty());
                Change::Field { of: at, name: name.clone(), text }
            }
            Self::Insert { list, before, values, .. } => Change::Insert {
                beside: at,
                list: list.clone(),
                side: if *before { Side::Before } else { Side::After },
                values: values.clone(),
            },
            Self::Add { list, before, given, .. } => Change::Add {
                beside: at,
                list: list.clone(),
                side: if *before { Side::Before } else { Side::After },
                given: given.clone(),
            },
            Self::Within { list, given, .. } => Change::Within { of: at, list: list.clone(), given: given.clone() },
            Self::Remove { list, .. } => Change::Remove { at, list: list.clone() },
            Self::Away { .. } => Change::Away { file: at.file },
            Self::Move { list, by, .. } => Change::Move { at, list: list.clone(), by: *by },
            Self::Duplicate { list, .. } => Change::Duplicate { at, list: list.clone() },
        })
    }
}

impl ChangeRequest {
    /// What it does, for the button that takes it back.
    fn words(&self) -> &'static str {
        match self.changes.first() {
            Some(AskedChange::Text { .. }) => "change of a text",
            Some(AskedChange::File { .. }) => "change of a file",
            Some(AskedChange::Figure { .. }) => "change of a figure",
            Some(AskedChange::Cells { .. }) => "pasted cells",
            Some(AskedChange::Field { .. }) => "change of a field",
            Some(AskedChange::Insert { .. } | AskedChange::Add { .. } | AskedChange::Within { .. }) => "addition",
            Some(AskedChange::Remove { .. } | AskedChange::Away { .. }) => "removal",
            Some(AskedChange::Move { .. }) => "move",
            Some(AskedChange::Duplicate { .. }) => "copy",
            Some(AskedChange::Mend { .. }) => "mend",
            None => "nothing",
        }
    }
}

impl Reason {
    fn of(refusal: Refusal) -> Self {
        let cell = refusal.cell.map(|(row, column)| (row + 1, column + 1));
        Self { cell, message: refusal.message, help: refusal.help }
    }
}

/// What is written: from what stands on the disk to what is to stand there. What stands there already, since an answer was
/// lost or others wrote the same, is not.
fn written(made: &[Made]) -> Vec<Edited> {
    let of = |made: &Made| Edited { before: made.now.clone(), ..made.edited.clone() };
    made.iter().map(of).filter(|one| one.before != one.after).collect()
}

/// The texts that changes make of those that the browser saw, among the texts that stand beside them.
fn made(understood: &[Understood], mut texts: Texts) -> Result<Vec<Edited>, Vec<Refusal>> {
    texts.extend(understood.iter().map(|one| (one.place.file.clone(), Arc::clone(&one.text))));
    let changes: Option<Vec<Change>> = understood
        .iter()
        .map(|one| match &one.change {
            Meant::Change(change) => Some(change.clone()),
            Meant::Letters(_) | Meant::File(_) => None,
        })
        .collect();
    match changes {
        Some(changes) => apply(&texts, &changes),
        None => Ok(with_letters(understood, texts)),
    }
}

/// Letters in the place of others, as findings offer them; from the last place to the first, so that places hold.
fn with_letters(understood: &[Understood], mut texts: Texts) -> Vec<Edited> {
    let before = texts.clone();
    let mut places: Vec<(&Place, &str)> = understood
        .iter()
        .filter_map(|one| match &one.change {
            Meant::Letters(letters) | Meant::File(letters) => Some((&one.place, letters.as_str())),
            Meant::Change(_) => None,
        })
        .collect();
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.range.start));
    for (place, letters) in places {
        if let Some(text) = texts.get_mut(&place.file)
            && text.get(place.range.clone()).is_some()
        {
            *text = format!("{}{letters}{}", &text[..place.range.start], &text[place.range.end..]).into();
        }
    }
    let edited =
        texts.into_iter().map(|(file, after)| Edited { before: before.get(&file).cloned(), after: Some(after), file });
    edited.filter(|one| one.before != one.after).collect()
}

/// The changes as they fit the files as these are now.
fn merged(content: &Path, edited: Vec<Edited>) -> Result<Vec<Made>, Box<Answer>> {
    edited.into_iter().map(|one| on_the_disk(content, one)).collect()
}

fn on_the_disk(content: &Path, edited: Edited) -> Result<Made, Box<Answer>> {
    let now = text_now(content, &edited.file)
        .map_err(|error| Box::new(Answer::Failed { message: format!("{} cannot be read: {error}", edited.file) }))?;
    if now == edited.before {
        return Ok(Made { mine: edited.after.clone(), edited, now });
    }
    let (Some(base), Some(mine), Some(theirs)) = (&edited.before, &edited.after, &now) else {
        return Err(Box::new(conflict(&edited, now.as_deref())));
    };
    match merge(base, mine, theirs) {
        Merged::Both(both) => {
            let mine = edited.after.clone();
            Ok(Made { edited: Edited { after: Some(both.into()), ..edited }, mine, now })
        }
        Merged::Conflict { .. } => Err(Box::new(conflict(&edited, now.as_deref()))),
    }
}

fn conflict(edited: &Edited, theirs: Option<&str>) -> Answer {
    Answer::Conflict {
        file: edited.file.clone(),
        revision: revision(theirs.unwrap_or_default()),
        yours: edited.after.as_deref().unwrap_or_default().to_owned(),
        theirs: theirs.unwrap_or_default().to_owned(),
    }
}

/// Writes texts, and pictures that go along with them.
fn write(content: &Path, made: &[Made], pictures: Vec<Rewrite>) -> Result<(), Findings> {
    let rewrites: Vec<Rewrite> = made
        .iter()
        .map(|made| Rewrite {
            path: path_in(content, &made.edited.file),
            before: made.now.as_deref().map(|text| text.as_bytes().to_vec()),
            after: made.edited.after.as_deref().map(|text| text.as_bytes().to_vec()),
        })
        .filter(|one| one.before != one.after)
        .chain(pictures)
        .collect();
    rewrite(content, &rewrites)
}

fn failed(faults: &Findings) -> Answer {
    let message = faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ");
    Answer::Failed { message }
}
