//! A text that is there already, and what a document makes of it: what was not changed keeps its bytes, and figures that
//! are bound stay bound where they are printed as before.

mod rebind;

use std::ops::Range;

use crate::compare::{SentenceFate, changed_words};
use crate::office::document::markdown::{Manner, placed, write};
use crate::office::document::{Block, Inline};
use rebind::rebound;

/// A text as it will stand, with what changed in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Revision {
    pub text: String,
    pub changes: Vec<WordChange>,
}

/// What became of a block, word by word.
#[derive(Debug, Clone, PartialEq)]
pub struct WordChange {
    pub sentences: Vec<SentenceFate>,
    /// Only its form changed: bold words, a link, the level of a heading.
    pub is_of_form: bool,
}

/// A block of the old text with its place.
struct Old {
    block: Block,
    at: Range<usize>,
    key: String,
}

/// What a placeholder prints; none where that is not known.
pub type Prints<'p> = &'p dyn Fn(&str) -> Option<String>;

/// Puts a document in the place of a text. `manner` is how the new blocks are written, `prints` what figures print.
pub fn revised(text: &str, blocks: &[Block], manner: &Manner, prints: Prints) -> Revision {
    let old: Vec<Old> = placed(text)
        .into_iter()
        .map(|(block, at)| Old { key: key(&block, manner, prints), block, at: trimmed(text, at) })
        .collect();
    let new: Vec<(&Block, String)> =
        blocks.iter().map(|block| (block, key(block, manner, prints))).filter(|(_, key)| !key.is_empty()).collect();
    let old_keys: Vec<&str> = old.iter().map(|one| one.key.as_str()).collect();
    let new_keys: Vec<&str> = new.iter().map(|(_, key)| key.as_str()).collect();
    let mut kept = rebind::common(&old_keys, &new_keys);
    kept.push((old.len(), new.len()));
    let mut writer = Writer { text, written: String::new(), last: None, lost: Vec::new() };
    let (mut changes, mut from_old, mut from_new) = (Vec::new(), 0, 0);
    for (one, other) in kept {
        let (gone, come) = (&old[from_old..one], &new[from_new..other]);
        for place in 0..gone.len().max(come.len()) {
            let (was, is) = (gone.get(place), come.get(place));
            changes.extend(change(was, is.map(|(block, _)| *block), manner, prints));
            if let Some((block, _)) = is {
                let block = was.map_or_else(|| (*block).clone(), |was| rebound(&was.block, block, prints));
                writer.add(write(std::slice::from_ref(&block), manner).trim_end());
            }
        }
        if let Some(old) = old.get(one) {
            writer.keep(&old.at);
        }
        (from_old, from_new) = (one + 1, other + 1);
    }
    Revision { text: if changes.is_empty() { text.to_owned() } else { writer.finish() }, changes }
}

/// What a block says with its form, as it is printed: by that it is known again.
fn key(block: &Block, manner: &Manner, prints: Prints) -> String {
    write(&[printed(block.clone(), prints)], manner)
}

/// A block with what its placeholders print, and without the marks of notes.
fn printed(mut block: Block, prints: Prints) -> Block {
    rebind::each_words(&mut block, &mut |inlines| {
        inlines.retain(|inline| !matches!(inline, Inline::Note(_)));
        for inline in inlines.iter_mut() {
            if let Inline::Placeholder { source, form, .. } = inline {
                let text = prints(source).unwrap_or_else(|| source.clone());
                *inline = Inline::Text { text, form: std::mem::take(form) };
            }
        }
        rebind::join(inlines);
    });
    block
}

/// The words of a block as they are printed.
fn words(block: &Block, prints: Prints) -> String {
    let mut block = printed(block.clone(), prints);
    let mut all: Vec<String> = Vec::new();
    rebind::each_words(&mut block, &mut |inlines| all.push(crate::office::document::plain(inlines)));
    all.join(" ")
}

fn change(was: Option<&Old>, is: Option<&Block>, _manner: &Manner, prints: Prints) -> Option<WordChange> {
    let old = was.map(|was| words(&was.block, prints)).unwrap_or_default();
    let new = is.map(|is| words(is, prints)).unwrap_or_default();
    let sentences: Vec<SentenceFate> =
        changed_words(&old, &new).into_iter().filter(|one| !matches!(one, SentenceFate::Kept(_))).collect();
    let sentences: Vec<SentenceFate> = sentences.into_iter().filter(says_something).collect();
    let is_of_form = sentences.is_empty();
    Some(WordChange { sentences: if is_of_form { changed_words(&new, &new) } else { sentences }, is_of_form })
}

fn says_something(fate: &SentenceFate) -> bool {
    match fate {
        SentenceFate::Added(pieces) | SentenceFate::Removed(pieces) => !pieces.is_empty(),
        SentenceFate::Kept(_) | SentenceFate::Changed(_) => true,
    }
}

/// The letters of a block without the ends of lines behind it.
fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let own = text.get(at.clone()).unwrap_or_default();
    at.start..at.start + own.trim_end().len()
}

/// The new text as it grows.
struct Writer<'t> {
    text: &'t str,
    written: String,
    /// Where the block ends that was kept last, if nothing was added since.
    last: Option<usize>,
    /// Lines between blocks that hold something, such as where links lead.
    lost: Vec<&'t str>,
}

impl Writer<'_> {
    fn add(&mut self, block: &str) {
        self.part();
        self.written.push_str(&self.with_line_ends(block));
        self.last = None;
    }

    fn keep(&mut self, at: &Range<usize>) {
        match self.last {
            Some(last) => self.written.push_str(self.text.get(last..at.start).unwrap_or("\n\n")),
            None if self.written.is_empty() => self
                .written
                .push_str(self.text.get(..at.start).filter(|before| before.trim().is_empty()).unwrap_or_default()),
            None => self.part(),
        }
        self.written.push_str(&self.text[at.clone()]);
        self.last = Some(at.end);
    }

    /// An empty line between two blocks.
    fn part(&mut self) {
        if !self.written.trim().is_empty() {
            let ends = self.with_line_ends("\n\n");
            self.written.push_str(&ends);
        }
    }

    /// A text with the ends of lines that the file has.
    fn with_line_ends(&self, text: &str) -> String {
        if self.text.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() }
    }

    fn finish(mut self) -> String {
        let rest = self.last.and_then(|last| self.text.get(last..)).map(str::to_owned);
        let defined: Vec<&str> = self.text.lines().filter(|line| is_definition(line)).collect();
        let rest = rest.unwrap_or_else(|| self.with_line_ends("\n"));
        self.written.push_str(&rest);
        self.lost = defined.into_iter().filter(|line| !self.written.contains(*line)).collect();
        if !self.lost.is_empty() {
            let lines = self.with_line_ends(&format!("\n{}\n", self.lost.join("\n")));
            self.written.push_str(&lines);
        }
        self.written
    }
}

/// `[a]: https://…`: where a link leads.
fn is_definition(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('[')
        && !line.starts_with("[^")
        && line.split_once("]:").is_some_and(|(_, to)| !to.trim().is_empty())
}
