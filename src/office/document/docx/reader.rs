//! What is known of a document while it is walked through, and the walk over its blocks.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::fields::Fields;
use super::files::tag_of;
use super::numbering::Numbering;
use super::styles::Styles;
use super::tracked::{Kind, Tracked};
use super::xml::{at_path, attribute, child, elements, is, letters, value, within};
use crate::office::container::Relation;
use crate::office::document::flat::{Paragraph, Piece};
use crate::office::document::letters::Counts;
use crate::office::document::{Changes, Document, Inline};

/// What stands in a document beside its text.
pub struct Reader<'d> {
    pub changes: Changes,
    pub styles: &'d Styles,
    pub numbering: Numbering,
    pub relations: BTreeMap<String, Relation>,
    /// Notes by their kind and id, with their numbers.
    pub notes: BTreeMap<(NoteKind, String), usize>,
    /// Placeholders and files of a document that Tally wrote, by the tags of their content controls.
    pub own: BTreeMap<String, String>,
    /// Whether Tally wrote the document: then its letters stand as its author typed them.
    pub is_own: bool,
    /// Whether its files are known by bookmarks, and the bookmark of the file that is open.
    pub by_bookmarks: bool,
    pub bookmarked: String,
    pub fields: Fields,
    pub tracked: Tracked,
    pub counts: Counts,
    /// Comments whose words are open, with these words.
    pub remarked: BTreeMap<String, String>,
    open_remarks: BTreeSet<String>,
    pub pieces: Vec<Piece>,
    /// The words of a paragraph whose end was deleted: they go on in the next.
    carried: Vec<Inline>,
    /// Pictures by the parts that they were read from, to be read at the end.
    pub picture_parts: Vec<PicturePart>,
    pub document: Document,
    /// Whether a list of contents was left out.
    pub left_out_contents: bool,
    /// What was found of some kinds, to be said together.
    pub found: BTreeMap<&'static str, Vec<String>>,
}

/// A picture as the text names it.
#[derive(Debug, Clone, Default)]
pub struct PicturePart {
    /// The part that holds it; none where it lies outside of the file.
    pub part: Option<String>,
    pub alt: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    Foot,
    End,
}

impl<'d> Reader<'d> {
    pub fn new(changes: Changes, styles: &'d Styles, numbering: Numbering) -> Reader<'d> {
        Reader {
            changes,
            styles,
            numbering,
            relations: BTreeMap::new(),
            notes: BTreeMap::new(),
            own: BTreeMap::new(),
            is_own: false,
            by_bookmarks: false,
            bookmarked: String::new(),
            fields: Fields::default(),
            tracked: Tracked::default(),
            counts: Counts::default(),
            remarked: BTreeMap::new(),
            open_remarks: BTreeSet::new(),
            pieces: Vec::new(),
            carried: Vec::new(),
            picture_parts: Vec::new(),
            document: Document::default(),
            left_out_contents: false,
            found: BTreeMap::new(),
        }
    }

    /// Notes that something of a kind was found, to be said with others of the kind.
    pub fn find(&mut self, about: &'static str, what: impl Into<String>) {
        self.found.entry(about).or_default().push(what.into());
    }

    /// Reads the blocks of a body, a cell, a note or a box.
    pub fn blocks(&mut self, parent: Node) {
        for node in elements(parent) {
            self.block(node);
        }
    }

    fn block(&mut self, node: Node) {
        match node.tag_name().name() {
            "p" => self.paragraph_of_file(node),
            "bookmarkStart" | "bookmarkEnd" => self.bookmark(node),
            "tbl" => self.table(node),
            "sdt" => self.control(node),
            "ins" | "moveTo" | "del" | "moveFrom" if self.enters(node) => {
                self.tracked.open(true);
                self.blocks(node);
                self.tracked.open(false);
            }
            "customXml" | "smartTag" | "sdtContent" => self.blocks(node),
            "AlternateContent" => {
                if let Some(chosen) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                    self.blocks(chosen);
                }
            }
            "altChunk" => self.find("left out", "another document that is embedded in this one"),
            "oMathPara" | "oMath" => {
                let mut inlines = Vec::new();
                self.equation(node, &mut inlines);
                self.pieces.push(Piece::Paragraph(Paragraph { inlines, ..Paragraph::default() }));
            }
            "sectPr" => self.section(node),
            "commentRangeStart" | "commentRangeEnd" => self.remark(node),
            _ => {}
        }
    }

