//! Reads a tagged PDF the way a screen reader does: by the structure tree, never by where the ink is.
//!
//! A tag names its text by the numbers (MCIDs) of marked content in the page streams. So the pages are read first
//! ([`Painter`]), into a table from number to text, and the tree is walked second ([`Walker`]), which picks that text
//! up in reading order. Text that no tag points at is not found, which is the point.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, decode_text_string};

/// What a PDF tells assistive technology.
#[derive(Debug)]
pub struct TaggedPdf {
    /// The document's language, such as `en-GB`.
    pub language: Option<String>,
    /// The title in the document information.
    pub title: Option<String>,
    /// The top of the structure tree: its one `Document`, or a `StructTreeRoot` over several elements.
    pub root: Tag,
    /// The embedded files, by name.
    pub attachments: Vec<Attachment>,
    /// The titles of the bookmarks of every level, in reading order.
    pub outline: Vec<String>,
    /// How many pages there are.
    pub pages: usize,
}

/// An embedded file.
#[derive(Debug)]
pub struct Attachment {
    pub bytes: Vec<u8>,
    /// The file's name.
    pub name: String,
    /// What the file is, in words.
    pub description: Option<String>,
    /// The file's media type, such as `text/csv`.
    pub mime_type: Option<String>,
}

/// An element of the structure tree.
#[derive(Debug, Default)]
pub struct Tag {
    /// The role after the role map, such as `H1`, `P` or `TD`.
    pub kind: String,
    /// The text of the tag and of all below it, in reading order, with single spaces between words and blocks.
    pub text: String,
    /// The page on which it begins, from 1; none without text.
    pub page: Option<usize>,
    /// The language that it says itself to be in.
    pub language: Option<String>,
    /// The text alternative.
    pub alt: Option<String>,
    /// What a table says of itself to those who hear it.
    pub summary: Option<String>,
    /// Which cells a `TH` is the header of: `Row`, `Column` or `Both`.
    pub scope: Option<String>,
    /// The ids of the header cells that a cell names.
    pub headers: Vec<String>,
    /// The id by which other cells name this one.
    pub id: Option<String>,
    /// How many columns a cell covers.
    pub col_span: usize,
    /// How many rows a cell covers.
    pub row_span: usize,
    /// The tags directly below, in reading order.
    pub children: Vec<Tag>,
}

impl TaggedPdf {
    /// Reads a PDF; panics, saying why, if it is damaged or has no structure tree.
    pub fn read(bytes: &[u8]) -> Self {
        let doc = &Document::load_mem(bytes).expect("the bytes are a PDF");
        let catalog = Node { doc, dict: doc.catalog().expect("a PDF has a catalog") };
        let tree = catalog.node(b"StructTreeRoot").expect("a tagged PDF has a structure tree");
        let pages = doc.get_pages().into_iter().map(|(number, id)| (id, number as usize)).collect();
        let mut walker = Walker { roles: tree.node(b"RoleMap"), spoken: Painter::read(doc), pages, last: None };
        let mut root = walker.tag(tree).0;
        if root.children.len() == 1 {
            root = root.children.remove(0);
        }
        let info = Node { dict: &doc.trailer, ..catalog }.node(b"Info");
        let files = catalog.node(b"Names").and_then(|names| names.node(b"EmbeddedFiles"));
        Self {
            language: catalog.text(b"Lang"),
            title: info.and_then(|info| info.text(b"Title")),
            root,
            attachments: files.map_or(Vec::new(), attachments),
            outline: catalog.node(b"Outlines").map_or(Vec::new(), bookmarks),
            pages: doc.get_pages().len(),
        }
    }
}

impl Tag {
    /// Every tag of this kind below this one, in reading order.
    pub fn all(&self, kind: &str) -> Vec<&Tag> {
        let mut found = Vec::new();
        for child in &self.children {
            found.extend((child.kind == kind).then_some(child));
            found.extend(child.all(kind));
        }
        found
    }
}

/// Goes through the structure tree in reading order.
struct Walker<'a> {
    roles: Option<Node<'a>>,
    spoken: HashMap<MarkedId, Vec<Piece>>,
    /// The numbers of the pages.
    pages: HashMap<ObjectId, usize>,
    last: Option<Piece>,
}

