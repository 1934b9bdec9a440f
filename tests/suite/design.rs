//! The design system: colours and sizes are said once, and every pair of colours can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::root;

type Group = BTreeMap<String, String>;

fn tokens() -> BTreeMap<String, Group> {
    let text = fs::read_to_string(root().join("templates/tokens.yaml")).unwrap();
    let tokens: BTreeMap<String, BTreeMap<String, serde_yaml::Value>> = serde_yaml::from_str(&text).unwrap();
    let shown = |value: serde_yaml::Value| match value {
        serde_yaml::Value::String(text) => text,
        other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
    };
    let group =
        |group: BTreeMap<String, serde_yaml::Value>| group.into_iter().map(|(name, value)| (name, shown(value)));
    tokens.into_iter().map(|(name, values)| (name, group(values).collect())).collect()
}

/// The templates with that ending, without their comments.
fn templates(ending: &str) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(root().join("templates")).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|file| file.path().extension().is_some_and(|own| own == ending));
    files
        .map(|file| {
            let text = fs::read_to_string(file.path()).unwrap();
            let plain = match ending {
                "css" => text.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect(),
                "typ" => {
                    text.lines().map(|line| line.split("// ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
                }
                _ => text,
            };
            (file.path().strip_prefix(root()).unwrap().display().to_string(), plain)
        })
        .collect()
}

/// Numbers with one of the units, but for nothing.
fn sizes<'t>(text: &'t str, units: &[&str]) -> Vec<&'t str> {
    let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_digit()
            && at.checked_sub(1).is_none_or(|before| {
                !bytes[before].is_ascii_alphanumeric() && !b"-_.#".contains(&bytes[before]) || bytes[before] == b'.'
            });
        let number = bytes[at..].iter().take_while(|byte| is_number(**byte)).count();
        if !starts {
            at += 1;
            continue;
        }
        let rest = &text[at + number..];
        let unit = units.iter().find(|unit| {
            rest.strip_prefix(**unit).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        });
        if let Some(unit) = unit
            && !text[at..at + number].trim_matches(['0', '.']).is_empty()
        {
            found.push(&text[at..at + number + unit.len()]);
        }
        at += number;
    }
    found
}

#[test]
fn sizes_are_found_in_a_text() {
    assert_eq!(
        sizes("a{padding:0 1px;width:2.5rem;margin:0px;x:3em;--space-1px:a}", &["px", "rem"]),
        ["1px", "2.5rem"]
    );
    assert_eq!(sizes("v(12pt) + 0pt + 4.5mm/2 + q1pt", &["pt", "mm"]), ["12pt", "4.5mm"]);
}

#[test]
fn colours_and_sizes_stand_in_the_tokens_alone() {
    let colours = [
        "white", "black", "red", "green", "blue", "navy", "gray", "grey", "silver", "orange", "yellow", "purple",
        "teal",
    ];
    let sheets = templates("css");
    assert!(sheets.len() > 5);
    for (path, text) in sheets {
        assert_eq!(sizes(&text, &["px", "rem", "pt", "mm", "cm", "in", "pc"]), [""; 0], "{path} has sizes of its own");
        for function in ["rgb(", "rgba(", "hsl(", "oklch(", "color-mix("] {
            assert!(!text.contains(function), "{path} has a colour of its own: {function}");
        }
        for value in text.split(':').skip(1).filter_map(|rest| rest.split([';', '}', '{']).next()) {
            let has_hex =
                value.split('#').skip(1).any(|hex| hex.bytes().take_while(u8::is_ascii_hexdigit).count() >= 3);
            assert!(!has_hex, "{path} has a colour of its own: {value}");
            let named = value.split(|c: char| !c.is_alphanumeric() && c != '-').find(|word| colours.contains(word));
            assert_eq!(named, None, "{path} has a colour of its own: {value}");
        }
    }
    for (path, text) in templates("typ") {
        assert_eq!(sizes(&text, &["pt", "mm", "cm", "in"]), [""; 0], "{path} has sizes of its own");
        for function in ["rgb(", "luma(", "cmyk(", "oklch(", "fill: white", "fill: black", "color."] {
            assert!(!text.contains(function), "{path} has a colour of its own: {function}");
        }
    }
    for (path, text) in templates("html") {
        assert!(!text.contains("style=") && !text.contains("<style"), "{path} has styles of its own");
    }
}

