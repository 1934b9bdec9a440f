//! Templates, assets and fonts.

use std::sync::Arc;

use typst::text::Font;

use crate::source::layers::Layer;

/// What reports are made with.
pub struct HouseStyle {
    pub templates: Arc<Layer>,
    pub assets: Layer,
    pub fonts: Vec<Font>,
}
