//! Scripts: which one a letter is of, and a typeface that has it.

use std::ops::RangeInclusive;

/// A script by its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script {
    pub name: &'static str,
    /// A free typeface with its letters.
    pub typeface: &'static str,
}

/// Blocks of Unicode by script, in the order of their letters. Latin is not among them: every typeface has it, and what it
/// lacks of it are single letters.
const BLOCKS: &[(RangeInclusive<u32>, Script)] = &[
    (0x0370..=0x03ff, Script { name: "Greek", typeface: "Noto Sans" }),
    (0x0400..=0x052f, Script { name: "Cyrillic", typeface: "Noto Sans" }),
    (0x0530..=0x058f, Script { name: "Armenian", typeface: "Noto Sans Armenian" }),
    (0x0590..=0x05ff, HEBREW),
    (0x0600..=0x06ff, ARABIC),
    (0x0750..=0x077f, ARABIC),
    (0x08a0..=0x08ff, ARABIC),
    (0x0900..=0x097f, Script { name: "Devanagari", typeface: "Noto Sans Devanagari" }),
    (0x0980..=0x09ff, Script { name: "Bengali", typeface: "Noto Sans Bengali" }),
    (0x0a00..=0x0a7f, Script { name: "Gurmukhi", typeface: "Noto Sans Gurmukhi" }),
    (0x0a80..=0x0aff, Script { name: "Gujarati", typeface: "Noto Sans Gujarati" }),
    (0x0b80..=0x0bff, Script { name: "Tamil", typeface: "Noto Sans Tamil" }),
    (0x0c00..=0x0c7f, Script { name: "Telugu", typeface: "Noto Sans Telugu" }),
    (0x0c80..=0x0cff, Script { name: "Kannada", typeface: "Noto Sans Kannada" }),
    (0x0d00..=0x0d7f, Script { name: "Malayalam", typeface: "Noto Sans Malayalam" }),
    (0x0d80..=0x0dff, Script { name: "Sinhala", typeface: "Noto Sans Sinhala" }),
    (0x0e00..=0x0e7f, Script { name: "Thai", typeface: "Noto Sans Thai" }),
    (0x10a0..=0x10ff, Script { name: "Georgian", typeface: "Noto Sans Georgian" }),
    (0x1100..=0x11ff, HANGUL),
    (0x1200..=0x137f, Script { name: "Ethiopic", typeface: "Noto Sans Ethiopic" }),
    (0x3040..=0x30ff, KANA),
    (0x31f0..=0x31ff, KANA),
    (0x3400..=0x4dbf, HAN),
    (0x4e00..=0x9fff, HAN),
    (0xac00..=0xd7af, HANGUL),
    (0xfb1d..=0xfb4f, HEBREW),
    (0xfb50..=0xfdff, ARABIC),
    (0xfe70..=0xfeff, ARABIC),
    (0x20000..=0x2ffff, HAN),
];

const HEBREW: Script = Script { name: "Hebrew", typeface: "Noto Sans Hebrew" };
const ARABIC: Script = Script { name: "Arabic", typeface: "Noto Naskh Arabic" };
const HANGUL: Script = Script { name: "Korean", typeface: "Noto Sans CJK KR" };
const KANA: Script = Script { name: "Japanese", typeface: "Noto Sans CJK JP" };
/// Two languages write in it, each with shapes of its own, and a third has some of its letters.
const HAN: Script =
    Script { name: "Chinese or Japanese", typeface: "Noto Sans CJK SC for Chinese or Noto Sans CJK JP for Japanese" };

impl Script {
    /// That of a letter; none for Latin ones, for signs, and for scripts that few write in.
    fn of(letter: char) -> Option<Self> {
        let block = BLOCKS.iter().find(|(block, _)| block.contains(&u32::from(letter)));
        block.filter(|_| letter.is_alphabetic()).map(|(_, script)| *script)
    }

    /// That of a letter of a text: a character of Chinese is Japanese among kana, and Korean among Hangul.
    pub fn in_text(letter: char, text: &str) -> Option<Self> {
        let script = Self::of(letter)?;
        let is_there = |wanted: &Script| text.chars().any(|other| Self::of(other).as_ref() == Some(wanted));
        let language = [KANA, HANGUL].into_iter().filter(|_| script == HAN).find(is_there);
        Some(language.unwrap_or(script))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_of_their_script_and_signs_of_none() {
        let of = |letter| Script::of(letter).map(|script| script.name);
        assert_eq!(
            [of('ש'), of('ع'), of('ж'), of('字'), of('か')].map(Option::unwrap),
            ["Hebrew", "Arabic", "Cyrillic", "Chinese or Japanese", "Japanese"]
        );
        assert_eq!([of('ŵ'), of('5'), of('£'), of('٪')], [None; 4]);
    }

    #[test]
    fn a_character_that_several_languages_have_is_of_the_one_whose_letters_stand_beside_it() {
        let name = |letter, text| Script::in_text(letter, text).map(|script| script.name);
        assert_eq!(name('図', "図書館は村に停まる"), Some("Japanese"));
        assert_eq!(name('停', "図書館は村に停まる"), Some("Japanese"));
        assert_eq!(name('國', "대한민국(大韓民國)"), Some("Korean"));
        assert_eq!(name('书', "图书馆有 15 个分馆"), Some("Chinese or Japanese"));
        assert_eq!(name('ж', "книжки 本 の"), Some("Cyrillic"));
        assert_eq!(name('é', "図書館は村"), None);
    }
}
