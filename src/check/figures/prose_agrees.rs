//! prose-agrees: a number in a text is bound to a fact or marked with its source.

use super::numbers::numbers;
use super::{Audit, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{Kind, Passage, Word};

/// At most so many figures are offered.
const MOST_OFFERED: usize = 3;

pub fn check(subject: &Subject, audit: &mut Audit) {
    for passage in subject.passages.iter().filter(|passage| passage.kind == Kind::Prose || !passage.has_source) {
        for (place, word) in passage.words.iter().enumerate() {
            let Word::Plain(text) = word else { continue };
            for number in numbers(text) {
                let finding = loose(subject, passage, place, &text[number.at]);
                // A count that is wrong is said once.
                let is_said = |one: &Diagnostic| one.code == Code::CountsAgree && one.at == finding.at;
                if !audit.findings.iter().any(is_said) {
                    audit.push(finding);
                }
            }
        }
        touching(subject, audit, passage);
    }
}

/// A figure to which a sign or letter is typed would read as another one: {{ costs.total }}k.
fn touching(subject: &Subject, audit: &mut Audit, passage: &Passage) {
    for (place, pair) in passage.words.windows(2).enumerate() {
        let changes_before = |text: &str| text.starts_with(|c: char| c.is_alphanumeric() || c == '%');
        let changes_after = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || "£$€.,".contains(c));
        let (figure, at) = match pair {
            [Word::Bound { text, .. }, Word::Plain(after)] if changes_before(after) => (text, place + 1),
            [Word::Plain(before), Word::Bound { text, .. }] if changes_after(before) => (text, place),
            _ => continue,
        };
        let typed = if at == place { pair[0].text().chars().next_back() } else { pair[1].text().chars().next() };
        let typed = typed.map(String::from).unwrap_or_default();
        let message = format!("`{typed}` is typed beside the figure {figure}, which then reads otherwise");
        let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
        audit.push(
            Diagnostic::error(Code::ProseAgrees, passage.place(&subject.tree.sources, at, "{{"), message)
                .about(address, vec![figure.clone()])
                .help("choose a format that prints what is meant, or leave a space"),
        );
    }
}

fn loose(subject: &Subject, passage: &Passage, place: usize, number: &str) -> Diagnostic {
    let at = passage.place(&subject.tree.sources, place, number);
    let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
    let finding = Diagnostic::error(
        Code::ProseAgrees,
        at,
        format!("the number {number} is typed by hand and bound to no figure"),
    )
    .about(address, vec![number.to_owned()]);
    let offers = offers(subject, passage, number);
    let finding = match offers.is_empty() {
        true => finding,
        false => finding.help(format!("these figures are printed alike: {}", offers.join(", "))),
    };
    if passage.kind == Kind::Label {
        return finding.help("say where the names of this file are taken from: add a line `source: …` at its top");
    }
    finding.help(format!(
        "bind it, {{{{ address }}}}, or mark it as a statement, {{{{ \"{number}\" | stated id-of-the-source }}}}"
    ))
}

/// Figures of the report that are printed just like a number.
fn offers(subject: &Subject, passage: &Passage, number: &str) -> Vec<String> {
    let local = format!("{}.", passage.report.id);
    let alike = subject.facts.all().filter(|(id, fact)| {
        (fact.address.starts_with(&local) || fact.address.starts_with("facts.")) && subject.facts.shown(*id) == number
    });
    alike.take(MOST_OFFERED).map(|(_, fact)| format!("{{{{ {} }}}}", fact.address.trim_start_matches(&local))).collect()
}
