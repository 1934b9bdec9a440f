//! How a row of a dashboard is read: a few words for each of its columns.

use serde::Serialize;

use super::{ColumnHead, Layout, heads};
use crate::model::IndicatorFile;
use crate::view::CopyEditor;

/// What a column of a dashboard says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingAid {
    /// "Result in each quarter".
    pub column: String,
    pub words: String,
}

/// The columns of a row, from left to right. `results` are the heads of the columns of results.
pub fn aids(editor: &CopyEditor, file: &IndicatorFile, layout: Layout, results: &[ColumnHead]) -> Vec<ReadingAid> {
    let wording = editor.wording();
    let aid = |column: String, words: String| ReadingAid { column, words };
    let said = heads::said_of(editor, file);
    let under = match said.is_empty() {
        true => editor.say("reading.name"),
        false => wording.say("reading.name-and", &[("list", &wording.and(said))]),
    };
    let name = aid(editor.say("indicators.indicator"), under);
    let beside: Vec<String> = results.iter().filter_map(|head| beside_the_periods(editor, head)).collect();
    // With what stands beside it, where something does.
    let counted = |key: &str| match beside.is_empty() {
        true => editor.say(key),
        false => wording.say(&format!("{key}-beside"), &[("list", &wording.and(&beside))]),
    };
    let results = match layout {
        Layout::Single => aid(editor.say("dashboard.result"), counted("reading.single")),
        Layout::Columns => aid(heads::of_periods(editor, &file.periods, "each"), counted("reading.single")),
        Layout::Line => {
            aid(editor.say("dashboard.latest-result"), counted(&heads::key_of_periods(&file.periods, "latest")))
        }
    };
    let course = aid(heads::course(editor, &file.periods), editor.say("reading.course"));
    let has_frequency = file.indicators().any(|indicator| indicator.frequency.is_some());
    let target = editor.say(if has_frequency { "reading.target-often" } else { "reading.target" });
    let target = aid(editor.say("dashboard.target"), target);
    let rating = aid(editor.say("dashboard.rating"), editor.say("reading.rating"));
    match layout {
        Layout::Single => vec![name, results, target, rating],
        Layout::Columns => vec![name, results, course, target, rating],
        Layout::Line => vec![name, course, results, target, rating],
    }
}

/// What a column says that is of no single period: the whole year, or the edition before.
fn beside_the_periods(editor: &CopyEditor, head: &ColumnHead) -> Option<String> {
    match head.id.as_str() {
        heads::YEAR => Some(editor.say("reading.whole-year")),
        heads::LAST => Some(editor.wording().say("reading.that-of", &[("edition", &head.name)])),
        _ => None,
    }
}
