//! Fields: what a document computes when it is opened or printed. They open, say what they do, show what came out, and
//! close, over several runs and even paragraphs.

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Whether what follows is what it shows.
    shows: bool,
}

/// The fields that are open, the outermost first.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

/// What a field does with the text that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// A list of contents, of pictures, or an index: its text is left out.
    Lists,
    Links(String),
    /// Leads to a bookmark.
    LinksWithin(String),
    /// The page of something.
    Page,
    /// A day or time that changes by itself: the name of the field.
    Day(String),
    /// A sum of cells or another thing that is worked out: what it says.
    Computes(String),
    /// Text that stays: references, numbers of captions, what was filled in.
    Stays,
}

impl Fields {
    pub fn begin(&mut self) {
        self.0.push(Field::default());
    }

    /// A piece of what the innermost says that it does.
    pub fn code(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.shows) {
            field.code.push_str(text);
        }
    }

    /// What follows is shown; says what the field does.
    pub fn separate(&mut self) -> Option<Does> {
        let field = self.0.last_mut()?;
        field.shows = true;
        Some(does(&field.code))
    }

    /// The innermost closes. One that showed nothing says what it would have done.
    pub fn end(&mut self) -> Option<Does> {
        self.0.pop().filter(|field| !field.shows).map(|field| does(&field.code))
    }

    /// Whether a text that stands here is part of what a field says, or of a list that is left out.
    pub fn hides(&self) -> bool {
        self.0.iter().any(|field| !field.shows) || self.lists()
    }

    /// Whether a list of contents is open.
    pub fn lists(&self) -> bool {
        self.0.iter().any(|field| field.shows && does(&field.code) == Does::Lists)
    }

    /// What a link that is open leads to.
    pub fn link(&self) -> Option<Does> {
        let links = self.0.iter().rev().map(|field| does(&field.code));
        links.into_iter().find(|does| matches!(does, Does::Links(_) | Does::LinksWithin(_)))
    }
}

/// What the code of a field does.
pub fn does(code: &str) -> Does {
    let words = words(code);
    let name = words.first().map(|name| name.to_uppercase()).unwrap_or_default();
    match name.as_str() {
        "TOC" | "INDEX" | "TOA" => Does::Lists,
        "HYPERLINK" => link(&words[1..]),
        "PAGEREF" => Does::Page,
        "DATE" | "TIME" | "SAVEDATE" | "PRINTDATE" | "CREATEDATE" | "EDITTIME" => Does::Day(name),
        "FORMULA" | "MERGEFIELD" | "DOCPROPERTY" | "LINK" | "DDE" | "DDEAUTO" | "INCLUDETEXT" | "EQ" | "IF"
        | "NUMWORDS" | "NUMPAGES" | "PAGE" | "FILENAME" | "AUTHOR" | "QUOTE" => Does::Computes(code.trim().to_owned()),
        name if name.starts_with('=') => Does::Computes(code.trim().to_owned()),
        _ => Does::Stays,
    }
}

fn link(words: &[String]) -> Does {
    let (mut address, mut place, mut words) = (None, None, words.iter());
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => place = words.next().cloned(),
            "\\o" | "\\t" => drop(words.next()),
            word if word.starts_with('\\') => {}
            word => address = address.or_else(|| Some(word.to_owned())),
        }
    }
    match (address.filter(|address| !address.is_empty()), place) {
        (Some(address), Some(place)) => Does::Links(format!("{address}#{place}")),
        (Some(address), None) => Does::Links(address),
        (None, Some(place)) => Does::LinksWithin(place),
        (None, None) => Does::Stays,
    }
}

/// The words of a code; what stands in quotation marks is one.
fn words(code: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted, mut is_open) = (Vec::new(), String::new(), false, false);
    let mut letters = code.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '“' | '”' => (is_quoted, is_open) = (!is_quoted, true),
            '\\' if is_quoted && matches!(letters.peek(), Some('\\' | '"')) => word.extend(letters.next()),
            letter if letter.is_whitespace() && !is_quoted => {
                if is_open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_open = false;
            }
            letter => word.push(letter),
        }
    }
    if is_open || !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_say_what_they_do() {
        assert_eq!(does(" TOC \\o \"1-3\" \\h "), Does::Lists);
        assert_eq!(does(" HYPERLINK \"https://www.example.org/a\" "), Does::Links("https://www.example.org/a".into()));
        assert_eq!(does("HYPERLINK \\l \"_Toc1\""), Does::LinksWithin("_Toc1".into()));
        assert_eq!(
            does("HYPERLINK \"https://e.org/a\" \\l \"b\" \\o \"tip\""),
            Does::Links("https://e.org/a#b".into())
        );
        assert_eq!(does(" PAGEREF _Ref1 \\h "), Does::Page);
        assert_eq!(does("date \\@ \"d MMMM yyyy\""), Does::Day("DATE".into()));
        assert_eq!(does("=SUM(ABOVE)"), Does::Computes("=SUM(ABOVE)".into()));
        assert_eq!(does("REF _Ref1 \\h"), Does::Stays);
        assert_eq!(does(""), Does::Stays);
    }
}
