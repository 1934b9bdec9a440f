//! What a supplier's file says: the headings of its columns, and rows with a name and a cell under each heading.

use std::collections::HashMap;

use super::error;
use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::SuppliedFile;
use crate::spreadsheet::{self, Cell, Line};
use crate::wording::Wording;

/// The file.
pub struct Supplied {
    /// Its name in the folder.
    pub name: String,
    /// The headings behind that of the names.
    pub headings: Vec<Said>,
    pub rows: Vec<Row>,
}

/// A row of the file. Lines that have one name and several periods are one row.
pub struct Row {
    pub name: Said,
    /// Each under its heading, with that of its period before it.
    pub cells: Vec<(String, Said)>,
}

/// Words of the file, and where they stand: in which line, counted from 1.
#[derive(Clone)]
pub struct Said {
    pub text: String,
    pub at: Span,
    pub line: usize,
}

/// Reads the file that a comparison names. All that is wrong with it is told at once.
pub fn read(subject: &Subject, wording: &Wording, folder: &str, one: &SuppliedFile) -> Result<Supplied, Findings> {
    let name = &one.csv;
    let path = format!("{folder}{}", name.value);
    let Some(read) = subject.tree.text_of_blob(&path, name.at).filter(|_| name.value.ends_with(".csv")) else {
        let finding = Diagnostic::error(
            Code::FileMissing,
            name.at,
            format!("there is no CSV file `{}` in the folder", name.value),
        );
        let beside = subject.tree.files_in(folder.trim_end_matches('/')).filter_map(|path| path.strip_prefix(folder));
        return Err(vec![
            finding.did_you_mean(&name.value, beside).help("its name ends in .csv; capital letters count"),
        ]);
    };
    let text = read.map_err(|fault| vec![*fault])?;
    let shown = subject.tree.shown(&path);
    let place = |range| subject.tree.sources.place(&shown, &text, range);
    let lines = spreadsheet::read(&text).map_err(|fault| {
        let finding = Diagnostic::error(Code::SupplierAgrees, place(fault.at..fault.at + 1), fault.message);
        vec![finding.help("save it from the spreadsheet again, as CSV UTF-8 (comma delimited)")]
    })?;
    let said = |cell: &Cell| {
        let at = place(cell.at.clone());
        Said { text: single_spaced(&cell.text), at, line: subject.tree.sources.line_column(at).0 }
    };
    let misfits = misfits(&lines, place);
    if !misfits.is_empty() {
        return Err(misfits);
    }
    let Some((head, rows)) = lines.split_first() else {
        return Err(vec![error(name.at, format!("{} is empty", name.value))]);
    };
    let headings: Vec<Said> = head.cells[1..].iter().map(said).collect();
    let rows = folded(wording, &headings, rows.iter().map(|line| line.cells.iter().map(said).collect()));
    let headings = headings.into_iter().enumerate().filter(|(place, heading)| !is_time(wording, *place, heading));
    let headings = headings.map(|(_, heading)| heading).collect();
    Ok(Supplied { name: name.value.clone(), headings, rows })
}

/// Lines that have another number of cells than the first.
fn misfits(lines: &[Line], place: impl Fn(std::ops::Range<usize>) -> Span) -> Findings {
    let columns = lines.first().map_or(0, |line| line.cells.len());
    if let ([first, ..], true) = (lines, columns < 2) {
        let finding =
            error(place(first.at()), "the first line has one cell, and should have a heading for each column");
        return vec![finding.help("cells are parted by commas: save it as CSV UTF-8 (comma delimited)")];
    }
    let misfit = |line: &&Line| line.cells.len() != columns;
    let told = |line: &Line| {
        let cells = match line.cells.len() {
            1 => "one cell".to_owned(),
            many => format!("{many} cells"),
        };
        let message = format!("this line has {cells}, and the first one has {columns}");
        error(place(line.at()), message).help(
            "a cell in which a comma stands is put in quotation marks; title lines above the headings are taken out",
        )
    };
    lines.iter().filter(misfit).map(told).collect()
}

/// Whether under a heading right behind that of the names stands what time the cells of a line are about, in the language of
/// the report or in English.
fn is_time(wording: &Wording, place: usize, heading: &Said) -> bool {
    place == 0 && [wording, Wording::english()].iter().any(|one| one.is_phrase("phrases.times", &heading.text))
}

/// The rows: lines of one name are one where each says its period.
fn folded(wording: &Wording, headings: &[Said], lines: impl Iterator<Item = Vec<Said>>) -> Vec<Row> {
    let time = headings.iter().enumerate().position(|(place, heading)| is_time(wording, place, heading));
    let mut rows: Vec<Row> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for line in lines {
        let Some((name, cells)) = line.split_first() else { continue };
        let period = time.and_then(|time| cells.get(time)).map(|period| period.text.clone());
        let under = |(place, cell): (usize, &Said)| {
            let heading = headings.get(place).filter(|_| Some(place) != time)?;
            let named = period.iter().fold(heading.text.clone(), |heading, period| format!("{period} {heading}"));
            Some((named, cell.clone()))
        };
        let cells = cells.iter().enumerate().filter_map(under);
        match places.get(&name.text).filter(|_| time.is_some()) {
            Some(place) => rows[*place].cells.extend(cells),
            None => {
                places.insert(name.text.clone(), rows.len());
                rows.push(Row { name: name.clone(), cells: cells.collect() });
            }
        }
    }
    rows
}

/// A text with single spaces between its words.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::wording::Wordings;

    /// Suppliers of a Welsh or French body may write English headings.
    #[test]
    fn headings_of_times_are_known_in_english_too() {
        let all = Wordings::default();
        for (language, text, is_one) in [
            ("fr", "Période", true),
            ("fr", "Quarter", true),
            ("cy", "Month", true),
            ("cy", "Visits", false),
            ("en", "Période", false),
        ] {
            let heading = Said { text: text.to_owned(), at: Span::new(FileId(0), 0..0), line: 1 };
            assert_eq!(is_time(all.find(language, None).unwrap(), 0, &heading), is_one, "{language}: {text}");
        }
    }
}
