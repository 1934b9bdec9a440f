//! Reads XML tag by tag, so that a large sheet needs no tree.
//!
//! In: a text without a DTD. Out: its tags and texts in their order, each tag with its name without a prefix. What is not
//! well-formed ends the reading with a [`Fault`].

use std::borrow::Cow;

use super::container::DEEPEST;

/// What stands next in the text. An element that closes itself is opened and closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'t> {
    Open(Tag<'t>),
    Close(&'t str),
    Text(Cow<'t, str>),
}

/// An element that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its name without a prefix.
    pub name: &'t str,
    attributes: &'t str,
}

/// A small part of a text, as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'t> {
    tag: Tag<'t>,
    pub children: Vec<Element<'t>>,
    /// What stands in it between its elements.
    pub text: String,
}

/// The most elements of a tree. A sheet is read without one.
const MOST_ELEMENTS: usize = 1_000_000;

/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 250;

/// The text is not well-formed, or too large or too deep for a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault;

/// The tags of a text, one by one.
pub struct Tags<'t> {
    text: &'t str,
    at: usize,
    /// The elements that are open, with their prefixes.
    open: Vec<&'t str>,
    /// The last element closed itself.
    closes: bool,
    has_root: bool,
}

impl<'t> Tags<'t> {
    pub fn new(text: &'t str) -> Tags<'t> {
        Tags { text, at: 0, open: Vec::new(), closes: false, has_root: false }
    }

    /// The text of the element that was opened last, up to its end, with that of the elements in it.
    pub fn text(&mut self) -> Result<String, Fault> {
        let (depth, mut text) = (self.open.len(), String::new());
        while self.open.len() >= depth {
            match self.next().ok_or(Fault)?? {
                Event::Text(more) => text.push_str(&more),
                Event::Open(_) | Event::Close(_) => {}
            }
        }
        Ok(text)
    }

    /// Goes on behind the element that was opened last.
    pub fn pass_over(&mut self) -> Result<(), Fault> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.next().ok_or(Fault)??;
        }
        Ok(())
    }

    /// The element that was opened last, with everything in it.
    pub fn element(&mut self, tag: Tag<'t>) -> Result<Element<'t>, Fault> {
        self.element_of(tag, &mut 0)
    }

    fn element_of(&mut self, tag: Tag<'t>, count: &mut usize) -> Result<Element<'t>, Fault> {
        *count += 1;
        if *count > MOST_ELEMENTS {
            return Err(Fault);
        }
        let mut element = Element { tag, children: Vec::new(), text: String::new() };
        loop {
            match self.next().ok_or(Fault)?? {
                Event::Open(tag) => element.children.push(self.element_of(tag, count)?),
                Event::Text(text) => element.text.push_str(&text),
                Event::Close(_) => return Ok(element),
            }
        }
    }

    fn event(&mut self) -> Result<Option<Event<'t>>, Fault> {
        if std::mem::take(&mut self.closes) {
            return self.close().map(Some);
        }
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                match self.open.is_empty() {
                    true if rest[..end].trim().is_empty() => continue,
                    true => return Err(Fault),
                    false => return Ok(Some(Event::Text(unescaped(&rest[..end])?))),
                }
            }
            if let Some(data) = rest.strip_prefix("<![CDATA[") {
                let end = data.find("]]>").filter(|_| !self.open.is_empty()).ok_or(Fault)?;
                self.at += "<![CDATA[".len() + end + "]]>".len();
                return Ok(Some(Event::Text(Cow::Borrowed(&data[..end]))));
            }
            match &rest[1..] {
                inside if inside.starts_with("!--") => self.pass("-->", "<!--".len())?,
                inside if inside.starts_with('?') => self.pass("?>", "<?".len())?,
                inside if inside.starts_with('!') => return Err(Fault),
                inside if inside.starts_with('/') => {
                    let end = inside.find('>').ok_or(Fault)?;
                    self.at += end + 2;
                    let name = inside[1..end].trim_end();
                    return if self.open.last() == Some(&name) { self.close().map(Some) } else { Err(Fault) };
                }
                inside => return self.opening(inside).map(|tag| Some(Event::Open(tag))),
            }
        }
        if self.open.is_empty() && self.has_root { Ok(None) } else { Err(Fault) }
    }

    fn pass(&mut self, end: &str, from: usize) -> Result<(), Fault> {
        let start = self.at + from;
        self.at = start + self.text[start..].find(end).ok_or(Fault)? + end.len();
        Ok(())
    }

    fn close(&mut self) -> Result<Event<'t>, Fault> {
        self.open.pop().map(|name| Event::Close(local(name))).ok_or(Fault)
    }

    /// A tag that opens, of which the first bracket is read.
    fn opening(&mut self, inside: &'t str) -> Result<Tag<'t>, Fault> {
        let end = tag_end(inside).ok_or(Fault)?;
        let (tag, closes) = match inside[..end].strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (&inside[..end], false),
        };
        let name_end = tag.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(tag.len());
        let name = &tag[..name_end];
        let is_second_root = self.open.is_empty() && self.has_root;
        if name.is_empty() || name.contains(['<', '"', '\'', '=']) || is_second_root || self.open.len() >= DEEPEST {
            return Err(Fault);
        }
        self.at += end + 2;
        self.open.push(name);
        (self.closes, self.has_root) = (closes, true);
        Ok(Tag { name: local(name), attributes: &tag[name_end..] })
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Result<Event<'t>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.event().transpose()
    }
}

