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

/// What stands between two figures at most before a name is looked for no longer, in letters.
const LONGEST_NAME: usize = 400;

/// What a page was to say.
#[derive(Debug, Default)]
pub struct Said {
    /// Numbers in what stands round the figures of each section.
    loose: BTreeMap<String, BTreeSet<String>>,
    /// All numbers of each section.
    all: BTreeMap<String, BTreeSet<String>>,
    /// Numbers of the whole page.
    everywhere: BTreeSet<String>,
    /// Lists whose entries have names and figures, by section.
    lists: Vec<(String, Vec<Line>)>,
}

/// An entry of a list: what it is called, and the marks of its figures in their order.
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
    /// The figure of the first mark stands behind that of the second.
    Exchanged { section: String, mark: String, with: String },
}

impl Said {
    /// What is said in a page's view, in which `sections` are a list, each with its id, and what is said besides.
    pub fn of(view: &Value, besides: &Value) -> Self {
        let mut said = Self::default();
        let mut everywhere = Vec::new();
        strings(view, true, &mut everywhere);
        strings(besides, true, &mut everywhere);
        said.everywhere = everywhere.iter().flat_map(|text| numbers(text)).collect();
        // How to reach the organisation stands in a section.
        let mut shared = Vec::new();
        strings(&view["organisation"], true, &mut shared);
        for section in view["sections"].as_array().into_iter().flatten() {
            let id = section["id"].as_str().unwrap_or_default().to_owned();
            let (mut loose, mut all) = (Vec::new(), Vec::new());
            strings(section, false, &mut loose);
            strings(section, true, &mut all);
            let [loose, all] =
                [loose, all].map(|texts| texts.iter().chain(&shared).flat_map(|text| numbers(text)).collect());
            said.loose.insert(id.clone(), loose);
            said.all.insert(id.clone(), all);
            let mut lists = Vec::new();
            collect_lists(section, &mut lists);
            said.lists.extend(lists.into_iter().map(|lines| (id.clone(), lines)));
        }
        said
    }

    /// What a page says that is not said here.
    pub fn strays(&self, html: &str) -> Vec<Stray> {
        let page = Html::parse_document(html);
        let mut strays = Vec::new();
        let mut flat: BTreeMap<String, Flat> = BTreeMap::new();
        self.visit(page.root_element(), "", false, &mut flat, &mut strays);
        for (section, lines) in &self.lists {
            if let Some(flat) = flat.get(section) {
                strays.extend(flat.out_of_order(section, lines));
            }
        }
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

    fn visit(
        &self,
        element: ElementRef,
        section: &str,
        is_figure: bool,
        flat: &mut BTreeMap<String, Flat>,
        strays: &mut Vec<Stray>,
    ) {
        let value = element.value();
        let own = value.id().filter(|id| value.name() == "section" && self.all.contains_key(*id));
        let section = own.unwrap_or(section);
        let heard = HEARD.iter().filter_map(|name| value.attr(name));
        let described = value.attr("content").filter(|_| value.attr("name") == Some("description"));
        for words in heard.chain(described) {
            self.look(words, section, self.all.get(section), strays);
        }
        if let Some(mark) = value.attr("data-fact") {
            flat.entry(section.to_owned()).or_default().mark(mark);
        }
        let is_figure = is_figure || value.attr("data-fact").is_some() || value.attr("data-source").is_some();
        for child in element.children() {
            match child.value() {
                Node::Text(words) => {
                    flat.entry(section.to_owned()).or_default().push(words);
                    if !is_figure {
                        self.look(words, section, self.loose.get(section), strays);
                    }
                }
                Node::Element(inner) if !UNREAD.contains(&inner.name()) => {
                    if let Some(inner) = ElementRef::wrap(child) {
                        self.visit(inner, section, is_figure, flat, strays);
                    }
                }
                _ => {}
            }
        }
    }

    fn look(&self, words: &str, section: &str, known: Option<&BTreeSet<String>>, strays: &mut Vec<Stray>) {
        let known = known.unwrap_or(&self.everywhere);
        for number in numbers(words).filter(|number| !known.contains(number)) {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            strays.push(Stray::Number { section: section.to_owned(), number, words });
        }
    }
}

/// The words of a section one after the other, and where its figures stand among them.
#[derive(Debug, Default)]
struct Flat {
    text: String,
    marks: BTreeMap<String, Vec<usize>>,
}

impl Flat {
    /// Only letters and digits: spaces and marks of notes are set in many ways.
    fn push(&mut self, words: &str) {
        self.text.extend(words.chars().filter(|c| c.is_alphanumeric()));
    }

