//! What a chart draws can be drawn: figures that are known exactly, on one axis where they share one.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{FactId, Quantity, Slot};
use crate::model::values::{Along, ChartForm};
use crate::model::{Chart, Data, Indicator, Report};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in &subject.project.reports {
        let before = findings.len();
        for (place, chart) in report.charts().enumerate() {
            // Those of the first language were asked when the chart was read.
            findings.extend(without_room(subject, report, place, chart));
            let series = series(subject, report, chart);
            check_figures(subject, chart, &series, findings);
        }
        report.mark(&mut findings[before..]);
    }
}

/// A name that has no room in a further language of a report.
fn without_room(subject: &Subject, report: &Report, place: usize, chart: &Chart) -> Option<Diagnostic> {
    let of = &report.translation.as_ref()?.of;
    let first = subject.project.reports.iter().find(|one| one.id == *of)?.charts().nth(place)?;
    let language = report.head.language.value.tag();
    let help = format!("it is so in {language}: a shorter translation of such names is enough, too");
    Some(chart.without_room(first.is_in_order())?.help(help))
}

/// The figures of each series of a chart.
fn series(subject: &Subject, report: &Report, chart: &Chart) -> Vec<Vec<(FactId, Quantity)>> {
    let known = |fact: FactId| Some((fact, subject.facts.quantity(fact)?));
    match &chart.data {
        Data::Table(file, _) => {
            let figure = |row: usize, column: usize| {
                let address = format!("{}.{}.{}", chart.stem, file.rows[row].id, file.columns[column].id.value);
                subject.facts.find(&report.id, &address).and_then(known)
            };
            let of_row = |row: &usize| chart.columns.iter().filter_map(|column| figure(*row, *column)).collect();
            let of_column = |column: &usize| chart.rows.iter().filter_map(|row| figure(*row, *column)).collect();
            match chart.along {
                Along::Rows => chart.columns.iter().map(of_column).collect(),
                Along::Columns => chart.rows.iter().map(of_row).collect(),
            }
        }
        Data::Indicators(file, _) => {
            let all: Vec<&Indicator> = file.indicators().collect();
            let of_indicator = |place: &usize| {
                let address = format!("{}.{}", chart.stem, all[*place].id.value);
                let series = subject.facts.series_of(&report.id, &address);
                let results = series.map(|series| series.results(subject.facts)).unwrap_or_default();
                let periods = results.iter().filter(|result| matches!(result.slot, Slot::Period(_)));
                periods.filter_map(|result| known(result.fact)).collect()
            };
            chart.rows.iter().map(of_indicator).collect()
        }
        Data::Survey(_) | Data::Deliverables(..) => Vec::new(),
    }
}

fn check_figures(subject: &Subject, chart: &Chart, series: &[Vec<(FactId, Quantity)>], findings: &mut Findings) {
    let all = || series.iter().flatten();
    let at = |fact: FactId| subject.facts.get(fact).at;
    if all().next().is_none() {
        findings.push(
            Diagnostic::error(Code::WrongValue, chart.at, "there is no figure that this chart could draw")
                .help("name rows and columns with figures, or remove the chart"),
        );
    }
    if let Some((fact, figure)) = all().find(|(_, figure)| !figure.is_known()) {
        findings.push(
            Diagnostic::error(Code::WrongValue, chart.at, "a chart draws figures that are known exactly")
                .also(at(*fact), format!("{figure} lies between two"))
                .help("leave out its row or column with `rows` or `columns`, or show the file as a table"),
        );
    }
    let stand_apart = chart.form == ChartForm::SmallMultiples;
    let on_one_axis = if stand_apart { series.iter().map(|one| &one[..]).collect() } else { vec![] };
    let joined: Vec<(FactId, Quantity)> = all().copied().collect();
    for one in on_one_axis.into_iter().chain((!stand_apart).then_some(&joined[..])) {
        let Some((_, first)) = one.first() else { continue };
        if let Some((fact, other)) = one.iter().find(|(_, other)| other.unit != first.unit) {
            findings.push(
                Diagnostic::error(Code::WrongValue, chart.at, "figures of two units cannot stand on one axis")
                    .also(at(*fact), format!("{other} beside {first}"))
                    .help("choose figures of one unit with `rows` or `columns`; `small-multiples` gives each row or column an axis of its own"),
            );
        }
    }
    if chart.form == ChartForm::StackedBars
        && let Some((fact, figure)) = all().find(|(_, figure)| figure.number.is_sign_negative())
    {
        findings.push(
            Diagnostic::error(Code::WrongValue, chart.at, "what is less than nothing is no part of a bar")
                .also(at(*fact), format!("{figure} stands here"))
                .help("show the figures beside each other: `as: bars`"),
        );
    }
}
