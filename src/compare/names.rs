//! What items and figures are called in a list of changes.

use std::collections::HashMap;

use super::change::called;
use super::edition::{Edition, Place, addresses_of, words_of};
use crate::letters::capital;
use crate::transcript::{Item, ItemKind, Key, Piece, Sentence, Text};
use crate::wording::Wording;

/// The letters of a text by which it is recognised at most.
const LETTERS: usize = 48;

/// The text that an item is known to readers by.
pub fn name_key(kind: ItemKind) -> Option<&'static str> {
    match kind {
        ItemKind::Section | ItemKind::Theme => Some("title"),
        ItemKind::Row
        | ItemKind::Column
        | ItemKind::ColumnGroup
        | ItemKind::Indicator
        | ItemKind::Group
        | ItemKind::Area
        | ItemKind::Rating
        | ItemKind::Period
        | ItemKind::Status
        | ItemKind::Directorate => Some("name"),
        ItemKind::Deliverable => Some("key-phrase"),
        ItemKind::Term => Some("term"),
        ItemKind::KeyFigure => Some("label"),
        ItemKind::Report
        | ItemKind::Part
        | ItemKind::Heading
        | ItemKind::Paragraph
        | ItemKind::List
        | ItemKind::ListItem
        | ItemKind::Quote
        | ItemKind::Address
        | ItemKind::Picture
        | ItemKind::File
        | ItemKind::Watched
        | ItemKind::Outcome
        | ItemKind::Wording
        | ItemKind::Point
        | ItemKind::Response
        | ItemKind::Statement
        | ItemKind::Note
        | ItemKind::Organisation
        | ItemKind::Contact => None,
    }
}

/// What an item is called: by its name, or by how it begins.
pub fn name_of(item: &Item, wording: &Wording) -> String {
    if let Some(name) = name_key(item.kind).and_then(|key| item.named(key)) {
        return name.plain();
    }
    if item.kind == ItemKind::Part {
        return part(item, wording);
    }
    let mut first = None;
    item.each(&mut |inner| {
        let words = inner.texts.iter().find(|text| matches!(&text.key, Key::Named(_))).map(Text::plain);
        first = first.take().or(words.filter(|words| !words.is_empty()));
    });
    first.map_or_else(|| called(item.kind, 1, wording), |words| beginning(&words))
}

/// A part by its kind and what it shows: "table loans".
fn part(item: &Item, wording: &Wording) -> String {
    let (kind, file) = item.id.split_once(' ').unwrap_or((&item.id, ""));
    let kind = named("parts", kind, wording);
    let title = item.named("title").or_else(|| item.named("words")).map(Text::plain);
    match (title, file) {
        (Some(title), _) => wording.say("changes.part", &[("kind", &kind), ("words", &beginning(&title))]),
        (None, "") => kind,
        (None, file) => format!("{kind} {file}"),
    }
}

/// What a field of the files is called, or a part: in the words of the language where there are some, else as files call it.
pub fn named(group: &str, name: &str, wording: &Wording) -> String {
    let key = format!("{group}.{name}");
    if wording.knows(&key) { wording.say(&key, &[]) } else { name.replace('-', " ") }
}

/// The beginning of a text, up to a whole word.
pub fn beginning(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.chars().count() + word.chars().count() >= LETTERS {
            break;
        }
        short.push_str(if short.is_empty() { "" } else { " " });
        short.push_str(word);
    }
    if short.is_empty() {
        short = text.chars().take(LETTERS).collect();
    }
    format!("{}…", short.trim_end_matches([',', ';', ':', '.']))
}

/// What a text of an item is called.
pub fn name_of_text(edition: &Edition, place: Place, key: &Key, wording: &Wording) -> String {
    let item = edition.item(place);
    let of = |name: &str, text: &str| wording.say("changes.of", &[("name", name), ("text", text)]);
    match key {
        Key::Cell(column) => of_cell(edition, place, column, wording),
        Key::Named(key) => {
            let key = named("fields", key, wording);
            match item.kind {
                ItemKind::Report => capital(&key),
                ItemKind::Section if item.named("title").is_some() => of(&name_of(item, wording), &key),
                ItemKind::File => match item.named("caption") {
                    Some(caption) if key != "caption" => of(&beginning(&caption.plain()), &key),
                    _ => capital(&key),
                },
                ItemKind::Organisation => of(&capital(&called(item.kind, 1, wording)), &key),
                _ => of(&beginning(&name_of(item, wording)), &key),
            }
        }
    }
}

