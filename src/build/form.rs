//! Gives a report its two forms: a web page and a PDF.
//!
//! In: what is said in the report. Out: both, and the words that were read back out of the PDF.

use std::sync::Arc;
use std::time::Duration;

use typst::foundations::Bytes;
use typst::utils::hash128;

use super::card::Cards;
use super::destination::Proof;
use super::maker::{Drawn, Maker, artifact, page_file};
use super::progress::Stage;
use super::threads::together;
use crate::compile::{Layout, PageMark, Typesetter, forget};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::Report;
use crate::patience::within;
use crate::publish::Artifact;
use crate::readback;
use crate::readback::pdf::{Reader, Sheet};
use crate::render::{PageContext, Parts, Written};
use crate::source::{layers, memory};
use crate::view::Download;

/// Memory in which a byte of Typst source is laid out, in bytes: measured on dashboards of 390 and 3,900 indicators
/// (benches/README.md).
const MEMORY_OF_A_BYTE: u64 = 400;

/// From so many bytes of Typst source on, what a layout leaves behind is forgotten at once.
const LONG: usize = 1 << 20;

/// A report that is given its forms.
pub struct Forms<'a, 'm> {
    pub maker: &'a Maker<'m>,
    pub report: &'a Report,
    pub drawn: &'a Drawn,
    /// How it was written last.
    pub former: Option<(&'a Drawn, &'a Texts)>,
}

/// The parts of a report in each form.
#[derive(Default)]
pub struct Texts {
    web: Parts,
    pdf: Parts,
}

impl Texts {
    /// The parts of the page, each with its section and its place there.
    pub fn of_page(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        self.web.texts()
    }
}

/// What typst is given.
struct Source {
    main: String,
    /// What it may import or show, by path.
    files: Vec<(String, Bytes)>,
}

/// Makes PDFs, each of which may have much in common with the last.
#[derive(Default)]
pub struct Printer {
    pub cards: Cards,
    typesetter: Option<Typesetter>,
    reader: Reader,
    last: Option<Printing>,
}

/// A PDF before it is written.
struct LaidOut {
    /// Digest of the report's name and everything that typst was given.
    source: u128,
    layout: Layout,
    is_long: bool,
}

/// A PDF, and what it was made of.
pub struct Printing {
    source: u128,
    pub file: Artifact,
    pub marks: Vec<PageMark>,
    /// Each page, once it was read back.
    sheets: Option<Vec<Sheet>>,
}

impl Printer {
    /// For one report that is printed again and again.
    pub fn keeping() -> Self {
        Self { reader: Reader::keeping(), ..Self::default() }
    }

    /// The last PDF.
    pub fn last(&self) -> Option<&Printing> {
        self.last.as_ref()
    }
}

impl Forms<'_, '_> {
    /// Makes the PDF and then the page, which names its size. Out: the page.
    pub fn pdf_first(&self, printer: &mut Printer) -> Result<(String, Texts), Findings> {
        let (source, _) = self.source(&self.page_context()?)?;
        let laid_out = self.lay_out(source, printer)?;
        self.print(printer, laid_out)?;
        let (html, web) = self.html(&self.page_context()?, None, self.download(printer).as_ref())?;
        Ok((html, Texts { web, ..Texts::default() }))
    }

    /// Makes the page and then the PDF, and shows each as soon as it is there, if the checks allow it: they are waited for
    /// when both are written, and what is waited for first, findings and page, shares the processor with no layout. Out: the
    /// page, which names the size of the PDF: it is shown with that of the last one, and written again where the new one has
    /// another. With it come the parts of both forms, for the next time.
    pub fn page_first(&self, printer: &mut Printer) -> Result<(String, Texts), Findings> {
        let Self { maker, report, drawn, .. } = self;
        let last = self.download(printer);
        let context = self.page_context()?;
        let page = self.html(&context, self.before(|texts| &texts.web), last.as_ref());
        let ((html, web), (source, pdf)) = together(page, self.source(&context))?;
        maker.require_soundness()?;
        let page = page_file(report, html.clone().into_bytes());
        maker.destination.proof(&report.id, Proof::Page { page: &page, beside: &drawn.beside });
        let laid_out = self.lay_out(source, printer)?;
        self.print(printer, laid_out)?;
        if let Some(Printing { file, marks, .. }) = printer.last() {
            maker.destination.proof(&report.id, Proof::Pdf { file, marks });
        }
        let download = self.download(printer);
        if download == last {
            return Ok((html, Texts { web, pdf }));
        }
        let before = Written { page: &drawn.page, parts: &web };
        let (html, web) = self.html(&context, Some(before), download.as_ref())?;
        Ok((html, Texts { web, pdf }))
    }

