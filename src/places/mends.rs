//! What can be done about a finding at once: each offer in words, with the letters that it changes.
//!
//! In: a finding, and for numbers that were typed by hand the figures that they may be. Out: its [`Offer`]s, the surest
//! first. Nothing is offered that its author would have to complete.

use crate::bind::{Proposal, edited};
use crate::diagnostic::{Code, Diagnostic, SourceMap, Span};

/// So many figures are offered for one number.
const MOST_FIGURES: usize = 3;

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it does: "write `costs`".
    pub words: String,
    /// Letters of files, and what is to stand in their place; all of it together.
    pub edits: Vec<(Span, String)>,
}

/// What can be done about a finding; `proposals` are those of [`propose`](crate::bind::propose).
pub fn offers(finding: &Diagnostic, sources: &SourceMap, proposals: &[Proposal]) -> Vec<Offer> {
    let sure = mended(finding, sources);
    let meant = sure.is_none().then(|| meant(finding, sources)).flatten();
    let chosen = finding.choices.iter().map(|choice| Offer {
        words: choice.words.clone(),
        edits: choice.mends.iter().map(|mend| (mend.at, mend.with.clone())).collect(),
    });
    sure.into_iter().chain(meant).chain(bound(finding, sources, proposals)).chain(chosen).collect()
}

/// What mends it beyond doubt.
fn mended(finding: &Diagnostic, sources: &SourceMap) -> Option<Offer> {
    let first = finding.mends.first()?;
    let typed = letters(sources, first.at)?;
    let words = match (typed.trim(), first.with.trim()) {
        ("", "") => "put the space right".to_owned(),
        (typed, "") => format!("take out `{typed}`"),
        (_, with) => format!("write `{with}`"),
    };
    Some(Offer { words, edits: finding.mends.iter().map(|mend| (mend.at, mend.with.clone())).collect() })
}

/// The name that its help says was meant.
fn meant(finding: &Diagnostic, sources: &SourceMap) -> Option<Offer> {
    let help = finding.help.iter().find_map(|help| help.strip_prefix("did you mean `")?.strip_suffix("`?"))?;
    let at = finding.at?;
    let typed = letters(sources, at)?;
    let named = finding.message.split('`').skip(1).step_by(2).find(|name| typed.matches(name).count() == 1);
    let wrong = named.unwrap_or_else(|| typed.trim_matches(['"', '\'', ' ']));
    if wrong.is_empty() || wrong.contains(char::is_whitespace) {
        return None;
    }
    let start = typed.find(wrong)?;
    let edits = vec![(at.part(start..start + wrong.len()), help.to_owned())];
    Some(Offer { words: format!("write `{help}`"), edits })
}

/// The figures that a number which was typed by hand may be.
fn bound(finding: &Diagnostic, sources: &SourceMap, proposals: &[Proposal]) -> Vec<Offer> {
    let Some(at) = finding.at.filter(|_| matches!(finding.code, Code::ProseAgrees | Code::CountsAgree)) else {
        return Vec::new();
    };
    let meets =
        |one: &&Proposal| one.at.file == at.file && one.at.start < at.end.max(at.start + 1) && at.start < one.at.end;
    let candidates = proposals.iter().filter(meets).flat_map(|one| &one.candidates);
    let offer = |one: &crate::bind::Candidate| {
        let (texts, refused) = edited(sources, std::slice::from_ref(&one.edit));
        let (file, text) = texts.into_iter().next().filter(|_| refused.is_empty())?;
        let edit = differing(&sources.file(file).text, &text);
        let words = format!("bind it to {}, which prints {}", one.address, one.prints);
        Some(Offer { words, edits: vec![(Span::new(file, edit.0), edit.1)] })
    };
    candidates.filter_map(offer).take(MOST_FIGURES).collect()
}

fn letters(sources: &SourceMap, at: Span) -> Option<String> {
    sources.file(at.file).text.get(at.letters()).map(str::to_owned)
}

/// The letters in which two texts differ, and what the second has there.
fn differing(one: &str, other: &str) -> (std::ops::Range<usize>, String) {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = one.chars().zip(other.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let (rest, new) = (&one[start..], &other[start..]);
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    (start..one.len() - end, new[..new.len() - end].to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str, finding: impl FnOnce(Span) -> Diagnostic, at: &str) -> Vec<(String, String)> {
        let sources = SourceMap::default();
        let file = sources.add("report.yaml", text);
        let start = text.find(at).unwrap();
        let offers = offers(&finding(Span::new(file, start..start + at.len())), &sources, &[]);
        let mended = |offer: Offer| {
            let (at, with) = &offer.edits[0];
            (offer.words, format!("{}{with}{}", &text[..at.letters().start], &text[at.letters().end..]))
        };
        offers.into_iter().map(mended).collect()
    }

    #[test]
    fn the_name_that_was_meant_stands_in_the_place_of_the_one_that_was_typed() {
        let finding = |at| {
            Diagnostic::error(Code::UnknownFact, at, "there is no figure `costs.totl`")
                .did_you_mean("costs.totl", ["costs.total"])
        };
        let mended = ("write `costs.total`".to_owned(), "It is {{ costs.total | words }}.".to_owned());
        assert_eq!(one("It is {{ costs.totl | words }}.", finding, "{{ costs.totl | words }}"), [mended]);
    }

    #[test]
    fn what_is_beyond_doubt_is_offered_as_a_whole() {
        let finding = |at: Span| Diagnostic::error(Code::BrokenYaml, at, "a space is missing").mend(at, ": ");
        assert_eq!(one("title:x", finding, ":"), [("write `:`".to_owned(), "title: x".to_owned())]);
    }

    #[test]
    fn nothing_is_offered_where_its_author_must_choose() {
        let finding = |at| Diagnostic::error(Code::UnknownFact, at, "there is no figure `a`");
        assert_eq!(one("{{ a }}", finding, "a"), []);
    }

    proptest! {
        #[test]
        fn the_letters_in_which_texts_differ_make_the_one_of_the_other(one in "[aé ]{0,9}", other in "[aé ]{0,9}") {
            let (range, with) = differing(&one, &other);
            prop_assert_eq!(format!("{}{with}{}", &one[..range.start], &one[range.end..]), other);
        }
    }
}
