//! What Tally itself says: every word that it prints and no content holds, in each language.
//!
//! In: the files of words, those that are built in and those of a folder `languages` beside the content, which say key by
//! key what is worded otherwise. Out: a [`Wording`] for a language, which says messages with what they are about and
//! writes numbers, days and lists. `plural` knows which form stands with a number, `message` has the words of one place,
//! `terms` the words for what reports are about, `written` writes numbers and times, `phrases` has what rules read in texts,
//! and `read` reads a file. What rules find, and what the command line says, is English.

mod message;
mod phrases;
mod plural;
mod read;
mod terms;
mod written;

pub use message::{Counted, Said, Stretch};
pub use phrases::{begins_with, with_signs_alike};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span};
use crate::yaml::{self, Node};
use message::{Message, Pattern};
use plural::PluralRule;
use terms::Terms;

/// The files of words that are built in, by the tag of their language; each is read when it is first asked for. The first
/// is the one that the others follow.
static BUILT_IN: [(&str, LazyLock<Arc<Wording>>); 3] = [
    ("en-GB", LazyLock::new(|| built_in(TEXTS[0], None))),
    ("cy", LazyLock::new(|| built_in(TEXTS[1], Some(Wording::english())))),
    ("fr", LazyLock::new(|| built_in(TEXTS[2], Some(Wording::english())))),
];

const TEXTS: [&str; 3] = [
    include_str!("../../languages/en-GB.yaml"),
    include_str!("../../languages/cy.yaml"),
    include_str!("../../languages/fr.yaml"),
];

/// What Tally says in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    /// What is said, as the files have it, and with the words for what reports are about.
    patterns: BTreeMap<String, Message>,
    messages: BTreeMap<String, Message>,
    terms: Terms,
    plurals: PluralRule,
    numbers: Numbers,
    lists: BTreeMap<&'static str, Vec<String>>,
    /// Words that mean a number besides those in which it is written.
    also: BTreeMap<String, u64>,
    /// Words round numbers, in small letters, with the English ones by which rules know dates, names and units.
    read_as: BTreeMap<String, String>,
    /// What is no English, in small letters, with the English that means the same: numbers in words, places in digits,
    /// months, and words round numbers.
    readings: BTreeMap<String, String>,
}

/// A piece of what is said: words of a message, or what stands in its places.
pub trait Spoken {
    fn said(words: &str) -> Self;

    /// The same for those who listen alone.
    fn heard(self) -> Self;
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    /// Between thousands, and before decimals.
    group: String,
    decimal: String,
}

/// The wordings of a project: those that are built in, and those that its own files say, by the tag of their language.
#[derive(Debug, Clone, Default)]
pub struct Wordings(BTreeMap<String, Arc<Wording>>);

/// A built-in file, of which a test says that it has no faults.
fn built_in(text: &str, reference: Option<&Wording>) -> Arc<Wording> {
    let node = yaml::parse(FileId(0), text).ok();
    let read = node.and_then(|node| read::wording(&node, None, reference, &mut Findings::new()));
    Arc::new(read.unwrap_or_else(|| Wording {
        patterns: BTreeMap::new(),
        messages: BTreeMap::new(),
        terms: Terms::default(),
        plurals: PluralRule::english(),
        numbers: Numbers { group: ",".to_owned(), decimal: ".".to_owned() },
        lists: BTreeMap::new(),
        also: BTreeMap::new(),
        read_as: BTreeMap::new(),
        readings: BTreeMap::new(),
    }))
}

impl Wordings {
    /// Those that are built in, and over them what the files of a project say, each with the tag that its name is.
    pub fn of<'n>(files: impl IntoIterator<Item = (&'n str, &'n Node)>, findings: &mut Findings) -> Self {
        let mut all = Self::default();
        for (tag, node) in files {
            let (language, region) =
                tag.split_once('-').map_or((tag, None), |(language, region)| (language, Some(region)));
            if !(2..=3).contains(&language.len()) || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let at = Span { end: node.at.start + 1, ..node.at };
                let message = format!("`{tag}` is no tag of a language");
                let help = "name the file by the tag that reports give as their language: cy.yaml, en-GB.yaml";
                findings.push(Diagnostic::error(Code::WrongValue, at, message).help(help));
                continue;
            }
            let under = all.find(language, region).cloned();
            if let Some(wording) = read::wording(node, under.as_deref(), Some(Wording::english()), findings) {
                all.0.insert(tag.to_owned(), Arc::new(wording));
            }
        }
        all
    }

    /// The words for a language: those of its tag; else those of the language in all regions, `cy` for `cy-GB`; else those
    /// of another region, `en-GB` for `en-IE`.
    pub fn find(&self, language: &str, region: Option<&str>) -> Option<&Arc<Wording>> {
        let exactly = region.and_then(|region| self.get(&format!("{language}-{region}")));
        let of_another = || {
            let is_of_language = |tag: &&str| tag.strip_prefix(language).is_some_and(|rest| rest.starts_with('-'));
            self.tags().find(is_of_language).and_then(|tag| self.get(tag))
        };
        exactly.or_else(|| self.get(language)).or_else(of_another)
    }

    fn get(&self, tag: &str) -> Option<&Arc<Wording>> {
        let built_in = || BUILT_IN.iter().find(|(known, _)| *known == tag).map(|(_, wording)| &**wording);
        self.0.get(tag).or_else(built_in)
    }

    /// The tags of the languages that there are words for, in the order of the alphabet.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags: BTreeSet<&str> =
            self.0.keys().map(String::as_str).chain(BUILT_IN.iter().map(|(tag, _)| *tag)).collect();
        tags.into_iter()
    }
}

