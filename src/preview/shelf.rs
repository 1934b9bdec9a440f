//! The finished files that browsers are shown, in memory.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use typst::foundations::Bytes;
use typst::utils::hash128;

use crate::build::{Made, Outlet};
use crate::compile::PageMark;
use crate::diagnostic::Findings;
use crate::publish::{Artifact, Manifest, ManifestFile, Publication};

/// What is shown. Files have the paths that they have in an output folder.
#[derive(Default)]
pub struct Shelf(RwLock<Edition>);

/// The files of one edition.
#[derive(Default)]
pub struct Edition {
    pub files: BTreeMap<String, Bytes>,
    pub reports: Vec<ShownReport>,
    /// Pages that are shown before their PDF is made, with those that they cover; they go when the build fails.
    proofs: Vec<(String, Option<Bytes>)>,
}

/// A report on the shelf.
#[derive(Debug, Clone)]
pub struct ShownReport {
    pub id: String,
    pub title: String,
    pub marks: Vec<PageMark>,
}

impl Edition {
    /// Tells whether two files are the same, within one run of the program.
    pub fn digest(&self, path: &str) -> Option<String> {
        self.files.get(path).map(|bytes| format!("{:032x}", hash128(bytes)))
    }
}

impl Shelf {
    /// What is shown now.
    pub fn edition(&self) -> RwLockReadGuard<'_, Edition> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Edition> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the files of a build; `page_shown` is called when a page is shown before its PDF.
    pub fn outlet<P: Fn() + Sync>(&self, page_shown: P) -> ShelfOutlet<'_, P> {
        ShelfOutlet { shelf: self, page_shown, next: RwLock::default() }
    }
}

/// The way onto the shelf.
pub struct ShelfOutlet<'a, P> {
    shelf: &'a Shelf,
    page_shown: P,
    /// The edition that is being made.
    next: RwLock<Edition>,
}

impl<P> ShelfOutlet<'_, P> {
    /// Takes back the pages of a build that came to nothing.
    pub fn end(self) {
        let mut shown = self.shelf.change();
        let proofs = std::mem::take(&mut shown.proofs);
        for (path, former) in proofs.into_iter().rev() {
            match former {
                Some(bytes) => shown.files.insert(path, bytes),
                None => shown.files.remove(&path),
            };
        }
    }

    fn next(&self) -> RwLockWriteGuard<'_, Edition> {
        self.next.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: Fn() + Sync> Outlet for ShelfOutlet<'_, P> {
    fn open(&mut self, _: &[String]) -> Result<(), Findings> {
        Ok(())
    }

    fn former(&self) -> Manifest {
        Manifest::default()
    }

    fn proof(&self, page: &Artifact) {
        let mut shown = self.shelf.change();
        // The first edition is shown as a whole.
        if shown.files.is_empty() || shown.files.get(&page.path) == Some(&page.bytes) {
            return;
        }
        let former = shown.files.insert(page.path.clone(), page.bytes.clone());
        shown.proofs.push((page.path.clone(), former));
        drop(shown);
        (self.page_shown)();
    }

    fn report(&self, made: &Made) -> Result<Vec<ManifestFile>, Findings> {
        let report = ShownReport { id: made.report.clone(), title: made.title.clone(), marks: made.marks.clone() };
        self.next().reports.push(report);
        self.take(&made.files)
    }

    fn take(&self, files: &[Artifact]) -> Result<Vec<ManifestFile>, Findings> {
        self.next().files.extend(files.iter().map(|file| (file.path.clone(), file.bytes.clone())));
        Ok(files.iter().map(ManifestFile::without_digest).collect())
    }

    fn close(&mut self, _: Vec<ManifestFile>, publication: &Publication) -> Result<Manifest, Findings> {
        let mut next = std::mem::take(&mut *self.next());
        // Reports are finished in any order, and shown in that of the content.
        next.reports.sort_by_key(|report| publication.reports.iter().position(|id| *id == report.id));
        *self.shelf.change() = next;
        Ok(Manifest::default())
    }
}
