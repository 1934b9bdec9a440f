//! What somebody copied in Word or from a web page, as Markdown.
//!
//! In: the HTML of the clipboard. Out: its text in the form in which prose is written here, and what of it stayed behind.

use super::messages::Pasted;
use crate::office::document::markdown::{Manner, write};
use crate::office::document::{Changes, Document, read};

/// The levels that headings of prose have: the title of the section is above them.
const LEVELS: std::ops::RangeInclusive<usize> = 2..=3;

/// Reads a copied text; fails, in the author's words, where there is none.
pub fn pasted(html: &str) -> Result<Pasted, String> {
    let mut document = read("copied.html", html.as_bytes(), Changes::Accepted).map_err(|error| error.message)?;
    let level = |level: u8| (usize::from(level) + 1).clamp(*LEVELS.start(), *LEVELS.end());
    let markdown = write(&document.blocks, &Manner { level: &level, note: &|_| String::new() });
    let left_out = left_out(&mut document);
    if markdown.trim().is_empty() {
        return Err(match left_out.is_empty() {
            true => "nothing that was copied is a text".to_owned(),
            false => left_out.join("; "),
        });
    }
    Ok(Pasted { markdown: markdown.trim_end().to_owned(), left_out })
}

/// What did not come along, and where it has its place.
fn left_out(document: &mut Document) -> Vec<String> {
    let count = |number: usize, one: &str, many: &str, place: &str| match number {
        0 => None,
        1 => Some(format!("1 {one} was left out: {place}")),
        number => Some(format!("{number} {many} were left out: {place}")),
    };
    let tables = "its figures have their place in a table file, where they are checked";
    let pictures = "add it as a picture, with its alternative text";
    let counted = [
        count(document.tables.len(), "table", "tables", tables),
        count(document.pictures.len(), "picture", "pictures", pictures),
    ];
    let said = document.said.drain(..).map(|said| format!("{}: {}", said.about, said.text));
    counted.into_iter().flatten().chain(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn markdown(html: &str) -> String {
        pasted(html).unwrap_or_else(|why| panic!("{why}: {html}")).markdown
    }

    #[test]
    fn what_is_copied_from_word_becomes_prose() {
        let word = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p{color:red}</style></head>\
            <body lang=EN-GB><!--StartFragment--><h1>Our year<o:p></o:p></h1>\
            <p class=MsoNormal>We <b>opened</b> two <i>new</i> branches.<o:p></o:p></p>\
            <ul><li>Alton</li><li>Borley</li></ul><!--EndFragment--></body></html>";
        assert_eq!(markdown(word), "## Our year\n\nWe **opened** two *new* branches.\n\n- Alton\n- Borley");
    }

    #[test]
    fn what_markdown_or_tally_would_read_is_printed_as_it_was_copied() {
        assert_eq!(markdown("<p>5 * 3 {{ facts.visits }} [x]</p>"), "5 \\* 3 \\{{ facts.visits }} \\[x\\]");
        assert!(!markdown("<p>a<script>alert(1)</script> &lt;b&gt;</p>").contains("alert"));
    }

    #[test]
    fn what_has_another_place_is_said() {
        let table = "<p>Costs:</p><table><tr><th>Year</th></tr><tr><td>12</td></tr></table>";
        let Pasted { markdown, left_out } = pasted(table).unwrap();
        assert_eq!(markdown, "Costs:");
        assert!(left_out[0].starts_with("1 table was left out"), "{left_out:?}");
        assert!(pasted("<img src=x.png>").is_err());
        assert_eq!(pasted("").unwrap_err(), "nothing that was copied is a text");
    }
}
