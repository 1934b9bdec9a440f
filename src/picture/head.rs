//! What the heads of PNG and JPEG files say that the decoders pass over.

/// Whether a JPEG lacks its end mark: the decoder would paint grey what is missing.
pub fn is_cut_off(jpeg: &[u8]) -> bool {
    let mut segments = Segments { jpeg, at: 2 };
    // What comes before the scan is passed over by its length: a preview there has an end mark of its own.
    segments.by_ref().for_each(drop);
    !jpeg.get(segments.at..).is_some_and(|scan| scan.windows(2).any(|pair| pair == [0xff, 0xd9]))
}

/// Whether a JPEG has four colours, which are printing inks: how they look only their press knows, and programs do not
/// even agree whether much or little ink is meant.
pub fn has_inks(jpeg: &[u8]) -> bool {
    let is_frame = |mark| matches!(mark, 0xc0..=0xcf) && !matches!(mark, 0xc4 | 0xc8 | 0xcc);
    Segments { jpeg, at: 2 }.any(|(mark, data)| is_frame(mark) && data.get(5) == Some(&4))
}

/// Whether a PNG is an animation (APNG): it says so before its first picture.
pub fn moves(png: &[u8]) -> bool {
    let mut rest = png.get(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk() {
        match after.first_chunk() {
            Some(b"acTL") => return true,
            Some(b"IDAT") | None => return false,
            // Its name and checksum have four bytes each.
            Some(_) => {
                rest = after
                    .get(8..)
                    .and_then(|after| after.get(u32::from_be_bytes(*length) as usize..))
                    .unwrap_or_default()
            }
        }
    }
    false
}

/// The segments of a JPEG before its scan: the mark of each, and its data.
struct Segments<'a> {
    jpeg: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Segments<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        const START_OF_SCAN: u8 = 0xda;
        while let Some([0xff, mark, high, low]) = self.jpeg.get(self.at..).and_then(<[u8]>::first_chunk) {
            match *mark {
                START_OF_SCAN => return None,
                0xff => self.at += 1,
                mark => {
                    let start = self.at + 4;
                    self.at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
                    return Some((mark, self.jpeg.get(start..self.at).unwrap_or_default()));
                }
            }
        }
        None
    }
}
