//! Reports in other languages: no word of Tally's is left in English, and every figure stays what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use scraper::{Html, Selector};
use serde_yaml::Value;

use tally::build::begin_first;
use tally::model::values::Date;
use tally::office::sheet::Shown;
use tally::office::workbook::{TextForm, read};
use tally::readback::pdf::Reader;
use tally::yaml::Parse;

use crate::pdf::assert_conforms;
use crate::support::pdf::{Tag, TaggedPdf};
use crate::support::{Sandbox, copy, root};

/// Begins every word of the made-up language.
const MARK: &str = "ŵ";

/// Groups of messages that hold no words: signs, and letters beside digits.
const WITHOUT_WORDS: &[&str] = &["plurals", "writing", "number", "scale", "number-words-also"];

/// The English words as those of a language in which every word begins alike.
fn made_up() -> String {
    fn marked(text: &str) -> String {
        let (mut out, mut is_place, mut before) = (String::new(), false, ' ');
        for letter in text.chars() {
            is_place = (is_place || letter == '{') && before != '}';
            if letter.is_alphabetic() && !before.is_alphanumeric() && !matches!(before, '{' | '-' | '’') && !is_place
            {
                out.push_str(MARK);
            }
            out.push(letter);
            before = letter;
        }
        out
    }
    fn all(value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(marked(&text)),
            Value::Mapping(fields) => {
                Value::Mapping(fields.into_iter().map(|(name, value)| (name, all(value))).collect())
            }
            Value::Sequence(items) => Value::Sequence(items.into_iter().map(all).collect()),
            other => other,
        }
    }
    let english = fs::read_to_string(root().join("languages/en-GB.yaml")).unwrap();
    let Value::Mapping(groups) = serde_yaml::from_str(&english).unwrap() else { panic!("groups of messages") };
    let is_kept = |name: &Value| WITHOUT_WORDS.iter().any(|kept| name.as_str() == Some(kept));
    let groups =
        groups.into_iter().map(|(name, value)| if is_kept(&name) { (name, value) } else { (name.clone(), all(value)) });
    serde_yaml::to_string(&Value::Mapping(groups.collect())).unwrap()
}

/// The small project in a language.
fn full_in(language: &str) -> Sandbox {
    let sandbox = Sandbox::full();
    sandbox.replace("example/report.yaml", "language: en-GB", &format!("language: {language}"));
    sandbox
}

/// What a page shows and says: its texts, and the attributes that are heard or shown.
fn texts(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let body = Selector::parse("title, body").unwrap();
    let mut all: Vec<String> = page.select(&body).flat_map(|one| one.text()).map(str::to_owned).collect();
    let everything = Selector::parse("*").unwrap();
    for element in page.select(&everything) {
        for name in ["alt", "aria-label", "title", "data-of", "content"] {
            let is_for_programs = element.value().name() == "meta"
                && !matches!(element.attr("name").or(element.attr("property")), Some("description" | "og:title"));
            all.extend(element.attr(name).filter(|_| !is_for_programs).map(str::to_owned));
        }
    }
    all
}

/// Words in a row of a text that are in small letters, of those that are none of the made-up language.
fn of_no_message(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphabetic() && !matches!(c, ' ' | '-' | '’' | '\'' | '\u{a0}'));
    let mut runs = Vec::new();
    for part in parts {
        let words: Vec<&str> = part.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        let stretches = words.split(|word| word.to_lowercase().starts_with(MARK));
        runs.extend(stretches.filter(|run| !run.is_empty()).map(|run| run.join(" ").to_lowercase()));
    }
    runs.into_iter().filter(|run| run.chars().filter(|c| c.is_alphabetic()).count() > 2).collect()
}

/// Everything that the content says, in small letters.
fn said_by_content(sandbox: &Sandbox) -> String {
    let files = crate::support::files(&sandbox.content());
    let texts = files.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let words: Vec<String> = texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '’' | '\'')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}

/// The small project in the made-up language, with all that is published where the address is known; and what its content
/// says.
fn in_made_up_language() -> (Sandbox, String) {
    let sandbox = full_in("zz");
    let organisation = fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    if !organisation.contains("base-url:") {
        sandbox.write("organisation.yaml", format!("{organisation}base-url: https://reports.example.org\n"));
    }
    fs::create_dir_all(sandbox.path().join("languages")).unwrap();
    fs::write(sandbox.path().join("languages/zz.yaml"), made_up()).unwrap();
    let content = said_by_content(&sandbox);
    (sandbox, content)
}

/// What no file of words holds: names of things, the same everywhere.
const OF_ALL: [&str; 6] = ["pdf", "csv", "ods", "json", "xmr", "gbp"];

