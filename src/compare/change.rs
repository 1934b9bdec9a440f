//! What has changed, in words.

use super::words::SentenceFate;
use crate::transcript::ItemKind;
use crate::wording::Wording;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place among all changes, from 1.
    pub number: usize,
    /// Where it stands.
    pub section: Area,
    pub kind: ChangeKind,
    /// What was changed: "Medicines Management, £", or the beginning of a sentence.
    pub what: String,
    /// What stood there; nothing where nothing did, or where it is too long.
    pub was: String,
    pub is: String,
    /// "+£18,000", "+0.09 points", "14 words", "up by 2".
    pub difference: String,
    pub why: Why,
    /// The address of the figure, in the new edition where it has one.
    pub address: Option<String>,
    /// What became of a sentence, word by word.
    pub sentence: Option<SentenceFate>,
}

/// Where changes stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// The title page and what the report says of itself.
    Head,
    /// A section, by its id and its title as it is now, or was last.
    Section { id: String, title: String },
    /// Figures that no reader sees and others are computed from.
    Behind,
    /// What every report says of the organisation.
    Organisation,
}

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    Figure(Coming),
    Rating,
    /// A word that stands for itself: an owner, a unit.
    Word,
    Sentence(Coming),
    Item(ItemKind, Coming),
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coming {
    Changed,
    Added,
    Removed,
    Moved,
    /// It is known by another name.
    Renamed,
}

impl Coming {
    /// The message that says it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Changed => "changes.changed",
            Self::Added => "changes.added",
            Self::Removed => "changes.removed",
            Self::Moved => "changes.moved",
            Self::Renamed => "changes.renamed",
        }
    }

    /// What became of something, with what it is: "row added".
    pub fn of(self, what: &str, wording: &Wording) -> String {
        let key = match self {
            Self::Changed => "changes.what-changed",
            Self::Added => "changes.what-added",
            Self::Removed => "changes.what-removed",
            Self::Moved => "changes.what-moved",
            Self::Renamed => "changes.what-renamed",
        };
        wording.say(key, &[("what", what)])
    }
}

/// Why a figure is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Typed,
    /// It was taken from another source.
    SourceReplaced,
    /// It follows from changes of these numbers; from none where what it is computed from has not changed.
    Computed(Vec<usize>),
    /// It counts what changes of these numbers are about.
    Counted(Vec<usize>),
    /// It follows from another statement, such as the report's period.
    Follows(String),
    /// It is not what was published, for this reason.
    Restated(String),
}

impl Why {
    /// In words: "computed, from 5 and 6".
    pub fn words(&self, wording: &Wording) -> String {
        let from = |key: &str, numbers: &[usize]| wording.say(key, &[("numbers", &listed(numbers, wording))]);
        match self {
            Self::Typed => wording.say("changes.typed", &[]),
            Self::SourceReplaced => wording.say("changes.source-replaced", &[]),
            Self::Computed(numbers) if numbers.is_empty() => wording.say("changes.computed-otherwise", &[]),
            Self::Computed(numbers) => from("changes.computed-from", numbers),
            Self::Counted(numbers) if numbers.is_empty() => wording.say("changes.counted", &[]),
            Self::Counted(numbers) => from("changes.counted-from", numbers),
            Self::Follows(what) => {
                let told = wording.told("follows", what);
                wording.say("formula.follows", &[("what", told.as_deref().unwrap_or(what))])
            }
            Self::Restated(reason) => wording.say("changes.restated", &[("reason", reason)]),
        }
    }
}

/// Numbers in a list: "5", "5 and 6", "5 to 9 and 12".
pub fn listed(numbers: &[usize], wording: &Wording) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let shown: Vec<String> = runs
        .into_iter()
        .flat_map(|(first, last)| match last - first {
            0 => vec![first.to_string()],
            1 => vec![first.to_string(), last.to_string()],
            _ => vec![wording.say("changes.run", &[("from", &first.to_string()), ("to", &last.to_string())])],
        })
        .collect();
    wording.and(shown)
}

impl ChangeKind {
    /// What it is called in a count: "figures", "rows added".
    pub fn counted(self, count: usize, wording: &Wording) -> String {
        let of = |key: &str| wording.say_of(count, key, &[]);
        match self {
            Self::Figure(Coming::Changed) => of("kinds.figure"),
            Self::Figure(coming) => coming.of(&of("kinds.figure"), wording),
            Self::Rating => of("kinds.rating"),
            Self::Word => of("kinds.detail"),
            Self::Sentence(Coming::Changed) => of("kinds.sentence"),
            Self::Sentence(coming) => coming.of(&of("kinds.sentence"), wording),
            Self::Item(kind, coming) => coming.of(&called(kind, count, wording), wording),
        }
    }
}

/// What several items of a kind are called, or one.
pub fn called(kind: ItemKind, count: usize, wording: &Wording) -> String {
    wording.say_of(count, &format!("kinds.{}", kind.word()), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_listed_as_people_say_them() {
        let listed = |numbers: &[usize]| listed(numbers, Wording::english());
        assert_eq!(listed(&[5]), "5");
        assert_eq!(listed(&[5, 6]), "5 and 6");
        assert_eq!(listed(&[1, 5, 6, 7, 9]), "1, 5 to 7 and 9");
        assert_eq!(listed(&[]), "");
    }

    #[test]
    fn every_kind_of_item_has_a_name() {
        for kind in ItemKind::ALL {
            assert!(Wording::english().knows(&format!("kinds.{}", kind.word())), "{kind:?}");
        }
    }
}
