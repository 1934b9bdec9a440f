//! What the styles of a document mean: headings, quotations, captions, lists, and the look that runs take from them.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::xml::{at_path, attribute, child, switch, value, within};

/// How many styles a style may be based on, one after the other.
const MOST_BASES: usize = 20;

/// The size of text where nothing says another, in half points.
const USUAL_SIZE: u32 = 20;

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: String,
    size: u32,
    /// The language of the document, `en-GB`.
    pub language: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    number: Option<(String, usize)>,
    indent: Option<i32>,
    look: Look,
}

/// How letters look, as far as something says it.
#[derive(Debug, Default, Clone)]
pub struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub size: Option<u32>,
    pub raised: Option<Raised>,
    pub language: Option<String>,
    /// The font, where it is one whose letters are signs.
    pub font: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    Up,
    Down,
    Not,
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    /// Text that is no heading, whatever it looks like: a term, a signature.
    Words,
    Title,
    Heading(u8),
    Quote,
    Caption,
    /// A line of the list of contents.
    Contents,
    /// More of the item of a list before it.
    Continues,
}

impl Look {
    /// Reads the properties of a run.
    pub fn of(properties: Node) -> Look {
        let raised = value(properties, "vertAlign").map(|what| match what {
            "superscript" => Raised::Up,
            "subscript" => Raised::Down,
            _ => Raised::Not,
        });
        let struck = switch(properties, "strike").or_else(|| switch(properties, "dstrike"));
        Look {
            bold: switch(properties, "b"),
            italic: switch(properties, "i"),
            hidden: switch(properties, "vanish").or_else(|| switch(properties, "webHidden")),
            struck,
            size: value(properties, "sz").and_then(|size| size.parse().ok()),
            raised,
            language: child(properties, "lang").and_then(|lang| attribute(lang, "val")).map(str::to_owned),
            font: child(properties, "rFonts").and_then(|fonts| attribute(fonts, "ascii")).map(str::to_owned),
        }
    }

    /// This look, and what another says where it says nothing.
    pub fn or(self, other: &Look) -> Look {
        Look {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            hidden: self.hidden.or(other.hidden),
            struck: self.struck.or(other.struck),
            size: self.size.or(other.size),
            raised: self.raised.or(other.raised),
            language: self.language.or_else(|| other.language.clone()),
            font: self.font.or_else(|| other.font.clone()),
        }
    }
}

impl Styles {
    pub fn of(root: Node) -> Styles {
        let mut styles = Styles { size: USUAL_SIZE, ..Styles::default() };
        if let Some(defaults) = at_path(root, &["docDefaults", "rPrDefault", "rPr"]).map(Look::of) {
            styles.size = defaults.size.unwrap_or(USUAL_SIZE);
            styles.language = defaults.language;
        }
        for node in within(root, "style") {
            let id = attribute(node, "styleId").unwrap_or_default().to_owned();
            if attribute(node, "type") == Some("paragraph") && matches!(attribute(node, "default"), Some("1" | "true"))
            {
                styles.usual = id.clone();
            }
            styles.styles.insert(id, Style::of(node));
        }
        styles
    }

    /// A style and those that it is based on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = self.styles.get(id.unwrap_or(&self.usual));
        std::iter::successors(first, |style| self.styles.get(style.based_on.as_deref()?)).take(MOST_BASES)
    }

    /// What letters look like in a style.
    pub fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, style| look.or(&style.look))
    }

    /// What letters look like in a style of letters; nothing where they have none.
    pub fn look_of_letters(&self, id: Option<&str>) -> Look {
        id.map_or_else(Look::default, |id| self.look(Some(id)))
    }

    /// The size of the text where a style says none, in half points.
    pub fn usual_size(&self) -> u32 {
        self.look(None).size.unwrap_or(self.size)
    }

    /// The list that a style belongs to: its id and the level.
    pub fn number(&self, id: Option<&str>) -> Option<(String, usize)> {
        self.chain(id).find_map(|style| style.number.clone())
    }

    /// How far a style is indented, in twentieths of a point.
    pub fn indent(&self, id: Option<&str>) -> Option<i32> {
        self.chain(id).find_map(|style| style.indent)
    }

    /// What a paragraph of that style is. `outline` is what the paragraph itself says of its level.
    pub fn role(&self, id: Option<&str>, outline: Option<u8>) -> Role {
        let named = self.chain(id).find_map(|style| role_by_name(&style.name));
        let level = outline.or_else(|| self.chain(id).find_map(|style| style.outline));
        match (named, level) {
            (Some(role @ (Role::Title | Role::Contents | Role::Caption)), _) => role,
            (_, Some(level)) if level < 9 => Role::Heading(level + 1),
            (Some(Role::Heading(_)), Some(_)) | (None, _) => Role::Text,
            (Some(role), _) => role,
        }
    }
}

impl Style {
    fn of(node: Node) -> Style {
        let paragraph = child(node, "pPr");
        let number = paragraph.and_then(|properties| child(properties, "numPr"));
        Style {
            name: value(node, "name").unwrap_or_default().to_lowercase(),
            based_on: value(node, "basedOn").map(str::to_owned),
            outline: paragraph
                .and_then(|properties| value(properties, "outlineLvl"))
                .and_then(|level| level.parse().ok()),
            number: number.and_then(list_of),
            indent: paragraph.and_then(indent_of),
            look: child(node, "rPr").map(Look::of).unwrap_or_default(),
        }
    }
}

/// The list that `numPr` names, and the level.
pub fn list_of(node: Node) -> Option<(String, usize)> {
    let level = value(node, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((value(node, "numId")?.to_owned(), level))
}

/// How far the properties of a paragraph indent it, in twentieths of a point.
pub fn indent_of(properties: Node) -> Option<i32> {
    let indent = child(properties, "ind")?;
    attribute(indent, "left").or_else(|| attribute(indent, "start"))?.parse().ok()
}

/// Built-in styles have English names, in whatever language the program speaks.
fn role_by_name(name: &str) -> Option<Role> {
    let level = name.strip_prefix("heading ").and_then(|level| level.trim().parse::<u8>().ok());
    if let Some(level) = level.filter(|level| (1..=9).contains(level)) {
        return Some(Role::Heading(level));
    }
    match name {
        "title" => Some(Role::Title),
        "toc heading" => Some(Role::Contents),
        _ if name.starts_with("toc ") || name == "table of figures" => Some(Role::Contents),
        _ if name.contains("caption") => Some(Role::Caption),
        _ if name.starts_with("list continue") => Some(Role::Continues),
        "subtitle" | "author" | "date" | "signature" | "closing" | "salutation" => Some(Role::Words),
        _ if name.starts_with("definition") => Some(Role::Words),
        _ if name.contains("quot") || name == "block text" => Some(Role::Quote),
        _ => None,
    }
}
