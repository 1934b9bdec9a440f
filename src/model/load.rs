//! Puts a project together: reads every report's files and follows the names in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::values::Id;
use super::{
    Cell, Figure, ForEach, Group, GroupRow, KeyFigure, Organisation, Part, PartKind, Picture, Project, Report,
    ReportHead, Row, Section, Statements, TableFile,
};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Severity, Span};
use crate::markdown::{self, Block};
use crate::source::SourceTree;
use crate::yaml::{self, At, FromNode, Node, Parse, Record, Text, Value, list_of};

/// The YAML files of a content folder as trees, each with its fault where it is no YAML.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    files: BTreeMap<FileId, ParsedFile>,
    /// Of a group no more than so many reports are read; all without it.
    most_rows: Option<usize>,
}

/// One file as a tree, or what is wrong with it.
pub type ParsedFile = Result<Arc<Node>, Box<Diagnostic>>;

impl Parsed {
    /// Parses every YAML file.
    pub fn read(tree: &SourceTree) -> Self {
        let files = tree.texts.iter().filter(|(path, _)| path.ends_with(".yaml"));
        let mut parsed = Self::default();
        for (_, file) in files {
            parsed.renew(tree, *file);
        }
        parsed
    }

    /// Follows the content to what it has become: files that did not change are not parsed again.
    pub fn follow(mut self, former: &SourceTree, tree: &SourceTree) -> Self {
        let mut parsed = Self::default();
        for (path, file) in tree.texts.iter().filter(|(path, _)| path.ends_with(".yaml")) {
            // Trees name their places by the file's number, which moves when files come and go.
            let is_same = former.texts.get(path) == Some(file)
                && former.sources.file(*file).text == tree.sources.file(*file).text;
            match self.files.remove(file).filter(|_| is_same) {
                Some(known) => drop(parsed.files.insert(*file, known)),
                None => drop(parsed.renew(tree, *file)),
            }
        }
        parsed
    }

    /// Lets no more than so many rows of a group, spread over its table, become reports.
    pub fn with_most_rows(self, most: usize) -> Self {
        Self { most_rows: Some(most), ..self }
    }

    /// Parses one file again, whose text has changed, and gives back what it was.
    pub fn renew(&mut self, tree: &SourceTree, file: FileId) -> Option<ParsedFile> {
        self.files.insert(file, yaml::parse(file, &tree.sources.file(file).text).map(Arc::new))
    }

    /// Puts back what a file was.
    pub fn restore(&mut self, file: FileId, parsed: Option<ParsedFile>) {
        self.files.extend(parsed.map(|parsed| (file, parsed)));
    }

    fn node(&self, file: FileId, findings: &mut Findings) -> Option<&Node> {
        match self.files.get(&file)? {
            Ok(node) => Some(node),
            Err(fault) => {
                findings.push((**fault).clone());
                None
            }
        }
    }
}

/// Reads the whole project. `None` where the organisation is so faulty that nothing can be checked against it.
pub fn load(tree: &SourceTree, findings: &mut Findings) -> Option<Project> {
    load_parsed(tree, &Parsed::read(tree), findings)
}

/// Reads the whole project from files that are parsed already.
pub fn load_parsed(tree: &SourceTree, parsed: &Parsed, findings: &mut Findings) -> Option<Project> {
    let organisation = match tree.texts.get("organisation.yaml") {
        Some(file) => read_yaml::<Organisation>(parsed, *file, findings),
        None => {
            findings.push(
                Diagnostic::error_nowhere(Code::FileMissing, "the content folder has no organisation.yaml")
                    .help("it holds what all reports share: name, address, directorates"),
            );
            None
        }
    };
    tree.reports().for_each(|folder| check_name(tree, folder, findings));
    report_strays(tree, findings);
    let statements = Statements::read(tree, parsed, "", findings);
    let mut reader = Reader { tree, parsed, ids: Ids::of(tree), groups: Vec::new(), reports: Vec::new(), whole: true };
    tree.reports().for_each(|folder| reader.folder(folder, findings));
    let Reader { groups, reports, whole, .. } = reader;
    let whole = whole && statements.whole && reports.iter().all(|report| report.whole && report.statements.whole);
    Some(Project { organisation: organisation?, reports, groups, statements, whole })
}

