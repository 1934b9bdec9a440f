//! Edits of the content: whatever is changed, by chance and in whatever order, the files are read as it was meant, every other
//! byte stays, and all of it can be taken back.

use std::fs;
use std::ops::Range;
use std::sync::Arc;

use tally::diagnostic::{FileId, SourceFile};
use tally::edit::{Change, Edited, History, Place, Texts, apply};
use tally::markdown::outline;
use tally::yaml::{Node, Side, Value, parse};

use crate::support::root;

const SEQUENCES: u64 = 1000;

/// Texts that are not easily written: what YAML and Markdown have a meaning for, and what is long.
const WORDS: [&str; 16] = [
    "Plain words",
    "1,204",
    "£1.5M (p)",
    "It’s: #5 of 6",
    "{{ organisation.name }} is \"best\"",
    "no",
    "null",
    "- 5 of them",
    "a 'quoted' word, [and] {more}",
    "* a star & an ampersand! | > %",
    "back\\slash \"and\" 'both'",
    "five: ",
    "Very long words follow one another here, until the line that they stand on is longer than any other line of the whole file, and then some more of them.",
    "…",
    "# not a comment",
    "R&D – “done”",
];

const PROSE: [&str; 8] = [
    "Plain words of a paragraph.",
    "**Strong** words, *others*, and [a link](https://www.example.org): {{ organisation.name }}.",
    "Very long words follow one another here, until the line that they stand on is longer than any other line of the whole file, and then some more - 5 or 1. of them.",
    "Words on\ntwo lines.",
    "One paragraph.\n\nAnd another one.",
    "Words, and a list:\n\n- one\n- two",
    "It ends here.\\\nIt begins here.",
    "As \\{{ written }} \\*so\\*.",
];

/// What a YAML text says, without places.
#[derive(Debug, Clone, PartialEq)]
enum Says {
    Text(String),
    List(Vec<Says>),
    Record(Vec<(String, Says)>),
}

fn says(node: &Node) -> Says {
    match &node.value {
        Value::Scalar { text, .. } => Says::Text(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Sequence(items) => Says::List(items.iter().map(says).collect()),
        Value::Mapping(fields) => {
            Says::Record(fields.iter().map(|(name, value)| (name.value.clone(), says(value))).collect())
        }
    }
}

/// A step from a value to one in it.
type Path = Vec<usize>;

impl Says {
    fn at(&mut self, path: &[usize]) -> &mut Says {
        let Some((first, rest)) = path.split_first() else { return self };
        match self {
            Says::Text(_) => panic!("no such place"),
            Says::List(items) => items[*first].at(rest),
            Says::Record(fields) => fields[*first].1.at(rest),
        }
    }

    fn list(&mut self, path: &[usize]) -> &mut Vec<Says> {
        match self.at(path) {
            Says::List(items) => items,
            _ => panic!("no list"),
        }
    }

    /// Without the ids, which a duplicate has of its own.
    fn without_ids(&self) -> Says {
        match self {
            Says::Text(text) => Says::Text(text.clone()),
            Says::List(items) => Says::List(items.iter().map(Says::without_ids).collect()),
            Says::Record(fields) => Says::Record(
                fields
                    .iter()
                    .filter(|(name, _)| name != "id")
                    .map(|(name, one)| (name.clone(), one.without_ids()))
                    .collect(),
            ),
        }
    }
}

/// Every text of a tree, and every entry of its lists with the field of the list: paths and places.
#[derive(Default)]
struct Found {
    texts: Vec<(Path, Range<usize>)>,
    entries: Vec<(Path, Range<usize>, String)>,
}

/// Lists whose items stand in the order of something else.
const IN_ORDER: [&str; 3] = ["values", "figures", "periods"];

impl Found {
    fn in_tree(&mut self, node: &Node, path: &Path, name: &str) {
        let inner = |place: usize| [&path[..], &[place]].concat();
        match &node.value {
            Value::Scalar { text, .. } if text.is_empty() => {}
            Value::Scalar { .. } => self.texts.push((path.clone(), node.at.letters())),
            Value::Sequence(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.entries.push((inner(place), first_text(item), name.to_owned()));
                    self.in_tree(item, &inner(place), name);
                }
            }
            Value::Mapping(fields) => {
                for (place, (name, value)) in fields.iter().enumerate() {
                    self.in_tree(value, &inner(place), &name.value);
                }
            }
        }
    }
}

/// Some letters that stand in an entry and in no list within it, where there are such.
fn first_text(item: &Node) -> Range<usize> {
    match &item.value {
        Value::Mapping(fields) => fields.first().map_or(item.at.letters(), |(name, _)| name.at.letters()),
        _ => item.at.letters(),
    }
}

