//! The shipped content against the documents as they were published: every figure, name and label.
//!
//! `tests/fixtures/published` holds the tables of the 2016/17 report as they were printed, taken from that document
//! and not from the content, so that a slip in either is seen.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use tally::office::sheet::{Position, Shown};
use tally::office::workbook::TextForm;
use tally::publish::digest;

use crate::support::pdf::TaggedPdf;
use crate::support::{Published, Sandbox, root};

/// The rows of a published table, without its head.
fn as_published(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("tests/fixtures/published").join(name)).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn csv(text: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text).deserialize().map(Result::unwrap).collect()
}

/// A figure as published, as a number and its unit in the data: "£4.5M" is 4500000 GBP.
fn figure(published: &str, target: &str) -> (String, &'static str) {
    let digits = |text: &str| text.replace(['£', ',', '%', 'M'], "").replace(" weeks", "");
    match published {
        "" | "n/a" => (String::new(), ""),
        "£4.5M" => ("4500000".to_owned(), "GBP"),
        text if text.starts_with('£') => (digits(text), "GBP"),
        text if text.ends_with('%') => (digits(text), "per cent"),
        text if text.ends_with("weeks") => (digits(text), "weeks"),
        // The one indicator whose unit only its target gives.
        text if target.ends_with("mins") => (digits(text), "minutes"),
        text => (digits(text), "count"),
    }
}

/// A name with the signs of a typewriter, as the document has it: the content has the dashes and quotation marks of print.
fn as_typed(name: &str) -> String {
    name.replace(['‘', '’'], "'").replace('–', "-")
}

#[test]
fn all_39_indicators_are_as_published() {
    let published = Published::shipped();
    let rows = csv(published.bytes("css-annual-report/data/indicators.csv"));
    let expected = as_published("indicators.tsv");
    assert_eq!((expected.len(), rows.len()), (39, 39 * 4));
    for (published, periods) in expected.iter().zip(rows.chunks(4)) {
        let [directorate, function, areas, measures, name] = &published[..5] else { panic!("a row too short") };
        let [target, frequency, rating] = &published[17..20] else { panic!("a row too short") };
        for (place_in_year, row) in periods.iter().enumerate() {
            let same = |column: &str, value: &str| assert_eq!(row[column], value, "{column} of {name}");
            same("directorate", directorate);
            same("functional_area", function);
            same("areas", &areas.replace(',', " "));
            same("measures", measures);
            assert_eq!(as_typed(&row["indicator"]), *name);
            same("period", &format!("Q{}", place_in_year + 1));
            for (place, column) in ["denominator", "number", "percentage"].into_iter().enumerate() {
                let (number, unit) = figure(&published[5 + place_in_year * 3 + place], target);
                same(column, &number);
                same(&format!("{column}_unit"), unit);
                same(&format!("{column}_status"), if number.is_empty() { "[z]" } else { "" });
            }
            same("target", target);
            let amount = target.trim_start_matches('<').trim_end_matches(" mins").split(" of ").next().unwrap();
            let (number, unit) = figure(amount, target);
            let has_target = target != "N/A";
            same("target_number", if has_target { &number } else { "" });
            same("target_unit", if has_target { unit } else { "" });
            let ways = if has_target { &["at-least", "at-most", "under"][..] } else { &["none"] };
            assert!(
                ways.contains(&row["target_is"].as_str()) && target.starts_with('<') == (row["target_is"] == "under")
            );
            same("frequency", frequency);
            same("rating", if rating.is_empty() { "No target" } else { rating });
        }
    }
    let count = |rating: &str| rows.iter().filter(|row| row["rating"] == rating && row["period"] == "Q1").count();
    assert_eq!(["Green", "Amber", "Red", "No target"].map(count), [21, 4, 9, 5]);
}

