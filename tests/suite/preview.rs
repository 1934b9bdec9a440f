//! The preview: what it shows is what would be published, whatever happens on the disk, and nobody else can look.

use std::fs;
use std::io::Write;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::Value;
use tally::build::{Destination, FinishedReport, Patience, Proof, ReportBuilder};
use tally::diagnostic::Findings;
use tally::preview::{Preview, PreviewError};
use tally::publish::{Artifact, Manifest, ManifestFile, Publication};
use tally::render::STYLESHEET;

use crate::compare_command::{git, repository};
use crate::support::preview::{Previewed, connect};
use crate::support::{Sandbox, files};

/// Asserts that every file that a build of the sandbox publishes is shown, byte for byte.
#[track_caller]
fn assert_as_published(previewed: &Previewed, sandbox: Sandbox) -> Sandbox {
    let sandbox = sandbox.built();
    let manifest: Manifest = serde_json::from_str(&sandbox.text("manifest.json")).unwrap();
    assert!(manifest.files.len() > 10);
    let assets = manifest.files.iter().map(|file| file.path.clone()).filter(|path| path.starts_with("assets/"));
    let shared: Vec<(String, String)> =
        assets.filter_map(|path| Some((path.clone(), without_digest(&path)?))).collect();
    assert!(shared.iter().any(|(_, plain)| plain == STYLESHEET));
    for file in &manifest.files {
        // While they may change, what all pages share has names that do not.
        let as_shown =
            |text: &str| shared.iter().fold(text.to_owned(), |text, (name, plain)| text.replace(name, plain));
        let answer = previewed.get(&format!("/{}", as_shown(&file.path)));
        assert_eq!(answer.status, 200, "{}", file.path);
        let published = sandbox.bytes(&file.path);
        let published = match file.path.ends_with(".html") {
            true => as_shown(&String::from_utf8(published).unwrap()).into_bytes(),
            false => published,
        };
        assert!(answer.body == published, "{} is not what is published", file.path);
    }
    fs::remove_dir_all(sandbox.output()).unwrap();
    sandbox
}

/// `assets/report.css` of `assets/report.fb5bdaae5318.css`; none where the name holds no digest.
fn without_digest(path: &str) -> Option<String> {
    let (rest, ending) = path.rsplit_once('.')?;
    let (stem, digest) = rest.rsplit_once('.')?;
    (digest.len() == 12).then(|| format!("{stem}.{ending}"))
}

#[test]
fn what_is_shown_is_what_is_published_after_every_kind_of_change() {
    let mut sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    sandbox = assert_as_published(&preview, sandbox);
    let changes: [fn(&Sandbox); 8] = [
        |sandbox| {
            sandbox.replace("example/report.yaml", "title: Library", "title: New Library");
        },
        |sandbox| {
            sandbox.replace("facts.yaml", "value: 2\n", "value: 4\n");
        },
        |sandbox| {
            let pull_out = "      - pull-out: We opened {{ facts.new-branches | words }} branches.\n";
            sandbox.replace("example/report.yaml", pull_out, "");
            sandbox.replace(
                "example/report.yaml",
                "      - prose: welcome.md\n",
                &format!("{pull_out}      - prose: welcome.md\n{pull_out}"),
            );
        },
        |sandbox| {
            let people = "  - id: people\n    title: People\n    parts:\n      - survey: survey.yaml\n";
            sandbox.replace("example/report.yaml", people, "");
            sandbox.replace("example/report.yaml", "  - id: plan\n", &format!("{people}  - id: plan\n"));
        },
        |sandbox| {
            let part = "templates/components/pull-out";
            fs::create_dir_all(sandbox.path().join(part)).unwrap();
            let own = fs::read_to_string(crate::support::root().join(part).join("pull-out.html")).unwrap();
            fs::write(sandbox.path().join(part).join("pull-out.html"), own.replace("<p", "<p lang=\"en-GB\"")).unwrap();
        },
        |sandbox| {
            let templates = sandbox.path().join("templates/html");
            fs::create_dir_all(&templates).unwrap();
            let base = fs::read_to_string(crate::support::root().join("templates/html/base.html")).unwrap();
            fs::write(templates.join("base.html"), base.replace("</main>", "<!-- ours --></main>")).unwrap();
        },
        |sandbox| fs::remove_dir_all(sandbox.path().join("templates")).unwrap(),
        |sandbox| {
            sandbox.replace("organisation.yaml", "telephone: 01", "telephone: 02");
        },
    ];
    for change in changes {
        change(&sandbox);
        preview.done();
        sandbox = assert_as_published(&preview, sandbox);
    }
}

