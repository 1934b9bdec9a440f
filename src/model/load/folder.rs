//! Reads the folder of a report: one report, or one for every row of a table.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ids::Ids;
use super::language;
use super::names::Names;
use super::organisation;
use super::parsed::Parsed;
use super::report::{ReadFiles, ReportReader};
use super::translate::{SharedTranslations, Translator, further, translation_file};
use super::unused::report_unused;
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::model::values::Language;
use crate::model::{
    Cell, ForEach, Group, GroupRow, Organisation, Picture, Report, ReportHead, Row, Section, Statements, TableFile,
    Translation, TranslationFile, translated_id, without_notes,
};
use crate::source::SourceTree;
use crate::wording::{Wording, Wordings};
use crate::yaml::{At, FromNode, Node, Record};

/// Reads the folders of reports one after the other.
pub struct FolderReader<'a> {
    tree: &'a SourceTree,
    parsed: &'a Parsed,
    ids: Ids,
    /// What all reports share; none where it cannot be read.
    organisation: Option<Arc<Organisation>>,
    /// The picture on its covers.
    cover: Option<Picture>,
    pub groups: Vec<Arc<Group>>,
    pub reports: Vec<Report>,
    /// Whether every folder could be read so far.
    pub whole: bool,
    wordings: &'a Wordings,
    /// What is said of the figures of all reports.
    statements: &'a Statements,
    pub translations: SharedTranslations,
}

/// What stands in the `report.yaml` of a folder, besides its sections.
struct Opened<'a> {
    folder: &'a str,
    head: Option<ReportHead>,
    /// The words of its language.
    wording: Arc<Wording>,
    sections: Option<&'a Node>,
    statements: Arc<Statements>,
    organisation: Option<Arc<Organisation>>,
}

impl Opened<'_> {
    /// Paths of the files of suppliers that its checks name.
    fn supplied(&self) -> impl Iterator<Item = String> {
        let files = self.statements.checks.iter().flat_map(|checks| checks.compare_with.iter().flatten());
        files.map(|one| format!("{}/{}", self.folder, one.csv.value))
    }
}

/// What a report shows behind its head, as it was read.
struct Body {
    cover_photo: Option<Picture>,
    sections: Option<Vec<Section>>,
    /// Whether every part could be read.
    whole: bool,
}

impl Body {
    /// `shared` is the picture on the organisation's covers.
    fn read(opened: &Opened, shared: Option<&Picture>, reader: &mut ReportReader) -> Self {
        let said = opened.head.as_ref().zip(opened.organisation.as_deref());
        let cover_photo = said.and_then(|said| reader.cover_photo(said, shared));
        let sections = opened.sections.and_then(|node| reader.sections(node));
        Self { cover_photo, sections, whole: reader.whole }
    }
}

impl<'a> FolderReader<'a> {
    pub fn new(
        tree: &'a SourceTree,
        parsed: &'a Parsed,
        wordings: &'a Wordings,
        (organisation, cover): (Option<Arc<Organisation>>, Option<Picture>),
        statements: &'a Statements,
    ) -> Self {
        let (ids, groups, reports) = (Ids::of(tree), Vec::new(), Vec::new());
        let translations = SharedTranslations::default();
        Self {
            tree,
            parsed,
            ids,
            organisation,
            cover,
            groups,
            reports,
            whole: true,
            wordings,
            statements,
            translations,
        }
    }

    /// Reads a folder: its report, or one for every row of the table that it names.
    pub fn folder(&mut self, folder: &'a str, findings: &mut Findings) {
        let before = self.reports.len();
        let mut read = ReadFiles::default();
        if let Some((opened, each)) = self.open(folder, findings) {
            match each {
                None => self.single(&opened, &mut read, findings),
                Some(Some(each)) => self.group(&opened, &each, &mut read, findings),
                // Without its rows nothing is known of the files that they show.
                Some(None) => {}
            }
        }
        findings.append(&mut read.faults);
        self.whole &= self.reports.len() > before;
    }

