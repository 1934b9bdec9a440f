//! What a person at the terminal sees: progress, findings, and a short summary.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::time::Duration;

use tally::build::{Options, Outcome};
use tally::diagnostic::{Code, Diagnostic, Severity, SourceMap, any_errors, github, human, json, nearest, sarif};
use tally::mutate::{MutationReport, SlipKind};
use tally::preview::Told;
use tally::source::slashes;
use tally::view::{FactLine, Trace};
use tally::wording::Wording;

use crate::arguments::{Arguments, MessageFormat};

/// Of more places than these with errors the first are named.
const MOST_PLACES: usize = 3;

/// Of more reports than these the summary of a build lists the first.
const MOST_LISTED: usize = 20;

pub struct Show {
    quiet: bool,
    format: MessageFormat,
    /// Progress is for terminals only, so that logs stay readable.
    progress: bool,
    styled: bool,
    /// Whether something that was said could not be written.
    is_unheard: Cell<bool>,
}

impl Show {
    pub fn new(arguments: &Arguments) -> Self {
        let for_people = arguments.message_format == MessageFormat::Human;
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let terminal = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() && !is_dumb;
        Self {
            quiet: arguments.quiet,
            format: arguments.message_format,
            progress: terminal && !arguments.quiet && for_people,
            styled: terminal && for_people,
            is_unheard: Cell::new(false),
        }
    }

    /// Whether bars can be shown.
    pub fn has_progress(&self) -> bool {
        self.progress
    }

    /// Shows the findings and the summary of a build.
    pub fn built(&self, outcome: &Outcome, options: &Options, time: Duration) {
        self.findings(outcome);
        if self.for_programs(outcome) {
            return;
        }
        let Some(manifest) = outcome.manifest.as_ref() else {
            let kept = options.output.join("manifest.json").exists();
            let output = slashes(&options.output);
            let rest = if kept { format!("; {output}/ still holds the last good build") } else { String::new() };
            self.tell(&format!("{}, nothing was written{rest}{}", totals(outcome), next(outcome)));
            return;
        };
        if self.quiet {
            return;
        }
        let output = slashes(&options.output);
        let mut lines = vec![
            format!(
                "  content   {}, {}",
                counted(outcome.summary.reports, "report"),
                counted(outcome.summary.files, "file")
            ),
            format!("  checked   {}", totals(outcome)),
            format!("  figures   {}", coverage(outcome)),
        ];
        let widest = outcome.summary.built.iter().map(String::len).max().unwrap_or(0);
        for (place, report) in outcome.summary.built.iter().take(MOST_LISTED).enumerate() {
            let lead = if place == 0 { "wrote" } else { "" };
            let folder = format!("{output}/{report:<widest$}");
            lines.push(format!("  {lead:<9} {folder}   {}", sizes(manifest, report)));
        }
        if let Some(more @ 1..) = outcome.summary.built.len().checked_sub(MOST_LISTED) {
            lines.push(format!("            and {} more", counted(more, "report")));
        }
        if let Some(line) = &outcome.summary.robots {
            lines.push(format!("  robots    read robots.txt at the root of a site alone; add to it there: {line}"));
        }
        lines.push(format!("  done in {:.2} s; open {output}/index.html", time.as_secs_f64()));
        self.say(&format!("{}{}", lines.join("\n"), next(outcome)));
    }

    /// Shows the findings and the summary of a check.
    pub fn checked(&self, outcome: &Outcome) {
        self.findings(outcome);
        if self.for_programs(outcome) || (self.quiet && !any_errors(&outcome.findings)) {
            return;
        }
        let summary = &outcome.summary;
        self.say(&format!(
            "checked {} in {}: {}; {}{}",
            counted(summary.reports, "report"),
            counted(summary.files, "file"),
            totals(outcome),
            coverage(outcome),
            next(outcome)
        ));
    }

