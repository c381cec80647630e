//! A paragraph's characters with their glyphs, widths and blanks.

use super::class::{Class, is_ambiguous, is_wide};
use super::opportunity::{Opportunity, opportunities};
use super::{EM, HALF};
use crate::font::{FaceId, Fonts, GlyphInfo, Script};
use crate::model::{Color, FontRole, LinkIndex, RunChange, RunKind, in_chinese};
use rustc_hash::FxHashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// Characters of one look, in the order of the text.
#[derive(Clone, Debug)]
pub(crate) struct TextPiece<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    /// The face.
    pub(crate) role: FontRole,
    /// Size in em of the paragraph: 1, less for note marks.
    pub(crate) scale: f64,
    /// How far the baseline is above the line's, in em of the paragraph.
    pub(crate) raise: f64,
    /// Its ink.
    pub(crate) color: Color,
    /// Emboldened.
    pub(crate) strong: bool,
    /// Where it comes from.
    pub(crate) source: RunKind,
    /// The link that it is part of.
    pub(crate) link: Option<LinkIndex>,
    /// What a version with its changes in its text says of it.
    pub(crate) change: RunChange,
}

impl Hash for TextPiece<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { text, role, scale, raise, color, strong, source, link, change } = self;
        let Color { cyan, magenta, yellow, black } = color;
        (text, role, scale.to_bits(), raise.to_bits(), strong, source, link, change).hash(state);
        [cyan, magenta, yellow, black].map(|ink| ink.to_bits()).hash(state);
    }
}

impl TextPiece<'_> {
    /// True for the mark of a footnote or a term, in the text that calls it.
    fn is_mark(&self) -> bool {
        matches!(self.source, RunKind::Note(_) | RunKind::Term(_))
    }

    /// True for characters beside the line, raised or lowered, that belong to what comes before them.
    fn is_shifted(&self) -> bool {
        self.raise != 0.0
    }
}

/// One character, ready for breaking.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Character {
    /// The character.
    pub(crate) c: char,
    /// What it is.
    pub(crate) class: Class,
    /// Index of its piece.
    pub(crate) piece: u32,
    /// The glyph, or None where the one before draws this character too.
    pub(crate) glyph: Option<(FaceId, u16)>,
    /// How far it is raised, in em of its piece.
    pub(crate) rise: f32,
    /// Its full advance.
    pub(crate) advance: i64,
    /// Blank on its left that a neighbouring mark has taken.
    pub(crate) trim_left: i64,
    /// Blank on its right that a neighbouring mark has taken.
    pub(crate) trim_right: i64,
    /// Blank left on its left.
    pub(crate) blank_left: i64,
    /// Blank left on its right.
    pub(crate) blank_right: i64,
    /// The gap before it, when it does not begin a line: Han beside Latin.
    pub(crate) glue: i64,
    /// True when the space before it may open.
    pub(crate) opens: bool,
    /// What a break before it is worth.
    pub(crate) before: Opportunity,
}

/// A paragraph, ready for breaking.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// Its characters.
    pub(crate) items: Vec<Character>,
    /// Face, glyph and advance of the hyphen that a divided word ends with, for each piece that may need one.
    hyphens: Vec<(u32, FaceId, u16, i64)>,
}

impl Character {
    /// What a mark gives at the end of a line: its blank half, whatever its neighbours have taken.
    pub(crate) fn end_blank(&self) -> i64 {
        if self.class.has_blank_right() { (self.advance - HALF).clamp(0, HALF) } else { 0 }
    }
}

impl Prepared {
    /// Its parts up to each forced line end, and after the last.
    pub(crate) fn segments(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut segments = Vec::new();
        for end in (1..=self.items.len()).filter(|&end| end == self.items.len() || self.is_broken(end)) {
            segments.push(start..end);
            start = end;
        }
        segments
    }

