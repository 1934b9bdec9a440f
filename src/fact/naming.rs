//! What figures are called: the words behind the segments of an address, by which a sentence says which one it means.
//!
//! `running-costs.nursing-and-quality.share` is called by its row ("Nursing and Quality") and its column ("Share").
//! Words are compared by their stems, so that "indicators" names "indicator".

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::address::scope_of;
use crate::letters::{is_of_a_word, is_unspaced};
use crate::model::{Data, DeliverableFile, IndicatorFile, PeriodKind, Project, Report, RowKind, SurveyFile, TableFile};

/// Words that say nothing of which figure is meant.
const SMALL: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "as",
    "at",
    "be",
    "been",
    "but",
    "by",
    "for",
    "from",
    "had",
    "has",
    "have",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "no",
    "not",
    "of",
    "on",
    "or",
    "our",
    "out",
    "over",
    "per",
    "than",
    "that",
    "the",
    "their",
    "them",
    "this",
    "to",
    "was",
    "we",
    "were",
    "which",
    "who",
    "with",
];

/// Numbers in words by which periods are told.
const ORDINALS: &[(&str, &str)] = &[
    ("first", "1"),
    ("1st", "1"),
    ("second", "2"),
    ("2nd", "2"),
    ("third", "3"),
    ("3rd", "3"),
    ("fourth", "4"),
    ("4th", "4"),
];

/// What is of another year or day than the one that a report is mostly about, with the words that hint at it.
const HINTS: [(&str, &str); 4] = [
    ("next-year", "phrases.next-year"),
    ("last-year", "phrases.last-year"),
    ("published", "phrases.published"),
    ("from", "phrases.beginning"),
];

/// What a segment of an address stands for, which decides whether a sentence must name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// One of many: a row, an indicator, a group, an area, a rating.
    Thing,
    /// A period, with its place among the others; the latest that has a figure is meant where nothing is named.
    Period(usize),
    /// What is meant where nothing is named: a total, an ordinary column.
    Usual,
    /// A figure of its own in facts.yaml.
    Single,
    /// Another year or day than the report's own, which a word hints at ("will", "last"). The hint alone names nothing.
    Hinted,
}

/// A name as stems; all of them are needed.
pub type Name = Vec<String>;

/// What a segment of an address stands for, and its names, any of which will do.
#[derive(Debug, Clone)]
pub struct Called {
    pub segment: Segment,
    pub names: Vec<Name>,
    /// As it is called in messages.
    pub shown: String,
}

impl Called {
    fn new(segment: Segment) -> Self {
        Self { segment, names: Vec::new(), shown: String::new() }
    }

    fn by(mut self, text: &str) -> Self {
        let name = name(text);
        if !name.is_empty() {
            self.shown = text.to_owned();
            if !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        self
    }

    /// Whether one of its names has a stem.
    pub fn has(&self, stem: &str) -> bool {
        self.names.iter().flatten().any(|one| one == stem)
    }

    /// The stems of all its names.
    pub fn stems(&self) -> BTreeSet<&str> {
        self.names.iter().flatten().map(String::as_str).collect()
    }
}

/// What the segments of addresses are called: by the scope and the file that they stand in.
#[derive(Debug, Default)]
pub struct Naming(HashMap<String, HashMap<String, BTreeMap<String, Arc<Called>>>>);

impl Naming {
    /// What everything is called that a project's files name.
    pub fn new(project: &Project) -> Self {
        let mut naming = Self::default();
        let of_reports = project.reports.iter().map(|report| (report.id.as_str(), &*report.statements));
        for (scope, statements) in [("", &project.statements)].into_iter().chain(of_reports) {
            for fact in statements.facts.iter().flat_map(|file| file.facts.iter().flatten()) {
                let called = Called::new(Segment::Single).by(fact.id.value.as_str()).by(&fact.is.value);
                naming.add(scope, "facts", fact.id.value.as_str(), called);
            }
        }
        for report in &project.reports {
            for (segment, hints) in HINTS {
                let called = Called::new(Segment::Hinted);
                let stems = |hint: &String| -> Name { tokens(hint).map(|(_, word)| stem(word)).collect() };
                let hints = report.wording().phrases(hints).iter().map(stems);
                let called = Called { names: hints.collect(), ..called };
                naming.add(&report.id, "report", segment, called);
            }
            naming.report(report);
        }
        naming
    }

