//! Bars and columns: lengths from nothing.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::Scale;
use crate::view::Words;
use crate::wording::Wording;

/// A bar in its track. What is less than nothing stands on the other side of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bar {
    /// How far the bar and the place of nothing reach, in per cent of the track.
    pub reach: f64,
    /// Where it begins, in per cent of what it reaches.
    pub from: f64,
    /// How long it is, in per cent of what it reaches.
    pub length: f64,
    /// Where nothing stands, in per cent of what it reaches, if bars stand on both sides of it.
    pub nothing: Option<f64>,
}

/// A bar with its words.
#[derive(Debug, PartialEq, Serialize)]
pub struct BarView {
    pub name: Words,
    pub figure: Words,
    /// What it is of the whole.
    pub share: Option<Words>,
    pub bar: Bar,
    /// Whether it is filled, or outlined.
    pub solid: bool,
    /// Whether it stands on the other side of nothing.
    pub is_below: bool,
}

/// A column with its words.
#[derive(Debug, PartialEq, Serialize)]
pub struct YearColumn {
    pub name: String,
    pub figure: Words,
    /// Its height in per cent of the whole.
    pub height: f64,
    pub is_latest: bool,
}

/// How long one length is beside another, in per cent with one decimal; between nothing and the whole.
pub fn per_cent(part: Decimal, whole: Decimal) -> f64 {
    let share = part.checked_div(whole).unwrap_or_default() * Decimal::ONE_HUNDRED;
    let share = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).to_f64().unwrap_or_default()
}

/// The bar of an amount beside others.
pub fn bar_of(amount: Decimal, all: impl Iterator<Item = Decimal>) -> Bar {
    let scale = Scale::of(all);
    let (nothing, end) = (scale.share(Decimal::ZERO), scale.share(amount));
    let (from, reach) = (nothing.min(end), nothing.max(end));
    Bar {
        reach: per_cent(reach, Decimal::ONE),
        from: per_cent(from, reach),
        length: per_cent(reach - from, reach),
        nothing: scale.goes_below().then(|| per_cent(nothing, reach)),
    }
}

/// What ranked bars say in words; of those that are filled, that a table has their parts, where a key says so.
pub fn description(bars: &[BarView], has_key: bool, wording: &Wording) -> String {
    let (below, above): (Vec<&BarView>, Vec<&BarView>) = bars.iter().partition(|bar| bar.is_below);
    let said = |bars: Vec<&BarView>| -> String {
        wording.listed(bars.iter().map(|bar| {
            let fills = [("name", &*bar.name.text), ("figure", &bar.figure.text)];
            let bar_in_words = match &bar.share {
                Some(share) => wording.say("bars.one-with-share", &[fills[0], fills[1], ("share", &share.text)]),
                None => wording.say("bars.one", &fills),
            };
            match has_key && bar.solid {
                true => bar_in_words + &wording.say("bars.in-parts", &[]),
                false => bar_in_words,
            }
        }))
    };
    match (above.is_empty(), below.is_empty()) {
        (_, true) => wording.say("bars.described", &[("list", &said(above))]),
        (false, false) => wording.say("bars.described-below", &[("list", &said(above)), ("below", &said(below))]),
        (true, false) => wording.say("bars.all-below", &[("below", &said(below))]),
    }
}

/// Ranks bars by their amounts, the longest first; equal ones keep their order.
pub fn bars(amounts: impl Iterator<Item = (Decimal, BarView)>) -> Vec<BarView> {
    let mut amounts: Vec<(Decimal, BarView)> = amounts.collect();
    amounts.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
    let all: Vec<Decimal> = amounts.iter().map(|(amount, _)| *amount).collect();
    let sized = |(amount, bar): (Decimal, BarView)| BarView {
        bar: bar_of(amount, all.iter().copied()),
        is_below: amount < Decimal::ZERO,
        ..bar
    };
    amounts.into_iter().map(sized).collect()
}

/// Sets percentages of years side by side, the latest last.
pub fn columns(mut years: Vec<(u64, Decimal, Words)>) -> Vec<YearColumn> {
    years.sort_by_key(|(year, ..)| *year);
    let latest = years.last().map(|(year, ..)| *year);
    let column = |(year, percentage, figure): (u64, Decimal, Words)| YearColumn {
        name: year.to_string(),
        figure,
        height: per_cent(percentage, Decimal::ONE_HUNDRED),
        is_latest: Some(year) == latest,
    };
    years.into_iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, amount: i64) -> (Decimal, BarView) {
        let words = || Words::plain(name);
        let (name, figure, share) = (words(), words(), None);
        let bar = BarView { name, figure, share, bar: Bar::default(), solid: true, is_below: false };
        (Decimal::from(amount), bar)
    }

    #[test]
    fn bars_are_as_long_as_their_amounts_and_ranked_by_them() {
        let ranked = bars([bar("a", 50), bar("b", 200), bar("c", 50), bar("d", 1), bar("e", 0)].into_iter());
        let shown: Vec<_> = ranked.iter().map(|one| (one.name.text.as_str(), one.bar.reach, one.bar.length)).collect();
        assert_eq!(
            shown,
            [("b", 100.0, 100.0), ("a", 25.0, 100.0), ("c", 25.0, 100.0), ("d", 0.5, 100.0), ("e", 0.0, 0.0)]
        );
        assert!(ranked.iter().all(|one| (one.bar.from, one.bar.nothing, one.is_below) == (0.0, None, false)));
    }

    #[test]
    fn an_income_stands_on_the_other_side_of_nothing() {
        let ranked = bars([bar("fees", -50), bar("staff", 150), bar("none", 0)].into_iter());
        let sizes = |one: &BarView| (one.bar.reach, one.bar.from, one.bar.length, one.bar.nothing, one.is_below);
        let shown: Vec<_> = ranked.iter().map(sizes).collect();
        assert_eq!(
            shown,
            [
                (100.0, 25.0, 75.0, Some(25.0), false),
                (25.0, 100.0, 0.0, Some(100.0), false),
                (25.0, 0.0, 100.0, Some(100.0), true),
            ]
        );
        let debts = bars([bar("a", -120), bar("b", -40)].into_iter());
        let shown: Vec<_> = debts.iter().map(|one| (one.name.text.as_str(), one.bar.reach, one.bar.from)).collect();
        assert_eq!(shown, [("b", 100.0, 66.7), ("a", 100.0, 0.0)]);
        assert_eq!(per_cent(Decimal::from(3), Decimal::from(2)), 100.0);
    }

    #[test]
    fn columns_stand_in_the_order_of_years() {
        let year = |year, percentage: i64| (year, Decimal::from(percentage), Words::plain(format!("{percentage}%")));
        let columns = columns(vec![year(2016, 90), year(2014, 73)]);
        let shown: Vec<_> = columns.iter().map(|one| (one.name.as_str(), one.height, one.is_latest)).collect();
        assert_eq!(shown, [("2014", 73.0, false), ("2016", 90.0, true)]);
    }
}
