//! What is in a workbook, and how it could be taken: the data file whose rows it has, and what its columns are.

use std::collections::BTreeMap;

use super::alike::alike;
use super::cell::{self, is_same};
use super::layout::{Heading, headings_of, whole};
use super::lines::{Line, Says, Slot, data_file};
use super::place::{Placed, column_name, shown};
use crate::check::Subject;
use crate::model::values::Figure;
use crate::model::{Data, HeadingRows, Report};
use crate::office::sheet::{Block, Position, Refused, Sheet, Shown, Visibility, Workbook};

/// A mapping that could be copied into the imports file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub report: String,
    /// How many rows of the sheet are rows of the data file.
    pub rows: usize,
    pub of: usize,
    /// As it is written.
    pub yaml: String,
}

/// Rows above the first of a data file in which headings are looked for.
const MOST_HEADINGS: u32 = 3;

/// What a person should know of a workbook, a line each.
pub fn contents(book: &Workbook) -> Vec<String> {
    let mut lines: Vec<String> = book.sheets.iter().flat_map(sheet_lines).collect();
    for name in &book.names {
        let block = match name.block.first == name.block.last {
            true => Placed::of(name.block.first).to_string(),
            false => range(name.block),
        };
        lines.push(format!("name “{}”: {}!{block}", name.name, name.sheet));
    }
    if book.computed_by_hand {
        lines.push("its formulas are calculated only when somebody asks for it: what it shows may be old".to_owned());
    }
    lines
}

fn sheet_lines(sheet: &Sheet) -> Vec<String> {
    let hidden = match sheet.visibility {
        Visibility::Visible => "",
        Visibility::Hidden => ", hidden",
        Visibility::VeryHidden => ", hidden so that the program does not list it",
    };
    let cells = match (sheet.is_chart, sheet.cells.is_empty()) {
        (true, _) => "a chart".to_owned(),
        (false, true) => "empty".to_owned(),
        (false, false) => range(whole(sheet)),
    };
    let mut lines = vec![format!("sheet “{}”: {cells}{hidden}", sheet.name)];
    lines.extend(sheet.tables.iter().map(|(name, block)| format!("  table “{name}”: {}", range(*block))));
    let rows = |rows: Vec<u32>| rows.iter().map(|row| (row + 1).to_string()).collect::<Vec<_>>();
    let columns = sheet.hidden_columns.iter().map(|column| column_name(*column)).collect();
    let refused = sheet
        .cells
        .iter()
        .filter(|(_, cell)| matches!(cell.shown, Shown::Refused(why) if why != Refused::WithinMerged));
    let commented = sheet.cells.iter().filter(|(_, cell)| !cell.comments.is_empty());
    let told = [
        ("hidden rows", rows(sheet.hidden_rows.difference(&sheet.filtered_rows).copied().collect())),
        ("rows that a filter leaves out", rows(sheet.filtered_rows.iter().copied().collect())),
        ("hidden columns", columns),
        ("cells that cannot be taken", refused.map(|(at, _)| Placed::of(*at).to_string()).collect()),
        ("comments on", commented.map(|(at, _)| Placed::of(*at).to_string()).collect()),
    ];
    let some = told.into_iter().filter(|(_, places)| !places.is_empty());
    lines.extend(some.map(|(what, places)| format!("  {what}: {}", super::warnings::first_of(places))));
    lines
}

fn range(block: Block) -> String {
    format!("{}:{}", Placed::of(block.first), Placed::of(block.last))
}

/// What could be taken from each sheet into the data file whose rows it has most of.
pub fn propose(subject: &Subject, file: &str, book: &Workbook) -> Vec<Proposal> {
    let mut all = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.is_chart && sheet.visibility == Visibility::Visible) {
        let found = reports_with_data(subject).into_iter().filter_map(|(report, name, source)| {
            let data = data_file(subject, report, &name).ok()?;
            let keyed = Keyed::of(sheet, &data.lines)?;
            Some((keyed.rows.len(), report, name, source, keyed, data.lines))
        });
        // Of files that have as many rows of it the first is meant.
        let best = found.fold(None, |best: Option<(usize, _, _, _, _, _)>, one| match best {
            Some(best) if best.0 >= one.0 => Some(best),
            _ => Some(one),
        });
        let Some((rows, report, name, source, keyed, lines)) = best else { continue };
        let guess =
            Guess { sheet, keyed: &keyed, lines: &lines, file, into: &name, source, several: book.sheets.len() > 1 };
        all.extend(guess.yaml().map(|yaml| Proposal { report: report.folder.clone(), rows, of: lines.len(), yaml }));
    }
    all
}