    /// What a segment of an address is called: by its file, or else by its own letters.
    pub fn of(&self, address: &str, segment: &str) -> Arc<Called> {
        let (scope, file) = Self::file_of(address);
        let known = self.0.get(scope).and_then(|files| files.get(file)?.get(segment));
        known.cloned().unwrap_or_else(|| Arc::new(Called::new(Segment::Usual).by(segment)))
    }

    /// The scope and the file by which the segments of an address are called.
    pub fn file_of(address: &str) -> (&str, &str) {
        match address.split_once('.') {
            Some((scope, rest)) if scope != "facts" => (scope, scope_of(rest)),
            _ => ("", scope_of(address)),
        }
    }

    fn add(&mut self, scope: &str, stem: &str, segment: &str, called: Called) {
        let files = self.0.entry(scope.to_owned()).or_default();
        files.entry(stem.to_owned()).or_default().insert(segment.to_owned(), Arc::new(called));
    }

    fn report(&mut self, report: &Report) {
        for part in report.sections.iter().flat_map(|section| &section.parts) {
            let Some((stem, data)) = part.data() else { continue };
            let mut add = |segment: &str, called: Called| self.add(&report.id, stem, segment, called);
            match data {
                Data::Table(file, _) => table(file, &mut add),
                Data::Indicators(file, _) => indicators(file, &mut add),
                Data::Survey(file) => survey(file, &mut add),
                Data::Deliverables(file, _) => deliverables(file, &mut add),
            }
        }
    }
}

fn table(file: &TableFile, add: &mut impl FnMut(&str, Called)) {
    for column in &file.columns {
        add(column.id.value.as_str(), Called::new(Segment::Usual).by(column.id.value.as_str()).by(&column.name.value));
    }
    for row in &file.rows {
        let segment = if row.kind == RowKind::Total { Segment::Usual } else { Segment::Thing };
        add(row.id.as_str(), Called::new(segment).by(row.id.as_str()).by(&row.name.value));
    }
}

fn indicators(file: &IndicatorFile, add: &mut impl FnMut(&str, Called)) {
    let thing = || Called::new(Segment::Thing);
    for group in &file.groups {
        if let (Some(id), Some(name)) = (&group.id, &group.name) {
            add(id.value.as_str(), thing().by(id.value.as_str()).by(&name.value));
        }
    }
    for area in &file.areas {
        let number = area.number.value.0.to_string();
        add(&number, thing().by(&number).by(&area.name.value));
    }
    for rating in file.ratings.iter() {
        add(rating.id.value.as_str(), thing().by(rating.id.value.as_str()).by(&rating.name));
    }
    for indicator in file.indicators() {
        add(indicator.id.value.as_str(), thing().by(indicator.id.value.as_str()).by(&indicator.name.value));
    }
    for (place, period) in file.periods.iter().enumerate() {
        let called = Called::new(Segment::Period(place)).by(period.id.as_str()).by(&period.name);
        let called = match period.kind {
            PeriodKind::Quarter(quarter) => {
                let nth =
                    ["first", "second", "third", "fourth"].get(usize::from(quarter).wrapping_sub(1)).unwrap_or(&"");
                called.by(&format!("quarter {quarter}")).by(&format!("{nth} quarter"))
            }
            PeriodKind::Month(_) | PeriodKind::FinancialYear(_) | PeriodKind::Year(_) | PeriodKind::Other => called,
        };
        add(period.id.as_str(), called);
    }
}

fn survey(file: &SurveyFile, add: &mut impl FnMut(&str, Called)) {
    for (place, response) in file.responses.iter().rev().enumerate() {
        let year = response.year.value.0.to_string();
        add(&year, Called::new(Segment::Period(place)).by(&year));
    }
}

fn deliverables(file: &DeliverableFile, add: &mut impl FnMut(&str, Called)) {
    let thing = || Called::new(Segment::Thing);
    for group in file.groups() {
        let called = thing().by(group.id.value.as_str()).by(&group.name.value).by(&group.means.value);
        add(group.id.value.as_str(), called);
    }
    for status in file.statuses() {
        add(status.id.value.as_str(), thing().by(status.id.value.as_str()).by(&status.name.value));
    }
    for theme in &file.themes {
        add(theme.id.value.as_str(), thing().by(theme.id.value.as_str()).by(&theme.title.value));
    }
}

/// Whether a stem says nothing of which figure is meant.
pub fn is_small(stem: &str) -> bool {
    SMALL.contains(&stem)
}

/// A text as a name: its stems without small words.
fn name(text: &str) -> Name {
    tokens(text).map(|(_, token)| stem(token)).filter(|stem| !is_small(stem)).collect()
}

/// The words of a text with the letters where each begins: letters and digits, and what joins figures ("2015/16").
/// They hold names against each other, and need be no words of a dictionary.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_joined = |place: usize, letter: char| {
        let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        match letter {
            '/' | '.' | ',' => {
                digit(text[..place].chars().next_back()) && digit(text[place + letter.len_utf8()..].chars().next())
            }
            '\'' | '’' => {
                text[place + letter.len_utf8()..].starts_with('s') && text[..place].ends_with(char::is_alphabetic)
            }
            _ => is_of_a_word(letter) || letter == '%',
        }
    };
    // Where a script has no spaces between words, each of its characters is taken for one.
    let is_parted = |before: char, letter: char| is_unspaced(before) || is_unspaced(letter);
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, mut last) = letters.by_ref().find(|(place, letter)| is_joined(*place, *letter))?;
        let mut end = text.len();
        while let Some((place, letter)) = letters.peek().copied() {
            if !is_joined(place, letter) || is_parted(last, letter) {
                end = place;
                break;
            }
            last = letter;
            letters.next();
        }
        Some((start, &text[start..end]))
    })
}

