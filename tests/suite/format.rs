//! The documented format is the format: its example builds, and every field is described.

use std::fs;

use tally::model::*;

use crate::support::{Sandbox, root};

fn readme() -> String {
    fs::read_to_string(root().join("content/README.md")).unwrap()
}

/// The files of the worked example, as they stand in the page.
fn example() -> Vec<(String, String)> {
    let text = readme();
    text.split("<!-- example: content/")
        .skip(1)
        .map(|rest| {
            let (path, rest) = rest.split_once(" -->").unwrap();
            let block = rest.split("```").nth(1).unwrap();
            (path.to_owned(), block.split_once('\n').unwrap().1.to_owned())
        })
        .collect()
}

#[test]
fn the_worked_example_builds() {
    let empty = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::of(empty.path());
    let files = example();
    assert_eq!(files.len(), 6);
    for (path, text) in &files {
        sandbox.write(path, text);
    }
    let sandbox = sandbox.built();
    let page = sandbox.text("example/index.html");
    let (_, bound) = page.split_once("We opened <strong><span data-fact=").unwrap();
    assert!(bound.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(">two</span></strong> new branches."));
    assert!(sandbox.bytes("example/example.pdf").starts_with(b"%PDF-"));
}

#[test]
fn every_field_is_described_with_whether_it_must_be_there() {
    let text = readme();
    // A record's fields, and the heading or words after which they are described.
    let records: &[(&str, &[(&str, bool)])] = &[
        ("## `organisation.yaml`", Organisation::FIELDS),
        ("The **accessibility statement**", Accessibility::FIELDS),
        ("## `report.yaml`", ReportHead::FIELDS),
        ("What `for-each` takes", ForEach::FIELDS),
        ("A **key figure**", KeyFigure::FIELDS),
        ("A **case study**", CaseStudy::FIELDS),
        ("A **quotation**", Quotation::FIELDS),
        ("A **term**", Term::FIELDS),
        ("A **picture**", Figure::FIELDS),
        ("## Indicator files", IndicatorFile::FIELDS),
        ("A **rating rule**", RatingRule::FIELDS),
        ("A **group**", IndicatorGroup::FIELDS),
        ("What is **called**", Groupings::FIELDS),
        ("A **rating**:", NamedRating::FIELDS),
        ("An **indicator**", Indicator::FIELDS),
        ("## Table files", TableFile::FIELDS),
        ("A **column**", Column::FIELDS),
        ("stand in a **group**", TableFile::GROUP_FIELDS),
        ("A **row**", Row::FIELDS),
        ("## Survey files", SurveyFile::FIELDS),
        ("## Cost files", CostFile::FIELDS),
        ("## Deliverable files", DeliverableFile::FIELDS),
        ("A **deliverable**", Deliverable::FIELDS),
        ("## Single facts: `facts.yaml`", FactFile::FIELDS),
        ("A **source**", Source::FIELDS),
        ("A **single fact**", SingleFact::FIELDS),
        ("## Checks: `checks.yaml`", CheckFile::FIELDS),
        ("A **level**", RuleLevel::FIELDS),
        ("A **relation**", Relation::FIELDS),
        ("A **control total**", ControlTotal::FIELDS),
        ("An **acknowledgement**", Acknowledgement::FIELDS),
    ];
    for (heading, fields) in records {
        let (_, table) = text.split_once(heading).unwrap_or_else(|| panic!("{heading} is gone"));
        let rows: Vec<&str> = table
            .lines()
            .skip_while(|line| !line.starts_with("|---"))
            .skip(1)
            .take_while(|line| line.starts_with('|'))
            .collect();
        let described: Vec<String> =
            rows.iter().map(|row| row.split('|').take(3).collect::<Vec<_>>().join("|")).collect();
        let expected = fields.iter().map(|(field, must)| {
            format!("| `{}` | {} ", tally::yaml::field_name(field), if *must { "yes" } else { "no" })
        });
        for row in expected {
            assert!(
                described.iter().any(|one| *one == row.trim_end().to_owned() + " "),
                "after {heading} there is no row “{row}”; there are {described:?}"
            );
        }
        assert_eq!(described.len(), fields.len(), "after {heading} a field is described that there is not");
    }
}

#[test]
fn every_format_and_every_rule_is_described() {
    let text = readme();
    for (name, _) in tally::fact::FORMATS {
        assert!(text.contains(&format!("| `{name}")), "the format {name} is not described");
    }
    for code in tally::diagnostic::Code::RULES {
        assert!(text.contains(&format!("| `{}` | ", code.name())), "the rule {} is not described", code.name());
    }
}

#[test]
fn every_part_is_described() {
    let text = readme();
    for (name, _) in PartKind::ALL {
        assert!(text.contains(&format!("| `{name}` | ")), "the part {name} is not described");
    }
}

/// The project that the other tests rely on shows every part, so that every component is rendered.
#[test]
fn the_full_project_shows_every_part() {
    let report = fs::read_to_string(root().join("tests/fixtures/full/content/example/report.yaml")).unwrap();
    for (name, _) in PartKind::ALL {
        assert!(report.contains(&format!("- {name}:")), "no part {name}");
    }
}
