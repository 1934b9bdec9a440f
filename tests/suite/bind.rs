//! `tally bind`: numbers that were typed by hand find the figures that they are, and nothing else of a file changes.

use std::collections::BTreeMap;
use std::fmt::Write;

use insta::assert_snapshot;
use tally::bind::{Proposal, propose};
use tally::check::Subject;
use tally::diagnostic::Findings;
use tally::fact::{FactId, Facts, Word, facts, passages};
use tally::{model, source};

use crate::support::Sandbox;

/// Looks at the texts of a sandbox.
fn looked_at<T>(sandbox: &Sandbox, look: impl FnOnce(&Subject) -> T) -> T {
    let (tree, mut findings) = source::read(&sandbox.content());
    let project = model::load(&tree, &mut findings).expect("the content can be read");
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    look(&Subject { project: &project, facts: &facts, passages: &passages, tree: &tree })
}

/// Figures that were bound in a text, by the file and the place at which each now stands as plain letters.
type Typed = BTreeMap<(String, usize), (String, Vec<String>)>;

fn as_printed(_: &Facts, _: &str, _: FactId, printed: &str) -> String {
    printed.to_owned()
}

/// Types all figures and statements of a content plainly, as `print` says.
fn typed_plainly(sandbox: &Sandbox, print: impl Fn(&Facts, &str, FactId, &str) -> String) -> Typed {
    // Of each file the placeholders, with what is printed there and the addresses of its figures.
    let mut files: BTreeMap<String, BTreeMap<usize, (usize, String, Vec<(usize, String)>)>> = BTreeMap::new();
    let mut texts = BTreeMap::new();
    looked_at(sandbox, |subject| {
        let sources = &subject.tree.sources;
        for (path, file) in subject.tree.readable_texts() {
            texts.insert(path.to_owned(), sources.file(file).text.clone());
        }
        for passage in subject.passages.iter() {
            for (place, word) in passage.words.iter().enumerate() {
                if !matches!(word, Word::Bound { .. } | Word::Stated { .. }) {
                    continue;
                }
                let at = passage.place(sources, place);
                let (path, _) = subject.tree.texts.iter().find(|(_, file)| **file == at.file).unwrap();
                let text = &texts[path];
                let open = text[..at.start as usize].rfind("{{").unwrap();
                let close = open + text[open..].find("}}").unwrap() + 2;
                let (_, printed, addresses) =
                    files.entry(path.clone()).or_default().entry(open).or_insert((close, String::new(), Vec::new()));
                if let Word::Bound { fact, .. } = word {
                    let address = subject.facts.local(&passage.report.id, *fact).to_owned();
                    if addresses.iter().any(|(_, known)| *known == address) {
                        continue; // Another report that shares the text.
                    }
                    let of = if text[open..close].contains("out-of") { " out of " } else { " of " };
                    let between = if addresses.is_empty() { "" } else { of };
                    addresses.push((printed.len() + between.len(), address));
                    *printed += between;
                }
                match word {
                    Word::Bound { fact, text } => {
                        *printed += &print(subject.facts, &passage.report.id, *fact, text);
                    }
                    word => *printed += word.text(),
                }
            }
        }
    });
    let mut typed = Typed::new();
    for (path, placeholders) in files {
        let text = &texts[&path];
        let (mut plain, mut from) = (String::new(), 0);
        for (open, (close, printed, addresses)) in placeholders {
            plain += &text[from..open];
            for (start, address) in addresses {
                typed.insert((path.clone(), plain.len() + start), (printed.clone(), vec![address]));
            }
            plain += &printed;
            from = close;
        }
        sandbox.write(&path, plain + &text[from..]);
    }
    typed
}

/// The file and the place of a proposal's number.
fn place(subject: &Subject, proposal: &Proposal) -> (String, usize) {
    let at = proposal.candidates.first().map_or(proposal.at, |first| first.edit.at);
    let (path, _) = subject.tree.texts.iter().find(|(_, file)| **file == at.file).unwrap();
    (path.clone(), at.start as usize)
}

