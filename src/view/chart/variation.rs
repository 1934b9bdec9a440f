//! Figures over time with what is expected of them: an XmR chart, or a run chart where there are few.

use rust_decimal::Decimal;
use serde::Serialize;

use super::lines::{frame, is_in_a_dip, joined, spread};
use super::matter::{Matter, Point};
use super::places::{WIDE, WITH_ENDS, initials_of};
use crate::fact::{Assurance, Change, Effect, FactId, Lines, Rule, Side, StretchFacts, Variation};
use crate::model::values::ChartForm;
use crate::view::charts::{self, Axis, Band, Dot, DotShape, End, Label, Level, LevelKind, Plot, StepMark};
use crate::view::copy_editor::{CopyEditor, Words};
use crate::view::drawn::DrawnMark;

/// A sign for what the figures say, with its words: five dots against two limits, or against a target.
#[derive(Debug, PartialEq, Serialize)]
pub struct Sign {
    /// Its outline: a disc for what is good, a square for what is bad, a ring for neither.
    pub shape: DotShape,
    /// The lines in it, in fortieths of its height, and whether they are a target.
    pub lines: Vec<u32>,
    pub is_target: bool,
    /// Its dots, in fortieths of its width and height.
    pub dots: Vec<(u32, u32)>,
    pub words: Words,
}

/// The box, with limits, steps and special causes.
pub fn plot(editor: &CopyEditor, matter: &Matter, variation: &Variation) -> Plot {
    let Some(series) = matter.series.first() else { return Plot::default() };
    let count = matter.places.len();
    let clamped = |number: Decimal| clamp(number, &series.numbers().collect::<Vec<_>>(), series.is_percentage());
    let target = variation.target;
    let drawn_lines = (0..variation.stretches.len()).flat_map(|place| lines_of(editor, variation, place));
    let drawn_lines = drawn_lines.map(|line| clamped(line.number));
    let numbers: Vec<Decimal> = series.numbers().chain(drawn_lines).chain(target.map(|(_, target)| target)).collect();
    let axis = Axis::close_to(numbers.iter().copied());
    let edge = |place: usize| charts::share(place, count);
    let (mut bands, mut levels, mut steps, mut dots) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (place, stretch) in variation.stretches.iter().enumerate() {
        let (x, width) =
            (edge(stretch.rows.start), charts::in_hundredths(edge(stretch.rows.end) - edge(stretch.rows.start)));
        let facts = facts_of(variation, place);
        let level = |line: StretchLine| Level {
            draws: editor.mark(line.fact),
            x,
            width,
            y: axis.down(clamped(line.number)),
            kind: line.kind,
        };
        if let (Some(limits), Some(fact)) = (stretch.limits(), facts.upper_limit) {
            let (upper, lower) = (axis.down(clamped(limits.upper())), axis.down(clamped(limits.lower())));
            let height = charts::in_hundredths(lower - upper);
            bands.push(Band { draws: editor.mark(fact), x, width, y: upper, height });
        }
        levels.extend(lines_of(editor, variation, place).into_iter().map(level));
        let reason = variation.watched.stretches.get(place).and_then(|one| one.reason.as_ref());
        steps.extend(reason.map(|reason| {
            let reason = editor.words(reason);
            // It begins at its line, and goes on over the names of the limits.
            let on_phone = reason.text.chars().count() as f64 <= (100.0 - x) / 100.0 * WIDE.narrow as f64;
            StepMark { x, reason, on_phone, place: matter.places.get(stretch.rows.start).cloned().unwrap_or_default() }
        }));
        for (row, cause) in stretch.rows.clone().zip(&stretch.causes) {
            let Some(point) = series.points.get(row).and_then(Option::as_ref) else { continue };
            let shape = match cause.as_ref().map(|cause| cause.effect) {
                None => DotShape::Ring,
                Some(Effect::Better | Effect::Neither) => DotShape::Disc,
                Some(Effect::Worse) => DotShape::Square,
            };
            let (x, y) = (charts::middle(row, count), axis.down(point.number));
            dots.push(Dot { draws: point.mark(editor), series: 0, x, y, is_last: cause.is_some(), shape });
        }
    }
    levels.extend(target.map(|(fact, target)| Level {
        draws: editor.mark(fact),
        x: 0.0,
        width: 100.0,
        y: axis.down(target),
        kind: LevelKind::Target,
    }));
    let frame = frame(editor, &matter.places, Some(series), axis, (charts::middle, WITH_ENDS));
    Plot {
        bands,
        levels,
        steps,
        labels: labels(editor, matter, variation, axis),
        ends: spread(ends(editor, variation, |number| axis.down(clamped(number))), ChartForm::Xmr, 1),
        dots,
        places: initials_of(&matter.places, frame.places.clone(), editor.wording()),
        ..joined(editor, &matter.series, axis, frame, charts::middle)
    }
}

