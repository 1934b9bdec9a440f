//! Which column of a workbook is which part of a row's addresses.

use std::collections::BTreeMap;

use super::alike::alike;
use super::layout::Layout;
use super::lines::{Line, Slot};
use super::place::column_name;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::{Denomination, TakenRows};
use crate::yaml::{At, Text};

/// A column that is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub column: u32,
    /// As the workbook has it.
    pub heading: String,
    /// What stands behind the row in the address: `q1.number`.
    pub ending: String,
    /// Where the imports file asks for it.
    pub asked: Span,
    /// The unit that its numbers have, where the imports file says so.
    pub unit: Option<At<Denomination>>,
}

/// The columns that an import takes. What is found nowhere, or more than once, is an error.
pub fn columns(layout: &Layout, rows: &TakenRows, lines: &[Line], file: &str, findings: &mut Findings) -> Vec<Column> {
    let mut endings: BTreeMap<&str, &Slot> = BTreeMap::new();
    for slot in lines.iter().flat_map(|line| &line.slots) {
        endings.entry(&slot.ending).or_insert(slot);
    }
    let mut all: Vec<Column> = Vec::new();
    for (pattern, heading) in &rows.take.0 {
        let meant: Vec<(&str, Vec<String>)> = endings
            .iter()
            .filter_map(|(ending, slot)| Some((*ending, headings(&pattern.value, &heading.value, slot)?)))
            .collect();
        if meant.is_empty() {
            let known: Vec<&str> = endings.keys().copied().collect();
            findings.push(
                Diagnostic::error(
                    Code::UnknownReference,
                    pattern.at,
                    format!("no figure of {} ends in `{}`", rows.into.value, pattern.value),
                )
                .did_you_mean(&pattern.value, known.iter().copied())
                .help(format!("what stands behind a row in its addresses: {}", known.join(", "))),
            );
        }
        for (ending, headings) in meant {
            if let Some(mut column) = column(layout, ending, &headings, heading, file, findings) {
                column.unit = rows.units.get(&pattern.value).cloned();
                all.push(column);
            }
        }
    }
    refuse_twice(&all, rows, findings);
    units_of_nothing(rows, findings);
    all.sort_by_key(|column| column.column);
    all
}

fn column(
    layout: &Layout,
    ending: &str,
    headings: &[String],
    named: &Text,
    file: &str,
    findings: &mut Findings,
) -> Option<Column> {
    let found = headings.iter().map(|heading| layout.column(heading, named.at, file));
    let mut faults = Vec::new();
    for found in found {
        match found {
            Ok(column) => {
                let heading = layout.headings.iter().find(|one| one.column == column).map(|one| one.text.clone());
                return Some(Column {
                    column,
                    heading: heading.unwrap_or_default(),
                    ending: ending.to_owned(),
                    asked: named.at,
                    unit: None,
                });
            }
            Err(fault) => faults.push(fault),
        }
    }
    findings.extend(faults.into_iter().next().map(|fault| *fault));
    None
}

/// Tells of units for what is not taken.
fn units_of_nothing(rows: &TakenRows, findings: &mut Findings) {
    let taken = || rows.take.0.iter().map(|(pattern, _)| pattern.value.as_str());
    let strays = rows.units.0.iter().filter(|(name, _)| !taken().any(|one| one == name.value));
    findings.extend(strays.map(|(name, _)| {
        let message = format!("`units` names `{}`, which is not under `take`", name.value);
        Diagnostic::error(Code::UnknownReference, name.at, message).did_you_mean(&name.value, taken())
    }));
}

/// The headings that may be meant for a figure: what `*` stands for on the left it stands for on the right, and the name of
/// the period as well as its id.
fn headings(pattern: &str, heading: &str, slot: &Slot) -> Option<Vec<String>> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == slot.ending).then(|| vec![heading.to_owned()]);
    };
    let stands = slot
        .ending
        .strip_prefix(before)?
        .strip_suffix(after)
        .filter(|stands| !stands.is_empty() && !stands.contains('.'))?;
    let name = slot.period.as_deref().map(|name| match name.get(..before.len()) {
        Some(start) if alike(start) == alike(before) => &name[before.len()..],
        _ => name,
    });
    let mut all: Vec<String> =
        [Some(stands), name].into_iter().flatten().map(|one| heading.replace('*', one)).collect();
    all.dedup();
    Some(all)
}

/// Whether a line of `take` means a figure under that heading.
pub fn is_meant(pattern: &str, heading: &str, slot: &Slot, text: &str) -> bool {
    headings(pattern, heading, slot).is_some_and(|all| all.iter().any(|one| alike(one) == alike(text)))
}

/// One column goes into one figure of a row, and one figure takes one column.
fn refuse_twice(all: &[Column], rows: &TakenRows, findings: &mut Findings) {
    for (place, one) in all.iter().enumerate() {
        for other in &all[..place] {
            let message = match (one.column == other.column, one.ending == other.ending) {
                (_, true) => format!(
                    "two columns go into `{}` of {}: {} and {}",
                    one.ending,
                    rows.into.value,
                    column_name(other.column),
                    column_name(one.column)
                ),
                (true, false) => format!(
                    "the column {} goes into two figures: `{}` and `{}`",
                    column_name(one.column),
                    other.ending,
                    one.ending
                ),
                (false, false) => continue,
            };
            findings.push(
                Diagnostic::error(Code::ImportRefused, one.asked, message)
                    .also(other.asked, "the other one")
                    .help("remove one of the two lines, or name another heading"),
            );
        }
    }
}
