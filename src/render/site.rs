//! What search engines and other programs read: structured data, the map of the site, the feed and the list of the reports,
//! and what robots may do.

use serde_json::{Value, json};

use super::describe::{add, to_bytes};
use crate::view::{Download, Index, IndexEntry, LanguageView, Latest, Page, Statement};

/// What stands for the organisation in structured data where it is named again.
const ORGANISATION: &str = "#publisher";
/// And for the report.
const REPORT: &str = "#";

/// A report as structured data (JSON-LD, schema.org `Report`), fit to stand in a page, whose own description it does not
/// repeat.
pub fn structured_data(page: &Page, pdf: Option<&Download>) -> String {
    let full = |file: &str| page.address.as_ref().map_or(file.to_owned(), |address| format!("{address}{file}"));
    let publisher = json!({"@type": "Organization", "@id": ORGANISATION, "name": page.organisation.name});
    let covers = page.period_iso.join("/");
    let mut report = json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": REPORT,
        "name": format!("{}: {}", page.title.text, page.subtitle.text),
        "inLanguage": page.language,
        "datePublished": page.published_iso,
        "temporalCoverage": covers,
        "publisher": publisher,
    });
    let licence = page.licence.as_ref().map(|licence| json!(licence.to.as_ref().unwrap_or(&licence.name)));
    add(&mut report, "url", page.address.as_ref().map(|address| json!(address)));
    add(
        &mut report,
        "encoding",
        pdf.map(
            |pdf| json!({"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": full(&pdf.file)}),
        ),
    );
    let dataset = |file: &crate::view::DataLink| {
        let download = json!({"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": full(&file.csv)});
        let mut dataset = json!({
            "@type": "Dataset",
            "name": file.title,
            "description": file.about.description,
            "creator": {"@id": ORGANISATION},
            "isPartOf": {"@id": REPORT},
            "temporalCoverage": covers,
            "distribution": download,
        });
        let measured = &file.about.measured;
        add(&mut dataset, "variableMeasured", (!measured.is_empty()).then(|| json!(measured)));
        add(&mut dataset, "url", file.about.section.as_ref().map(|section| json!(full(&format!("#{section}")))));
        add(&mut dataset, "license", licence.clone());
        dataset
    };
    let datasets: Vec<Value> = page.data.iter().map(dataset).collect();
    add(&mut report, "hasPart", (!datasets.is_empty()).then(|| json!(datasets)));
    // An end tag inside a string would end the script element.
    report.to_string().replace('<', "\\u003c")
}

/// The map of the site: every page with the day on which it was last changed, where that is known.
pub fn sitemap(base: &str, index: &Index, statements: &[Statement]) -> String {
    let url = |path: &str, day: Option<&str>, languages: &str| {
        let day = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        format!("<url><loc>{}</loc>{day}{languages}</url>\n", escaped(&format!("{base}/{path}")))
    };
    let page = |report: &IndexEntry| {
        let languages: String = report.languages.iter().map(alternate).collect();
        url(&format!("{}/", report.id), Some(&report.published_iso), &languages)
    };
    let pages: String = published(index).map(page).collect();
    let statements: Vec<&Statement> = statements.iter().filter(|one| !one.is_of_drafts).collect();
    let is_in_several = statements.len() > 1;
    let is_there =
        |language: &&LanguageView| is_in_several && statements.iter().any(|one| one.language == language.tag);
    let statement = |one: &&Statement| {
        url(&one.path, None, &one.languages.iter().filter(is_there).map(alternate).collect::<String>())
    };
    let statements_of_all: String = statements.iter().map(statement).collect();
    let names = if is_in_several { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{names}>\n{}{pages}{statements_of_all}</urlset>\n",
        url("", None, ""),
    )
}

/// A page in one of its languages; each names all of them, itself too.
fn alternate(language: &LanguageView) -> String {
    let (tag, address) = (escaped(&language.tag), escaped(&language.address));
    format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>")
}

