//! Rules over figures: each finds its fault, and lets the nearest right thing pass.

use std::fs;

use insta::{assert_snapshot, with_settings};
use tally::diagnostic::Code;

use crate::support::{Sandbox, root};

/// Every rule has a folder with changes of the full project that break it and one with changes that just do not.
#[test]
fn every_rule_finds_its_fault_and_passes_the_near_miss() {
    for code in Code::RULES {
        let folder = root().join("tests/fixtures/rules").join(code.name());
        let of = |which: &str| {
            let sandbox = Sandbox::full();
            sandbox.change(&folder.join(which));
            sandbox
        };
        let fails = of("fails");
        let outcome = fails.check();
        let found = outcome.findings.iter().filter(|finding| finding.code == *code).count();
        assert!(found > 0, "{} finds nothing:\n{}", code.name(), fails.messages(&outcome));
        with_settings!({snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true}, {
            assert_snapshot!("messages", fails.messages(&outcome));
        });
        let passes = of("passes");
        let outcome = passes.check();
        assert!(outcome.findings.is_empty(), "{}, near miss:\n{}", code.name(), passes.messages(&outcome));
    }
    let folders = fs::read_dir(root().join("tests/fixtures/rules")).unwrap().count();
    assert_eq!(folders, Code::RULES.len(), "a folder belongs to no rule");
}
