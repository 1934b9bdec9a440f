//! Names made alike: what two people type for one thing, whichever keys and programs they have.

use std::collections::BTreeSet;

use crate::diagnostic::nearest;

/// The share of words that two names have in common from which on one may be meant by the other.
const MOSTLY: (usize, usize) = (2, 3);

/// A name in the form that those share which are typed for the same thing: blanks, quotation marks, dashes, `&` and capital
/// letters are alike, and so are blanks round a stroke.
pub fn alike(name: &str) -> String {
    let mut letters = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => letters.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => letters.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => letters.push('-'),
            '…' => letters.push_str("..."),
            '&' => letters.push_str(" and "),
            '/' => letters.push_str(" / "),
            // Marks of no width, and the hyphen that is seen at the end of a line alone.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            letter => letters.extend(letter.to_lowercase()),
        }
    }
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name that may be meant by another which none of them is: it has most words in common with it, or nearly all letters.
pub fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let own = words(name);
    let (mut best, mut letters) = (None, Vec::new());
    for one in known {
        let theirs = words(one);
        let shared = 2 * own.intersection(&theirs).count();
        let all = own.len() + theirs.len();
        let is_better = best.is_none_or(|(most, of, _)| shared * of > most * all);
        if all > 0 && shared * MOSTLY.1 >= all * MOSTLY.0 && is_better {
            best = Some((shared, all, one));
        }
        letters.push(one);
    }
    best.map(|(.., one)| one).or_else(|| nearest(name, letters))
}

fn words(name: &str) -> BTreeSet<String> {
    let name = alike(name);
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_people_type_for_one_thing_is_alike() {
        for (one, other) in [
            ("Total  number ", "total number"),
            ("Number & value", "Number and value"),
            ("NHS England’s", "NHS England's"),
            ("(non-clinical – cumulative)", "(non-clinical - cumulative)"),
            ("Childrens\u{a0}CHC", "Childrens CHC"),
            ("announced/unannounced", "announced / unannounced"),
            ("Co\u{ad}ordi\u{200b}nation", "coordination"),
        ] {
            assert_eq!(alike(one), alike(other));
        }
        assert_ne!(alike("Quarter 1"), alike("Quarter 11"));
        assert_ne!(alike("re-sign"), alike("resign"));
    }

    #[test]
    fn a_near_name_is_found_and_a_far_one_is_not() {
        let known = ["Number of visits to providers carried out (cumulative)", "Continuous availability of email"];
        let renamed = "Total number of visits to providers carried out (cumulative) (all sites)";
        assert_eq!(near(renamed, known), Some(known[0]));
        assert_eq!(near("Number of purchase orders raised in advance", known), None);
        assert_eq!(near("Continous availabilty of email", known), Some(known[1]));
    }
}
