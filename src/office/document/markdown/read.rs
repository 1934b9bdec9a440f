//! Markdown as a document: that of reports, and that of other programs, whose further marks are said or become what a
//! report has for them.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::office::document::{Block, Document, Form, Inline, Table, TableCell};

/// Stands between two braces that were escaped, so that they open no placeholder.
const APART: char = '\u{2}';

/// Deeper blocks are taken up into those above them.
const DEEPEST: usize = 30;

/// Reads a text.
pub fn read(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut builder = Builder::new(text);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// Reads a text, and says of each block which letters it was read from.
pub fn placed(text: &str) -> Vec<(Block, Range<usize>)> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let (mut builder, mut depth, mut places) = (Builder::new(text), 0usize, Vec::new());
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        depth = match event {
            Event::Start(_) => depth + 1,
            Event::End(_) => depth.saturating_sub(1),
            _ => depth,
        };
        builder.event(event, range.clone());
        if depth == 0 {
            places.resize(builder.top().blocks.len(), range);
        }
    }
    let blocks = builder.finish().blocks;
    blocks.into_iter().zip(places).collect()
}

/// The letters of a text that are no part of a placeholder, with whether they are strong or emphasised, and their link.
pub type Letters = Vec<(char, bool, bool, Option<String>)>;

/// Whether a line is read as one paragraph of these letters.
pub fn reads_as(line: &str, letters: &Letters) -> bool {
    let blocks = read(line).blocks;
    match &blocks[..] {
        [] => letters.is_empty(),
        [Block::Paragraph { inlines }] => letters_of(inlines) == *letters,
        _ => false,
    }
}

/// The letters of inlines, without spaces.
pub fn letters_of(inlines: &[Inline]) -> Letters {
    let mut letters = Letters::new();
    for inline in inlines {
        if let Inline::Text { text, form } = inline {
            push_letters(text, form, &mut letters);
        }
    }
    letters
}

pub fn push_letters(text: &str, form: &Form, letters: &mut Letters) {
    let own = text.chars().filter(|letter| !letter.is_whitespace());
    letters.extend(own.map(|letter| (letter, form.bold, form.italic, form.link.clone())));
}

/// What is open while its contents are read.
#[derive(Debug)]
enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    List(Option<u64>),
    Item,
    Quote,
    Note(String),
    Table,
    Row,
    Cell,
    /// What has no place in a report; its words are taken on as a paragraph.
    Other,
    /// What is left out.
    LeftOut,
}

#[derive(Debug)]
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    inlines: Vec<Inline>,
    cells: Vec<TableCell>,
}

struct Builder<'t> {
    source: &'t str,
    document: Document,
    stack: Vec<Frame>,
    form: Form,
    /// Forms that are open within one another: each that closes gives back the one before.
    forms: Vec<Form>,
    /// The names of notes, by their numbers.
    notes: Vec<String>,
    left_out: Vec<&'static str>,
}

impl Frame {
    fn new(kind: Kind) -> Frame {
        Frame { kind, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new(), cells: Vec::new() }
    }

    /// Words without a paragraph of their own become one.
    fn settle(&mut self) {
        let inlines = finished(std::mem::take(&mut self.inlines));
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph { inlines });
        }
    }
}

impl<'t> Builder<'t> {
    fn new(source: &'t str) -> Builder<'t> {
        Builder {
            source,
            document: Document::default(),
            stack: vec![Frame::new(Kind::Root)],
            form: Form::default(),
            forms: Vec::new(),
            notes: Vec::new(),
            left_out: Vec::new(),
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.leave_out("code between backticks: its words came without them");
                self.add(&text.replace("{{", &format!("{{{APART}{{")));
            }
            Event::SoftBreak => self.add(" "),
            Event::HardBreak => self.top().inlines.push(Inline::Break),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::Rule => self.leave_out("a ruled line"),
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                self.top().inlines.push(Inline::Note(number));
            }
            Event::TaskListMarker(done) => {
                self.leave_out("tick boxes");
                self.add(if done { "☑ " } else { "☐ " });
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.add(&text),
        }
    }

    fn start(&mut self, tag: Tag) {
        let kind = match tag {
            Tag::Strong => return self.open(|form| form.bold = true),
            Tag::Emphasis => return self.open(|form| form.italic = true),
            Tag::Strikethrough => {
                self.leave_out("struck words: they came as they stand");
                return self.open(|_| ());
            }
            Tag::Superscript | Tag::Subscript => return self.open(|_| ()),
            Tag::Link { link_type, dest_url, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let to = format!("{scheme}{dest_url}");
                return self.open(|form| form.link = Some(to));
            }
            Tag::Image { .. } => {
                self.leave_out("pictures: copy them into the folder of the report, and name them in report.yaml");
                Kind::LeftOut
            }
            _ if self.stack.len() > DEEPEST => Kind::Other,
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(level_of(level)),
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Item,
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::FootnoteDefinition(name) => Kind::Note(name.to_string()),
            Tag::Table(_) => {
                self.document.tables.push(Table { headings: 1, ..Table::default() });
                Kind::Table
            }
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::MetadataBlock(_) => {
                self.leave_out("the lines at the top between --- and ---");
                Kind::LeftOut
            }
            Tag::CodeBlock(_) => {
                self.leave_out("a code block: its words came as a paragraph");
                Kind::Other
            }
            _ => Kind::Other,
        };
        if !matches!(kind, Kind::LeftOut) && self.top().is_of_blocks() {
            self.top().settle();
        }
        self.stack.push(Frame::new(kind));
    }

