//! Headings in the levels that prose has: the title of a section stands in report.yaml, and its text has two below it.

use crate::office::document::{Block, Document, plain};

/// The deepest level in prose.
const DEEPEST: u8 = 3;

/// A part of the document that becomes a section, with its title where it has one.
#[derive(Debug, Default)]
pub struct Chapter {
    pub title: Option<String>,
    pub blocks: Vec<Block>,
}

/// The chapters of a document: one, unless each of its highest headings is to begin a section.
pub fn chapters(document: &mut Document, by_section: bool) -> Vec<Chapter> {
    let blocks = std::mem::take(&mut document.blocks);
    let count = |level: u8| {
        blocks.iter().filter(|block| matches!(block, Block::Heading { level: own, .. } if *own == level)).count()
    };
    let has_title = count(0) > 0;
    let highest = count(1);
    let first = blocks.iter().find(|block| !matches!(block, Block::Picture(_) | Block::Box { .. }));
    let is_title = !has_title && highest == 1 && matches!(first, Some(Block::Heading { level: 1, .. }));
    // How many levels lie above the first that stands in the text.
    let above = if is_title || by_section && highest > 0 { 0 } else { 1 };
    let mut all = vec![Chapter::default()];
    for block in blocks {
        let Block::Heading { level, inlines } = block else {
            add(&mut all, block);
            continue;
        };
        match level {
            0 => name(&mut all, plain(&inlines)),
            1 if is_title => name(&mut all, plain(&inlines)),
            1 if by_section => all.push(Chapter { title: Some(plain(&inlines)), blocks: Vec::new() }),
            level => add(&mut all, Block::Heading { level: level + above, inlines }),
        }
    }
    if highest > 1 && !by_section {
        document.said.push(crate::office::document::Said {
            about: "sections",
            text: format!(
                "the document has {highest} headings of the highest level: --by-section makes a section of each"
            ),
        });
    }
    // What stands before the first section is one of its own if there is anything.
    if by_section && all.len() > 1 && all[0].blocks.is_empty() {
        all.remove(0);
    }
    let deeper = all.iter_mut().map(|chapter| without_gaps(&mut chapter.blocks)).sum::<usize>();
    if deeper > 0 {
        let headings = if deeper == 1 { "1 heading stands" } else { &format!("{deeper} headings stand") };
        document.said.push(crate::office::document::Said {
            about: "headings",
            text: format!("{headings} higher than in the document: prose has two levels, ## and ###, and skips none"),
        });
    }
    all
}

fn name(all: &mut [Chapter], title: String) {
    if let Some(chapter) = all.last_mut() {
        chapter.title = Some(title);
    }
}

fn add(all: &mut [Chapter], block: Block) {
    if let Some(chapter) = all.last_mut() {
        chapter.blocks.push(block);
    }
}

/// No level is skipped, and none is deeper than prose has; says how many headings are moved up for it.
fn without_gaps(blocks: &mut [Block]) -> usize {
    let (mut above, mut moved) = (1, 0);
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            let fits = (*level).clamp(2, DEEPEST).min(above + 1);
            moved += usize::from(fits != *level);
            *level = fits;
            above = fits;
        }
    }
    moved
}
