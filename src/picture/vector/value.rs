//! Values of style: written so that browsers and the PDF read them alike, or refused.

use std::collections::BTreeMap;

use svgtypes::{Color, Transform};

use super::css::{shortened, split};
use super::lists::{AT_REST, COLOURS, FUNCTIONS, PROPERTIES, TRANSFORMS, UNITS, WITHOUT_EFFECT, has};
use super::steps::Steps;

/// More substitutions within each other than anybody writes.
const DEEPEST_VARIABLE: usize = 16;
/// A value that grows beyond this refers to itself.
const LONGEST_VALUE: usize = 10_000;

/// Custom properties, as they hold for an element.
pub type Variables = BTreeMap<String, String>;

/// What comes of a property.
#[derive(Debug, PartialEq)]
pub enum Judged {
    /// It stays, with this value.
    Kept(String),
    /// It has no effect in a picture, and goes without a word.
    WithoutEffect,
    /// It moves, which is left out.
    Moves,
    /// What would look different, in words.
    Refused(String),
}

/// Judges a property and its value.
pub fn judged(name: &str, value: &str, variables: &Variables, steps: &mut Steps) -> Judged {
    if name.starts_with("animation") || name.starts_with("transition") {
        return Judged::Moves;
    }
    if name.starts_with('-') || has(WITHOUT_EFFECT, name) {
        return Judged::WithoutEffect;
    }
    let written = match plain(value, variables, steps) {
        Ok(written) => written,
        Err(what) => return Judged::Refused(what),
    };
    if let Some((_, values)) = AT_REST.iter().find(|(property, _)| *property == name) {
        let is_at_rest = written.split_whitespace().all(|word| has(values, &word.to_ascii_lowercase()));
        return if is_at_rest {
            Judged::WithoutEffect
        } else {
            Judged::Refused(format!("`{name}: {}`", shortened(value)))
        };
    }
    let kept = match name {
        _ if !has(PROPERTIES, name) => None,
        _ if has(COLOURS, name) => paint(&written),
        "clip-path" | "mask" | "marker" | "marker-start" | "marker-mid" | "marker-end" => reference(&written),
        "transform" => transform(&written),
        "filter" => (written == "none" || written.contains('(')).then(|| written.clone()),
        "font" if written.contains('/') => font_without_line_height(&written),
        "text-decoration" => decoration(&written),
        _ => Some(written.clone()).filter(|written| !written.contains('(')),
    };
    kept.map_or_else(|| Judged::Refused(format!("`{name}: {}`", shortened(value))), Judged::Kept)
}

/// Judges an attribute that measures, moves or turns.
pub fn measure(name: &str, value: &str) -> Result<String, String> {
    let refused = || format!("`{name}=\"{}\"`", shortened(value));
    if has(TRANSFORMS, name) {
        let value = without_escapes(value)?;
        return transform(value).ok_or_else(refused);
    }
    if value.contains('(') || unknown_unit(value) { Err(refused()) } else { Ok(value.to_owned()) }
}

/// The value with its variables filled in and its colours in the one form that all programs read.
fn plain(value: &str, variables: &Variables, steps: &mut Steps) -> Result<String, String> {
    let value = without_escapes(value)?;
    let value = filled_in(value, variables, 0, steps)?;
    let value = with_plain_colours(&value)?;
    for (bracket, _) in value.match_indices('(') {
        let function = function_before(&value, bracket).to_ascii_lowercase();
        if function == "url" {
            let address = value[bracket + 1..].trim_ascii_start().trim_start_matches(['"', '\'']);
            if !address.starts_with('#') {
                return Err(format!("`{}`, which is loaded from elsewhere,", shortened(&value)));
            }
        } else if !has(FUNCTIONS, &function) {
            return Err(format!("`{function}(…)`"));
        }
    }
    let is_foreign = |word: &str| matches!(word, "initial" | "unset" | "revert" | "revert-layer");
    if is_foreign(value.trim()) || unknown_unit(&value) { Err(format!("`{}`", shortened(&value))) } else { Ok(value) }
}

/// A backslash could spell anything in another way.
fn without_escapes(value: &str) -> Result<&str, String> {
    if value.contains('\\') { Err(format!("`{}`", shortened(value))) } else { Ok(value.trim()) }
}

/// Fills in `var(--name, otherwise)`, and takes the first, light colour of `light-dark(…)`.
fn filled_in(value: &str, variables: &Variables, depth: usize, steps: &mut Steps) -> Result<String, String> {
    steps.take(value.len());
    let unknown = || format!("`{}`", shortened(value));
    if depth > DEEPEST_VARIABLE || value.len() > LONGEST_VALUE || !steps.are_left() {
        return Err(unknown());
    }
    let lower = value.to_ascii_lowercase();
    let found = ["var(", "light-dark("].into_iter().find_map(|name| Some((name, lower.find(name)?)));
    let Some((name, at)) = found else { return Ok(value.to_owned()) };
    let (inner, end) = bracketed(value, at + name.len()).ok_or_else(unknown)?;
    let pieces = split(inner, ',');
    let first = pieces.first().map_or("", |(_, piece)| piece.trim());
    let otherwise = pieces.get(1).map(|(start, _)| inner[*start..].trim());
    let filling = match name {
        "var(" => variables.get(first).map(String::as_str).or(otherwise),
        _ => Some(first),
    };
    let filling = filling.ok_or_else(|| format!("`{}`, which has no value,", shortened(&value[at..end])))?;
    filled_in(&format!("{}{filling}{}", &value[..at], &value[end..]), variables, depth + 1, steps)
}