impl Walker<'_> {
    /// The tag, and its text with the spaces at its ends that [`Tag::text`] leaves out.
    fn tag(&mut self, element: Node) -> (Tag, String) {
        let mut tag = Tag { kind: self.role(element), col_span: 1, row_span: 1, ..Tag::default() };
        let mut words = String::new();
        for kid in element.list(b"K") {
            match kid {
                Object::Integer(mcid) => {
                    let page = element.reference(b"Pg");
                    tag.page = tag.page.or_else(|| self.pages.get(&page?).copied());
                    words += &self.speak(page, *mcid);
                }
                Object::Dictionary(dict) => {
                    let kid = Node { dict, ..element };
                    words += &self.child(element, kid, &mut tag);
                }
                _ => panic!("a tag has a kid of no known sort: {kid:?}"),
            }
        }
        let words = element.text(b"ActualText").unwrap_or(words);
        tag.text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        tag.language = element.text(b"Lang");
        tag.alt = element.text(b"Alt");
        tag.id = element.text(b"ID");
        for table in element.nodes(b"A").filter(|attributes| attributes.name(b"O").as_deref() == Some("Table")) {
            tag.summary = table.text(b"Summary").or(tag.summary);
            tag.scope = table.name(b"Scope").or(tag.scope);
            tag.headers.extend(table.list(b"Headers").into_iter().filter_map(|id| decode_text_string(id).ok()));
            tag.col_span = table.integer(b"ColSpan").map_or(tag.col_span, |span| span as usize);
            tag.row_span = table.integer(b"RowSpan").map_or(tag.row_span, |span| span as usize);
        }
        (tag, words)
    }

    /// The text of a kid: a tag, or marked content that may be on another page or within a form.
    fn child(&mut self, element: Node, kid: Node, tag: &mut Tag) -> String {
        if let Some(mcid) = kid.integer(b"MCID") {
            let page = kid.reference(b"Pg").or(element.reference(b"Pg"));
            tag.page = tag.page.or_else(|| self.pages.get(&page?).copied());
            return self.speak(kid.reference(b"Stm").or(page), mcid);
        }
        if kid.name(b"S").is_none() {
            return String::new(); // A link's annotation, which has no text of its own.
        }
        let (child, words) = self.tag(kid);
        let gap = if INLINE.contains(&child.kind.as_str()) { "" } else { " " };
        tag.page = tag.page.or(child.page);
        tag.children.push(child);
        format!("{gap}{words}{gap}")
    }

    /// The standard role that the element's own role stands for.
    fn role(&self, element: Node) -> String {
        let mut role = element.name(b"S").unwrap_or("StructTreeRoot".into());
        while let Some(standard) = self.roles.and_then(|roles| roles.name(role.as_bytes())) {
            role = standard;
        }
        role
    }

    /// The text of marked content, after a space where a line has ended without one.
    fn speak(&mut self, owner: Option<ObjectId>, mcid: i64) -> String {
        let owner = owner.expect("a tag with text names its page");
        let mut words = String::new();
        for piece in self.spoken.remove(&(owner, mcid)).unwrap_or_default() {
            if self.last.as_ref().is_some_and(|last| last.breaks_before(&piece)) {
                words.push(' ');
            }
            words += &piece.text;
            self.last = Some(piece);
        }
        words
    }
}

/// The kinds of tag that stand within a line, so that no space parts their text from their neighbours'.
const INLINE: [&str; 9] = ["Span", "Link", "Reference", "Quote", "Code", "Formula", "Annot", "Em", "Strong"];

/// What marked content is known by: the page or form that it is in, and its number there.
type MarkedId = (ObjectId, i64);

/// Text shown in one go, and where its baseline is.
struct Piece {
    text: String,
    y: f32,
    size: f32,
}

impl Piece {
    /// Whether a word ends here because the next piece is on another line. Typst keeps the space at which it breaks a
    /// line; a line without one was broken within a word, after a dash or a slash, or else at a forced break.
    fn breaks_before(&self, next: &Piece) -> bool {
        let has_moved = (self.y - next.y).abs() > 0.6 * self.size.max(next.size);
        has_moved && !self.text.ends_with(['-', '–', '—', '/'])
    }
}

