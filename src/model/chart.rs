//! Charts: a table or indicators drawn as columns, bars, lines and slopes.
//!
//! Which rows and columns are drawn and how follows from the data where the part does not say it, so that one line makes
//! a chart: `chart: visits.yaml`.

pub mod ends;

use std::ops::RangeInclusive;

use super::periods::is_time;
use super::values::{Along, ChartForm, Id};
use super::{Column, Data, IndicatorFile, Row, TableFile};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Text, Value};

/// So many letters have room beside each other along the foot of a chart on a phone, and of one of several small ones.
const ACROSS: usize = 36;
const ACROSS_A_SMALL_ONE: usize = 26;

record! {
    /// What a part says of a chart.
    ChartPart "a chart" {
        /// The file that is drawn.
        required of: Text,
        optional r#as: At<ChartForm>,
        /// What the chart shows, as a sentence; its caption without it.
        optional title: Text,
        /// What is drawn of a table, in this order.
        optional columns: Vec<At<Id>>,
        /// Rows of a table, or indicators.
        optional rows: Vec<At<Id>>,
        optional along: At<Along>,
    }
}

/// A chart with everything that it draws.
#[derive(Debug, Clone)]
pub struct Chart {
    pub at: Span,
    /// The name of its file, without ending.
    pub stem: String,
    pub data: Data,
    pub title: Option<Text>,
    pub form: ChartForm,
    pub along: Along,
    /// Places of the rows of a table, or of indicators.
    pub rows: Vec<usize>,
    /// Places of the columns of a table, or of the periods of indicators.
    pub columns: Vec<usize>,
}

impl ChartPart {
    /// What a part takes: the name of a file alone, or a record.
    pub fn form_of_part() -> Form {
        Form::Either(vec![Text::form(), Self::form()])
    }

