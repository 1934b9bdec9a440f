//! Content of any size, for measuring.

use std::fmt::Write;

/// The files of a report of so many indicators, with relations and control totals over all of them.
pub fn indicators(size: usize) -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    let mut add = |path: &'static str, text: String| files.push((path, text));
    add("organisation.yaml", ORGANISATION.to_owned());
    add("facts.yaml", "sources: [{id: returns, title: Returns}]\n".to_owned());
    add("many/report.yaml", REPORT.to_owned());
    add("many/welcome.md", "The {{ indicators.count }} indicators are on target.\n".to_owned());
    let mut indicators = INDICATORS.to_owned();
    for number in 0..size {
        let _ = write!(
            indicators,
            "      - id: indicator-{number}\n        name: Answers within {} days\n",
            number % 30 + 2
        );
        indicators.push_str(INDICATOR);
    }
    add("many/indicators.yaml", indicators);
    let totals: String = (1..=4)
        .flat_map(|quarter| {
            [("denominator", 1000), ("number", 950), ("percentage", 95)].map(|(column, each)| (quarter, column, each))
        })
        // The last quarter is a little better, so that the quarters do not look copied.
        .map(|(quarter, column, each)| (quarter, column, each + usize::from((quarter, column) == (4, "number"))))
        .map(|(quarter, column, each)| {
            format!("  - {{of: indicators.*.q{quarter}.{column}, is: \"{}\", source: returns}}\n", each * size)
        })
        .collect();
    add("many/checks.yaml", format!("{RELATIONS}control-totals:\n{totals}"));
    files
}

const ORGANISATION: &str = "name: Libraries
short-name: Libraries
address: [1 High Street]
telephone: 01234 567890
email: hello@example.org
chief-officer: Chief Librarian
directorates: [{id: lending, name: Lending}]
";

const REPORT: &str = "title: Many indicators
subtitle: A measurement
description: As many indicators as are asked for.
language: en-GB
period: {from: 2025-04-01, to: 2026-03-31}
published: 2026-06-30
cover: blue
sections:
  - id: indicators
    title: Indicators
    parts:
      - prose: welcome.md
      - dashboard: indicators.yaml
";

const INDICATORS: &str = "caption: Indicators
periods: Q1 to Q4
source: returns
ratings: {green: On target, amber: Slightly behind, red: Far behind, no-target: No target}
rating-rule: {amber-within: 10%}
called:
  groups: {one: directorate, many: directorates}
  areas: {one: area, many: areas}
  functions: {one: functional area, many: functional areas}
areas: [{number: 1, name: Lending}]
groups:
  - id: lending
    indicators:
";

const INDICATOR: &str = "        function: Front desk
        areas: [1]
        measures: quality
        columns: [denominator, number, percentage]
        series: each-period
        percentage-is: of-denominator
        figures: [[1000, 950, 95%], [1000, 950, 95%], [1000, 950, 95%], [1000, 951, 95%]]
        target: 90%
        aim: at-least
        frequency: quarterly
        rating: green
";

const RELATIONS: &str = "relations:
  - {id: green, holds: indicators.ratings.green == indicators.count}
  - {id: on-target, holds: min(indicators.*.q4.percentage) >= 90%}
";