#[test]
fn a_mistake_is_told_with_its_place_and_the_last_good_files_stay() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let page = preview.get("/example/").body;
    let costs = fs::read_to_string(sandbox.content().join("example/costs.yaml")).unwrap();
    sandbox.write("example/costs.yaml", costs.replace("caption:", "captoin:"));
    assert!(preview.faulty().ends_with("content/example/costs.yaml:2: a table has no field `captoin`"));
    assert!(preview.get("/example/").body == page);
    // Saved as many editors do: written beside it, then moved over it.
    sandbox.write("example/.costs.yaml.swp", &costs);
    fs::rename(sandbox.content().join("example/.costs.yaml.swp"), sandbox.content().join("example/costs.yaml"))
        .unwrap();
    preview.done();
    assert_as_published(&preview, sandbox);
}

#[test]
fn what_is_written_well_and_adds_up_wrongly_is_never_shown() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let [page, pdf, data] = ["/example/", "/example/example.pdf", "/example/data/costs.csv"];
    let shown = [page, pdf, data].map(|path| preview.get(path).body);
    for wrong in ["21,000", "22,000"] {
        sandbox.replace(
            "example/costs.yaml",
            "name: Films, values: \"20,000",
            &format!("name: Films, values: \"{wrong}"),
        );
        let told = loop {
            let state = preview.state();
            match state["state"].as_str() {
                Some("building") => {}
                Some("faulty") => break state["findings"].to_string(),
                _ => panic!("{state}"),
            }
        };
        assert!(told.contains("totals-add-up"), "{told}");
        assert!([page, pdf, data].map(|path| preview.get(path).body) == shown);
        sandbox.replace("example/costs.yaml", wrong, "20,000");
        preview.done();
        assert!([page, pdf, data].map(|path| preview.get(path).body) == shown);
    }
    assert_as_published(&preview, sandbox);
}

#[test]
fn what_the_templates_misprint_is_told_and_goes_again() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    let before = preview.done();
    let shown = |preview: &Previewed| ["/example/", "/example/example.pdf"].map(|path| preview.get(path).body);
    let good = shown(&preview);
    let misprints = |preview: &mut Previewed| {
        let state = preview.settled();
        assert_eq!(state["state"], "faulty");
        assert!(state["findings"].to_string().contains("in the PDF of example"), "{state}");
        assert_eq!(state["reports"], before["reports"]);
        assert!(shown(preview) == good, "the last good files are back");
    };
    misprint(&sandbox);
    misprints(&mut preview);
    // What was made of the report stays wrong, whether it is made again or not.
    sandbox.write("example/notes.md", "A file that no report shows.\n");
    misprints(&mut preview);
    sandbox.replace("example/welcome.md", "We read, as", "We read always, as");
    misprints(&mut preview);
    fs::remove_file(sandbox.content().join("example/notes.md")).unwrap();
    fs::remove_dir_all(sandbox.path().join("templates")).unwrap();
    preview.done();
    assert_as_published(&preview, sandbox);
}

/// Prints the share of each cost in the PDF where its other figures should stand, by a template of the sandbox's own.
fn misprint(sandbox: &Sandbox) {
    let costs = "templates/components/costs/costs.typ";
    let own = sandbox.path().join(costs);
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    let text = fs::read_to_string(crate::support::root().join(costs)).unwrap();
    let misprinted = text.replace("{{ figure.words.text }}", "{{ line.figures[2].words.text }}");
    assert_ne!(text, misprinted);
    fs::write(&own, misprinted).unwrap();
}

