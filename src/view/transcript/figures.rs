//! Every figure of a report, with how and where it is printed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::fact::{FactId, Facts, Formula, Origin, Passages};
use crate::model::{Project, Report};
use crate::transcript::{self, Figure, Number, Printed};
use crate::view::{CopyEditor, PrintedOrigin, page};
use crate::wording::Wording;

/// What the addresses of figures of the organisation begin with.
const ORGANISATION: &str = "organisation";

/// The figures that are printed in the order of print, then the others in the order of the content.
pub(super) fn figures(project: &Project, report: &Report, facts: &Facts, passages: &Passages) -> Vec<Figure> {
    let editor = CopyEditor::new(project, report, facts, passages);
    page(&editor, None);
    let mut order: Vec<FactId> = Vec::new();
    let mut printed: HashMap<FactId, Printed> = HashMap::new();
    for one in editor.printed() {
        let PrintedOrigin::Fact(fact, _) = one.origin else { continue };
        let known = printed.entry(fact).or_insert_with(|| {
            order.push(fact);
            Printed { section: one.section, forms: Vec::new() }
        });
        if !known.forms.contains(&one.text) {
            known.forms.push(one.text);
        }
    }
    // What is said of the organisation comes last, whether the report says it or all share it.
    let own = format!("{}.{ORGANISATION}.", report.id);
    let behind = facts.within(&report.id).filter(|(address, _)| !address.starts_with(&own));
    let behind = behind.map(|(_, fact)| fact).filter(|fact| !printed.contains_key(fact));
    let of_organisation: BTreeSet<String> = facts
        .within(ORGANISATION)
        .map(|(address, _)| address.to_string())
        .chain(
            facts
                .within(&report.id)
                .filter_map(|(address, _)| Some(format!("{ORGANISATION}.{}", address.strip_prefix(&own)?))),
        )
        .collect();
    let shared = of_organisation.iter().filter_map(|address| facts.find(&report.id, address));
    let shared = shared.filter(|fact| !printed.contains_key(fact));
    let all: Vec<FactId> = order.iter().copied().chain(behind).chain(shared).collect();
    let mut figures = BTreeMap::new();
    // Two facts of one address are a fault, of which the first stands.
    for (place, fact) in all.into_iter().enumerate() {
        let figure = figure(report, facts, fact, printed.remove(&fact));
        figures.entry(figure.address.clone()).or_insert((place, figure));
    }
    let mut figures: Vec<(usize, Figure)> = figures.into_values().collect();
    figures.sort_by_key(|(place, _)| *place);
    figures.into_iter().map(|(_, figure)| figure).collect()
}

fn figure(report: &Report, facts: &Facts, fact: FactId, printed: Option<Printed>) -> Figure {
    let local = |fact: &FactId| facts.relative(&report.id, *fact);
    let english = |message: &str| Wording::english().say(message, &[]);
    let origin = match &facts.get(fact).origin {
        Origin::Typed(source) => transcript::Origin::Typed(source.as_deref().map(str::to_owned)),
        Origin::Derived(formula) => match formula {
            Formula::Counted(what) => transcript::Origin::Counted(english(what)),
            Formula::Follows(what) => transcript::Origin::Follows(english(what)),
            Formula::Sum(_)
            | Formula::Quotient(..)
            | Formula::Growth(..)
            | Formula::Difference(..)
            | Formula::Expression(..)
            | Formula::Line(..) => transcript::Origin::Computed(formula.inputs().iter().map(local).collect()),
        },
    };
    let number = facts.quantity(fact).map(|quantity| Number {
        value: quantity.number,
        width: quantity.width,
        unit: quantity.unit.name(),
    });
    let restated = facts.restatements(&report.id).iter().find(|one| one.restated == fact);
    let restated = restated.map(|one| one.said.reason.value.clone());
    Figure { address: local(&fact), shown: facts.printed(&report.id, fact), number, origin, printed, restated }
}
