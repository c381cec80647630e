//! Outputs put in place as a set.

use super::ReplaceError;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Stands before the names of files in the making, so that one left by a power cut is known for what it is.
const PREFIX: &str = ".dinggao-";

/// A file in the making: written, and not yet in place.
struct Staged<'a> {
    target: &'a Path,
    written: NamedTempFile,
}

/// A file that was put in place or removed, with what stood there before.
struct Done<'a> {
    target: &'a Path,
    before: Option<TempPath>,
}

/// See [`super::World::replace_all`].
pub(super) fn replace_all(files: &[(PathBuf, Vec<u8>)], stale: &[PathBuf]) -> Result<(), ReplaceError> {
    let mut staged = Vec::with_capacity(files.len());
    for (target, bytes) in files {
        let written =
            stage(target, bytes).map_err(|cause| ReplaceError { path: target.clone(), while_writing: true, cause })?;
        staged.push(Staged { target, written });
    }
    let mut done: Vec<Done> = Vec::with_capacity(staged.len());
    for file in staged {
        let target = file.target;
        match put(file) {
            Ok(placed) => done.push(placed),
            Err(cause) => {
                take_back(done)?;
                return Err(ReplaceError { path: target.to_owned(), while_writing: false, cause });
            }
        }
    }
    for path in stale {
        match remove(path) {
            Ok(removed) => done.extend(removed),
            Err(cause) => {
                take_back(done)?;
                return Err(ReplaceError { path: path.clone(), while_writing: false, cause });
            }
        }
    }
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes the bytes beside the target, so that the rename stays within one file system.
fn stage(target: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let dir = folder(target);
    std::fs::create_dir_all(dir)?;
    let mut file = builder().tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    Ok(file)
}

#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    // tempfile makes files that only their owner may read; an output is as any other file, less the user's umask.
    builder.prefix(PREFIX).permissions(std::fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    builder
}

fn put(file: Staged<'_>) -> io::Result<Done<'_>> {
    let before = keep(file.target)?;
    file.written.persist(file.target).map_err(|e| e.error)?;
    Ok(Done { target: file.target, before })
}

/// None when nothing stands there.
fn remove(target: &Path) -> io::Result<Option<Done<'_>>> {
    let before = keep(target)?;
    if before.is_none() {
        return Ok(None);
    }
    std::fs::remove_file(target)?;
    Ok(Some(Done { target, before }))
}

/// Keeps what stands at a place under a second name: the place itself is never empty, and the rename over it is atomic.
fn keep(target: &Path) -> io::Result<Option<TempPath>> {
    match std::fs::symlink_metadata(target) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
        Ok(meta) if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => {}
    }
    let kept = builder().make_in(folder(target), |name| match std::fs::hard_link(target, name) {
        // A file system without hard links.
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => std::fs::copy(target, name).map(drop),
        linked => linked,
    })?;
    Ok(Some(kept.into_temp_path()))
}

fn take_back(done: Vec<Done<'_>>) -> Result<(), ReplaceError> {
    for file in done.into_iter().rev() {
        let undone = match file.before {
            Some(before) => before.persist(file.target).map_err(|e| e.error),
            None => std::fs::remove_file(file.target),
        };
        undone.map_err(|cause| ReplaceError { path: file.target.to_owned(), while_writing: false, cause })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::replace_all;
    use std::fs;
    use std::path::PathBuf;

    fn names(dir: &std::path::Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_set_is_replaced_and_stale_files_go() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join("new/folder").join(name);
        replace_all(&[(at("a"), b"1".to_vec()), (at("b"), b"2".to_vec())], &[]).unwrap();
        replace_all(&[(at("a"), b"3".to_vec())], &[at("b"), at("never-there")]).unwrap();
        assert_eq!(names(&dir.path().join("new/folder")), ["a"]);
        assert_eq!(fs::read(at("a")).unwrap(), b"3");
    }

    #[test]
    fn one_that_cannot_be_placed_leaves_all_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::create_dir(at("c")).unwrap();
        let set: [(PathBuf, Vec<u8>); 3] =
            [(at("a"), b"new".to_vec()), (at("b"), b"new".to_vec()), (at("c"), b"new".to_vec())];
        let error = replace_all(&set, &[at("a")]).unwrap_err();
        assert_eq!(error.path, at("c"));
        assert!(!error.while_writing);
        assert_eq!(names(dir.path()), ["a", "c"]);
        assert_eq!(fs::read(at("a")).unwrap(), b"old");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let target = dir.path().join("file/inside");
        let error = replace_all(&[(target.clone(), Vec::new())], &[]).unwrap_err();
        assert_eq!((error.path, error.while_writing), (target, true));
    }
}
