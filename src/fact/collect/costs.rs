//! Facts of a cost file: every line by the path of its name, its casting, its share and its cost per head.

use super::indicators::percentage;
use super::{Collector, segment};
use crate::diagnostic::Span;
use crate::fact::{FactId, Formula, Proportion, ProportionKind, RoundedSums};
use crate::model::values::{Money, Percent};
use crate::model::{CostFile, CostLine, Project};
use crate::yaml::At;

/// The three figures of a line.
#[derive(Clone, Copy)]
struct Line {
    total: FactId,
    per_head: FactId,
    share: FactId,
}

/// What shares and costs per head are of.
#[derive(Clone, Copy)]
struct Base {
    spent: Option<FactId>,
    people: Option<FactId>,
}

impl Collector<'_, '_> {
    pub(super) fn costs(&mut self, stem: &str, file: &CostFile, project: &Project) {
        self.enter(file.source.as_ref());
        let subtotal = &file.subtotal;
        let spent = self.line(&format!("{stem}.subtotal"), &subtotal.total, &subtotal.per_head, &subtotal.share);
        let people =
            project.organisation.population.as_ref().and_then(|_| self.facts.find("", "organisation.population"));
        let base = Base { spent: spent.map(|line| line.total), people };
        let mut sums = Vec::new();
        let lines = self.lines(stem, &file.lines, base, &mut sums);
        if let Some(spent) = spent {
            self.proportions(spent, base);
            self.cast(spent.total, lines.iter().map(|line| line.total).collect());
            sums.push((spent.share, lines.iter().map(|line| line.share).collect()));
            sums.push((spent.per_head, lines.iter().map(|line| line.per_head).collect()));
        }
        let contribution = self.money(&format!("{stem}.contribution"), &file.contribution.total);
        let total = self.money(&format!("{stem}.total"), &file.total.total);
        if let (Some(spent), Some(contribution), Some(total)) = (spent, contribution, total) {
            self.cast(total, vec![spent.total, contribution]);
        }
        let has_note = file.rounding_note.is_some();
        self.facts.rounded_sums.push(RoundedSums { sums, has_note, at: file.caption.at });
    }

    fn lines(
        &mut self,
        above: &str,
        lines: &[CostLine],
        base: Base,
        sums: &mut Vec<(FactId, Vec<FactId>)>,
    ) -> Vec<Line> {
        let mut all = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let address = format!("{above}.{}", segment(&line.name, place));
            let Some(own) = self.line(&address, &line.total, &line.per_head, &line.share) else { continue };
            self.proportions(own, base);
            let parts = self.lines(&address, line.lines.as_deref().unwrap_or_default(), base, sums);
            if !parts.is_empty() {
                self.cast(own.total, parts.iter().map(|part| part.total).collect());
                sums.push((own.share, parts.iter().map(|part| part.share).collect()));
                sums.push((own.per_head, parts.iter().map(|part| part.per_head).collect()));
            }
            all.push(own);
        }
        all
    }

    fn line(&mut self, address: &str, total: &At<Money>, per_head: &At<Money>, share: &At<Percent>) -> Option<Line> {
        Some(Line {
            total: self.money(address, total)?,
            per_head: self.money(&format!("{address}.per-head"), per_head)?,
            share: self.percent(&format!("{address}.share"), share.value, share.at)?,
        })
    }

    fn money(&mut self, address: &str, money: &At<Money>) -> Option<FactId> {
        self.typed(address, money.value.into(), money.at)
    }

    fn percent(&mut self, address: &str, percent: Percent, at: Span) -> Option<FactId> {
        self.typed(address, percent.into(), at)
    }

    /// The share and the cost per head that follow from a line's total.
    fn proportions(&mut self, line: Line, base: Base) {
        let quantity = |collector: &Self, id: FactId| collector.facts.quantity(id);
        if let Some(spent) = base.spent
            && let Some(ratio) =
                quantity(self, line.total).zip(quantity(self, spent)).and_then(|(one, all)| one.divided_by(all).ok())
            && let Some(exact) = percentage(ratio)
        {
            let exact = self.beside(line.share, "exact", exact, Formula::Quotient(line.total, spent));
            let (printed, part, whole) = (line.share, line.total, spent);
            self.facts.proportions.push(Proportion { kind: ProportionKind::Share, printed, part, whole, exact });
        }
        if let Some(people) = base.people
            && let Some(exact) =
                quantity(self, line.total).zip(quantity(self, people)).and_then(|(one, all)| one.divided_by(all).ok())
        {
            let exact = self.beside(line.per_head, "exact", exact, Formula::Quotient(line.total, people));
            let (printed, part, whole) = (line.per_head, line.total, people);
            self.facts.proportions.push(Proportion { kind: ProportionKind::PerHead, printed, part, whole, exact });
        }
    }
}
