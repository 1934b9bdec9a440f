//! How large a drawing is meant to be.

use roxmltree::Node;

/// The size in pixels that the drawing states, within reason; what it leaves out follows from its view box.
pub fn size(root: Node) -> Option<(f64, f64)> {
    let stated = |name| root.attribute(name).and_then(length);
    let (width, height) = match (stated("width"), stated("height"), view_box(root)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some([_, _, across, down])) => (width, width * down / across),
        (None, Some(height), Some([_, _, across, down])) => (height * across / down, height),
        (None, None, Some([_, _, across, down])) => (across, down),
        _ => return None,
    };
    Some((width.clamp(1.0, 1e6), height.clamp(1.0, 1e6)))
}

/// A length in pixels, of which CSS has 96 in an inch. Shares of the page say nothing about the drawing.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let unit_at = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').len();
    let (number, unit) = text.split_at(unit_at);
    let pixels = match unit {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "pt" => 96.0 / 72.0,
        "pc" => 96.0 / 6.0,
        _ => return None,
    };
    Some(number.trim().parse::<f64>().ok()? * pixels).filter(|length| length.is_finite() && *length > 0.0)
}

/// Left and upper edge, width and height of the view box.
pub fn view_box(root: Node) -> Option<[f64; 4]> {
    let numbers = root.attribute("viewBox")?.split([' ', ',', '\t', '\n']).filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let numbers: [f64; 4] = numbers.try_into().ok()?;
    let [.., width, height] = numbers;
    let is_within_reason = numbers.iter().all(|number| number.abs() <= 1e9) && width >= 1e-6 && height >= 1e-6;
    is_within_reason.then_some(numbers)
}
