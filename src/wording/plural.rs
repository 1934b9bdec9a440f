//! Which of the plural forms of a language stands with a number, by the rules of the Unicode CLDR (version 46).
//!
//! In: a number as it is printed, for `1.0 weeks` are not `1 week`. Out: a category, by which a file of words names the
//! form. The rules are a table of those that languages share; a file says by a tag which of them is its own.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The categories of plural forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

use Category::{Few, Many, One, Other, Two, Zero};

impl Category {
    const NAMES: [(Category, &'static str); 6] =
        [(Zero, "zero"), (One, "one"), (Two, "two"), (Few, "few"), (Many, "many"), (Other, "other")];

    /// The category of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(category, _)| *category)
    }

    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(category, _)| *category == self).map_or("", |(_, name)| name)
    }
}

/// What the rules ask of a number, by the letters of the CLDR: its whole part `i`, and how many decimals are printed `v`.
#[derive(Debug, Clone, Copy)]
struct Operands {
    i: u64,
    v: u32,
    /// Whether it is a whole number, however it is printed.
    is_whole: bool,
}

/// The plural rule of some languages.
#[derive(Debug, Clone, Copy)]
pub struct PluralRule {
    /// Tags of the languages that it is of.
    languages: &'static [&'static str],
    /// The categories that a counted message has forms for.
    pub categories: &'static [Category],
    cardinal: fn(Operands) -> Category,
}

impl PartialEq for PluralRule {
    fn eq(&self, other: &Self) -> bool {
        self.languages == other.languages
    }
}

