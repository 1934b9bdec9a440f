//! Figures that were bound in a text are found again in its new words, where they are printed as before.

use std::ops::Range;

use super::Prints;
use crate::office::document::{Block, Form, Inline, plain};

/// Longer texts are not compared word by word.
const MOST_TOKENS: usize = 3_000;

/// A new block with the placeholders of the old one, where its words are the same.
pub fn rebound(old: &Block, new: &Block, prints: Prints) -> Block {
    let (mut old, mut new) = (old.clone(), new.clone());
    let (mut was, mut is) = (Vec::new(), Vec::new());
    each_words(&mut old, &mut |inlines| was.push(std::mem::take(inlines)));
    each_words(&mut new, &mut |inlines| is.push(std::mem::take(inlines)));
    let said = |inlines: &[Inline]| plain(&shown(inlines, prints));
    let (was_said, is_said): (Vec<String>, Vec<String>) =
        (was.iter().map(|one| said(one)).collect(), is.iter().map(|one| said(one)).collect());
    let mut same = common(&was_said, &is_said);
    same.push((was.len(), is.len()));
    let (mut from_old, mut from_new) = (0, 0);
    for (one, other) in same {
        for (was, is) in was[from_old..one].iter().zip(&mut is[from_new..other]) {
            in_words(was, is, prints);
        }
        if let (Some(was), Some(is)) = (was.get(one), is.get_mut(other)) {
            in_words(was, is, prints);
        }
        (from_old, from_new) = (one + 1, other + 1);
    }
    let mut all = is.into_iter();
    each_words(&mut new, &mut |inlines| *inlines = all.next().unwrap_or_default());
    new
}

/// Calls `visit` with the words of each paragraph of a block.
pub fn each_words(block: &mut Block, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    match block {
        Block::Heading { inlines, .. } | Block::Paragraph { inlines } => visit(inlines),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| each_words(block, visit)),
        Block::Quote { blocks } => blocks.iter_mut().for_each(|block| each_words(block, visit)),
        Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => {}
    }
}

/// Texts of one form that stand beside each other are one.
pub fn join(inlines: &mut Vec<Inline>) {
    let mut joined: Vec<Inline> = Vec::new();
    for inline in inlines.drain(..) {
        match (joined.last_mut(), inline) {
            (Some(Inline::Text { text, form }), Inline::Text { text: more, form: other }) if *form == other => {
                text.push_str(&more)
            }
            (_, inline) => joined.push(inline),
        }
    }
    *inlines = joined;
}

fn shown(inlines: &[Inline], prints: Prints) -> Vec<Inline> {
    let printed = |inline: &Inline| match inline {
        Inline::Placeholder { source, form, .. } => {
            Inline::Text { text: prints(source).unwrap_or_else(|| source.clone()), form: form.clone() }
        }
        other => other.clone(),
    };
    inlines.iter().map(printed).collect()
}

/// A word with what it stands in.
struct Token {
    word: String,
    /// The inline that it stands in, by its place, and its letters there.
    inline: usize,
    at: Range<usize>,
}

/// Puts the placeholders of old words into new ones.
fn in_words(old: &[Inline], new: &mut Vec<Inline>, prints: Prints) {
    if !old.iter().any(|inline| matches!(inline, Inline::Placeholder { .. })) {
        return;
    }
    let was = tokens(&shown(old, prints));
    let is = tokens(new);
    if was.len().max(is.len()) > MOST_TOKENS {
        return;
    }
    let words = |tokens: &[Token]| tokens.iter().map(|token| token.word.clone()).collect::<Vec<_>>();
    let pairs = common(&words(&was), &words(&is));
    let mut found: Vec<(usize, Range<usize>, Inline)> = Vec::new();
    for (place, inline) in old.iter().enumerate() {
        if let Inline::Placeholder { .. } = inline {
            let own: Vec<usize> = (0..was.len()).filter(|token| was[*token].inline == place).collect();
            let met: Vec<usize> = own
                .iter()
                .filter_map(|token| pairs.iter().find(|(one, _)| one == token).map(|(_, other)| *other))
                .collect();
            let is_whole =
                !own.is_empty() && met.len() == own.len() && met.windows(2).all(|pair| pair[1] == pair[0] + 1);
            let (Some(first), Some(last)) = (met.first(), met.last()) else { continue };
            if is_whole && is[*first].inline == is[*last].inline {
                found.push((is[*first].inline, is[*first].at.start..is[*last].at.end, inline.clone()));
            }
        }
    }
    for (place, letters, placeholder) in found.into_iter().rev() {
        put(new, place, letters, placeholder);
    }
    put_notes(old, new);
}