impl Wording {
    /// The words of British English, in which findings are told too.
    pub fn english() -> &'static Arc<Self> {
        &BUILT_IN[0].1
    }

    /// Whether there is a message of that name. Every name that the program or a built-in template asks for is one of the
    /// English file's, which a test holds.
    pub fn knows(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// What a record of an edition says in English words, in the words of this language: the message of the group that is
    /// named by these words, `values.cover.dark-blue` for "Dark blue". None where there is no such message.
    pub fn told(&self, group: &str, english: &str) -> Option<String> {
        let words = english.to_lowercase().replace('\'', "");
        let words: Vec<&str> =
            words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let key = format!("{group}.{}", words.join("-"));
        self.knows(&key).then(|| self.say(&key, &[]))
    }

    /// What a word means of what reports are about, in small letters and by its name in the files: `indicator` for
    /// "measures", where indicators are called so.
    pub fn meaning(&self, word: &str) -> Option<&str> {
        self.terms.meaning(word)
    }

    /// The stretches of a message, in the form that stands with what was counted.
    pub fn stretches(&self, key: &str, counted: Option<Counted>) -> &[Stretch] {
        self.pattern(key, counted).map(Pattern::stretches).unwrap_or_default()
    }

    /// A message with what stands in its places.
    pub fn say(&self, key: &str, fills: &[(&str, &str)]) -> String {
        self.filled(key, None, fills)
    }

    /// A message in the form that stands with so many things.
    pub fn say_of(&self, count: impl Into<Decimal>, key: &str, fills: &[(&str, &str)]) -> String {
        self.filled(key, Some(Counted::Things(count.into())), fills)
    }

    fn filled(&self, key: &str, counted: Option<Counted>, fills: &[(&str, &str)]) -> String {
        self.pattern(key, counted).map_or_else(|| key.to_owned(), |pattern| pattern.filled(fills))
    }

    fn pattern(&self, key: &str, counted: Option<Counted>) -> Option<&Pattern> {
        self.messages.get(key)?.form(counted, self.plurals)
    }

    /// The pieces of a message, with the pieces that stand in its places.
    pub fn pieces<T: Spoken>(
        &self,
        key: &str,
        counted: Option<Counted>,
        fills: impl IntoIterator<Item = (&'static str, Vec<T>)>,
    ) -> Vec<T> {
        let mut fills: Vec<(&str, Vec<T>)> = fills.into_iter().collect();
        let mut all = Vec::new();
        for stretch in self.stretches(key, counted) {
            let pieces = match &stretch.what {
                Said::Words(words) | Said::Term(words) => vec![T::said(words)],
                Said::Place(name) => {
                    let fill = fills.iter_mut().find(|(known, _)| known == name);
                    fill.map(|(_, pieces)| std::mem::take(pieces)).unwrap_or_default()
                }
            };
            all.extend(pieces.into_iter().map(|piece| if stretch.is_heard { piece.heard() } else { piece }));
        }
        all
    }

    /// Lists of pieces one after the other, parted by the messages for the next one and for the last.
    pub fn list_of<T: Spoken>(&self, (more, last): (&str, &str), items: impl IntoIterator<Item = Vec<T>>) -> Vec<T> {
        let mut items = items.into_iter().peekable();
        let mut all = items.next().unwrap_or_default();
        while let Some(next) = items.next() {
            let key = if items.peek().is_some() { more } else { last };
            all = self.pieces(key, None, [("list", all), ("next", next)]);
        }
        all
    }

    /// Texts one after the other, parted as in running text: "6 green, 2 amber".
    pub fn listed<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        self.joined("list.more", "list.more", items)
    }

    /// Texts as sentences name them: "one", "one and two", "one, two and three".
    pub fn and<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        self.joined("list.more", "list.last", items)
    }

    /// Clauses one after the other: "Loans: 5; visits: 7".
    pub fn clauses<S: AsRef<str>>(&self, items: impl IntoIterator<Item = S>) -> String {
        self.joined("list.clauses", "list.clauses", items)
    }

    fn joined<S: AsRef<str>>(&self, more: &str, last: &str, items: impl IntoIterator<Item = S>) -> String {
        let mut items = items.into_iter().peekable();
        let mut all = items.next().map(|first| first.as_ref().to_owned()).unwrap_or_default();
        while let Some(next) = items.next() {
            let key = if items.peek().is_some() { more } else { last };
            all = self.say(key, &[("list", &all), ("next", next.as_ref())]);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_have_no_faults_and_say_everything() {
        for ((tag, _), text) in BUILT_IN.iter().zip(TEXTS) {
            let node = yaml::parse(FileId(0), text).unwrap_or_else(|faults| panic!("{tag}: {faults:?}"));
            let mut findings = Findings::new();
            let reference = (*tag != "en-GB").then(|| &**Wording::english());
            let wording = read::wording(&node, None, reference, &mut findings);
            assert!(findings.is_empty(), "{tag}: {findings:#?}");
            assert_eq!(wording.map(|one| one.messages.len()), Some(Wording::english().messages.len()), "{tag}");
        }
    }

    /// What records keep in English is found by these words, and two of one field are never told alike.
    #[test]
    fn what_records_keep_is_found_by_its_english_words() {
        let english = Wording::english();
        let of_records = |key: &&String| key.starts_with("values.") || key.starts_with("follows.");
        let keys: Vec<&String> = english.messages.keys().filter(of_records).collect();
        assert!(keys.len() > 40, "{keys:?}");
        for key in &keys {
            let (group, words) = (key.rsplit_once('.').unwrap().0, english.say(key, &[]));
            assert_eq!(english.told(group, &words), Some(words), "{key}");
        }
        let all = Wordings::default();
        for tag in ["cy", "fr"] {
            let own = all.find(tag, None).unwrap();
            for group in keys.chunk_by(|one, next| one.rsplit_once('.').unwrap().0 == next.rsplit_once('.').unwrap().0)
            {
                let told: BTreeSet<String> = group.iter().map(|key| own.say(key, &[])).collect();
                assert_eq!(told.len(), group.len(), "{tag}: {told:?}");
            }
        }
    }

    /// A message that was copied and not translated would be read as English in the middle of another language.
    #[test]
    fn what_stands_in_another_language_as_in_english_is_a_word_of_both() {
        const OF_BOTH: [(&str, &[&str]); 2] = [
            ("cy", &["report.csv", "fields.label", "fields.term"]),
            (
                "fr",
                &[
                    "unit.minutes",
                    "file.pages",
                    "report.csv",
                    "workbook.notes",
                    "data.note",
                    "numbered.figure",
                    "numbered.section-alone",
                    "numbered.see-figure",
                    "numbered.see-section",
                    "notes.note",
                    "kinds.contact",
                    "kinds.note",
                    "kinds.organisation",
                    "kinds.point",
                    "kinds.section",
                    "fields.description",
                    "fields.introduction",
                    "fields.licence",
                    "fields.note",
                    "fields.organisation",
                    "parts.contacts",
                    "values.is.total",
                    "values.list-of.figures",
                    "changes.note",
                    "changes.page",
                    "changes.points",
                ],
            ),
        ];
        // Signs, what programs ask for, and the names of a law's bodies.
        let is_no_word = |key: &str| {
            ["number.", "scale.", "writing.", "statement.service"].iter().any(|group| key.starts_with(group))
        };
        let english = Wording::english();
        for (tag, of_both) in OF_BOTH {
            let all = Wordings::default();
            let own = &all.find(tag, None).unwrap().patterns;
            let has_words = |key: &str| {
                let stretches = english.stretches(key, Some(Counted::Things(Decimal::ONE)));
                let words = stretches
                    .iter()
                    .filter_map(|one| if let Said::Words(words) = &one.what { Some(words) } else { None });
                words.flat_map(|words| words.split(|c: char| !c.is_alphabetic())).any(|word| word.len() > 2)
            };
            let alike = |key: &&String| own.get(*key) == english.patterns.get(*key) && has_words(key);
            let left: Vec<&String> = english.patterns.keys().filter(alike).filter(|key| !is_no_word(key)).collect();
            assert_eq!(
                left.into_iter().map(String::as_str).collect::<BTreeSet<_>>(),
                of_both.iter().copied().collect(),
                "{tag}"
            );
        }
    }

    /// What is not in quotation marks prints the signs that stand for others: `\_`.
    #[test]
    fn no_message_prints_a_backslash() {
        let all = Wordings::default();
        for tag in ["en", "cy", "fr"] {
            let wording = all.find(tag, None).unwrap();
            for (key, pattern) in &wording.patterns {
                assert!(!format!("{pattern:?}").contains("\\\\"), "{tag}: {key} prints a backslash");
            }
        }
    }

    #[test]
    fn lists_are_parted_as_sentences_part_them() {
        let english = Wording::english();
        assert_eq!(english.and(["one"; 0]), "");
        assert_eq!(english.and(["one", "two"]), "one and two");
        assert_eq!(english.and(["one", "two", "three"]), "one, two and three");
        assert_eq!(english.listed(["one", "two", "three"]), "one, two, three");
    }

    #[test]
    fn a_language_is_found_by_its_tag_or_without_its_region() {
        let all = Wordings::default();
        assert!(all.find("cy", Some("GB")).is_some() && all.find("cy", None).is_some());
        assert_eq!(all.find("en", None), Some(Wording::english()));
        assert!(all.find("de", Some("DE")).is_none() && all.find("e", None).is_none());
    }
}
