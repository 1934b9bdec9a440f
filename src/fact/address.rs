//! Addresses of facts, and patterns of them.

use std::fmt;

/// Segments of small letters, digits and hyphens, joined by dots.
pub fn is_address(text: &str) -> bool {
    text.split('.').all(|segment| {
        !segment.is_empty()
            && segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    })
}

/// A pattern: an address in which `*` stands for one segment and `**` for any number of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<String>);

impl Pattern {
    /// Reads a pattern. `None` where it cannot match any address.
    pub fn parse(text: &str) -> Option<Self> {
        let segments: Vec<String> = text.split('.').map(str::to_owned).collect();
        let known = |segment: &String| matches!(segment.as_str(), "*" | "**") || is_address(segment);
        let mut pattern = Self(segments);
        // Several ** in a row mean no more than one.
        pattern.0.dedup_by(|next, before| next == "**" && before == "**");
        pattern.0.iter().all(known).then_some(pattern)
    }

    /// The pattern behind a first segment of that name.
    pub fn behind(&self, first: &str) -> Option<Self> {
        let (own, rest) = self.0.split_first()?;
        (own == first && !rest.is_empty()).then(|| Self(rest.to_vec()))
    }

    /// The pattern in a report.
    pub fn within(mut self, report: &str) -> Self {
        self.0.insert(0, report.to_owned());
        self
    }

    /// The first segment, where it is a name.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str).filter(|first| !first.starts_with('*'))
    }

    /// The last segment, where it is a name.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str).filter(|last| !last.starts_with('*'))
    }

    /// Whether a text is an address without stars.
    pub fn is_plain(text: &str) -> bool {
        !text.contains('*')
    }

    /// Whether an address fits.
    pub fn fits(&self, address: &str) -> bool {
        fn fits(pattern: &[String], address: Option<&str>) -> bool {
            let Some((first, rest)) = pattern.split_first() else { return address.is_none() };
            let split =
                address.map(|address| address.split_once('.').map_or((address, None), |(one, rest)| (one, Some(rest))));
            match (first.as_str(), split) {
                ("**", None) => fits(rest, None),
                ("**", Some((_, after))) => fits(rest, address) || fits(pattern, after),
                ("*", Some((_, after))) => fits(rest, after),
                (name, Some((segment, after))) => name == segment && fits(rest, after),
                (_, None) => false,
            }
        }
        // Most addresses end otherwise, which is seen at once.
        let ends_alike = self.0.last().is_none_or(|last| last.starts_with('*') || address.ends_with(last.as_str()));
        ends_alike && fits(&self.0, Some(address))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

/// The first segment of an address, which is mostly the id of a report.
pub(super) fn scope_of(address: &str) -> &str {
    address.split_once('.').map_or(address, |(scope, _)| scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_two_are_any_number() {
        let fits = |pattern: &str, address: &str| Pattern::parse(pattern).unwrap().fits(address);
        assert!(fits("indicators.*.q1.number", "indicators.mp-letters.q1.number"));
        assert!(!fits("indicators.*.number", "indicators.mp-letters.q1.number"));
        assert!(fits("indicators.**.number", "indicators.mp-letters.q1.number"));
        assert!(fits("**", "costs.total"));
        assert!(fits("costs.**", "costs"));
        assert!(!fits("costs", "costs.total"));
        assert!(Pattern::parse("costs..total").is_none());
    }
}
