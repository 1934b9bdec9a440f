//! Reads a file of words: what it says, held against the English one, which has every message with its places.

use std::collections::BTreeMap;

use super::message::{Form, Message, Pattern};
use super::plural::{Category, PluralRule};
use super::terms::{self, Terms};
use super::{Numbers, Wording, phrases};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::yaml::{FromNode, Node, Text, Value, list_of};

/// The lists of words, each with how many it has; as many as there are, where it is not said.
const LISTS: [(&str, Option<usize>); 6] = [
    ("months", Some(12)),
    ("months-short", Some(12)),
    ("number-words", None),
    ("ordinal-words", None),
    (super::written::UNITS, None),
    (super::written::BASES, None),
];

/// The list of words of that name, with how many it has.
fn list_named(name: &str) -> Option<(&'static str, Option<usize>)> {
    let phrases = phrases::LISTS.iter().map(|list| (*list, None));
    LISTS.iter().copied().chain(phrases).find(|(list, _)| *list == name)
}

/// What is no message: the rule of the plural forms, how numbers are written, and words that mean a number.
const PLURALS: &str = "plurals";
const GROUP: &str = "number.group";
const DECIMAL: &str = "number.decimal";
const ALSO: &str = "number-words-also";
/// Words round numbers, with the English ones by which rules know dates, names and units.
const READ_AS: &str = "read-as";
/// What the law of a country asks for, which names other laws by their years.
const LAW: &str = "statement.enforcement";
/// The words for what reports are about.
const TERMS: &str = "words";

/// What is one of two words.
const CHOICES: [(&str, [&str; 2]); 2] =
    [(super::written::DIRECTION, ["ltr", "rtl"]), (super::written::NAMES_IN_TEXT, ["small", "as-written"])];

/// So many of the messages that are missing are named.
const NAMED: usize = 12;

/// Reads a file over the words that the language has already, if it has any. Without a reference the file is the English
/// one itself. `None` means that a finding says why not.
pub fn wording(
    node: &Node,
    under: Option<&Wording>,
    reference: Option<&Wording>,
    findings: &mut Findings,
) -> Option<Wording> {
    let before = findings.len();
    let terms = under.map(|one| one.terms.clone()).unwrap_or_default();
    let said = Said { terms, ..Said::default() };
    let mut reader = Reader { reference, plurals: under.map(|one| one.plurals), said, findings };
    reader.rule(node);
    reader.terms(node);
    reader.group("", node);
    let (said, plurals) = (reader.said, reader.plurals);
    let wording = said.over(under, plurals);
    let missing = wording.missing(reference);
    if findings.len() > before {
        return None;
    }
    if !missing.is_empty() {
        findings.push(incomplete(node.at, &missing));
        return None;
    }
    let mut wording = wording.whole()?;
    wording.readings = reference.map(|english| wording.read_as(english)).unwrap_or_default();
    Some(wording)
}

/// What a file says.
#[derive(Default)]
struct Said {
    terms: Terms,
    messages: BTreeMap<String, Message>,
    group: Option<String>,
    decimal: Option<String>,
    lists: BTreeMap<&'static str, Vec<String>>,
    also: BTreeMap<String, u64>,
    read_as: BTreeMap<String, String>,
}

/// What is known of a language when its file was read, which may lack something.
struct Partial {
    said: Said,
    plurals: Option<PluralRule>,
}

impl Said {
    /// What the file says, over what was known.
    fn over(mut self, under: Option<&Wording>, plurals: Option<PluralRule>) -> Partial {
        if let Some(under) = under {
            let Wording { patterns, numbers, lists, also, read_as, .. } = under.clone();
            for (key, message) in patterns {
                self.messages.entry(key).or_insert(message);
            }
            for (name, list) in lists {
                self.lists.entry(name).or_insert(list);
            }
            for (word, number) in also {
                self.also.entry(word).or_insert(number);
            }
            for (word, english) in read_as {
                self.read_as.entry(word).or_insert(english);
            }
            self.group.get_or_insert(numbers.group);
            self.decimal.get_or_insert(numbers.decimal);
        }
        Partial { said: self, plurals }
    }
}

