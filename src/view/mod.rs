//! What is printed: serialisable structs in which every string is final.
//!
//! In: the model, and what is known of the other files of the build. Out: a [`Page`] for each report, which the
//! templates of both formats show, an [`Index`] of the reports, and the [`Dataset`]s that lie beside the tables.
//! Templates see nothing else; they place strings and never compute.

mod as_published;
mod chart;
mod charts;
mod comparison;
mod copy_editor;
mod costs;
mod dashboard;
mod data;
mod data_page;
mod deliverables;
mod drawn;
mod editions;
mod indicators;
mod key_figures;
mod languages;
mod logo;
mod marked_word;
mod notes;
mod parts;
mod picture;
mod reasons;
mod restated;
mod site;
mod survey;
mod table;
mod target;
mod tie_out;
mod trace;
mod transcript;

pub use comparison::{AreaView, ChangeView, ComparisonView, Passage, StateView, comparison, comparison_dataset};
pub use copy_editor::{CopyEditor, Piece, Printed, PrintedOrigin, Words};
pub use costs::CostView;
pub use dashboard::{DashboardView, FigureView as DashboardFigure};
pub use data::{Bounds, DataColumn, Dataset, Holds, bounds, datasets, unit_in_words};
pub use data_page::{DataPage, DescribedFile, data_page};
pub use drawn::{DrawnChart, DrawnMark};
pub use editions::{DraftView, EditionView, draft};
pub use languages::LanguageView;
pub use logo::{LogoView, logo};
pub use notes::NoteView;
pub use parts::{PartView, part_view};
pub use picture::CoverPhotoView;
pub use site::{
    BuiltFiles, Index, IndexEntry, Latest, LatestPage, NotFound, STATEMENT_PAGE, Statement, index, statements,
};
pub use survey::SurveyView;
pub use table::{CellView, TableView};
pub use tie_out::{STEM as TIE_OUT, TieOutSchedule, dataset as tie_out_dataset, tie_out};
pub use trace::{FactLine, Trace, Tracer};
pub use transcript::transcript;

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use charts::{CoverPicture, Thread};
use dashboard::GroupView;
use deliverables::ThemeView;

use crate::model::numbering;
use crate::model::values::{Cover, CoverShows, LinkTarget};
use crate::model::{Data, LogoPictures, Organisation, Part, Report};
use crate::wording::Wording;
use crate::yaml::Text;

/// One report, as both formats show it.
#[derive(Debug, PartialEq, Serialize)]
pub struct Page {
    pub id: String,
    /// Full address of the page, where it is known under which address the output is published.
    pub address: Option<String>,
    /// The address of the picture by which it is shown where its own address is shared; none where it has none.
    pub card: Option<String>,
    pub title: Words,
    pub subtitle: Words,
    pub description: Words,
    /// What templates say in its language.
    #[serde(skip)]
    pub wording: Arc<Wording>,
    /// Language tag, `en-GB`.
    pub language: String,
    /// Its parts, as typst takes them; the region is empty where there is none.
    pub language_code: String,
    pub region_code: String,
    pub period: Words,
    /// The first and the last day of the period, as in data files.
    pub period_iso: [String; 2],
    /// As it is printed, as in data files, and in numbers.
    pub published: String,
    pub published_iso: String,
    pub published_ymd: [i32; 3],
    pub cover: &'static str,
    /// What the cover shows: `figures`, `colour`, `plain`, words on paper, or `picture`.
    pub cover_shows: &'static str,
    /// The editions of its series, the oldest first; none where it is the only one.
    pub editions: Vec<EditionView>,
    /// The languages that it is published in; none where it is one.
    pub languages: Vec<LanguageView>,
    /// Where the accessibility statement in its language lies in the output.
    pub statement: String,
    /// The mark of a draft; none where the report is final.
    pub draft: Option<DraftView>,
    /// What the report counts, as a picture for its cover and as marks along the bands of its sections.
    pub cover_picture: Option<CoverPicture>,
    /// The picture on its cover, where that shows one.
    pub cover_photo: Option<CoverPhotoView>,
    pub thread: Option<Thread>,
    /// Whether it shows deliverables, whose marks are squares.
    pub has_squares: bool,
    pub organisation: OrganisationView,
    pub sections: Vec<SectionView>,
    /// Whether it has notes, which may stand at the foot of its pages.
    pub has_notes: bool,
    /// The licence under which its data may be used, where one is said.
    pub licence: Option<LicenceView>,
    /// Data files, each attached to the PDF and linked from the page.
    pub data: Vec<DataLink>,
    /// All of them as one workbook; none where there are none, or too many for a spreadsheet.
    pub workbook: Option<FileLink>,
    /// The tie-out schedule, where the report is built for review.
    pub review: Option<TieOutSchedule>,
}

