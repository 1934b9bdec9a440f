//! Scales that a file declares for itself: their steps have ids of their own, and no two look alike.

use super::values::{Id, Mark};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::yaml::{At, FromNode, Node, list_of};

/// A step of a scale.
pub trait Step: FromNode {
    /// What it is called in messages, one and several.
    const CALLED: [&str; 2];

    fn id(&self) -> &At<Id>;

    /// How it is shown.
    fn mark(&self) -> &At<Mark>;
}

/// Reads the steps of a scale in their order.
pub fn read<S: Step>(node: &Node, findings: &mut Findings) -> Option<Vec<S>> {
    let steps = list_of(node, findings, S::from_node)?;
    let before = findings.len();
    let [one, many] = S::CALLED;
    for (place, step) in steps.iter().enumerate() {
        let (id, mark, earlier) = (step.id(), step.mark(), &steps[..place]);
        if let Some(other) = earlier.iter().find(|other| other.id().value == id.value) {
            findings.push(
                Diagnostic::error(Code::DuplicateId, id.at, format!("the {one} `{}` is there already", id.value))
                    .also(other.id().at, "first used here")
                    .help("give one of them another id"),
            );
        } else if let Some(other) = earlier.iter().find(|other| other.mark().value == mark.value) {
            let message = format!("the mark `{}` is used twice, so that {many} look alike", mark.value.word());
            let words: Vec<&str> = Mark::ALL.iter().map(|mark| mark.word()).collect();
            findings.push(
                Diagnostic::error(Code::WrongValue, mark.at, message)
                    .also(other.mark().at, "first used here")
                    .help(format!("there are {}", words.join(", "))),
            );
        }
    }
    (findings.len() == before).then_some(steps)
}
