//! What servers are told: each file is read as its host reads it, and held against what the pages need.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};
use tally::build::{Options, build};
use tally::model::values::BaseAddress;
use tally::yaml::Parse;

use crate::support::{Sandbox, files};

/// A published site in a folder of a server: its files by their paths, and those for hosts.
struct Site {
    folder: &'static str,
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    fn at(folder: &'static str) -> Self {
        let sandbox = Sandbox::full();
        let base_url = Some(BaseAddress::parse(&format!("https://www.example.org{folder}")).unwrap());
        let outcome = build(&Options { base_url, ..sandbox.options() }, &|_| ());
        assert!(outcome.manifest.is_some(), "{}", sandbox.messages(&outcome));
        Self { folder, files: files(&sandbox.output()).into_iter().collect() }
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }

    /// The paths of all files as a browser asks for them, without those that are for servers.
    fn asked(&self) -> impl Iterator<Item = (String, &str)> {
        let published = self.files.keys().filter(|path| !path.starts_with("hosting/"));
        published.map(|path| (format!("{}/{path}", self.folder), path.as_str()))
    }
}

/// The kinds of files that a site has, by their endings.
fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A rule of a `_headers` file: for which paths it is, and the headers that it sets.
struct Rule<'t> {
    pattern: &'t str,
    headers: Vec<(&'t str, &'t str)>,
}

/// Reads a `_headers` file as Netlify and Cloudflare describe it: a path at the beginning of a line, headers under it with
/// space before them, and comments.
fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        // Longer lines are passed over by Cloudflare.
        assert!(line.len() <= 2_000, "{line}");
        match line.starts_with([' ', '\t']) {
            false => rules.push(Rule { pattern: line.trim(), headers: Vec::new() }),
            true => {
                let header = line.trim().split_once(':').map(|(name, value)| (name.trim(), value.trim()));
                rules.last_mut().expect("a path comes first").headers.push(header.expect("a name and a value"));
            }
        }
    }
    assert!(rules.len() <= 100, "Cloudflare reads no more rules");
    for Rule { pattern, .. } in &rules {
        assert!(pattern.starts_with('/') && pattern.matches('*').count() <= 1, "{pattern}");
        // Only at the end does a star mean the same to all of them.
        assert!(!pattern.contains('*') || pattern.ends_with("/*"), "{pattern}");
    }
    rules
}

/// Whether a pattern is for a path: `:name` stands for one step, `*` at the end for all that follows.
fn is_for(pattern: &str, path: &str) -> bool {
    let (mut steps, mut asked) = (pattern.split('/'), path.split('/'));
    loop {
        match (steps.next(), asked.next()) {
            (Some("*"), Some(_)) | (None, None) => return true,
            (Some(step), Some(_)) if step.starts_with(':') => {}
            (Some(step), Some(own)) if step == own => {}
            _ => return false,
        }
    }
}

#[test]
fn patterns_are_read_as_hosts_describe_them() {
    assert!(is_for("/a/*", "/a/b/c.csv") && is_for("/a/*", "/a/") && !is_for("/a/*", "/b/a/"));
    assert!(is_for("/:one/data/*", "/x/data/y.csv") && !is_for("/:one/data/*", "/x/y/data/z.csv"));
    assert!(is_for("/a/b", "/a/b") && !is_for("/a/b", "/a/b/c"));
}

/// The headers that a host which reads `_headers` sends with a file. Two of one name would be joined by a comma.
fn sent<'t>(rules: &'t [Rule], path: &str) -> BTreeMap<&'t str, &'t str> {
    let mut sent = BTreeMap::new();
    for (name, value) in rules.iter().filter(|rule| is_for(rule.pattern, path)).flat_map(|rule| &rule.headers) {
        assert_eq!(sent.insert(*name, *value), None, "{path}: {name} is said twice");
    }
    sent
}

