//! Slips of wording: misspelt words, 截止 for 截至, a fall by a negative number, a count that is twice said to be about right.

use std::collections::BTreeMap;

use super::prose::{Char, begins};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::is_ideograph;

/// Words as they are often misspelt, and as they are spelt. None is part of a longer run of words that is right.
const MISSPELLINGS: &str = include_str!("misspellings.tsv");

/// What falls: a negative number behind one of these says the opposite.
const FALLS: [&str; 8] = ["下降", "减少", "降低", "回落", "下滑", "降幅", "减幅", "缩减"];

/// The misspellings by their first character.
pub(super) struct Misspellings(BTreeMap<char, Vec<(&'static str, &'static str)>>);

impl Default for Misspellings {
    fn default() -> Self {
        let mut all: BTreeMap<char, Vec<_>> = BTreeMap::new();
        for (wrong, right) in MISSPELLINGS.lines().filter_map(|line| line.split_once('\t')) {
            if let Some(first) = wrong.chars().next() {
                all.entry(first).or_default().push((wrong, right));
            }
        }
        Self(all)
    }
}

impl Misspellings {
    /// Tells of misspelt words.
    pub(super) fn find(&self, text: &[Char], out: &mut Vec<Diagnostic>) {
        for (at, ch) in text.iter().enumerate() {
            let candidates = self.0.get(&ch.c).map_or(&[][..], Vec::as_slice);
            for (wrong, right) in candidates.iter().filter(|(wrong, _)| begins(&text[at..], wrong)) {
                let end = at + wrong.chars().count();
                // 周转帐篷 is right.
                if begins(&text[end - 1..], "帐篷") {
                    continue;
                }
                tell(
                    &text[at..end],
                    say!("“{wrong}”多半是“{right}”", "{wrong} is {right}, most likely"),
                    say!("写成“{right}”", "write {right}"),
                    out,
                );
            }
        }
    }
}

/// Tells of 截止2024年12月底: what goes up to a time is 截至 it.
pub(super) fn up_to(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| begins(&text[at..], "截止")) {
        let leads = at.checked_sub(1).is_none_or(|before| !is_ideograph(text[before].c));
        let behind = &text[at + 2..];
        let time = behind.first().is_some_and(|ch| ch.c.is_ascii_digit())
            || ["目前", "今年", "去年", "上年", "年底", "月底", "发稿"].iter().any(|word| begins(behind, word));
        if leads && time {
            tell(
                &text[at..at + 2],
                say!("“截止”后面有时间，应是“截至”", "截止 before a time is 截至"),
                say!("写成“截至”；“截止”是到期停止，如 报名截止", "write 截至; 截止 means that something ends"),
                out,
            );
        }
    }
}

/// Tells of 下降-3.2%: a fall by a negative number is a rise. Mostly the number comes from the data.
pub(super) fn negative_fall(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in 0..text.len() {
        let Some(word) = FALLS.iter().find(|word| begins(&text[at..], word)) else { continue };
        let mut behind = at + word.chars().count();
        behind += usize::from(text.get(behind).is_some_and(|ch| matches!(ch.c, '了' | '为')));
        let minus = text.get(behind).is_some_and(|ch| matches!(ch.c, '-' | '−' | '－'));
        if minus && text.get(behind + 1).is_some_and(|ch| ch.c.is_ascii_digit()) {
            tell(
                &text[at..=behind],
                say!("“{word}”后面又是负数，意思反了", "{word} before a negative number says the opposite"),
                say!(
                    "删去负号；数来自数据的，用 growth（增长、下降由数定）或 abs",
                    "remove the minus; for a number from the data use growth, which chooses the word, or abs"
                ),
                out,
            );
        }
    }
}

/// Characters before 约 or 近 where it belongs to the number: not in 节约, 附近.
const BEFORE_ABOUT: &str = "大将接共有为达计是了长高宽重";

/// What lasts: 近10余年 are the last ten and more.
const TIMES: &str = "年个天日月周届期";

/// Tells of 近100余人 and 约3天左右, which say twice that a count is about right.
pub(super) fn twice_about(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| matches!(text[at].c, '约' | '近')) {
        let before = at.checked_sub(1).map(|i| text[i].c);
        if before.is_some_and(|c| is_ideograph(c) && !BEFORE_ABOUT.contains(c)) {
            continue;
        }
        let digits = text[at + 1..].iter().take_while(|ch| ch.c.is_ascii_digit() || ch.c == '.').count();
        if digits == 0 {
            continue;
        }
        let scale = text[at + 1 + digits..].iter().take_while(|ch| matches!(ch.c, '万' | '亿' | '千' | '百')).count();
        let behind = at + 1 + digits + scale;
        let unit = text[behind..].iter().take(2).take_while(|ch| is_ideograph(ch.c)).count();
        let about = |from: usize| text.get(from..).is_some_and(|rest| begins(rest, "左右") || begins(rest, "上下"));
        let end = match (0..=unit).find(|skip| about(behind + skip)) {
            Some(skip) => behind + skip + 2,
            None if text.get(behind).is_some_and(|ch| matches!(ch.c, '余' | '多'))
                && !text.get(behind + 1).is_some_and(|ch| TIMES.contains(ch.c)) =>
            {
                behind + 1
            }
            None => continue,
        };
        tell(
            &text[at..end],
            say!("概数说了两遍", "this says twice that a count is about right"),
            say!("“约”“近”与“左右”“余”“多”只留一个", "keep one of the words"),
            out,
        );
    }
}

fn tell(place: &[Char], message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(last)) = (place.first(), place.last()) {
        out.push(Diagnostic::advice(Code::WORDING, first.span.to(last.span), message, hint));
    }
}
