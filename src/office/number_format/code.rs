//! The code of a number format, `#,##0.0;[Red]-#,##0.0`, taken apart (ECMA-376, part 1, 18.8.31).
//!
//! In: a code. Out: its sections of tokens, or nothing if any of it is not known for certain. What follows from that is
//! said elsewhere; here nothing is guessed.

/// A code, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Those for numbers: up to three.
    pub numbers: Vec<Section>,
    /// The one for texts, if the code has one.
    pub text: Option<Section>,
}

/// One of the parts between semicolons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    pub tokens: Vec<Token>,
    pub condition: Option<Condition>,
    /// Days are written in a language that is not English.
    pub is_foreign: bool,
    /// In white, as the paper is.
    pub is_white: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// Letters that stand as they are.
    Literal(String),
    /// A blank as wide as some letter.
    Space,
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    Comma,
    Percent,
    /// A fraction, or what parts days from months.
    Slash,
    /// `General`: as many digits as there are.
    General,
    /// `@`: a text as it stands.
    Text,
    Power,
    /// `yyyy`, `mm`, `d`, `hh`, `s`: its letter, and how often it stands.
    Date(char, usize),
    /// `[h]`, `[mm]`: hours, minutes or seconds, however many.
    Elapsed(char, usize),
    /// `.000` behind seconds.
    Split(usize),
    /// `AM/PM`, or `A/P`.
    HalfDay {
        is_short: bool,
    },
}

/// `[>=1000]`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    comparison: Comparison,
    limit: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Equal,
    Other,
}

impl Condition {
    /// Reads a comparison with a number.
    pub fn read(text: &str) -> Option<Condition> {
        let signs = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::MoreOrEqual),
            ("<>", Comparison::Other),
            ("<", Comparison::Less),
            (">", Comparison::More),
            ("=", Comparison::Equal),
        ];
        let (limit, comparison) =
            signs.iter().find_map(|(sign, comparison)| Some((text.strip_prefix(sign)?, *comparison)))?;
        let limit = limit.trim().parse().ok().filter(|limit: &f64| limit.is_finite())?;
        Some(Condition { comparison, limit })
    }

    pub fn holds(&self, value: f64) -> bool {
        match self.comparison {
            Comparison::Less => value < self.limit,
            Comparison::LessOrEqual => value <= self.limit,
            Comparison::More => value > self.limit,
            Comparison::MoreOrEqual => value >= self.limit,
            Comparison::Equal => value == self.limit,
            Comparison::Other => value != self.limit,
        }
    }

    /// It holds for numbers below nought alone.
    pub fn is_of_negatives(&self) -> bool {
        match self.comparison {
            Comparison::Less => self.limit <= 0.0,
            Comparison::LessOrEqual | Comparison::Equal => self.limit < 0.0,
            Comparison::More | Comparison::MoreOrEqual | Comparison::Other => false,
        }
    }

    /// It holds for nought alone.
    pub fn is_of_zero(&self) -> bool {
        self.comparison == Comparison::Equal && self.limit == 0.0
    }
}

impl Section {
    pub fn has(&self, is: impl Fn(&Token) -> bool) -> bool {
        self.tokens.iter().any(is)
    }

    /// It shows days or times.
    pub fn is_date(&self) -> bool {
        self.has(|token| {
            matches!(token, Token::Date(..) | Token::Elapsed(..) | Token::HalfDay { .. } | Token::Split(_))
        })
    }

    /// The letters that stand in it as they are, without blanks around them.
    pub fn words(&self) -> String {
        let words: String =
            self.tokens.iter().map(|token| if let Token::Literal(text) = token { text } else { "" }).collect();
        words.trim().to_owned()
    }
}

impl Code {
    /// Takes a code apart; none if it is not known for certain.
    pub fn read(code: &str) -> Option<Code> {
        let mut sections = vec![Section::default()];
        let mut rest = code;
        while !rest.is_empty() {
            rest = match rest.strip_prefix(';') {
                Some(rest) => {
                    sections.push(Section::default());
                    rest
                }
                None => sections.last_mut()?.take(rest)?,
            };
        }
        if sections.len() > 4 {
            return None;
        }
        let has_text = sections.last().is_some_and(|last| last.has(|token| *token == Token::Text));
        let text = if sections.len() == 4 || has_text { sections.pop() } else { None };
        let is_whole = sections.iter().all(|section| !section.has(|token| *token == Token::Text));
        is_whole.then_some(Code { numbers: sections, text })
    }
}

