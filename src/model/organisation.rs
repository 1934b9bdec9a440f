//! What all reports share: `organisation.yaml`.

use super::values::{BaseAddress, Compliance, Count, Cover, CoverShows, Date, Email, Id, LinkTarget, Telephone};
use super::{CoverPhoto, Licence, Link};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// The organisation that publishes the reports.
    Organisation "the organisation" {
        /// Its full name, as it is printed.
        required name: Text,
        /// What it is called where its full name is too long.
        required short_name: Text,
        /// Postal address, a line each.
        required address: Vec<Text>,
        required telephone: At<Telephone>,
        required email: At<Email>,
        /// The title of the officer whom the directorates report to.
        required chief_officer: Text,
        /// Its sites on the web, each with its words.
        optional websites: Vec<Link>,
        /// Its accounts with social networks.
        optional social: Vec<Account>,
        /// Units of its own figures, such as tonnes of CO2e.
        optional units: Vec<DeclaredUnit>,
        optional population: Population,
        /// The directorates under the chief officer, in the order of print.
        optional directorates: Vec<Directorate>,
        /// The licence under which the data may be used, where no report says another.
        optional licence: Licence,
        /// The organisation's sign, for covers and the heads of pages.
        optional logo: Logo,
        /// The colour of covers and bands, where no report says another.
        optional cover: Cover,
        /// What covers show, where no report says something else.
        optional cover_shows: At<CoverShows>,
        /// The picture on covers, where they show one and no report has its own.
        optional cover_picture: CoverPhoto,
        /// The address under which the output is published.
        optional base_url: BaseAddress,
        /// What short forms mean. Where the list is there, a report explains each at its first use.
        optional abbreviations: Vec<Abbreviation>,
        /// Names with numbers in them, which are no figures: "NHS 111".
        optional names: Vec<Text>,
        /// What the accessibility statement says of the pages and PDFs.
        optional accessibility: Accessibility,
    }
}

record! {
    /// Names of the files of a logo, which lie beside `organisation.yaml`.
    Logo "the logo" {
        /// The one that is seen on a light ground.
        required on_light: Text,
        /// The one that is seen on a dark ground.
        required on_dark: Text,
    }
}

record! {
    /// A unit that is none of those that everybody knows.
    DeclaredUnit "a unit" {
        required id: At<Id>,
        /// In full, as it stands over a column.
        required name: Text,
        /// As it stands behind a figure; the name where it is left out.
        optional short: Text,
    }
}

record! {
    /// A short form.
    Abbreviation "an abbreviation" {
        /// As it stands in the texts: `HSC`.
        required short: Text,
        /// What it means; left out where every reader knows it.
        optional long: Text,
    }
}

record! {
    /// What is known of the accessibility of the published files.
    Accessibility "the accessibility statement" {
        required compliance: At<Compliance>,
        /// The day on which the statement was prepared.
        required prepared: Date,
        optional reviewed: Date,
        /// The tests that were made, each with its day.
        optional tests: Vec<AccessibilityTest>,
        /// What does not comply, and why.
        optional issues: Vec<Text>,
        /// How soon an answer comes, such as "ten working days".
        optional reply_within: Text,
    }
}

record! {
    /// A test of the pages and PDFs.
    AccessibilityTest "a test" {
        required on: Date,
        /// What was tested, how, and what came out.
        required what: Text,
    }
}

record! {
    /// An account with a social network.
    Account "an account" {
        /// The social network.
        required name: Text,
        /// What the account is called there.
        required text: Text,
        optional to: LinkTarget,
    }
}

record! {
    /// The population that the organisation serves.
    Population "the population" {
        required people: At<Count>,
        /// Where the figure is taken from, in words.
        required source: Text,
    }
}

record! {
    /// A directorate under the chief officer.
    Directorate "a directorate" {
        required id: At<Id>,
        /// As it is printed.
        required name: Text,
    }
}

impl Organisation {
    /// The fields that no report says for itself.
    pub const OF_ALL: [&str; 9] = [
        "units",
        "logo",
        "cover",
        "cover-shows",
        "cover-picture",
        "base-url",
        "abbreviations",
        "names",
        "accessibility",
    ];

    /// The directorates, none where the content gives none.
    pub fn directorates(&self) -> &[Directorate] {
        self.directorates.as_deref().unwrap_or_default()
    }

    /// Every text that is printed, with its place.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let texts = [&self.name, &self.short_name, &self.chief_officer];
        let directorates = self.directorates().iter().map(|one| &one.name);
        let websites = self.websites.iter().flatten().map(|site| &site.text);
        let accounts = self.social.iter().flatten().flat_map(|account| [&account.name, &account.text]);
        let statement = self.accessibility.iter().flat_map(|statement| {
            let tests = statement.tests.iter().flatten().map(|test| &test.what);
            tests.chain(statement.issues.iter().flatten()).chain(&statement.reply_within)
        });
        let abbreviations = self.abbreviations.iter().flatten().flat_map(|one| one.long.iter().chain([&one.short]));
        let shared = texts.into_iter().chain(&self.address).chain(directorates).chain(websites).chain(accounts);
        shared
            .chain(self.licence.iter().map(|licence| &licence.name))
            .chain(statement)
            .chain(abbreviations)
            .chain(self.names.iter().flatten())
    }

    /// The directorate of that id.
    pub fn directorate(&self, id: &Id) -> Option<&Directorate> {
        self.directorates().iter().find(|directorate| directorate.id.value == *id)
    }
}
