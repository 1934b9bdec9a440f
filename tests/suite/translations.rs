//! One report in two languages: the same figures in the same order, each text in its language, and what is missing is told.

use std::collections::BTreeMap;
use std::fs;

use scraper::{Html, Selector};
use serde_json::Value as Json;
use tally::diagnostic::{Code, Severity};

use crate::pdf::assert_conforms;
use crate::support::pdf::{Tag, TaggedPdf};
use crate::support::{Sandbox, copy, root};

const ENGLISH: &str = "annual-report-2026";
const WELSH: &str = "annual-report-2026-cy";
const REPORT: &str = "annual-report-2026/report.yaml";
const TEXTS: &str = "annual-report-2026/translation.cy.yaml";

fn bilingual() -> Sandbox {
    Sandbox::of(&root().join("tests/fixtures/languages/content"))
}

fn page_of(sandbox: &Sandbox, report: &str) -> String {
    sandbox.text(&format!("{report}/index.html"))
}

/// The digits of the figures within a selection of a page, in its order. Facts have their numbers by their first use, which
/// the order of words in a sentence decides.
fn figures(page: &str, within: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let selector = Selector::parse(&format!("{within} [data-fact]")).unwrap();
    let digits = |one: scraper::ElementRef| one.text().flat_map(str::chars).filter(char::is_ascii_digit).collect();
    page.select(&selector).map(digits).collect()
}

/// The codes that a check tells, each with how often.
fn told(sandbox: &Sandbox) -> BTreeMap<(&'static str, Severity), usize> {
    let mut told = BTreeMap::new();
    for finding in sandbox.check().findings {
        *told.entry((finding.code.name(), finding.severity)).or_insert(0) += 1;
    }
    told
}

#[test]
fn both_languages_print_the_same_figures_and_lead_to_each_other() {
    let sandbox = bilingual().built();
    let [english, welsh] = [ENGLISH, WELSH].map(|report| page_of(&sandbox, report));
    assert_eq!(figures(&english, "table"), figures(&welsh, "table"), "tables say their figures in one order");
    // The order of words in a sentence is the language's; numbers in words have no digits.
    let sorted = |page: &str| {
        let mut all = figures(page, "body");
        all.retain(|digits| !digits.is_empty());
        all.sort();
        all
    };
    assert!(sorted(&english).len() > 20, "the figures were not found");
    assert_eq!(sorted(&english), sorted(&welsh));
    let schedule = |report: &str| sandbox.text(&format!("{report}/data/spending.csv"));
    let numbers = |text: String| text.chars().filter(|c| c.is_ascii_digit() || *c == '\n').collect::<String>();
    assert_eq!(numbers(schedule(ENGLISH)), numbers(schedule(WELSH)));
    assert!(schedule(WELSH).contains("Gofal cymunedol"), "{}", schedule(WELSH));
    assert!(welsh.contains("<html lang=\"cy\">") && english.contains("<html lang=\"en-GB\">"));
    for (page, other, name, lang) in [(&english, WELSH, "Cymraeg", "cy"), (&welsh, ENGLISH, "English", "en-GB")] {
        let way = format!("<a href=\"../{other}/index.html\" hreflang=\"{lang}\" lang=\"{lang}\">{name}</a>");
        assert!(page.contains(&way), "{way}");
        assert_eq!(page.matches("rel=alternate hreflang=").count(), 2);
    }
    for report in [ENGLISH, WELSH] {
        assert_conforms(&sandbox.bytes(&format!("{report}/{report}.pdf")));
    }
}

/// Every text of the first language that has words of its own in the second stands nowhere in it.
#[test]
fn no_text_of_the_first_language_is_left_in_the_second() {
    let sandbox = bilingual().built();
    let page = Html::parse_document(&page_of(&sandbox, WELSH));
    let body: Vec<String> =
        page.select(&Selector::parse("body").unwrap()).flat_map(|one| one.text()).map(str::to_owned).collect();
    let all = format!("{} {}", body.join(" "), sandbox.text(&format!("{WELSH}/data/indicators.csv")));
    let mut looked_for = 0;
    for path in ["translation.cy.yaml", TEXTS] {
        let text = fs::read_to_string(sandbox.content().join(path)).unwrap();
        let file: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        for pair in file["texts"].as_sequence().unwrap() {
            let english = pair["text"].as_str().unwrap();
            let words = english.split("{{").next().unwrap().trim();
            if words.contains(' ') {
                assert!(!all.contains(words), "“{words}” is left in the Welsh report");
                looked_for += 1;
            }
        }
    }
    assert!(looked_for > 15, "{looked_for}");
}

