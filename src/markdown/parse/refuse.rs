//! What a report has no place for, each with what to write in place of it.

use std::ops::Range;

use super::Builder;
use crate::diagnostic::{Code, Diagnostic, Span};

impl Builder<'_> {
    /// A line of hyphens under a sentence makes a heading of it.
    pub(super) fn refuse_underline(&mut self, range: Range<usize>) {
        let heading = self.source[range.clone()].trim_end();
        let start = heading.rfind('\n').map_or(0, |end| end + 1);
        let line = heading[start..].trim_start_matches(|c| !matches!(c, '-' | '='));
        let at = range.start + heading.len() - line.len()..range.start + heading.len();
        self.read.push(range);
        self.refuse_at(
            Span::new(self.file, at),
            "this line makes a heading of the words above it",
            "for a heading write ## before the words; otherwise remove the line",
        );
    }

    pub(super) fn refuse_title(&mut self, range: Range<usize>, title: &str) {
        let start = self.source[range.clone()].rfind(title).map_or(range.start, |at| range.start + at);
        let end = if start == range.start { range.end } else { start + title.len() };
        self.findings.push(
            Diagnostic::error(
                Code::NotPrinted,
                Span::new(self.file, start..end),
                "the words in quotation marks behind the address of a link are not printed",
            )
            .help("say it in the text, or remove the words"),
        );
    }

    pub(super) fn refuse_at(&mut self, at: Span, message: &str, help: &str) {
        self.findings.push(Diagnostic::error(Code::UnsupportedMarkdown, at, message).help(help));
    }

    pub(super) fn refuse_html(&mut self, range: Range<usize>) {
        self.findings.push(
            Diagnostic::error(Code::RawHtml, Span::new(self.file, range), "HTML cannot stand in prose")
                .help("use Markdown, such as **strong** or [text](https://…); to print a < write \\<"),
        );
    }

    pub(super) fn refuse_element(&mut self, range: Range<usize>, what: &str, instead: &str) {
        self.read.push(range.clone());
        self.refuse(range, what, instead);
        self.skipping = 1;
    }

    pub(super) fn refuse(&mut self, range: Range<usize>, what: &str, instead: &str) {
        self.findings.push(
            Diagnostic::error(
                Code::UnsupportedMarkdown,
                Span::new(self.file, range),
                format!("{what} cannot stand in prose"),
            )
            .help(instead),
        );
    }
}
