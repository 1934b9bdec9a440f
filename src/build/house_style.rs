//! Templates, assets and fonts.

use std::sync::Arc;

use typst::text::Font;

use super::Options;
use crate::diagnostic::Findings;
use crate::source::fonts;
use crate::source::layers::{self, Layer};

/// What reports are made with.
pub struct HouseStyle {
    pub templates: Arc<Layer>,
    pub assets: Layer,
    pub fonts: Vec<Font>,
}

impl HouseStyle {
    /// Reads it for the first time, or once.
    pub fn read(options: &Options, findings: &mut Findings) -> Self {
        let (templates, assets) = Self::layers(options, findings);
        Self::of(templates, assets, findings)
    }

    /// The files that it is made of.
    pub fn layers(options: &Options, findings: &mut Findings) -> (Layer, Layer) {
        let templates = layers::templates(options.templates.as_deref(), findings);
        let assets = layers::assets(options.assets.as_deref(), findings);
        (templates, assets)
    }

    /// The same with its fonts.
    pub fn of(templates: Layer, assets: Layer, findings: &mut Findings) -> Self {
        let fonts = fonts::fonts(&assets, findings);
        Self { templates: Arc::new(templates), assets, fonts }
    }
}