/// Limits beyond what can be are drawn at its end: no share is above 100% or below nought, and nothing is below nought
/// of which no figure is.
fn clamp(number: Decimal, figures: &[Decimal], is_percentage: bool) -> Decimal {
    let has_negatives = figures.iter().any(Decimal::is_sign_negative);
    let is_within = figures.iter().all(|figure| *figure <= Decimal::ONE_HUNDRED);
    let number = if has_negatives { number } else { number.max(Decimal::ZERO) };
    if is_percentage && is_within { number.min(Decimal::ONE_HUNDRED) } else { number }
}

/// A line of a stretch, with the fact that it draws.
struct StretchLine {
    kind: LevelKind,
    name: String,
    number: Decimal,
    fact: FactId,
}

/// The lines of a stretch, by its place.
fn lines_of(editor: &CopyEditor, variation: &Variation, place: usize) -> Vec<StretchLine> {
    let facts = facts_of(variation, place);
    let lines = match variation.stretches.get(place).and_then(|stretch| stretch.lines) {
        Some(Lines::Limits(limits)) => vec![
            (LevelKind::Limit, "variation.upper-limit", limits.upper(), facts.upper_limit),
            (LevelKind::Mean, "variation.mean", limits.mean(), facts.mean),
            (LevelKind::Limit, "variation.lower-limit", limits.lower(), facts.lower_limit),
        ],
        Some(Lines::Median(median)) => vec![(LevelKind::Mean, "variation.median", median, facts.median)],
        None => Vec::new(),
    };
    let lines = lines.into_iter();
    lines
        .filter_map(|(kind, name, number, fact)| {
            Some(StretchLine { kind, name: editor.say(name), number, fact: fact? })
        })
        .collect()
}

fn facts_of(variation: &Variation, place: usize) -> StretchFacts {
    variation.facts.get(place).copied().unwrap_or_default()
}

/// What is drawn besides the figures: for each stretch the field between its limits and its lines, and the target.
pub fn drawn(editor: &CopyEditor, matter: &Matter, variation: &Variation) -> Vec<DrawnMark> {
    let Some(series) = matter.series.first() else { return Vec::new() };
    let figures: Vec<Decimal> = series.numbers().collect();
    let clamped = |number: Decimal| clamp(number, &figures, series.is_percentage());
    let text = |fact: FactId| editor.facts.printed(&editor.report.id, fact);
    let mut all = Vec::new();
    for (place, stretch) in variation.stretches.iter().enumerate() {
        let facts = facts_of(variation, place);
        if let (Some(limits), Some(fact)) = (stretch.limits(), facts.upper_limit) {
            let ends = (clamped(limits.lower()), clamped(limits.upper()));
            all.push(DrawnMark::field(fact, text(fact), ends, stretch.rows.clone()));
        }
        let lines = lines_of(editor, variation, place).into_iter();
        all.extend(
            lines.map(|line| DrawnMark::level(line.fact, text(line.fact), clamped(line.number), stretch.rows.clone())),
        );
    }
    all.extend(
        variation.target.map(|(fact, target)| DrawnMark::level(fact, text(fact), target, 0..matter.places.len())),
    );
    all
}

/// What the lines of the last stretch are called, with their figures.
fn ends(editor: &CopyEditor, variation: &Variation, down: impl Fn(Decimal) -> f64) -> Vec<End> {
    let Some(last) = variation.stretches.len().checked_sub(1) else { return Vec::new() };
    let end = |fact: FactId, name: String, number: Decimal| {
        let figure = editor.fact_as(fact, editor.facts.printed(&editor.report.id, fact));
        End::new(0, (down(number), false), figure, vec![name])
    };
    let target = variation.target.map(|(fact, number)| end(fact, editor.say("variation.target"), number));
    let lines = lines_of(editor, variation, last).into_iter().map(|line| end(line.fact, line.name, line.number));
    lines.chain(target).collect()
}

