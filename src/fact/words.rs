//! Text with facts bound in it: `{{ running-costs.subtotal.total | millions }}`.

use std::ops::Range;

use super::{FORMATS, FactId, Facts, format, is_address};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::model::NOTE;
use crate::model::numbering::Reference;
use crate::model::values::{Language, Unit};
use crate::wording::Spoken;
use crate::yaml::Parse;
use rust_decimal::Decimal;

/// What stands between words and the relation that must hold for them.
const CLAIM: &str = "claim ";

/// A stretch of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    Plain(String),
    /// A fact as it is printed here.
    Bound {
        text: String,
        fact: FactId,
    },
    /// Words of the row that the report is made for. Numbers in them are those of their source.
    Named {
        text: String,
        at: Span,
        has_source: bool,
    },
    /// A placeholder that was not understood, as it was typed; a finding says so.
    Broken(String),
    /// A number that is no fact of its own, with the id of the source that states it, and where it stands there.
    Stated {
        text: String,
        source: String,
        at: Option<String>,
    },
    /// Words that say what figures do ("most", "rose"), with the id of the relation that must hold for them.
    Claimed {
        text: String,
        relation: String,
    },
    /// A reference to something that is numbered.
    Reference(Reference),
    /// The mark of a note, by the id of the note: which mark it is shows where it is printed.
    Note(String),
    /// Words in another language, with its tag.
    Foreign {
        text: String,
        language: String,
    },
}

impl Word {
    /// What is printed.
    pub fn text(&self) -> &str {
        match self {
            Word::Plain(text) | Word::Broken(text) | Word::Bound { text, .. } => text,
            Word::Stated { text, .. } | Word::Foreign { text, .. } | Word::Named { text, .. } => text,
            Word::Claimed { text, .. } => text,
            Word::Reference(reference) => &reference.text,
            Word::Note(_) => "",
        }
    }
}

/// Texts have no words that are heard alone.
impl Spoken for Word {
    fn said(words: &str) -> Self {
        Word::Plain(words.to_owned())
    }

    fn heard(self) -> Self {
        self
    }
}

/// Words as they are printed, without what stands behind them.
pub fn plain(words: &[Word]) -> String {
    words.iter().map(Word::text).collect()
}

/// A text with its facts.
#[derive(Debug, Default)]
pub struct Bound {
    pub words: Vec<Word>,
    /// The letters of the text that each word was read from: for a fact those of its address.
    pub letters: Vec<Range<usize>>,
    pub faults: Vec<WordFault>,
}

impl Bound {
    fn push(&mut self, word: Word, letters: Range<usize>) {
        if let (Word::Note(_), Some(Word::Plain(before)), Some(last)) =
            (&word, self.words.last_mut(), self.letters.last_mut())
        {
            // The mark of a note stands right at its word.
            last.end -= before.len() - before.trim_end().len();
            before.truncate(before.trim_end().len());
            if before.is_empty() {
                self.words.pop();
                self.letters.pop();
            }
        }
        if !matches!(&word, Word::Plain(text) if text.is_empty()) {
            self.words.push(word);
            self.letters.push(letters);
        }
    }
}

/// What is wrong with a placeholder: the letters in question, and the finding that still lacks its place.
#[derive(Debug, PartialEq)]
pub struct WordFault {
    pub letters: Range<usize>,
    pub finding: Diagnostic,
}

/// What is wrong with a placeholder, in its own words.
struct Fault<'t> {
    words: &'t str,
    finding: Diagnostic,
}

/// The letters of a text that a slice of it is.
pub(super) fn letters_of(text: &str, slice: &str) -> Range<usize> {
    let start = slice.as_ptr() as usize - text.as_ptr() as usize;
    start..start + slice.len()
}

