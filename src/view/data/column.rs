//! The columns of a dataset: what each holds, so that programs can count with it and check it. Names of columns, units and
//! codes are the same in every language, since programs ask for them; what is said of them to people is in that of the report.

use crate::model::values::TimeUnit;
use crate::wording::Wording;

/// The unit of percentages in data.
pub const PER_CENT: &str = "per cent";

/// A column of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct DataColumn {
    /// Name in the CSV file's first row.
    pub name: String,
    /// What it holds, in words.
    pub title: String,
    /// Unit of its numbers, as programs know it; none for texts, and where a column of units says it.
    pub unit: Option<String>,
    /// The same in the words of the report.
    pub unit_said: Option<String>,
    pub holds: Holds,
}

/// What the cells of a column hold, where they hold anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    Text,
    /// Small letters, digits and hyphens, with dots between the parts of an address.
    Id,
    /// One of these words.
    OneOf(Vec<String>),
    /// One of these words, which are the same in every language; each with what it means in that of the report.
    Code(Vec<(&'static str, String)>),
    /// The name of a unit, which is the same in every language.
    Unit,
    /// Several words, parted by spaces.
    Several,
    /// A number in digits, with a point before its decimals.
    Number,
    /// A number without decimals.
    Whole,
    /// A day, `2017-03-31`.
    Day,
}

impl DataColumn {
    pub fn text(name: &str, title: &str) -> Self {
        Self { name: name.to_owned(), title: title.to_owned(), unit: None, unit_said: None, holds: Holds::Text }
    }

    pub fn number(name: &str, title: &str, unit: Option<&str>) -> Self {
        Self { unit: unit.map(str::to_owned), ..Self::text(name, title).holding(Holds::Number) }
    }

    pub fn holding(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }

    /// The code of its unit: of a currency by ISO 4217, of per cent by UN/ECE Recommendation 20; none where it has none.
    pub fn unit_code(&self) -> Option<&str> {
        match self.unit.as_deref()? {
            PER_CENT => Some("P1"),
            unit @ ("GBP" | "USD" | "EUR") => Some(unit),
            _ => None,
        }
    }
}

/// A unit that data files name, in the words of a language; one that the report says itself is said already.
pub fn unit_in_words(wording: &Wording, name: &str) -> String {
    if let Some(time) = TimeUnit::typed(name) {
        return wording.say(time.name_key(), &[]);
    }
    match name {
        "count" => wording.say("unit.count", &[]),
        "number" => wording.say("unit.number", &[]),
        PER_CENT => wording.say("unit.per-cent", &[]),
        "percentage points" => wording.say("unit.points", &[]),
        "ratio" => wording.say("unit.ratio", &[]),
        name => match name.strip_prefix("per ") {
            Some(of) => wording.say("unit.per", &[("n", of)]),
            None => name.to_owned(),
        },
    }
}
