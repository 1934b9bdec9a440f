//! SVG drawings: read as XML and written out again from lists of what may stay, so that nothing runs or loads, and both
//! formats show the same.
//!
//! In: the text of a drawing. Out: its size, or the same drawing, which says what it shows and nothing else, with the
//! faults of what it said.
//!
//! 1. `style` reads the style sheets (`css`, `selector`) and works out what they say of each element.
//! 2. `value` writes each value in the form that browsers and the PDF read alike, or refuses it.
//! 3. `writer` writes what `lists` allow; `effort` refuses what would take too long to draw.

mod css;
mod effort;
mod fault;
mod lists;
mod selector;
mod size;
mod style;
mod value;
mod writer;

use std::collections::BTreeMap;

use roxmltree::{Document, Error, ParsingOptions};

pub use fault::{Fault, FaultKind, unseen};

use super::{PictureFault, Rendition};
use style::Placed;
use writer::Writer;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// More elements than the most detailed map has.
const MOST_NODES: u32 = 1_000_000;

/// A drawing after cleaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    pub svg: String,
    /// What is wrong, each once, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Whether the bytes begin as XML does and name an `svg` element.
pub fn is_likely(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<") && start.windows(4).any(|name| name == b"<svg" || name == b":svg")
}

/// The bytes as text; drawings in older encodings are refused rather than guessed at.
pub fn text(bytes: &[u8]) -> Result<&str, PictureFault> {
    str::from_utf8(bytes).map_err(|_| PictureFault::NotUtf8)
}

/// Width and height in whole pixels, at least one each.
pub fn measure(text: &str) -> Result<(u32, u32), PictureFault> {
    let (width, height) = size::size(parse(text)?.root_element()).ok_or(PictureFault::NoSize)?;
    Ok((width.round() as u32, height.round() as u32))
}

/// The cleaned drawing at the size it is meant to have, and what is wrong in it.
pub fn rendition(text: &str, can_show: &dyn Fn(char) -> bool) -> Result<(Rendition, Vec<Fault>), PictureFault> {
    let (width, height) = measure(text)?;
    let Cleaned { svg, faults } = clean(text, can_show)?;
    Ok((Rendition { width, height, bytes: svg.into_bytes() }, faults))
}

/// Writes the drawing out again, without scripts, events, animations, foreign content, comments, data of editors, and
/// addresses that lead out of the file, and with its style sheets worked out. Cleaning what is clean changes nothing.
pub fn clean(text: &str, can_show: &dyn Fn(char) -> bool) -> Result<Cleaned, PictureFault> {
    let document = parse(text)?;
    let root = document.root_element();
    let mut writer = Writer::new(&document, can_show)?;
    writer.write(root)?;
    let Writer { svg, mut faults, references, paints, .. } = writer;
    if !paints {
        match faults.iter_mut().find(|fault| fault.kind == FaultKind::NotAlike) {
            Some(lost) => lost.message.push_str(", and nothing else is in the drawing"),
            None => {
                let help = "open it in a browser: if it shows something there, save it as PNG";
                faults.push(Fault::unfit(root.range_of_name(), "the drawing shows nothing", help));
            }
        }
    }
    faults.extend(effort::too_much(&document, &references));
    Ok(Cleaned { svg, faults: each_once(faults) })
}

/// Faults that say the same are told at the first of their places.
fn each_once(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.at.start);
    let mut told = BTreeMap::new();
    faults.retain(|fault| told.insert((fault.message.clone(), fault.kind as u8), ()).is_none());
    faults
}

