//! Which figures are told as changed.

use std::collections::HashMap;

use super::address::Readdressed;
use super::edition::Edition;
use crate::transcript::{Figure, Origin};

/// The figures that are told as changed, by their addresses in the new edition, each with what it was.
pub type Changed<'t> = HashMap<&'t str, (&'t Figure, &'t Figure)>;

/// A figure changed where another value is printed otherwise. Of one that was typed the value is enough: it may be
/// printed coarsely, or only stand behind others.
pub fn changed_figures<'t>(old: &Edition<'t>, new: &Edition<'t>, addresses: &Readdressed) -> Changed<'t> {
    let pair = |now: &'t Figure| {
        let before = old.figure(&addresses.before(&now.address))?;
        let is_typed = [before, now].iter().any(|figure| matches!(figure.origin, Origin::Typed(_)));
        let is_another = match (&before.number, &now.number) {
            (Some(was), Some(is)) => was != is,
            _ => before.shown != now.shown,
        };
        let forms = |figure: &'t Figure| figure.printed.as_ref().map(|printed| &printed.forms);
        let is_printed_otherwise = match (forms(before), forms(now)) {
            (Some(was), Some(is)) => was != is && (is_another || before.shown != now.shown),
            _ => false,
        };
        (is_printed_otherwise || is_typed && is_another).then_some((now.address.as_str(), (before, now)))
    };
    new.transcript.figures.iter().filter_map(pair).collect()
}

/// A figure as it was and is: in the first form in which they differ.
pub fn printed_otherwise(before: &Figure, now: &Figure) -> (String, String) {
    if before.shown != now.shown {
        return (before.shown.clone(), now.shown.clone());
    }
    let forms = before
        .printed
        .iter()
        .flat_map(|printed| &printed.forms)
        .zip(now.printed.iter().flat_map(|printed| &printed.forms));
    let differs = forms.into_iter().find(|(was, is)| was != is);
    differs.map_or_else(|| (before.shown.clone(), now.shown.clone()), |(was, is)| (was.clone(), is.clone()))
}