/// Numbers that look random and are the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The texts of a folder, with the line ends of another system where that is asked for.
fn texts(folder: &str, windows: bool) -> Texts {
    let folder = root().join(folder);
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| {
        let name = entry.path().to_string_lossy().into_owned();
        (name.ends_with(".yaml") || name.ends_with(".md")) && !name.contains("README") && !name.contains("/.schemas")
    });
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n");
        (path, Arc::from(if windows { text.replace('\n', "\r\n") } else { text }))
    };
    files.map(read).collect()
}

fn put(texts: &mut Texts, edited: &[Edited]) {
    for one in edited {
        assert_eq!(texts.get(&one.file), one.before.as_ref());
        match &one.after {
            Some(after) => drop(texts.insert(one.file.clone(), Arc::clone(after))),
            None => drop(texts.remove(&one.file)),
        }
    }
}

fn read(text: &str) -> Node {
    parse(FileId(0), text).unwrap_or_else(|faults| panic!("{text}\n{faults:?}"))
}

/// One change of a YAML file by chance, and what the file says then.
fn of_yaml(chance: &mut Chance, file: &str, text: &str) -> (Change, Meant) {
    let tree = read(text);
    let (mut meant, mut found) = (says(&tree), Found::default());
    found.in_tree(&tree, &Path::new(), "");
    let at = |range: &Range<usize>| Place { file: file.to_owned(), range: range.clone() };
    let kind = if found.entries.is_empty() { 0 } else { chance.below(8) };
    if kind < 4 {
        let (path, range) = chance.of(&found.texts);
        let words = chance.of(&WORDS);
        *meant.at(path) = Says::Text(words.trim().to_owned());
        let (at, text) = (at(range), (*words).to_owned());
        let change = if kind == 0 { Change::Figure { at, text } } else { Change::Text { at, text } };
        return (change, Meant::Tree(meant, true));
    }
    let (path, range, name) = chance.of(&found.entries);
    let list = Some(name.clone());
    let (place, above) = path.split_last().unwrap();
    let items = meant.list(above);
    let at = at(range);
    // What stands in the order of columns changes with them, which a test beside the writer holds.
    if IN_ORDER.contains(&name.as_str()) || name == "columns" {
        return (Change::Remove { at, list: Some("values".to_owned()) }, Meant::Refused);
    }
    let change = match kind {
        4 => {
            items.remove(*place);
            Change::Remove { at, list }
        }
        5 => {
            items.insert(place + 1, items[*place].clone());
            return (Change::Duplicate { at, list }, Meant::Tree(meant, false));
        }
        6 => {
            let to = chance.below(items.len());
            let moved = items.remove(*place);
            items.insert(to, moved);
            Change::Move { at, list, by: to as isize - *place as isize }
        }
        _ => {
            let side = *chance.of(&[Side::Before, Side::After]);
            let new = place + usize::from(side == Side::After);
            if matches!(items[*place], Says::Text(_)) {
                let words = chance.of(&WORDS);
                items.insert(new, Says::Text(words.trim().to_owned()));
                Change::Insert { beside: at, list, side, values: vec![(String::new(), (*words).to_owned())] }
            } else {
                // A part of a section is chosen; other records know themselves what must be there.
                let values =
                    if name == "parts" { vec![("pull-out".to_owned(), "Words".to_owned())] } else { Vec::new() };
                let change = Change::Insert { beside: at, list, side, values };
                return (change, Meant::Grown(meant, above.to_vec(), new));
            }
        }
    };
    (change, Meant::Tree(meant, true))
}

/// The level of a heading, and what a block says.
type Block = (Option<u8>, String);
/// A file, a list and the fields of a new entry of it.
type NewEntry<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// What the blocks of a text say, in their order.
fn blocks(text: &str) -> Vec<Block> {
    outline(text).into_iter().map(|piece| (piece.heading, piece.says)).collect()
}

/// One change of a text of prose by chance, and what its blocks say then; none where only the reader can tell.
fn of_prose(chance: &mut Chance, file: &str, text: &str) -> (Change, Option<Vec<Block>>) {
    let pieces = outline(text);
    let place = chance.below(pieces.len());
    let mut meant = blocks(text);
    let at = Place { file: file.to_owned(), range: pieces[place].at.clone() };
    let words = chance.of(&PROSE);
    let change = match chance.below(7) {
        0..3 => {
            meant.splice(place..=place, blocks(words));
            return (Change::Text { at, text: (*words).to_owned() }, Some(meant));
        }
        3 => {
            let side = *chance.of(&[Side::Before, Side::After]);
            Change::Insert { beside: at, list: None, side, values: vec![("text".to_owned(), (*words).to_owned())] }
        }
        4 => Change::Remove { at, list: None },
        5 => Change::Duplicate { at, list: None },
        _ => Change::Move { at, list: None, by: *chance.of(&[-1, 1]) },
    };
    (change, None)
}

