//! Shows the editions to browsers on this machine, and to nobody else.
//!
//! Requests are answered from memory, by exact name: no path can lead out of the finished files. Only the loopback
//! address is listened on, and only requests that name it are answered, so that no page of another site can read what
//! is not published yet. A browser that never reads holds up nobody: no request waits for another.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State as Given};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;
use typst::foundations::Bytes as File;

use super::changes::ShownChanges;
use super::edit::routes::{Editing, may_write, routes as edit_routes};
use super::editions::{ShownEditions, digest};
use super::state::State;
use crate::compile::page_as_svg;

/// Where a preview listens when it is not told: each of these until one is free, for more than one can run.
pub const PORTS: Range<u16> = 4700..4720;

/// Where the preview's own files lie, which no output has.
const SHELL: &str = "/~preview/";
/// Below it lies what can be changed.
const EDIT: &str = "/~preview/edit/";
/// What the page of the preview itself is made of.
const SHELL_PARTS: [(&str, &str); 13] = [
    ("shell.css", include_str!("shell/shell.css")),
    ("shell.js", include_str!("shell/shell.js")),
    ("changes.js", include_str!("shell/changes.js")),
    ("document.js", include_str!("shell/document.js")),
    ("earlier.js", include_str!("shell/earlier.js")),
    ("errand.js", include_str!("shell/errand.js")),
    ("events.js", include_str!("shell/events.js")),
    ("findings.js", include_str!("shell/findings.js")),
    ("newest.js", include_str!("shell/newest.js")),
    ("page.js", include_str!("shell/page.js")),
    ("pdf.js", include_str!("shell/pdf.js")),
    ("stream.js", include_str!("shell/stream.js")),
    ("tools.js", include_str!("shell/tools.js")),
];
/// What it is made of besides where the content can be changed.
const EDIT_PARTS: [(&str, &str); 17] = [
    ("compared.js", include_str!("shell/edit/compared.js")),
    ("conflict.js", include_str!("shell/edit/conflict.js")),
    ("due.js", include_str!("shell/edit/due.js")),
    ("edit.css", include_str!("shell/edit/edit.css")),
    ("edit.js", include_str!("shell/edit/edit.js")),
    ("editor.js", include_str!("shell/edit/editor.js")),
    ("form.js", include_str!("shell/edit/form.js")),
    ("highlight.js", include_str!("shell/edit/highlight.js")),
    ("lists.js", include_str!("shell/edit/lists.js")),
    ("messages.js", include_str!("shell/edit/messages.js")),
    ("panel.js", include_str!("shell/edit/panel.js")),
    ("paste.js", include_str!("shell/edit/paste.js")),
    ("picture.js", include_str!("shell/edit/picture.js")),
    ("places.js", include_str!("shell/edit/places.js")),
    ("room.js", include_str!("shell/edit/room.js")),
    ("saving.js", include_str!("shell/edit/saving.js")),
    ("codemirror.js", include_str!("shell/vendor/codemirror.js")),
];
/// The preview's page loads what is here and nothing else.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'";
/// Pages that are shown can be framed by the preview alone.
const FRAMED: &str = "frame-ancestors 'self'";
/// Where the content can be changed they run nothing besides: they stand at the address of who may write. Browsers show a PDF
/// by an object of their own.
const HELD: &str = "frame-ancestors 'self'; script-src 'none'; object-src 'none'";
/// How soon a browser looks for a preview that went away.
const RETRY: Duration = Duration::from_millis(500);
const SAME_ORIGIN: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    #[error("port {0} is in use by another program; choose another with --port, or leave it out")]
    PortInUse(u16),
    #[error("ports {} to {} are in use by other programs; choose another with --port", PORTS.start, PORTS.end - 1)]
    PortsInUse,
    #[error("port {0} cannot be listened on: {1}")]
    Port(u16, io::Error),
    #[error("the preview cannot be shown: {0}")]
    Server(io::Error),
    #[error("there is no random number for this run of the preview: {0}")]
    Token(String),
    #[error("the folders cannot be watched: {0}")]
    Watch(String),
}

/// Takes a port of the loopback address.
pub fn listen(port: Option<u16>) -> Result<TcpListener, PreviewError> {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => bind(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => PreviewError::PortInUse(port),
            _ => PreviewError::Port(port, error),
        })?,
        None => PORTS.filter_map(|port| bind(port).ok()).next().ok_or(PreviewError::PortsInUse)?,
    };
    listener.set_nonblocking(true).map_err(PreviewError::Server)?;
    Ok(listener)
}

/// What requests are answered from.
#[derive(Clone)]
struct Shown {
    editions: Arc<ShownEditions>,
    changes: Arc<ShownChanges>,
    states: Receiver<Arc<State>>,
    editing: Option<Arc<Editing>>,
}

/// Answers requests until the program is interrupted.
pub fn serve(
    listener: TcpListener,
    editions: Arc<ShownEditions>,
    changes: Arc<ShownChanges>,
    states: Receiver<Arc<State>>,
    editing: Option<Arc<Editing>>,
) -> Result<(), PreviewError> {
    let address = listener.local_addr().map_err(PreviewError::Server)?;
    let guarding = Guarding { address, editing: editing.clone() };
    let shown = Shown { editions, changes, states, editing: editing.clone() };
    let routes = Router::new()
        .route("/", get(|| async { Redirect::temporary(SHELL) }))
        .route("/~preview/", get(shell_page))
        .route("/~preview/{part}", get(shell_part))
        .route("/~preview/events", get(events))
        .route("/~preview/changes/{*path}", get(changed))
        .route("/~preview/pages/{report}/{number}/{digest}", get(page_picture))
        .fallback(file)
        .with_state(shown);
    let routes = match editing {
        Some(editing) => routes.nest("/~preview/edit", edit_routes(editing)),
        None => routes,
    };
    let routes = routes.layer(from_fn_with_state(guarding, guard));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(PreviewError::Server)?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            served = async { axum::serve(listener, routes).await } => served,
            () = interruption() => Ok(()),
        }
    });
    // Browsers that still listen are not waited for.
    runtime.shutdown_background();
    served.map_err(PreviewError::Server)
}