const RULES: &[PluralRule] = &[
    PluralRule { languages: &["id", "ja", "ko", "ms", "th", "vi", "zh"], categories: &[Other], cardinal: |_| Other },
    PluralRule {
        languages: &["en", "de", "nl", "sv", "fi", "et", "it", "ca", "gl", "sw", "ur", "yi"],
        categories: &[One, Other],
        cardinal: |n| if n.i == 1 && n.v == 0 { One } else { Other },
    },
    PluralRule {
        languages: &["es", "bg", "da", "el", "eo", "eu", "hu", "ka", "nb", "nn", "no", "so", "sq", "ta", "te", "tr"],
        categories: &[One, Other],
        cardinal: |n| if n.is(1) { One } else { Other },
    },
    PluralRule {
        languages: &["fr", "pt", "hy"],
        categories: &[One, Other],
        cardinal: |n| if n.i <= 1 { One } else { Other },
    },
    PluralRule {
        languages: &["hi", "am", "bn", "fa", "gu", "kn", "mr", "pa", "zu"],
        categories: &[One, Other],
        cardinal: |n| if n.i == 0 || n.is(1) { One } else { Other },
    },
    PluralRule {
        languages: &["cs", "sk"],
        categories: &[One, Few, Many, Other],
        cardinal: |n| match n.i {
            _ if n.v > 0 => Many,
            1 => One,
            2..=4 => Few,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["pl"],
        categories: &[One, Few, Many, Other],
        cardinal: |n| match n.i {
            _ if n.v > 0 => Other,
            1 => One,
            i if is_few(i) => Few,
            _ => Many,
        },
    },
    PluralRule {
        languages: &["ru", "be", "uk"],
        categories: &[One, Few, Many, Other],
        cardinal: |n| match n.i {
            _ if n.v > 0 => Other,
            i if is_one(i) => One,
            i if is_few(i) => Few,
            _ => Many,
        },
    },
    PluralRule {
        languages: &["hr", "bs", "sr"],
        categories: &[One, Few, Other],
        cardinal: |n| match n.i {
            _ if n.v > 0 => Other,
            i if is_one(i) => One,
            i if is_few(i) => Few,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["sl"],
        categories: &[One, Two, Few, Other],
        cardinal: |n| match n.i % 100 {
            _ if n.v > 0 => Few,
            1 => One,
            2 => Two,
            3 | 4 => Few,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["lt"],
        categories: &[One, Few, Many, Other],
        cardinal: |n| match (n.i % 10, n.i % 100) {
            _ if !n.is_whole => Many,
            (_, 11..=19) | (0, _) => Other,
            (1, _) => One,
            _ => Few,
        },
    },
    PluralRule {
        languages: &["ro", "mo"],
        categories: &[One, Few, Other],
        cardinal: |n| match (n.i, n.i % 100) {
            _ if n.v > 0 => Few,
            (1, _) => One,
            (0, _) | (_, 1..=19) => Few,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["ga"],
        categories: &[One, Two, Few, Many, Other],
        cardinal: |n| match n.i {
            _ if !n.is_whole => Other,
            1 => One,
            2 => Two,
            3..=6 => Few,
            7..=10 => Many,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["gd"],
        categories: &[One, Two, Few, Other],
        cardinal: |n| match n.i {
            _ if !n.is_whole => Other,
            1 | 11 => One,
            2 | 12 => Two,
            3..=19 => Few,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["cy"],
        categories: &[Zero, One, Two, Few, Many, Other],
        cardinal: |n| match n.i {
            _ if !n.is_whole => Other,
            0 => Zero,
            1 => One,
            2 => Two,
            3 => Few,
            6 => Many,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["ar"],
        categories: &[Zero, One, Two, Few, Many, Other],
        cardinal: |n| match (n.i, n.i % 100) {
            _ if !n.is_whole => Other,
            (0, _) => Zero,
            (1, _) => One,
            (2, _) => Two,
            (_, 3..=10) => Few,
            (_, 11..=99) => Many,
            _ => Other,
        },
    },
    PluralRule {
        languages: &["he"],
        categories: &[One, Two, Other],
        cardinal: |n| match (n.i, n.v) {
            (1, 0) => One,
            (0, 1..) => One,
            (2, 0) => Two,
            _ => Other,
        },
    },
];

/// 1, 21, 31, and not 11.
fn is_one(i: u64) -> bool {
    i % 10 == 1 && i % 100 != 11
}

/// 2, 3, 4, 22, and not 12, 13, 14.
fn is_few(i: u64) -> bool {
    (2..=4).contains(&(i % 10)) && !(12..=14).contains(&(i % 100))
}

impl Operands {
    fn of(number: Decimal) -> Self {
        let number = number.abs();
        Self { i: number.trunc().to_u64().unwrap_or(u64::MAX), v: number.scale(), is_whole: number.fract().is_zero() }
    }

    fn is(self, i: u64) -> bool {
        self.is_whole && self.i == i
    }
}

impl PluralRule {
    /// That of English.
    pub fn english() -> Self {
        RULES[1]
    }

    /// The rule of the language with that tag.
    pub fn named(language: &str) -> Option<Self> {
        RULES.iter().find(|rule| rule.languages.contains(&language)).copied()
    }

    /// The tags of all languages whose rule is known, in the order of the alphabet.
    pub fn known() -> Vec<&'static str> {
        let mut all: Vec<&str> = RULES.iter().flat_map(|rule| rule.languages).copied().collect();
        all.sort_unstable();
        all
    }

    /// The form that stands with a number of things.
    pub fn of(self, number: Decimal) -> Category {
        (self.cardinal)(Operands::of(number))
    }

    /// The form of a place in a row: `1st`, `2nd`. English has four; where other languages have several, a file of words
    /// names the numbers.
    pub fn of_place(self, place: Decimal) -> Category {
        let i = Operands::of(place).i;
        match self.languages.first() {
            Some(&"en") if !(11..=13).contains(&(i % 100)) => match i % 10 {
                1 => One,
                2 => Two,
                3 => Few,
                _ => Other,
            },
            Some(&"fr" | &"ga") if i == 1 => One,
            _ => Other,
        }
    }

    /// The forms of a place in a row.
    pub fn categories_of_places(self) -> &'static [Category] {
        match self.languages.first() {
            Some(&"en") => &[One, Two, Few, Other],
            Some(&"fr" | &"ga") => &[One, Other],
            _ => &[Other],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The categories of numbers in a row.
    fn of(language: &str, numbers: &[&str]) -> String {
        let rule = PluralRule::named(language).unwrap();
        let names = numbers.iter().map(|number| rule.of(number.parse().unwrap()).name());
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_take_the_forms_that_their_language_gives_them() {
        assert_eq!(of("en", &["0", "1", "1.0", "2"]), "other one other other");
        assert_eq!(of("cy", &["0", "1", "2", "3", "4", "6", "9.5"]), "zero one two few other many other");
        assert_eq!(of("fr", &["0", "1", "1.5", "2"]), "one one one other");
        assert_eq!(of("pl", &["1", "2", "5", "12", "22", "1.5"]), "one few many many few other");
        assert_eq!(of("ru", &["1", "11", "21", "3", "5"]), "one many one few many");
        assert_eq!(of("ga", &["1", "2", "6", "10", "11"]), "one two few many other");
        assert_eq!(of("ar", &["0", "2", "3", "11", "100"]), "zero two few many other");
        assert_eq!(PluralRule::named("tlh"), None);
    }

    #[test]
    fn no_language_has_two_rules() {
        let known = PluralRule::known();
        assert!(known.windows(2).all(|pair| pair[0] != pair[1]), "{known:?}");
    }

    proptest! {
        #[test]
        fn every_number_has_a_form_that_its_rule_names(digits in 0_i64..10_000_000, scale in 0_u32..4) {
            let number = Decimal::new(digits, scale);
            for rule in RULES {
                prop_assert!(rule.categories.contains(&rule.of(number)), "{:?} {number}", rule.languages);
                prop_assert!(rule.categories_of_places().contains(&rule.of_place(number)), "{:?} {number}", rule.languages);
            }
        }
    }
}
