//! Pictures as they are published.

use serde::Serialize;

use super::desk::{Desk, Words};
use crate::model::{Figure, Picture};
use crate::picture::{Format, published_widths};

/// A picture in its place.
#[derive(Debug, PartialEq, Serialize)]
pub struct PictureView {
    pub caption: Words,
    pub alt: String,
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

/// A picture with its caption.
pub fn picture(desk: &Desk, figure: &Figure, picture: &Picture) -> PictureView {
    let file = published_name(picture);
    let widths = published_widths(picture.format, picture.size.0);
    let renditions: Vec<RenditionView> =
        widths.iter().map(|width| RenditionView { file: format!("pictures/{width}/{file}"), width: *width }).collect();
    PictureView {
        caption: desk.words(&figure.caption),
        alt: desk.plain(&figure.alt),
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
/// no two pictures of a report have one name, on any disk.
fn published_name(picture: &Picture) -> String {
    let name = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, name)| name);
    let ending = format!(".{}", picture.format.ending());
    let plain = |c: char| match c {
        'a'..='z' | '0'..='9' | '-' | '.' => c.to_string(),
        _ => format!("_{:x}_", u32::from(c)),
    };
    let plain: String = name.chars().map(plain).collect();
    if name.ends_with(&ending) { plain } else { format!("{plain}_{ending}") }
}
