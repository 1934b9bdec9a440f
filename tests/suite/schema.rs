//! Schemas for editors: what is valid for Tally is valid for them, and what has another form is marked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas as Store};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use tally::build::find_schemas;
use tally::diagnostic::{Code, SourceMap, any_errors};
use tally::model::values::{
    Count, Date, Email, Figure, FinancialYear, Id, Language, LinkTarget, Money, Percent, Telephone, When,
};
use tally::model::{LastAddress, SingleFactValue};
use tally::publish::Renewal;
use tally::schema::{FOLDER, FileKind, Named, named, schemas};
use tally::yaml::{self, Formed, Node, Parse, Value};

use crate::support::{Sandbox, root};

/// The schemas of all kinds, compiled by a validator that knows nothing of Tally.
struct Editor {
    store: Store,
    of_kind: BTreeMap<FileKind, SchemaIndex>,
}

impl Editor {
    fn new() -> Self {
        let (mut store, mut compiler) = (Store::new(), Compiler::new());
        let of_kind = FileKind::ALL.into_iter().map(|kind| {
            let (url, schema) = (format!("{}.json", kind.name()), serde_json::from_str(&kind.schema()).unwrap());
            compiler.add_resource(&url, schema).unwrap();
            (kind, compiler.compile(&url, &mut store).unwrap_or_else(|error| panic!("{url}: {error}")))
        });
        let of_kind = of_kind.collect();
        Self { store, of_kind }
    }

    /// What the validator marks in a file; nothing where it fits.
    fn marks(&self, kind: FileKind, text: &str) -> Option<String> {
        let sources = SourceMap::default();
        let node = yaml::parse(sources.add("a.yaml", text), text).ok()?;
        let value = as_editors_read(&node);
        let marked = self.store.validate(&value, self.of_kind[&kind]);
        marked.err().map(|error| format!("{error:#}"))
    }

    /// The files of a content folder that the validator marks, with what it says.
    fn marked(&self, content: &Path) -> BTreeMap<String, String> {
        let (tree, _) = tally::source::read(content);
        let files = named(&tree, &tally::model::Parsed::read(&tree));
        let marked = files.into_iter().filter_map(|one| {
            let marks = self.marks(one.kind, &tree.sources.file(one.file).text)?;
            Some((one.path, marks))
        });
        marked.collect()
    }
}

/// A value as editors read it: by the core schema of YAML 1.2, in which `12` is a number and `yes` a word.
fn as_editors_read(node: &Node) -> Json {
    match &node.value {
        Value::Scalar { text, plain: false } => json!(text),
        Value::Scalar { text, .. } => match text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Json::Null,
            "true" | "True" | "TRUE" => json!(true),
            "false" | "False" | "FALSE" => json!(false),
            _ if text.starts_with(|c: char| c.is_ascii_digit() || "-+.".contains(c)) => {
                let number = text.trim_start_matches('+');
                let whole = number.parse::<i64>().ok().map(Json::from);
                whole
                    .or_else(|| Some(json!(number.parse::<f64>().ok().filter(|one| one.is_finite())?)))
                    .unwrap_or_else(|| json!(text))
            }
            _ => json!(text),
        },
        Value::Sequence(items) => items.iter().map(as_editors_read).collect(),
        Value::Mapping(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.value.clone(), as_editors_read(value)));
            Json::Object(fields.collect::<Map<_, _>>())
        }
    }
}

