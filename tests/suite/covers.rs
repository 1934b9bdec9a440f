//! Covers with a picture: in both formats, and where the address of a report is shared.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Rgb, RgbImage};
use scraper::{Html, Selector};
use tally::build::{Options, Outcome, build};
use tally::model::values::BaseAddress;
use tally::yaml::Parse;

use crate::pdf::assert_conforms;
use crate::support::Sandbox;
use crate::support::pdf::TaggedPdf;

/// A picture whose left half is red and whose right half is green.
fn halves(width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 160, 60]) });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The small project, whose organisation says this of covers, and its report that.
fn covered(organisation: &str, report: &str) -> Sandbox {
    let sandbox = Sandbox::full();
    sandbox.replace("organisation.yaml", "licence:", &format!("{organisation}licence:"));
    sandbox.replace("example/report.yaml", "cover: blue\n", report);
    sandbox.write("harbour.jpg", halves(1200, 800));
    sandbox
}

const ON_ALL: &str = "cover: dark-blue\ncover-shows: picture\ncover-picture: {picture: harbour.jpg, alt: The harbour at low tide, keep: left}\n";

fn built_for_the_web(sandbox: &Sandbox) -> Outcome {
    let base_url = Some(BaseAddress::parse("https://www.example.org/reports/").unwrap());
    let outcome = build(&Options { base_url, ..sandbox.options() }, &|_| ());
    assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
    outcome
}

fn refused(sandbox: &Sandbox) -> String {
    let outcome = sandbox.build();
    assert!(outcome.manifest.is_none(), "it was built");
    sandbox.messages(&outcome)
}

/// The colour of a point of a picture that was published.
fn colour_at(bytes: &[u8], x: u32, y: u32) -> [u8; 3] {
    let picture = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap().to_rgb8();
    picture.get_pixel(x, y).0
}

/// What the organisation says once holds for a report that says nothing, in each of the forms in which a cover is seen.
#[test]
fn a_picture_that_the_organisation_names_is_on_every_cover() {
    let sandbox = covered(ON_ALL, "");
    built_for_the_web(&sandbox);
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let select = |selector: &str| page.select(&Selector::parse(selector).unwrap()).next();
    assert_eq!(select("header").unwrap().attr("class"), Some("band cover-dark-blue"));
    let picture = select("header > img.cover-photo.keep-left").unwrap();
    assert_eq!(picture.attr("alt"), Some("The harbour at low tide"));
    assert!(select("header .wrap img.cover-photo").is_none(), "words stand on it");
    let files: Vec<&str> = picture.attr("srcset").unwrap().split(", ").collect();
    assert_eq!(files.last(), Some(&"pictures/shared/1200/harbour.jpg 1200w"));
    for file in files {
        sandbox.bytes(&format!("example/{}", file.split(' ').next().unwrap()));
    }
    // The pages that all reports share have the colour.
    assert!(sandbox.text("index.html").contains("band cover-dark-blue"));

    let pdf = sandbox.bytes("example/example.pdf");
    assert_conforms(&pdf);
    let pdf = TaggedPdf::read(&pdf);
    let described = |tag: &&crate::support::pdf::Tag| tag.alt.as_deref() == Some("The harbour at low tide");
    assert_eq!(pdf.root.all("Figure").into_iter().filter(described).count(), 1);
    assert!(!pdf.root.text.contains("How to read this wheel"), "the picture stands in the place of the figures");

    // A photograph is shared as a JPEG, which is a fifth of a PNG.
    let address = select("meta[property='og:image']").unwrap().attr("content");
    assert_eq!(address, Some("https://www.example.org/reports/example/card.jpg"));
    let card = sandbox.bytes("example/card.jpg");
    assert!(card.starts_with(&[0xff, 0xd8]) && card.len() < 150_000, "{} bytes", card.len());
    let [red, green, _] = colour_at(&card, 1100, 315);
    assert!(red > 150 && green < 80, "the left side of the picture is kept: {red}, {green}");
    let [red, _, blue] = colour_at(&card, 10, 10);
    assert!(blue > 100 && red < 60, "words stand on the colour of the cover");
    assert!(!sandbox.output().join("example/card.png").exists());
    built_for_the_web(&sandbox);
    assert!(sandbox.bytes("example/card.jpg") == card, "the same content gives the same picture");
}

/// A report has its own picture, or another cover, whatever the organisation says.
#[test]
fn a_report_may_say_otherwise() {
    let sandbox = covered(ON_ALL, "cover: blue\ncover-picture: {picture: branch.png}\n").built();
    let page = sandbox.text("example/index.html");
    assert!(page.contains("band cover-blue\"") && !page.contains("harbour.jpg"), "{}", &page[..3000]);
    // Without words for it the picture only decorates, and nobody hears of it.
    assert!(page.contains("<img class=\"cover-photo keep-middle\"") && page.contains("alt=\"\" width="));
    let pdf = sandbox.bytes("example/example.pdf");
    assert_conforms(&pdf);
    let figures = |bytes: &[u8]| TaggedPdf::read(bytes).root.all("Figure").len();
    let bare = covered("", "cover-shows: colour\n").built();
    assert_eq!(figures(&pdf), figures(&bare.bytes("example/example.pdf")));

    let sandbox = covered(ON_ALL, "cover-shows: figures\n").built();
    let page = sandbox.text("example/index.html");
    assert!(!page.contains("cover-photo") && page.contains("cover-dark-blue"));
    let sheet = sandbox.text(&sandbox.stylesheet());
    assert!(!sheet.contains("cover-photo"), "no page needs the style of a picture");
    assert!(!sandbox.output().join("example/pictures/shared").exists());
}

/// The words of a picture are translated as all others are.
#[test]
fn what_a_cover_shows_is_said_in_the_language_of_the_report() {
    let words = crate::support::root().join("tests/fixtures/languages");
    let sandbox = Sandbox::of(&words.join("content"));
    sandbox.write("harbour.jpg", halves(1200, 800));
    let organisation = std::fs::read_to_string(sandbox.content().join("organisation.yaml")).unwrap();
    sandbox.write("organisation.yaml", format!("{organisation}{ON_ALL}"));
    let outcome = sandbox.check();
    let messages = sandbox.messages(&outcome);
    assert!(messages.contains("The harbour at low tide") && messages.contains("translation-missing"), "{messages}");
}

#[test]
fn what_a_cover_gets_wrong_is_told_at_its_line() {
    let picture = "cover-shows: picture\n";
    insta::assert_snapshot!("cover-without-its-picture", refused(&covered("", picture)));
    let own = "cover: blue\ncover-picture: {picture: branch.png}\n";
    insta::assert_snapshot!("cover-that-shows-something-else", refused(&covered("", own)));
    let drawing = format!("{picture}cover-picture: {{picture: bus.svg, alt: A bus}}\n");
    insta::assert_snapshot!("cover-with-a-drawing", refused(&covered("", &drawing)));
    let missing = ON_ALL.replace("harbour.jpg", "harbor.jpg").replace("keep: left", "keep: centre");
    insta::assert_snapshot!("cover-with-a-picture-that-is-not-there", refused(&covered(&missing, "")));
}
