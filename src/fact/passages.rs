//! The texts of the reports, with the facts that are bound in them.

use super::{Facts, Word, slice};
use crate::diagnostic::{Code, Diagnostic, Findings, SourceMap, Span};
use crate::markdown::{self, Block, Inline};
use crate::model::values::Id;
use crate::model::{
    Cell, CostFile, CostLine, DeliverableFile, IndicatorFile, Part, Project, Report, Section, SurveyFile, TableFile,
};
use crate::yaml::{At, Text};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sentences and headings, whose numbers are bound or stated.
    Prose,
    /// Names of what is measured, whose numbers are the source's.
    Label,
}

/// One text of a report: a paragraph, a heading, a title, a note, a name.
#[derive(Debug)]
pub struct Passage<'p> {
    pub report: &'p Report,
    /// Empty for what stands above the sections.
    pub section: &'p str,
    pub kind: Kind,
    pub at: Span,
    /// Whether the file that a label stands in names its source.
    pub has_source: bool,
    pub words: Vec<Word>,
    /// Where each word stands: the text that it is a part of.
    places: Vec<Span>,
}

impl Passage<'_> {
    /// The place of some letters of a word; where they stand more than once in its text, the first.
    pub fn place(&self, sources: &SourceMap, word: usize, letters: &str) -> Span {
        slice(sources, self.places.get(word).copied().unwrap_or(self.at), letters)
    }
}

/// Every text of every report, in their order. Findings say which placeholders are not understood.
pub fn passages<'p>(
    project: &'p Project,
    facts: &Facts<'p>,
    sources: &SourceMap,
    findings: &mut Findings,
) -> Vec<Passage<'p>> {
    let mut all = Vec::new();
    for report in &project.reports {
        let before = findings.len();
        let mut binder = Binder { report, facts, sources, findings, section: "", source: None, all: &mut all };
        binder.report();
        report.mark(&mut findings[before..]);
    }
    refuse_in_organisation(project, findings);
    all
}

/// What all reports share is bound to no report's figures.
fn refuse_in_organisation(project: &Project, findings: &mut Findings) {
    let organisation = &project.organisation;
    let texts = [&organisation.name, &organisation.short_name, &organisation.chief_officer];
    let directorates = organisation.directorates().iter().map(|one| &one.name);
    let websites = organisation.websites.iter().flatten().map(|site| &site.text);
    let accounts = organisation.social.iter().flatten().flat_map(|account| [&account.name, &account.text]);
    let texts = texts.into_iter().chain(&organisation.address).chain(directorates).chain(websites).chain(accounts);
    let statement = organisation.accessibility.iter().flat_map(|statement| {
        let tests = statement.tests.iter().flatten().map(|test| &test.what);
        tests.chain(statement.issues.iter().flatten()).chain(&statement.reply_within)
    });
    let abbreviations = organisation.abbreviations.iter().flatten().flat_map(|one| one.long.iter().chain([&one.short]));
    for text in texts.chain(&organisation.licence).chain(statement).chain(abbreviations) {
        if text.value.contains("{{") {
            findings.push(
                Diagnostic::error(Code::BrokenPlaceholder, text.at, "no figure can be bound in organisation.yaml")
                    .help("all reports share this text: write it without `{{`"),
            );
        }
    }
}

struct Binder<'a, 'p> {
    report: &'p Report,
    facts: &'a Facts<'p>,
    sources: &'a SourceMap,
    findings: &'a mut Findings,
    section: &'p str,
    source: Option<&'p At<Id>>,
    all: &'a mut Vec<Passage<'p>>,
}

