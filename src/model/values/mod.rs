//! The small values that reports are made of; each reads and shows itself, in a file of its own.

pub mod date;
pub mod duration;
pub mod figure;
pub mod id;
pub mod link;
pub mod money;
pub mod number;
pub mod percent;
pub mod when;
pub mod words;

pub use date::{Date, Period};
pub use duration::Duration;
pub use figure::Figure;
pub use id::Id;
pub use link::{BaseAddress, Email, LinkTarget, Telephone};
pub use money::Money;
pub use number::{Count, Number};
pub use percent::Percent;
pub use when::{FinancialYear, When};
pub use words::{
    Aim, ColumnType, Compliance, Cover, Focus, Frequency, IndicatorColumn, Language, Level, Mark, Measures,
    OwnLanguage, PercentageMeaning, Series, YearIs,
};
