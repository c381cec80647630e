//! Blocks to units.

use super::RunSource;
use super::inline::{
    EM, GlyphCache, LineFit, OfficeMetrics, OfficeText, ParagraphShape, Piece, Prepared, Ruler, Setting, break_lines,
    is_hanging, other_counts, prepare, set_line,
};
use super::notes::{Notes, sources};
use super::pages::{BlockVariant, Placed, Unit, UnitKind, UnitMetrics};
use super::paragraph::Paragraph;
use super::phrase::PhraseBreaker;
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::font::Fonts;
use crate::model::{Block, BlockKind, ChartFrames, Document, Length, SetTables, Text};
use crate::template::{Align, Compose, Leading, Style, StyleName, Template};
use std::collections::BTreeSet;

/// What a paragraph that is a line longer or shorter than it would be costs page make-up, before its unevenness.
const OTHER_COUNT: u64 = 12;
/// So much unevenness weighs one.
const UNEVEN: u64 = 150;

/// What is needed to turn blocks into units.
pub(super) struct Flow<'a> {
    pub(super) template: &'a Template,
    pub(super) fonts: &'a Fonts,
    pub(super) cache: GlyphCache,
    pub(super) phrases: PhraseBreaker,
    pub(super) notes: Notes,
    pub(super) units: Vec<Unit>,
    /// The tables set so far.
    pub(super) tables: SetTables,
    /// Where the parts of the charts drawn so far stand.
    pub(super) frames: ChartFrames,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(document: &Document, template: &'a Template, fonts: &'a Fonts) -> Self {
        Self {
            template,
            fonts,
            notes: Notes::new(document, template),
            cache: GlyphCache::default(),
            phrases: PhraseBreaker::default(),
            units: Vec::new(),
            tables: SetTables::default(),
            frames: ChartFrames::default(),
            diagnostics: Vec::new(),
        }
    }

    /// The units of a block, with the footnotes that it calls.
    pub(super) fn units_of(&mut self, index: u32, block: &Block) -> Vec<Unit> {
        self.block(index, block);
        let mut units = std::mem::take(&mut self.units);
        // What lines do not carry themselves (a table's cells) goes with the block's beginning.
        let carried: Vec<u32> = units.iter().flat_map(|unit| unit.notes.iter().copied()).collect();
        let rest: Vec<u32> =
            self.notes.of_block(index, &block.kind).into_iter().filter(|note| !carried.contains(note)).collect();
        if let Some(first) = units.iter_mut().find(|unit| unit.cell.kind == UnitKind::Lines) {
            first.cell.notes = first.cell.notes.and(self.notes.foot(&rest));
            first.notes.extend(rest);
        }
        units
    }

    /// Sets the footnotes.
    pub(super) fn set_notes(&mut self, document: &Document) {
        let style = self.template.style(StyleName::Footnote);
        for note in &document.notes {
            let mark = self.template.numbering.notes.write(note.count);
            let mut paragraph = Paragraph { pieces: Vec::new(), runs: Vec::new(), span: note.span };
            paragraph.push(&mark, style.strong, RunSource::Number, style, None);
            let paragraph = paragraph.text(&note.text, style);
            let Some(text) = self.prepared(&paragraph) else {
                self.notes.push(Vec::new());
                continue;
            };
            let ruler = Ruler::new(&text);
            // Notes of a wide table stand on its pages, which lie on their side.
            let caller = self.notes.next_caller().and_then(|block| document.blocks.get(block as usize));
            let page = &self.template.page;
            let wide = match caller.map(|block| &block.kind) {
                Some(BlockKind::Table(table)) if table.landscape => page.depth() - page.measure(),
                _ => Length::ZERO,
            };
            let shape = self.shape(style).wider(units_of(wide / style.size));
            let ends = break_lines(&text, &ruler, shape);
            let lines = self.justified_in(&text, &ruler, &paragraph, style, &ends, shape);
            self.notes.push(lines);
        }
    }

    fn block(&mut self, index: u32, block: &Block) {
        match &block.kind {
            BlockKind::Title(lines) => self.title(index, block, lines, self.template.style(StyleName::Title)),
            BlockKind::AttachmentTitle(text) => {
                let style = self.template.style(StyleName::AttachmentTitle);
                self.title(index, block, std::slice::from_ref(text), style);
            }
            BlockKind::RedHead(head) => self.red_head(index, block, head),
            BlockKind::AttachmentNote(names) => self.attachment_note(index, block, names),
            BlockKind::Signature { authority, date, sealed } => {
                self.signature(index, block, authority, date, *sealed);
            }
            BlockKind::PageBreak => self.units.push(Unit::page_break(index)),
            BlockKind::Cover(_) | BlockKind::Contents { .. } | BlockKind::Imprint(_) => {}
            BlockKind::Table(table) => {
                let units = super::table::units(self, index, block, table);
                self.units.extend(units);
            }
            BlockKind::Figure(figure) => {
                let units = super::figure::units(self, index, block, figure);
                self.units.extend(units);
            }
            BlockKind::Chart(chart) => {
                let units = super::chart::units(self, index, block, chart);
                self.units.extend(units);
            }
            _ => {
                if matches!(block.kind, BlockKind::AttachmentMark(_)) {
                    self.units.push(Unit::page_break(index));
                }
                if let Some((paragraph, style)) = self.running(block) {
                    self.paragraph(index, &paragraph, style);
                } else {
                    self.refuse(
                        Code::NOT_SET,
                        block,
                        say!("PDF 排不了这项内容", "the PDF cannot set this block"),
                        say!("删去，或者换一种写法", "leave it out, or write it another way"),
                    );
                }
            }
        }
    }

    /// Records that a block cannot be set: nothing is left out in silence.
    pub(super) fn refuse(&mut self, code: Code, block: &Block, message: Message, hint: Message) {
        self.diagnostics.push(Diagnostic::error(code, block.span, message, hint));
    }

    /// The paragraph of a block that is one, and its style.
    fn running<'b>(&self, block: &'b Block) -> Option<(Paragraph<'b>, &'a Style)>
    where
        'a: 'b,
    {
        let (name, number, texts): (_, _, Vec<&Text>) = match &block.kind {
            BlockKind::Occasion(text) => (StyleName::Occasion, None, vec![text]),
            BlockKind::Speaker(text) => (StyleName::Speaker, None, vec![text]),
            BlockKind::Salutation(text) => (StyleName::Salutation, None, vec![text]),
            BlockKind::Paragraph(text) => (StyleName::Body, None, vec![text]),
            BlockKind::AttachmentMark(text) => (StyleName::AttachmentMark, None, vec![text]),
            BlockKind::Heading { level, number, text } => (StyleName::heading(*level), number.as_ref(), vec![text]),
            BlockKind::ListItem { number, text } => (StyleName::ListItem, number.as_ref(), vec![text]),
            BlockKind::GlossaryTitle(text) => (StyleName::GlossaryTitle, None, vec![text]),
            BlockKind::Term { number, term, text } => (StyleName::GlossaryEntry, Some(number), vec![term, text]),
            BlockKind::Addressee(text) => (StyleName::Addressee, None, vec![text]),
            BlockKind::Point { number, lead, text } => (StyleName::Point, Some(number), vec![lead, text]),
            _ => return None,
        };
        let style = self.template.style(name);
        let mut paragraph = Paragraph::new(block).number(number, style);
        if matches!(block.kind, BlockKind::ListItem { number: None, .. }) {
            paragraph.push(&self.template.numbering.bullet, style.strong, RunSource::Number, style, None);
        }
        Some((texts.into_iter().fold(paragraph, |p, text| p.text(text, style)), style))
    }

    /// Other ways to set a block, each with the ends of its lines.
    pub(super) fn other_counts_of(&mut self, index: u32, block: &Block) -> Vec<(BlockVariant, Vec<usize>)> {
        let Some((paragraph, style)) =
            self.running(block).filter(|(_, style)| style.align == Align::Justify && !style.name.is_heading())
        else {
            return Vec::new();
        };
        let Some(text) = self.prepared(&paragraph) else { return Vec::new() };
        let ruler = Ruler::new(&text);
        let others = other_counts(&text, &ruler, self.shape(style));
        let way = |(lines, uneven, ends): (usize, u64, Vec<usize>)| {
            let (mut start, mut seen) = (0, BTreeSet::new());
            let cells = (0..lines).map(|i| {
                let line = &text.items[start..ends[i]];
                start = ends[i];
                let sources = line.iter().map(|item| paragraph.pieces[item.piece as usize].source);
                let notes = self.notes.foot(&self.notes.called(index, sources, &mut seen));
                UnitMetrics { notes, ..cell(style, i, lines) }
            });
            (BlockVariant { cost: OTHER_COUNT + uneven / UNEVEN, cells: cells.collect() }, ends)
        };
        others.into_iter().map(way).collect()
    }

    /// Sets a block with given ends of its lines.
    pub(super) fn set_with(&mut self, index: u32, block: &Block, ends: &[usize]) {
        if let Some((paragraph, style)) = self.running(block)
            && let Some(text) = self.prepared(&paragraph)
        {
            let lines = self.justified(&text, &Ruler::new(&text), &paragraph, style, ends);
            self.stack(index, lines, style);
        }
    }

    /// Glyphs for a paragraph; None when one is missing, which is recorded.
    pub(super) fn prepared(&mut self, paragraph: &Paragraph<'_>) -> Option<Prepared> {
        match prepare(&paragraph.pieces, self.template.compose.cjk_latin_gap, self.fonts, &mut self.cache) {
            Ok(prepared) => Some(prepared),
            Err(missing) => {
                for m in missing {
                    let c = m.c;
                    let span = paragraph.runs.get(m.piece).copied().flatten().map_or(paragraph.span, |(run, from)| {
                        run.map.span(from + m.offset, from + m.offset + c.len_utf8())
                    });
                    let code = u32::from(c);
                    let role = paragraph.pieces.get(m.piece).map_or("", |p| p.role.name());
                    self.diagnostics.push(Diagnostic::error(
                        Code::GLYPH_MISSING,
                        span,
                        say!("字体里没有“{c}”（U+{code:04X}）这个字", "no font has “{c}” (U+{code:04X})"),
                        say!(
                            "换一个字，或者在字体目录里加上含有这个字的字体，并写进模板中“{role}”的 fallback",
                            "use another character, or add a face that has it to the font directory and name it in the template under {role}, fallback"
                        ),
                    ));
                }
                None
            }
        }
    }

    fn shape(&self, style: &Style) -> ParagraphShape {
        let rest = self.measure(style);
        ParagraphShape { first: rest - units_of(style.first_line), rest, last: self.template.compose.last_line_chars }
    }

    /// A paragraph of running text.
    fn paragraph(&mut self, index: u32, paragraph: &Paragraph<'_>, style: &Style) {
        let lines = self.set_paragraph(paragraph, style);
        self.stack(index, lines, style);
    }

    /// The lines of a paragraph, each with its left edge.
    pub(super) fn set_paragraph(&mut self, paragraph: &Paragraph<'_>, style: &Style) -> Vec<(Setting, Length)> {
        let Some(text) = self.prepared(paragraph) else { return Vec::new() };
        let ruler = Ruler::new(&text);
        let shape = self.shape(style);
        let ends = self.ends(&text, &ruler, &paragraph.pieces, style);
        if style.align == Align::Justify {
            return self.justified(&text, &ruler, paragraph, style, &ends);
        }
        let mut start = 0;
        let mut lines = Vec::with_capacity(ends.len());
        for (i, &end) in ends.iter().enumerate() {
            let indent = if i == 0 { style.first_line } else { 0.0 };
            let setting = self.natural(&text, &ruler, paragraph, (start, end), style, shape.measure(start));
            let x = self.aligned(&setting, style, indent);
            lines.push((setting, x));
            start = end;
        }
        lines
    }

    /// The ends of the lines, as the policy breaks them.
    fn ends(&mut self, text: &Prepared, ruler: &Ruler<'_>, pieces: &[Piece<'_>], style: &Style) -> Vec<usize> {
        let shape = self.shape(style);
        let (policy, centred) = (self.template.compose.policy, style.align == Align::Center);
        if policy == Compose::Fine && style.align == Align::Justify && !style.name.is_heading() {
            return break_lines(text, ruler, shape);
        }
        // What is centred is broken by phrase in the Word file as well, where programs may have to break it further.
        let phrased = if policy == Compose::Fine || centred {
            self.phrases.break_lines(text, ruler, (shape.first, shape.rest), centred)
        } else {
            vec![text.items.len()]
        };
        // An occasion that its brackets keep on one line hangs out of the measure in the Word file rather than turn over.
        if policy == Compose::Fine || style.name == StyleName::Occasion {
            return phrased;
        }
        OfficeText::new(text, pieces, OfficeMetrics::new(style, self.template), self.fonts).lines(policy, &phrased)
    }

    /// How far the mark at a line's end may stand past the measure.
    fn hanging(&self, text: &Prepared, end: usize) -> i64 {
        let mark = end.checked_sub(1).and_then(|last| text.items.get(last)).filter(|item| is_hanging(item.class));
        mark.filter(|_| self.template.compose.policy == Compose::Word).map_or(0, |item| item.advance)
    }

    /// Justified lines with given ends.
    fn justified(
        &self,
        text: &Prepared,
        ruler: &Ruler<'_>,
        paragraph: &Paragraph<'_>,
        style: &Style,
        ends: &[usize],
    ) -> Vec<(Setting, Length)> {
        self.justified_in(text, ruler, paragraph, style, ends, self.shape(style))
    }

    /// Justified lines with given ends, on measures of another shape than the style's.
    pub(super) fn justified_in(
        &self,
        text: &Prepared,
        ruler: &Ruler<'_>,
        paragraph: &Paragraph<'_>,
        style: &Style,
        ends: &[usize],
        shape: ParagraphShape,
    ) -> Vec<(Setting, Length)> {
        let mut start = 0;
        let mut lines = Vec::with_capacity(ends.len());
        for (i, &end) in ends.iter().enumerate() {
            let extent = ruler.extent(start, end);
            let room = shape.measure(start);
            let last = i + 1 == ends.len();
            let most = extent.width.min(room + self.hanging(text, end));
            let fit = extent.fit_closed(if last { most } else { most.max(room) });
            let stroke = self.template.fonts.bold_stroke;
            let setting = set_line(text, &paragraph.pieces, (start, end), &fit, style.size, stroke);
            let indent = if i == 0 { style.first_line } else { 0.0 };
            lines.push((setting, style.size * (style.indent_left + indent)));
            start = end;
        }
        lines
    }

    /// Lines that are not justified.
    pub(super) fn natural(
        &self,
        text: &Prepared,
        ruler: &Ruler<'_>,
        paragraph: &Paragraph<'_>,
        line: (usize, usize),
        style: &Style,
        room: i64,
    ) -> Setting {
        let extent = ruler.extent(line.0, line.1);
        let mut fit = extent.fit_closed(extent.width.min(room));
        if let Some(spread) = style.spread.filter(|s| line.1 - line.0 <= s.up_to as usize) {
            fit = LineFit { open: spread.by * EM as f64, ..fit };
        }
        set_line(text, &paragraph.pieces, line, &fit, style.size, self.template.fonts.bold_stroke)
    }

    /// The ends of centred lines.
    pub(super) fn by_phrase(&self, text: &Prepared, ruler: &Ruler<'_>, room: i64) -> Vec<usize> {
        self.phrases.break_lines(text, ruler, (room, room), true)
    }

    /// A line of a paragraph, fitted.
    pub(super) fn set(
        &self,
        text: &Prepared,
        paragraph: &Paragraph<'_>,
        line: (usize, usize),
        fit: &LineFit,
        style: &Style,
    ) -> Setting {
        set_line(text, &paragraph.pieces, line, fit, style.size, self.template.fonts.bold_stroke)
    }

    pub(super) fn measure(&self, style: &Style) -> i64 {
        let page = &self.template.page;
        let grid = &self.template.grid;
        let full = grid.cell * f64::from(grid.chars);
        // The grid's cells fill the type area; what its figures round off is not a width.
        let measure = if (full - page.measure()).abs() < Length::pt(0.05) { full } else { page.measure() };
        let em = measure / style.size - style.indent_left - style.indent_right;
        units_of(em)
    }

    pub(super) fn aligned(&self, setting: &Setting, style: &Style, indent: f64) -> Length {
        let left = style.size * style.indent_left;
        let room = self.template.page.measure() - left - style.size * style.indent_right;
        match style.align {
            Align::Justify | Align::Left => left + style.size * indent,
            Align::Center => left + (room - setting.width) / 2.0,
            Align::Right => left + room - setting.width,
        }
    }

    /// The units that were made last.
    pub(super) fn take_units(&mut self) -> Vec<Unit> {
        std::mem::take(&mut self.units)
    }

    /// A title: lines as given or broken by phrase, all on one page.
    pub(super) fn title(&mut self, index: u32, block: &Block, lines: &[Text], style: &Style) {
        let measure = self.measure(style);
        let mut set = Vec::new();
        for line in lines {
            let paragraph = Paragraph::new(block).text(line, style);
            let Some(text) = self.prepared(&paragraph) else { continue };
            let ruler = Ruler::new(&text);
            let mut start = 0;
            for end in self.ends(&text, &ruler, &paragraph.pieces, style) {
                let setting = self.natural(&text, &ruler, &paragraph, (start, end), style, measure);
                let x = self.aligned(&setting, style, 0.0);
                set.push((setting, x));
                start = end;
            }
        }
        self.stack(index, set, style);
    }

    /// Stacks lines into units.
    pub(super) fn stack(&mut self, index: u32, lines: Vec<(Setting, Length)>, style: &Style) {
        if lines.is_empty() {
            return;
        }
        let grid = &self.template.grid;
        let ascent = style.size * grid.ascent;
        self.blank(index, style.rows_before);
        let count = lines.len();
        let mut seen = BTreeSet::new();
        match style.leading {
            Leading::Rows(_) => {
                for (i, (setting, x)) in lines.into_iter().enumerate() {
                    // Type of another size stands in the middle of the cell of the grid.
                    let y = (grid.cell - style.size) / 2.0 + ascent;
                    let placed = Placed { setting, x, y, last: i + 1 == count };
                    let notes = self.notes.called(index, sources(&placed), &mut seen);
                    let cell = UnitMetrics { notes: self.notes.foot(&notes), ..cell(style, i, count) };
                    self.units.push(Unit { notes, ..Unit::lines(index, cell, vec![placed]) });
                }
            }
            Leading::Exact(leading) => {
                let ink = leading * (count - 1) as f64 + style.size;
                let rows = style.rows(count, grid);
                let room = grid.pitch * rows - (grid.pitch - grid.cell);
                let top = ((room - ink) / 2.0).max(Length::ZERO);
                let placed = lines
                    .into_iter()
                    .enumerate()
                    .map(|(i, (setting, x))| Placed {
                        setting,
                        x,
                        y: top + leading * i as f64 + ascent,
                        last: i + 1 == count,
                    })
                    .collect();
                let cell = UnitMetrics {
                    kind: UnitKind::Lines,
                    rows: rows as u32,
                    keep_next: style.keep_next,
                    ..UnitMetrics::default()
                };
                self.units.push(Unit::lines(index, cell, placed));
            }
        }
        self.blank(index, style.rows_after);
    }

    pub(super) fn blank(&mut self, block: u32, rows: f64) {
        let rows = rows.ceil().max(0.0) as u32;
        if rows > 0 {
            self.units.push(Unit::blank(block, rows));
        }
    }
}

/// Line `i` of `count` in a style that counts by rows.
fn cell(style: &Style, i: usize, count: usize) -> UnitMetrics {
    let rows = match style.leading {
        Leading::Rows(rows) => rows.ceil().max(1.0) as u32,
        Leading::Exact(_) => 1,
    };
    let (above, below) = (i as u32 + 1, (count - i - 1) as u32);
    // No fewer than `orphans` lines on either side of a page's edge, where the block has them.
    let least = style.orphans.max(1);
    // What keeps with the next keeps together itself.
    let keeps = below > 0 && (above < least || below < least || style.keep_next > 0);
    UnitMetrics { rows, keeps, keep_next: if below == 0 { style.keep_next } else { 0 }, ..UnitMetrics::default() }
}

fn units_of(em: f64) -> i64 {
    (em * EM as f64).round() as i64
}
