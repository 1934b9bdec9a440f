//! The pictures of all reports, made ready to be published.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{Picture, unreadable};
use crate::picture::{self, PictureFault, Rendition};
use crate::source::SourceTree;

/// The files that are published of each picture, by its path in the content folder.
#[derive(Default)]
pub struct Pictures(BTreeMap<String, Prepared>);

struct Prepared {
    original: Vec<u8>,
    renditions: Result<Vec<Rendition>, PictureFault>,
    /// What is not published of it, in words.
    left_out: Vec<String>,
}

impl Pictures {
    /// Makes every picture anew at the sizes that are published; those that did not change stay. One that cannot be
    /// decoded is a finding at its place.
    pub fn prepare<'p>(
        &mut self,
        pictures: impl Iterator<Item = &'p Picture>,
        tree: &SourceTree,
        findings: &mut Findings,
    ) {
        let mut former = std::mem::take(&mut self.0);
        for picture in pictures {
            let path = &picture.path;
            let Some(bytes) = tree.bytes(path).filter(|_| !self.0.contains_key(path)) else { continue };
            let prepared = match former.remove(path) {
                Some(prepared) if prepared.original == bytes => prepared,
                _ => Prepared::of(bytes),
            };
            if let Err(why) = &prepared.renditions {
                findings.push(unreadable(path, picture.at, why));
            }
            for what in &prepared.left_out {
                let message = format!("{what} is left out of {path}");
                findings.push(
                    Diagnostic::warning(Code::PictureCleaned, picture.at, message).help(
                        "a drawing is published without scripts, photographs and what it would load from elsewhere",
                    ),
                );
            }
            self.0.insert(path.clone(), prepared);
        }
    }

    /// The files of one picture.
    pub fn of(&self, path: &str) -> &[Rendition] {
        self.0.get(path).and_then(|prepared| prepared.renditions.as_ref().ok()).map_or(&[], Vec::as_slice)
    }
}

impl Prepared {
    fn of(bytes: &[u8]) -> Self {
        Self {
            original: bytes.to_vec(),
            renditions: picture::renditions(bytes, picture::WIDTHS),
            left_out: picture::left_out(bytes),
        }
    }
}