    /// True where a line is made to end before an item.
    pub(crate) fn is_broken(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|last| self.items.get(last)).is_some_and(|item| item.class == Class::Break)
    }

    /// Some of its characters, as a text of their own.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        Self { items: self.items.get(range).unwrap_or_default().to_vec(), hyphens: self.hyphens.clone() }
    }

    /// True when a word or a code may be divided.
    pub(crate) fn has_divided_words(&self) -> bool {
        self.items.iter().any(|item| item.before.divides_word())
    }

    /// The hyphen at the end of a line before item `end`: face, glyph and advance.
    pub(crate) fn hyphen(&self, end: usize) -> Option<(FaceId, u16, i64)> {
        let item = self.items.get(end).filter(|item| item.before == Opportunity::Hyphen)?;
        let &(_, face, glyph, advance) = self.hyphens.iter().find(|h| h.0 == item.piece)?;
        Some((face, glyph, advance))
    }
}

/// A character without a glyph, and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The character.
    pub(crate) c: char,
    /// Its piece.
    pub(crate) piece: usize,
    /// Its byte offset in the piece.
    pub(crate) offset: usize,
}

/// One or two glyphs for a doubled mark, where the face has them.
type Joined = Option<([GlyphInfo; 2], usize)>;

/// Glyphs that were looked up before: the same few thousand characters come again and again.
#[derive(Debug, Default)]
pub(crate) struct GlyphCache {
    glyphs: FxHashMap<(FontRole, bool, char), Option<GlyphInfo>>,
    pairs: FxHashMap<(FontRole, char), Joined>,
}

impl GlyphCache {
    fn glyph(&mut self, fonts: &Fonts, role: FontRole, script: Script, c: char) -> Option<GlyphInfo> {
        *self.glyphs.entry((role, script == Script::Han, c)).or_insert_with(|| fonts.glyph(role, script, c))
    }

    fn pair(&mut self, fonts: &Fonts, role: FontRole, mark: char) -> Joined {
        *self.pairs.entry((role, mark)).or_insert_with(|| fonts.pair(role, mark))
    }
}

