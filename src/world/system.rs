//! The machine's own files.

use super::durable;
use super::file::Pieces;
use super::leftovers;
use super::replace::{self, OutputSet, ReplaceError};
use super::run::{self, ProgramCall, ProgramResult};
use super::seen::{Question, Seen};
use super::surroundings::{Place, World};
use super::turn::{self, Turn};
use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

/// No report, data file or picture that is meant is larger, in bytes.
pub const LARGEST_FILE: u64 = 64 << 20;
/// No output is.
const LARGEST_OUTPUT: u64 = 1 << 30;

/// The names of standard input among files.
const STANDARD_INPUT: [&str; 3] = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

/// Told the folder that another build is writing into.
type Waiting = Box<dyn Fn(&Path) + Send + Sync>;

/// The real one.
#[derive(Default)]
pub struct SystemWorld {
    seen: Mutex<Seen>,
    standard_input: OnceLock<Result<Vec<u8>, io::ErrorKind>>,
    waiting: Option<Waiting>,
    /// The folders in which this run has put right what killed builds left.
    tidied: Mutex<BTreeSet<PathBuf>>,
    superseded: AtomicBool,
}

impl fmt::Debug for SystemWorld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemWorld").field("seen", &self.seen).finish_non_exhaustive()
    }
}

impl SystemWorld {
    /// The machine's files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls `waiting` when another build has kept this one from a folder for a second.
    #[must_use]
    pub fn telling(self, waiting: impl Fn(&Path) + Send + Sync + 'static) -> Self {
        Self { waiting: Some(Box::new(waiting)), ..self }
    }

    /// True where a new run would find something else than this one found: a file changed, gone or come, another font in a folder,
    /// a template nearer to the report.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.seen.lock().is_ok_and(|seen| seen.is_stale())
    }

    /// True where a file was written at the very time at which it was read, so that a further change may have left no trace.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.seen.lock().is_ok_and(|seen| seen.is_uncertain())
    }

    /// Tells the run that it need not be finished.
    pub fn supersede(&self) {
        self.superseded.store(true, Ordering::Relaxed);
    }

    /// What this run asked for, as it is now.
    #[must_use]
    pub fn glance(&self) -> Glance {
        Glance(self.seen.lock().map(|seen| seen.again()).unwrap_or_default())
    }

    /// Takes in the place of an output, as this run found it.
    pub fn follow(&self, path: &Path) {
        if let Ok(mut seen) = self.seen.lock() {
            seen.follow(path);
        }
    }

    fn note(&self, path: &Path, question: Question) {
        if let Ok(mut seen) = self.seen.lock() {
            seen.note(path, question);
        }
    }
}

/// The state of everything that a run asked for, at one time.
#[derive(Debug, PartialEq)]
pub struct Glance(Seen);

/// Opens a regular file. Devices and pipes are not opened: that alone can wait for ever.
fn regular(path: &Path) -> io::Result<File> {
    let check = |meta: fs::Metadata| {
        if meta.is_dir() {
            Err(io::ErrorKind::IsADirectory.into())
        } else if meta.is_file() {
            Ok(())
        } else {
            Err(io::Error::from(io::ErrorKind::InvalidInput))
        }
    };
    check(fs::metadata(path)?)?;
    let file = File::open(path)?;
    check(file.metadata()?)?;
    Ok(file)
}

/// All of it, up to a limit.
fn whole(file: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

impl World for SystemWorld {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.note(path, Question::Content);
        match regular(path) {
            Err(error)
                if error.kind() == io::ErrorKind::InvalidInput
                    && STANDARD_INPUT.iter().any(|name| path == Path::new(name)) =>
            {
                self.standard_input()
            }
            file => whole_of(file?, LARGEST_FILE),
        }
    }

    fn standard_input(&self) -> io::Result<Vec<u8>> {
        let read = || whole(io::stdin().lock(), LARGEST_FILE).map_err(|error| error.kind());
        self.standard_input.get_or_init(read).clone().map_err(Into::into)
    }

    fn open(&self, path: &Path) -> io::Result<Pieces> {
        self.note(path, Question::Content);
        Pieces::of(regular(path)?)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.note(path, Question::IsFile);
        path.is_file()
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.note(path, Question::IsFolder);
        path.is_dir()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.note(dir, Question::Names);
        files(dir)
    }

    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn now(&self) -> Option<i64> {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    }

    fn current_dir(&self) -> PathBuf {
        std::env::current_dir().unwrap_or_default()
    }

    fn program(&self) -> Option<PathBuf> {
        std::env::current_exe().ok()
    }

    fn is_superseded(&self) -> bool {
        self.superseded.load(Ordering::Relaxed)
    }

    fn touched(&self) -> Vec<PathBuf> {
        self.seen.lock().map(|seen| seen.files()).unwrap_or_default()
    }

    fn turn(&self, folder: &Path) -> io::Result<Turn> {
        let waiting = || self.waiting.iter().for_each(|tell| tell(folder));
        let turn = turn::take(folder, waiting)?;
        // Once a run: a folder of thousands of reports is long to look through.
        if self.tidied.lock().is_ok_and(|mut tidied| tidied.insert(folder.to_owned())) {
            leftovers::put_right(folder, turn.is_guarded());
        }
        Ok(turn)
    }

    fn make_dir(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn place(&self, path: &Path) -> Place {
        if let Ok(mut seen) = self.seen.lock() {
            seen.glimpse(path);
        }
        let Ok(meta) = fs::metadata(path) else {
            return if path.is_symlink() { Place::BrokenLink } else { Place::Nothing };
        };
        if meta.is_dir() {
            Place::Folder
        } else if meta.is_file() {
            let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            // A name of an open file that is not its own (`/proc/self/fd/1`) can be written to and not be replaced.
            if is_descriptor(path) {
                Place::Stream
            } else {
                Place::File { real, identity: identity(&meta), linked: path.is_symlink() }
            }
        } else {
            Place::Stream
        }
    }

    fn existing(&self, path: &Path) -> io::Result<Vec<u8>> {
        whole_of(regular(path)?, LARGEST_OUTPUT)
    }

    fn siblings(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        files(dir)
    }

    fn replace_all(&self, set: &OutputSet<'_>) -> Result<(), ReplaceError> {
        replace::replace_all(set)
    }

    fn sync(&self, files: &[PathBuf]) -> io::Result<()> {
        durable::sync(files)
    }

    fn run(&self, call: &ProgramCall) -> io::Result<ProgramResult> {
        run::run(call)
    }
}

/// All of a file; its length is known, so that memory is asked for once.
fn whole_of(file: File, limit: u64) -> io::Result<Vec<u8>> {
    if file.metadata()?.len() > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    whole(file, limit)
}

/// True for a name of an open file of the process, by way of links too.
fn is_descriptor(path: &Path) -> bool {
    let mut path = path.to_owned();
    // As many links as the system itself follows.
    for _ in 0..40 {
        let text = path.to_string_lossy().into_owned();
        if text.starts_with("/dev/fd/") || (text.starts_with("/proc/") && text.contains("/fd/")) {
            return true;
        }
        let Ok(to) = fs::read_link(&path) else { return false };
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    false
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
fn identity(meta: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<(u64, u64)> {
    None
}
