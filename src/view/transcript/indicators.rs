//! Indicators, with what is needed to read them.

use super::{Gatherer, item, said};
use crate::model::values::IndicatorColumn;
use crate::model::{Indicator, IndicatorFile, IndicatorGroup, PeriodFigures, addresses};
use crate::transcript::{Item, ItemKind, Text};
use crate::view::as_published;
use crate::view::target::target_words;

impl Gatherer<'_> {
    pub(super) fn indicators(&self, stem: &str, file: &IndicatorFile) -> Item {
        let mut texts = vec![self.text("caption", &file.caption)];
        texts.extend(self.optional("introduction", &file.intro));
        for (what, name) in
            [("group", &file.called.groups), ("area", &file.called.areas), ("function", &file.called.functions)]
        {
            let Some(name) = name else { continue };
            texts.push(self.text(&format!("one-{what}"), &name.one));
            texts.push(self.text(&format!("several-{what}s"), &name.many));
            texts.extend(self.optional(&format!("{what}s-of"), &name.of));
        }
        let periods = file.periods.iter().map(|period| Item {
            id: period.id.to_string(),
            texts: vec![said("name", &period.shown(self.editor.wording()), file.at)],
            ..item(ItemKind::Period, file.at)
        });
        let ratings = file.ratings.iter().map(|rating| {
            let texts = vec![
                said("name", &rating.name, rating.id.at),
                self.text("means", &rating.means),
                said("mark", rating.mark.shown(), rating.id.at),
            ];
            Item { id: rating.id.value.to_string(), texts, ..item(ItemKind::Rating, rating.id.at) }
        });
        let areas = file.areas.iter().map(|area| Item {
            id: area.number.value.to_string(),
            texts: vec![self.text("name", &area.name)],
            ..item(ItemKind::Area, area.name.at)
        });
        let groups = file.groups.iter().map(|group| self.group(stem, file, group));
        let items = periods.chain(ratings).chain(areas).chain(groups).collect();
        Item { texts, items, ..item(ItemKind::File, file.at) }
    }

    fn group(&self, stem: &str, file: &IndicatorFile, group: &IndicatorGroup) -> Item {
        let name = match &group.name {
            Some(name) => Some(self.text("name", name)),
            None => {
                let name = addresses::group_name(&self.editor.report.organisation, group);
                (!name.is_empty()).then(|| said("name", &name, group.at))
            }
        };
        Item {
            id: group.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(),
            texts: name.into_iter().collect(),
            items: group.indicators.iter().map(|one| self.indicator(stem, file, one)).collect(),
            ..item(ItemKind::Group, group.at)
        }
    }

    fn indicator(&self, stem: &str, file: &IndicatorFile, one: &Indicator) -> Item {
        let mut texts = vec![self.text("name", &one.name)];
        texts.extend(self.optional("function", &one.function));
        if let Some(first) = one.areas.first() {
            let numbers: Vec<String> = one.areas.iter().map(|area| area.value.to_string()).collect();
            texts.push(said("areas", &numbers.join(", "), first.at));
        }
        texts.extend(one.measures.map(|measures| said("measures", measures.shown(), one.at)));
        for (period, figures) in file.periods.iter().zip(&one.periods) {
            texts.extend(self.figures_of(period.id.as_str(), figures));
        }
        texts.extend(one.year.iter().flat_map(|year| self.figures_of("year", &year.figures)));
        texts.push(self.target(file, one));
        texts.extend(one.frequency.map(|frequency| said("frequency", frequency.shown(), one.at)));
        texts.push(said("rating", &one.rating.value.name, one.rating.at));
        texts.extend(self.optional("note", &one.note));
        let note = as_published::of_indicator(&self.editor, stem, one, |_| true).map(|told| told.note);
        texts.extend(self.as_published("as-published", note, one.at));
        Item { id: one.id.value.to_string(), texts, ..item(ItemKind::Indicator, one.at) }
    }

    fn figures_of(&self, period: &str, figures: &PeriodFigures) -> Vec<Text> {
        let columns = IndicatorColumn::ALL.iter().filter_map(|column| Some((column, figures.figure(*column)?)));
        columns.map(|(column, figure)| self.cell(format!("{period}.{}", column.word()), figure)).collect()
    }

    /// The target as it is printed, with its figures.
    fn target(&self, file: &IndicatorFile, one: &Indicator) -> Text {
        let words = target_words(&self.editor, file, one);
        Text { sentences: vec![self.pieces(&words).collect()], ..said("target", "", one.at) }
    }
}
