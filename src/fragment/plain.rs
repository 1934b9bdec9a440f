//! A fragment for sites that filter what they are given: headings, paragraphs, lists, tables, links and pictures, and nothing
//! that needs a class, a style or a shape to be understood.
//!
//! In: the main part of a page. Out: the same in elements that every known filter lets through. What only a style sheet sets
//! apart is set apart in words; a drawing becomes the sentence that describes it; one row of a table is one record.

use super::place::Place;
use super::records;
use crate::dom::{Element, Node, elements, text_of};

/// The mark between pieces of an item, of a meaning and of a cell.
const IN_ITEMS: &str = ", ";
const IN_MEANINGS: &str = "; ";
const IN_CELLS: &str = " – ";

/// The fragment.
pub fn of_page(main: &[Node], place: &Place) -> Vec<Node> {
    blocks(main, place)
}

/// What stands on lines of its own; words that stand between are paragraphs.
fn blocks(nodes: &[Node], place: &Place) -> Vec<Node> {
    let (mut done, mut line) = (Vec::new(), Vec::new());
    for node in nodes {
        match node {
            Node::Element(element) if !node.is_inline() || is_sentence(element) => {
                done.extend(paragraph(&line, place));
                line.clear();
                done.extend(block(element, place));
            }
            _ => line.push(node.clone()),
        }
    }
    done.extend(paragraph(&line, place));
    done
}

fn paragraph(line: &[Node], place: &Place) -> Option<Node> {
    let words = trimmed(inline(line, place));
    (!words.is_empty()).then(|| Node::element("p", words))
}

fn block(element: &Element, place: &Place) -> Vec<Node> {
    if is_left_out(element) {
        return Vec::new();
    }
    if is_sentence(element) {
        let said = element.attribute("aria-label").unwrap_or_default();
        return vec![Node::element("p", vec![Node::text(said)])];
    }
    if let Some(level) = element.heading() {
        let heading = Element::new(&place.heading(level), trimmed(inline(&element.children, place)));
        let id = element.attribute("id").map(|id| place.id(place.heading_of(id)));
        return vec![Node::Element(id.into_iter().fold(heading, |heading, id| heading.with("id", id)))];
    }
    match element.name.as_str() {
        "p" | "figcaption" | "address" => paragraph(&element.children, place).into_iter().collect(),
        "ul" | "ol" if is_notes(element) => notes(element, place),
        "ul" | "ol" => list(element, place).into_iter().collect(),
        "dl" => terms(element, place).into_iter().collect(),
        "table" => records::of_table(element, &|nodes| cell(nodes, place)),
        "blockquote" => vec![Node::element("blockquote", blocks(&element.children, place))],
        "details" => opened(element, place),
        _ => blocks(&element.children, place),
    }
}

/// The words of a cell. A drawing is described where nothing else stands there: beside figures it shows the same.
fn cell(nodes: &[Node], place: &Place) -> Vec<Node> {
    let is_drawing = |node: &Node| matches!(node, Node::Element(element) if is_sentence(element));
    let words: Vec<Node> = nodes.iter().filter(|node| !is_drawing(node)).cloned().collect();
    let nodes = if text_of(&words).is_empty() { nodes } else { &words };
    trimmed(pieces(nodes, IN_CELLS, place))
}

/// What helps those who look at the page, use it or leave it for another place of it, and says nothing.
fn is_left_out(element: &Element) -> bool {
    let is_way = element.has_class("to-contents") || element.has_class("contents") || element.has_class("editions");
    let is_unseen = element.attribute("aria-hidden") == Some("true");
    let is_drawing = element.is("svg") && !is_sentence(element);
    // It says how to look at a drawing.
    let is_way = is_way || element.is("small") && element.attribute("data-page-only").is_some();
    is_way
        || is_unseen
        || is_drawing
        || matches!(element.name.as_str(), "script" | "style" | "template" | "wbr" | "source")
}

/// A drawing that is described by a sentence.
fn is_sentence(element: &Element) -> bool {
    element.attribute("role") == Some("img") && element.attribute("aria-label").is_some()
}

