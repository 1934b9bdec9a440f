//! Data files as parts show them: the kinds of data, and the ways of showing each.

use std::sync::Arc;

use super::values::{Mark, NumberedKind};
use super::{DeliverableFile, IndicatorFile, SurveyFile, TableFile};
use crate::diagnostic::Span;
use crate::yaml::{Node, Text, Value};

/// A data file of its kind, and the way in which it is shown. What is read, checked and published of it depends on the
/// kind alone.
#[derive(Debug, Clone)]
pub enum Data {
    Table(Arc<TableFile>, TableShow),
    Indicators(Arc<IndicatorFile>, IndicatorShow),
    Survey(Arc<SurveyFile>),
    Deliverables(Arc<DeliverableFile>, DeliverableShow),
}

/// A way of showing data of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Show {
    Table(TableShow),
    Indicators(IndicatorShow),
    Survey,
    Deliverables(DeliverableShow),
}

/// Declares the ways of showing a kind of data, each with its name in `report.yaml`, which is that of its component in
/// `templates/components` too.
macro_rules! ways {
    ($(#[$meta:meta])* $kind:ident { $($(#[$way_meta:meta])* $way:ident = $name:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $kind {
            $($(#[$way_meta])* $way,)*
        }

        impl $kind {
            const ALL: &[Self] = &[$(Self::$way,)*];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$way => $name,)*
                }
            }
        }
    };
}

ways! {
    /// How a table is shown.
    TableShow {
        Table = "table",
        /// Amounts as bars, and with their shares and costs per head as rows of three levels.
        Costs = "costs",
    }
}

ways! {
    /// How indicators are shown.
    IndicatorShow {
        Cycle = "cycle",
        Directorates = "directorates",
        Ratings = "ratings",
        Key = "key",
        /// Those of the rating that needs a reason.
        Reasons = "reasons",
        Dashboard = "dashboard",
    }
}

ways! {
    /// How a plan is shown.
    DeliverableShow {
        Themes = "themes",
        Matrix = "matrix",
        Board = "board",
    }
}

impl Show {
    /// Every way.
    pub fn all() -> impl Iterator<Item = Show> {
        let (tables, indicators) = (TableShow::ALL.iter(), IndicatorShow::ALL.iter());
        let (tables, indicators) = (tables.copied().map(Show::Table), indicators.copied().map(Show::Indicators));
        let plans = DeliverableShow::ALL.iter().copied().map(Show::Deliverables);
        tables.chain(indicators).chain([Show::Survey]).chain(plans)
    }

    /// The kind of a data file, by what stands in it, in one of its ways; none where nothing is known by its fields.
    pub fn of_file(tree: &Node) -> Option<Show> {
        let Value::Mapping(fields) = &tree.value else { return None };
        let has = |name: &str| fields.iter().any(|(field, _)| field.value == name);
        match () {
            () if has("columns") => Some(Show::Table(TableShow::Table)),
            () if has("periods") => Some(Show::Indicators(IndicatorShow::Dashboard)),
            () if has("responses") => Some(Show::Survey),
            () if has("deliverables") => Some(Show::Deliverables(DeliverableShow::Themes)),
            () => None,
        }
    }

    /// The way in which data of its kind is shown first of all.
    pub fn usual(self) -> Show {
        match self {
            Show::Table(_) => Show::Table(TableShow::Table),
            Show::Indicators(_) => Show::Indicators(IndicatorShow::Dashboard),
            Show::Survey => Show::Survey,
            Show::Deliverables(_) => Show::Deliverables(DeliverableShow::Themes),
        }
    }

    /// Its name in `report.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Show::Table(way) => way.name(),
            Show::Indicators(way) => way.name(),
            Show::Survey => "survey",
            Show::Deliverables(way) => way.name(),
        }
    }

    /// What of the data has an address where it is shown so.
    pub fn addressed(self) -> Addressed {
        match self {
            Show::Indicators(IndicatorShow::Dashboard) => Addressed::Indicators,
            Show::Deliverables(DeliverableShow::Themes) => Addressed::Themes,
            Show::Indicators(
                IndicatorShow::Cycle
                | IndicatorShow::Directorates
                | IndicatorShow::Ratings
                | IndicatorShow::Key
                | IndicatorShow::Reasons,
            )
            | Show::Deliverables(DeliverableShow::Matrix | DeliverableShow::Board)
            | Show::Table(TableShow::Table | TableShow::Costs)
            | Show::Survey => Addressed::Nothing,
        }
    }

    /// As what it is numbered, if it is.
    pub fn numbered_as(self) -> Option<NumberedKind> {
        match self {
            Show::Table(TableShow::Table | TableShow::Costs) => Some(NumberedKind::Tables),
            Show::Survey => Some(NumberedKind::Charts),
            Show::Deliverables(DeliverableShow::Matrix) => Some(NumberedKind::Tables),
            Show::Deliverables(DeliverableShow::Themes | DeliverableShow::Board) => None,
            Show::Indicators(
                IndicatorShow::Cycle
                | IndicatorShow::Directorates
                | IndicatorShow::Ratings
                | IndicatorShow::Key
                | IndicatorShow::Reasons
                | IndicatorShow::Dashboard,
            ) => None,
        }
    }
}

