//! Workbooks: what their cells print, which of their parts are read, and what is said of the rest.

use std::fmt::Write as _;
use std::io::Write as _;

use dinggao::diagnostic::{Language, render_human};
use dinggao::source::{InputOptions, Loaded, load};

use super::memory::Memory;

/// A workbook of parts that a test writes.
#[derive(Default)]
struct Book {
    /// Name, state and rows of each sheet, in XML.
    sheets: Vec<(&'static str, &'static str, String, &'static str)>,
    /// The number formats of styles 1, 2, ….
    formats: Vec<&'static str>,
    /// More of the workbook part: properties before the sheets, names after them.
    properties: &'static str,
    names: &'static str,
}

/// A cell: text where the value begins with `'`, a formula where with `=` (and its stored value after `→`), else a number.
fn cell(reference: &str, style: usize, value: &str) -> String {
    if let Some(text) = value.strip_prefix('\'') {
        return format!("<c r=\"{reference}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    }
    if let Some(formula) = value.strip_prefix('=') {
        let (formula, stored) = formula.split_once('→').unwrap_or((formula, ""));
        let stored = if stored.is_empty() { String::new() } else { format!("<v>{stored}</v>") };
        return format!("<c r=\"{reference}\" s=\"{style}\"><f>{formula}</f>{stored}</c>");
    }
    if value.starts_with('#') {
        return format!("<c r=\"{reference}\" t=\"e\"><v>{value}</v></c>");
    }
    format!("<c r=\"{reference}\" s=\"{style}\"><v>{value}</v></c>")
}

/// Rows of cells without styles, from a row on; empty cells are left out.
fn rows(first: usize, rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (at, row) in rows.iter().enumerate() {
        let number = first + at;
        write!(xml, "<row r=\"{number}\">").unwrap();
        for (column, value) in row.iter().enumerate().filter(|(_, v)| !v.is_empty()) {
            let letter = char::from(b'A' + u8::try_from(column).unwrap());
            xml.push_str(&cell(&format!("{letter}{number}"), 0, value));
        }
        xml.push_str("</row>");
    }
    xml
}

impl Book {
    fn one(rows: String) -> Self {
        Self { sheets: vec![("表", "visible", rows, "")], ..Self::default() }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut part = |name: &str, text: String| {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        part(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".into(),
        );
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        let (mut sheets, mut targets) = (String::new(), String::new());
        for (at, (name, state, rows, more)) in self.sheets.iter().enumerate() {
            let id = at + 1;
            write!(sheets, "<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"r{id}\"/>").unwrap();
            write!(
                targets,
                "<Relationship Id=\"r{id}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
            )
            .unwrap();
            part(
                &format!("xl/worksheets/sheet{id}.xml"),
                format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{more}</worksheet>"),
            );
        }
        write!(targets, "<Relationship Id=\"rs\" Type=\"{relations}/styles\" Target=\"styles.xml\"/>").unwrap();
        let (properties, names) = (self.properties, self.names);
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\">{properties}<sheets>{sheets}</sheets>{names}</workbook>"
            ),
        );
        part("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{package}\">{targets}</Relationships>"));
        let (mut formats, mut styles) = (String::new(), "<xf numFmtId=\"0\"/>".to_owned());
        for (at, format) in self.formats.iter().enumerate() {
            let id = 200 + at;
            let code = format.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
            write!(formats, "<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>").unwrap();
            write!(styles, "<xf numFmtId=\"{id}\" applyNumberFormat=\"1\"/>").unwrap();
        }
        part(
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
            ),
        );
        zip.finish().unwrap().into_inner()
    }
}

