//! Ids: the addresses of records.

use std::fmt;

use crate::yaml::Parse;

/// A name of small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Parse for Id {
    fn parse(text: &str) -> Result<Self, String> {
        let letters = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        match letters && text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with('-') {
            true => Ok(Self(text.to_owned())),
            false => {
                Err("an id begins with a letter and is made of small letters, digits and hyphens: staff-survey"
                    .to_owned())
            }
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}
