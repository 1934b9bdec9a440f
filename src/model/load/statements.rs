//! Reads the facts and checks that stand beside reports, or in the folder of one.

use super::parsed::Parsed;
use crate::diagnostic::Findings;
use crate::model::Statements;
use crate::source::SourceTree;

impl Statements {
    /// Files of these names need no part that shows them.
    pub(super) const FILES: [&str; 2] = ["facts.yaml", "checks.yaml"];

    /// Reads the facts and checks of a folder, where it has them.
    pub(super) fn read(tree: &SourceTree, parsed: &Parsed, folder: &str, findings: &mut Findings) -> Self {
        let [facts, checks] = Self::FILES.map(|name| tree.texts.get(&format!("{folder}{name}")).copied());
        let mut statements = Self { facts: None, checks: None, whole: true };
        if let Some(file) = facts {
            statements.facts = parsed.value(file, findings);
            statements.whole &= statements.facts.is_some();
        }
        if let Some(file) = checks {
            statements.checks = parsed.value(file, findings);
            statements.whole &= statements.checks.is_some();
        }
        statements
    }
}
