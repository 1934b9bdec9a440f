//! What the browser and the editing preview say to each other, as JSON. The shell's side of each is in `shell/edit/messages.js`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::edit::{Given, Level};
use crate::places::{Area, Element};

/// Everything of a report that can be pointed at: the answer to `GET /~preview/edit/places/REPORT`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlacesOfReport {
    /// The number of the edition that they were found in.
    pub edition: u64,
    /// The digests of the page and the PDF that they were found in: other ones may have moved them.
    pub page_digest: Option<String>,
    pub pdf_digest: Option<String>,
    /// How many changes were written before it was read: what a browser changed since is not in it yet.
    pub saved: u64,
    /// Texts and figures, in the order of the report.
    pub items: Vec<Item>,
    /// What is known of each figure, by its address as the report writes it.
    pub figures: BTreeMap<String, FigureCard>,
    /// What is still as in the edition before.
    pub due: Vec<DueItem>,
    /// How far each file is, where the report follows another.
    pub status: Vec<FileStatus>,
    /// The addresses of the figures by the numbers that stand on the page (`data-fact`).
    pub marks: BTreeMap<String, String>,
}

/// A text or a figure of the content, where it stands; or all of a file, whether it can be read or not: the answer to
/// `GET /~preview/edit/file/ID`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Names it in changes; it holds for the text of the file that has this [`revision`](Self::revision).
    pub id: String,
    /// What it is in a writer's words: "Paragraph", "Title", "Figure".
    pub kind: String,
    /// The titles that it stands under, outermost first.
    pub location: Vec<String>,
    /// The section of the page; empty for what stands above the sections.
    pub section: String,
    /// Path of the file in the content folder, and the line, from 1.
    pub file: String,
    pub line: usize,
    pub revision: String,
    pub format: TextFormat,
    /// What is edited: the Markdown of a block, the words of a value, or a figure as typed.
    pub source: String,
    /// As it is printed.
    pub words: String,
    /// The figure that was typed here.
    pub address: Option<String>,
    /// The figures that are bound in it.
    pub figures: Vec<FigureInText>,
    /// The elements of the page that show it, and the areas of the PDF.
    pub page: Vec<Element>,
    pub paper: Vec<Area>,
    /// Whether it stands in a list that an entry can be added to, taken from or moved in.
    pub in_list: bool,
}

/// A figure that is bound in a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureInText {
    /// Its placeholder, in bytes of the file.
    pub from: usize,
    pub to: usize,
    pub address: String,
    pub printed: String,
}

/// How what is edited is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextFormat {
    Markdown,
    Plain,
    Figure,
    /// All of a file, letter by letter: what mends one that cannot be read.
    File,
}

/// What there is to know of a figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FigureCard {
    /// What is counted or measured, where a name is known.
    pub name: String,
    pub printed: String,
    /// The item where it was typed; none for one that follows from others.
    pub item: Option<String>,
    /// How it follows from others, in words.
    pub follows: Option<String>,
    /// The figure of the edition before.
    pub last: Option<String>,
    /// How far it is from that.
    pub change: Option<String>,
    /// The areas of the PDF that show one that follows from others.
    pub paper: Vec<Area>,
    pub source: Option<String>,
    /// The rules that look at it.
    pub checks: Vec<CheckState>,
    /// The items whose texts print it.
    pub used_in: Vec<String>,
    /// The addresses of the figures that follow from it.
    pub leads_to: Vec<String>,
}

/// What a rule says of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckState {
    pub rule: String,
    /// Whether it has nothing to say.
    pub holds: bool,
    pub words: Vec<String>,
    /// Why the team lets that stand.
    pub acknowledged: Option<String>,
}

/// Something that is still as in the edition before, for its author to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DueItem {
    /// The letters that it stands in, as changes name them.
    pub id: String,
    pub file: String,
    pub line: usize,
    /// What it is: "figure", "sentence".
    pub kind: String,
    /// As it is printed or typed.
    pub words: String,
    /// The address of a figure.
    pub address: Option<String>,
}

/// How much of a file is new, confirmed, and still as in the edition before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileStatus {
    pub file: String,
    pub new: usize,
    pub confirmed: usize,
    pub due: usize,
}

/// Things that are due and still hold: the body of `POST /~preview/edit/confirm`. It is answered as a change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRequest {
    pub report: String,
    /// Figures, or the texts of one file.
    pub ids: Vec<String>,
    /// Who looked at them.
    pub by: String,
    /// The day, in the form 2026-05-04.
    pub date: String,
}

/// What a place is called now that was written in: the answer to `GET /~preview/edit/followed/ID/REVISION`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Followed {
    pub id: String,
    pub revision: String,
}