/// The data files of all reports, each with its source.
fn reports_with_data<'p>(subject: &Subject<'p>) -> Vec<(&'p Report, String, Option<String>)> {
    let mut all: Vec<(&Report, String, Option<String>)> = Vec::new();
    for report in subject.project.reports.iter().filter(|report| report.is_first_of_folder()) {
        for (stem, data) in report.parts().filter_map(|part| part.data()) {
            let source = match data {
                Data::Table(table, _) => table.source.as_ref(),
                Data::Indicators(file, _) => file.source.as_ref(),
                Data::Survey(survey) => survey.source.as_ref(),
                Data::Deliverables(..) => continue,
            };
            let name = format!("{stem}.yaml");
            if !all.iter().any(|(known, one, _)| known.folder == report.folder && *one == name) {
                all.push((report, name, source.map(|source| source.value.to_string())));
            }
        }
    }
    all
}

/// The column of a sheet in which most rows of a data file are named.
struct Keyed {
    column: u32,
    by_id: bool,
    /// Rows of the sheet with the places of their lines.
    rows: BTreeMap<u32, usize>,
}

impl Keyed {
    /// None where fewer than two rows, or less than a third of them, are named.
    fn of(sheet: &Sheet, lines: &[Line]) -> Option<Self> {
        let index = |name: fn(&Line) -> &str| -> BTreeMap<String, usize> {
            lines.iter().enumerate().map(|(place, line)| (alike(name(line)), place)).collect()
        };
        let (ids, names) = (index(|line| &line.id), index(|line| &line.name));
        let mut columns: BTreeMap<(bool, u32), BTreeMap<u32, usize>> = BTreeMap::new();
        for (at, cell) in &sheet.cells {
            let Some(text) = shown(cell).map(|text| alike(&text)) else { continue };
            for (by_id, known) in [(true, &ids), (false, &names)] {
                if let Some(place) = known.get(&text) {
                    columns.entry((by_id, at.column)).or_default().insert(at.row, *place);
                }
            }
        }
        // The last of the largest: names before ids where both have as many, since what is called so is a name.
        let best = columns.into_iter().rev().max_by_key(|((by_id, _), rows)| (rows.len(), *by_id));
        let ((by_id, column), rows) = best?;
        (rows.len() >= 2 && rows.len() * 3 >= lines.len()).then_some(Self { column, by_id, rows })
    }

    /// The rows of the headings: the last ones above that hold no number.
    fn heading_rows(&self, sheet: &Sheet) -> Option<HeadingRows> {
        let first = *self.rows.keys().next()?;
        let row = |row: u32| sheet.cells.range(Position { row, column: 0 }..=Position { row, column: u32::MAX });
        let has_number = |at: u32| row(at).any(|(_, cell)| matches!(cell.shown, Shown::Number { .. }));
        let count =
            |at: u32| row(at).filter(|(_, cell)| shown(cell).is_some_and(|text| !text.trim().is_empty())).count();
        let last = (0..first).rev().find(|at| count(*at) >= 2 && !has_number(*at))?;
        let above =
            (0..last).rev().take(MOST_HEADINGS as usize - 1).take_while(|at| count(*at) >= 2 && !has_number(*at));
        let top = above.last().unwrap_or(last);
        Some(HeadingRows { first: top + 1, last: last + 1 })
    }
}

/// One mapping that is guessed.
struct Guess<'a> {
    sheet: &'a Sheet,
    keyed: &'a Keyed,
    lines: &'a [Line],
    file: &'a str,
    into: &'a str,
    source: Option<String>,
    several: bool,
}

