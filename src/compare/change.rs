//! What has changed, in words.

use super::words::SentenceFate;
use crate::transcript::ItemKind;

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
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
        }
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
    pub fn words(&self) -> String {
        match self {
            Self::Typed => "typed".to_owned(),
            Self::SourceReplaced => "source replaced".to_owned(),
            Self::Computed(numbers) if numbers.is_empty() => "computed otherwise".to_owned(),
            Self::Computed(numbers) => format!("computed, from {}", listed(numbers)),
            Self::Counted(numbers) if numbers.is_empty() => "counted".to_owned(),
            Self::Counted(numbers) => format!("counted, from {}", listed(numbers)),
            Self::Follows(what) => format!("follows from {what}"),
            Self::Restated(reason) => format!("restated: {reason}"),
        }
    }
}

/// Numbers in a list: "5", "5 and 6", "5 to 9 and 12".
pub fn listed(numbers: &[usize]) -> String {
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
            _ => vec![format!("{first} to {last}")],
        })
        .collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

impl ChangeKind {
    /// What it is called in a count: "figures", "rows added".
    pub fn counted(self, count: usize) -> String {
        let of = |one: &str, many: &str| if count == 1 { one.to_owned() } else { many.to_owned() };
        match self {
            Self::Figure(Coming::Changed) => of("figure", "figures"),
            Self::Figure(coming) => format!("{} {}", of("figure", "figures"), coming.word()),
            Self::Rating => of("rating", "ratings"),
            Self::Word => of("detail", "details"),
            Self::Sentence(Coming::Changed) => of("sentence", "sentences"),
            Self::Sentence(coming) => format!("{} {}", of("sentence", "sentences"), coming.word()),
            Self::Item(kind, coming) => format!("{} {}", kind.called(count), coming.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_listed_as_people_say_them() {
        assert_eq!(listed(&[5]), "5");
        assert_eq!(listed(&[5, 6]), "5 and 6");
        assert_eq!(listed(&[1, 5, 6, 7, 9]), "1, 5 to 7 and 9");
        assert_eq!(listed(&[]), "");
    }
}
