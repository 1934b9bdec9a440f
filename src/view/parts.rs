//! The parts of a section, with every string final.

use serde::Serialize;

use super::dashboard::{self, AreaView, DashboardView, DirectorateCount, KeyView, RatingCount};
use crate::markdown::Block;
use crate::model::values::{Focus, Id, Money};
use crate::model::{
    CostFile, Deliverable, DeliverableFile, Part, Picture, Project, Report, SurveyFile, SurveyGroup, TableFile,
    addresses,
};
use crate::yaml::Text;

/// What a section shows.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PartView {
    Prose {
        blocks: Vec<Block>,
    },
    Signatory {
        name: String,
        role: String,
        organisation: String,
    },
    Picture(PictureView),
    Table(TableView),
    Cycle {
        areas: Vec<AreaView>,
        total: usize,
        sum: usize,
    },
    Directorates {
        chief_officer: String,
        directorates: Vec<DirectorateCount>,
    },
    Ratings {
        id: String,
        counts: Vec<RatingCount>,
        total: usize,
        directorates: Vec<DirectorateCount>,
    },
    Key(KeyView),
    Dashboard(DashboardView),
    Survey {
        caption: String,
        responses: Vec<[String; 2]>,
        groups: Vec<GroupView>,
    },
    Costs(CostView),
    Themes {
        themes: Vec<ThemeView>,
    },
    Matrix {
        id: String,
        linked: bool,
        caption: String,
        themes: Vec<ThemeCount>,
        outcomes: usize,
        internal: usize,
        external: usize,
    },
    Contacts,
}

/// A picture in its place.
#[derive(Debug, Serialize)]
pub struct PictureView {
    pub caption: String,
    pub alt: String,
    /// Path in the content folder, and file in the report's folder.
    pub source: String,
    pub file: String,
    pub width: u32,
    pub height: u32,
}

/// A table.
#[derive(Debug, Serialize)]
pub struct TableView {
    pub id: String,
    pub caption: String,
    pub unit: Option<String>,
    pub rows_are: String,
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
    pub notes: Vec<String>,
}

/// A column: its heading, and whether it holds figures.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    pub name: String,
    pub figures: bool,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct RowView {
    pub name: String,
    pub is_total: bool,
    pub cells: Vec<CellView>,
}

/// A cell, and whether it holds a figure.
#[derive(Debug, Serialize)]
pub struct CellView {
    pub text: String,
    pub figure: bool,
}

/// Results of a survey under one heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    pub heading: String,
    pub results: Vec<[String; 2]>,
}

/// Running costs, a row a line.
#[derive(Debug, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: String,
    pub lines: Vec<CostRow>,
    pub sums: Vec<CostRow>,
    pub notes: Vec<String>,
}

/// A row of the costs; `level` from 1, empty figures where a sum has none.
#[derive(Debug, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: String,
    pub total: String,
    pub per_head: String,
    pub share: String,
}

/// A theme with its deliverables.
#[derive(Debug, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub number: String,
    pub title: String,
    pub outcomes: Vec<OutcomeView>,
    pub groups: Vec<FocusView>,
}

/// An outcome with its letter; beyond z with its number.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    pub letter: String,
    pub text: String,
}

/// Deliverables under one focus.
#[derive(Debug, Serialize)]
pub struct FocusView {
    pub focus: Focus,
    pub title: &'static str,
    pub deliverables: Vec<DeliverableView>,
}

/// A deliverable as a theme words it; the text is cut where links stand in it.
#[derive(Debug, Serialize)]
pub struct DeliverableView {
    pub key: String,
    pub text: Vec<Piece>,
    pub points: Vec<String>,
}

/// A piece of text that may be a link.
#[derive(Debug, Serialize)]
pub struct Piece {
    pub text: String,
    pub to: Option<String>,
}

/// How much a theme has.
#[derive(Debug, Serialize)]
pub struct ThemeCount {
    pub id: String,
    pub number: String,
    pub title: String,
    pub outcomes: usize,
    pub internal: usize,
    pub external: usize,
}

