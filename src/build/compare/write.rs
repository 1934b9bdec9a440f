//! Writes what changed as a web page, a PDF and data: a folder for each report, beside the stylesheet that they share.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use typst::foundations::Bytes;

use super::{Compared, PrintedComparison, Refusal};
use crate::build::Options;
use crate::build::form::{endless, layout_limit};
use crate::build::house_style::HouseStyle;
use crate::compile::Typesetter;
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, any_errors};
use crate::patience::{Patience, within};
use crate::publish::{Artifact, Input, Publication, Staging};
use crate::render::{Renderer, STYLESHEET, csv};
use crate::source::layers::Layer;
use crate::source::{self, slashes};
use crate::view::{self, ComparisonView, Download, STATEMENT_PAGE};

/// Writes comparisons into a folder of their own. Out: the pages that were written.
pub fn write_comparison(options: &Options, compared: &Compared, output: &Path) -> Result<Vec<String>, Refusal> {
    let sources = Arc::new(SourceMap::default());
    let refused = |findings: Findings| Refusal { findings, sources: Arc::clone(&sources) };
    if let Some(overlap) = source::overlap(&options.content, output) {
        return Err(refused(vec![overlap]));
    }
    let mut findings = Findings::new();
    let layers = HouseStyle::layers(options, &mut findings);
    let writer = Writer::new(layers, options.patience, &sources, findings).map_err(refused)?;
    let printed = compared.printed();
    let ids: Vec<String> = printed.iter().map(|one| one.view.report.clone()).collect();
    let staging = Staging::open(output, &ids).map_err(refused)?;
    // Every build writes the accessibility statement, and no comparison does.
    if staging.former().files.iter().any(|file| file.path == STATEMENT_PAGE) {
        let message = format!("{} holds reports that were built, which a comparison would replace", slashes(output));
        let finding = Diagnostic::error_nowhere(Code::OutputForeign, message);
        return Err(refused(vec![finding.help("choose another folder with --output")]));
    }
    let mut files = Vec::new();
    for comparison in &printed {
        for file in writer.files(comparison).map_err(refused)? {
            files.push(staging.put(&file).map_err(refused)?);
        }
    }
    for file in writer.shared_files() {
        files.push(staging.put(&file).map_err(refused)?);
    }
    let former = staging.former().files.iter().filter_map(|file| file.report.clone());
    let known: Vec<String> = ids.iter().cloned().chain(former).collect();
    let inputs = || printed.iter().map(|one| inputs_of(&one.view)).collect::<BTreeMap<_, _>>();
    let publication = Publication { reports: &ids, inputs: &inputs, review: false, known_reports: &known };
    staging.publish(files, &publication).map_err(refused)?;
    Ok(ids.iter().map(|id| slashes(&output.join(id).join("index.html"))).collect())
}

/// Writes the web pages of comparisons, again and again in the same style as long as no file of it and no limit changes.
#[derive(Default)]
pub struct ComparisonPages(Option<Writer>);

impl ComparisonPages {
    /// The pages and what they share, in memory, by their paths in a folder of their own.
    pub fn write(&mut self, options: &Options, compared: &[PrintedComparison]) -> Result<Vec<Artifact>, Refusal> {
        let mut findings = Findings::new();
        let layers = HouseStyle::layers(options, &mut findings);
        let is_like = |former: &Writer| former.patience == options.patience && former.style.is_of(&layers);
        let former = self.0.take().filter(is_like);
        let sources = former.as_ref().map_or_else(Arc::default, |former| Arc::clone(&former.sources));
        let refused = |findings: Findings| Refusal { findings, sources: Arc::clone(&sources) };
        let writer = match former {
            Some(former) => former,
            None => Writer::new(layers, options.patience, &sources, findings).map_err(refused)?,
        };
        let pages = compared.iter().map(|comparison| writer.page(comparison, None, None));
        let pages = pages.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        Ok(pages.into_iter().chain(self.0.insert(writer).shared_files()).collect())
    }
}

/// What a comparison was made of: the digests of both states.
fn inputs_of(comparison: &ComparisonView) -> (String, Vec<Input>) {
    let states = [("before", &comparison.before), ("now", &comparison.now)];
    let inputs = states.map(|(name, state)| Input::new(name, state.digest.as_bytes()));
    (comparison.report.clone(), inputs.into())
}