/// Whether a text names a token, and not only one that begins with its name.
fn names(text: &str, token: &str) -> bool {
    text.match_indices(token)
        .any(|(at, _)| !text[at + token.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

#[test]
fn every_token_is_used() {
    let tokens = tokens();
    let text = |ending: &str| templates(ending).into_iter().map(|(_, text)| text).collect::<String>();
    let (css, typst) = (text("css"), text("typ"));
    let sizes: String = tokens["screen-size"].values().cloned().collect();
    let is_used = |group: &str, name: &str| match group {
        // What is served is a file, and no word of a template.
        "type" => {
            css.contains("var(--typeface)") && names(&typst, "typeface") && ["page", "pdf", "served"].contains(&name)
        }
        "screen-media" => css.contains(&format!("(--{name})")),
        "print-colour" => names(&typst, &format!("colour.{name}")),
        "print-size" => names(&typst, &format!("size.{name}")),
        _ => css.contains(&format!("var(--{name})")) || sizes.contains(&format!("var(--{name})")),
    };
    for group in ["type", "screen-light", "screen-dark", "screen-size", "screen-media", "print-colour", "print-size"] {
        for name in tokens[group].keys() {
            assert!(is_used(group, name), "{group}: nothing uses {name}");
        }
    }
    let meanings: BTreeSet<&String> =
        ["screen-light", "screen-dark", "print-colour"].iter().flat_map(|group| tokens[*group].values()).collect();
    for name in tokens["palette"].keys() {
        assert!(meanings.contains(name), "palette: nothing means {name}");
    }
    assert!(
        tokens["screen-dark"].keys().all(|name| tokens["screen-light"].contains_key(name)),
        "a dark colour is no light one"
    );
}

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    assert_eq!(contrast("#ffffff", "#000000").round(), 21.0);
    assert!((contrast("#ffffff", "#005eb8") - 6.4).abs() < 0.1);
}

/// Every pair that is used reaches its contrast, light and dark and in print.
#[test]
fn every_pair_of_colours_can_be_read() {
    let tokens = tokens();
    let mut dark = tokens["screen-light"].clone();
    dark.extend(tokens["screen-dark"].clone());
    for (pairs, scheme, meanings) in [
        ("screen-contrast", "light", &tokens["screen-light"]),
        ("screen-contrast", "dark", &dark),
        ("print-contrast", "print", &tokens["print-colour"]),
    ] {
        for (pair, least) in &tokens[pairs] {
            let (ink, ground) = pair.split_once(" on ").unwrap_or_else(|| panic!("{pair} is no pair"));
            let colour = |name: &str| {
                let meaning = meanings.get(name).unwrap_or_else(|| panic!("{pairs}: there is no {name}"));
                tokens["palette"][meaning].as_str()
            };
            let least: f64 = least.parse().unwrap();
            assert!(least >= 3.0, "{pair} asks for too little");
            let contrast = contrast(colour(ink), colour(ground));
            assert!(contrast >= least, "{scheme}: {pair} has {contrast:.2} to 1 and needs {least}");
        }
    }
}

/// No style sets a colour, or a colour on a ground, that the list of pairs leaves out.
#[test]
fn every_pair_that_a_style_sets_is_in_the_list() {
    let tokens = tokens();
    let pairs: BTreeSet<&str> = tokens["screen-contrast"].keys().map(String::as_str).collect();
    // A shape in amber has an edge that stands out.
    let is_ink = |name: &str| {
        name == "amber" && pairs.contains("amber-edge on amber")
            || pairs.iter().any(|pair| pair.starts_with(&format!("{name} on ")))
    };
    let is_ground = |name: &str| pairs.iter().any(|pair| pair.ends_with(&format!(" on {name}")));
    let named = |block: &str, property: &str| {
        let declared =
            block.split(';').find_map(|one| one.trim().strip_prefix(property)?.trim().strip_prefix("var(--"));
        declared.and_then(|rest| rest.split_once(')')).map(|(name, _)| name.to_owned())
    };
    let mut seen = 0;
    for (path, text) in templates("css") {
        for block in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            let ink = named(block, "color:");
            let ground = named(block, "background:").or_else(|| named(block, "background-color:"));
            // What is drawn stands on a ground, or is one.
            for drawn in ["fill:", "stroke:"].iter().filter_map(|property| named(block, property)) {
                assert!(is_ink(&drawn) || is_ground(&drawn), "{path}: {drawn} is drawn, and in no pair of the list");
            }
            match (&ink, &ground) {
                (Some(ink), Some(ground)) => {
                    let pair = format!("{ink} on {ground}");
                    assert!(pairs.contains(pair.as_str()), "{path}: {pair} is not in the list");
                }
                (Some(ink), None) => assert!(is_ink(ink), "{path}: {ink} stands on no ground in the list"),
                (None, Some(ground)) => {
                    assert!(is_ground(ground), "{path}: nothing in the list stands on {ground}");
                }
                (None, None) => continue,
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "the styles were not found");
}

/// A value without quotation marks takes in the stroke of a tag that ends in `/>`: a parser then reads another value.
#[test]
fn a_tag_ends_behind_a_quotation_mark_or_a_space() {
    for (path, text) in templates("html") {
        for (end, _) in text.match_indices("/>") {
            let mut before = &text[..end];
            // What a template leaves out or repeats is no part of the value.
            while let Some(start) = before.strip_suffix("%}").and_then(|inner| inner.rfind("{%")) {
                before = &before[..start];
            }
            assert!(before.ends_with(['"', ' ', '\n']), "{path}: {}/>", &before[before.len().saturating_sub(40)..]);
        }
    }
}
