//! What a drawing says: its texts, as they are read in it.

use super::SVG;
use super::text::{parse, text};

/// The texts of a drawing, a text element each; none of what is no drawing or cannot be read, which is told elsewhere.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    let Ok(document) = text(bytes).and_then(parse) else { return Vec::new() };
    let elements = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let letters = |node: roxmltree::Node| -> String {
        node.descendants().filter(|one| one.is_text()).filter_map(|one| one.text()).collect()
    };
    elements.map(|node| letters(node).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::vector::samples::drawing;

    #[test]
    fn a_text_is_read_through_its_spans() {
        let said =
            texts(drawing("<text>Up to <tspan>99</tspan> %</text><g><text>2</text></g><title>5</title>").as_bytes());
        assert_eq!(said, ["Up to 99 %", "2"]);
        assert_eq!(texts(b"<svg"), Vec::<String>::new());
    }
}
