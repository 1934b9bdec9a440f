//! How long one edit of the shipped content takes, from the change to the new text that was read again, and how much is kept
//! to take a thousand of them back; and how long it takes from a key to the findings, the page and the PDF.
//!
//! `cargo bench --bench edit` prints, for each kind of edit, the size of the text and the middle and the slowest of many;
//! `-- keys` the way from the key alone (`-- keys 20` with 20 of them), and `-- level` the memory over 1,000 changes, which takes
//! minutes.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches measure time and print it")]

#[path = "support/keys.rs"]
mod keys;
#[path = "support/process.rs"]
#[allow(dead_code, reason = "other benches ask for more of it")]
mod process;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tally::edit::{Change, Edited, History, Place, Texts, apply};

const RUNS: usize = 200;

fn main() {
    let begun = Instant::now();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["keys", content, report, number] if process::is_child() => {
            keys::preview(content.as_ref(), report, number_of(number));
            process::report(begun);
        }
        ["keys"] => keys::compare(RUNS),
        ["keys", keys] => keys::compare(number_of(keys)),
        ["level"] => keys::memory(1000),
        ["level", keys] => keys::memory(number_of(keys)),
        _ => {
            edits();
            keys::compare(RUNS);
        }
    }
}

fn number_of(keys: &str) -> usize {
    keys.parse().expect("a number of keys")
}

fn edits() {
    let texts = texts();
    println!("{:<34} {:>8} {:>10} {:>10}", "edit", "bytes", "middle", "slowest");
    let (dashboard, report, prose) =
        ("css-annual-report/indicators.yaml", "css-annual-report/report.yaml", "css-annual-report/foreword.md");
    let list = |name: &str| Some(name.to_owned());
    let figure = Change::Figure { at: at(&texts, dashboard, "\"£1,858,663\""), text: "£1,885,663".to_owned() };
    show(&texts, "a figure of the dashboard", figure);
    let title = Change::Text { at: at(&texts, report, "Next steps"), text: "What comes next: a plan".to_owned() };
    show(&texts, "a title", title);
    let words = "Words of a paragraph that say something else.".to_owned();
    show(&texts, "a paragraph", Change::Text { at: first_paragraph(&texts, prose), text: words });
    let section = at(&texts, report, "staff-survey");
    show(&texts, "a section moves", Change::Move { at: section, list: list("sections"), by: 1 });
    let twice = Change::Duplicate { at: at(&texts, dashboard, "coding-challenges"), list: list("indicators") };
    show(&texts, "an indicator is written twice", twice);
    remember(texts, dashboard);
}

/// Makes a change as often as is measured, and prints its line.
fn show(texts: &Texts, name: &str, change: Change) {
    let change = [change];
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let edited = apply(texts, &change).unwrap_or_else(|why| panic!("{name}: {why:?}"));
            assert_eq!(edited.len(), 1, "{name}");
            begun.elapsed()
        })
        .collect();
    times.sort();
    let shown = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    let bytes = texts[change[0].file()].len();
    println!("{name:<34} {bytes:>8} {:>10} {:>10}", shown(times[RUNS / 2]), shown(times[RUNS - 1]));
}

/// A thousand edits of figures, with what is kept of them.
fn remember(mut texts: Texts, file: &str) {
    let mut history = History::default();
    for number in 0..1000 {
        let start = texts[file].find("figures:").expect("there are figures");
        let start = start + texts[file][start..].find("- [").expect("in lists") + 3;
        let length = texts[file][start..].find(',').expect("of several");
        let at = Place { file: file.to_owned(), range: start..start + length };
        let edited =
            apply(&texts, &[Change::Figure { at, text: (number + 100).to_string() }]).expect("a figure has room");
        history.note("a figure", &edited, None);
        put(&mut texts, &edited);
    }
    println!("\nkept of 1,000 edits: {} bytes", history.bytes());
}

fn put(texts: &mut Texts, edited: &[Edited]) {
    for one in edited {
        texts.extend(one.after.iter().map(|after| (one.file.clone(), Arc::clone(after))));
    }
}

/// The place of some words in a file.
fn at(texts: &Texts, file: &str, words: &str) -> Place {
    let start = texts[file].find(words).unwrap_or_else(|| panic!("{file} has no {words}"));
    Place { file: file.to_owned(), range: start..start + words.len() }
}

fn first_paragraph(texts: &Texts, file: &str) -> Place {
    Place { file: file.to_owned(), range: tally::markdown::outline(&texts[file])[0].at.clone() }
}

/// The texts of the larger shipped report.
fn texts() -> Texts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = ["indicators.yaml", "report.yaml", "foreword.md"].map(|name| format!("css-annual-report/{name}"));
    files
        .map(|file| (file.clone(), Arc::from(fs::read_to_string(folder.join(&file)).expect("the content is there"))))
        .into()
}
