//! How a comparison grows: two editions of the shipped dashboard's indicators over and over, a hundredth of whose figures
//! has changed.
//!
//! `cargo bench --bench compare` prints for 39, 390 and 3,900 indicators how long it takes to gather what one edition says,
//! to write it down and read it again, and to compare two; and the time of a comparison for one indicator as a ratio to
//! that of the smallest run: a line that stays near 1 is linear growth.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches measure time and print it")]

#[path = "support/content.rs"]
mod content;

use std::time::{Duration, Instant};

use tally::compare::compare;
use tally::diagnostic::{FileId, Findings};
use tally::fact::{facts, passages};
use tally::model::{Parsed, load_parsed};
use tally::source::SourceTree;
use tally::transcript::{Transcript, read};
use tally::view::transcript;

const SIZES: [usize; 3] = [39, 390, 3_900];
/// The table shows the quickest of these, which the machine disturbed least.
const RUNS: usize = 3;

fn main() {
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>10} {:>10}",
        "indicators", "gather", "write, read", "compare", "changes", "one"
    );
    let mut first = None;
    for size in SIZES {
        let files = content::indicators(size);
        let (old, gather) = gathered(&tree(files.iter().map(|(path, text)| (path.to_string(), text.to_string()))));
        let (new, _) = gathered(&tree(files.iter().map(|(path, text)| (path.to_string(), changed(text)))));
        let begun = Instant::now();
        let again = read(FileId(0), &old.written()).expect("what was written is read");
        let written = begun.elapsed();
        let measure = |_| {
            let begun = Instant::now();
            let changes = compare(&again, &new, tally::wording::Wording::english()).changes.len();
            (begun.elapsed(), changes)
        };
        let (time, changes) = (0..RUNS).map(measure).min().unwrap_or_default();
        let one = time.as_secs_f64() / size as f64;
        let ratio = one / *first.get_or_insert(one);
        let show = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        println!(
            "{size:>10} {:>12} {:>12} {:>12} {changes:>10} {ratio:>9.2}x",
            show(gather),
            show(written),
            show(time)
        );
    }
}

/// A text in which every hundredth of the figures 950 is 951.
fn changed(text: &str) -> String {
    let mut seen = 0;
    let mut line = |line: &str| {
        seen += usize::from(line.contains("950"));
        if line.contains("950") && seen % 100 == 1 { line.replacen("950", "951", 1) } else { line.to_owned() }
    };
    text.lines().map(&mut line).collect::<Vec<_>>().join("\n")
}

/// What the edition says, and how long it took to gather that.
fn gathered(tree: &SourceTree) -> (Transcript, Duration) {
    let mut findings = Findings::new();
    let project = load_parsed(tree, &Parsed::read(tree), &mut findings).expect("the content can be read");
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let report = project.reports.first().expect("there is a report");
    let begun = Instant::now();
    let transcript = transcript(&project, report, &facts, &passages, &tree.sources);
    (transcript, begun.elapsed())
}

fn tree(files: impl Iterator<Item = (String, String)>) -> SourceTree {
    let mut tree = SourceTree::default();
    for (path, text) in files {
        let id = tree.sources.add(path.as_str(), text);
        tree.texts.insert(path, id);
    }
    tree
}
