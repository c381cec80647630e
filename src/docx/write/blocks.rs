//! Blocks to paragraphs and tables, one at a time.

use super::body::Body;
use super::inline::{close_bookmark, open_block, open_bookmark, push};
use super::lines::{all_lines, lines_of};
use super::numbering::Direct;
use super::order::Extras;
use super::section::Area;
use super::{chart, contents, figure, front, official, table};
use crate::docx::styles::id::HEADINGS;
use crate::docx::styles::{Variant, lines_in, variant_id};
use crate::docx::{Error, bookmark};
use crate::model::{Block, BlockIndex, BlockKind, Contents, Text};
use crate::template::StyleName;
use docx_rs::{IndentLevel, NumberingId};

impl<'a> Body<'a> {
    /// Writes one block: its index in the document, and the block.
    pub(super) fn block(&mut self, index: BlockIndex, block: &'a Block) -> Result<(), Error> {
        self.turn(Area::of(block, self.printed.page_number(index)), index)?;
        self.index = index;
        let direct = self.lists.direct(block);
        let breaks = self.printed.title_breaks(index);
        let written = match &block.kind {
            BlockKind::Title(lines) => self.lines(block, StyleName::Title, lines, breaks),
            BlockKind::Occasion(text) => self.phrased(block, StyleName::Occasion, text, breaks),
            BlockKind::Speaker(text) => self.phrased(block, StyleName::Speaker, text, breaks),
            BlockKind::Salutation(text) => self.plain(block, StyleName::Salutation, text),
            BlockKind::Paragraph(text) => self.plain(block, StyleName::Body, text),
            BlockKind::AttachmentMark { text, .. } => {
                self.attached = true;
                self.plain(block, StyleName::AttachmentMark, text)
            }
            BlockKind::AttachmentTitle(text) => {
                let id = self.attachment_title(text, breaks);
                let lines = all_lines(std::slice::from_ref(text), 0, breaks);
                self.paragraph(block, &id, None, StyleName::AttachmentTitle, &lines, true)
            }
            BlockKind::GlossaryTitle(text) => self.phrased(block, StyleName::GlossaryTitle, text, breaks),
            BlockKind::Addressee(text) => self.plain(block, StyleName::Addressee, text),
            BlockKind::Heading { level, number, text } => {
                // Word's table of contents would repeat a line break within a heading.
                let listed = self.listed.contains_key(&index);
                let lines = if listed { vec![Text::clone(text)] } else { lines_of(text, breaks) };
                let name = StyleName::heading(*level);
                let style = self.style(name);
                if self.attached {
                    // The list is bound to the styles of the report's own headings.
                    let level = usize::from(level.saturating_sub(1));
                    let own = number.is_some().then_some(Direct { num: HEADINGS, level });
                    self.paragraph(block, &variant_id(style, Variant::Attached), direct.or(own), name, &lines, true)
                } else {
                    self.paragraph(block, &style.word.id, direct, name, &lines, true)
                }
            }
            BlockKind::Point { lead, text, .. } => self.listed(block, StyleName::Point, direct, &[lead, text]),
            BlockKind::ListItem { number: Some(_), text } => self.listed(block, StyleName::ListItem, direct, &[text]),
            BlockKind::ListItem { number: None, text } => {
                let style = variant_id(self.style(StyleName::ListItem), Variant::Bullet);
                self.paragraph(block, &style, None, StyleName::ListItem, std::slice::from_ref(text), false)
            }
            BlockKind::Term { term, text, .. } => front::term(self, block, direct, term, text),
            BlockKind::Table(table) => {
                let set = self.printed.table(index).ok_or_else(|| Error::NotPrinted { block: block.id.0.clone() })?;
                table::write(self, block, table, set)
            }
            BlockKind::Figure(shown) => {
                let at = self.shown;
                self.shown += 1;
                figure::write(self, block, shown, at)
            }
            BlockKind::Chart(drawn) => chart::write(self, block, drawn),
            BlockKind::Cover(cover) => front::cover(self, block, cover, breaks),
            BlockKind::Contents(Contents { title, depth }) => contents::write(self, block, title, *depth),
            BlockKind::Signature { authority, date, sealed } => {
                official::signature(self, block, authority, date, *sealed)
            }
            BlockKind::RedHead(head) => official::red_head(self, block, head, breaks),
            BlockKind::AttachmentNote(names) => official::attachment_note(self, block, names),
            BlockKind::Imprint(imprint) => official::imprint(self, block, imprint),
            BlockKind::PageBreak => {
                self.breaks.push(&block.id);
                Ok(())
            }
        };
        self.empty = false;
        written
    }

    fn plain(&mut self, block: &Block, style: StyleName, text: &Text) -> Result<(), Error> {
        self.listed(block, style, None, &[text])
    }

    /// A paragraph whose line breaks by phrase are kept.
    fn phrased(&mut self, block: &Block, style: StyleName, text: &Text, breaks: &[usize]) -> Result<(), Error> {
        self.lines(block, style, std::slice::from_ref(text), breaks)
    }

    /// A paragraph of lines: those given, and within them those broken by phrase.
    fn lines(&mut self, block: &Block, style: StyleName, given: &[Text], breaks: &[usize]) -> Result<(), Error> {
        let lines = all_lines(given, 0, breaks);
        let id = &self.style(style).word.id;
        self.paragraph(block, id, None, style, &lines, true)
    }

    /// The style of an attachment's title, which depends on how many lines it has.
    fn attachment_title(&mut self, text: &Text, breaks: &[usize]) -> String {
        let name = StyleName::AttachmentTitle;
        let count = lines_in(std::slice::from_ref(text), 0, breaks);
        let first = *self.title_lines.get_or_insert(count);
        let style = self.style(name);
        if count == first { style.word.id.clone() } else { variant_id(style, Variant::Lines(count)) }
    }

    fn listed(
        &mut self,
        block: &Block,
        style: StyleName,
        direct: Option<Direct>,
        texts: &[&Text],
    ) -> Result<(), Error> {
        let texts: Vec<Text> = texts.iter().copied().cloned().collect();
        let id = &self.style(style).word.id;
        self.paragraph(block, id, direct, style, &texts, false)
    }

    /// One paragraph that bears the block's name. `broken`: a line break between its texts.
    fn paragraph(
        &mut self,
        block: &Block,
        id: &str,
        direct: Option<Direct>,
        style: StyleName,
        texts: &[Text],
        broken: bool,
    ) -> Result<(), Error> {
        let mut p = self.begin_as(id, &block.id.0);
        if let Some(Direct { num, level }) = direct {
            p = p.numbering(NumberingId::new(num), IndentLevel::new(level));
        }
        // Before the bookmark, whose text references repeat.
        if let (BlockKind::AttachmentMark { .. }, Some(title)) = (&block.kind, self.listed.get(&self.index)) {
            for run in contents::hidden(title) {
                push(&mut p, run);
            }
        }
        let bookmark = open_block(&mut p, &mut self.ids, &block.id);
        let listed = self
            .listed
            .contains_key(&self.index)
            .then(|| open_bookmark(&mut p, &mut self.ids, bookmark::contents_bookmark(self.index)));
        self.write_lines(&mut p, style, texts, broken);
        if let Some(listed) = listed {
            close_bookmark(&mut p, listed);
        }
        close_bookmark(&mut p, bookmark);
        self.emit(&p, Extras::default())
    }
}
