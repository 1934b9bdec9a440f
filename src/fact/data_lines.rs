//! The lines of a data file as its published data must have them: what they are called, and their figures.
//!
//! In: the facts and texts of a report, and one of its data files. Out: a [`DataLine`] for each line. The data is written
//! from the model; this is gathered from the facts, by their addresses, so that the one can be held against the other.

use super::{BoundTexts, FactId, FactValue, Facts, Slot, last_result, plain};
use crate::model::values::{Figure, IndicatorColumn};
use crate::model::{Data, DeliverableFile, Indicator, IndicatorFile, PeriodFigures, Report, SurveyFile, TableFile};
use crate::yaml::Text;

/// A line of published data.
#[derive(Debug, PartialEq, Eq)]
pub struct DataLine(pub Vec<DataCell>);

/// What must stand in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataCell {
    /// The name of its column; none for the first one.
    pub column: Option<String>,
    /// The address of its fact, seen from the report; empty where it holds words.
    pub address: String,
    /// A figure as a plain number, or words.
    pub says: String,
}

/// What lines are gathered from.
struct Gatherer<'a> {
    facts: &'a Facts<'a>,
    texts: &'a BoundTexts<'a>,
    report: &'a Report,
    stem: &'a str,
}

impl Facts<'_> {
    /// The lines of a data file of a report, in their order.
    pub fn data_lines(&self, texts: &BoundTexts, report: &Report, stem: &str, data: &Data) -> Vec<DataLine> {
        let gatherer = Gatherer { facts: self, texts, report, stem };
        match data {
            Data::Table(file, _) => gatherer.table(file),
            Data::Indicators(file, _) => gatherer.indicators(file),
            Data::Survey(file) => gatherer.survey(file),
            Data::Deliverables(file, _) => gatherer.deliverables(file),
        }
    }
}