impl Facts<'_> {
    /// Puts facts into a text, as seen from a scope. A placeholder that is not understood stays as it was typed, and
    /// is a fault. `source` is that of statements which name none.
    pub(super) fn bind(&self, scope: &str, source: Option<&str>, text: &str) -> Bound {
        let mut bound = Bound::default();
        let at = |slice: &str| letters_of(text, slice);
        let plain = |slice: &str| (Word::Plain(slice.to_owned()), at(slice));
        let mut add = |(word, letters): (Word, Range<usize>)| bound.push(word, letters);
        let mut faults: Vec<Fault> = Vec::new();
        let mut rest = text;
        let mut is_escaped = false;
        while let Some(start) = rest.find("{{") {
            if let Some(before) = rest[..start].strip_suffix('\\') {
                add(plain(before));
                add(plain(&rest[start..start + 2]));
                is_escaped = true;
                rest = &rest[start + 2..];
                continue;
            }
            faults.extend(unopened(&rest[..start]));
            add(plain(&rest[..start]));
            let Some(end) = rest[start..].find("}}").map(|end| start + end + 2) else {
                faults.push(broken(&rest[start..], "this opens a figure with `{{` and does not close it"));
                add((Word::Broken(rest[start..].to_owned()), at(&rest[start..])));
                rest = &rest[rest.len()..];
                break;
            };
            let placeholder = &rest[start..end];
            match self.placeholder(scope, source, placeholder) {
                Ok(words) => words.into_iter().for_each(|(word, slice)| add((word, at(slice)))),
                Err(fault) => {
                    add((Word::Broken(placeholder.to_owned()), at(placeholder)));
                    // Why a formula has no value was said where it stands.
                    let is_said = fault.finding.code == Code::UnknownFact && self.has_failed(scope, fault.words);
                    faults.extend((!is_said).then_some(*fault));
                }
            }
            rest = &rest[end..];
        }
        // Escaped braces are closed as they were opened, in the author's own text.
        faults.extend(unopened(rest).filter(|_| !is_escaped));
        add(plain(rest));
        bound
            .faults
            .extend(faults.into_iter().map(|fault| WordFault { letters: at(fault.words), finding: fault.finding }));
        bound
    }

    /// What a placeholder prints in a report; none where it is not understood there.
    pub fn prints(&self, report: &str, placeholder: &str) -> Option<String> {
        let bound = self.bind(report, None, placeholder);
        bound.faults.is_empty().then(|| plain(&bound.words))
    }

    /// The words that a placeholder becomes, each with the part of it that they were read from.
    fn placeholder<'t>(
        &self,
        scope: &str,
        source: Option<&str>,
        placeholder: &'t str,
    ) -> Result<Vec<(Word, &'t str)>, Box<Fault<'t>>> {
        let inside = placeholder[2..placeholder.len() - 2].trim();
        if inside.is_empty() || inside.contains("{{") {
            let message = if inside.is_empty() {
                "no figure is named here"
            } else {
                "this opens a figure with `{{` and does not close it"
            };
            return Err(Box::new(broken(placeholder, message)));
        }
        if inside.starts_with(['"', '“', '\'']) {
            return self.statement(scope, source, placeholder, inside);
        }
        if let (see @ ("see" | "See"), name) = inside.split_once(' ').unwrap_or((inside, "")) {
            let name = name.trim();
            return match self.see(scope, name, see == "See") {
                Ok(word) => Ok(vec![(word, name)]),
                Err(finding) => {
                    Err(Box::new(Fault { words: if name.is_empty() { inside } else { name }, finding: *finding }))
                }
            };
        }
        if let (NOTE, name) = inside.split_once(' ').unwrap_or((inside, "")) {
            let name = name.trim();
            return match self.note(scope, name) {
                Ok(word) => Ok(vec![(word, name)]),
                Err(finding) => {
                    Err(Box::new(Fault { words: if name.is_empty() { inside } else { name }, finding: *finding }))
                }
            };
        }
        let (address, form) =
            inside.split_once('|').map_or((inside, None), |(address, form)| (address.trim(), Some(form.trim())));
        if let Some(relation) = form.and_then(|form| form.strip_prefix(CLAIM)) {
            return claim(placeholder, address, relation);
        }
        if let Some(words) = self.row_words(scope, address) {
            return match form {
                None => {
                    let word = Word::Named { text: words.text, at: words.at, has_source: words.has_source };
                    Ok(vec![(word, address)])
                }
                Some(form) => {
                    let message = format!("`{address}` is a text, which has no format");
                    let finding = Diagnostic::error_nowhere(Code::WrongFormat, message);
                    let finding = finding.help(format!("write {{{{ {address} }}}}"));
                    Err(Box::new(Fault { words: form, finding }))
                }
            };
        }
        let fact = self.fact(scope, address)?;
        let is_ratio = self.quantity(fact).is_some_and(|quantity| quantity.unit == Unit::Ratio);
        // A ratio has no form of its own; what is missing then is missing behind its address.
        let Some(form) = form.or(is_ratio.then_some(&inside[inside.len()..])) else {
            return Ok(vec![(Word::Bound { text: self.printed(scope, fact), fact }, address)]);
        };
        let (name, argument) = form.split_once(' ').map_or((form, None), |(name, rest)| (name, Some(rest.trim())));
        if let ("out-of" | "of", Some(whole)) = (name, argument) {
            let whole_address = whole;
            let whole = self.fact(scope, whole_address)?;
            let unit = |fact| self.quantity(fact).map(|quantity| quantity.unit);
            if unit(fact) != unit(whole) {
                return Err(Box::new(self.wrong_format(fact, form, name)));
            }
            let key = if name == "of" { "format.of" } else { "format.out-of" };
            let bound = |fact| vec![Word::Bound { text: self.printed(scope, fact), fact }];
            let words = self.manner(scope).wording.pieces(key, None, [("part", bound(fact)), ("whole", bound(whole))]);
            let read_from = |word: &Word| match word {
                Word::Bound { fact: bound, .. } if *bound == fact => address,
                Word::Bound { .. } => whole_address,
                _ => name,
            };
            return Ok(words.into_iter().map(|word| (word.clone(), read_from(&word))).collect());
        }
        match format::format(&self.get(fact).value, name, argument, self.manner(scope)) {
            Some(text) => Ok(vec![(Word::Bound { text, fact }, address)]),
            None => Err(Box::new(self.wrong_format(fact, form, name))),
        }
    }

    fn fact<'t>(&self, scope: &str, address: &'t str) -> Result<FactId, Box<Fault<'t>>> {
        self.find(scope, address)
            .ok_or_else(|| Box::new(Fault { words: address, finding: self.unknown(scope, address) }))
    }

    fn wrong_format<'t>(&self, fact: FactId, form: &'t str, name: &str) -> Fault<'t> {
        let names = || FORMATS.iter().map(|(name, _)| *name);
        let finding = if name.is_empty() {
            let message = format!("{} is a ratio, which needs a format", self.get(fact).address);
            Diagnostic::error_nowhere(Code::WrongFormat, message).help("write `| percent`")
        } else if names().any(|known| known == name) {
            let message = format!("`{form}` does not fit {}, which is {}", self.get(fact).address, self.shown(fact));
            let finding = Diagnostic::error_nowhere(Code::WrongFormat, message);
            match self.quantity(fact).is_some_and(|quantity| quantity.step > Decimal::ONE) {
                true => finding.help("no format shows more places of a figure than were typed"),
                false => finding,
            }
        } else {
            Diagnostic::error_nowhere(Code::WrongFormat, format!("there is no format `{name}`"))
                .did_you_mean(name, names())
        };
        let finding = finding.help(format!("the formats are {}", names().collect::<Vec<_>>().join(", ")));
        Fault { words: form, finding }
    }

    /// `"29 November 2016" | stated annual-report`: a number with the source that states it; or `"Croeso" | in cy`:
    /// words in another language. A statement that names no source has the one that is given.
    fn statement<'t>(
        &self,
        scope: &str,
        source: Option<&str>,
        placeholder: &'t str,
        inside: &'t str,
    ) -> Result<Vec<(Word, &'t str)>, Box<Fault<'t>>> {
        let usage = || {
            let message =
                "words in quotation marks are followed by `| stated` and the id of a source, or `| in` and a language";
            Box::new(broken(placeholder, message))
        };
        let (text, form) = inside.rsplit_once('|').ok_or_else(usage)?;
        let text = text.trim();
        let quotes = [('"', '"'), ('“', '”'), ('\'', '\'')];
        let stripped = quotes.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
        let text = stripped.filter(|text| !text.trim().is_empty()).ok_or_else(usage)?;
        if let Some(language) = form.trim().strip_prefix("in ") {
            let language = Language::parse(language.trim()).map_err(|why| Box::new(broken(placeholder, &why)))?;
            return Ok(vec![(Word::Foreign { text: text.to_owned(), language: language.tag() }, text)]);
        }
        if let Some(relation) = form.trim().strip_prefix(CLAIM) {
            return claim(placeholder, text, relation);
        }
        let named = form.trim().strip_prefix("stated").filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let (named, at) = place_in_source(placeholder, named.ok_or_else(usage)?)?;
        // That the source of a section or report is there is said where it stands.
        if let (true, Some(source)) = (named.is_empty(), source) {
            return Ok(vec![(Word::Stated { text: text.to_owned(), source: source.to_owned(), at }, text)]);
        }
        if named.is_empty() {
            let finding = Diagnostic::error_nowhere(Code::BrokenPlaceholder, "this statement names no source").help(
                "write the id of its source behind `stated`, or give the section or the report a line `source: …`",
            );
            return Err(Box::new(Fault { words: form.trim(), finding }));
        }
        let source = named;
        if self.source(scope, source).is_none() {
            let finding = Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no source `{source}`"))
                .did_you_mean(source, self.source_ids(scope))
                .help("sources stand at the top of facts.yaml");
            return Err(Box::new(Fault { words: source, finding }));
        }
        Ok(vec![(Word::Stated { text: text.to_owned(), source: source.to_owned(), at }, text)])
    }
}

