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
    /// The files that it is made of.
    pub fn layers(options: &Options, findings: &mut Findings) -> (Layer, Layer) {
        let templates = layers::templates(options.templates.as_deref(), findings);
        let assets = layers::assets(options.assets.as_deref(), findings);
        (templates, assets)
    }

    /// It and its fonts.
    pub fn of((templates, assets): (Layer, Layer), findings: &mut Findings) -> Self {
        let fonts = fonts::fonts(&assets, findings);
        Self { templates: Arc::new(templates), assets, fonts }
    }

    /// Whether it is made of these files.
    pub fn is_of(&self, (templates, assets): &(Layer, Layer)) -> bool {
        *self.templates == *templates && self.assets == *assets
    }
}