/// What no file of words holds and the content does not say. Names of fields stand there with hyphens.
fn foreign<'t>(texts: impl IntoIterator<Item = &'t str>, content: &str) -> BTreeSet<String> {
    let runs = texts.into_iter().flat_map(of_no_message);
    runs.filter(|run| !OF_ALL.contains(&run.as_str()) && !content.contains(run.as_str())).collect()
}

#[test]
fn every_word_that_is_printed_is_of_the_language_or_of_the_content() {
    let (sandbox, content) = in_made_up_language();
    let sandbox = sandbox.built();
    assert!(sandbox.text("example/index.html").contains("<html lang=\"zz\">"));
    for path in ["example/index.html", "index.html", "accessibility.html", "404.html"] {
        let texts = texts(&sandbox.text(path));
        let foreign = foreign(texts.iter().map(String::as_str), &content);
        assert!(foreign.is_empty(), "{path} says words that are of no file: {foreign:#?}");
    }
    // What a program of news shows: the titles and summaries between the tags.
    let feed = sandbox.text("feed.atom");
    let texts: Vec<&str> = feed.split('>').filter_map(|piece| piece.split('<').next()).collect();
    let texts = texts.into_iter().filter(|text| !text.contains("://") && !text.starts_with("urn:"));
    let foreign = foreign(texts.filter(|text| !text.contains("T00:00:00")), &content);
    assert!(foreign.is_empty(), "the feed says words that are of no file: {foreign:#?}");
}

/// What files of data say to people; names of columns, types and units that programs ask for are the same everywhere.
const FOR_PEOPLE: [&str; 8] = [
    "dc:title",
    "dc:description",
    "schema:text",
    "schema:unitText",
    "title",
    "description",
    "variableMeasured",
    "headline",
];

fn texts_of_json(value: &serde_json::Value, is_said: bool, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if is_said => texts.push(text.clone()),
        serde_json::Value::Array(all) => all.iter().for_each(|one| texts_of_json(one, is_said, texts)),
        serde_json::Value::Object(fields) => {
            fields.iter().for_each(|(name, one)| texts_of_json(one, FOR_PEOPLE.contains(&name.as_str()), texts));
        }
        _ => {}
    }
}

