//! What rules read in the texts of a language: words for a rise and a fall, for a part of a whole, for totals.
//!
//! They stand under `phrases` in the file of a language. A language may leave out a list, and the rule that looks for its
//! words finds none in texts of that language.

use super::Wording;

/// The lists of phrases, each with what its words say.
pub(super) const LISTS: [&str; 47] = [
    // Claims: parts of a whole, ways that figures went, comparisons.
    "phrases.more-than-half",
    "phrases.large-majority",
    "phrases.nearly-all",
    "phrases.less-than-half",
    "phrases.rose",
    "phrases.fell",
    "phrases.moved-up",
    "phrases.moved-down",
    "phrases.manners",
    "phrases.same",
    "phrases.more",
    "phrases.less",
    "phrases.highest",
    "phrases.lowest",
    "phrases.target",
    "phrases.most-of-many",
    "phrases.of-many",
    "phrases.idioms-after",
    "phrases.idioms-before",
    "phrases.verbs",
    // What stands before figures: from 5 to 7, by 2; and before a percentage that is a change.
    "phrases.from",
    "phrases.to",
    "phrases.from-behind",
    "phrases.compared-with",
    "phrases.by",
    "phrases.changes",
    // Names of totals.
    "phrases.totals",
    "phrases.begins-total",
    // How a sentence says which figure it means.
    "phrases.superlatives",
    "phrases.parts-clauses",
    "phrases.joins-list",
    "phrases.respectively",
    "phrases.next-year",
    "phrases.last-year",
    "phrases.published",
    "phrases.beginning",
    // Units in words behind a figure: those that a figure prints itself, those of counts, and people.
    "phrases.units",
    "phrases.units-of-counts",
    "phrases.people",
    // What texts count, besides by the words for what reports are about, and what may stand before it.
    "phrases.indicators",
    "phrases.directorates",
    "phrases.themes",
    "phrases.deliverables",
    "phrases.outcomes",
    "phrases.before-counted",
    // What is counted, where the word of a rating stands behind it.
    "phrases.before-ratings",
    // Headings of what others supply, under which times stand.
    "phrases.times",
];

impl Wording {
    /// The phrases of a list.
    pub fn phrases(&self, list: &str) -> &[String] {
        self.lists.get(list).map(Vec::as_slice).unwrap_or_default()
    }

    /// The letters of a text with which it begins as one of the phrases of a list, as a whole word; of several the longest.
    pub fn phrase_at<'t>(&self, list: &str, text: &'t str) -> Option<&'t str> {
        let ends = self.phrases(list).iter().filter_map(|phrase| begins_with(text, phrase));
        let is_whole = |end: &usize| !text[*end..].starts_with(char::is_alphanumeric);
        ends.filter(is_whole).max().map(|end| &text[..end])
    }

    /// Whether a text ends with one of the phrases of a list, as a whole word.
    pub fn ends_with_phrase(&self, list: &str, text: &str) -> bool {
        let text = alike(text);
        let is_whole = |rest: &str| !rest.ends_with(char::is_alphanumeric);
        self.phrases(list).iter().any(|phrase| text.strip_suffix(&alike(phrase)).is_some_and(is_whole))
    }

    /// Whether a text is one of the phrases of a list.
    pub fn is_phrase(&self, list: &str, text: &str) -> bool {
        let text = alike(text);
        self.phrases(list).iter().any(|phrase| alike(phrase) == text)
    }

    /// Whether words are those that stand between a part and the number that it is of: "of the", "n =".
    pub fn is_base(&self, words: &str) -> bool {
        let words = with_signs_alike(words);
        self.bases().any(|one| one == words)
    }
}

/// How many letters of a text are a phrase with which it begins, whatever its capitals, apostrophes and spaces.
pub fn begins_with(text: &str, phrase: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in phrase.chars() {
        let (_, letter) = letters.next()?;
        // Most texts begin otherwise, and most letters are plain ones.
        let is_same = match letter.is_ascii() && wanted.is_ascii() {
            true => letter.eq_ignore_ascii_case(&wanted),
            false => sign(letter).to_lowercase().eq(sign(wanted).to_lowercase()),
        };
        if !is_same {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(end, _)| end))
}

/// A text in small letters, with apostrophes and spaces of one kind.
fn alike(text: &str) -> String {
    with_signs_alike(text).to_lowercase()
}

/// Words with apostrophes and spaces of one kind.
pub fn with_signs_alike(words: &str) -> String {
    words.chars().map(sign).collect()
}

fn sign(letter: char) -> char {
    match letter {
        '\'' => '’',
        '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::wording::Wordings;

    /// A list that nobody filled in would leave a rule blind in that language.
    #[test]
    fn every_list_has_phrases_in_the_languages_that_are_built_in() {
        let all = Wordings::default();
        // In these languages other words say it, or none has to.
        let may_be_empty = ["phrases.most-of-many", "phrases.of-many", "phrases.idioms-before", "phrases.from-behind"];
        for tag in ["en", "cy", "fr"] {
            let wording = all.find(tag, None).unwrap();
            // In English the word of a rating stands before what is counted.
            let is_needed = |list: &&&str| match tag {
                "en" => **list != "phrases.before-ratings",
                _ => !may_be_empty.contains(*list),
            };
            for list in LISTS.iter().filter(is_needed) {
                assert!(!wording.phrases(list).is_empty(), "{tag} has no {list}");
            }
        }
    }

    /// A list by a misspelt name is empty, and its rule finds nothing.
    #[allow(clippy::disallowed_methods, reason = "the sources are looked through, no user's files")]
    #[test]
    fn every_list_that_rules_ask_for_is_there_and_every_one_is_asked_for() {
        fn asked_in(folder: &Path, asked: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    asked_in(&path, asked);
                } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("wording/phrases.rs") {
                    let text = fs::read_to_string(&path).unwrap();
                    let names = text.split('"').filter(|name| name.starts_with("phrases."));
                    asked.extend(names.map(str::to_owned));
                }
            }
        }
        let mut asked = BTreeSet::new();
        asked_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut asked);
        assert_eq!(asked, LISTS.iter().map(|list| (*list).to_owned()).collect());
    }

    #[test]
    fn phrases_are_known_whatever_their_capitals_apostrophes_and_spaces() {
        assert_eq!(begins_with("D'après tous", "d’après"), Some("D'après".len()));
        assert_eq!(begins_with("La\u{a0}plupart des", "la plupart"), Some("La\u{a0}plupart".len()));
        assert_eq!(begins_with("la plu", "la plupart"), None);
        let all = Wordings::default();
        let french = all.find("fr", None).unwrap();
        assert!(french.ends_with_phrase("phrases.changes", "Une hausse de") && french.is_base("sur les"));
        assert!(!french.ends_with_phrase("phrases.from", "monde"));
    }
}