#[test]
fn all_38_cost_lines_and_their_sums_are_as_published() {
    let published = Published::shipped();
    let rows = csv(published.bytes("css-annual-report/data/running-costs.csv"));
    let expected = as_published("running-costs.tsv");
    assert_eq!((expected.len(), rows.len()), (41, 41));
    let digits = |text: &str| text.replace(['£', ',', '%', ' '], "");
    for (published, row) in expected.iter().zip(&rows) {
        let [name, total, per_head, share] = &published[..] else { panic!("a row too short") };
        // Headings that were printed in capitals are written as the names that they are, and the year as all others.
        let plain = |text: &str| text.to_lowercase().replace(" - ", ": ").replace("2016-17", "2016/17");
        assert_eq!(plain(&row["name"]), plain(name));
        assert_eq!(
            [&row["total"], &row["per_head"], &row["share"]].map(|figure| figure.trim_start_matches("n/a")),
            [&digits(total), &digits(per_head), &digits(share)],
            "{name}"
        );
    }
    let (lines, sums) = rows.split_at(38);
    let (top, parts): (Vec<_>, Vec<_>) = lines.iter().partition(|row| row["part_of"].is_empty());
    let spent: u64 = top.iter().map(|row| row["total"].parse::<u64>().unwrap()).sum();
    assert_eq!(spent, 16_311_000, "the first level adds up to the subtotal");
    assert_eq!((top.len(), parts.len(), sums.len()), (10, 28, 3));
}

#[test]
fn table_1_and_the_survey_are_as_published() {
    let published = Published::shipped();
    let table = published.text("css-annual-report/data/programme-and-running-costs.csv");
    let figures: Vec<&str> = table.lines().skip(1).map(|line| line.splitn(4, ',').last().unwrap()).collect();
    assert_eq!(figures, ["1116026,16311,1132337", "1144309,16833,1161142", "28283,522,28805"]);
    let survey = csv(published.bytes("css-annual-report/data/staff-survey.csv"));
    let of = |kind: &str| -> Vec<&str> {
        survey.iter().filter(|row| row["kind"] == kind).map(|row| row["percentage"].as_str()).collect()
    };
    assert_eq!(of("response"), ["89.7", "78", "73"]);
    assert_eq!(of("positive"), ["99", "95", "95", "92", "100"]);
    assert_eq!(of("negative"), ["80", "64", "74"]);
}

#[test]
fn six_themes_have_51_entries_from_40_deliverables() {
    let published = Published::shipped();
    let rows = csv(published.bytes("od-progress-summary/data/deliverables.csv"));
    let count = |theme: &str, group: &str| {
        rows.iter().filter(|row| row["theme_number"] == theme && row["group"] == group).count()
    };
    let counts: Vec<_> = ["1", "2", "3", "4", "5", "6"]
        .iter()
        .map(|theme| (count(theme, "internal"), count(theme, "external")))
        .collect();
    assert_eq!(counts, [(8, 1), (5, 7), (4, 3), (5, 3), (4, 2), (5, 4)]);
    assert_eq!(rows.len(), 51);
    let ids: std::collections::BTreeSet<_> = rows.iter().map(|row| &row["deliverable_id"]).collect();
    assert_eq!(ids.len(), 40);
    let text = published.text("od-progress-summary/data/deliverables.csv");
    for fact in [
        "18 visits",
        "98.4%",
        "66%",
        "82%",
        "74%",
        "77%",
        "78%",
        "5 percentage points",
        "2 additional",
        "2 cohorts",
        "5 NHS trusts",
    ] {
        assert!(text.contains(fact), "{fact} is lost");
    }
    for link in ["http://www.dorsetsvision.nhs.uk", "mailto:involve@dorsetccg.nhs.uk"] {
        assert!(text.contains(link), "{link} is lost");
    }
}

/// Facts of the running text, each of which stood in the published report.
#[test]
fn the_facts_of_the_prose_are_all_there() {
    let published = Published::shipped();
    let page = scraper::Html::parse_document(published.text("css-annual-report/index.html"));
    let page: String = page.root_element().text().collect();
    for fact in [
        "1 April 2016",
        "31 December 2016",
        "29 November 2016",
        "November 2016",
        "31 March 2017",
        "April 2017",
        "June 2017",
        "£8m",
        "£17,698k",
        "£11,107k",
        "£21.41",
        "761,988",
        "£16,311",
        "1%",
        "130 care home",
        "top 15",
        "about a quarter",
        "Dr Paul French",
        "Jane Austin",
        "Tim Goodson",
        "NHS living the values",
        "leading for service improvement and innovation",
        "PUPOC",
        "Skype",
        "Sustainable Development Unit",
        "Thames Valley Leadership Academy",
        "Health Business Award",
        "NHSE Technology Transformation Fund",
        "Care Quality Commission",
        "01305 368900",
        "feedback@dorsetccg.nhs.uk",
        "@DorsetCCG",
        "www.facebook.com/NHSDorsetCCG",
        "DT1 1TG",
        "Vespasian House",
        "30 that were on or close to target",
        "Annual Operating Plan 2017–19",
        "five-year plan",
        "in 2013",
    ] {
        assert!(page.to_lowercase().contains(&fact.to_lowercase()), "“{fact}” is lost");
    }
}

