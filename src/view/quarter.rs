//! What the figures of a quarter mean: its result, and what it comes from.

use rust_decimal::Decimal;

use crate::model::values::{Figure, Target};
use crate::model::{Indicator, Quarter};
use crate::yaml::At;

/// What the figures of a quarter mean: the result, and the number and the whole under it.
pub struct Meaning<'q> {
    pub result: Option<&'q At<Figure>>,
    pub number: Option<&'q At<Figure>>,
    pub of: Option<&'q At<Figure>>,
}

/// The figures of an indicator mean the same in every quarter: a percentage is the result, with the numbers under it;
/// where money is counted, the count of cases is, with the money under it; otherwise the number is.
pub fn meaning(quarter: &Quarter, counts_money: bool) -> Meaning<'_> {
    fn present(figure: Option<&At<Figure>>) -> Option<&At<Figure>> {
        figure.filter(|figure| !figure.value.is_absent())
    }
    let (denominator, number, percentage) =
        (quarter.denominator.as_ref(), quarter.number.as_ref(), quarter.percentage.as_ref());
    let of = present(denominator);
    match (percentage, number) {
        (Some(_), _) => Meaning { result: percentage, number: present(number), of },
        (None, Some(_)) if counts_money => {
            Meaning { result: denominator.or(number), number: denominator.and(present(number)), of: None }
        }
        (None, Some(_)) => Meaning { result: number, number: None, of: of.filter(|_| present(number).is_some()) },
        (None, None) => Meaning { result: denominator, number: None, of: None },
    }
}

/// Whether an indicator's numbers are amounts of money.
pub fn counts_money(indicator: &Indicator) -> bool {
    let numbers = indicator.quarters.iter().filter_map(|quarter| quarter.number.as_ref());
    numbers.map(|number| number.value).any(|number| matches!(number, Figure::Money(_)))
}

/// The results of the quarters, with their words. Where nothing was counted (0 of 0) there is no result; results in
/// different units cannot be held against each other, and none is drawn.
pub fn results(indicator: &Indicator) -> Vec<Option<(Decimal, String)>> {
    let counts_money = counts_money(indicator);
    let result = |quarter: &Quarter| {
        let meaning = meaning(quarter, counts_money);
        let counted = meaning.number.is_none() || meaning.of.is_none_or(|of| of.value.number() != Some(Decimal::ZERO));
        meaning.result.filter(|_| counted).map(|result| result.value).filter(|result| !result.is_absent())
    };
    let results: Vec<Option<Figure>> = indicator.quarters.iter().map(result).collect();
    let mut units: Vec<&str> = results.iter().flatten().map(|result| result.unit()).collect();
    units.dedup();
    let shown = |result: Figure| Some((result.number()?, result.to_string()));
    results.into_iter().map(|result| result.filter(|_| units.len() == 1).and_then(shown)).collect()
}

/// The target, where it is of the same kind as every result.
pub fn comparable_target(indicator: &Indicator) -> Option<Decimal> {
    let Target::Set { figure, .. } = &indicator.target.value else { return None };
    let counts_money = counts_money(indicator);
    let results = indicator.quarters.iter().filter_map(|quarter| meaning(quarter, counts_money).result);
    let mut present = results.map(|result| result.value).filter(|result| !result.is_absent());
    let same = present.all(|result| result.unit() == figure.unit());
    figure.number().filter(|_| same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::yaml::Parse;

    /// A quarter as it is shown, from its denominator, number and percentage; an empty text is a column not used.
    fn shown(figures: [&str; 3], counts_money: bool) -> (String, Option<String>) {
        let at = Span::new(FileId(0), 0..0);
        let read = |text: &str| (!text.is_empty()).then(|| At { value: Figure::parse(text).unwrap(), at });
        let [denominator, number, percentage] = figures.map(read);
        let quarter = Quarter { denominator, number, percentage };
        let Meaning { result, number, of } = meaning(&quarter, counts_money);
        let detail = [number.map(|number| number.value.to_string()), of.map(|of| format!("of {}", of.value))];
        let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (result.unwrap().value.to_string(), (!detail.is_empty()).then_some(detail))
    }

    #[test]
    fn a_quarter_means_the_same_whatever_is_absent() {
        let expect = |figures, counts_money, result: &str, detail: Option<&str>| {
            assert_eq!(shown(figures, counts_money), (result.to_owned(), detail.map(str::to_owned)), "{figures:?}");
        };
        expect(["9000", "8778", "98%"], false, "98%", Some("8,778 of 9,000"));
        expect(["0", "0", "0%"], false, "0%", Some("0 of 0"));
        expect(["n/a", "n/a", "n/a"], false, "n/a", None);
        expect(["n/a", "50", "50%"], false, "50%", Some("50"));
        expect(["100", "n/a", "n/a"], false, "n/a", Some("of 100"));
        expect(["", "", "99.55%"], false, "99.55%", None);
        expect(["", "9.5 weeks", ""], false, "9.5 weeks", None);
        expect(["0", "0", ""], false, "0", Some("of 0"));
        expect(["50", "no data", ""], false, "No data", None);
        expect(["45", "£2,187,920", ""], true, "45", Some("£2,187,920"));
        expect(["100", "no data", ""], true, "100", None);
        expect(["n/a", "£5", ""], true, "n/a", Some("£5"));
    }
}
