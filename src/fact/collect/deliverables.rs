//! Facts of a deliverable file: how much there is under each theme.

use super::Collector;
use crate::fact::FactId;
use crate::model::DeliverableFile;
use crate::model::values::Focus;

impl Collector<'_, '_> {
    pub(super) fn deliverables(&mut self, stem: &str, file: &DeliverableFile) {
        self.enter(file.source.as_ref());
        self.counted(&format!("{stem}.count"), file.deliverables.len(), "deliverables", file.at);
        let shared = file.deliverables.iter().filter(|one| one.themes.len() > 1).count();
        self.counted(&format!("{stem}.shared"), shared, "deliverables that serve more than one theme", file.at);
        self.counted(&format!("{stem}.themes.count"), file.themes.len(), "themes", file.at);
        let (mut outcomes, mut entries) = (Vec::new(), [Vec::new(), Vec::new()]);
        for theme in &file.themes {
            let address = format!("{stem}.themes.{}", theme.id.value);
            outcomes.push(self.counted(
                &format!("{address}.outcomes"),
                theme.outcomes.len(),
                "outcomes of the theme",
                theme.at,
            ));
            for (focus, entries) in Focus::ALL.iter().zip(&mut entries) {
                let count = file.under(&theme.id.value, *focus).count();
                let address = format!("{address}.{}", focus.word());
                entries.push(self.counted(&address, count, "deliverables under the theme with the focus", theme.at));
            }
        }
        self.sum_of(&format!("{stem}.outcomes"), outcomes);
        for (focus, entries) in Focus::ALL.iter().zip(&entries) {
            self.sum_of(&format!("{stem}.entries.{}", focus.word()), entries.clone());
        }
        self.sum_of(&format!("{stem}.entries"), entries.concat());
    }

    fn sum_of(&mut self, address: &str, parts: Vec<FactId>) {
        use crate::fact::Formula;
        if let Some(Ok(sum)) = self.facts.sum(&parts) {
            let at = self.facts.get(parts[0]).at;
            self.derived(address, sum, Formula::Sum(parts), at);
        }
    }
}
