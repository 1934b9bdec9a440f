//! What the figures of a report can be printed as, found by the number that stands in it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::check::numbers::numbers_in;
use crate::fact::{FactId, FactValue, Facts};
use crate::wording::Wording;

/// A way in which a figure can be printed.
#[derive(Debug, Clone)]
pub struct Way {
    pub fact: FactId,
    /// What is written between the braces.
    pub binding: String,
    pub prints: String,
    /// The number in what is printed: of "16.2 weeks" the first four letters.
    number: Range<usize>,
}

/// All ways, by the number in each as it is printed, and by what that number means.
#[derive(Debug)]
pub struct Printed {
    wording: Arc<Wording>,
    ways: Vec<Way>,
    as_printed: HashMap<String, Vec<usize>>,
    as_meant: HashMap<String, Vec<usize>>,
}

/// A way that fits a number, and the letters of the text that it would stand for.
pub struct Fit<'p> {
    pub way: &'p Way,
    pub at: Range<usize>,
    /// Whether it prints just what was typed.
    pub is_exact: bool,
}

impl Printed {
    /// Of all figures that a report's texts can name without another report's name.
    pub fn of(facts: &Facts, report: &str) -> Self {
        let wording = facts.manner(report).wording.clone();
        let mut printed = Self { wording, ways: Vec::new(), as_printed: HashMap::new(), as_meant: HashMap::new() };
        for fact in within_reach(facts, report) {
            let is_date = matches!(facts.get(fact).value, FactValue::Day(_) | FactValue::FinancialYear(_));
            for (binding, prints) in facts.ways(report, fact) {
                let number = if is_date { 0..prints.len() } else { number_in(&prints, &printed.wording) };
                let place = printed.ways.len();
                printed.as_printed.entry(one_space(&prints[number.clone()])).or_default().push(place);
                printed.as_meant.entry(meaning(&prints[number.clone()], &printed.wording)).or_default().push(place);
                printed.ways.push(Way { fact, binding, prints, number });
            }
        }
        printed
    }

    /// The ways that fit a number of a text: of each figure the first that prints what stands there, or else the first
    /// that means the same.
    pub fn fitting(&self, text: &str, number: &Range<usize>) -> Vec<Fit<'_>> {
        let typed = &text[number.clone()];
        let ways = |index: &HashMap<String, Vec<usize>>, key: &str| {
            index.get(key).into_iter().flatten().map(|place| &self.ways[*place]).collect::<Vec<_>>()
        };
        let mut fits: Vec<Fit> = Vec::new();
        for way in ways(&self.as_printed, &one_space(typed)) {
            let Some(at) = stretch(text, number, way) else { continue };
            match fits.iter_mut().find(|known| known.way.fact == way.fact) {
                // What says more of the text is the better way: "16.2 weeks" before "16.2".
                Some(known) if at.len() > known.at.len() => *known = Fit { way, at, is_exact: true },
                Some(_) => {}
                None => fits.push(Fit { way, at, is_exact: true }),
            }
        }
        for way in ways(&self.as_meant, &meaning(typed, &self.wording)) {
            let is_new = fits.iter().all(|known| known.way.fact != way.fact);
            if is_new && way.number == (0..way.prints.len()) && stands_free(text, number) {
                fits.push(Fit { way, at: number.clone(), is_exact: false });
            }
        }
        fits
    }
}

/// The figures that a report's texts can name without another report's name: its own, those of the project, and what
/// stands under the table whose rows have reports.
pub fn within_reach<'f>(facts: &'f Facts, report: &'f str) -> impl Iterator<Item = FactId> + 'f {
    let table = facts.row(report).and_then(|row| row.group.file.strip_suffix(".yaml"));
    let scopes = [Some(report), Some("facts"), Some("organisation"), table];
    let all = scopes.into_iter().flatten().flat_map(|scope| facts.within(scope).map(move |(_, fact)| (scope, fact)));
    all.filter(move |(scope, fact)| {
        let is_of_scope = facts.get(*fact).address.strip_prefix(scope).is_some_and(|rest| rest.starts_with('.'));
        // A figure that one of the report's own hides is meant by no address.
        is_of_scope && facts.find(report, facts.local(report, *fact)) == Some(*fact)
    })
    .map(|(_, fact)| fact)
}

