//! From Markdown text to the tree, with `pulldown-cmark`. What the tree has no place for is a finding.

mod lists;
mod refuse;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Block, Inline, Item, pasted, plain_text, slug, unprinted};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Places, Span};
use lists::Numbering;

/// Deeper lists and quotations are refused: nobody can follow them.
const DEEPEST: usize = 6;

/// Parses one Markdown text. `prefix` begins the ids of its headings.
pub fn parse(file: FileId, text: &str, prefix: &str, findings: &mut Findings) -> Vec<Block> {
    // These are switched on so that they are recognised and refused, instead of printed with their marks.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut broken = Vec::new();
    let mut note_broken = |link: BrokenLink| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.push((link.span.clone(), link.reference.to_string()));
        }
        None::<(CowStr, CowStr)>
    };
    let mut events = Parser::new_with_broken_link_callback(text, options, Some(&mut note_broken)).into_offset_iter();
    let (stack, read) = (vec![Frame::new(Kind::Root, 0..0)], Vec::new());
    let mut builder = Builder { file, source: text, prefix, findings, stack, skipping: 0, read };
    while let Some((event, range)) = events.next() {
        if let Event::Start(Tag::Link { id, .. }) = &event
            && let Some(definition) = events.reference_definitions().get(id)
        {
            builder.read.push(definition.span.clone());
        }
        builder.event(event, range);
    }
    let (blocks, read) = builder.finish();
    unprinted::report(file, text, read, findings);
    pasted::report(file, text, findings);
    broken.dedup();
    for (range, name) in broken {
        findings.push(
            Diagnostic::error(
                Code::BrokenReference,
                Span::new(file, range),
                format!("nothing defines the reference `{name}`"),
            )
            .help("write the address with the text: [text](https://…)"),
        );
    }
    blocks
}

/// What is open while its contents are read.
enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    List(Numbering),
    Item,
    Quote,
    Strong,
    Emphasis,
    Link(String),
}

struct Frame {
    kind: Kind,
    range: Range<usize>,
    /// The list that ended last, where nothing followed it.
    list_before: Option<Numbering>,
    blocks: Vec<Block>,
    items: Vec<Item>,
    inlines: Vec<Inline>,
}

impl Frame {
    fn new(kind: Kind, range: Range<usize>) -> Self {
        Self { kind, range, list_before: None, blocks: Vec::new(), items: Vec::new(), inlines: Vec::new() }
    }

    /// Inlines that stand in an item or quotation without a paragraph of their own become one.
    fn settle(&mut self) {
        if !self.inlines.is_empty() {
            self.blocks.push(Block::Paragraph { inlines: std::mem::take(&mut self.inlines) });
        }
    }
}

