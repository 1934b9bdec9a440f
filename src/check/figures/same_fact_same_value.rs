//! same-fact-same-value: one fact has one value, wherever it stands.

use super::{Audit, Subject};
use crate::diagnostic::Code;
use crate::fact::FactValue;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for (one, other, at) in &subject.facts.same {
        audit.covers(Code::SameFactSameValue, &[*one, *other]);
        let agree = match (&subject.facts.get(*one).value, &subject.facts.get(*other).value) {
            (FactValue::Quantity(one), FactValue::Quantity(other)) => one.agrees(*other) == Ok(true),
            (one, other) => one == other,
        };
        if !agree {
            let message = format!("one fact has two values, {} and {}", audit.shown(*one), audit.shown(*other));
            let finding = audit.error(Code::SameFactSameValue, &[*one, *other], message).also(*at, "said here");
            let name = &subject.facts.get(*other).address;
            audit.push(finding.help(format!("the other one is {name}: find out which of the two is right")));
        }
    }
}
