//! A font with fewer outlines.
//!
//! Glyphs keep their numbers, so that the tables which say how letters join stay as they are: what is left out are the
//! outlines of glyphs that no text with these letters can reach, which are nearly all of the bytes.

use std::collections::BTreeSet;

use read_fonts::collections::IntSet;
use read_fonts::tables::glyf::Glyph;
use read_fonts::types::{GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};

use super::Table;

/// Outlines of PostScript, which stay as they are: glyphs stand packed in them by what they have in common.
pub const POSTSCRIPT: &[u8; 4] = b"CFF ";

/// What a browser needs of a font, in the order of their names; all else is left out. `loca` is written with `glyf`.
const KEPT: [&[u8; 4]; 16] = [
    POSTSCRIPT, b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"cmap", b"cvt ", b"fpgm", b"gasp", b"glyf", b"hhea", b"hmtx",
    b"maxp", b"name", b"prep", b"post",
];

/// Where the head says that places in `loca` are long, and the flag that a font was written anew.
const LOCA_IS_LONG: usize = 50;
const FLAGS: usize = 16;
const WRITTEN_ANEW: u8 = 0x08;

/// The names of glyphs, which nobody asks for, are left out by this version of `post`; what follows it is kept.
const POST_WITHOUT_NAMES: [u8; 4] = [0, 3, 0, 0];
const POST_HEAD: usize = 32;

/// The tables of a font with the outlines of these letters; with all, where they are those of PostScript.
pub fn tables(font: &[u8], index: u32, letters: &BTreeSet<char>) -> Option<Vec<Table>> {
    let font = FontRef::from_index(font, index).ok()?;
    if font.table_data(Tag::new(b"fvar")).is_some() {
        return None;
    }
    let is_postscript = font.table_data(Tag::new(POSTSCRIPT)).is_some();
    let (outlines, places) = match is_postscript {
        true => Default::default(),
        false => outlines(&font, &reached(&font, letters)?)?,
    };
    let mut head = font.table_data(Tag::new(b"head"))?.as_bytes().to_vec();
    if !is_postscript {
        *head.get_mut(LOCA_IS_LONG + 1)? = 1;
    }
    *head.get_mut(FLAGS)? |= WRITTEN_ANEW;
    let mut tables = vec![Table { tag: *b"head", bytes: head }];
    for tag in KEPT {
        let Some(data) = font.table_data(Tag::new(tag)) else { continue };
        let table = |bytes| Table { tag: *tag, bytes };
        match tag {
            b"glyf" => {
                tables.push(table(outlines.clone()));
                tables.push(Table { tag: *b"loca", bytes: places.clone() });
            }
            b"post" => {
                let kept = data.as_bytes().get(POST_WITHOUT_NAMES.len()..POST_HEAD)?;
                tables.push(table([&POST_WITHOUT_NAMES, kept].concat()));
            }
            _ => tables.push(table(data.as_bytes().to_vec())),
        }
    }
    Some(tables)
}

/// The glyphs that a text with these letters can have: their own, what these become beside each other, and what any of them
/// is put together from. The first one stands for what is missing.
fn reached(font: &FontRef, letters: &BTreeSet<char>) -> Option<IntSet<GlyphId>> {
    let cmap = font.cmap().ok()?;
    let mut glyphs: IntSet<GlyphId> = letters.iter().filter_map(|letter| cmap.map_codepoint(*letter)).collect();
    glyphs.insert(GlyphId::NOTDEF);
    if let Ok(joins) = font.gsub() {
        joins.closure_glyphs(&IntSet::all(), &mut glyphs).ok()?;
    }
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let mut waiting: Vec<GlyphId> = glyphs.iter().collect();
    while let Some(glyph) = waiting.pop() {
        let Ok(Some(Glyph::Composite(composite))) = loca.get_glyf(glyph, &glyf) else { continue };
        for part in composite.components() {
            if glyphs.insert(part.glyph.into()) {
                waiting.push(part.glyph.into());
            }
        }
    }
    Some(glyphs)
}

