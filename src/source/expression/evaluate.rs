//! Expressions: minijinja's grammar, computed in exact decimals over the data, every name strict.
//!
//! minijinja computes in binary fractions and takes a missing attribute for an undefined value. Both would print wrong
//! figures, so only its parser is used, and the tree is computed here.

use std::cell::Cell;

use ::minijinja::machinery::ast::{self, BinOpKind, CallArg, CompareOpKind, Expr, UnaryOpKind};
use ::minijinja::value::ValueKind;

use super::arguments::{Arguments, Call};
use super::compare::{equal, order};
use super::doubt;
use super::fault::{
    Computed, Range, broken, fault, mismatch, not_a_number, too_complex, too_large, too_long, unknown, unsupported,
};
use super::minijinja::{literal, parse, range, whole};
use super::precedence::refuse_loose_filter;
use super::predicates::{contains, test};
use super::print::print;
use super::scope::{Scope, SeenValue, columns_of};
use super::{MOST_TEXT, filters, functions};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Decimal, Entry};

/// The deepest nesting of an expression.
const DEEPEST: u32 = 100;
/// The longest list that an expression makes.
const MOST_ITEMS: usize = 1_000_000;

impl Scope {
    /// Computes an expression.
    pub(in crate::source) fn evaluate(&self, text: &str) -> Computed {
        let tree = parse(text)?;
        refuse_loose_filter(text)?;
        self.begin_trace();
        Evaluation { scope: self, text, depth: Cell::new(0) }.operand(&tree)
    }

    /// Computes a check, and tells the values that it has looked at.
    pub(in crate::source) fn examine(&self, text: &str) -> (Computed, Vec<SeenValue>) {
        self.watch(|| self.evaluate(text))
    }
}

/// One expression that is computed.
struct Evaluation<'a> {
    scope: &'a Scope,
    text: &'a str,
    depth: Cell<u32>,
}

