//! Key performance indicators: a dashboard file.

use super::Indicator;
use super::periods::Periods;
use super::ratings::{RatingRule, RatingScale};
use super::values::{Count, Id};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::wording::Wording;
use crate::yaml::{At, FromNode, Node, Record, Text, list_of};
use crate::{declared, record};

/// A dashboard: indicators, alone or in groups, with what is needed to read them.
#[derive(Debug, Clone)]
pub struct IndicatorFile {
    /// Where the file stands.
    pub at: Span,
    pub caption: Text,
    /// How to read the dashboard.
    pub intro: Option<Text>,
    pub periods: Periods,
    /// The period of the edition before whose results stand beside: `year`, or the id of one.
    pub last: Option<At<Id>>,
    pub ratings: RatingScale,
    /// How ratings follow from results; without it they are their authors' word alone.
    pub rating_rule: Option<RatingRule>,
    /// What its groupings are called: each that it has, and no other.
    pub called: Groupings,
    /// What indicators belong to beside their group: of the commissioning cycle, of a plan.
    pub areas: Vec<Area>,
    /// The groups; one without a name where the file has none.
    pub groups: Vec<IndicatorGroup>,
    /// Id of the source that the figures and names are taken from.
    pub source: Option<At<Id>>,
}

record! {
    /// What the groupings of a file are called.
    Groupings "what groupings are called" {
        optional groups: GroupingName,
        optional areas: GroupingName,
        optional functions: GroupingName,
    }
}

/// What one of a grouping is called, and several.
#[derive(Debug, Clone)]
pub struct GroupingName {
    /// Where the names stand.
    pub at: Span,
    pub one: Text,
    pub many: Text,
    pub of: Option<Text>,
    /// What addresses of its counts begin with, which is the same in every language.
    segment: Option<Id>,
}

declared! {
    /// What one of a grouping is called, and several: `area`, `areas`, and perhaps `of` what.
    GroupingName "the name of a grouping" {
        /// One of them: `area`.
        required one: Text,
        /// Several of them: `areas`.
        required many: Text,
        /// What they are parts of: `the commissioning cycle`.
        optional of: Text,
    }
}

record! {
    /// An area.
    Area "an area" {
        required number: At<Count>,
        /// As it is printed.
        required name: Text,
    }
}

/// The indicators of one group, such as a directorate.
#[derive(Debug, Clone)]
pub struct IndicatorGroup {
    /// Id of the group, which is that of a directorate where it has no name of its own; none where a file has no groups.
    pub id: Option<At<Id>>,
    pub name: Option<Text>,
    pub indicators: Vec<Indicator>,
    /// Where the group stands.
    pub at: Span,
}

declared! {
    /// Key performance indicators by period, alone or in groups, with what is needed to read them.
    IndicatorFile "an indicator file" {
        /// What the indicators are, as it stands over them.
        required caption: Text,
        /// How to read the dashboard.
        optional intro: Text,
        /// A run, `Q1 to Q4`, `April to March` or `2019/20 to 2025/26`, or a list of names.
        required periods: Periods,
        /// The period of the edition before whose results stand beside: `year`, or the id of one.
        optional last: At<Id>,
        /// What green, amber, red and no-target mean, or a scale of the file's own.
        required ratings: RatingScale,
        /// How ratings follow from results; without it they are their authors' word alone.
        optional rating_rule: RatingRule,
        /// What its groupings are called: each that it has, and no other.
        optional called: Groupings,
        /// What indicators belong to beside their group.
        optional areas: Vec<Area>,
        /// Groups of indicators; or else `indicators`.
        optional groups: Vec<IndicatorGroup>,
        /// Indicators without groups; or else `groups`.
        optional indicators: Vec<Indicator>,
        /// Id of the source that the figures and names are taken from.
        optional source: At<Id>,
    }
}

declared! {
    /// The indicators of one group, such as a directorate.
    IndicatorGroup "a group of indicators" {
        /// Id of the group, which is that of a directorate where it has no name of its own.
        required id: At<Id>,
        /// As it is printed; that of the directorate of its id where it is left out.
        optional name: Text,
        /// Its indicators, in the order of print.
        required indicators: Vec<Indicator>,
    }
}

impl FromNode for GroupingName {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, &Self::FORM, findings)?;
        let one = record.required("one", findings);
        let many: Option<Text> = record.required("many", findings);
        let of = record.optional("of", findings);
        record.close(findings);
        let segment = many.as_ref().and_then(|many| Id::of_name(&many.value));
        Some(Self { at: node.at, one: one?, many: many?, of: of?, segment })
    }
}

impl GroupingName {
    /// "area of the commissioning cycle".
    pub fn one_of(&self, wording: &Wording) -> String {
        self.with_whole(&self.one, wording)
    }

    /// "areas of the commissioning cycle", or the singular for one.
    pub fn counted(&self, count: usize, wording: &Wording) -> String {
        self.with_whole(if count == 1 { &self.one } else { &self.many }, wording)
    }

    fn with_whole(&self, word: &Text, wording: &Wording) -> String {
        match &self.of {
            Some(of) => wording.say("indicators.of-whole", &[("word", &word.value), ("whole", &of.value)]),
            None => word.value.clone(),
        }
    }

