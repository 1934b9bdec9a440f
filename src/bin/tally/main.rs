//! The command `tally`: arguments in, an exit code out. Everything else is the library.

#![allow(
    clippy::disallowed_methods,
    reason = "the program has a clock, ends the process and looks what its arguments mean"
)]

mod acknowledge;
mod arguments;
mod begin;
mod bind;
mod compare;
mod fix;
mod import;
mod import_document;
mod interrupt;
mod meter;
mod schema;
mod show;
mod status;
mod template;
mod verify;

use std::io::{Write, stdout};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;

use clap::Parser;
use tally::build::{self, Outcome};
use tally::diagnostic::{Code, Severity};
use tally::fact::Pattern;
use tally::preview::Preview;

use arguments::{Arguments, Command};
use interrupt::leave_nothing_behind;
use meter::Meter;
use show::Show;

/// Exit codes, as `tally --help` documents them.
const FINDINGS: u8 = 1;
const WRONG_USE: u8 = 2;
const SYSTEM_FAILED: u8 = 3;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no mistakes; clap says which is which.
            let is_said = error.print().is_ok_and(|()| stdout().flush().is_ok());
            return ExitCode::from(match error.use_stderr() {
                true => WRONG_USE,
                false if is_said => 0,
                false => SYSTEM_FAILED,
            });
        }
    };
    let show = Show::new(&arguments);
    let code = run(&arguments, &show);
    // What nobody could read must not pass for a success.
    if show.is_unheard() { ExitCode::from(SYSTEM_FAILED) } else { code }
}

fn run(arguments: &Arguments, show: &Show) -> ExitCode {
    let meter = Meter::new(show.has_progress());
    match arguments.command() {
        Command::Build(asked) => {
            let options = asked.options();
            let _ = leave_nothing_behind();
            let outcome = build::build(&options, &|event| meter.follow(event));
            meter.clear();
            show.built(&outcome, &options, meter.elapsed());
            if asked.timings {
                show.timings(&meter.timings());
            }
            exit_code(&outcome)
        }
        Command::Join(asked) => {
            let options = asked.options();
            let _ = leave_nothing_behind();
            let outcome = build::join(&options, &asked.shares, &|event| meter.follow(event));
            meter.clear();
            show.built(&outcome, &options, meter.elapsed());
            exit_code(&outcome)
        }
        Command::Preview(asked) => {
            let (options, opens) = (asked.clone(), asked.open);
            let preview = Preview { options: move || options.options(), port: asked.port, edits: asked.edit };
            let telling = Show::new(arguments);
            match preview.run(move |told| telling.preview(told, opens)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    show.wrong_use(&error.to_string());
                    ExitCode::from(SYSTEM_FAILED)
                }
            }
        }
        Command::Check(asked) if asked.mutate => {
            let jobs = asked.jobs.or(available_parallelism().ok()).map_or(1, NonZeroUsize::get);
            let (outcome, report) = build::mutate_content(&asked.options(), jobs, asked.seed);
            show.mutated(&outcome, &report);
            exit_code(&outcome)
        }
        Command::Check(asked) => {
            let outcome = build::check_only(&asked.options(), &|event| meter.follow(event));
            meter.clear();
            show.checked(&outcome);
            exit_code(&outcome)
        }
        Command::Facts { pattern, folders } => {
            let Some(parsed) = pattern.as_deref().map(Pattern::parse).map_or(Some(None), |parsed| parsed.map(Some))
            else {
                show.wrong_use(&format!("`{}` is no pattern of addresses", pattern.unwrap_or_default()));
                return ExitCode::from(WRONG_USE);
            };
            let (outcome, facts) = build::list_facts(&folders.options(), parsed.as_ref());
            show.facts(&outcome, &facts);
            if facts.is_empty() { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
        }
        Command::Trace { address, folders } => {
            let (outcome, traces) = build::trace_fact(&folders.options(), &address);
            let known = match traces.is_empty() {
                true => build::list_facts(&folders.options(), None).1.into_iter().map(|fact| fact.address).collect(),
                false => Vec::new(),
            };
            show.traces(&outcome, &address, &known, &traces);
            if traces.is_empty() { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
        }
        Command::Bind(asked) => bind::bind(&asked, show),
        Command::Export(asked) => import_document::export(&asked.options(), &asked.report, show),
        Command::New(asked) => begin::new(&asked, show),
        Command::RollForward(asked) => begin::roll_forward(&asked, show),
        Command::Freeze(asked) => begin::freeze(&asked, show),
        Command::Status(asked) => status::status(&asked, show),
        Command::Verify(asked) => verify::verify(&asked, show),
        Command::Import(asked) => import::import(&asked, show),
        Command::Template(asked) => template::template(&asked, show),
        Command::Compare(asked) => compare::compare(&asked, show),
        Command::Acknowledge(asked) => acknowledge::acknowledge(&asked, show),
        Command::Fix(asked) => fix::fix(&asked, show),
        Command::InitAction(asked) => begin::init_action(&asked, show),
        Command::Schema(asked) => schema::schema(&asked, show),
        Command::Explain { code } => match Code::by_name(&code) {
            Some(code) => {
                show.explain(code);
                ExitCode::SUCCESS
            }
            None => {
                show.unknown_code(&code);
                ExitCode::from(WRONG_USE)
            }
        },
    }
}

fn exit_code(outcome: &Outcome) -> ExitCode {
    let errors = || outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    if errors().next().is_none() {
        ExitCode::SUCCESS
    } else if errors().any(|finding| matches!(finding.code, Code::FileUnreadable | Code::OutputUnwritable)) {
        ExitCode::from(SYSTEM_FAILED)
    } else {
        ExitCode::from(FINDINGS)
    }
}
