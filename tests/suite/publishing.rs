//! The output folder: complete, free of leftovers, and never at the cost of anybody else's files.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use insta::assert_snapshot;
use tally::build::{Event, Formats, Options, Stage, build, freeze};
use tally::diagnostic::Code;
use tally::publish::{Manifest, digest};

use crate::support::{Sandbox, files, root};

fn manifest(sandbox: &Sandbox) -> Manifest {
    serde_json::from_str(&sandbox.text("manifest.json")).unwrap()
}

fn names(sandbox: &Sandbox) -> Vec<String> {
    files(&sandbox.output()).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_report_takes_as_many_steps_as_its_bar_has() {
    let steps = AtomicUsize::new(0);
    let count = |event: Event| {
        if let Event::Ended(_, Some("example")) = event {
            steps.fetch_add(1, Ordering::Relaxed);
        }
    };
    assert!(build(&Sandbox::full().options(), &count).manifest.is_some());
    assert_eq!(steps.into_inner(), Stage::OF_A_REPORT);
}

#[test]
fn the_manifest_lists_every_file_with_its_digest_and_its_inputs() {
    let sandbox = Sandbox::shipped().built();
    let manifest = manifest(&sandbox);
    let mut listed: Vec<String> =
        manifest.files.iter().map(|file| file.path.clone()).chain(["manifest.json".to_owned()]).collect();
    listed.sort();
    let mut there = names(&sandbox);
    there.sort();
    assert_eq!(listed, there);
    for file in &manifest.files {
        let bytes = sandbox.bytes(&file.path);
        assert_eq!((digest(&bytes), bytes.len()), (file.sha256.clone(), file.bytes));
        assert_eq!(file.pages.is_some(), file.path.ends_with(".pdf"));
    }
    assert!(manifest.inputs.is_empty(), "the paths of what reports are made from are internal");
    let outcome = build(&Options { review: true, ..sandbox.options() }, &|_| ());
    let for_review = outcome.manifest.unwrap();
    assert_eq!(for_review.made_from, manifest.made_from);
    let inputs = &for_review.inputs["css-annual-report"];
    let indicators = inputs.iter().find(|input| input.path == "content/css-annual-report/indicators.yaml").unwrap();
    let bytes = fs::read(sandbox.content().join("css-annual-report/indicators.yaml")).unwrap();
    assert_eq!(indicators.sha256, digest(&bytes));
    assert!(for_review.inputs["shared"].iter().any(|input| input.path == "content/organisation.yaml"));
    assert!(for_review.inputs["shared"].iter().any(|input| input.path == "templates/tokens.yaml"));
}

#[test]
fn what_a_new_build_does_not_make_goes_and_what_others_made_stays() {
    let sandbox = Sandbox::full().built();
    fs::write(sandbox.output().join("notes.txt"), "mine").unwrap();
    fs::write(sandbox.output().join("example/minutes.txt"), "mine too").unwrap();
    sandbox.replace("example/report.yaml", "      - survey: survey.yaml\n", "      - contacts: organisation\n");
    sandbox.replace("example/report.yaml", "      - list-of: charts\n", "");
    sandbox.replace("example/costs.yaml", "; {{ see survey.yaml }} says how staff see it", "");
    fs::remove_file(sandbox.content().join("example/survey.yaml")).unwrap();
    let sandbox = sandbox.built();
    assert!(!sandbox.output().join("example/data/survey.csv").exists(), "a leftover stays");
    assert_eq!(sandbox.text("notes.txt"), "mine");
    assert_eq!(sandbox.text("example/minutes.txt"), "mine too");
    assert!(!sandbox.output().join(".tally").exists());
    // A whole report that is gone from the content goes from the output, but for what others put there.
    let checks = "relations:\n  - {id: more-loans, holds: indicators.count > 0}\n";
    sandbox.write("other/checks.yaml", checks);
    sandbox.write("other/report.yaml", fs::read_to_string(sandbox.content().join("example/report.yaml")).unwrap());
    for file in [
        "welcome.md",
        "loans.yaml",
        "indicators.yaml",
        "costs.yaml",
        "statement.yaml",
        "months.yaml",
        "footprint.yaml",
        "plan.yaml",
        "branch.png",
        "bus.md",
        "bus.svg",
    ] {
        let bytes = fs::read(sandbox.content().join("example").join(file)).unwrap();
        sandbox.write(&format!("other/{file}"), bytes);
    }
    fs::remove_dir_all(sandbox.content().join("example")).unwrap();
    let sandbox = sandbox.built();
    assert!(sandbox.output().join("other/index.html").is_file());
    let left: Vec<String> = names(&sandbox).into_iter().filter(|name| name.starts_with("example/")).collect();
    assert_eq!(left, ["example/minutes.txt"]);
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build() {
    let sandbox = Sandbox::full();
    fs::create_dir_all(sandbox.output()).unwrap();
    fs::write(sandbox.output().join("index.html"), "somebody's own page").unwrap();
    let outcome = sandbox.build();
    assert_eq!(outcome.findings.last().map(|finding| finding.code), Some(Code::OutputForeign));
    assert_eq!(sandbox.text("index.html"), "somebody's own page");
    assert!(!sandbox.output().join("example").exists());
}

#[test]
fn places_that_others_took_are_left_alone() {
    let foreign = |prepare: &dyn Fn(&Sandbox)| {
        let sandbox = Sandbox::full();
        fs::create_dir_all(sandbox.output()).unwrap();
        prepare(&sandbox);
        let before = files(&sandbox.output());
        let outcome = sandbox.build();
        assert_eq!(outcome.findings.last().map(|finding| finding.code), Some(Code::OutputForeign));
        let after: Vec<_> =
            files(&sandbox.output()).into_iter().filter(|(name, _)| !name.starts_with(".tally")).collect();
        assert!(before == after);
    };
    foreign(&|sandbox| fs::write(sandbox.output().join("example"), "a file named as the report").unwrap());
    foreign(&|sandbox| fs::write(sandbox.output().join("assets"), "a file named as the folder").unwrap());
    foreign(&|sandbox| fs::write(sandbox.output().join("manifest.json"), "{\"name\": \"an app\"}").unwrap());
    let sandbox = Sandbox::full();
    let options = Options { output: sandbox.content().join("example"), ..sandbox.options() };
    assert!(build(&options, &|_| ()).manifest.is_none(), "the output may not lie in the content");
}

/// Changes the manifest of an output by hand.
fn falsify(manifest: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(manifest).unwrap();
    assert!(text.contains(from), "{from} does not stand in {text}");
    fs::write(manifest, text.replacen(from, to, 1)).unwrap();
}

#[track_caller]
fn assert_refused(sandbox: &Sandbox, code: Code, words: &str) {
    let before = files(sandbox.path());
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_none() && messages.contains(words), "{messages}");
    assert_eq!(outcome.findings.last().map(|finding| finding.code), Some(code), "{messages}");
    assert!(before == files(sandbox.path()), "something was touched");
}

#[test]
fn a_manifest_reaches_nothing_outside_its_folder() {
    let of_the_content = |sandbox: &Sandbox| {
        let digest = digest(&fs::read(sandbox.content().join("facts.yaml")).unwrap());
        format!("\"files\": [{{\"path\": \"PATH\", \"sha256\": \"{digest}\", \"bytes\": 1}},")
    };
    let sandbox = Sandbox::full().built();
    let whole = fs::read(sandbox.output().join("manifest.json")).unwrap();
    let absolute = sandbox.content().join("facts.yaml").display().to_string().replace('\\', "/");
    let paths =
        ["../content/facts.yaml", "example/../../content/facts.yaml", "..\\\\content\\\\facts.yaml", "C:facts.yaml"];
    for path in paths.into_iter().chain([absolute.as_str(), "example//x", "./x", ""]) {
        let entry = of_the_content(&sandbox).replace("PATH", path);
        falsify(&sandbox.output().join("manifest.json"), "\"files\": [", &entry);
        assert_refused(&sandbox, Code::OutsideOutput, "does not lie in the output folder");
        fs::write(sandbox.output().join("manifest.json"), &whole).unwrap();
    }
    let entry = of_the_content(&sandbox)
        .replace("PATH", "other/facts.yaml")
        .replace("\"bytes", "\"report\": \"example\", \"bytes");
    falsify(&sandbox.output().join("manifest.json"), "\"files\": [", &entry);
    assert_refused(&sandbox, Code::OutsideOutput, "lies in the folder of another report");
    fs::write(sandbox.output().join("manifest.json"), &whole).unwrap();
    // So does the journal of a build that was interrupted.
    fs::create_dir(sandbox.output().join(".tally")).unwrap();
    fs::write(sandbox.output().join(".tally/journal"), "0000  ../content/facts.yaml\n").unwrap();
    assert_refused(&sandbox, Code::OutsideOutput, "journal names `../content/facts.yaml`");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_over_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::full().built();
    let outside = sandbox.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("mine.txt"), "mine").unwrap();
    let linked = |place: &str, to: &Path, code: Code, words: &str| {
        let place = sandbox.output().join(place);
        let aside = sandbox.path().join("aside");
        let is_there = place.exists();
        if is_there {
            fs::rename(&place, &aside).unwrap();
        }
        symlink(to, &place).unwrap();
        assert_refused(&sandbox, code, words);
        fs::remove_file(&place).unwrap();
        if is_there {
            fs::rename(&aside, &place).unwrap();
        }
    };
    linked("example/data", &outside, Code::OutsideOutput, "over a symbolic link");
    linked("index.html", &outside.join("mine.txt"), Code::OutsideOutput, "over a symbolic link");
    linked("assets", &outside, Code::OutputForeign, "stands in the way");
    linked(".tally", &outside, Code::OutputForeign, "stands in the way");
    fs::create_dir(sandbox.output().join(".tally")).unwrap();
    for name in [".tally/lock", ".tally/journal"] {
        linked(name, &outside.join("mine.txt"), Code::OutputForeign, "stands in the way");
    }
    for name in [".tally/new", ".tally/old"] {
        linked(name, &outside, Code::OutputForeign, "stands in the way");
    }
    assert!(sandbox.build().manifest.is_some());
}

