//! How cells look, and whether their number formats show the number.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::formats::{Chosen, Format};
use crate::office::colour::Colour;
use crate::office::number_format::Condition;
use crate::office::tags::{Element, Event, Fault, Tags};

/// The styles of a file, by their names.
#[derive(Debug, Default)]
pub struct Styles {
    cells: BTreeMap<String, Rc<Style>>,
    formats: BTreeMap<String, Format>,
    /// What is known of a format that stands nowhere.
    unknown: Format,
    /// Styles of sheets that are not shown.
    hidden_tables: Vec<String>,
}

/// The format that every number has at first, and that need not stand in the file.
const GENERAL: &str = "N0";

/// A style of cells, as it is written or with what it takes from others.
#[derive(Debug, Clone, Default)]
pub struct Style {
    parent: Option<String>,
    pub format: Option<String>,
    pub ink: Option<Colour>,
    pub ground: Option<Colour>,
    pub is_struck: Option<bool>,
    /// Styles that are taken where a condition holds.
    pub maps: Vec<Map>,
}

/// A condition, and what is taken where it holds.
#[derive(Debug, Clone)]
pub struct Map {
    /// None if it cannot be told whether it holds.
    pub condition: Option<Condition>,
    pub style: String,
}

impl Map {
    /// Reads a condition such as `value()>=0`, `cell-content()<5` or `<5`.
    pub fn of(condition: &str, style: String) -> Map {
        let bare = condition.trim().trim_start_matches("value()").trim_start_matches("cell-content()");
        Map { condition: Condition::read(&bare.replace("!=", "<>")), style }
    }

    /// Whether it may hold for a number.
    pub fn may_hold(&self, value: Option<f64>) -> bool {
        match (self.condition, value) {
            (Some(condition), Some(value)) => condition.holds(value),
            _ => true,
        }
    }

    pub fn read(element: &Element) -> Option<Map> {
        Some(Map::of(&element.attribute("condition")?, element.attribute("apply-style-name")?.into_owned()))
    }
}

impl Styles {
    /// Takes the styles of a text, too.
    pub fn with(mut self, text: &str) -> Result<Styles, Fault> {
        let mut tags = Tags::new(text);
        while let Some(event) = tags.next() {
            let Event::Open(tag) = event? else { continue };
            let name = tag.attribute("style:name").map(|name| name.into_owned());
            match (tag.name, name) {
                ("body" | "master-styles", _) => tags.pass_over()?,
                ("style", Some(name)) => {
                    let element = tags.element(tag)?;
                    self.add(name, &element);
                }
                (
                    "number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style"
                    | "boolean-style" | "text-style",
                    Some(name),
                ) => {
                    let format = Format::of(&tags.element(tag)?);
                    self.formats.insert(name, format);
                }
                _ => {}
            }
        }
        Ok(self)
    }

    fn add(&mut self, name: String, element: &Element) {
        match element.attribute("family").as_deref() {
            Some("table-cell") => drop(self.cells.insert(name, Rc::new(Style::of(element)))),
            Some("table") => {
                let shown = element.child("table-properties").and_then(|table| table.attribute("table:display"));
                self.hidden_tables.extend((shown.as_deref() == Some("false")).then_some(name));
            }
            _ => {}
        }
    }

    /// With everything that styles take from others in themselves.
    pub fn joined(self) -> Styles {
        let cells = self.cells.keys().map(|name| (name.clone(), Rc::new(self.inherited(name)))).collect();
        Styles { cells, ..self }
    }

    /// A style with what it takes from others.
    fn inherited(&self, name: &str) -> Style {
        let (mut style, mut next) = (Style::default(), Some(name));
        // A style that takes from itself ends here.
        for _ in 0..20 {
            let Some(own) = next.and_then(|name| self.cells.get(name)) else { break };
            style.format = style.format.or_else(|| own.format.clone());
            style.ink = style.ink.or(own.ink);
            style.ground = style.ground.or(own.ground);
            style.is_struck = style.is_struck.or(own.is_struck);
            style.maps.extend(own.maps.iter().cloned());
            next = own.parent.as_deref();
        }
        style
    }

    /// The style of a name; the usual one if there is none.
    pub fn cell(&self, name: Option<&str>) -> Rc<Style> {
        name.and_then(|name| self.cells.get(name)).or_else(|| self.cells.get("Default")).cloned().unwrap_or_default()
    }

    /// Whether a style that is taken by a condition may hide what is in a cell of another.
    pub fn may_hide(&self, change: &str, style: &Style) -> bool {
        let Some(change) = self.cells.get(change) else { return true };
        let usual = self.cell(None);
        let has_format = change.format.is_some() && change.format != usual.format && change.format != style.format;
        has_format || !is_seen(change.ink.or(style.ink), change.ground.or(style.ground))
    }

    /// The part of a format that shows a number: none if the cell has no format, and one that shows nothing that is known if
    /// the format is nowhere.
    pub fn format(&self, name: Option<&str>, value: f64) -> Option<Chosen<'_>> {
        let name = name.filter(|name| *name != GENERAL)?;
        let format = self.formats.get(name).unwrap_or(&self.unknown);
        Some(format.chosen(value, &self.formats))
    }

    pub fn is_hidden_table(&self, name: &str) -> bool {
        self.hidden_tables.iter().any(|hidden| hidden == name)
    }
}

impl Style {
    fn of(element: &Element) -> Style {
        let text = element.child("text-properties");
        let colour = |name: &str, of: Option<&Element>| of?.attribute(name).and_then(|colour| Colour::read(&colour));
        let line = text.and_then(|text| {
            text.attribute("text-line-through-style").or_else(|| text.attribute("text-line-through-type"))
        });
        Style {
            parent: element.attribute("parent-style-name").map(|name| name.into_owned()),
            format: element.attribute("data-style-name").map(|name| name.into_owned()),
            ink: colour("fo:color", text),
            ground: colour("background-color", element.child("table-cell-properties")),
            is_struck: line.map(|line| line != "none"),
            maps: element.all("map").filter_map(Map::read).collect(),
        }
    }

    /// Whether what stands in the cell can be seen, in the ink of its format if that has one.
    pub fn is_seen_in(&self, format: Option<&Format>) -> bool {
        is_seen(format.and_then(|format| format.ink).or(self.ink), self.ground)
    }
}

fn is_seen(ink: Option<Colour>, ground: Option<Colour>) -> bool {
    ink.unwrap_or(Colour::BLACK).is_seen_on(ground.unwrap_or(Colour::WHITE))
}
