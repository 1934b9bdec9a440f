//! Where a line may end, and where not: a figure is not parted from its sign, its currency or the first word of its unit,
//! and on a web page words that a stroke joins may part after it.

use tera::{Kwargs, TeraResult, Value, escape_html};

use crate::wording::Wording;

/// What is longer may find no room on a line of a phone, and parts there.
const LONGEST: usize = 20;

/// A word of up to so many letters stays whole at a stroke: `n/a` is heard as one word only where nothing parts it.
const SHORT: usize = 8;

/// The filter `line_ends` of templates: a text as HTML. With `after` it stands right after a figure.
pub fn filter(wording: &Wording, text: &str, arguments: &Kwargs) -> TeraResult<Value> {
    let after = arguments.get::<bool>("after")?.unwrap_or_default();
    Ok(Value::safe_string(&html(wording, text, after)))
}

fn html(wording: &Wording, text: &str, after: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    if let Some(unit) = after.then(|| begin_of_unit(wording, text)).flatten() {
        write(&mut out, unit, ["&nbsp;", ""]);
        rest = &text[1 + unit.len()..];
    }
    while !rest.is_empty() {
        let (stretch, is_whole) = next(wording, rest);
        let is_long = stretch.chars().count() > LONGEST;
        let marks = match is_whole {
            // Parts where a line has no room for it, and nowhere else.
            true if is_long && stretch.contains(' ') => ["<span class=\"kept\">", "</span>"],
            // A text that is one stretch needs no mark: a figure is whole by itself.
            true if !is_long && stretch.len() < text.len() => ["<span class=\"whole\">", "</span>"],
            _ => ["", ""],
        };
        write(&mut out, stretch, marks);
        rest = &rest[stretch.len()..];
    }
    out
}

/// The first word of the unit with which a text begins that stands after a figure. The others may stand on the next line:
/// "11.7 percentage" says what is counted, and a column of a few words has no room for more.
pub fn begin_of_unit<'t>(wording: &Wording, text: &'t str) -> Option<&'t str> {
    wording.unit_after_figure(text)?.split(' ').next()
}

/// The next word, with what its unit begins with where it is a figure that has one; and whether it should stay on one line. Spaces that
/// begin a text are a stretch of their own.
fn next<'t>(wording: &Wording, text: &'t str) -> (&'t str, bool) {
    let spaces = text.len() - text.trim_start_matches(' ').len();
    if spaces > 0 {
        return (&text[..spaces], false);
    }
    let word = text.split(' ').next().unwrap_or_default();
    let unit = if is_figure(word) { begin_of_unit(wording, &text[word.len()..]) } else { None };
    let stretch = unit.map_or(word, |unit| &text[..word.len() + 1 + unit.len()]);
    (stretch, unit.is_some() || has_break_before_a_figure(word))
}

/// `(£4.5`, `-12`, `1,200`.
fn is_figure(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit())
}

/// Browsers end a line after a hyphen: `-£5`, `COVID-19`.
fn has_break_before_a_figure(word: &str) -> bool {
    let is_sign = |c: char| matches!(c, '-' | '−' | '–');
    let begins_figure = |c: char| c.is_ascii_digit() || matches!(c, '£' | '$' | '€');
    word.char_indices().any(|(at, sign)| is_sign(sign) && word[at + sign.len_utf8()..].starts_with(begins_figure))
}

/// Writes a stretch between two marks.
fn write(out: &mut String, stretch: &str, [before, behind]: [&str; 2]) {
    out.push_str(before);
    let is_whole = stretch.contains(['@', '.']) || stretch.chars().count() <= SHORT;
    for (place, part) in stretch.split('/').enumerate() {
        let joins_words = !is_whole && part.starts_with(char::is_alphabetic);
        out.push_str(match (place, joins_words) {
            (0, _) => "",
            (_, true) => "/<wbr>",
            (_, false) => "/",
        });
        let mut escaped = Vec::new();
        // Nothing fails that is written into memory.
        let _ = escape_html(part, &mut escaped);
        out.push_str(&String::from_utf8_lossy(&escaped));
    }
    out.push_str(behind);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let marks = [("<span class=\"whole\">", "["), ("<span class=\"kept\">", "[kept: "), ("</span>", "]")];
        let marked =
            marks.iter().fold(html(Wording::english(), text, false), |marked, (mark, sign)| marked.replace(mark, sign));
        assert_eq!(marked, expected);
    }

    #[test]
    fn a_figure_stays_with_its_sign_and_its_unit() {
        check("a loss of -£5,250 in a year", "a loss of [-£5,250] in a year");
        check("contracts over £4.5 million, signed", "contracts over [£4.5 million,] signed");
        check("within 20 days (or 5 %)", "within [20 days] (or [5 %)]");
        check("after COVID-19, in 24-hour care", "after [COVID-19,] in 24-hour care");
        check("Up 1 percentage point.", "Up [1 percentage] point.");
        check("20 working days of 9 people", "[20 working] days of 9 people");
        check("5 per cent, 5 per, cent", "[5 per] cent, [5 per,] cent");
    }

    #[test]
    fn what_is_one_figure_or_longer_than_a_line_is_not_marked() {
        check("-£5,250", "-£5,250");
        check("12 weeks", "12 weeks");
        check("a -£16,311,270,123,456.78 loss", "a -£16,311,270,123,456.78 loss");
    }

    #[test]
    fn a_long_figure_parts_from_its_unit_only_where_a_line_has_no_room() {
        check("Up 11.7 percentage points on it", "Up [11.7 percentage] points on it");
        check("11.7 percentage points", "[11.7 percentage] points");
        check("a -£16,311,270,123,456 million loss", "a [kept: -£16,311,270,123,456 million] loss");
    }

    #[test]
    fn words_part_after_a_stroke_and_addresses_do_not() {
        check("absence/turnover/vacancy", "absence/<wbr>turnover/<wbr>vacancy");
        check("n/a and/or unannounced/announced", "n/a and/or unannounced/<wbr>announced");
        check("2016/17 at www.example.org/reports", "2016/17 at www.example.org/reports");
    }

    #[test]
    fn text_is_text() {
        check("<b> & \"c\"  d", "&lt;b&gt; &amp; &quot;c&quot;  d");
        check("", "");
    }

    #[test]
    fn a_unit_stays_with_the_figure_before_the_text() {
        assert_eq!(html(Wording::english(), " weeks later", true), "&nbsp;weeks later");
        assert_eq!(html(Wording::english(), " percentage points, up", true), "&nbsp;percentage points, up");
        assert_eq!(html(Wording::english(), " people", true), " people");
        assert_eq!(html(Wording::english(), " working", true), " working");
        assert_eq!(html(Wording::english(), " weeks", false), " weeks");
    }
}
