//! `tally verify`: whether a page of the live site says what was published.

use std::process::ExitCode;

use tally::build::{self, Verify};
use tally::diagnostic::SourceMap;
use tally::fragment::{Difference, Verified};

use crate::FINDINGS;
use crate::arguments::VerifyArguments;
use crate::show::{Show, counted};

/// Of more words that differ than these the first are told; of figures all are.
const MOST_TOLD: usize = 12;

/// A text is cut to so many letters.
const WIDEST: usize = 100;

/// Tells what differs on a saved page.
pub fn verify(asked: &VerifyArguments, show: &Show) -> ExitCode {
    let asked: Verify = asked.asked();
    match build::verify(&asked) {
        Ok(all) => {
            all.iter().for_each(|(report, verified)| tell(report, verified, show));
            let figures_differ = |(_, one): &(String, Verified)| one.differences.iter().any(Difference::is_of_figures);
            if all.iter().any(figures_differ) { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
        }
        Err(faults) => {
            faults.iter().for_each(|fault| show.finding(fault, &SourceMap::default()));
            ExitCode::from(FINDINGS)
        }
    }
}

fn tell(report: &str, verified: &Verified, show: &Show) {
    let (figures, words): (Vec<&Difference>, Vec<&Difference>) =
        verified.differences.iter().partition(|one| one.is_of_figures());
    figures.iter().for_each(|one| show.say(&line("figures", one)));
    words.iter().take(MOST_TOLD).for_each(|one| show.say(&line("words", one)));
    if let Some(more @ 1..) = words.len().checked_sub(MOST_TOLD) {
        show.say(&format!("  and {more} more places where words differ"));
    }
    let of_figures = match figures.len() {
        0 => format!("all {} words with figures are as published", verified.figures),
        number => format!("{} where figures are not as published", counted(number, "place")),
    };
    let of_words = match words.len() {
        0 => String::new(),
        number => format!(", {} where other words are not", counted(number, "place")),
    };
    show.say(&format!("{report}: {of_figures}{of_words}"));
}

fn line(what: &str, one: &Difference) -> String {
    let said = |text: &str| match text {
        "" => "nothing".to_owned(),
        text => format!("“{}”", cut(text)),
    };
    let (is, published) = (said(&one.found), said(&one.published));
    let place = [&one.heading, &one.beside].into_iter().filter(|name| !name.is_empty()).map(|name| cut(name));
    format!("  {what} under {}: {is}, and {published} was published", place.collect::<Vec<_>>().join(", "))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
