//! What browsers may change in a preview, and what no request can: whatever it asks for, nothing but the texts of the
//! content is written, and nothing at all by who does not come from a page of this preview.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};

use serde_json::{Value, json};

use crate::support::preview::{Previewed, connect};
use crate::support::{Sandbox, files};

/// Numbers that look as if there were no order in them, always the same ones.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// Texts that lead elsewhere, break a format or are no texts.
const WORDS: [&str; 20] = [
    "",
    "1",
    "12,345",
    "Two words.",
    "../outside.md",
    "../../outside.md",
    "/etc/passwd",
    "..\\outside.md",
    "linked.md",
    "file:///etc/passwd",
    "\u{0}",
    "\r\n",
    "a: b # c",
    "- x\n- y",
    "```\n<script>alert(1)</script>",
    "{{ facts.nothing }}",
    "&a *a !!python/object",
    "\u{feff}\u{202e}",
    "%2e%2e%2foutside.md",
    "\u{1f600}",
];
const LISTS: [&str; 8] = ["sections", "parts", "rows", "columns", "indicators", "values", "../parts", ""];
const KINDS: [&str; 14] = [
    "text",
    "figure",
    "cells",
    "field",
    "insert",
    "add",
    "within",
    "remove",
    "move",
    "duplicate",
    "mend",
    "file",
    "away",
    "begin",
];
const PATHS: [&str; 12] = [
    "change",
    "form",
    "change",
    "form",
    "paste",
    "picture",
    "confirm",
    "undo",
    "redo",
    "change/../../../outside.md",
    "places/example",
    "file",
];

/// A preview of a sandbox with something beside the content, and with what its page knows.
pub struct Edited {
    pub sandbox: Sandbox,
    pub preview: Previewed,
    token: String,
    /// The bytes of a picture, in digits.
    pub picture: String,
    pub items: Vec<Value>,
    /// What was told last.
    pub last: Value,
}

impl Edited {
    pub fn begin() -> Self {
        Self::of(|_| ())
    }

    /// The same of a content that is made ready first.
    pub fn of(ready: impl Fn(&Sandbox)) -> Self {
        let sandbox = Sandbox::full();
        ready(&sandbox);
        let edited = Self::begun(sandbox);
        assert!(edited.items.len() > 50, "the places of the report are known");
        edited
    }

    /// The same of any project, which may be faulty.
    pub fn begun(sandbox: Sandbox) -> Self {
        fs::write(sandbox.path().join("outside.md"), "Outside.\n").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../../outside.md", sandbox.content().join("example/linked.md")).unwrap();
        let mut preview = Previewed::editing(&sandbox);
        let last = preview.settled();
        let page = String::from_utf8(preview.get("/~preview/").body).unwrap();
        let token = page.split("name=\"tally-token\" content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let places: Value =
            serde_json::from_slice(&preview.get("/~preview/edit/places/example").body).unwrap_or_default();
        let items = places["items"].as_array().cloned().unwrap_or_default();
        let picture = fs::read(crate::support::root().join("tests/fixtures/full/content/example/branch.png")).unwrap();
        let picture = picture.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { sandbox, preview, token, picture, items, last }
    }

    pub fn own_headers(&self) -> String {
        let (address, token) = (self.preview.address, &self.token);
        format!("Origin: http://{address}\r\nX-Tally-Token: {token}\r\nContent-Type: application/json\r\n")
    }

    /// Headers of who may not write: each lacks something, or says it wrong.
    fn foreign_headers(&self, chance: &mut Chance) -> String {
        let (address, token) = (self.preview.address, self.token.as_str());
        let own = format!("http://{address}");
        let beside = format!("http://{address}.example.org");
        let other_port = format!("http://127.0.0.1:{}", address.port().wrapping_add(1));
        let origins = ["", "null", "https://example.org", &beside, &other_port, "http://127.0.0.1"];
        let longer = format!("{token}0");
        let zeros = "0".repeat(token.len());
        let tokens = ["", "0", &zeros, &token[1..], &longer];
        let types = ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "application/jsonp"];
        let wrong = chance.below(3);
        let pick = |is_wrong: bool, right: &str, others: &[&str], chance: &mut Chance| match is_wrong {
            true => chance.of(others).to_owned(),
            false => right.to_owned(),
        };
        let header = |name: &str, value: String| match value.is_empty() {
            true => String::new(),
            false => format!("{name}: {value}\r\n"),
        };
        header("Origin", pick(wrong == 0, &own, &origins, chance))
            + &header("X-Tally-Token", pick(wrong == 1, token, &tokens, chance))
            + &header("Content-Type", pick(wrong == 2, "application/json", &types, chance))
    }