    /// Shows what a preview does.
    pub fn preview(&self, told: Told, opens: bool) {
        match told {
            Told::Listening(address) => {
                let address = format!("http://{address}/");
                self.say(&format!("previewing at {address}   (end with Ctrl-C)"));
                if opens && let Err(error) = open::that_detached(&address) {
                    let _ = writeln!(stderr(), "no browser could be opened: {error}; open {address} yourself");
                }
            }
            Told::Built(outcome, time) => {
                self.findings(outcome);
                if !self.quiet || any_errors(&outcome.findings) {
                    let fresh = if any_errors(&outcome.findings) { "; the last good build is shown" } else { "" };
                    self.say(&format!("  {} in {} ms{fresh}", totals(outcome), time.as_millis()));
                }
            }
        }
    }

    /// Shows how many changes the checks noticed.
    pub fn mutated(&self, outcome: &Outcome, report: &MutationReport) {
        self.findings(outcome);
        if any_errors(&outcome.findings) {
            self.tell(&format!(
                "{}; mend the errors first: changes are counted from content that is right",
                totals(outcome)
            ));
            return;
        }
        if self.format == MessageFormat::Json {
            return self.say(&mutation_json(report));
        }
        let all = report.overall();
        let mut lines = vec![format!(
            "changed {} in {} ways: {} noticed",
            counted(all.figures, "place"),
            all.changes,
            percentage(all.tenths_of_percent())
        )];
        for (kind, score) in SlipKind::ALL.iter().filter_map(|kind| Some((kind, report.by_kind.get(kind)?))) {
            let (figures, changes) = (counted(score.figures, "place"), counted(score.changes, "change"));
            let by_digest = match score.by_digest {
                0 => String::new(),
                some => format!("   {some} of them only as a change since it was compared"),
            };
            lines.push(format!(
                "  {:<42} {figures:>12} {changes:>14} {:>7}{by_digest}",
                kind.shown(),
                percentage(score.tenths_of_percent())
            ));
        }
        if report.left_out > 0 {
            lines.push(format!("  of large groups a few rows stand for {} more", counted(report.left_out, "report")));
        }
        if !report.unnoticed.is_empty() {
            lines.push("not noticed:".to_owned());
            let widest = report.unnoticed.iter().map(|one| one.address.len()).max().unwrap_or(0);
            lines.extend(
                report.unnoticed.iter().map(|one| {
                    format!("  {:<widest$}  {}: {} to {}", one.address, one.change.shown(), one.from, one.to)
                }),
            );
        }
        self.say(&lines.join("\n"));
    }

    /// Lists facts, a line each.
    pub fn facts(&self, outcome: &Outcome, facts: &[FactLine]) {
        if facts.is_empty() {
            self.findings(outcome);
            self.wrong_use("no figure has such an address");
        }
        self.warn_of_errors(outcome);
        let widest = |of: fn(&FactLine) -> &str| facts.iter().map(|fact| of(fact).chars().count()).max().unwrap_or(0);
        let (addresses, values) = (widest(|fact| &fact.address), widest(|fact| &fact.value));
        for fact in facts {
            match self.format {
                MessageFormat::Json => self.say(&serde_json::json!(fact).to_string()),
                _ => self.say(&format!(
                    "{:<addresses$}  {:>values$}  {:<14}  {}",
                    fact.address, fact.value, fact.unit, fact.origin
                )),
            }
        }
    }

    /// Shows what stands behind facts.
    pub fn traces(&self, outcome: &Outcome, address: &str, known: &[String], traces: &[Trace]) {
        if traces.is_empty() {
            self.findings(outcome);
            let local = known.iter().filter_map(|known| known.split_once('.').map(|(_, local)| local));
            let near = nearest(address, known.iter().map(String::as_str).chain(local));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            self.wrong_use(&format!("there is no figure `{address}`{near}"));
        }
        self.warn_of_errors(outcome);
        for trace in traces {
            match self.format {
                MessageFormat::Json => self.say(&serde_json::json!(trace).to_string()),
                _ => self.say(&trace_text(trace)),
            }
        }
    }

    /// What cannot be read holds no figures, so the list may be short.
    fn warn_of_errors(&self, outcome: &Outcome) {
        if any_errors(&outcome.findings) {
            let totals = totals(outcome);
            self.tell(&format!("{totals}: figures may be missing or wrong; `tally check` tells more"));
        }
    }

