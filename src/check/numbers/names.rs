//! Names with numbers in them, and words that only look like numbers: a list that ships with Tally, and the
//! organisation's own.

use std::collections::HashMap;

use super::token::{Joint, Token, tokens};
use super::{figures, units};
use crate::fact::numerals::meant_by;

/// The list that ships: see there how a name is written.
const SHIPPED: &str = include_str!("names.txt");

/// Words before a name that make a figure of it: "an average age of 45".
const AVERAGES: &[&str] = &["average", "mean", "median", "highest", "lowest", "typical"];

/// Names by their first word in small letters; those that begin with a number of any value under the empty word.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, Vec<Name>>);

/// A name, word by word.
#[derive(Debug)]
struct Name(Vec<Piece>);

#[derive(Debug)]
struct Piece {
    /// What stands between it and the word before it.
    joint: Joint,
    is: Is,
}

#[derive(Debug, Clone, PartialEq)]
enum Is {
    /// One of these words. With a capital letter it must be written so, with a small one it may.
    Word(Vec<String>),
    /// `<number>`: 3, 8a, 2.1, three.
    Number,
    /// `<numbers>`: one of them, or several: 2, 3 and 4; 5 to 9.
    Numbers,
    /// `<quarters>`: the same from 1 to 4.
    Quarters,
    /// `<digits>`: figures of any length: 9001, 27001:2013.
    Digits,
    /// `<age>`: 18, 65, up to 120.
    Age,
    /// `<ages>`: 65s.
    Ages,
    /// `<year>`: 1983.
    Year,
    /// `<Name>`: a word with a capital letter.
    Capital,
}

impl Names {
    /// The shipped names and those of an organisation.
    pub fn with<'n>(own: impl IntoIterator<Item = &'n str>) -> Self {
        let shipped = SHIPPED.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut all = Self::default();
        shipped.chain(own).for_each(|name| all.add(name));
        all
    }

    fn add(&mut self, name: &str) {
        let name = Name::read(name);
        let firsts = match name.0.first() {
            Some(Piece { is: Is::Word(words), .. }) => words.iter().map(|word| word.to_lowercase()).collect(),
            Some(_) => vec![String::new()],
            None => return,
        };
        for first in firsts {
            self.0.entry(first).or_default().push(Name(name.0.iter().map(Piece::copy).collect()));
        }
    }

    /// How many words the longest name has that begins at a place.
    pub fn longest(&self, tokens: &[Token], place: usize) -> Option<usize> {
        let known = |first: &str| self.0.get(first).into_iter().flatten();
        let rest = &tokens[place..];
        let is_average = place.checked_sub(1).is_some_and(|before| AVERAGES.contains(&tokens[before].lower.as_str()));
        if is_average {
            return None;
        }
        known(&rest.first()?.lower).chain(known("")).filter_map(|name| name.matches(tokens, place)).max()
    }
}

impl Piece {
    fn copy(&self) -> Self {
        Self { joint: self.joint, is: self.is.clone() }
    }
}

impl Name {
    fn read(text: &str) -> Self {
        // Brackets and bars are no letters of a word; in a pattern they are.
        let text = text.trim();
        let mut pieces = Vec::new();
        let mut joint = Joint::Other;
        for chunk in text.split_whitespace() {
            if chunk.contains('<') || chunk.contains('|') {
                for (place, part) in chunk.split('-').enumerate() {
                    pieces.push(Piece { joint: if place == 0 { joint } else { Joint::Hyphen }, is: Is::read(part) });
                    joint = Joint::Space;
                }
            } else {
                for (place, token) in tokens(chunk).into_iter().enumerate() {
                    let joint = if place == 0 { joint } else { token.joint };
                    pieces.push(Piece { joint, is: Is::Word(vec![token.text.to_owned()]) });
                }
            }
            joint = Joint::Space;
        }
        Self(pieces)
    }

    fn is_literal(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece.is, Is::Word(_)))
    }

    /// How many words it has at a place of a text; none where it does not stand there.
    fn matches(&self, tokens: &[Token], place: usize) -> Option<usize> {
        let mut words = 0;
        for (index, piece) in self.0.iter().enumerate() {
            let token = tokens.get(place + words)?;
            let is_joined = match piece.joint {
                _ if index == 0 => true,
                // A name may be joined by hyphens: third-sector.
                Joint::Space | Joint::Hyphen => matches!(token.joint, Joint::Space | Joint::Hyphen),
                joint => token.joint == joint,
            };
            words += is_joined.then(|| piece.is.reach(tokens, place + words)).flatten()?;
        }
        let last = tokens.get(place + words - 1)?;
        let ends_in_number = last.has_digit() || meant_by(&last.lower).is_some();
        // "24/7" is known whatever stands behind it, "call 111" is not.
        let is_sure = tokens[place].is_capital() || (tokens[place].has_digit() && self.is_literal());
        (!ends_in_number || !is_quantity(tokens, place + words, is_sure)).then_some(words)
    }
}

