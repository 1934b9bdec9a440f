//! Targets of indicators.

use std::fmt;

use super::Figure;
use crate::yaml::Parse;

/// What an indicator should reach, as it is printed: `95%`, `<5 mins`, `40% of staff`, or none.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    NotApplicable,
    Set {
        /// Whether the result must stay under the figure (`<5 mins`).
        under: bool,
        figure: Figure,
        /// What the figure is of (`staff`).
        of: Option<String>,
    },
}

impl Parse for Target {
    fn parse(text: &str) -> Result<Self, String> {
        if matches!(text, "n/a" | "N/A") {
            return Ok(Target::NotApplicable);
        }
        let (under, rest) = text.strip_prefix('<').map_or((false, text), |rest| (true, rest.trim_start()));
        let (figure, of) =
            rest.split_once(" of ").map_or((rest, None), |(figure, of)| (figure, Some(of.trim().to_owned())));
        if of.as_ref().is_some_and(|of| of.contains(|c: char| c.is_numeric() || c == '{')) {
            return Err("what a target is of is said without another figure: 40% of staff".to_owned());
        }
        let figure = Figure::parse(figure.trim())
            .ok()
            .filter(|figure| !figure.is_absent())
            .ok_or("a target is written 95%, 26 weeks, 24, <5 mins, 40% of staff or n/a")?;
        Ok(Target::Set { under, figure, of })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Target::NotApplicable => f.write_str("N/A"),
            Target::Set { under, figure, of } => {
                write!(f, "{}{figure}", if *under { "<" } else { "" })?;
                of.iter().try_for_each(|of| write!(f, " of {of}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_printed_as_they_were_written() {
        for (text, shown) in
            [("<5 mins", "<5 mins"), ("40% of staff", "40% of staff"), ("26 weeks", "26 weeks"), ("n/a", "N/A")]
        {
            assert_eq!(Target::parse(text).map(|target| target.to_string()), Ok(shown.to_owned()));
        }
        assert!(Target::parse("80% of 300 staff").is_err());
        assert!(Target::parse("good").is_err());
        assert!(Target::parse("<n/a").is_err());
    }
}
