//! Somebody types in a preview, over and over: from the key to the findings, to the page and to the PDF, and until all is read
//! back. A key is the request that the panel sends, and each end is the moment at which the last byte has come back over HTTP.
//!
//! Every other change is saved by another program instead, in the same place: what that takes is known from the bench of
//! speed, so that the ratio of both is what the editing adds to it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tally::build::Options;
use tally::preview::{Preview, Told};

use crate::process::{measured, memory_now};

pub const REPORTS: [&str; 2] = ["css-annual-report", "od-progress-summary"];
/// As long as somebody takes from key to key.
const PAUSE: Duration = Duration::from_millis(20);
/// What is typed behind a paragraph, in turn.
const WORDS: [&str; 4] = ["a", "an", "and", "any"];

/// Types in both reports, and prints how long it took.
pub fn compare(keys: usize) {
    println!("\n{keys} changes of a paragraph, half of them typed in the preview and half saved by another program");
    println!("  {:<46} {:>10} {:>14} {:>7}", "95th centile", "typed", "saved", "ratio");
    for report in REPORTS {
        let lines = typed(report, keys);
        let column = |who: &str, place: usize| {
            let own = lines.iter().filter(|line| line[0] == who);
            let mut times: Vec<f64> = own.filter_map(|line| line[place].parse().ok()).collect();
            times.sort_by(f64::total_cmp);
            times.get((times.len() * 95).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
        };
        for (place, what) in (1..).zip(["findings", "page", "PDF", "end"]) {
            let (typed, saved) = (column("typed", place), column("saved", place));
            let name = format!("{report}, to the {what}");
            println!("  {name:<46} {typed:>7.1} ms {saved:>11.1} ms {:>7.2}", typed / saved);
        }
    }
}

/// The memory of a preview after more and more keys.
pub fn memory(keys: usize) {
    let lines = typed(REPORTS[0], keys);
    println!("\nMemory of a preview in which is typed");
    for after in [20, 100, 200, 500, keys].into_iter().filter(|after| *after <= keys) {
        println!("  after {after:>5} changes {:>5} MB", lines.get(after - 1).map_or("", |line| &line[5]));
    }
}

fn typed(report: &str, keys: usize) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy_content(&content);
    let (_, said) = measured(&["keys", &content.to_string_lossy(), report, &keys.to_string()]);
    said.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

/// The shipped content as its authors have it, not as it is frozen.
fn copy_content(to: &Path) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for entry in walkdir::WalkDir::new(&shipped).into_iter().filter_map(Result::ok) {
        let path = to.join(entry.path().strip_prefix(&shipped).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).unwrap();
        } else if entry.file_name() != "published.lock" {
            fs::copy(entry.path(), path).unwrap();
        }
    }
}

/// A preview at work, as a window sees it.
struct Window {
    address: SocketAddr,
    events: BufReader<TcpStream>,
    token: String,
    report: String,
}

impl Window {
    fn open(content: &Path, report: &str) -> Self {
        let (sender, told) = mpsc::channel();
        let folder = content.to_owned();
        std::thread::spawn(move || {
            let preview = Preview { options: move || Options::of(&folder, ""), port: Some(0), edits: true };
            let listening = move |told: Told| {
                if let Told::Listening(address) = told {
                    sender.send(address).unwrap();
                }
            };
            preview.run(listening).unwrap();
        });
        let address = told.recv().unwrap();
        let events = BufReader::new(ask(address, "GET", "/~preview/events", "", ""));
        let page = body(ask(address, "GET", "/~preview/", "", ""));
        let token = page.split("name=\"tally-token\" content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Self { address, events, token, report: report.to_owned() }
    }

    fn state(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.events.read_line(&mut line).unwrap() > 0, "the preview has ended");
            if let Some(json) = line.strip_prefix("data: ") {
                let state: Value = serde_json::from_str(json).unwrap();
                assert_ne!(state["state"], "faulty", "{}", state["findings"]);
                return state;
            }
        }
    }

    /// The report as a state has it.
    fn own(&self, state: &Value) -> Value {
        state["reports"].as_array().unwrap().iter().find(|one| one["id"] == *self.report).cloned().unwrap_or_default()
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        ask(self.address, "GET", path, "", "").read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn items(&self) -> Vec<Value> {
        let places = body(ask(self.address, "GET", &format!("/~preview/edit/places/{}", self.report), "", ""));
        let places: Value = serde_json::from_str(&places).unwrap();
        places["items"].as_array().unwrap().clone()
    }

    fn change(&self, item: &Value, text: &str) {
        let own = json!({ "kind": "text", "id": item["id"], "revision": item["revision"], "text": text });
        let asked = json!({ "changes": [own], "typing": "keys" }).to_string();
        let headers = format!(
            "Origin: http://{}\r\nX-Tally-Token: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            self.address,
            self.token,
            asked.len()
        );
        let answer = body(ask(self.address, "POST", "/~preview/edit/change", &headers, &asked));
        assert!(answer.contains("\"state\":\"saved\""), "{answer}");
    }
}

fn ask(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Connection: close\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    stream
}

fn body(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

/// Types in a report, and prints who wrote, when the findings came back, when the page, when the PDF, and when all was read
/// back, in milliseconds, and the memory.
pub fn preview(content: &Path, report: &str, keys: usize) {
    let mut window = Window::open(content, report);
    let (mut shown, mut edition) = loop {
        let state = window.state();
        if state["state"] == "done" {
            break (window.own(&state), state["edition"].as_u64());
        }
    };
    let is_paragraph = |item: &&Value| {
        let path = content.join(item["file"].as_str().unwrap());
        let text = fs::read_to_string(path).unwrap();
        item["kind"] == "Paragraph" && text.contains(item["source"].as_str().unwrap()) && item["page"][0].is_object()
    };
    let first = window.items().iter().find(is_paragraph).expect("a paragraph is seen").clone();
    let (path, bare) = (content.join(first["file"].as_str().unwrap()), first["source"].as_str().unwrap().to_owned());
    for number in 0..keys {
        let items = window.items();
        let item = items.iter().find(|item| item["source"].as_str().is_some_and(|own| own.starts_with(&bare))).unwrap();
        let now = item["source"].as_str().unwrap().to_owned();
        let next = format!("{bare} {}", WORDS[number % WORDS.len()]);
        std::thread::sleep(PAUSE);
        let begun = Instant::now();
        let who = if number.is_multiple_of(2) { "typed" } else { "saved" };
        match who {
            "typed" => window.change(item, &next),
            _ => fs::write(&path, fs::read_to_string(&path).unwrap().replace(&now, &next)).unwrap(),
        }
        let (mut findings, mut page, mut pdf) = (None, None, None);
        let now = loop {
            let state = window.state();
            let now = window.own(&state);
            if findings.is_none() && state["checked"].as_u64() > edition {
                findings = Some(begun.elapsed());
            }
            for (took, digest, path) in [
                (&mut page, "page_digest", format!("/{report}/index.html")),
                (&mut pdf, "pdf_digest", format!("/{report}/{report}.pdf")),
            ] {
                if took.is_none() && now[digest] != shown[digest] {
                    window.get(&path);
                    *took = Some(begun.elapsed());
                }
            }
            if state["state"] == "done" && page.is_some() && pdf.is_some() {
                edition = state["edition"].as_u64();
                break now;
            }
        };
        let done = begun.elapsed();
        shown = now;
        let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3);
        let times = [findings, page, pdf, Some(done)].map(|took| ms(took.unwrap_or(done)));
        println!("{who} {} {}", times.join(" "), memory_now());
    }
}
