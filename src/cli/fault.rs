//! Where the program itself has failed, in the reader's language.

use super::terminal::{Terminal, remark};
use crate::diagnostic::{Message, say};
use std::env;
use std::panic::{self, PanicHookInfo};

/// From now on a panic is one line; with RUST_BACKTRACE it is told as Rust tells it.
pub(super) fn told_in_one_line(terminal: Terminal) {
    if env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(move |info| remark(line(info).get(terminal.language))));
    }
}

fn line(info: &PanicHookInfo<'_>) -> Message {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let text = info.payload().downcast_ref::<&str>().copied();
    let words = text.or_else(|| info.payload().downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
    say!("程序自己出了错：{place} {words}", "the program itself has failed: {place} {words}")
}
