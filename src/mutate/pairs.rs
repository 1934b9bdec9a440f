//! Slips that cancel each other out: what is taken from one figure is added to that of the next line.

use super::figures::{Typed, moved};
use super::{Change, Mutant, SlipKind};
use crate::source::SourceTree;

/// One taken from the last place of each figure and added to the next one of its column.
pub fn mutants(tree: &SourceTree, figures: &[Typed]) -> Vec<Mutant> {
    let column = |figure: &Typed| figure.address.rsplit_once('.').map(|(_, column)| column.to_owned());
    let pair = |(place, one): (usize, &Typed)| {
        let next = figures[place + 1..].iter().take_while(|next| next.at.file == one.at.file);
        let next = next.into_iter().find(|next| next.kind == one.kind && column(next) == column(one))?;
        let text = &tree.sources.file(one.at.file).text;
        let [from, to] = [one, next].map(|figure| tree.sources.range(figure.at));
        let [less, more] = [moved(&text[from.clone()], false), moved(&text[to.clone()], true)];
        Some(Mutant {
            kind: SlipKind::Pairs,
            address: one.address.clone(),
            change: Change::MovedToTheNext,
            from: text[from.clone()].to_owned(),
            to: less.clone(),
            file: one.at.file,
            edits: vec![(from, less), (to, more)],
        })
    };
    figures.iter().enumerate().filter_map(pair).collect()
}
