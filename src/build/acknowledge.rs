//! Acknowledges findings: writes what a message offers into the checks file that it is for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Options, Outcome, ReportBuilder};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap};
use crate::import::{New, foresee};
use crate::model::values::Date;
use crate::publish::{Rewrite, rewrite};
use crate::yaml::{self, Value};

/// The list of a checks file that acknowledgements stand in.
const LIST: &str = "acknowledgements";

/// What is acknowledged, and by whom.
#[derive(Debug, Clone, Default)]
pub struct Acknowledging {
    /// The rule and the address, as a message offers them; all where none is named.
    pub rule: Option<String>,
    pub address: Option<String>,
    /// Of several findings that fit, the place of the one that is meant, from 1.
    pub only: Option<usize>,
    pub reason: Option<String>,
    pub by: Option<String>,
}

/// Findings that can be acknowledged, and the texts with the acknowledgements.
pub struct Acknowledgements {
    pub outcome: Outcome,
    /// The findings that fit, by their places in the outcome.
    pub found: Vec<usize>,
    /// What would be written: the file, from the content folder, and the lines.
    pub lines: Vec<(String, String)>,
    content: PathBuf,
    writes: Vec<Rewrite>,
}

/// Why nothing is written, with the texts that it points into.
pub type NotAcknowledged = (Findings, Arc<SourceMap>);

