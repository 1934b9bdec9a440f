//! The package that office files are: a zip with parts by name, most of them XML, and relations between them.
//!
//! In: the bytes of a file. Out: its parts, unpacked within limits, and XML without anything that could fetch or multiply;
//! or why it is no such package ([`Unreadable`]). What a file claims of itself is not believed: sizes are counted while it
//! is unpacked, and two parts of one name are refused, since a figure must not depend on which of them is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::sheet::Unreadable;
use super::tags::Tags;

/// The largest file that is opened, in bytes.
pub const MOST_BYTES: usize = 100 << 20;

/// How much may come out of a file beyond what it has in itself, in bytes. Pictures hardly grow, so that a document may
/// have many.
pub const MOST_UNPACKED: u64 = 64 << 20;

/// The most parts that a file may have.
pub const MOST_PARTS: usize = 2_000;

/// How deep elements may stand within each other.
pub const DEEPEST: usize = 200;

/// The most elements and texts of a part that is read as a tree.
const MOST_NODES: u32 = 2_000_000;

/// How the files begin that people take for office files of today.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP: &[u8] = b"PK\x03\x04";

/// An opened package.
pub struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The places of the parts, by their names in small letters, with slashes and none at the front.
    places: BTreeMap<String, usize>,
    /// What was unpacked so far, in bytes.
    unpacked: u64,
    /// The most that may be.
    most: u64,
}

/// One part's relation to another, or to something outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub id: String,
    /// The last word of its type: `worksheet`, `comments`, `hyperlink`.
    pub kind: String,
    /// The name of the part, `xl/worksheets/sheet1.xml`; of something outside, what the file says.
    pub target: String,
    pub is_outside: bool,
}

impl Unreadable {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
        Unreadable { message: message.into(), help: help.into() }
    }
}

impl<'a> Container<'a> {
    /// Opens a file.
    pub fn open(bytes: &'a [u8]) -> Result<Container<'a>, Unreadable> {
        if bytes.len() > MOST_BYTES {
            return Err(too_large());
        }
        if let Some(other) = other_kind(bytes) {
            return Err(other);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut_short())?;
        let places = places(&archive)?;
        Ok(Container { archive, places, unpacked: 0, most: MOST_UNPACKED + bytes.len() as u64 })
    }

    /// The names of its parts, in small letters, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&plain_name(name))
    }

    /// The bytes of a part; none if there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(&place) = self.places.get(&plain_name(name)) else { return Ok(None) };
        let left = self.most.saturating_sub(self.unpacked);
        let part = self.archive.by_index(place).map_err(|_| damaged(name))?;
        let mut bytes = Vec::new();
        part.take(left + 1).read_to_end(&mut bytes).map_err(|_| damaged(name))?;
        if bytes.len() as u64 > left {
            return Err(too_large());
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The text of a part that is XML, without a mark at its front; none if there is no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = decoded(bytes).ok_or_else(|| damaged(name))?;
        match text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            true => Err(declares()),
            false => Ok(Some(text)),
        }
    }

    /// The relations of a part, in the order of the file; `""` asks for those of the whole package.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let tree = tree(&text, &name)?;
        let elements = tree.root_element().children().filter(|node| node.tag_name().name() == "Relationship");
        Ok(elements.filter_map(|element| relation(element, folder)).collect())
    }
}

/// Reads the text of a part as a tree.
pub fn tree<'t>(text: &'t str, name: &str) -> Result<roxmltree::Document<'t>, Unreadable> {
    // The tree is made without regard to depth, and read by functions that call themselves.
    if Tags::new(text).any(|event| event.is_err()) {
        return Err(damaged(name));
    }
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, entity_resolver: None };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => too_large(),
        roxmltree::Error::DtdDetected => declares(),
        _ => damaged(name),
    })
}

