//! The floors of the house: data flows one way, and a module uses only the floors below it.

use std::collections::BTreeMap;
use std::fs;

use crate::support::root;

/// Modules from the lowest floor up; those in one line may not use each other.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "patience", "hold", "contrast", "letters", "lines"],
    &["source", "dom", "yaml", "markdown", "spreadsheet", "picture", "transcript", "office", "typeface"],
    &["wording"],
    &["model"],
    &["fact"],
    &["check", "compare"],
    &["view", "mutate", "bind", "due", "begin", "import", "manuscript", "schema"],
    &["render", "compile", "readback", "fragment", "edit"],
    &["publish", "places"],
    &["build"],
    &["preview"],
];

#[test]
fn no_import_points_upward_or_sideways() {
    let floor: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor)))
        .collect();
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok) {
        let path = entry.path().strip_prefix(root().join("src")).unwrap().to_owned();
        let module =
            path.iter().next().and_then(|part| part.to_str()).unwrap_or_default().trim_end_matches(".rs").to_owned();
        if !entry.file_type().is_file() || matches!(module.as_str(), "lib" | "bin") {
            continue;
        }
        let own = *floor.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no floor"));
        let text = fs::read_to_string(entry.path()).unwrap();
        for used in text
            .split("crate::")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        {
            let Some(below) = floor.get(used) else { continue };
            assert!(used == module || *below < own, "{} uses {used}, which is not below it", path.display());
            seen += 1;
        }
    }
    assert!(seen > 50, "the imports were not found");
}

/// Shown on the page alone: a PDF does not know what was published after it, and draws the years of a survey with the rest.
const OF_THE_PAGE: [&str; 2] = ["editions", "years"];

/// A component has a twin for each format.
#[test]
fn every_component_has_its_twins() {
    for entry in fs::read_dir(root().join("templates/components")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let formats: &[&str] = if OF_THE_PAGE.contains(&name.as_str()) { &["html"] } else { &["html", "typ"] };
        for ending in formats {
            assert!(folder.join(format!("{name}.{ending}")).is_file(), "{name} has no .{ending} twin");
        }
    }
}
