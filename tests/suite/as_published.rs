//! Figures that stand as published although they contradict each other: readers are told, in both formats alike.

use scraper::{Html, Selector};

use crate::support::pdf::TaggedPdf;
use crate::support::{Published, Sandbox, root};

/// The text of both formats of a report, with single spaces.
fn texts(published: &Published, report: &str) -> [(String, &'static str); 2] {
    let page = Html::parse_document(published.text(&format!("{report}/index.html")));
    let page: String = page.root_element().text().collect();
    let pdf = TaggedPdf::read(published.bytes(&format!("{report}/{report}.pdf"))).root.text;
    let plain =
        |text: &str| text.replace(['\u{200b}', '\u{2060}'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    [(plain(&page), "page"), (plain(&pdf), "PDF")]
}

fn case() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/cases/figures-as-published/content"))
}

/// What the headlines count is what they say, in both formats: indicators without a target are on none, and stand beside.
#[test]
fn headlines_count_what_they_say() {
    for (text, format) in texts(Published::shipped(), "css-annual-report") {
        assert!(text.contains("Indicators on or close to target 25 of 39"), "in the {format}");
        assert!(text.contains("5 have no target"), "in the {format}");
        assert!(!text.contains("30 of 39"), "in the {format}");
    }
    // The distance of two percentages is said in points wherever it is said.
    for report in ["css-annual-report", "od-progress-summary"] {
        for (text, format) in texts(Published::shipped(), report) {
            assert!(text.contains("percentage points"), "{report} in the {format}");
            assert!(!text.contains("Up 5%") && !text.contains("up 5% on"), "{report} in the {format}");
        }
    }
}

/// The letters and notes of such figures have their style where no report has notes of its own.
#[test]
fn the_style_sheet_knows_their_notes() {
    assert!(Published::shipped().stylesheet().contains(".footnotes"));
}

#[test]
fn what_follows_from_contradicting_figures_stands_under_them() {
    for (text, format) in texts(Published::shipped(), "css-annual-report") {
        for said in [
            "As published: 20 of 21 is 95%.",
            "As published: 0 of 0 is no result.",
            "As published: 4,154 from 3,965 is up 5%, 4,203 from 3,965 is up 6%, and 4,287 from 3,965 is up 8%.",
            "As published: 84 of 105 is 80%, 8 of 9 is 89%, 62 of 93 is 67%, and 53 of 143 is 37%.",
            "As published: 49 of 80 is 61%, 37 of 78 is 47%, 16 of 49 is 33%, and 22 of 69 is 32%.",
        ] {
            // The list of the red indicators, which stands first, says it of one of them.
            let times = if said.starts_with("As published: 20 of 21") { 2 } else { 1 };
            assert_eq!(text.matches(said).count(), times, "“{said}” in the {format}");
        }
        for said_of_a_red in ["As published: 53 of 143 is 37%.", "As published: 22 of 69 is 32%."] {
            assert_eq!(text.matches(said_of_a_red).count(), 1, "“{said_of_a_red}” in the {format}");
        }
        // 509 of 510 is 100%, as it is printed: what is acknowledged there is no contradiction.
        assert_eq!(text.matches("As published").count(), 5 + 3, "in the {format}");
        // Reasons and names are for those who make the report.
        assert!(
            !text.contains("do not follow from attendees") && !text.contains("editors of this edition"),
            "{format}"
        );
    }
    for (text, format) in texts(&Published::by(case()), "example") {
        for (said, count) in [
            // The dashboard shows three quarters that contradict themselves, the reasons the last one.
            ("As published: 22 of 69 is 32%, 0 of 0 is no result, and 49 of 80 is 61%.", 1),
            ("As published: 49 of 80 is 61%.", 1),
            ("As published: 90 from 100 is down 10%.", 1),
            ("As published: the parts come to 230.", 1),
            ("As published: the parts come to £95,000.", 1),
        ] {
            assert_eq!(text.matches(said).count(), count, "“{said}” in the {format}");
        }
        assert!(!text.contains("Typed so by the clerk"), "{format}");
    }
}

/// Each figure that does not follow has the letter of its note, which leads to it; those that do have none.
#[test]
fn the_letter_stands_at_the_figures_that_contradict_others() {
    let sandbox = case().built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let cells = |id: &str| -> Vec<(String, bool)> {
        let figures = select(&format!("#{id} td[data-of] b"));
        let mark = select("sup a[href^='#note_']");
        page.select(&figures).map(|one| (one.text().collect(), one.select(&mark).next().is_some())).collect()
    };
    let expected = |all: &[(&str, bool)]| all.iter().map(|(text, has)| ((*text).to_owned(), *has)).collect::<Vec<_>>();
    assert_eq!(
        cells("indicator-returned"),
        expected(&[("100% note a", true), ("50%", false), ("0% note a", true), ("58% note a", true), ("85%", false)])
    );
    assert_eq!(
        cells("indicator-members"),
        expected(&[("10% note b", true), ("5%", false), ("5%", false), ("5%", false), ("N/A", false)])
    );
    for link in page.select(&select("sup a[href^='#note_']")) {
        let id = link.attr("href").unwrap().trim_start_matches('#');
        let note = page.select(&select("[id]")).find(|one| one.attr("id") == Some(id)).unwrap();
        assert!(note.text().collect::<String>().contains("As published: "), "{id} is another note");
    }
}

/// Once a figure is mended there is nothing to tell.
#[test]
fn a_figure_that_follows_has_no_note() {
    let sandbox = case();
    sandbox.replace("example/i.yaml", "[100, 90, 10%]", "[100, 90, -10%]");
    let acknowledgement = "  - {rule: ratio-agrees, address: i.members.q1.percentage, figures: [10%, 90, 100], reason: Typed so by the clerk., by: The editors, date: 2026-07-01}\n";
    sandbox.replace("example/checks.yaml", acknowledgement, "");
    for (text, format) in texts(&Published::by(sandbox), "example") {
        assert!(!text.contains("90 from 100 is"), "in the {format}");
    }
}
