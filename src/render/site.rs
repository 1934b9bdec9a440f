//! What search engines and other programs read: structured data, the map of the site, and what robots may do.

use serde_json::{Value, json};

use crate::view::{Download, Index, Page};

/// What stands for the organisation in structured data where it is named again.
const ORGANISATION: &str = "#organisation";

/// A report as structured data (JSON-LD, schema.org `Report`), fit to stand in a page.
pub fn structured_data(page: &Page, pdf: Option<&Download>) -> String {
    let full = |file: &str| page.address.as_ref().map_or(file.to_owned(), |address| format!("{address}{file}"));
    let publisher = json!({"@type": "Organization", "@id": ORGANISATION, "name": page.organisation.name});
    let mut report = json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "name": format!("{}: {}", page.title.text, page.subtitle.text),
        "description": page.description.text,
        "inLanguage": page.language,
        "datePublished": page.published_iso,
        "temporalCoverage": page.period_iso.join("/"),
        "publisher": publisher,
        "isAccessibleForFree": true,
    });
    let mut add = |name: &str, value: Option<Value>| {
        if let (Some(fields), Some(value)) = (report.as_object_mut(), value) {
            fields.insert(name.to_owned(), value);
        }
    };
    add("url", page.address.as_ref().map(|address| json!(address)));
    add(
        "encoding",
        pdf.map(
            |pdf| json!({"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": full(&pdf.file)}),
        ),
    );
    let dataset = |file: &crate::view::DataLink| {
        let download = json!({"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": full(&file.csv)});
        json!({"@type": "Dataset", "name": file.title, "creator": {"@id": ORGANISATION}, "distribution": download})
    };
    let datasets: Vec<Value> = page.data.iter().map(dataset).collect();
    add("hasPart", (!datasets.is_empty()).then(|| json!(datasets)));
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
    let reports = index.reports().filter(|report| report.page && !report.is_draft);
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
