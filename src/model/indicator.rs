//! One key performance indicator: its figures, its target and its rating.

use std::sync::Arc;

use super::periods::Periods;
use super::ratings::{Rating, RatingScale};
use super::target::Target;
use super::target_unit;
use super::values::{
    Accumulation, Aim, Amount, Count, Figure, Frequency, Id, IndicatorColumn, Measures, PercentageMeaning, Unit,
    YearIs, misparted,
};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::yaml::{At, Form, Formed, FromNode, Node, Record, Text, Value, list_of};
use crate::{declared, record};

/// One indicator over the periods of its file.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: At<Id>,
    pub name: Text,
    /// The functional area of its group.
    pub function: Option<Text>,
    /// Numbers of the areas that it belongs to.
    pub areas: Vec<At<Count>>,
    pub measures: Option<Measures>,
    pub series: Accumulation,
    /// What the percentage is of; none without a percentage.
    pub percentage_is: Option<At<PercentageMeaning>>,
    /// Why the percentage does not follow from the other figures.
    pub percentage_because: Option<Text>,
    /// A period each, in the order of the file's periods.
    pub periods: Vec<PeriodFigures>,
    pub year: Option<YearFigures>,
    pub target: Target,
    pub frequency: Option<Frequency>,
    pub rating: At<Arc<Rating>>,
    /// The address of what the rating follows in place of the file's rule: how likely a watched column meets its target.
    pub rating_follows: Option<Text>,
    /// Why the rating is not the one that the file's rule gives.
    pub rating_because: Option<RatingBecause>,
    pub note: Option<Text>,
    /// Where the indicator stands.
    pub at: Span,
}

/// Why a rating is another than the figures give, and the figures that the reason was written for.
#[derive(Debug, Clone)]
pub struct RatingBecause {
    pub reason: Text,
    /// As they stood; they must be there, and a finding says which they are.
    pub figures: Option<At<Vec<Text>>>,
}

record! {
    /// A reason with its figures.
    RatingReason "a reason for a rating" {
        /// Why the rating stands.
        required reason: Text,
        /// The figures that the reason was written for, as they stand.
        required figures: At<Vec<Text>>,
    }
}

impl Formed for RatingBecause {
    fn form() -> Form {
        Form::Either(vec![Text::form(), RatingReason::form()])
    }
}

impl FromNode for RatingBecause {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        match node.value {
            Value::Scalar { .. } => Text::from_node(node, findings).map(|reason| Self { reason, figures: None }),
            Value::Sequence(_) | Value::Mapping(_) => RatingReason::from_node(node, findings)
                .map(|RatingReason { reason, figures, .. }| Self { reason, figures: Some(figures) }),
        }
    }
}

declared! {
    /// One indicator over the periods of its file.
    Indicator "an indicator" {
        required id: At<Id>,
        /// What it measures, as it is printed.
        required name: Text,
        /// The functional area of its group.
        optional function: Text,
        /// Numbers of the areas that it belongs to.
        optional areas: Vec<At<Count>>,
        optional measures: Measures,
        /// The figures that it has of each period, in this order: denominator, number, percentage.
        required columns: Vec<IndicatorColumn>,
        /// Whether the figures of the periods stand for themselves or add up.
        required series: Accumulation,
        /// What the percentage is of.
        optional percentage_is: At<PercentageMeaning>,
        /// Why the percentage does not follow from the other figures.
        optional percentage_because: Text,
        /// For each period a figure, or a list of one for each column.
        required figures: FiguresOfPeriods,
        /// The figures of the year, one for each column.
        optional year: PeriodFigures,
        /// What the figures of the year are of those of the periods.
        optional year_is: At<YearIs>,
        /// What it should reach: 95%, 26 weeks, <5 mins, 5 to 10, or n/a.
        required target: Target,
        /// Which way a target points that has no sign.
        optional aim: At<Aim>,
        optional frequency: Frequency,
        /// One of the file's ratings.
        required rating: Rating,
        /// What the rating follows in place of the file's rule: `loans.variation.visits.assurance`.
        optional rating_follows: Text,
        /// Why the rating is not the one that the file's rule gives.
        optional rating_because: RatingBecause,
        /// Printed under it.
        optional note: Text,
    }
}

