//! Makes the files of one report.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use super::base_of;
use super::destination::FinishedReport;
use super::examined::Examined;
use super::form::{Forms, Printer, Printing, Texts};
use super::maker::{Drawn, Maker, artifact, page_file};
use super::progress::Stage;
use super::shared::logo_files;
use super::whereabouts::Whereabouts;
use crate::diagnostic::Findings;
use crate::fact::{DataCell, DataLine, plain};
use crate::model::{Data, Part, Report};
use crate::publish::{Artifact, digest};
use crate::readback::html::{self, ReadPage};
use crate::readback::pdf::Sheet;
use crate::readback::{self, DataFault, DataFile, Expected, ExpectedChart, ExpectedMark, PackagedFile, ReadCsv, Said};
use crate::render::{SharedPage, csv, describe, described, package, resource, structured_data, workbook};
use crate::source::layers;
use crate::transcript::Transcript;
use crate::view::{
    self, CopyEditor, DataAbout, DataLink, Dataset, DescribedFile, Download, DrawnChart, DrawnMark, FileLink, Page,
    PartView, Printed, PrintedOrigin, TieOutSchedule, Tracer,
};

/// What is kept of a report, so that what did not change is not made again.
#[derive(Default)]
pub struct KeptReport {
    printer: Printer,
    former: Option<Former>,
}

/// A report as it was made last.
struct Former {
    drawn: Drawn,
    texts: Texts,
    made: FinishedReport,
}

/// A page before it is read back, with the parts that it was put together from and the PDF that it leads to.
struct WrittenPage<'a> {
    html: &'a str,
    /// What it was to say, as data.
    view: &'a Value,
    texts: &'a Texts,
    download: Option<Download>,
}

impl KeptReport {
    /// For a report that is made again and again.
    pub fn keeping() -> Self {
        Self { printer: Printer::keeping(), former: None }
    }
}

