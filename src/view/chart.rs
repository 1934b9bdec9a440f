//! Charts of tables and indicators as they are shown.
//!
//! First what is drawn is gathered in one form for both kinds of data ([`Matter`]); then it is given its places in the box
//! of the chart, and the words that have room there. A figure that is printed in the chart is the one of the table.

mod bars;
mod lines;
mod marks;
mod matter;
mod multiples;
mod places;
mod variation;

use serde::Serialize;

use super::charts::{Cut, Fill, Plot};
use super::copy_editor::{CopyEditor, Words};
use crate::model::values::ChartForm;
use crate::model::{Chart, Data, IndicatorShow, Show, TableShow};
use crate::wording::Wording;
use bars::BarRow;
use matter::Matter;
use multiples::SmallChart;
use variation::Sign;

/// A chart.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChartView {
    /// Its title, with its number where the report numbers.
    pub title: Words,
    /// What it is a chart of, where the title says something else.
    pub caption: Option<Words>,
    /// What is drawn of it, where that is one of several, and the unit.
    pub about: Option<String>,
    /// What its fills stand for.
    pub key: Vec<KeyEntry>,
    /// The same in words.
    pub description: String,
    pub drawing: Drawing,
    /// What is said under it, in signs and in words.
    pub signs: Vec<Sign>,
    pub remarks: Vec<Words>,
    /// All its figures, for the page, where no table of the report has them.
    pub table: Option<ChartTable>,
    /// Which file has them, for print, where not all of them have room in it either.
    pub in_file: Option<String>,
}

/// What a fill stands for.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyEntry {
    pub fill: Fill,
    pub name: String,
}

/// How a chart is drawn.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Drawing {
    Plot(Box<Plot>),
    /// Bars beside each other, or one after the other in one row.
    Bars {
        rows: Vec<BarRow>,
        stacked: bool,
    },
    Small {
        charts: Vec<SmallChart>,
    },
}

/// The figures of a chart.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChartTable {
    pub id: String,
    pub caption: String,
    pub places_are: String,
    pub series: Vec<String>,
    pub rows: Vec<ChartRow>,
}

/// The figures of a place; no words where there is none.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChartRow {
    pub name: String,
    pub figures: Vec<Words>,
}

pub fn chart(editor: &CopyEditor, chart: &Chart) -> ChartView {
    let matter = Matter::of(editor, chart);
    let title = editor.caption(chart.caption());
    let caption = chart.title.as_ref().map(|_| editor.words(chart.data.caption()));
    let watched = chart.watched().and_then(|column| editor.facts.variation_of(&editor.report.id, &chart.stem, column));
    for marks in matter.boxes(editor, chart.form, watched) {
        editor.draw(marks);
    }
    let (key, drawing) = match chart.form {
        ChartForm::Columns => (
            matter.key_of_columns(editor.wording()),
            Drawing::Plot(Box::new(lines::columns(editor, &matter).with_rooms())),
        ),
        ChartForm::Line => (Vec::new(), Drawing::Plot(Box::new(lines::line(editor, &matter).with_rooms()))),
        ChartForm::Xmr => {
            let plot = watched.map(|one| variation::plot(editor, &matter, one).with_rooms());
            (Vec::new(), Drawing::Plot(Box::new(plot.unwrap_or_default())))
        }
        ChartForm::Slope => (Vec::new(), Drawing::Plot(Box::new(lines::slope(editor, &matter).with_rooms()))),
        ChartForm::Bars => (
            matter.key_of_bars(editor.wording()),
            Drawing::Bars { rows: bars::beside(editor, &matter), stacked: false },
        ),
        ChartForm::StackedBars => (
            matter.key_of_bars(editor.wording()),
            Drawing::Bars { rows: bars::stacked(editor, &matter), stacked: true },
        ),
        ChartForm::SmallMultiples => (Vec::new(), Drawing::Small { charts: multiples::multiples(editor, &matter) }),
    };
    let mut remarks = watched
        .zip(chart.watched())
        .map(|(one, column)| variation::remarks(editor, &matter, one, &chart.stem, column))
        .unwrap_or_default();
    remarks.extend(axis_without_nought(editor, &drawing));
    remarks.extend(marks::remarks(&matter, editor.wording()));
    let has_table = stands_elsewhere(editor, chart);
    let in_file = (!has_table && !drawing.names_all()).then(|| {
        let file = format!("{}.csv", chart.stem);
        editor.wording().say("chart.in-file", &[("file", &file)])
    });
    ChartView {
        title,
        caption,
        about: about(chart, &matter, editor.wording()),
        key,
        description: matter.description(chart.form, watched, editor),
        drawing,
        signs: watched.map(|one| variation::signs(editor, one)).unwrap_or_default(),
        remarks,
        table: (!has_table).then(|| table(editor, &matter, named_once(editor, chart), &id(editor, chart))),
        in_file,
    }
}

