//! `checks`: relations that must hold for the data.

use super::build::Builder;
use super::data::Datum;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::yaml::tree::{Kind, Node};

/// Computes every check; one that does not hold goes to the diagnostics in the author's words.
pub(super) fn run(builder: &mut Builder<'_>, node: Option<&Node>) {
    let (Some(scope), Some(items)) = (builder.scope, node.and_then(Node::as_list)) else { return };
    for item in items {
        let Some(that) = item.get("that").filter(|n| matches!(n.kind, Kind::Text(_))) else { continue };
        let scalar = Scalar::new(builder.sources, that);
        match scope.evaluate(&scalar.text).map(|e| e.datum) {
            Ok(Datum::Bool(true)) => {}
            Ok(Datum::Bool(false)) => {
                let reason = item.get("else").map(|n| {
                    let values = builder.values.len();
                    let pieces = builder.pieces(n);
                    let text = builder.text(&pieces, None).plain();
                    // A message prints nothing: its values are no uses of the data.
                    builder.values.truncate(values);
                    text
                });
                let reason = reason.unwrap_or_default();
                let figures = scope.figures(&scalar.text);
                let shown =
                    figures.iter().map(|(path, text, _)| format!("{path} = {text}")).collect::<Vec<_>>().join("、");
                let mut error = Diagnostic::error(
                    Code::CHECK_FAILED,
                    that.span,
                    say!("核对不成立：{reason}", "a check does not hold: {reason}"),
                    say!(
                        "现在的数据：{shown}。改正数据，或者改这条核对",
                        "the data now: {shown}. Correct the data, or this check"
                    ),
                );
                for (path, text, span) in figures {
                    if let Some(span) = span {
                        error = error.with_related(span, say!("{path} 是 {text}", "{path} is {text}"));
                    }
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
            Err(fault) => builder.fault(fault, &scalar.map),
        }
    }
}