impl Statements {
    /// Files of these names need no part that shows them.
    const FILES: [&str; 2] = ["facts.yaml", "checks.yaml"];

    /// Reads the facts and checks of a folder, where it has them.
    fn read(tree: &SourceTree, parsed: &Parsed, folder: &str, findings: &mut Findings) -> Self {
        let [facts, checks] = Self::FILES.map(|name| tree.texts.get(&format!("{folder}{name}")).copied());
        let mut statements = Self { facts: None, checks: None, whole: true };
        if let Some(file) = facts {
            statements.facts = read_yaml(parsed, file, findings);
            statements.whole &= statements.facts.is_some();
        }
        if let Some(file) = checks {
            statements.checks = read_yaml(parsed, file, findings);
            statements.whole &= statements.checks.is_some();
        }
        statements
    }
}

/// Files that belong to no report: a report.yaml that is misspelt would otherwise drop the whole report in silence.
fn report_strays(tree: &SourceTree, findings: &mut Findings) {
    let reports: BTreeSet<&str> = tree.reports().collect();
    let paths = tree.texts.keys().chain(tree.blobs.keys());
    let shared = |path: &str| path == "organisation.yaml" || Statements::FILES.contains(&path);
    for path in paths.filter(|path| !shared(path)) {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        if !folder.is_some_and(|folder| reports.contains(folder)) {
            let finding = unused(tree, path, format!("{path} belongs to no report"));
            findings.push(finding.help("a report is a folder beside organisation.yaml with a file named report.yaml"));
        }
    }
}

fn unused(tree: &SourceTree, path: &str, message: String) -> Diagnostic {
    match tree.texts.get(path) {
        Some(file) => Diagnostic::warning(Code::UnusedFile, Span::new(*file, 0..0), message),
        None => Diagnostic { severity: Severity::Warning, ..Diagnostic::error_nowhere(Code::UnusedFile, message) },
    }
}

/// A report's folder is its address on the website, beside the folder of what all pages share.
fn check_name(tree: &SourceTree, folder: &str, findings: &mut Findings) {
    let taken = matches!(folder, "assets" | "shared" | "facts" | "organisation");
    if let (Err(_), _) | (_, true) = (Id::parse(folder), taken)
        && let Some(file) = tree.texts.get(&format!("{folder}/report.yaml"))
    {
        let message = format!("the folder name `{folder}` cannot be the address of a report");
        findings
            .push(Diagnostic::error(Code::WrongValue, Span::new(*file, 0..0), message).help(
                "rename the folder: small letters, digits and hyphens, such as annual-report-2026; not `assets`, `shared`, `facts` or `organisation`",
            ));
    }
}

fn read_yaml<T: FromNode>(parsed: &Parsed, file: FileId, findings: &mut Findings) -> Option<T> {
    T::from_node(parsed.node(file, findings)?, findings)
}

/// The ids of reports, each with the row that made it; the names of the folders are taken too.
struct Ids(BTreeMap<String, Option<Span>>);

impl Ids {
    fn of(tree: &SourceTree) -> Self {
        Self(tree.reports().map(|folder| (folder.to_owned(), None)).collect())
    }

    /// Takes an id for a row; it must not be there.
    fn take(&mut self, id: String, row: &Text, findings: &mut Findings) -> bool {
        let Some(first) = self.0.get(&id) else {
            self.0.insert(id, Some(row.at));
            return true;
        };
        let message = format!("the row {} would make the report `{id}`, which is there already", row.value);
        let finding = Diagnostic::error(Code::DuplicateId, row.at, message);
        let finding = first.iter().fold(finding, |finding, first| finding.also(*first, "made by this row"));
        let help = match first {
            Some(_) => "give the row an `id` of its own".to_owned(),
            None => format!("give the row an `id` of its own, or rename the folder {id}"),
        };
        findings.push(finding.help(help));
        false
    }
}

/// Reads the folders of reports one after the other.
struct Reader<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    ids: Ids,
    groups: Vec<Arc<Group>>,
    reports: Vec<Report>,
    /// Whether every folder could be read so far.
    whole: bool,
}

