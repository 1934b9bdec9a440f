//! What a place stands in, as a browser shows it: what can be added there, moved, copied, taken out and said more of.
//!
//! In: a place that is known, with the revision of its file. Out: its [`Room`]. Nothing is written here; what was chosen is
//! asked for as any change is.

use super::Session;
use super::known::{id_of, revision};
use super::messages::{KnownNote, OwnFile, Room, RoomLevel};
use super::session::Understood;
use crate::edit::{Level, Place, Texts, levels, notes};

impl Session {
    /// What the item of an id stands in; none where it is not known.
    pub fn room(&self, id: &str, seen: &str) -> Option<Room> {
        let (place, texts) = {
            let known = self.known();
            let (place, revision) = known.followed_within(known.place(id)?, seen);
            let text = known.text(&place.file, &revision)?;
            let mut texts = known.texts();
            texts.insert(place.file.clone(), text);
            (place, texts)
        };
        let levels = levels(&texts, &place).into_iter().filter_map(|level| RoomLevel::of(level, &texts));
        let notes = notes(&texts, &place.file).into_iter().map(|(id, text)| KnownNote { id, text });
        Some(Room { levels: levels.collect(), notes: notes.collect() })
    }

    /// The texts that changes have to know of beside their own: all, where something is added.
    pub(super) fn beside(&self, changes: &[Understood]) -> Texts {
        if changes.iter().any(Understood::adds) { self.known().texts() } else { Texts::new() }
    }
}

impl RoomLevel {
    fn of(level: Level, texts: &Texts) -> Option<Self> {
        let file = |file: &String| {
            let name = file.rsplit('/').next().unwrap_or(file).to_owned();
            let id = id_of(&Place { file: file.clone(), range: 0..0 });
            Some(OwnFile { id, revision: revision(texts.get(file)?), name })
        };
        Some(Self {
            files: level.files.iter().filter_map(file).collect(),
            id: id_of(&level.at),
            revision: revision(texts.get(&level.at.file)?),
            level,
        })
    }
}
