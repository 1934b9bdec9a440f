//! Expressions over facts: what they come to, which facts they name, and why they have no value.

use std::ops::Range;

use super::{CalculationError, Expression, FactId, Facts, Fold, Operand, Pattern, Quantity, Term};
use crate::diagnostic::{Code, Diagnostic, SourceMap, Span, nearest};
use crate::yaml::{self, Text};

impl Facts<'_> {
    /// The facts that an expression names, as seen from a scope.
    pub fn named_in(&self, scope: &str, expression: &Expression) -> Vec<FactId> {
        let facts = |operand: &Operand| match operand {
            Operand::Address(address) => self.find(scope, address).into_iter().collect(),
            Operand::Over(_, pattern) => self.matching(scope, pattern),
            Operand::Number(_) => Vec::new(),
        };
        expression.operands.iter().flat_map(|(operand, _)| facts(operand)).collect()
    }

    /// The finding for an address that leads to no fact; it still lacks its place.
    pub fn unknown(&self, scope: &str, address: &str) -> Diagnostic {
        if let Some(finding) = self.not_in_last(scope, address).or_else(|| self.not_in_row(scope, address)) {
            return finding;
        }
        let finding = Diagnostic::error_nowhere(Code::UnknownFact, format!("there is no figure `{address}`"));
        if !self.whole {
            return finding; // It is passed over: what was not read cannot be offered.
        }
        // Other reports are offered where their names are near.
        let first = address.split_once('.').map_or(address, |(first, _)| first);
        let other = nearest(first, self.scopes.keys().map(String::as_str).filter(|one| *one != scope));
        let local = format!("{scope}.");
        let own = self.within(scope).map(|(address, _)| address.strip_prefix(local.as_str()).unwrap_or(address));
        let known = own.chain(other.into_iter().flat_map(|other| self.within(other)).map(|(address, _)| &**address));
        finding.did_you_mean(address, known).help("`tally facts` lists all figures with their addresses")
    }
}

/// The finding for an address that leads to no fact.
pub(super) fn unknown(facts: &Facts, scope: &str, address: &str, at: Span) -> Diagnostic {
    Diagnostic { at: Some(at), ..facts.unknown(scope, address) }
}

/// Why an expression has no value.
#[derive(Debug)]
pub enum EvaluationError {
    /// The words that name no figure, and where they stand in the expression.
    NamesNothing(String, Range<usize>),
    /// The address of a day or a year, with which nothing can be calculated.
    NoQuantity(String),
    Calculation(CalculationError),
}

/// Evaluates an expression, as seen from a scope.
pub fn evaluate(facts: &Facts, scope: &str, expression: &Expression) -> Result<Term, EvaluationError> {
    let quantity =
        |id: FactId| facts.quantity(id).ok_or_else(|| EvaluationError::NoQuantity(facts.get(id).address.to_string()));
    expression.evaluate(|operand, at| match operand {
        Operand::Number(number) => Ok(*number),
        Operand::Address(address) => match facts.find(scope, address) {
            Some(id) => quantity(id),
            None => Err(EvaluationError::NamesNothing(address.clone(), at)),
        },
        Operand::Over(fold, pattern) => {
            let ids = facts.matching(scope, pattern);
            if ids.is_empty() {
                return Err(EvaluationError::NamesNothing(pattern.to_string(), at));
            }
            let quantities = ids.into_iter().map(quantity).collect::<Result<Vec<_>, _>>()?;
            folded(*fold, &quantities).map_err(EvaluationError::Calculation)
        }
    })
}

fn folded(fold: Fold, quantities: &[Quantity]) -> Result<Quantity, CalculationError> {
    let Some((first, rest)) = quantities.split_first() else { return Ok(Quantity::count(0)) };
    rest.iter()
        .try_fold(*first, |so_far, next| match fold {
            Fold::Sum => so_far.plus(*next),
            Fold::Count => Ok(so_far),
            Fold::Least => Ok(if next.compared(so_far)?.is_lt() { *next } else { so_far }),
            Fold::Most => Ok(if next.compared(so_far)?.is_gt() { *next } else { so_far }),
        })
        .map(|result| if fold == Fold::Count { Quantity::count(quantities.len()) } else { result })
}

/// The finding for an expression that has no value or not the kind of value that is needed.
pub fn report(
    facts: &Facts,
    scope: &str,
    text: &Text,
    outcome: &Result<Term, EvaluationError>,
    sources: &SourceMap,
) -> Option<Diagnostic> {
    let whole = facts.whole;
    if let Err(EvaluationError::NamesNothing(words, _)) = outcome
        && facts.has_failed(scope, words)
    {
        return None;
    }
    let calculation = |fault: &CalculationError| {
        Diagnostic::error(fault.code(), text.at, format!("this cannot be calculated: {fault}"))
    };
    match outcome {
        Err(EvaluationError::NamesNothing(words, at)) if Pattern::is_plain(words) => {
            whole.then(|| unknown(facts, scope, words, yaml::part(sources, text.at, at.clone())))
        }
        Err(EvaluationError::NamesNothing(words, at)) => whole.then(|| {
            Diagnostic::error(
                Code::UnknownFact,
                yaml::part(sources, text.at, at.clone()),
                format!("no figure fits the pattern `{words}`"),
            )
            .help("`tally facts PATTERN` shows what fits")
        }),
        Err(EvaluationError::NoQuantity(address)) => {
            let message = format!("{address} is no figure that can be calculated with");
            Some(
                Diagnostic::error(Code::UnitsDoNotFit, text.at, message)
                    .help("calculate with counts, money, percentages and times"),
            )
        }
        Err(EvaluationError::Calculation(fault)) | Ok(Term::Fault(fault)) => Some(calculation(fault)),
        Ok(Term::Chain) => {
            Some(Diagnostic::error(Code::BrokenExpression, text.at, "the expression cannot be understood"))
        }
        Ok(Term::Quantity(_) | Term::Truth { .. }) => None,
    }
}
