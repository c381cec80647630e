//! `handouts/merged.jsonl`: what merges brought home, a line for each change and each comment: who, what, when accepted.

use super::handout;
use super::merge_request::{MergeOutcome, MergeRequest};
use crate::docx;
use crate::merge::{Change, ChangeKind, Status};
use crate::model::{BlockId, Comment};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The place of the log.
pub(super) fn place(report: &Path) -> PathBuf {
    handout::folder(report).join("merged.jsonl")
}

/// The log with the lines of a merge; None where it has nothing new.
pub(super) fn lines(world: &dyn World, request: &MergeRequest, outcome: &MergeOutcome) -> Option<Vec<u8>> {
    let mut log = world.read(&place(&request.report)).unwrap_or_default();
    let known: BTreeSet<String> = entries(&log).iter().map(key).collect();
    let accepted = accepted(world);
    let mut new = false;
    for change in &outcome.review.changes {
        let applied = change.status == Status::Applied;
        let remark = (change.kind == ChangeKind::Comment && change.status != Status::Already)
            || (!applied && !change.comments.is_empty());
        if !applied && !remark {
            continue;
        }
        let line = line(request, outcome, change, &accepted);
        if !applied && known.contains(&key(&line)) {
            continue;
        }
        new = true;
        log.extend(line.to_string().into_bytes());
        log.push(b'\n');
    }
    new.then_some(log)
}

/// When, and by whom: the time of the machine, or the one that it is told to take for it.
fn accepted(world: &dyn World) -> (Option<String>, Option<String>) {
    let told = world.var("SOURCE_DATE_EPOCH").and_then(|e| e.trim().parse::<i64>().ok());
    let time = told.or_else(|| world.now()).and_then(|t| OffsetDateTime::from_unix_timestamp(t).ok());
    let by = world.var("USER").or_else(|| world.var("USERNAME")).filter(|n| !n.is_empty());
    (time.and_then(|t| t.format(&Rfc3339).ok()), by)
}

fn line(
    request: &MergeRequest,
    outcome: &MergeOutcome,
    change: &Change,
    (time, by): &(Option<String>, Option<String>),
) -> Value {
    let place = change.span.and_then(|s| outcome.sources.get(s.file).map(|f| (f, f.position(s.start))));
    let authors = change.traces.iter().map(|t| json!({"author": t.author, "date": t.date}));
    let kind = if change.status == Status::Applied { change.kind } else { ChangeKind::Comment };
    let all = || request.revised.iter().map(|p| p.display().to_string()).collect();
    json!({
        "id": change.id,
        "kind": kind.name(),
        "block": change.block,
        "file": place.as_ref().map(|(f, _)| f.path.clone()),
        "line": place.as_ref().map(|(_, p)| p.line),
        "before": change.before,
        "after": change.after,
        "authors": authors.collect::<Vec<_>>(),
        "comments": change.comments.iter().map(comment).collect::<Vec<_>>(),
        "from": if change.files.is_empty() { all() } else { change.files.clone() },
        "accepted": time,
        "by": by,
    })
}

/// A comment as JSON.
pub(super) fn comment(comment: &Comment) -> Value {
    json!({
        "author": comment.author,
        "date": comment.date,
        "text": comment.text,
        "quote": comment.quote,
        "resolved": comment.resolved,
        "replies": comment.replies.iter().map(self::comment).collect::<Vec<_>>(),
    })
}

fn entries(log: &[u8]) -> Vec<Value> {
    let text = String::from_utf8_lossy(log);
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn key(entry: &Value) -> String {
    format!("{} {} {}", entry["kind"], entry["block"], entry["comments"])
}

fn read(value: &Value) -> Option<Comment> {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let replies = value["replies"].as_array().map(|r| r.iter().filter_map(read).collect()).unwrap_or_default();
    let comment = Comment {
        author: text("author"),
        date: text("date"),
        text: text("text"),
        quote: text("quote"),
        resolved: value["resolved"].as_bool().unwrap_or(false),
        replies,
    };
    (!comment.text.is_empty()).then_some(comment)
}

/// The comments that came home, each with the bookmark of its block; the last state of each.
pub(super) fn comments(world: &dyn World, report: &Path) -> Vec<docx::PlacedComment> {
    let log = world.read(&place(report)).unwrap_or_default();
    let mut found: Vec<docx::PlacedComment> = Vec::new();
    for entry in entries(&log) {
        let Some(block) = entry["block"].as_str() else { continue };
        let bookmark = docx::block_bookmark(&BlockId(block.to_owned()));
        for comment in entry["comments"].as_array().into_iter().flatten().filter_map(read) {
            let new = docx::PlacedComment { bookmark: bookmark.clone(), comment };
            match found.iter_mut().find(|p| p.bookmark == new.bookmark && is_same(&p.comment, &new.comment)) {
                Some(known) => *known = new,
                None => found.push(new),
            }
        }
    }
    found
}

/// True for two states of one comment: replies may have come, and it may be settled since.
pub(super) fn is_same(a: &Comment, b: &Comment) -> bool {
    a.author == b.author && a.date == b.date && a.text == b.text
}
