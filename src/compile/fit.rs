//! How wide words are and how many lines they take, told from the letters of their font.
//!
//! To lay a text out only to learn its height costs as much as laying it out. A template asks `lines-of` and `widest-of`
//! instead, which add up how wide letters are. What a font makes of two letters side by side is not known here, so that a
//! line is reckoned between two widths; where these leave the number of lines open the answer is `none`, and the template
//! measures. So it is where the font lacks a letter, and in scripts whose letters change beside others. A text of initials
//! may be told a line too many; none is told a line too few.

use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use comemo::Tracked;
use typst::World;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Array, CastInfo, Context, NativeFuncData, NativeFuncPtr, Scope, Str, Value};
use typst::layout::{Abs, Em, Length};
use typst::text::{Font, FontStretch, FontStyle, FontVariant, FontVariations, FontWeight};

/// `lines-of(words, points, width, weight: 400, font: "…")`: how many lines of this width words take in type of this size.
/// `words` are a text, or a list of texts, texts with their weight, and room between them.
pub static LINES_OF: NativeFuncData = function("lines-of", "Lines of words", &lines_of);

/// `widest-of(texts, points, weight: 400, font: "…")`: how wide the widest of some texts is at most, each in one line.
pub static WIDEST_OF: NativeFuncData = function("widest-of", "Widest of texts", &widest_of);

const fn function(name: &'static str, title: &'static str, does: &'static Does) -> NativeFuncData {
    NativeFuncData {
        function: NativeFuncPtr(does),
        name,
        title,
        docs: "",
        def_site: None,
        keywords: &[],
        contextual: false,
        scope: LazyLock::new(&Scope::new),
        params: LazyLock::new(&|| vec![]),
        returns: LazyLock::new(&|| CastInfo::Any),
    }
}

/// A length that does not depend on the size of type; none where it does.
fn fixed(length: Length) -> Option<f64> {
    (length.em == Em::zero()).then(|| length.abs.to_pt())
}

/// What a function of the templates does.
type Does = dyn Fn(&mut Engine, Tracked<Context>, &mut Args) -> SourceResult<Value> + Send + Sync;

fn lines_of(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let words: Value = args.expect("words")?;
    let points: Length = args.expect("points")?;
    let width: Length = args.expect("width")?;
    let weight: i64 = args.named("weight")?.unwrap_or(400);
    let mut faces = Faces::new(engine, args)?;
    let (Some(points), Some(width)) = (fixed(points), fixed(width)) else { return Ok(Value::None) };
    let mut reckoning = Reckoning::new(width / points);
    let pieces = match words {
        Value::Array(pieces) => pieces,
        one => Array::from_iter([one]),
    };
    let is_known = pieces.into_iter().all(|piece| piece_of(piece, weight, &mut faces, &mut reckoning).is_some());
    Ok(reckoning.lines().filter(|_| is_known).map_or(Value::None, Value::Int))
}

fn widest_of(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let texts: Array = args.expect("texts")?;
    let points: Length = args.expect("points")?;
    let weight: i64 = args.named("weight")?.unwrap_or(400);
    let mut faces = Faces::new(engine, args)?;
    let Some(points) = fixed(points) else { return Ok(Value::None) };
    let widths = texts.into_iter().map(|text| {
        let mut reckoning = Reckoning::new(f64::INFINITY);
        piece_of(text, weight, &mut faces, &mut reckoning)?;
        Some(reckoning.width())
    });
    let widest = widths.collect::<Option<Vec<_>>>().map(|widths| widths.into_iter().fold(0.0, f64::max));
    Ok(widest.map_or(Value::None, |widest| Value::Length(Length::from(Abs::pt(points * widest)))))
}

/// Adds a piece; none where it is not known how wide it is.
fn piece_of(piece: Value, weight: i64, faces: &mut Faces, reckoning: &mut Reckoning) -> Option<()> {
    match piece {
        Value::Str(text) => faces.of(weight)?.add(&text, reckoning),
        Value::Length(room) if room.abs == Abs::zero() => {
            reckoning.add(room.em.get(), room.em.get());
            Some(())
        }
        Value::Array(both) => match both.as_slice() {
            [Value::Str(text), Value::Int(own)] => faces.of(*own)?.add(text, reckoning),
            _ => None,
        },
        _ => None,
    }
}

/// The letters of a family in each weight, each looked for once.
struct Faces<'a, 'e> {
    engine: &'a Engine<'e>,
    family: String,
    known: Vec<(i64, Arc<Face>)>,
}

impl<'a, 'e> Faces<'a, 'e> {
    fn new(engine: &'a Engine<'e>, args: &mut Args) -> SourceResult<Self> {
        let family: Str = args.named("font")?.unwrap_or_default();
        Ok(Self { engine, family: family.to_lowercase(), known: Vec::new() })
    }

    fn of(&mut self, weight: i64) -> Option<&Face> {
        let place = match self.known.iter().position(|(known, _)| *known == weight) {
            Some(place) => place,
            None => {
                let variant = FontVariant {
                    style: FontStyle::Normal,
                    weight: FontWeight::from_number(u16::try_from(weight).ok()?),
                    stretch: FontStretch::NORMAL,
                };
                let index = self.engine.world.book().select(&self.family, variant)?;
                self.known.push((weight, face_of(self.engine.world.font(index)?, variant)));
                self.known.len() - 1
            }
        };
        self.known.get(place).map(|(_, face)| &**face)
    }
}