    /// The id of an item and its revision, or something like them.
    fn named(&self, chance: &mut Chance) -> (String, String) {
        let item = &self.items[chance.below(self.items.len())];
        let (id, revision) = (item["id"].as_str().unwrap(), item["revision"].as_str().unwrap().to_owned());
        let mut parts: Vec<String> = id.split('-').map(str::to_owned).collect();
        match chance.below(8) {
            0 => parts[0] = chance.of(&WORDS).to_owned(),
            1 => parts[1] = chance.below(100_000).to_string(),
            2 => parts[2] = "18446744073709551615".to_owned(),
            3 => parts.swap(1, 2),
            4 => parts.truncate(chance.below(3)),
            5 => return (parts.join("-"), chance.of(&WORDS).to_owned()),
            _ => {}
        }
        (parts.join("-"), revision)
    }

    /// A part of a report that is new, with a file of its own.
    fn part(&self, chance: &mut Chance) -> Value {
        let (id, revision) = self.caption(chance);
        let text = chance.of(&WORDS);
        let given = match chance.below(2) {
            0 => json!({ "prose": { "text": text } }),
            _ => json!({ "figure": { "caption": text, "alt": text,
                "picture": { "name": chance.of(&WORDS), "bytes": self.bytes(chance) } } }),
        };
        json!({ "kind": "add", "id": id, "revision": revision, "list": "parts", "before": false, "given": given })
    }

    fn change(&self, chance: &mut Chance) -> Value {
        if chance.below(8) == 0 {
            return self.part(chance);
        }
        let (id, revision) = self.named(chance);
        let kind = chance.of(&KINDS);
        let list = match chance.below(3) {
            0 => Value::Null,
            _ => json!(chance.of(&LISTS)),
        };
        let mut change = json!({ "kind": kind, "id": id, "revision": revision });
        let text = json!(chance.of(&WORDS));
        let more = match kind {
            "text" | "figure" | "mend" => json!({ "text": text }),
            // All of a file is seldom taken away, so that there is something to write in.
            "file" if chance.below(20) == 0 => json!({ "text": text }),
            "away" if chance.below(20) == 0 => json!({}),
            "cells" => json!({ "cells": vec![vec![text; chance.below(4)]; chance.below(4)] }),
            "field" => json!({ "name": chance.of(&["note", "picture", "prose", "../note"]), "text": text }),
            "insert" => json!({ "list": list, "before": chance.below(2) == 0,
                "values": [[chance.of(&["id", "prose", "picture", "text"]), text]] }),
            "add" | "within" => {
                let name = chance.of(&["name", "prose", "pull-out", "picture", "text", "../prose"]);
                let given = match chance.below(5) {
                    0 => text,
                    1 => json!([[text]]),
                    2 => json!({ name: [text] }),
                    3 => json!({ "figure": { "caption": text, "picture": { "name": text, "bytes": "2e2f" } } }),
                    _ => json!({ name: text }),
                };
                let list = chance.of(&LISTS);
                match kind {
                    "add" => json!({ "list": list, "before": chance.below(2) == 0, "given": given }),
                    _ => json!({ "list": list, "given": given }),
                }
            }
            "move" => json!({ "list": list, "by": chance.below(9) as i64 - 4 }),
            "remove" | "duplicate" => json!({ "list": list }),
            _ => json!({ "file": chance.of(&WORDS), "text": text }),
        };
        let fields = change.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        if chance.below(10) == 0 {
            fields.insert(chance.of(&["path", "file", "id"]).to_owned(), json!("../outside.md"));
        }
        change
    }

    /// The bytes of a picture, or of none.
    fn bytes(&self, chance: &mut Chance) -> String {
        match chance.below(4) {
            0 => chance.of(&["2e2f", "", "0g", "89504e47"]).to_owned(),
            _ => self.picture.clone(),
        }
    }

    /// The caption of a figure, or any other item.
    fn caption(&self, chance: &mut Chance) -> (String, String) {
        let is_caption = |item: &&Value| item["kind"] == "Caption" && item["file"] == "example/report.yaml";
        let captions: Vec<&Value> = self.items.iter().filter(is_caption).collect();
        match chance.below(2) {
            0 => self.named(chance),
            _ => {
                let item = captions[chance.below(captions.len())];
                (item["id"].as_str().unwrap().to_owned(), item["revision"].as_str().unwrap().to_owned())
            }
        }
    }

