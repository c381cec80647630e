//! Expressions: minijinja's grammar, computed in exact decimals over the data, every name strict.
//!
//! minijinja computes in binary fractions and takes a missing attribute for an undefined value. Both would print wrong
//! figures, so only its parser and its filters are used, and the tree is computed here.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeSet;

use ::minijinja::machinery::ast::{self, BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};
use ::minijinja::machinery::{Span as AstSpan, parse_expr};
use rust_decimal::Decimal as Exact;

use super::arguments::Arguments;
use super::compare::{equal, order};
use super::fault::{Fault, Outcome, fault};
use super::precedence::refuse_loose_filter;
use super::{filters, minijinja as bridge};
use crate::diagnostic::{Code, Span, say};
use crate::source::data::{Datum, Entry};
use crate::yaml::near::suggestion;

/// The longest expression, in bytes, and the deepest: far beyond what a sentence needs, and within any stack. `1+1+1+…` is
/// parsed without recursion, but computed and dropped with it.
const LONGEST: usize = 2000;
const DEEPEST: u32 = 100;

/// The data that expressions see, and what of it they have used.
pub(in crate::source) struct Scope {
    /// The top-level names: a map.
    pub root: Entry,
    used: RefCell<BTreeSet<Span>>,
    depth: Cell<u32>,
}

impl Scope {
    /// A scope over a map.
    pub(in crate::source) fn new(root: Entry) -> Self {
        Self { root, used: RefCell::default(), depth: Cell::new(0) }
    }

    /// Computes an expression.
    pub(in crate::source) fn evaluate(&self, text: &str) -> Outcome {
        if text.len() > LONGEST {
            return Err(too_complex((0, text.len())));
        }
        self.depth.set(0);
        let expression = parse_expr(text).map_err(|error| syntax(text, &error))?;
        refuse_loose_filter(text)?;
        let entry = self.expression(&expression)?;
        self.touch(&entry);
        Ok(entry)
    }

