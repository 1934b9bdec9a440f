//! Reads what is said of the organisation: to all reports, and in the folder of one to that report alone.

use std::sync::Arc;

use super::Parsed;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::Organisation;
use crate::source::SourceTree;
use crate::yaml::{FromNode, Value};

/// The name of the file, beside the reports and in the folder of one.
pub const FILE: &str = "organisation.yaml";

/// What all reports share.
pub fn shared(tree: &SourceTree, parsed: &Parsed, findings: &mut Findings) -> Option<Arc<Organisation>> {
    let Some(file) = tree.texts.get(FILE) else {
        findings.push(
            Diagnostic::error_nowhere(Code::FileMissing, "the content folder has no organisation.yaml")
                .help("it holds what all reports share: name, address, directorates"),
        );
        return None;
    };
    parsed.value::<Organisation>(*file, findings).map(Arc::new)
}

/// The organisation of a report: what all share, but for the fields that its own folder says. So a report says what held
/// in its period, whatever becomes of the organisation.
pub fn of_report(
    tree: &SourceTree,
    parsed: &Parsed,
    folder: &str,
    shared: &Option<Arc<Organisation>>,
    findings: &mut Findings,
) -> Option<Arc<Organisation>> {
    let Some(own) = tree.texts.get(&format!("{folder}/{FILE}")) else { return shared.clone() };
    // What is wrong with the shared file was told.
    let under = parsed.node(*tree.texts.get(FILE)?, &mut Findings::new())?;
    shared.as_ref()?;
    let own = parsed.node(*own, findings)?;
    let before = findings.len();
    if let Value::Mapping(fields) = &own.value {
        let foreign = fields.iter().filter(|(name, _)| Organisation::OF_ALL.contains(&name.value.as_str()));
        findings.extend(foreign.map(|(name, _)| {
            let message = format!("`{}` is the same for all reports", name.value);
            Diagnostic::error(Code::WrongValue, name.at, message)
                .help("it stands in the organisation.yaml beside the reports; remove it here")
        }));
    }
    let organisation = Organisation::from_node(&own.laid_over(under), findings);
    organisation.filter(|_| findings.len() == before).map(Arc::new)
}
