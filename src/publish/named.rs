//! Names that hold a digest of what they name: `assets/report.3f0c9a1b22d4.css`.
//!
//! A file of such a name never changes, so that browsers may keep it for good, and a page that was published with one keeps
//! it: another file has another name.

use std::collections::BTreeMap;

use super::manifest::digest;

/// Digits of the digest in a name.
const DIGITS: usize = 12;

/// A path with a digest of the bytes before its ending.
pub fn named_by_digest(path: &str, bytes: &[u8]) -> String {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{stem}.{}.{ending}", &digest(bytes)[..DIGITS])
}

/// Whether the name at the end of a path holds a digest.
pub fn is_named_by_digest(path: &str) -> bool {
    let mut pieces = path.rsplit('.').skip(1);
    pieces.next().is_some_and(is_digest) && pieces.next().is_some()
}

fn is_digest(piece: &str) -> bool {
    piece.len() == DIGITS && piece.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

/// The paths below a folder (`assets/`) that a text names by their digests, each once, and each without its digest.
pub fn named_in<'t>(text: &'t str, folder: &str) -> BTreeMap<&'t str, String> {
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let path = |(at, _): (usize, &str)| {
        let rest = &text[at + folder.len()..];
        let length = rest.find(|c| !is_of_a_name(c)).unwrap_or(rest.len());
        &text[at..at + folder.len() + length]
    };
    let paths = text.match_indices(folder).map(path).filter(|path| is_named_by_digest(path));
    paths.map(|path| (path, without_digest(path))).collect()
}

/// A text that names files below a folder without their digests.
pub fn without_digests(text: &str, folder: &str) -> String {
    named_in(text, folder).iter().fold(text.to_owned(), |text, (path, plain)| text.replace(path, plain))
}

fn without_digest(path: &str) -> String {
    let mut pieces: Vec<&str> = path.rsplit('.').collect();
    pieces.remove(1);
    pieces.into_iter().rev().collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again() {
        let name = named_by_digest("assets/report.css", b"p { margin: 0 }");
        assert!(name.starts_with("assets/report.") && name.ends_with(".css") && is_named_by_digest(&name), "{name}");
        let page = format!("<link href=../assets/report.css><link href=../{name}>");
        assert_eq!(named_in(&page, "assets/"), BTreeMap::from([(name.as_str(), "assets/report.css".to_owned())]));
        assert_eq!(without_digests(&page, "assets/").matches("../assets/report.css>").count(), 2);
        assert_ne!(name, named_by_digest("assets/report.css", b"p { margin: 1px }"));
    }

    #[test]
    fn other_names_hold_no_digest() {
        for path in ["assets/report.css", "assets/logo.on-light.svg", "3f0c9a1b22d4.css", "a/b.3F0c9a1b22d4.css"] {
            assert!(!is_named_by_digest(path), "{path}");
        }
        assert_eq!(named_in("assets/report.css, ../assets/ and pictures/a.3f0c9a1b22d4.png", "assets/").len(), 0);
    }
}
