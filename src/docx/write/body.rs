//! Blocks to paragraphs and tables.

use super::figure::Pictures;
use super::inline::{Inline, close_bookmark, literal, open_block, open_bookmark, push};
use super::numbering::{Direct, Lists};
use super::order::{self, Extras};
use super::parts::{R, W};
use super::section::{Area, Sections};
use super::{Options, chart, contents, figure, front, official, section, table};
use crate::docx::lines::lines_in;
use crate::docx::names::{self, Ids};
use crate::docx::styles::{HEADINGS, id};
use crate::docx::variant::{Variant, variant_id};
use crate::docx::{Error, package};
use crate::model::{Block, BlockId, BlockKind, Document, Run, RunKind, Text};
use crate::template::{Style, StyleName, Template};
use docx_rs::{BreakType, BuildXML, IndentLevel, NumberingId, Paragraph};
use std::collections::{BTreeMap, BTreeSet};

/// The body as it grows: one block's tree at a time, serialized and put right before the next is built.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    pub(super) options: &'a Options<'a>,
    pub(super) pictures: &'a Pictures<'a>,
    pub(super) inline: Inline<'a>,
    pub(super) lists: Lists,
    pub(super) ids: Ids,
    /// What is written and not yet taken.
    pub(super) out: String,
    /// Page breaks that wait for the paragraph they stand before.
    breaks: Vec<&'a BlockId>,
    /// Pictures shown so far.
    shown: usize,
    /// Charts drawn so far.
    pub(super) charts: usize,
    sections: Sections<'a>,
    /// True before the first block.
    empty: bool,
    /// True right behind a table.
    pub(super) after_table: bool,
    /// The ids of the paragraph styles used so far.
    pub(super) used: BTreeSet<String>,
    /// The blocks that contents list.
    listed: BTreeMap<usize, String>,
    /// The block in hand.
    index: usize,
    /// True within attachments.
    attached: bool,
    /// How many lines the first attachment's title has.
    title_lines: Option<usize>,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        document: &'a Document,
        template: &'a Template,
        options: &'a Options<'a>,
        pictures: &'a Pictures<'a>,
    ) -> Self {
        Self {
            document,
            template,
            options,
            pictures,
            inline: Inline::new(document, options.mark_values),
            lists: Lists::of(document, template),
            ids: Ids::default(),
            out: String::new(),
            breaks: Vec::new(),
            shown: 0,
            charts: 0,
            sections: Sections::new(template, options),
            empty: true,
            after_table: false,
            used: section::footer_styles(template).into(),
            listed: contents::listed(document),
            index: 0,
            attached: false,
            title_lines: None,
        }
    }

    /// Opens the root element of a part.
    pub(super) fn open(&mut self, root: &str) {
        let w14 = "http://schemas.microsoft.com/office/word/2010/wordml";
        let wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
        let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
        self.raw(&format!(
            "<{root} xmlns:w=\"{W}\" xmlns:r=\"{R}\" xmlns:wp=\"{wp}\" xmlns:mc=\"{mc}\" xmlns:w14=\"{w14}\" mc:Ignorable=\"w14\">"
        ));
    }

    /// Adds XML that is well formed already.
    pub(super) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// Writes one block: its index in the document, and the block.
    pub(super) fn block(&mut self, index: usize, block: &'a Block) -> Result<(), Error> {
        self.turn(Area::of(block, self.options.pages.of(index)), index)?;
        self.index = index;
        let direct = self.lists.direct(block);
        let breaks = self.options.breaks.of(index);
        let written = match &block.kind {
            BlockKind::Title(lines) => self.lines(block, StyleName::Title, lines, breaks),
            BlockKind::Occasion(text) => self.sensed(block, StyleName::Occasion, text, breaks),
            BlockKind::Speaker(text) => self.sensed(block, StyleName::Speaker, text, breaks),
            BlockKind::Salutation(text) => self.plain(block, StyleName::Salutation, text),
            BlockKind::Paragraph(text) => self.plain(block, StyleName::Body, text),
            BlockKind::AttachmentMark(text) => {
                self.attached = true;
                self.plain(block, StyleName::AttachmentMark, text)
            }
            BlockKind::AttachmentTitle(text) => {
                let id = self.attachment_title(text, breaks);
                let lines = all_lines(std::slice::from_ref(text), breaks);
                self.paragraph(block, &id, None, StyleName::AttachmentTitle, &lines, true)
            }
            BlockKind::GlossaryTitle(text) => self.sensed(block, StyleName::GlossaryTitle, text, breaks),
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
                let options = self.options;
                table::write(self, block, table, options.tables.0.get(&index))
            }
            BlockKind::Figure(shown) => {
                let at = self.shown;
                self.shown += 1;
                figure::write(self, block, shown, at)
            }
            BlockKind::Chart(drawn) => chart::write(self, block, drawn),
            BlockKind::Cover(cover) => front::cover(self, block, cover, breaks),
            BlockKind::Contents { title, depth } => contents::write(self, block, title, *depth),
            BlockKind::Signature { authority, date, sealed } => {
                official::signature(self, block, authority, date, *sealed)
            }
            BlockKind::RedHead(head) => official::red_head(self, block, head),
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

    /// Ends the body: a page break that nothing follows, a last landscape page.
    pub(super) fn finish_blocks(&mut self) -> Result<(), Error> {
        if self.sections.area() == Area::Landscape {
            self.turn(Area::Body, self.document.blocks.len())?;
        }
        if !self.breaks.is_empty() || self.empty {
            let p = self.begin(StyleName::Body, "end");
            self.emit(&p, Extras::default())?;
        }
        // Word will not have a body that ends with a table.
        self.part_tables()
    }

    /// `word/footnotes.xml`, into `out`.
    pub(super) fn notes(&mut self) -> Result<(), Error> {
        self.open("w:footnotes");
        for (kind, id, mark) in
            [("separator", "-1", "w:separator"), ("continuationSeparator", "0", "w:continuationSeparator")]
        {
            self.raw(&format!(
                "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r><{mark}/></w:r></w:p></w:footnote>"
            ));
        }
        let document = self.document;
        let mark = format!("<w:r><w:rPr><w:rStyle w:val=\"{}\"/></w:rPr><w:footnoteRef/></w:r>", id::NOTE_MARK);
        for (at, note) in document.notes.iter().enumerate() {
            self.raw(&format!("<w:footnote w:id=\"{}\">", at + 1));
            let mut p = self.begin(StyleName::Footnote, &format!("note {}", note.name));
            self.inline.text(&mut p, &mut self.ids, &note.text, None);
            self.emit(&p, Extras { lead: &mark, ..Extras::default() })?;
            self.raw("</w:footnote>");
        }
        self.raw("</w:footnotes>");
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
        let mut p = Paragraph::new().id(self.ids.paragraph(seed)).style(style);
        for id in std::mem::take(&mut self.breaks) {
            p = p.page_break_before(true);
            let bookmark = open_block(&mut p, &mut self.ids, id);
            close_bookmark(&mut p, bookmark);
        }
        p
    }

    /// Serializes a tree and puts it right.
    pub(super) fn emit(&mut self, tree: &impl BuildXML, extras: Extras<'_>) -> Result<(), Error> {
        self.after_table = false;
        let built = tree.build();
        let fragment = std::str::from_utf8(&built).map_err(|e| Error::Part(e.to_string()))?;
        order::append(&mut self.out, fragment, extras)
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

    fn plain(&mut self, block: &Block, style: StyleName, text: &Text) -> Result<(), Error> {
        self.listed(block, style, None, &[text])
    }

    /// A paragraph whose line breaks by phrase are kept.
    fn sensed(&mut self, block: &Block, style: StyleName, text: &Text, breaks: &[usize]) -> Result<(), Error> {
        self.lines(block, style, std::slice::from_ref(text), breaks)
    }

    /// A paragraph of lines: those given, and within them those broken by phrase.
    fn lines(&mut self, block: &Block, style: StyleName, given: &[Text], breaks: &[usize]) -> Result<(), Error> {
        let lines = all_lines(given, breaks);
        let id = &self.style(style).word.id;
        self.paragraph(block, id, None, style, &lines, true)
    }

    /// The style of an attachment's title, which depends on how many lines it has.
    fn attachment_title(&mut self, text: &Text, breaks: &[usize]) -> String {
        let name = StyleName::AttachmentTitle;
        let count = lines_in(self.template, name, std::slice::from_ref(text), breaks);
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
        if let (BlockKind::AttachmentMark(_), Some(title)) = (&block.kind, self.listed.get(&self.index)) {
            for run in contents::hidden(title) {
                push(&mut p, run);
            }
        }
        let bookmark = open_block(&mut p, &mut self.ids, &block.id);
        let listed = self
            .listed
            .contains_key(&self.index)
            .then(|| open_bookmark(&mut p, &mut self.ids, names::contents_bookmark(self.index)));
        self.write_lines(&mut p, style, texts, broken);
        if let Some(listed) = listed {
            close_bookmark(&mut p, listed);
        }
        close_bookmark(&mut p, bookmark);
        self.emit(&p, Extras::default())
    }

    /// Texts one after the other, or one below the other, short ones spread as their style says.
    pub(super) fn write_lines(&mut self, p: &mut Paragraph, style: StyleName, texts: &[Text], broken: bool) {
        let style = self.style(style);
        for (at, text) in texts.iter().enumerate() {
            if broken && at > 0 {
                push(p, docx_rs::Run::new().add_break(BreakType::TextWrapping));
            }
            self.line(p, style, text);
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

    /// Spreads a line by a character style; not behind its last character, which would put it off the centre.
    fn spread(&mut self, p: &mut Paragraph, line: &Text, style: &str) {
        let Some((last, before)) = line.runs.split_last() else { return };
        for run in before {
            self.inline.text(p, &mut self.ids, &Text { runs: vec![run.clone()] }, Some(style));
        }
        let cut = last.text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (head, tail) = last.text.split_at(cut);
        match last.kind {
            RunKind::Text if !head.is_empty() => {
                push(p, literal(head, last.strong, Some(style)));
                push(p, literal(tail, last.strong, None));
            }
            RunKind::Value(value) if !head.is_empty() => {
                let parts = [(head, Some(style)), (tail, None)];
                self.inline.value(p, &mut self.ids, value, &parts, last.strong);
            }
            _ => self.inline.text(p, &mut self.ids, &Text { runs: vec![Run::clone(last)] }, None),
        }
    }

    /// Ends the section where what follows stands on other pages.
    fn turn(&mut self, area: Area, index: usize) -> Result<(), Error> {
        if self.sections.area() == area {
            return Ok(());
        }
        if !self.empty {
            let properties = self.sections.close();
            self.low_paragraph(&properties)?;
        }
        self.sections.open(area, self.options.pages.of(index));
        Ok(())
    }

    /// The `w:sectPr` of the last section.
    pub(super) fn last_section(&mut self) -> String {
        self.sections.close()
    }

    /// Parts a table from what follows where that is no paragraph: two tables that touch are one to Word.
    pub(super) fn part_tables(&mut self) -> Result<(), Error> {
        if self.after_table { self.low_paragraph("") } else { Ok(()) }
    }

    /// An empty paragraph that takes no room, with the properties of the section that it ends.
    pub(super) fn low_paragraph(&mut self, section: &str) -> Result<(), Error> {
        let p = Paragraph::new().id(self.ids.paragraph("low")).style(id::LOW);
        self.emit(&p, Extras { section, ..Extras::default() })
    }
}

/// The lines of given texts, broken further at byte offsets into all of them.
pub(super) fn all_lines(given: &[Text], breaks: &[usize]) -> Vec<Text> {
    let mut lines = Vec::new();
    let mut start = 0;
    for text in given {
        let end = start + text.len();
        let own: Vec<usize> = breaks.iter().filter(|&&b| start < b && b < end).map(|b| b - start).collect();
        lines.extend(lines_of(text, &own));
        start = end;
    }
    lines
}

/// A text in pieces that end at byte offsets. A value, a reference or a mark stays whole, with a line end within.
fn lines_of(text: &Text, breaks: &[usize]) -> Vec<Text> {
    let mut lines = vec![Text::default()];
    let mut start = 0;
    for run in &text.runs {
        let end = start + run.text.len();
        let mut rest = run.clone();
        let mut cut = start;
        for &at in breaks.iter().filter(|&&b| start <= b && b < end && b > 0) {
            let local = at - cut;
            if !rest.text.is_char_boundary(local) {
                continue;
            }
            if local > 0 && run.kind != RunKind::Text {
                // The line end takes a byte of its own.
                rest.text.insert(local, '\n');
                cut -= 1;
                continue;
            }
            let tail = rest.text.split_off(local);
            let head = std::mem::replace(&mut rest, Run { text: tail, ..run.clone() });
            if let Some(line) = lines.last_mut()
                && !head.text.is_empty()
            {
                line.runs.push(head);
            }
            lines.push(Text::default());
            cut = at;
        }
        if let Some(line) = lines.last_mut() {
            line.runs.push(rest);
        }
        start = end;
    }
    lines
}

/// The relationship of picture `at`, and the name that the selection pane shows.
pub(super) fn picture_names(at: usize) -> (String, String) {
    (package::Inventory::media_id(at), format!("图片 {}", at + 1))
}
