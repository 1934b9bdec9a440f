//! Facts of a survey file.

use rust_decimal::Decimal;

use super::Collector;
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::{FactId, Formula};
use crate::model::{SurveyFile, SurveyGroup};

impl Collector<'_, '_> {
    pub(super) fn survey(&mut self, stem: &str, file: &SurveyFile) {
        self.enter(file.source.as_ref());
        let responses: Vec<Option<FactId>> = file
            .responses
            .iter()
            .map(|response| {
                let address = format!("{stem}.responses.{}", response.year.value.0);
                self.typed(&address, response.percentage.value.into(), response.percentage.at)
            })
            .collect();
        let results = [&file.positive, &file.negative].into_iter().flat_map(|group| &group.results);
        let shares = file.responses.iter().map(|one| &one.percentage).chain(results.map(|one| &one.percentage));
        for share in shares.filter(|share| !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&share.value.0)) {
            let message = format!("{} cannot be a share of staff", share.value);
            self.findings
                .push(Diagnostic::error(Code::WrongValue, share.at, message).help("a share lies between 0% and 100%"));
        }
        // Years stand with the latest first, so the year before comes next.
        for pair in responses.windows(2) {
            let [Some(now), Some(before)] = pair else { continue };
            let (one, two) = (self.facts.quantity(*now), self.facts.quantity(*before));
            if let Some(change) = one.zip(two).and_then(|(one, two)| one.minus(two).ok()) {
                self.beside(*now, "change", change, Formula::Difference(*now, *before));
            }
        }
        self.group(&format!("{stem}.positive"), &file.positive);
        self.group(&format!("{stem}.negative"), &file.negative);
    }

    fn group(&mut self, address: &str, group: &SurveyGroup) {
        for (place, result) in group.results.iter().enumerate() {
            let address = format!("{address}.{}", place + 1);
            self.typed(&address, result.percentage.value.into(), result.percentage.at);
        }
    }
}