#[test]
fn what_was_changed_by_hand_is_not_written_over_without_a_word() {
    let sandbox = Sandbox::full().built();
    let page = sandbox.text("example/index.html");
    fs::write(sandbox.output().join("example/index.html"), page.replace("Annual", "Yearly")).unwrap();
    let stylesheet = sandbox.stylesheet();
    fs::write(sandbox.output().join(&stylesheet), "body { color: red }").unwrap();
    assert_refused(&sandbox, Code::OutputChanged, &format!("{stylesheet} was changed after it was built"));
    let outcome = sandbox.build();
    assert_snapshot!(sandbox.messages(&outcome).replace(&stylesheet, "assets/report.css"));
    // As the message says: what is deleted is made anew.
    fs::remove_file(sandbox.output().join(&stylesheet)).unwrap();
    fs::remove_file(sandbox.output().join("example/index.html")).unwrap();
    let sandbox = sandbox.built();
    assert_eq!(sandbox.text("example/index.html"), page);
}

/// A style sheet of a house of its own, which differs from the built-in one on screens alone.
fn restyle(sandbox: &Sandbox, body: &str) {
    let tokens = fs::read_to_string(root().join("templates/tokens.yaml")).unwrap();
    assert!(tokens.contains("type-body: 1rem"));
    fs::create_dir_all(sandbox.path().join("templates")).unwrap();
    let tokens = tokens.replace("type-body: 1rem", &format!("type-body: {body}"));
    fs::write(sandbox.path().join("templates/tokens.yaml"), tokens).unwrap();
}

