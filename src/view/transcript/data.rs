//! Data files, each once, where it is shown first; and surveys.

use std::collections::BTreeSet;

use super::{Gatherer, cell, item};
use crate::model::values::Figure;
use crate::model::{Data, Part, SurveyFile, SurveyGroup};
use crate::transcript::{Item, ItemKind};

impl Gatherer<'_> {
    pub(super) fn files(&self) -> Vec<Item> {
        let mut seen = BTreeSet::new();
        let first = self.report.parts().filter_map(Part::data).filter(|(stem, _)| seen.insert(*stem));
        first.map(|(stem, data)| Item { id: stem.to_owned(), ..self.data(stem, data) }).collect()
    }

    fn data(&self, stem: &str, data: &Data) -> Item {
        match data {
            Data::Table(file, _) => self.table(stem, file),
            Data::Indicators(file, _) => self.indicators(stem, file),
            Data::Survey(file) => self.survey(file),
            Data::Deliverables(file, _) => self.deliverables(file),
        }
    }

    fn survey(&self, file: &SurveyFile) -> Item {
        let responses = file.responses.iter().map(|one| {
            let printed = self.typed(one.percentage.at, Figure::from(one.percentage.value).shown(self.editor.manner()));
            Item {
                id: one.year.value.0.to_string(),
                texts: vec![cell("percentage".to_owned(), printed, one.percentage.at)],
                ..item(ItemKind::Response, one.year.at)
            }
        });
        let groups = [("positive", &file.positive), ("negative", &file.negative)];
        let groups = groups.into_iter().map(|(id, group)| Item { id: id.to_owned(), ..self.results(group) });
        Item {
            texts: vec![self.text("caption", &file.caption)],
            items: responses.chain(groups).collect(),
            ..item(ItemKind::File, file.caption.at)
        }
    }

    fn results(&self, group: &SurveyGroup) -> Item {
        let result = |one: &crate::model::SurveyResult| {
            let printed = self.typed(one.percentage.at, Figure::from(one.percentage.value).shown(self.editor.manner()));
            Item {
                texts: vec![
                    self.text("words", &one.statement),
                    cell("percentage".to_owned(), printed, one.percentage.at),
                ],
                ..item(ItemKind::Statement, one.statement.at)
            }
        };
        Item {
            texts: vec![self.text("heading", &group.heading)],
            items: group.results.iter().map(result).collect(),
            ..item(ItemKind::Group, group.heading.at)
        }
    }
}
