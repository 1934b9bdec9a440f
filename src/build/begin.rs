//! Begins editions: a first report, and the next edition of one that is there.

use super::{Options, Outcome, ReportBuilder, find_schemas, status};
use crate::begin::{Asked, Beginning, roll_forward, sample, workflow};
use crate::diagnostic::{Findings, any_errors};
use crate::due::EditionStatus;
use crate::model::Parsed;
use crate::model::values::Date;
use crate::{publish, schema};

/// What was written.
pub struct Begun {
    /// What was done, a sentence each.
    pub done: Vec<String>,
    /// The files, by their paths from the content folder.
    pub files: Vec<String>,
}

impl Begun {
    fn write(options: &Options, beginning: Beginning) -> Result<Self, Findings> {
        let Beginning { files, done } = beginning;
        // Editors are told of the files of a first report, and of others where they are told of any.
        let tells_editors =
            !publish::is_there(&options.content) || publish::is_there(&options.content.join(schema::FOLDER));
        publish::begin(&options.content, &files)?;
        let files: Vec<String> = files.into_iter().map(|(path, _)| path).collect();
        if tells_editors {
            find_schemas(options).write_for(&files)?;
        }
        Ok(Self { done, files })
    }
}

/// Writes the folder of the next edition of a report, and says how far it is. Nothing where a finding says why not.
pub fn begin_next(options: &Options, asked: &Asked) -> (Outcome, Option<(Begun, Option<EditionStatus>)>) {
    let content = ReportBuilder::default().read(options);
    let mut findings = content.findings();
    let begun = match &content.project {
        Some(project) if !any_errors(&findings) => {
            roll_forward(&content.tree, &Parsed::read(&content.tree), project, asked)
                .and_then(|beginning| Begun::write(options, beginning))
        }
        Some(_) | None => Err(Findings::new()),
    };
    let begun = begun.map_err(|faults| findings.extend(faults)).ok();
    let next = Options { reports: vec![asked.new.to_owned()], ..options.clone() };
    let begun = begun.map(|begun| (begun, status(&next).1.pop()));
    (content.outcome(findings, Default::default(), None), begun)
}

/// Writes a content folder with a first report.
pub fn begin_first(options: &Options, report: &str, today: Date) -> Result<Begun, Findings> {
    Begun::write(options, sample(report, today)?)
}

/// Writes the workflow that checks and builds the content at every change, beside its folder.
pub fn begin_action(options: &Options, from: &str) -> Result<Begun, Findings> {
    let name = options.content.file_name().unwrap_or_default().to_string_lossy();
    let Beginning { files, done } = workflow(&name, from);
    publish::begin(&options.content.with_file_name(""), &files)?;
    Ok(Begun { done, files: files.into_iter().map(|(path, _)| path).collect() })
}
