//! A figure: an amount, a range in which it lies, nil, or the statement that there is none; perhaps with a mark.

use std::fmt;

use rust_decimal::Decimal;

use super::amount::{Amount, Manner};
use super::unit::Unit;
use super::words::NilShown;
use super::{band, likely};
use crate::wording::Wording;
use crate::yaml::{Parse, Texts};

const EXPECTED: &str = "a figure is written 1,323 or 38.6 or £4.5M or 98% or 9.5 weeks, or `n/a` or `no data`";

/// The part of it about what has no figure.
pub const OR_NONE: &str = ", or `n/a` or `no data`";

/// The forms in which nil is typed.
const NIL: [&str; 8] = ["-", "–", "—", "−", "nil", "Nil", "none", "None"];

/// A figure, as it was typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    pub value: FigureValue,
    pub mark: Option<FigureMark>,
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FigureValue {
    Exact(Amount),
    /// Somewhere between two: `190–195`.
    Band(Amount, Amount),
    /// On one side of an amount, or near it: `<5`, `over 2,000`, `c. 40`.
    Bounded(Bound, Amount),
    /// Nothing, said with a dash: nought in every sum. The unit is that of its place.
    Nil(Unit),
    Absent(Absence),
}

/// How an amount bounds a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Less than the amount, and not less than nought.
    Under,
    AtMost,
    Over,
    AtLeast,
    /// The amount to its last digit that is not nought: `c. 40` is between 35 and 45.
    About,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    NotApplicable,
    NoData,
    NotMeasured,
    NotCollected,
    /// Kept back, because it could identify people.
    Suppressed,
    /// Too low to be said.
    Low,
}

/// What is to be known of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureMark {
    Provisional,
    Revised,
    Estimated,
    Forecast,
    BreakInSeries,
    Restated,
}

impl Bound {
    /// The forms in which each is typed.
    const FORMS: [(Bound, &'static [&'static str]); 5] = [
        (Bound::AtMost, &["≤", "<=", "up to "]),
        (Bound::AtLeast, &["≥", ">=", "at least "]),
        (Bound::Under, &["<", "under ", "fewer than ", "less than "]),
        (Bound::Over, &[">", "over ", "more than "]),
        (Bound::About, &["c. ", "c.", "about ", "~"]),
    ];

    /// What stands before the amount.
    fn typed(text: &str) -> Option<(Self, &'static str, &str)> {
        Self::FORMS.iter().find_map(|(bound, forms)| {
            forms.iter().find_map(|form| Some((*bound, *form, text.strip_prefix(form)?.trim_start())))
        })
    }

    /// The message that prints a figure with it.
    fn key(self) -> &'static str {
        match self {
            Bound::Under => "figure.under",
            Bound::AtMost => "figure.at-most",
            Bound::Over => "figure.over",
            Bound::AtLeast => "figure.at-least",
            Bound::About => "figure.about",
        }
    }
}

impl Absence {
    /// Each with the forms in which it is typed, and its shorthand in government statistics.
    const FORMS: [(Absence, &'static [&'static str], &'static str); 6] = [
        (Absence::NotApplicable, &["n/a", "N/A", "[z]"], "[z]"),
        (Absence::NoData, &["No data", "no data", "[x]"], "[x]"),
        (Absence::NotMeasured, &["Not measured", "not measured"], "[x]"),
        (Absence::NotCollected, &["Not collected", "not collected"], "[x]"),
        (Absence::Suppressed, &["[c]"], "[c]"),
        (Absence::Low, &["[low]"], "[low]"),
    ];

    fn typed(text: &str) -> Option<Self> {
        Self::FORMS.iter().find(|(_, forms, _)| forms.contains(&text)).map(|(absence, ..)| *absence)
    }

    /// As it is printed: in words, or in the shorthand that a table explains.
    pub fn shown(self, wording: &Wording) -> String {
        match self {
            Absence::NotApplicable => wording.say("figure.not-applicable", &[]),
            Absence::NoData => wording.say("figure.no-data", &[]),
            Absence::NotMeasured => wording.say("figure.not-measured", &[]),
            Absence::NotCollected => wording.say("figure.not-collected", &[]),
            Absence::Suppressed | Absence::Low => self.shorthand().to_owned(),
        }
    }

