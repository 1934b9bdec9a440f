//! Writes views as text: web pages, the Typst source of the PDF, the stylesheet, CSV and JSON.
//!
//! In: views and the templates. Out: text. There are two Tera engines over one folder of components, in each language
//! with its words, and each with its own escaping: HTML escapes the characters that mean something in HTML, and Typst gets every string as a string
//! literal. No text of an author can become code in either.

mod apart;
mod chapters;
mod comparison;
mod data;
mod describe;
mod faces;
mod hosting;
mod language;
mod legibility;
mod library;
mod line_ends;
mod narrow;
mod package;
mod parts;
mod scribe;
mod sheet_names;
mod site;
mod tokens;
mod typst_text;
mod workbook;

pub use chapters::{ChapterWords, chapters};
pub use comparison::comparison_text;
pub use data::csv;
pub use describe::{describe, described};
pub use faces::{Face, Served};
pub use hosting::{hosting, robots_line};
pub use package::{package, resource};
pub use parts::{Parts, Written};
pub use site::{feed, list_of_reports, robots, sitemap, structured_data};
pub use workbook::workbook;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};
use typst::foundations::Bytes;
use typst::text::{Font, FontFlags};

use crate::diagnostic::{Code, Diagnostic, Findings, Severity, SourceMap};
use crate::source::layers::{self, Layer, LayerFile};
use crate::source::reach;
use crate::view::{ComparisonView, Download, Page};
use crate::wording::Wording;
use language::{Languages, Speaking};
use scribe::Unwritten;
use tokens::Tokens;

/// The weights of type in the PDF.
const WEIGHTS: [u16; 3] = [400, 600, 700];

/// The templates, read and ready.
pub struct Renderer {
    templates: Arc<Layer>,
    languages: Languages,
    tokens: Tokens,
    /// The files that the Typst source imports.
    library: Vec<(String, Bytes)>,
    /// How long a template may write a text.
    limit: Duration,
}

/// Where the style sheet lies that all pages of a folder share, where its name holds no digest.
pub const STYLESHEET: &str = "assets/report.css";

/// A page beside those of the reports, which most reports share.
#[derive(Debug, Clone, Copy)]
pub enum SharedPage {
    Index,
    Statement,
    /// What a server answers where there is no page.
    NotFound,
    /// The way to the latest edition of a series.
    Latest,
    /// What the data files of a report hold.
    Data,
}

impl SharedPage {
    fn template(self) -> &'static str {
        match self {
            Self::Index => reach::INDEX,
            Self::Statement => reach::STATEMENT,
            Self::NotFound => reach::NOT_FOUND,
            Self::Latest => reach::LATEST,
            Self::Data => reach::DATA,
        }
    }
}

/// What templates are given of a report's page.
pub struct PageContext<'a> {
    page: &'a Page,
    values: Context,
    /// To which a template is added that fails.
    sources: &'a SourceMap,
}

impl Renderer {
    /// Reads the templates, each of which may write a text for so long. `None` means that a finding says why not.
    pub fn new(
        templates: &Arc<Layer>,
        fonts: &[Font],
        limit: Duration,
        sources: &SourceMap,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut html = Tera::default();
        html.set_escape_fn(tera::escape_html);
        language::line_ends_of_html(&mut html, Wording::english());
        html.register_filter(language::FILTER, language::english);
        let html = engine(templates, ".html", html, sources, findings);
        let mut typst = Tera::default();
        typst.set_escape_fn(typst_text::write_literal);
        language::line_ends_of_typst(&mut typst, Wording::english());
        typst.register_filter(language::FILTER, language::english);
        let typst = engine(templates, ".typ", typst, sources, findings);
        // What a house style says of tokens lies over what is built in, so that there are always some.
        let tokens = match templates.get(reach::TOKENS) {
            Some(file) => tokens::read(file, sources, findings),
            None => {
                findings.push(Diagnostic::error_nowhere(Code::TemplateFailed, "the templates hold no tokens.yaml"));
                None
            }
        };
        let are_whole = check_sheets(templates, sources, findings);
        let tokens = tokens.filter(|_| are_whole)?;
        sheet_names::tell_unknown(templates, &tokens, sources, findings);
        let library = templates.iter().filter(|(path, _)| path.starts_with(reach::LIBRARY));
        let sizes = tokens.lengths();
        let as_read = |file: &LayerFile| match std::str::from_utf8(&file.bytes) {
            Ok(text) if layers::is_built_in(&file.shown) => Bytes::from_string(library::as_read(text, &sizes)),
            _ => file.bytes.clone(),
        };
        let mut library: Vec<_> = library.map(|(path, file)| (path.clone(), as_read(file))).collect();
        library.push(("pdf/lib/tokens.typ".to_owned(), Bytes::from_string(tokens.typst(fonts))));
        let languages = Languages::new(html?, typst?, &library);
        Some(Self { templates: Arc::clone(templates), languages, tokens, library, limit })
    }

