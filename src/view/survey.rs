//! The results of a survey as they are shown.

use rust_decimal::Decimal;
use serde::Serialize;

use super::charts::{self, YearColumn};
use super::copy_editor::{CopyEditor, Words};
use super::drawn::DrawnMark;
use crate::model::values::{Figure, Percent};
use crate::model::{Response, SurveyFile, SurveyGroup, SurveyResult};
use crate::yaml::At;

/// A survey: who answered it, and what they said.
#[derive(Debug, PartialEq, Serialize)]
pub struct SurveyView {
    pub caption: Words,
    pub description: String,
    /// Whether its years stand under each other.
    pub has_many_years: bool,
    /// The years, the latest last.
    pub responses: Vec<YearColumn>,
    pub groups: Vec<GroupView>,
}

/// Results of a survey under one heading.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupView {
    pub heading: Words,
    pub results: Vec<ResultView>,
}

/// A result of a survey; the bar's length in per cent of the whole.
#[derive(Debug, PartialEq, Serialize)]
pub struct ResultView {
    pub percentage: Words,
    pub statement: Words,
    pub width: f64,
}

pub fn survey(editor: &CopyEditor, survey: &SurveyFile) -> SurveyView {
    let percent = |percent: &At<Percent>| editor.typed(percent.at, Figure::from(percent.value).shown(editor.manner()));
    let result = |result: &SurveyResult| ResultView {
        percentage: percent(&result.percentage),
        statement: editor.name(&result.statement),
        width: charts::per_cent(result.percentage.value.0, Decimal::ONE_HUNDRED),
    };
    let group = |group: &SurveyGroup| GroupView {
        heading: editor.words(&group.heading),
        results: group.results.iter().map(result).collect(),
    };
    let mut responses: Vec<&Response> = survey.responses.iter().collect();
    responses.sort_by_key(|response| response.year.value);
    let column =
        |response: &&Response| (response.year.value.0, response.percentage.value.0, percent(&response.percentage));
    let caption = editor.caption(&survey.caption);
    let heard = editor.plain(&survey.caption);
    let columns = charts::columns(responses.iter().map(column).collect());
    let wording = editor.wording();
    let years =
        columns.iter().map(|one| wording.say("survey.year", &[("figure", &one.figure.text), ("year", &one.name)]));
    let heard = heard.trim_end_matches([':', '.', '?']);
    let description = wording.say("survey.described", &[("caption", heard), ("years", &wording.listed(years))]);
    let view = SurveyView {
        description,
        caption,
        has_many_years: survey.has_many_years(),
        responses: columns,
        groups: vec![group(&survey.positive), group(&survey.negative)],
    };
    let drawn = |percent: &At<Percent>| {
        let fact = editor.facts.typed_at(&editor.report.id, percent.at)?;
        Some(DrawnMark::from_nought(fact, Figure::from(percent.value).shown(editor.manner()), percent.value.0, 0))
    };
    let all_of_it = Some(Decimal::ONE_HUNDRED);
    editor.draw_on_page(responses.iter().filter_map(|one| drawn(&one.percentage)), all_of_it);
    let results = [&survey.positive, &survey.negative].into_iter().flat_map(|group| &group.results);
    editor.draw_on_page(results.filter_map(|one| drawn(&one.percentage)), all_of_it);
    view
}