/// The figures of all periods: an item for each, or the item itself where there is one period alone.
struct FiguresOfPeriods;

impl Formed for FiguresOfPeriods {
    fn form() -> Form {
        Form::Either(vec![Figure::form(), Vec::<PeriodFigures>::form()])
    }
}

impl Formed for PeriodFigures {
    fn form() -> Form {
        Form::Either(vec![Figure::form(), Vec::<Figure>::form()])
    }
}

/// The figures of one period; `None` where the indicator does not have that column.
#[derive(Debug, Clone, Default)]
pub struct PeriodFigures {
    pub denominator: Option<At<Figure>>,
    pub number: Option<At<Figure>>,
    pub percentage: Option<At<Figure>>,
}

/// The figures of the year, and what they are of those of the periods.
#[derive(Debug, Clone)]
pub struct YearFigures {
    pub figures: PeriodFigures,
    pub is: YearIs,
}

impl PeriodFigures {
    /// The figure of a column.
    pub fn figure(&self, column: IndicatorColumn) -> Option<&At<Figure>> {
        match column {
            IndicatorColumn::Denominator => self.denominator.as_ref(),
            IndicatorColumn::Number => self.number.as_ref(),
            IndicatorColumn::Percentage => self.percentage.as_ref(),
        }
    }
}

impl Indicator {
    /// The figures of the periods, and of the year where there are any.
    pub fn all_figures(&self) -> impl Iterator<Item = &PeriodFigures> {
        self.periods.iter().chain(self.year.as_ref().map(|year| &year.figures))
    }

    /// Whether it is rated so.
    pub fn has(&self, rating: &Rating) -> bool {
        self.rating.value.id.value == rating.id.value
    }

    /// The target as it is printed.
    pub fn target_shown(&self) -> String {
        match &self.target {
            Target::NotApplicable => "N/A".to_owned(),
            Target::Set(_) => self.target.steps().iter().map(|step| step.shown()).collect::<Vec<_>>().join(", then "),
        }
    }

    /// Reads an indicator of a file with these periods and ratings.
    pub fn read(node: &Node, periods: &Periods, ratings: &RatingScale, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, &Self::FORM, findings)?;
        let id = record.required("id", findings);
        let name = record.required("name", findings);
        let function = record.optional("function", findings);
        let areas = record.optional::<Vec<At<Count>>>("areas", findings);
        let measures = record.optional("measures", findings);
        let columns = record.required::<At<Vec<IndicatorColumn>>>("columns", findings);
        let columns = columns.and_then(|columns| in_order(columns, findings));
        let named = columns.clone();
        let series = record.required::<Accumulation>("series", findings);
        let percentage_is = record.optional::<At<PercentageMeaning>>("percentage-is", findings);
        let percentage_because = record.optional::<Text>("percentage-because", findings);
        let (figures, of_year) = (record.must("figures"), record.node("year"));
        let figures = figures.zip(columns.as_ref());
        let figures = figures.and_then(|(node, columns)| read_periods(node, columns, periods, findings));
        let year = match (of_year, &columns) {
            (Some(node), Some(columns)) => read_figures(node, columns, findings).map(Some),
            _ => Some(None),
        };
        let year_is = record.optional::<At<YearIs>>("year-is", findings);
        let target = record.must("target");
        let aim = record.optional::<At<Aim>>("aim", findings);
        let frequency = record.optional("frequency", findings);
        let rating = record.must("rating").and_then(|node| ratings.read(node, findings));
        let rating_follows = record.optional("rating-follows", findings);
        let rating_because = record.optional("rating-because", findings);
        let note = record.optional("note", findings);
        record.close(findings);
        let target = target.zip(aim).and_then(|(node, aim)| Target::read(node, aim.as_ref(), periods, findings));
        let before = findings.len();
        if let (Some(target), Some(figures)) = (&target, &figures) {
            target_unit::check(target, figures, findings);
        }
        if let (Some(columns), Some(meaning), Some(because)) = (named, &percentage_is, &percentage_because) {
            check_meaning(node.at, &columns, meaning.as_ref(), because.as_ref(), findings);
        }
        let is = match (&year_is, series, &columns) {
            (Some(is), Some(series), Some(columns)) => {
                read_year_is(of_year, is.as_ref(), series, columns, periods, findings)
            }
            _ => None,
        };
        if findings.len() > before {
            return None; // What does not fit together is not calculated with.
        }
        Some(Self {
            at: node.at,
            id: id?,
            name: name?,
            function: function?,
            areas: areas?.unwrap_or_default(),
            measures: measures?,
            series: series?,
            percentage_is: percentage_is?,
            percentage_because: percentage_because?,
            periods: figures?,
            year: year?.zip(is).map(|(figures, is)| YearFigures { figures, is }),
            target: target?,
            frequency: frequency?,
            rating: rating?,
            rating_follows: rating_follows?,
            rating_because: rating_because?,
            note: note?,
        })
    }
}

