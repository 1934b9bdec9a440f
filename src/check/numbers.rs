//! Numbers in running text: where they stand, and how many of them have something behind them.

use std::ops::Range;

use crate::fact::{Kind, Passage, Word, numerals};

/// How many numbers of the published texts have something behind them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct FigureCoverage {
    /// Bound to a fact.
    pub bound: usize,
    /// Marked as a statement with its source.
    pub stated: usize,
    /// In names of a file that gives its source, or of the row of such a table.
    pub named: usize,
    /// Typed by hand with nothing behind them.
    pub loose: usize,
}

impl FigureCoverage {
    pub fn all(self) -> usize {
        self.bound + self.stated + self.named + self.loose
    }

    /// In whole per cent, rounded down, so that 100 means all.
    pub fn percentage(self) -> usize {
        if self.all() == 0 { 100 } else { (self.all() - self.loose) * 100 / self.all() }
    }
}

/// Counts the numbers of texts.
pub fn coverage(passages: &[Passage]) -> FigureCoverage {
    let mut coverage = FigureCoverage::default();
    for passage in passages {
        for word in &passage.words {
            match word {
                Word::Bound { .. } => coverage.bound += 1,
                Word::Stated { .. } => coverage.stated += 1,
                Word::Claimed { text, .. } => coverage.bound += numbers(text).len(),
                Word::Broken(_) => coverage.loose += 1,
                Word::Reference(_) | Word::Note(_) => {}
                Word::Plain(text) if passage.kind == Kind::Label && passage.has_source => {
                    coverage.named += numbers(text).len();
                }
                Word::Named { text, has_source: true, .. } => coverage.named += numbers(text).len(),
                Word::Plain(text) | Word::Foreign { text, .. } | Word::Named { text, .. } => {
                    coverage.loose += numbers(text).len();
                }
            }
        }
    }
    coverage
}

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub at: Range<usize>,
    /// What it counts, where it is a whole number.
    pub value: Option<u64>,
}

/// The numbers of a text: what holds a digit, and words from "two" up. "One", "first" and "second" mean too much else.
pub fn numbers(text: &str) -> Vec<Number> {
    let mut all = Vec::new();
    for (start, chunk) in chunks(text) {
        let kept = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '£' | '%'));
        let at = start + offset(chunk, kept);
        let at = at..at + kept.len();
        if kept.contains(|c: char| c.is_numeric()) {
            all.push(Number { at, value: kept.replace(',', "").parse().ok() });
        } else if let Some(value) = numerals::meant_by(kept) {
            all.push(Number { at, value: Some(value) });
        } else if is_compound(kept) || is_fraction(kept, &text[at.end..]) {
            all.push(Number { at, value: None });
        }
    }
    all
}

/// "two-thirds", "five-year": a number joined to another word.
fn is_compound(word: &str) -> bool {
    word.split_once('-').is_some_and(|(first, _)| numerals::meant_by(first).is_some())
}

/// "a quarter of", "half of", "two thirds": parts of a whole in words.
fn is_fraction(word: &str, after: &str) -> bool {
    let is_of = after.trim_start().starts_with("of ");
    is_of && matches!(word.to_lowercase().as_str(), "half" | "quarter" | "quarters" | "thirds" | "halves")
}

/// The chunks of a text between spaces, brackets and dashes, with their places.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '–' | '—' | '‘' | '’' | '“' | '”' | '"');
    text.split(ends).filter(|chunk| !chunk.is_empty()).map(move |chunk| (offset(text, chunk), chunk))
}

/// Where a slice of a text begins in it.
fn offset(text: &str, slice: &str) -> usize {
    slice.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_words_are_numbers_and_pronouns_are_not() {
        let found =
            |text: &str| -> Vec<String> { numbers(text).into_iter().map(|one| text[one.at].to_owned()).collect() };
        assert_eq!(
            found("In 2016/17 the 39 KPIs, of which five (12.5%) and £1,323,536."),
            ["2016/17", "39", "five", "12.5%", "£1,323,536"]
        );
        assert_eq!(found("Twenty-one staff in their fourth year, one of them second"), ["Twenty-one", "fourth"]);
        assert_eq!(found("about a quarter of the workforce, each quarter, half of it"), ["quarter", "half"]);
        assert_eq!(found("two-thirds of a five-year plan, well-known, on-call"), ["two-thirds", "five-year"]);
        assert_eq!(numbers("1,234 people")[0].value, Some(1234));
    }
}
