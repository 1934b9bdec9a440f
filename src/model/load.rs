//! Puts a project together: reads every report's files and follows the names in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::values::Id;
use super::{
    Figure, KeyFigure, Organisation, Part, PartKind, Picture, Project, Report, ReportHead, Section, Statements,
};
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Severity, Span};
use crate::markdown;
use crate::source::SourceTree;
use crate::yaml::{self, At, FromNode, Node, Parse, Record, Text, Value, list_of};

/// The YAML files of a content folder as trees, each with its fault where it is no YAML.
#[derive(Debug, Clone, Default)]
pub struct Parsed(BTreeMap<FileId, ParsedFile>);

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
            match self.0.remove(file).filter(|_| is_same) {
                Some(known) => drop(parsed.0.insert(*file, known)),
                None => drop(parsed.renew(tree, *file)),
            }
        }
        parsed
    }

    /// Parses one file again, whose text has changed, and gives back what it was.
    pub fn renew(&mut self, tree: &SourceTree, file: FileId) -> Option<ParsedFile> {
        self.0.insert(file, yaml::parse(file, &tree.sources.file(file).text).map(Arc::new))
    }

    /// Puts back what a file was.
    pub fn restore(&mut self, file: FileId, parsed: Option<ParsedFile>) {
        self.0.extend(parsed.map(|parsed| (file, parsed)));
    }

    fn node(&self, file: FileId, findings: &mut Findings) -> Option<&Node> {
        match self.0.get(&file)? {
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
    let reports: Vec<Report> =
        tree.reports().filter_map(|folder| Loader::new(tree, parsed, folder, findings).report()).collect();
    let whole = statements.whole
        && reports.len() == tree.reports().count()
        && reports.iter().all(|report| report.whole && report.statements.whole);
    Some(Project { organisation: organisation?, reports, statements, whole })
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
    let reports: Vec<&str> = tree.reports().collect();
    let paths = tree.texts.keys().chain(tree.blobs.keys());
    let shared = |path: &str| path == "organisation.yaml" || Statements::FILES.contains(&path);
    for path in paths.filter(|path| !shared(path)) {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        if !folder.is_some_and(|folder| reports.contains(&folder)) {
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

/// Reads one report's folder.
struct Loader<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    folder: &'a str,
    findings: &'a mut Findings,
    /// Files that a part names, with the first place of each.
    named: BTreeMap<String, Span>,
    /// Data files that were read already; a file with faults is read once, so that each is reported once.
    read: BTreeMap<String, Option<DataFile>>,
    /// Data files as the parts show them, with the place of each.
    shown: BTreeMap<(PartKind, String), Span>,
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
    fn new(tree: &'a SourceTree, parsed: &'a Parsed, folder: &'a str, findings: &'a mut Findings) -> Self {
        Self {
            tree,
            parsed,
            folder,
            findings,
            named: BTreeMap::new(),
            read: BTreeMap::new(),
            shown: BTreeMap::new(),
            whole: true,
        }
    }

    /// Reads a report. Parts that cannot be read are left out, so that the others are still checked; the findings
    /// keep such a report from being built.
    fn report(mut self) -> Option<Report> {
        let file = *self.tree.texts.get(&self.path("report.yaml"))?;
        let node = self.parsed.node(file, self.findings)?;
        let head = ReportHead::from_node(node, self.findings);
        let mut record = Record::open(node, "a report", &mut Findings::new())?;
        let sections = record.must("sections").and_then(|node| self.sections(node));
        self.report_unused();
        let statements = Statements::read(self.tree, self.parsed, &self.path(""), self.findings);
        let head = head?;
        Some(Report { id: self.folder.to_owned(), sections: sections?, statements, whole: self.whole, head })
    }

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
        if let Some(first) = self.named.get(&name.value) {
            let first = *first;
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.text_file(&name, "md")?;
        let text = &self.tree.sources.file(file).text;
        if text.trim().is_empty() {
            self.findings.push(
                Diagnostic::error(Code::EmptyField, Span::new(file, 0..0), "the file has no text")
                    .help("write the text, or remove the part from report.yaml"),
            );
            return None;
        }
        Some(Part::Prose(markdown::parse(file, text, section, self.findings)))
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
        let path = self.inside(name)?;
        self.named.insert(name.value.clone(), name.at);
        let Some(bytes) = self.tree.blobs.get(&path) else {
            self.missing(name, Code::PictureMissing);
            return None;
        };
        match Picture::read(&path, name.at, bytes) {
            Ok(picture) => Some(Part::Figure(figure, Some(picture))),
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
        if let Some(first) = self.shown.insert((kind, name.value.clone()), name.at) {
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.text_file(&name, "yaml")?;
        if !self.read.contains_key(&name.value) {
            let data = self.read_data(kind, file);
            self.read.insert(name.value.clone(), data);
        }
        let data = self.read.get(&name.value).cloned().flatten()?;
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
        let stem = name.value.strip_suffix(".yaml").unwrap_or(&name.value);
        match Id::parse(stem) {
            Ok(stem) if !self.is_taken(stem.as_str()) => Some(stem.to_string()),
            Ok(_) | Err(_) => {
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, name.at, format!("{} cannot name a data file", name.value))
                        .help("rename it: small letters, digits and hyphens, such as running-costs.yaml; figures, facts, report, relations, organisation and the names of reports mean something else"),
                );
                None
            }
        }
    }

    /// Whether an address that begins with a name would mean something else.
    fn is_taken(&self, stem: &str) -> bool {
        let is_kind = matches!(stem, "figures" | "facts" | "report" | "relations" | "organisation");
        is_kind || self.tree.reports().any(|report| report == stem)
    }

    fn read_data(&mut self, kind: PartKind, file: FileId) -> Option<DataFile> {
        match kind {
            PartKind::Table => read_yaml(self.parsed, file, self.findings).map(Arc::new).map(DataFile::Table),
            PartKind::Survey => read_yaml(self.parsed, file, self.findings).map(Arc::new).map(DataFile::Survey),
            PartKind::Costs => read_yaml(self.parsed, file, self.findings).map(Arc::new).map(DataFile::Costs),
            PartKind::Themes | PartKind::Matrix => {
                read_yaml(self.parsed, file, self.findings).map(Arc::new).map(DataFile::Deliverables)
            }
            _ => read_yaml(self.parsed, file, self.findings).map(Arc::new).map(DataFile::Indicators),
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
        // Data files give their names to files of the output, so they lie in one folder.
        let leaves = (name.value.ends_with(".yaml") && name.value.contains('/'))
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
        let folder = format!("{}/", self.folder);
        let there = self.tree.files_in(self.folder).map(|path| path.strip_prefix(&folder).unwrap_or(path));
        let finding = Diagnostic::error(code, name.at, format!("there is no file {} in {}", name.value, self.folder))
            .did_you_mean(&name.value, there);
        self.findings.push(finding.help("add the file, or mend its name; capital letters count"));
    }

    /// Files that no part shows are as good as lost; say so.
    fn report_unused(&mut self) {
        let unshown = ["report.yaml"].into_iter().chain(Statements::FILES);
        let used: BTreeSet<String> =
            self.named.keys().map(String::as_str).chain(unshown).map(|name| self.path(name)).collect();
        for path in self.tree.files_in(self.folder).filter(|path| !used.contains(*path)) {
            let message = format!("{path} is not shown by any part of the report");
            let finding = unused(self.tree, path, message);
            self.findings.push(finding.help("name it in report.yaml, or move it out of the folder"));
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}
