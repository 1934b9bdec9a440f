//! Takes in a picture: its file into the folder of the report, its name and what it shows into report.yaml.
//!
//! In: what a browser sends, with the place of a figure. Out: an [`Answer`]. The file's name is made of letters, digits and
//! hyphens, so that it leads nowhere; a file that is there is never written over. Who takes the step back takes the file away.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Session;
use super::messages::{Answer, AskedChange, ChangeRequest, PictureRequest, Reason};
use crate::edit::{Change, Edited, Given, GivenPicture, Texts, apply};
use crate::picture::measure;
use crate::publish::{Rewrite, begin, refuse_taken, rewrite};
use crate::source::{path_in, text_now};

/// The longest name of a file, without its ending.
const LONGEST_NAME: usize = 60;

/// The pictures that were added in this run, by their paths.
pub type Pictures = BTreeMap<String, Vec<u8>>;

impl Session {
    /// Writes a picture beside the report that a figure stands in, and lets the figure name it.
    pub fn picture(&self, content: &Path, asked: &PictureRequest) -> Answer {
        let taken = || -> Result<Answer, Box<Answer>> {
            if asked.alternative.trim().is_empty() {
                let help = "say in a sentence what somebody sees who looks at it";
                return Err(refused("the picture has no alternative text for people who cannot see it", help));
            }
            let file = self.report_of(content, asked)?;
            let given = GivenPicture { name: asked.name.clone(), bytes: asked.bytes.clone() };
            let (name, path, bytes) = picture_for(&file, &given, &|path| is_free(content, path))?;
            self.with_pictures(content, vec![(path, bytes)], &naming(asked, &name))
        };
        taken().unwrap_or_else(|answer| *answer)
    }

    /// Makes the changes of a form that somebody filled in. The pictures in it are written beside their reports.
    pub fn fill_in(&self, content: &Path, asked: &ChangeRequest) -> Answer {
        let taken = || -> Result<Answer, Box<Answer>> {
            let (mut asked, mut pictures) = (asked.clone(), Vec::new());
            for change in &mut asked.changes {
                let file = self.known().place(change.named().0).map(|place| place.file);
                if let AskedChange::Add { given, .. } | AskedChange::Within { given, .. } = change {
                    let mut named = |given: GivenPicture| -> Result<String, Box<Answer>> {
                        let file = file.as_deref().filter(|file| file.ends_with("/report.yaml"));
                        let file =
                            file.ok_or_else(|| refused("only a report has pictures", "choose one of its parts"))?;
                        still_there(content, file)?;
                        let may_be = |path: &str| is_free(content, path) && pictures.iter().all(|(one, _)| one != path);
                        let (name, path, bytes) = picture_for(file, &given, &may_be)?;
                        pictures.push((path, bytes));
                        Ok(name)
                    };
                    *given = std::mem::replace(given, Given::List(Vec::new())).with_pictures(&mut named)?;
                }
            }
            self.with_pictures(content, pictures, &asked)
        };
        taken().unwrap_or_else(|answer| *answer)
    }

    /// Writes pictures, by their paths, and makes changes that name them; nothing stays that nothing names.
    fn with_pictures(
        &self,
        content: &Path,
        pictures: Vec<(String, Vec<u8>)>,
        asked: &ChangeRequest,
    ) -> Result<Answer, Box<Answer>> {
        if !pictures.is_empty() {
            begin(content, &pictures).map_err(|faults| {
                let of = |fault: &crate::diagnostic::Diagnostic| (fault.message.clone(), fault.help.join("; "));
                let (message, help) = faults.first().map(of).unwrap_or_default();
                refused(message, help)
            })?;
        }
        // Whoever takes the change back at once takes them away, too.
        let former: Vec<_> = pictures.iter().map(|(path, bytes)| self.add_picture(path, bytes)).collect();
        let answer = self.change(content, asked);
        if !matches!(answer, Answer::Saved { .. }) {
            pictures.iter().zip(former).for_each(|((path, _), former)| self.forget_picture(path, former));
            let away = pictures.into_iter().map(|(path, bytes)| without(content, &path, bytes));
            drop(rewrite(content, &away.collect::<Vec<_>>()));
        }
        Ok(answer)
    }

    /// The report.yaml that the figure stands in, as long as the figure can name a picture.
    fn report_of(&self, content: &Path, asked: &PictureRequest) -> Result<String, Box<Answer>> {
        let known = self.known();
        let place = known.place(&asked.id).ok_or_else(gone)?;
        let text = known.text(&place.file, &asked.revision).ok_or_else(gone)?;
        if !place.file.ends_with("/report.yaml") {
            return Err(refused("only a figure of report.yaml has a picture", "choose its caption"));
        }
        let file = place.file.clone();
        let texts = Texts::from([(file.clone(), Arc::clone(&text))]);
        let change = Change::Field { of: place, name: "picture".to_owned(), text: Some("picture.png".to_owned()) };
        apply(&texts, &[change]).map_err(|refusals| {
            let one = refusals.into_iter().next();
            one.map_or_else(gone, |one| refused(one.message, one.help))
        })?;
        still_there(content, &file).map(|()| file)
    }
}

/// Fails where a report is gone, or a link leads to it by now: no picture is written beside that.
fn still_there(content: &Path, report: &str) -> Result<(), Box<Answer>> {
    match text_now(content, report) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(gone()),
        Err(error) => Err(Box::new(Answer::Failed { message: format!("{report} cannot be read: {error}") })),
    }
}

fn gone() -> Box<Answer> {
    refused("this place is not known any more", "click it again on the page")
}