fn folders(of: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(root().join(of)).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// An editor that marks what Tally takes would teach people to look past its marks.
#[test]
fn what_tally_takes_is_valid() {
    let editor = Editor::new();
    let mut seen = 0;
    let mut expect_none = |what: &str, content: &Path| {
        let marked = editor.marked(content);
        assert!(marked.is_empty(), "{what}: {marked:#?}");
        seen += 1;
    };
    for content in ["content", "tests/fixtures/full/content", "tests/fixtures/each/content"] {
        expect_none(content, &root().join(content));
    }
    for folder in folders("tests/fixtures/cases") {
        let sandbox = Sandbox::of(&folder.join("content"));
        if !any_errors(&sandbox.check().findings) {
            expect_none(&folder.display().to_string(), &sandbox.content());
        }
    }
    for folder in folders("tests/fixtures/rules").into_iter().flat_map(|rule| {
        fs::read_dir(rule).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect::<Vec<_>>()
    }) {
        let sandbox = Sandbox::full();
        sandbox.change(&folder);
        expect_none(&folder.display().to_string(), &sandbox.content());
    }
    assert!(seen > 60, "the fixtures were not found");
}

/// Faults of form: those that a reader tells of one value or one record, whatever else stands in the file.
const OF_FORM: [Code; 5] =
    [Code::UnknownField, Code::MissingField, Code::WrongType, Code::EmptyField, Code::WrongValue];

/// Faults that have one of these codes and hang together with something else, which no schema knows: what a column or an
/// indicator holds, what another field says, how long a text is as it is printed, the name of a folder.
const NOT_OF_FORM: &[&str] = &[
    "a-value-too-few",
    "abbreviations-that-cannot-be",
    "accessibility-dates",
    "accessibility-not-tested",
    "aim-against-target",
    "appendix-before-a-section",
    "bases-refused",
    "cost-level-too-deep",
    "costs-in-another-unit",
    "costs-of-another-table",
    "costs-with-parts-of-a-sum",
    "fact-with-value-and-formula",
    "fact-without-source",
    "figures-not-understood",
    "folder-name",
    "key-figure-too-long",
    "negative-count",
    "negative-time",
    "number-of-forty-digits",
    "percentage-without-meaning",
    "period-backwards",
    "share-over-100",
    "target-without-aim",
    "wrong-kind-of-figure",
];

#[test]
fn what_has_another_form_is_marked() {
    let editor = Editor::new();
    let (mut marked, mut missed) = (0, Vec::new());
    for folder in folders("tests/fixtures/faults") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let sandbox = Sandbox::full();
        sandbox.change(&folder);
        let outcome = sandbox.check();
        let told = editor.marked(&sandbox.content());
        for finding in outcome.findings.iter().filter(|finding| OF_FORM.contains(&finding.code)) {
            let Some(at) = finding.at else { continue };
            let path = outcome.sources.file(at.file).path.clone();
            if !path.ends_with(".yaml") {
                continue;
            }
            match told.keys().any(|file| path.ends_with(file.as_str())) {
                true => marked += 1,
                false => missed.push((name.clone(), finding.message.clone())),
            }
        }
    }
    let mut names: Vec<&str> = missed.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    assert_eq!(names, NOT_OF_FORM, "{missed:#?}");
    assert!(marked > 30, "only {marked} faults were marked");
}

/// A field that is declared is in the schema: completed, explained, and no other is taken.
#[test]
fn a_new_field_is_in_the_schema_by_its_declaration() {
    tally::record! {
        /// A library.
        Library "a library" {
            required name: tally::yaml::Text,
            /// How many books it has.
            optional books_it_has: tally::model::values::Count,
        }
    }
    let _ = |library: Library| (library.name, library.books_it_has);
    let form = <Library as tally::yaml::Formed>::form();
    let schema: Json = serde_json::from_str(&tally::schema::schema("library", &form)).unwrap();
    assert_eq!(schema["description"], "A library.");
    assert_eq!(schema["required"], json!(["name"]));
    assert_eq!(schema["additionalProperties"], json!(false));
    let books = &schema["properties"]["books-it-has"];
    assert_eq!(books["type"], json!(["string", "integer"]));
    assert!(books["description"].as_str().unwrap().starts_with("How many books it has."), "{books}");
}

#[test]
fn the_words_of_an_enumeration_are_those_that_its_reader_takes() {
    let schema: Json = serde_json::from_str(&FileKind::Report.schema()).unwrap();
    let parts = schema["definitions"]["section"]["properties"]["parts"]["items"]["properties"].as_object().unwrap();
    let mut names: Vec<&str> = tally::model::PartKind::all().map(|(name, _)| name).collect();
    names.sort();
    assert!(parts.keys().map(String::as_str).eq(names));
    let covers = &schema["properties"]["cover"]["enum"];
    assert_eq!(*covers, json!(tally::model::values::Cover::ALL.iter().map(|cover| cover.word()).collect::<Vec<_>>()));
}

