//! Numbers in words: "five", "forty-two", "fourth".

use std::sync::LazyLock;

const SMALL: [&str; 20] = [
    "nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 20] = [
    "noughth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENTHS: [&str; 10] =
    ["", "", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];

/// A number in words, up to a hundred.
pub fn in_words(number: u64) -> Option<String> {
    match number {
        0..20 => Some(SMALL[number as usize].to_owned()),
        20..100 if number.is_multiple_of(10) => Some(TENS[number as usize / 10].to_owned()),
        20..100 => Some(format!("{}-{}", TENS[number as usize / 10], SMALL[number as usize % 10])),
        100 => Some("a hundred".to_owned()),
        _ => None,
    }
}

/// A place in words: "fourth", up to a hundred.
pub fn ordinal_in_words(number: u64) -> Option<String> {
    match number {
        0..20 => Some(ORDINALS[number as usize].to_owned()),
        20..100 if number.is_multiple_of(10) => Some(TENTHS[number as usize / 10].to_owned()),
        20..100 => Some(format!("{}-{}", TENS[number as usize / 10], ORDINALS[number as usize % 10])),
        _ => None,
    }
}

/// A place in digits: "4th".
pub fn ordinal(number: u64) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// What words mean, in the order of the alphabet, from "two" and "third" up.
static MEANINGS: LazyLock<Vec<(String, u64)>> = LazyLock::new(|| {
    let cardinals = (2..100).filter_map(|number| Some((in_words(number)?, number)));
    let ordinals = (3..100).filter_map(|number| Some((ordinal_in_words(number)?, number)));
    let large = [
        ("dozen", 12),
        ("hundred", 100),
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("trillion", 1_000_000_000_000),
    ];
    let mut all: Vec<(String, u64)> =
        cardinals.chain(ordinals).chain(large.map(|(word, number)| (word.to_owned(), number))).collect();
    all.sort_unstable();
    all
});

/// The number that a word means; "one", "first" and "second" mean too much else to be numbers.
pub fn meant_by(word: &str) -> Option<u64> {
    let letters = || word.bytes().map(|byte| byte.to_ascii_lowercase());
    let place = MEANINGS.binary_search_by(|(known, _)| known.bytes().cmp(letters())).ok()?;
    Some(MEANINGS[place].1)
}

/// Words that are numbers and mean no whole one: nothing, and what was multiplied or divided.
const OTHERS: &[&str] = &[
    "nil",
    "zero",
    "nought",
    "twice",
    "thrice",
    "double",
    "doubled",
    "doubles",
    "doubling",
    "treble",
    "trebled",
    "trebles",
    "trebling",
    "triple",
    "tripled",
    "triples",
    "tripling",
    "quadruple",
    "quadrupled",
    "quadrupling",
    "quintupled",
    "half",
    "halves",
    "halve",
    "halved",
    "halving",
    "tens",
];

/// Whether a word in small letters tells a quantity without being a whole number: "nil", "doubled", "tenfold", "thirds",
/// "hundreds".
pub fn is_quantity(word: &str) -> bool {
    let many = |word: &str| word.len() > 2 && meant_by(word).is_some();
    OTHERS.contains(&word)
        || word.strip_suffix("fold").is_some_and(many)
        || word.strip_suffix('s').is_some_and(|one| is_large(one) || (one != "quarter" && is_part(one)))
}

/// "hundred", "million": what another number multiplies.
pub fn is_large(word: &str) -> bool {
    matches!(word, "dozen" | "hundred" | "thousand" | "million" | "billion" | "trillion")
}

/// "third", "tenth", "half", "quarter": parts that one or several are of a whole.
pub fn is_part(word: &str) -> bool {
    matches!(word, "half" | "quarter") || (3..100).contains(&ordinal_meant_by(word))
}

/// The number of an ordinal in words; 0 for other words.
fn ordinal_meant_by(word: &str) -> u64 {
    let is_ordinal = word.ends_with("th") || word.ends_with("third") || word.ends_with("first");
    if is_ordinal { meant_by(word).unwrap_or_default() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_words_is_read_back() {
        for number in (2..20).chain(20..100) {
            assert_eq!(meant_by(&in_words(number).unwrap()), Some(number), "{number}");
        }
        for number in 3..100 {
            assert_eq!(meant_by(&ordinal_in_words(number).unwrap()), Some(number), "{number}");
        }
        assert_eq!(in_words(51).as_deref(), Some("fifty-one"));
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]
        );
        for word in ["nil", "doubled", "tenfold", "thirds", "hundreds", "tenths", "trillions", "halved"] {
            assert!(is_quantity(word), "{word}");
        }
        for word in ["thirdly", "fold", "manifold", "seconds", "halfway", "unfold", "sevens"] {
            assert!(!is_quantity(word), "{word}");
        }
        for word in ["one", "first", "second", "tent", "quarter", "well-known"] {
            assert_eq!(meant_by(word), None, "{word}");
        }
    }
}