#[test]
fn lists_of_reports_and_the_map_of_the_site_know_the_languages() {
    let sandbox = bilingual();
    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}base-url: https://reports.example.org\n"));
    let sandbox = sandbox.built();
    let list: Json = serde_json::from_str(&sandbox.text("index.json")).unwrap();
    let reports = list["reports"].as_array().unwrap();
    let of = |id: &str| reports.iter().find(|one| one["id"] == id).unwrap();
    assert_eq!(of(WELSH)["translation_of"], ENGLISH);
    assert_eq!(of(WELSH)["title"], "Ein blwyddyn");
    assert_eq!(of(ENGLISH)["also_in"][0]["id"], WELSH);
    let alternate = |tag: &str, id: &str| {
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"https://reports.example.org/{id}/\"/>")
    };
    let map = sandbox.text("sitemap.xml");
    for one in [alternate("en-GB", ENGLISH), alternate("cy", WELSH)] {
        assert_eq!(map.matches(&one).count(), 2, "{map}");
    }
    assert!(sandbox.text("feed.atom").contains("<entry xml:lang=\"cy\">"));
    assert!(sandbox.text("index.html").contains("<li lang=\"cy\">"));
    assert!(
        page_of(&sandbox, ENGLISH)
            .contains("hreflang=\"cy\" href=\"https://reports.example.org/annual-report-2026-cy/\"")
    );
}

/// Whoever opens the PDF of the other language finds the way to their own: by its name, and by its address where that is known.
#[test]
fn the_pdf_names_its_other_language_and_leads_there() {
    let line = |pdf: &TaggedPdf| pdf.root.text.contains("Hefyd yn: English");
    let sandbox = bilingual().built();
    assert!(line(&TaggedPdf::read(&sandbox.bytes(&format!("{WELSH}/{WELSH}.pdf")))));
    let sandbox = bilingual();
    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}base-url: https://reports.example.org\n"));
    let sandbox = sandbox.built();
    for (report, other, words) in [(WELSH, ENGLISH, "Hefyd yn: English"), (ENGLISH, WELSH, "Also in Cymraeg")] {
        let bytes = sandbox.bytes(&format!("{report}/{report}.pdf"));
        assert_conforms(&bytes);
        assert!(TaggedPdf::read(&bytes).root.text.contains(words), "{report}");
        let address = format!("https://reports.example.org/{other}/");
        let leads = leads_to(&bytes);
        assert!(leads.contains(&address), "{leads:?}");
    }
}

/// The addresses to which the links of a PDF lead.
pub fn leads_to(bytes: &[u8]) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(bytes).unwrap();
    let actions = pdf.objects.values().filter_map(|one| one.as_dict().ok());
    let actions = actions.filter_map(|one| match one.get(b"A") {
        Ok(action) => pdf.dereference(action).ok().and_then(|(_, action)| action.as_dict().ok()),
        Err(_) => None,
    });
    let addresses = actions.filter_map(|action| action.get(b"URI").ok()?.as_str().ok());
    addresses.map(|address| String::from_utf8_lossy(address).into_owned()).collect()
}

/// What is wrong with a translation is an error of a final report, and a warning of a draft.
#[test]
fn what_is_missing_or_has_changed_is_told() {
    let cases: [(&str, &str, &str, Code, Severity); 10] = [
        (REPORT, "title: Welcome", "title: A welcome to all", Code::TranslationMissing, Severity::Error),
        (
            REPORT,
            "title: How well we cared",
            "title: How well we cared for you",
            Code::TranslationOutdated,
            Severity::Error,
        ),
        (
            "annual-report-2026/spending.yaml",
            "name: Budget",
            "name: Planned",
            Code::TranslationMissing,
            Severity::Error,
        ),
        ("organisation.yaml", "The Old Mill", "Castle Square", Code::TranslationMissing, Severity::Error),
        (TEXTS, "same:\n", "same:\n  - Nobody says this\n", Code::TranslationUnused, Severity::Warning),
        (
            "annual-report-2026/welcome.md",
            "Where we are",
            "Where to find us",
            Code::TranslationOutdated,
            Severity::Error,
        ),
        ("annual-report-2026/welcome.cy.md", " {{ note agency }}", "", Code::TranslationDiffers, Severity::Error),
        (
            TEXTS,
            "says: \"Gwariwyd {{ spending.total.spent }} ar ofal.\"",
            "says: Gwariwyd llawer ar ofal.",
            Code::TranslationDiffers,
            Severity::Error,
        ),
        // A figure that the English does not say.
        (
            TEXTS,
            "says: \"Gwariwyd {{ spending.total.spent }} ar ofal.\"",
            "says: \"Gwariwyd {{ spending.total.spent }} o {{ spending.total.budget }} ar ofal.\"",
            Code::TranslationDiffers,
            Severity::Error,
        ),
        (REPORT, "also-in: [cy]", "also-in: [cy, cy]", Code::DuplicateId, Severity::Error),
    ];
    for (path, from, to, code, severity) in cases {
        let sandbox = bilingual();
        sandbox.replace(path, from, to);
        let all = told(&sandbox);
        assert!(all.contains_key(&(code.name(), severity)), "{to}: {all:?}\n{}", sandbox.messages(&sandbox.check()));
        if !matches!(code, Code::TranslationMissing | Code::TranslationOutdated) {
            continue;
        }
        sandbox.replace(REPORT, "published:", "draft: 2026-05-04\npublished:");
        let draft = told(&sandbox);
        assert!(draft.contains_key(&(code.name(), Severity::Warning)), "{to}: {draft:?}");
        assert!(draft.keys().all(|(_, severity)| *severity == Severity::Warning), "{to}: {draft:?}");
    }
}

