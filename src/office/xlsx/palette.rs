//! The colours that a workbook names: by themselves, by a number, or by their place in its theme.

use crate::office::colour::Colour;
use crate::office::tags::{Element, Fault};

/// What the numbers of colours mean.
#[derive(Debug, Clone)]
pub struct Palette {
    theme: Vec<Colour>,
    numbered: Vec<Colour>,
}

/// The colours of Excel's palette from number 8 on; those from 0 to 7 are the first eight again.
const NUMBERED: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080,
    0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080,
    0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF,
    0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00,
    0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399,
    0x333333,
];

/// The order in which cells number the colours of a theme.
const THEME_ORDER: [&str; 12] =
    ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"];

/// The colours of the theme that workbooks have had since 2007, in this order.
const USUAL_THEME: [u32; 12] = [
    0xFFFFFF, 0x000000, 0xEEECE1, 0x1F497D, 0x4F81BD, 0xC0504D, 0x9BBB59, 0x8064A2, 0x4BACC6, 0xF79646, 0x0000FF,
    0x800080,
];

impl Palette {
    /// The colours of a theme, or of the usual one.
    pub fn read(theme: Option<&str>) -> Result<Palette, Fault> {
        let mut palette = Palette {
            theme: USUAL_THEME.map(Colour::of).to_vec(),
            numbered: NUMBERED[..8].iter().chain(&NUMBERED).map(|number| Colour::of(*number)).collect(),
        };
        let Some(theme) = theme else { return Ok(palette) };
        let root = Element::read(theme)?;
        let scheme = root.descendants().into_iter().find(|element| element.name() == "clrScheme");
        for (colour, name) in palette.theme.iter_mut().zip(THEME_ORDER) {
            let said = scheme.and_then(|scheme| scheme.child(name)).and_then(|slot| slot.children.first());
            let said = said.and_then(|said| said.attribute("lastClr").or_else(|| said.attribute("val")));
            *colour = said.and_then(|said| Colour::read(&said)).unwrap_or(*colour);
        }
        Ok(palette)
    }

    /// Takes the numbered colours that a workbook has of its own.
    pub fn renumber(&mut self, colours: &Element) {
        for (colour, own) in self.numbered.iter_mut().zip(colours.all("rgbColor")) {
            *colour = own.attribute("rgb").and_then(|rgb| Colour::read(&rgb)).unwrap_or(*colour);
        }
    }

    /// The colour that an element means; none if it leaves it to the program.
    pub fn colour(&self, element: &Element) -> Option<Colour> {
        let place = |name: &str| element.number(name).and_then(|number| usize::try_from(number).ok());
        let colour = match (element.attribute("rgb"), place("theme"), place("indexed")) {
            (Some(rgb), ..) => Colour::read(&rgb)?,
            (None, Some(theme), _) => *self.theme.get(theme)?,
            // The two beyond the palette are ink and paper.
            (None, None, Some(64)) => Colour::BLACK,
            (None, None, Some(65)) => Colour::WHITE,
            (None, None, Some(number)) => *self.numbered.get(number)?,
            (None, None, None) => return None,
        };
        let tint = element.attribute("tint").and_then(|tint| tint.parse::<f64>().ok()).filter(|tint| tint.is_finite());
        Some(tint.map_or(colour, |tint| colour.tinted(tint)))
    }
}
