//! A plan: themes with their outcomes, the deliverables that serve them, and how far those are.

use super::scale::{self, Step};
use super::table::YesNo;
use super::values::{Count, Date, Id, LinkTarget, Mark, Square};
use crate::diagnostic::Findings;
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Text};

record! {
    /// Themes and deliverables.
    DeliverableFile "a deliverable file" {
        /// What the plan is, as it stands over it.
        required caption: Text,
        /// What the deliverables serve.
        required themes: Vec<Theme>,
        /// What deliverables are told apart by besides their themes.
        optional groups: Vec<DeliverableGroup>,
        /// How far deliverables may be, in the order of print.
        optional statuses: StatusScale,
        /// What was or is to be delivered.
        required deliverables: Vec<Deliverable>,
        /// Id of the source that the file is taken from.
        optional source: At<Id>,
    }
}

record! {
    /// A theme.
    Theme "a theme" {
        required id: At<Id>,
        required number: At<Count>,
        /// As it is printed.
        required title: Text,
        /// What the theme is to lead to, a sentence each.
        required outcomes: Vec<Text>,
    }
}

record! {
    /// A group of deliverables, such as those inside the organisation.
    DeliverableGroup "a group of deliverables" {
        required id: At<Id>,
        /// As it stands over lists and columns.
        required name: Text,
        /// As it stands behind a count: "8 internal".
        optional short: Text,
        /// What a deliverable of the group is: "inside the organisation".
        required means: Text,
    }
}

/// The statuses of a file, in the order in which they are printed.
#[derive(Debug, Clone)]
pub struct StatusScale(Vec<Status>);

record! {
    /// How far a deliverable is.
    Status "a status" {
        required id: At<Id>,
        /// As it is printed.
        required name: Text,
        /// What it means.
        required means: Text,
        required mark: At<Mark>,
        /// Whether nothing is left to do.
        optional done: At<YesNo>,
        /// Whether it says that the due date was missed.
        optional late: At<YesNo>,
    }
}

record! {
    /// What was delivered: one record, however many themes it serves.
    Deliverable "a deliverable" {
        required id: At<Id>,
        /// Ids of the themes that it serves.
        required themes: Vec<At<Id>>,
        optional group: At<Id>,
        optional status: At<Id>,
        /// The day by which it is to be done.
        optional due: At<Date>,
        /// Who answers for it.
        optional owner: Text,
        /// The key phrase.
        required key: Text,
        /// What was delivered, in a sentence.
        required text: Text,
        /// Sentences of single themes, where their facts differ.
        optional wording: Vec<Wording>,
        /// Details, a line each.
        optional points: Vec<Text>,
        /// Where readers find more.
        optional links: Vec<Link>,
        /// Printed under it.
        optional note: Text,
    }
}

record! {
    /// A theme's own sentence.
    Wording "a theme's wording" {
        required theme: At<Id>,
        /// The sentence that stands under this theme.
        required text: Text,
    }
}

record! {
    /// A link: words and where they lead.
    Link "a link" {
        /// The words that lead there.
        required text: Text,
        required to: LinkTarget,
    }
}

impl DeliverableFile {
    /// Its groups.
    pub fn groups(&self) -> &[DeliverableGroup] {
        self.groups.as_deref().unwrap_or_default()
    }

    /// Its groups with their squares; without groups all deliverables are of none, and filled squares.
    pub fn squares(&self) -> Vec<(Option<&DeliverableGroup>, Square)> {
        match self.groups() {
            [] => vec![(None, Square::Filled)],
            groups => groups.iter().map(Some).zip(Square::ALL.iter().copied()).collect(),
        }
    }

    /// Its statuses.
    pub fn statuses(&self) -> &[Status] {
        self.statuses.as_ref().map_or(&[], |scale| &scale.0)
    }

    pub(super) fn statuses_mut(&mut self) -> &mut [Status] {
        self.statuses.as_mut().map_or(&mut [], |scale| &mut scale.0)
    }

    /// The status of a deliverable.
    pub fn status_of(&self, deliverable: &Deliverable) -> Option<&Status> {
        let named = deliverable.status.as_ref()?;
        self.statuses().iter().find(|status| status.id.value == named.value)
    }

    /// The deliverables with a status, in the order of the file.
    pub fn with<'d>(&'d self, status: &'d Status) -> impl Iterator<Item = &'d Deliverable> {
        self.deliverables.iter().filter(|one| one.status.as_ref().is_some_and(|named| named.value == status.id.value))
    }

    /// The deliverables of a theme and a group, or of no group, in the order of the file.
    pub fn under<'d>(
        &'d self,
        theme: &'d Id,
        group: Option<&'d DeliverableGroup>,
    ) -> impl Iterator<Item = &'d Deliverable> {
        let is_of =
            move |one: &Deliverable| one.group.as_ref().map(|named| &named.value) == group.map(|group| &group.id.value);
        self.deliverables.iter().filter(move |one| is_of(one) && one.serves(theme))
    }

    /// Whether a deliverable was due by a day and is not done.
    pub fn is_overdue(&self, deliverable: &Deliverable, by: Date) -> bool {
        let was_due = deliverable.due.as_ref().is_some_and(|due| due.value <= by);
        was_due && self.status_of(deliverable).is_some_and(|status| !status.is_done())
    }

    /// Whether it is known of deliverables when they are due and how far they are.
    pub fn can_be_overdue(&self) -> bool {
        self.statuses.is_some() && self.deliverables.iter().any(|one| one.due.is_some())
    }
}

impl DeliverableGroup {
    /// As it stands behind a count.
    pub fn short(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.name)
    }
}

impl Status {
    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.done.as_ref().is_some_and(|done| done.value.0)
    }

    /// Whether it says that the due date was missed.
    pub fn is_late(&self) -> bool {
        self.late.as_ref().is_some_and(|late| late.value.0)
    }
}

impl Step for Status {
    const CALLED: [&str; 2] = ["status", "statuses"];

    fn id(&self) -> &At<Id> {
        &self.id
    }

    fn mark(&self) -> &At<Mark> {
        &self.mark
    }
}

impl Formed for StatusScale {
    fn form() -> Form {
        Vec::<Status>::form()
    }
}

impl FromNode for StatusScale {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        scale::read(node, findings).map(Self)
    }
}

impl Deliverable {
    /// Whether it serves a theme.
    pub fn serves(&self, theme: &Id) -> bool {
        self.themes.iter().any(|named| named.value == *theme)
    }

    /// The sentence under a theme: its own wording where there is one.
    pub fn text_for(&self, theme: &Id) -> &Text {
        let own = self.wording.iter().flatten().find(|wording| wording.theme.value == *theme);
        own.map_or(&self.text, |wording| &wording.text)
    }
}