impl<'t> Element<'t> {
    /// Reads a whole text.
    pub fn read(text: &'t str) -> Result<Element<'t>, Fault> {
        let mut tags = Tags::new(text);
        match tags.next().ok_or(Fault)?? {
            Event::Open(tag) => {
                let root = tags.element(tag)?;
                if tags.next().is_none() { Ok(root) } else { Err(Fault) }
            }
            Event::Close(_) | Event::Text(_) => Err(Fault),
        }
    }

    pub fn name(&self) -> &'t str {
        self.tag.name
    }

    pub fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        self.tag.attribute(name)
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.tag.number(name)
    }

    pub fn is(&self, name: &str) -> bool {
        self.tag.is(name)
    }

    pub fn child(&self, name: &str) -> Option<&Element<'t>> {
        self.children.iter().find(|child| child.name() == name)
    }

    /// Those of its children that have this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element<'t>> {
        self.children.iter().filter(move |child| child.name() == name)
    }

    /// It and all elements in it, in their order.
    pub fn descendants(&self) -> Vec<&Element<'t>> {
        let mut found = vec![self];
        for child in &self.children {
            found.extend(child.descendants());
        }
        found
    }
}

impl<'t> Tag<'t> {
    /// The value of an attribute, by its name, with its prefix or without.
    pub fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        let mut rest = self.attributes;
        loop {
            let (key, value) = rest.split_once('=')?;
            let value = value.trim_start();
            let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
            let end = 1 + value[1..].find(quote)?;
            let key = key.trim();
            // Few end in the name, and only of these the prefix is looked for.
            if key.ends_with(name) && (key == name || local(key) == name) {
                return unescaped(&value[1..end]).ok();
            }
            rest = &value[end + 1..];
        }
    }

    /// A number that an attribute holds.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub fn is(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| is_true(&value))
    }
}

/// Whether the value of an attribute says yes.
pub fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// Where a tag ends: a `>` may stand in the value of an attribute.
fn tag_end(tag: &str) -> Option<usize> {
    let (mut from, mut quotes) = (0, 0);
    loop {
        let at = from + tag[from..].bytes().position(|byte| matches!(byte, b'"' | b'\'' | b'>'))?;
        let mark = tag.as_bytes()[at];
        if mark == b'>' {
            return (quotes <= MOST_ATTRIBUTES).then_some(at);
        }
        quotes += 1;
        from = at + 2 + tag[at + 1..].find(char::from(mark))?;
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A text with the letters that its references mean.
fn unescaped(text: &str) -> Result<Cow<'_, str>, Fault> {
    if !text.contains(['&', '\r']) {
        return Ok(Cow::Borrowed(text));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut pieces = text.split('&');
    let mut letters = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (reference, rest) = piece.split_once(';').ok_or(Fault)?;
        letters.push(referred(reference).ok_or(Fault)?);
        letters.push_str(rest);
    }
    Ok(Cow::Owned(letters))
}

fn referred(reference: &str) -> Option<char> {
    match reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = reference.strip_prefix('#')?;
            let number = match number.strip_prefix('x') {
                Some(number) => u32::from_str_radix(number, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number).filter(|letter| *letter != '\0')
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Result<String, Fault> {
        let mut told = String::new();
        for event in Tags::new(text) {
            match event? {
                Event::Open(tag) => told += &format!("+{}({})", tag.name, tag.attribute("a").unwrap_or_default()),
                Event::Close(name) => told += &format!("-{name}"),
                Event::Text(text) => told += &format!("[{text}]"),
            }
        }
        Ok(told)
    }

    #[test]
    fn tags_are_told_without_prefixes_and_references() {
        let text =
            "<?xml version=\"1.0\"?><!-- < --><x:r b='1' x:a = '>&amp;\"'>1 &lt; &#50;<c/><![CDATA[<&]]></x:r>\n";
        assert_eq!(told(text).unwrap(), "+r(>&\")[1 < 2]+c()-c[<&]-r");
    }

    #[test]
    fn what_is_not_well_formed_is_a_fault() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        for text in [
            "",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "x<a/>",
            "<a>&b;</a>",
            "<a>&</a>",
            "<a b=\"></a>",
            "<!DOCTYPE a><a/>",
            &deep,
        ] {
            assert_eq!(told(text), Err(Fault), "{text}");
        }
    }

    #[test]
    fn texts_and_elements_can_be_taken_whole() {
        let mut tags = Tags::new("<a><b>1<c>2</c></b><d><e/></d>3</a>");
        tags.nth(1).unwrap().unwrap();
        assert_eq!(tags.text(), Ok("12".to_owned()));
        tags.next().unwrap().unwrap();
        tags.pass_over().unwrap();
        assert_eq!(tags.next(), Some(Ok(Event::Text(Cow::Borrowed("3")))));
    }

    proptest! {
        /// What one reader of XML takes, the other takes for the same.
        #[test]
        fn no_text_makes_it_panic(text in "[<>/a=\"'&;! \\-?é]{0,24}") {
            if roxmltree::Document::parse(&text).is_ok() {
                prop_assert!(told(&text).is_ok());
            }
        }
    }
}
