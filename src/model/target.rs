//! Targets of indicators.

use super::periods::Periods;
use super::values::{Aim, Figure, Id, is_unknown, likely};
use crate::declared;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Record, Text, Value, list_of};

const EXPECTED: &str = "a target is written 95%, 26 weeks, <5 mins, ≥ 90%, 5 to 10, 40% of staff or n/a";

/// What an indicator should reach, as it is printed: `95%`, `<5 mins`, `5 to 10`, `40% of staff`, or none.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    NotApplicable,
    /// One, or one after the other, each from a period on.
    Set(Vec<TargetStep>),
}

/// A target, and the period from which it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetStep {
    /// The place of the period; 0 is the first.
    pub from: usize,
    pub aim: Aim,
    /// The sign before the figure, as it is printed.
    pub sign: &'static str,
    pub figure: At<Figure>,
    /// The upper end of a range.
    pub to: Option<At<Figure>>,
    /// What the figure is of (`staff`).
    pub of: Option<String>,
}

declared! {
    /// A target that holds from a period on.
    TargetStep "a target of a part of the year" {
        /// Id of the first period.
        required from: At<Id>,
        /// The target, with its sign where it has one: 95%, <5 mins, 5 to 10.
        required is: Text,
    }
}

impl Formed for Target {
    fn form() -> Form {
        Form::Either(vec![Text::form(), Vec::<TargetStep>::form()])
    }
}

/// Signs with what they say, longer ones first.
const SIGNS: &[(&str, &str, Aim)] = &[
    (">=", "≥", Aim::AtLeast),
    ("<=", "≤", Aim::AtMost),
    ("≥", "≥", Aim::AtLeast),
    ("≤", "≤", Aim::AtMost),
    (">", ">", Aim::Over),
    ("<", "<", Aim::Under),
];

/// A target as it was written.
struct Written {
    sign: Option<(&'static str, Aim)>,
    /// The figure, and the upper end of a range, with where they stand in the text.
    figure: (Figure, std::ops::Range<usize>),
    to: Option<(Figure, std::ops::Range<usize>)>,
    of: Option<String>,
}

impl Target {
    /// Reads a target and which way it points: one, or a list of `{from: q3, is: 95%}`.
    pub fn read(node: &Node, aim: Option<&At<Aim>>, periods: &Periods, findings: &mut Findings) -> Option<Self> {
        match &node.value {
            Value::Sequence(_) => {
                let steps = list_of(node, findings, |node, findings| read_step(node, aim, periods, findings))?;
                in_order(steps, periods, findings).map(Self::Set)
            }
            Value::Scalar { text, .. } if matches!(text.trim(), "n/a" | "N/A") => match aim {
                None => Some(Self::NotApplicable),
                Some(aim) => {
                    let finding = Diagnostic::error(Code::WrongValue, aim.at, "there is no target to aim at");
                    findings.push(finding.help("remove `aim`"));
                    None
                }
            },
            _ => Some(Self::Set(vec![read_one(node, 0, aim, findings)?])),
        }
    }

