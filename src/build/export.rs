//! A report as a document for those who must comment on it in Word.
//!
//! Prose stands in it by files, with what Tally puts in marked, so that it can be read back; everything else stands as it is
//! printed, to be read alongside.

use std::collections::BTreeSet;

use super::compare::Refusal;
use super::examined::Examined;
use super::import_document::printed;
use super::{Options, ReportBuilder};
use crate::diagnostic::{Code, Diagnostic, FileId, any_errors};
use crate::markdown::{self, Inline as Read};
use crate::model::{Part, Report};
use crate::office::document::markdown::read;
use crate::office::document::{Block, Document, Form, Inline, Picture, word};
use crate::publish;
use crate::source::SourceTree;
use crate::view::{CopyEditor, Dataset, PartView, datasets, part_view};

/// Writes a report as a .docx into the output folder; gives its path. Nothing is written where the content has errors, or
/// where another file has that name.
pub fn export_document(options: &Options, report: &str) -> Result<String, Refusal> {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let examined = content.examine(options, &mut findings);
    let refuse = |findings| Refusal { findings, sources: content.tree.sources.clone() };
    let Some(examined) = examined.filter(|_| !any_errors(&findings)) else { return Err(refuse(findings)) };
    let reports = &examined.project.reports;
    let Some(found) = reports.iter().find(|one| one.is_meant_by(report)) else {
        let message = format!("there is no report `{report}`");
        let finding = Diagnostic::error_nowhere(Code::UnknownReference, message);
        return Err(refuse(vec![finding.did_you_mean(report, reports.iter().map(|one| one.id.as_str()))]));
    };
    let bytes = document_of(&examined, &content.tree, found);
    let name = format!("{}.docx", found.id);
    publish::document(&options.output, &name, &bytes).map_err(refuse)
}

/// A report as the bytes of a document.
pub fn document_of(examined: &Examined, tree: &SourceTree, report: &Report) -> Vec<u8> {
    let editor = CopyEditor::new(examined.project, report, &examined.facts, &examined.passages);
    let mut exporter = Exporter {
        examined,
        tree,
        report,
        datasets: datasets(&editor),
        editor,
        document: Document::default(),
        shown: BTreeSet::new(),
    };
    exporter.head();
    for section in &report.sections {
        exporter.heading(1, &exporter.editor.words(&section.title).text.clone());
        if let Some(standfirst) = &section.standfirst {
            let words = exporter.editor.words(standfirst).text;
            let form = Form { italic: true, ..Form::default() };
            exporter.add(Block::Paragraph { inlines: vec![Inline::Text { text: words, form }] });
        }
        section.parts.iter().for_each(|part| exporter.part(part));
    }
    word::write(&exporter.document, &report.head.language.value.tag())
}

pub(super) struct Exporter<'e> {
    examined: &'e Examined<'e>,
    tree: &'e SourceTree,
    pub(super) report: &'e Report,
    pub(super) editor: CopyEditor<'e>,
    pub(super) datasets: Vec<Dataset>,
    pub(super) document: Document,
    /// Data files that stand in the document already.
    shown: BTreeSet<String>,
}

