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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::SVG;
    use super::super::samples::clean;

    fn measure(text: &str) -> (u32, u32) {
        super::super::measure(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_drawing_says_how_large_it_is() {
        for (stated, size, written) in [
            ("width='40' height='30px'", (40, 30), r#"width="40" height="30" viewBox="0 0 40 30""#),
            ("width='1in' height='72pt' viewBox='0 0 9 9'", (96, 96), r#"width="96" height="96" viewBox="0 0 9 9""#),
            ("viewBox='-5,-5 40 30.2'", (40, 30), r#"width="40" height="30.2" viewBox="-5,-5 40 30.2""#),
            ("width='100%' viewBox='0 0 4 3'", (4, 3), r#"width="4" height="3" viewBox="0 0 4 3""#),
            ("width='80' viewBox='0 0 4 3'", (80, 60), r#"width="80" height="60" viewBox="0 0 4 3""#),
            ("height='60' viewBox='0 0 4 3'", (80, 60), r#"width="80" height="60" viewBox="0 0 4 3""#),
            ("width='1e300' height='.001'", (1_000_000, 1), r#"width="1000000" height="1" viewBox="0 0 1000000 1""#),
        ] {
            let text = format!("<svg xmlns='{SVG}' {stated}/>");
            assert_eq!(measure(&text), size, "{stated}");
            assert_eq!(clean(&text).svg, format!(r#"<svg xmlns="{SVG}" {written}/>"#));
        }
        let paper = format!("<svg xmlns='{SVG}' width='210mm' height=' 29.7cm '/>");
        assert_eq!(measure(&paper), (794, 1123));
        for stated in ["", "width='40'", "width='0' height='-1'", "width='inf' height='nan'", "viewBox='0 0 1'"] {
            let fault = clean(&format!("<svg xmlns='{SVG}' {stated}/>")).faults.remove(0);
            assert_eq!(
                (fault.message.as_str(), fault.at),
                ("the drawing says nowhere how large it is", 0..4),
                "{stated}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_size_is_written_as_it_is_read(stated in "(width='[0-9]{1,3}\\.[0-9]{1,3}(mm|pt|in|)'|) (height='[0-9]{1,3}cm'|) viewBox='0 0 [1-9]{1,3}\\.[0-9] 7'") {
            let text = format!("<svg xmlns='{SVG}' {stated}/>");
            let svg = clean(&text).svg;
            prop_assert_eq!(measure(&svg), measure(&text));
            prop_assert_eq!(&clean(&svg).svg, &svg);
        }
    }
}
