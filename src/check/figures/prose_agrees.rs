//! prose-agrees: a number in a text is bound to a fact or marked with its source.

use std::collections::HashSet;
use std::ops::Range;

use super::numbers::{Loose, Reader};
use super::{Audit, Subject, claims_agree};
use crate::diagnostic::{Code, Diagnostic, Mend, Span};
use crate::fact::{Kind, Passage, Word, plain};
use crate::letters::is_unspaced;
use crate::wording::Wording;
use crate::yaml;

/// Figures are looked for and offered for the first findings; whoever has more typed all numbers by hand.
const MOST_WITH_OFFERS: usize = 50;
/// At most so many figures are offered.
const MOST_OFFERED: usize = 3;

pub fn check(subject: &Subject, audit: &mut Audit) {
    // A count that is wrong is said once, by the rule before this one.
    let is_count = |one: &&Diagnostic| one.code == Code::CountsAgree;
    let mut said: HashSet<Option<Span>> = audit.findings.iter().filter(is_count).map(|one| one.at).collect();
    let reader = Reader::of(&subject.project.organisation);
    let mut found = 0;
    let is_looked_at = |passage: &Passage| passage.kind != Kind::Label || !passage.has_source;
    for (index, passage) in subject.passages.iter().enumerate().filter(|(_, passage)| is_looked_at(passage)) {
        for Loose { word: place, letters, is_date } in reader.loose(passage) {
            if is_claim(passage.report.wording(), passage.words[place].text(), &letters) {
                continue;
            }
            let at = passage.part(&subject.tree.sources, place, letters.clone());
            // Reports of a group share their texts.
            if said.insert(Some(at)) {
                let sentence = match passage.kind {
                    Kind::ListNumber => sentence_of_item(subject, passage, subject.passages.get(index + 1)),
                    _ => passage.sentence(place, letters.clone()),
                };
                let number = &passage.words[place].text()[letters];
                let finding = loose(subject, passage, at, (number, is_date), found < MOST_WITH_OFFERS);
                found += 1;
                audit.push(finding.in_sentence(sentence).in_all_reports());
            }
        }
    }
    subject.passages.iter().for_each(|passage| touching(subject, audit, passage));
    subject.passages.iter().for_each(|passage| without_source(subject, &reader, audit, passage, &mut said));
}

/// Whether a number belongs to a claim: of "more than half" it is asked what it says, and not what half is bound to.
fn is_claim(wording: &Wording, text: &str, at: &Range<usize>) -> bool {
    claims_agree::claims(wording, text).iter().any(|(claim, _)| claim.start <= at.start && at.end <= claim.end)
}

/// The first sentence of the item that a number begins, with the number; the number alone where the item has no words.
fn sentence_of_item(subject: &Subject, number: &Passage, next: Option<&Passage>) -> String {
    let sources = &subject.tree.sources;
    let is_its_own = |next: &&Passage| {
        let (own, at) = (sources.range(number.at), sources.range(next.at));
        let source = &sources.file(number.at.file).text;
        let between = (next.at.file == number.at.file).then(|| source.get(own.end..at.start)).flatten();
        between.is_some_and(|between| !between.contains(char::is_alphanumeric))
    };
    match next.filter(|next| !next.words.is_empty()).filter(is_its_own) {
        Some(item) => format!("{}. {}", plain(&number.words), item.sentence(0, 0..0)),
        None => plain(&number.words),
    }
}

/// A number in the name of a row is its source's; a table without one leaves it loose.
fn without_source(
    subject: &Subject,
    reader: &Reader,
    audit: &mut Audit,
    passage: &Passage,
    said: &mut HashSet<Option<Span>>,
) {
    for word in &passage.words {
        let Word::Named { text, at, has_source: false } = word else { continue };
        for number in reader.asked(text, passage.report) {
            let at = yaml::part(&subject.tree.sources, *at, number.at.clone());
            let number = &text[number.at];
            if said.insert(Some(at)) {
                let message = format!("the number {number} is typed by hand and bound to no figure");
                audit.push(
                    Diagnostic::error(Code::ProseAgrees, at, message)
                        .about(format!("{}.row", passage.report.id), vec![number.to_owned()])
                        .help("say where the names of this file are taken from: add a line `source: …` at its top"),
                );
            }
        }
    }
}

/// A figure to which a sign or letter is typed would read as another one: {{ costs.total }}k.
fn touching(subject: &Subject, audit: &mut Audit, passage: &Passage) {
    for (place, pair) in passage.words.windows(2).enumerate() {
        let is_letter = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        let changes_before = |text: &str| text.starts_with(|c: char| is_letter(c) || "%％".contains(c));
        let changes_after = |text: &str| text.ends_with(|c: char| is_letter(c) || "£$€.,-−<".contains(c));
        // Which of the two is bound, as it is printed, and what stands beside it.
        let (bound, figure, typed) = match pair {
            [Word::Bound { text, .. }, next @ (Word::Bound { .. } | Word::Stated { .. })] => {
                (0, text, next.text().to_owned())
            }
            [Word::Bound { text, .. }, Word::Plain(after) | Word::Named { text: after, .. }]
                if changes_before(after) =>
            {
                (0, text, after.chars().take(1).collect())
            }
            [Word::Plain(before) | Word::Named { text: before, .. }, Word::Bound { text, .. }]
                if changes_after(before) =>
            {
                (1, text, before.chars().next_back().map(String::from).unwrap_or_default())
            }
            _ => continue,
        };
        let at = passage.place(&subject.tree.sources, place + bound);
        let message = format!("`{typed}` stands right beside the figure {figure}, which then reads otherwise");
        let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
        audit.push(
            Diagnostic::error(Code::ProseAgrees, at, message)
                .about(address, vec![figure.clone()])
                .in_sentence(passage.sentence(place + bound, 0..figure.len()))
                .help("choose a format that prints what is meant, or leave a space"),
        );
    }
}