/// What is different from the last commit is shown beside page and PDF.
#[test]
fn what_changed_since_the_last_commit_is_shown() {
    let sandbox = repository();
    let mut preview = Previewed::of(&sandbox);
    let page = "/~preview/changes/commit/example/index.html";
    let own = |state: &Value| state["changes"]["since"]["commit"]["reports"]["example"].clone();
    let number = |state: &Value| own(state)["number"].clone();
    let state = preview.compared();
    assert_eq!(number(&state), 0, "{state}");
    assert!(own(&state)["before"].as_str().unwrap().ends_with(", 3 June 2026, 09:12"), "{state}");
    let shown = |preview: &Previewed| String::from_utf8(preview.get(page).body).unwrap();
    assert!(shown(&preview).contains("Nothing changed: "));
    for path in ["assets/report.css", "assets/icon.svg"] {
        assert_eq!(preview.get(&format!("/~preview/changes/commit/{path}")).status, 200, "{path}");
    }
    sandbox.replace("example/welcome.md", "Every day.", "Every evening.");
    let state = preview.compared();
    assert!(number(&state).as_u64() > Some(0), "{state}");
    assert!(shown(&preview).contains("evening"));
    assert_eq!(state["changes"]["edition"], state["edition"]);
    // What cannot be built is not compared.
    sandbox.replace("example/costs.yaml", "caption:", "captoin:");
    preview.faulty();
    assert!(shown(&preview).contains("evening"));
    sandbox.replace("example/costs.yaml", "captoin:", "caption:");
    preview.compared();
    // Who commits has changed no file of the content.
    git(sandbox.path(), &["commit", "--all", "--message", "Second"]);
    let state = preview.state();
    assert_eq!((state["state"].as_str(), number(&state)), (Some("done"), 0.into()), "{state}");
    for outside in
        ["/~preview/changes/commit/example/../../../../Cargo.toml", "/~preview/changes/", "/~preview/changes/other/"]
    {
        assert_eq!(preview.get(outside).status, 404, "{outside}");
    }
    // What can be compared no more is shown no more.
    fs::rename(sandbox.path().join(".git"), sandbox.path().join("git-of-before")).unwrap();
    sandbox.replace("example/welcome.md", "Every evening.", "Every night.");
    preview.until(|state| !state["changes"]["since"]["commit"]["notes"].as_array().is_none_or(Vec::is_empty));
    assert_eq!(preview.get(page).status, 404);
}

#[test]
fn without_a_commit_it_is_said_why_nothing_is_compared() {
    let sandbox = Sandbox::full();
    let notes = |state: Value| state["changes"]["since"]["commit"]["notes"][0].as_str().map(str::to_owned);
    let mut preview = Previewed::of(&sandbox);
    let why = notes(preview.compared());
    assert!(why.as_deref().is_some_and(|why| why.ends_with("does not lie in a git repository")), "{why:?}");
    git(sandbox.path(), &["init"]);
    sandbox.replace("example/welcome.md", "Every day.", "Every evening.");
    let why = notes(preview.compared());
    assert!(why.as_deref().is_some_and(|why| why.ends_with("has no commit yet")), "{why:?}");
}

#[test]
fn what_changed_since_the_last_draft_and_the_edition_before_is_shown() {
    let sandbox = crate::editions::two_editions();
    git(sandbox.path(), &["init"]);
    git(sandbox.path(), &["add", "."]);
    git(sandbox.path(), &["commit", "--message", "The draft of 4 May"]);
    let report = "library-2025-26/report.yaml";
    sandbox.replace(report, "description: What the", "description: What our");
    git(sandbox.path(), &["commit", "--all", "--message", "After the draft"]);
    let mut preview = Previewed::of(&sandbox);
    let number = |state: &Value, earlier: &str, report: &str| {
        let own = &state["changes"]["since"][earlier]["reports"][report];
        own["number"].as_u64()
    };
    let state = preview.compared();
    let now = "library-2025-26";
    assert_eq!(number(&state, "commit", now), Some(0), "{state}");
    assert_eq!(number(&state, "draft", now), Some(1), "{state}");
    assert_eq!(number(&state, "draft", "library-2024-25"), None, "it was never a draft: {state}");
    // As many as `tally compare` tells, and the description.
    assert_eq!(number(&state, "edition", now), Some(43 + 1), "{state}");
    assert_eq!(number(&state, "edition", "library-2024-25"), None, "it follows no other: {state}");
    for (earlier, words) in [("draft", "What our"), ("edition", "The report library-2024-25")] {
        let page = preview.get(&format!("/~preview/changes/{earlier}/{now}/index.html"));
        assert!(String::from_utf8(page.body).unwrap().contains(words), "{earlier}");
    }
    // The draft of another day is made of what was changed since the last one.
    sandbox.replace(report, "draft: 2026-05-04", "draft: 2026-06-01");
    assert_eq!(number(&preview.compared(), "draft", now), Some(1));
    git(sandbox.path(), &["commit", "--all", "--message", "The draft of 1 June"]);
    // Who commits has changed no file of the content: it is compared again without a build.
    preview.until(|state| number(state, "draft", now) == Some(0));
}