/// What the figures of the year are of those of the periods: of a cumulative series the last, else it is said.
fn read_year_is(
    year: Option<&Node>,
    is: Option<&At<YearIs>>,
    series: Accumulation,
    columns: &[IndicatorColumn],
    periods: &Periods,
    findings: &mut Findings,
) -> Option<YearIs> {
    let (at, message, help) = match (year, is) {
        (None, None) => return None,
        (None, Some(is)) => (is.at, "the indicator has no figures of the year", "remove `year-is`, or add `year: …`"),
        (Some(year), _) if !periods.are_parts_of_a_year() => (
            year.at,
            "the periods are years or one alone, so that the year has no figures beside them",
            "remove `year`; write the figures of a year as those of its period",
        ),
        (Some(_), None) if series == Accumulation::Cumulative => return Some(YearIs::Last),
        (Some(_), Some(is)) if series == Accumulation::Cumulative => {
            (is.at, "the year of a cumulative series is what its last period is", "remove `year-is`")
        }
        (Some(year), None) => (
            year.at,
            "nothing says how the figures of the year follow from those of the periods",
            "add a line `year-is: …` with one of sum, last, not-derived",
        ),
        (Some(_), Some(is)) if is.value == YearIs::Sum && *columns == [IndicatorColumn::Percentage] => {
            (is.at, "percentages are not added up", "write `year-is: last` or `year-is: not-derived`")
        }
        (Some(_), Some(is)) => return Some(is.value),
    };
    findings.push(Diagnostic::error(Code::WrongValue, at, message).help(help));
    None
}

/// A percentage says what it is of, so that it can be checked; one that follows from nothing says why.
fn check_meaning(
    indicator: Span,
    columns: &[IndicatorColumn],
    meaning: Option<&At<PercentageMeaning>>,
    because: Option<&Text>,
    findings: &mut Findings,
) {
    let at = Span { end: indicator.start + 1, ..indicator };
    let words = PercentageMeaning::ALL.iter().map(|meaning| meaning.word()).collect::<Vec<_>>().join(", ");
    let has_percentage = columns.contains(&IndicatorColumn::Percentage);
    match (has_percentage, meaning) {
        (true, None) => findings.push(
            Diagnostic::error(Code::MissingField, at, "an indicator with percentages needs a field `percentage-is`")
                .help(format!("say what they are of: {words}")),
        ),
        (false, Some(meaning)) => findings.push(
            Diagnostic::error(Code::WrongValue, meaning.at, "the indicator has no percentages")
                .help("remove `percentage-is`, or add `percentage` to the columns"),
        ),
        (true, Some(meaning)) if meaning.value != PercentageMeaning::NotDerived && columns.len() < 3 => findings.push(
            Diagnostic::error(
                Code::WrongValue,
                meaning.at,
                "the figures that the percentage follows from are no columns",
            )
            .help("add `denominator` and `number` to the columns, or write `percentage-is: not-derived` and why"),
        ),
        _ => {}
    }
    let not_derived = meaning.filter(|meaning| meaning.value == PercentageMeaning::NotDerived);
    match (not_derived, because) {
        (Some(meaning), None) => findings.push(
            Diagnostic::error(Code::MissingField, meaning.at, "`not-derived` needs a reason")
                .help("add a line `percentage-because: …`: why no figures stand behind the percentage"),
        ),
        (None, Some(because)) => findings.push(
            Diagnostic::error(Code::WrongValue, because.at, "the percentage follows from the other figures")
                .help("remove `percentage-because`; it belongs to `percentage-is: not-derived`"),
        ),
        _ => {}
    }
}