    /// What addresses of its counts begin with: `areas`. Where the word has no Latin letters, it is what files call the
    /// grouping.
    pub fn segment(&self, field: &str) -> String {
        self.segment.as_ref().map_or_else(|| field.to_owned(), Id::to_string)
    }

    /// Its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        [&self.one, &self.many].into_iter().chain(&self.of)
    }
}

impl Groupings {
    /// All that there are.
    pub fn all(&self) -> impl Iterator<Item = &GroupingName> {
        [&self.groups, &self.areas, &self.functions].into_iter().flatten()
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut GroupingName> {
        [&mut self.groups, &mut self.areas, &mut self.functions].into_iter().flatten()
    }
}

impl IndicatorFile {
    /// All indicators in their order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.groups.iter().flat_map(|group| &group.indicators)
    }
}

impl IndicatorGroup {
    fn read(node: &Node, periods: &Periods, ratings: &RatingScale, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, &Self::FORM, findings)?;
        let id = record.required("id", findings);
        let name = record.optional("name", findings);
        let indicators = record.must("indicators");
        let indicators = indicators.and_then(|node| read_indicators(node, periods, ratings, findings));
        record.close(findings);
        Some(Self { id: Some(id?), name: name?, indicators: indicators?, at: node.at })
    }
}

fn read_indicators(
    node: &Node,
    periods: &Periods,
    ratings: &RatingScale,
    findings: &mut Findings,
) -> Option<Vec<Indicator>> {
    list_of(node, findings, |node, findings| Indicator::read(node, periods, ratings, findings))
}

impl FromNode for IndicatorFile {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        let mut record = Record::open(node, &Self::FORM, findings)?;
        let caption = record.required("caption", findings);
        let intro = record.optional("intro", findings);
        let periods = record.required::<Periods>("periods", findings);
        let last = record.optional("last", findings);
        let ratings = record.required::<RatingScale>("ratings", findings);
        let rating_rule = record.optional::<RatingRule>("rating-rule", findings);
        let called = record.optional::<Groupings>("called", findings);
        let areas = record.optional::<Vec<Area>>("areas", findings);
        // What stands in a file whose periods or ratings cannot be read is not known, but its fields are.
        let known = periods.as_ref().zip(ratings.as_ref());
        let (grouped, flat) = (record.node("groups"), record.node("indicators"));
        let groups = match (grouped, flat) {
            (Some(node), None) => known.and_then(|(periods, ratings)| {
                list_of(node, findings, |node, findings| IndicatorGroup::read(node, periods, ratings, findings))
            }),
            (None, Some(node)) => known.and_then(|(periods, ratings)| {
                let indicators = read_indicators(node, periods, ratings, findings)?;
                Some(vec![IndicatorGroup { id: None, name: None, indicators, at: node.at }])
            }),
            (Some(_), Some(flat)) => {
                let message = "indicators stand both in groups and beside them";
                findings.push(
                    Diagnostic::error(Code::WrongValue, flat.at, message).help("put all of them into groups, or none"),
                );
                None
            }
            (None, None) => {
                record.must("indicators");
                None
            }
        };
        let source = record.optional("source", findings);
        record.close(findings);
        let file = Self {
            at: node.at,
            caption: caption?,
            intro: intro?,
            periods: periods?,
            last: last?,
            ratings: ratings?,
            rating_rule: rating_rule?,
            called: called?.unwrap_or(Groupings { at: node.at, groups: None, areas: None, functions: None }),
            areas: areas?.unwrap_or_default(),
            groups: groups?,
            source: source?,
        };
        let before = findings.len();
        file.check_names(findings);
        file.rating_rule.iter().for_each(|rule| file.ratings.fits(rule, findings));
        (findings.len() == before).then_some(file)
    }
}

impl IndicatorFile {
    /// Every grouping that the file has is called something, and nothing else is.
    fn check_names(&self, findings: &mut Findings) {
        let first_group = self.groups.iter().find(|group| group.id.is_some()).map(|group| group.at);
        let first_area = self.areas.first().map(|area| area.at);
        let first_function = self.indicators().find_map(|one| Some(one.function.as_ref()?.at));
        for (field, name, used) in [
            ("groups", &self.called.groups, first_group),
            ("areas", &self.called.areas, first_area),
            ("functions", &self.called.functions, first_function),
        ] {
            match (name, used) {
                (None, Some(at)) => findings.push(
                    Diagnostic::error(
                        Code::MissingField,
                        Span { end: at.start + 1, ..at },
                        format!("the file does not say what its {field} are called"),
                    )
                    .help(format!(
                        "add it at the top, under `called:`, such as `{field}: {{one: service, many: services}}`"
                    )),
                ),
                (Some(name), None) => findings.push(
                    Diagnostic::error(Code::WrongValue, name.at, format!("the file has no {field} that are called so"))
                        .help("remove the name, or add what it names"),
                ),
                _ => {}
            }
        }
        if let (Some(groups), Some(areas)) = (&self.called.groups, &self.called.areas)
            && groups.segment("groups") == areas.segment("areas")
        {
            let message = format!("groups and areas are both called `{}`", areas.many.value);
            findings.push(
                Diagnostic::error(Code::DuplicateId, areas.many.at, message)
                    .also(groups.many.at, "the groups")
                    .help("call them differently, so that their counts can be told apart"),
            );
        }
    }
}
