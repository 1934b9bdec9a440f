//! How marks are found in a text, each by a look through it from its beginning to its end: a text may be long, and
//! hold nothing else.

use std::ops::Range;

use crate::diagnostic::floor_char;
use crate::fact::is_address;
use crate::markdown::BULLETS;

/// What belongs together, such as in brackets, is no longer, in bytes.
const LONGEST: usize = 200;

/// What stands between an opening and the closing that comes next, where that is not far.
fn enclosed<'t>(text: &'t str, opening: &'t str, closing: char) -> impl Iterator<Item = Range<usize>> + 't {
    let mut closings = text.match_indices(closing).map(|(at, _)| at).peekable();
    text.match_indices(opening).filter_map(move |(start, _)| {
        let inside = start + opening.len();
        while closings.next_if(|at| *at < inside).is_some() {}
        let end = *closings.peek()?;
        (end - inside <= LONGEST).then_some(inside..end)
    })
}

/// What is enclosed, with the one letter on each side that encloses it.
fn with_brackets(inside: Range<usize>) -> Range<usize> {
    inside.start - 1..inside.end + 1
}

pub fn words(text: &str, words: &str) -> Option<Range<usize>> {
    text.find(words).map(|start| start..start + words.len())
}

/// Words in whatever letters.
pub fn small(text: &str, small: &str) -> Option<Range<usize>> {
    words(&text.to_ascii_lowercase(), small)
}

/// A mark before a word and the same behind one: what it makes strong or struck out elsewhere.
pub fn pair(text: &str, mark: &str) -> Option<Range<usize>> {
    let single = mark.chars().next()?;
    let places = || {
        text.match_indices(mark).filter(|(start, _)| {
            let is_longer = text[..*start].ends_with(single) || text[start + mark.len()..].starts_with(single);
            !is_longer
        })
    };
    let opens = |start: &usize| {
        let after = text[start + mark.len()..].chars().next();
        !text[..*start].ends_with(char::is_alphanumeric) && after.is_some_and(|c| !c.is_whitespace())
    };
    let closes = |start: &usize| {
        let before = text[..*start].chars().next_back();
        // Between letters an underline is one of a name.
        let is_within = mark == "_" && text[start + mark.len()..].starts_with(char::is_alphanumeric);
        before.is_some_and(|c| !c.is_whitespace()) && !is_within
    };
    let open = places().map(|(start, _)| start).find(opens)?;
    let close = places().map(|(start, _)| start).filter(|start| *start > open + mark.len()).find(closes)?;
    // The one that stands in the way is the one between two words.
    let stray = if text[close + mark.len()..].starts_with(char::is_alphanumeric) { close } else { open };
    Some(stray..stray + mark.len())
}

/// Two asterisks that make no pair, where a space stands within them or one of them is missing.
pub fn unpaired(text: &str) -> Option<Range<usize>> {
    if pair(text, "**").is_some() { None } else { words(text, "**") }
}

/// Something in brackets that begins with a sign: `[^1]`, `[!NOTE]`.
pub fn bracket(text: &str, opening: &str) -> Option<Range<usize>> {
    enclosed(text, opening, ']').find_map(|inside| {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " -_|#.".contains(c));
        let doubled = usize::from(opening == "[[" && text[inside.end..].starts_with("]]"));
        is_name(&text[inside.clone()]).then_some(inside.start - opening.len()..inside.end + 1 + doubled)
    })
}

/// Raised digits behind a word, or behind the punctuation at its end. Units may have a 2 or a 3: `km²`.
pub fn raised_digits(text: &str) -> Option<Range<usize>> {
    let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let mut from = 0;
    while let Some(start) = text[from..].find(is_raised).map(|start| from + start) {
        let end = text[start..].find(|c| !is_raised(c)).map_or(text.len(), |end| start + end);
        let word = text[..start].trim_end_matches(['.', ',', ';', ':', ')', '”', '’']);
        let letters = letters_at_end(word);
        let may_be_a_unit = word.len() == start && matches!(&text[start..end], "²" | "³");
        if letters > if may_be_a_unit { LONGEST_UNIT } else { 0 } {
            return Some(start..end);
        }
        from = end;
    }
    None
}

