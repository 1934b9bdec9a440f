//! Many machines, one output: shares that are joined are what one build would have made, or nothing at all.

use std::fs;
use std::path::PathBuf;

use tally::build::{Options, Outcome, build, join};

use crate::support::{Sandbox, files, root};

fn each() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/each/content"))
}

/// Builds the shares of a sandbox, each into a folder of its own.
fn shares(sandbox: &Sandbox, of: usize) -> Vec<PathBuf> {
    (1..=of)
        .map(|number| {
            let output = sandbox.path().join(format!("share-{number}"));
            let shard = Some(format!("{number}/{of}").parse().unwrap());
            let outcome = build(&Options { output: output.clone(), shard, ..sandbox.options() }, &|_| ());
            assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
            output
        })
        .collect()
}

fn joined(sandbox: &Sandbox, shares: &[PathBuf]) -> Outcome {
    join(&sandbox.options(), shares, &|_| ())
}

#[track_caller]
fn assert_refused(sandbox: &Sandbox, shares: &[PathBuf], why: &str) {
    let outcome = joined(sandbox, shares);
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_none() && messages.contains(why), "{messages}");
    assert!(!sandbox.output().exists(), "nothing is written");
}

#[test]
fn joined_shares_are_the_output_of_one_build() {
    let whole = each().built();
    for of in [1, 2, 5] {
        let sandbox = each();
        let shares = shares(&sandbox, of);
        assert!(joined(&sandbox, &shares).manifest.is_some());
        assert!(files(&sandbox.output()) == files(&whole.output()), "{of} shares");
    }
}

#[test]
fn joined_shares_for_reviewers_are_for_reviewers() {
    let sandbox = each();
    let for_review = |output: PathBuf, shard| Options { output, shard, review: true, ..sandbox.options() };
    let shares: Vec<PathBuf> = (1..=2)
        .map(|number| {
            let output = sandbox.path().join(format!("share-{number}"));
            let shard = Some(format!("{number}/2").parse().unwrap());
            assert!(build(&for_review(output.clone(), shard), &|_| ()).manifest.is_some());
            output
        })
        .collect();
    assert!(joined(&sandbox, &shares).manifest.is_some());
    let whole = sandbox.path().join("whole");
    assert!(build(&for_review(whole.clone(), None), &|_| ()).manifest.is_some());
    assert!(files(&sandbox.output()) == files(&whole));
}

#[test]
fn shares_that_do_not_fit_are_refused_and_nothing_is_written() {
    let sandbox = each();
    let shares = shares(&sandbox, 2);
    assert_refused(&sandbox, &shares[..1], "is in none of the folders");
    assert_refused(&sandbox, &[shares.clone(), vec![sandbox.path().join("nowhere")]].concat(), "holds no share");
    let with_address = Options { base_url: Some(base("https://www.example.org")), ..sandbox.options() };
    let outcome = join(&with_address, &shares, &|_| ());
    assert!(sandbox.messages(&outcome).contains("was built with other options"), "{}", sandbox.messages(&outcome));

    let page = files(&shares[0])
        .into_iter()
        .find(|(path, _)| path.starts_with("practices-") && path.ends_with("/index.html"))
        .unwrap()
        .0;
    let whole = fs::read(shares[0].join(&page)).unwrap();
    fs::write(shares[0].join(&page), "changed by hand").unwrap();
    assert_refused(&sandbox, &shares, "was changed after it was built");
    fs::write(shares[0].join(&page), whole).unwrap();

    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}\n# A remark.\n"));
    assert_refused(&sandbox, &shares, "was built with another organisation.yaml");
    sandbox.write("organisation.yaml", organisation);
    let report = fs::read_to_string(sandbox.content().join("practices/report.yaml")).unwrap();
    sandbox.write("practices/report.yaml", format!("{report}\n# A remark.\n"));
    assert_refused(&sandbox, &shares, "was built from other content");
    sandbox.write("practices/report.yaml", report);
    assert!(joined(&sandbox, &shares).manifest.is_some());
}

#[test]
fn a_share_writes_nothing_outside_the_output() {
    let sandbox = each();
    let shares = shares(&sandbox, 1);
    let manifest = shares[0].join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let secret = sandbox.path().join("secret");
    fs::write(&secret, "mine").unwrap();
    for (path, why) in [
        ("../secret", "does not lie in the output folder"),
        ("practices-corfe/../../secret", "does not lie in the output folder"),
        ("assets/secret", "lies in the folder of another report"),
    ] {
        fs::write(&manifest, text.replacen("\"practices-corfe/index.html", &format!("\"{path}"), 1)).unwrap();
        assert_refused(&sandbox, &shares, why);
        assert_eq!(fs::read_to_string(&secret).unwrap(), "mine");
    }
    #[cfg(unix)]
    {
        fs::write(&manifest, &text).unwrap();
        let page = shares[0].join("practices-corfe/index.html");
        let whole = sandbox.path().join("whole.html");
        fs::rename(&page, &whole).unwrap();
        std::os::unix::fs::symlink(&whole, &page).unwrap();
        assert_refused(&sandbox, &shares, "over a symbolic link");
    }
}

fn base(address: &str) -> tally::model::values::BaseAddress {
    tally::yaml::Parse::parse(address).unwrap()
}