impl Gatherer<'_> {
    fn table(&self, file: &TableFile) -> Vec<DataLine> {
        let line = |row: &crate::model::Row| {
            // A heading may have the id of the total below it.
            let figures = file.columns.iter().filter(|_| !row.is_heading()).filter_map(|column| {
                let scale = file.denomination(row, column).map_or(rust_decimal::Decimal::ONE, |unit| unit.value.scale);
                let says = |value: &FactValue, typed: Option<Figure>| match (value, typed) {
                    (FactValue::Day(day), _) => Some(day.iso()),
                    // A range has no number.
                    (FactValue::Quantity(quantity), _) if !quantity.is_known() => None,
                    (FactValue::Quantity(quantity), Some(_)) => Some(number(quantity.in_scale(scale).number)),
                    (FactValue::Quantity(quantity), None) => quantity.in_scale(scale).rounded().number().map(number),
                    (FactValue::FinancialYear(_) | FactValue::Words(_), _) => None,
                };
                let column = column.id.value.as_str();
                self.figure(format!("{}.{column}", row.id), &column.replace('-', "_"), says)
            });
            let id = said(Some(&file.beside("id")), row.id.as_str());
            let above = row.above.map(|above| said(Some(&file.beside("part_of_id")), file.rows[above].id.as_str()));
            DataLine([self.words(None, &row.name), id].into_iter().chain(above).chain(figures).collect())
        };
        file.rows.iter().map(line).collect()
    }

    fn indicators(&self, file: &IndicatorFile) -> Vec<DataLine> {
        let periods = || file.periods.iter().enumerate();
        let names: Vec<String> = periods().map(|(_, one)| one.shown(self.report.wording())).collect();
        let periods = || periods().map(|(place, one)| (Slot::Period(place), &*names[place], one.id.as_str()));
        let the_year = self.report.wording().say("dashboard.year", &[]);
        let mut lines = Vec::new();
        for (group, one) in file.groups.iter().flat_map(|group| group.indicators.iter().map(move |one| (group, one))) {
            let id = one.id.value.as_str();
            let group = group.id.as_ref().filter(|_| file.called.groups.is_some());
            let group = group.map(|id| said(Some("group_id"), id.value.as_str()));
            let years = one.year.iter().map(|_| (Slot::Year, &*the_year, "year"));
            for ((slot, name, period), figures) in periods().chain(years).zip(one.all_figures()) {
                let said = [
                    said(Some("indicator_id"), id),
                    said(Some("period"), name),
                    said(Some("period_id"), period),
                    said(Some("target"), &one.target_shown()),
                    said(Some("rating"), &one.rating.value.name),
                ];
                let figures = IndicatorColumn::ALL
                    .iter()
                    .filter_map(|column| self.of_period(&format!("{id}.{period}"), figures, *column));
                let cells = said.into_iter().chain(group.clone()).chain(figures).chain(self.target(id, slot));
                lines.push(DataLine(cells.collect()));
            }
            lines.extend(self.of_last(file, one));
        }
        lines
    }

    /// The target of a period, or of the year, as numbers; which way it points where there is none.
    fn target(&self, id: &str, slot: Slot) -> Vec<DataCell> {
        let series = self.facts.series_of(&self.report.id, &format!("{}.{id}", self.stem));
        let Some(goal) = series.and_then(|series| series.goal(slot)) else {
            return ["target_number", "target_to"].map(|column| said(Some(column), "")).to_vec();
        };
        let is = said(Some("target_is"), goal.aim.word());
        let ends = [("target_number", Some(goal.fact)), ("target_to", goal.to.map(|(to, _)| to))];
        let cell = |(column, fact): (&str, Option<FactId>)| match fact {
            Some(fact) => self.cell(fact, column, |value, _| match value {
                FactValue::Quantity(quantity) => Some(number(quantity.number)),
                _ => None,
            }),
            None => Some(said(Some(column), "")),
        };
        ends.into_iter().filter_map(cell).chain([is]).collect()
    }

    /// The line of the result of the edition before, where the file shows it beside the others.
    fn of_last(&self, file: &IndicatorFile, one: &Indicator) -> Option<DataLine> {
        self.facts.edition_before(&self.report.id)?;
        let (column, address) = last_result(self.stem, file, one)?;
        let says = |value: &FactValue, typed: Option<Figure>| match (value, typed) {
            (_, Some(typed)) => typed.number().map(number),
            (FactValue::Quantity(quantity), None) => quantity.rounded().number().map(number),
            _ => None,
        };
        let figure = self.figure_at(address, column.word(), says);
        // What else stands there would be of this year.
        let others = IndicatorColumn::ALL.iter().filter(|other| **other != column).map(|other| other.word());
        let empty = others
            .chain(["target", "target_number", "target_to", "target_is", "rating", "note"])
            .map(|column| said(Some(column), ""));
        let line = [said(Some("indicator_id"), one.id.value.as_str())].into_iter().chain(empty).chain(figure);
        Some(DataLine(line.collect()))
    }

    fn of_period(&self, address: &str, figures: &PeriodFigures, column: IndicatorColumn) -> Option<DataCell> {
        figures.figure(column)?;
        let says = |value: &FactValue, _| match value {
            FactValue::Quantity(quantity) if quantity.is_known() => Some(number(quantity.number)),
            _ => None,
        };
        self.figure(format!("{address}.{}", column.word()), column.word(), says)
    }

    fn survey(&self, file: &SurveyFile) -> Vec<DataLine> {
        let says = |value: &FactValue, _| match value {
            FactValue::Quantity(quantity) => Some(number(quantity.number)),
            _ => None,
        };
        let line = |kind: &str, address: String, more: DataCell| {
            let (id, figure) = (address.clone(), self.figure(address, "percentage", says));
            let id = said(Some("id"), &id);
            DataLine([id, said(Some("kind"), kind), more].into_iter().chain(figure).collect())
        };
        let responses = file.responses.iter().map(|response| {
            let year = response.year.value.0.to_string();
            line("response", format!("responses.{year}"), said(Some("year"), &year))
        });
        let groups = [("positive", &file.positive), ("negative", &file.negative)];
        let results = groups.into_iter().flat_map(|(kind, group)| {
            (1..).zip(&group.results).map(move |(place, one)| {
                line(kind, format!("{kind}.{place}"), self.words(Some("statement"), &one.statement))
            })
        });
        responses.chain(results).collect()
    }

    fn deliverables(&self, file: &DeliverableFile) -> Vec<DataLine> {
        let squares = file.squares();
        let under = |theme| squares.iter().flat_map(move |(group, _)| file.under(theme, *group));
        let lines = file.themes.iter().flat_map(|theme| {
            under(&theme.id.value).map(|one| {
                let due = one.due.as_ref().map(|due| said(Some("due"), &due.value.iso()));
                let said = [
                    said(None, &theme.number.value.to_string()),
                    said(Some("theme_id"), theme.id.value.as_str()),
                    said(Some("deliverable_id"), one.id.value.as_str()),
                    self.words(Some("key_phrase"), &one.key),
                ];
                DataLine(said.into_iter().chain(due).collect())
            })
        });
        lines.collect()
    }

    /// The figure of an address below the file, where there is one that data has as a number.
    fn figure(
        &self,
        address: String,
        column: &str,
        says: impl Fn(&FactValue, Option<Figure>) -> Option<String>,
    ) -> Option<DataCell> {
        self.figure_at(format!("{}.{address}", self.stem), column, says)
    }

    fn figure_at(
        &self,
        address: String,
        column: &str,
        says: impl Fn(&FactValue, Option<Figure>) -> Option<String>,
    ) -> Option<DataCell> {
        let fact = self.facts.get(self.facts.find(&self.report.id, &address)?);
        let says = says(&fact.value, fact.typed)?;
        Some(DataCell { column: Some(column.to_owned()), address, says })
    }

    fn cell(
        &self,
        fact: FactId,
        column: &str,
        says: impl Fn(&FactValue, Option<Figure>) -> Option<String>,
    ) -> Option<DataCell> {
        let (address, fact) = (self.facts.local(&self.report.id, fact).to_owned(), self.facts.get(fact));
        Some(DataCell { column: Some(column.to_owned()), address, says: says(&fact.value, fact.typed)? })
    }

    fn words(&self, column: Option<&str>, text: &Text) -> DataCell {
        said(column, &plain(self.texts.words(text.at)))
    }
}

fn said(column: Option<&str>, words: &str) -> DataCell {
    DataCell { column: column.map(str::to_owned), address: String::new(), says: words.to_owned() }
}

fn number(number: rust_decimal::Decimal) -> String {
    number.normalize().to_string()
}
