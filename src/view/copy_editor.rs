//! The copy editor makes the texts and figures of a report ready for print, and notes every figure that is printed.

mod prose;
mod words;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::drawn::{DrawnChart, DrawnMark};
use super::notes::{MarkedNote, NoteBook, NoteView, Noted};
use crate::diagnostic::{Code, Span};
use crate::fact::{BoundTexts, FactId, Facts, Passages, Quantity, Word, plain};
use crate::markdown::NoteMark;
use crate::model::numbering::{self, Numbered, Reference};
use crate::model::values::{Figure, Manner, NumberedKind, Unit};
use crate::model::{Denomination, Project, Report};
use crate::wording::{Counted, Wording};
use crate::yaml::{At, Text};

pub use words::{Piece, Words};

/// A figure that is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// Id of the section; empty above the sections.
    pub section: String,
    pub text: String,
    pub origin: PrintedOrigin,
}

/// What stands behind a printed figure.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedOrigin {
    /// A fact, and its mark on the page.
    Fact(FactId, usize),
    /// The id of the source that states it, and where it stands there.
    Stated { source: String, at: Option<String> },
}

/// Makes the texts and figures of one report ready for print.
pub struct CopyEditor<'a> {
    pub project: &'a Project,
    pub report: &'a Report,
    pub facts: &'a Facts<'a>,
    /// What its texts say.
    texts: BoundTexts<'a>,
    /// What of the report has a number.
    numbered: Vec<Numbered<'a>>,
    /// The anchors of the captions that were printed.
    captions: RefCell<HashSet<String>>,
    section: RefCell<String>,
    printed: RefCell<Vec<Printed>>,
    drawn: RefCell<Vec<DrawnChart>>,
    /// The marks of the facts that were printed or drawn: their places in the order in which they first were, from 1.
    marks: RefCell<HashMap<FactId, usize>>,
    notes: RefCell<NoteBook>,
}

impl<'a> CopyEditor<'a> {
    pub fn new(project: &'a Project, report: &'a Report, facts: &'a Facts<'a>, passages: &'a Passages<'a>) -> Self {
        Self {
            project,
            report,
            facts,
            texts: passages.texts(&report.id),
            numbered: numbering::numbered(report),
            captions: RefCell::default(),
            section: RefCell::default(),
            printed: RefCell::default(),
            drawn: RefCell::default(),
            marks: RefCell::default(),
            notes: RefCell::default(),
        }
    }

    /// From here on figures are printed in that section.
    pub fn enter(&self, section: &str) {
        self.section.replace(section.to_owned());
        self.notes.borrow_mut().open_section(section);
    }

    /// The notes that running text of the section names.
    pub fn notes_of_section(&self) -> Vec<NoteView> {
        let notes = self.notes.borrow_mut().close_section();
        self.notes(notes)
    }

    /// Draws a table, and its notes, which are told apart by letters; some letters mean something else in it. The name is
    /// that of the table in the ids of its notes.
    pub fn with_letters<T>(
        &self,
        name: &str,
        taken: Vec<&'static str>,
        draw: impl FnOnce() -> T,
    ) -> (T, Vec<NoteView>) {
        self.notes.borrow_mut().open_table(name, taken);
        let drawn = draw();
        let notes = self.notes.borrow_mut().close_table();
        (drawn, self.notes(notes))
    }

    fn notes(&self, marked: Vec<MarkedNote>) -> Vec<NoteView> {
        marked.into_iter().map(|one| self.note(one)).collect()
    }

    /// A note with its words, for print.
    pub fn note(&self, MarkedNote { note, number, mark, id, marks }: MarkedNote) -> NoteView {
        NoteView { mark, number, id, words: self.note_words(note), marks }
    }

    /// What is noted, for print.
    pub fn note_words(&self, note: Noted) -> Words {
        match note {
            Noted::Named(note) => self.facts.note_text(&self.report.id, &note).map(|text| self.words(text)),
            Noted::Made(words) => Some(self.bound(&words)),
        }
        .unwrap_or_default()
    }

    /// Marks a note by a letter, where a table is being drawn.
    pub fn letter(&self, note: Noted) -> Option<NoteMark> {
        self.notes.borrow_mut().letter(note)
    }

    /// Whether the team lets a finding of a rule about a figure stand.
    pub fn is_acknowledged(&self, rule: Code, figure: FactId) -> bool {
        self.is_acknowledged_in(self.report, rule, figure)
    }

    /// The same of a figure of another report.
    pub fn is_acknowledged_in(&self, report: &Report, rule: Code, figure: FactId) -> bool {
        let files = [&report.statements.checks, &self.project.statements.checks];
        let addresses = [self.facts.local(&report.id, figure), &*self.facts.get(figure).address];
        let all = files.into_iter().flatten().flat_map(|file| file.acknowledgements.iter().flatten());
        all.into_iter().any(|one| one.rule.value == rule.name() && addresses.contains(&one.address.value.as_str()))
    }

