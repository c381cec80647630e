//! Lines as office programs break them: each as full as it gets, with the advances of the Word file.
//!
//! LibreOffice, found by trying (7.4) and from its published sources: text goes line by line in portions of one script and
//! one look; spacing is between the characters of a portion and not after its last; between a Western and an East Asian
//! portion there is a fifth of an em where letters or digits meet, whatever the file says. Where a portion does not fit, its
//! language decides where to break before the first character past the measure: in Chinese anywhere but at the marks that may
//! not begin or end a line, in Western text where UAX #14 lets it. A break before the portion makes the portion before it be
//! broken again, as if it were a twip too wide. Nothing hangs (the file says so), nothing is compressed.
//!
//! Word, from its documentation and not tried: spacing after every character, prohibition by the same rules that the optimum
//! keeps, no compression (`doNotCompress`), one mark may hang past the line's end, a quarter em between Han and Latin where
//! the file asks for it.

use super::EM;
use super::class::Class;
use super::prepare::{Prepared, TextPiece};
use super::script::{OfficeScript, scripts};
use crate::font::{Fonts, Script as Face};
use crate::model::{FontRole, RunKind};
use crate::template::{Closing, Compose, Style, StyleName, Template, office};

/// What LibreOffice leaves between Han and Latin letters or digits, in em.
pub(crate) const OFFICE_GAP: f64 = 0.2;

/// Parts of a twip that widths are counted in.
pub(super) const TWIP: i64 = 256;

/// zh-CN, may not begin a line (LibreOffice's locale data, which Word's own list agrees with for every mark of Chinese text).
const NOT_FIRST: &str =
    ":!),.;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏～￠々‖•·ˇˉ―-′’”";
/// zh-CN, may not end a line.
const NOT_LAST: &str = "([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝“‘";

/// A character in an office program.
#[derive(Clone, Copy, Debug)]
struct OfficeChar {
    c: char,
    class: Class,
    /// Its advance, without spacing.
    advance: i64,
    script: OfficeScript,
    /// What it looks like: a portion ends where this changes.
    look: u8,
    /// A break before it: what UAX #14 says, and what the rules of Chinese composition say.
    uax: bool,
    allowed: bool,
}

const NUMBER: u8 = 2;
/// What a field shows and the marks of notes are portions of their own, beside which LibreOffice leaves no gap; one beside another is
/// told apart by the next number.
const FIELD: u8 = 4;
/// LibreOffice: the size of raised type, as a share.
const RAISED: f64 = 0.58;

/// What a style is in an office program, in parts of a twip.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfficeMetrics {
    /// The size.
    pub(super) size: i64,
    /// The spacing between the characters.
    pub(super) spacing: i64,
    /// The same of Latin letters and digits.
    pub(super) latin_spacing: i64,
    /// A mark may be past the line's end, by Word's policy.
    pub(super) hangs: bool,
    /// Between Han and Latin.
    pub(super) gap: i64,
    /// Marks that Chinese and Western text share are full width in Chinese text, as the file's hint asks; else they are as
    /// wide as the face's own glyph, and of the script of the text before them.
    pub(super) hinted: bool,
    /// Measure of the first line.
    pub(super) first: i64,
    /// Measure of the others.
    pub(super) rest: i64,
}

impl OfficeMetrics {
    /// Those of a style in the Word file.
    pub(crate) fn new(style: &Style, template: &Template) -> Self {
        let size = office::half_points(style.size) * 10 * TWIP;
        let asked = template.compose.cjk_latin_gap > 0.0;
        let gap = match template.compose.policy {
            Compose::Word if asked => size / 4,
            Compose::Word => 0,
            Compose::LibreOffice | Compose::Fine => (size as f64 * OFFICE_GAP) as i64,
        };
        let (first, rest) = office::lines(&template.page, style);
        let tracking = office::tracking(style.size) * TWIP;
        let (spacing, latin_spacing) = match (template.compose.policy, template.closing) {
            // The grid is made for the text's size, and closes up what is East Asian.
            (Compose::Word, Closing::Grid) => {
                let body = template.style(StyleName::Body).size;
                (office::char_space(body) * 20 * TWIP / 4096, 0)
            }
            _ => (tracking, tracking),
        };
        Self {
            size,
            spacing,
            latin_spacing,
            // Nothing does in a table, which the imprint is in the Word file.
            hangs: style.name != StyleName::Imprint,
            gap,
            hinted: template.compose.policy == Compose::Word,
            first: first * TWIP,
            rest: rest * TWIP,
        }
    }
}