/// Puts a placeholder in the place of some letters of a text.
fn put(new: &mut Vec<Inline>, place: usize, letters: Range<usize>, placeholder: Inline) {
    let Some(Inline::Text { text, form }) = new.get(place) else { return };
    let (text, form) = (text.clone(), form.clone());
    let Inline::Placeholder { source, printed, .. } = placeholder else { return };
    let part = |text: &str, form: &Form| Inline::Text { text: text.to_owned(), form: form.clone() };
    let instead = [
        part(&text[..letters.start], &form),
        Inline::Placeholder { source, printed, form: form.clone() },
        part(&text[letters.end..], &form),
    ];
    let instead = instead.into_iter().filter(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    new.splice(place..=place, instead);
}

/// Notes of a document are those that were marked before, in their order, where there are as many.
fn put_notes(old: &[Inline], new: &mut [Inline]) {
    let is_note = |source: &str| source.trim_start_matches('{').trim_start().starts_with("note ");
    let marks: Vec<&Inline> =
        old.iter().filter(|one| matches!(one, Inline::Placeholder { source, .. } if is_note(source))).collect();
    let count = new.iter().filter(|one| matches!(one, Inline::Note(_))).count();
    if marks.len() == count {
        let places = new.iter_mut().filter(|one| matches!(one, Inline::Note(_)));
        places.zip(marks).for_each(|(place, mark)| *place = mark.clone());
    }
}

/// The words of inlines; marks at the ends of a word stand alone.
fn tokens(inlines: &[Inline]) -> Vec<Token> {
    const MARKS: &[char] = &['.', ',', ';', ':', '?', '!', '(', ')', '“', '”', '‘', '’', '"', '\''];
    let mut all = Vec::new();
    for (inline, one) in inlines.iter().enumerate() {
        let Inline::Text { text, .. } = one else { continue };
        let mut start = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            let front = bare.len() - bare.trim_start_matches(MARKS).len();
            let back = bare.trim_end_matches(MARKS).len().max(front);
            for at in [0..front, front..back, back..bare.len()].into_iter().filter(|at| !at.is_empty()) {
                all.push(Token { word: bare[at.clone()].to_owned(), inline, at: start + at.start..start + at.end });
            }
            start += word.len();
        }
    }
    all
}

/// The longest row of pairs that are alike, in their order.
pub fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let (inner_old, inner_new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|place| (place, place)).collect();
    pairs.extend(inner(inner_old, inner_new).into_iter().map(|(one, other)| (start + one, start + other)));
    pairs.extend((1..=end).rev().map(|back| (old.len() - back, new.len() - back)));
    pairs
}

/// The same by the table of lengths, for what differs at both ends.
fn inner<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > MOST_TOKENS * MOST_TOKENS {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            lengths[one * width + other] = match old[one] == new[other] {
                true => lengths[(one + 1) * width + other + 1] + 1,
                false => lengths[(one + 1) * width + other].max(lengths[one * width + other + 1]),
            };
        }
    }
    let (mut one, mut other, mut pairs) = (0, 0, Vec::new());
    while one < old.len() && other < new.len() {
        if old[one] == new[other] {
            pairs.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if lengths[(one + 1) * width + other] >= lengths[one * width + other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    pairs
}
