//! The files that lie in a finished PDF.

use std::sync::Arc;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Stream, String as Words};

use super::bookmarks::decoded;

/// More nodes of the tree of names are not looked at; a file in which they lead to each other would go in circles.
const MOST: usize = 10_000;

/// A file that lies in a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// What it holds; none where it cannot be unpacked.
    pub bytes: Option<Arc<[u8]>>,
}

/// All files that lie in it, in the order of their names.
pub fn attachments(pdf: &Pdf) -> Vec<Attachment> {
    let xref = pdf.xref();
    let root = xref.get::<Dict>(xref.root_id()).and_then(|root| root.get::<Dict>("Names"));
    let mut waiting: Vec<Dict> = root.and_then(|names| names.get::<Dict>("EmbeddedFiles")).into_iter().collect();
    let (mut attachments, mut seen) = (Vec::new(), 0);
    while let Some(node) = waiting.pop().filter(|_| seen < MOST) {
        seen += 1;
        if let Some(kids) = node.get::<Array>("Kids") {
            // The last is taken first.
            let kids: Vec<Dict> = kids.iter::<Dict>().collect();
            waiting.extend(kids.into_iter().rev());
        }
        let Some(names) = node.get::<Array>("Names") else { continue };
        let mut names = names.flex_iter();
        while let (Some(name), Some(file)) = (names.next::<Words>(), names.next::<Dict>()) {
            let stream = file.get::<Dict>("EF").and_then(|file| file.get::<Stream>("F"));
            let bytes = stream.and_then(|stream| stream.decoded().ok().map(|bytes| Arc::from(&*bytes)));
            let name = file.get::<Words>("UF").map_or_else(|| decoded(&name), |name| decoded(&name));
            attachments.push(Attachment { name, bytes });
        }
    }
    attachments
}
