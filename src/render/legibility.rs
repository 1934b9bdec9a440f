//! Whether two colours of a house style can be told apart, and what would be enough.

use crate::contrast::{Rgb, contrast};

/// Ink on a ground, each `#rrggbb`, and the least ratio of their luminances.
pub struct Pair<'a> {
    pub ink: &'a str,
    pub ground: &'a str,
    pub least: f64,
}

/// What is wrong with a pair.
pub struct Fault {
    /// `3.1 to 1, and 4.5 to 1 is needed`.
    pub ratio: String,
    /// The nearest colour that would do.
    pub help: String,
}

/// In so many steps a colour goes to black or white.
const STEPS: u32 = 255;

/// What is wrong with a pair of which the ground may change, or the ink; none where it can be read.
pub fn fault(pair: &Pair, changes_ground: bool) -> Option<Fault> {
    let ratio = contrast(rgb(pair.ink), rgb(pair.ground));
    // Ratios are told with one digit, and what is told to be enough is.
    if ratio >= pair.least {
        return None;
    }
    let (own, other) = if changes_ground { (pair.ground, pair.ink) } else { (pair.ink, pair.ground) };
    let help = match nearest(own, other, pair.least) {
        Some(colour) => format!("the nearest colour to \"{own}\" that is enough is \"{colour}\""),
        None => format!("no colour is enough beside \"{other}\": that one must be darker or lighter"),
    };
    let told = (ratio * 10.0).floor() / 10.0;
    Some(Fault { ratio: format!("its contrast is {told:.1} to 1, and {} to 1 is needed", pair.least), help })
}

/// The colour nearest to one, darker or lighter, that stands out enough from another.
fn nearest(colour: &str, other: &str, least: f64) -> Option<String> {
    let (own, other) = (rgb(colour), rgb(other));
    let towards = |end: f64, step: u32| {
        let share = f64::from(step) / f64::from(STEPS);
        own.map(|part| (f64::from(part) + (end - f64::from(part)) * share).round() as u8)
    };
    let mut steps = (1..=STEPS).flat_map(|step| [towards(0.0, step), towards(255.0, step)]);
    let [red, green, blue] = steps.find(|one| contrast(*one, other) >= least)?;
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// The colour that `#rrggbb` names; black where a text is no colour, which is told elsewhere.
fn rgb(colour: &str) -> Rgb {
    [1, 3, 5]
        .map(|at| colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_colour_that_is_enough_is_told() {
        let pair = |ink, ground, least| Pair { ink, ground, least };
        assert!(fault(&pair("#005eb8", "#ffffff", 4.5), false).is_none());
        let told = fault(&pair("#8cc6ff", "#ffffff", 4.5), false).unwrap();
        assert_eq!(told.ratio, "its contrast is 1.8 to 1, and 4.5 to 1 is needed");
        let colour = told.help.rsplit('"').nth(1).unwrap();
        assert!(contrast(rgb(colour), [255; 3]) >= 4.5 && contrast(rgb(colour), [255; 3]) < 4.7, "{}", told.help);
        let told = fault(&pair("#ffffff", "#777777", 7.0), false).unwrap();
        assert!(told.help.starts_with("no colour is enough"), "{}", told.help);
        let told = fault(&pair("#ffffff", "#777777", 7.0), true).unwrap();
        assert!(told.help.contains("\"#777777\" that is enough"), "{}", told.help);
    }
}
