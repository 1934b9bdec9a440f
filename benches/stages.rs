//! Where the time of a build goes: each stage's share of the whole, within one run.
//!
//! `cargo bench` builds the shipped reports in this process, once cold and then warm, and prints a table.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use tally::build::{Formats, Options, Stage, build};

/// Builds after the first; the table shows the quickest of them, which the machine disturbed least.
const WARM_BUILDS: usize = 10;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir().expect("a temporary folder can be made");
    let options = Options {
        content: root.join("content"),
        templates: None,
        assets: None,
        output: output.path().join("output"),
        reports: Vec::new(),
        formats: Formats { html: true, pdf: true },
        review: false,
        base_url: None,
    };
    show("cold", &measure(&options));
    let warm = (0..WARM_BUILDS).map(|_| measure(&options)).min_by_key(|stages| total(stages));
    show("warm", &warm.unwrap_or_default());
}

/// The stages of one build with their times.
fn measure(options: &Options) -> Vec<(String, Duration)> {
    let begun: RefCell<Vec<(String, Instant)>> = RefCell::new(Vec::new());
    let outcome = build(options, &|stage| {
        let name = match stage {
            Stage::Reading => "read".to_owned(),
            Stage::Checking => "check".to_owned(),
            Stage::Building(report) => format!("build {report}"),
            Stage::Publishing => "publish".to_owned(),
        };
        begun.borrow_mut().push((name, Instant::now()));
    });
    let end = Instant::now();
    assert!(outcome.manifest.is_some(), "the shipped content builds");
    let begun = begun.into_inner();
    let ends = begun.iter().skip(1).map(|(_, at)| *at).chain([end]);
    begun.iter().zip(ends).map(|((name, at), end)| (name.clone(), end - *at)).collect()
}

fn total(stages: &[(String, Duration)]) -> Duration {
    stages.iter().map(|(_, time)| *time).sum()
}

fn show(name: &str, stages: &[(String, Duration)]) {
    let total = total(stages);
    println!("{name:<28} {:>8.1} ms  100 %", total.as_secs_f64() * 1e3);
    for (stage, time) in stages {
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64();
        println!("  {stage:<26} {:>8.1} ms  {share:>3.0} %", time.as_secs_f64() * 1e3);
    }
}
