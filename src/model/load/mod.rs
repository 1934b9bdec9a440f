//! Puts a project together: reads every report's files and follows the names in them.
//!
//! `parsed` has the YAML; `folder` makes a report of a folder, or one of every row; `report` reads its sections and
//! parts, `names` finds the files that they name; `ids` has the names of reports that are taken, `language` finds its words, `pictures` finds those
//! beside `organisation.yaml`, `organisation` reads what is said of that, `editions` puts reports in their order, `translate` says them
//! in further languages, and `unused` tells of the files that nothing names.

mod editions;
mod folder;
mod ids;
mod language;
mod names;
mod organisation;
mod parsed;
mod pictures;
mod report;
mod statements;
mod translate;
mod unused;

pub use self::organisation::FILE as ORGANISATION_FILE;
pub use self::parsed::Parsed;

use self::folder::FolderReader;
use self::names::file_name;
use self::pictures::SharedPictures;
use self::unused::report_strays;
use super::values::Id;
use super::{Project, Statements};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::source::SourceTree;
use crate::source::portable::objection;
use crate::yaml::Parse;

/// Reads the whole project. `None` where the organisation is so faulty that nothing can be checked against it.
pub fn load(tree: &SourceTree, findings: &mut Findings) -> Option<Project> {
    load_parsed(tree, &Parsed::read(tree), findings)
}

/// Reads the whole project from files that are parsed already.
pub fn load_parsed(tree: &SourceTree, parsed: &Parsed, findings: &mut Findings) -> Option<Project> {
    let organisation = organisation::shared(tree, parsed, findings);
    tree.reports().for_each(|folder| check_name(tree, folder, findings));
    let mut pictures = SharedPictures::new(tree);
    let logo = organisation.as_ref().and_then(|organisation| pictures.logo(organisation, findings));
    let cover = organisation.as_ref().and_then(|organisation| pictures.cover(organisation, findings));
    let statements = Statements::read(tree, parsed, "", findings);
    let wordings = parsed.wordings(tree, findings);
    let mut reader = FolderReader::new(tree, parsed, &wordings, (organisation.clone(), cover), &statements);
    tree.reports().for_each(|folder| reader.folder(folder, findings));
    let FolderReader { groups, mut reports, whole, translations, .. } = reader;
    report_strays(tree, organisation.is_some().then_some(&pictures.named), &translations.names(), findings);
    translations.tell_unused(findings);
    editions::follow(tree, &mut reports, findings);
    for report in &mut reports {
        report.is_published = tree.blobs.contains_key(&report.record_path());
    }
    let whole = whole && statements.whole && reports.iter().all(|report| report.whole && report.statements.whole);
    Some(Project { organisation: organisation?, logo, wordings, reports, groups, statements, whole })
}

/// Whether a name means something else than a report: in the output, or at the beginning of addresses.
pub fn is_reserved(folder: &str) -> bool {
    matches!(folder, "assets" | "shared" | "facts" | "organisation" | "last" | "latest" | "hosting")
}

/// A report's folder is its address on the website, beside the folder of what all pages share.
fn check_name(tree: &SourceTree, folder: &str, findings: &mut Findings) {
    if let (Some(why), Some(file)) = (objection(folder), tree.texts.get(&format!("{folder}/report.yaml"))) {
        return findings.push(file_name(Span::new(*file, 0..0), folder, why));
    }
    if let (Err(_), _) | (_, true) = (Id::parse(folder), is_reserved(folder))
        && let Some(file) = tree.texts.get(&format!("{folder}/report.yaml"))
    {
        let message = format!("the folder name `{folder}` cannot be the address of a report");
        findings
            .push(Diagnostic::error(Code::WrongValue, Span::new(*file, 0..0), message).help(
                "rename the folder: small letters, digits and hyphens, such as annual-report-2026; not `assets`, `shared`, `facts`, `organisation`, `last`, `latest` or `hosting`",
            ));
    }
}
