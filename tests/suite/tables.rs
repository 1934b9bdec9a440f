//! Tables as they are read: the same in the page and in the PDF.

use scraper::{Html, Selector};

use crate::support::pdf::TaggedPdf;
use crate::support::{Sandbox, root};

/// The cells of the rows of a small table in the page; those of the PDF are the same.
fn rows(table: &str) -> Vec<Vec<String>> {
    let sandbox = Sandbox::of(&root().join("tests/fixtures/cases/table-with-remarks/content"));
    sandbox.write("example/t.yaml", table);
    let sandbox = sandbox.built();
    let page = Html::parse_document(&sandbox.text("example/index.html"));
    let (row, cell) = (Selector::parse("tbody tr").unwrap(), Selector::parse("th, td").unwrap());
    let on_page: Vec<Vec<String>> = page
        .select(&row)
        .map(|row| row.select(&cell).map(|cell| cell.text().collect::<String>().trim().to_owned()).collect())
        .collect();
    let pdf = TaggedPdf::read(&sandbox.bytes("example/example.pdf"));
    let in_pdf: Vec<Vec<String>> = pdf.root.all("Table")[0]
        .all("TR")
        .iter()
        .map(|row| row.children.iter().map(|cell| cell.text.clone()).collect())
        .skip(1)
        .collect();
    assert_eq!(on_page, in_pdf);
    on_page
}

/// A reader looks for the unit of every row where there is a column of units.
#[test]
fn a_row_without_a_unit_has_that_of_the_table_or_a_dash() {
    let table = |unit: &str| {
        format!(
            "source: library-returns\ncaption: Figures\n{unit}rows-are: Measure\ncolumns: [{{id: now, name: Now}}]\nrows:\n  \
             - {{name: Hours open, unit: hours, values: [412]}}\n  - {{name: Grants, values: [5]}}\n"
        )
    };
    assert_eq!(rows(&table("unit: £'000\n")), [["Hours open", "hours", "412"], ["Grants", "£'000", "5"]]);
    assert_eq!(rows(&table("")), [["Hours open", "hours", "412"], ["Grants", "–", "5"]]);
}

/// A total of texts and days is nothing, and no missing figure.
#[test]
fn a_computed_total_of_texts_and_days_prints_nothing() {
    let table = "source: library-returns\ncaption: Actions\nrows-are: Action\ncolumns:\n  \
                 - {id: done, name: Done, type: count}\n  - {id: remark, name: Remark, type: text}\n  \
                 - {id: by, name: By, type: date}\nrows:\n  - {name: Roof, values: [1, Mended, 2026-01-31]}\n  \
                 - {name: Letters, values: [2, Answered, 2026-02-28]}\n  - {name: All, total: yes}\n";
    let last = rows(table).pop().unwrap();
    assert_eq!(last, ["All", "3", "", ""]);
}
