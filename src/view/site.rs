//! The pages that all reports share: the list of reports, and the accessibility statement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::languages::{LanguageView, language_of_page, languages};
use super::{CopyEditor, Download, OrganisationView, Piece, Words, organisation};
use crate::fact::{Facts, Passages};
use crate::model::values::{Compliance, Language};
use crate::model::{Accessibility, AccessibilityTest, Project, Report, Translation};
use crate::wording::Wording;
use crate::yaml::Text;

/// The list of reports.
#[derive(Debug, PartialEq, Serialize)]
pub struct Index {
    pub organisation: OrganisationView,
    /// What its template says.
    #[serde(skip)]
    pub wording: Arc<Wording>,
    /// Language tag of the words that the page brings with it.
    pub language: String,
    /// Full address of the page, where it is known under which address the output is published.
    pub address: Option<String>,
    /// First the reports that are in no group, then each group.
    pub groups: Vec<ReportGroup>,
    /// The latest edition of each series, in the order of the content.
    pub latest: Vec<Latest>,
    /// Where the accessibility statement lies in the language of the page.
    pub statement: String,
}

/// The latest edition of a series of reports, drafts left out. A report that no other follows is a series of one.
#[derive(Debug, PartialEq, Serialize)]
pub struct Latest {
    /// The id of the first edition, by which the series is found for good.
    pub series: String,
    /// The id of the latest one.
    pub report: String,
}

/// The page at the address that stays, which leads to the latest edition.
#[derive(Debug, PartialEq, Serialize)]
pub struct LatestPage<'a> {
    pub organisation: &'a OrganisationView,
    pub language: &'a str,
    /// Full address of the edition that it leads to, where one is known.
    pub address: Option<String>,
    pub series: &'a str,
    pub report: &'a str,
    pub report_language: &'a str,
    /// Title and subtitle of that edition.
    pub title: String,
    pub statement: &'a str,
}

/// What a server answers where there is no page. It is shown at any address, so that all of its own are full ones.
#[derive(Debug, PartialEq, Serialize)]
pub struct NotFound<'a> {
    pub organisation: &'a OrganisationView,
    pub language: &'a str,
    pub base: &'a str,
    /// It has no address of its own.
    pub address: Option<String>,
    pub statement: &'a str,
}

impl Index {
    /// Every report, in the order of the page.
    pub fn reports(&self) -> impl Iterator<Item = &IndexEntry> {
        self.groups.iter().flat_map(|group| &group.reports)
    }

    /// The pages that lead to the latest editions.
    pub fn latest_pages(&self) -> impl Iterator<Item = LatestPage<'_>> {
        let entries: BTreeMap<&str, &IndexEntry> = self.reports().map(|entry| (entry.id.as_str(), entry)).collect();
        self.latest.iter().filter_map(move |latest| {
            let entry = entries.get(latest.report.as_str())?;
            Some(LatestPage {
                organisation: &self.organisation,
                language: &self.language,
                address: self.address.as_ref().map(|address| format!("{address}{}/", latest.report)),
                series: &latest.series,
                report: &latest.report,
                report_language: &entry.language,
                title: format!("{}: {}", entry.title, entry.subtitle),
                statement: &self.statement,
            })
        })
    }

    pub fn not_found<'i>(&'i self, base: &'i str) -> NotFound<'i> {
        let Self { organisation, language, statement, .. } = self;
        NotFound { organisation, language, base, address: None, statement }
    }
}

/// Reports that stand together.
#[derive(Debug, PartialEq, Serialize)]
pub struct ReportGroup {
    /// Name of the group; none for reports that are in no group.
    pub called: Option<String>,
    /// Language tag of the name.
    pub language: String,
    pub reports: Vec<IndexEntry>,
}

