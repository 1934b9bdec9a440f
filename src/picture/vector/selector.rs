//! Selectors of style sheets: which elements a rule is for.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

use super::steps::{COMPARISON, Steps};

/// The place of every element among its siblings, from 1; counted once, since a drawing can have very many.
pub struct Places(Vec<u32>);

/// A selector: simple ones, each with how it stands to the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    steps: Vec<(Relation, Vec<Condition>)>,
    /// Whether it chooses what a reader points at, which nobody does in a picture.
    never: bool,
}

/// What an element must have so that a selector can choose it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Id(String),
    Class(String),
    Name(String),
    Nothing,
}

impl Key {
    /// Everything of an element that may be the key of a selector.
    pub fn all_of(element: Node) -> impl Iterator<Item = Self> {
        let id = element.attribute("id").map(|id| Key::Id(id.to_owned()));
        let classes = element.attribute("class").unwrap_or_default().split_ascii_whitespace();
        let name = Key::Name(element.tag_name().name().to_owned());
        id.into_iter().chain(classes.map(|class| Key::Class(class.to_owned()))).chain([name, Key::Nothing])
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Relation {
    Within,
    ChildOf,
    NextTo,
}

#[derive(Debug, Clone, PartialEq)]
enum Condition {
    Name(String),
    Id(String),
    Class(String),
    Attribute(String, Option<String>),
    Root,
    FirstChild,
    LastChild,
    /// Every so many children, beginning with one.
    NthChild(i64, i64),
}

/// What is known while one selector is held against one element.
struct Search<'a> {
    places: &'a Places,
    steps: &'a mut Steps,
    known: HashMap<(usize, NodeId), bool>,
}

impl Places {
    pub fn of(document: &Document) -> Self {
        let mut places = vec![0; document.descendants().count()];
        for parent in document.descendants() {
            let elements = parent.children().filter(Node::is_element);
            for (element, place) in elements.zip(1..) {
                if let Some(own) = places.get_mut(element.id().get_usize()) {
                    *own = place;
                }
            }
        }
        Self(places)
    }

    fn place(&self, element: Node) -> i64 {
        self.0.get(element.id().get_usize()).copied().unwrap_or(0).into()
    }
}

impl Selector {
    /// Reads a selector; none where it is of a kind that is not known.
    pub fn read(text: &str) -> Option<Self> {
        let mut selector = Self { steps: Vec::new(), never: false };
        let mut rest = text;
        let mut relation = Relation::Within;
        while !rest.is_empty() {
            let (conditions, after) = selector.compound(rest)?;
            selector.steps.push((relation, conditions));
            let next = after.trim_start();
            relation = match next.chars().next() {
                Some('>') => Relation::ChildOf,
                Some('+') => Relation::NextTo,
                Some(_) if next.len() < after.len() => Relation::Within,
                Some(_) => return None,
                None => return Some(selector),
            };
            rest = if relation == Relation::Within { next } else { next[1..].trim_start() };
        }
        None
    }

    /// How much it weighs: ids, then classes and the like, then names.
    pub fn weight(&self) -> [usize; 3] {
        let mut weight = [0; 3];
        for condition in self.steps.iter().flat_map(|(_, conditions)| conditions) {
            match condition {
                Condition::Id(_) => weight[0] += 1,
                Condition::Name(_) => weight[2] += 1,
                _ => weight[1] += 1,
            }
        }
        weight
    }

    /// What is asked first of an element: the rarest of what its last step names.
    pub fn key(&self) -> Key {
        let last = self.steps.last().map_or(&[][..], |(_, conditions)| conditions);
        let find = |key: fn(&Condition) -> Option<Key>| last.iter().find_map(key);
        find(|one| if let Condition::Id(id) = one { Some(Key::Id(id.clone())) } else { None })
            .or_else(|| {
                find(|one| if let Condition::Class(class) = one { Some(Key::Class(class.clone())) } else { None })
            })
            .or_else(|| find(|one| if let Condition::Name(name) = one { Some(Key::Name(name.clone())) } else { None }))
            .unwrap_or(Key::Nothing)
    }

    /// Whether it chooses an element; as far as there are steps left to find out.
    pub fn chooses(&self, element: Node, places: &Places, steps: &mut Steps) -> bool {
        let last = self.steps.len().checked_sub(1).filter(|_| !self.never);
        last.is_some_and(|last| self.reaches(last, element, &mut Search { places, steps, known: HashMap::new() }))
    }

