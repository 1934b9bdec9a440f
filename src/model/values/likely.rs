//! What a text that is no figure looks like.

use super::Currency;
use super::number::parse_number;

/// Whether a text says that a figure is not known yet.
pub fn is_unknown(text: &str) -> bool {
    let word = text.trim().to_lowercase().replace(['.', ' '], "");
    matches!(
        word.as_str(),
        "tbc" | "tba" | "tbd" | "tobeconfirmed" | "pending" | "unknown" | "notknown" | "notyetknown" | "?" | "x" | "xx"
    )
}

/// What a text that is no figure was probably meant to be, where its form says so, and how that is written.
pub fn meant(text: &str, is_figure: impl Fn(&str) -> bool) -> Option<String> {
    if is_unknown(text) {
        return Some("a figure that is not known yet is written `no data`, one that does not apply `n/a`".to_owned());
    }
    let word = text.trim().to_lowercase().replace(['.', ' '], "");
    match word.as_str() {
        "*" | "**" | "c" | "suppressed" | "withheld" | "redacted" => {
            return Some("a figure that is kept back is written \"[c]\"".to_owned());
        }
        "#n/a" | "#ref!" | "#div/0!" | "#value!" | "#name?" | "#num!" | "#null!" => {
            return Some("this is an error of a spreadsheet: find the figure there, or write `no data`".to_owned());
        }
        _ => {}
    }
    let bare = |text: &str| {
        text.trim()
            .trim_start_matches(|c| Currency::ALL.iter().any(|one| one.sign() == c))
            .trim_end_matches('%')
            .to_owned()
    };
    let is_number = |digits: &str| parse_number(&bare(digits)).is_ok();
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if let Some((low, high)) = text.split_once(['-', '‑', '‐']).filter(|(low, high)| is_number(low) && is_number(high))
    {
        return Some(format!("a range is written {0}–{1}, with a long dash, or {0} to {1}", low.trim(), high.trim()));
    }
    if text.split_once(':').is_some_and(|(one, of)| is_number(one) && is_number(of)) {
        return Some("a ratio stands in a column or row with `unit: ratio`; it could be a time else".to_owned());
    }
    let unmarked = text.trim_end_matches(|c| matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    if unmarked != text && is_figure(unmarked) {
        return Some(format!(
            "a note beside a figure is written {unmarked} {{{{ note id }}}}, with its text in report.yaml"
        ));
    }
    let million = text.strip_suffix(['m', 'M']).or_else(|| text.strip_suffix("bn")).filter(|number| is_number(number));
    if let Some(number) = million.filter(|number| digits(number)) {
        let word = if text.ends_with("bn") { "billion" } else { "million" };
        return Some(format!("`{text}` could mean several things: write {number} {word}, or £{text}"));
    }
    match text.replace([' ', '\u{a0}', '\u{202f}'], ",") {
        grouped if grouped != text && is_number(&grouped) => Some(format!("thousands are parted by commas: {grouped}")),
        _ => None,
    }
}
