//! The lines of a text that a finding is about.

use crate::diagnostic::{SourceMap, Span};

/// The line at which a place begins, with its number, and marks under the place.
pub fn excerpt(sources: &SourceMap, at: Span) -> String {
    let (line, column) = sources.line_column(at);
    let text = &sources.file(at.file).text;
    let Some(words) = text.lines().nth(line.saturating_sub(1)) else { return String::new() };
    let range = sources.range(at);
    let marked = text.get(range).unwrap_or_default().lines().next().unwrap_or_default().chars().count().max(1);
    let lead = format!("{line} | ");
    let under = format!("{:>1$} ", "|", lead.len() - 1);
    format!("{lead}{words}\n{under}{}{}", " ".repeat(column.saturating_sub(1)), "^".repeat(marked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_marked_under_its_line() {
        let sources = SourceMap::default();
        let file = sources.add("costs.yaml", "caption: Costs\ntotal: 12,00\n");
        assert_eq!(excerpt(&sources, Span::new(file, 22..27)), "2 | total: 12,00\n  |        ^^^^^");
        assert_eq!(excerpt(&sources, Span::new(file, 28..28)), "");
    }
}
