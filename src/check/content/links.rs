//! bad-link: links in prose lead somewhere.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::fact::Word;
use crate::markdown::{self, Inline, plain_text};
use crate::model::addresses;
use crate::model::values::LinkTarget;

pub fn check(subject: &Subject, findings: &mut Findings) {
    // Where a part could not be read, its addresses are not known, and links to them may be right.
    for report in subject.project.reports.iter().filter(|report| report.whole) {
        let before = findings.len();
        let texts = subject.passages.texts(&report.id);
        let known: BTreeSet<String> = addresses::all(report).into_iter().map(|(address, _)| address).collect();
        for part in report.sections.iter().flat_map(|section| &section.parts) {
            let Some(blocks) = part.prose() else { continue };
            markdown::each_inline(blocks, &mut |inline| {
                if let Inline::Link { to, inlines, at } = inline {
                    check_link(to, &plain_text(inlines), *at, &known, findings);
                    let mut words: Vec<&Word> = Vec::new();
                    markdown::each_text(inlines, &mut |_, places| {
                        words.extend(places.whole().into_iter().flat_map(|at| texts.words(at)));
                    });
                    let leads_itself = |word: &Word| match word {
                        Word::Reference(_) => Some("reference"),
                        Word::Note(_) => Some("note"),
                        Word::Plain(_)
                        | Word::Bound { .. }
                        | Word::Named { .. }
                        | Word::Broken(_)
                        | Word::Stated { .. }
                        | Word::Claimed { .. }
                        | Word::Foreign { .. } => None,
                    };
                    findings.extend(words.into_iter().find_map(leads_itself).map(|what| {
                        Diagnostic::error(Code::BadLink, *at, format!("a {what} stands in the words of a link"))
                            .help(format!("a {what} leads somewhere itself: write it beside the link"))
                    }));
                }
            });
        }
        report.mark(&mut findings[before..]);
    }
}

fn check_link(to: &str, words: &str, at: Span, known: &BTreeSet<String>, findings: &mut Findings) {
    if words.trim().is_empty() {
        findings.push(
            Diagnostic::error(Code::BadLink, at, "this link has no words to click on").help("write [words](address)"),
        );
    } else if let Some(id) = to.strip_prefix('#') {
        if !known.contains(id) {
            findings.push(
                Diagnostic::error(Code::UnknownReference, at, format!("this report has no section `{id}`"))
                    .did_you_mean(id, known.iter().map(String::as_str))
                    .help("sections and their ids stand in report.yaml"),
            );
        }
    } else if let Some(fault) = LinkTarget::fault(to) {
        let message = format!("`{to}` is no address that a reader can follow");
        let finding = Diagnostic::error(Code::BadLink, at, message);
        let finding = match (to.starts_with("www."), known.contains(to)) {
            (true, _) => finding.help(format!("write https://{to}")),
            (false, true) => finding.help(format!("write #{to}: it is a section of the report")),
            (false, false) => finding.help(fault),
        };
        findings.push(match to.contains(':') || known.contains(to) || to.starts_with("www.") {
            true => finding,
            false => finding.help("a link to a section of the report is written # and the id of the section"),
        });
    }
}
