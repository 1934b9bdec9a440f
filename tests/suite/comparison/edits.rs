//! Edits of what an edition says, each of which is one change.

use rust_decimal::Decimal;
use tally::compare::{ChangeKind, Coming};
use tally::transcript::{Figure, Item, ItemKind, Key, Origin, Piece, Sentence, Text, Transcript};

/// What was done to a transcript.
pub struct Edit {
    /// In words, for whoever reads that a test failed.
    pub said: String,
    pub kind: ChangeKind,
    /// What the change must name.
    pub holds: String,
    pub is_name: bool,
}

/// Makes edits, always the same ones for a seed.
pub struct Editor(u64);

/// The way to an item: its place in each list from the outermost on.
type Way = Vec<usize>;

impl Editor {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    pub fn one_of<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        let place = self.below(list.len());
        list.get(place).cloned()
    }

    /// One edit of any kind that the transcript has room for.
    pub fn edit(&mut self, transcript: &mut Transcript) -> Edit {
        loop {
            let edit = match self.below(10) {
                0 | 1 => self.figure(transcript),
                2 => self.word(transcript),
                3 => self.label(transcript),
                4 => self.sentence(transcript, true),
                5 => self.sentence(transcript, false),
                6 => self.remove(transcript),
                7 => self.add(transcript),
                8 => self.exchange(transcript),
                _ => self.rename(transcript),
            };
            if let Some(edit) = edit {
                return edit;
            }
        }
    }

    /// Changes so many figures; says their addresses.
    pub fn figures(&mut self, transcript: &mut Transcript, count: usize) -> Vec<String> {
        let mut changed: Vec<String> = Vec::new();
        while changed.len() < count {
            if let Some(edit) = self.figure(transcript)
                && !changed.contains(&edit.said)
            {
                changed.push(edit.said);
            }
        }
        changed
    }

    /// Another number, as it is printed everywhere.
    fn figure(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let places: Vec<usize> = (0..transcript.figures.len())
            .filter(|place| {
                let Figure { number, origin, printed, .. } = &transcript.figures[*place];
                number.is_some() && (printed.is_some() || matches!(origin, Origin::Typed(_)))
            })
            .collect();
        let place = self.one_of(&places)?;
        let step = Decimal::from(1 + self.below(900));
        let figure = &mut transcript.figures[place];
        let number = figure.number.as_mut()?;
        number.value += step;
        let other = |text: &str| format!("{text}{step}");
        figure.shown = other(&figure.shown);
        figure.printed.iter_mut().flat_map(|printed| &mut printed.forms).for_each(|form| *form = other(form));
        let address = figure.address.clone();
        let shown = figure.shown.clone();
        for item in &mut transcript.items {
            each_text(item, &mut |text| {
                let pieces = text.sentences.iter().map(|sentence| {
                    sentence.pieces().iter().map(|piece| match piece {
                        Piece::Figure { text, address: own } if *own == address => {
                            Piece::Figure { text: other(text), address: own.clone() }
                        }
                        piece => piece.clone(),
                    })
                });
                text.sentences = pieces.map(Sentence::from_iter).collect();
            });
        }
        Some(Edit { said: address, kind: ChangeKind::Figure(Coming::Changed), holds: shown, is_name: false })
    }

    /// Another word in a running text.
    fn word(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let (way, key) = self.text(transcript, is_running)?;
        let text = at(transcript, &way).texts.iter_mut().find(|text| text.key == key)?;
        let place = self.below(text.sentences.len());
        let words = text.sentences[place].plain().split(' ').count();
        if words < 4 || text.sentences[place].pieces().len() > 1 {
            return None;
        }
        let changed = self.below(words - 1);
        let plain = text.sentences[place].plain();
        let new: Vec<String> = plain
            .split(' ')
            .enumerate()
            .map(|(at, word)| if at == changed { "otherwise".to_owned() } else { word.to_owned() })
            .collect();
        text.sentences[place] = [Piece::Words(new.join(" "))].into_iter().collect();
        let said = format!("a word of “{plain}”");
        Some(Edit {
            said,
            kind: ChangeKind::Sentence(Coming::Changed),
            holds: "1 word added, 1 removed".to_owned(),
            is_name: false,
        })
    }

    /// A sentence more, or one less.
    fn sentence(&mut self, transcript: &mut Transcript, more: bool) -> Option<Edit> {
        let (way, key) = self.text(transcript, is_running)?;
        let text = at(transcript, &way).texts.iter_mut().find(|text| text.key == key)?;
        let place = self.below(text.sentences.len() + usize::from(more));
        if more {
            let new = format!("Nobody had thought of wording number {} before that day.", self.below(1_000_000));
            text.sentences.insert(place, [Piece::Words(new.clone())].into_iter().collect());
            let kind = ChangeKind::Sentence(Coming::Added);
            return Some(Edit { said: new, kind, holds: "10 words".to_owned(), is_name: false });
        }
        if text.sentences.len() < 2 {
            return None;
        }
        let gone = text.sentences.remove(place).plain();
        Some(Edit { said: gone, kind: ChangeKind::Sentence(Coming::Removed), holds: String::new(), is_name: false })
    }

    /// Another word where one stands for itself.
    fn label(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let is_label = |item: &Item, text: &Text| {
            let names = ["rating", "frequency", "status", "unit", "owner", "telephone", "published", "cover", "size"];
            matches!(&text.key, Key::Named(name) if names.contains(&name.as_str())) && item.kind != ItemKind::Section
        };
        let (way, key) = self.text(transcript, is_label)?;
        let is_rating = matches!(&key, Key::Named(name) if name == "rating" || name == "status");
        let text = at(transcript, &way).texts.iter_mut().find(|text| text.key == key)?;
        let was = text.plain();
        text.sentences = vec![[Piece::Words(format!("{was} or other"))].into_iter().collect()];
        let kind = if is_rating { ChangeKind::Rating } else { ChangeKind::Word };
        Some(Edit {
            said: format!("{key:?} of {way:?}"),
            kind,
            holds: format!("{was} -> {was} or other"),
            is_name: false,
        })
    }

    /// One item less.
    fn remove(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let way = self.item(transcript, removable)?;
        let (last, above) = way.split_last()?;
        let list = at_list(transcript, above);
        if list.len() == 1 {
            return None; // Nothing without words stands in a report.
        }
        let item = list.remove(*last);
        let kind = ChangeKind::Item(item.kind, Coming::Removed);
        Some(Edit {
            said: format!("{:?} {} at {way:?}", item.kind, item.id),
            kind,
            holds: String::new(),
            is_name: false,
        })
    }

    /// One item more.
    fn add(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let way = self.item(transcript, removable)?;
        let (last, above) = way.split_last()?;
        let number = self.below(1_000_000);
        let list = at_list(transcript, above);
        let kind = list[*last].kind;
        let words = format!("Something of number {number} that nobody has ever read before");
        let key = match kind {
            ItemKind::Section | ItemKind::Theme => "title",
            ItemKind::Deliverable => "key-phrase",
            ItemKind::Row | ItemKind::Indicator | ItemKind::Column => "name",
            _ => "words",
        };
        let text = Text {
            key: Key::Named(key.to_owned()),
            sentences: vec![[Piece::Words(words.clone())].into_iter().collect()],
            at: None,
        };
        let id = match kind {
            ItemKind::Part => "pull-out".to_owned(),
            _ if list[*last].id.is_empty() => String::new(),
            _ => format!("new-{number}"),
        };
        list.insert(*last, Item { kind, id, texts: vec![text], items: Vec::new(), at: None });
        let kind = ChangeKind::Item(kind, Coming::Added);
        Some(Edit { said: format!("{words} at {way:?}"), kind, holds: number.to_string(), is_name: false })
    }

    /// Two neighbours that change places.
    fn exchange(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let way = self.item(transcript, removable)?;
        let (last, above) = way.split_last()?;
        let list = at_list(transcript, above);
        let next = list.get(last + 1)?;
        if next.kind != list[*last].kind || without_places(next) == without_places(&list[*last]) {
            return None;
        }
        let kind = next.kind;
        list.swap(*last, last + 1);
        Some(Edit {
            said: format!("{kind:?} at {way:?} down"),
            kind: ChangeKind::Item(kind, Coming::Moved),
            holds: String::new(),
            is_name: false,
        })
    }

    /// Another name for a row, a column or an indicator.
    fn rename(&mut self, transcript: &mut Transcript) -> Option<Edit> {
        let named =
            |item: &Item| matches!(item.kind, ItemKind::Row | ItemKind::Column | ItemKind::Indicator | ItemKind::Area);
        let way = self.item(transcript, named)?;
        let item = at(transcript, &way);
        let name = item.texts.iter_mut().find(|text| text.key == Key::Named("name".to_owned()))?;
        let was = name.plain();
        name.sentences = vec![[Piece::Words(format!("{was} renamed"))].into_iter().collect()];
        let kind = ChangeKind::Item(item.kind, Coming::Renamed);
        Some(Edit { said: was, kind, holds: "renamed".to_owned(), is_name: true })
    }

    fn text(&mut self, transcript: &mut Transcript, fits: impl Fn(&Item, &Text) -> bool) -> Option<(Way, Key)> {
        let mut found = Vec::new();
        for way in ways(transcript) {
            let item = at(transcript, &way);
            found.extend(item.texts.iter().filter(|text| fits(item, text)).map(|text| (way.clone(), text.key.clone())));
        }
        self.one_of(&found)
    }

    fn item(&mut self, transcript: &mut Transcript, fits: impl Fn(&Item) -> bool) -> Option<Way> {
        let mut found = ways(transcript);
        found.retain(|way| fits(at(transcript, way)));
        self.one_of(&found)
    }
}

