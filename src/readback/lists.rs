//! Entries of lists that stand in another order or under another name than was meant: rows, columns, results.
//!
//! In: the view of a part as data, and the part as it was written. That both formats exchange two rows alike is found here.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use super::said::Stray;

/// Fields that say what an entry of a list is.
const NAMES: [&str; 6] = ["name", "label", "statement", "term", "rating", "status"];

/// An entry of a list: what it is called, and the marks of its figures.
#[derive(Debug, Default, PartialEq)]
struct Line<'v> {
    name: String,
    marks: Vec<&'v str>,
}

/// Entries of the lists of a part that stand in another order or under another name than its view has them.
pub fn misplaced(section: &str, part: &Value, html: &str) -> Vec<Stray> {
    let mut lists = Vec::new();
    collect_lists(part, &mut lists);
    let page = Html::parse_fragment(html);
    let mut said = Vec::new();
    collect_marks(part, &mut said);
    let mut flat = Flat { said: counted(&said), ..Flat::default() };
    flat.visit(page.root_element());
    let misplaced = lists.iter().flat_map(|lines| flat.out_of_order(section, lines));
    misplaced.chain(columns(part).and_then(|columns| flat.names_out_of_order(section, &columns))).collect()
}

/// How often each of these marks stands among them.
fn counted<'v>(marks: &[&'v str]) -> HashMap<&'v str, usize> {
    let mut counts = HashMap::new();
    marks.iter().for_each(|mark| *counts.entry(*mark).or_default() += 1);
    counts
}

/// The columns of a table, where no name stands over several of them.
fn columns(part: &Value) -> Option<Vec<Line<'_>>> {
    let is_plain = part.get("groups").and_then(Value::as_array).is_none_or(Vec::is_empty);
    let columns = part.get("columns")?.as_array().filter(|_| is_plain && part.get("rows_are").is_some())?;
    Some(columns.iter().map(line).collect())
}

/// The words of a part one after the other, and where its figures stand among them.
#[derive(Debug, Default)]
struct Flat<'v> {
    text: String,
    /// The places of each figure, by its mark.
    marks: HashMap<&'v str, Vec<usize>>,
    /// How often each figure is said.
    said: HashMap<&'v str, usize>,
}

impl<'v> Flat<'v> {
    fn visit(&mut self, element: ElementRef<'v>) {
        if let Some(mark) = element.attr("data-fact") {
            self.marks.entry(mark).or_default().push(self.text.len());
        }
        for child in element.children() {
            match (child.value(), ElementRef::wrap(child)) {
                // Only letters and digits: spaces and marks of notes are set in many ways.
                (Node::Text(words), _) => self.text.extend(words.chars().filter(|c| c.is_alphanumeric())),
                (_, Some(inner)) => self.visit(inner),
                _ => {}
            }
        }
    }

    /// Where the figures of an entry begin, with the mark of the first. A figure that others have too and that stands more
    /// than once is passed over.
    fn first<'l>(&self, line: &Line<'l>) -> Option<(usize, &'l str)> {
        let own = counted(&line.marks);
        let place = |(mark, own): (&'l str, usize)| {
            let places = self.marks.get(mark)?;
            let is_its_own = self.said.get(mark).copied() == Some(own) || places.len() == 1;
            Some((*places.first().filter(|_| is_its_own)?, mark))
        };
        own.into_iter().filter_map(place).min()
    }

    fn out_of_order(&self, section: &str, lines: &[Line]) -> Vec<Stray> {
        let placed: Vec<(&Line, usize, &str)> =
            lines.iter().filter_map(|line| self.first(line).map(|(at, mark)| (line, at, mark))).collect();
        let exchanged = placed.windows(2).filter(|pair| pair[0].1 > pair[1].1).map(|pair| Stray::Exchanged {
            section: section.to_owned(),
            mark: pair[1].2.to_owned(),
            with: pair[0].2.to_owned(),
        });
        // The name stands near its figures: behind those of the entry before, and before those of the next.
        let mut places: Vec<usize> = placed.iter().map(|(_, at, _)| *at).collect();
        places.sort_unstable();
        let unnamed = placed.iter().filter(|(line, ..)| !line.name.is_empty()).filter_map(|(line, at, mark)| {
            let before = places[..places.partition_point(|other| other < at)].last().copied().unwrap_or(0);
            let after = places[places.partition_point(|other| other <= at)..].first().copied();
            let is_near = self.near(before, after.unwrap_or(self.text.len())).contains(&line.name);
            (!is_near).then(|| Stray::Unnamed {
                section: section.to_owned(),
                mark: (*mark).to_owned(),
                name: line.name.clone(),
            })
        });
        exchanged.chain(unnamed).collect()
    }

    /// Names without figures, such as those of columns: where all stand, they stand one after the other.
    fn names_out_of_order(&self, section: &str, lines: &[Line]) -> Option<Stray> {
        let are_names = lines.iter().all(|line| line.name.len() > 1 && self.text.contains(&line.name));
        let mut rest = self.text.as_str();
        for line in lines.iter().filter(|_| are_names) {
            match rest.find(&line.name) {
                Some(at) => rest = &rest[at + line.name.len()..],
                None => return Some(Stray::Misplaced { section: section.to_owned(), name: line.name.clone() }),
            }
        }
        None
    }

    /// The words between two places.
    fn near(&self, from: usize, to: usize) -> &str {
        let from = (from..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        self.text.get(from..to.max(from)).unwrap_or_default()
    }
}

/// Lists of entries that have figures, at any depth.
fn collect_lists<'v>(value: &'v Value, into: &mut Vec<Vec<Line<'v>>>) {
    match value {
        Value::Array(items) => {
            let lines: Vec<Line> = items.iter().map(line).collect();
            let lines: Vec<Line> = lines.into_iter().filter(|line| !line.marks.is_empty()).collect();
            if lines.len() > 1 {
                into.push(lines);
            }
            items.iter().for_each(|item| collect_lists(item, into));
        }
        Value::Object(fields) => fields.values().for_each(|value| collect_lists(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn line(value: &Value) -> Line<'_> {
    let name = NAMES.iter().find_map(|name| {
        let name = value.get(name)?;
        name.as_str().or_else(|| name.get("text")?.as_str()).or_else(|| name.get("word")?.as_str())
    });
    let mut marks = Vec::new();
    match value {
        Value::Object(fields) => {
            let figures = fields.iter().filter(|(field, _)| !NAMES.contains(&field.as_str()));
            figures.for_each(|(_, value)| collect_marks(value, &mut marks));
        }
        _ => collect_marks(value, &mut marks),
    }
    Line { name: name.unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect(), marks }
}

fn collect_marks<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_marks(item, into)),
        Value::Object(fields) => {
            into.extend(fields.get("fact").and_then(Value::as_str));
            fields.values().for_each(|value| collect_marks(value, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
