//! What stands beside the text: notes, comments, headers and footers, macros, and what Tally keeps in documents of its own.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Document as Tree;

use super::reader::{NoteKind, Reader};
use super::xml::{attribute, elements, is, letters, within};
use crate::office::container::{Container, Relation, tree};
use crate::office::document::word::{OWN_PART, OWN_ROOT};
use crate::office::document::{Comment, Inline};
use crate::office::sheet::Unreadable;

/// Words that say who may see a document.
const MARKINGS: [&str; 8] =
    ["official", "sensitive", "confidential", "restricted", "secret", "protect", "not for publication", "embargo"];

/// The texts of the parts beside the text, with their names and relations.
#[derive(Debug, Default)]
pub struct Beside {
    notes: Vec<(NoteKind, Part)>,
    comments: Option<Part>,
    /// What is known of comments besides: which are done.
    comments_done: Option<Part>,
    /// Headers and footers.
    margins: Vec<(bool, Part)>,
    own: Option<Part>,
    has_macros: bool,
}

#[derive(Debug)]
struct Part {
    name: String,
    text: String,
    relations: Vec<Relation>,
}

impl Beside {
    pub fn read(container: &mut Container, relations: &[Relation]) -> Result<Beside, Unreadable> {
        let mut beside =
            Beside { has_macros: container.names().any(|name| name.ends_with("vbaproject.bin")), ..Beside::default() };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for relation in relations.iter().filter(|relation| !relation.is_outside) {
            let is_wanted = matches!(
                relation.kind.as_str(),
                "footnotes" | "endnotes" | "comments" | "commentsExtended" | "header" | "footer" | "customXml"
            );
            if !is_wanted || !seen.insert(&relation.target) {
                continue;
            }
            let Some(text) = container.text(&relation.target)? else { continue };
            let part = Part { name: relation.target.clone(), relations: container.relations(&relation.target)?, text };
            match relation.kind.as_str() {
                "footnotes" => beside.notes.push((NoteKind::Foot, part)),
                "endnotes" => beside.notes.push((NoteKind::End, part)),
                "comments" => beside.comments = Some(part),
                "commentsExtended" => beside.comments_done = Some(part),
                "header" => beside.margins.push((true, part)),
                "footer" => beside.margins.push((false, part)),
                _ if part.text.contains(OWN_PART) => beside.own = Some(part),
                _ => {}
            }
        }
        // Which comments are done is related to by the document, or by nothing but its name.
        Ok(beside)
    }

    /// Numbers the notes, before the text names them, and takes what Tally wrote down.
    pub fn prepare(&self, reader: &mut Reader) -> Result<(), Unreadable> {
        for (kind, part) in &self.notes {
            let notes = tree(&part.text, &part.name)?;
            for note in elements(notes.root_element()).filter(|note| !is_separator(*note)) {
                let id = attribute(note, "id").unwrap_or_default().to_owned();
                let number = reader.notes.len();
                reader.notes.insert((*kind, id), number);
            }
        }
        if let Some(part) = &self.own {
            let own = tree(&part.text, &part.name)?;
            if is(own.root_element(), OWN_ROOT) {
                reader.is_own = true;
                for entry in elements(own.root_element()) {
                    let (Some(tag), Some(source)) = (attribute(entry, "tag"), attribute(entry, "source")) else {
                        continue;
                    };
                    let kept = match attribute(entry, "printed") {
                        Some(printed) => format!("{printed}\u{1}{source}"),
                        None => source.to_owned(),
                    };
                    reader.own.insert(tag.to_owned(), kept);
                }
            }
        }
        Ok(())
    }

    /// Reads the notes, and says what stands in the margins and what was remarked.
    pub fn finish(&self, reader: &mut Reader) -> Result<(), Unreadable> {
        let relations = reader.relations.clone();
        reader.document.notes = vec![Vec::new(); reader.notes.len()];
        for (kind, part) in &self.notes {
            let notes = tree(&part.text, &part.name)?;
            reader.relations = by_id(&part.relations);
            for note in elements(notes.root_element()).filter(|note| !is_separator(*note)) {
                let id = attribute(note, "id").unwrap_or_default().to_owned();
                let words = reader.words_alone(note);
                if let Some(number) = reader.notes.get(&(*kind, id)) {
                    reader.document.notes[*number] = trimmed(words.inlines);
                }
            }
        }
        reader.relations = relations;
        self.comments(reader)?;
        for (is_header, part) in &self.margins {
            let margin = tree(&part.text, &part.name)?;
            let text = letters(margin.root_element());
            if !text.trim().is_empty() {
                let marking = MARKINGS.iter().any(|word| text.to_lowercase().contains(word));
                let about = match (is_header, marking) {
                    (_, true) => "marking",
                    (true, false) => "header",
                    (false, false) => "footer",
                };
                reader.find(about, format!("“{}”", text.trim()));
            }
        }
        if self.has_macros {
            reader.find("left out", "macros: they were neither read nor run");
        }
        Ok(())
    }

    fn comments(&self, reader: &mut Reader) -> Result<(), Unreadable> {
        let Some(part) = &self.comments else { return Ok(()) };
        let comments = tree(&part.text, &part.name)?;
        let done_tree = self.comments_done.as_ref().map(|part| tree(&part.text, &part.name)).transpose()?;
        let done = done_tree.as_ref().map(done).unwrap_or_default();
        for comment in within(comments.root_element(), "comment") {
            let is_done = within(comment, "p").filter_map(|p| attribute(p, "paraId")).any(|id| done.contains(id));
            let text = letters(comment);
            if is_done || text.trim().is_empty() {
                continue;
            }
            let id = attribute(comment, "id").unwrap_or_default();
            let on = reader
                .remarked
                .get(id)
                .map(|on| on.split_whitespace().collect::<Vec<_>>().join(" "))
                .unwrap_or_default();
            let by = attribute(comment, "author").unwrap_or_default().to_owned();
            reader.document.comments.push(Comment { by, on, text: text.trim().to_owned() });
        }
        Ok(())
    }
}

fn done<'t>(tree: &'t Tree) -> BTreeSet<&'t str> {
    let done =
        within(tree.root_element(), "commentEx").filter(|one| matches!(attribute(*one, "done"), Some("1" | "true")));
    done.filter_map(|one| attribute(one, "paraId")).collect()
}

/// Lines that stand over notes are notes of their own in the file.
fn is_separator(note: roxmltree::Node) -> bool {
    attribute(note, "type").is_some_and(|kind| kind != "normal")
}

/// Words without the space behind the mark of the note.
fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text, .. }) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    inlines
}

fn by_id(relations: &[Relation]) -> BTreeMap<String, Relation> {
    relations.iter().map(|relation| (relation.id.clone(), relation.clone())).collect()
}
