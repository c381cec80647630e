//! Blocks to paragraphs and tables.

use super::figure::Picture;
use super::inline::{Inline, close_bookmark, literal, open_block, push};
use super::numbering::{Direct, Lists};
use super::order::{self, Extras};
use super::parts::{R, W};
use super::{Options, figure, section, table};
use crate::docx::names::Ids;
use crate::docx::styles::{Variant, id, variant_id};
use crate::docx::{Error, package};
use crate::model::{Block, BlockId, BlockKind, Document, Run, Text};
use crate::template::{Style, StyleName, Template};
use docx_rs::{BreakType, BuildXML, IndentLevel, NumberingId, Paragraph};

/// The body as it grows: one block's tree at a time, serialized and put right before the next is built.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    options: Options,
    pictures: &'a [Picture<'a>],
    pub(super) inline: Inline<'a>,
    pub(super) lists: Lists,
    pub(super) ids: Ids,
    /// What is written and not yet taken.
    pub(super) out: String,
    /// Page breaks that wait for the paragraph they stand before.
    breaks: Vec<&'a BlockId>,
    /// Pictures shown so far.
    shown: usize,
    /// True while the last block is on a landscape page.
    landscape: bool,
    /// True before the first block.
    empty: bool,
    /// True right behind a table.
    pub(super) after_table: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        document: &'a Document,
        template: &'a Template,
        options: Options,
        pictures: &'a [Picture<'a>],
    ) -> Self {
        Self {
            document,
            template,
            options,
            pictures,
            inline: Inline::new(document, options),
            lists: Lists::of(document, template),
            ids: Ids::default(),
            out: String::new(),
            breaks: Vec::new(),
            shown: 0,
            landscape: false,
            empty: true,
            after_table: false,
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

    /// Writes one block.
    pub(super) fn block(&mut self, block: &'a Block) -> Result<(), Error> {
        let landscape = matches!(&block.kind, BlockKind::Table(t) if t.landscape);
        self.turn(landscape)?;
        let direct = self.lists.direct(block);
        let written = match &block.kind {
            BlockKind::Title(lines) => self.title(block, lines),
            BlockKind::Occasion(text) => self.plain(block, StyleName::Occasion, text),
            BlockKind::Speaker(text) => self.plain(block, StyleName::Speaker, text),
            BlockKind::Salutation(text) => self.plain(block, StyleName::Salutation, text),
            BlockKind::Paragraph(text) => self.plain(block, StyleName::Body, text),
            BlockKind::AttachmentMark(text) => self.plain(block, StyleName::AttachmentMark, text),
            BlockKind::AttachmentTitle(text) => self.plain(block, StyleName::AttachmentTitle, text),
            BlockKind::Heading { level, text, .. } => self.listed(block, StyleName::heading(*level), direct, &[text]),
            BlockKind::Point { lead, text, .. } => self.listed(block, StyleName::Point, direct, &[lead, text]),
            BlockKind::Table(table) => table::write(self, block, table),
            BlockKind::Figure(shown) => {
                let at = self.shown;
                self.shown += 1;
                match self.pictures.get(at) {
                    Some(picture) => figure::write(self, block, shown, picture, at),
                    None => Err(Error::Picture { image: shown.image.clone(), span: block.span }),
                }
            }
            BlockKind::PageBreak => {
                self.breaks.push(&block.id);
                Ok(())
            }
            kind => kind.texts().into_iter().try_for_each(|text| self.plain(block, StyleName::Body, text)),
        };
        self.empty = false;
        written
    }

    /// Ends the body: a page break that nothing follows, a last landscape page.
    pub(super) fn finish_blocks(&mut self) -> Result<(), Error> {
        self.turn(false)?;
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

    fn listed(
        &mut self,
        block: &Block,
        style: StyleName,
        direct: Option<Direct>,
        texts: &[&Text],
    ) -> Result<(), Error> {
        let mut p = self.begin(style, &block.id.0);
        if let Some(Direct { num, level }) = direct {
            p = p.numbering(NumberingId::new(num), IndentLevel::new(level));
        }
        let bookmark = open_block(&mut p, &mut self.ids, &block.id);
        for text in texts {
            self.line(&mut p, self.template.style(style), text);
        }
        close_bookmark(&mut p, bookmark);
        self.emit(&p, Extras::default())
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

    /// The title: one paragraph, its lines broken within, short ones spread by a character style.
    fn title(&mut self, block: &Block, lines: &[Text]) -> Result<(), Error> {
        let style = self.style(StyleName::Title);
        let mut p = self.begin(StyleName::Title, &block.id.0);
        let bookmark = open_block(&mut p, &mut self.ids, &block.id);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                push(&mut p, docx_rs::Run::new().add_break(BreakType::TextWrapping));
            }
            self.line(&mut p, style, line);
        }
        close_bookmark(&mut p, bookmark);
        self.emit(&p, Extras::default())
    }

    /// Spreads a line by a character style; not behind its last character, which would put it off the centre.
    fn spread(&mut self, p: &mut Paragraph, line: &Text, style: &str) {
        let Some((last, before)) = line.runs.split_last() else { return };
        for run in before {
            self.inline.text(p, &mut self.ids, &Text { runs: vec![run.clone()] }, Some(style));
        }
        let cut = last.text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (head, tail) = last.text.split_at(cut);
        if !matches!(last.kind, crate::model::RunKind::Text) || head.is_empty() {
            self.inline.text(p, &mut self.ids, &Text { runs: vec![Run::clone(last)] }, None);
            return;
        }
        push(p, literal(head, last.strong, Some(style)));
        push(p, literal(tail, last.strong, None));
    }

    /// Ends the section where the page turns to landscape or back.
    fn turn(&mut self, landscape: bool) -> Result<(), Error> {
        if self.landscape == landscape {
            return Ok(());
        }
        if !self.empty {
            let properties = section::properties(self.template, self.options.profile, self.landscape);
            self.low_paragraph(&properties)?;
        }
        self.landscape = landscape;
        Ok(())
    }

    /// Parts a table from what follows where that is no paragraph: two tables that touch are one to Word.
    pub(super) fn part_tables(&mut self) -> Result<(), Error> {
        if self.after_table { self.low_paragraph("") } else { Ok(()) }
    }

    /// An empty paragraph that takes no room, with the properties of the section that it ends.
    fn low_paragraph(&mut self, section: &str) -> Result<(), Error> {
        let p = Paragraph::new().id(self.ids.paragraph("low")).style(id::LOW);
        self.emit(&p, Extras { section, ..Extras::default() })
    }
}

/// The relationship of picture `at`, and the name that the selection pane shows.
pub(super) fn picture_names(at: usize) -> (String, String) {
    (package::Inventory::media_id(at), format!("图片 {}", at + 1))
}
