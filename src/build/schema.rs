//! Schemas for editors in the content folder, and the lines that name them in its files.

use std::path::PathBuf;

use super::{Options, Outcome, ReportBuilder};
use crate::diagnostic::Findings;
use crate::model::Parsed;
use crate::publish::{Renewal, Rewrite, begin, is_there, renew, renewals, rewrite};
use crate::schema::{self, MADE, Named, NamedFile};

/// What would be written.
pub struct Schemas {
    pub outcome: Outcome,
    /// The schemas with their paths from the content folder, and what becomes of each.
    pub schemas: Vec<(String, Renewal)>,
    /// The files whose kind is known.
    pub files: Vec<NamedFile>,
    /// The settings of an editor that name the schemas of files which do not name theirs, with the path from the folder
    /// that the content lies in; none where every file does, or where there are settings already.
    pub settings: Option<(String, String)>,
    content: PathBuf,
}

/// Finds what editors need to be told of a content folder. What is wrong with its files does not matter here.
pub fn find_schemas(options: &Options) -> Schemas {
    let content = ReportBuilder::default().read(options);
    let files = schema::named(&content.tree, &Parsed::read(&content.tree));
    let (mut findings, texts) = (Findings::new(), schema::schemas());
    let found = renewals(&options.content, &texts, MADE).map_err(|faults| findings.extend(faults)).unwrap_or_default();
    let schemas = texts.into_iter().map(|(path, _)| path).zip(found).collect();
    let folder = options.content.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let settings = schema::settings(&folder, &files);
    let settings = settings.filter(|(path, _)| !is_there(&options.content.with_file_name("").join(path)));
    Schemas {
        outcome: content.outcome(findings, Default::default(), None),
        schemas,
        files,
        settings,
        content: options.content.clone(),
    }
}

impl Schemas {
    /// Whether everything is as it should be.
    pub fn is_done(&self) -> bool {
        let is_named = |file: &NamedFile| !matches!(file.named, Named::ByLine { .. });
        self.settings.is_none()
            && self.files.iter().all(is_named)
            && self.schemas.iter().all(|(_, renewal)| *renewal == Renewal::Kept)
    }

    /// Writes the schemas, and the first lines of some files, which are new.
    pub fn write_for(&self, paths: &[String]) -> Result<(), Findings> {
        renew(&self.content, &schema::schemas(), MADE)?;
        self.write_lines(|path| paths.iter().any(|one| one == path))
    }

    /// Writes the schemas, the settings, and the first lines; nothing else in any file changes.
    pub fn write(&self) -> Result<(), Findings> {
        renew(&self.content, &schema::schemas(), MADE)?;
        if let Some((path, text)) = &self.settings {
            begin(&self.content.with_file_name(""), &[(path.clone(), text.clone().into_bytes())])?;
        }
        self.write_lines(|_| true)
    }

    fn write_lines(&self, is_meant: impl Fn(&str) -> bool) -> Result<(), Findings> {
        let texts = self.files.iter().filter(|file| is_meant(&file.path)).filter_map(|file| {
            let Named::ByLine { text, .. } = &file.named else { return None };
            let before = &self.outcome.sources.file(file.file).text;
            Some(Rewrite::of_text(self.content.join(&file.path), before, text.as_str()))
        });
        rewrite(&self.content, &texts.collect::<Vec<_>>())
    }
}
