//! The tables of a report as one workbook (`.ods`), for those who read tables in a spreadsheet.
//!
//! In: the datasets of a report, and its page. Out: the bytes of a workbook as the Government Analysis Function asks of
//! accessible ones: a sheet that leads to all others, one table a sheet with its title above it, marks apart from numbers,
//! no cell merged and none that only its colour explains, and last a sheet of notes. Ids are left to the CSV files.

use std::collections::BTreeSet;

use crate::model::values::FigureMark;
use crate::office::ods::write::{Book, Entry, Leaf, Width, write};
use crate::view::{DataColumn, Dataset, Holds, Page, unit_in_words};
use crate::wording::Wording;

/// The most cells of the tables of a workbook. Those who have more count with programs, which read the CSV files.
const MOST_CELLS: usize = 200_000;

/// The most letters that the name of a sheet may have: other programs cut longer ones.
const LONGEST_NAME: usize = 31;

/// The shorthand for figures that are not there, each with the message that says what it means.
const ABSENT: [(&str, &str); 4] = [
    ("[x]", "workbook.not-available"),
    ("[z]", "workbook.not-applicable"),
    ("[c]", "figure.suppressed-means"),
    ("[low]", "figure.low-means"),
];

/// Columns are as wide as their longest text asks for, in letters.
const NARROW: usize = 14;
const MIDDLE: usize = 60;

/// What sheets are made with.
struct Sheets<'a> {
    wording: &'a Wording,
    datasets: &'a [Dataset],
    /// The names of the sheets: of the contents, of each dataset, and of the notes.
    contents: String,
    names: Vec<String>,
    notes: String,
}

/// Writes the workbook; none where a report has no data, or more than a spreadsheet is good for.
pub fn workbook(datasets: &[Dataset], page: &Page) -> Option<Vec<u8>> {
    if datasets.is_empty() || datasets.iter().map(cells_of).sum::<usize>() > MOST_CELLS {
        return None;
    }
    let sheets = Sheets::of(datasets, &page.wording);
    let leaves = [sheets.of_contents(page)].into_iter().chain(sheets.of_tables()).chain([sheets.of_notes()]);
    let book = Book {
        title: title(page),
        creator: page.organisation.name.clone(),
        day: page.published_iso.clone(),
        language: page.language.clone(),
        is_rtl: page.wording.is_rtl(),
        leaves: leaves.collect(),
    };
    Some(write(&book))
}

/// How many cells of a table are shown and filled.
fn cells_of(dataset: &Dataset) -> usize {
    let shown = dataset.columns_with_cells().filter(|(column, _)| column.holds != Holds::Id);
    shown.map(|(_, cells)| cells.filter(|cell| !cell.is_empty()).count()).sum()
}

impl<'a> Sheets<'a> {
    fn of(datasets: &'a [Dataset], wording: &'a Wording) -> Self {
        let mut taken = BTreeSet::new();
        let contents = name_of(&wording.say("report.contents", &[]), &mut taken);
        let notes = name_of(&wording.say("workbook.notes", &[]), &mut taken);
        let names = datasets.iter().map(|dataset| name_of(&dataset.stem, &mut taken)).collect();
        Self { wording, datasets, contents, names, notes }
    }

    fn say(&self, message: &str) -> String {
        self.wording.say(message, &[])
    }

    /// The sheet that leads to the others.
    fn of_contents(&self, page: &Page) -> Leaf {
        let published = self.wording.say(
            "workbook.published",
            &[("organisation", page.organisation.name.as_str()), ("date", page.published.as_str())],
        );
        let licence = page.licence.as_ref().map(|licence| match &licence.to {
            Some(to) => Entry::To(licence.name.clone(), to.clone()),
            None => Entry::Line(licence.name.clone()),
        });
        let address = page.address.as_ref().map(|address| Entry::To(address.clone(), address.clone()));
        let above = [Entry::Title(title(page)), Entry::Line(page.description.text.clone()), Entry::Line(published)];
        let line = |(name, dataset): (&String, &Dataset)| {
            vec![
                Entry::ToLeaf(name.clone(), name.clone()),
                Entry::Words(dataset.title.clone()),
                Entry::Words(dataset.description.clone()),
            ]
        };
        let of_notes = vec![
            Entry::ToLeaf(self.notes.clone(), self.notes.clone()),
            Entry::Words(self.say("workbook.notes-about")),
            Entry::Nothing,
        ];
        Leaf {
            name: self.contents.clone(),
            widths: vec![Width::Middle, Width::Wide, Width::Wide],
            above: lines_of(above.into_iter().chain(licence).chain(address)),
            head: ["workbook.sheet", "workbook.table", "workbook.line"].map(|message| self.say(message)).to_vec(),
            lines: self.names.iter().zip(self.datasets).map(line).chain([of_notes]).collect(),
        }
    }

