//! What can be done with shares and round numbers in words, which no format prints: a claim ties them to a relation.

use std::ops::Range;

use rust_decimal::Decimal;

use super::printed::within_reach;
use super::ranking::Surroundings;
use super::{Known, unnamed_likelihood};
use crate::check::Subject;
use crate::fact::{FactId, Passage};
use crate::model::values::Unit;

/// How far a share may be from the one that words name, in percentage points.
const NEARLY: u32 = 5;

/// Words for a share, with its percentage; "a quarter" and "one quarter" are alike.
const SHARES: &[(&str, &str)] = &[
    ("half", "50"),
    ("two thirds", "66.67"),
    ("two-thirds", "66.67"),
    ("three quarters", "75"),
    ("three-quarters", "75"),
    ("three fifths", "60"),
    ("two fifths", "40"),
    ("four fifths", "80"),
    ("third", "33.33"),
    ("quarter", "25"),
    ("fifth", "20"),
    ("tenth", "10"),
];

/// On which side of a share a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Near,
    Below,
    Above,
}

/// Words before a share that say on which side of it the figure lies.
const SIDES: &[(&str, Side)] = &[
    ("about", Side::Near),
    ("around", Side::Near),
    ("roughly", Side::Near),
    ("some", Side::Near),
    ("approximately", Side::Near),
    ("just under", Side::Below),
    ("just over", Side::Above),
    ("less than", Side::Below),
    ("more than", Side::Above),
    ("nearly", Side::Below),
    ("almost", Side::Below),
    ("under", Side::Below),
    ("over", Side::Above),
];

/// The relation that ties a share in words to the figure that the sentence names best; none where it names none.
pub fn advice(
    subject: &Subject,
    known: &Known,
    around: &Surroundings,
    passage: &Passage,
    (text, number): (&str, &Range<usize>),
) -> Option<String> {
    let share = share(&text[number.clone()])?;
    let (side, words) = side(&text[..number.start]);
    let words = format!("{words}{}", &text[number.clone()]);
    let fits = |fact: &FactId| {
        let quantity = subject.facts.quantity(*fact).filter(|one| one.unit == Unit::Percent && one.is_known());
        quantity.is_some_and(|one| {
            let (above, near) = (one.number - share, Decimal::from(NEARLY));
            above.abs() <= near
                && match side {
                    Side::Near => true,
                    Side::Below => above < Decimal::ZERO,
                    Side::Above => above > Decimal::ZERO,
                }
        })
    };
    let named = within_reach(subject.facts, &passage.report.id).filter(fits).filter_map(|fact| {
        let named = known.words.named(fact, around);
        let likelihood = unnamed_likelihood(&subject.facts.get(fact).address, "");
        (!named.words.is_empty()).then_some((named.score + likelihood, fact))
    });
    let (_, fact) = named.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let address = subject.facts.local(&passage.report.id, fact);
    let shown = subject.facts.shown(fact);
    let comparison = match side {
        Side::Near => format!("{address} >= {}", share - Decimal::from(NEARLY)),
        Side::Below => format!("{address} < {share}"),
        Side::Above => format!("{address} > {share}"),
    };
    Some(format!(
        "if this is {address}, which is {shown}: write a relation in checks.yaml, such as `holds: {comparison}%`, and here {{{{ {words} | claim ID }}}} with its id"
    ))
}

/// Whether a number is a share of a whole, and no place in a row: "a third of", "about a third".
pub fn is_share(text: &str, number: &Range<usize>) -> bool {
    let (before, after) = (text[..number.start].trim_end(), text[number.end..].trim_start());
    let has_article = before.rsplit(' ').next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "a" | "one"));
    let is_of = after.starts_with("of ");
    share(&text[number.clone()]).is_some() && has_article && (is_of || !side(before).1.is_empty())
}

/// The percentage that words for a share mean.
fn share(number: &str) -> Option<Decimal> {
    let number = number.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let number = number.strip_prefix("one ").or(number.strip_prefix("a ")).unwrap_or(&number);
    let (_, percentage) = SHARES.iter().find(|(words, _)| *words == number)?;
    percentage.parse().ok()
}

/// On which side of a number a text says that its figure lies, with the words that say so and those between.
fn side(before: &str) -> (Side, String) {
    let said = before.trim_end();
    let article = ["a", "one"].into_iter().find(|article| said.rsplit(' ').next() == Some(article));
    let said = article.map_or(said, |article| said[..said.len() - article.len()].trim_end());
    let found = SIDES.iter().find(|(words, _)| {
        let rest = said.to_lowercase();
        rest.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    });
    match found {
        Some((words, side)) => (*side, before[said.len() - words.len()..].to_owned()),
        None => (Side::Near, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_share_are_read_with_the_words_before_them() {
        let read = |before: &str, number: &str| {
            let (side, words) = side(before);
            (share(number).map(|share| share.to_string()), side, words)
        };
        assert_eq!(read("spent about a ", "third"), (Some("33.33".to_owned()), Side::Near, "about a ".to_owned()));
        assert_eq!(read("Nearly ", "half"), (Some("50".to_owned()), Side::Below, "Nearly ".to_owned()));
        assert_eq!(
            read("and just over ", "two\nthirds"),
            (Some("66.67".to_owned()), Side::Above, "just over ".to_owned())
        );
        assert_eq!(read("it is ", "a quarter"), (Some("25".to_owned()), Side::Near, String::new()));
        assert_eq!(read("it is ", "five").0, None);
    }
}
