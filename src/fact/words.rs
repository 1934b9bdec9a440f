//! Text with facts bound in it: `{{ running-costs.total | millions }}`.

use super::Unit;
use super::{FORMATS, FactId, Facts, format};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceMap, Span};
use crate::model::values::Language;
use crate::yaml::Parse;

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
    /// A number that is no fact of its own, with the id of the source that states it.
    Stated {
        text: String,
        source: String,
    },
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
        }
    }
}

/// Words as they are printed, without what stands behind them.
pub fn plain(words: &[Word]) -> String {
    words.iter().map(Word::text).collect()
}

/// What is wrong with a placeholder: the words in question, and the finding that still lacks its place.
#[derive(Debug, PartialEq)]
pub struct WordFault {
    pub words: String,
    pub finding: Diagnostic,
}

/// The place of some words within a stretch of a source; the whole stretch where they are not found, which happens
/// when a YAML text is folded in the middle of them.
pub fn slice(sources: &SourceMap, at: Span, words: &str) -> Span {
    if words.is_empty() {
        return Span { start: at.end.saturating_sub(1).max(at.start), ..at };
    }
    let text = &sources.file(at.file).text[sources.range(at)];
    let is_whole = |start: usize| {
        let joins = |c: char| c.is_alphanumeric() || c == '-';
        !text[..start].ends_with(joins) && !text[start + words.len()..].starts_with(joins)
    };
    let places = || text.match_indices(words).map(|(start, _)| start);
    match places().find(|start| is_whole(*start)).or_else(|| places().next()) {
        Some(start) => at.part(start..start + words.len()),
        None => at,
    }
}

impl Facts<'_> {
    /// Puts facts into a text, as seen from a scope. A placeholder that is not understood stays as it was typed, and
    /// is a fault.
    pub fn bind(&self, scope: &str, text: &str) -> (Vec<Word>, Vec<WordFault>) {
        let (mut words, mut faults) = (Vec::new(), Vec::new());
        let mut rest = text;
        let mut is_escaped = false;
        while let Some(start) = rest.find("{{") {
            if let Some(before) = rest[..start].strip_suffix('\\') {
                push_plain(&mut words, before);
                push_plain(&mut words, "{{");
                is_escaped = true;
                rest = &rest[start + 2..];
                continue;
            }
            faults.extend(unopened(&rest[..start]));
            push_plain(&mut words, &rest[..start]);
            let Some(end) = rest[start..].find("}}").map(|end| start + end + 2) else {
                faults.push(broken(&rest[start..], "this opens a figure with `{{` and does not close it"));
                words.push(Word::Broken(rest[start..].to_owned()));
                rest = "";
                break;
            };
            let placeholder = &rest[start..end];
            match self.placeholder(scope, placeholder) {
                Ok(bound) => words.extend(bound),
                Err(fault) => {
                    words.push(Word::Broken(placeholder.to_owned()));
                    // Why a formula has no value was said where it stands.
                    let is_said = fault.finding.code == Code::UnknownFact && self.has_failed(scope, &fault.words);
                    faults.extend((!is_said).then_some(*fault));
                }
            }
            rest = &rest[end..];
        }
        // Escaped braces are closed as they were opened, in the author's own text.
        faults.extend(unopened(rest).filter(|_| !is_escaped));
        push_plain(&mut words, rest);
        (words, faults)
    }

    fn placeholder(&self, scope: &str, placeholder: &str) -> Result<Vec<Word>, Box<WordFault>> {
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
            return self.statement(scope, placeholder, inside);
        }
        let (address, form) =
            inside.split_once('|').map_or((inside, None), |(address, form)| (address.trim(), Some(form.trim())));
        if let Some(words) = self.row_words(scope, address) {
            return match form {
                None => {
                    Ok(vec![Word::Named { text: words.text.to_owned(), at: words.at, has_source: words.has_source }])
                }
                Some(form) => {
                    let message = format!("`{address}` is a text, which has no format");
                    let finding = Diagnostic::error_nowhere(Code::WrongFormat, message);
                    Err(Box::new(WordFault {
                        words: form.to_owned(),
                        finding: finding.help(format!("write {{{{ {address} }}}}")),
                    }))
                }
            };
        }
        let fact = self.fact(scope, address)?;
        let is_ratio = self.quantity(fact).is_some_and(|quantity| quantity.unit == Unit::Ratio);
        let Some(form) = form.or(is_ratio.then_some("")) else {
            return Ok(vec![Word::Bound { text: self.shown(fact), fact }]);
        };
        let (name, argument) = form.split_once(' ').map_or((form, None), |(name, rest)| (name, Some(rest.trim())));
        if let ("out-of" | "of", Some(whole)) = (name, argument) {
            let whole = self.fact(scope, whole)?;
            let unit = |fact| self.quantity(fact).map(|quantity| quantity.unit);
            if unit(fact) != unit(whole) {
                return Err(Box::new(self.wrong_format(fact, form, name)));
            }
            let between = if name == "of" { " of " } else { " out of " };
            return Ok(vec![
                Word::Bound { text: self.shown(fact), fact },
                Word::Plain(between.to_owned()),
                Word::Bound { text: self.shown(whole), fact: whole },
            ]);
        }
        match format::format(self.get(fact).value, name, argument) {
            Some(text) => Ok(vec![Word::Bound { text, fact }]),
            None => Err(Box::new(self.wrong_format(fact, form, name))),
        }
    }

    fn fact(&self, scope: &str, address: &str) -> Result<FactId, Box<WordFault>> {
        self.find(scope, address)
            .ok_or_else(|| Box::new(WordFault { words: address.to_owned(), finding: self.unknown(scope, address) }))
    }

    fn wrong_format(&self, fact: FactId, form: &str, name: &str) -> WordFault {
        let names = || FORMATS.iter().map(|(name, _)| *name);
        let finding = if name.is_empty() {
            let message = format!("{} is a ratio, which needs a format", self.get(fact).address);
            Diagnostic::error_nowhere(Code::WrongFormat, message).help("write `| percent`")
        } else if names().any(|known| known == name) {
            let message = format!("`{form}` does not fit {}, which is {}", self.get(fact).address, self.shown(fact));
            Diagnostic::error_nowhere(Code::WrongFormat, message)
        } else {
            Diagnostic::error_nowhere(Code::WrongFormat, format!("there is no format `{name}`"))
                .did_you_mean(name, names())
        };
        let finding = finding.help(format!("the formats are {}", names().collect::<Vec<_>>().join(", ")));
        WordFault { words: form.to_owned(), finding }
    }

    /// `"29 November 2016" | stated annual-report`: a number with the source that states it; or `"Croeso" | in cy`:
    /// words in another language.
    fn statement(&self, scope: &str, placeholder: &str, inside: &str) -> Result<Vec<Word>, Box<WordFault>> {
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
            return Ok(vec![Word::Foreign { text: text.to_owned(), language: language.tag() }]);
        }
        let source = form.trim().strip_prefix("stated ").ok_or_else(usage)?.trim();
        if self.source(scope, source).is_none() {
            let finding = Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no source `{source}`"))
                .did_you_mean(source, self.source_ids(scope))
                .help("sources stand at the top of facts.yaml");
            return Err(Box::new(WordFault { words: source.to_owned(), finding }));
        }
        Ok(vec![Word::Stated { text: text.to_owned(), source: source.to_owned() }])
    }
}