    /// The targets one after the other.
    pub fn steps(&self) -> &[TargetStep] {
        match self {
            Self::NotApplicable => &[],
            Self::Set(steps) => steps,
        }
    }
}

impl TargetStep {
    /// As it is printed, of its figures as they are printed.
    pub fn shown(&self) -> String {
        let to = self.to.as_ref().map(|to| format!(" to {}", to.value)).unwrap_or_default();
        let of = self.of.as_ref().map(|of| format!(" of {of}")).unwrap_or_default();
        format!("{}{}{to}{of}", self.sign, self.figure.value)
    }
}

/// A target with the period from which it holds.
fn read_step(
    node: &Node,
    aim: Option<&At<Aim>>,
    periods: &Periods,
    findings: &mut Findings,
) -> Option<(TargetStep, Span)> {
    let mut record = Record::open(node, &TargetStep::FORM, findings)?;
    let from = record.required::<At<Id>>("from", findings);
    let is = record.must("is");
    record.close(findings);
    let from = from?;
    let Some(place) = periods.place(&from.value) else {
        let ids: Vec<&str> = periods.iter().map(|period| period.id.as_str()).collect();
        findings.push(
            Diagnostic::error(Code::UnknownReference, from.at, format!("there is no period `{}`", from.value))
                .did_you_mean(from.value.as_str(), ids.iter().copied())
                .help(format!("the periods of this file are {}", ids.join(", "))),
        );
        return None;
    };
    Some((read_one(is?, place, aim, findings)?, from.at))
}

/// Targets begin with the first period, and follow each other.
fn in_order(steps: Vec<(TargetStep, Span)>, periods: &Periods, findings: &mut Findings) -> Option<Vec<TargetStep>> {
    let before = findings.len();
    let names = |place: usize| periods.get(place).map_or("", |period| period.id.as_str());
    for (place, (step, at)) in steps.iter().enumerate() {
        match place.checked_sub(1).map(|before| &steps[before].0) {
            None if step.from > 0 => {
                let message = format!("nothing is said of the target before `{}`", names(step.from));
                findings.push(
                    Diagnostic::error(Code::WrongValue, *at, message)
                        .help(format!("begin with the first period: {{from: {}, is: …}}", names(0))),
                );
            }
            Some(earlier) if step.from <= earlier.from => {
                let message = format!("`{}` does not come after `{}`", names(step.from), names(earlier.from));
                let help = "write the targets in the order in which they hold, one from each period at most";
                findings.push(Diagnostic::error(Code::WrongValue, *at, message).help(help));
            }
            _ => {}
        }
    }
    (findings.len() == before).then(|| steps.into_iter().map(|(step, _)| step).collect())
}

/// Reads one target.
fn read_one(node: &Node, from: usize, aim: Option<&At<Aim>>, findings: &mut Findings) -> Option<TargetStep> {
    let text = Text::from_node(node, findings)?;
    let written = match written(&text.value) {
        Ok(written) => written,
        Err(expected) => {
            let message = format!("`{}` is not understood", text.value);
            findings.push(Diagnostic::error(Code::WrongValue, node.at, message).help(expected));
            return None;
        }
    };
    let (sign, said) = written.sign.unzip();
    let said = written.to.as_ref().map(|_| Aim::Within).or(said);
    let aim = agreed(&text, said, aim, findings)?;
    // Where the figures of a range stand each; in quotation marks they begin one letter later.
    let quote = usize::from(!matches!(node.value, Value::Scalar { plain: true, .. }));
    let part = |range: std::ops::Range<usize>| node.at.part(range.start + quote..range.end + quote);
    let (figure, to) = match (written.figure, written.to) {
        ((figure, _), None) => (At { value: figure, at: node.at }, None),
        ((low, low_at), Some((high, high_at))) => {
            check_range(node, low, high, findings)?;
            (At { value: low, at: part(low_at) }, Some(At { value: high, at: part(high_at) }))
        }
    };
    Some(TargetStep { from, aim, sign: sign.unwrap_or_default(), figure, to, of: written.of })
}

/// Which way the target points, by its sign and by `aim`.
fn agreed(target: &Text, said: Option<Aim>, aim: Option<&At<Aim>>, findings: &mut Findings) -> Option<Aim> {
    let needs_sign = |aim: Aim| !matches!(aim, Aim::AtLeast | Aim::AtMost);
    match (said, aim) {
        (Some(said), None) => Some(said),
        (Some(said), Some(aim)) if aim.value == said => Some(said),
        (None, Some(aim)) if !needs_sign(aim.value) => Some(aim.value),
        (None, None) => {
            findings.push(
                Diagnostic::error(Code::MissingField, target.at, "an indicator with a target needs a field `aim`")
                    .help("say which way it points, `aim: at-least` or `aim: at-most`, or write the target with a sign: ≥ 90%, <5 mins"),
            );
            None
        }
        (_, Some(aim)) => {
            findings.push(
                Diagnostic::error(
                    Code::WrongValue,
                    aim.at,
                    format!("`{}` does not fit the target {}", aim.value.word(), target.value),
                )
                .also(target.at, "the target")
                .help(match said {
                    Some(said) => format!("remove `aim`: the target itself says {}", said.shown()),
                    None => "write the target with its sign: <5 mins, > 10, or 5 to 10".to_owned(),
                }),
            );
            None
        }
    }
}

/// A range goes up, and its ends are of one kind.
fn check_range(node: &Node, low: Figure, high: Figure, findings: &mut Findings) -> Option<()> {
    let message = if low.unit() != high.unit() {
        format!("a range goes from {low} to {high}, which have not one unit")
    } else if low.number() >= high.number() {
        format!("the range ends at {high}, which is not above its beginning {low}")
    } else {
        return Some(());
    };
    let help = "write the lower end first, and both ends in one unit: 5% to 10%, 2 weeks to 4 weeks";
    findings.push(Diagnostic::error(Code::WrongValue, node.at, message).help(help));
    None
}

fn written(text: &str) -> Result<Written, String> {
    let sign = SIGNS.iter().find(|(typed, ..)| text.starts_with(typed));
    let start = sign.map_or(0, |(typed, ..)| typed.len());
    let (end, of) = match text[start..].find(" of ") {
        Some(place) => (start + place, Some(text[start + place + 4..].trim().to_owned())),
        None => (text.len(), None),
    };
    if of.as_ref().is_some_and(|of| of.contains(|c: char| c.is_numeric() || c == '{')) {
        return Err("what a target is of is said without another figure: 40% of staff".to_owned());
    }
    let figure = |from: usize, to: usize| {
        let (from, to) = trimmed(text, from, to);
        let figure = Figure::parse(&text[from..to]).ok().filter(|figure| figure.amount().is_some());
        figure.map(|figure| (figure, from..to)).ok_or_else(|| match likely(&text[from..to]) {
            // A target that is not known is none.
            Some(meant) if !is_unknown(&text[from..to]) => meant,
            _ => EXPECTED.to_owned(),
        })
    };
    let (figure, to) = match text[start..end].find(" to ") {
        Some(_) if sign.is_some() => return Err("a range has no sign: 5 to 10".to_owned()),
        Some(place) => (figure(start, start + place)?, Some(figure(start + place + 4, end)?)),
        None => (figure(start, end)?, None),
    };
    Ok(Written { sign: sign.map(|(_, shown, aim)| (*shown, *aim)), figure, to, of })
}

/// A stretch without the space at its ends.
fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
    let part = &text[from..to];
    let from = from + part.len() - part.trim_start().len();
    (from, from + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    fn read(text: &str, aim: Option<Aim>) -> Result<(String, Aim), String> {
        let at = Span::new(FileId(0), 0..text.len());
        let node = Node { at, value: Value::Scalar { text: text.to_owned(), plain: true } };
        let mut findings = Findings::default();
        let aim = aim.map(|value| At { value, at });
        let step = read_one(&node, 0, aim.as_ref(), &mut findings);
        step.map(|step| (step.shown(), step.aim)).ok_or_else(|| findings[0].message.clone())
    }

    #[test]
    fn targets_are_printed_as_they_were_written_and_point_where_their_sign_says() {
        for (text, shown, aim) in [
            ("<5 mins", "<5 mins", Aim::Under),
            (">= 90%", "≥90%", Aim::AtLeast),
            ("≤ 5%", "≤5%", Aim::AtMost),
            ("> 10", ">10", Aim::Over),
            ("5 to 10", "5 to 10", Aim::Within),
            ("40% to 60% of staff", "40% to 60% of staff", Aim::Within),
        ] {
            assert_eq!(read(text, None), Ok((shown.to_owned(), aim)));
            assert_eq!(read(text, Some(aim)), Ok((shown.to_owned(), aim)));
        }
        assert_eq!(read("40% of staff", Some(Aim::AtLeast)), Ok(("40% of staff".to_owned(), Aim::AtLeast)));
    }

    #[test]
    fn what_points_two_ways_or_nowhere_is_refused() {
        for (text, aim) in [
            ("95%", None),
            ("95%", Some(Aim::Under)),
            ("<5 mins", Some(Aim::AtMost)),
            ("5 to 10", Some(Aim::AtLeast)),
            ("10 to 5", None),
            ("5 to 10%", None),
            ("< 5 to 10", None),
            ("80% of 300 staff", Some(Aim::AtLeast)),
            ("good", Some(Aim::AtLeast)),
            ("<n/a", None),
        ] {
            assert!(read(text, aim).is_err(), "{text}");
        }
    }
}