/// The picture by which a report is shown where its address is shared, in its folder: of a photograph a JPEG, which is a
/// fifth of a PNG.
pub fn card(photo: Option<&CoverPhotoView>) -> &'static str {
    if photo.is_some() { "card.jpg" } else { "card.png" }
}

/// A section.
#[derive(Debug, PartialEq, Serialize)]
pub struct SectionView {
    pub id: String,
    pub title: Words,
    /// How an appendix is named at the beginning of its title.
    pub lettered: Option<String>,
    pub standfirst: Option<Words>,
    /// The marks of the thread that its standfirst counts, by their places; none where it counts none or all.
    pub lit: Vec<usize>,
    pub parts: Vec<PartView>,
    /// The notes that its running text names.
    pub notes: Vec<NoteView>,
    /// Whether it stands above the contents: a first section that begins with key figures.
    pub leads: bool,
    /// Entries under the section in the contents.
    pub entries: Vec<Entry>,
    /// Tag of the language of the title, where it is another than the report's.
    pub language: Option<String>,
}

/// A line of the contents.
#[derive(Debug, PartialEq, Serialize)]
pub struct Entry {
    pub id: String,
    pub title: String,
    /// Tag of the language of the title, where it is another than the report's.
    pub language: Option<String>,
}

/// The organisation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrganisationView {
    pub name: String,
    pub short_name: String,
    /// The colour of its bands, where no report says another.
    pub cover: &'static str,
    pub logo: Option<LogoView>,
    pub address: Vec<String>,
    pub telephone: String,
    pub telephone_link: String,
    pub email: String,
    pub websites: Vec<LinkView>,
    pub social: Vec<AccountView>,
}

/// Words and where they lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkView {
    pub text: String,
    pub to: String,
}

/// An account with a social network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountView {
    pub name: String,
    pub text: String,
    pub to: Option<String>,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LicenceView {
    pub name: String,
    /// Where its words stand.
    pub to: Option<String>,
    /// The name that programs know it by.
    pub code: Option<&'static str>,
}

/// A data file beside the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DataLink {
    pub title: String,
    /// Path from the report's folder.
    pub csv: String,
    pub size: String,
    /// What search engines are told of it.
    pub about: DataAbout,
}

/// A file beside the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileLink {
    /// Path from the report's folder.
    pub file: String,
    pub size: String,
}

/// What a data file is, for search engines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DataAbout {
    pub description: String,
    /// What its columns of numbers are called.
    pub measured: Vec<String>,
    /// The section that shows it first; none where no section does.
    pub section: Option<String>,
}

impl DataAbout {
    pub fn of(dataset: &Dataset, report: &Report) -> Self {
        let numbers = dataset.columns.iter().filter(|column| column.holds == Holds::Number);
        let shows = |section: &&crate::model::Section| {
            section.parts.iter().any(|part| part.stem() == Some(dataset.stem.as_str()))
        };
        Self {
            description: dataset.description.clone(),
            measured: numbers.map(|column| column.title.clone()).collect(),
            section: report.sections.iter().find(shows).map(|section| section.id.value.to_string()),
        }
    }
}

/// A built file to be taken away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Download {
    pub file: String,
    pub size: String,
    /// "25 pages".
    pub pages: String,
}

impl Download {
    /// A file of so many bytes and pages.
    pub fn of(file: String, bytes: usize, pages: usize, wording: &Wording) -> Self {
        let pages = wording.say_of(pages, "file.pages", &[("n", &pages.to_string())]);
        Self { file, size: size(bytes, wording), pages }
    }
}