/// Columns are named once each, in the order in which they are printed.
fn in_order(columns: At<Vec<IndicatorColumn>>, findings: &mut Findings) -> Option<Vec<IndicatorColumn>> {
    if columns.value.is_sorted_by(|one, next| one < next) {
        return Some(columns.value);
    }
    findings.push(
        Diagnostic::error(Code::WrongValue, columns.at, "the columns are not in their order")
            .help("write them once each, in this order: denominator, number, percentage"),
    );
    None
}

/// Reads the figures of all periods: one item for each. Those of one period alone may stand there by themselves.
fn read_periods(
    node: &Node,
    columns: &[IndicatorColumn],
    periods: &Periods,
    findings: &mut Findings,
) -> Option<Vec<PeriodFigures>> {
    let is_one_item = match &node.value {
        Value::Sequence(items) => columns.len() > 1 && !items.iter().any(|one| matches!(one.value, Value::Sequence(_))),
        _ => true,
    };
    let figures = match periods.count() == 1 && is_one_item {
        true => vec![read_figures(node, columns, findings)?],
        false => list_of(node, findings, |node, findings| read_figures(node, columns, findings))?,
    };
    if figures.len() == periods.count() {
        return Some(figures);
    }
    let message = format!("the file has {}, but the figures of {} stand here", periods.shown(), figures.len());
    findings.push(
        Diagnostic::error(Code::WrongCount, node.at, message)
            .help("write one item for each period; `no data` where there is none"),
    );
    None
}

/// Reads the figures of a period: one value, or a list of as many as there are columns.
fn read_figures(node: &Node, columns: &[IndicatorColumn], findings: &mut Findings) -> Option<PeriodFigures> {
    let count = match &node.value {
        Value::Sequence(figures) if !figures.is_empty() => figures.len(),
        _ => columns.len(),
    };
    if count != columns.len() {
        let texts = node.texts();
        if let Some(finding) = misparted(&texts) {
            findings.push(finding);
            return None;
        }
        let names: Vec<&str> = columns.iter().map(|column| column.word()).collect();
        let stand = if count == 1 { "one figure stands".to_owned() } else { format!("{count} figures stand") };
        findings.push(
            Diagnostic::error(
                Code::WrongCount,
                node.at,
                format!("{stand} here, but the indicator has {}: {}", names.len(), names.join(", ")),
            )
            .help("a figure with commas is put in quotation marks here, or written without them"),
        );
        return None;
    }
    let figures: Vec<At<Figure>> = match &node.value {
        Value::Scalar { .. } if columns.len() == 1 => vec![At::from_node(node, findings)?],
        _ => Vec::from_node(node, findings)?,
    };
    let before = findings.len();
    let mut period = PeriodFigures::default();
    for (column, figure) in columns.iter().zip(figures) {
        check_kind(*column, &figure, findings);
        match column {
            IndicatorColumn::Denominator => period.denominator = Some(figure),
            IndicatorColumn::Number => period.number = Some(figure),
            IndicatorColumn::Percentage => period.percentage = Some(figure),
        }
    }
    (findings.len() == before).then_some(period)
}

/// A percentage column holds percentages, a denominator numbers of things, a number anything but a percentage.
fn check_kind(column: IndicatorColumn, figure: &At<Figure>, findings: &mut Findings) {
    let Some(unit) = figure.value.unit() else { return };
    let is_negative = figure.value.amount().is_some_and(Amount::is_negative);
    let (fits, expected) = match column {
        IndicatorColumn::Denominator => (unit == Unit::Number && !is_negative, "a number of things"),
        IndicatorColumn::Number => {
            let is_below = matches!(unit, Unit::Number | Unit::Time(_)) && is_negative;
            (
                unit != Unit::Percent && !is_below,
                "a number of things or a time, which are not negative, or an amount of money",
            )
        }
        IndicatorColumn::Percentage => (unit == Unit::Percent, "a percentage, such as 98%,"),
    };
    if !fits {
        let message = format!("{} is {}", column.word(), figure.value);
        findings
            .push(Diagnostic::error(Code::WrongValue, figure.at, message).help(format!("{expected} is expected here")));
    }
}
