//! What stands in a document of Tally's own beside prose, and was changed there: it is written in other files, so that it can
//! only be told.

use crate::office::document::{Block, Changes, Document, Said, plain, read_docx};

/// So many texts are repeated.
const MOST: usize = 12;

/// Says what differs from the report as it is written now.
pub fn say(document: &mut Document, report: Option<&[u8]>) {
    let Some(now) = report.and_then(|bytes| read_docx(bytes, Changes::Accepted).ok()) else { return };
    let (was, is) = (texts(&now), texts(document));
    let came: Vec<&String> = is.iter().filter(|text| !was.contains(text)).collect();
    let went: Vec<&String> = was.iter().filter(|text| !is.contains(text)).collect();
    if came.is_empty() && went.is_empty() {
        return;
    }
    let listed =
        |texts: &[&String]| texts.iter().take(MOST).map(|text| format!("“{text}”")).collect::<Vec<_>>().join(", ");
    let mut told = Vec::new();
    if !came.is_empty() {
        told.push(format!("the document has {}", listed(&came)));
    }
    if !went.is_empty() {
        told.push(format!("the report has {}", listed(&went)));
    }
    let text = format!("{}; it stands in no prose: change it in the file that says it", told.join(", where "));
    document.said.push(Said { about: "not prose", text });
}

/// The texts of what stands in no file of prose: titles, captions, cells, boxes.
fn texts(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    let mut is_prose = false;
    for block in &document.blocks {
        match block {
            Block::Begin { file } => is_prose = !file.is_empty(),
            _ if is_prose => {}
            block => add(block, document, &mut all),
        }
    }
    all.retain(|text| !text.is_empty());
    all
}

fn add(block: &Block, document: &Document, all: &mut Vec<String>) {
    match block {
        Block::Heading { inlines, .. } | Block::Paragraph { inlines } => all.push(plain(inlines)),
        Block::Box { text } => all.push(text.clone()),
        Block::Quote { blocks } => blocks.iter().for_each(|block| add(block, document, all)),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| add(block, document, all)),
        Block::Table(number) => {
            let rows = document.tables.get(*number).map(|table| table.rows.as_slice()).unwrap_or_default();
            all.extend(rows.iter().flatten().map(|cell| plain(&cell.inlines)));
        }
        Block::Picture(_) | Block::Begin { .. } => {}
    }
}
