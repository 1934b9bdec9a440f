//! What is said under a chart of figures that are marked: which are provisional, or not comparable with earlier ones.

use super::matter::Matter;
use crate::model::values::FigureMark;
use crate::view::copy_editor::Words;
use crate::wording::Wording;

/// A line for each mark, with the places of the figures that carry it.
pub fn remarks(matter: &Matter, wording: &Wording) -> Vec<Words> {
    let remark = |mark: FigureMark| {
        let places = wording.clauses(marked(matter, mark, wording));
        let fills = [("places", &*places), ("meaning", &*wording.say(mark.meaning(), &[]))];
        (!places.is_empty()).then(|| Words::plain(wording.say("chart.marked", &fills)))
    };
    FigureMark::ALL.into_iter().filter_map(|(mark, ..)| remark(mark)).collect()
}

/// Where figures carry a mark: the places where all do, then those of each series.
fn marked(matter: &Matter, mark: FigureMark, wording: &Wording) -> Vec<String> {
    let carries = |series: usize, place: usize| {
        let point = matter.series[series].points.get(place).and_then(Option::as_ref);
        point.map(|point| point.mark == Some(mark))
    };
    let count = matter.series.len();
    let is_of_all = |place: usize| {
        let mut known = (0..count).filter_map(|series| carries(series, place)).peekable();
        known.peek().is_some() && known.all(|carries| carries)
    };
    let whole: Vec<bool> = (0..matter.places.len()).map(is_of_all).collect();
    let mut all = stretches(&whole, &matter.places, wording);
    for (series, one) in matter.series.iter().enumerate() {
        let own: Vec<bool> =
            whole.iter().enumerate().map(|(place, whole)| !whole && carries(series, place) == Some(true)).collect();
        let of_series = stretches(&own, &matter.places, wording).into_iter();
        all.extend(of_series.map(|places| wording.listed([one.name.clone(), places])));
    }
    all
}

/// The names of places that are chosen; of more than two beside each other the first and the last.
pub fn stretches(chosen: &[bool], places: &[String], wording: &Wording) -> Vec<String> {
    let mut all = Vec::new();
    for stretch in chosen.iter().enumerate().collect::<Vec<_>>().chunk_by(|one, other| one.1 == other.1) {
        let names: Vec<&String> =
            stretch.iter().filter(|(_, chosen)| **chosen).filter_map(|(place, _)| places.get(*place)).collect();
        match names[..] {
            [from, .., to] if names.len() > 2 => all.push(wording.say("chart.from-to", &[("from", from), ("to", to)])),
            _ => all.extend(names.into_iter().cloned()),
        }
    }
    all
}
