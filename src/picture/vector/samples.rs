//! What the tests of drawings share: small drawings, and what is left of them.

use super::{Fault, SVG, XLINK, make};

/// A drawing after cleaning.
pub struct Cleaned {
    pub svg: String,
    pub faults: Vec<Fault>,
}

pub fn drawing(inner: &str) -> String {
    format!(r#"<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" width="10" height="20" viewBox="0 0 10 20">{inner}</svg>"#)
}

/// Cleans a drawing for fonts that have no star; nothing is left of one that cannot be read.
pub fn clean(text: &str) -> Cleaned {
    let made = make(text.as_bytes(), &|c| c != '★').expect("the text is a drawing");
    let svg = made.renditions.into_iter().next().map(|one| String::from_utf8(one.bytes).expect("a drawing is a text"));
    Cleaned { svg: svg.unwrap_or_default(), faults: made.faults }
}

/// What is left within a drawing, and what is said of it.
pub fn cleaned(inner: &str) -> (String, Vec<String>) {
    let Cleaned { svg, faults } = clean(&drawing(inner));
    let start = format!(r#"<svg xmlns="{SVG}" width="10" height="20" viewBox="0 0 10 20">"#);
    let left = svg.strip_prefix(&start).map_or("", |rest| rest.trim_end_matches("</svg>"));
    let said = faults.iter().map(|fault| fault.message.replace(", and nothing else is in the drawing", ""));
    (left.to_owned(), said.filter(|message| message != "the drawing shows nothing").collect())
}

/// Looks what is left of each of some drawings, and what is said of it: one thing, or none where it is empty.
pub fn assert_left(cases: &[(&str, &str, &str)]) {
    for (inner, left, said) in cases {
        let expected: Vec<String> = [*said].into_iter().filter(|said| !said.is_empty()).map(str::to_owned).collect();
        assert_eq!(cleaned(inner), ((*left).to_owned(), expected), "{inner}");
    }
}
