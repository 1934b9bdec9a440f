//! What a cell gives for a figure: as it would be typed, or why it gives none.

use rust_decimal::Decimal;

use super::lines::{Says, Slot};
use super::number::{Behind, with_commas, with_digits};
use super::place::shown;
use super::units;
use crate::fact::Quantity;
use crate::model::values::{Date, Figure, FigureValue, Unit};
use crate::model::{Digits, Import};
use crate::office::sheet::{Cell, Refused, Shown};
use crate::yaml::Parse;

/// What a cell gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// As it is typed where no other form is asked for.
    pub typed: String,
    pub says: Says,
    /// Whether it is a number that is stored as a text.
    pub is_text: bool,
}

/// Why a cell gives nothing, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotGiven {
    pub why: String,
    pub help: String,
}

fn refuse<T>(why: impl Into<String>, help: impl Into<String>) -> Result<T, NotGiven> {
    Err(NotGiven { why: why.into(), help: help.into() })
}

/// Reads a cell for the place of a figure; `unit` is what is said of its unit.
pub fn read(cell: Option<&Cell>, import: &Import, slot: &Slot, unit: units::Says) -> Result<Given, NotGiven> {
    if let Some(Shown::Refused(why)) = cell.map(|cell| &cell.shown) {
        return refused(*why);
    }
    let text = cell.and_then(shown).unwrap_or_default();
    let text = text.trim();
    if let Some(means) = import.reads.get(text) {
        return typed(&means.value, slot, false);
    }
    match cell.map(|cell| (&cell.shown, cell)) {
        None => empty(),
        Some((Shown::Text(_), _)) if text.is_empty() => empty(),
        Some((Shown::Text(_), _)) => of_text(text, import, slot, unit),
        Some((Shown::Number { .. }, cell)) => of_number(text, &cell.stored, import, slot, unit),
        Some((Shown::Day { iso, .. }, _)) => of_day(text, iso, slot),
        Some((Shown::Duration { .. }, _)) => of_text(text, import, slot, unit),
        Some((Shown::Truth(_) | Shown::Error(_), _)) => refuse(
            format!("shows {text}"),
            format!("ask its sender for the figure, or say under `reads` what it means: `\"{text}\": no data`"),
        ),
        Some((Shown::Refused(why), _)) => refused(*why),
    }
}

fn refused(why: Refused) -> Result<Given, NotGiven> {
    match why {
        Refused::NoValue => refuse(
            "has a formula that no program has calculated",
            "open the workbook in the program that it was made with, save it, and try again",
        ),
        Refused::Masked => refuse(
            "hides its number by its format or by its ink",
            "what was hidden is not taken: it may be about a few people; ask its sender, and type `[c]` where a figure is kept back",
        ),
        Refused::UnknownFormat => refuse(
            "has a number format whose result is not known for certain",
            "give the cell a plain number format in the workbook, save it, and try again",
        ),
        Refused::SignNotShown => refuse(
            "has a negative number, and its format does not show that it is one",
            "give the cell a format with a minus or brackets, save the workbook, and try again",
        ),
        Refused::TooManyDigits => refuse(
            "has a number of more than 15 digits, which workbooks do not keep exactly",
            "type the figure by hand, and name its address under `keep`",
        ),
        Refused::DecimalInDoubt => refuse(
            "can be read in two ways: with a decimal point, or with one between thousands",
            "if a comma parts its decimals, say so: `decimal: comma`; else have the file saved as a workbook",
        ),
        Refused::WithinMerged => refuse(
            "lies within a merged cell and holds something that nobody sees",
            "part the merged cell in the workbook, look which of the figures is meant, and try again",
        ),
    }
}

fn empty() -> Result<Given, NotGiven> {
    refuse("is empty", "say under `reads` what an empty cell means: `\"\": no data`")
}

fn of_number(text: &str, stored: &str, import: &Import, slot: &Slot, unit: units::Says) -> Result<Given, NotGiven> {
    if let Says::Day(_) = slot.says {
        return refuse(format!("shows {text}, where a day is meant"), "give the cell a date format in the workbook");
    }
    let number = units::Number { text, stored: Some(stored) };
    if let Some(said) = unit.unit {
        return typed(&units::converted(number, said, import.digits, slot)?, slot, false);
    }
    let Some(wanted) = with_digits(text, stored, import.digits) else {
        return refuse(
            format!("shows {text}, and {stored} is stored behind it, which is not the same number"),
            "write `digits: shown`, or ask its sender",
        );
    };
    if let Some(size) = Behind::of(text, stored).and_then(|behind| behind.unsaid(text))
        && import.digits == Digits::Shown
        && slot.size != Decimal::from(size)
    {
        return refuse(
            format!("shows {text} for {stored}, and nothing beside it says that it is in {}", sizes(size)),
            "give the table that `unit`, such as £'000, or write `digits: stored` where the figure is given in full",
        );
    }
    units::doubt(number, unit.heading, slot).map_or(Ok(()), Err)?;
    typed(&plain(&wanted), slot, false)
}

/// What so many are called.
fn sizes(size: u64) -> &'static str {
    match size {
        1_000 => "thousands",
        1_000_000 => "millions",
        _ => "billions",
    }
}

