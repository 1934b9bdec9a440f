//! The columns of a dataset: what each holds, so that programs can count with it and check it.

/// The unit of percentages in data.
pub const PER_CENT: &str = "per cent";

/// What a column beside figures says of them.
pub const STATUS: &str = "mark of the figure, a range in which it lies, or why there is none";

/// A column of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct DataColumn {
    /// Name in the CSV file's first row.
    pub name: String,
    /// What it holds, in words.
    pub title: String,
    /// Unit of its numbers; none for texts, and where a column of units says it.
    pub unit: Option<String>,
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
        Self { name: name.to_owned(), title: title.to_owned(), unit: None, holds: Holds::Text }
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