/// What stands in the `report.yaml` of a folder, besides its sections.
struct Opened<'a> {
    folder: &'a str,
    head: Option<ReportHead>,
    sections: Option<&'a Node>,
    statements: Arc<Statements>,
}

impl<'a> Reader<'a> {
    /// Reads a folder: its report, or one for every row of the table that it names.
    fn folder(&mut self, folder: &'a str, findings: &mut Findings) {
        let before = self.reports.len();
        let mut shelf = Shelf::default();
        if let Some((opened, each)) = self.open(folder, findings) {
            match each {
                None => self.single(&opened, &mut shelf, findings),
                Some(Some(each)) => self.group(&opened, &each, &mut shelf, findings),
                // Without its rows nothing is known of the files that they show.
                Some(None) => {}
            }
        }
        findings.append(&mut shelf.faults);
        self.whole &= self.reports.len() > before;
    }

    /// The outer `None` of what `for-each` says means that it is not there, the inner that it is faulty.
    fn open(&self, folder: &'a str, findings: &mut Findings) -> Option<(Opened<'a>, Option<Option<ForEach>>)> {
        let file = *self.tree.texts.get(&format!("{folder}/report.yaml"))?;
        let node = self.parsed.node(file, findings)?;
        let head = ReportHead::from_node(node, findings);
        let mut record = Record::open(node, "a report", &mut Findings::new())?;
        let each = record.optional("for-each", &mut Findings::new()).map_or(Some(None), |each| each.map(Some));
        let sections = record.must("sections");
        let statements = Arc::new(Statements::read(self.tree, self.parsed, &format!("{folder}/"), findings));
        Some((Opened { folder, head, sections, statements }, each))
    }

    fn single(&mut self, opened: &Opened, shelf: &mut Shelf, findings: &mut Findings) {
        let mut loader = Loader::new(self, opened.folder, shelf, findings);
        let sections = opened.sections.and_then(|node| loader.sections(node));
        let (whole, used) = (loader.whole, loader.used());
        report_unused(self.tree, opened.folder, &used, None, findings);
        self.keep(opened, opened.folder.to_owned(), None, sections, whole);
    }

    fn group(&mut self, opened: &Opened, each: &ForEach, shelf: &mut Shelf, findings: &mut Findings) {
        let mut loader = Loader::new(self, opened.folder, shelf, findings);
        let table = loader.rows(&each.row_of);
        let mut used = loader.used();
        let Some(table) = table else { return };
        let group = self.group_of(opened.folder, each, table, findings);
        let made: Vec<usize> = group
            .rows()
            .filter(|(_, row)| self.ids.take(group.report_id(row), &row.name, findings))
            .map(|(place, _)| place)
            .collect();
        self.whole &= made.len() == group.size;
        for place in self.chosen(&made) {
            let row = GroupRow { group: Arc::clone(&group), place };
            let before = findings.len();
            let mut loader = Loader { row: Some(&row), ..Loader::new(self, opened.folder, shelf, findings) };
            let sections = opened.sections.and_then(|node| loader.sections(node));
            let whole = loader.whole;
            used.extend(loader.used());
            row.mark(&mut findings[before..]);
            self.keep(opened, group.report_id(row.row()), Some(row), sections, whole);
        }
        // Files of rows that are not read are not known to be used.
        if self.parsed.most_rows.is_none() && group.size > 0 {
            report_unused(self.tree, opened.folder, &used, Some(&group), findings);
        }
        self.groups.push(group);
    }

    fn group_of(&self, folder: &str, each: &ForEach, table: Arc<TableFile>, findings: &mut Findings) -> Arc<Group> {
        let rows = || table.rows.iter().filter(|row| !row.is_total);
        if rows().next().is_none() {
            findings.push(
                Diagnostic::error(
                    Code::WrongCount,
                    each.row_of.at,
                    format!("no row of {} makes a report", each.row_of.value),
                )
                .help("every row makes one, but for totals"),
            );
        }
        rows().for_each(|row| refuse_figures_in(row, findings));
        let ids: BTreeSet<&str> = rows().map(|row| row.id.as_str()).collect();
        let is_of_a_row = |path: &str| path.split('/').nth(1).is_some_and(|name| ids.contains(name));
        let files = self.tree.files_in(folder).filter(|path| !is_of_a_row(path)).map(str::to_owned);
        Arc::new(Group {
            folder: folder.to_owned(),
            called: each.called.clone(),
            file: each.row_of.value.clone(),
            size: rows().count(),
            shared: files.collect(),
            table: Arc::clone(&table),
        })
    }