/// A workbook with the sheet 表: heads, and a row of cells, each with its number format.
pub(crate) fn one_row(heads: &[&str], cells: &[(&'static str, &str)]) -> Vec<u8> {
    let heads: Vec<String> = heads.iter().map(|head| format!("'{head}")).collect();
    let mut xml = rows(1, &[&heads.iter().map(String::as_str).collect::<Vec<_>>()]);
    let formats: Vec<&'static str> = cells.iter().map(|(format, _)| *format).collect();
    xml.push_str("<row r=\"2\">");
    for (at, (_, value)) in cells.iter().enumerate() {
        let letter = char::from(b'A' + u8::try_from(at).unwrap());
        xml.push_str(&cell(&format!("{letter}2"), at + 1, value));
    }
    xml.push_str("</row>");
    Book { formats, ..Book::one(xml) }.bytes()
}

fn read(book: &Book, data: &str, body: &str) -> Loaded {
    let mut world = Memory::default();
    let report = format!("template: work-report\ntitle: 报告\ndata: {data}\nbody:\n{body}");
    world.files.insert("/case/report.yaml".into(), report.into_bytes());
    world.files.insert("/case/b.xlsx".into(), book.bytes());
    load(&world, "/case/report.yaml".as_ref(), &InputOptions { advice: true, ..InputOptions::default() })
}

fn said(loaded: &Loaded) -> String {
    render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false)
}

/// What the paragraphs print, a line each.
fn printed(loaded: Loaded) -> Vec<String> {
    let words = said(&loaded);
    let Ok((document, _)) = loaded.outcome else { panic!("{words}") };
    let texts = document.blocks.iter().skip(1).flat_map(|b| b.kind.texts());
    texts.map(dinggao::model::Text::plain).collect()
}

/// The cells of a table in a column.
const ALL: &str = "  - \"{{ d | map(attribute='值') | join('；') }}\"\n";

#[test]
fn cells_print_as_the_office_sees_them() {
    let cases: [(&str, &str, &str); 32] = [
        ("0.0%", "0.125", "12.5%"),
        ("0.0%", "0.333333333333333", "33.3%"),
        ("0.00%", "-0.0312", "-3.12%"),
        ("#,##0.00", "1234.5", "1,234.50"),
        ("#,##0.00", "20876", "20,876.00"),
        ("#,##0", "-20876.4", "-20,876"),
        ("0.00", "12.5", "12.50"),
        ("0.00", "3", "3.00"),
        ("0", "2.5", "3"),
        ("0.000", "1.0005", "1.001"),
        ("#,##0.00_);(#,##0.00)", "-12.5", "(12.50)"),
        ("#,##0;[Red]-#,##0", "-1234", "-1,234"),
        ("#,##0;[Red](#,##0);\"—\";@", "0", "—"),
        ("0!.0,", "12345", "1.2"),
        ("0!.0000\"万元\"", "123456", "12.3456万元"),
        ("0.0,,\"百万元\"", "12345678", "12.3百万元"),
        ("[>=10000]0!.0,\"万\";0", "123456", "12.3万"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("\"¥\"#,##0.00", "1234.5", "¥1,234.50"),
        ("0\"件\"", "12", "12件"),
        ("000000", "1234", "001234"),
        ("yyyy\"年\"m\"月\"d\"日\"", "45299", "2024年1月8日"),
        ("yyyy-mm-dd", "45299", "2024-01-08"),
        ("yyyy-mm-dd hh:mm:ss", "45299.9998263889", "2024-01-08 23:59:45"),
        ("m\"月\"d\"日\"", "45299", "1月8日"),
        ("h:mm", "0.520833333333333", "12:30"),
        ("h:mm:ss", "0.999826388888889", "23:59:45"),
        ("[h]:mm", "1.08680555555556", "26:05"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("@", "12", "12"),
        ("General", "0.1", "0.1"),
        ("General", "123456789012", "123456789012"),
    ];
    let mut xml = format!("<row r=\"1\">{}</row>", cell("A1", 0, "'值"));
    for (at, (_, value, _)) in cases.iter().enumerate() {
        let row = at + 2;
        write!(xml, "<row r=\"{row}\">{}</row>", cell(&format!("A{row}"), at + 1, value)).unwrap();
    }
    let book = Book { formats: cases.iter().map(|c| c.0).collect(), ..Book::one(xml) };
    let got = printed(read(&book, "{d: b.xlsx}", ALL)).join("");
    let wanted: Vec<&str> = cases.iter().map(|c| c.2).collect();
    let got: Vec<&str> = got.split('；').collect();
    for ((format, value, wanted), got) in cases.iter().zip(got) {
        assert_eq!(got, *wanted, "{value} as {format}");
    }
    assert_eq!(wanted.len(), cases.len());
}

#[test]
fn what_a_cell_cannot_tell_is_refused_at_the_cell() {
    let wrong = [
        ("'甲", "# ?/?", "0.333333333333333", "数字格式"),
        ("'乙", "[DBNum1]0.0", "5", "数字格式"),
        ("'丙", "0", "=B2*2", "没有存下结果"),
        ("'丁", "0", "#DIV/0!", "#DIV/0!"),
    ];
    for (at, (name, format, value, word)) in wrong.iter().enumerate() {
        let row = at + 3;
        let xml = format!(
            "<row r=\"3\">{}{}</row><row r=\"{}\">{}{}</row>",
            cell("B3", 0, "'名称"),
            cell("C3", 0, "'值"),
            row + 1,
            cell(&format!("B{}", row + 1), 0, name),
            cell(&format!("C{}", row + 1), 1, value),
        );
        let book = Book { formats: vec![format], ..Book::one(xml) };
        let said = said(&read(&book, "{d: b.xlsx}", "  - table: {from: d}\n"));
        assert!(said.contains("错误[D404]") && said.contains(word), "{said}");
        assert!(said.contains(&format!("b.xlsx[表]!C{}", row + 1)), "{said}");
        // A cell that nothing uses stops nothing.
        let unused = read(&book, "{d: b.xlsx}", "  - \"{{ d | map(attribute='名称') | join }}\"\n");
        assert!(unused.outcome.is_ok(), "{}", self::said(&unused));
    }
}

#[test]
fn workbooks_from_1904_count_from_there() {
    let book = Book {
        properties: "<workbookPr date1904=\"1\"/>",
        formats: vec!["yyyy-mm-dd"],
        ..Book::one(format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", cell("A1", 0, "'值"), cell("A2", 1, "43837")))
    };
    assert_eq!(printed(read(&book, "{d: b.xlsx}", ALL)), ["2024-01-08"]);
}

#[test]
fn line_ends_in_cells_join() {
    let book = Book::one(rows(1, &[&["'提案人\n（单位）", "'值"], &["'东街", "'建设停车场&#10;和充电桩_x000D_"]]));
    assert_eq!(printed(read(&book, "{d: b.xlsx}", ALL)), ["建设停车场和充电桩"]);
}

#[test]
fn doubtful_cells_are_told() {
    let book = Book::one(rows(
        1,
        &[&["'名", "'值"], &["'甲", "=TODAY()→45299"], &["'乙", "=[1]Sheet1!A1→5"], &["'丙", "1234567890123456789"]],
    ));
    let said = said(&read(&book, "{d: b.xlsx}", "  - \"{{ d | length }}\"\n"));
    for (cell, word) in [("B2", "每天"), ("B3", "别的工作簿"), ("B4", "15 位")] {
        assert!(said.contains(&format!("b.xlsx[表]!{cell}")) && said.contains(word), "{said}");
    }
    assert_eq!(said.matches("D937").count(), 3, "{said}");
}

#[test]
fn a_minus_by_colour_is_printed_and_told() {
    let book = Book {
        formats: vec!["#,##0;[Red]#,##0"],
        ..Book::one(format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", cell("A1", 0, "'值"), cell("A2", 1, "-1234")))
    };
    let loaded = read(&book, "{d: b.xlsx}", ALL);
    assert_eq!(printed(loaded), ["-1,234"]);
    let said = said(&read(&book, "{d: b.xlsx}", ALL));
    assert!(said.contains("b.xlsx[表]!A2") && said.contains("颜色"), "{said}");
}

#[test]
fn titles_merged_heads_and_notes_are_told_from_the_data() {
    let merges = "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"D3:D4\"/></mergeCells>";
    let xml = rows(
        1,
        &[
            &["'表1  各街道提案情况"],
            &["'单位：件"],
            &["'街道", "'提案", "", "'办结率"],
            &["", "'收到", "'立案"],
            &["'东街", "12", "10", "'83.3%"],
            &["'西街", "9", "8", "'88.9%"],
            &["'合计", "21", "18", "'85.7%"],
            &["'注：截至12月31日。"],
        ],
    );
    let book = Book { sheets: vec![("表", "visible", xml, merges)], ..Book::default() };
    let body = "  - \"{{ d | map(attribute='提案/收到') | join('、') }}\"\n  - \"{{ d[0].办结率 }}\"\n";
    let loaded = read(&book, "{d: b.xlsx}", body);
    let words = said(&loaded);
    assert!(words.contains("有 3 行没有当作数据") && words.contains("“合计”一行当作数据"), "{words}");
    assert_eq!(printed(loaded), ["12、9、21", "83.3%"]);
    let options = "{d: {file: b.xlsx, drop: 合计, columns: {办结率: {type: number}}}}";
    let body = "  - \"{{ d | sum(attribute='提案/收到') }}，{{ d[0].办结率 }}，{{ d[0].办结率 * 1000 }}\"\n";
    assert_eq!(printed(read(&book, options, body)), ["21，83.3%，833"]);
}

#[test]
fn sheets_ranges_tables_and_names_are_chosen() {
    let book = Book {
        sheets: vec![
            (
                "数据",
                "visible",
                rows(1, &[&["'年", "'值", "", "'街", "'件"], &["2024", "5", "", "'东", "7"], &["2025", "6"]]),
                "",
            ),
            ("别的", "visible", rows(1, &[&["'只有题目"], &["'甲", "'甲"], &["#N/A", "1"]]), ""),
            ("草稿", "hidden", rows(2, &[&["", "'随手记"], &["", "", "5"]]), ""),
        ],
        names: "<definedNames><definedName name=\"边表\">数据!$D$1:$E$2</definedName></definedNames>",
        ..Book::default()
    };
    let get = |data: &str, body: &str| printed(read(&book, data, &format!("  - \"{body}\"\n"))).join("");
    assert_eq!(get("{d: b.xlsx}", "{{ d.数据 | sum(attribute='值') }}"), "11");
    assert_eq!(get("{d: {file: b.xlsx, sheet: 数据}}", "{{ d[1].年 }}"), "2025");
    assert_eq!(get("{d: {file: b.xlsx, range: 数据!D1:E2}}", "{{ d[0].件 }}"), "7");
    assert_eq!(get("{d: {file: b.xlsx, sheet: 数据, range: D1:E2}}", "{{ d[0].街 }}"), "东");
    assert_eq!(get("{d: {file: b.xlsx, name: 边表}}", "{{ d[0].街 }}"), "东");
    for (data, word) in [
        ("{d: {file: b.xlsx, sheet: 数居}}", "是不是“数据”"),
        ("{d: {file: b.xlsx, range: D1:E2}}", "不止一张工作表"),
        ("{d: {file: b.xlsx, range: 数据!E2:D1}}", "单元格的范围"),
        ("{d: {file: b.xlsx, name: 没有}}", "没有定义的名称"),
        ("{d: {file: b.xlsx, sheet: 数据, columns: {直: {type: number}}}}", "没有“直”一栏"),
    ] {
        let said = said(&read(&book, data, "  - \"{{ d[0].街 }}\"\n"));
        assert!(said.contains(word), "{data}: {said}");
    }
    // A sheet that is not sound is an error where it is used.
    let said = said(&read(&book, "{d: b.xlsx}", "  - \"{{ d.别的 | length }}\"\n"));
    assert!(said.contains("b.xlsx[别的]!B2") && said.contains("重复"), "{said}");
}

#[test]
fn cells_merged_beside_a_range_take_no_part_in_it() {
    let merges = "<mergeCells><mergeCell ref=\"E2:E3\"/><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let xml = rows(
        1,
        &[&["'区", "'街", "'数", "'值", "'旁"], &["'东片", "'东街", "1", "'x", "'甲"], &["", "'西街", "2", "'y", ""]],
    );
    let book = Book { sheets: vec![("表", "visible", xml, merges)], ..Book::default() };
    for range in ["B1:D3", "A1:D3"] {
        assert_eq!(printed(read(&book, &format!("{{d: {{file: b.xlsx, range: \"{range}\"}}}}"), ALL)), ["x；y"]);
    }
}

#[test]
fn days_of_strict_workbooks_print_by_their_format() {
    let day = |style| format!("<c r=\"A2\" s=\"{style}\" t=\"d\"><v>2024-01-08T00:00:00</v></c>");
    for (format, shown) in [("yyyy-mm-dd", "2024-01-08"), ("yyyy\"年\"m\"月\"d\"日\"", "2024年1月8日")] {
        let xml = format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", cell("A1", 0, "'值"), day(1));
        let book = Book { formats: vec![format], ..Book::one(xml) };
        assert_eq!(printed(read(&book, "{d: b.xlsx}", ALL)), [shown]);
    }
}

#[test]
fn decimals_and_thousands_leave_a_cell_its_unit() {
    let formats = vec!["0.00%", "#,##0.00", "[>=10000]0!.0,\"万\";0"];
    let xml = format!(
        "{}<row r=\"2\">{}{}{}</row>",
        rows(1, &[&["'率", "'额", "'万"]]),
        cell("A2", 1, "0.0525"),
        cell("B2", 2, "1234.5"),
        cell("C2", 3, "123456"),
    );
    let book = Book { formats, ..Book::one(xml) };
    let body = "  - \"{{ d[0].率 }} {{ d[0].额 }} {{ d[0].万 }} {{ d[0].率 * 2 }}\"\n";
    for (form, shown) in [
        ("{type: number, decimals: 1}", "5.3% 1234.5 12.3万 0.105"),
        ("{decimals: 0}", "5% 1235 12万 0.105"),
        ("{thousands: true}", "5.25% 1,234.50 12.3万 0.105"),
        ("{type: number, decimals: 3, thousands: true}", "5.250% 1,234.500 12.346万 0.105"),
    ] {
        let data = format!("{{d: {{file: b.xlsx, columns: {{率: {form}, 额: {form}, 万: {form}}}}}}}");
        assert_eq!(printed(read(&book, &data, body)), [shown], "{form}");
    }
}

#[test]
fn stray_cells_far_out_cost_nothing() {
    let xml = rows(1, &[&["'名", "'值"], &["'甲", "5"]])
        + &format!("<row r=\"1048576\">{}</row>", cell("XFD1048576", 0, "'远"));
    let loaded = read(&Book::one(xml), "{d: b.xlsx}", ALL);
    let words = said(&loaded);
    assert!(words.contains("XFD1048576"), "{words}");
    assert_eq!(printed(loaded), ["5"]);
}
