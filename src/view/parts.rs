//! The parts of a section, with every string final. Each kind of content has a file of its own.

use serde::Serialize;

use super::chart::{ChartView, chart};
use super::copy_editor::{CopyEditor, Words};
use super::costs::{CostView, costs};
use super::dashboard::{DashboardView, dashboard};
use super::deliverables::{self, BoardView, MatrixView, ThemeView};
use super::indicators::{self, BranchView, CycleView, KeyView, RatingsView};
use super::key_figures::{KeyFiguresView, key_figures};
use super::picture::{PictureView, picture};
use super::reasons::{ReasonsView, reasons};
use super::survey::{SurveyView, survey};
use super::table::{TableView, table};
use crate::markdown::Block;
use crate::model::numbering::Numbered;
use crate::model::{Data, DeliverableShow, IndicatorShow, Part, Show, TableShow, addresses};

/// A word with what it means.
#[derive(Debug, PartialEq, Serialize)]
pub struct TermView {
    pub term: Words,
    pub means: Words,
}

/// A line of a list of tables, figures or charts.
#[derive(Debug, PartialEq, Serialize)]
pub struct ListedView {
    /// `Table 3`, its caption, and both in one line.
    pub name: String,
    pub title: String,
    pub words: String,
    /// The id of its caption.
    pub to: String,
}

/// What a section shows.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PartView {
    Prose {
        blocks: Vec<Block>,
    },
    Signatory {
        name: Words,
        role: Words,
        organisation: Words,
    },
    KeyFigures(KeyFiguresView),
    PullOut {
        words: Words,
    },
    CaseStudy {
        label: Words,
        /// Where the title stands on the page.
        id: String,
        title: Words,
        figure: Option<Words>,
        detail: Option<Words>,
        blocks: Vec<Block>,
    },
    Quotation {
        words: Words,
        speaker: Words,
        role: Option<Words>,
    },
    Glossary {
        terms: Vec<TermView>,
    },
    ListOf {
        entries: Vec<ListedView>,
    },
    /// A picture, or several side by side.
    Picture {
        pictures: Vec<PictureView>,
    },
    Table(TableView),
    Cycle(CycleView),
    Directorates {
        chief_officer: String,
        directorates: Vec<BranchView>,
    },
    Ratings(RatingsView),
    Key(KeyView),
    Reasons(ReasonsView),
    Dashboard(DashboardView),
    Survey(SurveyView),
    Costs(CostView),
    Chart(Box<ChartView>),
    Themes {
        themes: Vec<ThemeView>,
    },
    Matrix(MatrixView),
    Board(BoardView),
    Contacts,
}

/// Shows a part; an empty slot for a picture shows nothing.
pub fn part_view(editor: &CopyEditor, part: &Part) -> Option<PartView> {
    Some(match part {
        Part::Prose(blocks) => PartView::Prose { blocks: editor.blocks(blocks) },
        Part::Signatory(signatory) => PartView::Signatory {
            name: editor.words(&signatory.name),
            role: editor.words(&signatory.role),
            organisation: editor.words(&signatory.organisation),
        },
        Part::KeyFigures(figures) => PartView::KeyFigures(key_figures(editor, figures)),
        Part::PullOut(text) => PartView::PullOut { words: editor.words(text) },
        Part::CaseStudy(study, blocks) => PartView::CaseStudy {
            label: editor.words(&study.label),
            id: addresses::of_case_study(&study.title.value),
            title: editor.words(&study.title),
            figure: study.figure.as_ref().map(|text| editor.words(text)),
            detail: study.detail.as_ref().map(|text| editor.words(text)),
            blocks: editor.blocks(blocks),
        },
        Part::Quotation(one) => PartView::Quotation {
            words: editor.words(&one.words),
            speaker: editor.words(&one.speaker),
            role: one.role.as_ref().map(|text| editor.words(text)),
        },
        Part::Glossary(terms) => PartView::Glossary {
            terms: terms
                .iter()
                .map(|one| TermView { term: editor.words(&one.term), means: editor.words(&one.means) })
                .collect(),
        },
        Part::ListOf(kind) => {
            let line = |one: &Numbered| {
                let (name, title) = (one.name(editor.wording()), editor.plain(one.caption));
                let words = editor.wording().say("numbered.caption", &[("name", &name), ("caption", &title)]);
                ListedView { name, title, words, to: one.anchor() }
            };
            PartView::ListOf { entries: editor.numbered(kind.value).map(line).collect() }
        }
        Part::Figure(figures) => {
            let shown = figures.iter().filter_map(|(figure, shown)| Some(picture(editor, figure, shown.as_ref()?)));
            let pictures: Vec<PictureView> = shown.collect();
            return (!pictures.is_empty()).then_some(PartView::Picture { pictures });
        }
        Part::Data { stem, data } => return data_view(editor, stem, data),
        Part::Chart(one) => PartView::Chart(Box::new(chart(editor, one))),
        Part::Contacts => PartView::Contacts,
    })
}

/// Shows data in its way; a wheel or a tree of what a file does not have shows nothing.
fn data_view(editor: &CopyEditor, stem: &str, data: &Data) -> Option<PartView> {
    let shows_themes = || editor.report.shows(stem, Show::Deliverables(DeliverableShow::Themes));
    Some(match data {
        Data::Table(file, way) => match way {
            TableShow::Table => PartView::Table(table(editor, stem, file)),
            TableShow::Costs => PartView::Costs(costs(editor, stem, file)),
        },
        Data::Indicators(file, way) => match way {
            IndicatorShow::Cycle => PartView::Cycle(indicators::cycle(editor, stem, file, file.called.areas.as_ref()?)),
            IndicatorShow::Directorates => PartView::Directorates {
                chief_officer: editor.report.organisation.chief_officer.value.clone(),
                directorates: indicators::tree(editor, stem, file, file.called.groups.as_ref()?),
            },
            IndicatorShow::Ratings => PartView::Ratings(indicators::ratings(editor, stem, file)),
            IndicatorShow::Key => PartView::Key(indicators::key(editor, file)),
            IndicatorShow::Reasons => PartView::Reasons(reasons(editor, stem, file)?),
            IndicatorShow::Dashboard => PartView::Dashboard(dashboard(editor, stem, file)),
        },
        Data::Survey(file) => PartView::Survey(survey(editor, file)),
        Data::Deliverables(file, way) => match way {
            DeliverableShow::Themes => PartView::Themes { themes: deliverables::themes(editor, file) },
            DeliverableShow::Matrix => PartView::Matrix(deliverables::matrix(editor, stem, file, shows_themes())),
            DeliverableShow::Board => PartView::Board(deliverables::board(editor, stem, file, shows_themes())),
        },
    })
}
