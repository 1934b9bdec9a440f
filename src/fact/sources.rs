//! The documents that figures are taken from, by their ids.

use super::Facts;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::model::values::Id;
use crate::yaml::At;

impl Facts<'_> {
    /// The title of the source of that id.
    pub fn source(&self, scope: &str, id: &str) -> Option<&str> {
        let named = |name: &str| self.sources.get(name).map(|title| title.value.as_str());
        named(&format!("{scope}.{id}")).or_else(|| named(id))
    }

    /// The ids of the sources that can be named from a scope.
    pub fn source_ids(&self, scope: &str) -> Vec<&str> {
        let local = |id: &'_ str| id.strip_prefix(scope).and_then(|rest| rest.strip_prefix('.')).is_some();
        let ids = self.sources.keys().map(String::as_str);
        ids.filter(|id| !id.contains('.') || local(id)).map(|id| id.rsplit('.').next().unwrap_or(id)).collect()
    }

    /// A source that is named must be there.
    pub fn check_source(&self, scope: &str, id: &At<Id>, findings: &mut Findings) {
        if self.whole && self.source(scope, id.value.as_str()).is_none() {
            findings.push(
                Diagnostic::error(Code::UnknownReference, id.at, format!("there is no source `{}`", id.value))
                    .did_you_mean(id.value.as_str(), self.source_ids(scope))
                    .help("sources stand at the top of facts.yaml"),
            );
        }
    }
}