/// Waits until somebody ends the program.
async fn interruption() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    let _ = interrupted.await;
}

/// What requests are held against before they are answered.
#[derive(Clone)]
struct Guarding {
    address: SocketAddr,
    editing: Option<Arc<Editing>>,
}

impl Guarding {
    /// Whether a request may be made that does more than read.
    fn may_write(&self, request: &Request) -> bool {
        self.editing.as_ref().is_some_and(|editing| {
            *request.method() == Method::POST
                && request.uri().path().starts_with(EDIT)
                && may_write(request.headers(), self.address, &editing.token)
        })
    }
}

/// Lets in what only reads and knows where it is: a page of another site that has its own name point to this machine
/// sends that name.
async fn guard(Given(guarding): Given<Guarding>, request: Request, next: Next) -> Response {
    let address = guarding.address;
    if !matches!(*request.method(), Method::GET | Method::HEAD) && !guarding.may_write(&request) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")], "the preview can only be read\n")
            .into_response();
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let known = [format!("{address}"), format!("localhost:{}", address.port())];
    if !host.is_some_and(|host| known.iter().any(|known| known.eq_ignore_ascii_case(host))) {
        return (StatusCode::MISDIRECTED_REQUEST, format!("the preview is at http://{address}/\n")).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let is_pdf = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    let policy = if guarding.editing.is_some() && !is_pdf { HELD } else { FRAMED };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(SAME_ORIGIN, HeaderValue::from_static("same-origin"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(policy));
    response
}

async fn shell_page(Given(shown): Given<Shown>) -> Response {
    let page = include_str!("shell/shell.html");
    match shown.editing {
        None => ([(CONTENT_SECURITY_POLICY, POLICY), (CONTENT_TYPE, kind("shell.html"))], page).into_response(),
        Some(editing) => {
            let policy = format!("{POLICY}; style-src 'self' 'nonce-{}'", editing.nonce);
            let head = format!(
                "<meta name=\"tally-token\" content=\"{}\" data-nonce=\"{}\">\n{}</head>",
                editing.token,
                editing.nonce,
                include_str!("shell/edit/head.html")
            );
            let page = page
                .replace("<body>", "<body class=\"edits\">")
                .replace("</head>", &head)
                .replace("<iframe ", "<iframe sandbox=\"allow-same-origin allow-popups\" ")
                .replace("</main>", include_str!("shell/edit/panel.html"));
            ([(CONTENT_SECURITY_POLICY, policy.as_str()), (CONTENT_TYPE, kind("shell.html"))], page).into_response()
        }
    }
}

async fn shell_part(Given(shown): Given<Shown>, Path(part): Path<String>) -> Response {
    let of_editing = shown.editing.iter().flat_map(|_| &EDIT_PARTS);
    match SHELL_PARTS.iter().chain(of_editing).find(|(name, _)| *name == part) {
        Some((name, content)) => ([(CONTENT_TYPE, kind(name))], *content).into_response(),
        None => missing(),
    }
}

/// The state, and then every state that follows; of several that come fast the last.
async fn events(Given(shown): Given<Shown>) -> impl IntoResponse {
    let states = WatchStream::new(shown.states).map(|state| {
        // Strings and numbers always have a JSON form.
        let state = serde_json::to_string(&*state).unwrap_or_default();
        Ok::<_, Infallible>(Event::default().retry(RETRY).data(state))
    });
    Sse::new(states).keep_alive(KeepAlive::default())
}

/// A page of a PDF, as long as it is the one that is asked for.
async fn page_picture(
    Given(shown): Given<Shown>,
    Path((report, number, digest)): Path<(String, usize, String)>,
) -> Response {
    let pdf = {
        let edition = shown.editions.edition();
        let known = edition.reports.iter().find(|known| known.id == report);
        let mark = known.and_then(|known| known.marks.get(number.checked_sub(1)?));
        let is_current = mark.is_some_and(|mark| digest.strip_suffix(".svg") == Some(&mark.name()));
        edition.files.get(&format!("{report}/{report}.pdf")).filter(|_| is_current).cloned()
    };
    let Some(pdf) = pdf else { return missing() };
    match tokio::task::spawn_blocking(move || page_as_svg(&pdf, number)).await {
        Ok(Some(picture)) => ([(CONTENT_TYPE, "image/svg+xml")], picture).into_response(),
        _ => missing(),
    }
}

/// A page that says what changed, or what it needs, by exactly its path.
async fn changed(Given(shown): Given<Shown>, Path(path): Path<String>) -> Response {
    made(&path, shown.changes.file(&path))
}

/// A finished file, by exactly its path in the output; of a folder, its page.
async fn file(Given(shown): Given<Shown>, uri: Uri) -> Response {
    let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else { return missing() };
    let path = path.strip_prefix('/').unwrap_or(&path);
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let file = shown.editions.edition().files.get(&path).cloned();
    made(&path, file)
}

/// A file that was made, with the digest by which the state names it: it may be newer than what was told last.
fn made(path: &str, file: Option<File>) -> Response {
    let Some(bytes) = file else { return missing() };
    let tag = format!("\"{}\"", digest(&bytes));
    ([(CONTENT_TYPE, kind(path).to_owned()), (ETAG, tag)], Body::from(bytes.to_vec())).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "there is no such file in the reports\n").into_response()
}

/// What a file is, by its ending.
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("pdf") => "application/pdf",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
