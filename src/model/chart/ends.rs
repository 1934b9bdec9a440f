//! The names at the ends of lines: in how many lines of letters each stands, and whether all have room beside the box.

use crate::model::values::ChartForm;
use crate::model::without_notes;
use crate::yaml::Text;

/// So many letters of a name stand in a line.
const LETTERS: usize = 20;

/// How much of the height of the box all lines of all names may take, in per cent: a little more than it has.
pub const HEIGHT: f64 = 108.0;

impl ChartForm {
    /// Whether names of so many series ask for a higher box.
    pub fn is_tall(self, series: usize) -> bool {
        self == ChartForm::Slope && series > 4
    }

    /// How much of the height of the box a line of a name takes, in per cent.
    pub fn end_line(self, series: usize) -> f64 {
        if self.is_tall(series) { 4.6 } else { 7.5 }
    }

    /// The longest of the names of series, where not all have room at the ends of their lines.
    pub(super) fn without_room_at_ends<'n>(self, series: &[&'n Text]) -> Option<&'n Text> {
        let has_ends = matches!(self, ChartForm::Line | ChartForm::Slope) && series.len() > 1;
        let lines: usize = series.iter().map(|name| in_lines(&without_notes(&name.value)).len().max(1)).sum();
        let is_full = lines as f64 * self.end_line(series.len()) > HEIGHT;
        let longest = series.iter().copied().max_by_key(|name| without_notes(&name.value).chars().count());
        longest.filter(|_| has_ends && is_full)
    }
}

/// A name in the lines that it takes at the end of a line; words are not parted.
pub fn in_lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= LETTERS) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
