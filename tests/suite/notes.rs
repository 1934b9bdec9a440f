//! Notes in the finished page and the finished PDF: every mark has its note and every note its mark.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};

use crate::support::pdf::{Tag, TaggedPdf};
use crate::support::{Sandbox, root};

/// The project whose notes stand wherever notes can stand, and the small one that uses every part.
fn projects() -> [Sandbox; 2] {
    [Sandbox::of(&root().join("tests/fixtures/cases/notes-at-page-ends/content")).built(), Sandbox::full().built()]
}

fn all<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn attribute<'p>(element: ElementRef<'p>, name: &str) -> &'p str {
    element.attr(name).unwrap_or_else(|| panic!("no {name}: {}", element.html()))
}

/// A reader of the page goes from a mark to its note and back to that mark, and the roles say which is which.
#[test]
fn links_of_the_page_lead_from_marks_to_notes_and_back() {
    for sandbox in projects() {
        let page = Html::parse_document(&sandbox.text("example/index.html"));
        let mut ids = BTreeSet::new();
        for one in all(&page, "[id]") {
            assert!(ids.insert(attribute(one, "id")), "two elements are {}", attribute(one, "id"));
        }
        let marks = all(&page, "a[role=doc-noteref]");
        let notes = all(&page, "[role=doc-endnotes] > ol > li");
        assert!(marks.len() > 5 && notes.len() > 5);
        let notes: BTreeMap<&str, ElementRef> = notes.into_iter().map(|note| (attribute(note, "id"), note)).collect();
        let mut marked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for mark in &marks {
            let to = attribute(*mark, "href").strip_prefix('#').unwrap();
            let note = notes.get(to).unwrap_or_else(|| panic!("no note {to}"));
            let number: usize = attribute(*note, "value").parse().unwrap();
            let letter = char::from(b'a' + u8::try_from((number - 1) % 26).unwrap()).to_string();
            let is_lettered = note.parent().and_then(ElementRef::wrap).unwrap().attr("type") == Some("a");
            let shown = if is_lettered { letter } else { number.to_string() };
            assert_eq!(words(*mark), format!("note {shown}"), "the mark of {to}");
            marked.entry(to).or_default().push(attribute(*mark, "id"));
        }
        for (id, note) in &notes {
            let back = Selector::parse("a[role=doc-backlink]").unwrap();
            let back: Vec<&str> =
                note.select(&back).map(|one| attribute(one, "href").strip_prefix('#').unwrap()).collect();
            assert_eq!(Some(&back), marked.get(id), "the way back from {id}");
        }
        for list in all(&page, "[role=doc-endnotes]") {
            assert!(attribute(list, "aria-label").starts_with("Notes: "));
        }
    }
}

/// A note of the PDF is the next tag after its mark, which is a link, and says the number that the mark says; there are
/// as many of them as sections of the page have notes.
#[test]
fn marks_of_the_pdf_are_links_with_their_notes_behind_them() {
    for sandbox in projects() {
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
        let mut found = Vec::new();
        notes_with_marks(&pdf.root, &mut Vec::new(), &mut found);
        let page = Html::parse_document(&sandbox.text("example/index.html"));
        let on_page: Vec<String> = all(&page, "[role=doc-endnotes][data-at-feet] > ol > li")
            .into_iter()
            .map(|note| attribute(note, "value").to_owned())
            .collect();
        let mut in_pdf = Vec::new();
        for Found { mark, note, .. } in &found {
            assert_eq!(mark.all("Link").len(), 1, "the mark {} leads nowhere", mark.text);
            assert_eq!(note.all("Lbl").first().map(|label| &label.text), Some(&mark.text), "{}", note.text);
            assert!(note.text.len() > mark.text.len(), "the note {} says nothing", mark.text);
            in_pdf.push(mark.text.clone());
        }
        assert_eq!(pdf.root.all("Note").len(), found.len(), "a note without its mark");
        let sorted = |mut marks: Vec<String>| {
            marks.sort();
            marks
        };
        assert_eq!(sorted(in_pdf), sorted(on_page));
        let letters = all(&page, "table a[role=doc-noteref]").into_iter().map(|mark| words(mark).replace("note ", ""));
        let tables = pdf.root.all("Table");
        let links = tables.iter().flat_map(|table| table.all("Link")).map(|link| link.text.clone());
        let is_letter = |text: &String| text.len() == 1 && text.chars().all(|one| one.is_ascii_lowercase());
        assert_eq!(sorted(links.filter(is_letter).collect()), sorted(letters.collect()));
    }
}

/// In running text and quotations a note stands at the foot of the page of its mark, however near that is to the page's
/// end. In lists, boxes and glossaries, which are laid out by themselves, it may begin on the page before or after it.
#[test]
fn notes_stand_on_the_page_of_their_mark() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/notes-at-page-ends/content"));
    for longer in 0..4 {
        if longer > 0 {
            for file in ["example/long.md", "example/quotes.md", "example/after.md"] {
                sandbox.replace(file, "", "They came, and saw, and stayed for as long as it was open. ");
            }
        }
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
        let mut found = Vec::new();
        notes_with_marks(&pdf.root, &mut Vec::new(), &mut found);
        let (mut in_text, mut elsewhere) = (0, 0);
        for Found { mark, note, within } in found {
            let (of_mark, of_note) = (mark.page.unwrap(), note.page.unwrap());
            if within.iter().all(|kind| matches!(*kind, "Document" | "P" | "BlockQuote")) {
                in_text += 1;
                assert_eq!(of_mark, of_note, "{longer}: the note {}", note.text);
            } else {
                elsewhere += 1;
                assert!(of_mark.abs_diff(of_note) <= 1, "{longer}: the note {} is far from page {of_mark}", note.text);
            }
        }
        assert!(in_text > 20 && elsewhere > 10, "{in_text} {elsewhere}");
    }
}

/// A note with its mark, and the kinds of tag that it stands within.
struct Found<'t> {
    mark: &'t Tag,
    note: &'t Tag,
    within: Vec<&'t str>,
}

fn notes_with_marks<'t>(tag: &'t Tag, within: &mut Vec<&'t str>, found: &mut Vec<Found<'t>>) {
    within.push(&tag.kind);
    for pair in tag.children.windows(2) {
        if pair[0].kind == "Lbl" && pair[1].kind == "Note" {
            found.push(Found { mark: &pair[0], note: &pair[1], within: within.clone() });
        }
    }
    tag.children.iter().for_each(|child| notes_with_marks(child, within, found));
    within.pop();
}
