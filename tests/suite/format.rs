//! The documented format is the format: every field is described, nothing is described that there is not, and the
//! examples stand in projects that are built.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tally::build::list_facts;
use tally::fact::Pattern;
use tally::model::values::{self, FigureMark, Period};
use tally::model::*;
use tally::yaml::{Parse, field_name};

use crate::support::pages::{Piece, page, pieces, reference};
use crate::support::{Sandbox, root};

/// A page of the reference.
fn page_of(name: &str) -> String {
    page(&format!("docs/reference/{name}"))
}

/// The rows of the first table behind some words of a page.
fn table_behind(name: &str, words: &str) -> Vec<String> {
    let text = page_of(name);
    let (_, rest) = text.split_once(words).unwrap_or_else(|| panic!("“{words}” is gone from {name}"));
    let rows = rest.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    rows.take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
}

/// What stands in a cell of a row, from 0.
fn cell(row: &str, place: usize) -> &str {
    row.split('|').nth(place + 1).unwrap_or_default().trim()
}

/// The fields of a record, and whether they must be there.
type Fields = &'static [(&'static str, bool)];

/// Records with the page and the words behind which a table describes their fields.
const IN_TABLES: &[(&str, &str, Fields)] = &[
    ("organisation.md", "# `organisation.yaml`", Organisation::FIELDS),
    ("organisation.md", "The **accessibility statement**", Accessibility::FIELDS),
    ("report.md", "# `report.yaml`", ReportHead::FIELDS),
    ("report.md", "A **section**", Section::FIELDS),
    ("rows.md", "What `for-each` takes", ForEach::FIELDS),
    ("report.md", "A **key figure**", KeyFigure::FIELDS),
    ("report.md", "A **case study**", CaseStudy::FIELDS),
    ("report.md", "A **quotation**", Quotation::FIELDS),
    ("report.md", "A **term**", Term::FIELDS),
    ("report.md", "A **note**", Note::FIELDS),
    ("charts.md", "A **chart** takes", ChartPart::FIELDS),
    ("pictures.md", "A **picture**", Figure::FIELDS),
    ("indicators.md", "# Indicator files", IndicatorFile::FIELDS),
    ("indicators.md", "A **rating rule**", RatingRule::FIELDS),
    ("indicators.md", "A **group**", IndicatorGroup::FIELDS),
    ("indicators.md", "What is **called**", Groupings::FIELDS),
    ("indicators.md", "A **rating**:", NamedRating::FIELDS),
    ("indicators.md", "An **indicator**", Indicator::FIELDS),
    ("tables.md", "# Table files", TableFile::FIELDS),
    ("tables.md", "A **column**", Column::FIELDS),
    ("tables.md", "stand in a **group**", TableFile::GROUP_FIELDS),
    ("tables.md", "A **row**", Row::FIELDS),
    ("tables.md", "A **column that is watched**", WatchedColumn::FIELDS),
    ("tables.md", "A **baseline**", WatchedColumn::BASELINE_FIELDS),
    ("tables.md", "A **step**", WatchedColumn::STEP_FIELDS),
    ("survey.md", "# Survey files", SurveyFile::FIELDS),
    ("deliverables.md", "# Deliverable files", DeliverableFile::FIELDS),
    ("deliverables.md", "A **group**", DeliverableGroup::FIELDS),
    ("deliverables.md", "A **status**", Status::FIELDS),
    ("deliverables.md", "A **deliverable**", Deliverable::FIELDS),
    ("facts.md", "# Single facts: `facts.yaml`", FactFile::FIELDS),
    ("facts.md", "A **source**", Source::FIELDS),
    ("facts.md", "A **single fact**", SingleFact::FIELDS),
    ("editions.md", "A **restatement**", Restatement::FIELDS),
    ("editions.md", "A **confirmation**", Confirmation::FIELDS),
    ("imports.md", "# Imports: `imports.yaml`", ImportFile::FIELDS),
    ("imports.md", "An **import**", Import::FIELDS),
    ("languages.md", "A **translation**", TranslationFile::FIELDS),
    ("languages.md", "An entry of `texts`", TranslatedText::FIELDS),
    ("languages.md", "An entry of `prose`", TranslatedProse::FIELDS),
    ("checks.md", "# Checks: `checks.yaml`", CheckFile::FIELDS),
    ("checks.md", "A **level**", RuleLevel::FIELDS),
    ("checks.md", "A **relation**", Relation::FIELDS),
    ("checks.md", "A **control total**", ControlTotal::FIELDS),
    ("checks.md", "A **base**", Base::FIELDS),
    ("checks.md", "A **comparison**", Compared::FIELDS),
    ("checks.md", "A **supplied file**", SuppliedFile::FIELDS),
    ("checks.md", "An **acknowledgement**", Acknowledgement::FIELDS),
];

