//! What is said of a value that a shape refuses.

use super::near::suggestion;
use crate::diagnostic::{Code, Diagnostic, Span, say};

pub(super) fn integer(span: Span, text: &str, (low, high): (i64, i64)) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_VALUE,
        span,
        say!("{text} 不是 {low} 到 {high} 的整数", "{text} is not a whole number from {low} to {high}"),
        say!("改为 {low} 到 {high} 之间的整数", "give a whole number from {low} to {high}"),
    )
}

pub(super) fn number(span: Span, text: &str, (low, high): (f64, f64)) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_VALUE,
        span,
        say!("{text} 不在 {low} 到 {high} 之间", "{text} is not between {low} and {high}"),
        say!("改为 {low} 到 {high} 之间的数", "give a number from {low} to {high}"),
    )
}

pub(super) fn length(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_LENGTH,
        span,
        say!("“{text}”不是长度", "\"{text}\" is not a length"),
        say!(
            "写数字和单位，例如 37mm、2.5cm、22pt（不超过 10 米）",
            "write a number and a unit, such as 37mm, 2.5cm, 22pt (at most 10 m)"
        ),
    )
}

pub(super) fn measure(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_LENGTH,
        span,
        say!("“{text}”不是长度", "\"{text}\" is not a length"),
        say!(
            "写数字和单位，例如 30mm、2.5cm、2em（2 个字宽）",
            "write a number and a unit, such as 30mm, 2.5cm, 2em (two characters)"
        ),
    )
}

pub(super) fn word(span: Span, text: &str, words: &[&str]) -> Diagnostic {
    let (all, all_en) = (words.join("、"), words.join(", "));
    let (zh, en) = suggestion(text, words.iter().copied());
    Diagnostic::error(
        Code::BAD_VALUE,
        span,
        say!("“{text}”不是可用的值", "\"{text}\" is not a value that can be given here"),
        say!("可用的值：{all}{zh}", "values: {all_en}{en}"),
    )
}

pub(super) fn scheme(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_SCHEME,
        span,
        say!("“{text}”里看不出编号", "\"{text}\" shows no number"),
        say!(
            "写出第一个号的样子，例如 一、 （一） 1. ① 一是；标题不编号写 none",
            "write the first number, such as 一、 （一） 1. ① 一是; none for headings without numbers"
        ),
    )
}

pub(super) fn count(span: Span, count: usize, (low, high): (usize, usize)) -> Diagnostic {
    let (wanted, wanted_en) = if low == high {
        (format!("{low} 项"), format!("{low} entries"))
    } else if count < low {
        (format!("至少 {low} 项"), format!("at least {low} entries"))
    } else {
        (format!("至多 {high} 项"), format!("at most {high} entries"))
    };
    Diagnostic::error(
        if count == 0 { Code::EMPTY } else { Code::BAD_VALUE },
        span,
        say!("这里有 {count} 项，应有{wanted}", "there are {count} entries; {wanted_en} are wanted"),
        say!("补上或删去几项", "add or remove entries"),
    )
}