impl Evaluation<'_> {
    fn expression(&self, expression: &Expr<'_>) -> Computed {
        let at = range(expression.span());
        self.depth.set(self.depth.get() + 1);
        if self.depth.get() > DEEPEST {
            return Err(too_complex(at));
        }
        let entry = self.node(expression)?;
        self.depth.set(self.depth.get() - 1);
        if let Some(fault) = broken(&entry, at) {
            return Err(fault);
        }
        match &entry.datum {
            Datum::Text(text) if text.len() > MOST_TEXT && entry.span.is_none() => Err(too_long(at)),
            Datum::List(items) if items.len() > MOST_ITEMS => Err(too_long(at)),
            _ => Ok(entry),
        }
    }

    fn node(&self, expression: &Expr<'_>) -> Computed {
        match expression {
            Expr::Var(var) => self.variable(var.id, range(var.span())),
            Expr::Const(value) => self.constant(&value.value, range(value.span())),
            Expr::GetAttr(attr) => {
                let base = self.expression(&attr.expr)?;
                member(&base, attr.name, range(attr.span()))
            }
            Expr::GetItem(item) => self.item(item),
            Expr::UnaryOp(op) => self.unary(op),
            Expr::BinOp(op) => self.binary(op),
            Expr::Compare(compare) => self.comparison(compare),
            Expr::IfExpr(test) => {
                let condition = self.operand(&test.test_expr)?;
                match (&test.false_expr, condition.scalar().datum.is_true()) {
                    (_, true) => self.expression(&test.true_expr),
                    (Some(other), false) => self.expression(other),
                    (None, false) => Ok(Entry::text("")),
                }
            }
            Expr::Filter(filter) => self.filter(filter),
            Expr::Test(test) => self.test(test),
            Expr::List(list) => self.list(&list.items),
            Expr::Tuple(list) => self.list(&list.items),
            Expr::Map(map) => {
                let mut entries = Vec::new();
                for (key, value) in map.keys.iter().zip(&map.values) {
                    let key = print(&self.operand(key)?, range(map.span()))?;
                    entries.push((key.into(), self.operand(value)?));
                }
                Ok(Entry::map(entries))
            }
            Expr::Slice(slice) => self.slice(slice),
            Expr::Call(call) => self.call(call),
        }
    }

    fn list(&self, items: &[Expr<'_>]) -> Computed {
        items.iter().map(|e| self.operand(e)).collect::<Computed<Vec<Entry>>>().map(Entry::list)
    }

    /// Computes an operand: a value that is used here, not walked through.
    fn operand(&self, expression: &Expr<'_>) -> Computed {
        let entry = self.expression(expression)?;
        self.scope.touch(&entry);
        if matches!(expression, Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_)) {
            self.see(expression, &entry);
        }
        Ok(entry)
    }

    /// Notes a value that a check looks at.
    fn see(&self, expression: &Expr<'_>, entry: &Entry) {
        self.scope.see(|| {
            let (start, end) = whole(expression);
            let printed = match (&entry.datum, print(entry, (0, 0))) {
                (Datum::List(items), _) => {
                    let count = items.len();
                    say!("{count} 项的列表", "a list of {count}")
                }
                (_, Ok(text)) => say!("{text}", "{text}"),
                (Datum::Number(number), Err(_)) => {
                    let digits = number.digits(10);
                    say!("{digits}……", "{digits}…")
                }
                (datum, Err(_)) => {
                    let (zh, en) = datum.name();
                    say!("{zh}", "{en}")
                }
            };
            let name = self.text.get(start..end).unwrap_or("").trim();
            let name = say!("{name}", "{name}");
            let scalar = entry.scalar();
            let many = matches!(scalar.datum, Datum::List(_) | Datum::Map(_));
            SeenValue { name, printed, span: scalar.span, many, columns: columns_of(&scalar.datum) }
        });
    }

    fn constant(&self, value: &::minijinja::Value, at: Range) -> Computed {
        Ok(match value.kind() {
            ValueKind::Number => Entry::number(literal(self.text, at, value)?),
            ValueKind::Bool => Entry::truth(value.is_true()),
            ValueKind::String => Entry::text(value.as_str().unwrap_or("")),
            _ => Entry::computed(Datum::Null),
        })
    }

    fn variable(&self, name: &str, at: Range) -> Computed {
        self.scope.find(name, at).ok_or_else(|| {
            let names = self.scope.names();
            unknown(name, "", names.iter().map(String::as_str), at)
        })
    }

    fn item(&self, item: &ast::Spanned<ast::GetItem<'_>>) -> Computed {
        let base = self.expression(&item.expr)?;
        let key = self.operand(&item.subscript_expr)?;
        let at = range(item.span());
        match (&base.datum, &key.scalar().datum) {
            (Datum::List(items), Datum::Number(number)) => {
                let found = number.to_integer().and_then(|index| base.item(index)).cloned();
                let (length, shown) = (items.len(), number.print().unwrap_or_default());
                found.ok_or_else(|| {
                    fault(
                        Code::UNKNOWN_NAME,
                        at,
                        say!(
                            "列表有 {length} 项，没有第 [{shown}] 项",
                            "the list has {length} entries, none at [{shown}]"
                        ),
                        say!("从 0 数起，最后一项是 [-1]", "count from 0; the last is [-1]"),
                    )
                    .about(&base)
                })
            }
            (_, Datum::Text(name)) => member(&base, name, at),
            (Datum::Map(_), Datum::Number(number)) => {
                Err(doubt::no_list(&base, &number.print().unwrap_or_default(), at))
            }
            _ => Err(mismatch("[ ]", &base, &key, at)),
        }
    }

    /// `list[a:b]`, and the same of a text.
    fn slice(&self, slice: &ast::Spanned<ast::Slice<'_>>) -> Computed {
        let base = self.operand(&slice.expr)?;
        let at = range(slice.span());
        if slice.step.is_some() {
            return Err(unsupported("[::]", at));
        }
        let bound = |expression: &Option<Expr<'_>>| -> Computed<Option<i64>> {
            let Some(expression) = expression else { return Ok(None) };
            let entry = self.operand(expression)?;
            match &entry.scalar().datum {
                Datum::Number(number) if number.to_integer().is_some() => Ok(number.to_integer()),
                _ => Err(mismatch("[:]", &base, &entry, at)),
            }
        };
        let (start, stop) = (bound(&slice.start)?, bound(&slice.stop)?);
        let within = |length: usize| {
            let length = i64::try_from(length).unwrap_or(i64::MAX);
            let place = |bound: i64| if bound < 0 { (length + bound).max(0) } else { bound.min(length) };
            let (from, to) = (start.map_or(0, place), stop.map_or(length, place));
            (usize::try_from(from).unwrap_or(0), usize::try_from((to - from).max(0)).unwrap_or(0))
        };
        match &base.datum {
            Datum::List(items) => {
                let (from, count) = within(items.len());
                Ok(Entry::list(items.iter().skip(from).take(count).cloned().collect::<Vec<_>>()))
            }
            Datum::Text(text) => {
                let (from, count) = within(text.chars().count());
                Ok(Entry::text(text.chars().skip(from).take(count).collect::<String>()))
            }
            _ => Err(mismatch("[:]", &base, &base, at)),
        }
    }

    fn unary(&self, op: &ast::Spanned<ast::UnaryOp<'_>>) -> Computed {
        let value = self.operand(&op.expr)?;
        let at = range(op.span());
        match (&op.op, &value.scalar().datum) {
            (UnaryOpKind::Not, datum) => Ok(Entry::truth(!datum.is_true())),
            (UnaryOpKind::Neg, Datum::Number(number)) => {
                number.negated().map(Entry::number).ok_or_else(|| too_large(at))
            }
            (UnaryOpKind::Neg, _) => Err(not_a_number("-", &value, at)),
        }
    }

    fn binary(&self, op: &ast::Spanned<ast::BinOp<'_>>) -> Computed {
        let left = self.operand(&op.left)?;
        match op.op {
            BinOpKind::ScAnd => return if left.scalar().datum.is_true() { self.operand(&op.right) } else { Ok(left) },
            BinOpKind::ScOr => return if left.scalar().datum.is_true() { Ok(left) } else { self.operand(&op.right) },
            _ => {}
        }
        let right = self.operand(&op.right)?;
        let at = range(op.span());
        if let Some(kind) = relation(op.op) {
            self.see_sides(&op.left, &left);
            self.see_sides(&op.right, &right);
            let holds = compare(kind, &left, &right, at)?;
            if !holds {
                self.see_difference((&op.left, &left), (&op.right, &right));
            }
            return Ok(Entry::truth(holds));
        }
        if matches!(op.op, BinOpKind::Concat) {
            return Ok(Entry::text(print(&left, at)? + &print(&right, at)?));
        }
        match (op.op, &left.scalar().datum, &right.scalar().datum) {
            (kind, Datum::Number(a), Datum::Number(b)) => {
                arithmetic(kind, a, b, at).map(Entry::number).map_err(|f| f.about(&right))
            }
            (BinOpKind::Add, Datum::Text(a), Datum::Text(b)) => Ok(Entry::text(format!("{a}{b}"))),
            (BinOpKind::Add, Datum::List(a), Datum::List(b)) => {
                Ok(Entry::list(a.iter().chain(b.iter()).cloned().collect::<Vec<_>>()))
            }
            (kind, _, _) => Err(mismatch(sign(kind), &left, &right, at)),
        }
    }

    /// Notes a side of a comparison that is no plain name (those are noted already) and no constant.
    fn see_sides(&self, expression: &Expr<'_>, entry: &Entry) {
        if !matches!(expression, Expr::Const(_) | Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_)) {
            self.see(expression, entry);
        }
    }

    /// Notes by how much two numbers differ.
    fn see_difference(&self, (left, a): (&Expr<'_>, &Entry), (right, b): (&Expr<'_>, &Entry)) {
        let (Datum::Number(a), Datum::Number(b)) = (&a.scalar().datum, &b.scalar().datum) else { return };
        let Some(difference) = a.minus(b).filter(|d| !d.is_zero()) else { return };
        let text = |expression: &Expr<'_>| {
            let (start, end) = whole(expression);
            self.text.get(start..end).unwrap_or_default().trim()
        };
        let (left, right) = (text(left), text(right));
        let apart = difference.print().unwrap_or_else(|| difference.digits(10) + "…");
        self.scope.see(|| SeenValue {
            name: say!("{left} 与 {right} 相差", "{left} and {right} differ by"),
            printed: say!("{apart}", "{apart}"),
            span: None,
            many: false,
            columns: None,
        });
    }

    fn comparison(&self, compared: &ast::Spanned<ast::Compare<'_>>) -> Computed {
        let mut left = self.operand(&compared.expr)?;
        let mut before = &compared.expr;
        self.see_sides(&compared.expr, &left);
        for op in &compared.ops {
            let right = self.operand(&op.expr)?;
            self.see_sides(&op.expr, &right);
            if !compare(op.op, &left, &right, range(compared.span()))? {
                self.see_difference((before, &left), (&op.expr, &right));
                return Ok(Entry::truth(false));
            }
            (before, left) = (&op.expr, right);
        }
        Ok(Entry::truth(true))
    }

    fn filter(&self, filter: &ast::Spanned<ast::Filter<'_>>) -> Computed {
        let at = range(filter.span());
        let Some(expression) = &filter.expr else { return Err(unsupported("|", at)) };
        let arguments = self.arguments(&filter.args, at)?;
        let value = match self.operand(expression) {
            // `default` is the one way to say that a name may be missing.
            Err(fault) if matches!(filter.name, "default" | "d") && fault.0.code == Code::UNKNOWN_NAME => {
                self.doubt_name(expression);
                Entry::computed(Datum::Null)
            }
            other => other?,
        };
        filters::apply(&self.named(filter.name, &value, &arguments, at))
    }

    /// Tells of a name that `default` stands in for, where no row of the data can have it.
    fn doubt_name(&self, expression: &Expr<'_>) {
        let (base, name) = match expression {
            Expr::GetAttr(member) => (&member.expr, member.name.to_owned()),
            Expr::GetItem(item) => match self.operand(&item.subscript_expr).map(|key| key.scalar().datum.clone()) {
                Ok(Datum::Text(name)) => (&item.expr, name.to_string()),
                _ => return,
            },
            _ => return,
        };
        let Ok(base) = self.expression(base) else { return };
        self.scope.remarks().borrow_mut().extend(doubt::no_column(&base, &name, range(expression.span())));
    }

    fn test(&self, tested: &ast::Spanned<ast::Test<'_>>) -> Computed {
        let at = range(tested.span());
        let arguments = self.arguments(&tested.args, at)?;
        let value = match (tested.name, self.operand(&tested.expr)) {
            (name @ ("defined" | "undefined"), Err(fault)) if fault.0.code == Code::UNKNOWN_NAME => {
                return Ok(Entry::truth(name == "undefined"));
            }
            (_, value) => value?,
        };
        test(&self.named(tested.name, &value, &arguments, at)).map(Entry::truth)
    }

    fn named<'b>(&'b self, name: &'b str, value: &'b Entry, arguments: &'b Arguments, at: Range) -> Call<'b> {
        Call { name, value, arguments, range: at, remarks: self.scope.remarks(), filter: filters::apply, test }
    }

    /// A function of checks: `sums_to([a, b], total)`.
    fn call(&self, call: &ast::Spanned<ast::Call<'_>>) -> Computed {
        let at = range(call.span());
        let Expr::Var(name) = &call.expr else { return Err(unsupported("( )", at)) };
        let arguments = self.arguments(&call.args, at)?;
        let nothing = Entry::computed(Datum::Null);
        functions::apply(&self.named(name.id, &nothing, &arguments, at), self.scope)
    }

    fn arguments(&self, arguments: &[CallArg<'_>], at: Range) -> Computed<Arguments> {
        let mut all = Arguments::default();
        for argument in arguments {
            match argument {
                CallArg::Pos(e) => all.positional.push(self.operand(e)?),
                CallArg::Kwarg(name, e) => all.named.push(((*name).to_owned(), self.operand(e)?)),
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => return Err(unsupported("*", at)),
            }
        }
        Ok(all)
    }
}

