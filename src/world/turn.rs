//! Builds into one folder take turns.
//!
//! The lock is on the folder itself: no file is needed for it, and it dies with the process that holds it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How often a waiting build looks.
const LOOK: Duration = Duration::from_millis(10);
/// How many looks until the wait is told: a second.
const PATIENCE: u32 = 100;

/// The right to write into a folder, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _folder: Option<File>,
    guarded: bool,
}

impl Turn {
    /// A turn that keeps nobody waiting: for worlds without other builds, and file systems without locks.
    #[must_use]
    pub const fn unguarded() -> Self {
        Self { _folder: None, guarded: false }
    }

    /// True when no other build writes into the folder meanwhile.
    #[must_use]
    pub const fn is_guarded(&self) -> bool {
        self.guarded
    }
}

/// Waits for the turn in a folder that is there. `waiting` is called once, after a second.
pub(super) fn take(folder: &Path, waiting: impl Fn()) -> io::Result<Turn> {
    loop {
        let Some(handle) = open(folder)? else { return Ok(Turn::unguarded()) };
        if !lock(&handle, &waiting) {
            return Ok(Turn::unguarded());
        }
        // The folder may have been removed, and made again, while this build waited.
        if is_still(&handle, folder)? {
            return Ok(Turn { _folder: Some(handle), guarded: true });
        }
    }
}

/// False where the file system has no locks.
fn lock(handle: &File, waiting: &impl Fn()) -> bool {
    for look in 0u32.. {
        match handle.try_lock() {
            Ok(()) => return true,
            Err(TryLockError::Error(_)) => return false,
            Err(TryLockError::WouldBlock) => {}
        }
        if look == PATIENCE {
            waiting();
        }
        thread::sleep(LOOK);
    }
    false
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<Option<File>> {
    File::open(folder).map(Some)
}

/// Folders cannot be locked here.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<Option<File>> {
    std::fs::metadata(folder).map(|_| None)
}

#[cfg(unix)]
fn is_still(handle: &File, folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (held, there) = (handle.metadata()?, std::fs::metadata(folder)?);
    Ok((held.dev(), held.ino()) == (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    use super::take;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    #[test]
    fn one_waits_for_the_other_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let (told, order) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let first = take(dir.path(), || panic!("nobody is before the first")).unwrap();
        assert!(first.is_guarded());
        thread::scope(|scope| {
            scope.spawn(|| {
                let second = take(dir.path(), || {
                    told.fetch_add(1, Ordering::SeqCst);
                })
                .unwrap();
                assert!(second.is_guarded());
                assert_eq!(order.load(Ordering::SeqCst), 1, "the first had not ended");
            });
            thread::sleep(Duration::from_millis(1500));
            order.store(1, Ordering::SeqCst);
            drop(first);
        });
        assert_eq!(told.load(Ordering::SeqCst), 1);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "no lock stays");
    }
}