/// Somebody who opens the data of a Welsh report in a spreadsheet, or finds it by a search engine, reads Welsh.
#[test]
fn data_is_described_in_the_language_of_the_report() {
    let (sandbox, content) = in_made_up_language();
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let for_engines = Selector::parse("script[type='application/ld+json']").unwrap();
    let for_engines: String = page.select(&for_engines).flat_map(|one| one.text()).collect();
    let files = crate::support::files(&sandbox.output()).into_iter();
    let files = files.filter(|(path, _)| path.starts_with("example/data/") && path.ends_with(".json"));
    let files = files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    let files: Vec<(String, String)> = files.chain([("the page".to_owned(), for_engines)]).collect();
    assert!(files.len() > 5, "{files:?}");
    for (path, text) in &files {
        let mut texts = Vec::new();
        texts_of_json(&serde_json::from_str(text).unwrap(), false, &mut texts);
        assert!(texts.len() > 3, "{path}: {texts:?}");
        let foreign = foreign(texts.iter().map(String::as_str), &content);
        assert!(foreign.is_empty(), "{path} says words that are of no file: {foreign:#?}");
    }
    // Columns of the files themselves have the names that programs ask for.
    let survey = files.iter().find(|(path, _)| path.contains("survey")).unwrap();
    assert!(survey.1.contains("\"titles\": \"statement\""), "{}", survey.1);
    let bytes = sandbox.bytes("example/data/example.ods");
    let workbook = read("example.ods", &bytes, &TextForm::default()).unwrap();
    let codes: BTreeSet<&str> = CODES.into_iter().collect();
    for sheet in &workbook.sheets {
        let shown = sheet.cells.values().filter_map(|cell| match &cell.shown {
            Shown::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let mut foreign = foreign(shown, &content);
        foreign.retain(|run| !codes.contains(run.as_str()));
        assert!(foreign.is_empty(), "the sheet {} says words that are of no file: {foreign:#?}", sheet.name);
    }
    // What a code means is said, in the language, on the last sheet.
    let notes = workbook.sheets.last().unwrap();
    let texts: Vec<&Shown> = notes.cells.values().map(|cell| &cell.shown).collect();
    let code = texts.iter().position(|shown| matches!(shown, Shown::Text(text) if text == "at-least")).unwrap();
    assert!(matches!(texts[code + 1], Shown::Text(text) if text.starts_with(MARK)), "{:?}", texts[code + 1]);
}

/// Codes of data, the same in every language.
const CODES: [&str; 24] = [
    "figures",
    "whole",
    "total",
    "heading",
    "at-least",
    "at-most",
    "under",
    "over",
    "within",
    "none",
    "response",
    "positive",
    "negative",
    "quality",
    "quantity",
    "monthly",
    "quarterly",
    "annual",
    "count",
    "number",
    "per cent",
    "weeks",
    "days",
    "low",
];

/// The editors of a Welsh report read in Welsh what changed in it, and the command line goes on in English.
#[test]
fn what_changed_is_told_in_the_language_of_the_report() {
    let (sandbox, content) = in_made_up_language();
    crate::support::copy(&sandbox.content(), &sandbox.path().join("before"));
    for (path, from, to) in [
        ("example/loans.yaml", "12,500", "12,600"),
        ("example/welcome.md", "Every day.", "Every single day. Come and see."),
        ("example/report.yaml", "More loans came back on time.", "Many loans came back on time."),
        ("example/indicators.yaml", "rating: red", "rating: amber"),
        ("example/indicators.yaml", "name: Books lost", "name: Books never seen again"),
    ] {
        sandbox.replace(path, from, to);
    }
    let content = format!("{content} {}", said_by_content(&sandbox)).replace('-', " ");
    let said = crate::command::run(&sandbox, &["compare", "before", "--output", "changes"]);
    assert!(said.contains("What changed in example") && said.contains("sentence"), "{said}");
    let file = |name: &str| fs::read(sandbox.path().join("changes/example").join(name)).unwrap();
    let page = String::from_utf8(file("index.html")).unwrap();
    assert!(page.contains("<html lang=\"zz\">"), "{page}");
    let texts = texts(&page);
    let mut foreign_words = foreign(texts.iter().map(String::as_str), &content);
    // The folder that was compared, and the letters between the digits of a digest, are no words.
    let runs = texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_hexdigit() && c != '-'));
    let digests = runs.filter(|run| run.len() == 9 && run.find('-') == Some(4));
    let of_digests: BTreeSet<&str> = digests.flat_map(|run| run.split(|c: char| !c.is_alphabetic())).collect();
    let is_digest = |run: &str| of_digests.contains(run);
    foreign_words.retain(|run| !["before", "example"].contains(&run.as_str()) && !is_digest(run));
    assert!(foreign_words.is_empty(), "the page says words that are of no file: {foreign_words:#?}");
    let pdf = TaggedPdf::read(&file("changes.pdf"));
    assert_eq!(pdf.language.as_deref(), Some("zz"));
    let texts = texts_of_pdf(&pdf.root);
    let is_two = |run: &String| {
        run.match_indices(' ').any(|(at, _)| content.contains(&run[..at]) && content.contains(&run[at + 1..]))
    };
    let mut foreign_words = foreign(texts.iter().map(String::as_str), &content);
    foreign_words.retain(|run| !["before", "example"].contains(&run.as_str()) && !is_digest(run));
    foreign_words.retain(|run| !run.contains(MARK) && !is_two(run));
    assert!(foreign_words.is_empty(), "the PDF says words that are of no file: {foreign_words:#?}");
}

/// The phrases of the messages of a language: what stands between their places, of several words.
fn phrases(language: &str) -> BTreeSet<String> {
    fn all(value: &Value, phrases: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                let pieces = text
                    .split(['{', '}', '<', '>', '[', ']'])
                    .step_by(2)
                    .map(|piece| piece.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
                phrases.extend(pieces.filter(|piece| piece.contains(' ') && piece.len() > 8));
            }
            Value::Mapping(fields) => fields.values().for_each(|value| all(value, phrases)),
            Value::Sequence(items) => items.iter().for_each(|value| all(value, phrases)),
            _ => {}
        }
    }
    let text = fs::read_to_string(root().join(format!("languages/{language}.yaml"))).unwrap();
    let mut phrases = BTreeSet::new();
    all(&serde_yaml::from_str(&text).unwrap(), &mut phrases);
    phrases
}

/// Changes what fields say that have one of a few words, and gives the files that tell of it.
fn changed_in_words_of_fields(sandbox: &Sandbox) -> Vec<(String, Vec<u8>)> {
    copy(&sandbox.content(), &sandbox.path().join("before"));
    for (path, from, to) in [
        ("example/report.yaml", "cover: blue", "cover: dark-blue\ncover-shows: colour"),
        ("example/report.yaml", "size: half", "size: third"),
        ("example/indicators.yaml", "measures: quality", "measures: quantity"),
        ("example/indicators.yaml", "frequency: quarterly", "frequency: monthly"),
        (
            "example/loans.yaml",
            "[\"20,000\", 45.5, 100%, n/a, Books and films], total: yes",
            "[\"20,000\", 45.5, 100%, n/a, Books and films], is: books + films",
        ),
    ] {
        sandbox.replace(path, from, to);
    }
    crate::command::run(sandbox, &["compare", "before", "--output", "changes"]);
    crate::support::files(&sandbox.path().join("changes")).into_iter().collect()
}

