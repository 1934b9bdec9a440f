//! Finds texts in a finished file by their letters.
//!
//! In: the words of the file in their order, and the texts. Out: which letters of the file are which text. Space, hyphens
//! and capitals are left out, since a line may end anywhere. The longest texts come first, so that none is taken for a
//! part of another; where several texts have the same letters, each place goes to the one of its section and of the file
//! whose texts stand before it, in order.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// So far back is looked for what stands before a place, in letters.
const BEFORE: usize = 4_000;

/// Texts of so many letters are known wherever they begin and end.
const LONG: usize = 14;

/// Letters of nobody.
const FREE: u32 = u32::MAX;

/// The letters of a finished file.
#[derive(Debug, Default)]
pub struct Stream {
    letters: String,
    words: Vec<StreamWord>,
}

#[derive(Debug)]
struct StreamWord {
    start: usize,
    /// What no text reaches out of.
    block: usize,
    section: Option<String>,
}

/// A text that is looked for.
#[derive(Debug, Clone)]
pub struct Sought {
    pub letters: String,
    pub section: Option<String>,
    /// Tells the files apart that texts stand in.
    pub file: u32,
}

/// Which letters are which text.
#[derive(Debug)]
pub struct Claims {
    owner: Vec<u32>,
    /// For each text the words that say it, by their places in the stream.
    pub places: Vec<Vec<Range<usize>>>,
}

/// The letters by which a text is known.
pub fn letters(text: &str) -> String {
    text.chars().filter(|char| is_letter(*char)).flat_map(char::to_lowercase).collect()
}