    /// Every figure that was printed, in order.
    pub fn printed(self) -> Vec<Printed> {
        self.printed.into_inner()
    }

    /// Every chart that was drawn, in order.
    pub fn drawn(&self) -> Vec<DrawnChart> {
        self.drawn.borrow().clone()
    }

    /// Notes what a chart draws on one scale.
    pub fn draw(&self, marks: impl IntoIterator<Item = DrawnMark>) {
        self.note_chart(marks, DrawnChart::default());
    }

    /// Notes what a chart of the page draws, which the PDF may draw in another form; and the number that fills its box, if
    /// one does.
    pub fn draw_on_page(&self, marks: impl IntoIterator<Item = DrawnMark>, whole: Option<Decimal>) {
        self.note_chart(marks, DrawnChart { whole, is_of_page: true, ..DrawnChart::default() });
    }

    fn note_chart(&self, marks: impl IntoIterator<Item = DrawnMark>, chart: DrawnChart) {
        let marks = marks.into_iter().map(|one| DrawnMark { mark: self.mark(one.fact), ..one }).collect();
        self.drawn.borrow_mut().push(DrawnChart { section: self.section.borrow().clone(), marks, ..chart });
    }

    /// The number that stands for a fact on the page.
    pub fn mark(&self, fact: FactId) -> usize {
        let mut marks = self.marks.borrow_mut();
        let next = marks.len() + 1;
        *marks.entry(fact).or_insert(next)
    }

    /// A text with its facts, for print.
    pub fn words(&self, text: &Text) -> Words {
        self.bound(self.texts.words(text.at))
    }

    /// The words of a text, for a note that is made of it.
    pub fn words_of(&self, text: &Text) -> &[Word] {
        self.texts.words(text.at)
    }

    /// A name without its notes, where it is repeated.
    pub fn name_alone(&self, text: &Text) -> Words {
        let words = self.texts.words(text.at).iter().filter(|word| !matches!(word, Word::Note(_)));
        self.bound(&words.cloned().collect::<Vec<_>>())
    }

