//! heading-order: subheadings begin at the second level and skip none.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::markdown::{Block, plain_text};
use crate::model::Part;

/// The level of a section's title, that of a case study, and the deepest in prose.
const TITLE: u8 = 1;
const BOX_TITLE: u8 = 2;
const DEEPEST: u8 = 3;

pub fn check(subject: &Subject, findings: &mut Findings) {
    for section in subject.project.reports.iter().flat_map(|report| &report.sections) {
        let mut above = TITLE;
        for part in &section.parts {
            let Some(blocks) = part.prose() else { continue };
            // The title of a case study is a heading of its own, and what follows it is no longer under that.
            let is_box = matches!(part, Part::CaseStudy(..));
            let before = above;
            if is_box {
                above = BOX_TITLE;
            }
            for block in blocks.iter() {
                let Block::Heading { level, at, inlines, .. } = block else { continue };
                let fault = match *level {
                    BOX_TITLE if is_box => {
                        Some("the title of a case study stands in report.yaml; its text begins with ###")
                    }
                    TITLE => Some("the section's title stands in report.yaml; prose begins with ##"),
                    level if level > DEEPEST => Some("prose has subheadings ## and ### only"),
                    level if level > above + 1 => Some("a level is skipped: the heading above has fewer #"),
                    _ => None,
                };
                if let Some(fault) = fault {
                    findings.push(
                        Diagnostic::error(
                            Code::HeadingOrder,
                            *at,
                            format!("this heading has the wrong level: {fault}"),
                        )
                        .help(match is_box {
                            true => "write ### for a subheading in a case study",
                            false => "write ## for a subheading, ### for a smaller one under it",
                        }),
                    );
                } else if !plain_text(inlines).contains(char::is_alphanumeric) {
                    findings.push(
                        Diagnostic::error(Code::HeadingOrder, *at, "this heading has no words")
                            .help("add words, or remove the #"),
                    );
                }
                above = *level;
            }
            if is_box {
                above = before;
            }
        }
    }
}
