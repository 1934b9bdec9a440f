//! Texts from Word and other programs: each document of the fixtures becomes just the files that are expected of it, and
//! what is said of it is written down.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use insta::assert_snapshot;
use tally::manuscript::{Destination, Manuscript, divide};
use tally::office::document::{Changes, Document, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::command::run;
use crate::support::{Sandbox, root};

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/documents").join(name)
}

fn document(name: &str, changes: Changes) -> Document {
    read(name, &fs::read(fixture(name)).unwrap(), changes).unwrap_or_else(|why| panic!("{name}: {}", why.message))
}

fn files(manuscript: &Manuscript) -> BTreeMap<String, String> {
    let texts = manuscript.files.iter().filter(|(name, _)| !name.ends_with(".png"));
    texts.map(|(name, bytes)| (name.clone(), String::from_utf8(bytes.clone()).unwrap())).collect()
}

/// What is expected of a document, with the names that its files get.
fn expected(name: &str, stem: &str) -> BTreeMap<String, String> {
    let folder = fixture("expected").join(name);
    let count = fs::read_dir(&folder)
        .unwrap()
        .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "md"))
        .count();
    let mut all = BTreeMap::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let own = path.file_name().unwrap().to_str().unwrap().to_owned();
        let name = match own.as_str() {
            "1.md" if count == 1 => format!("{stem}.md"),
            _ if own.ends_with(".md") || own.starts_with("table-") => format!("{stem}-{own}"),
            _ => continue,
        };
        all.insert(name, fs::read_to_string(&path).unwrap());
    }
    all
}

#[test]
fn documents_become_what_is_expected() {
    for (name, stem) in [
        ("01-foreword", "foreword"),
        ("02-directorate-return", "return"),
        ("04-footnotes-and-quotations", "return"),
        ("05-contents-and-fields", "return"),
    ] {
        let read = document(&format!("{name}.docx"), Changes::Accepted);
        assert!(read.changes.is_empty() && read.comments.is_empty(), "{name}");
        let manuscript = divide(read, Destination { name: stem, by_section: false });
        assert_eq!(files(&manuscript), expected(name, stem), "{name}");
        let lines = |file: &str| fs::read_to_string(fixture("expected").join(name).join(file)).unwrap_or_default();
        assert_eq!(manuscript.sections, lines("parts.yaml"), "{name}");
        assert_eq!(manuscript.notes, lines("notes.yaml"), "{name}");
    }
}

#[test]
fn tracked_changes_are_accepted_or_rejected_as_a_whole() {
    for (changes, file) in [(Changes::Accepted, "accepted.md"), (Changes::Rejected, "rejected.md")] {
        let read = document("03-tracked-and-commented.docx", changes);
        assert_eq!((read.changes.len(), read.comments.len()), (6, 1), "{:?}", read.changes);
        let manuscript = divide(read, Destination { name: "return", by_section: false });
        let text = fs::read_to_string(fixture("expected/03-tracked-and-commented").join(file)).unwrap();
        assert_eq!(files(&manuscript)["return.md"], text);
    }
}

