//! A web page as a document: the text of its main part, without what belongs to the website round it.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Node, Selector};

use super::letters::{Counts, small};
use super::{Block, Document, Form, Inline, Picture, Said, Table, TableCell, plain};

/// Elements that are no text of the page.
const LEFT_OUT: [&str; 16] = [
    "script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside", "form", "iframe", "svg",
    "canvas", "video", "audio", "object",
];

/// Deeper elements are read as text of those above them.
const DEEPEST: usize = 120;

#[derive(Default)]
struct Reader {
    document: Document,
    counts: Counts,
    left_out: BTreeMap<String, usize>,
    /// The words of a paragraph that is not closed yet.
    words: Vec<Inline>,
}

/// Reads a page.
pub fn read(text: &str) -> Document {
    let page = Html::parse_document(text);
    let main = ["main", "article", "[role=main]", "body"].iter().find_map(|name| {
        let selector = Selector::parse(name).ok()?;
        page.select(&selector).next()
    });
    let mut reader = Reader::default();
    let mut blocks = Vec::new();
    if let Some(main) = main {
        reader.blocks(main, &mut blocks, 0);
        reader.settle(&mut blocks);
    }
    reader.document.blocks = without_gaps(blocks);
    for (name, count) in &reader.left_out {
        let times = if *count == 1 { String::new() } else { format!(" ({count} times)") };
        reader.document.said.push(Said { about: "left out", text: format!("<{name}>{times}") });
    }
    let said = reader.counts.said().into_iter().map(|(about, text)| Said { about, text });
    reader.document.said.extend(said);
    reader.document
}

