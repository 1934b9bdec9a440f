//! A paragraph: its words, what stands in it, and what it is.

use roxmltree::Node;

use super::fields::{Does, does};
use super::files::tag_of;
use super::numbering::Mark;
use super::reader::Reader;
use super::styles::{Look, Role, indent_of, list_of};
use super::tracked::Kind;
use super::xml::{at_path, attribute, child, elements, is, letters, within};
use crate::office::document::flat::{InList, Paragraph, Piece};
use crate::office::document::letters::What;
use crate::office::document::{Form, Inline, plain};

/// What is known while the words of a paragraph are read.
#[derive(Debug, Default)]
pub struct Words {
    pub inlines: Vec<Inline>,
    /// Pictures, boxes and the like, which stand behind the paragraph.
    pub beside: Vec<Piece>,
    /// How letters look that say nothing themselves.
    pub look: Look,
    /// How many letters there are, how many of them bold, and the size of the largest in half points.
    pub letters: usize,
    pub bold: usize,
    pub size: u32,
    /// Where a link that is open leads to.
    pub link: Option<String>,
    pub bookmarks: Vec<String>,
}

impl Reader<'_> {
    pub fn paragraph(&mut self, node: Node) {
        let properties = self.properties(node, "pPr");
        let style = Reader::style(properties, "pStyle");
        let was_listing = self.fields.lists();
        self.tracked.pass();
        let words = Words { inlines: self.carried(), look: self.styles.look(style), ..Words::default() };
        let mut words = self.words(node, words);
        self.changed_form(node);
        let outline = properties.and_then(|properties| super::xml::value(properties, "outlineLvl"));
        let role = self.styles.role(style, outline.and_then(|level| level.parse().ok()));
        if was_listing || self.fields.lists() || role == Role::Contents || self.lists_contents(node) {
            return self.leave_out_contents();
        }
        if self.is_joined(node) {
            self.pieces.append(&mut words.beside);
            return self.carry(words.inlines);
        }
        let in_list = self.in_list(properties, style, role);
        let indent = properties.and_then(indent_of).or_else(|| self.styles.indent(style)).unwrap_or(0);
        let is_kept = self.is_own && in_list.is_some();
        let is_bare = plain(&words.inlines).is_empty() && words.beside.is_empty() && !is_kept;
        if is_bare && !words.inlines.iter().any(|inline| matches!(inline, Inline::Note(_))) {
            self.note_empty(node);
        } else {
            let size = if words.letters > 0 { words.size } else { 0 };
            self.pieces.push(Piece::Paragraph(Paragraph {
                inlines: words.inlines,
                role,
                in_list,
                indent,
                is_bold: words.letters > 0 && words.bold == words.letters,
                size,
                bookmarks: words.bookmarks,
                quote: indent % 2,
            }));
        }
        self.pieces.append(&mut words.beside);
        if let Some(section) = child(node, "pPr").and_then(|properties| child(properties, "sectPr")) {
            self.section(section);
        }
    }

    /// Whether a paragraph holds the field of a list of contents as a whole.
    fn lists_contents(&self, node: Node) -> bool {
        let simple = within(node, "fldSimple").filter_map(|field| attribute(field, "instr"));
        let codes = within(node, "instrText").filter_map(|code| code.text());
        simple.chain(codes).any(|code| does(code) == Does::Lists)
    }

    fn note_empty(&mut self, node: Node) {
        let has_break = within(node, "br").any(|one| attribute(one, "type").is_some());
        if !has_break && !self.is_own && letters(node).trim().is_empty() {
            self.counts.add(What::EmptyParagraph);
        }
    }

    /// A change of a paragraph's own form.
    fn changed_form(&mut self, node: Node) {
        if let Some(change) = at_path(node, &["pPr", "pPrChange"]) {
            self.tracked.meet(change, Kind::Becomes("laid out otherwise".to_owned()), &letters(node));
        }
    }

    /// The list that a paragraph stands in, which counts it.
    fn in_list(&mut self, properties: Option<Node>, style: Option<&str>, role: Role) -> Option<InList> {
        let own = properties.and_then(|properties| child(properties, "numPr")).and_then(list_of);
        let is_own = own.is_some();
        let (list, level) = own.or_else(|| self.styles.number(style)).filter(|(list, _)| list != "0")?;
        let mark = self.numbering.next(&list, level);
        if matches!(role, Role::Heading(_) | Role::Title) {
            if mark != Mark::Nothing {
                self.find("numbered headings", String::new());
            }
            return None;
        }
        let of_level = self.numbering.indent(&list, level);
        let of_style = self.styles.indent(style);
        let indent = properties.and_then(indent_of).or(match is_own {
            true => of_level.or(of_style),
            false => of_style.or(of_level),
        });
        if let Mark::Number(_, Some(form)) = mark {
            self.find("list", form);
        }
        Some(InList { list, level, indent: indent.unwrap_or(0), mark })
    }

    /// Reads the words within a node.
    pub fn words(&mut self, parent: Node, mut words: Words) -> Words {
        for node in elements(parent) {
            words = self.word(node, words);
        }
        words
    }

    fn word(&mut self, node: Node, mut words: Words) -> Words {
        match node.tag_name().name() {
            "r" => self.run(node, &mut words),
            "hyperlink" => {
                let before = words.link.take();
                words.link = self.link(node).or_else(|| before.clone());
                words = self.words(node, words);
                words.link = before;
            }
            "ins" | "moveTo" | "del" | "moveFrom" if self.enters(node) => {
                self.tracked.open(true);
                words = self.words(node, words);
                self.tracked.open(false);
            }
            "fldSimple" => words = self.simple_field(node, words),
            "sdt" => words = self.inline_control(node, words),
            "smartTag" | "customXml" | "sdtContent" | "bdo" | "dir" => words = self.words(node, words),
            "AlternateContent" => {
                if let Some(chosen) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                    words = self.words(chosen, words);
                }
            }
            "bookmarkStart" => words.bookmarks.extend(attribute(node, "name").map(str::to_owned)),
            "commentRangeStart" | "commentRangeEnd" => self.remark(node),
            "oMath" | "oMathPara" => self.equation(node, &mut words.inlines),
            "subDoc" => self.find("left out", "another document that is embedded in this one"),
            _ => {}
        }
        words
    }

    /// Where a link leads; nothing where nobody could follow it.
    fn link(&mut self, node: Node) -> Option<String> {
        let place = attribute(node, "anchor");
        let id = node.attributes().find(|one| one.name() == "id").map(|one| one.value());
        match (self.relation(id), place) {
            (Some(relation), place) if relation.is_outside => {
                let place = place.map(|place| format!("#{place}")).unwrap_or_default();
                Some(format!("{}{place}", relation.target))
            }
            (_, Some(place)) => Some(self.own.get(place).cloned().unwrap_or_else(|| within_document(place))),
            _ => None,
        }
    }

    fn simple_field(&mut self, node: Node, mut words: Words) -> Words {
        let what = does(attribute(node, "instr").unwrap_or_default());
        let shown = letters(node);
        self.say_field(&what, &shown, &words.inlines);
        let before = words.link.clone();
        match what {
            Does::Links(to) => words.link = Some(to),
            Does::LinksWithin(place) => words.link = Some(within_document(&place)),
            _ => {}
        }
        words = self.words(node, words);
        words.link = before;
        words
    }

    /// Says what a field shows that will not be so another day, or elsewhere.
    pub fn say_field(&mut self, what: &Does, shown: &str, before: &[Inline]) {
        let shown = shown.trim();
        match what {
            Does::Page => {
                let before = plain(before);
                let last: Vec<&str> = before.rsplit(' ').take(2).collect();
                let last: Vec<&str> = last.into_iter().rev().collect();
                self.find("page", format!("“{}”", format!("{} {shown}", last.join(" ")).trim()));
            }
            Does::Day(name) => self.find("date", format!("“{shown}” ({name})")),
            Does::Computes(code) => self.find("field", format!("“{shown}” ({code})")),
            Does::Lists | Does::Links(_) | Does::LinksWithin(_) | Does::Stays => {}
        }
    }

    /// A content control round words: a figure of Tally, or a form to fill in.
    fn inline_control(&mut self, node: Node, mut words: Words) -> Words {
        let Some(content) = child(node, "sdtContent") else { return words };
        if at_path(node, &["sdtPr", "showingPlcHdr"]).is_some() {
            self.find("controls", format!("“{}”", letters(content).trim()));
            return words;
        }
        let Some(source) = self.own.get(tag_of(node)).cloned() else { return self.words(content, words) };
        let (printed, source) =
            source.split_once('\u{1}').map(|(one, other)| (one.to_owned(), other.to_owned())).unwrap_or_default();
        // Its words must not be joined to those before it.
        let before = std::mem::take(&mut words.inlines);
        words = self.words(content, words);
        let mut inside = std::mem::replace(&mut words.inlines, before);
        let shown = plain(&inside);
        if shown == printed.split_whitespace().collect::<Vec<_>>().join(" ") {
            let form = inside.iter().find_map(form_of).unwrap_or_default();
            words.inlines.push(Inline::Placeholder { source, printed, form: Form { language: None, ..form } });
        } else {
            self.find("figures", format!("“{printed}” ({source}) was changed to “{shown}”"));
            words.inlines.append(&mut inside);
        }
        words
    }

    /// The letters of an equation, in their order.
    pub fn equation(&mut self, node: Node, inlines: &mut Vec<Inline>) {
        let text = letters(node);
        let text = text.trim();
        if !text.is_empty() {
            self.find("equation", format!("“{text}”"));
            inlines.push(Inline::text(text));
        }
    }

    /// The first words within a note, a box or a heading cell, without what it is.
    pub fn words_alone(&mut self, parent: Node) -> Words {
        let mut all = Words::default();
        let mut paragraphs = Vec::new();
        paragraphs_of(parent, &mut paragraphs);
        for node in paragraphs {
            let properties = self.properties(node, "pPr");
            let look = self.styles.look(Reader::style(properties, "pStyle"));
            let mut words = self.words(node, Words { look, ..Words::default() });
            if !all.inlines.is_empty() && !words.inlines.is_empty() {
                all.inlines.push(Inline::text(" "));
            }
            all.inlines.append(&mut words.inlines);
            all.beside.append(&mut words.beside);
        }
        all
    }
}

/// The paragraphs within a node, with those of what stands in it.
fn paragraphs_of<'a, 'i>(parent: Node<'a, 'i>, all: &mut Vec<Node<'a, 'i>>) {
    for node in elements(parent) {
        if is(node, "p") {
            all.push(node);
        } else if !is(node, "AlternateContent") || child(node, "Choice").is_none() {
            paragraphs_of(node, all);
        } else if let Some(choice) = child(node, "Choice") {
            paragraphs_of(choice, all);
        }
    }
}

fn form_of(inline: &Inline) -> Option<Form> {
    match inline {
        Inline::Text { form, .. } | Inline::Placeholder { form, .. } => Some(form.clone()),
        Inline::Note(_) | Inline::Break => None,
    }
}

/// A link to a bookmark, until it is known what stands there.
pub fn within_document(bookmark: &str) -> String {
    format!("{}{bookmark}", crate::office::document::flat::BOOKMARK)
}
