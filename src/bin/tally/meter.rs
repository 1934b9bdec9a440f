//! Shows how far a build has come, and measures its steps.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tally::build::{Event, Stage};

/// More reports than these share one bar that counts them.
const MOST_BARS: usize = 8;

/// Follows a build by its events.
pub struct Meter {
    begun: Instant,
    bars: MultiProgress,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When the steps began that have not ended.
    running: BTreeMap<(Stage, Option<String>), Instant>,
    /// Time of each step, all reports together.
    times: BTreeMap<Stage, Duration>,
    /// The bar of each report, or of the whole build under no name.
    shown: BTreeMap<Option<String>, ProgressBar>,
}

impl Meter {
    /// A meter that shows bars only on a terminal, so that logs stay readable.
    pub fn new(is_shown: bool) -> Self {
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bars = MultiProgress::with_draw_target(target);
        Self { begun: Instant::now(), bars, state: Mutex::default() }
    }

    /// Follows an event of the build.
    pub fn follow(&self, event: Event) {
        let mut state = self.state();
        match event {
            Event::Planned(reports) => self.plan(&mut state, reports),
            Event::Began(stage, report) => {
                state.running.insert((stage, report.map(str::to_owned)), Instant::now());
                match report {
                    None => self.bar(&mut state, None, 0, "{spinner} {msg} …").set_message(stage.shown()),
                    Some(report) => state.shown.get(&Some(report.to_owned())).iter().for_each(|bar| {
                        bar.set_message(stage.shown());
                    }),
                }
            }
            Event::Ended(stage, report) => {
                let report = report.map(str::to_owned);
                if let Some(begun) = state.running.remove(&(stage, report.clone())) {
                    *state.times.entry(stage).or_default() += begun.elapsed();
                }
                match state.shown.get(&report) {
                    Some(bar) if report.is_some() => bar.inc(1),
                    Some(bar) => bar.set_message(""),
                    None => {}
                }
            }
            Event::Finished(report) => match state.shown.remove(&Some(report.to_owned())) {
                Some(bar) => bar.finish_and_clear(),
                None => state.shown.get(&None).iter().for_each(|bar| bar.inc(1)),
            },
        }
    }

    fn plan(&self, state: &mut State, reports: &[String]) {
        std::mem::take(&mut state.shown).into_values().for_each(|bar| bar.finish_and_clear());
        if reports.len() > MOST_BARS {
            let bar = self.bar(state, None, reports.len(), "  {wide_bar} {pos} of {len} reports, {elapsed}");
            return bar.set_message("");
        }
        let widest = reports.iter().map(String::len).max().unwrap_or(0);
        let steps = Stage::OF_A_REPORT;
        for report in reports {
            let bar = self.bar(state, Some(report), steps, "  {prefix} {bar:30} step {pos} of {len}  {msg}");
            bar.set_prefix(format!("{report:<widest$}"));
        }
    }

    fn bar(&self, state: &mut State, report: Option<&String>, length: usize, template: &str) -> ProgressBar {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = state.shown.entry(report.cloned()).or_insert_with(|| self.bars.add(ProgressBar::new(0)));
        bar.set_length(length as u64);
        bar.set_style(style);
        bar.clone()
    }

    /// Takes the bars away, so that something else can be said.
    pub fn clear(&self) {
        std::mem::take(&mut self.state().shown).into_values().for_each(|bar| bar.finish_and_clear());
        let _ = self.bars.clear();
    }

    /// The time since the beginning.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// The time of each step as a table. Reports are made side by side, so that steps can come to more than the whole.
    pub fn timings(&self) -> String {
        let state = self.state();
        let all: Duration = state.times.values().sum();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let share = |time: Duration| 100.0 * time.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE);
        let mut table = String::new();
        let mut line = |name: &str, time: Duration| {
            let _ = writeln!(table, "  {name:<28} {:>10.1} ms {:>5.1}%", milliseconds(time), share(time));
        };
        state.times.iter().for_each(|(stage, time)| line(stage.shown(), *time));
        line("all steps", all);
        let _ = write!(table, "  {:<28} {:>10.1} ms", "from beginning to end", milliseconds(self.elapsed()));
        table
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