    /// The data entries that an expression names: path, printed value, place.
    pub(in crate::source) fn figures(&self, text: &str) -> Vec<(String, String, Option<Span>)> {
        let mut found = Vec::new();
        let mut rest = text;
        // Names are read off the text: every run of letters, digits, `_` and `.` that leads to a number or a text.
        while let Some(at) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
            let from = &rest[at..];
            let end = from.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(from.len());
            let (path, behind) = from.split_at(end);
            rest = behind;
            let entry = path.split('.').try_fold(&self.root, |entry, part| entry.get(part));
            if let Some(Entry { datum: Datum::Number(_) | Datum::Text(_), span }) = entry
                && !found.iter().any(|(p, _, _)| p == path)
            {
                let printed = entry.and_then(|e| filters::print(&e.datum, (0, 0)).ok()).unwrap_or_default();
                found.push((path.to_owned(), printed, *span));
            }
        }
        found
    }

    /// True when an expression has used the entry defined at `span`.
    pub(in crate::source) fn is_used(&self, span: Span) -> bool {
        self.used.borrow().contains(&span)
    }

    /// Notes a value, and all that it holds, as used.
    fn touch(&self, entry: &Entry) {
        if let Some(span) = entry.span {
            self.used.borrow_mut().insert(span);
        }
        match &entry.datum {
            Datum::List(items) => items.iter().for_each(|e| self.touch(e)),
            Datum::Map(entries) => entries.iter().for_each(|(_, e)| self.touch(e)),
            _ => {}
        }
    }

    fn expression(&self, expression: &Expr<'_>) -> Outcome {
        self.depth.set(self.depth.get() + 1);
        if self.depth.get() > DEEPEST {
            return Err(too_complex(range(expression.span())));
        }
        let result = self.node(expression);
        self.depth.set(self.depth.get() - 1);
        result
    }

    fn node(&self, expression: &Expr<'_>) -> Outcome {
        match expression {
            Expr::Var(var) => self.variable(var.id, var.span()),
            Expr::Const(value) => Ok(bridge::from_minijinja(&value.value)),
            Expr::GetAttr(attr) => {
                let base = self.expression(&attr.expr)?;
                member(&base, attr.name, attr.span())
            }
            Expr::GetItem(item) => self.item(item),
            Expr::UnaryOp(op) => self.unary(op),
            Expr::BinOp(op) => self.binary(op),
            Expr::Compare(compare) => self.comparison(compare),
            Expr::IfExpr(test) => {
                let condition = self.operand(&test.test_expr)?;
                match (&test.false_expr, condition.datum.is_true()) {
                    (_, true) => self.expression(&test.true_expr),
                    (Some(other), false) => self.expression(other),
                    (None, false) => Ok(Entry::text("")),
                }
            }
            Expr::Filter(filter) => self.filter(filter),
            Expr::Test(test) => self.test(test),
            Expr::List(list) => {
                let items: Outcome<Vec<Entry>> = list.items.iter().map(|e| self.expression(e)).collect();
                Ok(Entry::computed(Datum::List(items?.into())))
            }
            Expr::Tuple(list) => {
                let items: Outcome<Vec<Entry>> = list.items.iter().map(|e| self.expression(e)).collect();
                Ok(Entry::computed(Datum::List(items?.into())))
            }
            Expr::Map(map) => {
                let mut entries = Vec::new();
                for (key, value) in map.keys.iter().zip(&map.values) {
                    let key = filters::print(&self.operand(key)?.datum, range(map.span()))?;
                    entries.push((key.into(), self.expression(value)?));
                }
                Ok(Entry::computed(Datum::Map(entries.into())))
            }
            Expr::Slice(slice) => Err(unsupported("[a:b]", slice.span())),
            Expr::Call(call) => Err(unsupported("( )", call.span())),
        }
    }

    /// Computes an operand: a value that is used here, not walked through.
    fn operand(&self, expression: &Expr<'_>) -> Outcome {
        let entry = self.expression(expression)?;
        self.touch(&entry);
        Ok(entry)
    }

    fn variable(&self, name: &str, span: AstSpan) -> Outcome {
        self.root.get(name).cloned().ok_or_else(|| unknown(name, "", self.root.keys(), range(span)))
    }

    fn item(&self, item: &ast::Spanned<ast::GetItem<'_>>) -> Outcome {
        let base = self.expression(&item.expr)?;
        let key = self.operand(&item.subscript_expr)?;
        match (&base.datum, &key.datum) {
            (Datum::List(items), Datum::Number(figure)) => {
                let length = items.len();
                let index = i64::try_from(figure.value).ok();
                let index = index.and_then(|i| {
                    if i < 0 { length.checked_sub(usize::try_from(-i).ok()?) } else { usize::try_from(i).ok() }
                });
                let shown = figure.print();
                index.and_then(|i| items.get(i)).cloned().ok_or_else(|| {
                    fault(
                        Code::UNKNOWN_NAME,
                        range(item.span()),
                        say!(
                            "列表有 {length} 项，没有第 [{shown}] 项",
                            "the list has {length} entries, none at [{shown}]"
                        ),
                        say!("从 0 数起，最后一项是 [-1]", "count from 0; the last is [-1]"),
                    )
                })
            }
            (_, Datum::Text(name)) => member(&base, name, item.span()),
            _ => Err(mismatch("[ ]", &base.datum, &key.datum, item.span())),
        }
    }

    fn unary(&self, op: &ast::Spanned<ast::UnaryOp<'_>>) -> Outcome {
        let value = self.operand(&op.expr)?;
        match (&op.op, &value.datum) {
            (UnaryOpKind::Not, datum) => Ok(Entry::computed(Datum::Bool(!datum.is_true()))),
            (UnaryOpKind::Neg, Datum::Number(figure)) => Ok(Entry::number(-figure.value)),
            (UnaryOpKind::Neg, datum) => Err(mismatch("-", datum, datum, op.span())),
        }
    }

    fn binary(&self, op: &ast::Spanned<ast::BinOp<'_>>) -> Outcome {
        let left = self.operand(&op.left)?;
        match op.op {
            BinOpKind::ScAnd => return if left.datum.is_true() { self.operand(&op.right) } else { Ok(left) },
            BinOpKind::ScOr => return if left.datum.is_true() { Ok(left) } else { self.operand(&op.right) },
            _ => {}
        }
        let right = self.operand(&op.right)?;
        let span = op.span();
        let compared = match op.op {
            BinOpKind::Eq => Some(CompareOpKind::Eq),
            BinOpKind::Ne => Some(CompareOpKind::Ne),
            BinOpKind::Lt => Some(CompareOpKind::Lt),
            BinOpKind::Lte => Some(CompareOpKind::Lte),
            BinOpKind::Gt => Some(CompareOpKind::Gt),
            BinOpKind::Gte => Some(CompareOpKind::Gte),
            BinOpKind::In => Some(CompareOpKind::In),
            _ => None,
        };
        if let Some(kind) = compared {
            return compare(kind, &left.datum, &right.datum, span).map(|b| Entry::computed(Datum::Bool(b)));
        }
        if matches!(op.op, BinOpKind::Concat) {
            let (a, b) = (filters::print(&left.datum, range(span))?, filters::print(&right.datum, range(span))?);
            return Ok(Entry::text(a + &b));
        }
        match (op.op, &left.datum, &right.datum) {
            (kind, Datum::Number(a), Datum::Number(b)) => arithmetic(kind, a.value, b.value, span).map(Entry::number),
            (BinOpKind::Add, Datum::Text(a), Datum::Text(b)) => Ok(Entry::text(format!("{a}{b}"))),
            (BinOpKind::Add, Datum::List(a), Datum::List(b)) => {
                Ok(Entry::computed(Datum::List(a.iter().chain(b.iter()).cloned().collect())))
            }
            (kind, a, b) => Err(mismatch(sign(kind), a, b, span)),
        }
    }

    fn comparison(&self, compared: &ast::Spanned<ast::Compare<'_>>) -> Outcome {
        let mut left = self.operand(&compared.expr)?;
        for op in &compared.ops {
            let right = self.operand(&op.expr)?;
            if !compare(op.op, &left.datum, &right.datum, compared.span())? {
                return Ok(Entry::computed(Datum::Bool(false)));
            }
            left = right;
        }
        Ok(Entry::computed(Datum::Bool(true)))
    }

    fn filter(&self, filter: &ast::Spanned<ast::Filter<'_>>) -> Outcome {
        let Some(expression) = &filter.expr else { return Err(unsupported("|", filter.span())) };
        let arguments = self.arguments(&filter.args, filter.span())?;
        let value = match self.operand(expression) {
            // `default` is the one way to say that a name may be missing.
            Err(fault) if matches!(filter.name, "default" | "d") && fault.0.code == Code::UNKNOWN_NAME => {
                return Ok(arguments.positional.into_iter().next().unwrap_or_else(|| Entry::text("")));
            }
            other => other?,
        };
        filters::apply(filter.name, value, &arguments, range(filter.span()))
    }

    fn test(&self, test: &ast::Spanned<ast::Test<'_>>) -> Outcome {
        let arguments = self.arguments(&test.args, test.span())?;
        let value = self.operand(&test.expr);
        let truth = match (test.name, value) {
            ("defined" | "undefined", Err(fault)) if fault.0.code == Code::UNKNOWN_NAME => test.name == "undefined",
            ("defined" | "undefined", value) => value.map(|_| test.name == "defined")?,
            (name, value) => bridge::test(name, &value?, &arguments, range(test.span()))?,
        };
        Ok(Entry::computed(Datum::Bool(truth)))
    }

    fn arguments(&self, arguments: &[CallArg<'_>], span: AstSpan) -> Outcome<Arguments> {
        let mut all = Arguments::default();
        for argument in arguments {
            match argument {
                CallArg::Pos(e) => all.positional.push(self.operand(e)?),
                CallArg::Kwarg(name, e) => all.named.push(((*name).to_owned(), self.operand(e)?)),
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => return Err(unsupported("*", span)),
            }
        }
        Ok(all)
    }
}

