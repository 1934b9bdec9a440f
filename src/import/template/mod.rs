//! The workbook in which those who supply figures fill them in: every data file of a report as a sheet, with its rows and
//! columns fixed.
//!
//! In: a report. Out: the bytes of a workbook, and the lines of `imports.yaml` by which it comes back. The steps: [`form`]
//! lays a data file out, [`codes`] finds how each figure is shown, [`sums`] what is calculated from others, and [`write`]
//! makes the workbook. Rows are found again by their ids, columns by their headings, so that nothing need be asked.

mod codes;
mod form;
mod sums;
mod write;

use super::lines::data_file;
use crate::check::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Report;
use form::Form;

/// What stands over the columns before the figures.
const FIXED: [&str; 3] = ["Ref", "Name", "Unit"];

/// How the heading ends of a column that shows what stands in the report so far.
const SO_FAR: &str = " so far";

/// A workbook to be filled in.
pub struct Template {
    pub bytes: Vec<u8>,
    /// Its sheets, each with how many cells are to be filled in.
    pub sheets: Vec<(String, usize)>,
    /// What `imports.yaml` says of it.
    pub yaml: String,
    /// Data files that have no sheet, each with the reason.
    pub left_out: Vec<(String, &'static str)>,
}

/// The workbook of a report, which is called so when it comes back; the finding says why there is none.
pub fn template(subject: &Subject, report: &Report, workbook: &str) -> Result<Template, Box<Diagnostic>> {
    let (mut forms, mut left_out): (Vec<Form>, Vec<_>) = (Vec::new(), Vec::new());
    let mut known = Vec::new();
    for (stem, data) in report.parts().filter_map(|part| part.data()) {
        if known.contains(&stem) {
            continue;
        }
        known.push(stem);
        let name = format!("{stem}.yaml");
        let form =
            data_file(subject, report, &name).and_then(|file| Form::of(subject, report, stem, data, &file.lines));
        match form {
            Ok(form) => forms.push(form),
            Err(why) => left_out.push((name, why)),
        }
    }
    if forms.is_empty() {
        let message = format!("{} has no figures that could be filled in", report.folder);
        let finding = Diagnostic::error_nowhere(Code::ImportRefused, message)
            .help("a workbook has the rows of indicators, tables, costs and surveys that a report shows");
        return Err(Box::new(finding));
    }
    form::name_apart(&mut forms);
    let title = format!("{}: figures to be filled in", report.head.title.value);
    let bytes = write::workbook(&title, &forms).map_err(|error| {
        let message = format!("no workbook can be made: {error}");
        Box::new(Diagnostic::error_nowhere(Code::ImportRefused, message))
    })?;
    let yaml = forms.iter().map(|form| form.yaml(workbook)).collect::<Vec<_>>().join("\n\n");
    let sheets = forms.iter().map(|form| (form.sheet.clone(), form.to_fill())).collect();
    Ok(Template { bytes, sheets, yaml, left_out })
}

/// Whether a heading of a workbook stands over what such a workbook shows beside the cells that are filled in.
pub fn is_beside(heading: &str) -> bool {
    heading.ends_with(SO_FAR) || FIXED.contains(&heading)
}
