//! What an edition says: gathered whole, written down, and read again as the same.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use tally::diagnostic::{Code, Findings, SourceMap};
use tally::fact::{facts, passages};
use tally::model::load;
use tally::source;
use tally::transcript::{
    Figure, Item, ItemKind, Key, Number, Origin, Piece, Printed, Sentence, Text, Transcript, read,
};
use tally::view::transcript;
use tally::wording::Wording;

use crate::support::{Sandbox, root};

/// What the reports of a sandbox say.
pub fn transcripts(sandbox: &Sandbox) -> Vec<Transcript> {
    said_by(&sandbox.content()).expect("the content can be read")
}

/// What the reports of a content folder say; none where it cannot be read.
fn said_by(content: &Path) -> Option<Vec<Transcript>> {
    let (tree, mut findings) = source::read(content);
    let project = load(&tree, &mut findings)?;
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    let all = project.reports.iter().map(|report| transcript(&project, report, &facts, &passages, &tree.sources));
    Some(all.collect())
}

/// Comparisons call each field by its name in the language of the report: none is called as files call it.
#[test]
fn every_field_of_a_record_has_a_name() {
    let cases = std::fs::read_dir(root().join("tests/fixtures/cases")).unwrap();
    let cases = cases.map(|case| case.unwrap().path().join("content"));
    let folders = cases.chain([root().join("content"), root().join("tests/fixtures/full/content")]);
    let is_known = |field: &str| Wording::english().knows(&format!("fields.{field}"));
    let mut seen = BTreeSet::new();
    for transcript in folders.filter_map(|folder| said_by(&folder)).flatten() {
        for item in &transcript.items {
            item.each(&mut |item| {
                let named = item.texts.iter().filter_map(|text| match &text.key {
                    Key::Named(field) => Some(field.clone()),
                    Key::Cell(_) => None,
                });
                seen.extend(named);
            });
        }
    }
    assert!(seen.len() > 60, "{seen:?}");
    // Some stand there once for each row or column, whose ids follow.
    let of_rows = ["as-published-", "baseline-", "from-"];
    let is_of_rows = |field: &str| of_rows.iter().any(|begins| field.starts_with(begins));
    let nameless: Vec<&String> = seen.iter().filter(|field| !is_known(field) && !is_of_rows(field)).collect();
    assert!(nameless.is_empty(), "no name for {nameless:?}");
    assert!(of_rows.iter().all(|field| is_known(field.trim_end_matches('-'))));
}

/// Reads a written form.
fn read_text(text: &str) -> Result<Transcript, (Code, String)> {
    let file = SourceMap::default().add("record", text);
    read(file, text).map_err(|fault| (fault.code, fault.message))
}

#[test]
fn what_is_written_down_is_read_again_as_it_was() {
    for sandbox in [Sandbox::shipped(), Sandbox::full()] {
        for transcript in transcripts(&sandbox) {
            let written = transcript.written();
            let again = read_text(&written).unwrap_or_else(|fault| panic!("{}: {fault:?}", transcript.report));
            assert_eq!(again.written(), written);
            assert!(again == transcript.without_places());
        }
    }
}

#[test]
fn a_record_that_is_none_or_was_changed_is_refused() {
    let written = transcripts(&Sandbox::full()).remove(0).written();
    let refused = |text: &str| read_text(text).expect_err("the record is refused");
    let said = |text: &str| {
        let (code, message) = refused(text);
        assert_eq!(code, Code::TranscriptUnreadable);
        message
    };
    assert_eq!(said("title: A report\n"), "this is no record of an edition");
    assert_eq!(said(""), "this is no record of an edition");
    assert_eq!(
        said(&written.replacen("transcript 1", "transcript 7", 1)),
        "this record has version 7, and this program reads version 1"
    );
    let place = written.rfind(|letter: char| letter.is_ascii_digit()).expect("it has figures");
    let changed = format!("{}{}{}", &written[..place], "x", &written[place + 1..]);
    assert_eq!(said(&changed), "this record was changed after Tally wrote it");
    assert_eq!(said(&format!("{written}\n")), "this record was changed after Tally wrote it");
    assert!(read_text(&written.replace('\n', "\r\n")).is_ok(), "a checkout on Windows changes nothing");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~£é–\u{a0}\u{200b}\n\t]{0,12}", Just("a. B".to_owned()), Just("^[x](y)".to_owned())]
}

fn id() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9-]{0,8}"
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        words().prop_map(Piece::Words),
        (words(), id()).prop_map(|(text, address)| Piece::Figure { text, address: format!("{address}.total") }),
        (words(), id()).prop_map(|(text, source)| Piece::Stated { text, source }),
        id().prop_map(Piece::Note),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    let sentence = prop::collection::vec(piece(), 0..4).prop_map(Sentence::from_iter);
    let key = prop_oneof![id().prop_map(Key::Named), id().prop_map(Key::Cell)];
    (key, prop::collection::vec(sentence, 1..4)).prop_map(|(key, sentences)| Text { key, sentences, at: None })
}

fn item() -> impl Strategy<Value = Item> {
    let kind = prop_oneof![Just(ItemKind::Row), Just(ItemKind::Part), Just(ItemKind::ListItem)];
    let leaf = (kind, prop_oneof![id(), words()], prop::collection::vec(text(), 0..3))
        .prop_map(|(kind, id, texts)| Item { kind, id, texts, items: Vec::new(), at: None });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (prop::collection::vec(text(), 0..3), prop::collection::vec(inner, 0..3)).prop_map(|(texts, items)| Item {
            kind: ItemKind::Section,
            id: "section".to_owned(),
            texts,
            items,
            at: None,
        })
    })
}

fn figure() -> impl Strategy<Value = Figure> {
    let origin = prop_oneof![
        prop::option::of(id()).prop_map(Origin::Typed),
        prop::collection::vec(id(), 0..3).prop_map(Origin::Computed),
        words().prop_map(Origin::Counted),
        words().prop_map(Origin::Follows),
    ];
    let number = (any::<i64>(), 0..6_u32, any::<bool>()).prop_map(|(number, scale, is_wide)| Number {
        value: rust_decimal::Decimal::new(number, scale),
        width: rust_decimal::Decimal::from(u8::from(is_wide)),
        unit: "per 1,000".to_owned(),
    });
    let printed = (prop_oneof![Just(String::new()), id()], prop::collection::vec(words(), 1..3))
        .prop_map(|(section, forms)| Printed { section, forms });
    (id(), words(), prop::option::of(number), origin, prop::option::of(printed), prop::option::of(words())).prop_map(
        |(address, shown, number, origin, printed, restated)| Figure {
            address,
            shown,
            number,
            origin,
            printed,
            restated,
        },
    )
}

proptest! {
    #[test]
    fn whatever_an_edition_says_is_read_again_as_it_was(
        report in words(),
        items in prop::collection::vec(item(), 0..4),
        figures in prop::collection::vec(figure(), 0..4),
    ) {
        let transcript = Transcript { report, items, figures };
        let written = transcript.written();
        prop_assert_eq!(read_text(&written).map_err(|(_, message)| message), Ok(transcript), "{}", written);
    }
}
