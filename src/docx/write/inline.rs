//! Text within a paragraph: runs, bookmarks of values, fields of references, marks of notes.

use super::instruction::Instruction;
use super::tree;
use crate::docx::bookmark::{self, BookmarkIds};
use crate::docx::package::Inventory;
use crate::docx::styles::id;
use crate::model::{
    Block, BlockId, BlockIndex, BlockKind, Document, NoteIndex, Number, NumberFormat, Run, RunKind, Scheme, Shift,
    Text, ValueIndex, held_spaces, in_chinese, is_chinese, is_shared_mark, is_space,
};
use docx_rs::{BookmarkEnd, FieldCharType, FootnoteReference, Paragraph, ParagraphChild, RunChild};
use std::borrow::Cow;
use std::collections::BTreeSet;

const NO_BREAK_SPACE: char = '\u{a0}';

/// What is between a caption's number and its text.
const CAPTION_GAP: &str = "\u{3000}";

/// A paragraph as it grows, and what it needs of the whole document.
pub(super) struct Inline<'a> {
    document: &'a Document,
    mark_values: bool,
    /// Notes that were called already.
    called: BTreeSet<NoteIndex>,
    /// Blocks whose number is referred to.
    referred: BTreeSet<BlockIndex>,
}

impl<'a> Inline<'a> {
    /// Looks through the document once for what is referred to.
    pub(super) fn new(document: &'a Document, mark_values: bool) -> Self {
        let texts = document.blocks.iter().flat_map(|b| b.kind.texts()).chain(document.notes.iter().map(|n| &n.text));
        let referred = texts
            .flat_map(|t| &t.runs)
            .filter_map(|r| if let RunKind::Reference(block) = r.kind { Some(block) } else { None })
            .collect();
        Self { document, mark_values, called: BTreeSet::new(), referred }
    }

    /// Appends a text. `style`: a character style for it.
    pub(super) fn text(&mut self, p: &mut Paragraph, ids: &mut BookmarkIds, text: &Text, style: Option<&str>) {
        // Whether a mark is a Chinese one depends on what is beside it, in another run too.
        let text = &with_held_spaces(text);
        let contexts = contexts(text);
        let mut at = 0;
        for runs in text.runs.chunk_by(|a, b| a.link == b.link) {
            let han = &contexts[at..at + runs.len()];
            at += runs.len();
            match runs.first().and_then(|run| run.link).filter(|&link| self.document.link(link).is_some()) {
                Some(link) => {
                    let mut inner = Paragraph::new();
                    self.runs(&mut inner, ids, (runs, han), style);
                    let link = tree::link_to(&Inventory::link_id(link), inner.children);
                    p.children.push(ParagraphChild::Hyperlink(link));
                }
                None => self.runs(p, ids, (runs, han), style),
            }
        }
    }

    /// Appends runs of one link or of none; the parts of a value together.
    fn runs(
        &mut self,
        p: &mut Paragraph,
        ids: &mut BookmarkIds,
        (runs, han): (&[Run], &[Vec<bool>]),
        style: Option<&str>,
    ) {
        let mut at = 0;
        for same in runs.chunk_by(|a, b| matches!(a.kind, RunKind::Value(_)) && a.kind == b.kind) {
            let han = &han[at..at + same.len()];
            at += same.len();
            match same {
                [run] => self.run(p, ids, (run, &han[0]), style),
                [Run { kind: RunKind::Value(value), .. }, ..] => {
                    let part = |(run, han)| {
                        let run: &Run = run;
                        let han: &Vec<bool> = han;
                        (run.text.as_str(), han.as_slice(), Look { strong: run.strong, shift: run.shift, style })
                    };
                    let parts: Vec<_> = same.iter().zip(han).map(part).collect();
                    self.value(p, ids, *value, &parts);
                }
                _ => {}
            }
        }
    }

