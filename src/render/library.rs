//! The typographic library as the engine reads it.
//!
//! In: the text of a built-in file, and the sizes. Out: the same without comments and indents, and with each size written
//! out where it stands by its name. A report reads the library once, which costs as much as some of its pages; a size that
//! is looked up in a dictionary brings that dictionary into every function that names one. Lines stay where they are.

use std::collections::BTreeMap;

/// The text of a file as it is read. `sizes` are the values that can be written in the place of `size.NAME`.
pub fn as_read(text: &str, sizes: &BTreeMap<&str, &str>) -> String {
    let bare = |line: &str| {
        let line = line.trim_start();
        if line.starts_with("//") { String::new() } else { written_out(line, sizes) }
    };
    text.lines().map(|line| bare(line) + "\n").collect()
}

/// Whether a value may stand in the place of its name anywhere: a length and nothing else.
pub fn is_length(value: &str) -> bool {
    let number = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    number.len() < value.len() && number.parse::<f64>().is_ok()
}

/// A line with its sizes written out.
fn written_out(line: &str, sizes: &BTreeMap<&str, &str>) -> String {
    let of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let mut whole = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once(SIZE) {
        let name = behind.split(|letter| !of_name(letter)).next().unwrap_or_default();
        let is_word = !before.ends_with(|letter| of_name(letter) || letter == '.');
        whole.push_str(before);
        match sizes.get(name).filter(|_| is_word) {
            Some(value) => whole.push_str(value),
            None => whole.extend([SIZE, name]),
        }
        rest = &behind[name.len()..];
    }
    whole + rest
}

/// What stands before the name of a size.
const SIZE: &str = "size.";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        as_read(text, &BTreeMap::from([("space-1", "4pt"), ("main", "111.67mm")]))
    }

    #[test]
    fn sizes_stand_in_the_place_of_their_names() {
        assert_eq!(read("let a = size.main - 2 * size.space-1"), "let a = 111.67mm - 2 * 4pt\n");
    }

    #[test]
    fn other_names_stay() {
        assert_eq!(read("page-size.main + a.size.main + size.own"), "page-size.main + a.size.main + size.own\n");
    }

    #[test]
    fn lines_stay_where_they_are() {
        assert_eq!(read("  // Why.\n  let a = 1 // here\n\n  a"), "\nlet a = 1 // here\n\na\n");
    }

    #[test]
    fn only_a_length_is_written_out() {
        assert!(is_length("0.27pt") && is_length("53.33mm"));
        assert!(!is_length("3cm + 2pt") && !is_length("12") && !is_length("auto"));
    }
}
