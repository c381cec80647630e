//! Results to standard output, everything else to standard error.

use crate::diagnostic::{Diagnostic, Language, Message, Sources, render_human};
use std::io::{self, IsTerminal as _, Write as _};

/// Where a command prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// The language of everything printed.
    pub(super) language: Language,
    color: bool,
}

impl Terminal {
    /// The process's own. Colours only where a person reads, and never against <https://no-color.org>.
    pub(super) fn new(language: Language) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self { language, color: !unwanted && io::stderr().is_terminal() }
    }

    /// A line of results in the terminal's language.
    pub(super) fn say(self, message: &Message) -> io::Result<()> {
        print(message.get(self.language))
    }

    /// What is wrong, for people.
    pub(super) fn diagnostics(self, diagnostics: &[Diagnostic], sources: &Sources) -> io::Result<()> {
        if diagnostics.is_empty() {
            return Ok(());
        }
        remark(&render_human(diagnostics, sources, self.language, self.color))
    }
}

/// A line of results.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.trim_end_matches('\n'))?;
    out.flush()
}

/// A line of explanation.
pub(super) fn remark(text: &str) -> io::Result<()> {
    writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n'))
}
