//! The bare engine: typst with the source that a build would give it.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use tally::build::{Destination, Options, ReportBuilder};
use tally::compile::Typesetter;
use tally::diagnostic::{Findings, SourceMap};
use tally::publish::{Artifact, Manifest, ManifestFile, Publication};
use tally::source::{fonts, layers};
use typst::foundations::Bytes;

/// What typst is given for one report.
pub type Source = (String, String, Vec<(String, Bytes)>);

/// Notes what typst is given, and publishes nothing.
#[derive(Default)]
pub struct Sources(pub Mutex<Vec<Source>>);

impl Destination for Sources {
    fn open(&mut self, _: &[String]) -> Result<(), Findings> {
        Ok(())
    }

    fn former(&self) -> Manifest {
        Manifest::default()
    }

    fn source(&self, report: &str, main: &str, files: &[(String, Bytes)]) {
        self.0.lock().unwrap().push((report.to_owned(), main.to_owned(), files.to_vec()));
    }

    fn take(&self, _: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        Ok(Vec::new())
    }

    fn close(&mut self, _: Vec<ManifestFile>, _: &Publication) -> Result<Manifest, Findings> {
        Ok(Manifest::default())
    }
}

/// Writes what typst is given for each report into a folder of its own.
pub fn write_sources(options: &Options, folder: &Path) {
    let mut sources = Sources::default();
    let outcome = ReportBuilder::default().run(options, &mut sources, &|_| ());
    assert!(outcome.manifest.is_some(), "{:?}", outcome.findings.first());
    for (report, main, files) in sources.0.into_inner().unwrap() {
        write_source(&folder.join(report), &main, &files);
    }
}

pub fn write_source(folder: &Path, main: &str, files: &[(String, Bytes)]) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("main.typ"), main).unwrap();
    for (path, bytes) in files {
        let path = folder.join("files").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

pub fn read_source(folder: &Path) -> (String, Vec<(String, Bytes)>) {
    let files = folder.join("files");
    let entries =
        walkdir::WalkDir::new(&files).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let read = entries.map(|entry| {
        let path = entry.path().strip_prefix(&files).unwrap().to_str().unwrap().to_owned();
        (path, Bytes::new(fs::read(entry.path()).unwrap()))
    });
    (fs::read_to_string(folder.join("main.typ")).unwrap(), read.collect())
}

pub fn typesetter() -> Typesetter {
    let mut findings = Findings::new();
    let assets = layers::assets(None, &mut findings);
    Typesetter::new(&fonts::fonts(&assets, &mut findings))
}

/// Lays out the report of a folder.
pub fn lay_out(folder: &Path) {
    let (main, files) = read_source(folder);
    assert!(typesetter().lay_out(main, files, &SourceMap::default()).is_ok(), "{}", folder.display());
}

/// Lays out and exports every report of a folder.
pub fn run(folder: &Path) {
    let mut typesetter = typesetter();
    for report in fs::read_dir(folder).unwrap() {
        let report = report.unwrap();
        let (main, files) = read_source(&report.path());
        let layout = typesetter.lay_out(main, files, &SourceMap::default()).ok().unwrap();
        typesetter.export_unpacked(&report.file_name().to_string_lossy(), &layout, &SourceMap::default()).ok().unwrap();
    }
}
