//! What servers are told of the pages: headers, kinds of files, what to show where there is no page, and redirects.
//!
//! In: the address under which the output is published, and where the latest editions are. Out: a file for each kind of
//! host, to be saved where that host looks for it.

use crate::view::{Index, Latest};

/// What pages may load: their own style sheets, pictures and fonts, and nothing else. Nothing of them runs.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The files by their names, with what stands for the redirects in each.
const HOSTS: [(&str, &str, Redirect); 6] = [
    ("nginx.conf", include_str!("hosting/nginx.conf"), nginx),
    ("apache.txt", include_str!("hosting/apache.txt"), apache),
    ("iis.xml", include_str!("hosting/iis.xml"), iis),
    ("headers.txt", include_str!("hosting/headers.txt"), line),
    ("redirects.txt", "{{redirects}}\n", line),
    ("README.txt", include_str!("hosting/README.txt"), line),
];

/// Writes the redirect from one path to another.
type Redirect = fn(&str, &str) -> String;

/// The files for hosts, by their names in a folder of their own.
pub fn hosting(base: &str, index: &Index) -> Vec<(&'static str, String)> {
    let path = path_of(base);
    let robots = match robots_line(base) {
        Some(line) => format!(
            "Robots read no robots.txt in a folder. Add this line to the one at the root of the site:\n\n  {line}\n"
        ),
        None => "robots.txt lies at the root of the site, where robots look for it.\n".to_owned(),
    };
    let file = |(name, text, redirect): (&'static str, &str, Redirect)| {
        let way = |latest: &Latest| {
            redirect(&format!("{path}/latest/{}/", latest.series), &format!("{path}/{}/", latest.report))
        };
        let redirects: Vec<String> = index.latest.iter().map(way).collect();
        let data: Vec<String> =
            index.reports().filter(|report| report.page).map(|report| iis_data(&report.id)).collect();
        let filled = [
            ("base", base),
            ("path", path),
            ("policy", POLICY),
            ("redirects", &redirects.join("\n")),
            ("data", &data.join("\n")),
            ("robots", &robots),
        ];
        let text =
            filled.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value));
        (name, text)
    };
    HOSTS.into_iter().map(file).collect()
}

/// The line that a `robots.txt` at the root of the site needs, where the pages do not lie there themselves.
pub fn robots_line(base: &str) -> Option<String> {
    (!path_of(base).is_empty()).then(|| format!("Sitemap: {base}/sitemap.xml"))
}

/// The path of an address: `/reports` of `https://www.example.org/reports`, nothing of a root.
fn path_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    base[host..].find('/').map_or("", |at| &base[host + at..])
}

fn nginx(from: &str, to: &str) -> String {
    format!("location = {from} {{ return 302 {to}; }}")
}

fn apache(from: &str, to: &str) -> String {
    format!("RedirectMatch 302 ^{from}(index\\.html)?$ {to}")
}

fn iis(from: &str, to: &str) -> String {
    let folder = from.trim_matches('/').rsplit('/').take(2).collect::<Vec<_>>();
    let folder = folder.into_iter().rev().collect::<Vec<_>>().join("/");
    format!(
        "  <location path=\"{folder}\">\n    <system.webServer><httpRedirect enabled=\"true\" destination=\"{to}\" exactDestination=\"true\" childOnly=\"false\" httpResponseStatus=\"Found\"/></system.webServer>\n  </location>\n"
    )
}

/// IIS names headers by folders: those of the data of a report.
fn iis_data(report: &str) -> String {
    format!(
        "  <location path=\"{report}/data\">\n    <system.webServer><httpProtocol><customHeaders><add name=\"Access-Control-Allow-Origin\" value=\"*\"/></customHeaders></httpProtocol></system.webServer>\n  </location>"
    )
}

fn line(from: &str, to: &str) -> String {
    format!("{from} {to} 302")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robots_look_at_the_root_of_a_site_alone() {
        for (base, path, line) in [
            ("https://www.example.org", "", None),
            ("https://www.example.org:8080", "", None),
            (
                "https://www.example.org/reports",
                "/reports",
                Some("Sitemap: https://www.example.org/reports/sitemap.xml"),
            ),
        ] {
            assert_eq!((path_of(base), robots_line(base).as_deref()), (path, line));
        }
    }

    #[test]
    fn each_host_is_led_from_the_series_to_its_latest_edition() {
        let (from, to) = ("/reports/latest/annual/", "/reports/annual-2026/");
        assert_eq!(nginx(from, to), "location = /reports/latest/annual/ { return 302 /reports/annual-2026/; }");
        assert_eq!(
            apache(from, to),
            "RedirectMatch 302 ^/reports/latest/annual/(index\\.html)?$ /reports/annual-2026/"
        );
        assert!(
            iis(from, to).contains("path=\"latest/annual\"")
                && iis(from, to).contains("destination=\"/reports/annual-2026/\"")
        );
        assert_eq!(line(from, to), "/reports/latest/annual/ /reports/annual-2026/ 302");
    }
}
