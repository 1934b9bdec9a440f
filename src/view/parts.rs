//! The parts of a section, with every string final.

use rust_decimal::Decimal;
use serde::Serialize;

use super::charts::{self, BarView, CoverPicture, ThemeRow, WheelView, YearColumn};
use super::dashboard::{self, BranchView, DashboardView, DirectorateCount, KeyView, RatingsChart};
use super::desk::{Desk, Piece, Words};
use super::key_figures::{KeyFigureView, key_figures};
use crate::markdown::Block;
use crate::model::values::{ColumnType, Figure, Focus, Id, Money, Percent};
use crate::model::{
    Cell, CostFile, CostLine, Deliverable, DeliverableFile, Part, Picture, Response, SurveyFile, SurveyGroup,
    SurveyResult, TableFile, Theme, addresses,
};
use crate::picture::published_widths;
use crate::yaml::{At, Text};

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
    KeyFigures {
        figures: Vec<KeyFigureView>,
        /// The ratings of the report's indicators, where it has any.
        ratings: Option<RatingsChart>,
    },
    PullOut {
        words: Words,
    },
    Picture(PictureView),
    Table(TableView),
    Cycle {
        summary: Words,
        total: String,
        noun: &'static str,
        wheel: WheelView,
    },
    Directorates {
        chief_officer: String,
        directorates: Vec<BranchView>,
    },
    Ratings {
        id: String,
        chart: RatingsChart,
        directorates: Vec<DirectorateCount>,
        all_directorates: DirectorateCount,
    },
    Key(KeyView),
    Dashboard(DashboardView),
    Survey {
        caption: Words,
        description: String,
        /// The years, the latest last.
        responses: Vec<YearColumn>,
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
        /// Deliverables that serve more than one theme.
        shared: Vec<SharedView>,
    },
    Contacts,
}

/// A deliverable with the themes that it serves.
#[derive(Debug, PartialEq, Serialize)]
pub struct SharedView {
    pub key: Words,
    pub focus: Focus,
    /// For each theme, in their order, whether it is served.
    pub themes: Vec<bool>,
}

/// A picture in its place.
#[derive(Debug, PartialEq, Serialize)]
pub struct PictureView {
    pub caption: Words,
    pub alt: String,
    /// Path in the content folder, and the largest file in the report's folder.
    pub source: String,
    pub file: String,
    /// Every size that is published, the smallest first.
    pub renditions: Vec<RenditionView>,
    /// Its own size, which gives its shape.
    pub width: u32,
    pub height: u32,
}

/// A published size of a picture.
#[derive(Debug, PartialEq, Serialize)]
pub struct RenditionView {
    pub file: String,
    pub width: u32,
}

/// A table.
#[derive(Debug, PartialEq, Serialize)]
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
#[derive(Debug, PartialEq, Serialize)]
pub struct ColumnView {
    pub name: Words,
    pub figures: bool,
}

/// A row.
#[derive(Debug, PartialEq, Serialize)]
pub struct RowView {
    pub name: Words,
    pub is_total: bool,
    pub cells: Vec<CellView>,
}

/// A cell, and whether it holds a figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct CellView {
    pub words: Words,
    pub figure: bool,
}

/// Results of a survey under one heading.
#[derive(Debug, PartialEq, Serialize)]
pub struct GroupView {
    pub heading: Words,
    pub results: Vec<ResultView>,
}

/// A result of a survey; the bar's length in per cent of the whole.
#[derive(Debug, PartialEq, Serialize)]
pub struct ResultView {
    pub percentage: Words,
    pub statement: Words,
    pub width: f64,
}

/// Running costs, a row a line.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostView {
    pub id: String,
    pub caption: Words,
    /// The lines of the first level, the largest first, and what the chart says in words.
    pub bars: Vec<BarView>,
    pub description: String,
    pub lines: Vec<CostRow>,
    pub sums: Vec<CostRow>,
    pub notes: Vec<Words>,
}

/// A row of the costs; `level` from 1, "n/a" where a sum has no figure.
#[derive(Debug, PartialEq, Serialize)]
pub struct CostRow {
    pub level: usize,
    pub name: Words,
    pub total: Words,
    pub per_head: Words,
    pub share: Words,
    /// Its length beside the largest line of the first level, in per cent.
    pub width: f64,
}

