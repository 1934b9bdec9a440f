//! A report: its head, and its sections with their parts.

use std::sync::Arc;

use super::table::YesNo;
use super::values::{
    Cover, CoverShows, Date, Id, Language, Manner, Negatives, NilShown, NumberedKind, Period, PictureSize,
};
use super::{
    Chart, ChartPart, CheckFile, CoverPhoto, Data, DeliverableFile, FactFile, ForEach, GroupRow, ImportFile,
    IndicatorFile, Licence, Note, Organisation, Picture, Restatement, Show, TableFile, TakenRecord, Translation,
};
use crate::diagnostic::{Diagnostic, Findings, InReport};
use crate::markdown::Block;
use crate::source::SourceTree;
use crate::transcript::RECORD;
use crate::wording::Wording;
use crate::yaml::{At, Form, Formed, FromNode, Node, Parse, Text, Texts};
use crate::{declared, record};

/// A report, ready to be checked and shown.
#[derive(Debug)]
pub struct Report {
    /// Its address: the name of its folder, followed by the row's id where it is made for a row.
    pub id: String,
    pub folder: String,
    /// The row that it is made for.
    pub row: Option<GroupRow>,
    /// What it is a translation of.
    pub translation: Option<Translation>,
    pub head: ReportHead,
    /// How it prints its figures, and the words of its language.
    pub manner: Manner,
    /// The organisation as it was in the report's period.
    pub organisation: Arc<Organisation>,
    /// The picture on its cover; none where that shows something else.
    pub cover_photo: Option<Picture>,
    /// Whether a record says what was published.
    pub is_published: bool,
    /// The edition that it follows, by its id.
    pub before: Option<String>,
    pub sections: Vec<Section>,
    /// What the report's folder says of its figures, for all reports of a group.
    pub statements: Arc<Statements>,
    /// Whether every section and part could be read.
    pub whole: bool,
}

/// What a folder says of figures besides its tables.
#[derive(Debug, Clone)]
pub struct Statements {
    pub facts: Option<FactFile>,
    pub checks: Option<CheckFile>,
    /// What is taken from workbooks.
    pub imports: Option<ImportFile>,
    /// What was taken from them.
    pub taken: TakenRecord,
    /// Whether the files that are there could be read.
    pub whole: bool,
}

impl Statements {
    /// What is said of figures of the edition before that are no longer as it published them.
    pub fn restated(&self) -> impl Iterator<Item = &Restatement> {
        self.facts.iter().flat_map(|file| file.restated.iter().flatten())
    }

    /// Whether readers may be told of a figure, in a note, why it stands as it does.
    pub fn may_need_notes(&self) -> bool {
        let acknowledged = self.checks.iter().flat_map(|file| file.acknowledgements.iter().flatten());
        acknowledged.count() + self.restated().count() > 0
    }

    /// Every text, with its place.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let facts = self.facts.iter().flat_map(|file| {
            let sources = file.sources.iter().flatten().map(|source| &source.title);
            sources.chain(file.facts.iter().flatten().map(|fact| &fact.is))
        });
        let checks = self.checks.iter().flat_map(|file| {
            let relations = file.relations.iter().flatten().flat_map(|relation| &relation.because);
            relations.chain(file.acknowledgements.iter().flatten().map(|one| &one.reason))
        });
        facts.chain(checks)
    }
}

/// A section of a report.
#[derive(Debug)]
pub struct Section {
    pub id: At<Id>,
    pub title: Text,
    /// One sentence that states the finding.
    pub standfirst: Option<Text>,
    /// The source of its statements that name none.
    pub source: Option<At<Id>>,
    /// Its letter, where it is an appendix.
    pub letter: Option<String>,
    pub parts: Vec<Part>,
}

declared! {
    /// A section: its heading, and what it shows.
    Section "a section" {
        required id: At<Id>,
        /// The heading of the section.
        required title: Text,
        /// One sentence that states the finding.
        optional standfirst: Text,
        /// Id of the source of its statements that name none.
        optional source: At<Id>,
        /// Whether it is an appendix; those stand behind all other sections.
        optional appendix: At<YesNo>,
        /// What it shows, in this order: each a record of one field, which says what it is.
        required parts: Vec<Part>,
    }
}

