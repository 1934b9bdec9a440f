//! Blocks and entries of lists: put in, taken out, moved and written twice.

use std::ops::Range;

use super::{GONE, NoRoom, OTHERWISE, Piece, Within, arranged, is_wrapped, line_end, outline, prefix_of};
use crate::lines::{cut, end_of_line, is_parted, next_line, start_of_line};

/// What stands side by side: the blocks of a text, or the entries of one list.
struct Siblings {
    /// The lines of each, without the last line end.
    lines: Vec<Range<usize>>,
    /// How many pieces each has, and how many stand before the first.
    pieces: Vec<usize>,
    before: usize,
    /// The place of the one that is meant.
    place: usize,
    /// The number that the list begins with, and whether the numbers of its entries count up.
    number: Option<(u64, bool)>,
    is_list: bool,
}

/// Puts a new paragraph beside the block that some letters stand in, or an entry beside an entry of a list. A text of
/// nothing takes it as its first.
pub fn insert(text: &str, letters: &Range<usize>, before: bool, new: &str) -> Result<String, NoRoom> {
    let new = new.replace("\r\n", "\n");
    let new = new.trim();
    let meant = outline(new);
    if meant.is_empty() {
        return Err("write some words first".to_owned());
    }
    if outline(text).is_empty() {
        let gap = if text.trim().is_empty() { "" } else { line_end(text) };
        let written = format!("{}{gap}{}{}", text.trim_end(), new.replace('\n', line_end(text)), line_end(text));
        return read_as(&written, meant.iter().map(said)).map(|()| written);
    }
    let siblings = Siblings::at(text, letters)?;
    let place = siblings.place + usize::from(!before);
    let pieces = outline(text);
    let own = pieces.iter().find(|piece| holds(&piece.at, letters));
    let is_wrapped = own.is_some_and(|own| is_wrapped(text, &pieces, own));
    let lines = siblings.as_sibling(text, &arranged(&[], is_wrapped, new), place);
    siblings.put(text, before, &lines, place, &meant)
}

/// Writes a block or an entry twice.
pub fn duplicate(text: &str, letters: &Range<usize>) -> Result<String, NoRoom> {
    let siblings = Siblings::at(text, letters)?;
    let own = text[siblings.lines[siblings.place].clone()].to_owned();
    let place = siblings.place + 1;
    let pieces = outline(text);
    let start = siblings.start_of(siblings.place);
    let copied = pieces[start..start + siblings.pieces[siblings.place]].to_vec();
    siblings.put(text, false, &siblings.numbered(&own, place), place, &copied)
}

/// Takes a block or an entry out, with one empty line.
pub fn remove(text: &str, letters: &Range<usize>) -> Result<String, NoRoom> {
    let siblings = Siblings::at(text, letters)?;
    let own = siblings.lines[siblings.place].clone();
    let is_last = siblings.place + 1 == siblings.lines.len();
    // An entry that is alone is its list.
    if siblings.is_list && siblings.lines.len() == 1 {
        return Siblings::of_blocks(text, letters).and_then(|blocks| blocks.without(text, own, false));
    }
    siblings.without(text, own, is_last)
}

/// Takes one block out, and what it stands in only where it is all of that.
pub(super) fn take_out(text: &str, pieces: &[Piece], place: usize) -> Result<String, NoRoom> {
    let own = &pieces[place];
    let shares = |within: &Within| pieces.iter().filter(|piece| piece.within.contains(within)).count() > 1;
    if !own.within.last().is_some_and(shares) {
        return remove(text, &own.at);
    }
    let line = start_of_line(text, own.at.start);
    let is_blank = |line: &str| line.trim_matches([' ', '>', '\r', '\n', '\t']).is_empty();
    if !is_blank(&text[line..own.at.start]) {
        return Err("other words stand in this entry: take the whole entry out, or them first".to_owned());
    }
    let end = next_line(text, own.at.end);
    let empty =
        |lines: &str| lines.split_inclusive('\n').take_while(|line| is_blank(line)).map(str::len).sum::<usize>();
    let above: usize = text[..line].split_inclusive('\n').rev().take_while(|line| is_blank(line)).map(str::len).sum();
    let is_first = !place
        .checked_sub(1)
        .is_some_and(|above| own.within.last().is_some_and(|one| pieces[above].within.contains(one)));
    let range = if is_first { line..end + empty(&text[end..]) } else { line - above..end };
    let written = format!("{}{}", &text[..range.start], &text[range.end..]);
    let expected = pieces[..place].iter().chain(&pieces[place + 1..]);
    read_as(&written, expected.map(said)).map(|()| written)
}

