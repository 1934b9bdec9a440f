//! Where links lead, and how an organisation is reached.

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

/// The address under which the output is published, without a stroke at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseAddress(pub String);

impl Parse for BaseAddress {
    fn parse(text: &str) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
        let starts_well = host.starts_with(char::is_alphanumeric);
        match starts_well && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>')) {
            true => Ok(Self(text.trim_end_matches('/').to_owned())),
            false => Err("the address of the published reports is written https://www.example.org/reports".to_owned()),
        }
    }
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq)]
pub struct Email(pub String);

impl Parse for Email {
    fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split_once('@');
        let whole = parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
        match whole && !text.contains(char::is_whitespace) {
            true => Ok(Self(text.to_owned())),
            false => Err("an e-mail address is written name@example.org".to_owned()),
        }
    }
}

/// A telephone number as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Telephone(String);

impl Telephone {
    pub fn shown(&self) -> &str {
        &self.0
    }

    /// The number as it is dialled: digits, and a plus before them where it is international.
    pub fn dialled(&self) -> String {
        let number = if self.0.starts_with('+') { self.0.replace("(0)", "") } else { self.0.clone() };
        number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

impl Parse for Telephone {
    fn parse(text: &str) -> Result<Self, String> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let other =
            text.trim_start_matches('+').chars().any(|c| !(c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-')));
        match (5..=15).contains(&digits) && !other {
            true => Ok(Self(text.to_owned())),
            false => Err("a telephone number is written 01234 567890 or +44 1234 567890".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_dialled_as_they_are_meant() {
        let dialled = |text| Telephone::parse(text).map(|number| number.dialled());
        assert_eq!(dialled("01305 368900").as_deref(), Ok("01305368900"));
        assert_eq!(dialled("+44 (0)1305 368900").as_deref(), Ok("+441305368900"));
        assert!(dialled("01305 368900 ext 12").is_err());
        assert!(dialled("none").is_err());
        assert!(Email::parse("not an address").is_err());
    }
}
