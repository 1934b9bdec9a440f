//! The picture by which a report is shown where its address is shared: a drawing of its cover, wider than it is high.
//!
//! In: what is said in the report. Out: a picture, where it is known under which address the report is published, since such a
//! picture is asked for by its full address. It is laid out by a template of its own, for a page of a report that is made
//! smaller has words which nobody can read.

use typst::foundations::Bytes;
use typst::utils::hash128;

use super::form::{Forms, Printer, endless, layout_limit};
use super::maker::artifact;
use super::progress::Stage;
use crate::compile::{Typesetter, first_page};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::patience::within;
use crate::publish::Artifact;
use crate::readback::pdf::Reader;
use crate::readback::{self, Said};
use crate::view;

/// How wide it is, in dots; its height follows from that of the page.
const DOTS: u16 = 1200;

/// The card that was drawn last, and the digest of what it was drawn of.
#[derive(Default)]
pub struct Cards(Option<(u128, Artifact)>);

impl Forms<'_, '_> {
    /// The card of the report; none where nobody could ask for it.
    pub fn card(&self, printer: &mut Printer, said: &Said) -> Result<Option<Artifact>, Findings> {
        let Self { maker, report, drawn, .. } = self;
        if drawn.page.address.is_none() || !maker.options.formats.html {
            return Ok(None);
        }
        let context = self.page_context()?;
        let main = maker.renderer.card(&context).map_err(|fault| vec![*fault])?;
        let mut files = maker.renderer.typst_library(&report.manner.wording);
        files.extend(drawn.page.cover_photo.iter().flat_map(|photo| {
            let path = format!("{}/{}", report.id, photo.file);
            let published = drawn.beside.iter().filter(move |file| file.path == path);
            published.map(|file| (photo.file.clone(), file.bytes.clone()))
        }));
        let digest = hash128(&(&report.id, &main, &files));
        if let Some((_, card)) = printer.cards.0.as_ref().filter(|(known, _)| *known == digest) {
            return Ok(Some(card.clone()));
        }
        let card = maker.step(Stage::LayingOut, report, || self.draw_card(main, files, said))?;
        printer.cards.0 = Some((digest, card.clone()));
        Ok(Some(card))
    }

    /// `files` are what the page may show and import, by path.
    fn draw_card(&self, main: String, files: Vec<(String, Bytes)>, said: &Said) -> Result<Artifact, Findings> {
        let Self { maker, report, drawn, .. } = self;
        let limit = layout_limit(maker.options.patience.layout, main.len());
        let sources = std::sync::Arc::clone(&maker.tree.sources);
        let (fonts, id) = (maker.house_style.fonts.clone(), report.id.clone());
        let work = move || {
            let mut typesetter = Typesetter::new(&fonts);
            let layout = typesetter.lay_out(main, files, &sources)?;
            typesetter.export(&id, &layout, &sources).map(Bytes::new)
        };
        let pdf = within(limit, work).ok_or_else(|| vec![endless(&report.id, limit)])??;
        let mut reader = Reader::default();
        reader.from_right_to_left(report.wording().is_rtl());
        let sheets = reader.pages(&pdf).map_err(|error| vec![readback::unreadable(&report.id, error)])?;
        let strays = self.maker.subject(report, |subject| subject.strays_in_print(said, &sheets));
        if !strays.is_empty() {
            return Err(strays);
        }
        let photo = drawn.page.cover_photo.as_ref();
        let name = view::card(photo);
        let card = first_page(&pdf, DOTS).and_then(|page| if photo.is_some() { page.as_jpeg() } else { page.as_png() });
        let card = card.ok_or_else(|| {
            let message = format!("the picture {name} of {} cannot be drawn", report.id);
            vec![Diagnostic::error_nowhere(Code::LayoutFailed, message)]
        })?;
        Ok(artifact(&report.id, name, card))
    }
}