    /// What templates are given of a page, in both forms.
    pub fn page_context<'a>(&self, page: &'a Page, sources: &'a SourceMap) -> Result<PageContext<'a>, Box<Diagnostic>> {
        Ok(PageContext { page, values: values_of(page)?, sources })
    }

    /// The web page of a report, with its PDF where one is made and the path of its style sheet; and its parts, for the
    /// next time.
    pub fn page(
        &self,
        context: &PageContext,
        before: Option<Written>,
        pdf: Option<&Download>,
        stylesheet: &str,
    ) -> Result<(String, Parts), Box<Diagnostic>> {
        let html = self.languages.of(&context.page.wording).html;
        let parts = self.parts((&html, reach::WEB_PART), context, before)?;
        let mut values = context.with(&parts);
        values.insert("stylesheet", &stylesheet);
        values.insert("pdf", &pdf);
        values.insert("structured_data", &structured_data(context.page, pdf));
        Ok((self.web_page(&html, reach::WEB_REPORT, values, context.sources)?, parts))
    }

    /// A page beside those of the reports, of its view, in its words.
    pub fn shared(
        &self,
        page: SharedPage,
        view: &impl Serialize,
        (wording, stylesheet): (&Arc<Wording>, &str),
        sources: &SourceMap,
    ) -> Result<String, Box<Diagnostic>> {
        let mut values = values_of(view)?;
        values.insert("stylesheet", &stylesheet);
        self.web_page(&self.languages.of(wording).html, page.template(), values, sources)
    }

    /// The Typst source of a report; and its parts, for the next time.
    pub fn typst(&self, context: &PageContext, before: Option<Written>) -> Result<(String, Parts), Box<Diagnostic>> {
        let typst = self.languages.of(&context.page.wording).typst;
        let parts = self.parts((&typst, reach::PDF_PART), context, before)?;
        Ok((self.render(&typst, reach::PDF_REPORT, context.with(&parts), context.sources)?, parts))
    }

    /// The Typst source of the picture by which a report is shown where its address is shared.
    pub fn card(&self, context: &PageContext) -> Result<String, Box<Diagnostic>> {
        let typst = self.languages.of(&context.page.wording).typst;
        self.render(&typst, reach::PDF_CARD, context.values.clone(), context.sources)
    }

    /// The page of what changed; `pdf` and `data` are the files beside it, where there are any.
    pub fn comparison(
        &self,
        (comparison, wording): (&ComparisonView, &Arc<Wording>),
        pdf: Option<&Download>,
        data: Option<&str>,
        sources: &SourceMap,
    ) -> Result<String, Box<Diagnostic>> {
        let mut values = values_of(comparison)?;
        values.insert("pdf", &pdf);
        values.insert("data", &data);
        values.insert("stylesheet", STYLESHEET);
        let html = self.languages.of(wording).html;
        self.web_page(&html, reach::WEB_COMPARISON, values, sources)
    }

    /// The Typst source of what changed.
    pub fn comparison_typst(
        &self,
        (comparison, wording): (&ComparisonView, &Arc<Wording>),
        data: Option<&str>,
        sources: &SourceMap,
    ) -> Result<String, Box<Diagnostic>> {
        let mut values = values_of(comparison)?;
        values.insert("data", &data);
        self.render(&self.languages.of(wording).typst, reach::PDF_COMPARISON, values, sources)
    }

    /// The stylesheet of pages that say what changed.
    pub fn comparison_stylesheet(&self) -> String {
        self.sheet(reach::sheets_of_comparison(&self.templates), &[])
    }

    /// The stylesheet of all pages: the tokens, the base, and the styles of components, but for those that show parts
    /// which no report has; `shown` names the folders of those that some have, and `faces` are the typefaces that the pages
    /// bring along.
    pub fn stylesheet(&self, shown: &BTreeSet<&str>, faces: &[Face]) -> String {
        self.sheet(reach::sheets(&self.templates, shown), faces)
    }

    /// Which typefaces the pages bring along.
    pub fn served(&self) -> Served {
        self.tokens.served()
    }

    /// The families of the PDF, in the order in which each has the letters that those before it lack.
    pub fn families<'t>(&'t self, fonts: &'t [Font]) -> Vec<&'t str> {
        self.tokens.families(fonts)
    }

