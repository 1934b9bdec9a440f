//! How cells look: their number format, and ink and paper.

use std::collections::BTreeMap;

use super::palette::Palette;
use crate::office::colour::Colour;
use crate::office::number_format::{NumberFormat, built_in, is_from_region};
use crate::office::tags::{Element, Fault};

/// The looks of a workbook.
pub struct Styles {
    pub palette: Palette,
    cells: Vec<Look>,
    conditional: Vec<Change>,
    usual: Look,
}

/// How a cell looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// The code of its number format; none for General.
    pub code: Option<String>,
    pub format: NumberFormat,
    /// The currency or the form of a day is the machine's.
    pub from_region: bool,
    pub ink: Colour,
    /// What the ink may stand on: one colour, or the several of a pattern.
    pub grounds: Vec<Colour>,
    pub is_struck: bool,
}

/// What a conditional format changes of a look.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub format: Option<NumberFormat>,
    pub ink: Option<Colour>,
    pub grounds: Option<Vec<Colour>>,
}

/// The ink of a font.
struct Font {
    ink: Option<Colour>,
    is_struck: bool,
}

impl Look {
    /// Whether what stands in the cell can be seen.
    pub fn is_seen(&self) -> bool {
        is_seen(self.ink, &self.grounds)
    }

    /// Whether it can still be seen after a change.
    pub fn is_seen_with(&self, change: &Change) -> bool {
        is_seen(change.ink.unwrap_or(self.ink), change.grounds.as_ref().unwrap_or(&self.grounds))
    }
}

fn is_seen(ink: Colour, grounds: &[Colour]) -> bool {
    grounds.iter().any(|ground| ink.is_seen_on(*ground))
}

impl Styles {
    pub fn read(text: Option<&str>, mut palette: Palette) -> Result<Styles, Fault> {
        let usual = look("General", 0, &Font { ink: None, is_struck: false }, vec![Colour::WHITE]);
        let Some(text) = text else {
            return Ok(Styles { palette, cells: Vec::new(), conditional: Vec::new(), usual });
        };
        let root = Element::read(text)?;
        let colours = root.child("colors").and_then(|colours| colours.child("indexedColors"));
        colours.into_iter().for_each(|colours| palette.renumber(colours));
        let group = |name: &str| root.child(name).map(|group| group.children.as_slice()).unwrap_or_default();
        let codes = group("numFmts")
            .iter()
            .filter_map(|format| Some((format.number("numFmtId")?, format.attribute("formatCode")?.into_owned())));
        let codes: BTreeMap<u32, String> = codes.collect();
        let fonts: Vec<Font> = group("fonts").iter().map(|font| Font::of(font, &palette)).collect();
        let fills: Vec<Vec<Colour>> = group("fills").iter().map(|fill| grounds(fill, &palette)).collect();
        let cells = group("cellXfs").iter().map(|style| {
            let place = |name: &str| style.number(name).and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
            let id = style.number("numFmtId").unwrap_or_default();
            // A number that means nothing is shown as General by some programs, and not opened by others.
            let code = codes.get(&id).map(String::as_str).or_else(|| built_in(id)).unwrap_or("");
            let font = fonts.get(place("fontId")).unwrap_or(&Font { ink: None, is_struck: false });
            let grounds = fills.get(place("fillId")).cloned().unwrap_or_else(|| vec![Colour::WHITE]);
            look(code, id, font, grounds)
        });
        let cells = cells.collect();
        let conditional = group("dxfs").iter().map(|change| Change::of(change, &palette)).collect();
        Ok(Styles { palette, cells, conditional, usual })
    }

    /// The look of a number; the usual one if there is no such number.
    pub fn look(&self, number: usize) -> &Look {
        self.cells.get(number).unwrap_or(&self.usual)
    }

    /// The change of a number. One that is missing may be anything.
    pub fn change(&self, number: usize) -> Change {
        let unknown = || Change { format: Some(NumberFormat::read(";;;")), ..Change::default() };
        self.conditional.get(number).cloned().unwrap_or_else(unknown)
    }
}

fn look(code: &str, id: u32, font: &Font, grounds: Vec<Colour>) -> Look {
    Look {
        code: (!code.eq_ignore_ascii_case("General")).then(|| code.to_owned()),
        format: NumberFormat::read(code),
        from_region: is_from_region(id),
        ink: font.ink.unwrap_or(Colour::BLACK),
        grounds,
        is_struck: font.is_struck,
    }
}

impl Font {
    fn of(font: &Element, palette: &Palette) -> Font {
        Font {
            ink: font.child("color").and_then(|colour| palette.colour(colour)),
            is_struck: font.child("strike").is_some_and(is_on),
        }
    }
}

/// Whether an element that stands for yes does not say no.
pub fn is_on(element: &Element) -> bool {
    element.attribute("val").is_none_or(|_| element.is("val"))
}

/// What a fill lets ink stand on.
fn grounds(fill: &Element, palette: &Palette) -> Vec<Colour> {
    let stops = fill.descendants().into_iter().filter(|element| element.name() == "color");
    let stops: Vec<Colour> = stops.filter_map(|colour| palette.colour(colour)).collect();
    let colour = |pattern: &Element, name: &str| pattern.child(name).and_then(|colour| palette.colour(colour));
    let Some(pattern) = fill.child("patternFill") else {
        return if stops.is_empty() { vec![Colour::WHITE] } else { stops };
    };
    match pattern.attribute("patternType").as_deref() {
        None | Some("none") => vec![Colour::WHITE],
        Some("solid") => vec![colour(pattern, "fgColor").unwrap_or(Colour::WHITE)],
        Some(_) => vec![
            colour(pattern, "fgColor").unwrap_or(Colour::BLACK),
            colour(pattern, "bgColor").unwrap_or(Colour::WHITE),
        ],
    }
}

impl Change {
    /// What an element of `dxfs` changes. There the colour of a plain fill is that of the background.
    pub fn of(element: &Element, palette: &Palette) -> Change {
        let pattern = element.child("fill").and_then(|fill| fill.child("patternFill"));
        let colour = |name: &str| pattern?.child(name).and_then(|colour| palette.colour(colour));
        let is_none = pattern.and_then(|pattern| pattern.attribute("patternType")).as_deref() == Some("none");
        let ground = colour("bgColor").or_else(|| colour("fgColor")).filter(|_| !is_none);
        Change {
            format: element
                .child("numFmt")
                .map(|format| NumberFormat::read(&format.attribute("formatCode").unwrap_or_default())),
            ink: element.child("font").and_then(|font| Font::of(font, palette).ink),
            grounds: ground.map(|ground| vec![ground]),
        }
    }
}
