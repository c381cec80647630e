//! Files as they would be: what is not written yet lies over what is there.

use crate::world::{OutputSet, Pieces, Place, ReplaceError, Turn, World};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A world with some files in another state.
pub(super) struct Overlay<'w> {
    world: &'w dyn World,
    /// By their whole paths.
    pub(super) files: BTreeMap<PathBuf, Vec<u8>>,
}

impl<'w> Overlay<'w> {
    /// A world as it is.
    pub(super) fn new(world: &'w dyn World) -> Self {
        Self { world, files: BTreeMap::new() }
    }

    /// The same with more files in another state.
    pub(super) fn with(&self, files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        let mut all = self.files.clone();
        all.extend(files.into_iter().map(|(path, bytes)| (self.whole(&path), bytes)));
        Self { world: self.world, files: all }
    }

    fn whole(&self, path: &Path) -> PathBuf {
        let mut whole = PathBuf::new();
        for part in self.world.current_dir().join(path).components() {
            match part {
                std::path::Component::CurDir => {}
                std::path::Component::ParentDir => {
                    whole.pop();
                }
                other => whole.push(other),
            }
        }
        whole
    }
}

impl World for Overlay<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.files.get(&self.whole(path)) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.world.read(path),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Pieces> {
        match self.files.get(&self.whole(path)) {
            Some(bytes) => Ok(Pieces::owned(bytes.clone())),
            None => self.world.open(path),
        }
    }

    fn standard_input(&self) -> io::Result<Vec<u8>> {
        self.world.standard_input()
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.world.is_dir(path)
    }

    fn turn(&self, folder: &Path) -> io::Result<Turn> {
        self.world.turn(folder)
    }

    fn make_dir(&self, folder: &Path) -> io::Result<()> {
        self.world.make_dir(folder)
    }

    fn place(&self, path: &Path) -> Place {
        self.world.place(path)
    }

    fn existing(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.world.existing(path)
    }

    fn siblings(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.world.siblings(dir)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(&self.whole(path)) || self.world.is_file(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.world.list(dir)
    }

    fn var(&self, name: &str) -> Option<String> {
        self.world.var(name)
    }

    fn now(&self) -> Option<i64> {
        self.world.now()
    }

    fn current_dir(&self) -> PathBuf {
        self.world.current_dir()
    }

    fn program(&self) -> Option<PathBuf> {
        self.world.program()
    }

    fn replace_all(&self, set: &OutputSet<'_>) -> Result<(), ReplaceError> {
        self.world.replace_all(set)
    }

    fn touched(&self) -> Vec<PathBuf> {
        self.world.touched()
    }
}