    /// Its shorthand in data files.
    pub fn shorthand(self) -> &'static str {
        Self::FORMS.iter().find(|(absence, ..)| *absence == self).map_or("", |(_, _, shorthand)| shorthand)
    }

    /// In words, for data files.
    pub fn name(self) -> &'static str {
        match self {
            Absence::NotApplicable => "not applicable",
            Absence::NoData => "no data",
            Absence::NotMeasured => "not measured",
            Absence::NotCollected => "not collected",
            Absence::Suppressed => "suppressed",
            Absence::Low => "low",
        }
    }

    /// The message that says what the shorthand means, where it is printed instead of words.
    pub fn meaning(self) -> Option<&'static str> {
        match self {
            Absence::Suppressed => Some("figure.suppressed-means"),
            Absence::Low => Some("figure.low-means"),
            Absence::NotApplicable | Absence::NoData | Absence::NotMeasured | Absence::NotCollected => None,
        }
    }
}

impl FigureMark {
    /// All marks, with the letters of each and what it means.
    pub const ALL: [(FigureMark, &'static str, &'static str); 6] = [
        (FigureMark::Provisional, "p", "provisional"),
        (FigureMark::Revised, "r", "revised"),
        (FigureMark::Estimated, "e", "estimated"),
        (FigureMark::Forecast, "f", "forecast"),
        (FigureMark::BreakInSeries, "b", "not comparable with earlier figures"),
        (FigureMark::Restated, "rs", "restated"),
    ];

    /// The letters that are printed beside the figure.
    pub fn letters(self) -> &'static str {
        Self::ALL.iter().find(|(mark, ..)| *mark == self).map_or("", |(_, letters, _)| letters)
    }

    /// Whether the figure may still become another one.
    pub fn may_change(self) -> bool {
        matches!(self, FigureMark::Provisional | FigureMark::Estimated | FigureMark::Forecast)
    }

    /// The message that says what it means.
    pub fn meaning(self) -> &'static str {
        match self {
            FigureMark::Provisional => "mark.provisional",
            FigureMark::Revised => "mark.revised",
            FigureMark::Estimated => "mark.estimated",
            FigureMark::Forecast => "mark.forecast",
            FigureMark::BreakInSeries => "mark.break-in-series",
            FigureMark::Restated => "mark.restated",
        }
    }

    /// The mark at the end of a figure, `(p)` or `[p]`, and what stands before it.
    fn typed(text: &str) -> Result<Option<(&str, Self)>, String> {
        let closed = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
            text.strip_suffix(close)?.rsplit_once(open).filter(|(before, _)| !before.is_empty())
        });
        let Some((figure, letters)) = closed.filter(|(_, letters)| letters.chars().all(|c| c.is_ascii_alphabetic()))
        else {
            return Ok(None);
        };
        match Self::ALL.iter().find(|(_, known, _)| *known == letters) {
            Some((mark, ..)) => Ok(Some((figure.trim_end(), *mark))),
            None => {
                let known: Vec<String> =
                    Self::ALL.iter().map(|(_, letters, meaning)| format!("({letters}) {meaning}")).collect();
                Err(format!("`({letters})` is no mark; the marks are {}", known.join(", ")))
            }
        }
    }
}

impl Figure {
    pub const NOT_APPLICABLE: Figure = Figure { value: FigureValue::Absent(Absence::NotApplicable), mark: None };
    pub const NO_DATA: Figure = Figure { value: FigureValue::Absent(Absence::NoData), mark: None };

    /// A figure that is exact.
    pub fn exact(amount: Amount) -> Self {
        Self { value: FigureValue::Exact(amount), mark: None }
    }

    /// Reads a figure; a number without a unit is one of `bare`. The error says what is expected.
    pub fn parse_in(text: &str, bare: Unit) -> Result<Self, String> {
        if let Some(absence) = Absence::typed(text) {
            return Ok(Self { value: FigureValue::Absent(absence), mark: None });
        }
        let (text, mark) = FigureMark::typed(text)?.map_or((text, None), |(text, mark)| (text, Some(mark)));
        let value = if NIL.contains(&text) {
            FigureValue::Nil(bare)
        } else if let Some((bound, _, rest)) = Bound::typed(text) {
            FigureValue::Bounded(bound, Amount::parse(rest, bare)?)
        } else if let Some((low, high)) = band::ends(text) {
            let (low, high) = band::read(low, high, bare)?;
            FigureValue::Band(low, high)
        } else {
            FigureValue::Exact(read_one(text, bare)?)
        };
        Ok(Self { value, mark })
    }

