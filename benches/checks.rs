//! How the checks grow: the shipped dashboard's indicators over and over, read, made into facts and checked.
//!
//! `cargo bench --bench checks` prints each step's time for 39, 3,900 and 39,000 indicators, and the time for one
//! indicator as a ratio to that of the smallest run: a line that stays near 1 is linear growth.

use std::fmt::Write;
use std::time::{Duration, Instant};

use tally::check::{Subject, check_figures};
use tally::diagnostic::{Findings, any_errors};
use tally::fact::{facts, passages};
use tally::model::{Parsed, load_parsed};
use tally::source::SourceTree;

const SIZES: [usize; 3] = [39, 3_900, 39_000];
/// The table shows the quickest of these, which the machine disturbed least.
const RUNS: usize = 3;

fn main() {
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>12} {:>14}",
        "indicators", "parse", "read", "facts, texts", "checks", "one indicator"
    );
    let mut first = None;
    for size in SIZES {
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
    let verdict = check_figures(&Subject { project: &project, facts: &facts, passages: &passages, tree }, true);
    let checked = begun.elapsed();
    assert!(
        !any_errors(&findings) && verdict.findings.is_empty(),
        "{:?} {:?}",
        findings.first(),
        verdict.findings.first()
    );
    [parse, read - parse, facts_made - read, checked - facts_made]
}

/// A report of so many indicators, with relations and control totals over all of them.
fn content(size: usize) -> SourceTree {
    let mut tree = SourceTree::default();
    let mut add = |path: &str, text: String| {
        let id = tree.sources.add(path, text);
        tree.texts.insert(path.to_owned(), id);
    };
    add("organisation.yaml", ORGANISATION.to_owned());
    add("facts.yaml", "sources: [{id: returns, title: Returns}]\n".to_owned());
    add("many/report.yaml", REPORT.to_owned());
    add("many/welcome.md", "The {{ indicators.count }} indicators are on target.\n".to_owned());
    let mut indicators = INDICATORS.to_owned();
    for number in 0..size {
        let _ = write!(
            indicators,
            "      - id: indicator-{number}\n        name: Answers within {} days\n",
            number % 30 + 2
        );
        indicators.push_str(INDICATOR);
    }
    add("many/indicators.yaml", indicators);
    let totals: String = (1..=4)
        .flat_map(|quarter| {
            [("denominator", 1000), ("number", 950), ("percentage", 95)].map(|(column, each)| (quarter, column, each))
        })
        // The last quarter is a little better, so that the quarters do not look copied.
        .map(|(quarter, column, each)| (quarter, column, each + usize::from((quarter, column) == (4, "number"))))
        .map(|(quarter, column, each)| {
            format!("  - {{of: indicators.*.q{quarter}.{column}, is: \"{}\", source: returns}}\n", each * size)
        })
        .collect();
    add("many/checks.yaml", format!("{RELATIONS}control-totals:\n{totals}"));
    tree
}

const ORGANISATION: &str = "name: Libraries
short-name: Libraries
address: [1 High Street]
telephone: 01234 567890
email: hello@example.org
chief-officer: Chief Librarian
directorates: [{id: lending, name: Lending}]
";

const REPORT: &str = "title: Many indicators
subtitle: A measurement
description: As many indicators as are asked for.
language: en-GB
period: {from: 2025-04-01, to: 2026-03-31}
published: 2026-06-30
cover: blue
sections:
  - id: indicators
    title: Indicators
    parts:
      - prose: welcome.md
      - dashboard: indicators.yaml
";

const INDICATORS: &str = "caption: Indicators
source: returns
ratings: {green: On target, amber: Slightly behind, red: Far behind, no-target: No target}
rating-rule: {amber-within: 10%}
areas: [{number: 1, name: Lending}]
directorates:
  - directorate: lending
    indicators:
";

const INDICATOR: &str = "        function: Front desk
        areas: [1]
        measures: quality
        columns: [denominator, number, percentage]
        series: each-quarter
        percentage-is: of-denominator
        quarters: [[1000, 950, 95%], [1000, 950, 95%], [1000, 950, 95%], [1000, 951, 95%]]
        target: 90%
        aim: at-least
        frequency: quarterly
        rating: green
";

const RELATIONS: &str = "relations:
  - {id: green, holds: indicators.ratings.green == indicators.count}
  - {id: on-target, holds: min(indicators.*.q4.percentage) >= 90%}
";
