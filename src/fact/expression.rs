//! The small language of relations and formulas: `revenue.limit - costs.total == surplus.total`.
//!
//! In: a text. Out: an [`Expression`], which is evaluated with whatever gives its addresses their values. Operands
//! are cut out here, because an address may hold hyphens; precedence and brackets are the business of `exmex`, which
//! gets the operands as numbered variables and calculates with [`Term`]s, that is with exact decimals and units.

use std::ops::Range;
use std::str::FromStr;

use exmex::prelude::*;
use exmex::{BinOp, MakeOperators, NumberMatcher, Operator};
use rust_decimal::Decimal;

use super::address::{Pattern, is_address};
use super::quantity::{CalculationError, Quantity};
use crate::model::values::number::parse_number;
use crate::model::values::{Money, Percent, Unit};
use crate::yaml::Parse;

/// Longest expression that is taken, in operands: nobody can check a longer one.
const MOST_OPERANDS: usize = 100;

/// An expression, ready to be evaluated.
#[derive(Debug, Clone)]
pub struct Expression {
    tree: FlatEx<Term, Operators, NumberMatcher>,
    /// With their places in the text.
    pub operands: Vec<(Operand, Range<usize>)>,
    /// Whether it compares two sides.
    pub compares: bool,
    /// The signs between the operands, in their order.
    signs: String,
}

/// What an expression calculates with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    Address(String),
    Number(Quantity),
    Over(Fold, Pattern),
}

/// What is made of all facts that fit a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    Sum,
    Count,
    Least,
    Most,
}

/// What went wrong in the text of an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    pub at: Range<usize>,
    pub message: String,
}

/// A value on the way: a quantity, the outcome of a comparison with its two sides, or why there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Term {
    Quantity(Quantity),
    Truth {
        holds: bool,
        left: Quantity,
        right: Quantity,
    },
    Fault(CalculationError),
    /// A comparison where a number is needed.
    #[default]
    Chain,
}

/// Operands never reach the library as text.
impl FromStr for Term {
    type Err = &'static str;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Err("numbers are operands")
    }
}

#[derive(Debug, Clone)]
struct Operators;

impl MakeOperators<Term> for Operators {
    fn make<'a>() -> Vec<Operator<'a, Term>> {
        let binary = |sign, prio, apply| Operator::make_bin(sign, BinOp { apply, prio, is_commutative: false });
        vec![
            binary("==", 0, |one, two| compare(one, two, Quantity::agrees)),
            binary("!=", 0, |one, two| compare(one, two, |one, two| one.agrees(two).map(|same| !same))),
            binary("<=", 0, |one, two| {
                compare(one, two, |one, two| Ok(one.agrees(two)? || one.compared(two)?.is_le()))
            }),
            binary(">=", 0, |one, two| {
                compare(one, two, |one, two| Ok(one.agrees(two)? || one.compared(two)?.is_ge()))
            }),
            binary("<", 0, |one, two| compare(one, two, |one, two| one.compared(two).map(|order| order.is_lt()))),
            binary(">", 0, |one, two| compare(one, two, |one, two| one.compared(two).map(|order| order.is_gt()))),
            binary("+", 1, |one, two| calculate(one, two, Quantity::plus)),
            binary("-", 1, |one, two| calculate(one, two, Quantity::minus)),
            binary("*", 2, |one, two| calculate(one, two, Quantity::times)),
            binary("/", 2, |one, two| calculate(one, two, Quantity::divided_by)),
        ]
    }
}

type Calculation = fn(Quantity, Quantity) -> Result<Quantity, CalculationError>;
type Comparison = fn(Quantity, Quantity) -> Result<bool, CalculationError>;

fn calculate(one: Term, two: Term, by: Calculation) -> Term {
    both(one, two, |one, two| by(one, two).map_or_else(Term::Fault, Term::Quantity))
}

fn compare(one: Term, two: Term, by: Comparison) -> Term {
    both(one, two, |left, right| by(left, right).map_or_else(Term::Fault, |holds| Term::Truth { holds, left, right }))
}

