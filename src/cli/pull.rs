//! `dinggao pull`.

use super::Exit;
use super::pull_args::PullArgs;
use super::terminal::{Terminal, remark};
use crate::diagnostic::{Diagnostic, say};
use crate::pipeline;
use crate::world::SystemWorld;
use std::io;

pub(super) fn run(args: &PullArgs, terminal: Terminal) -> io::Result<Exit> {
    // Told before it is run, and at once: whoever sees something that he does not want can stop it.
    let told = |entry: &crate::source::PullEntry| {
        let (name, shown, to) = (&entry.name, entry.source.shown(), entry.to.display());
        remark(say!("{name}：{shown} → {to}", "{name}: {shown} → {to}").get(terminal.language));
    };
    let outcome = pipeline::pull(&SystemWorld::new(), &args.request(), &told);
    for file in &outcome.pulled {
        let (path, bytes) = (file.path.display(), file.bytes);
        terminal.say(&if file.same {
            say!("{path} 没有变化（{bytes} 字节）", "{path} is as it was ({bytes} bytes)")
        } else {
            say!("已存为 {path}（{bytes} 字节）", "stored as {path} ({bytes} bytes)")
        })?;
    }
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    Ok(if outcome.diagnostics.iter().any(Diagnostic::is_error) { Exit::Errors } else { Exit::Done })
}
