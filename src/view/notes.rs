//! The notes of a report as they are marked and listed: by numbers under its sections, by letters under its tables.

use serde::Serialize;

use super::copy_editor::Words;
use crate::fact::Word;
use crate::markdown::NoteMark;
use crate::model::letter_of;

/// A note where it is read.
#[derive(Debug, PartialEq, Serialize)]
pub struct NoteView {
    pub mark: String,
    /// Its place among all letters or numbers, from 1.
    pub number: usize,
    /// The id to which its marks lead.
    pub id: String,
    pub words: Words,
    /// The ids of its marks.
    pub marks: Vec<String>,
}

/// What is noted.
#[derive(Debug, Clone, PartialEq)]
pub enum Noted {
    /// What `report.yaml` says under this id.
    Named(String),
    /// What was made of the figures themselves.
    Made(Vec<Word>),
}

/// A note that is marked in a section or a table.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedNote {
    pub note: Noted,
    pub number: usize,
    pub mark: String,
    pub id: String,
    pub marks: Vec<String>,
}

/// The notes that were marked so far.
#[derive(Debug, Default)]
pub struct NoteBook {
    /// Those of running text in the order of their numbers, which they keep in all sections.
    numbers: Vec<String>,
    section: NoteList,
    /// The table that is being drawn.
    table: Option<NoteList>,
}

/// The notes of a section or a table.
#[derive(Debug, Default)]
pub struct NoteList {
    /// Id of the section, or name of the table.
    owner: String,
    /// Letters that mean something else in the table.
    taken: Vec<&'static str>,
    notes: Vec<MarkedNote>,
}

impl NoteBook {
    /// From here on notes belong to that section.
    pub fn open_section(&mut self, section: &str) {
        self.section = NoteList { owner: section.to_owned(), ..NoteList::default() };
    }

    /// The notes of the section.
    pub fn close_section(&mut self) -> Vec<MarkedNote> {
        std::mem::take(&mut self.section.notes)
    }

    /// From here on notes belong to that table, in which some letters mean something else.
    pub fn open_table(&mut self, name: &str, taken: Vec<&'static str>) {
        self.table = Some(NoteList::new(name, taken));
    }

    /// The notes of the table.
    pub fn close_table(&mut self) -> Vec<MarkedNote> {
        self.table.take().map(|table| table.notes).unwrap_or_default()
    }

    /// Marks a note that `report.yaml` has under this id.
    pub fn mark(&mut self, note: &str) -> NoteMark {
        let named = Noted::Named(note.to_owned());
        match &mut self.table {
            Some(table) => table.letter(named),
            None => self.section.mark(named, |_| number_of(note, &mut self.numbers), false),
        }
    }

    /// Marks a note in the table that is being drawn.
    pub fn letter(&mut self, note: Noted) -> Option<NoteMark> {
        self.table.as_mut().map(|table| table.letter(note))
    }
}

impl NoteList {
    /// No notes yet, of a table in which some letters mean something else.
    pub fn new(owner: &str, taken: Vec<&'static str>) -> Self {
        Self { owner: owner.to_owned(), taken, notes: Vec::new() }
    }

    /// Marks a note by a letter.
    pub fn letter(&mut self, note: Noted) -> NoteMark {
        self.mark(note, Self::next_letter, true)
    }

    /// A note that was marked.
    pub fn find(&self, note: &Noted) -> Option<MarkedNote> {
        self.notes.iter().find(|one| one.note == *note).cloned()
    }

    /// All notes that were marked.
    pub fn into_notes(self) -> Vec<MarkedNote> {
        self.notes
    }

    fn mark(&mut self, note: Noted, next: impl FnOnce(&Self) -> (usize, String), is_letter: bool) -> NoteMark {
        let place = self.notes.iter().position(|one| one.note == note).unwrap_or_else(|| {
            let (number, mark) = next(self);
            // The low lines keep it apart from all ids that an author gives.
            let id = format!("note_{mark}_{}", self.owner);
            self.notes.push(MarkedNote { note, number, mark, id, marks: Vec::new() });
            self.notes.len() - 1
        });
        let one = &mut self.notes[place];
        let id = format!("{}_{}", one.id, one.marks.len() + 1);
        one.marks.push(id.clone());
        let is_first = one.marks.len() == 1;
        NoteMark { mark: one.mark.clone(), is_letter, id, to: one.id.clone(), is_first, is_apart: false }
    }

    fn next_letter(&self) -> (usize, String) {
        let last = self.notes.last().map_or(0, |note| note.number);
        let letter = |number: usize| letter_of(number - 1).to_lowercase();
        let is_free = |number: &usize| !self.taken.contains(&letter(*number).as_str());
        let number = (last + 1..).find(is_free).unwrap_or(last + 1);
        (number, letter(number))
    }
}

fn number_of(note: &str, numbers: &mut Vec<String>) -> (usize, String) {
    let place = numbers.iter().position(|one| one == note).unwrap_or_else(|| {
        numbers.push(note.to_owned());
        numbers.len() - 1
    });
    (place + 1, (place + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_keep_their_numbers_in_sections_and_have_letters_in_each_table() {
        let mut book = NoteBook::default();
        let mark = |book: &mut NoteBook, note: &str| {
            let mark = book.mark(note);
            (mark.mark, mark.id, mark.is_first)
        };
        book.open_section("money");
        assert_eq!(mark(&mut book, "grants"), ("1".to_owned(), "note_1_money_1".to_owned(), true));
        book.open_table("loans", vec!["b"]);
        assert_eq!(mark(&mut book, "films"), ("a".to_owned(), "note_a_loans_1".to_owned(), true));
        assert_eq!(mark(&mut book, "grants"), ("c".to_owned(), "note_c_loans_1".to_owned(), true));
        assert_eq!(book.close_table().len(), 2);
        assert_eq!(mark(&mut book, "grants"), ("1".to_owned(), "note_1_money_2".to_owned(), false));
        assert_eq!(book.close_section()[0].marks, ["note_1_money_1", "note_1_money_2"]);
        book.open_section("people");
        assert_eq!(mark(&mut book, "films"), ("2".to_owned(), "note_2_people_1".to_owned(), true));
        assert_eq!(mark(&mut book, "grants"), ("1".to_owned(), "note_1_people_1".to_owned(), true));
    }
}
