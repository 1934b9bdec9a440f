//! The text of a drawing: read as XML, or told where it cannot be read.

use std::collections::BTreeSet;
use std::ops::Range;

use roxmltree::{Document, Error, ParsingOptions, TextPos};

use super::SVG;
use super::fault::Fault;

/// A longer drawing takes long to be shown anywhere: the most detailed maps have a tenth of it.
const LONGEST: usize = 8 * 1024 * 1024;
/// More elements than the most detailed map has.
const MOST_NODES: u32 = 300_000;
/// More attributes than any element has, and more prefixes than any drawing: they are compared with each other.
const MOST_ATTRIBUTES: usize = 200;
const MOST_PREFIXES: usize = 64;

const SAVE_ANEW: &str = "save the drawing anew in the program that made it, or as PNG";
const SIMPLIFY: &str = "simplify the drawing, or save it as PNG";

/// Whether the bytes begin as XML does and name an `svg` element.
pub fn is_likely(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<") && start.windows(4).any(|name| name == b"<svg" || name == b":svg")
}

/// The bytes as text; drawings in older encodings are refused rather than guessed at.
pub fn text(bytes: &[u8]) -> Result<&str, Box<Fault>> {
    str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Box::new(Fault::unfit(at..at + 1, "the text of the drawing is not in UTF-8 from here on", SAVE_ANEW))
    })
}

/// Reads the text as XML.
pub fn parse(text: &str) -> Result<Document<'_>, Box<Fault>> {
    too_crowded(text).map_or(Ok(()), |fault| Err(Box::new(fault)))?;
    // Many programs begin a drawing with a document type; one that defines no entities does nothing.
    let entity = text.find("<!ENTITY");
    let options = ParsingOptions { allow_dtd: entity.is_none(), nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let fault = |error| Box::new(broken(text, entity.unwrap_or(0), error));
    let document = Document::parse_with_options(text, options).map_err(fault)?;
    let root = document.root_element();
    if root.tag_name().name() == "svg" && !root.has_tag_name((SVG, "svg")) {
        let start = root.range().start;
        let message = "the drawing does not say that it is one";
        let help = "write `<svg xmlns=\"http://www.w3.org/2000/svg\"` at its beginning, or save it anew as SVG";
        return Err(Box::new(Fault::unfit(start..start + 4, message, help)));
    }
    Ok(document)
}

/// Refuses what would take long merely to be read.
fn too_crowded(text: &str) -> Option<Fault> {
    if text.len() > LONGEST {
        let message = format!("the drawing is too large: its file has more than {} MB", LONGEST / 1024 / 1024);
        return Some(Fault::unfit(0..1, message, SIMPLIFY));
    }
    let mut prefixes = BTreeSet::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|open| at + open) {
        let (length, attributes) = markup(&text[open..]);
        let tag = &text[open..open + length];
        let declared = tag.split("xmlns:").skip(1);
        prefixes.extend(declared.filter_map(|declared| declared.split(['=', ' ']).next()));
        if attributes > MOST_ATTRIBUTES || prefixes.len() > MOST_PREFIXES {
            let message = format!("an element has more than {MOST_ATTRIBUTES} attributes, or {MOST_PREFIXES} prefixes");
            return Some(Fault::unfit(open..open + 1, message, SAVE_ANEW));
        }
        at = open + length;
    }
    None
}

/// How long the tag, comment or the like is that begins here, and how many attributes it has.
fn markup(text: &str) -> (usize, usize) {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(open) {
            return (text.find(close).map_or(text.len(), |end| end + close.len()), 0);
        }
    }
    let (mut quote, mut attributes) = (None, 0);
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                attributes += 1;
            }
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    (text.len(), attributes)
}

