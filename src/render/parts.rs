//! The parts of a report as text: each is written by itself, so that one that did not change is not written again.

use tera::{Context, Value};

use super::language::Speaking;
use super::{PageContext, Renderer, narrow};
use crate::diagnostic::Diagnostic;
use crate::source::reach;
use crate::view::{Page, PartView};

/// The parts of a report in one form, as text, section by section.
#[derive(Default)]
pub struct Parts(Vec<Vec<Value>>);

/// A report whose parts were written before.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub page: &'a Page,
    pub parts: &'a Parts,
}

impl Renderer {
    /// Writes the parts of a report with a template. Those that are as they were before are taken from there: a part is
    /// made of what it shows, of the organisation and of the words of its language, and of nothing else.
    pub(super) fn parts(
        &self,
        (engine, template): (&Speaking, &str),
        context: &PageContext,
        before: Option<Written>,
    ) -> Result<Parts, Box<Diagnostic>> {
        let PageContext { page, values, .. } = context;
        let before = before
            .filter(|before| before.page.organisation == page.organisation && before.page.wording == page.wording);
        let sections = page.sections.iter().zip(list(values.get("sections")));
        let texts = sections.map(|(section, value)| {
            let parts = section.parts.iter().zip(list(value.get_from_path("parts")));
            let texts = parts.map(|(part, value)| match before.and_then(|before| before.text(&section.id, part)) {
                Some(text) => Ok(text.clone()),
                None => self.part((engine, template), value, context),
            });
            texts.collect()
        });
        texts.collect::<Result<_, _>>().map(Parts)
    }

    fn part(
        &self,
        (engine, template): (&Speaking, &str),
        part: &Value,
        context: &PageContext,
    ) -> Result<Value, Box<Diagnostic>> {
        let mut values = Context::new();
        values.insert_value("part", part.clone());
        if let Some(organisation) = context.values.get("organisation") {
            values.insert_value("organisation", organisation.clone());
        }
        let text = self.render(engine, template, values, context.sources)?;
        Ok(Value::safe_string(&if template == reach::WEB_PART { narrow::tags(&text) } else { text }))
    }
}

impl Parts {
    /// Each part, with the places of its section and of itself there.
    pub fn texts(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        let sections = self.0.iter().enumerate();
        sections.flat_map(|(section, parts)| {
            let parts = parts.iter().enumerate();
            parts.filter_map(move |(place, text)| Some((section, place, text.as_str()?)))
        })
    }

    /// What templates put into their places.
    pub(super) fn value(&self) -> Value {
        Value::from(self.0.clone())
    }
}

impl<'a> Written<'a> {
    fn text(&self, section: &str, part: &PartView) -> Option<&'a Value> {
        let place = self.page.sections.iter().position(|one| one.id == section)?;
        let place_in_section = self.page.sections[place].parts.iter().position(|one| one == part)?;
        self.parts.0.get(place)?.get(place_in_section)
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::diagnostic::Findings;
    use crate::source::layers;
    use crate::source::reach::{PDF_PART, WEB_PART};
    use crate::view::{CopyEditor, page};
    use crate::{fact, model, source};

    #[test]
    fn parts_that_are_as_they_were_are_not_written_again_wherever_they_stand_now() {
        let (tree, mut findings) = source::read(Path::new("content"));
        let project = model::load(&tree, &mut findings).unwrap();
        let facts = fact::facts(&project, &tree.sources, &mut findings);
        let passages = fact::passages(&project, &facts, &tree.sources, &mut findings);
        let templates = Arc::new(layers::templates(None, &mut Findings::new()));
        let renderer = Renderer::new(&templates, &[], Duration::from_secs(30), &tree.sources, &mut findings).unwrap();
        let engines = renderer.languages.of(crate::wording::Wording::english());
        let write = |template, page: &Page, before: Option<Written>| {
            renderer.parts(template, &renderer.page_context(page, &tree.sources).unwrap(), before).unwrap()
        };
        for report in &project.reports {
            let draw = || page(&CopyEditor::new(&project, report, &facts, &passages), None);
            let page = draw();
            let mut moved = draw();
            moved.sections.rotate_left(1);
            moved.sections.iter_mut().for_each(|section| section.parts.reverse());
            for template in [(&engines.html, WEB_PART), (&engines.typst, PDF_PART)] {
                let fresh = write(template, &page, None);
                assert!(fresh.0.iter().flatten().all(|text| text.is_safe() && text.len() > Some(0)));
                // Texts that nobody would write show where each is taken from.
                let name = |place: usize, parts: &Vec<Value>| {
                    (0..parts.len()).map(|part| Value::safe_string(&format!("{place}.{part}"))).collect()
                };
                let known = Parts(fresh.0.iter().enumerate().map(|(place, parts)| name(place, parts)).collect());
                let before = Written { page: &page, parts: &known };
                assert_eq!(write(template, &page, Some(before)).0, known.0);
                let mut expected = known.0.clone();
                expected.rotate_left(1);
                expected.iter_mut().for_each(|parts| parts.reverse());
                assert_eq!(write(template, &moved, Some(before)).0, expected);
                let mut renamed = draw();
                renamed.organisation.telephone.push('9');
                assert!(write(template, &renamed, Some(before)).0.iter().flatten().all(|text| text.len() > Some(4)));
            }
        }
    }
}