fn stylesheets(sandbox: &Sandbox) -> Vec<String> {
    names(sandbox).into_iter().filter(|name| name.ends_with(".css")).collect()
}

/// A page that stays looks as it did, whatever becomes of the others; what no page names any more goes.
#[test]
fn a_style_sheet_stays_as_long_as_a_page_names_it() {
    let sandbox = Sandbox::shipped().built();
    let former = sandbox.stylesheet();
    restyle(&sandbox, "1.1rem");
    let one = Options { reports: vec!["od-progress-summary".to_owned()], ..sandbox.options() };
    assert!(build(&one, &|_| ()).manifest.is_some());
    assert_eq!(stylesheets(&sandbox).len(), 2);
    let names_former = |page: &str| sandbox.text(&format!("{page}/index.html")).contains(&former);
    assert!(names_former("css-annual-report") && !names_former("od-progress-summary"));
    let listed = |sandbox: &Sandbox| manifest(sandbox).files.iter().any(|file| file.path == former);
    assert!(listed(&sandbox));
    let sandbox = sandbox.built();
    assert!(!stylesheets(&sandbox).contains(&former) && !listed(&sandbox));
}

#[test]
fn a_published_edition_keeps_its_style_sheet() {
    let sandbox = Sandbox::full();
    let (outcome, written) = freeze(&sandbox.options(), "example");
    assert_eq!(written, ["example/published.lock"], "{}", sandbox.messages(&outcome));
    let sandbox = sandbox.built();
    let (page, former) = (sandbox.text("example/index.html"), sandbox.stylesheet());
    for body in ["1.1rem", "1.2rem"] {
        restyle(&sandbox, body);
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
        assert!(sandbox.text("example/index.html") == page && !sandbox.text("index.html").contains(&former));
        assert_eq!(stylesheets(&sandbox).len(), 2);
    }
    // Elsewhere it is what was published all the same: which style sheet there is says nothing of the report.
    fs::remove_dir_all(sandbox.output()).unwrap();
    let sandbox = sandbox.built();
    assert!(!stylesheets(&sandbox).contains(&former));
}