    /// The rows that are read, spread over the table where they are not all.
    fn chosen(&self, rows: &[usize]) -> Vec<usize> {
        let most = self.parsed.most_rows.unwrap_or(usize::MAX).min(rows.len());
        (0..most).map(|one| rows[one * rows.len() / most]).collect()
    }

    fn keep(
        &mut self,
        opened: &Opened,
        id: String,
        row: Option<GroupRow>,
        sections: Option<Vec<Section>>,
        whole: bool,
    ) {
        let (folder, statements) = (opened.folder.to_owned(), Arc::clone(&opened.statements));
        match (&opened.head, sections) {
            (Some(head), Some(sections)) => {
                self.reports.push(Report { id, folder, row, sections, statements, whole, head: head.clone() });
            }
            _ => self.whole = false,
        }
    }
}

/// The words of a row stand in the texts of its report, as they were typed.
fn refuse_figures_in(row: &Row, findings: &mut Findings) {
    let texts = row.values.iter().filter_map(|cell| match &cell.value {
        Cell::Text(text) => Some((text.as_str(), cell.at)),
        Cell::Figure(_) => None,
    });
    for (_, at) in
        [(row.name.value.as_str(), row.name.at)].into_iter().chain(texts).filter(|(text, _)| text.contains("{{"))
    {
        findings.push(
            Diagnostic::error(Code::BrokenPlaceholder, at, "no figure can be bound in the words of a row")
                .help("the texts of its report name these words: write them without `{{`"),
        );
    }
}

/// The files of a folder that were read already, by their paths, so that what reports share is read once, and each
/// of its faults told once.
#[derive(Default)]
struct Shelf {
    prose: BTreeMap<String, Option<Arc<[Block]>>>,
    data: BTreeMap<String, Option<DataFile>>,
    pictures: BTreeMap<String, Picture>,
    faults: Findings,
}

/// Reads one report.
struct Loader<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    ids: &'a Ids,
    folder: &'a str,
    /// The row that the report is made for.
    row: Option<&'a GroupRow>,
    shelf: &'a mut Shelf,
    findings: &'a mut Findings,
    /// Files that a part names, with the first place of each.
    named: BTreeMap<String, Span>,
    /// Data files as the parts show them, with the place of each.
    shown: BTreeMap<(PartKind, String), Span>,
    /// The data files by their names without ending.
    stems: BTreeMap<String, Text>,
    /// Whether every part could be read so far.
    whole: bool,
}

#[derive(Clone)]
enum DataFile {
    Table(Arc<super::TableFile>),
    Indicators(Arc<super::IndicatorFile>),
    Survey(Arc<super::SurveyFile>),
    Costs(Arc<super::CostFile>),
    Deliverables(Arc<super::DeliverableFile>),
}

impl<'a> Loader<'a> {
    fn new(reader: &'a Reader, folder: &'a str, shelf: &'a mut Shelf, findings: &'a mut Findings) -> Self {
        Self {
            tree: reader.tree,
            parsed: reader.parsed,
            ids: &reader.ids,
            folder,
            row: None,
            shelf,
            findings,
            named: BTreeMap::new(),
            shown: BTreeMap::new(),
            stems: BTreeMap::new(),
            whole: true,
        }
    }

    /// Paths of the files that were named.
    fn used(&self) -> BTreeSet<String> {
        self.named.keys().map(|name| self.path(name)).collect()
    }

