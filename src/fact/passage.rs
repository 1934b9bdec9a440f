//! One text of a report, with the facts that are bound in it.

use std::ops::Range;
use std::sync::Arc;

use super::{Word, plain};
use crate::diagnostic::{Places, SourceMap, Span};
use crate::model::Report;
use crate::yaml;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sentences and headings, whose numbers are bound or stated.
    Prose,
    /// The number that a list begins with, where it is not 1.
    ListNumber,
    /// Names of what is measured, whose numbers are the source's.
    Label,
}

/// One text of a report: a paragraph, a heading, a title, a note, a name.
#[derive(Debug)]
pub struct Passage<'p> {
    pub report: &'p Report,
    /// Empty for what stands above the sections.
    pub section: &'p str,
    pub kind: Kind,
    pub at: Span,
    /// Whether the file that a label stands in names its source.
    pub has_source: bool,
    /// The titles, headings and labels that it stands under, outermost first.
    pub about: Vec<Arc<str>>,
    /// The sentence that its section is summed up in, where it has one.
    pub standfirst: Option<Arc<str>>,
    /// Whether a statement in it needs to name no source: its file, section or report has one.
    pub default_source: bool,
    pub words: Vec<Word>,
    /// Where each word stands: the text that it was read from, and its letters there.
    pub(super) places: Vec<(Origin<'p>, Range<usize>)>,
}

/// What a text was read from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'p> {
    /// A value in a YAML file.
    Value(Span),
    /// Prose.
    Prose(&'p Places),
}

impl Origin<'_> {
    /// Where the whole text stands; none for a space that was typed as the end of a line.
    fn whole(self) -> Option<Span> {
        match self {
            Origin::Value(at) => Some(at),
            Origin::Prose(places) => places.whole(),
        }
    }

    /// Where some letters of the text stand.
    pub(super) fn place(self, sources: &SourceMap, letters: Range<usize>) -> Option<Span> {
        match self {
            Origin::Value(at) => Some(yaml::part(sources, at, letters)),
            Origin::Prose(places) => places.of(letters),
        }
    }
}

impl Passage<'_> {
    /// Where a word stands; of a figure, where its address stands.
    pub fn place(&self, sources: &SourceMap, word: usize) -> Span {
        let place = self.places.get(word).and_then(|(origin, letters)| origin.place(sources, letters.clone()));
        place.unwrap_or(self.at)
    }

    /// Where some letters of a word stand; the whole word where it is printed otherwise than it was typed.
    pub fn part(&self, sources: &SourceMap, word: usize, letters: Range<usize>) -> Span {
        let typed = |(origin, at): &(Origin, Range<usize>)| {
            let is_as_typed = self.words[word].text().len() == at.len();
            is_as_typed.then(|| origin.place(sources, at.start + letters.start..at.start + letters.end)).flatten()
        };
        self.places.get(word).and_then(typed).unwrap_or_else(|| self.place(sources, word))
    }

    /// Where some letters of the printed text were typed, with what stands between them where they are of several words.
    pub fn stretch(&self, sources: &SourceMap, letters: Range<usize>) -> Span {
        let part = |letter: usize| {
            let (word, start) = self.word_at(letter);
            let end = start + self.words[word].text().len();
            self.part(sources, word, letters.start.max(start) - start..letters.end.min(end) - start)
        };
        let (first, last) = (part(letters.start), part(letters.end.saturating_sub(1).max(letters.start)));
        Span { end: last.end, ..first }
    }

    /// The value of a YAML file that some letters of the printed text were read from, and its own letters that they
    /// are; none for prose.
    pub fn value_of(&self, letters: Range<usize>) -> Option<(Span, Range<usize>)> {
        let (word, start) = self.word_at(letters.start);
        match self.places.get(word)? {
            (Origin::Value(at), own) => {
                let begin = own.start + letters.start - start;
                Some((*at, begin..begin + letters.len()))
            }
            (Origin::Prose(_), _) => None,
        }
    }

    /// The word that a letter of the printed text stands in, and at which letter that word begins.
    pub fn word_at(&self, letter: usize) -> (usize, usize) {
        let starts = self.words.iter().scan(0, |next, word| {
            let start = *next;
            *next += word.text().len();
            Some(start)
        });
        starts.enumerate().take_while(|(_, start)| *start <= letter).last().unwrap_or_default()
    }

    /// The sentence that some letters of a word stand in, as it is printed.
    pub fn sentence(&self, word: usize, letters: Range<usize>) -> String {
        let start = self.start_of(word);
        let text = plain(&self.words);
        text[sentence_around(&text, &(start + letters.start..start + letters.end))].trim().to_owned()
    }

    /// At which letter of the printed text a word begins.
    pub fn start_of(&self, word: usize) -> usize {
        self.words[..word].iter().map(|word| word.text().len()).sum()
    }

    /// The texts that it was put together from: where each stands, and its words.
    pub fn texts(&self) -> impl Iterator<Item = (Span, &[Word])> {
        let mut rest = &self.words[..];
        let texts = self.places.chunk_by(|(one, _), (next, _)| one.whole() == next.whole());
        texts.filter_map(move |places| {
            let (words, after) = rest.split_at(places.len());
            rest = after;
            let (origin, _) = places.first()?;
            Some((origin.whole()?, words))
        })
    }

    /// Whether the passage is a value of a YAML file, which is never Markdown.
    pub fn is_value(&self) -> bool {
        matches!(self.places.first(), Some((Origin::Value(_), _)))
    }
}

