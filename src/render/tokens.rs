//! Design tokens: colours, type and space, said once in `tokens.yaml` and written for CSS and for Typst.

use std::fmt::Write;

use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap};
use crate::source::layers::LayerFile;
use crate::yaml::{self, FromNode, Node, Parse, Text, Value};

/// Groups of tokens, each with its names and values in the order of the file.
pub struct Tokens {
    groups: Vec<(String, Vec<(String, Text)>)>,
}

/// The groups, and what they are for.
const GROUPS: &[&str] = &["screen-light", "screen-dark", "screen-size", "print-colour", "print-size"];

/// Reads the tokens of a template folder.
pub fn read(file: &LayerFile, sources: &mut SourceMap, findings: &mut Findings) -> Option<Tokens> {
    let id = sources.add(file.shown.clone(), String::from_utf8_lossy(&file.bytes));
    let node = match yaml::parse(id, &sources.file(id).text) {
        Ok(node) => node,
        Err(fault) => {
            findings.push(*fault);
            return None;
        }
    };
    let groups = fields(&node, findings)?;
    let groups: Vec<_> = groups.into_iter().map(|(name, node)| read_group(name, node, findings)).collect();
    Some(Tokens { groups: groups.into_iter().collect::<Option<_>>()? })
}

fn read_group(name: &Text, node: &Node, findings: &mut Findings) -> Option<(String, Vec<(String, Text)>)> {
    if !GROUPS.contains(&name.value.as_str()) {
        findings.push(
            Diagnostic::error(Code::UnknownField, name.at, format!("there is no group of tokens `{}`", name.value))
                .did_you_mean(&name.value, GROUPS.iter().copied())
                .help(format!("the groups are {}", GROUPS.join(", "))),
        );
        return None;
    }
    let tokens = fields(node, findings)?
        .into_iter()
        .map(|(name, node)| Some((name.value.clone(), Text::from_node(node, findings)?)));
    let tokens: Vec<_> = tokens.collect();
    let tokens: Vec<(String, Text)> = tokens.into_iter().collect::<Option<_>>()?;
    for (_, value) in tokens.iter().filter(|_| !name.value.ends_with("size")) {
        if Colour::parse(&value.value).is_err() {
            findings.push(
                Diagnostic::error(Code::WrongValue, value.at, format!("`{}` is no colour", value.value))
                    .help("a colour is written \"#005eb8\", in quotation marks"),
            );
            return None;
        }
    }
    Some((name.value.clone(), tokens))
}

fn fields<'n>(node: &'n Node, findings: &mut Findings) -> Option<Vec<(&'n Text, &'n Node)>> {
    match &node.value {
        Value::Mapping(fields) => Some(fields.iter().map(|(name, value)| (name, value)).collect()),
        _ => {
            findings.push(Diagnostic::error(Code::WrongType, node.at, "tokens are written `name: value`, in groups"));
            None
        }
    }
}

/// A colour of six hexadecimal digits.
struct Colour;

impl Parse for Colour {
    fn parse(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        let hexadecimal = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal.then_some(Colour).ok_or_else(|| "a colour is written \"#005eb8\"".to_owned())
    }
}

impl Tokens {
    /// Custom properties of the pages. Dark colours are for screens only, so that paper is always light.
    pub fn css(&self) -> String {
        let properties = |group: &str| -> String {
            self.group(group).iter().map(|(name, value)| format!("--{name}:{};", value.value)).collect()
        };
        format!(
            ":root{{color-scheme:light dark;{}{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            properties("screen-light"),
            properties("screen-size"),
            properties("screen-dark"),
        )
    }

    /// Dictionaries for the Typst library: `colour` and `size`.
    pub fn typst(&self) -> String {
        let mut text = String::new();
        let mut dictionary = |name: &str, group: &str, before: &str, after: &str| {
            let _ = write!(text, "#let {name} = (");
            for (name, value) in self.group(group) {
                let _ = write!(text, "{name}: {before}{}{after}, ", value.value);
            }
            text.push_str(")\n");
        };
        dictionary("colour", "print-colour", "rgb(\"", "\")");
        dictionary("size", "print-size", "", "");
        text
    }

    fn group(&self, name: &str) -> &[(String, Text)] {
        self.groups.iter().find(|(group, _)| group == name).map_or(&[], |(_, tokens)| tokens)
    }
}
