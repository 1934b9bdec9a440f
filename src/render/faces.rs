//! The typefaces that pages bring along, as the style sheet says it.

use std::fmt::Write as _;

use typst::text::{Font, FontStyle};

/// A typeface in one weight, and the file that is served of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub family: String,
    /// 400 is regular, 700 bold.
    weight: u16,
    is_italic: bool,
    /// Its path from the style sheet.
    pub file: String,
}

/// Which typefaces pages bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    None,
    /// Those with letters that the first typeface lacks.
    Letters,
    All,
}

impl Served {
    /// What the token may say, in the order of what is served.
    pub const NAMES: [(&'static str, Self); 3] = [("none", Self::None), ("letters", Self::Letters), ("all", Self::All)];

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, served)| *served)
    }
}

impl Face {
    pub fn of(font: &Font, file: String) -> Self {
        let variant = font.info().variant;
        let is_italic = variant.style != FontStyle::Normal;
        Self { family: font.info().family.as_str().to_owned(), weight: variant.weight.to_number(), is_italic, file }
    }
}

/// What the style sheet says of them. The words are shown in a typeface of the reader's until it is there.
pub fn rules(faces: &[Face]) -> String {
    let mut rules = String::new();
    for Face { family, weight, is_italic, file } in faces {
        let style = if *is_italic { "font-style:italic;" } else { "" };
        let (family, file) = (quoted(family), quoted(file));
        let _ = writeln!(
            rules,
            "@font-face{{font-family:{family};{style}font-weight:{weight};font-display:swap;src:url({file}) format(\"woff2\")}}"
        );
    }
    rules
}

/// The typefaces of the pages with those that are served, which stand before the one that a browser takes at last
/// (`sans-serif`): a reader whose own typefaces have the letters loads nothing.
pub fn stack(page: &str, faces: &[Face]) -> String {
    let mut names: Vec<String> = page.split(',').map(|name| name.trim().to_owned()).collect();
    let is_last = |name: &String| !name.starts_with(['"', '\'']) && LAST.contains(&name.as_str());
    let mut place = names.iter().position(is_last).unwrap_or(names.len());
    for face in faces {
        let is_there = |name: &String| name.trim_matches(['"', '\'']).eq_ignore_ascii_case(&face.family);
        if !names.iter().any(is_there) {
            names.insert(place, quoted(&face.family));
            place += 1;
        }
    }
    names.join(", ")
}

/// Names that stand for any typeface of a kind.
const LAST: [&str; 6] = ["sans-serif", "serif", "monospace", "cursive", "system-ui", "ui-sans-serif"];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\\', '\n'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(family: &str, weight: u16) -> Face {
        Face { family: family.to_owned(), weight, is_italic: false, file: format!("a.{weight}.woff2") }
    }

    #[test]
    fn what_is_served_stands_before_whatever_a_browser_has() {
        let faces = [face("Noto Sans Hebrew", 400), face("Noto Sans Hebrew", 700)];
        assert_eq!(
            stack("\"Frutiger W01\", Arial, sans-serif", &faces),
            "\"Frutiger W01\", Arial, \"Noto Sans Hebrew\", sans-serif"
        );
        assert_eq!(stack("'Noto Sans Hebrew'", &faces), "'Noto Sans Hebrew'");
        assert_eq!(stack("Arial", &[]), "Arial");
    }

    #[test]
    fn a_face_is_a_rule() {
        assert_eq!(
            rules(&[face("A \"B\"", 700)]),
            "@font-face{font-family:\"A B\";font-weight:700;font-display:swap;src:url(\"a.700.woff2\") format(\"woff2\")}\n"
        );
    }
}