/// How high up text goes and in which font. Typst places each run of text with `cm` alone.
#[derive(Clone)]
struct Graphics {
    y: f32,
    scale: f32,
    font: Option<ObjectId>,
    size: f32,
}

/// Goes through the content streams and collects the text of all numbered marked content.
struct Painter<'a> {
    doc: &'a Document,
    fonts: HashMap<ObjectId, Encoding<'static>>,
    marks: Vec<Mark>,
    spoken: HashMap<MarkedId, Vec<Piece>>,
}

/// Marked content that is open: its number, if it has one, and what to read in place of its glyphs.
#[derive(Default)]
struct Mark {
    id: Option<MarkedId>,
    actual: Option<String>,
}

impl<'a> Painter<'a> {
    fn read(doc: &'a Document) -> HashMap<MarkedId, Vec<Piece>> {
        let mut painter = Self { doc, fonts: HashMap::new(), marks: Vec::new(), spoken: HashMap::new() };
        for id in doc.get_pages().into_values() {
            let page = Node { doc, dict: doc.get_dictionary(id).expect("a page is a dictionary") };
            let resources = page.node(b"Resources").expect("Typst gives every page its own resources");
            let graphics = Graphics { y: 0.0, scale: 1.0, font: None, size: 0.0 };
            painter.stream(id, &doc.get_page_content(id), resources, graphics);
        }
        painter.spoken
    }

    fn stream(&mut self, owner: ObjectId, bytes: &[u8], resources: Node<'a>, mut graphics: Graphics) {
        let mut saved = Vec::new();
        let content = Content::decode_strict(bytes).expect("a content stream is well formed");
        for Operation { operator, operands } in &content.operations {
            match (operator.as_str(), operands.as_slice()) {
                ("q", _) => saved.push(graphics.clone()),
                ("Q", _) => graphics = saved.pop().expect("a Q follows its q"),
                ("cm", [_, _, _, scale, _, y]) => {
                    graphics.y += graphics.scale * number(y);
                    graphics.scale *= number(scale);
                }
                ("Tf", [name, size]) => {
                    graphics.font = self.font(name, resources);
                    graphics.size = number(size);
                }
                ("BMC", _) => self.marks.push(Mark::default()),
                ("BDC", [_, properties]) => self.marks.push(self.mark(owner, properties)),
                ("EMC", _) => drop(self.marks.pop()),
                ("Do", [name]) => self.form(name, resources, &graphics),
                ("Tj" | "TJ" | "'" | "\"", [.., shown]) => self.show(shown, &graphics),
                _ => {}
            }
        }
    }

    fn mark(&self, owner: ObjectId, properties: &Object) -> Mark {
        let dict = properties.as_dict().expect("Typst writes properties out where content is marked");
        let properties = Node { doc: self.doc, dict };
        Mark { id: properties.integer(b"MCID").map(|mcid| (owner, mcid)), actual: properties.text(b"ActualText") }
    }

    /// Makes a font ready to read with, by its map from glyphs to text.
    fn font(&mut self, name: &Object, resources: Node) -> Option<ObjectId> {
        let id = resources.node(b"Font")?.reference(name.as_name().ok()?)?;
        self.fonts.entry(id).or_insert_with(|| {
            let mut font = self.doc.get_dictionary(id).expect("a font is a dictionary").clone();
            font.remove(b"Encoding"); // Which goes to glyphs, not to text, and `lopdf` would take it first.
            match font.get_font_encoding(self.doc) {
                Ok(Encoding::UnicodeMapEncoding(map)) => Encoding::UnicodeMapEncoding(map),
                _ => panic!("a font has no readable ToUnicode map: {font:?}"),
            }
        });
        Some(id)
    }

    /// Paints a form, whose text belongs to the marked content around it unless it has its own.
    fn form(&mut self, name: &Object, resources: Node<'a>, graphics: &Graphics) {
        let id = name.as_name().ok().and_then(|name| resources.node(b"XObject")?.reference(name));
        let id = id.expect("what is painted is in the resources");
        let form = self.doc.get_object(id).and_then(Object::as_stream).expect("what is painted is a stream");
        let node = Node { doc: self.doc, dict: &form.dict };
        if node.name(b"Subtype").as_deref() == Some("Form") {
            let content = form.get_plain_content().expect("a form can be decompressed");
            self.stream(id, &content, node.node(b"Resources").unwrap_or(resources), graphics.clone());
        }
    }

