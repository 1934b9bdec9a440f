//! A .docx read: its parts, then its blocks one after the other, then what stands beside them.

mod beside;
mod drawing;
mod fields;
mod files;
pub(super) mod numbering;
mod paragraph;
mod reader;
mod run;
pub(super) mod styles;
mod table;
mod telling;
mod tracked;
mod xml;

use super::{Changes, Document, Picture};
use crate::office::container::{Container, Relation, tree};
use crate::office::sheet::Unreadable;
use numbering::Numbering;
use reader::Reader;
use styles::Styles;

/// Reads a document. What nobody has decided about is read as it is told to be; the changes are listed in any case.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Unreadable> {
    let mut container = Container::open(bytes)?;
    let main = main_part(&mut container)?;
    let relations = container.relations(&main)?;
    let text = container.text(&main)?.ok_or_else(no_document)?;
    let body = tree(&text, &main)?;
    let styles = of_part(&mut container, &relations, "styles", Styles::of)?.unwrap_or_default();
    let numbering = of_part(&mut container, &relations, "numbering", Numbering::of)?.unwrap_or_default();
    let mut reader = Reader::new(changes, &styles, numbering);
    reader.relations = relations.iter().map(|relation| (relation.id.clone(), relation.clone())).collect();
    let beside = beside::Beside::read(&mut container, &relations)?;
    beside.prepare(&mut reader)?;
    let root = xml::child(body.root_element(), "body").ok_or_else(no_document)?;
    reader.find_files(root);
    reader.blocks(root);
    beside.finish(&mut reader)?;
    let pictures = pictures(&mut container, &reader)?;
    Ok(reader.finished(pictures))
}

/// The name of the part that holds the text.
fn main_part(container: &mut Container) -> Result<String, Unreadable> {
    let relations = container.relations("")?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
    match main.filter(|main| container.has(main)) {
        Some(main) if main.to_lowercase().starts_with("xl/") => Err(workbook()),
        Some(main) if main.to_lowercase().starts_with("ppt/") => Err(other_kind("a presentation")),
        Some(main) => Ok(main),
        None if container.has("word/document.xml") => Ok("word/document.xml".to_owned()),
        None if container.has("content.xml") => Err(other_kind("an OpenDocument file (.odt, .ods)")),
        None => Err(no_document()),
    }
}

fn no_document() -> Unreadable {
    Unreadable::new("there is no document in this file", "open it in the program that made it, and save it as .docx")
}

fn workbook() -> Unreadable {
    Unreadable::new(
        "this is a workbook, and `--into` takes a document",
        "figures are imported with `tally import FILE.xlsx`; for prose name a .docx",
    )
}

fn other_kind(what: &str) -> Unreadable {
    Unreadable::new(format!("this is {what}"), "open it in the program that made it, and save it as .docx")
}

/// Reads the part of a kind, where there is one.
fn of_part<T>(
    container: &mut Container,
    relations: &[Relation],
    kind: &str,
    read: impl Fn(roxmltree::Node) -> T,
) -> Result<Option<T>, Unreadable> {
    let Some(relation) = relations.iter().find(|relation| relation.kind == kind && !relation.is_outside) else {
        return Ok(None);
    };
    let Some(text) = container.text(&relation.target)? else { return Ok(None) };
    let tree = tree(&text, &relation.target)?;
    Ok(Some(read(tree.root_element())))
}

/// The pictures that the text names, with their bytes; those that a report cannot show are without.
fn pictures(container: &mut Container, reader: &Reader) -> Result<Vec<Picture>, Unreadable> {
    let mut pictures = Vec::new();
    for named in &reader.picture_parts {
        let bytes = match &named.part {
            Some(part) => container.bytes(part)?,
            None => None,
        };
        let ending =
            named.part.as_deref().and_then(|part| part.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
        pictures.push(Picture {
            ending: ending.unwrap_or_default(),
            bytes: bytes.unwrap_or_default(),
            alt: named.alt.clone(),
            caption: None,
        });
    }
    Ok(pictures)
}