impl Maker<'_> {
    /// Makes a report, or gives back what was made when nothing of it changed. Fails without a word where the checks
    /// forbid it.
    pub fn report(&self, report: &Report, kept: &mut KeptReport) -> Result<FinishedReport, Findings> {
        let KeptReport { printer, former } = kept;
        let drawn = self.step(Stage::DrawingUp, report, || self.draw_up(report));
        let (made, schedule) = match former.as_ref().filter(|former| former.drawn == drawn) {
            Some(former) => (former.made.clone(), self.schedule(report, &drawn)?),
            None => {
                let (texts, made, schedule) = self.make(report, &drawn, former.as_ref(), printer)?;
                if self.keeps {
                    *former = Some(Former { drawn, texts, made: made.clone() });
                }
                (made, schedule)
            }
        };
        Ok(FinishedReport { files: [made.files, schedule].concat(), ..made })
    }

    /// Makes the files of a report, and apart from them those of its tie-out schedule. The texts of its parts come along
    /// where they are kept.
    fn make(
        &self,
        report: &Report,
        drawn: &Drawn,
        former: Option<&Former>,
        printer: &mut Printer,
    ) -> Result<(Texts, FinishedReport, Vec<Artifact>), Findings> {
        let former = former.map(|former| (&former.drawn, &former.texts));
        let forms = Forms { maker: self, report, drawn, former };
        let (html, texts) = match self.keeps {
            true => forms.page_first(printer)?,
            false => forms.pdf_first(printer)?,
        };
        let download = forms.download(printer);
        let texts_of_report = self.examined.passages.of(&report.id).iter().map(|passage| plain(&passage.words));
        let view = serde_json::json!(drawn.page);
        let said = Said::of(&view, texts_of_report, report.wording());
        let page = WrittenPage { html: &html, view: &view, texts: &texts, download };
        let read_page = || {
            let read = self.read_page(report, drawn, &said, &page)?;
            let schedule = self.schedule(report, drawn)?;
            self.read_data(report, drawn, &said, &schedule)?;
            Ok((read, schedule))
        };
        let (sheets, (read, schedule)) = self.both(|| forms.sheets(printer), read_page)?;
        sheets.map_or(Ok(()), |sheets| self.compare(report, drawn, &said, (&read, sheets)))?;
        let card = forms.card(printer, &said)?;
        let mut made = self.files(report, drawn, html, printer.last());
        made.files.extend(card);
        Ok((texts, made, schedule))
    }

    fn draw_up(&self, report: &Report) -> Drawn {
        let Examined { project, facts, passages } = self.examined;
        let editor = CopyEditor::new(project, report, facts, passages);
        let mut page = view::page(&editor, base_of(self.options, project));
        let mut data = DataBeside::default();
        let datasets = view::datasets(&editor);
        for dataset in &datasets {
            self.add_data(report, dataset, &mut page, &mut data);
        }
        self.add_workbook(report, &datasets, &mut page, &mut data.files);
        page.draft =
            report.head.draft.map(|day| view::draft(day, self.transcript(report).short_digest(), report.wording()));
        let charts = editor.drawn();
        let printed = editor.printed();
        if self.options.review {
            let schedule = self.tie_out(report, &page, &printed);
            let dataset = view::tie_out_dataset(&schedule, true, report.wording());
            self.add_data(report, &dataset, &mut page, &mut data);
            page.review = Some(schedule);
        }
        let DataBeside { files: mut beside, resources, described } = data;
        beside.extend(self.pictures(&page));
        let shared = logo_files(page.organisation.logo.as_ref(), self.pictures);
        Drawn { page, printed, charts, beside, resources, described, shared, stylesheet: self.stylesheet.path.clone() }
    }

    /// Adds a dataset to a page: its files, and how it is described.
    fn add_data(&self, report: &Report, dataset: &Dataset, page: &mut Page, data: &mut DataBeside) {
        let (files, resource) = data_files_of(dataset, page);
        page.data.push(DataLink {
            title: dataset.title.clone(),
            csv: csv_path(&dataset.stem),
            size: view::size(files[0].bytes.len(), report.wording()),
            about: DataAbout::of(dataset, report),
        });
        data.files.extend(files);
        data.resources.push(resource);
        data.described.push(DescribedFile::of(dataset));
    }

    /// Adds the workbook of all tables to a page, where there is one.
    fn add_workbook(&self, report: &Report, datasets: &[Dataset], page: &mut Page, beside: &mut Vec<Artifact>) {
        let Some(bytes) = workbook(datasets, page) else { return };
        let file = workbook_path(&report.id);
        page.workbook = Some(FileLink { size: view::size(bytes.len(), report.wording()), file: file.clone() });
        beside.push(artifact(&report.id, &file, bytes));
    }

    fn tie_out(&self, report: &Report, page: &Page, printed: &[Printed]) -> TieOutSchedule {
        let tracer = Tracer::new(&self.examined.facts, self.tree);
        view::tie_out(&tracer, page, printed, &(self.judged)().verdict, report.wording())
    }

    /// What the report says.
    fn transcript(&self, report: &Report) -> Transcript {
        let Examined { project, facts, passages } = self.examined;
        view::transcript(project, report, facts, passages, &self.tree.sources)
    }

    /// The tie-out schedule as data, which for review is part of the report already; and what describes all its data, to
    /// programs and to people.
    fn schedule(&self, report: &Report, drawn: &Drawn) -> Result<Vec<Artifact>, Findings> {
        self.require_soundness()?;
        let Drawn { page, printed, resources, described, .. } = drawn;
        let package = |resources: &[Value]| artifact(&page.id, PACKAGE, package(resources, page));
        if self.options.review {
            let about = self.data_page(page, described)?;
            return Ok([package(resources)].into_iter().chain(about).collect());
        }
        let schedule = self.step(Stage::TyingOut, report, || self.tie_out(report, page, printed));
        let dataset = view::tie_out_dataset(&schedule, false, report.wording());
        let (files, resource) = data_files_of(&dataset, page);
        let resources: Vec<Value> = resources.iter().cloned().chain([resource]).collect();
        let described: Vec<DescribedFile> = described.iter().cloned().chain([DescribedFile::of(&dataset)]).collect();
        let about = self.data_page(page, &described)?;
        Ok(files.into_iter().chain([package(&resources)]).chain(about).collect())
    }

    /// The page about the data; none where the report's page does not lead to it.
    fn data_page(&self, page: &Page, described: &[DescribedFile]) -> Result<Option<Artifact>, Findings> {
        if page.data.is_empty() || !self.options.formats.html {
            return Ok(None);
        }
        let view = view::data_page(page, described);
        let with = (&page.wording, self.stylesheet.path.as_str());
        // It lies a folder deeper than the page of the report, in the same one as the files.
        let html = self.renderer.shared(SharedPage::Data, &view, with, &self.tree.sources);
        let html = self.stylesheet.name_in(html.map_err(|fault| vec![*fault])?);
        Ok(Some(artifact(&page.id, DATA_PAGE, html.into_bytes())))
    }

    fn pictures(&self, page: &Page) -> Vec<Artifact> {
        let parts = page.sections.iter().flat_map(|section| &section.parts);
        let pictures = parts.filter_map(|part| match part {
            PartView::Picture { pictures } => Some(pictures),
            _ => None,
        });
        let shown = pictures.flatten().map(|picture| (&picture.source, &picture.renditions));
        let cover = page.cover_photo.iter().map(|photo| (&photo.source, &photo.renditions));
        // A picture that is shown twice is published once.
        let mut files = BTreeMap::new();
        for (source, renditions) in shown.chain(cover) {
            for made in self.pictures.of(source) {
                if let Some(view) = renditions.iter().find(|view| view.width == made.width) {
                    files.insert(&view.file, &made.bytes);
                }
            }
        }
        files.into_iter().map(|(file, bytes)| artifact(&page.id, file, bytes.clone())).collect()
    }

    /// Reads the figures of the finished page back, and holds them against those that were to be printed.
    fn read_page(&self, report: &Report, drawn: &Drawn, said: &Said, page: &WrittenPage) -> Result<ReadPage, Findings> {
        let read = || {
            let expected = drawn.printed.iter().filter_map(|one| match one.origin {
                PrintedOrigin::Fact(fact, mark) => {
                    let address = self.examined.facts.local(&report.id, fact);
                    Some(Expected { section: &one.section, mark, address, text: &one.text })
                }
                PrintedOrigin::Stated { .. } => None,
            });
            let (expected, charts) = (expected.collect::<Vec<_>>(), self.charts(report, drawn));
            self.subject(report, |subject| {
                let parsed = html::parse(page.html);
                let read = subject.check_page(&expected, &charts, html::read(&parsed).in_language(report.wording()))?;
                let misplaced = page.texts.of_page().flat_map(|(section, part, html)| {
                    let view = &page.view["sections"][section]["parts"][part];
                    readback::misplaced(&drawn.page.sections[section].id, view, html)
                });
                let structured = structured_data(&drawn.page, page.download.as_ref());
                let strays = said.strays(&parsed, &serde_json::json!(page.download), &structured);
                let strays = strays.into_iter().chain(misplaced).chain(self.style.unseen(&parsed));
                let strays = subject.strays(&expected, strays.collect());
                if strays.is_empty() { Ok(read) } else { Err(strays) }
            })
        };
        self.step(Stage::ReadingPage, report, read)
    }

    /// Reads the published data back, and holds it against the facts, line by line.
    fn read_data(&self, report: &Report, drawn: &Drawn, said: &Said, schedule: &[Artifact]) -> Result<(), Findings> {
        let Examined { facts, passages, .. } = self.examined;
        let read = || {
            let texts = passages.texts(&report.id);
            // Several parts can show one file.
            let shown: BTreeMap<&str, &Data> = report.parts().filter_map(Part::data).collect();
            let stems: Vec<&str> = shown.keys().copied().collect();
            let lines = shown.into_iter().map(|(stem, data)| (stem, facts.data_lines(&texts, report, stem, data)));
            let schedule_lines = (!self.options.review).then(|| (view::TIE_OUT, self.lines_of_schedule(report, drawn)));
            let files: BTreeMap<&str, &Artifact> =
                drawn.beside.iter().chain(schedule).map(|file| (file.path.as_str(), file)).collect();
            let of_csv = || files.values().filter(|file| file.path.ends_with(".csv"));
            let tables: BTreeMap<&str, ReadCsv> =
                of_csv().filter_map(|file| Some((file.path.as_str(), ReadCsv::of(&file.bytes)?))).collect();
            let bytes = |path: &str| files.get(path).map_or(&[][..], |file| &file.bytes);
            let data_file = |stem| {
                let path = format!("{}/{}", report.id, csv_path(stem));
                DataFile { stem, csv: tables.get(path.as_str()), metadata: bytes(&described(&path)) }
            };
            let faults = |(stem, lines): (_, Vec<DataLine>)| {
                let faults = readback::data_faults(data_file(stem), &lines, said);
                self.subject(report, |subject| subject.data_faults(&csv_path(stem), faults))
            };
            let findings: Findings = lines.chain(schedule_lines).flat_map(faults).collect();
            let in_workbook: Vec<DataFile> = stems.into_iter().map(data_file).collect();
            let findings = findings.into_iter().chain(self.workbook_faults(report, drawn, &in_workbook, said));
            let packaged = of_csv().map(|file| PackagedFile {
                path: file.path.rsplit('/').next().unwrap_or_default(),
                bytes: &file.bytes,
                csv: tables.get(file.path.as_str()),
                sha256: digest(&file.bytes),
            });
            let in_package = bytes(&format!("{}/{PACKAGE}", report.id));
            let faults = readback::package_faults(in_package, &packaged.collect::<Vec<_>>(), said);
            let in_package = self.subject(report, |subject| subject.data_faults(PACKAGE, faults));
            findings.chain(in_package).collect::<Findings>()
        };
        let findings = self.step(Stage::ReadingData, report, read);
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }

    /// Reads the workbook back, and holds it against the data files.
    fn workbook_faults(&self, report: &Report, drawn: &Drawn, files: &[DataFile], said: &Said) -> Findings {
        let Some(link) = &drawn.page.workbook else { return Findings::new() };
        let path = format!("{}/{}", report.id, link.file);
        let bytes = drawn.beside.iter().find(|file| file.path == path).map_or(&[][..], |file| &file.bytes);
        let faults = readback::workbook_faults(bytes, files, said);
        let told = |(sheet, fault): (String, DataFault)| {
            let of_sheet = format!("{}, sheet {sheet},", link.file);
            self.subject(report, |subject| subject.data_faults(&of_sheet, vec![fault]))
        };
        faults.into_iter().flat_map(told).collect()
    }

    /// The lines that the tie-out schedule must have as data: every printed figure, and what it is.
    fn lines_of_schedule(&self, report: &Report, drawn: &Drawn) -> Vec<DataLine> {
        let tracer = Tracer::new(&self.examined.facts, self.tree);
        let line = |printed: &Printed| {
            let said = match &printed.origin {
                PrintedOrigin::Fact(fact, mark) => vec![
                    ("mark", mark.to_string()),
                    ("address", tracer.facts.local(&report.id, *fact).to_owned()),
                    ("unit", tracer.unit(*fact)),
                    ("source", tracer.source(*fact).unwrap_or_default().to_owned()),
                    ("formula", tracer.facts.formula(*fact, report.wording()).unwrap_or_default()),
                ],
                PrintedOrigin::Stated { source, at } => vec![("source", source.clone())]
                    .into_iter()
                    .chain(at.iter().map(|at| ("in_source", at.clone())))
                    .collect(),
            };
            let cell = |(column, says): (&str, String)| DataCell {
                column: Some(column.to_owned()),
                address: String::new(),
                says,
            };
            DataLine([("figure", printed.text.clone())].into_iter().chain(said).map(cell).collect())
        };
        drawn.printed.iter().map(line).collect()
    }

    /// The charts that were to be drawn.
    fn charts<'d>(&'d self, report: &Report, drawn: &'d Drawn) -> Vec<ExpectedChart<'d>> {
        let number = |number: Decimal| number.to_f64().unwrap_or(f64::NAN);
        let mark = |one: &'d DrawnMark| ExpectedMark {
            mark: one.mark,
            address: self.examined.facts.local(&report.id, one.fact),
            text: &one.text,
            from: number(one.from),
            to: number(one.to),
            place: one.place,
            across: one.across,
        };
        let chart = |one: &'d DrawnChart| ExpectedChart {
            section: &one.section,
            whole: one.whole.map(number),
            is_of_page: one.is_of_page,
            marks: one.marks.iter().map(mark).collect(),
        };
        drawn.charts.iter().map(chart).collect()
    }

    /// Holds the finished PDF against the figures of the page, and sees that it can be read.
    fn compare(
        &self,
        report: &Report,
        drawn: &Drawn,
        said: &Said,
        (page, sheets): (&ReadPage, &[Sheet]),
    ) -> Result<(), Findings> {
        let appendix = drawn.page.review.as_ref().map(|schedule| &*schedule.opening);
        let charts = self.charts(report, drawn);
        let compare = || {
            self.subject(report, |subject| {
                let mut findings = subject.check_pdf(&charts, page, sheets, appendix);
                // What is printed wrongly is said once, as what it should be.
                if findings.is_empty() {
                    findings = subject.strays_in_print(said, sheets);
                }
                let attached = sheets.first().map_or(&[][..], |first| &first.attachments);
                findings.extend(subject.check_attachments(attached, &data_files(drawn)));
                findings
            })
        };
        let findings = self.step(Stage::Comparing, report, compare);
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }

    /// What readers of finished files are told of a report.
    pub fn subject<T>(&self, report: &Report, read: impl FnOnce(&readback::Subject) -> T) -> T {
        let whereabouts = Whereabouts { examined: self.examined, sources: &self.tree.sources, report };
        read(&readback::Subject {
            report: &report.id,
            own_templates: layers::own(&self.house_style.templates),
            word_at: &|before, word| whereabouts.of(before, word),
            figure_at: &|address| whereabouts.of_fact(address),
        })
    }

    fn files(&self, report: &Report, drawn: &Drawn, html: String, pdf: Option<&Printing>) -> FinishedReport {
        let mut files = drawn.beside.clone();
        if self.options.formats.html {
            files.push(page_file(report, self.stylesheet.name_in(html).into_bytes()));
        } else {
            // Pictures lie beside the page; the PDF holds its own.
            files.retain(|file| !file.path.contains("/pictures/"));
        }
        files.extend(pdf.map(|printing| printing.file.clone()));
        let marks = pdf.map_or_else(Vec::new, |printing| printing.marks.clone());
        FinishedReport { report: report.id.clone(), title: title_of(&drawn.page), files, marks }
    }
}

