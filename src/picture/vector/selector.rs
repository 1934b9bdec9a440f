//! Selectors of style sheets: which elements a rule is for.

use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};

/// The place of every element among its siblings, from 1; counted once, since a drawing can have very many.
pub struct Places(Vec<u32>);

/// A selector: simple ones, each with how it stands to the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector {
    steps: Vec<(Relation, Vec<Condition>)>,
    /// Whether it chooses what a reader points at, which nobody does in a picture.
    never: bool,
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

impl Places {
    pub fn of(document: &Document) -> Self {
        let mut places = vec![0; document.descendants().count()];
        for parent in document.descendants() {
            let elements = parent.children().filter(Node::is_element);
            elements.zip(1..).for_each(|(element, place)| places[element.id().get_usize()] = place);
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

    pub fn chooses(&self, element: Node, places: &Places) -> bool {
        !self.never && self.reaches(self.steps.len() - 1, element, places, &mut HashMap::new())
    }

    /// Whether the steps up to one lead to an element. What is known is not asked again: elements that lie deep in each
    /// other have very many ways to be reached.
    fn reaches(&self, step: usize, element: Node, places: &Places, known: &mut HashMap<(usize, NodeId), bool>) -> bool {
        let (relation, conditions) = &self.steps[step];
        if !conditions.iter().all(|condition| condition.holds(element, places)) {
            return false;
        }
        let Some(before) = step.checked_sub(1) else { return true };
        if let Some(known) = known.get(&(step, element.id())) {
            return *known;
        }
        let mut reaches = |element: Option<Node>| element.is_some_and(|one| self.reaches(before, one, places, known));
        let above = element.parent_element();
        let is_reached = match relation {
            Relation::ChildOf => reaches(above),
            Relation::NextTo => reaches(element.prev_sibling_element()),
            Relation::Within => std::iter::successors(above, Node::parent_element).any(|one| reaches(Some(one))),
        };
        known.insert((step, element.id()), is_reached);
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
    fn holds(&self, element: Node, places: &Places) -> bool {
        match self {
            Condition::Name(name) => element.tag_name().name() == name,
            Condition::Id(id) => element.attribute("id") == Some(id),
            Condition::Class(class) => element
                .attribute("class")
                .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class)),
            Condition::Attribute(name, None) => element.attribute(name.as_str()).is_some(),
            Condition::Attribute(name, value) => element.attribute(name.as_str()) == value.as_deref(),
            Condition::Root => element.parent_element().is_none(),
            Condition::FirstChild => element.prev_sibling_element().is_none(),
            Condition::LastChild => element.next_sibling_element().is_none(),
            Condition::NthChild(every, first) => {
                let from = places.place(element) - first;
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
