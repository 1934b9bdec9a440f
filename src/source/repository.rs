//! Reads the content as it was at a revision of a repository, through the program `git`, which nothing else needs.
//!
//! Nothing is checked out: texts and pictures come out of the repository into memory, and the working folder stays as it
//! is. Only commands are used that change nothing and run no programs of the repository.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::{LARGEST_TEXT, SourceTree, add_content, blob::Blob, is_content_name, slashes, too_large};
use crate::diagnostic::{Code, Diagnostic, Findings};

/// A repository that holds the content.
pub struct Repository {
    content: PathBuf,
    /// The content folder as the repository knows it, with a slash at its end; empty where it is the whole repository.
    prefix: String,
}

/// A revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub id: String,
    /// The first letters of its id.
    pub short: String,
    /// Day and time of the revision where it was made: `2017-06-03`, `09:12`.
    pub day: String,
    pub time: String,
}

/// A file of a revision.
struct Listed {
    /// Its path in the content folder.
    path: String,
    id: String,
    length: u64,
    is_link: bool,
}

impl Repository {
    /// The repository that a content folder lies in.
    pub fn of(content: &Path) -> Result<Self, Box<Diagnostic>> {
        let repository = Self { content: content.to_owned(), prefix: String::new() };
        let prefix = repository.asked(&["rev-parse", "--show-prefix"]).map_err(|why| match why.as_str() {
            why if why.contains("dubious ownership") => refused(format!(
                "git does not read the repository of {}, since its folder belongs to somebody else",
                slashes(content)
            ))
            .help("git says which setting of `safe.directory` allows it"),
            NO_GIT => no_git(),
            _ => refused(format!("{} does not lie in a git repository", slashes(content)))
                .help("keep the content in a repository: `git init`, `git add`, `git commit`"),
        });
        let prefix = prefix.map_err(Box::new)?;
        Ok(Self { prefix: prefix.trim_end_matches(['\n', '\r']).to_owned(), ..repository })
    }

    /// The revision of that name: a tag, a branch, an id, `HEAD~3`.
    pub fn revision(&self, name: &str) -> Result<Revision, Box<Diagnostic>> {
        let commit = format!("{name}^{{commit}}");
        let id = self.asked(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).map_err(|_| {
            Box::new(refused(format!("the repository has no revision `{name}`")).help(
                "write a tag, a branch, the id of a commit or HEAD~1; `git log --oneline` and `git tag` list them",
            ))
        })?;
        self.described(id.trim())
    }

    /// The last commit.
    pub fn last_commit(&self) -> Result<Revision, Box<Diagnostic>> {
        match self.head() {
            Some(id) => self.described(&id),
            None => Err(Box::new(
                refused(format!("the repository of {} has no commit yet", slashes(&self.content)))
                    .help("what changed can be shown once there is one: `git add .`, `git commit`"),
            )),
        }
    }

