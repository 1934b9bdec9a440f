//! The columns of a table and the values of its rows, which stand in their order: they change together, so that no figure
//! comes to stand under another heading.

use std::ops::Range;

use super::asked::{Asked, AskedField};
use super::cells::{LineCell, line};
use super::surroundings::{field, text as said};
use crate::diagnostic::Span;
use crate::model::Show;
use crate::yaml::{Draft, Entry, NoRoom, Node, Side, Slot, Value};

/// Lists whose items stand in the order of something else; they change with it, or one by one.
pub const IN_ORDER: [&str; 3] = ["values", "figures", "periods"];

/// What stands in the cells of a new column.
const OPEN: &str = "…";

/// What becomes of a column, or of columns under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A new one stands beside it, which follows from others or does not.
    Beside(Side, bool),
    Gone,
    Moved(isize),
    Twice,
}

/// A column among all of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    /// Its place; none of a new one.
    place: Option<usize>,
    /// Whether its figures follow from others.
    follows: bool,
    /// Whether they are those of the edition before, which are never typed.
    is_last: bool,
}

/// Changes the values of all rows as the columns change. Another list of columns than that of a table has values that nothing
/// here knows.
/// `cells` are what stands in the rows of a new one; where nothing was said, that is still to be said.
pub fn follow(draft: &mut Draft, entry: Entry, becomes: Becomes, cells: &[String]) -> Result<(), NoRoom> {
    let tree = draft.tree().clone();
    if !matches!(Show::of_file(&tree), Some(Show::Table(_))) {
        return Err(NoRoom::new("figures stand in the order of these columns", "change both in the file itself"));
    }
    let before = columns(&tree, None);
    let after = columns(&tree, Some((entry, becomes)));
    let flat = |columns: &[Vec<Column>]| columns.concat();
    let (before, after) = (flat(&before), flat(&after));
    let rows = field(&tree, "rows").into_iter().flat_map(all_rows);
    for (row, values) in rows.filter_map(|row| field(row, "values")).enumerate() {
        let slots = slots(values, &before, &after, cells.get(row).map_or(OPEN, String::as_str))?;
        let is_same = slots.iter().enumerate().all(|(place, slot)| *slot == Slot::Old(place));
        if !is_same || slots.len() != count(values) {
            draft.reorder(values.at, &slots)?;
        }
    }
    Ok(())
}

/// The letters of the column that a cell of a table stands in.
pub fn at(tree: &Node, text: &str, letters: &Range<usize>) -> Option<Range<usize>> {
    let holds = |cell: &LineCell| {
        cell.as_ref().is_some_and(|(range, _)| range.start <= letters.start && letters.end <= range.end)
    };
    let place = rows(tree, text)?.iter().find_map(|row| row.iter().position(holds))?;
    let column = nodes(tree).into_iter().nth(place)?;
    Some(column.at.start as usize..column.end_of(text))
}

/// The names of the columns whose figures are typed.
pub fn typed_names(tree: &Node) -> Vec<String> {
    let is_typed = |column: &&Node| field(column, "is").is_none() && field(column, "last").is_none();
    let name = |column: &Node| Some(said(field(column, "name")?)?.to_owned());
    nodes(tree).into_iter().filter(is_typed).filter_map(name).collect()
}

/// What is asked for in a new column: a value for each row that has some.
pub fn asked_values(tree: &Node) -> Option<AskedField> {
    let rows = field(tree, "rows").into_iter().flat_map(all_rows).filter(|row| field(row, "values").is_some());
    let labels: Vec<String> = rows.filter_map(|row| Some(said(field(row, "name")?)?.to_owned())).collect();
    let about = "A value for each row; none where the column follows from others.".to_owned();
    let asked = Asked::Lines { labels };
    matches!(Show::of_file(tree), Some(Show::Table(_))).then(|| AskedField {
        name: VALUES.to_owned(),
        about,
        must: false,
        asked,
    })
}

/// What the values of a new column are given as.
pub const VALUES: &str = "values";

/// All columns of a table, those under one name too.
fn nodes(tree: &Node) -> Vec<&Node> {
    let all = field(tree, "columns").map(items).unwrap_or_default().iter();
    all.flat_map(|column| field(column, "columns").map_or(std::slice::from_ref(column), items)).collect()
}

/// The cells of all rows of a table, those within others too, by its columns; none of other files.
pub fn rows(tree: &Node, text: &str) -> Option<Vec<Vec<LineCell>>> {
    matches!(Show::of_file(tree), Some(Show::Table(_))).then_some(())?;
    let columns = columns(tree, None).concat();
    let of_row = |row: &Node| {
        let values = field(row, "values").map(|values| line(values, text)).unwrap_or_default();
        let leaves_out = values.len() == columns.iter().filter(|column| !column.follows).count();
        let mut values = values.into_iter();
        let is_typed = |column: &Column| if leaves_out { !column.follows } else { !column.is_last };
        columns.iter().map(|column| if is_typed(column) { values.next().flatten() } else { None }).collect()
    };
    Some(all_rows(field(tree, "rows")?).into_iter().map(of_row).collect())
}

/// The columns of a table by the entries of its list, as they are or as they become.
fn columns(tree: &Node, change: Option<(Entry, Becomes)>) -> Vec<Vec<Column>> {
    let mut next = 0;
    let mut column = |node: &Node| {
        next += 1;
        vec![Column {
            place: Some(next - 1),
            follows: field(node, "is").is_some() || field(node, "last").is_some(),
            is_last: field(node, "last").is_some(),
        }]
    };
    let Some(list) = field(tree, "columns") else { return Vec::new() };
    let mut all: Vec<Vec<Column>> = Vec::new();
    for node in items(list) {
        all.push(match field(node, "columns") {
            Some(group) => {
                let mut inner: Vec<Vec<Column>> = items(group).iter().map(&mut column).collect();
                change
                    .filter(|(entry, _)| entry.list == group.at)
                    .into_iter()
                    .for_each(|(entry, becomes)| becomes.of(entry.place, &mut inner));
                inner.concat()
            }
            None => column(node),
        });
    }
    change
        .filter(|(entry, _)| entry.list == list.at)
        .into_iter()
        .for_each(|(entry, becomes)| becomes.of(entry.place, &mut all));
    all
}

