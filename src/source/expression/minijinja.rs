//! minijinja's parser: what it makes of an expression, and what it finds wrong, in words of ours.

use ::minijinja::machinery::ast::Expr;
use ::minijinja::machinery::{Span as AstSpan, parse_expr};

use super::fault::{Computed, Fault, Range, fault, too_complex};
use crate::diagnostic::{Code, Message, say};
use crate::source::data::Decimal;

/// The longest expression, in bytes: far beyond what a sentence needs, and within any stack. `1+1+1+…` is parsed without
/// recursion, but computed and dropped with it.
const LONGEST: usize = 2000;

/// The tree of an expression.
pub(super) fn parse(text: &str) -> Computed<Expr<'_>> {
    if text.len() > LONGEST {
        return Err(too_complex((0, text.len())));
    }
    parse_expr(text).map_err(|error| syntax(text, &error))
}

/// The bytes of a part of an expression.
pub(super) fn range(span: AstSpan) -> Range {
    (span.start_offset as usize, span.end_offset as usize)
}

/// The bytes of an expression from its first name on: the parser's own places of `a[0].b` and `a | f` begin later.
pub(super) fn whole(expression: &Expr<'_>) -> Range {
    let inner = match expression {
        Expr::GetAttr(attr) => Some(&attr.expr),
        Expr::GetItem(item) => Some(&item.expr),
        Expr::Filter(filter) => filter.expr.as_ref(),
        Expr::Test(test) => Some(&test.expr),
        Expr::BinOp(op) => Some(&op.left),
        _ => None,
    };
    let (start, end) = range(expression.span());
    inner.map_or((start, end), |inner| (whole(inner).0.min(start), end))
}

/// The number that an expression writes at a place. The parser's own value of it is a binary fraction.
pub(super) fn literal(text: &str, at: Range, value: &::minijinja::Value) -> Computed<Decimal> {
    let written = text.get(at.0..at.1).unwrap_or("").replace('_', "");
    // Hexadecimal and the like are whole numbers, which the parser holds exactly.
    let number = Decimal::parse(&written).or_else(|| value.as_i64().map(Decimal::whole));
    number.map(Decimal::certain).ok_or_else(|| {
        fault(
            Code::EXPRESSION_SYNTAX,
            at,
            say!("这个数太大", "this number is too large"),
            say!("数字最多 100 位", "numbers have at most 100 digits"),
        )
    })
}

fn syntax(text: &str, error: &::minijinja::Error) -> Fault {
    let at = error.range().unwrap_or(text.len()..text.len());
    // minijinja counts a character that it does not know as one byte.
    let at = (text.floor_char_boundary(at.start), text.ceil_char_boundary(at.end));
    let count = |marks: [char; 2]| text.matches(marks).count();
    let hint = if count(['(', '[']) > count([')', ']']) {
        // YAML ends an entry of a map at a comma.
        say!(
            "括号没有写完；写在 {{ }} 里的算式有逗号的，整个加引号，例如 {{that: \"between(x, 0, 100)\", else: ……}}",
            "a bracket is not closed; within {{ }} put a formula with commas in quotation marks, such as {{that: \"between(x, 0, 100)\", else: …}}"
        )
    } else if text.contains("{{") {
        say!("这里直接写算式，不加 {{{{ }}}}", "write the formula itself here, without {{{{ }}}}")
    } else if text.get(at.0..at.1) == Some("=") {
        say!("相等写两个等号：a == b", "equality is written with two signs: a == b")
    } else {
        say!(
            "写数据的名称或算式，例如 proposals.filed / proposals.received * 100",
            "write a name or a formula, such as proposals.filed / proposals.received * 100"
        )
    };
    fault(Code::EXPRESSION_SYNTAX, at, explained(text, at, error), hint)
}

fn explained(text: &str, at: Range, error: &::minijinja::Error) -> Message {
    let detail = error.detail().unwrap_or("").to_owned();
    if text.trim().is_empty() {
        return say!("{{{{ }}}} 里是空的", "nothing between {{{{ and }}}}");
    }
    let there = text.get(at.0..at.1).unwrap_or("").trim();
    let zh = if detail.contains("end of string") {
        "算式里的引号没有配对".to_owned()
    } else if detail.contains("too large") || detail.contains("invalid float") {
        format!("“{there}”不是能用的数")
    } else if detail.contains("end of input") || there.is_empty() {
        "算式没有写完".to_owned()
    } else {
        format!("算式里不该有“{there}”")
    };
    Message { zh, en: format!("the expression cannot be read ({detail})") }
}