/// The outlines of these glyphs, and where each begins; all others are empty.
fn outlines(font: &FontRef, glyphs: &IntSet<GlyphId>) -> Option<(Vec<u8>, Vec<u8>)> {
    let loca = font.loca(None).ok()?;
    let all = font.table_data(Tag::new(b"glyf"))?;
    let (mut outlines, mut places) = (Vec::new(), Vec::new());
    for glyph in 0..font.maxp().ok()?.num_glyphs() {
        places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
        if glyphs.contains(GlyphId::from(glyph)) {
            let place = |glyph: usize| usize::try_from(loca.get_raw(glyph)?).ok();
            let glyph = usize::from(glyph);
            outlines.extend(all.as_bytes().get(place(glyph)?..place(glyph + 1)?)?);
            outlines.resize(outlines.len().next_multiple_of(4), 0);
        }
    }
    places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
    Some((outlines, places))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FONT: &[u8] = include_bytes!("../../assets/fonts/SourceSans3_400Regular.ttf");

    fn letters(text: &str) -> BTreeSet<char> {
        text.chars().collect()
    }

    /// Whether a letter has an outline, in the font and in what is left of it.
    fn is_drawn(letter: char, tables: &[Table]) -> [bool; 2] {
        let font = FontRef::from_index(FONT, 0).unwrap();
        let glyph = font.cmap().unwrap().map_codepoint(letter).unwrap().to_u32();
        let loca = font.loca(None).unwrap();
        let own = usize::try_from(glyph).unwrap();
        let is_long = |place: usize| loca.get_raw(place).unwrap();
        let places = &tables.iter().find(|table| &table.tag == b"loca").unwrap().bytes;
        let place = |glyph: usize| &places[glyph * 4..glyph * 4 + 4];
        [is_long(own) != is_long(own + 1), place(own) != place(own + 1)]
    }

    #[test]
    fn letters_that_are_asked_for_are_drawn_and_no_others() {
        let tables = tables(FONT, 0, &letters("aé")).unwrap();
        assert_eq!(is_drawn('a', &tables), [true, true]);
        // It is put together from the letter and its accent.
        assert_eq!(is_drawn('é', &tables), [true, true]);
        assert_eq!(is_drawn('Q', &tables), [true, false]);
        let size = |tag: &[u8; 4]| tables.iter().find(|table| &table.tag == tag).unwrap().bytes.len();
        assert!(size(b"glyf") < 20_000, "{}", size(b"glyf"));
        assert_eq!(size(b"post"), POST_HEAD);
    }

    #[test]
    fn outlines_of_postscript_are_served_as_they_are() {
        let font = include_bytes!("../../tests/fixtures/fonts/TallyBlocks-Regular.otf");
        let own = FontRef::new(font).unwrap();
        let tables = tables(font, 0, &letters("a")).unwrap();
        let served = |tag: &[u8; 4]| tables.iter().find(|table| &table.tag == tag).map(|table| table.bytes.as_slice());
        for tag in [b"CFF ", b"cmap", b"hmtx", b"maxp"] {
            assert_eq!(served(tag), Some(own.table_data(Tag::new(tag)).unwrap().as_bytes()));
        }
        assert_eq!((served(b"glyf"), served(b"loca")), (None, None));
    }

    #[test]
    fn what_is_no_font_is_served_in_no_form() {
        assert_eq!(tables(FONT, 3, &letters("a")), None);
        assert_eq!(tables(b"", 0, &letters("a")), None);
    }

    proptest! {
        #[test]
        fn damage_is_no_panic(at in 0..FONT.len(), damage: [u8; 8]) {
            let mut font = FONT.to_vec();
            let end = font.len().min(at + damage.len());
            font.splice(at..end, damage);
            let _ = tables(&font, 0, &letters("aé"));
        }
    }
}