/// A theme with its deliverables.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeView {
    pub id: String,
    pub number: String,
    pub title: Words,
    pub outcomes: Vec<OutcomeView>,
    pub groups: Vec<FocusView>,
}

/// An outcome with its letter; beyond z with its number.
#[derive(Debug, PartialEq, Serialize)]
pub struct OutcomeView {
    pub letter: String,
    pub words: Words,
}

/// Deliverables under one focus.
#[derive(Debug, PartialEq, Serialize)]
pub struct FocusView {
    pub focus: Focus,
    pub title: &'static str,
    pub deliverables: Vec<DeliverableView>,
}

/// A deliverable as a theme words it; the text is cut where links stand in it.
#[derive(Debug, PartialEq, Serialize)]
pub struct DeliverableView {
    pub key: Words,
    pub text: Words,
    pub points: Vec<Words>,
}

/// How much a theme has.
#[derive(Debug, PartialEq, Serialize)]
pub struct ThemeCount {
    pub id: String,
    pub number: String,
    pub title: Words,
    pub outcomes: Words,
    pub internal: Words,
    pub external: Words,
    /// One mark a deliverable.
    pub internal_marks: Vec<Focus>,
    pub external_marks: Vec<Focus>,
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
        Part::KeyFigures(figures) => key_figures(desk, figures),
        Part::PullOut(text) => PartView::PullOut { words: desk.words(text) },
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
            let linked = report.parts().any(|part| matches!(part, Part::Themes(other, _) if other == stem));
            matrix(desk, stem, file, linked)
        }
        Part::Contacts => PartView::Contacts,
    })
}

fn texts(desk: &Desk, texts: &Option<Vec<Text>>) -> Vec<Words> {
    texts.iter().flatten().map(|text| desk.words(text)).collect()
}

fn picture_view(desk: &Desk, caption: &Text, alt: &Text, picture: &Picture) -> PictureView {
    let file = published_name(picture);
    let widths = published_widths(picture.format, picture.size.0);
    let renditions: Vec<RenditionView> =
        widths.iter().map(|width| RenditionView { file: format!("pictures/{width}/{file}"), width: *width }).collect();
    PictureView {
        caption: desk.words(caption),
        alt: desk.plain(alt),
        source: picture.path.clone(),
        file: renditions.last().map_or_else(String::new, |largest| largest.file.clone()),
        renditions,
        width: picture.size.0,
        height: picture.size.1,
    }
}

/// The name under which a picture is published: it is part of an address, and says by its ending what the file is.
/// Other characters than small letters, digits, hyphens and full stops are written as numbers between two `_`, so that
/// no two pictures of a report have one name, on any disk.
fn published_name(picture: &Picture) -> String {
    let name = picture.path.split_once('/').map_or(picture.path.as_str(), |(_, name)| name);
    let ending = format!(".{}", picture.format.ending());
    let plain = |c: char| match c {
        'a'..='z' | '0'..='9' | '-' | '.' => c.to_string(),
        _ => format!("_{:x}_", u32::from(c)),
    };
    let plain: String = name.chars().map(plain).collect();
    if name.ends_with(&ending) { plain } else { format!("{plain}_{ending}") }
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
    let result = |result: &SurveyResult| ResultView {
        percentage: percent(&result.percentage),
        statement: desk.words(&result.statement),
        width: charts::per_cent(result.percentage.value.0, Decimal::ONE_HUNDRED),
    };
    let group = |group: &SurveyGroup| GroupView {
        heading: desk.words(&group.heading),
        results: group.results.iter().map(result).collect(),
    };
    let mut responses: Vec<&Response> = survey.responses.iter().collect();
    responses.sort_by_key(|response| response.year.value);
    let column =
        |response: &&Response| (response.year.value.0, response.percentage.value.0, percent(&response.percentage));
    let caption = desk.words(&survey.caption);
    let columns = charts::columns(responses.iter().map(column).collect());
    let years: Vec<String> = columns.iter().map(|one| format!("{} in {}", one.figure.text, one.name)).collect();
    PartView::Survey {
        description: format!("{}: {}.", caption.text.trim_end_matches([':', '.', '?']), years.join(", ")),
        caption,
        responses: columns,
        groups: vec![group(&survey.positive), group(&survey.negative)],
    }
}

