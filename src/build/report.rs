//! Makes the files of one report.

use std::collections::BTreeMap;

use typst::foundations::Bytes;
use typst::utils::hash128;

use super::outlet::Outlet;
use super::pictures::Pictures;
use super::press::{Examined, Materials};
use super::progress::{Progress, Stage, step};
use super::{Options, base_of};
use crate::compile::{PageMark, Typesetter};
use crate::diagnostic::{Code, Diagnostic, Unfiled};
use crate::model::Report;
use crate::publish::Artifact;
use crate::readback::{self, Expected};
use crate::render::{Renderer, csv, describe};
use crate::source::{SourceTree, memory};
use crate::view::{self, DataLink, Dataset, Desk, Download, Page, PartView, Printed, PrintedOrigin, Tracer};

/// Memory in which a byte of Typst source is laid out, in bytes: measured on dashboards of 390 and 3,900 indicators
/// (benches/README.md).
const MEMORY_OF_A_BYTE: u64 = 400;

/// The files of a report.
#[derive(Debug, Clone)]
pub struct Made {
    pub report: String,
    pub title: String,
    pub files: Vec<Artifact>,
    /// The pages of the PDF, where whoever takes it asks which of them are new.
    pub marks: Vec<PageMark>,
}

/// What is kept of a report, so that what did not change is not made again.
#[derive(Default)]
pub struct Standing {
    typesetter: Option<Typesetter>,
    former: Option<Former>,
}

/// A report as it was made last.
struct Former {
    drawn: Drawn,
    pdf: Option<Printing>,
    made: Made,
}

/// What is said in a report, before it has a form.
struct Drawn {
    /// Without its PDF, whose size is known last.
    page: Page,
    printed: Vec<Printed>,
    /// The files beside the page: data and pictures.
    beside: Vec<Artifact>,
}

/// A PDF, and what it was made of.
#[derive(Clone)]
struct Printing {
    source: u128,
    file: Artifact,
    marks: Vec<PageMark>,
}

/// Makes reports out of what was read.
pub struct Maker<'a> {
    pub examined: &'a Examined<'a>,
    pub renderer: &'a Renderer,
    pub tree: &'a SourceTree,
    pub materials: &'a Materials,
    pub pictures: &'a Pictures,
    pub options: &'a Options,
    pub outlet: &'a dyn Outlet,
    pub progress: Progress<'a>,
    /// Whether what is made is kept, to be compared with what comes.
    pub keeps: bool,
}