/// First lines come, nothing else changes, and the reports are what they were.
#[test]
fn schemas_are_written_beside_the_content_and_named_in_its_files() {
    let sandbox = Sandbox::full();
    let before = sandbox.messages(&sandbox.check());
    let found = find_schemas(&sandbox.options());
    assert!(found.schemas.iter().all(|(_, renewal)| *renewal == Renewal::New));
    assert!(!sandbox.content().join(FOLDER).exists(), "nothing is written before it was shown");
    found.write().unwrap();
    for file in &found.files {
        let Named::ByLine { line, .. } = &file.named else { panic!("{} has a line", file.path) };
        let text = fs::read_to_string(sandbox.content().join(&file.path)).unwrap();
        assert_eq!(text, format!("{line}\n{}", found.outcome.sources.file(file.file).text));
        let schema = sandbox.content().join(&file.path).with_file_name(line.split_once('=').unwrap().1);
        assert!(schema.is_file(), "{line} leads nowhere");
    }
    assert!(find_schemas(&sandbox.options()).is_done());
    assert_eq!(sandbox.messages(&sandbox.check()), before);
    for (path, text) in schemas() {
        assert_eq!(fs::read_to_string(sandbox.content().join(path)).unwrap(), text);
    }
}

/// Published data says in which line each figure was typed: such files stay, and the settings of the editor name their
/// schemas.
#[test]
fn files_of_published_editions_keep_their_lines() {
    let sandbox = Sandbox::of(&root().join("content"));
    let found = find_schemas(&sandbox.options());
    assert!(found.files.iter().all(|file| file.named == Named::Frozen));
    let (path, text) = found.settings.as_ref().unwrap();
    let settings: Json = serde_json::from_str(text).unwrap();
    let of_reports = &settings["yaml.schemas"]["./content/.schemas/report.json"];
    assert_eq!(
        *of_reports,
        json!(["content/css-annual-report/report.yaml", "content/od-progress-summary/report.yaml"])
    );
    found.write().unwrap();
    assert!(sandbox.path().join(path).is_file());
    // Settings that are there are their owner's.
    fs::write(sandbox.path().join(path), "{}").unwrap();
    assert!(find_schemas(&sandbox.options()).settings.is_none());
}

/// The shipped schemas are those of the program.
#[test]
fn the_shipped_schemas_are_written_by_the_program_as_it_is() {
    for (path, text) in schemas() {
        let shipped = fs::read_to_string(root().join("content").join(&path)).unwrap_or_default();
        assert!(shipped == text, "type `tally schema --write`: {path} is not as the program writes it");
    }
}

/// Whether a validator marks a text where a value of a type stands.
fn is_marked<T: Formed>(text: &str) -> bool {
    let (mut store, mut compiler) = (Store::new(), Compiler::new());
    let schema = serde_json::from_str(&tally::schema::schema("value", &T::form())).unwrap();
    compiler.add_resource("value.json", schema).unwrap();
    let schema = compiler.compile("value.json", &mut store).unwrap();
    let text = json!(text);
    store.validate(&text, schema).is_err()
}

/// What a small value takes is never marked, whatever its reader makes of a text.
fn fits<T: Parse>(text: &str) {
    if T::parse(text).is_ok() && !text.is_empty() {
        assert!(!is_marked::<T>(text), "{} takes `{text}`", std::any::type_name::<T>());
    }
}

fn fits_all(text: &str) {
    fits::<Count>(text);
    fits::<Date>(text);
    fits::<Email>(text);
    fits::<Figure>(text);
    fits::<FinancialYear>(text);
    fits::<Id>(text);
    fits::<LastAddress>(text);
    fits::<LinkTarget>(text);
    fits::<Money>(text);
    fits::<Language>(text);
    fits::<Percent>(text);
    fits::<SingleFactValue>(text);
    fits::<Telephone>(text);
    fits::<When>(text);
}

#[test]
fn what_is_typed_every_day_is_never_marked() {
    for text in [
        "1,323,536",
        "0",
        "2016/17",
        "2016",
        "2016-12-31",
        "£4.5M",
        "(589)",
        "-",
        "[c]",
        "n/a",
        "12 (p)",
        "<5",
        "1:8",
        "9.5 weeks",
        "98 %",
        "+44 (0)1305 224 000",
        "HTTPS://Example.org",
        "mailto:a@example.org",
        "tel:01305",
        "en",
        "a",
        "staff-survey",
        "last.costs.total",
        "5–10%",
        "c. 40",
        "–4",
        "1,000",
    ] {
        fits_all(text);
    }
}

proptest! {
    #[test]
    fn what_a_small_value_takes_is_never_marked(text in "[-a-e0-9£%.,:/()+ –@]{1,9}") {
        fits_all(text.trim());
    }
}