/// A report in the list.
#[derive(Debug, PartialEq, Serialize)]
pub struct IndexEntry {
    pub id: String,
    /// Language tag of its words.
    pub language: String,
    /// The languages that it is published in; none where it is one.
    pub languages: Vec<LanguageView>,
    /// What it is a translation of, by its id.
    pub translates: Option<String>,
    pub title: String,
    pub subtitle: String,
    pub description: String,
    /// Its period, and the day of a draft.
    pub period: String,
    /// The first and the last day of the period, as in data files.
    pub period_iso: [String; 2],
    pub published_iso: String,
    /// The edition that it follows, by its id.
    pub follows: Option<String>,
    /// Whether it is a draft, to which search engines are not led.
    pub is_draft: bool,
    /// What leads to its PDF.
    pub pdf_of: Words,
    /// Whether its web page is built.
    pub page: bool,
    pub pdf: Option<Download>,
    /// All its tables as one workbook: its path in the output.
    pub workbook: Option<String>,
}

/// Which files of a report are published.
pub struct BuiltFiles {
    pub page: bool,
    pub pdf: Option<Download>,
    /// Path in the output.
    pub workbook: Option<String>,
}

/// The accessibility statement in a language.
#[derive(Debug, PartialEq, Serialize)]
pub struct Statement {
    /// Its path in the output, which the ways of other pages lead to.
    pub path: String,
    pub organisation: OrganisationView,
    /// What its template says.
    #[serde(skip)]
    pub wording: Arc<Wording>,
    /// Language tag of the words that the page brings with it.
    pub language: String,
    pub address: Option<String>,
    /// The languages that it is published in; none where it is one.
    pub languages: Vec<LanguageView>,
    /// How far the reports comply, in a sentence.
    pub compliance: String,
    /// When it was prepared, and when it was reviewed.
    pub prepared: Option<String>,
    /// Whom to tell of a problem, and who else may be asked.
    pub email: Words,
    pub telephone: Words,
    pub enforcement: Words,
    /// When each test was made, and what came out.
    pub tests: Vec<Words>,
    pub issues: Vec<Words>,
    pub reply: Option<Words>,
    /// Whether it is in the language of drafts alone, to which search engines are not led.
    #[serde(skip)]
    pub is_of_drafts: bool,
}

/// What Tally says on the pages that all reports share: in the language of the report that speaks for all.
fn wording(project: &Project) -> &Arc<Wording> {
    project.speaker().map_or(Wording::english(), |report| &report.manner.wording)
}

fn language_of(project: &Project) -> String {
    project.speaker().map_or_else(|| ENGLISH.to_owned(), |report| report.head.language.value.tag())
}

/// The language where no report says one.
const ENGLISH: &str = "en-GB";

/// The period of a report, and the day of its draft.
fn described(report: &Report) -> String {
    let wording = report.wording();
    let period = report.head.period.shown(wording);
    match report.head.draft {
        Some(day) => wording.say("index.draft", &[("period", &period), ("day", &day.shown(wording))]),
        None => period,
    }
}

/// The list of reports, the latest period first, and under them each group in the order of its rows; `built` says what is
/// published of each.
pub fn index(
    project: &Project,
    facts: &Facts,
    passages: &Passages,
    base: Option<&str>,
    built: impl Fn(&Report) -> BuiltFiles,
) -> Index {
    let (grouped, mut latest_first): (Vec<&Report>, Vec<&Report>) =
        project.reports.iter().partition(|report| report.row.is_some());
    latest_first.sort_by_key(|report| std::cmp::Reverse(report.head.period.to));
    let entry = |report: &Report| {
        let BuiltFiles { page, pdf, workbook } = built(report);
        let editor = CopyEditor::new(project, report, facts, passages);
        (page || pdf.is_some()).then(|| IndexEntry {
            id: report.id.clone(),
            language: report.head.language.value.tag(),
            languages: languages(project, report, base),
            translates: report.translation.as_ref().map(|translation| translation.of.clone()),
            title: editor.plain(&report.head.title),
            subtitle: editor.plain(&report.head.subtitle),
            description: editor.plain(&report.head.description),
            period: described(report),
            period_iso: [report.head.period.from.iso(), report.head.period.to.iso()],
            follows: report.before.clone(),
            published_iso: report.head.published.iso(),
            is_draft: report.is_draft(),
            pdf_of: editor.phrase(
                "index.pdf-of",
                [("title", editor.words(&report.head.title)), ("subtitle", editor.words(&report.head.subtitle))],
            ),
            page,
            pdf,
            workbook,
        })
    };
    let alone = ReportGroup {
        called: None,
        language: language_of(project),
        reports: latest_first.into_iter().filter_map(entry).collect(),
    };
    let groups = grouped.chunk_by(|one, next| one.folder == next.folder).filter_map(|reports| {
        let first = reports.first()?;
        let called = first
            .head
            .for_each
            .as_ref()
            .map(|each| CopyEditor::new(project, first, facts, passages).plain(&each.called));
        let reports: Vec<IndexEntry> = reports.iter().copied().filter_map(entry).collect();
        (!reports.is_empty()).then(|| ReportGroup { called, language: first.head.language.value.tag(), reports })
    });
    let groups: Vec<ReportGroup> =
        [alone].into_iter().filter(|group| !group.reports.is_empty()).chain(groups).collect();
    Index {
        latest: latest(project, groups.iter().flat_map(|group| &group.reports).filter(|entry| entry.page)),
        organisation: organisation(&project.organisation, project.logo.as_ref()),
        wording: Arc::clone(wording(project)),
        language: language_of(project),
        address: base.map(|base| format!("{base}/")),
        statement: project
            .speaker()
            .map_or_else(|| STATEMENT_PAGE.to_owned(), |speaker| statement_of(project, speaker)),
        groups,
    }
}

