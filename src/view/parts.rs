//! The parts of a section, with every string final.

use serde::Serialize;

use super::dashboard::{self, AreaView, DashboardView, DirectorateCount, KeyView, RatingCount};
use super::desk::{Desk, Piece, Words};
use crate::markdown::Block;
use crate::model::values::{ColumnType, Figure, Focus, Id, Money, Percent};
use crate::model::{
    Cell, CostFile, Deliverable, DeliverableFile, Part, Picture, SurveyFile, SurveyGroup, TableFile, Theme, addresses,
};
use crate::yaml::{At, Text};

/// What a section shows.
#[derive(Debug, Serialize)]
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
    Picture(PictureView),
    Table(TableView),
    Cycle {
        summary: Words,
        areas: Vec<AreaView>,
    },
    Directorates {
        chief_officer: String,
        /// Names, and how many indicators each has.
        directorates: Vec<(String, Words)>,
    },
    Ratings {
        id: String,
        counts: Vec<RatingCount>,
        total: Words,
        directorates: Vec<DirectorateCount>,
        all_directorates: DirectorateCount,
    },
    Key(KeyView),
    Dashboard(DashboardView),
    Survey {
        caption: Words,
        responses: Vec<(String, Words)>,
        groups: Vec<GroupView>,
    },
    Costs(CostView),
    Themes {
        themes: Vec<ThemeView>,
    },
    Matrix {
        id: String,
        linked: bool,
        caption: Words,
        themes: Vec<ThemeCount>,
        outcomes: Words,
        internal: Words,
        external: Words,
    },
    Contacts,
}

/// A picture in its place.
#[derive(Debug, Serialize)]
pub struct PictureView {
    pub caption: Words,
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
    pub caption: Words,
    pub unit: Option<String>,
    pub rows_are: Words,
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
    pub notes: Vec<Words>,
}

/// A column: its heading, and whether it holds figures.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    pub name: Words,
    pub figures: bool,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct RowView {
    pub name: Words,
    pub is_total: bool,
    pub cells: Vec<CellView>,
}

/// A cell, and whether it holds a figure.
#[derive(Debug, Serialize)]
pub struct CellView {
    pub words: Words,
    pub figure: bool,
}

/// Results of a survey under one heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    pub heading: Words,
    /// Percentages and statements.
    pub results: Vec<(Words, Words)>,
}

/// Running costs, a row a line.
#[derive(Debug, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: Words,
    pub lines: Vec<CostRow>,
    pub sums: Vec<CostRow>,
    pub notes: Vec<Words>,
}

/// A row of the costs; `level` from 1, "n/a" where a sum has no figure.
#[derive(Debug, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: Words,
    pub total: Words,
    pub per_head: Words,
    pub share: Words,
}

/// A theme with its deliverables.
#[derive(Debug, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub number: String,
    pub title: Words,
    pub outcomes: Vec<OutcomeView>,
    pub groups: Vec<FocusView>,
}

/// An outcome with its letter; beyond z with its number.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    pub letter: String,
    pub words: Words,
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
    pub key: Words,
    pub text: Words,
    pub points: Vec<Words>,
}

/// How much a theme has.
#[derive(Debug, Serialize)]
pub struct ThemeCount {
    pub id: String,
    pub number: String,
    pub title: Words,
    pub outcomes: Words,
    pub internal: Words,
    pub external: Words,
}