/// Whoever reads what changed reads the words of fields in the language of the report, whatever records keep.
#[test]
fn words_of_fields_are_told_in_the_language_of_the_report() {
    for (language, told) in [
        ("cy", ["Glas tywyll", "ei liw yn unig", "traean", "Misol", "nifer", "cyfanswm"]),
        ("fr", ["Bleu foncé", "sa couleur seule", "tiers", "Chaque mois", "quantité", "total"]),
        ("en-GB", ["Dark blue", "its colour alone", "third", "Monthly", "Quantity", "total"]),
    ] {
        let files = changed_in_words_of_fields(&full_in(language));
        let page = files.iter().find(|(path, _)| path.ends_with("example/index.html")).unwrap();
        let page = texts(std::str::from_utf8(&page.1).unwrap()).join(" | ");
        for words in told {
            assert!(page.contains(words), "{language}: no “{words}” in {page}");
        }
        for words in ["Dark blue", "colour alone", "Monthly", "Quarterly", "quantity"] {
            assert!(language == "en-GB" || !page.contains(words), "{language}: “{words}” in {page}");
        }
    }
}

/// How a figure was computed is said in the language of the report, and addresses are the same everywhere.
#[test]
fn formulas_are_said_in_the_language_of_the_report() {
    for (language, counted, follows) in [
        ("cy", "nifer: dangosyddion", "yn dilyn: cyfnod yr adroddiad"),
        ("fr", "nombre\u{a0}: indicateurs", "découle de\u{a0}: la période du rapport"),
        ("en-GB", "count of indicators", "follows from the report's period"),
    ] {
        let schedule = full_in(language).built().text("example/data/figures.csv");
        for words in [counted, follows, "indicators.ratings.green"] {
            assert!(schedule.contains(words), "{language}: no “{words}” in {schedule}");
        }
    }
}

/// What somebody said stands between the marks of the language.
#[test]
fn what_is_quoted_stands_between_the_marks_of_the_language() {
    for (language, quoted) in [
        ("en-GB", "“We wait for it every week, and it has never let us down.”"),
        ("cy", "“We wait for it every week, and it has never let us down.”"),
        ("fr", "«\u{a0}We wait for it every week, and it has never let us down.\u{a0}»"),
    ] {
        let sandbox = full_in(language).built();
        let page: String = texts(&sandbox.text("example/index.html")).concat();
        assert!(page.contains(quoted), "{language}: no {quoted} in the page");
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).root.text;
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain(&pdf).contains(&plain(quoted)), "{language}: no {quoted} in the PDF");
    }
}

/// No word is parted at the end of a line, in whatever language: the lines of the PDF end with whole words, and browsers
/// are not asked to part any.
#[test]
fn no_word_is_parted_at_the_end_of_a_line() {
    for language in ["en-GB", "cy", "fr"] {
        let sandbox = full_in(language).built();
        assert!(!sandbox.text(&sandbox.stylesheet()).contains("hyphens"), "{language}");
        let said = texts(&sandbox.text("example/index.html")).join(" ");
        let pages = Reader::default().pages(&sandbox.bytes("example/example.pdf")).unwrap();
        for page in &pages {
            for (line, next) in page.text.lines().zip(page.text.lines().skip(1)) {
                let parted =
                    line.strip_suffix(['-', '\u{ad}', '\u{2010}']).filter(|rest| rest.ends_with(char::is_alphabetic));
                let Some(rest) = parted else { continue };
                let (begins, ends) = (rest.rsplit(' ').next().unwrap(), next.split(' ').next().unwrap());
                let word = format!("{begins}-{ends}");
                assert!(said.contains(word.trim_end_matches(['.', ',', ';', ':'])), "{language}: {begins}-|{ends}");
            }
        }
    }
}

