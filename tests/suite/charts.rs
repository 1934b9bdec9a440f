//! Charts of figures of any kind: marks are drawn and said, and every form draws tables and indicators.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::figures::with_template;
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

fn of_indicators() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/cases/charts-of-indicators/content"))
}

/// Indicators stand at the ends of slopes and as the parts of bars, with every figure in both formats.
#[test]
fn slopes_and_stacked_bars_draw_indicators() {
    let sandbox = of_indicators().built();
    let page = page(&sandbox);
    let count = |section, title, selector| in_chart(&page, section, title, selector);
    // Three indicators in three years, two of which have no figure: a line goes on from one figure to the next alone.
    assert_eq!(count("slope", "Measures over the years", "[data-draws]"), 7);
    assert_eq!(count("slope", "Measures over the years", "[data-joins]"), 3);
    assert_eq!(count("slope", "Measures over the years", ".end.left"), 2, "those with a figure at the left");
    assert_eq!(count("slope", "Measures over the years", ".end:not(.left)"), 3);
    assert_eq!(count("slope", "More was borrowed", "[data-draws]"), 6);
    assert_eq!(count("stacked-bars", "What was borrowed", "li [data-draws]"), 6);
    assert_eq!(count("stacked-bars", "Books bought and given", "li [data-draws]"), 5, "one is missing");
    let spaced = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = texts(&page, "#stacked-bars .parts").iter().map(spaced).collect();
    assert_eq!(parts[0], "Books 14,200 Films 3,100 Tools and games 450");
    assert_eq!(parts[3], "Books bought 1,310 Books given no data");
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
    let of_page = texts(&page, "#slope .plot .end, #stacked-bars .chart-bars .one, #stacked-bars .chart-bars .name");
    assert_eq!(of_page.len(), 5 + 6 + 2 + 6 + 3 + 6, "{of_page:?}");
    for word in of_page.iter().flat_map(|one| one.split_whitespace()) {
        assert!(pdf.contains(word), "the PDF does not say “{word}”");
    }
}

/// A point at another height and a part of another length stop the publication, in either format.
#[test]
fn slopes_and_stacked_bars_of_indicators_are_read_back() {
    let (page, pdf) = ("components/chart/chart.html", "pdf/lib/plot.typ");
    for (path, from, to, says) in [
        (
            page,
            "cy=\"{{ one.y }}%\"",
            "cy=\"{% if loop.first %}50{% else %}{{ one.y }}{% endif %}%\"",
            "in the page of example `years.answered.2023-24.percentage` in section `slope` should be drawn as `72%`",
        ),
        (
            pdf,
            "dy: y(one.y) - radius",
            "dy: y(if one.series == 1 { one.y / 2 } else { one.y }) - radius",
            "in the PDF of example `years.on-time.2023-24.percentage` in section `slope` on page 3 should be drawn as `93%`",
        ),
        (
            page,
            "width=\"{{ one.bar.length }}%\" height=\"16\"",
            "width=\"{% if loop.index == 2 %}50{% else %}{{ one.bar.length }}{% endif %}%\" height=\"16\"",
            "in the page of example `halves.films.first-half.number` in section `stacked-bars` should be drawn as `3,100`",
        ),
        (
            pdf,
            "rect(width: reach * one.bar.length / 100",
            "rect(width: reach * one.bar.length / if one.fill == \"outlined\" { 200 } else { 100 }",
            "in the PDF of example `halves.films.first-half.number` in section `stacked-bars` on page 3 should be drawn as `3,100`",
        ),
    ] {
        let (sandbox, outcome) = with_template(of_indicators(), path, from, to);
        let messages = sandbox.messages(&outcome);
        assert!(messages.contains(says), "{path}: {to}\n{says}\n\n{messages}");
        assert!(outcome.manifest.is_none() && !sandbox.output().exists(), "it was published");
    }
}

/// Who sees a figure of an indicator in a chart sees its mark, which stands under the chart in words and not as letters.
#[test]
fn marks_of_indicators_are_drawn_and_said() {
    let sandbox = of_indicators().built();
    let page = page(&sandbox);
    let count = |selector| in_chart(&page, "marks", "Renewed by telephone", selector);
    assert_eq!(count(".plot .break"), 1, "a break before the second year");
    assert_eq!(count("circle.ring"), 1, "a provisional point");
    assert_eq!(count("[data-joins]"), 1, "nothing leads to the figure after the break");
    assert_eq!(in_chart(&page, "marks", "Renewed and returned", "circle.ring"), 1);
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
    let own = texts(&page, "#marks figure.chart:first-of-type .chart-note");
    let of_small = "Loans renewed by telephone, 2025/26: provisional";
    assert!(texts(&page, "#marks .chart-note").contains(&of_small.to_owned()), "small charts do not say it");
    for note in ["2025/26: provisional", "2024/25: not comparable with earlier figures"] {
        assert!(own.iter().any(|one| one == note), "the page does not say “{note}” in {own:?}");
        assert!(pdf.contains(note), "the PDF does not say “{note}”");
    }
    assert!(pdf.contains(of_small), "the PDF does not say it of small charts");
    let drawn = texts(&page, "#marks .plot text").join(" ");
    assert!(drawn.contains("73%") && !drawn.contains("(p)") && !drawn.contains("(b)"), "{drawn}");
}

