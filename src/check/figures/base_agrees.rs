//! base-agrees: a percentage of so many people is that of a whole number of them. 78% of 35 is that of none.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numbers::{Number, numbers_in};
use super::{Audit, Checks, Subject, check_files, fitting};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::{FactId, Kind, Passage, Quantity, Word, plain, sentence_around};
use crate::model::Base;
use crate::model::values::{Percent, Unit};
use crate::wording::{Wording, with_signs_alike};
use crate::yaml::Parse;

const HELP: &str = "find out which of the two is wrong; if answers were weighted, or the base is another, say so in the text and acknowledge it";

/// Looks at the bases that checks.yaml names.
pub fn check(subject: &Subject, audit: &mut Audit) {
    for Checks { file, scopes } in check_files(subject) {
        for base in file.bases.iter().flatten() {
            let look = |audit: &mut Audit, scope: &str| check_base(subject, audit, scope, base);
            fitting::in_each_scope(subject, audit, &scopes, &base.of, look);
        }
    }
}

fn check_base(subject: &Subject, audit: &mut Audit, scope: &str, base: &Base) {
    let percentages = fitting::typed(subject, audit, scope, &base.of);
    let Some(whole) = subject.facts.find(scope, &base.is.value) else {
        // It may stand in what could not be read, which is told.
        if subject.facts.whole {
            let finding = subject.facts.unknown(scope, &base.is.value);
            audit.push(Diagnostic { at: Some(base.is.at), ..finding });
        }
        return;
    };
    let Some(count) = subject.facts.quantity(whole).and_then(whole_number).filter(|count| *count > 0) else {
        let message = format!("`{}` is {}, which is no number of people or things", base.is.value, audit.shown(whole));
        let finding = Diagnostic::error(Code::WrongType, base.is.at, message);
        return audit.push(finding.help("a base is how many were asked or counted"));
    };
    for percentage in percentages.into_iter().flatten() {
        let Some(share) = subject.facts.quantity(percentage) else { continue };
        if share.unit != Unit::Percent {
            let message = format!("{} is no percentage", audit.shown(percentage));
            let finding = Diagnostic::error(Code::WrongType, subject.facts.get(percentage).at, message);
            audit
                .push(finding.also(base.of.0[0].at, "its base is named here").help("a base stands behind percentages"));
        } else if !is_share(share) {
            audit.leaves_out(
                Code::BaseAgrees,
                &[percentage],
                "only what lies between 0% and 100% is a share of its base",
            );
        } else {
            audit.covers(Code::BaseAgrees, &[percentage, whole]);
            if let Some(message) = contradiction(share, count) {
                let finding = audit.error(Code::BaseAgrees, &[percentage, whole], message);
                audit.push(Diagnostic { severity: Severity::Warning, ..finding }.help(HELP));
            }
        }
    }
}

fn whole_number(quantity: Quantity) -> Option<u64> {
    let is_count = quantity.unit == Unit::Number && quantity.is_known() && quantity.number.fract().is_zero();
    is_count.then(|| quantity.number.to_u64()).flatten()
}

/// Looks at percentages that stand beside their base in a text.
pub fn check_texts(subject: &Subject, audit: &mut Audit) {
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose) {
        let printed = plain(&passage.words);
        if !printed.contains('%') {
            continue;
        }
        for claim in claims(passage.report.wording(), &printed) {
            audit.covers(Code::BaseAgrees, &facts_of(passage, [&claim.percentage, &claim.base]));
            if let Some(message) = contradiction(claim.share, claim.count) {
                report(subject, audit, passage, &printed, &claim, message);
            }
        }
    }
}

/// A percentage of a text with its base: which letters they are, and what they mean.
struct Claim {
    percentage: Range<usize>,
    share: Quantity,
    base: Range<usize>,
    count: u64,
}

/// The percentages of a text whose base stands right behind them, `78% of the 35 who answered` or `78% (n = 35)`, or
/// begins their sentence: `Of the 35 who answered, 78% …`.
fn claims(wording: &Wording, text: &str) -> Vec<Claim> {
    let numbers = numbers_in(text, wording);
    let mut claims = Vec::new();
    for (place, number) in numbers.iter().enumerate() {
        let Some(share) = percentage(wording, &text[number.at.clone()]) else { continue };
        let behind = numbers.get(place + 1).and_then(|next| base_behind(wording, text, number, next));
        let is_of_something = begins_with_of(wording, &text[number.at.end..]);
        let base = behind
            .or_else(|| if is_of_something { None } else { base_before(wording, text, number, &numbers[..place]) });
        if let Some((base, count)) = base {
            claims.push(Claim { percentage: number.at.clone(), share, base, count });
        }
    }
    claims
}

