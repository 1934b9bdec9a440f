//! The periods that a file of indicators reports in.

use super::values::{FinancialYear, Id};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::wording::Wording;
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Text, Value, list_of};

/// The names of the months, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// More columns of figures, and more points of a line, nobody reads.
const MOST: usize = 24;

/// What addresses of an indicator are used for beside its periods.
const TAKEN: &[&str] = &["year", "target", "rating"];

const EXPECTED: &str =
    "write a run of periods, `Q1 to Q4`, `April to March` or `2019/20 to 2025/26`, or a list of names";

/// The periods of a file in their order: a run (`Q1 to Q4`, `April to March`), or names that were listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Periods(Vec<ReportingPeriod>);

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportingPeriod {
    /// What its figures are addressed by: `q1`, `april`, `2025-26`.
    pub id: Id,
    /// As the content names it.
    pub name: String,
    pub kind: PeriodKind,
}

/// What is known of a period by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodKind {
    /// A quarter of the report's period, from 1.
    Quarter(u8),
    /// A month, from 1 for January.
    Month(u8),
    FinancialYear(i32),
    Year(i32),
    Other,
}

impl Periods {
    pub fn iter(&self) -> std::slice::Iter<'_, ReportingPeriod> {
        self.0.iter()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The place of a period by its id.
    pub fn place(&self, id: &Id) -> Option<usize> {
        self.0.iter().position(|one| one.id == *id)
    }

    /// A period by its place.
    pub fn get(&self, place: usize) -> Option<&ReportingPeriod> {
        self.0.get(place)
    }

    /// Every name that the content gives and no language has words for.
    pub(super) fn each_name(&mut self, say: impl FnMut(&mut String)) {
        self.0.iter_mut().filter(|one| one.kind == PeriodKind::Other).map(|one| &mut one.name).for_each(say);
    }

    /// "four periods, Q1 to Q4": for messages.
    pub fn shown(&self) -> String {
        match &self.0[..] {
            [first, .., last] => format!("{} periods, {} to {}", self.count(), first.name, last.name),
            _ => format!("one period, {}", self.0.iter().map(|one| one.name.as_str()).collect::<String>()),
        }
    }

    /// What one of them is: a quarter, a month, a year, or a period.
    pub fn noun(&self) -> &'static str {
        let all = |is: fn(PeriodKind) -> bool| self.0.iter().all(|one| is(one.kind));
        match () {
            () if all(|kind| matches!(kind, PeriodKind::Quarter(_))) => "quarter",
            () if all(|kind| matches!(kind, PeriodKind::Month(_))) => "month",
            () if all(|kind| matches!(kind, PeriodKind::FinancialYear(_) | PeriodKind::Year(_))) => "year",
            () => "period",
        }
    }

    /// Whether a year's figure can stand beside them: they are parts of a year.
    pub fn are_parts_of_a_year(&self) -> bool {
        let is_year = |one: &ReportingPeriod| matches!(one.kind, PeriodKind::FinancialYear(_) | PeriodKind::Year(_));
        self.count() > 1 && !self.0.iter().any(is_year)
    }
}

impl ReportingPeriod {
    /// A period by its name; none where the name makes no address.
    fn named(name: &str) -> Option<Self> {
        Some(Self { id: Id::of_name(name)?, name: name.to_owned(), kind: PeriodKind::of(name) })
    }

    /// As it is printed: `Q1`, `April`.
    pub fn shown(&self, wording: &Wording) -> String {
        match self.kind {
            PeriodKind::Quarter(quarter) => wording.say("periods.q", &[("n", &quarter.to_string())]),
            PeriodKind::Month(month) => wording.month(month),
            PeriodKind::FinancialYear(_) | PeriodKind::Year(_) | PeriodKind::Other => self.name.clone(),
        }
    }

    /// What stands for it where there is no room for its name: `A` for April; nothing where no letter is known for it.
    pub fn initial(&self, wording: &Wording) -> Option<char> {
        match self.kind {
            PeriodKind::Month(month) => wording.month(month).to_uppercase().chars().next(),
            _ => None,
        }
    }

    /// Its name in a narrow column: `Apr` for April.
    pub fn short(&self, wording: &Wording) -> String {
        match self.kind {
            PeriodKind::Month(month) => wording.month_short(month),
            _ => self.shown(wording),
        }
    }
}

impl PeriodKind {
    fn of(name: &str) -> Self {
        let quarter = name.strip_prefix('Q').and_then(|number| number.parse().ok());
        let month = MONTHS.iter().zip(1..).find(|(month, _)| **month == name);
        match (quarter, month) {
            (Some(quarter @ 1..=4), _) if name.len() == 2 => Self::Quarter(quarter),
            (_, Some((_, month))) => Self::Month(month),
            _ => match FinancialYear::parse(name) {
                Ok(year) => Self::FinancialYear(year.0),
                Err(_) => match name.parse() {
                    Ok(year @ 1000..=9999) => Self::Year(year),
                    _ => Self::Other,
                },
            },
        }
    }

    /// As it is printed; none for what has its own name.
    fn name(self) -> Option<String> {
        match self {
            Self::Quarter(quarter) => Some(format!("Q{quarter}")),
            Self::Month(month) => Some(MONTHS[usize::from(month) - 1].to_owned()),
            Self::FinancialYear(year) => Some(FinancialYear(year).to_string()),
            Self::Year(year) => Some(year.to_string()),
            Self::Other => None,
        }
    }