/// An asterisk or a dagger behind a word. A grade is a capital: `A*`; and a pair of asterisks makes words strong.
pub fn sign_behind_word(text: &str) -> Option<Range<usize>> {
    let signs = ['*', '†', '‡'];
    let start = text.find(signs)?;
    let end = text[start..].find(|c| !signs.contains(&c)).map_or(text.len(), |end| start + end);
    let is_behind = text[..start].ends_with(char::is_lowercase) && !text[end..].starts_with(char::is_alphanumeric);
    (is_behind && !text[end..].contains('*')).then_some(start..end)
}

/// A number in brackets that touches a word: `Grants(1)`, `Grants[1]`.
pub fn number_behind_word(text: &str) -> Option<Range<usize>> {
    [("(", ')'), ("[", ']')].into_iter().find_map(|(opening, closing)| {
        let mut numbers = enclosed(text, opening, closing).filter(|inside| {
            let is_number = (1..=2).contains(&inside.len()) && text[inside.clone()].bytes().all(|c| c.is_ascii_digit());
            is_number && letters_at_end(&text[..inside.start - 1]) > LONGEST_UNIT
        });
        numbers.next().map(with_brackets)
    })
}

/// So many letters may be a unit, or an abbreviation of a law.
const LONGEST_UNIT: usize = 3;

fn letters_at_end(text: &str) -> usize {
    text.chars().rev().take_while(|c| c.is_alphabetic()).count()
}

/// `{#id}`, `{.class}`, `{: #id}`.
pub fn attribute(text: &str) -> Option<Range<usize>> {
    let mut braces = enclosed(text, "{", '}');
    braces.find(|inside| text[inside.clone()].starts_with(['#', '.', ':'])).map(with_brackets)
}

/// `\\newpage`
pub fn command(text: &str) -> Option<Range<usize>> {
    let (start, _) = text.match_indices('\\').find(|(start, _)| {
        let begins = !text[..*start].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        begins && letters_from(text, start + 1) >= 3
    })?;
    Some(start..start + 1 + letters_from(text, start + 1))
}

