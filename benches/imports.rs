//! How imports grow: a workbook refreshes all figures of 39, 390 and 3,250 indicators (39,000 figures).
//!
//! `cargo bench --bench imports` prints each step's time and, in the last column, the time of all of them for one figure as a
//! ratio to that of the smallest run: a line that stays near 1 is linear growth.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches measure time and print it")]

#[path = "support/content.rs"]
mod content;

use std::fmt::Write;
use std::time::{Duration, Instant};

use tally::check::Subject;
use tally::diagnostic::{Findings, any_errors};
use tally::fact::{facts, passages};
use tally::import::{Change, Delivered, Edit, New, edited, foresee, list};
use tally::model::{Parsed, load_parsed};
use tally::office::workbook::{TextForm, read};
use tally::source::SourceTree;

const SIZES: [usize; 3] = [39, 390, 3_250];
/// The table shows the quickest of these, which the machine disturbed least.
const RUNS: usize = 3;
const FIGURES: usize = 12;

const IMPORTS: &str = "\
imports:
  - id: all
    workbook: all.csv
    source: returns
    headings: 1
    into: indicators.yaml
    rows: {by: Ref, are: id}
    take:
      q*.denominator: Q* denominator
      q*.number: Q* number
      q*.percentage: Q* percentage
";

fn main() {
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>12} {:>12}",
        "figures", "workbook", "list", "new text", "checks", "one figure"
    );
    let mut first = None;
    for size in SIZES {
        let (tree, workbook) = (tree(size), workbook(size));
        let best = (0..RUNS).map(|_| measure(&tree, &workbook, size));
        let best = best.min_by_key(|steps| steps.iter().sum::<Duration>()).unwrap_or_default();
        let one = best.iter().sum::<Duration>().as_secs_f64() / size as f64;
        let ratio = one / *first.get_or_insert(one);
        let show = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        let [workbook, list, text, checks] = best.map(show);
        println!("{:>10} {workbook:>12} {list:>12} {text:>12} {checks:>12} {ratio:>11.2}x", size * FIGURES);
    }
}

/// The times of the four steps.
fn measure(tree: &SourceTree, workbook: &[u8], size: usize) -> [Duration; 4] {
    let mut findings = Findings::new();
    let project = load_parsed(tree, &Parsed::read(tree), &mut findings).expect("the content can be read");
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree };
    let begun = Instant::now();
    let delivered = Delivered::new(workbook, read("all.csv", workbook, &TextForm::default()));
    let opened = begun.elapsed();
    let stated = project.stated().last().expect("there is a report");
    let imports = stated.statements.imports.as_ref().expect("the imports can be read");
    let listing = list(&subject, stated, &imports.imports[0], &delivered);
    let listed = begun.elapsed();
    assert!(!any_errors(&listing.findings), "{:?}", listing.findings.first());
    let changes = listing.figures.iter().filter(|figure| figure.change == Change::Changes);
    let edits: Vec<Edit> = changes.map(|one| Edit { at: one.at, was: one.was.clone(), is: one.is.clone() }).collect();
    assert_eq!(edits.len(), size * FIGURES);
    let file = tree.texts["many/indicators.yaml"];
    let text = edited(file, &tree.sources.file(file).text, &edits).expect("the figures have room");
    let written = begun.elapsed();
    let foreseen = foresee(tree, New { texts: vec![(file, text)], blobs: Vec::new() });
    let checked = begun.elapsed();
    assert!(!foreseen.come.is_empty(), "control totals are no longer right");
    [opened, listed - opened, written - listed, checked - written]
}

/// A report of so many indicators, and what is taken.
fn tree(size: usize) -> SourceTree {
    let mut tree = SourceTree::default();
    let files = content::indicators(size).into_iter().chain([("many/imports.yaml", IMPORTS.to_owned())]);
    for (path, text) in files {
        let id = tree.sources.add(path, text);
        tree.texts.insert(path.to_owned(), id);
    }
    tree
}

/// All figures, each another than it is.
fn workbook(size: usize) -> Vec<u8> {
    let headings = (1..=4).map(|quarter| format!(",Q{quarter} denominator,Q{quarter} number,Q{quarter} percentage"));
    let mut text = format!("Ref{}\n", headings.collect::<String>());
    for number in 0..size {
        let _ = writeln!(text, "indicator-{number}{}", ",2000,1920,96%".repeat(4));
    }
    text.into_bytes()
}