/// Sentences, which are compared word by word.
fn is_running(_: &Item, text: &Text) -> bool {
    matches!(&text.key, Key::Named(name) if name == "words")
        && text.sentences.iter().any(|one| one.plain().split(' ').count() > 7)
}

/// What can come and go alone: its figures stand nowhere else.
fn removable(item: &Item) -> bool {
    match item.kind {
        ItemKind::Row | ItemKind::Indicator | ItemKind::Deliverable | ItemKind::Section => true,
        ItemKind::Paragraph | ItemKind::Note | ItemKind::Outcome => {
            item.texts.iter().any(|text| text.plain().split(' ').count() > 7)
        }
        ItemKind::Part => item.id.starts_with("prose") || item.id.starts_with("pull-out") || item.id == "quotation",
        _ => false,
    }
}

fn without_places(item: &Item) -> Item {
    let all = Transcript { report: String::new(), items: vec![item.clone()], figures: Vec::new() };
    all.without_places().items.remove(0)
}

/// The ways to all items.
fn ways(transcript: &Transcript) -> Vec<Way> {
    fn below(items: &[Item], above: &Way, all: &mut Vec<Way>) {
        for (place, item) in items.iter().enumerate() {
            let way = [&above[..], &[place]].concat();
            all.push(way.clone());
            below(&item.items, &way, all);
        }
    }
    let mut all = Vec::new();
    below(&transcript.items, &Vec::new(), &mut all);
    all
}

fn at_list<'t>(transcript: &'t mut Transcript, way: &[usize]) -> &'t mut Vec<Item> {
    way.iter().fold(&mut transcript.items, |items, place| &mut items[*place].items)
}

fn at<'t>(transcript: &'t mut Transcript, way: &[usize]) -> &'t mut Item {
    let (last, above) = way.split_last().expect("a way leads somewhere");
    &mut at_list(transcript, above)[*last]
}

fn each_text(item: &mut Item, visit: &mut impl FnMut(&mut Text)) {
    item.texts.iter_mut().for_each(&mut *visit);
    item.items.iter_mut().for_each(|inner| each_text(inner, visit));
}
