//! What a build that was killed left in the folder of its outputs: put right by the next one.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Stands before the names of everything that is in the making.
pub(super) const PREFIX: &str = ".dinggao-";
/// In a stage: the link to the state that counts.
pub(super) const NOW: &str = "now";

/// A build that cannot keep others waiting may be at work still; one of this age has been killed.
const DEAD: Duration = Duration::from_hours(1);

/// Finishes what was switched already, takes back what was not, and removes the rest. What cannot be removed stays: it is not what
/// this build is about, and what it must replace it will name itself.
///
/// `guarded`: no other build is at work in the folder. Otherwise only what is old is touched.
pub(super) fn put_right(folder: &Path, guarded: bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut stages = BTreeMap::new();
    let mut links = Vec::new();
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            let old = || entry.metadata().and_then(|m| m.modified()).is_ok_and(|m| m.elapsed().is_ok_and(|a| a > DEAD));
            if guarded || old() {
                stages.insert(name, kind.is_dir());
            }
        } else if kind.is_symlink() {
            links.extend(fs::read_link(entry.path()).ok().and_then(|to| Some((stage_of(&to)?, entry.path()))));
        }
    }
    for (stage, link) in links {
        // A link into a stage that is gone leads nowhere and goes; one into a stage that lives is left alone.
        let dead = stages.contains_key(&stage) || !folder.join(&stage).is_dir();
        if dead && settle(folder, &link).is_err() {
            stages.remove(&stage);
        }
    }
    for (name, is_dir) in stages {
        let path = folder.join(name);
        // What stays is tried again by the next build.
        drop(if is_dir { fs::remove_dir_all(path) } else { fs::remove_file(path) });
    }
}

/// The stage that a link leads into; None for any other link.
pub(super) fn stage_of(target: &Path) -> Option<OsString> {
    let mut parts = target.components();
    let stage = parts.next()?.as_os_str().to_owned();
    let ours = stage.as_encoded_bytes().starts_with(PREFIX.as_bytes()) && parts.next()?.as_os_str() == NOW;
    ours.then_some(stage)
}

/// Puts the file that a link into a stage leads to in the link's place; removes a link that leads nowhere.
fn settle(folder: &Path, link: &Path) -> io::Result<()> {
    let target = folder.join(fs::read_link(link)?);
    match target.canonicalize() {
        Ok(file) => set_over(&file, link),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::remove_file(link),
        Err(error) => Err(error),
    }
}

/// Gives a file a second name in the place of what is there, in one step. The first name stays: who is on the way to the file by
/// it arrives.
pub(super) fn set_over(file: &Path, place: &Path) -> io::Result<()> {
    let beside = beside(file);
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    second_name(file, &beside)?;
    fs::rename(&beside, place)
}

/// A second name of a file; a copy where the file system has no hard links.
pub(super) fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    fs::hard_link(file, name).or_else(|_| fs::copy(file, name).map(drop))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("~");
    PathBuf::from(name)
}