/// A project with the documents beside its content.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::full();
    for file in fs::read_dir(fixture("")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::copy(&path, sandbox.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    sandbox
}

#[test]
fn a_document_is_listed_before_it_is_written() {
    let sandbox = sandbox();
    let before = crate::support::files(&sandbox.content());
    for name in [
        "01-foreword",
        "02-directorate-return",
        "03-tracked-and-commented",
        "04-footnotes-and-quotations",
        "05-contents-and-fields",
    ] {
        let file = format!("{name}.docx");
        assert_snapshot!(format!("import-{name}"), run(&sandbox, &["import", &file, "--into", "example/return"]));
    }
    assert_eq!(crate::support::files(&sandbox.content()), before, "something was written");
}

#[test]
fn what_is_written_is_what_was_listed() {
    let sandbox = sandbox();
    let import = |changes: &str| {
        run(
            &sandbox,
            &["import", "03-tracked-and-commented.docx", "--into", "example/return", "--changes", changes, "--write"],
        )
    };
    import("rejected");
    assert_eq!(
        content(&sandbox, "example/return.md"),
        fs::read_to_string(fixture("expected/03-tracked-and-commented/rejected.md")).unwrap()
    );
    assert_snapshot!("import-again", import("accepted"));
    assert_eq!(
        content(&sandbox, "example/return.md"),
        fs::read_to_string(fixture("expected/03-tracked-and-commented/accepted.md")).unwrap()
    );
    assert!(import("accepted").contains("says the same already"));
}

#[test]
fn a_text_that_is_there_keeps_its_figures_and_what_was_not_changed() {
    let sandbox = Sandbox::full();
    let before = "We   lent **{{ indicators.loans-on-time.q2.number }} items**\nin the second quarter.\n\n* one\n* two\n\n[a]: https://www.example.org\n\nSee [the site][a].\n";
    let printed = tally::build::list_facts(&sandbox.options(), None).1;
    let items = printed.into_iter().find(|fact| fact.address.ends_with("loans-on-time.q2.number")).unwrap().value;
    let new = format!(
        "# No title of ours\n\nWe lent **{items} items** in the second quarter, and 5 more.\n\n- one\n- two\n\nSee [the site](https://www.example.org).\n"
    );
    put(&sandbox, "new.md", new);
    sandbox.write("example/old.md", before);
    run(&sandbox, &["import", "new.md", "--into", "example/old", "--write"]);
    assert_eq!(
        content(&sandbox, "example/old.md"),
        "We lent **{{ indicators.loans-on-time.q2.number }} items** in the second quarter, and 5 more.\n\n* one\n* two\n\n[a]: https://www.example.org\n\nSee [the site][a].\n"
    );
}

#[test]
fn files_that_are_no_document_are_refused_in_plain_words() {
    let sandbox = sandbox();
    put(&sandbox, "cut.docx", &fs::read(fixture("01-foreword.docx")).unwrap()[..9_000]);
    put(&sandbox, "empty.docx", "");
    put(&sandbox, "text.docx", "just words");
    put(&sandbox, "nothing.docx", package(&[("a.xml", "<a/>")]));
    put(
        &sandbox,
        "entities.docx",
        docx("<!DOCTYPE d [<!ENTITY a \"b\">]><w:document xmlns:w=\"w\"><w:body/></w:document>"),
    );
    put(&sandbox, "bomb.docx", package(&[("word/document.xml", &" ".repeat(80 << 20))]));
    put(
        &sandbox,
        "deep.docx",
        docx(&format!(
            "<w:document xmlns:w=\"w\"><w:body>{}{}</w:body></w:document>",
            "<w:ins>".repeat(5_000),
            "</w:ins>".repeat(5_000)
        )),
    );
    let mut told = String::new();
    for file in [
        "08-encrypted.docx",
        "09-old-format.doc",
        "cut.docx",
        "empty.docx",
        "text.docx",
        "nothing.docx",
        "entities.docx",
        "bomb.docx",
        "deep.docx",
        "missing.docx",
    ] {
        told += &(run(&sandbox, &["import", file, "--into", "example/return"]) + "\n\n");
    }
    told += &(run(&sandbox, &["import", "01-foreword.docx", "--into", "exmple/return"]) + "\n\n");
    told += &run(&sandbox, &["import", "01-foreword.docx", "--into", "example"]);
    assert_snapshot!("import-refused", told);
}

/// A text of the content.
fn content(sandbox: &Sandbox, path: &str) -> String {
    fs::read_to_string(sandbox.content().join(path)).unwrap()
}

/// Puts a file beside the content.
fn put(sandbox: &Sandbox, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(sandbox.path().join(name), bytes).unwrap();
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    package(&[("word/document.xml", document)])
}

/// The Markdown and what is said of a document with these blocks.
fn imported(body: &str) -> (String, String) {
    let xml = format!("<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:m=\"m\"><w:body>{body}</w:body></w:document>");
    let read = read("a.docx", &docx(&xml), Changes::Accepted).unwrap_or_else(|why| panic!("{}", why.message));
    let manuscript = divide(read, Destination { name: "a", by_section: false });
    let texts: Vec<String> = files(&manuscript).into_values().collect();
    let said: Vec<String> = manuscript.said.iter().map(|said| format!("{}: {}", said.about, said.text)).collect();
    (texts.join("\n"), said.join("\n"))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

#[test]
fn what_word_hides_in_a_text_comes_out_or_is_told() {
    let field = |code: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    for (body, text, said) in [
        // Runs that a spelling check or an editing session parted are one word.
        ("<w:p><w:r><w:t>part</w:t></w:r><w:proofErr/><w:r><w:t>ed</w:t></w:r></w:p>".to_owned(), "parted\n", ""),
        ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">bold </w:t></w:r><w:r><w:t>word</w:t></w:r></w:p>".to_owned(), "**bold** word\n", ""),
        ("<w:p><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>plain</w:t></w:r></w:p>".to_owned(), "plain\n", ""),
        ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>no</w:t></w:r><w:r><w:t>space</w:t></w:r></w:p>".to_owned(), "**no**space\n", ""),
        ("<w:p><w:r><w:t>the 1</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>st</w:t></w:r></w:p>".to_owned(), "the 1st\n", ""),
        ("<w:p><w:r><w:t>x</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>TM</w:t></w:r></w:p>".to_owned(), "xTM\n", "“TM” was raised"),
        ("<w:p><w:r><w:rPr><w:lang w:val=\"cy-GB\"/></w:rPr><w:t>Croeso i bawb</w:t></w:r></w:p>".to_owned(), "{{ \"Croeso i bawb\" | in cy }}\n", ""),
        ("<w:p><w:r><w:rPr><w:lang w:val=\"cy-GB\"/></w:rPr><w:t>2016</w:t></w:r></w:p>".to_owned(), "2016\n", ""),
        ("<w:p><w:r><w:rPr><w:highlight w:val=\"yellow\"/></w:rPr><w:t>check this</w:t></w:r></w:p>".to_owned(), "check this\n", "highlighted: “check this”"),
        ("<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>text</w:t></w:r></w:p>".to_owned(), "text\n", "“Click here”"),
        ("<w:p><w:smartTag><w:r><w:t>London</w:t></w:r></w:smartTag></w:p>".to_owned(), "London\n", ""),
        ("<w:p><w:r><w:t xml:space=\"preserve\">so </w:t></w:r><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></w:p>".to_owned(), "so E=mc\n", "equation: “E=mc”"),
        (format!("<w:p>{}</w:p>", field("=SUM(ABOVE)", "12")), "12\n", "“12” (=SUM(ABOVE))"),
        (format!("<w:p>{}</w:p>", field("HYPERLINK \"file:///C:/a.docx\"", "the file")), "the file\n", "“the file” (file:///C:/a.docx) lead where no reader can follow"),
        (format!("<w:p>{}</w:p>", field("HYPERLINK \"https://e.org/a b\"", "it")), "[it](https://e.org/a%20b)\n", ""),
        ("<w:p><w:r><w:object><o:OLEObject xmlns:o=\"o\" ProgID=\"Excel.Sheet.12\"/></w:object></w:r><w:r><w:t>text</w:t></w:r></w:p>".to_owned(), "text\n", "an embedded object of Excel.Sheet.12"),
        ("<w:p><w:r><w:sym w:font=\"Webdings\" w:char=\"F021\"/><w:t>text</w:t></w:r></w:p>".to_owned(), "text\n", "a sign of Webdings (F021) is not known"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>framed words</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(), "framed words\n", "1 table with one cell became text"),
        ("<w:p><w:r><w:t>#</w:t></w:r></w:p><w:p><w:r><w:t>+ 5</w:t></w:r></w:p><w:p><w:r><w:t>2016. was</w:t></w:r></w:p>".to_owned(), "\\#\n\n\\+ 5\n\n2016\\. was\n", ""),
    ] {
        let (is, told) = imported(&body);
        assert_eq!(is, text, "{body}");
        assert!(told.contains(said), "{body}\n{told}");
        assert!(!said.is_empty() || told.is_empty(), "{body}\n{told}");
    }
}

#[test]
fn typed_lists_become_lists_and_sentences_stay() {
    for (lines, text) in [
        (&["• a", "o b", "o c", "• d"][..], "- a\n  - b\n  - c\n- d\n"),
        (&["a) one", "b) two"], "1. one\n2. two\n"),
        (&["(i) one", "(ii) two"], "1. one\n2. two\n"),
        (&["1. one", "a) in", "b) it", "2. two"], "1. one\n   1. in\n   2. it\n2. two\n"),
        (&["– A reader"], "– A reader\n"),
        (&["2016. It was", "so"], "2016\\. It was\n\nso\n"),
        (&["1. Introduction", "words", "2. More"], "1\\. Introduction\n\nwords\n\n2\\. More\n"),
        (&["a. a cat", "sat"], "a. a cat\n\nsat\n"),
    ] {
        let body: String = lines.iter().map(|line| p(line)).collect();
        assert_eq!(imported(&body).0, text, "{lines:?}");
    }
}

#[test]
fn other_kinds_of_text_are_read_too() {
    let of = |name: &str, bytes: &[u8]| {
        let read = read(name, bytes, Changes::Accepted).unwrap_or_else(|why| panic!("{}", why.message));
        let manuscript = divide(read, Destination { name: "a", by_section: false });
        (files(&manuscript), manuscript.sections.clone())
    };
    let page = "<html><head><title>x</title></head><body><nav>Menu</nav><main><h1>News</h1><p>We lent <b>5</b> books&nbsp;at <a href=\"https://e.org\">e.org</a>.<br>So</p><ul><li>a<ul><li>b</li></ul></li></ul><h4>More</h4><blockquote><p>Fine.</p></blockquote><script>alert(1)</script><table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>1</td></tr></table></main></body></html>";
    let (texts, sections) = of("a.html", page.as_bytes());
    assert_eq!(
        texts["a.md"],
        "We lent **5** books at [e.org](https://e.org).\\\nSo\n\n- a\n  - b\n\n## More\n\n> Fine.\n"
    );
    assert!(sections.contains("title: News") && texts["a-table-1.yaml"].contains("type: count"), "{sections}");
    let (texts, _) = of("a.md", b"Title\n=====\n\nSome `code` and ~~gone~~[^1].\n\n* x\n\t+ y\n\n[^1]: A note.\n");
    assert_eq!(texts["a.md"], "Some code and gone {{ note a-note-1 }}.\n\n- x\n  - y\n");
    let (texts, _) = of("a.txt", b"It cost \xa35 \x96 no more.\r\n\r\n\x95 one\r\n\x95 two\r\n");
    assert_eq!(texts["a.md"], "It cost £5 – no more.\n\n- one\n- two\n");
}

/// The files of a folder with these endings.
fn prose(sandbox: &Sandbox) -> Vec<(String, Vec<u8>)> {
    crate::support::files(&sandbox.content()).into_iter().filter(|(path, _)| path.ends_with(".md")).collect()
}

#[test]
fn prose_goes_to_word_and_comes_back_unchanged() {
    for (sandbox, reports) in
        [(Sandbox::shipped(), &["css-annual-report", "od-progress-summary"][..]), (Sandbox::full(), &["example"][..])]
    {
        let before = prose(&sandbox);
        for report in reports {
            assert!(run(&sandbox, &["export", report]).contains("exit code 0"));
            let told = run(&sandbox, &["import", &format!("exported/{report}.docx"), "--into", report, "--write"]);
            assert!(!told.contains("would be changed") && told.contains("says the same already"), "{told}");
        }
        assert_eq!(prose(&sandbox), before);
    }
}

/// What a translator sends back comes into the texts of that language, with the figures bound as they were.
#[test]
fn a_report_in_another_language_comes_back_into_its_own_files() {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/languages/content"));
    let report = "annual-report-2026-cy";
    assert!(run(&sandbox, &["export", report]).contains("exit code 0"));
    let told = run(&sandbox, &["import", "exported/annual-report-2026-cy.docx", "--into", report, "--write"]);
    assert!(told.contains("annual-report-2026/welcome.cy.md") && told.contains("says the same already"), "{told}");
    assert!(!told.contains("would be changed"), "{told}");
}

#[test]
fn what_was_changed_in_word_changes_that_alone() {
    let sandbox = Sandbox::full();
    run(&sandbox, &["export", "example"]);
    let path = sandbox.path().join("exported/example.docx");
    let changed =
        replaced(&fs::read(&path).unwrap(), "We read, as we have since", "We lent and read, as we have since");
    fs::write(&path, changed).unwrap();
    let before = content(&sandbox, "example/welcome.md");
    assert_snapshot!(
        "import-exported",
        run(&sandbox, &["import", "exported/example.docx", "--into", "example", "--write"])
    );
    assert_eq!(
        content(&sandbox, "example/welcome.md"),
        before.replace("We read, as we have since", "We lent and read, as we have since")
    );
}

#[test]
fn what_is_no_prose_is_told_when_it_was_changed_in_word() {
    let sandbox = Sandbox::full();
    run(&sandbox, &["export", "example"]);
    let path = sandbox.path().join("exported/example.docx");
    fs::write(&path, replaced(&fs::read(&path).unwrap(), ">12,500<", ">12,600<")).unwrap();
    let told = run(&sandbox, &["import", "exported/example.docx", "--into", "example"]);
    assert!(told.contains("the document has “12,600”, where the report has “12,500”"), "{told}");
}

/// A document with some words in the place of others.
fn replaced(docx: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut package = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in names {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(&name).unwrap(), &mut bytes).unwrap();
        package.start_file(&name, SimpleFileOptions::default()).unwrap();
        let text = String::from_utf8(bytes.clone()).map(|text| text.replace(from, to).into_bytes());
        package.write_all(&text.unwrap_or(bytes)).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// LibreOffice keeps the bookmarks of a document, drops the tags of its content controls, begins a file once more at its
/// last paragraph, and gives the last item of a list a list of its own.
#[test]
fn prose_comes_back_from_another_program_unchanged() {
    let sandbox = Sandbox::full();
    let before = prose(&sandbox);
    run(&sandbox, &["export", "example"]);
    let path = sandbox.path().join("exported/example.docx");
    let mut docx = fs::read(&path).unwrap();
    for tag in (1..200).rev() {
        docx = replaced(&docx, &format!("<w:tag w:val=\"tally_{tag}\"/>"), "");
    }
    assert_ne!(docx, fs::read(&path).unwrap());
    fs::write(&path, &docx).unwrap();
    let told = run(&sandbox, &["import", "exported/example.docx", "--into", "example", "--write"]);
    assert!(!told.contains("would be changed") && told.contains("says the same already"), "{told}");
    assert_eq!(prose(&sandbox), before);
    fs::write(&path, replaced(&docx, "We read, as we have since", "We lent and read, as we have since")).unwrap();
    run(&sandbox, &["import", "exported/example.docx", "--into", "example", "--write"]);
    let after = content(&sandbox, "example/welcome.md");
    assert!(after.contains("We lent and read, as we have since {{ facts.first-year }}"), "{after}");
}

/// Who comments on a report reads its figures as they are printed, and not as programs read them.
#[test]
fn figures_stand_in_a_document_as_they_are_printed() {
    let sandbox = Sandbox::full();
    run(&sandbox, &["export", "example"]);
    let docx = fs::read(sandbox.path().join("exported/example.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    for printed in [">Indicator<", ">Q2<", ">91% (1,001 of 1,100)<", ">9.5 weeks<", ">90%<", ">Green<"] {
        assert!(text.contains(printed), "no {printed} in\n{}", text.replace("</w:tr>", "</w:tr>\n"));
    }
    // As many cells in each row as there are headings.
    let table = text.split("<w:tbl>").find(|table| table.contains(">December<")).unwrap();
    let cells = |row: &str| row.matches("<w:tc>").count();
    let rows: Vec<usize> = table.split("</w:tr>").map(cells).filter(|cells| *cells > 0).collect();
    assert_eq!(rows, [16, 16, 16, 16]);
    assert!(table.contains(">7,500 to 9,000, from October 8,000 to 9,500<") && !table.contains("()"), "{table}");
    for of_programs in ["denominator_unit", ">indicator_id<", ">[z]<"] {
        assert!(!text.contains(of_programs), "{of_programs}");
    }
}
