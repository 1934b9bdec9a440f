//! A CSV text, as spreadsheets save it (RFC 4180), as lines of cells, in which every cell knows where it stands.
//!
//! In: one text. Out: its [`Line`]s, but for those that are empty; or the first [`Fault`], behind which nothing can be told
//! apart.

use std::ops::Range;

/// One line, as a spreadsheet shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub cells: Vec<Cell>,
}

/// One cell: what it says, without the spaces round it, and its letters in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub at: Range<usize>,
}

/// Why the text is no CSV, at which letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub message: &'static str,
}

impl Line {
    /// The letters of the whole line.
    pub fn at(&self) -> Range<usize> {
        let (first, last) = (self.cells.first(), self.cells.last());
        first.map_or(0, |cell| cell.at.start)..last.map_or(0, |cell| cell.at.end)
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }
}

/// Reads a text.
pub fn read(text: &str) -> Result<Vec<Line>, Fault> {
    let (mut lines, mut cells, mut at) = (Vec::new(), Vec::new(), 0);
    while at < text.len() {
        let cell = cell(text, at)?;
        at = cell.at.end;
        cells.push(cell);
        let rest = &text[at..];
        if rest.starts_with(',') {
            at += 1;
            // A comma at the very end has one more cell behind it.
            cells.extend((at == text.len()).then(|| Cell { text: String::new(), at: at..at }));
        }
        let ending = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\r', '\n'])) };
        at += ending;
        if ending > 0 || at == text.len() {
            lines.push(Line { cells: std::mem::take(&mut cells) });
        }
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

/// The cell that begins at a letter.
fn cell(text: &str, start: usize) -> Result<Cell, Fault> {
    match text[start..].starts_with('"') {
        true => quoted(text, start),
        false => {
            let rest = &text[start..];
            let end = start + rest.find([',', '\r', '\n']).unwrap_or(rest.len());
            Ok(Cell { text: text[start..end].trim().to_owned(), at: start..end })
        }
    }
}

/// A cell in quotation marks, in which a mark of its own is typed twice.
fn quoted(text: &str, start: usize) -> Result<Cell, Fault> {
    let (mut inside, mut at) = (String::new(), start + 1);
    loop {
        let Some(mark) = text[at..].find('"').map(|mark| at + mark) else {
            return Err(Fault { at: start, message: "the quotation mark that opens this cell is not closed" });
        };
        inside.push_str(&text[at..mark]);
        at = mark + 1;
        if !text[at..].starts_with('"') {
            break;
        }
        inside.push('"');
        at += 1;
    }
    match text[at..].chars().next() {
        None | Some(',' | '\r' | '\n') => Ok(Cell { text: inside.trim().to_owned(), at: start..at }),
        Some(_) => Err(Fault { at, message: "something stands behind the closing quotation mark of a cell" }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let lines = read(text).unwrap();
        lines.into_iter().map(|line| line.cells.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_read_as_a_spreadsheet_shows_them() {
        assert_eq!(texts("Kind,Loans\r\nBooks,\"12,500\"\r\n"), [["Kind", "Loans"], ["Books", "12,500"]]);
        assert_eq!(texts("\"a \"\"b\"\"\",\n,\n1 ,"), [["a \"b\"", ""], ["1", ""]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn every_cell_knows_its_letters() {
        let text = "a,\"b, c\"\nd,e";
        let lines = read(text).unwrap();
        assert_eq!(&text[lines[0].cells[1].at.clone()], "\"b, c\"");
        assert_eq!(&text[lines[1].at()], "d,e");
    }

    #[test]
    fn what_is_no_csv_is_told_at_its_place() {
        assert_eq!(read("a,\"b\nc").unwrap_err().at, 2);
        assert_eq!(read("a,\"b\"c").unwrap_err().at, 5);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec("[a-z0-9,\"\n]{1,6}x", 2), 1..5)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let trimmed: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            prop_assert_eq!(texts(&text), trimmed);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[a\",\r\né]{0,20}") {
            let _ = read(&text);
        }
    }
}