/// Bytes before and behind a changed place are as they were.
fn outside_stays(before: &str, after: &str, at: &Range<usize>, change: &Change) {
    let begins = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let ends = before.bytes().rev().zip(after.bytes().rev()).take_while(|(one, other)| one == other).count();
    assert!(begins + 1 >= at.start, "{change:?} changed {begins} before {at:?}\n{after}");
    assert!(
        before.len() - ends <= at.end.max(begins),
        "{change:?} changed {} behind {at:?}\n{after}",
        before.len() - ends
    );
}

#[test]
fn whatever_is_edited_is_read_as_it_was_meant_and_can_be_taken_back() {
    let sources = [
        texts("content", false),
        texts("content", true),
        texts("tests/fixtures/full/content", false),
        texts("tests/fixtures/full/content", true),
    ];
    let (mut made, mut refused) = (0, 0);
    for seed in 0..SEQUENCES {
        let mut chance = Chance(seed);
        let first = &sources[(seed % 4) as usize];
        let (mut texts, mut history, mut steps) = (first.clone(), History::default(), 0);
        for _ in 0..1 + chance.below(5) {
            let files: Vec<String> =
                texts.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(file, _)| file.clone()).collect();
            let file = chance.of(&files).clone();
            let before = Arc::clone(&texts[&file]);
            let (change, meant) = if file.ends_with(".md") {
                let (change, meant) = of_prose(&mut chance, &file, &before);
                (change, meant.map_or(Meant::Prose, Meant::Blocks))
            } else {
                of_yaml(&mut chance, &file, &before)
            };
            let edited = match apply(&texts, std::slice::from_ref(&change)) {
                Ok(edited) => edited,
                Err(_) if matches!(meant, Meant::Refused) => continue,
                Err(why) => {
                    assert!(why.iter().all(|one| !one.message.is_empty()));
                    refused += 1;
                    continue;
                }
            };
            made += 1;
            steps += usize::from(!edited.is_empty());
            history.note("a change", &edited, None);
            put(&mut texts, &edited);
            let after = &texts[&file];
            meant.holds(after, &change);
            let (ends, bare) = (after.matches("\r\n").count(), after.matches('\n').count());
            assert!(if before.contains("\r\n") { ends == bare } else { ends == 0 }, "{change:?}");
            if let Change::Text { at, .. } | Change::Figure { at, .. } = &change {
                outside_stays(&before, after, &at.range, &change);
            }
        }
        let last = texts.clone();
        for _ in 0..steps {
            let back = history.undo(&texts).expect("a step can be taken back");
            put(&mut texts, &back);
        }
        assert!(texts == *first && history.undo_words().is_none(), "sequence {seed}");
        for _ in 0..steps {
            let again = history.redo(&texts).expect("a step can be made again");
            put(&mut texts, &again);
        }
        assert!(texts == last, "sequence {seed}");
    }
    assert!(refused * 8 < made, "{refused} changes were refused, {made} were made");
}

/// What a file is to say after a change.
enum Meant {
    /// A tree; whether its ids are known.
    Tree(Says, bool),
    /// What it said, and in a list one entry more.
    Grown(Says, Path, usize),
    Refused,
    Blocks(Vec<Block>),
    /// As its reader held already.
    Prose,
}

impl Meant {
    fn holds(&self, text: &str, change: &Change) {
        match self {
            Meant::Tree(meant, true) => assert_eq!(says(&read(text)), *meant, "{change:?}\n{text}"),
            Meant::Tree(meant, false) => {
                let read = says(&read(text));
                assert_eq!(read.without_ids(), meant.without_ids(), "{change:?}\n{text}");
                assert!(!has_twice(&read) || has_twice(meant), "{change:?}\n{text}");
            }
            Meant::Grown(before, list, new) => {
                let mut read = says(&read(text));
                assert_ne!(read.list(list).remove(*new), Says::Record(Vec::new()), "{change:?}");
                assert_eq!(read, *before, "{change:?}\n{text}");
            }
            Meant::Refused => panic!("{change:?} was made"),
            Meant::Blocks(meant) => assert_eq!(blocks(text), *meant, "{change:?}\n{text}"),
            Meant::Prose => {}
        }
    }
}

