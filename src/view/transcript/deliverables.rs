//! Plans: themes with their outcomes, and deliverables.

use super::{Gatherer, item, said};
use crate::model::{Deliverable, DeliverableFile, Theme};
use crate::transcript::{Item, ItemKind};

impl Gatherer<'_> {
    pub(super) fn deliverables(&self, file: &DeliverableFile) -> Item {
        let themes = file.themes.iter().map(|theme| self.theme(theme));
        let groups = file.groups().iter().map(|group| {
            let mut texts = vec![self.text("name", &group.name)];
            texts.extend(self.optional("short", &group.short));
            texts.push(self.text("means", &group.means));
            Item { id: group.id.value.to_string(), texts, ..item(ItemKind::Group, group.id.at) }
        });
        let statuses = file.statuses().iter().map(|status| Item {
            id: status.id.value.to_string(),
            texts: vec![
                self.text("name", &status.name),
                self.text("means", &status.means),
                said("mark", status.mark.value.shown(), status.mark.at),
            ],
            ..item(ItemKind::Status, status.id.at)
        });
        let deliverables = file.deliverables.iter().map(|one| self.deliverable(file, one));
        Item {
            texts: vec![self.text("caption", &file.caption)],
            items: themes.chain(groups).chain(statuses).chain(deliverables).collect(),
            ..item(ItemKind::File, file.caption.at)
        }
    }

    fn theme(&self, theme: &Theme) -> Item {
        let outcomes = theme
            .outcomes
            .iter()
            .map(|text| Item { texts: vec![self.text("words", text)], ..item(ItemKind::Outcome, text.at) });
        Item {
            id: theme.id.value.to_string(),
            texts: vec![
                said("number", &theme.number.value.to_string(), theme.number.at),
                self.text("title", &theme.title),
            ],
            items: outcomes.collect(),
            ..item(ItemKind::Theme, theme.id.at)
        }
    }

    fn deliverable(&self, file: &DeliverableFile, one: &Deliverable) -> Item {
        let mut texts = vec![self.text("key-phrase", &one.key), self.text("words", &one.text)];
        let themes: Vec<&str> = one.themes.iter().map(|theme| theme.value.as_str()).collect();
        texts.extend(one.themes.first().map(|first| said("themes", &themes.join(", "), first.at)));
        let group =
            one.group.as_ref().and_then(|named| file.groups().iter().find(|group| group.id.value == named.value));
        texts.extend(group.map(|group| self.text("group", &group.name)));
        texts.extend(file.status_of(one).map(|status| self.text("status", &status.name)));
        texts.extend(one.due.as_ref().map(|due| said("due", &due.value.to_string(), due.at)));
        texts.extend(self.optional("owner", &one.owner));
        texts.extend(self.optional("note", &one.note));
        let wordings = one.wording.iter().flatten().map(|wording| Item {
            id: wording.theme.value.to_string(),
            texts: vec![self.text("words", &wording.text)],
            ..item(ItemKind::Wording, wording.text.at)
        });
        let points = one
            .points
            .iter()
            .flatten()
            .map(|point| Item { texts: vec![self.text("words", point)], ..item(ItemKind::Point, point.at) });
        let links = one.links.iter().flatten().map(|link| Item {
            texts: vec![said("words", &link.text.value, link.text.at), said("leads-to", &link.to.0, link.text.at)],
            ..item(ItemKind::Address, link.text.at)
        });
        Item {
            id: one.id.value.to_string(),
            texts,
            items: wordings.chain(points).chain(links).collect(),
            ..item(ItemKind::Deliverable, one.id.at)
        }
    }
}
