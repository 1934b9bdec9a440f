//! The entries of a list: put in, taken out, moved and written twice, each with the comments right above it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::new::New;
use super::{Around, Draft, NoRoom, end_of, find, is_flow};
use crate::diagnostic::Span;
use crate::lines::{cut, end_of_line, is_parted, start_of_line, with_comments};
use crate::yaml::{Node, Value};

/// On which side of an entry a new one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// An entry of a list, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where the list stands.
    pub list: Span,
    pub place: usize,
    /// How many entries the list has.
    pub of: usize,
}

impl Draft<'_> {
    /// The innermost entry that some letters stand in, of a list with a name that is meant.
    pub fn entry(&self, letters: &Range<usize>, is_meant: impl Fn(&str) -> bool) -> Option<Entry> {
        let mut found = None;
        self.entry_in(&self.tree, letters, &is_meant, is_meant(""), &mut found);
        found
    }

    fn entry_in(
        &self,
        node: &Node,
        letters: &Range<usize>,
        is_meant: &dyn Fn(&str) -> bool,
        is_named: bool,
        found: &mut Option<Entry>,
    ) {
        match &node.value {
            Value::Scalar { .. } => {}
            Value::Sequence(items) => {
                let holds = |item: &Node| {
                    let whole = self.start_of_item(item)..end_of(item, self.text).max(item.at.start as usize);
                    whole.start <= letters.start && letters.end <= whole.end
                };
                let Some(place) = items.iter().position(holds) else { return };
                if is_named {
                    *found = Some(Entry { list: node.at, place, of: items.len() });
                }
                self.entry_in(&items[place], letters, is_meant, is_named, found);
            }
            Value::Mapping(fields) => {
                for (field, value) in fields {
                    self.entry_in(value, letters, is_meant, is_meant(&field.value), found);
                }
            }
        }
    }

    /// Puts a new entry beside one.
    pub fn insert(&mut self, beside: Entry, side: Side, new: &New) -> Result<(), NoRoom> {
        let items = self.items(beside)?;
        let own = &items[beside.place];
        let around = Around { in_flow: self.is_in_flow(beside.list), ..self.around };
        let written = if around.in_flow || is_flow(own, self.text) && matches!(new, New::Record(_)) {
            vec![new.in_flow(around)?]
        } else {
            Vec::new()
        };
        let lines = match (around.in_flow, written.is_empty()) {
            (true, _) => written,
            (false, true) => new.item(around)?,
            (false, false) => vec![format!("- {}", written[0])],
        };
        let node = new.node(beside.list);
        self.put(beside, side, lines, node)
    }

    /// Writes an entry twice. Ids in the second one are given a number, so that they are not the first one's.
    pub fn duplicate(&mut self, entry: Entry) -> Result<(), NoRoom> {
        let items = self.items(entry)?;
        let (own, mut copy) = (items[entry.place].clone(), items[entry.place].clone());
        let region = self.region(entry)?;
        let mut taken = BTreeSet::new();
        each_id(&mut self.tree.clone(), &mut |id, _| {
            taken.insert(id.clone());
        });
        let mut changes = Vec::new();
        each_id(&mut copy, &mut |id, at| {
            let stem = id.clone();
            while !taken.insert(id.clone()) {
                *id = next_id(id, &stem);
            }
            changes.push((at, id.clone()));
        });
        let mut text = self.text[region.clone()].to_owned();
        for (at, id) in changes.iter().rev() {
            let range = at.start as usize - region.start..at.end as usize - region.start;
            let around = Around { in_flow: self.is_in_flow(entry.list) || is_flow(&own, self.text), ..self.around };
            let typed = around.typed_as(id, &text[range.clone()]).unwrap_or_else(|| id.clone());
            text.replace_range(range, &typed);
        }
        let indent = self.text[region.start..].len() - self.text[region.start..].trim_start_matches(' ').len();
        let bare = |line: &str| line.trim_end_matches('\r').get(indent..).unwrap_or_default().to_owned();
        let lines = text.split('\n').map(bare).collect();
        let lines = if self.is_in_flow(entry.list) { vec![text] } else { lines };
        self.put(entry, Side::After, lines, copy)
    }

    /// Takes an entry out, with the comments right above it.
    pub fn remove(&mut self, entry: Entry) -> Result<(), NoRoom> {
        let items = self.items(entry)?;
        if items.len() == 1 {
            return Err(NoRoom::new(
                "nothing would be left of the list",
                "remove what the list stands in, or add an entry first",
            ));
        }
        let is_last = entry.place + 1 == items.len();
        let own = self.region(entry)?;
        let range = match self.is_in_flow(entry.list) {
            false => cut(self.text, own, is_last),
            true if is_last => self.region(Entry { place: entry.place - 1, ..entry })?.end..own.end,
            true => own.start..self.region(Entry { place: entry.place + 1, ..entry })?.start,
        };
        if self.is_in_flow(entry.list)
            && self.text[range.clone()].contains('#')
            && self.text[range.clone()].contains('\n')
        {
            return Err(NoRoom::new("a comment stands between the entries", "remove the entry in the file itself"));
        }
        self.edits.push((range, String::new()));
        self.mean_list(entry, |items| drop(items.remove(entry.place)))
    }

    /// Moves an entry by so many places, up where it is negative. What stands between entries stays where it is.
    pub fn shift(&mut self, entry: Entry, by: isize) -> Result<(), NoRoom> {
        let count = self.items(entry)?.len();
        let to = entry.place.checked_add_signed(by).filter(|to| *to < count).ok_or_else(|| {
            NoRoom::new(
                "the entry stands at the end of its list already",
                "move it into another list in the file itself",
            )
        })?;
        let (first, last) = (entry.place.min(to), entry.place.max(to));
        let places: Result<Vec<Range<usize>>, NoRoom> =
            (first..=last).map(|place| self.region(Entry { place, ..entry })).collect();
        let places = places?;
        let mut texts: Vec<&str> = places.iter().map(|range| &self.text[range.clone()]).collect();
        if to > entry.place {
            texts.rotate_left(1)
        } else {
            texts.rotate_right(1)
        }
        let edits: Vec<(Range<usize>, String)> =
            places.iter().cloned().zip(texts.into_iter().map(str::to_owned)).collect();
        self.edits.extend(edits.into_iter().filter(|(range, _)| first != last || range.is_empty()));
        self.mean_list(entry, |items| {
            let moved = items.remove(entry.place);
            items.insert(to, moved);
        })
    }

    /// Puts lines beside an entry.
    fn put(&mut self, beside: Entry, side: Side, lines: Vec<String>, node: Node) -> Result<(), NoRoom> {
        let own = self.region(beside)?;
        let edit = if self.is_in_flow(beside.list) {
            match side {
                Side::Before => (own.start..own.start, format!("{}, ", lines.join(" "))),
                Side::After => (own.end..own.end, format!(", {}", lines.join(" "))),
            }
        } else {
            let dash = self.dash(&self.items(beside)?[beside.place])?;
            let indent = " ".repeat(dash - start_of_line(self.text, dash));
            let gap = if self.has_gaps(beside)? { self.around.line_end } else { "" };
            let indented = |line: &String| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
            let block: Vec<String> = lines.iter().map(indented).collect();
            let block = block.join(self.around.line_end);
            match side {
                Side::Before => (own.start..own.start, format!("{block}{}{gap}", self.around.line_end)),
                Side::After => (own.end..own.end, format!("{}{gap}{block}", self.around.line_end)),
            }
        };
        self.edits.push(edit);
        let place = beside.place + usize::from(side == Side::After);
        self.mean_list(beside, |items| items.insert(place, node))
    }

    /// Whether empty lines part the entries of a list where one stands.
    fn has_gaps(&self, entry: Entry) -> Result<bool, NoRoom> {
        let first = if entry.place + 1 < entry.of { entry.place } else { entry.place.saturating_sub(1) };
        Ok(entry.of > 1 && is_parted(self.text, self.region(Entry { place: first, ..entry })?.end))
    }

    /// The letters of an entry: between brackets its own, else its lines without the last line end.
    pub(super) fn region(&self, entry: Entry) -> Result<Range<usize>, NoRoom> {
        let items = self.items(entry)?;
        let own = &items[entry.place];
        if self.is_in_flow(entry.list) {
            return Ok(own.at.start as usize..end_of(own, self.text));
        }
        let dash = self.dash(own)?;
        let earliest = match entry.place.checked_sub(1) {
            Some(above) => end_of_line(self.text, end_of(&items[above], self.text)),
            None => self.end_above(dash),
        };
        Ok(with_comments(self.text, dash..end_of(own, self.text).max(dash + 1), earliest))
    }

    /// Where the line above the comments ends that stand over the first entry of a list: that of its name.
    fn end_above(&self, dash: usize) -> usize {
        let mut end = 0;
        let name = |name: &Span| if (name.end as usize) <= dash { name.end as usize } else { 0 };
        each_name(&self.tree, &mut |at| end = end.max(name(&at)));
        if end == 0 { 0 } else { end_of_line(self.text, end) }
    }

    /// The hyphen of an entry, which begins its line.
    fn dash(&self, item: &Node) -> Result<usize, NoRoom> {
        let dash = self.start_of_item(item);
        let line = start_of_line(self.text, dash);
        let begins = self.text[line..dash].trim().is_empty() && self.text[dash..].starts_with('-');
        begins.then_some(dash).ok_or_else(|| {
            NoRoom::new("the entry does not begin a line", "write each entry on a line of its own, after `- `")
        })
    }

    /// Where an entry begins, with its hyphen where it has one.
    fn start_of_item(&self, item: &Node) -> usize {
        let start = item.at.start as usize;
        let before = self.text[..start].trim_end();
        if before.ends_with('-') { before.len() - 1 } else { start }
    }

    fn items(&self, entry: Entry) -> Result<&Vec<Node>, NoRoom> {
        let list = find(&self.tree, entry.list, |value| matches!(value, Value::Sequence(_)));
        match list.map(|list| &list.value) {
            Some(Value::Sequence(items)) if entry.place < items.len() => Ok(items),
            _ => Err(NoRoom::gone()),
        }
    }

    fn mean_list(&mut self, entry: Entry, change: impl FnOnce(&mut Vec<Node>)) -> Result<(), NoRoom> {
        self.mean_of(
            entry.list,
            |value| matches!(value, Value::Sequence(_)),
            |list| {
                if let Value::Sequence(items) = &mut list.value {
                    change(items);
                }
            },
        )
    }

    /// Whether a list stands between brackets.
    fn is_in_flow(&self, list: Span) -> bool {
        self.text[list.letters()].starts_with('[')
    }
}