#[test]
fn a_file_without_a_translation_is_told_and_its_draft_prints_the_file() {
    let sandbox = bilingual();
    fs::remove_file(sandbox.content().join("annual-report-2026/welcome.cy.md")).unwrap();
    assert!(told(&sandbox).contains_key(&("translation-missing", Severity::Error)));
    sandbox.replace(REPORT, "published:", "draft: 2026-05-04\npublished:");
    sandbox.replace(TEXTS, "  - {text: Welcome, says: Croeso}\n", "");
    sandbox.replace(
        TEXTS,
        "  - {text: \"We spent {{ spending.total.spent }} on care.\", says: \"Gwariwyd {{ spending.total.spent }} ar ofal.\"}\n",
        "",
    );
    let sandbox = sandbox.built();
    let page = page_of(&sandbox, WELSH);
    assert!(page.contains("Where we are"));
    // They are heard in the language that they are in.
    assert!(page.contains("<span lang=en-GB>We spent </span>"), "{page}");
    assert!(page.contains("lang=\"en-GB\">Welcome</a>"), "the contents say in which language a title is: {page}");
    assert!(!page_of(&sandbox, ENGLISH).contains("<span lang"));
    let pdf = TaggedPdf::read(&sandbox.bytes(&format!("{WELSH}/{WELSH}.pdf")));
    let headings = pdf.root.all("H1").into_iter().chain(pdf.root.all("H2"));
    let heading = headings.into_iter().find(|tag| tag.text == "Welcome").expect("the heading is there");
    let within = heading.children.iter().filter_map(|child| child.language.as_deref());
    let said: Vec<&str> = heading.language.as_deref().into_iter().chain(within).collect();
    assert_eq!(said, ["en-GB"], "{heading:?}");
}

/// A cover and the lines of the contents say in which language they are, where a draft has no translation of them.
#[test]
fn a_cover_and_contents_without_a_translation_say_their_language() {
    let sandbox = bilingual();
    sandbox.replace(REPORT, "published:", "draft: 2026-05-04\npublished:");
    sandbox.replace(TEXTS, "  - {text: Our year, says: Ein blwyddyn}\n", "");
    sandbox.replace("translation.cy.yaml", "  - {text: Hospital care, says: Gofal ysbyty}\n", "");
    let sandbox = sandbox.built();
    let page = page_of(&sandbox, WELSH);
    assert!(page.contains("<h1><span lang=\"en-GB\">Our year</span>"), "{page}");
    assert!(page.contains("lang=\"en-GB\">Hospital care</a>"), "{page}");
    assert_eq!(page.matches("lang=en-GB>Hospital care</h3>").count(), 1, "{page}");
    let pdf = TaggedPdf::read(&sandbox.bytes(&format!("{WELSH}/{WELSH}.pdf")));
    fn in_english<'t>(tag: &'t Tag, is_within: bool, found: &mut Vec<&'t Tag>) {
        let is_english = tag.language.as_deref().map_or(is_within, |language| language == "en-GB");
        if tag.children.is_empty() && is_english {
            found.push(tag);
        }
        tag.children.iter().for_each(|child| in_english(child, is_english, found));
    }
    let mut found = Vec::new();
    in_english(&pdf.root, false, &mut found);
    // The name of a group heads its table in the dashboard, too.
    let is_head = |tag: &Tag| tag.kind.starts_with('H') && tag.text == "Hospital care";
    assert!(found.iter().any(|tag| is_head(tag)), "the heading is not heard in English: {found:?}");
    for words in ["Our year", "Hospital care"] {
        assert!(found.iter().any(|tag| tag.text.contains(words)), "{words} is not heard in English: {found:?}");
    }
}

