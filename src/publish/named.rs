//! Names that hold a digest of what they name: `assets/report.3f0c9a1b22d4.css`.
//!
//! A file of such a name never changes, so that browsers may keep it for good, and a page that was published with one keeps
//! it: another file has another name.

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

/// The name of the file with this beginning and this ending that a text names by its digest.
pub fn digest_name<'t>(text: &'t str, stem: &str, ending: &str) -> Option<&'t str> {
    text.match_indices(stem).find_map(|(at, _)| {
        let name = text.get(at..at + stem.len() + DIGITS + ending.len())?;
        let digest = name.strip_prefix(stem)?.strip_suffix(ending)?;
        is_digest(digest).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again() {
        let name = named_by_digest("assets/report.css", b"p { margin: 0 }");
        assert!(name.starts_with("assets/report.") && name.ends_with(".css") && is_named_by_digest(&name), "{name}");
        let page = format!("<link href=../assets/report.css><link href=../{name}>");
        assert_eq!(digest_name(&page, "assets/report.", ".css"), Some(name.as_str()));
        assert_ne!(name, named_by_digest("assets/report.css", b"p { margin: 1px }"));
    }

    #[test]
    fn other_names_hold_no_digest() {
        for path in ["assets/report.css", "assets/logo.on-light.svg", "3f0c9a1b22d4.css", "a/b.3F0c9a1b22d4.css"] {
            assert!(!is_named_by_digest(path), "{path}");
        }
        assert_eq!(digest_name("assets/report.css", "assets/report.", ".css"), None);
    }
}
