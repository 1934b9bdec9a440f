//! The units that the organisation declares, by their ids.

use super::Facts;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::{Unit, UnitId};
use crate::model::{DeclaredUnit, Denomination};
use crate::yaml::At;

impl Facts<'_> {
    /// A unit that the organisation declares.
    pub fn declared(&self, id: UnitId) -> Option<&DeclaredUnit> {
        self.units.get(id.as_str()).copied()
    }

    /// A unit that is named must be declared, or else it has no name to be printed.
    pub(super) fn check_unit(&self, unit: &At<Denomination>, findings: &mut Findings) {
        let Unit::Declared(id) = unit.value.unit else { return };
        if self.declared(id).is_some() {
            return;
        }
        let message = format!("`{}` is no unit that is known", id.as_str());
        findings.push(
            Diagnostic::error(Code::UnknownReference, unit.at, message)
                .did_you_mean(id.as_str(), self.units.keys().copied())
                .help("declare it in organisation.yaml, `units: [{id: tco2e, name: tonnes of CO2e, short: tCO2e}]`; or write £, £'000, £m, %, days, ratio, per 1,000"),
        );
    }
}