/// The letters of the sentence that some letters of a text stand in, with what ends it. A sentence ends behind the
/// quotation marks and brackets that close with it, unless it goes on behind them: “In 2019?” says a reader.
pub fn sentence_around(text: &str, letters: &Range<usize>) -> Range<usize> {
    const ENDS: [char; 6] = ['.', '?', '!', '।', '؟', '۔'];
    // Behind these no space stands.
    const FULL_ENDS: [char; 3] = ['。', '？', '！'];
    const CLOSING: [char; 8] = ['"', '”', '’', '\'', ')', ']', '」', '）'];
    let ends = text.match_indices(|c| ENDS.contains(&c) || FULL_ENDS.contains(&c)).filter_map(|(mark, sign)| {
        let after = &text[mark + sign.len()..];
        let behind = after.trim_start_matches(CLOSING);
        let goes_on = behind.len() < after.len() && behind.trim_start().starts_with(char::is_lowercase);
        let is_end = (behind.starts_with(' ') && !goes_on) || sign.starts_with(FULL_ENDS);
        is_end.then(|| (mark, text.len() - behind.len()))
    });
    let (mut start, mut end) = (0, text.len());
    for (mark, space) in ends {
        if space < letters.start {
            start = space + usize::from(text[space..].starts_with(' '));
        } else if mark >= letters.end {
            end = space;
            break;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_behind_what_closes_with_it() {
        let of = |text: &'static str, word: &str| {
            let start = text.find(word).expect("the word is there");
            text[sentence_around(text, &(start..start + word.len()))].trim()
        };
        assert_eq!(of("We said “Yes.” It was 5. So 3.5 of them (all of us.) Then 7?", "was"), "It was 5.");
        assert_eq!(of("We said “Yes.” It was 5. So 3.5 of them (all of us.) Then 7?", "Yes"), "We said “Yes.”");
        assert_eq!(
            of("We said “Yes.” It was 5. So 3.5 of them (all of us.) Then 7?", "them"),
            "So 3.5 of them (all of us.)"
        );
        assert_eq!(of("We said “Yes.” It was 5. So 3.5 of them (all of us.) Then 7?", "7"), "Then 7?");
        assert_eq!(of("会いました。来館者は5人です。また。", "5"), "来館者は5人です。");
        assert_eq!(of("वह आया। 5 लोग आए। फिर", "5"), "5 लोग आए।");
        assert_eq!(of("“In 2019?” says a reader. So it was.", "2019"), "“In 2019?” says a reader.");
    }
}