/// `annual-report at page 12`: the id of a source, and where in it the words stand, if that is said.
fn place_in_source<'t>(placeholder: &'t str, named: &'t str) -> Result<(&'t str, Option<String>), Box<Fault<'t>>> {
    let Some((source, at)) = named.split_once(" at ") else {
        return match named.trim_end().strip_suffix(" at") {
            Some(_) => Err(Box::new(broken(placeholder, "behind `at` stands where in the source it is: `at page 12`"))),
            None => Ok((named.trim(), None)),
        };
    };
    let at = at.trim().trim_matches(['"', '\'', '“', '”']).trim();
    match at {
        "" => Err(Box::new(broken(placeholder, "behind `at` stands where in the source it is: `at page 12`"))),
        at => Ok((source.trim(), Some(at.to_owned()))),
    }
}

/// `most | claim mostly-internal`: words that hold as long as a relation does.
fn claim<'t>(placeholder: &'t str, text: &'t str, relation: &str) -> Result<Vec<(Word, &'t str)>, Box<Fault<'t>>> {
    let (text, relation) = (text.trim(), relation.trim());
    if text.is_empty() || relation.is_empty() || !is_address(relation) {
        return Err(Box::new(broken(
            placeholder,
            "a claim is words, `| claim`, and the id of a relation of checks.yaml",
        )));
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        return Err(Box::new(broken(placeholder, "a claim has words and no numbers: bind the number beside it")));
    }
    Ok(vec![(Word::Claimed { text: text.to_owned(), relation: relation.to_owned() }, text)])
}