impl Partial {
    /// The names of what the English file has and this language does not.
    fn missing(&self, reference: Option<&Wording>) -> Vec<String> {
        let messages = reference.iter().flat_map(|english| english.messages.keys());
        let messages = messages.filter(|key| !self.said.messages.contains_key(*key)).cloned();
        let lists = LISTS.iter().filter(|(name, _)| !self.said.lists.contains_key(name)).map(|(name, _)| *name);
        let single = [
            (PLURALS, self.plurals.is_none()),
            (GROUP, self.said.group.is_none()),
            (DECIMAL, self.said.decimal.is_none()),
        ];
        let single = single.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name);
        single.chain(lists).map(str::to_owned).chain(messages).collect()
    }

    fn whole(self) -> Option<Wording> {
        let Said { messages: patterns, terms, group, decimal, lists, also, read_as } = self.said;
        let numbers = Numbers { group: group?, decimal: decimal? };
        let word = |form: &str| terms.word(form);
        let messages = patterns.iter().map(|(key, message)| (key.clone(), message.with_terms(&word))).collect();
        let readings = BTreeMap::new();
        let plurals = self.plurals?;
        Some(Wording { patterns, messages, terms, plurals, numbers, lists, also, read_as, readings })
    }
}

fn incomplete(at: Span, missing: &[String]) -> Diagnostic {
    let named = missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = missing.len().saturating_sub(NAMED);
    let named = if more > 0 { format!("{named} and {more} more") } else { named };
    let start = Span { end: at.start + 1, ..at };
    Diagnostic::error(Code::MissingField, start, format!("the file lacks words: {named}")).help(
        "a language that is not built in needs every message; copy those of languages/en-GB.yaml and translate them",
    )
}

