//! Outputs put in place as a set.
//!
//! A file system changes one name at a time, so two files of one build would for a moment be beside each other as the new one and
//! the old one, and stay so where the program is killed in that moment. So the names become links first: each to the file that was
//! there, by way of one further link. That one is then turned from the old files to the new ones, which is one step of the file system
//! and changes all names at once. Last, files take the places of the links again.
//!
//! ```text
//! report.pdf  → .dinggao-x/now/report.pdf        now → old, then now → new
//! report.docx → .dinggao-x/now/report.docx
//! ```
//!
//! Killed at any point, every name shows the file of one and the same build; [`super::leftovers`] then tidies up.

use super::durable::Durable;
use super::leftovers::{NOW, PREFIX, second_name, set_over};
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use tempfile::{NamedTempFile, TempDir, TempPath};

/// Files that replace others together: all of them whole, or none.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutputSet<'a> {
    /// The files. Those in the folder of the first one change at one instant, at every moment all old or all new; a file elsewhere
    /// is replaced right before them. Folders that lack are made.
    pub files: &'a [(PathBuf, Vec<u8>)],
    /// Files in the folder of the first one that the set makes obsolete; they go at that instant.
    pub stale: &'a [PathBuf],
    /// Devices and pipes that are written into, before any file is replaced.
    pub streams: &'a [(PathBuf, Vec<u8>)],
    /// When they are safe from a loss of power.
    pub durable: Durable,
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

impl ReplaceError {
    fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self { path: path.to_owned(), while_writing: true, cause }
    }

    fn placing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self { path: path.to_owned(), while_writing: false, cause }
    }
}

/// Held while files are put in place.
static PLACING: Mutex<()> = Mutex::new(());

/// Waits until no file is being put in place, and keeps others from beginning.
#[must_use]
pub fn still() -> Option<MutexGuard<'static, ()>> {
    PLACING.lock().ok()
}

/// See [`super::World::replace_all`].
pub(super) fn replace_all(set: &OutputSet<'_>) -> Result<(), ReplaceError> {
    let Some((first, _)) = set.files.first() else { return write_streams(set.streams) };
    let home = folder(first);
    let (joint, apart): (Vec<_>, Vec<_>) = set.files.iter().partition(|(path, _)| folder(path) == home);
    // First, and not as a part of the rest: who reads from a pipe may keep the writer waiting for as long as he likes.
    write_streams(set.streams)?;
    let _placing = PLACING.lock();
    let stage = Stage::write(home, &joint, set.stale, set.durable)?;
    let write = |file| Apart::write(file, set.durable);
    let apart = apart.into_iter().map(write).collect::<Result<Vec<_>, _>>()?;
    stage.show()?;
    let placed = match place(apart) {
        Ok(placed) => placed,
        Err(error) => {
            stage.take_back()?;
            return Err(error);
        }
    };
    if let Err(error) = stage.switch() {
        take_back(placed)?;
        stage.take_back()?;
        return Err(error);
    }
    stage.settle()
}

