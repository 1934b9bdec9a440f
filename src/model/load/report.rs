//! Reads the sections of one report and their parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use super::parsed::Parsed;
use super::pictures::fit_for_cover;
use crate::diagnostic::{Code, Diagnostic, FileId, Findings, Span, nearest};
use crate::markdown::{self, Block};
use crate::model::table::YesNo;
use crate::model::values::{CoverShows, Id};
use crate::model::{
    CaseStudy, ChartPart, Contacts, Data, Figure, KeyFigure, Organisation, Part, PartKind, Picture, Quotation,
    ReportHead, Section, Show, TableFile, TableShow, Term, unreadable,
};
use crate::source::SourceTree;
use crate::yaml::{At, FromNode, Node, Record, Text, Value, list_of};

/// Marks that words which somebody said begin and end with.
const OPENING: [char; 3] = ['"', '“', '‘'];
const CLOSING: [char; 3] = ['"', '”', '’'];

/// The files of a folder that were read already, by their paths, so that what reports share is read once, and each
/// of its faults told once.
#[derive(Default)]
pub struct ReadFiles {
    prose: BTreeMap<String, Option<Arc<[Block]>>>,
    /// Data files, each in the way in which it was shown first.
    data: BTreeMap<String, Option<Data>>,
    pictures: BTreeMap<String, Picture>,
    pub faults: Findings,
}

/// Reads one report.
pub struct ReportReader<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    pub names: Names<'a>,
    read: &'a mut ReadFiles,
    findings: &'a mut Findings,
    /// Data files as the parts show them, with the place of each.
    shown: BTreeMap<(Show, String), Span>,
    /// The section before, where it is an appendix.
    last_appendix: Option<Span>,
    /// Whether every part could be read so far.
    pub whole: bool,
}

impl<'a> ReportReader<'a> {
    pub fn new(
        tree: &'a SourceTree,
        parsed: &'a Parsed,
        names: Names<'a>,
        read: &'a mut ReadFiles,
        findings: &'a mut Findings,
    ) -> Self {
        Self { tree, parsed, names, read, findings, shown: BTreeMap::new(), last_appendix: None, whole: true }
    }

    /// The table whose rows make reports.
    pub fn rows(&mut self, name: &Text) -> Option<Arc<TableFile>> {
        let file = self.names.text_file(name, "yaml", self.findings)?;
        let data = self.data_file(Show::Table(TableShow::Table), &name.value, file)?;
        if let Data::Table(table, _) = data { Some(table) } else { None }
    }

    /// The picture on the cover: that of the report, else the one on all covers of the organisation.
    pub fn cover_photo(
        &mut self,
        (head, organisation): (&ReportHead, &Organisation),
        shared: Option<&Picture>,
    ) -> Option<Picture> {
        let shows = head.cover_shows.as_ref().or(organisation.cover_shows.as_ref());
        let is_shown = shows.is_some_and(|shows| shows.value == CoverShows::Picture);
        match &head.cover_picture {
            Some(own) if is_shown => {
                let picture = self.picture(&own.picture)?;
                fit_for_cover(picture, &own.picture, self.findings)
            }
            Some(own) => {
                self.findings.push(
                    Diagnostic::error(Code::WrongValue, own.picture.at, "the cover does not show this picture")
                        .help("write `cover-shows: picture`, or remove `cover-picture`"),
                );
                None
            }
            // One that cannot be read was told.
            None if organisation.cover_picture.is_some() => shared.filter(|_| is_shown).cloned(),
            None => {
                self.findings.extend(shows.filter(|_| is_shown).map(|shows| {
                    Diagnostic::error(Code::MissingField, shows.at, "the cover shows a picture, and none is named")
                        .help("name it here or in organisation.yaml: `cover-picture: {picture: harbour.jpg, alt: The harbour at dawn}`")
                }));
                None
            }
        }
    }

