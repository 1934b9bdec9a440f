//! Pictures: recognised by what they hold, measured, and made anew for the page.
//!
//! In: the bytes of a file. Out: what it is and how large ([`measure`]), or the files to publish ([`renditions`]).
//! These show the picture and tell nothing else: no place, no time, no name of a camera or a person, no script.
//!
//! 1. [`Format::of`] recognises the file by its first bytes; its name does not count.
//! 2. `raster` decodes PNG and JPEG, turns them upright, makes them smaller and encodes them, in the colours that
//!    `profile` understands; `head` knows what the decoders pass over.
//! 3. `vector` writes SVG out again, from lists of what may stay.

mod head;
mod profile;
mod raster;
mod vector;

use thiserror::Error;

pub use vector::{Fault, FaultKind, texts as texts_of_drawing, unseen};

/// Why a file cannot be shown as a picture, in words for who made the report.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PictureFault {
    #[error("the file is no PNG, JPEG or SVG picture")]
    OtherKind,
    #[error("the picture is broken: the file ends too early")]
    CutOff,
    #[error("the picture is broken: its data cannot be read")]
    Damaged,
    #[error("the picture is of a rare kind that cannot be read; open it in a picture editor and save it anew")]
    RareKind,
    #[error("its colours are those of printing inks (CMYK); save it anew in RGB, the colours of screens")]
    Inks,
    #[error("the picture is too large: it has {width} by {height} pixels, more than {} million", MOST_PIXELS / 1_000_000)]
    TooLarge { width: u32, height: u32 },
}

/// Larger pictures are refused before they are decoded: a small file can pretend to be a picture that fills the memory.
pub const MOST_PIXELS: u64 = 64_000_000;

/// The widths in pixels at which pictures are published: for a phone, for a column, and for a screen of high density.
pub const WIDTHS: &[u32] = &[480, 960, 1600];

/// The kinds of pictures that a report may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Png,
    Jpeg,
    Svg,
}

impl Format {
    /// What the bytes are, by how they begin.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Format::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Format::Jpeg)
        } else {
            vector::is_likely(bytes).then_some(Format::Svg)
        }
    }

    /// The ending of the file's name in the output.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Svg => "svg",
        }
    }
}

/// A picture as it is published, in one of its sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Width and height in pixels; those of a drawing are the ones it is meant to have.
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// The format, width and height of a picture that stands upright. Pixels are not decoded, and a drawing that cannot be
/// read is one pixel large: what is wrong in it is told when it is made.
pub fn measure(bytes: &[u8]) -> Result<(Format, u32, u32), PictureFault> {
    let format = Format::of(bytes).ok_or(PictureFault::OtherKind)?;
    let (width, height) = match format {
        Format::Svg => vector::measure(bytes)?,
        Format::Png | Format::Jpeg => raster::measure(bytes, format)?,
    };
    Ok((format, width, height))
}

/// The widths at which a picture of a width is published, smallest first; a drawing fits every width and has one.
pub fn published_widths(format: Format, own: u32) -> Vec<u32> {
    match format {
        Format::Svg => vec![own],
        Format::Png | Format::Jpeg => raster::chosen(WIDTHS, own),
    }
}

/// A picture as it is published, with what is wrong in it if it is a drawing; nothing is published of one that cannot be
/// read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPicture {
    pub renditions: Vec<Rendition>,
    /// Whether the file shows several pictures in turn, of which the first is published.
    pub moves: bool,
    pub faults: Vec<Fault>,
}

