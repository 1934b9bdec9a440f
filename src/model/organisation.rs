//! What all reports share: `organisation.yaml`.

use super::Link;
use super::values::{Count, Email, Id, LinkTarget, Telephone};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// The organisation that publishes the reports.
    Organisation "the organisation" {
        required name: Text,
        required short_name: Text,
        /// Postal address, a line each.
        required address: Vec<Text>,
        required telephone: At<Telephone>,
        required email: At<Email>,
        /// The title of the officer whom the directorates report to.
        required chief_officer: Text,
        optional websites: Vec<Link>,
        optional social: Vec<Account>,
        optional population: Population,
        optional directorates: Vec<Directorate>,
        /// The licence under which the data may be used.
        optional licence: Text,
    }
}

record! {
    /// An account with a social network.
    Account "an account" {
        required name: Text,
        required text: Text,
        optional to: LinkTarget,
    }
}

record! {
    /// The population that the organisation serves.
    Population "the population" {
        required people: At<Count>,
        required source: Text,
    }
}

record! {
    /// A directorate under the chief officer.
    Directorate "a directorate" {
        required id: At<Id>,
        required name: Text,
    }
}

impl Organisation {
    /// The directorates, none where the content gives none.
    pub fn directorates(&self) -> &[Directorate] {
        self.directorates.as_deref().unwrap_or_default()
    }

    /// The directorate of that id.
    pub fn directorate(&self, id: &Id) -> Option<&Directorate> {
        self.directorates().iter().find(|directorate| directorate.id.value == *id)
    }
}
