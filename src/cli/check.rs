//! `dinggao check`.

use super::Exit;
use super::args::{CheckArgs, Format};
use super::terminal::{Progress, Terminal, print};
use crate::diagnostic::{counted, render_json, say};
use crate::pipeline;
use crate::world::SystemWorld;
use std::io;

pub(super) fn run(args: &CheckArgs, terminal: Terminal) -> io::Result<Exit> {
    let (world, request) = (SystemWorld::new(), args.request());
    let outcome = match args.each.request() {
        None => pipeline::check(&world, &request),
        Some(each) => {
            let progress = Progress::new();
            let outcome = pipeline::check_each(&world, &request, &each, &|done, all| progress.show(done, all));
            progress.end();
            outcome
        }
    };
    match args.format {
        Format::Json => print(&render_json(&outcome.diagnostics, &outcome.sources, terminal.language))?,
        Format::Human => {
            terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
            let errors = outcome.diagnostics.iter().filter(|d| d.is_error()).count();
            let others = outcome.diagnostics.len() - errors;
            let (wrong, told) = (counted(errors, "error"), counted(others, "remark"));
            terminal.say(&match (errors, others) {
                (0, 0) => say!("没有发现问题", "no problems found"),
                (0, _) => say!("没有错误，有 {others} 条建议", "no errors, {told}"),
                (_, 0) => say!("有 {errors} 个错误", "{wrong}"),
                _ => say!("有 {errors} 个错误，{others} 条建议", "{wrong}, {told}"),
            })?;
        }
    }
    let told = args.strict && !outcome.diagnostics.is_empty();
    Ok(if outcome.failed() || told { Exit::Errors } else { Exit::Done })
}
