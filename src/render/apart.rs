//! White space between what only tags and the style sheet keep apart: a search index, an alert mail or an editor takes the tags
//! of a page away, and `<td>16,311<td>1,132,337` must not become one figure.

/// Elements that begin a line or a cell of their own. (Within a line a template writes a space where one is meant.)
const APART: [&str; 27] = [
    "aside",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "nav",
    "ol",
    "p",
    "section",
    "small",
    "summary",
    "table",
    "td",
    "text",
    "th",
    "tr",
];

/// A page with a line end before each of them that words stand right before.
pub fn set_apart(page: &str) -> String {
    let mut own = String::with_capacity(page.len() + page.len() / 64);
    let (mut rest, mut after_words) = (page, false);
    while let Some(open) = rest.find('<') {
        let (words, behind) = rest.split_at(open);
        own.push_str(words);
        after_words = words.chars().last().map_or(after_words, |letter| !letter.is_whitespace());
        let tag = &behind[..end_of_tag(behind)];
        let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if after_words && APART.contains(&name) {
            own.push('\n');
            after_words = false;
        }
        own.push_str(tag);
        rest = &behind[tag.len()..];
        match name {
            "br" if after_words && !rest.starts_with(char::is_whitespace) => {
                own.push('\n');
                after_words = false;
            }
            // What a script says are no words.
            "script" => {
                let end = rest.find("</script").unwrap_or(rest.len());
                own.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {}
        }
    }
    own + rest
}

/// The length of the tag with which a text begins; a quoted value may hold its closing mark.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = None;
    for (at, letter) in text.char_indices() {
        match (quoted, letter) {
            (Some(mark), _) if mark == letter => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(letter),
            (None, '>') => return at + 1,
            (None, _) => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_and_lines_stay_apart_where_tags_are_taken_away() {
        assert_eq!(set_apart("<tr><td>16<td>17</td><td>18"), "<tr><td>16\n<td>17</td>\n<td>18");
        assert_eq!(set_apart("<strong>A Name</strong><br>Chief"), "<strong>A Name</strong><br>\nChief");
        assert_eq!(set_apart("<dl><dt>a <dd>b</dl><p title=\"x>1\">c"), "<dl><dt>a <dd>b</dl>\n<p title=\"x>1\">c");
        assert_eq!(set_apart("<script>1<td>2</script><td>3"), "<script>1<td>2</script><td>3");
    }

    proptest! {
        #[test]
        fn nothing_but_line_ends_is_added(page in "(<td>|<p>|<b>|</td>|<br>|[a-z0-9 ]|<script>|\"|<|é){0,24}") {
            let without = |text: &str| text.replace('\n', "");
            prop_assert_eq!(without(&set_apart(&page)), page);
        }
    }
}
