//! Conditional formats, as far as they may hide what a cell holds.
//!
//! Whether a condition holds is known for comparisons with a number alone; every other one is taken to hold.

use super::styles::{Change, Look, Styles};
use crate::office::sheet::Block;
use crate::office::tags::Element;

/// A conditional format.
#[derive(Debug)]
pub struct Rule {
    pub blocks: Vec<Block>,
    effect: Effect,
    comparison: Option<Comparison>,
}

#[derive(Debug)]
enum Effect {
    /// It shows a bar or a sign instead of the number.
    Hides,
    Changes(Change),
}

/// `between 1 and 4`
#[derive(Debug)]
struct Comparison {
    operator: String,
    limits: Vec<f64>,
}

impl Rule {
    /// The rules of a group for the same cells.
    pub fn read(group: &Element, styles: &Styles) -> Vec<Rule> {
        let places = group.attribute("sqref").map(|places| places.into_owned());
        let places = places.or_else(|| group.child("sqref").map(|places| places.text.clone())).unwrap_or_default();
        let blocks: Vec<Block> = places.split_whitespace().filter_map(Block::read).collect();
        let rules = group.all("cfRule").filter_map(|rule| {
            let effect = Effect::of(rule, styles)?;
            Some(Rule { blocks: blocks.clone(), effect, comparison: Comparison::of(rule) })
        });
        rules.collect()
    }

    /// Whether a cell of this look may be hidden by it. `value`: its number; none if it holds something else.
    pub fn may_hide(&self, look: &Look, value: Option<f64>) -> bool {
        let may_hold = self.comparison.as_ref().is_none_or(|comparison| match value {
            Some(value) => comparison.holds(value),
            None => comparison.holds_for_texts(),
        });
        may_hold
            && match (&self.effect, value) {
                (Effect::Hides, value) => value.is_some(),
                // A number is then shown in another way than its cell says, whatever that is.
                (Effect::Changes(Change { format: Some(_), .. }), Some(_)) => true,
                (Effect::Changes(change), _) => {
                    let hides_texts = change.format.as_ref().is_some_and(|format| format.text("text").is_err());
                    hides_texts || !look.is_seen_with(change)
                }
            }
    }
}

impl Effect {
    fn of(rule: &Element, styles: &Styles) -> Option<Effect> {
        let is_alone = |name: &str| {
            let said = rule.child(name).and_then(|shape| shape.attribute("showValue"));
            said.is_some_and(|said| matches!(said.as_ref(), "0" | "false"))
        };
        if is_alone("dataBar") || is_alone("iconSet") {
            return Some(Effect::Hides);
        }
        let change = match (rule.child("dxf"), rule.number("dxfId")) {
            (Some(change), _) => Change::of(change, &styles.palette),
            (None, Some(number)) => styles.change(usize::try_from(number).ok()?),
            (None, None) => return None,
        };
        Some(Effect::Changes(change))
    }
}

impl Comparison {
    fn of(rule: &Element) -> Option<Comparison> {
        if rule.attribute("type").as_deref() != Some("cellIs") {
            return None;
        }
        let limits = rule.children.iter().filter(|child| matches!(child.name(), "formula" | "f"));
        let limits = limits.map(|limit| limit.text.trim().parse().ok()).collect::<Option<Vec<f64>>>()?;
        let needed = if rule.attribute("operator")?.to_lowercase().ends_with("between") { 2 } else { 1 };
        (limits.len() == needed)
            .then(|| Some(Comparison { operator: rule.attribute("operator")?.into_owned(), limits }))
            .flatten()
    }

    /// Texts come behind all numbers.
    fn holds_for_texts(&self) -> bool {
        !matches!(self.operator.as_str(), "lessThan" | "lessThanOrEqual" | "equal" | "between")
    }

    fn holds(&self, value: f64) -> bool {
        let (first, last) = (self.limits[0], self.limits[self.limits.len() - 1]);
        let is_between = (first.min(last)..=first.max(last)).contains(&value);
        match self.operator.as_str() {
            "lessThan" => value < first,
            "lessThanOrEqual" => value <= first,
            "greaterThan" => value > first,
            "greaterThanOrEqual" => value >= first,
            "equal" => value == first,
            "notEqual" => value != first,
            "between" => is_between,
            "notBetween" => !is_between,
            _ => true,
        }
    }
}
