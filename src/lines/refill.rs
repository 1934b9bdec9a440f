//! Puts new words into lines that somebody wrapped by hand, so that only the lines change that must.
//!
//! In: the lines as they were, and the words as they are to be read. Out: the lines as they are. What stands before the
//! first new word keeps its lines, and so does what stands behind the last, once the words are in step again.

/// A line is as long as the longest that was there, but may always be as long as this, in characters.
const USUAL: usize = 80;

/// The lines of some words; `begins` says which piece may begin a line.
pub fn refilled(old: &[&str], text: &str, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let before: Vec<Vec<&str>> = old.iter().map(|line| pieces(line.trim())).collect();
    let new = pieces(text);
    let widest = old.iter().map(|line| line.trim().chars().count()).max().unwrap_or(0);
    let width = widest.max(USUAL);
    let (mut lines, mut from) = (Vec::new(), 0);
    for (place, line) in before.iter().enumerate() {
        let next = before[place + 1..].iter().find_map(|line| line.first());
        let is_full = old[place].trim().chars().count() * 10 >= widest * 6;
        let goes_on = next.is_some() && is_full && from + line.len() < new.len();
        if !new[from..].starts_with(line) || !(goes_on || new.get(from + line.len()) == next) {
            break;
        }
        lines.push(old[place].trim().to_owned());
        from += line.len();
    }
    while from < new.len() {
        let count = taken(&new[from..], width, &begins, |rest, length| is_tail(rest, &before, length, width));
        lines.push(new[from..from + count].join(" "));
        from += count;
        if let Some(place) = tail(&new[from..], &before) {
            lines.extend(old[place..].iter().map(|line| line.trim().to_owned()));
            break;
        }
    }
    lines
}

/// How many pieces a line takes: as many as have room, but not more than until the rest stands as it did.
fn taken(
    new: &[&str],
    width: usize,
    begins: &impl Fn(&str) -> bool,
    is_in_step: impl Fn(&[&str], usize) -> bool,
) -> usize {
    let (mut count, mut length) = (1, new[0].chars().count());
    while let Some(next) = new.get(count) {
        let more = length + 1 + next.chars().count();
        let may_end = begins(next);
        if may_end && (more > width || is_in_step(&new[count..], length)) {
            break;
        }
        (count, length) = (count + 1, more);
    }
    count
}

/// Whether some words are the last lines as they were, under a line that is not left too short.
fn is_tail(rest: &[&str], before: &[Vec<&str>], length: usize, width: usize) -> bool {
    tail(rest, before).is_some_and(|place| {
        let above = place.checked_sub(1).map_or(0, |above| before[above].join(" ").chars().count());
        length * 10 >= above.min(width) * 6
    })
}

/// The line from which on some words stand as they did.
fn tail(rest: &[&str], before: &[Vec<&str>]) -> Option<usize> {
    let mut left = rest.len();
    let mut at = before.len();
    while left > 0 {
        at = at.checked_sub(1)?;
        left = left.checked_sub(before[at].len())?;
        if !rest[left..].starts_with(&before[at]) {
            return None;
        }
    }
    (at < before.len()).then_some(at)
}

/// The pieces of a text between which a line may end: words, and figures that are bound in it, `{{ costs.total }}`.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' if text[at..].starts_with("{{") => depth = 1,
            '}' if text[..at].ends_with('}') => depth = 0,
            ' ' if depth == 0 && !text[..at].ends_with(' ') && !text[at + 1..].starts_with(' ') => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend((start < text.len()).then(|| &text[start..]));
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filled(old: &[&str], text: &str) -> Vec<String> {
        refilled(old, text, |_| true)
    }

    const OLD: [&str; 4] = [
        "The bus stops in five villages and carries many books, films and newspapers to",
        "everybody who lives there, and takes them back a month later. Nobody pays for",
        "any of it.",
        "That will stay so.",
    ];

    #[test]
    fn only_the_line_of_a_word_changes_where_it_has_room() {
        let text = OLD.join(" ");
        assert_eq!(filled(&OLD, &text), OLD);
        let six = filled(&OLD, &text.replace("five", "six"));
        assert_eq!(six[0], OLD[0].replace("five", "six"));
        assert_eq!(six[1..], OLD[1..]);
        let end = filled(&OLD, &text.replace("stay so", "stay so for good"));
        assert_eq!(
            (&end[..3], end[3].as_str()),
            (&OLD[..3].iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()[..], "That will stay so for good.")
        );
    }

    #[test]
    fn words_that_have_no_room_go_on_until_the_lines_are_in_step() {
        let text = OLD.join(" ").replace("five villages", "five villages beyond the hills");
        let new = filled(&OLD, &text);
        assert!(new.iter().all(|line| line.len() <= USUAL), "{new:?}");
        assert_eq!(new.last().unwrap(), OLD[3]);
        assert_eq!(new.join(" "), text);
    }

    #[test]
    fn a_bound_figure_stays_on_one_line() {
        assert_eq!(pieces("of {{ costs.total | pounds }} in all"), ["of", "{{ costs.total | pounds }}", "in", "all"]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(old in prop::collection::vec("[a-c]{1,9}( [a-c]{1,9}){0,14}", 0..5), at in 0..40_usize, new in "[a-d]{0,9}( [a-d]{1,9}){0,9}") {
            let lines: Vec<&str> = old.iter().map(String::as_str).collect();
            let mut words: Vec<String> = lines.join(" ").split_whitespace().map(str::to_owned).collect();
            let at = at.min(words.len());
            words.splice(at..(at + 2).min(words.len()), new.split_whitespace().map(str::to_owned));
            let text = words.join(" ");
            let filled = filled(&lines, &text);
            prop_assert_eq!(filled.join(" "), text);
        }
    }
}
