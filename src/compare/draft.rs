//! Changes before they have numbers: why a figure changed is known when all changes are.

use std::collections::HashMap;

use super::change::{Area, Change, ChangeKind, Coming, Why};
use super::words::{SentenceFate, text};
use super::{Marks, TextChange};
use crate::wording::Wording;

/// Fewer words in another place are said again, not moved.
const FEW_WORDS: usize = 4;

/// A change that has no number yet.
pub struct Draft {
    pub area: Area,
    pub kind: ChangeKind,
    pub what: String,
    pub was: String,
    pub is: String,
    pub difference: String,
    /// The address of the figure, in the new edition where it has one.
    pub address: Option<String>,
    pub sentence: Option<SentenceFate>,
    /// The file in which it was found.
    pub file: Option<String>,
}

/// All drafts, and where each is found.
#[derive(Default)]
pub struct Drafts {
    pub list: Vec<Draft>,
    pub marks: Marks,
}

impl Drafts {
    pub fn add(&mut self, draft: Draft) -> usize {
        self.list.push(draft);
        self.list.len() - 1
    }

    /// Takes a sentence that went here and came there for one that moved. Out: for each draft the one that stands for it.
    fn moved(&mut self, wording: &Wording) -> Vec<usize> {
        let mut stands: Vec<usize> = (0..self.list.len()).collect();
        let mut gone: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, draft) in self.list.iter().enumerate().rev() {
            if let (ChangeKind::Sentence(Coming::Removed), Some(SentenceFate::Removed(pieces))) =
                (draft.kind, &draft.sentence)
                && super::words::count(pieces) >= FEW_WORDS
            {
                gone.entry(text(pieces)).or_default().push(place);
            }
        }
        for place in 0..self.list.len() {
            let (ChangeKind::Sentence(Coming::Added), Some(SentenceFate::Added(pieces))) =
                (self.list[place].kind, &self.list[place].sentence)
            else {
                continue;
            };
            if let Some(from) = gone.get_mut(&text(pieces)).and_then(Vec::pop) {
                stands[from] = place;
                let draft = &mut self.list[place];
                draft.kind = ChangeKind::Sentence(Coming::Moved);
                draft.is = wording.say(Coming::Moved.key(), &[]);
            }
        }
        stands
    }

    /// Gives the drafts their numbers. `why` says why one changed, and is given the number of each draft.
    pub fn numbered(
        mut self,
        wording: &Wording,
        why: impl Fn(&[Draft], usize, &dyn Fn(usize) -> usize) -> Why,
    ) -> (Vec<Change>, Marks) {
        let stands = self.moved(wording);
        let mut numbers = vec![0; self.list.len()];
        let mut next = 0;
        for place in 0..self.list.len() {
            if stands[place] == place {
                next += 1;
                numbers[place] = next;
            }
        }
        for place in 0..self.list.len() {
            numbers[place] = numbers[stands[place]];
        }
        let number = |place: usize| numbers[place];
        let whys: Vec<Why> = (0..self.list.len()).map(|place| why(&self.list, place, &number)).collect();
        let kept = self.list.into_iter().zip(whys).enumerate().filter(|(place, _)| stands[*place] == *place);
        let changes = kept.map(|(place, (draft, why))| Change {
            number: numbers[place],
            section: draft.area,
            kind: draft.kind,
            what: draft.what,
            was: draft.was,
            is: draft.is,
            difference: draft.difference,
            why,
            address: draft.address,
            sentence: draft.sentence,
        });
        (changes.collect(), self.marks.numbered(number))
    }
}

impl Marks {
    /// The same with the numbers of changes in the place of drafts.
    fn numbered(mut self, number: impl Fn(usize) -> usize) -> Self {
        self.new.values_mut().flatten().for_each(|one| *one = number(*one));
        self.old.values_mut().for_each(|one| *one = number(*one));
        self.figures.values_mut().for_each(|one| *one = number(*one));
        for TextChange { sentences, word } in self.texts.values_mut() {
            sentences.iter_mut().filter_map(|(one, _)| one.as_mut()).for_each(|one| *one = number(*one));
            word.iter_mut().for_each(|(one, ..)| *one = number(*one));
        }
        self
    }
}