/// What is wrong with the XML, in words, and where.
fn broken(text: &str, entity: usize, error: Error) -> Fault {
    let at = place(text, error.pos());
    let unfit = |message: String| Fault::unfit(at.clone(), format!("the drawing is broken: {message}"), SAVE_ANEW);
    match error {
        Error::DtdDetected => {
            let message = "the drawing defines entities, by which a small file can grow without end";
            Fault::unfit(entity..entity + "<!ENTITY".len(), message, "save it as plain SVG, or as PNG")
        }
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => {
            Fault::unfit(at, "the drawing is too large: it has too many parts", SIMPLIFY)
        }
        Error::UnexpectedEndOfStream | Error::UnclosedRootNode => {
            let end = text.trim_end().len();
            let last = text[..end].char_indices().last().map_or(0, |(at, _)| at);
            Fault { at: last..end, ..unfit("its file ends too early".to_owned()) }
        }
        Error::UnexpectedCloseTag(open, close, _) => unfit(format!("`</{close}>` stands where `</{open}>` belongs")),
        Error::UnknownEntityReference(name, _) => unfit(format!("`&{name};` means nothing in a drawing")),
        Error::MalformedEntityReference(_) => unfit("a `&` stands here that should be `&amp;`".to_owned()),
        Error::DuplicatedAttribute(name, _) => unfit(format!("`{name}` is said twice of one element")),
        Error::UnknownNamespace(prefix, _) => unfit(format!("nothing says what `{prefix}:` means")),
        Error::NonXmlChar(character, _) => {
            unfit(format!("a character that no XML may hold (U+{:04X}) stands here", u32::from(character)))
        }
        _ => unfit("it cannot be read as XML from here on".to_owned()),
    }
}

/// A place by its line and column, both from 1, as one in bytes.
fn place(text: &str, TextPos { row, col }: TextPos) -> Range<usize> {
    let before = |count: u32| count.saturating_sub(1) as usize;
    let line = text.split_inclusive('\n').take(before(row)).map(str::len).sum::<usize>();
    let in_line = |(at, character): (usize, char)| line + at..line + at + character.len_utf8();
    let end = text.trim_end().len();
    text[line..].char_indices().nth(before(col)).map_or(end..end, in_line)
}

#[cfg(test)]
mod tests {
    use super::super::samples::drawing;
    use super::*;

    fn told(text: &str) -> (Range<usize>, String) {
        let fault = parse(text).map(|_| ()).unwrap_err();
        (fault.at, fault.message)
    }

    #[test]
    fn a_drawing_that_is_broken_is_told_where() {
        for (inner, at, said) in [
            ("<g>\n</h>", "<", "`</h>` stands where `</g>` belongs"),
            ("é\n\u{a0}é&nbsp;", "&", "`&nbsp;` means nothing in a drawing"),
            ("<text>A & B</text>", "&", "a `&` stands here that should be `&amp;`"),
            ("<g a='1' a='2'/>", "a", "`a` is said twice of one element"),
            ("<i:g/>", "i", "nothing says what `i:` means"),
            ("<g a='<'/>", "<", "it cannot be read as XML from here on"),
            ("<text>\u{1}</text>", "\u{1}", "a character that no XML may hold (U+0001) stands here"),
            ("<g a=b/>", "b", "it cannot be read as XML from here on"),
        ] {
            let text = drawing(inner);
            let (place, message) = told(&text);
            assert_eq!((&text[place], message), (at, format!("the drawing is broken: {said}")), "{inner}");
        }
        let open = drawing("<g>\n").replace("</svg>", "");
        assert_eq!(
            told(&open),
            (open.len() - 2..open.len() - 1, "the drawing is broken: its file ends too early".into())
        );
        assert_eq!(text(b"<svg>\xe9</svg>").unwrap_err().at, 5..6);
    }

    #[test]
    fn a_drawing_without_its_namespace_is_told_what_it_lacks() {
        assert_eq!(told("<svg width='1' height='1'/>"), (0..4, "the drawing does not say that it is one".to_owned()));
    }

    #[test]
    fn entities_are_refused_and_a_document_type_without_any_is_not() {
        let bomb = r#"<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>"#;
        let (place, message) = told(&(bomb.to_owned() + &drawing("<text>&b;</text>")));
        assert_eq!((&bomb[place], message.contains("defines entities")), ("<!ENTITY", true));
        let plain =
            r#"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"#;
        assert!(parse(&(plain.to_owned() + &drawing(""))).is_ok());
    }

    /// Attributes and prefixes are compared with each other, a hundred thousand of them for hours.
    #[test]
    fn what_would_take_long_to_be_read_is_refused() {
        let attributes = |count: usize| (0..count).map(|at| format!(" a{at}='>'")).collect::<String>();
        let prefixes = |count: usize| (0..count).map(|at| format!("<g xmlns:a{at}='b'/>")).collect::<String>();
        for (few, many) in [
            (format!("<g{}/>", attributes(200)), format!("<!--<--><g/><g{}/>", attributes(100_000))),
            (prefixes(60), prefixes(100_000)),
            ("<g/>".repeat(1_000), "<g/>".repeat(400_000)),
            (" ".repeat(1_000_000), " ".repeat(9_000_000)),
        ] {
            assert_eq!(parse(&drawing(&few)).err(), None);
            assert!(parse(&drawing(&many)).is_err());
        }
    }
}
