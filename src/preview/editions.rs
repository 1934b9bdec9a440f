//! The finished files that browsers are shown, in memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use typst::foundations::Bytes;
use typst::utils::hash128;

use crate::build::{Destination, FinishedReport, Proof};
use crate::compile::PageMark;
use crate::diagnostic::{Findings, SourceMap};
use crate::hold::held;
use crate::publish::{Artifact, Manifest, ManifestFile, Publication};

/// What is shown. Files have the paths that they have in an output folder.
#[derive(Default)]
pub struct ShownEditions(RwLock<Edition>);

/// The files of one edition, and those of the next that are shown already.
#[derive(Clone, Default)]
pub struct Edition {
    pub files: BTreeMap<String, Bytes>,
    pub reports: Vec<ShownReport>,
}

/// A report as it is shown.
#[derive(Debug, Clone)]
pub struct ShownReport {
    pub id: String,
    pub title: String,
    pub marks: Vec<PageMark>,
    /// Whether they are shown before the edition to which they belong is finished.
    pub page_is_proof: bool,
    pub pdf_is_proof: bool,
}

impl Edition {
    /// The [`digest`] of a file that is there.
    pub fn digest(&self, path: &str) -> Option<String> {
        self.files.get(path).map(digest)
    }

    /// The same of all files in a folder.
    pub fn digest_of_folder(&self, folder: &str) -> String {
        let files = self.files.range(folder.to_owned()..).take_while(|(path, _)| path.starts_with(folder));
        format!("{:032x}", hash128(&files.collect::<Vec<_>>()))
    }
}

/// Tells whether two files are the same, within one run of the program.
pub fn digest(bytes: &Bytes) -> String {
    format!("{:032x}", hash128(bytes))
}

impl ShownEditions {
    /// What is shown now.
    pub fn edition(&self) -> RwLockReadGuard<'_, Edition> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The addresses of a report's figures by the numbers that stand for them on its page.
    pub fn marks(&self, report: &str) -> BTreeMap<String, String> {
        let schedule = self.edition().files.get(&format!("{report}/data/figures.csv")).cloned();
        let Some(schedule) = schedule else { return BTreeMap::new() };
        let mut lines = csv::Reader::from_reader(&schedule[..]);
        let Ok(head) = lines.headers().cloned() else { return BTreeMap::new() };
        let column = |name: &str| head.iter().position(|one| one == name);
        let (Some(mark), Some(address)) = (column("mark"), column("address")) else { return BTreeMap::new() };
        let lines = lines.records().filter_map(Result::ok);
        lines
            .filter_map(|line| Some((line.get(mark)?.to_owned(), line.get(address)?.to_owned())))
            .filter(|(mark, _)| !mark.is_empty())
            .collect()
    }

    fn change(&self) -> RwLockWriteGuard<'_, Edition> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the files of a build; `tell` is called with what there is to say before it is finished.
    pub fn destination<T: Fn(Soon) + Sync>(&self, tell: T) -> EditionsDestination<'_, T> {
        EditionsDestination { editions: self, tell, next: Mutex::default(), covered: Mutex::default() }
    }
}

/// What there is to say of an edition before it is finished.
pub enum Soon<'a> {
    /// Everything is checked.
    Found(&'a Findings, &'a SourceMap),
    /// A page or a PDF is shown that was not read back yet.
    Proof,
}

/// The way into what is shown.
pub struct EditionsDestination<'a, T> {
    editions: &'a ShownEditions,
    tell: T,
    /// The edition that is being made.
    next: Mutex<Edition>,
    /// The edition that was shown before there were proofs.
    covered: Mutex<Option<Edition>>,
}

impl<T> EditionsDestination<'_, T> {
    /// Takes back the proofs of a build that came to nothing.
    pub fn end(self) {
        if let Some(former) = self.covered.into_inner().unwrap_or_else(PoisonError::into_inner) {
            *self.editions.change() = former;
        }
    }
}

