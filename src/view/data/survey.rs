//! A survey as data.

use super::{DataColumn, Dataset, Holds, column, names, said};
use crate::model::{SurveyFile, SurveyGroup};
use crate::view::CopyEditor;

const RESPONSE: &str = "response";
const POSITIVE: &str = "positive";
const NEGATIVE: &str = "negative";

/// One row for each year in which staff answered, and for each result.
pub fn dataset(editor: &CopyEditor, stem: &str, file: &SurveyFile) -> Dataset {
    let row = |id: String, kind: &str, year: String, percentage: String, statement: String| {
        vec![id, kind.to_owned(), year, percentage, statement]
    };
    let responses = file.responses.iter().map(|response| {
        let (year, percentage) = (response.year.value.0.to_string(), response.percentage.value.0.to_string());
        row(format!("responses.{year}"), RESPONSE, year, percentage, String::new())
    });
    let group = |kind: &'static str, group: &SurveyGroup| -> Vec<Vec<String>> {
        let results = (1..).zip(&group.results).map(|(place, one)| {
            let percentage = one.percentage.value.0.to_string();
            row(format!("{kind}.{place}"), kind, String::new(), percentage, editor.plain(&one.statement))
        });
        results.collect()
    };
    let statements = [&file.positive, &file.negative].into_iter().flat_map(|group| &group.results);
    let statements = statements.map(|result| &result.statement);
    let rows = responses.chain(group(POSITIVE, &file.positive)).chain(group(NEGATIVE, &file.negative)).collect();
    Dataset {
        stem: stem.to_owned(),
        title: editor.plain(&file.caption),
        description: editor.say("data.survey"),
        notes: said(editor, [&file.caption].into_iter().chain(statements).map(|text| (text, text))),
        columns: vec![
            DataColumn::text("id", &editor.say("data.line-id")).holding(Holds::Id),
            DataColumn::text("kind", &editor.say("data.kind")).holding(Holds::Code(vec![
                (RESPONSE, editor.say("data.is-response")),
                (POSITIVE, editor.say("data.is-positive")),
                (NEGATIVE, editor.say("data.is-negative")),
            ])),
            DataColumn::text("year", &editor.say("data.response-year")).holding(Holds::Whole),
            DataColumn::number("percentage", &editor.say("data.percentage"), Some(column::PER_CENT)),
            DataColumn::text("statement", &editor.say("data.statement")),
        ],
        rows,
        key: names(["id"]),
        parents: None,
    }
}