/// Nothing that Tally says in English is left in a Welsh or French report, wherever people or their programs look.
#[test]
fn no_english_phrase_is_left_in_a_welsh_or_french_report() {
    let english = phrases("en-GB");
    assert!(english.len() > 300, "{}", english.len());
    for language in ["cy", "fr"] {
        let own = phrases(language);
        let sandbox = full_in(language);
        let content = said_by_content(&sandbox);
        let changes = changed_in_words_of_fields(&sandbox);
        let sandbox = sandbox.built();
        let mut said: Vec<(String, String)> = Vec::new();
        let of_changes = changes.into_iter().map(|(path, bytes)| (format!("changes/{path}"), bytes));
        for (path, bytes) in crate::support::files(&sandbox.output()).into_iter().chain(of_changes) {
            let text = match path.rsplit_once('.').map(|(_, ending)| ending) {
                // What is told to whoever runs a server is English, and so is what builds keep for themselves.
                _ if path.starts_with("hosting/") || path == "manifest.json" => continue,
                Some("html") => texts(&String::from_utf8(bytes).unwrap()).join(" | "),
                Some("pdf") => texts_of_pdf(&TaggedPdf::read(&bytes).root).join(" | "),
                Some("json" | "atom" | "xml" | "csv") => String::from_utf8(bytes).unwrap(),
                _ => continue,
            };
            said.push((path, text.to_lowercase()));
        }
        assert!(said.len() > 12, "{said:?}");
        for (path, text) in &said {
            // The unit of a year in data is a code, the same in every language.
            let is_code = |phrase: &str| path.ends_with("figures.csv") && phrase == "financial year";
            let is_left =
                |phrase: &&String| !own.contains(*phrase) && !is_code(phrase) && text.contains(phrase.as_str());
            let left: Vec<&String> =
                english.iter().filter(is_left).filter(|phrase| !content.contains(phrase.as_str())).collect();
            assert!(left.is_empty(), "{language}: {path} says {left:?}");
        }
    }
}

/// What the tags of a PDF say, each for itself, and what is heard of pictures and tables.
fn texts_of_pdf(tag: &Tag) -> Vec<String> {
    let own = tag.children.is_empty().then(|| tag.text.clone());
    let heard = own.into_iter().chain(tag.alt.clone()).chain(tag.summary.clone());
    heard.chain(tag.children.iter().flat_map(texts_of_pdf)).collect()
}

#[test]
fn every_word_of_the_pdf_is_of_the_language_or_of_the_content() {
    let (sandbox, content) = in_made_up_language();
    let sandbox = sandbox.built();
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let texts = texts_of_pdf(&pdf.root);
    assert!(texts.len() > 100, "the texts were not found");
    // Names of things, and a unit that stands among the signs of numbers.
    let of_all = ["pdf", "csv", "xmr", "percentage points"];
    let is_known = |run: &str| of_all.contains(&run) || content.contains(run);
    // Two texts of the content may stand in one tag.
    let are_two = |run: &str| run.match_indices(' ').any(|(at, _)| is_known(&run[..at]) && is_known(&run[at + 1..]));
    let runs = texts.iter().flat_map(|text| of_no_message(text)).filter(|run| !run.contains(MARK));
    let foreign: BTreeSet<String> = runs.filter(|run| !is_known(run) && !are_two(run)).collect();
    assert!(foreign.is_empty(), "the PDF says words that are of no file: {foreign:#?}");
}

/// The figures of a page by the numbers of their facts, in digits that all languages write alike.
fn figures(page: &str, group: &str, decimal: &str) -> BTreeMap<String, Vec<String>> {
    let page = Html::parse_document(page);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for element in page.select(&Selector::parse("[data-fact]").unwrap()) {
        let text: String = element.text().collect();
        let text = text.replace(group, "").replace(decimal, ".");
        let digits = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        all.entry(element.attr("data-fact").unwrap_or_default().to_owned()).or_default().push(digits);
    }
    all
}

#[test]
fn figures_are_the_same_in_every_language() {
    let english = Sandbox::full().built();
    let english = figures(&english.text("example/index.html"), ",", ".");
    for (language, group, decimal) in [("cy-GB", ",", "."), ("fr", "\u{a0}", ",")] {
        let sandbox = full_in(language).built();
        let page = sandbox.text("example/index.html");
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{language}");
        assert!(sandbox.text("index.html").contains(&format!("<html lang=\"{language}\"")), "{language}");
        // Numbers in words have no digits, and days of some languages have signs beside them.
        for (fact, own) in figures(&page, group, decimal) {
            let with_digits = |all: &[String]| {
                all.iter().map(|one| one.trim_matches('.').to_owned()).filter(|one| !one.is_empty()).collect::<Vec<_>>()
            };
            assert_eq!(with_digits(&own), with_digits(&english[&fact]), "{language}: fact {fact}");
        }
    }
}

/// A number that is typed in Welsh or French words is a number, and needs a figure or a source as one in digits does.
#[test]
fn numbers_in_words_are_read_in_each_language() {
    for (language, words, number) in [
        ("cy", "Agorwyd pymtheg llyfrgell.", "pymtheg"),
        ("cy", "Agorwyd dwy lyfrgell.", "dwy"),
        ("fr", "Nous avons ouvert douze agences.", "douze"),
        ("fr", "Une agence sur trois est neuve.", "trois"),
    ] {
        let sandbox = full_in(language);
        sandbox.replace("example/welcome.md", "Every day.", words);
        let messages = sandbox.messages(&sandbox.check());
        let told = format!("the number {number} is typed by hand and bound to no figure");
        assert!(messages.contains(&told), "{language}: {messages}");
        // In English the word means nothing.
        let sandbox = full_in("en-GB");
        sandbox.replace("example/welcome.md", "Every day.", words);
        let messages = sandbox.messages(&sandbox.check());
        assert!(!messages.contains(&told), "{messages}");
    }
}