impl Reader {
    fn blocks(&mut self, element: ElementRef, blocks: &mut Vec<Block>, depth: usize) {
        for node in element.children() {
            match node.value() {
                Node::Text(text) => self.text(text, &Form::default()),
                Node::Element(_) => {
                    if let Some(inner) = ElementRef::wrap(node) {
                        self.element(inner, blocks, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef, blocks: &mut Vec<Block>, depth: usize) {
        let name = element.value().name();
        if LEFT_OUT.contains(&name)
            || element.value().attr("hidden").is_some()
            || element.value().attr("aria-hidden") == Some("true")
        {
            if !matches!(name, "head" | "script" | "style" | "template" | "noscript") {
                *self.left_out.entry(name.to_owned()).or_default() += 1;
            }
            return;
        }
        if depth > DEEPEST {
            let text: String = element.text().collect();
            return self.text(&text, &Form::default());
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.settle(blocks);
                self.inlines(element, &Form::default(), depth);
                let inlines = std::mem::take(&mut self.words);
                let level = name.as_bytes()[1] - b'0';
                if !plain(&inlines).is_empty() {
                    blocks.push(Block::Heading { level, inlines });
                }
            }
            "ul" | "ol" => {
                self.settle(blocks);
                blocks.extend(self.list(element, depth));
            }
            "blockquote" => {
                self.settle(blocks);
                let mut inside = Vec::new();
                self.blocks(element, &mut inside, depth + 1);
                self.settle(&mut inside);
                if !inside.is_empty() {
                    blocks.push(Block::Quote { blocks: inside });
                }
            }
            "table" => {
                self.settle(blocks);
                self.table(element, blocks, depth);
            }
            "img" => {
                let own =
                    |name| element.value().attr(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
                let number = self.document.pictures.len();
                self.document.pictures.push(Picture { alt: own("alt"), ..Picture::default() });
                self.settle(blocks);
                blocks.push(Block::Picture(number));
            }
            "figcaption" => {
                self.settle(blocks);
                self.inlines(element, &Form::default(), depth);
                let caption = plain(&std::mem::take(&mut self.words));
                match self.document.pictures.last_mut().filter(|_| matches!(blocks.last(), Some(Block::Picture(_)))) {
                    Some(picture) => picture.caption = Some(caption),
                    None => blocks.push(Block::paragraph(&caption)),
                }
            }
            "br" => self.words.push(Inline::Break),
            "hr" => self.settle(blocks),
            _ if is_of_words(name) => self.inline(element, &Form::default(), depth),
            _ => {
                self.settle(blocks);
                self.blocks(element, blocks, depth + 1);
                self.settle(blocks);
            }
        }
    }

    fn list(&mut self, element: ElementRef, depth: usize) -> Option<Block> {
        let is_numbered = element.value().name() == "ol";
        let start = element.value().attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let mut items = Vec::new();
        for item in element.children().filter_map(ElementRef::wrap).filter(|item| item.value().name() == "li") {
            let mut blocks = Vec::new();
            self.blocks(item, &mut blocks, depth + 1);
            self.settle(&mut blocks);
            if !blocks.is_empty() {
                items.push(blocks);
            }
        }
        (!items.is_empty()).then(|| Block::List { start: is_numbered.then_some(start), items })
    }

    fn table(&mut self, element: ElementRef, blocks: &mut Vec<Block>, depth: usize) {
        let mut table = Table { headings: 1, ..Table::default() };
        for inner in element.descendants().filter_map(ElementRef::wrap) {
            match inner.value().name() {
                "caption" => {
                    self.inlines(inner, &Form::default(), depth);
                    table.caption = Some(plain(&std::mem::take(&mut self.words))).filter(|caption| !caption.is_empty());
                }
                "tr" => {
                    let cells = inner
                        .children()
                        .filter_map(ElementRef::wrap)
                        .filter(|cell| matches!(cell.value().name(), "td" | "th"));
                    let mut row = Vec::new();
                    for cell in cells {
                        self.inlines(cell, &Form::default(), depth);
                        row.push(TableCell { inlines: std::mem::take(&mut self.words), is_merged: false });
                        let span = cell
                            .value()
                            .attr("colspan")
                            .and_then(|span| span.parse().ok())
                            .unwrap_or(1usize)
                            .clamp(1, 64);
                        row.extend((1..span).map(|_| TableCell { inlines: Vec::new(), is_merged: true }));
                    }
                    table.rows.push(row);
                }
                _ => {}
            }
        }
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        table.rows.iter_mut().for_each(|row| row.resize_with(widest, TableCell::default));
        if widest > 0 {
            blocks.push(Block::Table(self.document.tables.len()));
            self.document.tables.push(table);
        }
    }

    /// The words within an element.
    fn inlines(&mut self, element: ElementRef, form: &Form, depth: usize) {
        for node in element.children() {
            match node.value() {
                Node::Text(text) => self.text(text, form),
                Node::Element(_) => {
                    if let Some(inner) = ElementRef::wrap(node) {
                        self.inline(inner, form, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn inline(&mut self, element: ElementRef, form: &Form, depth: usize) {
        let name = element.value().name();
        if LEFT_OUT.contains(&name) || depth > DEEPEST {
            return;
        }
        let mut form = form.clone();
        match name {
            "b" | "strong" => form.bold = true,
            "i" | "em" | "cite" => form.italic = true,
            "a" => form.link = element.value().attr("href").filter(|to| leads_somewhere(to)).map(str::to_owned),
            "br" => return self.words.push(Inline::Break),
            "sup" | "sub" => {
                let text: String = element.text().collect();
                let text = small(text.trim(), name == "sup").unwrap_or(text);
                return self.text(&text, &form);
            }
            _ => {}
        }
        let language = element.value().attr("lang").map(|tag| tag.split('-').next().unwrap_or(tag).to_lowercase());
        if let Some(language) = language.filter(|language| language != "en" && !language.is_empty()) {
            form.language = Some(language);
        }
        self.inlines(element, &form, depth);
    }

    fn text(&mut self, text: &str, form: &Form) {
        let spaced: String =
            text.chars().map(|letter| if letter.is_ascii_whitespace() { ' ' } else { letter }).collect();
        let text = self.counts.cleaned(&spaced);
        if !text.is_empty() {
            self.words.push(Inline::Text { text, form: form.clone() });
        }
    }

    /// Words that stand in no paragraph become one.
    fn settle(&mut self, blocks: &mut Vec<Block>) {
        let inlines = std::mem::take(&mut self.words);
        if !plain(&inlines).is_empty() {
            blocks.push(Block::Paragraph { inlines });
        }
    }
}

fn is_of_words(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

fn leads_somewhere(to: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.to_lowercase().starts_with(scheme))
}

/// Levels that no heading has are passed over.
fn without_gaps(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut levels: Vec<u8> = blocks
        .iter()
        .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
        .collect();
    levels.sort_unstable();
    levels.dedup();
    for block in &mut blocks {
        if let Block::Heading { level, .. } = block
            && let Some(place) = levels.iter().position(|known| known == level)
        {
            *level = place as u8 + 1;
        }
    }
    blocks
}