fn is_letter(char: char) -> bool {
    !char.is_whitespace()
        && !char.is_control()
        && !matches!(char, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl Stream {
    /// Adds a word; one without letters takes a place, too.
    pub fn push(&mut self, word: &str, block: usize, section: Option<&str>) {
        self.words.push(StreamWord { start: self.letters.len(), block, section: section.map(str::to_owned) });
        self.letters.push_str(&letters(word));
    }

    fn word_at(&self, letter: usize) -> usize {
        self.words.partition_point(|word| word.start <= letter).saturating_sub(1)
    }

    fn end_of(&self, word: usize) -> usize {
        self.words.get(word + 1).map_or(self.letters.len(), |next| next.start)
    }

    /// Where texts may begin, by their first letters.
    fn beginnings(&self) -> HashMap<[char; 3], Vec<usize>> {
        let mut starts: HashMap<[char; 3], Vec<usize>> = HashMap::new();
        let mut words = self.words.iter().map(|word| word.start).peekable();
        let mut is_behind_sign = true;
        for (at, char) in self.letters.char_indices() {
            let mut begins_word = false;
            while words.next_if(|start| *start <= at).is_some() {
                begins_word = true;
            }
            if begins_word || is_behind_sign {
                starts.entry(key(&self.letters[at..])).or_default().push(at);
            }
            is_behind_sign = !char.is_alphanumeric();
        }
        starts
    }

    /// Whether a text that ends here is not a part of a word.
    fn ends(&self, end: usize) -> bool {
        let (Some(last), Some(next)) = (self.letters[..end].chars().last(), self.letters[end..].chars().next()) else {
            return true;
        };
        !(last.is_alphanumeric() && next.is_alphanumeric()) || self.end_of(self.word_at(end - 1)) == end
    }
}

fn key(text: &str) -> [char; 3] {
    let mut chars = text.chars();
    [0; 3].map(|_| chars.next().unwrap_or_default())
}

/// Finds all texts.
pub fn claim(stream: &Stream, sought: &[Sought]) -> Claims {
    let mut claims = Claims { owner: vec![FREE; stream.letters.len()], places: vec![Vec::new(); sought.len()] };
    let starts = stream.beginnings();
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, one) in sought.iter().enumerate().filter(|(_, one)| one.letters.chars().count() > 2) {
        alike.entry(&one.letters).or_default().push(place);
    }
    let mut longest_first: Vec<(&str, Vec<usize>)> = alike.into_iter().collect();
    longest_first.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
    for (letters, members) in longest_first {
        let mut turns: HashMap<usize, usize> = HashMap::new();
        for start in starts.get(&key(letters)).into_iter().flatten().copied() {
            let end = start + letters.len();
            if claims.takes(stream, start, end, letters) {
                let fitting = fitting(stream, &claims, sought, &members, start);
                let turn = turns.entry(fitting[0]).or_default();
                claims.add(stream, fitting[*turn % fitting.len()], start..end);
                *turn += 1;
            }
        }
    }
    claims.places.iter_mut().for_each(|places| places.sort_by_key(|place| place.start));
    claims
}

/// The texts of the same letters that may stand at a place: those of its section, or else those that any section may
/// print; and of these the ones of the file whose text stands before it.
fn fitting(stream: &Stream, claims: &Claims, sought: &[Sought], members: &[usize], start: usize) -> Vec<usize> {
    if let [_] = members {
        return members.to_vec();
    }
    let before = claims.owner[start.saturating_sub(BEFORE)..start].iter().rev().filter(|owner| **owner != FREE);
    let before = || before.clone().map(|owner| &sought[*owner as usize]);
    let own = stream.words[stream.word_at(start)].section.clone();
    let section = own.or_else(|| before().find_map(|one| one.section.clone()));
    let some = |fits: &dyn Fn(&usize) -> bool, of: &[usize]| -> Vec<usize> {
        let some: Vec<usize> = of.iter().copied().filter(fits).collect();
        if some.is_empty() { of.to_vec() } else { some }
    };
    let is_here = |one: &usize| sought[*one].section == section;
    let is_shared = |one: &usize| sought[*one].section.is_none();
    let here = if members.iter().any(is_here) { some(&is_here, members) } else { some(&is_shared, members) };
    let files: Vec<u32> = here.iter().map(|one| sought[*one].file).collect();
    let file = before().map(|one| one.file).find(|file| files.contains(file));
    some(&|one| Some(sought[*one].file) == file, &here)
}

impl Claims {
    /// Whether these letters stand here, and are nobody's.
    fn takes(&self, stream: &Stream, start: usize, end: usize, letters: &str) -> bool {
        stream.letters.get(start..end) == Some(letters)
            && (letters.len() >= LONG || stream.ends(end))
            && stream.words[stream.word_at(start)].block == stream.words[stream.word_at(end - 1)].block
            && self.owner[start..end].iter().all(|owner| *owner == FREE)
    }

    fn add(&mut self, stream: &Stream, text: usize, range: Range<usize>) {
        self.owner[range.clone()].fill(text as u32);
        self.places[text].push(stream.word_at(range.start)..stream.word_at(range.end - 1) + 1);
    }

    /// Whether a word is a part of some text, or has no letters.
    pub fn has(&self, stream: &Stream, word: usize) -> bool {
        let range = stream.words[word].start..stream.end_of(word);
        range.is_empty() || self.owner[range].iter().any(|owner| *owner != FREE)
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "each text has a list of stretches")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stream(sections: &[(&str, &[&str])]) -> Stream {
        let mut stream = Stream::default();
        let mut block = 0;
        for (section, blocks) in sections {
            for text in *blocks {
                block += 1;
                text.split_whitespace().for_each(|word| stream.push(word, block, Some(section)));
            }
        }
        stream
    }

    fn sought(section: &str, file: u32, text: &str) -> Sought {
        Sought { letters: letters(text), section: Some(section.to_owned()), file }
    }

    #[test]
    fn a_short_text_is_no_part_of_a_longer_one() {
        let stream = stream(&[("s", &["Total costs of staff", "Total", "Subtotal", "Totally", "Total: 5"])]);
        let claims = claim(&stream, &[sought("s", 0, "Total"), sought("s", 0, "Total costs of staff")]);
        assert_eq!(claims.places, [vec![4..5, 7..8], vec![0..4]]);
    }

    #[test]
    fn the_same_words_go_to_the_text_of_their_section_and_file_in_order() {
        let stream = stream(&[
            ("one", &["Costs in pounds", "Total", "Staff", "Total"]),
            ("two", &["Visits in thousands", "Total", "Loans by month", "Total"]),
        ]);
        let texts = [
            sought("one", 0, "Costs in pounds"),
            sought("one", 0, "Total"),
            sought("one", 0, "Total"),
            sought("two", 1, "Visits in thousands"),
            sought("two", 1, "Total"),
            sought("two", 2, "Loans by month"),
            sought("two", 2, "Total"),
        ];
        let places = claim(&stream, &texts).places;
        assert_eq!([&places[1], &places[2]], [&vec![3..4], &vec![5..6]]);
        assert_eq!([&places[4], &places[6]], [&vec![9..10], &vec![13..14]]);
    }

    #[test]
    fn what_any_section_may_print_stands_where_no_section_has_it() {
        let stream = stream(&[("", &["Reading Library"]), ("foreword", &["Reading Library"])]);
        let shared = Sought { section: None, ..sought("", 1, "Reading Library") };
        assert_eq!(
            claim(&stream, &[sought("foreword", 0, "Reading Library"), shared]).places,
            [vec![2..4], vec![0..2]]
        );
    }

    proptest! {
        #[test]
        fn no_letter_has_two_texts(
            words in proptest::collection::vec("[a-c]{1,3}", 1..40), texts in proptest::collection::vec("[a-c ]{1,9}", 0..12),
        ) {
            let mut stream = Stream::default();
            words.iter().for_each(|word| stream.push(word, 0, None));
            let sought: Vec<Sought> = texts.iter().map(|text| sought("", 0, text)).collect();
            let claims = claim(&stream, &sought);
            for (text, places) in claims.places.iter().enumerate() {
                let said: usize = claims.owner.iter().filter(|owner| **owner == text as u32).count();
                prop_assert_eq!(said, places.len() * sought[text].letters.len());
            }
        }
    }
}
