//! Key performance indicators: a dashboard file.

use super::values::{
    Aim, Count, Figure, Frequency, Id, Measures, Percent, PercentageMeaning, QuarterColumn, Rating, Series, Target,
};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::record;
use crate::yaml::{At, FromNode, Node, Record, Text, Value, list_of};

record! {
    /// A dashboard: indicators by directorate, with the keys to read them.
    IndicatorFile "an indicator file" {
        required caption: Text,
        required ratings: RatingMeanings,
        required areas: Vec<Area>,
        required directorates: Vec<DirectorateIndicators>,
        /// How to read the dashboard.
        optional intro: Text,
        /// How ratings follow from results; without it they are the directorates' word alone.
        optional rating_rule: RatingRule,
        /// Id of the source that the figures and names are taken from.
        optional source: At<Id>,
    }
}

record! {
    /// Green where every quarter reaches the target (of a cumulative series: the last), amber where the worst of them
    /// misses it by little, red beyond.
    RatingRule "a rating rule" {
        /// The largest miss that is amber, as a percentage of the target.
        required amber_within: At<Percent>,
    }
}

record! {
    /// What each rating means.
    RatingMeanings "the meanings of the ratings" {
        required green: Text,
        required amber: Text,
        required red: Text,
        required no_target: Text,
    }
}

record! {
    /// An area of the commissioning cycle.
    Area "a cycle area" {
        required number: At<Count>,
        required name: Text,
    }
}

record! {
    /// The indicators of one directorate.
    DirectorateIndicators "a directorate's indicators" {
        /// Id of the directorate.
        required directorate: At<Id>,
        required indicators: Vec<Indicator>,
    }
}

/// One indicator over the four quarters of a year.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: At<Id>,
    pub name: Text,
    /// The functional area of the directorate.
    pub function: Text,
    /// Numbers of the cycle areas that it belongs to.
    pub areas: Vec<At<Count>>,
    pub measures: Measures,
    pub series: Series,
    /// What the percentage is of; none without a percentage.
    pub percentage_is: Option<At<PercentageMeaning>>,
    /// Why the percentage does not follow from the other figures.
    pub percentage_because: Option<Text>,
    pub quarters: [Quarter; 4],
    pub target: At<Target>,
    /// Which way the target points; none without a target.
    pub aim: Option<At<Aim>>,
    pub frequency: Frequency,
    pub rating: At<Rating>,
    /// Why the rating is not the one that the file's rule gives.
    pub rating_because: Option<Text>,
    pub note: Option<Text>,
    /// Where the indicator stands.
    pub at: Span,
}

/// The figures of one quarter; `None` where the indicator does not have that column.
#[derive(Debug, Clone, Default)]
pub struct Quarter {
    pub denominator: Option<At<Figure>>,
    pub number: Option<At<Figure>>,
    pub percentage: Option<At<Figure>>,
}

impl RatingMeanings {
    pub fn of(&self, rating: Rating) -> &Text {
        match rating {
            Rating::Green => &self.green,
            Rating::Amber => &self.amber,
            Rating::Red => &self.red,
            Rating::NoTarget => &self.no_target,
        }
    }
}

impl IndicatorFile {
    /// All indicators in their order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.directorates.iter().flat_map(|directorate| &directorate.indicators)
    }
}

impl Quarter {
    /// The figure of a column.
    pub fn figure(&self, column: QuarterColumn) -> Option<&At<Figure>> {
        match column {
            QuarterColumn::Denominator => self.denominator.as_ref(),
            QuarterColumn::Number => self.number.as_ref(),
            QuarterColumn::Percentage => self.percentage.as_ref(),
        }
    }
}

impl Indicator {
    /// The fields as they are written in YAML, and whether they must be there.
    pub const FIELDS: &[(&str, bool)] = &[
        ("id", true),
        ("name", true),
        ("function", true),
        ("areas", true),
        ("measures", true),
        ("columns", true),
        ("series", true),
        ("percentage-is", false),
        ("percentage-because", false),
        ("quarters", true),
        ("target", true),
        ("aim", false),
        ("frequency", true),
        ("rating", true),
        ("rating-because", false),
        ("note", false),
    ];
}

impl FromNode for Indicator {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, "an indicator", findings)?;
        let id = record.required("id", findings);
        let name = record.required("name", findings);
        let function = record.required("function", findings);
        let areas = record.required("areas", findings);
        let measures = record.required("measures", findings);
        let columns = record.required::<At<Vec<QuarterColumn>>>("columns", findings);
        let columns = columns.and_then(|columns| in_order(columns, findings));
        let named = columns.clone();
        let series = record.required("series", findings);
        let percentage_is = record.optional::<At<PercentageMeaning>>("percentage-is", findings);
        let percentage_because = record.optional::<Text>("percentage-because", findings);
        let quarters = record.must("quarters").zip(columns);
        let quarters = quarters.and_then(|(node, columns)| read_quarters(node, &columns, findings));
        let target = record.required::<At<Target>>("target", findings);
        let aim = record.optional::<At<Aim>>("aim", findings);
        let frequency = record.required("frequency", findings);
        let rating = record.required("rating", findings);
        let rating_because = record.optional("rating-because", findings);
        let note = record.optional("note", findings);
        record.close(findings);
        let before = findings.len();
        if let (Some(columns), Some(meaning), Some(because)) = (named, &percentage_is, &percentage_because) {
            check_meaning(node.at, &columns, meaning.as_ref(), because.as_ref(), findings);
        }
        if let (Some(target), Some(aim)) = (&target, &aim) {
            check_aim(target, aim.as_ref(), findings);
        }
        if findings.len() > before {
            return None; // What does not fit together is not calculated with.
        }
        Some(Self {
            at: node.at,
            id: id?,
            name: name?,
            function: function?,
            areas: areas?,
            measures: measures?,
            series: series?,
            percentage_is: percentage_is?,
            percentage_because: percentage_because?,
            quarters: quarters?,
            target: target?,
            aim: aim?,
            frequency: frequency?,
            rating: rating?,
            rating_because: rating_because?,
            note: note?,
        })
    }
}