    /// Shows where the time went.
    pub fn timings(&self, table: &str) {
        self.tell(table);
    }

    /// Says what was wrong with a command.
    pub fn wrong_use(&self, message: &str) {
        self.tell(&format!("error: {message}"));
    }

    /// Writes what programs read at the end; whether it did.
    fn for_programs(&self, outcome: &Outcome) -> bool {
        match self.format {
            MessageFormat::Human => return false,
            MessageFormat::Json => self.say(&json_summary(outcome)),
            MessageFormat::Sarif => self.say(&sarif(&outcome.findings, &outcome.sources)),
            MessageFormat::Github => self.say(&totals(outcome)),
        }
        true
    }

    pub fn explain(&self, code: Code) {
        self.say(&format!("{}\n\n{}", code.name(), code.doc()));
    }

    pub fn unknown_code(&self, name: &str) {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        self.tell(&format!("error: there is no code `{name}`\n\nThe codes are: {}", names.join(", ")));
    }

    pub fn findings(&self, outcome: &Outcome) {
        outcome.findings.iter().for_each(|finding| self.finding(finding, &outcome.sources));
    }

    pub fn finding(&self, finding: &Diagnostic, sources: &SourceMap) {
        match self.format {
            MessageFormat::Human => self.tell(&format!("{}\n", human(finding, sources, self.styled))),
            MessageFormat::Json => self.say(&json(finding, sources)),
            MessageFormat::Github => self.say(&github(finding, sources)),
            MessageFormat::Sarif => {} // One log of all findings, at the end.
        }
    }

    /// How findings are written.
    pub fn format(&self) -> MessageFormat {
        self.format
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a question, behind which the answer is typed.
    pub fn ask(&self, text: &str) {
        self.heed(write!(stdout(), "{text}").and_then(|()| stdout().flush()));
    }

    /// Writes to standard output.
    pub fn say(&self, text: &str) {
        self.heed(writeln!(stdout(), "{text}"));
    }

    /// Writes to standard error.
    pub fn tell(&self, text: &str) {
        self.heed(writeln!(stderr(), "{text}"));
    }

    /// Notes what could not be written; a reader that has gone away is no fault of ours.
    fn heed(&self, written: std::io::Result<()>) {
        if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            self.is_unheard.set(true);
        }
    }

    /// Whether something could not be said, which is then said as well as it can be.
    pub fn is_unheard(&self) -> bool {
        if self.is_unheard.get() {
            let _ = writeln!(stderr(), "error: what was to be said here could not be written: is the disk full?");
        }
        self.is_unheard.get()
    }
}

fn sizes(manifest: &tally::publish::Manifest, report: &str) -> String {
    let of = |ending: &str| {
        manifest
            .files
            .iter()
            .filter(move |file| file.report.as_deref() == Some(report))
            .find(move |file| file.path == format!("{report}/{ending}"))
    };
    let data = manifest
        .files
        .iter()
        .filter(|file| file.report.as_deref() == Some(report) && file.path.ends_with(".csv"))
        .count();
    let page = of("index.html").map(|page| format!("page {}", tally::view::size(page.bytes, Wording::english())));
    let pdf = of(&format!("{report}.pdf")).map(|pdf| {
        format!("PDF {}, {}", counted(pdf.pages.unwrap_or(0), "page"), tally::view::size(pdf.bytes, Wording::english()))
    });
    [page, pdf, Some(counted(data, "data file"))].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn totals(outcome: &Outcome) -> String {
    let of = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    let acknowledged = match outcome.acknowledged.len() {
        0 => String::new(),
        number => format!(", {number} acknowledged"),
    };
    format!("{}, {}{acknowledged}", counted(of(Severity::Error), "error"), counted(of(Severity::Warning), "warning"))
}

/// What to do where there are errors: where they are, and which comes first.
fn next(outcome: &Outcome) -> String {
    let errors = || outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let Some(first) = errors().next() else { return String::new() };
    let path = |finding: &Diagnostic| finding.at.map(|at| outcome.sources.file(at.file).path.clone());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for path in errors().filter_map(path) {
        // What all reports share lies beside their folders.
        let folder = path.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| folder.contains('/'));
        *places.entry(folder.unwrap_or(&path).to_owned()).or_default() += 1;
    }
    let named: Vec<String> = places.iter().map(|(place, count)| format!("{place} ({count})")).collect();
    let place = match named.len() {
        0 => String::new(),
        len if len > MOST_PLACES => {
            format!("in {} and {} more places: ", named[..MOST_PLACES].join(", "), len - MOST_PLACES)
        }
        _ => format!("in {}: ", named.join(", ")),
    };
    let mended = outcome.findings.iter().filter(|finding| !finding.mends.is_empty()).count();
    let fix = match mended {
        0 => String::new(),
        _ => format!("`tally fix` shows what it can mend of it ({mended}); "),
    };
    let again = if errors().nth(1).is_some() { "mend the first, since others may follow from it" } else { "mend it" };
    format!("\n{place}{fix}{again}, and type the command again; `tally explain {}` says more", first.code.name())
}