fn loose(subject: &Subject, passage: &Passage, at: Span, (number, is_date): (&str, bool), offer: bool) -> Diagnostic {
    let address = format!("{}.{}", passage.report.id, passage.section).trim_end_matches('.').to_owned();
    let message = match is_date {
        true => format!("the date {number} is far from the report's period, and has nothing behind it"),
        false => format!("the number {number} is typed by hand and bound to no figure"),
    };
    let finding = Diagnostic::error(Code::ProseAgrees, at, message).about(address, vec![number.to_owned()]);
    let offers = if offer { offers(subject, passage, number) } else { Vec::new() };
    let finding = match offers.is_empty() {
        true => finding,
        false => finding.help(format!("these figures are printed alike: {}", offers.join(", "))),
    };
    if passage.kind == Kind::Label {
        return finding.help("say where the names of this file are taken from: add a line `source: …` at its top");
    }
    let finding = match passage.kind {
        Kind::ListNumber => finding.help(
            "a line that begins with a number and a full stop is an item of a list, which begins with 1; a number that is bound begins a sentence",
        ),
        _ => finding,
    };
    let marked = match passage.default_source {
        true => format!("{{{{ \"{number}\" | stated }}}}"),
        false => format!("{{{{ \"{number}\" | stated id-of-the-source }}}}"),
    };
    let finding = finding.help(format!("bind it, {{{{ address }}}}, or mark it as a statement, {marked}"));
    // A YAML value would need quotation marks that it may not have, and letters that are printed otherwise are not replaced.
    let file = subject.tree.sources.file(at.file);
    let is_typed = file.path.ends_with(".md") && file.text.get(subject.tree.sources.range(at)) == Some(number);
    let finding = match passage.default_source && is_typed {
        true => finding.choice("mark it as a statement", vec![Mend { at, with: marked }]),
        false => finding,
    };
    // Where a figure of the report is printed alike, it is most likely that.
    match offers.is_empty() && is_like_a_name(number) && !is_date && passage.kind == Kind::Prose {
        true => {
            let help = "if it is a name, such as Ward 7, add the whole name under `names` in organisation.yaml";
            named(subject, at, finding.help(help))
        }
        false => finding,
    }
}

/// With the entry of `names` that makes a name of a number where nothing else can be meant: it stands behind an abbreviation
/// and at the end of its clause, `beside NHS 111.`
fn named(subject: &Subject, at: Span, finding: Diagnostic) -> Diagnostic {
    let sources = &subject.tree.sources;
    let (file, letters) = (sources.file(at.file), sources.range(at));
    let (before, after) = (&file.text[..letters.start], &file.text[letters.end..]);
    let ends = after.chars().next().is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n' | '\r'))
        && !after.trim_start_matches(['.', ',']).starts_with(|c: char| c.is_ascii_digit());
    let word = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n', '(']).next());
    let is_short_form = |word: &&str| word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    let number = &file.text[letters];
    if let Some(word) = word.filter(is_short_form).filter(|_| ends) {
        let (place, line) = names_entry(subject, &format!("{word} {number}"));
        return finding.mend(place, line);
    }
    // The first word of a sentence has a capital letter whatever it is.
    let goes_before =
        |word: &str| before.trim_end_matches(' ').strip_suffix(word).unwrap_or_default().trim_end_matches(' ');
    let is_within = |word: &str| goes_before(word).ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';'));
    let is_of_name = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric) && is_within(word)
    };
    match word.filter(is_of_name) {
        Some(word) => {
            let name = format!("{word} {number}");
            let (at, with) = names_entry(subject, &name);
            finding.choice(format!("add `{name}` to the names"), vec![Mend { at, with }])
        }
        None => finding,
    }
}

/// Where an entry is added to the `names` of the organisation, and what is typed there.
fn names_entry(subject: &Subject, name: &str) -> (Span, String) {
    let organisation = &subject.project.organisation;
    let file = subject.tree.sources.file(organisation.at.file);
    let at = |place: usize| Span::new(organisation.at.file, place..place);
    let Some(last) = organisation.names.iter().flatten().last() else {
        let end = if file.text.ends_with('\n') { "" } else { "\n" };
        return (at(file.text.len()), format!("{end}names:\n  - {name}\n"));
    };
    let letters = last.at.letters();
    let line = file.text[..letters.start].rfind('\n').map_or(0, |end| end + 1);
    let lead = &file.text[line..letters.start];
    match lead.trim() {
        "-" => {
            let end = file.text[letters.end..].find('\n').map_or(file.text.len(), |end| letters.end + end);
            let end = if file.text[..end].ends_with('\r') { end - 1 } else { end };
            let line_end = if file.text.contains("\r\n") { "\r\n" } else { "\n" };
            (at(end), format!("{line_end}{}{name}", lead.trim_end_matches(['"', '\''])))
        }
        _ => (at(letters.end), format!(", {name}")),
    }
}

/// Whether a number may belong to a name: a short one in digits, without money, measure or point.
fn is_like_a_name(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (1..=4).contains(&digits) && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/'))
}

/// Figures of the report that are printed just like a number.
fn offers(subject: &Subject, passage: &Passage, number: &str) -> Vec<String> {
    let local = format!("{}.", passage.report.id);
    let known = subject.facts.within(&passage.report.id).chain(subject.facts.within("facts"));
    let alike = known.filter(|(_, id)| subject.facts.shown(*id) == number);
    alike
        .take(MOST_OFFERED)
        .map(|(address, _)| format!("{{{{ {} }}}}", address.strip_prefix(&local).unwrap_or(address)))
        .collect()
}
