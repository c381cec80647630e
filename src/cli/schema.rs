//! `dinggao schema`.

use super::Exit;
use super::terminal::print;
use crate::source;
use std::io;

pub(super) fn run() -> io::Result<Exit> {
    print(&source::schema())?;
    Ok(Exit::Done)
}