/// A cell by its row and its column, or by its indicator, period and column.
fn of_cell(edition: &Edition, place: Place, column: &str, wording: &Wording) -> String {
    let (item, file) = (edition.item(place), edition.item(edition.entries[place].root));
    let row = beginning(&name_of(item, wording));
    let of = |text: &str| wording.say("changes.of", &[("name", &row), ("text", text)]);
    let of_kind = |kind: ItemKind, id: &str| {
        let found = file.of_kind(kind).find(|one| one.id == id);
        found.map_or_else(|| id.replace('-', " "), |one| name_of(one, wording))
    };
    match (item.kind, column.split_once('.')) {
        (ItemKind::Indicator, Some((period, column))) => {
            of(&format!("{} {}", of_kind(ItemKind::Period, period), named("fields", column, wording)))
        }
        (ItemKind::Response, _) => wording.say("changes.responses-in", &[("year", &item.id)]),
        (ItemKind::Statement, _) => row,
        _ => of(&of_kind(ItemKind::Column, column)),
    }
}

/// What figures are called: by the cell in which they stand, or by their addresses.
pub struct FigureNames<'t>(HashMap<&'t str, (Place, &'t Key)>);

impl<'t> FigureNames<'t> {
    pub fn of(edition: &Edition<'t>) -> Self {
        let mut known = HashMap::new();
        for (place, entry) in edition.entries.iter().enumerate() {
            let item: &'t Item = entry.item;
            for text in &item.texts {
                let stands_alone = matches!(text.key, Key::Cell(_))
                    || matches!(&text.key, Key::Named(name) if name == "target" || (name == "figure" && item.kind == ItemKind::KeyFigure));
                let figures: Vec<&'t str> = alone(text).into_iter().filter(|_| stands_alone).collect();
                for address in figures {
                    known.entry(address).or_insert((place, &text.key));
                }
            }
        }
        Self(known)
    }

    pub fn name(&self, edition: &Edition, address: &str, wording: &Wording) -> String {
        match self.0.get(address) {
            Some((place, Key::Named(key))) if key == "figure" => name_of(edition.item(*place), wording),
            Some((place, key)) => name_of_text(edition, *place, key, wording),
            None => humanised(address),
        }
    }
}

/// The figures of a text that is made of figures and signs alone.
fn alone(text: &Text) -> Vec<&str> {
    let sentences: &[Sentence] = &text.sentences;
    let pieces = || sentences.iter().flat_map(|sentence| sentence.pieces());
    let figures = pieces()
        .filter_map(|piece| if let Piece::Figure { address, .. } = piece { Some(address.as_str()) } else { None });
    figures.collect()
}

/// An address as words: `indicators.ratings.red` is "Indicators: ratings, red".
fn humanised(address: &str) -> String {
    let words: Vec<String> = address.split('.').map(|segment| segment.replace('-', " ")).collect();
    match &words[..] {
        [facts, rest @ ..] if facts == "facts" && !rest.is_empty() => capital(&rest.join(", ")),
        [only] => capital(only),
        [first, rest @ ..] => format!("{}: {}", capital(first), rest.join(", ")),
        [] => String::new(),
    }
}

/// An item by its kind and its name: "Row: Projects".
pub fn titled(item: &Item, wording: &Wording) -> String {
    let kind = called(item.kind, 1, wording);
    match name_of(item, wording) {
        name if name == kind => capital(&kind),
        name => wording.say("changes.of", &[("name", &capital(&kind)), ("text", &name)]),
    }
}

/// How much came or went with an item: the first figure of a row, or its words.
pub fn extent(item: &Item, wording: &Wording) -> String {
    if item.kind == ItemKind::Row
        && let Some(cell) =
            item.texts.iter().find(|text| matches!(text.key, Key::Cell(_)) && addresses_of(text).next().is_some())
    {
        return cell.plain();
    }
    let mut words = 0;
    item.each(&mut |inner| words += inner.texts.iter().map(|text| words_of(text).count()).sum::<usize>());
    match words {
        0 => String::new(),
        words => counted_words(words, wording),
    }
}

/// "14 words".
pub fn counted_words(count: usize, wording: &Wording) -> String {
    wording.say_of(count, "changes.words", &[("n", &wording.number(count.into()))])
}
