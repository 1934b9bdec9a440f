//! Where links lead.

use crate::yaml::Parse;

/// A full address that a reader can follow.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkTarget(pub String);

impl LinkTarget {
    /// Whether an address is full: it names how it is reached.
    pub fn is_full(address: &str) -> bool {
        let rest = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| address.strip_prefix(scheme));
        rest.is_some_and(|rest| !rest.is_empty() && !address.contains(char::is_whitespace))
    }
}

impl Parse for LinkTarget {
    fn parse(text: &str) -> Result<Self, String> {
        match Self::is_full(text) {
            true => Ok(Self(text.to_owned())),
            false => Err("a link is written as a full address: https://…, mailto:… or tel:…".to_owned()),
        }
    }
}
