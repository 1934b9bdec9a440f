//! Lets windows of this preview read what can be changed, and change it; and nobody else.
//!
//! Every request was let in by the guard of the server, which holds the host; a request that writes says besides that it
//! comes from a page of this preview (`Origin`) and has the token of this run, which stands in that page alone.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State as Given};
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use typst::foundations::Bytes as File;

use super::super::editions::{ShownEditions, digest};
use super::Session;
use super::known::id_of;
use super::messages::{
    Answer, ChangeRequest, ConfirmRequest, EditState, Followed, PasteRequest, PictureRequest, PlacesOfReport, Reason,
};
use super::paste::pasted;
use crate::hold::held;
use crate::places::{Written, on_page, on_paper};
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
    /// The places of each report that were asked for last.
    pub found: Mutex<BTreeMap<String, FoundPlaces>>,
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
        .route("/followed/{id}/{revision}", get(followed))
        .route("/file/{id}", get(file))
        .route("/room/{id}/{revision}", get(room))
        .route("/change", post(change))
        .route("/form", post(form).layer(DefaultBodyLimit::max(LARGEST_PICTURE)))
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
        Ok(Some(places)) => ([(CONTENT_TYPE, "application/json")], places).into_response(),
        _ => (StatusCode::NOT_FOUND, "there is no such report\n").into_response(),
    }
}

/// The places of a report as a browser is told them, and what they were found in.
pub struct FoundPlaces {
    edition: u64,
    page: Option<String>,
    pdf: Option<String>,
    told: Bytes,
}

impl Editing {
    /// What can be pointed at in a report, and where it is seen in the page and the PDF that are shown now, as JSON. It is found
    /// once for all windows.
    fn places(&self, report: &str) -> Option<Bytes> {
        let mut found = held(&self.found);
        let shown = self.shown(report);
        let [page, pdf] = [&shown.page, &shown.pdf].map(|file| file.as_ref().map(digest));
        let (written, mut places) = {
            let known = self.session.known();
            let known_report = known.report(report)?;
            match found.get(report) {
                Some(former) if (former.edition, &former.page, &former.pdf) == (known.edition, &page, &pdf) => {
                    return Some(former.told.clone());
                }
                _ => {}
            }
            let places = PlacesOfReport {
                edition: known.edition,
                saved: known.saved,
                page_digest: page.clone(),
                pdf_digest: pdf.clone(),
                items: known_report.items.clone(),
                figures: known_report.figures.clone(),
                due: known_report.due.clone(),
                status: known_report.status.clone(),
                marks: self.editions.marks(report),
            };
            (Arc::clone(&known_report.written), places)
        };
        self.find(&written, &shown, &mut places);
        let told = Bytes::from(serde_json::to_vec(&places).ok()?);
        let now = FoundPlaces { edition: places.edition, page, pdf, told: told.clone() };
        found.insert(report.to_owned(), now);
        Some(told)
    }

    /// Says of each item where it is seen.
    fn find(&self, written: &[Written], shown: &ShownFiles, places: &mut PlacesOfReport) {
        let Some(page) = &shown.page else { return };
        let page = String::from_utf8_lossy(page);
        for (item, elements) in places.items.iter_mut().zip(on_page(written, &page, &places.marks).places) {
            item.page = elements;
        }
        let Some(pdf) = &shown.pdf else { return };
        let sheets = held(&self.reader).pages(pdf).unwrap_or_default();
        let paper = on_paper(written, &sheets, &shown.sizes, (&*page, &places.marks));
        for (item, areas) in places.items.iter_mut().zip(paper.places) {
            item.paper = areas;
        }
        for (address, areas) in paper.figures {
            if let Some(card) = places.figures.get_mut(&address).filter(|card| card.item.is_none()) {
                card.paper = areas;
            }
        }
    }

    /// The page and the PDF of a report as they are shown now.
    fn shown(&self, report: &str) -> ShownFiles {
        let edition = self.editions.edition();
        let file = |name: &str| edition.files.get(&format!("{report}/{name}")).cloned();
        let shown = edition.reports.iter().find(|shown| shown.id == report);
        let sizes = shown.into_iter().flat_map(|shown| &shown.marks).map(|mark| mark.size).collect();
        ShownFiles { page: file("index.html"), pdf: file(&format!("{report}.pdf")), sizes }
    }
}

/// The page and the PDF of a report, with the sizes of its pages in points.
struct ShownFiles {
    page: Option<File>,
    pdf: Option<File>,
    sizes: Vec<[f64; 2]>,
}

async fn followed(Given(editing): Given<Arc<Editing>>, Path((id, revision)): Path<(String, String)>) -> Response {
    let known = editing.session.known();
    match known.place(&id) {
        Some(place) => {
            let (place, revision) = known.followed_within(place, &revision);
            json(&Followed { id: id_of(&place), revision })
        }
        None => (StatusCode::NOT_FOUND, "there is no such place\n").into_response(),
    }
}

/// All of the file that a place stands in.
async fn file(Given(editing): Given<Arc<Editing>>, Path(id): Path<String>) -> Response {
    match editing.session.known().file(&id) {
        Some(file) => json(&file),
        None => (StatusCode::NOT_FOUND, "there is no such file\n").into_response(),
    }
}

/// What an item stands in, and what can be added there.
async fn room(Given(editing): Given<Arc<Editing>>, Path((id, revision)): Path<(String, String)>) -> Response {
    match tokio::task::spawn_blocking(move || editing.session.room(&id, &revision)).await {
        Ok(Some(room)) => json(&room),
        _ => (StatusCode::NOT_FOUND, "this place is not known any more\n").into_response(),
    }
}

async fn change(Given(editing): Given<Arc<Editing>>, body: Bytes) -> Response {
    match serde_json::from_slice::<ChangeRequest>(&body) {
        Ok(asked) => written(editing, move |editing, content| editing.session.change(content, &asked)).await,
        Err(error) => unread(&error),
    }
}

async fn form(Given(editing): Given<Arc<Editing>>, body: Bytes) -> Response {
    match serde_json::from_slice::<ChangeRequest>(&body) {
        Ok(asked) => written(editing, move |editing, content| editing.session.fill_in(content, &asked)).await,
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
