//! What can be added from a form that is made of the declarations: it is asked for in full, written as a careful person
//! would have typed it, and read as the report that was meant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tally::diagnostic::SourceFile;
use tally::edit::{Asked, AskedField, Change, Edited, Given, Level, Place, Texts, apply, levels};
use tally::yaml::Side;

use crate::support::root;

fn texts(folder: &str) -> Texts {
    let (tree, _) = tally::source::read(&root().join(folder));
    let files = tree.texts.iter();
    files.map(|(path, file)| (path.clone(), Arc::from(tree.sources.file(*file).text.as_str()))).collect()
}

fn full() -> Texts {
    texts("tests/fixtures/full/content")
}

/// The place of some words in a file.
fn at(texts: &Texts, file: &str, words: &str) -> Place {
    let start = texts[file].find(words).unwrap_or_else(|| panic!("{file} has {words}"));
    Place { file: file.to_owned(), range: start..start + words.len() }
}

fn level(texts: &Texts, place: &Place, what: &str) -> Level {
    let all = levels(texts, place);
    let names: Vec<String> = all.iter().map(|level| format!("{} {}", level.what, level.name)).collect();
    all.into_iter().find(|level| level.what == what).unwrap_or_else(|| panic!("no {what} among {names:?}"))
}

fn given(json: serde_json::Value) -> Given {
    serde_json::from_value(json).unwrap()
}

fn added(texts: &Texts, level: &Level, given: Given) -> Vec<Edited> {
    let change = Change::Add { beside: level.at.clone(), list: level.list.clone(), side: Side::After, given };
    apply(texts, &[change]).unwrap_or_else(|why| panic!("{}: {why:?}", level.what))
}

/// The lines that came, file by file.
fn new_lines(edited: &[Edited]) -> String {
    let mut all = String::new();
    for one in edited {
        all += &format!("--- {}\n", one.file);
        let before: Vec<&str> = one.before.as_deref().unwrap_or_default().lines().collect();
        let after: Vec<&str> = one.after.as_deref().unwrap_or_default().lines().collect();
        let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
        let end = before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(|(a, b)| a == b).count();
        for line in &after[start..after.len() - end] {
            all += &format!("{line}\n");
        }
    }
    all
}

/// What the reader of the whole content says of the form of what was added.
fn faults(edited: &[Edited]) -> Vec<String> {
    let (mut tree, _) = tally::source::read(&root().join("tests/fixtures/full/content"));
    for one in edited {
        let (path, text) = (one.file.clone(), one.after.as_deref().unwrap_or_default().to_owned());
        let sources = Arc::make_mut(&mut tree.sources);
        match tree.texts.get(&path) {
            Some(id) => {
                let shown = sources.file(*id).path.clone();
                sources.replace(*id, Arc::new(SourceFile::new(shown, text)));
            }
            None => {
                let id = sources.add(path.as_str(), text.as_str());
                tree.texts.insert(path, id);
            }
        }
    }
    let mut findings = Vec::new();
    tally::model::load(&tree, &mut findings);
    findings.iter().map(|finding| format!("{}: {}", finding.code.name(), finding.message)).collect()
}

/// Something that a field could be given.
fn answer(field: &AskedField, all: bool) -> Given {
    const BY_NAME: [(&str, &str); 12] = [
        ("periods", "Q1 to Q4"),
        ("target", "95%"),
        ("percentage", "91%"),
        ("number", "7"),
        ("part", "10"),
        ("whole", "20"),
        ("year", "2020"),
        ("due", "2026-01-31"),
        ("figure", "{{ facts.new-branches }}"),
        ("id", "of-its-own"),
        ("amber-within", "10%"),
        ("responses", "200"),
    ];
    match &field.asked {
        Asked::Text { words, known, .. } => {
            let by_name = BY_NAME.iter().find(|(name, _)| *name == field.name).map(|(_, text)| (*text).to_owned());
            let text =
                words.first().or(known.first()).cloned().or(by_name).unwrap_or_else(|| "Something new".to_owned());
            Given::Text(text)
        }
        asked => self::given_of(asked, all),
    }
}

