//! Changes that nobody has decided about, as they are met, and put together as a person would tell them.

use roxmltree::Node;

use super::xml::attribute;
use crate::office::document::{Change, Changed};

/// The most letters of a text that are repeated.
const MOST_LETTERS: usize = 120;

/// The changes of a document in their order.
#[derive(Debug, Default)]
pub struct Tracked {
    met: Vec<Met>,
    /// How many unchanged stretches were met before.
    place: usize,
    /// How many changes are open whose text is read.
    open: usize,
}

#[derive(Debug)]
struct Met {
    place: usize,
    by: String,
    day: String,
    kind: Kind,
    text: String,
}

/// What a change does to its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Adds,
    Removes,
    MovesFrom,
    MovesTo,
    Becomes(String),
}

impl Tracked {
    /// An unchanged stretch of text: what stands before it and behind it is not one change.
    pub fn pass(&mut self) {
        if self.open == 0 {
            self.place += 1;
        }
    }

    /// The text of a change is read from here on, or up to here.
    pub fn open(&mut self, opens: bool) {
        self.open = if opens { self.open + 1 } else { self.open.saturating_sub(1) };
    }

    /// A change, by the element that says who made it.
    pub fn meet(&mut self, node: Node, kind: Kind, text: &str) {
        let by = attribute(node, "author").unwrap_or_default().to_owned();
        let day = attribute(node, "date").unwrap_or_default();
        let day = day.split('T').next().unwrap_or_default().to_owned();
        if let Some(last) = self.met.last_mut()
            && (last.place, &last.kind, &last.by) == (self.place, &kind, &by)
            && !matches!(kind, Kind::Becomes(_))
        {
            last.text.push_str(text);
            return;
        }
        self.met.push(Met { place: self.place, by, day, kind, text: text.to_owned() });
    }

    /// The changes as they are told.
    pub fn told(self) -> Vec<Change> {
        let mut told: Vec<Change> = Vec::new();
        let mut met = self.met.into_iter().filter(is_told).peekable();
        while let Some(one) = met.next() {
            let what = match one.kind {
                Kind::Removes => {
                    let replaced =
                        met.next_if(|next| next.place == one.place && next.kind == Kind::Adds && next.by == one.by);
                    match replaced {
                        Some(next) => Changed::Replaced { was: short(&one.text), is: short(&next.text) },
                        None => Changed::Removed(short(&one.text)),
                    }
                }
                Kind::Adds => {
                    let replaced =
                        met.next_if(|next| next.place == one.place && next.kind == Kind::Removes && next.by == one.by);
                    match replaced {
                        Some(next) => Changed::Replaced { was: short(&next.text), is: short(&one.text) },
                        None => Changed::Added(short(&one.text)),
                    }
                }
                Kind::MovesFrom | Kind::MovesTo => Changed::Moved(short(&one.text)),
                Kind::Becomes(became) => Changed::Form { text: short(&one.text), became },
            };
            // A text that was moved is met twice.
            let is_known = matches!(what, Changed::Moved(_)) && told.iter().any(|known| known.what == what);
            if !is_known {
                told.push(Change { by: one.by, day: one.day, what });
            }
        }
        told
    }
}

fn is_told(met: &Met) -> bool {
    matches!(met.kind, Kind::Becomes(_)) || !met.text.trim().is_empty()
}

/// The beginning of a long text.
pub fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