/// Shows a part; an empty slot for a picture shows nothing.
pub fn part_view(desk: &Desk, part: &Part) -> Option<PartView> {
    let report = desk.report;
    Some(match part {
        Part::Prose(blocks) => PartView::Prose { blocks: desk.blocks(blocks) },
        Part::Signatory(signatory) => PartView::Signatory {
            name: desk.words(&signatory.name),
            role: desk.words(&signatory.role),
            organisation: desk.words(&signatory.organisation),
        },
        Part::Figure(figure, picture) => {
            PartView::Picture(picture_view(desk, &figure.caption, &figure.alt, picture.as_ref()?))
        }
        Part::Table(stem, table) => PartView::Table(table_view(desk, stem, table)),
        Part::Cycle(stem, file) => dashboard::cycle(desk, stem, file),
        Part::Directorates(stem, file) => PartView::Directorates {
            chief_officer: desk.project.organisation.chief_officer.value.clone(),
            directorates: dashboard::tree(desk, stem, file),
        },
        Part::Ratings(stem, file) => dashboard::ratings(desk, stem, file),
        Part::Key(_, file) => PartView::Key(dashboard::key(desk, file)),
        Part::Dashboard(stem, file) => PartView::Dashboard(dashboard::dashboard(desk, stem, file)),
        Part::Survey(_, file) => survey_view(desk, file),
        Part::Costs(stem, file) => PartView::Costs(cost_view(desk, stem, file)),
        Part::Themes(_, file) => PartView::Themes { themes: themes(desk, file) },
        Part::Matrix(stem, file) => {
            let parts = || report.sections.iter().flat_map(|section| &section.parts);
            let linked = parts().any(|part| matches!(part, Part::Themes(other, _) if other == stem));
            matrix(desk, stem, file, linked)
        }
        Part::Contacts => PartView::Contacts,
    })
}

fn texts(desk: &Desk, texts: &Option<Vec<Text>>) -> Vec<Words> {
    texts.iter().flatten().map(|text| desk.words(text)).collect()
}

fn picture_view(desk: &Desk, caption: &Text, alt: &Text, picture: &Picture) -> PictureView {
    let ending = picture.format.ending();
    let name = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, name)| name);
    // A browser and the layout go by the name's ending, so it is made to say what the file is.
    let file = if name.ends_with(&format!(".{ending}")) { name.to_owned() } else { format!("{name}.{ending}") };
    PictureView {
        caption: desk.words(caption),
        alt: desk.plain(alt),
        source: picture.path.clone(),
        file: format!("pictures/{file}"),
        width: picture.size.0,
        height: picture.size.1,
    }
}

fn table_view(desk: &Desk, stem: &str, table: &TableFile) -> TableView {
    let cell = |cell: &At<Cell>| match &cell.value {
        // The unit stands with the caption, so that a column of money repeats no pound sign.
        Cell::Figure(Figure::Money(money)) if table.unit.is_some() => {
            CellView { words: desk.typed(cell.at, money.bare()), figure: true }
        }
        Cell::Figure(figure) => CellView { words: desk.typed(cell.at, figure.to_string()), figure: true },
        Cell::Text(text) => CellView { words: desk.words(&Text { value: text.clone(), at: cell.at }), figure: false },
    };
    let column = |column: &crate::model::Column| ColumnView {
        name: desk.words(&column.name),
        figures: column.r#type != ColumnType::Text,
    };
    let row = |row: &crate::model::Row| RowView {
        name: desk.words(&row.name),
        is_total: row.is_total,
        cells: row.values.iter().map(cell).collect(),
    };
    TableView {
        id: format!("table.{stem}"),
        caption: desk.words(&table.caption),
        unit: table.unit.as_ref().map(|unit| desk.plain(unit)),
        rows_are: desk.words(&table.rows_are),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
        notes: texts(desk, &table.notes),
    }
}

fn survey_view(desk: &Desk, survey: &SurveyFile) -> PartView {
    let percent = |percent: &At<Percent>| desk.typed(percent.at, percent.value.to_string());
    let group = |group: &SurveyGroup| GroupView {
        heading: desk.words(&group.heading),
        results: group
            .results
            .iter()
            .map(|result| (percent(&result.percentage), desk.words(&result.statement)))
            .collect(),
    };
    PartView::Survey {
        caption: desk.words(&survey.caption),
        responses: survey
            .responses
            .iter()
            .map(|response| (response.year.value.0.to_string(), percent(&response.percentage)))
            .collect(),
        groups: vec![group(&survey.positive), group(&survey.negative)],
    }
}

