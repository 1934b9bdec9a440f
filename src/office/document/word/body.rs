//! The text of a document, paragraph by paragraph.

use super::fixed;
use super::lists::{Lists, STEP};
use super::own::Own;
use crate::office::document::{Block, Document, Form, Inline, Picture, Table, plain};
use crate::office::xml::escaped;

/// The width of text on the page, in twentieths of a point.
const WIDTH: usize = 9_026;
/// How many English metric units a twentieth of a point has, and how wide a picture is shown at most.
const UNITS: usize = 635;
const PICTURE: (usize, usize) = (9_026 * UNITS / 2, 9_026 * UNITS / 3);

/// A document while its text is written.
pub struct Body<'d> {
    document: &'d Document,
    text: String,
    own: Own,
    lists: Lists,
    /// Where links lead, by their places, and those of notes.
    links: Vec<String>,
    links_of_notes: Vec<String>,
    /// The footnotes that are marked so far, as their parts say them.
    notes: Vec<String>,
    in_note: bool,
    /// How many quotations and texts of files were written.
    quotes: usize,
    files: usize,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'p> {
    style: &'p str,
    /// The list and the level.
    list: Option<(usize, usize)>,
    indent: Option<usize>,
}

impl<'d> Body<'d> {
    pub fn new(document: &'d Document) -> Body<'d> {
        Body {
            document,
            text: String::new(),
            own: Own::default(),
            lists: Lists::default(),
            links: Vec::new(),
            links_of_notes: Vec::new(),
            notes: Vec::new(),
            in_note: false,
            quotes: 0,
            files: 0,
        }
    }

    pub fn text(&self) -> String {
        format!("{}{}{}", fixed::DOCUMENT_START, self.text, fixed::DOCUMENT_END)
    }

    pub fn own(&self) -> String {
        self.own.text()
    }

    pub fn numbering(&self) -> String {
        self.lists.text()
    }

    pub fn notes(&self) -> String {
        format!("{}{}</w:footnotes>", fixed::NOTES_START, self.notes.concat())
    }

    pub fn relations(&self) -> String {
        let links = self.links.iter().enumerate().map(|(place, to)| fixed::link(place, to));
        let shown = self.document.pictures.iter().enumerate().filter(|(_, picture)| !picture.bytes.is_empty());
        let pictures = shown.map(|(number, picture)| fixed::picture_relation(number, picture));
        fixed::relations(&links.chain(pictures).collect::<String>())
    }

    pub fn relations_of_notes(&self) -> String {
        let links = self.links_of_notes.iter().enumerate().map(|(place, to)| fixed::link(place, to));
        fixed::only_relations(&links.collect::<String>())
    }

    /// Writes blocks one after the other.
    pub fn blocks(&mut self, blocks: &[Block]) {
        let mut open: Option<usize> = None;
        for block in blocks {
            match block {
                Block::Begin { file: name } => {
                    self.text += &open.take().map(fixed::control_end).unwrap_or_default();
                    if !name.is_empty() {
                        self.files += 1;
                        open = Some(self.files);
                        let tag = self.own.add(name, None);
                        self.text += &fixed::control_start(&escaped(name), &tag, self.files);
                    }
                }
                block => self.block(block, Place::default()),
            }
        }
        self.text += &open.map(fixed::control_end).unwrap_or_default();
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { level: 0, inlines } => self.paragraph(inlines, Place { style: "Title", ..place }),
            Block::Heading { level, inlines } => {
                let style = format!("Heading{}", (*level).clamp(1, 6));
                self.paragraph(inlines, Place { style: &style, ..place });
            }
            Block::Paragraph { inlines } => self.paragraph(inlines, place),
            Block::List { start, items } => self.list(*start, items, place),
            Block::Quote { blocks } => {
                // Quotations one after the other are told apart by how far they are indented.
                self.quotes += 1;
                let indent = 2 * STEP + self.quotes % 2;
                for block in blocks {
                    self.block(block, Place { style: "Quote", indent: Some(indent), list: None });
                }
            }
            Block::Table(number) => {
                if let Some(table) = self.document.tables.get(*number) {
                    self.table(table);
                }
            }
            Block::Picture(number) => {
                if let Some(picture) = self.document.pictures.get(*number) {
                    self.picture(*number, picture);
                }
            }
            Block::Box { text } => self.paragraph(&[Inline::text(text)], Place { style: "PullOut", ..place }),
            Block::Begin { .. } => {}
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], place: Place) {
        let id = self.lists.begin(start);
        let level = place.list.map_or(0, |(_, level)| level + 1).min(8);
        let in_quote = place.style == "Quote";
        let parity = place.indent.map_or(0, |indent| indent % 2);
        let inside =
            Place { list: Some((id, level)), indent: in_quote.then_some((level + 1) * STEP + parity), ..place };
        let after = Place {
            style: if place.style.is_empty() { "ListContinue" } else { place.style },
            list: None,
            indent: Some((level + 1) * STEP + parity),
        };
        for item in items {
            let (first, rest) = match item.split_first() {
                Some((first @ Block::Paragraph { .. }, rest)) => (first.clone(), rest),
                _ => (Block::Paragraph { inlines: Vec::new() }, item.as_slice()),
            };
            self.block(&first, inside);
            for block in rest {
                let place = if matches!(block, Block::List { .. }) { inside } else { after };
                self.block(block, place);
            }
        }
    }

