//! Letters of all scripts: which signs belong to a word, which scripts write words without spaces between them, and capitals.
//!
//! What is known of them is read off Unicode: its categories of combining marks, and the break classes of its scripts.

use std::ops::RangeInclusive;

/// Marks that stand on, under or in their letter and are no letters themselves: accents, points, signs that take a vowel
/// away. Those that are vowels count as letters in Unicode and are not among them.
const MARKS: &[RangeInclusive<u32>] = &[
    0x0300..=0x036f,
    0x0483..=0x0489,
    0x0591..=0x05c7,
    0x0610..=0x061a,
    0x064b..=0x065f,
    0x06d6..=0x06ed,
    0x0e47..=0x0e4e,
    0x0ec8..=0x0ecd,
    0x1037..=0x103a,
    0x17c9..=0x17d3,
    0x1ab0..=0x1aff,
    0x1dc0..=0x1dff,
    0x20d0..=0x20ff,
    0x3099..=0x309a,
    0xfe00..=0xfe0f,
    0xfe20..=0xfe2f,
];

/// The scripts of India have blocks of one shape, in which these two places are the dot below and the sign that takes the
/// vowel away.
const INDIC: RangeInclusive<u32> = 0x0900..=0x0dff;
const INDIC_BLOCK: u32 = 0x80;
const INDIC_MARKS: [u32; 2] = [0x3c, 0x4d];
/// The same of two scripts whose blocks have another shape.
const OTHER_INDIC_MARKS: [u32; 3] = [0x0d3b, 0x0dca, 0x0a51];

/// Scripts before it in Unicode have letters that stand by themselves; Hebrew begins here.
const FIRST_OF_OTHERS: char = '\u{590}';

/// They join letters, or part them, within a word.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Thai, Lao, Burmese, Khmer, kana, and the characters of Chinese and Japanese.
const UNSPACED: &[RangeInclusive<u32>] = &[
    0x0e01..=0x0eff,
    0x1000..=0x109f,
    0x1780..=0x17ff,
    0x3005..=0x3007,
    0x3041..=0x30ff,
    0x31f0..=0x31ff,
    0x3400..=0x4dbf,
    0x4e00..=0x9fff,
    0xf900..=0xfaff,
    0xff66..=0xff9f,
    0x20000..=0x3ffff,
];

/// Whether a sign is a part of the word that it stands in: a letter, a digit, a mark on a letter.
pub fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || (!letter.is_ascii() && (is_mark(letter) || JOINERS.contains(&letter)))
}

/// Words that begin with a capital.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether a word may be parted on both sides of it, as those of Latin, Greek and Cyrillic letters may in need; letters of
/// other scripts take their shape from those beside them, or have rules of their own.
pub fn stands_alone(letter: char) -> bool {
    letter.is_alphanumeric() && letter < FIRST_OF_OTHERS
}

/// Whether words are written right beside it, and figures too: "来館者は20,000人".
pub fn is_unspaced(letter: char) -> bool {
    !letter.is_ascii() && is_among(letter, UNSPACED)
}

fn is_mark(letter: char) -> bool {
    let code = u32::from(letter);
    let is_indic = INDIC.contains(&code) && INDIC_MARKS.contains(&(code % INDIC_BLOCK));
    is_indic || OTHER_INDIC_MARKS.contains(&code) || is_among(letter, MARKS)
}

fn is_among(letter: char, blocks: &[RangeInclusive<u32>]) -> bool {
    blocks.iter().any(|block| block.contains(&u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_scripts_are_one() {
        for word in ["अप्रैल", "फ़रवरी", "বাংলাদেশ্", "أُغلقت", "שָׁלוֹם", "o\u{302}l", "เก็บ", "می‌خواهم", "ഇന്ത്യൻ", "ශ්‍රී"]
        {
            assert!(word.chars().all(is_of_a_word), "{word}");
        }
        assert!(!"।،。、–%£ \u{200b}\u{2060}".chars().any(is_of_a_word));
    }

    #[test]
    fn scripts_without_spaces_are_known() {
        assert!("来館者はカード々〇ไทย".chars().all(is_unspaced));
        assert!(!"aж한אع5％。、".chars().any(is_unspaced));
        assert!("aé5ж".chars().all(stands_alone) && !"אعनि来-\u{301}".chars().any(stands_alone));
    }
}