fn both(one: Term, two: Term, then: impl Fn(Quantity, Quantity) -> Term) -> Term {
    match (one, two) {
        (Term::Quantity(one), Term::Quantity(two)) => then(one, two),
        (Term::Fault(fault), _) | (_, Term::Fault(fault)) => Term::Fault(fault),
        _ => Term::Chain,
    }
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let mut reader = Reader {
            text,
            at: 0,
            operands: Vec::new(),
            skeleton: String::new(),
            open: 0,
            wants_operand: true,
            signs: String::new(),
        };
        reader.read()?;
        let whole = || 0..text.len();
        let fail = |message: &str| ExpressionError { at: whole(), message: message.to_owned() };
        if reader.operands.len() > MOST_OPERANDS {
            return Err(fail("the expression is too long to be checked by anybody: use a sum over a pattern"));
        }
        let comparisons =
            ["==", "!=", "<", ">"].iter().map(|sign| reader.skeleton.matches(sign).count()).sum::<usize>();
        if comparisons > 1 {
            return Err(fail("an expression compares two sides, once"));
        }
        let tree =
            FlatEx::parse_wo_compile(&reader.skeleton).map_err(|_| fail("the expression cannot be understood"))?;
        Ok(Self { tree, operands: reader.operands, compares: comparisons == 1, signs: reader.signs })
    }

    /// Whether no other signs stand between its operands than these.
    pub fn uses_only(&self, signs: &str) -> bool {
        self.signs.chars().all(|sign| signs.contains(sign))
    }

    /// Evaluates it; `value` gives each operand its quantity.
    pub fn evaluate<E>(&self, mut value: impl FnMut(&Operand, Range<usize>) -> Result<Quantity, E>) -> Result<Term, E> {
        let values: Vec<Term> = self
            .operands
            .iter()
            .map(|(operand, at)| value(operand, at.clone()).map(Term::Quantity))
            .collect::<Result<_, _>>()?;
        // Variables are named by their places and zero-padded, so that the order of names is that of operands.
        Ok(self.tree.eval(&values).unwrap_or_default())
    }
}

/// Cuts a text into operands and signs.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    operands: Vec<(Operand, Range<usize>)>,
    /// The expression with numbered variables for its operands.
    skeleton: String,
    open: usize,
    wants_operand: bool,
    signs: String,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), ExpressionError> {
        while let Some(next) = self.rest().chars().next() {
            match next {
                ' ' => self.at += 1,
                '(' if self.wants_operand => {
                    self.open += 1;
                    self.sign("(", true);
                }
                ')' if !self.wants_operand && self.open > 0 => {
                    self.open -= 1;
                    self.sign(")", false);
                }
                _ if self.wants_operand => self.operand()?,
                _ => self.operator()?,
            }
        }
        match (self.open, self.wants_operand) {
            (0, false) => Ok(()),
            (_, true) => self.fail(self.at..self.at, "an address or a number is missing at the end"),
            _ => self.fail(self.at..self.at, "a bracket is not closed"),
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn sign(&mut self, sign: &str, wants_operand: bool) {
        self.at += sign.len();
        self.skeleton.push_str(sign);
        self.wants_operand = wants_operand;
    }

    fn operator(&mut self) -> Result<(), ExpressionError> {
        let signs = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/"];
        match signs.iter().find(|sign| self.rest().starts_with(**sign)) {
            Some(sign) => {
                self.signs.push_str(sign);
                self.sign(sign, true);
                Ok(())
            }
            None => {
                let end = self.at + self.rest().chars().next().map_or(0, char::len_utf8);
                self.fail(self.at..end, "one of + - * / == != <= >= < > is expected here")
            }
        }
    }

    fn operand(&mut self) -> Result<(), ExpressionError> {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || "-._£$€%,".contains(c))).unwrap_or(rest.len());
        let word = rest[..length].to_owned();
        let at = self.at..self.at + length;
        let folds = [("sum", Fold::Sum), ("count", Fold::Count), ("min", Fold::Least), ("max", Fold::Most)];
        if let Some((_, fold)) = folds.iter().find(|(name, _)| *name == word && rest[length..].starts_with('(')) {
            let inside = &rest[length + 1..];
            let Some(end) = inside.find(')') else { return self.fail(at, "a bracket is not closed") };
            let at = at.start..at.end + end + 2;
            return match Pattern::parse(inside[..end].trim()) {
                Some(pattern) => {
                    self.push(Operand::Over(*fold, pattern), at);
                    Ok(())
                }
                None => self.fail(at, "a pattern is an address in which * stands for a segment and ** for several"),
            };
        }
        match read_operand(&word) {
            Some(operand) => {
                self.push(operand, at);
                Ok(())
            }
            None if word.starts_with(|c: char| c.is_ascii_digit()) => {
                let why = parse_number(&word).err().map_or_else(String::new, |why| why.to_string());
                self.fail(at, &format!("this is no number: {why}"))
            }
            None => {
                let end = at.end.max(at.start + rest.chars().next().map_or(0, char::len_utf8));
                self.fail(at.start..end, "an address or a number is expected here")
            }
        }
    }

    fn push(&mut self, operand: Operand, at: Range<usize>) {
        self.skeleton.push_str(&format!("{{{:05}}}", self.operands.len()));
        self.at = at.end;
        self.operands.push((operand, at));
        self.wants_operand = false;
    }

    fn fail<T>(&self, at: Range<usize>, message: &str) -> Result<T, ExpressionError> {
        Err(ExpressionError { at, message: message.to_owned() })
    }
}