    /// What a path is asked for.
    fn asked(&self, path: &str, chance: &mut Chance) -> Value {
        match path {
            "paste" => json!({ "html": format!("<p>{}</p>", chance.of(&WORDS)) }),
            "picture" => {
                let (id, revision) = self.caption(chance);
                json!({ "id": id, "revision": revision, "name": chance.of(&WORDS), "alternative": chance.of(&WORDS),
                    "bytes": self.bytes(chance) })
            }
            "confirm" => json!({ "report": chance.of(&["example", "../example", ""]), "ids": [self.named(chance).0],
                "by": chance.of(&WORDS), "date": chance.of(&["2026-05-04", "../../2026", ""]) }),
            _ => {
                let changes: Vec<Value> = (0..=chance.below(2)).map(|_| self.change(chance)).collect();
                json!({ "changes": changes, "typing": (chance.below(2) == 0).then_some("a pick") })
            }
        }
    }

    /// A request that writes, or something like it.
    fn body(&self, path: &str, chance: &mut Chance) -> Vec<u8> {
        let mut body = self.asked(path, chance).to_string().into_bytes();
        match chance.below(20) {
            0 => body.truncate(chance.below(body.len())),
            1 => {
                let place = chance.below(body.len());
                body[place] = chance.below(256) as u8;
            }
            2 => body = b"[".repeat(10_000),
            _ => {}
        }
        body
    }

    /// What lies beside the content.
    fn beside(&self) -> Vec<(String, Vec<u8>)> {
        files(self.sandbox.path()).into_iter().filter(|(path, _)| !path.starts_with("content/")).collect()
    }

    fn names(&self) -> Vec<String> {
        files(&self.sandbox.content()).into_iter().map(|(path, _)| path).collect()
    }
}

#[test]
fn five_thousand_requests_of_others_write_nothing() {
    let edited = Edited::begin();
    let before = files(edited.sandbox.path());
    let mut chance = Chance(1);
    for _ in 0..5_000 {
        let path = chance.of(&PATHS);
        let (headers, body) = (edited.foreign_headers(&mut chance), edited.body(path, &mut chance));
        let answer = edited.preview.post(&format!("/~preview/edit/{path}"), &headers, &body);
        assert_eq!(answer.status, 405, "{headers}");
    }
    assert!(files(edited.sandbox.path()) == before);
}

#[test]
fn five_thousand_requests_of_a_page_gone_mad_write_into_texts_of_the_content_alone() {
    let mut edited = Edited::begin();
    let (beside, names) = (edited.beside(), edited.names());
    let pictures = |edited: &Edited| -> BTreeMap<String, Vec<u8>> {
        let is_text = |path: &str| path.ends_with(".yaml") || path.ends_with(".md");
        files(&edited.sandbox.content()).into_iter().filter(|(path, _)| !is_text(path)).collect()
    };
    let before = pictures(&edited);
    let mut chance = Chance(2);
    let mut states = BTreeMap::<(&str, String), usize>::new();
    let mut came = BTreeSet::new();
    for _ in 0..5_000 {
        let path = chance.of(&PATHS);
        let body = edited.body(path, &mut chance);
        let answer = edited.preview.post(&format!("/~preview/edit/{path}"), &edited.own_headers(), &body);
        assert!(answer.status < 500, "{}: {}", answer.head, String::from_utf8_lossy(&body));
        let answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let state = answer["state"].as_str().unwrap_or("unread");
        *states.entry((path, state.to_owned())).or_default() += 1;
        if state == "saved" {
            came.extend(edited.names().into_iter().filter(|name| !names.contains(name)));
        }
    }
    for path in ["change", "form", "picture"] {
        let of = |state: &str| states.get(&(path, state.to_owned())).copied().unwrap_or_default();
        assert!(of("saved") > 5 && of("refused") > 5, "both are tried of {path}: {states:?}");
    }
    assert!(edited.beside() == beside, "what lies beside the content is as it was");
    let is_safe = |name: &str| {
        let name = name.strip_prefix("example/").unwrap_or("/");
        let (stem, ending) = name.rsplit_once('.').unwrap_or_default();
        let is_of_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        stem.chars().all(is_of_name) && !stem.is_empty() && ["png", "md", "yaml"].contains(&ending)
    };
    let strange: Vec<&String> = came.iter().filter(|name| !is_safe(name)).collect();
    assert!(strange.is_empty(), "what is new lies in the folder of its report, under a name of letters: {strange:?}");
    for ending in [".png", ".md"] {
        assert!(came.iter().any(|name| name.ends_with(ending)), "files are begun as well: {came:?}");
    }
    let now = pictures(&edited);
    assert!(before.iter().all(|(name, bytes)| now.get(name) == Some(bytes)), "no picture is written over");
    let names = edited.names();
    for kept in ["organisation.yaml", "facts.yaml", "checks.yaml", "example/report.yaml"] {
        assert!(names.iter().any(|name| name == kept), "{kept} is no file of a part");
    }
    // It still works, and what was changed can be read by its author.
    assert_eq!(edited.preview.get("/~preview/").status, 200);
    edited.preview.settled();
}

