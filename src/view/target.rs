//! The target of an indicator, as it is printed: its figures are facts, the words round them are the language's.

use super::copy_editor::{CopyEditor, Words};
use crate::fact::{Word, plain};
use crate::model::values::Figure;
use crate::model::{Indicator, IndicatorFile, TargetStep};
use crate::yaml::At;

/// The target, for print.
pub(super) fn target(editor: &CopyEditor, file: &IndicatorFile, indicator: &Indicator) -> Words {
    editor.bound(&target_words(editor, file, indicator))
}

/// The target with its facts: "≥90%, from Q3 ≥95%".
pub(super) fn target_words(editor: &CopyEditor, file: &IndicatorFile, indicator: &Indicator) -> Vec<Word> {
    let figure = |figure: &At<Figure>| {
        let text = figure.value.shown(editor.manner());
        match editor.facts.typed_at(&editor.report.id, figure.at) {
            Some(fact) => Word::Bound { text, fact },
            None => Word::Plain(text),
        }
    };
    let mut steps = indicator.target.steps().iter();
    let none = || vec![Word::Plain(editor.say("target.none"))];
    let first = steps.next().map_or_else(none, |one| step(editor, one, figure));
    steps.fold(first, |before, next| {
        let period = file.periods.get(next.from).map(|period| period.shown(editor.wording())).unwrap_or_default();
        let fills = [("list", before), ("period", vec![Word::Plain(period)]), ("next", step(editor, next, figure))];
        editor.wording().pieces("target.from", None, fills)
    })
}

/// The target without its facts, where a picture repeats it.
pub(super) fn target_text(editor: &CopyEditor, indicator: &Indicator) -> String {
    let figure = |figure: &At<Figure>| Word::Plain(figure.value.shown(editor.manner()));
    let mut steps = indicator.target.steps().iter().map(|one| plain(&step(editor, one, figure)));
    let first = steps.next().unwrap_or_else(|| editor.say("target.none"));
    steps.fold(first, |list, next| editor.wording().say("target.then", &[("list", &list), ("next", &next)]))
}

/// One target, with its figures as they are given.
fn step(editor: &CopyEditor, step: &TargetStep, figure: impl Fn(&At<Figure>) -> Word) -> Vec<Word> {
    let sign = (!step.sign.is_empty()).then(|| Word::Plain(step.sign.to_owned()));
    let one: Vec<Word> = sign.into_iter().chain([figure(&step.figure)]).collect();
    let one = match &step.to {
        Some(to) => editor.wording().pieces("target.to", None, [("from", one), ("to", vec![figure(to)])]),
        None => one,
    };
    match &step.of {
        Some(of) => {
            editor.wording().pieces("target.of", None, [("figure", one), ("whole", vec![Word::Plain(of.clone())])])
        }
        None => one,
    }
}
