//! Pictures are published at several sizes, and tell nothing but what they show.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, RgbImage};
use scraper::{Html, Selector};
use tally::diagnostic::Code;

use crate::pdf::assert_conforms;
use crate::support::Sandbox;
use crate::support::pdf::TaggedPdf;

/// A photograph as a camera writes it: with a block that says where it was taken.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let plain = bytes.into_inner();
    let block = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0GPSLatitude 50.7";
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, block, &plain[2..]].concat()
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_photograph_comes_in_sizes_and_without_its_place() {
    let sandbox = Sandbox::full();
    let original = photograph(1200, 600);
    assert!(holds(&original, "GPSLatitude"));
    sandbox.write("example/branch.png", &original);
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let image = page.select(&Selector::parse("figure img").unwrap()).next().unwrap();
    assert_eq!((image.attr("width"), image.attr("height")), (Some("1200"), Some("600")), "nothing jumps as it loads");
    let files: Vec<(&str, u32)> = image
        .attr("srcset")
        .unwrap()
        .split(", ")
        .map(|one| one.rsplit_once(' ').unwrap())
        .map(|(file, width)| (file, width.trim_end_matches('w').parse().unwrap()))
        .collect();
    assert_eq!(files.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [480, 960, 1200]);
    assert_eq!(image.attr("src"), Some(files[2].0));
    for (file, width) in files {
        let bytes = sandbox.bytes(&format!("example/{file}"));
        assert!(!holds(&bytes, "Exif") && !holds(&bytes, "GPS"), "{file} says where it was taken");
        let size = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().into_dimensions().unwrap();
        assert_eq!(size, (width, width / 2), "{file}");
    }
    assert!(!holds(&sandbox.bytes("example/example.pdf"), "GPSLatitude"));
}

/// Two pictures that would each take a page of the PDF for themselves stand side by side on one.
#[test]
fn pictures_pair_up_that_would_leave_pages_half_empty() {
    let sandbox = Sandbox::full();
    let figure = |name: &str, caption: &str| {
        sandbox.write(&format!("example/{name}.jpg"), photograph(1200, 1000));
        format!("      - figure: {{caption: {caption}, alt: Rows of shelves., picture: {name}.jpg}}\n")
    };
    let figures = figure("one", "Shelves by day") + &figure("two", "Shelves by night");
    let after = "      - table: loans.yaml\n";
    sandbox.replace("example/report.yaml", after, &format!("{after}{figures}"));
    // One photograph is not published twice.
    sandbox.write("example/two.jpg", photograph(1210, 1000));
    let pdf = sandbox.built().bytes("example/example.pdf");
    let pages = tally::readback::pdf::Reader::default().pages(&pdf).unwrap();
    let on_page = |caption: &str| {
        pages.iter().position(|page| page.text.contains(caption) && !page.text.contains("What is where"))
    };
    assert!(on_page("Shelves by day").is_some());
    assert_eq!(on_page("Shelves by day"), on_page("Shelves by night"));
}

#[test]
fn a_drawing_is_published_without_its_script() {
    let sandbox = Sandbox::full();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><script>alert(1)</script>\
                   <rect width='40' height='20' onclick='alert(2)' fill='teal'/></svg>";
    sandbox.write("example/branch.png", drawing);
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_some(), "{messages}");
    assert!(
        messages.contains("<script> is left out of the drawing") && messages.contains("content/example/branch.png:1:"),
        "{messages}"
    );
    assert!(outcome.findings.iter().all(|finding| finding.code == Code::PictureCleaned), "{messages}");
    let page = sandbox.text("example/index.html");
    assert!(page.contains("src=pictures/40/branch.png_.svg") && !page.contains("sizes="), "{page}");
    let published = sandbox.text("example/pictures/40/branch.png_.svg");
    assert!(published.contains("teal") && !published.contains("alert"), "{published}");
}

