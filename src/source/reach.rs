//! Which templates are used: those that the program asks for, and what these name.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::{Layer, LayerFile};

/// The templates that write a part.
pub const WEB_PART: &str = "html/part.html";
pub const PDF_PART: &str = "pdf/part.typ";
/// The folder of the component that shows a part by the one for its kind.
const ANY_PART: &str = "components/part";
/// The components that show what a report may not have: notes, the picture on its cover, the logo of its organisation, other
/// editions and languages, and a survey of more years than stand beside each other.
pub const FOOTNOTES: &str = "footnotes";
pub const COVER_PHOTO: &str = "cover-photo";
pub const LOGO: &str = "logo";
pub const EDITIONS: &str = "editions";
pub const YEARS: &str = "years";
/// Those that write a report.
pub const WEB_REPORT: &str = "html/report.html";
pub const PDF_REPORT: &str = "pdf/report.typ";
/// And the picture by which it is shown where its address is shared.
pub const PDF_CARD: &str = "pdf/card.typ";
/// Those that write the pages beside the reports.
pub const INDEX: &str = "html/index.html";
pub const STATEMENT: &str = "html/accessibility.html";
pub const NOT_FOUND: &str = "html/404.html";
pub const LATEST: &str = "html/latest.html";
/// And what lies beside the data of a report.
pub const DATA: &str = "html/data.html";
/// Those that write what changed.
pub const WEB_COMPARISON: &str = "html/comparison.html";
pub const PDF_COMPARISON: &str = "pdf/comparison.typ";
/// Colours, type and space.
pub const TOKENS: &str = "tokens.yaml";
/// The folder of the typographic library.
pub const LIBRARY: &str = "pdf/lib/";

/// What the program itself asks for to publish reports.
const ROOTS: &[&str] =
    &[WEB_PART, PDF_PART, WEB_REPORT, PDF_REPORT, PDF_CARD, INDEX, STATEMENT, NOT_FOUND, LATEST, DATA, TOKENS];
/// And to show what changed.
const COMPARISON_ROOTS: &[&str] = &[WEB_COMPARISON, PDF_COMPARISON, TOKENS];

/// The paths of all files that are used: the roots, what is named by one that is used, and style sheets at the top of the
/// folder or beside a template that is used.
pub fn reached(layer: &Layer) -> BTreeSet<String> {
    let mut reached = reached_but(layer, ROOTS, |_| false);
    reached.extend(reached_but(layer, COMPARISON_ROOTS, |_| false));
    reached
}

/// The style sheets of what changed: those at the top and those beside a template that is used for it.
pub fn sheets_of_comparison(layer: &Layer) -> impl Iterator<Item = (&String, &LayerFile)> {
    let reached = reached_but(layer, COMPARISON_ROOTS, |_| false);
    layer.iter().filter(move |(path, _)| path.ends_with(".css") && reached.contains(*path))
}

/// The style sheets that are used where these components show the parts of reports, their notes and the pictures on their
/// covers, by the names of their folders. What shows other parts is used where something else names it.
pub fn sheets<'l>(layer: &'l Layer, shown: &BTreeSet<&str>) -> impl Iterator<Item = (&'l String, &'l LayerFile)> {
    let is_shown = |path: &str| folder(path).rsplit('/').next().is_some_and(|name| shown.contains(name));
    let reached = reached_but(layer, ROOTS, |path| !is_shown(path));
    layer.iter().filter(move |(path, _)| path.ends_with(".css") && reached.contains(*path))
}

/// What is used where some of the components that show parts are not.
fn reached_but(layer: &Layer, roots: &[&'static str], is_left_out: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let components = components(layer);
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = roots.to_vec();
    while let Some(path) = open.pop() {
        let Some((path, file)) = layer.get_key_value(path) else { continue };
        if reached.insert(path.clone())
            && let (Some(format), Ok(text)) = (format(path), std::str::from_utf8(&file.bytes))
        {
            open.extend(quoted(text).flat_map(|name| spelt(name, path)).filter_map(|name| key(layer, &name)));
            let used = names_behind(text, "<").filter_map(|name| components.get(&(format, name))).flatten().copied();
            let may_be_left_out = |used: &str| folder(path) == ANY_PART || is_beside_parts(used);
            open.extend(used.filter(|used| !(may_be_left_out(used) && is_left_out(used))));
        }
    }
    let folders: BTreeSet<&str> = reached.iter().map(|path| folder(path)).chain([""]).collect();
    let is_sheet = |path: &&String| path.ends_with(".css") && folders.contains(folder(path));
    let sheets: Vec<String> = layer.keys().filter(is_sheet).cloned().collect();
    reached.extend(sheets);
    reached
}

/// Whether a file belongs to a component that a report may not have, and that is named outside of parts.
fn is_beside_parts(path: &str) -> bool {
    let name = folder(path).strip_prefix("components/");
    name.is_some_and(|name| [FOOTNOTES, COVER_PHOTO, LOGO, EDITIONS, YEARS].contains(&name))
}

/// The files that define a component, by the format and the name of the component.
fn components(layer: &Layer) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut all: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (path, file) in layer {
        if let (Some(format), Ok(text)) = (format(path), std::str::from_utf8(&file.bytes)) {
            names_behind(text, "component ").for_each(|name| all.entry((format, name)).or_default().push(path));
        }
    }
    all
}

