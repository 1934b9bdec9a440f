//! What somebody said still holds: `confirmed` in the report's `checks.yaml`.

use super::{EditionStatus, Editions, Item, State};
use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings};
use crate::fact::Pattern;
use crate::model::{Confirmation, Report};
use crate::yaml::Text;

/// Marks what is due and was confirmed. A confirmation that was copied from the edition before confirms nothing.
pub fn apply(editions: &Editions, items: &mut [Item]) {
    let former: Vec<&Confirmation> = all(editions.before).collect();
    let own = all(editions.report).filter(|one| !former.iter().any(|other| is_same(one, other)));
    for confirmation in own {
        let Ok(scope) = Scope::of(editions.subject, editions.report, confirmation) else { continue };
        let due = items.iter_mut().filter(|item| item.state == State::Due && scope.holds(item));
        due.for_each(|item| item.state = State::Confirmed);
    }
}

/// What is wrong with the confirmations of a report.
pub fn faults(subject: &Subject, report: &Report, status: &EditionStatus) -> Findings {
    let fault = |one: &Confirmation| match Scope::of(subject, report, one) {
        Err(fault) => Some(*fault),
        Ok(scope) => {
            let is_used = status.items.iter().any(|item| item.state == State::Confirmed && scope.holds(item));
            (!is_used).then(|| {
                Diagnostic::warning(
                    Code::AcknowledgementUnused,
                    one.at,
                    "this confirms nothing that is as in the edition before",
                )
                .help("remove it; or give it today's date, if it was copied from the edition before and still holds")
            })
        }
    };
    all(report).filter_map(fault).collect()
}

fn all(report: &Report) -> impl Iterator<Item = &Confirmation> {
    report.statements.checks.iter().flat_map(|file| file.confirmed.iter().flatten())
}

fn is_same(one: &Confirmation, other: &Confirmation) -> bool {
    let says = |one: &Confirmation| {
        let patterns = one.of.iter().flat_map(|of| &of.0).map(|pattern| pattern.value.clone()).collect::<Vec<_>>();
        (patterns, one.file.as_ref().map(|file| file.value.clone()), one.by.value.clone(), one.date)
    };
    says(one) == says(other)
}

/// What a confirmation is about.
enum Scope {
    Figures(Vec<Pattern>),
    File(FileId),
}

impl Scope {
    fn of(subject: &Subject, report: &Report, one: &Confirmation) -> Result<Self, Box<Diagnostic>> {
        match (&one.of, &one.file) {
            (Some(patterns), None) => {
                let read = |pattern: &Text| {
                    let (message, help) = match Pattern::parse(&pattern.value) {
                        Some(one) if one.first().is_some() => return Ok(one),
                        Some(_) => (
                            format!("`{}` cannot be confirmed at once", pattern.value),
                            "begin with the name of a file or with `facts`: `running-costs.**` or `indicators.*.target`",
                        ),
                        None => (
                            format!("`{}` is no pattern of addresses", pattern.value),
                            "name figures by addresses such as `running-costs.**` or `indicators.*.target`",
                        ),
                    };
                    Err(Box::new(Diagnostic::error(Code::WrongValue, pattern.at, message).help(help)))
                };
                patterns.0.iter().map(read).collect::<Result<_, _>>().map(Self::Figures)
            }
            (None, Some(file)) => {
                let path = format!("{}/{}", report.folder, file.value);
                subject.tree.readable(&path).map(Self::File).ok_or_else(|| {
                    let folder = format!("{}/", report.folder);
                    let beside = subject.tree.texts.keys().filter_map(|path| path.strip_prefix(&folder));
                    let message = format!("there is no file `{}` beside this one", file.value);
                    Box::new(
                        Diagnostic::error(Code::UnknownReference, file.at, message).did_you_mean(&file.value, beside),
                    )
                })
            }
            (Some(_), Some(_)) | (None, None) => Err(Box::new(
                Diagnostic::error(Code::WrongValue, one.at, "a confirmation is of figures or of the texts of a file")
                    .help("write `of:` and addresses of figures, or `file:` and the name of a file, and not both"),
            )),
        }
    }

    fn holds(&self, item: &Item) -> bool {
        match self {
            Self::Figures(patterns) => {
                item.address.as_ref().is_some_and(|address| patterns.iter().any(|pattern| pattern.fits(address)))
            }
            // The figures of a file are confirmed by their addresses.
            Self::File(file) => item.at.file == *file && item.address.is_none(),
        }
    }
}
