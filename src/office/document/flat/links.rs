//! Links to a place within the document lead to the heading there.

use std::collections::BTreeMap;

use super::Piece;
use crate::office::document::docx::styles::Role;
use crate::office::document::{Document, Form, Inline, address, plain};

/// What a link to a bookmark begins with until it is known what stands there.
pub const BOOKMARK: &str = "bookmark:";

/// Gives every link to a bookmark the address of its heading. One that leads elsewhere is no link: its words stay.
pub fn resolve(pieces: &mut [Piece], document: &mut Document) {
    let mut headings: BTreeMap<String, String> = BTreeMap::new();
    for piece in pieces.iter() {
        let Piece::Paragraph(paragraph) = piece else { continue };
        if matches!(paragraph.role, Role::Heading(_) | Role::Title) {
            let to = format!("#{}", address(&plain(&paragraph.inlines)));
            headings.extend(paragraph.bookmarks.iter().map(|bookmark| (bookmark.clone(), to.clone())));
        }
    }
    let mut lost: Vec<String> = Vec::new();
    let mut resolve = |inlines: &mut Vec<Inline>| {
        for inline in inlines {
            if let Inline::Text { text, form } | Inline::Placeholder { printed: text, form, .. } = inline {
                lost.extend(resolved(text, form, &headings));
            }
        }
    };
    for piece in pieces {
        if let Piece::Paragraph(paragraph) = piece {
            resolve(&mut paragraph.inlines);
        }
    }
    document.notes.iter_mut().for_each(&mut resolve);
    document.tables.iter_mut().flat_map(|table| &mut table.rows).flatten().for_each(|cell| resolve(&mut cell.inlines));
    if !lost.is_empty() {
        lost.dedup();
        document.say(
            "links",
            format!("{} lead where no reader can follow: their words came without the link", lost.join(", ")),
        );
    }
}

/// Resolves one link; says what is lost.
fn resolved(text: &str, form: &mut Form, headings: &BTreeMap<String, String>) -> Option<String> {
    let to = form.link.take()?;
    form.link = match to.strip_prefix(BOOKMARK) {
        Some(bookmark) => headings.get(bookmark).cloned(),
        None => Some(to.clone()).filter(|to| leads_somewhere(to)),
    };
    let to = to.strip_prefix(BOOKMARK).unwrap_or(&to);
    form.link.is_none().then(|| format!("“{}” ({to})", text.trim()))
}

/// Whether everybody can follow it: no files of somebody's own machine.
fn leads_somewhere(to: &str) -> bool {
    let lower = to.to_lowercase();
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme)) || to.starts_with('#')
}
