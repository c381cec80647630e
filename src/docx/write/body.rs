//! The body as it grows: paragraphs in their styles, sections, notes.

use super::inline::{Inline, Look, close_bookmark, contexts, in_context, open_block, push, push_all, with_held_spaces};
use super::media::Pictures;
use super::numbering::Lists;
use super::order::{self, Extras};
use super::section::{self, Area, Sections};
use super::tree;
use crate::docx::bookmark::BookmarkIds;
use crate::docx::options::Input;
use crate::docx::styles::id::{self, DEEPEST};
use crate::docx::styles::{Variant, variant_id};
use crate::docx::xml::{Markup, R, W, Xml};
use crate::docx::{WordError, units};
use crate::model::{Block, BlockId, BlockIndex, BlockKind, Document, Figure, RunKind, SideBySide, Text};
use crate::printed::{KeptEnd, Printed};
use crate::template::{Style, StyleName, Template};
use docx_rs::{BuildXML, LineSpacing, Paragraph};
use std::collections::{BTreeMap, BTreeSet};

/// The body as it grows: one block's tree at a time, serialized and put right before the next is built.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    pub(super) printed: &'a Printed,
    pub(super) pictures: &'a Pictures<'a>,
    pub(super) inline: Inline<'a>,
    pub(super) lists: Lists,
    pub(super) ids: BookmarkIds,
    /// What is written and not yet taken.
    pub(super) out: Markup,
    /// Page breaks that wait for the paragraph they are before.
    pub(super) breaks: Vec<&'a BlockId>,
    /// Pictures shown so far.
    pub(super) shown: usize,
    /// Charts drawn so far.
    pub(super) charts: usize,
    sections: Sections<'a>,
    /// True before the first block.
    pub(super) empty: bool,
    /// True right after a table.
    pub(super) after_table: bool,
    /// The ids of the paragraph styles used so far, and those of numbers in a face of their own.
    pub(super) used: BTreeSet<String>,
    /// The blocks that contents list.
    pub(super) listed: BTreeMap<BlockIndex, String>,
    /// The block in hand.
    pub(super) index: BlockIndex,
    /// True within attachments.
    pub(super) attached: bool,
    /// How many lines the first attachment's title has.
    pub(super) title_lines: Option<usize>,
    /// Here where what is written next begins a section, and so a page.
    pub(super) section_begin: PageBegin,
}

impl<'a> Body<'a> {
    pub(super) fn new(input: Input<'a>, pictures: &'a Pictures<'a>) -> Self {
        let Input { document, template, printed, options } = input;
        Self {
            document,
            template,
            printed,
            pictures,
            inline: Inline::new(document, options.mark_values),
            lists: Lists::of(document, template),
            ids: BookmarkIds::default(),
            out: Markup::EMPTY,
            breaks: Vec::new(),
            shown: 0,
            charts: 0,
            sections: Sections::new(document, template, options.profile),
            empty: true,
            after_table: false,
            used: section::footer_styles(template).into(),
            listed: listed(document),
            index: BlockIndex::new(0),
            attached: false,
            title_lines: None,
            section_begin: PageBegin::Elsewhere,
        }
    }