/// Small records with the page and the words that begin the line which names their fields.
const IN_LINES: &[(&str, &str, Fields)] = &[
    ("organisation.md", "| `websites` |", Link::FIELDS),
    ("organisation.md", "| `social` |", Account::FIELDS),
    ("organisation.md", "| `units` |", DeclaredUnit::FIELDS),
    ("organisation.md", "| `population` |", Population::FIELDS),
    ("organisation.md", "| `directorates` |", Directorate::FIELDS),
    ("organisation.md", "| `licence` |", NamedLicence::FIELDS),
    ("organisation.md", "| `logo` |", Logo::FIELDS),
    ("organisation.md", "| `cover-picture` |", CoverPhoto::FIELDS),
    ("report.md", "| `cover-picture` |", CoverPhoto::FIELDS),
    ("organisation.md", "| `abbreviations` |", Abbreviation::FIELDS),
    ("organisation.md", "| `tests` |", AccessibilityTest::FIELDS),
    ("report.md", "| `period` |", Period::FIELDS),
    ("report.md", "| `figures` |", FiguresShown::FIELDS),
    ("report.md", "| `signatory` |", Signatory::FIELDS),
    ("indicators.md", "What is **called**", GroupingName::FIELDS),
    ("indicators.md", "| `areas` | no | what indicators", Area::FIELDS),
    ("indicators.md", "| `rating-because` |", RatingReason::FIELDS),
    ("indicators.md", "| `ratings` | yes |", UsualRatings::FIELDS),
    ("survey.md", "| `responses` |", Response::FIELDS),
    ("survey.md", "| `positive` | yes |", SurveyGroup::FIELDS),
    ("survey.md", "| `positive` | yes |", SurveyResult::FIELDS),
    ("deliverables.md", "| `themes` | yes | list", Theme::FIELDS),
    ("deliverables.md", "| `wording` |", Wording::FIELDS),
    ("deliverables.md", "| `links` |", Link::FIELDS),
    ("checks.md", "| `called` |", SuppliedName::FIELDS),
    ("imports.md", "| `rows` |", RowNames::FIELDS),
    ("imports.md", "| `facts` |", FactCell::FIELDS),
];

#[test]
fn every_field_is_described_with_whether_it_must_be_there() {
    for (page, words, fields) in IN_TABLES {
        let rows = table_behind(page, words);
        let described: Vec<(&str, &str)> = rows.iter().map(|row| (cell(row, 0), cell(row, 1))).collect();
        for (field, must) in *fields {
            let expected = (&*format!("`{}`", field_name(field)), if *must { "yes" } else { "no" });
            assert!(described.contains(&expected), "{page}, {words}: no row {expected:?} in {described:?}");
        }
        assert_eq!(described.len(), fields.len(), "{page}, {words}: a field is described that there is not");
    }
    for (page, words, fields) in IN_LINES {
        let text = page_of(page);
        let line = text.lines().find(|line| line.starts_with(words)).unwrap_or_else(|| panic!("{page}: no “{words}”"));
        for name in fields.iter().map(|(field, _)| field_name(field)) {
            let named = [format!("`{name}`"), format!("{{{name}: "), format!(", {name}: ")];
            assert!(named.iter().any(|way| line.contains(way)), "{page}: “{words}” does not name `{name}`");
        }
    }
}

