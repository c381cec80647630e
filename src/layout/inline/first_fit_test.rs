//! First fit: lines as office programs break them.

use super::first_fit::{OfficeMetrics, OfficeText, TWIP, is_hanging};
use super::prepare::{Prepared, plain_piece, prepare_plain};
use crate::font::Script as Face;
use crate::model::{BlockIndex, RunKind};
use crate::template::Compose;
use proptest::prelude::*;
use std::ops::Range;

const SIZE: i64 = 320 * TWIP;
const SPACING: i64 = -5 * TWIP;

/// Metrics of 三号 type on lines of so many characters, and a hair more, as the paper has it.
fn metrics(chars: i64, hinted: bool) -> OfficeMetrics {
    let gap = if hinted { 0 } else { SIZE / 5 };
    let rest = chars * (SIZE + SPACING) + 25 * TWIP;
    OfficeMetrics {
        size: SIZE,
        spacing: SPACING,
        latin_spacing: SPACING,
        hangs: true,
        gap,
        hinted,
        first: rest - 2 * (SIZE + SPACING),
        rest,
    }
}

/// Han faces draw a full cell, but narrow quotation marks, as many do; Latin faces half a cell.
fn advance(face: Face, c: char) -> f64 {
    match face {
        Face::Han if matches!(c, '“' | '”') => 0.33,
        Face::Han => 1.0,
        Face::Latin if c == ' ' => 0.25,
        Face::Latin => 0.5,
    }
}

fn office(text: &str, metrics: OfficeMetrics) -> (Prepared, OfficeText) {
    let prepared = prepare_plain(text, 0.0);
    let piece = plain_piece(text, RunKind::Text);
    let office = OfficeText::with(&prepared, &[piece], metrics, |_, face, c| advance(face, c));
    (prepared, office)
}

fn split(text: &str, ends: &[usize]) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let starts = std::iter::once(&0).chain(ends);
    starts.zip(ends).map(|(&a, &b)| chars[a..b].iter().collect()).collect()
}

fn libreoffice(text: &str, chars: i64) -> String {
    split(text, &office(text, metrics(chars, false)).1.lines(Compose::LibreOffice, &[text.chars().count()])).join("|")
}

fn word(text: &str, chars: i64) -> String {
    split(text, &office(text, metrics(chars, true)).1.lines(Compose::Word, &[text.chars().count()])).join("|")
}

/// The same with a field that shows the characters of a range.
fn with_field(text: &str, field: Range<usize>, chars: i64) -> String {
    let mut prepared = prepare_plain(text, 0.0);
    let piece = |source| plain_piece(text, source);
    for (at, item) in prepared.items.iter_mut().enumerate() {
        item.piece = u32::from(at >= field.start) + u32::from(at >= field.end);
    }
    let pieces = [piece(RunKind::Text), piece(RunKind::Reference(BlockIndex::new(0))), piece(RunKind::Text)];
    let office = OfficeText::with(&prepared, &pieces, metrics(chars, false), |_, face, c| advance(face, c));
    split(text, &office.lines(Compose::LibreOffice, &[text.chars().count()])).join("|")
}

#[test]
fn no_gap_stands_beside_a_field() {
    // Ten characters on ten: two gaps of a fifth are too much.
    let text = "全年共办理提案见25条全年";
    assert_eq!(libreoffice(text, 12), "全年共办理提案见25|条全年");
    assert_eq!(with_field(text, 8..10, 12), "全年共办理提案见25条|全年");
}

#[test]
fn libreoffice_breaks_as_it_was_seen_to() {
    for (chars, lines) in [
        (6, "一二三四|五六七八九十|一二"),
        // A mark that does not fit takes the character before it along; nothing hangs.
        (6, "一二三四|五六七八九|十。一二"),
        // An opening mark does not end a line.
        (6, "一二三四|五六七八九|（十一）"),
        // A number stays whole: it goes with what must be before it.
        (6, "一二三四|五六七八|25。九"),
        // … and breaks from its unit.
        (6, "一二三四|五六七八25|次三四"),
        // A Chinese mark holds to the Western word after it, and so does what it follows.
        (6, "一二三四|五六七八|九、2025"),
        (8, "一二三四五六|七八实施|G109、G219"),
        // The gap of a fifth of an em between letters of two scripts, on either side, takes its room.
        (8, "一二三四五六|七八九5十1一二|三"),
        // A quotation mark is as wide as its glyph, and Western after a digit.
        (6, "一二三四|“五”“六”七八|九"),
        // A dash may be torn: the program has no rule against it.
        (6, "一二三四|五六七八九—|—十"),
    ] {
        assert_eq!(libreoffice(&lines.replace('|', ""), chars), lines);
    }
}

