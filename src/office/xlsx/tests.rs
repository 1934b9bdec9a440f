//! Workbooks made of parts that are written here.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::office::sheet::{Cell, Position, Refused, Sheet, Shown, Unreadable, Visibility, Workbook};
use crate::office::workbook::{TextForm, read};

/// A workbook of these parts, by their names.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet; `extra` parts go before the usual ones of their name.
fn workbook(sheet: &str, extra: &[(&str, &str)]) -> Result<Workbook, Unreadable> {
    const ROOTS: &str =
        "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='/xl/workbook.xml'/></Relationships>";
    const RELATIONS: &str =
        "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/one.xml'/></Relationships>";
    const BOOK: &str = "<workbook><sheets><sheet name='One' sheetId='1' r:id='r1'/></sheets></workbook>";
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    let usual = [
        ("_rels/.rels", ROOTS),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/worksheets/one.xml", &sheet),
    ];
    let rest = usual.iter().filter(|(name, _)| extra.iter().all(|(other, _)| other != name));
    let parts: Vec<(&str, &str)> = extra.iter().chain(rest).copied().collect();
    read("test.xlsx", &packed(&parts), &TextForm::default())
}

fn sheet(cells: &str, extra: &[(&str, &str)]) -> Sheet {
    workbook(cells, extra).unwrap().sheets.remove(0)
}

/// The cell of a sheet, and what it shows, briefly.
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

fn data(cells: &str) -> String {
    format!("<sheetData><row r='1'>{cells}</row></sheetData>")
}

/// Styles with these fonts, fills, formats and changes. Looks take font and fill by their numbers.
fn styles(fonts: &str, fills: &str, looks: &[(u32, u32, u32)], changes: &str) -> String {
    let looks: String = looks
        .iter()
        .map(|(format, font, fill)| format!("<xf numFmtId='{format}' fontId='{font}' fillId='{fill}'/>"))
        .collect();
    format!(
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0%'/><numFmt numFmtId='165' formatCode='[&lt;5]\"&lt;5\";0'/></numFmts>\
         <fonts><font/>{fonts}</fonts><fills><fill><patternFill patternType='none'/></fill>{fills}</fills>\
         <cellXfs><xf/>{looks}</cellXfs><dxfs>{changes}</dxfs></styleSheet>"
    )
}

#[test]
fn what_stands_in_a_cell_is_seen_as_its_look_shows_it() {
    let styles = styles("", "", &[(164, 0, 0), (44, 0, 0), (14, 0, 0)], "");
    let cells = data(
        "<c r='A1' s='1'><v>7.4999999999999997E-2</v></c><c r='B1' s='2'><v>-1234.5</v></c><c r='C1' s='3'><v>42825</v></c>\
         <c r='D1' t='b'><v>1</v></c><c r='E1' t='e'><v>#DIV/0!</v></c><c r='F1' t='inlineStr'><is><t>a_x000D_b</t></is></c>\
         <c t='str'><f>A1&amp;\"\"</f><v>x</v></c><c r='H1'><f>A1+1</f></c><c r='I1' t='d' s='3'><v>2017-03-31T00:00:00</v></c>\
         <c r='J1'><v>NaN</v></c>",
    );
    let sheet = sheet(&cells, &[("xl/styles.xml", &styles)]);
    let all: Vec<String> = sheet.cells.keys().map(|place| shown(&sheet, &place.to_string())).collect();
    let expected =
        ["7.5%", "-£1,234.50 ", "31/03/2017", "true", "#DIV/0!", "ab", "x", "!NoValue", "31/03/2017", "!UnknownFormat"];
    assert_eq!(all, expected);
    assert_eq!(cell(&sheet, "A1").stored, "0.075");
    assert_eq!(cell(&sheet, "G1").formula.as_ref().unwrap().text, "A1&\"\"");
    assert!(matches!(cell(&sheet, "B1").shown, Shown::Number { from_region: true, .. }));
    assert!(matches!(&cell(&sheet, "C1").shown, Shown::Day { iso, from_region: true, .. } if iso == "2017-03-31"));
}

#[test]
fn ink_of_the_papers_colour_hides_a_number() {
    let fonts = "<font><color rgb='FFFFFFFF'/></font><font><color theme='0'/></font><font><color theme='1' tint='0.99'/></font>\
                 <font><color indexed='9'/></font>";
    let fills = "<fill><patternFill patternType='solid'><fgColor theme='3'/></patternFill></fill>\
                 <fill><patternFill patternType='solid'><fgColor rgb='FF000000'/></patternFill></fill>";
    let looks = [(0, 1, 0), (0, 2, 0), (0, 3, 0), (0, 4, 0), (0, 0, 2), (0, 1, 1), (0, 2, 2)];
    let cells: String = (1..=7).map(|style| format!("<c s='{style}'><f>1+2</f><v>3</v></c>")).collect();
    let sheet = sheet(&data(&cells), &[("xl/styles.xml", &styles(fonts, fills, &looks, ""))]);
    for place in ["A1", "B1", "C1", "D1", "E1"] {
        assert_eq!(shown(&sheet, place), "!Masked", "{place}");
        assert_eq!((cell(&sheet, place).stored.as_str(), &cell(&sheet, place).formula), ("", &None));
    }
    assert_eq!((shown(&sheet, "F1").as_str(), shown(&sheet, "G1").as_str()), ("3", "3"));
}

