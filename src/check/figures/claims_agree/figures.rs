//! What the figures of a sentence say themselves: a share, a rise or a fall.

use std::ops::Range;

use rust_decimal::Decimal;

use super::phrases::{Claim, claims};
use crate::check::Subject;
use crate::fact::{FactId, Formula, Origin, Passage, Side, Word, plain, sentence_around};
use crate::model::values::Unit;
use crate::wording::Wording;

/// A figure of a sentence, and what is typed before it.
pub struct Beside<'a> {
    /// The place of its word.
    pub word: usize,
    before: &'a str,
    pub fact: FactId,
    text: &'a str,
}

/// The figures that are bound in the sentence of some letters.
pub fn sentence_figures<'a>(passage: &'a Passage, place: usize, letters: &Range<usize>) -> Vec<Beside<'a>> {
    let start = passage.start_of(place);
    let sentence = sentence_around(&plain(&passage.words), &(start + letters.start..start + letters.end));
    let figure = |at: usize| match &passage.words[at] {
        Word::Bound { text, fact } if sentence.contains(&passage.start_of(at)) => {
            let before = at.checked_sub(1).map_or("", |before| passage.words[before].text());
            Some(Beside { word: at, before, fact: *fact, text })
        }
        _ => None,
    };
    (0..passage.words.len()).filter_map(figure).collect()
}

/// The share that a sentence gives: "48 of 51", or one percentage.
pub fn share(subject: &Subject, passage: &Passage, figures: &[Beside]) -> Option<(Decimal, String)> {
    let quantity = |one: &Beside| subject.facts.quantity(one.fact);
    let of = figures.windows(2).find(|pair| passage.report.wording().is_base(pair[1].before.trim()));
    if let Some([part, whole]) = of {
        let (number, base) = (quantity(part)?, quantity(whole)?);
        let share = number.number.checked_div(base.number).filter(|_| number.unit == base.unit)?;
        return Some((share, format!("{} of {}", part.text, whole.text)));
    }
    let mut percentages =
        figures.iter().filter(|one| quantity(one).is_some_and(|quantity| quantity.unit == Unit::Percent));
    let only = percentages.next().filter(|_| percentages.next().is_none())?;
    Some((quantity(only)?.number / Decimal::ONE_HUNDRED, only.text.to_owned()))
}

/// The figures behind a word, up to the next word that says where figures went; all where it says "up from" or stands
/// behind its figure.
pub fn in_clause<'f, 'a>(
    passage: &Passage,
    place: usize,
    letters: &Range<usize>,
    figures: &'f [Beside<'a>],
) -> Vec<&'f Beside<'a>> {
    let is_moving = |(_, claim): &(Range<usize>, Claim)| matches!(claim, Claim::Rise | Claim::Fall);
    let wording = passage.report.wording();
    let moves = |word: usize| match &passage.words[word] {
        Word::Plain(text) => claims(wording, text).into_iter().filter(is_moving).map(|(at, _)| at.start).collect(),
        _ => Vec::new(),
    };
    let next = (place..passage.words.len())
        .find(|word| moves(*word).iter().any(|start| *word > place || *start > letters.start))
        .unwrap_or(usize::MAX);
    let ends_word = passage.words[place].text()[letters.end..].trim().is_empty();
    let looks_back =
        wording.ends_with_phrase("phrases.from", &passage.words[place].text()[letters.clone()]) && ends_word;
    // The word in which the next one stands is read before the figure behind it.
    figures.iter().filter(|figure| looks_back || (figure.word > place && figure.word <= next)).collect()
}

/// By how much figures went up or down.
pub struct Moved {
    pub by: Decimal,
    pub shown: String,
    /// Whether it is typed as a size, without its direction.
    pub is_amount: bool,
}

/// By how much a sentence says that something rose: "from A to B", "B, up from A", or a difference that is bound.
pub fn rise(subject: &Subject, wording: &Wording, figures: &[&Beside]) -> Option<Moved> {
    let quantity = |one: &Beside| subject.facts.quantity(one.fact);
    let moved = |from: &Beside, to: &Beside| {
        let (before, after) = (quantity(from)?, quantity(to)?);
        let by = after.number.checked_sub(before.number).filter(|_| before.unit == after.unit)?;
        Some(Moved { by, shown: format!("from {} to {}", from.text, to.text), is_amount: false })
    };
    for pair in figures.windows(2) {
        let [one, next] = pair else { continue };
        let (before, between) = (one.before.trim_end(), next.before.trim());
        let (from, to) = ("phrases.from", "phrases.to");
        if wording.ends_with_phrase(from, before) && wording.ends_with_phrase(to, between) {
            return moved(one, next);
        }
        let comes_from = wording.ends_with_phrase("phrases.compared-with", between);
        if comes_from
            || (wording.ends_with_phrase(to, before) && wording.ends_with_phrase("phrases.from-behind", between))
        {
            return moved(next, one);
        }
    }
    if let Some((by, shown)) = figures.iter().find_map(|one| direction_of_run(subject, wording, one)) {
        return Some(Moved { by, shown, is_amount: false });
    }
    let is_change = |one: &&&Beside| {
        let fact = subject.facts.get(one.fact);
        let is_difference = matches!(fact.origin, Origin::Derived(Formula::Growth(..) | Formula::Difference(..)));
        let is_single =
            subject.facts.single.contains(&one.fact) && wording.ends_with_phrase("phrases.by", one.before.trim_end());
        is_difference || is_single || ["format.up", "format.down"].iter().any(|way| says(wording, way, one.text))
    };
    let one = figures.iter().find(is_change)?;
    let is_typed = matches!(subject.facts.get(one.fact).origin, Origin::Typed(_));
    Some(Moved { by: quantity(one)?.number, shown: one.text.to_owned(), is_amount: is_typed })
}

/// Whether a figure is printed as a change that went a way, "Up 5%", also with a small letter.
fn says(wording: &Wording, way: &str, text: &str) -> bool {
    const SIZE: &str = "{}";
    let (text, said) = (text.to_lowercase(), wording.say(way, &[("size", SIZE)]).to_lowercase());
    let (before, behind) = said.split_once(SIZE).unwrap_or((&said, ""));
    text.strip_prefix(before).is_some_and(|rest| rest.ends_with(behind))
}

/// Where figures went, of a run or trend that a sentence binds something of: `visits.variation.visits.run.from`.
fn direction_of_run(subject: &Subject, wording: &Wording, one: &Beside) -> Option<(Decimal, String)> {
    let (run, _) = subject.facts.get(one.fact).address.rsplit_once('.')?;
    let length = subject.facts.find("", &format!("{run}.length")).filter(|_| run.contains(".variation."))?;
    let run = subject.facts.run_of_length(length)?;
    let by = match run.side {
        Side::High => Decimal::ONE,
        Side::Low => -Decimal::ONE,
    };
    Some((by, format!("a stretch that is {}", run.shown(wording))))
}
