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

/// Each token with another value: colours that are as dark or as light, sizes that are a little larger.
#[test]
fn a_house_style_that_changes_every_token_builds() {
    let text = fs::read_to_string(root().join("templates/tokens.yaml")).unwrap();
    let mut group = "";
    let mut own = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        match line.strip_prefix("  ").and_then(|token| token.split_once(": ")) {
            None => {
                group = line.trim_end_matches(':');
                own.push_str(&format!("{line}\n"));
            }
            Some((name, value)) => own.push_str(&format!("  {name}: {}\n", changed(group, name, value))),
        }
    }
    let sandbox = with(&own).built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(!sheet.contains("#005eb8") && sheet.contains("Georgia"), "{sheet}");
}

/// Another value for a token, near the one that it has.
fn changed(group: &str, name: &str, value: &str) -> String {
    let digit = |digits: &str| {
        let number: f64 = digits.parse().unwrap_or_default();
        format!("{}", (number * 1010.0).round() / 1000.0)
    };
    match (group, name) {
        ("palette", _) => {
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
        ("type", "page") => "Georgia, serif".to_owned(),
        ("type", "served") => "all".to_owned(),
        // Sizes of the page alone: those of the PDF go together in ways that its library knows.
        ("screen-size", _) if value.ends_with("rem") && value.matches("rem").count() == 1 => {
            format!("{}rem", digit(value.trim_end_matches("rem")))
        }
        ("print-size", "body" | "label" | "small") => format!("{}pt", digit(value.trim_end_matches("pt"))),
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
    let sandbox = with(round).built();
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(sheet.contains("border-radius:.75rem") && sheet.contains("border-radius:2px"), "{sheet}");
    // A box with round corners is drawn by curves, of which there are none otherwise.
    let plain = Sandbox::full().built().bytes("example/example.pdf");
    assert!(sandbox.bytes("example/example.pdf") != plain);
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
