//! The files that stretches of a document of Tally belong to, where a program kept the bookmarks and dropped the tags of the
//! content controls, as LibreOffice does.

use roxmltree::Node;

use super::reader::Reader;
use super::xml::{at_path, attribute, is, letters, within};
use crate::office::document::flat::Piece;

impl Reader<'_> {
    /// Looks by what the files of a document of Tally are known: by controls, or else by bookmarks.
    pub fn find_files(&mut self, body: Node) {
        let mut tags = within(body, "tag").filter_map(|tag| attribute(tag, "val"));
        self.by_bookmarks = self.is_own && !tags.any(|tag| self.own.contains_key(tag));
    }

    /// A paragraph with the bookmarks in it: what begins there begins before it; what ends there ends before it, too, where
    /// no words stand before the end.
    pub fn paragraph_of_file(&mut self, node: Node) {
        if !self.by_bookmarks {
            return self.paragraph(node);
        }
        let mut has_words = false;
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        for one in node.descendants() {
            match () {
                () if is(one, "t") => has_words |= !letters(one).is_empty(),
                () if is(one, "bookmarkStart") => before.push(one),
                () if is(one, "bookmarkEnd") && !has_words => before.push(one),
                () if is(one, "bookmarkEnd") => behind.push(one),
                () => {}
            }
        }
        before.into_iter().for_each(|one| self.bookmark(one));
        self.paragraph(node);
        behind.into_iter().for_each(|one| self.bookmark(one));
    }

    /// The beginning or the end of a file.
    pub fn bookmark(&mut self, node: Node) {
        if !self.by_bookmarks {
            return;
        }
        let id = attribute(node, "id").unwrap_or_default();
        let named = attribute(node, "name").and_then(|name| self.own.get(name));
        let file = named.filter(|source| !source.contains('\u{1}') && !source.starts_with('#')).cloned();
        if let Some(file) = file {
            self.bookmarked = id.to_owned();
            self.pieces.push(Piece::Begin(file));
        } else if is(node, "bookmarkEnd") && id == self.bookmarked {
            self.bookmarked.clear();
            self.pieces.push(Piece::Begin(String::new()));
        }
    }
}

/// By what a content control is known: its tag, or the title that stays where a program drops that.
pub fn tag_of<'n>(control: Node<'n, '_>) -> &'n str {
    let of = |name: &str| at_path(control, &["sdtPr", name]).and_then(|node| attribute(node, "val"));
    of("tag").or_else(|| of("alias")).unwrap_or_default()
}
