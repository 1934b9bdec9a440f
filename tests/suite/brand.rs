//! A house style: what an organisation says of colours, type and sizes, and nothing else.

use std::fs;

use tally::diagnostic::Code;

use crate::support::{Sandbox, root};

/// The small project with what a house style says.
fn with(tokens: &str) -> Sandbox {
    let sandbox = Sandbox::full();
    let templates = sandbox.path().join("templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("tokens.yaml"), tokens).unwrap();
    sandbox
}

fn refused(tokens: &str, code: Code, words: &[&str]) {
    let sandbox = with(tokens);
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_none() && messages.contains(code.name()), "{messages}");
    words.iter().for_each(|word| assert!(messages.contains(word), "{word} is not in {messages}"));
}

#[test]
fn two_colours_are_enough_and_all_else_stays_as_it_is() {
    let sandbox = with("palette:\n  blue: \"#7a1f5c\"\n  dark-blue: \"#4b0d37\"\n").built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(
        sheet.contains("--band:#7a1f5c") && sheet.contains("--data-high:#4b0d37") && sheet.contains("--green:#007f3b")
    );
    assert!(!sheet.contains("#005eb8"));
}

/// Each token with another value: colours that are as dark or as light under names of their own, and sizes that are a
/// little larger on the pages and a little smaller in the PDF, whose paper does not grow. Sums of CSS stay as they are.
#[test]
fn a_house_style_that_changes_every_token_builds() {
    let text = fs::read_to_string(root().join("templates/tokens.yaml")).unwrap();
    let mut group = "";
    let mut own = String::new();
    let mut same = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        match line.strip_prefix("  ").and_then(|token| token.split_once(": ")) {
            None => {
                group = line.trim_end_matches(':');
                own.push_str(&format!("{line}\n"));
            }
            Some((name, value)) => {
                let other = changed(group, value);
                if other == value {
                    same.push(name);
                }
                own.push_str(&format!("  {name}: {other}\n"));
                if group == "palette" {
                    own.push_str(&format!("  own-{name}: {other}\n"));
                }
            }
        }
    }
    assert_eq!(same, ["pdf", "type-h1-phone", "name-most", "seen", "hint-height"]);
    let sandbox = with(&own).built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(!sheet.contains("#005eb8") && sheet.contains("Georgia"), "{sheet}");
}

/// Another value for a token, near the one that it has.
fn changed(group: &str, value: &str) -> String {
    // Each number with its unit, a hundredth larger or smaller.
    let scaled = |share: f64| {
        let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number: f64 = value[..value.len() - unit.len()].parse().unwrap();
        format!("{}{unit}", (number * share * 10_000.0).round() / 10_000.0)
    };
    match group {
        "palette" => {
            let channels = value.trim_matches('"').trim_start_matches('#');
            let channel = |at: usize| u8::from_str_radix(&channels[at..at + 2], 16).unwrap();
            // Dark colours become darker and light ones lighter, so that pairs stay apart.
            let sum = u32::from(channel(0)) + u32::from(channel(2)) + u32::from(channel(4));
            let other =
                |value: u8| if sum < 384 { value - value / 16 - u8::from(value > 0) } else { value.saturating_add(3) };
            match value {
                "\"#ffffff\"" => "\"#fffffe\"".to_owned(),
                _ => format!("\"#{:02x}{:02x}{:02x}\"", other(channel(0)), other(channel(2)), other(channel(4))),
            }
        }
        "type" if value.contains("serif") => "Georgia, serif".to_owned(),
        "type" if value == "letters" => "all".to_owned(),
        "screen-light" | "screen-dark" | "print-colour" => format!("own-{value}"),
        "screen-media" => {
            let (name, number) = value.trim_matches(['"', '(', ')']).split_once(": ").unwrap();
            let number: f64 = number.trim_end_matches("em").parse().unwrap();
            format!("\"({name}: {}em)\"", number + 1.0)
        }
        "screen-contrast" | "print-contrast" => format!("{value}{}1", if value.contains('.') { "" } else { ".0" }),
        "print-size" if value == "0pt" => "3pt".to_owned(),
        "print-size" => scaled(0.99),
        "screen-size" if value == "0" => "3px".to_owned(),
        "screen-size" if !value.contains('(') && !value.contains("cqi") => scaled(1.01),
        _ => value.to_owned(),
    }
}

/// The house style with a typeface of `assets/fonts`: its boxes have PostScript outlines.
fn with_boxes(tokens: &str, weights: &[&str]) -> Sandbox {
    let sandbox = with(tokens);
    let fonts = sandbox.path().join("assets/fonts");
    fs::create_dir_all(&fonts).unwrap();
    for weight in weights {
        let name = format!("TallyBlocks-{weight}.otf");
        fs::copy(root().join("tests/fixtures/fonts").join(&name), fonts.join(name)).unwrap();
    }
    sandbox
}

const BOXES: &str = "type:\n  pdf: Tally Blocks\n  page: '\"Tally Blocks\", sans-serif'\n  served: all\n";

/// Typefaces of type founders mostly have PostScript outlines: they are served, whole.
#[test]
fn a_typeface_with_postscript_outlines_is_served_too() {
    let sandbox = with_boxes(BOXES, &["Regular", "SemiBold", "Bold"]).built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    for weight in ["400", "600", "700"] {
        let font = sandbox.bytes(&sandbox.asset(&format!("tally-blocks-{weight}."), ".woff2"));
        assert!(font.starts_with(b"wOF2OTTO"), "{weight}");
        assert!(sheet.contains(&format!("font-weight:{weight}")), "{sheet}");
    }
    crate::pdf::assert_conforms(&sandbox.bytes("example/example.pdf"));
}

