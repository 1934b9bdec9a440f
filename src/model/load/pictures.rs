//! Finds the pictures beside `organisation.yaml`: the two of the logo, and the one on covers.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{LogoPictures, Organisation, Picture, unreadable};
use crate::picture::Format;
use crate::source::SourceTree;
use crate::yaml::Text;

/// Reads them.
pub struct SharedPictures<'a> {
    tree: &'a SourceTree,
    /// The files that were named.
    pub named: BTreeSet<String>,
}

impl<'a> SharedPictures<'a> {
    pub fn new(tree: &'a SourceTree) -> Self {
        Self { tree, named: BTreeSet::new() }
    }

    /// The pictures of the logo; none where the organisation has none, or where they cannot be shown.
    pub fn logo(&mut self, organisation: &Organisation, findings: &mut Findings) -> Option<LogoPictures> {
        let logo = organisation.logo.as_ref()?;
        let mut of_logo = |name: &Text| {
            let picture = self.picture(name, findings)?;
            if picture.format == Format::Jpeg {
                let message = format!("{} is a JPEG, which always has a ground of its own", name.value);
                findings.push(
                    Diagnostic::error(Code::PictureUnreadable, name.at, message)
                        .help("a logo stands on coloured grounds: save it as SVG, or as PNG without a background"),
                );
                return None;
            }
            Some(picture)
        };
        let (on_light, on_dark) = (of_logo(&logo.on_light), of_logo(&logo.on_dark));
        Some(LogoPictures { on_light: on_light?, on_dark: on_dark? })
    }

    /// The picture on covers; none where the organisation has none, or where it cannot be shown.
    pub fn cover(&mut self, organisation: &Organisation, findings: &mut Findings) -> Option<Picture> {
        let name = &organisation.cover_picture.as_ref()?.picture;
        let picture = self.picture(name, findings)?;
        fit_for_cover(picture, name, findings)
    }

    fn picture(&mut self, name: &Text, findings: &mut Findings) -> Option<Picture> {
        let path = &name.value;
        self.named.insert(path.clone());
        let bytes = match self.tree.picture(path, name.at) {
            Some(read) => read.map_err(|fault| findings.push(*fault)).ok()?,
            None => {
                findings.extend((!self.tree.unread.contains(path)).then(|| self.missing(name)));
                return None;
            }
        };
        match Picture::read(path, name.at, bytes) {
            Ok(picture) => Some(picture),
            Err(why) => {
                findings.push(unreadable(path, name.at, &why));
                None
            }
        }
    }

    fn missing(&self, name: &Text) -> Diagnostic {
        let beside = self.tree.blobs.keys().filter(|path| !path.contains('/')).map(String::as_str);
        let message = format!("there is no file {} beside organisation.yaml", name.value);
        Diagnostic::error(Code::PictureMissing, name.at, message)
            .did_you_mean(&name.value, beside)
            .help("put the file there, or mend its name; capital letters count")
    }
}

/// A picture as a cover takes it. A drawing would lose words and lines where it is cut to its place.
pub fn fit_for_cover(picture: Picture, name: &Text, findings: &mut Findings) -> Option<Picture> {
    if picture.format != Format::Svg {
        return Some(picture);
    }
    let message = format!("{} is a drawing, and a cover cuts its picture to the room that there is", name.value);
    findings.push(
        Diagnostic::error(Code::PictureUnreadable, name.at, message)
            .help("save it as PNG or JPEG, with nothing at its edges that must be seen"),
    );
    None
}
