//! Days and times: counted in days from the beginning of 1900 or 1904, and shown in English.

use time::{Date, Duration, Month};

use super::Seen;
use super::code::{Section, Token};

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateSystem {
    #[default]
    From1900,
    From1904,
}

/// The first day that both Excel and the calendar agree on (1 March 1900): Excel believes in 29 February 1900.
const FIRST_CERTAIN: i64 = 61;

/// 31 December 9999, and the longest time that is shown.
const LAST: i64 = 2_958_465;

/// Days from the first day of 1900 to that of 1904, as Excel counts them.
const BETWEEN_SYSTEMS: i64 = 1_462;

/// A moment, taken apart.
struct Moment {
    date: Option<Date>,
    /// All seconds since the beginning, rounded to the parts of a second that are shown.
    seconds: i64,
    /// The parts of a second, so many of them to a second.
    parts: i64,
}

impl Moment {
    /// `digits`: how many parts of a second are shown.
    fn of(stored: f64, digits: usize, system: DateSystem) -> Option<Moment> {
        let limit = LAST as f64;
        if !(0.0..=limit).contains(&stored) {
            return None;
        }
        let unit = 10i64.pow(digits as u32);
        let ticks = (stored * 86_400.0 * unit as f64).round() as i64;
        let seconds = ticks / unit;
        let day = seconds / 86_400 + if system == DateSystem::From1904 { BETWEEN_SYSTEMS } else { 0 };
        let date = (FIRST_CERTAIN..=LAST).contains(&day).then(|| date(day)).flatten();
        Some(Moment { date, seconds, parts: ticks % unit })
    }

    fn hour(&self) -> i64 {
        self.seconds / 3_600 % 24
    }

    fn minute(&self) -> i64 {
        self.seconds / 60 % 60
    }

    fn second(&self) -> i64 {
        self.seconds % 60
    }
}

/// The day of a number.
fn date(day: i64) -> Option<Date> {
    // Day 0 of the system is then 30 December 1899, for all days from March 1900 on.
    Date::from_calendar_date(1899, Month::December, 30).ok()?.checked_add(Duration::days(day))
}

/// The number of a day, and of the time in it: `2017-03-31`, `2017-03-31T09:30:00`. None if it is no such day.
pub fn number_of(iso: &str, system: DateSystem) -> Option<f64> {
    let (day, time) = iso.trim_end_matches('Z').split_once('T').unwrap_or((iso, "00:00:00"));
    let mut parts = day.splitn(3, '-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse::<u8>().ok()?, parts.next()?.parse().ok()?);
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    let days = (date - self::date(0)?).whole_days() - if system == DateSystem::From1904 { BETWEEN_SYSTEMS } else { 0 };
    let mut seconds = 0.0;
    for (part, unit) in time.split(':').zip([3_600.0, 60.0, 1.0]) {
        seconds += part.parse::<f64>().ok().filter(|part| (0.0..60.0).contains(part))? * unit;
    }
    (days >= 0 && seconds < 86_400.0).then_some(days as f64 + seconds / 86_400.0)
}

/// What a section shows of a day or time; none if it is not known for certain.
pub fn shown(section: &Section, stored: f64, system: DateSystem) -> Option<Seen> {
    let tokens = &section.tokens;
    let digits = tokens.iter().find_map(|token| if let Token::Split(digits) = token { Some(*digits) } else { None });
    let moment = Moment::of(stored, digits.unwrap_or_default(), system)?;
    let is_half = section.has(|token| matches!(token, Token::HalfDay { .. }));
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(words) => text.push_str(words),
            Token::Space => text.push(' '),
            Token::Slash => text.push('/'),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Split(digits) => text.push_str(&format!(".{:0digits$}", moment.parts)),
            Token::HalfDay { is_short } => {
                let half = if moment.hour() < 12 { "AM" } else { "PM" };
                text.push_str(if *is_short { &half[..1] } else { half });
            }
            Token::Elapsed(unit, width) => {
                let count = moment.seconds / seconds_of(*unit);
                text.push_str(&format!("{count:0width$}"));
            }
            Token::Date('m', width) if is_minute(tokens, at) => text.push_str(&padded(moment.minute(), *width)?),
            Token::Date('h', width) if is_half => text.push_str(&padded((moment.hour() + 11) % 12 + 1, *width)?),
            Token::Date('h', width) => text.push_str(&padded(moment.hour(), *width)?),
            Token::Date('s', width) => text.push_str(&padded(moment.second(), *width)?),
            Token::Date(letter, width) => text.push_str(&part_of_date(moment.date?, *letter, *width)?),
            _ => return None,
        }
    }
    match section.has(|token| matches!(token, Token::Elapsed(..))) {
        true => Some(Seen::Duration { text }),
        false => Some(Seen::Day { text, iso: iso(&moment) }),
    }
}

fn seconds_of(unit: char) -> i64 {
    match unit {
        'h' => 3_600,
        'm' => 60,
        _ => 1,
    }
}

/// One or two digits.
fn padded(number: i64, width: usize) -> Option<String> {
    match width {
        1 => Some(number.to_string()),
        2 => Some(format!("{number:02}")),
        _ => None,
    }
}

/// Whether an `m` means minutes: it stands behind hours or before seconds.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let unit = |token: &Token| match token {
        Token::Date(unit, _) | Token::Elapsed(unit, _) => Some(*unit),
        _ => None,
    };
    let before = tokens[..at].iter().rev().find_map(unit);
    let behind = tokens[at + 1..].iter().find_map(unit);
    before == Some('h') || behind == Some('s')
}

fn part_of_date(date: Date, letter: char, width: usize) -> Option<String> {
    let (name, weekday) = (date.month().to_string(), date.weekday().to_string());
    Some(match (letter, width) {
        ('y', 1 | 2) => format!("{:02}", date.year() % 100),
        ('y', _) => format!("{:04}", date.year()),
        ('m', 1) => u8::from(date.month()).to_string(),
        ('m', 2) => format!("{:02}", u8::from(date.month())),
        ('m', 3) => name[..3].to_owned(),
        ('m', 4) => name,
        ('m', 5) => name[..1].to_owned(),
        ('d', 1) => date.day().to_string(),
        ('d', 2) => format!("{:02}", date.day()),
        ('d', 3) => weekday[..3].to_owned(),
        ('d', 4) => weekday,
        _ => return None,
    })
}

/// The moment itself; a time alone if it has no day.
fn iso(moment: &Moment) -> String {
    let time = format!("{:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second());
    let Some(date) = moment.date else { return time };
    let day = format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day());
    match moment.seconds % 86_400 {
        0 => day,
        _ => format!("{day}T{time}"),
    }
}
