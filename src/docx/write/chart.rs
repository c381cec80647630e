//! Charts: the drawing that shows one, its caption below.

use super::body::Body;
use super::drawn::on_rows;
use super::inline::{close_bookmark, open_block};
use super::order::Extras;
use crate::docx::package::Inventory;
use crate::docx::styles::{Variant, variant_id};
use crate::docx::xml::{Markup, Xml};
use crate::docx::{WordError, units};
use crate::model::{Block, Chart, Length};
use crate::template::StyleName;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// Writes a chart as wide as the type area, kept with its caption.
pub(super) fn write(body: &mut Body<'_>, block: &Block, chart: &Chart) -> Result<(), WordError> {
    let at = body.charts;
    body.charts += 1;
    let captioned = chart.caption.is_some() || chart.number.is_some();
    let rows = body.printed.chart(body.index).map_or_else(|| body.template.chart_rows(chart.lie), |frame| frame.rows);
    let height = units::height_of(rows, body.template);
    let p = body.begin(StyleName::Figure, &block.id.0);
    let mut p = on_rows(p, body, height);
    let drawing = drawing(body, chart, (at, height));
    if !captioned {
        // The name belongs to an empty place beside the drawing, which no program loses.
        let bookmark = open_block(&mut p, &mut body.ids, &block.id);
        close_bookmark(&mut p, bookmark);
    }
    body.emit(&p, Extras { lead: Some(&drawing), ..Extras::default() })?;
    if captioned {
        let style = variant_id(body.style(StyleName::Caption), Variant::Below);
        let p = body.begin_as(&style, &format!("{} caption", block.id.0));
        let mut p = body.kept(p);
        let bookmark = open_block(&mut p, &mut body.ids, &block.id);
        body.caption(block, &mut p, chart.caption.as_ref());
        close_bookmark(&mut p, bookmark);
        body.emit(&p, Extras::default())?;
    }
    Ok(())
}

fn drawing(body: &mut Body<'_>, chart: &Chart, (at, height): (usize, Length)) -> Markup {
    let template = body.template;
    let width = template.measure(chart.lie);
    let (width, height) = (units::emu(width).to_string(), units::emu(height).to_string());
    let id = body.ids.drawing().to_string();
    let mut xml = Xml::default();
    xml.open("w:r", &[]).open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.empty("wp:docPr", &[("id", &id), ("name", &format!("图表 {}", at + 1)), ("descr", &chart.alternative_text())]);
    xml.empty("wp:cNvGraphicFramePr", &[]);
    xml.open("a:graphic", &[("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")]);
    xml.open("a:graphicData", &[("uri", CHART)]);
    xml.empty("c:chart", &[("xmlns:c", CHART), ("r:id", &Inventory::chart_id(at))]);
    xml.finish()
}