    /// Reads sections. Parts that cannot be read are left out, so that the others are still checked; the findings
    /// keep such a report from being built.
    pub fn sections(&mut self, node: &Node) -> Option<Vec<Section>> {
        let mut faults = Findings::new();
        let mut sections = list_of(node, &mut faults, |node, faults| self.section(node, faults));
        self.findings.extend(faults);
        sections.iter_mut().for_each(|sections| Section::letter_appendices(sections));
        sections
    }

    fn section(&mut self, node: &Node, faults: &mut Findings) -> Option<Section> {
        let mut record = Record::open(node, &Section::FORM, faults)?;
        let id: Option<At<Id>> = record.required("id", faults);
        let title = record.required("title", faults);
        let standfirst = record.optional("standfirst", faults);
        let source = record.optional("source", faults);
        let appendix: Option<Option<At<YesNo>>> = record.optional("appendix", faults);
        let parts = record.must("parts");
        record.close(faults);
        let prefix = id.as_ref().map_or("section", |id| id.value.as_str());
        let parts = list_of(parts?, faults, |part, _| Some(self.part(part, prefix)))?;
        self.whole &= parts.iter().all(Option::is_some);
        let letter = appendix?.filter(|appendix| appendix.value.0).map(|_| String::new());
        let (id, title) = (id?, title?);
        self.in_appendices(letter.is_some(), &title, faults);
        let parts = parts.into_iter().flatten().collect();
        Some(Section { id, title, standfirst: standfirst?, source: source?, letter, parts })
    }

    /// Appendices stand after all other sections; one that does not is told once, with the first section after it.
    fn in_appendices(&mut self, is_appendix: bool, title: &Text, faults: &mut Findings) {
        if is_appendix {
            self.last_appendix = Some(title.at);
        } else if let Some(appendix) = self.last_appendix.take() {
            faults.push(
                Diagnostic::error(Code::WrongValue, appendix, "this appendix stands before a section that is none")
                    .also(title.at, "the section after it")
                    .help("move appendices behind all other sections, or remove `appendix: yes`"),
            );
        }
    }

    /// Reads a part: a record of one field, whose name is the kind.
    fn part(&mut self, part: &Node, section: &str) -> Option<Part> {
        let names = || PartKind::all().map(|(name, _)| name);
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
        let Some(kind) = PartKind::named(&name.value) else {
            let finding = Diagnostic::error(Code::UnknownField, name.at, format!("there is no part `{}`", name.value));
            self.findings.push(match nearest(&name.value, names()) {
                Some(_) => finding.did_you_mean(&name.value, names()),
                None => finding.help(format!("the parts are {}", names().collect::<Vec<_>>().join(", "))),
            });
            return None;
        };
        match kind {
            PartKind::Prose => self.prose(node, section),
            PartKind::Signatory => FromNode::from_node(node, self.findings).map(Part::Signatory),
            PartKind::KeyFigures => self.key_figures(node),
            PartKind::PullOut => Text::from_node(node, self.findings).map(Part::PullOut),
            PartKind::CaseStudy => self.case_study(node, section),
            PartKind::Quotation => self.quotation(node),
            PartKind::Glossary => self.glossary(node),
            PartKind::ListOf => FromNode::from_node(node, self.findings).map(Part::ListOf),
            PartKind::Figure => self.figures(node),
            PartKind::Contacts => self.contacts(node),
            PartKind::Chart => self.chart(node),
            PartKind::Data(show) => self.data(show, node),
        }
    }

    fn prose(&mut self, node: &Node, section: &str) -> Option<Part> {
        let name = Text::from_node(node, self.findings)?;
        self.text_of(name, section).map(Part::Prose)
    }

