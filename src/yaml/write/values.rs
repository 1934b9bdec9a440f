//! Values that stand in the order of something else, put into another order: a list of them, or one line with `|`.

use std::ops::Range;

use super::{Around, Draft, Entry, New, NoRoom, find, is_flow};
use crate::diagnostic::Span;
use crate::yaml::{Node, Value};

/// What stands at a place of the new order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// What stood at a place.
    Old(usize),
    New(String),
}

impl Draft<'_> {
    /// Puts the values at a place into another order, each typed as it was.
    pub fn reorder(&mut self, values: Span, slots: &[Slot]) -> Result<(), NoRoom> {
        let node = find(&self.tree, values, |_| true).ok_or_else(NoRoom::gone)?.clone();
        match &node.value {
            _ if slots.is_empty() => Err(NoRoom::new("no value would be left", "remove the row instead")),
            Value::Scalar { text, .. } => self.reorder_line(&node, text, slots),
            Value::Sequence(items) => self.reorder_list(&node, items, slots),
            Value::Mapping(_) => Err(NoRoom::gone()),
        }
    }

    fn reorder_line(&mut self, node: &Node, read: &str, slots: &[Slot]) -> Result<(), NoRoom> {
        let range = self.whole(node);
        let typed = &self.text[range.clone()];
        let mark = if typed.starts_with(['"', '\'']) { &typed[..1] } else { "" };
        let inner = &typed[mark.len()..typed.len() - mark.len()];
        let joined = |text: &str| -> Result<String, NoRoom> {
            let parts: Vec<&str> = text.split('|').map(str::trim).collect();
            let part = |slot: &Slot| match slot {
                Slot::Old(place) => parts.get(*place).map(|part| (*part).to_owned()).ok_or_else(NoRoom::gone),
                Slot::New(text) => Ok(text.clone()),
            };
            Ok(slots.iter().map(part).collect::<Result<Vec<_>, NoRoom>>()?.join(" | "))
        };
        let (written, text) = (format!("{mark}{}{mark}", joined(inner)?), joined(read)?);
        self.edits.push((range, written));
        let meant = Node { at: Draft::nowhere(node.at), value: Value::Scalar { text, plain: false } };
        self.mean(node.at, |place| *place = meant)
    }

    fn reorder_list(&mut self, node: &Node, items: &[Node], slots: &[Slot]) -> Result<(), NoRoom> {
        let entry = |place| Entry { list: node.at, place, of: items.len() };
        let places: Vec<Range<usize>> =
            (0..items.len()).map(|place| self.region(entry(place))).collect::<Result<_, NoRoom>>()?;
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Err(NoRoom::gone()) };
        let whole = first.start..last.end;
        let flow = is_flow(node, self.text);
        if flow && self.text[whole.clone()].contains('\n') && self.text[whole.clone()].contains('#') {
            return Err(NoRoom::new("a comment stands among the values", "make the change in the file itself"));
        }
        let around = Around { in_flow: flow, ..self.around };
        let indent = self.text[first.clone()].len() - self.text[first.clone()].trim_start_matches(' ').len();
        let usual = if flow { ", " } else { self.around.line_end };
        let (mut written, mut meant) = (String::new(), Vec::new());
        for (place, slot) in slots.iter().enumerate() {
            if let Some(before) = place.checked_sub(1) {
                let between =
                    places.get(before).zip(places.get(place)).map(|(one, next)| &self.text[one.end..next.start]);
                written += between.unwrap_or(usual);
            }
            match slot {
                Slot::Old(old) => {
                    written += &self.text[places.get(*old).ok_or_else(NoRoom::gone)?.clone()];
                    meant.push(items[*old].clone());
                }
                Slot::New(text) => {
                    let new = New::Text(text.clone());
                    written +=
                        &if flow { new.in_flow(around)? } else { " ".repeat(indent) + &new.item(around)?.join("") };
                    meant.push(new.node(node.at));
                }
            }
        }
        self.edits.push((whole, written));
        self.mean_of(node.at, |value| matches!(value, Value::Sequence(_)), |list| list.value = Value::Sequence(meant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    #[test]
    fn values_take_another_order_however_they_stand() {
        let slots = [Slot::Old(2), Slot::New("…".to_owned()), Slot::Old(0), Slot::Old(0)];
        for (text, after) in [
            ("v: 1 | 2 (p) | 3  # so\n", "v: 3 | … | 1 | 1  # so\n"),
            ("v: \"1|2|3\"\n", "v: \"3 | … | 1 | 1\"\n"),
            ("v: [\"1,0\", 2, 3]\n", "v: [3, …, \"1,0\", \"1,0\"]\n"),
            ("v:\n  - 1\n  - 2\n  - 3 # so\n", "v:\n  - 3 # so\n  - …\n  - 1\n  - 1\n"),
        ] {
            let mut draft = Draft::of(FileId(0), text).unwrap();
            let Value::Mapping(fields) = &draft.tree().value else { panic!() };
            let at = fields[0].1.at;
            draft.reorder(at, &slots).unwrap();
            assert_eq!(draft.written().as_deref(), Ok(after));
        }
    }
}