struct Reader<'r> {
    /// The English words; none while these are read themselves.
    reference: Option<&'r Wording>,
    plurals: Option<PluralRule>,
    said: Said,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    /// The rule of the plural forms, which must be known before messages are read.
    fn rule(&mut self, file: &Node) {
        let Value::Mapping(fields) = &file.value else { return };
        let Some((_, node)) = fields.iter().find(|(name, _)| name.value == PLURALS) else { return };
        let Some(tag) = Text::from_node(node, self.findings) else { return };
        match PluralRule::named(&tag.value) {
            Some(rule) => self.plurals = Some(rule),
            None => {
                let message = format!("the plural forms of `{}` are not known", tag.value);
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, tag.at, message)
                        .help(format!("name a language with the same forms: {}", PluralRule::known().join(", "))),
                );
            }
        }
    }

    /// The words for what reports are about, which must be known before messages are read.
    fn terms(&mut self, file: &Node) {
        let Value::Mapping(fields) = &file.value else { return };
        if let Some((_, node)) = fields.iter().find(|(name, _)| name.value == TERMS) {
            terms::read(node, &mut self.said.terms, self.findings);
        }
    }

    /// Reads what stands under a name: fields of the file, or of a group in it.
    fn group(&mut self, under: &str, node: &Node) {
        let Value::Mapping(fields) = &node.value else {
            let message = format!("words are written `name: words`, but {} stands here", node.kind());
            return self.findings.push(Diagnostic::error(Code::WrongType, node.at, message));
        };
        for (place, (name, value)) in fields.iter().enumerate() {
            let key = if under.is_empty() { name.value.clone() } else { format!("{under}.{}", name.value) };
            if let Some((first, _)) = fields[..place].iter().find(|(earlier, _)| earlier.value == name.value) {
                let message = format!("`{key}` is given twice");
                let finding = Diagnostic::error(Code::DuplicateField, name.at, message);
                self.findings.push(finding.also(first.at, "first given here").help("remove one of the two"));
                continue;
            }
            self.field(&key, name, value);
        }
    }

    fn field(&mut self, key: &str, name: &Text, value: &Node) {
        let list = list_named(key);
        match (key, list) {
            (PLURALS | TERMS, _) => {}
            (GROUP, _) => self.said.group = self.sign(value),
            (DECIMAL, _) => self.said.decimal = self.sign(value),
            (ALSO, _) => self.also(value),
            (READ_AS, _) => self.read_as(value),
            (_, Some((list, count))) => self.list(list, count, value),
            _ => match self.reference {
                Some(english) => self.worded(english, key, name, value),
                None if matches!(&value.value, Value::Mapping(fields) if !are_forms(fields)) => self.group(key, value),
                None => self.message(key, value),
            },
        }
    }

    /// A message that the English file has, or a group of them.
    fn worded(&mut self, english: &Wording, key: &str, name: &Text, value: &Node) {
        let begins = format!("{key}.");
        let is_group = [GROUP, DECIMAL].into_iter().chain(phrases::LISTS);
        let is_group = is_group.chain(english.messages.keys().map(String::as_str));
        let mut is_group = is_group.filter(|known| known.starts_with(&begins));
        if english.knows(key) {
            self.message(key, value);
        } else if is_group.next().is_some() {
            self.group(key, value);
        } else {
            let message = format!("Tally says nothing that is called `{key}`");
            let finding = Diagnostic::error(Code::UnknownField, name.at, message);
            let known = english.messages.keys().map(String::as_str).chain(LISTS.iter().map(|(list, _)| *list));
            let known = known.chain(phrases::LISTS).chain([TERMS, READ_AS]);
            self.findings.push(finding.did_you_mean(key, known).help("languages/en-GB.yaml has all names"));
        }
    }

    /// What stands between digits: one letter, which may be a space.
    fn sign(&mut self, node: &Node) -> Option<String> {
        match &node.value {
            Value::Scalar { text, .. }
                if text.chars().count() <= 1 && !text.contains(|c: char| c.is_alphanumeric()) =>
            {
                // No line ends inside a number.
                Some(text.replace(' ', "\u{a0}"))
            }
            _ => {
                let finding = Diagnostic::error(Code::WrongValue, node.at, "one sign is expected here");
                self.findings.push(finding.help("write it in quotation marks: \",\" or \" \""));
                None
            }
        }
    }

    fn list(&mut self, name: &'static str, count: Option<usize>, node: &Node) {
        // What rules look for, and what stands after figures, may be nothing in a language.
        let may_be_empty = name == super::written::UNITS || phrases::LISTS.contains(&name);
        if may_be_empty && matches!(&node.value, Value::Sequence(items) if items.is_empty()) {
            return drop(self.said.lists.insert(name, Vec::new()));
        }
        let Some(words) = list_of(node, self.findings, String::from_node) else { return };
        match count {
            Some(count) if words.len() != count => {
                let message = format!("{count} words are expected in `{name}`, but {} stand here", words.len());
                self.findings.push(Diagnostic::error(Code::WrongCount, node.at, message).help("one for each month"));
            }
            _ => drop(self.said.lists.insert(name, words)),
        }
    }

    fn also(&mut self, node: &Node) {
        let Value::Mapping(fields) = &node.value else {
            let message = "words that mean numbers are written `word: number`";
            return self.findings.push(Diagnostic::error(Code::WrongType, node.at, message));
        };
        for (word, number) in fields {
            let Some(number) = Text::from_node(number, self.findings) else { continue };
            match number.value.replace(',', "").parse() {
                Ok(number) => drop(self.said.also.insert(word.value.clone(), number)),
                Err(_) => self.findings.push(
                    Diagnostic::error(Code::WrongValue, number.at, format!("`{}` is no whole number", number.value))
                        .help("write the number that the word means in digits: dwsin: 12"),
                ),
            }
        }
    }

    fn read_as(&mut self, node: &Node) {
        let Value::Mapping(fields) = &node.value else {
            let message = "words that are read as English ones are written `word: English word`";
            return self.findings.push(Diagnostic::error(Code::WrongType, node.at, message));
        };
        for (word, english) in fields {
            let Some(english) = Text::from_node(english, self.findings) else { continue };
            let is_more = |one: &&Text| one.value.contains(|c: char| !c.is_alphabetic());
            if let Some(one) = [word, &english].into_iter().find(is_more) {
                let finding = Diagnostic::error(Code::WrongValue, one.at, format!("`{}` is not one word", one.value));
                let help = "numbers are read word by word: write a single word, and a single English one: yn: in";
                self.findings.push(finding.help(help));
            } else {
                self.said.read_as.insert(word.value.to_lowercase(), english.value);
            }
        }
    }

    fn message(&mut self, key: &str, node: &Node) {
        let message = match &node.value {
            Value::Mapping(fields) => self.counted(key, node, fields),
            _ => self.pattern(key, node).map(Message::Plain),
        };
        if let Some(message) = message {
            self.said.messages.insert(key.to_owned(), message);
        }
    }

    /// The forms of a message: those for all numbers, or one for each category of the language.
    fn counted(&mut self, key: &str, node: &Node, fields: &[(Text, Node)]) -> Option<Message> {
        let is_counted =
            self.reference.is_none_or(|english| matches!(english.messages.get(key), Some(Message::Counted(_))));
        if !is_counted {
            let message = format!("`{key}` counts nothing, and has one form");
            self.findings
                .push(Diagnostic::error(Code::WrongType, node.at, message).help("write its words behind the colon"));
            return None;
        }
        let before = self.findings.len();
        let mut forms = BTreeMap::new();
        for (name, value) in fields {
            let exactly = || name.value.parse().ok().map(Form::Exactly);
            let Some(form) = Category::named(&name.value).map(Form::Of).or_else(exactly) else {
                let message = format!("`{}` is no form of a number", name.value);
                self.findings.push(
                    Diagnostic::error(Code::UnknownField, name.at, message)
                        .help("the forms are zero, one, two, few, many and other, and numbers for single ones"),
                );
                continue;
            };
            if let Some(pattern) = self.pattern(key, value) {
                forms.insert(form, pattern);
            }
        }
        if self.findings.len() == before {
            self.complete(key, node, &forms);
        }
        (self.findings.len() == before).then_some(Message::Counted(forms))
    }

    /// A message with one form for all numbers has `other` alone; else it has every form of its language, and no other.
    fn complete(&mut self, key: &str, node: &Node, forms: &BTreeMap<Form, Pattern>) {
        let Some(rule) = self.plurals else { return };
        let wanted = if key == super::written::PLACE { rule.categories_of_places() } else { rule.categories };
        let given: Vec<Category> =
            forms.keys().filter_map(|form| if let Form::Of(one) = form { Some(*one) } else { None }).collect();
        let is_one_for_all = given == [Category::Other];
        let missing: Vec<&str> = wanted.iter().filter(|one| !given.contains(one)).map(|one| one.name()).collect();
        let foreign: Vec<&str> = given.iter().filter(|one| !wanted.contains(one)).map(|one| one.name()).collect();
        let names = wanted.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
        if !missing.is_empty() && !is_one_for_all {
            let message = format!("`{key}` lacks the form for {}", missing.join(", "));
            let help = format!("this language has the forms {names}; or write `other` alone, for all numbers");
            self.findings.push(Diagnostic::error(Code::MissingField, node.at, message).help(help));
        }
        if !foreign.is_empty() {
            let message = format!("`{key}` has a form for {}, which this language does not have", foreign.join(", "));
            self.findings
                .push(Diagnostic::error(Code::UnknownField, node.at, message).help(format!("its forms are {names}")));
        }
    }

    /// The words of one form, which has the places of the English message and no figure that this has not.
    fn pattern(&mut self, key: &str, node: &Node) -> Option<Pattern> {
        let Value::Scalar { text, .. } = &node.value else {
            let message = format!("words are expected here, but {} stands here", node.kind());
            self.findings.push(Diagnostic::error(Code::WrongType, node.at, message));
            return None;
        };
        let pattern = match Pattern::parse(text.trim_matches('\n')) {
            Ok(pattern) => pattern,
            Err(expected) => {
                let message = format!("the words of `{key}` cannot be read");
                self.findings.push(Diagnostic::error(Code::WrongValue, node.at, message).help(expected));
                return None;
            }
        };
        let before = self.findings.len();
        self.compare(key, node.at, &pattern);
        let unknown: Vec<&str> = pattern.terms().filter(|form| self.said.terms.word(form).is_none()).collect();
        for form in unknown {
            let message = format!("`{key}` has <{form}>, which is no word of `{TERMS}`");
            let finding = Diagnostic::error(Code::UnknownReference, node.at, message);
            let finding = finding.did_you_mean(form, self.said.terms.forms());
            self.findings.push(finding.help(format!(
                "words between < and > stand in `{TERMS}`, where they may be others; write any other without < and >"
            )));
        }
        (self.findings.len() == before).then_some(pattern)
    }

    fn compare(&mut self, key: &str, at: Span, pattern: &Pattern) {
        let said = pattern.filled(&[]);
        if let Some((_, choices)) = CHOICES.iter().find(|(name, choices)| *name == key && !choices.contains(&&*said)) {
            let finding = Diagnostic::error(Code::WrongValue, at, format!("`{said}` is not understood"));
            return self.findings.push(finding.help(format!("write one of: {}", choices.join(", "))));
        }
        let Some(english) = self.reference.and_then(|english| english.messages.get(key)) else { return };
        let Some(meant) = english.form(None, PluralRule::english()) else { return };
        let (own, wanted) = (pattern.places(), meant.places());
        let shown = |places: &[&str]| places.iter().map(|one| format!("{{{one}}}")).collect::<Vec<_>>().join(", ");
        let help = match wanted.is_empty() {
            true => "it has no places".to_owned(),
            false => format!("its places are {}, each once and in any order", shown(&wanted)),
        };
        let unknown: Vec<&str> = own.iter().filter(|one| !wanted.contains(one)).copied().collect();
        let missing: Vec<&str> = wanted.iter().filter(|one| !own.contains(one)).copied().collect();
        let mut fault = |message: String, help: &str| {
            self.findings.push(Diagnostic::error(Code::WrongValue, at, message).help(help));
        };
        match (&unknown[..], &missing[..]) {
            ([], []) if own != wanted => fault(format!("`{key}` has a place twice"), &help),
            ([], []) => {}
            ([], _) => fault(format!("`{key}` leaves out {}", shown(&missing)), &help),
            _ => fault(format!("`{key}` has no place {}", shown(&unknown)), &help),
        }
        let mut known: Vec<&str> = meant.figures();
        for figure in pattern.figures().into_iter().filter(|_| key != LAW) {
            match known.iter().position(|one| *one == figure) {
                Some(place) => drop(known.remove(place)),
                None => fault(
                    format!("`{key}` says the figure {figure}, which the English words do not"),
                    "a figure that is counted stands in its place, {n}",
                ),
            }
        }
    }
}