    /// Appends a run; `han`: for each of its characters whether it is in Chinese text.
    pub(super) fn run(
        &mut self,
        p: &mut Paragraph,
        ids: &mut BookmarkIds,
        (run, han): (&Run, &[bool]),
        style: Option<&str>,
    ) {
        let look = Look { strong: run.strong, shift: run.shift, style };
        match run.kind {
            RunKind::Text | RunKind::Number => push_all(p, in_context(&run.text, han, look)),
            RunKind::Break => push(p, tree::line_end()),
            RunKind::Term(block) => self.reference(p, (run, han), block, Some(id::TERM_MARK)),
            RunKind::Value(value) => self.value(p, ids, value, &[(&run.text, han, look)]),
            RunKind::Reference(block) => self.reference(p, (run, han), block, style),
            RunKind::Note(note) => self.note(p, ids, run, note),
        }
    }

    /// A value bound to data, in parts of one look each, within its bookmark; marked where nothing else is said of it.
    pub(super) fn value(&self, p: &mut Paragraph, ids: &mut BookmarkIds, value: ValueIndex, parts: &[InlinePart<'_>]) {
        let value = self.document.value(value);
        let bookmark = value.map(|value| open_bookmark(p, ids, bookmark::value_bookmark(&value.id)));
        let mark = self.mark_values.then_some(id::VALUE).filter(|_| value.is_some());
        for &(text, han, look) in parts {
            push_all(p, in_context(text, han, Look { style: look.style.or(mark), ..look }));
        }
        if let Some(bookmark) = bookmark {
            close_bookmark(p, bookmark);
        }
    }

    /// A reference: a field that Word renumbers, where its own form of the number is the printed one.
    fn reference(&self, p: &mut Paragraph, (run, han): (&Run, &[bool]), block: BlockIndex, style: Option<&str>) {
        let shown = in_context(&run.text, han, Look { strong: run.strong, shift: run.shift, style });
        let Some(target) = self.document.block(block) else { return push_all(p, shown) };
        match (&target.kind, target.kind.number()) {
            (BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_), Some(number))
                if number.text == run.text =>
            {
                let name = bookmark::number_bookmark(&target.id);
                styled_field(p, &Instruction::new("REF").name(&name).switch("\\h"), shown, style);
            }
            // 附件1 is the text of its paragraph.
            (BlockKind::AttachmentMark { text: mark, .. }, _) if mark.plain() == run.text => {
                let name = bookmark::block_bookmark(&target.id);
                styled_field(p, &Instruction::new("REF").name(&name).switch("\\h"), shown, style);
            }
            // \n gives the paragraph's own number; Word drops a full stop after it and nothing else.
            (_, Some(number)) if number.text.trim_end_matches('.') == run.text => {
                let name = bookmark::block_bookmark(&target.id);
                styled_field(p, &Instruction::new("REF").name(&name).switch("\\n").switch("\\h"), shown, style);
            }
            _ => {
                let link = tree::link(&bookmark::block_bookmark(&target.id));
                let link = shown.into_iter().fold(link, docx_rs::Hyperlink::add_run);
                p.children.push(ParagraphChild::Hyperlink(link));
            }
        }
    }

    /// The call of a note: Word's own footnote the first time, a reference to its mark later.
    fn note(&mut self, p: &mut Paragraph, ids: &mut BookmarkIds, run: &Run, note: NoteIndex) {
        let Some(definition) = self.document.note(note) else { return };
        let bookmark = bookmark::note_bookmark(&definition.name);
        if self.called.insert(note) {
            let opened = open_bookmark(p, ids, bookmark);
            let mut call = tree::run(Some(id::NOTE_MARK));
            call.children.push(RunChild::FootnoteReference(FootnoteReference::new(note.get() + 1)));
            push(p, call);
            close_bookmark(p, opened);
        } else {
            let shown = literal(&run.text, Look { style: Some(id::NOTE_MARK), ..Look::default() });
            let instruction = Instruction::new("NOTEREF").name(&bookmark).switch("\\h");
            styled_field(p, &instruction, shown, Some(id::NOTE_MARK));
        }
    }