const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// At the root of a site and in a folder, each kind of file has the headers that it needs.
#[test]
fn hosts_with_a_headers_file_send_what_each_file_needs() {
    for folder in ["", "/a/reports"] {
        let site = Site::at(folder);
        let rules = rules(site.text("hosting/headers.txt"));
        let mut kinds = BTreeSet::new();
        for (asked, path) in site.asked() {
            let sent = sent(&rules, &asked);
            assert!(sent["Content-Security-Policy"].starts_with("default-src 'none'; style-src 'self'"), "{asked}");
            assert_eq!(sent["X-Content-Type-Options"], "nosniff", "{asked}");
            assert_eq!(sent["Referrer-Policy"], "strict-origin-when-cross-origin", "{asked}");
            let is_for_good = path.starts_with("assets/");
            assert_eq!(sent.get("Cache-Control"), is_for_good.then_some(&FOR_GOOD), "{asked}");
            if is_for_good {
                assert!(has_digest(path), "{path} may be another file one day");
            }
            let is_data = path.split('/').nth(1) == Some("data");
            assert_eq!(sent.get("Access-Control-Allow-Origin"), is_data.then_some(&"*"), "{asked}");
            kinds.insert(ending(path));
        }
        for kind in ["html", "css", "svg", "csv", "json", "ods", "pdf", "png", "xml", "atom"] {
            assert!(kinds.contains(kind), "no file of the kind {kind} was looked at");
        }
        assert!(sent(&rules, "/elsewhere/page").is_empty() || folder.is_empty(), "other pages are left alone");
    }
}

