//! A message: words with places for what they are about.
//!
//! `{n} of {total} indicators` has two places, which may stand in any order; what stands in square brackets, `PDF[ of
//! {title}]`, is for those who listen. Where a number decides how the words go, a message has several forms. Words for what
//! reports are about stand between angle brackets, `{n} <indicators>`, and may be others in an organisation.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::plural::{Category, PluralRule};
use crate::letters::is_of_a_word;

/// A stretch of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub what: Said,
    /// Whether it is heard and not seen.
    pub is_heard: bool,
}

/// What a stretch of a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Words(String),
    /// What is put here, by its name.
    Place(String),
    /// A word for what reports are about, in the form that stands here. Once its word is known, it is of the words.
    Term(String),
}

/// The words of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern(Vec<Stretch>);

/// By what a form is chosen: a number itself, before its category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Exactly(u64),
    Of(Category),
}

/// What Tally says in one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Plain(Pattern),
    /// In the form that its number asks for.
    Counted(BTreeMap<Form, Pattern>),
}

/// A number that chooses a form.
#[derive(Debug, Clone, Copy)]
pub enum Counted {
    /// So many things.
    Things(Decimal),
    /// A place in a row: the fourth.
    Place(Decimal),
}

impl Pattern {
    /// Reads the words of a form. The error says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const UNCLOSED: &str = "a place is written {name}, with small letters and hyphens between the braces";
        const BRACKETS: &str = "what is only heard stands in one pair of square brackets: PDF[ of {title}]";
        let mut stretches = Vec::new();
        let (mut rest, mut is_heard) = (text, false);
        while let Some(at) = rest.find(['{', '}', '[', ']', '<']) {
            push(&mut stretches, &rest[..at], is_heard);
            let behind = &rest[at + 1..];
            rest = match rest.as_bytes()[at] {
                b'{' => {
                    let (name, behind) = behind.split_once('}').ok_or(UNCLOSED)?;
                    let is_name = !name.is_empty() && name.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
                    if !is_name {
                        return Err(UNCLOSED);
                    }
                    stretches.push(Stretch { what: Said::Place(name.to_owned()), is_heard });
                    behind
                }
                b'}' => return Err(UNCLOSED),
                b'<' => match behind.split_once('>').filter(|(form, _)| is_form(form)) {
                    Some((form, behind)) => {
                        stretches.push(Stretch { what: Said::Term(form.to_owned()), is_heard });
                        behind
                    }
                    None => {
                        push(&mut stretches, "<", is_heard);
                        behind
                    }
                },
                bracket if is_heard == (bracket == b'[') => return Err(BRACKETS),
                _ => {
                    is_heard = !is_heard;
                    behind
                }
            };
        }
        push(&mut stretches, rest, is_heard);
        if is_heard { Err(BRACKETS) } else { Ok(Self(stretches)) }
    }

    pub fn stretches(&self) -> &[Stretch] {
        &self.0
    }

    /// The names of its places, in the order of the alphabet, each as often as it stands there.
    pub fn places(&self) -> Vec<&str> {
        let places = self.0.iter().filter_map(|one| match &one.what {
            Said::Place(name) => Some(name.as_str()),
            Said::Words(_) | Said::Term(_) => None,
        });
        let mut places: Vec<&str> = places.collect();
        places.sort_unstable();
        places
    }

    /// The numbers that its words say in digits, in the order of their values as texts.
    pub fn figures(&self) -> Vec<&str> {
        let words = self.0.iter().filter_map(|one| match &one.what {
            Said::Words(words) => Some(words.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty())),
            Said::Place(_) | Said::Term(_) => None,
        });
        let mut figures: Vec<&str> = words.flatten().collect();
        figures.sort_unstable();
        figures
    }

    /// The forms of words for what reports are about, each as often as it stands there.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|one| match &one.what {
            Said::Term(form) => Some(form.as_str()),
            Said::Words(_) | Said::Place(_) => None,
        })
    }

    /// The same with the words that an organisation has for what reports are about, each by its form.
    fn with_terms<'w>(&self, word: &impl Fn(&str) -> Option<&'w str>) -> Self {
        let mut stretches = Vec::with_capacity(self.0.len());
        for stretch in &self.0 {
            match &stretch.what {
                Said::Words(words) => push(&mut stretches, words, stretch.is_heard),
                Said::Term(form) => push(&mut stretches, word(form).unwrap_or(form), stretch.is_heard),
                Said::Place(_) => stretches.push(stretch.clone()),
            }
        }
        Self(stretches)
    }

    /// The words with what stands in their places; a place that nothing is known for keeps its name.
    pub fn filled(&self, fills: &[(&str, &str)]) -> String {
        let words = self.0.iter().map(|one| match &one.what {
            Said::Words(words) | Said::Term(words) => words.as_str(),
            Said::Place(name) => fills.iter().find(|(known, _)| known == name).map_or(name.as_str(), |(_, fill)| fill),
        });
        words.collect()
    }
}

