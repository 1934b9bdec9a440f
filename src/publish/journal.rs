//! The journal of a write to several files, so that a program which is killed meanwhile leaves all of them old or all new.
//!
//! It lies in the folder of the files under a hidden name, from before the first new text is written beside its file
//! until the last one stands in its place, and who writes holds it locked. Whoever reads or writes the folder next finds
//! it: while a new text is missing nothing was put in place, and what waits is removed; else the rest is put in place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::interrupt::writing;
use super::manifest::Inside;
use super::plain::{self, Unread};
use super::stop_at;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::{path_in, plain_words, slashes};

/// Its name in the folder.
const JOURNAL: &str = ".tally-writing";

/// Its last line, without which it is not whole.
const END: &str = "end";

/// Stands for the digest of a file that is not there.
const NOTHING: &str = "-";

/// A journal that is held; nobody else writes the folder meanwhile.
pub struct Journal {
    folder: PathBuf,
    path: PathBuf,
    file: File,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its path from the folder, with forward slashes.
    pub path: String,
    /// Digest of what stands there before; none where there is no file.
    pub was: Option<String>,
    /// Digest of what stands there afterwards; none where the file goes.
    pub is: Option<String>,
}

/// Brings a write to an end that was stopped in the middle, by whoever began it; one that is under way is waited for.
pub fn finish(folder: &Path) -> Result<(), Findings> {
    let path = folder.join(JOURNAL);
    if !plain::is_taken(&path) {
        return Ok(());
    }
    let _writing = writing();
    match Journal::open(folder, false) {
        Ok(mut journal) => journal.finish_noted().map(|()| journal.end()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(vec![unwritable(&path, &error)]),
    }
}

impl Journal {
    /// Takes a folder for a write; what an earlier one left there is finished first.
    pub fn begin(folder: &Path) -> Result<Self, Findings> {
        loop {
            let mut journal =
                Self::open(folder, true).map_err(|error| vec![unwritable(&folder.join(JOURNAL), &error)])?;
            journal.finish_noted()?;
            // Who held it before has removed it.
            if plain::is_taken(&journal.path) {
                return Ok(journal);
            }
        }
    }

    fn open(folder: &Path, create: bool) -> io::Result<Self> {
        let path = folder.join(JOURNAL);
        if fs::symlink_metadata(&path).is_ok_and(|data| !data.is_file()) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = OpenOptions::new().read(true).write(true).create(create).truncate(false).open(&path)?;
        match file.lock() {
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            _ => Ok(Self { folder: folder.to_owned(), path, file }),
        }
    }

    /// Notes what will be written, before any of it is.
    pub fn note(&mut self, entries: &[Entry]) -> Result<(), Findings> {
        let lines: String = entries.iter().map(Entry::line).collect();
        let mut noted = || {
            self.file.set_len(0)?;
            self.file.rewind()?;
            self.file.write_all(format!("{lines}{END}\n").as_bytes())?;
            self.file.sync_all()
        };
        noted().map_err(|error| vec![unwritable(&self.path, &error)])
    }

    /// What is noted, as long as all of it is there.
    fn entries(&mut self) -> Vec<Entry> {
        let mut text = String::new();
        let read = self.file.rewind().and_then(|()| self.file.read_to_string(&mut text));
        match text.strip_suffix(&format!("{END}\n")) {
            Some(lines) if read.is_ok() => lines.lines().filter_map(Entry::parse).collect(),
            _ => Vec::new(),
        }
    }

    /// Puts the rest in place where all that is new is there; else removes what waits.
    fn finish_noted(&mut self) -> Result<(), Findings> {
        let entries = self.entries();
        let inside = Inside { output: &self.folder, list: &self.path };
        stop_at(inside.refuse(entries.iter().map(|entry| entry.path.as_str())))?;
        if !entries.iter().all(|entry| entry.is_ready(&self.folder)) {
            entries.iter().for_each(|entry| entry.give_up(&self.folder));
            return Ok(());
        }
        stop_at(entries.iter().filter_map(|entry| entry.changed_since(&self.folder)).collect())?;
        self.put(&entries)
    }

    /// Puts what waits in its place, and removes what goes.
    pub fn put(&self, entries: &[Entry]) -> Result<(), Findings> {
        let unput = |entry: &Entry, error: io::Error| {
            let fault = unwritable(&path_in(&self.folder, &entry.path), &error);
            vec![fault.help("what was to be written waits beside it; the next command of Tally goes on with it")]
        };
        entries.iter().try_for_each(|entry| entry.put(&self.folder).map_err(|error| unput(entry, error)))
    }

    /// The write is at its end, or given up: who waits for the journal finds nothing in it.
    pub fn end(&mut self) {
        let _ = self.file.set_len(0);
        let _ = fs::remove_file(&self.path);
    }
}

impl Entry {
    fn line(&self) -> String {
        let digest = |one: &Option<String>| one.clone().unwrap_or_else(|| NOTHING.to_owned());
        format!("{} {} {}\n", digest(&self.was), digest(&self.is), self.path)
    }

    fn parse(line: &str) -> Option<Self> {
        let digest = |one: &str| (one != NOTHING).then(|| one.to_owned());
        let (was, rest) = line.split_once(' ')?;
        let (is, path) = rest.split_once(' ')?;
        Some(Self { path: path.to_owned(), was: digest(was), is: digest(is) })
    }

    /// Where the new file waits for its place.
    pub fn beside(&self, folder: &Path) -> PathBuf {
        let path = path_in(folder, &self.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!(".{name}.tally"))
    }

    /// Whether the new file waits or stands in its place.
    fn is_ready(&self, folder: &Path) -> bool {
        let is_new = |path: &Path| plain::digest_of(path).is_ok_and(|digest| Some(&digest) == self.is.as_ref());
        self.is.is_none() || is_new(&self.beside(folder)) || is_new(&path_in(folder, &self.path))
    }

    /// What somebody wrote there since, who must not lose it.
    fn changed_since(&self, folder: &Path) -> Option<Diagnostic> {
        let path = path_in(folder, &self.path);
        let stands = match plain::digest_of(&path) {
            Ok(digest) => Some(digest),
            Err(Unread::Missing) => None,
            Err(why) => {
                return Some(Diagnostic::error_nowhere(
                    Code::OutputForeign,
                    format!("{} {}", slashes(&path), why.words()),
                ));
            }
        };
        if stands == self.was || stands == self.is {
            return None;
        }
        let (shown, beside) = (slashes(&path), slashes(&self.beside(folder)));
        let message = format!("{shown} was changed after a command was stopped while it wrote several files");
        let help = match self.is {
            Some(_) => format!(
                "what the command was to write there is {beside}: take what you need of it into {shown}, delete {beside}, and delete {}",
                slashes(&folder.join(JOURNAL))
            ),
            None => {
                format!("the command was to remove it: do so or keep it, and delete {}", slashes(&folder.join(JOURNAL)))
            }
        };
        Some(Diagnostic::error_nowhere(Code::OutputUnwritable, message).help(help))
    }

    pub fn put(&self, folder: &Path) -> io::Result<()> {
        let (path, beside) = (path_in(folder, &self.path), self.beside(folder));
        match &self.is {
            Some(_) if plain::is_taken(&beside) => fs::rename(&beside, &path),
            None if plain::is_taken(&path) => fs::remove_file(&path),
            _ => Ok(()),
        }
    }

    /// Removes what waits.
    pub fn give_up(&self, folder: &Path) {
        if self.is.is_some() {
            let _ = fs::remove_file(self.beside(folder));
        }
    }
}

pub fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("{} cannot be written: {}", slashes(path), plain_words(error));
    Diagnostic::error_nowhere(Code::OutputUnwritable, message)
        .help("free the disk, allow writing to the file or close the program that holds it, then try again")
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::publish::digest;

    /// Three files that are to become others, with one that is new and one that goes.
    fn begun() -> (TempDir, Vec<Entry>) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("report")).unwrap();
        let entry = |path: &str, was: Option<&str>, is: Option<&str>| {
            if let Some(was) = was {
                fs::write(folder.path().join(path), was).unwrap();
            }
            let digest = |text: Option<&str>| text.map(|text| digest(text.as_bytes()));
            Entry { path: path.to_owned(), was: digest(was), is: digest(is) }
        };
        let entries = vec![
            entry("facts.yaml", Some("old facts"), Some("new facts")),
            entry("report/costs.yaml", Some("old costs"), Some("new costs")),
            entry("report/picture.png", Some("old picture"), None),
            entry("report/taken.csv", None, Some("new taken")),
        ];
        (folder, entries)
    }

    /// What stands in the folder, hidden files as well.
    fn standing(folder: &Path) -> Vec<(String, String)> {
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        let path = |entry: &walkdir::DirEntry| slashes(entry.path().strip_prefix(folder).unwrap());
        files.map(|entry| (path(&entry), fs::read_to_string(entry.path()).unwrap())).collect()
    }

    /// A program is killed after each of its steps: all files are as they were before, or as they were to be.
    #[test]
    fn a_write_that_is_killed_leaves_all_old_or_all_new() {
        let texts = [Some("new facts"), Some("new costs"), None, Some("new taken")];
        let mut outcomes = Vec::new();
        for steps in 0..=9 {
            let (folder, entries) = begun();
            let before = standing(folder.path());
            let mut journal = Journal::begin(folder.path()).unwrap();
            let mut left = steps;
            let mut next = || {
                let is_alive = left > 0;
                left -= i32::from(is_alive);
                is_alive
            };
            if next() {
                journal.note(&entries).unwrap();
            }
            for (entry, text) in entries.iter().zip(texts) {
                if let Some(text) = text.filter(|_| next()) {
                    fs::write(entry.beside(folder.path()), text).unwrap();
                }
            }
            for entry in &entries {
                if next() {
                    entry.put(folder.path()).unwrap();
                }
            }
            if next() {
                journal.end();
            }
            drop(journal);
            finish(folder.path()).unwrap();
            let after = standing(folder.path());
            outcomes.push(after == before);
            let new =
                [("facts.yaml", "new facts"), ("report/costs.yaml", "new costs"), ("report/taken.csv", "new taken")];
            let new: Vec<_> = new.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
            assert!(after == before || after == new, "killed after {steps} steps: {after:?}");
        }
        assert_eq!(outcomes, [true, true, true, true, false, false, false, false, false, false]);
    }

    /// A journal of which the last lines are missing says nothing: what it lists was not begun.
    #[test]
    fn half_a_journal_takes_nothing_away() {
        let (folder, entries) = begun();
        let before = standing(folder.path());
        let lines: String = entries[2..3].iter().map(Entry::line).collect();
        for text in [String::new(), lines] {
            fs::write(folder.path().join(JOURNAL), text).unwrap();
            finish(folder.path()).unwrap();
            assert_eq!(standing(folder.path()), before);
        }
    }

    /// What somebody wrote into a file since is not written over, and is told.
    #[test]
    fn a_file_that_was_changed_since_is_left() {
        let (folder, entries) = begun();
        let mut journal = Journal::begin(folder.path()).unwrap();
        journal.note(&entries).unwrap();
        for (entry, text) in entries.iter().zip(["new facts", "new costs", "", "new taken"]) {
            if entry.is.is_some() {
                fs::write(entry.beside(folder.path()), text).unwrap();
            }
        }
        drop(journal);
        fs::write(folder.path().join("facts.yaml"), "facts by hand").unwrap();
        let faults = finish(folder.path()).unwrap_err();
        assert!(faults[0].message.contains("facts.yaml was changed after a command was stopped"), "{faults:?}");
        assert_eq!(fs::read_to_string(folder.path().join("facts.yaml")).unwrap(), "facts by hand");
        assert_eq!(fs::read_to_string(folder.path().join("report/costs.yaml")).unwrap(), "old costs");
    }

    /// A journal may come from anywhere, as with a repository: it leads nowhere out of its folder.
    #[test]
    fn a_journal_leads_nowhere_else() {
        let (folder, _) = begun();
        let inner = folder.path().join("report");
        let costs = digest(b"old facts");
        fs::write(inner.join(JOURNAL), format!("{costs} {NOTHING} ../facts.yaml\n{END}\n")).unwrap();
        assert!(finish(&inner).is_err());
        assert!(folder.path().join("facts.yaml").exists());
    }
}
