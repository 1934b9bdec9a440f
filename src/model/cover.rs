//! The cover of a report: what all reports of the organisation have, and what one of them says otherwise.

use super::values::{Cover, CoverShows, Keep};
use super::{Picture, Report};
use crate::record;
use crate::yaml::{At, Text};

record! {
    /// The picture on a cover.
    CoverPhoto "the picture of a cover" {
        /// Its file, a PNG or JPEG beside the file that names it.
        required picture: Text,
        /// What it shows, for people who cannot see it; without it, the picture only decorates.
        optional alt: Text,
        /// What of it stays in view where it is cut to its place.
        optional keep: At<Keep>,
    }
}

impl Report {
    /// The colour of its cover and bands.
    pub fn cover(&self) -> Cover {
        self.head.cover.or(self.organisation.cover).unwrap_or(Cover::Blue)
    }

    /// What its cover shows.
    pub fn cover_shows(&self) -> CoverShows {
        let said = self.head.cover_shows.as_ref().or(self.organisation.cover_shows.as_ref());
        said.map_or(CoverShows::Figures, |shows| shows.value)
    }

    /// The picture that its cover shows, and what is said of it; none where it shows something else.
    pub fn cover_photo(&self) -> Option<(&CoverPhoto, &Picture)> {
        let said = self.head.cover_picture.as_ref().or(self.organisation.cover_picture.as_ref());
        said.zip(self.cover_photo.as_ref())
    }
}
