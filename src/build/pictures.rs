//! The pictures of all reports, made ready to be published.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{Part, Project, Report};
use crate::picture::{self, Rendition};
use crate::source::SourceTree;

/// The files that are published of each picture, by its path in the content folder.
pub type Pictures = BTreeMap<String, Vec<Rendition>>;

/// Makes every picture anew at the sizes that are published. One that cannot be decoded is a finding at its place.
pub fn prepare_pictures(project: &Project, tree: &SourceTree, findings: &mut Findings) -> Pictures {
    let parts = project.reports.iter().flat_map(Report::parts);
    let pictures = parts.filter_map(|part| if let Part::Figure(_, picture) = part { picture.as_ref() } else { None });
    let mut made = Pictures::new();
    for picture in pictures {
        let Some(bytes) = tree.bytes(&picture.path).filter(|_| !made.contains_key(&picture.path)) else { continue };
        match picture::renditions(bytes, picture::WIDTHS) {
            Ok(renditions) => drop(made.insert(picture.path.clone(), renditions)),
            Err(why) => findings.push(
                Diagnostic::error(
                    Code::PictureUnreadable,
                    picture.at,
                    format!("{} cannot be shown: {why}", picture.path),
                )
                .help("open it in a picture program and save it as PNG, JPEG or SVG"),
            ),
        }
        for what in picture::left_out(bytes) {
            let message = format!("{what} is left out of {}", picture.path);
            findings.push(
                Diagnostic::warning(Code::PictureCleaned, picture.at, message)
                    .help("a drawing is published without scripts, photographs and what it would load from elsewhere"),
            );
        }
    }
    made
}
