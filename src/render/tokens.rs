//! Design tokens: colours, type and space, said once in `tokens.yaml` and written for CSS and for Typst.
//!
//! In: the built-in file, and a house style that says what differs, token by token. Out: every token with its value.

use std::collections::BTreeMap;

use typst::text::Font;

use crate::diagnostic::{Code, Diagnostic, FileId, Findings, SourceMap, Span};
use crate::source::layers::{LayerFile, built_in_template, is_built_in};
use crate::yaml::{self, FromNode, Node, Text, Value};

use super::faces::{Face, Served, rules, stack};
use super::legibility::{self, Pair};
use super::library;
use super::typst_text::name_literal;

/// Groups of tokens, each with its names and values in the order of the file.
pub struct Tokens {
    groups: Vec<Group>,
    /// The file that says what differs from what is built in.
    own: Option<FileId>,
}

/// A group of tokens.
type Group = (String, Vec<(Text, Text)>);

/// The groups. Colours are named once in the palette; what they mean on screen and in print goes by those names.
const GROUPS: &[&str] = &[
    "palette",
    "type",
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
/// What is used in each scheme: the meanings, over others that hold where they are silent, and the pairs that must be told
/// apart.
const SCHEMES: [(&str, &[&str], &str); 3] = [
    ("light", &["screen-light"], "screen-contrast"),
    ("dark", &["screen-dark", "screen-light"], "screen-contrast"),
    ("print", &["print-colour"], "print-contrast"),
];

/// The token that says which typefaces the pages bring along.
const SERVED: &str = "served";

/// Reads the tokens of a template folder: what is built in, and over it what the folder says otherwise.
pub fn read(file: &LayerFile, sources: &SourceMap, findings: &mut Findings) -> Option<Tokens> {
    let is_own = !is_built_in(&file.shown);
    let built_in = built_in_template("tokens.yaml").unwrap_or_default();
    let mut groups = match is_own {
        true => read_groups(yaml::parse(FileId(0), built_in), &mut Findings::new())?,
        false => Vec::new(),
    };
    let id = sources.add(file.shown.clone(), String::from_utf8_lossy(&file.bytes));
    let own = read_groups(yaml::parse(id, &sources.file(id).text), findings)?;
    let before = findings.len();
    for (name, tokens) in own {
        match groups.iter_mut().find(|(group, _)| *group == name) {
            Some(group) => lay_over(group, tokens, findings),
            None => groups.push((name, tokens)),
        }
    }
    let tokens = Tokens { groups, own: is_own.then_some(id) };
    findings.extend(tokens.unknown_served());
    findings.extend(tokens.lowered(built_in));
    findings.extend(tokens.no_sizes());
    findings.extend(tokens.unknown_colours());
    if is_own && findings.len() == before {
        findings.extend(tokens.hard_to_read());
    }
    (findings.len() == before).then_some(tokens)
}

fn read_groups(parsed: Result<Node, Findings>, findings: &mut Findings) -> Option<Vec<Group>> {
    match parsed {
        Ok(node) => {
            let groups = fields(&node, findings)?;
            let groups: Vec<_> = groups.into_iter().map(|(name, node)| read_group(name, node, findings)).collect();
            groups.into_iter().collect()
        }
        Err(faults) => {
            findings.extend(faults);
            None
        }
    }
}

/// Puts values in the place of those that are built in. A palette may have colours of its own; of all else the names are
/// those that the templates use.
fn lay_over((group, tokens): &mut Group, own: Vec<(Text, Text)>, findings: &mut Findings) {
    for (name, value) in own {
        match tokens.iter_mut().find(|(known, _)| known.value == name.value) {
            Some(token) => *token = (name, value),
            None if group == "palette" => tokens.push((name, value)),
            None => {
                let known = || tokens.iter().map(|(name, _)| name.value.as_str());
                let message = format!("the group `{group}` has no token `{}`", name.value);
                findings
                    .push(Diagnostic::error(Code::UnknownField, name.at, message).did_you_mean(&name.value, known()));
            }
        }
    }
}

fn read_group(name: &Text, node: &Node, findings: &mut Findings) -> Option<Group> {
    if !GROUPS.contains(&name.value.as_str()) {
        findings.push(
            Diagnostic::error(Code::UnknownField, name.at, format!("there is no group of tokens `{}`", name.value))
                .did_you_mean(&name.value, GROUPS.iter().copied())
                .help(format!("the groups are {}", GROUPS.join(", "))),
        );
        return None;
    }
    let tokens =
        fields(node, findings)?.into_iter().map(|(name, node)| Some((name.clone(), Text::from_node(node, findings)?)));
    let tokens: Vec<_> = tokens.collect();
    let tokens: Vec<(Text, Text)> = tokens.into_iter().collect::<Option<_>>()?;
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

/// The names of typefaces, which a comma parts.
fn listed(names: &str) -> Vec<&str> {
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// Whether a text is a colour of six hexadecimal digits.
fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The unit behind a number; none where a text begins with no number. A full stop has digits behind it.
fn unit_of(text: &str) -> Option<&str> {
    let number = text.strip_prefix('-').unwrap_or(text);
    let unit = number.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let digits = &number[..number.len() - unit.len()];
    let is_number = !digits.ends_with('.') && digits.parse::<f64>().is_ok();
    is_number.then_some(unit)
}

fn is_typst_size(text: &str) -> bool {
    unit_of(text).is_some_and(|unit| ["pt", "mm", "cm", "in", "em"].contains(&unit))
}

/// The units of sizes on the page, in small letters.
const CSS_UNITS: &[&str] = &[
    "%", "px", "pt", "pc", "cm", "mm", "q", "in", "em", "rem", "ex", "rex", "cap", "rcap", "ch", "rch", "ic", "ric",
    "lh", "rlh", "vw", "vh", "vi", "vb", "vmin", "vmax", "svw", "svh", "svi", "svb", "svmin", "svmax", "lvw", "lvh",
    "lvi", "lvb", "lvmin", "lvmax", "dvw", "dvh", "dvi", "dvb", "dvmin", "dvmax", "cqw", "cqh", "cqi", "cqb", "cqmin",
    "cqmax",
];

/// The functions that make a size of others.
const CSS_FUNCTIONS: [&str; 4] = ["clamp(", "calc(", "min(", "max("];

/// A length that needs nothing else to be known: a number with its unit, or a function of such lengths and of numbers. Sizes
/// are written out where they are used, also within sums, so that neither `auto` nor the name of another token is one.
fn is_css_size(text: &str) -> bool {
    match unit_of(text) {
        Some("") => text.trim_matches(['0', '.']).is_empty(),
        Some(unit) => CSS_UNITS.contains(&unit),
        None => {
            let is_function = CSS_FUNCTIONS.iter().any(|name| text.starts_with(name));
            let mut parts = text.split_inclusive([' ', ',', '(', ')', '*', '/']);
            is_function && is_closed(text) && parts.all(is_part_of_css_size)
        }
    }
}

/// Whether a part of a function is another one, a number with or without a unit, or only holds others together.
fn is_part_of_css_size(part: &str) -> bool {
    let word = part.trim_end_matches([' ', ',', ')', '*', '/']);
    let is_number = || unit_of(word).is_some_and(|unit| unit.is_empty() || CSS_UNITS.contains(&unit));
    CSS_FUNCTIONS.contains(&part) || matches!(word, "" | "(" | "+" | "-") || is_number()
}

fn is_css_media(text: &str) -> bool {
    text.starts_with('(') && is_closed(text)
}

/// Whether all brackets of a value of CSS are closed, and nothing in it ends the rule that it stands in.
fn is_closed(text: &str) -> bool {
    let mut open = 0_i32;
    let is_whole = text.chars().all(|letter| {
        open += i32::from(letter == '(') - i32::from(letter == ')');
        open >= 0 && !matches!(letter, '{' | '}' | ';')
    });
    is_whole && open == 0 && text.ends_with(')')
}

impl Tokens {
    /// A stylesheet with its tokens. Colours are custom properties, since a screen may be dark; dark ones are for screens
    /// only, so that paper is always light. Sizes are the same everywhere and are written out where they are used, but for
    /// those that the sheet sets anew somewhere; and so are its media (`@media (--wide)`), since a condition cannot hold a
    /// custom property. `faces` are the typefaces that the pages bring along.
    pub fn in_sheet(&self, sheet: &str, faces: &[Face]) -> String {
        let properties = |tokens: &[(&str, &str)]| -> String {
            tokens.iter().map(|(name, value)| format!("--{name}:{value};")).collect()
        };
        // Checkers of style sheets do not know the units of containers yet, but take any property.
        let is_kept = |(name, value): &(&str, &str)| value.contains("cq") || sheet.contains(&format!("--{name}:"));
        let (kept, fixed): (Vec<_>, Vec<_>) = self.sizes("screen-size").into_iter().partition(is_kept);
        let media = self.sizes("screen-media").into_iter().map(|(name, value)| (format!("(--{name})"), value));
        let typeface = stack(self.typeface("page"), faces);
        let fixed = fixed.into_iter().chain([("typeface", typeface.as_str())]);
        let sizes = fixed.map(|(name, value)| (format!("var(--{name})"), value));
        let sheet = media.chain(sizes).fold(sheet.to_owned(), |sheet, (name, value)| sheet.replace(&name, value));
        format!(
            "{}:root{{color-scheme:light dark;{}{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n{sheet}",
            rules(faces),
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

    /// What the Typst library knows of them: the typefaces, where each has the letters that those before it lack, and the
    /// dictionaries `colour` and `size`.
    pub fn typst(&self, fonts: &[Font]) -> String {
        let dictionary = |tokens: Vec<(&str, &str)>, before: &str, after: &str| -> String {
            tokens.iter().map(|(name, value)| format!("{name}: {before}{value}{after}, ")).collect()
        };
        format!(
            "#let typeface = {}\n#let colour = ({})\n#let size = ({})\n",
            self.typefaces(fonts),
            dictionary(self.colours("print-colour"), "rgb(\"", "\")"),
            dictionary(self.sizes("print-size"), "", ""),
        )
    }

    /// The sizes of the PDF that are a length each, which can stand in the place of their names.
    pub fn lengths(&self) -> BTreeMap<&str, &str> {
        self.sizes("print-size").into_iter().filter(|(_, value)| library::is_length(value)).collect()
    }

    /// The typeface of the `page` or the `pdf`.
    pub fn typeface(&self, form: &str) -> &str {
        self.value("type", form).map_or("sans-serif", |value| value.value.as_str())
    }

    /// The typefaces of the PDF that a house style names, in their order, with their place.
    pub fn own_typefaces(&self) -> Option<(Vec<&str>, Span)> {
        let text = self.value("type", "pdf").filter(|text| Some(text.at.file) == self.own)?;
        Some((listed(&text.value), text.at))
    }

    /// Which typefaces the pages bring along.
    pub fn served(&self) -> Served {
        self.value("type", SERVED).and_then(|value| Served::named(&value.value)).unwrap_or(Served::None)
    }

    fn unknown_served(&self) -> Option<Diagnostic> {
        let value = self.value("type", SERVED).filter(|value| Served::named(&value.value).is_none())?;
        let names = Served::NAMES.map(|(name, _)| name);
        let finding = Diagnostic::error(Code::WrongValue, value.at, format!("`{}` is not understood", value.value));
        Some(finding.did_you_mean(&value.value, names).help(format!("write one of: {}", names.join(", "))))
    }

    /// The families of the PDF, in the order in which each has the letters that those before it lack: those that are named,
    /// then all others by the names of their files.
    pub fn families<'t>(&'t self, fonts: &'t [Font]) -> Vec<&'t str> {
        let mut families = listed(self.typeface("pdf"));
        for font in fonts {
            let family = font.info().family.as_str();
            if !families.iter().any(|known| known.eq_ignore_ascii_case(family)) {
                families.push(family);
            }
        }
        families
    }

    /// The typefaces of the PDF as Typst writes them.
    fn typefaces(&self, fonts: &[Font]) -> String {
        match self.families(fonts)[..] {
            [only] => name_literal(only),
            ref families => format!("({})", families.iter().map(|one| name_literal(one) + ", ").collect::<String>()),
        }
    }

    /// Names and values of a group of colours, out of the palette.
    fn colours(&self, group: &str) -> Vec<(&str, &str)> {
        let meanings = self.group(group).iter();
        let colour = |meaning: &Text| Some(self.value("palette", &meaning.value)?.value.as_str());
        meanings.filter_map(|(name, meaning)| Some((name.value.as_str(), colour(meaning)?))).collect()
    }

    fn sizes(&self, group: &str) -> Vec<(&str, &str)> {
        self.group(group).iter().map(|(name, value)| (name.value.as_str(), value.value.as_str())).collect()
    }

    /// Meanings that name no colour of the palette.
    fn unknown_colours(&self) -> Findings {
        let palette = || self.group("palette").iter().map(|(name, _)| name.value.as_str());
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

    /// Pairs of colours that are too much alike, where the house style has a part in them; each with a colour that would be
    /// enough in all pairs of the same token.
    fn hard_to_read(&self) -> Findings {
        let pairs = SCHEMES.iter().flat_map(|scheme| self.group(scheme.2).iter().map(move |pair| (scheme, pair)));
        let own_pairs: Vec<(&Text, Pair, (&str, &str))> = pairs
            .filter_map(|((scheme, meanings, _), (pair, least))| {
                let (ink, ground) = pair.value.split_once(" on ")?;
                let meaning = |name: &str| meanings.iter().find_map(|group| self.value(group, name));
                let (ink, ground) = (meaning(ink)?, meaning(ground)?);
                let (ink_colour, ground_colour) =
                    (self.value("palette", &ink.value)?, self.value("palette", &ground.value)?);
                // Whichever of them is of the house style is told; the ink where both are.
                let may_change = [(ink_colour, false), (ink, false), (ground_colour, true), (ground, true)];
                let (token, is_ground) = may_change.into_iter().find(|(text, _)| Some(text.at.file) == self.own)?;
                let (ink, ground) = (ink_colour.value.as_str(), ground_colour.value.as_str());
                let (own, other) = if is_ground { (ground, ink) } else { (ink, ground) };
                let named = (pair.value.as_str(), *scheme);
                Some((token, Pair { own, other, least: least.value.parse().ok()? }, named))
            })
            .collect();
        let of_token = |token: &Text| -> Vec<Pair> {
            own_pairs.iter().filter(|(one, ..)| one.at == token.at).map(|(_, pair, _)| *pair).collect()
        };
        let fault = |(token, pair, (name, scheme)): &(&Text, Pair, (&str, &str))| {
            let message = format!("{name} cannot be read well enough ({scheme}): {}", pair.fault()?);
            let help = legibility::enough(pair.own, &of_token(token));
            Some(Diagnostic::error(Code::ContrastLow, token.at, message).help(help))
        };
        own_pairs.iter().filter_map(fault).collect()
    }

    /// Sizes that are none: a browser would pass over them in silence, and the PDF would fail without saying where.
    fn no_sizes(&self) -> Findings {
        type Kind = (&'static str, fn(&str) -> bool, &'static str);
        let kinds: [Kind; 3] = [
            (
                "screen-size",
                is_css_size,
                "a size is a number with its unit in small letters, such as 1.5rem, 2px or 36em, or a sum of such numbers, such as clamp(1rem, 4vw, 2rem); `auto` and the name of another token are none",
            ),
            ("screen-media", is_css_media, "a condition stands in brackets: \"(min-width: 40em)\""),
            ("print-size", is_typst_size, "a size is a number with its unit: pt, mm, cm, in or em"),
        ];
        let of_kind = |(group, is_size, help): Kind| {
            let own = self.group(group).iter().filter(|(_, value)| Some(value.at.file) == self.own);
            own.filter(move |(_, value)| !is_size(&value.value)).map(move |(_, value)| {
                let message = format!("`{}` is no value for this token", value.value);
                Diagnostic::error(Code::WrongValue, value.at, message).help(help)
            })
        };
        kinds.into_iter().flat_map(of_kind).collect()
    }

    /// Pairs of colours for which a house style asks less contrast than they need.
    fn lowered(&self, built_in: &str) -> Findings {
        let number = |value: &Text| value.value.parse::<f64>().ok();
        let needed = read_groups(yaml::parse(FileId(0), built_in), &mut Findings::new()).unwrap_or_default();
        let pairs = needed.iter().filter(|(group, _)| SCHEMES.iter().any(|(_, _, pairs)| pairs == group));
        let of_group = pairs.flat_map(|(group, pairs)| pairs.iter().map(move |(pair, least)| (group, pair, least)));
        of_group
            .filter_map(|(group, pair, least)| {
                let said = self.value(group, &pair.value).filter(|said| Some(said.at.file) == self.own)?;
                (number(said) < number(least)).then(|| {
                    let message = format!("`{}` needs a contrast of {} to 1 at least", pair.value, least.value);
                    Diagnostic::error(Code::ContrastLow, said.at, message)
                        .help("a house style may ask for more, not for less: remove the line, and choose other colours")
                })
            })
            .collect()
    }

    /// The names of the tokens of a group.
    pub fn names(&self, group: &str) -> impl Iterator<Item = &str> {
        self.group(group).iter().map(|(name, _)| name.value.as_str())
    }

    fn value(&self, group: &str, name: &str) -> Option<&Text> {
        self.group(group).iter().find(|(own, _)| own.value == name).map(|(_, value)| value)
    }

    fn group(&self, name: &str) -> &[(Text, Text)] {
        self.groups.iter().find(|(group, _)| group == name).map_or(&[], |(_, tokens)| tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What browsers pass over in silence, or what only they could know, is no size; what the built-in tokens say is.
    #[test]
    fn a_size_is_a_number_with_its_unit_or_a_sum_of_such() {
        for size in [
            "1.5rem",
            ".5em",
            "-2px",
            "0",
            "0.0",
            "50%",
            "100cqi",
            "5cqmin",
            "90svw",
            "1ic",
            "clamp(1rem, 4vw, 2rem)",
            "calc((1px + 2%) * 2)",
            "max(1px, min(-2px,3dvb) / 2)",
        ] {
            assert!(is_css_size(size), "{size}");
        }
        let built_in = built_in_template("tokens.yaml").unwrap();
        let groups = read_groups(yaml::parse(FileId(0), built_in), &mut Findings::new()).unwrap();
        let (_, sizes) = groups.iter().find(|(name, _)| name == "screen-size").unwrap();
        assert!(sizes.len() > 40);
        for (name, size) in sizes {
            assert!(is_css_size(&size.value), "{}", name.value);
        }
        for other in [
            "5.",
            "5.rem",
            "12",
            "1.5REM",
            "2Px",
            "5foo",
            "auto",
            "var(--space-2)",
            "calc(var(--space-2) * 2)",
            "rem",
            "",
            "calc(1px",
            "calc(1px);color:red",
            "clamp(1rem, 4vw, 2rem) 1px",
            "calc(auto)",
            "max(5., 1REM)",
            "clamp(1foo, 2Px, 3)",
            "calc(1px + env(2px))",
        ] {
            assert!(!is_css_size(other), "{other}");
        }
        assert!(is_typst_size("8.5pt") && is_typst_size("-2mm") && !is_typst_size("5.pt") && !is_typst_size("1rem"));
    }
}
