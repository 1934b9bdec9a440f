//! Writes the output: whole, then moved into place. The one place that writes the disk.
//!
//! In: the finished files, one after the other. Out: the output folder, in which every report's folder is old or new as
//! a whole at any moment. The steps: take the lock; clear up what an interrupted build left; write every file into a
//! staging folder as it is finished; note in a journal what will be put in place; swap folders and files in; remove
//! what an earlier build made and this one does not; write the manifest. What Tally did not write is never overwritten
//! or deleted, and a build that stops before the swap leaves everything as it was.

#![allow(clippy::disallowed_methods, reason = "the one place that writes the disk")]

mod begin;
mod document;
mod former;
mod interrupt;
mod journal;
mod manifest;
mod named;
mod plain;
mod renew;
mod rewrite;
mod swap;
mod together;

pub use begin::{begin, refuse_taken};
pub use document::document;
pub use interrupt::give_up;
pub use journal::finish;
pub use manifest::{Input, Inputs, Manifest, ManifestFile, digest, made_from};
pub use named::{is_named_by_digest, named_by_digest, named_in, without_digests};
pub use plain::{is_taken as is_there, published};
pub use renew::{Renewal, renew, renewals};
pub use rewrite::{Rewrite, rewrite};
pub use together::together;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{plain_words, slashes};
use former::Former;
use interrupt::{Traces, writing};
use manifest::MANIFEST;
use plain::Unread;

/// Where a build is prepared, inside the output folder.
const WORK: &str = ".tally";
const JOURNAL: &str = "journal";
const LOCK: &str = "lock";

/// A finished file, by its path in the output folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Artifact {
    pub path: String,
    pub bytes: Bytes,
    /// The report that it belongs to; none for what reports share.
    pub report: Option<String>,
    /// Pages, for a PDF.
    pub pages: Option<usize>,
}

/// What is to be published, besides the files.
pub struct Publication<'a> {
    /// Reports that are built; the others stay as they are.
    pub reports: &'a [String],
    /// Files that each built report was made from, and those that all share. Only what is written asks for them.
    pub inputs: &'a dyn Fn() -> Inputs,
    /// Whether the output is for reviewers, who may know these files.
    pub review: bool,
    /// All reports of the content: the output of others is removed.
    pub known_reports: &'a [String],
}

/// A file of an output, as long as it is what the manifest says.
pub fn taken(output: &Path, file: &ManifestFile) -> Result<Artifact, Findings> {
    let path = output.join(&file.path);
    let refused =
        |why: &str| vec![Diagnostic::error_nowhere(Code::SharesDoNotFit, format!("{} {why}", slashes(&path)))];
    let bytes = match plain::bytes(&path, file.bytes as u64) {
        Ok(bytes) if digest(&bytes) == file.sha256 => bytes,
        Ok(_) | Err(Unread::TooLarge) => return Err(refused("was changed after it was built")),
        Err(unread) => return Err(refused(&unread.words())),
    };
    let ManifestFile { path, report, pages, .. } = file.clone();
    Ok(Artifact { path, bytes: Bytes::new(bytes), report, pages })
}

/// An output that is being written. Dropped before it is published, it leaves nothing behind.
pub struct Staging<'a> {
    output: &'a Path,
    work: PathBuf,
    /// Where files wait until all are finished.
    stage: PathBuf,
    former: Former,
    /// Held until the end.
    lock: Option<File>,
    traces: Traces,
}

impl<'a> Staging<'a> {
    /// Takes the output for a build of these reports.
    pub fn open(output: &'a Path, reports: &[String]) -> Result<Self, Findings> {
        let work = output.join(WORK);
        let stage = work.join("new");
        let is_known = output.exists();
        let traces = Traces { output: output.to_owned(), work: work.clone(), stage: stage.clone(), is_known };
        let mut staging = Self { output, work, stage, former: Former::default(), lock: None, traces };
        staging.refuse_foreign_places(reports)?;
        staging.begin()?;
        staging.former = Former::read(output, &staging.work.join(JOURNAL))?;
        staging.clear_up()?;
        staging.former.refuse_changed(output, reports)?;
        Ok(staging)
    }

    /// Takes the lock. What is left from here on goes with the build, however that ends.
    fn begin(&mut self) -> Result<(), Findings> {
        let _writing = writing();
        fs::create_dir_all(&self.work).map_err(|error| self.failed(&self.work, &error))?;
        self.lock = Some(self.locked()?);
        self.traces.note();
        Ok(())
    }

    /// What the output held before.
    pub fn former(&self) -> &Manifest {
        &self.former.manifest
    }

    /// Writes a finished file where it waits for the others.
    pub fn put(&self, artifact: &Artifact) -> Result<ManifestFile, Findings> {
        self.refuse_foreign(artifact)?;
        let _writing = writing();
        self.write(&self.stage.join(&artifact.path), &artifact.bytes)?;
        Ok(ManifestFile::of(artifact))
    }