#[test]
fn word_hangs_one_mark() {
    for (chars, lines) in [
        // Quotation marks take a full cell.
        (6, "“二三四|五“六”七八|九"),
        (6, "一二三四，|五六七八九十。|一二"),
        (6, "一二三四|五六七八九十）|一二"),
        (6, "一二三四|五六七八九十％|一二"),
        // One only, and none that opens or joins.
        (6, "一二三四|五六七八九|十”。一二"),
        (6, "一二三四|五六七八九十|（一二"),
        (6, "一二三四|五六七八九|125次"),
        (6, "一二三四|五六七八——|九"),
    ] {
        assert_eq!(word(&lines.replace('|', ""), chars), lines);
    }
}

#[test]
fn word_hangs_what_its_documentation_lists_for_chinese() {
    // [MS-OI29500] 2.1.52, overflowPunct, zh-CN; and the full-width forms of those below U+00FF that have one.
    let documented = "!%),.:;>?]}¢°·ˇ’”‰′″℃∶、。〃〉》」』】〕〗〞﹚﹜﹞！％），．：；＞？］｝￠";
    let han = |c: &char| ('\u{4e00}'..='\u{4e10}').contains(c);
    for c in ('\u{20}'..='\u{ffef}').filter(|c| !han(c)) {
        assert_eq!(is_hanging(c), documented.contains(c), "{c} U+{:04X}", u32::from(c));
    }
    // Each of the full-width ones, at a full line's end, hangs.
    for mark in "、。〃〉》」』】〕〗！％），．：；？］｝".chars() {
        let text = format!("一二三四五六七八九十{mark}一二");
        assert_eq!(word(&text, 6), format!("一二三四|五六七八九十{mark}|一二"));
    }
}

#[test]
fn nothing_hangs_where_the_file_has_a_table() {
    let text = "一二三四五六七八九十，一二";
    let metrics = OfficeMetrics { hangs: false, ..metrics(6, true) };
    let lines = office(text, metrics).1.lines(Compose::Word, &[text.chars().count()]);
    assert_eq!(split(text, &lines).join("|"), "一二三四|五六七八九|十，一二");
}

#[test]
fn a_grid_closes_up_no_latin_letters() {
    // Eight digits take four cells, and eight times the tracking more than the styles leave of it.
    let text = "一二12345678三四五六";
    let chars = text.chars().count();
    let measured = metrics(8, true);
    let tight = OfficeMetrics { first: measured.rest - 20 * TWIP, ..measured };
    let by_grid = OfficeMetrics { latin_spacing: 0, ..tight };
    assert_eq!(split(text, &office(text, tight).1.lines(Compose::Word, &[chars])).join("|"), "一二12345678三四|五六");
    assert_eq!(split(text, &office(text, by_grid).1.lines(Compose::Word, &[chars])).join("|"), "一二12345678三|四五六");
}

#[test]
fn given_ends_begin_lines_without_an_indent() {
    let text = "一二三四五六七八九十一二三四";
    for policy in [Compose::Word, Compose::LibreOffice] {
        let ends = office(text, metrics(6, true)).1.lines(policy, &[2, 14]);
        assert_eq!(split(text, &ends).join("|"), "一二|三四五六七八|九十一二三四");
    }
}

#[test]
fn a_word_longer_than_a_line_is_broken_somewhere() {
    assert_eq!(libreoffice("一二三四五六七八九十", 3), "一|二三四|五六七|八九十");
    assert_eq!(word("aaaaaaaaaaaaaaaa", 3).replace('|', ""), "aaaaaaaaaaaaaaaa");
    assert_eq!(libreoffice("aaaaaaaaaaaaaaaa", 3).replace('|', ""), "aaaaaaaaaaaaaaaa");
    assert_eq!(libreoffice("。。。。。。", 3).replace('|', ""), "。。。。。。");
}

/// The width of a line with spacing after every character but the last: what no program counts more than.
fn width(text: &str, line: (usize, usize)) -> i64 {
    let chars: Vec<char> = text.chars().collect();
    let kinds = super::script::scripts(chars.iter().copied());
    let wide = |i: usize| {
        let face = if kinds[i] == super::script::OfficeScript::Asian { Face::Han } else { Face::Latin };
        (advance(face, chars[i]) * SIZE as f64).round() as i64
    };
    (line.0..line.1).map(|i| wide(i) + if i > line.0 { SPACING } else { 0 }).sum()
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_stands_out(
        text in "([一二三四五，。、：“”（）《》—]|[0-9]{1,3}|[a-z]{1,4}|%){1,80}",
        chars in 6..16_i64,
        hang in any::<bool>(),
    ) {
        let metrics = metrics(chars, hang);
        let (prepared, office) = office(&text, metrics);
        let policy = if hang { Compose::Word } else { Compose::LibreOffice };
        let ends = office.lines(policy, &[prepared.items.len()]);
        prop_assert_eq!(ends.last().copied(), Some(prepared.items.len()));
        prop_assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
        let mut start = 0;
        for &end in &ends {
            let last = if hang && is_hanging(prepared.items[end - 1].c) && end > start + 1 { end - 1 } else { end };
            let room = if start == 0 { metrics.first } else { metrics.rest };
            prop_assert!(end == start + 1 || width(&text, (start, last)) <= room, "{}", split(&text, &ends).join("|"));
            start = end;
        }
    }
}