/// A record that is new must stand in one of the two lists above.
#[test]
fn no_record_is_left_undescribed() {
    let here = include_str!("format.rs");
    let model: String = walkdir::WalkDir::new(root().join("src/model"))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| fs::read_to_string(entry.path()).unwrap())
        .collect();
    let declared = model.split("\nrecord! {\n").skip(1).map(|rest| {
        let line = rest.lines().find(|line| !line.trim_start().starts_with("//")).unwrap();
        line.split_whitespace().next().unwrap()
    });
    let mut seen = 0;
    for name in declared {
        let fields = format!("{name}::FIELDS");
        // The fields of a private record are handed on under another name.
        assert!(here.contains(&fields) || model.contains(&format!(" = {fields};")), "where is {name} described?");
        seen += 1;
    }
    assert!(seen > 40, "the records were not found");
}

/// The names in the first column of a table.
fn named(page: &str, words: &str) -> Vec<String> {
    table_behind(page, words).iter().map(|row| cell(row, 0).split(['`', ' ']).nth(1).unwrap().to_owned()).collect()
}

#[test]
fn every_format_every_rule_and_every_part_is_described_and_no_other() {
    let formats: Vec<&str> = tally::fact::FORMATS.iter().map(|(name, _)| *name).collect();
    assert_eq!(named("text.md", "## Formats"), formats);
    let mut rules: Vec<&str> = tally::diagnostic::Code::RULES.iter().map(|code| code.name()).collect();
    let mut described = named("rules.md", "# What is checked");
    rules.sort();
    described.sort();
    assert_eq!(described, rules);
    let mut parts: Vec<&str> = PartKind::all().map(|(name, _)| name).collect();
    let mut described = named("report.md", "A **part**");
    parts.sort();
    described.sort();
    assert_eq!(described, parts);
}

/// Addresses of the figures of a project, without the ids of the reports that they stand in.
fn addresses(content: &Path) -> BTreeSet<String> {
    let sandbox = Sandbox::of(content);
    let reports: Vec<String> =
        fs::read_dir(content).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let (_, facts) = list_facts(&sandbox.options(), None);
    let local = facts.into_iter().map(|fact| match fact.address.split_once('.') {
        Some((scope, rest)) if reports.iter().any(|report| scope.starts_with(report.as_str())) => rest.to_owned(),
        _ => fact.address,
    });
    local.collect()
}

/// The addresses that the reference lists: a word in capitals is any name, and `…` is what stands before.
fn described_addresses() -> Vec<(String, Pattern)> {
    let mut described = Vec::new();
    for (_, text) in reference() {
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if !(line.starts_with("| of ") && line.ends_with(" | is |")) {
                continue;
            }
            let rows: Vec<&str> = lines.by_ref().skip(1).take_while(|line| line.starts_with('|')).collect();
            let spans: Vec<&str> = rows.iter().flat_map(|row| cell(row, 0).split('`').skip(1).step_by(2)).collect();
            let stem = spans[0].split('.').next().unwrap();
            for span in spans {
                let address = span.strip_prefix('…').map_or(span.to_owned(), |rest| format!("{stem}.**{rest}"));
                let any = |segment: &str| segment.chars().all(|c| c.is_ascii_uppercase());
                let segments = address.split('.').map(|segment| if any(segment) { "*" } else { segment });
                let pattern = segments.collect::<Vec<_>>().join(".");
                described.push((span.to_owned(), Pattern::parse(&pattern).unwrap_or_else(|| panic!("{span}"))));
            }
        }
    }
    described
}

