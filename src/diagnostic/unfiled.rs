//! Faults in texts that are not among the sources: templates, and what was made of them.

use std::ops::Range;

use super::{Diagnostic, SourceMap, Span};

/// A finding that may point into a text of its own. Several reports are made at once, so that none of them can add to
/// the sources; what goes wrong is filed there afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfiled {
    finding: Diagnostic,
    place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq)]
struct Place {
    path: String,
    text: String,
    range: Range<usize>,
}

impl Unfiled {
    /// A finding at a place of a text.
    pub fn at(finding: Diagnostic, path: impl Into<String>, text: impl Into<String>, range: Range<usize>) -> Self {
        Self { finding, place: Some(Place { path: path.into(), text: text.into(), range }) }
    }

    /// The finding, with its text among the sources.
    pub fn file(self, sources: &mut SourceMap) -> Diagnostic {
        let at = self.place.map(|place| Span::new(sources.add(place.path, place.text), place.range));
        Diagnostic { at: at.or(self.finding.at), ..self.finding }
    }
}

impl From<Diagnostic> for Unfiled {
    fn from(finding: Diagnostic) -> Self {
        Self { finding, place: None }
    }
}
