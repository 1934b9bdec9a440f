//! Figures that stand as published although they contradict each other: what a reader is told of them.
//!
//! It is made of the figures and of what the rules compute, and of nothing else that an acknowledgement says: its reason,
//! its author and its date are for those who make the report.

use super::copy_editor::CopyEditor;
use super::notes::Noted;
use crate::diagnostic::Code;
use crate::fact::{Contradiction, FactId, Series, Slot, Word};
use crate::model::values::IndicatorColumn;
use crate::model::{Indicator, Report};

/// The percentages of an indicator that stand as published, and the note on all of them.
pub struct AsPublished {
    pub slots: Vec<Slot>,
    pub note: Noted,
}

/// What is told of an indicator where figures of some slots are shown; none where no percentage among them contradicts the
/// figures beside it.
pub fn of_indicator(
    editor: &CopyEditor,
    stem: &str,
    indicator: &Indicator,
    is_shown: impl Fn(Slot) -> bool,
) -> Option<AsPublished> {
    let series = editor.facts.series_of(&editor.report.id, &format!("{stem}.{}", indicator.id.value))?;
    let is_told = |one: &Contradiction| is_shown(one.slot) && stands(editor, editor.report, series, one);
    let all: Vec<_> = series.contradictions(editor.facts).filter(is_told).collect();
    let shown = |fact| editor.facts.printed(&editor.report.id, fact);
    let sentence = sentence(editor, all.iter().map(|one| one.words(editor.manner(), shown)).collect());
    (!all.is_empty())
        .then(|| AsPublished { slots: all.iter().map(|one| one.slot).collect(), note: Noted::Made(sentence) })
}

/// What is told of a result of the edition before that stood there as published.
pub fn of_last(editor: &CopyEditor, stem: &str, indicator: &Indicator, figure: FactId) -> Option<Noted> {
    let before = editor.project.edition_before(editor.report)?;
    let series = editor.facts.series_of(&before.id, &format!("{stem}.{}", indicator.id.value))?;
    let mut all = series.contradictions(editor.facts).filter(|one| one.printed == figure);
    let one = all.find(|one| stands(editor, before, series, one))?;
    let words = one.words(editor.manner(), |fact| editor.facts.printed(&before.id, fact));
    Some(Noted::Made(sentence(editor, vec![words])))
}

/// What is told of a total whose parts come to something else; none where they do not.
pub fn of_total(editor: &CopyEditor, total: FactId) -> Option<Noted> {
    if !editor.is_acknowledged(Code::TotalsAddUp, total) {
        return None;
    }
    let castings = editor.facts.castings.iter().filter(|casting| casting.total == total);
    let (casting, sum) = castings.filter_map(|one| Some((one, editor.facts.miscast(one)?))).next()?;
    let key = if casting.is_sum { "notes.parts-come-to" } else { "notes.calculation-comes-to" };
    let sum = Word::Bound { text: sum.shown(editor.manner()), fact: casting.sum };
    let words = editor.wording().pieces(key, None, [("sum", vec![sum])]);
    Some(Noted::Made(sentence(editor, vec![words])))
}

/// Whether the finding about a percentage is acknowledged: at its own place, or where percentages were added up, at the
/// last of them.
fn stands(editor: &CopyEditor, report: &Report, series: &Series, one: &Contradiction) -> bool {
    let is_acknowledged = |rule, figure| editor.is_acknowledged_in(report, rule, figure);
    let last = series.over_periods(IndicatorColumn::Percentage).last();
    let is_summed = || last.is_some_and(|last| is_acknowledged(Code::CumulativeNotSummed, last));
    match one.has_result() {
        true => is_acknowledged(Code::RatioAgrees, one.printed) || is_summed(),
        false => is_acknowledged(Code::ZeroDenominator, one.printed),
    }
}

/// "As published: 84 of 105 is 80%, 8 of 9 is 89%, and 53 of 143 is 37%."
fn sentence(editor: &CopyEditor, all: Vec<Vec<Word>>) -> Vec<Word> {
    let last = if all.len() > 2 { "list.last-sum" } else { "list.last" };
    let list = editor.wording().list_of(("list.more", last), all);
    editor.wording().pieces("notes.as-published", None, [("list", list)])
}
