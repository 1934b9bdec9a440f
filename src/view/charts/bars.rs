//! Bars and columns: lengths from nothing.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::view::Words;

/// A bar with its words.
#[derive(Debug, PartialEq, Serialize)]
pub struct BarView {
    pub name: Words,
    pub figure: Words,
    pub share: Words,
    /// Its length in per cent of the longest bar.
    pub width: f64,
    /// Whether the table shows it in parts; a single sum is hatched.
    pub in_parts: bool,
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

/// Ranks bars by their amounts, the longest first; equal ones keep their order.
pub fn bars(mut amounts: Vec<(Decimal, BarView)>) -> Vec<BarView> {
    amounts.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
    let longest = amounts.first().map(|(amount, _)| *amount).unwrap_or_default().max(Decimal::ZERO);
    let sized = |(amount, bar): (Decimal, BarView)| BarView { width: per_cent(amount, longest), ..bar };
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
        let bar = BarView { name: words(), figure: words(), share: words(), width: 0.0, in_parts: true };
        (Decimal::from(amount), bar)
    }

    #[test]
    fn bars_are_as_long_as_their_amounts_and_ranked_by_them() {
        let ranked = bars(vec![bar("a", 50), bar("b", 200), bar("c", 50), bar("d", 1)]);
        let shown: Vec<_> = ranked.iter().map(|bar| (bar.name.text.as_str(), bar.width)).collect();
        assert_eq!(shown, [("b", 100.0), ("a", 25.0), ("c", 25.0), ("d", 0.5)]);
    }

    #[test]
    fn nothing_and_debts_have_no_length() {
        for amounts in [[0, -3], [-120, -40]] {
            let bars = bars(amounts.map(|amount| bar("a", amount)).into());
            assert_eq!(bars.iter().map(|bar| bar.width).sum::<f64>(), 0.0);
        }
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