/// A report's page; the downloads are added as they are built.
pub fn page(editor: &CopyEditor, base: Option<&str>) -> Page {
    let CopyEditor { project, report, .. } = editor;
    let language = &report.head.language.value;
    let cover_shows = report.cover_shows();
    let cover_photo = report.cover_photo().map(|(said, file)| picture::cover_photo(editor, said, file));
    Page {
        id: report.id.clone(),
        address: base.map(|base| format!("{base}/{}/", report.id)),
        card: base.map(|base| format!("{base}/{}/{}", report.id, card(cover_photo.as_ref()))),
        title: editor.words(&report.head.title),
        subtitle: editor.words(&report.head.subtitle),
        period: editor.phrase(
            "date.span",
            [("from", editor.fact("report.period.from")), ("to", editor.fact("report.period.to"))],
        ),
        period_iso: [report.head.period.from.iso(), report.head.period.to.iso()],
        description: editor.words(&report.head.description),
        wording: Arc::clone(&report.manner.wording),
        language: language.tag(),
        language_code: language.language.clone(),
        region_code: language.region.clone().unwrap_or_default(),
        published: report.head.published.shown(editor.wording()),
        published_iso: report.head.published.iso(),
        published_ymd: [
            report.head.published.year(),
            report.head.published.month().into(),
            report.head.published.day().into(),
        ],
        cover: report.cover().word(),
        editions: editions::editions(project, report),
        languages: languages::languages(project, report, base),
        statement: site::statement_of(project, report),
        draft: None,
        cover_shows: cover_shows.word(),
        cover_picture: (cover_shows == CoverShows::Figures).then(|| cover_picture(editor)).flatten(),
        cover_photo,
        thread: thread(editor),
        has_squares: report.parts().any(|part| matches!(part.data(), Some((_, Data::Deliverables(..))))),
        organisation: organisation(&report.organisation, project.logo.as_ref()),
        sections: report.sections.iter().enumerate().map(|(place, one)| section_view(editor, place, one)).collect(),
        has_notes: !report.notes().is_empty(),
        licence: report.licence().map(|licence| LicenceView {
            name: licence.name.value.clone(),
            to: licence.to.as_ref().map(|LinkTarget(to)| to.clone()),
            code: licence.code(),
        }),
        data: Vec::new(),
        workbook: None,
        review: None,
    }
}

/// A size in bytes as people read it.
pub fn size(bytes: usize, wording: &Wording) -> String {
    let whole = |number: usize| wording.number(number.into());
    match bytes {
        0..1_000_000 => wording.say("file.size-kb", &[("n", &whole(bytes.div_ceil(1_000).max(1)))]),
        _ => {
            let tenths = i64::try_from(bytes / 100_000).unwrap_or(i64::MAX);
            wording.say("file.size-mb", &[("n", &wording.number(Decimal::new(tenths, 1)))])
        }
    }
}

/// The first of a report's files that can be a picture, for its cover and its thread: indicators, or deliverables.
fn pictured(report: &Report) -> Option<(&str, &Data)> {
    report.parts().filter_map(Part::data).find(|(_, data)| match data {
        Data::Indicators(..) | Data::Deliverables(..) => true,
        Data::Table(..) | Data::Survey(_) => false,
    })
}

fn cover_picture(editor: &CopyEditor) -> Option<CoverPicture> {
    let (stem, data) = pictured(editor.report)?;
    match data {
        Data::Indicators(file, _) => Some(indicators::cover(editor, stem, file)),
        Data::Deliverables(file, _) => Some(deliverables::cover(editor, file)),
        Data::Table(..) | Data::Survey(_) => None,
    }
}

fn thread(editor: &CopyEditor) -> Option<Thread> {
    let (_, data) = pictured(editor.report)?;
    match data {
        Data::Indicators(file, _) => charts::thread(indicators::groups(file), Vec::new()),
        Data::Deliverables(file, _) => deliverables::thread(editor, file),
        Data::Table(..) | Data::Survey(_) => None,
    }
}

