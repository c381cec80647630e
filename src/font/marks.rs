//! The marks that Unicode shares between Chinese and Latin text: “ ” ‘ ’ — … ·. Between Han characters each is one em
//! wide (GB/T 15834; W3C clreq 3.1.6), which most faces keep as an alternate form.

use super::face::Face;

/// The features that shaping always applies.
const COMMON: &[&[u8; 4]] = &[b"ccmp", b"locl", b"rlig", b"calt", b"clig", b"liga"];

/// True for a mark with a Latin and a full-width form.
pub(super) fn is_shared_mark(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// True for a sign that fills a cell in Chinese text, though many faces draw it narrow: letter-like signs, numbers in circles
/// and Roman ones, arrows, boxes and triangles, dingbats.
pub(super) fn is_sign(character: char) -> bool {
    matches!(character, '\u{2100}'..='\u{214f}' | '\u{2160}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..='\u{27bf}')
}

/// True for an advance of one em.
pub(super) fn is_one_em(advance: f32) -> bool {
    is_wide(advance, 1.0)
}

/// The full-width form of a shared mark; None when the face has none that is one em wide.
pub(super) fn full_width(face: &Face, mark: char) -> Option<u16> {
    let plain = face.glyph(mark)?;
    let one_em = |glyph: &u16| is_wide(face.advance(*glyph), 1.0);
    let mut candidates = Vec::with_capacity(4);
    candidates.push(shaped(face, &[plain], &[]));
    candidates.push(shaped(face, &[plain], &[b"fwid"]));
    let mut candidates: Vec<u16> =
        candidates.iter().filter_map(|run| <[u16; 1]>::try_from(run.as_slice()).ok()).map(|[g]| g).collect();
    // Unicode StandardizedVariants: U+FE01 asks for the form justified in the em square.
    candidates.extend(face.variation(mark, '\u{FE01}'));
    candidates.extend(stand_in(mark).and_then(|other| face.glyph(other)));
    candidates.retain(one_em);
    let centred = candidates.iter().copied().find(|&glyph| mark != '…' || is_centred(face, glyph));
    centred.or_else(|| candidates.first().copied())
}

/// The glyphs of a mark that is written twice, `——` or `……`, two em wide together and joined if the face can do it.
pub(super) fn doubled(face: &Face, mark: char) -> Option<Vec<u16>> {
    let plain = face.glyph(mark)?;
    let mut candidates = vec![shaped(face, &[plain, plain], &[])];
    candidates.extend(full_width(face, mark).map(|glyph| vec![glyph, glyph]));
    candidates.push(vec![plain, plain]);
    if mark == '—' {
        candidates.extend(face.glyph('⸺').map(|glyph| shaped(face, &[glyph], &[])));
    }
    candidates.retain(|run| {
        let width: f32 = run.iter().map(|&g| face.advance(g)).sum();
        (1..=2).contains(&run.len()) && is_wide(width, 2.0)
    });
    let joined = candidates.iter().position(|run| mark != '—' || is_joined(face, run)).unwrap_or(0);
    (!candidates.is_empty()).then(|| candidates.swap_remove(joined))
}

/// Another character whose glyph is the mark as Chinese text draws it.
fn stand_in(mark: char) -> Option<char> {
    match mark {
        '·' => Some('・'),
        '—' => Some('―'),
        '…' => Some('⋯'),
        _ => None,
    }
}

fn shaped(face: &Face, glyphs: &[u16], more: &[&'static [u8; 4]]) -> Vec<u16> {
    let mut run = glyphs.to_vec();
    let features: Vec<&[u8; 4]> = COMMON.iter().chain(more).copied().collect();
    face.substitute(&mut run, &features);
    run
}

/// Equal but for the rounding of the face's units.
fn is_wide(width: f32, em: f32) -> bool {
    (width - em).abs() < 0.002
}

/// The Chinese ellipsis is at half the height of the characters, the Latin one on the baseline.
fn is_centred(face: &Face, glyph: u16) -> bool {
    face.bounds(glyph).is_some_and(|[_, bottom, _, top]| bottom + top > 0.4)
}

/// No white between the two halves of a dash.
fn is_joined(face: &Face, run: &[u16]) -> bool {
    match *run {
        [_] => true,
        [left, right] => match (face.bounds(left), face.bounds(right)) {
            (Some(a), Some(b)) => a[2] >= face.advance(left) + b[0],
            _ => false,
        },
        _ => false,
    }
}
