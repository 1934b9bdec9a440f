//! Figures over time with what is expected of them: an XmR chart, or a run chart where there are few.

use rust_decimal::Decimal;
use serde::Serialize;

use super::lines::{frame, is_in_a_dip, joined, spread};
use super::marks;
use super::matter::{Matter, Point};
use super::places::{WIDE, WITH_ENDS, initials_of};
use crate::fact::{
    Assurance, Change, Effect, FactId, Lines, Rule, Side, SpecialCause, Stretch, StretchFacts, Variation, Word, plain,
};
use crate::model::values::ChartForm;
use crate::view::charts::{self, Axis, Band, Dot, DotShape, End, Label, Level, LevelKind, Plot, StepMark};
use crate::view::copy_editor::{CopyEditor, Words};
use crate::view::drawn::DrawnMark;
use crate::wording::Wording;
use crate::yaml::Text;

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
        steps.extend(step(editor, matter, variation, place).map(|one| StepMark {
            x,
            on_phone: one.has_room(WIDE.narrow),
            reason: one.has_room(WIDE.wide).then(|| editor.words(one.reason)),
            place: one.at,
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

/// Where something was changed.
struct Step<'v> {
    /// The name of its place.
    at: String,
    reason: &'v Text,
    letters: usize,
    /// Which part of the box there is for its reason, up to the next step; the last goes on over the names of the limits.
    share: f64,
}

impl Step<'_> {
    /// Whether its reason has room, of so many letters across the chart.
    fn has_room(&self, letters: usize) -> bool {
        self.letters as f64 <= self.share * letters as f64
    }
}

/// The step with which a stretch begins.
fn step<'v>(editor: &CopyEditor, matter: &Matter, variation: &'v Variation, stretch: usize) -> Option<Step<'v>> {
    // So much of a chart is left beside the names of the limits, on a phone.
    const BOX: f64 = 0.5;
    let reason = variation.watched.stretches.get(stretch)?.reason.as_ref()?;
    let rows = &variation.stretches.get(stretch)?.rows;
    let share = |row: usize| charts::share(row, matter.places.len()) / 100.0;
    let is_last = stretch + 1 == variation.stretches.len();
    Some(Step {
        at: matter.places.get(rows.start)?.clone(),
        reason,
        letters: editor.plain(reason).chars().count(),
        share: (share(rows.end) - share(rows.start)) * if is_last { 1.0 } else { BOX },
    })
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

/// The figures of the lines of a stretch in words, and of which places they are where there are several stretches.
fn lines_in_words(editor: &CopyEditor, matter: &Matter, variation: &Variation, place: usize) -> Option<Vec<Word>> {
    let wording = editor.wording();
    let figure = |fact: FactId| vec![Word::Bound { text: editor.facts.printed(&editor.report.id, fact), fact }];
    let facts = facts_of(variation, place);
    let lines = match (facts.mean.zip(facts.lower_limit).zip(facts.upper_limit), facts.median) {
        (Some(((mean, lower), upper)), _) => {
            let fills = [("mean", figure(mean)), ("lower", figure(lower)), ("upper", figure(upper))];
            wording.pieces("variation.lines", None, fills)
        }
        (None, Some(median)) => wording.pieces("variation.line", None, [("median", figure(median))]),
        (None, None) => return None,
    };
    if variation.stretches.len() == 1 {
        return Some(lines);
    }
    let rows = &variation.stretches.get(place)?.rows;
    let mut chosen = vec![false; matter.places.len()];
    chosen.get_mut(rows.clone())?.fill(true);
    let name = vec![Word::Plain(wording.listed(marks::stretches(&chosen, &matter.places, wording)))];
    Some(wording.pieces("chart.series", None, [("name", name), ("figures", lines)]))
}

/// The special causes of a stretch in words, by what they mean.
fn causes_in_words(matter: &Matter, stretch: &Stretch, wording: &Wording) -> Vec<String> {
    let change = |cause: &SpecialCause| Change::Special(cause.effect, cause.side);
    let mut kinds: Vec<Change> = Vec::new();
    for kind in stretch.causes.iter().flatten().map(change) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let said = |kind: Change| {
        let mut chosen = vec![false; matter.places.len()];
        for (row, cause) in stretch.rows.clone().zip(&stretch.causes) {
            if let Some(is_it) = chosen.get_mut(row) {
                *is_it = cause.as_ref().is_some_and(|cause| change(cause) == kind);
            }
        }
        let places = wording.listed(marks::stretches(&chosen, &matter.places, wording));
        wording.say("chart.series", &[("name", &kind.shown(wording)), ("figures", &places)])
    };
    match kinds.is_empty() && stretch.limits().is_some() {
        true => vec![wording.say("variation.no-causes", &[])],
        false => kinds.into_iter().map(said).collect(),
    }
}

/// What the drawing shows besides the figures, in words: for each stretch why it begins, its lines and its special causes,
/// and then the target.
pub fn said(editor: &CopyEditor, matter: &Matter, variation: &Variation) -> Vec<String> {
    let wording = editor.wording();
    let of_stretch = |(place, stretch): (usize, &Stretch)| {
        let step = step(editor, matter, variation, place).map(|step| {
            let reason = editor.plain(step.reason);
            wording.say("chart.series", &[("name", &step.at), ("figures", &reason)])
        });
        let lines = lines_in_words(editor, matter, variation, place).map(|words| plain(&words));
        step.into_iter().chain(lines).chain(causes_in_words(matter, stretch, wording)).collect::<Vec<_>>()
    };
    let target = variation
        .target
        .map(|(fact, _)| wording.say("chart.target", &[("target", &editor.facts.printed(&editor.report.id, fact))]));
    variation.stretches.iter().enumerate().flat_map(of_stretch).chain(target).collect()
}

/// What is said under the chart: how it is read, the lines before its last step, which its drawing does not name, reasons
/// that have no room there, of which rows its limits are, and its latest run.
pub fn remarks(editor: &CopyEditor, matter: &Matter, variation: &Variation, stem: &str, column: &str) -> Vec<Words> {
    let has_limits = variation.stretches.iter().any(|stretch| stretch.limits().is_some());
    let how = editor.say(if has_limits { "variation.xmr" } else { "variation.run" });
    let earlier = (0..variation.stretches.len().saturating_sub(1))
        .filter_map(|place| Some(editor.bound(&lines_in_words(editor, matter, variation, place)?)));
    let steps = (0..variation.stretches.len()).filter_map(|place| step(editor, matter, variation, place));
    let steps = steps.filter(|step| !step.has_room(WIDE.wide)).map(|step| {
        let fills = [("name", Words::plain(step.at.clone())), ("figures", editor.words(step.reason))];
        editor.phrase("chart.series", fills)
    });
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
    all.extend(earlier);
    all.extend(steps);
    all.extend(baselines);
    all.extend(runs.into_iter().flatten());
    all
}