/// Of the figures that the shipped reports bind, typed plainly, at least nine in ten are found again, and what is
/// beyond doubt is right without exception.
#[test]
fn figures_that_are_typed_plainly_are_found_again() {
    let sandbox = Sandbox::shipped();
    let typed = typed_plainly(&sandbox, as_printed);
    looked_at(&sandbox, |subject| {
        let proposals = propose(subject, |_| true);
        let mut found: BTreeMap<(String, usize), &Proposal> = BTreeMap::new();
        for proposal in &proposals {
            for candidate in &proposal.candidates {
                found.insert((place(subject, proposal).0, candidate.edit.at.start as usize), proposal);
            }
            found.insert((place(subject, proposal).0, proposal.at.start as usize), proposal);
        }
        let (mut first, mut among, mut undoubted, mut said) = (0, 0, 0, String::new());
        for ((path, at), (printed, addresses)) in &typed {
            let address = &addresses[0];
            let Some(proposal) = found.get(&(path.clone(), *at)) else {
                writeln!(said, "{path}: “{printed}” ({address}) is not seen as a number").unwrap();
                continue;
            };
            let rank = proposal.candidates.iter().position(|one| one.address == *address);
            first += usize::from(rank == Some(0));
            among += usize::from(rank.is_some());
            undoubted += usize::from(proposal.is_beyond_doubt);
            if rank != Some(0) {
                let offered: Vec<&str> = proposal.candidates.iter().map(|one| one.address.as_str()).take(3).collect();
                writeln!(said, "{path}: “{printed}” ({address}) in “{}”: {}", proposal.sentence, offered.join(", "))
                    .unwrap();
            }
        }
        let share = first * 1000 / typed.len();
        let head = format!(
            "{} figures typed plainly; the right one first: {first} ({}.{}%); among those offered: {among}; beyond doubt: {undoubted}\n\nnot first:\n",
            typed.len(),
            share / 10,
            share % 10,
        );
        let wrong: Vec<String> = proposals
            .iter()
            .filter(|one| one.is_beyond_doubt)
            .filter(|one| {
                let right = typed.get(&place(subject, one));
                right.is_none_or(|(_, addresses)| addresses[0] != one.candidates[0].address)
            })
            .map(|one| format!("“{}” in “{}”: {}", one.typed, one.sentence, one.candidates[0].address))
            .collect();
        assert_snapshot!("found-again", head + &said);
        assert_eq!(wrong, [""; 0], "what is beyond doubt is wrong");
        assert!(share >= 900, "{share} in a thousand");
    });
}

/// A number that was typed wrongly is another figure's by chance; it is not bound to that one of its own accord.
#[test]
fn slips_are_not_bound_as_if_they_were_right() {
    let (mut typed_wrongly, mut bound) = (0, Vec::new());
    for step in 1..=8 {
        let sandbox = Sandbox::shipped();
        let another = |facts: &Facts, report: &str, fact: FactId, printed: &str| {
            another_figure(facts, report, fact, step).unwrap_or_else(|| printed.to_owned())
        };
        let right = typed_plainly(&Sandbox::shipped(), as_printed);
        let typed = typed_plainly(&sandbox, another);
        typed_wrongly += typed.values().zip(right.values()).filter(|(one, other)| one != other).count();
        looked_at(&sandbox, |subject| {
            for one in propose(subject, |_| true).iter().filter(|one| one.is_beyond_doubt) {
                let first = &one.candidates[0];
                let is_right = typed.get(&place(subject, one)).is_some_and(|(_, addresses)| addresses[0] == first.address);
                if !is_right {
                    bound.push(format!("“{}” in “{}”: {}", one.typed, one.sentence, first.address));
                }
            }
        });
    }
    assert!(typed_wrongly > 500, "only {typed_wrongly} slips were made");
    assert_snapshot!("slips", format!("{typed_wrongly} slips, {} bound\n\n{}", bound.len(), bound.join("\n")));
}

/// Another figure whose address differs in one segment, as it is printed where nothing else is said.
fn another_figure(facts: &Facts, report: &str, fact: FactId, step: usize) -> Option<String> {
    let own: Vec<&str> = facts.get(fact).address.split('.').collect();
    let is_similar = |address: &str| {
        let other: Vec<&str> = address.split('.').collect();
        other.len() == own.len() && own.iter().zip(&other).filter(|(one, other)| one != other).count() == 1
    };
    let similar: Vec<FactId> =
        facts.within(own[0]).filter(|(address, _)| is_similar(address)).map(|(_, other)| other).collect();
    let other = similar.get((fact.index() + step) % similar.len().max(1))?;
    Some(facts.printed(report, *other))
}