/// The latest edition of each series that has a page and is no draft.
fn latest<'e>(project: &Project, shown: impl Iterator<Item = &'e IndexEntry>) -> Vec<Latest> {
    let shown: BTreeSet<&str> = shown.map(|entry| entry.id.as_str()).collect();
    // A translation may be the first of its series in its language.
    let is_first = |report: &&Report| {
        let before = project.edition_before(report);
        before.is_none_or(|before| report.translation.is_some() && before.translation.is_none())
    };
    let first = project.reports.iter().filter(is_first);
    let latest = first.filter_map(|first| {
        let series = series(project, first);
        let latest = series.iter().rev().find(|one| !one.is_draft() && shown.contains(one.id.as_str()))?;
        Some(Latest { series: first.id.clone(), report: latest.id.clone() })
    });
    latest.collect()
}

/// A report and those that follow it in its language, the oldest first.
fn series<'p>(project: &'p Project, first: &'p Report) -> Vec<&'p Report> {
    let all = project.series(first).into_iter().skip_while(|one| one.id != first.id);
    all.filter(|one| one.translation.is_some() == first.translation.is_some()).collect()
}

/// Where the accessibility statement lies that a report leads to: the one in its language.
pub fn statement_of(project: &Project, report: &Report) -> String {
    let language = &report.head.language.value;
    let is_first = project.earliest().is_some_and(|earliest| earliest.head.language.value == *language);
    if is_first { STATEMENT_PAGE.to_owned() } else { format!("accessibility-{}.html", language.tag()) }
}

/// The accessibility statement in the language of the earliest report, so that it lies there still when others are added.
pub const STATEMENT_PAGE: &str = "accessibility.html";

/// The accessibility statement in each language in which reports are. Where the organisation says nothing of it, nothing is
/// claimed.
pub fn statements(project: &Project, base: Option<&str>) -> Vec<Statement> {
    let tellers: Vec<&Report> =
        project.languages().into_iter().filter_map(|language| teller(project, language)).collect();
    if tellers.is_empty() {
        return vec![statement(project, None, base)];
    }
    let languages = |own: &Report| -> Vec<LanguageView> {
        let all = tellers.iter().filter(|_| tellers.len() > 1);
        let view = |one: &&Report| {
            let file = statement_of(project, one);
            let link = base.map(|base| format!("{base}/{file}"));
            language_of_page(one, (file, link), one.id == own.id)
        };
        all.map(view).collect()
    };
    let in_language = |own: &&Report| Statement { languages: languages(own), ..statement(project, Some(own), base) };
    tellers.iter().map(in_language).collect()
}

/// The report in whose words the statement is in a language: one that translates what the organisation says, where there is
/// one, and none that is a draft, where there is another; of these the latest.
fn teller<'p>(project: &'p Project, language: &Language) -> Option<&'p Report> {
    let all = project.reports.iter().filter(|report| report.head.language.value == *language);
    let says_what_holds_now = |report: &Report| Some(!report.translation.as_ref()?.has_own_organisation);
    all.rev().max_by_key(|report| (says_what_holds_now(report), !report.is_draft(), report.head.period.to))
}

