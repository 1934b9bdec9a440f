//! Reads the facts, checks and imports that stand beside reports, or in the folder of one.

use super::parsed::Parsed;
use crate::diagnostic::Findings;
use crate::model::{Statements, TakenRecord};
use crate::source::SourceTree;

impl Statements {
    /// Files of these names need no part that shows them.
    pub(super) const FILES: [&str; 2] = ["facts.yaml", "checks.yaml"];

    /// What is taken from workbooks.
    pub(super) const IMPORTS: &str = "imports.yaml";

    /// Reads the facts, checks and imports of a folder, where it has them.
    pub(super) fn read(tree: &SourceTree, parsed: &Parsed, folder: &str, findings: &mut Findings) -> Self {
        let [facts, checks] = Self::FILES.map(|name| tree.texts.get(&format!("{folder}{name}")).copied());
        let imports = tree.texts.get(&format!("{folder}{}", Self::IMPORTS));
        let taken = TakenRecord::of_folder(tree, folder, findings);
        let mut statements = Self { facts: None, checks: None, imports: None, taken, whole: true };
        if let Some(file) = facts {
            statements.facts = parsed.value(file, findings);
            statements.whole &= statements.facts.is_some();
        }
        if let Some(file) = checks {
            statements.checks = parsed.value(file, findings);
            statements.whole &= statements.checks.is_some();
        }
        if let Some(file) = imports {
            statements.imports = parsed.value(*file, findings);
            statements.whole &= statements.imports.is_some();
        }
        statements
    }
}