/// Moves a block or an entry by so many places, up where it is negative.
pub fn shift(text: &str, letters: &Range<usize>, by: isize) -> Result<String, NoRoom> {
    let siblings = Siblings::at(text, letters)?;
    let to = siblings.place.checked_add_signed(by).filter(|to| *to < siblings.lines.len());
    let to = to.ok_or("it stands at the end already")?;
    let (first, last) = (siblings.place.min(to), siblings.place.max(to));
    let mut order: Vec<usize> = (first..=last).collect();
    if to > siblings.place {
        order.rotate_left(1)
    } else {
        order.rotate_right(1)
    }
    let mut written = text[..siblings.lines[first].start].to_owned();
    for (place, from) in (first..=last).zip(&order) {
        written += &siblings.numbered(&text[siblings.lines[*from].clone()], place);
        let next =
            siblings.lines.get(place + 1).filter(|_| place < last).map_or(siblings.lines[last].end, |next| next.start);
        if place < last {
            written += &text[siblings.lines[place].end..next];
        }
    }
    written += &text[siblings.lines[last].end..];
    let pieces = outline(text);
    let of = |place: usize| &pieces[siblings.start_of(place)..siblings.start_of(place + 1)];
    let moved = order.iter().flat_map(|place| of(*place));
    let expected = pieces[..siblings.start_of(first)].iter().chain(moved).chain(&pieces[siblings.start_of(last + 1)..]);
    read_as(&written, expected.map(said)).map(|()| written)
}

