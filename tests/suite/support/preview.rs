//! A preview at work, and a reader that asks it for files as a browser does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tally::build::{Options, Patience};
use tally::preview::{Preview, Told};

use super::Sandbox;

/// A slow machine is waited for so long; a preview that never answers fails its test.
const PATIENCE: Duration = Duration::from_secs(60);
/// After so long a silence nothing more is on its way: folders that vanished are looked for more often.
const QUIET: Duration = Duration::from_millis(900);

/// A preview of a sandbox, at a port of its own, with its states one after the other. It runs until the tests end.
pub struct Previewed {
    pub address: SocketAddr,
    events: BufReader<TcpStream>,
    line: String,
}

/// What a request came back with.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// Whether everything is new, and compared with what was before.
fn is_compared(state: &Value) -> bool {
    state["state"] == "done" && state["changes"]["edition"] == state["edition"]
}

impl Previewed {
    pub fn of(sandbox: &Sandbox) -> Self {
        Self::with(sandbox, Patience::default())
    }

    /// One in which the content can be changed.
    pub fn editing(sandbox: &Sandbox) -> Self {
        Self::begin(sandbox, Patience::default(), true)
    }

    /// One that waits for templates no longer than this.
    pub fn with(sandbox: &Sandbox, patience: Patience) -> Self {
        Self::begin(sandbox, patience, false)
    }

    fn begin(sandbox: &Sandbox, patience: Patience, edits: bool) -> Self {
        let folder = sandbox.path().to_owned();
        let options = move || Options { patience, ..Sandbox::options_of(&folder) };
        let (sender, told) = mpsc::channel();
        std::thread::spawn(move || {
            let preview = Preview { options, port: Some(0), edits };
            preview.run(move |told| {
                if let Told::Listening(address) = told {
                    let _ = sender.send(address);
                }
            })
        });
        let address = told.recv_timeout(PATIENCE).expect("the preview listens");
        let mut events = connect(address);
        write!(events, "GET /~preview/events HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("the preview reads");
        Self { address, events: BufReader::new(events), line: String::new() }
    }

    /// The next state.
    pub fn state(&mut self) -> Value {
        self.state_within(PATIENCE).expect("the preview tells its state in time")
    }

    fn state_within(&mut self, time: Duration) -> Option<Value> {
        let end = Instant::now() + time;
        loop {
            // Lines that say nothing come, too.
            let left = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
            self.events.get_ref().set_read_timeout(Some(left)).expect("a stream can be timed");
            match self.events.read_line(&mut self.line) {
                Ok(0) => panic!("the preview has ended"),
                Ok(_) => {}
                Err(_) => return None, // What was read so far stays in the line.
            }
            let line = std::mem::take(&mut self.line);
            if let Some(json) = line.strip_prefix("data: ") {
                return Some(serde_json::from_str(json).expect("a state is JSON"));
            }
        }
    }

    /// The last state, once nothing follows it.
    pub fn settled(&mut self) -> Value {
        let mut state = self.state();
        loop {
            // A build that has begun is waited for, however long it takes, and so is what is compared after it.
            let has_ended = state["state"] == "faulty" || is_compared(&state);
            match self.state_within(if has_ended { QUIET } else { PATIENCE }) {
                Some(next) => state = next,
                None => return state,
            }
        }
    }

    /// Waits until everything is new.
    pub fn done(&mut self) -> Value {
        let state = self.settled();
        assert_eq!(state["state"], "done", "{state}");
        state
    }

    /// Waits until everything is new, and compared with what was before.
    pub fn compared(&mut self) -> Value {
        self.until(is_compared)
    }

    /// Waits for a state that is so.
    #[track_caller]
    pub fn until(&mut self, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let state = self.state();
            if is_so(&state) {
                return state;
            }
        }
    }

    /// Waits until a mistake is told, and says which.
    pub fn faulty(&mut self) -> String {
        let state = self.settled();
        assert_eq!(state["state"], "faulty", "{state}");
        let errors = state["findings"].as_array().cloned().unwrap_or_default();
        let error = errors.into_iter().find(|finding| finding["severity"] == "error").expect("an error is told");
        let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
        format!("{}:{}: {}", text("file"), error["line"], text("message"))
    }

    /// Asks for a path as it is written.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", self.address))
    }

    /// Sends the first lines of a request.
    pub fn ask(&self, lines: &str) -> Answer {
        self.send(lines, b"")
    }

    /// Sends a request that has a body, with headers of its own.
    pub fn post(&self, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = body.len();
        self.send(
            &format!("POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {length}\r\n", self.address),
            body,
        )
    }

    fn send(&self, lines: &str, body: &[u8]) -> Answer {
        let mut stream = connect(self.address);
        write!(stream, "{lines}Connection: close\r\n\r\n").expect("the preview reads");
        stream.write_all(body).expect("the preview reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the preview answers in time");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("an answer has a status");
        Answer { status, head, body: answer.split_off(end + 4) }
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the preview listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a stream can be timed");
    stream
}
