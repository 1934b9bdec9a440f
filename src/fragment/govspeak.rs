//! A fragment in Govspeak, the Markdown of GOV.UK.
//!
//! In: a fragment in plain elements. Out: the same as Govspeak: pictures are named as they were uploaded, and a table's
//! caption stands over it, since Govspeak has none.

use crate::dom::{Element, Node, elements};

/// The fragment as text.
pub fn of_plain(nodes: &[Node]) -> String {
    let blocks: Vec<String> = elements(nodes).map(block).filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n") + "\n"
}

fn block(element: &Element) -> String {
    if let Some(level) = element.heading() {
        let id = element.attribute("id").map_or_else(String::new, |id| format!(" {{#{id}}}"));
        return format!("{} {}{id}", "#".repeat(level), line(&element.children));
    }
    match element.name.as_str() {
        "ul" | "ol" => list(element, 0),
        "table" => table(element),
        "blockquote" => {
            let inside = elements(&element.children).map(block).collect::<Vec<_>>().join("\n\n");
            inside.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
        }
        _ => at_start(line(&element.children)),
    }
}

/// A list; one within an item stands under the item's words.
fn list(element: &Element, depth: usize) -> String {
    let mark = |number: usize| if element.is("ol") { format!("{number}. ") } else { "* ".to_owned() };
    let item = |(at, item): (usize, &Element)| {
        let is_block = |node: &&Node| !node.is_inline() && !node.is_blank();
        let words: Vec<Node> = item.children.iter().filter(|node| !is_block(node)).cloned().collect();
        let mark = mark(at + 1);
        let mut text = format!("{}{mark}{}", " ".repeat(depth), at_start(line(&words)));
        for inner in elements(&item.children).filter(|one| !Node::Element((*one).clone()).is_inline()) {
            text.push('\n');
            text.push_str(&match inner.name.as_str() {
                "ul" | "ol" => list(inner, depth + mark.len()),
                _ => {
                    let indent = " ".repeat(depth + mark.len());
                    let inside = block(inner);
                    let lines: Vec<String> =
                        inside.lines().map(|line| format!("{indent}{line}").trim_end().to_owned()).collect();
                    format!("\n{}", lines.join("\n"))
                }
            });
        }
        text
    };
    element.elements().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

/// A table whose rows begin with their headings.
fn table(element: &Element) -> String {
    let rows = element.all_elements();
    let rows: Vec<&&Element> = rows.iter().filter(|one| one.is("tr")).collect();
    let cell = |cell: &Element| {
        let words = line(&cell.children).replace('\n', " ").replace('|', "\\|");
        match cell.attribute("scope") {
            Some("row") => format!("# {words}"),
            _ => words,
        }
    };
    let row = |row: &&&Element| format!("| {} |", row.elements().map(cell).collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    let columns = rows.first().map_or(0, |row| row.elements().count());
    lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
    let caption = element.elements().find(|one| one.is("caption")).map(|one| strong(&line(&one.children)));
    caption.into_iter().chain([lines.join("\n")]).collect::<Vec<_>>().join("\n\n")
}

/// Words in a line.
fn line(nodes: &[Node]) -> String {
    let pieces = nodes.iter().map(|node| match node {
        Node::Text(text) => escaped(text),
        Node::Element(element) => match element.name.as_str() {
            "strong" => strong(&line(&element.children)),
            "em" => format!("*{}*", line(&element.children)),
            "a" => format!("[{}]({})", line(&element.children), element.attribute("href").unwrap_or_default()),
            "br" => "  \n".to_owned(),
            "img" => format!(
                "[Image: {}]",
                element.attribute("src").and_then(|to| to.rsplit('/').next()).unwrap_or_default()
            ),
            _ => line(&element.children),
        },
    });
    pieces.collect::<String>().trim().to_owned() + trailing(nodes)
}

/// A space at the end of a piece parts it from the next one.
fn trailing(nodes: &[Node]) -> &'static str {
    match nodes {
        [Node::Text(text)] if text.ends_with(' ') => " ",
        _ => "",
    }
}

/// Emphasis leaves no blanks within its marks.
fn strong(words: &str) -> String {
    match words.trim().replace("**", "") {
        words if words.is_empty() => words,
        words => format!("**{words}**"),
    }
}

/// A text whose letters mean nothing but themselves.
fn escaped(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '*' | '_' | '[' | ']' | '`' | '{' | '}' => own.extend(['\\', letter]),
            '<' => own.push_str("&lt;"),
            '&' => own.push_str("&amp;"),
            letter => own.push(letter),
        }
    }
    own
}

/// A line that begins with a mark of Govspeak begins with its letter all the same.
fn at_start(line: String) -> String {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &line[..line.len() - number.len()];
    match line.chars().next() {
        Some('#' | '-' | '+' | '>' | '|' | ':') => format!("\\{line}"),
        Some(mark @ ('^' | '%' | '@' | '$' | '~' | '=')) => format!("&#{};{}", u32::from(mark), &line[1..]),
        _ if !digits.is_empty() && number.starts_with(['.', ')']) => format!("{digits}\\{number}"),
        _ => line,
    }
}