#[test]
fn a_language_without_words_is_refused_and_files_of_words_are_checked() {
    let sandbox = full_in("de");
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    assert!(messages.contains("Tally has no words in `de` for what it prints itself"), "{messages}");
    assert!(messages.contains("languages/de.yaml"), "{messages}");
    let sandbox = Sandbox::full();
    fs::create_dir_all(sandbox.path().join("languages")).unwrap();
    fs::write(sandbox.path().join("languages/en-GB.yaml"), "dashboard:\n  rating: RAG status\n  targt: Goal\n")
        .unwrap();
    let messages = sandbox.messages(&sandbox.check());
    assert!(messages.contains("Tally says nothing that is called `dashboard.targt`"), "{messages}");
    assert!(messages.contains("languages/en-GB.yaml:3:3"), "{messages}");
    fs::write(sandbox.path().join("languages/en-GB.yaml"), "dashboard:\n  rating: RAG status\n").unwrap();
    let sandbox = sandbox.built();
    assert!(sandbox.text("example/index.html").contains("RAG status"));
}

/// The site of a body of another country, and its report as it is heard out of the PDF.
fn of_body(fixture: &str, report: &str) -> (Sandbox, TaggedPdf) {
    let sandbox = Sandbox::empty();
    copy(&root().join("tests/fixtures").join(fixture), sandbox.path());
    let sandbox = sandbox.built();
    let pdf = sandbox.bytes(&format!("{report}/{report}.pdf"));
    assert_conforms(&pdf);
    (sandbox, TaggedPdf::read(&pdf))
}

/// An Irish body says what the law of Ireland asks for in three messages of its own; all else is there.
#[test]
fn an_irish_body_publishes_in_its_law_and_its_money() {
    let (sandbox, pdf) = of_body("irish-body", "annual-report-2025");
    let statement = sandbox.text("accessibility.html");
    for words in [
        "<html lang=\"en-IE\">",
        "Public Sector Bodies) Regulations 2020",
        "<a href=\"https://www.ombudsman.ie/\">Office of the Ombudsman</a>",
        "Two readers who use screen readers and one who uses a switch",
        "within five working days",
        "href=\"tel:+35312345678\"",
    ] {
        assert!(statement.contains(words), "no “{words}” in {statement}");
    }
    assert!(!statement.contains("Equality"), "{statement}");
    let page = sandbox.text("annual-report-2025/index.html");
    assert!(page.contains("<html lang=\"en-IE\">") && page.contains("accessibility.html\""));
    assert_eq!(pdf.language.as_deref(), Some("en-IE"));
    assert!(pdf.root.text.contains("1 January 2025 to 31 December 2025"), "{}", pdf.root.text);
    for words in ["€2,123,750", "905,250", "The Old Customs House"] {
        assert!(pdf.root.text.contains(words), "no “{words}” in {}", pdf.root.text);
        assert!(page.contains(words), "no “{words}” in the page");
    }
}

/// A Welsh body that writes in Welsh first has its statement in Welsh, with the law of Great Britain.
#[test]
fn a_welsh_body_publishes_in_welsh() {
    let (sandbox, pdf) = of_body("welsh-body", "adroddiad-2026");
    let statement = sandbox.text("accessibility.html");
    for words in [
        "<html lang=\"cy-GB\">",
        "Rheoliadau Hygyrchedd Cyrff y Sector Cyhoeddus (Gwefannau a Chymwysiadau Symudol) (Rhif 2) 2018",
        "equalityadvisoryservice.com",
        "pum diwrnod gwaith",
    ] {
        assert!(statement.contains(words), "no “{words}” in {statement}");
    }
    assert!(
        !statement.contains("Commission enforces") && !statement.contains("Accessibility statement"),
        "{statement}"
    );
    assert_eq!(pdf.language.as_deref(), Some("cy-GB"));
    for words in ["£160,605", "1 Ebrill 2025", "Yr Hen Ysgol"] {
        assert!(pdf.root.text.contains(words), "no “{words}” in {}", pdf.root.text);
    }
}

/// What a library calls what its report is about.
const OF_A_LIBRARY: &str = "
words:
  indicator:
    indicator: measure
    indicators: measures
    an indicator: a measure
    An indicator: A measure
    Indicator: Measure
    Indicators: Measures
  deliverable: {deliverable: promise, deliverables: promises, Deliverable: Promise, Deliverables: Promises}
  theme: {theme: aim, themes: aims, Theme: Aim, Themes: Aims}
  rating: {rating: verdict, ratings: verdicts, A rating: A verdict, Rating: Verdict, Ratings: Verdicts}
