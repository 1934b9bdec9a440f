//! One cell, as it is seen.

use std::rc::Rc;

use super::formats::{Format, Shows};
use super::styles::{Style, Styles};
use crate::office::formula;
use crate::office::number_format::{DIGITS_KEPT, DateSystem, Decimal, Seen, is_nil, number_of};
use crate::office::sheet::{Cell, Comment, Formula, Refused, Shown};
use crate::office::tags::{Event, Fault, Tag, Tags};

/// A cell with what must be known of it while what lies over it is applied.
#[derive(Clone)]
pub struct Held {
    pub cell: Cell,
    pub style: Rc<Style>,
    pub value: Option<f64>,
}

/// What stands within a cell.
#[derive(Default)]
struct Inside {
    /// Its lines, which are what is seen; none if it has not even an empty one.
    text: Option<String>,
    comments: Vec<Comment>,
}

/// Reads a cell that was opened; none if it holds nothing.
pub fn read(tags: &mut Tags, tag: Tag, style: Option<&str>, styles: &Styles) -> Result<Option<Held>, Fault> {
    let inside = Inside::read(tags)?;
    let formula = tag.attribute("formula").map(|formula| written(&formula));
    let kind = tag.attribute("office:value-type").or_else(|| tag.attribute("value-type"));
    if kind.is_none() && formula.is_none() && inside.text.is_none() && inside.comments.is_empty() {
        return Ok(None);
    }
    let style = styles.cell(style);
    let value =
        tag.attribute("office:value").and_then(|value| value.parse().ok()).filter(|value: &f64| value.is_finite());
    let text = inside.text.unwrap_or_default();
    let (shown, stored) = match kind.as_deref() {
        _ if tag.attribute("calcext:value-type").as_deref() == Some("error") => (Shown::Error(text.clone()), text),
        Some("float" | "percentage" | "currency") => number(value, text, &style, styles),
        Some("date") => day(&tag.attribute("date-value").ok_or(Fault)?, text, &style, styles),
        Some("time") => time(&tag.attribute("time-value").ok_or(Fault)?, text, &style, styles),
        Some("boolean") => (Shown::Truth(tag.is("boolean-value")), text),
        None if formula.is_some() && text.is_empty() => (Shown::Refused(Refused::NoValue), text),
        _ => words(text, &style),
    };
    let cell = Cell {
        shown,
        stored,
        format: value.and_then(|value| styles.format(style.format.as_deref(), value)?.format.code.clone()),
        formula,
        comments: inside.comments,
        struck_through: style.is_struck.unwrap_or_default(),
    };
    Ok(Some(Held { cell, style, value }))
}

/// A formula without the name of its language.
fn written(formula: &str) -> Formula {
    let bare = formula.split_once('=').filter(|(before, _)| before.ends_with(':') || before.is_empty());
    formula::read(bare.map_or(formula, |(_, formula)| formula).to_owned())
}

fn refused(refused: Refused) -> (Shown, String) {
    (Shown::Refused(refused), String::new())
}

fn words(text: String, style: &Style) -> (Shown, String) {
    match style.is_seen_in(None) {
        true => (Shown::Text(text.clone()), text),
        false => refused(Refused::Masked),
    }
}

fn number(value: Option<f64>, text: String, style: &Style, styles: &Styles) -> (Shown, String) {
    let Some((value, decimal)) = value.and_then(|value| Some((value, Decimal::of(value)?))) else {
        return refused(Refused::UnknownFormat);
    };
    let chosen = styles.format(style.format.as_deref(), value);
    let is_nil = decimal.is_zero() && is_nil(&text) && chosen.as_ref().is_some_and(|chosen| chosen.is_of_zero);
    let format = chosen.map(|chosen| chosen.format);
    if let Err(why) = seen(&text, is_nil, format, style) {
        return refused(why);
    }
    if !is_nil && !is_confirmed(&text, &[value, value.abs()], format) {
        return refused(Refused::UnknownFormat);
    }
    let shows_digits = text.contains(|letter: char| letter.is_ascii_digit() && letter != '0');
    let shows_sign = text.contains(['-', '−', '–', '(']);
    let shown = match () {
        () if decimal.whole_digits() > DIGITS_KEPT as i32 => Shown::Refused(Refused::TooManyDigits),
        () if value < 0.0 && shows_digits && !shows_sign => Shown::Refused(Refused::SignNotShown),
        () => Shown::Number { text, from_region: format.is_some_and(|format| format.from_region) },
    };
    (shown, decimal.to_string())
}

/// Whether a text shows the number of its cell. `is_nil`: it says nought, in words that stand for nothing else.
fn seen(text: &str, is_nil: bool, format: Option<&Format>, style: &Style) -> Result<(), Refused> {
    let shows = format.map_or(Shows::Number, |format| format.shows);
    let has_digits = text.contains(|letter: char| letter.is_ascii_digit());
    match shows {
        _ if !style.is_seen_in(format) => Err(Refused::Masked),
        Shows::Nothing if format.is_some_and(|format| format.code.is_none()) => Err(Refused::UnknownFormat),
        Shows::Nothing if !is_nil => Err(Refused::Masked),
        Shows::Unknown => Err(Refused::UnknownFormat),
        // A power where there was no room for all digits.
        _ if text.contains("E+") || text.contains("E-") => Err(Refused::UnknownFormat),
        _ if text.contains(['<', '>']) || !(has_digits || is_nil) => Err(Refused::Masked),
        _ => Ok(()),
    }
}

