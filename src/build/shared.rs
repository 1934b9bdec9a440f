//! The files that reports share, and what reports were made from.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Bytes;
use typst::text::Font;

use super::examined::Examined;
use super::house_style::HouseStyle;
use super::pictures::Pictures;
use super::report::workbook_path;
use super::served::faces;
use super::{Options, base_of};
use crate::diagnostic::{Code, Diagnostic, SourceMap};
use crate::model::{Data, LogoPictures, Part, Project, Report};
use crate::publish::{Artifact, Input, Inputs, Manifest, ManifestFile, named_by_digest};
use crate::readback::generated_numbers;
use crate::render::{Renderer, STYLESHEET, SharedPage, feed, hosting, list_of_reports, robots, robots_line, sitemap};
use crate::source::SourceTree;
use crate::source::layers::Layer;
use crate::source::reach;
use crate::view::{self, BuiltFiles, Download, LogoView};

/// The small picture by which browsers mark the pages.
const ICON: &str = "assets/icon.svg";

/// What shared pages are made with.
#[derive(Clone, Copy)]
pub struct SharedWith<'a> {
    pub sources: &'a SourceMap,
    pub renderer: &'a Renderer,
    pub stylesheet: &'a Stylesheet,
    pub pictures: &'a Pictures,
}

/// The list of reports, the accessibility statement, the stylesheet, the logo, and the ways to the latest editions; where it
/// is known under which address they are published, also what search engines, feed readers and servers read. Reports that are
/// not built now are listed as they were built before.
pub fn shared_pages(
    Examined { project, facts, passages }: &Examined,
    options: &Options,
    SharedWith { sources, renderer, stylesheet, pictures }: SharedWith,
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
        let file = |path: &str| Some(format!("{}/{path}", report.id)).filter(|path| files.contains_key(path));
        BuiltFiles { page: file("index.html").is_some(), pdf: download, workbook: file(&workbook_path(&report.id)) }
    };
    let base = base_of(options, project);
    let index = view::index(project, facts, passages, base, found);
    let shared = |path: &str, text: String| {
        let text = if path.ends_with(".html") { stylesheet.name_in(text) } else { text };
        stylesheet.named(shared_file(path, Bytes::from_string(text)))
    };
    if let Some(text) = generated_numbers(&stylesheet.text).first() {
        let message = format!("the style sheet writes “{text}” into the pages, and nothing of the content says it");
        return Err(Box::new(
            Diagnostic::error_nowhere(Code::ReadBack, message)
                .help("a number stands in the content: take it out of `content: …` in the .css file of your templates"),
        ));
    }
    let path = &stylesheet.path;
    let with = (&index.wording, path.as_str());
    let statements = view::statements(project, base);
    let mut pages = vec![
        shared("index.html", renderer.shared(SharedPage::Index, &index, with, sources)?),
        shared_file("index.json", Bytes::new(list_of_reports(&index))),
        shared(path, stylesheet.text.clone()),
        shared(ICON, renderer.icon()),
    ];
    for statement in &statements {
        let with = (&statement.wording, path.as_str());
        pages.push(shared(&statement.path, renderer.shared(SharedPage::Statement, statement, with, sources)?));
    }
    pages.extend(logo_files(index.organisation.logo.as_ref(), pictures).into_iter().map(|file| stylesheet.named(file)));
    pages.extend(stylesheet.typefaces.iter().cloned());
    for page in index.latest_pages() {
        let text = renderer.shared(SharedPage::Latest, &page, with, sources)?;
        pages.push(shared(&format!("latest/{}/index.html", page.series), text));
    }
    if let Some(base) = base {
        let not_found = renderer.shared(SharedPage::NotFound, &index.not_found(base), with, sources)?;
        let known = [
            ("sitemap.xml", sitemap(base, &index, &statements)),
            ("feed.atom", feed(base, &index)),
            ("404.html", not_found),
        ];
        pages.extend(known.into_iter().map(|(path, text)| shared(path, text)));
        // Robots look for it at the root of a site and nowhere else.
        pages.extend(robots_line(base).is_none().then(|| shared("robots.txt", robots(base))));
        pages.extend(hosting(base, &index).into_iter().map(|(name, text)| shared(&format!("hosting/{name}"), text)));
    }
    Ok(pages)
}