impl Siblings {
    /// Those of the innermost entry that some letters stand in, else of the block.
    fn at(text: &str, letters: &Range<usize>) -> Result<Self, NoRoom> {
        let pieces = outline(text);
        let own = pieces.iter().find(|piece| holds(&piece.at, letters)).ok_or(GONE)?;
        let list = own.within.iter().enumerate().rev().find_map(|(depth, within)| match within {
            Within::Entry { list, first, at } => Some((depth, list.clone(), *first, at.clone())),
            Within::Quote(_) => None,
        });
        let Some((depth, list, first, own)) = list else { return Self::of_blocks(text, letters) };
        let entry = |piece: &Piece| match piece.within.get(depth) {
            Some(Within::Entry { list: other, at, .. }) if *other == list => Some(at.clone()),
            _ => None,
        };
        let mut siblings = Self::by(text, &pieces, entry, &own)?;
        let numbers: Vec<u64> =
            siblings.lines.iter().filter_map(|lines| number_at(text, lines.start).map(|(_, number)| number)).collect();
        let counts = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1) || numbers.len() == 1;
        siblings.number = first.map(|first| (first, counts));
        siblings.is_list = true;
        Ok(siblings)
    }

    /// The blocks of the text.
    fn of_blocks(text: &str, letters: &Range<usize>) -> Result<Self, NoRoom> {
        let pieces = outline(text);
        let block = |piece: &Piece| match piece.within.first() {
            Some(Within::Quote(at)) => at.clone(),
            Some(Within::Entry { list, .. }) => list.clone(),
            None => piece.at.clone(),
        };
        let own = pieces.iter().find(|piece| holds(&piece.at, letters)).map(block).ok_or(GONE)?;
        Self::by(text, &pieces, |piece| Some(block(piece)), &own)
    }

    /// Pieces together by what they are a part of.
    fn by(
        text: &str,
        pieces: &[Piece],
        part: impl Fn(&Piece) -> Option<Range<usize>>,
        own: &Range<usize>,
    ) -> Result<Self, NoRoom> {
        let before = pieces.iter().take_while(|piece| part(piece).is_none()).count();
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        for part in pieces.iter().filter_map(part) {
            match (parts.last() == Some(&part), counts.last_mut()) {
                (true, Some(count)) => *count += 1,
                _ => {
                    parts.push(part);
                    counts.push(1);
                }
            }
        }
        let place = parts.iter().position(|part| part == own).ok_or(GONE)?;
        let lines = parts.iter().map(|part| {
            let end = part.start + text[part.clone()].trim_end().len();
            // In a quotation, its sign begins the line that ends an entry.
            let end = part.start + text[part.start..end].trim_end_matches([' ', '>', '\n', '\r']).len();
            start_of_line(text, part.start)..end_of_line(text, end)
        });
        Ok(Self { lines: lines.collect(), pieces: counts, before, place, number: None, is_list: false })
    }

    /// How many pieces of the text stand before a sibling.
    fn start_of(&self, place: usize) -> usize {
        self.before + self.pieces[..place].iter().sum::<usize>()
    }

    /// New words with the sign that an entry has at a place.
    fn as_sibling(&self, text: &str, lines: &[String], place: usize) -> String {
        if !self.is_list {
            return lines.join(line_end(text));
        }
        let own = self.lines[self.place].clone();
        let typed = &text[own.clone()];
        let sign = typed.len() - typed.trim_start_matches([' ', '>']).len();
        let sign = sign + typed[sign..].find(' ').map_or(1, |end| end + 1);
        let first = self.numbered(&typed[..sign], place);
        let prefix = prefix_of(&first, first.len());
        let lead = |line: &str| if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") };
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(place, line)| if place == 0 { format!("{first}{line}") } else { lead(line) })
            .collect();
        lines.join(line_end(text))
    }

    /// An entry with the number that its place has.
    fn numbered(&self, entry: &str, place: usize) -> String {
        match (self.number, number_at(entry, 0)) {
            (Some((first, true)), Some((digits, _))) => {
                format!("{}{}{}", &entry[..digits.start], first + place as u64, &entry[digits.end..])
            }
            _ => entry.to_owned(),
        }
    }

    /// Puts lines beside the one that is meant, at a place.
    fn put(&self, text: &str, before: bool, lines: &str, place: usize, meant: &[Piece]) -> Result<String, NoRoom> {
        let own = &self.lines[self.place];
        let end = line_end(text);
        let neighbour = self.place.min(self.lines.len().saturating_sub(2));
        let is_loose = !self.is_list || self.lines.len() > 1 && is_parted(text, self.lines[neighbour].end);
        let gap = if is_loose { end } else { "" };
        let mut written = match before {
            true => format!("{}{lines}{end}{gap}{}", &text[..own.start], &text[own.start..own.end]),
            false => format!("{}{end}{gap}{lines}", &text[..own.end]),
        };
        let mut from = own.end;
        let behind = self.place + 1;
        for (next, range) in self.lines.iter().enumerate().skip(behind) {
            written += &text[from..range.start];
            written += &self.numbered(&text[range.clone()], next + 1);
            from = range.end;
        }
        written += &text[from..];
        // The one before which it was put counts on, too.
        if before && self.is_list {
            let moved = own.start + lines.len() + end.len() + gap.len();
            let entry = self.numbered(&text[own.clone()], self.place + 1);
            written.replace_range(moved..moved + own.len(), &entry);
        }
        let pieces = outline(text);
        let start = self.start_of(place);
        let expected = pieces[..start].iter().chain(meant).chain(&pieces[start..]);
        read_as(&written, expected.map(said)).map(|()| written)
    }

    /// The text without some lines, which are one sibling or, of an only entry, a part of one.
    fn without(&self, text: &str, own: Range<usize>, is_last: bool) -> Result<String, NoRoom> {
        let is_last = is_last || self.place + 1 == self.lines.len();
        let range = cut(text, own, is_last);
        let mut written = text[..range.start].to_owned();
        let mut from = range.end;
        for (place, lines) in self.lines.iter().enumerate().skip(self.place + 1) {
            written += &text[from..lines.start];
            written += &self.numbered(&text[lines.clone()], place - 1);
            from = lines.end;
        }
        written += &text[from..];
        let pieces = outline(text);
        let gone = self.start_of(self.place)..self.start_of(self.place + 1);
        let expected = pieces[..gone.start].iter().chain(&pieces[gone.end..]);
        read_as(&written, expected.map(said)).map(|()| written)
    }
}

