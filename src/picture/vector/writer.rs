//! Writes a drawing out again from lists of what may stay.

use std::borrow::Cow;

use roxmltree::{Attribute, Document, Node};

use super::css::Declaration;
use super::effort::{DEEPEST, References, too_deep};
use super::fault::{Fault, Faults};
use super::lists::*;
use super::size::{size, view_box};
use super::steps::{DECLARATION, Steps};
use super::style::{Placed, Styles};
use super::value::{Judged, Variables, judged, measure};
use super::{SVG, XLINK, XML};

/// Properties with their values, and a colour for the ground.
type Kept = (Vec<(String, String)>, Option<String>);

/// The drawing written so far, and what is wrong in it.
pub struct Writer<'a> {
    styles: Styles,
    steps: Steps,
    can_show: &'a dyn Fn(char) -> bool,
    pub svg: String,
    pub faults: Faults,
    pub references: References,
    /// Whether anything that is painted was written.
    pub paints: bool,
}

/// Where an element stands.
#[derive(Clone, Copy)]
struct Place<'v> {
    depth: usize,
    /// Within something whose text counts, and whose text is printed.
    in_text: bool,
    is_printed: bool,
    /// Within something that is only drawn where something refers to it.
    is_referred: bool,
    variables: &'v Variables,
}

impl<'a> Writer<'a> {
    pub fn new(document: &Document, can_show: &'a dyn Fn(char) -> bool) -> Self {
        let mut faults = Faults::default();
        let styles = Styles::of(document, &mut faults);
        let (steps, references) = (Steps::default(), References::default());
        Self { styles, steps, can_show, svg: String::new(), faults, references, paints: false }
    }

    /// Writes the whole drawing.
    pub fn write(&mut self, root: Node) -> Result<(), Box<Fault>> {
        let variables = Variables::new();
        let place = Place { depth: 0, in_text: false, is_printed: false, is_referred: false, variables: &variables };
        self.element(root, place)
    }

    /// Writes an element with its attributes and what is in it. Text counts only within elements that show it.
    fn element(&mut self, element: Node, place: Place) -> Result<(), Box<Fault>> {
        if place.depth > DEEPEST {
            return Err(Box::new(too_deep(element)));
        }
        let name = element.tag_name().name();
        let is_root = place.depth == 0;
        let mut variables = Cow::Borrowed(place.variables);
        let declared = self.styles.declared(element, &mut variables, &mut self.steps, &mut self.faults);
        self.svg.push_str(&format!("<{name}"));
        if is_root {
            self.head(element);
        }
        let (kept, ground) = self.kept(element, declared, &variables, is_root);
        for attribute in element.attributes() {
            self.attribute_of(element, &attribute, &variables, is_root, &kept);
        }
        self.address_of(element);
        self.properties(&kept);
        self.steps.enough_for(element)?;
        self.svg.push('>');
        let start = self.svg.len();
        if let Some(colour) = ground.filter(|colour| !matches!(colour.as_str(), "none" | "transparent")) {
            self.ground(element, &colour);
        }
        let place = Place {
            depth: place.depth + 1,
            in_text: place.in_text || has(WITH_TEXT, name),
            is_printed: (place.is_printed || name == "text") && !has(TEXT_ALONE, name),
            is_referred: place.is_referred || has(REFERRED, name),
            variables: &variables,
        };
        self.paints |= has(PAINTING, name) && !place.is_referred;
        self.content(element, place)?;
        if self.svg.len() == start {
            self.svg.truncate(start - 1);
            self.svg.push_str("/>");
        } else {
            self.svg.push_str(&format!("</{name}>"));
        }
        Ok(())
    }

    /// What the styles say of an element, each property once; and the ground that they give the whole drawing.
    fn kept(&mut self, element: Node, declared: Vec<Declaration>, variables: &Variables, is_root: bool) -> Kept {
        let (mut kept, mut ground) = (Vec::new(), None);
        for Declaration { name, value, at, .. } in declared {
            match name.as_str() {
                "width" | "height" if is_root => {}
                "background" | "background-color" if is_root => {
                    ground = self.judge(element, "fill", &value, variables, at).or(ground);
                }
                _ => {
                    if let Some(value) = self.judge(element, &name, &value, variables, at) {
                        kept.retain(|(earlier, _)| *earlier != name);
                        kept.push((name, value));
                    }
                }
            }
        }
        (kept, ground)
    }

