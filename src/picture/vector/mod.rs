//! SVG drawings: read as XML and written out again from lists of what may stay, so that nothing runs or loads, and both
//! formats show the same.
//!
//! In: the bytes of a drawing. Out: its size, or the same drawing, which says what it shows and nothing else, with the
//! faults of what it said.
//!
//! 1. `text` reads it as XML, or tells where it cannot be read.
//! 2. `style` reads the style sheets (`css`, `selector`) and works out what they say of each element, within `steps`.
//! 3. `value` writes each value in the form that browsers and the PDF read alike, or refuses it.
//! 4. `said` reads its texts, whose figures are checked.
//! 5. `writer` writes what `lists` allow; `effort` refuses what would take too long to draw.

mod css;
mod effort;
mod fault;
mod lists;
mod said;
#[cfg(test)]
mod samples;
mod selector;
mod size;
mod steps;
mod style;
mod text;
mod value;
mod writer;

use roxmltree::{Document, Node};

pub use fault::{Fault, FaultKind, unseen};
pub use said::texts;
pub use text::is_likely;

use super::{PictureFault, PublishedPicture, Rendition};
use style::Placed;
use text::{parse, text};
use writer::Writer;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Width and height in whole pixels, at least one each. A drawing that cannot be read is as small as can be, and [`make`]
/// tells why at its place.
pub fn measure(bytes: &[u8]) -> Result<(u32, u32), PictureFault> {
    match text(bytes).and_then(parse) {
        Ok(document) if !is_drawing(document.root_element()) => Err(PictureFault::OtherKind),
        Ok(document) => Ok(pixels(document.root_element()).unwrap_or((1, 1))),
        Err(_) => Ok((1, 1)),
    }
}

/// The cleaned drawing at the size it is meant to have, and what is wrong in it.
pub fn make(bytes: &[u8], can_show: &dyn Fn(char) -> bool) -> Result<PublishedPicture, PictureFault> {
    match text(bytes).and_then(parse) {
        Ok(document) if !is_drawing(document.root_element()) => Err(PictureFault::OtherKind),
        Ok(document) => Ok(cleaned(&document, can_show).unwrap_or_else(|fault| unmade(*fault))),
        Err(fault) => Ok(unmade(*fault)),
    }
}

/// Writes the drawing out again, without scripts, events, animations, foreign content, comments, data of editors, and
/// addresses that lead out of the file, and with its style sheets worked out. Cleaning what is clean changes nothing.
fn cleaned(document: &Document, can_show: &dyn Fn(char) -> bool) -> Result<PublishedPicture, Box<Fault>> {
    let root = document.root_element();
    let unsized_ = || {
        let message = "the drawing says nowhere how large it is";
        Box::new(Fault::unfit(root.range_of_name(), message, "give it a width and a height, or a viewBox"))
    };
    let (width, height) = pixels(root).ok_or_else(unsized_)?;
    let mut writer = Writer::new(document, can_show);
    writer.write(root)?;
    let Writer { svg, mut faults, references, paints, .. } = writer;
    if !paints {
        faults.shows_nothing(root.range_of_name());
    }
    let mut faults = faults.in_order();
    faults.extend(effort::too_much(document, &references));
    Ok(PublishedPicture {
        renditions: vec![Rendition { width, height, bytes: svg.into_bytes() }],
        moves: false,
        faults,
    })
}

/// What comes of a drawing that cannot be read.
fn unmade(fault: Fault) -> PublishedPicture {
    PublishedPicture { renditions: Vec::new(), moves: false, faults: vec![fault] }
}

fn is_drawing(root: Node) -> bool {
    root.has_tag_name((SVG, "svg"))
}

fn pixels(root: Node) -> Option<(u32, u32)> {
    size::size(root).map(|(width, height)| (width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::samples::{clean, drawing};
    use super::*;

    #[test]
    fn a_drawing_that_shows_nothing_is_told() {
        let kinds = |inner: &str| clean(&drawing(inner)).faults.iter().map(|one| one.kind).collect::<Vec<_>>();
        assert_eq!(kinds("<g/>"), [FaultKind::Unfit]);
        assert_eq!(kinds("<defs><path id='a'/></defs>"), [FaultKind::Unfit]);
        assert_eq!(kinds("<defs><path id='a'/></defs><use href='#a'/>"), []);
        assert_eq!(kinds("<image href='data:image/png;base64,aaaa'/>"), [FaultKind::NotAlike]);
    }

    /// Pieces of drawings, good and bad, in any order and depth.
    fn any_inner() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("<script>a</script>".to_owned()),
            Just("<!-- a --><style>a{fill:url(#a)}</style>".to_owned()),
            "<rect (fill|style|onclick|href|xlink:href|id|aria-label)='[a-z#:;( )\\\\]{0,12}'/>",
            "<text>[a-z<&>\"' \r\n\té]{0,12}</text>".prop_map(|text| {
                let inner = &text["<text>".len()..text.len() - "</text>".len()];
                format!(
                    "<text aria-label=\"{0}\">{0}</text>",
                    inner
                        .replace('&', "&amp;")
                        .replace('<', "&#60;")
                        .replace('"', "&quot;")
                        .replace('\r', "&#13;")
                        .replace('\t', "&#9;")
                )
            }),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            (prop::sample::select(vec!["g", "defs", "a", "text", "title", "b"]), prop::collection::vec(inner, 0..4))
                .prop_map(|(name, inner)| format!("<{name} class='a'> {}</{name}>", inner.concat()))
        })
    }

    proptest! {
        #[test]
        fn cleaning_what_is_clean_changes_nothing(inner in any_inner()) {
            let once = clean(&drawing(&inner));
            let twice = clean(&once.svg);
            prop_assert_eq!(&twice.svg, &once.svg);
            let again = |fault: &&Fault| !matches!(fault.kind, FaultKind::Unfit);
            prop_assert_eq!(twice.faults.iter().filter(again).collect::<Vec<_>>(), Vec::<&Fault>::new());
            prop_assert!(["script", "onclick", "<!--", "xlink", "<style"].iter().all(|bad| !once.svg.contains(bad)));
        }
    }
}