fn cost_view(desk: &Desk, stem: &str, costs: &CostFile) -> CostView {
    let money = |money: &At<Money>| desk.typed(money.at, money.value.bare());
    let percent = |percent: &At<Percent>| desk.typed(percent.at, percent.value.to_string());
    let none = || Words::plain("n/a");
    let caption = desk.words(&costs.caption);
    let lines = costs.each_line().into_iter().map(|(level, _, line)| CostRow {
        level,
        name: desk.words(&line.name),
        total: money(&line.total),
        per_head: money(&line.per_head),
        share: percent(&line.share),
    });
    let lines = lines.collect();
    let subtotal = CostRow {
        level: 1,
        name: desk.words(&costs.subtotal.name),
        total: money(&costs.subtotal.total),
        per_head: money(&costs.subtotal.per_head),
        share: percent(&costs.subtotal.share),
    };
    let sum = |sum: &crate::model::Contribution| CostRow {
        level: 1,
        name: desk.words(&sum.name),
        total: money(&sum.total),
        per_head: none(),
        share: none(),
    };
    let sums = vec![subtotal, sum(&costs.contribution), sum(&costs.total)];
    let notes = costs.notes.iter().flatten().chain(&costs.rounding_note).map(|note| desk.words(note)).collect();
    CostView { id: format!("costs.{stem}"), caption, lines, sums, notes }
}

fn themes(desk: &Desk, file: &DeliverableFile) -> Vec<ThemeView> {
    let outcome = |(place, text): (usize, &Text)| OutcomeView { letter: letter(place), words: desk.words(text) };
    let group = |theme: &Theme, focus: Focus| FocusView {
        focus,
        title: focus.shown(),
        deliverables: file
            .under(&theme.id.value, focus)
            .map(|deliverable| deliverable_view(desk, deliverable, &theme.id.value))
            .collect(),
    };
    let theme = |theme: &Theme| ThemeView {
        id: addresses::of_theme(&theme.id.value),
        number: theme.number.value.to_string(),
        title: desk.words(&theme.title),
        outcomes: theme.outcomes.iter().enumerate().map(outcome).collect(),
        groups: Focus::ALL
            .iter()
            .map(|focus| group(theme, *focus))
            .filter(|group| !group.deliverables.is_empty())
            .collect(),
    };
    file.themes.iter().map(theme).collect()
}

fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map_or_else(|| (place + 1).to_string(), String::from)
}

fn deliverable_view(desk: &Desk, deliverable: &Deliverable, theme: &Id) -> DeliverableView {
    let key = desk.words(&deliverable.key);
    let mut text = desk.words(deliverable.text_for(theme));
    for link in deliverable.links.iter().flatten() {
        text.pieces = text.pieces.into_iter().flat_map(|piece| cut(piece, &link.text.value, &link.to.0)).collect();
    }
    DeliverableView { key, text, points: texts(desk, &deliverable.points) }
}

/// Cuts a piece of plain text wherever the words of a link stand in it.
fn cut(piece: Piece, words: &str, to: &str) -> Vec<Piece> {
    if piece.to.is_some() || piece.fact.is_some() || piece.source.is_some() {
        return vec![piece];
    }
    let mut pieces = Vec::new();
    for (place, plain) in piece.text.split(words).enumerate() {
        if place > 0 {
            pieces.push(Piece { text: words.to_owned(), to: Some(to.to_owned()), ..Piece::default() });
        }
        if !plain.is_empty() {
            pieces.push(Piece { text: plain.to_owned(), ..Piece::default() });
        }
    }
    pieces
}

fn matrix(desk: &Desk, stem: &str, file: &DeliverableFile, linked: bool) -> PartView {
    let theme = |theme: &Theme| {
        let address = format!("{stem}.themes.{}", theme.id.value);
        ThemeCount {
            id: addresses::of_theme(&theme.id.value),
            number: theme.number.value.to_string(),
            title: desk.words(&theme.title),
            outcomes: desk.fact(&format!("{address}.outcomes")),
            internal: desk.fact(&format!("{address}.internal")),
            external: desk.fact(&format!("{address}.external")),
        }
    };
    let caption = desk.words(&file.caption);
    let themes = file.themes.iter().map(theme).collect();
    PartView::Matrix {
        id: format!("matrix.{stem}"),
        linked,
        caption,
        themes,
        outcomes: desk.fact(&format!("{stem}.outcomes")),
        internal: desk.fact(&format!("{stem}.entries.internal")),
        external: desk.fact(&format!("{stem}.entries.external")),
    }
}
