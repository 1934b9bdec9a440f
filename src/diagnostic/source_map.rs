//! The texts that findings point into.

use std::sync::OnceLock;

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
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self { file, start: range.start as u32, end: range.end as u32 }
    }

    /// How many bytes it has.
    pub fn length(self) -> usize {
        (self.end - self.start) as usize
    }

    /// A part of this stretch, counted from its beginning.
    pub fn part(self, range: std::ops::Range<usize>) -> Self {
        Self { file: self.file, start: self.start + range.start as u32, end: self.start + range.end as u32 }
    }
}

/// One text with the path by which its author knows it.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path as shown in messages, with forward slashes.
    pub path: String,
    pub text: String,
    /// Where each line begins; found when it is first asked for.
    lines: OnceLock<Vec<usize>>,
}

/// All texts of a build, in a fixed order.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile { path: path.into(), text: text.into(), lines: OnceLock::new() });
        id
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Puts another text in a file's place, and gives back the one that stood there.
    pub fn replace(&mut self, id: FileId, text: String) -> String {
        let file = &mut self.files[id.0 as usize];
        file.lines = OnceLock::new();
        std::mem::replace(&mut file.text, text)
    }

    /// The stretch that a span names, in whole characters and within its text.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        let text = &self.file(span.file).text;
        let start = floor_char(text, span.start as usize);
        let end = floor_char(text, span.end as usize).max(start);
        start..end
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let file = self.file(span.file);
        let at = self.range(span).start;
        let lines = file
            .lines
            .get_or_init(|| [0].into_iter().chain(file.text.match_indices('\n').map(|(end, _)| end + 1)).collect());
        let line = lines.partition_point(|start| *start <= at);
        let start = lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        (line, file.text[start..at].chars().count() + 1)
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
        let mut map = SourceMap::default();
        let file = map.add("a.yaml", "é: 1\nb: £2\n");
        assert_eq!(map.line_column(Span::new(file, 0..1)), (1, 1));
        assert_eq!(map.line_column(Span::new(file, 11..12)), (2, 5));
    }
}
