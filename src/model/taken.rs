//! What was taken from workbooks, as it was written down beside `imports.yaml` when it was taken: `taken.csv`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::source::SourceTree;
use crate::spreadsheet;

/// The name of the record in a report's folder.
pub const TAKEN: &str = "taken.csv";

/// A figure as it was taken from a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenFigure {
    /// Without the report's name.
    pub address: String,
    /// Id of the import.
    pub import: String,
    /// The name of the file, and the SHA-256 of its bytes.
    pub workbook: String,
    pub sha256: String,
    /// When and by whom it was saved last, as the file says.
    pub saved_at: String,
    pub saved_by: String,
    pub sheet: String,
    /// `F8`
    pub cell: String,
    /// `Quarter 1 / %`
    pub headings: String,
    /// The row's name in the workbook.
    pub row: String,
    pub stored: String,
    pub format: String,
    pub shown: String,
    pub formula: String,
    /// As it was typed into the content.
    pub written: String,
}

/// What stands in a column of the record: its heading, and how it is read and written.
type Column = (&'static str, fn(&TakenFigure) -> &String, fn(&mut TakenFigure) -> &mut String);

macro_rules! columns {
    ($($heading:literal $field:ident,)*) => { [$(($heading, |one| &one.$field, |one| &mut one.$field),)*] };
}

const COLUMNS: [Column; 15] = columns! {
    "address" address,
    "import" import,
    "workbook" workbook,
    "sha256" sha256,
    "saved_at" saved_at,
    "saved_by" saved_by,
    "sheet" sheet,
    "cell" cell,
    "headings" headings,
    "row" row,
    "stored" stored,
    "format" format,
    "shown" shown,
    "formula" formula,
    "written" written,
};

/// The record of a report: its figures by their addresses without the report's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenRecord {
    pub figures: BTreeMap<String, TakenFigure>,
}

impl TakenFigure {
    /// What stands before the patterns of a control total, which has no address.
    pub const CONTROL_TOTAL: &str = "control total of ";

    /// Whether it is a control total of the checks file.
    pub fn is_control_total(&self) -> bool {
        self.address.starts_with(Self::CONTROL_TOTAL)
    }
}

impl TakenRecord {
    /// Reads the record of a folder, `REPORT/`; an empty one where there is none.
    pub fn of_folder(tree: &SourceTree, folder: &str, findings: &mut Findings) -> Self {
        let path = format!("{folder}{TAKEN}");
        let named =
            tree.texts.get(&format!("{folder}imports.yaml")).or(tree.texts.get(&format!("{folder}report.yaml")));
        let Some(named) = named.map(|file| Span::new(*file, 0..0)) else { return Self::default() };
        let record = match tree.text_of_blob(&path, named) {
            None => return Self::default(),
            Some(Ok(text)) => Self::read(&text).map_err(|(at, message)| {
                let at = tree.sources.place(&tree.shown(&path), &text, at..at);
                Diagnostic::error(Code::WrongValue, at, message)
                    .help("Tally writes this file: take it back from the repository, or remove it and run `tally import` again")
            }),
            Some(Err(fault)) => Err(*fault),
        };
        record.unwrap_or_else(|fault| {
            findings.push(fault);
            Self::default()
        })
    }

    /// Reads a record; the error says what is wrong, and at which letter.
    fn read(text: &str) -> Result<Self, (usize, String)> {
        let lines = spreadsheet::read(text).map_err(|fault| (fault.at, fault.message.to_owned()))?;
        let Some((head, rows)) = lines.split_first() else {
            return Err((0, "the record of what was taken is empty".to_owned()));
        };
        if !head.cells.iter().map(|cell| cell.text.as_str()).eq(COLUMNS.iter().map(|(heading, ..)| *heading)) {
            return Err((0, "the headings of the record of what was taken are others".to_owned()));
        }
        let mut record = Self::default();
        for row in rows {
            let at = row.at().start;
            if row.cells.len() != COLUMNS.len() {
                return Err((at, "a line of the record of what was taken has too many cells or too few".to_owned()));
            }
            let mut figure = TakenFigure::default();
            for ((_, _, field), cell) in COLUMNS.iter().zip(&row.cells) {
                *field(&mut figure) = unguarded(&cell.text).to_owned();
            }
            if let Some(twice) = record.figures.insert(figure.address.clone(), figure) {
                return Err((at, format!("{} stands twice in the record of what was taken", twice.address)));
            }
        }
        Ok(record)
    }

    /// The record as it is written.
    pub fn written(&self) -> String {
        let mut lines = vec![COLUMNS.map(|(heading, ..)| heading.to_owned()).join(",")];
        let line = |figure: &TakenFigure| COLUMNS.map(|(_, field, _)| cell(field(figure))).join(",");
        lines.extend(self.figures.values().map(line));
        lines.join("\n") + "\n"
    }
}

/// A text as a cell: one that begins like a formula is kept from becoming one where the file is opened.
fn cell(text: &str) -> String {
    let text = if is_guarded(text) { format!("'{text}") } else { text.to_owned() };
    let needs_quotes = text.contains(['"', ',', '\n', '\r']) || text.trim() != text;
    if needs_quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn is_guarded(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\'', '\t'])
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_guarded(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_record_that_was_changed_by_hand_is_refused_at_its_place() {
        let written = TakenRecord::default().written();
        assert!(TakenRecord::read(&written.replace("sheet", "tab")).is_err());
        let row = "a.b,dashboard,k.xlsx,aa,,,S,A1,H,R,1,,1,,1\n";
        assert_eq!(TakenRecord::read(&format!("{written}{row}{row}")).unwrap_err().0, written.len() + row.len());
        assert_eq!(TakenRecord::read(&format!("{written}a,b\n")).unwrap_err().0, written.len());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(texts in prop::collection::vec("[-=+@'a-z0-9,\"£%][-=+@'a-z0-9,\" £%\n]{0,6}[a-z]", 15)) {
            let mut figure = TakenFigure::default();
            for ((_, _, field), text) in COLUMNS.iter().zip(&texts) {
                *field(&mut figure) = text.clone();
            }
            let record = TakenRecord { figures: [(figure.address.clone(), figure)].into() };
            prop_assert_eq!(TakenRecord::read(&record.written()), Ok(record));
        }
    }
}