    /// Opens the root element of a part.
    pub(super) fn open(&mut self, root: &'static str) {
        let spaces = [
            ("xmlns:w", W),
            ("xmlns:r", R),
            ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            ("xmlns:w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
            ("mc:Ignorable", "w14"),
        ];
        self.out.push(&Markup::start_tag(root, &spaces));
    }

    /// Adds XML that is written in the program.
    pub(super) fn fixed(&mut self, xml: &'static str) {
        self.out.push(&Markup::fixed(xml));
    }

    /// Ends the body: a page break that nothing follows.
    pub(super) fn finish_blocks(&mut self) -> Result<(), WordError> {
        if !self.breaks.is_empty() || self.empty {
            self.turn(Area::Body, self.index)?;
            let p = self.begin(StyleName::Body, "end");
            self.emit(&p, Extras::default())?;
        }
        // Word will not have a body that ends with a table.
        self.part_tables()
    }

    /// `word/footnotes.xml`, into `out`.
    pub(super) fn notes(&mut self) -> Result<(), WordError> {
        self.open("w:footnotes");
        for (kind, id, mark) in
            [("separator", "-1", "w:separator"), ("continuationSeparator", "0", "w:continuationSeparator")]
        {
            let mut xml = Xml::default();
            xml.open("w:footnote", &[("w:type", kind), ("w:id", id)])
                .open("w:p", &[])
                .open("w:pPr", &[])
                .val("w:snapToGrid", 0);
            // Without them a separator takes a whole row.
            xml.empty("w:spacing", &[("w:line", "200"), ("w:lineRule", "exact")]).close();
            xml.open("w:r", &[]).empty(mark, &[]);
            self.out.push(&xml.finish());
        }
        let document = self.document;
        let mut mark = Xml::default();
        mark.open("w:r", &[]).open("w:rPr", &[]).val("w:rStyle", id::NOTE_MARK).close().empty("w:footnoteRef", &[]);
        let mark = mark.finish();
        for (at, note) in document.notes.iter().enumerate() {
            self.out.push(&Markup::start_tag("w:footnote", &[("w:id", &(at + 1).to_string())]));
            let mut p = self.begin(StyleName::Footnote, &format!("note {}", note.name));
            self.inline.text(&mut p, &mut self.ids, &note.text, None);
            self.emit(&p, Extras { lead: Some(&mark), ..Extras::default() })?;
            self.fixed("</w:footnote>");
        }
        self.fixed("</w:footnotes>");
        Ok(())
    }

    /// A paragraph in a style. `seed` names it among all.
    pub(super) fn begin(&mut self, style: StyleName, seed: &str) -> Paragraph {
        let style = self.style(style);
        self.begin_as(&style.word.id, seed)
    }

    /// A paragraph in a style named by its id. Page breaks that wait are given to it.
    pub(super) fn begin_as(&mut self, style: &str, seed: &str) -> Paragraph {
        if !self.used.contains(style) {
            self.used.insert(style.to_owned());
        }
        let mut p = tree::paragraph(&self.ids.paragraph(seed), style);
        for id in std::mem::take(&mut self.breaks) {
            p = p.page_break_before(true);
            let bookmark = open_block(&mut p, &mut self.ids, id);
            close_bookmark(&mut p, bookmark);
        }
        p
    }

    /// Takes away the empty rows above a paragraph that begins a page because the one before was to end: programs keep them there.
    pub(super) fn at_top(&self, p: Paragraph, style: &Style, begins: PageBegin) -> Paragraph {
        if begins == PageBegin::Elsewhere || style.rows_before <= 0.0 {
            return p;
        }
        let (page, grid) = (&self.template.page, &self.template.grid);
        let above = units::lines(style, grid, units::line_pitch(page, grid), 1).above;
        p.line_spacing(LineSpacing::new().before(u32::try_from(above).unwrap_or_default()))
    }

    /// Whether the next paragraph begins a page.
    pub(super) fn page_begin(&self) -> PageBegin {
        if self.breaks.is_empty() { self.section_begin } else { PageBegin::Here }
    }

    /// Serializes a tree and puts it right.
    pub(super) fn emit(&mut self, tree: &impl BuildXML, extras: Extras<'_>) -> Result<(), WordError> {
        self.after_table = false;
        order::append(&mut self.out, &tree.build(), extras)
    }

    /// True where a signature, or the names of the attachments above it, are next: no page has these alone (GB/T 9704 7.3.5.5).
    /// What fills the page before has its end with them, and programs that do not divide what is kept would move all of it.
    pub(super) fn goes_with_next(&self) -> bool {
        // Of pictures side by side the first writes all.
        let of = match self.document.block(self.index).map(|block| &block.kind) {
            Some(BlockKind::Figure(Figure { row: Some(SideBySide { of, .. }), .. })) => *of,
            _ => 1,
        };
        let at = BlockIndex::new(self.index.get() + of);
        let next = self.document.blocks.get(at.get());
        next.is_some_and(|next| matches!(next.kind, BlockKind::Signature { .. } | BlockKind::AttachmentNote(_)))
            && (self.printed.page_number(self.index) == self.printed.page_number(at)
                || self.printed.kept_end(self.index) == Some(KeptEnd::WithNext))
    }

    /// A paragraph at the end of the block in hand, kept with the signature where that is next.
    pub(super) fn kept(&self, p: Paragraph) -> Paragraph {
        if self.goes_with_next() { p.keep_next(true) } else { p }
    }

    /// True where a paragraph in brackets is next, as below a date.
    pub(super) fn is_noted(&self) -> bool {
        self.document.blocks.get(self.index.get() + 1).is_some_and(|next| next.kind.is_bracketed())
    }

    pub(super) fn style(&self, name: StyleName) -> &'a Style {
        self.template.style(name)
    }

    /// A caption: its number, counted by Word, and its text.
    pub(super) fn caption(&mut self, block: &Block, p: &mut Paragraph, text: Option<&Text>) {
        let numbering = &self.template.numbering;
        let scheme = if matches!(block.kind, BlockKind::Table(_)) { &numbering.tables } else { &numbering.figures };
        if let Some(number) = block.kind.number() {
            self.inline.caption_number(p, &mut self.ids, block, number, scheme);
        }
        if let Some(text) = text {
            self.inline.text(p, &mut self.ids, text, None);
        }
    }

    /// Texts one below the other, short ones spread as their style says.
    pub(super) fn write_lines(&mut self, p: &mut Paragraph, style: &Style, texts: &[Text]) {
        for (at, text) in texts.iter().enumerate() {
            if at > 0 {
                push(p, tree::line_end());
            }
            self.line(p, style, text);
        }
    }

