//! Key figures are seen at a glance: their words fit under each other.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fact::{Word, plain};
use crate::model::{KeyFigure, Part};
use crate::yaml::Text;

/// The most characters that fit.
const LABEL: usize = 60;
const FIGURE: usize = 24;
const LINE: usize = 100;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for report in &subject.project.reports {
        let before = findings.len();
        let texts = subject.passages.texts(&report.id);
        let key_figures =
            report.parts().filter_map(|part| if let Part::KeyFigures(all) = part { Some(all) } else { None });
        for KeyFigure { label, figure, change, detail, .. } in key_figures.flatten() {
            let mut fits = |text: &Text, most: usize| {
                let words = texts.words(text.at);
                let length = plain(words).chars().count();
                // A placeholder that was not understood is another finding.
                let is_whole = !words.iter().any(|word| matches!(word, Word::Broken(_)));
                if is_whole && length > most {
                    let message = format!("this has {length} characters; beside a key figure {most} fit");
                    findings.push(
                        Diagnostic::error(Code::WrongValue, text.at, message)
                            .help("shorten it, and say the rest in the text of the report"),
                    );
                }
            };
            fits(label, LABEL);
            fits(figure, FIGURE);
            change.iter().chain(detail).for_each(|text| fits(text, LINE));
        }
        report.mark(&mut findings[before..]);
    }
}