/// Numbers in an expression are exact: `10` is ten, not ten and a half rounded.
fn read_operand(word: &str) -> Option<Operand> {
    let exact = |number: Decimal, unit| Some(Operand::Number(Quantity::exact(number, unit)));
    if word.starts_with(['£', '$', '€']) {
        return Money::parse(word).ok().and_then(|money| exact(money.0.in_full(), money.0.unit));
    }
    if word.ends_with('%') {
        return Percent::parse(word).ok().and_then(|percent| exact(percent.0, Unit::Percent));
    }
    if let Ok(number) = parse_number(word) {
        return exact(number, Unit::Number);
    }
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_address(word) && !is_number).then(|| Operand::Address(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Term {
        let expression = Expression::parse(text).unwrap();
        let evaluated = expression.evaluate(|operand, _| match operand {
            Operand::Number(number) => Ok(*number),
            Operand::Address(address) if address == "costs.per-head" => Ok(Quantity::exact(Decimal::TWO, Unit::POUNDS)),
            other => Err(format!("{other:?}")),
        });
        evaluated.unwrap()
    }

    #[test]
    fn products_bind_more_than_sums_and_comparisons_least() {
        let is = |text: &str, number: i64| {
            assert!(matches!(value(text), Term::Quantity(one) if one.number == Decimal::from(number)), "{text}");
        };
        is("2 + 3 * 4", 14);
        is("(2 + 3) * 4", 20);
        is("20 - 5 - 3", 12);
        is("20 / 5 / 2", 2);
        is("costs.per-head * 10", 20);
        assert!(matches!(value("2 + 2 == 4"), Term::Truth { holds: true, .. }));
        assert!(matches!(value("2 + 2 > 4"), Term::Truth { holds: false, .. }));
        assert!(matches!(value("£5 + 1"), Term::Fault(CalculationError::Units(..))));
        assert!(matches!(value("5 / (2 - 2)"), Term::Fault(CalculationError::ByZero)));
    }

    #[test]
    fn what_cannot_be_understood_is_refused_at_its_place() {
        for (text, at) in [
            ("a.b ==", 6),
            ("(a.b", 4),
            ("a.b c.d", 4),
            ("a.b == == c", 7),
            ("A.b == 1", 0),
            ("a # b", 2),
            (")", 0),
            ("", 0),
        ] {
            assert_eq!(Expression::parse(text).unwrap_err().at.start, at, "{text}");
        }
        assert!(Expression::parse("1 < 2 < 3").is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-z0-9.()+*/<>=!£%{} -]{0,40}|\\PC{0,20}") {
            if let Ok(expression) = Expression::parse(&text) {
                let _ = expression.evaluate(|_, _| Ok::<_, ()>(Quantity::count(3)));
            }
        }
    }
}
