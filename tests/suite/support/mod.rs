//! What the tests share: projects in temporary folders, and readers of what was built.

pub mod letters;
pub mod pages;
pub mod patch;
pub mod pdf;
pub mod preview;
pub mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tally::build::{Options, Outcome, build, check_only};
use tally::diagnostic::human;
use tempfile::TempDir;

use patch::Patch;

/// The reports that are shipped.
const SHIPPED: [&str; 2] = ["css-annual-report", "od-progress-summary"];

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A project in a folder of its own, gone when the test ends.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// A project without content.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A project with the content of a folder.
    pub fn of(content: &Path) -> Self {
        let sandbox = Self::empty();
        copy(content, &sandbox.content());
        sandbox
    }

    /// The two shipped reports, whatever others lie beside them, and not as they are frozen: tests change them.
    pub fn shipped() -> Self {
        let sandbox = Self::of(&root().join("content"));
        for entry in fs::read_dir(sandbox.content()).expect("the content is there") {
            let path = entry.expect("the content can be read").path();
            let is_shipped = SHIPPED.iter().any(|report| path.ends_with(report));
            if path.is_dir() && !is_shipped {
                fs::remove_dir_all(&path).expect("the sandbox can be written");
            } else if path.is_dir() {
                // Some of them may not be frozen.
                let _ = fs::remove_file(path.join("published.lock"));
            }
        }
        sandbox
    }

    /// The small project that uses every part.
    pub fn full() -> Self {
        Self::of(&root().join("tests/fixtures/full/content"))
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn content(&self) -> PathBuf {
        self.path().join("content")
    }

    pub fn output(&self) -> PathBuf {
        self.path().join("output")
    }

    /// Writes a file of the content.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.content().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the sandbox can be written");
        fs::write(path, bytes).expect("the sandbox can be written");
        self
    }

    /// Replaces words in a file of the content; they must be there.
    pub fn replace(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.content().join(path)).expect("the file is there");
        assert!(text.contains(from), "{path} does not contain {from}");
        self.write(path, text.replacen(from, to, 1))
    }

    /// Changes the content in the way a fixture says: `content.patch` in a few lines of files, `content/` has files that
    /// are new or replace others, and `gone.txt` names those that are gone.
    pub fn change(&self, fixture: &Path) -> &Self {
        let name = tally::source::slashes(fixture.strip_prefix(root()).unwrap_or(fixture));
        let text_of = |file: &str| {
            let path = fixture.join(file);
            path.exists().then(|| fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {file}: {error}")))
        };
        let patch = text_of("content.patch");
        for patch in patch.iter().flat_map(|text| Patch::read(text, &name)) {
            let text = fs::read_to_string(self.content().join(patch.path))
                .unwrap_or_else(|error| panic!("{name}: {}: {error}", patch.path));
            self.write(patch.path, patch.apply(&text, &name));
        }
        let own = fixture.join("content");
        if own.is_dir() {
            copy(&own, &self.content());
        }
        let gone = text_of("gone.txt");
        for path in gone.iter().flat_map(|gone| gone.lines()) {
            fs::remove_file(self.content().join(path)).unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
        }
        assert!(patch.is_some() || own.is_dir() || gone.is_some(), "{name} changes nothing");
        self
    }

    pub fn options(&self) -> Options {
        Self::options_of(self.path())
    }

    /// The options of a project in a folder.
    pub fn options_of(folder: &Path) -> Options {
        let existing = |folder: PathBuf| folder.is_dir().then_some(folder);
        Options {
            templates: existing(folder.join("templates")),
            assets: existing(folder.join("assets")),
            ..Options::of(folder.join("content"), folder.join("output"))
        }
    }

    pub fn build(&self) -> Outcome {
        build(&self.options(), &|_| ())
    }

    /// Reads and checks without building.
    pub fn check(&self) -> Outcome {
        check_only(&self.options(), &|_| ())
    }

    /// Builds what must build.
    pub fn built(self) -> Self {
        let outcome = self.build();
        assert!(outcome.manifest.is_some(), "{}", self.messages(&outcome));
        self
    }

    /// The findings as a person reads them, without the folder's own path.
    pub fn messages(&self, outcome: &Outcome) -> String {
        let texts: Vec<String> =
            outcome.findings.iter().map(|finding| human(finding, &outcome.sources, false)).collect();
        texts
            .join("\n\n")
            .replace(&tally::source::slashes(self.path()), "")
            .replace("> /content", "> content")
            .replace("::: /content", "::: content")
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("the file is a text")
    }

    /// The path of the style sheet in the output, whose name holds a digest.
    pub fn stylesheet(&self) -> String {
        self.asset("report.", ".css")
    }

    /// The path of a file that all pages share, whose name holds a digest between this beginning and this ending.
    pub fn asset(&self, start: &str, end: &str) -> String {
        let all = files(&self.output().join("assets"));
        let is_it = |name: &&String| name.starts_with(start) && name.ends_with(end);
        let found: Vec<&String> = all.iter().map(|(name, _)| name).filter(is_it).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        format!("assets/{}", found[0])
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// The files that a build published.
pub struct Published(BTreeMap<String, Vec<u8>>);

impl Published {
    /// The two shipped reports, which are built once for all tests that only read them.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Published> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::by(Sandbox::shipped()))
    }

    /// The small project that uses every part, built once as well.
    pub fn full() -> &'static Self {
        static FULL: OnceLock<Published> = OnceLock::new();
        FULL.get_or_init(|| Self::by(Sandbox::full()))
    }

    /// What a project comes to, which must build.
    pub fn by(sandbox: Sandbox) -> Self {
        Self(files(&sandbox.built().output()).into_iter().collect())
    }

    /// Every file with its bytes, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The style sheet, whose name holds a digest.
    pub fn stylesheet(&self) -> &str {
        let path = self.files().map(|(path, _)| path).find(|path| path.ends_with(".css")).expect("there is one");
        self.text(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    pub fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.bytes(path)).expect("the file is a text")
    }

    pub fn bytes(&self, path: &str) -> &[u8] {
        self.0.get(path).unwrap_or_else(|| panic!("{path} was not published"))
    }
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("a walk stays in its folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("the copy can be written");
        } else {
            fs::copy(entry.path(), &target).expect("the copy can be written");
        }
    }
}

/// Every file below a folder with its bytes, in the order of their paths.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = tally::source::slashes(entry.path().strip_prefix(folder).expect("a walk stays in its folder"));
            (path, fs::read(entry.path()).expect("the file can be read"))
        })
        .collect()
}
