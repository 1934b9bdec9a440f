//! Boxes, quotations, glossaries and appendices are what they look like, for those who hear them.

use scraper::{Html, Selector};

use crate::figures::with_template;
use crate::support::Sandbox;
use crate::support::pdf::{Tag, TaggedPdf};

/// The texts of the elements that a selector finds.
pub fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect::<String>()).collect()
}

fn tagged<'t>(tag: &'t Tag, kind: &str, found: &mut Vec<&'t Tag>) {
    if tag.kind == kind {
        found.push(tag);
    }
    tag.children.iter().for_each(|child| tagged(child, kind, found));
}

/// Every tag of a kind.
pub fn all<'t>(pdf: &'t TaggedPdf, kind: &str) -> Vec<&'t Tag> {
    let mut found = Vec::new();
    tagged(&pdf.root, kind, &mut found);
    found
}

#[test]
fn a_page_marks_a_box_a_quotation_and_a_glossary_as_what_they_are() {
    let sandbox = Sandbox::full().built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    assert_eq!(texts(&page, "aside.case-study > h3"), ["The bus that comes back"]);
    assert_eq!(texts(&page, "aside.case-study strong"), ["624"]);
    assert_eq!(
        texts(&page, "figure.quotation > blockquote"),
        ["“We wait for it every week, and it has never let us down.”"]
    );
    assert_eq!(texts(&page, "figure.quotation > figcaption"), ["Pat Villager, who reads on the green"]);
    let terms = texts(&page, "dl.glossary dt");
    assert_eq!(terms.iter().map(|term| term.trim()).collect::<Vec<_>>(), ["Loan", "Branches that are open all day"]);
    assert_eq!(texts(&page, ".picture.half .credit"), ["Photograph by the library service"]);
    assert_eq!(texts(&page, "#words-we-use > h2"), ["Appendix A: Words we use"]);
    assert!(texts(&page, ".contents a").contains(&"Appendix A: Words we use".to_owned()));
}

#[test]
fn the_pdf_tags_a_quotation_and_a_glossary_as_what_they_are() {
    let sandbox = Sandbox::full().built();
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let quotations = all(&pdf, "BlockQuote");
    assert!(quotations.iter().any(|tag| tag.text.contains("never let us down")), "{quotations:?}");
    let list = all(&pdf, "L").into_iter().find(|list| list.text.contains("An item that was lent once"));
    let list = list.expect("a glossary is a list");
    let (mut words, mut meanings) = (Vec::new(), Vec::new());
    tagged(list, "Lbl", &mut words);
    tagged(list, "LBody", &mut meanings);
    assert_eq!((words.len(), meanings.len()), (2, 2));
    assert!(words[1].text.contains("Branches that are open all day"), "{words:?}");
    let box_title = all(&pdf, "H2").into_iter().any(|tag| tag.text == "The bus that comes back");
    assert!(box_title, "the title of a case study is a heading");
}

/// What is bright on a band is what its sentence counts: of an area, of a group with a rating, of a rating; nothing where that
/// is all.
#[test]
fn the_indicators_that_a_sentence_counts_are_bright() {
    let sandbox = Sandbox::full();
    for (standfirst, other) in [
        ("More loans came back on time.", "\"{{ indicators.areas.1.count }} indicators are of lending.\""),
        (
            "\"{{ indicators.ratings.green | out-of indicators.count }} are green.\"",
            "\"{{ indicators.directorates.learning.green }} indicators of learning are green, {{ indicators.ratings.red }} is red.\"",
        ),
        (
            "\"{{ facts.new-branches | Words }} branches opened and loans {{ went up | claim more-loans }}.\"",
            "There are {{ indicators.count }} indicators.",
        ),
    ] {
        sandbox.replace("example/report.yaml", standfirst, other);
    }
    let told = "<section data-lit=\"{% for place in section.lit %}{{ place }} {% endfor %}\"";
    let (sandbox, outcome) = with_template(sandbox, "html/section.html", "<section", told);
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let lit = |id: &str| {
        let section = Selector::parse(&format!("section#{id}")).unwrap();
        page.select(&section).next().unwrap().value().attr("data-lit").unwrap().trim().to_owned()
    };
    assert_eq!([lit("glance"), lit("indicators"), lit("welcome")], ["0 1 2", "1 4 5", ""]);
}
