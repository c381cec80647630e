//! What setting needs: the template, the faces, what was looked up before, and what is wrong so far.

use super::inline::{
    GlyphCache, LineFit, OfficeMetrics, OfficeText, Prepared, Setting, TextPiece, prepare, prepare_chinese, set_line,
};
use super::kept::{KeptParagraph, SetParagraphs, paragraph_key};
use super::lines::{LineJob, SetLine};
use super::notes::Notes;
use super::pages::{self, BlockVariants, Plan, Room};
use super::paragraph::Paragraph;
use super::phrase::{LineShape, break_phrases};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::font::Fonts;
use crate::model::{Block, BlockIndex, Color, Document, FontRole, Length, RunChange, RunKind};
use crate::printed::{ChartFrame, SetCover, SetHead, SetTable};
use crate::reuse::ContentHash;
use crate::template::{Align, Compose, Style, StyleName, Template};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

/// What text beside the text of the report looks like: page numbers, headers, marks.
pub(super) struct FurnitureType {
    pub(super) font: FontRole,
    pub(super) size: Length,
    pub(super) color: Color,
    pub(super) strong: bool,
}

impl FurnitureType {
    pub(super) fn of(style: &Style) -> Self {
        Self { font: style.font, size: style.size, color: style.color, strong: style.strong }
    }
}

/// A part of such a text, and where it comes from.
pub(super) type FurniturePiece<'a> = (&'a str, RunKind);

