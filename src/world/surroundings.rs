//! What the program asks of its surroundings.

use super::file::Pieces;
use super::replace::{OutputSet, ReplaceError};
use super::run::{ProgramCall, ProgramResult};
use super::turn::Turn;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What is found at a path, links followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing.
    Nothing,
    /// A link that leads nowhere.
    BrokenLink,
    /// A regular file.
    File {
        /// Its path without links.
        real: PathBuf,
        /// Equal for two names of one file, as far as the system tells.
        identity: Option<(u64, u64)>,
        /// True where the path's last part is a link.
        linked: bool,
    },
    /// A folder.
    Folder,
    /// A device, a pipe or a socket: to be written into, never replaced.
    Stream,
}

/// What the program asks of its surroundings.
pub trait World: Sync {
    /// The whole of a regular file, or of standard input where it is named as `/dev/stdin`.
    ///
    /// # Errors
    /// As the file system says; [`io::ErrorKind::FileTooLarge`] for more than is ever needed, and
    /// [`io::ErrorKind::InvalidInput`] for a device or a pipe, which may never end.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The whole of standard input, the same however often it is asked for.
    ///
    /// # Errors
    /// As [`World::read`].
    fn standard_input(&self) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    /// A regular file to be read in pieces.
    ///
    /// # Errors
    /// As [`World::read`].
    fn open(&self, path: &Path) -> io::Result<Pieces>;

    /// True for a file that is there.
    fn is_file(&self, path: &Path) -> bool;

    /// True for a folder that is there.
    fn is_dir(&self, path: &Path) -> bool {
        self.list(path).is_ok()
    }

    /// The files of a folder, sorted by name.
    ///
    /// # Errors
    /// As the file system says.
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// An environment variable.
    fn var(&self, name: &str) -> Option<String>;

    /// The folders that an environment variable lists, as the system writes such lists.
    fn var_dirs(&self, name: &str) -> Vec<PathBuf> {
        let list = self.var(name).unwrap_or_default();
        std::env::split_paths(&list).filter(|dir| !dir.as_os_str().is_empty()).collect()
    }

    /// The time, in seconds since 1970-01-01 UTC, where it is known. It never reaches an output: only the log of merges has it.
    fn now(&self) -> Option<i64> {
        None
    }

    /// The folder that relative paths start from.
    fn current_dir(&self) -> PathBuf;

    /// The file of the running program, where that can be told.
    fn program(&self) -> Option<PathBuf> {
        None
    }

    /// True where what is being built need not be finished: something that it read has changed since.
    fn is_superseded(&self) -> bool {
        false
    }

    /// Every file that was asked for by [`World::read`] or [`World::open`], there or not, sorted.
    fn touched(&self) -> Vec<PathBuf>;

    /// Waits until no other build writes into this folder, and keeps others waiting until the turn is dropped. What a build that was
    /// killed left in the folder is put right first.
    ///
    /// # Errors
    /// A folder that is not there, or cannot be opened.
    fn turn(&self, folder: &Path) -> io::Result<Turn>;

    /// Makes a folder and those above it that lack.
    ///
    /// # Errors
    /// As the file system says.
    fn make_dir(&self, folder: &Path) -> io::Result<()>;

    /// What an output would find in its place.
    fn place(&self, path: &Path) -> Place;

    /// The file in the place of an output, which is no input: it is not among [`World::touched`].
    ///
    /// # Errors
    /// As [`World::read`].
    fn existing(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The files in the folder of the outputs; they are no inputs.
    ///
    /// # Errors
    /// As the file system says.
    fn siblings(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// Replaces files as a set: every one of them whole, or none; see [`OutputSet`].
    ///
    /// # Errors
    /// The first file that could not be replaced, and why; the old files stay as they were.
    fn replace_all(&self, set: &OutputSet<'_>) -> Result<(), ReplaceError>;

    /// Makes files safe from a loss of power that were put in place with [`super::Durable::WhenSynced`].
    ///
    /// # Errors
    /// The first that the file system tells.
    fn sync(&self, _: &[PathBuf]) -> io::Result<()> {
        Ok(())
    }

    /// Runs a program, which only `dinggao pull` does.
    ///
    /// # Errors
    /// As the system says; [`io::ErrorKind::TimedOut`] and [`io::ErrorKind::FileTooLarge`] where it goes beyond its bounds.
    fn run(&self, _: &ProgramCall) -> io::Result<ProgramResult> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A path without `.` and `..`, so that the folders above it are those that hold it.
#[must_use]
pub fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
