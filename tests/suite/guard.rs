//! The guard over the finished PDF: words that cannot be seen are told, and those that can are left alone.

use std::sync::OnceLock;

use tally::compile::Typesetter;
use tally::diagnostic::{Findings, SourceMap};
use tally::readback::pdf::Reader;
use tally::source::{fonts, layers};
use typst::foundations::Bytes;
use typst::text::Font;

pub fn shipped_fonts() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut findings = Findings::new();
        fonts::fonts(&layers::assets(None, &mut findings), &mut findings)
    })
}

/// A PDF of one small page, on which something is drawn.
fn pdf(content: &str) -> Vec<u8> {
    let main = format!(
        "#set document(title: [Test], date: datetime(year: 2017, month: 7, day: 1))\n#set page(width: 300pt, height: 200pt, margin: 20pt)\n#set text(size: 10pt)\n{content}"
    );
    let mut typesetter = Typesetter::new(shipped_fonts());
    let files = vec![("pale.svg".to_owned(), Bytes::from_string(PALE))];
    let layout =
        typesetter.lay_out(main, files, &SourceMap::default()).unwrap_or_else(|_| panic!("not laid out: {content}"));
    typesetter.export("test", &layout, &SourceMap::default()).unwrap_or_else(|_| panic!("not written: {content}"))
}

/// A drawing with a dark disc, a pale word on it and one beside it.
const PALE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">
<circle cx="30" cy="30" r="28" fill="#113355"/>
<text x="14" y="34" font-size="10" font-family="'Source Sans 3'" fill="#ffffff">inside</text>
<text x="100" y="34" font-size="10" font-family="'Source Sans 3'" fill="#fdfdfd">beside</text>
</svg>"##;

/// What the guard says of a page: `FAULT: WORD`.
#[track_caller]
fn check(content: &str, expected: &[&str]) {
    let sheets = Reader::default().pages(&pdf(content)).expect("a PDF");
    let misfits = sheets.iter().flat_map(|sheet| &sheet.misfits);
    let said: Vec<String> = misfits.map(|misfit| format!("{:?}: {}", misfit.fault, misfit.word)).collect();
    assert_eq!(said, expected, "{content}");
}

#[test]
fn words_in_the_colour_of_their_ground_are_told() {
    check("#text(fill: white)[paper] and ink", &["Faint: paper"]);
    check("#text(fill: rgb(\"#eeeeee\"))[pale] and ink", &["Faint: pale"]);
    check("#rect(fill: rgb(\"#224466\"), text(fill: rgb(\"#274a6b\"))[sunk])", &["Faint: sunk"]);
    check("#rect(fill: rgb(\"#224466\"), text(fill: white)[read])", &[]);
    check("#rect(radius: 8pt, fill: navy, text(fill: navy)[round])", &["Faint: round"]);
    check("#circle(fill: navy, text(fill: navy)[disc])", &["Faint: disc"]);
    // A figure that runs out of its bar, of which a part is seen.
    check("#box(width: 20pt, height: 12pt, fill: navy, text(fill: white)[£1,234,567])", &["Faint: £1,234,567"]);
    // What is clipped is no ground outside of its clip, and a white box on a dark one is white again.
    for radius in ["0pt", "6pt"] {
        let bar = "rect(width: 200pt, height: 12pt, fill: navy)";
        let clipped = format!("box(clip: true, radius: {radius}, width: 60pt, height: 12pt, {bar})");
        check(&format!("#place({clipped})#place(dx: 20pt, text(fill: white)[in])"), &[]);
        check(&format!("#place({clipped})#place(dx: 80pt, text(fill: white)[out])"), &["Faint: out"]);
    }
    check("#rect(fill: navy, rect(fill: white, text(fill: white)[inner]))", &["Faint: inner"]);
}

#[test]
fn pale_words_of_a_drawing_are_told_where_nothing_dark_lies_below() {
    check("#image(\"pale.svg\", alt: \"Test\")", &["Faint: beside"]);
}

#[test]
fn transparent_words_are_told() {
    check("#text(fill: black.transparentize(100%))[glass] and ink", &["Transparent: glass"]);
    check("#text(fill: black.transparentize(95%))[breath] and ink", &["Faint: breath"]);
    check("#text(fill: black.transparentize(40%))[grey] and ink", &[]);
}

#[test]
fn words_below_something_round_or_slanted_are_told() {
    let over = |shape: &str| format!("#place(top + left)[under] #place(top + left, dx: 80pt)[clear] #place({shape})");
    check(&over("dx: -20pt, dy: -20pt, circle(radius: 30pt, fill: red)"), &["Hidden: under"]);
    check(&over("dx: -10pt, dy: -10pt, rect(width: 60pt, height: 40pt, radius: 8pt, fill: white)"), &["Hidden: under"]);
    check(
        &over("polygon(fill: red, (-10pt, -10pt), (60pt, -10pt), (60pt, 30pt), (-10pt, 30pt), (-20pt, 5pt))"),
        &["Hidden: under"],
    );
    check(&over("line(start: (-5pt, 4pt), end: (50pt, 4pt), stroke: 14pt + white)"), &["Hidden: under"]);
    check(&over("rotate(45deg, rect(width: 60pt, height: 60pt, fill: red))"), &["Hidden: under"]);
    // The corners of the boxes that these lie in are free.
    check(&over("dx: 20pt, dy: 0pt, polygon(fill: red, (0pt, 80pt), (200pt, 0pt), (200pt, 80pt))"), &[]);
    check(&over("dx: 5pt, dy: 5pt, rotate(45deg, rect(width: 60pt, height: 60pt, fill: red))"), &[]);
    check(&over("circle(radius: 100pt, stroke: 1pt + red)"), &[]);
    check(&over("dx: -20pt, dy: -20pt, circle(radius: 30pt, fill: red.transparentize(60%))"), &[]);
}

#[test]
fn where_the_ground_is_not_known_nothing_is_said() {
    check("#rect(fill: gradient.linear(navy, teal), text(fill: white)[gradient])", &[]);
    check("#rect(fill: navy.transparentize(20%), text(fill: white)[tint])", &[]);
    check("#rect(fill: tiling(size: (4pt, 4pt), square(size: 4pt, fill: navy)), text(fill: white)[pattern])", &[]);
    check("#text(fill: gradient.linear(navy, teal))[letters]", &[]);
}

#[test]
fn words_that_are_seen_by_something_else_are_left_alone() {
    // Outlined letters, a shadow, a line of a chart behind a label, and ornaments.
    check("#text(fill: white, stroke: 0.5pt + black)[outlined]", &[]);
    check("#place(dx: 0.4pt, dy: 0.4pt, text(fill: rgb(\"#eeeeee\"))[shade])#place[shade]", &[]);
    check("#place(dy: 4pt, line(length: 100pt, stroke: 5pt + black))#place(text(fill: rgb(\"#222222\"))[label])", &[]);
    check("#text(fill: rgb(\"#eeeeee\"))[. . . ·] 12", &[]);
}