    /// The table whose rows make reports.
    fn rows(&mut self, name: &Text) -> Option<Arc<TableFile>> {
        let file = self.text_file(name, "yaml")?;
        match self.data_file(PartKind::Table, &name.value, file)? {
            DataFile::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Reads sections. Parts that cannot be read are left out, so that the others are still checked; the findings
    /// keep such a report from being built.
    fn sections(&mut self, node: &Node) -> Option<Vec<Section>> {
        let mut faults = Findings::new();
        let sections = list_of(node, &mut faults, |node, faults| self.section(node, faults));
        self.findings.extend(faults);
        sections
    }

    fn section(&mut self, node: &Node, faults: &mut Findings) -> Option<Section> {
        let mut record = Record::open(node, "a section", faults)?;
        let id: Option<At<Id>> = record.required("id", faults);
        let title = record.required("title", faults);
        let standfirst = record.optional("standfirst", faults);
        let parts = record.must("parts");
        record.close(faults);
        let prefix = id.as_ref().map_or("section", |id| id.value.as_str());
        let parts = list_of(parts?, faults, |part, _| Some(self.part(part, prefix)))?;
        self.whole &= parts.iter().all(Option::is_some);
        Some(Section { id: id?, title: title?, standfirst: standfirst?, parts: parts.into_iter().flatten().collect() })
    }

    /// Reads a part: a record of one field, whose name is the kind.
    fn part(&mut self, part: &Node, section: &str) -> Option<Part> {
        let names = || PartKind::ALL.iter().map(|(name, _)| *name);
        let field = match &part.value {
            Value::Mapping(fields) if fields.len() == 1 => fields.first(),
            _ => None,
        };
        let Some((name, node)) = field else {
            self.findings.push(
                Diagnostic::error(Code::WrongType, part.at, "a part is one line that says what is shown")
                    .help("such as `- prose: foreword.md`"),
            );
            return None;
        };
        let Some((_, kind)) = PartKind::ALL.iter().find(|(known, _)| *known == name.value) else {
            self.findings.push(
                Diagnostic::error(Code::UnknownField, name.at, format!("there is no part `{}`", name.value))
                    .did_you_mean(&name.value, names())
                    .help(format!("the parts are {}", names().collect::<Vec<_>>().join(", "))),
            );
            return None;
        };
        match kind {
            PartKind::Prose => self.prose(node, section),
            PartKind::Signatory => FromNode::from_node(node, self.findings).map(Part::Signatory),
            PartKind::KeyFigures => self.key_figures(node),
            PartKind::PullOut => Text::from_node(node, self.findings).map(Part::PullOut),
            PartKind::Figure => self.figure(node),
            PartKind::Contacts => self.contacts(node),
            kind => self.data(*kind, node),
        }
    }

    fn prose(&mut self, node: &Node, section: &str) -> Option<Part> {
        let name = Text::from_node(node, self.findings)?;
        let name = self.file_name(name)?;
        if let Some(first) = self.named.get(&name.value) {
            let first = *first;
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.text_file(&name, "md")?;
        let path = self.path(&name.value);
        if !self.shelf.prose.contains_key(&path) {
            let prose = self.read_prose(file, section);
            self.shelf.prose.insert(path.clone(), prose);
        }
        self.shelf.prose.get(&path).cloned().flatten().map(Part::Prose)
    }

    fn read_prose(&mut self, file: FileId, section: &str) -> Option<Arc<[Block]>> {
        let text = &self.tree.sources.file(file).text;
        if text.trim().is_empty() {
            self.shelf.faults.push(
                Diagnostic::error(Code::EmptyField, Span::new(file, 0..0), "the file has no text")
                    .help("write the text, or remove the part from report.yaml"),
            );
            return None;
        }
        Some(markdown::parse(file, text, section, &mut self.shelf.faults).into())
    }

    /// The name of a file as a part gives it, with the row's id where it stands in the folder of a row.
    fn file_name(&mut self, name: Text) -> Option<Text> {
        let Some((opened, rest)) = name.value.strip_prefix("{{").and_then(|rest| rest.split_once("}}/")) else {
            if name.value.contains("{{") {
                let message = format!("`{}` is no name of a file", name.value);
                self.findings.push(Diagnostic::error(Code::BrokenPlaceholder, name.at, message).help(
                    "only the folder of a row is named by an address, before the name: \"{{ row.id }}/comment.md\"",
                ));
                return None;
            }
            return Some(name);
        };
        let finding = match (opened.trim(), self.row) {
            ("row.id", Some(row)) => return Some(Text { value: format!("{}/{rest}", row.row().id), at: name.at }),
            ("row.id", None) => {
                Diagnostic::error(Code::BrokenPlaceholder, name.at, "this report is not made for a row")
                    .help("write `for-each: {row-of: FILE.yaml, called: …}` in report.yaml, or name the file alone")
            }
            (other, _) => {
                Diagnostic::error(Code::BrokenPlaceholder, name.at, format!("`{other}` names no folder of a row"))
                    .did_you_mean(other, ["row.id"])
                    .help("the files of a row lie in a folder of the row's id: \"{{ row.id }}/comment.md\"")
            }
        };
        self.findings.push(finding);
        None
    }

    /// The name of a file without the folder of the row.
    fn bare<'n>(&self, name: &'n str) -> &'n str {
        let own = self.row.and_then(|row| name.strip_prefix(row.row().id.as_str())?.strip_prefix('/'));
        own.unwrap_or(name)
    }

    fn report_shown_twice(&mut self, name: &Text, first: Span) {
        self.findings.push(
            Diagnostic::error(Code::FileNamedTwice, name.at, format!("{} is shown twice", name.value))
                .also(first, "first shown here")
                .help("remove one of the two lines"),
        );
    }

    fn contacts(&mut self, node: &Node) -> Option<Part> {
        let word = Text::from_node(node, self.findings)?;
        if word.value != "organisation" {
            self.findings.push(
                Diagnostic::error(Code::WrongValue, word.at, format!("`{}` is not understood", word.value))
                    .help("contacts come from organisation.yaml: write `contacts: organisation`"),
            );
            return None;
        }
        Some(Part::Contacts)
    }

    fn key_figures(&mut self, node: &Node) -> Option<Part> {
        let figures: Vec<KeyFigure> = FromNode::from_node(node, self.findings)?;
        if figures.is_empty() || figures.len() > KeyFigure::MOST {
            self.findings.push(
                Diagnostic::error(Code::WrongValue, node.at, format!("there are {} key figures", figures.len()))
                    .help(format!("choose the one to {} figures that matter most", KeyFigure::MOST)),
            );
            return None;
        }
        Some(Part::KeyFigures(figures))
    }

    fn figure(&mut self, node: &Node) -> Option<Part> {
        let figure = Figure::from_node(node, self.findings)?;
        let Some(name) = &figure.picture else { return Some(Part::Figure(figure, None)) };
        let name = &self.file_name(name.clone())?;
        let path = self.inside(name)?;
        self.named.insert(name.value.clone(), name.at);
        if let Some(picture) = self.shelf.pictures.get(&path) {
            return Some(Part::Figure(figure, Some(Picture { at: name.at, ..picture.clone() })));
        }
        let Some(bytes) = self.tree.blobs.get(&path) else {
            self.missing(name, Code::PictureMissing);
            return None;
        };
        match Picture::read(&path, name.at, bytes) {
            Ok(picture) => {
                self.shelf.pictures.insert(path, picture.clone());
                Some(Part::Figure(figure, Some(picture)))
            }
            Err(why) => {
                self.findings.push(
                    Diagnostic::error(
                        Code::PictureUnreadable,
                        name.at,
                        format!("{} cannot be shown: {why}", name.value),
                    )
                    .help("open it in a picture program and save it as PNG, JPEG or SVG"),
                );
                None
            }
        }
    }

    fn data(&mut self, kind: PartKind, node: &Node) -> Option<Part> {
        let name = Text::from_node(node, self.findings)?;
        let name = self.file_name(name)?;
        if let Some(first) = self.shown.insert((kind, name.value.clone()), name.at) {
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.text_file(&name, "yaml")?;
        let data = self.data_file(kind, &name.value, file)?;
        let stem = self.stem(&name)?;
        let part = match (kind, data) {
            (PartKind::Table, DataFile::Table(file)) => Part::Table(stem, file),
            (PartKind::Cycle, DataFile::Indicators(file)) => Part::Cycle(stem, file),
            (PartKind::Directorates, DataFile::Indicators(file)) => Part::Directorates(stem, file),
            (PartKind::Ratings, DataFile::Indicators(file)) => Part::Ratings(stem, file),
            (PartKind::Key, DataFile::Indicators(file)) => Part::Key(stem, file),
            (PartKind::Dashboard, DataFile::Indicators(file)) => Part::Dashboard(stem, file),
            (PartKind::Survey, DataFile::Survey(file)) => Part::Survey(stem, file),
            (PartKind::Costs, DataFile::Costs(file)) => Part::Costs(stem, file),
            (PartKind::Themes, DataFile::Deliverables(file)) => Part::Themes(stem, file),
            (PartKind::Matrix, DataFile::Deliverables(file)) => Part::Matrix(stem, file),
            _ => {
                self.findings.push(
                    Diagnostic::error(Code::WrongType, name.at, format!("{} is another kind of file", name.value))
                        .help("another part shows the same file as something else; give each its own file"),
                );
                return None;
            }
        };
        Some(part)
    }

    /// The name of a data file without its ending. Files of the output and addresses on the page are made of it.
    fn stem(&mut self, name: &Text) -> Option<String> {
        let bare = self.bare(&name.value);
        let stem = bare.strip_suffix(".yaml").unwrap_or(bare);
        match Id::parse(stem) {
            Ok(stem) if !self.is_taken(stem.as_str()) => self.own_stem(stem.to_string(), name),
            Ok(_) | Err(_) => {
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, name.at, format!("{} cannot name a data file", name.value))
                        .help("rename it: small letters, digits and hyphens, such as running-costs.yaml; figures, facts, report, row, relations, organisation and the names of reports mean something else"),
                );
                None
            }
        }
    }

