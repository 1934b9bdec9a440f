//! Whether the checks tell of a slip.
//!
//! The content is looked at in steps, from the cheapest, and no further than to the first finding that was not there
//! before. Each step is held against itself: rules know nothing of each other, so that what is new in one of them would be
//! new among all.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::Mutant;
use crate::check::{Rules, Subject, check_figures, check_structure};
use crate::diagnostic::{Code, Findings, SourceFile};
use crate::fact::{Passages, facts, passages};
use crate::model::{Parsed, load_parsed};
use crate::source::SourceTree;

/// What tells of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    Nothing,
    /// Only that the file is no longer as it was compared with its source, or the figure as it was taken from a workbook.
    Digest,
    Rule,
}

/// What a step finds, without places, which a change may move: the rules and what they say.
type Found = BTreeSet<(Code, String)>;

/// The content without slips, as each step finds it.
pub struct Unchanged(Vec<Found>);

impl Unchanged {
    pub fn of(tree: &SourceTree, parsed: &Parsed) -> Self {
        let mut steps = Vec::new();
        let _ = look(tree, parsed, true, &mut |found| {
            steps.push(found);
            ControlFlow::Continue(())
        });
        Self(steps)
    }

    /// What tells of a slip, which is made in the texts for as long as it is looked at.
    pub fn notice(&self, tree: &mut SourceTree, parsed: &mut Parsed, slip: &Mutant) -> Notice {
        let typed = tree.sources.file(slip.file);
        let changed = SourceFile::new(typed.path.clone(), slip.applied(&typed.text));
        // Others look at the same texts, so that this one changes in a map of its own.
        let original = Arc::make_mut(&mut tree.sources).replace(slip.file, changed.into());
        let node = parsed.renew(tree, slip.file);
        let notice = self.first_new(tree, parsed, slip.kind.is_of_texts());
        Arc::make_mut(&mut tree.sources).replace(slip.file, original);
        parsed.restore(slip.file, node);
        notice
    }

    fn first_new(&self, tree: &SourceTree, parsed: &Parsed, texts: bool) -> Notice {
        let mut notice = Notice::Nothing;
        let mut before = self.0.iter();
        let _ = look(tree, parsed, texts, &mut |found| {
            let known = before.next();
            let new = found.iter().filter(|one| known.is_none_or(|known| !known.contains(one)));
            notice = new.map(|(code, _)| told_by(*code)).chain([notice]).max().unwrap_or(notice);
            if notice == Notice::Rule { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        notice
    }
}

fn told_by(code: Code) -> Notice {
    match code {
        Code::ChangedSinceCompared | Code::TakenDiffers => Notice::Digest,
        _ => Notice::Rule,
    }
}

/// Looks at the content step by step, for as long as it is asked to. What cannot be read is not checked further. Rules
/// over texts and structure find nothing in a figure by itself, so that only slips in texts ask for them.
fn look(
    tree: &SourceTree,
    parsed: &Parsed,
    texts: bool,
    see: &mut impl FnMut(Found) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut findings = Findings::new();
    let project = load_parsed(tree, parsed, &mut findings);
    see(found(&mut findings))?;
    let Some(project) = project.filter(|project| project.whole) else { return ControlFlow::Continue(()) };
    let facts = facts(&project, &tree.sources, &mut findings);
    see(found(&mut findings))?;
    let unread = Passages::default();
    let subject = Subject { project: &project, facts: &facts, passages: &unread, tree };
    findings = check_figures(&subject, Rules::OfFigures).findings;
    see(found(&mut findings))?;
    let passages = passages(&project, &facts, &tree.sources, &mut findings);
    let subject = Subject { passages: &passages, ..subject };
    findings.extend(check_figures(&subject, Rules::OfUses).findings);
    see(found(&mut findings))?;
    if !texts {
        return ControlFlow::Continue(());
    }
    Rules::of_texts().try_for_each(|rule| see(found(&mut check_figures(&subject, rule).findings)))?;
    see(found(&mut check_structure(&subject)))
}

fn found(findings: &mut Findings) -> Found {
    findings.drain(..).map(|finding| (finding.code, finding.message)).collect()
}
