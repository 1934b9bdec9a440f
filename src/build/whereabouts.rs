//! Finds where words of a finished file were typed.

use super::examined::Examined;
use crate::diagnostic::{SourceMap, Span};
use crate::fact::plain;

/// The texts and figures of one report, to look words up in.
pub struct Whereabouts<'a> {
    pub examined: &'a Examined<'a>,
    pub sources: &'a SourceMap,
    pub report: &'a str,
}

impl Whereabouts<'_> {
    /// Where a word of the finished report was typed: in the text in which the words before it stand, too; or else in the
    /// first text that holds it, or as a figure.
    pub fn of(&self, before: &str, word: &str) -> Option<Span> {
        let last = before.rsplit(' ').find(|word| !word.is_empty()).unwrap_or_default();
        let in_context = || self.in_a_text(&format!("{last} {word}"), word);
        in_context().or_else(|| self.in_a_text(word, word)).or_else(|| self.as_a_figure(word))
    }

    fn in_a_text(&self, words: &str, word: &str) -> Option<Span> {
        let own = self.examined.passages.iter().filter(|passage| passage.report.id == self.report);
        own.filter(|passage| plain(&passage.words).contains(words)).find_map(|passage| {
            let holds = |one: &crate::fact::Word| one.text().contains(word);
            let place = passage.words.iter().position(holds);
            Some(place.map_or(passage.at, |place| passage.place(self.sources, place, word)))
        })
    }

    fn as_a_figure(&self, word: &str) -> Option<Span> {
        let facts = &self.examined.facts;
        let own = facts.within(self.report).map(|(_, fact)| fact);
        let typed = own.filter(|fact| facts.get(*fact).typed.is_some());
        typed.map(|fact| (facts.shown(fact), fact)).find(|(shown, _)| shown == word).map(|(_, fact)| facts.get(fact).at)
    }

    /// Where a figure of the report was typed, or what it is computed from.
    pub fn of_fact(&self, address: &str) -> Option<Span> {
        let facts = &self.examined.facts;
        facts.find(self.report, address).map(|fact| facts.get(fact).at)
    }
}
