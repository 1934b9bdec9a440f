//! Facts of a deliverable file: how much there is under each theme, how far it is, and when it is due.

use super::Collector;
use crate::fact::{FactId, FactValue, Formula, Origin};
use crate::model::values::Date;
use crate::model::{DeliverableFile, Theme};

impl Collector<'_, '_> {
    /// `by` is the last day of the report's period.
    pub(super) fn deliverables(&mut self, stem: &str, file: &DeliverableFile, by: Date) {
        self.enter(file.source.as_ref());
        self.counted(&format!("{stem}.count"), file.deliverables.len(), "counted.deliverables", file.at);
        let shared = file.deliverables.iter().filter(|one| one.themes.len() > 1).count();
        self.counted(&format!("{stem}.shared"), shared, "counted.deliverables-that-serve-more-than-one-theme", file.at);
        self.counted(&format!("{stem}.themes.count"), file.themes.len(), "counted.themes", file.at);
        let outcomes = file.themes.iter().map(|theme| self.outcomes(stem, theme)).collect();
        self.sum_of(&format!("{stem}.outcomes"), outcomes);
        self.entries(stem, file);
        self.progress(stem, file, by);
        for one in &file.deliverables {
            if let Some(due) = &one.due {
                let (address, origin) = (format!("{stem}.{}.due", one.id.value), Origin::Typed(self.source.clone()));
                self.add(&address, FactValue::Day(due.value), None, due.at, origin);
            }
        }
    }

    fn outcomes(&mut self, stem: &str, theme: &Theme) -> FactId {
        let address = format!("{stem}.themes.{}.outcomes", theme.id.value);
        self.counted(&address, theme.outcomes.len(), "counted.outcomes-of-the-theme", theme.at)
    }

    /// Deliverables once under each of their themes: of each theme and group, of each group, and of all.
    fn entries(&mut self, stem: &str, file: &DeliverableFile) {
        let mut all = Vec::new();
        for (group, _) in file.squares() {
            let entries: Vec<FactId> = file
                .themes
                .iter()
                .map(|theme| {
                    let count = file.under(&theme.id.value, group).count();
                    let address = format!("{stem}.themes.{}", theme.id.value);
                    let (address, what) = match group {
                        Some(group) => {
                            (format!("{address}.{}", group.id.value), "counted.deliverables-of-the-theme-and-group")
                        }
                        None => (format!("{address}.count"), "counted.deliverables-of-the-theme"),
                    };
                    self.counted(&address, count, what, theme.at)
                })
                .collect();
            if let Some(group) = group {
                self.sum_of(&format!("{stem}.entries.{}", group.id.value), entries.clone());
            }
            all.extend(entries);
        }
        self.sum_of(&format!("{stem}.entries"), all);
    }

    /// Deliverables by status, of all and of each theme.
    fn progress(&mut self, stem: &str, file: &DeliverableFile, by: Date) {
        for status in file.statuses() {
            let all = file.with(status).count();
            let address = format!("{stem}.statuses.{}", status.id.value);
            self.counted(&address, all, "counted.deliverables-with-the-status", status.at);
            for theme in &file.themes {
                let count = file.with(status).filter(|one| one.serves(&theme.id.value)).count();
                let address = format!("{stem}.themes.{}.statuses.{}", theme.id.value, status.id.value);
                self.counted(&address, count, "counted.deliverables-of-the-theme-with-the-status", theme.at);
            }
        }
        if file.can_be_overdue() {
            let overdue = file.deliverables.iter().filter(|one| file.is_overdue(one, by)).count();
            let what = "counted.deliverables-that-were-due-by-the-end-of-the-reports-period-and-are-not-done";
            self.counted(&format!("{stem}.overdue"), overdue, what, file.at);
        }
    }

    fn sum_of(&mut self, address: &str, parts: Vec<FactId>) {
        if let Some(Ok(sum)) = self.facts.sum(&parts) {
            let at = self.facts.get(parts[0]).at;
            self.derived(address, sum, Formula::Sum(parts), at);
        }
    }
}