    /// The id of the last commit, if there is one.
    pub fn head(&self) -> Option<String> {
        let id = self.asked(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok()?;
        Some(id.trim().to_owned())
    }

    /// The last revision before the beginning of a day, as `2017-06-03`.
    pub fn before(&self, day: &str) -> Result<Revision, Box<Diagnostic>> {
        let before = format!("--before={day}T00:00:00");
        let found = self.asked(&["rev-list", "-1", &before, "HEAD"]);
        let id = found.as_deref().map(str::trim).unwrap_or_default();
        match id {
            "" => Err(Box::new(
                refused(format!("the repository has no revision from before {day}"))
                    .help("name a later day, or a revision: `git log --oneline` lists them with `--date=short`"),
            )),
            id => self.described(id),
        }
    }

    /// The last commit that gave the draft of a report its day; of a report that was made final since, the one before that. None
    /// where no draft of it was ever committed.
    pub fn last_draft(&self, folder: &str) -> Result<Option<Revision>, Box<Diagnostic>> {
        let file = format!("{folder}/report.yaml");
        // Programs that a repository names to show its files are not run.
        let quiet = ["log", "-1", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--format=%H", "-G^draft:"];
        let changed = self.asked(&[&quiet[..], &["HEAD", "--", &file]].concat());
        let changed = changed.map_err(|_| Box::new(refused(format!("git cannot tell when {file} was a draft"))))?;
        if changed.trim().is_empty() {
            return Ok(None);
        }
        let of = |name: &str| Some(self.asked(&["rev-parse", "--verify", "--quiet", name]).ok()?.trim().to_owned());
        let candidates = [format!("{}^{{commit}}", changed.trim()), format!("{}~1^{{commit}}", changed.trim())];
        let has_day = |id: &String| {
            let text = self.asked(&["show", "--no-textconv", &format!("{id}:./{file}")]).unwrap_or_default();
            text.lines().any(|line| line.starts_with("draft:"))
        };
        candidates.iter().filter_map(|name| of(name)).find(has_day).map(|id| self.described(&id)).transpose()
    }

    fn described(&self, id: &str) -> Result<Revision, Box<Diagnostic>> {
        let format =
            ["show", "--no-patch", "--no-show-signature", "--format=%h %cd", "--date=format:%Y-%m-%d %H:%M", id];
        let shown = self.asked(&format).map_err(|_| Box::new(refused(format!("git cannot show the revision {id}"))))?;
        let words: Vec<&str> = shown.split_whitespace().collect();
        match words[..] {
            [short, day, time] => {
                Ok(Revision { id: id.to_owned(), short: short.to_owned(), day: day.to_owned(), time: time.to_owned() })
            }
            _ => Err(Box::new(refused(format!("git does not say of when the revision {id} is")))),
        }
    }

    /// Files of the content in which a merge has left two versions; none where no merge is going on.
    pub fn unmerged(&self) -> Option<Vec<String>> {
        self.asked(&["rev-parse", "--verify", "--quiet", "MERGE_HEAD"]).ok()?;
        let listed = self.asked(&["ls-files", "--unmerged", "-z"]).unwrap_or_default();
        let mut paths: Vec<String> = listed
            .split('\0')
            .filter_map(|line| line.split_once('\t'))
            .map(|(_, path)| slashes(&self.content.join(path)))
            .collect();
        paths.dedup();
        Some(paths)
    }

    /// Reads the content of a revision.
    pub fn read(&self, revision: &Revision) -> (SourceTree, Findings) {
        let folder = format!("{}:{}", revision.short, self.prefix.trim_end_matches('/'));
        let mut tree = SourceTree { folder: folder.trim_end_matches(':').to_owned(), ..SourceTree::default() };
        let mut findings = Findings::new();
        let files = match self.listed(revision) {
            Ok(files) => files,
            Err(fault) => {
                findings.push(*fault);
                return (tree, findings);
            }
        };
        let (mut wanted, mut bytes_of) = (Vec::new(), Vec::new());
        for file in files {
            let shown = tree.shown(&file.path);
            if file.is_link {
                let message = format!("{shown} is a link, and what it led to then is not known");
                findings.push(Diagnostic::error_nowhere(Code::OutsideContent, message));
            } else if file.length > LARGEST_TEXT {
                findings
                    .push(Diagnostic::error_nowhere(Code::FileTooLarge, too_large(&shown, file.length, LARGEST_TEXT)));
            } else {
                wanted.push(file.id.clone());
                bytes_of.push(file);
            }
        }
        let contents = self.contents(&wanted);
        if contents.len() != bytes_of.len() {
            findings.push(refused(format!("git does not give out all files of the revision {}", revision.short)));
            return (tree, findings);
        }
        for (file, bytes) in bytes_of.into_iter().zip(contents) {
            let shown = tree.shown(&file.path);
            match file.path.ends_with(".yaml") || file.path.ends_with(".md") {
                true => add_content(&mut tree, &mut findings, file.path, shown, bytes),
                false => drop(tree.blobs.insert(file.path, Blob::of_bytes(shown, bytes))),
            }
        }
        if tree.reports().next().is_none() && findings.is_empty() {
            let message = format!("the revision {} holds no report in {}", revision.short, slashes(&self.content));
            findings.push(Diagnostic::error_nowhere(Code::ContentEmpty, message).help("name a later revision"));
        }
        (tree, findings)
    }

    /// The files of the content at a revision, in the order of their paths.
    fn listed(&self, revision: &Revision) -> Result<Vec<Listed>, Box<Diagnostic>> {
        let listed = self.asked(&["ls-tree", "-r", "-z", "--long", "--full-tree", &revision.id, "--", &self.prefix]);
        // Of the whole repository no path is named.
        let listed = match self.prefix.as_str() {
            "" => self.asked(&["ls-tree", "-r", "-z", "--long", "--full-tree", &revision.id]),
            _ => listed,
        };
        let listed =
            listed.map_err(|_| Box::new(refused(format!("git cannot list the revision {}", revision.short))))?;
        let file = |line: &str| {
            let (about, path) = line.split_once('\t')?;
            let [mode, kind, id, length] = about.split_whitespace().collect::<Vec<_>>()[..] else { return None };
            let path = path.strip_prefix(&self.prefix)?;
            let is_content = kind == "blob" && path.split('/').all(is_content_name);
            is_content.then(|| Listed {
                path: path.to_owned(),
                id: id.to_owned(),
                length: length.parse().unwrap_or_default(),
                is_link: mode == "120000",
            })
        };
        Ok(listed.split('\0').filter_map(file).collect())
    }

    /// The bytes of files, by their ids; fewer where git fails.
    fn contents(&self, ids: &[String]) -> Vec<Vec<u8>> {
        let mut command = self.git(&["cat-file", "--batch"]);
        let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
            return Vec::new();
        };
        let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let stdin = child.stdin.take();
        // What is asked and what is answered may both be longer than a pipe holds.
        let asking = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
        let Ok(answer) = child.wait_with_output() else { return Vec::new() };
        let _ = asking.join();
        let mut rest = &answer.stdout[..];
        let mut all = Vec::new();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let head = String::from_utf8_lossy(&rest[..end]);
            let Some(length) = head.rsplit(' ').next().and_then(|length| length.parse::<usize>().ok()) else { break };
            let Some(bytes) = rest.get(end + 1..end + 1 + length) else { break };
            all.push(bytes.to_vec());
            rest = rest.get(end + length + 2..).unwrap_or_default();
        }
        all
    }

    /// What git answers; what it complains of where it fails.
    fn asked(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.git(arguments).stdin(Stdio::null()).output().map_err(|error| match error.kind() {
            ErrorKind::NotFound => NO_GIT.to_owned(),
            _ => error.to_string(),
        })?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.content).args(arguments);
        // Its words are read, and nobody is there to answer questions.
        command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        command
    }
}

const NO_GIT: &str = "there is no git";

fn no_git() -> Diagnostic {
    refused("the program git is not installed, through which earlier revisions are read".to_owned()).help("install git")
}

fn refused(message: String) -> Diagnostic {
    Diagnostic::error_nowhere(Code::RevisionUnreadable, message)
}
