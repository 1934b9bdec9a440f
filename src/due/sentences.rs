//! Sentences, statements, alternative texts, and years in names: as in the edition before, or not.

use std::collections::HashSet;
use std::ops::Range;

use super::{Editions, Item, ItemKind, State};
use crate::check::Subject;
use crate::diagnostic::Span;
use crate::fact::{Kind, Passage, Word, plain, sentence_around};
use crate::model::{Part, Report};

/// A text of fewer words that ends with no mark is a heading or a name.
const WORDS_OF_A_SENTENCE: usize = 6;

/// Fewer words with a mark are the lead-in of a paragraph.
const WORDS_OF_A_LEAD_IN: usize = 3;

/// What the texts of the report say.
pub fn items(editions: &Editions) -> Vec<Item> {
    let former = Former::of(editions);
    let alternatives = alternatives(editions.report);
    let of_last = names_of_last(editions.report);
    let passages = editions.subject.passages.of(&editions.report.id);
    let mut items: Vec<Item> = Vec::new();
    for passage in passages.iter().filter(|passage| !of_last.contains(&passage.at)) {
        let is_heard = alternatives.contains(&passage.at);
        for sentence in sentences(editions.subject, passage, &editions.report.id) {
            items.extend(former.item(editions, passage, &sentence, is_heard));
            items.extend(former.statements(editions, passage, &sentence));
        }
    }
    items
}

/// A sentence of a text.
struct Sentence {
    letters: Range<usize>,
    /// As it is printed.
    printed: String,
    /// As it was typed, with the addresses of its figures: what its author wrote, whatever the figures are.
    wording: String,
    statements: Vec<(Range<usize>, String)>,
}

impl Sentence {
    fn is_whole(&self) -> bool {
        let words = self.printed.split_whitespace().count();
        let whole = self.printed.trim();
        let is_name = whole.starts_with(['‘', '“']) && (whole.ends_with("’.") || whole.ends_with("”."));
        let printed = self.printed.trim_end().trim_end_matches(['”', '’', '"', ')', ']']);
        let has_end = printed.ends_with(['.', '!', '?', ':']) && words >= WORDS_OF_A_LEAD_IN && !is_name;
        has_end || words >= WORDS_OF_A_SENTENCE && !is_name
    }
}

/// What the edition before says.
struct Former {
    sentences: HashSet<String>,
    statements: HashSet<String>,
    /// Years that were in its period and are not in this one: `2016` of 2016/17 before 2017/18.
    years: Vec<String>,
}

impl Former {
    fn of(Editions { subject, report, before }: &Editions) -> Self {
        let all = subject.passages.of(&before.id).iter();
        let all: Vec<Sentence> = all.flat_map(|passage| sentences(subject, passage, &before.id)).collect();
        let (own, period) = (&report.head.period, &before.head.period);
        let years = (period.from.year()..=period.to.year()).filter(|year| *year < own.from.year());
        Self {
            statements: all.iter().flat_map(|one| &one.statements).map(|(_, text)| text.clone()).collect(),
            sentences: all.into_iter().map(|one| one.wording).collect(),
            years: years.map(|year| year.to_string()).collect(),
        }
    }

    fn item(&self, editions: &Editions, passage: &Passage, sentence: &Sentence, is_heard: bool) -> Option<Item> {
        let is_as_before = self.sentences.contains(&sentence.wording);
        let kind = match () {
            () if is_heard => ItemKind::AlternativeText,
            () if passage.kind == Kind::Prose && sentence.is_whole() => ItemKind::Sentence,
            () if is_as_before && self.names_year(&sentence.wording) => ItemKind::Year,
            () => return None,
        };
        let state = if is_as_before { State::Due } else { State::New };
        let says = if kind == ItemKind::Year { &sentence.wording } else { sentence.printed.trim() };
        Some(item(editions, passage, kind, sentence.letters.clone(), says, state))
    }

    /// Statements that the edition before makes too, in sentences that are new.
    fn statements(&self, editions: &Editions, passage: &Passage, sentence: &Sentence) -> Vec<Item> {
        let is_new = !self.sentences.contains(&sentence.wording);
        let statements = sentence.statements.iter().filter(|_| is_new);
        let state = |text: &String| if self.statements.contains(text) { State::Due } else { State::New };
        statements
            .map(|(letters, text)| item(editions, passage, ItemKind::Statement, letters.clone(), text, state(text)))
            .collect()
    }

    fn names_year(&self, wording: &str) -> bool {
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let stands_alone = |(at, year): (usize, &str)| {
            !is_digit(wording[..at].chars().next_back()) && !is_digit(wording[at + year.len()..].chars().next())
        };
        self.years.iter().any(|year| wording.match_indices(year.as_str()).any(stands_alone))
    }
}

fn item(
    editions: &Editions,
    passage: &Passage,
    kind: ItemKind,
    letters: Range<usize>,
    says: &str,
    state: State,
) -> Item {
    let at = passage.stretch(&editions.subject.tree.sources, letters);
    Item { kind, at, address: None, says: says.to_owned(), state }
}

/// The names of columns that repeat the edition before, and name its year.
fn names_of_last(report: &Report) -> HashSet<Span> {
    let columns = report.parts().filter_map(Part::table).flat_map(|(_, table)| &table.columns);
    columns.filter(|column| column.last.is_some()).map(|column| column.name.at).collect()
}

/// The places of what is heard and not seen.
fn alternatives(report: &Report) -> HashSet<Span> {
    let figures = report.parts().filter_map(|part| if let Part::Figure(figures) = part { Some(figures) } else { None });
    figures.flatten().map(|(figure, _)| figure.alt.at).collect()
}

/// The sentences of a text of a report.
fn sentences(subject: &Subject, passage: &Passage, report: &str) -> Vec<Sentence> {
    let text = plain(&passage.words);
    let mut sentences = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = sentence_around(&text, &(start..start)).end.max(start + 1);
        let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
        sentences.push(sentence(subject, passage, report, &text, start..end));
        start = end;
    }
    sentences.retain(|sentence| !sentence.wording.is_empty());
    sentences
}

fn sentence(subject: &Subject, passage: &Passage, report: &str, text: &str, letters: Range<usize>) -> Sentence {
    let (mut wording, mut statements) = (String::new(), Vec::new());
    let mut start = 0;
    for word in &passage.words {
        let own = start..start + word.text().len();
        start = own.end;
        let (from, to) = (own.start.max(letters.start), own.end.min(letters.end));
        if from >= to {
            continue;
        }
        match word {
            Word::Bound { fact, .. } => {
                let relative = subject.facts.relative(report, *fact);
                wording.push_str(&format!("{{{{{relative}}}}}"));
            }
            Word::Stated { text, .. } => {
                statements.push((own, text.clone()));
                wording.push_str(text);
            }
            _ => wording.push_str(&text[from..to]),
        }
    }
    let wording = wording.split_whitespace().collect::<Vec<_>>().join(" ");
    Sentence { printed: text[letters.clone()].to_owned(), letters, wording, statements }
}
