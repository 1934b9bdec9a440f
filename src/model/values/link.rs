//! Where links lead, and how an organisation is reached.

use crate::yaml::{Parse, Texts};

/// A full address that a reader can follow.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkTarget(pub String);

impl LinkTarget {
    /// What is wrong with an address, as help for its author. A full address names how it is reached.
    pub fn fault(address: &str) -> Option<&'static str> {
        const SCHEMES: &[&str] = &["https://", "http://", "mailto:", "tel:"];
        let scheme = SCHEMES.iter().find(|scheme| has_scheme(address, scheme));
        let rest = scheme.map_or("", |scheme| &address[scheme.len()..]);
        let is_site = scheme.is_some_and(|scheme| scheme.ends_with("//"));
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match scheme {
            _ if address.contains(char::is_whitespace) => Some("an address has no spaces; write %20 for one"),
            Some(_) if is_site && host.contains('@') => Some(
                "an address that everybody can read holds no name and no password: leave out what stands before the @",
            ),
            Some(_) if is_site && host.is_empty() => Some("name the site behind https://"),
            Some(&"mailto:") if Email::parse(rest.split('?').next().unwrap_or_default()).is_err() => {
                Some("an e-mail address is written mailto:name@example.org")
            }
            Some(_) if !rest.is_empty() => None,
            _ => Some("a link is written as a full address: https://…, mailto:… or tel:…"),
        }
    }
}

/// Schemes are the same in capital letters.
fn has_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

impl Parse for LinkTarget {
    fn parse(text: &str) -> Result<Self, String> {
        Self::fault(text).map_or_else(|| Ok(Self(text.to_owned())), |fault| Err(fault.to_owned()))
    }

    fn texts() -> Texts {
        Texts::like("[A-Za-z]+:[^ ]+")
    }
}

/// The address under which the output is published, without a stroke at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseAddress(pub String);

impl Parse for BaseAddress {
    fn parse(text: &str) -> Result<Self, String> {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| has_scheme(text, scheme));
        let host = scheme.map_or("", |scheme| &text[scheme.len()..]);
        let starts_well = host.starts_with(char::is_alphanumeric) && !host.contains('@');
        match starts_well && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>')) {
            true => Ok(Self(text.trim_end_matches('/').to_owned())),
            false => Err("the address of the published reports is written https://www.example.org/reports".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::like("[Hh][Tt][Tt][Pp][Ss]?://[^ ?#]+")
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

    fn texts() -> Texts {
        Texts::like("[^ @]+@[^ @]+")
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

    fn texts() -> Texts {
        Texts::like("[+]*[0-9 ()-]{5,}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_full_in_whatever_letters_and_gives_no_password_away() {
        for good in ["https://example.org", "HTTPS://Example.org/a@b", "Mailto:a@example.org?subject=x", "tel:01305"] {
            assert_eq!(LinkTarget::fault(good), None, "{good}");
        }
        for bad in [
            "https://",
            "https:///x",
            "https://me:secret@example.org",
            "www.example.org",
            "mailto:me",
            "ftp://x",
            "https://a b",
        ] {
            assert!(LinkTarget::parse(bad).is_err(), "{bad}");
        }
        assert!(BaseAddress::parse("HTTPS://www.example.org/reports/").is_ok());
        assert!(BaseAddress::parse("https://me:secret@example.org").is_err());
    }

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
