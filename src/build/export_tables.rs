//! The figures of a report as tables that somebody can read in a document: those of indicators, costs and surveys as they are
//! printed, and what else a data file holds as its data has it.

use super::export::Exporter;
use crate::model::{Data, IndicatorShow, Part, Show};
use crate::office::document::{Block, Inline, Table, TableCell};
use crate::view::{CellView, CostView, DashboardFigure, DashboardView, Holds, PartView, SurveyView, TableView};

/// Rows of texts.
type Rows = Vec<Vec<TableCell>>;

impl Exporter<'_> {
    /// Whether another part of the report shows the same figures better: the dashboard those of a wheel.
    pub(super) fn stands_elsewhere(&self, part: &Part) -> bool {
        let dashboard = Show::Indicators(IndicatorShow::Dashboard);
        let Part::Data { stem, data } = part else { return false };
        matches!(data, Data::Indicators(..)) && data.show() != dashboard && self.report.shows(stem, dashboard)
    }

    /// The data that a part shows.
    pub(super) fn data(&mut self, stem: &str, view: PartView) {
        let title = self.datasets.iter().find(|dataset| dataset.stem == stem).map(|dataset| dataset.title.clone());
        match view {
            PartView::Dashboard(view) => {
                let rows = self.of_dashboard(&view);
                self.add_table(title.unwrap_or_default(), rows);
            }
            PartView::Costs(view) => self.of_costs(view),
            PartView::Survey(view) => self.add_table(view.caption.text.clone(), of_survey(&view)),
            _ => self.dataset(stem),
        }
    }

    fn of_dashboard(&self, view: &DashboardView) -> Rows {
        let say = |key: &str| cell(&self.editor.wording().say(key, &[]));
        let heads = view.periods.iter().map(|head| cell(&head.name));
        let mut rows = vec![
            [say("indicators.indicator")]
                .into_iter()
                .chain(heads)
                .chain([say("dashboard.target"), say("dashboard.rating")])
                .collect::<Vec<_>>(),
        ];
        for group in &view.groups {
            if !group.name.is_empty() {
                let rest = TableCell { is_merged: true, ..cell("") };
                rows.push([cell(&group.name)].into_iter().chain(vec![rest; rows[0].len() - 1]).collect());
            }
            for one in &group.indicators {
                // Where periods have no columns of figures, that of the year stands last among the figures alone.
                let (all, year) = match one.periods.is_empty() {
                    true => (&one.figures, None),
                    false => (&one.periods, one.figures.last().filter(|_| view.periods.len() > one.periods.len())),
                };
                let context = if one.context.is_empty() { String::new() } else { format!(" ({})", one.context) };
                let name = cell(&format!("{}. {}{context}", one.number, one.name));
                let figures = all.iter().chain(year).map(of_figure);
                let ends = [cell(&one.target.text), cell(&one.rating.word)];
                rows.push([name].into_iter().chain(figures).chain(ends).collect());
            }
        }
        rows
    }

    fn of_costs(&mut self, view: CostView) {
        let heads = view.columns.iter().map(|column| {
            let unit = column.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
            cell(&format!("{}{unit}", column.name.text))
        });
        let mut rows = vec![[cell(&view.rows_are.text)].into_iter().chain(heads).collect::<Vec<_>>()];
        for line in view.lines.iter().chain(&view.sums) {
            let name = cell(&format!("{}{}", "\u{2003}".repeat(line.level.saturating_sub(1)), line.name.text));
            rows.push([name].into_iter().chain(line.figures.iter().map(of_cell)).collect());
        }
        self.add_table(view.caption.text, rows);
        let lettered = view.lettered.into_iter().map(|note| note.words.text);
        lettered.chain(view.notes.into_iter().map(|note| note.text)).for_each(|note| self.say(&note));
    }

    pub(super) fn table(&mut self, view: TableView) {
        let heads = std::iter::once(cell(&view.rows_are.text)).chain(view.columns.iter().map(|column| {
            let unit = column.unit.as_ref().map(|unit| format!(" ({unit})")).unwrap_or_default();
            cell(&format!("{}{unit}", column.name.text))
        }));
        let mut rows = vec![heads.collect::<Vec<_>>()];
        for row in &view.rows {
            let name = format!("{}{}", "\u{2003}".repeat(row.level), row.name.text);
            rows.push(std::iter::once(cell(&name)).chain(row.cells.iter().map(of_cell)).collect());
        }
        let unit = view.unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
        self.add_table(format!("{}{unit}", view.caption.text), rows);
        let lettered = view.lettered.into_iter().map(|note| note.words.text);
        lettered.chain(view.notes.into_iter().map(|note| note.text)).for_each(|note| self.say(&note));
    }

    /// What a data file holds, under the titles of its columns and without ids and empty columns.
    fn dataset(&mut self, stem: &str) {
        let Some(dataset) = self.datasets.iter().find(|dataset| dataset.stem == stem).cloned() else { return };
        let is_filled =
            |place: usize| dataset.rows.iter().any(|row| row.get(place).is_some_and(|text| !text.is_empty()));
        let kept: Vec<usize> = (0..dataset.columns.len())
            .filter(|place| dataset.columns[*place].holds != Holds::Id && is_filled(*place))
            .collect();
        let mut rows = vec![kept.iter().map(|place| cell(&dataset.columns[*place].title)).collect::<Vec<_>>()];
        rows.extend(
            dataset
                .rows
                .iter()
                .map(|row| kept.iter().map(|place| cell(row.get(*place).map_or("", String::as_str))).collect()),
        );
        self.add_table(dataset.title, rows);
    }

    fn add_table(&mut self, caption: String, rows: Rows) {
        let number = self.document.tables.len();
        self.document.tables.push(Table { caption: Some(caption), headings: 1, rows });
        self.add(Block::Table(number));
    }
}

/// The results of a survey: how many took part in each year, and what they said.
fn of_survey(view: &SurveyView) -> Rows {
    let years = view.responses.iter().map(|year| vec![cell(&year.name), cell(&year.figure.text)]);
    let mut rows: Rows = years.collect();
    for group in &view.groups {
        rows.push(vec![cell(&group.heading.text), TableCell { is_merged: true, ..cell("") }]);
        rows.extend(group.results.iter().map(|one| vec![cell(&one.statement.text), cell(&one.percentage.text)]));
    }
    rows
}

/// A result with what it comes from.
fn of_figure(figure: &DashboardFigure) -> TableCell {
    match &figure.detail {
        Some(detail) => cell(&format!("{} ({})", figure.result.text, detail.text)),
        None => cell(&figure.result.text),
    }
}

fn of_cell(one: &CellView) -> TableCell {
    let mark = one.mark.as_ref().map(|mark| format!(" ({})", mark.letters)).unwrap_or_default();
    let closes = if one.in_brackets && !one.words.text.ends_with(')') { ")" } else { "" };
    cell(&format!("{}{closes}{mark}", one.words.text))
}

fn cell(text: &str) -> TableCell {
    TableCell { inlines: vec![Inline::text(text)], is_merged: false }
}