fn write_streams(streams: &[(PathBuf, Vec<u8>)]) -> Result<(), ReplaceError> {
    for (path, bytes) in streams {
        // Where standard output is a file, what was printed before stays.
        let written = fs::OpenOptions::new().append(true).open(path).and_then(|mut stream| stream.write_all(bytes));
        written.map_err(ReplaceError::writing(path))?;
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn builder(mode: u32) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    // What tempfile makes only its owner may read; an output is as any other file, less the user's umask.
    builder.prefix(PREFIX).permissions(fs::Permissions::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn builder(_: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    builder
}

const FILE_MODE: u32 = 0o666;
const FOLDER_MODE: u32 = 0o777;

/// A name in the folder of the set.
struct Name {
    place: PathBuf,
    file: OsString,
    /// True where the set has a file for it, false where the one that is there goes.
    renewed: bool,
    /// The file that was there.
    before: Option<(u64, u64)>,
}

/// How the names change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Replacement {
    /// One file and no other: a rename is one step.
    Rename,
    /// All at once, by links.
    Links,
    /// One after the other: the file system has no links.
    InTurn,
}

/// The new files of one folder, the old ones under second names, and the way from these to those.
struct Stage {
    dir: TempDir,
    names: Vec<Name>,
    way: Replacement,
}

impl Stage {
    /// Writes the new files beside their places, and keeps the old ones under second names.
    fn write(
        home: &Path,
        files: &[&(PathBuf, Vec<u8>)],
        stale: &[PathBuf],
        durable: Durable,
    ) -> Result<Self, ReplaceError> {
        let first = files.first().map_or(home, |(path, _)| path.as_path());
        fs::create_dir_all(home).map_err(ReplaceError::writing(first))?;
        let dir = builder(FOLDER_MODE).tempdir_in(home).map_err(ReplaceError::writing(first))?;
        let way = if files.len() == 1 && stale.is_empty() { Replacement::Rename } else { Replacement::Links };
        let mut stage = Self { dir, names: Vec::new(), way };
        for state in ["old", "new"] {
            fs::create_dir(stage.dir.path().join(state)).map_err(ReplaceError::writing(first))?;
        }
        let renewed = files.iter().map(|(path, bytes)| (path, Some(bytes)));
        for (place, bytes) in renewed.chain(stale.iter().map(|path| (path, None))) {
            let name = place.file_name().unwrap_or_default().to_owned();
            if let Some(bytes) = bytes {
                write_whole(&stage.fresh(&name), bytes, durable).map_err(ReplaceError::writing(place))?;
            }
            stage.names.push(Name { place: place.clone(), file: name, renewed: bytes.is_some(), before: None });
        }
        for name in &mut stage.names {
            name.before = identity(&name.place);
        }
        for name in &stage.names {
            keep(&name.place, &stage.old(&name.file)).map_err(ReplaceError::placing(&name.place))?;
        }
        if way == Replacement::Links && link("old", &stage.dir.path().join(NOW)).is_err() {
            stage.way = Replacement::InTurn;
        }
        Ok(stage)
    }

    fn fresh(&self, name: &OsString) -> PathBuf {
        self.dir.path().join("new").join(name)
    }

    fn old(&self, name: &OsString) -> PathBuf {
        self.dir.path().join("old").join(name)
    }

    /// Makes every name a link, still to the file that was there.
    fn show(&self) -> Result<(), ReplaceError> {
        if self.way != Replacement::Links {
            return Ok(());
        }
        let stage = PathBuf::from(self.dir.path().file_name().unwrap_or_default());
        for name in &self.names {
            let made = self.dir.path().join("link");
            // Who saved over the old file meanwhile would lose what he wrote.
            let same = if identity(&name.place) == name.before { Ok(()) } else { Err(written_meanwhile()) };
            let shown = same
                .and_then(|()| link(stage.join(NOW).join(&name.file), &made))
                .and_then(|()| fs::rename(&made, &name.place));
            if let Err(cause) = shown {
                self.take_back()?;
                return Err(ReplaceError::placing(&name.place)(cause));
            }
        }
        Ok(())
    }

    /// The instant at which the new files are there.
    fn switch(&self) -> Result<(), ReplaceError> {
        match self.way {
            Replacement::Links => {
                let next = self.dir.path().join("next");
                let turned = link("new", &next).and_then(|()| fs::rename(&next, self.dir.path().join(NOW)));
                turned.map_err(ReplaceError::placing(self.dir.path()))
            }
            Replacement::Rename | Replacement::InTurn => {
                for name in &self.names {
                    let done = if name.renewed {
                        fs::rename(self.fresh(&name.file), &name.place)
                    } else {
                        gone(fs::remove_file(&name.place))
                    };
                    done.map_err(ReplaceError::placing(&name.place))?;
                }
                Ok(())
            }
        }
    }

    /// Puts the old files back into the places that were changed, from whatever point before the switch.
    fn take_back(&self) -> Result<(), ReplaceError> {
        let stage = self.dir.path().file_name().unwrap_or_default();
        for name in &self.names {
            let changed = match self.way {
                Replacement::Rename => false,
                Replacement::Links => fs::read_link(&name.place).is_ok_and(|to| to.starts_with(stage)),
                Replacement::InTurn if name.renewed => !self.fresh(&name.file).exists(),
                Replacement::InTurn => !name.place.exists(),
            };
            if !changed {
                continue;
            }
            let old = self.old(&name.file);
            let undone = if old.exists() { set_over(&old, &name.place) } else { gone(fs::remove_file(&name.place)) };
            undone.map_err(ReplaceError::placing(&name.place))?;
        }
        Ok(())
    }

    /// Files take the places of the links; the stage goes.
    fn settle(self) -> Result<(), ReplaceError> {
        if self.way == Replacement::Links {
            for name in &self.names {
                let settled = if name.renewed {
                    set_over(&self.fresh(&name.file), &name.place)
                } else {
                    fs::remove_file(&name.place)
                };
                if let Err(cause) = settled {
                    // The names lead into the stage: the next build finishes this.
                    drop(self.dir.keep());
                    return Err(ReplaceError::placing(&name.place)(cause));
                }
            }
        }
        // All is in place; what cannot be removed the next build removes.
        drop(self.dir.close());
        Ok(())
    }
}

/// A file in another folder than the set's: written, and not yet in place.
struct Apart<'a> {
    place: &'a Path,
    written: NamedTempFile,
}

/// A file that was put in place, with what was there before.
struct PlacedFile<'a> {
    place: &'a Path,
    before: Option<TempPath>,
}

