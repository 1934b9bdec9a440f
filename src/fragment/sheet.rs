//! The style sheet of a fragment: that of the pages, made so that it reaches nothing of the page round it, and so that the
//! style sheets of that page do not break it.
//!
//! In: the style sheet of the pages, and the classes that the fragment has. Out: a sheet in which
//! - every selector begins with the fragment's own class, twice, so that it wins over a theme's `.entry-content h2` and never
//!   reaches outside;
//! - sizes go by the text of the page round it (`--tly-rem`), and widths by the room that the fragment has, not by the window;
//! - nothing stands still while the page moves, nothing is dark unless the page says so, and classes have a prefix.

use std::collections::BTreeSet;

use super::PREFIX;

/// The class of the fragment's root, twice.
const ROOT: &str = ".tly.tly";

/// What a theme may undo, said again, and what the root itself is like. It comes first, so that all else has the last word.
const GUARD: &str = "\
@property --tly-rem{syntax:\"<length>\";inherits:true;initial-value:16px}
.tly.tly{--tly-rem:1em;container:tly/inline-size;color:var(--tly-text);line-height:1.5;overflow-wrap:break-word;text-align:start}
.tly.tly *,.tly.tly ::before,.tly.tly ::after{box-sizing:border-box}
.tly.tly [id]{scroll-margin-top:var(--tly-head,1em)}
.tly.tly :is(h2,h3,h4,h5,h6){color:inherit;font-family:inherit;font-size:1em;font-weight:700;letter-spacing:normal;text-transform:none;border:0;padding:0}
.tly.tly :is(p,ul,ol,dl,dt,dd,li,figure,figcaption,small,summary){color:inherit;font-size:inherit;font-weight:inherit;letter-spacing:normal;line-height:inherit;padding:0}
.tly.tly li{list-style:inherit}
.tly.tly :is(strong,b,dt,em,summary){font-weight:700}
.tly.tly :is(p,li,dd,dt,div,section){float:none}
.tly.tly table{display:table;border:0;background:none;table-layout:auto;color:inherit}
.tly.tly caption{display:table-caption;caption-side:top;color:inherit}
.tly.tly thead{display:table-header-group}
.tly.tly tbody{display:table-row-group}
.tly.tly tr{display:table-row;background:none;border:0}
.tly.tly :is(td,th){display:table-cell;background:none;border:0;color:inherit;font-size:inherit;float:none}
.tly.tly :is(col,colgroup){width:auto}
.tly.tly svg{display:inline-block;width:revert-layer;height:revert-layer;max-width:none;fill:revert-layer}
.tly.tly img{max-width:100%;height:auto}
.tly.tly section{margin:0;border:0;background:none;width:auto;float:none}
.tly.tly :is(a,summary):focus-visible{outline:3px solid;outline-offset:2px}
";

/// A rule, or an at-rule with what stands in it.
#[derive(Debug, PartialEq, Eq)]
enum Rule<'s> {
    Style { selectors: &'s str, body: &'s str },
    Block { prelude: &'s str, rules: Vec<Rule<'s>> },
    Statement,
}

/// The sheet of a fragment with these classes.
pub fn of_fragment(sheet: &str, classes: &BTreeSet<String>) -> String {
    let mut own = GUARD.to_owned();
    write(&rules(sheet), classes, &mut own);
    own
}

/// The rules of a sheet without comments; what is not closed ends with the sheet.
fn rules(sheet: &str) -> Vec<Rule<'_>> {
    let (mut found, mut rest) = (Vec::new(), sheet);
    loop {
        rest = rest.trim_start();
        let Some(end) = first_of(rest, &['{', ';']) else { return found };
        let prelude = rest[..end].trim();
        if rest[end..].starts_with(';') {
            found.push(Rule::Statement);
            rest = &rest[end + 1..];
            continue;
        }
        let inside = &rest[end + 1..];
        let close = closing(inside);
        let body = &inside[..close];
        found.push(match prelude.strip_prefix('@') {
            Some(name) if !name.starts_with("property") && !name.starts_with("font-face") => {
                Rule::Block { prelude, rules: rules(body) }
            }
            Some(_) => Rule::Statement,
            None => Rule::Style { selectors: prelude, body },
        });
        rest = inside.get(close + 1..).unwrap_or_default();
    }
}

