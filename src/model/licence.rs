//! The licence under which figures may be used.

use super::values::LinkTarget;
use crate::diagnostic::Findings;
use crate::record;
use crate::yaml::{Form, Formed, FromNode, Node, Text, Value};

/// A licence: by its name alone where everybody knows it, and else with the address of its words.
#[derive(Debug, Clone)]
pub struct Licence {
    pub name: Text,
    /// Where its words stand; none where only a name is said, and it is none of those that are known.
    pub to: Option<LinkTarget>,
}

record! {
    /// A licence that is none of those that everybody knows.
    NamedLicence "a licence" {
        /// Its name, as readers know it.
        required name: Text,
        /// The address of its words.
        required to: LinkTarget,
    }
}

/// A licence that is known by its names, of which the first is the one that programs know it by (SPDX).
struct Known {
    names: &'static [&'static str],
    to: &'static str,
}

const KNOWN: [Known; 4] = [
    Known {
        names: &["OGL-UK-3.0", "Open Government Licence v3.0", "Open Government Licence 3.0", "OGL v3.0"],
        to: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    Known {
        names: &["CC-BY-4.0", "CC BY 4.0", "Creative Commons Attribution 4.0"],
        to: "https://creativecommons.org/licenses/by/4.0/",
    },
    Known {
        names: &["CC-BY-SA-4.0", "CC BY-SA 4.0", "Creative Commons Attribution-ShareAlike 4.0"],
        to: "https://creativecommons.org/licenses/by-sa/4.0/",
    },
    Known { names: &["CC0-1.0", "CC0 1.0", "CC0"], to: "https://creativecommons.org/publicdomain/zero/1.0/" },
];

impl Licence {
    /// The name that programs know it by; none where it is none of those that are known.
    pub fn code(&self) -> Option<&'static str> {
        known(&self.name.value).and_then(|known| known.names.first().copied())
    }
}

fn known(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.names.iter().any(|one| one.eq_ignore_ascii_case(name)))
}

impl Formed for Licence {
    fn form() -> Form {
        Form::Either(vec![Text::form(), NamedLicence::form()])
    }
}

impl FromNode for Licence {
    fn from_node(node: &Node, findings: &mut Findings) -> Option<Self> {
        match node.value {
            Value::Mapping(_) => {
                let NamedLicence { name, to, .. } = NamedLicence::from_node(node, findings)?;
                Some(Self { name, to: Some(to) })
            }
            Value::Scalar { .. } | Value::Sequence(_) => {
                let name = Text::from_node(node, findings)?;
                let to = known(&name.value).map(|known| LinkTarget(known.to.to_owned()));
                Some(Self { name, to })
            }
        }
    }
}