    /// The number of a table or figure (表1), counted by Word, and what divides it from the caption.
    pub(super) fn caption_number(
        &self,
        p: &mut Paragraph,
        ids: &mut BookmarkIds,
        block: &Block,
        number: &Number,
        scheme: &Scheme,
    ) {
        let at = self.document.indexed().find(|(_, b)| std::ptr::eq(*b, block)).map(|(at, _)| at);
        let referred = at.is_some_and(|at| self.referred.contains(&at));
        let bookmark = referred.then(|| open_bookmark(p, ids, bookmark::number_bookmark(&block.id)));
        affix(p, &scheme.before);
        // The sequence's name is its label, as Word's own captions have it.
        let goes_on = number.text == scheme.write(number.count);
        let counting = if goes_on { Counting::GoesOn } else { Counting::StartsAnew };
        sequence(p, &scheme.before, scheme.format, (number.count, counting));
        affix(p, &scheme.after);
        if let Some(bookmark) = bookmark {
            close_bookmark(p, bookmark);
        }
        affix(p, CAPTION_GAP);
    }
}

/// The mark of an attachment (附件1), its number counted by Word.
pub(super) fn attachment_mark(p: &mut Paragraph, scheme: &Scheme, count: u32) {
    affix(p, &scheme.before);
    sequence(p, &scheme.before, scheme.format, (count, Counting::GoesOn));
    affix(p, &scheme.after);
}

/// The number of an attachment among their names, counted by Word.
pub(super) fn name_number(p: &mut Paragraph, scheme: &Scheme, count: u32) {
    affix(p, &scheme.before);
    sequence(p, "AttachmentName", scheme.format, (count, Counting::GoesOn));
    affix(p, &scheme.after);
}

/// Whether a number follows the one before it in its sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counting {
    GoesOn,
    StartsAnew,
}

/// A number that Word counts, in a sequence called by what is before it.
fn sequence(p: &mut Paragraph, name: &str, format: NumberFormat, (count, counting): (u32, Counting)) {
    let form = match format {
        NumberFormat::Chinese => "\\* CHINESENUM3",
        NumberFormat::Decimal => "\\* ARABIC",
        NumberFormat::Circled => "\\* CIRCLENUM",
    };
    let mut instruction = Instruction::new("SEQ").name(name.trim()).switch(form);
    if counting == Counting::StartsAnew {
        instruction = instruction.number("\\r", count);
    }
    field(p, &instruction, literal(&format.write(count), Look::default()));
}

fn affix(p: &mut Paragraph, text: &str) {
    if !text.is_empty() {
        push_all(p, literal(text, Look::default()));
    }
}

/// Adds a run.
pub(super) fn push(p: &mut Paragraph, run: docx_rs::Run) {
    p.children.push(ParagraphChild::Run(Box::new(run)));
}

/// Opens a bookmark and gives its id.
pub(super) fn open_bookmark(p: &mut Paragraph, ids: &mut BookmarkIds, name: String) -> usize {
    let (bookmark, name) = ids.bookmark(name);
    p.children.push(tree::bookmark(bookmark, &name));
    bookmark
}

/// Closes a bookmark.
pub(super) fn close_bookmark(p: &mut Paragraph, bookmark: usize) {
    p.children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(bookmark)));
}

/// Opens the bookmark of a block.
pub(super) fn open_block(p: &mut Paragraph, ids: &mut BookmarkIds, block: &BlockId) -> usize {
    open_bookmark(p, ids, bookmark::block_bookmark(block))
}

/// A part of a value: its characters, for each whether it is in Chinese text, and their look.
pub(super) type InlinePart<'a> = (&'a str, &'a [bool], Look<'a>);

/// What characters look like beside the style of their paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look<'s> {
    /// Emphasis.
    pub(super) strong: bool,
    /// Raised or lowered.
    pub(super) shift: Shift,
    /// A character style.
    pub(super) style: Option<&'s str>,
}

