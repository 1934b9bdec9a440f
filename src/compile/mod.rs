//! Makes a PDF of Typst source, in memory.
//!
//! In: the source, the files that it imports and the fonts. Out: the PDF's bytes and the number of its pages.
//! No clock, no network, no font of the machine: the same source makes the same bytes everywhere.

mod ends;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::syntax::Source;
use typst::text::Font;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Code, Diagnostic, SourceMap, Span};
use world::ReportWorld;

/// A finished PDF.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// Compiles `main` to a PDF that conforms to PDF/UA-1 and PDF/A-3a. `files` are what it may import or show, by path.
pub fn compile(
    ident: &str,
    main: String,
    files: Vec<(String, Vec<u8>)>,
    fonts: &[Font],
    sources: &mut SourceMap,
) -> Result<Pdf, Vec<Diagnostic>> {
    let world = ReportWorld::new(main, files, fonts);
    let explain = |faults: &[SourceDiagnostic], sources: &mut SourceMap| -> Vec<Diagnostic> {
        faults.iter().map(|fault| diagnostic(&world, fault, sources)).collect()
    };
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|faults| explain(&faults, sources))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
        .map_err(|error| vec![Diagnostic::error_nowhere(Code::LayoutFailed, error.message().to_string())])?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(concat!("Tally ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| explain(&faults, sources))?;
    Ok(Pdf { bytes: ends::with_plain_ends(bytes), pages: document.pages().len() })
}

/// A fault of the layout at its place in the source that was written, with the engine's own hints.
fn diagnostic(world: &ReportWorld, fault: &SourceDiagnostic, sources: &mut SourceMap) -> Diagnostic {
    let message = format!("the PDF cannot be made: {}", fault.message);
    let place = fault.span.id().and_then(|id| {
        let source: Source = world.source(id).ok()?;
        let range = world.range(fault.span)?;
        let path = id.vpath().get_without_slash().to_owned();
        Some(Span::new(sources.add(path, source.text()), range))
    });
    let diagnostic = match place {
        Some(at) => Diagnostic::error(Code::LayoutFailed, at, message),
        None => Diagnostic::error_nowhere(Code::LayoutFailed, message),
    };
    fault.hints.iter().fold(diagnostic, |diagnostic, hint| diagnostic.help(hint.v.to_string()))
}
