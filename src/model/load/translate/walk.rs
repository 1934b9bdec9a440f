//! Every text of a report that is printed, to be said in another language.

use std::sync::Arc;

use crate::model::{
    Cell, Data, DeliverableFile, FactFile, IndicatorFile, Organisation, Part, ReportHead, Section, SurveyFile,
    TableFile, Target,
};
use crate::yaml::{At, Text};

/// Says texts in another language, one after the other.
pub trait Says {
    /// A text that is printed.
    fn text(&mut self, text: &mut Text);

    /// A text that is printed where a reader asks for it, if at all: nothing is missed where it has no translation.
    fn beside(&mut self, text: &mut Text);

    fn all<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut Text>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    /// A text that has no place of its own: it stands in what stands at `at`.
    fn within(&mut self, text: &mut String, at: crate::diagnostic::Span) {
        let mut placed = Text { value: std::mem::take(text), at };
        self.text(&mut placed);
        *text = placed.value;
    }

    fn head(&mut self, head: &mut ReportHead) {
        self.all([&mut head.title, &mut head.subtitle, &mut head.description]);
        self.all(head.cover_picture.iter_mut().flat_map(|picture| &mut picture.alt));
        self.all(head.notes.iter_mut().flatten().map(|note| &mut note.text));
        head.licence.iter_mut().for_each(|licence| self.beside(&mut licence.name));
    }

    fn organisation(&mut self, organisation: &mut Organisation) {
        self.all([&mut organisation.name, &mut organisation.short_name, &mut organisation.chief_officer]);
        self.all(&mut organisation.address);
        self.all(organisation.cover_picture.iter_mut().flat_map(|picture| &mut picture.alt));
        self.all(organisation.directorates.iter_mut().flatten().map(|one| &mut one.name));
        self.all(organisation.websites.iter_mut().flatten().map(|site| &mut site.text));
        self.all(organisation.social.iter_mut().flatten().flat_map(|account| [&mut account.name, &mut account.text]));
        if let Some(statement) = &mut organisation.accessibility {
            self.all(statement.tests.iter_mut().flatten().map(|test| &mut test.what));
            self.all(statement.issues.iter_mut().flatten().chain(&mut statement.reply_within));
        }
        organisation.licence.iter_mut().for_each(|licence| self.beside(&mut licence.name));
        for abbreviation in organisation.abbreviations.iter_mut().flatten() {
            self.beside(&mut abbreviation.short);
            abbreviation.long.iter_mut().for_each(|long| self.beside(long));
        }
    }

    fn facts(&mut self, file: &mut FactFile) {
        self.all(file.sources.iter_mut().flatten().map(|source| &mut source.title));
        file.facts.iter_mut().flatten().for_each(|fact| self.beside(&mut fact.is));
        self.all(file.restated.iter_mut().flatten().map(|one| &mut one.reason));
    }

    /// The words of a section, but for its running text and its data files.
    fn section(&mut self, section: &mut Section) {
        self.text(&mut section.title);
        self.all(&mut section.standfirst);
        section.parts.iter_mut().for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &mut Part) {
        match part {
            Part::Signatory(one) => self.all([&mut one.name, &mut one.role, &mut one.organisation]),
            Part::KeyFigures(figures) => figures.iter_mut().for_each(|one| {
                self.all([&mut one.label, &mut one.figure].into_iter().chain(&mut one.change).chain(&mut one.detail));
            }),
            Part::PullOut(text) => self.text(text),
            Part::CaseStudy(one, _) => {
                self.all([&mut one.label, &mut one.title].into_iter().chain(&mut one.figure).chain(&mut one.detail));
            }
            Part::Quotation(one) => self.all([&mut one.words, &mut one.speaker].into_iter().chain(&mut one.role)),
            Part::Glossary(terms) => self.all(terms.iter_mut().flat_map(|one| [&mut one.term, &mut one.means])),
            Part::Figure(figures) => {
                for (one, _) in figures {
                    self.all([&mut one.caption, &mut one.alt].into_iter().chain(&mut one.credit));
                }
            }
            Part::Chart(chart) => self.all(&mut chart.title),
            Part::Prose(_) | Part::ListOf(_) | Part::Contacts | Part::Data { .. } => {}
        }
    }