/// The style sheet of all pages, where it lies, and the typefaces that it names; and where the icon and the logo lie that
/// the pages show.
pub struct Stylesheet {
    pub path: String,
    pub text: String,
    pub typefaces: Vec<Artifact>,
    /// The paths of other files that all pages share, as templates name them, and as they are published.
    names: Vec<(String, String)>,
}

impl Stylesheet {
    /// What is published has a digest in its name. In a preview it may change under a page that is being looked at, and
    /// keeps its name.
    pub fn of(
        renderer: &Renderer,
        (fonts, pictures): (&[Font], &Pictures),
        tree: &SourceTree,
        project: &Project,
        is_preview: bool,
    ) -> Self {
        let (faces, typefaces) = faces(renderer, fonts, tree, project);
        let text = renderer.stylesheet(&shown(project), &faces);
        let path = match is_preview {
            true => STYLESHEET.to_owned(),
            false => named_by_digest(STYLESHEET, text.as_bytes()),
        };
        let logo = logo_files(project.logo.as_ref().map(view::logo).as_ref(), pictures);
        let icon = shared_file(ICON, Bytes::from_string(renderer.icon()));
        let named = |file: Artifact| (named_by_digest(&file.path, &file.bytes), file.path);
        let names = [icon].into_iter().chain(logo).map(named).map(|(name, path)| (path, name));
        Self { path, text, typefaces, names: if is_preview { Vec::new() } else { names.collect() } }
    }

    /// A page that names what all share as it is published.
    pub fn name_in(&self, page: String) -> String {
        self.names.iter().fold(page, |page, (path, name)| page.replace(path.as_str(), name))
    }

    /// A file that all pages share, under the name that it is published by.
    fn named(&self, file: Artifact) -> Artifact {
        let name = self.names.iter().find(|(path, _)| *path == file.path).map(|(_, name)| name.clone());
        Artifact { path: name.unwrap_or(file.path), ..file }
    }

    /// Whether it is one of the files that pages show now.
    pub fn is_shown(&self, path: &str) -> bool {
        path == self.path
            || self.typefaces.iter().any(|made| made.path == path)
            || self.names.iter().any(|(_, name)| name == path)
    }
}

/// The folders of the components that show the parts of all reports, and what they have besides.
fn shown(project: &Project) -> BTreeSet<&'static str> {
    let of_parts = |report: &Report| report.parts().filter(|part| !is_empty_slot(part)).map(Part::component).collect();
    let of_report = |report: &Report| [of_parts(report), beside_parts(project, report).collect::<Vec<_>>()].concat();
    let logo = project.logo.as_ref().map(|_| reach::LOGO);
    let languages = (project.languages().len() > 1).then_some(reach::EDITIONS);
    project.reports.iter().flat_map(of_report).chain(logo).chain(languages).collect()
}

/// Whether a part is a place for pictures that nobody has put there yet.
fn is_empty_slot(part: &Part) -> bool {
    matches!(part, Part::Figure(pictures) if pictures.iter().all(|(_, picture)| picture.is_none()))
}

/// What a report has besides its parts.
fn beside_parts(project: &Project, report: &Report) -> impl Iterator<Item = &'static str> {
    let may_need_notes = report.statements.may_need_notes() || project.statements.may_need_notes();
    let has_many_years = |data: &Data| matches!(data, Data::Survey(survey) if survey.has_many_years());
    let all = [
        (reach::FOOTNOTES, !report.notes().is_empty() || may_need_notes),
        (reach::COVER_PHOTO, report.cover_photo().is_some()),
        (reach::EDITIONS, project.series(report).len() > 1 || project.languages_of(report).len() > 1),
        (reach::YEARS, report.parts().filter_map(Part::data).any(|(_, data)| has_many_years(data))),
    ];
    all.into_iter().filter_map(|(name, is_there)| is_there.then_some(name))
}

/// The files of the logo, which every page and every PDF shows.
pub fn logo_files(logo: Option<&LogoView>, pictures: &Pictures) -> Vec<Artifact> {
    let files = logo.into_iter().flat_map(LogoView::both);
    let largest = |path: &str| pictures.of(path).last().map(|largest| Bytes::new(largest.bytes.clone()));
    files.filter_map(|one| Some(shared_file(&one.file, largest(&one.source)?))).collect()
}

pub fn shared_file(path: &str, bytes: Bytes) -> Artifact {
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
