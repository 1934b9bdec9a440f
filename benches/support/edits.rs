//! One word or one figure changes, over and over, while a preview runs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tally::build::ReportBuilder;
use tally::compile::forget;
use tally::diagnostic::SourceMap;
use tally::preview::{Preview, Told};

use crate::engine::{Sources, read_source, typesetter, write_source};
use crate::process::{measured, memory_now};
use crate::{ms, options, shipped, text};

const EDITS: usize = 200;
const REPORT: &str = "css-annual-report";
/// Time for a system to forget the last edit.
const PAUSE: Duration = Duration::from_millis(20);

/// Edits in the preview and with typst alone, and prints the table.
pub fn compare() {
    let folder = tempfile::tempdir().unwrap();
    let source = text(folder.path().join("source"));
    let copies = ["one", "two"].map(|name| folder.path().join(name));
    copies.iter().for_each(|copy| copy_content(copy));
    let (_, preview) = measured(&["edit", &text(&copies[0]), &EDITS.to_string()]);
    measured(&["edit-source", &text(&copies[1]), &source]);
    let (_, engine) = measured(&["edit-engine", &source]);
    let column = |lines: &str, column: usize| -> Vec<f64> {
        let mut times: Vec<f64> = lines.lines().filter_map(|line| line.split(' ').nth(column)?.parse().ok()).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    println!(
        "\n{EDITS} edits of the annual report, a word and a figure in turn, from the save to the bytes in the browser"
    );
    println!("  {:<28} {:>10} {:>16}", "", "median", "95th centile");
    let show = |name: &str, times: &[f64]| {
        println!("  {name:<28} {:>7.1} ms {:>13.1} ms", centile(times, 50), centile(times, 95));
    };
    let [pages, pdfs, done] = [0, 1, 2].map(|place| column(&preview, place));
    let alone = column(&engine, 0);
    show("page", &pages);
    show("PDF", &pdfs);
    show("both read back", &done);
    show("typst alone", &alone);
    println!(
        "  ratio of the PDF             {:>7.2}    {:>13.2}",
        centile(&pdfs, 50) / centile(&alone, 50),
        centile(&pdfs, 95) / centile(&alone, 95)
    );
}

/// The memory of a preview after more and more edits.
pub fn memory(edits: usize) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy_content(&content);
    let (_, preview) = measured(&["edit", &text(&content), &edits.to_string()]);
    let memory = column_in_order(&preview, 3);
    println!("\nMemory of a preview of both reports");
    for after in [20, 100, 200, 500, edits] {
        println!("  after {after:>5} edits {:>5.0} MB", memory.get(after - 1).copied().unwrap_or_default());
    }
}

fn column_in_order(lines: &str, column: usize) -> Vec<f64> {
    lines.lines().filter_map(|line| line.split(' ').nth(column)?.parse().ok()).collect()
}

