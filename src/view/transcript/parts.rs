//! Sections and their parts.

use super::{Gatherer, item, said};
use crate::model::{Chart, Data, Figure, KeyFigure, Part, Section, Term, numbering};
use crate::transcript::{Item, ItemKind};

impl Gatherer<'_> {
    pub(super) fn section(&self, section: &Section) -> Item {
        let mut texts = vec![self.text("title", &section.title)];
        texts.extend(self.optional("standfirst", &section.standfirst));
        texts.extend(
            numbering::lettered(self.editor.report, section).map(|letter| said("lettered", &letter, section.id.at)),
        );
        Item {
            id: section.id.value.to_string(),
            texts,
            items: section.parts.iter().map(|part| self.part(part, section)).collect(),
            ..item(ItemKind::Section, section.id.at)
        }
    }

    /// A part: its words, or the name of the file that it shows and in which way.
    fn part(&self, part: &Part, section: &Section) -> Item {
        let whole = |id: &str, texts, items| {
            let id = format!("{} {id}", part.component());
            Item { id: id.trim_end().to_owned(), texts, items, ..item(ItemKind::Part, section.id.at) }
        };
        match part {
            Part::Prose(blocks) => {
                let file = super::prose::place(blocks).map(|at| self.file_name(at)).unwrap_or_default();
                whole(&file, Vec::new(), self.blocks(blocks))
            }
            Part::CaseStudy(study, blocks) => {
                let mut texts = vec![self.text("label", &study.label), self.text("title", &study.title)];
                texts.extend(self.optional("figure", &study.figure));
                texts.extend(self.optional("detail", &study.detail));
                whole(&study.text.value, texts, self.blocks(blocks))
            }
            Part::Signatory(one) => {
                let texts = [("name", &one.name), ("role", &one.role), ("organisation", &one.organisation)];
                whole("", texts.map(|(name, text)| self.text(name, text)).into(), Vec::new())
            }
            Part::KeyFigures(figures) => {
                whole("", Vec::new(), figures.iter().map(|one| self.key_figure(one)).collect())
            }
            Part::PullOut(text) => whole("", vec![self.text("words", text)], Vec::new()),
            Part::Quotation(one) => {
                let mut texts = vec![self.text("words", &one.words), self.text("speaker", &one.speaker)];
                texts.extend(self.optional("role", &one.role));
                whole("", texts, Vec::new())
            }
            Part::Glossary(terms) => whole("", Vec::new(), terms.iter().map(|one| self.term(one)).collect()),
            Part::ListOf(kind) => whole(kind.value.word(), Vec::new(), Vec::new()),
            // An empty slot shows nothing.
            Part::Figure(figures) => {
                let shown = figures.iter().filter(|(_, picture)| picture.is_some());
                whole("", Vec::new(), shown.map(|(one, _)| self.picture(one)).collect())
            }
            Part::Contacts => whole("", Vec::new(), Vec::new()),
            Part::Data { stem, .. } => whole(stem, Vec::new(), Vec::new()),
            Part::Chart(chart) => {
                Item { at: Some(chart.at), ..self.chart(chart, whole(&chart.stem, Vec::new(), Vec::new())) }
            }
        }
    }

    fn key_figure(&self, one: &KeyFigure) -> Item {
        let mut texts = vec![self.text("label", &one.label), self.text("figure", &one.figure)];
        texts.extend(self.optional("change", &one.change));
        texts.extend(self.optional("detail", &one.detail));
        Item { id: one.label.value.clone(), texts, ..item(ItemKind::KeyFigure, one.label.at) }
    }

    fn term(&self, one: &Term) -> Item {
        Item {
            id: one.term.value.clone(),
            texts: vec![self.text("term", &one.term), self.text("means", &one.means)],
            ..item(ItemKind::Term, one.term.at)
        }
    }

    fn picture(&self, one: &Figure) -> Item {
        let mut texts = vec![self.text("caption", &one.caption), self.text("alternative-text", &one.alt)];
        texts.extend(self.optional("credit", &one.credit));
        texts.extend(one.size.as_ref().map(|size| said("size", size.value.shown(), size.at)));
        let file = one.picture.as_ref().map(|file| file.value.clone()).unwrap_or_default();
        Item { id: file, texts, ..item(ItemKind::Picture, one.caption.at) }
    }

    /// What a chart draws, in which form; its figures are those of the file.
    fn chart(&self, chart: &Chart, part: Item) -> Item {
        let (rows, columns): (Vec<&str>, Vec<&str>) = match &chart.data {
            Data::Table(file, _) => (
                chart.rows.iter().filter_map(|row| file.rows.get(*row)).map(|row| row.id.as_str()).collect(),
                chart
                    .columns
                    .iter()
                    .filter_map(|one| file.columns.get(*one))
                    .map(|one| one.id.value.as_str())
                    .collect(),
            ),
            Data::Indicators(file, _) => {
                let all: Vec<&str> = file.indicators().map(|one| one.id.value.as_str()).collect();
                (chart.rows.iter().filter_map(|place| all.get(*place).copied()).collect(), Vec::new())
            }
            Data::Survey(_) | Data::Deliverables(..) => Default::default(),
        };
        let mut texts: Vec<_> = self.optional("title", &chart.title).into_iter().collect();
        texts.push(said("form", chart.form.shown(), chart.at));
        texts.push(said("along", chart.along.shown(), chart.at));
        texts.push(said("draws", &[rows, columns].concat().join(", "), chart.at));
        Item { texts, ..part }
    }
}