    /// The parts of one form as they were written last.
    fn before(&self, form: impl Fn(&Texts) -> &Parts) -> Option<Written<'_>> {
        self.former.map(|(drawn, texts)| Written { page: &drawn.page, parts: form(texts) })
    }

    /// What templates are given.
    pub fn page_context(&self) -> Result<PageContext<'_>, Findings> {
        let Self { maker, report, drawn, .. } = self;
        let context = || maker.renderer.page_context(&drawn.page, &maker.tree.sources);
        maker.step(Stage::Preparing, report, context).map_err(|fault| vec![*fault])
    }

    /// What a page says of a PDF.
    pub fn download(&self, printer: &Printer) -> Option<Download> {
        let file = &printer.last()?.file;
        let name = format!("{}.pdf", self.report.id);
        Some(Download::of(name, file.bytes.len(), file.pages.unwrap_or(0), self.report.wording()))
    }

    /// Writes the page; and its parts, for the next time.
    fn html(
        &self,
        context: &PageContext,
        before: Option<Written>,
        pdf: Option<&Download>,
    ) -> Result<(String, Parts), Findings> {
        let Self { maker, report, drawn, .. } = self;
        let page = || maker.renderer.page(context, before, pdf, &drawn.stylesheet);
        let written = maker.step(Stage::WritingPage, report, page);
        written.map_err(|fault| vec![*fault])
    }

    /// Writes what typst is given, and its parts; none where no PDF is asked for.
    fn source(&self, context: &PageContext) -> Result<(Option<Source>, Parts), Findings> {
        let Self { maker, report, drawn, .. } = self;
        if !maker.options.formats.pdf {
            return Ok(Default::default());
        }
        let before = self.before(|texts| &texts.pdf);
        let written = maker.step(Stage::WritingSource, report, || maker.renderer.typst(context, before));
        let (main, parts) = written.map_err(|fault| vec![*fault])?;
        let mut files = maker.renderer.typst_library(&report.manner.wording);
        let folder = format!("{}/", report.id);
        let local = |file: &Artifact| file.path.strip_prefix(&folder).unwrap_or(&file.path).to_owned();
        files.extend(drawn.beside.iter().chain(&drawn.shared).map(|file| (local(file), file.bytes.clone())));
        maker.destination.source(&report.id, &main, &files);
        Ok((Some(Source { main, files }), parts))
    }

    /// Lays the PDF out; none where the last one was made of the same, or none is asked for.
    fn lay_out(&self, source: Option<Source>, printer: &mut Printer) -> Result<Option<LaidOut>, Findings> {
        let Self { maker, report, .. } = self;
        let Some(Source { main, files }) = source else {
            printer.last = None;
            return Ok(None);
        };
        let (digest, is_long) = (hash128(&(&report.id, &main, &files)), main.len() >= LONG);
        if printer.last.as_ref().is_some_and(|last| last.source == digest) {
            return Ok(None);
        }
        room_for(&report.id, main.len() as u64, memory::free())?;
        // A layout that never ends keeps what it works with, and the next one has a typesetter of its own.
        let mut typesetter = printer.typesetter.take().unwrap_or_else(|| Typesetter::new(&maker.house_style.fonts));
        let limit = layout_limit(maker.options.patience.layout, main.len());
        let sources = Arc::clone(&maker.tree.sources);
        let work = move || {
            let layout = typesetter.lay_out(main, files, &sources);
            (typesetter, layout)
        };
        let laid_out = maker.step(Stage::LayingOut, report, || within(limit, work));
        let (typesetter, layout) = laid_out.ok_or_else(|| vec![endless(&report.id, limit)])?;
        printer.typesetter = Some(typesetter);
        let layout = layout.map_err(|faults| self.of_templates(faults))?;
        Ok(Some(LaidOut { source: digest, layout, is_long }))
    }

    /// Faults of a layout, with the templates that may have written them.
    fn of_templates(&self, faults: Findings) -> Findings {
        let Some(own) = layers::own_in_words(&self.maker.house_style.templates, ".typ") else { return faults };
        let helped = |fault: Diagnostic| match fault.at {
            Some(_) => fault.help(format!("templates write these lines; {own}")),
            None => fault.help(own.clone()),
        };
        faults.into_iter().map(helped).collect()
    }

    /// Makes the PDF of what was laid out, if anything was.
    fn print(&self, printer: &mut Printer, laid_out: Option<LaidOut>) -> Result<(), Findings> {
        let Self { maker, report, .. } = self;
        let (Some(LaidOut { source, layout, is_long }), Some(typesetter)) = (laid_out, &printer.typesetter) else {
            return Ok(());
        };
        let export = || typesetter.export(&report.id, &layout, &maker.tree.sources);
        let bytes = maker.step(Stage::WritingPdf, report, export)?;
        let (pages, marks) = (layout.pages(), if maker.keeps { layout.marks() } else { Vec::new() });
        // A long layout is large, and so is what is read back.
        drop(layout);
        if is_long && !maker.keeps {
            forget(0);
        }
        let file = artifact(&report.id, &format!("{}.pdf", report.id), bytes);
        let file = Artifact { pages: Some(pages), ..file };
        printer.last = Some(Printing { source, file, marks, sheets: None });
        Ok(())
    }

    /// Each page of the PDF, read back where it is not known; none where there is no PDF.
    pub fn sheets<'p>(&self, printer: &'p mut Printer) -> Result<Option<&'p [Sheet]>, Findings> {
        let Self { maker, report, .. } = self;
        let Printer { last: Some(last), reader, .. } = printer else { return Ok(None) };
        if last.sheets.is_none() {
            reader.from_right_to_left(report.wording().is_rtl());
            let sheets = maker.step(Stage::ReadingPdf, report, || reader.pages(&last.file.bytes));
            last.sheets = Some(sheets.map_err(|error| vec![readback::unreadable(&report.id, error)])?);
        }
        Ok(last.sheets.as_deref())
    }
}