    fn mark(&mut self, mark: &str) {
        self.marks.entry(mark.to_owned()).or_default().push(self.text.len());
    }

    /// The one place of a figure; none where it stands more than once.
    fn place(&self, mark: &str) -> Option<usize> {
        match self.marks.get(mark)?[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Entries of a list that stand in another order, or away from their names.
    fn out_of_order(&self, section: &str, lines: &[Line]) -> Vec<Stray> {
        let first = |line: &Line| {
            let places = line.marks.iter().filter_map(|mark| Some((self.place(mark)?, mark.clone())));
            places.min()
        };
        let placed: Vec<(&Line, (usize, String))> =
            lines.iter().filter_map(|line| Some((line, first(line)?))).collect();
        let section = || section.to_owned();
        let exchanged = placed.windows(2).filter(|pair| pair[0].1.0 > pair[1].1.0).map(|pair| Stray::Exchanged {
            section: section(),
            mark: pair[1].1.1.clone(),
            with: pair[0].1.1.clone(),
        });
        // The name stands near its figures: behind those of the entry before, and before those of the next.
        let is_away = |(at, (line, (place, _))): &(usize, &(&Line, (usize, String)))| {
            let before = at.checked_sub(1).map_or(0, |before| placed[before].1.0);
            let after = placed.get(at + 1).map_or(self.text.len(), |(_, (after, _))| *after);
            let near = self.near(before.max(place.saturating_sub(LONGEST_NAME + line.name.len())), after);
            !near.contains(&line.name)
        };
        let unnamed = placed.iter().enumerate().filter(is_away).map(|(_, (line, (_, mark)))| Stray::Unnamed {
            section: section(),
            mark: mark.clone(),
            name: line.name.clone(),
        });
        exchanged.chain(unnamed).collect()
    }

    /// The words between two places.
    fn near(&self, from: usize, to: usize) -> &str {
        let from = (from..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        self.text.get(from..to.max(from)).unwrap_or_default()
    }
}

/// The texts of a value; those of figures only where they are asked for. Numbers are texts too.
fn strings(value: &Value, figures: bool, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, figures, into)),
        Value::Object(fields) => {
            let is_figure = |name: &str| fields.get(name).is_some_and(|mark| !mark.is_null());
            if !figures && fields.contains_key("text") && (is_figure("fact") || is_figure("source")) {
                return;
            }
            // What is put together of pieces is said by the pieces.
            let of_pieces = fields.contains_key("pieces");
            let said = fields.iter().filter(|(name, _)| figures || !(of_pieces && *name == "text"));
            said.for_each(|(_, value)| strings(value, figures, into));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Lists of entries that have a name and figures, at any depth.
fn collect_lists(value: &Value, into: &mut Vec<Vec<Line>>) {
    match value {
        Value::Array(items) => {
            let lines: Vec<Line> = items.iter().filter_map(line).collect();
            if lines.len() > 1 {
                into.push(lines);
            }
            items.iter().for_each(|item| collect_lists(item, into));
        }
        Value::Object(fields) => fields.values().for_each(|value| collect_lists(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn line(value: &Value) -> Option<Line> {
    let name = value.get("name").and_then(|name| name.as_str().or_else(|| name.get("text")?.as_str()));
    let mut marks = Vec::new();
    match value {
        Value::Object(fields) => {
            fields.iter().filter(|(field, _)| *field != "name").for_each(|(_, value)| collect_marks(value, &mut marks));
        }
        _ => collect_marks(value, &mut marks),
    }
    let name = name.unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect();
    (!marks.is_empty()).then_some(Line { name, marks })
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