    fn show(&mut self, shown: &Object, graphics: &Graphics) {
        let Some(id) = self.marks.iter().rev().find_map(|mark| mark.id) else { return };
        let text = match self.marks.iter_mut().find_map(|mark| mark.actual.as_mut()) {
            Some(actual) => std::mem::take(actual),
            None => self.decode(shown, graphics.font),
        };
        if !text.is_empty() {
            let size = graphics.size * graphics.scale.abs();
            self.spoken.entry(id).or_default().push(Piece { text, y: graphics.y, size });
        }
    }

    /// The text of a string, or of the strings in an array that has distances between them.
    fn decode(&self, shown: &Object, font: Option<ObjectId>) -> String {
        let encoding = &self.fonts[&font.expect("text is shown in a font of the resources")];
        let strings = elements(shown).iter().filter_map(|part| part.as_str().ok());
        strings.map(|bytes| Document::decode_text(encoding, bytes).expect("glyphs have a meaning in text")).collect()
    }
}

fn embedded(file: Node) -> Option<Vec<u8>> {
    let id = file.node(b"EF")?.reference(b"F")?;
    file.doc.get_object(id).and_then(Object::as_stream).ok()?.get_plain_content().ok()
}

fn attachments(files: Node) -> Vec<Attachment> {
    let attachment = |file: Node| Attachment {
        name: file.text(b"UF").expect("an embedded file has a name"),
        description: file.text(b"Desc"),
        mime_type: file.node(b"EF").and_then(|content| content.node(b"F")?.name(b"Subtype")),
        bytes: embedded(file).expect("an embedded file has its bytes"),
    };
    files.nodes(b"Names").map(attachment).collect()
}

fn bookmarks(parent: Node) -> Vec<String> {
    let mut titles = Vec::new();
    let mut next = parent.node(b"First");
    while let Some(bookmark) = next {
        titles.extend(bookmark.text(b"Title"));
        titles.extend(bookmarks(bookmark));
        next = bookmark.node(b"Next");
    }
    titles
}

/// A dictionary whose values are followed to where they are.
#[derive(Clone, Copy)]
struct Node<'a> {
    doc: &'a Document,
    dict: &'a Dictionary,
}

impl<'a> Node<'a> {
    fn get(self, key: &[u8]) -> Option<&'a Object> {
        self.dict.get_deref(key, self.doc).ok()
    }

    /// The dictionary at the key, or the one of the stream there.
    fn node(self, key: &[u8]) -> Option<Self> {
        let object = self.get(key)?;
        let dict = object.as_dict().or(object.as_stream().map(|stream| &stream.dict)).ok()?;
        Some(Self { dict, ..self })
    }

    fn list(self, key: &[u8]) -> Vec<&'a Object> {
        let items = self.get(key).map_or(&[][..], elements);
        items.iter().map(|item| self.doc.dereference(item).expect("a reference leads somewhere").1).collect()
    }

    fn nodes(self, key: &[u8]) -> impl Iterator<Item = Self> {
        self.list(key).into_iter().filter_map(move |object| Some(Self { dict: object.as_dict().ok()?, ..self }))
    }

    fn name(self, key: &[u8]) -> Option<String> {
        self.get(key)?.as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
    }

    fn text(self, key: &[u8]) -> Option<String> {
        decode_text_string(self.get(key)?).ok()
    }

    fn integer(self, key: &[u8]) -> Option<i64> {
        self.get(key)?.as_i64().ok()
    }

    fn reference(self, key: &[u8]) -> Option<ObjectId> {
        self.dict.get(key).and_then(Object::as_reference).ok()
    }
}

/// The elements of an array; a value that is no array is its own one element.
fn elements(object: &Object) -> &[Object] {
    object.as_array().map_or(std::slice::from_ref(object), Vec::as_slice)
}

fn number(operand: &Object) -> f32 {
    operand.as_float().expect("the operand is a number")
}
