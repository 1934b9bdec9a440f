//! alt-text: a picture says in words what it shows.

use super::{Subject, parts, quoted};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::Part;

/// A shorter text describes nothing.
const SHORTEST: usize = 8;

pub fn check(subject: &Subject, findings: &mut Findings) {
    let figures = parts(subject).filter_map(|part| if let Part::Figure(figures) = part { Some(figures) } else { None });
    for (figure, _) in figures.flatten() {
        let alt = &figure.alt;
        let ending = alt.value.rsplit('.').next().unwrap_or_default().to_lowercase();
        let is_file_name =
            !alt.value.contains(' ') || matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg");
        if is_file_name || alt.value.chars().count() < SHORTEST {
            findings.push(
                Diagnostic::error(
                    Code::AltText,
                    alt.at,
                    format!("{} does not say what the picture shows", quoted(alt)),
                )
                .help("describe it in a sentence, for people who cannot see it"),
            );
        } else if alt.value == figure.caption.value {
            findings.push(
                Diagnostic::error(Code::AltText, alt.at, "the description repeats the caption")
                    .help("say what the picture shows; a screen reader reads both"),
            );
        }
    }
}