/// Braces that close no figure: most likely one brace is missing before it.
fn unopened(text: &str) -> Option<Fault<'_>> {
    text.find("}}").map(|start| {
        let fault = broken(&text[start..start + 2], "`}}` closes a figure that was not opened with `{{`");
        Fault { finding: Diagnostic { severity: Severity::Warning, ..fault.finding }, ..fault }
    })
}

fn broken<'t>(words: &'t str, message: &str) -> Fault<'t> {
    let finding = Diagnostic::error_nowhere(Code::BrokenPlaceholder, message)
        .help("a figure is written {{ address }} or {{ address | format }}; to print two braces write \\{{");
    Fault { words, finding }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escaped_braces_are_printed_and_unclosed_ones_are_faults() {
        let facts = Facts::default();
        let Bound { words, faults, .. } = facts.bind("", None, r"write \{{ address }} so");
        assert_eq!((plain(&words).as_str(), faults.len()), ("write {{ address }} so", 0));
        let Bound { words, faults, .. } = facts.bind("", None, "the sum is {{ costs.total");
        assert_eq!(
            (plain(&words).as_str(), faults[0].finding.code),
            ("the sum is {{ costs.total", Code::BrokenPlaceholder)
        );
        let Bound { faults, .. } = facts.bind("", None, "one brace { costs.total }}");
        assert_eq!((faults[0].finding.code, faults[0].finding.severity), (Code::BrokenPlaceholder, Severity::Warning));
        let Bound { faults, .. } = facts.bind("", None, r#"in {{ "2013" }}"#);
        assert_eq!(faults[0].finding.code, Code::BrokenPlaceholder);
    }

    #[test]
    fn every_word_knows_the_letters_that_it_was_read_from() {
        let text = r#"In 2025 \{{ and {{ "12 May" | stated nowhere }} in 2025"#;
        let Bound { words, letters, faults } = Facts::default().bind("", None, text);
        for (word, letters) in words.iter().zip(letters) {
            assert_eq!(word.text(), &text[letters]);
        }
        assert_eq!(&text[faults[0].letters.clone()], "nowhere");
    }

    #[test]
    fn a_statement_can_say_where_in_its_source_it_stands() {
        let stated = |text: &str| match &Facts::default().bind("", Some("returns"), text).words[..] {
            [Word::Stated { source, at, .. }] => (source.clone(), at.clone()),
            words => panic!("{words:?}"),
        };
        let page = Some("page 12".to_owned());
        assert_eq!(stated("{{ \"12\" | stated }}"), ("returns".to_owned(), None));
        assert_eq!(stated("{{ \"12\" | stated at page 12 }}"), ("returns".to_owned(), page.clone()));
        assert_eq!(stated("{{ '12' | stated at \"page 12\" }}"), ("returns".to_owned(), page));
        let faults = Facts::default().bind("", Some("returns"), "{{ '12' | stated at }}").faults;
        assert_eq!(faults[0].finding.code, Code::BrokenPlaceholder);
    }

    proptest! {
        #[test]
        fn text_without_placeholders_comes_out_as_it_went_in(text in "[^{}\\\\]{0,40}") {
            let Bound { words, faults, .. } = Facts::default().bind("report", None, &text);
            prop_assert!(faults.is_empty());
            prop_assert_eq!(plain(&words), text);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[{}|\" a.\\\\é-]{0,30}") {
            Facts::default().bind("report", None, &text);
        }
    }
}