    /// Whether an address that begins with a name would mean something else.
    fn is_taken(&self, stem: &str) -> bool {
        let is_kind = matches!(stem, "figures" | "facts" | "report" | "row" | "relations" | "organisation");
        is_kind || self.ids.0.contains_key(stem)
    }

    /// A file of the folder and one of the row's folder may not have one name: their figures would have one address.
    fn own_stem(&mut self, stem: String, name: &Text) -> Option<String> {
        let first = self.stems.entry(stem.clone()).or_insert_with(|| name.clone());
        if first.value == name.value {
            return Some(stem);
        }
        self.findings.push(
            Diagnostic::error(Code::DuplicateId, name.at, format!("two data files have the name {stem}.yaml"))
                .also(first.at, "the other one")
                .help("rename one of them: the addresses of figures begin with the name, whatever the folder"),
        );
        None
    }

    /// A data file from the shelf. One with faults is read once, so that each is reported once.
    fn data_file(&mut self, kind: PartKind, name: &str, file: FileId) -> Option<DataFile> {
        let path = self.path(name);
        if !self.shelf.data.contains_key(&path) {
            let data = self.read_data(kind, file);
            self.shelf.data.insert(path.clone(), data);
        }
        self.shelf.data.get(&path).cloned().flatten()
    }