    /// Whether the steps up to one lead to an element. What is known is not asked again: elements that lie deep in each
    /// other have very many ways to be reached.
    fn reaches(&self, step: usize, element: Node, search: &mut Search) -> bool {
        let Some((relation, conditions)) = self.steps.get(step) else { return false };
        search.steps.take(COMPARISON);
        if !search.steps.are_left() || !conditions.iter().all(|one| one.holds(element, search)) {
            return false;
        }
        let Some(before) = step.checked_sub(1) else { return true };
        if let Some(known) = search.known.get(&(step, element.id())) {
            return *known;
        }
        let mut reaches = |element: Option<Node>| element.is_some_and(|one| self.reaches(before, one, search));
        let above = element.parent_element();
        let is_reached = match relation {
            Relation::ChildOf => reaches(above),
            Relation::NextTo => reaches(element.prev_sibling_element()),
            Relation::Within => std::iter::successors(above, Node::parent_element).any(|one| reaches(Some(one))),
        };
        search.known.insert((step, element.id()), is_reached);
        is_reached
    }

    /// Conditions on one element, and what follows them.
    fn compound<'t>(&mut self, text: &'t str) -> Option<(Vec<Condition>, &'t str)> {
        let mut conditions = Vec::new();
        let (name, mut rest) = name(text);
        if !name.is_empty() {
            conditions.push(Condition::Name(name.to_owned()));
        } else if let Some(after) = rest.strip_prefix('*') {
            rest = after;
        } else if !rest.starts_with(['.', '#', '[', ':']) {
            return None;
        }
        while let Some(mark) = rest.chars().next().filter(|c| ['.', '#', '[', ':'].contains(c)) {
            let after = &rest[1..];
            if mark == '[' {
                let (inner, after) = after.split_once(']')?;
                conditions.push(attribute(inner)?);
                rest = after;
                continue;
            }
            let (word, after) = self::name(after);
            if word.is_empty() {
                return None;
            }
            rest = after;
            match (mark, word) {
                ('.', _) => conditions.push(Condition::Class(word.to_owned())),
                ('#', _) => conditions.push(Condition::Id(word.to_owned())),
                (_, "root") => conditions.push(Condition::Root),
                (_, "first-child") => conditions.push(Condition::FirstChild),
                (_, "last-child") => conditions.push(Condition::LastChild),
                (_, "nth-child") => {
                    let (inner, after) = rest.strip_prefix('(')?.split_once(')')?;
                    conditions.push(nth(inner)?);
                    rest = after;
                }
                (_, "hover" | "focus" | "active" | "visited" | "focus-visible" | "focus-within" | "target") => {
                    self.never = true;
                }
                _ => return None,
            }
        }
        Some((conditions, rest))
    }
}

impl Condition {
    fn holds(&self, element: Node, search: &mut Search) -> bool {
        let mut attribute = |name: &str| {
            let value = element.attribute(name);
            search.steps.take(value.map_or(0, str::len));
            value
        };
        match self {
            Condition::Name(name) => element.tag_name().name() == name,
            Condition::Id(id) => attribute("id") == Some(id),
            Condition::Class(class) => {
                attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
            }
            Condition::Attribute(name, None) => attribute(name).is_some(),
            Condition::Attribute(name, value) => attribute(name) == value.as_deref(),
            Condition::Root => element.parent_element().is_none(),
            Condition::FirstChild => element.prev_sibling_element().is_none(),
            Condition::LastChild => element.next_sibling_element().is_none(),
            Condition::NthChild(every, first) => {
                let from = search.places.place(element) - first;
                if *every == 0 { from == 0 } else { from % every == 0 && from / every >= 0 }
            }
        }
    }
}

/// The name at the beginning of a text, and what follows it.
fn name(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    text.split_at(end)
}

/// `name` or `name="value"`.
fn attribute(text: &str) -> Option<Condition> {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value.trim())));
    let is_plain = |text: &str| !text.is_empty() && self::name(text).1.is_empty();
    let value = match value {
        Some(value) => {
            let quoted = |quote| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
            let bare = quoted('"').or_else(|| quoted('\''));
            Some(bare.map_or_else(|| is_plain(value).then(|| value.to_owned()), |value| Some(value.to_owned()))?)
        }
        None => None,
    };
    is_plain(name.trim()).then(|| Condition::Attribute(name.trim().to_owned(), value))
}

/// `odd`, `even`, `3`, `2n`, `2n+1`, `-n+3`.
fn nth(text: &str) -> Option<Condition> {
    let text: String = text.to_ascii_lowercase().split_whitespace().collect();
    let number = |text: &str| text.strip_prefix('+').unwrap_or(text).parse::<i32>().ok().map(i64::from);
    let (every, first) = match text.as_str() {
        "odd" => (2, 1),
        "even" => (2, 0),
        _ => match text.split_once('n') {
            None => (0, number(&text)?),
            Some((every, first)) => {
                let every = match every {
                    "" | "+" => 1,
                    "-" => -1,
                    every => number(every)?,
                };
                (every, if first.is_empty() { 0 } else { number(first)? })
            }
        },
    };
    Some(Condition::NthChild(every, first))
}