/// The state of a document that is being set.
pub(super) struct Flow<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    pub(super) fonts: &'a Fonts,
    pub(super) cache: GlyphCache,
    pub(super) notes: Notes,
    /// The tables set so far.
    pub(super) tables: BTreeMap<BlockIndex, SetTable>,
    /// Where the parts of the charts drawn so far are.
    pub(super) charts: BTreeMap<BlockIndex, ChartFrame>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The size that a red head is tried in; None: that of its style.
    pub(super) head_size: Option<Length>,
    /// How the red head was set.
    pub(super) head: Option<SetHead>,
    /// How the cover was set.
    pub(super) cover: Option<SetCover>,
    /// Rows of the title, headings, or mark and title of an attachment right above the block in hand, with the footnotes that they call.
    pub(super) headed: u32,
    /// The only text, where a page may end between any two of its lines.
    pub(super) divided: Option<BlockIndex>,
    /// What is not as it should be, though it can be printed.
    pub(super) advice: Vec<Diagnostic>,
    /// The marks of the footnotes, where they are not those of the document: numbered again on each page.
    marks: Vec<String>,
    /// Paragraphs of earlier builds, and the number of the template by which they are known.
    kept: Option<(&'a SetParagraphs, u64)>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(document: &'a Document, template: &'a Template, fonts: &'a Fonts) -> Self {
        Self {
            document,
            template,
            fonts,
            notes: Notes::new(document, template),
            cache: GlyphCache::default(),
            tables: BTreeMap::new(),
            charts: BTreeMap::new(),
            diagnostics: Vec::new(),
            head_size: None,
            head: None,
            cover: None,
            headed: 0,
            divided: None,
            advice: Vec::new(),
            marks: Vec::new(),
            kept: None,
        }
    }

    /// The same with paragraphs of earlier builds.
    pub(super) fn with_kept(mut self, kept: Option<&'a SetParagraphs>) -> Self {
        self.kept = kept.map(|kept| (kept, kept.template(self.template)));
        self
    }

    /// The same with footnotes numbered by these counts.
    pub(super) fn with_note_counts(mut self, counts: &[u32]) -> Self {
        self.marks = counts.iter().map(|&count| self.template.numbering.notes.write(count)).collect();
        self
    }

    /// The mark of a footnote.
    pub(super) fn note_mark(&self, note: usize, count: u32) -> String {
        self.marks.get(note).cloned().unwrap_or_else(|| self.template.numbering.notes.write(count))
    }

    /// Records that a block cannot be set: nothing is left out in silence.
    pub(super) fn refuse(&mut self, code: Code, block: &Block, message: Message, hint: Message) {
        self.diagnostics.push(Diagnostic::error(code, block.span, message, hint));
    }

    /// The pieces with the marks of footnotes as they are numbered.
    fn renumbered<'p>(marks: &'p [String], pieces: &'p [TextPiece<'p>]) -> Cow<'p, [TextPiece<'p>]> {
        let mark = |piece: &TextPiece<'_>| match piece.source {
            RunKind::Note(note) => marks.get(note.get()),
            _ => None,
        };
        if !pieces.iter().any(|piece| mark(piece).is_some()) {
            return Cow::Borrowed(pieces);
        }
        pieces
            .iter()
            .map(|piece| TextPiece { text: mark(piece).map_or(piece.text, String::as_str), ..piece.clone() })
            .collect()
    }

    /// Glyphs for a paragraph; None when one is missing, which is recorded.
    pub(super) fn prepared(&mut self, paragraph: &Paragraph<'_>) -> Option<Prepared> {
        let pieces = Self::renumbered(&self.marks, &paragraph.pieces);
        match prepare(&pieces, self.template.compose.cjk_latin_gap, self.fonts, &mut self.cache) {
            Ok(prepared) => Some(prepared),
            Err(missing) => {
                for m in missing {
                    let c = m.c;
                    let span = paragraph.runs.get(m.piece).copied().flatten().map_or(paragraph.span, |(run, from)| {
                        run.map.span(from + m.offset, from + m.offset + c.len_utf8())
                    });
                    let code = u32::from(c);
                    let role = paragraph.pieces.get(m.piece).map_or("", |p| p.role.word());
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

    /// A text beside the text of the report, on one line; None where a glyph is missing.
    pub(super) fn furniture_line(&mut self, text: &[FurniturePiece<'_>], look: &FurnitureType) -> Option<Setting> {
        let pieces: Vec<TextPiece<'_>> = text
            .iter()
            .map(|&(text, source)| TextPiece {
                text,
                role: look.font,
                scale: 1.0,
                raise: 0.0,
                color: look.color,
                strong: look.strong,
                source,
                link: None,
                change: RunChange::Kept,
            })
            .collect();
        // Without a letter, the text says nothing of its language: it is the report's.
        let mute = !text.iter().any(|(text, _)| text.contains(char::is_alphabetic));
        let text = if mute && self.document.meta.is_chinese() {
            prepare_chinese(&pieces, self.fonts, &mut self.cache)
        } else {
            prepare(&pieces, 0.0, self.fonts, &mut self.cache)
        };
        let text = text.ok()?;
        Some(set_line(&text, &pieces, (0, text.items.len()), &LineFit::default(), look.size, 0.0))
    }

    /// A paragraph in a style, ready to be set in lines.
    pub(super) fn job<'j>(&self, text: &'j Prepared, paragraph: &'j Paragraph<'j>, style: &'j Style) -> LineJob<'j>
    where
        'a: 'j,
    {
        LineJob::new(text, &paragraph.pieces, style, self.template)
    }

    /// The lines of a paragraph.
    pub(super) fn lines(&mut self, paragraph: &Paragraph<'_>, style: &Style) -> Vec<SetLine> {
        let Some(text) = self.prepared(paragraph) else { return Vec::new() };
        let job = self.job(&text, paragraph, style);
        let ends = self.ends(&job);
        if style.align == Align::Justify { job.justified(&ends) } else { job.aligned(&ends) }
    }

    /// The lines of a paragraph in a style as the template has it, taken from an earlier build where they are known.
    pub(super) fn kept_lines(&mut self, paragraph: &Paragraph<'_>, style: &Style) -> Vec<SetLine> {
        let Some((kept, key)) = self.key(paragraph, style) else { return self.lines(paragraph, style) };
        if let Some(known) = kept.paragraphs.get(&key) {
            return known.lines.clone();
        }
        let wrong = self.diagnostics.len();
        let lines = self.lines(paragraph, style);
        if self.diagnostics.len() == wrong {
            kept.paragraphs.put(key, KeptParagraph::new(lines.clone()));
        }
        lines
    }

    /// A paragraph as an earlier build, or this one, has set it.
    pub(super) fn kept(&self, paragraph: &Paragraph<'_>, style: &Style) -> Option<Arc<KeptParagraph>> {
        let (kept, key) = self.key(paragraph, style)?;
        kept.paragraphs.get(&key)
    }

    fn key(&self, paragraph: &Paragraph<'_>, style: &Style) -> Option<(&'a SetParagraphs, ContentHash)> {
        let (kept, template) = self.kept?;
        let pieces = Self::renumbered(&self.marks, &paragraph.pieces);
        Some((kept, paragraph_key(template, style.name, &pieces)))
    }

    /// The key of a table: its template, its shape, and the pieces of its cells.
    pub(super) fn table_key(
        &self,
        shape: &impl Hash,
        cells: &[Paragraph<'_>],
    ) -> Option<(&'a SetParagraphs, ContentHash)> {
        let (kept, template) = self.kept?;
        let pieces: Vec<_> = cells.iter().map(|cell| Self::renumbered(&self.marks, &cell.pieces)).collect();
        Some((kept, ContentHash::of(&("table", template, shape, pieces))))
    }

    /// The best page breaks.
    pub(super) fn plan(&self, blocks: &[BlockVariants], room: Room) -> Plan {
        self.kept.map_or_else(|| pages::plan(blocks, room), |(kept, _)| kept.plan(blocks, room))
    }

    /// The ends of the lines, as the policy breaks them.
    pub(super) fn ends(&self, job: &LineJob<'_>) -> Vec<usize> {
        let style = job.style;
        let (policy, centred) = (self.template.compose.policy, style.align == Align::Center);
        if policy == Compose::Fine && style.align == Align::Justify && !style.name.is_heading() {
            return job.optimum();
        }
        // What is centred is broken by phrase in the Word file as well, where programs may have to break it further.
        let phrases = if policy == Compose::Fine || centred {
            let shape = match style.name {
                StyleName::Occasion => LineShape::Closed,
                _ if centred => LineShape::Centred,
                _ => LineShape::Full,
            };
            job.by_segment(|text, ruler, lines| break_phrases(text, ruler, (lines.first, lines.rest), shape))
        } else {
            job.by_segment(|text, _, _| vec![text.items.len()])
        };
        // An occasion that its brackets keep on one line reaches past the measure in the Word file instead of breaking.
        if policy == Compose::Fine || style.name == StyleName::Occasion {
            return phrases;
        }
        let metrics = OfficeMetrics::new(style, self.template);
        OfficeText::new(job.text, job.pieces, metrics, self.fonts).lines(policy, &phrases)
    }
}

/// The ends of centred lines on one measure.
pub(super) fn centred_ends(job: &LineJob<'_>) -> Vec<usize> {
    job.by_segment(|text, ruler, lines| break_phrases(text, ruler, (lines.first, lines.rest), LineShape::Centred))
}