    /// The running text in a file, which is shown once.
    fn text_of(&mut self, name: Text, section: &str) -> Option<Arc<[Block]>> {
        let name = self.names.resolve(name, self.findings)?;
        if let Some(first) = self.names.first(&name) {
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.names.text_file(&name, "md", self.findings)?;
        let (name, file) = self.names.said(name, file);
        let path = self.names.path(&name.value);
        if !self.read.prose.contains_key(&path) {
            let prose = self.read_prose(file, section);
            self.read.prose.insert(path.clone(), prose);
        }
        self.read.prose.get(&path).cloned().flatten()
    }

    fn read_prose(&mut self, file: FileId, section: &str) -> Option<Arc<[Block]>> {
        let text = &self.tree.sources.file(file).text;
        if text.trim().is_empty() {
            self.read.faults.push(
                Diagnostic::error(Code::EmptyField, Span::new(file, 0..0), "the file has no text")
                    .help("write the text, or remove the part from report.yaml"),
            );
            return None;
        }
        Some(markdown::parse(file, text, section, &mut self.read.faults).into())
    }

    fn report_shown_twice(&mut self, name: &Text, first: Span) {
        self.findings.push(
            Diagnostic::error(Code::FileNamedTwice, name.at, format!("{} is shown twice", name.value))
                .also(first, "first shown here")
                .help("remove one of the two lines"),
        );
    }

    fn case_study(&mut self, node: &Node, section: &str) -> Option<Part> {
        let study = CaseStudy::from_node(node, self.findings)?;
        let blocks = self.text_of(study.text.clone(), section);
        let (figure, detail) = (study.figure.as_ref(), study.detail.as_ref());
        if let (Some(one), None) | (None, Some(one)) = (figure, detail) {
            let message = if figure.is_some() {
                "nothing says what this figure is"
            } else {
                "this says what a figure is, and there is none"
            };
            self.findings.push(
                Diagnostic::error(Code::MissingField, one.at, message)
                    .help("a case study has both, `figure` and `detail`, or neither"),
            );
            return None;
        }
        Some(Part::CaseStudy(study, blocks?))
    }

    fn quotation(&mut self, node: &Node) -> Option<Part> {
        let quotation = Quotation::from_node(node, self.findings)?;
        let words = &quotation.words;
        if words.value.starts_with(OPENING) && words.value.ends_with(CLOSING) {
            self.findings.push(
                Diagnostic::error(Code::WrongValue, words.at, "these words have quotation marks of their own")
                    .help("leave the marks out: they are printed around a quotation"),
            );
            return None;
        }
        Some(Part::Quotation(quotation))
    }

    /// Words with what they mean, in the order in which they were written; each is explained once.
    fn glossary(&mut self, node: &Node) -> Option<Part> {
        let terms: Vec<Term> = FromNode::from_node(node, self.findings)?;
        let mut are_single = true;
        for (place, one) in terms.iter().enumerate() {
            if let Some(first) = terms[..place].iter().find(|first| first.term.value == one.term.value) {
                let message = format!("`{}` is explained twice", one.term.value);
                self.findings.push(
                    Diagnostic::error(Code::DuplicateId, one.term.at, message)
                        .also(first.term.at, "first explained here")
                        .help("remove one of the two, or put both meanings into one"),
                );
                are_single = false;
            }
        }
        are_single.then_some(Part::Glossary(terms))
    }

    fn contacts(&mut self, node: &Node) -> Option<Part> {
        Contacts::from_node(node, self.findings).map(|Contacts| Part::Contacts)
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

    /// A figure, or a list of figures that stand side by side.
    fn figures(&mut self, node: &Node) -> Option<Part> {
        let Value::Sequence(nodes) = &node.value else { return Some(Part::Figure(vec![self.figure(node)?])) };
        if nodes.is_empty() || nodes.len() > Figure::MOST {
            self.findings.push(
                Diagnostic::error(
                    Code::WrongValue,
                    node.at,
                    format!("{} figures stand side by side here", nodes.len()),
                )
                .help(format!("a list holds two to {} figures; put the others into a part of their own", Figure::MOST)),
            );
            return None;
        }
        let figures: Vec<_> = nodes.iter().map(|node| self.figure(node)).collect();
        let figures: Vec<_> = figures.into_iter().collect::<Option<_>>()?;
        if let Some(size) = figures.iter().find_map(|(figure, _)| figure.size.as_ref()).filter(|_| figures.len() > 1) {
            self.findings.push(
                Diagnostic::error(
                    Code::WrongValue,
                    size.at,
                    "figures that stand side by side have no size of their own",
                )
                .help("remove `size`: they share the width"),
            );
            return None;
        }
        Some(Part::Figure(figures))
    }

    fn figure(&mut self, node: &Node) -> Option<(Figure, Option<Picture>)> {
        let figure = Figure::from_node(node, self.findings)?;
        let Some(name) = &figure.picture else { return Some((figure, None)) };
        let picture = self.picture(name)?;
        Some((figure, Some(picture)))
    }

    /// The picture of a name.
    fn picture(&mut self, name: &Text) -> Option<Picture> {
        let name = &self.names.resolve(name.clone(), self.findings)?;
        let (path, bytes) = self.names.picture(name, self.findings)?;
        if let Some(picture) = self.read.pictures.get(&path) {
            return Some(Picture { at: name.at, ..picture.clone() });
        }
        match Picture::read(&path, name.at, bytes) {
            Ok(picture) => {
                self.read.pictures.insert(path, picture.clone());
                Some(picture)
            }
            Err(why) => {
                self.findings.push(unreadable(&name.value, name.at, &why));
                None
            }
        }
    }

    /// A table or indicators as a chart; a file may be drawn in several.
    fn chart(&mut self, node: &Node) -> Option<Part> {
        let said = ChartPart::read(node, self.findings)?;
        let name = self.names.resolve(said.of.clone(), self.findings)?;
        let file = self.names.text_file(&name, "yaml", self.findings)?;
        let kind = self.parsed.kind_of(file).unwrap_or(Show::Table(TableShow::Table));
        let read = self.data_file(kind, &name.value, file)?;
        let stem = self.names.stem(&name, self.findings)?;
        said.of(stem, read, self.findings).map(|chart| Part::Chart(Box::new(chart)))
    }

    fn data(&mut self, show: Show, node: &Node) -> Option<Part> {
        let name = Text::from_node(node, self.findings)?;
        let name = self.names.resolve(name, self.findings)?;
        if let Some(first) = self.shown.insert((show, name.value.clone()), name.at) {
            self.report_shown_twice(&name, first);
            return None;
        }
        let file = self.names.text_file(&name, "yaml", self.findings)?;
        let read = self.data_file(show, &name.value, file)?;
        let stem = self.names.stem(&name, self.findings)?;
        let Some(data) = read.shown(show) else {
            self.findings.push(
                Diagnostic::error(Code::WrongType, name.at, format!("{} is another kind of file", name.value))
                    .help("another part shows the same file as something else; give each its own file"),
            );
            return None;
        };
        self.tell_unshowable(&data, &name);
        Some(Part::Data { stem, data })
    }

    /// Data that does not have what its way shows is told, and looked through as any other.
    fn tell_unshowable(&mut self, data: &Data, name: &Text) {
        let Some(unshowable) = data.unshowable() else { return };
        let message = format!("`{}` shows {}", data.show().name(), unshowable.must);
        self.findings.push(
            Diagnostic::error(Code::WrongValue, name.at, message)
                .also(unshowable.at, "this one is different here")
                .help(unshowable.help),
        );
    }

    /// A data file from the read. One with faults is read once, so that each is reported once.
    fn data_file(&mut self, show: Show, name: &str, file: FileId) -> Option<Data> {
        let path = self.names.path(name);
        if !self.read.data.contains_key(&path) {
            let data = self.read_data(show, file);
            self.read.data.insert(path.clone(), data);
        }
        self.read.data.get(&path).cloned().flatten()
    }

    fn read_data(&mut self, show: Show, file: FileId) -> Option<Data> {
        let (parsed, faults) = (self.parsed, &mut self.read.faults);
        Some(match show {
            Show::Table(way) => Data::Table(Arc::new(parsed.value(file, faults)?), way),
            Show::Indicators(way) => Data::Indicators(Arc::new(parsed.value(file, faults)?), way),
            Show::Survey => Data::Survey(Arc::new(parsed.value(file, faults)?)),
            Show::Deliverables(way) => Data::Deliverables(Arc::new(parsed.value(file, faults)?), way),
        })
    }
}