impl Maker<'_> {
    /// Makes a report, or gives back what was made when nothing of it changed.
    pub fn report(&self, report: &Report, standing: &mut Standing) -> Result<Made, Vec<Unfiled>> {
        let mut drawn = self.step(Stage::DrawingUp, report, || self.draw_up(report));
        let former = match standing.former.take() {
            Some(former) if former.drawn.says_the_same(&drawn) => {
                let made = former.made.clone();
                standing.former = Some(former);
                return Ok(made);
            }
            former => former.and_then(|former| former.pdf),
        };
        // Who waits for the page sees it while the PDF is being made.
        let before = former.as_ref().map(|printing| printing.download(report));
        let proof = match self.keeps {
            true => Some(self.html(report, &mut drawn.page, before.clone())?),
            false => None,
        };
        proof.iter().for_each(|html| self.outlet.proof(&page_file(report, html.clone())));
        let pdf = match self.options.formats.pdf {
            true => Some(self.pdf(report, &drawn, former, standing)?),
            false => None,
        };
        let download = pdf.as_ref().map(|printing| printing.download(report));
        let html = match proof {
            Some(html) if download == before => html,
            _ => self.html(report, &mut drawn.page, download)?,
        };
        self.step(Stage::ReadingBack, report, || self.read_back(&drawn, &html, pdf.as_ref()))?;
        let made = self.files(report, &drawn, html, pdf.as_ref());
        if self.keeps {
            standing.former = Some(Former { drawn, pdf, made: made.clone() });
        }
        Ok(made)
    }

    fn step<T>(&self, stage: Stage, report: &Report, work: impl FnOnce() -> T) -> T {
        step(self.progress, stage, Some(&report.id), work)
    }

    fn draw_up(&self, report: &Report) -> Drawn {
        let desk = Desk::new(self.examined.project, report, &self.examined.facts);
        let mut page = view::page(&desk, base_of(self.options, self.examined.project));
        let mut beside = self.data(&desk, &mut page);
        let printed = desk.printed();
        beside.extend(self.schedule(&mut page, &printed));
        beside.extend(self.pictures(&page));
        Drawn { page, printed, beside }
    }

    fn data(&self, desk: &Desk, page: &mut Page) -> Vec<Artifact> {
        let mut files = Vec::new();
        for dataset in view::datasets(desk) {
            let (link, made) = self.dataset(&dataset, page);
            page.data.push(link);
            files.extend(made);
        }
        files
    }

    fn dataset(&self, dataset: &Dataset, page: &Page) -> (DataLink, [Artifact; 2]) {
        let licence = self.examined.project.organisation.licence.as_ref().map(|licence| licence.value.as_str());
        let bytes = csv(dataset);
        let link = DataLink {
            title: dataset.title.clone(),
            csv: format!("data/{}.csv", dataset.stem),
            json: format!("data/{}.json", dataset.stem),
            size: view::size(bytes.len()),
        };
        let described = artifact(&page.id, &link.json, describe(dataset, page, licence));
        let files = [artifact(&page.id, &link.csv, bytes), described];
        (link, files)
    }

    /// The tie-out schedule as data; for review it also goes into the PDF.
    fn schedule(&self, page: &mut Page, printed: &[Printed]) -> [Artifact; 2] {
        let tracer = Tracer::new(&self.examined.facts, self.tree);
        let schedule = view::tie_out(&tracer, page, printed, &self.examined.verdict);
        let (link, files) = self.dataset(&view::tie_out_dataset(&schedule), page);
        if self.options.review {
            page.data.push(link);
            page.review = Some(schedule);
        }
        files
    }

    fn pictures(&self, page: &Page) -> Vec<Artifact> {
        let parts = page.sections.iter().flat_map(|section| &section.parts);
        let pictures = parts.filter_map(|part| match part {
            PartView::Picture(picture) => Some(picture),
            _ => None,
        });
        // A picture that is shown twice is published once.
        let mut files = BTreeMap::new();
        for picture in pictures {
            for made in self.pictures.of(&picture.source) {
                if let Some(view) = picture.renditions.iter().find(|view| view.width == made.width) {
                    files.insert(&view.file, &made.bytes);
                }
            }
        }
        files.into_iter().map(|(file, bytes)| artifact(&page.id, file, bytes.clone())).collect()
    }

    fn html(&self, report: &Report, page: &mut Page, pdf: Option<Download>) -> Result<String, Vec<Unfiled>> {
        page.pdf = pdf;
        let html = self.step(Stage::WritingPage, report, || self.renderer.page(page));
        page.pdf = None;
        html.map_err(|fault| vec![*fault])
    }

    fn pdf(
        &self,
        report: &Report,
        drawn: &Drawn,
        former: Option<Printing>,
        standing: &mut Standing,
    ) -> Result<Printing, Vec<Unfiled>> {
        let main = self.renderer.typst(&drawn.page).map_err(|fault| vec![*fault])?;
        let mut files = self.renderer.typst_library();
        let folder = format!("{}/", report.id);
        files.extend(
            drawn
                .beside
                .iter()
                .map(|file| (file.path.strip_prefix(&folder).unwrap_or(&file.path).to_owned(), file.bytes.clone())),
        );
        self.outlet.source(&report.id, &main, &files);
        let source = hash128(&(&main, &files));
        if let Some(former) = former.filter(|former| former.source == source) {
            return Ok(former);
        }
        room_for(&report.id, main.len() as u64, memory::free())?;
        let typesetter = standing.typesetter.get_or_insert_with(|| Typesetter::new(&self.materials.fonts));
        let layout = self.step(Stage::LayingOut, report, || typesetter.lay_out(main, files))?;
        let bytes = self.step(Stage::WritingPdf, report, || typesetter.export(&report.id, &layout))?;
        let file = artifact(&report.id, &format!("{}.pdf", report.id), bytes);
        let marks = if self.keeps { layout.marks() } else { Vec::new() };
        Ok(Printing { source, file: Artifact { pages: Some(layout.pages()), ..file }, marks })
    }

    /// Reads the figures back out of the finished files and compares them with those that were to be printed.
    fn read_back(&self, drawn: &Drawn, html: &str, pdf: Option<&Printing>) -> Result<(), Vec<Unfiled>> {
        let page = &drawn.page;
        let expected: Vec<Expected> = drawn
            .printed
            .iter()
            .filter_map(|one| match one.origin {
                PrintedOrigin::Fact(fact, mark) => {
                    let address = self.examined.facts.local(&page.id, fact);
                    Some(Expected { section: &one.section, mark, address, text: &one.text })
                }
                PrintedOrigin::Stated(_) => None,
            })
            .collect();
        let appendix = page.review.as_ref().map(|schedule| schedule.opening);
        let pdf = pdf.map(|printing| printing.file.bytes.as_slice());
        let findings = readback::compare(&page.id, &expected, html, pdf, appendix);
        if findings.is_empty() { Ok(()) } else { Err(findings.into_iter().map(Unfiled::from).collect()) }
    }

    fn files(&self, report: &Report, drawn: &Drawn, html: String, pdf: Option<&Printing>) -> Made {
        let mut files = drawn.beside.clone();
        if self.options.formats.html {
            files.push(page_file(report, html));
        } else {
            // Pictures lie beside the page; the PDF holds its own.
            files.retain(|file| !file.path.contains("/pictures/"));
        }
        files.extend(pdf.map(|printing| printing.file.clone()));
        let marks = pdf.map_or_else(Vec::new, |printing| printing.marks.clone());
        Made { report: report.id.clone(), title: drawn.page.title.text.clone(), files, marks }
    }
}

