//! How fast reports are made, held against the bare engine: typst laying out and exporting the same source, and nothing
//! else. All ratios are of one run on one machine.
//!
//! `cargo bench --bench speed` prints the tables; `cargo bench --bench speed -- cold warm` some of them. Each side is
//! measured in a process of its own, so that neither finds what the other laid out, and CPU time and peak memory are
//! its own. `level` (memory over 1,000 edits) and `large` (39,000 indicators) take minutes, and `large` gigabytes; they
//! run only when they are named.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "benches measure time and print it")]

#[path = "support/content.rs"]
mod content;
#[path = "support/edits.rs"]
mod edits;
#[path = "support/engine.rs"]
mod engine;
#[path = "support/practices.rs"]
mod practices;
#[path = "support/process.rs"]
mod process;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use typst::foundations::Bytes;

use tally::build::{Event, Options, Stage, build};

use process::{Cost, measured};

const COLD_RUNS: usize = 9;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if process::is_child() {
        return child(&arguments);
    }
    let asked = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    if asked("cold") {
        cold();
    }
    if asked("layout") {
        layout();
    }
    if asked("warm") {
        edits::compare();
    }
    if asked("growth") {
        growth(&[39, 390, 3_900]);
    }
    if asked("many") {
        many(&[100, 1_000]);
    }
    if named("level") {
        edits::memory(1_000);
    }
    if named("large") {
        growth(&[39_000]);
    }
}

fn child(arguments: &[String]) {
    let begun = Instant::now();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", content, output] => print_stages(&options(Path::new(content), Path::new(output))),
        ["source", content, folder] => {
            engine::write_sources(&options(Path::new(content), Path::new("")), folder.as_ref())
        }
        ["engine", folder] => engine::run(folder.as_ref()),
        ["layout", folder] => engine::lay_out(folder.as_ref()),
        ["edit", content, edits] => edits::preview(content.as_ref(), edits.parse().unwrap()),
        ["edit-source", content, folder] => edits::write_sources(content.as_ref(), folder.as_ref()),
        ["edit-engine", folder] => edits::engine(folder.as_ref()),
        _ => panic!("{arguments:?}"),
    }
    process::report(begun);
}

/// A build of everything in the content. Templates of a folder that `TALLY_TEMPLATES` names are tried without building this
/// program anew.
pub fn options(content: &Path, output: &Path) -> Options {
    Options { templates: std::env::var_os("TALLY_TEMPLATES").map(Into::into), ..Options::of(content, output) }
}

/// The content that the project ships.
pub fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Builds, and prints each stage with its time in microseconds, all reports together.
fn print_stages(options: &Options) {
    let running: Mutex<BTreeMap<(Stage, Option<String>), Instant>> = Mutex::default();
    let times: Mutex<BTreeMap<Stage, Duration>> = Mutex::default();
    let outcome = build(options, &|event| match event {
        Event::Began(stage, report) => {
            running.lock().unwrap().insert((stage, report.map(str::to_owned)), Instant::now());
        }
        Event::Ended(stage, report) => {
            let begun = running.lock().unwrap().remove(&(stage, report.map(str::to_owned))).unwrap();
            *times.lock().unwrap().entry(stage).or_default() += begun.elapsed();
        }
        _ => {}
    });
    assert!(outcome.manifest.is_some(), "{:?}", outcome.findings.first());
    for (stage, time) in &*times.lock().unwrap() {
        println!("{}\t{}", stage.shown(), time.as_micros());
    }
}

/// Both shipped reports: page, PDF and data, against typst alone for the two PDFs.
fn cold() {
    let folder = tempfile::tempdir().unwrap();
    let (source, output) = (text(folder.path().join("source")), text(folder.path().join("output")));
    let content = text(shipped());
    measured(&["source", &content, &source]);
    let runs: Vec<(Cost, String, Cost)> = (0..COLD_RUNS)
        .map(|_| {
            let (build, stages) = measured(&["build", &content, &output]);
            (build, stages, measured(&["engine", &source]).0)
        })
        .collect();
    let quickest = |cost: fn(&(Cost, String, Cost)) -> Duration| runs.iter().map(cost).min().unwrap_or_default();
    let (tally, engine) = (quickest(|run| run.0.cpu), quickest(|run| run.2.cpu));
    println!("\nBoth reports, cold, quickest of {COLD_RUNS} runs (CPU time of all threads)");
    println!(
        "  tally: pages, PDFs, data   {:>8.0} ms   elapsed {:>6.0} ms",
        ms(tally),
        ms(quickest(|run| run.0.elapsed))
    );
    println!(
        "  typst alone: PDFs          {:>8.0} ms   elapsed {:>6.0} ms",
        ms(engine),
        ms(quickest(|run| run.2.elapsed))
    );
    println!("  ratio                      {:>8.2}", tally.as_secs_f64() / engine.as_secs_f64());
    stages(&runs[0].1);
}

/// The table of the stages of a build, and the share of everything but the engine's own work.
fn stages(lines: &str) {
    let times: Vec<(&str, f64)> = lines
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, time)| (name, time.parse().unwrap()))
        .collect();
    let all: f64 = times.iter().map(|(_, time)| time).sum();
    println!("  stages of the first run, all reports together");
    for (name, time) in &times {
        println!("    {name:<28} {:>8.1} ms {:>5.1}%", time / 1e3, 100.0 * time / all);
    }
    use Stage::{Checking, Collecting, DrawingUp, Preparing, TyingOut, WritingPage, WritingSource};
    let ours = [Collecting, Checking, DrawingUp, TyingOut, Preparing, WritingPage, WritingSource].map(Stage::shown);
    let share: f64 = times.iter().filter(|(name, _)| ours.contains(name)).map(|(_, time)| time).sum();
    println!("    checks, Markdown, templates: {:.1}%", 100.0 * share / all);
}

