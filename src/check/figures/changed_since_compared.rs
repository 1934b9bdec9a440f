//! changed-since-compared: what was compared with its source, line by line, is as it was then.
//!
//! This is the only rule that sees a name, a date or a row exchanged with another where no sum changes. It cannot say
//! what is right; it says that somebody looked, and that it is no longer what they looked at.

use sha2::{Digest, Sha256};

use super::{Audit, Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fact::Word;
use crate::model::Compared;
use crate::yaml::{self, Node, Value};

pub fn check(subject: &Subject, audit: &mut Audit) {
    for Checks { file, scopes } in check_files(subject) {
        for one in file.compared.iter().flatten() {
            match (&one.file, &one.stated) {
                (Some(name), None) => check_file(subject, audit, &scopes, one, &name.value),
                (None, Some(source)) => check_stated(subject, audit, &scopes, one, source.value.as_str()),
                (Some(_), Some(_)) | (None, None) => audit.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        one.digest.at,
                        "a comparison is of a file or of what is stated",
                    )
                    .help("write `file:` and the name of a file, or `stated:` and the id of a source, and not both"),
                ),
            }
        }
    }
}

fn check_file(subject: &Subject, audit: &mut Audit, scopes: &[&str], one: &Compared, name: &str) {
    let folder = folder_of(subject, one);
    let Some(file) =
        subject.tree.readable(&format!("{folder}{name}")).filter(|_| name.ends_with(".yaml") && name != "checks.yaml")
    else {
        let beside = subject.tree.texts.keys().filter_map(|path| path.strip_prefix(&folder));
        let at = one.file.as_ref().map_or(one.digest.at, |file| file.at);
        return audit.push(
            Diagnostic::error(Code::UnknownReference, at, format!("there is no file `{name}` beside this one"))
                .did_you_mean(name, beside)
                .help("name a YAML file of this folder"),
        );
    };
    // What is no YAML was told by its reader.
    let source = subject.tree.sources.file(file);
    let digest = source.digest(|text| {
        let mut digest = Sha256::new();
        feed(&mut digest, &yaml::parse(file, text).ok()?);
        Some(shown(digest))
    });
    if let Some(digest) = digest {
        compare(audit, scopes, one, name, digest);
    }
}

fn check_stated(subject: &Subject, audit: &mut Audit, scopes: &[&str], one: &Compared, source: &str) {
    let scope = scopes.first().copied().unwrap_or_default();
    if subject.facts.source(scope, source).is_none() {
        let at = one.stated.as_ref().map_or(one.digest.at, |stated| stated.at);
        return audit.push(
            Diagnostic::error(Code::UnknownReference, at, format!("there is no source `{source}`"))
                .did_you_mean(source, subject.facts.source_ids(scope))
                .help("sources stand at the top of facts.yaml"),
        );
    }
    let mut digest = Sha256::new();
    let of_all = scope.is_empty();
    for passage in subject.passages.iter().filter(|passage| of_all || scopes.contains(&passage.report.id.as_str())) {
        for word in &passage.words {
            if let Word::Stated { text, source: own, at } = word
                && own == source
            {
                [Some(text), at.as_ref()].into_iter().flatten().for_each(|text| feed_text(&mut digest, text));
            }
        }
    }
    compare(audit, scopes, one, source, &shown(digest));
}

fn compare(audit: &mut Audit, scopes: &[&str], one: &Compared, what: &str, digest: &str) {
    if one.digest.value == digest {
        return;
    }
    let scope = scopes.first().copied().unwrap_or_default();
    let address = if scope.is_empty() { what.to_owned() } else { format!("{scope}.{what}") };
    let subject = if one.file.is_some() { what.to_owned() } else { format!("what is stated from `{what}`") };
    let message = format!("{subject} has changed since {} compared it with its source on {}", one.by.value, one.date);
    // Whoever writes changes files, and compares them when all is written.
    let finding = Diagnostic::error(Code::ChangedSinceCompared, one.digest.at, message);
    audit.push(
        Diagnostic { severity: Severity::Warning, ..finding }
            .about(address, vec![digest.to_owned()])
            .help(format!("compare what changed with the source, then write `digest: {digest}` and who did it when")),
    );
}

/// The folder of the checks file, with a stroke behind it.
fn folder_of(subject: &Subject, one: &Compared) -> String {
    let checks = subject.tree.texts.iter().find(|(_, file)| **file == one.digest.at.file).map(|(path, _)| path);
    checks.and_then(|path| path.rsplit_once('/')).map_or(String::new(), |(folder, _)| format!("{folder}/"))
}

/// What a file says: its fields and values in their order, whatever its spaces, comments and quotation marks are.
fn feed(digest: &mut Sha256, node: &Node) {
    match &node.value {
        Value::Scalar { .. } => node.each_text(&mut |text, _| feed_text(digest, text)),
        Value::Sequence(items) => {
            digest.update([b'[']);
            items.iter().for_each(|item| feed(digest, item));
            digest.update([b']']);
        }
        Value::Mapping(fields) => {
            digest.update([b'{']);
            for (name, value) in fields {
                feed_text(digest, &name.value);
                feed(digest, value);
            }
            digest.update([b'}']);
        }
    }
}

/// A text with its length, so that no two texts run into each other.
fn feed_text(digest: &mut Sha256, text: &str) {
    digest.update((text.len() as u64).to_le_bytes());
    digest.update(text);
}

/// The first twelve letters, in threes of four.
fn shown(digest: Sha256) -> String {
    let letters: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
}
