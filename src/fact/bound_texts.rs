//! The texts of the reports, found again by where they stand.
//!
//! A text is bound once. Who prints it or says how long it is looks its words up here, so that what is printed is what
//! was checked.

use std::collections::HashMap;
use std::ops::{Deref, Range};

use super::{Passage, Word};
use crate::diagnostic::Span;

/// The texts of all reports, in their order.
#[derive(Debug, Default)]
pub struct Passages<'p> {
    all: Vec<Passage<'p>>,
    /// Those of each report, by its name.
    reports: HashMap<&'p str, Range<usize>>,
}

/// The words of one report's texts.
#[derive(Debug)]
pub struct BoundTexts<'a>(HashMap<Span, &'a [Word]>);

impl<'p> Passages<'p> {
    /// Of passages that stand together by report.
    pub(super) fn new(all: Vec<Passage<'p>>) -> Self {
        let mut reports: HashMap<&str, Range<usize>> = HashMap::new();
        for (place, passage) in all.iter().enumerate() {
            reports.entry(&passage.report.id).or_insert(place..place).end = place + 1;
        }
        Self { all, reports }
    }

    /// Those of one report.
    pub fn of(&self, report: &str) -> &[Passage<'p>] {
        self.reports.get(report).map_or(&[], |places| &self.all[places.clone()])
    }

    /// The words of one report's texts.
    pub fn texts(&self, report: &str) -> BoundTexts<'_> {
        BoundTexts(self.of(report).iter().flat_map(Passage::texts).collect())
    }
}

impl<'p> Deref for Passages<'p> {
    type Target = [Passage<'p>];

    fn deref(&self) -> &[Passage<'p>] {
        &self.all
    }
}

impl<'a> BoundTexts<'a> {
    /// The words of the text at a place. A text that is no passage has none: what is not checked is not printed.
    pub fn words(&self, at: Span) -> &'a [Word] {
        let words = self.0.get(&at).copied();
        debug_assert!(words.is_some(), "a text that is printed is missing in fact/passages.rs");
        words.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::diagnostic::Findings;
    use crate::fact::{Passages, facts, passages, plain};
    use crate::model::Project;
    use crate::{model, source};

    fn with_texts_of(content: &str, look: impl Fn(&Project, &Passages)) {
        let (tree, mut findings) = source::read(Path::new(content));
        let project = model::load(&tree, &mut findings).unwrap();
        let facts = facts(&project, &tree.sources, &mut Findings::new());
        look(&project, &passages(&project, &facts, &tree.sources, &mut Findings::new()));
    }

    #[test]
    fn every_text_is_found_where_it_stands() {
        with_texts_of("tests/fixtures/full/content", |project, passages| {
            // The end of a line is a space that stands nowhere.
            let letters = |text: String| text.replace(' ', "");
            for report in &project.reports {
                let texts = passages.texts(&report.id);
                for passage in passages.of(&report.id) {
                    let found: String = passage.texts().map(|(at, _)| plain(texts.words(at))).collect();
                    assert_eq!(letters(found), letters(plain(&passage.words)));
                }
            }
        });
    }

    #[test]
    fn a_text_that_reports_share_says_in_each_what_it_says_there() {
        with_texts_of("tests/fixtures/each/content", |project, passages| {
            let [one, other, ..] = &project.reports[..] else { panic!("the project has no group") };
            let title = |report: &model::Report| plain(passages.texts(&report.id).words(report.head.title.at));
            assert!(one.head.title.at == other.head.title.at && title(one) != title(other));
        });
    }
}
