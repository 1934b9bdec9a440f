//! Puts together what several machines built.
//!
//! In: folders that each hold a share of the reports, and the content that they were built from. Out: the output that
//! one build of all reports would have made. Reports are taken over as they are; the pages that all reports share are
//! made again, since no share knew all reports. What does not fit together is refused, whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::builder::ReportBuilder;
use super::content::Content;
use super::destination::{Destination, Disk};
use super::examined::Examined;
use super::pictures::Pictures;
use super::progress::{Progress, Stage, step};
use super::shared::{SharedWith, Stylesheet, inputs, shared_pages};
use super::{Options, Outcome};
use crate::diagnostic::{Code, Diagnostic, Findings, any_errors};
use crate::model::{LogoPictures, Report};
use crate::publish::{Manifest, ManifestFile, Publication, digest, is_named_by_digest, made_from, taken};
use crate::render::Renderer;
use crate::source::{self, slashes};

/// Pages that name all reports, which differ from share to share.
const OF_ALL: [&str; 4] = ["index.html", "index.json", "sitemap.xml", "feed.atom"];
/// Folders of such pages.
const FOLDERS_OF_ALL: [&str; 2] = ["latest/", "hosting/"];

/// Publishes the reports of several output folders as one output.
pub fn join(options: &Options, folders: &[PathBuf], progress: Progress) -> Outcome {
    let mut builder = ReportBuilder::default();
    let content = step(progress, Stage::Reading, None, || builder.read(options));
    let mut findings = content.findings();
    findings.extend(source::overlap(&options.content, &options.output));
    let examined = step(progress, Stage::Collecting, None, || content.examine(options, &mut findings));
    let judgement = examined.as_ref().map(|examined| content.judge(examined, progress)).unwrap_or_default();
    let joined = match &examined {
        Some(examined) if !any_errors(&findings) && judgement.is_sound() => {
            step(progress, Stage::Publishing, None, || publish(&content, examined, options, folders, &mut findings))
        }
        _ => None,
    };
    content.outcome(findings, judgement, joined)
}

/// A share: its folder and what its manifest says.
struct Share<'a> {
    folder: &'a Path,
    manifest: Manifest,
}

fn publish(
    content: &Content,
    examined: &Examined,
    options: &Options,
    folders: &[PathBuf],
    findings: &mut Findings,
) -> Option<(Vec<String>, Manifest)> {
    let reports: Vec<&Report> = examined.project.reports.iter().collect();
    let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
    let inputs = inputs(&content.tree, examined.project, &content.house_style, &reports);
    let shares: Vec<Share> = folders
        .iter()
        .filter_map(|folder| {
            let told = |fault: Diagnostic| match fault.code {
                Code::OutputForeign => {
                    misfit(format!("{} holds no share of the reports: {}", slashes(folder), fault.message))
                }
                _ => fault,
            };
            let manifest =
                Manifest::read(folder).map_err(|faults| findings.extend(faults.into_iter().map(told))).ok()?;
            Some(Share { folder, manifest })
        })
        .collect();
    if any_errors(findings) {
        return None;
    }
    findings.extend(
        shares.iter().filter(|share| share.manifest.files.is_empty()).map(|share| {
            misfit(format!("{} holds no share of the reports: it has no manifest", slashes(share.folder)))
        }),
    );
    // Shares that are for reviewers make an output that is.
    let review = shares.iter().all(|share| !share.manifest.inputs.is_empty());
    let mut chosen = choose(&shares, &ids, &made_from(&inputs), findings);
    let renderer = Renderer::new(
        &content.house_style.templates,
        &content.house_style.fonts,
        options.patience.writing,
        &content.tree.sources,
        findings,
    )?;
    let mut pictures = Pictures::default();
    let logo = examined.project.logo.iter().flat_map(LogoPictures::both);
    pictures.prepare(logo, &content.house_style.fonts, &content.tree, findings);
    if any_errors(findings) {
        return None;
    }
    let with = (&*content.house_style.fonts, &pictures);
    let stylesheet = Stylesheet::of(&renderer, with, &content.tree, examined.project, false);
    chosen.extend(former_files(&shares, &stylesheet));
    let with = SharedWith {
        sources: &content.tree.sources,
        renderer: &renderer,
        stylesheet: &stylesheet,
        pictures: &pictures,
    };
    let mut disk = Disk::new(&options.output);
    disk.open(&ids).map_err(|faults| findings.extend(faults)).ok()?;
    let mut files: Vec<ManifestFile> = Vec::new();
    for (share, file) in chosen {
        match taken(share.folder, file).and_then(|artifact| disk.take(&[artifact])) {
            Ok(taken) => files.extend(taken),
            Err(faults) => findings.extend(faults),
        }
    }
    match shared_pages(examined, options, with, &ids, &files, &disk.former()) {
        Ok(shared) => {
            let is_of_all =
                |path: &str| OF_ALL.contains(&path) || FOLDERS_OF_ALL.iter().any(|folder| path.starts_with(folder));
            let alike = shared.iter().filter(|page| !is_of_all(&page.path));
            for page in alike {
                let differs =
                    |share: &&Share| share.holds(&page.path).is_none_or(|file| file.sha256 != digest(&page.bytes));
                findings.extend(shares.iter().filter(differs).map(|share| {
                    misfit(format!("{} of {} was built with other options", page.path, slashes(share.folder)))
                }));
            }
            match disk.take(&shared) {
                Ok(taken) => files.extend(taken),
                Err(faults) => findings.extend(faults),
            }
        }
        Err(fault) => findings.push(*fault),
    }
    if any_errors(findings) {
        return None;
    }
    let publication = Publication { reports: &ids, inputs: &|| inputs.clone(), review, known_reports: &ids };
    let manifest = disk.close(files, &publication).map_err(|faults| findings.extend(faults)).ok()?;
    Some((ids, manifest))
}

