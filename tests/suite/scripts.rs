//! Other scripts: letters that the typeface lacks, and lines from right to left.

use std::fs;

use scraper::{Html, Selector};
use tally::diagnostic::Code;

use crate::pdf::assert_conforms;
use tally::readback::pdf::Reader;

use crate::support::letters::write_words;
use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, copy, root};

/// A fixture with words of its own.
fn copied(fixture: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    copy(&root().join("tests/fixtures").join(fixture), sandbox.path());
    sandbox
}

/// The report of a made-up library in Hebrew, with its words and a typeface that has the letters. A message that is newer
/// than its translation is there in Hebrew letters.
fn hebrew() -> Sandbox {
    let sandbox = copied("hebrew");
    write_words(&sandbox.path().join("languages"));
    sandbox
}

/// The report of a made-up library in English, Arabic, Hindi, Japanese and Ukrainian, with typefaces that have the letters.
fn five_scripts() -> Sandbox {
    let sandbox = copied("scripts");
    write_words(&sandbox.path().join("languages"));
    sandbox
}

/// Shaped letters, letters with marks, and lines without spaces are read out of the PDF as they were typed, and its figures
/// were read back.
#[test]
fn a_report_in_five_scripts_is_read_as_it_is_written() {
    let sandbox = five_scripts().built();
    for (tag, is_rtl, sentences) in [
        ("uk", false, ["Бібліобус зупинятиметься в кожному селі.", "Наші філії мали 20 000 відвідувань"]),
        ("hi", false, ["चल पुस्तकालय हर गाँव में रुकेगा।", "हमारी शाखाओं में 20,000 आगमन हुए"]),
        ("ja", false, ["移動図書館はすべての村に停まります。", "分館全体の来館者は20,000人で"]),
        ("ar", true, ["ستتوقف المكتبة المتنقلة في كل قرية.", "استقبلت فروعنا 20,000 زيارة"]),
    ] {
        let bytes = sandbox.bytes(&format!("library-{tag}/library-{tag}.pdf"));
        assert_conforms(&bytes);
        assert_eq!(TaggedPdf::read(&bytes).language.as_deref(), Some(tag));
        let pages = Reader::default().from_right_to_left(is_rtl).pages(&bytes).unwrap();
        // No line ends between the thousands of a figure.
        assert!(pages.iter().all(|page| !page.text.contains("20\n000")), "{tag}");
        // Where a script has no spaces, a line ends within a word.
        let end = if tag == "ja" { "" } else { " " };
        let text: String = pages.iter().map(|page| page.text.replace('\n', end) + " ").collect();
        for sentence in sentences {
            assert!(text.contains(sentence), "{tag}: {sentence} is not in {text}");
        }
        let page = sandbox.text(&format!("library-{tag}/index.html"));
        let direction = if is_rtl { " dir=rtl" } else { "" };
        assert!(page.contains(&format!("<html lang=\"{tag}\"{direction}>")), "{}", &page[..200]);
    }
}

