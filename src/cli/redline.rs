//! `dinggao redline`.

use super::args::RedlineArgs;
use super::build::{made, world};
use super::terminal::Terminal;
use super::{Exit, usage};
use crate::diagnostic::say;
use crate::pipeline;
use std::io;

pub(super) fn run(args: &RedlineArgs, terminal: Terminal) -> io::Result<Exit> {
    if !args.date_is_sound() {
        return Ok(usage::refuse(
            &say!(
                "--date 要写成 2024-01-08 或 2024-01-08T09:00:00Z",
                "--date is written as 2024-01-08 or 2024-01-08T09:00:00Z"
            ),
            terminal,
        ));
    }
    let (request, destination) = args.request();
    let outcome = pipeline::redline(&world(terminal), &request, &destination);
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    if outcome.failed() {
        return Ok(Exit::Errors);
    }
    terminal.say(&made(&outcome))?;
    Ok(Exit::Done)
}
