//! What is written for Word is read again as it was, and what others write never makes the reader panic.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::write;
use crate::office::document::markdown::{self, Manner};
use crate::office::document::{Block, Changes, Document, read_docx};

const MANNER: Manner = Manner { level: &|level| level as usize, note: &|number| format!("note-{number}") };

/// A text of Tally's, through Word and back.
fn there_and_back(text: &str) -> String {
    let mut blocks = vec![Block::Begin { file: "a.md".to_owned() }];
    blocks.extend(markdown::read(text).blocks);
    let document = Document { blocks, ..Document::default() };
    let read = read_docx(&write(&document, "en-GB"), Changes::Accepted).unwrap();
    assert!(read.is_own && read.changes.is_empty(), "{:?}", read.said);
    let blocks: Vec<Block> = read.blocks.into_iter().filter(|block| !matches!(block, Block::Begin { .. })).collect();
    markdown::write(&blocks, &MANNER)
}

fn written(text: &str) -> String {
    markdown::write(&markdown::read(text).blocks, &MANNER)
}

#[test]
fn prose_comes_back_from_word_as_it_went() {
    for text in [
        "Some *emphasised* and **strong** and ***both*** words, **strong *with* more**.\n",
        "## One {{ report.year }}\n\n### Two\n\nSee [the site](https://www.example.org/a_(b)?c=1&d=2) and [it](#money).\n",
        "- a\n  - b\n    1. c\n    2. d\n  - e\n- f\n\n  more of f\n- g\n",
        "- a\n- b\n\n* c\n* d\n\n1. e\n2. f\n\n1) g\n",
        "3. three\n4. four\n",
        "- a\n  - b\n\n  again a\n- c\n",
        "> one\n>\n> - two\n>   - three\n>\n> four\n\n> five\n",
        "A line\\\nanother, \\*no star\\*, \\{{ braces }}, a\\_b, \\<b> and 5 & 6 &amp;amp; &nbsp;x\n",
        "**{{ facts.one | Words }} branches** opened {{ \"two\" | stated returns at page 3 }}, {{ \"Croeso\" | in cy }}. {{ note villages }}\n",
        "1\\. no list\n\n\\- none\n\n\\# no heading\n",
    ] {
        assert_eq!(there_and_back(text), written(text), "{text}");
        // What is written in the one form that is written here is written so again.
        assert_eq!(written(&written(text)), written(text), "{text}");
    }
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            "[a-z]{1,6}",
            "[a-zA-Z0-9.,;:*_#>&<`~|!{}()“”’£%+=-]{1,6}",
            Just("**strong words**".to_owned()),
            Just("*so*".to_owned()),
            Just("{{ facts.visits | words }}".to_owned()),
            Just("[link](https://www.example.org/a)".to_owned()),
            Just("\\\n".to_owned()),
        ],
        1..8,
    )
    .prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        words(),
        words().prop_map(|words| format!("## {}", words.replace("\\\n", ""))),
        words().prop_map(|words| format!("> {}", words.replace("\\\n", ""))),
        (words(), words(), words()).prop_map(|(a, b, c)| format!("- {a}\n  - {b}\n- {c}").replace("\\\n", "")),
        (words(), words()).prop_map(|(a, b)| format!("2. {a}\n3. {b}").replace("\\\n", "")),
    ];
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n\n") + "\n")
}

fn is_prose(block: &Block) -> bool {
    let has_no_heading =
        |block: &Block| is_prose(block) && !matches!(block, Block::Heading { .. } | Block::Quote { .. });
    match block {
        Block::Heading { .. } | Block::Paragraph { .. } => true,
        Block::List { items, .. } => items
            .iter()
            .all(|item| matches!(item.first(), Some(Block::Paragraph { .. })) && item.iter().all(has_no_heading)),
        Block::Quote { blocks } => blocks.iter().all(has_no_heading),
        Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_prose_comes_back_from_word(text in text()) {
        let once = written(&text);
        // What prose of ours does not have: tables, and headings or quotations within lists or quotations.
        prop_assume!(markdown::read(&once).blocks.iter().all(is_prose));
        prop_assert_eq!(there_and_back(&once), written(&once));
    }

    #[test]
    fn any_letters_are_written_so_that_they_are_read(text in "[a-z0-9 .,;:*_#>&<`~|!{}\\[\\]()\\\\=+-]{1,40}") {
        let paragraph = vec![Block::paragraph(text.trim())];
        let read = markdown::read(&markdown::write(&paragraph, &MANNER));
        let meant = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said: Vec<String> = read.blocks.iter().map(|block| match block {
            Block::Paragraph { inlines } => crate::office::document::plain(inlines),
            other => format!("{other:?}"),
        }).collect();
        prop_assert_eq!(said.join("\n"), meant);
    }
}

/// Numbers that look random and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// The parts of a document.
fn parts(docx: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let read = |place: usize| {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(docx)).unwrap().len()).map(read).collect()
}

fn stored(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

#[test]
fn no_document_makes_the_reader_panic() {
    let text = "## A\n\nwords **b** {{ note n }} [l](https://e.org)\n\n- a\n  - b\n\n1. c\n\n> d\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let read = markdown::read(text);
    let document = Document { notes: vec![vec![crate::office::document::Inline::text("note")]], ..read };
    let mut own = parts(&write(&document, "en-GB"));
    own.retain(|(name, _)| !name.contains("itemProps") && !name.ends_with("settings.xml"));
    let mut chance = Chance(0x5eed_1e55_0ddb_a11d);
    let tokens: [&[u8]; 10] = [
        b"<w:ins>",
        b"</w:p>",
        b"<w:tbl>",
        b"<w:fldChar w:fldCharType=\"begin\"/>",
        b"w:val=\"9\"",
        b"<w:p/>",
        b"\"",
        b"99999999999",
        b"<w:sdt><w:sdtContent>",
        b"\xff",
    ];
    let mut readable = 0;
    for round in 0..10_000 {
        let mut mutated = own.clone();
        let mut touched = vec![false; mutated.len()];
        for _ in 0..1 + chance.below(3) {
            let place = chance.below(mutated.len());
            touched[place] = true;
            let bytes = &mut mutated[place].1;
            if bytes.is_empty() {
                continue;
            }
            let at = chance.below(bytes.len());
            let end = (at + chance.below(24)).min(bytes.len());
            match chance.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes[at] = chance.below(256) as u8,
                2 => drop(bytes.splice(at..at, tokens[chance.below(tokens.len())].iter().copied())),
                _ => {
                    let again = bytes[at..end].to_vec();
                    drop(bytes.splice(at..at, again));
                }
            }
        }
        // Parts that are as they were need not all be read ten thousand times.
        let is_main = |name: &str| name == "_rels/.rels" || name.contains("document.xml");
        let mut touched = touched.into_iter();
        mutated.retain(|(name, _)| touched.next() == Some(true) || is_main(name));
        let mut docx = stored(&mutated);
        if round % 5 == 0 {
            let at = chance.below(docx.len());
            docx[at] = chance.below(256) as u8;
        }
        let changes = if round % 2 == 0 { Changes::Accepted } else { Changes::Rejected };
        if let Ok(document) = read_docx(&docx, changes) {
            readable += 1;
            markdown::write(&document.blocks, &MANNER);
        }
    }
    assert!(readable > 500, "nearly nothing could be read: {readable}");
}
