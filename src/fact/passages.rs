//! Binds facts in the texts of the reports, each text once.

use std::ops::Range;
use std::sync::Arc;

use super::passage::{Kind, Origin, Passage};
use super::{Facts, Passages, Word, plain};
use crate::diagnostic::{Code, Diagnostic, Findings, Places, SourceMap, Span};
use crate::markdown::{self, Block, Inline};
use crate::model::values::Id;
use crate::model::{
    Cell, Data, DeliverableFile, IndicatorFile, Organisation, Part, Project, Report, Section, SurveyFile, TableFile,
    WatchedColumn,
};
use crate::yaml::{At, Text};

/// What a text can hold besides figures.
#[derive(Debug, Clone, Copy)]
struct Takes {
    references: bool,
    notes: bool,
}

impl Takes {
    /// Titles, and what is heard and not seen.
    const NEITHER: Takes = Takes { references: false, notes: false };
    /// Subheadings, and notes themselves.
    const REFERENCES: Takes = Takes { references: true, notes: false };
    /// Names and cells of tables, and statements of surveys.
    const NOTES: Takes = Takes { references: false, notes: true };
    /// Running text.
    const BOTH: Takes = Takes { references: true, notes: true };

    /// What is said of a word that cannot stand in the text.
    fn refuse(self, word: &Word) -> Option<(&'static str, &'static str)> {
        match word {
            Word::Reference(_) if !self.references => Some((
                "no reference can stand in this text",
                "references stand in Markdown files, captions, notes, intros, pull-outs, details of key figures, meanings of terms, and texts of deliverables",
            )),
            Word::Note(_) if !self.notes => Some((
                "no note can stand in this text",
                "what is repeated elsewhere or heard alone, such as titles, subheadings, descriptions of pictures and notes themselves, has no notes: notes stand in Markdown files, captions, intros, pull-outs, details of key figures, meanings of terms, texts of deliverables, statements of surveys, and in names and cells of tables",
            )),
            Word::Reference(_)
            | Word::Note(_)
            | Word::Plain(_)
            | Word::Bound { .. }
            | Word::Named { .. }
            | Word::Broken(_)
            | Word::Stated { .. }
            | Word::Claimed { .. }
            | Word::Foreign { .. } => None,
        }
    }
}

/// Every text of every report, in their order. Findings say which placeholders are not understood.
pub fn passages<'p>(
    project: &'p Project,
    facts: &Facts<'p>,
    sources: &SourceMap,
    findings: &mut Findings,
) -> Passages<'p> {
    let mut all = Vec::new();
    for report in &project.reports {
        let before = findings.len();
        let mut binder = Binder {
            report,
            facts,
            sources,
            findings,
            section: "",
            own_source: None,
            source: None,
            about: Vec::new(),
            standfirst: None,
            all: &mut all,
        };
        binder.report();
        report.mark(&mut findings[before..]);
    }
    refuse_in_organisation(project, findings);
    Passages::new(all)
}

/// What all reports share is bound to no report's figures.
fn refuse_in_organisation(project: &Project, findings: &mut Findings) {
    for text in project.organisations().flat_map(Organisation::texts) {
        if text.value.contains("{{") {
            findings.push(
                Diagnostic::error(Code::BrokenPlaceholder, text.at, "no figure can be bound in organisation.yaml")
                    .help("all reports share this text: write it without `{{`"),
            );
        }
    }
}

/// The words of a text; where a draft has no translation of it yet, they say in which language they are.
fn in_its_language(report: &Report, at: Span, words: Vec<Word>) -> Vec<Word> {
    let untranslated = report.translation.as_ref().map(|translation| &translation.untranslated);
    let Some(untranslated) = untranslated.filter(|untranslated| untranslated.holds(at)) else { return words };
    let marked = |word| match word {
        Word::Plain(text) => Word::Foreign { text, language: untranslated.language.clone() },
        word => word,
    };
    words.into_iter().map(marked).collect()
}

