//! Lets windows of this preview read what can be changed, and change it; and nobody else.
//!
//! Every request was let in by the guard of the server, which holds the host; a request that writes says besides that it
//! comes from a page of this preview (`Origin`) and has the token of this run, which stands in that page alone.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State as Given};
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use typst::foundations::Bytes as File;

use super::super::editions::ShownEditions;
use super::Session;
use super::messages::{
    Answer, ChangeRequest, ConfirmRequest, EditState, PaperWord, PasteRequest, PictureRequest, PlacesOfReport, Reason,
};
use super::paste::pasted;
use crate::places::{on_page, on_paper};
use crate::readback::SeenWord;
use crate::readback::pdf::Reader;

/// The header that carries the token.
pub const TOKEN: &str = "x-tally-token";
/// Larger requests are refused: a report's longest text is a thousandth of it.
const LARGEST: usize = 4 * 1024 * 1024;
/// The same where a picture is sent: two letters a byte, and 24 MB are more than a photograph has.
const LARGEST_PICTURE: usize = 2 * 24 * 1024 * 1024;

/// What the routes work with.
pub struct Editing {
    pub session: Arc<Session>,
    /// Where the content lies now.
    pub content: Box<dyn Fn() -> PathBuf + Send + Sync>,
    /// Tells every window what was written.
    pub tell: Box<dyn Fn(EditState) + Send + Sync>,
    pub editions: Arc<ShownEditions>,
    /// Reads where words stand in the PDFs.
    pub reader: Mutex<Reader>,
    pub token: String,
    /// Lets the editor's own style rules stand in the page, and no others.
    pub nonce: String,
}

/// A token that nobody can guess; fails where the system has no random numbers.
pub fn token() -> Result<String, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a request that writes comes from a page of this preview.
pub fn may_write(headers: &HeaderMap, address: SocketAddr, token: &str) -> bool {
    let has = |name: &str, wanted: &dyn Fn(&str) -> bool| {
        let mut values = headers.get_all(name).iter();
        let only = values.next().and_then(|value| value.to_str().ok()).filter(|value| wanted(value)).is_some();
        only && values.next().is_none()
    };
    let own = [format!("http://{address}"), format!("http://localhost:{}", address.port())];
    has(ORIGIN.as_str(), &|origin| own.iter().any(|known| known == origin))
        && has(TOKEN, &|given| is_same(given.as_bytes(), token.as_bytes()))
        && has(CONTENT_TYPE.as_str(), &|kind| kind == "application/json")
}

/// Compares in the same time wherever they differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// The routes below `/~preview/edit`.
pub fn routes(editing: Arc<Editing>) -> Router {
    Router::new()
        .route("/places/{report}", get(places))
        .route("/words/{report}/{page}", get(words))
        .route("/room/{id}/{revision}", get(room))
        .route("/change", post(change))
        .route("/confirm", post(confirm))
        .route("/paste", post(paste))
        .route("/picture", post(picture).layer(DefaultBodyLimit::max(LARGEST_PICTURE)))
        .route("/undo", post(undo))
        .route("/redo", post(redo))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(editing)
}

async fn places(Given(editing): Given<Arc<Editing>>, Path(report): Path<String>) -> Response {
    match tokio::task::spawn_blocking(move || editing.places(&report)).await {
        Ok(Some(places)) => json(&places),
        _ => (StatusCode::NOT_FOUND, "there is no such report\n").into_response(),
    }
}

impl Editing {
    /// What can be pointed at in a report, and where it is seen in the page and the PDF that are shown now.
    fn places(&self, report: &str) -> Option<PlacesOfReport> {
        let marks = self.editions.marks(report);
        let (written, mut places) = {
            let known = self.session.known();
            let known_report = known.report(report)?;
            let places = PlacesOfReport {
                edition: known.edition,
                saved: known.saved,
                items: known_report.items.clone(),
                figures: known_report.figures.clone(),
                due: known_report.due.clone(),
                status: known_report.status.clone(),
                marks,
            };
            (Arc::clone(&known_report.written), places)
        };
        let Some((page, pdf, sizes)) = self.shown(report) else { return Some(places) };
        let page = String::from_utf8_lossy(&page);
        for (item, elements) in places.items.iter_mut().zip(on_page(&written, &page, &places.marks).places) {
            item.page = elements;
        }
        let sheets = self.reader.lock().unwrap_or_else(PoisonError::into_inner).pages(&pdf).unwrap_or_default();
        let paper = on_paper(&written, &sheets, &sizes, (&*page, &places.marks));
        for (item, areas) in places.items.iter_mut().zip(paper.places) {
            item.paper = areas;
        }
        Some(places)
    }

