//! Programs that a person asks this one to run.

use std::io::{self, Read, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A program with its arguments. No shell reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramCall {
    /// The program, then its arguments.
    pub words: Vec<String>,
    /// The folder that it runs in.
    pub folder: PathBuf,
    /// What it reads from its standard input.
    pub input: Vec<u8>,
    /// How long it may take.
    pub time: Duration,
    /// The most bytes that it may write.
    pub most: u64,
}

/// What a program wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramResult {
    /// True when it ended well.
    pub success: bool,
    /// Its standard output.
    pub output: Vec<u8>,
    /// The beginning of what it said on standard error.
    pub said: String,
}

/// The most bytes of a program's words that are kept.
const MOST_WORDS: u64 = 4096;

/// Runs a program to its end.
///
/// # Errors
/// As the system says; [`io::ErrorKind::TimedOut`] and [`io::ErrorKind::FileTooLarge`] where it goes beyond its bounds: then it
/// is ended, with those that it started.
pub(super) fn run(call: &ProgramCall) -> io::Result<ProgramResult> {
    let (program, arguments) = call.words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !call.folder.as_os_str().is_empty() {
        command.current_dir(&call.folder);
    }
    // A group of its own: a shell that is ended takes with it what it started.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let (Some(mut input), Some(output), Some(words)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let given = call.input.clone();
    // A program that does not read its input closes it; that is no fault.
    thread::spawn(move || input.write_all(&given).unwrap_or(()));
    let (told, hear) = mpsc::channel();
    let most = call.most;
    let tell = told.clone();
    thread::spawn(move || tell.send(Heard::Output(limited(output, most))).unwrap_or(()));
    thread::spawn(move || told.send(Heard::Words(beginning(words))).unwrap_or(()));
    let mut result = ProgramResult::default();
    for _ in 0..2 {
        match hear.recv_timeout(call.time) {
            Ok(Heard::Words(words)) => result.said = words,
            Ok(Heard::Output(Ok(bytes))) => result.output = bytes,
            Ok(Heard::Output(Err(error))) => {
                end(&mut child);
                return Err(error);
            }
            Err(_) => {
                end(&mut child);
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
    result.success = child.wait()?.success();
    Ok(result)
}

/// What comes from the threads that read.
enum Heard {
    Output(io::Result<Vec<u8>>),
    Words(String),
}

fn limited(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The beginning of a program's words; the rest is read too, so that it is not kept waiting.
fn beginning(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    let read = from.by_ref().take(MOST_WORDS).read_to_end(&mut bytes);
    let rest = io::copy(&mut from, &mut io::sink());
    let cut = read.is_err() || rest.is_err();
    let words = String::from_utf8_lossy(&bytes).trim().to_owned();
    if cut { format!("{words}…") } else { words }
}

/// Ends a program, and on Unix all of its group.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        let killed = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        // Without such a program, the one that was started is ended all the same.
        drop(killed);
    }
    child.kill().unwrap_or(());
    drop(child.wait());
}