    fn sheet<'l>(&self, sheets: impl Iterator<Item = (&'l String, &'l LayerFile)>, faces: &[Face]) -> String {
        // The base comes before the components, which build on it.
        let (base, components): (Vec<_>, Vec<_>) = sheets.partition(|(path, _)| path.starts_with("html/"));
        let texts =
            base.into_iter().chain(components).map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned());
        narrow::sheet(&self.tokens.in_sheet(&texts.collect::<String>(), faces))
    }

    /// Whether the typefaces that a house style names for the PDF are there, the first of them in its three weights.
    pub fn check_typefaces(&self, fonts: &[Font], findings: &mut Findings) {
        self.tell_unserved(fonts, findings);
        let Some((named, at)) = self.tokens.own_typefaces() else { return };
        let families: BTreeSet<&str> = fonts.iter().map(|font| font.info().family.as_str()).collect();
        let is_there = |name: &&&str| families.iter().any(|family| family.eq_ignore_ascii_case(name));
        for name in named.iter().filter(|name| !is_there(name)) {
            let there = families.iter().copied().collect::<Vec<_>>().join(", ");
            findings.push(
                Diagnostic::error(Code::FontMissing, at, format!("there is no typeface `{name}`"))
                    .did_you_mean(name, families.iter().copied())
                    .help(format!("put its files into assets/fonts beside the content; there are {there}")),
            );
        }
        let Some(first) = named.first().filter(is_there) else { return };
        let of_name = |font: &&Font| font.info().family.eq_ignore_ascii_case(first);
        let weights: BTreeSet<u16> =
            fonts.iter().filter(of_name).map(|font| font.info().variant.weight.to_number()).collect();
        let lacking: Vec<String> =
            WEIGHTS.iter().filter(|weight| !weights.contains(weight)).map(u16::to_string).collect();
        if !lacking.is_empty() {
            let message = format!("the typeface `{first}` lacks the weight {}", lacking.join(" and "));
            findings.push(
                Diagnostic::error(Code::FontMissing, at, message)
                    .help("put the file of each weight into assets/fonts: 400 is regular, 600 semibold, 700 bold"),
            );
        }
    }

    /// Typefaces that pages cannot bring along, where they bring any: whoever lacks them reads others.
    fn tell_unserved(&self, fonts: &[Font], findings: &mut Findings) {
        if self.served() == Served::None {
            return;
        }
        let varying = fonts.iter().filter(|font| font.info().flags.contains(FontFlags::VARIABLE));
        let families: BTreeSet<&str> = varying.map(|font| font.info().family.as_str()).collect();
        findings.extend(families.into_iter().map(|family| {
            let message = format!("the pages do not bring the typeface `{family}` along: one file has all its weights");
            let finding = Diagnostic::error_nowhere(Code::FontMissing, message);
            Diagnostic { severity: Severity::Warning, ..finding }
                .help("put a file for each weight into assets/fonts in its place; such files are called static")
        }));
    }

    /// The small picture by which browsers mark the pages: a tally of five, in the colours of the band.
    pub fn icon(&self) -> String {
        let (ground, ink) = (self.tokens.screen_colour("band"), self.tokens.screen_colour("band-text"));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" fill=\"{ground}\"/>\
             <path d=\"M8 8v16M13 8v16M18 8v16M23 8v16M5 21 27 11\" stroke=\"{ink}\" stroke-width=\"2.5\"/></svg>\n"
        )
    }

    /// What a colour means on a light screen: `#007f3b` of `green`.
    pub fn screen_colour(&self, meaning: &str) -> &str {
        self.tokens.screen_colour(meaning)
    }

    /// The files that the Typst source imports, by their paths: the tokens, the typographic library, and the words of a
    /// language.
    pub fn typst_library(&self, wording: &Arc<Wording>) -> Vec<(String, Bytes)> {
        self.library.iter().cloned().chain([self.languages.of(wording).library_file()]).collect()
    }

    /// A whole web page.
    fn web_page(
        &self,
        html: &Speaking,
        name: &str,
        values: Context,
        sources: &SourceMap,
    ) -> Result<String, Box<Diagnostic>> {
        Ok(apart::set_apart(&self.render(html, name, values, sources)?))
    }

    fn render(
        &self,
        engine: &Speaking,
        name: &str,
        values: Context,
        sources: &SourceMap,
    ) -> Result<String, Box<Diagnostic>> {
        scribe::write(engine, name, values, self.limit).map_err(|why| {
            Box::new(match why {
                Unwritten::Faulty(error) => failed(&self.templates, &error, sources),
                Unwritten::Endless => {
                    let seconds = self.limit.as_secs();
                    self.endless(name, &format!("did not come to an end within {seconds} seconds"))
                }
                Unwritten::TooLong => self.endless(name, "wrote more than 1 GB"),
            })
        })
    }

    /// Where a template goes in circles is not known, only which of them are not built in.
    fn endless(&self, name: &str, what: &str) -> Diagnostic {
        let finding = Diagnostic::error_nowhere(Code::TemplateEndless, format!("the template {name} {what}"))
            .help("look for a loop inside a loop, or one over a very large range");
        layers::own_in_words(&self.templates, "").into_iter().fold(finding, Diagnostic::help)
    }
}

