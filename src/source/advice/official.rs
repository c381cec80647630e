//! What GB/T 9704-2012 says of the writing of a document number and of dates.

use super::prose::{Char, characters};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{BlockKind, Text};

/// Tells of a document number 发文字号 (7.2.5), of a date of signing (7.3.5.4) and of a date of printing (7.4.3) that are
/// written in another way than the standard has them.
pub(super) fn fields(kind: &BlockKind, out: &mut Vec<Diagnostic>) {
    match kind {
        BlockKind::RedHead(head) => ordinal(&head.number, out),
        BlockKind::Signature { date, .. } => written_date(date, out),
        BlockKind::Imprint(imprint) => written_date(&imprint.date, out),
        _ => {}
    }
}

/// Tells of the year of a document number in other brackets than 〔 〕 (7.2.5), in any text: 国发[2024]18号.
pub(super) fn year_brackets(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| text[at].typed && opens_year(text, at)) {
        let place = &text[at..at + 6];
        let shown: String = place.iter().map(|ch| ch.c).collect();
        let year: String = place[1..5].iter().map(|ch| ch.c).collect();
        tell(
            place,
            say!("发文字号的年份用了“{shown}”", "the year of a document number is in {shown}"),
            say!(
                "改为〔{year}〕：年份用六角括号（GB/T 9704 7.2.5）",
                "write 〔{year}〕: the year is in these brackets (GB/T 9704 7.2.5)"
            ),
            out,
        );
    }
}

/// True where the bracket of such a year opens.
pub(super) fn opens_year(text: &[Char], at: usize) -> bool {
    let Some(close) = text.get(at + 5) else { return false };
    let bracketed =
        matches!((text[at].c, close.c), ('（', '）') | ('[', ']') | ('(', ')') | ('【', '】') | ('［', '］'));
    let behind = &text[at + 6..];
    let behind = if behind.first().is_some_and(|ch| ch.c == '第') { &behind[1..] } else { behind };
    let digits = behind.iter().take_while(|ch| ch.c.is_ascii_digit()).count();
    let numbered = digits > 0 && behind.get(digits).is_some_and(|ch| ch.c == '号');
    bracketed && numbered && text[at + 1..at + 5].iter().all(|ch| ch.c.is_ascii_digit())
}

/// The number behind the year: without 第 and without a leading zero.
fn ordinal(text: &Text, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let Some(closed) = all.iter().rposition(|ch| matches!(ch.c, '〕' | '）' | ']' | ')' | '】' | '］')) else {
        return;
    };
    let number = &all[closed + 1..];
    let shown: String = number.iter().map(|ch| ch.c).collect();
    let meant = shown.trim_start_matches('第').trim_start_matches('0');
    if meant.len() < shown.len() && meant.starts_with(|c: char| c.is_ascii_digit()) {
        tell(
            number,
            say!("发文字号的顺序号写成了“{shown}”", "the number of a document is written {shown}"),
            say!(
                "改为“{meant}”：不加“第”，也不补 0（GB/T 9704 7.2.5）",
                "write {meant}: without 第 and without a leading zero (GB/T 9704 7.2.5)"
            ),
            out,
        );
    }
}

/// A Chinese date: four digits of the year, the month and the day without a leading zero.
fn written_date(text: &Text, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let shown: String = all.iter().map(|ch| ch.c).collect();
    let latin = shown.contains(|c: char| c.is_ascii_alphabetic());
    if latin || shown.trim().is_empty() || has_standard_date(&shown) {
        return;
    }
    tell(
        &all,
        say!("日期写成了“{shown}”", "a date is written {shown}"),
        say!(
            "用阿拉伯数字写全年、月、日，月、日前不补 0，如 2024年1月8日（GB/T 9704 7.3.5.4）",
            "write year, month and day in full, in digits, without leading zeros: 2024年1月8日 (GB/T 9704 7.3.5.4)"
        ),
        out,
    );
}

/// True for 2024年1月8日, with any text around it.
fn has_standard_date(text: &str) -> bool {
    let Some((before, rest)) = text.split_once('年') else { return false };
    let year = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let count = |text: &str| text.split_once(['月', '日']).map(|(digits, _)| digits.to_owned());
    let plain = |digits: &str| {
        matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
    };
    let month = count(rest).filter(|m| plain(m));
    let day = rest.split_once('月').and_then(|(_, rest)| count(rest)).filter(|d| plain(d));
    year == 4 && month.is_some() && day.is_some()
}

fn tell(place: &[Char], message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    let mut typed = place.iter().filter(|ch| ch.typed);
    let Some(first) = typed.next() else { return };
    let last = typed.next_back().unwrap_or(first);
    out.push(Diagnostic::advice(Code::OFFICIAL_FORM, first.span.to(last.span), message, hint));
}
