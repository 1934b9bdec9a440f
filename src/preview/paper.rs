//! A page of a finished PDF as a picture, drawn from the bytes that would be published.

use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use typst::foundations::Bytes;

/// White, as paper is.
const PAPER: [u8; 4] = [255, 255, 255, 255];

/// The page of that number, from 1, as SVG.
pub fn picture(pdf: &Bytes, number: usize) -> Option<String> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let page = pdf.pages().get(number.checked_sub(1)?)?;
    let settings = SvgRenderSettings { bg_color: PAPER };
    Some(convert(page, &RenderCache::new(), &InterpreterSettings::default(), &settings))
}
