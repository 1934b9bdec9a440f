//! Small contents of other people that once came out wrong: what each of them comes to.

use std::fs;

use insta::{assert_snapshot, with_settings};

use crate::pdf::assert_conforms;
use crate::support::{Sandbox, copy, files, root};

/// One folder for each case: a whole project, and what a build says of it. The PDFs of those that are built conform to
/// both standards. What is right about their pages beyond that is looked at by the tests of the kind of thing that it is.
#[test]
fn every_case_comes_to_what_its_author_would_expect() {
    let cases = root().join("tests/fixtures/cases");
    let mut folders: Vec<_> = fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let sandbox = Sandbox::of(&folder.join("content"));
        for beside in ["templates", "assets"] {
            let own = folder.join(beside);
            if own.is_dir() {
                copy(&own, &sandbox.path().join(beside));
            }
        }
        let outcome = sandbox.build();
        if outcome.manifest.is_some() {
            let made = files(&sandbox.output());
            made.iter().filter(|(name, _)| name.ends_with(".pdf")).for_each(|(_, bytes)| assert_conforms(bytes));
        }
        let what = if outcome.manifest.is_some() { "It is built." } else { "It is not built." };
        let messages = format!("{what}\n\n{}", sandbox.messages(&outcome));
        with_settings!({snapshot_path => &folder, prepend_module_to_snapshot => false, omit_expression => true}, {
            assert_snapshot!("outcome", messages.trim_end());
        });
    }
}