fn each_name(node: &Node, visit: &mut impl FnMut(Span)) {
    match &node.value {
        Value::Scalar { .. } => {}
        Value::Sequence(items) => items.iter().for_each(|item| each_name(item, visit)),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                visit(name.at);
                each_name(value, visit);
            }
        }
    }
}

/// Calls `visit` with the id of every record and its place.
fn each_id(node: &mut Node, visit: &mut impl FnMut(&mut String, Span)) {
    match &mut node.value {
        Value::Scalar { .. } => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| each_id(item, visit)),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                let at = value.at;
                match &mut value.value {
                    Value::Scalar { text, .. } if name.value == "id" => visit(text, at),
                    _ => each_id(value, visit),
                }
            }
        }
    }
}

/// The id behind one: `costs`, `costs-2`, `costs-3`.
fn next_id(id: &str, stem: &str) -> String {
    let number = id.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-')?.parse::<usize>().ok());
    format!("{stem}-{}", number.unwrap_or(1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    const LIST: &str = "# All.\nrows:\n  # The first.\n  - id: a  # so\n    name: A\n\n  # ---- Others ----\n\n  # The second.\n  - id: b\n    rows:\n      - {id: c, name: C}\n      - {id: d, name: D}\n\n  - id: e\nx: 1\n";

    fn edited(
        text: &str,
        at: &str,
        name: Option<&str>,
        edit: impl Fn(&mut Draft, Entry) -> Result<(), NoRoom>,
    ) -> String {
        let start = text.find(at).unwrap();
        let mut draft = Draft::of(FileId(0), text).unwrap();
        let entry = draft.entry(&(start..start + at.len()), |one| name.is_none_or(|name| one == name)).unwrap();
        edit(&mut draft, entry).unwrap();
        draft.written().unwrap()
    }

    #[test]
    fn an_entry_goes_with_its_comments_and_others_stay() {
        let without = |at: &str, name| edited(LIST, at, name, |draft, entry| draft.remove(entry));
        assert_eq!(without("id: a", None), LIST.replace("  # The first.\n  - id: a  # so\n    name: A\n\n", ""));
        assert_eq!(without("id: d", None), LIST.replace("      - {id: d, name: D}\n", ""));
        assert_eq!(without("id: e", None), LIST.replace("\n  - id: e\n", ""));
        assert_eq!(
            without("id: b", None),
            LIST.replace(
                "  # The second.\n  - id: b\n    rows:\n      - {id: c, name: C}\n      - {id: d, name: D}\n\n",
                ""
            )
        );
    }

    #[test]
    fn entries_change_places_and_what_parts_them_stays() {
        let moved = edited(LIST, "id: a", None, |draft, entry| draft.shift(entry, 1));
        assert!(moved.starts_with("# All.\nrows:\n  # The second.\n  - id: b\n"), "{moved}");
        assert!(
            moved.contains("\n\n  # ---- Others ----\n\n  # The first.\n  - id: a  # so\n    name: A\n\n  - id: e\n"),
            "{moved}"
        );
        assert_eq!(edited(&moved, "id: a", None, |draft, entry| draft.shift(entry, -1)), LIST);
        let inner = edited(LIST, "id: d", Some("rows"), |draft, entry| draft.shift(entry, -1));
        assert!(inner.contains("      - {id: d, name: D}\n      - {id: c, name: C}\n\n"));
        assert_eq!(edited("a: [x, y, z]\n", "z", None, |draft, entry| draft.shift(entry, -2)), "a: [z, x, y]\n");
    }

    #[test]
    fn a_duplicate_has_ids_of_its_own() {
        let twice = edited(LIST, "id: b", Some("rows"), |draft, entry| draft.duplicate(entry));
        let copy = "\n\n  # The second.\n  - id: b-2\n    rows:\n      - {id: c-2, name: C}\n      - {id: d-2, name: D}\n\n  - id: e";
        assert!(twice.contains(copy), "{twice}");
        assert_eq!(
            edited("a: [{id: x}]\n", "{id: x}", None, |draft, entry| draft.duplicate(entry)),
            "a: [{id: x}, {id: x-2}]\n"
        );
    }

    #[test]
    fn a_new_entry_stands_as_its_neighbours_do() {
        let new = New::Record(vec![
            ("id".to_owned(), New::Text("new".to_owned())),
            ("values".to_owned(), New::List(vec![New::Text("1,2".to_owned()), New::Text("3".to_owned())])),
        ]);
        let with = |at: &str, side| edited(LIST, at, None, |draft, entry| draft.insert(entry, side, &new));
        assert_eq!(
            with("id: d", Side::After),
            LIST.replace("name: D}\n", "name: D}\n      - {id: new, values: [\"1,2\", 3]}\n")
        );
        assert_eq!(
            with("id: b", Side::Before),
            LIST.replace("  # The second.", "  - id: new\n    values: [\"1,2\", 3]\n\n  # The second.")
        );
        assert_eq!(
            with("id: e", Side::After),
            LIST.replace("id: e\n", "id: e\n\n  - id: new\n    values: [\"1,2\", 3]\n")
        );
        let windows = edited("a:\r\n- x\r\n- y", "y", None, |draft, entry| {
            draft.insert(entry, Side::After, &New::Text("z: 1".to_owned()))
        });
        assert_eq!(windows, "a:\r\n- x\r\n- y\r\n- \"z: 1\"");
    }

    #[test]
    fn the_last_entry_of_a_list_stays() {
        let mut draft = Draft::of(FileId(0), "a: [x]\n").unwrap();
        let entry = draft.entry(&(4..5), |_| true).unwrap();
        assert!(draft.remove(entry).is_err());
    }
}