#[test]
fn conditional_formats_that_may_hide_a_number_hide_it() {
    let changes = "<dxf><numFmt numFmtId='170' formatCode='\"[c]\"'/></dxf><dxf><font><color rgb='FFFFFFFF'/></font></dxf>\
                   <dxf><font><color rgb='FF9C0006'/></font><fill><patternFill><bgColor rgb='FFFFC7CE'/></patternFill></fill></dxf>\
                   <dxf><fill><patternFill><bgColor rgb='FF000000'/></patternFill></fill></dxf>";
    let rule = |column: &str, rule: &str| {
        format!("<conditionalFormatting sqref='{column}1:{column}2'>{rule}</conditionalFormatting>")
    };
    let rules = [
        rule("A", "<cfRule type='cellIs' dxfId='0' operator='lessThan'><formula>5</formula></cfRule>"),
        rule("B", "<cfRule type='expression' dxfId='1'><formula>B1&lt;5</formula></cfRule>"),
        rule("C", "<cfRule type='cellIs' dxfId='2' operator='lessThan'><formula>500</formula></cfRule>"),
        rule(
            "D",
            "<cfRule type='cellIs' dxfId='3' operator='between'><formula>1</formula><formula>4</formula></cfRule>",
        ),
        rule("E", "<cfRule type='dataBar'><dataBar showValue='0'/></cfRule>"),
        rule("F", "<cfRule type='dataBar'><dataBar/></cfRule><cfRule type='colorScale'><colorScale/></cfRule>"),
        rule("G", "<cfRule type='cellIs' dxfId='99' operator='equal'><formula>3</formula></cfRule>"),
    ];
    let inside = "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type='expression'><xm:f>TRUE</xm:f>\
                  <x14:dxf><numFmt formatCode=';;;'/></x14:dxf></x14:cfRule><xm:sqref>H1 H2</xm:sqref></x14:conditionalFormatting>\
                  </x14:conditionalFormattings></ext></extLst>";
    let row = |number: u32, value: u32| {
        let cells: String = ["A", "B", "C", "D", "E", "F", "G", "H"]
            .map(|column| format!("<c r='{column}{number}'><v>{value}</v></c>"))
            .concat();
        format!("<row r='{number}'>{cells}</row>")
    };
    let text = format!("<sheetData>{}{}</sheetData>{}{inside}", row(1, 3), row(2, 12), rules.concat());
    let sheet = sheet(&text, &[("xl/styles.xml", &styles("", "", &[], changes))]);
    let row = |number: u32| {
        ["A", "B", "C", "D", "E", "F", "G", "H"].map(|column| shown(&sheet, &format!("{column}{number}")))
    };
    assert_eq!(row(1), ["!Masked", "!Masked", "3", "!Masked", "!Masked", "3", "!Masked", "!Masked"]);
    assert_eq!(row(2), ["12", "!Masked", "12", "12", "!Masked", "12", "12", "!Masked"]);
}

#[test]
fn conditional_formats_for_numbers_leave_headings_alone() {
    let changes = "<dxf><numFmt formatCode='\"[c]\"'/></dxf><dxf><numFmt formatCode=';;;'/></dxf>";
    let rules = "<conditionalFormatting sqref='A:A'><cfRule type='cellIs' dxfId='0' operator='lessThan'><formula>5</formula></cfRule>\
                 <cfRule type='expression' dxfId='0'><formula>TRUE</formula></cfRule></conditionalFormatting>\
                 <conditionalFormatting sqref='B:B'><cfRule type='expression' dxfId='1'><formula>TRUE</formula></cfRule></conditionalFormatting>";
    let cells = data("<c r='A1' t='str'><v>Cases</v></c><c r='B1' t='str'><v>Cases</v></c>");
    let sheet = sheet(&format!("{cells}{rules}"), &[("xl/styles.xml", &styles("", "", &[], changes))]);
    assert_eq!([shown(&sheet, "A1"), shown(&sheet, "B1")], ["Cases", "!Masked"]);
}

