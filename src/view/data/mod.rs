//! The data beside the tables: one dataset for each data file that a report shows, in plain numbers.
//!
//! In: the model, and the figures of its facts. Out: [`Dataset`]s that know what each of their columns holds. The CSV file,
//! what describes it to programs, and what search engines are told are all written from them.

mod column;
mod deliverables;
mod indicators;
mod survey;
mod table;

pub use column::{DataColumn, Holds, unit_in_words};

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::CopyEditor;
use crate::fact::FactId;
use crate::model::values::Figure;
use crate::model::{Data, Part};
use crate::yaml::Text;

/// A table as data: columns that are described, rows of plain text.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Name of its file, without ending.
    pub stem: String,
    pub title: String,
    /// What a line of it is.
    pub description: String,
    /// What notes say of its columns and texts, and of the whole.
    pub notes: Vec<String>,
    pub columns: Vec<DataColumn>,
    pub rows: Vec<Vec<String>>,
    /// Names of the columns that tell its rows apart.
    pub key: Vec<String>,
    /// The column that names a row by its id, and the column of the ids.
    pub parents: Option<[String; 2]>,
}

/// What all numbers of a column keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// None is below nought.
    pub from_nought: bool,
    /// They are percentages, and none is above a hundred.
    pub to_hundred: bool,
}

/// The datasets of a report, by the names of their files, each once.
pub fn datasets(editor: &CopyEditor) -> Vec<Dataset> {
    // Several parts can show one file.
    let shown: BTreeMap<&str, &Data> = editor.report.parts().filter_map(Part::data).collect();
    shown.into_iter().map(|(stem, data)| dataset(editor, stem, data)).collect()
}

fn dataset(editor: &CopyEditor, stem: &str, data: &Data) -> Dataset {
    let mut dataset = match data {
        Data::Table(file, _) => table::dataset(editor, stem, file),
        Data::Indicators(file, _) => indicators::dataset(editor, stem, file),
        Data::Survey(file) => survey::dataset(editor, stem, file),
        Data::Deliverables(file, _) => deliverables::dataset(editor, stem, file),
    };
    for column in &mut dataset.columns {
        column.unit_said = column.unit.as_deref().map(|unit| unit_in_words(editor.wording(), unit));
    }
    dataset
}

impl Dataset {
    /// Its columns, each with its cells.
    pub fn columns_with_cells(&self) -> impl Iterator<Item = (&DataColumn, impl Iterator<Item = &str> + Clone)> {
        self.columns
            .iter()
            .enumerate()
            .map(|(place, column)| (column, self.rows.iter().filter_map(move |row| row.get(place)).map(String::as_str)))
    }

    /// The columns that tell its rows apart; none where two rows are alike in them.
    pub fn tells_apart(&self) -> &[String] {
        let places: Option<Vec<usize>> = self.key.iter().map(|name| self.place(name)).collect();
        let places = places.unwrap_or_default();
        let mut seen = BTreeSet::new();
        let mut told = self.rows.iter().map(|row| places.iter().map(|place| &row[*place]).collect::<Vec<_>>());
        if told.all(|row| seen.insert(row)) { &self.key } else { &[] }
    }

    /// The column that names a parent by its id, and that of the ids, where an id is of one row alone.
    pub fn parents(&self) -> Option<&[String; 2]> {
        let is_key = |parents: &&[String; 2]| self.tells_apart() == [parents[1].as_str()];
        self.parents.as_ref().filter(is_key)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// What the numbers of a column keep to. A column of words has none.
pub fn bounds<'c>(column: &DataColumn, cells: impl Iterator<Item = &'c str>) -> Bounds {
    let is_percentage = column.unit.as_deref() == Some(column::PER_CENT);
    let has_numbers = matches!(column.holds, Holds::Number | Holds::Whole);
    let mut bounds = Bounds { from_nought: true, to_hundred: is_percentage };
    for number in cells.filter(|_| has_numbers).filter_map(|cell| cell.parse::<Decimal>().ok()) {
        bounds.from_nought &= number >= Decimal::ZERO;
        bounds.to_hundred &= number <= Decimal::ONE_HUNDRED;
    }
    bounds
}

/// What the notes of texts say, each behind the words that it belongs to.
fn said<'t>(editor: &CopyEditor, texts: impl IntoIterator<Item = (&'t Text, &'t Text)>) -> Vec<String> {
    let of_text = |(name, text): (&Text, &Text)| {
        let name = editor.plain(name);
        editor.said_in_notes(text).into_iter().map(move |note| format!("{name}: {note}")).collect::<Vec<_>>()
    };
    texts.into_iter().flat_map(of_text).collect()
}

/// A figure as it was typed; of one that is computed its value.
fn figure_of_fact(editor: &CopyEditor, fact: FactId, scale: Decimal) -> Option<Figure> {
    match editor.facts.get(fact).typed {
        Some(typed) => Some(typed),
        None => Some(editor.facts.quantity(fact)?.in_scale(scale).rounded()),
    }
}

/// The number of a figure; nothing where it has no one number.
fn number(figure: Option<Figure>) -> String {
    figure.and_then(Figure::number).map(|number| number.to_string()).unwrap_or_default()
}

/// The unit of a figure; nothing where there is no figure.
fn unit(figure: Option<Figure>) -> String {
    figure.filter(|figure| !figure.is_absent()).map(Figure::unit_name).unwrap_or_default()
}

fn names<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(rows: &[[&str; 3]]) -> Dataset {
        let row = |row: &[&str; 3]| row.map(str::to_owned).to_vec();
        Dataset {
            stem: "costs".to_owned(),
            title: "Costs".to_owned(),
            description: String::new(),
            notes: Vec::new(),
            columns: vec![
                DataColumn::text("id", "Id"),
                DataColumn::text("part_of_id", "Parent"),
                DataColumn::number("share", "Share", Some("per cent")),
            ],
            rows: rows.iter().map(row).collect(),
            key: names(["id"]),
            parents: Some(["part_of_id".to_owned(), "id".to_owned()]),
        }
    }

    #[test]
    fn columns_are_a_key_only_where_they_tell_all_rows_apart() {
        let apart = costs(&[["staff", "", "60"], ["pay", "staff", "40"]]);
        assert_eq!((apart.tells_apart(), apart.parents().is_some()), (&names(["id"])[..], true));
        let alike = costs(&[["staff", "", ""], ["staff", "staff", "40"]]);
        assert_eq!((alike.tells_apart(), alike.parents().is_some()), (&[][..], false));
    }

    #[test]
    fn bounds_are_those_that_every_number_keeps() {
        let bounds_of = |cells: [&'static str; 3]| {
            let dataset = costs(&cells.map(|cell| ["id", "", cell]));
            let (column, cells) = dataset.columns_with_cells().last().unwrap();
            let Bounds { from_nought, to_hundred } = bounds(column, cells);
            (from_nought, to_hundred)
        };
        assert_eq!(bounds_of(["0", "100", ""]), (true, true));
        assert_eq!(bounds_of(["0.1", "100.1", ""]), (true, false));
        assert_eq!(bounds_of(["-0.1", "12", ""]), (false, true));
    }
}
