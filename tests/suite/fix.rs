//! What is mended without a question: the finding is gone, and nothing but the letters that were shown has changed.

use std::fs;

use insta::assert_snapshot;
use proptest::prelude::*;
use tally::build::find_mends;
use tally::diagnostic::Diagnostic;

use crate::command::run;
use crate::support::Sandbox;

/// A file of the full project, words of it, and what somebody typed instead, which is mended beyond doubt.
const SLIPS: [(&str, &str, &str); 9] = [
    ("example/loans.yaml", "caption: Loans", "caption:Loans"),
    ("example/costs.yaml", "caption: ", "caption: Costs: "),
    ("example/report.yaml", "period:", "period:\u{a0}"),
    ("example/welcome.md", "branches", "bran\u{200b}ches"),
    ("example/welcome.md", " See the ", " See the\u{a0} "),
    ("example/report.yaml", "    title: ", "    title: @"),
    ("example/report.yaml", "- prose:", "-prose:"),
    ("example/bus.md", "The bus stops", "As in BNF 82, the bus stops"),
    ("example/indicators.yaml", "id: ", "id:\u{a0}"),
];

fn is_the_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.message == other.message
}

/// Makes slips, mends them, and looks at every byte.
fn mended(slips: &[(&str, &str, &str)]) {
    let sandbox = Sandbox::full();
    for (path, from, to) in slips {
        sandbox.replace(path, from, to);
    }
    let found = find_mends(&sandbox.options());
    let files: Vec<(String, Vec<u8>)> = crate::support::files(&sandbox.content());
    assert!(found.mended.len() >= slips.len().min(1), "{slips:?}: {}", sandbox.messages(&found.outcome));
    found.write().unwrap();
    let after = find_mends(&sandbox.options());
    for finding in found.findings() {
        let again = after.outcome.findings.iter().find(|one| is_the_same(one, finding));
        assert!(again.is_none(), "{slips:?}: {} is still there", finding.message);
    }
    for (path, before) in files {
        let now = fs::read(sandbox.content().join(&path)).unwrap();
        let mut expected = before.clone();
        let mut mends: Vec<_> = found.findings().flat_map(|finding| finding.mends.clone()).collect();
        mends.retain(|mend| found.outcome.sources.file(mend.at.file).path.ends_with(&format!("content/{path}")));
        mends.sort_by_key(|mend| mend.at);
        mends.dedup();
        for mend in mends.into_iter().rev() {
            expected.splice(mend.at.letters(), mend.with.into_bytes());
        }
        assert_eq!(String::from_utf8_lossy(&now), String::from_utf8_lossy(&expected), "{path}");
    }
}

#[test]
fn each_slip_is_mended_and_its_finding_gone() {
    SLIPS.iter().for_each(|slip| mended(&[*slip]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn several_slips_are_mended_and_nothing_else_changes(
        slips in prop::sample::subsequence(SLIPS.to_vec(), 1..4)
    ) {
        mended(&slips);
    }
}

#[test]
fn what_is_mended_is_shown_before_it_is_written() {
    let sandbox = Sandbox::full();
    sandbox.replace("example/loans.yaml", "caption: Loans", "caption:Loans");
    sandbox.replace("example/welcome.md", " See the ", " See the\u{a0} ");
    let before = crate::support::files(&sandbox.content());
    assert_snapshot!("shown", run(&sandbox, &["fix"]));
    assert_eq!(crate::support::files(&sandbox.content()), before, "nothing is written before it is said so");
    assert_snapshot!("written", run(&sandbox, &["fix", "--write"]));
    assert_snapshot!("nothing-left", run(&sandbox, &["fix"]));
}

/// A name stands where the others do, in the form in which they are listed.
#[test]
fn a_name_is_added_to_the_list_of_names() {
    for (names, expected) in [
        ("", "names:\n  - BNF 82\n"),
        ("names:\n  - Ward 99B # ours\n", "names:\n  - Ward 99B # ours\n  - BNF 82\n"),
        ("names: [Ward 99B]\n", "names: [Ward 99B, BNF 82]\n"),
    ] {
        let sandbox = Sandbox::full();
        let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
        sandbox.write("organisation.yaml", format!("{organisation}{names}"));
        sandbox.replace("example/welcome.md", "We opened", "As in BNF 82, we opened");
        let found = find_mends(&sandbox.options());
        assert_eq!(found.mended.len(), 1, "{}", sandbox.messages(&found.outcome));
        found.write().unwrap();
        let now = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
        assert_eq!(now, format!("{organisation}{expected}"));
        assert!(find_mends(&sandbox.options()).mended.is_empty());
    }
    // What may be a figure is its author's to name.
    let sandbox = Sandbox::full();
    sandbox.replace("example/welcome.md", "We opened", "The ICB 450 staff and 47 BNF: we opened");
    assert!(find_mends(&sandbox.options()).mended.is_empty());
}
