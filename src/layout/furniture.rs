//! What is printed on pages beside the text: the running header, the mark of a draft, the watermark.

use super::flow::{Flow, FurniturePiece, FurnitureType};
use super::inline::Setting;
use super::{Artifact, Line, LineKind, OutlineStep, Page, PageItem, PagedDocument, Path, Rule};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::font::GlyphStep;
use crate::model::{Document, Length, Lie, RunKind, Text};
use crate::template::{Align, StyleName, WATERMARK_REACH};

/// Puts on the pages what belongs beside the text. `body`: how many pages of the text there are; they are the last ones.
pub(super) fn furnish(
    flow: &mut Flow<'_>,
    document: &Document,
    mut paged: PagedDocument,
    body: usize,
) -> PagedDocument {
    let front = paged.pages.len().saturating_sub(body);
    let covers = usize::from(document.cover().is_some());
    let (watermark, mark) = (watermark(flow, document), document.furniture.mark.clone());
    for (at, page) in paged.pages.iter_mut().enumerate() {
        // A blank page stays blank.
        if page.items.is_empty() {
            continue;
        }
        let first = at == front;
        // The imprint's own page has neither mark nor header.
        let running = at >= covers && (at < front || page.number.is_some());
        // What lies on its side has its head elsewhere: the mark, like the page number, is where it is on every sheet.
        let lain = page.items.iter().any(|item| lies(document, item));
        if let Some(mark) = mark.as_ref().filter(|_| running) {
            page.items.extend(marked(flow, mark, (page, at + 1)));
        }
        if running && !lain {
            page.items.extend(header(flow, document, (at + 1, first)));
        }
        page.items.splice(0..0, watermark.iter().cloned().map(PageItem::Path));
    }
    paged
}

/// True for a part of what lies on its side.
fn lies(document: &Document, item: &PageItem) -> bool {
    match item {
        PageItem::Line(line) => line.turned && !matches!(line.kind, LineKind::Artifact(_)),
        PageItem::Picture(picture) => picture.lie == Lie::Turned,
        PageItem::Path(path) => path.block.is_some_and(|block| document.lie(block) == Lie::Turned),
        PageItem::Rule(_) => false,
    }
}

/// A text on one line; None, with an error, where a glyph is missing.
fn set(flow: &mut Flow<'_>, pieces: &[FurniturePiece<'_>], look: &FurnitureType) -> Option<Setting> {
    let setting = flow.furniture_line(pieces, look);
    if setting.is_none() {
        let text: String = pieces.iter().map(|(text, _)| *text).collect();
        flow.diagnostics.push(Diagnostic::error(
            Code::GLYPH_MISSING,
            None,
            say!(
                "字体里没有页眉、标记或水印“{text}”中的字",
                "no font has the characters of the header, mark or watermark “{text}”"
            ),
            say!(
                "换一个字，或者改模板中的 header、watermark",
                "use others, or change header or watermark in the template"
            ),
        ));
    }
    setting
}

/// A text with where each part of it comes from.
fn pieces(text: &Text) -> Vec<FurniturePiece<'_>> {
    text.runs.iter().map(|run| (run.text.as_str(), run.kind)).collect()
}

fn artifact(setting: Setting, x: Length, baseline: Length) -> PageItem {
    PageItem::Line(Line {
        kind: LineKind::Artifact(Artifact::Header),
        last: true,
        text: setting.text,
        x,
        baseline,
        width: setting.width,
        turned: false,
        strain: setting.strain,
        runs: setting.runs,
    })
}

/// The mark at the left, above the type area.
fn marked(flow: &mut Flow<'_>, mark: &Text, (_, number): (&Page, usize)) -> Option<PageItem> {
    let look = FurnitureType::of(flow.template.style(StyleName::HeadMark));
    let setting = set(flow, &pieces(mark), &look)?;
    let (page, grid) = (&flow.template.page, &flow.template.grid);
    let baseline = page.top - flow.template.page_mark.above - look.size * (1.0 - grid.ascent);
    Some(artifact(setting, page.left(number), baseline))
}