/// Each data file has a description whose columns are those of the file, and a package lists all of a report.
#[test]
fn every_data_file_is_described() {
    let published = Published::shipped();
    let tables: Vec<_> = published.files().filter(|(name, _)| name.ends_with(".csv")).collect();
    assert_eq!(tables.len(), 7);
    for (name, bytes) in tables {
        let description: Value = serde_json::from_str(published.text(&format!("{name}-metadata.json"))).unwrap();
        let mut reader = csv::Reader::from_reader(bytes);
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let columns = description["tableSchema"]["columns"].as_array().unwrap();
        let each =
            |field: &str| columns.iter().map(|column| column[field].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!((&head, &head), (&each("titles"), &each("name")));
        assert!(each("dc:description").iter().all(|words| !words.is_empty()), "{name}");
        assert!(description.get("dc:license").is_none(), "a licence that nobody said");
        let (folder, file) = name.rsplit_once('/').unwrap();
        let package: Value = serde_json::from_str(published.text(&format!("{folder}/datapackage.json"))).unwrap();
        let listed = package["resources"].as_array().unwrap().iter().find(|one| one["path"] == file).unwrap();
        assert_eq!(
            (&listed["bytes"], &listed["hash"]),
            (&json!(bytes.len()), &json!(format!("sha256:{}", digest(bytes))))
        );
        assert!(reader.records().count() > 0, "{name}");
        assert!(String::from_utf8_lossy(bytes).lines().count() > 1 && bytes.ends_with(b"\r\n"), "{name}");
    }
}

/// Whoever opens the workbook finds a way to every table, and numbers to count with: nothing is merged or hidden, and
/// nothing lies outside of the tables but what stands above them.
#[test]
fn the_workbook_has_every_table_as_people_read_it() {
    let published = Published::full();
    let bytes = published.bytes("example/data/example.ods");
    let workbook = tally::office::workbook::read("example.ods", bytes, &TextForm::default()).unwrap();
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let of_files = published.files().filter_map(|(name, _)| name.strip_prefix("example/data/")?.strip_suffix(".csv"));
    let of_files: Vec<&str> = of_files.filter(|stem| *stem != "figures").collect();
    assert_eq!(names, [&["Contents"], &of_files[..], &["Notes"]].concat());
    for sheet in &workbook.sheets {
        assert!(sheet.merged.is_empty() && sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty());
        let [(_, table)] = &sheet.tables[..] else { panic!("{} has another number of tables than one", sheet.name) };
        let outside = sheet.cells.keys().filter(|place| !table.contains(**place));
        assert!(outside.clone().all(|place| place.row < table.first.row && place.column == 0), "{}", sheet.name);
        assert!(outside.count() > 2, "{} says what it is", sheet.name);
    }
    let shown = |sheet: &str, row: &str, column: &str| {
        let sheet = workbook.sheets.iter().find(|one| one.name == sheet).unwrap();
        let said = |place: Position| match sheet.cells.get(&place).map(|cell| &cell.shown) {
            Some(Shown::Text(text) | Shown::Number { text, .. } | Shown::Day { text, .. }) => text.as_str(),
            other => panic!("{place}: {other:?}"),
        };
        let head = sheet.tables[0].1.first.row;
        let find = |words: &str| sheet.cells.keys().copied().find(|place| place.row >= head && said(*place) == words);
        let [row, column] = [row, column].map(|words| find(words).unwrap_or_else(|| panic!("no “{words}”")));
        said(Position::new(row.row, column.column)).to_owned()
    };
    assert_eq!(shown("costs", "Books", "Total (GBP)"), "100,000");
    assert_eq!(shown("footprint", "Buildings", "2025/26"), "38.6");
    assert_eq!(shown("Notes", "[e]", "What it means"), "estimated");
    let page = published.text("example/index.html");
    assert!(page.contains("<a href=\"data/example.ods\">All tables in one workbook (ODS)</a>"));
}

/// A spreadsheet that opens a data file on a double click sees every letter, and takes no text for a formula.
#[test]
fn data_files_open_rightly_in_a_spreadsheet() {
    let table = |case: &str| {
        let sandbox = Sandbox::of(&root().join("tests/fixtures/cases").join(case).join("content")).built();
        let bytes = sandbox.bytes("example/data/t.csv");
        let attached = TaggedPdf::read(&sandbox.bytes("example/example.pdf")).attachments;
        assert!(attached.iter().any(|file| file.name == "data/t.csv" && file.bytes == bytes), "the PDF holds another");
        let description: Value = serde_json::from_str(&sandbox.text("example/data/t.csv-metadata.json")).unwrap();
        assert!(description["notes"].to_string().contains("has one mark ' before it"), "{description}");
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(
        table("csv-without-mark"),
        "\u{feff}name,id,count,remark\r\nChildren’s books,children-s-books,12500,\"Café, £ and Ŵ\"\r\n"
    );
    assert_eq!(
        table("text-like-a-formula"),
        "\u{feff}name,id,change,remark\r\n'=Books,books,-1200,'+44 1202 541400\r\n'@home,home,300,'- none counted\r\n"
    );
}

/// Whoever joins tables finds the same ids in them as in the addresses of figures; a number column holds numbers alone.
#[test]
fn data_has_ids_marks_and_units_in_columns_of_their_own() {
    let published = Published::full();
    let rows = |name: &str| csv(published.bytes(&format!("example/data/{name}.csv")));
    let costs = rows("costs");
    let books = costs.iter().find(|row| row["id"] == "books").unwrap();
    assert_eq!([&books["part_of_id"], &books["row_is"], &books["total"]], ["lending", "whole", "100000"]);
    let footprint = rows("footprint");
    let buildings = footprint.iter().find(|row| row["id"] == "buildings").unwrap();
    assert_eq!([&buildings["now"], &buildings["now_status"]], ["38.6", "[e]"]);
    let loans = rows("loans");
    assert_eq!([&loans[0]["wait"], &loans[1]["wait"], &loans[1]["wait_status"]], ["2", "", "[z]"]);
    let described: Value = serde_json::from_str(published.text("example/data/loans.csv-metadata.json")).unwrap();
    let columns = described["tableSchema"]["columns"].as_array().unwrap();
    let unit = |name: &str| columns.iter().find(|column| column["name"] == name).unwrap()["schema:unitText"].clone();
    assert_eq!([unit("wait"), unit("share")], [json!("weeks"), json!("per cent")]);
    let months = rows("months");
    let target =
        |place: usize| ["target_number", "target_to", "target_is"].map(|column| months[place][column].as_str());
    assert_eq!([target(0), target(11)], [["7500", "9000", "within"], ["8000", "9500", "within"]]);
}

/// A licence is told in all forms where one is said, and a report may have its own.
#[test]
fn the_licence_that_is_said_goes_with_the_data() {
    let sandbox = Sandbox::full();
    let json = |sandbox: &Sandbox, path: &str| serde_json::from_str::<Value>(&sandbox.text(path)).unwrap();
    let told = |sandbox: &Sandbox| {
        let package = json(sandbox, "example/data/datapackage.json");
        let metadata = json(sandbox, "example/data/costs.csv-metadata.json");
        let page = scraper::Html::parse_document(&sandbox.text("example/index.html"));
        let data = page.select(&scraper::Selector::parse("script").unwrap()).next().unwrap();
        let data: Value = serde_json::from_str(&data.text().collect::<String>()).unwrap();
        let link = page.select(&scraper::Selector::parse("a[rel=license]").unwrap()).next().unwrap();
        [
            package["licenses"][0]["path"].clone(),
            metadata["dc:license"]["@id"].clone(),
            data["hasPart"][0]["license"].clone(),
            json!(link.attr("href")),
        ]
    };
    let ogl = json!("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/");
    let sandbox = sandbox.built();
    assert_eq!(told(&sandbox), [(); 4].map(|()| ogl.clone()));
    sandbox.replace(
        "example/report.yaml",
        "language: ",
        "licence: {name: Terms of reuse, to: https://www.example.org/reuse}\nlanguage: ",
    );
    assert_eq!(told(&sandbox.built()), [(); 4].map(|()| json!("https://www.example.org/reuse")));
}