/// Adds words, to those before them where these are seen or heard alike.
fn push(stretches: &mut Vec<Stretch>, words: &str, is_heard: bool) {
    match stretches.last_mut() {
        Some(Stretch { what: Said::Words(before), is_heard: alike }) if *alike == is_heard => before.push_str(words),
        _ if words.is_empty() => {}
        _ => stretches.push(Stretch { what: Said::Words(words.to_owned()), is_heard }),
    }
}

/// Whether what stands between angle brackets is the form of a word: `<{figure}` is none.
fn is_form(text: &str) -> bool {
    let is_letter = |c: char| is_of_a_word(c) && !c.is_numeric();
    let is_within = |c: char| is_letter(c) || matches!(c, ' ' | '-' | '’' | '\'');
    text.starts_with(is_letter) && text.ends_with(is_letter) && text.chars().all(is_within)
}

impl Message {
    /// The same with the words that an organisation has for what reports are about, each by its form.
    pub fn with_terms<'w>(&self, word: &impl Fn(&str) -> Option<&'w str>) -> Self {
        match self {
            Message::Plain(pattern) => Message::Plain(pattern.with_terms(word)),
            Message::Counted(forms) => {
                Message::Counted(forms.iter().map(|(form, pattern)| (*form, pattern.with_terms(word))).collect())
            }
        }
    }

    /// The form that stands with a number, or the only one; where nothing was counted, that for any number.
    pub fn form(&self, counted: Option<Counted>, rule: PluralRule) -> Option<&Pattern> {
        let forms = match self {
            Message::Plain(pattern) => return Some(pattern),
            Message::Counted(forms) => forms,
        };
        let chosen = counted.and_then(|counted| {
            let (number, category) = match counted {
                Counted::Things(number) => (number, rule.of(number)),
                Counted::Place(place) => (place, rule.of_place(place)),
            };
            let exactly = |form: &Form| matches!(form, Form::Exactly(one) if Decimal::from(*one) == number);
            let named = forms.iter().find(|(form, _)| exactly(form)).map(|(_, pattern)| pattern);
            named.or_else(|| forms.get(&Form::Of(category)))
        });
        chosen.or_else(|| forms.get(&Form::Of(Category::Other)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_stand_in_any_order_and_what_is_heard_is_told_apart() {
        let pattern = Pattern::parse("PDF[ of {title}], {n} pages").unwrap();
        assert_eq!((pattern.places(), pattern.stretches().len()), (vec!["n", "title"], 6));
        assert_eq!(pattern.filled(&[("n", "3"), ("title", "Loans")]), "PDF of Loans, 3 pages");
        assert_eq!(Pattern::parse("zoom in to 400% (WCAG 2.2)").unwrap().figures(), ["2", "2", "400"]);
        for text in ["{n", "n}", "{}", "{N}", "a]", "[a", "[[a]]", "{a b}"] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_for_what_reports_are_about_are_told_from_signs_and_become_part_of_the_words() {
        let pattern = Pattern::parse("<{n}, {part} of 5 <indicators>[ by <a rating>], 3 < 4 > 2").unwrap();
        assert_eq!(pattern.terms().collect::<Vec<_>>(), ["indicators", "a rating"]);
        assert_eq!((pattern.places(), pattern.figures()), (vec!["n", "part"], vec!["2", "3", "4", "5"]));
        let own = pattern.with_terms(&|form| (form == "indicators").then_some("measures"));
        assert_eq!(own.filled(&[("n", "5"), ("part", "4")]), "<5, 4 of 5 measures by a rating, 3 < 4 > 2");
        // Words that follow each other are one stretch: what is heard alone stays in one piece.
        assert_eq!((own.stretches().len(), own.terms().count()), (7, 0));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_plain_words_stay(text in "[a-zé{}<>\\[\\] ]{0,20}") {
            if let Ok(pattern) = Pattern::parse(&text) {
                let signs = |text: &str| text.replace(['[', ']', '{', '}', '<', '>'], "");
                let bare = signs(&text);
                prop_assert_eq!(signs(&pattern.filled(&[])), bare);
            }
        }
    }
}
