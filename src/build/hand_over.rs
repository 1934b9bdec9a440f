//! Makes the reports that pass the checks, side by side, and puts them before the public.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

use super::Options;
use super::content::{Attempt, Content};
use super::destination::Destination;
use super::examined::Examined;
use super::maker::Maker;
use super::progress::{Event, Progress, Stage, step};
use super::report::KeptReport;
use super::shared::{SharedWith, inputs, shared_pages};
use super::threads::begin;
use crate::compile::forget;
use crate::diagnostic::{Findings, any_errors};
use crate::hold::held;
use crate::model::Report;
use crate::publish::{ManifestFile, Publication};

/// How many reports, or builds where they are kept, a piece of layout outlives that is not used again.
pub const USES: usize = 20;

/// Adds what reports share to them, and puts everything before the public; nothing where a report could not be made. `all`
/// are the reports with those that are left out, which are listed as they were built before.
pub fn hand_over(
    content: &Content,
    all: &Examined,
    with: SharedWith,
    (reports, ids, finished): (&[&Report], Vec<String>, Vec<Finished>),
    (options, progress): (&Options, Progress),
    destination: &mut dyn Destination,
    attempt: &mut Attempt,
) {
    let mut files: Vec<ManifestFile> = Vec::new();
    for (report, finished) in reports.iter().zip(finished) {
        match finished {
            Ok(finished) => files.extend(finished),
            Err(faults) => attempt.failed.entry(report.folder.clone()).or_default().extend(faults),
        }
    }
    match shared_pages(all, options, with, &ids, &files, &destination.former()) {
        Ok(shared) => match destination.take(&shared) {
            Ok(taken) => files.extend(taken),
            Err(faults) => attempt.findings.extend(faults),
        },
        Err(fault) => attempt.findings.push(*fault),
    }
    if any_errors(&attempt.findings) || !attempt.failed.is_empty() {
        return;
    }
    let mut known: Vec<String> = all.project.reports.iter().map(|report| report.id.clone()).collect();
    if content.said.is_some() {
        // Which reports a folder has is not known where it cannot be read.
        known.extend(destination.former().files.into_iter().filter_map(|file| file.report));
    }
    let inputs = || inputs(&content.tree, all.project, &content.house_style, reports);
    let publication = Publication { reports: &ids, inputs: &inputs, review: options.review, known_reports: &known };
    match step(progress, Stage::Publishing, None, || destination.close(files, &publication)) {
        Ok(manifest) => attempt.made = Some((ids, manifest)),
        Err(faults) => attempt.findings.extend(faults),
    }
}

/// What a report came to: its files as they stand in the manifest.
pub type Finished = Result<Vec<ManifestFile>, Findings>;

/// Makes reports side by side, and hands each over as it is finished. What comes back is in the order of the reports.
pub fn make_each(maker: &Maker, reports: &[&Report], kept: &BTreeMap<String, Mutex<KeptReport>>) -> Vec<Finished> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        // What is not kept for its report serves the next one.
        let passing = Mutex::new(KeptReport::default());
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(report) = reports.get(place) else { break done };
            done.push((place, make_one(maker, report, kept.get(&report.id).unwrap_or(&passing))));
        }
    };
    let workers = available_parallelism().map_or(1, NonZeroUsize::get).min(reports.len());
    let mut done: Vec<(usize, Finished)> = scope(|scope| {
        let spawn = |_| begin(scope, work).ok();
        let spawned: Vec<_> = (0..workers).filter_map(spawn).collect();
        if spawned.is_empty() {
            return work();
        }
        spawned.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, finished)| finished).collect()
}

fn make_one(maker: &Maker, report: &Report, kept: &Mutex<KeptReport>) -> Finished {
    let made = maker.report(report, &mut held(kept));
    let made = made.and_then(|made| {
        maker.published.hold(made, report, (maker.options, maker.examined.project), maker.destination)
    });
    let made = made.and_then(|made| maker.with_fragment(report, made));
    let made = made.map(|made| maker.in_chapters(report, made));
    let taken = made.and_then(|made| maker.destination.report(&made));
    if maker.forgets {
        forget(USES);
    }
    (maker.progress)(Event::Finished(&report.id));
    taken
}