/// The target of a line has a name and its figure at the end of its dashes, a range both; who does not see it is told.
#[test]
fn the_target_of_a_line_is_named() {
    let sandbox = of_indicators().built();
    let page = page(&sandbox);
    let single = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends: Vec<String> = texts(&page, "#marks .plot .end").iter().map(single).collect();
    assert_eq!(ends, ["73%", "70% target", "91%", "80% to 95% target"]);
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let alternatives: Vec<&str> = pdf.root.all("Figure").iter().filter_map(|one| one.alt.as_deref()).collect();
    // A figure and its name are two texts side by side.
    let printed: String = pdf.root.text.split_whitespace().collect();
    for (drawn, said) in [
        ("70% target", "Line chart. 2023/24 64%, 2024/25 71%, 2025/26 73%, target 70%."),
        ("80% to 95% target", "Line chart. 2023/24 93%, 2025/26 91%; not every place has a figure, target 80% to 95%."),
    ] {
        assert!(printed.contains(&drawn.replace(' ', "")), "the PDF does not name “{drawn}”");
        assert!(alternatives.contains(&said), "no figure says “{said}” in {alternatives:?}");
        assert!(descriptions(&page).contains(&said.to_owned()), "the page does not say “{said}”");
    }
    let of_small = alternatives.iter().find(|one| one.starts_with("Small line charts.")).unwrap();
    for said in ["73%, target 70%, Green", "target 80% to 95%, Green", "Books returned by post: no data, No target"] {
        assert!(of_small.contains(said), "“{said}” is not in “{of_small}”");
    }
}

/// What is heard of each box of a page, in order.
fn descriptions(page: &Html) -> Vec<String> {
    let boxes = Selector::parse(".plot[role=img]").unwrap();
    page.select(&boxes).map(|one| one.attr("aria-label").unwrap().to_owned()).collect()
}

/// A chart is described in the same words in both formats; of small charts the page describes each by itself.
#[test]
fn charts_have_the_same_description_in_both_formats() {
    for name in ["charts-of-every-form", "charts-of-any-figures", "visits-month-by-month"] {
        let sandbox = Sandbox::of(&root().join(format!("tests/fixtures/cases/{name}/content"))).built();
        let page = page(&sandbox);
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
        let alternatives: Vec<&str> = pdf.root.all("Figure").iter().filter_map(|one| one.alt.as_deref()).collect();
        let on_page = descriptions(&page);
        assert!(on_page.len() > 2, "{name}");
        for words in &on_page {
            let words = words.trim_end_matches('.');
            assert!(alternatives.iter().any(|one| one.contains(words)), "{name}: no figure says “{words}”");
        }
    }
}

/// An axis that does not begin at nought is dotted for who sees it, and says so to everybody.
#[test]
fn an_axis_that_is_cut_says_where_it_begins() {
    let sandbox = any_figures();
    let page = page(&sandbox);
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
    let [charts, cut, notes] =
        ["figure.chart", ".plot .cut", ".chart-note"].map(|selector| Selector::parse(selector).unwrap());
    let mut begins = 0;
    for chart in page.select(&charts) {
        let note = chart.select(&notes).map(|one| one.text().collect::<String>());
        let note = note.into_iter().find(|one| one.starts_with("The axis begins at "));
        assert_eq!(note.is_some(), chart.select(&cut).next().is_some(), "{:?}", chart.text().collect::<Vec<_>>());
        begins += usize::from(note.is_some());
        assert!(note.is_none_or(|note| pdf.contains(&note)), "the PDF does not say it");
    }
    assert!(begins > 0);
}

/// Where no indicator has the rating that needs a reason, a sentence says so, and no table without a row.
#[test]
fn a_list_of_reasons_without_one_is_a_sentence() {
    let sandbox = of_indicators().built();
    let page = page(&sandbox);
    assert_eq!(texts(&page, "#reasons table"), Vec::<String>::new());
    let said = "No indicator is rated red.";
    assert!(texts(&page, "#reasons p").iter().any(|one| one.trim() == said));
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
    assert!(pdf.contains(said));
}

/// A chart whose marks were all left out is not published.
#[test]
fn a_chart_without_marks_is_read_back() {
    let (sandbox, outcome) = with_template(
        of_indicators(),
        "components/chart/chart.html",
        "{% if part.drawing.form == \"plot\" %}{{<Plot plot={part.drawing} description={part.description} />}}",
        "{% if part.drawing.form == \"plot\" %}",
    );
    let messages = sandbox.messages(&outcome);
    assert!(
        messages.contains(
            "`years.renewed.2023-24.percentage` in section `marks` should be drawn as `64%`, but is not drawn"
        ),
        "{messages}"
    );
    assert!(outcome.manifest.is_none());
}

/// Of a printed chart that names some of its figures alone all stand in a file of the PDF, and it says in which.
#[test]
fn figures_that_have_no_room_in_print_are_in_an_attached_file() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/charts-of-every-form/content")).built();
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
    let is_said =
        |file: &str| pdf.contains(&format!("All figures of this chart are in {file}, attached to this document."));
    for file in ["visits.csv", "days.csv", "measures.csv", "emissions.csv"] {
        assert!(is_said(file), "{file}");
    }
    for file in ["surplus.csv", "spending.csv"] {
        assert!(!is_said(file), "all figures of {file} stand in its charts, or in a table");
    }
    // On the page the figures stand behind the chart.
    assert!(!sandbox.text("example/index.html").contains("attached to this document"));
}
