//! A table of a document as a table file, to be filled in: the document says neither where its figures come from nor what
//! they count.

use super::yaml_text::{MISSING, in_flow, scalar};
use crate::model::values::figure::Figure;
use crate::office::document::{Inline, Table, TableCell};
use crate::yaml::Parse;

/// The most columns of a table file.
const MOST_COLUMNS: usize = 14;

/// Writes a table file; `note` names the notes. What cannot be kept is said.
pub fn write(table: &Table, note: &dyn Fn(usize) -> String) -> (String, Vec<String>) {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| words(cell, note)).collect()).collect();
    let (heads, body) = rows.split_at(table.headings.min(rows.len()));
    let columns = columns(table, heads, body);
    let mut text = format!("source: {MISSING}\n");
    text += &format!("caption: {}\n", table.caption.as_deref().map_or(MISSING.to_owned(), scalar));
    let names = heads.last().and_then(|row| row.first()).filter(|name| !name.is_empty());
    let above = heads.first().and_then(|row| row.first()).filter(|name| !name.is_empty());
    text += &format!("rows-are: {}\n", names.or(above).map_or(MISSING.to_owned(), |name| scalar(name)));
    text += "columns:\n";
    text += &columns.iter().map(Column::line).collect::<String>();
    text += "rows:\n";
    text +=
        &body.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).map(|row| line_of(row)).collect::<String>();
    (text, objections(table, columns.len(), heads.len()))
}

/// A column as it will stand in the file.
struct Column {
    id: String,
    name: String,
    kind: Option<&'static str>,
    /// The name over it and its neighbours, where it is the first of them, and how far these reach.
    group: Option<String>,
    is_grouped: bool,
}

impl Column {
    fn line(&self) -> String {
        let group =
            self.group.as_ref().map(|name| format!("  - group: {}\n    columns:\n", scalar(name))).unwrap_or_default();
        let room = if self.is_grouped { "      " } else { "  " };
        let kind = self.kind.map(|kind| format!(", type: {kind}")).unwrap_or_default();
        let name = if self.name.is_empty() { MISSING.to_owned() } else { in_flow(&self.name) };
        format!("{group}{room}- {{id: {}, name: {name}{kind}}}\n", self.id)
    }
}

fn columns(table: &Table, heads: &[Vec<String>], body: &[Vec<String>]) -> Vec<Column> {
    let width = table.rows.first().map_or(0, Vec::len);
    let mut ids: Vec<String> = Vec::new();
    (1..width)
        .map(|place| {
            let name =
                heads.iter().rev().map(|row| row.get(place).cloned().unwrap_or_default()).find(|name| !name.is_empty());
            let name = name.unwrap_or_default();
            let (group, is_grouped) = group(table, heads, place);
            let id = unique(id(&name, place), &ids);
            ids.push(id.clone());
            let cells: Vec<&str> = body.iter().filter_map(|row| row.get(place)).map(String::as_str).collect();
            Column { id, name, kind: kind(&cells), group, is_grouped }
        })
        .collect()
}

/// The name over several columns that begins at a place, and whether the place has one.
fn group(table: &Table, heads: &[Vec<String>], place: usize) -> (Option<String>, bool) {
    let [above, .., _] = heads else { return (None, false) };
    let is_merged = |place: usize| table.rows[0].get(place).is_some_and(|cell| cell.is_merged);
    let begins = !is_merged(place) && is_merged(place + 1);
    let name = above.get(place).filter(|name| begins && !name.is_empty()).cloned();
    (name, begins || is_merged(place) && place > 1)
}

fn id(name: &str, place: usize) -> String {
    let words = crate::model::values::id::Id::of_name(&without_note(name)).map(|id| id.as_str().to_owned());
    match words {
        Some(words) if words.starts_with(|first: char| first.is_ascii_digit()) => format!("y{words}"),
        Some(words) => words,
        None => format!("column-{place}"),
    }
}

