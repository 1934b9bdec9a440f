//! `tally compare`: what it takes, what it says, and the page, PDF and data that it writes.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use scraper::{Html, Selector};
use tally::build::{Earlier, EarlierStates};

use crate::command::run;
use crate::pdf::assert_conforms;
use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, copy};

/// The small project with a copy of itself as it was, and changes of every kind.
fn changed() -> Sandbox {
    let sandbox = Sandbox::full();
    copy(&sandbox.content(), &sandbox.path().join("before"));
    change(&sandbox);
    sandbox
}

fn change(sandbox: &Sandbox) {
    sandbox
        .replace("example/loans.yaml", "12,500", "12,600")
        .replace("example/welcome.md", "Every day.", "Every single day. Come and see.")
        .replace("example/report.yaml", "More loans came back on time.", "Many loans came back on time.")
        .replace("example/indicators.yaml", "rating: red", "rating: amber")
        .replace("example/indicators.yaml", "name: Books lost", "name: Books never seen again");
}

/// Runs git in a sandbox, as somebody at a time that does not change.
pub fn git(folder: &Path, arguments: &[&str]) {
    let day = "2026-06-03T09:12:00 +0000";
    let done = Command::new("git")
        .args(["-c", "user.name=Ada Reader", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", day)
        .env("GIT_COMMITTER_DATE", day)
        .current_dir(folder)
        .output()
        .expect("git can be run");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() || arguments[0] == "merge", "git {arguments:?}: {said}");
}

/// The small project in a repository, with a tag for its first state.
pub fn repository() -> Sandbox {
    let sandbox = Sandbox::full();
    git(sandbox.path(), &["init"]);
    git(sandbox.path(), &["add", "."]);
    git(sandbox.path(), &["commit", "--message", "First"]);
    git(sandbox.path(), &["tag", "first"]);
    sandbox
}

#[test]
fn a_folder_is_compared_with_the_content() {
    let sandbox = changed();
    assert_snapshot!("compare-folder", run(&sandbox, &["compare", "before"]));
    assert_snapshot!("compare-same", run(&sandbox, &["compare", "before", "before"]));
}

#[test]
fn a_record_says_the_same_as_the_content_that_it_is_of() {
    let sandbox = changed();
    let before = Sandbox::full();
    let record = crate::transcript::transcripts(&before).remove(0).written();
    std::fs::write(sandbox.path().join("example.record"), &record).unwrap();
    let lines = |said: String| said.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    let (of_record, of_folder) =
        (lines(run(&sandbox, &["compare", "example.record"])), lines(run(&sandbox, &["compare", "before"])));
    assert_eq!(of_record[1..], of_folder[1..]);
    std::fs::write(sandbox.path().join("edited.record"), record.replacen("Loans", "Loams", 1)).unwrap();
    assert_snapshot!("compare-edited-record", run(&sandbox, &["compare", "edited.record"]));
}

#[test]
fn a_revision_is_compared_without_touching_the_folder() {
    let sandbox = repository();
    let nothing = run(&sandbox, &["compare", "HEAD"]);
    assert!(nothing.contains("Nothing changed: ") && nothing.contains(", 3 June 2026, 09:12, digest "), "{nothing}");
    change(&sandbox);
    let told = run(&sandbox, &["compare", "first"]);
    assert!(told.contains("12,500") && told.contains("12,600"), "{told}");
    // The day of the commit itself is not before it.
    assert!(run(&sandbox, &["compare", "--since", "2026-06-03"]).contains("no revision from before 2026-06-03"));
    for since in ["2026-06-04", "4 June 2026", "first"] {
        let since_then = run(&sandbox, &["compare", "--since", since]);
        assert!(since_then.contains("exit code 0") && since_then.contains("12,600"), "{since}: {since_then}");
    }
    let status = Command::new("git").args(["status", "--short"]).current_dir(sandbox.path()).output().unwrap();
    let changed = String::from_utf8(status.stdout).unwrap();
    assert!(changed.lines().all(|line| line.starts_with(" M content/")), "{changed}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let sandbox = Sandbox::full();
    assert_snapshot!("compare-no-repository", run(&sandbox, &["compare", "HEAD"]));
    assert_snapshot!("compare-one-report", run(&sandbox, &["compare", "example"]));
    let without_git = Command::new(env!("CARGO_BIN_EXE_tally"))
        .args(["compare", "HEAD"])
        .env("PATH", "")
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    let said = String::from_utf8(without_git.stderr).unwrap();
    assert!(said.contains("the program git is not installed"), "{said}");
    let repository = repository();
    assert_snapshot!("compare-no-revision", run(&repository, &["compare", "exampel"]));
    assert!(run(&repository, &["compare", "first", "--report", "exampel"]).contains("did you mean `example`?"));
}

/// Its name is enough: the edition that it follows is known.
#[test]
fn an_edition_is_compared_with_the_one_that_it_follows() {
    let sandbox = crate::editions::two_editions();
    let (alone, both) = (
        run(&sandbox, &["compare", "library-2025-26"]),
        run(&sandbox, &["compare", "library-2024-25", "library-2025-26"]),
    );
    let answer = |said: &str| said.split_once('\n').map(|(_, answer)| answer.to_owned());
    assert_eq!(answer(&alone), answer(&both));
    assert!(alone.contains("43 changes: ") && alone.ends_with("exit code 0"), "{alone}");
    assert!(run(&sandbox, &["compare", "library-2024-25"]).contains("library-2024-25 follows no other edition"));
}

/// A last commit that cannot be read is not read again and again while somebody mends it.
#[test]
fn a_commit_with_faults_is_read_once() {
    let sandbox = repository();
    sandbox.replace("example/costs.yaml", "caption:", "captoin:");
    git(sandbox.path(), &["commit", "--all", "--message", "Broken"]);
    sandbox.replace("example/costs.yaml", "captoin:", "caption:");
    let options = sandbox.options();
    let mut states = EarlierStates::default();
    let of_commit = |states: &mut EarlierStates| {
        let mut of_commit = None;
        states.compare(&options, &mut |earlier, compared| {
            if earlier == Earlier::Commit {
                of_commit = Some(compared);
            }
        });
        of_commit.expect("it is compared with the last commit")
    };
    assert!(states.has_moved_on(&options), "nothing was read yet");
    let refusal = of_commit(&mut states).err().expect("the commit has a fault");
    let message = &refusal.findings[0].message;
    assert!(
        message.starts_with("the commit ")
            && message.contains(" has a fault at ")
            && message.contains(":content/example/costs.yaml:2: "),
        "{message}"
    );
    assert!(message.contains("captoin"), "{message}");
    assert!(!states.has_moved_on(&options));
    git(sandbox.path(), &["commit", "--all", "--message", "Mended"]);
    assert!(states.has_moved_on(&options));
    assert!(of_commit(&mut states).is_ok() && !states.has_moved_on(&options));
}

/// The draft that was sent round is what a final report is compared with.
#[test]
fn the_last_draft_of_a_final_report_is_that_before_it_was_made_final() {
    let sandbox = repository();
    let draft = "draft: 2026-05-04\nperiod:";
    sandbox.replace("example/report.yaml", "period:", draft);
    git(sandbox.path(), &["commit", "--all", "--message", "A draft"]);
    sandbox.replace("example/welcome.md", "Every day.", "Every evening.");
    sandbox.replace("example/report.yaml", draft, "period:");
    git(sandbox.path(), &["commit", "--all", "--message", "Final"]);
    let mut numbers = std::collections::BTreeMap::new();
    EarlierStates::default().compare(&sandbox.options(), &mut |earlier, compared| {
        let compared = compared.ok().expect("all of them can be read");
        let told = compared.in_english();
        let changes = told.iter().flat_map(|report| &report.areas).map(|area| area.changes.len());
        numbers.insert(earlier, changes.sum::<usize>());
    });
    assert_eq!(numbers, [(Earlier::Commit, 0), (Earlier::Draft, 1), (Earlier::Edition, 0)].into());
}

#[test]
fn a_merge_with_two_versions_is_refused_and_one_without_is_said() {
    let sandbox = repository();
    let commit = |branch: &str, words: &str| {
        git(sandbox.path(), &["checkout", "-b", branch, "first"]);
        sandbox.replace("example/report.yaml", "More loans came back on time.", words);
        git(sandbox.path(), &["commit", "--all", "--message", words]);
    };
    commit("one", "Most loans came back on time.");
    commit("other", "Nearly all loans came back on time.");
    git(sandbox.path(), &["merge", "one"]);
    let refused = run(&sandbox, &["compare", "first"]);
    assert!(
        refused.contains("a merge is going on, and has left two versions in content/example/report.yaml"),
        "{refused}"
    );
    assert!(refused.ends_with("exit code 1"), "{refused}");
    assert!(
        run(&sandbox, &["compare", "first", "one"]).contains("{+Most+}"),
        "two revisions can be compared meanwhile"
    );
    git(sandbox.path(), &["checkout", "--ours", "content/example/report.yaml"]);
    git(sandbox.path(), &["add", "."]);
    let told = run(&sandbox, &["compare", "first"]);
    assert!(told.contains("note: a merge is going on") && told.contains("{+Nearly all+}"), "{told}");
}

#[test]
fn content_with_errors_is_told_at_its_place_in_the_revision() {
    let sandbox = repository();
    sandbox.replace("example/loans.yaml", "12,500", "12,50,0");
    git(sandbox.path(), &["commit", "--all", "--message", "Broken"]);
    sandbox.replace("example/loans.yaml", "12,50,0", "12,500");
    let said = run(&sandbox, &["compare", "HEAD"]);
    assert!(said.contains(":content/example/loans.yaml:") && said.contains("12,50,0"), "{said}");
}

/// The folder to which a comparison was written.
fn written() -> Sandbox {
    let sandbox = changed();
    let said = run(&sandbox, &["compare", "before", "--output", "changes"]);
    assert!(said.ends_with("exit code 0"), "{said}");
    sandbox
}

fn text(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path().join("changes").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_page_leads_from_the_list_to_every_change_and_back() {
    let sandbox = written();
    let page = Html::parse_document(&text(&sandbox, "example/index.html"));
    let select = |what: &str| Selector::parse(what).unwrap();
    let ids: Vec<&str> = page.select(&select("[id]")).filter_map(|element| element.attr("id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is there twice: {ids:?}");
    for link in page.select(&select("a[href^='#']")) {
        let to = &link.attr("href").unwrap()[1..];
        assert!(ids.contains(&to), "nothing is at #{to}");
    }
    let rows = page.select(&select("tr[id^='change-']")).count();
    let changes = run(&sandbox, &["compare", "before", "--message-format", "json"]);
    let listed = changes.matches("\"number\":").count();
    assert!(rows > 5 && listed >= rows, "{rows} rows");
    for added in page.select(&select("ins")) {
        let words = added.text().collect::<String>();
        assert!(words.starts_with("added: ") && words.ends_with(", end of addition"), "{words}");
    }
    assert!(page.select(&select("del")).count() > 2);
    assert!(!text(&sandbox, "example/index.html").contains("<script"));
}

#[test]
fn the_pdf_conforms_and_says_what_the_page_says() {
    let sandbox = written();
    let bytes = std::fs::read(sandbox.path().join("changes/example/changes.pdf")).unwrap();
    assert_conforms(&bytes);
    let pdf = TaggedPdf::read(&bytes);
    assert_eq!(pdf.language.as_deref(), Some("en-GB"));
    assert!(pdf.title.as_ref().is_some_and(|title| title.starts_with("What changed: Library Service")));
    assert_eq!(pdf.attachments.len(), 1, "the figures are attached");
    let page = Html::parse_document(&text(&sandbox, "example/index.html"));
    let cells = Selector::parse("tr[id^='change-'] > *").unwrap();
    for cell in page.select(&cells) {
        // The number alone is seen; what is heard says it once more.
        let is_heard = |text: &str| {
            let number = text.strip_prefix("change ").map(|rest| rest.strip_suffix(" in its place").unwrap_or(rest));
            number.is_some_and(|number| number.parse::<usize>().is_ok())
        };
        let is_lead = |text: &&str| *text != "was " && !is_heard(text);
        let words: String = cell.text().filter(is_lead).collect::<String>();
        let plain = |text: &str| text.replace(['\u{a0}', '\u{2060}', '\u{200b}', ' '], "");
        assert!(plain(&pdf.root.text).contains(&plain(&words)), "the PDF does not say {words}");
    }
}

#[test]
fn the_figures_that_changed_are_data() {
    let sandbox = written();
    let data = text(&sandbox, "example/changed-figures.csv");
    let mut lines = data.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("number,section,figure,address,was,is,difference,why"));
    assert!(data.contains("loans.books.count,\"12,500\",\"12,600\",'+100,typed"), "{data}");
}

#[test]
fn a_comparison_replaces_no_report_and_is_the_same_again() {
    let sandbox = changed();
    let refused = run(&sandbox, &["compare", "before", "--output", "content/changes"]);
    assert!(refused.contains("the output folder and the content folder lie in each other"), "{refused}");
    let sandbox = Sandbox::full().built();
    copy(&sandbox.content(), &sandbox.path().join("before"));
    let refused = run(&sandbox, &["compare", "before", "--output", "output"]);
    assert!(refused.contains("output holds reports that were built"), "{refused}");
    assert!(sandbox.output().join("example/index.html").exists());
    let files = |sandbox: &Sandbox| crate::support::files(&sandbox.path().join("changes"));
    let (one, other) = (written(), written());
    assert!(files(&one) == files(&other), "two comparisons of the same differ");
}

/// A long list is folded, section by section, with the first three open.
#[test]
fn a_long_list_is_folded() {
    let sandbox = Sandbox::shipped();
    copy(&sandbox.content(), &sandbox.path().join("before"));
    let path = sandbox.content().join("css-annual-report/indicators.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("rating: green", "rating: amber")).unwrap();
    for name in ["foreword", "introduction", "performance-care", "performance-results", "next-steps"] {
        let words = sandbox.content().join(format!("css-annual-report/{name}.md"));
        let prose = std::fs::read_to_string(&words).unwrap();
        std::fs::write(&words, prose.replace(". ", " indeed. ")).unwrap();
    }
    run(&sandbox, &["compare", "before", "--report", "css-annual-report", "--output", "changes"]);
    let page = std::fs::read_to_string(sandbox.path().join("changes/css-annual-report/index.html")).unwrap();
    let page = Html::parse_document(&page);
    let count = |what: &str| page.select(&Selector::parse(what).unwrap()).count();
    assert!(count("tr[id^='change-']") > 60, "{}", count("tr[id^='change-']"));
    assert!(count("details") > 3 && count("details[open]") == 3);
}