/// A report in many languages leads from each to all others: at the top of its page, for programs, in its PDF, and from its
/// accessibility statement.
#[test]
fn a_report_in_five_languages_leads_from_each_to_all_others() {
    const LANGUAGES: [(&str, &str, &str); 5] = [
        ("en-GB", "library", "English"),
        ("ar", "library-ar", "العربية"),
        ("hi", "library-hi", "हिन्दी"),
        ("ja", "library-ja", "日本語"),
        ("uk", "library-uk", "Українська"),
    ];
    let sandbox = five_scripts().built();
    let select = |page: &Html, selector: &str| -> Vec<(String, String)> {
        let said = |one: scraper::ElementRef| {
            let language = one.attr("hreflang").unwrap_or_default().to_owned();
            (language, one.attr("href").unwrap_or_default().to_owned())
        };
        page.select(&Selector::parse(selector).unwrap()).map(said).collect()
    };
    for (tag, report, _) in LANGUAGES {
        let others = || LANGUAGES.iter().filter(|(other, ..)| *other != tag);
        let page = Html::parse_document(&sandbox.text(&format!("{report}/index.html")));
        let switch: Vec<(String, String)> =
            others().map(|(other, id, _)| ((*other).to_owned(), format!("../{id}/index.html"))).collect();
        assert_eq!(select(&page, "header nav.languages a[hreflang]"), switch, "{tag}");
        let own = Selector::parse("header nav.languages a[aria-current=page]").unwrap();
        assert_eq!(page.select(&own).count(), 1, "{tag} says which language it is in");
        let alternates: Vec<(String, String)> = LANGUAGES
            .map(|(other, id, _)| (other.to_owned(), format!("https://www.example.org/reports/{id}/")))
            .to_vec();
        assert_eq!(select(&page, "link[rel=alternate][hreflang]"), alternates, "{tag}");
        let statement =
            if tag == "en-GB" { "accessibility.html".to_owned() } else { format!("accessibility-{tag}.html") };
        let leads = select(&page, "footer a").into_iter().any(|(_, to)| to == format!("../{statement}"));
        assert!(leads, "{tag} leads to no statement in its language");
        let statement = Html::parse_document(&sandbox.text(&statement));
        assert_eq!(select(&statement, "header nav.languages a[hreflang]").len(), 4, "{tag}");
        let pdf = sandbox.bytes(&format!("{report}/{report}.pdf"));
        let leads_to = crate::translations::leads_to(&pdf);
        for (other, id, _) in others() {
            let address = format!("https://www.example.org/reports/{id}/");
            assert!(leads_to.contains(&address), "the PDF in {tag} does not lead to {other}: {leads_to:?}");
        }
        let pages = Reader::default().from_right_to_left(tag == "ar").pages(&pdf).unwrap();
        let text: String = pages.iter().map(|page| page.text.as_str()).collect();
        for (other, _, name) in others() {
            assert!(text.contains(name), "the PDF in {tag} does not name {other} as {name}");
        }
    }
}

/// Whoever has no typeface with the letters is sent one; English pages bring none along, unless the house style says so.
#[test]
fn typefaces_are_served_where_readers_may_lack_them() {
    let sandbox = five_scripts().built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    for family in ["noto-sans-arabic", "noto-sans-cjk-jp", "noto-sans-devanagari"] {
        for weight in ["400", "700"] {
            let mut names = sheet.split("url(\"").filter_map(|rest| rest.split('"').next());
            let name = names.find(|name| name.starts_with(&format!("{family}-{weight}."))).unwrap();
            let font = sandbox.bytes(&format!("assets/{name}"));
            assert!(font.starts_with(b"wOF2") && font.len() < 60_000, "{name}: {}", font.len());
        }
    }
    let names = "\"Noto Sans Arabic\",\"Noto Sans CJK JP\",\"Noto Sans Devanagari\",\"Frutiger W01\",Arial,sans-serif";
    assert!(sheet.contains(names) && sheet.matches("unicode-range").count() == 6, "{sheet}");
    // The first typeface has the Ukrainian letters.
    assert_eq!(sheet.matches("@font-face").count(), 6);

    let of_style = |tokens: &str| {
        let sandbox = Sandbox::full();
        fs::create_dir_all(sandbox.path().join("templates")).unwrap();
        fs::write(sandbox.path().join("templates/tokens.yaml"), tokens).unwrap();
        sandbox
    };
    let sandbox = of_style("type: {served: all, page: '\"Source Sans 3\", sans-serif'}\n").built();
    assert_eq!(sandbox.text(&sandbox.stylesheet()).matches("font-family:\"Source Sans 3\";font-weight").count(), 3);
    let sandbox = of_style("type: {served: some}\n");
    assert!(sandbox.messages(&sandbox.build()).contains("write one of: none, letters, all"));
}