/// Whether a format shows one of these numbers so. The text may round a half of the binary number, as its program does; a
/// text that the format does not give is replaced when the program shows it next.
fn is_confirmed(text: &str, values: &[f64], format: Option<&Format>) -> bool {
    let Some(format) = format else { return true };
    let shape = |text: &str| text.trim().replace(|letter: char| letter.is_ascii_digit(), "0");
    let is_so = |value: &f64| {
        let seen = format.format.as_ref()?.number(*value, DateSystem::From1900);
        Some(match seen {
            Ok(Seen::Number { text: seen }) => shape(&seen) == shape(text),
            Ok(Seen::Day { text: seen, .. } | Seen::Duration { text: seen }) => seen.trim() == text.trim(),
            Err(_) => false,
        })
    };
    values.iter().filter_map(is_so).any(|is_so| is_so)
}

fn day(value: &str, text: String, style: &Style, styles: &Styles) -> (Shown, String) {
    let iso = value.split('.').next().unwrap_or(value).trim_end_matches("T00:00:00").to_owned();
    let Some(number) = number_of(&iso, DateSystem::From1900) else { return refused(Refused::UnknownFormat) };
    match seen_day(&text, number, style, styles) {
        Ok(()) => (Shown::Day { text, iso: iso.clone(), from_region: false }, iso),
        Err(why) => refused(why),
    }
}

/// A time of the day, or a length of time: `PT18H05M00S`.
fn time(value: &str, text: String, style: &Style, styles: &Styles) -> (Shown, String) {
    let Some((hours, minutes, seconds)) = clock(value) else { return refused(Refused::UnknownFormat) };
    let number = (f64::from(hours) * 3_600.0 + f64::from(minutes) * 60.0 + f64::from(seconds)) / 86_400.0;
    if let Err(why) = seen_day(&text, number, style, styles) {
        return refused(why);
    }
    let chosen = styles.format(style.format.as_deref(), number);
    if hours >= 24 || chosen.is_some_and(|chosen| chosen.format.is_elapsed) {
        return (Shown::Duration { text }, value.to_owned());
    }
    let iso = format!("{hours:02}:{minutes:02}:{seconds:02}");
    (Shown::Day { text, iso, from_region: false }, value.to_owned())
}

/// Whether a text shows the day or time of its cell.
fn seen_day(text: &str, number: f64, style: &Style, styles: &Styles) -> Result<(), Refused> {
    let format = styles.format(style.format.as_deref(), number).map(|chosen| chosen.format);
    let shows = format.map_or(Shows::Day, |format| format.shows);
    match shows {
        Shows::Nothing if format.is_some_and(|format| format.code.is_none()) => Err(Refused::UnknownFormat),
        Shows::Nothing => Err(Refused::Masked),
        _ if text.trim().is_empty() || !style.is_seen_in(format) => Err(Refused::Masked),
        _ if !is_confirmed(text, &[number], format) => Err(Refused::UnknownFormat),
        _ => Ok(()),
    }
}

/// Hours, minutes and seconds of a length of time.
fn clock(value: &str) -> Option<(u32, u32, u32)> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    Some((hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?))
}

impl Inside {
    fn read(tags: &mut Tags) -> Result<Inside, Fault> {
        let mut inside = Inside::default();
        loop {
            match tags.next().ok_or(Fault)?? {
                Event::Open(tag) if tag.name == "p" => {
                    let line = paragraph(tags)?;
                    inside.text = Some(inside.text.map_or(line.clone(), |text| text + "\n" + &line));
                }
                Event::Open(tag) if tag.name == "annotation" => inside.comments.push(comment(tags)?),
                Event::Open(_) => tags.pass_over()?,
                Event::Close(_) => return Ok(inside),
                Event::Text(_) => {}
            }
        }
    }
}

/// The letters of a paragraph: blanks in a row are one, unless they are counted.
fn paragraph(tags: &mut Tags) -> Result<String, Fault> {
    let (mut text, mut depth) = (String::new(), 1usize);
    while depth > 0 {
        match tags.next().ok_or(Fault)?? {
            Event::Open(tag) => {
                depth += 1;
                match tag.name {
                    "s" => text.extend(std::iter::repeat_n(' ', tag.number("c").unwrap_or(1).min(1_000) as usize)),
                    "tab" => text.push('\t'),
                    "line-break" => text.push('\n'),
                    // Notes and drawings stand beside the text.
                    "annotation" | "frame" | "note" => {
                        tags.pass_over()?;
                        depth -= 1;
                    }
                    _ => {}
                }
            }
            Event::Close(_) => depth -= 1,
            Event::Text(more) => {
                for letter in more.chars() {
                    let is_blank = matches!(letter, ' ' | '\t' | '\n' | '\r');
                    match is_blank && (text.is_empty() || text.ends_with([' ', '\n', '\t'])) {
                        true => {}
                        false => text.push(if is_blank { ' ' } else { letter }),
                    }
                }
            }
        }
    }
    Ok(text)
}

/// A comment that was opened.
fn comment(tags: &mut Tags) -> Result<Comment, Fault> {
    let (mut by, mut lines) = (None, Vec::new());
    loop {
        match tags.next().ok_or(Fault)?? {
            Event::Open(tag) => match tag.name {
                "creator" => by = Some(tags.text()?.trim().to_owned()).filter(|by| !by.is_empty()),
                "p" => lines.push(paragraph(tags)?),
                _ => tags.pass_over()?,
            },
            Event::Close(_) => return Ok(Comment { by, text: lines.join("\n") }),
            Event::Text(_) => {}
        }
    }
}
