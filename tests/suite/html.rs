//! The web pages: what a reader, a screen reader and a browser need.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use crate::support::Published;

fn select<'d>(page: &'d Html, selector: &str) -> Vec<ElementRef<'d>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: &ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every page of both projects, with its name.
fn pages() -> Vec<(String, Html)> {
    let mut pages = Vec::new();
    for (project, published) in [("shipped", Published::shipped()), ("full", Published::full())] {
        for (path, _) in published.files().filter(|(path, _)| path.ends_with(".html")) {
            pages.push((format!("{project}/{path}"), Html::parse_document(published.text(path))));
        }
    }
    let reports = ["shipped/css-annual-report", "shipped/od-progress-summary", "full/example"];
    for report in reports {
        let page = format!("{report}/index.html");
        assert!(pages.iter().any(|(name, _)| *name == page), "{page} is missing");
    }
    pages
}

/// What the words over bars call solid is filled, and what they call outlined is not; results that should be better are told
/// apart so, too.
#[test]
fn bars_of_the_other_kind_are_outlined() {
    let page = Html::parse_document(Published::shipped().text("css-annual-report/index.html"));
    let count = |selector: &str| select(&page, selector).len();
    assert_eq!((count(".bars rect"), count(".bars rect[fill=none]")), (10, 5));
    assert_eq!((count(".results rect"), count(".results rect[fill=none]")), (8, 3));
}

#[test]
fn every_page_has_what_all_pages_need() {
    for (name, page) in pages() {
        let one = |selector: &str| {
            let found = select(&page, selector);
            assert_eq!(found.len(), 1, "{selector} in {name}");
            found[0]
        };
        assert_eq!(one("html").value().attr("lang"), Some("en-GB"), "{name}");
        assert!(!text(&one("title")).is_empty());
        assert!(one("meta[name=description]").value().attr("content").is_some_and(|words| words.len() > 10), "{name}");
        for landmark in
            ["h1", "body > header", "main#main", "body > footer", "a.skip[href='#main']", "meta[name=viewport]"]
        {
            one(landmark);
        }
        assert!(
            select(
                &page,
                "script:not([type='application/ld+json']), style, [style], iframe, link[href^=http], img[src^=http]"
            )
            .is_empty(),
            "{name} runs or fetches something"
        );
        assert!(select(&page, "[onclick], [onload]").is_empty());
    }
}

#[test]
fn addresses_are_unique_and_every_inner_link_leads_to_one() {
    for (name, page) in pages() {
        let ids: Vec<&str> = select(&page, "[id]").iter().filter_map(|element| element.value().id()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name} has an id twice");
        for link in select(&page, "a[href^='#'], use[href^='#']") {
            let id = &link.value().attr("href").unwrap()[1..];
            assert!(unique.contains(id), "#{id} leads nowhere in {name}");
        }
        for element in select(&page, "[aria-labelledby], [headers]") {
            let named = element.value().attr("aria-labelledby").or(element.value().attr("headers")).unwrap();
            for id in named.split(' ') {
                assert!(unique.contains(id), "{id} names nothing in {name}");
            }
        }
    }
}

/// Scripts of a site that scroll to an address take it for a selector, in which a full stop means something else.
#[test]
fn addresses_have_no_mark_that_means_something_in_a_selector() {
    for (name, page) in pages() {
        for element in select(&page, "[id]") {
            let id = element.value().id().unwrap();
            assert!(id.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)), "#{id} in {name}");
        }
    }
}

/// Search engines, alert mails and editors take the tags of a page away: no word may run into the next one.
#[test]
fn words_stay_apart_without_tags() {
    for (name, page) in pages() {
        let body = select(&page, "body")[0];
        let without_tags = text(&body);
        let set_apart = tally::readback::html::text(body);
        let end = |words: &str| words.char_indices().nth(60).map_or(words.len(), |(at, _)| at);
        let same = without_tags.chars().zip(set_apart.chars()).take_while(|(one, other)| one == other).count();
        let rest: String = without_tags.chars().skip(same.saturating_sub(30)).collect();
        assert!(without_tags == set_apart, "{name}: …{}…", &rest[..end(&rest)]);
    }
}

/// A site may take the style sheet away: shapes without a size would vanish.
#[test]
fn shapes_have_their_size_without_a_style_sheet() {
    for (name, page) in pages() {
        for shape in select(&page, "svg rect") {
            let has = |attribute| shape.value().attr(attribute).is_some();
            assert!(has("width") && has("height"), "{} in {name}", shape.html());
        }
    }
}

#[test]
fn headings_skip_no_level() {
    for (name, page) in pages() {
        let levels: Vec<u8> =
            select(&page, "h1, h2, h3, h4, h5, h6").iter().map(|one| one.value().name().as_bytes()[1] - b'0').collect();
        assert_eq!(levels[0], 1, "{name}");
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: h{} after h{}", pair[1], pair[0]);
        }
    }
}