impl<T: Fn(Soon) + Sync> Destination for EditionsDestination<'_, T> {
    fn open(&mut self, _: &[String]) -> Result<(), Findings> {
        Ok(())
    }

    fn former(&self) -> Manifest {
        Manifest::default()
    }

    fn proof(&self, report: &str, proof: Proof) {
        let mut shown = self.editions.change();
        // A report that was never shown is shown as a whole.
        let Some(place) = shown.reports.iter().position(|known| known.id == report) else { return };
        held(&self.covered).get_or_insert_with(|| shown.clone());
        let Edition { files, reports } = &mut *shown;
        let mut put = |file: &Artifact| files.insert(file.path.clone(), file.bytes.clone());
        match proof {
            Proof::Page { page, beside } => {
                beside.iter().chain([page]).for_each(|file| drop(put(file)));
                reports[place].page_is_proof = true;
            }
            Proof::Pdf { file, marks } => {
                put(file);
                reports[place].marks = marks.to_vec();
                reports[place].pdf_is_proof = true;
            }
        }
        drop(shown);
        (self.tell)(Soon::Proof);
    }

    fn found(&self, findings: &Findings, sources: &SourceMap) {
        (self.tell)(Soon::Found(findings, sources));
    }

    fn report(&self, made: &FinishedReport) -> Result<Vec<ManifestFile>, Findings> {
        let report = ShownReport {
            id: made.report.clone(),
            title: made.title.clone(),
            marks: made.marks.clone(),
            page_is_proof: false,
            pdf_is_proof: false,
        };
        held(&self.next).reports.push(report);
        self.take(&made.files)
    }

    fn take(&self, files: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        held(&self.next).files.extend(files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        Ok(files.iter().map(ManifestFile::without_digest).collect())
    }

    fn close(&mut self, _: Vec<ManifestFile>, publication: &Publication) -> Result<Manifest, Findings> {
        let mut next = std::mem::take(&mut *held(&self.next));
        // Reports are finished in any order, and shown in that of the content.
        next.reports.sort_by_key(|report| publication.reports.iter().position(|id| *id == report.id));
        *self.editions.change() = next;
        *held(&self.covered) = None;
        Ok(Manifest::default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn file(path: &str, text: &'static str) -> Artifact {
        let report = path.split_once('/').map(|(report, _)| report.to_owned());
        Artifact { path: path.to_owned(), bytes: Bytes::new(text), report, pages: None }
    }

    fn mark(digest: u128) -> PageMark {
        PageMark { digest, size: [595.0, 842.0], section: None }
    }

    /// Shows an edition with one report.
    fn finish(
        mut destination: EditionsDestination<impl Fn(Soon) + Sync>,
        page: &'static str,
        pdf: &'static str,
        digest: u128,
    ) {
        let files = vec![file("costs/index.html", page), file("costs/costs.pdf", pdf)];
        let made =
            FinishedReport { report: "costs".to_owned(), title: "Costs".to_owned(), files, marks: vec![mark(digest)] };
        destination.report(&made).unwrap();
        let publication = Publication {
            reports: &["costs".to_owned()],
            inputs: &Default::default,
            review: false,
            known_reports: &[],
        };
        destination.close(Vec::new(), &publication).unwrap();
        destination.end();
    }

    /// The page, the PDF, its only page, and whether the page and the PDF are proofs.
    #[track_caller]
    fn assert_shown(editions: &ShownEditions, page: &str, pdf: &str, digest: u128, proofs: [bool; 2]) {
        let edition = editions.edition();
        let text = |path: &str| edition.files[path].to_str().unwrap().to_string();
        assert_eq!((text("costs/index.html"), text("costs/costs.pdf")), (page.to_owned(), pdf.to_owned()));
        assert_eq!(edition.reports[0].marks, [mark(digest)]);
        assert_eq!([edition.reports[0].page_is_proof, edition.reports[0].pdf_is_proof], proofs);
    }

    #[test]
    fn proofs_are_shown_until_the_edition_is_finished_or_fails() {
        let (editions, told) = (ShownEditions::default(), AtomicUsize::new(0));
        let destination = || editions.destination(|_| _ = told.fetch_add(1, Ordering::Relaxed));
        let show_page = |destination: &dyn Destination, report: &str, text: &'static str| {
            let (page, picture) = (file(&format!("{report}/index.html"), text), file("costs/pictures/a.svg", text));
            destination.proof(report, Proof::Page { page: &page, beside: &[picture] });
        };
        let show_pdf = |destination: &dyn Destination, text: &'static str, digest: u128| {
            let pdf = file("costs/costs.pdf", text);
            destination.proof("costs", Proof::Pdf { file: &pdf, marks: &[mark(digest)] });
        };
        let first = destination();
        show_page(&first, "costs", "page 1");
        assert!(editions.edition().files.is_empty(), "the first edition is shown as a whole");
        finish(first, "page 1", "PDF 1", 1);
        assert_shown(&editions, "page 1", "PDF 1", 1, [false, false]);

        let failing = destination();
        show_page(&failing, "costs", "page 2");
        assert_shown(&editions, "page 2", "PDF 1", 1, [true, false]);
        assert!(editions.edition().files.contains_key("costs/pictures/a.svg"), "a page is shown with its pictures");
        show_pdf(&failing, "PDF 2", 2);
        assert_shown(&editions, "page 2", "PDF 2", 2, [true, true]);
        failing.end();
        assert_shown(&editions, "page 1", "PDF 1", 1, [false, false]);
        assert!(!editions.edition().files.contains_key("costs/pictures/a.svg"));

        let good = destination();
        show_pdf(&good, "PDF 3", 3);
        show_page(&good, "added", "a report that was never shown");
        assert!(!editions.edition().files.contains_key("added/index.html"));
        finish(good, "page 3", "PDF 3", 3);
        assert_shown(&editions, "page 3", "PDF 3", 3, [false, false]);
        assert_eq!(told.into_inner(), 3);
    }

    #[test]
    fn a_folder_has_another_digest_when_a_file_of_it_changes_comes_or_goes() {
        let digest = |files: &[(&str, &'static str)]| {
            let files = files.iter().map(|(path, text)| (path.to_string(), Bytes::new(*text))).collect();
            Edition { files, reports: Vec::new() }.digest_of_folder("costs/pictures/")
        };
        let before = digest(&[("costs/index.html", "a"), ("costs/pictures/a.svg", "a")]);
        assert_eq!(before, digest(&[("costs/index.html", "b"), ("costs/pictures/a.svg", "a"), ("later/a", "a")]));
        assert_ne!(before, digest(&[("costs/pictures/a.svg", "b")]));
        assert_ne!(before, digest(&[("costs/pictures/b.svg", "a")]));
        assert_ne!(before, digest(&[("costs/pictures/a.svg", "a"), ("costs/pictures/b.svg", "a")]));
        assert_ne!(before, digest(&[]));
    }
}
