//! Pictures as they are published.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::copy_editor::{CopyEditor, Words};
use crate::model::values::{Keep, PictureSize};
use crate::model::{CoverPhoto, Figure, Picture};
use crate::picture::{Format, published_widths};

/// Longer names are shortened: disks that are encrypted take no more than 143 bytes, and Windows counts the whole path.
const LONGEST_NAME: usize = 120;

/// The folders, in that of a report, of its own pictures and of the organisation's.
const OWN: &str = "pictures";
const SHARED: &str = "pictures/shared";

/// A picture in its place.
#[derive(Debug, PartialEq, Serialize)]
pub struct PictureView {
    pub caption: Words,
    pub alt: String,
    pub credit: Option<Words>,
    /// How much of the page it takes across: `full`, `half` or `third`.
    pub size: &'static str,
    /// Path in the content folder, and the largest file in the report's folder.
    pub source: String,
    pub file: String,
    /// Every size that is published, the smallest first.
    pub renditions: Vec<RenditionView>,
    /// Its own size, which gives its shape.
    pub width: u32,
    pub height: u32,
    /// Whether it fits every width, and whether it may have no ground of its own.
    pub is_drawing: bool,
    pub needs_ground: bool,
}

/// A published size of a picture.
#[derive(Debug, PartialEq, Serialize)]
pub struct RenditionView {
    pub file: String,
    pub width: u32,
}

/// The picture on a cover.
#[derive(Debug, PartialEq, Serialize)]
pub struct CoverPhotoView {
    /// What it shows; none where it only decorates.
    pub alt: Option<String>,
    /// What of it stays in view where it is cut: `middle`, `top`, `bottom`, `left` or `right`.
    pub keep: &'static str,
    /// Path in the content folder, and the largest file in the report's folder.
    pub source: String,
    pub file: String,
    /// Every size that is published, the smallest first.
    pub renditions: Vec<RenditionView>,
    /// Its own size, which gives its shape.
    pub width: u32,
    pub height: u32,
}

/// The picture on the cover of a report. That of the organisation is published with each report, so that an edition keeps
/// the one that it was published with.
pub fn cover_photo(editor: &CopyEditor, said: &CoverPhoto, picture: &Picture) -> CoverPhotoView {
    let is_shared = !picture.path.contains('/');
    let renditions = renditions(picture, if is_shared { SHARED } else { OWN });
    CoverPhotoView {
        alt: said.alt.as_ref().map(|alt| editor.plain(alt)),
        keep: said.keep.as_ref().map_or(Keep::Middle, |keep| keep.value).word(),
        source: picture.path.clone(),
        file: renditions.last().map_or_else(String::new, |largest| largest.file.clone()),
        renditions,
        width: picture.size.0,
        height: picture.size.1,
    }
}

/// The published sizes of a picture in a folder of the report's.
fn renditions(picture: &Picture, folder: &str) -> Vec<RenditionView> {
    let name = published_name(picture);
    let widths = published_widths(picture.format, picture.size.0);
    widths.iter().map(|width| RenditionView { file: format!("{folder}/{width}/{name}"), width: *width }).collect()
}

/// A picture with its caption.
pub fn picture(editor: &CopyEditor, figure: &Figure, picture: &Picture) -> PictureView {
    let renditions = renditions(picture, OWN);
    PictureView {
        caption: editor.caption(&figure.caption),
        alt: editor.plain(&figure.alt),
        credit: figure.credit.as_ref().map(|text| editor.words(text)),
        size: figure.size.as_ref().map_or(PictureSize::Full, |size| size.value).word(),
        source: picture.path.clone(),
        file: renditions.last().map_or_else(String::new, |largest| largest.file.clone()),
        renditions,
        width: picture.size.0,
        height: picture.size.1,
        is_drawing: picture.format == Format::Svg,
        needs_ground: picture.format != Format::Jpeg,
    }
}

/// The name under which a picture is published: it is part of an address, and says by its ending what the file is.
/// Other characters than small letters, digits, hyphens and full stops are written as numbers between two `_`, so that
/// no two pictures of a report have one name, on any disk. A name that is too long then ends in a number that only it has.
fn published_name(picture: &Picture) -> String {
    let name = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, name)| name);
    let ending = format!(".{}", picture.format.ending());
    let plain = |c: char| match c {
        'a'..='z' | '0'..='9' | '-' | '.' => c.to_string(),
        _ => format!("_{:x}_", u32::from(c)),
    };
    let whole: String = name.chars().map(plain).collect();
    let whole = if name.ends_with(&ending) { whole } else { format!("{whole}_{ending}") };
    if whole.len() <= LONGEST_NAME {
        return whole;
    }
    let digest: String = Sha256::digest(name).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let mut short = String::new();
    for plain in name.chars().map(plain) {
        if short.len() + plain.len() + digest.len() + ending.len() + 2 > LONGEST_NAME {
            break;
        }
        short.push_str(&plain);
    }
    format!("{short}_{digest}_{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};

    fn published(path: &str, format: Format) -> String {
        let at = Span::new(FileId(0), 0..0);
        published_name(&Picture { path: path.to_owned(), at, format, size: (1, 1) })
    }

    /// A name of 255 bytes is a name everywhere, and one of four times as many nowhere.
    #[test]
    fn a_long_name_becomes_one_that_every_disk_takes_and_stays_its_own() {
        assert_eq!(published("example/the-desk.png", Format::Png), "the-desk.png");
        assert_eq!(published("example/old/The desk.JPG", Format::Jpeg), "old_2f__54_he_20_desk._4a__50__47__.jpg");
        let long = "DÉJÀ ŵ".repeat(25);
        let names = ["a", "b"].map(|last| published(&format!("example/{long}{last}.png"), Format::Png));
        assert_ne!(names[0], names[1]);
        for name in names {
            assert!(
                name.len() <= LONGEST_NAME && name.starts_with("_44__c9__4a_") && name.ends_with("_.png"),
                "{name}"
            );
        }
    }
}
