//! What is wrong in a drawing, at its place.

use std::collections::BTreeMap;
use std::ops::Range;

/// More faults than anybody mends one by one.
const MOST_TOLD: usize = 100;

/// A fault of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands in the text of the drawing.
    pub at: Range<usize>,
    pub kind: FaultKind,
    /// What is wrong: small first letter, no full stop.
    pub message: String,
    pub help: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Something that is not seen is left out.
    LeftOut,
    /// The page and the PDF would not show the same, or something would be lost.
    NotAlike,
    /// A character cannot be printed.
    Character,
    /// The drawing shows nothing, or takes too long to be shown.
    Unfit,
}

/// The faults found so far: those that say the same are told once, at the first of their places, and not endlessly many.
#[derive(Debug, Default)]
pub struct Faults {
    told: BTreeMap<(FaultKind, String), Fault>,
    /// How many were found beyond those that are told, and the gravest kind of them.
    more: usize,
    gravest: Option<FaultKind>,
}

impl Faults {
    pub fn push(&mut self, fault: Fault) {
        let is_full = self.told.len() >= MOST_TOLD;
        match self.told.get_mut(&(fault.kind, fault.message.clone())) {
            Some(told) if fault.at.start < told.at.start => told.at = fault.at,
            Some(_) => {}
            None if is_full => {
                self.more += 1;
                self.gravest = self.gravest.max(Some(fault.kind));
            }
            None => {
                self.told.insert((fault.kind, fault.message.clone()), fault);
            }
        }
    }

    /// Tells that nothing is seen of a drawing; where something was lost, that is why.
    pub fn shows_nothing(&mut self, root: Range<usize>) {
        let lost = self.told.values_mut().filter(|fault| fault.kind == FaultKind::NotAlike);
        match lost.min_by_key(|fault| fault.at.start) {
            Some(lost) => lost.message.push_str(", and nothing else is in the drawing"),
            None => {
                let help = "open it in a browser: if it shows something there, save it as PNG";
                self.push(Fault::unfit(root, "the drawing shows nothing", help));
            }
        }
    }

    /// All faults in the order of the text; where there are very many, one at the end says so.
    pub fn in_order(self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = self.told.into_values().collect();
        faults.sort_by_key(|fault| fault.at.start);
        if let (Some(kind), Some(last)) = (self.gravest, faults.last()) {
            let help = "export the drawing as plain SVG 1.1, or as PNG";
            let message = format!("the drawing has {} more faults, which are not told one by one", self.more);
            faults.push(Fault { at: last.at.clone(), kind, message, help });
        }
        faults
    }
}

impl Fault {
    pub fn left_out(at: Range<usize>, what: &str) -> Self {
        let help = "a drawing is published without scripts, movement and what it would load from elsewhere";
        Self { at, kind: FaultKind::LeftOut, message: format!("{what} is left out of the drawing"), help }
    }

    pub fn not_alike(at: Range<usize>, what: &str) -> Self {
        let help = "export the drawing as plain SVG 1.1 with colours such as #005eb8, or as PNG";
        let message = format!("the page and the PDF would not show {what} alike");
        Self { at, kind: FaultKind::NotAlike, message, help }
    }

    pub fn lost(at: Range<usize>, what: &str, help: &'static str) -> Self {
        Self { at, kind: FaultKind::NotAlike, message: format!("{what} cannot be shown"), help }
    }

    pub fn character(at: Range<usize>, character: char) -> Self {
        let code = u32::from(character);
        let message = match (unseen(character), character.is_control()) {
            (Some(name), _) => format!("an invisible character, {name} (U+{code:04X}), stands here"),
            (None, true) => format!("a control character (U+{code:04X}) stands here"),
            (None, false) => format!("the character {character} (U+{code:04X}) cannot be printed in the PDF"),
        };
        let help = "write it in words or draw it as a shape, in the program that made the drawing";
        Self { at, kind: FaultKind::Character, message, help }
    }

    pub fn unfit(at: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { at, kind: FaultKind::Unfit, message: message.into(), help }
    }
}

/// The name of a character that is not seen and would break words in two, or turn them round.
pub fn unseen(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "a zero-width joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a mark of direction",
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{fe00}'..='\u{fe0f}' => "a variation selector",
        '\u{feff}' => "a byte order mark",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_with_very_many_faults_tells_some_and_how_many_more() {
        let mut faults = Faults::default();
        (0..MOST_TOLD).for_each(|at| faults.push(Fault::left_out(at..at + 1, &format!("<a{at}>"))));
        faults.push(Fault::left_out(0..1, "<a7>"));
        assert_eq!(faults.told.len() + faults.more, MOST_TOLD, "what is said again is no further fault");
        (0..900).for_each(|at| faults.push(Fault::not_alike(at..at + 1, &format!("`a{at}`"))));
        let faults = faults.in_order();
        let last = faults.last().map(|last| (last.kind, last.message.as_str()));
        let said = "the drawing has 900 more faults, which are not told one by one";
        assert_eq!((faults.len(), last), (MOST_TOLD + 1, Some((FaultKind::NotAlike, said))), "it stops a build");
        assert_eq!(faults[1].message, "<a7> is left out of the drawing", "the first of its places");
    }
}
