//! `dinggao build --each`: many reports, one summary.

use super::Exit;
use super::terminal::{Progress, Terminal, remark};
use crate::diagnostic::{Message, counted, say};
use crate::pipeline::{self, Destination, EachRequest, Failure, Request};
use crate::world::World;
use std::io;

pub(super) fn run(
    world: &dyn World,
    (request, destination): (&Request, &Destination),
    each: &EachRequest,
    terminal: Terminal,
) -> io::Result<Exit> {
    let progress = Progress::new();
    let outcome = pipeline::build_each(world, request, destination, each, &|done, all| progress.show(done, all));
    progress.end();
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    for alike in outcome.failures.chunk_by(|a, b| a.diagnostics == b.diagnostics) {
        let Some(first) = alike.first() else { continue };
        remark(named(alike).get(terminal.language));
        terminal.diagnostics(&first.diagnostics, &outcome.sources);
    }
    let failed = outcome.failures.len();
    let (made, pages, place) = (outcome.made, outcome.pages, destination.folder.display());
    if outcome.diagnostics.is_empty() {
        let en = format!("made {} in {place}, {}", counted(made, "report"), counted(pages, "page"));
        terminal.say(&match failed {
            0 => say!("已在 {place} 生成 {made} 份报告，共 {pages} 页", "{en}"),
            _ => say!("已在 {place} 生成 {made} 份报告，共 {pages} 页；{failed} 份没有生成", "{en}; {failed} not made"),
        })?;
    }
    Ok(if outcome.failed() { Exit::Errors } else { Exit::Done })
}

/// How many rows are named that fail for one reason.
const NAMED: usize = 10;

/// Rows that fail for the same reason.
fn named(alike: &[Failure]) -> Message {
    let count = alike.len();
    let shown = alike.iter().take(NAMED);
    let zh: Vec<String> = shown.clone().map(|f| format!("第 {} 行“{}”", f.row, f.name)).collect();
    let en: Vec<String> = shown.map(|f| format!("row {}, \"{}\"", f.row, f.name)).collect();
    let (zh, en) = (zh.join("、"), en.join("; "));
    if count > NAMED {
        return say!("{zh}等 {count} 份没有生成：", "{en} and others, {count} in all, were not made:");
    }
    say!("{zh}没有生成：", "not made: {en}:")
}
