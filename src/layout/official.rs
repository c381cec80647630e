//! The parts of an official document (GB/T 9704 clause 7): red head, attachment note, signature, imprint.

use super::flow::Flow;
use super::inline::{EM, ParagraphShape, Ruler, Setting, break_lines};
use super::pages::{Placed, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::{Artifact, Item, Line, LineKind, Page, PagedDocument, Rule};
use crate::model::{Block, BlockKind, Document, Imprint, Length, RedHead, Text};
use crate::template::{Style, StyleName, head_places, signature_indents};

/// A line and its left edge.
type Set = (Setting, Length);

impl Flow<'_> {
    /// The head (7.2): marks at the left from the first row on, the issuing authority at its place, the number so many
    /// empty rows below as its style says, the red rule below that. No page break divides it.
    pub(super) fn red_head(&mut self, index: u32, block: &Block, head: &RedHead) {
        let (template, grid) = (self.template, self.template.grid);
        let row = |rows: u32, style: &Style| {
            grid.pitch * f64::from(rows) + (grid.cell - style.size) / 2.0 + style.size * grid.ascent
        };
        let mut placed = Vec::new();
        let mut rows = 0;
        let marks = [
            (StyleName::CopyNumber, &head.copy_number),
            (StyleName::HeadMark, &head.classification),
            (StyleName::HeadMark, &head.urgency),
        ];
        for (style, text) in marks.into_iter().filter_map(|(name, text)| Some((template.style(name), text.as_ref()?))) {
            for (setting, x) in self.set_text(block, text, style) {
                placed.push(Placed { setting, x, y: row(rows, style), last: true });
                rows += 1;
            }
        }
        let style = template.style(StyleName::Authority);
        let authority: Vec<Set> = head.authority.iter().flat_map(|line| self.set_text(block, line, style)).collect();
        let places = head_places(template, rows, authority.len() as u32);
        for (i, (setting, x)) in authority.into_iter().enumerate() {
            let y = places.authority + places.leading * i as f64 + style.size * grid.ascent;
            placed.push(Placed { setting, x, y, last: true });
        }
        let numbered = template.style(StyleName::DocumentNumber);
        let y = row(places.number, numbered);
        for (setting, x) in self.number_line(block, head, numbered) {
            placed.push(Placed { setting, x, y, last: true });
        }
        let rule = Rule {
            color: style.color,
            x: Length::ZERO,
            y: places.rule,
            width: template.page.measure(),
            height: template.head.rule,
        };
        let rows = places.rows;
        let cell = UnitMetrics { rows, keep_next: 1, ..UnitMetrics::default() };
        self.units.push(Unit { items: vec![Item::Rule(rule)], ..Unit::lines(index, cell, placed) });
    }

    /// The document's number: centred (7.2.5), or at the left, one character in, with who signs at the right (7.2.6).
    fn number_line(&mut self, block: &Block, head: &RedHead, style: &Style) -> Vec<Set> {
        let mut lines = self.set_text(block, &head.number, style);
        let Some(signer) = &head.signer else { return lines };
        let name = self.template.style(StyleName::Signer);
        for (_, x) in &mut lines {
            *x = name.size * name.indent_right;
        }
        // 签发人： stands in the type of the number, the name in its own.
        let label = signer.plain().find('：').map_or(0, |at| at + '：'.len_utf8());
        let paragraph = Paragraph::new(block).text_in_two(signer, label, style, name);
        let Some(text) = self.prepared(&paragraph) else { return lines };
        let ruler = Ruler::new(&text);
        let line = (0, text.items.len());
        let setting = self.natural(&text, &ruler, &paragraph, line, name, self.measure(name));
        let x = self.aligned(&setting, name, 0.0);
        lines.push((setting, x));
        lines
    }

    /// Names of attachments (7.3.4): a line that turns over goes on below the name's first character.
    pub(super) fn attachment_note(&mut self, index: u32, block: &Block, names: &[Text]) {
        let style = self.template.style(StyleName::AttachmentNote);
        let mut label = 0.0;
        let mut lines = Vec::new();
        for (i, name) in names.iter().enumerate() {
            let plain = name.plain();
            let mark = plain.find('：').filter(|_| i == 0).map_or(0, |at| at + '：'.len_utf8());
            let digits = plain[mark..].bytes().take_while(u8::is_ascii_digit).count();
            // 附件：1.名称; a single one has no number.
            let number = if digits > 0 && plain[mark + digits..].starts_with('.') { mark + digits + 1 } else { mark };
            let paragraph = Paragraph::new(block).text(name, style);
            let width = |flow: &mut Self, bytes: usize| flow.width_of(&paragraph, bytes);
            if i == 0 {
                label = width(self, mark);
            }
            let lead = if i == 0 { style.first_line } else { style.first_line + label };
            let hang = style.first_line + label + width(self, number) - width(self, mark);
            lines.extend(self.hung(&paragraph, style, lead, hang));
        }
        self.stack(index, lines, style);
    }

    /// Who signs, and when (7.3.5), on two lines that stay together.
    pub(super) fn signature(&mut self, index: u32, block: &Block, authority: &Text, date: &Text, sealed: bool) {
        let (first, second) =
            (self.template.style(StyleName::Signature), self.template.style(StyleName::SignatureDate));
        let signed = self.set_text(block, authority, first);
        let dated = self.set_text(block, date, second);
        let width = |lines: &[Set], style: &Style| {
            lines.iter().map(|(setting, _)| setting.width / style.size).fold(0.0, f64::max)
        };
        let indents = signature_indents(self.template, width(&signed, first), width(&dated, second), sealed);
        let measure = self.template.page.measure();
        let last = signed.len();
        self.blank(index, first.rows_before);
        for (i, ((setting, _), (style, indent))) in signed
            .into_iter()
            .map(|line| (line, (first, indents.0)))
            .chain(dated.into_iter().map(|line| (line, (second, indents.1))))
            .enumerate()
        {
            let grid = &self.template.grid;
            let x = (measure - style.size * indent - setting.width).max(Length::ZERO);
            let y = (grid.cell - style.size) / 2.0 + style.size * grid.ascent;
            let cell = UnitMetrics { rows: 1, keeps: i < last, ..UnitMetrics::default() };
            self.units.push(Unit::lines(index, cell, vec![Placed { setting, x, y, last: true }]));
        }
    }

    /// The pages with the imprint (7.4): at the foot of the last page where that is an even one and has room, else on
    /// the next even page, which then has no number, nor has the blank page before it (7.5).
    pub(super) fn with_imprint(&mut self, document: &Document, mut body: PagedDocument) -> PagedDocument {
        let asked = document.blocks.iter().enumerate().find_map(|(index, block)| match &block.kind {
            BlockKind::Imprint(imprint) => Some((index as u32, block, imprint)),
            _ => None,
        });
        let Some((index, block, imprint)) = asked else { return body };
        let (height, items) = self.imprint(index, block, imprint);
        let (page, grid) = (self.template.page, self.template.grid);
        let top = page.height - page.bottom - height;
        let even = body.pages.len().is_multiple_of(2);
        let fits = even && body.pages.last().is_some_and(|last| lowest(last) + grid.pitch / 2.0 <= top);
        if !fits {
            let blank = || Page { label: String::new(), width: page.width, height: page.height, items: Vec::new() };
            let more = if even { 2 } else { 1 };
            body.pages.extend(std::iter::repeat_with(blank).take(more));
        }
        let left = page.left(body.pages.len());
        if let Some(last) = body.pages.last_mut() {
            let at = last.items.iter().position(is_page_number).unwrap_or(last.items.len());
            last.items.splice(at..at, items.into_iter().map(|item| item.shifted(left, top)));
        }
        body
    }

    /// The imprint, from its own top: its rules, whom copies go to, who printed it and when. The last rule ends at its
    /// height.
    fn imprint(&mut self, index: u32, block: &Block, imprint: &Imprint) -> (Length, Vec<Item>) {
        let (template, style) = (self.template, self.template.style(StyleName::Imprint));
        let (grid, rules, measure) = (template.grid, template.imprint, template.page.measure());
        let mut items = Vec::new();
        let mut y = Length::ZERO;
        let rule = |y: Length, height: Length| {
            Item::Rule(Rule { color: style.color, x: Length::ZERO, y, width: measure, height })
        };
        let line = |(setting, x): Set, y: Length, last: bool| {
            Item::Line(Line {
                kind: LineKind::Block(index),
                last,
                text: setting.text,
                x,
                // In the middle of its row.
                baseline: y + (grid.pitch - style.size) / 2.0 + style.size * grid.ascent,
                width: setting.width,
                turned: false,
                runs: setting.runs,
            })
        };
        items.push(rule(y, rules.outer));
        y += rules.outer;
        if let Some(copies) = &imprint.copies {
            // What turns over goes on below the first character behind the colon (7.4.2).
            let label = copies.plain().find('：').map_or(0, |at| at + '：'.len_utf8());
            let paragraph = Paragraph::new(block).text(copies, style);
            let hang = self.width_of(&paragraph, label);
            let lines = self.hung(&paragraph, style, 0.0, hang);
            let count = lines.len();
            for (i, set) in lines.into_iter().enumerate() {
                items.push(line(set, y, i + 1 == count));
                y += grid.pitch;
            }
            items.push(rule(y, rules.inner));
            y += rules.inner;
        }
        let office = self.set_text(block, &imprint.office, style);
        let date = self.set_text(block, &imprint.date, style);
        let rows = office.len().max(1);
        for (i, set) in office.into_iter().enumerate() {
            items.push(line(set, y + grid.pitch * i as f64, true));
        }
        y += grid.pitch * (rows - 1) as f64;
        for (setting, _) in date {
            let x = measure - style.size * style.indent_right - setting.width;
            items.push(line((setting, x), y, true));
        }
        y += grid.pitch;
        items.push(rule(y, rules.outer));
        (y + rules.outer, items)
    }

    /// The lines of a text that is not justified.
    fn set_text(&mut self, block: &Block, text: &Text, style: &Style) -> Vec<Set> {
        let paragraph = Paragraph::new(block).text(text, style);
        self.set_paragraph(&paragraph, style)
    }

    /// Justified lines, the first `lead` em in, the others `hang` em.
    fn hung(&mut self, paragraph: &Paragraph<'_>, style: &Style, lead: f64, hang: f64) -> Vec<Set> {
        let Some(text) = self.prepared(paragraph) else { return Vec::new() };
        let ruler = Ruler::new(&text);
        let (measure, units) = (self.measure(style), |em: f64| (em * EM as f64).round() as i64);
        let shape = ParagraphShape { first: measure - units(lead), rest: measure - units(hang), last: 1 };
        let ends = break_lines(&text, &ruler, shape);
        let mut lines = self.justified_in(&text, &ruler, paragraph, style, &ends, shape);
        for (i, (_, x)) in lines.iter_mut().enumerate() {
            *x = style.size * (style.indent_left + if i == 0 { lead } else { hang });
        }
        lines
    }

    /// Width in em of the first bytes of a paragraph.
    fn width_of(&mut self, paragraph: &Paragraph<'_>, bytes: usize) -> f64 {
        let Some(text) = self.prepared(paragraph) else { return 0.0 };
        let mut at = 0;
        let mut width = 0;
        for item in &text.items {
            at += item.c.len_utf8();
            if at > bytes {
                break;
            }
            width += item.advance - item.trim_left - item.trim_right;
        }
        width as f64 / EM as f64
    }
}

/// The lowest ink of a page's text, page numbers aside.
fn lowest(page: &Page) -> Length {
    let below = |item: &Item| match item {
        Item::Line(line) if line.kind != LineKind::Artifact(Artifact::PageNumber) => line.baseline,
        Item::Rule(rule) => rule.y + rule.height,
        Item::Picture(picture) => picture.y + picture.height,
        Item::Line(_) | Item::Path(_) => Length::ZERO,
    };
    page.items.iter().map(below).fold(Length::ZERO, Length::max)
}

fn is_page_number(item: &Item) -> bool {
    matches!(item, Item::Line(line) if line.kind == LineKind::Artifact(Artifact::PageNumber))
}