/// A percentage says what it is of, so that it can be checked; one that follows from nothing says why.
fn check_meaning(
    indicator: Span,
    columns: &[QuarterColumn],
    meaning: Option<&At<PercentageMeaning>>,
    because: Option<&Text>,
    findings: &mut Findings,
) {
    let at = Span { end: indicator.start + 1, ..indicator };
    let words = PercentageMeaning::ALL.iter().map(|meaning| meaning.word()).collect::<Vec<_>>().join(", ");
    let has_percentage = columns.contains(&QuarterColumn::Percentage);
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

/// A target says which way it points.
fn check_aim(target: &At<Target>, aim: Option<&At<Aim>>, findings: &mut Findings) {
    match (&target.value, aim) {
        (Target::Set { .. }, None) => findings.push(
            Diagnostic::error(Code::MissingField, target.at, "an indicator with a target needs a field `aim`")
                .help("say which way it points: at-least, at-most or under"),
        ),
        (Target::NotApplicable, Some(aim)) => findings
            .push(Diagnostic::error(Code::WrongValue, aim.at, "there is no target to aim at").help("remove `aim`")),
        (Target::Set { under, .. }, Some(aim)) if *under != (aim.value == Aim::Under) => findings.push(
            Diagnostic::error(
                Code::WrongValue,
                aim.at,
                format!("`{}` does not fit the target {}", aim.value.word(), target.value),
            )
            .also(target.at, "the target")
            .help("a target that is written with `<` has `aim: under`, and no other has"),
        ),
        _ => {}
    }
}

/// Columns are named once each, in the order in which they are printed.
fn in_order(columns: At<Vec<QuarterColumn>>, findings: &mut Findings) -> Option<Vec<QuarterColumn>> {
    if columns.value.is_sorted_by(|one, next| one < next) {
        return Some(columns.value);
    }
    findings.push(
        Diagnostic::error(Code::WrongValue, columns.at, "the columns are not in their order")
            .help("write them once each, in this order: denominator, number, percentage"),
    );
    None
}

fn read_quarters(node: &Node, columns: &[QuarterColumn], findings: &mut Findings) -> Option<[Quarter; 4]> {
    let quarters = list_of(node, findings, |node, findings| read_quarter(node, columns, findings))?;
    let count = quarters.len();
    quarters.try_into().ok().or_else(|| {
        let message = format!("a year has four quarters, but {count} stand here");
        findings.push(
            Diagnostic::error(Code::WrongCount, node.at, message)
                .help("write one item for each quarter; `no data` where there is none"),
        );
        None
    })
}

/// Reads a quarter: one value, or a list of as many as there are columns.
fn read_quarter(node: &Node, columns: &[QuarterColumn], findings: &mut Findings) -> Option<Quarter> {
    let count = match &node.value {
        Value::Sequence(figures) if !figures.is_empty() => figures.len(),
        _ => columns.len(),
    };
    if count != columns.len() {
        let names: Vec<&str> = columns.iter().map(|column| column.word()).collect();
        findings.push(
            Diagnostic::error(
                Code::WrongCount,
                node.at,
                format!(
                    "this quarter has {} figures, but the indicator has {}: {}",
                    count,
                    names.len(),
                    names.join(", ")
                ),
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
    let mut quarter = Quarter::default();
    for (column, figure) in columns.iter().zip(figures) {
        check_kind(*column, &figure, findings);
        match column {
            QuarterColumn::Denominator => quarter.denominator = Some(figure),
            QuarterColumn::Number => quarter.number = Some(figure),
            QuarterColumn::Percentage => quarter.percentage = Some(figure),
        }
    }
    (findings.len() == before).then_some(quarter)
}

/// A percentage column holds percentages, a denominator numbers of things, a number anything but a percentage.
fn check_kind(column: QuarterColumn, figure: &At<Figure>, findings: &mut Findings) {
    let (fits, expected) = match column {
        QuarterColumn::Denominator => (matches!(figure.value, Figure::Number(_)), "a number of things"),
        QuarterColumn::Number => {
            (!matches!(figure.value, Figure::Percent(_)), "a number of things, an amount of money or a time")
        }
        QuarterColumn::Percentage => (matches!(figure.value, Figure::Percent(_)), "a percentage, such as 98%"),
    };
    if !fits && !figure.value.is_absent() {
        let message = format!("{} is {}", column.word(), figure.value.kind());
        findings
            .push(Diagnostic::error(Code::WrongValue, figure.at, message).help(format!("{expected} is expected here")));
    }
}
