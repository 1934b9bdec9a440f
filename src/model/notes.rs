//! Notes of a report: said once in `report.yaml`, and named by texts: `{{ note baseline }}`.

use std::ops::Range;

use super::values::Id;
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// A note, and the id by which texts name it.
    Note "a note" {
        required id: At<Id>,
        /// The words of the note.
        required text: Text,
    }
}

/// What a placeholder for a note begins with.
pub const NOTE: &str = "note";

/// A text without its notes, where these stand apart: the name of a row that makes an address, a figure.
pub fn without_notes(text: &str) -> String {
    let places = places(text);
    let mut bare = String::with_capacity(text.len());
    let mut from = 0;
    for place in &places {
        bare.push_str(text[from..place.start].trim_end());
        from = place.end;
    }
    bare.push_str(&text[from..]);
    bare.trim().to_owned()
}

/// The notes of a text without its words, each letter in its place; nothing where it has none.
pub fn notes_alone(text: &str) -> Option<String> {
    let places = places(text);
    let is_of_a_note = |at: usize| places.iter().any(|place| place.contains(&at));
    let letters = text.char_indices().map(|(at, letter)| match is_of_a_note(at) {
        true => letter.to_string(),
        false => " ".repeat(letter.len_utf8()),
    });
    (!places.is_empty()).then(|| letters.collect())
}

/// Where the placeholders for notes stand.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|start| from + start) {
        let Some(end) = text[start..].find("}}").map(|end| start + end + 2) else { break };
        let inside = text[start + 2..end - 2].trim();
        let is_escaped = text[..start].ends_with('\\');
        if !is_escaped && inside.split(' ').next() == Some(NOTE) {
            places.push(start..end);
        }
        from = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_taken_from_a_text_and_stay_in_their_places() {
        for (text, bare, alone) in [
            ("1,210 {{ note a }}", "1,210", Some("      {{ note a }}")),
            ("£5k{{note a}} {{ note b }}", "£5k", Some("    {{note a}} {{ note b }}")),
            ("{{ money.total }} {{ note a }}", "{{ money.total }}", Some("                  {{ note a }}")),
            ("Grants {{ note a }} and loans", "Grants and loans", Some("       {{ note a }}          ")),
            ("{{ notes.total }} and \\{{ note a }}", "{{ notes.total }} and \\{{ note a }}", None),
            ("{{ note a", "{{ note a", None),
        ] {
            assert_eq!((without_notes(text).as_str(), notes_alone(text).as_deref()), (bare, alone), "{text}");
        }
    }
}