/// Adds runs.
pub(super) fn push_all(p: &mut Paragraph, runs: Vec<docx_rs::Run>) {
    for run in runs {
        push(p, run);
    }
}

/// Runs of plain characters.
pub(super) fn literal(text: &str, look: Look<'_>) -> Vec<docx_rs::Run> {
    in_context(text, &in_chinese(text), look)
}

/// Runs of plain characters; `han`: for each whether it is in Chinese text.
///
/// A mark that Latin and Chinese type share is Latin to Word unless its run has a hint, which makes Chinese marks of all of
/// them: so a run never has both.
pub(super) fn in_context(text: &str, han: &[bool], look: Look<'_>) -> Vec<docx_rs::Run> {
    let run = |text: &str, hint: Option<bool>| {
        let run = tree::run(look.style);
        let run = tree::shifted(if look.strong { run.bold() } else { run }, look.shift);
        tree::text(if hint == Some(true) { tree::hinted(run) } else { run }, text)
    };
    let (mut runs, mut start, mut hint) = (Vec::new(), 0, None);
    for ((at, c), in_han) in text.char_indices().zip(han) {
        let wanted = is_shared(c).then(|| is_chinese(c) || (is_shared_mark(c) && *in_han));
        if wanted.is_some() && hint.is_some() && wanted != hint {
            runs.push(run(&text[start..at], hint));
            (start, hint) = (at, None);
        }
        hint = wanted.or(hint);
    }
    runs.push(run(&text[start..], hint));
    runs
}

/// For each run of a text and each of its characters whether it is in Chinese text, as in print: a mark of a note or term
/// is none of the text.
pub(super) fn contexts(text: &Text) -> Vec<Vec<bool>> {
    let mut han = in_chinese(&text.unmarked()).into_iter();
    let of = |run: &Run| match run.kind {
        RunKind::Note(_) | RunKind::Term(_) => vec![true; run.text.chars().count()],
        _ => run.text.chars().zip(&mut han).map(|(_, han)| han).collect(),
    };
    text.runs.iter().map(of).collect()
}

/// The text with no-break spaces where print ends no line either: in 36.5 ℃, 1 000 000, GB/T 9704-2012.
pub(super) fn with_held_spaces(text: &Text) -> Cow<'_, Text> {
    if !text.runs.iter().any(|run| run.text.contains(is_space)) {
        return Cow::Borrowed(text);
    }
    let mut held = held_spaces(&text.unmarked()).into_iter();
    if !held.clone().any(|held| held) {
        return Cow::Borrowed(text);
    }
    let mut text = text.clone();
    for run in text.runs.iter_mut().filter(|run| !matches!(run.kind, RunKind::Note(_) | RunKind::Term(_))) {
        run.text = run.text.chars().zip(&mut held).map(|(c, held)| if held { NO_BREAK_SPACE } else { c }).collect();
    }
    Cow::Owned(text)
}

/// Characters that Latin and Han type share: without a hint Word sets them in the Latin font (“ ” ‘ ’ — … · ① ×).
fn is_shared(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2bff}' | '·' | '×' | '÷' | '±' | '°' | '§' | '¤' | '¨')
}

/// A complex field, a run for each field character: WPS hides a field whose characters share one.
pub(super) fn field(p: &mut Paragraph, instruction: &Instruction, shown: Vec<docx_rs::Run>) {
    styled_field(p, instruction, shown, None);
}

/// The same, all of it in a character style: programs take the look of a new result from the field's first run.
fn styled_field(p: &mut Paragraph, instruction: &Instruction, shown: Vec<docx_rs::Run>, style: Option<&str>) {
    let mark = |kind| tree::mark(tree::run(style), kind);
    push(p, mark(FieldCharType::Begin));
    push(p, tree::instruction(tree::run(style), instruction));
    push(p, mark(FieldCharType::Separate));
    push_all(p, shown);
    push(p, mark(FieldCharType::End));
}