/// Shows a part; an empty slot for a picture shows nothing.
pub fn part_view(project: &Project, report: &Report, part: &Part) -> Option<PartView> {
    Some(match part {
        Part::Prose(blocks) => PartView::Prose { blocks: blocks.clone() },
        Part::Signatory(signatory) => PartView::Signatory {
            name: signatory.name.value.clone(),
            role: signatory.role.value.clone(),
            organisation: signatory.organisation.value.clone(),
        },
        Part::Figure(figure, picture) => {
            PartView::Picture(picture_view(&figure.caption, &figure.alt, picture.as_ref()?))
        }
        Part::Table(stem, table) => PartView::Table(table_view(stem, table)),
        Part::Cycle(_, file) => dashboard::cycle(file),
        Part::Directorates(_, file) => PartView::Directorates {
            chief_officer: project.organisation.chief_officer.value.clone(),
            directorates: dashboard::by_directorate(project, file),
        },
        Part::Ratings(stem, file) => dashboard::ratings(stem, project, file),
        Part::Key(_, file) => PartView::Key(dashboard::key(file)),
        Part::Dashboard(_, file) => PartView::Dashboard(dashboard::dashboard(project, &report.head.period, file)),
        Part::Survey(_, survey) => survey_view(survey),
        Part::Costs(stem, costs) => PartView::Costs(cost_view(stem, costs)),
        Part::Themes(_, file) => PartView::Themes { themes: themes(file) },
        Part::Matrix(stem, file) => matrix(stem, file, shows_themes(report)),
        Part::Contacts => PartView::Contacts,
    })
}

fn shows_themes(report: &Report) -> bool {
    report.sections.iter().flat_map(|section| &section.parts).any(|part| matches!(part, Part::Themes(..)))
}

fn texts(texts: &Option<Vec<Text>>) -> Vec<String> {
    texts.iter().flatten().map(|text| text.value.clone()).collect()
}

fn picture_view(caption: &Text, alt: &Text, picture: &Picture) -> PictureView {
    let ending = picture.format.ending();
    let name = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, name)| name);
    // A browser and the layout go by the name's ending, so it is made to say what the file is.
    let file = if name.ends_with(&format!(".{ending}")) { name.to_owned() } else { format!("{name}.{ending}") };
    PictureView {
        caption: caption.value.clone(),
        alt: alt.value.clone(),
        source: picture.path.clone(),
        file: format!("pictures/{file}"),
        width: picture.size.0,
        height: picture.size.1,
    }
}

fn table_view(stem: &str, table: &TableFile) -> TableView {
    use crate::model::Cell;
    let cell = |cell: &Cell| match cell {
        // The unit stands with the caption, so that a column of money repeats no pound sign.
        Cell::Figure(crate::model::values::Figure::Money(money)) if table.unit.is_some() => {
            CellView { text: money.bare(), figure: true }
        }
        Cell::Figure(figure) => CellView { text: figure.to_string(), figure: true },
        Cell::Text(text) => CellView { text: text.clone(), figure: false },
    };
    TableView {
        id: format!("table.{stem}"),
        caption: table.caption.value.clone(),
        unit: table.unit.as_ref().map(|unit| unit.value.clone()),
        rows_are: table.rows_are.value.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| ColumnView {
                name: column.name.value.clone(),
                figures: column.r#type != crate::model::values::ColumnType::Text,
            })
            .collect(),
        rows: table
            .rows
            .iter()
            .map(|row| RowView {
                name: row.name.value.clone(),
                is_total: row.is_total,
                cells: row.values.iter().map(|value| cell(&value.value)).collect(),
            })
            .collect(),
        notes: texts(&table.notes),
    }
}

fn survey_view(survey: &SurveyFile) -> PartView {
    let group = |group: &SurveyGroup| GroupView {
        heading: group.heading.value.clone(),
        results: group
            .results
            .iter()
            .map(|result| [result.percentage.value.to_string(), result.statement.value.clone()])
            .collect(),
    };
    PartView::Survey {
        caption: survey.caption.value.clone(),
        responses: survey
            .responses
            .iter()
            .map(|response| [response.year.value.0.to_string(), response.percentage.value.to_string()])
            .collect(),
        groups: vec![group(&survey.positive), group(&survey.negative)],
    }
}

