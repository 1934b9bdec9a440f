//! From a place in the files to what stands there.

use super::Written;
use crate::diagnostic::Span;

/// Everything that some letters of a file are a part of, or that stands in them, in the order of the report.
pub fn at_letters(written: &[Written], at: Span) -> impl Iterator<Item = usize> {
    let meets = move |one: &Written| one.at.file == at.file && one.at.start <= at.end && at.start <= one.at.end;
    written.iter().enumerate().filter(move |(_, one)| meets(one)).map(|(place, _)| place)
}

/// The smallest text or figure that holds some letters of a file; where none does, the last one that begins before.
pub fn most_inner(written: &[Written], at: Span) -> Option<usize> {
    let in_file = || written.iter().enumerate().filter(move |(_, one)| one.at.file == at.file);
    let holds = |one: &Written| one.at.start <= at.start && at.end <= one.at.end;
    let smallest = in_file().filter(|(_, one)| holds(one)).min_by_key(|(_, one)| one.at.length());
    let before = || in_file().filter(|(_, one)| one.at.start <= at.start).max_by_key(|(_, one)| one.at.start);
    smallest.or_else(before).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    #[test]
    fn a_finding_leads_to_the_smallest_text_that_holds_it() {
        let one = |range: std::ops::Range<usize>| Written {
            at: Span::new(FileId(0), range),
            kind: "Text",
            section: None,
            about: Vec::new(),
            says: String::new(),
            address: None,
            figures: Vec::new(),
        };
        let written = [one(0..40), one(10..20), one(50..60)];
        let at = |range| Span::new(FileId(0), range);
        assert_eq!(most_inner(&written, at(12..14)), Some(1));
        assert_eq!(most_inner(&written, at(5..14)), Some(0));
        assert_eq!(most_inner(&written, at(44..46)), Some(1));
        assert_eq!(most_inner(&written, Span::new(FileId(1), 0..1)), None);
        assert_eq!(at_letters(&written, at(15..55)).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
