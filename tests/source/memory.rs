//! A world of files in memory, so that a case is one file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use dinggao::world::{OutputSet, Pieces, Place, ReplaceError, Turn, World};

/// Files by path, below `/case`; variables by name.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<PathBuf, Vec<u8>>,
    pub(crate) variables: BTreeMap<String, String>,
}

impl World for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn open(&self, path: &Path) -> io::Result<Pieces> {
        self.read(path).map(Pieces::owned)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.files.keys().filter(|p| p.parent() == Some(dir)).cloned().collect())
    }

    fn var(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn current_dir(&self) -> PathBuf {
        PathBuf::from("/case")
    }

    fn turn(&self, _: &Path) -> io::Result<Turn> {
        Ok(Turn::unguarded())
    }

    fn make_dir(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn place(&self, _: &Path) -> Place {
        Place::Nothing
    }

    fn existing(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.read(path)
    }

    fn siblings(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.list(dir)
    }

    fn replace_all(&self, _: &OutputSet<'_>) -> Result<(), ReplaceError> {
        panic!("reading a report writes nothing")
    }

    fn touched(&self) -> Vec<PathBuf> {
        Vec::new()
    }
}