/// What stands in a bracket that opens before a place, and where it has closed.
fn bracketed(text: &str, from: usize) -> Option<(&str, usize)> {
    let mut depth = 1;
    for (at, c) in text[from..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some((&text[from..from + at], from + at + 1)),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn function_before(text: &str, bracket: usize) -> &str {
    let in_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text[..bracket].rsplit(|c| !in_name(c)).next().unwrap_or_default()
}

/// Writes `rgb(0 94 184 / 50%)` and the like as `#005eb880`.
fn with_plain_colours(value: &str) -> Result<String, String> {
    let mut plain = String::new();
    let mut rest = value;
    while let Some(bracket) = rest.find('(') {
        let function = function_before(rest, bracket);
        let start = bracket - function.len();
        if !matches!(function.to_ascii_lowercase().as_str(), "rgb" | "rgba" | "hsl" | "hsla") {
            plain.push_str(&rest[..=bracket]);
            rest = &rest[bracket + 1..];
            continue;
        }
        let (_, end) = bracketed(rest, bracket + 1).ok_or_else(|| format!("`{}`", shortened(value)))?;
        let colour =
            colour(&with_commas(&rest[start..end])).ok_or_else(|| format!("`{}`", shortened(&rest[start..end])))?;
        plain.push_str(&rest[..start]);
        plain.push_str(&colour);
        rest = &rest[end..];
    }
    Ok(plain + rest)
}

/// `rgb(0 94 184 / 50%)` in the older form, `rgba(0,94,184,0.5)`.
fn with_commas(colour: &str) -> String {
    let (function, inner) = colour.split_once('(').unwrap_or((colour, ""));
    let numbers = inner.trim_end_matches(')').split([',', '/', ' ', '\n', '\t']).filter(|number| !number.is_empty());
    let mut numbers: Vec<String> = numbers.map(str::to_ascii_lowercase).collect();
    if let Some(share) = numbers.get(3).and_then(|alpha| alpha.strip_suffix('%')?.parse::<f64>().ok()) {
        numbers[3] = (share / 100.0).to_string();
    }
    if let Some(hue) = numbers.first().and_then(|hue| hue.strip_suffix("deg")) {
        numbers[0] = hue.to_owned();
    }
    let alpha = if numbers.len() > 3 { "a" } else { "" };
    format!("{}{alpha}({})", function.trim_end_matches(['a', 'A']), numbers.join(","))
}

/// A colour in digits.
fn colour(text: &str) -> Option<String> {
    let Color { red, green, blue, alpha } = text.to_ascii_lowercase().parse().ok()?;
    let solid = format!("#{red:02x}{green:02x}{blue:02x}");
    Some(if alpha == 255 { solid } else { format!("{solid}{alpha:02x}") })
}

/// A colour, or a reference to what paints, with a colour for when that is not there.
fn paint(value: &str) -> Option<String> {
    let is_word = |word: &str| has("none currentcolor inherit context-fill context-stroke", word);
    let plain = |word: &str| match word.to_ascii_lowercase() {
        word if is_word(&word) => Some(if word == "currentcolor" { "currentColor".to_owned() } else { word }),
        // Words and digits that all programs know stay as they are written.
        word => colour(&word).map(|_| word),
    };
    if !value.to_ascii_lowercase().starts_with("url(") {
        return plain(value);
    }
    let (_, end) = bracketed(value, "url(".len())?;
    match value[end..].trim() {
        "" => Some(value.to_owned()),
        otherwise => Some(format!("{} {}", &value[..end], plain(otherwise)?)),
    }
}

fn reference(value: &str) -> Option<String> {
    let is_url = || value.to_ascii_lowercase().starts_with("url(") && value.ends_with(')');
    (matches!(value, "none" | "inherit") || is_url()).then(|| value.to_owned())
}

/// A transformation as attributes have it: numbers without units, a function for each axis made one for both.
fn transform(value: &str) -> Option<String> {
    if value.is_empty() || value == "none" {
        return Some(value.to_owned());
    }
    let mut written = String::new();
    let mut rest = value;
    while let Some(bracket) = rest.find('(') {
        let function = function_before(rest, bracket);
        let (inner, end) = bracketed(rest, bracket + 1)?;
        let bare = |number: &str| {
            let number = number.trim();
            let number = number.strip_suffix("px").or_else(|| number.strip_suffix("deg")).unwrap_or(number);
            number.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| number.to_owned())
        };
        let numbers: Vec<String> = inner
            .split([',', ' ', '\n', '\t'])
            .filter(|one| !one.is_empty())
            .map(bare)
            .collect::<Option<_>>()
            .unwrap_or_default();
        let one = match (function.to_ascii_lowercase().as_str(), &numbers[..]) {
            ("translatex", [x]) => format!("translate({x} 0)"),
            ("translatey", [y]) => format!("translate(0 {y})"),
            ("scalex", [x]) => format!("scale({x} 1)"),
            ("scaley", [y]) => format!("scale(1 {y})"),
            // What attributes write more freely (`translate(1-2)`) stays as it is.
            (_, []) => rest[bracket - function.len()..end].to_owned(),
            _ => format!("{function}({})", numbers.join(" ")),
        };
        written.push_str(if written.is_empty() { "" } else { " " });
        written.push_str(&one);
        rest = &rest[end..];
    }
    (rest.trim().is_empty() && written.parse::<Transform>().is_ok()).then_some(written)
}

/// The shorthand for a typeface without the height of its lines, which has no effect in a drawing.
fn font_without_line_height(value: &str) -> Option<String> {
    let (before, after) = value.split_once('/')?;
    let (_, family) = after.trim_start().split_once(' ')?;
    Some(format!("{} {}", before.trim_end(), family.trim_start()))
}

/// Lines of the usual kind: their own colour and style are not understood by the PDF.
fn decoration(value: &str) -> Option<String> {
    let lines: Vec<&str> =
        value.split_whitespace().filter(|word| !matches!(*word, "solid" | "auto" | "currentcolor")).collect();
    let is_known = lines.iter().all(|line| has("none underline overline line-through inherit", line));
    (is_known && !lines.is_empty()).then(|| lines.join(" "))
}

/// Whether a number has a unit that only browsers know, such as `rem` or `vw`.
fn unknown_unit(value: &str) -> bool {
    let mut quote = None;
    let unquoted = value.replace(
        |c: char| {
            match quote {
                Some(open) if c == open => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                _ => {}
            }
            quote.is_some()
        },
        " ",
    );
    let words = unquoted.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/' | ';'));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).any(|word| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
        // An exponent is no unit.
        let unit = match unit.strip_prefix(['e', 'E']) {
            Some(power) if power.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')) => {
                power.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
            }
            _ => unit,
        };
        let is_number = word[..word.len() - unit.len()].contains(|c: char| c.is_ascii_digit());
        is_number && !unit.is_empty() && !has(UNITS, &unit.to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::cleaned;

    #[test]
    fn values_are_written_as_both_formats_read_them() {
        let alike = |what: &str| format!("the page and the PDF would not show {what} alike");
        for (property, value, written) in [
            ("fill", "rgb(0 94 184 / 50%)", "#005eb880"),
            ("fill", "rgba(0, 94, 184, 1)", "#005eb8"),
            ("fill", "hsl(120deg 100% 50%)", "#00ff00"),
            ("stroke", "CurrentColor", "currentColor"),
            ("fill", "url(#a) Red", "url(#a) red"),
            ("fill", "light-dark(rgb(1,2,3), white)", "#010203"),
            ("transform", "translateX(10px) rotate(45deg)", "translate(10 0) rotate(45)"),
            ("transform", "translate(1-2)", "translate(1-2)"),
            ("filter", "drop-shadow(0 0 2px rgba(0,0,0,.5))", "drop-shadow(0 0 2px #00000080)"),
            ("font", "bold 12px/1.5 Arial, sans-serif", "bold 12px Arial, sans-serif"),
        ] {
            let (left, said) = cleaned(&format!("<rect style='{property}:{value}'/>"));
            let written = if property == "font" {
                format!("style=\"font:{written}\"")
            } else {
                format!("{property}=\"{written}\"")
            };
            assert_eq!((left, said), (format!("<rect {written}/>"), vec![]), "{value}");
        }
        for (property, value, what) in [
            ("fill", "oklch(0.5 0.1 240)", "`oklch(…)`"),
            ("fill", "color-mix(in srgb, red, blue)", "`color-mix(…)`"),
            ("fill", "CanvasText", "`fill: CanvasText`"),
            ("fill", "var(--nowhere)", "`var(--nowhere)`, which has no value,"),
            ("stroke-width", "0.5rem", "`0.5rem`"),
            ("stroke-width", "calc(1px + 2px)", "`calc(…)`"),
            ("transform", "rotate3d(1,1,1,45deg)", "`rotate3d(…)`"),
            ("transform-origin", "center", "`transform-origin: center`"),
            ("vector-effect", "non-scaling-stroke", "`vector-effect: non-scaling-stroke`"),
            ("cx", "5px", "`cx: 5px`"),
            ("clip-path", "circle(5px)", "`circle(…)`"),
            ("fill", "\\72 ed", "`\\72 ed`"),
        ] {
            assert_eq!(
                cleaned(&format!("<rect style='{property}:{value}'/>")),
                ("<rect/>".to_owned(), vec![alike(what)])
            );
        }
        assert_eq!(cleaned("<rect width='50vw'/>").1, [alike("`width=\"50vw\"`")]);
        assert_eq!(
            cleaned("<style>:root{--a:var(--a)}</style><rect fill='var(--a)'/>").1.len(),
            1,
            "a ring of variables"
        );
    }
}
