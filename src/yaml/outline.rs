//! Where everything in a YAML text stands, from a parser's events. Refuses what reports do not use.

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle};

use super::{At, Text, broken};
use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// Deeper nesting is refused, before any reader can run out of stack.
const DEEPEST: usize = 32;

/// The shape of a YAML text, with places.
pub struct Outline {
    pub at: Span,
    pub shape: Shape,
}

pub enum Shape {
    Scalar { text: String, plain: bool },
    Sequence(Vec<Outline>),
    Mapping(Vec<(Text, Outline)>),
}

/// A list or record that is still being read; a record remembers the field that waits for its value.
enum Open {
    Sequence(Span, Vec<Outline>),
    Mapping(Span, Vec<(Text, Outline)>, Option<Text>),
}

/// Reads the outline of a text. Empty texts are an empty record.
pub fn outline(file: FileId, text: &str) -> Result<Outline, Box<Diagnostic>> {
    let mut open: Vec<Open> = Vec::new();
    let mut whole = None;
    let mut documents = 0;
    let mut options = Options::default();
    options.emit_comments = false;
    options.emit_unresolved_aliases = true;
    (options.flow_nesting_limit, options.block_nesting_limit) = (DEEPEST, DEEPEST);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or(0);
            Box::new(match error.kind() {
                ErrorKind::RecursionLimitExceeded => too_deep(file, at),
                _ => broken(file, text, at, &error.info()),
            })
        })?;
        let range = place.byte_range().unwrap_or(0..0);
        let at = Span::new(file, range.clone());
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                refuse_special(at, anchor != 0, tag.is_some())?;
                let plain = style == ScalarStyle::Plain;
                // A value that is not there is an empty text, as it is for the other reader.
                let value = if plain && range.is_empty() { String::new() } else { value.into_owned() };
                add(&mut open, &mut whole, Outline { at, shape: Shape::Scalar { text: value, plain } })?;
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => refuse_special(at, true, false)?,
            Event::SequenceStart(_, anchor, tag) => {
                refuse_special(at, anchor != 0, tag.is_some())?;
                open.push(Open::Sequence(at, Vec::new()));
            }
            Event::MappingStart(_, anchor, tag) => {
                refuse_special(at, anchor != 0, tag.is_some())?;
                open.push(Open::Mapping(at, Vec::new(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let closed = match open.pop() {
                    Some(Open::Sequence(start, items)) => Outline { at: to(start, at), shape: Shape::Sequence(items) },
                    Some(Open::Mapping(start, fields, _)) => {
                        Outline { at: to(start, at), shape: Shape::Mapping(fields) }
                    }
                    None => return Err(Box::new(broken(file, text, range.start, "a bracket too many"))),
                };
                add(&mut open, &mut whole, closed)?;
            }
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    return Err(Box::new(broken(file, text, range.start, "a second document begins here")));
                }
            }
            _ => {}
        }
    }
    Ok(whole.unwrap_or(Outline { at: Span::new(file, 0..0), shape: Shape::Mapping(Vec::new()) }))
}

/// Puts a finished value where it belongs: into the innermost open list or record, or as the whole text.
fn add(open: &mut [Open], whole: &mut Option<Outline>, outline: Outline) -> Result<(), Box<Diagnostic>> {
    match open.last_mut() {
        None => *whole = Some(outline),
        Some(Open::Sequence(_, items)) => items.push(outline),
        Some(Open::Mapping(_, fields, waiting)) => match (waiting.take(), outline.shape) {
            (Some(name), shape) => fields.push((name, Outline { at: outline.at, shape })),
            (None, Shape::Scalar { text, .. }) => *waiting = Some(At { value: text, at: outline.at }),
            (None, _) => {
                let message = "a list or record stands where the name of a field is expected";
                return Err(Box::new(Diagnostic::error(Code::BrokenYaml, outline.at, message).help(
                    "text that begins with a bracket or brace is put in quotation marks, as `\"{{ report.year }}\"` is",
                )));
            }
        },
    }
    Ok(())
}

fn refuse_special(at: Span, anchored: bool, tagged: bool) -> Result<(), Box<Diagnostic>> {
    if !anchored && !tagged {
        return Ok(());
    }
    let message = "a value that begins with `&`, `*` or `!` has a special meaning in YAML that is not used here";
    Err(Box::new(
        Diagnostic::error(Code::YamlAlias, at, message).help("put text in quotation marks; write a repeated value out"),
    ))
}

fn too_deep(file: FileId, at: usize) -> Diagnostic {
    let message = format!("lists or records are nested more than {DEEPEST} deep");
    Diagnostic::error(Code::YamlTooDeep, Span::new(file, at..at + 1), message).help("were brackets left open?")
}

fn to(start: Span, end: Span) -> Span {
    Span { end: end.end.max(start.end), ..start }
}
