//! Files that survive a loss of power.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::thread;

/// When files are safe from a loss of power. The end of a process harms none of them, whatever the choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durable {
    /// Before they are in place: each name shows a whole file after it.
    #[default]
    AtOnce,
    /// Once [`super::World::sync`] is called: for files that are made again with a word.
    WhenSynced,
}

impl Durable {
    /// Makes a file safe that is not in place yet.
    pub(super) fn settle(self, file: &File) -> io::Result<()> {
        if self == Self::AtOnce { file.sync_data() } else { Ok(()) }
    }
}

/// So many files are synced together: a file system writes them all at once.
const TOGETHER: usize = 32;

/// See [`super::World::sync`].
pub(super) fn sync(files: &[PathBuf]) -> io::Result<()> {
    let sync = |files: &[PathBuf]| files.iter().try_for_each(|file| File::open(file)?.sync_data());
    let each = files.len().div_ceil(TOGETHER).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = files.chunks(each).map(|part| scope.spawn(move || sync(part))).collect();
        let done = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        // All of them, even where one has failed.
        done.collect::<Vec<_>>().into_iter().collect()
    })
}