    /// What a part says.
    pub fn read(node: &Node, findings: &mut Findings) -> Option<Self> {
        match &node.value {
            Value::Mapping(_) => Self::from_node(node, findings),
            _ => {
                let of = Text::from_node(node, findings)?;
                Some(Self { at: of.at, of, r#as: None, title: None, columns: None, rows: None, along: None })
            }
        }
    }

    /// The chart of the data of its file.
    pub fn of(self, stem: String, data: Data, findings: &mut Findings) -> Option<Chart> {
        match data.clone() {
            Data::Table(file, _) => self.of_table(stem, data, &file, findings),
            Data::Indicators(file, _) => self.of_indicators(stem, data, &file, findings),
            Data::Survey(_) | Data::Deliverables(..) => {
                findings.push(
                    Diagnostic::error(Code::WrongType, self.of.at, format!("{} is no table", self.of.value))
                        .help("a chart draws a table file or an indicator file"),
                );
                None
            }
        }
    }

    fn of_table(self, stem: String, data: Data, file: &TableFile, findings: &mut Findings) -> Option<Chart> {
        let columns = match &self.columns {
            Some(named) => places(named, "column", file.columns.iter().map(|one| &one.id.value), findings),
            None => Some(alike(file)),
        };
        let rows = match &self.rows {
            Some(named) => places(named, "row", file.rows.iter().map(|one| &one.id), findings),
            None => Some(whole_rows(file)),
        };
        let (columns, rows) = (columns?, rows?);
        let words = columns.iter().map(|place| &file.columns[*place]).find(|column| !column.has_figures());
        let heading = rows.iter().map(|place| &file.rows[*place]).find(|row| row.is_heading());
        let at_named = |named: &Option<Vec<At<Id>>>| named.iter().flatten().next().map_or(self.of.at, |one| one.at);
        for (none, at, what) in [
            (words.map(|column| &column.name), at_named(&self.columns), "column"),
            (heading.map(|row| &row.name), at_named(&self.rows), "row"),
        ] {
            if let Some(name) = none {
                findings.push(
                    Diagnostic::error(Code::WrongValue, at, format!("the {what} `{}` has no figures", name.value))
                        .also(name.at, "it stands here")
                        .help(format!("name the {what}s that are drawn: `{what}s: [...]`")),
                );
                return None;
            }
        }
        let rows_are_times = rows.iter().all(|place| is_time(&file.rows[*place].name.value));
        let columns_are_times =
            columns.len() > 1 && columns.iter().all(|place| is_time(&file.columns[*place].name.value));
        let (along, form) = usual(rows_are_times, columns_are_times, rows.len(), columns.len());
        let is_watched = |place: &usize| file.variation.iter().any(|watched| watched.column == *place);
        let (along, form) = match &columns[..] {
            [only] if self.rows.is_none() && is_watched(only) => (Along::Rows, ChartForm::Xmr),
            _ => (along, form),
        };
        if let Some(one) = self.r#as.as_ref().filter(|one| one.value == ChartForm::Xmr)
            && form != ChartForm::Xmr
        {
            findings.push(
                Diagnostic::error(Code::WrongValue, one.at, "`xmr` shows one column that is watched, with all its rows")
                    .also(file.caption.at, "of this table")
                    .help("name the column with `columns: [...]`, and say in the table how it is watched: `variation: [{column: …, better: higher}]`"),
            );
            return None;
        }
        self.checked(stem, data, along, form, rows, columns, findings)
    }

    fn of_indicators(self, stem: String, data: Data, file: &IndicatorFile, findings: &mut Findings) -> Option<Chart> {
        for (field, at) in [
            ("columns", self.columns.iter().flatten().next().map(|one| one.at)),
            ("along", self.along.as_ref().map(|along| along.at)),
        ] {
            if let Some(at) = at {
                findings.push(
                    Diagnostic::error(Code::WrongValue, at, format!("a chart of indicators has no `{field}`"))
                        .help(format!("remove `{field}`: the results of all periods are drawn")),
                );
                return None;
            }
        }
        if let Some(one) = self.r#as.as_ref().filter(|one| one.value == ChartForm::Xmr) {
            findings.push(
                Diagnostic::error(Code::WrongValue, one.at, "`xmr` shows a column of a table that is watched, and here are indicators")
                    .also(file.caption.at, "of this file")
                    .help("put the figures into a table, say there how their column is watched: `variation: [{column: …, better: higher}]`, and draw that"),
            );
            return None;
        }
        let rows = match &self.rows {
            Some(named) => places(named, "indicator", file.indicators().map(|one| &one.id.value), findings)?,
            None => (0..file.indicators().count()).collect(),
        };
        let form = if rows.len() == 1 { ChartForm::Line } else { ChartForm::SmallMultiples };
        let periods = (0..file.periods.count()).collect();
        self.checked(stem, data, Along::Columns, form, rows, periods, findings)
    }

    #[allow(clippy::too_many_arguments, reason = "what a chart is made of, once")]
    fn checked(
        self,
        stem: String,
        data: Data,
        along: Along,
        form: ChartForm,
        rows: Vec<usize>,
        columns: Vec<usize>,
        findings: &mut Findings,
    ) -> Option<Chart> {
        let form_at = self.r#as.as_ref().map_or(self.of.at, |form| form.at);
        let chart = Chart {
            at: self.of.at,
            stem,
            data,
            title: self.title,
            form: self.r#as.map_or(form, |form| form.value),
            along: self.along.map_or(along, |along| along.value),
            rows,
            columns,
        };
        if let Some(message) = chart.form.objection(chart.points(), chart.series()) {
            findings.push(Diagnostic::error(Code::WrongCount, form_at, message).help(
                "choose rows and columns with `rows: [...]` and `columns: [...]`, what lies along the axis with `along: rows` or `along: columns`, or another form with `as`",
            ));
            return None;
        }
        if let Some(finding) = chart.without_room(chart.is_in_order()) {
            findings.push(finding);
            return None;
        }
        Some(chart)
    }
}

impl Chart {
    /// What stands over it: its title, or the caption of its file.
    pub fn caption(&self) -> &Text {
        self.title.as_ref().unwrap_or(self.data.caption())
    }

    /// The id of the column whose figures are held against what is expected of them.
    pub fn watched(&self) -> Option<&str> {
        match (&self.data, self.form) {
            (Data::Table(file, _), ChartForm::Xmr) => {
                file.columns.get(*self.columns.first()?).map(|column| column.id.value.as_str())
            }
            _ => None,
        }
    }

    /// What is found where a name has no room: of a report in a further language its names there are asked once more.
    /// Names of times follow each other in every language, where they do in the first.
    pub fn without_room(&self, is_in_order: bool) -> Option<Diagnostic> {
        let (message, name, help) = self.name_without_room(is_in_order)?;
        Some(Diagnostic::error(Code::WrongValue, self.at, message).also(name.at, "such as this one").help(help))
    }