/// The data of a report, as it is gathered.
#[derive(Default)]
struct DataBeside {
    files: Vec<Artifact>,
    /// How the package describes each file, to programs.
    resources: Vec<Value>,
    /// How the page about the data describes it, to people.
    described: Vec<DescribedFile>,
}

/// Where what the data files hold is said to people, in the report's folder.
const DATA_PAGE: &str = "data/index.html";
/// Where the package of the data files is described, in the report's folder.
const PACKAGE: &str = "data/datapackage.json";

/// The path of a data file in the report's folder.
fn csv_path(stem: &str) -> String {
    format!("data/{stem}.csv")
}

/// The path of the workbook in the folder of a report; it is told apart from others when it was taken away.
pub fn workbook_path(report: &str) -> String {
    format!("data/{report}.ods")
}

/// A dataset as files, the CSV file first, and how it is described in the package.
fn data_files_of(dataset: &Dataset, page: &Page) -> ([Artifact; 2], Value) {
    let (path, bytes) = (csv_path(&dataset.stem), csv(dataset));
    let in_package = resource(dataset, bytes.len(), &digest(&bytes));
    let metadata = artifact(&page.id, &described(&path), describe(dataset, page));
    ([artifact(&page.id, &path, bytes), metadata], in_package)
}

/// The data files that the PDF holds, by the names that they have there.
fn data_files(drawn: &Drawn) -> Vec<(&str, &[u8])> {
    let file = |link: &DataLink| {
        let path = format!("{}/{}", drawn.page.id, link.csv);
        drawn.beside.iter().find(|file| file.path == path).map(|file| &*file.bytes)
    };
    drawn.page.data.iter().filter_map(|link| Some((link.csv.as_str(), file(link)?))).collect()
}

/// What a report is called among others: editions of one series by their time, too.
fn title_of(page: &Page) -> String {
    let own = page.editions.iter().find(|edition| edition.to.is_none());
    own.map_or_else(|| page.title.text.clone(), |own| format!("{}, {}", page.title.text, own.name))
}
