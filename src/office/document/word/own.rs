//! The part that says what the content controls of a document stand for.

use super::{OWN_PART, OWN_ROOT};
use crate::office::xml::escaped;

/// The entries so far.
#[derive(Debug, Default)]
pub struct Own {
    entries: Vec<String>,
}

impl Own {
    /// Notes what something stands for; gives it the tag by which it is found again.
    pub fn add(&mut self, source: &str, printed: Option<&str>) -> String {
        let tag = format!("tally_{}", self.entries.len() + 1);
        self.entry(&tag, source, printed);
        tag
    }

    /// The same, of what has a name already.
    pub fn entry(&mut self, tag: &str, source: &str, printed: Option<&str>) {
        let printed = printed.map(|printed| format!(" printed=\"{}\"", escaped(printed))).unwrap_or_default();
        self.entries.push(format!("<entry tag=\"{tag}\" source=\"{}\"{printed}/>", escaped(source)));
    }

    pub fn text(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{OWN_ROOT} xmlns=\"{OWN_PART}\">{}</{OWN_ROOT}>",
            self.entries.concat()
        )
    }
}
