//! Parts a text into lines of cells.

use crate::office::sheet::Unreadable;
use crate::office::workbook::{MOST_CELLS, TextForm, too_many_cells};

/// How many cells there may be, with the empty ones, for each that may hold something.
const EMPTY_CELLS: usize = 4;

/// What stands between cells, and the text without a line that says so.
pub fn separator<'t>(text: &'t str, ending: &str, form: &TextForm) -> Result<(char, &'t str), Unreadable> {
    let (said, text) = said_first(text);
    if let Some(separator) = form.separator.or(said) {
        return Ok((separator, text));
    }
    if !ending.eq_ignore_ascii_case("csv") {
        return Ok(('\t', text));
    }
    let fits: Vec<(usize, char)> =
        ['\t', ';', ',', '|'].map(|separator| (regular(text, separator), separator)).to_vec();
    let best = fits.iter().map(|(lines, _)| *lines).max().unwrap_or_default();
    let mut best_ones =
        fits.into_iter().filter(|(lines, separator)| *lines == best && !(form.decimal_comma && *separator == ','));
    match (best, best_ones.next(), best_ones.next()) {
        // A single column has nothing between cells, and any separator gives the same.
        (0, ..) | (_, None, _) => Ok((',', text)),
        (_, Some((_, separator)), None) => Ok((separator, text)),
        (_, Some((_, one)), Some((_, other))) => Err(Unreadable::new(
            format!("`{one}` or `{other}` may stand between the cells: both part its lines evenly"),
            format!("say `separator: \"{one}\"` or `separator: \"{other}\"`"),
        )),
    }
}

/// The separator that a first line names (`sep=;`), which spreadsheets do not show.
fn said_first(text: &str) -> (Option<char>, &str) {
    let mut letters = text.strip_prefix("sep=").unwrap_or_default().chars();
    match (letters.next(), letters.as_str()) {
        (Some(separator), rest) if rest.is_empty() || rest.starts_with(['\r', '\n']) => {
            (Some(separator), rest.strip_prefix('\r').unwrap_or(rest).trim_start_matches('\n'))
        }
        _ => (None, text),
    }
}

/// How many lines have as many separators, outside quotation marks, as most have; none if most have none.
fn regular(text: &str, separator: char) -> usize {
    let (mut counts, mut count, mut quoted) = (Vec::new(), 0usize, false);
    for letter in text.chars().chain(['\n']) {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => counts.push(std::mem::take(&mut count)),
            _ if letter == separator && !quoted => count += 1,
            _ => {}
        }
    }
    counts.retain(|count| *count > 0);
    counts.sort_unstable();
    counts.chunk_by(|one, other| one == other).map(<[usize]>::len).max().unwrap_or(0)
}

/// The lines, each with its cells as they stand. A cell in quotation marks may hold separators, line ends, and marks typed
/// twice. Empty cells count for the most that are read, as they need room, too.
pub fn read(text: &str, separator: char) -> Result<Vec<Vec<String>>, Unreadable> {
    let (mut lines, mut line, mut at, mut count) = (Vec::new(), Vec::new(), 0, 0);
    while at < text.len() {
        count += 1;
        if count > MOST_CELLS * EMPTY_CELLS {
            return Err(too_many_cells());
        }
        let (cell, end) = cell(text, at, separator)?;
        line.push(cell);
        let rest = &text[end..];
        at = match rest.chars().next() {
            Some(letter) if letter == separator => end + letter.len_utf8(),
            _ => {
                lines.push(std::mem::take(&mut line));
                end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
            }
        };
    }
    lines.extend((!line.is_empty()).then_some(line));
    Ok(lines)
}

/// The cell that begins at a letter, and where it ends.
fn cell(text: &str, start: usize, separator: char) -> Result<(String, usize), Unreadable> {
    let end_from = |at: usize| at + text[at..].find([separator, '\r', '\n']).unwrap_or(text.len() - at);
    if !text[start..].starts_with('"') {
        let end = end_from(start);
        return Ok((text[start..end].to_owned(), end));
    }
    let (mut inside, mut at) = (String::new(), start + 1);
    loop {
        let mark = at + text[at..].find('"').ok_or_else(|| not_closed(text, start))?;
        inside.push_str(&text[at..mark]);
        at = mark + 1;
        if !text[at..].starts_with('"') {
            break;
        }
        inside.push('"');
        at += 1;
    }
    // What stands behind the closing mark belongs to the cell, as spreadsheets read it.
    let end = end_from(at);
    Ok((inside + &text[at..end], end))
}

fn not_closed(text: &str, start: usize) -> Unreadable {
    let line = text[..start].matches('\n').count() + 1;
    Unreadable::new(
        format!("the quotation mark that opens a cell in line {line} is not closed"),
        "close it, or save the file again from the spreadsheet",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<char, Unreadable> {
        separator(text, "csv", &TextForm::default()).map(|(separator, _)| separator)
    }

    #[test]
    fn the_separator_is_told_from_the_lines() {
        assert_eq!(told("a,b\n1,2\n"), Ok(','));
        assert_eq!(told("a;b\n1,5;2\n3;4,5\n"), Ok(';'));
        assert_eq!(told("a\tb; c, d\n1\t2\n"), Ok('\t'));
        assert_eq!(told("\"a;b\",c\n\"1;2\",3\n"), Ok(','));
        assert_eq!(told("only\none\ncolumn\n"), Ok(','));
        assert!(told("1,5;2,5\n3,5;4,5\n").unwrap_err().message.contains("`;` or `,`"));
        let comma = TextForm { decimal_comma: true, ..TextForm::default() };
        assert_eq!(separator("1,5;2,5\n3,5;4,5\n", "csv", &comma).unwrap().0, ';');
    }

    #[test]
    fn a_first_line_may_name_the_separator() {
        assert_eq!(separator("sep=|\r\na|b", "csv", &TextForm::default()), Ok(('|', "a|b")));
        assert_eq!(separator("separate,b", "csv", &TextForm::default()), Ok((',', "separate,b")));
    }

    #[test]
    fn a_text_of_separators_alone_is_too_large() {
        assert!(read(&",".repeat(2_000_001), ',').unwrap_err().message.contains("too large"));
        assert!(read(&",".repeat(1_000), ',').is_ok());
    }

    #[test]
    fn cells_stand_as_they_were_typed() {
        let lines = read("a, \"b\" ,\r\n\"c,\nd\"\"e\" f,\n\n,x", ',').unwrap();
        assert_eq!(lines, [vec!["a", " \"b\" ", ""], vec!["c,\nd\"e f", ""], vec![""], vec!["", "x"]]);
        assert!(read("a\n\"b", ',').unwrap_err().message.contains("line 2"));
    }
}