    /// Puts everything in place. On an error the former output is untouched, but for files that were already whole and
    /// in place.
    pub fn publish(mut self, files: Vec<ManifestFile>, publication: &Publication) -> Result<Manifest, Findings> {
        let _writing = writing();
        let journal = self.former.journal(&files);
        let shared: Vec<String> =
            files.iter().filter(|file| file.report.is_none()).map(|file| file.path.clone()).collect();
        let mut manifest = Manifest::of(files, publication, &self.former.manifest);
        manifest.keep(self.still_named(&manifest));
        self.write(&self.stage.join(MANIFEST), &manifest.to_bytes())?;
        self.keep_foreign(publication.reports)?;
        // As a whole, or a full disk would cost what an interrupted build noted.
        let whole = self.stage.join(WORK);
        self.write(&whole, journal.as_bytes())?;
        self.place(&whole, &self.work.join(JOURNAL))?;
        for report in publication.reports {
            let place = self.output.join(report);
            swap::folder(&self.stage.join(report), &place, &self.work.join("old").join(report))
                .map_err(|error| self.failed(&place, &error))?;
        }
        for path in shared {
            self.place(&self.stage.join(&path), &self.output.join(&path))?;
        }
        self.remove_stale(&manifest)?;
        self.place(&self.stage.join(MANIFEST), &self.output.join(MANIFEST))?;
        // Everything is in place; what cannot be tidied away now is tidied by the next build.
        let _ = fs::remove_dir_all(&self.work);
        self.traces.strike();
        self.lock = None;
        Ok(manifest)
    }

    /// Files of earlier builds, named by their digests, that pages name still: those of reports that are not built now, and
    /// of published editions, which stay as they were. Typefaces are named by style sheets, beside which they lie.
    fn still_named(&self, manifest: &Manifest) -> Vec<ManifestFile> {
        let is_made = |file: &ManifestFile| manifest.files.iter().any(|made| made.path == file.path);
        let is_whole = |file: &ManifestFile| {
            plain::digest_of(&self.output.join(&file.path)).is_ok_and(|digest| digest == file.sha256)
        };
        let former = self.former.manifest.files.iter().filter(|file| file.report.is_none());
        let mut old: Vec<&ManifestFile> =
            former.filter(|file| is_named_by_digest(&file.path) && !is_made(file) && is_whole(file)).collect();
        let mut named = Vec::new();
        let mut waiting: Vec<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        waiting.retain(|path| path.ends_with(".html"));
        while let Some(path) = waiting.pop().filter(|_| !old.is_empty()) {
            let staged = fs::read(self.stage.join(path)).ok();
            let bytes = staged.or_else(|| plain::published(self.output, path)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_named = |file: &&ManifestFile| {
                let beside = file.path.strip_prefix(folder).map(|name| name.trim_start_matches('/'));
                text.contains(if path.ends_with(".css") { beside.unwrap_or(&file.path) } else { &file.path })
            };
            let (found, others): (Vec<_>, Vec<_>) = old.into_iter().partition(is_named);
            waiting.extend(found.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with(".css")));
            named.extend(found.into_iter().cloned());
            old = others;
        }
        named
    }

