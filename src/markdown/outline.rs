//! Where the blocks of a text stand: what a writer changes, moves and takes out.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A paragraph, a heading or the words of an entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The level of a heading.
    pub heading: Option<u8>,
    /// Its letters: with the signs of a heading, without those of the lists and quotations that it stands in.
    pub at: Range<usize>,
    /// The lists and quotations that it stands in, outermost first.
    pub within: Vec<Within>,
    /// What it says, on one line and with its marks.
    pub says: String,
}

/// What a block stands in.
#[derive(Debug, Clone, PartialEq)]
pub enum Within {
    Quote(Range<usize>),
    /// An entry of a list that begins with some number, or with a sign.
    Entry {
        list: Range<usize>,
        first: Option<u64>,
        at: Range<usize>,
    },
}

/// The blocks of a text, in their order. What reports do not have is a block without a form.
pub fn outline(text: &str) -> Vec<Piece> {
    let mut reader = Reader { text, pieces: Vec::new(), within: Vec::new(), lists: Vec::new(), open: None };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    reader.pieces
}

/// The addresses that links name elsewhere in a text.
pub fn definitions(text: &str) -> Vec<(String, String)> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut all: Vec<(String, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(name, definition)| (name.to_owned(), definition.dest.to_string()))
        .collect();
    all.sort();
    all
}

struct Reader<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    within: Vec<Within>,
    lists: Vec<(Range<usize>, Option<u64>)>,
    open: Option<Piece>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::SoftBreak => self.say(range, " "),
            Event::HardBreak => self.say(range, "\n"),
            Event::Text(text) => self.say(range, &text),
            other => self.say(range, &format!("{other:?}")),
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        let heading = match tag {
            Tag::BlockQuote(_) => {
                self.close();
                return self.within.push(Within::Quote(range));
            }
            Tag::List(first) => {
                self.close();
                return self.lists.push((range, first));
            }
            Tag::Item => {
                self.close();
                let (list, first) = self.lists.last().cloned().unwrap_or_default();
                return self.within.push(Within::Entry { list, first, at: range });
            }
            Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough => {
                return self.say(range, &format!("<{tag:?}>"));
            }
            Tag::Heading { level, .. } => Some(level as u8),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => return self.say(range, "|"),
            _ => None,
        };
        self.close();
        self.open = Some(Piece { heading, at: range, within: self.within.clone(), says: String::new() });
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough => {
                if let Some(open) = &mut self.open {
                    open.says.push_str("</>");
                }
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {}
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.close();
                self.within.pop();
            }
            _ => self.close(),
        }
    }

    /// Words of the block that is open; of an entry without a paragraph they open one.
    fn say(&mut self, range: Range<usize>, words: &str) {
        let within = &self.within;
        let open = self.open.get_or_insert_with(|| Piece {
            heading: None,
            at: range.clone(),
            within: within.clone(),
            says: String::new(),
        });
        open.at.start = open.at.start.min(range.start);
        open.at.end = open.at.end.max(range.end);
        open.says.push_str(words);
    }

    fn close(&mut self) {
        let Some(mut piece) = self.open.take() else { return };
        let typed = &self.text[piece.at.clone()];
        let blank = typed.len() - typed.trim_start().len();
        piece.at = piece.at.start + blank..piece.at.start + typed.trim_end().len().max(blank);
        self.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_knows_its_letters() {
        let text = "## One ##\n\nTwo\n**three**\n\n1. four\n   - five\n     six\n2. seven\n\n> eight\n> nine\n";
        let pieces = outline(text);
        let shown: Vec<(&str, usize)> =
            pieces.iter().map(|piece| (&text[piece.at.clone()], piece.within.len())).collect();
        assert_eq!(
            shown,
            [
                ("## One ##", 0),
                ("Two\n**three**", 0),
                ("four", 1),
                ("five\n     six", 2),
                ("seven", 1),
                ("eight\n> nine", 1)
            ]
        );
        assert_eq!((pieces[0].heading, pieces[5].says.as_str()), (Some(2), "eight nine"));
    }
}
