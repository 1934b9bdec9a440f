//! Charts of figures of any kind: marks are drawn and said, and every form draws tables and indicators.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::parts::texts;
use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, root};

fn any_figures() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/cases/charts-of-any-figures/content")).built()
}

fn page(sandbox: &Sandbox) -> Html {
    Html::parse_document(&sandbox.text("example/index.html"))
}

/// How many elements a selector finds in the chart whose title begins so, the first of them in a section.
fn in_chart(page: &Html, section: &str, title: &str, selector: &str) -> usize {
    let [charts, inside] =
        [&format!("#{section} figure.chart"), selector].map(|selector| Selector::parse(selector).unwrap());
    let is_it = |chart: &scraper::ElementRef| {
        chart.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ").starts_with(title)
    };
    let chart = page.select(&charts).find(is_it).unwrap_or_else(|| panic!("no chart “{title}” in {section}"));
    chart.select(&inside).count()
}

/// Who sees a figure in a chart sees that it may still change, or that it has nothing before it to be compared with; who
/// does not see it is told.
#[test]
fn marks_of_figures_are_drawn_and_said() {
    let sandbox = any_figures();
    let page = page(&sandbox);
    let count = |section, title, selector| in_chart(&page, section, title, selector);
    assert_eq!(count("columns", "Books gained and lost", ".plot rect.hatched"), 1, "a provisional column");
    assert_eq!(count("columns", "Books gained and lost", ".plot .break"), 1, "a break before a column");
    assert_eq!(count("bars", "Books of one year", ".bar.hatched"), 0, "of several bars the fill names the series");
    assert_eq!(count("line", "Books gained and lost Gained", ".plot .break"), 1, "a break in a line alone");
    assert_eq!(count("line", "Books gained and lost Gained", "circle.ring"), 1, "a provisional point");
    // Eight years: one has no figure, and nothing leads to the figure after the break, which follows it.
    assert_eq!(count("line", "Books gained and lost Gained", "[data-joins]"), 5);
    // Of two lines only the one with the break is interrupted: six joins of the one, five of the other.
    let two = "#line figure.chart:first-of-type";
    let notes: Vec<String> = texts(&page, &format!("{two} .chart-note"));
    assert_eq!(
        notes,
        [
            "Gained, 2025/26: provisional",
            "A year before, 2024/25: revised",
            "2022/23; A year before, 2020/21: not comparable with earlier figures"
        ]
    );
    let forecasts = texts(&page, "#line .chart-note");
    assert!(forecasts.contains(&"Centre, Week 38 to Week 40: forecast".to_owned()), "{forecasts:?}");
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    for note in notes.iter().chain(&forecasts) {
        assert!(pdf.root.text.contains(note.as_str()), "the PDF does not say “{note}”");
    }
}

/// Each form draws what a table says and, where it can, what indicators say.
#[test]
fn every_form_draws_tables_and_indicators() {
    let page = page(&any_figures());
    let sections = ["columns", "bars", "stacked-bars", "line", "small-multiples", "slope", "over-time"];
    let charts = |section: &&str| texts(&page, &format!("#{section} figure.chart > figcaption")).len();
    let drawn: BTreeMap<&str, usize> = sections.iter().map(|section| (*section, charts(section))).collect();
    assert!(drawn.values().all(|count| *count > 1), "{drawn:?}");
    for section in ["columns", "bars", "line", "small-multiples"] {
        let titles = texts(&page, &format!("#{section} figure.chart > figcaption"));
        for of in ["Measures of the year", "Measures of one year"] {
            assert!(titles.iter().any(|title| title.starts_with(of)), "{section} has no chart of {of}: {titles:?}");
        }
    }
}
