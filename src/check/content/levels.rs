//! wrong-count: costs have at most three levels.

use super::{Subject, parts};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{CostFile, Part};

pub fn check(subject: &Subject, findings: &mut Findings) {
    for part in parts(subject) {
        let Part::Costs(_, costs) = part else { continue };
        for (level, _, line) in costs.each_line() {
            if level == CostFile::LEVELS + 1 {
                let message = format!("{} stands on the fourth level of costs, but three are printed", line.name.value);
                findings.push(
                    Diagnostic::error(Code::WrongCount, line.name.at, message)
                        .help("move its lines up a level, or leave them out of the report"),
                );
            }
        }
    }
}