fn cost_view(stem: &str, costs: &CostFile) -> CostView {
    let row = |level, name: &Text, total: Money| CostRow {
        level,
        name: name.value.clone(),
        total: total.bare(),
        per_head: String::new(),
        share: String::new(),
    };
    let lines = costs.each_line().into_iter().map(|(level, _, line)| CostRow {
        per_head: line.per_head.value.bare(),
        share: line.share.value.to_string(),
        ..row(level, &line.name, line.total.value)
    });
    let subtotal = CostRow {
        per_head: costs.subtotal.per_head.value.bare(),
        share: costs.subtotal.share.value.to_string(),
        ..row(1, &costs.subtotal.name, costs.subtotal.total.value)
    };
    let sum = |sum: &crate::model::Contribution| row(1, &sum.name, sum.total.value);
    CostView {
        id: format!("costs.{stem}"),
        caption: costs.caption.value.clone(),
        lines: lines.collect(),
        sums: vec![subtotal, sum(&costs.contribution), sum(&costs.total)],
        notes: texts(&costs.notes),
    }
}

fn themes(file: &DeliverableFile) -> Vec<ThemeView> {
    let theme = |theme: &crate::model::Theme| ThemeView {
        id: addresses::of_theme(&theme.id.value),
        number: theme.number.value.to_string(),
        title: theme.title.value.clone(),
        outcomes: theme
            .outcomes
            .iter()
            .enumerate()
            .map(|(place, text)| OutcomeView { letter: letter(place), text: text.value.clone() })
            .collect(),
        groups: Focus::ALL
            .iter()
            .map(|focus| FocusView {
                focus: *focus,
                title: focus.shown(),
                deliverables: file
                    .under(&theme.id.value, *focus)
                    .map(|deliverable| deliverable_view(deliverable, &theme.id.value))
                    .collect(),
            })
            .filter(|group| !group.deliverables.is_empty())
            .collect(),
    };
    file.themes.iter().map(theme).collect()
}

fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map_or_else(|| (place + 1).to_string(), String::from)
}

fn deliverable_view(deliverable: &Deliverable, theme: &Id) -> DeliverableView {
    let mut pieces = vec![Piece { text: deliverable.text_for(theme).value.clone(), to: None }];
    for link in deliverable.links.iter().flatten() {
        pieces = pieces.into_iter().flat_map(|piece| cut(piece, &link.text.value, &link.to.0)).collect();
    }
    DeliverableView { key: deliverable.key.value.clone(), text: pieces, points: texts(&deliverable.points) }
}

/// Cuts a piece of plain text wherever the words of a link stand in it.
fn cut(piece: Piece, words: &str, to: &str) -> Vec<Piece> {
    if piece.to.is_some() {
        return vec![piece];
    }
    let mut pieces = Vec::new();
    for (place, plain) in piece.text.split(words).enumerate() {
        if place > 0 {
            pieces.push(Piece { text: words.to_owned(), to: Some(to.to_owned()) });
        }
        if !plain.is_empty() {
            pieces.push(Piece { text: plain.to_owned(), to: None });
        }
    }
    pieces
}

fn matrix(stem: &str, file: &DeliverableFile, linked: bool) -> PartView {
    let count = |theme: &crate::model::Theme, focus| file.under(&theme.id.value, focus).count();
    let themes: Vec<ThemeCount> = file
        .themes
        .iter()
        .map(|theme| ThemeCount {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            title: theme.title.value.clone(),
            outcomes: theme.outcomes.len(),
            internal: count(theme, Focus::Internal),
            external: count(theme, Focus::External),
        })
        .collect();
    PartView::Matrix {
        id: format!("matrix.{stem}"),
        linked,
        caption: file.caption.value.clone(),
        outcomes: themes.iter().map(|theme| theme.outcomes).sum(),
        internal: themes.iter().map(|theme| theme.internal).sum(),
        external: themes.iter().map(|theme| theme.external).sum(),
        themes,
    }
}