impl Drawn {
    fn says_the_same(&self, other: &Drawn) -> bool {
        self.page == other.page && self.beside == other.beside
    }
}

impl Printing {
    fn download(&self, report: &Report) -> Download {
        let pages = self.file.pages.unwrap_or(0);
        Download { file: format!("{}.pdf", report.id), size: view::size(self.file.bytes.len()), pages }
    }
}

/// Refuses what would be laid out until the system stops the program. `length` and `free` are in bytes; where the system
/// does not tell what is free, nothing is refused.
fn room_for(report: &str, length: u64, free: Option<u64>) -> Result<(), Vec<Unfiled>> {
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
            Err(vec![finding.into()])
        }
        _ => Ok(()),
    }
}

fn page_file(report: &Report, html: String) -> Artifact {
    artifact(&report.id, "index.html", html.into_bytes())
}

fn artifact(report: &str, file: &str, bytes: Vec<u8>) -> Artifact {
    Artifact {
        path: format!("{report}/{file}"),
        bytes: Bytes::new(bytes),
        report: Some(report.to_owned()),
        pages: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    #[test]
    fn a_report_that_no_memory_holds_is_refused_in_plain_words() {
        assert_eq!(room_for("long", 1_000_000, Some(MEMORY_OF_A_BYTE * 1_000_000)), Ok(()));
        assert_eq!(room_for("long", u64::MAX, None), Ok(()));
        let faults = room_for("long", 30_000_000, Some(8_123_456_789)).unwrap_err();
        let finding = faults.into_iter().next().unwrap().file(&mut SourceMap::default());
        let needed = 30 * MEMORY_OF_A_BYTE / 1000;
        let message =
            format!("the PDF of long needs about {needed}.0 GB of memory to be laid out, and 8.1 GB are free");
        assert_eq!(finding.message, message);
    }
}
