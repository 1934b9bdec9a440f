//! wrong-sign: figures have the sign that their column says.

use rust_decimal::Decimal;

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::model::values::ColumnSign;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for signed in &subject.facts.signed {
        let Some(quantity) = subject.facts.quantity(signed.figure) else { continue };
        audit.covers(Code::WrongSign, &[signed.figure]);
        let (has_it, other) = match signed.sign {
            ColumnSign::Positive => (quantity.number >= Decimal::ZERO, "negative"),
            ColumnSign::Negative => (quantity.number <= Decimal::ZERO, "positive"),
        };
        if !has_it {
            let message =
                format!("{} is {other} in a column of {} figures", audit.shown(signed.figure), signed.sign.shown());
            let finding =
                audit.error(Code::WrongSign, &[signed.figure], message).also(signed.said, "this is said here");
            audit.push(
                finding.help("mend the sign of the figure, or remove `sign` from the column where both are right"),
            );
        }
    }
}
