//! Says in the checks.yaml of a report that what is still as in the edition before was looked at and holds.
//!
//! In: things that are due, who looked at them, and the day. Out: an [`Answer`], after `confirmed` has another entry: of the
//! addresses of figures, or of the texts of a file, which are confirmed at once. The day comes from the browser, since the
//! program reads no clock.

use std::path::Path;

use super::Session;
use super::known::{id_of, revision};
use super::messages::{Answer, AskedChange, ChangeRequest, ConfirmRequest, DueItem, Reason};
use crate::edit::{Given, begun, whole};

/// The field of checks.yaml.
const CONFIRMED: &str = "confirmed";

impl Session {
    /// Confirms what is due.
    pub fn confirm(&self, content: &Path, asked: &ConfirmRequest) -> Answer {
        let (file, given) = match self.confirmation(asked) {
            Ok(confirmation) => confirmation,
            Err(reason) => return Answer::Refused { reasons: vec![reason] },
        };
        let texts = self.known().texts();
        match texts.get(&file) {
            Some(text) => {
                let id = id_of(&whole(&texts, &file));
                let (revision, list) = (revision(text), CONFIRMED.to_owned());
                let changes = vec![AskedChange::Within { id, revision, list, given }];
                self.change(content, &ChangeRequest { changes, typing: None })
            }
            None => {
                let first = Given::Record([(CONFIRMED.to_owned(), Given::List(vec![given]))].into());
                match begun(&texts, &file, &first) {
                    Ok(text) => self.begin(content, &file, &text, "confirmation"),
                    Err(why) => refused(why.message, &why.help),
                }
            }
        }
    }

    /// The file and the entry that confirm what was asked for, as long as it is due.
    fn confirmation(&self, asked: &ConfirmRequest) -> Result<(String, Given), Reason> {
        let known = self.known();
        let due = known.report(&asked.report).map(|report| &report.due[..]).unwrap_or_default();
        let items: Vec<&DueItem> = due.iter().filter(|item| asked.ids.contains(&item.id)).collect();
        let Some(first) = items.first() else {
            return Err(reason("this is not due any more", "look at the list again"));
        };
        let text = |text: &str| Given::Text(text.to_owned());
        let addresses: Vec<&str> = items.iter().filter_map(|item| item.address.as_deref()).collect();
        let of = match (addresses.len(), items.iter().all(|item| item.file == first.file)) {
            (0, true) => ("file", text(first.file.rsplit('/').next().unwrap_or_default())),
            (1, _) if items.len() == 1 => ("of", text(addresses[0])),
            (count, _) if count == items.len() => ("of", Given::List(addresses.into_iter().map(text).collect())),
            _ => return Err(reason("texts of several files are confirmed one file after the other", "tick fewer")),
        };
        if asked.by.trim().is_empty() {
            return Err(reason("it is not said who confirms this", "write a name"));
        }
        let folder = first.file.split('/').next().unwrap_or_default();
        let fields = [of, ("by", text(&asked.by)), ("date", text(&asked.date))];
        let given = Given::Record(fields.into_iter().map(|(name, given)| (name.to_owned(), given)).collect());
        Ok((format!("{folder}/checks.yaml"), given))
    }
}

fn reason(message: &str, help: &str) -> Reason {
    Reason { cell: None, message: message.to_owned(), help: help.to_owned() }
}

fn refused(message: String, help: &str) -> Answer {
    Answer::Refused { reasons: vec![Reason { message, ..reason("", help) }] }
}
