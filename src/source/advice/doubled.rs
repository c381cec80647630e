//! What the data and the text both say: 增长增长5.2%, 12.5%%, 1234.6万万元, 第第3, 2024年年.

use super::prose::{Char, begins};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{UnitUse, is_ideograph, units};

/// Tells of words and units that are there twice, mostly once from the data and once from the text around it.
pub(super) fn find(text: &[Char], out: &mut Vec<Diagnostic>) {
    units_twice(text, out);
    changes_twice(text, out);
    words_at_seams(text, out);
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

const fn is_percent(c: char) -> bool {
    matches!(c, '%' | '％')
}

/// A unit that is given twice after a number: by the data (1286.4亿元), and by the text after it.
fn units_twice(text: &[Char], out: &mut Vec<Diagnostic>) {
    let same = |a: char, b: char| a == b || (is_percent(a) && is_percent(b));
    for (i, ch) in text.iter().enumerate().filter(|(_, ch)| is_digit(ch.c)) {
        let rest = &text[i + 1..];
        if rest.first().is_none_or(|next| is_digit(next.c) || matches!(next.c, '.' | ',')) {
            continue;
        }
        if is_percent(rest[0].c)
            && let Some(word) = ["个百分点", "百分点"].into_iter().find(|word| begins(&rest[1..], word))
        {
            let words = say!("“%”后面又写了“百分点”", "percentage points follow a percent sign");
            tell(Code::REPEATED_UNIT, &rest[1..=word.chars().count()], words, out);
            continue;
        }
        // 1.2万亿元 is right, 1.2亿万元 is not.
        if begins(rest, "亿万元") {
            let words = say!("“亿”后面又写了“万元”", "万元 follows 亿");
            tell(Code::REPEATED_UNIT, &rest[1..3], words, out);
            continue;
        }
        let most = rest.len().min(12) / 2;
        let Some(length) = (1..=most).rev().find(|&n| (0..n).all(|k| same(rest[k].c, rest[n + k].c))) else { continue };
        let unit: String = rest[..length].iter().map(|ch| ch.c).collect();
        // The first is a value's, or the unit is one that no word begins with: 5人人均 is right.
        let bound = ch.c != rest[0].c && !rest[length - 1].typed && rest[length].typed;
        let behind = &rest[2 * length..];
        let word = behind.first().is_some_and(|ch| is_ideograph(ch.c));
        let known = units(UnitUse::NoWord).any(|known| known == unit)
            || matches!(unit.as_str(), "%" | "％" | "‰" | "℃")
            || (matches!(unit.as_str(), "万" | "亿") && begins(behind, "元"));
        let day = DAYS.iter().find(|(day, _)| unit.starts_with(*day) && length == 1);
        let slip = match day {
            Some((_, words)) => !behind.first().is_some_and(|ch| words.contains(ch.c)) || begins(behind, "报告"),
            None => bound && (length > 1 || !word),
        };
        if unit.chars().all(|c| is_ideograph(c) || matches!(c, '%' | '％' | '‰' | '℃')) && (known || slip) {
            let words = say!("“{unit}”写了两次：{unit}{unit}", "{unit} is given twice");
            tell(Code::REPEATED_UNIT, &rest[length..2 * length], words, out);
        }
    }
}

/// Units of dates, and what words that begin with them go on with: 2024年年底 and 1月8日日均 are right.
const DAYS: [(char, &str); 4] = [
    ('年', "底初末中度均内产报审会检货终关味夜轻薪级龄利化代份间收人销平增"),
    ('月', "底初末中度均内产报份收人销平"),
    ('日', "前后内间均常夜报产程期子本平人"),
    ('号', "召码文"),
];

/// What figures do: a filter says one of these by the sign of its figure.
const CHANGES: [&str; 11] = ["增长", "下降", "提高", "增加", "减少", "上升", "降低", "回落", "上涨", "下跌", "下滑"];

/// What is a rate of change by itself.
const RATES: [&str; 6] = ["增长率", "增速", "增幅", "降幅", "涨幅", "跌幅"];

/// Tells of 增长增长5.2%, 增长下降3.1% and 增速为增长5.2%: the filter has chosen the word already.
fn changes_twice(text: &[Char], out: &mut Vec<Diagnostic>) {
    let first_of = |at: usize, all: &[&'static str]| all.iter().copied().find(|word| begins(&text[at..], word));
    for at in 0..text.len() {
        let (before, rate) = match (first_of(at, &RATES), first_of(at, &CHANGES)) {
            (Some(rate), _) => (rate, true),
            (None, Some(change)) => (change, false),
            _ => continue,
        };
        let mut behind = at + before.chars().count();
        let joined = ["达到", "为", "达", "了", "是"].into_iter().find(|word| begins(&text[behind..], word));
        behind += joined.map_or(0, |word| word.chars().count());
        let Some(word) = first_of(behind, &CHANGES).or_else(|| first_of(behind, &["与上年持平"])) else {
            continue;
        };
        let end = behind + word.chars().count();
        let figure = text[end..].iter().take_while(|ch| is_digit(ch.c) || matches!(ch.c, '.' | ',')).count();
        let percent = text.get(end + figure).is_some_and(|ch| is_percent(ch.c));
        let bound = !text[behind].typed;
        // A rate may itself rise: by points.
        let twice = if rate { bound && percent } else { figure > 0 || bound };
        if twice && (figure > 0 || word == "与上年持平") {
            let words = say!("“{before}”后面又是“{word}”", "{word} follows {before}");
            let place = &text[at..end];
            let hint = say!(
                "“增长”“下降”由数据定（growth、change、point_change），正文不再写；只要数的，用 percent",
                "the data chooses the word (growth, change, point_change): leave it out here, or use percent for the figure alone"
            );
            put(Code::WORDING, place, words, hint, out);
        }
    }
}

/// Tells of what stands on both sides of where the text meets a value: 与上年与上年持平, 第第3, 翻翻一番.
fn words_at_seams(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in 1..text.len() {
        let (before, behind) = text.split_at(at);
        let (left, right) = (before[at - 1], behind[0]);
        let ordinal = (left.c, right.c) == ('第', '第');
        if left.typed == right.typed && !ordinal {
            continue;
        }
        let from_data = |side: &[Char]| side.iter().all(|ch| ch.typed == side[0].typed && is_ideograph(ch.c));
        let twice = |n: &usize| {
            let (Some(tail), Some(head)) = (before.len().checked_sub(*n).map(|i| &before[i..]), behind.get(..*n))
            else {
                return false;
            };
            // 北京大学 before 大学生: a short tail of a value may begin another word.
            let whole = *n > 2 || left.typed || before.len().checked_sub(n + 1).is_none_or(|i| before[i].typed);
            let alike = tail.iter().zip(head).all(|(a, b)| a.c == b.c);
            alike && whole && from_data(tail) && from_data(head)
        };
        let digit = |n: usize| before.len().checked_sub(n + 1).is_some_and(|i| is_digit(before[i].c));
        let single = usize::from(left.c == right.c && matches!(left.c, '第' | '翻' | '番'));
        // 翻了翻一番 too.
        let turned = !right.typed && right.c == '翻' && before.len() > 1 && begins(&before[at - 2..], "翻了");
        let single = if turned { 1 } else { single };
        let found = (2..=8).rev().find(|n| twice(n) && !digit(*n)).unwrap_or(single);
        let word: String = behind[..found].iter().map(|ch| ch.c).collect();
        if found == 0 || CHANGES.contains(&word.as_str()) {
            continue;
        }
        let words = say!("“{word}”写了两遍：{word}{word}", "{word} is there twice");
        tell(Code::WORDING, &text[at - found..at + found], words, out);
    }
}

fn tell(code: Code, place: &[Char], message: Message, out: &mut Vec<Diagnostic>) {
    let hint = match code {
        Code::REPEATED_UNIT => say!("数据里已经带单位的，正文不再写", "leave it out here when the data gives it"),
        _ => say!("数据里已经有的词，正文不再写", "leave out here what the data gives"),
    };
    put(code, place, message, hint, out);
}

fn put(code: Code, place: &[Char], message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(last)) = (place.first(), place.last()) {
        out.push(Diagnostic::advice(code, first.span.to(last.span), message, hint));
    }
}