/// The marks of the thread that a text counts.
fn lit(editor: &CopyEditor, text: &Text) -> Vec<usize> {
    match pictured(editor.report) {
        Some((stem, Data::Indicators(file, _))) => indicators::counted_in(editor, stem, file, text),
        _ => Vec::new(),
    }
}

fn section_view(editor: &CopyEditor, place: usize, section: &crate::model::Section) -> SectionView {
    editor.enter(section.id.value.as_str());
    let title = title_of(editor, place, section);
    let standfirst = section.standfirst.as_ref().map(|text| editor.words(text));
    let lit = section.standfirst.as_ref().map(|text| lit(editor, text)).unwrap_or_default();
    let parts: Vec<PartView> = section.parts.iter().filter_map(|part| part_view(editor, part)).collect();
    SectionView {
        id: section.id.value.to_string(),
        language: title.language().map(str::to_owned),
        title,
        lettered: numbering::lettered(editor.report, section),
        standfirst,
        lit,
        leads: place == 0 && matches!(parts.first(), Some(PartView::KeyFigures(_))),
        entries: parts.iter().flat_map(entries).collect(),
        parts,
        notes: editor.notes_of_section(),
    }
}

/// The title of a section, with its number or its letter.
fn title_of(editor: &CopyEditor, place: usize, section: &crate::model::Section) -> Words {
    let title = editor.words(&section.title);
    match numbering::lettered(editor.report, section) {
        Some(appendix) => editor.phrase("numbered.caption", [("name", Words::plain(appendix)), ("caption", title)]),
        None if editor.report.is_numbered() => {
            editor.phrase("numbered.section", [("n", Words::plain((place + 1).to_string())), ("title", title)])
        }
        None => title,
    }
}

/// Only dashboards and themes are long enough for lines of their own in the contents.
fn entries(part: &PartView) -> Vec<Entry> {
    match part {
        PartView::Dashboard(dashboard) => {
            let named = dashboard.groups.iter().filter(|one| !one.name.is_empty());
            let entry =
                |one: &GroupView| Entry { id: one.id.clone(), title: one.name.clone(), language: one.language.clone() };
            named.map(entry).collect()
        }
        PartView::Themes { themes } => {
            let entry = |theme: &ThemeView| Entry {
                id: theme.id.clone(),
                title: theme.numbered.text.clone(),
                language: theme.numbered.language().map(str::to_owned),
            };
            themes.iter().map(entry).collect()
        }
        PartView::Prose { .. }
        | PartView::Signatory { .. }
        | PartView::KeyFigures(_)
        | PartView::PullOut { .. }
        | PartView::CaseStudy { .. }
        | PartView::Quotation { .. }
        | PartView::Glossary { .. }
        | PartView::ListOf { .. }
        | PartView::Picture { .. }
        | PartView::Table(_)
        | PartView::Cycle(_)
        | PartView::Directorates { .. }
        | PartView::Ratings(_)
        | PartView::Key(_)
        | PartView::Reasons(_)
        | PartView::Survey(_)
        | PartView::Costs(_)
        | PartView::Chart(_)
        | PartView::Matrix(_)
        | PartView::Board(_)
        | PartView::Contacts => Vec::new(),
    }
}

fn organisation(organisation: &Organisation, logo: Option<&LogoPictures>) -> OrganisationView {
    let text = |text: &crate::yaml::Text| text.value.clone();
    OrganisationView {
        name: text(&organisation.name),
        short_name: text(&organisation.short_name),
        cover: organisation.cover.unwrap_or(Cover::Blue).word(),
        logo: logo.map(logo::logo),
        address: organisation.address.iter().map(text).collect(),
        telephone: organisation.telephone.value.shown().to_owned(),
        telephone_link: organisation.telephone.value.dialled(),
        email: organisation.email.value.0.clone(),
        websites: organisation.websites.iter().flatten().map(link_view).collect(),
        social: organisation
            .social
            .iter()
            .flatten()
            .map(|account| AccountView {
                name: text(&account.name),
                text: text(&account.text),
                to: account.to.as_ref().map(|LinkTarget(to)| to.clone()),
            })
            .collect(),
    }
}

fn link_view(link: &crate::model::Link) -> LinkView {
    LinkView { text: link.text.value.clone(), to: link.to.0.clone() }
}