    fn read_data(&mut self, kind: PartKind, file: FileId) -> Option<DataFile> {
        let (parsed, faults) = (self.parsed, &mut self.shelf.faults);
        match kind {
            PartKind::Table => read_yaml(parsed, file, faults).map(Arc::new).map(DataFile::Table),
            PartKind::Survey => read_yaml(parsed, file, faults).map(Arc::new).map(DataFile::Survey),
            PartKind::Costs => read_yaml(parsed, file, faults).map(Arc::new).map(DataFile::Costs),
            PartKind::Themes | PartKind::Matrix => {
                read_yaml(parsed, file, faults).map(Arc::new).map(DataFile::Deliverables)
            }
            _ => read_yaml(parsed, file, faults).map(Arc::new).map(DataFile::Indicators),
        }
    }

    /// Finds a text file that a part names, and notes that it is used.
    fn text_file(&mut self, name: &Text, ending: &str) -> Option<FileId> {
        let path = self.inside(name)?;
        self.named.entry(name.value.clone()).or_insert(name.at);
        match self.tree.texts.get(&path) {
            Some(file) if path.ends_with(&format!(".{ending}")) => Some(*file),
            Some(_) => {
                self.findings.push(
                    Diagnostic::error(Code::WrongType, name.at, format!("{} is not a .{ending} file", name.value))
                        .help(format!("this part shows a file whose name ends in .{ending}")),
                );
                None
            }
            None => {
                self.missing(name, Code::FileMissing);
                None
            }
        }
    }

