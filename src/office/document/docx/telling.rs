//! What is said of a document at its end: what was left out, what came otherwise, and what its author should look at.

use super::reader::Reader;
use crate::office::document::{Document, Picture, Said, flat};

/// So many texts of a kind are repeated.
const MOST_REPEATED: usize = 8;

impl Reader<'_> {
    /// The document, with everything that has to be said of it.
    pub fn finished(mut self, pictures: Vec<Picture>) -> Document {
        let mut document = std::mem::take(&mut self.document);
        document.pictures = pictures;
        document.changes = std::mem::take(&mut self.tracked).told();
        document.is_own = self.is_own;
        flat::structure(std::mem::take(&mut self.pieces), self.styles.usual_size(), &mut document);
        self.say_found(&mut document);
        for (about, text) in self.counts.said() {
            document.said.push(Said { about, text });
        }
        document
    }

    fn say_found(&self, document: &mut Document) {
        let listed = |about: &str| self.found.get(about).map(|all| (list(all), all.len()));
        let mut say = |about: &'static str, of: &str, words: &dyn Fn(&str, usize) -> String| {
            if let Some((all, count)) = listed(of) {
                document.say(about, words(&all, count));
            }
        };
        say("marking", "marking", &|all, _| {
            format!(
                "{all} stands in the margin of the pages and was left out: a protective marking; may this be published?"
            )
        });
        say("header", "header", &|all, _| format!("left out: {all}"));
        say("footer", "footer", &|all, _| format!("left out: {all}"));
        say("hidden", "hidden", &|all, _| format!("left out: {all}"));
        say("struck", "struck", &|all, count| {
            format!(
                "{all} {} struck through in the document: {} meant to go?",
                is(count),
                if count == 1 { "is it" } else { "are they" }
            )
        });
        say("highlighted", "highlighted", &|all, count| {
            format!("{all} {} highlighted: is something still to be decided?", is(count))
        });
        say("box", "boxes", &|_, count| match count {
            1 => "1 text box became a pull-out".to_owned(),
            count => format!("{count} text boxes became pull-outs"),
        });
        say("box", "long boxes", &|all, _| {
            format!("{all} stood in a box, and is too long for a pull-out: it stands in the text")
        });
        say("box", "framed", &|_, count| format!("{} with one cell became text", counted(count, "table")));
        say("tables", "nested tables", &|_, count| {
            format!("{} within a table: its words stand in one cell", counted(count, "table"))
        });
        say("page", "page", &|all, count| {
            format!("{all} {} of the document", if count == 1 { "names a page" } else { "name pages" })
        });
        say("date", "date", &|all, count| {
            format!(
                "{all} {} when the document was last opened, printed or saved: is it meant?",
                if count == 1 { "is the day" } else { "are the days" }
            )
        });
        say("fields", "field", &|all, count| format!("{all} {} worked out by the document", is(count)));
        say("equation", "equation", &|all, count| {
            format!(
                "{all} {}: the letters came, the form did not",
                if count == 1 { "is an equation" } else { "are equations" }
            )
        });
        say("form fields", "controls", &|all, _| format!("{all}: left out or taken as it stands"));
        say("figures", "figures", &|all, _| {
            format!("{all}: the new words were typed by hand, and are bound no longer")
        });
        say("characters", "signs", &|all, _| all.to_owned());
        say("characters", "small", &|all, _| format!("{all}: it stands on the line now"));
        say("list", "list", &|all, _| format!("{all} became numbers"));
        say("headings", "numbered headings", &|_, count| {
            format!("the numbers of {} were left out: Tally makes its own", counted(count, "heading"))
        });
        say("form", "columns", &|all, _| all.to_owned());
        say("left out", "left out", &|all, _| all.to_owned());
    }
}

fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Texts in a row, each once.
fn list(all: &[String]) -> String {
    let mut once: Vec<&str> = Vec::new();
    for one in all {
        if !once.contains(&one.as_str()) {
            once.push(one);
        }
    }
    let more = once.len().saturating_sub(MOST_REPEATED);
    let named = once.iter().take(MOST_REPEATED).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}
