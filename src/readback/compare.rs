//! What the comparison of finished files with the figures finds, as findings.

use std::collections::HashMap;

use super::html::ReadFigure;
use super::pdf::PdfError;
use super::{Difference, Expected, compare_html, compare_pdf};
use crate::diagnostic::{Code, Diagnostic, Findings};

/// Holds the figures that were read out of a report's page against those that were meant. Out: the same figures with
/// the addresses of their facts, or a finding for each that is not what it should be.
pub fn check_page(report: &str, expected: &[Expected], figures: Vec<ReadFigure>) -> Result<Vec<ReadFigure>, Findings> {
    let addresses: HashMap<String, &str> =
        expected.iter().map(|figure| (figure.mark.to_string(), figure.address)).collect();
    // A mark that stands for no fact is kept, and found to be too much.
    let addressed = |figure: ReadFigure| match addresses.get(&figure.address) {
        Some(address) => ReadFigure { address: (*address).to_owned(), ..figure },
        None => figure,
    };
    let figures: Vec<ReadFigure> = figures.into_iter().map(addressed).collect();
    let differences = compare_html(expected, &figures);
    if differences.is_empty() {
        return Ok(figures);
    }
    Err(differences.iter().map(|one| finding(report, "page", one)).collect())
}

/// Holds the words that were read out of each page of a report's PDF against the figures of its page, whose order is
/// theirs. `appendix` is the sentence with which an appendix begins: it repeats every figure, and is not looked at.
pub fn check_pdf(report: &str, figures: &[ReadFigure], pages: &[String], appendix: Option<&str>) -> Findings {
    let first = appendix.and_then(|words| pages.iter().position(|page| page.contains(words)));
    let differences = compare_pdf(figures, &pages[..first.unwrap_or(pages.len())]);
    differences.iter().map(|one| finding(report, "PDF", one)).collect()
}

/// What is said of a PDF that cannot be read.
pub fn unreadable(report: &str, error: PdfError) -> Diagnostic {
    let message = format!("the figures of {report} cannot be read back out of the PDF: {error}");
    Diagnostic::error_nowhere(Code::ReadBack, message)
}

fn finding(report: &str, file: &str, difference: &Difference) -> Diagnostic {
    Diagnostic::error_nowhere(Code::ReadBack, format!("in the {file} of {report} {difference}"))
        .help("the templates print another figure than the content holds; mend them, or remove your templates folder")
}
