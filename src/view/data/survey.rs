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
        description: "Each result, and the share of staff who answered each year.",
        notes: said(editor, [&file.caption].into_iter().chain(statements).map(|text| (text, text))),
        columns: vec![
            DataColumn::text("id", "Id of the line in the addresses of its figures").holding(Holds::Id),
            DataColumn::text("kind", "response: share of staff who answered; positive or negative: a result")
                .holding(Holds::OneOf(names([RESPONSE, POSITIVE, NEGATIVE]))),
            DataColumn::text("year", "Year of the response").holding(Holds::Whole),
            DataColumn::number("percentage", "Percentage", Some(column::PER_CENT)),
            DataColumn::text("statement", "What the percentage of staff said"),
        ],
        rows,
        key: names(["id"]),
        parents: None,
    }
}