/// Whether two values stand in a relation.
fn compare(kind: CompareOpKind, left: &Datum, right: &Datum, span: AstSpan) -> Outcome<bool> {
    let order = |sign| order(left, right).ok_or_else(|| mismatch(sign, left, right, span));
    Ok(match kind {
        CompareOpKind::Eq => equal(left, right),
        CompareOpKind::Ne => !equal(left, right),
        CompareOpKind::Lt => order("<")? == Ordering::Less,
        CompareOpKind::Lte => order("<=")? != Ordering::Greater,
        CompareOpKind::Gt => order(">")? == Ordering::Greater,
        CompareOpKind::Gte => order(">=")? != Ordering::Less,
        CompareOpKind::In | CompareOpKind::NotIn => {
            let within = match (left, right) {
                (_, Datum::List(items)) => items.iter().any(|item| equal(left, &item.datum)),
                (Datum::Text(part), Datum::Text(whole)) => whole.contains(&**part),
                (Datum::Text(key), Datum::Map(entries)) => entries.iter().any(|(k, _)| k == key),
                _ => return Err(mismatch("in", left, right, span)),
            };
            within == matches!(kind, CompareOpKind::In)
        }
    })
}

fn arithmetic(kind: BinOpKind, a: Exact, b: Exact, span: AstSpan) -> Outcome<Exact> {
    let by_zero = b.is_zero() && matches!(kind, BinOpKind::Div | BinOpKind::FloorDiv | BinOpKind::Rem);
    if by_zero {
        return Err(fault(
            Code::EXPRESSION_FAILED,
            range(span),
            say!("除数是 0", "division by zero"),
            say!("检查作除数的数据", "check the number that divides"),
        ));
    }
    let result = match kind {
        BinOpKind::Add => a.checked_add(b),
        BinOpKind::Sub => a.checked_sub(b),
        BinOpKind::Mul => a.checked_mul(b),
        BinOpKind::Div => a.checked_div(b),
        BinOpKind::FloorDiv => a.checked_div(b).map(|q| q.floor()),
        BinOpKind::Rem => a.checked_rem(b),
        BinOpKind::Pow => power(a, b),
        _ => return Err(unsupported(sign(kind), span)),
    };
    result.ok_or_else(|| {
        fault(
            Code::EXPRESSION_FAILED,
            range(span),
            say!("结果太大，算不出来", "the result is too large"),
            say!(
                "数字最多 28 位；乘方的指数须是 0 到 64 的整数",
                "numbers have at most 28 digits; exponents are whole numbers from 0 to 64"
            ),
        )
    })
}