/// What a section shows: words of its own, or data.
#[derive(Debug, Clone)]
pub enum Part {
    Prose(Arc<[Block]>),
    Signatory(Signatory),
    KeyFigures(Vec<KeyFigure>),
    /// A sentence that is shown large beside the text.
    PullOut(Text),
    /// A box with a story of its own, and its text.
    CaseStudy(CaseStudy, Arc<[Block]>),
    /// What somebody said.
    Quotation(Quotation),
    /// Words with what they mean.
    Glossary(Vec<Term>),
    /// A list of everything of a kind that has a number.
    ListOf(At<NumberedKind>),
    /// A picture, or several side by side; each is `None` while its slot is empty.
    Figure(Vec<(Figure, Option<Picture>)>),
    Contacts,
    /// A data file, by its name without ending, which is that of the data beside the page.
    Data {
        stem: String,
        data: Data,
    },
    /// A table or indicators as a chart.
    Chart(Box<Chart>),
}

impl Report {
    /// What Tally says in its language.
    pub fn wording(&self) -> &Wording {
        &self.manner.wording
    }

    /// Every part, in the order of the report.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.sections.iter().flat_map(|section| &section.parts)
    }

    /// Every chart, in the order of the report.
    pub fn charts(&self) -> impl Iterator<Item = &Chart> {
        self.parts().filter_map(|part| if let Part::Chart(chart) = part { Some(&**chart) } else { None })
    }

    /// Whether some part shows that file in that way.
    pub fn shows(&self, stem: &str, show: Show) -> bool {
        let is_it =
            |part: &Part| matches!(part, Part::Data { stem: other, data } if other == stem && data.show() == show);
        self.parts().any(is_it)
    }

    /// Whether its sections, tables, pictures and charts have numbers.
    pub fn is_numbered(&self) -> bool {
        self.head.numbered.as_ref().is_some_and(|numbered| numbered.value.0)
    }

    /// The licence under which its data may be used, where one is said.
    pub fn licence(&self) -> Option<&Licence> {
        self.head.licence.as_ref().or(self.organisation.licence.as_ref())
    }

    /// Its notes, in the order of the file.
    pub fn notes(&self) -> &[Note] {
        self.head.notes.as_deref().unwrap_or_default()
    }

    /// Why figures of its indicators stand as they do.
    pub fn reasons(&self) -> impl Iterator<Item = &Text> {
        let indicators = self.parts().filter_map(Part::indicators).flat_map(|(_, file)| file.indicators());
        indicators.flat_map(|indicator| {
            let of_rating = indicator.rating_because.iter().map(|because| &because.reason);
            indicator.percentage_because.iter().chain(of_rating)
        })
    }

    /// Where the record of what was published lies, from the content folder.
    pub fn record_path(&self) -> String {
        match (&self.row, &self.translation) {
            (Some(row), _) => format!("{}/{}/{RECORD}", self.folder, row.row().id),
            (None, Some(_)) => format!("{}/{}/{RECORD}", self.folder, self.head.language.value.tag()),
            (None, None) => format!("{}/{RECORD}", self.folder),
        }
    }

    /// Whether a name given by hand means this report: its id, or its folder's name for all reports of a group.
    pub fn is_meant_by(&self, name: &str) -> bool {
        self.id == name || self.folder == name
    }

    /// Paths of the files that it is made from.
    pub fn files<'a>(&'a self, tree: &'a SourceTree) -> Vec<&'a str> {
        self.row.as_ref().map_or_else(|| tree.files_in(&self.folder).collect(), |row| row.files(tree))
    }

    /// Says of findings that they were made in this report, where it is one of a group or a translation.
    pub fn mark(&self, findings: &mut [Diagnostic]) {
        self.row.iter().for_each(|row| row.mark(findings));
        if let Some(translation) = &self.translation {
            let found_in = InReport { report: self.id.clone(), place: translation.place, of: translation.among };
            let unmarked = findings.iter_mut().filter(|finding| finding.found_in.is_none());
            unmarked.for_each(|finding| finding.found_in = Some(found_in.clone()));
        }
    }
}

impl Section {
    /// Gives the appendices their letters, in their order: A to Z, then AA.
    pub fn letter_appendices(sections: &mut [Section]) {
        let appendices = sections.iter_mut().filter_map(|section| section.letter.as_mut());
        for (place, letter) in appendices.enumerate() {
            *letter = letter_of(place);
        }
    }
}

/// The letters of a place, from 0: A to Z, then AA.
pub fn letter_of(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    if place < 26 { last.to_string() } else { format!("{}{last}", letter_of(place / 26 - 1)) }
}

impl Figure {
    /// As many stand side by side at most.
    pub const MOST: usize = 4;
}

impl KeyFigure {
    /// More than this many are no longer seen at a glance.
    pub const MOST: usize = 6;
}