/// Braces that close no figure: most likely one brace is missing before it.
fn unopened(text: &str) -> Option<WordFault> {
    text.contains("}}").then(|| {
        let finding = broken("}}", "`}}` closes a figure that was not opened with `{{`").finding;
        WordFault { words: "}}".to_owned(), finding: Diagnostic { severity: Severity::Warning, ..finding } }
    })
}

fn broken(words: &str, message: &str) -> WordFault {
    let finding = Diagnostic::error_nowhere(Code::BrokenPlaceholder, message)
        .help("a figure is written {{ address }} or {{ address | format }}; to print two braces write \\{{");
    WordFault { words: words.to_owned(), finding }
}

fn push_plain(words: &mut Vec<Word>, text: &str) {
    match words.last_mut() {
        _ if text.is_empty() => {}
        Some(Word::Plain(before)) => before.push_str(text),
        _ => words.push(Word::Plain(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escaped_braces_are_printed_and_unclosed_ones_are_faults() {
        let facts = Facts::default();
        let (words, faults) = facts.bind("", r"write \{{ address }} so");
        assert_eq!((plain(&words).as_str(), faults.len()), ("write {{ address }} so", 0));
        let (words, faults) = facts.bind("", "the sum is {{ costs.total");
        assert_eq!(
            (plain(&words).as_str(), faults[0].finding.code),
            ("the sum is {{ costs.total", Code::BrokenPlaceholder)
        );
        let (_, faults) = facts.bind("", "one brace { costs.total }}");
        assert_eq!((faults[0].finding.code, faults[0].finding.severity), (Code::BrokenPlaceholder, Severity::Warning));
        let (_, faults) = facts.bind("", r#"in {{ "2013" }}"#);
        assert_eq!(faults[0].finding.code, Code::BrokenPlaceholder);
    }

    proptest! {
        #[test]
        fn text_without_placeholders_comes_out_as_it_went_in(text in "[^{}\\\\]{0,40}") {
            let (words, faults) = Facts::default().bind("report", &text);
            prop_assert!(faults.is_empty());
            prop_assert_eq!(plain(&words), text);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[{}|\" a.\\\\é-]{0,30}") {
            Facts::default().bind("report", &text);
        }
    }
}
