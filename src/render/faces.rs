//! The typefaces that pages bring along, as the style sheet says it.

use std::collections::BTreeSet;
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
    file: String,
    /// Where it is for letters that others lack: these, as the style sheet lists them.
    letters: Option<String>,
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

/// Letters between which no more than so many others lie are listed together; whoever reads one of those loads the file and
/// does not need it.
const BESIDE: u32 = 0x80;

impl Face {
    /// `letters` are those that it is for, where it stands in for another.
    pub fn of(font: &Font, file: String, letters: Option<&BTreeSet<char>>) -> Self {
        let variant = font.info().variant;
        Self {
            family: font.info().family.as_str().to_owned(),
            weight: variant.weight.to_number(),
            is_italic: variant.style != FontStyle::Normal,
            file,
            letters: letters.map(ranges),
        }
    }
}

/// `U+600-6FF,U+200C`.
fn ranges(letters: &BTreeSet<char>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for code in letters.iter().map(|letter| u32::from(*letter)) {
        match ranges.last_mut() {
            Some((_, last)) if code - *last <= BESIDE => *last = code,
            _ => ranges.push((code, code)),
        }
    }
    let shown = |(first, last): (u32, u32)| match first == last {
        true => format!("U+{first:X}"),
        false => format!("U+{first:X}-{last:X}"),
    };
    ranges.into_iter().map(shown).collect::<Vec<_>>().join(",")
}

/// What the style sheet says of them. The words are shown in a typeface of the reader's until it is there.
pub fn rules(faces: &[Face]) -> String {
    let mut rules = String::new();
    for Face { family, weight, is_italic, file, letters } in faces {
        let style = if *is_italic { "font-style:italic;" } else { "" };
        let letters = letters.iter().map(|letters| format!(";unicode-range:{letters}")).collect::<String>();
        let (family, file) = (quoted(family), quoted(file));
        let _ = writeln!(
            rules,
            "@font-face{{font-family:{family};{style}font-weight:{weight};font-display:swap;src:url({file}) format(\"woff2\"){letters}}}"
        );
    }
    rules
}

/// The typefaces of the pages behind those that are served for single letters, which are asked for these alone. (Browsers
/// ask one that stands further behind too late, and show boxes.)
pub fn stack(page: &str, faces: &[Face]) -> String {
    let mut names: Vec<String> = Vec::new();
    for face in faces.iter().filter(|face| face.letters.is_some()) {
        let name = quoted(&face.family);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.push(page.to_owned());
    names.join(", ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\\', '\n'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(family: &str, weight: u16, letters: Option<&str>) -> Face {
        let letters = letters.map(|letters| ranges(&letters.chars().collect()));
        Face { family: family.to_owned(), weight, is_italic: false, file: format!("a.{weight}.woff2"), letters }
    }

    #[test]
    fn what_is_served_for_some_letters_stands_before_the_others() {
        let faces = [face("Noto Sans Hebrew", 400, Some("א")), face("Noto Sans Hebrew", 700, Some("א"))];
        assert_eq!(stack("Arial, sans-serif", &faces), "\"Noto Sans Hebrew\", Arial, sans-serif");
        assert_eq!(stack("Arial", &[face("Source Sans 3", 400, None)]), "Arial");
        assert_eq!(stack("Arial", &[]), "Arial");
    }

    #[test]
    fn a_face_is_a_rule() {
        assert_eq!(
            rules(&[face("A \"B\"", 700, None)]),
            "@font-face{font-family:\"A B\";font-weight:700;font-display:swap;src:url(\"a.700.woff2\") format(\"woff2\")}\n"
        );
        assert!(rules(&[face("A", 400, Some("ابי来"))]).ends_with(";unicode-range:U+5D9-628,U+6765}\n"));
    }
}
