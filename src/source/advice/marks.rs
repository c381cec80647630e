//! Marks and spaces: doubled, half-width, without a partner, with nothing to join.

use super::prose::Char;
use super::{authorities, official};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{chinese_context, is_chinese, is_ideograph, is_shared_mark};

/// Rules on neighbouring characters.
pub(super) fn beside(text: &[Char], out: &mut Vec<Diagnostic>) {
    let mut spaced = false;
    for (i, here) in text.iter().enumerate().filter(|(_, ch)| ch.typed) {
        let before = i.checked_sub(1).and_then(|i| text.get(i)).map(|ch| ch.c);
        let next = text.get(i + 1);
        let shown = here.c;
        if let Some(next) = next.filter(|n| doubled(here.c, n.c)) {
            let other = next.c;
            out.push(Diagnostic::advice(
                Code::DOUBLED_MARK,
                here.span.to(next.span),
                say!("两个标点连用：{shown}{other}", "two marks in a row: {shown}{other}"),
                say!("只留一个", "keep one"),
            ));
        }
        if matches!(here.c, ' ' | '\u{a0}' | '\u{3000}') && !spaced {
            let first = text[..i].iter().rev().map(|ch| ch.c).find(|c| !c.is_whitespace());
            let last = text[i..].iter().map(|ch| ch.c).find(|c| !c.is_whitespace());
            // A space of full width is meant where it is within a text: 第一条　为了…, 王　强, 年　　月　　日.
            let blank = next.is_some_and(|next| next.c == '\n');
            let meant = here.c == '\u{3000}' && (first.is_some() || blank);
            let meant = meant || (here.c == ' ' && authorities::parted_by(text, i));
            if !meant && (first.is_some_and(is_ideograph) || last.is_some_and(is_ideograph)) {
                // One remark a text is enough for a habit.
                spaced = true;
                out.push(Diagnostic::advice(
                    Code::HAN_SPACE,
                    here.span,
                    say!("汉字旁边有空格", "a space beside a Han character"),
                    say!(
                        "删去空格，汉字与数字、字母之间也不空；字间的空由样式定",
                        "remove it, beside digits and letters too; styles make what space there is"
                    ),
                ));
            }
        }
        if is_half_width(text, i) && !official::opens_year(text, i) {
            out.push(Diagnostic::advice(
                Code::HALF_WIDTH_MARK,
                here.span,
                say!("汉字之间用了半角标点“{shown}”", "the half-width mark \"{shown}\" among Han characters"),
                say!("换成全角标点", "write the full-width mark"),
            ));
        }
        if let Some((length, meant)) = full_width(text, i) {
            let typed: String = text[i..i + length].iter().map(|ch| ch.c).collect();
            out.push(Diagnostic::advice(
                Code::FULL_WIDTH_LATIN,
                here.span.to(text[i + length - 1].span),
                say!(
                    "“{typed}”是全角的，一个占一格",
                    "\"{typed}\" is full width: each takes the room of a Han character"
                ),
                say!("改成半角的 {meant}", "write {meant}"),
            ));
        }
        if let Some((length, meant)) = typewritten(text, i) {
            let typed: String = text[i..i + length].iter().map(|ch| ch.c).collect();
            out.push(Diagnostic::advice(
                Code::HALF_WIDTH_MARK,
                here.span.to(text[i + length - 1].span),
                say!("汉字之间用了半角标点“{typed}”", "the half-width mark \"{typed}\" among Han characters"),
                say!("换成“{meant}”", "write {meant}"),
            ));
        }
        if next.is_some_and(|n| dangles(before, here.c, n.c)) {
            out.push(Diagnostic::advice(
                Code::DANGLING_WORD,
                here.span,
                say!("“{shown}”后面好像缺了文字", "something seems to be missing after {shown}"),
                say!("补上文字，或者删去“{shown}”", "write what is missing, or remove {shown}"),
            ));
        }
    }
}

fn doubled(a: char, b: char) -> bool {
    const STOPS: [char; 5] = ['，', '。', '、', '；', '：'];
    (STOPS.contains(&a) && STOPS.contains(&b)) || (a == b && matches!(a, '“' | '”' | '（' | '）' | '《' | '》'))
}

/// Full-width digits and letters that begin here, with the signs among them: how many, and the half-width ones that are meant.
/// Signs alone are such where they stand between digits; ％ has one before it.
fn full_width(text: &[Char], at: usize) -> Option<(usize, String)> {
    const DISTANCE: u32 = '０' as u32 - '0' as u32;
    let is_latin = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let half = |ch: &Char| {
        let wide = is_latin(ch.c) || matches!(ch.c, '＋' | '－' | '＝' | '％' | '．');
        wide.then(|| char::from_u32(u32::from(ch.c) - DISTANCE)).flatten()
    };
    let before = at.checked_sub(1).map(|before| &text[before]);
    if before.is_some_and(|ch| half(ch).is_some()) {
        return None;
    }
    let meant: String = text[at..].iter().map_while(half).collect();
    let (run, after) = text[at..].split_at(meant.len());
    let digit = |ch: Option<&Char>| ch.is_some_and(|ch| ch.c.is_ascii_digit());
    let told = run.iter().any(|ch| is_latin(ch.c))
        || (digit(before) && (digit(after.first()) || run.last().is_some_and(|ch| ch.c == '％')));
    (told && !run.is_empty()).then_some((meant.len(), meant))
}

