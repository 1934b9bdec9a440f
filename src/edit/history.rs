//! What was done, so that it can be taken back: the letters that changed, and not whole texts.

use std::ops::Range;
use std::sync::Arc;

use super::change::{Edited, Texts};

/// As many steps are kept.
const MOST: usize = 1000;

/// One step: what changed in each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done, for the menu: "change of a paragraph".
    pub words: String,
    parts: Vec<Part>,
    /// Names the pick in which somebody typed.
    typing: Option<String>,
}

/// The letters of a file that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    file: String,
    /// Where they begin in both texts.
    start: usize,
    was: Letters,
    is: Letters,
}

/// Some letters of a text; none where there was no file.
type Letters = Option<String>;

/// Steps that were made, and those that were taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Notes what was done. All that somebody types in a place until they pick another one is one step: `typing` names the
    /// pick.
    pub fn note(&mut self, words: impl Into<String>, edited: &[Edited], typing: Option<String>) {
        if edited.is_empty() {
            return;
        }
        self.undone.clear();
        let step = Step { words: words.into(), parts: edited.iter().map(Part::of).collect(), typing };
        if let ([one], Some(last)) = (edited, self.done.last_mut())
            && let Some(both) = last.joined(&step, one)
        {
            *last = both;
            return;
        }
        self.done.push(step);
        if self.done.len() > MOST {
            self.done.remove(0);
        }
    }

    /// What would be taken back next.
    pub fn undo_words(&self) -> Option<&str> {
        self.done.last().map(|step| step.words.as_str())
    }

    /// What would be done again next.
    pub fn redo_words(&self) -> Option<&str> {
        self.undone.last().map(|step| step.words.as_str())
    }

    /// The texts without the last step, byte for byte. None, and nothing is taken back, where there is no step or a text is no
    /// longer what the step made of it.
    pub fn undo(&mut self, texts: &Texts) -> Option<Vec<Edited>> {
        let back: Option<Vec<Edited>> = self.done.last()?.parts.iter().map(|part| part.turned().made(texts)).collect();
        let back = back?;
        self.undone.extend(self.done.pop());
        Some(back)
    }

    /// The texts with the step again that was taken back last.
    pub fn redo(&mut self, texts: &Texts) -> Option<Vec<Edited>> {
        let again: Option<Vec<Edited>> = self.undone.last()?.parts.iter().map(|part| part.made(texts)).collect();
        let again = again?;
        self.done.extend(self.undone.pop());
        Some(again)
    }

    /// How many bytes of texts the steps hold.
    pub fn bytes(&self) -> usize {
        let of = |letters: &Letters| letters.as_ref().map_or(0, String::len);
        let parts = self.done.iter().chain(&self.undone).flat_map(|step| &step.parts);
        parts.map(|part| of(&part.was) + of(&part.is)).sum()
    }
}

impl Step {
    /// This step and the next one as one, where somebody went on typing in the same pick.
    fn joined(&self, next: &Step, edited: &Edited) -> Option<Step> {
        let [own] = &self.parts[..] else { return None };
        if self.typing.is_none() || self.typing != next.typing || own.file != edited.file {
            return None;
        }
        let first = own.turned().of_text(edited.before.as_deref())?;
        let whole = Edited { before: first.map(Arc::from), ..edited.clone() };
        Some(Step { parts: vec![Part::of(&whole)], words: self.words.clone(), typing: self.typing.clone() })
    }
}

impl Part {
    /// What differs between two texts: all between the letters with which both begin and end.
    fn of(edited: &Edited) -> Self {
        let file = edited.file.clone();
        let (Some(before), Some(after)) = (&edited.before, &edited.after) else {
            let whole = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
            return Self { file, start: 0, was: whole(&edited.before), is: whole(&edited.after) };
        };
        let (was, is) = differing(before, after);
        Self { file, start: was.start, was: Some(before[was].to_owned()), is: Some(after[is].to_owned()) }
    }

