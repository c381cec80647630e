//! What a merge found, as JSON.

use super::merge_log;
use super::merge_request::MergeOutcome;
use crate::diagnostic::{Language, Span, diagnostics_json};
use crate::merge::{Change, EditorText, ValueChange};
use crate::model::{Document, RowNote};
use serde_json::{Value, json};

/// One JSON document.
#[must_use]
pub fn write(outcome: &MergeOutcome, language: Language) -> String {
    let stats = &outcome.review.alignment;
    let changes: Vec<Value> = outcome.review.changes.iter().map(|c| change(outcome, c, language)).collect();
    let diagnostics = diagnostics_json(&outcome.diagnostics, &outcome.sources, language);
    let mut root = json!({
        "alignment": {
            "blocks": stats.blocks,
            "by_bookmark": stats.by_bookmark,
            "by_text": stats.by_text,
            "by_para_id": stats.by_para_id,
            "by_order": stats.by_order,
            "unmatched": stats.unmatched,
            "confidence": (stats.confidence * 1000.0).round() / 1000.0,
        },
        "compared": outcome.compared.iter().map(|b| b.name()).collect::<Vec<_>>(),
        "changes": changes,
    });
    if let (Some(map), Some(row)) = (root.as_object_mut(), &outcome.row) {
        let RowNote { list, name, file } = &row.note;
        map.insert("each".to_owned(), json!({"list": list, "name": name, "file": file, "reports": row.of}));
    }
    if let (Some(map), false) = (root.as_object_mut(), diagnostics.is_empty()) {
        map.insert("diagnostics".to_owned(), Value::Array(diagnostics));
    }
    serde_json::to_string_pretty(&root).unwrap_or_default()
}

fn change(outcome: &MergeOutcome, change: &Change, language: Language) -> Value {
    let (file, line, column) = place(outcome, change.span);
    let mut authors: Vec<&str> = change.traces.iter().map(|t| t.author.as_str()).filter(|a| !a.is_empty()).collect();
    authors.dedup();
    let mut value = json!({
        "id": change.id,
        "kind": change.kind.name(),
        "status": change.status.name(),
        "block": change.block,
        "section": change.section,
        "file": file,
        "line": line,
        "column": column,
        "before": change.before,
        "after": change.after,
        "authors": authors,
        "comments": change.comments.iter().map(merge_log::comment).collect::<Vec<_>>(),
    });
    let Some(map) = value.as_object_mut() else { return value };
    if let Some(date) = change.traces.iter().map(|t| t.date.as_str()).find(|d| !d.is_empty()) {
        map.insert("date".to_owned(), json!(date));
    }
    if change.cell != (None, None) {
        // Of a table `column` is that of the table.
        map.insert("row".to_owned(), json!(change.cell.0));
        map.insert("column".to_owned(), json!(change.cell.1));
        map.insert("source_column".to_owned(), json!(column));
    }
    if let Some([base, theirs, ours]) = &change.sides {
        map.insert("base".to_owned(), json!(base));
        map.insert("theirs".to_owned(), json!(theirs));
        map.insert("ours".to_owned(), json!(ours));
    }
    if !change.editors.is_empty() {
        let side = |side: &EditorText| json!({"author": side.author, "text": side.text});
        map.insert("sides".to_owned(), change.editors.iter().map(side).collect());
    }
    if !change.files.is_empty() {
        map.insert("files".to_owned(), json!(change.files));
    }
    if let Some(reason) = &change.reason {
        map.insert("reason".to_owned(), json!(reason.get(language)));
    }
    if let Some(figure) = &change.value {
        let (file, line, column) = place(outcome, figure.defined);
        let uses = outcome.document.as_ref().map(|d| uses(outcome, d, figure)).unwrap_or_default();
        let mut said = json!({
            "name": figure.name,
            "file": file,
            "line": line,
            "column": column,
            "before": figure.before,
            "after": figure.after,
            "uses": uses,
        });
        let cell = figure.defined.and_then(|span| outcome.sources.get(span.file)?.cell(span.start));
        if let (Some(said), Some(cell)) = (said.as_object_mut(), cell) {
            said.insert("cell".to_owned(), json!(cell));
        }
        map.insert("value".to_owned(), said);
    }
    value
}

/// Every use of a value.
fn uses(outcome: &MergeOutcome, document: &Document, figure: &ValueChange) -> Vec<Value> {
    let one = |value: &crate::model::Value| {
        let place = outcome.printed.get(&value.id);
        json!({
            "block": value.block.as_ref().map(|b| b.0.as_str()),
            "page": place.map(|p| p.0),
            "line": place.map(|p| p.1),
        })
    };
    figure.uses(document).map(one).collect()
}

fn place(outcome: &MergeOutcome, span: Option<Span>) -> (Option<String>, Option<usize>, Option<usize>) {
    let file = span.and_then(|s| outcome.sources.get(s.file).map(|f| (f.path.clone(), f.place(s.start))));
    match file {
        Some((path, position)) => (Some(path), Some(position.line), Some(position.column)),
        None => (None, None, None),
    }
}