    /// Writes properties as attributes, in which numbers need no unit; a shorthand and what follows it as style.
    fn properties(&mut self, kept: &[(String, String)]) {
        let shorthand =
            |name: &str| kept.iter().any(|(other, _)| name.starts_with(other.as_str()) && has("font marker", other));
        let (style, attributes): (Vec<_>, Vec<_>) =
            kept.iter().partition(|(name, _)| has(STYLE_ALONE, name) || shorthand(name));
        attributes.into_iter().for_each(|(name, value)| self.attribute(name, value));
        if !style.is_empty() {
            let style: Vec<String> = style.iter().map(|(name, value)| format!("{name}:{value}")).collect();
            self.attribute("style", &style.join(";"));
        }
    }

    fn content(&mut self, element: Node, place: Place) -> Result<(), Box<Fault>> {
        for child in element.children() {
            if child.is_element() && self.may_stay(child) {
                self.element(child, place)?;
            } else if child.is_text() && place.in_text {
                let text = child.text().unwrap_or_default();
                if place.is_printed {
                    self.look_at(text, child.text_start());
                }
                self.svg.push_str(&escaped(text));
            }
        }
        Ok(())
    }

    /// Tells of each character that cannot be printed.
    fn look_at(&mut self, text: &str, start: usize) {
        for (at, c) in
            text.char_indices().filter(|(_, c)| !c.is_ascii_graphic() && !matches!(c, ' ' | '\n' | '\r' | '\t'))
        {
            if super::fault::unseen(c).is_some() || !(self.can_show)(c) {
                self.faults.push(Fault::character(start + at..start + at + c.len_utf8(), c));
            }
        }
    }

