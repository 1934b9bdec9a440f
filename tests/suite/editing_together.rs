//! Editing while something else happens: the next place before the last one is read, another program at the same file, an
//! answer that was lost, a file that cannot be read or written.

use std::fs;

use serde_json::{Value, json};

use crate::editing::Edited;
use crate::support::Sandbox;

const COSTS: &str = "example/costs.yaml";
const WELCOME: &str = "example/welcome.md";

impl Edited {
    /// The item that some words begin, as the window knew it first.
    fn item(&self, file: &str, source: &str) -> Value {
        let is_it =
            |item: &&Value| item["file"] == file && item["source"].as_str().is_some_and(|own| own.starts_with(source));
        self.items.iter().find(is_it).unwrap_or_else(|| panic!("{source} is known of {file}")).clone()
    }

    fn ask(&self, changes: &[Value]) -> Value {
        let body = json!({ "changes": changes, "typing": "one pick" }).to_string();
        let answer = self.preview.post("/~preview/edit/change", &self.own_headers(), body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.head);
        serde_json::from_slice(&answer.body).unwrap()
    }

    fn places(&self) -> Value {
        serde_json::from_slice(&self.preview.get("/~preview/edit/places/example").body).unwrap()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.sandbox.content().join(file)).unwrap()
    }
}

/// What is to stand in the place of an item.
fn typed(item: &Value, text: &str) -> Value {
    let kind = if item["format"] == "figure" { "figure" } else { "text" };
    json!({ "kind": kind, "id": item["id"], "revision": item["revision"], "text": text })
}

/// Who types fast is in the next cell of the line before the last one is read.
#[test]
fn figures_of_one_line_are_typed_one_after_the_other_without_waiting() {
    let edited = Edited::begin();
    let [total, share] = ["33,000", "20.6%"].map(|figure| edited.item(COSTS, figure));
    assert_eq!(edited.ask(&[typed(&total, "1,033,000")])["state"], "saved");
    assert_eq!(edited.ask(&[typed(&share, "21%")])["state"], "saved");
    assert!(edited.text(COSTS).contains("{name: Novels, values: \"1,033,000 | £0.27 | 21%\"}"));
    assert!(edited.text(COSTS).contains("{name: Plays, values: \"33,000 | £0.27 | 20.6%\"}"), "and no other");
}

#[test]
fn a_place_that_was_typed_in_elsewhere_is_not_typed_over() {
    let edited = Edited::begin();
    let item = edited.item(WELCOME, "We opened");
    let text = item["source"].as_str().unwrap().to_owned();
    assert_eq!(edited.ask(&[typed(&item, &text.replace("We opened", "At last we opened"))])["state"], "saved");
    let answer = edited.ask(&[typed(&item, &text.replace("We opened", "In May we opened"))]);
    assert_eq!(answer["state"], "conflict");
    assert!(edited.text(WELCOME).starts_with("At last we opened"));
}

#[test]
fn what_another_program_wrote_beside_a_figure_is_not_followed_by_its_letters() {
    let edited = Edited::begin();
    let total = edited.item(COSTS, "33,000");
    // The same line has another name by now: the figure may be another one.
    edited.sandbox.replace(COSTS, "name: Novels", "name: Novels and plays");
    assert_eq!(edited.ask(&[typed(&total, "32,000")])["state"], "conflict");
    assert!(edited.text(COSTS).contains("name: Novels and plays, values: \"33,000"));
}

#[test]
fn what_is_asked_again_since_its_answer_was_lost_is_done_once() {
    let mut edited = Edited::begin();
    let item = edited.item(WELCOME, "More of it");
    let first = edited.ask(&[typed(&item, "Once.")]);
    let again = edited.ask(&[typed(&item, "Once.")]);
    assert_eq!([&first["state"], &again["state"]], ["saved", "saved"]);
    assert_eq!(first["saved"], again["saved"], "nothing was written for which a build would have to be waited");
    assert_eq!(first["revisions"], again["revisions"]);
    assert_eq!(first["ids"], again["ids"]);
    edited.preview.post("/~preview/edit/undo", &edited.own_headers(), b"{}");
    edited.preview.settled();
    assert!(edited.text(WELCOME).contains("More of it in {{ report.next-year }}"), "one step is one step");
}

