//! What the style sheets and the attribute `style` say of an element, worked out once for both formats.

use std::borrow::Cow;
use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::css::{Declaration, Rule, declarations, sheet};
use super::fault::{Fault, Faults};
use super::selector::{Key, Places, Selector};
use super::steps::{DECLARATION, Steps};
use super::value::Variables;

/// The style sheets of a drawing.
pub struct Styles {
    places: Places,
    rules: Vec<Rule>,
    /// The selectors with the rules that they are for, the weakest first.
    selectors: Vec<(Selector, usize)>,
    /// Selectors by what an element must have to be chosen, so that each is held against few elements.
    by_key: HashMap<Key, Vec<usize>>,
}

impl Styles {
    /// Reads every style sheet.
    pub fn of(document: &Document, faults: &mut Faults) -> Self {
        let mut rules = Vec::new();
        for style in document.descendants().filter(|node| node.tag_name().name() == "style") {
            if style.attribute("media").is_some_and(|media| !matches!(media, "all" | "screen")) {
                faults.push(Fault::not_alike(style.range_of_name(), "a style sheet for some screens"));
                continue;
            }
            for text in style.children().filter(Node::is_text) {
                rules.extend(sheet(text.text().unwrap_or_default(), text.text_start(), faults));
            }
        }
        let mut selectors: Vec<(Selector, usize)> = Vec::new();
        for (place, rule) in rules.iter().enumerate() {
            selectors.extend(rule.selectors.iter().map(|selector| (selector.clone(), place)));
        }
        selectors.sort_by_key(|(selector, _)| selector.weight());
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        for (place, (selector, _)) in selectors.iter().enumerate() {
            by_key.entry(selector.key()).or_default().push(place);
        }
        Self { places: Places::of(document), rules, selectors, by_key }
    }

    /// Every declaration for an element, the weakest first; custom properties are added to its variables.
    pub fn declared(
        &self,
        element: Node,
        variables: &mut Cow<Variables>,
        steps: &mut Steps,
        faults: &mut Faults,
    ) -> Vec<Declaration> {
        let mut declared = Vec::new();
        for rule in self.rules_for(element, steps) {
            steps.take(rule.declarations.iter().map(|one| DECLARATION + one.value.len()).sum());
            if !steps.are_left() {
                return Vec::new();
            }
            declared.extend(rule.declarations.iter().cloned());
        }
        if let Some(style) = element.attribute_node("style") {
            declared.extend(declarations(style.value(), style.range_value().start, faults));
        }
        declared.sort_by_key(|declaration| declaration.is_important);
        let (custom, declared): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|declaration| declaration.name.starts_with("--"));
        if !custom.is_empty() {
            steps.take(variables.len() * DECLARATION);
        }
        for declaration in custom {
            if element.tag_name().name() == "use" {
                faults.push(Fault::not_alike(declaration.at.clone(), "a variable of `<use>`"));
            }
            variables.to_mut().insert(declaration.name, declaration.value);
        }
        declared
    }

    /// The rules that choose an element, the weakest first.
    fn rules_for(&self, element: Node, steps: &mut Steps) -> Vec<&Rule> {
        let keys = Key::all_of(element);
        let mut near: Vec<usize> = keys.filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let near = near.into_iter().filter_map(|place| self.selectors.get(place));
        let chosen = near.filter(|(selector, _)| selector.chooses(element, &self.places, steps));
        chosen.filter_map(|(_, rule)| self.rules.get(*rule)).collect()
    }
}

/// Places of nodes in the text of the drawing.
pub trait Placed {
    fn range_of_name(&self) -> std::ops::Range<usize>;
    fn text_start(&self) -> usize;
}

impl Placed for Node<'_, '_> {
    /// The name of an element, with the bracket before it.
    fn range_of_name(&self) -> std::ops::Range<usize> {
        let start = self.range().start;
        let written = self.document().input_text()[start..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
        start..written.map_or(self.range().end, |end| start + end)
    }

    /// Where a text begins; one in a section of characters begins behind its mark.
    fn text_start(&self) -> usize {
        let range = self.range();
        let written = &self.document().input_text()[range.clone()];
        range.start + if written.starts_with("<![CDATA[") { "<![CDATA[".len() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{assert_left, clean, cleaned, drawing};

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

    /// A few hundred kilobytes can ask for hours of comparisons, and for more memory than there is.
    #[test]
    fn styles_that_would_take_too_long_are_refused() {
        let rules = |rule: &dyn Fn(usize) -> String| (0..20_000).map(rule).collect::<String>();
        let rects = |count: usize| "<rect class='a b' width='3' height='3'/>".repeat(count);
        let within = "g g g g g g.c rect{fill:red}".repeat(200);
        for (sheet, inner) in [
            (rules(&|_| ".a{fill:red}".into()), rects(2_000)),
            (rules(&|_| "*.z{fill:red} [id]{fill:red}".into()), rects(20_000)),
            (format!("*{{{}}}", rules(&|at| format!("--c{at}:red;"))), rects(2_000)),
            (rules(&|_| "[class='b']{fill:red}".into()), format!("<rect class='{}'/>", "zz ".repeat(1_000_000))),
            (within, format!("{}{}{}", "<g>".repeat(190), rects(9_000), "</g>".repeat(190))),
            (format!("rect{}{{fill:red}}", "+rect".repeat(500)).repeat(20), rects(20_000)),
            (format!(":root{{--a:{}}} rect{{font-family:var(--a)}}", "x".repeat(9_000)), rects(30_000)),
            (
                format!(":root{{--a:light-dark(Arial,{})}} rect{{font-family:var(--a)}}", "x".repeat(9_000)),
                rects(30_000),
            ),
        ] {
            let faults = clean(&drawing(&format!("<style>{sheet}</style>{inner}"))).faults;
            let said = faults.first().map(|fault| fault.message.as_str());
            assert_eq!(said, Some("the drawing is too large: its styles would take too long to be worked out"));
        }
        let few = format!("<style>{}</style>{}", rules(&|at| format!(".c{at}{{fill:red}}")), rects(2_000));
        assert_eq!(cleaned(&few).1, [""; 0], "rules that choose nothing take no time");
    }
}