/// Where letters have an optical size, the one of this type is taken.
const OF_ANY_SIZE: Abs = Abs::raw(10.0);

/// The letters that look the same beside any others.
const LETTERS: [RangeInclusive<char>; 5] = [
    ' '..='\u{24f}',
    '\u{1e00}'..='\u{1eff}',
    '\u{2010}'..='\u{2027}',
    '\u{2030}'..='\u{203f}',
    '\u{20a0}'..='\u{20bf}',
];

/// How wide each of these letters is in a font, one after the other; none where the font lacks it.
struct Face(Vec<Option<f64>>);

/// Looked up in the font once, since texts are asked for by the thousand.
#[comemo::memoize]
fn face_of(font: Font, variant: FontVariant) -> Arc<Face> {
    let font = font.instantiate(variant, OF_ANY_SIZE, &FontVariations::default());
    let width = |letter: char| {
        // Digits of a table have one width, that of a nought.
        let shown = if letter.is_ascii_digit() { '0' } else { letter };
        let face = font.ttf();
        Some(font.to_em(face.glyph_hor_advance(face.glyph_index(shown)?)?).get())
    };
    Arc::new(Face(LETTERS.into_iter().flatten().map(width).collect()))
}

impl Face {
    fn width(&self, letter: char) -> Option<f64> {
        let mut before = 0;
        for range in &LETTERS {
            let [first, last, own] = [*range.start(), *range.end(), letter].map(|one| u32::from(one) as usize);
            if (first..=last).contains(&own) {
                return *self.0.get(before + own - first)?;
            }
            before += last + 1 - first;
        }
        None
    }

    /// Adds a text; none where one of its letters is not in the font, or may look otherwise beside others.
    fn add(&self, text: &str, reckoning: &mut Reckoning) -> Option<()> {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\u{200b}' => reckoning.may_end(),
                '\u{2060}' => {}
                // A line may end there, and then shows a hyphen.
                '\u{ad}' => return None,
                ' ' => reckoning.add_space(self.width(letter)?),
                _ => {
                    let width = self.width(letter)?;
                    reckoning.add(width * LEAST, width * MOST);
                    let next = letters.peek().filter(|next| **next != ' ');
                    let may_part = matches!(letter, '-' | '/' | '|' | '‐'..='—') || next == Some(&'—');
                    if may_part && next.is_some() {
                        reckoning.might_end();
                    }
                }
            }
        }
        Some(())
    }
}

/// What letters side by side take of what they take by themselves: fonts move most pairs a little nearer to each other. A
/// text of reading length took 0.991 to 0.996 of it in each weight of Source Sans.
const LEAST: f64 = 0.991;
const MOST: f64 = 1.0;

/// What a line may be longer or shorter by besides, in its type: single pairs that a font moves, and rounding.
const SLACK: f64 = 0.03;

/// Lines as they are filled, once with the narrowest letters and every end that a line may have, and once with the widest
/// and only those that it has for certain.
struct Reckoning {
    narrow: Lines,
    wide: Lines,
    /// Whether the word that is being read may be parted, and whether a word that does not fit a line was.
    is_parted: bool,
    is_open: bool,
}

impl Reckoning {
    fn new(width: f64) -> Self {
        Self { narrow: Lines::new(width + SLACK), wide: Lines::new(width - SLACK), is_parted: false, is_open: false }
    }

    fn add(&mut self, least: f64, most: f64) {
        self.narrow.word += least;
        self.wide.word += most;
    }

    /// A line may end here, and nothing stands there then.
    fn add_space(&mut self, width: f64) {
        self.may_end();
        self.narrow.space += width;
        self.wide.space += width;
    }

    /// A line may end here.
    fn may_end(&mut self) {
        self.is_open |= self.is_parted && self.wide.word > self.wide.width;
        self.is_parted = false;
        self.narrow.end_word();
        self.wide.end_word();
    }

    /// A line may end here, depending on what follows.
    fn might_end(&mut self) {
        self.is_parted = true;
        self.narrow.end_word();
    }

    /// How wide the only line is at most.
    fn width(mut self) -> f64 {
        self.may_end();
        self.wide.line + self.wide.space + SLACK
    }

    /// How many lines there are, if that is certain.
    fn lines(mut self) -> Option<i64> {
        self.may_end();
        (self.narrow.count == self.wide.count && !self.is_open).then_some(self.narrow.count)
    }
}

/// Lines that are filled word by word.
struct Lines {
    width: f64,
    count: i64,
    /// What the last line holds, the spaces behind it, and the word that is not in it yet.
    line: f64,
    space: f64,
    word: f64,
}

impl Lines {
    fn new(width: f64) -> Self {
        Self { width, count: 1, line: 0.0, space: 0.0, word: 0.0 }
    }

    fn end_word(&mut self) {
        let longer = self.line + self.space + self.word;
        if longer > self.width && self.line > 0.0 {
            self.count += 1;
            self.line = self.word;
        } else {
            self.line = longer;
        }
        (self.space, self.word) = (0.0, 0.0);
    }
}
