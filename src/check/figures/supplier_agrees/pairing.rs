//! Finds the rows and cells of a data file in the supplier's, by their names, and tells of what is only in one of them.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use super::printed::{Line, PrintedCell, Says};
use super::supplied::{Row, Said, Supplied};
use super::{cells, error};
use crate::check::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::SuppliedFile;
use crate::yaml::Text;

/// A comparison that is being made.
pub struct Pairing<'a> {
    subject: &'a Subject<'a>,
    comparison: &'a SuppliedFile,
    supplied: &'a Supplied,
    /// Names of the comparison that were found.
    used: BTreeSet<&'a str>,
    /// Headings that some cell stands under.
    headings: BTreeSet<String>,
    /// Columns that the supplier's file does not have, by their first names, each with the first cell.
    missing: Vec<(&'a str, &'a PrintedCell)>,
}

impl<'a> Pairing<'a> {
    pub fn new(subject: &'a Subject, comparison: &'a SuppliedFile, supplied: &'a Supplied) -> Self {
        let (used, headings, missing) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        Self { subject, comparison, supplied, used, headings, missing }
    }

    /// Holds all lines against the supplier's.
    pub fn compare(mut self, lines: &'a [Line], audit: &mut Audit) {
        // A name may stand in several rows, which are taken in their order.
        let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, row) in self.supplied.rows.iter().enumerate() {
            places.entry(self.here(&row.name.text)).or_default().push_back(place);
        }
        let mut is_taken = vec![false; self.supplied.rows.len()];
        let mut left = Vec::new();
        for line in lines {
            let first = line.names.iter().filter_map(|name| Some((*places.get(name)?.front()?, name))).min();
            match first {
                Some((place, name)) => {
                    places.get_mut(name).map(VecDeque::pop_front);
                    is_taken[place] = true;
                    self.line(line, &self.supplied.rows[place], audit);
                }
                None => left.push(line),
            }
        }
        let rows = self.supplied.rows.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken);
        let mut rows: Vec<&'a Row> = rows.map(|(row, _)| row).collect();
        for line in left {
            let near = nearest(&line.names[0], rows.iter().map(|row| row.name.text.as_str()));
            let row = rows.iter().position(|row| near == Some(row.name.text.as_str()));
            match row.filter(|_| !self.is_alone(&line.names)) {
                Some(place) => {
                    let row = rows.remove(place);
                    audit.push(self.called_otherwise(line, &row.name));
                    self.line(line, row, audit);
                }
                None if !self.is_alone(&line.names) => audit.push(self.without_twin(&line.names[0], line)),
                None => {}
            }
        }
        for row in rows {
            // A line with a name alone is a heading.
            let is_heading = row.cells.iter().all(|(_, cell)| cell.text.is_empty());
            if !is_heading && !self.is_alone(std::slice::from_ref(&row.name.text)) {
                audit.push(self.only_supplied("row", &row.name));
            }
        }
        self.columns(audit);
        self.unused(audit);
    }

    /// What a name of the supplier's is called here.
    fn here(&mut self, there: &str) -> String {
        let known = self.comparison.called.iter().flatten().find(|one| one.there.value == there);
        match known {
            Some(one) => {
                self.used.insert(&one.there.value);
                one.here.value.clone()
            }
            None => there.to_owned(),
        }
    }

    /// Whether the comparison says that a row or column is only in one of the two.
    fn is_alone(&mut self, names: &[String]) -> bool {
        let known = self.comparison.alone.iter().flatten().find(|one| names.contains(&one.value));
        self.used.extend(known.map(|one| one.value.as_str()));
        known.is_some()
    }

    fn line(&mut self, line: &'a Line, row: &'a Row, audit: &mut Audit) {
        let mut cells: Vec<&'a PrintedCell> = line.cells.iter().collect();
        for (heading, said) in &row.cells {
            let here = self.here(heading);
            match cells.iter().position(|cell| cell.names.iter().any(|name| is_called(name, &here))) {
                Some(place) => {
                    self.headings.insert(heading.clone());
                    self.cell(cells.remove(place), heading, said, audit);
                }
                None => self.without_cell(line, heading, said, audit),
            }
        }
        for cell in cells {
            let name = cell.names[0].as_str();
            let is_known = self.missing.iter().any(|(known, _)| *known == name);
            if !is_known && !matches!(cell.says, Says::Nothing(_)) && !self.is_alone(&cell.names) {
                self.missing.push((name, cell));
            }
        }
    }

    fn cell(&mut self, cell: &PrintedCell, heading: &str, said: &Said, audit: &mut Audit) {
        let facts = self.subject.facts;
        if let Says::Figure { fact, .. } = cell.says {
            audit.covers(Code::SupplierAgrees, &[fact]);
        }
        let in_full = self.comparison.in_full.as_ref().is_some_and(|in_full| in_full.value.0);
        if cells::agree(facts, &cell.says, &said.text, in_full) {
            return;
        }
        let (own, theirs) =
            (cells::shown(facts, &cell.says), if said.text.is_empty() { "nothing" } else { &said.text });
        let message = format!("{own} is printed, but {} has {theirs} ({})", self.supplied.name, place(said, heading));
        audit.push(
            error(cell.at, message)
                .about(cell.address.clone(), vec![own, theirs.to_owned()])
                .about_facts(vec![cell.address.clone()])
                .also(said.at, "the supplier's")
                .help("mend whichever of the two is wrong; if it is the supplier's, ask for a new file"),
        );
    }

    /// The supplier has something where the line has no cell.
    fn without_cell(&mut self, line: &Line, heading: &str, said: &Said, audit: &mut Audit) {
        let is_column = self.supplied.headings.iter().any(|one| one.text == heading);
        if said.text.is_empty() || self.is_alone(&[heading.to_owned()]) {
            return;
        }
        let name = &line.names[0];
        let message = format!("{} has {} for “{name}” ({})", self.supplied.name, said.text, place(said, heading));
        // A column that no line has is told once, at its heading.
        if !is_column || self.headings.contains(heading) {
            let message = format!("{message}, and nothing is printed");
            audit.push(
                error(line.at, message)
                    .also(said.at, "the supplier's")
                    .help("add the figure; or name the column under `alone`, if the report leaves it out on purpose"),
            );
        }
    }

    fn called_otherwise(&self, line: &Line, said: &Said) -> Diagnostic {
        let (own, theirs) = (&line.names[0], &said.text);
        let message = format!("“{own}” is called “{theirs}” in {} (line {})", self.supplied.name, said.line);
        error(line.at, message).also(said.at, "the supplier's").help(format!(
            "mend the name; or say that both mean the same, under `called`: {{there: \"{theirs}\", here: \"{own}\"}}"
        ))
    }

    fn without_twin(&self, name: &str, line: &Line) -> Diagnostic {
        error(line.at, format!("the row “{name}” is not in {}", self.supplied.name))
            .also(self.comparison.csv.at, "the comparison")
            .help("remove the row, or ask the supplier for it; or name it under `alone`, if only the report has it")
    }

    fn only_supplied(&self, what: &str, said: &Said) -> Diagnostic {
        let message = format!("the {what} “{}” is not in {}", said.text, self.comparison.file.value);
        error(said.at, message)
            .also(self.comparison.csv.at, "the comparison")
            .help("add it; or name it under `alone`, if the report leaves it out on purpose")
    }

    /// Columns that are only in one of the two.
    fn columns(&mut self, audit: &mut Audit) {
        let known: HashSet<&str> = self.supplied.headings.iter().map(|heading| heading.text.as_str()).collect();
        let mut headings = self.supplied.rows.iter().flat_map(|row| &row.cells).map(|(heading, _)| heading.as_str());
        let has_periods = !headings.all(|heading| known.contains(heading));
        for heading in self.supplied.headings.iter().filter(|_| !has_periods) {
            if !self.headings.contains(&heading.text) && !self.is_alone(std::slice::from_ref(&heading.text)) {
                audit.push(self.only_supplied("column", heading));
            }
        }
        for (name, cell) in std::mem::take(&mut self.missing) {
            let message = format!("no column of {} is called “{name}”", self.supplied.name);
            audit.push(error(cell.at, message).also(self.comparison.csv.at, "the comparison").help(
                "mend the heading, or say under `called` what the supplier calls it; or name it under `alone`, if only the report has it",
            ));
        }
    }

    /// Names of the comparison that neither of the two has.
    fn unused(&self, audit: &mut Audit) {
        let names = self.comparison.called.iter().flatten().map(|one| &one.there);
        for name in
            names.chain(self.comparison.alone.iter().flatten()).filter(|one| !self.used.contains(one.value.as_str()))
        {
            audit.push(self.nowhere(name));
        }
    }

    fn nowhere(&self, name: &Text) -> Diagnostic {
        let message = format!("no row or column needs “{}”", name.value);
        let rows = self.supplied.rows.iter().map(|row| row.name.text.as_str());
        let headings = self.supplied.headings.iter().map(|heading| heading.text.as_str());
        error(name.at, message).did_you_mean(&name.value, rows.chain(headings)).help("mend the name, or remove it")
    }
}

/// Whether a name of a column is meant, whatever its capital letters are.
fn is_called(name: &str, here: &str) -> bool {
    name == here || name.to_lowercase() == here.to_lowercase()
}

/// Where a cell stands in the supplier's file.
fn place(said: &Said, heading: &str) -> String {
    format!("line {}, column “{heading}”", said.line)
}