#[test]
fn what_nobody_sees_is_said() {
    let text = "<sheetViews><sheetView showZeros='0'/></sheetViews><cols><col min='2' max='3' hidden='1'/><col min='5' max='5' width='0'/></cols>\
                <sheetData><row r='1' hidden='1'><c r='A1'><v>1</v></c></row><row r='2' ht='0'><c r='B2'><v>2</v></c></row>\
                <row r='3'><c r='A3'><v>0</v></c><c r='C3'><v>4</v></c><c r='D3'><v>5</v></c><c r='E3'><v>6</v></c></row>\
                <row r='4' hidden='1'><c r='A4'><v>7</v></c></row></sheetData>\
                <autoFilter ref='A3:A5'><filterColumn colId='0'/></autoFilter><mergeCells><mergeCell ref='C3:D3'/></mergeCells>";
    let sheet = sheet(text, &[]);
    assert_eq!(sheet.hidden_rows.iter().copied().collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(sheet.hidden_columns.iter().copied().collect::<Vec<_>>(), [1, 2, 4]);
    assert_eq!(sheet.filtered_rows.iter().copied().collect::<Vec<_>>(), [3]);
    assert_eq!(shown(&sheet, "A3"), "!Masked");
    assert_eq!((shown(&sheet, "C3").as_str(), shown(&sheet, "D3").as_str()), ("4", "!WithinMerged"));
    assert_eq!(cell(&sheet, "D3").stored, "");
}

#[test]
fn names_tables_and_kinds_of_sheets_are_known() {
    let book = "<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><workbookPr date1904='true'/><sheets>\
                <sheet name='One' r:id='r1'/><sheet name=\"It's 2\" state='veryHidden' r:id='r2'/><sheet name='Chart' r:id='r3'/></sheets>\
                <definedNames><definedName name='Total'>One!$B$2</definedName><definedName name='Here' localSheetId='1'>'It''s 2'!$A$1:$C$3</definedName>\
                <definedName name='_xlnm.Print_Area'>One!$A$1</definedName><definedName name='Far'>[1]One!$A$1</definedName>\
                <definedName name='Formula'>SUM(One!$A$1)</definedName></definedNames><calcPr calcMode='manual'/></workbook>";
    let relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/one.xml'/>\
                     <Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/two.xml'/>\
                     <Relationship Id='r3' Type='x/chartsheet' Target='chartsheets/sheet1.xml'/></Relationships>";
    let table = "<table displayName='Staff' ref='A1:B3'><autoFilter ref='A1:B3'/></table>";
    let of_sheet = "<Relationships><Relationship Id='t' Type='x/table' Target='../tables/table1.xml'/></Relationships>";
    let looks = styles("<font><color theme='0'/></font>", "", &[(14, 0, 0), (0, 1, 0)], "");
    let cells = data("<c r='A1' t='str' s='2'><v>Head</v></c><c r='B1' s='1'><v>41363</v></c>");
    let read = workbook(
        &cells,
        &[
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/worksheets/two.xml", "<worksheet/>"),
            ("xl/worksheets/_rels/one.xml.rels", of_sheet),
            ("xl/tables/table1.xml", table),
            ("xl/styles.xml", &looks),
            (
                "docProps/core.xml",
                "<p><lastModifiedBy>B Khan</lastModifiedBy><modified>2017-05-05T09:12:00Z</modified></p>",
            ),
        ],
    );
    let read = read.unwrap();
    let names: Vec<String> = read
        .names
        .iter()
        .map(|name| format!("{} {:?} {} {}", name.name, name.of_sheet, name.sheet, name.block))
        .collect();
    assert_eq!(names, ["Total None One B2", "Here Some(\"It's 2\") It's 2 A1:C3"]);
    assert_eq!(
        read.sheets.iter().map(|sheet| (sheet.visibility, sheet.is_chart)).collect::<Vec<_>>(),
        [(Visibility::Visible, false), (Visibility::VeryHidden, false), (Visibility::Visible, true)]
    );
    let one = &read.sheets[0];
    assert_eq!(one.tables[0].0, "Staff");
    // The heading of a table stands on the ground of the table's style.
    assert_eq!((shown(one, "A1").as_str(), shown(one, "B1").as_str()), ("Head", "31/03/2017"));
    assert_eq!((read.saved_by.as_deref(), read.computed_by_hand), (Some("B Khan"), true));
}

#[test]
fn comments_and_threads_stand_with_their_cells() {
    let of_sheet = "<Relationships><Relationship Id='c' Type='x/comments' Target='../comments1.xml'/>\
                    <Relationship Id='t' Type='x/threadedComment' Target='../threads.xml'/></Relationships>";
    let notes = "<comments><authors><author>B Khan</author><author>tc={1}</author></authors><commentList>\
                 <comment ref='A1' authorId='0'><text><r><t>B Khan:\n</t></r><r><t>Provisional</t></r></text></comment>\
                 <comment ref='B1' authorId='1'><text><t>[Threaded comment]</t></text></comment></commentList></comments>";
    let threads = "<T><threadedComment ref='B1' personId='p'><text>Check</text></threadedComment>\
                   <threadedComment ref='B1' personId='q'><text>Done</text></threadedComment></T>";
    let people = "<personList><person displayName='JS' id='p'/></personList>";
    let sheet = sheet(
        &data("<c r='A1'><v>1</v></c>"),
        &[
            ("xl/worksheets/_rels/one.xml.rels", of_sheet),
            ("xl/comments1.xml", notes),
            ("xl/threads.xml", threads),
            ("xl/persons/person.xml", people),
        ],
    );
    let told = |place: &str| -> Vec<String> {
        cell(&sheet, place)
            .comments
            .iter()
            .map(|comment| format!("{}: {}", comment.by.as_deref().unwrap_or("?"), comment.text))
            .collect()
    };
    assert_eq!(told("A1"), ["B Khan: Provisional"]);
    assert_eq!(told("B1"), ["JS: Check", "?: Done"]);
    assert_eq!(shown(&sheet, "B1"), "");
}

#[test]
fn shared_formulas_are_those_of_their_cells() {
    let cells = data(
        "<c r='A1'><f t='shared' si='0' ref='A1:B1'>[1]One!A2*2</f><v>1</v></c><c r='B1'><f t='shared' si='0'/><v>2</v></c>",
    );
    let sheet = sheet(&cells, &[]);
    let formula = cell(&sheet, "B1").formula.as_ref().unwrap();
    assert_eq!((formula.text.as_str(), formula.from_elsewhere), ("[1]One!B2*2", true));
}

#[test]
fn what_is_no_workbook_says_what_it_is() {
    let message = |result: Result<Workbook, Unreadable>| result.unwrap_err().message;
    let damaged = "the file is damaged: `xl/worksheets/one.xml` in it cannot be read";
    for cells in [
        "<sheetData>",
        "<sheetData><row r='0'/></sheetData>",
        &data("<c r='A1'/><c r='A99999999'/>"),
        &data("<c t='s'><v>0</v></c>"),
    ] {
        assert_eq!(message(workbook(cells, &[])), damaged, "{cells}");
    }
    assert_eq!(message(workbook(&data("<c r='A1'><v>1</v></c><c r='A1'><v>2</v></c>"), &[])), damaged);
    let entities = "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>";
    assert!(message(workbook("", &[("xl/workbook.xml", entities)])).contains("declares entities"));
    assert!(message(workbook("", &[("XL/WORKBOOK.XML", entities)])).contains("two parts of the same name"));
    assert!(message(workbook("", &[("xl/workbook.bin", "")])).contains("binary workbook"));
    let other = |parts: &[(&str, &str)]| message(read("test.xlsx", &packed(parts), &TextForm::default()));
    assert!(other(&[("word/document.xml", "")]).contains("document of Word"));
    assert!(other(&[("readme.txt", "")]).contains("no workbook"));
    let bomb = format!("<x>{}</x>", " ".repeat(65 << 20));
    assert!(other(&[("xl/workbook.xml", &bomb)]).contains("too large"));
    let wide: String = (0..2_001).map(|part| format!("part{part} ")).collect();
    let parts: Vec<(&str, &str)> = wide.split_whitespace().map(|name| (name, "")).collect();
    assert!(other(&parts).contains("too large"));
}

#[test]
fn a_small_file_cannot_ask_for_much() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let cells: String = (1..=100).map(|row| format!("<row r='{row}'><c r='A{row}' t='s'><v>0</v></c></row>")).collect();
    let relations =
        "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/one.xml'/></Relationships>";
    let text = format!("<sheetData>{cells}</sheetData>");
    let read = workbook(&text, &[("xl/sharedStrings.xml", &strings), ("xl/_rels/workbook.xml.rels", relations)]);
    assert!(read.unwrap_err().message.contains("64 MB of text"));
}

#[test]
fn refusals_of_every_kind_hold_nothing_that_was_hidden() {
    let looks = styles("", "", &[(165, 0, 0), (12, 0, 0)], "");
    let sheet = sheet(
        &data("<c s='1'><f>3</f><v>3</v></c><c s='2'><f>0.5</f><v>0.5</v></c><c s='1'><v>7</v></c>"),
        &[("xl/styles.xml", &looks)],
    );
    for place in ["A1", "B1"] {
        assert!(matches!(cell(&sheet, place).shown, Shown::Refused(Refused::Masked | Refused::UnknownFormat)));
        assert_eq!((cell(&sheet, place).stored.as_str(), &cell(&sheet, place).formula), ("", &None));
    }
    assert_eq!(shown(&sheet, "C1"), "7");
}
