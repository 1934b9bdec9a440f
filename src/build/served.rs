//! The files of the typefaces that pages bring along, where readers may have none with their letters.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use typst::foundations::Bytes;
use typst::text::Font;

use super::shared::shared_file;
use crate::model::{Project, Report};
use crate::publish::{Artifact, named_by_digest};
use crate::render::{Face, Renderer, Served};
use crate::source::SourceTree;
use crate::typeface::for_the_web;

/// Where they lie, beside the style sheet that names them.
const FOLDER: &str = "assets/";

/// Letters that Tally's own words and figures are written with in the built-in languages.
const OF_ALL_REPORTS: [RangeInclusive<char>; 3] = [' '..='\u{17f}', '\u{2010}'..='\u{2044}', '\u{2080}'..='\u{2bff}'];

/// The typefaces that are served, and their files. A font is looked at only where a text needs it.
pub fn faces(renderer: &Renderer, fonts: &[Font], tree: &SourceTree, project: &Project) -> (Vec<Face>, Vec<Artifact>) {
    let served = renderer.served();
    let order = renderer.families(fonts);
    if served == Served::None || (served == Served::Letters && order.len() < 2) {
        return (Vec::new(), Vec::new());
    }
    let mut letters = letters(tree, project);
    let (mut faces, mut files) = (Vec::new(), Vec::new());
    for (place, family) in order.iter().enumerate() {
        let of_family: Vec<&Font> =
            fonts.iter().filter(|font| font.info().family.eq_ignore_ascii_case(family)).collect();
        let has = |letter: &char| of_family.iter().any(|font| font.info().coverage.contains(u32::from(*letter)));
        let (own, others): (BTreeSet<char>, BTreeSet<char>) = letters.into_iter().partition(has);
        letters = others;
        if own.is_empty() || (place == 0 && served == Served::Letters) {
            continue;
        }
        for font in of_family {
            let Some(bytes) = for_the_web(font.data(), font.index(), &own) else { continue };
            let path = named_by_digest(&format!("{FOLDER}{}.woff2", file_name(font)), &bytes);
            faces.push(Face::of(font, path[FOLDER.len()..].to_owned()));
            files.push(shared_file(&path, Bytes::new(bytes)));
        }
    }
    (faces, files)
}

/// All letters of the texts, and of Tally's words in their languages.
fn letters(tree: &SourceTree, project: &Project) -> BTreeSet<char> {
    let spoken = |report: &Report| report.head.language.value.language.clone();
    let is_spoken =
        |tag: &str| project.reports.iter().any(|report| spoken(report) == tag.split('-').next().unwrap_or_default());
    let words = tree.languages.iter().filter(|(tag, _)| is_spoken(tag)).map(|(_, file)| *file);
    let texts = tree.readable_texts().map(|(_, file)| file).chain(words);
    let mut letters: BTreeSet<char> = OF_ALL_REPORTS.into_iter().flatten().collect();
    for file in texts {
        letters.extend(tree.sources.file(file).text.chars().filter(|letter| !letter.is_ascii()));
    }
    letters
}

/// `noto-sans-hebrew-700`.
fn file_name(font: &Font) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let family: String = font.info().family.chars().map(plain).collect();
    format!("{family}-{}", font.info().variant.weight.to_number())
}
