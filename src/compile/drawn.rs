//! A page of a finished PDF as a picture, drawn from the bytes that would be published.

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use typst::foundations::Bytes;

/// White, as paper is.
const PAPER: [u8; 4] = [255, 255, 255, 255];

/// The page of that number, from 1, as SVG.
pub fn page_as_svg(pdf: &Bytes, number: usize) -> Option<String> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let page = pdf.pages().get(number.checked_sub(1)?)?;
    let settings = SvgRenderSettings { bg_color: PAPER };
    Some(convert(page, &RenderCache::new(), &InterpreterSettings::default(), &settings))
}

/// A page as dots.
pub struct DrawnPage {
    width: u32,
    height: u32,
    /// Red, green and blue of each dot.
    colours: Vec<u8>,
}

/// How well a photograph is kept: no difference is seen where a picture is shown small.
const QUALITY: u8 = 85;

/// The first page, so many dots wide. It is drawn in one step after the other, without a graphics card, and the same page
/// gives the same dots.
pub fn first_page(pdf: &Bytes, dots: u16) -> Option<DrawnPage> {
    let tree = Tree::from_str(&page_as_svg(pdf, 1)?, &Options::default()).ok()?;
    let scale = f32::from(dots) / tree.size().width();
    let height = (tree.size().height() * scale).round() as u32;
    let mut dots = Pixmap::new(u32::from(dots), height)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
    // Paper lies under everything, so that nothing is seen through.
    let colours = dots.data().chunks_exact(4).flat_map(|dot| [dot[0], dot[1], dot[2]]).collect();
    Some(DrawnPage { width: dots.width(), height, colours })
}

impl DrawnPage {
    /// As PNG, for words and shapes.
    pub fn as_png(&self) -> Option<Vec<u8>> {
        let mut png = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
        encoder.write_image(&self.colours, self.width, self.height, ExtendedColorType::Rgb8).ok()?;
        Some(png)
    }

    /// As JPEG, for photographs.
    pub fn as_jpeg(&self) -> Option<Vec<u8>> {
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
        encoder.write_image(&self.colours, self.width, self.height, ExtendedColorType::Rgb8).ok()?;
        Some(jpeg)
    }
}
