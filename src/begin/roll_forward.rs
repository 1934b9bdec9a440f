//! The next edition of a report: its folder, made of that of the edition before.

use crate::diagnostic::{Code, Diagnostic, Findings, Span, counted};
use crate::model::values::{Date, FinancialYear, Id, Period, When};
use crate::model::{
    Column, Data, ORGANISATION_FILE, Organisation, Parsed, Part, Project, Report, TAKEN, TableFile, is_reserved,
};
use crate::source::SourceTree;
use crate::source::portable::objection;
use crate::transcript::RECORD;
use crate::yaml::{self, Node, Parse, Value};

use super::Beginning;
use super::blocks::Edited;

/// What the next edition is to be.
pub struct Asked<'a> {
    /// The folder of the edition that is there.
    pub old: &'a str,
    /// That of the next one.
    pub new: &'a str,
    /// Its period; the time right after that of the old one where nothing is said.
    pub period: Option<(Date, Date)>,
    /// The day of the draft.
    pub today: Date,
}

/// What stands in checks.yaml about the figures of one year alone, and what it is called.
const OF_ONE_YEAR: [(&str, &str, &str); 5] = [
    ("acknowledgements", "acknowledgement", "acknowledgements"),
    ("control-totals", "control total", "control totals"),
    ("compared", "comparison with a source", "comparisons with a source"),
    ("compare-with", "comparison with a supplied file", "comparisons with supplied files"),
    ("confirmed", "confirmation", "confirmations"),
];

/// Fields whose texts name what they head, in which a year can be moved on.
const NAMES: [&str; 5] = ["name", "caption", "title", "label", "heading"];

/// Makes the files of the next edition.
pub fn roll_forward(
    tree: &SourceTree,
    parsed: &Parsed,
    project: &Project,
    asked: &Asked,
) -> Result<Beginning, Findings> {
    let old = project.reports.iter().find(|report| report.folder == asked.old && report.is_first_of_folder());
    let Some(old) = old else { return Err(vec![unknown(tree, asked.old)]) };
    let period = asked.period.unwrap_or_else(|| old.head.period.next());
    let faults: Findings =
        [taken(tree, asked.new), followed(project, old), not_after(old, period)].into_iter().flatten().collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let roller = Roller { tree, parsed, old, asked, period, moved: Moved::default() };
    roller.roll()
}

fn unknown(tree: &SourceTree, named: &str) -> Diagnostic {
    Diagnostic::error_nowhere(Code::UnknownReference, format!("there is no report `{named}`"))
        .did_you_mean(named, tree.reports())
        .help(format!("the reports are {}", tree.reports().collect::<Vec<_>>().join(", ")))
}

/// Why a folder cannot have that name.
fn taken(tree: &SourceTree, new: &str) -> Option<Diagnostic> {
    let refuse =
        |message: String, help: &str| Some(Diagnostic::error_nowhere(Code::FileName, message).help(help.to_owned()));
    let reserved = is_reserved(new).then(|| "Tally uses the name itself".to_owned());
    if let Some(why) = Id::parse(new).err().or_else(|| objection(new).map(str::to_owned)).or(reserved) {
        return refuse(format!("`{new}` cannot be the folder of a report: {why}"), "such as annual-report-2017-18");
    }
    let is_there = tree.files_in(new).next().is_some();
    is_there.then(|| refuse(format!("there is a folder {new} already: nothing was written"), "choose another name"))?
}

fn followed(project: &Project, old: &Report) -> Option<Diagnostic> {
    let next = project.edition_after(old)?;
    let at = next.head.follows.as_ref().map(|follows| follows.at);
    let message = format!("{} follows {} already", next.folder, old.folder);
    let finding = Diagnostic::error_nowhere(Code::EditionOrder, message);
    Some(Diagnostic { at, ..finding }.help(format!("roll {} forward, the latest edition", next.folder)))
}

fn not_after(old: &Report, (from, to): (Date, Date)) -> Option<Diagnostic> {
    let period = &old.head.period;
    (from <= period.from || to <= period.to || to < from).then(|| {
        let message = format!("{from} to {to} does not lie after {period}, the period of {}", old.folder);
        Diagnostic::error_nowhere(Code::EditionOrder, message).help("write --period 2017-04-01..2018-03-31")
    })
}

