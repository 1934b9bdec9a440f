//! Workbooks made of parts that are written here.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::office::sheet::{Cell, Position, Sheet, Shown, Visibility, Workbook};
use crate::office::workbook::{TextForm, read};

const STYLES: &str = "\
<style:style style:name='white' style:family='table-cell'><style:text-properties fo:color='#ffffff'/></style:style>\
<style:style style:name='of-white' style:family='table-cell' style:parent-style-name='white'/>\
<style:style style:name='dark' style:family='table-cell' style:parent-style-name='white'>\
<style:table-cell-properties fo:background-color='#000000'/></style:style>\
<style:style style:name='small' style:family='table-cell' style:data-style-name='N1'/>\
<style:style style:name='lost' style:family='table-cell' style:data-style-name='N99'/>\
<style:style style:name='mapped' style:family='table-cell'><style:map style:condition='cell-content()&lt;5' style:apply-style-name='white'/></style:style>\
<style:style style:name='day' style:family='table-cell' style:data-style-name='N2'/>\
<style:style style:name='hidden' style:family='table'><style:table-properties table:display='false'/></style:style>\
<number:number-style style:name='N1P0'><number:text>&lt;5</number:text></number:number-style>\
<number:number-style style:name='N1'><number:number number:decimal-places='0' number:min-integer-digits='1'/>\
<style:map style:condition='value()&lt;5' style:apply-style-name='N1P0'/></number:number-style>\
<number:date-style style:name='N2'><number:day/><number:text> </number:text><number:month number:style='long' number:textual='true'/></number:date-style>";

/// A workbook with these tables.
fn workbook(tables: &str) -> Workbook {
    let content = format!(
        "<office:x><office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:x>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    read("test.ods", &writer.finish().unwrap().into_inner(), &TextForm::default()).unwrap()
}

fn sheet(rows: &str) -> Sheet {
    workbook(&format!("<table:table table:name='One'>{rows}</table:table>")).sheets.remove(0)
}

fn cell<'s>(sheet: &'s Sheet, place: &str) -> &'s Cell {
    &sheet.cells[&Position::read(place).unwrap()]
}

fn shown(sheet: &Sheet, place: &str) -> String {
    match &cell(sheet, place).shown {
        Shown::Text(text) | Shown::Error(text) | Shown::Duration { text } => text.clone(),
        Shown::Number { text, .. } | Shown::Day { text, .. } => text.clone(),
        Shown::Truth(truth) => truth.to_string(),
        Shown::Refused(refused) => format!("!{refused:?}"),
    }
}

fn number(style: &str, value: &str, text: &str) -> String {
    format!(
        "<table:table-cell table:style-name='{style}' office:value-type='float' office:value='{value}'><text:p>{text}</text:p></table:table-cell>"
    )
}

#[test]
fn what_is_hidden_never_comes_out() {
    let cells = [
        number("white", "3", "3"),
        number("of-white", "3", "3"),
        number("dark", "3", "3"),
        number("small", "3", "&lt;5"),
        number("small", "12", "12"),
        number("mapped", "3", "3"),
        number("mapped", "12", "12"),
        number("lost", "3", "3"),
        number("Default", "3", ""),
        number("Default", "3", "&lt;5"),
        number("small", "12", "13 [p]"),
    ];
    let sheet = sheet(&format!("<table:table-row>{}</table:table-row>", cells.concat()));
    let all: Vec<String> = sheet.cells.keys().map(|place| shown(&sheet, &place.to_string())).collect();
    let (masked, unknown) = ("!Masked", "!UnknownFormat");
    assert_eq!(all, [masked, masked, "3", masked, "12", masked, "12", unknown, masked, masked, unknown]);
    for cell in sheet.cells.values().filter(|cell| matches!(cell.shown, Shown::Refused(_))) {
        assert_eq!(cell.stored, "");
    }
}

#[test]
fn conditional_formats_lie_over_cells() {
    let rules = "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address='One.A1:One.B1'>\
                 <calcext:condition calcext:apply-style-name='white' calcext:value='&lt;5'/></calcext:conditional-format>\
                 <calcext:conditional-format calcext:target-range-address='One.C1:One.C1'><calcext:data-bar calcext:show-value='false'/>\
                 </calcext:conditional-format></calcext:conditional-formats>";
    let cells = [number("Default", "3", "3"), number("Default", "12", "12"), number("Default", "12", "12")].concat();
    let sheet = sheet(&format!("<table:table-row>{cells}</table:table-row>{rules}"));
    assert_eq!(["A1", "B1", "C1"].map(|place| shown(&sheet, place)), ["!Masked", "12", "!Masked"]);
}

#[test]
fn rows_and_columns_stand_as_often_as_they_repeat() {
    let rows = "<table:table-column table:number-columns-repeated='2'/><table:table-column table:visibility='collapse' table:number-columns-repeated='16382'/>\
                <table:table-row table:number-rows-repeated='3' table:visibility='filter'><table:table-cell table:number-columns-repeated='2' office:value-type='string'>\
                <text:p>a<text:s text:c='2'/>b  c</text:p><text:p>d</text:p></table:table-cell></table:table-row>\
                <table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
                <table:table-row><table:table-cell table:number-columns-spanned='2' office:value-type='date' table:style-name='day' office:date-value='2017-03-31'><text:p>31 March</text:p></table:table-cell>\
                <table:covered-table-cell office:value-type='string'><text:p>under</text:p></table:covered-table-cell>\
                <table:table-cell table:formula='of:=[&apos;file:///a.ods&apos;#$One.A1]'/></table:table-row>";
    let sheet = sheet(rows);
    assert_eq!(sheet.cells.len(), 9);
    assert_eq!(shown(&sheet, "B3"), "a  b c\nd");
    assert_eq!(sheet.filtered_rows.iter().copied().collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [2]);
    assert_eq!(
        ["A1000004", "B1000004", "C1000004"].map(|place| shown(&sheet, place)),
        ["31 March", "!WithinMerged", "!NoValue"]
    );
    assert!(cell(&sheet, "C1000004").formula.as_ref().unwrap().from_elsewhere);
    assert_eq!(sheet.merged[0].to_string(), "A1000004:B1000004");
}

#[test]
fn names_comments_and_hidden_sheets_are_known() {
    let tables = "<table:table table:name='My own' table:style-name='hidden'><table:table-row><table:table-cell office:value-type='string'>\
                  <office:annotation><dc:creator>JS</dc:creator><text:p>Check</text:p></office:annotation><text:p>x</text:p></table:table-cell>\
                  </table:table-row></table:table><table:named-expressions><table:named-range table:name='Here' table:cell-range-address=\"$'My own'.$A$1:.$B$2\"/>\
                  </table:named-expressions><table:database-ranges><table:database-range table:name='Staff' table:target-range-address=\"'My own'.A1:'My own'.B2\"/></table:database-ranges>";
    let read = workbook(tables);
    assert_eq!(read.sheets[0].visibility, Visibility::Hidden);
    let comment = &cell(&read.sheets[0], "A1").comments[0];
    assert_eq!((comment.by.as_deref(), comment.text.as_str()), (Some("JS"), "Check"));
    assert_eq!((read.names[0].name.as_str(), read.names[0].block.to_string().as_str()), ("Here", "A1:B2"));
    assert_eq!(read.sheets[0].tables[0].0, "Staff");
}