/// Where one of some letters stands first, outside of quotation marks and brackets.
fn first_of(text: &str, letters: &[char]) -> Option<usize> {
    let (mut depth, mut quoted) = (0, None);
    for (at, letter) in text.char_indices() {
        match (quoted, letter) {
            (Some(mark), _) if mark == letter => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(letter),
            (None, _) if depth == 0 && letters.contains(&letter) => return Some(at),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

/// Where the brace stands that closes what was opened before; the end where none does.
fn closing(text: &str) -> usize {
    let (mut depth, mut quoted) = (0, None);
    for (at, letter) in text.char_indices() {
        match (quoted, letter) {
            (Some(mark), _) if mark == letter => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return at,
            (None, '}') => depth -= 1,
            (None, _) => {}
        }
    }
    text.len()
}

/// A text, cut at each of a letter that stands outside of quotation marks and brackets.
fn cut(text: &str, at: char) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(end) = first_of(rest, &[at]) {
        pieces.push(&rest[..end]);
        rest = &rest[end + at.len_utf8()..];
    }
    pieces.push(rest);
    pieces
}

fn write(rules: &[Rule], classes: &BTreeSet<String>, own: &mut String) {
    for rule in rules {
        match rule {
            Rule::Statement => {}
            Rule::Style { selectors, body } => {
                let selectors: Vec<String> =
                    cut(selectors, ',').into_iter().filter_map(|one| selector(one.trim(), classes)).collect();
                let body = declarations(body, selectors.iter().any(|one| one == ROOT));
                if !selectors.is_empty() && !body.is_empty() {
                    own.push_str(&format!("{}{{{body}}}\n", selectors.join(",")));
                }
            }
            Rule::Block { prelude, rules } => {
                let Some(prelude) = condition(prelude) else { continue };
                let mut inside = String::new();
                write(rules, classes, &mut inside);
                if !inside.is_empty() {
                    own.push_str(&format!("{prelude}{{\n{inside}}}\n"));
                }
            }
        }
    }
}

/// An at-rule as it stands in a fragment; none for what a page alone may say.
fn condition(prelude: &str) -> Option<String> {
    let goes_by_window = |name: &str| name.contains("-width:") || name.contains("-height:");
    match prelude.strip_prefix("@media") {
        None => Some(prelude.to_owned()),
        Some(media) if media.contains("prefers-color-scheme") => None,
        Some(media) if !goes_by_window(media) => Some(prelude.to_owned()),
        Some(media) => {
            // On paper the room is that of the screen: what holds for both goes by the room alone.
            let wide = cut(media, ',').into_iter().find(|one| goes_by_window(one))?;
            let widths = wide.split(" and ").map(str::trim).filter(|one| one.contains("-width:"));
            let widths = widths.collect::<Vec<_>>().join(" and ");
            (!widths.is_empty()).then(|| format!("@container tly {widths}"))
        }
    }
}

/// A selector within the fragment; none for what reaches out of it or names what is not in it.
fn selector(selector: &str, classes: &BTreeSet<String>) -> Option<String> {
    if selector == ":root" {
        return Some(ROOT.to_owned());
    }
    let first = selector.split([' ', '>', ':', '[', '.', '+', '~']).next().unwrap_or_default();
    if matches!(first, "html" | "body" | "main" | "header" | "footer") || selector.contains('#') {
        return None;
    }
    let mut own = String::with_capacity(selector.len() + 12);
    let (mut rest, mut depth) = (selector, 0);
    while let Some(letter) = rest.chars().next() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        let behind = &rest[letter.len_utf8()..];
        let is_class = letter == '.' && behind.starts_with(|c: char| c.is_ascii_alphabetic());
        own.push(letter);
        rest = behind;
        if is_class {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
            let class = &rest[..end];
            if depth == 0 && !classes.contains(class) {
                return None;
            }
            own.push_str(PREFIX);
            own.push_str(class);
            rest = &rest[end..];
        }
    }
    Some(format!("{ROOT} {own}"))
}

/// The declarations of a rule within a fragment. The root has its custom properties alone.
fn declarations(body: &str, is_root: bool) -> String {
    let kept = cut(body, ';').into_iter().filter_map(|one| {
        let (name, value) = one.trim().split_once(':')?;
        let stands_still = name == "position" && matches!(value, "sticky" | "fixed");
        let own = name.strip_prefix("--");
        let is_kept = !stands_still && (!is_root || own.is_some());
        let value = relative(&value.replace("var(--", &format!("var(--{PREFIX}")));
        is_kept.then(|| match own {
            Some(own) => format!("--{PREFIX}{own}:{value}"),
            None => format!("{name}:{value}"),
        })
    });
    kept.collect::<Vec<_>>().join(";")
}

/// A value whose sizes go by the text of the fragment, where they went by that of the page.
fn relative(value: &str) -> String {
    let (mut own, mut rest) = (String::new(), value);
    while let Some(at) = rest.find("rem") {
        let before = &rest[..at];
        let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = &before[number.len()..];
        own.push_str(number);
        match digits.is_empty() {
            true => own.push_str("rem"),
            false => own.push_str(&format!("calc({digits}*var(--{PREFIX}rem))")),
        }
        rest = &rest[at + 3..];
    }
    own + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(sheet: &str) -> String {
        let classes = ["figure", "bar", "lead"].map(str::to_owned).into();
        of_fragment(sheet, &classes)[GUARD.len()..].to_owned()
    }

    #[test]
    fn no_selector_reaches_out_of_the_fragment() {
        assert_eq!(own("h2,.lead>p{margin:0}"), ".tly.tly h2,.tly.tly .tly-lead>p{margin:0}\n");
        assert_eq!(own("html{scroll-behavior:smooth}body:not(:has(.bar)) p{margin:0}"), "");
        assert_eq!(
            own(".bar:not(.open,[fill]) rect{height:1em}"),
            ".tly.tly .tly-bar:not(.tly-open,[fill]) rect{height:1em}\n"
        );
    }

    #[test]
    fn rules_for_what_is_not_there_are_left_out() {
        assert_eq!(own(".band,.foot a{color:red}.figure{color:blue}"), ".tly.tly .tly-figure{color:blue}\n");
    }

    #[test]
    fn the_root_has_the_tokens_and_no_scheme_of_its_own() {
        let sheet = ":root{color-scheme:light dark;--rule:#ddd}@media screen and (prefers-color-scheme:dark){:root{--rule:#222}}";
        assert_eq!(own(sheet), ".tly.tly{--tly-rule:#ddd}\n");
    }

    #[test]
    fn sizes_go_by_the_text_and_the_room_of_the_page_round_it() {
        assert_eq!(
            own("p{margin:0 clamp(1.5rem,7.5vw,2rem)}"),
            ".tly.tly p{margin:0 clamp(calc(1.5*var(--tly-rem)),7.5vw,calc(2*var(--tly-rem)))}\n"
        );
        assert_eq!(
            own("@media screen and (min-width: 64em) and (min-height: 30em){p{margin:0}}"),
            "@container tly (min-width: 64em){\n.tly.tly p{margin:0}\n}\n"
        );
        assert_eq!(
            own("@media print{p{position:sticky;margin:var(--space)}}"),
            "@media print{\n.tly.tly p{margin:var(--tly-space)}\n}\n"
        );
    }

    #[test]
    fn braces_and_colons_in_quotation_marks_are_text() {
        assert_eq!(own("p::before{content:\"a;b}{\"}"), ".tly.tly p::before{content:\"a;b}{\"}\n");
    }
}