/// A template is written in one of two formats, which know nothing of each other.
fn format(path: &str) -> Option<&'static str> {
    [".html", ".typ"].into_iter().find(|format| path.ends_with(format))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn key<'l>(layer: &'l Layer, path: &str) -> Option<&'l str> {
    layer.get_key_value(path).map(|(path, _)| path.as_str())
}

/// What stands between quotation marks, whatever it is.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\'', '`', '\n']).filter(|name| name.contains('.'))
}

/// The paths that a name in a file may mean: from the top of the folder, or from the file's own.
fn spelt(name: &str, file: &str) -> [String; 2] {
    let from_top = name.trim_start_matches('/').to_owned();
    let mut steps: Vec<&str> = folder(file).split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    [from_top, steps.join("/")]
}

/// The names that stand right behind a sign.
fn names_behind<'t>(text: &'t str, sign: &str) -> impl Iterator<Item = &'t str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = move |piece: &'t str| piece.trim_start().split(|c| !is_name(c)).next();
    let places: Vec<usize> = text.match_indices(sign).map(|(at, sign)| at + sign.len()).collect();
    places.into_iter().filter_map(move |at| name(&text[at..])).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use typst::foundations::Bytes;

    use super::*;

    fn layer(files: &[(&str, &str)]) -> Layer {
        let file = |text: &str| LayerFile { shown: String::new(), bytes: Bytes::from_string(text.to_owned()) };
        files.iter().map(|(path, text)| ((*path).to_owned(), file(text))).collect()
    }

    /// Which of these are not used, where the roots are as they are given.
    fn unused<'f>(files: &[(&'f str, &str)]) -> Vec<&'f str> {
        let reached = reached(&layer(files));
        files.iter().map(|(path, _)| *path).filter(|path| !reached.contains(*path)).collect()
    }

    #[test]
    fn what_a_used_template_names_is_used() {
        let unused = unused(&[
            (WEB_REPORT, "{% extends \"html/base.html\" %}"),
            ("html/base.html", "{% include 'ours/foot.html' %}{{<Note />}}"),
            ("ours/foot.html", "Don't {% include \"ours/last.html\" %}"),
            ("ours/last.html", ""),
            ("components/note/note.html", "{% component Note() -%}{%- endcomponent Note %}"),
            ("components/note/note.css", ""),
            ("house.css", ""),
            (PDF_REPORT, "#import \"pdf/lib/document.typ\": *"),
            ("pdf/lib/document.typ", "#import \"more/seal.typ\": seal"),
            ("pdf/lib/more/seal.typ", "#image(\"../seal.svg\")"),
            ("pdf/lib/seal.svg", ""),
        ]);
        assert_eq!(unused, [""; 0]);
    }

    #[test]
    fn sheets_of_parts_that_no_report_has_are_left_out() {
        let part = "{% component Part() %}{{<Table />}}{{<Board />}}{{<Matrix />}}{% endcomponent Part %}";
        let layer = layer(&[
            (WEB_PART, "{{<Part />}}"),
            ("components/part/part.html", part),
            (PDF_PART, "{{<Part />}}"),
            ("components/part/part.typ", part),
            ("components/board/board.typ", "{% component Board() %}{% endcomponent Board %}"),
            ("components/board/board.html", "{% component Board() %}{% endcomponent Board %}"),
            ("components/board/board.css", ""),
            ("components/matrix/matrix.html", "{% component Matrix() %}{% endcomponent Matrix %}"),
            ("components/matrix/matrix.css", ""),
            ("components/table/table.html", "{% component Table() %}{{<Matrix />}}{% endcomponent Table %}"),
            ("components/table/table.css", ""),
            ("house.css", ""),
        ]);
        let sheets: Vec<&String> = sheets(&layer, &BTreeSet::from(["table"])).map(|(path, _)| path).collect();
        assert_eq!(sheets, ["components/matrix/matrix.css", "components/table/table.css", "house.css"]);
    }

    #[test]
    fn what_only_unused_files_name_is_not_used() {
        let all = [
            ("old/a.html", "{% include \"old/b.html\" %}"),
            ("old/b.html", "{% include \"old/a.html\" %}{{<Old />}}"),
            ("old/old.css", ""),
            ("components/old/old.html", "{% component Old() -%}{{<Old />}}{%- endcomponent Old %}"),
            // The twin of a component in the other format is not the one that is used.
            ("components/note/note.typ", "{% component Note() %}{% endcomponent Note %}"),
            ("pdf/lib/old.typ", "#import \"old.typ\": *"),
        ];
        let used = [(WEB_REPORT, "{{<Note />}}"), ("notes.html", "")];
        let mut expected: Vec<&str> = all.iter().map(|(path, _)| *path).collect();
        expected.push("notes.html");
        let files: Vec<(&str, &str)> = all.into_iter().chain(used).collect();
        assert_eq!(unused(&files), expected);
    }
}
