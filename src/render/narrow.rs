//! What is loaded with every page, without what means nothing: comments and spaces of style sheets, and quotation marks in
//! tags that HTML can do without.

/// A stylesheet without its comments, indents and empty lines: every page loads it.
pub fn sheet(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    for (place, piece) in sheet.split("/*").enumerate() {
        plain.push_str(if place == 0 { piece } else { piece.split_once("*/").map_or("", |(_, rest)| rest) });
    }
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |sheet, line| {
        // The end of a line may be all that parts two words.
        let end = if line.ends_with(['{', '}', ';', ',']) { "" } else { "\n" };
        sheet + &line_of_sheet(line) + end
    })
}

/// A line of a stylesheet without the spaces and noughts that mean nothing; what stands in quotation marks stays as it is.
fn line_of_sheet(line: &str) -> String {
    let mut narrow = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((open, mark)) = rest.char_indices().find(|(_, letter)| matches!(letter, '"' | '\'')) {
        let behind = &rest[open + 1..];
        let close = behind.match_indices(mark).find(|(at, _)| !behind[..*at].ends_with('\\'));
        let close = close.map_or(rest.len(), |(at, _)| open + 1 + at + 1);
        narrow.push_str(&bare(&rest[..open]));
        narrow.push_str(&rest[open..close]);
        rest = &rest[close..];
    }
    narrow + &bare(rest)
}

/// What is narrowed of a line, outside of quotation marks.
const NARROWED: [(&str, &str); 12] = [
    (": ", ":"),
    ("; ", ";"),
    (" {", "{"),
    ("{ ", "{"),
    (";}", "}"),
    (" }", "}"),
    (", ", ","),
    (" > ", ">"),
    (" 0.", " ."),
    (":0.", ":."),
    (",0.", ",."),
    ("(0.", "(."),
];

fn bare(letters: &str) -> String {
    NARROWED.iter().fold(letters.to_owned(), |letters, (wide, narrow)| letters.replace(wide, narrow))
}

/// The text of a page, in whose tags plain values stand without quotation marks.
pub fn tags(page: &str) -> String {
    let mut narrow = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (words, tag) = rest.split_at(start);
        narrow.push_str(words);
        let end = if tag[1..].starts_with(|c: char| c.is_ascii_alphabetic()) { end_of_tag(tag) } else { 1 };
        narrow.push_str(&plain_values(&tag[..end]));
        rest = &tag[end..];
    }
    narrow + rest
}

/// How long a tag is; a sign in quotation marks does not end it.
fn end_of_tag(tag: &str) -> usize {
    let mut is_quoted = false;
    let end = tag.char_indices().find(|(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == '>' && !is_quoted
    });
    end.map_or(tag.len(), |(at, _)| at + 1)
}

/// A tag without the quotation marks around values that can stand without: nothing in them ends a value, and the stroke of
/// a tag that ends itself does not follow. One with other marks, in which these may be letters, stays as it is.
fn plain_values(tag: &str) -> String {
    let ends_a_value = |c: char| c.is_whitespace() || "=<>`".contains(c);
    if tag.contains('\'') {
        return tag.to_owned();
    }
    let mut pieces = tag.split('"');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    while let Some(value) = pieces.next() {
        let after = pieces.next();
        let is_value = plain.ends_with('=') && after.is_some_and(|after| after.starts_with([' ', '\n', '>']));
        match is_value && !value.is_empty() && !value.contains(ends_a_value) {
            true => plain.push_str(value),
            false => {
                plain.push('"');
                plain.push_str(value);
                plain.extend(after.map(|_| '"'));
            }
        }
        plain.push_str(after.unwrap_or_default());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_need_no_quotation_marks() {
        assert_eq!(tags("<td class=\"figure\" data-of=\"Q1\">“a=\"b\"”"), "<td class=figure data-of=Q1>“a=\"b\"”");
        for kept in [
            "<td class=\"figure marked\">1",
            "<td title=\"\">1",
            "<rect width=\"25%\"/>",
            "<a href=\"?a=b\">a</a>",
            "<p title=\"it's\">a",
            "<p title=\"a > b\">a < b, 5 <6",
            "<td class=\"open",
        ] {
            assert_eq!(tags(kept), kept);
        }
        assert_eq!(tags("<p lang='cy' title=\"x\">a<b id=\"y\">"), "<p lang='cy' title=\"x\">a<b id=y>");
    }

    #[test]
    fn a_sheet_keeps_what_means_something() {
        assert_eq!(
            sheet("/* a */\n.a { margin: 0.5em; }\n.b::after { content: \" ; } \"; }\n"),
            ".a{margin:.5em}.b::after{content:\" ; } \"}"
        );
    }
}