impl PageContext<'_> {
    /// The report with its parts as text, which templates put into their places.
    fn with(&self, parts: &Parts) -> Context {
        let mut values = self.values.clone();
        values.insert_value("texts", parts.value());
        values
    }
}

/// Whether every style sheet can be read to its end: a comment that is not closed would swallow all that follows.
fn check_sheets(templates: &Layer, sources: &SourceMap, findings: &mut Findings) -> bool {
    let before = findings.len();
    for (_, file) in templates.iter().filter(|(path, _)| path.ends_with(".css")) {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            findings.push(not_utf8(file));
            continue;
        };
        if let Some(open) = unclosed_comment(text) {
            let at = sources.place(&file.shown, text, open..open + 2);
            findings.push(
                Diagnostic::error(Code::TemplateFailed, at, "the comment that begins here is never closed")
                    .help("close it with */: everything after it would be lost, in this file and in those that follow"),
            );
        }
    }
    findings.len() == before
}

/// Where a comment begins that does not end.
fn unclosed_comment(sheet: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(open) = sheet[from..].find("/*").map(|place| from + place) {
        let Some(length) = sheet[open + 2..].find("*/") else { return Some(open) };
        from = open + 2 + length + 2;
    }
    None
}

fn not_utf8(file: &LayerFile) -> Diagnostic {
    Diagnostic::error_nowhere(Code::TemplateFailed, format!("{} is not in UTF-8", file.shown))
        .help("open it in an editor and save it as UTF-8")
}

/// Reads the templates of one format into its engine.
fn engine(
    templates: &Layer,
    ending: &'static str,
    mut engine: Tera,
    sources: &SourceMap,
    findings: &mut Findings,
) -> Option<Tera> {
    let is_template = |path: &str| path.ends_with(ending) && !path.starts_with(reach::LIBRARY);
    let mut texts = Vec::new();
    for (path, file) in templates.iter().filter(|(path, _)| is_template(path)) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => texts.push((path.as_str(), text)),
            Err(_) => {
                findings.push(not_utf8(file));
                return None;
            }
        }
    }
    engine.autoescape_on(vec![ending]);
    match engine.add_raw_templates(texts) {
        Ok(_) => Some(engine),
        Err(error) => {
            findings.push(failed(templates, &error, sources));
            None
        }
    }
}

fn values_of(view: &impl Serialize) -> Result<Context, Box<Diagnostic>> {
    Context::from_serialize(view).map_err(|error| Box::new(unusable(&error)))
}

/// A template engine's error, at its place in the template.
fn failed(templates: &Layer, error: &tera::Error, sources: &SourceMap) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return misplaced(templates, unusable(error));
    };
    let message = format!("the template cannot be used: {}", report.message());
    let Some(file) = templates.get(report.filename()) else {
        return Diagnostic::error_nowhere(Code::TemplateFailed, message);
    };
    let at = sources.place(&file.shown, &String::from_utf8_lossy(&file.bytes), report.span().range.clone());
    Diagnostic::error(Code::TemplateFailed, at, message)
        .help("mend the template, or remove the file to use the built-in one")
}

/// What templates of one's own come to that define a component beside the built-in one.
fn misplaced(templates: &Layer, finding: Diagnostic) -> Diagnostic {
    let is_named = |(path, file): &(&String, &LayerFile)| {
        !layers::is_built_in(&file.shown) && finding.message.contains(&format!("`{path}`"))
    };
    match templates.iter().find(is_named) {
        Some((_, LayerFile { shown, .. })) => {
            let help = format!(
                "{shown} has another path than the built-in file, so that both are there: give it the same path below `templates`, or its component another name"
            );
            finding.help(help)
        }
        None => finding,
    }
}

fn unusable(error: &tera::Error) -> Diagnostic {
    Diagnostic::error_nowhere(Code::TemplateFailed, format!("the templates cannot be used: {error}"))
}
