//! The parts of a report as text: each is written by itself, so that one that did not change is not written again.

use tera::{Context, Tera, Value};

use super::{Prepared, Renderer};
use crate::diagnostic::Unfiled;
use crate::view::{Page, PartView};

/// What reports are written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Web,
    Pdf,
}

/// The parts of a report in one form, section by section.
#[derive(Default)]
pub struct Parts(Vec<Vec<Value>>);

/// A report whose parts were written before.
pub struct Written<'a> {
    pub page: &'a Page,
    pub parts: &'a Parts,
}

impl Renderer {
    /// Writes the parts of a report for one form. Those that are as they were before are taken from there: a part is
    /// made of what it shows and of the organisation, and of nothing else.
    pub fn parts(
        &self,
        form: Form,
        prepared: &Prepared,
        page: &Page,
        before: Option<&Written>,
    ) -> Result<Parts, Box<Unfiled>> {
        let engine = match form {
            Form::Web => &self.html,
            Form::Pdf => &self.typst,
        };
        let before = before.filter(|before| before.page.organisation == page.organisation);
        let sections = page.sections.iter().zip(list(prepared.0.get("sections")));
        let parts = sections.map(|(section, values)| {
            let parts = section.parts.iter().zip(list(values.get_from_path("parts")));
            let parts = parts.map(|(part, value)| match before.and_then(|before| before.part(&section.id, part)) {
                Some(text) => Ok(text.clone()),
                None => self.part(engine, value, prepared),
            });
            parts.collect()
        });
        parts.collect::<Result<_, _>>().map(Parts)
    }

    fn part(&self, engine: &Tera, part: &Value, prepared: &Prepared) -> Result<Value, Box<Unfiled>> {
        let mut arguments = Context::new();
        arguments.insert_value("part", part.clone());
        if let Some(organisation) = prepared.0.get("organisation") {
            arguments.insert_value("organisation", organisation.clone());
        }
        let text = engine.render_component("Part", &arguments, None, true).map_err(|error| self.failed(&error))?;
        Ok(Value::safe_string(&text))
    }
}

impl Parts {
    /// What templates know them by.
    pub(super) fn value(&self) -> Value {
        Value::from(self.0.clone())
    }
}

impl Written<'_> {
    fn part(&self, section: &str, part: &PartView) -> Option<&Value> {
        let place = self.page.sections.iter().position(|one| one.id == section)?;
        let part = self.page.sections[place].parts.iter().position(|one| one == part)?;
        self.parts.0.get(place)?.get(part)
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).unwrap_or_default()
}
