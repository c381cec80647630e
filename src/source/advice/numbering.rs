//! Numbers that are typed where the program writes them, and points that run into what follows.

use std::collections::{BTreeMap, BTreeSet};

use super::prose::{Char, characters};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{BlockId, BlockKind, Document, Text, is_ideograph};

/// Marks that end a lead or a point; brackets and quotation marks after them aside.
const STOPS: [char; 12] = ['。', '！', '？', '；', '：', '，', '、', '…', '—', '.', '!', '?'];

/// Tells of a number that is typed at the beginning of a text which the program numbers.
pub(super) fn typed(kind: &BlockKind, out: &mut Vec<Diagnostic>) {
    let (text, found) = match kind {
        BlockKind::Heading { number: Some(_), text, .. } => {
            (text, counted(&text.plain()).or_else(|| part(&text.plain())))
        }
        BlockKind::Point { lead, .. } => (lead, counted(&lead.plain()).or_else(|| worded(&lead.plain()))),
        BlockKind::ListItem { text, .. } => (text, counted(&text.plain()).or_else(|| bullet(&text.plain()))),
        BlockKind::AttachmentTitle(text) => {
            (text, labelled(&text.plain(), &["附件"]).or_else(|| counted(&text.plain())))
        }
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
    tell(text, found, out);
}

/// Tells of a mark that is typed at the beginning of a note, before which the program writes one.
pub(super) fn typed_mark(text: &Text, out: &mut Vec<Diagnostic>) {
    let plain = text.plain();
    let circled = plain.starts_with(is_circled).then_some(1);
    tell(text, circled.or_else(|| labelled(&plain, &["注释", "注"])), out);
}

fn tell(text: &Text, found: Option<usize>, out: &mut Vec<Diagnostic>) {
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

/// Tells of numbers that are typed at the beginning of paragraphs, where a heading, a point or a list has its own: once, since who
/// types one types them all.
pub(super) fn typed_paragraphs(document: &Document, out: &mut Vec<Diagnostic>) {
    let mut found = document.blocks.iter().filter_map(|block| {
        let BlockKind::Paragraph(text) = &block.kind else { return None };
        let written = characters(&[text]);
        let plain: String = written.iter().map(|ch| ch.c).collect();
        let length = counted(&plain)
            .filter(|_| !plain.starts_with(is_circled))
            .or_else(|| part(&plain).filter(|length| plain.chars().nth(*length).is_some_and(char::is_whitespace)))?;
        let count = written.get(..length)?;
        (count.iter().all(|ch| ch.typed) && !goes_on(&plain, length)).then(|| count.to_vec())
    });
    let Some(count) = found.next() else { return };
    let (Some(first), Some(last)) = (count.first(), count.last()) else { return };
    let shown: String = count.iter().map(|ch| ch.c).collect();
    let (zh, en) = match found.count() {
        0 => (String::new(), String::new()),
        others => (format!("（这样的还有 {others} 段）"), format!(" (there are {others} more)")),
    };
    out.push(Diagnostic::advice(
        Code::TYPED_NUMBERING,
        first.span.to(last.span),
        say!(
            "这一段的编号“{shown}”是自己写的，增删时不会改{zh}",
            "the number {shown} of this paragraph is typed: it stays as it is when others come or go{en}"
        ),
        say!(
            "标题写成 heading:，要点写成 point:，列表写成 list:，程序会编号；有意如此就不必管",
            "write heading:, point: or list:, and the program numbers; unless that is meant"
        ),
    ));
}

fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

/// True where a text counts on after its first number: 一是……二是…… in one paragraph are the author's.
fn goes_on(text: &str, length: usize) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let form = |count: &[char]| -> String { count.iter().filter(|c| !is_numeral(**c) && !is_digit(**c)).collect() };
    let first = form(&chars[..length]);
    (length..chars.len()).any(|at| {
        let rest: String = chars[at..].iter().take(6).collect();
        let begins = !is_numeral(chars[at - 1]) && !is_digit(chars[at - 1]);
        begins && counted(&rest).is_some_and(|length| form(&chars[at..at + length]) == first)
    })
}

fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾".contains(c) || ('Ⅰ'..='Ⅻ').contains(&c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The length of a count in words before a point: 第一， 其二， 首先， 一要.
fn worded(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let numerals = |from: usize| chars.get(from..).unwrap_or_default().iter().take_while(|c| is_numeral(**c)).count();
    let is = |at: usize, marks: &[char]| chars.get(at).is_some_and(|c| marks.contains(c));
    let stops = ['，', '、', '：', ','];
    if let Some(word) = ["首先", "其次", "再次", "最后"].iter().find(|word| text.starts_with(**word)) {
        let length = word.chars().count();
        return is(length, &stops).then_some(length + 1);
    }
    if is(0, &['第', '其']) {
        let count = numerals(1);
        return (count > 0 && is(1 + count, &stops)).then_some(2 + count);
    }
    let count = numerals(0);
    // 三要素, 五要点 are words.
    let is_word = is(count + 1, &['素', '求', '点', '件', '闻', '领', '义', '诀']);
    ((1..=2).contains(&count) && is(count, &['要']) && !is_word).then_some(count + 1)
}

/// A bullet before an item of a list, which has one from its style.
fn bullet(text: &str) -> Option<usize> {
    let mark = text.chars().next().filter(|c| "•●○◆▪‣·◦➢".contains(*c))?;
    let blank = text[mark.len_utf8()..].chars().take_while(|c| c.is_whitespace()).count();
    Some(1 + blank)
}

/// How many characters of a text are a number and the mark after it: 一、 （一） 1. （1） 1.1 ① 一是.
fn counted(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let first = *chars.first()?;
    if is_circled(first) {
        return Some(1);
    }
    let bracket = usize::from(matches!(first, '（' | '('));
    let run = |test: &dyn Fn(char) -> bool| chars[bracket..].iter().take_while(|c| test(**c)).count();
    let (numerals, digits) = (run(&is_numeral), run(&is_digit));
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
    } else if mark == '.' && next.is_some_and(is_digit) {
        // 1.1 in front of a title, not 1.5万亩.
        return dotted(&chars);
    } else {
        matches!(mark, '、' | '.' | '．' | ')' | '）') && next.is_some_and(|c| !is_digit(c))
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

/// Tells of the number of a table, picture or attachment that is typed in a text: it stays when the blocks change.
pub(super) fn typed_references(document: &Document, texts: &[Vec<Char>], out: &mut Vec<Diagnostic>) {
    let mut numbers: BTreeMap<String, &BlockId> = BTreeMap::new();
    for block in &document.blocks {
        let number = match &block.kind {
            BlockKind::AttachmentMark { text, count: Some(_) } => Some(text.plain()),
            kind if kind.number().is_some_and(|n| n.text.starts_with(['表', '图'])) => {
                kind.number().map(|n| n.text.clone())
            }
            _ => None,
        };
        if let Some(number) = number {
            numbers.entry(number).or_insert(&block.id);
        }
    }
    let first: BTreeSet<char> = numbers.keys().filter_map(|number| number.chars().next()).collect();
    for text in texts.iter().filter(|_| !numbers.is_empty()) {
        let mut at = 0;
        while at < text.len() {
            if !first.contains(&text[at].c) {
                at += 1;
                continue;
            }
            let Some((number, id)) = numbers.iter().rev().find(|(number, _)| is_reference(text, at, number)) else {
                at += 1;
                continue;
            };
            let length = number.chars().count();
            let id = &id.0;
            out.push(Diagnostic::advice(
                Code::TYPED_NUMBERING,
                text[at].span.to(text[at + length - 1].span),
                say!(
                    "“{number}”是自己写的编号，表、图、附件增删时不会改",
                    "{number} is typed: it stays as it is when tables, pictures or attachments come or go"
                ),
                say!(
                    "给它写上 id，用 [@id] 引用（现在的 id 是 {id}）",
                    "give the block an id and refer to it by [@id] (its id is {id} now)"
                ),
            ));
            at += length;
        }
    }
}

/// Tells of 附件3 where the report has two attachments.
pub(super) fn missing_attachments(document: &Document, texts: &[Vec<Char>], out: &mut Vec<Diagnostic>) {
    let is_mark = |kind: &BlockKind| matches!(kind, BlockKind::AttachmentMark { .. });
    let count = document.blocks.iter().filter(|block| is_mark(&block.kind)).count();
    for text in texts {
        for at in (2..text.len()).filter(|&at| text[at - 2].c == '附' && text[at - 1].c == '件') {
            let digits = text[at..].iter().take_while(|ch| ch.c.is_ascii_digit()).count();
            let digits: String = text[at..at + digits].iter().map(|ch| ch.c).collect();
            let before = at.checked_sub(3).map(|i| text[i].c);
            // Where a report has no attachments, the attachment may be another document's, unless the reader is sent to it.
            let led = before.is_none_or(|c| !is_ideograph(c) && c != '》' || "见如由从据按与和及照在".contains(c));
            let led = if count > 0 { led } else { before == Some('见') };
            let Some(number) = digits.parse::<usize>().ok().filter(|&n| led && n > count) else {
                continue;
            };
            out.push(Diagnostic::advice(
                Code::NO_SUCH_ATTACHMENT,
                text[at - 2].span.to(text[at - 1 + digits.len()].span),
                say!(
                    "没有附件{number}，报告的附件有 {count} 个",
                    "there is no attachment {number}: the report has {count}"
                ),
                say!("改正编号，或者补上这个附件", "correct the number, or add the attachment"),
            ));
        }
    }
}

/// Tells of 见表3 and 见图5 where the report has no table and no picture of that number.
pub(super) fn missing_figures(document: &Document, texts: &[Vec<Char>], out: &mut Vec<Diagnostic>) {
    let numbers: BTreeSet<&str> =
        document.blocks.iter().filter_map(|block| block.kind.number()).map(|number| number.text.as_str()).collect();
    // Chapters count for themselves: 表2-1.
    if numbers.iter().any(|number| number.contains(['-', '.'])) {
        return;
    }
    for text in texts {
        for at in (1..text.len()).filter(|&at| text[at - 1].c == '见' && matches!(text[at].c, '表' | '图')) {
            let digits = text[at + 1..].iter().take_while(|ch| ch.typed && ch.c.is_ascii_digit()).count();
            let number: String = text[at..=at + digits].iter().map(|ch| ch.c).collect();
            let on = text.get(at + digits + 1).is_some_and(|next| matches!(next.c, '.' | '-' | '—'));
            if digits == 0 || on || numbers.contains(number.as_str()) {
                continue;
            }
            out.push(Diagnostic::advice(
                Code::NO_SUCH_ATTACHMENT,
                text[at].span.to(text[at + digits].span),
                say!("没有{number}", "there is no {number}"),
                say!("改正编号，或者补上；用 [@id] 引用就不会错", "correct the number, or refer to the block by [@id]"),
            ));
        }
    }
}

/// True where a number is typed and is all that is there: not in 代表1人, not of 表12.
fn is_reference(text: &[Char], at: usize, number: &str) -> bool {
    let length = number.chars().count();
    let Some(written) = text.get(at..at + length) else { return false };
    let before = at.checked_sub(1).map(|i| text[i].c);
    let led = before.is_none_or(|c| !is_ideograph(c) || "见如由从据按与和及照在".contains(c));
    let on = text.get(at + length).is_some_and(|next| is_digit(next.c) || matches!(next.c, '.' | '-' | '%' | '％'));
    led && !on && written.iter().zip(number.chars()).all(|(ch, c)| ch.typed && ch.c == c)
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
            ("壹、成绩", 2),
            ("Ⅱ.成绩", 2),
            ("１．成绩", 2),
        ] {
            assert_eq!(counted(text), Some(length), "{text}");
        }
        for text in ["2023年工作", "1.5万亩", "一、二、三产业", "一体推进", "（试行）", "100.其他", "是"]
        {
            assert_eq!(counted(text), None, "{text}");
        }
        for (text, length) in [("第一，抓", Some(3)), ("其二，抓", Some(3)), ("首先，抓", Some(3)), ("一要抓", Some(2))]
        {
            assert_eq!(worded(text), length, "{text}");
        }
        for text in ["第一产业", "首先抓", "其他", "十要素", "六要点", "一体推进"] {
            assert_eq!(worded(text), None, "{text}");
        }
        assert_eq!((bullet("• 甲"), bullet("●乙"), bullet("甲")), (Some(2), Some(1), None));
        assert_eq!(part("第一章 总则"), Some(3));
        assert_eq!(part("第二部分"), Some(4));
        assert_eq!(part("第三产业增势良好"), None);
        assert_eq!(labelled("附件1：名单", &["附件"]), Some(4));
        assert_eq!(labelled("表 2-1 情况", &["表"]), Some(5));
        assert_eq!(labelled("表彰名单", &["表"]), None);
    }
}
