//! duplicate-text: one deliverable is not entered twice in two wordings.

use std::collections::BTreeSet;

use super::{Audit, Subject, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Deliverable, Part};

/// The share of common words from which two texts say the same.
const ALIKE_IN_TENTHS: usize = 8;
/// Shorter texts are alike by chance.
const FEWEST_WORDS: usize = 5;

pub fn check(subject: &Subject, audit: &mut Audit) {
    let mut seen = Vec::new();
    for (_, file) in parts(subject).filter_map(Part::deliverables) {
        if seen.iter().any(|one| std::ptr::eq(*one, file)) {
            continue;
        }
        seen.push(file);
        let words: Vec<BTreeSet<String>> = file.deliverables.iter().map(words).collect();
        for (place, one) in file.deliverables.iter().enumerate() {
            let Some(other) = (0..place).find(|other| are_alike(&words[*other], &words[place])) else { continue };
            let other = &file.deliverables[other];
            let message = format!("`{}` and `{}` say nearly the same", one.id.value, other.id.value);
            audit.push(
                Diagnostic::warning(Code::DuplicateText, one.text.at, message)
                    .about(format!("deliverables.{}", one.id.value), vec![other.id.value.to_string()])
                    .also(other.text.at, "the other one")
                    .help(
                        "make them one deliverable with several `themes`; sentences of their own stand under `wording`",
                    ),
            );
        }
    }
}

fn words(deliverable: &Deliverable) -> BTreeSet<String> {
    let text = deliverable.text.value.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn are_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let (fewer, more) = (one.len().min(other.len()), one.len().max(other.len()));
    // The shorter text bounds the common words, and the longer one all of them: mostly that is enough to know.
    if fewer < FEWEST_WORDS || fewer * 10 < more * ALIKE_IN_TENTHS {
        return false;
    }
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    common * 10 >= all * ALIKE_IN_TENTHS
}
