//! Numbers of a finished page that nobody said, and figures that stand under another name or in another order.
//!
//! In: what the page was to say, as data, and the page. The figures that name their facts are compared elsewhere; here
//! everything else that a reader sees or hears is looked at: words between figures, titles, descriptions, and the names
//! in front of figures. A template that prints a figure of its own, or exchanges two rows, is found by it.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Node};
use serde_json::Value;

/// Elements whose text nobody reads.
const UNREAD: [&str; 3] = ["script", "style", "template"];

/// Attributes that are read out or shown.
const HEARD: [&str; 4] = ["alt", "aria-label", "aria-description", "title"];

/// Fields whose numbers are printed.
const PRINTED: [&str; 5] = ["number", "pages", "start", "total", "rank"];

/// Fields that nobody reads: addresses, and names of what is drawn.
const UNPRINTED: [&str; 9] = ["id", "key", "to", "see", "anchor", "fact", "csv", "json", "renditions"];

/// Fields that say what an entry of a list is.
const NAMES: [&str; 6] = ["name", "label", "statement", "term", "rating", "status"];

/// What a page was to say.
#[derive(Debug, Default)]
pub struct Said {
    /// Numbers in what stands round the figures of each section.
    loose: BTreeMap<String, BTreeSet<String>>,
    /// All numbers of each section.
    all: BTreeMap<String, BTreeSet<String>>,
    /// Numbers of what stands outside the sections.
    outside: BTreeSet<String>,
    /// Numbers of the whole page.
    everywhere: BTreeSet<String>,
}

/// An entry of a list: what it is called, and the marks of its figures.
#[derive(Debug, Default, PartialEq)]
struct Line {
    name: String,
    marks: Vec<String>,
}

/// Something that a page says and nobody meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stray {
    /// A number in the words of a section, or in a description.
    Number { section: String, number: String, words: String },
    /// The figure of that mark stands without its name.
    Unnamed { section: String, mark: String, name: String },
    /// The figure of the first mark stands before that of the second, and should stand behind it.
    Exchanged { section: String, mark: String, with: String },
    /// A name does not stand behind the one before it.
    Misplaced { section: String, name: String },
}

impl Said {
    /// What is said in a page's view, in which `sections` are a list, each with its id, and what is said besides.
    pub fn of(view: &Value, besides: &Value) -> Self {
        let mut said = Self::default();
        let numbers_of = |texts: &[String]| texts.iter().flat_map(|text| numbers(text)).collect::<BTreeSet<_>>();
        let mut outside = Vec::new();
        strings(besides, true, &mut outside);
        for (name, value) in view.as_object().into_iter().flatten().filter(|(name, _)| *name != "sections") {
            field(name, value, true, &mut outside);
        }
        let mut everywhere = outside.clone();
        // How to reach the organisation stands in a section.
        let mut shared = Vec::new();
        strings(&view["organisation"], true, &mut shared);
        for section in view["sections"].as_array().into_iter().flatten() {
            let id = section["id"].as_str().unwrap_or_default().to_owned();
            let (mut loose, mut all) = (shared.clone(), shared.clone());
            strings(section, false, &mut loose);
            strings(section, true, &mut all);
            // The contents and the way back to the last edition name sections.
            ["title", "lettered", "entries"].iter().for_each(|name| strings(&section[name], true, &mut outside));
            everywhere.extend(all.iter().cloned());
            said.loose.insert(id.clone(), numbers_of(&loose));
            said.all.insert(id, numbers_of(&all));
        }
        Self { outside: numbers_of(&outside), everywhere: numbers_of(&everywhere), ..said }
    }

    /// Numbers that a page says and that are not said here.
    pub fn strays(&self, html: &str) -> Vec<Stray> {
        let page = Html::parse_document(html);
        let mut strays = Vec::new();
        self.visit(page.root_element(), "", false, &mut strays);
        strays
    }

    /// Numbers on the pages of a PDF that are not said anywhere: the page, from 1, and the number. Pages are numbered.
    pub fn strays_in_print(&self, pages: &[&str]) -> Vec<(usize, String)> {
        let is_page = |number: &str| number.parse::<usize>().is_ok_and(|number| (1..=pages.len()).contains(&number));
        let strays = |(page, text): (usize, &&str)| {
            let strays = numbers(text).filter(|number| !self.everywhere.contains(number) && !is_page(number));
            strays.map(move |number| (page, number)).collect::<Vec<_>>()
        };
        (1..).zip(pages).flat_map(strays).collect()
    }

    fn visit(&self, element: ElementRef, section: &str, is_figure: bool, strays: &mut Vec<Stray>) {
        let value = element.value();
        let own = value.id().filter(|id| value.name() == "section" && self.all.contains_key(*id));
        let section = own.unwrap_or(section);
        let heard = HEARD.iter().filter_map(|name| value.attr(name));
        let described = value.attr("content").filter(|_| value.attr("name") == Some("description"));
        for words in heard.chain(described) {
            self.look(words, section, self.all.get(section), strays);
        }
        let is_figure = is_figure || value.attr("data-fact").is_some() || value.attr("data-source").is_some();
        for child in element.children() {
            match child.value() {
                Node::Text(words) if !is_figure => self.look(words, section, self.loose.get(section), strays),
                Node::Element(inner) if !UNREAD.contains(&inner.name()) => {
                    if let Some(inner) = ElementRef::wrap(child) {
                        self.visit(inner, section, is_figure, strays);
                    }
                }
                _ => {}
            }
        }
    }

