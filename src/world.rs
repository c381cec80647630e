//! Files, fonts, environment and time. The only place that touches them.

mod replace;

use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The bytes of a file: mapped into memory, or read.
#[derive(Clone, Debug)]
pub struct FileData(Arc<Inner>);

#[derive(Debug)]
enum Inner {
    Mapped { map: memmap2::Mmap, file: std::fs::File },
    Owned(Vec<u8>),
    Static(&'static [u8]),
}

impl FileData {
    /// Bytes held in memory.
    #[must_use]
    pub fn owned(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Inner::Owned(bytes)))
    }

    /// Bytes built into the program.
    #[must_use]
    pub fn from_static(bytes: &'static [u8]) -> Self {
        Self(Arc::new(Inner::Static(bytes)))
    }

    /// Maps an open file.
    #[expect(
        unsafe_code,
        reason = "the one mapped-file call: faces are tens of megabytes of which a report needs a few pages"
    )]
    fn mapped(file: std::fs::File) -> io::Result<Self> {
        // SAFETY: the map is read-only and private to this process. A font file cut short by another program while we
        // read it would raise SIGBUS; the same holds for every program that maps its fonts.
        let map = unsafe { memmap2::Mmap::map(&file) }?;
        Ok(Self(Arc::new(Inner::Mapped { map, file })))
    }

    /// The same bytes in a map of their own, of which nothing is in memory yet, and nothing stays when it is dropped: for work
    /// that goes all over a file once. Bytes that are not mapped are shared.
    ///
    /// # Errors
    /// As the system says.
    pub fn fresh(&self) -> io::Result<Self> {
        match &*self.0 {
            Inner::Mapped { file, .. } => Self::mapped(file.try_clone()?),
            Inner::Owned(_) | Inner::Static(_) => Ok(self.clone()),
        }
    }
}

impl Deref for FileData {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match &*self.0 {
            Inner::Mapped { map, .. } => map,
            Inner::Owned(bytes) => bytes,
            Inner::Static(bytes) => bytes,
        }
    }
}

/// A file that could not be replaced.
#[derive(Debug)]
pub struct ReplaceError {
    /// The file, or the folder that could not be made.
    pub path: PathBuf,
    /// True when writing beside it failed (no such folder, no room, no right), false when putting it in place did.
    pub while_writing: bool,
    /// What the file system says.
    pub cause: io::Error,
}

/// What the program asks of its surroundings.
pub trait World: Sync {
    /// The whole file.
    ///
    /// # Errors
    /// As the file system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The whole file, mapped and not read: pages that nobody looks at are never loaded.
    ///
    /// # Errors
    /// As the file system says.
    fn map(&self, path: &Path) -> io::Result<FileData>;

    /// True for a file that is there.
    fn is_file(&self, path: &Path) -> bool;

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

    /// The folder that relative paths start from.
    fn current_dir(&self) -> PathBuf;

    /// The file of the running program, where that can be told.
    fn program(&self) -> Option<PathBuf> {
        None
    }

    /// Replaces files as a set: every one of them whole, or none. Each is written beside its place, then all are renamed;
    /// where a rename fails, those that went before are taken back. Folders that lack are made.
    ///
    /// `stale` names files that the set makes obsolete; they are removed once all is in place.
    ///
    /// # Errors
    /// The first file that could not be replaced, and why; the old files stay as they were.
    fn replace_all(&self, files: &[(PathBuf, Vec<u8>)], stale: &[PathBuf]) -> Result<(), ReplaceError>;

    /// Every file that was asked for by [`World::read`] or [`World::map`], there or not, sorted.
    fn touched(&self) -> Vec<PathBuf>;
}

/// The real one.
#[derive(Debug, Default)]
pub struct SystemWorld {
    touched: Mutex<Vec<PathBuf>>,
}

impl SystemWorld {
    /// The machine's files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn note(&self, path: &Path) {
        if let Ok(mut touched) = self.touched.lock() {
            touched.push(path.to_owned());
        }
    }
}

impl World for SystemWorld {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.note(path);
        std::fs::read(path)
    }

    fn map(&self, path: &Path) -> io::Result<FileData> {
        self.note(path);
        FileData::mapped(std::fs::File::open(path)?)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn current_dir(&self) -> PathBuf {
        std::env::current_dir().unwrap_or_default()
    }

    fn program(&self) -> Option<PathBuf> {
        std::env::current_exe().ok()
    }

    fn replace_all(&self, files: &[(PathBuf, Vec<u8>)], stale: &[PathBuf]) -> Result<(), ReplaceError> {
        replace::replace_all(files, stale)
    }

    fn touched(&self) -> Vec<PathBuf> {
        let mut all = self.touched.lock().map(|t| t.clone()).unwrap_or_default();
        all.sort();
        all.dedup();
        all
    }
}