impl<'p> Binder<'_, 'p> {
    fn report(&mut self) {
        let head = &self.report.head;
        [&head.title, &head.subtitle, &head.description].into_iter().for_each(|text| self.prose(text));
        let is_first = self.report.row.as_ref().is_some_and(|row| row.is_first());
        head.for_each.iter().filter(|_| is_first).for_each(|each| self.name_of_group(&each.called));
        let mut seen = Vec::new();
        for section in &self.report.sections {
            self.section(section, &mut seen);
        }
    }

    /// The name of a group stands over all its reports.
    fn name_of_group(&mut self, name: &Text) {
        self.prose(name);
        if name.value.contains("row.") {
            self.findings.push(
                Diagnostic::error(Code::BrokenPlaceholder, name.at, "the name of a group is the same for all its rows")
                    .help("name no figure of a row here")
                    .in_all_reports(),
            );
        }
    }

    fn section(&mut self, section: &'p Section, seen: &mut Vec<&'p str>) {
        self.section = section.id.value.as_str();
        self.prose(&section.title);
        section.standfirst.iter().for_each(|text| self.prose(text));
        for part in &section.parts {
            // A file that several parts show is read once, where it is shown first.
            if let Some(stem) = part.stem() {
                if seen.contains(&stem) {
                    continue;
                }
                seen.push(stem);
            }
            self.part(part);
        }
    }

    fn part(&mut self, part: &'p Part) {
        if let Some(file) = part.indicators() {
            return self.indicators(file);
        }
        if let Some(file) = part.deliverables() {
            return self.deliverables(file);
        }
        match part {
            Part::Prose(blocks) => self.blocks(blocks),
            Part::Signatory(signatory) => {
                [&signatory.name, &signatory.role, &signatory.organisation]
                    .into_iter()
                    .for_each(|text| self.prose(text));
            }
            Part::KeyFigures(figures) => figures.iter().for_each(|one| {
                [&one.label, &one.figure]
                    .into_iter()
                    .chain(&one.change)
                    .chain(&one.detail)
                    .for_each(|text| self.prose(text));
            }),
            Part::PullOut(text) => self.prose(text),
            Part::Figure(figure, _) => [&figure.caption, &figure.alt].into_iter().for_each(|text| self.prose(text)),
            Part::Table(_, file) => self.table(file),
            Part::Survey(_, file) => self.survey(file),
            Part::Costs(_, file) => self.costs(file),
            _ => {}
        }
    }

    fn indicators(&mut self, file: &'p IndicatorFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        file.intro.iter().for_each(|text| self.prose(text));
        let meanings = &file.ratings;
        [&meanings.green, &meanings.amber, &meanings.red, &meanings.no_target]
            .into_iter()
            .for_each(|text| self.label(text));
        file.areas.iter().for_each(|area| self.label(&area.name));
        for indicator in file.indicators() {
            self.label(&indicator.name);
            self.label(&indicator.function);
            indicator.note.iter().for_each(|text| self.prose(text));
        }
    }

    fn deliverables(&mut self, file: &'p DeliverableFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        for theme in &file.themes {
            self.prose(&theme.title);
            theme.outcomes.iter().for_each(|text| self.prose(text));
        }
        for one in &file.deliverables {
            [&one.key, &one.text].into_iter().for_each(|text| self.prose(text));
            one.wording.iter().flatten().for_each(|wording| self.prose(&wording.text));
            one.points.iter().flatten().for_each(|text| self.prose(text));
        }
    }

    fn table(&mut self, file: &'p TableFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        self.label(&file.rows_are);
        file.unit.iter().for_each(|unit| self.label(unit));
        file.columns.iter().for_each(|column| self.label(&column.name));
        for row in &file.rows {
            self.label(&row.name);
            for cell in &row.values {
                if let Cell::Text(text) = &cell.value {
                    self.label(&Text { value: text.clone(), at: cell.at });
                }
            }
        }
        file.notes.iter().flatten().for_each(|text| self.prose(text));
    }

    fn survey(&mut self, file: &'p SurveyFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        for group in [&file.positive, &file.negative] {
            self.label(&group.heading);
            group.results.iter().for_each(|result| self.label(&result.statement));
        }
    }

    fn costs(&mut self, file: &'p CostFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        self.cost_lines(&file.lines);
        [&file.subtotal.name, &file.contribution.name, &file.total.name].into_iter().for_each(|text| self.label(text));
        file.notes.iter().flatten().chain(&file.rounding_note).for_each(|text| self.prose(text));
    }

    fn cost_lines(&mut self, lines: &'p [CostLine]) {
        for line in lines {
            self.label(&line.name);
            self.cost_lines(line.lines.as_deref().unwrap_or_default());
        }
    }

    fn blocks(&mut self, blocks: &'p [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { inlines } | Block::Heading { inlines, .. } => self.inlines(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Quote { blocks } => self.blocks(blocks),
            }
        }
    }

    /// A paragraph as one text, whatever is strong or a link in it.
    fn inlines(&mut self, inlines: &'p [Inline]) {
        let (mut words, mut places) = (Vec::new(), Vec::new());
        markdown::each_text(inlines, &mut |text, at| {
            words.extend(self.words(text, at));
            places.resize(words.len(), at);
        });
        if let Some(at) = places.first() {
            self.push(Kind::Prose, *at, words, places);
        }
    }

    fn prose(&mut self, text: &Text) {
        self.text(Kind::Prose, text);
    }

    fn label(&mut self, text: &Text) {
        self.text(Kind::Label, text);
    }

    fn text(&mut self, kind: Kind, text: &Text) {
        let words = self.words(&text.value, text.at);
        if words.iter().any(|word| matches!(word, Word::Foreign { .. })) {
            self.findings.push(
                Diagnostic::error(Code::BrokenPlaceholder, text.at, "another language cannot be marked in a YAML file")
                    .help("move the words into a Markdown file, or write them without `| in`"),
            );
        }
        let places = vec![text.at; words.len()];
        self.push(kind, text.at, words, places);
    }

    fn words(&mut self, text: &str, at: Span) -> Vec<Word> {
        let (words, faults) = self.facts.bind(&self.report.id, text);
        // Where a file could not be read, its figures cannot be found; that it could not be read is said already.
        let known = |code| self.facts.whole || !matches!(code, Code::UnknownFact | Code::UnknownReference);
        for fault in faults.into_iter().filter(|fault| known(fault.finding.code)) {
            let at = slice(self.sources, at, &fault.words);
            self.findings.push(Diagnostic { at: Some(at), ..fault.finding });
        }
        words
    }

    fn push(&mut self, kind: Kind, at: Span, words: Vec<Word>, places: Vec<Span>) {
        let (report, section, has_source) = (self.report, self.section, self.source.is_some());
        self.all.push(Passage { report, section, kind, at, has_source, words, places });
    }
}