/// The running header of a page and its rule.
fn header(flow: &mut Flow<'_>, document: &Document, (number, first): (usize, bool)) -> Vec<PageItem> {
    let template = flow.template;
    let Some(header) = template.header.as_ref().filter(|header| !first || header.first) else { return Vec::new() };
    let text = header.text(number, &document.meta.title);
    if text.is_empty() {
        return Vec::new();
    }
    let look = FurnitureType::of(flow.template.style(StyleName::PageHeader));
    let Some(setting) = set(flow, &[(&text, RunKind::Text)], &look) else { return Vec::new() };
    let page = &template.page;
    let room = page.measure() - setting.width;
    if room < Length::ZERO {
        flow.diagnostics.push(Diagnostic::error(
            Code::TEXT_OUT_OF_PLACE,
            None,
            say!("页眉“{text}”太长，一行排不下", "the header “{text}” does not fit on a line"),
            say!("在模板的 header 里写短一些的 odd、even", "give shorter odd and even under header in the template"),
        ));
        return Vec::new();
    }
    let left = page.left(number);
    let x = match template.style(StyleName::PageHeader).align {
        Align::Left | Align::Justify => left,
        Align::Center => left + room / 2.0,
        Align::Right => left + room,
    };
    let foot = page.top - header.above;
    let (color, y) = (look.color, foot - header.rule);
    let gap = if header.rule > Length::ZERO { header.gap } else { Length::ZERO };
    let mut items = vec![artifact(setting, x, y - gap - look.size * (1.0 - template.grid.ascent))];
    if header.rule > Length::ZERO {
        items.push(PageItem::Rule(Rule { color, x: left, y, width: page.measure(), height: header.rule }));
    }
    items
}

/// The watermark as shapes in the middle of the paper, one for each part that comes from elsewhere: nobody reads it, and no search
/// finds it. Empty where there is none, or where it cannot be drawn, which is told.
fn watermark(flow: &mut Flow<'_>, document: &Document) -> Vec<Path> {
    drawn(flow, document).unwrap_or_default()
}

fn drawn(flow: &mut Flow<'_>, document: &Document) -> Option<Vec<Path>> {
    let look = &flow.template.watermark;
    let text = match (&document.furniture.watermark, &look.text) {
        (Some(text), _) => pieces(text),
        (None, Some(text)) => vec![(text.as_str(), RunKind::Text)],
        (None, None) => return None,
    };
    if text.iter().all(|(text, _)| text.is_empty()) {
        return None;
    }
    let (angle, page) = (look.angle.to_radians(), flow.template.page);
    let kind = FurnitureType { font: look.font, size: look.size, color: look.color, strong: false };
    let setting = set(flow, &text, &kind)?;
    let room = page.width.to_pt().hypot(page.height.to_pt()) * WATERMARK_REACH;
    let scale = (room / setting.width.to_pt()).min(1.0);
    let middle = (page.width.to_pt() / 2.0, page.height.to_pt() / 2.0);
    let (half, size) = (setting.width.to_pt() / 2.0, kind.size.to_pt());
    // The middle of Han type is above its baseline.
    let rise = (flow.template.grid.ascent - 0.5) * size;
    let place = |x: f64, y: f64| {
        let (right, up) = ((x - half) * scale, (y - rise) * scale);
        (middle.0 + right * angle.cos() - up * angle.sin(), middle.1 - right * angle.sin() - up * angle.cos())
    };
    let mut paths: Vec<Path> = Vec::new();
    for run in &setting.runs {
        let mut steps = Vec::new();
        let glyphs: Vec<u16> = run.glyphs.iter().map(|glyph| glyph.id).collect();
        let Some(outlines) = flow.fonts.face(run.face).and_then(|face| face.outlines(&glyphs)) else {
            flow.diagnostics.push(Diagnostic::error(
                Code::NOT_SET,
                None,
                say!("水印的字体读不出字形", "the face of the watermark has no outlines that can be read"),
                say!("在模板的 watermark 里换一种字体", "choose another face under watermark in the template"),
            ));
            return None;
        };
        let size = run.size.to_pt();
        for (glyph, outline) in run.glyphs.iter().zip(outlines) {
            let at = |[x, y]: [f64; 2]| place(f64::from(glyph.x) + x * size, y * size);
            steps.extend(outline.into_iter().map(|step| match step {
                GlyphStep::Move(to) => OutlineStep::Move(at(to).0, at(to).1),
                GlyphStep::Line(to) => OutlineStep::Line(at(to).0, at(to).1),
                GlyphStep::Curve(points) => OutlineStep::Curve(points.map(at)),
                GlyphStep::Close => OutlineStep::Close,
            }));
        }
        let value = if let RunKind::Value(value) = run.source { Some(value) } else { None };
        match paths.last_mut().filter(|last| last.value == value) {
            Some(last) => last.steps.append(&mut steps),
            None => paths.push(Path { block: None, value, steps, fill: Some(look.color), stroke: None }),
        }
    }
    Some(paths)
}
