//! Puts bindings into the texts of files, and changes nothing else.

use std::ops::Range;

use super::printed::one_space;
use crate::check::Subject;
use crate::diagnostic::{FileId, SourceMap, Span};
use crate::fact::Passage;
use crate::yaml::{self, Node};

/// What stands in the place of some letters of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub at: Span,
    pub with: String,
    /// The value of a YAML file that they stand in, and its letters as it is read.
    value: Option<(Span, Range<usize>)>,
}

impl Edit {
    /// Of the letters of a passage; none where they are not typed as they are printed, such as `5&nbsp;%`.
    pub(super) fn of(
        subject: &Subject,
        passage: &Passage,
        text: &str,
        letters: &Range<usize>,
        binding: &str,
    ) -> Option<Self> {
        let sources = &subject.tree.sources;
        let at = passage.stretch(sources, letters.clone());
        let typed = sources.file(at.file).text.get(at.start as usize..at.end as usize).map(one_space);
        let is_as_printed = typed? == one_space(&text[letters.clone()]);
        is_as_printed.then(|| Self {
            at,
            with: format!("{{{{ {binding} }}}}"),
            value: passage.value_of(letters.clone()),
        })
    }

    fn is_in_value_of(&self, other: &Self) -> bool {
        let place = |edit: &Self| edit.value.as_ref().map(|(value, _)| *value);
        place(self).is_some() && place(self) == place(other)
    }
}

/// The texts of the files that some edits change, and those edits that YAML leaves no room for. Of edits that overlap
/// the first is made.
pub fn edited<'e>(sources: &SourceMap, edits: &'e [Edit]) -> (Vec<(FileId, String)>, Vec<&'e Edit>) {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.at);
    edits.dedup_by(|next, one| next.at.file == one.at.file && next.at.start < one.at.end);
    let (mut texts, mut refused) = (Vec::new(), Vec::new());
    for of_file in edits.chunk_by(|one, next| one.at.file == next.at.file) {
        let file = of_file[0].at.file;
        let text = &sources.file(file).text;
        let mut all: Vec<Change> = Vec::new();
        let tree = of_file.iter().any(|edit| edit.value.is_some()).then(|| yaml::parse(file, text).ok()).flatten();
        for together in of_file.chunk_by(|one, next| one.is_in_value_of(next)) {
            match &together[0].value {
                None => all.extend(changes(together)),
                Some((value, _)) => match tree.as_ref().and_then(|tree| in_value((file, text), tree, *value, together))
                {
                    Some(change) => all.push(change),
                    None => refused.extend(together.iter().copied()),
                },
            }
        }
        if !all.is_empty() {
            texts.push((file, changed(text, 0, &all)));
        }
    }
    (texts, refused)
}

/// Letters of a file, and what stands there instead.
type Change = (Range<usize>, String);

fn changes(edits: &[&Edit]) -> Vec<Change> {
    edits.iter().map(|edit| (range(edit.at), edit.with.clone())).collect()
}

fn range(at: Span) -> Range<usize> {
    at.start as usize..at.end as usize
}

/// A text that begins at a place of its file, with changes in it that stand in their order.
fn changed(text: &str, start: usize, changes: &[Change]) -> String {
    let mut changed = text.to_owned();
    for (range, with) in changes.iter().rev() {
        changed.replace_range(range.start - start..range.end - start, with);
    }
    changed
}

/// A value with changes in it, in the quotation marks that YAML then needs: none, where it reads the same without. It
/// is read again, and nothing else in its file may read otherwise.
fn in_value((file, text): (FileId, &str), tree: &Node, value: Span, edits: &[&Edit]) -> Option<Change> {
    let at = range(value);
    let changes = &changes(edits);
    let bare = changed(text.get(at.clone())?, at.start, changes);
    let mut meant = texts(tree);
    let own = meant.iter_mut().find(|(_, place)| *place == value)?;
    for edit in edits.iter().rev() {
        own.0.replace_range(edit.value.clone()?.1, &edit.with);
    }
    let reads_as_meant = |written: &String| {
        let whole = changed(text, 0, &[(at.clone(), written.clone())]);
        let read = yaml::parse(file, &whole).map(|tree| texts(&tree)).unwrap_or_default();
        read.iter().map(|(text, _)| text).eq(meant.iter().map(|(text, _)| text))
    };
    let written = [format!("\"{bare}\""), format!("'{bare}'")];
    let written = [bare].into_iter().chain(written).find(reads_as_meant)?;
    Some((at, written))
}

/// Every text of a file as it is read, and its place.
fn texts(tree: &Node) -> Vec<(String, Span)> {
    let mut all = Vec::new();
    tree.each_text(&mut |text, at| all.push((text.to_owned(), at)));
    all
}
