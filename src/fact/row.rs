//! What a text says of the row that its report is made for: `{{ row.name }}`.

use super::Facts;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Cell, GroupRow, without_notes};

/// Words of a row: its name, its id, or a text of the table.
pub(super) struct RowWords {
    /// Without its notes.
    pub text: String,
    /// Where they were typed.
    pub at: Span,
    /// Whether the table names its source, which covers numbers in its names.
    pub has_source: bool,
}

impl Facts<'_> {
    /// The words that an address of a row leads to, seen from a report; none where it leads to a figure or nowhere.
    pub(super) fn row_words(&self, scope: &str, address: &str) -> Option<RowWords> {
        let field = address.strip_prefix("row.")?;
        let row = self.row(scope)?;
        let (text, at) = match (field, row.cell(field)) {
            ("name", _) => (row.row().name.value.as_str(), row.row().name.at),
            ("id", _) => (row.row().id.as_str(), row.row().name.at),
            (_, Some(cell)) => match &cell.value {
                Cell::Text(text) => (text.as_str(), cell.at),
                Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed => return None,
            },
            (_, None) => return None,
        };
        Some(RowWords { text: without_notes(text), at, has_source: row.group.table.source.is_some() })
    }

    /// Why an address of a row leads to no figure; none where it is not an address of a row.
    pub(super) fn not_in_row(&self, scope: &str, address: &str) -> Option<Diagnostic> {
        let field = address.strip_prefix("row.")?;
        let fault = |message: String| Diagnostic::error_nowhere(Code::UnknownFact, message);
        let Some(row) = self.row(scope) else {
            return Some(
                Diagnostic::error_nowhere(
                    Code::BrokenPlaceholder,
                    format!("there is no row for `{address}`: this report is not made for one"),
                )
                .help("write `for-each: {row-of: FILE.yaml, called: …}` in report.yaml, or name another figure"),
            );
        };
        let (name, file) = (without_notes(&row.row().name.value), &row.group.file);
        Some(match row.cell(field).map(|cell| (&cell.value, cell.at)) {
            Some((Cell::Figure(figure), at)) if figure.is_absent() => {
                fault(format!("there is no figure `{address}` for {name}: {file} says {figure}"))
                    .also(at, "the row's value")
                    .help("write the figure in the table, or a text that is true without it")
            }
            Some((Cell::Text(_), _)) => fault(format!("`{address}` is a text, with which nothing can be calculated")),
            _ if matches!(field, "name" | "id") => {
                fault(format!("`{address}` is a text, with which nothing can be calculated"))
            }
            Some((Cell::Figure(_) | Cell::Day(_) | Cell::Bound(_) | Cell::Computed, _)) => {
                fault(format!("there is no figure `{address}`"))
            }
            None => fault(format!("{file} has no column `{field}`"))
                .did_you_mean(field, row.fields())
                .help(format!("a row has {}", row.fields().collect::<Vec<_>>().join(", "))),
        })
    }

    /// The row that a report is made for.
    pub fn row(&self, scope: &str) -> Option<&GroupRow> {
        self.scopes.get(scope)?.row
    }
}
