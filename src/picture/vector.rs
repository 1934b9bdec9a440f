//! SVG drawings: read as XML and written out again from lists of what may stay, so that nothing runs or loads.
//!
//! In: the text of a drawing. Out: its size, or the same drawing, which says what it shows and nothing else.

use std::collections::BTreeSet;

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::{PictureFault, Rendition};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// More elements than the most detailed map has.
const MOST_NODES: u32 = 1_000_000;
/// More elements within each other than any program writes.
const DEEPEST: usize = 200;

const ELEMENTS: &str = "\
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feDropShadow \
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feTile \
    feTurbulence filter g image line linearGradient marker mask path pattern polygon polyline radialGradient \
    rect stop style svg switch symbol text textPath title tspan use";

/// Elements whose text is shown or read out. The last three hold nothing but text.
const WITH_TEXT: &str = "text title desc style";
const TEXT_ALONE: &str = "title desc style";

/// Attributes that only describe or measure, and so may have any value.
const ATTRIBUTES: &str = "\
    amplitude baseFrequency class clipPathUnits cx cy d dx dy exponent filterUnits fr fx fy gradientTransform \
    gradientUnits height id in in2 intercept k1 k2 k3 k4 lang lengthAdjust markerHeight markerUnits markerWidth \
    maskContentUnits maskUnits media method mode numOctaves offset operator order orient pathLength \
    patternContentUnits patternTransform patternUnits points preserveAspectRatio primitiveUnits r radius refX \
    refY result role rotate rx ry seed side slope spacing spreadMethod startOffset stdDeviation stitchTiles \
    systemLanguage tableValues textLength type values version viewBox width x x1 x2 y y1 y2";

/// Properties of style, as attributes or in the attribute `style`. Their values are CSS.
const PROPERTIES: &str = "\
    alignment-baseline background-color baseline-shift clip clip-path clip-rule color color-interpolation \
    color-interpolation-filters color-rendering direction display dominant-baseline fill fill-opacity fill-rule \
    filter flood-color flood-opacity font font-family font-feature-settings font-kerning font-size \
    font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-ligatures \
    font-variant-numeric font-variation-settings font-weight image-rendering isolation letter-spacing \
    lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity \
    overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray \
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align \
    text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent \
    text-orientation text-rendering text-transform transform transform-box transform-origin unicode-bidi \
    vector-effect visibility white-space word-spacing writing-mode";

/// Functions of CSS that load nothing; of `url`, the address is looked at.
const FUNCTIONS: &str = "\
    blur brightness calc circle clamp contrast cubic-bezier drop-shadow ellipse format grayscale hsl hsla \
    hue-rotate hwb inset invert is lab lch local matrix max min not nth-child oklab oklch opacity path polygon \
    rgb rgba rotate saturate scale scalex scaley sepia skewx skewy translate translatex translatey url var where";

/// A drawing after cleaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    pub svg: String,
    /// What was left out, each once and sorted: `<script>`, `onload of <svg>`.
    pub dropped: Vec<String>,
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
    let (width, height) = size(parse(text)?.root_element()).ok_or(PictureFault::NoSize)?;
    Ok((width.round() as u32, height.round() as u32))
}

/// The cleaned drawing at the size it is meant to have.
pub fn rendition(text: &str) -> Result<Rendition, PictureFault> {
    let (width, height) = measure(text)?;
    Ok(Rendition { width, height, bytes: clean(text)?.svg.into_bytes() })
}