    /// The one amount that it says; none for ranges, nil and absences.
    pub fn amount(self) -> Option<Amount> {
        match self.value {
            FigureValue::Exact(amount) => Some(amount),
            FigureValue::Band(..) | FigureValue::Bounded(..) | FigureValue::Nil(_) | FigureValue::Absent(_) => None,
        }
    }

    /// The amounts that it names: one, or the two ends of a band.
    pub fn ends(self) -> Vec<Amount> {
        match self.value {
            FigureValue::Exact(amount) | FigureValue::Bounded(_, amount) => vec![amount],
            FigureValue::Band(low, high) => vec![low, high],
            FigureValue::Nil(_) | FigureValue::Absent(_) => Vec::new(),
        }
    }

    /// The unit of the figure; none where there is no figure.
    pub fn unit(self) -> Option<Unit> {
        match self.value {
            FigureValue::Exact(amount) | FigureValue::Band(amount, _) | FigureValue::Bounded(_, amount) => {
                Some(amount.unit)
            }
            FigureValue::Nil(unit) => Some(unit),
            FigureValue::Absent(_) => None,
        }
    }

    /// The number alone, for data files: money in whole units, nil as nought. `None` where there is no one number.
    pub fn number(self) -> Option<Decimal> {
        match self.value {
            FigureValue::Exact(amount) => Some(amount.in_full()),
            FigureValue::Nil(_) => Some(Decimal::ZERO),
            FigureValue::Band(..) | FigureValue::Bounded(..) | FigureValue::Absent(_) => None,
        }
    }

    /// What stands beside the number in data files: the shorthand of its mark, the range as it was typed, or why there
    /// is no number.
    pub fn shorthand(self) -> String {
        let mark = self.mark.map(|mark| format!("[{}]", mark.letters()));
        let value = match self.value {
            FigureValue::Exact(_) | FigureValue::Nil(_) => None,
            FigureValue::Band(..) | FigureValue::Bounded(..) => Some(Figure { mark: None, ..self }.to_string()),
            FigureValue::Absent(absence) => Some(absence.shorthand().to_owned()),
        };
        [value, mark].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The unit's name in data files.
    pub fn unit_name(self) -> String {
        match (self.value, self.unit()) {
            (FigureValue::Absent(absence), _) => absence.name().to_owned(),
            (FigureValue::Exact(amount), Some(Unit::Number)) if is_count(amount) => "count".to_owned(),
            (_, unit) => unit.map(|unit| unit.name()).unwrap_or_default(),
        }
    }

    /// Whether it says that there is none.
    pub fn is_absent(self) -> bool {
        matches!(self.value, FigureValue::Absent(_))
    }

    /// As it is printed.
    pub fn shown(self, manner: &Manner) -> String {
        self.written(|amount| amount.shown(manner), manner)
    }

    /// As it is printed where its unit stands beside it.
    pub fn bare(self, manner: &Manner) -> String {
        self.written(|amount| amount.bare(manner), manner)
    }

    /// The same of another unit, where it is a plain number; none where it has a unit of its own.
    pub fn in_unit(self, unit: Unit) -> Option<Self> {
        if self.unit() != Some(Unit::Number) {
            return None;
        }
        let of = |amount: Amount| amount.of_unit(unit);
        let value = match self.value {
            FigureValue::Exact(amount) => FigureValue::Exact(of(amount)),
            FigureValue::Band(low, high) => FigureValue::Band(of(low), of(high)),
            FigureValue::Bounded(bound, amount) => FigureValue::Bounded(bound, of(amount)),
            FigureValue::Nil(_) => FigureValue::Nil(unit),
            FigureValue::Absent(absence) => FigureValue::Absent(absence),
        };
        Some(Self { value, ..self })
    }

    /// Without its mark, which a table prints beside it.
    pub fn unmarked(self) -> Self {
        Self { mark: None, ..self }
    }

    fn written(self, amount_shown: impl Fn(Amount) -> String, manner: &Manner) -> String {
        let wording = &manner.wording;
        let shown = match self.value {
            FigureValue::Exact(amount) => amount_shown(amount),
            FigureValue::Band(low, high) => {
                wording.say("figure.between", &[("low", &amount_shown(low)), ("high", &amount_shown(high))])
            }
            FigureValue::Bounded(bound, amount) => wording.say(bound.key(), &[("figure", &amount_shown(amount))]),
            FigureValue::Nil(_) => match manner.nil {
                NilShown::Word => wording.say("figure.nil", &[]),
                NilShown::Dash | NilShown::Nought => manner.nil.shown().to_owned(),
            },
            FigureValue::Absent(absence) => absence.shown(wording),
        };
        match self.mark {
            Some(mark) => wording.say("mark.beside", &[("figure", &shown), ("letter", mark.letters())]),
            None => shown,
        }
    }
}

/// A single amount; the error says what the text was probably meant to be.
fn read_one(text: &str, bare: Unit) -> Result<Amount, String> {
    let is_figure = |text: &str| Figure::parse(text).is_ok();
    Amount::parse(text, bare).map_err(|why| likely::meant(text, is_figure).unwrap_or(why))
}

/// Whether it is a number of things: whole and not negative.
fn is_count(amount: Amount) -> bool {
    amount.in_full().scale() == 0 && !amount.is_negative()
}

impl Parse for Figure {
    /// The form decides: a pound sign makes money, a per cent sign a percentage, a unit a time.
    fn parse(text: &str) -> Result<Self, String> {
        Self::parse_in(text, Unit::Number).map_err(|why| match likely::meant(text, |text| Self::parse(text).is_ok()) {
            Some(meant) => meant,
            None => format!("{EXPECTED}; {why}"),
        })
    }