impl OfficeMetrics {
    /// The same for a paragraph whose first line is `lead` em in, and its others `hang` em.
    pub(crate) fn hung(self, style: &Style, lead: f64, hang: f64) -> Self {
        let within = |em: f64| self.rest - office::chars(em, style.size) * TWIP;
        Self { first: within(lead), rest: within(hang), ..self }
    }
}

/// A paragraph as an office program sees it.
#[derive(Clone, Debug)]
pub(crate) struct OfficeText {
    cells: Vec<OfficeChar>,
    /// Where the text begins: the automatic number is before it, which no program breaks.
    begin: usize,
    metrics: OfficeMetrics,
}

impl OfficeText {
    /// The paragraph with the advances that programs give its characters: those of their own glyphs.
    pub(crate) fn new(text: &Prepared, pieces: &[TextPiece<'_>], metrics: OfficeMetrics, fonts: &Fonts) -> Self {
        let advance = |role, face, c| fonts.plain_advance(role, face, c).map_or(1.0, f64::from);
        Self::with(text, pieces, metrics, advance)
    }

    /// The same with given advances, in em.
    pub(super) fn with(
        text: &Prepared,
        pieces: &[TextPiece<'_>],
        metrics: OfficeMetrics,
        advance: impl Fn(FontRole, Face, char) -> f64,
    ) -> Self {
        let number = |piece: u32| pieces[piece as usize].source == RunKind::Number;
        let begin = text.items.iter().take_while(|item| number(item.piece)).count();
        let mut kinds = scripts(text.items[..begin].iter().map(|item| item.c));
        kinds.extend(scripts(text.items[begin..].iter().map(|item| item.c)));
        let whole: String = text.items.iter().map(|item| item.c).collect();
        let mut uax = vec![false; whole.len() + 1];
        for (offset, _) in unicode_linebreak::linebreaks(&whole) {
            uax[offset] = true;
        }
        let mut offset = 0;
        let mut field = (u32::MAX, FIELD);
        let mut cells = Vec::with_capacity(text.items.len());
        for (item, script) in text.items.iter().zip(kinds) {
            let piece = &pieces[item.piece as usize];
            let face = if script == OfficeScript::Asian { Face::Han } else { Face::Latin };
            let em = if item.class == Class::Break {
                0.0
            } else if metrics.hinted {
                item.advance as f64 / EM as f64
            } else {
                advance(piece.role, face, item.c) * if piece.scale < 1.0 { RAISED } else { 1.0 }
            };
            let is_field =
                matches!(piece.source, RunKind::Reference(_) | RunKind::Term(_) | RunKind::Note(_)) && !metrics.hinted;
            if is_field && field.0 != item.piece {
                field = (item.piece, if field.1 == FIELD { FIELD + 1 } else { FIELD });
            }
            cells.push(OfficeChar {
                c: item.c,
                class: item.class,
                advance: (em * metrics.size as f64).round() as i64,
                script,
                look: match () {
                    () if is_field => field.1,
                    () if number(item.piece) => NUMBER,
                    () => u8::from(piece.strong),
                },
                uax: uax[offset],
                allowed: item.before.is_allowed(),
            });
            offset += item.c.len_utf8();
        }
        Self { cells, begin, metrics }
    }

    fn measure(&self, start: usize) -> i64 {
        if start == 0 { self.metrics.first } else { self.metrics.rest }
    }

    /// The ends of the lines as an office program breaks them; at `given` it is told to. The last of both is the end of the text.
    pub(crate) fn lines(&self, policy: Compose, given: &[usize]) -> Vec<usize> {
        let mut ends = Vec::with_capacity(given.len());
        let mut start = 0;
        for &end in given {
            let part = self.part(start, end);
            let mut at = 0;
            while at < part.cells.len() {
                let next = if policy == Compose::Word { part.hanging_line(at) } else { part.portions_to_line(at) };
                at = next.clamp(at + 1, part.cells.len());
                ends.push(start + at);
            }
            start = end;
        }
        ends
    }

    /// The part between two ends that are given, as a paragraph of its own without an indent.
    fn part(&self, start: usize, end: usize) -> Self {
        let mut part = Self {
            cells: self.cells.get(start..end).unwrap_or_default().to_vec(),
            begin: self.begin.saturating_sub(start),
            metrics: self.metrics,
        };
        if start > 0 {
            part.metrics.first = part.metrics.rest;
        }
        part
    }

    /// The end of the portion that begins at `at`.
    fn portion(&self, at: usize) -> usize {
        let first = self.cells[at];
        let same = |cell: &&OfficeChar| (cell.script, cell.look) == (first.script, first.look);
        at + self.cells[at..].iter().take_while(same).count()
    }

    /// True for letters and digits on both sides of a change of script: there is a gap between them.
    fn is_gapped(&self, at: usize) -> bool {
        let (a, b) = (self.cells[at - 1], self.cells[at]);
        let plain = a.look != NUMBER && a.look < FIELD && b.look < FIELD;
        a.script != b.script && plain && a.c.is_alphanumeric() && b.c.is_alphanumeric()
    }

    /// LibreOffice: the end of the line that begins at `start`.
    fn portions_to_line(&self, start: usize) -> usize {
        let room = self.measure(start);
        let mut portions = Vec::new();
        let (mut at, mut x) = (start, 0);
        while at < self.cells.len() {
            if at > start && self.is_gapped(at) {
                x += self.metrics.gap;
            }
            let end = self.portion(at);
            let mut width = 0;
            for i in at..end {
                let wider = width + self.cells[i].advance + if i > at { self.metrics.spacing } else { 0 };
                if x + wider > room && i >= self.begin {
                    return self.settle(start, portions, at, i);
                }
                width = wider;
            }
            portions.push(at);
            x += width;
            at = end;
        }
        at
    }

    /// LibreOffice: where the line ends when character `cut` of the portion that begins at `at` is the first past the measure.
    fn settle(&self, start: usize, mut portions: Vec<usize>, mut at: usize, mut cut: usize) -> usize {
        let forced = cut.max(start + 1);
        loop {
            // Spaces may be past the end.
            let spaces = self.cells[cut..].iter().take_while(|cell| cell.c == ' ').count();
            if spaces > 0 {
                return cut + spaces;
            }
            let broken = self.break_before(at, cut);
            if broken > start && broken >= at {
                return broken;
            }
            // Before this portion: the one before it is a twip too wide.
            match portions.pop() {
                Some(before) if broken > start => (cut, at) = (at - 1, before),
                _ => return forced,
            }
        }
    }

    /// LibreOffice: the last break up to character `cut`, in the language that the last letter or digit belongs to.
    fn break_before(&self, at: usize, cut: usize) -> usize {
        let letter = (self.begin..=cut).rev().find(|&i| self.cells[i].c.is_alphanumeric()).unwrap_or(self.begin);
        let script = self.cells[letter.min(at)].script;
        let is_break = |&p: &usize| {
            let (before, after) = (self.cells[p - 1].c, self.cells[p].c);
            match script {
                OfficeScript::Asian => !NOT_FIRST.contains(after) && !NOT_LAST.contains(before),
                // Its rules for Western text also hold a word to the Chinese mark before it: G109、G219、G318 is one.
                OfficeScript::Latin => {
                    let marked = !before.is_ascii() && NOT_FIRST.contains(before);
                    self.cells[p].uax && !(marked && self.cells[p].script == OfficeScript::Latin)
                }
            }
        };
        (self.begin + 1..=cut).rev().find(is_break).unwrap_or(0)
    }

    /// Word: the end of the line that begins at `start`.
    fn hanging_line(&self, start: usize) -> usize {
        let room = self.measure(start);
        let mut width = 0;
        let (mut best, mut fits) = (None, start + 1);
        for (i, cell) in self.cells.iter().enumerate().skip(start) {
            let gap = if i > start && self.is_gapped(i) { self.metrics.gap } else { 0 };
            let here = width + gap;
            let latin = cell.script == OfficeScript::Latin;
            width = here + cell.advance + if latin { self.metrics.latin_spacing } else { self.metrics.spacing };
            let over = width > room;
            // One mark may be past the end, a space always may.
            let hangs = cell.class == Class::Space || (self.metrics.hangs && here <= room && is_hanging(cell.c));
            if over && !hangs {
                break;
            }
            if !over {
                fits = i + 1;
            }
            if self.cells.get(i + 1).is_none_or(|next| next.allowed) {
                best = Some(i + 1);
            }
        }
        best.filter(|&end| end > self.begin).unwrap_or(fits)
    }
}

/// Marks that Word hangs past the line end in zh-CN (`w:overflowPunct`; [MS-OI29500] 2.1.52), their full-width forms among them.
const HANGING: &str = "!%),.:;>?]}¢°·ˇ’”‰′″℃∶、。〃〉》」』】〕〗〞﹚﹜﹞！％），．：；＞？］｝￠";

/// True for a mark that Word hangs.
pub(crate) fn is_hanging(c: char) -> bool {
    HANGING.contains(c)
}