/// Writes the drawing out again, without scripts, events, animations, foreign content, comments, data of editors, and
/// addresses that lead out of the file. Cleaning what is clean changes nothing.
pub fn clean(text: &str) -> Result<Cleaned, PictureFault> {
    let document = parse(text)?;
    let mut writer = Writer::default();
    writer.element(document.root_element(), false, 0)?;
    Ok(Cleaned { svg: writer.svg, dropped: writer.dropped.into_iter().collect() })
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

/// The size in pixels that the drawing states, within reason; what it leaves out follows from its view box.
fn size(root: Node) -> Option<(f64, f64)> {
    let stated = |name| root.attribute(name).and_then(length);
    let (width, height) = match (stated("width"), stated("height"), view_box(root)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view_box)) => view_box,
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

/// Width and height of the view box.
fn view_box(root: Node) -> Option<(f64, f64)> {
    let numbers = root.attribute("viewBox")?.split([' ', ',', '\t', '\n']).filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(|number| number.parse().ok()).collect::<Option<_>>()?;
    match numbers[..] {
        [_, _, width, height] if numbers.iter().all(|number| number.is_finite()) && width > 0.0 && height > 0.0 => {
            Some((width, height))
        }
        _ => None,
    }
}

/// The drawing written so far, and what was left out of it.
#[derive(Default)]
struct Writer {
    svg: String,
    dropped: BTreeSet<String>,
}

impl Writer {
    /// Writes an element with its attributes and what is in it. Text counts only within elements that show it.
    fn element(&mut self, element: Node, in_text: bool, depth: usize) -> Result<(), PictureFault> {
        if depth > DEEPEST {
            return Err(PictureFault::TooComplicated);
        }
        let name = element.tag_name().name();
        self.svg.push_str(&format!("<{name}"));
        if depth == 0 {
            self.head(element);
        }
        self.attributes(element, depth == 0);
        self.svg.push('>');
        let start = self.svg.len();
        let in_text = in_text || has(WITH_TEXT, name);
        for child in element.children() {
            if child.is_element() && may_stay(child) {
                self.element(child, in_text, depth + 1)?;
            } else if child.is_element() {
                self.dropped.insert(format!("<{}>", child.tag_name().name()));
            } else if child.is_text() && in_text {
                self.svg.push_str(&escaped(child.text().unwrap_or_default()));
            }
        }
        if self.svg.len() == start {
            self.svg.truncate(start - 1);
            self.svg.push_str("/>");
        } else {
            self.svg.push_str(&format!("</{name}>"));
        }
        Ok(())
    }

    /// What the outermost element always says: the namespace, and the size in each way that a program may look for.
    fn head(&mut self, root: Node) {
        self.attribute("xmlns", SVG);
        let Some((width, height)) = size(root) else { return };
        let view_box = root.attribute("viewBox").filter(|_| view_box(root).is_some());
        self.attribute("width", &width.to_string());
        self.attribute("height", &height.to_string());
        self.attribute("viewBox", view_box.unwrap_or(&format!("0 0 {width} {height}")));
    }

    fn attributes(&mut self, element: Node, is_root: bool) {
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            match attribute.namespace() {
                // These are written by `head` and below.
                None if is_root && has("width height viewBox", name) => {}
                None | Some(XLINK) if name == "href" => {}
                None if name == "style" => self.style(element, value),
                None if has(ATTRIBUTES, name) || name.starts_with("aria-") => self.attribute(name, value),
                None if has(PROPERTIES, name) && loads_nothing(value) => self.attribute(name, value),
                Some(XML) if has("lang space", name) => self.attribute(&format!("xml:{name}"), value),
                _ => self.drop(name, element),
            }
        }
        match address(element) {
            Some(address) if is_inside(address) => self.attribute("href", address),
            Some(_) => self.drop("href", element),
            None => {}
        }
    }

    /// The attribute `style`, each declaration of which is judged by itself.
    fn style(&mut self, element: Node, declarations: &str) {
        let mut kept = Vec::new();
        for declaration in declarations.split(';').map(str::trim).filter(|declaration| !declaration.is_empty()) {
            let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
            if has(PROPERTIES, property.trim()) && loads_nothing(value) {
                kept.push(declaration);
            } else {
                self.drop(&format!("style {}", property.trim()), element);
            }
        }
        if !kept.is_empty() {
            self.attribute("style", &kept.join(";"));
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = escaped(value).replace('\n', "&#10;").replace('\t', "&#9;");
        self.svg.push_str(&format!(" {name}=\"{value}\""));
    }

    fn drop(&mut self, attribute: &str, element: Node) {
        self.dropped.insert(format!("{attribute} of <{}>", element.tag_name().name()));
    }
}

/// Whether an element is on the list, and loads nothing if it is of a kind that could.
fn may_stay(element: Node) -> bool {
    let name = element.tag_name();
    let in_text_alone = element.parent().is_some_and(|parent| has(TEXT_ALONE, parent.tag_name().name()));
    match name.name() {
        _ if name.namespace() != Some(SVG) || in_text_alone => false,
        "style" => loads_nothing(&text_in(element)),
        "image" => address(element).is_some_and(is_inside),
        name => has(ELEMENTS, name),
    }
}

/// The text of an element, put together again where comments divide it.
fn text_in(element: Node) -> String {
    element.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// What an element refers to, in the new way of writing it before the old one.
fn address<'a>(element: Node<'a, '_>) -> Option<&'a str> {
    element.attribute("href").or_else(|| element.attribute((XLINK, "href")))
}

/// Whether an address leads to a part of the same drawing. A photograph inside a drawing could tell where it was taken.
fn is_inside(address: &str) -> bool {
    address.starts_with('#')
}

/// Whether CSS calls only functions that are listed, and refers only to parts of the same drawing.
fn loads_nothing(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let in_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let is_harmless = |bracket: usize| match css[..bracket].rsplit(|c| !in_name(c)).next().unwrap_or_default() {
        "url" => css[bracket + 1..].trim_ascii_start().trim_start_matches(['"', '\'']).starts_with('#'),
        function => function.is_empty() || has(FUNCTIONS, function),
    };
    // A backslash could spell any of these in another way.
    !css.contains('\\') && !css.contains("@import") && css.match_indices('(').all(|(bracket, _)| is_harmless(bracket))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // As such it would be read back as a line feed.
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a list names something.
fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawing(inner: &str) -> String {
        format!(r#"<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" width="10" height="20" viewBox="0 0 10 20">{inner}</svg>"#)
    }

    /// What is left within a drawing, and what was dropped of it.
    fn cleaned(inner: &str) -> (String, Vec<String>) {
        let Cleaned { svg, dropped } = clean(&drawing(inner)).unwrap();
        let start = format!(r#"<svg xmlns="{SVG}" width="10" height="20" viewBox="0 0 10 20">"#);
        let inner = svg.strip_prefix(&start).and_then(|rest| rest.strip_suffix("</svg>"));
        (inner.map(str::to_owned).unwrap_or_default(), dropped)
    }

    #[test]
    fn what_runs_or_loads_is_left_out() {
        for (inner, left, dropped) in [
            ("<script>alert(1)</script>", "", "<script>"),
            ("<g onload='alert(1)' id='a'/>", r#"<g id="a"/>"#, "onload of <g>"),
            ("<a href='javascript:alert(1)'><path d='M0 0'/></a>", r#"<a><path d="M0 0"/></a>"#, "href of <a>"),
            ("<use xlink:href='other.svg#a'/>", "<use/>", "href of <use>"),
            ("<use href='data:image/svg+xml;base64,aaaa'/>", "<use/>", "href of <use>"),
            ("<image href='https://example.org/a.png'/>", "", "<image>"),
            ("<image xlink:href='data:image/svg+xml;base64,aaaa'/>", "", "<image>"),
            ("<image width='1' height='1' href='data:image/png;base64,iVBORw0KGgo='/>", "", "<image>"),
            ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>", "", "<foreignObject>"),
            ("<iframe xmlns='http://www.w3.org/1999/xhtml' src='a'/>", "", "<iframe>"),
            ("<set attributeName='href' to='javascript:alert(1)'/>", "", "<set>"),
            ("<style>@import 'a.css';</style>", "", "<style>"),
            ("<style>@im<!-- -->port 'a.css';</style>", "", "<style>"),
            ("<style>@\\69mport 'a.css';</style>", "", "<style>"),
            ("<style>a { fill: URL( \"https://example.org\" ) }</style>", "", "<style>"),
            ("<style>a { fill: image-set('a.png' 1x) }</style>", "", "<style>"),
            ("<style>a { fill: url(\u{a0}#a) }</style>", "", "<style>"),
            ("<rect fill='url(a.svg#b)'/>", "<rect/>", "fill of <rect>"),
            ("<rect style='fill:url(//a);stroke:red'/>", r#"<rect style="stroke:red"/>"#, "style fill of <rect>"),
            ("<rect style='background:red'/>", "<rect/>", "style background of <rect>"),
            ("<metadata><a/></metadata>", "", "<metadata>"),
            ("<rect xmlns:i='http://www.inkscape.org' i:label='a'/>", "<rect/>", "label of <rect>"),
            ("<title>a<script>b</script></title>", "<title>a</title>", "<script>"),
            ("<g data-author='a'/>", "<g/>", "data-author of <g>"),
        ] {
            assert_eq!(cleaned(inner), (left.to_owned(), vec![dropped.to_owned()]), "{inner}");
        }
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
            r##"<g clip-path="url(#c)" style="fill:url('#a');stroke: rgb(1, 2, 3)" transform="translate(1 2)"><use href="#b"/></g>"##,
            r#"<style>@media (prefers-color-scheme: dark) { g &gt; rect:not(.a) { fill: url(#a) } }</style>"#,
            r#"<title>Cost &amp; benefit</title><desc>a &lt; b &amp;&amp; &quot;c&quot; &gt; d</desc>"#,
            r#"<text xml:space="preserve" x="1"> a <tspan dy="2">b</tspan> <a>c</a> </text>"#,
            r#"<switch><text systemLanguage="cy">Cymru</text><text>Wales</text></switch>"#,
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
        assert_eq!(clean(&(plain.to_owned() + &drawing(""))), clean(&drawing("")));
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
            prop_assert_eq!(twice.dropped, Vec::<String>::new());
            prop_assert!(["script", "onclick", "<!--", "xlink"].iter().all(|bad| !once.svg.contains(bad)));
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
            let written = format!("<text aria-label=\"{0}\">{0}</text>", escaped(&shown).replace('\n', "&#10;").replace('\t', "&#9;"));
            let svg = clean(&drawing(&written)).unwrap().svg;
            let document = Document::parse(&svg).unwrap();
            let text = document.descendants().find(|node| node.has_tag_name("text")).unwrap();
            prop_assert_eq!(text.text().unwrap_or_default(), &shown);
            prop_assert_eq!(text.attribute("aria-label"), Some(shown.as_str()));
        }
    }
}