/// Corners are tokens in both formats.
#[test]
fn a_house_style_says_how_round_corners_are() {
    let round = "screen-size:\n  corner: 0.75rem\n  corner-link: 2px\nprint-size:\n  corner: 9pt\n  corner-word: 1pt\n";
    let sandbox = with(round);
    fs::write(sandbox.path().join("templates/house.css"), ".lead a { border-radius: var(--corner-link); }\n").unwrap();
    let sandbox = sandbox.built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(sheet.contains("border-radius:.75rem") && sheet.contains("border-radius:2px"), "{sheet}");
    // Each of them is drawn in the PDF.
    let pdf = |style: &str| with(style).built().bytes("example/example.pdf").to_vec();
    let plain = Sandbox::full().built().bytes("example/example.pdf").to_vec();
    assert!(pdf("print-size:\n  corner: 9pt\n") != plain && pdf("print-size:\n  corner-word: 1pt\n") != plain);
}

/// What a designer may get wrong, word for word.
#[test]
fn a_designer_is_told_what_to_do() {
    let told = |sandbox: Sandbox| {
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_none(), "it was built");
        sandbox.messages(&outcome)
    };
    insta::assert_snapshot!("house-style-colour-that-is-none", told(with("palette:\n  blue: sky\n")));
    insta::assert_snapshot!("house-style-contrast-too-low", told(with("palette:\n  blue: \"#8cc6ff\"\n")));
    let lowered = "screen-contrast:\n  link on page: 2\npalette:\n  blue: \"#8cc6ff\"\n";
    insta::assert_snapshot!("house-style-contrast-lowered", told(with(lowered)));
    insta::assert_snapshot!("house-style-font-without-a-weight", told(with_boxes(BOXES, &["Regular", "Bold"])));
    let sizes =
        "print-size:\n  body: large\nscreen-size:\n  corner: 4\n  seen: \"calc(1rem\"\nscreen-media:\n  tall: high\n";
    insta::assert_snapshot!("house-style-sizes-that-are-none", told(with(sizes)));
}

/// What is said of a component of one's own names it, whichever way it is broken: a figure without its mark, a function of
/// the PDF that is not there, a file under another path than the built-in one.
#[test]
fn a_component_that_is_broken_is_told_by_its_name() {
    let told = |folder: &str, file: &str, from: &str, to: &str| {
        let sandbox = with("palette:\n  blue: \"#7a1f5c\"\n");
        let text = fs::read_to_string(root().join("templates/components/survey").join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        let own = sandbox.path().join("templates/components").join(folder);
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join(file), text.replace(from, to)).unwrap();
        let outcome = sandbox.build();
        assert!(outcome.manifest.is_none(), "it was built");
        sandbox.messages(&outcome)
    };
    let words = "{{<Words words={result.percentage} />}}";
    let messages = told("survey", "survey.html", words, "{{ result.percentage.text }}");
    for part in ["is missing", "marked by its `data-fact`", "templates/components/survey/survey.html"] {
        assert!(messages.contains(part), "no “{part}” in {messages}");
    }
    let messages = told("survey", "survey.typ", "survey(around", "surveyy(around");
    for part in ["unknown variable: surveyy", "the templates of your own are", "templates/components/survey/survey.typ"]
    {
        assert!(messages.contains(part), "no “{part}” in {messages}");
    }
    let messages = told("opinions", "survey.html", words, words);
    for part in
        ["is defined in both", "templates/components/opinions/survey.html has another path than the built-in file"]
    {
        assert!(messages.contains(part), "no “{part}” in {messages}");
    }
}

/// A browser passes over a name that it does not know, without a word.
#[test]
fn a_style_sheet_of_a_house_style_names_tokens() {
    let sheet = "/* var(--bond) */\n.pull-out { border-color: var(--bond); color: var(--own, red); padding: var(--mine); }\n\
                 @media (--tablets) { .pull-out { --mine: var(--space-3); } }\n";
    let sandbox = with("palette:\n  blue: \"#7a1f5c\"\n");
    fs::write(sandbox.path().join("templates/house.css"), sheet).unwrap();
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_none());
    insta::assert_snapshot!("house-style-sheet-with-unknown-names", sandbox.messages(&outcome));
    fs::write(sandbox.path().join("templates/house.css"), sheet.replace("bond", "band").replace("tablets", "tablet"))
        .unwrap();
    sandbox.built();
}

#[test]
fn what_a_house_style_gets_wrong_is_told_at_its_line() {
    refused("palette:\n  blue: blue\n", Code::WrongValue, &["tokens.yaml:2:9", "`blue` is no colour"]);
    refused("screen-size:\n  spaces-3: 1rem\n", Code::UnknownField, &["tokens.yaml:2:3", "did you mean `space-3`?"]);
    refused("screen-light:\n  link: orange\n", Code::UnknownReference, &["tokens.yaml:2:9"]);
    refused(
        "palette:\n  blue: \"#8cc6ff\"\n",
        Code::ContrastLow,
        &[
            "tokens.yaml:2:9",
            "link on page cannot be read well enough (light): its contrast is 1.8 to 1",
            "the nearest colour",
        ],
    );
    refused("type:\n  pdf: Gill Sans\n", Code::FontMissing, &["tokens.yaml:2:8", "assets/fonts", "Source Sans 3"]);
}
