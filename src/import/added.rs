//! New rows of a data file: blocks at the end of their list, with what the workbook gives and `…` where it gives nothing.

use super::listing::NewRow;
use crate::diagnostic::FileId;
use crate::model::values::{Id, IndicatorColumn};
use crate::model::{IndicatorFile, TableFile};
use crate::yaml::{self, Node, Text, Value};

/// What stands where the author has to say something.
const OPEN: &str = "…";

/// Fields of a row that are its own, which another row of the list does not have because that one has them.
const OF_ONE_ROW: [&str; 9] =
    ["rows", "of-which", "total", "is", "unit", "note", "rating-because", "percentage-because", "year"];

/// The list of a data file that rows are added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Rows,
    Indicators,
}

/// The same with its file.
#[derive(Debug, Clone, Copy)]
pub enum ListOf<'p> {
    Rows(&'p TableFile),
    Indicators(&'p IndicatorFile),
}

impl ListOf<'_> {
    pub fn kind(self) -> List {
        match self {
            Self::Rows(_) => List::Rows,
            Self::Indicators(_) => List::Indicators,
        }
    }
}

/// The lines of a new row, as the last one of the list has its fields; none where there is no such list.
pub fn lines(list: ListOf, tree: &Node, name: &str, figures: &[(String, String)]) -> Option<Vec<String>> {
    let items = items(list.kind(), tree)?;
    let Value::Mapping(fields) = &items.get(last_of(items)?)?.value else { return None };
    let names = fields.iter().map(|(name, _)| name.value.as_str()).filter(|name| !OF_ONE_ROW.contains(name));
    let given =
        |ending: &str| figures.iter().find(|(one, _)| one == ending).map_or(OPEN, |(_, figure)| figure.as_str());
    let columns = |list: &IndicatorFile| columns_of(list, figures);
    let field = |field: &str| match (field, list) {
        ("id", _) => {
            vec![format!("id: {}", Id::of_name(name).filter(starts_well).map_or(OPEN.to_owned(), |id| id.to_string()))]
        }
        ("name", _) => vec![format!("name: {}", yaml::quoted(name))],
        ("values", ListOf::Rows(table)) => vec![format!("values: {}", values(table, fields, given))],
        ("columns", ListOf::Indicators(file)) => {
            let words: Vec<&str> = columns(file).iter().map(|column| column.word()).collect();
            vec![format!(
                "columns: {}",
                if words.is_empty() { OPEN.to_owned() } else { format!("[{}]", words.join(", ")) }
            )]
        }
        ("figures", ListOf::Indicators(file)) => {
            let columns = columns(file);
            let period = |id: &str| {
                let all: Vec<String> =
                    columns.iter().map(|column| in_list(given(&format!("{id}.{}", column.word())))).collect();
                format!("  - [{}]", all.join(", "))
            };
            let periods = file.periods.iter().map(|one| period(one.id.as_str()));
            ["figures:".to_owned()].into_iter().chain(periods).collect()
        }
        ("target", ListOf::Indicators(_)) => vec![format!("target: {}", given("target"))],
        (field, _) => vec![format!("{field}: {OPEN}")],
    };
    Some(names.flat_map(field).collect())
}

/// A text with new rows at the end of their list; none where there is no room for them, or it would not be read as it is meant.
pub fn with_rows(file: FileId, text: &str, rows: &[&NewRow]) -> Option<String> {
    rows.iter().try_fold(text.to_owned(), |text, row| {
        let (list, lines) = row.block.as_ref()?;
        let list = *list;
        let tree = yaml::parse(file, &text).ok()?;
        let items = items(list, &tree)?;
        let last = &items[last_of(items)?];
        let line = text[..last.at.letters().start].rfind('\n').map_or(0, |end| end + 1);
        let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
        let is_block = text[line + indent..].starts_with("- ");
        let end = last.end_of(&text);
        let end = text[end..].find('\n').map_or(text.len(), |more| end + more + 1);
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut block = if text[..end].ends_with('\n') { String::new() } else { ending.to_owned() };
        for (place, line) in lines.iter().enumerate() {
            let lead = if place == 0 { "- " } else { "  " };
            block.push_str(&format!("{}{lead}{line}{ending}", " ".repeat(indent)));
        }
        let new = format!("{}{block}{}", &text[..end], &text[end..]);
        let read = yaml::parse(file, &new).ok()?;
        (is_block && said(&tree, list, 0) == said(&read, list, 1)).then_some(new)
    })
}

/// The items of the list that new rows go to: those of a table, or of the last group of indicators.
fn items<'n>(list: List, tree: &'n Node) -> Option<&'n [Node]> {
    let field = |node: &'n Node, name: &str| match &node.value {
        Value::Mapping(fields) => fields.iter().find(|(one, _)| one.value == name).map(|(_, node)| node),
        _ => None,
    };
    let node = match list {
        List::Rows => field(tree, "rows")?,
        List::Indicators => match field(tree, "groups") {
            Some(Node { value: Value::Sequence(groups), .. }) => field(groups.last()?, "indicators")?,
            _ => field(tree, "indicators")?,
        },
    };
    match &node.value {
        Value::Sequence(items) => Some(items),
        _ => None,
    }
}

