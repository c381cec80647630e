//! What is left over from writing: places to be filled in, words and paragraphs that are there twice, broken numbers.

use std::collections::BTreeMap;

use super::prose::{Char, begins, characters};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{Block, BlockKind, Document, is_ideograph};

/// What is written where something is still to come.
const OPEN: [&str; 10] = ["待补充", "待定", "待核实", "待核", "待填", "待补", "待更新", "此处填写", "请补充", "请填写"];

/// Tells of places that are still to be filled in: XX, ××, （待补充）.
pub(super) fn unfilled(text: &[Char], out: &mut Vec<Diagnostic>) {
    let mut at = 0;
    while at < text.len() {
        let letters = text[at..].iter().take_while(|ch| ch.typed && ch.c == text[at].c).count();
        let cross = matches!(text[at].c, 'X' | '×' | 'Ｘ' | '╳') && letters > 1;
        let beside = |c: Option<&Char>| c.is_some_and(|ch| ch.c.is_ascii_alphanumeric());
        let alone = !beside(at.checked_sub(1).and_then(|i| text.get(i))) && !beside(text.get(at + letters));
        let length = match text[at].c {
            _ if cross && alone => letters,
            '（' | '(' | '【' | '[' => bracketed(&text[at..]).unwrap_or(0),
            _ => 0,
        };
        if length > 0 {
            let place = &text[at..at + length];
            let shown: String = place.iter().map(|ch| ch.c).collect();
            tell(
                (Code::UNFILLED, place),
                say!("“{shown}”像是还没有填写", "{shown} seems still to be filled in"),
                say!("填上内容；有意如此就不必管", "fill it in, unless it is meant"),
                out,
            );
        }
        at += length.max(letters).max(1);
    }
}

/// The length of words in brackets that say that something is to come.
fn bracketed(text: &[Char]) -> Option<usize> {
    let close = text.iter().take(12).position(|ch| matches!(ch.c, '）' | ')' | '】' | ']'))?;
    let inner: String = text[1..close].iter().map(|ch| ch.c).collect();
    OPEN.iter().any(|word| inner.starts_with(word)).then_some(close + 1)
}

/// Characters that are said twice on purpose: 一个一个, 逐项逐项.
const EACH: &str = "一逐每个步件点家天年人";

/// Tells of 的的, and of a word of two characters that is there twice: 高度高度重视.
pub(super) fn words_twice(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in 0..text.len() {
        let is = |i: usize, c: char| text.get(i).is_some_and(|ch| ch.c == c && ch.typed);
        // 目的的确, 有的的士.
        let particle =
            is(at, '的') && is(at + 1, '的') && !at.checked_sub(1).is_some_and(|i| "目标有".contains(text[i].c));
        let pair = text.get(at..at + 4).filter(|four| {
            four.iter().all(|ch| ch.typed && is_ideograph(ch.c))
                && four[0].c == four[2].c
                && four[1].c == four[3].c
                && four[0].c != four[1].c
                && !EACH.contains(four[0].c)
                && !EACH.contains(four[1].c)
        });
        // 中国人民人民币: what goes on as another word is none that is there twice.
        let pair = pair.filter(|_| !begins(&text[at..], "人民人民币"));
        // Units that are there twice are told as such.
        let pair = pair.filter(|_| !at.checked_sub(1).is_some_and(|i| text[i].c.is_ascii_digit()));
        let length = if particle {
            2
        } else if pair.is_some() {
            4
        } else {
            continue;
        };
        let place = &text[at..at + length];
        let shown: String = place[..length / 2].iter().map(|ch| ch.c).collect();
        tell(
            (Code::WORDING, place),
            say!("“{shown}”写了两遍", "{shown} is there twice"),
            say!("删去一个", "remove one"),
            out,
        );
    }
}

/// Tells of a number with two points before a unit: 45.6.7亿元.
pub(super) fn broken_numbers(text: &[Char], out: &mut Vec<Diagnostic>) {
    let mut at = 0;
    while at < text.len() {
        let part = |ch: &Char| ch.c.is_ascii_digit() || ch.c == '.';
        let length = text[at..].iter().take_while(|ch| part(ch)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let number: String = text[at..at + length].iter().map(|ch| ch.c).collect();
        let behind = text[at + length..].first().map(|ch| ch.c);
        let unit = behind.is_some_and(|c| "万亿元%％‰人件次个户亩吨平公千".contains(c));
        let points = number.trim_end_matches('.').matches('.').count();
        if points > 1 && unit {
            tell(
                (Code::DOUBTFUL_FIGURE, &text[at..at + length]),
                say!("“{number}”有两个小数点，不是一个数", "{number} has two points and is no number"),
                say!("改正这个数", "correct the number"),
                out,
            );
        }
        at += length;
    }
}

/// Tells of a paragraph that begins with a mark, or ends with one that something has to follow.
pub(super) fn edges(block: &Block, out: &mut Vec<Diagnostic>) {
    let BlockKind::Paragraph(text) = &block.kind else { return };
    let all = characters(&[text]);
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return };
    if first.typed && "，。、；：！？".contains(first.c) {
        let mark = first.c;
        tell(
            (Code::WORDING, &all[..1]),
            say!("这一段以“{mark}”开头", "a paragraph that begins with {mark}"),
            say!("删去“{mark}”，或者补上前面的文字", "remove {mark}, or write what is before it"),
            out,
        );
    } else if last.typed && "，、".contains(last.c) {
        let mark = last.c;
        tell(
            (Code::WORDING, &all[all.len() - 1..]),
            say!("这一段以“{mark}”结尾", "a paragraph that ends with {mark}"),
            say!("补上后面的文字，或者改成句号", "write what follows, or a full stop"),
            out,
        );
    }
}

/// The shortest paragraph that is no formula: 特此报告。
const SHORTEST: usize = 16;

/// Tells of a paragraph that is there twice. What `each` repeats is written once.
pub(super) fn paragraphs_twice(document: &Document, out: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, &Block> = BTreeMap::new();
    for block in &document.blocks {
        let text = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Point { text, .. } => text.plain(),
            _ => continue,
        };
        if text.chars().count() < SHORTEST {
            continue;
        }
        let first = known.entry(text).or_insert(block);
        if first.span != block.span {
            let remark = Diagnostic::advice(
                Code::SAME_TEXT,
                block.span,
                say!("这一段与前面的一段完全相同", "this paragraph is there already, word for word"),
                say!("删去一段；有意重复就不必管", "remove one of the two, unless that is meant"),
            );
            out.push(remark.with_related(first.span, say!("前面在这里", "before, here")));
        }
    }
}

fn tell((code, place): (Code, &[Char]), message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(last)) = (place.first(), place.last()) {
        out.push(Diagnostic::advice(code, first.span.to(last.span), message, hint));
    }
}