    /// A name or a cell of a table with its facts, and with its notes behind it.
    pub fn name(&self, text: &Text) -> Words {
        let pieces = self.words(text).pieces;
        let (notes, words): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|piece| piece.note.is_some());
        Words::join(words.into_iter().chain(notes).map(Words::one))
    }

    /// A caption with its facts, and with its number where the report numbers: of a file that is shown in several ways, the
    /// next one.
    pub fn caption(&self, caption: &Text) -> Words {
        let is_next = |one: &&Numbered| one.caption.at == caption.at && self.captions.borrow_mut().insert(one.anchor());
        let numbered = self.numbered.iter().find(is_next);
        let name = |one: &Numbered| {
            let text = self.wording().say("numbered.begins", &[("name", &one.name(self.wording()))]);
            Words::one(Piece { text, anchor: Some(one.anchor()), ..Piece::default() })
        };
        Words::join(numbered.map(name).into_iter().chain([self.words(caption)]))
    }

    /// What of a kind has a number, in the order of the report.
    pub fn numbered(&self, kind: NumberedKind) -> impl Iterator<Item = &Numbered<'a>> {
        self.numbered.iter().filter(move |one| one.kind == kind)
    }

    /// Texts with their facts, where there are any.
    pub fn list(&self, texts: &Option<Vec<Text>>) -> Vec<Words> {
        texts.iter().flatten().map(|text| self.words(text)).collect()
    }

    /// A text with its facts, for data and for where the same text was printed before.
    pub fn plain(&self, text: &Text) -> String {
        plain(self.texts.words(text.at))
    }

    /// What the notes of a text say, for data.
    pub fn said_in_notes(&self, text: &Text) -> Vec<String> {
        let notes = self
            .texts
            .words(text.at)
            .iter()
            .filter_map(|word| if let Word::Note(note) = word { Some(note) } else { None });
        let texts = notes.filter_map(|note| self.facts.note_text(&self.report.id, note));
        texts.map(|text| self.plain(text)).collect()
    }

    /// A figure of the content, as it was typed.
    pub fn figure(&self, figure: &At<Figure>) -> Words {
        self.typed(figure.at, figure.value.shown(self.manner()))
    }

    /// How the report prints its figures.
    pub fn manner(&self) -> &'a Manner {
        &self.report.manner
    }

    /// What Tally says in the language of the report.
    pub fn wording(&self) -> &'a Wording {
        self.report.wording()
    }

    /// A message without places.
    pub fn say(&self, key: &str) -> String {
        self.wording().say(key, &[])
    }

    /// A message with words in its places, which may hold figures.
    pub fn phrase(&self, key: &str, fills: impl IntoIterator<Item = (&'static str, Words)>) -> Words {
        self.phrased(key, None, fills)
    }

    /// A message in the form that stands with so many things.
    pub fn phrase_of(&self, count: usize, key: &str, fills: impl IntoIterator<Item = (&'static str, Words)>) -> Words {
        self.phrased(key, Some(Counted::Things(count.into())), fills)
    }

    fn phrased(
        &self,
        key: &str,
        counted: Option<Counted>,
        fills: impl IntoIterator<Item = (&'static str, Words)>,
    ) -> Words {
        let fills = fills.into_iter().map(|(place, words)| (place, vec![words]));
        Words::join(self.wording().pieces(key, counted, fills)).with_whole_asides()
    }

    /// Words one after the other, parted as in running text.
    pub fn listed(&self, items: impl IntoIterator<Item = Words>) -> Words {
        let items = items.into_iter().map(|words| vec![words]);
        Words::join(self.wording().list_of(("list.more", "list.more"), items))
    }

    /// Words for a figure that there is not.
    pub fn not_applicable(&self) -> Words {
        Words::plain(Figure::NOT_APPLICABLE.shown(self.manner()))
    }

    /// A unit as it is printed.
    pub fn unit(&self, denomination: &Denomination) -> String {
        match denomination.unit {
            Unit::Declared(id) => {
                self.facts.declared(id).map_or_else(|| id.as_str().to_owned(), |unit| unit.name.value.clone())
            }
            // What is typed is English.
            _ if self.report.head.language.value.language == "en" => denomination.typed().to_owned(),
            Unit::Time(unit) => self.say(unit.name_key()),
            Unit::Ratio => self.say("unit.ratio"),
            Unit::Rate(of) => self.wording().say("unit.per", &[("n", &self.wording().number(of.into()))]),
            _ => denomination.typed().to_owned(),
        }
    }

    /// A figure that was computed, in a form that suits its place; n/a where there is none.
    pub fn computed(&self, address: &str, shown: impl Fn(Quantity) -> String) -> Words {
        let fact = self.facts.find(&self.report.id, address);
        match fact.and_then(|fact| Some((fact, self.facts.quantity(fact)?))) {
            Some((fact, quantity)) => self.bound(&[Word::Bound { text: shown(quantity), fact }]),
            None => self.not_applicable(),
        }
    }

    /// What was typed at a place, in a form that suits the table; a plain text where it is no figure.
    pub fn typed(&self, at: Span, text: String) -> Words {
        match self.facts.typed_at(&self.report.id, at) {
            Some(fact) => self.bound(&[Word::Bound { text, fact }]),
            None => Words::plain(text),
        }
    }

    /// A fact as it is drawn.
    pub fn fact_as(&self, fact: FactId, text: String) -> Words {
        self.bound(&[Word::Bound { text, fact }])
    }

    /// A fact of this report by its local address.
    pub fn fact(&self, address: &str) -> Words {
        match self.facts.find(&self.report.id, address) {
            Some(fact) => self.bound(&[Word::Bound { text: self.facts.printed(&self.report.id, fact), fact }]),
            None => self.not_applicable(),
        }
    }

    /// A fact as it is shown elsewhere, where a picture repeats it.
    pub fn shown(&self, address: &str) -> String {
        let fact = self.facts.find(&self.report.id, address);
        fact.map_or_else(|| self.not_applicable().text, |fact| self.facts.printed(&self.report.id, fact))
    }

    /// Words with their facts, for print.
    pub fn bound(&self, words: &[Word]) -> Words {
        Words::join(words.iter().map(|word| Words::one(self.piece(word))))
    }

    fn piece(&self, word: &Word) -> Piece {
        let note = |text: &str, origin| {
            let section = self.section.borrow().clone();
            self.printed.borrow_mut().push(Printed { section, text: text.to_owned(), origin });
        };
        let text = word.text().to_owned();
        match word {
            Word::Plain(_) | Word::Broken(_) | Word::Named { .. } | Word::Claimed { .. } => {
                Piece { text, ..Piece::default() }
            }
            Word::Bound { fact, .. } => {
                let mark = self.mark(*fact);
                note(&text, PrintedOrigin::Fact(*fact, mark));
                Piece { text, fact: Some(mark.to_string()), ..Piece::default() }
            }
            Word::Reference(Reference { to, .. }) => Piece { text, see: Some(to.clone()), ..Piece::default() },
            Word::Note(note) => Piece { note: Some(self.notes.borrow_mut().mark(note)), ..Piece::default() },
            Word::Foreign { language, .. } => Piece { text, language: Some(language.clone()), ..Piece::default() },
            Word::Stated { source, at, .. } => {
                note(&text, PrintedOrigin::Stated { source: source.clone(), at: at.clone() });
                Piece { text, source: Some(source.clone()), ..Piece::default() }
            }
        }
    }
}