/// What opens on the page stands open, under its summary, unless it is a table, which has a caption.
fn opened(element: &Element, place: &Place) -> Vec<Node> {
    let is_summary = |node: &Node| matches!(node, Node::Element(one) if one.is("summary"));
    let (summary, inside): (Vec<Node>, Vec<Node>) = element.children.iter().cloned().partition(is_summary);
    let has_table = element.all_elements().iter().any(|one| one.is("table"));
    let words = elements(&summary).flat_map(|one| trimmed(inline(&one.children, place))).collect::<Vec<_>>();
    let title = (!has_table && !words.is_empty()).then(|| Node::element("p", vec![Node::element("strong", words)]));
    title.into_iter().chain(blocks(&inside, place)).collect()
}

fn list(element: &Element, place: &Place) -> Option<Node> {
    let items = element.elements().filter(|one| one.is("li")).filter_map(|item| {
        let has_blocks =
            item.elements().any(|one| matches!(one.name.as_str(), "ul" | "ol" | "table" | "p" | "dl" | "details"));
        let inside = match has_blocks {
            true => item_of_blocks(item, place),
            false => trimmed(pieces(&item.children, IN_ITEMS, place)),
        };
        (!inside.is_empty()).then(|| Node::element("li", inside))
    });
    let items: Vec<Node> = items.collect();
    (!items.is_empty()).then(|| Node::element(&element.name, items))
}

/// An item with a list of its own: its words stand in it without a paragraph, as they do in one without.
fn item_of_blocks(item: &Element, place: &Place) -> Vec<Node> {
    let mut inside = blocks(&item.children, place);
    if let Some(Node::Element(first)) = inside.first()
        && first.is("p")
    {
        let words = first.children.clone();
        inside.splice(..1, words);
    }
    inside
}

/// Terms and what they mean, as a list.
fn terms(element: &Element, place: &Place) -> Option<Node> {
    let mut items: Vec<Vec<Node>> = Vec::new();
    let entries = element.elements().flat_map(|one| if one.is("div") { one.elements().collect() } else { vec![one] });
    for entry in entries {
        match (entry.name.as_str(), items.last_mut()) {
            ("dt", _) => {
                let mut term = trimmed(inline(&entry.children, place));
                term.push(Node::text(":"));
                items.push(vec![Node::element("strong", term)]);
            }
            ("dd", Some(item)) => {
                item.push(Node::text(if item.len() > 1 { IN_MEANINGS } else { " " }));
                item.extend(trimmed(pieces(&entry.children, IN_MEANINGS, place)));
            }
            _ => {}
        }
    }
    (!items.is_empty()).then(|| Node::element("ul", items.into_iter().map(|item| Node::element("li", item)).collect()))
}

/// Notes of a section or a table, which have their marks in the text.
fn is_notes(element: &Element) -> bool {
    element.elements().any(|item| item.all_elements().iter().any(|one| one.attribute("role") == Some("doc-backlink")))
}

/// Notes as paragraphs that begin with their marks: a filter may number a list anew.
fn notes(element: &Element, place: &Place) -> Vec<Node> {
    let note = |item: &Element| {
        let mark = item.attribute("value").unwrap_or_default();
        let mut words = vec![Node::text(format!("[{mark}] "))];
        words.extend(trimmed(inline(&item.children, place)));
        Node::element("p", words)
    };
    element.elements().filter(|one| one.is("li")).map(note).collect()
}

/// Words in a line. Where nothing but a style sheet sets the pieces of an item apart, the mark between does; what is
/// said beside a piece of a cell stands in brackets behind it.
fn pieces(nodes: &[Node], between: &str, place: &Place) -> Vec<Node> {
    let has_words = nodes.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
    let groups: Vec<&[Node]> = nodes.split(Node::is_blank).filter(|group| !group.is_empty()).collect();
    if has_words || groups.len() < 2 {
        return match nodes {
            [Node::Element(only)] if only.is("span") => pieces(&only.children, between, place),
            _ => inline(nodes, place),
        };
    }
    let mut line: Vec<Node> = Vec::new();
    for group in groups {
        let aside = match group {
            [Node::Element(element)] if is_aside(element) => Some(element),
            _ => None,
        };
        let in_brackets_here = aside.is_some() && between == IN_CELLS;
        let words = match aside {
            Some(element) if !in_brackets_here => trimmed(inline(&element.children, place)),
            Some(element) => in_brackets(inline(&element.children, place)),
            None => trimmed(pieces(group, between, place)),
        };
        if !line.is_empty() && !words.is_empty() && !in_brackets_here {
            line.push(Node::text(between));
        }
        line.extend(words);
    }
    line
}