/// A share of something, as a text writes it.
fn percentage(wording: &Wording, text: &str) -> Option<Quantity> {
    Percent::parse(&wording.plain_digits(text))
        .ok()
        .map(|percent| Quantity::typed(percent.0, Unit::Percent))
        .filter(|share| is_share(*share))
}

/// Whether what stands behind a percentage says what it is of.
fn begins_with_of(wording: &Wording, behind: &str) -> bool {
    let behind = with_signs_alike(behind);
    let words = behind.strip_prefix(' ').unwrap_or_default();
    wording.bases().any(|one| words.strip_prefix(one).is_some_and(|rest| rest.starts_with(' ')))
}

fn base_behind(wording: &Wording, text: &str, percentage: &Number, next: &Number) -> Option<(Range<usize>, u64)> {
    let between = text[percentage.at.end..next.at.start].trim().trim_start_matches('(');
    wording.is_base(between).then(|| count(wording, text, next)).flatten()
}

/// The base with which a sentence begins.
fn base_before(wording: &Wording, text: &str, percentage: &Number, before: &[Number]) -> Option<(Range<usize>, u64)> {
    let start = sentence_around(text, &percentage.at).start;
    let first = before.iter().find(|number| number.at.start >= start)?;
    let mut begins = text[start..first.at.start].trim().chars();
    let words: String = begins.next()?.to_lowercase().chain(begins).collect();
    wording.is_base(&words).then(|| count(wording, text, first)).flatten()
}

/// A number that counts people or things: no year, no amount of money or time, and no thousands whose rest stands
/// behind a space.
fn count(wording: &Wording, text: &str, number: &Number) -> Option<(Range<usize>, u64)> {
    let is_year = text[number.at.clone()].parse::<u64>().is_ok_and(|number| (1900..2100).contains(&number));
    let has_unit = wording.unit_after_figure(&text[number.at.end..]).is_some();
    let goes_on = wording.has_spaces_in_thousands() && begins_with_thousands(&text[number.at.end..]);
    let count = number.value.filter(|count| *count > 0 && !is_year && !has_unit && !goes_on)?;
    Some((number.at.clone(), count))
}

/// Whether what stands behind a number is a space and three digits.
fn begins_with_thousands(behind: &str) -> bool {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).count();
    behind.strip_prefix(' ').is_some_and(|rest| digits(rest) == 3)
}

/// What is said of a share that no whole number out of so many gives.
fn contradiction(share: Quantity, count: u64) -> Option<String> {
    let hundred = Decimal::ONE_HUNDRED;
    let of = |part: Decimal| Quantity::exact(part * hundred / Decimal::from(count), Unit::Percent);
    let part = (share.number * Decimal::from(count) / hundred).floor();
    let nearest = [part, part + Decimal::ONE].map(|part| (part, of(part)));
    if nearest.iter().any(|(_, one)| one.agrees(share) == Ok(true)) {
        return None;
    }
    let [below, above] = nearest.map(|(part, one)| format!("{part} of {count} are {}", one.rounded_as(share)));
    Some(format!("{share} is no whole number of {count}: {below} and {above}"))
}

/// Whether a percentage can be that of some of a base, and is known exactly.
fn is_share(percentage: Quantity) -> bool {
    percentage.is_known()
        && percentage.number >= Decimal::ZERO
        && percentage.number <= Decimal::ONE_HUNDRED
        && percentage.unit == Unit::Percent
}

/// The facts that are bound in these letters of a text.
fn facts_of<'r>(passage: &Passage, ranges: impl IntoIterator<Item = &'r Range<usize>>) -> Vec<FactId> {
    let bound = |range: &Range<usize>| match passage.words[passage.word_at(range.start).0] {
        Word::Bound { fact, .. } => Some(fact),
        _ => None,
    };
    ranges.into_iter().filter_map(bound).collect()
}