/// Why data cannot be shown in a way.
#[derive(Debug)]
pub struct Unshowable {
    /// Where the file has something else.
    pub at: Span,
    /// What it must be to be shown so: "a table whose rows lie at most two deep in others".
    pub must: String,
    pub help: String,
}

impl Unshowable {
    /// A file that does not have what is shown.
    fn without(what: &str, caption: &Text) -> Self {
        let help = format!("add {what} to the file, or remove the part from report.yaml");
        Self { at: caption.at, must: format!("a file with {what}"), help }
    }
}

impl IndicatorShow {
    /// What it shows that the file does not have.
    fn lacks(self, file: &IndicatorFile) -> Option<&'static str> {
        let (what, has) = match self {
            IndicatorShow::Cycle => ("`areas`", !file.areas.is_empty()),
            IndicatorShow::Directorates => ("`groups`", file.called.groups.is_some()),
            IndicatorShow::Reasons => {
                ("a rating whose mark is `red`", file.ratings.iter().any(|rating| rating.mark == Mark::Red))
            }
            IndicatorShow::Ratings | IndicatorShow::Key | IndicatorShow::Dashboard => return None,
        };
        (!has).then_some(what)
    }
}

impl DeliverableShow {
    /// What it shows that the file does not have.
    fn lacks(self, file: &DeliverableFile) -> Option<&'static str> {
        let (what, has) = match self {
            DeliverableShow::Matrix => ("`groups`", file.groups.is_some()),
            DeliverableShow::Board => ("`statuses`", file.statuses.is_some()),
            DeliverableShow::Themes => return None,
        };
        (!has).then_some(what)
    }
}

/// What of data has an address on the page where it is shown in a way, to which links can lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressed {
    Nothing,
    /// Every group of indicators, and every indicator.
    Indicators,
    Themes,
}

impl Data {
    /// The way in which it is shown.
    pub fn show(&self) -> Show {
        match self {
            Data::Table(_, way) => Show::Table(*way),
            Data::Indicators(_, way) => Show::Indicators(*way),
            Data::Survey(_) => Show::Survey,
            Data::Deliverables(_, way) => Show::Deliverables(*way),
        }
    }

    /// The same file in another way of its kind; none where that way is for another kind.
    pub fn shown(self, show: Show) -> Option<Data> {
        match (show, self) {
            (Show::Table(way), Data::Table(file, _)) => Some(Data::Table(file, way)),
            (Show::Indicators(way), Data::Indicators(file, _)) => Some(Data::Indicators(file, way)),
            (Show::Survey, Data::Survey(file)) => Some(Data::Survey(file)),
            (Show::Deliverables(way), Data::Deliverables(file, _)) => Some(Data::Deliverables(file, way)),
            (Show::Table(_) | Show::Indicators(_) | Show::Survey | Show::Deliverables(_), _) => None,
        }
    }

    /// The first thing in it that cannot be shown in its way.
    pub fn unshowable(&self) -> Option<Unshowable> {
        match self {
            Data::Table(file, way) => way.unshowable(file),
            Data::Indicators(file, way) => way.lacks(file).map(|what| Unshowable::without(what, &file.caption)),
            Data::Deliverables(file, way) => way.lacks(file).map(|what| Unshowable::without(what, &file.caption)),
            Data::Survey(_) => None,
        }
    }

    /// The caption of its file.
    pub fn caption(&self) -> &Text {
        match self {
            Data::Table(file, _) => &file.caption,
            Data::Indicators(file, _) => &file.caption,
            Data::Survey(file) => &file.caption,
            Data::Deliverables(file, _) => &file.caption,
        }
    }
}
