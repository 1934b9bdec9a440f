//! Number formats, which this format spells out in elements, as the codes that they mean.

use std::collections::BTreeMap;

use super::styles::Map;
use crate::office::colour::Colour;
use crate::office::number_format::NumberFormat;
use crate::office::tags::Element;

/// A number format.
#[derive(Debug, Clone, Default)]
pub struct Format {
    pub shows: Shows,
    pub ink: Option<Colour>,
    /// Lengths of time that are longer than a day.
    pub is_elapsed: bool,
    /// The currency is the machine's.
    pub from_region: bool,
    /// Its code, if it is known.
    pub code: Option<String>,
    pub format: Option<NumberFormat>,
    maps: Vec<Map>,
}

/// What a number format shows of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shows {
    #[default]
    Nothing,
    Number,
    /// A fraction or a power.
    Unknown,
    Day,
}

/// The part of a number format that shows a number.
pub struct Chosen<'f> {
    pub format: &'f Format,
    /// It is there for nought alone.
    pub is_of_zero: bool,
}

impl Format {
    pub fn of(element: &Element) -> Format {
        let shows = element.children.iter().map(shows);
        let ink = element.child("text-properties").and_then(|text| text.attribute("fo:color"));
        let code = code(element);
        let has_own_currency = element.child("currency-symbol").is_none_or(|symbol| !symbol.text.is_empty());
        Format {
            shows: shows.fold(Shows::Nothing, |before, shows| if shows == Shows::Nothing { before } else { shows }),
            ink: ink.and_then(|ink| Colour::read(&ink)),
            is_elapsed: is_elapsed(element),
            from_region: !has_own_currency,
            format: code.as_deref().map(NumberFormat::read),
            code,
            maps: element.all("map").filter_map(Map::read).collect(),
        }
    }

    /// The part that shows a number. A format has others for conditions, by their names.
    pub fn chosen<'f>(&'f self, value: f64, all: &'f BTreeMap<String, Format>) -> Chosen<'f> {
        let map = self.maps.iter().find(|map| map.may_hold(Some(value)));
        let format = map.and_then(|map| all.get(&map.style)).unwrap_or(self);
        let is_of_zero = match map.and_then(|map| map.condition) {
            Some(condition) => condition.is_of_zero(),
            // What is left when there are parts for numbers above and below nought.
            None => self.maps.len() == 2 && value == 0.0,
        };
        Chosen { format, is_of_zero }
    }
}

fn is_elapsed(element: &Element) -> bool {
    element.attribute("truncate-on-overflow").as_deref() == Some("false")
}

fn shows(part: &Element) -> Shows {
    match part.name() {
        // A number in a format for texts is shown with all its digits.
        "number" | "text-content" => Shows::Number,
        "fraction" | "scientific-number" => Shows::Unknown,
        "day" | "month" | "year" | "day-of-week" | "hours" | "minutes" | "seconds" => Shows::Day,
        "era" | "quarter" | "week-of-year" => Shows::Unknown,
        _ => Shows::Nothing,
    }
}

/// The code that the elements of a format mean; none if it is not known for certain.
fn code(element: &Element) -> Option<String> {
    let (mut code, mut is_elapsed) = (String::new(), is_elapsed(element));
    for part in &element.children {
        let is_long = part.attribute("number:style").as_deref() == Some("long");
        let of = |short: &str, long: &str| if is_long { long.to_owned() } else { short.to_owned() };
        let piece = match part.name() {
            "text" => literal(&part.text, element.name() == "percentage-style"),
            "currency-symbol" if part.text.is_empty() => literal("£", false),
            "currency-symbol" => literal(&part.text, false),
            "number" => digits(part)?,
            "text-content" => "@".to_owned(),
            "day" => of("d", "dd"),
            "month" if part.is("textual") => of("mmm", "mmmm"),
            "month" => of("m", "mm"),
            "year" => of("yy", "yyyy"),
            "day-of-week" => of("ddd", "dddd"),
            "hours" => of("h", "hh"),
            "minutes" => of("m", "mm"),
            "seconds" => of("s", "ss") + &split(part),
            "am-pm" => "AM/PM".to_owned(),
            "fill-character" | "text-properties" | "map" => String::new(),
            _ => return None,
        };
        let counts_on = is_elapsed && matches!(part.name(), "hours" | "minutes" | "seconds");
        is_elapsed &= !counts_on;
        code.push_str(&if counts_on { format!("[{piece}]") } else { piece });
    }
    Some(code)
}

/// Letters as they stand; of a percentage its sign is more than that.
fn literal(text: &str, has_percent: bool) -> String {
    let letters = text.chars().map(|letter| match letter {
        '%' if has_percent => "%".to_owned(),
        letter => format!("\\{letter}"),
    });
    letters.collect()
}

fn split(seconds: &Element) -> String {
    match seconds.number("decimal-places") {
        Some(places @ 1..=3) => format!(".{}", "0".repeat(places as usize)),
        _ => String::new(),
    }
}

/// The places of a number.
fn digits(part: &Element) -> Option<String> {
    const MOST: u32 = 30;
    let least = part.number("min-integer-digits").unwrap_or_default();
    let Some(decimals) = part.number("decimal-places") else { return (least <= 1).then(|| "General".to_owned()) };
    let least_decimals = part.number("min-decimal-places").unwrap_or(decimals);
    if least > MOST || decimals > MOST || least_decimals > decimals {
        return None;
    }
    let is_grouped = part.is("grouping");
    let mut code = String::new();
    for place in (1..=least.max(if is_grouped { 4 } else { 1 })).rev() {
        code.push(if place <= least { '0' } else { '#' });
        code.extend((is_grouped && place > 1 && place % 3 == 1).then_some(','));
        let words = part.all("embedded-text").filter(|words| words.number("position") == Some(place - 1));
        words.for_each(|words| code.push_str(&literal(&words.text, false)));
    }
    if decimals > 0 {
        // What stands in the place of decimals that are nought is a blank or a dash.
        let blank = if part.attribute("decimal-replacement").is_some_and(|said| said == " ") { "?" } else { "#" };
        code.push('.');
        code.push_str(&"0".repeat(least_decimals as usize));
        code.push_str(&blank.repeat((decimals - least_decimals) as usize));
    }
    let thousands = match part.attribute("display-factor").as_deref() {
        None | Some("1") => 0,
        Some("1000") => 1,
        Some("1000000") => 2,
        Some("1000000000") => 3,
        Some(_) => return None,
    };
    code.push_str(&",".repeat(thousands));
    Some(code)
}