fn report(subject: &Subject, audit: &mut Audit, passage: &Passage, printed: &str, claim: &Claim, message: String) {
    let (word, start) = passage.word_at(claim.percentage.start);
    let end = claim.percentage.end.min(start + passage.words[word].text().len());
    let letters = claim.percentage.start - start..end - start;
    let at = passage.part(&subject.tree.sources, word, letters.clone());
    let figures = [&claim.percentage, &claim.base].map(|range| printed[range.clone()].to_owned());
    let facts = facts_of(passage, [&claim.percentage, &claim.base]);
    let addresses = facts.iter().map(|fact| audit.facts.get(*fact).address.to_string()).collect();
    let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
    let finding = Diagnostic::error(Code::BaseAgrees, at, message)
        .about(address, figures.to_vec())
        .about_facts(addresses)
        .in_sentence(passage.sentence(word, letters));
    audit.push(Diagnostic { severity: Severity::Warning, ..finding }.help(HELP));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    /// The percentages of a text with their bases: `78% of 35`.
    fn check_in(language: &str, text: &str, expected: &[&str]) {
        let all = Wordings::default();
        let wording = all.find(language, None).unwrap();
        let shown = |claim: &Claim| format!("{} of {}", &text[claim.percentage.clone()], claim.count);
        assert_eq!(claims(wording, text).iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
    }

    fn check(text: &str, expected: &[&str]) {
        check_in("en", text, expected);
    }

    #[test]
    fn each_language_says_in_its_own_words_what_a_percentage_is_of() {
        check_in("cy", "78% o’r 35 a atebodd", &["78% of 35"]);
        check_in("cy", "O'r 35 a atebodd, roedd 78% yn fodlon.", &["78% of 35"]);
        check_in("cy", "Dywedodd 78% (sylfaen: 35) hynny, a 12% allan o 40.", &["78% of 35", "12% of 40"]);
        check_in("cy", "O’r 35 cangen, roedd 78% o’r ymwelwyr yn fodlon", &[]);
        check_in(
            "fr",
            "78\u{a0}% des 35 personnes, 12,5\u{a0}% (n = 1\u{a0}060)",
            &["78\u{a0}% of 35", "12,5\u{a0}% of 1060"],
        );
        check_in("fr", "Sur les 35 agences, 20 % ouvrent le dimanche.", &["20 % of 35"]);
        check_in("fr", "Sur les 35 agences, 78 % des visiteurs sont satisfaits.", &[]);
        check_in("fr", "Sur les 35 agences, 78 %\u{a0}des visiteurs sont satisfaits.", &[]);
        check_in("fr", "78\u{202f}% des 1\u{202f}060 personnes", &["78\u{202f}% of 1060"]);
        // Nobody knows whether these are two numbers.
        check_in("fr", "78 % des 1 060 personnes. Sur les 1 060 personnes, 78 % sont venues.", &[]);
        check_in("fr", "20 % de l'ensemble des 35 agences, 40 % (base: 35)", &["20 % of 35", "40 % of 35"]);
        check_in("cy", "78% o’r holl 35, a 12% allan o’r holl 40", &["78% of 35", "12% of 40"]);
        // English phrases say nothing in other languages.
        check_in("fr", "78 % of the 35", &[]);
    }

    #[test]
    fn a_percentage_is_read_with_the_base_that_stands_beside_it() {
        check("78% of the 35 who answered", &["78% of 35"]);
        check(
            "78% of 35, 12% (n = 40), 5% (n=1,060) and 1% (out of 1,234)",
            &["78% of 35", "12% of 40", "5% of 1060", "1% of 1234"],
        );
        check("Of our twelve branches, 25% open on Sundays and 50% close early.", &["25% of 12", "50% of 12"]);
        check("We asked 12. Of the 35 who came, 20% stayed. 30% left.", &["20% of 35"]);
    }

    #[test]
    fn years_amounts_and_other_wholes_are_no_base() {
        check("78% of 35 weeks, 5% of £35, 12% of 2016 and 60% of 2-year-olds", &[]);
        check("Of the 35 branches, 78% of visitors liked all", &[]);
        check("35 came, and 78% of them stayed", &[]);
        check("120% of the 7 branches", &[]);
    }

    #[test]
    fn what_no_whole_number_gives_is_told_with_its_neighbours() {
        let of = |share: &str, count| contradiction(percentage(Wording::english(), share).unwrap(), count);
        assert_eq!(
            of("78%", 35).as_deref(),
            Some("78% is no whole number of 35: 27 of 35 are 77% and 28 of 35 are 80%")
        );
        assert_eq!(of("0%", 7), None);
        assert_eq!(of("100%", 7), None);
        assert_eq!(of("99%", 7).as_deref(), Some("99% is no whole number of 7: 6 of 7 are 86% and 7 of 7 are 100%"));
        assert_eq!(of("14.3%", 7), None);
        assert_eq!(of("14%", 7), None);
    }

    proptest::proptest! {
        #[test]
        fn what_a_whole_number_gives_is_right(count in 1..5_000_u64, part: proptest::sample::Index, decimals in 0..3_u32) {
            let part = part.index(usize::try_from(count).unwrap() + 1);
            let exact = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(count);
            let share = Quantity::typed(crate::fact::round(exact, decimals), Unit::Percent);
            proptest::prop_assert_eq!(contradiction(share, count), None);
        }
    }
}
