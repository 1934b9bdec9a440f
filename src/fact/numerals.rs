//! Numbers in words: "five", "forty-two", "fourth".

use std::sync::LazyLock;

use crate::wording::Wording;

/// What English words mean, in the order of the alphabet, from "two" and "third" up.
static MEANINGS: LazyLock<Vec<(String, u64)>> = LazyLock::new(|| {
    let mut all: Vec<(String, u64)> = Wording::english().number_words().collect();
    all.sort_unstable();
    all
});

/// One of the shortest words that mean a number.
const SHORTEST: &str = "two";

/// The number that a word means; "one", "first" and "second" mean too much else to be numbers.
pub fn meant_by(word: &str) -> Option<u64> {
    // Most of what is asked for is shorter.
    if word.len() < SHORTEST.len() {
        return None;
    }
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
        let english = Wording::english();
        for number in 2..100 {
            assert_eq!(meant_by(&english.in_words(number).unwrap()), Some(number), "{number}");
        }
        for number in 3..100 {
            assert_eq!(meant_by(&english.place_in_words(number).unwrap()), Some(number), "{number}");
        }
        assert_eq!(english.in_words(51).as_deref(), Some("fifty-one"));
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(|place| english.place(place)),
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