    /// A name that has no room where it would stand, with what is said of it and what helps.
    fn name_without_room(&self, is_in_order: bool) -> Option<(&'static str, &Text, &'static str)> {
        let (places, series) = self.names();
        let stand_beside = matches!(self.form, ChartForm::Bars | ChartForm::StackedBars);
        let across = if self.form == ChartForm::SmallMultiples { ACROSS_A_SMALL_ONE } else { ACROSS };
        let below = without_room(&places, across).filter(|_| !stand_beside && !is_in_order).map(|name| {
            let message = match self.form {
                ChartForm::Columns => "there is no room for names under so many columns",
                _ => "there is no room for names under so many points of a line",
            };
            (message, name, "show them as bars, beside which names have room: `as: bars`")
        });
        let at_ends = self.form.without_room_at_ends(&series).map(|name| {
            let message = "there is no room for such names at the ends of the lines";
            let help = "draw fewer lines, shorten their names, or give each a chart of its own: `as: small-multiples`";
            (message, name, help)
        });
        below.or(at_ends)
    }

    /// Whether the names along its axis are times or numbers, of which not each needs to be there.
    pub fn is_in_order(&self) -> bool {
        self.names().0.iter().all(|name| is_time(&name.value) || name.value.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// The names along its axis, and those of its series.
    fn names(&self) -> (Vec<&Text>, Vec<&Text>) {
        let (of_rows, of_columns): (Vec<&Text>, Vec<&Text>) = match &self.data {
            Data::Table(file, _) => (
                self.rows.iter().map(|place| &file.rows[*place].name).collect(),
                self.columns.iter().map(|place| &file.columns[*place].name).collect(),
            ),
            Data::Indicators(file, _) => {
                let all: Vec<&Text> = file.indicators().map(|indicator| &indicator.name).collect();
                (self.rows.iter().map(|place| all[*place]).collect(), Vec::new())
            }
            Data::Survey(_) | Data::Deliverables(..) => Default::default(),
        };
        match self.along {
            Along::Rows => (of_rows, of_columns),
            Along::Columns => (of_columns, of_rows),
        }
    }

    /// How many places there are along its axis.
    pub fn points(&self) -> usize {
        match self.along {
            Along::Rows => self.rows.len(),
            Along::Columns => self.columns.len(),
        }
    }

    /// How many lines, or how many columns and bars beside each other.
    pub fn series(&self) -> usize {
        match self.along {
            Along::Rows => self.columns.len(),
            Along::Columns => self.rows.len(),
        }
    }
}

impl ChartForm {
    /// How many places along the axis, and how many series, can be told apart.
    fn room(self) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        match self {
            ChartForm::Columns => (1..=40, 1..=2),
            ChartForm::Bars => (1..=40, 1..=3),
            ChartForm::StackedBars => (1..=40, 2..=4),
            ChartForm::Line => (1..=120, 1..=4),
            ChartForm::SmallMultiples => (1..=120, 1..=24),
            ChartForm::Slope => (2..=3, 1..=8),
            ChartForm::Xmr => (1..=120, 1..=1),
        }
    }

    fn objection(self, points: usize, series: usize) -> Option<String> {
        let (along, beside) = self.room();
        let range = |range: &RangeInclusive<usize>| match (range.start(), range.end()) {
            (1, end) => format!("at most {end}"),
            (start, end) => format!("{start} to {end}"),
        };
        let (room, there, what) = match () {
            () if !along.contains(&points) => (range(&along), points, "places along the axis"),
            () if !beside.contains(&series) => (range(&beside), series, self.series_are()),
            () => return None,
        };
        Some(format!("`{}` shows {room} {what}, but here are {there}", self.word()))
    }

    /// What its series are called in messages.
    fn series_are(self) -> &'static str {
        match self {
            ChartForm::Columns => "columns at a place",
            ChartForm::Bars => "bars at a place",
            ChartForm::StackedBars => "parts of a bar",
            ChartForm::Line | ChartForm::Slope | ChartForm::Xmr => "lines",
            ChartForm::SmallMultiples => "small charts",
        }
    }
}

/// What lies along the axis, and the form, where the part says neither.
fn usual(rows_are_times: bool, columns_are_times: bool, rows: usize, columns: usize) -> (Along, ChartForm) {
    let lines = |series| if series <= 4 { ChartForm::Line } else { ChartForm::SmallMultiples };
    match () {
        () if rows_are_times && columns <= 2 && rows <= 24 => (Along::Rows, ChartForm::Columns),
        () if rows_are_times => (Along::Rows, lines(columns)),
        () if columns_are_times && columns > 3 => (Along::Columns, lines(rows)),
        () if columns <= 3 => (Along::Rows, ChartForm::Bars),
        () if rows <= 24 => (Along::Columns, ChartForm::SmallMultiples),
        () => (Along::Rows, ChartForm::SmallMultiples),
    }
}

/// The columns of figures in the unit of the first, but for those that follow from others.
fn alike(file: &TableFile) -> Vec<usize> {
    let figures = || file.columns.iter().enumerate().filter(|(_, column)| column.has_figures());
    let unit = |column: &Column| (column.holds(), column.unit.as_ref().map(|unit| unit.value.typed().to_owned()));
    let Some((first, head)) = figures().next() else { return Vec::new() };
    let is_alike =
        |(place, column): &(usize, &Column)| *place == first || (unit(column) == unit(head) && column.is.is_none());
    figures().filter(is_alike).map(|(place, _)| place).collect()
}

/// A name that has no room along the foot of a chart, also on a phone. Of times and numbers in their order some stand for all.
fn without_room<'n>(names: &[&'n Text], across: usize) -> Option<&'n Text> {
    let share = across / names.len().max(1);
    names.iter().copied().find(|name| name.value.chars().count() >= share)
}

