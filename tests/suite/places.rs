//! Where what is seen was written: of every report nearly all words of the page and of the PDF lead to their place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scraper::{Html, Selector};
use tally::check::{Rules, Subject, check_figures};
use tally::diagnostic::Findings;
use tally::fact::{Naming, facts, passages};
use tally::places::{Teller, Written, on_page, on_paper, written};
use tally::readback::pdf::Reader;
use tally::{model, source};

use crate::support::{Published, root};

/// So much of what comes from the content must be found, in per cent of the words.
const LEAST: usize = 95;

/// So much of all words: the rest is what Tally says itself, which a sample of every part has much of.
const LEAST_OF_ALL: usize = 55;

/// What a report says, and its finished files.
struct Report {
    id: String,
    written: Vec<Written>,
    texts: source::SourceTree,
    page: String,
    pdf: Vec<u8>,
    marks: BTreeMap<String, String>,
}

fn with_reports(content: &Path, published: &Published, look: impl Fn(&Report)) {
    let (tree, mut findings) = source::read(content);
    let project = model::load(&tree, &mut findings).unwrap();
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    for report in &project.reports {
        let id = report.id.clone();
        look(&Report {
            written: written(report, &facts, &passages, &tree),
            texts: tree.clone(),
            page: published.text(&format!("{id}/index.html")).to_owned(),
            pdf: published.bytes(&format!("{id}/{id}.pdf")).to_vec(),
            marks: marks(published.text(&format!("{id}/data/figures.csv"))),
            id,
        });
    }
}

fn each_report(look: impl Fn(&Report)) {
    with_reports(&root().join("tests/fixtures/full/content"), Published::full(), &look);
    with_reports(&root().join("content"), Published::shipped(), &look);
}

/// The addresses of figures by their marks, as the schedule has them.
fn marks(schedule: &str) -> BTreeMap<String, String> {
    let mut lines = csv::Reader::from_reader(schedule.as_bytes());
    let head = lines.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|one| one == name).unwrap();
    let (mark, address) = (column("mark"), column("address"));
    lines.records().map(Result::unwrap).map(|line| (line[mark].to_owned(), line[address].to_owned())).collect()
}

/// The words that Tally says itself.
fn own_words() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("languages/en-GB.yaml")).unwrap();
    words(&text).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Of the words without a place those that are not Tally's own: not one of its words, and no number of its counting.
fn strange(other: &[String]) -> Vec<&str> {
    let own = own_words();
    let is_own = |word: &&String| words(word).all(|part| own.contains(&part));
    other.iter().filter(|word| !is_own(word)).map(String::as_str).collect()
}

fn check_share(of: &str, found: usize, other: &[String]) {
    let strange = strange(other);
    let share = 100 * found / (found + strange.len()).max(1);
    let of_all = 100 * found / (found + other.len()).max(1);
    assert!(of_all >= LEAST_OF_ALL, "{of}: {of_all} % of all words found; these have no place: {}", other.join(" "));
    assert!(share >= LEAST, "{of}: {share} % found; these have no place: {}", strange.join(" "));
}

#[test]
fn nearly_every_word_of_a_page_leads_to_where_it_was_written() {
    each_report(|report| {
        let page = on_page(&report.written, &report.page, &report.marks);
        check_share(&format!("the page of {}", report.id), page.share.found, &page.share.other);
    });
}

#[test]
fn nearly_every_word_of_a_pdf_leads_to_where_it_was_written() {
    each_report(|report| {
        let sheets = Reader::default().pages(&report.pdf).unwrap();
        let sizes = vec![[595.0, 842.0]; sheets.len()];
        let paper = on_paper(&report.written, &sheets, &sizes, (&report.page, &report.marks));
        check_share(&format!("the PDF of {}", report.id), paper.share.found, &paper.share.other);
    });
}

/// Who clicks on an element is led to its text, and to no other: what an element says holds what its text says.
#[test]
fn every_selector_finds_one_element_and_it_says_what_was_written() {
    each_report(|report| {
        let page = Html::parse_document(&report.page);
        let places = on_page(&report.written, &report.page, &report.marks).places;
        let letters =
            |text: &str| text.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase();
        for (one, elements) in report.written.iter().zip(&places) {
            for element in elements {
                let found: Vec<_> = page.select(&Selector::parse(&element.selector).unwrap()).collect();
                assert_eq!(found.len(), 1, "{}", element.selector);
                let heard = ["alt", "aria-label"].iter().filter_map(|name| found[0].attr(name)).collect::<String>();
                let says = letters(&(found[0].text().collect::<String>() + &heard));
                let first = one.says.split_whitespace().next().unwrap_or_default();
                let is_text = one.address.is_none();
                assert!(!is_text || says.contains(&letters(first)), "{}: {}", element.selector, one.says);
            }
        }
    });
}

/// What is bound in a text stands in it from brace to brace.
#[test]
fn a_bound_figure_is_a_placeholder_of_its_text() {
    each_report(|report| {
        let sources = &report.texts.sources;
        for one in &report.written {
            for figure in &one.figures {
                let text = &sources.file(figure.at.file).text;
                let typed = &text[figure.at.letters()];
                assert!(typed.starts_with("{{") && typed.ends_with("}}"), "{typed}");
                assert!(one.at.start <= figure.at.start && figure.at.end <= one.at.end, "{typed} in {}", one.says);
                assert!(one.says.contains(&figure.printed), "{} in {}", figure.printed, one.says);
            }
        }
    });
}

/// Who looks at a figure sees what it was last year, what checks it, and what would change with it.
#[test]
fn a_card_tells_what_a_figure_was_what_checks_it_and_where_it_is_used() {
    let (tree, mut findings) = source::read(&root().join("tests/fixtures/cases/two-editions/content"));
    let project = model::load(&tree, &mut findings).unwrap();
    let facts = facts(&project, &tree.sources, &mut Findings::new());
    let passages = passages(&project, &facts, &tree.sources, &mut Findings::new());
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree: &tree };
    let verdict = check_figures(&subject, Rules::All);
    let report = project.reports.iter().find(|report| report.id == "library-2025-26").unwrap();
    let written = written(report, &facts, &passages, &tree);
    let naming = Naming::new(&project);
    let card = Teller::new(&report.id, &facts, &naming, &verdict, &written).card("costs.all.total").unwrap();
    let said = [Some(card.printed), card.typed, card.last_year, card.change, card.follows];
    assert_eq!(
        said.each_ref().map(Option::as_deref),
        [Some("£380,000"), Some("£380,000"), Some("£358,500 (rs)"), Some("+£21,500"), None]
    );
    let of_place = |place: usize| (written[place].kind, written[place].says.as_str());
    assert_eq!(card.place.map(of_place), Some(("Figure", "£380,000")));
    let texts: Vec<&str> = card.uses.iter().filter_map(|one| one.place).map(|place| of_place(place).1).collect();
    assert!(texts.iter().any(|text| text.starts_with("The libraries cost £380,000")), "{texts:?}");
    assert!(card.uses.iter().any(|one| one.place.is_none() && one.words == "facts.rise"), "{:?}", card.uses);
    assert!(card.checks.iter().any(|check| check.rule == "totals-add-up" && check.holds), "{:?}", card.checks);
}