/// The place of the last row that is no total of those above it.
fn last_of(items: &[Node]) -> Option<usize> {
    let follows = |node: &Node| match &node.value {
        Value::Mapping(fields) => fields.iter().any(|(name, _)| matches!(name.value.as_str(), "total" | "is")),
        _ => false,
    };
    items.iter().rposition(|item| !follows(item))
}

/// Everything that a tree says, without so many items behind the last row that is no total.
fn said(tree: &Node, list: List, without: usize) -> Vec<String> {
    let left_out: Option<&Node> =
        items(list, tree).and_then(|items| items.get(last_of(items)?)).filter(|_| without > 0);
    let mut all = Vec::new();
    say(tree, left_out, &mut all);
    all
}

fn say(node: &Node, left_out: Option<&Node>, all: &mut Vec<String>) {
    if left_out.is_some_and(|out| std::ptr::eq(out, node)) {
        return;
    }
    match &node.value {
        Value::Scalar { text, .. } => all.push(text.clone()),
        Value::Sequence(items) => {
            all.push("[".to_owned());
            items.iter().for_each(|item| say(item, left_out, all));
            all.push("]".to_owned());
        }
        Value::Mapping(fields) => {
            for (name, value) in fields {
                all.push(format!("{}:", name.value));
                say(value, left_out, all);
            }
        }
    }
}

/// The columns of an indicator for which the workbook gives anything.
fn columns_of(file: &IndicatorFile, figures: &[(String, String)]) -> Vec<IndicatorColumn> {
    let gives = |column: &IndicatorColumn| {
        file.periods
            .iter()
            .any(|period| figures.iter().any(|(ending, _)| *ending == format!("{}.{}", period.id, column.word())))
    };
    IndicatorColumn::ALL.iter().copied().filter(gives).collect()
}

/// The values of a row of a table, in the form of another row and of as many columns.
fn values<'f>(table: &TableFile, fields: &[(Text, Node)], given: impl Fn(&str) -> &'f str) -> String {
    let other = fields.iter().find(|(name, _)| name.value == "values").map(|(_, node)| &node.value);
    let count = match other {
        Some(Value::Sequence(items)) => items.len(),
        Some(Value::Scalar { text, .. }) => text.split('|').count(),
        _ => table.columns.len(),
    };
    let own = table.columns.iter().filter(|column| column.last.is_none());
    let leaves_out = count < own.clone().count();
    let columns = own.filter(|column| !(leaves_out && column.follows()));
    let all: Vec<&str> = columns.map(|column| given(column.id.value.as_str())).collect();
    match other {
        Some(Value::Sequence(_)) => format!("[{}]", all.iter().map(|one| in_list(one)).collect::<Vec<_>>().join(", ")),
        _ => all.join(" | "),
    }
}

/// A figure between brackets.
fn in_list(figure: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | '£' | ' ' | '…' | '/' | '-');
    if figure.chars().all(is_plain) && !figure.starts_with('-') { figure.to_owned() } else { format!("\"{figure}\"") }
}

fn starts_well(id: &Id) -> bool {
    id.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceMap, Span};

    fn with(text: &str, lines: &[&str]) -> Option<String> {
        let file = SourceMap::default().add("a.yaml", text);
        let block = Some((List::Rows, lines.iter().map(|line| (*line).to_owned()).collect()));
        let at = Span::new(file, 0..0);
        let row =
            NewRow { name: String::new(), place: String::new(), figures: Vec::new(), into: String::new(), at, block };
        with_rows(file, text, &[&row])
    }

    #[test]
    fn a_new_row_stands_behind_the_others_and_before_their_total() {
        let text =
            "rows:\n  - name: A\n    values: 1 | 2  # one\n\n  # All.\n  - {name: All, total: yes}\nnotes: [x]\n";
        let after = with(text, &["name: B", "values: 3 | …"]).unwrap();
        let block = "  - name: B\n    values: 3 | …\n";
        assert_eq!(after, text.replace("# one\n", &format!("# one\n{block}")));
        let windows = with("rows:\r\n- name: A\r\n  values:\r\n    - 1\r\n    - 2", &["name: B"]).unwrap();
        assert_eq!(windows, "rows:\r\n- name: A\r\n  values:\r\n    - 1\r\n    - 2\r\n- name: B\r\n");
    }

    #[test]
    fn rows_within_rows_stay_with_theirs() {
        let text = "rows:\n  - name: A\n    rows:\n      - name: A1\n        values: [\"1,2\",\n          3]\nx: y\n";
        let after = with(text, &["name: B"]).unwrap();
        assert_eq!(after, text.replace("3]\n", "3]\n  - name: B\n"));
    }

    #[test]
    fn a_list_in_brackets_has_no_room() {
        assert_eq!(with("rows: [{name: A, values: 1}]\n", &["name: B"]), None);
    }
}