fn parse(text: &str) -> Result<Document<'_>, PictureFault> {
    // Many programs begin a drawing with a document type; one that defines no entities does nothing.
    let options =
        ParsingOptions { allow_dtd: !text.contains("<!ENTITY"), nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => PictureFault::Entities,
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => {
            PictureFault::TooComplicated
        }
        Error::UnexpectedEndOfStream | Error::UnclosedRootNode => PictureFault::CutOff,
        error => PictureFault::NotXml { line: error.pos().row },
    })?;
    if document.root_element().has_tag_name((SVG, "svg")) { Ok(document) } else { Err(PictureFault::OtherKind) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawing(inner: &str) -> String {
        format!(r#"<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" width="10" height="20" viewBox="0 0 10 20">{inner}</svg>"#)
    }

    fn clean(text: &str) -> Result<Cleaned, PictureFault> {
        super::clean(text, &|c| c != '★')
    }

    /// What is left within a drawing, and what is said of it.
    fn cleaned(inner: &str) -> (String, Vec<String>) {
        let Cleaned { svg, faults } = clean(&drawing(inner)).unwrap();
        let start = format!(r#"<svg xmlns="{SVG}" width="10" height="20" viewBox="0 0 10 20">"#);
        let left = svg.strip_prefix(&start).map_or("", |rest| rest.trim_end_matches("</svg>"));
        let said = faults.iter().map(|fault| fault.message.replace(", and nothing else is in the drawing", ""));
        (left.to_owned(), said.filter(|message| message != "the drawing shows nothing").collect())
    }

    fn assert_left(cases: &[(&str, &str, &str)]) {
        for (inner, left, said) in cases {
            let expected: Vec<String> =
                [*said].into_iter().filter(|said| !said.is_empty()).map(str::to_owned).collect();
            assert_eq!(cleaned(inner), ((*left).to_owned(), expected), "{inner}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_left_out() {
        assert_left(&[
            ("<script>alert(1)</script>", "", "<script> is left out of the drawing"),
            ("<g onload='alert(1)' id='a'/>", r#"<g id="a"/>"#, "onload of <g> is left out of the drawing"),
            (
                "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
                r#"<a><path d="M0 0"/></a>"#,
                "the address of <a> is left out of the drawing",
            ),
            ("<use xlink:href='other.svg#a'/>", "<use/>", "what `<use>` would load from elsewhere cannot be shown"),
            ("<use href='data:image/svg+xml,a'/>", "<use/>", "what `<use>` would load from elsewhere cannot be shown"),
            (
                "<image href='https://example.org/a.png'/>",
                "",
                "a photograph inside a drawing, `<image>`, cannot be shown",
            ),
            (
                "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>",
                "",
                "`<foreignObject>` cannot be shown",
            ),
            (
                "<switch><foreignObject/><text>a</text></switch>",
                "<switch><text>a</text></switch>",
                "<foreignObject> is left out of the drawing",
            ),
            ("<set attributeName='href' to='javascript:alert(1)'/>", "", "<set> is left out of the drawing"),
            ("<style>@import 'a.css';</style>", "", "@import is left out of the drawing"),
            (
                "<rect fill='url(a.svg#b)'/>",
                "<rect/>",
                "the page and the PDF would not show `url(a.svg#b)`, which is loaded from elsewhere, alike",
            ),
            (
                "<rect style='fill:url(//a);stroke:red'/>",
                r#"<rect stroke="red"/>"#,
                "the page and the PDF would not show `url(//a)`, which is loaded from elsewhere, alike",
            ),
            (
                "<rect fill='url(\u{a0}#a)'/>",
                "<rect/>",
                "the page and the PDF would not show `url( #a)`, which is loaded from elsewhere, alike",
            ),
            ("<title>a<script>b</script></title>", "<title>a</title>", "<script> is left out of the drawing"),
        ]);
    }

    #[test]
    fn data_of_editors_go_without_a_word() {
        for inner in [
            "<iframe xmlns='http://www.w3.org/1999/xhtml' src='a'/>",
            "<metadata><a/></metadata>",
            "<i:view xmlns:i='http://www.inkscape.org' i:label='a'/>",
        ] {
            assert_left(&[(inner, "", "")]);
        }
        assert_left(&[("<g data-author='a' style='-inkscape-stroke:none;line-height:1.2'/>", "<g/>", "")]);
    }

    /// The two formats get what the style sheet says, not the style sheet: they would read it differently.
    #[test]
    fn style_sheets_are_worked_out() {
        assert_left(&[
            ("<style>.a{fill:red}</style><rect class='a'/>", r#"<rect class="a" fill="red"/>"#, ""),
            (
                "<style>rect{fill:red} .a{fill:blue !important} #b{fill:lime}</style><rect class='a' id='b'/>",
                r#"<rect class="a" id="b" fill="blue"/>"#,
                "",
            ),
            (
                "<style>:root{--a:#005eb8} .b{fill:var(--a)}</style><rect class='b'/><path fill='var(--c, var(--a))'/>",
                r##"<rect class="b" fill="#005eb8"/><path fill="#005eb8"/>"##,
                "",
            ),
            (
                "<style>:root{--a:red} g{--a:blue}</style><g><rect style='fill:var(--a)'/></g>",
                r#"<g><rect fill="blue"/></g>"#,
                "",
            ),
            (
                "<style>rect:nth-child(2n+1){fill:red}</style><g><rect/><rect/></g>",
                r#"<g><rect fill="red"/><rect/></g>"#,
                "",
            ),
            (
                "<style>g > rect + rect, a[b='c'] {fill:red}</style><g><rect/><rect/></g>",
                r#"<g><rect/><rect fill="red"/></g>"#,
                "",
            ),
            ("<style>rect:hover{fill:red} @charset 'a';</style><rect/>", "<rect/>", ""),
            (
                "<style>@font-face{font-family:a;src:url(a.woff)} rect{fill:red}</style><rect/>",
                r#"<rect fill="red"/>"#,
                "@font-face is left out of the drawing",
            ),
            (
                "<style>@media print { rect {fill:red} } rect{stroke:red}</style><rect/>",
                r#"<rect stroke="red"/>"#,
                "the page and the PDF would not show what stands under @media alike",
            ),
            (
                "<style>rect:is(.a){fill:red}</style><rect/>",
                "<rect/>",
                "the page and the PDF would not show what `rect:is(.a)` chooses alike",
            ),
            (
                "<style>rect{fill:red;.a{fill:blue}}</style><rect/>",
                "<rect/>",
                "the page and the PDF would not show `rect{fill:red;.a{fill:blue}}` alike",
            ),
        ]);
    }

    #[test]
    fn values_are_written_as_both_formats_read_them() {
        let alike = |what: &str| format!("the page and the PDF would not show {what} alike");
        for (property, value, written) in [
            ("fill", "rgb(0 94 184 / 50%)", "#005eb880"),
            ("fill", "rgba(0, 94, 184, 1)", "#005eb8"),
            ("fill", "hsl(120deg 100% 50%)", "#00ff00"),
            ("stroke", "CurrentColor", "currentColor"),
            ("fill", "url(#a) Red", "url(#a) red"),
            ("fill", "light-dark(rgb(1,2,3), white)", "#010203"),
            ("transform", "translateX(10px) rotate(45deg)", "translate(10 0) rotate(45)"),
            ("transform", "translate(1-2)", "translate(1-2)"),
            ("filter", "drop-shadow(0 0 2px rgba(0,0,0,.5))", "drop-shadow(0 0 2px #00000080)"),
            ("font", "bold 12px/1.5 Arial, sans-serif", "bold 12px Arial, sans-serif"),
        ] {
            let (left, said) = cleaned(&format!("<rect style='{property}:{value}'/>"));
            let written = if property == "font" {
                format!("style=\"font:{written}\"")
            } else {
                format!("{property}=\"{written}\"")
            };
            assert_eq!((left, said), (format!("<rect {written}/>"), vec![]), "{value}");
        }
        for (property, value, what) in [
            ("fill", "oklch(0.5 0.1 240)", "`oklch(…)`"),
            ("fill", "color-mix(in srgb, red, blue)", "`color-mix(…)`"),
            ("fill", "CanvasText", "`fill: CanvasText`"),
            ("fill", "var(--nowhere)", "`var(--nowhere)`, which has no value,"),
            ("stroke-width", "0.5rem", "`0.5rem`"),
            ("stroke-width", "calc(1px + 2px)", "`calc(…)`"),
            ("transform", "rotate3d(1,1,1,45deg)", "`rotate3d(…)`"),
            ("transform-origin", "center", "`transform-origin: center`"),
            ("vector-effect", "non-scaling-stroke", "`vector-effect: non-scaling-stroke`"),
            ("cx", "5px", "`cx: 5px`"),
            ("clip-path", "circle(5px)", "`circle(…)`"),
            ("fill", "\\72 ed", "`\\72 ed`"),
        ] {
            assert_eq!(
                cleaned(&format!("<rect style='{property}:{value}'/>")),
                ("<rect/>".to_owned(), vec![alike(what)])
            );
        }
        assert_eq!(cleaned("<rect width='50vw'/>").1, [alike("`width=\"50vw\"`")]);
        assert_eq!(
            cleaned("<style>:root{--a:var(--a)}</style><rect fill='var(--a)'/>").1.len(),
            1,
            "a ring of variables"
        );
    }

    #[test]
    fn a_ground_of_the_whole_drawing_becomes_a_shape() {
        let svg =
            format!("<svg xmlns='{SVG}' viewBox='-5 0 40 30' style='max-width:9px;background:#fff'><path/></svg>");
        let svg = clean(&svg).unwrap().svg;
        assert!(svg.contains(r##"<rect x="-5" y="0" width="40" height="30" fill="#fff"/><path/>"##), "{svg}");
    }

    #[test]
    fn characters_that_cannot_be_printed_are_told_at_their_places() {
        let text = drawing("<title>★</title><text>Good ★ a\u{200b}b</text><desc>\u{feff}</desc>");
        let faults = clean(&text).unwrap().faults;
        let found: Vec<(&str, &str)> = faults.iter().map(|one| (&text[one.at.clone()], one.message.as_str())).collect();
        assert_eq!(
            found,
            [
                ("★", "the character ★ (U+2605) cannot be printed in the PDF"),
                ("\u{200b}", "an invisible character, a zero-width space (U+200B), stands here")
            ]
        );
    }

    #[test]
    fn a_drawing_that_shows_nothing_is_told() {
        let kinds = |inner: &str| clean(&drawing(inner)).unwrap().faults.iter().map(|one| one.kind).collect::<Vec<_>>();
        assert_eq!(kinds("<g/>"), [FaultKind::Unfit]);
        assert_eq!(kinds("<defs><path id='a'/></defs>"), [FaultKind::Unfit]);
        assert_eq!(kinds("<defs><path id='a'/></defs><use href='#a'/>"), []);
        assert_eq!(kinds("<image href='data:image/png;base64,aaaa'/>"), [FaultKind::NotAlike]);
    }

    #[test]
    fn what_would_be_drawn_without_end_is_told() {
        let laughs: String = (1..12)
            .map(|level| format!("<g id='a{level}'>{}</g>", format!("<use href='#a{}'/>", level - 1).repeat(10)))
            .collect();
        let chain: String = (1..700).map(|level| format!("<use id='a{level}' href='#a{}'/>", level - 1)).collect();
        let shadows = "<filter id='f'><feGaussianBlur stdDeviation='999'/></filter>".to_owned()
            + &"<rect filter='url(#f)'/>".repeat(60);
        for (inner, message) in [
            (format!("<defs><rect id='a0'/>{laughs}</defs><use href='#a11'/>"), "draws more than"),
            (format!("<defs><rect id='a0'/>{chain}</defs><use href='#a699'/>"), "too many parts within each other"),
            ("<g id='a'><use href='#a'/></g>".to_owned(), "refers to itself"),
            ("<pattern id='a'><rect fill='url(#a)'/></pattern><rect fill='url(#a)'/>".to_owned(), "refers to itself"),
            (
                format!(
                    "<marker id='m'>{}</marker><path style='marker:url(#m)' d='{}'/>",
                    "<rect/>".repeat(900),
                    "L1 1".repeat(900)
                ),
                "draws more than",
            ),
            (shadows, "steps of shadows"),
        ] {
            let said = cleaned(&inner).1;
            assert!(said.iter().any(|one| one.contains(message)), "{message}: {said:?}");
        }
        assert_eq!(
            cleaned("<filter id='f'><feTurbulence numOctaves='1000'/></filter><rect/>").1,
            ["`<feTurbulence>` cannot be shown"]
        );
    }

    #[test]
    fn comments_instructions_and_stray_text_go_without_a_word() {
        let (left, dropped) = cleaned("<!-- by J. Smith -->\n  <?php echo ?>\n  <g>stray<text>a<!-- b -->c</text></g>");
        assert_eq!((left.as_str(), dropped.len()), ("<g><text>ac</text></g>", 0));
    }

    #[test]
    fn what_draws_stays_as_it_is() {
        for inner in [
            r##"<defs><linearGradient id="a" gradientTransform="rotate(90)"><stop offset="0" stop-color="#abc"/></linearGradient></defs>"##,
            r##"<g clip-path="url(#c)" transform="translate(1 2)" fill="url('#a')" stroke="#010203"><use href="#b"/></g>"##,
            r#"<title>Cost &amp; benefit</title><desc>a &lt; b &amp;&amp; &quot;c&quot; &gt; d</desc>"#,
            r#"<text xml:space="preserve" x="1"> a <tspan dy="2">b</tspan> <a>c</a> </text>"#,
            r#"<g role="img" aria-label="a&#10;b&#9;c (d)" lang="en"/>"#,
        ] {
            assert_eq!(cleaned(inner), (inner.to_owned(), vec![]), "{inner}");
        }
        assert_eq!(cleaned("<use xlink:href='#b'/>").0, r##"<use href="#b"/>"##);
        assert_eq!(cleaned("<text><![CDATA[<&\">]]></text>").0, "<text>&lt;&amp;&quot;&gt;</text>");
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
            assert_eq!(measure(&text), Ok(size), "{stated}");
            assert_eq!(clean(&text).unwrap().svg, format!(r#"<svg xmlns="{SVG}" {written}/>"#));
        }
        let paper = format!("<svg xmlns='{SVG}' width='210mm' height=' 29.7cm '/>");
        assert_eq!(measure(&paper), Ok((794, 1123)));
        for stated in ["", "width='40'", "width='0' height='-1'", "width='inf' height='nan'", "viewBox='0 0 1'"] {
            assert_eq!(measure(&format!("<svg xmlns='{SVG}' {stated}/>")), Err(PictureFault::NoSize), "{stated}");
        }
    }

    #[test]
    fn entities_are_refused_and_a_document_type_without_any_is_not() {
        let bomb = r#"<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>"#;
        assert_eq!(clean(&(bomb.to_owned() + &drawing("<text>&b;</text>"))), Err(PictureFault::Entities));
        let plain =
            r#"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"#;
        assert_eq!(clean(&(plain.to_owned() + &drawing(""))).unwrap().svg, clean(&drawing("")).unwrap().svg);
    }

    #[test]
    fn faults_are_told_apart() {
        let deep = "<g>".repeat(300) + &"</g>".repeat(300);
        for (text, fault) in [
            (drawing("<g>\n</h>"), PictureFault::NotXml { line: 2 }),
            (drawing("&nbsp;"), PictureFault::NotXml { line: 1 }),
            (drawing("<g>").replace("</svg>", ""), PictureFault::CutOff),
            (drawing(&deep), PictureFault::TooComplicated),
            ("<svg width='1' height='1'/>".to_owned(), PictureFault::OtherKind),
        ] {
            assert_eq!(clean(&text), Err(fault), "{text}");
        }
        assert_eq!(text(b"<svg>\xe9</svg>"), Err(PictureFault::NotUtf8));
    }

    /// Pieces of drawings, good and bad, in any order and depth.
    fn any_inner() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("<script>a</script>".to_owned()),
            Just("<!-- a --><style>a{fill:url(#a)}</style>".to_owned()),
            "<rect (fill|style|onclick|href|xlink:href|id|aria-label)='[a-z#:;( )\\\\]{0,12}'/>",
            "<text>[a-z<&>\"' \r\n\té]{0,12}</text>".prop_map(|text| {
                let inner = &text["<text>".len()..text.len() - "</text>".len()];
                format!(
                    "<text aria-label=\"{0}\">{0}</text>",
                    inner
                        .replace('&', "&amp;")
                        .replace('<', "&#60;")
                        .replace('"', "&quot;")
                        .replace('\r', "&#13;")
                        .replace('\t', "&#9;")
                )
            }),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            (prop::sample::select(vec!["g", "defs", "a", "text", "title", "b"]), prop::collection::vec(inner, 0..4))
                .prop_map(|(name, inner)| format!("<{name} class='a'> {}</{name}>", inner.concat()))
        })
    }

    proptest! {
        #[test]
        fn cleaning_what_is_clean_changes_nothing(inner in any_inner()) {
            let once = clean(&drawing(&inner)).unwrap();
            let twice = clean(&once.svg).unwrap();
            prop_assert_eq!(&twice.svg, &once.svg);
            let again = |fault: &&Fault| !matches!(fault.kind, FaultKind::Unfit);
            prop_assert_eq!(twice.faults.iter().filter(again).collect::<Vec<_>>(), Vec::<&Fault>::new());
            prop_assert!(["script", "onclick", "<!--", "xlink", "<style"].iter().all(|bad| !once.svg.contains(bad)));
        }

        #[test]
        fn a_size_is_written_as_it_is_read(stated in "(width='[0-9]{1,3}\\.[0-9]{1,3}(mm|pt|in|)'|) (height='[0-9]{1,3}cm'|) viewBox='0 0 [1-9]{1,3}\\.[0-9] 7'") {
            let text = format!("<svg xmlns='{SVG}' {stated}/>");
            let svg = clean(&text).unwrap().svg;
            prop_assert_eq!(measure(&svg), measure(&text));
            prop_assert_eq!(&clean(&svg).unwrap().svg, &svg);
        }

        #[test]
        fn every_text_survives(shown in "[ -~é€\n\t\r]{0,20}") {
            let written = format!("<text aria-label=\"{0}\">{0}</text>", writer::escaped(&shown).replace('\n', "&#10;").replace('\t', "&#9;"));
            let svg = clean(&drawing(&written)).unwrap().svg;
            let document = Document::parse(&svg).unwrap();
            let text = document.descendants().find(|node| node.has_tag_name("text")).unwrap();
            prop_assert_eq!(text.text().unwrap_or_default(), &shown);
            prop_assert_eq!(text.attribute("aria-label"), Some(shown.as_str()));
        }
    }
}
