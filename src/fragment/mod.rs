//! A report as a fragment, to be put into a page of a site that is there already.
//!
//! In: the finished page, its style sheet, and where the report's files will be found. Out: what to paste, what to upload
//! beside it, and how. There are three forms, since no one of them passes everywhere: `embed` for sites that take HTML as it
//! is, `plain` for those that filter, `govspeak` for GOV.UK. All are made of the page itself, so that their words, figures and
//! order are those of the page whatever templates wrote it.

mod embed;
mod govspeak;
mod place;
mod plain;
mod readme;
mod records;
mod sheet;
mod verify;

use std::collections::BTreeSet;

use scraper::Html;

use crate::dom;
pub use embed::Colours;
pub use place::Files;
use place::Place;
pub use verify::{Difference, Verified, verify};

/// What begins the name of every class and custom property of a fragment.
const PREFIX: &str = "tly-";

/// The form of a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// HTML with classes, shapes and a style sheet of its own.
    Embed,
    /// HTML of headings, paragraphs, lists, tables, links and pictures alone.
    Plain,
    /// The Markdown of GOV.UK.
    Govspeak,
}

/// What a fragment is made of, and what for.
pub struct Wanted<'a> {
    pub report: &'a str,
    pub language: &'a str,
    pub form: Form,
    /// The level of the headings with which its sections begin, from 2.
    pub heading: usize,
    pub files: &'a Files,
    pub sheet: &'a str,
    pub colours: Colours<'a>,
}

/// A file of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FragmentFile {
    pub name: String,
    pub text: String,
}

/// The files of a fragment, of a finished page; or the files of the report for which no address is known.
pub fn fragment(page: &str, wanted: &Wanted) -> Result<Vec<FragmentFile>, BTreeSet<String>> {
    let page = Html::parse_document(page);
    let main = dom::main_of(&page);
    let needed = place::files_of(&main);
    let lost: BTreeSet<String> = needed.iter().filter(|file| wanted.files.address(file).is_none()).cloned().collect();
    if !lost.is_empty() {
        return Err(lost);
    }
    let place = Place::new(wanted.report, wanted.heading, wanted.files, &main, wanted.form != Form::Embed);
    let plain = || plain::of_page(&main, &place);
    let mut files = match wanted.form {
        Form::Embed => {
            let (root, classes) = embed::of_page(&page, &main, &place, wanted.colours, wanted.language);
            let sheet = sheet::of_fragment(wanted.sheet, &classes);
            vec![("html", dom::write(&[dom::Node::Element(root)])), ("css", sheet)]
        }
        Form::Plain => vec![("html", dom::write(&plain()))],
        Form::Govspeak => vec![("md", govspeak::of_plain(&plain()))],
    };
    let named =
        |(ending, text)| FragmentFile { name: format!("{}.{}.{ending}", wanted.report, wanted.form.word()), text };
    let mut files: Vec<FragmentFile> = files.drain(..).map(named).collect();
    files.push(FragmentFile {
        name: "README.txt".to_owned(),
        text: readme::of_fragment(wanted, &title_of(&page), &needed),
    });
    Ok(files)
}

/// What the page is called in a list of pages.
fn title_of(page: &Html) -> String {
    let title = dom::all_of(page, "meta").into_iter().find(|one| one.attribute("property") == Some("og:title"));
    title.and_then(|title| title.attribute("content").map(str::to_owned)).unwrap_or_default()
}

impl Form {
    /// Its name, as it is typed and stands in names of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Embed => "embed",
            Self::Plain => "plain",
            Self::Govspeak => "govspeak",
        }
    }
}