    /// The path of a named file, which must lie in the report's folder.
    fn inside(&mut self, name: &Text) -> Option<String> {
        // Data files give their names to files of the output, so they lie in one folder, or in that of the row.
        let leaves = (name.value.ends_with(".yaml") && self.bare(&name.value).contains('/'))
            || name.value.starts_with('/')
            || name.value.contains(':')
            || name.value.contains('\\')
            || name.value.split('/').any(|part| matches!(part, "" | "." | ".."));
        if leaves {
            self.findings.push(
                Diagnostic::error(
                    Code::OutsideContent,
                    name.at,
                    format!("{} does not lie in the report's folder", name.value),
                )
                .help("copy the file into the folder and write its name alone"),
            );
            return None;
        }
        Some(self.path(&name.value))
    }

    fn missing(&mut self, name: &Text, code: Code) {
        let bare = self.bare(&name.value);
        let row = self.row.filter(|_| bare != name.value);
        let folder = row.map_or_else(|| self.folder.to_owned(), |row| format!("{}/{}", self.folder, row.row().id));
        let there: Vec<&str> =
            self.tree.files_in(&folder).filter_map(|path| path.strip_prefix(&folder)?.strip_prefix('/')).collect();
        let message = match row {
            Some(row) => format!("there is no file {bare} in {folder}, for the row {}", row.row().name.value),
            None => format!("there is no file {bare} in {folder}"),
        };
        let finding = Diagnostic::error(code, name.at, message).did_you_mean(bare, there);
        let finding = row.iter().fold(finding, |finding, row| finding.also(row.row().name.at, "the row"));
        self.findings.push(finding.help("add the file, or mend its name; capital letters count"));
    }

    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}

/// Files that no part shows are as good as lost; say so.
fn report_unused(
    tree: &SourceTree,
    folder: &str,
    used: &BTreeSet<String>,
    group: Option<&Group>,
    findings: &mut Findings,
) {
    let unshown: Vec<String> =
        ["report.yaml"].into_iter().chain(Statements::FILES).map(|name| format!("{folder}/{name}")).collect();
    let rows: BTreeSet<&str> = group.iter().flat_map(|group| group.rows()).map(|(_, row)| row.id.as_str()).collect();
    let used_folders: BTreeSet<&str> = used.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    // What lies in the folders of rows is told once, for the first of them.
    let mut lost: BTreeMap<&str, (Diagnostic, usize)> = BTreeMap::new();
    let paths = tree.files_in(folder).filter(|path| !used.contains(*path));
    for path in paths.filter(|path| !unshown.iter().any(|one| one == path)) {
        let own = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
        let message = format!("{path} is not shown by any part of the report");
        let unshown = unused(tree, path, message).help("name it in report.yaml, or move it out of the folder");
        match (group, own) {
            (Some(_), Some((name, rest))) if rows.contains(name) => {
                lost.entry(rest).and_modify(|(_, more)| *more += 1).or_insert((unshown, 0));
            }
            (Some(group), Some((name, _))) if !used_folders.contains(format!("{folder}/{name}").as_str()) => {
                let message = format!("{path} belongs to no row: {} has no row `{name}`", group.file);
                let finding = unused(tree, path, message)
                    .did_you_mean(name, rows.iter().copied())
                    .help("a row's files lie in a folder of the row's id: rename the folder, or add the row");
                lost.entry(name).or_insert((finding, 0));
            }
            _ => findings.push(unshown),
        }
    }
    findings.extend(lost.into_values().map(|(finding, more)| match more {
        0 => finding,
        more => finding.help(format!("a file of this name lies unused in the folders of {more} more rows")),
    }));
}
