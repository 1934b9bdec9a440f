//! Why the reading of a sheet came to an end before the sheet did.

use super::sheet::Unreadable;
use super::tags::Fault;

/// The same for sheets of every format: its tags are damaged, or it says what cannot be read.
pub(super) enum Ended {
    Damaged,
    Unreadable(Unreadable),
}

impl From<Fault> for Ended {
    fn from(_: Fault) -> Ended {
        Ended::Damaged
    }
}

impl From<Unreadable> for Ended {
    fn from(unreadable: Unreadable) -> Ended {
        Ended::Unreadable(unreadable)
    }
}
