//! Binds numbers of the content that were typed by hand: finds what each is, and writes what was chosen.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Options, Outcome, ReportBuilder};
use crate::bind::{Edit, Proposal, edited, propose};
use crate::diagnostic::{FileId, Findings, any_errors};
use crate::publish::{Rewrite, rewrite};

/// What was found in the content.
pub struct Bindings {
    /// With the findings that keep figures from being found; then there are no proposals.
    pub outcome: Outcome,
    pub proposals: Vec<Proposal>,
    files: BTreeMap<FileId, PathBuf>,
    content: PathBuf,
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    pub bound: Vec<Edit>,
    /// What YAML leaves no room for.
    pub refused: Vec<Edit>,
    pub files: usize,
}

/// Finds for each number that is typed by hand the figures that it may be. Nothing where the content has errors: a
/// figure that cannot be read would be missing among them.
pub fn find_bindings(options: &Options) -> Bindings {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let examined = content.examine(options, &mut findings);
    let proposals = match &examined {
        Some(examined) if !any_errors(&findings) => {
            let subject = examined.subject(&content.tree);
            let names = &options.reports;
            propose(&subject, |report| names.is_empty() || names.iter().any(|name| report.is_meant_by(name)))
        }
        Some(_) | None => Vec::new(),
    };
    let files = content.tree.texts.iter().map(|(path, file)| (*file, options.content.join(path))).collect();
    drop(examined);
    let outcome = content.outcome(findings, Default::default(), None);
    Bindings { outcome, proposals, files, content: options.content.clone() }
}

impl Bindings {
    /// Writes what was chosen into the files, and changes nothing else in them.
    pub fn write(&self, chosen: &[Edit]) -> Result<Written, Findings> {
        let sources = &self.outcome.sources;
        let (texts, refused) = edited(sources, chosen);
        let texts = texts.into_iter().filter_map(|(file, after)| {
            Some(Rewrite::of_text(self.files.get(&file)?.clone(), &sources.file(file).text, after))
        });
        let texts: Vec<Rewrite> = texts.collect();
        rewrite(&self.content, &texts)?;
        let refused: Vec<Edit> = refused.into_iter().cloned().collect();
        let bound = chosen.iter().filter(|edit| !refused.contains(edit)).cloned().collect();
        Ok(Written { bound, refused, files: texts.len() })
    }
}
