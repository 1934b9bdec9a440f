//! The files that reports share, and what reports were made from.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Bytes;

use super::examined::Examined;
use super::house_style::HouseStyle;
use super::pictures::Pictures;
use super::{Options, base_of};
use crate::diagnostic::{Code, Diagnostic, SourceMap};
use crate::model::{LogoPictures, Part, Project, Report};
use crate::publish::{Artifact, Input, Inputs, Manifest, ManifestFile};
use crate::readback::generated_numbers;
use crate::render::{Renderer, robots, sitemap};
use crate::source::SourceTree;
use crate::source::layers::Layer;
use crate::source::reach;
use crate::view::{self, Download, LogoView, OrganisationView};

/// What shared pages are made with.
#[derive(Clone, Copy)]
pub struct SharedWith<'a> {
    pub sources: &'a SourceMap,
    pub renderer: &'a Renderer,
    pub pictures: &'a Pictures,
}

/// The list of reports, the accessibility statement, the stylesheet and the logo; where it is known under which address they are
/// published, also what search engines read. Reports that are not built now are listed as they were built before.
pub fn shared_pages(
    Examined { project, facts, passages }: &Examined,
    options: &Options,
    SharedWith { sources, renderer, pictures }: SharedWith,
    built: &[String],
    files: &[ManifestFile],
    former: &Manifest,
) -> Result<Vec<Artifact>, Box<Diagnostic>> {
    let built: BTreeSet<&str> = built.iter().map(String::as_str).collect();
    let by_path = |files: &'_ [ManifestFile]| -> BTreeMap<String, ManifestFile> {
        files.iter().map(|file| (file.path.clone(), file.clone())).collect()
    };
    let (now, before) = (by_path(files), by_path(&former.files));
    let found = |report: &Report| {
        let files = if built.contains(report.id.as_str()) { &now } else { &before };
        let pdf = format!("{0}/{0}.pdf", report.id);
        let wording = report.wording();
        let download = files.get(&pdf).map(|file| Download::of(pdf, file.bytes, file.pages.unwrap_or(0), wording));
        (files.contains_key(&format!("{}/index.html", report.id)), download)
    };
    let base = base_of(options, project);
    let index = view::index(project, facts, passages, base, found);
    let shared = |path: &str, text: String| shared_file(path, Bytes::from_string(text));
    let stylesheet = renderer.stylesheet(&shown(project));
    if let Some(text) = generated_numbers(&stylesheet).first() {
        let message = format!("the style sheet writes “{text}” into the pages, and nothing of the content says it");
        return Err(Box::new(
            Diagnostic::error_nowhere(Code::ReadBack, message)
                .help("a number stands in the content: take it out of `content: …` in the .css file of your templates"),
        ));
    }
    let mut pages = vec![
        shared("index.html", renderer.index(&index, sources)?),
        shared("accessibility.html", renderer.statement(&view::statement(project, base), sources)?),
        shared("assets/report.css", stylesheet),
        shared("assets/icon.svg", renderer.icon()),
    ];
    pages.extend(logo_files(&index.organisation, pictures));
    if let Some(base) = base {
        pages.extend([shared("sitemap.xml", sitemap(base, &index)), shared("robots.txt", robots(base))]);
    }
    Ok(pages)
}

/// The folders of the components that show the parts and notes of all reports.
pub fn shown(project: &Project) -> BTreeSet<&'static str> {
    let notes = |report: &Report| (!report.notes().is_empty()).then_some(reach::FOOTNOTES);
    project.reports.iter().flat_map(|report| report.parts().map(Part::component).chain(notes(report))).collect()
}

/// The files of the logo, which every page and every PDF shows.
pub fn logo_files(organisation: &OrganisationView, pictures: &Pictures) -> Vec<Artifact> {
    let files = organisation.logo.iter().flat_map(LogoView::both);
    let largest = |path: &str| pictures.of(path).last().map(|largest| Bytes::new(largest.bytes.clone()));
    files.filter_map(|one| Some(shared_file(&one.file, largest(&one.source)?))).collect()
}

fn shared_file(path: &str, bytes: Bytes) -> Artifact {
    Artifact { path: path.to_owned(), bytes, report: None, pages: None }
}

/// What the built reports were made from.
pub fn inputs(tree: &SourceTree, project: &Project, house_style: &HouseStyle, built: &[&Report]) -> Inputs {
    let read = |path: &str| tree.bytes(path).map(|bytes| Input::new(format!("content/{path}"), &bytes));
    let mut inputs: Inputs =
        built.iter().map(|one| (one.id.clone(), one.files(tree).into_iter().filter_map(read).collect())).collect();
    let layer = |name: &'static str, layer: &Layer| -> Vec<Input> {
        layer.iter().map(|(path, file)| Input::new(format!("{name}/{path}"), &file.bytes)).collect()
    };
    let logo = project.logo.iter().flat_map(LogoPictures::both).map(|picture| picture.path.as_str());
    let shared =
        ["organisation.yaml", "facts.yaml", "checks.yaml"]
            .into_iter()
            .chain(logo)
            .filter_map(read)
            .chain(tree.languages.iter().map(|(tag, file)| {
                Input::new(format!("languages/{tag}.yaml"), tree.sources.file(*file).text.as_bytes())
            }))
            .chain(layer("templates", &house_style.templates))
            .chain(layer("assets", &house_style.assets));
    inputs.insert("shared".to_owned(), shared.collect());
    inputs
}
