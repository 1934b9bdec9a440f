//! Reports of any size can be read, or a build says which words have no room, and where they stand.

use std::collections::BTreeSet;

use tally::diagnostic::{Code, Severity};

use crate::pdf::assert_conforms;
use crate::support::pdf::{Tag, TaggedPdf};
use crate::support::random::{Sizes, report, sizes};
use crate::support::{Sandbox, root};

/// So many reports are made with every run of the suite; all 1,000 with `TALLY_REPORTS=1000 cargo test --test suite stress`.
const SAMPLE: usize = 6;

#[test]
fn everything_in_a_report_of_any_size_can_be_read_or_is_told() {
    let count = std::env::var("TALLY_REPORTS").map_or(SAMPLE, |count| count.parse().expect("a number of reports"));
    let mut faults = Vec::new();
    let mut built = 0;
    for (place, sizes) in sizes(count).iter().enumerate() {
        match examine(sizes) {
            Ok(is_built) => built += usize::from(is_built),
            Err(fault) => faults.push(format!("report {place}, {sizes:?}:\n{fault}")),
        }
    }
    assert!(faults.is_empty(), "{} of {count}:\n\n{}", faults.len(), faults.join("\n\n"));
    // What is too large for its place is rare: nearly every report is made.
    assert!(built * 10 >= count * 9, "only {built} of {count} were built");
}

/// Whether the report was built; what is wrong with it, or with what is said of it.
fn examine(sizes: &Sizes) -> Result<bool, String> {
    let sandbox = report(sizes);
    let outcome = sandbox.build();
    // What is laid out is remembered, and a thousand reports are too much to remember.
    tally::compile::forget(0);
    if outcome.manifest.is_some() {
        assert_conforms(&sandbox.bytes("example/example.pdf"));
        return Ok(true);
    }
    for finding in outcome.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let line = finding.at.map(|at| {
            let file = outcome.sources.file(at.file);
            let range = outcome.sources.range(at);
            file.text[range].to_owned()
        });
        let word = finding.message.split('`').nth(1).unwrap_or_default();
        let is_at_its_line = line.is_some_and(|line| line.contains(word));
        if finding.code != Code::DoesNotFit || !is_at_its_line {
            return Err(sandbox.messages(&outcome));
        }
    }
    Ok(false)
}

/// Two wide tables have landscape pages, and nothing stands between them: a page was blank there once.
#[test]
fn no_page_is_blank() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/stress/content")).built();
    for report in ["long", "many"] {
        let pdf = TaggedPdf::read(&sandbox.bytes(&format!("{report}/{report}.pdf")));
        let mut pages = BTreeSet::new();
        note_pages(&pdf.root, &mut pages);
        let blank: Vec<usize> = (1..=pdf.pages).filter(|page| !pages.contains(page)).collect();
        assert!(blank.is_empty(), "{report}: pages {blank:?} are blank");
    }
}

/// The pages on which a tag or any below it begins.
fn note_pages(tag: &Tag, pages: &mut BTreeSet<usize>) {
    pages.extend(tag.page);
    tag.children.iter().for_each(|child| note_pages(child, pages));
}
