//! What templates are told of the lines that words take, against what the engine makes of these words: where they were
//! too few, words would stand over others.

use tally::compile::Typesetter;
use tally::diagnostic::SourceMap;

use crate::guard::shipped_fonts;

/// Texts as reports have them, with what fonts and lines treat in their own way: pairs that are moved together, hyphens,
/// dashes, slashes, quotation marks, marks between letters, figures, and letters of other scripts.
const TEXTS: &[&str] = &[
    "Engagement of the constituent member practices is significant and improved, so that services gain in focus.",
    "Total number of 2016/17 contracts safely exited: NHS Contracts for Goods and Services (non-clinical – cumulative)",
    "AVATAR. To You, Ty. We’ll “Vary” Type V. A. W. P. F. Tally; L’Avenir T-shirt AT&T Yes.",
    "98.4% of 1,204 staff (1,183) took £28,805k, or £21.41 a head, in 2015–16 — more than in 2014–15.",
    "e\u{200b}n\u{200b}g\u{200b}a\u{200b}g\u{200b}e\u{200b}m\u{200b}e\u{200b}n\u{200b}t and 98\u{2060}% of 12\u{a0}weeks",
    "Ŵyn a’r ŷd: mae’r gŵr yn gweithio dros ei gymuned; l’évêque naïf, Škoda, façade.",
    "illicit fillings, ill-fitting lilies; ‘fjord’ (fff) fiasco; flaw",
    "Αυτό είναι ένα κείμενο",
    "x",
];

/// Lays out a text that stops at the first disagreement.
fn holds(check: &str) {
    let texts: String = TEXTS.iter().map(|text| format!("{text:?}, ")).collect::<String>();
    let main = format!(
        "#set text(font: \"Source Sans 3\", top-edge: 0.8em, bottom-edge: -0.2em, hyphenate: false)\n#let texts = ({texts})\n\
         #context for words in texts {{ for weight in (400, 600, 700) {{ for points in (8.5pt, 11pt, 36pt) {{ {check} }} }} }}"
    );
    let laid_out = Typesetter::new(shipped_fonts()).lay_out(main, Vec::new(), &SourceMap::default());
    assert!(laid_out.is_ok(), "{:?}", laid_out.err());
}

#[test]
fn no_text_takes_more_lines_than_are_told() {
    holds(
        "for width in range(3, 60) {\n\
         let told = lines-of(words, points, width * points, weight: weight, font: \"Source Sans 3\")\n\
         let drawn = calc.round(measure({ set par(leading: 0pt); text(size: points, weight: weight, words) }, width: width * points).height / points)\n\
         assert(told == none or (told >= drawn and told <= drawn + 1), message: repr((words, weight, points, width, told, drawn)))\n\
         }",
    );
}

#[test]
fn no_text_is_wider_than_is_told() {
    holds(
        "let told = widest-of((words, \"i\"), points, weight: weight, font: \"Source Sans 3\")\n\
         let drawn = measure(text(size: points, weight: weight, words)).width\n\
         assert(told == none or (told >= drawn and told <= drawn * 1.2), message: repr((words, weight, points, told, drawn)))",
    );
}

#[test]
fn most_lines_need_no_measuring() {
    let main = "#set text(font: \"Source Sans 3\")\n\
        #let words = \"Responses were delayed where external organisations were involved, and by some complex investigations.\"\n\
        #let told = range(3, 60).map(width => lines-of(words, 9pt, width * 9pt, font: \"Source Sans 3\"))\n\
        #assert(told.filter(lines => lines != none).len() > 45, message: repr(told))";
    let laid_out = Typesetter::new(shipped_fonts()).lay_out(main.to_owned(), Vec::new(), &SourceMap::default());
    assert!(laid_out.is_ok(), "{:?}", laid_out.err());
}