/// Names under the columns of a chart need room in each language.
#[test]
fn names_of_a_translated_chart_need_room_too() {
    let sandbox = bilingual();
    let long = "Gofal yn y gymuned a’r holl wasanaethau eraill a ddarperir gartref".repeat(3);
    sandbox.replace("translation.cy.yaml", "Gofal cymunedol", &long);
    let messages = sandbox.messages(&sandbox.check());
    assert!(!messages.contains("there is no room for names"), "bars have room beside them: {messages}");
    sandbox.replace(
        REPORT,
        "{of: spending.yaml, columns: [spent],",
        "{of: spending.yaml, columns: [spent], as: columns,",
    );
    let messages = sandbox.messages(&sandbox.check());
    assert_eq!(messages.matches("there is no room for names under so many columns").count(), 1, "{messages}");
    assert!(messages.contains("it is so in cy: a shorter translation"), "{messages}");
}

/// A fault that both languages share is told once, and what a rule finds in both is acknowledged once.
#[test]
fn what_both_languages_share_is_told_once() {
    let sandbox = bilingual();
    sandbox.replace("annual-report-2026/spending.yaml", "51,300 |", "51,400 |");
    let messages = sandbox.messages(&sandbox.check());
    assert_eq!(messages.matches("error[totals-add-up]").count(), 1, "{messages}");
    sandbox.write(
        "annual-report-2026/checks.yaml",
        "acknowledgements:\n  - rule: totals-add-up\n    address: spending.total.budget\n    figures: [\"£51,400,000\", \"£12,400,000\", \"£38,900,000\"]\n    reason: As published.\n    by: Mair Ellis\n    date: 2026-06-30\n",
    );
    let messages = sandbox.messages(&sandbox.check());
    assert!(!messages.contains("error[totals-add-up]"), "{messages}");
}

/// What the organisation says of the accessibility of its reports, as `organisation.yaml` has it.
const STATEMENT: &str = "accessibility:
  compliance: partial
  prepared: 2026-06-01
  tests:
    - {on: 2026-05-30, what: Three readers tried every page.}
  issues: [The map has no description yet.]
  reply-within: five working days
";

fn with_statement(texts: &str) -> Sandbox {
    let sandbox = bilingual();
    for (path, more) in [("organisation.yaml", STATEMENT), ("translation.cy.yaml", texts)] {
        let text = fs::read_to_string(sandbox.content().join(path)).unwrap();
        let text = text.replace("same:\n", &format!("{more}same:\n"));
        sandbox.write(path, if path == "organisation.yaml" { format!("{text}{more}") } else { text });
    }
    sandbox
}

/// Whoever reads a report in Welsh comes to a statement in Welsh, and from there to the one in English.
#[test]
fn each_report_leads_to_a_statement_in_its_language() {
    let texts = "  - {text: Three readers tried every page., says: Rhoddodd tri darllenydd gynnig ar bob tudalen.}
  - {text: The map has no description yet., says: Nid oes disgrifiad o’r map eto.}
  - {text: five working days, says: pum diwrnod gwaith}
";
    let sandbox = with_statement(texts);
    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}base-url: https://reports.example.org\n"));
    let sandbox = sandbox.built();
    for (report, file) in [(ENGLISH, "accessibility.html"), (WELSH, "accessibility-cy.html")] {
        for (page, root) in [("index.html", "../"), ("data/index.html", "../../")] {
            let page = sandbox.text(&format!("{report}/{page}"));
            assert!(page.contains(&format!("href=\"{root}{file}\"")), "{report} leads to no {file}: {page}");
            assert_eq!(page.matches("accessibility").count(), 1, "{report} leads to another one, too");
        }
    }
    let [english, welsh] = ["accessibility.html", "accessibility-cy.html"].map(|file| sandbox.text(file));
    for words in
        ["<html lang=\"cy\">", "30 Mai 2026: Rhoddodd tri darllenydd", "eto.", "o fewn pum diwrnod gwaith.", "Bwrdd"]
    {
        assert!(welsh.contains(words), "no “{words}” in {welsh}");
    }
    assert!(!welsh.contains("readers") && !welsh.contains("Health"), "{welsh}");
    assert!(english.contains("Three readers tried every page.") && english.contains("<html lang=\"en-GB\">"));
    let ways = [
        (&english, "<a href=\"accessibility-cy.html\" hreflang=\"cy\" lang=\"cy\">Cymraeg</a>"),
        (&welsh, "<a href=\"accessibility.html\" hreflang=\"en-GB\" lang=\"en-GB\">English</a>"),
    ];
    for (page, way) in ways {
        assert!(page.contains(way), "no {way} in {page}");
        for (tag, file) in [("en-GB", "accessibility.html"), ("cy", "accessibility-cy.html")] {
            let alternate =
                format!("<link rel=alternate hreflang=\"{tag}\" href=\"https://reports.example.org/{file}\">");
            assert!(page.contains(&alternate), "no {alternate} in {page}");
        }
    }
    let map = sandbox.text("sitemap.xml");
    assert!(map.contains("<loc>https://reports.example.org/accessibility-cy.html</loc>"), "{map}");
}

