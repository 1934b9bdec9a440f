//! Key performance indicators: a dashboard file.

use super::values::{Count, Figure, Frequency, Id, Measures, QuarterColumn, Rating, Target};
use crate::diagnostic::{Code, Diagnostic, Findings};
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
    pub quarters: [Quarter; 4],
    pub target: At<Target>,
    pub frequency: Frequency,
    pub rating: At<Rating>,
    pub note: Option<Text>,
}

/// The figures of one quarter; `None` where the indicator does not have that column.
#[derive(Debug, Clone, Default)]
pub struct Quarter {
    pub denominator: Option<At<Figure>>,
    pub number: Option<At<Figure>>,
    pub percentage: Option<At<Figure>>,
}

impl RatingMeanings {
    pub fn of(&self, rating: Rating) -> &str {
        match rating {
            Rating::Green => &self.green.value,
            Rating::Amber => &self.amber.value,
            Rating::Red => &self.red.value,
            Rating::NoTarget => &self.no_target.value,
        }
    }
}

impl IndicatorFile {
    /// All indicators in their order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.directorates.iter().flat_map(|directorate| &directorate.indicators)
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
        ("quarters", true),
        ("target", true),
        ("frequency", true),
        ("rating", true),
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
        let quarters = record.must("quarters").zip(columns);
        let quarters = quarters.and_then(|(node, columns)| read_quarters(node, &columns, findings));
        let target = record.required("target", findings);
        let frequency = record.required("frequency", findings);
        let rating = record.required("rating", findings);
        let note = record.optional("note", findings);
        record.close(findings);
        Some(Self {
            id: id?,
            name: name?,
            function: function?,
            areas: areas?,
            measures: measures?,
            quarters: quarters?,
            target: target?,
            frequency: frequency?,
            rating: rating?,
            note: note?,
        })
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
    let mut quarter = Quarter::default();
    for (column, figure) in columns.iter().zip(figures) {
        check_kind(*column, &figure, findings);
        match column {
            QuarterColumn::Denominator => quarter.denominator = Some(figure),
            QuarterColumn::Number => quarter.number = Some(figure),
            QuarterColumn::Percentage => quarter.percentage = Some(figure),
        }
    }
    Some(quarter)
}

/// A percentage column holds percentages, a denominator counts, a number anything but a percentage.
fn check_kind(column: QuarterColumn, figure: &At<Figure>, findings: &mut Findings) {
    let (fits, expected) = match column {
        QuarterColumn::Denominator => (matches!(figure.value, Figure::Count(_)), "a count"),
        QuarterColumn::Number => (!matches!(figure.value, Figure::Percent(_)), "a count, an amount of money or a time"),
        QuarterColumn::Percentage => (matches!(figure.value, Figure::Percent(_)), "a percentage, such as 98%"),
    };
    if !fits && !figure.value.is_absent() {
        let message = format!("{} is {}", column.word(), figure.value.kind());
        findings
            .push(Diagnostic::error(Code::WrongValue, figure.at, message).help(format!("{expected} is expected here")));
    }
}