struct Builder<'a> {
    file: FileId,
    source: &'a str,
    prefix: &'a str,
    findings: &'a mut Findings,
    stack: Vec<Frame>,
    /// How many refused elements are open; their contents are passed over.
    skipping: usize,
    /// The stretches of the source that are printed or refused; what is in none of them would be lost.
    read: Vec<Range<usize>>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        if !matches!(event, Event::Start(_) | Event::End(_)) {
            self.read.push(range.clone());
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, range),
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse_html(range),
            Event::Code(_) => self.refuse(range, "code between backticks", "use **strong** words instead"),
            Event::Rule => self.refuse(range, "a ruled line", "begin a section or a subheading instead"),
            Event::FootnoteReference(_) => self.refuse(range, "a footnote", "write the note as a sentence of its own"),
            Event::TaskListMarker(_) => self.refuse(range, "a tick box", "say in words what is done"),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.refuse(range, "a formula", "write it in words"),
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        if self.stack.len() > 2 * DEEPEST + 4 {
            return self.refuse_element(range, "text nested so deep", "use fewer levels");
        }
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { .. } if self.stack.len() > 1 => {
                return self.refuse_element(
                    range,
                    "a heading inside a list or quotation",
                    "end the list or quotation before it",
                );
            }
            // The words are read on as a paragraph, whose numbers are checked as all are.
            Tag::Heading { .. } if !self.source[range.clone()].trim_start().starts_with('#') => {
                self.refuse_underline(range.clone());
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::List(start) => self.list(start, range.start),
            Tag::Item => {
                self.item(range.start);
                Kind::Item
            }
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::Strong => Kind::Strong,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Link { link_type, dest_url, title, .. } => {
                self.read.push(range.clone());
                if !title.is_empty() {
                    self.refuse_title(range.clone(), &title);
                }
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                Kind::Link(format!("{scheme}{dest_url}"))
            }
            Tag::HtmlBlock => {
                self.read.push(range.clone());
                self.refuse_html(range);
                self.skipping = 1;
                return;
            }
            Tag::Image { .. } => {
                return self.refuse_element(
                    range,
                    "a picture",
                    "make it a part of the section in report.yaml: `- figure:`",
                );
            }
            Tag::Table(_) => {
                return self.refuse_element(
                    range,
                    "a table",
                    "write it as a table file and name it in report.yaml: `- table:`",
                );
            }
            Tag::CodeBlock(_) => {
                return self.refuse_element(range, "a code block", "indent the line by fewer than four spaces");
            }
            Tag::Strikethrough => return self.refuse_element(range, "struck-out text", "remove it"),
            _ => return self.refuse_element(range, "this element", "write it as a paragraph or a list"),
        };
        self.top().settle_before(&kind);
        self.stack.push(Frame::new(kind, range));
    }

    fn end(&mut self, _end: TagEnd) {
        let Some(mut frame) = self.stack.pop() else { return };
        let at = Span::new(self.file, frame.range.clone());
        match frame.kind {
            Kind::Root => self.stack.push(frame),
            Kind::Paragraph => self.block(Block::Paragraph { inlines: frame.inlines }),
            Kind::Heading(level) => {
                let id = format!("{}-{}", self.prefix, slug(&without_figures(&plain_text(&frame.inlines))));
                self.block(Block::Heading { level, id, inlines: frame.inlines, at });
            }
            Kind::List(numbering) => {
                let ordered = numbering.first.is_some();
                let start = numbering.first.filter(|_| !numbering.goes_on).unwrap_or(1);
                let mut number = Places::default();
                number.push(0..start.to_string().len(), self.number_at(frame.range.start));
                self.block(Block::List { ordered, start, items: frame.items, number });
                self.top().list_before = Some(numbering);
            }
            Kind::Item => {
                frame.settle();
                self.top().items.push(Item { blocks: frame.blocks });
            }
            Kind::Quote => {
                frame.settle();
                self.block(Block::Quote { blocks: frame.blocks });
            }
            Kind::Strong => self.inline(Inline::Strong { inlines: frame.inlines }),
            Kind::Emphasis => self.inline(Inline::Emphasis { inlines: frame.inlines }),
            Kind::Link(to) => self.inline(Inline::Link { to, inlines: frame.inlines, at }),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        // A backslash before two braces says that they bind no figure; it is kept for the reader of figures.
        let is_escaped = text.starts_with('{') && self.source[..range.start].ends_with('\\');
        let second_is_escaped = is_escaped && self.pops_brace();
        let keeps_backslash = second_is_escaped || is_escaped && self.source[range.start..].starts_with("{{");
        let typed =
            if keeps_backslash { range.start - if second_is_escaped { 3 } else { 1 }..range.end } else { range };
        let text = match (second_is_escaped, keeps_backslash) {
            (true, _) => format!("\\{{{text}"),
            (false, true) => format!("\\{text}"),
            _ => text.to_owned(),
        };
        let at = Span::new(self.file, typed);
        // Neighbouring pieces of text are one text, as they are for a reader.
        if let Some(Inline::Text { text: before, places }) = self.top().inlines.last_mut() {
            places.push(before.len()..before.len() + text.len(), at);
            before.push_str(&text);
        } else {
            let mut places = Places::default();
            places.push(0..text.len(), at);
            self.inline(Inline::Text { text, places });
        }
    }

    /// Takes a brace from the end of the text so far, where one stands there.
    fn pops_brace(&mut self) -> bool {
        match self.top().inlines.last_mut() {
            Some(Inline::Text { text, places }) if text.ends_with('{') => {
                text.pop();
                places.truncate(text.len());
                true
            }
            _ => false,
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn block(&mut self, block: Block) {
        self.top().list_before = None;
        self.top().blocks.push(block);
    }

    /// The innermost open frame; the root is never closed.
    fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(Kind::Root, 0..0));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    /// The blocks, and the stretches of the source that they were read from.
    fn finish(mut self) -> (Vec<Block>, Vec<Range<usize>>) {
        let root = self.top();
        root.settle();
        (std::mem::take(&mut root.blocks), self.read)
    }
}

/// A heading keeps its address when its figures change from year to year.
fn without_figures(text: &str) -> String {
    let mut pieces = text.split("{{");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |words, piece| words + piece.split_once("}}").map_or(piece, |(_, after)| after))
}

