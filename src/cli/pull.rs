//! `dinggao pull`.

use super::Exit;
use super::pull_args::PullArgs;
use super::terminal::{Terminal, print, remark};
use crate::diagnostic::{Diagnostic, say};
use crate::pipeline;
use crate::world::SystemWorld;
use std::cell::RefCell;
use std::io;

pub(super) fn run(args: &PullArgs, terminal: Terminal) -> io::Result<Exit> {
    let request = args.request();
    let listed = RefCell::new(Vec::new());
    let told = |entry: &crate::source::PullEntry| {
        let (name, shown, to) = (&entry.name, entry.source.shown(), entry.to.display());
        let line = say!("{name}：{shown} → {to}", "{name}: {shown} → {to}");
        if request.list {
            // The list is what was asked for.
            listed.borrow_mut().push(line.get(terminal.language).to_owned());
        } else {
            // Told before it is run, and at once: whoever sees something that he does not want can stop it.
            remark(line.get(terminal.language));
        }
    };
    let outcome = pipeline::pull(&SystemWorld::new(), &request, &told);
    let listed = listed.into_inner();
    if !listed.is_empty() {
        print(&listed.join("\n"))?;
    }
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
