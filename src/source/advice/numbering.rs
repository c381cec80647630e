//! Numbers that are typed where the program writes them, and points that run into what follows.

use super::prose::characters;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{BlockKind, Text};

/// Marks that end a lead or a point; brackets and quotation marks after them aside.
const STOPS: [char; 12] = ['。', '！', '？', '；', '：', '，', '、', '…', '—', '.', '!', '?'];

/// Tells of a number that is typed at the beginning of a text which the program numbers.
pub(super) fn typed(kind: &BlockKind, out: &mut Vec<Diagnostic>) {
    let (text, found) = match kind {
        BlockKind::Heading { number: Some(_), text, .. } => {
            (text, counted(&text.plain()).or_else(|| part(&text.plain())))
        }
        BlockKind::Point { lead, .. } => (lead, counted(&lead.plain())),
        BlockKind::ListItem { text, .. } => (text, counted(&text.plain())),
        BlockKind::AttachmentTitle(text) => (text, labelled(&text.plain(), &["附件"])),
        BlockKind::Table(table) => match (&table.caption, &table.number) {
            (Some(caption), Some(_)) => (caption, labelled(&caption.plain(), &["表"])),
            _ => return,
        },
        BlockKind::Figure(figure) => match (&figure.caption, &figure.number) {
            (Some(caption), Some(_)) => (caption, labelled(&caption.plain(), &["图"])),
            _ => return,
        },
        BlockKind::Chart(chart) => match (&chart.caption, &chart.number) {
            (Some(caption), Some(_)) => (caption, labelled(&caption.plain(), &["图"])),
            _ => return,
        },
        _ => return,
    };
    let Some(length) = found else { return };
    let written: Vec<_> = characters(&[text]).into_iter().take(length).collect();
    let (Some(first), Some(last)) = (written.first(), written.last()) else { return };
    let shown: String = written.iter().map(|ch| ch.c).collect();
    out.push(Diagnostic::advice(
        Code::TYPED_NUMBERING,
        first.span.to(last.span),
        say!(
            "“{shown}”像是自己写的编号，程序还会再编号",
            "{shown} looks like a number, and the program writes one too"
        ),
        say!(
            "删去“{shown}”；程序会编号，增删时也会改号",
            "remove {shown}: the program numbers, and renumbers when blocks come or go"
        ),
    ));
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百".contains(c)
}

/// How many characters of a text are a number and the mark after it: 一、 （一） 1. （1） 1.1 ① 一是.
fn counted(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let first = *chars.first()?;
    if ('①'..='⑳').contains(&first) {
        return Some(1);
    }
    let bracket = usize::from(matches!(first, '（' | '('));
    let run = |test: &dyn Fn(char) -> bool| chars[bracket..].iter().take_while(|c| test(**c)).count();
    let (numerals, digits) = (run(&is_numeral), run(&|c| c.is_ascii_digit()));
    let length = bracket + numerals.max(digits);
    let mark = *chars.get(length)?;
    let next = chars.get(length + 1).copied();
    if length == bracket || digits > 2 || numerals > 3 {
        return None;
    }
    let matches = if bracket == 1 {
        matches!(mark, '）' | ')')
    } else if numerals > 0 {
        // 一、二、三产业 counts nothing.
        matches!(mark, '、' | '.' | '．' | '是') && next.is_some_and(|c| !is_numeral(c))
    } else if mark == '.' && next.is_some_and(|c| c.is_ascii_digit()) {
        // 1.1 in front of a title, not 1.5万亩.
        return dotted(&chars);
    } else {
        matches!(mark, '、' | '.' | '．' | ')' | '）') && next.is_some_and(|c| !c.is_ascii_digit())
    };
    matches.then_some(length + 1)
}

/// The length of 1.1 or 1.2.3 with a space after it.
fn dotted(chars: &[char]) -> Option<usize> {
    let length = chars.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    chars.get(length).is_some_and(|c| c.is_whitespace()).then_some(length)
}

/// The length of 第一章, 第二节, 第一部分 at the beginning of a heading.
fn part(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('第')?;
    let numerals = rest.chars().take_while(|c| is_numeral(*c) || c.is_ascii_digit()).count();
    let after: String = rest.chars().skip(numerals).take(2).collect();
    let unit = ["部分", "章", "节", "条", "编", "篇"].into_iter().find(|unit| after.starts_with(unit))?;
    (numerals > 0).then(|| 1 + numerals + unit.chars().count())
}

/// The length of a label and its number: 附件1, 表1, 图 2-1.
fn labelled(text: &str, labels: &[&str]) -> Option<usize> {
    let label = labels.iter().find(|label| text.starts_with(**label))?;
    let rest: Vec<char> = text[label.len()..].chars().collect();
    let blank = rest.iter().take_while(|c| c.is_whitespace()).count();
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '－' | '.') || is_numeral(c);
    let number = rest[blank..].iter().take_while(|c| part(**c)).count();
    let colon = rest.get(blank + number).is_some_and(|c| matches!(c, '：' | ':'));
    (number > 0 || colon).then(|| label.chars().count() + blank + number + usize::from(colon))
}

/// Tells of a point whose lead or whose end has no mark: it runs into what follows.
pub(super) fn point_without_stop(kind: &BlockKind, out: &mut Vec<Diagnostic>) {
    let BlockKind::Point { lead, text, .. } = kind else { return };
    let texts: &[&Text] = if text.is_empty() { &[lead] } else { &[lead, text] };
    for text in texts {
        let characters = characters(&[text]);
        let closing =
            |c: char| matches!(c, '”' | '’' | '）' | '》' | '〉' | '】' | '〕' | ')' | '"') || c.is_whitespace();
        let Some(last) = characters.iter().rev().find(|ch| !closing(ch.c)) else { continue };
        if !STOPS.contains(&last.c) {
            let place = characters.last().unwrap_or(last).span;
            out.push(Diagnostic::advice(
                Code::POINT_WITHOUT_STOP,
                place,
                say!("要点的这句话没有标点收尾", "nothing ends this sentence of a point"),
                say!(
                    "补上句号；首句与后面的文字印在同一段",
                    "add a full stop: the lead and what follows are one paragraph"
                ),
            ));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_figures() {
        for (text, length) in [
            ("一、主要成绩", 2),
            ("（一）经济", 3),
            ("(2)经济", 3),
            ("1.改造", 2),
            ("12、改造", 3),
            ("1.1 概况", 3),
            ("①改造", 1),
            ("十一是突出引领", 3),
        ] {
            assert_eq!(counted(text), Some(length), "{text}");
        }
        for text in ["2023年工作", "1.5万亩", "一、二、三产业", "一体推进", "（试行）", "100.其他", "是"]
        {
            assert_eq!(counted(text), None, "{text}");
        }
        assert_eq!(part("第一章 总则"), Some(3));
        assert_eq!(part("第二部分"), Some(4));
        assert_eq!(part("第三产业增势良好"), None);
        assert_eq!(labelled("附件1：名单", &["附件"]), Some(4));
        assert_eq!(labelled("表 2-1 情况", &["表"]), Some(5));
        assert_eq!(labelled("表彰名单", &["表"]), None);
    }
}