/// The pictures that a step takes away or brings back: one that was added lies there as long as its report names it, or as another
/// one took its place.
pub fn going_along(content: &Path, added: &Pictures, steps: &[Edited]) -> Vec<Rewrite> {
    let going = |(path, bytes): (&String, &Vec<u8>)| {
        let (folder, name) = path.rsplit_once('/')?;
        let step = steps.iter().find(|step| step.file == format!("{folder}/report.yaml"))?;
        let names = |text: &Option<Arc<str>>| text.as_deref().is_some_and(|text| is_named(text, name));
        match (names(&step.before), names(&step.after), is_free(content, path)) {
            (true, false, false) => Some(without(content, path, bytes.clone())),
            (false, true, true) => Some(Rewrite::of(path_in(content, path), None, bytes.clone())),
            _ => None,
        }
    };
    added.iter().filter_map(going).collect()
}

/// Whether a text names a file: `1.png` is no part of `branch-1.png`.
fn is_named(text: &str, file: &str) -> bool {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    text.match_indices(file).any(|(at, _)| !text[..at].ends_with(is_of_name))
}

fn without(content: &Path, path: &str, bytes: Vec<u8>) -> Rewrite {
    Rewrite { path: path_in(content, path), before: Some(bytes), after: None }
}

/// Whether nothing lies at a path of the content yet.
fn is_free(content: &Path, path: &str) -> bool {
    refuse_taken([path_in(content, path)].into_iter()).is_ok()
}

/// A picture that can be published: the name of its file, its path beside a report.yaml, and its bytes. Telephones give many
/// pictures one name; so the name has a number where a file of that name is there.
fn picture_for(
    report: &str,
    given: &GivenPicture,
    is_free: &dyn Fn(&str) -> bool,
) -> Result<(String, String, Vec<u8>), Box<Answer>> {
    let bytes = bytes_of(&given.bytes).ok_or_else(|| refused("the picture did not arrive whole", "add it again"))?;
    let format = match measure(&bytes) {
        Ok((format, _, _)) => format,
        Err(fault) => return Err(refused(fault.to_string(), "choose a PNG, JPEG or SVG file")),
    };
    let folder = report.trim_end_matches("/report.yaml");
    let stem = stem(&given.name);
    let names = (1_usize..).map(|number| match number {
        1 => format!("{stem}.{}", format.ending()),
        _ => format!("{stem}-{number}.{}", format.ending()),
    });
    let free = names.map(|name| (format!("{folder}/{name}"), name)).find(|(path, _)| is_free(path));
    let (path, name) = free.ok_or_else(|| refused("there is no name left for the picture", "give it another name"))?;
    Ok((name, path, bytes))
}

/// What two hexadecimal digits each say.
fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_whole = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_whole.then(|| digits.as_bytes().chunks(2).map(pair).collect())?
}

/// A name for the file without its ending: that which it had, in small letters, digits and hyphens.
fn stem(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let kept: String = stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' }).collect();
    let words: Vec<String> = kept.split_whitespace().map(str::to_lowercase).collect();
    let name: String = words.join("-").chars().take(LONGEST_NAME).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "picture" } else { name }.to_owned()
}

/// The change by which a figure names its picture and says what it shows.
fn naming(asked: &PictureRequest, name: &str) -> ChangeRequest {
    let field = |field: &str, text: &str| AskedChange::Field {
        id: asked.id.clone(),
        revision: asked.revision.clone(),
        name: field.to_owned(),
        text: text.to_owned(),
    };
    ChangeRequest { changes: vec![field("picture", name), field("alt", asked.alternative.trim())], typing: None }
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Box<Answer> {
    let reason = Reason { cell: None, message: message.into(), help: help.into() };
    Box::new(Answer::Refused { reasons: vec![reason] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_lead_nowhere() {
        for (given, name) in [
            ("DSC_0012.JPG", "dsc-0012"),
            ("The new branch (2).jpeg", "the-new-branch-2"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows.png", "windows"),
            ("\u{202e}gnp.\u{0}", "gnp"),
            ("", "picture"),
            ("Blaenau Ffestiniog.Town.png", "blaenau-ffestiniog-town"),
        ] {
            assert_eq!(stem(given), name, "{given}");
        }
        assert_eq!(stem(&"a".repeat(500)).len(), LONGEST_NAME);
    }

    #[test]
    fn a_name_within_another_is_not_that_of_the_file() {
        assert!(is_named("picture: 1.png\n", "1.png") && is_named("{picture: \"1.png\"}", "1.png"));
        assert!(!is_named("picture: branch-1.png\nalt: 11.png\n", "1.png"));
    }

    #[test]
    fn pictures_of_one_name_are_kept_beside_each_other() {
        let drawing = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>"#;
        let bytes = drawing.bytes().map(|byte| format!("{byte:02x}")).collect();
        let given = GivenPicture { name: "Image.SVG".to_owned(), bytes };
        let named = |taken: &[&str]| picture_for("a/report.yaml", &given, &|path| !taken.contains(&path));
        let name = |taken: &[&str]| named(taken).map(|(name, path, _)| (name, path)).ok();
        assert_eq!(name(&[]), Some(("image.svg".to_owned(), "a/image.svg".to_owned())));
        assert_eq!(name(&["a/image.svg", "a/image-2.svg"]).map(|(name, _)| name), Some("image-3.svg".to_owned()));
    }

    #[test]
    fn bytes_arrive_whole_or_not_at_all() {
        assert_eq!(bytes_of("00ff7F"), Some(vec![0, 255, 127]));
        assert_eq!(bytes_of(""), Some(Vec::new()));
        for broken in ["0", "0g", "+1", "é0"] {
            assert_eq!(bytes_of(broken), None, "{broken}");
        }
    }
}