impl Exporter<'_> {
    fn head(&mut self) {
        let head = &self.report.head;
        let (title, subtitle) = (self.editor.words(&head.title).text, self.editor.words(&head.subtitle).text);
        self.heading(0, &title);
        self.say(&subtitle);
    }

    pub(super) fn add(&mut self, block: Block) {
        self.document.blocks.push(block);
    }

    pub(super) fn say(&mut self, text: &str) {
        if !text.is_empty() {
            self.add(Block::paragraph(text));
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.add(Block::Heading { level, inlines: vec![Inline::text(text)] });
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Prose(blocks) => return self.prose(blocks),
            Part::CaseStudy(study, blocks) => {
                let (label, title) = (self.editor.words(&study.label).text, self.editor.words(&study.title).text);
                self.heading(2, &format!("{label}: {title}"));
                return self.prose(blocks);
            }
            part if self.stands_elsewhere(part) => return,
            Part::Data { stem, .. } if !self.shown.insert(stem.clone()) => return,
            Part::Figure(figures) => {
                for (_, picture) in figures {
                    let path = picture.as_ref().map(|picture| picture.path.clone());
                    self.picture_bytes(path.as_deref());
                }
            }
            _ => {}
        }
        if let Some(view) = part_view(&self.editor, part) {
            self.view(view, part);
        }
    }

    fn view(&mut self, view: PartView, part: &Part) {
        match view {
            PartView::Signatory { name, role, organisation } => {
                [name, role, organisation].iter().for_each(|words| self.say(&words.text));
            }
            PartView::KeyFigures(figures) => {
                for one in figures.figures {
                    let change = one.change.map(|change| change.words);
                    let more: Vec<String> =
                        [change, one.detail].into_iter().flatten().map(|words| words.text).collect();
                    self.say(&format!("{}: {}. {}", one.label.text, one.figure.text, more.join(". ")));
                }
            }
            PartView::PullOut { words } => self.add(Block::Box { text: words.text }),
            PartView::Quotation { words, speaker, role } => {
                let by =
                    [Some(speaker), role].into_iter().flatten().map(|words| words.text).collect::<Vec<_>>().join(", ");
                let blocks = vec![Block::paragraph(&format!("“{}”", words.text)), Block::paragraph(&format!("– {by}"))];
                self.add(Block::Quote { blocks });
            }
            PartView::Glossary { terms } => {
                for term in terms {
                    self.say(&format!("{}: {}", term.term.text, term.means.text));
                }
            }
            PartView::Picture { pictures } => {
                let first = self.document.pictures.len().saturating_sub(pictures.len());
                for (place, view) in pictures.into_iter().enumerate() {
                    if let Some(picture) = self.document.pictures.get_mut(first + place) {
                        (picture.alt, picture.caption) = (Some(view.alt), Some(view.caption.text));
                        self.add(Block::Picture(first + place));
                    }
                }
            }
            PartView::Table(table) => self.table(table),
            view => {
                if let Part::Data { stem, .. } = part {
                    self.data(stem, view);
                }
            }
        }
    }

    /// Running text, with the file that it stands in.
    fn prose(&mut self, blocks: &[markdown::Block]) {
        let Some(file) = file_of(blocks) else { return };
        let path = self.tree.texts.iter().find(|(_, id)| **id == file).map(|(path, _)| path.as_str());
        let Some(name) = path.and_then(|path| path.strip_prefix(&format!("{}/", self.report.folder))) else { return };
        let text = self.tree.sources.file(file).text.clone();
        self.add(Block::Begin { file: name.to_owned() });
        for mut block in read(&text).blocks {
            self.print(&mut block);
            self.add(block);
        }
        self.add(Block::Begin { file: String::new() });
    }

    /// Puts what placeholders print beside them; those of notes become notes.
    fn print(&mut self, block: &mut Block) {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph { inlines } => {
                for inline in inlines {
                    let Inline::Placeholder { source, printed: shown, .. } = inline else { continue };
                    if let Some(note) = note_in(source) {
                        *inline = self.note(note);
                    } else {
                        let prints = printed(&self.examined.facts, &self.report.id, source);
                        *shown = prints.unwrap_or_else(|| source.clone());
                    }
                }
            }
            Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| self.print(block)),
            Block::Quote { blocks } => blocks.iter_mut().for_each(|block| self.print(block)),
            Block::Table(_) | Block::Picture(_) | Block::Box { .. } | Block::Begin { .. } => {}
        }
    }

    fn note(&mut self, id: &str) -> Inline {
        let known = self.document.note_names.iter().position(|name| name == id);
        Inline::Note(known.unwrap_or_else(|| {
            let note = self.report.notes().iter().find(|note| note.id.value.as_str() == id);
            let words = note.map(|note| self.editor.words(&note.text).text).unwrap_or_default();
            self.document.note_names.push(id.to_owned());
            self.document.notes.push(vec![Inline::text(&words)]);
            self.document.notes.len() - 1
        }))
    }

    fn picture_bytes(&mut self, path: Option<&str>) {
        let bytes = path.and_then(|path| self.tree.bytes(path)).map(|bytes| bytes.into_owned()).unwrap_or_default();
        let ending = path.and_then(|path| path.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
        if path.is_some() {
            self.document.pictures.push(Picture { bytes, ending: ending.unwrap_or_default(), ..Picture::default() });
        }
    }
}

/// The id of the note that a placeholder marks.
fn note_in(source: &str) -> Option<&str> {
    source.trim_start_matches('{').trim_end_matches('}').trim().strip_prefix("note ").map(str::trim)
}

/// The file that running text was read from.
fn file_of(blocks: &[markdown::Block]) -> Option<FileId> {
    let mut file = None;
    markdown::each_inline(blocks, &mut |inline: &Read| file = file.or_else(|| inline.at().map(|at| at.file)));
    file
}