";

/// The first report of a library, that calls everything as libraries do.
fn library() -> Sandbox {
    let sandbox = Sandbox::empty();
    let day = Date::parse("2026-05-04").unwrap();
    begin_first(&sandbox.options(), "library", day).map_err(|_| "it is not made").unwrap();
    fs::create_dir_all(sandbox.path().join("languages")).unwrap();
    fs::write(sandbox.path().join("languages/en-GB.yaml"), OF_A_LIBRARY).unwrap();
    for (file, from, to) in [
        ("report.yaml", "indicators are green", "measures are green"),
        ("report.yaml", "title: Indicators", "title: Measures"),
        (
            "report.yaml",
            "standfirst: Each quarter is",
            "standfirst: The library has {{ indicators.count }} measure. Each quarter is",
        ),
        ("indicators.yaml", "caption: Library indicators", "caption: Library measures"),
        ("indicators.yaml", "groups: {one: directorate, many: directorates}", "groups: {one: branch, many: branches}"),
    ] {
        sandbox.replace(&format!("library/{file}"), from, to);
    }
    sandbox
}

#[test]
fn a_library_has_branches_and_measures_and_no_word_of_another_organisation_is_printed() {
    let sandbox = library().built();
    let pdf = TaggedPdf::read(&sandbox.bytes("library/library.pdf")).root.text;
    let words = |path: &str| texts(&sandbox.text(path)).join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let page = words("library/index.html");
    assert!(page.contains("1 measure") && page.contains("Measures of each branch by verdict"), "{page}");
    assert!(pdf.contains("Measures by verdict"), "{pdf}");
    let statement = words("accessibility.html");
    for (name, text) in [("page", &page), ("PDF", &pdf), ("statement", &statement)] {
        let text = text.to_lowercase();
        for word in ["indicator", "directorate", "functional area", "deliverable", "theme", "rating"] {
            assert!(
                !text.split(|c: char| !c.is_alphabetic()).any(|one| one.trim_end_matches('s') == word),
                "{name}: {word}"
            );
        }
    }
    for (path, bytes) in crate::support::files(&sandbox.output()) {
        let text = if path.ends_with(".pdf") { pdf.clone() } else { String::from_utf8_lossy(&bytes).into_owned() };
        for word in ["NHS", "CCG", "ommissioning", "chief officer", "Chief Officer"] {
            assert!(!text.contains(word), "{path} says {word}");
        }
    }
    // What data says to people knows the words of the organisation, too; names of columns are those of programs.
    let metadata: serde_json::Value =
        serde_json::from_str(&sandbox.text("library/data/indicators.csv-metadata.json")).unwrap();
    let mut said = Vec::new();
    texts_of_json(&metadata, false, &mut said);
    let said = said.join(" | ").to_lowercase();
    assert!(said.contains("name of the measure") && said.contains("each measure by period"), "{said}");
    assert!(!said.contains("indicator") && !said.contains("rating"), "{said}");
    // What the organisation calls its indicators is counted as they are.
    let sandbox = library();
    sandbox.replace("library/report.yaml", "{{ indicators.count }} measure.", "three measures.");
    let messages = sandbox.messages(&sandbox.check());
    assert!(messages.contains("the text says three measures, but the report has 1"), "{messages}");
}

/// The texts of the program's files below a folder.
fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    let files = crate::support::files(&root().join(folder)).into_iter();
    let files = files.filter(|(path, _)| path.ends_with(ending));
    files.map(|(path, bytes)| (format!("{folder}/{path}"), String::from_utf8(bytes).unwrap())).collect()
}

/// What stands between quotation marks in a text of a program.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// The names of messages that a template asks for: `"page.skip" | say`.
fn filtered(template: &str) -> impl Iterator<Item = &str> {
    let count = template.matches("\" | say").count();
    template.split("\" | say").take(count).map(|before| before.rsplit('"').next().unwrap_or_default())
}