/// Words in a line: emphasis, links, pictures and line ends stay, and what is small stands in brackets.
fn inline(nodes: &[Node], place: &Place) -> Vec<Node> {
    nodes
        .iter()
        .flat_map(|node| match node {
            Node::Text(text) => vec![Node::text(text.clone())],
            Node::Element(element) => inline_element(element, place),
        })
        .collect()
}

fn inline_element(element: &Element, place: &Place) -> Vec<Node> {
    if is_left_out(element) || element.attribute("role") == Some("doc-backlink") {
        return Vec::new();
    }
    if is_sentence(element) {
        return vec![Node::text(element.attribute("aria-label").unwrap_or_default())];
    }
    let inside = |between: &str| pieces(&element.children, between, place);
    match element.name.as_str() {
        "a" if element.attribute("role") == Some("doc-noteref") => vec![Node::text(format!(" [{}]", mark_of(element)))],
        "a" => match element.attribute("href").and_then(|to| place.link(to)) {
            Some(to) => vec![Node::Element(Element::new("a", inline(&element.children, place)).with("href", to))],
            None => inline(&element.children, place),
        },
        "strong" | "em" => vec![Node::element(&element.name, inline(&element.children, place))],
        "br" => vec![Node::element("br", Vec::new())],
        "img" => place.picture(element).into_iter().map(Node::Element).collect(),
        _ if is_aside(element) => in_brackets(inside(IN_ITEMS)),
        "dl" => inside(" "),
        _ if Node::Element(element.clone()).is_inline() => inline(&element.children, place),
        _ => {
            let mut words = inside(IN_ITEMS);
            words.push(Node::text(" "));
            words
        }
    }
}

/// What is said beside something else, and is smaller or paler for it.
fn is_aside(element: &Element) -> bool {
    element.is("small") || element.is("span") && element.has_class("muted")
}

/// What is marked by a small figure or letter: the mark without the words that are heard before it.
fn mark_of(element: &Element) -> String {
    let seen = element.children.iter().filter(|node| !matches!(node, Node::Element(one) if one.has_class("hidden")));
    text_of(&seen.cloned().collect::<Vec<_>>())
}

fn in_brackets(words: Vec<Node>) -> Vec<Node> {
    let words = trimmed(words);
    match words.is_empty() {
        true => words,
        false => std::iter::once(Node::text(" (")).chain(words).chain([Node::text(")")]).collect(),
    }
}

/// Words without blanks before and behind, single ones between, and texts beside each other as one.
pub fn trimmed(nodes: Vec<Node>) -> Vec<Node> {
    let mut joined: Vec<Node> = Vec::new();
    for node in nodes {
        match (joined.last_mut(), node) {
            (Some(Node::Text(last)), Node::Text(next)) => last.push_str(&next),
            (_, node) => joined.push(node),
        }
    }
    let is_end =
        |node: Option<&Node>| node.is_none_or(|node| matches!(node, Node::Element(element) if element.is("br")));
    for at in 0..joined.len() {
        let (begins, ends) = (is_end(at.checked_sub(1).map(|before| &joined[before])), is_end(joined.get(at + 1)));
        if let Node::Text(text) = &mut joined[at] {
            *text = single_spaced(text, begins, ends);
        }
    }
    joined.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
    joined
}

