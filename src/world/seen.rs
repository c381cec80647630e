//! What a run saw of its files, so that it can be told later whether a new run would see the same.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, file, and the time of the last change of either its content or its properties.
    inner: Option<(u64, u64, i64, i64)>,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Self {
        Self { length: meta.len(), modified: meta.modified().ok(), inner: inner(meta) }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
fn inner(meta: &Metadata) -> Option<(u64, u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((meta.dev(), meta.ino(), meta.ctime(), meta.ctime_nsec()))
}

#[cfg(not(unix))]
fn inner(_: &Metadata) -> Option<(u64, u64, i64, i64)> {
    None
}

/// What was asked of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// What is in the file?
    Content,
    /// Is there a file?
    IsFile,
    /// Is there a folder?
    IsFolder,
    /// Which files are in the folder?
    Names,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Content(Option<Stamp>),
    Is(bool),
    Names(Vec<OsString>),
}

/// All questions of a run with their answers.
#[derive(Debug, Default)]
pub(super) struct Seen {
    answers: BTreeMap<(PathBuf, Question), Answer>,
    /// A file was written at the very time at which it was read: a further change at that time would leave no trace.
    uncertain: bool,
    /// What was found in the places of outputs.
    glimpsed: BTreeMap<PathBuf, Answer>,
}

/// File systems tell times to within a tick of the system, some to two seconds.
const TICK: Duration = Duration::from_millis(40);

impl Seen {
    /// Takes in a question; the first answer to it counts. Asked before the file is read, so that a change in between shows.
    pub(super) fn note(&mut self, path: &Path, question: Question) {
        let key = (path.to_owned(), question);
        if self.answers.contains_key(&key) {
            return;
        }
        let answer = answer(path, question);
        if let Answer::Content(Some(Stamp { modified: Some(time), .. })) = &answer {
            let now = SystemTime::now();
            let age = now.duration_since(*time).unwrap_or_else(|ahead| ahead.duration());
            self.uncertain |= age < TICK;
        }
        self.answers.insert(key, answer);
    }

    /// Takes in what was found at a place of an output, to be followed perhaps.
    pub(super) fn glimpse(&mut self, path: &Path) {
        self.glimpsed.insert(path.to_owned(), answer(path, Question::Content));
    }

    /// Follows a place from what was found at it, not from what is there by now.
    pub(super) fn follow(&mut self, path: &Path) {
        let found = self.glimpsed.get(path).cloned().unwrap_or_else(|| answer(path, Question::Content));
        self.answers.insert((path.to_owned(), Question::Content), found);
    }

    /// The files that were asked for, there or not.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let read = self.answers.keys().filter(|(_, question)| *question == Question::Content);
        read.map(|(path, _)| path.clone()).collect()
    }

    /// True where any answer is another one now.
    pub(super) fn is_stale(&self) -> bool {
        self.answers.iter().any(|((path, question), then)| answer(path, *question) != *then)
    }

    /// True where a change may have left no trace.
    pub(super) fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// All answers of now.
    pub(super) fn again(&self) -> Self {
        let mut again = Self::default();
        self.answers.keys().for_each(|(path, question)| again.note(path, *question));
        again
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.answers == other.answers
    }
}

fn answer(path: &Path, question: Question) -> Answer {
    match question {
        Question::Content => Answer::Content(fs::metadata(path).ok().filter(|m| !m.is_dir()).map(|m| Stamp::of(&m))),
        Question::IsFile => Answer::Is(path.is_file()),
        Question::IsFolder => Answer::Is(path.is_dir()),
        Question::Names => Answer::Names(names(path)),
    }
}

fn names(dir: &Path) -> Vec<OsString> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<OsString> = entries.flatten().map(|e| e.file_name()).filter(|n| !is_making(n)).collect();
    names.sort();
    names
}

/// What an output is while it is in the making is no input.
fn is_making(name: &OsString) -> bool {
    name.as_encoded_bytes().starts_with(super::leftovers::PREFIX.as_bytes())
}