    /// Two builds at once would mix their files; the lock ends with the process, however that ends.
    fn locked(&self) -> Result<File, Findings> {
        let path = self.work.join(LOCK);
        let file = File::create(&path).map_err(|error| self.failed(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(vec![
                Diagnostic::error_nowhere(
                    Code::OutputUnwritable,
                    format!("another build is writing to {}", slashes(self.output)),
                )
                .help("wait until it has ended, then build again"),
            ]),
            Err(TryLockError::Error(error)) => Err(self.failed(&path, &error)),
        }
    }

    /// Finishes with what an interrupted build left: a report that it moved aside comes back, the rest goes.
    fn clear_up(&self) -> Result<(), Findings> {
        let old = self.work.join("old");
        for entry in fs::read_dir(&old).into_iter().flatten().filter_map(Result::ok) {
            let place = self.output.join(entry.file_name());
            if !place.exists() {
                fs::rename(entry.path(), &place).map_err(|error| self.failed(&place, &error))?;
            }
        }
        for folder in [&self.stage, &old] {
            if folder.exists() {
                fs::remove_dir_all(folder).map_err(|error| self.failed(folder, &error))?;
            }
        }
        Ok(())
    }

    /// A report's place is a real folder or nothing, and so is what the work folder holds: a link would lead what is
    /// written elsewhere.
    fn refuse_foreign_places(&self, reports: &[String]) -> Result<(), Findings> {
        let folders = reports.iter().map(|report| self.output.join(report)).chain([
            self.output.join("assets"),
            self.work.clone(),
            self.stage.clone(),
            self.work.join("old"),
        ]);
        let files = [JOURNAL, LOCK].map(|name| self.work.join(name));
        let is = |path: &Path, kind: fn(&fs::Metadata) -> bool| match fs::symlink_metadata(path) {
            Ok(data) => kind(&data),
            Err(_) => true,
        };
        let mut foreign: Vec<PathBuf> = folders.filter(|path| !is(path, fs::Metadata::is_dir)).collect();
        foreign.extend(files.into_iter().filter(|path| !is(path, fs::Metadata::is_file)));
        stop_at(foreign.iter().map(|path| foreign_file(path)).collect())
    }

    fn refuse_foreign(&self, artifact: &Artifact) -> Result<(), Findings> {
        let path = self.output.join(&artifact.path);
        let is_free =
            self.former.wrote(&artifact.path) || !plain::is_taken(&path) || plain::holds(&path, &artifact.bytes);
        if is_free { Ok(()) } else { Err(vec![foreign_file(&path)]) }
    }

    /// Copies what others put into a report's folder, so that the new folder holds it too. A link cannot be copied
    /// everywhere, so it is left where it is and stops the build.
    fn keep_foreign(&self, reports: &[String]) -> Result<(), Findings> {
        let (stage, former) = (&self.stage, &self.former);
        for report in reports {
            let folder = self.output.join(report);
            if !folder.exists() {
                continue;
            }
            for entry in WalkDir::new(&folder) {
                let entry = entry.map_err(|error| match error.into_io_error() {
                    Some(error) => self.failed(&folder, &error),
                    None => vec![foreign_file(&folder)],
                })?;
                let relative = slashes(entry.path().strip_prefix(self.output).unwrap_or(entry.path()));
                let target = stage.join(&relative);
                if former.wrote(&relative) || target.exists() {
                    continue;
                }
                if entry.file_type().is_dir() {
                    // Folders that hold files of others, or nothing at all, are theirs; ours are made anew.
                    if !former.wrote_into(&relative) {
                        fs::create_dir_all(&target).map_err(|error| self.failed(&target, &error))?;
                    }
                } else if entry.file_type().is_file() {
                    let folder = target.parent().unwrap_or(stage);
                    fs::create_dir_all(folder)
                        .and_then(|()| fs::copy(entry.path(), &target))
                        .map_err(|error| self.failed(entry.path(), &error))?;
                } else {
                    return Err(vec![foreign_file(entry.path())]);
                }
            }
        }
        Ok(())
    }

    /// Removes what an earlier build wrote and this output does not have, unless somebody changed it since.
    fn remove_stale(&self, manifest: &Manifest) -> Result<(), Findings> {
        let now: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        for file in self.former.manifest.files.iter().filter(|file| !now.contains(file.path.as_str())) {
            let path = self.output.join(&file.path);
            if plain::digest_of(&path).is_ok_and(|digest| digest == file.sha256) {
                fs::remove_file(&path).map_err(|error| self.failed(&path, &error))?;
                // Folders go when they are empty, and only then.
                path.ancestors()
                    .skip(1)
                    .take_while(|folder| *folder != self.output)
                    .for_each(|folder| drop(fs::remove_dir(folder)));
            }
        }
        Ok(())
    }

    fn place(&self, from: &Path, to: &Path) -> Result<(), Findings> {
        let folder = to.parent().unwrap_or(self.output);
        fs::create_dir_all(folder).and_then(|()| fs::rename(from, to)).map_err(|error| self.failed(to, &error))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Findings> {
        let folder = path.parent().unwrap_or(&self.work);
        fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes)).map_err(|error| self.failed(path, &error))
    }

    fn failed(&self, path: &Path, error: &io::Error) -> Findings {
        // The staging folder is ours; what a person knows is the place that was to be written.
        let shown = path.strip_prefix(&self.stage).map_or(path.to_owned(), |inner| self.output.join(inner));
        vec![
            Diagnostic::error_nowhere(
                Code::OutputUnwritable,
                format!("{} cannot be written: {}", slashes(&shown), plain_words(error)),
            )
            .help(
                "free the disk, allow writing to the folder or close the program that holds the file, then build again",
            ),
        ]
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        let _writing = writing();
        match self.lock.take() {
            Some(lock) => {
                drop(lock);
                self.traces.clear();
                self.traces.strike();
            }
            // Nothing was begun, or all is done.
            None => self.traces.clear_folders(),
        }
    }
}

fn foreign_file(path: &Path) -> Diagnostic {
    in_the_way(path, "was not written by Tally and stands in the way")
}

fn in_the_way(path: &Path, why: &str) -> Diagnostic {
    let message = format!("{} {why}", slashes(path));
    Diagnostic::error_nowhere(Code::OutputForeign, message).help("move it away, or choose another folder with --output")
}

fn stop_at(findings: Findings) -> Result<(), Findings> {
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}
