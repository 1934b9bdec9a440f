//! Elements and attributes by their own names, whatever the prefix: transitional and strict files differ in that alone.

use roxmltree::Node;

/// The first child of that name.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    elements(node).find(|child| is(*child, name))
}

/// The child at the end of a path of names.
pub fn at_path<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

pub fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i> {
    node.children().filter(Node::is_element)
}

/// All elements of that name within a node.
pub fn within<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |inner| is(*inner, name))
}

pub fn is(node: Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The attribute `val` of the child of that name.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// What a switch says that stands in a node; nothing if it does not stand there.
pub fn switch(node: Node, name: &str) -> Option<bool> {
    child(node, name).map(|child| !matches!(attribute(child, "val"), Some("0" | "false" | "off" | "none")))
}

/// The letters within a node, of texts alone.
pub fn letters(node: Node) -> String {
    let texts = node.descendants().filter(|inner| is(*inner, "t") || is(*inner, "delText"));
    texts.filter_map(|inner| inner.text()).collect()
}
