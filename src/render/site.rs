//! What search engines and other programs read: structured data, the map of the site, and what robots may do.

use serde_json::{Value, json};

use super::describe::add;
use crate::view::{Download, Index, Page};

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
pub fn sitemap(base: &str, index: &Index) -> String {
    let url = |path: &str, day: Option<&str>| {
        let day = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        let mut address = Vec::new();
        // Writing into memory cannot fail.
        let _ = tera::escape_html(&format!("{base}/{path}"), &mut address);
        format!("<url><loc>{}</loc>{day}</url>\n", String::from_utf8_lossy(&address))
    };
    let reports = index.reports().filter(|report| report.page && report.draft.is_none());
    let pages: String = reports.map(|report| url(&format!("{}/", report.id), Some(&report.published_iso))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}{pages}{}</urlset>\n",
        url("", None),
        url("accessibility.html", None),
    )
}

/// Everything may be read; the map says where it is.
pub fn robots(base: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n")
}
