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
    let shown = wording.told(&format!("values.{kind}"), file);
    let kind = named("parts", kind, wording);
    let title = item.named("title").or_else(|| item.named("words")).map(Text::plain);
    match (title, file) {
        (Some(title), _) => wording.say("changes.part", &[("kind", &kind), ("words", &beginning(&title))]),
        (None, "") => kind,
        (None, file) => format!("{kind} {}", shown.as_deref().unwrap_or(file)),
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
    let own = name_in_item(edition, place, key, wording);
    let of = |name: &str| wording.say("changes.of", &[("name", name), ("text", &own)]);
    let row = || beginning(&name_of(item, wording));
    match (item.kind, key) {
        (ItemKind::Response, Key::Cell(_)) => wording.say("changes.responses-in", &[("year", &item.id)]),
        (ItemKind::Statement, Key::Cell(_)) => row(),
        (ItemKind::Report, Key::Named(_)) => capital(&own),
        (ItemKind::Section, Key::Named(_)) if item.named("title").is_some() => of(&name_of(item, wording)),
        (ItemKind::File, Key::Named(field)) => match item.named("caption") {
            Some(caption) if field != "caption" => of(&beginning(&caption.plain())),
            _ => capital(&own),
        },
        (ItemKind::Organisation, Key::Named(_)) => of(&capital(&called(item.kind, 1, wording))),
        _ => of(&row()),
    }
}

/// What a text is called among those of its item: by its field, or by the period or column under which it stands.
pub fn name_in_item(edition: &Edition, place: Place, key: &Key, wording: &Wording) -> String {
    let (item, file) = (edition.item(place), edition.item(edition.entries[place].root));
    match key {
        Key::Named(field) => of_field(file, field, wording),
        Key::Cell(column) => match column.split_once('.') {
            Some((period, column)) => {
                let known = found(file, ItemKind::Period, period).map(|one| name_of(one, wording));
                let period = known.unwrap_or_else(|| named("fields", period, wording));
                format!("{period} {}", named("fields", column, wording))
            }
            None if matches!(item.kind, ItemKind::Response | ItemKind::Statement) => named("fields", column, wording),
            None => found(file, ItemKind::Column, column)
                .map_or_else(|| column.replace('-', " "), |one| name_of(one, wording)),
        },
    }
}

/// What a field is called. Some stand there once for each row or column, whose ids follow: `as-published-total`,
/// `baseline-april-to-june`.
fn of_field(file: &Item, field: &str, wording: &Wording) -> String {
    let is_known = |field: &str| wording.knows(&format!("fields.{field}"));
    let apart = field.rmatch_indices('-').map(|(at, _)| (&field[..at], &field[at + 1..]));
    match apart.filter(|_| !is_known(field)).find(|(field, _)| is_known(field)) {
        Some((field, ids)) => {
            let of = of_rows(file, ids, wording).unwrap_or_else(|| ids.replace('-', " "));
            wording.say("changes.of", &[("name", &named("fields", field, wording)), ("text", &of)])
        }
        None => named("fields", field, wording),
    }
}

/// What a row or a column is called, or rows from one to another.
fn of_rows(file: &Item, ids: &str, wording: &Wording) -> Option<String> {
    let name = |id: &str| {
        let one = found(file, ItemKind::Column, id).or_else(|| found(file, ItemKind::Row, id));
        one.map(|one| name_of(one, wording))
    };
    let mut ends = ids.match_indices("-to-").map(|(at, to)| (&ids[..at], &ids[at + to.len()..]));
    name(ids).or_else(|| ends.find_map(|(from, to)| Some(wording.span(&name(from)?, &name(to)?))))
}

/// The item of a kind and an id that is in another, at any depth.
fn found<'i>(within: &'i Item, kind: ItemKind, id: &str) -> Option<&'i Item> {
    let mut all = within.items.iter();
    all.find_map(|one| if one.kind == kind && one.id == id { Some(one) } else { found(one, kind, id) })
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
