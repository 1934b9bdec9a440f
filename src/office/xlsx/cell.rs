//! One cell, as it is seen.

use std::collections::BTreeMap;

use super::Shared;
use super::strings::Text;
use super::styles::Look;
use crate::office::formula;
use crate::office::number_format::{Decimal, Seen, number_of};
use crate::office::sheet::{Cell, Formula, Position, Refused, Shown};
use crate::office::tags::{Element, Fault};

/// A cell with what must be known of it while what lies over it is applied.
pub struct Held {
    pub cell: Cell,
    /// The number of its look.
    pub style: usize,
    /// Its number, if it holds one.
    pub value: Option<f64>,
}

/// Formulas that several cells share, with the cells that they were written for.
#[derive(Default)]
pub struct SharedFormulas(BTreeMap<u32, (String, Position)>);

/// What a cell stores, by its type.
enum Stored {
    Number(f64),
    Text(Text),
    Truth(bool),
    Error(String),
    /// A number that is none.
    Unknown,
}

/// Reads a cell; none if it holds nothing.
pub fn read(
    element: &Element,
    place: Position,
    shared: &Shared,
    formulas: &mut SharedFormulas,
) -> Result<Option<Held>, Fault> {
    let style = element.number("s").and_then(|style| usize::try_from(style).ok()).unwrap_or_default();
    let look = shared.styles.look(style);
    let formula = element.child("f").map(|formula| formulas.read(formula, place)).transpose()?;
    let kind = element.attribute("t");
    let kind = kind.as_deref().unwrap_or("n");
    let value = element.child("v").map(|value| value.text.as_str()).unwrap_or_default();
    if value.is_empty() && !matches!(kind, "str" | "inlineStr") {
        let cell = Cell { formula, ..bare(Shown::Refused(Refused::NoValue), String::new(), look) };
        return Ok(cell.formula.is_some().then_some(Held { cell, style, value: None }));
    }
    let stored = stored(element, kind, value, shared)?;
    let holds_nothing = matches!(&stored, Stored::Text(text) if text.text.is_empty()) && formula.is_none();
    let number = match &stored {
        Stored::Number(number) => Some(*number),
        _ => None,
    };
    let cell = Cell { formula, ..seen(stored, look, shared) };
    Ok((!holds_nothing).then_some(Held { cell, style, value: number }))
}

fn bare(shown: Shown, stored: String, look: &Look) -> Cell {
    Cell {
        shown,
        stored,
        format: look.code.clone(),
        formula: None,
        comments: Vec::new(),
        struck_through: look.is_struck,
    }
}

fn stored(element: &Element, kind: &str, value: &str, shared: &Shared) -> Result<Stored, Fault> {
    Ok(match kind {
        "s" => {
            let number = value.trim().parse().map_err(|_| Fault)?;
            Stored::Text(shared.strings.get(number).ok_or(Fault)?.clone())
        }
        "inlineStr" => {
            let text = element.child("is").map(|text| Text::of(text, &shared.styles.palette));
            Stored::Text(text.unwrap_or_default())
        }
        "str" => Stored::Text(Text { text: super::strings::escaped(value), ..Text::default() }),
        "b" => Stored::Truth(matches!(value.trim(), "1" | "true")),
        "e" => Stored::Error(value.trim().to_owned()),
        "d" => match number_of(value.trim(), shared.system) {
            Some(number) => Stored::Number(number),
            None => Stored::Unknown,
        },
        _ => {
            value.trim().parse().ok().filter(|number: &f64| number.is_finite()).map_or(Stored::Unknown, Stored::Number)
        }
    })
}

/// What is seen of what is stored.
fn seen(stored: Stored, look: &Look, shared: &Shared) -> Cell {
    let from_region = look.from_region;
    match stored {
        Stored::Number(number) => match look.format.number(number, shared.system) {
            Ok(seen) => {
                let shown = match seen {
                    Seen::Number { text } => Shown::Number { text, from_region },
                    Seen::Day { text, iso } => Shown::Day { text, iso, from_region },
                    Seen::Duration { text } => Shown::Duration { text },
                };
                bare(shown, plain(number), look)
            }
            // What hides a number hides it here, too.
            Err(refused @ (Refused::SignNotShown | Refused::TooManyDigits)) => {
                bare(Shown::Refused(refused), plain(number), look)
            }
            Err(refused) => bare(Shown::Refused(refused), String::new(), look),
        },
        Stored::Text(text) => {
            let is_struck = text.is_struck;
            let is_seen =
                text.inks.is_empty() || text.inks.iter().all(|ink| Look { ink: *ink, ..look.clone() }.is_seen());
            let shown = if is_seen { look.format.text(&text.text) } else { Err(Refused::Masked) };
            let cell = match shown {
                Ok(shown) => bare(Shown::Text(shown), text.text, look),
                Err(refused) => bare(Shown::Refused(refused), String::new(), look),
            };
            Cell { struck_through: look.is_struck || is_struck, ..cell }
        }
        Stored::Truth(truth) => bare(Shown::Truth(truth), if truth { "TRUE" } else { "FALSE" }.to_owned(), look),
        Stored::Error(error) => bare(Shown::Error(error.clone()), error, look),
        Stored::Unknown => bare(Shown::Refused(Refused::UnknownFormat), String::new(), look),
    }
}

/// The shortest decimal of a stored number.
fn plain(number: f64) -> String {
    Decimal::of(number).map(|number| number.to_string()).unwrap_or_default()
}

impl SharedFormulas {
    fn read(&mut self, element: &Element, place: Position) -> Result<Formula, Fault> {
        let shared = element.number("si").filter(|_| element.attribute("t").as_deref() == Some("shared"));
        let text = element.text.trim();
        let text = match (shared, text.is_empty()) {
            (Some(number), true) => {
                let (text, from) = self.0.get(&number).ok_or(Fault)?;
                formula::moved(text, *from, place)
            }
            (Some(number), false) => {
                self.0.insert(number, (text.to_owned(), place));
                text.to_owned()
            }
            (None, _) => text.to_owned(),
        };
        Ok(formula::read(text))
    }
}
