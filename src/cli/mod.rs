//! The command line: one file a command. It reads arguments, calls the library and prints; it decides nothing.

mod press;
mod pull;
mod pull_args;
mod report_args;
mod figures_args;
mod each_args;
mod verify_args;
mod args;
mod build;
mod check;
mod drift;
mod each;
mod exit;
mod fault;
mod figures;
mod help;
mod merge;
mod new;
mod redline;
mod schema;
mod template;
mod terminal;
mod usage;
mod verify;
mod watch;

pub use exit::Exit;

use crate::diagnostic::Sources;
use crate::pipeline::guarded;
use args::{Cli, Command};
use clap::FromArgMatches as _;
use std::ffi::OsString;
use std::io;
use terminal::Terminal;

/// Runs the program with its arguments, the program's name first.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = args::language(&arguments);
    let terminal = Terminal::new(language);
    let command = help::localized(language);
    let parsed = command.clone().try_get_matches_from(&arguments).and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error, terminal).unwrap_or(Exit::Errors),
    };
    fault::told_in_one_line(terminal);
    let done = guarded(|| execute(cli.command, terminal)).unwrap_or_else(|fault| {
        terminal.diagnostics(&[*fault], &Sources::default());
        Ok(Exit::Errors)
    });
    // Results that could not be printed (a full disk) are lost: that is no success.
    done.unwrap_or(Exit::Errors)
}

fn execute(command: Command, terminal: Terminal) -> io::Result<Exit> {
    match command {
        Command::Build(args) => build::run(&args, terminal),
        Command::Check(args) => check::run(&args, terminal),
        Command::Figures(args) => figures::run(&args, terminal),
        Command::Merge(args) => merge::run(&args, terminal),
        Command::Redline(args) => redline::run(&args, terminal),
        Command::Pull(args) => pull::run(&args, terminal),
        Command::New(args) => new::run(&args, terminal),
        Command::Verify(args) => verify::run(&args, terminal),
        Command::Watch(args) => watch::run(&args, terminal),
        Command::Schema => schema::run(),
        Command::Template(args) => template::run(&args, terminal),
    }
}
