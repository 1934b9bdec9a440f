//! Findings for a person at a terminal: the line, a caret, what is wrong and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, SourceMap, Span};

/// Lines longer than this are shown as their path, line and column alone.
const LONGEST_SHOWN_LINE: usize = 20_000;

/// Writes one finding; `styled` adds colours.
pub fn human(finding: &Diagnostic, sources: &SourceMap, styled: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.code.name()));
    if let Some(at) = finding.at {
        group = show(group, sources, at, AnnotationKind::Primary, None);
    }
    if let Some((at, why)) = &finding.also {
        group = show(group, sources, *at, AnnotationKind::Context, Some(why));
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Adds one line of a source with its caret. The snippet holds that line alone: a whole file would be
/// searched again for every finding, and a stray control character must not reach the terminal.
fn show<'a>(
    group: Group<'a>,
    sources: &SourceMap,
    at: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    let file = sources.file(at.file);
    let range = sources.range(at);
    let line_start = file.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = file.text[range.start..].find('\n').map_or(file.text.len(), |at| range.start + at);
    let line = file.text[line_start..line_end].trim_end_matches('\r');
    let (number, column) = sources.line_column(at);
    if line.len() > LONGEST_SHOWN_LINE {
        return group.element(annotate_snippets::Origin::path(file.path.clone()).line(number).char_column(column));
    }
    let start = (range.start - line_start).min(line.len());
    let end = (range.end.min(line_end) - line_start).clamp(start, line.len());
    let snippet = Snippet::source(line.to_owned()).line_start(number).path(file.path.clone());
    group.element(snippet.annotation(kind.span(start..end).label(label)))
}
