//! The ends of lines of a text that was changed where every line ends alike.

/// What a program shows that knows one end of a line alone.
pub fn with_one_end(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A text that was typed there in the place of `before`, with the ends that its lines have there; a line that is more ends
/// as the first one does.
pub fn with_ends_of(before: &str, typed: &str) -> String {
    let typed = with_one_end(typed);
    if typed == with_one_end(before) {
        return before.to_owned();
    }
    let (were, ends) = parted(before);
    // Two ends of which the first is a lone return could become one.
    let ends = if ends.contains(&"\r") { vec![ends[0]] } else { ends };
    let now: Vec<&str> = typed.split('\n').collect();
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let first = were.iter().zip(&now).take_while(same).count();
    let most = were.len().min(now.len()) - first;
    let last = were.iter().rev().zip(now.iter().rev()).take_while(same).count().min(most);
    let end_of = |place: usize| {
        let behind = now.len() - 1 - place;
        let known = match place < were.len() - last {
            true => Some(place),
            false => (behind < last).then(|| (were.len() - 1).saturating_sub(behind)),
        };
        known.and_then(|place| ends.get(place)).or(ends.first()).copied().unwrap_or("\n")
    };
    let mut text = String::new();
    for (place, line) in now.iter().enumerate() {
        text.push_str(line);
        if place + 1 < now.len() {
            text.push_str(end_of(place));
        }
    }
    text
}

/// The lines of a text without their ends, and the ends that stand between them.
fn parted(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut lines, mut ends, mut rest) = (Vec::new(), Vec::new(), text);
    while let Some(at) = rest.find(['\n', '\r']) {
        let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        lines.push(&rest[..at]);
        ends.push(&rest[at..at + length]);
        rest = &rest[at + length..];
    }
    lines.push(rest);
    (lines, ends)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_line_ends_as_the_first_one_does_and_all_others_as_they_did() {
        assert_eq!(with_ends_of("a\r\nb\nc\r\n", "a\nb\nnew\nc\n"), "a\r\nb\nnew\r\nc\r\n");
        assert_eq!(with_ends_of("a\r\nb", "a\nb\n"), "a\r\nb\r\n");
        assert_eq!(with_ends_of("", "a\nb"), "a\nb");
        assert_eq!(with_ends_of("a\r\nb\r\n", "a\n"), "a\r\n");
    }

    proptest! {
        #[test]
        fn a_round_trip_changes_nothing(text in "[a\r\n]{0,12}") {
            prop_assert_eq!(with_ends_of(&text, &with_one_end(&text)), text);
        }

        #[test]
        fn what_was_typed_is_what_is_written(before in "[ab\r\n]{0,9}", typed in "[ab\n]{0,9}") {
            prop_assert_eq!(with_one_end(&with_ends_of(&before, &typed)), typed);
        }
    }
}