    fn of_tables(&self) -> impl Iterator<Item = Leaf> {
        self.names.iter().zip(self.datasets).map(|(name, dataset)| self.of_table(name, dataset))
    }

    fn of_table(&self, name: &str, dataset: &Dataset) -> Leaf {
        let is_shown = |(place, column): &(usize, &DataColumn)| {
            let has_any = || dataset.rows.iter().any(|row| !row[*place].is_empty());
            column.holds == Holds::Number || (column.holds != Holds::Id && has_any())
        };
        let shown: Vec<(usize, &DataColumn)> = dataset.columns.iter().enumerate().filter(is_shown).collect();
        let columns = || shown.iter().copied();
        let line = |row: &Vec<String>| columns().map(|(place, column)| entry(column, &row[place])).collect();
        let width = |(place, column): (usize, &DataColumn)| {
            let longest = dataset.rows.iter().map(|row| row[place].chars().count()).max().unwrap_or_default();
            width(column, longest)
        };
        Leaf {
            name: name.to_owned(),
            widths: columns().map(width).collect(),
            above: lines_of([
                Entry::Title(dataset.title.clone()),
                Entry::Line(dataset.description.clone()),
                self.back(),
            ]),
            head: columns().map(|(_, column)| heading(column)).collect(),
            lines: dataset.rows.iter().map(line).collect(),
        }
    }

    /// The sheet that says what marks mean, and what notes say of the tables.
    fn of_notes(&self) -> Leaf {
        let marks = self
            .marks()
            .into_iter()
            .chain(self.codes())
            .map(|(mark, means)| vec![Entry::Words(mark), Entry::Words(means)]);
        let of_tables = self.names.iter().zip(self.datasets).flat_map(|(name, dataset)| {
            let to = || Entry::ToLeaf(name.clone(), name.clone());
            dataset.notes.iter().map(move |note| vec![to(), Entry::Words(note.clone())])
        });
        Leaf {
            name: self.notes.clone(),
            widths: vec![Width::Middle, Width::Wide],
            above: lines_of([
                Entry::Title(self.say("workbook.notes")),
                Entry::Line(self.say("workbook.empty")),
                Entry::Line(self.say("workbook.ids")),
                self.back(),
            ]),
            head: ["workbook.mark", "workbook.means"].map(|message| self.say(message)).to_vec(),
            lines: marks.chain(of_tables).collect(),
        }
    }

    /// The marks that stand in some table, with what each means.
    fn marks(&self) -> Vec<(String, String)> {
        let cells = self.datasets.iter().flat_map(|dataset| dataset.rows.iter().flatten());
        let shorthand = |word: &&str| word.starts_with('[') && word.ends_with(']');
        let used: BTreeSet<&str> = cells.flat_map(|cell| cell.split(' ')).filter(shorthand).collect();
        let of_figures = FigureMark::ALL.iter().map(|(mark, letters, _)| (format!("[{letters}]"), mark.meaning()));
        let all = ABSENT.map(|(mark, means)| (mark.to_owned(), means)).into_iter().chain(of_figures);
        all.filter(|(mark, _)| used.contains(mark.as_str())).map(|(mark, means)| (mark, self.say(means))).collect()
    }

    /// The codes that stand in some table, with what each means, where that is said in other words. One that means something
    /// else in another column, such as a unit of the organisation's own, is there with both.
    fn codes(&self) -> BTreeSet<(String, String)> {
        let columns = self.datasets.iter().flat_map(Dataset::columns_with_cells);
        let of_column = |(column, cells): (&DataColumn, _)| {
            let meaning = |cell: &str| match &column.holds {
                Holds::Code(codes) => codes.iter().find(|(code, _)| *code == cell).map(|(_, means)| means.clone()),
                Holds::Unit => Some(unit_in_words(self.wording, cell)),
                _ => None,
            };
            let meant = |cell: &str| Some((cell.to_owned(), meaning(cell).filter(|means| means != cell)?));
            Iterator::filter_map(cells, meant).collect::<Vec<_>>()
        };
        columns.flat_map(of_column).collect()
    }

