//! Makes a PDF of Typst source, in memory.
//!
//! In: the source, the files that it imports and the fonts. Out: a [`Layout`] of pages, and the PDF's bytes. No clock,
//! no network, no font of the machine: the same source makes the same bytes everywhere, whatever was set before.
//! What a [`Typesetter`] laid out once is not laid out again until it changes; [`forget`] keeps that from growing.

mod drawn;
mod fit;
mod pack;
mod world;

use std::collections::BTreeMap;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::introspection::Introspector;
use typst::syntax::Source;
use typst::text::Font;
use typst::utils::hash128;
use typst::{World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap};
use world::ReportWorld;

pub use drawn::{first_page, page_as_svg};

/// Sets one text after another.
pub struct Typesetter {
    world: ReportWorld,
}

/// A report that is laid out on pages.
pub struct Layout(PagedDocument);

/// A page as it was laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct PageMark {
    /// Tells whether two pages look the same, within one run of the program.
    pub digest: u128,
    /// Width and height in points.
    pub size: [f64; 2],
    /// Address of what stands on it, or else of what goes on from the page before.
    pub section: Option<String>,
}

impl PageMark {
    /// The digest as it stands in addresses.
    pub fn name(&self) -> String {
        format!("{:032x}", self.digest)
    }
}

impl Typesetter {
    pub fn new(fonts: &[Font]) -> Self {
        Self { world: ReportWorld::new(fonts) }
    }

    /// Lays out `main`. `files` are what it may import or show, by path. What has a fault is added to the sources.
    pub fn lay_out(
        &mut self,
        main: String,
        files: Vec<(String, Bytes)>,
        sources: &SourceMap,
    ) -> Result<Layout, Findings> {
        self.world.set(main, files);
        let laid_out = typst::compile::<PagedDocument>(&self.world).output;
        laid_out.map(Layout).map_err(|faults| self.explain(&faults, sources))
    }

    /// Writes the text that was laid out last as a PDF that conforms to PDF/UA-1 and PDF/A-3a.
    pub fn export(&self, ident: &str, layout: &Layout, sources: &SourceMap) -> Result<Vec<u8>, Findings> {
        self.export_unpacked(ident, layout, sources).map(pack::packed)
    }

    /// The PDF as the engine writes it.
    pub fn export_unpacked(&self, ident: &str, layout: &Layout, sources: &SourceMap) -> Result<Vec<u8>, Findings> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
            .map_err(|error| vec![Diagnostic::error_nowhere(Code::LayoutFailed, error.message().to_string())])?;
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some(concat!("Tally ", env!("CARGO_PKG_VERSION")).to_owned())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&layout.0, &options).map_err(|faults| self.explain(&faults, sources))
    }

    fn explain(&self, faults: &[SourceDiagnostic], sources: &SourceMap) -> Findings {
        faults.iter().map(|fault| self.finding(fault, sources)).collect()
    }

    /// A fault of the layout at its place in the source that was written, with the engine's own hints.
    fn finding(&self, fault: &SourceDiagnostic, sources: &SourceMap) -> Diagnostic {
        let message = format!("the PDF cannot be made: {}", fault.message);
        let at = fault.span.id().and_then(|id| {
            let source: Source = self.world.source(id).ok()?;
            Some(sources.place(id.vpath().get_without_slash(), source.text(), self.world.range(fault.span)?))
        });
        let finding = Diagnostic { at, ..Diagnostic::error_nowhere(Code::LayoutFailed, message) };
        fault.hints.iter().fold(finding, |finding, hint| finding.help(hint.v.to_string()))
    }
}

impl Layout {
    /// The number of its pages.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// Its pages, in order.
    pub fn marks(&self) -> Vec<PageMark> {
        let introspector = self.0.introspector();
        let mut sections: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for element in introspector.query_labelled() {
            let page = element.location().and_then(|location| introspector.page(location));
            // A label with a low line is that of a caption.
            if let (Some(page), Some(label)) = (page, element.label().filter(|label| !label.resolve().contains('_'))) {
                sections.entry(page.get()).or_default().push(label.resolve().as_str().to_owned());
            }
        }
        let size = |page: &Page| [page.frame.width().to_pt(), page.frame.height().to_pt()];
        let section = |number: usize| {
            let here = sections.get(&number).and_then(|sections| sections.first());
            here.or_else(|| sections.range(..number).next_back().and_then(|(_, before)| before.last())).cloned()
        };
        let pages = self.0.pages().iter().zip(1..);
        pages
            .map(|(page, number)| PageMark { digest: hash128(page), size: size(page), section: section(number) })
            .collect()
    }
}

/// Forgets what was laid out and not used again in the last `uses` calls.
pub fn forget(uses: usize) {
    comemo::evict(uses);
}
