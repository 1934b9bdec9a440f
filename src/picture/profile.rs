//! Colours as a picture's profile means them, in those of screens: the profile itself is not published, since a damaged
//! one would harm the PDF.

use image::{DynamicImage, ImageBuffer, Pixel};
use moxcms::{ColorProfile, Layout, TransformOptions};

/// Larger profiles are for print, or no profiles.
const LARGEST: usize = 4 * 1024 * 1024;

/// The picture in sRGB; none where its profile says nothing else, or nothing that can be understood of such a picture.
pub fn in_srgb(picture: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let is_srgb =
        profile.windows(4).any(|name| name == b"sRGB") || profile.windows(8).any(|name| name == b"\0s\0R\0G\0B");
    if is_srgb || profile.len() > LARGEST {
        return None;
    }
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    match picture {
        DynamicImage::ImageRgb8(pixels) => converted(&profile, pixels, Layout::Rgb).map(Into::into),
        DynamicImage::ImageRgba8(pixels) => converted(&profile, pixels, Layout::Rgba).map(Into::into),
        // Grey is measured alike everywhere.
        _ => None,
    }
}

fn converted<P: Pixel<Subpixel = u8>>(
    profile: &ColorProfile,
    pixels: &ImageBuffer<P, Vec<u8>>,
    layout: Layout,
) -> Option<ImageBuffer<P, Vec<u8>>> {
    let screen = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &screen, layout, TransformOptions::default()).ok()?;
    let mut converted = vec![0; pixels.as_raw().len()];
    transform.transform(pixels.as_raw(), &mut converted).ok()?;
    ImageBuffer::from_raw(pixels.width(), pixels.height(), converted)
}
