//! Selectors of CSS that find one element of a page.

use scraper::ElementRef;

/// What finds this element, and it alone: steps down from the nearest element around it that has an id.
pub fn selector(element: ElementRef) -> String {
    let mut steps = Vec::new();
    let around = element.ancestors().filter_map(ElementRef::wrap);
    for one in std::iter::once(element).chain(around) {
        if let Some(id) = one.value().id() {
            steps.push(format!("[id=\"{}\"]", id.replace('\\', "\\\\").replace('"', "\\\"")));
            break;
        }
        steps.push(step(one));
    }
    steps.reverse();
    steps.join(" > ")
}

/// An element among those of its name around it.
fn step(element: ElementRef) -> String {
    let name = element.value().name();
    let before = element.prev_siblings().filter_map(ElementRef::wrap).filter(|one| one.value().name() == name);
    match element.parent().and_then(ElementRef::wrap) {
        Some(_) => format!("{name}:nth-of-type({})", before.count() + 1),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    #[test]
    fn each_element_is_found_alone() {
        let page = Html::parse_document(
            "<main id=\"a:b\"><p>1<p>2 <b>3</b> <i>4</i> <b>5</b><svg><text>6</text><text>7</text></svg></main><p>8",
        );
        for element in page.root_element().descendent_elements() {
            let selector = selector(element);
            let found: Vec<ElementRef> = page.select(&Selector::parse(&selector).unwrap()).collect();
            assert_eq!(found, [element], "{selector}");
        }
    }
}