/// Style sheets, icons and logos of earlier builds that pages of the shares name still, each once.
fn former_files<'s>(shares: &'s [Share<'s>], stylesheet: &Stylesheet) -> Vec<(&'s Share<'s>, &'s ManifestFile)> {
    let all = shares.iter().flat_map(|share| share.manifest.files.iter().map(move |file| (share, file)));
    let is_former = |file: &ManifestFile| {
        file.report.is_none() && is_named_by_digest(&file.path) && !stylesheet.is_shown(&file.path)
    };
    let former = all.filter(|(_, file)| is_former(file)).map(|(share, file)| (file.path.as_str(), (share, file)));
    former.collect::<BTreeMap<_, _>>().into_values().collect()
}

impl Share<'_> {
    fn holds(&self, path: &str) -> Option<&ManifestFile> {
        self.manifest.files.iter().find(|file| file.path == path)
    }
}

/// The files of every report, each from the share that has it, once it is known that all were made of this content.
fn choose<'s>(
    shares: &'s [Share<'s>],
    reports: &[String],
    made_from: &BTreeMap<String, String>,
    findings: &mut Findings,
) -> Vec<(&'s Share<'s>, &'s ManifestFile)> {
    let is_of_this_content = |share: &&Share, what: &str| share.manifest.made_from.get(what) == made_from.get(what);
    for share in shares.iter().filter(|share| !share.manifest.files.is_empty()) {
        if !is_of_this_content(&share, "shared") {
            let folder = slashes(share.folder);
            findings
                .push(misfit(format!("{folder} was built with another organisation.yaml, other templates or assets")));
        }
    }
    let mut chosen = Vec::new();
    let mut by_report: BTreeMap<&str, Vec<(&Share, Vec<&ManifestFile>)>> = BTreeMap::new();
    for share in shares {
        let mut files: BTreeMap<&str, Vec<&ManifestFile>> = BTreeMap::new();
        for file in &share.manifest.files {
            file.report.iter().for_each(|report| files.entry(report).or_default().push(file));
        }
        files.into_iter().for_each(|(report, files)| by_report.entry(report).or_default().push((share, files)));
    }
    for report in reports {
        let Some(found) = by_report.get(report.as_str()) else {
            findings.push(misfit(format!("report `{report}` is in none of the folders")));
            continue;
        };
        for (share, files) in found {
            let folder = slashes(share.folder);
            if !is_of_this_content(share, report) {
                findings.push(misfit(format!("report `{report}` in {folder} was built from other content")));
            } else if *files != found[0].1 {
                let first = slashes(found[0].0.folder);
                findings.push(misfit(format!("report `{report}` is not the same in {first} and in {folder}")));
            }
        }
        chosen.extend(found[0].1.iter().map(|file| (found[0].0, *file)));
    }
    chosen
}

fn misfit(message: String) -> Diagnostic {
    Diagnostic::error_nowhere(Code::SharesDoNotFit, message)
        .help("build every share of the same content, with the same options and the same Tally, then join them all")
}