#[test]
fn one_format_or_one_report_can_be_built_alone() {
    let sandbox = Sandbox::shipped().built();
    let before = sandbox.bytes("od-progress-summary/index.html");
    let mut options = sandbox.options();
    options.reports = vec!["css-annual-report".to_owned()];
    options.formats = Formats { html: true, pdf: false };
    let outcome = build(&options, &|_| ());
    assert!(outcome.manifest.is_some());
    assert_eq!(sandbox.bytes("od-progress-summary/index.html"), before);
    assert!(sandbox.output().join("od-progress-summary/od-progress-summary.pdf").exists());
    assert!(!sandbox.output().join("css-annual-report/css-annual-report.pdf").exists());
    assert!(
        !sandbox.text("css-annual-report/index.html").contains(".pdf"),
        "the page links to a PDF that is not there"
    );
    let index = sandbox.text("index.html");
    assert!(index.contains("od-progress-summary.pdf") && !index.contains("css-annual-report.pdf"));
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_written_is_named() {
    let sandbox = Sandbox::full();
    fs::write(sandbox.output(), "a file where the folder should be").unwrap();
    let outcome = sandbox.build();
    assert_eq!(outcome.findings.last().map(|finding| finding.code), Some(Code::OutputUnwritable));
    assert!(sandbox.messages(&outcome).contains("cannot be written"));
}

/// A disk that takes no more: files may not grow beyond a limit, which the system reports like a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_former_output_whole() {
    let sandbox = Sandbox::full().built();
    let before = files(&sandbox.output());
    sandbox.replace("example/welcome.md", "two", "three");
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec '{}' --content '{}' --output '{}'",
        env!("CARGO_BIN_EXE_tally"),
        sandbox.content().display(),
        sandbox.output().display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("the disk is full"), "{said}");
    let after: Vec<_> = files(&sandbox.output()).into_iter().filter(|(name, _)| !name.starts_with(".tally/")).collect();
    assert!(before == after, "the former output was touched");
    let sandbox = sandbox.built();
    assert!(sandbox.text("example/index.html").contains("three"));
    assert!(!sandbox.output().join(".tally").exists());
}

/// Stopped at any moment, a report's folder is the old one or the new one.
#[test]
fn an_interrupted_build_leaves_each_folder_old_or_new() {
    let sandbox = Sandbox::full().built();
    let folder = sandbox.output().join("example");
    let old = files(&folder);
    sandbox.replace("example/welcome.md", "two", "three");
    let new = {
        let other = Sandbox::of(&sandbox.content()).built();
        files(&other.output().join("example"))
    };
    assert!(old != new);
    let mut stopped = 0;
    for step in 0..30 {
        // Each build would put the other version in place, so that a swap can be met at every step.
        let (from, to) = if files(&folder) == old { ("two", "three") } else { ("three", "two") };
        let text = fs::read_to_string(sandbox.content().join("example/welcome.md")).unwrap();
        sandbox.write("example/welcome.md", text.replace(from, to));
        let mut child = Command::new(env!("CARGO_BIN_EXE_tally"))
            .args(["--quiet", "--content"])
            .arg(sandbox.content())
            .arg("--output")
            .arg(sandbox.output())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(step * 20));
        stopped += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let now = files(&folder);
        assert!(now == old || now == new, "a mixture after {} ms", step * 20);
    }
    assert!(stopped > 3, "no build was interrupted");
    let sandbox = sandbox.built();
    assert!(files(&folder) == new || files(&folder) == old);
    assert!(!sandbox.output().join(".tally").exists(), "leftovers stay");
}

/// Whoever stops a build, by Ctrl-C or as the system does, finds the output as it was.
#[cfg(unix)]
#[test]
fn a_build_that_is_interrupted_leaves_nothing_behind() {
    let interrupted = |sandbox: &Sandbox, signal: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tally"))
            .args(["--quiet", "--content"])
            .arg(sandbox.content())
            .arg("--output")
            .arg(sandbox.output())
            .spawn()
            .unwrap();
        let work = sandbox.output().join(".tally");
        while !work.exists() && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        child.wait().unwrap().code()
    };
    let sandbox = Sandbox::full();
    assert_eq!(interrupted(&sandbox, "-INT"), Some(130));
    assert!(!sandbox.output().exists(), "a folder that was not there stays");
    let sandbox = sandbox.built();
    let before = files(&sandbox.output());
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        assert_eq!(interrupted(&sandbox, signal), Some(code));
        assert!(!sandbox.output().join(".tally").exists(), "leftovers stay after {signal}");
        assert!(before == files(&sandbox.output()));
    }
}

