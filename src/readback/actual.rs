//! What the file says that glyphs stand for, where their font cannot say it (`ActualText`).
//!
//! A font has one text for each glyph. Where letters are drawn by several glyphs, as in Devanagari, or one glyph stands for
//! other letters here than elsewhere, the file says of a span of glyphs what is read there. In: a page. Out: for each marked
//! content, in the order in which they begin as the page is drawn, what is read in its place.

use std::vec::IntoIter;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Dict, Object, Stream, String as Words};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use super::bookmarks::decoded;

/// Forms within forms are not looked at any deeper; a file in which they draw each other would go in circles.
const DEEPEST: usize = 12;

/// What is read in the place of each marked content of a page; none where its glyphs say it themselves.
pub fn actual_texts(page: &Page) -> IntoIter<Option<String>> {
    let mut texts = Vec::new();
    if let Some(drawn) = page.page_stream() {
        look(drawn, page.resources(), DEEPEST, &mut texts);
    }
    texts.into_iter()
}

fn look(drawn: &[u8], resources: &Resources, depth: usize, texts: &mut Vec<Option<String>>) {
    let mut instructions = TypedIter::new(drawn);
    while let Some(instruction) = instructions.next() {
        match instruction {
            TypedInstruction::BeginMarkedContent(_) => texts.push(None),
            TypedInstruction::BeginMarkedContentWithProperties(content) => texts.push(actual_text(content.1)),
            TypedInstruction::XObject(form) if depth > 0 => {
                let form = resources.get_x_object(form.0).filter(is_form);
                let drawn = form.as_ref().and_then(|form| form.decoded().ok());
                if let (Some(form), Some(drawn)) = (form, drawn) {
                    let own = form.dict().get::<Dict>("Resources").unwrap_or_default();
                    look(&drawn, &Resources::from_parent(own, resources.clone()), depth - 1, texts);
                }
            }
            _ => {}
        }
    }
}

fn is_form(object: &Stream) -> bool {
    object.dict().get::<Object>("Subtype").is_some_and(|kind| kind.into_name().is_some_and(|name| &*name == b"Form"))
}

fn actual_text(properties: &Object) -> Option<String> {
    let Object::Dict(properties) = properties else { return None };
    properties.get::<Words>("ActualText").map(|text| decoded(&text))
}
