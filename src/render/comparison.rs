//! A comparison as plain text, for a terminal or a file.

use std::fmt::Write;

use crate::view::{AreaView, ChangeView, ComparisonView, Passage, StateView};

/// Longer texts stand in lines of their own.
const WIDEST: usize = 24;
/// Letters of what a change is about at most.
const WIDEST_NAME: usize = 62;

/// The whole comparison as text, counts first.
pub fn comparison_text(comparison: &ComparisonView) -> String {
    let mut text = format!("What changed in {}: {}\n", comparison.report, comparison.title);
    for (lead, state) in [("before", &comparison.before), ("now", &comparison.now)] {
        let _ = writeln!(text, "  {lead:<7} {}", state_line(state));
    }
    if !comparison.areas.is_empty() {
        let counts: Vec<String> =
            comparison.counts.iter().map(|count| format!("{} {}", count.number, count.words)).collect();
        let _ = writeln!(text, "\n{}: {}", comparison.total, counts.join(", "));
    }
    let widths = Widths::of(comparison);
    for area in &comparison.areas {
        of_area(&mut text, area, &widths);
    }
    let _ = writeln!(text, "\n{}", comparison.rest);
    text
}

fn state_line(state: &StateView) -> String {
    let when = if state.when.is_empty() { String::new() } else { format!(", {}", state.when) };
    format!("{}{when}, digest {}", state.name, state.digest)
}

/// How wide the columns are.
struct Widths {
    number: usize,
    what: usize,
    was: usize,
    is: usize,
    difference: usize,
}

impl Widths {
    fn of(comparison: &ComparisonView) -> Self {
        let all = || comparison.areas.iter().flat_map(|area| &area.changes);
        let widest = |text: fn(&ChangeView) -> &str, most: usize| {
            all().map(|change| letters(text(change))).filter(|width| *width <= most).max().unwrap_or(0)
        };
        Self {
            number: all().map(|change| change.number.to_string().len()).max().unwrap_or(1),
            what: widest(|change| &change.what, WIDEST_NAME),
            was: widest(|change| &change.was, WIDEST),
            is: widest(|change| &change.is, WIDEST),
            difference: widest(|change| &change.difference, usize::MAX),
        }
    }
}

fn of_area(text: &mut String, area: &AreaView, widths: &Widths) {
    let _ = writeln!(text, "\n{}", area.title);
    for change in &area.changes {
        of_change(text, change, widths);
    }
}

fn of_change(text: &mut String, change: &ChangeView, widths: &Widths) {
    let fits = letters(&change.was) <= WIDEST && letters(&change.is) <= WIDEST;
    let (was, is) = if fits { (change.was.as_str(), change.is.as_str()) } else { ("", "") };
    let room = " ".repeat(widths.number + 4);
    let _ = write!(text, "  {:>width$}  ", change.number, width = widths.number);
    if letters(&change.what) > widths.what {
        let _ = write!(text, "{}\n{room}{}", change.what, " ".repeat(widths.what));
    } else {
        text.push_str(&padded(&change.what, widths.what));
    }
    let line = format!(
        "  {}  {}  {}  {}",
        before(was, widths.was),
        before(is, widths.is),
        before(&change.difference, widths.difference),
        change.why
    );
    let _ = writeln!(text, "{}", line.trim_end());
    if !fits {
        let _ = writeln!(text, "{room}was: {}\n{room}is:  {}", change.was, change.is);
    }
    if let Some(sentence) = &change.sentence {
        let _ = writeln!(text, "{room}{}", marked(sentence));
    }
}

/// Words with marks for what came and what went: `[-well before-] {+followed by+}`.
fn marked(passage: &Passage) -> String {
    let piece = |fate: &str, text: &str| match fate {
        "added" => format!("{{+{text}+}}"),
        "removed" => format!("[-{text}-]"),
        _ => text.to_owned(),
    };
    passage.pieces.iter().map(|one| piece(one.fate, &one.text)).collect::<String>().trim().to_owned()
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// A text with spaces behind it.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(letters(text))))
}

/// A text with spaces before it.
fn before(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(letters(text))))
}