/// Points or hyphens that stand for …… or —— in Chinese text: how many, and what is meant.
fn typewritten(text: &[Char], at: usize) -> Option<(usize, &'static str)> {
    let c = text[at].c;
    let (least, meant) = match c {
        '.' => (3, "……"),
        '-' => (2, "——"),
        _ => return None,
    };
    let before = at.checked_sub(1).map(|at| text[at].c);
    let length = text[at..].iter().take_while(|ch| ch.c == c).count();
    let after = text.get(at + length).map(|ch| ch.c);
    let chinese = |c: char| is_chinese(c) || is_shared_mark(c);
    let among = before.is_some_and(chinese) || (before.is_some() && after.is_some_and(chinese));
    (length >= least && before != Some(c) && among).then_some((length, meant))
}

/// True for a half-width mark in the place of a full-width one. Those in numbers, times, Latin text and formulas have other
/// neighbours.
fn is_half_width(text: &[Char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| text[at].c);
    let after = text.get(at + 1).map(|ch| ch.c);
    let han_before = before.is_some_and(is_ideograph);
    let han_after = after.is_some_and(is_ideograph);
    let chinese = |c: char| is_chinese(c) || is_shared_mark(c);
    // What ends a phrase of Chinese text as well as of any other.
    let closed = before.is_some_and(|c| chinese(c) || matches!(c, '"' | '%' | ')' | '‰' | '℃'));
    let counted = closed || before.is_some_and(|c| c.is_ascii_digit());
    let ends =
        after.is_none() && text[..at].iter().rev().map(|ch| ch.c).find(|c| c.is_alphabetic()).is_some_and(is_ideograph);
    match text[at].c {
        ',' | ';' | '!' | '?' => {
            (counted && after.is_some_and(|c| chinese(c) || c == '"' || c == '('))
                || (han_before && after.is_some_and(|c| c.is_ascii_digit()))
                || (text[at].c == ',' && before.is_some_and(|c| c.is_ascii_alphabetic()) && han_after)
                || (matches!(text[at].c, ',' | ';') && parts_figures(text, at))
                || (closed && ends)
        }
        ':' => closed && (after.is_some_and(|c| chinese(c) || (han_before && c.is_ascii_digit())) || ends),
        '.' => closed && (after.is_some_and(chinese) || ends),
        '(' | '"' | '\'' => han_before || han_after,
        ')' => han_before || (han_after && before.is_some_and(chinese)),
        _ => false,
    }
}

/// True for a half-width mark between two figures of Chinese text: 10%;20%. A comma that groups digits is part of its
/// number.
fn parts_figures(text: &[Char], at: usize) -> bool {
    let digits = |text: &mut dyn Iterator<Item = &Char>| text.take_while(|ch| ch.c.is_ascii_digit()).count();
    let before = digits(&mut text[..at].iter().rev());
    let ends = at.checked_sub(1).map(|i| text[i].c).is_some_and(|c| c.is_ascii_digit() || "%％‰℃".contains(c));
    let blank = text[at + 1..].iter().take_while(|ch| ch.c == ' ').count();
    let after = digits(&mut text[at + 1 + blank..].iter());
    let groups = text[at].c == ',' && blank == 0 && (1..=3).contains(&before) && after == 3;
    let letter = |text: &mut dyn Iterator<Item = &Char>| text.map(|ch| ch.c).find(|c| c.is_alphabetic());
    let speaks = letter(&mut text[..at].iter().rev()).or_else(|| letter(&mut text[at..].iter()));
    ends && after > 0 && !groups && speaks.is_some_and(is_ideograph)
}

/// A conjunction, or 、, right before a mark that ends what it should join. `before` tells words like 缓和, 参与, 普及.
fn dangles(before: Option<char>, c: char, next: char) -> bool {
    let closes = matches!(next, '”' | '’' | '）' | '》' | '。' | '；' | '！' | '？');
    let within_word = |words: &str| before.is_none_or(|b| !is_ideograph(b) || words.contains(b));
    closes
        && match c {
            '、' => true,
            '和' => !within_word("缓温总饱调平祥柔随中谦亲人讲议求不共谐应附醇暖清宽失违媾"),
            '与' => !within_word("参相给赐赠付施授与"),
            '及' => !within_word("普涉触提顾推波企言殃危可料遍论述旁埃累来兼比谈齐"),
            '或' => !within_word("抑间容"),
            _ => false,
        }
}

/// Quotation marks and brackets in pairs.
pub(super) fn pairs(text: &[Char], out: &mut Vec<Diagnostic>) {
    const PAIRS: [(char, char); 6] = [('“', '”'), ('‘', '’'), ('（', '）'), ('《', '》'), ('〔', '〕'), ('【', '】')];
    let mut open: Vec<Char> = Vec::new();
    let mut remark = |mark: Char| {
        let shown = mark.c;
        out.push(Diagnostic::advice(
            Code::UNPAIRED_MARK,
            mark.span,
            say!("标点 {shown} 没有配对", "{shown} has no partner"),
            say!("补上另一半，或者删去", "add the other half, or remove it"),
        ));
    };
    let chars: Vec<char> = text.iter().map(|ch| ch.c).collect();
    let chinese = chinese_context(&chars);
    for (i, here) in text.iter().enumerate() {
        // An apostrophe in a Latin word, or inches after a digit.
        let inches = i > 0 && chars[i - 1].is_ascii_digit();
        let alone = |partner: char| open.iter().all(|mark| mark.c != partner);
        if !chinese[i] && ((here.c == '’' && alone('‘')) || (here.c == '”' && inches && alone('“'))) {
            continue;
        }
        if PAIRS.iter().any(|(a, _)| *a == here.c) {
            open.push(*here);
        } else if let Some((a, _)) = PAIRS.iter().find(|(_, b)| *b == here.c) {
            match open.iter().rposition(|o| o.c == *a) {
                // What was opened in between was never closed.
                Some(at) => open.drain(at..).skip(1).for_each(&mut remark),
                None => remark(*here),
            }
        }
    }
    open.into_iter().for_each(remark);
}