impl Frame {
    /// A block that begins inside an item closes the words before it into a paragraph.
    fn settle_before(&mut self, kind: &Kind) {
        if matches!(kind, Kind::Paragraph | Kind::List(_) | Kind::Quote | Kind::Heading(_)) {
            self.settle();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    fn check(text: &str) -> (Vec<Block>, Vec<&'static str>) {
        let sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let mut findings = Findings::new();
        let blocks = parse(file, text, "s", &mut findings);
        (blocks, findings.iter().map(|finding| finding.code.name()).collect())
    }

    #[test]
    fn nested_lists_keep_their_items_apart() {
        let (blocks, findings) = check("- one\n  - inner\n- two\n");
        assert!(findings.is_empty());
        let [Block::List { items, .. }] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].blocks.len(), 2, "the words and the inner list");
    }

    #[test]
    fn what_reports_do_not_have_is_refused_and_nothing_of_it_is_kept() {
        for (text, code) in [
            ("a <b>c</b>", "raw-html"),
            ("<div>\nc\n</div>", "raw-html"),
            ("![x](y.png)", "unsupported-markdown"),
            ("|a|b|\n|-|-|\n|1|2|", "unsupported-markdown"),
            ("    four spaces", "unsupported-markdown"),
            ("[text][nowhere]", "broken-reference"),
            ("[text][]", "broken-reference"),
        ] {
            assert_eq!(check(text).1.first(), Some(&code), "{text}");
        }
    }

    #[test]
    fn an_e_mail_address_in_angle_brackets_is_one_to_write_to() {
        let (blocks, findings) = check("<hello@example.org>");
        let [Block::Paragraph { inlines }] = &blocks[..] else { panic!("{blocks:?}") };
        assert!(matches!(&inlines[..], [Inline::Link { to, .. }] if to == "mailto:hello@example.org"));
        assert!(findings.is_empty());
    }

    #[test]
    fn what_is_typed_is_printed_or_told() {
        for text in [
            "[a]: words-that-nobody-sees",
            "[a](https://example.org \"title\")",
            "[a][b]\n\n[b]: https://example.org\n[b]: https://example.com\n",
            "- a\n - b\n",
            "1. a\n  - b\n2. c\n",
            "1. a\n3. b\n",
            "+ 5 of them",
            "words\n---\n",
            "words\n===\n",
        ] {
            assert_eq!(check(text).1.len(), 1, "{text}: {:?}", check(text).1);
        }
        for text in [
            "[a][b] and [b]\n\n[B]: https://example.org\n",
            "- a\n  - b\n- c\n\n1. d\n   - e\n2. f\n",
            "  - a\n  - b\n\n1. a\n1. b\n",
            "> - a\n>   - b\n> 5 &amp; 6 \\* 7 &nbsp;\\\n> **x** ***y*** <https://example.org>\n",
            "## One ##\n\n### Two\n\n* a\n+ b\n",
        ] {
            assert_eq!(check(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn brackets_that_are_no_reference_are_text() {
        let (blocks, findings) = check("as it stood [sic] then");
        assert!(findings.is_empty());
        assert_eq!(blocks.len(), 1);
    }
}