impl Part {
    /// The data file that a part shows, by its name without ending.
    pub fn data(&self) -> Option<(&str, &Data)> {
        match self {
            Part::Data { stem, data } => Some((stem, data)),
            Part::Chart(chart) => Some((&chart.stem, &chart.data)),
            Part::Prose(_)
            | Part::Signatory(_)
            | Part::KeyFigures(_)
            | Part::PullOut(_)
            | Part::CaseStudy(..)
            | Part::Quotation(_)
            | Part::Glossary(_)
            | Part::ListOf(_)
            | Part::Figure(_)
            | Part::Contacts => None,
        }
    }

    /// The name of the data file that a part shows, without its ending.
    pub fn stem(&self) -> Option<&str> {
        self.data().map(|(stem, _)| stem)
    }

    /// The folder of the component that shows it, in `templates/components`.
    pub fn component(&self) -> &'static str {
        match self {
            Part::Prose(_) => "prose",
            Part::Signatory(_) => "signatory",
            Part::KeyFigures(_) => "key-figures",
            Part::PullOut(_) => "pull-out",
            Part::CaseStudy(..) => "case-study",
            Part::Quotation(_) => "quotation",
            Part::Glossary(_) => "glossary",
            Part::ListOf(_) => "list-of",
            Part::Figure(_) => "picture",
            Part::Contacts => "contacts",
            Part::Chart(_) => "chart",
            Part::Data { data, .. } => data.show().name(),
        }
    }

    /// The running text of a part.
    pub fn prose(&self) -> Option<&[Block]> {
        match self {
            Part::Prose(blocks) | Part::CaseStudy(_, blocks) => Some(blocks),
            Part::Signatory(_)
            | Part::KeyFigures(_)
            | Part::PullOut(_)
            | Part::Quotation(_)
            | Part::Glossary(_)
            | Part::ListOf(_)
            | Part::Figure(_)
            | Part::Contacts
            | Part::Chart(_)
            | Part::Data { .. } => None,
        }
    }

    /// The table that a part shows, with the name of its file, in whichever way.
    pub fn table(&self) -> Option<(&str, &TableFile)> {
        if let Some((stem, Data::Table(file, _))) = self.data() { Some((stem, file)) } else { None }
    }

    /// The indicators that a part shows, with the name of their file, in whichever way.
    pub fn indicators(&self) -> Option<(&str, &IndicatorFile)> {
        if let Some((stem, Data::Indicators(file, _))) = self.data() { Some((stem, file)) } else { None }
    }

    /// The deliverables that a part shows, with the name of their file, in whichever way.
    pub fn deliverables(&self) -> Option<(&str, &DeliverableFile)> {
        if let Some((stem, Data::Deliverables(file, _))) = self.data() { Some((stem, file)) } else { None }
    }
}

/// The kinds of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Prose,
    Signatory,
    KeyFigures,
    PullOut,
    CaseStudy,
    Quotation,
    Glossary,
    ListOf,
    Figure,
    Contacts,
    Chart,
    Data(Show),
}

impl PartKind {
    /// Every kind that is no way of showing a data file, with its name in `report.yaml`.
    const OTHERS: [(&str, PartKind); 11] = [
        ("prose", PartKind::Prose),
        ("signatory", PartKind::Signatory),
        ("key-figures", PartKind::KeyFigures),
        ("pull-out", PartKind::PullOut),
        ("case-study", PartKind::CaseStudy),
        ("quotation", PartKind::Quotation),
        ("glossary", PartKind::Glossary),
        ("list-of", PartKind::ListOf),
        ("figure", PartKind::Figure),
        ("contacts", PartKind::Contacts),
        ("chart", PartKind::Chart),
    ];

    /// Every kind with its name in `report.yaml`.
    pub fn all() -> impl Iterator<Item = (&'static str, PartKind)> {
        let data = Show::all().map(|show| (show.name(), PartKind::Data(show)));
        Self::OTHERS.into_iter().chain(data)
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// What a part of the kind takes behind its name.
    fn form(self) -> Form {
        match self {
            PartKind::Signatory => Signatory::form(),
            PartKind::KeyFigures => Form::short_list(KeyFigure::form(), KeyFigure::MOST),
            PartKind::CaseStudy => CaseStudy::form(),
            PartKind::Quotation => Quotation::form(),
            PartKind::Glossary => Vec::<Term>::form(),
            PartKind::ListOf => NumberedKind::form(),
            PartKind::Figure => Form::Either(vec![Figure::form(), Form::short_list(Figure::form(), Figure::MOST)]),
            PartKind::Contacts => Contacts::form(),
            PartKind::Chart => ChartPart::form_of_part(),
            PartKind::Prose | PartKind::PullOut | PartKind::Data(_) => Text::form(),
        }
    }
}

impl Formed for Part {
    fn form() -> Form {
        Form::OneField(PartKind::all().map(|(name, kind)| (name, kind.form())).collect())
    }
}

/// Where contacts come from.
pub struct Contacts;

impl Parse for Contacts {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "organisation" => Ok(Self),
            _ => Err("contacts come from organisation.yaml: write `contacts: organisation`".to_owned()),
        }
    }

    fn texts() -> Texts {
        Texts::Words(vec!["organisation"])
    }
}