/// What can only be seen when a picture is decoded is found by `tally check` too.
#[test]
fn a_damaged_picture_is_found_before_the_build() {
    let sandbox = Sandbox::full();
    let whole = std::fs::read(sandbox.content().join("example/branch.png")).unwrap();
    sandbox.write("example/branch.png", &whole[..whole.len() - 40]);
    for outcome in [sandbox.check(), sandbox.build()] {
        let messages = sandbox.messages(&outcome);
        assert!(outcome.findings.iter().any(|finding| finding.code == Code::PictureUnreadable), "{messages}");
        assert!(messages.contains("example/report.yaml:32:"), "{messages}");
        assert!(outcome.manifest.is_none());
    }
}

/// The band and the cover are dark in every scheme; paper and high contrast on white are not.
#[test]
fn the_logo_stands_on_the_cover_and_in_the_head_of_every_page() {
    let sandbox = Sandbox::full().built();
    let [on_dark, on_light] = ["logo-on-dark.", "logo-on-light."].map(|name| sandbox.asset(name, ".svg"));
    for (page, root) in [("example/index.html", "../"), ("index.html", ""), ("accessibility.html", "")] {
        let page = Html::parse_document(&sandbox.text(page));
        let logo = page.select(&Selector::parse("header .logo img").unwrap()).next().unwrap();
        // The name stands beside it.
        assert_eq!(logo.attr("alt"), Some(""));
        let beside = page.select(&Selector::parse(".band-organisation").unwrap()).next().unwrap();
        assert_eq!(beside.text().collect::<String>().trim(), "Exampleshire Libraries");
        assert_eq!(logo.attr("src"), Some(format!("{root}{on_dark}").as_str()));
        let other = page.select(&Selector::parse("header .logo source").unwrap()).next().unwrap();
        assert_eq!(other.attr("srcset"), Some(format!("{root}{on_light}").as_str()));
        assert!(other.attr("media").unwrap().contains("print"));
    }
    assert!(sandbox.text(&on_light).contains("#00437c"));
    assert!(sandbox.text(&on_dark).contains("#ffffff"));
    let logos = |sandbox: &Sandbox| {
        let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
        let figures = pdf.root.all("Figure");
        figures.iter().filter(|figure| figure.alt.as_deref() == Some("Exampleshire Libraries")).count()
    };
    assert_eq!(logos(&sandbox), 1);

    let without = Sandbox::full();
    without.replace("organisation.yaml", "logo: {on-light: logo.svg, on-dark: logo-white.svg}\n", "");
    std::fs::remove_file(without.content().join("logo.svg")).unwrap();
    std::fs::remove_file(without.content().join("logo-white.svg")).unwrap();
    let without = without.built();
    assert!(!without.text("example/index.html").contains("logo"));
    assert_eq!(logos(&without), 0);
}

/// A PNG whose profile is damaged would make a PDF that is no PDF/A, and so would a drawing with much in it.
#[test]
fn pdfs_with_pictures_of_all_kinds_conform() {
    let sandbox = Sandbox::full();
    let photograph = photograph(900, 1600);
    let profile = [b"ICC_PROFILE\0\x01\x01", &[7; 300][..]].concat();
    let length = u16::try_from(profile.len() + 2).unwrap().to_be_bytes();
    sandbox
        .write("example/branch.png", [&photograph[..2], &[0xff, 0xe2], &length, &profile, &photograph[2..]].concat());
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 200'>\
        <style>.a { fill: rgb(0 94 184 / 50%); filter: drop-shadow(2px 2px 3px rgba(0,0,0,.5)) }</style>\
        <defs><linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='#00f8'/></linearGradient>\
        <pattern id='p' width='9' height='9' patternUnits='userSpaceOnUse'><circle r='4'/></pattern>\
        <mask id='m'><rect width='200' height='200' fill='white'/></mask></defs>\
        <rect class='a' x='10' y='10' width='90' height='90'/><rect x='120' width='90' height='90' fill='url(#g)'/>\
        <rect x='220' width='90' height='90' fill='url(#p)' mask='url(#m)' opacity='.5'/>\
        <text x='10' y='150' font-family='Arial' font-size='20'>Loans, £1,000</text></svg>";
    sandbox.write("example/room.svg", drawing);
    let (wall, shelves) =
        ("tall windows., picture: branch.png", "tall windows., source: library-returns, picture: room.svg");
    sandbox.replace("example/report.yaml", wall, shelves);
    let sandbox = sandbox.built();
    assert_conforms(&sandbox.bytes("example/example.pdf"));
    let published = sandbox.text("example/pictures/400/room.svg");
    assert!(published.contains("#005eb880") && !published.contains("<style"), "{published}");
}