fn given_of(asked: &Asked, all: bool) -> Given {
    match asked {
        // What writes a picture names it.
        Asked::Picture => Given::Text("branch.png".to_owned()),
        Asked::Text { words, known, .. } => {
            Given::Text(words.first().or(known.first()).cloned().unwrap_or_else(|| "Something new".to_owned()))
        }
        // Of the columns of an indicator one is enough; its figures are one each then.
        Asked::Some { words } if words.iter().any(|word| word == "number") => given(serde_json::json!(["number"])),
        Asked::Some { words } => Given::List(words.iter().map(|word| Given::Text(word.clone())).collect()),
        // Where it is not known how many there are, there are four periods.
        Asked::Lines { labels } if labels.is_empty() => given(serde_json::json!(["7", "7", "7", "7"])),
        Asked::Lines { labels } => Given::List(labels.iter().map(|_| Given::Text("7".to_owned())).collect()),
        Asked::Cells => given(serde_json::json!([["Branch", "Loans"], ["North", "1,204"], ["South", "97"]])),
        Asked::Record { fields } => Given::Record(
            fields
                .iter()
                .filter(|field| field.must || all)
                .map(|field| (field.name.clone(), answer(field, all)))
                .collect(),
        ),
        Asked::List { of, .. } => Given::List(vec![given_of(of, all)]),
        Asked::Choice { ways } => {
            Given::Record(BTreeMap::from([(ways[0].name.clone(), given_of(&ways[0].asked, all))]))
        }
        Asked::File { new: Some(new), .. } => given_of(new, all),
        Asked::File { files, .. } => Given::Text(files.first().cloned().unwrap_or_default()),
    }
}

#[test]
fn what_is_added_is_written_as_a_careful_person_would_type_it() {
    use serde_json::json;
    let texts = full();
    let mut all = String::new();
    let mut add = |file: &str, words: &str, what: &str, json: serde_json::Value| {
        let edited = added(&texts, &level(&texts, &at(&texts, file, words), what), given(json));
        all += &new_lines(&edited);
        all += "\n";
    };
    add("example/costs.yaml", "Films", "row", json!({"name": "Music", "values": ["1,000"]}));
    add("example/loans.yaml", "Films", "row", json!({"name": "Music", "values": ["1", "2", "3 weeks", "Much: loved"]}));
    add(
        "example/loans.yaml",
        "2 weeks",
        "column",
        json!({"name": "Late", "type": "count", "values": ["1", "2", "3", "4"]}),
    );
    let figures = json!([" 10 | 9 | 90%", "10 | 9 | 90%", "10 | 9 | 90%", "10 | 8 | 80%"]);
    let indicator = json!({"name": "Loans by post", "columns": ["denominator", "number", "percentage"], "series": "each-period",
        "percentage-is": "of-denominator", "figures": figures, "target": "90%", "rating": "amber", "note": ""});
    add("example/indicators.yaml", "Average waiting time", "indicator", indicator);
    let table = json!({"table": {"caption": "Loans by branch in {{ report.year }}", "source": "library-returns",
        "cells": [["Branch", "Loans", "2015/16"], ["North", "1,204", "7"], ["South", "97", "8"], ["", "", ""]]}});
    add("example/welcome.md", "", "part", table);
    add("example/welcome.md", "", "part", json!({"chart": {"of": "loans.yaml", "rows": []}}));
    add("example/welcome.md", "", "part", json!({"figure": {"caption": "The bus: at last", "alt": "A bus."}}));
    let figure = json!({"key-figures": [{"label": "Loans", "figure": "{{ loans.all.count }}"}]});
    add("example/welcome.md", "", "part", figure);
    let section = json!({"title": "2016/17: what comes next", "parts": [{"prose": {"text": "We go on.\n\nAnd on."}}]});
    add("example/welcome.md", "", "section", section);
    insta::assert_snapshot!(all);
}