/// The relation that an operator asks for.
fn relation(kind: BinOpKind) -> Option<CompareOpKind> {
    match kind {
        BinOpKind::Eq => Some(CompareOpKind::Eq),
        BinOpKind::Ne => Some(CompareOpKind::Ne),
        BinOpKind::Lt => Some(CompareOpKind::Lt),
        BinOpKind::Lte => Some(CompareOpKind::Lte),
        BinOpKind::Gt => Some(CompareOpKind::Gt),
        BinOpKind::Gte => Some(CompareOpKind::Gte),
        BinOpKind::In => Some(CompareOpKind::In),
        _ => None,
    }
}

/// Whether two values are in a relation.
fn compare(kind: CompareOpKind, left: &Entry, right: &Entry, at: Range) -> Computed<bool> {
    let order = |sign| order(left, right).ok_or_else(|| mismatch(sign, left, right, at));
    Ok(match kind {
        CompareOpKind::Eq => equal(left, right),
        CompareOpKind::Ne => !equal(left, right),
        CompareOpKind::Lt => order("<")?.is_lt(),
        CompareOpKind::Lte => order("<=")?.is_le(),
        CompareOpKind::Gt => order(">")?.is_gt(),
        CompareOpKind::Gte => order(">=")?.is_ge(),
        CompareOpKind::In | CompareOpKind::NotIn => {
            let within = contains(right, left).ok_or_else(|| mismatch("in", left, right, at))?;
            within == matches!(kind, CompareOpKind::In)
        }
    })
}

