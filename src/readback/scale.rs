//! A straight scale: which number stands where.

/// How far off its scale a mark may stand, in per cent of the box. The length of a bar is a share of a share, each
/// written with one decimal: that comes to 0.15. (On a page it is less than a point.)
pub const NEAR: f64 = 0.2;

/// So many samples are tried in pairs for a scale on which most stand.
const TRIED: usize = 40;

/// A number, and how far along the box it stands, in per cent.
pub type Sample = (f64, f64);

/// Which number stands where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    number: f64,
    at: f64,
    /// How far it is from one number to the next; nothing where there is only one number.
    step: f64,
}

impl Scale {
    /// The rising scale on which most samples stand; none where they stand on none.
    pub fn of(samples: &[Sample]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        if first.0 == last.0 {
            return Some(Self { number: first.0, at: sorted[sorted.len() / 2].1, step: 0.0 });
        }
        let outer = Self::through(first, last).filter(|scale| scale.holds_all(samples));
        outer.or_else(|| Self::of_most(&sorted))
    }

    fn of_most(sorted: &[Sample]) -> Option<Self> {
        let tried: Vec<Sample> = sorted.iter().step_by(sorted.len().div_ceil(TRIED)).copied().collect();
        let range = sorted.last()?.0 - sorted.first()?.0;
        let pairs = tried.iter().flat_map(|low| tried.iter().rev().map(move |high| (*low, *high)));
        let scales = pairs.filter(|(low, high)| high.0 - low.0 >= range / 4.0);
        let mut best: Option<(usize, Self)> = None;
        for scale in scales.filter_map(|(low, high)| Self::through(low, high)) {
            let count = sorted.iter().filter(|sample| scale.holds(**sample)).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, scale));
            }
        }
        best.map(|(_, scale)| scale)
    }

    /// The scale on which two samples stand, where it rises.
    fn through(low: Sample, high: Sample) -> Option<Self> {
        let step = (high.1 - low.1) / (high.0 - low.0);
        // All of a box that stands at one height is on no scale.
        (high.1 - low.1 > NEAR && step.is_finite()).then_some(Self { number: low.0, at: low.1, step })
    }

    /// Where a number stands.
    pub fn place(self, number: f64) -> f64 {
        self.at + (number - self.number) * self.step
    }

    /// Which number stands somewhere.
    pub fn number(self, at: f64) -> Option<f64> {
        let number = self.number + (at - self.at) / self.step;
        number.is_finite().then_some(number)
    }

    /// Whether a number stands where it should.
    pub fn holds(self, (number, at): Sample) -> bool {
        (self.place(number) - at).abs() <= NEAR
    }

    fn holds_all(self, samples: &[Sample]) -> bool {
        samples.iter().all(|sample| self.holds(*sample))
    }
}

/// A figure as a number, with its minus or in brackets; what stands around its digits is its unit.
pub fn number(figure: &str) -> Option<f64> {
    let digits = figure.find(|c: char| c.is_ascii_digit())?;
    let is_negative = figure[..digits].contains(['-', '−', '(']);
    let of_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let text: String = figure[digits..].chars().take_while(|c| of_number(*c)).filter(|c| *c != ',').collect();
    let number: f64 = text.trim_end_matches('.').parse().ok()?;
    Some(if is_negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_the_one_on_which_most_stand() {
        let scale = Scale::of(&[(0.0, 0.0), (4.0, 100.0), (2.0, 50.0), (1.0, 25.0)]).unwrap();
        assert!(scale.holds((3.0, 75.0)) && !scale.holds((3.0, 75.3)));
        let scale = Scale::of(&[(0.0, 0.0), (4.0, 50.0), (2.0, 50.0), (1.0, 25.0), (3.0, 75.0)]).unwrap();
        assert_eq!(scale.number(50.0), Some(2.0));
        assert!(!scale.holds((4.0, 50.0)));
    }

    #[test]
    fn what_falls_or_stands_at_one_height_is_on_no_scale() {
        assert_eq!(Scale::of(&[(0.0, 100.0), (4.0, 0.0)]), None);
        assert_eq!(Scale::of(&[(0.0, 0.0), (4.0, 0.0)]), None);
        assert_eq!(Scale::of(&[(1.0, f64::NAN), (4.0, 0.0)]), None);
        assert_eq!(Scale::of(&[]), None);
        let one = Scale::of(&[(4.0, 30.0), (4.0, 30.1)]).unwrap();
        assert!(one.holds((4.0, 30.0)) && one.number(30.0).is_none_or(|number| number == 4.0));
    }

    #[test]
    fn figures_of_an_axis_are_numbers() {
        for (figure, expected) in [
            ("800", 800.0),
            ("−4", -4.0),
            ("-£2,000", -2000.0),
            ("(0.5)", -0.5),
            ("£1,200.50", 1200.5),
            ("80%", 80.0),
            ("9 days", 9.0),
        ] {
            assert_eq!(number(figure), Some(expected), "{figure}");
        }
        assert_eq!(number("–"), None);
    }
}
