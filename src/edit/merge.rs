//! Joins what two people made of one text, line by line.

use std::collections::BTreeMap;
use std::ops::Range;

/// What two changes of one text come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// Both, since they are made in different lines.
    Both(String),
    /// They are made in the same lines, or right beside each other; the first such lines of each text.
    Conflict { base: Range<usize>, mine: Range<usize>, theirs: Range<usize> },
}

/// A stretch of lines of the base, and the lines that stand there now.
#[derive(Debug, Clone, PartialEq)]
struct Hunk {
    base: Range<usize>,
    new: Range<usize>,
}

/// Joins two texts that were made of a third one. The ends of lines are part of them, so that a text with the ends of another
/// system is another text, unless it differs in them alone: then it counts as changed nowhere, and the ends of `theirs` stay.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let ends = if theirs.contains("\r\n") { "\r\n" } else { "\n" };
    let [base, mine, theirs] = [base, mine, theirs].map(|text| with_ends(text, ends));
    let [base, mine, theirs] = [&base, &mine, &theirs].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let (own, other) = (hunks(&base, &mine), hunks(&base, &theirs));
    let (mut own, mut other) = (own.into_iter().peekable(), other.into_iter().peekable());
    let (mut text, mut from) = (String::new(), 0);
    loop {
        let (lines, hunk) = match (own.peek(), other.peek()) {
            (None, None) => break,
            (Some(one), Some(two)) if one.base == two.base && mine[one.new.clone()] == theirs[two.new.clone()] => {
                other.next();
                (&mine, own.next())
            }
            (Some(one), Some(two)) if meet(&one.base, &two.base) => {
                return Merged::Conflict {
                    base: one.base.start.min(two.base.start)..one.base.end.max(two.base.end),
                    mine: one.new.clone(),
                    theirs: two.new.clone(),
                };
            }
            (Some(one), two) if two.is_none_or(|two| one.base.start < two.base.start) => (&mine, own.next()),
            _ => (&theirs, other.next()),
        };
        let Some(hunk) = hunk else { break };
        text.extend(base[from..hunk.base.start].iter().copied());
        text.extend(lines[hunk.new].iter().copied());
        from = hunk.base.end;
    }
    text.extend(base[from..].iter().copied());
    Merged::Both(text)
}

fn with_ends(text: &str, ends: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if ends == "\n" { text } else { text.replace('\n', ends) }
}

/// Whether two stretches share a line or touch.
fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Where a text differs from another, in their order.
fn hunks(base: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut hunks = Vec::new();
    differ(base, new, 0..base.len(), 0..new.len(), &mut hunks);
    hunks
}

/// Lines that both begin or end with are the same; what is between is parted at lines that stand once in both.
fn differ(base: &[&str], new: &[&str], mut old: Range<usize>, mut now: Range<usize>, hunks: &mut Vec<Hunk>) {
    while !old.is_empty() && !now.is_empty() && base[old.start] == new[now.start] {
        (old.start, now.start) = (old.start + 1, now.start + 1);
    }
    while !old.is_empty() && !now.is_empty() && base[old.end - 1] == new[now.end - 1] {
        (old.end, now.end) = (old.end - 1, now.end - 1);
    }
    if old.is_empty() && now.is_empty() {
        return;
    }
    let anchors = anchors(base, new, &old, &now);
    if anchors.is_empty() {
        hunks.push(Hunk { base: old, new: now });
        return;
    }
    for (line, place) in anchors {
        differ(base, new, old.start..line, now.start..place, hunks);
        (old.start, now.start) = (line + 1, place + 1);
    }
    differ(base, new, old, now, hunks);
}

/// Lines that stand once in both stretches and in one order: the longest such row.
fn anchors(base: &[&str], new: &[&str], old: &Range<usize>, now: &Range<usize>) -> Vec<(usize, usize)> {
    let once = |lines: &[&str], range: &Range<usize>| {
        let mut places: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for place in range.clone() {
            places.entry(lines[place].to_owned()).and_modify(|place| *place = None).or_insert(Some(place));
        }
        places
    };
    let theirs = once(new, now);
    let mut both: Vec<(usize, usize)> =
        once(base, old).into_iter().filter_map(|(line, place)| Some((place?, (*theirs.get(&line)?)?))).collect();
    both.sort_unstable();
    // The longest row in which both places rise.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(both.len());
    for (at, (_, place)) in both.iter().enumerate() {
        let before = (0..at).filter(|one| both[*one].1 < *place).max_by_key(|one| best[*one].0);
        best.push((before.map_or(1, |one| best[one].0 + 1), before));
    }
    let mut at = (0..both.len()).max_by_key(|one| best[*one].0);
    let mut row = Vec::new();
    while let Some(one) = at {
        row.push(both[one]);
        at = best[one].1;
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "one\ntwo\nthree\nfour\nfive\n";

    #[test]
    fn changes_of_different_lines_come_together() {
        let mine = BASE.replace("two", "2");
        let theirs = BASE.replace("four\n", "4\n4½\n");
        assert_eq!(merge(BASE, &mine, &theirs), Merged::Both("one\n2\nthree\n4\n4½\nfive\n".to_owned()));
        assert_eq!(merge(BASE, &mine, &mine), Merged::Both(mine.clone()), "what both did is done once");
        assert_eq!(
            merge(BASE, "one\ntwo\n", &format!("nought\n{BASE}")),
            Merged::Both("nought\none\ntwo\n".to_owned())
        );
    }

    #[test]
    fn changes_of_one_line_are_told() {
        let (mine, theirs) = (BASE.replace("two", "2"), BASE.replace("two", "II"));
        assert_eq!(merge(BASE, &mine, &theirs), Merged::Conflict { base: 1..2, mine: 1..2, theirs: 1..2 });
        assert!(matches!(merge(BASE, &mine, &BASE.replace("three", "3")), Merged::Conflict { .. }));
    }

    #[test]
    fn other_line_ends_are_no_change() {
        let theirs = BASE.replace('\n', "\r\n");
        let mine = BASE.replace("two", "2");
        assert_eq!(merge(BASE, &mine, &theirs), Merged::Both(theirs.replace("two", "2")));
    }

    proptest! {
        /// What one did alone is what it comes to, whoever did it, and the order of the two says nothing.
        #[test]
        fn what_one_did_alone_stays(base in "([ab\u{e9}]\n){0,9}[ab]?", new in "([abc]\n){0,9}[ab]?", other in "([abd]\n){0,9}") {
            prop_assert_eq!(merge(&base, &new, &base), Merged::Both(new.clone()));
            prop_assert_eq!(merge(&base, &base, &new), Merged::Both(new.clone()));
            match (merge(&base, &new, &other), merge(&base, &other, &new)) {
                (Merged::Both(one), Merged::Both(two)) => prop_assert_eq!(one, two),
                (Merged::Conflict { .. }, Merged::Conflict { .. }) => {}
                (one, two) => prop_assert!(false, "{one:?} {two:?}"),
            }
        }
    }
}
