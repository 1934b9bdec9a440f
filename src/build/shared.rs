//! The files that reports share, and what reports were made from.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Bytes;

use super::materials::Materials;
use super::{Options, base_of};
use crate::diagnostic::Unfiled;
use crate::fact::Facts;
use crate::model::{Project, Report};
use crate::publish::{Artifact, Input, Manifest, ManifestFile};
use crate::render::{Renderer, robots, sitemap};
use crate::source::SourceTree;
use crate::source::layers::Layer;
use crate::view::{self, Download};

/// The list of reports, the accessibility statement and the stylesheet; where it is known under which address they are
/// published, also what search engines read. Reports that are not built now are listed as they were built before.
pub fn shared_pages(
    project: &Project,
    facts: &Facts,
    options: &Options,
    renderer: &Renderer,
    built: &[String],
    files: &[ManifestFile],
    former: &Manifest,
) -> Result<Vec<Artifact>, Box<Unfiled>> {
    let built: BTreeSet<&str> = built.iter().map(String::as_str).collect();
    let by_path = |files: &'_ [ManifestFile]| -> BTreeMap<String, ManifestFile> {
        files.iter().map(|file| (file.path.clone(), file.clone())).collect()
    };
    let (now, before) = (by_path(files), by_path(&former.files));
    let found = |report: &Report| {
        let files = if built.contains(report.id.as_str()) { &now } else { &before };
        let pdf = format!("{0}/{0}.pdf", report.id);
        let download = files.get(&pdf).map(|file| Download {
            size: view::size(file.bytes),
            pages: file.pages.unwrap_or(0),
            file: pdf,
        });
        (files.contains_key(&format!("{}/index.html", report.id)), download)
    };
    let base = base_of(options, project);
    let index = view::index(project, facts, base, found);
    let shared = |path: &str, text: String| Artifact {
        path: path.to_owned(),
        bytes: Bytes::from_string(text),
        report: None,
        pages: None,
    };
    let mut pages = vec![
        shared("index.html", renderer.index(&index)?),
        shared("accessibility.html", renderer.statement(&view::statement(project, base))?),
        shared("assets/report.css", renderer.stylesheet()),
        shared("assets/icon.svg", renderer.icon()),
    ];
    if let Some(base) = base {
        pages.extend([shared("sitemap.xml", sitemap(base, &index)), shared("robots.txt", robots(base))]);
    }
    Ok(pages)
}

/// What the built reports were made from.
pub fn inputs(tree: &SourceTree, materials: &Materials, built: &[&Report]) -> BTreeMap<String, Vec<Input>> {
    let read = |path: &str| tree.bytes(path).map(|bytes| Input::new(format!("content/{path}"), bytes));
    let mut inputs: BTreeMap<String, Vec<Input>> =
        built.iter().map(|one| (one.id.clone(), one.files(tree).into_iter().filter_map(read).collect())).collect();
    let layer = |name: &'static str, layer: &Layer| -> Vec<Input> {
        layer.iter().map(|(path, file)| Input::new(format!("{name}/{path}"), &file.bytes)).collect()
    };
    let shared = ["organisation.yaml", "facts.yaml", "checks.yaml"]
        .into_iter()
        .filter_map(read)
        .chain(layer("templates", &materials.templates))
        .chain(layer("assets", &materials.assets));
    inputs.insert("shared".to_owned(), shared.collect());
    inputs
}