/// The figures outside a limit, and the last one.
fn labels(editor: &CopyEditor, matter: &Matter, variation: &Variation, axis: Axis) -> Vec<Label> {
    let Some(series) = matter.series.first() else { return Vec::new() };
    let mut sides = vec![None; matter.places.len()];
    for stretch in &variation.stretches {
        for (row, cause) in stretch.rows.clone().zip(&stretch.causes) {
            let outside = cause.iter().flat_map(|cause| &cause.rules).find(|(rule, _)| *rule == Rule::OutsideLimit);
            if let (Some((_, side)), Some(known)) = (outside, sides.get_mut(row)) {
                *known = Some(*side);
            }
        }
    }
    let last = series.known().next_back().map(|(place, _)| place);
    let wanted: Vec<usize> = last.into_iter().chain((0..sides.len()).filter(|place| sides[*place].is_some())).collect();
    let letters: Vec<usize> =
        series.points.iter().map(|point| point.as_ref().map_or(0, |one| one.text.len())).collect();
    // Only these are printed, whatever room there is for others.
    let among = |room: usize| {
        let shown = charts::with_room(&letters, &wanted, room);
        (0..shown.len()).map(|place| shown[place] && wanted.contains(&place)).collect::<Vec<bool>>()
    };
    let (wide, narrow) = (among(WIDE.wide), among(WIDE.narrow));
    let label = |(place, point): (usize, &Point)| {
        wide[place].then(|| Label {
            x: charts::middle(place, matter.places.len()),
            y: axis.down(point.number),
            is_below: match sides[place] {
                Some(side) => side == Side::Low,
                None => is_in_a_dip(series, place),
            },
            words: point.words(editor),
            // The end of the line has little room beside the names of the limits.
            on_phone: narrow[place] && Some(place) != last,
        })
    };
    series.known().filter_map(label).collect()
}

/// What the figures say of themselves, as signs.
pub fn signs(editor: &CopyEditor, variation: &Variation) -> Vec<Sign> {
    const ACROSS: [u32; 5] = [8, 14, 20, 26, 32];
    let dots = |heights: [u32; 5]| ACROSS.into_iter().zip(heights).collect();
    let words = |fact: FactId| editor.fact_as(fact, editor.facts.printed(&editor.report.id, fact));
    let change = variation.change.map(|(fact, change)| {
        let (shape, heights) = match change {
            Change::None => (DotShape::Ring, [18, 22, 19, 23, 20]),
            Change::Special(effect, Side::High) => (shape_of(effect), [22, 19, 12, 10, 9]),
            Change::Special(effect, Side::Low) => (shape_of(effect), [18, 21, 28, 30, 31]),
        };
        Sign { shape, lines: vec![14, 26], is_target: false, dots: dots(heights), words: words(fact) }
    });
    let assurance = variation.assurance.map(|(fact, assurance)| {
        let (shape, heights) = match assurance {
            Assurance::LikelyToMeet => (DotShape::Disc, [12, 10, 13, 9, 11]),
            Assurance::LikelyToMiss => (DotShape::Square, [28, 30, 27, 31, 29]),
            Assurance::MayMeetOrMiss => (DotShape::Ring, [14, 26, 15, 27, 13]),
        };
        Sign { shape, lines: vec![20], is_target: true, dots: dots(heights), words: words(fact) }
    });
    change.into_iter().chain(assurance).collect()
}

fn shape_of(effect: Effect) -> DotShape {
    match effect {
        Effect::Better => DotShape::Disc,
        Effect::Worse => DotShape::Square,
        Effect::Neither => DotShape::Ring,
    }
}

/// What is said under the chart: how it is read, of which rows its limits are, and its latest run.
pub fn remarks(editor: &CopyEditor, matter: &Matter, variation: &Variation, stem: &str, column: &str) -> Vec<Words> {
    let has_limits = variation.stretches.iter().any(|stretch| stretch.limits().is_some());
    let how = editor.say(if has_limits { "variation.xmr" } else { "variation.run" });
    let baselines = variation.watched.stretches.iter().filter_map(|stretch| stretch.baseline.as_ref()).map(|one| {
        let name = |place: usize| Words::plain(matter.places.get(place).cloned().unwrap_or_default());
        let (from, to) = (name(one.rows.start), name(one.rows.end.saturating_sub(1)));
        editor.phrase("variation.baseline", [("from", from), ("to", to), ("reason", editor.words(&one.reason))])
    });
    let facts = variation.facts.last();
    let of = |what: &str, part: &str| editor.fact(&format!("{stem}.variation.{column}.{what}.{part}"));
    let run = |what: &str| {
        let fills =
            [("n", of(what, "length")), ("is", of(what, "is")), ("from", of(what, "from")), ("to", of(what, "to"))];
        editor.phrase("variation.in-a-row", fills)
    };
    let runs =
        [facts.and_then(|one| one.run).map(|_| run("run")), facts.and_then(|one| one.trend).map(|_| run("trend"))];
    let mut all = vec![Words::plain(how)];
    all.extend(baselines);
    all.extend(runs.into_iter().flatten());
    all
}