impl Guess<'_> {
    fn yaml(&self) -> Option<String> {
        let rows = self.keyed.heading_rows(self.sheet)?;
        let block = whole(self.sheet);
        let headings = headings_of(self.sheet, block, (rows.first - 1, rows.last - 1));
        let by = headings.iter().find(|heading| heading.column == self.keyed.column)?;
        let taken = self.taken(&headings);
        if taken.is_empty() {
            return None;
        }
        let headings =
            if rows.first == rows.last { rows.first.to_string() } else { format!("{}-{}", rows.first, rows.last) };
        let id = crate::model::values::Id::of_name(&self.sheet.name)
            .map_or_else(|| "figures".to_owned(), |id| id.to_string());
        let mut lines = vec![
            format!("  - id: {id}"),
            format!("    workbook: {}", quoted(self.file)),
            format!("    source: {}", self.source.as_deref().unwrap_or("…")),
        ];
        lines.extend(self.several.then(|| format!("    sheet: {}", quoted(&self.sheet.name))));
        lines.push(format!("    headings: {headings}"));
        lines.push(format!("    into: {}", self.into));
        lines.push(format!(
            "    rows: {{by: {}, are: {}}}",
            in_flow(&by.text),
            if self.keyed.by_id { "id" } else { "name" }
        ));
        lines.push("    take:".to_owned());
        lines.extend(
            collapsed(&taken)
                .into_iter()
                .map(|(ending, heading)| format!("      {}: {}", quoted(&ending), quoted(&heading))),
        );
        let reads: Vec<String> =
            self.words(&taken).into_iter().map(|(word, means)| format!("{}: {means}", in_flow(&word))).collect();
        lines.extend((!reads.is_empty()).then(|| format!("    reads: {{{}}}", reads.join(", "))));
        let unknown = self.unknown(rows.last);
        if !unknown.is_empty() {
            lines.push("    # rows that are called so nowhere: name them under known-as, new or leave-out".to_owned());
            lines.extend(unknown.iter().map(|name| format!("    # - {}", quoted(name))));
        }
        Some(lines.join("\n"))
    }

    /// The columns that have what stands behind the rows in addresses: by what they are called, or by the figures in them.
    fn taken<'h>(&self, headings: &'h [Heading]) -> Vec<(&Slot, &'h Heading)> {
        let mut endings: Vec<&Slot> = Vec::new();
        for slot in self.lines.iter().flat_map(|line| &line.slots) {
            if !endings.iter().any(|one| one.ending == slot.ending) {
                endings.push(slot);
            }
        }
        let mut used = Vec::new();
        let mut taken = Vec::new();
        for slot in endings {
            let free = || headings.iter().filter(|heading| heading.column != self.keyed.column);
            let named = free().find(|heading| names(slot).contains(&alike(&heading.text)));
            let valued = || free().max_by_key(|heading| self.agreeing(&slot.ending, heading.column));
            let enough = |heading: &&Heading| self.agreeing(&slot.ending, heading.column) * 2 > self.keyed.rows.len();
            let found = named.or_else(|| valued().filter(enough)).filter(|heading| !used.contains(&heading.column));
            if let Some(heading) = found {
                used.push(heading.column);
                taken.push((slot, heading));
            }
        }
        taken
    }

    /// In how many rows a column has the figure that the data file has.
    fn agreeing(&self, ending: &str, column: u32) -> usize {
        let agrees = |(row, place): (&u32, &usize)| {
            let slot = self.lines[*place].slots.iter().find(|slot| slot.ending == ending)?;
            let text = shown(self.sheet.cells.get(&Position { row: *row, column })?)?;
            let given = cell::typed(&super::layout::single_spaced(&text), slot, false).ok()?;
            is_same(&given.says, &slot.says).then_some(())
        };
        self.keyed.rows.iter().filter_map(agrees).count()
    }

    /// What stands in taken cells and is no figure, with what it probably means.
    fn words(&self, taken: &[(&Slot, &Heading)]) -> BTreeMap<String, &'static str> {
        let mut words = BTreeMap::new();
        for (row, place) in &self.keyed.rows {
            for (ending, column) in taken.iter().map(|(slot, heading)| (&slot.ending, heading.column)) {
                let Some(slot) = self.lines[*place].slots.iter().find(|slot| slot.ending == *ending) else { continue };
                if !matches!(slot.says, Says::Figure(_)) {
                    continue;
                }
                let cell = self.sheet.cells.get(&Position { row: *row, column });
                let text = match cell.map(|cell| &cell.shown) {
                    None => String::new(),
                    Some(Shown::Text(text)) => text.trim().to_owned(),
                    Some(_) => continue,
                };
                let is_figure = Figure::parse_in(&text, slot.bare).is_ok_and(|figure| !figure.is_absent());
                if !is_figure {
                    words.insert(text.clone(), meaning(&text));
                }
            }
        }
        words
    }

    /// Names of rows below the headings that the data file does not have.
    fn unknown(&self, heading: u32) -> Vec<String> {
        let below = self.sheet.cells.range(Position { row: heading, column: 0 }..);
        let named = below.filter(|(at, _)| at.column == self.keyed.column && !self.keyed.rows.contains_key(&at.row));
        let names = named.filter_map(|(_, cell)| shown(cell).map(|text| super::layout::single_spaced(&text)));
        names.filter(|name| !name.is_empty()).take(20).collect()
    }
}

