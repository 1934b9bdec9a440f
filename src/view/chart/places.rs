//! The names of the places along an axis: as many of them, and as much of each, as has room.

use crate::model::{short_of_time, year_of_time};
use crate::view::charts::Place;
use crate::wording::Wording;

/// How a place stands among others, in per cent.
pub type Across = fn(usize, usize) -> f64;

/// How many letters have room beside each other across a chart: on paper, and on a phone.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub wide: usize,
    pub narrow: usize,
}

impl Room {
    /// What is left beside so many letters.
    pub fn beside(self, letters: usize) -> Self {
        Self { wide: self.wide.saturating_sub(letters), narrow: self.narrow.saturating_sub(letters) }
    }
}

/// Across the page.
pub const WIDE: Room = Room { wide: 80, narrow: 36 };
/// Where names stand at the ends of lines.
pub const WITH_ENDS: Room = Room { wide: 64, narrow: 4 };
/// In one of several small charts.
pub const SMALL: Room = Room { wide: 26, narrow: 26 };

/// The names of places where they stand.
pub fn along(places: &[String], across: Across, room: Room, wording: &Wording) -> Vec<Place> {
    let count = places.len();
    let shorts: Vec<String> = places.iter().map(|name| short_of_time(name, wording)).collect();
    let initials: Vec<String> = shorts.iter().map(|name| initial(name, &shorts, wording)).collect();
    let (wide, every) = names(places, &shorts, room.wide, 1);
    // A phone leaves out some of those that stand on paper.
    let (narrow, _) = names(&shorts, &initials, room.narrow, every);
    let are_some = wide.iter().any(String::is_empty);
    let place = |(place, (name, short)): (usize, (String, String))| {
        let kept = if name.starts_with(&short) { short } else { String::new() };
        let year = |place: usize| places.get(place).and_then(|name| year_of_time(name, wording));
        let is_new = place == 0 || year(place) != year(place - 1);
        // A name in full says its year itself.
        let says_year = places.get(place).is_some_and(|full| *full == name);
        let year = year(place).filter(|_| is_new && !says_year).unwrap_or_default().to_owned();
        let (x, half) = (across(place, count), name.chars().count() as f64 / 2.0 / room.wide as f64 * 100.0);
        // A name that would run out of the box ends at its edge; where only some are named it is left out.
        let runs_out = x + half > 100.0 && x < 100.0;
        let (name, kept) = if runs_out && are_some { Default::default() } else { (name, kept) };
        let x = if runs_out { 100.0 } else { x };
        Place { x, ends_there: runs_out, rest: name[kept.len()..].to_owned(), name, kept, year }
    };
    wide.into_iter().zip(narrow).enumerate().map(place).collect()
}

/// The names of places: all in full, all in short, or every second, third … of the short ones, in steps of so many; with
/// the number of places from one name to the next. Readers may set letters wider apart, so that seven take the room of nine,
/// and there is room for a letter between two names.
fn names(full: &[String], short: &[String], room: usize, step: usize) -> (Vec<String>, usize) {
    let fits = |names: &[String], every: usize| {
        names.iter().step_by(every).all(|name| (name.chars().count() * 9 + 7) * names.len() < room * every * 7)
    };
    if fits(full, 1) {
        return (full.to_vec(), 1);
    }
    let all = short.len().max(1);
    let every = (step..=all).step_by(step).find(|every| fits(short, *every)).unwrap_or(all);
    let kept = |(place, name): (usize, &String)| if place % every == 0 { name.clone() } else { String::new() };
    (short.iter().enumerate().map(kept).collect(), every)
}

/// The first letter of a month, where all places are months.
fn initial(name: &str, all: &[String], wording: &Wording) -> String {
    match all.iter().all(|name| wording.is_month_short(name)) {
        true => name.chars().take(1).flat_map(char::to_uppercase).collect(),
        false => name.to_owned(),
    }
}

/// Places whose names are months show their initials, where others would be left out.
pub fn initials_of(names: &[String], places: Vec<Place>, wording: &Wording) -> Vec<Place> {
    let shorts: Vec<String> = names.iter().map(|name| short_of_time(name, wording)).collect();
    if places.iter().all(|place| !place.name.is_empty()) {
        return places;
    }
    let initials: Vec<String> = shorts.iter().map(|name| initial(name, &shorts, wording)).collect();
    if initials.iter().any(|one| one.chars().count() != 1) {
        return places;
    }
    let with_initial = |(place, name): (Place, String)| {
        let rest = if place.kept.is_empty() { name.clone() } else { String::new() };
        Place { rest, name, ..place }
    };
    places.into_iter().zip(initials).map(with_initial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let places = along(&names, |place, count| place as f64 / count as f64, WIDE, Wording::english());
        places.into_iter().map(|one| format!("{}[{}] {}", one.kept, one.rest, one.year).trim_end().to_owned()).collect()
    }

    const MONTHS: [&str; 12] = [
        "April 2022",
        "May 2022",
        "June 2022",
        "July 2022",
        "August 2022",
        "September 2022",
        "October 2022",
        "November 2022",
        "December 2022",
        "January 2023",
        "February 2023",
        "March 2023",
    ];

    #[test]
    fn months_are_short_on_paper_and_letters_on_a_phone_with_the_years_below() {
        let shown = shown(&MONTHS);
        assert_eq!((shown[0].as_str(), shown[1].as_str(), shown[9].as_str()), ("A[pr] 2022", "M[ay]", "J[an] 2023"));
    }

    #[test]
    fn names_that_have_room_are_whole_and_others_stand_for_their_neighbours() {
        assert_eq!(shown(&["2023/24", "2024/25"]), ["2023/24[]", "2024/25[]"]);
        let days: Vec<String> = (1..=30).map(|day| format!("Day {day}")).collect();
        let days = shown(&days.iter().map(String::as_str).collect::<Vec<_>>());
        let on_paper: Vec<&String> = days.iter().filter(|day| day.len() > 2).collect();
        assert_eq!((on_paper.len(), on_paper[0].as_str()), (8, "Day 1[]"));
        assert_eq!(days.iter().filter(|day| day.starts_with("Day")).count(), 4, "on a phone");
    }
}
