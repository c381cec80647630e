//! The table styles: that of the house, the imprint's, that of pictures side by side.

use super::id;
use crate::docx::units;
use crate::docx::xml::Xml;
use crate::model::Length;
use crate::template::{StyleName, TableRules, Template};

/// Twips that a cell has to spare on each side, so that what fits in print is not wrapped by a program that rounds otherwise.
pub(in crate::docx) const SLACK: i64 = 8;

/// Writes all.
pub(super) fn table_styles(xml: &mut Xml, template: &Template, pitch: i64) {
    house(xml, template);
    imprint(xml, template, pitch);
    figures(xml);
}

/// Pictures side by side: no rules, no space around them.
fn figures(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", id::FIGURES)]);
    xml.val("w:name", id::FIGURES_NAME).val("w:basedOn", "TableNormal").val("w:uiPriority", 99);
    xml.open("w:tblPr", &[]).val("w:jc", "center").open("w:tblCellMar", &[]);
    for side in ["w:top", "w:left", "w:bottom", "w:right"] {
        xml.empty(side, &[("w:w", "0"), ("w:type", "dxa")]);
    }
    xml.close().close().open("w:tcPr", &[]).val("w:vAlign", "bottom").close().close();
}

/// The table style of the house: its rules, and the space around the text of a cell.
fn house(xml: &mut Xml, template: &Template) {
    let tables = &template.tables;
    let rule = |xml: &mut Xml, side: &str, width: Option<Length>| match width {
        Some(width) => {
            let eighths = units::eighths(width).to_string();
            xml.empty(side, &[("w:val", "single"), ("w:sz", &eighths), ("w:space", "0"), ("w:color", "auto")]);
        }
        None => {
            xml.val(side, "nil");
        }
    };
    let (heavy, light) = (Some(tables.heavy), Some(tables.light));
    let (side, inner) = if tables.rules == TableRules::Grid { (heavy, light) } else { (None, None) };
    xml.open("w:style", &[("w:type", "table"), ("w:styleId", id::TABLE)]);
    xml.val("w:name", "Table Grid").val("w:basedOn", "TableNormal").val("w:uiPriority", 39);
    xml.open("w:tblPr", &[]).val("w:jc", "center").open("w:tblBorders", &[]);
    for (name, width) in [
        ("w:top", heavy),
        ("w:left", side),
        ("w:bottom", heavy),
        ("w:right", side),
        ("w:insideH", inner),
        ("w:insideV", inner),
    ] {
        rule(xml, name, width);
    }
    let beside = template.style(StyleName::TableText).size * tables.padding;
    let beside = (units::twips(beside) - SLACK).max(0).to_string();
    xml.close().open("w:tblCellMar", &[]);
    // Rows are as high as in print. Programs but LibreOffice would add to that what is above and below the text.
    let (none, beside) = ("0", beside.as_str());
    for (name, width) in [("w:top", none), ("w:left", beside), ("w:bottom", none), ("w:right", beside)] {
        xml.empty(name, &[("w:w", width), ("w:type", "dxa")]);
    }
    xml.close().close().open("w:tcPr", &[]).val("w:vAlign", "center").close();
    if tables.rules == TableRules::ThreeLine {
        // The rule below the head.
        xml.open("w:tblStylePr", &[("w:type", "firstRow")]).open("w:tcPr", &[]).open("w:tcBorders", &[]);
        rule(xml, "w:bottom", light);
        xml.close().close().close();
    }
    xml.close();
}

/// The imprint's rules (GB/T 9704 7.4.1), as wide as the type area. `pitch`: that of its lines, in twips.
fn imprint(xml: &mut Xml, template: &Template, pitch: i64) {
    let (rules, size) = (&template.imprint, template.style(StyleName::Imprint).size);
    // Type is low in an exact line: a third of that below it leaves text and rules of two rows nearest to their places.
    let below = (units::sink(size, pitch, template.grid.ascent) / 3).max(0).to_string();
    xml.open("w:style", &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", id::IMPRINT)]);
    xml.val("w:name", "版记表").val("w:basedOn", "TableNormal").val("w:uiPriority", 99);
    xml.open("w:tblPr", &[]);
    if rules.printed {
        xml.open("w:tblBorders", &[]);
        for (side, width) in [("w:top", rules.outer), ("w:bottom", rules.outer), ("w:insideH", rules.inner)] {
            let eighths = units::eighths(width).to_string();
            xml.empty(side, &[("w:val", "single"), ("w:sz", &eighths), ("w:space", "0"), ("w:color", "auto")]);
        }
        xml.close();
    }
    xml.open("w:tblCellMar", &[]);
    for (side, width) in [("w:left", "0"), ("w:bottom", &below), ("w:right", "0")] {
        xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
    }
    xml.close().close().close();
}

/// The margins of Word's plain table.
pub(super) fn cell_margins(xml: &mut Xml) {
    xml.open("w:tblCellMar", &[]);
    for (side, width) in [("w:top", "0"), ("w:left", "108"), ("w:bottom", "0"), ("w:right", "108")] {
        xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
    }
    xml.close();
}