/// Whether an id stands twice in one list.
fn has_twice(says: &Says) -> bool {
    let inner = match says {
        Says::Text(_) => return false,
        Says::List(items) => items.iter().any(has_twice),
        Says::Record(fields) => fields.iter().any(|(_, value)| has_twice(value)),
    };
    let Says::List(items) = says else { return inner };
    let id = |item: &Says| match item {
        Says::Record(fields) => fields.iter().find(|(name, _)| name == "id").map(|(_, id)| format!("{id:?}")),
        _ => None,
    };
    let ids: Vec<String> = items.iter().filter_map(id).collect();
    let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
    inner || distinct.len() < ids.len()
}

/// Every text and every block set to what it says already.
#[test]
fn a_round_trip_writes_nothing() {
    for windows in [false, true] {
        for folder in ["content", "tests/fixtures/full/content"] {
            let texts = texts(folder, windows);
            for (file, text) in &texts {
                let at = |range: &Range<usize>| Place { file: file.clone(), range: range.clone() };
                let mut changes = Vec::new();
                if file.ends_with(".md") {
                    for piece in outline(text) {
                        let source = tally::markdown::write::source_of(text, &piece);
                        changes.push(Change::Text { at: at(&piece.at), text: source });
                    }
                } else {
                    let (tree, mut found) = (read(text), Found::default());
                    found.in_tree(&tree, &Path::new(), "");
                    for (path, range) in &found.texts {
                        let Says::Text(words) = says(&tree).at(path).clone() else { panic!("no text") };
                        changes.push(Change::Text { at: at(range), text: words });
                    }
                }
                assert_eq!(apply(&texts, &changes), Ok(Vec::new()), "{file}");
            }
        }
    }
}

/// What is new has the form that its file asks for; what still has to be said is asked for where it stands.
#[test]
fn a_new_entry_of_every_kind_can_be_read() {
    let kinds: [NewEntry; 14] = [
        ("example/report.yaml", "sections", &[("title", "More of it")]),
        ("example/report.yaml", "parts", &[("pull-out", "Words")]),
        ("example/report.yaml", "parts", &[("figure", ""), ("caption", "A picture")]),
        ("example/report.yaml", "parts", &[("key-figures", ""), ("label", "A figure")]),
        ("example/report.yaml", "notes", &[("text", "More of it")]),
        ("example/costs.yaml", "rows", &[("name", "New")]),
        ("example/statement.yaml", "columns", &[("name", "New")]),
        ("example/loans.yaml", "rows", &[]),
        ("example/indicators.yaml", "indicators", &[("name", "New")]),
        ("example/months.yaml", "indicators", &[("name", "New")]),
        ("example/plan.yaml", "deliverables", &[("key", "New")]),
        ("example/plan.yaml", "themes", &[("title", "New")]),
        ("facts.yaml", "facts", &[("is", "Something new")]),
        ("example/checks.yaml", "relations", &[]),
    ];
    let texts = texts("tests/fixtures/full/content", false);
    for (file, list, given) in kinds {
        let (tree, mut found) = (read(&texts[file]), Found::default());
        found.in_tree(&tree, &Path::new(), "");
        let (_, range, _) = found.entries.iter().find(|(_, _, name)| name == list).expect("the list is there");
        let values = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let beside = Place { file: file.to_owned(), range: range.clone() };
        let change = Change::Insert { beside, list: Some(list.to_owned()), side: Side::After, values };
        let edited = apply(&texts, &[change]).unwrap_or_else(|why| panic!("{list}: {why:?}"));
        let text = edited[0].after.as_deref().unwrap();
        let (mut tree, _) = tally::source::read(&root().join("tests/fixtures/full/content"));
        let id = tree.texts[file];
        let new = SourceFile::new(tree.sources.file(id).path.clone(), text.to_owned());
        Arc::make_mut(&mut tree.sources).replace(id, Arc::new(new));
        let mut findings = Vec::new();
        tally::model::load(&tree, &mut findings);
        let is_of_form = |code: &str| {
            ["broken-yaml", "unknown-field", "missing-field", "empty-field", "wrong-type", "duplicate-field"]
                .contains(&code)
        };
        let told = findings.iter().filter(|finding| is_of_form(finding.code.name())).map(|finding| &finding.message);
        // What percentages are of is no matter of form: nobody can say it for the author.
        let told: Vec<&String> = told.filter(|message| !message.contains("percentage-is")).collect();
        assert!(told.is_empty(), "{list}: {told:?}\n{text}");
    }
}
