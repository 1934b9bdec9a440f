//! The command `tally`: arguments in, an exit code out. Everything else is the library.

mod arguments;
mod show;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use tally::build::{self, Outcome};
use tally::diagnostic::{Code, Severity};

use arguments::{Arguments, Command};
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
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { WRONG_USE } else { 0 });
        }
    };
    let show = Show::new(&arguments);
    let begun = Instant::now();
    match arguments.command() {
        Command::Build(asked) => {
            let options = asked.options();
            let outcome = build::build(&options, &|stage| show.stage(stage));
            show.built(&outcome, &options, begun.elapsed());
            exit_code(&outcome)
        }
        Command::Check(asked) => {
            let outcome = build::check_only(&asked.options(), &|stage| show.stage(stage));
            show.checked(&outcome);
            exit_code(&outcome)
        }
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
