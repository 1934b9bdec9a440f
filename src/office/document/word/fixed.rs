//! The parts of a package that are the same in every document, or nearly so.

use crate::office::document::Picture;
use crate::office::xml::escaped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OF: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

pub const OWN_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" Target=\"itemProps1.xml\"/></Relationships>";

pub const OWN_PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\" ds:itemID=\"{7A11E000-0D0C-4A11-8A11-7A11E0000001}\"><ds:schemaRefs/></ds:datastoreItem>";

pub const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:trackRevisions/><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

pub const DOCUMENT_START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>";

pub const DOCUMENT_END: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";

pub const NOTES_START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";

const CONTROL_END: &str = "</w:sdtContent></w:sdt>";

/// A content control round the text of a file, and a bookmark, which programs keep that drop the tag.
pub fn control_start(name: &str, tag: &str, number: usize) -> String {
    format!(
        "<w:bookmarkStart w:id=\"{number}\" w:name=\"{tag}\"/><w:sdt><w:sdtPr><w:alias w:val=\"{name}\"/><w:tag w:val=\"{tag}\"/></w:sdtPr><w:sdtContent>"
    )
}

/// The end of both.
pub fn control_end(number: usize) -> String {
    format!("{CONTROL_END}<w:bookmarkEnd w:id=\"{number}\"/>")
}

pub fn content_types(pictures: &[Picture]) -> String {
    let mut endings: Vec<(&str, &str)> =
        pictures.iter().filter(|picture| !picture.bytes.is_empty()).map(kind).collect();
    endings.sort_unstable();
    endings.dedup();
    let endings: String = endings
        .iter()
        .map(|(ending, kind)| format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>"))
        .collect();
    let part = |name: &str, kind: &str| {
        format!(
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.{kind}+xml\"/>"
        )
    };
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{endings}{}{}{}{}{}{}</Types>",
        part("word/document.xml", "wordprocessingml.document.main"),
        part("word/styles.xml", "wordprocessingml.styles"),
        part("word/numbering.xml", "wordprocessingml.numbering"),
        part("word/footnotes.xml", "wordprocessingml.footnotes"),
        part("word/settings.xml", "wordprocessingml.settings"),
        part("customXml/itemProps1.xml", "customXmlProperties"),
    )
}

/// The ending and the kind of a picture.
fn kind(picture: &Picture) -> (&'static str, &'static str) {
    match picture.ending.as_str() {
        "jpg" | "jpeg" => ("jpg", "image/jpeg"),
        "svg" => ("svg", "image/svg+xml"),
        _ => ("png", "image/png"),
    }
}

pub fn picture_name(number: usize, picture: &Picture) -> String {
    format!("word/media/picture{}.{}", number + 1, kind(picture).0)
}

pub fn picture_relation(number: usize, picture: &Picture) -> String {
    format!(
        "<Relationship Id=\"rIdP{}\" Type=\"{OF}/image\" Target=\"media/picture{}.{}\"/>",
        number + 1,
        number + 1,
        kind(picture).0
    )
}

pub fn link_id(place: usize) -> String {
    format!("rIdL{}", place + 1)
}

pub fn link(place: usize, to: &str) -> String {
    format!(
        "<Relationship Id=\"{}\" Type=\"{OF}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
        link_id(place),
        escaped(to)
    )
}

/// The relations of the text, with those of every document.
pub fn relations(more: &str) -> String {
    let part = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OF}/{kind}\" Target=\"{target}\"/>")
    };
    let all = [
        part(1, "styles", "styles.xml"),
        part(2, "numbering", "numbering.xml"),
        part(3, "footnotes", "footnotes.xml"),
        part(4, "settings", "settings.xml"),
        part(5, "customXml", "../customXml/item1.xml"),
    ];
    only_relations(&(all.concat() + more))
}

pub fn only_relations(all: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>")
}

pub fn drawing(number: usize, alt: &str, (width, height): (usize, usize)) -> String {
    let id = number + 1;
    format!(
        "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{alt}\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"picture{id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

/// The styles that texts are written in, with the names that Word knows in every language.
pub fn styles(language: &str) -> String {
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let heading = |level: usize, size: usize| {
        style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            &format!("<w:b/><w:sz w:val=\"{size}\"/>"),
        )
    };
    let mut all = format!(
        "{HEAD}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        escaped(language)
    );
    all += &style("Title", "Title", "<w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"44\"/>");
    for (level, size) in [(1, 34), (2, 28), (3, 24), (4, 22), (5, 22), (6, 22)] {
        all += &heading(level, size);
    }
    all += &style("Quote", "Quote", "<w:ind w:left=\"720\"/>", "");
    all += &style("ListContinue", "List Continue", "", "");
    all += &style("Caption", "caption", "<w:keepNext/>", "<w:b/><w:sz w:val=\"20\"/>");
    all += &style("PullOut", "Pull-out", "<w:spacing w:before=\"120\" w:after=\"120\"/>", "<w:sz w:val=\"28\"/>");
    all += &style("TableHead", "Table Head", "", "<w:b/>");
    all += &style("FootnoteText", "footnote text", "", "<w:sz w:val=\"18\"/>");
    all += "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>";
    all += "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B5394\"/><w:u w:val=\"single\"/></w:rPr></w:style>";
    all += "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders></w:tblPr></w:style>";
    all + "</w:styles>"
}
