//! Finds the logo of the organisation: two pictures beside `organisation.yaml`.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::{LogoPictures, Organisation, Picture, unreadable};
use crate::picture::Format;
use crate::source::SourceTree;
use crate::yaml::Text;

/// Reads the logo.
pub struct LogoReader<'a> {
    tree: &'a SourceTree,
    /// The files that were named.
    pub named: BTreeSet<String>,
}

impl<'a> LogoReader<'a> {
    pub fn new(tree: &'a SourceTree) -> Self {
        Self { tree, named: BTreeSet::new() }
    }

    /// The pictures of the logo; none where the organisation has none, or where they cannot be shown.
    pub fn read(&mut self, organisation: &Organisation, findings: &mut Findings) -> Option<LogoPictures> {
        let logo = organisation.logo.as_ref()?;
        let (on_light, on_dark) = (self.picture(&logo.on_light, findings), self.picture(&logo.on_dark, findings));
        Some(LogoPictures { on_light: on_light?, on_dark: on_dark? })
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
            Ok(picture) if picture.format == Format::Jpeg => {
                let message = format!("{path} is a JPEG, which always has a ground of its own");
                findings.push(
                    Diagnostic::error(Code::PictureUnreadable, name.at, message)
                        .help("a logo stands on coloured grounds: save it as SVG, or as PNG without a background"),
                );
                None
            }
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