/// Turns pieces into items. `gap`: between Han and Latin, in em.
///
/// # Errors
/// Every character that no face of its role has.
pub(crate) fn prepare(
    pieces: &[TextPiece<'_>],
    gap: f64,
    fonts: &Fonts,
    cache: &mut GlyphCache,
) -> Result<Prepared, Vec<Missing>> {
    let text = unmarked(pieces);
    prepare_in(pieces, (&text, &in_chinese(&text)), gap, fonts, cache)
}

/// The same of a text that is Chinese though no character says so, as `— 1 —`: a dash is one em wide.
///
/// # Errors
/// As [`prepare`].
pub(crate) fn prepare_chinese(
    pieces: &[TextPiece<'_>],
    fonts: &Fonts,
    cache: &mut GlyphCache,
) -> Result<Prepared, Vec<Missing>> {
    let text = unmarked(pieces);
    prepare_in(pieces, (&text, &vec![true; text.chars().count()]), 0.0, fonts, cache)
}

/// A mark of a note belongs to what comes before it: lines break as if it were not there, and never before it.
fn unmarked(pieces: &[TextPiece<'_>]) -> String {
    pieces.iter().filter(|p| !p.is_mark()).map(|p| p.text).collect()
}

/// `text`: all but the marks of notes; `han`: which of its characters are in Chinese text.
fn prepare_in(
    pieces: &[TextPiece<'_>],
    (text, han): (&str, &[bool]),
    gap: f64,
    fonts: &Fonts,
    cache: &mut GlyphCache,
) -> Result<Prepared, Vec<Missing>> {
    let mut items: Vec<Character> = Vec::with_capacity(han.len());
    let mut missing = Vec::new();
    let mut breaks = opportunities(text, han).into_iter();
    let mut contexts = han.iter();
    for (p, piece) in pieces.iter().enumerate() {
        for (offset, c) in piece.text.char_indices() {
            let (in_han, before) = if piece.is_mark() {
                (true, Opportunity::Never)
            } else {
                (contexts.next().copied().unwrap_or(true), breaks.next().unwrap_or(Opportunity::Never))
            };
            let before = if offset == 0 && piece.is_shifted() { Opportunity::Never } else { before };
            if piece.source == RunKind::Break {
                items.push(line_end(c, p));
                continue;
            }
            let script = if is_wide(c) || (is_ambiguous(c) && in_han) { Script::Han } else { Script::Latin };
            let Some(info) = cache.glyph(fonts, piece.role, script, c) else {
                missing.push(Missing { c, piece: p, offset });
                continue;
            };
            items.push(Character {
                c,
                class: Class::of(c, in_han),
                piece: p as u32,
                glyph: Some((info.face, info.glyph)),
                rise: info.rise,
                advance: units(f64::from(info.advance) * piece.scale),
                trim_left: 0,
                trim_right: 0,
                blank_left: 0,
                blank_right: 0,
                glue: 0,
                opens: true,
                before,
            });
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    join_dashes(&mut items, pieces, fonts, cache);
    let mut hyphens: Vec<(u32, FaceId, u16, i64)> = Vec::new();
    for item in &mut items {
        if item.before != Opportunity::Hyphen || hyphens.iter().any(|h| h.0 == item.piece) {
            continue;
        }
        let piece = &pieces[item.piece as usize];
        match cache.glyph(fonts, piece.role, Script::Latin, '-') {
            Some(g) => hyphens.push((item.piece, g.face, g.glyph, units(f64::from(g.advance) * piece.scale))),
            None => item.before = Opportunity::Emergency,
        }
    }
    Ok(finish(items, hyphens, pieces, units(gap)))
}

/// A forced line end: nothing to see, at the end of its line.
const fn line_end(c: char, piece: usize) -> Character {
    Character {
        c,
        class: Class::Break,
        piece: piece as u32,
        glyph: None,
        rise: 0.0,
        advance: 0,
        trim_left: 0,
        trim_right: 0,
        blank_left: 0,
        blank_right: 0,
        glue: 0,
        opens: false,
        before: Opportunity::Never,
    }
}

/// Blanks, pairs and gaps, from the classes and advances.
fn finish(
    mut items: Vec<Character>,
    hyphens: Vec<(u32, FaceId, u16, i64)>,
    pieces: &[TextPiece<'_>],
    gap: i64,
) -> Prepared {
    hold_groups(&mut items);
    set_blanks(&mut items);
    trim_pairs(&mut items);
    set_gaps(&mut items, gap, pieces);
    Prepared { items, hyphens }
}

/// Characters of the body.
#[cfg(test)]
pub(crate) fn plain_piece(text: &str, source: RunKind) -> TextPiece<'_> {
    TextPiece {
        text,
        role: FontRole::Body,
        scale: 1.0,
        raise: 0.0,
        color: Color::BLACK,
        strong: false,
        source,
        link: None,
        change: RunChange::Kept,
    }
}

/// A paragraph in a face that has every character: Han and marks a full cell, digits and letters half of one.
#[cfg(test)]
pub(crate) fn prepare_plain(text: &str, gap: f64) -> Prepared {
    let han = in_chinese(text);
    let breaks = opportunities(text, &han);
    let pieces = [plain_piece(text, RunKind::Text)];
    let items = text.chars().zip(&han).zip(breaks).map(|((c, &in_han), before)| Character {
        c,
        class: Class::of(c, in_han),
        piece: 0,
        glyph: Some((FaceId(0), 1)),
        rise: 0.0,
        advance: if is_wide(c) || (is_ambiguous(c) && in_han) {
            EM
        } else if c == ' ' {
            EM / 4
        } else {
            HALF
        },
        trim_left: 0,
        trim_right: 0,
        blank_left: 0,
        blank_right: 0,
        glue: 0,
        opens: true,
        before,
    });
    finish(items.collect(), vec![(0, FaceId(0), 2, EM / 3)], &pieces, units(gap))
}

/// Em to layout units.
pub(crate) fn units(em: f64) -> i64 {
    (em * EM as f64).round() as i64
}

/// —— and …… are one mark of two em: they are drawn as the face joins them.
fn join_dashes(items: &mut [Character], pieces: &[TextPiece<'_>], fonts: &Fonts, cache: &mut GlyphCache) {
    let mut i = 0;
    while i + 1 < items.len() {
        let (a, b) = (items[i], items[i + 1]);
        if a.class != Class::Dash || a.c != b.c || a.piece != b.piece {
            i += 1;
            continue;
        }
        let piece = &pieces[a.piece as usize];
        if let Some((glyphs, count)) = cache.pair(fonts, piece.role, a.c) {
            let place = |item: &mut Character, g: GlyphInfo| {
                item.glyph = Some((g.face, g.glyph));
                item.rise = g.rise;
                item.advance = units(f64::from(g.advance) * piece.scale);
            };
            place(&mut items[i], glyphs[0]);
            if count == 2 {
                place(&mut items[i + 1], glyphs[1]);
            } else {
                items[i + 1].glyph = None;
                items[i + 1].advance = 0;
            }
        }
        i += 2;
    }
}

/// The blank half of a full-width mark (CLREQ 3.1.6). A face that draws the mark narrow has none to give.
fn set_blanks(items: &mut [Character]) {
    for item in items {
        let blank = (item.advance - HALF).clamp(0, HALF);
        match item.class {
            Class::Open => item.blank_left = blank,
            Class::Close | Class::Comma | Class::Stop => item.blank_right = blank,
            Class::Middle => {
                item.blank_left = blank / 2;
                item.blank_right = blank / 2;
            }
            _ => {}
        }
    }
}

/// Two adjacent full-width marks: 2 em become 1.5 em (CLREQ 3.1.6.1). What goes is the blank between them.
fn trim_pairs(items: &mut [Character]) {
    for i in 1..items.len() {
        let (a, b) = (items[i - 1].class, items[i].class);
        if a.has_blank_right() && (b.has_blank_right() || b == Class::Middle) {
            items[i - 1].trim_right = items[i - 1].blank_right;
            items[i - 1].blank_right = 0;
        } else if b == Class::Open && (a.has_blank_right() || a == Class::Open || a == Class::Middle) {
            items[i].trim_left = items[i].blank_left;
            items[i].blank_left = 0;
            // Of the half em that is left between 》and《 a quarter stays: ink may come close, but not touch.
            items[i - 1].blank_right /= 2;
        }
    }
}

/// The space between the groups of a number, as in 4 326.5, is a part of it: as wide as it is on every line, or the groups would read
/// as two numbers.
fn hold_groups(items: &mut [Character]) {
    for i in 1..items.len().saturating_sub(1) {
        let (before, after) = (items[i - 1], items[i + 1]);
        let grouped = before.c.is_ascii_digit() && after.c.is_ascii_digit() && !after.before.is_allowed();
        if items[i].class == Class::Space && grouped {
            items[i].class = Class::Digit;
        }
    }
}

/// Where a line may open, and the gap between Han and Latin.
fn set_gaps(items: &mut [Character], gap: i64, pieces: &[TextPiece<'_>]) {
    for i in 0..items.len() {
        let Some(prev) = i.checked_sub(1).map(|p| items[p]) else {
            items[i].opens = false;
            continue;
        };
        let item = &mut items[i];
        let western = prev.class.is_western() && item.class.is_western();
        let space = prev.class == Class::Space || item.class == Class::Space;
        let doubled = item.class == Class::Dash && prev.c == item.c;
        // A mark is close to what it follows, and so is what is raised or lowered.
        let piece = &pieces[item.piece as usize];
        let note = piece.is_mark() || (piece.is_shifted() && prev.piece != item.piece);
        let end = prev.class == Class::Break || item.class == Class::Break;
        item.opens = !(western || space || doubled || note || end);
        if !note
            && ((prev.class.is_western() && item.class == Class::Han)
                || (prev.class == Class::Han && item.class.is_western()))
        {
            item.glue = gap;
        }
    }
}
