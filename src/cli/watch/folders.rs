//! Which folders are watched, and which of their events matter.
//!
//! Folders, not files: an editor that saves by renaming puts a new file in the old one's place, and a watched file would
//! be gone; a file that is missing cannot be watched at all.

use notify_debouncer_full::notify::event::{AccessKind, AccessMode, ModifyKind};
use notify_debouncer_full::notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Result};
use notify_debouncer_full::{DebouncedEvent, Debouncer, RecommendedCache};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The watched folders of the files that matter.
pub(super) struct Folders {
    watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
    watched: BTreeSet<PathBuf>,
    files: BTreeSet<PathBuf>,
    count: usize,
    grew: bool,
}

impl Folders {
    /// None yet.
    pub(super) fn new(watcher: Debouncer<RecommendedWatcher, RecommendedCache>) -> Self {
        Self { watcher, watched: BTreeSet::new(), files: BTreeSet::new(), count: 0, grew: false }
    }

    /// Watches the folders of these files and no others. Where a folder lacks, the nearest one above it.
    pub(super) fn follow(&mut self, files: &[PathBuf], current_dir: &Path) -> Result<()> {
        self.count = files.len();
        self.files.clear();
        for file in files {
            let file = current_dir.join(file);
            // A link's target changes in its own folder.
            if let Ok(target) = file.canonicalize() {
                self.files.insert(target);
            }
            self.files.insert(file);
        }
        let wanted: BTreeSet<PathBuf> =
            self.files.iter().filter_map(|f| f.ancestors().skip(1).find(|a| a.is_dir())).map(Path::to_owned).collect();
        for gone in self.watched.difference(&wanted) {
            self.watcher.unwatch(gone)?;
        }
        self.watched.retain(|folder| wanted.contains(folder));
        self.grew = false;
        for new in wanted {
            if !self.watched.contains(&new) {
                self.watcher.watch(&new, RecursiveMode::NonRecursive)?;
                self.watched.insert(new);
                self.grew = true;
            }
        }
        Ok(())
    }

    /// How many files matter.
    pub(super) fn files(&self) -> usize {
        self.count
    }

    /// True when the last [`Folders::follow`] took in a folder.
    pub(super) fn grew(&self) -> bool {
        self.grew
    }

    /// True when one of the files was changed at or after this time.
    pub(super) fn changed_since(&self, time: SystemTime) -> bool {
        self.files.iter().any(|f| f.metadata().and_then(|m| m.modified()).is_ok_and(|m| m >= time))
    }

    /// True for events by which one of the files, or a folder above it, may have changed.
    pub(super) fn concern(&mut self, events: &[DebouncedEvent]) -> bool {
        let mut concerned = false;
        for event in events {
            concerned |= self.concerns(event);
        }
        concerned
    }

    fn concerns(&mut self, event: &Event) -> bool {
        // Our own reading raises events too.
        let written = match event.kind {
            EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
            _ => true,
        };
        if !written {
            return false;
        }
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            // The watch of a folder that went away went with it, even where a new folder of its name has come.
            for path in &event.paths {
                if self.watched.remove(path) {
                    drop(self.watcher.unwatch(path));
                }
            }
        }
        event.need_rescan() || event.paths.iter().any(|path| self.files.iter().any(|file| file.starts_with(path)))
    }
}
