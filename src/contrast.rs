//! How well one colour is seen on another, as WCAG 2.2 measures it.

use std::sync::LazyLock;

/// A colour: its red, green and blue.
pub type Rgb = [u8; 3];

/// The ratio of the luminances of two colours, from 1 (the same) to 21 (black on white).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Relative luminance.
fn luminance(colour: Rgb) -> f64 {
    static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
        std::array::from_fn(|part| {
            let part = part as f64 / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { to_2_4((part + 0.055) / 1.055) }
        })
    });
    let [red, green, blue] = colour.map(|part| LINEAR[usize::from(part)]);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The power 2.4 of a number from 0 to 1, in steps that every system rounds the same (Newton's, for the fifth root of its
/// square).
fn to_2_4(number: f64) -> f64 {
    let square = number * number;
    let mut root = 1.0;
    for _ in 0..64 {
        let fourth = root * root * root * root;
        root = (4.0 * root + square / fourth) / 5.0;
    }
    square * root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert_eq!(contrast([255; 3], [0; 3]).round(), 21.0);
        assert_eq!(contrast([18, 52, 86], [18, 52, 86]), 1.0);
        // The examples of the guidelines' own techniques: #767676 is the lightest grey that can be read on white.
        assert!(contrast([0x76; 3], [255; 3]) >= 4.5 && contrast([0x77; 3], [255; 3]) < 4.5);
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the steps are held against the system's own")]
    fn the_power_is_that_of_the_system() {
        for step in 1..=1000 {
            let number = f64::from(step) / 1000.0;
            assert!((to_2_4(number) - number.powf(2.4)).abs() < 1e-12, "{number}");
        }
    }
}