/// Notes what a builder hands over, in its order.
#[derive(Default)]
struct Noted(Mutex<Vec<&'static str>>);

impl Noted {
    fn note(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    /// What is handed over in a run.
    fn by(builder: &mut ReportBuilder, sandbox: &Sandbox) -> Vec<&'static str> {
        let mut noted = Noted::default();
        builder.run(&Sandbox::options_of(sandbox.path()), &mut noted, &|_| ());
        noted.0.into_inner().unwrap()
    }
}

impl Destination for Noted {
    fn open(&mut self, _: &[String]) -> Result<(), Findings> {
        Ok(())
    }

    fn former(&self) -> Manifest {
        Manifest::default()
    }

    fn proof(&self, report: &str, proof: Proof) {
        assert_eq!(report, "example");
        self.note(match proof {
            Proof::Page { page, beside } => {
                assert!(page.path == "example/index.html" && !beside.is_empty());
                "page"
            }
            Proof::Pdf { file, marks } => {
                assert!(file.path == "example/example.pdf" && file.pages == Some(marks.len()));
                "PDF"
            }
        });
    }

    fn report(&self, _: &FinishedReport) -> Result<Vec<ManifestFile>, Findings> {
        self.note("report");
        Ok(Vec::new())
    }

    fn take(&self, _: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        Ok(Vec::new())
    }

    fn close(&mut self, _: Vec<ManifestFile>, _: &Publication) -> Result<Manifest, Findings> {
        self.note("edition");
        Ok(Manifest::default())
    }
}

#[test]
fn a_page_and_then_its_pdf_are_shown_when_the_checks_are_passed_and_before_they_are_read_back() {
    let sandbox = Sandbox::full();
    let mut builder = ReportBuilder::keeping();
    let whole = ["page", "PDF", "report", "edition"];
    assert_eq!(Noted::by(&mut builder, &sandbox), whole);
    sandbox.replace("example/welcome.md", "We read, as", "We read always, as");
    assert_eq!(Noted::by(&mut builder, &sandbox), whole);
    assert_eq!(Noted::by(&mut builder, &sandbox), ["report", "edition"], "nothing changed");
    sandbox.replace("example/costs.yaml", "name: Films, values: \"20,000", "name: Films, values: \"21,000");
    assert_eq!(Noted::by(&mut builder, &sandbox), [""; 0], "a sum is wrong");
    sandbox.replace("example/costs.yaml", "name: Films, values: \"21,000", "name: Films, values: \"20,000");
    misprint(&sandbox);
    assert_eq!(Noted::by(&mut builder, &sandbox), ["page", "PDF"], "the PDF is misprinted");
    fs::remove_dir_all(sandbox.path().join("templates")).unwrap();
    assert_eq!(
        Noted::by(&mut ReportBuilder::default(), &sandbox),
        ["report", "edition"],
        "a build shows nothing before"
    );
}

#[test]
fn content_that_is_not_there_yet_and_content_that_goes_are_waited_for() {
    let sandbox = Sandbox::full();
    let (content, away) = (sandbox.content(), sandbox.path().join("away"));
    fs::rename(&content, &away).unwrap();
    fs::create_dir(&content).unwrap();
    let mut preview = Previewed::of(&sandbox);
    assert!(preview.faulty().contains("holds no report"));
    assert_eq!(preview.get("/example/").status, 404);
    fs::remove_dir(&content).unwrap();
    assert!(preview.faulty().contains("does not exist"));
    fs::rename(&away, &content).unwrap();
    preview.done();
    let page = preview.get("/example/").body;
    fs::rename(&content, &away).unwrap();
    assert!(preview.faulty().contains("does not exist"));
    assert!(preview.get("/example/").body == page, "the last good page stays");
    fs::rename(&away, &content).unwrap();
    preview.done();
    sandbox.replace("example/report.yaml", "title: Library", "title: New Library");
    preview.done();
    assert_as_published(&preview, sandbox);
}

#[test]
fn of_ten_thousand_events_the_last_counts() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let text = fs::read_to_string(sandbox.content().join("example/welcome.md")).unwrap();
    for number in 0..5_000 {
        sandbox.write("example/welcome.md", format!("{text}\nThe end, {}.\n", ["again", "at last"][number % 2]));
    }
    preview.done();
    let page = String::from_utf8(preview.get("/example/").body).unwrap();
    assert!(page.contains("The end, at last.") && !page.contains("The end, again."));
    assert_as_published(&preview, sandbox);
}