    fn data(&mut self, data: &mut Data) {
        match data {
            Data::Table(file, _) => self.table(Arc::make_mut(file)),
            Data::Indicators(file, _) => self.indicators(Arc::make_mut(file)),
            Data::Survey(file) => self.survey(Arc::make_mut(file)),
            Data::Deliverables(file, _) => self.deliverables(Arc::make_mut(file)),
        }
    }

    fn table(&mut self, file: &mut TableFile) {
        self.all([&mut file.caption, &mut file.rows_are]);
        self.all(file.groups.iter_mut().map(|group| &mut group.name));
        self.all(file.columns.iter_mut().map(|column| &mut column.name));
        for row in &mut file.rows {
            self.text(&mut row.name);
            for cell in &mut row.values {
                self.cell(cell);
            }
            self.all(row.notes.iter_mut().map(|(_, note)| note));
        }
        for stretch in file.variation.iter_mut().flat_map(|column| &mut column.stretches) {
            self.all(&mut stretch.reason);
            self.all(stretch.baseline.iter_mut().map(|baseline| &mut baseline.reason));
        }
        self.all(file.notes.iter_mut().flatten());
        self.all(&mut file.rounding_note);
    }

    fn cell(&mut self, cell: &mut At<Cell>) {
        let Cell::Text(words) = &mut cell.value else { return };
        let mut text = Text { value: std::mem::take(words), at: cell.at };
        self.text(&mut text);
        *cell = At { value: Cell::Text(text.value), at: text.at };
    }

    fn indicators(&mut self, file: &mut IndicatorFile) {
        self.text(&mut file.caption);
        self.all(&mut file.intro);
        file.periods.each_name(|name| self.within(name, file.at));
        let ratings = file.ratings.said(|text| self.text(text));
        file.called.all_mut().for_each(|name| {
            self.all([&mut name.one, &mut name.many].into_iter().chain(&mut name.of));
        });
        self.all(file.areas.iter_mut().map(|area| &mut area.name));
        for group in &mut file.groups {
            self.all(&mut group.name);
            for one in &mut group.indicators {
                self.text(&mut one.name);
                self.all(one.function.iter_mut().chain(&mut one.percentage_because).chain(&mut one.note));
                self.all(one.rating_because.iter_mut().map(|because| &mut because.reason));
                self.target(&mut one.target);
                if let Some(rating) = ratings.iter().find(|rating| rating.id.value == one.rating.value.id.value) {
                    one.rating.value = Arc::clone(rating);
                }
            }
        }
        file.ratings = ratings;
    }

    /// What a percentage is of.
    fn target(&mut self, target: &mut Target) {
        let Target::Set(steps) = target else { return };
        for step in steps {
            let at = step.figure.at;
            step.of.iter_mut().for_each(|of| self.within(of, at));
        }
    }

    fn survey(&mut self, file: &mut SurveyFile) {
        self.text(&mut file.caption);
        for group in [&mut file.positive, &mut file.negative] {
            self.text(&mut group.heading);
            self.all(group.results.iter_mut().map(|result| &mut result.statement));
        }
    }

    fn deliverables(&mut self, file: &mut DeliverableFile) {
        self.text(&mut file.caption);
        for theme in &mut file.themes {
            self.text(&mut theme.title);
            self.all(&mut theme.outcomes);
        }
        for group in file.groups.iter_mut().flatten() {
            self.all([&mut group.name, &mut group.means].into_iter().chain(&mut group.short));
        }
        self.all(file.statuses_mut().iter_mut().flat_map(|status| [&mut status.name, &mut status.means]));
        for one in &mut file.deliverables {
            self.all([&mut one.key, &mut one.text].into_iter().chain(&mut one.owner).chain(&mut one.note));
            self.all(one.wording.iter_mut().flatten().map(|wording| &mut wording.text));
            self.all(one.points.iter_mut().flatten());
            self.all(one.links.iter_mut().flatten().map(|link| &mut link.text));
        }
    }
}