    /// The one that follows. After December comes January; after Q4 nothing.
    fn next(self) -> Option<Self> {
        match self {
            Self::Quarter(quarter @ 1..4) => Some(Self::Quarter(quarter + 1)),
            Self::Month(month) => Some(Self::Month(month % 12 + 1)),
            Self::FinancialYear(year) => Some(Self::FinancialYear(year + 1)),
            Self::Year(year) => Some(Self::Year(year + 1)),
            Self::Quarter(_) | Self::Other => None,
        }
    }
}

/// Whether a name is that of a time: a month, a quarter or a year, or one of them with its year.
pub fn is_time(name: &str) -> bool {
    let (first, year) = parted(name);
    PeriodKind::of(first) != PeriodKind::Other && year.is_none_or(|year| PeriodKind::of(year) != PeriodKind::Other)
}

/// The name of a time where there is little room: `Apr` for `April 2023`. Other names stay.
pub fn short_of_time(name: &str, wording: &Wording) -> String {
    month_of(parted(name).0, wording).map_or_else(|| name.to_owned(), |month| wording.month_short(month))
}

/// The year that the short name of a month leaves out.
pub fn year_of_time<'n>(name: &'n str, wording: &Wording) -> Option<&'n str> {
    let (first, year) = parted(name);
    year.filter(|_| month_of(first, wording).is_some())
}

/// The month of a name, in the language of the report or in English.
fn month_of(name: &str, wording: &Wording) -> Option<u8> {
    match PeriodKind::of(name) {
        PeriodKind::Month(month) => Some(month),
        _ => wording.month_named(name),
    }
}

/// `April 2023` as the month and its year.
fn parted(name: &str) -> (&str, Option<&str>) {
    name.split_once(' ').map_or((name, None), |(first, year)| (first, Some(year)))
}

impl Formed for Periods {
    fn form() -> Form {
        Form::Either(vec![Text::form(), Vec::<Text>::form()])
    }
}

impl FromNode for Periods {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let periods = match &node.value {
            Value::Scalar { .. } => {
                let text = Text::from_node(node, findings)?;
                run(&text.value).map_err(|message| wrong(node.at, message, findings)).ok()?
            }
            _ => listed(node, findings)?,
        };
        if periods.len() > MOST {
            let message = format!("there are {} periods, but at most {MOST} can be shown", periods.len());
            findings.push(Diagnostic::error(Code::WrongCount, node.at, message).help("leave out the earliest ones"));
            return None;
        }
        Some(Self(periods))
    }
}

fn wrong(at: Span, message: String, findings: &mut Findings) {
    findings.push(Diagnostic::error(Code::WrongValue, at, message).help(EXPECTED));
}

/// A run of periods, such as `Q1 to Q4`; or one alone.
fn run(text: &str) -> Result<Vec<ReportingPeriod>, String> {
    let (first, last) = text.split_once(" to ").unwrap_or((text, text));
    let (mut kind, last) = (PeriodKind::of(first.trim()), PeriodKind::of(last.trim()));
    if kind == PeriodKind::Other || last == PeriodKind::Other {
        return Err(format!("`{text}` names no periods that are known"));
    }
    let mut names = vec![kind];
    while kind != last {
        kind = kind.next().filter(|_| names.len() <= MOST).ok_or_else(|| format!("`{text}` has no end"))?;
        names.push(kind);
    }
    Ok(names.into_iter().filter_map(PeriodKind::name).filter_map(|name| ReportingPeriod::named(&name)).collect())
}

/// Periods whose names are listed, each once.
fn listed(node: &Node, findings: &mut Findings) -> Option<Vec<ReportingPeriod>> {
    let names = list_of(node, findings, At::<String>::from_node)?;
    let before = findings.len();
    let mut periods: Vec<(ReportingPeriod, Span)> = Vec::new();
    for name in names {
        let Some(period) = ReportingPeriod::named(&name.value).filter(|_| !name.value.contains(['{', '}'])) else {
            wrong(name.at, format!("`{}` cannot be the name of a period", name.value), findings);
            continue;
        };
        if TAKEN.contains(&period.id.as_str()) {
            let message = format!("a period cannot be called `{}`", name.value);
            let help = format!("`{}` already is an address of every indicator; choose another name", period.id);
            findings.push(Diagnostic::error(Code::WrongValue, name.at, message).help(help));
        }
        match periods.iter().find(|(earlier, _)| earlier.id == period.id) {
            Some((_, first)) => findings.push(
                Diagnostic::error(Code::DuplicateId, name.at, format!("the period `{}` is named twice", name.value))
                    .also(*first, "first named here")
                    .help("give each period a name of its own"),
            ),
            None => periods.push((period, name.at)),
        }
    }
    (findings.len() == before).then(|| periods.into_iter().map(|(period, _)| period).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, String> {
        run(text).map(|periods| periods.into_iter().map(|one| format!("{} {}", one.id, one.name)).collect())
    }

    #[test]
    fn a_run_of_periods_has_all_between_its_ends() {
        assert_eq!(names("Q1 to Q4").unwrap(), ["q1 Q1", "q2 Q2", "q3 Q3", "q4 Q4"]);
        let year = names("April to March").unwrap();
        assert_eq!((year.len(), year[0].as_str(), year[11].as_str()), (12, "april April", "march March"));
        assert_eq!(names("2023/24 to 2025/26").unwrap()[2], "2025-26 2025/26");
        assert_eq!(names("1999 to 2001").unwrap().len(), 3);
        assert_eq!(names("2025/26").unwrap(), ["2025-26 2025/26"]);
    }

    #[test]
    fn a_run_that_does_not_end_or_begin_is_refused() {
        for text in ["Q4 to Q1", "2025/26 to 2020/21", "April to Q4", "quarters", "Q5", "Q1 to", "1000 to 9999"] {
            assert!(names(text).is_err(), "{text}");
        }
    }
}