#[test]
fn nothing_but_the_finished_files_can_be_had() {
    let sandbox = Sandbox::full();
    fs::write(sandbox.path().join("secret.txt"), "secret").unwrap();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let inside = sandbox.path().join("secret.txt");
    for path in [
        "/../secret.txt",
        "/example/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/example/..%2f..%2fsecret.txt",
        "/example/%5c..%5csecret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/content/organisation.yaml",
        "/~preview/../secret.txt",
        "/%00",
        "/%ff",
        inside.to_str().unwrap(),
    ] {
        let answer = preview.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.head);
        assert!(!answer.body.windows(6).any(|six| six == b"secret" || six == b"root:x"), "{path}");
    }
    assert_eq!(
        files(sandbox.path()).iter().filter(|(path, _)| !path.starts_with("content/")).count(),
        1,
        "nothing is written"
    );
}

#[test]
fn only_this_machine_by_its_own_name_is_answered_and_only_what_reads() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let address = preview.address;
    assert!(address.ip().is_loopback());
    let with_host = |host: &str| preview.ask(&format!("GET /example/ HTTP/1.1\r\nHost: {host}\r\n")).status;
    let port = address.port();
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LOCALHOST:{port}")] {
        assert_eq!(with_host(&host), 200, "{host}");
    }
    for host in
        ["evil.example", "127.0.0.1", &format!("evil.example:{port}"), &format!("127.0.0.1.evil.example:{port}"), ""]
    {
        assert_eq!(with_host(host), 421, "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer =
            preview.ask(&format!("{method} /example/ HTTP/1.1\r\nHost: {address}\r\nOrigin: http://evil.example\r\n"));
        assert_eq!(answer.status, 405, "{method}");
    }
    for path in ["/", "/~preview/", "/example/", "/nothing", "/assets/report.css"] {
        let head = preview.get(path).head.to_lowercase();
        assert!(!head.contains("access-control-"), "{head}");
        assert!(head.contains("cache-control: no-store") && head.contains("cross-origin-resource-policy: same-origin"));
    }
}

#[test]
fn pages_of_the_pdf_are_shown_as_long_as_they_are_current() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    let before = preview.done();
    let digests = |state: &serde_json::Value| -> Vec<String> {
        let pages = state["reports"][0]["pdf_pages"].as_array().unwrap().iter();
        pages.map(|page| page["digest"].as_str().unwrap().to_owned()).collect()
    };
    let before = digests(&before);
    assert!(before.len() > 5);
    for (place, digest) in before.iter().enumerate() {
        let answer = preview.get(&format!("/~preview/pages/example/{}/{digest}.svg", place + 1));
        assert_eq!(answer.status, 200);
        assert!(String::from_utf8(answer.body).unwrap().starts_with("<svg"));
    }
    sandbox.replace("example/welcome.md", "We read, as", "We read always, as");
    let after = digests(&preview.done());
    let changed: Vec<usize> = (0..before.len()).filter(|place| before[*place] != after[*place]).collect();
    assert_eq!(changed.len(), 1, "one page changed: {changed:?}");
    let number = changed[0] + 1;
    assert_eq!(preview.get(&format!("/~preview/pages/example/{number}/{}.svg", before[changed[0]])).status, 404);
    assert_eq!(preview.get(&format!("/~preview/pages/example/{number}/{}.svg", after[changed[0]])).status, 200);
}