    fn look(&self, words: &str, section: &str, known: Option<&BTreeSet<String>>, strays: &mut Vec<Stray>) {
        let known = known.unwrap_or(&self.outside);
        for number in numbers(words).filter(|number| !known.contains(number)) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            strays.push(Stray::Number { section: section.to_owned(), number, words });
        }
    }
}

/// Entries of the lists of a part that stand in another order or under another name than its view has them.
pub fn misplaced(section: &str, part: &Value, html: &str) -> Vec<Stray> {
    let mut lists = Vec::new();
    collect_lists(part, &mut lists);
    let page = Html::parse_fragment(html);
    let mut said = Vec::new();
    collect_marks(part, &mut said);
    let mut flat = Flat::default();
    said.into_iter().for_each(|mark| *flat.said.entry(mark).or_default() += 1);
    flat.visit(page.root_element());
    let misplaced = lists.iter().flat_map(|lines| flat.out_of_order(section, lines));
    misplaced.chain(columns(part).and_then(|columns| flat.names_out_of_order(section, &columns))).collect()
}

/// The columns of a table, where no name stands over several of them.
fn columns(part: &Value) -> Option<Vec<Line>> {
    let is_plain = part.get("groups").and_then(Value::as_array).is_none_or(Vec::is_empty);
    let columns = part.get("columns")?.as_array().filter(|_| is_plain && part.get("rows_are").is_some())?;
    Some(columns.iter().map(line).collect())
}

/// The words of a part one after the other, and where its figures stand among them.
#[derive(Debug, Default)]
struct Flat {
    text: String,
    /// The places of each figure, by its mark.
    marks: BTreeMap<String, Vec<usize>>,
    /// How often each figure is said.
    said: BTreeMap<String, usize>,
}

impl Flat {
    fn visit(&mut self, element: ElementRef) {
        if let Some(mark) = element.attr("data-fact") {
            self.marks.entry(mark.to_owned()).or_default().push(self.text.len());
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
    fn first(&self, line: &Line) -> Option<(usize, String)> {
        let place = |mark: &String| {
            let places = self.marks.get(mark)?;
            let own = line.marks.iter().filter(|own| *own == mark).count();
            let is_its_own = self.said.get(mark).copied() == Some(own) || places.len() == 1;
            Some((*places.first().filter(|_| is_its_own)?, mark.clone()))
        };
        line.marks.iter().filter_map(place).min()
    }

    fn out_of_order(&self, section: &str, lines: &[Line]) -> Vec<Stray> {
        let placed: Vec<(usize, String)> = lines.iter().filter_map(|line| self.first(line)).collect();
        let exchanged = placed.windows(2).filter(|pair| pair[0].0 > pair[1].0).map(|pair| Stray::Exchanged {
            section: section.to_owned(),
            mark: pair[1].1.clone(),
            with: pair[0].1.clone(),
        });
        // The name stands near its figures: behind those of the entry before, and before those of the next.
        let unnamed = lines.iter().filter(|line| !line.name.is_empty()).filter_map(|line| {
            let (at, mark) = self.first(line)?;
            let before = placed.iter().map(|(other, _)| *other).filter(|other| *other < at).max().unwrap_or(0);
            let after = placed.iter().map(|(other, _)| *other).filter(|other| *other > at).min();
            let is_near = self.near(before, after.unwrap_or(self.text.len())).contains(&line.name);
            (!is_near).then(|| Stray::Unnamed { section: section.to_owned(), mark, name: line.name.clone() })
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

/// The texts of a value; those of figures only where they are asked for.
fn strings(value: &Value, figures: bool, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, figures, into)),
        Value::Object(fields) => {
            let is_figure = |name: &str| fields.get(name).is_some_and(|mark| !mark.is_null());
            if !figures && fields.contains_key("text") && (is_figure("fact") || is_figure("source")) {
                return;
            }
            // What is put together of pieces is said by the pieces.
            let of_pieces = fields.contains_key("pieces");
            let said = fields.iter().filter(|(name, _)| figures || !(of_pieces && *name == "text"));
            said.for_each(|(name, value)| field(name, value, figures, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The texts of a field. Most numbers are measures of drawings; those that are printed have these names.
fn field(name: &str, value: &Value, figures: bool, into: &mut Vec<String>) {
    match value {
        Value::Number(number) if PRINTED.contains(&name) => into.push(number.to_string()),
        value if !UNPRINTED.contains(&name) || value.is_object() => strings(value, figures, into),
        _ => {}
    }
}

/// Lists of entries that have figures, at any depth.
fn collect_lists(value: &Value, into: &mut Vec<Vec<Line>>) {
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

fn line(value: &Value) -> Line {
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

fn collect_marks(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_marks(item, into)),
        Value::Object(fields) => {
            into.extend(fields.get("fact").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect_marks(value, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The numbers of a text: digits with what stands between digits of one number.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        let tail = &rest[start..];
        let is_within = |(at, c): (usize, char)| {
            c.is_ascii_digit() || (matches!(c, ',' | '.') && tail[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let end = tail.char_indices().find(|(at, c)| !is_within((*at, *c))).map_or(tail.len(), |(at, _)| at);
        rest = &tail[end..];
        Some(tail[..end].to_owned())
    })
}
