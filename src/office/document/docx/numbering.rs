//! Which mark a paragraph of a list has: a bullet, its number, or none.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::styles::indent_of;
use super::xml::{at_path, attribute, child, elements, is, value};

/// The most levels that a list has.
const MOST_LEVELS: usize = 9;

/// The lists of a document, with how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The levels of each list, by its id.
    lists: BTreeMap<String, List>,
    /// What was counted last at each level, by the ids of what lists share.
    counted: BTreeMap<String, Vec<Option<u64>>>,
    /// Lists that begin anew, and did.
    begun: BTreeSet<(String, usize)>,
}

#[derive(Debug, Default, Clone)]
struct List {
    /// Lists with the same are counted on.
    shared: String,
    levels: BTreeMap<usize, Level>,
    /// Where a level begins anew.
    starts: BTreeMap<usize, u64>,
}

#[derive(Debug, Clone)]
struct Level {
    form: String,
    /// What stands before the words: `%1.`
    text: Option<String>,
    start: u64,
    indent: Option<i32>,
}

/// What stands before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Bullet,
    /// A number, and how it is shown where that is not in digits: `letters (a, b)`.
    Number(u64, Option<&'static str>),
    /// Nothing: it belongs to the item before it.
    Nothing,
}

impl Numbering {
    pub fn of(root: Node) -> Numbering {
        let abstracts = elements(root).filter(|node| is(*node, "abstractNum"));
        let levels: BTreeMap<&str, BTreeMap<usize, Level>> =
            abstracts.filter_map(|node| Some((attribute(node, "abstractNumId")?, levels(node)))).collect();
        let mut numbering = Numbering::default();
        for node in elements(root).filter(|node| is(*node, "num")) {
            let (Some(id), Some(shared)) = (attribute(node, "numId"), value(node, "abstractNumId")) else { continue };
            let mut list = List {
                shared: shared.to_owned(),
                levels: levels.get(shared).cloned().unwrap_or_default(),
                starts: BTreeMap::new(),
            };
            for instead in elements(node).filter(|node| is(*node, "lvlOverride")) {
                let place = attribute(instead, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                if let Some(level) = child(instead, "lvl") {
                    list.levels.insert(place, Level::of(level));
                }
                let start = value(instead, "startOverride").and_then(|start| start.parse().ok());
                list.starts.extend(start.map(|start| (place, start)));
            }
            numbering.lists.insert(id.to_owned(), list);
        }
        numbering
    }

    /// How far a level of a list is indented.
    pub fn indent(&self, list: &str, level: usize) -> Option<i32> {
        self.lists.get(list)?.levels.get(&level)?.indent
    }

    /// The mark of the next paragraph of a list, which counts it. A list that is not described has bullets.
    pub fn next(&mut self, id: &str, level: usize) -> Mark {
        let level = level.min(MOST_LEVELS - 1);
        let Some(list) = self.lists.get(id) else { return Mark::Bullet };
        let Some(known) = list.levels.get(&level) else { return Mark::Bullet };
        let shows_nothing = known.text.as_ref().is_some_and(|text| text.trim().is_empty());
        match known.form.as_str() {
            "none" => return Mark::Nothing,
            _ if shows_nothing => return Mark::Nothing,
            "bullet" => return Mark::Bullet,
            _ => {}
        }
        // A number without a place in the text is shown as words alone are.
        if known.text.as_ref().is_some_and(|text| !text.contains('%')) {
            return Mark::Bullet;
        }
        let counted = self.counted.entry(list.shared.clone()).or_insert_with(|| vec![None; MOST_LEVELS]);
        counted[level + 1..].fill(None);
        let anew = list.starts.get(&level).filter(|_| self.begun.insert((id.to_owned(), level)));
        let number = match (anew, counted[level]) {
            (Some(start), _) => *start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => list.starts.get(&level).copied().unwrap_or(known.start),
        };
        counted[level] = Some(number);
        Mark::Number(number, shown_as(&known.form))
    }
}

impl Level {
    fn of(node: Node) -> Level {
        Level {
            form: value(node, "numFmt").unwrap_or("decimal").to_owned(),
            text: at_path(node, &["lvlText"]).map(|text| attribute(text, "val").unwrap_or_default().to_owned()),
            start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
            indent: child(node, "pPr").and_then(indent_of),
        }
    }
}

fn levels(node: Node) -> BTreeMap<usize, Level> {
    let levels = elements(node).filter(|level| is(*level, "lvl"));
    let placed = levels.filter_map(|level| Some((attribute(level, "ilvl")?.parse().ok()?, Level::of(level))));
    placed.collect()
}

/// Forms of numbers that Markdown does not have.
fn shown_as(form: &str) -> Option<&'static str> {
    match form {
        "decimal" | "decimalZero" | "" => None,
        "lowerLetter" | "upperLetter" => Some("letters (a, b)"),
        "lowerRoman" | "upperRoman" => Some("Roman numbers (i, ii)"),
        _ => Some("numbers of another form"),
    }
}