/// Where each part stands.
fn places(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<String, usize>, Unreadable> {
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    // The crate keeps one of several entries of the same name, and says so.
    if archive.has_duplicate_names() {
        return Err(twice());
    }
    let (mut places, mut grows) = (BTreeMap::new(), 0u64);
    for place in 0..archive.len() {
        let entry = archive.by_index_data(place).map_err(|_| cut_short())?;
        if entry.encrypted() {
            return Err(has_password());
        }
        grows = grows.saturating_add(entry.size().saturating_sub(entry.compressed_size()));
        let name = entry.name().map_err(|_| cut_short())?;
        if !name.ends_with('/') && places.insert(plain_name(&name), place).is_some() {
            return Err(twice());
        }
    }
    match grows > MOST_UNPACKED {
        true => Err(too_large()),
        false => Ok(places),
    }
}

/// The name of a part as it is looked up: parts are named without regard to capitals.
fn plain_name(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn relation(element: roxmltree::Node, folder: &str) -> Option<Relation> {
    let target = element.attribute("Target")?;
    let is_outside = element.attribute("TargetMode") == Some("External");
    Some(Relation {
        id: element.attribute("Id")?.to_owned(),
        kind: element.attribute("Type")?.rsplit('/').next()?.to_owned(),
        target: if is_outside { target.to_owned() } else { resolved(folder, target) },
        is_outside,
    })
}

/// The name of the part that a target leads to from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The text of XML: UTF-8, or UTF-16 by its mark.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// What the file is instead, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<Unreadable> {
    if bytes.starts_with(ZIP) {
        return None;
    }
    if bytes.starts_with(COMPOUND) {
        return Some(compound(bytes));
    }
    let is = |what: &str| {
        let help = "open it in the program that shows it, and save it as .xlsx or .docx";
        Some(Unreadable::new(format!("this is {what}, whatever its name says"), help))
    };
    let start = bytes.trim_ascii_start();
    match start {
        [] => Some(Unreadable::new("the file is empty", "get it again from whoever sent it")),
        _ if start.starts_with(b"%PDF") => is("a PDF"),
        _ if start.starts_with(b"{\\rtf") => is("a rich text file (.rtf)"),
        _ if start.starts_with(b"<") || start.starts_with(b"\xEF\xBB\xBF<") => is("a web page or an XML file"),
        _ => is("no file of a spreadsheet or word processor"),
    }
}

/// What a compound file is, by the names of its streams.
fn compound(bytes: &[u8]) -> Unreadable {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    match () {
        () if holds("EncryptedPackage") => has_password(),
        () if holds("WordDocument") => {
            Unreadable::new("this is an old document (.doc)", "open it, and save it as .docx")
        }
        () if holds("Workbook") || holds("Book") => {
            Unreadable::new("this is an old workbook (.xls)", "open it, and save it as .xlsx")
        }
        () => Unreadable::new("this is a file of an old format", "open it, and save it as .xlsx or .docx"),
    }
}

pub(crate) fn has_password() -> Unreadable {
    Unreadable::new("the file has a password", "open it with its password, and save a copy without one")
}

fn cut_short() -> Unreadable {
    Unreadable::new(
        "the file is damaged or was cut short",
        "get it again from whoever sent it, or open it and save it anew",
    )
}

/// A part that cannot be read.
pub(crate) fn damaged(name: &str) -> Unreadable {
    let help = "open it in the program that made it, and save it anew; or get it again from whoever sent it";
    Unreadable::new(format!("the file is damaged: `{name}` in it cannot be read"), help)
}

fn twice() -> Unreadable {
    Unreadable::new(
        "the file is damaged: it holds two parts of the same name",
        "open it in the program that made it, and save it anew",
    )
}

fn declares() -> Unreadable {
    Unreadable::new(
        "the file declares entities of its own (DTD), as no office program does",
        "open it in a spreadsheet or word processor, and save it anew",
    )
}

/// More than is read.
pub(crate) fn too_large() -> Unreadable {
    let help = "copy what is needed into a new file, without the rest and without empty rows that were formatted";
    Unreadable::new("the file is too large: unpacked it has more than 64 MB, or more parts than are read", help)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_whatever_capitals_their_names_have() {
        let wide: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = packed(&[("Word\\Document.xml", b"\xEF\xBB\xBF<a/>"), ("wide.xml", &wide), ("bad.xml", b"\xFF")]);
        let mut container = Container::open(&bytes).unwrap();
        assert_eq!(container.text("/word/document.XML"), Ok(Some("<a/>".to_owned())));
        assert_eq!(container.text("wide.xml"), Ok(Some("<a>é</a>".to_owned())));
        assert_eq!(container.text("none.xml"), Ok(None));
        assert!(container.text("bad.xml").unwrap_err().message.contains("`bad.xml`"));
    }

    #[test]
    fn relations_lead_from_the_folder_of_their_part() {
        let relations = b"<Relationships><Relationship Id='a' Type='http://x/y/comments' Target='../comments1.xml'/>\
            <Relationship Id='b' Type='x/image' Target='/media/one.png'/>\
            <Relationship Id='c' Type='x/hyperlink' Target='http://example.org/../a' TargetMode='External'/></Relationships>";
        let bytes = packed(&[("xl/worksheets/_rels/sheet1.xml.rels", relations)]);
        let found = Container::open(&bytes).unwrap().relations("xl/worksheets/sheet1.xml").unwrap();
        let told: Vec<(&str, &str, bool)> =
            found.iter().map(|one| (one.kind.as_str(), one.target.as_str(), one.is_outside)).collect();
        let expected = [
            ("comments", "xl/comments1.xml", false),
            ("image", "media/one.png", false),
            ("hyperlink", "http://example.org/../a", true),
        ];
        assert_eq!(told, expected);
    }
}