#[test]
fn a_browser_that_never_reads_holds_up_nobody() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let silent: Vec<_> = (0..200)
        .map(|number| {
            let mut stream = connect(preview.address);
            let path = ["/example/example.pdf", "/~preview/events"][number % 2];
            for _ in 0..20 {
                let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
            }
            stream
        })
        .collect();
    sandbox.replace("example/report.yaml", "title: Library", "title: New Library");
    preview.done();
    assert_as_published(&preview, sandbox);
    drop(silent);
}

#[test]
fn a_port_in_use_is_told_and_two_previews_find_a_port_each() {
    let sandbox = Sandbox::full();
    let first = Previewed::of(&sandbox);
    let port = first.address.port();
    let second = Preview { options: move || Sandbox::options_of("".as_ref()), port: Some(port), edits: false };
    let error = second.run(|_| ()).unwrap_err();
    assert!(matches!(error, PreviewError::PortInUse(_)));
    assert_eq!(
        error.to_string(),
        format!("port {port} is in use by another program; choose another with --port, or leave it out")
    );
    assert_ne!(Previewed::of(&sandbox).address, first.address);
}

#[test]
fn templates_that_never_end_are_told() {
    let sandbox = Sandbox::full();
    let mut preview = Previewed::of(&sandbox);
    preview.done();
    let prose = fs::read_to_string(crate::support::root().join("templates/components/prose/prose.html")).unwrap();
    let endless = prose.replace("<Inlines inlines={inline.inlines} />", "<Inlines inlines={inlines} />");
    assert_ne!(prose, endless);
    let templates = sandbox.path().join("templates/components/prose");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("prose.html"), endless).unwrap();
    let told = preview.faulty();
    assert!(told.contains("recursion depth for components exceeded"), "{told}");
    fs::write(templates.join("prose.html"), "{% include \"components/prose/prose.html\" %}").unwrap();
    let told = preview.faulty();
    assert!(told.to_lowercase().contains("circular include"), "{told}");
    fs::remove_file(templates.join("prose.html")).unwrap();
    let library = sandbox.path().join("templates/pdf/lib");
    fs::create_dir_all(&library).unwrap();
    for endless in ["#let mark-size = { let f() = f(); f() }", "#while true {}"] {
        fs::write(library.join("mark.typ"), endless).unwrap();
        let told = preview.faulty();
        assert!(told.contains("mark.typ") && told.contains("the PDF cannot be made"), "{told}");
    }
    fs::remove_dir_all(sandbox.path().join("templates")).unwrap();
    preview.done();
    assert_as_published(&preview, sandbox);
}

/// A template that goes in circles is given up; once it is mended everything is as new.
#[test]
fn a_preview_recovers_from_a_template_that_was_given_up() {
    let sandbox = Sandbox::full();
    // Long enough for a true text on a busy machine.
    let patience = Patience { writing: Duration::from_secs(2), ..Patience::default() };
    let mut preview = Previewed::with(&sandbox, patience);
    preview.done();
    let page = preview.get("/example/").body;
    for (name, written) in [("html/base.html", "html/"), ("pdf/report.typ", "pdf/report.typ")] {
        let text = fs::read_to_string(crate::support::root().join("templates").join(name)).unwrap();
        let circles = "{% for a in range(end=20000) %}{% for b in range(end=20000) %} {% endfor %}{% endfor %}";
        let own = sandbox.path().join("templates").join(name);
        fs::create_dir_all(own.parent().unwrap()).unwrap();
        fs::write(&own, format!("{text}{circles}")).unwrap();
        let told = preview.faulty();
        assert!(told.contains(&format!("the template {written}")) && told.contains("within 2 seconds"), "{told}");
        assert!(preview.get("/example/").body == page, "the last good page goes");
        fs::write(&own, text).unwrap();
        preview.done();
        assert!(preview.get("/example/").body == page);
    }
    fs::remove_dir_all(sandbox.path().join("templates")).unwrap();
    preview.done();
    assert_as_published(&preview, sandbox);
}
