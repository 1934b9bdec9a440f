//! The small values that reports are made of; each reads and shows itself, in a file of its own.

pub mod amount;
mod band;
pub mod date;
pub mod figure;
pub mod id;
mod likely;
pub mod link;
pub mod money;
pub mod number;
mod parted;
pub mod percent;
pub mod unit;
pub mod when;
pub mod words;

pub use amount::{Amount, Manner};
pub use date::{Date, Period};
pub use figure::{Absence, Bound, Figure, FigureMark, FigureValue};
pub use id::Id;
pub use likely::{is_unknown, likely};
pub use link::{BaseAddress, Email, LinkTarget, Telephone};
pub use money::Money;
pub use number::Count;
pub use parted::misparted;
pub use percent::Percent;
pub use unit::{Currency, TimeUnit, Unit, UnitId};
pub use when::{FinancialYear, When};
pub use words::{
    Accumulation, Aim, Along, Better, ChartForm, ColumnSign, ColumnType, Compliance, Cover, CoverShows, Frequency,
    IndicatorColumn, Keep, Language, Level, Mark, Measures, Negatives, NilShown, NumberedKind, PercentageMeaning,
    PictureSize, Square, YearIs,
};
