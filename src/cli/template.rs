//! `dinggao template`.

use super::Exit;
use super::args::TemplateArgs;
use super::terminal::{Terminal, print};
use crate::diagnostic::Language;
use crate::template::{BUILT_IN, BuiltIn};
use std::io;

pub(super) fn run(args: &TemplateArgs, terminal: Terminal) -> io::Result<Exit> {
    match args.name.as_deref().and_then(BuiltIn::named) {
        Some(built_in) => print(built_in.text)?,
        None => print(&list(terminal.language))?,
    }
    Ok(Exit::Done)
}

/// The names of the built-in templates, with what each is for.
fn list(language: Language) -> String {
    let width = BUILT_IN.iter().map(|built_in| built_in.name.len()).max().unwrap_or_default();
    let line = |built_in: &BuiltIn| {
        let about = match language {
            Language::Chinese => built_in.about.0,
            Language::English => built_in.about.1,
        };
        format!("{:width$}  {about}\n", built_in.name)
    };
    BUILT_IN.iter().map(line).collect()
}