/// What a browser asks to change: the body of `POST /~preview/edit/change`; and of `POST /~preview/edit/form` where it is what
/// was filled in, which can hold pictures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// All are made, or none.
    pub changes: Vec<AskedChange>,
    /// Names the pick in which somebody types, so that all that is typed in it is taken back in one step.
    #[serde(default)]
    pub typing: Option<String>,
}

/// One change. An item is named by its id and the revision of its file that the browser knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum AskedChange {
    /// The Markdown of a block, or the words of a value. Nothing takes it out, where it may be left out.
    Text { id: String, revision: String, text: String },
    /// A figure as typed.
    Figure { id: String, revision: String, text: String },
    /// A block of cells from a spreadsheet; its first cell goes where the item stands.
    Cells { id: String, revision: String, cells: Vec<Vec<String>> },
    /// A field of the record that the item stands in, such as a note; nothing takes it out.
    Field { id: String, revision: String, name: String, text: String },
    /// A new entry beside the one that the item stands in.
    Insert {
        id: String,
        revision: String,
        list: Option<String>,
        before: bool,
        #[serde(default)]
        values: Vec<(String, String)>,
    },
    /// A new entry of a list beside the one that the item stands in, as its form was filled in (see [`Room`]).
    Add { id: String, revision: String, list: String, before: bool, given: Given },
    /// A new entry behind the last one of a list of the record that the item is.
    Within { id: String, revision: String, list: String, given: Given },
    /// Takes out the entry that the item stands in.
    Remove { id: String, revision: String, list: Option<String> },
    /// Takes the file away that the id stands in: prose or data that no part shows any more.
    Away { id: String, revision: String },
    /// Moves it by so many places, up where they are negative.
    Move { id: String, revision: String, list: Option<String>, by: isize },
    /// Writes it twice.
    Duplicate { id: String, revision: String, list: Option<String> },
    /// All of a file as somebody typed it; its lines end as they did.
    File { id: String, revision: String, text: String },
    /// What a finding offers: letters of a file, and what is to stand there.
    Mend { id: String, revision: String, text: String },
}

/// What an item stands in, the innermost first: the answer to `GET /~preview/edit/room/ID/REVISION`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Room {
    pub levels: Vec<RoomLevel>,
    /// The notes of the report, which texts can name.
    pub notes: Vec<KnownNote>,
}

/// A note of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KnownNote {
    pub id: String,
    pub text: String,
}

/// An entry of a list, or a whole file, that an item stands in: what it is, with the names that changes know it by. Its own
/// fields are asked for in changes of the kind `field`, its lists in those of the kind `within`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoomLevel {
    /// Names it in changes.
    pub id: String,
    pub revision: String,
    #[serde(flatten)]
    pub level: Level,
    /// Of a part or a section the files that it alone shows, which can be taken away with it.
    pub files: Vec<OwnFile>,
}

/// A file, as changes of the kind `away` name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnFile {
    pub id: String,
    pub revision: String,
    /// Its name in the folder of the report.
    pub name: String,
}

/// What was copied elsewhere: the body of `POST /~preview/edit/paste`, which writes nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasteRequest {
    /// As the clipboard has it.
    pub html: String,
}

/// The answer to it, or a [`Reason`] with the status 422.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pasted {
    /// The text without an end of a line behind it.
    pub markdown: String,
    /// What did not come along, in words.
    pub left_out: Vec<String>,
}

/// A picture for a figure that stands in report.yaml: the body of `POST /~preview/edit/picture`. It is answered as a change.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureRequest {
    /// A text of the figure, such as its caption, with the revision of its file.
    pub id: String,
    pub revision: String,
    /// What the file was called; it is written under a name made of that.
    pub name: String,
    /// What it shows, for people who cannot see it.
    pub alternative: String,
    /// Two hexadecimal digits for each byte.
    pub bytes: String,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Answer {
    /// All is written.
    Saved {
        /// The revisions of the files that changed, by their numbers (the first part of an id).
        revisions: BTreeMap<String, String>,
        /// The new ids of the items that were named, by the ids that they were named by.
        ids: BTreeMap<String, String>,
        /// How many changes were written so far.
        saved: u64,
        undo: Option<String>,
        redo: Option<String>,
    },
    /// It cannot be made; nothing is written.
    Refused { reasons: Vec<Reason> },
    /// The file was changed by another program in the same place; nothing is written.
    Conflict {
        file: String,
        /// What the file on the disk is called in changes, as soon as it is known.
        revision: String,
        yours: String,
        theirs: String,
    },
    /// The disk failed; nothing is written, and the same can be asked again.
    Failed { message: String },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Row and column of a pasted cell, from 1.
    pub cell: Option<(usize, usize)>,
    pub message: String,
    pub help: String,
}

/// What every window is told of the editing, as a part of the state.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EditState {
    /// How many changes were written since the preview began.
    pub saved: u64,
    /// What would be taken back and done again next.
    pub undo: Option<String>,
    pub redo: Option<String>,
}
