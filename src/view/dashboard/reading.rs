//! How a row of a dashboard is read: a few words for each of its columns.

use serde::Serialize;

use super::{ColumnHead, Layout, heads};
use crate::model::IndicatorFile;

/// What a column of a dashboard says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingAid {
    /// "Result in each quarter".
    pub column: String,
    pub words: String,
}

/// The columns of a row, from left to right. `results` are the heads of the columns of results.
pub fn aids(file: &IndicatorFile, layout: Layout, results: &[ColumnHead]) -> Vec<ReadingAid> {
    let aid = |column: &str, words: String| ReadingAid { column: column.to_owned(), words };
    let noun = file.periods.noun();
    let under = match heads::said_of(file).split_last() {
        None => String::new(),
        Some((only, [])) => format!("; under it {only}"),
        Some((last, before)) => format!("; under it {} and {last}", before.join(", ")),
    };
    let name = aid("Indicator", format!("Number and name{under}"));
    let beside: Vec<String> = results.iter().filter_map(beside_the_periods).collect();
    let beside = if beside.is_empty() { String::new() } else { format!("; beside it {}", beside.join(" and ")) };
    let counted = format!("the result, and under it the figures that it comes from{beside}; a note stands below");
    let results = match layout {
        Layout::Single => aid("Result", crate::view::capital(&counted)),
        Layout::Columns => aid(&format!("Result in each {noun}"), crate::view::capital(&counted)),
        Layout::Line => aid("Latest result", format!("The {noun} with the latest figure: {counted}")),
    };
    let course =
        aid(&heads::course(&file.periods), "From nought; dashes show the target, a gap is no result".to_owned());
    let has_frequency = file.indicators().any(|indicator| indicator.frequency.is_some());
    let target = match has_frequency {
        true => "With how often it is measured",
        false => "What the result is held against",
    };
    let target = aid("Target", target.to_owned());
    let rating = aid("Rating", "Given by those who report it".to_owned());
    match layout {
        Layout::Single => vec![name, results, target, rating],
        Layout::Columns => vec![name, results, course, target, rating],
        Layout::Line => vec![name, course, results, target, rating],
    }
}

/// What a column says that is of no single period: the whole year, or the edition before.
fn beside_the_periods(head: &ColumnHead) -> Option<String> {
    match head.id.as_str() {
        heads::YEAR => Some("the whole year".to_owned()),
        heads::LAST => Some(format!("that of {}", head.name)),
        _ => None,
    }
}
