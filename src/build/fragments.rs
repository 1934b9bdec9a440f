//! Finished reports as fragments for sites that are there already.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use super::base_of;
use super::destination::FinishedReport;
use super::maker::{Maker, artifact};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::fragment::{Files, Form, Wanted, fragment};
use crate::model::Report;
use crate::model::values::BaseAddress;
use crate::render::{ChapterWords, chapters};
use crate::source;
use crate::yaml::{self, FromNode, Parse, Text, Value};

/// Of more files without an address than these the first are told.
const MOST_TOLD: usize = 4;

/// Which fragment of each report is made beside its page.
#[derive(Debug, Clone)]
pub struct FragmentOptions {
    pub form: Form,
    /// The level of the headings with which its sections begin, from 2.
    pub heading: usize,
    /// Where the files are uploaded; without it, where the output is published.
    pub uploads: Option<Uploads>,
}

/// Where files are uploaded.
#[derive(Debug, Clone)]
pub enum Uploads {
    /// Under one address, by the paths that they have in the output.
    Under(BaseAddress),
    /// Where a YAML file says, which names the address of each path.
    Listed(PathBuf),
}

impl FromStr for Uploads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.contains("://") {
            true => BaseAddress::parse(text).map(Self::Under),
            false => Ok(Self::Listed(PathBuf::from(text))),
        }
    }
}

impl Maker<'_> {
    /// A report with the fragment of its page beside it, where one is asked for.
    pub fn with_fragment(&self, report: &Report, made: FinishedReport) -> Result<FinishedReport, Findings> {
        let page = made.files.iter().find(|file| file.path == format!("{}/index.html", report.id));
        let (Some(options), Some(page)) = (&self.options.fragment, page) else { return Ok(made) };
        let page = String::from_utf8_lossy(&page.bytes);
        let files = self.uploads(report, options)?;
        let wanted = Wanted {
            report: &report.id,
            language: &report.head.language.value.tag(),
            form: options.form,
            heading: options.heading,
            files: &files,
            sheet: &self.stylesheet.text,
            colours: &|meaning| self.renderer.screen_colour(meaning).to_owned(),
        };
        let own = fragment(&page, &wanted).map_err(|lost| vec![without_address(report, options, lost)])?;
        let folder = format!("fragment-{}", options.form.word());
        let own = own
            .into_iter()
            .map(|file| artifact(&report.id, &format!("{folder}/{}", file.name), file.text.into_bytes()));
        Ok(FinishedReport { files: made.files.iter().cloned().chain(own).collect(), ..made })
    }

    /// A report with a page for each of its sections, where that is asked for.
    pub fn in_chapters(&self, report: &Report, made: FinishedReport) -> FinishedReport {
        let path = format!("{}/index.html", report.id);
        let page = made.files.iter().find(|file| file.path == path).filter(|_| self.options.in_chapters);
        let address = base_of(self.options, self.examined.project).map(|base| format!("{base}/{}/", report.id));
        let wording = report.wording();
        let words = ChapterWords {
            whole: wording.say("chapters.whole", &[]),
            previous: &|title| wording.say("chapters.previous", &[("title", title)]),
            next: &|title| wording.say("chapters.next", &[("title", title)]),
            neighbours: wording.say("chapters.neighbours", &[]),
        };
        let pages = page.and_then(|page| chapters(&String::from_utf8_lossy(&page.bytes), address.as_deref(), &words));
        let Some(pages) = pages else { return made };
        let others = made.files.iter().filter(|file| file.path != path).cloned();
        let pages = pages.into_iter().map(|file| artifact(&report.id, &file.name, file.text.into_bytes()));
        FinishedReport { files: others.chain(pages).collect(), ..made }
    }

    fn uploads(&self, report: &Report, options: &FragmentOptions) -> Result<Files, Findings> {
        let under = |base: &str| Files::Under(format!("{base}/{}", report.id));
        match &options.uploads {
            Some(Uploads::Under(BaseAddress(base))) => Ok(under(base)),
            Some(Uploads::Listed(path)) => self.listed(report, path),
            None => base_of(self.options, self.examined.project).map(under).ok_or_else(|| {
                vec![
                    Diagnostic::error_nowhere(Code::FragmentFiles, "it is not known where the files of the report will be found")
                        .help("say it with --uploads: the address under which they are uploaded, https://www.example.org/files, or a YAML file that names the address of each"),
                ]
            }),
        }
    }

    /// The addresses that a file names for the files of a report.
    fn listed(&self, report: &Report, path: &std::path::Path) -> Result<Files, Findings> {
        let (sources, file) = source::read_record(path).map_err(|fault| vec![*fault])?;
        let file = self.tree.sources.add(source::slashes(path), sources.file(file).text.as_str());
        let node = yaml::parse(file, &self.tree.sources.file(file).text)?;
        let Value::Mapping(fields) = &node.value else {
            let message = "the addresses of files are written `data/indicators.csv: https://…`, one a line, with the name of the report's folder before";
            return Err(vec![Diagnostic::error(Code::WrongType, node.at, message)]);
        };
        let (mut findings, mut addresses) = (Findings::new(), BTreeMap::new());
        for (name, address) in fields {
            let Some(text) = Text::from_node(address, &mut findings) else { continue };
            if let Err(why) = BaseAddress::parse(&text.value) {
                findings.push(Diagnostic::error(Code::WrongValue, text.at, why));
            }
            if let Some(own) = name.value.strip_prefix(&format!("{}/", report.id)) {
                addresses.insert(own.to_owned(), text.value);
            }
        }
        if findings.is_empty() { Ok(Files::Named(addresses)) } else { Err(findings) }
    }
}

fn without_address(report: &Report, options: &FragmentOptions, lost: std::collections::BTreeSet<String>) -> Diagnostic {
    let mut told: Vec<String> = lost.iter().take(MOST_TOLD).map(|file| format!("{}/{file}", report.id)).collect();
    if let Some(more @ 1..) = lost.len().checked_sub(MOST_TOLD) {
        told.push(format!("and {more} more"));
    }
    let message = format!("no address is known for {}", told.join(", "));
    let list = match &options.uploads {
        Some(Uploads::Listed(path)) => source::slashes(path),
        _ => "the list".to_owned(),
    };
    Diagnostic::error_nowhere(Code::FragmentFiles, message)
        .help(format!("upload each, and add a line to {list}: `{}: https://…`", told[0]))
}
