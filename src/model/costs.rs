//! Running costs: lines to three levels, whose indentation is the casting.

use super::values::{Id, Money, Percent};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// The running costs of a year.
    CostFile "a cost file" {
        required caption: Text,
        required lines: Vec<CostLine>,
        /// What was spent: the sum of the lines.
        required subtotal: CostTotal,
        required contribution: Contribution,
        /// What was allocated: subtotal and contribution.
        required total: Contribution,
        optional notes: Vec<Text>,
        /// Printed under the table where rounded figures do not add up.
        optional rounding_note: Text,
        /// Id of the source that the figures and names are taken from.
        optional source: At<Id>,
    }
}

record! {
    /// A cost, and the costs that it is the sum of.
    CostLine "a cost line" {
        required name: Text,
        required total: At<Money>,
        required per_head: At<Money>,
        required share: At<Percent>,
        optional lines: Vec<CostLine>,
    }
}

record! {
    /// The sum of all lines.
    CostTotal "the subtotal" {
        required name: Text,
        required total: At<Money>,
        required per_head: At<Money>,
        required share: At<Percent>,
    }
}

record! {
    /// A sum that has no share and no figure per head.
    Contribution "a sum" {
        required name: Text,
        required total: At<Money>,
    }
}

impl CostFile {
    /// Deepest level of lines that is printed.
    pub const LEVELS: usize = 3;

    /// Every line with its level, from 1, and the line above it, parents before their parts.
    pub fn each_line(&self) -> Vec<(usize, Option<&CostLine>, &CostLine)> {
        fn walk<'c>(
            lines: &'c [CostLine],
            level: usize,
            above: Option<&'c CostLine>,
            all: &mut Vec<(usize, Option<&'c CostLine>, &'c CostLine)>,
        ) {
            for line in lines {
                all.push((level, above, line));
                walk(line.lines.as_deref().unwrap_or_default(), level + 1, Some(line), all);
            }
        }
        let mut all = Vec::new();
        walk(&self.lines, 1, None, &mut all);
        all
    }
}
