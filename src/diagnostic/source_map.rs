//! The texts that findings point into.

use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A text of the content, by its place in the [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start as u32, end: range.end as u32 }
    }

    /// Its bytes in the text.
    pub fn letters(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes it has.
    pub fn length(self) -> usize {
        (self.end - self.start) as usize
    }

    /// A part of this stretch, counted from its beginning.
    pub fn part(self, range: Range<usize>) -> Self {
        Self { file: self.file, start: self.start + range.start as u32, end: self.start + range.end as u32 }
    }
}

/// One text with the path by which its author knows it.
#[derive(Debug)]
pub struct SourceFile {
    /// Path as shown in messages, with forward slashes.
    pub path: String,
    pub text: String,
    /// Where each line begins; found when it is first asked for.
    lines: OnceLock<Vec<usize>>,
    /// What the text says in a few letters; none where it cannot be read.
    digest: OnceLock<Option<String>>,
}

/// All texts of a build. It is shared: reports that are made side by side add to it what they made, where a fault of
/// theirs points into it, so that the order of texts says nothing.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: RwLock<Vec<Arc<SourceFile>>>,
}

/// Another map of the same texts, to which others can be added.
impl Clone for SourceMap {
    fn clone(&self) -> Self {
        Self { files: RwLock::new(self.read().clone()) }
    }
}

impl SourceMap {
    /// Adds a text.
    pub fn add(&self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        append(&mut self.write(), path.into(), text.into())
    }

    /// A stretch of a text that may have been added already, by this report or by another one; else it is now.
    pub fn place(&self, path: &str, text: &str, range: Range<usize>) -> Span {
        let mut files = self.write();
        let known = files.iter().position(|file| file.path == path && file.text == text);
        let id = known.map(|place| FileId(place as u32));
        Span::new(id.unwrap_or_else(|| append(&mut files, path.to_owned(), text.to_owned())), range)
    }

    /// A text, by its place.
    pub fn file(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.read()[id.0 as usize])
    }

    /// Puts another text in a file's place, and gives back the one that stood there.
    pub fn replace(&mut self, id: FileId, file: Arc<SourceFile>) -> Arc<SourceFile> {
        std::mem::replace(&mut self.write()[id.0 as usize], file)
    }

    /// The stretch that a span names, in whole characters and within its text.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.file(span.file).range(span)
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        self.file(span.file).line_column(span)
    }

    // A text that is in the list is whole, whatever panicked while the list was held.
    fn read(&self) -> RwLockReadGuard<'_, Vec<Arc<SourceFile>>> {
        self.files.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Vec<Arc<SourceFile>>> {
        self.files.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn append(files: &mut Vec<Arc<SourceFile>>, path: String, text: String) -> FileId {
    files.push(Arc::new(SourceFile::new(path, text)));
    FileId(files.len() as u32 - 1)
}

impl SourceFile {
    pub fn new(path: String, text: String) -> Self {
        Self { path, text, lines: OnceLock::new(), digest: OnceLock::new() }
    }

    /// What the text says in a few letters, as `work` finds when it is first asked for.
    pub fn digest(&self, work: impl FnOnce(&str) -> Option<String>) -> Option<&str> {
        self.digest.get_or_init(|| work(&self.text)).as_deref()
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = floor_char(&self.text, span.start as usize);
        let end = floor_char(&self.text, span.end as usize).max(start);
        start..end
    }

    fn line_column(&self, span: Span) -> (usize, usize) {
        let at = self.range(span).start;
        let ends = || self.text.match_indices('\n').map(|(end, _)| end + 1);
        let lines = self.lines.get_or_init(|| [0].into_iter().chain(ends()).collect());
        let line = lines.partition_point(|start| *start <= at);
        let start = lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        (line, self.text[start..at].chars().count() + 1)
    }
}

/// The beginning of the character at a byte, or the text's end.
pub fn floor_char(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let map = SourceMap::default();
        let file = map.add("a.yaml", "é: 1\nb: £2\n");
        assert_eq!(map.line_column(Span::new(file, 0..1)), (1, 1));
        assert_eq!(map.line_column(Span::new(file, 11..12)), (2, 5));
    }

    #[test]
    fn a_text_that_several_threads_add_is_there_once_and_does_not_move() {
        let map = SourceMap::default();
        let first = map.add("a.yaml", "a: 1\n");
        let add = |text: &'static str| {
            std::thread::scope(|scope| {
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| map.place("part.html", text, 2..4))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            })
        };
        let (one, other) = (add("{{ one }}"), add("{{ other }}"));
        assert!(one.iter().all(|place| *place == one[0]) && one[0].file != other[0].file);
        assert_eq!(map.file(one[0].file).text, "{{ one }}");
        assert_eq!(map.file(first).text, "a: 1\n");
    }
}