fn cost_view(desk: &Desk, stem: &str, costs: &CostFile) -> CostView {
    let money = |money: &At<Money>| desk.typed(money.at, money.value.bare());
    let percent = |percent: &At<Percent>| desk.typed(percent.at, percent.value.to_string());
    let none = || Words::plain("n/a");
    let caption = desk.words(&costs.caption);
    let bar = |line: &CostLine| BarView {
        name: desk.words(&line.name),
        figure: desk.typed(line.total.at, line.total.value.to_string()),
        share: percent(&line.share),
        width: 0.0,
        in_parts: line.lines.as_ref().is_some_and(|lines| !lines.is_empty()),
    };
    let bars = charts::bars(costs.lines.iter().map(|line| (line.total.value.pounds(), bar(line))).collect());
    let largest = costs.lines.iter().map(|line| line.total.value.pounds()).fold(Decimal::ZERO, Decimal::max);
    let lines = costs.each_line().into_iter().map(|(level, _, line)| CostRow {
        level,
        name: desk.words(&line.name),
        total: money(&line.total),
        per_head: money(&line.per_head),
        share: percent(&line.share),
        width: charts::per_cent(line.total.value.pounds(), largest),
    });
    let lines = lines.collect();
    let subtotal = CostRow {
        level: 1,
        name: desk.words(&costs.subtotal.name),
        total: money(&costs.subtotal.total),
        per_head: money(&costs.subtotal.per_head),
        share: percent(&costs.subtotal.share),
        width: 0.0,
    };
    let sum = |sum: &crate::model::Contribution| CostRow {
        level: 1,
        name: desk.words(&sum.name),
        total: money(&sum.total),
        per_head: none(),
        share: none(),
        width: 0.0,
    };
    let sums = vec![subtotal, sum(&costs.contribution), sum(&costs.total)];
    let notes = costs.notes.iter().flatten().chain(&costs.rounding_note).map(|note| desk.words(note)).collect();
    let ranked: Vec<String> =
        bars.iter().map(|bar| format!("{} {} ({})", bar.name.text, bar.figure.text, bar.share.text)).collect();
    let description = format!("Bars, the largest first: {}.", ranked.join(", "));
    CostView { id: format!("costs.{stem}"), caption, bars, description, lines, sums, notes }
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
            internal_marks: file.under(&theme.id.value, Focus::Internal).map(|one| one.focus).collect(),
            external_marks: file.under(&theme.id.value, Focus::External).map(|one| one.focus).collect(),
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
        shared: shared(desk, file),
    }
}

/// Deliverables of more than one theme, those of the most themes first.
fn shared(desk: &Desk, file: &DeliverableFile) -> Vec<SharedView> {
    let mut shared: Vec<&Deliverable> = file.deliverables.iter().filter(|one| one.themes.len() > 1).collect();
    shared.sort_by_key(|one| std::cmp::Reverse(one.themes.len()));
    let serves = |one: &Deliverable, theme: &Theme| one.themes.iter().any(|named| named.value == theme.id.value);
    let view = |one: &Deliverable| SharedView {
        key: desk.words(&one.key),
        focus: one.focus,
        themes: file.themes.iter().map(|theme| serves(one, theme)).collect(),
    };
    shared.into_iter().map(view).collect()
}

/// The themes of the cover.
pub fn cover(desk: &Desk, file: &DeliverableFile) -> CoverPicture {
    let row = |theme: &Theme| ThemeRow {
        number: theme.number.value.to_string(),
        title: desk.plain(&theme.title),
        internal: file.under(&theme.id.value, Focus::Internal).count(),
        external: file.under(&theme.id.value, Focus::External).count(),
    };
    let themes: Vec<ThemeRow> = file.themes.iter().map(row).collect();
    let said =
        |row: &ThemeRow| format!("{}. {}: {} internal, {} external", row.number, row.title, row.internal, row.external);
    let description =
        format!("Deliverables of each theme. {}.", themes.iter().map(said).collect::<Vec<_>>().join("; "));
    CoverPicture::Themes { description, themes }
}

/// The deliverables of all themes, a group a theme.
pub fn groups(file: &DeliverableFile) -> Vec<Vec<&'static str>> {
    let group = |theme: &Theme| {
        let under = |focus: Focus| file.under(&theme.id.value, focus).map(move |_| focus.word());
        under(Focus::Internal).chain(under(Focus::External)).collect()
    };
    file.themes.iter().map(group).collect()
}