/// How much was changed.
#[derive(Default, Clone)]
struct Moved {
    left_behind: Vec<String>,
    periods: usize,
    names: usize,
    columns: Vec<String>,
    own_addresses: usize,
    /// Files that could not be changed without spoiling them.
    as_they_were: Vec<String>,
}

struct Roller<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    old: &'a Report,
    asked: &'a Asked<'a>,
    period: (Date, Date),
    moved: Moved,
}

impl Roller<'_> {
    fn roll(mut self) -> Result<Beginning, Findings> {
        let (old, new) = (self.asked.old, self.asked.new);
        let mut files = Vec::new();
        let mut faults = Findings::new();
        for path in self.tree.files_in(old) {
            let name = &path[old.len() + 1..];
            // What held then, what was taken and what was published is of the old edition.
            if name == ORGANISATION_FILE || name == TAKEN || name.rsplit('/').next() == Some(RECORD) {
                continue;
            }
            match self.file(path, name) {
                Ok(Some(bytes)) => files.push((format!("{new}/{name}"), bytes)),
                Ok(None) => {}
                Err(fault) => faults.push(*fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let copied = files.len();
        let kept = self.organisation_then();
        let done = self.done(copied, kept.is_some());
        files.extend(kept);
        Ok(Beginning { files, done })
    }

    /// The bytes of a file in the new folder; none where nothing of it is left.
    fn file(&mut self, path: &str, name: &str) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let Some(file) = self.tree.readable(path) else {
            let bytes = self.tree.picture(path, self.old.head.title.at).transpose()?;
            return Ok(bytes.map(<[u8]>::to_vec));
        };
        let source = self.tree.sources.file(file);
        let node = self.parsed.trees().find(|(one, _)| *one == file).map(|(_, node)| node);
        let text = match node {
            Some(node) => self.yaml(name, node, &source.text),
            None => source.text.clone(),
        };
        Ok((!text.trim().is_empty() || source.text.trim().is_empty())
            .then(|| self.without_own_name(&text).into_bytes()))
    }

    fn yaml(&mut self, name: &str, node: &Node, text: &str) -> String {
        let (mut edited, before) = (Edited::new(text), self.moved.clone());
        match name {
            "report.yaml" => self.report(node, &mut edited),
            "checks.yaml" => self.checks(node, &mut edited),
            "facts.yaml" => self.facts(node, &mut edited),
            _ => {}
        }
        let stem = name.trim_end_matches(".yaml");
        let table = self.old.parts().find_map(|part| match part.data() {
            Some((own, Data::Table(table, _))) if own == stem => Some(table),
            _ => None,
        });
        let Some(repeated) = table.map_or(Some(Vec::new()), |table| self.repeat(name, table, &mut edited)) else {
            self.moved.as_they_were.push(name.to_owned());
            return text.to_owned();
        };
        if name != "facts.yaml" {
            self.names(node, &repeated, &mut edited);
        }
        let edited = edited.text();
        // What cannot be changed safely is left to its author.
        match yaml::parse(node.at.file, &edited) {
            Ok(_) => edited,
            Err(_) if edited.trim().is_empty() => edited,
            Err(_) => {
                self.moved = before;
                self.moved.as_they_were.push(name.to_owned());
                text.to_owned()
            }
        }
    }

    fn report(&mut self, node: &Node, edited: &mut Edited) {
        let (from, to) = self.period;
        if let Some(period) = field(node, "period") {
            field(period, "from").into_iter().for_each(|value| edited.replace(value.at, &from.iso()));
            field(period, "to").into_iter().for_each(|value| edited.replace(value.at, &to.iso()));
        }
        let head = &self.old.head;
        let months = head.period.to.months_to(to);
        let own = [("draft", self.asked.today.iso()), ("follows", self.asked.old.to_owned())];
        for (name, value) in own {
            match (field(node, name), field(node, "published")) {
                (Some(there), _) => edited.replace(there.at, &value),
                (None, Some(published)) => edited.add_line_under(published, &format!("{name}: {value}")),
                (None, None) => {}
            }
        }
        let published = head.published.plus_months(months);
        field(node, "published").into_iter().for_each(|value| edited.replace(value.at, &published.iso()));
    }

    fn checks(&mut self, node: &Node, edited: &mut Edited) {
        for (name, one, several) in OF_ONE_YEAR {
            let count = field(node, name).map_or(0, items);
            if edited.remove_field(node, name) && count > 0 {
                self.moved.left_behind.push(counted(count, one, several));
            }
        }
    }

    fn facts(&mut self, node: &Node, edited: &mut Edited) {
        let restated = field(node, "restated").map_or(0, items);
        if edited.remove_field(node, "restated") && restated > 0 {
            self.moved.left_behind.push(counted(restated, "restatement", "restatements"));
        }
        let Some(Value::Sequence(facts)) = field(node, "facts").map(|facts| &facts.value) else { return };
        for period in facts.iter().filter_map(|fact| field(fact, "period")) {
            let Value::Scalar { text, .. } = &period.value else { continue };
            let is_year = matches!(When::parse(text), Ok(When::FinancialYear(_) | When::Year(_)));
            if is_year && self.move_on(period.at, edited) {
                self.moved.periods += 1;
            }
        }
    }

    /// Years in names and captions are moved on; what is said of columns that repeat the edition before too.
    fn names(&mut self, node: &Node, repeated: &[Span], edited: &mut Edited) {
        match &node.value {
            Value::Mapping(fields) => {
                for (name, value) in fields {
                    let Value::Scalar { .. } = &value.value else {
                        // The name of a row makes its address, and its figures are of what it names.
                        if !matches!(name.value.as_str(), "rows" | "of-which") {
                            self.names(value, repeated, edited);
                        }
                        continue;
                    };
                    let is_name = NAMES.contains(&name.value.as_str()) && !repeated.contains(&value.at);
                    if is_name && self.move_on(value.at, edited) {
                        self.moved.names += 1;
                    }
                }
            }
            Value::Sequence(items) => items.iter().for_each(|item| self.names(item, repeated, edited)),
            Value::Scalar { .. } => {}
        }
    }

    /// Puts the new period's name in the place of the old one's, where a value names it.
    fn move_on(&self, value: Span, edited: &mut Edited) -> bool {
        let wording = self.old.wording();
        let (old, new) = (self.old.head.period.name(wording), self.new_period().name(wording));
        let typed = edited.typed(value);
        let is_of_a_number = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_ascii_digit() || matches!(letter, '/' | '-' | '–'))
        };
        let stands_alone = |at: &usize| {
            let (before, after) = (&typed[..*at], &typed[at + old.len()..]);
            !is_of_a_number(before.chars().next_back()) && !is_of_a_number(after.chars().next())
        };
        let places: Vec<usize> = typed.match_indices(&old).map(|(at, _)| at).filter(stands_alone).collect();
        let start = value.letters().start;
        for at in &places {
            edited.replace_letters(start + at..start + at + old.len(), &new);
        }
        !places.is_empty()
    }

    fn new_period(&self) -> Period {
        let (from, to) = self.period;
        Period { at: self.old.head.period.at, from, to }
    }

    /// Lets the column of each earlier year repeat that of the year after it in the old edition, as far as they follow
    /// each other; its figures are no longer typed. Gives the places of the names that are moved on by this; nothing where
    /// a figure cannot be taken out of the file as it is typed.
    fn repeat(&mut self, file: &str, table: &TableFile, edited: &mut Edited) -> Option<Vec<Span>> {
        let own = self.old.head.period.name(self.old.wording());
        // A name that is bound to the period moves on by itself.
        let is_of = |column: &Column, year: &str, bound: &str| {
            column.has_figures() && (column.name.value == year || column.name.value == bound)
        };
        let is_own = |column: &&Column| is_of(column, &own, "{{ report.year }}");
        let Some(mut newer) = table.columns.iter().find(is_own) else { return Some(Vec::new()) };
        let (mut name, mut moved_on, mut typed, mut columns) = (own.clone(), Vec::new(), Vec::new(), Vec::new());
        let mut bound = "{{ report.last-year }}";
        while let Some(before) = name_before(&name) {
            let is_former = |column: &Column| is_of(column, &before, bound) && column.is.is_none();
            let Some(place) = table.columns.iter().position(is_former) else { break };
            let former = &table.columns[place];
            if former.last.is_none() {
                edited.add_field_beside(former.id.at, &format!("last: {}", newer.id.value));
                let cells =
                    table.rows.iter().filter_map(|row| row.values.get(place).filter(|cell| cell.at != row.name.at));
                typed.extend(cells.map(|cell| cell.at.letters()));
                columns.push(former.id.value.to_string());
            }
            if former.name.value == before {
                edited.replace(former.name.at, &name);
                moved_on.push(former.name.at);
            }
            (newer, name, bound) = (former, before, "");
        }
        typed.sort_by_key(|letters| letters.start);
        if !typed.into_iter().all(|letters| edited.remove_item(letters)) {
            return None;
        }
        if !columns.is_empty() {
            self.moved.columns.push(format!("{} of {file}", columns.join(", ")));
        }
        Some(moved_on)
    }

    /// What of the organisation held then, for the folder of the old edition, where it does not say so itself.
    fn organisation_then(&self) -> Option<(String, Vec<u8>)> {
        let path = format!("{}/{ORGANISATION_FILE}", self.asked.old);
        if self.tree.texts.contains_key(&path) {
            return None;
        }
        let file = self.tree.readable(ORGANISATION_FILE)?;
        let text = &self.tree.sources.file(file).text;
        let node = self.parsed.trees().find(|(one, _)| *one == file).map(|(_, node)| node)?;
        let mut edited = Edited::new(text);
        Organisation::OF_ALL.iter().for_each(|name| {
            edited.remove_field(node, name);
        });
        let own = edited.text();
        // What stands above the first field is said of all reports.
        let is_above = |line: &&str| line.trim().is_empty() || line.starts_with('#');
        let own: String = own.split_inclusive('\n').skip_while(is_above).collect();
        let said = format!(
            "# What held in the period of this report. It stays as it is when the file beside the reports changes.\n\n{}",
            own.trim_start()
        );
        Some((path, said.into_bytes()))
    }

    /// Addresses that name the old folder, as the report's own: `{{ old.costs.total }}`.
    fn without_own_name(&mut self, text: &str) -> String {
        let own = format!("{}.", self.asked.old);
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '/');
        let (mut changed, mut at) = (String::new(), 0);
        let stems = self.old.parts().filter_map(Part::stem).chain(["facts", "report", "organisation", "row"]);
        let stems: Vec<&str> = stems.collect();
        for (start, _) in text.match_indices(&own) {
            let rest = &text[start + own.len()..];
            let names_figure =
                stems.iter().any(|stem| rest.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.')));
            if !text[..start].ends_with(is_word) && names_figure {
                changed.push_str(&text[at..start]);
                at = start + own.len();
                self.moved.own_addresses += 1;
            }
        }
        changed + &text[at..]
    }

    fn done(&self, copied: usize, keeps_organisation: bool) -> Vec<String> {
        let (old, new) = (self.asked.old, self.asked.new);
        let published = self.old.head.published.plus_months(self.old.head.period.to.months_to(self.period.1));
        let mut done = vec![
            format!("copied {} into {new}, a draft that follows {old}", counted(copied, "file", "files")),
            format!("period: {}; published: {published}, to be mended when the day is known", self.new_period()),
        ];
        let Moved { left_behind, periods, names, columns, own_addresses, as_they_were } = &self.moved;
        if !left_behind.is_empty() {
            done.push(format!("left behind, since they are about the figures of {old}: {}", left_behind.join(", ")));
        }
        if periods + names > 0 {
            let periods = counted(*periods, "period of a fact", "periods of facts");
            done.push(format!("moved on: {periods} and {}", counted(*names, "year in a name", "years in names")));
        }
        if !columns.is_empty() {
            done.push(format!("taken from {old} and no longer typed: the columns {}", columns.join("; ")));
        }
        if *own_addresses > 0 {
            let named = counted(*own_addresses, "address that named", "addresses that named");
            done.push(format!("{named} {old}: the report's own figures now"));
        }
        if !as_they_were.is_empty() {
            done.push(format!(
                "copied as they were, with last year's periods and columns: {}",
                as_they_were.join(", ")
            ));
        }
        if keeps_organisation {
            done.push(format!("what held of the organisation stays in {old}/{ORGANISATION_FILE}: the file beside the reports can change now"));
        }
        done
    }
}

/// The name of the year before: `2015/16` before `2016/17`.
fn name_before(name: &str) -> Option<String> {
    match When::parse(name).ok()? {
        When::FinancialYear(FinancialYear(year)) => Some(FinancialYear(year - 1).to_string()),
        When::Year(year) => Some((year - 1).to_string()),
        When::Day(_) => None,
    }
}

fn field<'n>(record: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Mapping(fields) = &record.value else { return None };
    fields.iter().find(|(field, _)| field.value == name).map(|(_, value)| value)
}

fn items(list: &Node) -> usize {
    if let Value::Sequence(items) = &list.value { items.len() } else { 0 }
}