/// `report.3f0c9a1b22d4.css`.
fn has_digest(path: &str) -> bool {
    let mut pieces = path.rsplit('.');
    pieces.next();
    pieces.next().is_some_and(|piece| piece.len() == 12 && piece.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Each line: from where, to where, and 302, since the latest edition will be another one.
#[test]
fn hosts_with_a_redirects_file_lead_to_the_latest_edition() {
    let site = Site::at("/a/reports");
    let lines: Vec<Vec<&str>> =
        site.text("hosting/redirects.txt").lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(lines, [["/a/reports/latest/example/", "/a/reports/example/", "302"]]);
    assert!(site.files.contains_key("latest/example/index.html") && site.files.contains_key("example/index.html"));
}

/// What IIS understands of these elements, with their attributes, by its reference of the section `system.webServer`.
const ELEMENTS: [(&str, &str, &[&str]); 14] = [
    ("configuration", "", &[]),
    ("system.webServer", "configuration location", &[]),
    ("location", "configuration", &["path"]),
    ("staticContent", "system.webServer", &[]),
    ("remove", "staticContent", &["fileExtension"]),
    ("mimeMap", "staticContent", &["fileExtension", "mimeType"]),
    ("clientCache", "staticContent", &["cacheControlMode", "cacheControlMaxAge", "cacheControlCustom"]),
    ("httpProtocol", "system.webServer", &[]),
    ("customHeaders", "httpProtocol", &[]),
    ("add", "customHeaders", &["name", "value"]),
    ("httpErrors", "system.webServer", &["errorMode"]),
    ("remove", "httpErrors", &["statusCode"]),
    ("error", "httpErrors", &["statusCode", "path", "responseMode"]),
    (
        "httpRedirect",
        "system.webServer",
        &["enabled", "destination", "exactDestination", "childOnly", "httpResponseStatus"],
    ),
];

/// Kinds that IIS serves without being told, by its list of a new server.
const KNOWN_TO_IIS: [&str; 8] = ["html", "css", "png", "jpg", "pdf", "xml", "txt", "ico"];

fn named<'a, 'd: 'a>(document: &'a Document<'d>, name: &'a str) -> impl Iterator<Item = Node<'a, 'd>> {
    document.descendants().filter(move |node| node.has_tag_name(name))
}

#[test]
fn iis_is_told_in_elements_that_it_knows() {
    let site = Site::at("/a/reports");
    let document = Document::parse(site.text("hosting/iis.xml")).unwrap();
    for element in document.descendants().filter(Node::is_element) {
        let (name, parent) = (element.tag_name().name(), element.parent_element());
        let within = parent.map_or("", |parent| parent.tag_name().name());
        let known = ELEMENTS.iter().find(|(own, places, _)| {
            *own == name && (places.is_empty() && within.is_empty() || places.split(' ').any(|place| place == within))
        });
        let (.., attributes) = known.unwrap_or_else(|| panic!("<{name}> in <{within}>"));
        let foreign = element.attributes().find(|attribute| !attributes.contains(&attribute.name()));
        assert!(foreign.is_none(), "<{name}> {foreign:?}");
    }
    let types: BTreeMap<&str, &str> = named(&document, "mimeMap")
        .map(|one| (one.attribute("fileExtension").unwrap(), one.attribute("mimeType").unwrap()))
        .collect();
    for (asked, path) in site.asked() {
        let kind = format!(".{}", ending(path));
        assert!(types.contains_key(&*kind) || KNOWN_TO_IIS.contains(&ending(path)), "{asked} is not served");
    }
    assert_eq!(types[".csv"], "text/csv; charset=utf-8");
    // Where a server has a type already, a second one would stop the whole site.
    let removed: BTreeSet<&str> = named(&document, "remove").filter_map(|one| one.attribute("fileExtension")).collect();
    assert_eq!(removed, types.keys().copied().collect());
    let error = named(&document, "error").next().unwrap();
    assert_eq!(
        (error.attribute("path"), error.attribute("responseMode")),
        (Some("/a/reports/404.html"), Some("ExecuteURL"))
    );
    let headers: Vec<&str> = named(&document, "add").filter_map(|one| one.attribute("name")).collect();
    let of_data = "Access-Control-Allow-Origin";
    assert_eq!(headers, ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", of_data]);
    let places: Vec<&str> = named(&document, "location").filter_map(|one| one.attribute("path")).collect();
    assert_eq!(places, ["assets", "example/data", "latest/example"]);
    let redirect = named(&document, "httpRedirect").next().unwrap();
    let said = ["destination", "exactDestination", "httpResponseStatus"].map(|name| redirect.attribute(name));
    assert_eq!(said, [Some("/a/reports/example/"), Some("true"), Some("Found")]);
}

/// nginx hands no header down to a location that adds one of its own: each says all that its files need.
#[test]
fn no_location_of_nginx_loses_a_header() {
    let site = Site::at("/a/reports");
    let text = site.text("hosting/nginx.conf");
    let locations: Vec<(&str, &str)> = text
        .split("\nlocation ")
        .skip(1)
        .filter_map(|rest| rest.split_once(" {"))
        .filter(|(_, body)| body.contains("add_header"))
        .map(|(place, body)| (place, body.split("\n}").next().unwrap()))
        .collect();
    assert_eq!(locations.len(), 4, "{locations:?}");
    // Of those that fit nginx takes the first.
    let of_data: Vec<&str> =
        locations.iter().map(|(place, _)| *place).filter(|place| place.contains("/data/")).collect();
    assert_eq!(of_data, ["~ \"^/a/reports/[^/]+/data/.+\\.csv$\"", "~ \"^/a/reports/[^/]+/data/\""]);
    for (place, body) in locations {
        assert!(body.contains("X-Content-Type-Options nosniff always;"), "{place}");
        assert!(body.contains("Cache-Control"), "{place}");
        assert_eq!(body.contains("Access-Control-Allow-Origin \"*\""), place.contains("/data/"), "{place}");
        let has_pages = place == "/a/reports/" || place.ends_with("/data/\"");
        assert_eq!(body.contains("Content-Security-Policy"), has_pages, "{place}");
    }
    // A redirect would name the machine behind the address that was asked for, and its port.
    assert!(text.contains("\nabsolute_redirect off;\n"));
    assert!(text.contains("\nlocation = /a/reports/latest/example/ { return 302 /a/reports/example/; }\n"));
}

#[test]
fn apache_names_the_type_and_the_readers_of_data() {
    let site = Site::at("/a/reports");
    let lines: BTreeSet<&str> = site.text("hosting/apache.txt").lines().map(str::trim).collect();
    for line in [
        "AddType text/csv .csv",
        "ErrorDocument 404 /a/reports/404.html",
        "SetEnvIf Request_URI \"^/a/reports/[^/]+/data/\" is-data",
        "Header always set Access-Control-Allow-Origin \"*\" env=is-data",
        "Header set Cache-Control \"public, max-age=31536000, immutable\"",
        "RedirectMatch 302 ^/a/reports/latest/example/(index\\.html)?$ /a/reports/example/",
    ] {
        assert!(lines.contains(line), "{line}");
    }
    let opened = lines.iter().filter(|line| line.starts_with("<FilesMatch")).count();
    assert_eq!(opened, 1);
}
