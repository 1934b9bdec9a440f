//! The pages of the documentation as their tests read them.

use std::fs;
use std::path::Path;

use super::root;

/// A block of code in a page.
pub struct Block<'p> {
    /// `yaml`, `markdown`, `sh` or `text`.
    pub kind: &'p str,
    pub text: String,
}

/// A line of a page, or a block of code.
pub enum Piece<'p> {
    Line(&'p str),
    Block(Block<'p>),
}

/// A page of the project, by its path.
pub fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the reference, with their names.
pub fn reference() -> Vec<(String, String)> {
    let mut names: Vec<String> = fs::read_dir(root().join("docs/reference"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "md"))
        .collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), page(&format!("docs/reference/{name}")))).collect()
}

/// A page from top to bottom.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        pieces.push(match line.strip_prefix("```") {
            Some(kind) => {
                let inside = lines.by_ref().take_while(|line| *line != "```");
                Piece::Block(Block { kind, text: inside.flat_map(|line| [line, "\n"]).collect() })
            }
            None => Piece::Line(line),
        });
    }
    pieces
}