/// `<br>`, `</p>`
pub fn tag(text: &str) -> Option<Range<usize>> {
    let mut brackets = enclosed(text, "<", '>');
    let is_tag = |inside: &str| {
        inside.starts_with("br")
            || inside.strip_prefix('/').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    brackets.find(|inside| is_tag(&text[inside.clone()])).map(with_brackets)
}

/// `&amp;`, `&#8203;`
pub fn entity(text: &str) -> Option<Range<usize>> {
    let is_name = |inside: &str| {
        let name = inside.strip_prefix('#').unwrap_or(inside);
        (2..=10).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    enclosed(text, "&", ';').find(|inside| is_name(&text[inside.clone()])).map(with_brackets)
}

/// `{ facts.staff }`
pub fn figure_in_one_brace(text: &str) -> Option<Range<usize>> {
    let is_figure = |inside: &Range<usize>| {
        let address = text[inside.clone()].split('|').next().unwrap_or_default().trim();
        let is_one = !text[..inside.start - 1].ends_with('{') && !text[inside.end + 1..].starts_with('}');
        is_one && address.contains('.') && is_address(address)
    };
    enclosed(text, "{", '}').find(is_figure).map(with_brackets)
}

/// `https://name:password@example.org`
pub fn password(text: &str) -> Option<Range<usize>> {
    text.match_indices("://").find_map(|(start, _)| {
        let host = text[start + 3..].split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#')).next()?;
        let name = host.rsplit_once('@')?.0;
        name.contains(':').then(|| start + 3..start + 3 + name.len())
    })
}

/// `[INSERT figure]`
pub fn gap_in_brackets(text: &str) -> Option<Range<usize>> {
    const BEGIN: &[&str] = &["insert", "enter", "tbc", "tba", "todo", "placeholder", "xx", "xxx"];
    in_brackets(text, |inside| BEGIN.contains(&inside.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()))
}

/// `[name]`, which may also stand for a name that is not told.
pub fn word_in_brackets(text: &str) -> Option<Range<usize>> {
    const ALONE: &[&str] = &["date", "name", "number", "figure", "figures", "title", "amount", "year", "text", "link"];
    in_brackets(text, |inside| ALONE.contains(&inside))
}

/// The first brackets that hold such words; the words are given in small letters.
fn in_brackets(text: &str, is_meant: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let is_one = |inside: &Range<usize>| is_meant(&text[inside.clone()].trim().to_ascii_lowercase());
    let found = [("[", ']'), ("<", '>')].map(|(opening, closing)| enclosed(text, opening, closing).find(is_one));
    found.into_iter().flatten().min_by_key(|inside| inside.start).map(with_brackets)
}

/// `£XX`, `XX%`, `xx.x`
pub fn crossed_figure(text: &str) -> Option<Range<usize>> {
    crosses(text).find(|range| {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let joins = |rest: &str| rest.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(['x', 'X']));
        let is_unit =
            |rest: &str| rest.strip_prefix(['m', 'k']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        before.ends_with(['£', '€', '$']) || after.starts_with('%') || is_unit(after) || joins(after)
    })
}

/// `XX`
pub fn crossed_word(text: &str) -> Option<Range<usize>> {
    // Behind a name, which is no long one, it is a number: Louis XX.
    let is_number = |start: usize| {
        let before = &text[floor_char(text, start.saturating_sub(LONGEST))..start];
        before.trim_end().rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    crosses(text).find(|range| !text[range.end..].starts_with(char::is_alphanumeric) && !is_number(range.start))
}

/// Runs of crosses that begin a word.
fn crosses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_cross = |c: char| matches!(c, 'x' | 'X');
    let begins = move |(start, c): &(usize, char)| is_cross(*c) && !text[..*start].ends_with(char::is_alphanumeric);
    text.char_indices().filter(begins).filter_map(|(start, c)| {
        let length = text[start..].find(|other| other != c).unwrap_or(text.len() - start);
        (length >= 2).then_some(start..start + length)
    })
}

/// A text that is one of these signs and nothing else.
pub fn nothing_but(text: &str, signs: &[&str]) -> Option<Range<usize>> {
    signs.contains(&text.trim()).then_some(0..text.len())
}

/// Such as `..`, which statistics also use for what is not available.
pub fn nothing_but_signs(text: &str) -> Option<Range<usize>> {
    let is_signs = !text.trim().is_empty() && text.chars().all(|c| matches!(c, '.' | '…' | '?' | '_' | ' '));
    is_signs.then_some(0..text.len())
}

/// A whole word.
pub fn word(text: &str, known: &[&str]) -> Option<Range<usize>> {
    known.iter().find_map(|word| {
        let (start, _) = text.match_indices(word).find(|(start, _)| {
            let joins = char::is_alphanumeric;
            !text[..*start].ends_with(joins) && !text[start + word.len()..].starts_with(joins)
        })?;
        Some(start..start + word.len())
    })
}

/// Letters in UTF-8 that were read as another encoding.
pub fn lost_letter(text: &str) -> Option<Range<usize>> {
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_misread = match (letter, next) {
            ('Ã' | 'Â', Some(next)) => ('\u{80}'..='\u{bf}').contains(&next),
            ('â', Some(next)) => next == '€',
            _ => false,
        };
        if let (true, Some(next)) = (is_misread, next) {
            return Some(start..start + letter.len_utf8() + next.len_utf8());
        }
    }
    None
}

/// A bullet at the beginning, or behind the colon that ends what introduces a list.
pub fn bullet(text: &str) -> Option<Range<usize>> {
    let places = [0].into_iter().chain(text.match_indices(": ").map(|(start, _)| start + 2));
    let bullet = |start: usize| text[start..].chars().next().filter(|first| BULLETS.contains(first));
    places.filter_map(|start| bullet(start).map(|bullet| start..start + bullet.len_utf8())).next()
}

/// `[words]: …` at the beginning of a text or of a line, as addresses of links are written below a Markdown text.
pub fn definition(text: &str) -> Option<Range<usize>> {
    let is_definition = |inside: &Range<usize>| {
        let before = text[..inside.start - 1].trim_end_matches(' ');
        let begins = before.is_empty() || before.ends_with('\n');
        begins && !inside.is_empty() && text[inside.end + 1..].starts_with(':')
    };
    enclosed(text, "[", ']').find(is_definition).map(|inside| inside.start - 1..inside.end + 2)
}

/// `#Aims`, which makes no heading.
pub fn heading(text: &str) -> Option<Range<usize>> {
    text.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic)).then_some(0..1)
}

/// How many ASCII letters stand from a place on.
fn letters_from(text: &str, start: usize) -> usize {
    text[start..].bytes().take_while(u8::is_ascii_alphabetic).count()
}