impl Section {
    /// Takes what stands first, and gives what stands behind it.
    fn take<'c>(&mut self, code: &'c str) -> Option<&'c str> {
        let first = code.chars().next()?;
        let rest = &code[first.len_utf8()..];
        match first {
            '"' => {
                let (words, rest) = rest.split_once('"')?;
                self.literal(words);
                Some(rest)
            }
            '[' => {
                let (inside, rest) = rest.split_once(']')?;
                self.bracket(inside)?;
                Some(rest)
            }
            '\\' | '_' | '*' => {
                let letter = rest.chars().next()?;
                match first {
                    '\\' => self.literal(letter.encode_utf8(&mut [0; 4])),
                    '_' => self.tokens.push(Token::Space),
                    // What fills the column takes no room of its own.
                    _ => {}
                }
                Some(&rest[letter.len_utf8()..])
            }
            _ if first.is_ascii_alphabetic() => self.letters(code),
            _ => {
                let token = match first {
                    '0' | '#' | '?' => Token::Digit(first),
                    '.' => return self.point(rest),
                    ',' => Token::Comma,
                    '%' => Token::Percent,
                    '/' => Token::Slash,
                    '@' => Token::Text,
                    _ => {
                        self.literal(&code[..first.len_utf8()]);
                        return Some(rest);
                    }
                };
                self.tokens.push(token);
                Some(rest)
            }
        }
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(before)) => before.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    /// A point; behind seconds, with the zeros that follow, parts of a second.
    fn point<'c>(&mut self, rest: &'c str) -> Option<&'c str> {
        let is_behind_seconds = matches!(self.tokens.last(), Some(Token::Date('s', _) | Token::Elapsed('s', _)));
        let zeros = rest.len() - rest.trim_start_matches('0').len();
        if is_behind_seconds && zeros > 0 {
            self.tokens.push(Token::Split(zeros));
            return (zeros <= 3).then_some(&rest[zeros..]);
        }
        self.tokens.push(Token::Point);
        Some(rest)
    }

    /// Letters without quotation marks: of days, of powers, or `General`. Others mean something elsewhere.
    fn letters<'c>(&mut self, code: &'c str) -> Option<&'c str> {
        let word = |word: &str| code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let (token, length) = match code.as_bytes()[0].to_ascii_lowercase() {
            b'g' if word("General") => (Token::General, 7),
            b'a' if word("AM/PM") => (Token::HalfDay { is_short: false }, 5),
            b'a' if word("A/P") => (Token::HalfDay { is_short: true }, 3),
            b'e' if word("E+") || word("E-") => (Token::Power, 2),
            letter @ (b'y' | b'm' | b'd' | b'h' | b's') => {
                let count = code.bytes().take_while(|byte| byte.to_ascii_lowercase() == letter).count();
                (Token::Date(char::from(letter), count), count)
            }
            _ => return None,
        };
        self.tokens.push(token);
        Some(&code[length..])
    }

    /// What stands in square brackets: a currency and language, a condition, a length of time, or a colour.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        let small = inside.to_ascii_lowercase();
        if let Some(inside) = inside.strip_prefix('$') {
            let (currency, language) = inside.rsplit_once('-').unwrap_or((inside, ""));
            self.literal(currency);
            return self.language(language);
        }
        if let Some(condition) = Condition::read(inside) {
            return self.condition.replace(condition).is_none().then_some(());
        }
        if let Some(letter @ ('h' | 'm' | 's')) = small.chars().next()
            && small.chars().all(|other| other == letter)
        {
            self.tokens.push(Token::Elapsed(letter, small.len()));
            return Some(());
        }
        let colours = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
        let number = small.strip_prefix("color").map(str::trim).and_then(|number| number.parse().ok());
        let number = number.filter(|number: &u8| (1..=56).contains(number));
        self.is_white |= small == "white" || number == Some(2);
        (number.is_some() || colours.contains(&small.as_str())).then_some(())
    }

    /// A language by its number in hexadecimal: the last four digits say which it is (of English the lowest bits are 9), and
    /// those before them ask for other digits or another calendar. F800 and F400 are days in the machine's own style.
    fn language(&mut self, language: &str) -> Option<()> {
        const ENGLISH: u32 = 0x009;
        const OF_ANY_LANGUAGE: [&str; 3] = ["", "x-euro1", "x-euro2"];
        const EURO: u32 = 0x2;
        let language = language.to_ascii_lowercase();
        if OF_ANY_LANGUAGE.contains(&language.as_str()) {
            return Some(());
        }
        let number = match language.as_str() {
            "en-gb" | "en-us" | "en-ie" => ENGLISH,
            _ => u32::from_str_radix(&language, 16).ok()?,
        };
        // 1 is the calendar of today, which reporting programs ask for.
        let (asks_for, language) = (number >> 16, number & 0xFFFF);
        if asks_for > 1 || language >= 0xF000 {
            return None;
        }
        self.is_foreign |= language & 0x3FF != ENGLISH && language != EURO;
        Some(())
    }
}
