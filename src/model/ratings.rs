//! The scale that indicators are rated on.

use std::sync::Arc;

use super::scale::{self, Step};
use super::values::{Id, Mark, Percent};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Text, Value};

record! {
    /// Green where every period reaches the target (of a cumulative series: the last; of a year's figure: the year),
    /// amber where the worst of them misses it by little, red beyond.
    RatingRule "a rating rule" {
        /// The largest miss that is amber, as a percentage of the target.
        required amber_within: At<Percent>,
    }
}

/// The ratings of a file, in the order in which they are printed.
#[derive(Debug, Clone)]
pub struct RatingScale(Vec<Arc<Rating>>);

/// A rating, and what it means.
#[derive(Debug, Clone)]
pub struct Rating {
    pub id: At<Id>,
    pub name: String,
    /// Whether the content names it; else the words of the language do.
    pub is_named: bool,
    pub means: Text,
    /// How it is shown, which also says what rules take it for: red is what needs a note.
    pub mark: Mark,
}

record! {
    /// What the usual ratings mean, each under its own field.
    UsualRatings "the meanings of the ratings" {
        /// What green means.
        required green: Text,
        /// What amber means.
        required amber: Text,
        /// What red means.
        required red: Text,
        /// What it means that an indicator has no target.
        required no_target: Text,
    }
}

record! {
    /// A rating of a scale of the file's own.
    NamedRating "a rating" {
        required id: At<Id>,
        /// As it is printed.
        required name: Text,
        /// What it means.
        required means: Text,
        required mark: At<Mark>,
    }
}

impl Step for NamedRating {
    const CALLED: [&str; 2] = ["rating", "ratings"];

    fn id(&self) -> &At<Id> {
        &self.id
    }

    fn mark(&self) -> &At<Mark> {
        &self.mark
    }
}

impl RatingScale {
    /// The ratings that a file has without a scale of its own.
    const USUAL: [Mark; 4] = [Mark::Green, Mark::Amber, Mark::Red, Mark::NoTarget];

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Rating>> {
        self.0.iter()
    }

    /// The scale with its texts said otherwise.
    pub(super) fn said(&self, mut say: impl FnMut(&mut Text)) -> Self {
        let rating = |known: &Arc<Rating>| {
            let mut rating = Rating::clone(known);
            say(&mut rating.means);
            if rating.is_named {
                let mut name = Text { value: rating.name, at: rating.id.at };
                say(&mut name);
                rating.name = name.value;
            }
            Arc::new(rating)
        };
        Self(self.iter().map(rating).collect())
    }

    /// The rating that is shown with a mark.
    pub fn with(&self, mark: Mark) -> Option<&Arc<Rating>> {
        self.iter().find(|rating| rating.mark == mark)
    }

    /// Reads a rating that the scale has.
    pub fn read(&self, node: &Node, findings: &mut Findings) -> Option<At<Arc<Rating>>> {
        let id = At::<String>::from_node(node, findings)?;
        let found = self.iter().find(|rating| rating.id.value.as_str() == id.value);
        if found.is_none() {
            let ids: Vec<&str> = self.iter().map(|rating| rating.id.value.as_str()).collect();
            findings.push(
                Diagnostic::error(Code::WrongValue, id.at, format!("`{}` is not understood", id.value))
                    .did_you_mean(&id.value, ids.iter().copied())
                    .help(format!("write one of: {}", ids.join(", "))),
            );
        }
        found.map(|rating| At { value: Arc::clone(rating), at: id.at })
    }

    /// The usual ratings, whose meanings the file gives.
    fn usual(node: &Node, findings: &mut Findings) -> Option<Self> {
        let UsualRatings { green, amber, red, no_target, .. } = UsualRatings::from_node(node, findings)?;
        let rating = |(mark, means): (Mark, Text)| {
            let id = At { value: Id::of_name(mark.word())?, at: means.at };
            Some(Arc::new(Rating { id, name: mark.shown().to_owned(), is_named: false, means, mark }))
        };
        Self::USUAL.into_iter().zip([green, amber, red, no_target]).map(rating).collect::<Option<Vec<_>>>().map(Self)
    }

    /// A scale of the file's own.
    fn own(node: &Node, findings: &mut Findings) -> Option<Self> {
        let rating = |one: NamedRating| {
            Arc::new(Rating {
                id: one.id,
                name: one.name.value,
                is_named: true,
                means: one.means,
                mark: one.mark.value,
            })
        };
        scale::read(node, findings).map(|named| Self(named.into_iter().map(rating).collect()))
    }

    /// A rule needs all ratings that it gives.
    pub fn fits(&self, rule: &RatingRule, findings: &mut Findings) {
        for mark in Self::USUAL.into_iter().filter(|mark| self.with(*mark).is_none()) {
            let message = format!("the rating rule gives {}, but no rating has that mark", mark.word());
            let help = "give every one of green, amber, red and no-target to a rating, or remove `rating-rule`";
            findings.push(Diagnostic::error(Code::WrongValue, rule.at, message).help(help));
        }
    }
}

impl Formed for RatingScale {
    fn form() -> Form {
        Form::Either(vec![UsualRatings::form(), Vec::<NamedRating>::form()])
    }
}

/// A rating is named by its id.
impl Formed for Rating {
    fn form() -> Form {
        Text::form()
    }
}

impl FromNode for RatingScale {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        match node.value {
            Value::Sequence(_) => Self::own(node, findings),
            _ => Self::usual(node, findings),
        }
    }
}