fn unique(id: String, known: &[String]) -> String {
    match known.contains(&id) {
        true => (2..).map(|more| format!("{id}-{more}")).find(|id| !known.contains(id)).unwrap_or(id),
        false => id,
    }
}

/// What the cells of a column hold, as far as all of them say it.
fn kind(cells: &[&str]) -> Option<&'static str> {
    let bare: Vec<String> = cells.iter().map(|cell| without_note(cell)).collect();
    let said: Vec<&str> = bare.iter().map(String::as_str).filter(|cell| !is_nothing(cell)).collect();
    let all = |is: fn(&str) -> bool| said.iter().all(|cell| is(cell));
    match () {
        () if said.is_empty() => None,
        () if all(is_count) => Some("count"),
        () if all(|cell| is_number(cell.trim_end_matches('%').trim_end()) && cell.ends_with('%')) => Some("percentage"),
        () if all(|cell| cell.contains(['£', '€', '$']) && Figure::parse(cell).is_ok()) => Some("money"),
        () if all(is_number) => Some("number"),
        // Of a column of figures one that cannot be read is an error of its own, so that totals stay checked.
        () if said.iter().filter(|cell| Figure::parse(cell).is_ok()).count() * 2 > said.len() => None,
        () => Some("text"),
    }
}

fn is_nothing(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "" | "n/a" | "no data" | "–" | "-" | "nil" | "…")
}

fn is_count(cell: &str) -> bool {
    is_number(cell) && !cell.contains('.')
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '−', '–']).unwrap_or(cell);
    !digits.is_empty()
        && digits.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'))
        && Figure::parse(cell).is_ok()
}

/// A row with its values, each in quotation marks where YAML would read it otherwise.
fn line_of(row: &[String]) -> String {
    let name = row.first().filter(|name| !name.is_empty()).map_or(MISSING.to_owned(), |name| scalar(name));
    let values: Vec<String> = row.iter().skip(1).map(|value| cell(value)).collect();
    let total = if row.first().is_some_and(|name| is_total(name)) { "    total: yes\n" } else { "" };
    format!("  - name: {name}\n    values: [{}]\n{total}", values.join(", "))
}

fn cell(value: &str) -> String {
    match value {
        "" => MISSING.to_owned(),
        "N/A" | "N/a" => "n/a".to_owned(),
        "-" | "–" | "—" => "nil".to_owned(),
        value => in_flow(value),
    }
}

fn is_total(name: &str) -> bool {
    let name = without_note(name).to_lowercase();
    let words = ["total", "grand total", "subtotal", "sub-total", "sub total", "totals", "overall total"];
    words.contains(&name.trim_end_matches(':')) || name.starts_with("total ")
}

/// The words of a cell in one line, with its notes behind them.
fn words(cell: &TableCell, note: &dyn Fn(usize) -> String) -> String {
    let text = cell.inlines.iter().map(|inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Placeholder { source, .. } => source.clone(),
        Inline::Note(number) => format!(" {{{{ note {} }}}}", note(*number)),
        Inline::Break => " ".to_owned(),
    });
    text.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_note(text: &str) -> String {
    crate::model::without_notes(text)
}

fn objections(table: &Table, columns: usize, heads: usize) -> Vec<String> {
    let mut said = Vec::new();
    if columns > MOST_COLUMNS {
        said.push(format!("it has {columns} columns, and a table file has at most {MOST_COLUMNS}: part it"));
    }
    if columns == 0 {
        said.push("it has one column: a list in the text says the same".to_owned());
    }
    let merged = table.rows.iter().skip(heads).flatten().filter(|cell| cell.is_merged).count();
    if merged > 0 {
        said.push(format!("{merged} of its cells are merged with others: write into each what it shows"));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_figures_stays_one_when_a_figure_cannot_be_read() {
        assert_eq!(kind(&["1,204", "630", "–"]), Some("count"));
        assert_eq!(kind(&["1,204", "630", "<5", "1,834+"]), None);
        assert_eq!(kind(&["Open", "Closed", "3"]), Some("text"));
    }
}