    /// A content control round blocks: a list of contents, a file of Tally, or a form to fill in.
    fn control(&mut self, node: Node) {
        let gallery = at_path(node, &["sdtPr", "docPartObj", "docPartGallery"]).and_then(|node| attribute(node, "val"));
        if gallery.is_some_and(|gallery| gallery.starts_with("Table of")) {
            return self.leave_out_contents();
        }
        let Some(content) = child(node, "sdtContent") else { return };
        if at_path(node, &["sdtPr", "showingPlcHdr"]).is_some() {
            return self.find("controls", format!("“{}”", letters(content).trim()));
        }
        let file = self.own.get(tag_of(node)).cloned();
        self.pieces.extend(file.clone().map(Piece::Begin));
        self.blocks(content);
        self.pieces.extend(file.map(|_| Piece::Begin(String::new())));
    }

    /// A list of contents is left out, with the heading right before it.
    pub fn leave_out_contents(&mut self) {
        if !self.left_out_contents {
            self.pieces.push(Piece::Contents);
        }
        self.left_out_contents = true;
    }

    /// What the end of a section says of its pages.
    pub fn section(&mut self, node: Node) {
        let columns =
            child(node, "cols").and_then(|columns| attribute(columns, "num")).and_then(|num| num.parse().ok());
        if let Some(columns @ 2..) = columns.map(|columns: usize| columns) {
            self.find("columns", format!("{columns} columns"));
        }
    }

    /// Whether what a change added or removed is read; the change is noted.
    pub fn enters(&mut self, node: Node) -> bool {
        let name = node.tag_name().name();
        let kind = match name {
            "ins" => Kind::Adds,
            "del" => Kind::Removes,
            "moveFrom" => Kind::MovesFrom,
            _ => Kind::MovesTo,
        };
        let mut text = letters(node);
        if text.is_empty() && within(node, "drawing").next().is_some() {
            text = "(a picture)".to_owned();
        }
        self.tracked.meet(node, kind, &text);
        let is_there_when_accepted = matches!(name, "ins" | "moveTo");
        is_there_when_accepted == (self.changes == Changes::Accepted)
    }

    /// The properties of a paragraph or run that hold: those before a change where changes are rejected.
    pub fn properties<'a, 'i>(&self, node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
        let properties = child(node, name)?;
        let before = child(properties, &format!("{name}Change")).and_then(|change| child(change, name));
        match self.changes {
            Changes::Rejected => Some(before.unwrap_or(properties)),
            Changes::Accepted => Some(properties),
        }
    }

    /// The words of a comment begin or end.
    pub fn remark(&mut self, node: Node) {
        let Some(id) = attribute(node, "id").map(str::to_owned) else { return };
        if is(node, "commentRangeStart") {
            self.remarked.entry(id.clone()).or_default();
            self.open_remarks.insert(id);
        } else {
            self.open_remarks.remove(&id);
        }
    }

    /// A text is met: it belongs to the comments that are open.
    pub fn hear(&mut self, text: &str) {
        for id in &self.open_remarks {
            if let Some(words) = self.remarked.get_mut(id) {
                words.push_str(text);
            }
        }
    }

    /// Whether the end of a paragraph was deleted, or was added and is not wanted: then the next one goes on with it.
    pub fn is_joined(&mut self, node: Node) -> bool {
        let Some(mark) = at_path(node, &["pPr", "rPr"]) else { return false };
        let removed = child(mark, "del").or_else(|| child(mark, "moveFrom"));
        let added = child(mark, "ins").or_else(|| child(mark, "moveTo"));
        let has_words = |inside: &'static [&'static str]| {
            inside.iter().any(|name| within(node, name).any(|change| !letters(change).trim().is_empty()))
        };
        if let Some(change) = removed
            && !has_words(&["del", "moveFrom"])
            && !letters(node).trim().is_empty()
        {
            let became = "joined with the paragraph after it".to_owned();
            self.tracked.meet(change, Kind::Becomes(became), &letters(node));
        }
        if let Some(change) = added
            && !has_words(&["ins", "moveTo"])
            && !letters(node).trim().is_empty()
        {
            let became = "parted from the paragraph after it".to_owned();
            self.tracked.meet(change, Kind::Becomes(became), &letters(node));
        }
        match self.changes {
            Changes::Accepted => removed.is_some(),
            Changes::Rejected => added.is_some(),
        }
    }

    /// Keeps the words of a paragraph for the next one.
    pub fn carry(&mut self, inlines: Vec<Inline>) {
        self.carried = inlines;
    }

    pub fn carried(&mut self) -> Vec<Inline> {
        std::mem::take(&mut self.carried)
    }

    /// What a relation leads to.
    pub fn relation(&self, id: Option<&str>) -> Option<&Relation> {
        self.relations.get(id?)
    }

    /// The style that properties name.
    pub fn style<'a>(properties: Option<Node<'a, '_>>, name: &str) -> Option<&'a str> {
        properties.and_then(|properties| value(properties, name))
    }
}