impl Drawing {
    /// Whether each figure that it draws stands beside its mark.
    fn names_all(&self) -> bool {
        match self {
            Drawing::Plot(plot) => plot.names_all(),
            Drawing::Bars { .. } => true,
            Drawing::Small { charts } => {
                charts.iter().filter_map(|one| one.plot.as_ref()).all(|plot| plot.dots.len() < 2)
            }
        }
    }
}

/// The one column or row that is drawn of a table with several, and the unit of its figures.
fn about(chart: &Chart, matter: &Matter, wording: &Wording) -> Option<String> {
    let has_others = match &chart.data {
        Data::Table(file, _) => file.columns.iter().filter(|column| column.has_figures()).count() > 1,
        Data::Indicators(file, _) => file.indicators().nth(1).is_some(),
        Data::Survey(_) | Data::Deliverables(..) => false,
    };
    let only = if let [only] = &matter.series[..] { Some(only.name.clone()) } else { None };
    let said: Vec<String> = only.filter(|_| has_others).into_iter().chain(matter.unit.clone()).collect();
    (!said.is_empty()).then(|| wording.listed(said))
}

/// Of an axis without nought: where it begins, or ends.
fn axis_without_nought(editor: &CopyEditor, drawing: &Drawing) -> Option<Words> {
    let Drawing::Plot(plot) = drawing else { return None };
    let (key, line) = match plot.cut? {
        Cut::Below => ("chart.cut", plot.lines.first()?),
        Cut::Above => ("chart.cut-above", plot.lines.last()?),
    };
    Some(Words::plain(editor.wording().say(key, &[("figure", &line.figure)])))
}

/// The charts of the report that stand before this one.
fn before<'c>(editor: &CopyEditor<'c>, chart: &'c Chart) -> impl Iterator<Item = &'c Chart> {
    editor.report.charts().take_while(move |one| !std::ptr::eq(*one, chart))
}

/// The title of a chart, with a number where another before it has the same: its table is a place of its own.
fn named_once(editor: &CopyEditor, chart: &Chart) -> String {
    let own = editor.plain(chart.caption());
    match before(editor, chart).filter(|one| editor.plain(one.caption()) == own).count() {
        0 => own,
        earlier => format!("{own} ({})", earlier + 1),
    }
}

/// What tells the table of a chart from those of other charts.
fn id(editor: &CopyEditor, chart: &Chart) -> String {
    format!("chart-table.{}", before(editor, chart).count() + 1)
}

/// Whether the report shows all figures of the chart in another way.
fn stands_elsewhere(editor: &CopyEditor, chart: &Chart) -> bool {
    let ways: &[Show] = match &chart.data {
        Data::Table(..) => &[Show::Table(TableShow::Table), Show::Table(TableShow::Costs)],
        Data::Indicators(..) => &[Show::Indicators(IndicatorShow::Dashboard)],
        Data::Survey(_) | Data::Deliverables(..) => &[],
    };
    ways.iter().any(|way| editor.report.shows(&chart.stem, *way))
}

fn table(editor: &CopyEditor, matter: &Matter, caption: String, id: &str) -> ChartTable {
    let row = |(place, name): (usize, &String)| ChartRow {
        name: name.clone(),
        figures: matter.series.iter().map(|one| one.cell(editor, place)).collect(),
    };
    ChartTable {
        id: id.to_owned(),
        caption,
        places_are: matter.places_are.clone(),
        series: matter.series.iter().map(|one| one.name.clone()).collect(),
        rows: matter.places.iter().enumerate().map(row).collect(),
    }
}