/// The rows under no other that are neither totals nor headings.
fn whole_rows(file: &TableFile) -> Vec<usize> {
    let is_whole = |row: &Row| row.level == 0 && !row.is_total() && !row.is_heading() && row.is.is_none();
    file.rows.iter().enumerate().filter(|(_, row)| is_whole(row)).map(|(place, _)| place).collect()
}

/// The places of what is named.
fn places<'n>(
    named: &[At<Id>],
    what: &str,
    all: impl Iterator<Item = &'n Id>,
    findings: &mut Findings,
) -> Option<Vec<usize>> {
    let before = findings.len();
    let all: Vec<&Id> = all.collect();
    let names = || all.iter().map(|id| id.as_str());
    let mut places = Vec::new();
    for one in named {
        match all.iter().position(|id| **id == one.value) {
            None => findings.push(
                Diagnostic::error(Code::UnknownReference, one.at, format!("there is no {what} `{}`", one.value))
                    .did_you_mean(one.value.as_str(), names())
                    .help(format!("its {what}s are {}", names().collect::<Vec<_>>().join(", "))),
            ),
            Some(place) if places.contains(&place) => findings.push(
                Diagnostic::error(Code::DuplicateId, one.at, format!("the {what} `{}` is named twice", one.value))
                    .help("remove one of the two"),
            ),
            Some(place) => places.push(place),
        }
    }
    (findings.len() == before).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_become_columns_or_lines_and_names_bars() {
        const TIMES: bool = true;
        let form = |rows_are_times, columns_are_times, rows, columns| {
            let (along, form) = usual(rows_are_times, columns_are_times, rows, columns);
            format!("{} along {}", form.word(), along.word())
        };
        assert_eq!(form(TIMES, false, 12, 1), "columns along rows");
        assert_eq!(form(TIMES, false, 12, 2), "columns along rows");
        assert_eq!(form(TIMES, false, 60, 2), "line along rows");
        assert_eq!(form(TIMES, false, 12, 4), "line along rows");
        assert_eq!(form(TIMES, false, 12, 7), "small-multiples along rows");
        assert_eq!(form(false, TIMES, 3, 5), "line along columns");
        assert_eq!(form(false, TIMES, 9, 5), "small-multiples along columns");
        assert_eq!(form(false, TIMES, 9, 2), "bars along rows", "two years are compared");
        assert_eq!(form(false, false, 5, 1), "bars along rows");
        assert_eq!(form(false, false, 5, 6), "small-multiples along columns");
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let objection = |form: ChartForm, points, series| form.objection(points, series);
        assert_eq!(objection(ChartForm::Line, 12, 4), None);
        assert_eq!(objection(ChartForm::Line, 12, 5).as_deref(), Some("`line` shows at most 4 lines, but here are 5"));
        assert_eq!(
            objection(ChartForm::Slope, 12, 2).as_deref(),
            Some("`slope` shows 2 to 3 places along the axis, but here are 12")
        );
    }
}
