//! prose-agrees in drawings: a figure that a drawing says is bound or stated beside it, or the drawing has its source.
//! Beside a logo nothing stands, so that it says none.

use std::collections::BTreeSet;

use super::numbers::Reader;
use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{Passage, Word};
use crate::model::{Figure, LogoPictures, Part, Picture, Report};
use crate::picture::{Format, texts_of_drawing};

pub fn check(subject: &Subject, audit: &mut Audit) {
    let reader = Reader::of(&subject.project.organisation);
    for logo in subject.project.logo.iter().flat_map(LogoPictures::both).filter(|logo| logo.format == Format::Svg) {
        // A year that one report is about is a date there, and must be none in the others.
        let said = subject.project.reports.iter().flat_map(|report| said(subject, &reader, report, logo));
        let said: BTreeSet<String> = said.collect();
        audit.findings.extend((!said.is_empty()).then(|| in_logo(logo, said.into_iter().collect())));
    }
    for report in &subject.project.reports {
        for section in &report.sections {
            let figures = section.parts.iter().filter_map(|part| match part {
                Part::Figure(figures) => Some(figures),
                _ => None,
            });
            let address = format!("{}.{}", report.id, section.id.value);
            for (figure, picture) in figures.flatten().filter(|(figure, _)| figure.source.is_none()) {
                let drawing = picture.as_ref().filter(|picture| picture.format == Format::Svg);
                let said = drawing.map(|drawing| said(subject, &reader, report, drawing)).unwrap_or_default();
                let known = beside(subject, report, figure);
                let mut unknown: Vec<String> = said.into_iter().filter(|one| !known.contains(&plain(one))).collect();
                unknown.dedup();
                if let Some(drawing) = drawing.filter(|_| !unknown.is_empty()) {
                    audit.push(loose(drawing, address.clone(), unknown));
                }
            }
        }
    }
}

/// The figures that a drawing says.
fn said(subject: &Subject, reader: &Reader, report: &Report, drawing: &Picture) -> Vec<String> {
    let Some(Ok(bytes)) = subject.tree.picture(&drawing.path, drawing.at) else { return Vec::new() };
    let texts = texts_of_drawing(bytes).into_iter().map(|text| text.replace(" %", "%"));
    let figures = texts.flat_map(|text| {
        let numbers = reader.asked(&text, report);
        numbers.into_iter().map(|number| text[number.at].to_owned()).collect::<Vec<_>>()
    });
    figures.collect()
}

/// What is bound or stated in the words of a picture.
fn beside(subject: &Subject, report: &Report, figure: &Figure) -> Vec<String> {
    let places = [figure.caption.at, figure.alt.at];
    let passages = subject.passages.of(&report.id).iter().filter(|one: &&Passage| places.contains(&one.at));
    let words = passages.flat_map(|passage| &passage.words);
    let with_source = words.filter(|word| matches!(word, Word::Bound { .. } | Word::Stated { .. }));
    with_source.map(|word| plain(word.text())).collect()
}

/// A figure without what may be written otherwise in a drawing.
fn plain(figure: &str) -> String {
    let small = figure.to_lowercase().replace("per cent", "%").replace("percent", "%");
    small.chars().filter(|letter| !letter.is_whitespace() && *letter != ',').collect()
}

fn in_logo(logo: &Picture, figures: Vec<String>) -> Diagnostic {
    let name = logo.path.rsplit('/').next().unwrap_or(&logo.path);
    let message = format!("the logo {name} says {}, and no figure is bound in a logo", figures.join(", "));
    Diagnostic::error(Code::ProseAgrees, logo.at, message)
        .about("organisation.logo".to_owned(), figures)
        .help("take the figure out of the drawing: every report shows it, whatever its figures are")
        .help("or, if it is part of a name, such as “Exampletown 1901”, write the name under `names` in organisation.yaml")
}

fn loose(drawing: &Picture, address: String, figures: Vec<String>) -> Diagnostic {
    let name = drawing.path.rsplit('/').next().unwrap_or(&drawing.path);
    let listed = figures.join(", ");
    let message = format!("the drawing {name} says {listed}, which is bound to no figure beside it");
    Diagnostic::error(Code::ProseAgrees, drawing.at, message)
        .about(address, figures)
        .in_all_reports()
        .help("say it in the caption or in `alt` with the figure bound, {{ address }}, so that a drawing which is out of date is found")
        .help("or say where the drawing has its figures from: a line `source: …` beside `picture`")
}