impl<'a> Apart<'a> {
    fn write((place, bytes): &'a (PathBuf, Vec<u8>), durable: Durable) -> Result<Self, ReplaceError> {
        let write = || {
            fs::create_dir_all(folder(place))?;
            let mut written = builder(FILE_MODE).tempfile_in(folder(place))?;
            written.write_all(bytes)?;
            durable.settle(written.as_file()).map(|()| written)
        };
        Ok(Self { place, written: write().map_err(ReplaceError::writing(place))? })
    }

    fn put(self) -> io::Result<PlacedFile<'a>> {
        let before = if self.place.symlink_metadata().is_ok() {
            let kept = builder(FILE_MODE).make_in(folder(self.place), |name| keep(self.place, name).map(drop))?;
            Some(kept.into_temp_path())
        } else {
            None
        };
        self.written.persist(self.place).map_err(|e| e.error)?;
        Ok(PlacedFile { place: self.place, before })
    }
}

fn place(files: Vec<Apart<'_>>) -> Result<Vec<PlacedFile<'_>>, ReplaceError> {
    let mut placed = Vec::with_capacity(files.len());
    for file in files {
        let place = file.place;
        match file.put() {
            Ok(one) => placed.push(one),
            Err(cause) => {
                take_back(placed)?;
                return Err(ReplaceError::placing(place)(cause));
            }
        }
    }
    Ok(placed)
}

fn take_back(placed: Vec<PlacedFile<'_>>) -> Result<(), ReplaceError> {
    for file in placed.into_iter().rev() {
        let undone = match file.before {
            Some(before) => before.persist(file.place).map_err(|e| e.error),
            None => fs::remove_file(file.place),
        };
        undone.map_err(ReplaceError::placing(file.place))?;
    }
    Ok(())
}

fn write_whole(path: &Path, bytes: &[u8], durable: Durable) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    durable.settle(&file)
}

/// Keeps what is in a place under a second name; false when nothing is.
fn keep(place: &Path, name: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(place) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
        Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => second_name(place, name).map(|()| true),
    }
}

/// A file that is not there is as good as removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|e| if e.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(e) })
}

fn written_meanwhile() -> io::Error {
    io::Error::other("another program has just written it")
}

