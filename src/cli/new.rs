//! `dinggao new`.

use super::Exit;
use super::args::NewArgs;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, say};
use crate::pipeline;
use crate::world::SystemWorld;
use std::io;

pub(super) fn run(args: &NewArgs, terminal: Terminal) -> io::Result<Exit> {
    let outcome = pipeline::new_report(&SystemWorld::new(), &args.request());
    for remark in &outcome.remarks {
        let (place, zh, en) = (&remark.place, &remark.message.zh, &remark.message.en);
        terminal.say(&if place.is_empty() {
            say!("请看：{zh}", "note: {en}")
        } else {
            say!("请看“{place}”：{zh}", "note \"{place}\": {en}")
        })?;
    }
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    if outcome.diagnostics.iter().any(Diagnostic::is_error) {
        return Ok(Exit::Errors);
    }
    let names: Vec<String> = outcome.written.iter().map(|p| p.display().to_string()).collect();
    let (zh, en) = (names.join("、"), names.join(", "));
    terminal.say(&say!("已写好 {zh}", "written: {en}"))?;
    Ok(Exit::Done)
}