fn power(base: Exact, exponent: Exact) -> Option<Exact> {
    let exponent = u32::try_from(exponent.is_integer().then_some(exponent)?).ok().filter(|e| *e <= 64)?;
    (0..exponent).try_fold(Exact::ONE, |product, _| product.checked_mul(base))
}

fn member(base: &Entry, name: &str, span: AstSpan) -> Outcome {
    if let Some(entry) = base.get(name) {
        return Ok(entry.clone());
    }
    if matches!(base.datum, Datum::Map(_)) {
        return Err(unknown(name, "里", base.keys(), range(span)));
    }
    let (zh, en) = base.datum.name();
    Err(fault(
        Code::UNKNOWN_NAME,
        range(span),
        say!("“.{name}”前面是{zh}，里面没有名称", "\"{name}\" is looked for in {en}, which has no names"),
        say!("检查名称的写法和数据文件的层次", "check the name and the levels of the data file"),
    ))
}

fn unknown<'a>(name: &str, within: &str, names: impl Iterator<Item = &'a str> + Clone, range: (usize, usize)) -> Fault {
    let (near_zh, near_en) = suggestion(name, names.clone());
    let (near_zh, near_en) = (near_zh.trim_start_matches('；'), near_en.trim_start_matches("; did "));
    let mut all: Vec<&str> = names.take(13).collect();
    let more = if all.len() > 12 {
        all.truncate(12);
        "……"
    } else {
        ""
    };
    let all = all.join("、");
    let hint = match (near_zh.is_empty(), all.is_empty()) {
        (false, _) => say!("{near_zh}", "did {near_en}"),
        (true, true) => {
            say!("报告没有数据：用 data: 指定数据文件", "the report has no data: name a data file by data:")
        }
        (true, false) => say!("可用的名称：{all}{more}", "names: {all}{more}"),
    };
    fault(Code::UNKNOWN_NAME, range, say!("数据{within}没有“{name}”", "the data has no \"{name}\" here"), hint)
}

fn syntax(text: &str, error: &::minijinja::Error) -> Fault {
    let at = error.range().unwrap_or(text.len()..text.len());
    let empty = text.trim().is_empty();
    let detail = error.detail().unwrap_or("").to_owned();
    let message = if empty {
        say!("{{{{ }}}} 里是空的", "nothing between {{{{ and }}}}")
    } else {
        say!("表达式写法有误（{detail}）", "the expression cannot be read ({detail})")
    };
    let hint = say!(
        "写数据的名称或算式，例如 proposals.filed / proposals.received * 100",
        "write a name or a formula, such as proposals.filed / proposals.received * 100"
    );
    // minijinja counts a character that it does not know as one byte.
    let at = (text.floor_char_boundary(at.start), text.ceil_char_boundary(at.end));
    fault(Code::EXPRESSION_SYNTAX, at, message, hint)
}

fn too_complex(range: (usize, usize)) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("算式太长或者嵌套过深", "the expression is too long or nested too deeply"),
        say!(
            "分成几步，在数据文件里先算好；列表用 | sum 合计",
            "compute parts of it in the data file; add up lists by | sum"
        ),
    )
}

fn mismatch(sign: &str, left: &Datum, right: &Datum, span: AstSpan) -> Fault {
    let ((a_zh, a_en), (b_zh, b_en)) = (left.name(), right.name());
    fault(
        Code::EXPRESSION_FAILED,
        range(span),
        say!("“{sign}”不能用于{a_zh}和{b_zh}", "\"{sign}\" does not apply to {a_en} and {b_en}"),
        say!(
            "检查两边的数据；加了引号的数字是文字",
            "check the data on both sides; a number in quotation marks is text"
        ),
    )
}

fn unsupported(what: &str, span: AstSpan) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range(span),
        say!("表达式里不能用“{what}”", "\"{what}\" cannot be used in expressions"),
        say!(
            "用名称、算式和过滤器，例如 (a / b) | round(1)",
            "use names, arithmetic and filters, such as (a / b) | round(1)"
        ),
    )
}

fn range(span: AstSpan) -> (usize, usize) {
    (span.start_offset as usize, span.end_offset as usize)
}

fn sign(kind: BinOpKind) -> &'static str {
    match kind {
        BinOpKind::Add => "+",
        BinOpKind::Sub => "-",
        BinOpKind::Mul => "*",
        BinOpKind::Div => "/",
        BinOpKind::FloorDiv => "//",
        BinOpKind::Rem => "%",
        BinOpKind::Pow => "**",
        BinOpKind::Concat => "~",
        _ => "?",
    }
}