/// Writes what changed, in the style of the house.
struct Writer {
    renderer: Renderer,
    style: HouseStyle,
    patience: Patience,
    /// What findings of templates point into.
    sources: Arc<SourceMap>,
}

impl Writer {
    /// With what was found while the files of the style were read.
    fn new(
        layers: (Layer, Layer),
        patience: Patience,
        sources: &Arc<SourceMap>,
        mut findings: Findings,
    ) -> Result<Self, Findings> {
        let style = HouseStyle::of(layers, &mut findings);
        let renderer = Renderer::new(&style.templates, &style.fonts, patience.writing, sources, &mut findings);
        match renderer {
            Some(renderer) if !any_errors(&findings) => {
                Ok(Self { renderer, style, patience, sources: Arc::clone(sources) })
            }
            _ => Err(findings),
        }
    }

    /// The page, the PDF and the figures of one comparison.
    fn files(&self, printed: &PrintedComparison) -> Result<Vec<Artifact>, Findings> {
        let PrintedComparison { view: comparison, wording } = printed;
        let dataset = view::comparison_dataset(comparison, wording);
        let name = format!("{}.csv", dataset.stem);
        let data = (!dataset.rows.is_empty()).then(|| file(comparison, &name, Bytes::new(csv(&dataset))));
        let data_name = data.as_ref().map(|_| name.as_str());
        let pdf = self.pdf(printed, data_name, data.as_ref())?;
        let pdf = Artifact { pages: Some(pdf.1), ..file(comparison, "changes.pdf", Bytes::new(pdf.0)) };
        let pages = pdf.pages.unwrap_or_default();
        let download = Download::of("changes.pdf".to_owned(), pdf.bytes.len(), pages, wording);
        let page = self.page(printed, Some(&download), data_name)?;
        Ok([page, pdf].into_iter().chain(data).collect())
    }

    /// The page of one comparison, which names the files beside it.
    fn page(
        &self,
        PrintedComparison { view: comparison, wording }: &PrintedComparison,
        pdf: Option<&Download>,
        data: Option<&str>,
    ) -> Result<Artifact, Findings> {
        let html =
            self.renderer.comparison((comparison, wording), pdf, data, &self.sources).map_err(|fault| vec![*fault])?;
        Ok(file(comparison, "index.html", Bytes::from_string(html)))
    }

    /// The stylesheet and the icon of all pages.
    fn shared_files(&self) -> [Artifact; 2] {
        [(STYLESHEET, self.renderer.comparison_stylesheet()), ("assets/icon.svg", self.renderer.icon())].map(
            |(path, text)| Artifact {
                path: path.to_owned(),
                bytes: Bytes::from_string(text),
                report: None,
                pages: None,
            },
        )
    }

    /// The PDF, and how many pages it has.
    fn pdf(
        &self,
        PrintedComparison { view: comparison, wording }: &PrintedComparison,
        data_name: Option<&str>,
        data: Option<&Artifact>,
    ) -> Result<(Vec<u8>, usize), Findings> {
        let main = self
            .renderer
            .comparison_typst((comparison, wording), data_name, &self.sources)
            .map_err(|fault| vec![*fault])?;
        let mut files = self.renderer.typst_library(wording);
        files.extend(data_name.zip(data).map(|(name, data)| (name.to_owned(), data.bytes.clone())));
        let mut typesetter = Typesetter::new(&self.style.fonts);
        let (sources, ident) = (Arc::clone(&self.sources), format!("changes of {}", comparison.report));
        let limit = layout_limit(self.patience.layout, main.len());
        let work = move || {
            let layout = typesetter.lay_out(main, files, &sources)?;
            Ok((typesetter.export(&ident, &layout, &sources)?, layout.pages()))
        };
        within(limit, work).unwrap_or_else(|| Err(vec![endless(&comparison.report, limit)]))
    }
}

/// A file of one comparison.
fn file(comparison: &ComparisonView, name: &str, bytes: Bytes) -> Artifact {
    let report = comparison.report.clone();
    Artifact { path: format!("{report}/{name}"), bytes, report: Some(report), pages: None }
}
