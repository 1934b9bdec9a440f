//! A content folder with a report for every practice of a table, as many as are asked for, for measurements.
//!
//! Each report has four pages in the PDF: the cover, the contents, a page of key figures and prose with a table of the
//! practice's own and one that all share, and a dashboard of its own.
//!
//! It needs nothing of its neighbours: a test reads the same content.

use std::fmt::Write;

/// The quarters of an indicator's figures: so many of a thousand.
const QUARTERS: [u64; 4] = [902, 915, 921, 934];
/// What each practice is measured by.
const INDICATORS: [&str; 4] =
    ["Seen on time", "Called back on the day", "Repeat prescriptions on time", "Letters answered"];

/// The files of a content folder, each with its path.
pub fn practices(rows: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("organisation.yaml".to_owned(), ORGANISATION.to_owned()),
        ("practices/report.yaml".to_owned(), REPORT.to_owned()),
        ("practices/patients.md".to_owned(), PATIENTS.to_owned()),
        ("practices/county.yaml".to_owned(), COUNTY.to_owned()),
        ("practices/facts.yaml".to_owned(), FACTS.to_owned()),
        ("practices/checks.yaml".to_owned(), CHECKS.to_owned()),
        ("practices/practices.yaml".to_owned(), table(rows)),
    ];
    for row in 0..rows {
        files.push((format!("practices/practice-{row}/indicators.yaml"), indicators(row)));
        files.push((format!("practices/practice-{row}/staff.yaml"), staff(row)));
    }
    files
}

fn table(rows: usize) -> String {
    let mut table = TABLE.to_owned();
    let (mut patients, mut doctors) = (0, 0);
    for row in 0..rows as u64 {
        let (of, by) = (2_000 + row * 37 % 9_000, 2 + row % 7);
        (patients, doctors) = (patients + of, doctors + by);
        let _ = writeln!(
            table,
            "  - {{name: The Practice of {}, id: practice-{row}, values: [{of}, {by}, {}%, {}]}}",
            NAMES[row as usize % NAMES.len()],
            80 + row % 19,
            NAMES[row as usize / 7 % NAMES.len()],
        );
    }
    let _ = writeln!(
        table,
        "  - {{name: All practices, id: total, values: [{patients}, {doctors}, n/a, n/a], total: yes}}"
    );
    table
}

fn indicators(row: usize) -> String {
    let mut text = DASHBOARD.to_owned();
    for (place, name) in INDICATORS.iter().enumerate() {
        let quarters: Vec<String> = QUARTERS
            .iter()
            .map(|number| number + (row + place) as u64 % 40)
            .map(|number| format!("[1000, {number}, {}.{}%]", number / 10, number % 10))
            .collect();
        let _ = write!(
            text,
            "      - id: indicator-{place}\n        name: {name}\n        figures: [{}]\n{INDICATOR}",
            quarters.join(", ")
        );
    }
    text
}

fn staff(row: usize) -> String {
    let (doctors, nurses) = (2 + row % 7, 3 + row % 5);
    let rows = [("Doctors", doctors, ""), ("Nurses", nurses, ""), ("All", doctors + nurses, ", total: yes")];
    let lines = rows.map(|(name, people, total)| format!("  - {{name: {name}, values: [{people}]{total}}}\n"));
    STAFF.to_owned() + &lines.concat()
}

const NAMES: [&str; 9] =
    ["Abbotsbury", "Beaminster", "Corfe", "Dorchester", "Ferndown", "Gillingham", "Lyme", "Portland", "Wareham"];

const ORGANISATION: &str = "name: Exampleshire Health
short-name: Health
address: [1 High Street]
telephone: 01234 567890
email: hello@example.org
chief-officer: Chief Officer
directorates: [{id: care, name: Care}]
";

const REPORT: &str = "for-each: {row-of: practices.yaml, called: Practice reports}
title: \"{{ row.name }}\"
subtitle: The year {{ report.year }} in figures
description: What {{ row.name }} did in {{ report.year }}.
language: en-GB
period: {from: 2025-04-01, to: 2026-03-31}
published: 2026-06-30
cover: blue
sections:
  - id: glance
    title: At a glance
    parts:
      - key-figures:
          - {label: Patients, figure: \"{{ row.patients | count }}\"}
          - {label: Satisfied, figure: \"{{ row.satisfied }}\"}
          - {label: Seen on time, figure: \"{{ indicators.indicator-0.q4.percentage }}\"}
  - id: patients
    title: Our patients
    parts:
      - prose: patients.md
      - table: \"{{ row.id }}/staff.yaml\"
      - table: county.yaml
      - dashboard: \"{{ row.id }}/indicators.yaml\"
";

const PATIENTS: &str = "{{ row.name }} in {{ row.town }} cares for **{{ row.patients | count }}** patients, {{ row.patients | of practices.total.patients }} in all practices. {{ facts.elsewhere | count }} are cared for elsewhere. It has {{ row.doctors | words }} doctors in a team of {{ staff.all.people }}.
";

const TABLE: &str = "caption: Practices of the county
rows-are: Practice
source: returns
columns:
  - {id: patients, name: Patients, type: count}
  - {id: doctors, name: Doctors, type: count}
  - {id: satisfied, name: Satisfied, type: percentage}
  - {id: town, name: Town, type: text}
rows:
";

const COUNTY: &str = "caption: Vaccinations in the county
rows-are: Season
source: returns
columns:
  - {id: given, name: Given, type: count}
rows:
  - {name: Autumn and winter, values: [\"313,355\"]}
";

const STAFF: &str = "caption: The team
rows-are: Staff
source: returns
columns:
  - {id: people, name: People, type: count}
rows:
";

const FACTS: &str = "sources: [{id: returns, title: Returns of the practices}]
facts:
  - {id: elsewhere, is: Patients of other practices, formula: practices.total.patients - row.patients}
";

const CHECKS: &str = "relations:
  - {id: doctors-are-staff, holds: row.doctors == staff.doctors.people}
  - {id: not-all, holds: row.patients <= practices.total.patients}
";

const DASHBOARD: &str = "caption: Indicators
periods: Q1 to Q4
source: returns
ratings: {green: On target, amber: Slightly behind, red: Far behind, no-target: No target}
rating-rule: {amber-within: 10%}
called:
  groups: {one: directorate, many: directorates}
  areas: {one: area, many: areas}
  functions: {one: functional area, many: functional areas}
areas: [{number: 1, name: Care}]
groups:
  - id: care
    indicators:
";

const INDICATOR: &str = "        function: Front desk
        areas: [1]
        measures: quality
        columns: [denominator, number, percentage]
        series: each-period
        percentage-is: of-denominator
        target: 90%
        aim: at-least
        frequency: quarterly
        rating: green
";