/// The first number in what is printed, or all of it.
fn number_in(prints: &str, wording: &Wording) -> Range<usize> {
    numbers_in(prints, wording).into_iter().next().map_or(0..prints.len(), |number| number.at)
}

/// The letters of a text that a way would stand for, where it prints just what stands there.
fn stretch(text: &str, number: &Range<usize>, way: &Way) -> Option<Range<usize>> {
    let (before, after) = (&way.prints[..way.number.start], &way.prints[way.number.end..]);
    let is_there = text[..number.start].ends_with(before) && text[number.end..].starts_with(after);
    let at = number.start.checked_sub(before.len())?..number.end + after.len();
    (is_there && stands_free(text, &at)).then_some(at)
}

/// Whether nothing stands right beside some letters that would make another figure of them.
fn stands_free(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    !before.is_some_and(|letter| letter.is_alphanumeric() || "£$€.,-−<".contains(letter))
        && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '%')
}

/// A number on one line.
pub fn one_space(number: &str) -> String {
    number.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number in the form that those share which mean the same: "£16.3 million" and "£16.3m", "10 per cent" and "10%".
fn meaning(number: &str, wording: &Wording) -> String {
    let number = one_space(&wording.plain_digits(number)).to_lowercase().replace(',', "");
    let short = [
        (" %", "%"),
        (" per cent", "%"),
        (" percent", "%"),
        (" million", "m"),
        (" billion", "bn"),
        (" bn", "bn"),
        (" m", "m"),
        (" thousand", "k"),
    ];
    let ending = short.iter().find_map(|(long, short)| Some(format!("{}{short}", number.strip_suffix(long)?)));
    ending.unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Wordings;

    fn meaning_in(language: &str, number: &str) -> String {
        meaning(number, Wordings::default().find(language, None).unwrap())
    }

    #[test]
    fn numbers_that_mean_the_same_have_one_form() {
        for pair in [["£16.3 million", "£16.3m"], ["10 per\n  cent", "10%"], ["16,311", "16311"], ["Five", "five"]] {
            assert_eq!(meaning_in("en", pair[0]), meaning_in("en", pair[1]), "{pair:?}");
        }
        assert_ne!(meaning_in("en", "£16.3 million"), meaning_in("en", "£16.3bn"));
        for pair in [["78\u{a0}%", "78%"], ["1\u{a0}060", "1060"], ["1\u{202f}060,5", "1060,5"]] {
            assert_eq!(meaning_in("fr", pair[0]), meaning_in("fr", pair[1]), "{pair:?}");
        }
        assert_ne!(meaning_in("fr", "12,5"), meaning_in("fr", "125"));
    }

    #[test]
    fn a_number_keeps_the_spaces_that_its_language_writes_in_it() {
        let all = Wordings::default();
        for (prints, typed) in [("78\u{a0}%", "78 %"), ("1\u{a0}060 jours", "1\u{202f}060")] {
            let number = number_in(prints, all.find("fr", None).unwrap());
            assert_eq!(one_space(&prints[number]), one_space(typed));
        }
        assert_eq!(number_in("1\u{a0}060", all.find("en", None).unwrap()), 0..1);
    }

    #[test]
    fn what_touches_a_number_makes_another_of_it() {
        let free = |text: &str| stands_free(text, &(text.find('5').unwrap()..text.find('5').unwrap() + 1));
        assert!(free("5") && free("(5)") && free("to 5, and") && free("‘5’"));
        assert!(!free("−5") && !free("£5") && !free("5%") && !free("A5") && !free("5k"));
    }
}