struct Binder<'a, 'p> {
    report: &'p Report,
    facts: &'a Facts<'p>,
    sources: &'a SourceMap,
    findings: &'a mut Findings,
    section: &'p str,
    /// The source of the section or the report, for statements.
    own_source: Option<&'p At<Id>>,
    /// The source of the data file.
    source: Option<&'p At<Id>>,
    /// The titles and labels that the next text stands under.
    about: Vec<Arc<str>>,
    /// What the section says in a sentence.
    standfirst: Option<Arc<str>>,
    all: &'a mut Vec<Passage<'p>>,
}

impl<'p> Binder<'_, 'p> {
    fn report(&mut self) {
        let head = &self.report.head;
        self.own_source = head.source.as_ref();
        self.check_source(head.source.as_ref());
        [&head.title, &head.subtitle, &head.description].into_iter().for_each(|text| self.prose(text));
        let cover = self.report.cover_photo();
        cover.and_then(|(said, _)| said.alt.as_ref()).into_iter().for_each(|text| self.prose(text));
        let is_first = self.report.row.as_ref().is_some_and(|row| row.is_first());
        self.report.notes().iter().for_each(|note| self.note(&note.text));
        self.report.statements.restated().for_each(|one| self.note(&one.reason));
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
        self.about.clear();
        self.source = None;
        self.own_source = section.source.as_ref().or(self.report.head.source.as_ref());
        self.check_source(section.source.as_ref());
        self.prose(&section.title);
        self.under_last();
        self.standfirst = None;
        if let Some(standfirst) = &section.standfirst {
            self.prose(standfirst);
            self.standfirst = self.all.last().map(|passage| plain(&passage.words).into());
        }
        let depth = self.about.len();
        for part in &section.parts {
            if let Part::Chart(chart) = part {
                chart.title.iter().for_each(|title| self.running(title));
            }
            // A file that several parts show is read once, where it is shown first.
            if let Some(stem) = part.stem() {
                if seen.contains(&stem) {
                    continue;
                }
                seen.push(stem);
            }
            self.part(part);
            self.about.truncate(depth);
        }
    }

    /// The text that was read last is what the next ones stand under.
    fn under_last(&mut self) {
        self.about.extend(self.all.last().map(|passage| plain(&passage.words).into()));
    }

    /// Reads texts that stand under another one.
    fn under(&mut self, text: &Text, read: impl FnOnce(&mut Self)) {
        let depth = self.about.len();
        self.about.push(text.value.as_str().into());
        read(self);
        self.about.truncate(depth);
    }

    /// Says of a source that is not there that it is not.
    fn check_source(&mut self, source: Option<&At<Id>>) {
        source.into_iter().for_each(|source| self.facts.check_source(&self.report.id, source, self.findings));
    }

    fn part(&mut self, part: &'p Part) {
        self.source = None;
        match part {
            Part::Prose(blocks) => self.blocks(blocks),
            Part::Signatory(signatory) => {
                [&signatory.name, &signatory.role, &signatory.organisation]
                    .into_iter()
                    .for_each(|text| self.prose(text));
            }
            Part::KeyFigures(figures) => figures.iter().for_each(|one| {
                self.prose(&one.label);
                self.under(&one.label, |binder| {
                    [&one.figure].into_iter().chain(&one.change).for_each(|text| binder.prose(text));
                    one.detail.iter().for_each(|text| binder.running(text));
                });
            }),
            Part::PullOut(text) => self.running(text),
            Part::CaseStudy(study, blocks) => {
                [&study.label, &study.title].into_iter().for_each(|text| self.prose(text));
                self.under(&study.title, |binder| {
                    match (&study.figure, &study.detail) {
                        (Some(figure), Some(detail)) => binder.under(detail, |binder| binder.prose(figure)),
                        (Some(figure), None) => binder.prose(figure),
                        (None, _) => {}
                    }
                    study.detail.iter().for_each(|text| binder.prose(text));
                    binder.blocks(blocks);
                });
            }
            Part::Quotation(one) => {
                [&one.words, &one.speaker].into_iter().chain(&one.role).for_each(|text| self.prose(text));
            }
            Part::Glossary(terms) => {
                for one in terms {
                    self.prose(&one.term);
                    self.under(&one.term, |binder| binder.running(&one.means));
                }
            }
            Part::Figure(figures) => {
                for (one, _) in figures {
                    self.check_source(one.source.as_ref());
                    self.running(&one.caption);
                    [&one.alt].into_iter().chain(&one.credit).for_each(|text| self.prose(text));
                }
            }
            Part::Chart(chart) => self.data(&chart.data),
            Part::Data { data, .. } => self.data(data),
            Part::ListOf(_) | Part::Contacts => {}
        }
    }

    fn data(&mut self, data: &'p Data) {
        match data {
            Data::Table(file, _) => self.table(file),
            Data::Indicators(file, _) => self.indicators(file),
            Data::Survey(file) => self.survey(file),
            Data::Deliverables(file, _) => self.deliverables(file),
        }
    }

    fn indicators(&mut self, file: &'p IndicatorFile) {
        self.source = file.source.as_ref();
        self.prose(&file.caption);
        file.intro.iter().for_each(|text| self.running(text));
        file.ratings.iter().for_each(|rating| self.label(&rating.means));
        file.called.all().flat_map(|name| name.texts()).for_each(|text| self.label(text));
        file.groups.iter().filter_map(|group| group.name.as_ref()).for_each(|text| self.label(text));
        file.areas.iter().for_each(|area| self.label(&area.name));
        for indicator in file.indicators() {
            self.label(&indicator.name);
            indicator.function.iter().for_each(|text| self.label(text));
            indicator.note.iter().for_each(|text| self.under(&indicator.name, |binder| binder.note(text)));
        }
    }

    fn deliverables(&mut self, file: &'p DeliverableFile) {
        self.source = file.source.as_ref();
        self.running(&file.caption);
        for theme in &file.themes {
            self.prose(&theme.title);
            theme.outcomes.iter().for_each(|text| self.prose(text));
        }
        for group in file.groups() {
            [&group.name, &group.means].into_iter().chain(&group.short).for_each(|text| self.label(text));
        }
        file.statuses().iter().flat_map(|status| [&status.name, &status.means]).for_each(|text| self.label(text));
        for one in &file.deliverables {
            self.under(&one.text, |binder| binder.prose(&one.key));
            self.under(&one.key, |binder| {
                binder.running(&one.text);
                one.wording.iter().flatten().for_each(|wording| binder.running(&wording.text));
                one.points.iter().flatten().for_each(|text| binder.running(text));
                one.owner.iter().for_each(|text| binder.label(text));
                one.note.iter().for_each(|text| binder.note(text));
            });
        }
    }

    fn table(&mut self, file: &'p TableFile) {
        self.source = file.source.as_ref();
        self.running(&file.caption);
        self.name(&file.rows_are);
        file.groups.iter().for_each(|group| self.name(&group.name));
        file.columns.iter().for_each(|column| self.name(&column.name));
        for row in &file.rows {
            self.name(&row.name);
            for cell in &row.values {
                if let Cell::Text(text) = &cell.value {
                    self.name(&Text { value: text.clone(), at: cell.at });
                }
            }
            row.notes.iter().for_each(|(_, notes)| self.name(notes));
        }
        file.variation.iter().flat_map(WatchedColumn::reasons).for_each(|text| self.label(text));
        file.notes.iter().flatten().chain(&file.rounding_note).for_each(|text| self.note(text));
    }

    fn survey(&mut self, file: &'p SurveyFile) {
        self.source = file.source.as_ref();
        self.running(&file.caption);
        for group in [&file.positive, &file.negative] {
            self.label(&group.heading);
            group.results.iter().for_each(|result| self.name(&result.statement));
        }
    }

    fn blocks(&mut self, blocks: &'p [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { inlines } => self.inlines(inlines, Takes::BOTH),
                Block::Heading { inlines, .. } => {
                    self.inlines(inlines, Takes::REFERENCES);
                    self.under_last();
                }
                Block::List { items, start, number, .. } => {
                    if *start != 1 {
                        self.number_of_list(*start, number);
                    }
                    items.iter().for_each(|item| self.blocks(&item.blocks));
                }
                Block::Quote { blocks } => self.blocks(blocks),
            }
        }
    }

    /// A list that begins with another number than 1 prints a number, as any text does.
    fn number_of_list(&mut self, number: u64, places: &'p Places) {
        let text = number.to_string();
        let letters = 0..text.len();
        if let Some(at) = places.whole() {
            self.push(Kind::ListNumber, at, vec![Word::Plain(text)], vec![(Origin::Prose(places), letters)]);
        }
    }

    /// A paragraph as one text, whatever is strong or a link in it.
    fn inlines(&mut self, inlines: &'p [Inline], takes: Takes) {
        let (mut words, mut places) = (Vec::new(), Vec::new());
        markdown::each_text(inlines, &mut |text, at| self.words(text, Origin::Prose(at), &mut words, &mut places));
        self.refuse(takes, &words, &places);
        if let Some(at) = inlines.iter().find_map(Inline::at) {
            self.push(Kind::Prose, at, words, places);
        }
    }

    /// A sentence or a title.
    fn prose(&mut self, text: &Text) {
        self.text(Kind::Prose, text, Takes::NEITHER);
    }

    /// Running text, in which a reader can follow references and notes.
    fn running(&mut self, text: &Text) {
        self.text(Kind::Prose, text, Takes::BOTH);
    }

    /// A note, which has none itself.
    fn note(&mut self, text: &Text) {
        self.text(Kind::Prose, text, Takes::REFERENCES);
    }

    fn label(&mut self, text: &Text) {
        self.text(Kind::Label, text, Takes::NEITHER);
    }

    /// A name or a cell of a table, or a statement of a survey.
    fn name(&mut self, text: &Text) {
        self.text(Kind::Label, text, Takes::NOTES);
    }

    fn text(&mut self, kind: Kind, text: &Text, takes: Takes) {
        let (mut words, mut places) = (Vec::new(), Vec::new());
        self.words(&text.value, Origin::Value(text.at), &mut words, &mut places);
        self.refuse(takes, &words, &places);
        if words.iter().any(|word| matches!(word, Word::Foreign { .. })) {
            self.findings.push(
                Diagnostic::error(Code::BrokenPlaceholder, text.at, "another language cannot be marked in a YAML file")
                    .help("move the words into a Markdown file, or write them without `| in`"),
            );
        }
        self.push(kind, text.at, words, places);
    }

    /// Tells of words that cannot stand in the text.
    fn refuse(&mut self, takes: Takes, words: &[Word], places: &[(Origin, Range<usize>)]) {
        for (word, (origin, letters)) in words.iter().zip(places) {
            if let Some((message, help)) = takes.refuse(word) {
                let finding = Diagnostic::error_nowhere(Code::BrokenPlaceholder, message).help(help);
                self.findings.push(Diagnostic { at: origin.place(self.sources, letters.clone()), ..finding });
            }
        }
    }

    /// Adds the words of a text, and where they stand.
    fn words(
        &mut self,
        text: &str,
        origin: Origin<'p>,
        words: &mut Vec<Word>,
        places: &mut Vec<(Origin<'p>, Range<usize>)>,
    ) {
        let source = self.source.or(self.own_source).map(|id| id.value.as_str());
        let bound = self.facts.bind(&self.report.id, source, text);
        // Where a file could not be read, its figures cannot be found; that it could not be read is said already.
        let known = |code| self.facts.whole || !matches!(code, Code::UnknownFact | Code::UnknownReference);
        for fault in bound.faults.into_iter().filter(|fault| known(fault.finding.code)) {
            self.findings.push(Diagnostic { at: origin.place(self.sources, fault.letters), ..fault.finding });
        }
        words.extend(bound.words);
        places.extend(bound.letters.into_iter().map(|letters| (origin, letters)));
    }

    fn push(&mut self, kind: Kind, at: Span, words: Vec<Word>, places: Vec<(Origin<'p>, Range<usize>)>) {
        let (report, section, has_source) = (self.report, self.section, self.source.is_some());
        let (about, standfirst) = (self.about.clone(), self.standfirst.clone());
        let default_source = self.source.or(self.own_source).is_some();
        let words = in_its_language(report, at, words);
        let passage =
            Passage { report, section, kind, at, has_source, default_source, about, standfirst, words, places };
        self.all.push(passage);
    }
}