/// How long a text of so many bytes may be laid out.
pub fn layout_limit(shortest: Duration, length: usize) -> Duration {
    shortest + Duration::from_secs((length >> 10) as u64)
}

/// What is said of a layout that did not come to an end.
pub fn endless(report: &str, limit: Duration) -> Diagnostic {
    let message = format!("the PDF of {report} was not laid out within {} seconds", limit.as_secs());
    Diagnostic::error_nowhere(Code::TemplateEndless, message)
        .help("a template of your own may go in circles: look for a loop inside a loop, or one over a very large range")
        .help("the web page alone can be built with --format html")
}

/// Refuses what would be laid out until the system stops the program. `length` and `free` are in bytes; where the system
/// does not tell what is free, nothing is refused.
fn room_for(report: &str, length: u64, free: Option<u64>) -> Result<(), Findings> {
    let needed = length.saturating_mul(MEMORY_OF_A_BYTE);
    match free {
        Some(free) if needed > free => {
            let gigabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000_000, bytes / 100_000_000 % 10);
            let message = format!(
                "the PDF of {} needs about {} GB of memory to be laid out, and {} GB are free",
                report,
                gigabytes(needed),
                gigabytes(free)
            );
            let finding = Diagnostic::error_nowhere(Code::ReportTooLarge, message)
                .help("close other programs, or split its longest table over several reports")
                .help("the web page alone can be built with --format html");
            Err(vec![finding])
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_no_memory_holds_is_refused_in_plain_words() {
        assert_eq!(room_for("long", 1_000_000, Some(MEMORY_OF_A_BYTE * 1_000_000)), Ok(()));
        assert_eq!(room_for("long", u64::MAX, None), Ok(()));
        let faults = room_for("long", 30_000_000, Some(8_123_456_789)).unwrap_err();
        let needed = 30 * MEMORY_OF_A_BYTE / 1000;
        let message =
            format!("the PDF of long needs about {needed}.0 GB of memory to be laid out, and 8.1 GB are free");
        assert_eq!(faults[0].message, message);
    }
}