#[test]
fn every_table_has_a_caption_headers_and_no_empty_cell() {
    for (name, page) in pages() {
        for table in select(&page, "table") {
            let find = |selector: &str| table.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
            assert_eq!(find("caption").len(), 1, "{name}");
            assert!(
                find("th").iter().all(|cell| cell.value().attr("scope").is_some()),
                "{name}: a header without scope"
            );
            for row in find("tbody tr:not(.note)") {
                let has_header = row.select(&Selector::parse("th, td[headers]").unwrap()).next().is_some();
                assert!(has_header, "{name}: a row without header: {}", text(&row));
            }
            for cell in find("th, td") {
                assert!(!text(&cell).is_empty(), "{name}: an empty cell in {}", text(&find("caption")[0]));
            }
        }
        for region in select(&page, ".scroll") {
            assert_eq!((region.value().attr("role"), region.value().attr("tabindex")), (Some("region"), Some("0")));
        }
    }
}

#[test]
fn each_figure_of_the_dashboard_reaches_its_quarter_and_its_indicator() {
    let published = Published::shipped();
    let page = Html::parse_document(published.text("css-annual-report/index.html"));
    let indicators = select(&page, ".dashboard tbody");
    assert_eq!(indicators.len(), 39);
    let invoices = select(&page, "#indicator-invoices-in-30-days td, [id^=indicator-invoices] td");
    assert!(invoices.len() >= 6, "the invoices are gone");
    let said: Vec<String> = invoices
        .iter()
        .map(|cell| {
            let headers: Vec<String> = cell
                .value()
                .attr("headers")
                .unwrap()
                .split(' ')
                .map(|id| text(&select(&page, &format!("[id='{id}']"))[0]))
                .collect();
            format!("{} / {}", headers[1], text(cell))
        })
        .collect();
    assert_eq!(
        said[..6],
        [
            "Rating / Green",
            "Q1 Apr to Jun / 98% 8,778 of 9,000",
            "Q2 Jul to Sep / 98% 7,634 of 7,795",
            "Q3 Oct to Dec / 99% 9,103 of 9,207",
            "Q4 Jan to Mar / 98% 8,127 of 8,293",
            "Target How often / 95% Monthly",
        ]
    );
}

#[test]
fn pictures_say_what_they_show_and_keep_their_place() {
    let published = Published::full();
    let page = Html::parse_document(published.text("example/index.html"));
    let pictures = select(&page, "figure img");
    assert_eq!(pictures.len(), 4, "the empty slot shows nothing");
    let picture = pictures[0].value();
    assert_eq!(picture.attr("alt"), Some("A brick building with tall windows."));
    assert_eq!((picture.attr("width"), picture.attr("height")), (Some("24"), Some("16")));
    assert!(published.has(&format!("example/{}", picture.attr("src").unwrap())));
}

#[test]
fn downloads_are_there_with_their_size() {
    let published = Published::shipped();
    for report in ["css-annual-report", "od-progress-summary"] {
        let page = Html::parse_document(published.text(&format!("{report}/index.html")));
        // What can be taken away is said first in two lines; the second leads to the list of data at the end.
        let [pdf, data] = &select(&page, ".lead .downloads a")[..] else { panic!("{report} offers other files first") };
        assert!(pdf.value().attr("href").unwrap().ends_with(".pdf"));
        let list = data.value().attr("href").and_then(|to| to.strip_prefix('#')).unwrap();
        let links = select(&page, &format!("[id='{list}'] a"));
        assert!(links.len() >= 2);
        let links = [vec![*pdf], links].concat();
        for link in links {
            assert!(published.has(&format!("{report}/{}", link.value().attr("href").unwrap())));
        }
        let shown = text(&select(&page, ".downloads")[0]);
        let bytes = published.bytes(&format!("{report}/{report}.pdf")).len();
        assert!(
            shown.contains(&tally::view::size(bytes, tally::wording::Wording::english())) && shown.contains("pages"),
            "{shown}"
        );
    }
    let index = Html::parse_document(published.text("index.html"));
    for link in select(&index, "main a") {
        assert!(published.has(link.value().attr("href").unwrap()));
    }
}

#[test]
fn the_stylesheet_takes_every_colour_from_the_tokens() {
    let published = Published::shipped();
    let sheet = published.stylesheet();
    let tokens = sheet.lines().take(2).collect::<Vec<_>>().join("\n");
    assert!(tokens.contains("--page:#ffffff") && tokens.contains("prefers-color-scheme:dark"));
    let rest = &sheet[tokens.len()..];
    assert!(
        !rest.contains('#')
            || !rest
                .split('#')
                .skip(1)
                .any(|after| after.len() > 5 && after[..6].chars().all(|c| c.is_ascii_hexdigit())),
        "a raw colour"
    );
    for used in rest.split("var(--").skip(1).map(|after| after.split(')').next().unwrap()) {
        assert!(tokens.contains(&format!("--{used}:")), "--{used} is no token");
    }
}

/// A page with its stylesheet loads at once on a slow line: under 150 KB, without its pictures.
#[test]
fn a_page_weighs_less_than_150_kilobytes() {
    for published in [Published::shipped(), Published::full()] {
        let stylesheet = published.stylesheet().len();
        for (path, bytes) in published.files() {
            let weight = bytes.len() + stylesheet;
            assert!(!path.ends_with(".html") || weight < 150_000, "{path} weighs {weight} bytes with its stylesheet");
        }
    }
}
