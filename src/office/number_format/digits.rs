//! Puts the digits of a number into the places of a section: `#,##0.0`, `000-00-0000`, `£0.0,,"m"`.

use super::code::{Section, Token};
use super::decimal::Decimal;

/// The places of a section.
struct Places {
    /// Those before the point, by their tokens.
    whole: Vec<(usize, char)>,
    /// Those behind it.
    fraction: Vec<(usize, char)>,
    is_grouped: bool,
    /// By how many digits the point moves: two for each per cent sign, three back for each comma at the end.
    shift: i32,
}

/// What a section shows of a number, with a minus at the front if the section does not show the sign by itself, and whether
/// any digit of the number is among it; none if it is not known for certain.
pub fn shown(section: &Section, number: &Decimal, needs_minus: bool) -> Option<(String, bool)> {
    let places = Places::of(&section.tokens)?;
    let rounded = number.shifted(places.shift).rounded(places.fraction.len());
    let (mut whole, fraction) = rounded.parts();
    let least = places.whole.iter().position(|(_, digit)| *digit == '0').map_or(0, |first| places.whole.len() - first);
    whole.insert_str(0, &"0".repeat(least.saturating_sub(whole.len())));
    let mut shown = String::new();
    if needs_minus && number.is_negative && !rounded.is_zero() {
        shown.push('-');
    }
    for (at, token) in section.tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::Space => shown.push(' '),
            Token::Percent => shown.push('%'),
            Token::Comma => {}
            Token::Point if places.whole.is_empty() => shown.extend([&whole, "."]),
            Token::Point => shown.push('.'),
            Token::Digit(_) => places.put(at, &whole, &fraction, &mut shown),
            _ => return None,
        }
    }
    let shows_digits =
        !whole.is_empty() || !fraction.is_empty() || places.fraction.iter().any(|(_, digit)| *digit == '0');
    Some((shown, shows_digits))
}

impl Places {
    fn of(tokens: &[Token]) -> Option<Places> {
        let points = tokens.iter().enumerate().filter(|(_, token)| **token == Token::Point).map(|(at, _)| at);
        let mut points = points.collect::<Vec<usize>>().into_iter();
        let point = points.next().unwrap_or(tokens.len());
        if points.next().is_some() {
            return None;
        }
        let digits = tokens.iter().enumerate().filter_map(|(at, token)| match token {
            Token::Digit(digit) => Some((at, *digit)),
            _ => None,
        });
        let (whole, fraction): (Vec<_>, Vec<_>) = digits.partition(|(at, _)| *at < point);
        let mut places = Places { whole, fraction, is_grouped: false, shift: 0 };
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Percent => places.shift += 2,
                Token::Comma => places.comma(tokens, at)?,
                _ => {}
            }
        }
        places.is_known(tokens).then_some(places)
    }

    /// A comma between digits before the point parts thousands; one right behind the last digit of a side divides by a
    /// thousand.
    fn comma(&mut self, tokens: &[Token], at: usize) -> Option<()> {
        let before = tokens[..at].iter().rev().find(|token| **token != Token::Comma)?;
        let last_whole = self.whole.last().map(|(place, _)| *place);
        let last = self.fraction.last().map(|(place, _)| *place).max(last_whole)?;
        match matches!(before, Token::Digit(_)) {
            true if at > last || (last_whole.is_some_and(|place| at > place) && self.is_before_fraction(at)) => {
                self.shift -= 3
            }
            true if last_whole.is_some_and(|place| at < place) => self.is_grouped = true,
            _ => return None,
        }
        Some(())
    }

    fn is_before_fraction(&self, at: usize) -> bool {
        self.fraction.first().is_some_and(|(place, _)| at < *place)
    }

    /// Words between digits that are grouped, and blanks for thousands, are shown differently by different programs.
    fn is_known(&self, tokens: &[Token]) -> bool {
        let (Some((first, _)), Some((last, _))) = (self.whole.first(), self.whole.last()) else { return true };
        let has_words = tokens[*first..=*last].iter().any(|token| !matches!(token, Token::Digit(_) | Token::Comma));
        let has_blanks = self.whole.iter().any(|(_, digit)| *digit == '?');
        !self.is_grouped || !(has_words || has_blanks)
    }

    /// What stands at one place: the digits that come before all places stand at the first.
    fn put(&self, at: usize, whole: &str, fraction: &str, shown: &mut String) {
        if let Some(rank) = self.whole.iter().position(|(place, _)| *place == at) {
            let behind = self.whole.len() - 1 - rank;
            let end = whole.len().saturating_sub(behind);
            let start = if rank == 0 { 0 } else { end.saturating_sub(1) };
            if whole.len() <= behind {
                shown.extend((self.whole[rank].1 == '?').then_some(' '));
                return;
            }
            for (digit, place) in whole[start..end].chars().zip(start..) {
                shown.push(digit);
                let left = whole.len() - 1 - place;
                shown.extend((self.is_grouped && left > 0 && left.is_multiple_of(3)).then_some(','));
            }
        } else if let Some(rank) = self.fraction.iter().position(|(place, _)| *place == at) {
            let is_held = self.fraction[rank..].iter().any(|(_, digit)| *digit == '0');
            match (fraction.as_bytes().get(rank), self.fraction[rank].1) {
                (Some(digit), _) => shown.push(char::from(*digit)),
                (None, _) if is_held => shown.push('0'),
                (None, '?') => shown.push(' '),
                (None, _) => {}
            }
        }
    }
}
