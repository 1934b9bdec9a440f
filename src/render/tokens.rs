//! Design tokens: colours, type and space, said once in `tokens.yaml` and written for CSS and for Typst.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap, Span};
use crate::source::layers::{LayerFile, built_in_template};
use crate::yaml::{self, FromNode, Node, Text, Value};

/// Groups of tokens, each with its names and values in the order of the file.
pub struct Tokens {
    groups: Vec<(String, Vec<(String, Text)>)>,
}

/// The groups. Colours are named once in the palette; what they mean on screen and in print goes by those names.
const GROUPS: &[&str] = &[
    "palette",
    "screen-light",
    "screen-dark",
    "screen-size",
    "screen-media",
    "screen-contrast",
    "print-colour",
    "print-size",
    "print-contrast",
];
/// Groups whose values are names of the palette.
const MEANINGS: &[&str] = &["screen-light", "screen-dark", "print-colour"];

/// Reads the tokens of a template folder.
pub fn read(file: &LayerFile, sources: &SourceMap, findings: &mut Findings) -> Option<Tokens> {
    let id = sources.add(file.shown.clone(), String::from_utf8_lossy(&file.bytes));
    let node = match yaml::parse(id, &sources.file(id).text) {
        Ok(node) => node,
        Err(faults) => {
            findings.extend(faults);
            return None;
        }
    };
    let groups = fields(&node, findings)?;
    let groups: Vec<_> = groups.into_iter().map(|(name, node)| read_group(name, node, findings)).collect();
    let tokens = Tokens { groups: groups.into_iter().collect::<Option<_>>()? };
    let mut faults = tokens.unknown_colours();
    faults.extend(tokens.missing(node.at));
    let is_whole = faults.is_empty();
    findings.extend(faults);
    is_whole.then_some(tokens)
}

/// The tokens that the templates use, by group and name: those of the built-in file.
fn needed() -> Vec<(String, String)> {
    let text = built_in_template("tokens.yaml").unwrap_or_default();
    let tree = yaml::parse(FileId(0), text).ok();
    let (mut findings, mut needed) = (Findings::new(), Vec::new());
    for (group, tokens) in tree.iter().flat_map(|tree| fields(tree, &mut findings).unwrap_or_default()) {
        // A palette has the colours that it needs, and lists of pairs belong to their own colours.
        if group.value != "palette" && !group.value.ends_with("contrast") {
            let names = fields(tokens, &mut Findings::new()).unwrap_or_default();
            needed.extend(names.into_iter().map(|(name, _)| (group.value.clone(), name.value.clone())));
        }
    }
    needed
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
    for (_, value) in tokens.iter().filter(|_| name.value == "palette") {
        if !is_colour(&value.value) {
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

/// Whether a text is a colour of six hexadecimal digits.
fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Tokens {
    /// A stylesheet with its tokens. Colours are custom properties, since a screen may be dark; dark ones are for screens
    /// only, so that paper is always light. Sizes are the same everywhere and are written out where they are used, but for
    /// those that the sheet sets anew somewhere; and so are its media (`@media (--wide)`), since a condition cannot hold a
    /// custom property.
    pub fn in_sheet(&self, sheet: &str) -> String {
        let properties = |tokens: &[(&str, &str)]| -> String {
            tokens.iter().map(|(name, value)| format!("--{name}:{value};")).collect()
        };
        let is_set_anew = |(name, _): &(&str, &str)| sheet.contains(&format!("--{name}:"));
        let (kept, fixed): (Vec<_>, Vec<_>) = self.sizes("screen-size").into_iter().partition(is_set_anew);
        let media = self.sizes("screen-media").into_iter().map(|(name, value)| (format!("(--{name})"), value));
        let sizes = fixed.into_iter().map(|(name, value)| (format!("var(--{name})"), value));
        let sheet = media.chain(sizes).fold(sheet.to_owned(), |sheet, (name, value)| sheet.replace(&name, value));
        format!(
            ":root{{color-scheme:light dark;{}{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n{sheet}",
            properties(&self.colours("screen-light")),
            properties(&kept),
            properties(&self.colours("screen-dark")),
        )
    }

    /// What a colour means on a light screen.
    pub fn screen_colour(&self, meaning: &str) -> &str {
        self.colours("screen-light")
            .into_iter()
            .find(|(name, _)| *name == meaning)
            .map_or("currentColor", |(_, colour)| colour)
    }

    /// Dictionaries for the Typst library: `colour` and `size`.
    pub fn typst(&self) -> String {
        let dictionary = |tokens: Vec<(&str, &str)>, before: &str, after: &str| -> String {
            tokens.iter().map(|(name, value)| format!("{name}: {before}{value}{after}, ")).collect()
        };
        format!(
            "#let colour = ({})\n#let size = ({})\n",
            dictionary(self.colours("print-colour"), "rgb(\"", "\")"),
            dictionary(self.sizes("print-size"), "", ""),
        )
    }

    /// Names and values of a group of colours, out of the palette.
    fn colours(&self, group: &str) -> Vec<(&str, &str)> {
        let palette = self.group("palette");
        let named = |value: &Text| palette.iter().find(|(name, _)| *name == value.value);
        let meanings = self.group(group).iter();
        meanings.filter_map(|(name, value)| Some((name.as_str(), named(value)?.1.value.as_str()))).collect()
    }

    fn sizes(&self, group: &str) -> Vec<(&str, &str)> {
        self.group(group).iter().map(|(name, value)| (name.as_str(), value.value.as_str())).collect()
    }

    /// What the templates use and the file does not say, a finding a group.
    fn missing(&self, at: Span) -> Findings {
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (group, name) in needed() {
            if !self.group(&group).iter().any(|(own, _)| *own == name) {
                missing.entry(group).or_default().push(name);
            }
        }
        let finding = |(group, names): (String, Vec<String>)| {
            let message = format!("the group `{group}` lacks {}", names.join(", "));
            Diagnostic::error(Code::MissingField, at, message)
                .help("copy them from the built-in templates/tokens.yaml, then change their values")
        };
        missing.into_iter().map(finding).collect()
    }

    /// Meanings that name no colour of the palette.
    fn unknown_colours(&self) -> Findings {
        let palette = || self.group("palette").iter().map(|(name, _)| name.as_str());
        let meanings = MEANINGS.iter().flat_map(|group| self.group(group));
        meanings
            .filter(|(_, value)| !palette().any(|name| name == value.value))
            .map(|(_, value)| {
                let message = format!("the palette has no colour `{}`", value.value);
                Diagnostic::error(Code::UnknownReference, value.at, message)
                    .did_you_mean(&value.value, palette())
                    .help("name the colour in the palette first, then say here what it is used for")
            })
            .collect()
    }

    fn group(&self, name: &str) -> &[(String, Text)] {
        self.groups.iter().find(|(group, _)| group == name).map_or(&[], |(_, tokens)| tokens)
    }
}
