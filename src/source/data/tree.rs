//! Values of YAML and JSON files from their trees.

use std::sync::Arc;

use super::datum::{Datum, Entry, Map};
use super::decimal::Decimal;
use super::grid::tidy;
use crate::diagnostic::{Code, Diagnostic, Sources, Span, say};
use crate::yaml::tree::{Kind, Node};

/// How YAML writes what is no number of any size.
const NOT_FINITE: [&str; 10] = [".inf", ".Inf", ".INF", "+.inf", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN"];

/// The value of a node. A number that cannot be kept digit for digit goes to the diagnostics.
pub(super) fn entry(sources: &Sources, node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Entry {
    let datum = match &node.kind {
        Kind::Null => Datum::Null,
        Kind::Bool(value) => Datum::Bool(*value),
        Kind::Number(text) => match Decimal::parse(text) {
            Some(number) => Datum::Number(number),
            None => unusable(node.span, text, diagnostics),
        },
        // What is written decides: the YAML reader makes .inf of 1e309.
        Kind::Text(_) if is_unusable(sources.text(node.span)) => {
            unusable(node.span, sources.text(node.span), diagnostics)
        }
        // Line ends join, as those of the report do.
        Kind::Text(text) if text.contains('\n') => Datum::Text(tidy(text).into()),
        Kind::Text(text) => Datum::Text(text.as_str().into()),
        Kind::List(items) => Datum::List(items.iter().map(|item| entry(sources, item, diagnostics)).collect()),
        Kind::Map(entries) => {
            let map: Map =
                entries.iter().map(|(k, v)| (Arc::from(k.name.as_str()), entry(sources, v, diagnostics))).collect();
            Datum::Map(Arc::new(map))
        }
    };
    Entry { datum, span: Some(node.span) }
}

/// True for what is meant as a number and is none that can be kept.
fn is_unusable(text: &str) -> bool {
    NOT_FINITE.contains(&text) || (Decimal::is_written(text) && Decimal::parse(text).is_none())
}

fn unusable(span: Span, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Datum {
    let text: String = text.chars().take(24).collect();
    diagnostics.push(Diagnostic::error(
        Code::BAD_NUMBER,
        span,
        say!("“{text}”不是能用的数", "\"{text}\" is no number that can be used"),
        say!(
            "数字最多 100 位，没有无穷大；是编号的话，加上引号",
            "numbers have at most 100 digits and are finite; put a code in quotation marks"
        ),
    ));
    Datum::Null
}
