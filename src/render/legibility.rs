//! Whether two colours of a house style can be told apart, and what would be enough.

use crate::contrast::{Rgb, contrast};

/// A colour beside another, each `#rrggbb`, and the least ratio of their luminances.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub own: &'a str,
    pub other: &'a str,
    pub least: f64,
}

/// In so many steps a colour goes to black or white.
const STEPS: u32 = 255;

impl Pair<'_> {
    /// What is wrong with it, `its contrast is 3.1 to 1, and 4.5 to 1 is needed`; none where both can be told apart.
    pub fn fault(&self) -> Option<String> {
        let ratio = contrast(rgb(self.own), rgb(self.other));
        if ratio >= self.least {
            return None;
        }
        // Ratios are told with one digit, and what is told to be enough is.
        let told = (ratio * 10.0).floor() / 10.0;
        Some(format!("its contrast is {told:.1} to 1, and {} to 1 is needed", self.least))
    }
}

/// Which colour would be enough in the place of one that stands in all these pairs.
pub fn enough(own: &str, pairs: &[Pair]) -> String {
    match (nearest(own, pairs), pairs) {
        (Some(colour), _) => format!("the nearest colour to \"{own}\" that is enough is \"{colour}\""),
        (None, [pair]) => format!("no colour is enough beside \"{}\": that one must be darker or lighter", pair.other),
        (None, _) => {
            format!("no colour near to \"{own}\" is enough wherever it is used: give some of its meanings another one")
        }
    }
}

/// The colour nearest to one, darker or lighter, that stands out enough in all pairs.
fn nearest(own: &str, pairs: &[Pair]) -> Option<String> {
    let own = rgb(own);
    let towards = |end: f64, step: u32| {
        let share = f64::from(step) / f64::from(STEPS);
        own.map(|part| (f64::from(part) + (end - f64::from(part)) * share).round() as u8)
    };
    let is_enough = |one: &Rgb| pairs.iter().all(|pair| contrast(*one, rgb(pair.other)) >= pair.least);
    let mut steps = (1..=STEPS).flat_map(|step| [towards(0.0, step), towards(255.0, step)]);
    let [red, green, blue] = steps.find(is_enough)?;
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

    fn pair<'a>(own: &'a str, other: &'a str, least: f64) -> Pair<'a> {
        Pair { own, other, least }
    }

    #[test]
    fn the_nearest_colour_that_is_enough_is_told() {
        assert!(pair("#005eb8", "#ffffff", 4.5).fault().is_none());
        let pale = pair("#8cc6ff", "#ffffff", 4.5);
        assert_eq!(pale.fault().unwrap(), "its contrast is 1.8 to 1, and 4.5 to 1 is needed");
        let told = enough(pale.own, &[pale]);
        let colour = told.rsplit('"').nth(1).unwrap();
        assert!(contrast(rgb(colour), [255; 3]) >= 4.5 && contrast(rgb(colour), [255; 3]) < 4.7, "{told}");
        let told = enough("#ffffff", &[pair("#ffffff", "#777777", 7.0)]);
        assert!(told.starts_with("no colour is enough"), "{told}");
        let told = enough("#777777", &[pair("#777777", "#ffffff", 7.0)]);
        assert!(told.contains("\"#777777\" that is enough"), "{told}");
    }

    /// Whoever takes what one finding tells is not told of the next pair.
    #[test]
    fn what_is_told_is_enough_in_every_pair() {
        let pairs = [pair("#8cc6ff", "#ffffff", 4.5), pair("#8cc6ff", "#a9c8e6", 3.0)];
        let told = enough("#8cc6ff", &pairs);
        let colour = told.rsplit('"').nth(1).unwrap();
        assert!(pairs.iter().all(|pair| contrast(rgb(colour), rgb(pair.other)) >= pair.least), "{told}");
        let opposed = [pair("#777777", "#ffffff", 7.0), pair("#777777", "#000000", 7.0)];
        assert!(enough("#777777", &opposed).starts_with("no colour near to"));
    }
}