fn arithmetic(kind: BinOpKind, a: &Decimal, b: &Decimal, at: Range) -> Computed<Decimal> {
    let divides = matches!(kind, BinOpKind::Div | BinOpKind::FloorDiv | BinOpKind::Rem);
    if b.is_zero() && divides {
        return Err(fault(
            Code::EXPRESSION_FAILED,
            at,
            say!("除数是 0", "division by zero"),
            say!("检查作除数的数据", "check the number that divides"),
        ));
    }
    let result = match kind {
        BinOpKind::Add => a.plus(b),
        BinOpKind::Sub => a.minus(b),
        BinOpKind::Mul => a.times(b),
        BinOpKind::Div => a.over(b),
        BinOpKind::FloorDiv => a.over_whole(b),
        BinOpKind::Rem => a.rest_of(b),
        BinOpKind::Pow => a.power(b),
        _ => return Err(unsupported(sign(kind), at)),
    };
    Ok(result.ok_or_else(|| too_large(at))?.within(margin(kind, a, b)))
}

/// What a result may differ by from the true figure, as its operands may; None: by half a unit of its last decimal.
fn margin(kind: BinOpKind, a: &Decimal, b: &Decimal) -> Option<Decimal> {
    let (of_a, of_b) = (a.margin()?, b.margin()?);
    let across = || a.absolute()?.times(&of_b)?.plus(&b.absolute()?.times(&of_a)?);
    match kind {
        BinOpKind::Add | BinOpKind::Sub => of_a.plus(&of_b),
        BinOpKind::Mul => across()?.plus(&of_a.times(&of_b)?),
        BinOpKind::Div => {
            let least = b.absolute()?.minus(&of_b)?;
            if !least.is_positive() {
                return None;
            }
            across()?.over(&b.absolute()?.times(&least)?)
        }
        _ => None,
    }
}

fn member(base: &Entry, name: &str, at: Range) -> Computed {
    if let Some(entry) = base.named(name) {
        return Ok(entry.clone());
    }
    if matches!(base.datum, Datum::Map(_)) {
        return Err(unknown(name, "里", base.keys(), at));
    }
    let (zh, en) = base.datum.name();
    Err(fault(
        Code::UNKNOWN_NAME,
        at,
        say!("“.{name}”前面是{zh}，里面没有名称", "\"{name}\" is looked for in {en}, which has no names"),
        say!("检查名称的写法和数据文件的层次", "check the name and the levels of the data file"),
    ))
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
