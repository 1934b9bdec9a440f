//! control-total-agrees: figures add up to the sum that their supplier gave.

use rust_decimal::Decimal;

use super::{Audit, Checks, Subject, check_files, fitting};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::FactId;
use crate::model::ControlTotal;
use crate::model::values::number::show_number;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for Checks { file, scopes } in check_files(subject) {
        for total in file.control_totals.iter().flatten() {
            let look = |audit: &mut Audit, scope: &str| check_total(subject, audit, scope, total);
            fitting::in_each_scope(subject, audit, &scopes, &total.of, look);
        }
    }
}

fn check_total(subject: &Subject, audit: &mut Audit, scope: &str, total: &ControlTotal) {
    subject.facts.check_source(scope, &total.source, &mut audit.findings);
    if let Some(facts) = fitting::typed_or_counted(subject, audit, scope, &total.of) {
        compare(subject, audit, scope, total, &facts);
    }
}

fn compare(subject: &Subject, audit: &mut Audit, scope: &str, total: &ControlTotal, facts: &[FactId]) {
    audit.covers(Code::ControlTotalAgrees, facts);
    let by_place = total.by_place.as_ref().is_some_and(|by_place| by_place.value.0);
    let numbers = facts.iter().filter_map(|fact| subject.facts.quantity(*fact)).map(|quantity| quantity.number);
    let weighted = (1_u32..).zip(numbers).map(
        |(place, number)| {
            if by_place { number.checked_mul(place.into()) } else { Some(number) }
        },
    );
    let Some(numbers) = weighted.collect::<Option<Vec<Decimal>>>() else { return };
    let Some(sum) = numbers.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add) else { return };
    let stated = total.is.value.0;
    if sum == stated {
        return;
    }
    let difference = show_number((stated - sum).normalize());
    let (sum, shown) = (show_number(sum.normalize()), show_number(stated));
    let names: Vec<&str> = total.of.0.iter().map(|one| one.value.as_str()).collect();
    let address = match (scope, names.join("+")) {
        ("", names) => names,
        (scope, names) => format!("{scope}.{names}"),
    };
    let fit = match names[..] {
        [one] => format!("that fit `{one}`"),
        _ => "of this control total".to_owned(),
    };
    let counted = if by_place { ", each times its place," } else { "" };
    let message = format!("the {} figures {fit}{counted} come to {sum}, but should come to {shown}", facts.len());
    audit.push(
        Diagnostic::error(Code::ControlTotalAgrees, total.is.at, message).about(address, vec![sum, shown]).help(
            format!(
                "the difference is {difference}: compare the figures with {}",
                subject.facts.source(scope, total.source.value.as_str()).unwrap_or("their source")
            ),
        ),
    );
}