/// Whether the word before a place is a number that measures something, "section 75 per cent", or counts something,
/// which what is surely a name, "Band 5 staff", does not.
fn is_quantity(tokens: &[Token], after: usize, is_sure: bool) -> bool {
    let is_unit = if is_sure { units::is_measure } else { units::is_counted };
    let is_with_unit = tokens.get(after).is_some_and(|next| {
        let is_joined = next.joint == Joint::Hyphen;
        (is_joined || next.joint == Joint::Space) && (is_unit(&next.lower) || (is_joined && next.has_digit()))
    });
    is_with_unit || tokens[after - 1].text.contains(['%', '£', '$', '€'])
}

impl Is {
    fn read(part: &str) -> Self {
        match part {
            "<number>" => Self::Number,
            "<numbers>" => Self::Numbers,
            "<quarters>" => Self::Quarters,
            "<digits>" => Self::Digits,
            "<age>" => Self::Age,
            "<ages>" => Self::Ages,
            "<year>" => Self::Year,
            "<Name>" => Self::Capital,
            words => Self::Word(words.split('|').map(str::to_owned).collect()),
        }
    }

    /// How many words of a text it is at a place.
    fn reach(&self, tokens: &[Token], place: usize) -> Option<usize> {
        let token = tokens.get(place)?;
        match self {
            Self::Word(words) => words.iter().any(|word| is_word(word, token)).then_some(1),
            Self::Number => is_number(token).then_some(1),
            Self::Numbers => several(tokens, place, is_number),
            Self::Quarters => several(tokens, place, is_quarter),
            Self::Digits => digits(tokens, place),
            Self::Age => is_age(token.text).then_some(1),
            Self::Ages => token.lower.strip_suffix('s').is_some_and(is_age).then_some(1),
            Self::Year => (token.text.len() == 4 && token.is_digits()).then_some(1),
            Self::Capital => token.is_capital().then_some(1),
        }
    }
}

/// A word in small letters may begin with a capital; one with a capital must be written as it is.
fn is_word(word: &str, token: &Token) -> bool {
    if word.contains(char::is_uppercase) { word == token.text } else { word == token.lower }
}

/// 3, 8a, 2.1, three.
fn is_number(token: &Token) -> bool {
    let digits = token.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_short = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let in_digits = token.text.len() <= digits.len() + 1 && digits.split('.').all(is_short);
    in_digits || matches!(token.lower.as_str(), "one") || meant_by(&token.lower).is_some_and(|value| value <= 20)
}

fn is_quarter(token: &Token) -> bool {
    matches!(token.lower.as_str(), "1" | "2" | "3" | "4" | "one" | "two" | "three" | "four")
}

fn is_age(text: &str) -> bool {
    text.len() <= 3 && text.parse::<u32>().is_ok_and(|age| age <= 120)
}

/// Numbers in a row: "2, 3 and 4", "5 to 9", "8a–8d".
fn several(tokens: &[Token], place: usize, is: fn(&Token) -> bool) -> Option<usize> {
    let is_at = |place: usize| tokens.get(place).is_some_and(is) && !is_quantity(tokens, place + 1, false);
    if !tokens.get(place).is_some_and(is) {
        return None;
    }
    let mut words = 1;
    while let Some(next) = tokens.get(place + words) {
        let is_and = matches!(next.lower.as_str(), "and" | "or" | "to") && next.joint == Joint::Space;
        let more = match next.joint {
            Joint::Hyphen | Joint::Dash | Joint::Slash if is_at(place + words) => 1,
            Joint::Comma if is_at(place + words) => 1,
            _ if is_and && is_at(place + words + 1) => 2,
            _ => break,
        };
        words += more;
    }
    // A comma alone ends what was listed: "In section 3, 45 …".
    let last = place + words - 1;
    let ends_in_comma = words > 1 && tokens[last].joint == Joint::Comma;
    let words = if ends_in_comma { words - 1 } else { words };
    // A word for several needs several: "of our wards 5 closed" counts them.
    let is_for_several = place.checked_sub(1).is_some_and(|before| {
        let word = &tokens[before].lower;
        word.ends_with('s') && !word.ends_with("ss")
    });
    (words > 1 || !is_for_several).then_some(words)
}

/// Figures of any length, with what is joined to them: 9001, 27001:2013, 301 549.
fn digits(tokens: &[Token], place: usize) -> Option<usize> {
    let is_part = |one: &&Token| one.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    tokens.get(place).filter(is_part)?;
    let joined = |one: &&Token| is_part(one) && matches!(one.joint, Joint::Colon | Joint::Hyphen | Joint::Slash);
    Some(1 + tokens[place + 1..].iter().take_while(joined).count())
}

/// Why words are no name: in the end they would hide a figure. `None` where they are one.
pub fn hides_a_figure(name: &str) -> Option<&'static str> {
    let words = tokens(name);
    let numbers: Vec<usize> = (0..words.len()).filter(|place| figures::reach(&words, *place).is_some()).collect();
    let is_money = name.contains(['£', '$', '€', '%', '<', '>', '|']);
    let is_counted = |place: &usize| words.get(place + 1).is_some_and(|next| units::is_counted(&next.lower));
    let is_name =
        |word: &Token| word.is_capital() && meant_by(&word.lower).is_none() && !units::is_counted(&word.lower);
    match () {
        () if numbers.is_empty() => Some("has no number in it, and needs no place in this list"),
        () if is_money || numbers.iter().any(is_counted) => Some("is a figure, and no name"),
        () if !words.iter().any(is_name) => Some("has no word with a capital letter that makes a name of it"),
        () => None,
    }
}