/// Finds what can be acknowledged, and what would be written for it. An error says why a file has no room for it.
pub fn find_acknowledgements(
    options: &Options,
    asked: &Acknowledging,
    today: Date,
) -> Result<Acknowledgements, NotAcknowledged> {
    let mut builder = ReportBuilder::default();
    let outcome = builder.check(options, &|_| ());
    let fits = |finding: &Diagnostic| {
        finding.about.as_ref().is_some_and(|about| {
            let is_address = |address: &String| {
                about.address == *address || about.offered.as_ref().is_some_and(|offered| offered.address == *address)
            };
            about.offered.is_some()
                && asked.rule.as_ref().is_none_or(|rule| finding.code.name() == rule)
                && asked.address.as_ref().is_none_or(is_address)
        })
    };
    let fit: Vec<usize> = (0..outcome.findings.len()).filter(|place| fits(&outcome.findings[*place])).collect();
    let found: Vec<usize> = match asked.only {
        Some(only) => only.checked_sub(1).and_then(|place| fit.get(place)).copied().into_iter().collect(),
        None => fit,
    };
    let mut blocks: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for offered in found.iter().filter_map(|place| outcome.findings[*place].about.as_ref()?.offered.as_ref()) {
        let mut lines = offered.lines.clone();
        let text = |text: &Option<String>| text.as_deref().map_or("…".to_owned(), yaml::quoted);
        lines.extend([
            format!("reason: {}", text(&asked.reason)),
            format!("by: {}", text(&asked.by)),
            format!("date: {}", today.iso()),
        ]);
        let blocks = blocks.entry(offered.file.clone()).or_default();
        if !blocks.contains(&lines) {
            blocks.push(lines);
        }
    }
    let content = builder.read(options);
    let (mut lines, mut writes, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for (path, blocks) in blocks {
        let file = content.tree.readable(&path);
        let before = file.map(|file| content.tree.sources.file(file).text.clone());
        let after = with_acknowledgements(file, before.as_deref().unwrap_or_default(), &blocks)
            .ok_or_else(|| (no_room(&path), Arc::clone(&content.tree.sources)))?;
        lines.push((path.clone(), blocks.iter().map(|block| block_of(block, "  ", "\n")).collect::<String>()));
        texts.extend(file.map(|file| (file, after.clone())));
        writes.push(Rewrite::of(options.content.join(&path), before.map(String::into_bytes), after));
    }
    let is_whole = asked.reason.is_some() && asked.by.is_some();
    if is_whole && !texts.is_empty() {
        // What is written must not be a finding of its own.
        let foreseen = foresee(&content.tree, New { texts, blobs: Vec::new() });
        if !foreseen.come.is_empty() {
            return Err((foreseen.come, foreseen.tree.sources));
        }
    }
    Ok(Acknowledgements { outcome, found, lines, content: options.content.clone(), writes })
}

impl Acknowledgements {
    /// Writes them; nothing else in any file changes.
    pub fn write(&self) -> Result<(), Findings> {
        rewrite(&self.content, &self.writes)
    }
}

fn no_room(path: &str) -> Findings {
    let message = format!("{path} has no room for an acknowledgement: its list stands in brackets");
    vec![
        Diagnostic::error_nowhere(Code::WrongValue, message)
            .help("write `acknowledgements:` with an item a line, each after `- `, then type the command again"),
    ]
}

/// A checks file with more acknowledgements at the end of their list.
fn with_acknowledgements(file: Option<FileId>, text: &str, blocks: &[Vec<String>]) -> Option<String> {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let tree = file.filter(|_| !text.trim().is_empty()).map(|file| yaml::parse(file, text)).transpose().ok()?;
    let field = tree.as_ref().and_then(|tree| match &tree.value {
        Value::Mapping(fields) => fields.iter().find(|(name, _)| name.value == LIST).map(|(_, node)| node),
        _ => None,
    });
    let items = match field.map(|field| &field.value) {
        Some(Value::Sequence(items)) => items.last(),
        Some(_) => return None,
        None => None,
    };
    let (end, indent, head) = match items {
        Some(last) => {
            let line = text[..last.at.letters().start].rfind('\n').map_or(0, |end| end + 1);
            let letters = text[line..].trim_start_matches(' ');
            let end = last.end_of(text);
            let end = text[end..].find('\n').map_or(text.len(), |more| end + more + 1);
            let indent = " ".repeat(text[line..].len() - letters.len());
            (end, letters.starts_with("- ").then_some(indent)?, String::new())
        }
        None if field.is_some() => return None,
        None => {
            let gap = if text.trim().is_empty() { "" } else { ending };
            (text.len(), "  ".to_owned(), format!("{gap}{LIST}:{ending}"))
        }
    };
    let line_end = if end == 0 || text[..end].ends_with('\n') { "" } else { ending };
    let blocks: String = blocks.iter().map(|block| block_of(block, &indent, ending)).collect();
    let after = format!("{}{line_end}{head}{blocks}{}", &text[..end], &text[end..]);
    file.is_none_or(|file| yaml::parse(file, &after).is_ok()).then_some(after)
}

fn block_of(lines: &[String], indent: &str, ending: &str) -> String {
    let line = |(place, line): (usize, &String)| {
        let lead = if place == 0 { "- " } else { "  " };
        format!("{indent}{lead}{line}{ending}")
    };
    lines.iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    fn with(text: &str) -> Option<String> {
        let file = SourceMap::default().add("checks.yaml", text);
        with_acknowledgements(Some(file), text, &[vec!["rule: a".to_owned(), "by: b".to_owned()]])
    }

    #[test]
    fn an_acknowledgement_stands_at_the_end_of_its_list_and_nothing_else_changes() {
        let text = "acknowledgements:\n- {rule: x}  # one\n# Of this year.\nrelations:\n  - id: a\n";
        assert_eq!(with(text).unwrap(), text.replace("# one\n", "# one\n- rule: a\n  by: b\n"));
        let alone = "acknowledgements:\r\n  - rule: x\r\n    by: y";
        assert_eq!(with(alone).unwrap(), format!("{alone}\r\n  - rule: a\r\n    by: b\r\n"));
        let other = "relations:\n  - id: a\n";
        assert_eq!(with(other).unwrap(), format!("{other}\nacknowledgements:\n  - rule: a\n    by: b\n"));
        assert_eq!(with("").unwrap(), "acknowledgements:\n  - rule: a\n    by: b\n");
        assert_eq!(with("acknowledgements: [{rule: x}]\n"), None);
    }
}
