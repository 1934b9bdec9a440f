//! How the checks grow: the shipped dashboard's indicators over and over, read, made into facts and checked.
//!
//! `cargo bench --bench checks` prints each step's time for 39, 3,900 and 39,000 indicators, and the time for one
//! indicator as a ratio to that of the smallest run: a line that stays near 1 is linear growth. Then the same for 100, 300
//! and 1,000 reports that are made for the rows of a table.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches measure time and print it")]

#[path = "support/content.rs"]
mod content;
#[path = "support/practices.rs"]
mod practices;

use std::time::{Duration, Instant};

use tally::check::{Rules, Subject, check_figures};
use tally::diagnostic::{Findings, any_errors};
use tally::fact::{facts, passages};
use tally::model::{Parsed, load_parsed};
use tally::source::SourceTree;

const SIZES: [usize; 3] = [39, 3_900, 39_000];
const ROWS: [usize; 3] = [100, 300, 1_000];
/// The table shows the quickest of these, which the machine disturbed least.
const RUNS: usize = 3;

fn main() {
    table("indicators", &SIZES, |size| tree(content::indicators(size)));
    table("reports", &ROWS, |rows| tree(practices::practices(rows)));
}

fn table(what: &str, sizes: &[usize], content: impl Fn(usize) -> SourceTree) {
    println!("{what:>10} {:>12} {:>12} {:>12} {:>12} {:>14}", "parse", "read", "facts, texts", "checks", "one of them");
    let mut first = None;
    for &size in sizes {
        let tree = content(size);
        let best =
            (0..RUNS).map(|_| measure(&tree)).min_by_key(|steps| steps.iter().sum::<Duration>()).unwrap_or_default();
        let one = best[2..].iter().sum::<Duration>().as_secs_f64() / size as f64;
        let ratio = one / *first.get_or_insert(one);
        let show = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        let [parse, read, facts, checks] = best.map(show);
        println!("{size:>10} {parse:>12} {read:>12} {facts:>12} {checks:>12} {ratio:>13.2}x");
    }
}

/// The times of the four steps.
fn measure(tree: &SourceTree) -> [Duration; 4] {
    let begun = Instant::now();
    let parsed = Parsed::read(tree);
    let parse = begun.elapsed();
    let mut findings = Findings::new();
    let project = load_parsed(tree, &parsed, &mut findings).expect("the content can be read");
    let read = begun.elapsed();
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let facts_made = begun.elapsed();
    let verdict = check_figures(&Subject { project: &project, facts: &facts, passages: &passages, tree }, Rules::All);
    let checked = begun.elapsed();
    assert!(
        !any_errors(&findings) && verdict.findings.is_empty(),
        "{:?} {:?}",
        findings.first(),
        verdict.findings.first()
    );
    [parse, read - parse, facts_made - read, checked - facts_made]
}

fn tree<P: Into<String>>(files: Vec<(P, String)>) -> SourceTree {
    let mut tree = SourceTree::default();
    for (path, text) in files {
        let path = path.into();
        let id = tree.sources.add(path.as_str(), text);
        tree.texts.insert(path, id);
    }
    tree
}
