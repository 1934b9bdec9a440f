//! What the checks would say of texts that are not written yet: the findings that would come, and those that would go.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::scope;

use crate::check::{Rules, Subject, check_figures, check_structure};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceFile};
use crate::fact::{facts, passages};
use crate::model::{Parsed, load_parsed};
use crate::source::SourceTree;

/// The findings that would come and go.
#[derive(Debug, Default)]
pub struct Foreseen {
    pub come: Findings,
    pub go: Findings,
    /// The content as it would be, for the places of what would come.
    pub tree: SourceTree,
}

/// Texts that would stand in the place of others, and files that are no texts with their paths.
pub struct New {
    pub texts: Vec<(FileId, String)>,
    pub blobs: Vec<(String, String)>,
}

/// Checks the content as it would be, in memory, and holds what is found against what is found now.
pub fn foresee(tree: &SourceTree, new: New) -> Foreseen {
    // Both are as much work as a check.
    let (now, (then, after)) = scope(|scope| {
        let now = scope.spawn(|| found(tree, &Parsed::read(tree)));
        let then = found_then(tree, new);
        (now.join().unwrap_or_else(|panic| resume_unwind(panic)), then)
    });
    let known = |findings: &Findings| -> BTreeSet<(Code, String)> { findings.iter().map(said).collect() };
    let (before, behind) = (known(&now), known(&then));
    let without = |findings: Findings, others: &BTreeSet<(Code, String)>| {
        findings.into_iter().filter(|one| !others.contains(&said(one))).collect()
    };
    Foreseen { come: without(then, &before), go: without(now, &behind), tree: after }
}

/// What is found in a content as it would be, and that content.
fn found_then(tree: &SourceTree, new: New) -> (Findings, SourceTree) {
    let (mut after, mut parsed) = (tree.clone(), Parsed::read(tree));
    for (file, text) in new.texts {
        let path = after.sources.file(file).path.clone();
        Arc::make_mut(&mut after.sources).replace(file, SourceFile::new(path, text).into());
        parsed.renew(&after, file);
    }
    for (path, text) in new.blobs {
        after.put(&path, text.into_bytes());
    }
    (found(&after, &parsed), after)
}

/// A finding without its place, which a figure of another length moves.
fn said(finding: &Diagnostic) -> (Code, String) {
    (finding.code, finding.message.clone())
}

/// All that is found in a content, but for letters that fonts do not have.
fn found(tree: &SourceTree, parsed: &Parsed) -> Findings {
    let mut findings = Findings::new();
    let Some(project) = load_parsed(tree, parsed, &mut findings).filter(|project| project.whole) else {
        return findings;
    };
    let facts = facts(&project, &tree.sources, &mut findings);
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let subject = Subject { project: &project, facts: &facts, passages: &passages, tree };
    findings.extend(check_figures(&subject, Rules::All).findings);
    findings.extend(check_structure(&subject));
    crate::diagnostic::sort(&mut findings, &tree.sources);
    findings
}