    /// Whether an element is on the list; what is not, and is seen, is a fault.
    fn may_stay(&mut self, element: Node) -> bool {
        let name = element.tag_name();
        let at = element.range_of_name();
        let parent = element.parent_element().map_or("", |parent| parent.tag_name().name());
        // Data of editors show nothing.
        if name.namespace() != Some(SVG) || has(SILENT, name.name()) {
            return false;
        }
        let written = format!("<{}>", name.name());
        match name.name() {
            _ if has(TEXT_ALONE, parent) => self.faults.push(Fault::left_out(at, &written)),
            name if has(ELEMENTS, name) => return true,
            name if has(ACTIVE, name) => self.faults.push(Fault::left_out(at, &written)),
            "image" => {
                let help = "save the photograph as PNG or JPEG, and name that file in a figure of its own";
                self.faults.push(Fault::lost(at, "a photograph inside a drawing, `<image>`,", help));
            }
            // A switch has something else for programs that cannot show it.
            "foreignObject" if parent == "switch" => self.faults.push(Fault::left_out(at, &written)),
            _ => {
                let help = "export the drawing as plain SVG 1.1, or as PNG";
                self.faults.push(Fault::lost(at, &format!("`{written}`"), help));
            }
        }
        false
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

    /// The ground that a style gives the whole drawing, as a shape: the PDF knows no other.
    fn ground(&mut self, root: Node, colour: &str) {
        let [x, y, width, height] =
            view_box(root).or_else(|| size(root).map(|(width, height)| [0.0, 0.0, width, height])).unwrap_or([0.0; 4]);
        self.svg.push_str(&format!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>"#));
    }

    fn attribute_of(
        &mut self,
        element: Node,
        attribute: &Attribute,
        variables: &Variables,
        is_root: bool,
        kept: &[(String, String)],
    ) {
        let (name, value, at) = (attribute.name(), attribute.value(), attribute.range());
        match attribute.namespace() {
            // These are written by `head`, `address_of` and from the styles.
            None if is_root && has("width height viewBox", name) => {}
            None | Some(XLINK) if name == "href" => {}
            // Styles say otherwise.
            None if kept.iter().any(|(property, _)| property == name) => {}
            None if has("style media", name) || has(SILENT_ATTRIBUTES, name) || name.starts_with("data-") => {}
            None if name == "systemLanguage" => {
                self.faults.push(Fault::not_alike(at, "what depends on the reader's language"));
            }
            None if has(ATTRIBUTES, name) || name.starts_with("aria-") => self.attribute(name, value),
            None if has(MEASURES, name) || has(TRANSFORMS, name) => match measure(name, value) {
                Ok(value) => self.attribute(name, &value),
                Err(what) => self.faults.push(Fault::not_alike(at, &what)),
            },
            None if name.starts_with("on") => {
                self.faults.push(Fault::left_out(at, &format!("{name} of <{}>", element.tag_name().name())));
            }
            None if is_property(name) => {
                if let Some(value) = self.judge(element, name, value, variables, at) {
                    self.attribute(name, &value);
                }
            }
            None => self.faults.push(Fault::left_out(at, &format!("{name} of <{}>", element.tag_name().name()))),
            Some(XML) if has("lang space", name) => self.attribute(&format!("xml:{name}"), value),
            // Data of editors.
            Some(_) => {}
        }
    }

    /// A part of the same drawing that the element refers to.
    fn address_of(&mut self, element: Node) {
        let attribute = element.attribute_node("href").or_else(|| element.attribute_node((XLINK, "href")));
        let Some(attribute) = attribute else { return };
        match attribute.value().strip_prefix('#') {
            Some(id) => {
                self.attribute("href", attribute.value());
                if element.tag_name().name() == "use" {
                    self.references.entry(element.id()).or_default().push(id.to_owned());
                }
            }
            None => {
                let name = element.tag_name().name();
                let fault = match name {
                    "a" => Fault::left_out(attribute.range(), "the address of <a>"),
                    _ => {
                        let help = "put everything into the one drawing, or save it as PNG";
                        Fault::lost(attribute.range(), &format!("what `<{name}>` would load from elsewhere"), help)
                    }
                };
                self.faults.push(fault);
            }
        }
    }

    /// The value of a property as it is written, if it stays.
    fn judge(
        &mut self,
        element: Node,
        name: &str,
        value: &str,
        variables: &Variables,
        at: std::ops::Range<usize>,
    ) -> Option<String> {
        if !self.steps.are_left() {
            return None;
        }
        self.steps.take(DECLARATION);
        match judged(name, value, variables, &mut self.steps) {
            Judged::Kept(value) => {
                let addresses = value.match_indices("url(").filter_map(|(start, _)| address(&value[start + 4..]));
                self.references.entry(element.id()).or_default().extend(addresses.map(str::to_owned));
                return Some(value);
            }
            Judged::WithoutEffect => {}
            Judged::Moves => self.faults.push(Fault::left_out(at, name)),
            Judged::Refused(what) => self.faults.push(Fault::not_alike(at, &what)),
        }
        None
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value = escaped(value).replace('\n', "&#10;").replace('\t', "&#9;");
        self.svg.push_str(&format!(" {name}=\"{value}\""));
    }
}

/// Whether an attribute is a property of style: others that are not listed are no part of a drawing.
fn is_property(name: &str) -> bool {
    has(PROPERTIES, name) || has(WITHOUT_EFFECT, name) || AT_REST.iter().any(|(property, _)| *property == name)
}

/// The id at the beginning of what stands in `url(…)`.
fn address(inner: &str) -> Option<&str> {
    let inner = inner.trim_start().trim_start_matches(['"', '\'']).strip_prefix('#')?;
    Some(&inner[..inner.find(['"', '\'', ')', ' '])?])
}

pub fn escaped(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::super::samples::{assert_left, clean, cleaned, drawing};
    use super::*;

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
    fn a_ground_of_the_whole_drawing_becomes_a_shape() {
        let svg =
            format!("<svg xmlns='{SVG}' viewBox='-5 0 40 30' style='max-width:9px;background:#fff'><path/></svg>");
        let svg = clean(&svg).svg;
        assert!(svg.contains(r##"<rect x="-5" y="0" width="40" height="30" fill="#fff"/><path/>"##), "{svg}");
    }

    #[test]
    fn characters_that_cannot_be_printed_are_told_at_their_places() {
        let text = drawing("<title>★</title><text>Good ★ a\u{200b}b</text><desc>\u{feff}</desc>");
        let faults = clean(&text).faults;
        let found: Vec<(&str, &str)> = faults.iter().map(|one| (&text[one.at.clone()], one.message.as_str())).collect();
        assert_eq!(
            found,
            [
                ("★", "the character ★ (U+2605) cannot be printed in the PDF"),
                ("\u{200b}", "an invisible character, a zero-width space (U+200B), stands here")
            ]
        );
    }

    proptest! {
        #[test]
        fn every_text_survives(shown in "[ -~é€\n\t\r]{0,20}") {
            let written = format!("<text aria-label=\"{0}\">{0}</text>", escaped(&shown).replace('\n', "&#10;").replace('\t', "&#9;"));
            let svg = clean(&drawing(&written)).svg;
            let document = Document::parse(&svg).unwrap();
            let text = document.descendants().find(|node| node.has_tag_name("text")).unwrap();
            prop_assert_eq!(text.text().unwrap_or_default(), &shown);
            prop_assert_eq!(text.attribute("aria-label"), Some(shown.as_str()));
        }
    }
}
