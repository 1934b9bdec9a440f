//! How much the findings of a rule matter in a project: `levels` in content/checks.yaml.

use super::{Checks, Subject, check_files};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::model::RuleLevel;
use crate::model::values::Level;

/// Gives the findings of each rule the level that the project has set for it.
pub fn apply(subject: &Subject, findings: &mut Findings) {
    let mut faults = Findings::new();
    for Checks { file, scopes } in check_files(subject) {
        for level in file.levels.iter().flatten() {
            match rule_of(level, scopes.first().copied().unwrap_or_default()) {
                Ok(code) => findings.iter_mut().filter(|finding| finding.code == code).for_each(|finding| {
                    finding.severity = match level.level {
                        Level::Error => Severity::Error,
                        Level::Warning => Severity::Warning,
                    }
                }),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    findings.extend(faults);
}

fn rule_of(level: &RuleLevel, scope: &str) -> Result<Code, Box<Diagnostic>> {
    if !scope.is_empty() {
        let finding = Diagnostic::error(Code::WrongValue, level.rule.at, "levels are set for all reports together");
        return Err(Box::new(finding.help("move the line into content/checks.yaml")));
    }
    rule_named(&level.rule.value).ok_or_else(|| {
        let finding = Diagnostic::error(
            Code::UnknownReference,
            level.rule.at,
            format!("no level can be set for `{}`", level.rule.value),
        );
        Box::new(with_rules(finding, &level.rule.value))
    })
}

/// The rule over figures of that name.
pub fn rule_named(name: &str) -> Option<Code> {
    Code::RULES.iter().copied().find(|code| code.name() == name)
}

/// Adds the names of the rules over figures.
pub fn with_rules(finding: Diagnostic, written: &str) -> Diagnostic {
    let names = || Code::RULES.iter().map(|code| code.name());
    finding
        .did_you_mean(written, names())
        .help(format!("the rules over figures are {}", names().collect::<Vec<_>>().join(", ")))
}