#[test]
fn a_request_that_is_too_large_is_refused_and_the_next_one_is_heard() {
    let edited = Edited::begin();
    let before = files(edited.sandbox.path());
    let large = json!({ "changes": [], "typing": "x".repeat(9 * 1024 * 1024) }).to_string();
    let mut stream = connect(edited.preview.address);
    let (headers, length) = (edited.own_headers(), large.len());
    let address = edited.preview.address;
    let head =
        format!("POST /~preview/edit/change HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {length}\r\n");
    write!(stream, "{head}Connection: close\r\n\r\n").unwrap();
    // It may stop to listen before everything is said.
    let _ = stream.write_all(large.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(edited.preview.post("/~preview/edit/undo", &edited.own_headers(), b"{}").status, 200);
    assert!(files(edited.sandbox.path()) == before);
}

#[test]
fn a_picture_comes_into_the_folder_of_its_report_with_what_it_shows_and_over_no_other() {
    let mut edited = Edited::begin();
    let png = fs::read(edited.sandbox.content().join("example/branch.png")).unwrap();
    let (beside, count) = (edited.beside(), edited.names().len());
    let caption = edited.items.iter().find(|item| item["kind"] == "Caption" && item["file"] == "example/report.yaml");
    let caption = caption.expect("a figure has a caption").clone();
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let ask = |name: &str, alternative: &str, bytes: &str| -> Value {
        let body = json!({ "id": caption["id"], "revision": caption["revision"], "name": name,
            "alternative": alternative, "bytes": bytes });
        let answer = edited.preview.post("/~preview/edit/picture", &edited.own_headers(), body.to_string().as_bytes());
        assert_eq!(answer.status, 200);
        serde_json::from_slice(&answer.body).unwrap()
    };
    for (name, alternative, bytes) in [
        ("new.png", " ", digits(&png)),
        ("new.png", "A shelf.", digits(b"no picture")),
        ("new.png", "A shelf.", digits(&png)[1..].to_owned()),
    ] {
        assert_eq!(ask(name, alternative, &bytes)["state"], "refused", "{name} {alternative}");
    }
    assert_eq!(edited.names().len(), count, "nothing is written");
    // A picture of this name is there already: both stay.
    let other = fs::read(crate::support::root().join("tests/fixtures/full/content/example/branch.png")).unwrap();
    let saved = ask("../../Branch.PNG", "A shelf: full of books.", &digits(&png));
    assert_eq!(saved["state"], "saved", "{saved}");
    assert!(fs::read(edited.sandbox.content().join("example/branch-2.png")).unwrap() == png);
    assert!(fs::read(edited.sandbox.content().join("example/branch.png")).unwrap() == other);
    let report = fs::read_to_string(edited.sandbox.content().join("example/report.yaml")).unwrap();
    assert!(report.contains("picture: branch-2.png") && report.contains("A shelf: full of books."), "{report}");
    assert!(edited.beside() == beside && edited.names().len() == count + 1);
    let _ = fs::remove_file(edited.sandbox.content().join("example/linked.md"));
    edited.preview.done();
}

/// A picture that another one took the place of still lies there: whoever goes back to it, and on, is kept up by neither.
#[test]
fn pictures_of_one_figure_are_taken_back_one_by_one() {
    let edited = Edited::begin();
    let caption = edited.items.iter().find(|item| item["kind"] == "Caption" && item["file"] == "example/report.yaml");
    let caption = caption.expect("a figure has a caption").clone();
    let post = |path: &str, body: Value| -> Value {
        let headers = edited.own_headers();
        let answer = edited.preview.post(&format!("/~preview/edit/{path}"), &headers, body.to_string().as_bytes());
        serde_json::from_slice(&answer.body).unwrap()
    };
    let report = || fs::read_to_string(edited.sandbox.content().join("example/report.yaml")).unwrap();
    let has = |name: &str| edited.sandbox.content().join("example").join(name).exists();
    let before = report();
    for name in ["1.png", "shelf.png"] {
        let asked = json!({ "id": caption["id"], "revision": caption["revision"], "name": name,
            "alternative": "A shelf.", "bytes": edited.picture });
        let saved = post("picture", asked);
        assert_eq!(saved["state"], "saved", "{saved}");
    }
    for (step, of_first, of_second) in [
        ("undo", true, false),
        ("undo", false, false),
        ("redo", true, false),
        ("redo", false, true),
        ("undo", true, false),
    ] {
        let answer = post(step, json!({}));
        assert_eq!(answer["state"], "saved", "{answer}");
        assert_eq!((has("1.png"), has("shelf.png")), (of_first, of_second), "{step}");
    }
    assert_eq!(post("undo", json!({}))["state"], "saved");
    assert_eq!(report(), before);
}

#[test]
fn the_shell_and_the_preview_know_the_same_fields_of_each_message() {
    let of = |path: &str| fs::read_to_string(crate::support::root().join("src").join(path)).unwrap();
    let shell = of("preview/shell/edit/messages.js");
    let messages = of("preview/edit/messages.rs");
    let level = of("edit/room.rs").split("\npub struct ").find(|one| one.starts_with("Level ")).unwrap().to_owned();
    let mut structs = 0;
    for one in messages.split("\npub struct ").skip(1).chain([&*level]) {
        let (name, rest) = one.split_once(" {\n").unwrap();
        let body = rest.split("\n}").next().unwrap();
        let lines: Vec<&str> = body.lines().collect();
        // What is not told, and what is told as fields of another, is no field.
        let is_own = |place: usize| place == 0 || !lines[place - 1].contains("#[serde(");
        let fields: BTreeSet<&str> = (0..lines.len())
            .filter(|place| is_own(*place) || lines[place - 1].contains("default"))
            .filter_map(|place| lines[place].strip_prefix("    pub ")?.split_once(':').map(|(field, _)| field))
            .collect();
        let end = shell.find(&format!("}} {name}\n")).unwrap_or_else(|| panic!("the shell has no typedef of {name}"));
        let start = shell[..end].rfind("@typedef {").unwrap() + "@typedef {".len();
        let told = shell[start..end].split_once('{').unwrap().1.strip_suffix('}').unwrap();
        // Fields of what stands within a field are not its own.
        let own: String = told.split('{').map(|part| part.rsplit('}').next().unwrap()).collect();
        let known: BTreeSet<&str> = own
            .split([',', '\n'])
            .filter_map(|field| field.split_once(':'))
            .map(|(field, _)| field.trim_start_matches([' ', '*']))
            .collect();
        assert_eq!(known, fields, "{name}");
        structs += 1;
    }
    assert!(structs > 10);
}

/// What a window may ask for is one list of kinds, each with its fields.
#[test]
fn the_shell_and_the_preview_know_the_same_kinds_of_changes() {
    type Kinds = BTreeMap<String, BTreeSet<String>>;
    let of = |path: &str| fs::read_to_string(crate::support::root().join("src/preview").join(path)).unwrap();
    let (messages, shell) = (of("edit/messages.rs"), of("shell/edit/messages.js"));
    let names = |fields: &str| -> BTreeSet<String> {
        fields.split(',').filter_map(|field| field.split_once(':')).map(|(name, _)| name.trim().to_owned()).collect()
    };
    let kinds = messages.split("pub enum AskedChange {\n").nth(1).unwrap().split("\n}").next().unwrap();
    let is_code = |line: &&str| !line.starts_with("///") && !line.starts_with("#[");
    let plain = kinds.lines().map(str::trim).filter(is_code).collect::<Vec<_>>().join(" ");
    let kind = |(name, fields): (&str, &str)| (name.trim_matches([' ', ',']).to_lowercase(), names(fields));
    let known: Kinds = plain.split('}').filter_map(|kind| kind.split_once('{')).map(kind).collect();
    let told = shell.split("} AskedChange\n").next().and_then(|before| before.rsplit("@typedef {").next()).unwrap();
    let mut of_shell = Kinds::new();
    for way in told.split("{kind:").skip(1) {
        let (kinds, fields) = way.split_once(',').unwrap();
        let fields = names(fields.split('}').next().unwrap());
        of_shell.extend(kinds.split('|').map(|kind| (kind.trim_matches([' ', '\'']).to_owned(), fields.clone())));
    }
    assert_eq!(of_shell, known);
    assert!(known.len() > 10);
}