/// What a column may be headed with that has a figure, made alike.
fn names(slot: &Slot) -> Vec<String> {
    let Some(period) = &slot.period else { return vec![alike(&slot.ending), alike(&slot.ending.replace('-', " "))] };
    let word = slot.ending.rsplit('.').next().unwrap_or_default();
    let words: &[&str] = match word {
        "percentage" => &["percentage", "%", "per cent", "percent", "rate"],
        "number" => &["number", "numerator", "actual", "value"],
        word => &[word],
    };
    let mut periods = vec![period.clone()];
    periods.extend(period.strip_prefix('Q').map(|number| format!("Quarter {number}")));
    periods.extend(period.get(..3).filter(|_| period.chars().all(char::is_alphabetic)).map(str::to_owned));
    let both = |period: &String| {
        words
            .iter()
            .flat_map(move |word| {
                [format!("{period} / {word}"), format!("{period} {word}"), format!("{word} {period}")]
            })
            .collect::<Vec<_>>()
    };
    periods.iter().flat_map(both).map(|name| alike(&name)).collect()
}

/// The columns as they are written: those of all periods in one line, where they are called alike.
fn collapsed(taken: &[(&Slot, &Heading)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (slot, heading) in taken {
        let one = starred(slot, heading).filter(|starred| {
            let same = |(slot, heading): &&(&Slot, &Heading)| {
                super::columns::is_meant(&starred.0, &starred.1, slot, &heading.text)
            };
            let of_word =
                |(slot, _): &&(&Slot, &Heading)| slot.ending.rsplit('.').next() == starred.0.rsplit('.').next();
            taken.iter().filter(of_word).all(|one| same(&one))
        });
        let one = one.unwrap_or_else(|| (slot.ending.clone(), heading.text.clone()));
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// The line with `*` in the place of what tells periods apart.
fn starred(slot: &Slot, heading: &Heading) -> Option<(String, String)> {
    slot.period.as_ref()?;
    let (id, word) = slot.ending.split_once('.')?;
    let start = id.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let number = &id[start..];
    let at = alike(&heading.text).find(number).and_then(|_| heading.text.to_lowercase().find(number))?;
    let heading = format!("{}*{}", heading.text.get(..at)?, heading.text.get(at + number.len()..)?);
    Some((format!("{}*.{word}", &id[..start]), heading))
}

/// What a word in a cell probably means.
fn meaning(word: &str) -> &'static str {
    match word.to_lowercase().as_str() {
        "n/a" | "na" | "n.a." | "not applicable" => "n/a",
        "" | "no data" | "nd" | ".." => "no data",
        "-" | "–" | "nil" => "nil",
        "not collected" => "not collected",
        "not measured" => "not measured",
        _ => "…",
    }
}

fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " ()./-_'’–%£*".contains(c);
    match text.chars().all(is_plain) && text.starts_with(char::is_alphanumeric) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

fn in_flow(text: &str) -> String {
    if text.is_empty() { "\"\"".to_owned() } else { quoted(text) }
}