/// A typeface whose one file has all weights: the same file with a table of how it varies.
fn variable(font: &[u8]) -> Vec<u8> {
    // One axis, the weight, from 200 to 900.
    let axis: Vec<u8> = [200_u16, 0, 400, 0, 900, 0, 0, 256].iter().flat_map(|half| half.to_be_bytes()).collect();
    let head: Vec<u8> = [1_u16, 0, 16, 2, 1, 20, 0, 8].iter().flat_map(|half| half.to_be_bytes()).collect();
    let table = [&head[..], b"wght", &axis].concat();
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let end = 12 + 16 * count;
    let mut tables: Vec<Vec<u8>> = font[12..end].chunks(16).map(<[u8]>::to_vec).collect();
    for one in &mut tables {
        let offset = u32::from_be_bytes(one[8..12].try_into().unwrap()) + 16;
        one[8..12].copy_from_slice(&offset.to_be_bytes());
    }
    let padding = vec![0; (4 - font.len() % 4) % 4];
    let offset = u32::try_from(font.len() + padding.len() + 16).unwrap();
    let numbers = [0, offset, u32::try_from(table.len()).unwrap()].map(u32::to_be_bytes).concat();
    tables.push([&b"fvar"[..], &numbers].concat());
    tables.sort();
    let count = u16::try_from(count + 1).unwrap().to_be_bytes();
    [&font[..4], &count[..], &font[6..12], &tables.concat(), &font[end..], &padding, &table].concat()
}

/// A variable typeface serves the PDF, and a warning says that the pages go without it; where they bring none along anyway,
/// nothing is to be said.
#[test]
fn of_a_variable_typeface_a_warning_says_that_pages_go_without_it() {
    let built = |served: &str| {
        let sandbox = Sandbox::full();
        let fonts = sandbox.path().join("assets/fonts");
        fs::create_dir_all(&fonts).unwrap();
        let regular =
            fs::read(root().join("tests/fixtures/scripts/assets/fonts/NotoSansDevanagari-Regular.ttf")).unwrap();
        fs::write(fonts.join("Variable.ttf"), variable(&regular)).unwrap();
        fs::create_dir_all(sandbox.path().join("templates")).unwrap();
        fs::write(sandbox.path().join("templates/tokens.yaml"), format!("type: {{served: {served}}}\n")).unwrap();
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
        sandbox.messages(&outcome)
    };
    let messages = built("letters");
    assert!(
        messages
            .contains("the pages do not bring the typeface `Noto Sans Devanagari` along: one file has all its weights")
            && messages.contains("put a file for each weight into assets/fonts in its place"),
        "{messages}"
    );
    let messages = built("none");
    assert!(!messages.contains("along: one file"), "{messages}");
}

/// A number that is typed by hand is one in the digits of any script, and with no space beside it.
#[test]
fn numbers_that_are_typed_are_found_in_every_script() {
    for (tag, words, with_number, number) in [
        ("hi", "हर गाँव में रुका", "१२ गाँवों में रुका", "१२"),
        ("ar", "في كل قرية", "في ١٢ قرية", "١٢"),
        ("ja", "すべての村に", "12村に", "12"),
    ] {
        let sandbox = five_scripts();
        sandbox.replace(&format!("library/welcome.{tag}.md"), words, with_number);
        let messages = sandbox.messages(&sandbox.build());
        let told = format!("the number {number} is typed by hand and bound to no figure");
        assert!(messages.contains(&told), "{messages}");
    }
    // A date is none, and a word right beside a bound figure changes nothing of it.
    let sandbox = five_scripts();
    sandbox.replace("library/welcome.ja.md", "すべての村に", "2025年4月1日にすべての村に");
    assert!(sandbox.build().manifest.is_some());
}

/// Without the typeface nothing can be read: the script is told once a file, with what to do, and nothing is published.
#[test]
fn a_script_that_no_typeface_has_is_told_by_its_name_and_place() {
    let sandbox = copied("hebrew");
    fs::remove_dir_all(sandbox.path().join("assets")).unwrap();
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_none());
    let missing = outcome.findings.iter().filter(|finding| finding.code == Code::GlyphMissing).count();
    assert_eq!(missing, 10, "{messages}");
    for words in [
        "no typeface has the Hebrew letters of this file: ש (U+05E9) is the first",
        "library/report.yaml:1:8",
        "such as Noto Sans Hebrew",
        "languages/he.yaml:13:15",
    ] {
        assert!(messages.contains(words), "{words} is not in {messages}");
    }
    // A single letter of no such script is told as it was.
    let sandbox = Sandbox::full();
    sandbox.replace("example/report.yaml", "title: ", "title: ☃ ");
    assert!(sandbox.messages(&sandbox.build()).contains("the character ☃ (U+2603) cannot be printed in the PDF"));
}