/// What was typed wrong must be found again where it was typed, also by who went elsewhere.
#[test]
fn a_file_that_cannot_be_read_any_more_keeps_its_places() {
    let mut edited = Edited::begin();
    let figure = edited.item(COSTS, "33,000");
    assert_eq!(edited.ask(&[typed(&figure, "33,,0x")])["state"], "saved");
    let is_told = |edited: &mut Edited| {
        let state = edited.preview.settled();
        let findings = state["findings"].as_array().unwrap();
        findings.iter().any(|finding| finding["file"].as_str().is_some_and(|file| file.ends_with(COSTS)))
    };
    assert!(is_told(&mut edited));
    let places = edited.places();
    assert_eq!(places["saved"], 1);
    let items = places["items"].as_array().unwrap();
    let broken = items.iter().find(|item| item["source"] == "33,,0x").expect("the figure as it was typed").clone();
    assert_eq!(edited.ask(&[typed(&broken, "33,000")])["state"], "saved");
    assert!(!is_told(&mut edited), "it is mended");
}

#[test]
fn a_report_that_cannot_be_read_any_more_keeps_its_places() {
    let mut edited = Edited::begin();
    edited.sandbox.replace("example/report.yaml", "title: Library Service", "titel: Library Service");
    assert_eq!(edited.preview.settled()["state"], "faulty");
    let item = edited.item(WELCOME, "More of it");
    assert_eq!(edited.ask(&[typed(&item, "More.")])["state"], "saved");
    edited.preview.settled();
    let places = edited.places();
    assert_eq!(places["saved"], 1, "who waits for what was written last does not wait for ever");
    assert!(places["items"].as_array().unwrap().len() > 50);
}

#[test]
fn a_text_keeps_its_ends_of_lines_its_mark_and_its_last_line() {
    for (mark, ends, last) in
        [("\u{feff}", "\r\n", ""), ("", "\r\n", "\r\n"), ("\u{feff}", "\n", ""), ("", "\n", "\n\n")]
    {
        let edited = Edited::of(|sandbox| {
            for file in [WELCOME, COSTS] {
                let text = fs::read_to_string(sandbox.content().join(file)).unwrap();
                let text = text.trim_end().replace('\n', ends);
                sandbox.write(file, format!("{mark}{text}{last}"));
            }
        });
        let before = [WELCOME, COSTS].map(|file| edited.text(file));
        let item = edited.item(WELCOME, "More of it");
        let answer = edited.ask(&[typed(&item, "Each day.")]);
        assert_eq!(answer["state"], "saved", "{answer}");
        let figure = edited.item(COSTS, "40,000");
        assert_eq!(edited.ask(&[typed(&figure, "41,000")])["state"], "saved");
        let source = item["source"].as_str().unwrap().replace('\n', ends);
        assert_eq!(edited.text(WELCOME), before[0].replace(&source, "Each day."));
        assert_eq!(edited.text(COSTS), before[1].replace("40,000", "41,000"));
    }
}

#[test]
fn what_cannot_be_written_is_told_and_can_be_asked_again() {
    let edited = Edited::begin();
    let (item, before) = (edited.item(WELCOME, "More of it"), edited.text(WELCOME));
    // Nothing can be written beside the file where a folder has the name.
    let beside = edited.sandbox.content().join("example/.welcome.md.tally");
    fs::create_dir_all(beside.join("full")).unwrap();
    let answer = edited.ask(&[typed(&item, "More.")]);
    assert_eq!(answer["state"], "failed", "{answer}");
    assert!(answer["message"].as_str().unwrap().contains("welcome.md cannot be written"), "{answer}");
    assert_eq!(edited.text(WELCOME), before);
    fs::remove_dir_all(&beside).unwrap();
    assert_eq!(edited.ask(&[typed(&item, "More.")])["state"], "saved");
}

/// A file may become a link while a window still shows its text.
#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link() {
    let edited = Edited::begin();
    let (item, path) = (edited.item(WELCOME, "More of it"), edited.sandbox.content().join(WELCOME));
    let outside = edited.sandbox.path().join("welcome.md");
    fs::rename(&path, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &path).unwrap();
    let before = fs::read(&outside).unwrap();
    assert_eq!(edited.ask(&[typed(&item, "More.")])["state"], "failed");
    assert!(fs::read(&outside).unwrap() == before);
}