    fn back(&self) -> Entry {
        Entry::ToLeaf(self.say("workbook.back"), self.contents.clone())
    }
}

fn title(page: &Page) -> String {
    page.wording.say("page.report-title", &[("title", page.title.text.as_str()), ("subtitle", &page.subtitle.text)])
}

/// Each in a line of its own.
fn lines_of(entries: impl IntoIterator<Item = Entry>) -> Vec<Vec<Entry>> {
    entries.into_iter().map(|entry| vec![entry]).collect()
}

/// What a column is called over its cells: its words, with the unit of its numbers.
fn heading(column: &DataColumn) -> String {
    let unit = column.unit_said.as_ref().map(|unit| format!(" ({unit})"));
    match unit.filter(|unit| !column.title.ends_with(unit.as_str())) {
        Some(unit) => format!("{}{unit}", column.title),
        None => column.title.clone(),
    }
}

fn entry(column: &DataColumn, cell: &str) -> Entry {
    let cell = cell.to_owned();
    match column.holds {
        _ if cell.is_empty() => Entry::Nothing,
        Holds::Number => Entry::Number(cell),
        Holds::Whole => Entry::Ordinal(cell),
        Holds::Day => Entry::Day(cell),
        Holds::Text | Holds::Id | Holds::OneOf(_) | Holds::Code(_) | Holds::Unit | Holds::Several => Entry::Words(cell),
    }
}

/// How wide a column is whose longest cell has so many letters.
fn width(column: &DataColumn, longest: usize) -> Width {
    match column.holds {
        Holds::Number | Holds::Whole | Holds::Day => Width::Narrow,
        _ if longest <= NARROW => Width::Narrow,
        _ if longest <= MIDDLE => Width::Middle,
        _ => Width::Wide,
    }
}

/// A name for a sheet that no other has, whatever its capitals.
fn name_of(name: &str, taken: &mut BTreeSet<String>) -> String {
    let bare: String = name.chars().filter(|letter| !"[]*?:/\\'".contains(*letter)).collect();
    let cut = |most: usize| bare.chars().take(most).collect::<String>();
    let numbered = (2..).map(|number: usize| format!("{}-{number}", cut(LONGEST_NAME - 4)));
    let mut names = [cut(LONGEST_NAME)].into_iter().chain(numbered);
    // Of endlessly many names one is free.
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_means_two_things_is_told_with_both() {
        let column = |name: &str, means: &str| {
            DataColumn::text(name, name).holding(Holds::Code(vec![("total", means.to_owned())]))
        };
        let dataset = Dataset {
            stem: "costs".to_owned(),
            title: String::new(),
            description: String::new(),
            notes: Vec::new(),
            columns: vec![column("row_is", "the total of the rows above it"), column("kind", "all that was asked")],
            rows: vec![vec!["total".to_owned(), "total".to_owned()]],
            key: Vec::new(),
            parents: None,
        };
        let datasets = [dataset];
        let codes = Sheets::of(&datasets, Wording::english()).codes();
        let means: Vec<&str> = codes.iter().map(|(_, means)| means.as_str()).collect();
        assert_eq!(means, ["all that was asked", "the total of the rows above it"]);
    }

    #[test]
    fn sheets_have_names_of_their_own_that_other_programs_keep() {
        let mut taken = BTreeSet::new();
        let long = "programme-and-running-costs-of-all-directorates";
        let names = ["Contents", "contents", long, long].map(|name| name_of(name, &mut taken));
        assert_eq!(
            names,
            ["Contents", "contents-2", "programme-and-running-costs-of-", "programme-and-running-costs-2"]
        );
        assert!(names.iter().all(|name| name.chars().count() <= LONGEST_NAME));
    }

    #[test]
    fn a_heading_says_the_unit_once() {
        let column = |title: &str, unit: Option<&str>| DataColumn {
            unit_said: unit.map(str::to_owned),
            ..DataColumn::number("spent", title, unit)
        };
        assert_eq!(heading(&column("Spent", Some("GBP"))), "Spent (GBP)");
        assert_eq!(heading(&column("Spent (£’000)", Some("£’000"))), "Spent (£’000)");
        assert_eq!(heading(&column("Spent", None)), "Spent");
    }
}