/// A later report in another language moves no statement, and what nobody translated for it is marked as what it is.
#[test]
fn a_later_report_in_another_language_moves_no_statement() {
    let sandbox = bilingual();
    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}{STATEMENT}base-url: https://reports.example.org\n"));
    sandbox.replace(REPORT, "also-in: [cy]\n", "");
    let later = "adroddiad-2027";
    copy(&root().join("tests/fixtures/welsh-body/content/adroddiad-2026"), &sandbox.content().join(later));
    let report = format!("{later}/report.yaml");
    sandbox.replace(&report, "{from: 2025-04-01, to: 2026-03-31}", "{from: 2026-04-01, to: 2027-03-31}");
    sandbox.replace(&report, "published: 2026-06-30", "draft: 2027-05-04\npublished: 2027-06-30");
    for path in ["translation.cy.yaml", TEXTS, "annual-report-2026/welcome.cy.md"] {
        fs::remove_file(sandbox.content().join(path)).unwrap();
    }
    let sandbox = sandbox.built();
    assert!(sandbox.text("accessibility.html").contains("<html lang=\"en-GB\">"));
    let welsh = sandbox.text("accessibility-cy-GB.html");
    for words in ["<html lang=\"cy-GB\">", "<span lang=\"en-GB\">Three readers tried every page.</span>"] {
        assert!(welsh.contains(words), "no {words} in {welsh}");
    }
    // The pages that all reports share speak the language of the latest, and lead to its statement.
    for (page, to) in [
        ("index.html", "\"accessibility-cy-GB.html\""),
        ("404.html", "/accessibility-cy-GB.html\""),
        ("annual-report-2026/index.html", "\"../accessibility.html\""),
    ] {
        assert!(sandbox.text(page).contains(to), "{page} does not lead to {to}");
    }
    // Search engines are not led to what only a draft speaks.
    let map = sandbox.text("sitemap.xml");
    assert!(map.contains("/accessibility.html<") && !map.contains("cy-GB"), "{map}");
}

/// A report that says how the organisation was then, does not say it of the statement of today.
#[test]
fn the_statement_says_whom_to_ask_today() {
    let sandbox = with_statement("");
    sandbox.replace(REPORT, "also-in: [cy]\n", "");
    sandbox.write("annual-report-2026/organisation.yaml", "telephone: 01267 000111\n");
    for path in ["translation.cy.yaml", TEXTS, "annual-report-2026/welcome.cy.md"] {
        fs::remove_file(sandbox.content().join(path)).unwrap();
    }
    let statement = sandbox.built().text("accessibility.html");
    assert!(statement.contains("01234 567890") && !statement.contains("000111"), "{statement}");
}

/// What a statement says and nobody has translated is told; a draft prints it as what it is, English.
#[test]
fn a_statement_without_a_translation_is_told() {
    let sandbox = with_statement("");
    let messages = sandbox.messages(&sandbox.check());
    assert!(messages.contains("Three readers tried every page."), "{messages}");
    assert_eq!(told(&sandbox).get(&("translation-missing", Severity::Error)), Some(&3), "{messages}");
    sandbox.replace(REPORT, "published:", "draft: 2026-05-04\npublished:");
    let sandbox = sandbox.built();
    let page = sandbox.text("accessibility-cy.html");
    for words in ["Three readers tried every page.", "The map has no description yet.", "five working days"] {
        assert!(page.contains(&format!("<span lang=\"en-GB\">{words}</span>")), "“{words}” is read as Welsh: {page}");
    }
}
