//! Names in the style sheets of a house style that mean nothing: a browser passes over what names them, without a word.

use std::collections::BTreeSet;

use super::tokens::Tokens;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap};
use crate::source::layers::{Layer, is_built_in};

/// What stands before the name of a colour or a size, and before that of a width.
const VALUE: &str = "var(--";
const WIDTH: &str = "(--";

/// Tells of colours, sizes and widths that no token and no style sheet says.
pub fn tell_unknown(templates: &Layer, tokens: &Tokens, sources: &SourceMap, findings: &mut Findings) {
    let sheets = || templates.iter().filter(|(path, _)| path.ends_with(".css")).map(|(_, file)| file);
    let texts: Vec<String> = sheets().map(|file| blanked(&String::from_utf8_lossy(&file.bytes))).collect();
    let set = texts.iter().flat_map(|text| set_in(text));
    let values: BTreeSet<&str> = tokens.names("screen-light").chain(tokens.names("screen-size")).chain(set).collect();
    let widths: BTreeSet<&str> = tokens.names("screen-media").collect();
    for (file, text) in sheets().zip(&texts).filter(|(file, _)| !is_built_in(&file.shown)) {
        let whole = String::from_utf8_lossy(&file.bytes);
        for (at, _) in text.match_indices(WIDTH) {
            let name = name_at(text, at + WIDTH.len());
            let is_value = text[..at + WIDTH.len()].ends_with(VALUE);
            let (known, what, help) = match is_value {
                true => (&values, "colour or size", "take the name of a token, or set one of your own: `--name: …`"),
                false => (&widths, "width", "the widths are the tokens of `screen-media`"),
            };
            // What stands behind a comma is taken where there is no such name.
            let has_other = text[at + WIDTH.len() + name.len()..].trim_start().starts_with(',');
            if known.contains(name) || name == "typeface" || has_other {
                continue;
            }
            let start = at + WIDTH.len();
            let place = sources.place(&file.shown, &whole, start..start + name.len());
            let message = format!("there is no {what} `--{name}`");
            findings.push(
                Diagnostic::error(Code::UnknownReference, place, message)
                    .did_you_mean(name, known.iter().copied())
                    .help(help),
            );
        }
    }
}

/// The text with its comments blank, so that every place in it stays what it is.
fn blanked(text: &str) -> String {
    let mut rest = text;
    let mut blank = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        let length = comment.find("*/").map_or(comment.len(), |end| end + 2);
        blank.push_str(before);
        blank.extend(std::iter::repeat_n(' ', length + 2));
        rest = &comment[length..];
    }
    blank + rest
}

fn name_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
    &rest[..end]
}

/// The names that a style sheet sets: `--name:`, or `@property --name`.
fn set_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("--").filter_map(|(at, sign)| {
        let name = name_at(text, at + sign.len());
        let rest = &text[at + sign.len() + name.len()..];
        let is_set = rest.trim_start().starts_with(':') || text[..at].trim_end().ends_with("@property");
        (is_set && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_blank_and_places_stay() {
        let text = "a /* é */ b /* c";
        let blank = blanked(text);
        assert_eq!(blank.split_whitespace().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((blank.len(), blank.find('b')), (text.len(), text.find('b')));
    }

    #[test]
    fn names_that_are_set_are_known() {
        let sheet = "@property --kind { } .a { --own: 1px; width: var(--own) } .b { --other : var(--none, 1px) }";
        assert_eq!(set_in(sheet).collect::<Vec<_>>(), ["kind", "own", "other"]);
    }
}
