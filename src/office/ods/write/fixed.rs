//! The parts of a workbook that are the same in all, or nearly so.

use super::cells::{Decimals, style_of as number_style};
use super::{Book, Width};
use crate::office::xml::escaped;

pub const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/><manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/><manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>\n";

pub const CONTENT_START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\">";

const WIDTHS: [(Width, &str, &str); 3] =
    [(Width::Narrow, "narrow", "3.6cm"), (Width::Middle, "middle", "6.5cm"), (Width::Wide, "wide", "14cm")];

/// The style of a column so wide.
pub fn style_of(width: Width) -> &'static str {
    WIDTHS.iter().find(|(one, ..)| *one == width).map_or("middle", |(_, name, _)| name)
}

/// The styles of sheets, columns and rows, and where cells begin.
pub fn sheet_styles(direction: &str) -> String {
    let column = |(_, name, width): &(Width, &str, &str)| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{width}\"/></style:style>"
        )
    };
    let columns: String = WIDTHS.iter().map(column).collect();
    format!(
        "<office:automatic-styles>{columns}<style:style style:name=\"row\" style:family=\"table-row\"><style:table-row-properties style:use-optimal-row-height=\"true\"/></style:style><style:style style:name=\"sheet\" style:family=\"table\"><style:table-properties table:display=\"true\" style:writing-mode=\"{direction}\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"
    )
}

/// What the file says of itself.
pub fn meta(book: &Book) -> String {
    let [title, creator, day, language] =
        [&book.title, &book.creator, &book.day, &book.language].map(|text| escaped(text));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\"><office:meta><meta:generator>Tally</meta:generator><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:date>{day}T00:00:00</dc:date><dc:language>{language}</dc:language></office:meta></office:document-meta>\n"
    )
}

/// The styles of cells. Words are in a typeface without serifs, in 12 points, and break where their column ends; nothing is
/// said by colour.
pub fn styles(book: &Book, decimals: &Decimals) -> String {
    let (language, country) = book.language.split_once('-').unwrap_or((&book.language, "none"));
    let [language, country] = [language, country].map(escaped);
    let cell = |name: &str, about: &str, inside: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\" style:parent-style-name=\"Default\"{about}>{inside}</style:style>"
        )
    };
    let wraps = "<style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/>";
    let bold = |size: &str| format!("<style:text-properties fo:font-size=\"{size}\" fo:font-weight=\"bold\"/>");
    let ruled = "<style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"bottom\" fo:border-bottom=\"1pt solid #000000\"/>";
    let top = "<style:table-cell-properties style:vertical-align=\"top\"/>";
    let number = |decimals: &usize| {
        let name = number_style(*decimals);
        let format = format!(
            "<number:number-style style:name=\"f-{name}\"><number:number number:decimal-places=\"{decimals}\" number:min-decimal-places=\"{decimals}\" number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>"
        );
        format + &cell(&name, &format!(" style:data-style-name=\"f-{name}\""), top)
    };
    let numbers: String = decimals.0.iter().map(number).collect();
    let link = format!("{wraps}<style:text-properties fo:color=\"#0b4a7a\" style:text-underline-style=\"solid\"/>");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" office:version=\"1.3\"><office:styles><style:default-style style:family=\"table-cell\"><style:text-properties fo:font-family=\"Arial\" fo:font-size=\"12pt\" fo:language=\"{language}\" fo:country=\"{country}\"/></style:default-style><style:style style:name=\"Default\" style:family=\"table-cell\"/>{}{}{}{}{}{}<number:number-style style:name=\"f-ordinal\"><number:number number:decimal-places=\"0\" number:min-integer-digits=\"1\"/></number:number-style>{}<number:date-style style:name=\"f-day\"><number:year number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>{numbers}</office:styles></office:document-styles>\n",
        cell("title", "", &bold("16pt")),
        cell("line", "", ""),
        cell("words", "", wraps),
        cell("head", "", &format!("{ruled}{}", bold("12pt"))),
        cell("link", "", &link),
        cell("ordinal", " style:data-style-name=\"f-ordinal\"", top),
        cell("day", " style:data-style-name=\"f-day\"", top),
    )
}
