//! Numbers of finished files that nobody said.
//!
//! In: what a page was to say, as data, and the page or the text of a PDF. The figures that name their facts are compared
//! elsewhere; here everything else that a reader sees or hears is looked at: words between figures, titles and
//! descriptions. A template that prints a number of its own is found by it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::fact::numerals::meant_by;
use crate::wording::Wording;

/// Elements whose text nobody reads.
const UNREAD: [&str; 3] = ["script", "style", "template"];

/// Attributes that are read out or shown; the last two a style sheet writes beside their elements.
const HEARD: [&str; 6] = ["alt", "aria-label", "aria-description", "title", "data-of", "data-room"];

/// Fields whose numbers are printed.
const PRINTED: [&str; 5] = ["number", "pages", "start", "total", "rank"];

/// Fields that nobody reads: addresses, and names of what is drawn.
const UNPRINTED: [&str; 9] = ["id", "key", "to", "see", "anchor", "fact", "csv", "measured", "renditions"];

/// What a page was to say.
#[derive(Debug, Default)]
pub struct Said {
    /// Numbers in what stands round the figures of each section.
    loose: BTreeMap<String, BTreeSet<String>>,
    /// All numbers of each section.
    all: BTreeMap<String, BTreeSet<String>>,
    /// Numbers of what stands outside the sections.
    outside: BTreeSet<String>,
    /// Numbers of the whole page.
    everywhere: BTreeSet<String>,
    /// Numbers of all that the report says, shown on its page or not, and of its ids.
    in_data: BTreeSet<String>,
}

/// Something that a page says and nobody meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stray {
    /// A number in the words of a section, or in a description.
    Number { section: String, number: String, words: String },
    /// The figure of that mark stands without its name.
    Unnamed { section: String, mark: String, name: String },
    /// The figure of the first mark stands before that of the second, and should stand behind it.
    Exchanged { section: String, mark: String, with: String },
    /// The figure of that mark is nowhere seen in its section.
    Unseen { section: String, mark: String },
    /// The style sheet shows the figure of that mark in another place than it stands in.
    Moved { section: String, mark: String },
    /// A name does not stand behind the one before it.
    Misplaced { section: String, name: String },
    /// What programs read of the page is not what was meant.
    Structured,
}

impl Said {
    /// What is said in a page's view, in which `sections` are a list, each with its id. `texts` are those of the report,
    /// some of which stand in its data alone, where numbers are written as in English.
    pub fn of(view: &Value, texts: impl IntoIterator<Item = String>, wording: &Wording) -> Self {
        let mut said = Self::default();
        let mut outside = Vec::new();
        for (name, value) in view.as_object().into_iter().flatten().filter(|(name, _)| *name != "sections") {
            field(name, value, true, &mut outside);
        }
        // How to reach the organisation stands in a section.
        let mut shared = Vec::new();
        strings(&view["organisation"], true, &mut shared);
        for section in view["sections"].as_array().into_iter().flatten() {
            let id = section["id"].as_str().unwrap_or_default().to_owned();
            let (mut loose, mut all) = (shared.clone(), shared.clone());
            strings(section, false, &mut loose);
            strings(section, true, &mut all);
            // The contents name sections.
            ["title", "lettered", "entries"].iter().for_each(|name| strings(&section[name], true, &mut outside));
            said.loose.insert(id.clone(), numbers_of(&loose));
            said.all.insert(id, numbers_of(&all));
        }
        let mut in_data: Vec<Cow<str>> = texts.into_iter().map(Cow::Owned).collect();
        each_string(view, &mut in_data);
        if !wording.writes_as_english() {
            let plain: Vec<_> = in_data.iter().map(|text| Cow::Owned(wording.plain_digits(text))).collect();
            in_data.extend(plain);
        }
        let outside = numbers_of(&outside);
        let everywhere = said.all.values().flatten().chain(&outside).cloned().collect();
        Self { outside, everywhere, in_data: numbers_of(&in_data), ..said }
    }

    /// Numbers that a page says and that are said neither here nor besides, outside the sections. `structured` is what it was
    /// to say to programs.
    pub fn strays(&self, page: &Html, besides: &Value, structured: &str) -> Vec<Stray> {
        let mut more = Vec::new();
        strings(besides, true, &mut more);
        let outside = self.outside.iter().cloned().chain(numbers_of(&more)).collect();
        let mut strays = Vec::new();
        self.visit(page.root_element(), ("", &outside), false, &mut strays);
        strays.extend((structured_data(page) != [structured]).then_some(Stray::Structured));
        strays
    }

    /// Numbers of a text of the published data that are not said.
    pub fn strays_in_data(&self, text: &str) -> Vec<String> {
        in_any_form(text).filter(|number| !self.in_data.contains(&**number)).map(Cow::into_owned).collect()
    }

