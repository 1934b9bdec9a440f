//! Finds where words of a finished file were typed.

use super::examined::Examined;
use crate::diagnostic::{SourceMap, Span};
use crate::fact::{Word, plain};
use crate::model::Report;

/// The texts and figures of one report, to look words up in.
pub struct Whereabouts<'a> {
    pub examined: &'a Examined<'a>,
    pub sources: &'a SourceMap,
    pub report: &'a Report,
}

/// A shorter word stands in many texts, and tells none of them.
const TELLING: usize = 4;

impl Whereabouts<'_> {
    /// Where a word of the finished report was typed: in the text in which the word before it stands, too; or else as a
    /// figure, or in the first text that holds it. A
    /// word that was typed nowhere, such as one of a drawing, has no place.
    pub fn of(&self, before: &str, word: &str) -> Option<Span> {
        let last = before.rsplit(' ').find(|word| !word.is_empty());
        let in_context = || self.in_a_text(&format!("{} {word}", last?), word);
        let alone = || (word.chars().count() >= TELLING).then(|| self.in_a_text(word, word)).flatten();
        in_context().or_else(|| self.as_a_figure(word)).or_else(alone)
    }

    fn in_a_text(&self, words: &str, word: &str) -> Option<Span> {
        let passage =
            self.examined.passages.of(&self.report.id).iter().find(|passage| plain(&passage.words).contains(words))?;
        let in_word = passage.words.iter().map(Word::text).enumerate().find_map(|(place, text)| {
            let at = text.find(word)?;
            Some(passage.part(self.sources, place, at..at + word.len()))
        });
        Some(in_word.unwrap_or(passage.at))
    }

    fn as_a_figure(&self, word: &str) -> Option<Span> {
        let facts = &self.examined.facts;
        let own = facts.within(&self.report.id).map(|(_, fact)| fact);
        let typed = own.filter(|fact| facts.get(*fact).typed.is_some());
        typed.map(|fact| (facts.shown(fact), fact)).find(|(shown, _)| shown == word).map(|(_, fact)| facts.get(fact).at)
    }

    /// Where a figure of the report was typed, or what it is computed from.
    pub fn of_fact(&self, address: &str) -> Option<Span> {
        let facts = &self.examined.facts;
        facts.find(&self.report.id, address).map(|fact| facts.get(fact).at)
    }
}