/// What tells the file in a place from another; None without one.
#[cfg(unix)]
fn identity(place: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    fs::symlink_metadata(place).ok().map(|m| (m.dev(), m.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
fn link(to: impl AsRef<Path>, name: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, name)
}

#[cfg(not(unix))]
fn link(_: impl AsRef<Path>, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::{OutputSet, Stage, replace_all};
    use crate::world::Durable;
    use crate::world::leftovers::put_right;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn replace(files: &[(PathBuf, Vec<u8>)], stale: &[PathBuf]) -> Result<(), super::ReplaceError> {
        replace_all(&OutputSet { files, stale, ..OutputSet::default() })
    }

    #[test]
    fn a_set_is_replaced_and_stale_files_go() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join("new/folder").join(name);
        replace(&[(at("a"), b"1".to_vec()), (at("b"), b"2".to_vec())], &[]).unwrap();
        replace(&[(at("a"), b"3".to_vec())], &[at("b")]).unwrap();
        assert_eq!(names(&dir.path().join("new/folder")), ["a"]);
        assert_eq!(fs::read(at("a")).unwrap(), b"3");
        assert!(at("a").symlink_metadata().unwrap().is_file(), "no link stays");
    }

    #[test]
    fn one_that_cannot_be_placed_leaves_all_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::create_dir_all(at("c")).unwrap();
        fs::create_dir_all(at("other/d")).unwrap();
        for bad in ["c", "other/d"] {
            let set: [(PathBuf, Vec<u8>); 3] =
                [(at("a"), b"new".to_vec()), (at("b"), b"new".to_vec()), (at(bad), b"new".to_vec())];
            let error = replace(&set, &[]).unwrap_err();
            assert_eq!(error.path, at(bad));
            assert!(!error.while_writing);
            assert_eq!(names(dir.path()), ["a", "c", "other"]);
            assert_eq!(names(&at("other")), ["d"]);
            assert_eq!(fs::read(at("a")).unwrap(), b"old");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let target = dir.path().join("file/inside");
        let error = replace(&[(target.clone(), Vec::new())], &[]).unwrap_err();
        assert_eq!((error.path, error.while_writing), (target, true));
    }

    /// The program ends at each point of the way; the next build puts right what it left.
    #[cfg(unix)]
    #[test]
    fn at_every_point_all_names_show_one_state() {
        for point in 0..4 {
            let dir = tempfile::tempdir().unwrap();
            let at = |name: &str| dir.path().join(name);
            let seen = || ["a", "b", "stale"].map(|name| fs::read_to_string(at(name)).unwrap_or_default());
            fs::write(at("a"), "old a").unwrap();
            fs::write(at("stale"), "old").unwrap();
            let (a, b) = ((at("a"), b"new a".to_vec()), (at("b"), b"new b".to_vec()));
            let (old, new) = (["old a", "", "old"], ["new a", "new b", ""]);
            let stage = Stage::write(dir.path(), &[&a, &b], &[at("stale")], Durable::AtOnce).unwrap();
            assert_eq!(seen(), old);
            if point >= 1 {
                stage.show().unwrap();
                assert_eq!(seen(), old);
            }
            if point >= 2 {
                stage.switch().unwrap();
                assert_eq!(seen(), new);
            }
            if point >= 3 {
                stage.settle().unwrap();
            } else {
                let left = stage.dir.keep();
                put_right(dir.path(), true);
                assert!(!left.exists());
            }
            assert_eq!(seen(), if point >= 2 { new } else { old }, "{point}");
            assert_eq!(names(dir.path()), if point >= 2 { vec!["a", "b"] } else { vec!["a", "stale"] });
            assert!(at("a").symlink_metadata().unwrap().is_file());
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_another_program_saves_meanwhile_is_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("a"), "old").unwrap();
        let (a, b) = ((at("a"), b"new".to_vec()), (at("b"), b"new".to_vec()));
        let stage = Stage::write(dir.path(), &[&b, &a], &[], Durable::AtOnce).unwrap();
        fs::write(at("saved"), "by an editor").unwrap();
        fs::rename(at("saved"), at("a")).unwrap();
        assert_eq!(stage.show().unwrap_err().path, at("a"));
        drop(stage);
        assert_eq!(names(dir.path()), ["a"]);
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "by an editor");
    }
}
