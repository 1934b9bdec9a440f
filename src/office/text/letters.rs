//! Which letters the bytes of a text file are.

use crate::office::sheet::Unreadable;

/// The text of a file: by its mark, else as UTF-8 if it is that, else as Windows-1252, in which spreadsheets save on Windows.
pub fn decoded(bytes: &[u8], windows_1252: Option<bool>) -> Result<String, Unreadable> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).map(str::to_owned).map_err(|_| no_text()),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ if bytes.contains(&0) => Err(no_text()),
        _ => match (windows_1252, std::str::from_utf8(bytes)) {
            (Some(true), _) | (None, Err(_)) => bytes.iter().map(|byte| western(*byte).ok_or_else(no_text)).collect(),
            (_, Ok(text)) => Ok(text.to_owned()),
            (Some(false), Err(_)) => Err(Unreadable::new(
                "the file is no UTF-8, although that was said of it",
                "save it again as “CSV UTF-8”, or say `encoding: windows-1252`",
            )),
        },
    }
}

/// UTF-16, which spreadsheets call “Unicode text”.
fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
    text.ok().filter(|text| rest.is_empty() && !text.contains('\0')).ok_or_else(no_text)
}

/// A byte of Windows-1252, of which five mean nothing.
fn western(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => Some(HIGH[usize::from(byte - 0x80)]).filter(|letter| *letter != '\0'),
        _ => Some(char::from(byte)),
    }
}

fn no_text() -> Unreadable {
    Unreadable::new("this is no text that a spreadsheet saves", "open it in a spreadsheet, and save it as .xlsx")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saving_gives_the_same_letters() {
        let text = "Café – £5 “n/a”";
        let western: &[u8] = b"Caf\xE9 \x96 \xA35 \x93n/a\x94";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let ways = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            western.to_vec(),
            [b"\xFF\xFE".to_vec(), little].concat(),
            [b"\xFE\xFF".to_vec(), big].concat(),
        ];
        for bytes in ways {
            assert_eq!(decoded(&bytes, None).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [b"a\0b".as_slice(), b"\xFF\xFEa", b"\x81", b"\xEF\xBB\xBF\xFF"] {
            assert!(decoded(bytes, None).is_err(), "{bytes:?}");
        }
        assert!(decoded(b"\xE9", Some(false)).is_err());
    }
}