    /// Texts one after the other; `lead`: a character style for the first.
    pub(super) fn write_run_on(&mut self, p: &mut Paragraph, style: &Style, texts: &[Text], lead: Option<&str>) {
        for (at, text) in texts.iter().enumerate() {
            match lead.filter(|_| at == 0) {
                Some(lead) => self.inline.text(p, &mut self.ids, text, Some(lead)),
                None => self.line(p, style, text),
            }
        }
    }

    /// Texts one after the other, with the end of a page behind so many bytes of them.
    pub(super) fn write_parted(&mut self, p: &mut Paragraph, texts: &[Text], at: usize) {
        let mut left = at;
        for text in texts {
            let mut first = Text::clone(text);
            let rest = if left < text.len() { first.split_off(left) } else { Text::default() };
            self.inline.text(p, &mut self.ids, &first, None);
            if !rest.is_empty() {
                push(p, tree::page_end());
                self.inline.text(p, &mut self.ids, &rest, None);
            }
            left = left.checked_sub(text.len()).unwrap_or(usize::MAX);
        }
    }

    /// A line or paragraph, spread where it is as short as its style says.
    fn line(&mut self, p: &mut Paragraph, style: &Style, line: &Text) {
        let short = |most: u32| line.plain().chars().nth(most as usize).is_none();
        if style.spread.is_some_and(|s| short(s.up_to)) {
            self.spread(p, line, &variant_id(style, Variant::Spread));
        } else {
            self.inline.text(p, &mut self.ids, line, None);
        }
    }

    /// Spreads a line by a character style; not after its last character, which would put it off the centre.
    fn spread(&mut self, p: &mut Paragraph, line: &Text, style: &str) {
        let line = &with_held_spaces(line);
        let Some((last, before)) = line.runs.split_last() else { return };
        let han = contexts(line);
        for (run, han) in before.iter().zip(&han) {
            self.inline.run(p, &mut self.ids, (run, han), Some(style));
        }
        let han = han.last().map_or(&[][..], Vec::as_slice);
        let (head_han, tail_han) = han.split_at(han.len().saturating_sub(1));
        let cut = last.text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (head, tail) = last.text.split_at(cut);
        let plain = Look { strong: last.strong, shift: last.shift, style: None };
        let spread = Look { style: Some(style), ..plain };
        match last.kind {
            RunKind::Text if !head.is_empty() => {
                push_all(p, in_context(head, head_han, spread));
                push_all(p, in_context(tail, tail_han, plain));
            }
            RunKind::Value(value) if !head.is_empty() => {
                self.inline.value(p, &mut self.ids, value, &[(head, head_han, spread), (tail, tail_han, plain)]);
            }
            _ => self.inline.run(p, &mut self.ids, (last, han), None),
        }
    }

    /// Ends the section where what follows is on other pages. What lies on its side has pages of its own, with the mark and title of
    /// the attachment that it begins.
    pub(super) fn turn(&mut self, area: Area, index: BlockIndex) -> Result<(), WordError> {
        let before = index.get().checked_sub(1).and_then(|at| self.document.blocks.get(at)).map(|block| &block.kind);
        let titled = matches!(before, Some(BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_)));
        if self.sections.area() == area && (area != Area::Landscape || titled) {
            return Ok(());
        }
        if !self.empty {
            let properties = self.sections.close();
            self.low_paragraph(Some(&properties))?;
        }
        self.sections.open(area, self.printed.page_number(index));
        self.section_begin = PageBegin::Here;
        Ok(())
    }

    /// The `w:sectPr` of the last section.
    pub(super) fn last_section(&mut self) -> Markup {
        self.sections.close()
    }

    /// Parts a table from what follows where that is no paragraph: two tables that touch are one to Word.
    pub(super) fn part_tables(&mut self) -> Result<(), WordError> {
        if self.after_table { self.low_paragraph(None) } else { Ok(()) }
    }

    /// Parts two tables by a row, as print does.
    pub(super) fn row_apart(&mut self) -> Result<(), WordError> {
        let row = units::line_pitch(&self.template.page, &self.template.grid) - id::LOW_LINE;
        let p = tree::paragraph(&self.ids.paragraph("low"), id::LOW);
        let p = p.line_spacing(LineSpacing::new().before(u32::try_from(row).unwrap_or_default()));
        self.emit(&p, Extras::default())
    }

    /// An empty paragraph that takes no room, with the properties of the section that it ends.
    pub(super) fn low_paragraph(&mut self, section: Option<&Markup>) -> Result<(), WordError> {
        let p = tree::paragraph(&self.ids.paragraph("low"), id::LOW);
        self.emit(&p, Extras { section, ..Extras::default() })
    }
}

/// Whether a page begins with a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageBegin {
    Here,
    Elsewhere,
}

/// The blocks that contents list, by index, with what they say.
fn listed(document: &Document) -> BTreeMap<BlockIndex, String> {
    let depth = document.contents().map(|contents| contents.content.depth.clamp(1, DEEPEST));
    depth.into_iter().flat_map(|depth| document.listed(depth)).map(|listed| (listed.block, listed.plain())).collect()
}