    /// Numbers in the title and the bookmarks of a PDF that are not said anywhere, each with the words that it stands in.
    pub fn strays_in_titles<'t>(&self, titles: &'t [String]) -> Vec<(&'t str, String)> {
        let strays = |title: &'t String| {
            let strays = numbers(title).filter(|number| !self.everywhere.contains(*number));
            strays.map(move |number| (&**title, number.to_owned()))
        };
        titles.iter().flat_map(strays).collect()
    }

    /// Numbers on the pages of a PDF that are not said anywhere: the page, from 1, and the number. Pages are numbered.
    pub fn strays_in_print(&self, pages: &[&str]) -> Vec<(usize, String)> {
        let is_page = |number: &str| number.parse::<usize>().is_ok_and(|number| (1..=pages.len()).contains(&number));
        let strays = |(page, text): (usize, &&str)| {
            let strays = numbers(text).filter(|number| !self.everywhere.contains(*number) && !is_page(number));
            strays.map(move |number| (page, number.to_owned())).collect::<Vec<_>>()
        };
        (1..).zip(pages).flat_map(strays).collect()
    }

    fn visit(
        &self,
        element: ElementRef,
        (section, outside): (&str, &BTreeSet<String>),
        is_figure: bool,
        strays: &mut Vec<Stray>,
    ) {
        let value = element.value();
        let own = value.id().filter(|id| value.name() == "section" && self.all.contains_key(*id));
        let section = own.unwrap_or(section);
        let heard = HEARD.iter().filter_map(|name| value.attr(name));
        let described = value.attr("content").filter(|_| value.attr("name") == Some("description"));
        let mut look = |words: &str, known: Option<&BTreeSet<String>>| {
            let known = known.unwrap_or(outside);
            for number in in_any_form(words).filter(|number| !known.contains(&**number)) {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                strays.push(Stray::Number { section: section.to_owned(), number: number.into_owned(), words });
            }
        };
        heard.chain(described).for_each(|words| look(words, self.all.get(section)));
        let is_figure = is_figure || value.attr("data-fact").is_some() || value.attr("data-source").is_some();
        let texts = element.children().filter_map(|child| child.value().as_text()).filter(|_| !is_figure);
        texts.for_each(|words| look(words, self.loose.get(section)));
        for inner in element.child_elements().filter(|inner| !UNREAD.contains(&inner.value().name())) {
            self.visit(inner, (section, outside), is_figure, strays);
        }
    }
}

/// The texts of a value; those of figures only where they are asked for.
fn strings<'v>(value: &'v Value, figures: bool, into: &mut Vec<Cow<'v, str>>) {
    match value {
        Value::String(text) => into.push(Cow::Borrowed(text)),
        Value::Array(items) => items.iter().for_each(|item| strings(item, figures, into)),
        Value::Object(fields) => {
            let is_figure = |name: &str| fields.get(name).is_some_and(|mark| !mark.is_null());
            if !figures && fields.contains_key("text") && (is_figure("fact") || is_figure("source")) {
                return;
            }
            // What is put together of pieces is said by the pieces.
            let of_pieces = fields.contains_key("pieces");
            let said = fields.iter().filter(|(name, _)| figures || !(of_pieces && *name == "text"));
            said.for_each(|(name, value)| field(name, value, figures, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every text of a value.
fn each_string<'v>(value: &'v Value, into: &mut Vec<Cow<'v, str>>) {
    match value {
        Value::String(text) => into.push(Cow::Borrowed(text)),
        Value::Array(items) => items.iter().for_each(|item| each_string(item, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
            Value::Number(number) if PRINTED.contains(&name.as_str()) => into.push(Cow::Owned(number.to_string())),
            value => each_string(value, into),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The texts of a field. Most numbers are measures of drawings; those that are printed have these names.
fn field<'v>(name: &str, value: &'v Value, figures: bool, into: &mut Vec<Cow<'v, str>>) {
    match value {
        Value::Number(number) if PRINTED.contains(&name) => into.push(Cow::Owned(number.to_string())),
        value if !UNPRINTED.contains(&name) || value.is_object() => strings(value, figures, into),
        _ => {}
    }
}

/// What a page says to programs, element by element.
fn structured_data(page: &Html) -> Vec<String> {
    let script = Selector::parse("script[type='application/ld+json']");
    script.iter().flat_map(|script| page.select(script)).map(|script| script.text().collect()).collect()
}

/// The letters that a style sheet writes into a page by itself, where there are numbers among them, in digits or words.
pub fn generated_numbers(css: &str) -> Vec<String> {
    let written = css.split("content:").skip(1).map(|rest| rest.split([';', '}']).next().unwrap_or_default());
    let strings = written.flat_map(|value| value.split(['"', '\'']).skip(1).step_by(2));
    strings.filter(|text| in_any_form(text).next().is_some()).map(str::to_owned).collect()
}

/// The numbers of some texts, each once.
fn numbers_of(texts: &[Cow<str>]) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    for number in texts.iter().flat_map(|text| in_any_form(text)) {
        if !numbers.contains(&*number) {
            numbers.insert(number.into_owned());
        }
    }
    numbers
}

/// The numbers of a text in digits, and those in words, in small letters.
fn in_any_form(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|word| meant_by(word).is_some());
    numbers(text).map(Cow::Borrowed).chain(words.map(|word| Cow::Owned(word.to_lowercase())))
}

/// The numbers of a text: digits with what stands between digits of one number.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        let tail = &rest[start..];
        let is_within = |(at, c): (usize, char)| {
            c.is_ascii_digit() || (matches!(c, ',' | '.') && tail[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let end = tail.char_indices().find(|(at, c)| !is_within((*at, *c))).map_or(tail.len(), |(at, _)| at);
        rest = &tail[end..];
        Some(&tail[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_style_sheet_writes_is_read() {
        let css = "a::before { content: \"12%\"; } i::before { content: 'Ninety of' } b::after { content: attr(data-of) \" of\" / \"\"; width: 97px }";
        assert_eq!(generated_numbers(css), ["12%", "Ninety of"]);
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        assert_eq!(
            in_any_form("Twenty-one of 1,234.5 and one, third").collect::<Vec<_>>(),
            ["1,234.5", "twenty-one", "third"]
        );
    }
}