    /// The outer `None` of what `for-each` says means that it is not there, the inner that it is faulty.
    fn open(&self, folder: &'a str, findings: &mut Findings) -> Option<(Opened<'a>, Option<Option<ForEach>>)> {
        let file = *self.tree.texts.get(&format!("{folder}/report.yaml"))?;
        let node = self.parsed.node(file, findings)?;
        let head = ReportHead::from_node(node, findings);
        let wording = head.as_ref().and_then(|head| language::of(self.wordings, &head.language, findings));
        let wording = wording.unwrap_or_else(|| Arc::clone(Wording::english()));
        let mut record = Record::open(node, &ReportHead::FORM, &mut Findings::new())?;
        let each = record.optional("for-each", &mut Findings::new()).map_or(Some(None), |each| each.map(Some));
        let sections = record.must("sections");
        let statements = Arc::new(Statements::read(self.tree, self.parsed, &format!("{folder}/"), findings));
        let organisation = organisation::of_report(self.tree, self.parsed, folder, &self.organisation, findings);
        Some((Opened { folder, head, wording, sections, statements, organisation }, each))
    }

    fn single(&mut self, opened: &Opened, read: &mut ReadFiles, findings: &mut Findings) {
        let mut reader = self.reader(opened.folder, None, read, findings);
        let body = Body::read(opened, self.cover.as_ref(), &mut reader);
        let mut used = reader.names.used();
        used.extend(opened.supplied());
        self.keep(opened, opened.folder.to_owned(), None, body);
        let before: Vec<(Code, Option<Span>)> =
            findings.iter().chain(&read.faults).map(|one| (one.code, one.at)).collect();
        let head = opened.head.as_ref();
        let languages = head.map_or_else(Vec::new, |head| further(head, findings));
        for (place, language) in languages.iter().enumerate() {
            let mut own = Findings::new();
            used.extend(self.translation(opened, language, (place + 1, languages.len() + 1), &mut own));
            // What is wrong with what both languages share was told.
            findings.extend(own.into_iter().filter(|one| !before.contains(&(one.code, one.at))));
        }
        report_unused(self.tree, opened.folder, &used, None, findings);
    }

    /// Reads the report in a further language, and gives back the paths of the files that this uses.
    fn translation(
        &mut self,
        opened: &Opened,
        language: &At<Language>,
        (place, among): (usize, usize),
        findings: &mut Findings,
    ) -> BTreeSet<String> {
        let file = format!("{}/{}", opened.folder, TranslationFile::name(&language.value));
        let mut used = BTreeSet::from([file.clone()]);
        let id = translated_id(opened.folder, &language.value);
        let wording = language::of(self.wordings, language, findings);
        let own = translation_file(self.tree, self.parsed, &file, findings);
        let shared = self.translations.of(self.tree, self.parsed, &language.value, findings);
        let is_free = self.ids.take_translation(&id, language.at, findings);
        let (Some(head), Some(organisation)) = (&opened.head, &opened.organisation) else { return used };
        let (Some(wording), Some(own), Some(shared), true) = (wording, own, shared, is_free) else {
            self.whole = false;
            return used;
        };
        let mut read = ReadFiles::default();
        let names = Names::new(self.tree, &self.ids, opened.folder, None).in_language(&language.value);
        let mut reader = ReportReader::new(self.tree, self.parsed, names, &mut read, findings);
        let Body { cover_photo, sections, whole } = Body::read(opened, self.cover.as_ref(), &mut reader);
        let proses = std::mem::take(&mut reader.names.proses);
        used.extend(reader.names.used());
        findings.append(&mut read.faults);
        let Some(mut sections) = sections else { return used };
        let mut translator = Translator::new(&language.value, opened.folder, head.draft.is_some(), &own, &shared);
        translator.sections(&mut sections);
        let has_own_organisation = self.organisation.as_ref().is_some_and(|shared| !Arc::ptr_eq(shared, organisation));
        let said = translator.of_head(head);
        let organisation = translator.of_organisation(organisation);
        let statements = translator.of_statements(&opened.statements, self.statements);
        let untranslated = translator.untranslated(&head.language.value, &proses);
        let of = opened.folder.to_owned();
        self.reports.push(Report {
            id,
            folder: opened.folder.to_owned(),
            row: None,
            translation: Some(Translation { of, place, among, has_own_organisation, untranslated }),
            manner: said.manner(wording),
            head: said,
            organisation,
            cover_photo,
            is_published: false,
            before: None,
            sections,
            statements,
            whole,
        });
        let told = if whole { findings } else { &mut Findings::new() };
        let shared_use = translator.close(&proses, self.tree, told);
        self.translations.note(&language.value, shared_use, whole);
        used
    }

