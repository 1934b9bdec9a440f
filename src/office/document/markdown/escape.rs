//! Letters that Markdown and Tally would read are written so that they are printed.

/// A text of a paragraph, wherever in it it stands.
pub fn text(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        let is_read = match letter {
            '*' | '_' | '[' | ']' | '`' | '\\' | '<' | '~' => true,
            '&' => begins_entity(&text[at + 1..]),
            '{' => text[at + 1..].starts_with('{') && !text[..at].ends_with('{'),
            '\u{a0}' => {
                written.push_str("&nbsp;");
                continue;
            }
            _ => false,
        };
        if is_read {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

/// A line, of which the beginning would make it something else.
pub fn beginning(line: &str) -> String {
    let marks = |mark: char| line.len() - line.trim_start_matches(mark).len();
    let ends_after = |count: usize| line[count..].is_empty() || line[count..].starts_with(' ');
    let is_read = match line.chars().next() {
        Some('#') => marks('#') <= 6 && ends_after(marks('#')),
        Some('>' | '=') => true,
        Some('+' | '-') => ends_after(1) || line.chars().all(|letter| matches!(letter, '-' | '+' | ' ')),
        Some('|') => true,
        _ => false,
    };
    if is_read {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && ends_after(digits + 1) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// The end of a heading: number signs there would not be printed.
pub fn end_of_heading(line: &str) -> String {
    let words = line.trim_end_matches('#');
    match words.len() < line.len() && (words.is_empty() || words.ends_with(' ')) {
        true => format!("{}\\#", &line[..line.len() - 1]),
        false => line.to_owned(),
    }
}

/// An address between the brackets of a link.
pub fn address(to: &str) -> String {
    let mut written = String::with_capacity(to.len());
    for (at, letter) in to.char_indices() {
        match letter {
            ' ' => written.push_str("%20"),
            '(' => written.push_str("%28"),
            ')' => written.push_str("%29"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '\\' => written.push_str("%5C"),
            '&' if begins_entity(&to[at + 1..]) => written.push_str("&amp;"),
            letter if letter.is_control() => {}
            letter => written.push(letter),
        }
    }
    written
}

/// `amp;`, `#160;`
fn begins_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.len() < 32
            && name.trim_start_matches('#').chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}