#[test]
fn every_message_that_is_asked_for_is_there_and_none_is_left_over() {
    let english = fs::read_to_string(root().join("languages/en-GB.yaml")).unwrap();
    let Value::Mapping(groups) = serde_yaml::from_str(&english).unwrap() else { panic!("groups of messages") };
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for (folder, ending) in [("src", ".rs"), ("templates", ".html"), ("templates", ".typ")] {
        for (_, text) in sources(folder, ending) {
            asked.extend(literals(&text).map(str::to_owned));
            asked.extend(filtered(&text).map(str::to_owned));
        }
    }
    // Of these the program makes the names out of words.
    let made = [
        "chart.",
        "deliverables.",
        "fields.",
        "kinds.",
        "parts.",
        "periods.of-",
        "rating.",
        "reading.",
        "statement.",
        "values.",
    ];
    fn names(under: &str, value: &Value, all: &mut Vec<String>) {
        let categories = ["zero", "one", "two", "few", "many", "other"];
        let Value::Mapping(fields) = value else { return all.push(under.to_owned()) };
        if fields.keys().all(|name| name.as_str().is_some_and(|name| categories.contains(&name))) {
            return all.push(under.to_owned());
        }
        for (name, value) in fields {
            names(&format!("{under}.{}", name.as_str().unwrap_or_default()), value, all);
        }
    }
    let mut known = Vec::new();
    for (name, value) in groups.iter().filter(|(_, value)| value.is_mapping()) {
        names(name.as_str().unwrap_or_default(), value, &mut known);
    }
    let is_asked = |name: &&String| !asked.contains(*name) && !made.iter().any(|made| name.starts_with(made));
    let left: Vec<&String> = known
        .iter()
        .filter(|name| !name.starts_with("number-words-also") && !name.starts_with("words."))
        .filter(is_asked)
        .collect();
    assert!(left.is_empty(), "nothing asks for {left:?}");
    for (path, text) in sources("templates", ".html").into_iter().chain(sources("templates", ".typ")) {
        let in_library = text.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for name in filtered(&text).chain(in_library) {
            assert!(known.iter().any(|known| known == name), "{path} asks for {name}");
        }
    }
}

/// What is left of a template without its tags and places.
fn bare(template: &str) -> String {
    // Names of classes are no words.
    let text = template.replace("&nbsp;", " ").replace(" class=long", " ").replace("%}compared{%", "%}{%");
    without(&text, &[("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")])
}

/// What is left of a text without what stands between marks.
fn without(text: &str, marks: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (open, close) in marks {
        while let Some(start) = text.find(open) {
            let Some(length) = text[start..].find(close) else { break };
            text.replace_range(start..start + length + close.len(), " ");
        }
    }
    text
}

#[test]
fn no_template_holds_words() {
    for (path, text) in sources("templates", ".html") {
        // What is heard or shown of an element stands in its tag.
        let tags = without(&text, &[("{#", "#}"), ("{%", "%}"), ("{{", "}}")]);
        for attribute in [" aria-label=\"", " alt=\"", " title=\"", " placeholder=\""] {
            for value in tags.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(!value.contains(char::is_alphabetic), "{path} says {attribute}{value}");
            }
        }
        let bare = bare(&text);
        // Names of classes and files are no words.
        let tokens = bare.split_whitespace().filter(|token| !token.contains(['-', '/', '=']));
        let words = tokens.flat_map(|token| token.split(|c: char| !c.is_alphabetic()));
        let words: Vec<&str> = words.filter(|word| word.len() > 2).collect();
        assert!(words.is_empty(), "{path} says {words:?}");
    }
    let is_words = |literal: &&str| {
        let letters = literal.split(' ').filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
        // A word that is printed alone begins with a capital, or stands between spaces.
        let stands_alone =
            literal.starts_with(char::is_uppercase) || literal.starts_with(' ') || literal.ends_with(' ');
        letters.clone().count() > 1 || stands_alone && letters.count() > 0
    };
    for (path, text) in sources("templates", ".typ") {
        let code: Vec<&str> = text.lines().filter(|line| !line.contains("{%") && !line.contains("font:")).collect();
        let words: Vec<String> = literals(&code.join("\n")).filter(is_words).map(str::to_owned).collect();
        assert!(words.is_empty(), "{path} says {words:?}");
    }
}

#[test]
fn no_view_holds_sentences() {
    // Formulas and places are told to those who make the report, and records are the same in every language.
    let not_printed = ["/trace.rs", "/transcript/"];
    for folder in ["src/view", "src/compare"] {
        for (path, text) in sources(folder, ".rs") {
            if not_printed.iter().any(|part| path.contains(part)) {
                continue;
            }
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let is_told = |line: &&str| !line.contains("reason = ");
            let lines: Vec<&str> = code.lines().filter(is_told).collect();
            let is_words = |literal: &&str| {
                // What stands in the places of a format is no word of it.
                let bare: String =
                    literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
                bare.trim().contains(' ') && bare.chars().filter(|c| c.is_alphabetic()).count() > 3
            };
            let code = lines.join("\n");
            let words = literals(&code).filter(is_words).map(str::to_owned);
            // Names of units in data, which are said in words where people read them.
            let words: Vec<String> =
                words.filter(|words| !["per cent", "percentage points"].contains(&words.as_str())).collect();
            assert!(words.is_empty(), "{path} says {words:?}");
        }
    }
}
