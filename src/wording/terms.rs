//! The words for what reports are about: indicators, deliverables, themes and ratings, each in every form that a sentence has
//! it in.
//!
//! The file of a language lists the forms, `indicator: [indicator, indicators, an indicator]`, by which its messages name them.
//! A project's file says of each form which word stands for it, `indicator: {indicator: measure, …}`: so a word is said once,
//! and no sentence has to be worded anew.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::yaml::{FromNode, Node, Text, Value, list_of};

/// By name, the forms of a word in the order of the alphabet, each with what stands for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms(BTreeMap<String, BTreeMap<String, String>>);

impl Terms {
    /// What stands for a form.
    pub fn word(&self, form: &str) -> Option<&str> {
        self.0.values().find_map(|forms| forms.get(form)).map(String::as_str)
    }

    /// All forms.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// The name of what a word in small letters means.
    pub fn meaning(&self, word: &str) -> Option<&str> {
        let has = |forms: &BTreeMap<String, String>| forms.values().any(|one| one.to_lowercase() == word);
        self.0.iter().find(|(_, forms)| has(forms)).map(|(name, _)| name.as_str())
    }
}

/// Reads what a file says over what is known of its language.
pub fn read(node: &Node, terms: &mut Terms, findings: &mut Findings) {
    let Value::Mapping(fields) = &node.value else {
        let finding = Diagnostic::error(Code::WrongType, node.at, "words are written in groups, each under its name");
        return findings.push(finding.help("languages/en-GB.yaml has the groups and the forms of each"));
    };
    let is_listed = terms.0.is_empty();
    for (name, node) in fields {
        match (&node.value, terms.0.get_mut(&name.value)) {
            (Value::Sequence(_), None) if is_listed => {
                let forms = list_of(node, findings, word).unwrap_or_default();
                terms.0.insert(name.value.clone(), forms.into_iter().map(|form| (form.clone(), form)).collect());
            }
            // A list has forms that stand for themselves, also over what is known: a file may be a whole copy, or add forms.
            (Value::Sequence(_), Some(forms)) => {
                forms.extend(
                    list_of(node, findings, word).unwrap_or_default().into_iter().map(|form| (form.clone(), form)),
                );
            }
            (Value::Mapping(own), Some(forms)) => lay_over(name, forms, own, findings),
            (_, Some(_)) => {
                let message = "words are written `form: word`, each form with the word that stands for it";
                findings.push(Diagnostic::error(Code::WrongType, node.at, message));
            }
            (_, None) if is_listed => {
                let finding =
                    Diagnostic::error(Code::WrongType, node.at, "a list of the forms of this word is expected");
                findings.push(finding.help("write every form that your messages have it in: [indicator, indicators]"));
            }
            (_, None) => {
                let message = format!("there is no `{}` among the words", name.value);
                let finding = Diagnostic::error(Code::UnknownField, name.at, message);
                findings.push(finding.did_you_mean(&name.value, terms.0.keys().map(String::as_str)));
            }
        }
    }
}

/// Puts words in the place of those that are known: one for each form, so that none is left of the former word.
fn lay_over(name: &Text, forms: &mut BTreeMap<String, String>, own: &[(Text, Node)], findings: &mut Findings) {
    for (form, node) in own {
        match forms.contains_key(&form.value) {
            true => drop(word(node, findings).and_then(|word| forms.insert(form.value.clone(), word))),
            false => {
                let message = format!("`{}` has no form <{}>", name.value, form.value);
                let finding = Diagnostic::error(Code::UnknownField, form.at, message);
                findings.push(finding.did_you_mean(&form.value, forms.keys().map(String::as_str)));
            }
        }
    }
    let missing = forms.keys().filter(|form| !own.iter().any(|(given, _)| given.value == **form));
    let missing: Vec<String> = missing.map(|form| format!("<{form}>")).collect();
    if !missing.is_empty() {
        let message = format!("`{}` has no word for {}", name.value, missing.join(", "));
        let help = "say of each form which word stands for it, so that none of the former word is left";
        findings.push(Diagnostic::error(Code::MissingField, name.at, message).help(help));
    }
}

/// A word, or a few: letters, so that none can be taken for a figure or a place.
fn word(node: &Node, findings: &mut Findings) -> Option<String> {
    let text = Text::from_node(node, findings)?;
    let is_word = |c: char| !c.is_numeric() && !matches!(c, '{' | '}' | '[' | ']' | '<' | '>');
    if text.value.trim().is_empty() || !text.value.chars().all(is_word) {
        let message = format!("`{}` is no word", text.value);
        let help = "write letters alone: a figure or a mark of a message cannot stand for a word";
        findings.push(Diagnostic::error(Code::WrongValue, text.at, message).help(help));
        return None;
    }
    Some(text.value)
}
