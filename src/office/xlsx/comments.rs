//! What people wrote beside cells: notes, and comments in threads.

use std::collections::BTreeMap;

use super::strings::Text;
use crate::office::sheet::{Cell, Comment, Position, Shown};
use crate::office::tags::{Element, Fault};
use crate::office::xlsx::palette::Palette;

/// The comments of a sheet.
#[derive(Debug, Default)]
pub struct Comments {
    notes: BTreeMap<Position, Vec<Comment>>,
    threads: BTreeMap<Position, Vec<Comment>>,
}

/// The names of those who wrote in threads, by their numbers.
pub fn people(text: Option<&str>) -> Result<BTreeMap<String, String>, Fault> {
    let Some(text) = text else { return Ok(BTreeMap::new()) };
    let root = Element::read(text)?;
    let people = root.all("person").filter_map(|person| {
        Some((person.attribute("id")?.into_owned(), person.attribute("displayName")?.into_owned()))
    });
    Ok(people.collect())
}

impl Comments {
    /// Takes a part with notes or threads.
    pub fn add(&mut self, text: &str, people: &BTreeMap<String, String>) -> Result<(), Fault> {
        let root = Element::read(text)?;
        for comment in root.all("threadedComment") {
            let by = comment.attribute("personId").and_then(|id| people.get(id.as_ref()).cloned());
            let text = comment.child("text").map(|text| text.text.trim().to_owned()).unwrap_or_default();
            put(&mut self.threads, comment, Comment { by, text })?;
        }
        let authors: Vec<&str> =
            root.child("authors").into_iter().flat_map(|all| all.all("author")).map(|by| by.text.trim()).collect();
        let palette = Palette::read(None)?;
        for comment in root.child("commentList").into_iter().flat_map(|list| list.all("comment")) {
            let by = comment.number("authorId").and_then(|at| authors.get(usize::try_from(at).ok()?).copied());
            let by = by.filter(|by| !by.is_empty());
            let text = comment.child("text").map(|text| Text::of(text, &palette).text).unwrap_or_default();
            // Excel begins a note with its author's name.
            let bare = by.and_then(|by| text.trim().strip_prefix(by)?.strip_prefix(':')).unwrap_or(&text);
            let note = Comment { by: by.map(str::to_owned), text: bare.trim().to_owned() };
            put(&mut self.notes, comment, note)?;
        }
        Ok(())
    }

    /// The cells with their comments. A comment on an empty cell makes it one that holds an empty text; a thread goes before
    /// the note that repeats it for older programs.
    pub fn joined(mut self, mut cells: BTreeMap<Position, Cell>) -> BTreeMap<Position, Cell> {
        self.notes.extend(self.threads);
        for (place, comments) in self.notes {
            cells.entry(place).or_insert_with(empty).comments = comments;
        }
        cells
    }
}

fn put(all: &mut BTreeMap<Position, Vec<Comment>>, element: &Element, comment: Comment) -> Result<(), Fault> {
    let place = element.attribute("ref").and_then(|place| Position::read(&place)).ok_or(Fault)?;
    all.entry(place).or_default().push(comment);
    Ok(())
}

fn empty() -> Cell {
    Cell {
        shown: Shown::Text(String::new()),
        stored: String::new(),
        format: None,
        formula: None,
        comments: Vec::new(),
        struck_through: false,
    }
}