#[test]
fn every_address_is_described_and_no_other() {
    let described = described_addresses();
    let full = addresses(&root().join("tests/fixtures/full/content"));
    for address in &full {
        // What holds of one table or indicator file holds of every one.
        let address = ["statement.", "costs.", "footprint."]
            .iter()
            .fold(address.clone(), |all, stem| all.replacen(stem, "loans.", 1));
        let address = address.replacen("months.", "indicators.", 1);
        assert!(described.iter().any(|(_, pattern)| pattern.fits(&address)), "no page lists {address}");
    }
    let cases = fs::read_dir(root().join("tests/fixtures/cases")).unwrap().map(|entry| entry.unwrap().path());
    let others = [root().join("content"), root().join("tests/fixtures/each/content")].into_iter();
    let found: BTreeSet<String> = others
        .chain(cases.map(|case| case.join("content")))
        .flat_map(|content| addresses(&content))
        .chain(full)
        .collect();
    for (span, pattern) in described {
        // A file has another name elsewhere.
        let named = pattern.to_string();
        let anywhere = named.split_once('.').and_then(|(_, rest)| Pattern::parse(&format!("*.{rest}"))).unwrap();
        assert!(found.iter().any(|address| anywhere.fits(address)), "no project has a figure {span}");
    }
    assert!(found.len() > 1000, "the figures were not found");
}

/// What the page of figures lists can be typed, and every mark is on it.
#[test]
fn figures_units_and_marks_are_as_described() {
    let page = page_of("figures.md");
    let spans = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(|span| span.trim_matches('"').to_owned()).collect()
    };
    for row in table_behind("figures.md", "# Figures") {
        for figure in spans(cell(&row, 1)).into_iter().filter(|span| span != "1:8" && span != "ratio") {
            assert!(values::Figure::parse(&figure).is_ok(), "{figure} cannot be typed");
        }
    }
    for (_, letters, meaning) in FigureMark::ALL {
        assert!(page.contains(&format!("`({letters})` {meaning}")), "({letters}) is not described as {meaning}");
    }
    let units = page.lines().find(|line| line.starts_with("A `unit` is ")).unwrap();
    let (units, _) = units.split_once(", or the id of a unit").unwrap();
    for unit in spans(units).iter().skip(1) {
        assert!(Denomination::parse(unit).is_ok_and(|unit| !unit.is_declared()), "{unit} is no unit");
    }
}

/// An example is a piece of a project that the tests build, line by line; how far it is indented does not matter.
#[test]
fn every_example_is_read() {
    let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let projects = [
        "content",
        "tests/fixtures/full/content",
        "tests/fixtures/each/content",
        "tests/fixtures/cases/visits-month-by-month/content",
        "tests/fixtures/cases/two-editions/content",
        "tests/fixtures/rules/taken-differs/passes/content",
        "tests/fixtures/languages/content",
    ];
    let files: Vec<String> = projects
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(root().join(folder)))
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "yaml" || end == "md"))
        .filter(|entry| entry.file_name() != "README.md")
        .map(|entry| lines(&fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let mut examples = 0;
    for (name, text) in reference() {
        for piece in pieces(&text) {
            let Piece::Block(block) = piece else { continue };
            assert!(matches!(block.kind, "yaml" | "markdown"), "{name}: a block of the kind “{}”", block.kind);
            let example = lines(&block.text);
            assert!(
                files.iter().any(|file| file.contains(&example)),
                "{name}: this stands in no project that is built, neither in {}:\n{}",
                projects.join(" nor in "),
                block.text
            );
            examples += 1;
        }
    }
    assert!(examples > 5, "the examples were not found");
}

/// The project that the other tests rely on shows every part, so that every component is rendered.
#[test]
fn the_full_project_shows_every_part() {
    let report = fs::read_to_string(root().join("tests/fixtures/full/content/example/report.yaml")).unwrap();
    for (name, _) in PartKind::all() {
        assert!(report.contains(&format!("- {name}:")), "no part {name}");
    }
}