    /// What has a digit, or is one of the words and signs for nil and for why there is no figure.
    fn texts() -> Texts {
        let absent = Absence::FORMS.iter().flat_map(|(_, forms, _)| *forms);
        let words = NIL.iter().chain(absent).map(|word| word.replace('[', "\\[").replace(']', "\\]"));
        let mark = " *([(][a-z]+[)]|\\[[a-z]+\\])?";
        Texts::like(format!(".*[0-9].*|({}){mark}", words.collect::<Vec<_>>().join("|")))
    }
}

/// As it was typed, for messages.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.shown(Manner::of_messages()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::values::{Negatives, NilShown};

    #[test]
    fn ranges_nil_and_marks_are_read_and_printed() {
        for (text, shown, number, shorthand) in [
            ("1,251.2 (p)", "1,251.2 (p)", Some("1251.2"), "[p]"),
            ("1251.2 [p]", "1,251.2 (p)", Some("1251.2"), "[p]"),
            ("190–195", "190–195", None, "190–195"),
            ("5 to 10", "5–10", None, "5–10"),
            ("(17.5)–(15.0)", "−17.5–−15.0", None, "−17.5–−15.0"),
            ("<5", "<5", None, "<5"),
            ("over 2,000", "over 2,000", None, "over 2,000"),
            ("c. 40", "c. 40", None, "c. 40"),
            ("5–10 million", "5 million–10 million", None, "5 million–10 million"),
            ("£5–10k", "£5k–£10k", None, "£5k–£10k"),
            ("-", "–", Some("0"), ""),
            ("nil", "–", Some("0"), ""),
            ("[c]", "[c]", None, "[c]"),
            ("not measured", "Not measured", None, "[x]"),
            ("no data", "No data", None, "[x]"),
            ("n/a", "n/a", None, "[z]"),
        ] {
            let figure = Figure::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            let number = number.map(|number| number.parse::<Decimal>().unwrap());
            assert_eq!(
                (figure.to_string().as_str(), figure.number(), figure.shorthand().as_str()),
                (shown, number, shorthand),
                "{text}"
            );
        }
    }

    #[test]
    fn a_report_prints_negatives_and_nil_in_its_own_manner() {
        let manner = Manner { negatives: Negatives::Brackets, nil: NilShown::Word, ..Manner::of_messages().clone() };
        let shown = |text: &str| Figure::parse(text).unwrap().bare(&manner);
        assert_eq!(["-589", "−", "(17.5)–(15.0)"].map(shown), ["(589)", "nil", "(17.5)–(15.0)"]);
    }

    #[test]
    fn what_is_no_figure_is_refused_with_its_reason() {
        for (text, why) in [
            ("195–190", "its end is not below its beginning"),
            ("5 weeks to 10%", "a band is written"),
            ("12 (q)", "`(q)` is no mark"),
            ("good", "write a number in digits"),
            ("<", "write a number in digits"),
        ] {
            let fault = Figure::parse(text).unwrap_err();
            assert!(fault.contains(why), "{text}: {fault}");
        }
    }
}