fn single_spaced(text: &str, begins: bool, ends: bool) -> String {
    let is_blank = |letter: char| letter.is_whitespace() && letter != '\u{a0}';
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return if begins || ends { String::new() } else { " ".to_owned() };
    }
    let before = if text.starts_with(is_blank) && !begins { " " } else { "" };
    let after = if text.ends_with(is_blank) && !ends { " " } else { "" };
    format!("{before}{}{after}", words.join(" ")).replace(" )", ")").replace("( ", "(")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::place::Files;
    use super::*;
    use crate::dom::{main_of, write};

    /// What a page comes to, on one line for each line of HTML.
    fn check(main: &str, expected: &str) {
        let main = main_of(&Html::parse_document(&format!("<main>{main}</main>")));
        let files = Files::Under("https://files.example.org".to_owned());
        let place = Place::new("report", 2, &files, &main, true);
        assert_eq!(write(&of_page(&main, &place)).trim(), expected);
    }

    #[test]
    fn what_only_a_style_sheet_sets_apart_is_set_apart_in_words() {
        check(
            "<dl><div><dt>Costs <dd><strong><span>£21</span></strong> <span class=muted>for <b>7</b> people</span></div></dl>",
            "<ul>\n<li><strong>Costs:</strong> <strong>£21</strong>; for 7 people</li>\n</ul>",
        );
        check(
            "<ul><li><span>Green</span> <span>Done</span> <strong>21</strong></ul>",
            "<ul>\n<li>Green, Done, <strong>21</strong></li>\n</ul>",
        );
        check("<ul><li>See <a href=#x>this</a> <b>now</b></ul>", "<ul>\n<li>See this now</li>\n</ul>");
    }

    #[test]
    fn rows_that_name_their_headings_by_id_are_records() {
        check(
            "<table><caption>Loans <small data-page-only>Dashes</small></caption><thead><tr><th scope=col>What<th id=r scope=col>Rating<tr><th id=q scope=col>Q1 <small>to June</small>\
             <tbody><tr><th id=i scope=rowgroup>1. Books<td headers='i r'><span><svg></svg>Red</span><tr><td headers='i q'><b>41%</b> <small>75 of 182</small><tr><td headers=i><details><summary>Note<span> on Books</span></summary><p>Late.</p></details></table>",
            "<table>\n<caption>Loans</caption>\n<thead>\n<tr>\n<th scope=\"col\">What</th>\n<th scope=\"col\">Rating</th>\n<th scope=\"col\">Q1 (to June)</th>\n</tr>\n</thead>\n\
             <tbody>\n<tr>\n<th scope=\"row\">1. Books</th>\n<td>Red</td>\n<td>41% (75 of 182)</td>\n</tr>\n</tbody>\n</table>\n<p><strong>1. Books:</strong> Late.</p>",
        );
    }

    #[test]
    fn columns_under_columns_say_both_and_cells_over_columns_leave_the_others_empty() {
        check(
            "<table><thead><tr><th rowspan=2>What<th colspan=2>2025<tr><th>Books<th>Films<tbody><tr><th>All<td colspan=2>1</table>",
            "<table>\n<thead>\n<tr>\n<th scope=\"col\">What</th>\n<th scope=\"col\">2025: Books</th>\n<th scope=\"col\">2025: Films</th>\n</tr>\n</thead>\n\
             <tbody>\n<tr>\n<th scope=\"row\">All</th>\n<td>1</td>\n<td></td>\n</tr>\n</tbody>\n</table>",
        );
    }

    #[test]
    fn drawings_notes_and_ways_become_words_or_lead_where_the_files_are() {
        check(
            "<section id=a><h2 id=a_title>Money</h2><p>So<sup><a role=doc-noteref href=#n><span class=hidden> note </span>1</a></sup> it is, see <a href=data/x.csv>data</a> or <a href=#b>below</a>.</p>\
             <div role=img aria-label='It rose.'><svg></svg></div><ol><li id=n value=1>Because. <a role=doc-backlink href=#a>Back</a></ol></section><section id=b><h2 id=b_title>End</h2></section>",
            "<h2 id=\"report-a\">Money</h2>\n<p>So [1] it is, see <a href=\"https://files.example.org/data/x.csv\">data</a> or <a href=\"#report-b\">below</a>.</p>\n<p>It rose.</p>\n<p>[1] Because.</p>\n<h2 id=\"report-b\">End</h2>",
        );
    }
}