fn said(piece: &Piece) -> (Option<u8>, usize, String) {
    (piece.heading, piece.within.len(), piece.says.clone())
}

/// Whether a text is read as some pieces; those of a new entry do not know how deep it stands.
fn read_as(written: &str, meant: impl Iterator<Item = (Option<u8>, usize, String)>) -> Result<(), NoRoom> {
    let read = outline(written);
    let form = |(heading, _, says): (Option<u8>, usize, String)| (heading, says);
    let is_meant = read.iter().map(said).map(form).eq(meant.map(form));
    is_meant.then_some(()).ok_or_else(|| OTHERWISE.to_owned())
}

fn holds(at: &Range<usize>, letters: &Range<usize>) -> bool {
    at.start <= letters.start && letters.end <= at.end
}

/// The number that an entry begins with, and its digits.
fn number_at(text: &str, start: usize) -> Option<(Range<usize>, u64)> {
    let typed = &text[start..];
    let begin = start + typed.len() - typed.trim_start_matches([' ', '>']).len();
    let length = text[begin..].bytes().take_while(u8::is_ascii_digit).count();
    let number = text[begin..begin + length].parse().ok()?;
    Some((begin..begin + length, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "## One\n\nTwo\n\n1. a\n2. b\n   - c\n\n   - d\n3. e\n\nThree\n";

    fn at(word: &str) -> Range<usize> {
        let start = TEXT.find(word).unwrap();
        start..start + word.len()
    }

    #[test]
    fn blocks_and_entries_change_places() {
        let moved = shift(TEXT, &at("Two"), 1).unwrap();
        assert_eq!(moved, "## One\n\n1. a\n2. b\n   - c\n\n   - d\n3. e\n\nTwo\n\nThree\n");
        let entry = shift(TEXT, &at("a\n"), 2);
        assert_eq!(entry.unwrap_err(), GONE, "a line end is no part of an entry");
        let start = TEXT.find("1. a").unwrap() + 3;
        assert_eq!(
            shift(TEXT, &(start..start + 1), 2).unwrap(),
            TEXT.replace("1. a\n2. b\n   - c\n\n   - d\n3. e", "1. b\n   - c\n\n   - d\n2. e\n3. a")
        );
        assert!(shift(TEXT, &at("Three"), 1).is_err());
    }

    #[test]
    fn a_new_one_stands_as_its_neighbours_do() {
        assert_eq!(insert(TEXT, &at("Two"), false, "New").unwrap(), TEXT.replace("Two", "Two\n\nNew"));
        assert_eq!(insert(TEXT, &at("One"), true, "New").unwrap(), format!("New\n\n{TEXT}"));
        let start = TEXT.find("b\n").unwrap();
        assert_eq!(
            insert(TEXT, &(start..start + 1), true, "new").unwrap(),
            TEXT.replace("2. b", "2. new\n3. b").replace("3. e", "4. e")
        );
        assert_eq!(insert("", &(0..0), false, "New").unwrap(), "New\n");
        assert_eq!(insert("- a\r\n- b", &(9..9), false, "c").unwrap_err(), GONE);
        assert_eq!(insert("- a\r\n- b", &(7..8), false, "c").unwrap(), "- a\r\n- b\r\n- c");
    }

    #[test]
    fn what_is_taken_out_leaves_the_numbers_in_step() {
        let start = TEXT.find("1. a").unwrap() + 3;
        assert_eq!(
            remove(TEXT, &(start..start + 1)).unwrap(),
            TEXT.replace("1. a\n2. b", "1. b").replace("3. e", "2. e")
        );
        assert_eq!(remove("a\n\n- b\n\nc\n", &(5..6)).unwrap(), "a\n\nc\n");
    }

    #[test]
    fn a_block_is_written_twice() {
        assert_eq!(duplicate(TEXT, &at("Three")).unwrap(), format!("{TEXT}\nThree\n"));
    }
}
