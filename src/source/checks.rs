//! `checks`: relations that must hold for the data.

use std::collections::BTreeSet;

use super::build::Builder;
use super::data::{Datum, column_named};
use super::expression::{Scope, SeenValue, not_checked};
use super::provenance::end_of_path;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::Check;
use crate::yaml::tree::{Kind, Node};

/// Computes every check; one that does not hold goes to the diagnostics in the author's words.
pub(super) fn run(builder: &mut Builder<'_>, node: Option<&Node>) {
    let (Some(scope), Some(Kind::List(items))) = (builder.scope, node.map(|n| &n.kind)) else { return };
    for item in items {
        match item.get("each").map(|n| &n.kind) {
            Some(Kind::Map(names)) => {
                for (name, rows) in names {
                    each(builder, scope, item, &name.name, rows);
                }
            }
            _ => one(builder, scope, item, None),
        }
    }
}

/// A check that must hold for every row of a list.
fn each(builder: &mut Builder<'_>, scope: &Scope, item: &Node, name: &str, rows: &Node) {
    let Kind::Text(_) = rows.kind else { return };
    let scalar = Scalar::new(builder.sources, rows);
    let Some(list) = builder.evaluate(&scalar.text, &scalar.map) else { return };
    let Datum::List(rows_found) = &list.datum else {
        let (zh, en) = list.datum.name();
        builder.shape(rows.span, list.span, say!("each 要写列表的名称，这里是{zh}", "each names a list, not {en}"));
        return;
    };
    for (at, row) in rows_found.iter().enumerate() {
        scope.bind(name, row.clone());
        let before = builder.diagnostics.len();
        one(builder, scope, item, Some((at + 1, row.span)));
        scope.unbind();
        // A check that cannot be computed for one row cannot be for the others.
        let failed = |d: &Diagnostic| d.code != Code::CHECK_FAILED;
        if builder.diagnostics[before..].iter().any(failed) {
            return;
        }
    }
}

/// A check; `row` is the row that it is computed for, with its count.
fn one(builder: &mut Builder<'_>, scope: &Scope, item: &Node, row: Option<(usize, Option<Span>)>) {
    let Some(that) = item.get("that").filter(|n| matches!(n.kind, Kind::Text(_) | Kind::Number(_))) else { return };
    let scalar = Scalar::new(builder.sources, that);
    let (outcome, seen) = scope.examine(&scalar.text);
    let remarks = builder.remarks.len();
    builder.take_remarks(&scalar.map);
    let missing = outcome.as_ref().is_err_and(|fault| fault.0.missing);
    let skipped = missing || builder.remarks[remarks..].iter().any(|remark| remark.code == Code::CHECK_SKIPPED);
    note(builder, (&scalar.text, that.span), &seen, skipped);
    match outcome.map(|e| e.datum) {
        Ok(Datum::Bool(true)) => {}
        Ok(Datum::Bool(false)) => {
            let reason = reason(builder, item);
            let place = match row {
                Some((count, _)) => say!("（第 {count} 行）", " (row {count})"),
                None => say!("", ""),
            };
            let mut error = Diagnostic::error(
                Code::CHECK_FAILED,
                that.span,
                Message {
                    zh: format!("核对不成立{}：{reason}", place.zh),
                    en: format!("a check does not hold{}: {reason}", place.en),
                },
                hint(&seen),
            );
            for SeenValue { name, printed, span, .. } in seen {
                if let Some(span) = span {
                    let words = Message {
                        zh: format!("{} 是 {}", name.zh, printed.zh),
                        en: format!("{} is {}", name.en, printed.en),
                    };
                    error = error.with_related(span, words);
                }
            }
            if let Some((_, Some(span))) = row {
                error = error.with_related(span, say!("这一行", "this row"));
            }
            builder.diagnostics.push(error);
        }
        Ok(other) => {
            let (zh, en) = other.name();
            builder.diagnostics.push(Diagnostic::error(
                Code::CHECK_NOT_BOOLEAN,
                that.span,
                say!("这条核对算出来是{zh}，不是真或假", "this check gives {en}, neither true nor false"),
                say!("写成比较，例如 a <= b、a + b == c", "write a comparison, such as a <= b or a + b == c"),
            ));
        }
        Err(fault) if missing => {
            let (message, hint) = not_checked();
            let mut remark = Diagnostic::advice(Code::CHECK_SKIPPED, that.span, message, hint);
            remark.related = fault.0.related;
            builder.remarks.push(remark);
        }
        Err(fault) => builder.fault(fault, &scalar.map),
    }
}

/// Takes in what a check has looked at: once for all rows that it holds for.
fn note(builder: &mut Builder<'_>, (that, span): (&str, Span), seen: &[SeenValue], skipped: bool) {
    if builder.checks.last().is_none_or(|last| last.span != span) {
        let (values, lists) = (BTreeSet::new(), BTreeSet::new());
        builder.checks.push(Check { that: that.trim().to_owned(), span, skipped, values, lists });
    }
    let Some(check) = builder.checks.last_mut() else { return };
    check.skipped |= skipped;
    let places = |many: bool| seen.iter().filter(move |s| s.many == many).filter_map(|s| Some((s.span?, s)));
    check.values.extend(places(false).map(|(span, _)| span));
    check.lists.extend(places(true).map(|(span, seen)| (span, columns_named(that, seen))));
}

/// How the paths of those columns end that a check names, of the rows that it looks at.
fn columns_named(that: &str, seen: &SeenValue) -> Vec<String> {
    let Some(columns) = &seen.columns else { return Vec::new() };
    let names = that.split(['"', '\'']).skip(1).step_by(2);
    let places = names.filter_map(|name| column_named(columns.iter().map(|column| &**column), name));
    places.map(|at| end_of_path(&columns[at])).collect()
}

/// The author's words for a check that does not hold.
fn reason(builder: &mut Builder<'_>, item: &Node) -> String {
    let Some(words) = item.get("else") else { return String::new() };
    let values = builder.values.len();
    let pieces = builder.pieces(words);
    let text = builder.text(&pieces, None).plain();
    // A message prints nothing: its values are no uses of the data.
    builder.values.truncate(values);
    builder.origins.truncate(values);
    text
}

/// The values that the check has looked at.
fn hint(seen: &[SeenValue]) -> Message {
    let zh: Vec<String> = seen.iter().map(|s| format!("{} = {}", s.name.zh, s.printed.zh)).collect();
    let en: Vec<String> = seen.iter().map(|s| format!("{} = {}", s.name.en, s.printed.en)).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    say!("现在的数据：{zh}。改正数据，或者改这条核对", "the data now: {en}. Correct the data, or this check")
}