record! {
    /// Who signs.
    Signatory "a signatory" {
        /// Who signs.
        required name: Text,
        /// What the signatory is.
        required role: Text,
        /// Whom the signatory stands for.
        required organisation: Text,
    }
}

record! {
    /// A figure that is shown large.
    KeyFigure "a key figure" {
        /// What the figure is, above it.
        required label: Text,
        /// The figure, bound by its address: "{{ costs.total }}".
        required figure: Text,
        /// The change on an earlier time, with a figure in the format `change`.
        optional change: Text,
        /// What stands under it.
        optional detail: Text,
    }
}

record! {
    /// A box with a story of its own.
    CaseStudy "a case study" {
        /// What it is: "Case study".
        required label: Text,
        /// The heading of its story.
        required title: Text,
        /// A figure that is shown large in it, and what it is.
        optional figure: Text,
        /// What the figure is.
        optional detail: Text,
        /// File with its text.
        required text: Text,
    }
}

record! {
    /// What somebody said.
    Quotation "a quotation" {
        /// Without quotation marks, which are printed around them.
        required words: Text,
        /// Who said it.
        required speaker: Text,
        /// What the speaker is.
        optional role: Text,
    }
}

record! {
    /// A word with what it means.
    Term "a term" {
        /// The word, as it stands in the texts.
        required term: Text,
        /// What it means.
        required means: Text,
    }
}

record! {
    /// A picture with its words.
    Figure "a figure" {
        /// What stands under the picture.
        required caption: Text,
        /// What the picture shows, for people who cannot see it.
        required alt: Text,
        /// Who made it.
        optional credit: Text,
        /// Where the figures are taken from that a drawing says.
        optional source: At<Id>,
        optional size: At<PictureSize>,
        /// File in the report's folder; the slot stays empty without it.
        optional picture: Text,
    }
}

record! {
    /// What `report.yaml` says of the report as a whole.
    ReportHead "a report" {
        /// The title of the report.
        required title: Text,
        /// What stands under the title.
        required subtitle: Text,
        /// What the report is, in a sentence, for search engines and lists of reports.
        required description: Text,
        required language: At<Language>,
        /// The languages that it is translated into.
        optional also_in: Vec<At<Language>>,
        required period: Period,
        required published: Date,
        /// The edition that this one follows, by its folder.
        optional follows: Text,
        /// The day of a draft; without it, this is the report that is published.
        optional draft: Date,
        /// The colour of its cover and bands; without it, that of the organisation, else blue.
        optional cover: Cover,
        /// What the cover shows; without it, what the organisation says, else the figures that the report has.
        optional cover_shows: At<CoverShows>,
        /// The picture on the cover, where it shows one; without it, that of the organisation.
        optional cover_picture: CoverPhoto,
        /// The licence under which its data may be used; without it, that of the organisation.
        optional licence: Licence,
        /// The source of statements that name none, in sections that have none.
        optional source: At<Id>,
        /// Whether sections, tables, pictures and charts have numbers.
        optional numbered: At<YesNo>,
        /// What texts name as notes.
        optional notes: Vec<Note>,
        /// How figures are printed.
        optional figures: FiguresShown,
        /// One report for every row of a table.
        optional for_each: ForEach,
        /// The sections, in the order of print.
        required sections: Unread,
    }
}

record! {
    /// How a report prints its figures.
    FiguresShown "how figures are printed" {
        optional negatives: Negatives,
        optional nil: NilShown,
    }
}

impl ReportHead {
    /// How the report prints its figures, with the words of its language.
    pub fn manner(&self, wording: Arc<Wording>) -> Manner {
        let Manner { negatives, nil, .. } = Manner::of_messages();
        let said = self.figures.as_ref();
        Manner {
            negatives: said.and_then(|figures| figures.negatives).unwrap_or(*negatives),
            nil: said.and_then(|figures| figures.nil).unwrap_or(*nil),
            wording,
        }
    }
}

/// Sections, which must be there and are read elsewhere.
#[derive(Debug, Clone)]
pub struct Unread;

impl Formed for Unread {
    fn form() -> Form {
        Vec::<Section>::form()
    }
}

impl FromNode for Unread {
    fn from_node(_: &Node, _: &mut Findings) -> Option<Self> {
        Some(Unread)
    }
}