fn of_text(text: &str, import: &Import, slot: &Slot, unit: units::Says) -> Result<Given, NotGiven> {
    let number = units::Number { text, stored: None };
    let text = match (unit.unit, number.is_one()) {
        (Some(said), true) => &units::converted(number, said, import.digits, slot)?,
        (None, true) => units::doubt(number, unit.heading, slot).map_or(Ok(text), Err)?,
        (_, false) => text,
    };
    let given = typed(&plain(text), slot, true)?;
    let must_be_named = match &given.says {
        // The shorthand of government statistics says what it is; a dash can mean anything.
        Says::Figure(Figure { value: FigureValue::Absent(_), .. }) => !text.starts_with('['),
        Says::Figure(Figure { value: FigureValue::Nil(_), .. }) => true,
        Says::Figure(_) | Says::Day(_) | Says::Words(_) => false,
    };
    if must_be_named {
        return refuse(
            format!("says {text}, which is no figure"),
            format!("say under `reads` what it means, such as `\"{text}\": n/a`, `no data` or `nil`"),
        );
    }
    Ok(given)
}

fn of_day(text: &str, iso: &str, slot: &Slot) -> Result<Given, NotGiven> {
    match slot.says {
        Says::Day(_) => typed(iso.split('T').next().unwrap_or(iso), slot, false),
        Says::Words(_) => typed(text, slot, false),
        Says::Figure(_) => refuse(
            format!("shows the day {text}, where a figure is meant"),
            "programs make days of what looks like one, such as 5-10: ask its sender what was typed",
        ),
    }
}

/// What is typed at a place, as what stands there is read.
pub fn typed(text: &str, slot: &Slot, is_text: bool) -> Result<Given, NotGiven> {
    let says = match &slot.says {
        Says::Words(_) => Ok(Says::Words(text.to_owned())),
        Says::Day(_) => Date::parse(text).map(Says::Day),
        Says::Figure(now) => figure(text, slot.bare, *now).map(Says::Figure),
    };
    match says {
        Ok(says) => {
            let is_text = is_text && matches!(says, Says::Figure(_));
            Ok(Given { typed: text.to_owned(), says, is_text })
        }
        Err(why) => {
            let help = format!("{why}; or say under `reads` what it means: `\"{text}\": no data`");
            refuse(format!("says `{text}`, which cannot be taken"), help)
        }
    }
}

/// Reads a figure, which has the unit of the one that stands there, if that has one.
fn figure(text: &str, bare: Unit, now: Figure) -> Result<Figure, String> {
    let figure = Figure::parse_in(text, bare)?;
    match (now.unit(), figure.unit()) {
        (Some(own), Some(unit)) if !go_together(own, unit) => {
            Err(format!("{own} is expected here, and this is {unit}"))
        }
        _ => Ok(figure),
    }
}

/// Whether figures of one place can have these units in turn: weeks and days can, pounds and percentages cannot.
fn go_together(own: Unit, unit: Unit) -> bool {
    own == unit || matches!((own, unit), (Unit::Time(_), Unit::Time(_)))
}

/// What a number format shows, as it is typed: with single blanks, and a lone dash for nought.
fn plain(text: &str) -> String {
    let text = super::layout::single_spaced(text);
    let bare = text.trim_start_matches(['£', '$', '€']).trim();
    if matches!(bare, "-" | "–" | "—" | "−") { "-".to_owned() } else { text }
}

/// Whether two say the same, however they are typed.
pub fn is_same(one: &Says, other: &Says) -> bool {
    match (one, other) {
        (Says::Figure(one), Says::Figure(other)) => is_same_figure(*one, *other),
        (Says::Day(one), Says::Day(other)) => one == other,
        (Says::Words(one), Says::Words(other)) => {
            super::layout::single_spaced(one) == super::layout::single_spaced(other)
        }
        _ => false,
    }
}

fn is_same_figure(one: Figure, other: Figure) -> bool {
    let is_nil = |figure: Figure| matches!(figure.value, FigureValue::Nil(_));
    match (Quantity::of_figure(one), Quantity::of_figure(other)) {
        (Some(own), Some(theirs)) if is_nil(one) || is_nil(other) => {
            own.number == theirs.number && own.is_known() && theirs.is_known()
        }
        (Some(own), Some(theirs)) => own == theirs,
        (None, None) => one.value == other.value,
        _ => false,
    }
}

/// The typed form of a figure in the manner of the one that it replaces: with or without commas and the sign of its unit, and
/// with its mark.
pub fn in_manner_of(given: &Given, before: &str, slot: &Slot) -> String {
    let (Says::Figure(new), Says::Figure(old)) = (&given.says, &slot.says) else { return given.typed.clone() };
    let has_comma = before.contains(',');
    let has_long_number = before.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 3);
    let mut text = given.typed.clone();
    match (has_comma, has_long_number) {
        (true, _) => text = with_commas(&text),
        (false, true) => text = text.replace(',', ""),
        (false, false) => {}
    }
    if let Unit::Money(currency) = slot.bare {
        let sign = currency.sign();
        match before.contains(sign) {
            true if text.starts_with(|c: char| c.is_ascii_digit()) => text.insert(0, sign),
            true => {}
            false => text = text.replace(sign, ""),
        }
    }
    if let (Some(mark), None) = (old.mark, new.mark) {
        text = format!("{text} ({})", mark.letters());
    }
    let reads = |text: &str| Figure::parse_in(text, slot.bare).is_ok_and(|read| is_same_figure(read, *new));
    if reads(&text) { text } else { given.typed.clone() }
}