/// Japanese is written with characters of Chinese, too: whoever looks for a typeface must be told which one.
#[test]
fn a_language_is_told_by_the_letters_that_stand_beside_those_of_others() {
    for (title, told, typeface) in [
        ("図書館の一年", "Japanese", "such as Noto Sans CJK JP,"),
        ("도서관 圖書館", "Korean", "such as Noto Sans CJK KR,"),
        ("图书馆", "Chinese or Japanese", "Noto Sans CJK SC for Chinese"),
    ] {
        let sandbox = Sandbox::full();
        sandbox.replace("example/report.yaml", "title: ", &format!("title: {title} "));
        let messages = sandbox.messages(&sandbox.build());
        assert_eq!(messages.matches("error[glyph-missing]").count(), 1, "{messages}");
        let message = format!("no typeface has the {told} letters of this file");
        assert!(messages.contains(&message) && messages.contains(typeface), "{messages}");
    }
}

#[test]
fn a_report_from_right_to_left_is_read_as_it_is_written() {
    let sandbox = hebrew().built();
    let bytes = sandbox.bytes("library/library.pdf");
    assert_conforms(&bytes);
    let pdf = TaggedPdf::read(&bytes);
    assert_eq!(pdf.language.as_deref(), Some("he"));
    assert!(pdf.outline.iter().any(|title| title == "פתח דבר"), "{:?}", pdf.outline);
    let page = sandbox.text("library/index.html");
    assert!(page.contains("<html lang=\"he\" dir=rtl>"), "{}", &page[..200]);
    let page = Html::parse_document(&page);
    let change = Selector::parse("td [data-fact], td[data-fact]").unwrap();
    let cells: Vec<String> = page.select(&change).map(|cell| cell.text().collect()).collect();
    // The sign of a negative figure stays before it.
    assert!(cells.iter().any(|cell| cell.ends_with("\u{200e}−200")), "{cells:?}");
}

/// Whoever reads from the right begins there with the bar of ratings, too: the first of them stands at the right.
#[test]
fn bars_begin_where_reading_begins() {
    let page = Html::parse_document(&hebrew().built().text("library/index.html"));
    let stretch = Selector::parse("svg.stack > svg").unwrap();
    let share = |element: &scraper::ElementRef, name: &str| {
        element.attr(name).unwrap_or_default().trim_end_matches('%').parse::<f64>().unwrap_or_default()
    };
    let all: Vec<(f64, f64)> = page.select(&stretch).map(|one| (share(&one, "x"), share(&one, "width"))).collect();
    let (first, last) = (all[0], all[all.len() - 1]);
    assert!(all.len() > 1 && (first.0 + first.1 - 100.0).abs() < 0.1 && last.0.abs() < 0.1, "{all:?}");
}

/// Brackets that say minus stay round their figure, in page and PDF.
#[test]
fn negatives_in_brackets_are_read_from_right_to_left_too() {
    let sandbox = hebrew();
    sandbox.replace("library/report.yaml", "cover: blue", "cover: blue\nfigures: {negatives: brackets}");
    let sandbox = sandbox.built();
    assert!(sandbox.text("library/index.html").contains("\u{200e}(200)"));
}

/// Words of several pieces, each drawn from its end, with figures and Latin words among them.
#[test]
fn a_figure_that_a_template_exchanges_is_found_from_right_to_left_too() {
    let sandbox = hebrew();
    let path = "components/key-figures/key-figures.typ";
    let template = fs::read_to_string(root().join("templates").join(path)).unwrap();
    let broken = template.replacen("figure: {{ one.figure.text }}", "figure: {{ one.label.text }}", 1);
    assert_ne!(template, broken, "the template names its figure otherwise");
    let folder = sandbox.path().join("templates/components/key-figures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("key-figures.typ"), broken).unwrap();
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_none() && messages.contains("should read `80%`"), "{messages}");
}
