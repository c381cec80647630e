//! The workbook of a chart: one sheet, the categories down, the series across.
//!
//! Written here and not by rust_xlsxwriter: that library takes a number as an f64 alone, and a figure is decimal to the file.

use super::cells::{SHEET, column, format_code, series_head};
use crate::docx::WordError;
use crate::docx::package::{OFFICE, RELATIONSHIPS, options};
use crate::docx::xml::{Markup, Xml};
use crate::model::Chart;
use crate::template::Words;
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::ZipWriter;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// An XLSX with the data of a chart.
/// `words`: the words of heads; `office`: the font.
pub(in crate::docx) fn workbook(chart: &Chart, words: &Words, office: &str) -> Result<Vec<u8>, WordError> {
    let formats = formats(chart);
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relationships(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", book()),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", sheet(chart, &formats, words)),
        ("xl/styles.xml", styles(&formats, office)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, options(CompressionMethod::Deflated))?;
        for piece in [Markup::declaration(), xml] {
            zip.write_all(piece.as_str().as_bytes())?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

/// The number formats in use, each once.
fn formats(chart: &Chart) -> Vec<String> {
    let mut formats: Vec<String> = Vec::new();
    for series in &chart.series {
        for code in series.given().map(format_code) {
            if !formats.contains(&code) {
                formats.push(code);
            }
        }
    }
    formats
}

fn content_types() -> Markup {
    let mut xml = Xml::default();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    let relationships = "application/vnd.openxmlformats-package.relationships+xml";
    xml.empty("Default", &[("Extension", "rels"), ("ContentType", relationships)]);
    xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
    for (name, kind) in [
        ("/xl/workbook.xml", "sheet.main+xml"),
        ("/xl/worksheets/sheet1.xml", "worksheet+xml"),
        ("/xl/styles.xml", "styles+xml"),
    ] {
        xml.empty("Override", &[("PartName", name), ("ContentType", &format!("{KIND}{kind}"))]);
    }
    xml.finish()
}

fn relationships(targets: &[(&str, &str)]) -> Markup {
    let mut xml = Xml::default();
    xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
    for (at, (kind, target)) in targets.iter().enumerate() {
        let id = format!("rId{}", at + 1);
        xml.empty("Relationship", &[("Id", &id), ("Type", &format!("{OFFICE}{kind}")), ("Target", target)]);
    }
    xml.finish()
}

fn book() -> Markup {
    let mut xml = Xml::default();
    xml.open("workbook", &[("xmlns", MAIN), ("xmlns:r", OFFICE.trim_end_matches('/'))]).open("sheets", &[]);
    xml.empty("sheet", &[("name", SHEET), ("sheetId", "1"), ("r:id", "rId1")]);
    xml.finish()
}

fn sheet(chart: &Chart, formats: &[String], words: &Words) -> Markup {
    let mut xml = Xml::default();
    xml.open("worksheet", &[("xmlns", MAIN)]).open("sheetData", &[]);
    xml.open("row", &[("r", "1")]);
    // Every column has a head, so that the sheet can be read as data again.
    string(&mut xml, "A1", &words.categories);
    for (at, series) in chart.series.iter().enumerate() {
        string(&mut xml, &format!("{}1", column(at + 1)), &series_head(series, words));
    }
    xml.close();
    for (line, category) in chart.categories.iter().enumerate() {
        let row = (line + 2).to_string();
        xml.open("row", &[("r", &row)]);
        string(&mut xml, &format!("A{row}"), &category.plain());
        for (at, series) in chart.series.iter().enumerate() {
            let Some(Some(value)) = series.values.get(line) else { continue };
            let code = format_code(value);
            let style = formats.iter().position(|f| *f == code).map_or(0, |at| at + 1).to_string();
            xml.open("c", &[("r", &format!("{}{row}", column(at + 1))), ("s", &style)]);
            xml.text("v", &[], &value.digits()).close();
        }
        xml.close();
    }
    xml.finish()
}

fn string(xml: &mut Xml, cell: &str, text: &str) {
    xml.open("c", &[("r", cell), ("t", "inlineStr")]).open("is", &[]);
    xml.text("t", &[("xml:space", "preserve")], text).close().close();
}

/// The styles that a sheet cannot do without, and the number formats of the data.
fn styles(formats: &[String], office: &str) -> Markup {
    let mut xml = Xml::default();
    xml.open("styleSheet", &[("xmlns", MAIN)]);
    xml.open("numFmts", &[("count", &formats.len().to_string())]);
    for (at, code) in formats.iter().enumerate() {
        // Programs keep the ids below 164 for themselves.
        xml.empty("numFmt", &[("numFmtId", &(164 + at).to_string()), ("formatCode", code)]);
    }
    xml.close();
    xml.open("fonts", &[("count", "1")]).open("font", &[]);
    xml.empty("sz", &[("val", "11")]).empty("name", &[("val", office)]).close().close();
    xml.open("fills", &[("count", "2")]);
    for pattern in ["none", "gray125"] {
        xml.open("fill", &[]).empty("patternFill", &[("patternType", pattern)]).close();
    }
    xml.close();
    xml.open("borders", &[("count", "1")]).open("border", &[]);
    for side in ["left", "right", "top", "bottom", "diagonal"] {
        xml.empty(side, &[]);
    }
    xml.close().close();
    let plain = [("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")];
    xml.open("cellStyleXfs", &[("count", "1")]).empty("xf", &plain).close();
    xml.open("cellXfs", &[("count", &(formats.len() + 1).to_string())]);
    xml.empty("xf", &[&plain[..], &[("xfId", "0")]].concat());
    for at in 0..formats.len() {
        let id = (164 + at).to_string();
        let attributes = [
            ("numFmtId", id.as_str()),
            ("fontId", "0"),
            ("fillId", "0"),
            ("borderId", "0"),
            ("xfId", "0"),
            ("applyNumberFormat", "1"),
        ];
        xml.empty("xf", &attributes);
    }
    xml.close();
    xml.open("cellStyles", &[("count", "1")]);
    xml.empty("cellStyle", &[("name", "Normal"), ("xfId", "0"), ("builtinId", "0")]).close();
    xml.finish()
}
