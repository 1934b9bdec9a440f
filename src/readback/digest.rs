//! Tells whether two pages of PDFs draw the same.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::iter::successors;

use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Dict, Object};
use hayro_interpret::hayro_syntax::page::Page;

/// What a page is drawn with is not nested deeper; a file in which it is could go in circles.
const DEEPEST: usize = 12;

/// Looks at the pages of one PDF.
#[derive(Default)]
pub struct Digester {
    /// Digests of what has been looked at, by where it begins: fonts serve many pages. (The number of an object is
    /// also that of every dictionary inside it.)
    known: HashMap<*const u8, u64>,
}

impl Digester {
    /// A digest of all that a page is drawn with: its size, its instructions, fonts, pictures and colours, by what they
    /// are and not by their numbers in the file. None for a page that cannot be told from others.
    pub fn page(&mut self, page: &Page) -> Option<u64> {
        let edges = page.media_box();
        let edges = [edges.x0, edges.y0, edges.x1, edges.y1].map(f64::to_bits);
        let mut parts = vec![self.object(&page.raw().get(CONTENTS)?, DEEPEST)?];
        for all in successors(Some(page.resources()), |resources| resources.parent()) {
            let drawing = [&all.fonts, &all.color_spaces, &all.ext_g_states, &all.patterns, &all.shadings];
            for dict in drawing.into_iter().chain([&all.x_objects, &all.properties]) {
                parts.push(self.dict(dict, DEEPEST)?);
            }
        }
        Some(hash(&(edges, parts)))
    }

    fn object(&mut self, object: &Object, depth: usize) -> Option<u64> {
        let depth = depth.checked_sub(1)?;
        Some(match object {
            Object::Null(_) => 0,
            Object::Boolean(truth) => hash(truth),
            Object::Number(number) => hash(&number.as_f64().to_bits()),
            Object::String(text) => hash(&("string", text.as_ref())),
            Object::Name(name) => hash(&("name", name.as_ref())),
            Object::Dict(dict) => self.dict(dict, depth)?,
            Object::Array(array) => {
                let items: Option<Vec<u64>> = array.iter().map(|item: Object| self.object(&item, depth)).collect();
                hash(&items?)
            }
            Object::Stream(stream) => {
                let place = stream.dict().data().as_ptr();
                if let Some(known) = self.known.get(&place) {
                    return Some(*known);
                }
                let digest = hash(&(self.dict(stream.dict(), depth)?, stream.raw_data()));
                // From here on the place stands for the stream with its data.
                self.known.insert(place, digest);
                digest
            }
        })
    }

    fn dict(&mut self, dict: &Dict, depth: usize) -> Option<u64> {
        let place = dict.data().as_ptr();
        if let Some(known) = self.known.get(&place).filter(|_| !dict.is_empty()) {
            return Some(*known);
        }
        let mut entries = Vec::with_capacity(dict.len());
        for name in dict.keys() {
            // An entry that leads nowhere is none.
            if let Some(object) = dict.get::<Object>(name.as_ref()) {
                entries.push((hash(name.as_ref()), self.object(&object, depth)?));
            }
        }
        entries.sort_unstable();
        let digest = hash(&entries);
        self.known.insert(place, digest);
        Some(digest)
    }
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
