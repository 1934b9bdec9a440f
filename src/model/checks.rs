//! What the team says about its figures: relations, control totals, acknowledgements and levels, in `checks.yaml`.

use rust_decimal::Decimal;

use super::table::YesNo;
use super::values::number::parse_number;
use super::values::{Date, Id, Level};
use crate::diagnostic::Findings;
use crate::record;
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Text, Texts, Value};

record! {
    /// A checks file.
    CheckFile "a checks file" {
        /// How much the findings of rules matter, for all reports.
        optional levels: Vec<RuleLevel>,
        /// What must hold between figures.
        optional relations: Vec<Relation>,
        /// Sums that suppliers gave for their figures.
        optional control_totals: Vec<ControlTotal>,
        /// How many people or things percentages are of.
        optional bases: Vec<Base>,
        /// Files and sources that somebody compared from beginning to end.
        optional compared: Vec<Compared>,
        /// What is still as in the edition before, and right.
        optional confirmed: Vec<Confirmation>,
        /// Files of suppliers, with which data files agree cell by cell.
        optional compare_with: Vec<SuppliedFile>,
        /// Findings that the team lets stand, each with its figures and a reason.
        optional acknowledgements: Vec<Acknowledgement>,
    }
}

record! {
    /// How much the findings of a rule matter in this project.
    RuleLevel "a level" {
        /// The code of the rule, as its messages name it.
        required rule: Text,
        required level: Level,
    }
}

record! {
    /// A relation between figures that must hold.
    Relation "a relation" {
        required id: At<Id>,
        /// An expression with a comparison.
        required holds: Text,
        /// Why it holds.
        optional because: Text,
    }
}

record! {
    /// A sum that the supplier of figures gave for them.
    ControlTotal "a control total" {
        /// Patterns of addresses.
        required of: Patterns,
        /// The sum of the plain numbers, whatever their units.
        required is: At<PlainNumber>,
        /// Id of the source that the sum was taken from.
        required source: At<Id>,
        /// Whether each number counts as often as its place says, so that two which were exchanged are told.
        optional by_place: At<YesNo>,
    }
}

record! {
    /// What was compared with its source from beginning to end, and has not changed since.
    Compared "a comparison" {
        /// A file of this folder; or else `stated`.
        optional file: Text,
        /// Id of the source that texts state numbers from.
        optional stated: At<Id>,
        /// What it said then, in a few letters.
        required digest: Text,
        /// Who compared it.
        required by: Text,
        required date: Date,
    }
}

record! {
    /// What is still as in the edition before, and right.
    Confirmation "a confirmation" {
        /// Patterns of addresses; or else a file.
        optional of: Patterns,
        /// A file of this folder, for its texts.
        optional file: Text,
        /// Who confirmed it.
        required by: Text,
        required date: Date,
    }
}

record! {
    /// A file that the supplier of figures gave, with which a data file agrees cell by cell.
    SuppliedFile "a supplied file" {
        /// The CSV file, in this folder.
        required csv: Text,
        /// The table or the indicators of this folder that have the same figures.
        required file: Text,
        /// Id of the source that gave it.
        required source: At<Id>,
        /// Whether its plain numbers are in full where the table has a unit such as thousands.
        optional in_full: At<YesNo>,
        /// What it calls rows and columns otherwise.
        optional called: Vec<SuppliedName>,
        /// Rows and columns that only one of the two has.
        optional alone: Vec<Text>,
    }
}

record! {
    /// A row or column of a supplied file that is called otherwise here.
    SuppliedName "a supplier's name" {
        /// As the supplied file has it.
        required there: Text,
        /// As this content has it.
        required here: Text,
    }
}

record! {
    /// How many people or things percentages are of.
    Base "a base" {
        /// Patterns of addresses.
        required of: Patterns,
        /// Address of the figure that says how many.
        required is: Text,
    }
}

record! {
    /// A finding that the team lets stand.
    Acknowledgement "an acknowledgement" {
        /// The code of the finding, as its message names it.
        required rule: Text,
        /// The address that the message offers.
        required address: Text,
        /// The figures of the finding as they stood.
        required figures: At<Vec<Text>>,
        /// Of a number in a text: the sentence that it stands in, or begins as the number of an item.
        optional sentence: Text,
        /// Why it stands.
        required reason: Text,
        /// Who decided so.
        required by: Text,
        required date: Date,
    }
}

/// One pattern of addresses, or several.
#[derive(Debug, Clone)]
pub struct Patterns(pub Vec<Text>);

impl Formed for Patterns {
    fn form() -> Form {
        Form::Either(vec![Text::form(), Vec::<Text>::form()])
    }
}

impl FromNode for Patterns {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        match node.value {
            Value::Scalar { .. } => Text::from_node(node, findings).map(|one| Patterns(vec![one])),
            _ => Vec::from_node(node, findings).map(Patterns),
        }
    }
}

/// A number without a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlainNumber(pub Decimal);

impl Parse for PlainNumber {
    fn parse(text: &str) -> Result<Self, String> {
        parse_number(text).map(PlainNumber).map_err(|why| why.to_string())
    }

    fn texts() -> Texts {
        Texts::like("[-−–]?[0-9][0-9,]*([.][0-9]+)?")
    }
}
