//! Ids: the addresses of records.

use std::fmt;

use crate::yaml::{Parse, Texts};

/// A name of small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id that the words of a name make: small letters and digits, hyphens between the words.
    pub fn of_name(name: &str) -> Option<Self> {
        let small = name.to_lowercase();
        let words: Vec<&str> =
            small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then(|| Self(words.join("-")))
    }
}

impl Parse for Id {
    fn parse(text: &str) -> Result<Self, String> {
        let letters = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        match letters && text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with('-') {
            true => Ok(Self(text.to_owned())),
            false => {
                let made = Self::of_name(text).filter(|id| id.0.starts_with(|c: char| c.is_ascii_alphabetic()));
                let example = made.map_or("staff-survey".to_owned(), |id| id.0);
                Err(format!("an id begins with a letter and is made of small letters, digits and hyphens: {example}"))
            }
        }
    }

    fn texts() -> Texts {
        Texts::like("[a-z]([a-z0-9-]*[a-z0-9])?")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}