/// Whether fields are the forms of one message, and no group of messages.
fn are_forms(fields: &[(Text, Node)]) -> bool {
    fields.iter().all(|(name, _)| Category::named(&name.value).is_some() || name.value.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::wording::Wordings;
    use crate::yaml;

    /// What is found in a file of words.
    fn faults(tag: &str, text: &str) -> Vec<String> {
        let node = yaml::parse(FileId(0), text).unwrap();
        let mut findings = Findings::new();
        Wordings::of([(tag, &node)], &mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_file_words_single_messages_otherwise() {
        let node = yaml::parse(FileId(0), "dashboard: {rating: RAG status}").unwrap();
        let mut findings = Findings::new();
        let all = Wordings::of([("en-GB", &node)], &mut findings);
        let english = all.find("en", Some("GB")).unwrap();
        assert!(findings.is_empty(), "{findings:#?}");
        assert_eq!(english.say("dashboard.rating", &[]), "RAG status");
        assert_eq!(english.say("dashboard.target", &[]), "Target");
    }

    /// A list of a project takes the place of the built-in one, and may be empty: then a rule looks for nothing.
    #[test]
    fn lists_of_phrases_are_said_otherwise_too() {
        let node = yaml::parse(FileId(0), "phrases: {rose: [shot up], verbs: []}").unwrap();
        let mut findings = Findings::new();
        let all = Wordings::of([("en-GB", &node)], &mut findings);
        let english = all.find("en", Some("GB")).unwrap();
        assert!(findings.is_empty(), "{findings:#?}");
        assert_eq!(english.phrases("phrases.rose"), ["shot up"]);
        assert!(english.phrases("phrases.verbs").is_empty() && !english.phrases("phrases.fell").is_empty());
    }

    #[test]
    fn a_word_for_what_reports_are_about_is_said_once_and_stands_in_every_sentence() {
        let text = "
            words:
              indicator:
                indicator: measure
                indicators: measures
                an indicator: a measure
                An indicator: A measure
                Indicator: Measure
                Indicators: Measures
            cover: {spoke: \"Every line is <an indicator>.\"}";
        let node = yaml::parse(FileId(0), text).unwrap();
        let mut findings = Findings::new();
        let all = Wordings::of([("en-GB", &node)], &mut findings);
        assert!(findings.is_empty(), "{findings:#?}");
        let english = all.find("en", Some("GB")).unwrap();
        assert_eq!(english.say_of(2, "indicators.of", &[("part", "1"), ("n", "2")]), "1 of 2 measures");
        assert_eq!(english.say("cover.spoke", &[]), "Every line is a measure.");
        assert_eq!(english.say("ratings.caption", &[]), "Measures by rating");
        assert_eq!((english.meaning("measures"), english.meaning("indicators")), (Some("indicator"), None));
        assert_eq!(Wording::english().meaning("indicators"), Some("indicator"));
        // A whole copy of the built-in file says the same.
        let copy = yaml::parse(FileId(0), include_str!("../../languages/en-GB.yaml")).unwrap();
        let all = Wordings::of([("en-GB", &copy)], &mut findings);
        assert!(findings.is_empty() && all.find("en", Some("GB")) == Some(Wording::english()), "{findings:#?}");
    }

    #[test]
    fn every_fault_of_a_file_is_told() {
        for (tag, text, told) in [
            ("en-GB", "dashbord: {rating: x}", "Tally says nothing that is called `dashbord`"),
            ("en-GB", "dashboard: {ratng: x}", "Tally says nothing that is called `dashboard.ratng`"),
            ("en-GB", "file: {size-kb: '{number} KB'}", "`file.size-kb` has no place {number}"),
            ("en-GB", "file: {size-kb: KB}", "`file.size-kb` leaves out {n}"),
            ("en-GB", "file: {size-kb: '{n} {n} KB'}", "`file.size-kb` has a place twice"),
            ("en-GB", "file: {size-kb: '{n KB'}", "the words of `file.size-kb` cannot be read"),
            (
                "cy",
                "file: {pages: {one: '1 dudalen {n}', other: '{n} tudalen'}}",
                "`file.pages` says the figure 1, which the English words do not",
            ),
            (
                "cy",
                "file: {pages: {one: '{n} dudalen', other: '{n} tudalen'}}",
                "`file.pages` lacks the form for zero, two, few, many",
            ),
            (
                "fr",
                "file: {pages: {few: '{n} p', one: '{n} p', other: '{n} p'}}",
                "`file.pages` has a form for few, which this language does not have",
            ),
            ("fr", "file: {size-kb: {other: '{n} ko'}}", "`file.size-kb` counts nothing, and has one form"),
            ("fr", "months: [janvier]", "12 words are expected in `months`, but 1 stand here"),
            ("fr", "number: {group: 12}", "one sign is expected here"),
            ("fr", "writing: {direction: up}", "`up` is not understood"),
            ("fr", "plurals: klingon", "the plural forms of `klingon` are not known"),
            ("fr", "number-words-also: {douzaine: twelve}", "`twelve` is no whole number"),
            ("fr", "read-as: {jusqu’en: until}", "`jusqu’en` is not one word"),
            ("fr", "read-as: {avant: as of}", "`as of` is not one word"),
            ("fr", "read-as: [avant]", "words that are read as English ones are written `word: English word`"),
            ("fr", "phrases: {rise: [a]}", "Tally says nothing that is called `phrases.rise`"),
            (
                "en-GB",
                "words: {indicator: {indicator: measure, indicators: measures}}",
                "`indicator` has no word for <An indicator>, <Indicator>, <Indicators>, <an indicator>",
            ),
            ("en-GB", "words: {indicatr: {}}", "there is no `indicatr` among the words"),
            (
                "fr",
                "words: {theme: {thème: sujet, thèmes: sujets, Thème: Sujet, Thèmes: Sujets, theme: sujet}}",
                "`theme` has no form <theme>",
            ),
            (
                "fr",
                "words: {theme: {thème: sujet 7, thèmes: sujets, Thème: Sujet, Thèmes: Sujets}}",
                "`sujet 7` is no word",
            ),
            (
                "fr",
                "words: {theme: sujet}",
                "words are written `form: word`, each form with the word that stands for it",
            ),
            ("fr", "file: {size-kb: '{n} <kilos>'}", "`file.size-kb` has <kilos>, which is no word of `words`"),
            ("fr", "file: {size-kb: '{n} ko', size-kb: '{n} ko'}", "`file.size-kb` is given twice"),
        ] {
            assert_eq!(faults(tag, text), [told], "{text}");
        }
        let incomplete = faults("de", "plurals: de");
        assert!(incomplete.len() == 1 && incomplete[0].starts_with("the file lacks words: "), "{incomplete:?}");
    }
}