    fn group(&mut self, opened: &Opened, each: &ForEach, read: &mut ReadFiles, findings: &mut Findings) {
        if let Some(first) = opened.head.iter().flat_map(|head| head.also_in.iter().flatten()).next() {
            findings.push(
                Diagnostic::error(Code::WrongValue, first.at, "a report for every row is written in one language")
                    .help("remove `also-in`, or make a folder for each language"),
            );
        }
        let mut reader = self.reader(opened.folder, None, read, findings);
        let table = reader.rows(&each.row_of);
        let mut used = reader.names.used();
        used.extend(opened.supplied());
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
            let mut reader = self.reader(opened.folder, Some(&row), read, findings);
            let body = Body::read(opened, self.cover.as_ref(), &mut reader);
            used.extend(reader.names.used());
            row.mark(&mut findings[before..]);
            self.keep(opened, group.report_id(row.row()), Some(row), body);
        }
        // Files of rows that are not read are not known to be used.
        if self.parsed.most_rows.is_none() && group.size > 0 {
            report_unused(self.tree, opened.folder, &used, Some(&group), findings);
        }
        self.groups.push(group);
    }

    fn reader<'r>(
        &'r self,
        folder: &'r str,
        row: Option<&'r GroupRow>,
        read: &'r mut ReadFiles,
        findings: &'r mut Findings,
    ) -> ReportReader<'r> {
        let names = Names::new(self.tree, &self.ids, folder, row);
        ReportReader::new(self.tree, self.parsed, names, read, findings)
    }

    fn group_of(&self, folder: &str, each: &ForEach, table: Arc<TableFile>, findings: &mut Findings) -> Arc<Group> {
        let rows = || table.rows.iter().filter(|row| !row.is_total() && !row.is_heading());
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

    fn keep(&mut self, opened: &Opened, id: String, row: Option<GroupRow>, body: Body) {
        let Body { cover_photo, sections, whole } = body;
        let (folder, statements) = (opened.folder.to_owned(), Arc::clone(&opened.statements));
        match (&opened.head, sections, &opened.organisation) {
            (Some(head), Some(sections), Some(organisation)) => {
                let (head, organisation) = (head.clone(), Arc::clone(organisation));
                let manner = head.manner(Arc::clone(&opened.wording));
                self.reports.push(Report {
                    id,
                    folder,
                    row,
                    translation: None,
                    head,
                    manner,
                    organisation,
                    cover_photo,
                    is_published: false,
                    before: None,
                    sections,
                    statements,
                    whole,
                });
            }
            _ => self.whole = false,
        }
    }
}

/// The words of a row stand in the texts of its report, as they were typed, but for their notes.
fn refuse_figures_in(row: &Row, findings: &mut Findings) {
    let texts = row.values.iter().filter_map(|cell| match &cell.value {
        Cell::Text(text) => Some((text.as_str(), cell.at)),
        Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => None,
    });
    let words = [(row.name.value.as_str(), row.name.at)].into_iter().chain(texts);
    for (_, at) in words.filter(|(text, _)| without_notes(text).contains("{{")) {
        findings.push(
            Diagnostic::error(Code::BrokenPlaceholder, at, "no figure can be bound in the words of a row")
                .help("the texts of its report name these words: write them without `{{`"),
        );
    }
}