    fn paragraph(&mut self, inlines: &[Inline], place: Place) {
        let mut properties = String::new();
        if !place.style.is_empty() {
            properties += &format!("<w:pStyle w:val=\"{}\"/>", place.style);
        }
        if let Some((list, level)) = place.list {
            properties += &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        }
        if let Some(indent) = place.indent {
            properties += &format!("<w:ind w:left=\"{indent}\"/>");
        }
        let properties = if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
        let words = self.words(inlines);
        self.text += &format!("<w:p>{properties}{words}</w:p>");
    }

    /// The words of a paragraph; those of a link stand in one element.
    fn words(&mut self, inlines: &[Inline]) -> String {
        let mut written = String::new();
        let mut rest = inlines;
        while let Some(first) = rest.first() {
            let link = link_of(first);
            let end = rest.iter().take_while(|inline| link_of(inline) == link).count();
            let words: String = rest[..end].iter().map(|inline| self.inline(inline)).collect();
            written += &match link {
                Some(to) => self.linked(to, &words),
                None => words,
            };
            rest = &rest[end..];
        }
        written
    }

    fn linked(&mut self, to: &str, words: &str) -> String {
        if to.starts_with('#') {
            let tag = self.own.add(to, None);
            return format!("<w:hyperlink w:anchor=\"{tag}\">{words}</w:hyperlink>");
        }
        let links = if self.in_note { &mut self.links_of_notes } else { &mut self.links };
        links.push(to.to_owned());
        format!("<w:hyperlink r:id=\"{}\">{words}</w:hyperlink>", fixed::link_id(links.len() - 1))
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text { text, form } => self.run(text, form),
            Inline::Placeholder { source, printed, form } => {
                let tag = self.own.add(source, Some(printed));
                let run = self.run(printed, &Form { language: language_of(source), ..form.clone() });
                format!(
                    "<w:sdt><w:sdtPr><w:alias w:val=\"{tag}\"/><w:tag w:val=\"{tag}\"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
                )
            }
            Inline::Note(number) => self.note(*number),
            Inline::Break => "<w:r><w:br/></w:r>".to_owned(),
        }
    }

    fn run(&self, text: &str, form: &Form) -> String {
        let mut properties = String::new();
        if form.link.is_some() {
            properties += "<w:rStyle w:val=\"Hyperlink\"/>";
        }
        if form.bold {
            properties += "<w:b/>";
        }
        if form.italic {
            properties += "<w:i/>";
        }
        if let Some(language) = &form.language {
            properties += &format!("<w:lang w:val=\"{}\"/>", escaped(language));
        }
        let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
        format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
    }

    /// Each mark has a footnote of its own, since Word counts them.
    fn note(&mut self, number: usize) -> String {
        let id = self.notes.len() + 1;
        if let Some(name) = self.document.note_names.get(number) {
            self.own.entry(&format!("note_{id}"), name, None);
        }
        self.notes.push(String::new());
        let words = self.document.notes.get(number).map(Vec::as_slice).unwrap_or_default();
        let before = std::mem::replace(&mut self.in_note, true);
        let words: Vec<Inline> = words.iter().filter(|inline| !matches!(inline, Inline::Note(_))).cloned().collect();
        let words = self.words(&words);
        self.in_note = before;
        self.notes[id - 1] = format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{words}</w:p></w:footnote>"
        );
        format!("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>")
    }

    fn table(&mut self, table: &Table) {
        if let Some(caption) = &table.caption {
            self.paragraph(&[Inline::text(caption)], Place { style: "Caption", ..Place::default() });
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let grid: String = (0..columns).map(|_| format!("<w:gridCol w:w=\"{}\"/>", WIDTH / columns)).collect();
        self.text += &format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        );
        for (place, row) in table.rows.iter().enumerate() {
            let is_head = place < table.headings;
            self.text += if is_head { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" };
            let mut cells = row.iter().peekable();
            let mut written = 0;
            while let Some(cell) = cells.next() {
                let mut span = 1;
                while cells.next_if(|next| next.is_merged && plain(&next.inlines).is_empty()).is_some() {
                    span += 1;
                }
                written += span;
                let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
                self.text +=
                    &format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{span}</w:tcPr>", WIDTH / columns);
                self.paragraph(
                    &cell.inlines,
                    Place { style: if is_head { "TableHead" } else { "" }, ..Place::default() },
                );
                self.text += "</w:tc>";
            }
            self.text += &"<w:tc><w:tcPr/><w:p/></w:tc>".repeat(columns - written.min(columns));
            self.text += "</w:tr>";
        }
        self.text += "</w:tbl><w:p/>";
    }

    fn picture(&mut self, number: usize, picture: &Picture) {
        let alt = picture.alt.as_deref().map(escaped).unwrap_or_default();
        if !picture.bytes.is_empty() {
            self.text += &format!("<w:p><w:r>{}</w:r></w:p>", fixed::drawing(number, &alt, PICTURE));
        }
        if let Some(caption) = &picture.caption {
            self.paragraph(&[Inline::text(caption)], Place { style: "Caption", ..Place::default() });
        }
    }
}

fn link_of(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Text { form, .. } | Inline::Placeholder { form, .. } => form.link.as_deref(),
        Inline::Note(_) | Inline::Break => None,
    }
}

/// The language of words that a placeholder marks: `{{ "Croeso" | in cy }}`.
fn language_of(source: &str) -> Option<String> {
    let (_, form) = source.trim_end_matches('}').rsplit_once('|')?;
    form.trim().strip_prefix("in ").map(|language| language.trim().to_owned())
}