impl Becomes {
    fn of(self, place: usize, all: &mut Vec<Vec<Column>>) {
        match self {
            Becomes::Beside(side, follows) => {
                let new = vec![Column { place: None, follows, is_last: false }];
                all.insert(place + usize::from(side == Side::After), new);
            }
            Becomes::Gone => drop(all.remove(place)),
            Becomes::Twice => all.insert(place, all[place].clone()),
            Becomes::Moved(by) => {
                if let Some(to) = place.checked_add_signed(by).filter(|to| *to < all.len()) {
                    let moved = all.remove(place);
                    all.insert(to, moved);
                }
            }
        }
    }
}

/// What stands in the cells of a row then: of rows that leave out what follows from others, only the rest.
fn slots(values: &Node, before: &[Column], after: &[Column], new: &str) -> Result<Vec<Slot>, NoRoom> {
    let typed = |column: &&Column| !column.follows;
    let own = |column: &&Column| !column.is_last;
    let leaves_out = count(values) == before.iter().filter(typed).count();
    if !leaves_out && count(values) != before.iter().filter(own).count() {
        return Err(NoRoom::new(
            "a row has more or fewer values than the table has columns",
            "mend what the findings say of it first",
        ));
    }
    let is_there = |column: &&Column| if leaves_out { typed(column) } else { own(column) };
    let old: Vec<&Column> = before.iter().filter(is_there).collect();
    let slot = |column: &Column| match old.iter().position(|one| column.place.is_some() && one.place == column.place) {
        Some(place) => Slot::Old(place),
        None => Slot::New(new.to_owned()),
    };
    Ok(after.iter().filter(is_there).map(slot).collect())
}

fn count(values: &Node) -> usize {
    match &values.value {
        Value::Scalar { text, .. } => text.split('|').count(),
        Value::Sequence(items) => items.len(),
        Value::Mapping(_) => 0,
    }
}

/// All rows, each before those within it.
fn all_rows(rows: &Node) -> Vec<&Node> {
    let with_inner = |row| {
        let within = ["rows", "of-which"].into_iter().filter_map(|name| field(row, name)).flat_map(all_rows);
        [row].into_iter().chain(within).collect::<Vec<&Node>>()
    };
    items(rows).iter().flat_map(with_inner).collect()
}

fn items(node: &Node) -> &[Node] {
    if let Value::Sequence(items) = &node.value { items } else { &[] }
}

/// Whether a list is one of columns.
pub fn is_list_of_columns(draft: &Draft, list: Span) -> bool {
    fn holds(node: &Node, list: Span) -> bool {
        match &node.value {
            Value::Scalar { .. } => false,
            Value::Sequence(items) => items.iter().any(|item| holds(item, list)),
            Value::Mapping(fields) => fields.iter().any(|(name, value)| {
                name.value == "columns" && value.at == list && !matches!(value.value, Value::Scalar { .. })
                    || holds(value, list)
            }),
        }
    }
    holds(draft.tree(), list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::yaml::New;

    const TABLE: &str = "columns:\n  - group: Now\n    columns:\n      - {id: a, name: A}\n      - {id: b, name: B}\n  - {id: c, name: C}\n  - {id: d, name: D, is: a + b}\nrows:\n  - {name: All, values: 1 | 2 | 3}\n  - name: Some\n    rows:\n      - {name: Part, values: [4, \"5,000\", 6, 7]}\n";

    fn with(at: &str, becomes: Becomes) -> String {
        let start = TABLE.find(at).unwrap();
        let mut draft = Draft::of(FileId(0), TABLE).unwrap();
        let entry = draft.entry(&(start..start + at.len()), |name| name == "columns").unwrap();
        follow(&mut draft, entry, becomes, &[]).unwrap();
        match becomes {
            Becomes::Gone => draft.remove(entry).unwrap(),
            Becomes::Twice => draft.duplicate(entry).unwrap(),
            Becomes::Moved(by) => draft.shift(entry, by).unwrap(),
            Becomes::Beside(side, _) => {
                draft.insert(entry, side, &New::Record(vec![("id".to_owned(), New::Text("new".to_owned()))])).unwrap()
            }
        }
        draft.written().unwrap()
    }

    #[test]
    fn figures_stay_under_their_headings() {
        let has = |text: String, line: &str, list: &str| assert!(text.contains(line) && text.contains(list), "{text}");
        has(with("id: a", Becomes::Moved(1)), "2 | 1 | 3", "[\"5,000\", 4, 6, 7]");
        has(with("Now", Becomes::Moved(1)), "3 | 1 | 2", "[6, 4, \"5,000\", 7]");
        has(with("id: b", Becomes::Gone), "1 | 3}", "[4, 6, 7]");
        has(with("id: c", Becomes::Twice), "1 | 2 | 3 | 3", "[4, \"5,000\", 6, 6, 7]");
        has(with("id: d", Becomes::Moved(-1)), "1 | 2 | 3", "[4, \"5,000\", 7, 6]");
        has(with("id: c", Becomes::Beside(Side::Before, false)), "1 | 2 | … | 3", "[4, \"5,000\", …, 6, 7]");
        has(with("id: d", Becomes::Beside(Side::After, true)), "1 | 2 | 3}", "6, 7, …]");
    }
}