/// What feed readers are told (Atom): every report, the latest first.
pub fn feed(base: &str, index: &Index) -> String {
    let mut reports: Vec<&IndexEntry> = published(index).collect();
    reports.sort_by(|one, other| other.published_iso.cmp(&one.published_iso));
    let moment = |day: &str| format!("{day}T00:00:00Z");
    // A feed without reports was never updated; it must say a time all the same.
    let updated = moment(reports.first().map_or("1970-01-01", |report| &report.published_iso));
    let entries: String = reports.iter().map(|report| entry(base, report, &moment(&report.published_iso))).collect();
    let name = index.organisation.name.as_str();
    let title = escaped(&index.wording.say("not-found.all", &[("organisation", name)]));
    let (base, name) = (escaped(base), escaped(name));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{base}/</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<author><name>{name}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}/\"/>\n{entries}</feed>\n",
        index.language,
    )
}

fn entry(base: &str, report: &IndexEntry, moment: &str) -> String {
    let address = escaped(&format!("{base}/{}/", report.id));
    let pdf = report.pdf.as_ref().map_or_else(String::new, |pdf| {
        let address = escaped(&format!("{base}/{}", pdf.file));
        format!("<link rel=\"enclosure\" type=\"application/pdf\" href=\"{address}\"/>")
    });
    format!(
        "<entry xml:lang=\"{}\"><id>{address}</id><title>{}</title><published>{moment}</published><updated>{moment}</updated>\
         <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>{pdf}<summary>{}</summary></entry>\n",
        escaped(&report.language),
        escaped(&format!("{}: {}", report.title, report.subtitle)),
        escaped(&report.description),
    )
}

/// Every report as programs read it, with the addresses of its files: full ones where it is known under which address they
/// are published, and else paths beside this list.
pub fn list_of_reports(index: &Index) -> Vec<u8> {
    let base = index.address.as_deref().unwrap_or_default();
    let report = |report: &IndexEntry| {
        let file = |path: &str| json!(format!("{base}{}/{path}", report.id));
        let mut listed = json!({
            "id": report.id,
            "title": report.title,
            "subtitle": report.subtitle,
            "description": report.description,
            "language": report.language,
            "from": report.period_iso[0],
            "to": report.period_iso[1],
            "published": report.published_iso,
            "is_draft": report.is_draft,
            "data": file("data/datapackage.json"),
            "figures": file("data/figures.csv"),
        });
        add(&mut listed, "page", report.page.then(|| file("index.html")));
        add(&mut listed, "pdf", report.pdf.as_ref().map(|pdf| json!(format!("{base}{}", pdf.file))));
        add(&mut listed, "workbook", report.workbook.as_ref().map(|path| json!(format!("{base}{path}"))));
        add(&mut listed, "translation_of", report.translates.as_ref().map(|original| json!(original)));
        let others = report.languages.iter().filter(|one| one.id != report.id);
        let others: Vec<Value> = others.map(|one| json!({"language": one.tag, "id": one.id})).collect();
        add(&mut listed, "also_in", (!others.is_empty()).then(|| json!(others)));
        add(&mut listed, "follows", report.follows.as_ref().map(|follows| json!(follows)));
        listed
    };
    let latest = |latest: &Latest| json!({ "series": latest.series, "report": latest.report, "page": format!("{base}latest/{}/index.html", latest.series) });
    let mut list = json!({
        "publisher": index.organisation.name,
        "reports": index.reports().map(report).collect::<Vec<_>>(),
        "latest": index.latest.iter().map(latest).collect::<Vec<_>>(),
    });
    add(&mut list, "address", index.address.as_ref().map(|address| json!(address)));
    to_bytes(&list)
}

/// The reports that search engines and feed readers are led to.
fn published(index: &Index) -> impl Iterator<Item = &IndexEntry> {
    index.reports().filter(|report| report.page && !report.is_draft)
}

/// A text as it stands in XML.
fn escaped(text: &str) -> String {
    let mut escaped = Vec::new();
    // Writing into memory cannot fail.
    let _ = tera::escape_html(text, &mut escaped);
    String::from_utf8_lossy(&escaped).into_owned()
}

/// Everything may be read; the map says where it is.
pub fn robots(base: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n")
}