/// Laying out the PDF of each shipped report, against the same source with a plain library: what fitting, measuring and
/// keeping together cost. The start of a process, with an empty document, is taken away from both.
fn layout() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    measured(&["source", &text(shipped()), &text(&source)]);
    let empty = folder.path().join("empty");
    engine::write_source(&empty, "", &[]);
    println!("\nLayout of the PDF, quickest of {COLD_RUNS} runs (CPU time)");
    println!("  {:<22} {:>8} {:>8} {:>6}", "report", "tally", "plain", "ratio");
    let mut reports: Vec<_> = fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).collect();
    reports.sort();
    for report in reports {
        let plain = folder.path().join("plain");
        let (main, mut files) = engine::read_source(&report);
        for (path, bytes) in &mut files {
            match path.strip_prefix("pdf/lib/") {
                Some("document.typ") => *bytes = Bytes::from_string(include_str!("support/plain.typ")),
                None | Some("tokens.typ" | "type.typ" | "mark.typ" | "words.typ") => {}
                Some(_) => *bytes = Bytes::from_string("#import \"document.typ\": *"),
            }
        }
        engine::write_source(&plain, &main, &files);
        // In turn, so that a machine that is slow for a while is slow for all.
        let runs =
            (0..COLD_RUNS).map(|_| [&report, &plain, &empty].map(|folder| measured(&["layout", &text(folder)]).0.cpu));
        let runs: Vec<[Duration; 3]> = runs.collect();
        let quickest = |which: usize| runs.iter().map(|run| run[which]).min().unwrap_or_default();
        let (tally, plain) = (quickest(0) - quickest(2), quickest(1) - quickest(2));
        let name = report.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!(
            "  {name:<22} {:>5.0} ms {:>5.0} ms {:>6.2}",
            ms(tally),
            ms(plain),
            tally.as_secs_f64() / plain.as_secs_f64()
        );
    }
}

/// How the time and the memory grow with the length of a dashboard.
fn growth(sizes: &[usize]) {
    println!("\nA report with a dashboard of many indicators, cold, quickest of several runs");
    println!(
        "  {:>10} {:>10} {:>10} {:>6} {:>10} {:>10} {:>6} {:>10} {:>14}",
        "indicators", "CPU", "typst", "ratio", "memory", "typst", "ratio", "page", "CPU each"
    );
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let [content, source, output] = ["content", "source", "output"].map(|name| text(folder.path().join(name)));
        write(Path::new(&content), &content::indicators(*size));
        measured(&["source", &content, &source]);
        // In turn, so that a machine that is slow for a while is slow for both.
        let runs: Vec<_> = (0..(12_000 / size).clamp(1, COLD_RUNS))
            .map(|_| (measured(&["build", &content, &output]), measured(&["engine", &source]).0))
            .collect();
        let quickest = |costs: &mut dyn Iterator<Item = Cost>| costs.min_by_key(|cost| cost.cpu).unwrap_or_default();
        let tally = quickest(&mut runs.iter().map(|((tally, _), _)| *tally));
        let engine = quickest(&mut runs.iter().map(|(_, engine)| *engine));
        let stages = &runs[0].0.1;
        let page = stages.lines().find_map(|line| line.strip_prefix(Stage::WritingPage.shown())).unwrap_or_default();
        println!(
            "  {size:>10} {:>7.0} ms {:>7.0} ms {:>6.2} {:>7} MB {:>7} MB {:>6.2} {:>7.0} ms {:>11.2} ms",
            ms(tally.cpu),
            ms(engine.cpu),
            tally.cpu.as_secs_f64() / engine.cpu.as_secs_f64(),
            tally.memory,
            engine.memory,
            tally.memory as f64 / engine.memory as f64,
            page.trim().parse::<f64>().unwrap_or_default() / 1e3,
            ms(tally.cpu) / *size as f64
        );
    }
}

/// Many reports of four pages in one process.
fn many(sizes: &[usize]) {
    println!("\nMany reports of a few pages in one process");
    println!("  {:>8} {:>10} {:>10} {:>10} {:>12}", "reports", "elapsed", "a second", "memory", "PDF pages");
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let [content, output] = ["content", "output"].map(|name| text(folder.path().join(name)));
        write(Path::new(&content), &practices::practices(*size));
        let (cost, _) = measured(&["build", &content, &output]);
        let manifest = fs::read_to_string(Path::new(&output).join("manifest.json")).unwrap();
        let pages: usize = manifest
            .lines()
            .filter_map(|line| line.trim().strip_prefix("\"pages\": ")?.trim_end_matches(',').parse::<usize>().ok())
            .sum();
        println!(
            "  {size:>8} {:>8.1} s {:>10.1} {:>7} MB {:>12.1}",
            cost.elapsed.as_secs_f64(),
            *size as f64 / cost.elapsed.as_secs_f64(),
            cost.memory,
            pages as f64 / *size as f64
        );
    }
}

/// Writes a content folder.
fn write<P: AsRef<Path>>(folder: &Path, files: &[(P, String)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

pub fn text(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().into_owned()
}