/// What a killed build prepared is cleared up by the next, even where that makes other reports.
#[test]
fn what_a_killed_build_left_goes_with_the_next() {
    let sandbox = Sandbox::full().built();
    let before = files(&sandbox.output());
    for left in ["new/example/index.html", "new/gone/index.html", "lock"] {
        let path = sandbox.output().join(".tally").join(left);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "half of a page").unwrap();
    }
    let sandbox = sandbox.built();
    assert!(before == files(&sandbox.output()));
    assert!(!sandbox.output().join(".tally").exists());
}

/// A pipe would be waited for without end, a link leads elsewhere, and what is huge fills the memory.
#[cfg(unix)]
#[test]
fn what_is_no_plain_file_in_the_output_is_told_and_not_read() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::full().built();
    let manifest = sandbox.output().join("manifest.json");
    let whole = fs::read(&manifest).unwrap();
    let refused = |words: &str| {
        let outcome = sandbox.build();
        let messages = sandbox.messages(&outcome);
        assert!(outcome.manifest.is_none() && messages.contains(words), "{messages}");
        assert_eq!(outcome.findings.last().map(|finding| finding.code), Some(Code::OutputForeign), "{messages}");
        assert!(!sandbox.output().join(".tally").exists(), "leftovers stay");
    };
    let pipe = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    fs::remove_file(&manifest).unwrap();
    pipe(&manifest);
    refused("/output/manifest.json is a pipe or a device and no plain file");
    fs::remove_file(&manifest).unwrap();
    fs::create_dir(&manifest).unwrap();
    refused("/output/manifest.json is a folder and no plain file");
    fs::remove_dir(&manifest).unwrap();
    let elsewhere = sandbox.path().join("manifest.json");
    fs::write(&elsewhere, &whole).unwrap();
    symlink(&elsewhere, &manifest).unwrap();
    refused("/output/manifest.json is a link and no plain file");
    fs::remove_file(&manifest).unwrap();
    fs::File::create(&manifest).unwrap().set_len(1 << 40).unwrap();
    refused("/output/manifest.json is larger than anything that Tally writes there");
    fs::write(&manifest, &whole).unwrap();
    // Without a manifest that knows it, a pipe is no file of Tally's either; with one, it is a changed one.
    let page = sandbox.output().join("index.html");
    fs::remove_file(&page).unwrap();
    pipe(&page);
    assert_eq!(sandbox.build().findings.last().map(|finding| finding.code), Some(Code::OutputChanged));
    fs::remove_file(&manifest).unwrap();
    fs::remove_dir_all(sandbox.output().join("example")).unwrap();
    refused("/output/index.html was not written by Tally");
}

/// The first manifests named the files that reports were made from and had no digests of them all.
#[test]
fn an_output_of_an_earlier_version_is_taken_over_as_far_as_it_is_unchanged() {
    let sandbox = Sandbox::full().built();
    let before = files(&sandbox.output());
    let earlier = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut manifest: serde_json::Value = serde_json::from_str(&sandbox.text("manifest.json")).unwrap();
        change(&mut manifest);
        fs::write(sandbox.output().join("manifest.json"), manifest.to_string()).unwrap();
    };
    earlier(&|manifest| {
        let manifest = manifest.as_object_mut().unwrap();
        manifest.remove("made_from");
        manifest.insert(
            "inputs".to_owned(),
            serde_json::json!({"shared": [{"path": "content/facts.yaml", "sha256": "0"}]}),
        );
    });
    let stylesheet = sandbox.stylesheet();
    fs::write(sandbox.output().join(&stylesheet), "body { color: red }").unwrap();
    assert_eq!(sandbox.build().findings.last().map(|finding| finding.code), Some(Code::OutputChanged));
    fs::remove_file(sandbox.output().join(&stylesheet)).unwrap();
    let sandbox_after = sandbox.build();
    assert!(sandbox_after.manifest.is_some() && before == files(&sandbox.output()));
    // Of one that cannot be read it is said what to do.
    earlier(&|manifest| {
        manifest["generator"] = "Tally 9.0.0".into();
        manifest["files"] = serde_json::json!({"index.html": "0"});
    });
    assert_refused(
        &sandbox,
        Code::OutputForeign,
        "manifest.json was written by Tally 9.0.0 in a form that Tally 0.1.0 does",
    );
    earlier(&|manifest| manifest["generator"] = "webpack".into());
    assert_refused(&sandbox, Code::OutputForeign, "manifest.json was not written by Tally and stands in the way");
}