/// The folder of a report may become one as well: a picture of a form does not lie behind it, not for a moment.
#[test]
#[cfg(unix)]
fn no_picture_is_written_through_a_link() {
    let edited = Edited::begin();
    let caption = edited.items.iter().find(|item| item["kind"] == "Caption" && item["file"] == "example/report.yaml");
    let caption = caption.expect("a figure has a caption").clone();
    let picture = json!({ "name": "New.png", "bytes": edited.picture });
    let given = json!({ "figure": { "caption": "A shelf", "alt": "A shelf of books.", "picture": picture } });
    let add = json!({ "kind": "add", "id": caption["id"], "revision": caption["revision"], "list": "parts",
        "before": false, "given": given });
    let ask = || -> Value {
        let body = json!({ "changes": [add] }).to_string();
        let answer = edited.preview.post("/~preview/edit/form", &edited.own_headers(), body.as_bytes());
        serde_json::from_slice(&answer.body).unwrap()
    };
    let (folder, outside) = (edited.sandbox.content().join("example"), edited.sandbox.path().join("elsewhere"));
    assert_eq!(ask()["state"], "saved", "it is written where it belongs");
    assert!(folder.join("new.png").exists());
    fs::rename(&folder, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &folder).unwrap();
    let before = fs::metadata(&outside).unwrap().modified().unwrap();
    assert_ne!(ask()["state"], "saved");
    assert_eq!(fs::metadata(&outside).unwrap().modified().unwrap(), before, "no file came, not even to go again");
}

/// What keeps everything from being read is mended from the preview that was begun with it.
#[test]
fn a_file_that_could_not_be_read_when_the_preview_began_is_mended_from_it() {
    const SHARED: &str = "organisation.yaml";
    let sandbox = Sandbox::full();
    let before = fs::read_to_string(sandbox.content().join(SHARED)).unwrap();
    sandbox.replace(SHARED, "name:", "name");
    let edited = Edited::begun(sandbox);
    let state = edited.last.clone();
    assert_eq!(state["state"], "faulty", "{state}");
    let findings = state["findings"].as_array().unwrap();
    let place = &findings.iter().find(|finding| finding["code"] == "broken-yaml").unwrap()["place"];
    let id = place["id"].as_str().unwrap_or_else(|| panic!("the fault has a place: {state}"));
    let file: Value = serde_json::from_slice(&edited.preview.get(&format!("/~preview/edit/file/{id}")).body).unwrap();
    assert_eq!((file["file"].as_str(), file["format"].as_str()), (Some(SHARED), Some("file")));
    let mended = file["source"].as_str().unwrap().replacen("name", "name:", 1);
    let change = json!({ "kind": "file", "id": file["id"], "revision": file["revision"], "text": mended });
    assert_eq!(edited.ask(&[change])["state"], "saved");
    assert_eq!(edited.text(SHARED), before);
    let mut preview = edited.preview;
    let state = preview.settled();
    let codes: Vec<&Value> = state["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
    assert!(!codes.iter().any(|code| *code == "broken-yaml"), "{codes:?}");
}

/// Who types all of a file knows nothing of what others write in it meanwhile, and takes none of it back.
#[test]
fn who_types_all_of_a_file_keeps_what_another_program_writes_in_it() {
    let edited = Edited::begin();
    let id = edited.item(WELCOME, "We opened")["id"].as_str().unwrap().to_owned();
    let file: Value = serde_json::from_slice(&edited.preview.get(&format!("/~preview/edit/file/{id}")).body).unwrap();
    let typed = |file: &Value, revision: &Value, text: &str| {
        let change = json!({ "kind": "file", "id": file["id"], "revision": revision, "text": text });
        edited.ask(&[change])
    };
    let text = file["source"].as_str().unwrap().to_owned();
    fs::write(edited.sandbox.content().join(WELCOME), text.replace("Every day.", "Every evening.")).unwrap();
    let first = text.replace("We opened", "At last we opened");
    let answer = typed(&file, &file["revision"], &first);
    assert_eq!(answer["state"], "saved", "{answer}");
    let name = file["id"].as_str().unwrap().split('-').next().unwrap();
    let answer = typed(&file, &answer["revisions"][name], &first.replace("At last", "At long last"));
    assert_eq!(answer["state"], "saved", "{answer}");
    let now = edited.text(WELCOME);
    assert!(now.contains("At long last we opened") && now.contains("Every evening."), "{now}");
    // In the same place neither is written over.
    fs::write(edited.sandbox.content().join(WELCOME), now.replace("At long last", "At the very last")).unwrap();
    let answer = typed(&file, &answer["revisions"][name], &first.replace("At last", "At very long last"));
    assert_eq!(answer["state"], "conflict", "{answer}");
    assert!(edited.text(WELCOME).contains("At the very last"));
}