/// The accessibility statement in the language of a report; in English where there is none.
fn statement(project: &Project, report: Option<&Report>, base: Option<&str>) -> Statement {
    let words = report.map_or(Wording::english(), |report| &report.manner.wording);
    let translation = report.and_then(|report| report.translation.as_ref());
    let translated = report.filter(|_| translation.is_some()).map(|report| &report.organisation);
    let known = translated.unwrap_or(&project.organisation).accessibility.as_ref();
    // A report may say beside itself whom to ask then.
    let holds_now = translated.filter(|_| translation.is_some_and(|translation| !translation.has_own_organisation));
    let asked = holds_now.unwrap_or(&project.organisation);
    let compliance = known.map_or(Compliance::NotAssessed, |known| known.compliance.value);
    let view = organisation(asked, project.logo.as_ref());
    let path = report.map_or_else(|| STATEMENT_PAGE.to_owned(), |report| statement_of(project, report));
    let language = report.map_or_else(|| ENGLISH.to_owned(), |report| report.head.language.value.tag());
    let first = project.earliest().map(|earliest| earliest.head.language.value.tag());
    // What is not translated, as in a draft, is said to be in the first language.
    let foreign = |at| match translation {
        Some(Translation { untranslated, .. }) => untranslated.holds(at).then(|| untranslated.language.clone()),
        None => first.clone().filter(|first| *first != language),
    };
    let text = |text: &Text| {
        let piece = Piece { text: text.value.clone(), language: foreign(text.at), ..Piece::default() };
        Words::one(piece)
    };
    let test = |test: &AccessibilityTest| {
        let fills = [("day", vec![Words::plain(test.on.shown(words))]), ("what", vec![text(&test.what)])];
        Words::join(words.pieces("statement.test", None, fills))
    };
    // The message ends the sentence.
    let reply = |within: &Text| {
        let within = Text { value: within.value.trim_end_matches('.').to_owned(), ..within.clone() };
        Words::join(words.pieces("statement.reply", None, [("time", vec![text(&within)])]))
    };
    let is_in_it = |report: &&Report| report.head.language.value.tag() == language;
    Statement {
        wording: Arc::clone(words),
        address: base.map(|base| format!("{base}/{path}")),
        languages: Vec::new(),
        compliance: words.say(&format!("statement.{}", compliance.word()), &[]),
        prepared: known.map(|known| prepared(known, words)),
        email: leading(words, "statement.email", "address", (&view.email, &format!("mailto:{}", view.email))),
        telephone: leading(
            words,
            "statement.telephone",
            "number",
            (&view.telephone, &format!("tel:{}", view.telephone_link)),
        ),
        enforcement: leading(
            words,
            "statement.enforcement",
            "service",
            (&words.say("statement.service", &[]), &words.say("statement.service-address", &[])),
        ),
        tests: known.iter().flat_map(|known| known.tests.iter().flatten()).map(test).collect(),
        issues: known.iter().flat_map(|known| known.issues.iter().flatten()).map(text).collect(),
        reply: known.and_then(|known| known.reply_within.as_ref()).map(reply),
        organisation: view,
        is_of_drafts: path != STATEMENT_PAGE && project.reports.iter().filter(is_in_it).all(Report::is_draft),
        path,
        language,
    }
}

/// When the statement was prepared, and when it was last reviewed.
fn prepared(known: &Accessibility, wording: &Wording) -> String {
    let day = known.prepared.shown(wording);
    match known.reviewed {
        Some(reviewed) => {
            let fills = [("day", &*day), ("reviewed", &*reviewed.shown(wording))];
            wording.say("statement.prepared-reviewed", &fills)
        }
        None => wording.say("statement.prepared-on", &[("day", &day)]),
    }
}

/// A message with a link in its place.
fn leading(wording: &Wording, key: &str, place: &'static str, (text, to): (&str, &str)) -> Words {
    let link = Piece { text: text.to_owned(), to: Some(to.to_owned()), ..Piece::default() };
    Words::join(wording.pieces(key, None, [(place, vec![Words::one(link)])]))
}