/// How many numbers of the texts have something behind them.
fn coverage(outcome: &Outcome) -> String {
    let coverage = outcome.coverage;
    let (all, bound) = (coverage.all(), coverage.all() - coverage.loose);
    format!("figure coverage {}% ({bound} of {})", coverage.percentage(), counted(all, "number"))
}

fn percentage(tenths: usize) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn trace_text(trace: &Trace) -> String {
    let mut lines = vec![
        trace.address.clone(),
        format!("  value    {} ({})", trace.value, trace.unit),
        format!("  origin   {}", trace.origin),
    ];
    lines.extend(trace.source.iter().map(|source| format!("  source   {source}")));
    lines.extend(trace.taken.iter().map(|taken| format!("  taken    {taken}")));
    lines.extend(trace.formula.iter().map(|formula| format!("  formula  {formula}")));
    lines.extend(trace.from.iter().map(|from| format!("           {} = {}", from.address, from.value)));
    let list = |lead: &str, items: &[String]| -> Vec<String> {
        let lead = |place| if place == 0 { lead } else { "" };
        items.iter().enumerate().map(|(place, item)| format!("  {:<8} {item}", lead(place))).collect()
    };
    lines.extend(list("uses", &trace.uses));
    let checks = if trace.checks.is_empty() { "none".to_owned() } else { trace.checks.join(", ") };
    lines.push(format!("  checks   {checks}"));
    lines.extend(list("left out", &trace.left_out));
    lines.extend(list("stands", &trace.acknowledged));
    lines.join("\n")
}

fn mutation_json(report: &MutationReport) -> String {
    let score = |score: &tally::mutate::Score| serde_json::json!({"figures": score.figures, "changes": score.changes, "noticed": score.noticed, "by_digest": score.by_digest});
    let kinds: Vec<_> = SlipKind::ALL.iter().filter_map(|kind| Some((kind, report.by_kind.get(kind)?))).collect();
    let unnoticed: Vec<_> = report
        .unnoticed
        .iter()
        .map(|one| serde_json::json!({"address": one.address, "change": one.change.shown(), "from": one.from, "to": one.to}))
        .collect();
    serde_json::json!({
        "overall": score(&report.overall()),
        "kinds": kinds.iter().map(|(kind, one)| serde_json::json!({"kind": kind.shown(), "score": score(one)})).collect::<Vec<_>>(),
        "unnoticed": unnoticed,
    })
    .to_string()
}

pub fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The last line of the JSON form.
fn json_summary(outcome: &Outcome) -> String {
    let of = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    serde_json::json!({
        "summary": {
            "reports": outcome.summary.reports,
            "files": outcome.summary.files,
            "errors": of(Severity::Error),
            "warnings": of(Severity::Warning),
            "acknowledged": outcome.acknowledged.len(),
            "numbers": outcome.coverage.all(),
            "numbers_bound": outcome.coverage.all() - outcome.coverage.loose,
            "written": outcome.summary.built,
        }
    })
    .to_string()
}
