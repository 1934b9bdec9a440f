//! Packs the tables of a font as WOFF2 (W3C Recommendation of 8 August 2024), without its transforms of outlines, which save
//! little of a small font.

use std::io::Cursor;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;

use super::Table;
use super::subset::POSTSCRIPT;

const SIGNATURE: &[u8; 4] = b"wOF2";
/// What a font with outlines of TrueType begins with, and one with those of PostScript.
const TRUETYPE: [u8; 4] = [0, 1, 0, 0];
const OPENTYPE: [u8; 4] = *b"OTTO";
/// Length of the header of this format, of that of a font, and of a line of the font's list of tables.
const HEADER: usize = 48;
const FONT_HEADER: usize = 12;
const FONT_LINE: usize = 16;
/// In the list of tables: a tag follows. With that, of tables that could be transformed: this one is not.
const WITH_TAG: u8 = 63;
const AS_IT_IS: u8 = 3 << 6;
/// All further fields of the header, for metadata that there are none of.
const WITHOUT_METADATA: [u8; 24] = [0; 24];

/// The tables in one packed file; none where they are too large.
pub fn packed(tables: &[Table]) -> Option<Vec<u8>> {
    let mut list = Vec::new();
    let mut unpacked = FONT_HEADER + FONT_LINE * tables.len();
    for Table { tag, bytes } in tables {
        let is_transformable = matches!(tag, b"glyf" | b"loca");
        list.push(if is_transformable { WITH_TAG | AS_IT_IS } else { WITH_TAG });
        list.extend(tag);
        list.extend(in_sevens(u32::try_from(bytes.len()).ok()?));
        unpacked += bytes.len().next_multiple_of(4);
    }
    let data = compressed(&tables.iter().flat_map(|table| table.bytes.iter().copied()).collect::<Vec<u8>>())?;
    let length = (HEADER + list.len() + data.len()).next_multiple_of(4);
    let number = |length: usize| Some(u32::try_from(length).ok()?.to_be_bytes());
    let is_postscript = tables.iter().any(|table| table.tag == *POSTSCRIPT);
    let flavour = if is_postscript { OPENTYPE } else { TRUETYPE };
    let mut file = [&SIGNATURE[..], &flavour, &number(length)?].concat();
    file.extend(u16::try_from(tables.len()).ok()?.to_be_bytes());
    file.extend([0, 0]);
    file.extend(number(unpacked)?);
    file.extend(number(data.len())?);
    file.extend(WITHOUT_METADATA);
    file.extend(list);
    file.extend(data);
    file.resize(length, 0);
    Some(file)
}

/// A number in as few bytes as it takes, seven bits in each, of which all but the last have the eighth.
fn in_sevens(number: u32) -> Vec<u8> {
    let places = (1..5).rev().skip_while(|place| number >> (7 * place) == 0);
    let seven = |place: u32| ((number >> (7 * place)) & 0x7f) as u8;
    places.map(|place| seven(place) | 0x80).chain([seven(0)]).collect()
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = BrotliEncoderParams {
        quality: 11,
        mode: BrotliEncoderMode::BROTLI_MODE_FONT,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut Cursor::new(bytes), &mut packed, &settings).ok()?;
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_can() {
        let written = |number: u32| in_sevens(number);
        assert_eq!(written(0), [0]);
        assert_eq!(written(127), [0x7f]);
        assert_eq!(written(128), [0x81, 0]);
        assert_eq!(written(16_384), [0x81, 0x80, 0]);
        assert_eq!(written(u32::MAX), [0x8f, 0xff, 0xff, 0xff, 0x7f]);
    }

    #[test]
    fn what_is_packed_is_unpacked_as_it_was() {
        let table = |tag: &[u8; 4], bytes: &[u8]| Table { tag: *tag, bytes: bytes.to_vec() };
        let file = packed(&[table(b"head", b"12345"), table(b"glyf", &[7; 200])]).unwrap();
        assert_eq!((&file[..4], file.len() % 4, usize::from(file[11])), (&SIGNATURE[..], 0, file.len()));
        // The list: a flag, a tag and a length each, of which the second takes two bytes.
        let list = [&[WITH_TAG][..], b"head", &[5], &[WITH_TAG | AS_IT_IS], b"glyf", &[0x81, 72]].concat();
        assert_eq!(file[HEADER..HEADER + list.len()], list);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut Cursor::new(&file[HEADER + list.len()..]), &mut unpacked).unwrap();
        assert_eq!(unpacked, [b"12345", &[7; 200][..]].concat());
    }
}