/// The picture at each of the widths that is smaller than its own, and at its own or the largest of the widths,
/// whichever is smaller; smallest first. A drawing fits every width and comes once, cleaned; `can_show` says which
/// characters can be printed.
pub fn make(bytes: &[u8], widths: &[u32], can_show: &dyn Fn(char) -> bool) -> Result<PublishedPicture, PictureFault> {
    match Format::of(bytes).ok_or(PictureFault::OtherKind)? {
        Format::Svg => vector::make(bytes, can_show),
        format => Ok(PublishedPicture {
            renditions: raster::renditions(bytes, format, widths)?,
            moves: format == Format::Png && head::moves(bytes),
            faults: Vec::new(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage};
    use proptest::prelude::*;

    use super::*;

    fn renditions(bytes: &[u8], widths: &[u32]) -> Result<Vec<Rendition>, PictureFault> {
        make(bytes, widths, &|_| true).map(|made| made.renditions)
    }

    const DRAWING: &[u8] = br##"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">
        <style>.a { fill: url(#b) }</style><g style="fill:red;stroke:blue"><text class="a">a &amp; b</text></g></svg>"##;

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 99]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn samples() -> Vec<(Format, Vec<u8>)> {
        vec![
            (Format::Png, encoded(ImageFormat::Png)),
            (Format::Jpeg, encoded(ImageFormat::Jpeg)),
            (Format::Svg, DRAWING.to_vec()),
        ]
    }

    #[test]
    fn pictures_are_recognised_and_measured_by_what_they_hold() {
        for (format, bytes) in samples() {
            assert_eq!(measure(&bytes), Ok((format, 40, 30)));
        }
    }

    #[test]
    fn what_is_no_picture_is_told_in_plain_words() {
        for bytes in [&b""[..], b"GIF89a", b"%PDF-1.7", b"<html><p>svg</p></html>", b"<a xmlns='b'><svg/></a>"] {
            assert_eq!(measure(bytes), Err(PictureFault::OtherKind));
            assert_eq!(renditions(bytes, &[800]), Err(PictureFault::OtherKind));
        }
        let large = PictureFault::TooLarge { width: 9000, height: 8000 };
        assert_eq!(large.to_string(), "the picture is too large: it has 9000 by 8000 pixels, more than 64 million");
    }

    #[test]
    fn a_file_that_was_cut_off_is_refused() {
        for (format, bytes) in samples() {
            for end in 16..bytes.len() {
                let made = make(&bytes[..end], &[20], &|_| true);
                let is_refused = made.is_err() || made.is_ok_and(|made| made.renditions.is_empty());
                // A PNG is whole without its last, empty chunk.
                let is_whole = format == Format::Png && end >= bytes.len() - 12;
                assert!(is_refused || is_whole, "{format:?} cut off at {end} of {}", bytes.len());
            }
        }
    }

    #[test]
    fn the_same_picture_gives_the_same_bytes() {
        for (_, bytes) in samples() {
            assert_eq!(renditions(&bytes, &[10, 20]), renditions(&bytes, &[20, 10]));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0_usize..4) {
            let starts: [&[u8]; 4] = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x02", b"<svg xmlns='"];
            let bytes = [starts[start], &bytes].concat();
            let _ = (measure(&bytes), renditions(&bytes, &[20]));
        }

        #[test]
        fn no_damage_makes_it_panic(
            sample in 0_usize..3,
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            end in any::<prop::sample::Index>(),
        ) {
            let (_, mut bytes) = samples().swap_remove(sample);
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let cut = &bytes[..end.index(bytes.len())];
            for bytes in [&bytes[..], cut] {
                if let (Ok((format, width, height)), Ok(made)) = (measure(bytes), renditions(bytes, &[20])) {
                    prop_assert!(made.iter().all(|one| one.width <= width && one.height <= height));
                    prop_assert!(made.iter().all(|one| Format::of(&one.bytes) == Some(format)));
                }
            }
        }

        #[test]
        fn renditions_are_never_larger_than_the_picture(widths in prop::collection::vec(0_u32..60, 0..6)) {
            let made = renditions(&encoded(ImageFormat::Png), &widths).unwrap();
            prop_assert!(made.is_sorted_by(|one, next| one.width < next.width));
            prop_assert!(made.iter().all(|one| (1..=40).contains(&one.width) && (1..=30).contains(&one.height)));
            for one in made {
                prop_assert_eq!(measure(&one.bytes), Ok((Format::Png, one.width, one.height)));
            }
        }
    }
}