/// Whatever can be added beside any place of the full project, with what must be said alone and with everything, is of the
/// form that its file asks for.
#[test]
fn whatever_can_be_added_is_read() {
    let texts = full();
    let mut seen = BTreeMap::new();
    for (file, text) in texts.iter().filter(|(file, _)| file.starts_with("example/")) {
        // Some lines, and some cells of rows.
        let lines = text.match_indices('\n').step_by(23).map(|(at, _)| at + 1);
        let cells = text.match_indices(", ").step_by(41).map(|(at, _)| at + 2);
        for start in lines.chain(cells) {
            let place = Place { file: file.clone(), range: start..start };
            for level in levels(&texts, &place) {
                seen.entry((level.at.file.clone(), level.list.clone())).or_insert(level);
            }
        }
    }
    let ways = |level: &Level| match &level.beside {
        Some(Asked::Choice { ways }) => ways.iter().map(|way| Asked::Choice { ways: vec![way.clone()] }).collect(),
        asked => asked.iter().cloned().collect::<Vec<Asked>>(),
    };
    let mut tried = 0;
    for (level, asked) in seen.values().flat_map(|level| ways(level).into_iter().map(move |asked| (level, asked))) {
        for all in [false, true] {
            let edited = added(&texts, level, given_of(&asked, all));
            let is_of_form = |told: &String| {
                ["broken-yaml", "unknown-field", "missing-field", "empty-field", "wrong-type", "duplicate-field"]
                    .iter()
                    .any(|code| told.starts_with(code) && !told.contains("`percentage-is`") && !told.contains("`aim`"))
            };
            let told: Vec<String> = faults(&edited).into_iter().filter(is_of_form).collect();
            assert!(told.is_empty(), "{} in {}: {told:?}\n{}", level.what, level.at.file, new_lines(&edited));
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
    let kinds: BTreeSet<&str> = seen.values().map(|level| level.what.as_str()).collect();
    let all = ["row", "column", "indicator", "deliverable", "part", "section"];
    assert!(all.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
}

#[test]
fn what_must_be_said_and_is_not_is_asked_for() {
    use serde_json::json;
    let texts = full();
    let refused = |file: &str, words: &str, what: &str, json: serde_json::Value| {
        let level = level(&texts, &at(&texts, file, words), what);
        let beside = level.at.clone();
        let change = Change::Add { beside, list: level.list, side: Side::After, given: given(json) };
        apply(&texts, &[change]).unwrap_err().remove(0).message
    };
    assert_eq!(refused("example/costs.yaml", "Films", "row", json!({"values": ["1"]})), "a row needs `name`");
    assert_eq!(
        refused("example/costs.yaml", "Films", "row", json!({"name": "A", "size": "1"})),
        "a row has no field `size`"
    );
    assert!(
        refused("example/loans.yaml", "Films", "row", json!({"name": "A", "values": ["1", ""]})).contains("missing")
    );
    assert!(refused("example/welcome.md", "", "part", json!({"prose": {"text": " "}})).contains("nothing"));
    assert!(
        refused("example/welcome.md", "", "part", json!({"table": {"caption": "A", "cells": [["", "a"], ["b", "1"]]}}))
            .contains("no name")
    );
    assert!(refused("example/welcome.md", "", "part", json!({})).contains("nothing was said"));
}

/// A list that is there takes a new entry at its end, one that is not begins where it is declared.
#[test]
fn a_list_of_a_record_begins_or_goes_on() {
    let texts = full();
    let within = |file: &str, words: &str, what: &str, list: &str, json: serde_json::Value| {
        let level = level(&texts, &at(&texts, file, words), what);
        assert!(level.lists.iter().any(|one| one.name == list), "{list} is offered");
        let change = Change::Within { of: level.at, list: list.to_owned(), given: given(json) };
        let edited = apply(&texts, &[change]).unwrap_or_else(|why| panic!("{why:?}"));
        edited[0].after.as_deref().unwrap().to_owned()
    };
    let more = within("example/costs.yaml", "34,000", "table", "notes", serde_json::json!("Rounded."));
    assert!(more.contains("| thousands }}.\n  - Rounded.\nrounding-note"), "{more}");
    let row = serde_json::json!({"name": "Maps", "values": ["1"]});
    let begun = within("example/costs.yaml", "40,000", "row", "of-which", row);
    assert!(begun.contains("of-which: [{name: Maps, values: 1}]"), "{begun}");
}

/// A section goes with the files that it alone shows, where that is wanted; other files stay.
#[test]
fn a_section_names_the_files_that_go_with_it() {
    let texts = full();
    let files = |words: &str| level(&texts, &at(&texts, "example/report.yaml", words), "section").files;
    assert_eq!(files("title: Stories"), ["example/bus.md"]);
    assert_eq!(files("title: People"), ["example/survey.yaml"], "months.yaml is shown by another section as well");
    let away = |file: &str| apply(&texts, &[Change::Away { file: file.to_owned() }]);
    assert_eq!(away("example/bus.md").unwrap()[0].after, None);
    for other in ["example/report.yaml", "example/checks.yaml", "facts.yaml", "organisation.yaml"] {
        assert_eq!(away(other).unwrap_err().len(), 1, "{other}");
    }
}

/// The levels of a place lead from the cell to the section, and each can be moved and taken out there.
#[test]
fn a_place_stands_in_its_row_its_column_its_part_and_its_section() {
    let texts = full();
    let all = levels(&texts, &at(&texts, "example/costs.yaml", "34,000"));
    let names: Vec<String> = all.iter().map(|level| format!("{} {}", level.what, level.name)).collect();
    insta::assert_debug_snapshot!(names);
    let of = |what: &str| all.iter().find(|level| level.what == what).unwrap();
    let gone = Change::Remove { at: of("part").at.clone(), list: Some("parts".to_owned()) };
    let edited = apply(&texts, &[gone]).unwrap();
    let without = texts["example/report.yaml"].replace("      - costs: costs.yaml\n", "");
    assert_eq!(edited[0].after.as_deref(), Some(&*without));
    let unit = of("column").fields.iter().find(|field| field.asked.name == "unit").unwrap();
    assert_eq!(unit.says, "£");
    let field = Change::Field { of: of("column").at.clone(), name: "unit".to_owned(), text: None };
    let edited = apply(&texts, &[field]).unwrap();
    assert!(edited[0].after.as_deref().unwrap().contains("{id: total, name: Total, type: money}"));
}