/// What of a word stays the same in its forms: "policies" and "policy", "delayed" and "delay", "first" and "1st".
pub fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.trim_end_matches("’s").trim_end_matches("'s");
    if word.starts_with(|first| ('\u{620}'..='\u{64a}').contains(&first)) {
        return arabic_stem(word).to_owned();
    }
    if let Some((_, number)) = ORDINALS.iter().find(|(ordinal, _)| *ordinal == word) {
        return (*number).to_owned();
    }
    let without =
        |ending: &str, shortest: usize| word.strip_suffix(ending).filter(|rest| rest.chars().count() >= shortest);
    if let Some(rest) = without("ies", 2) {
        return format!("{rest}y");
    }
    let rest = match word {
        word if word.ends_with("ss") => word,
        word => without("ing", 4).or(without("ed", 4)).or(without("s", 3)).unwrap_or(word),
    };
    rest.strip_suffix('e').filter(|rest| rest.chars().count() >= 4).unwrap_or(rest).to_owned()
}

/// What of an Arabic word stays without the words that are written in one with it, and without its ending: "للإعارة", "الإعارات"
/// and "إعارة" (the “light10” stemmer of Larkey, Ballesteros and Connell, 2007).
fn arabic_stem(word: &str) -> &str {
    let is_long = |rest: &&str| rest.chars().count() >= 2;
    let word = word.strip_prefix('و').filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    let articles = ["بال", "كال", "فال", "ال", "لل"];
    let word = articles.iter().find_map(|article| word.strip_prefix(article).filter(is_long)).unwrap_or(word);
    let endings = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];
    endings.iter().find_map(|ending| word.strip_suffix(ending).filter(is_long)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for pair in [
            ["policies", "policy"],
            ["delayed", "delay"],
            ["indicators", "indicator"],
            ["First", "1st"],
            ["shared", "shares"],
            ["Dorset’s", "Dorset"],
            ["للإعارة", "الإعارات"],
            ["والزيارات", "زيارة"],
        ] {
            assert_eq!(stem(pair[0]), stem(pair[1]), "{pair:?}");
        }
        assert_eq!(stem("business"), "business");
    }

    #[test]
    fn years_and_figures_are_one_word() {
        let words: Vec<&str> = tokens("In 2015/16, £1,234.5 for Dorset’s (A&E) 78%.").map(|(_, word)| word).collect();
        assert_eq!(words, ["In", "2015/16", "1,234.5", "for", "Dorset’s", "A", "E", "78%"]);
    }
}