#[test]
fn figures_of_a_list_stand_side_by_side_each_with_its_words() {
    let sandbox = Sandbox::full().built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let figures: Vec<_> = page.select(&Selector::parse(".side-by-side figure").unwrap()).collect();
    let words: Vec<String> = figures.iter().map(|figure| figure.text().collect::<String>().trim().to_owned()).collect();
    assert_eq!(words, ["Figure 2: The reading room", "Figure 3: The desk"]);
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let alternatives: Vec<&str> = pdf.root.all("Figure").iter().filter_map(|one| one.alt.as_deref()).collect();
    for shown in ["Shelves along a wall with tall windows.", "A counter with a lamp at its left end."] {
        assert!(alternatives.contains(&shown), "{alternatives:?}");
    }
}

/// What cannot be read of a drawing is told where it stands, not where the report names the picture.
#[test]
fn a_broken_drawing_is_told_at_its_own_line() {
    let sandbox = Sandbox::full();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'>\n  <text>Loans & visits</text>\n</svg>";
    sandbox.write("example/branch.png", drawing);
    for outcome in [sandbox.check(), sandbox.build()] {
        let messages = sandbox.messages(&outcome);
        assert!(messages.contains("a `&` stands here that should be `&amp;`"), "{messages}");
        assert!(messages.contains("content/example/branch.png:2:15"), "{messages}");
        assert!(messages.contains("example/report.yaml"), "where it is shown is told too: {messages}");
        assert!(outcome.manifest.is_none());
    }
}

/// Of an animation a page of paper shows one picture, and the author has not chosen which.
#[test]
fn an_animated_picture_is_published_at_rest_and_told() {
    let sandbox = Sandbox::full();
    let still = std::fs::read(sandbox.content().join("example/branch.png")).unwrap();
    let control = b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\xf3\x8d\x93\x70";
    sandbox.write("example/branch.png", [&still[..33], &control[..], &still[33..]].concat());
    let outcome = sandbox.build();
    let messages = sandbox.messages(&outcome);
    assert!(outcome.manifest.is_some(), "{messages}");
    assert!(
        messages.contains("branch.png is an animation, of which only the first picture is published"),
        "{messages}"
    );
    assert!(outcome.findings.iter().all(|finding| finding.code == Code::PictureCleaned), "{messages}");
}

/// Many capitals make the published name four times as long as its author's, which no disk would take.
#[test]
fn a_picture_with_a_long_name_is_published() {
    let sandbox = Sandbox::full();
    let name = format!("{}.png", "THE READING ROOM ".repeat(8).trim());
    let bytes = std::fs::read(sandbox.content().join("example/branch.png")).unwrap();
    sandbox.write(&format!("example/{name}"), bytes);
    std::fs::remove_file(sandbox.content().join("example/branch.png")).unwrap();
    let report = std::fs::read_to_string(sandbox.content().join("example/report.yaml")).unwrap();
    sandbox.write("example/report.yaml", report.replace("branch.png", &name));
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let file = page.select(&Selector::parse("figure img").unwrap()).next().unwrap().attr("src").unwrap();
    assert!(!sandbox.bytes(&format!("example/{file}")).is_empty());
}
