//! Results to standard output, everything else to standard error.

use crate::diagnostic::{Diagnostic, Language, Message, Sources, render_human, visible};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where a command prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    /// The language of everything printed.
    pub(super) language: Language,
    color: bool,
    /// True where results are read by a person who sees colours.
    vivid: bool,
}

impl Terminal {
    /// The process's own. Colours only where a person reads, and never against <https://no-color.org>.
    pub(super) fn new(language: Language) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Self {
            language,
            color: !unwanted && io::stderr().is_terminal(),
            vivid: !unwanted && io::stdout().is_terminal(),
        }
    }

    /// True where results go to a person's eyes, not into a file.
    pub(super) fn results_are_seen() -> bool {
        io::stdout().is_terminal()
    }

    /// A line of results in the terminal's language.
    pub(super) fn say(self, message: &Message) -> io::Result<()> {
        print(&visible(message.get(self.language)))
    }

    /// Words that are gone: red and struck out, or in `[-…-]`.
    pub(super) fn gone(self, words: &str) -> String {
        if self.vivid { format!("\x1b[31;9m{words}\x1b[0m") } else { format!("[-{words}-]") }
    }

    /// Words that are new: green, or in `{+…+}`.
    pub(super) fn new_words(self, words: &str) -> String {
        if self.vivid { format!("\x1b[32m{words}\x1b[0m") } else { format!("{{+{words}+}}") }
    }

    /// A heading.
    pub(super) fn bold(self, words: &str) -> String {
        if self.vivid { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() }
    }

    /// What is wrong, for people.
    pub(super) fn diagnostics(self, diagnostics: &[Diagnostic], sources: &Sources) {
        if !diagnostics.is_empty() {
            tell(&render_human(diagnostics, sources, self.language, self.color));
        }
    }
}

/// How far a long run has come, on a line that is written over; nothing where nobody sees it.
#[derive(Debug)]
pub(super) struct Progress {
    seen: bool,
    /// How much of the bar is drawn.
    drawn: AtomicUsize,
}

/// How many steps the bar has.
const STEPS: usize = 40;

impl Progress {
    pub(super) fn new() -> Self {
        Self { seen: io::stderr().is_terminal(), drawn: AtomicUsize::new(usize::MAX) }
    }

    pub(super) fn show(&self, done: usize, all: usize) {
        let step = done * STEPS / all.max(1);
        // Each step once: a terminal is slower than a report.
        if !self.seen || self.drawn.swap(step, Ordering::Relaxed) == step {
            return;
        }
        let bar = "█".repeat(step) + &"░".repeat(STEPS - step);
        drop(write!(io::stderr().lock(), "\r{bar} {done}/{all}"));
    }

    pub(super) fn end(&self) {
        if self.seen {
            drop(write!(io::stderr().lock(), "\r\x1b[K"));
        }
    }
}

/// A line of results.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let printed = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
    read_or_not(printed)
}

/// Results that are no text.
pub(super) fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let printed = out.write_all(bytes).and_then(|()| out.flush());
    read_or_not(printed)
}

/// A line of explanation. Where nobody can be told, the exit code still tells.
pub(super) fn remark(text: &str) {
    tell(&visible(text));
}

fn tell(text: &str) {
    drop(writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n')));
}

/// A reader that has seen enough and left (`dinggao schema | head`) changes nothing about what was done, or failed.
fn read_or_not(printed: io::Result<()>) -> io::Result<()> {
    printed.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}
