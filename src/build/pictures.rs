//! The pictures of all reports, made ready to be published.

use std::collections::BTreeMap;

use typst::text::Font;

use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, Span};
use crate::model::{Picture, unreadable};
use crate::picture::{self, Fault, FaultKind, PictureFault, PublishedPicture, Rendition};
use crate::source::SourceTree;
use crate::source::fonts::can_show;

/// The files that are published of each picture, by its path in the content folder.
#[derive(Default)]
pub struct Pictures(BTreeMap<String, KeptPicture>);

/// A picture as it was read, and what was made of it, so that it is not made again while it stays the same.
struct KeptPicture {
    original: Vec<u8>,
    made: Result<PublishedPicture, PictureFault>,
}

impl Pictures {
    /// Makes every picture anew at the sizes that are published; those that did not change stay. One that cannot be
    /// decoded is a finding at the place that names it, and a fault of a drawing is one at its place in the drawing.
    pub fn prepare<'p>(
        &mut self,
        pictures: impl Iterator<Item = &'p Picture>,
        fonts: &[Font],
        tree: &SourceTree,
        findings: &mut Findings,
    ) {
        let mut former = std::mem::take(&mut self.0);
        for picture in pictures {
            let path = &picture.path;
            if self.0.contains_key(path) {
                continue;
            }
            let Some(bytes) = tree.bytes(path) else { continue };
            let kept = match former.remove(path) {
                Some(kept) if *kept.original == *bytes => kept,
                _ => KeptPicture {
                    original: bytes.to_vec(),
                    made: picture::make(&bytes, picture::WIDTHS, &|character| can_show(fonts, character)),
                },
            };
            match &kept.made {
                Err(why) => findings.push(unreadable(path, picture.at, why)),
                Ok(made) if !made.faults.is_empty() => {
                    let shown = tree.shown(path);
                    let text = String::from_utf8_lossy(&kept.original);
                    findings.extend(faults_of(&made.faults, &shown, &text, picture.at, &tree.sources));
                }
                Ok(made) => findings.extend(made.moves.then(|| moving(path, picture.at))),
            }
            self.0.insert(path.clone(), kept);
        }
    }

    /// The files of one picture.
    pub fn of(&self, path: &str) -> &[Rendition] {
        let made = self.0.get(path).and_then(|kept| kept.made.as_ref().ok());
        made.map_or(&[], |made| &made.renditions)
    }
}

/// A picture that moves, at the place that names it.
fn moving(path: &str, named_at: Span) -> Diagnostic {
    let message = format!("{path} is an animation, of which only the first picture is published");
    Diagnostic::warning(Code::PictureCleaned, named_at, message)
        .help("save the picture that the report should show as a PNG of its own")
}

/// The faults of a drawing, at their places in its text.
fn faults_of(faults: &[Fault], shown: &str, text: &str, named_at: Span, sources: &SourceMap) -> Findings {
    let finding = |fault: &Fault| {
        let at = sources.place(shown, text, fault.at.clone());
        let finding = match fault.kind {
            FaultKind::LeftOut => Diagnostic::warning(Code::PictureCleaned, at, fault.message.as_str()),
            FaultKind::NotAlike => Diagnostic::error(Code::DrawingNotAlike, at, fault.message.as_str()),
            FaultKind::Character => Diagnostic::error(Code::GlyphMissing, at, fault.message.as_str()),
            FaultKind::Unfit => Diagnostic::error(Code::PictureUnreadable, at, fault.message.as_str()),
        };
        finding.help(fault.help).also(named_at, "shown here")
    };
    faults.iter().map(finding).collect()
}
