//! Blocks to paragraphs and tables, one at a time.

use super::body::{Body, PageBegin};
use super::inline::{attachment_mark, close_bookmark, open_block, open_bookmark, push_all};
use super::lines::{all_lines, lines_of};
use super::numbering::Direct;
use super::order::Extras;
use super::section::Area;
use super::{chart, contents, figure, front, official, red_head, signature, table, tree};
use crate::docx::styles::id::{DEEPEST, HEADINGS};
use crate::docx::styles::{Variant, lines_in, variant_id};
use crate::docx::{WordError, bookmark};
use crate::model::{Block, BlockIndex, BlockKind, Contents, Text};
use crate::printed::KeptEnd;
use crate::template::{Style, StyleName};
use docx_rs::{IndentLevel, NumberingId};

impl<'a> Body<'a> {
    /// Writes one block: its index in the document, and the block.
    pub(super) fn block(&mut self, index: BlockIndex, block: &'a Block) -> Result<(), WordError> {
        if !matches!(block.kind, BlockKind::PageBreak) {
            // A page break is part of the section that what follows it begins or goes on with.
            self.turn(Area::of(block, self.document.lie(index), self.printed.page_number(index)), index)?;
        }
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
                self.attached = true;
                let id = self.attachment_title(text, breaks);
                let lines = all_lines(std::slice::from_ref(text), 0, breaks);
                self.paragraph(block, &Form { id, ..Form::new(self.style(StyleName::AttachmentTitle), &lines) })
            }
            BlockKind::GlossaryTitle(text) => self.phrased(block, StyleName::GlossaryTitle, text, breaks),
            BlockKind::PageMark(text) => self.plain(block, StyleName::HeadMark, text),
            BlockKind::Addressee(text) => self.plain(block, StyleName::Addressee, text),
            BlockKind::Heading { .. } => self.heading(block, direct, breaks),
            BlockKind::Point { lead, text, .. } => self.listed(block, StyleName::Point, direct, &[lead, text]),
            BlockKind::ListItem { level, number: Some(_), text } => {
                self.listed(block, StyleName::list_item(*level), direct, &[text])
            }
            BlockKind::ListItem { level, number: None, text } => {
                let style = self.style(StyleName::list_item(*level));
                let id = variant_id(style, Variant::Bullet);
                self.paragraph(block, &Form { id, run_on: true, ..Form::new(style, std::slice::from_ref(text)) })
            }
            BlockKind::Term { term, text, .. } => front::term(self, block, direct, term, text),
            BlockKind::Table(table) => {
                let set =
                    self.printed.table(index).ok_or_else(|| WordError::NotPrinted { block: block.id.0.clone() })?;
                table::write(self, block, table, set)
            }
            BlockKind::Figure(shown) => figure::write(self, block, shown),
            BlockKind::Chart(drawn) => chart::write(self, block, drawn),
            BlockKind::Cover(cover) => front::cover(self, block, cover, breaks),
            BlockKind::Contents(Contents { title, depth }) => contents::write(self, block, title, *depth),
            BlockKind::Attendance { label, text, leads } => {
                let style = self.style(StyleName::Attendance);
                let id = if *leads { style.word.id.clone() } else { variant_id(style, Variant::Next) };
                official::attendance(self, block, &id, label, text)
            }
            BlockKind::Signature { authorities, date, sealing } => {
                signature::signature(self, block, authorities, date, *sealing)
            }
            BlockKind::RedHead(head) => red_head::red_head(self, block, head, breaks),
            BlockKind::AttachmentNote(names) => official::attachment_note(self, block, names),
            BlockKind::Imprint(imprint) => official::imprint(self, block, imprint),
            BlockKind::PageBreak => {
                self.breaks.push(&block.id);
                Ok(())
            }
        };
        self.empty = false;
        self.section_begin = PageBegin::Elsewhere;
        written
    }

    fn heading(&mut self, block: &Block, direct: Option<Direct>, breaks: &[usize]) -> Result<(), WordError> {
        let BlockKind::Heading { level, number, text, run_in } = &block.kind else { return Ok(()) };
        let style = self.style(StyleName::heading(*level));
        // The list is bound to the styles of the report's own headings alone.
        let own = number.is_some().then_some(Direct { num: HEADINGS, level: usize::from(level.saturating_sub(1)) });
        if let Some(rest) = run_in {
            let look = variant_id(style, Variant::Run);
            let texts = [Text::clone(text), Text::clone(rest)];
            let form = Form {
                id: variant_id(style, Variant::RunIn),
                direct: direct.or(own),
                run_on: true,
                lead: Some(&look),
                ..Form::new(self.style(StyleName::Body), &texts)
            };
            return self.paragraph(block, &form);
        }
        // Word's table of contents would repeat a line break within a heading.
        let listed = self.listed.contains_key(&self.index);
        let lines = if listed { vec![Text::clone(text)] } else { lines_of(text, breaks) };
        let mut form = Form { direct, ..Form::new(style, &lines) };
        if self.attached {
            form = Form { id: variant_id(style, Variant::Attached), direct: direct.or(own), ..form };
        }
        self.paragraph(block, &form)
    }

    fn plain(&mut self, block: &Block, style: StyleName, text: &Text) -> Result<(), WordError> {
        self.listed(block, style, None, &[text])
    }

    /// A paragraph whose line breaks by phrase are kept.
    fn phrased(&mut self, block: &Block, style: StyleName, text: &Text, breaks: &[usize]) -> Result<(), WordError> {
        self.lines(block, style, std::slice::from_ref(text), breaks)
    }

    /// A paragraph of lines: those given, and within them those broken by phrase.
    fn lines(&mut self, block: &Block, style: StyleName, given: &[Text], breaks: &[usize]) -> Result<(), WordError> {
        let lines = all_lines(given, 0, breaks);
        self.paragraph(block, &Form::new(self.style(style), &lines))
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
    ) -> Result<(), WordError> {
        let texts: Vec<Text> = texts.iter().copied().cloned().collect();
        self.paragraph(block, &Form { direct, run_on: true, ..Form::new(self.style(style), &texts) })
    }

    /// One paragraph that has the block's name.
    fn paragraph(&mut self, block: &Block, form: &Form<'_>) -> Result<(), WordError> {
        let begins = self.page_begin();
        let p = self.begin_as(&form.id, &block.id.0);
        let mut p = self.at_top(p, form.style, begins);
        if let Some(Direct { num, level }) = form.direct {
            p = p.numbering(NumberingId::new(num), IndentLevel::new(level));
        }
        if matches!(block.kind, BlockKind::AttachmentTitle(_)) {
            // Below the levels that contents list: programs take it for an entry of its own beside that of the mark.
            let listed = self.document.contents().map_or(0, |contents| contents.content.depth.clamp(1, DEEPEST));
            p = p.outline_lvl(usize::from(listed));
        }
        p = self.kept(p);
        let numbered = form.style.number_font.filter(|_| block.kind.number().is_some());
        let own = numbered.map(|_| variant_id(form.style, Variant::Number));
        if let Some(look) = form.lead.or(own.as_deref()) {
            // The number takes the look of the paragraph's end.
            p = p.run_property(tree::run(Some(look)).run_property);
        }
        self.used.extend(own);
        // Before the bookmark, whose text references repeat.
        let level = match block.kind {
            // The title of an attachment is listed where it has no mark.
            BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_) => Some(1),
            BlockKind::Heading { level, run_in: Some(_), .. } => Some(level),
            _ => None,
        };
        if let (Some(level), Some(title)) = (level, self.listed.get(&self.index)) {
            push_all(&mut p, contents::entry_field(title, level).into());
        }
        let bookmark = open_block(&mut p, &mut self.ids, &block.id);
        let listed = self
            .listed
            .contains_key(&self.index)
            .then(|| open_bookmark(&mut p, &mut self.ids, bookmark::contents_bookmark(self.index)));
        match block.kind {
            BlockKind::AttachmentMark { count: Some(count), .. } => {
                attachment_mark(&mut p, &self.template.numbering.attachments, count);
            }
            _ if form.run_on => match self.printed.kept_end(self.index) {
                Some(KeptEnd::Behind(at)) => self.write_parted(&mut p, form.texts, at),
                _ => self.write_run_on(&mut p, form.style, form.texts, form.lead),
            },
            _ => self.write_lines(&mut p, form.style, form.texts),
        }
        if let Some(listed) = listed {
            close_bookmark(&mut p, listed);
        }
        close_bookmark(&mut p, bookmark);
        self.emit(&p, Extras::default())
    }
}

/// What a paragraph is written from.
struct Form<'t> {
    /// Its style in the file: the template's, or a variant.
    id: String,
    /// The template's style.
    style: &'t Style,
    /// The list that it names itself.
    direct: Option<Direct>,
    texts: &'t [Text],
    /// True: the texts follow one another. False: each has a line.
    run_on: bool,
    /// The character style of the first of them and of the paragraph's end.
    lead: Option<&'t str>,
}

impl<'t> Form<'t> {
    /// Lines in a style of the template.
    fn new(style: &'t Style, texts: &'t [Text]) -> Self {
        Self { id: style.word.id.clone(), style, direct: None, texts, run_on: false, lead: None }
    }
}
