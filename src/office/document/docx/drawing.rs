//! What is drawn: pictures with their words for those who cannot see them, boxes with text, charts and embedded objects.

use roxmltree::Node;

use super::paragraph::Words;
use super::reader::{PicturePart, Reader};
use super::tracked::short;
use super::xml::{attribute, child, is, within};
use crate::office::document::flat::Piece;
use crate::office::document::letters::What;
use crate::office::document::plain;

/// A box with more letters than these is text that runs on, and no sentence to be shown large.
const MOST_IN_A_BOX: usize = 300;

impl Reader<'_> {
    /// A drawing of Word, or one of its older form (VML), or an embedded object.
    pub fn drawing(&mut self, node: Node, words: &mut Words) {
        if self.fields.hides() {
            return;
        }
        let mut boxes = Vec::new();
        boxes_of(node, &mut boxes);
        for found in &boxes {
            self.text_box(*found, words);
        }
        if is(node, "object") {
            return self.object(node, words);
        }
        let alt = alternative(node);
        let kind = within(node, "graphicData").find_map(|data| attribute(data, "uri")).unwrap_or_default();
        let name = kind.rsplit('/').next().unwrap_or_default();
        let behind = short(&plain(&words.inlines));
        let place = if behind.is_empty() { String::new() } else { format!(", behind “{behind}”") };
        let alt_said = alt.as_ref().map(|alt| format!(" (“{}”)", short(alt))).unwrap_or_default();
        match name {
            "chart" | "chartex" => {
                return self.find(
                    "left out",
                    format!("a chart{alt_said}{place}: its figures belong in a data file, of which Tally draws it"),
                );
            }
            "diagram" => return self.find("left out", format!("a diagram (SmartArt){alt_said}{place}")),
            _ => {}
        }
        let pictures: Vec<Node> =
            node.descendants().filter(|inner| is(*inner, "blip") || is(*inner, "imagedata")).collect();
        let is_many = pictures.len() > 1;
        for picture in &pictures {
            let own = picture.ancestors().find(|above| is(*above, "pic")).and_then(alternative);
            let alt = if is_many { own } else { own.or_else(|| alt.clone()) };
            self.picture(*picture, alt, words);
        }
        if pictures.is_empty() && boxes.is_empty() {
            self.counts.add(What::Shape);
        }
    }

    fn picture(&mut self, node: Node, alt: Option<String>, words: &mut Words) {
        let embedded = node.attributes().find(|one| matches!(one.name(), "embed" | "id")).map(|one| one.value());
        let relation = self.relation(embedded).filter(|relation| !relation.is_outside);
        let part = relation.map(|relation| relation.target.clone());
        words.beside.push(Piece::Picture(self.picture_parts.len()));
        self.picture_parts.push(PicturePart { part, alt });
    }

    fn text_box(&mut self, content: Node, words: &mut Words) {
        let before = std::mem::take(&mut self.pieces);
        self.blocks(content);
        let inside = std::mem::replace(&mut self.pieces, before);
        let text: Vec<String> = inside.iter().filter_map(Piece::text).collect();
        let text = text.join(" ");
        let has_more = inside.iter().any(|piece| !matches!(piece, Piece::Paragraph(_)));
        match text.chars().count() {
            0 if !has_more => {}
            1..=MOST_IN_A_BOX if !has_more => {
                self.find("boxes", String::new());
                words.beside.push(Piece::Box(text));
            }
            _ => {
                self.find("long boxes", format!("“{}”", short(&text)));
                words.beside.extend(inside);
            }
        }
    }

    fn object(&mut self, node: Node, words: &Words) {
        let program =
            within(node, "OLEObject").find_map(|object| attribute(object, "ProgID")).unwrap_or("another program");
        let behind = short(&plain(&words.inlines));
        self.find(
            "left out",
            format!("an embedded object of {program}, behind “{behind}”: save what it shows as a picture or a table"),
        );
    }
}

/// The texts of boxes within a node, but not of boxes in them; each once, though Word stores it twice.
fn boxes_of<'a, 'i>(node: Node<'a, 'i>, all: &mut Vec<Node<'a, 'i>>) {
    for inner in node.children().filter(Node::is_element) {
        if is(inner, "txbxContent") {
            all.push(inner);
        } else if let (true, Some(choice)) = (is(inner, "AlternateContent"), child(inner, "Choice")) {
            boxes_of(choice, all);
        } else {
            boxes_of(inner, all);
        }
    }
}

/// The words for those who cannot see a drawing.
fn alternative(node: Node) -> Option<String> {
    let properties = within(node, "docPr").chain(within(node, "cNvPr")).find_map(|inner| attribute(inner, "descr"));
    let shape = || within(node, "shape").find_map(|inner| attribute(inner, "alt"));
    let words = properties.or_else(shape)?.split_whitespace().collect::<Vec<_>>().join(" ");
    // What Word guessed is no description.
    let is_guess = words.contains("AI-generated content may be incorrect")
        || words.contains("Description automatically generated");
    (!words.is_empty() && !is_guess && !letters_only_name(&words)).then_some(words)
}

/// A file's name is no description.
fn letters_only_name(words: &str) -> bool {
    let ending = words.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    !words.contains(' ')
        && ending
            .is_some_and(|ending| matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "emf" | "wmf" | "svg"))
}