    fn end(&mut self, end: TagEnd) {
        if matches!(
            end,
            TagEnd::Strong
                | TagEnd::Emphasis
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Superscript
                | TagEnd::Subscript
        ) {
            self.form = self.forms.pop().unwrap_or_default();
            return;
        }
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else { return };
        match frame.kind {
            Kind::Root | Kind::LeftOut => {}
            Kind::Paragraph | Kind::Other => {
                frame.settle();
                self.top().blocks.append(&mut frame.blocks);
            }
            Kind::Heading(level) => {
                let inlines = finished(frame.inlines);
                self.top().blocks.push(Block::Heading { level, inlines });
            }
            Kind::List(start) => self.top().blocks.push(Block::List { start, items: frame.items }),
            Kind::Item => {
                frame.settle();
                self.top().items.push(frame.blocks);
            }
            Kind::Quote => {
                frame.settle();
                self.top().blocks.push(Block::Quote { blocks: frame.blocks });
            }
            Kind::Note(ref name) => {
                let number = self.note(name);
                frame.settle();
                let words = frame.blocks.into_iter().flat_map(words_of).collect();
                if let Some(note) = self.document.notes.get_mut(number) {
                    *note = words;
                }
            }
            Kind::Table => {
                let number = self.document.tables.len().saturating_sub(1);
                self.top().blocks.push(Block::Table(number));
            }
            Kind::Row => {
                if let Some(table) = self.document.tables.last_mut() {
                    table.rows.push(frame.cells);
                }
            }
            Kind::Cell => {
                let inlines = finished(frame.inlines);
                self.top().cells.push(TableCell { inlines, is_merged: false });
            }
        }
    }

    fn open(&mut self, change: impl FnOnce(&mut Form)) {
        self.forms.push(self.form.clone());
        change(&mut self.form);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let is_escaped = text.starts_with('{') && self.source[..range.start].ends_with('\\');
        let follows = matches!(self.top().inlines.last(), Some(Inline::Text { text, .. }) if text.ends_with('{'));
        match (is_escaped, follows) {
            (true, true) => self.add(&format!("{APART}{text}")),
            (true, false) => self.add(&format!("{{{APART}{}", &text[1..])),
            (false, _) => self.add(text),
        }
    }

    fn add(&mut self, text: &str) {
        let form = self.form.clone();
        match self.top().inlines.last_mut() {
            Some(Inline::Text { text: before, form: of_before }) if *of_before == form => before.push_str(text),
            _ => self.top().inlines.push(Inline::Text { text: text.to_owned(), form }),
        }
    }

    fn html(&mut self, text: &str) {
        let lower = text.trim().to_lowercase();
        match lower.as_str() {
            "<br>" | "<br/>" | "<br />" => self.top().inlines.push(Inline::Break),
            _ if lower.starts_with("<!--") => self.leave_out("a remark in HTML"),
            _ => self.leave_out("marks of HTML"),
        }
    }

    fn note(&mut self, name: &str) -> usize {
        let known = self.notes.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.notes.push(name.to_owned());
            self.document.notes.push(Vec::new());
            self.notes.len() - 1
        })
    }

    fn leave_out(&mut self, what: &'static str) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    /// The innermost that is open; the root is never closed.
    fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(Kind::Root));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn finish(mut self) -> Document {
        let root = self.top();
        root.settle();
        self.document.blocks = std::mem::take(&mut root.blocks);
        for what in self.left_out {
            self.document.say("left out", what);
        }
        self.document
    }
}

impl Frame {
    fn is_of_blocks(&self) -> bool {
        matches!(self.kind, Kind::Root | Kind::Item | Kind::Quote | Kind::Note(_) | Kind::Other)
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// The words of a block, for what has no blocks.
fn words_of(block: Block) -> Vec<Inline> {
    match block {
        Block::Paragraph { mut inlines } | Block::Heading { mut inlines, .. } => {
            inlines.push(Inline::text(" "));
            inlines
        }
        Block::List { items, .. } => items.into_iter().flatten().flat_map(words_of).collect(),
        Block::Quote { blocks } => blocks.into_iter().flat_map(words_of).collect(),
        Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => Vec::new(),
    }
}

/// Inlines with their placeholders apart from the text, and without the marks that were put between escaped braces.
fn finished(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut all = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, form } => apart(&text, &form, &mut all),
            other => all.push(other),
        }
    }
    let is_space = |inline: &Inline| matches!(inline, Inline::Text { text, .. } if text.trim().is_empty());
    if all.iter().all(is_space) { Vec::new() } else { all }
}

/// Puts a text behind what is there, its placeholders apart.
fn apart(text: &str, form: &Form, all: &mut Vec<Inline>) {
    let bare = |text: &str| text.replace(APART, "");
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(end) = rest[start..].find("}}").map(|end| start + end + 2) else { break };
        if start > 0 {
            all.push(Inline::Text { text: bare(&rest[..start]), form: form.clone() });
        }
        let source = bare(&rest[start..end]);
        all.push(Inline::Placeholder { printed: source.clone(), source, form: form.clone() });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        all.push(Inline::Text { text: bare(rest), form: form.clone() });
    }
}