    /// The way back.
    fn turned(&self) -> Self {
        Self { was: self.is.clone(), is: self.was.clone(), ..self.clone() }
    }

    fn made(&self, texts: &Texts) -> Option<Edited> {
        let before = texts.get(&self.file).cloned();
        let after = self.of_text(before.as_deref())?;
        Some(Edited { file: self.file.clone(), before, after: after.map(Arc::from) })
    }

    /// What becomes of a text; none where it is not the one that this was made from.
    fn of_text(&self, text: Option<&str>) -> Option<Option<String>> {
        match (&self.was, &self.is, text) {
            (None, is, None) => Some(is.clone()),
            (Some(was), None, Some(text)) => (was == text).then_some(None),
            (Some(was), Some(is), Some(text)) => {
                let end = self.start + was.len();
                let stands = text.get(self.start..end) == Some(was);
                stands.then(|| Some(format!("{}{is}{}", &text[..self.start], &text[end..])))
            }
            _ => None,
        }
    }
}

/// The letters of two texts between what both begin with and what both end with.
pub(super) fn differing(before: &str, after: &str) -> (Range<usize>, Range<usize>) {
    let common = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| -> usize {
        one.zip(other).take_while(|(one, other)| one == other).map(|(letter, _)| letter.len_utf8()).sum()
    };
    let start = common(&mut before.chars(), &mut after.chars());
    let end = common(&mut before[start..].chars().rev(), &mut after[start..].chars().rev());
    (start..before.len() - end, start..after.len() - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(texts: &mut Texts, file: &str, after: Option<&str>) -> Edited {
        let edited = Edited { file: file.to_owned(), before: texts.get(file).cloned(), after: after.map(Arc::from) };
        take(texts, std::slice::from_ref(&edited));
        edited
    }

    fn take(texts: &mut Texts, edited: &[Edited]) {
        for one in edited {
            match &one.after {
                Some(after) => drop(texts.insert(one.file.clone(), Arc::clone(after))),
                None => drop(texts.remove(&one.file)),
            }
        }
    }

    #[test]
    fn what_was_done_is_taken_back_and_done_again() {
        let mut texts = Texts::from([("a.md".to_owned(), "one £2 three".into())]);
        let first = texts.clone();
        let mut history = History::default();
        let change = step(&mut texts, "a.md", Some("one €2 three"));
        let new = step(&mut texts, "b.md", Some("new"));
        history.note("a change", &[change, new], None);
        let last = texts.clone();
        let back = history.undo(&texts).unwrap();
        take(&mut texts, &back);
        assert_eq!((&texts, history.undo_words(), history.redo_words()), (&first, None, Some("a change")));
        let again = history.redo(&texts).unwrap();
        take(&mut texts, &again);
        assert_eq!(texts, last);
        step(&mut texts, "a.md", Some("otherwise"));
        assert!(history.undo(&texts).is_none() && history.undo_words().is_some(), "a text that others changed stays");
    }

    #[test]
    fn what_is_typed_in_one_pick_is_one_step() {
        let mut texts = Texts::from([("a.md".to_owned(), "one two".into())]);
        let mut history = History::default();
        let mut typed = |text, pick: &str, file| {
            let change = step(&mut texts, file, Some(text));
            history.note("typing", &[change], Some(pick.to_owned()));
        };
        for text in ["one t", "one three", "ones three"] {
            typed(text, "first", "a.md");
        }
        typed("ones three four", "second", "a.md");
        typed("elsewhere", "second", "b.md");
        let elsewhere = history.undo(&texts).unwrap();
        assert_eq!((&*elsewhere[0].file, &elsewhere[0].after), ("b.md", &None), "a step of one file takes in no other");
        take(&mut texts, &elsewhere);
        let back = history.undo(&texts).unwrap();
        assert_eq!(back[0].after.as_deref(), Some("ones three"));
        take(&mut texts, &back);
        assert_eq!(history.undo(&texts).unwrap()[0].after.as_deref(), Some("one two"));
        assert!(history.bytes() < 30, "only what changed is kept");
    }
}