    /// The page and the PDF of a report as they are shown, with the sizes of its pages.
    fn shown(&self, report: &str) -> Option<(File, File, Vec<[f64; 2]>)> {
        let edition = self.editions.edition();
        let shown = edition.reports.iter().find(|shown| shown.id == report)?;
        let file = |name: &str| edition.files.get(&format!("{report}/{name}")).cloned();
        let sizes = shown.marks.iter().map(|mark| mark.size).collect();
        Some((file("index.html")?, file(&format!("{report}.pdf")).unwrap_or_else(|| File::new([0_u8; 0])), sizes))
    }
}

/// What an item stands in, and what can be added there.
async fn room(Given(editing): Given<Arc<Editing>>, Path((id, revision)): Path<(String, String)>) -> Response {
    match tokio::task::spawn_blocking(move || editing.session.room(&id, &revision)).await {
        Ok(Some(room)) => json(&room),
        _ => (StatusCode::NOT_FOUND, "this place is not known any more\n").into_response(),
    }
}

/// The words of a page of the PDF, where they are seen.
async fn words(Given(editing): Given<Arc<Editing>>, Path((report, page)): Path<(String, usize)>) -> Response {
    let found = tokio::task::spawn_blocking(move || {
        let (pdf, mark) = {
            let edition = editing.editions.edition();
            let shown = edition.reports.iter().find(|shown| shown.id == report)?;
            let mark = shown.marks.get(page.checked_sub(1)?)?.clone();
            (edition.files.get(&format!("{report}/{report}.pdf"))?.clone(), mark)
        };
        let mut reader = editing.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let sheets = reader.pages(&pdf).ok()?;
        let words = &sheets.get(page - 1)?.words;
        Some(words.iter().map(|word| PaperWord::of(word, mark.size)).collect::<Vec<_>>())
    });
    match found.await {
        Ok(Some(words)) => json(&words),
        _ => (StatusCode::NOT_FOUND, "there is no such page\n").into_response(),
    }
}

impl PaperWord {
    /// In per cent of a page of so many points.
    fn of(word: &SeenWord, [width, height]: [f64; 2]) -> Self {
        let share = |part: f64, whole: f64| (part / whole * 1e4).round() / 100.0;
        Self {
            text: word.text.clone(),
            left: share(word.at.x0, width),
            top: share(height - word.at.y1, height),
            width: share(word.at.width(), width),
            height: share(word.at.height(), height),
        }
    }
}

async fn change(Given(editing): Given<Arc<Editing>>, body: Bytes) -> Response {
    match serde_json::from_slice::<ChangeRequest>(&body) {
        Ok(asked) => written(editing, move |editing, content| editing.session.change(content, &asked)).await,
        Err(error) => unread(&error),
    }
}

async fn confirm(Given(editing): Given<Arc<Editing>>, body: Bytes) -> Response {
    match serde_json::from_slice::<ConfirmRequest>(&body) {
        Ok(asked) => written(editing, move |editing, content| editing.session.confirm(content, &asked)).await,
        Err(error) => unread(&error),
    }
}

async fn picture(Given(editing): Given<Arc<Editing>>, body: Bytes) -> Response {
    match serde_json::from_slice::<PictureRequest>(&body) {
        Ok(asked) => written(editing, move |editing, content| editing.session.picture(content, &asked)).await,
        Err(error) => unread(&error),
    }
}

fn unread(error: &serde_json::Error) -> Response {
    (StatusCode::BAD_REQUEST, format!("the request cannot be read: {error}\n")).into_response()
}

/// Says what a copied text is in Markdown.
async fn paste(body: Bytes) -> Response {
    let asked: PasteRequest = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => return unread(&error),
    };
    match tokio::task::spawn_blocking(move || pasted(&asked.html)).await {
        Ok(Ok(pasted)) => json(&pasted),
        Ok(Err(message)) => {
            let help = "copy the words alone, or type them".to_owned();
            (StatusCode::UNPROCESSABLE_ENTITY, json(&Reason { cell: None, message, help })).into_response()
        }
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the text cannot be read\n").into_response(),
    }
}

async fn undo(Given(editing): Given<Arc<Editing>>) -> Response {
    written(editing, |editing, content| editing.session.undo(content)).await
}

async fn redo(Given(editing): Given<Arc<Editing>>) -> Response {
    written(editing, |editing, content| editing.session.redo(content)).await
}

/// Does what writes, where it holds up no other request, and tells every window.
async fn written(
    editing: Arc<Editing>,
    work: impl FnOnce(&Editing, &std::path::Path) -> Answer + Send + 'static,
) -> Response {
    let done = tokio::task::spawn_blocking(move || {
        let answer = work(&editing, &(editing.content)());
        if matches!(answer, Answer::Saved { .. }) {
            (editing.tell)(editing.session.state());
        }
        answer
    });
    match done.await {
        Ok(answer) => json(&answer),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the change was not made\n").into_response(),
    }
}

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => ([(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
