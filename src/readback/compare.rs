//! What the comparison of finished files with the figures finds, as findings.

use std::collections::HashMap;

use super::html::{self, ReadFigure};
use super::{Difference, Expected, compare_html, compare_pdf, pdf};
use crate::diagnostic::{Code, Diagnostic, Findings};

/// Reads the figures back out of a report's page and PDF. A finding is a figure that is not what it should be.
/// `appendix` is the sentence with which an appendix begins: it repeats every figure, and is not looked at.
pub fn compare(
    report: &str,
    expected: &[Expected],
    page: &str,
    pdf: Option<&[u8]>,
    appendix: Option<&str>,
) -> Findings {
    let addresses: HashMap<String, &str> =
        expected.iter().map(|figure| (figure.mark.to_string(), figure.address)).collect();
    // A mark that stands for no fact is kept, and found to be too much.
    let addressed = |figure: ReadFigure| match addresses.get(&figure.address) {
        Some(address) => ReadFigure { address: (*address).to_owned(), ..figure },
        None => figure,
    };
    let read: Vec<ReadFigure> = html::figures(page).into_iter().map(addressed).collect();
    let mut findings: Findings = compare_html(expected, &read).iter().map(|one| finding(report, "page", one)).collect();
    match pdf.map(pdf::pages) {
        // The order of the figures is that of the page, so the PDF is compared only where the page is right.
        Some(Ok(mut pages)) if findings.is_empty() => {
            if let Some(first) = appendix.and_then(|words| pages.iter().position(|page| page.contains(words))) {
                pages.truncate(first);
            }
            findings.extend(compare_pdf(&read, &pages).iter().map(|one| finding(report, "PDF", one)));
        }
        Some(Err(error)) => {
            let message = format!("the figures of {report} cannot be read back out of the PDF: {error}");
            findings.push(Diagnostic::error_nowhere(Code::ReadBack, message));
        }
        _ => {}
    }
    findings
}

fn finding(report: &str, file: &str, difference: &Difference) -> Diagnostic {
    Diagnostic::error_nowhere(Code::ReadBack, format!("in the {file} of {report} {difference}"))
        .help("the templates print another figure than the content holds; mend them, or remove your templates folder")
}