fn centile(sorted: &[f64], centile: usize) -> f64 {
    sorted.get((sorted.len() * centile).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

/// The shipped content without the control totals that hold the figure which is changed.
fn copy_content(to: &Path) {
    for entry in walkdir::WalkDir::new(shipped()).into_iter().filter_map(Result::ok) {
        let path = to.join(entry.path().strip_prefix(shipped()).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).unwrap();
        } else if entry.file_name() != "published.lock" {
            fs::copy(entry.path(), path).unwrap();
        }
    }
    let checks = to.join(REPORT).join("checks.yaml");
    let text = fs::read_to_string(&checks).unwrap();
    let (head, rest) = text.split_once("  - of: facts.*\n").unwrap();
    let (_, tail) = rest.split_once("\n\n# Errors").unwrap();
    fs::write(&checks, format!("{head}\n# Errors{tail}")).unwrap();
}

/// Makes one edit: a word of the foreword, or a figure.
fn edit(content: &Path, number: usize) {
    let change = |file: &str, marker: &str, end: char, to: &str| {
        let path = content.join(REPORT).join(file);
        let text = fs::read_to_string(&path).unwrap();
        let at = text.find(marker).unwrap() + marker.len();
        let length = text[at..].find(end).unwrap();
        fs::write(&path, format!("{}{to}{}", &text[..at], &text[at + length..])).unwrap();
    };
    if number.is_multiple_of(2) {
        let words = ["delighted", "glad", "happy", "proud"];
        change("foreword.md", "I am ", ' ', words[(number / 2 + 1) % words.len()]);
    } else {
        let figure = (number / 2 % 9 + 2).to_string();
        change("facts.yaml", "adopters of maternity services for the future\n    value: ", '\n', &figure);
    }
}

/// Previews the content, edits it, and prints when the page came back, when the PDF, and when both had been read back,
/// in milliseconds, and the memory.
pub fn preview(content: &Path, edits: usize) {
    let (sender, told) = mpsc::channel();
    let folder = content.to_owned();
    std::thread::spawn(move || {
        let preview = Preview { options: move || options(&folder, Path::new("")), port: Some(0), edits: false };
        let listening = move |told: Told| {
            if let Told::Listening(address) = told {
                sender.send(address).unwrap();
            }
        };
        preview.run(listening).unwrap();
    });
    let address = told.recv().unwrap();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        stream
    };
    let mut events = BufReader::new(get("/~preview/events"));
    let mut state = || loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).unwrap() > 0, "the preview has ended");
        if let Some(json) = line.strip_prefix("data: ") {
            break serde_json::from_str::<serde_json::Value>(json).unwrap();
        }
    };
    let report = |state: &serde_json::Value| {
        let reports = state["reports"].as_array().unwrap();
        reports.iter().find(|report| report["id"] == REPORT).cloned().unwrap_or_default()
    };
    let mut shown = loop {
        let state = state();
        assert_ne!(state["state"], "faulty", "{}", state["findings"]);
        if state["state"] == "done" {
            break report(&state);
        }
    };
    for number in 0..edits {
        std::thread::sleep(PAUSE);
        let begun = Instant::now();
        edit(content, number);
        let (mut page, mut pdf) = (None, None);
        let (pdf, now) = loop {
            let state = state();
            assert_ne!(state["state"], "faulty", "{}", state["findings"]);
            let now = report(&state);
            for (took, digest, path) in [
                (&mut page, "page_digest", format!("/{REPORT}/index.html")),
                (&mut pdf, "pdf_digest", format!("/{REPORT}/{REPORT}.pdf")),
            ] {
                if took.is_none() && now[digest] != shown[digest] {
                    let mut bytes = Vec::new();
                    get(&path).read_to_end(&mut bytes).unwrap();
                    *took = Some(begun.elapsed());
                }
            }
            if let (true, Some(pdf)) = (state["state"] == "done", pdf) {
                break (pdf, now);
            }
        };
        let done = begun.elapsed();
        shown = now;
        println!("{} {} {} {}", ms(page.unwrap_or(pdf)), ms(pdf), ms(done), memory_now());
    }
}

/// Writes what typst is given after each edit.
pub fn write_sources(content: &Path, folder: &Path) {
    let mut builder = ReportBuilder::keeping();
    for number in 0..=EDITS {
        if let Some(number) = number.checked_sub(1) {
            edit(content, number);
        }
        let mut sources = Sources::default();
        let outcome = builder.run(&options(content, Path::new("")), &mut sources, &|_| ());
        assert!(outcome.manifest.is_some(), "{:?}", outcome.findings.first());
        let sources = sources.0.into_inner().unwrap();
        let (_, main, files) = sources.into_iter().find(|(report, ..)| report == REPORT).unwrap();
        write_source(&folder.join(format!("{number:04}")), &main, &files);
    }
}

/// Lays out and exports one source after the other, and prints how long each took, in milliseconds.
pub fn engine(folder: &Path) {
    let mut typesetter = typesetter();
    for number in 0..=EDITS {
        let (main, files) = read_source(&folder.join(format!("{number:04}")));
        let begun = Instant::now();
        let layout = typesetter.lay_out(main, files, &SourceMap::default()).ok().unwrap();
        typesetter.export_unpacked(REPORT, &layout, &SourceMap::default()).ok().unwrap();
        if number > 0 {
            println!("{}", ms(begun.elapsed()));
        }
        forget(20);
    }
}
