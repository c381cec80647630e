//! `dinggao pull`: runs the commands and reads the addresses that a report names, and keeps what comes as snapshots beside it.

use super::request::Foreign;
use crate::diagnostic::{Code, Diagnostic, Message, Sources, say};
use crate::source::{PullEntry, PullHeader, PullSource, SnapshotNote, note_path, pulls};
use crate::world::{OutputSet, ProgramCall, World};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is to be pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// The report.
    pub report: PathBuf,
    /// The entries, by name; none: all.
    pub only: Vec<String>,
    /// True to tell what would be pulled, and pull nothing.
    pub list: bool,
    /// What becomes of a file that was changed since it was pulled.
    pub foreign: Foreign,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct PullOutcome {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were put in place.
    pub pulled: Vec<PulledFile>,
}

/// A file that was put in place.
#[derive(Debug)]
pub struct PulledFile {
    /// The file.
    pub path: PathBuf,
    /// How many bytes it has.
    pub bytes: usize,
    /// True where it holds what it held before.
    pub same: bool,
}

/// Pulls. `told`: called with each entry before it is run. An entry that fails leaves its file as it was; the others go on.
pub fn pull(world: &dyn World, request: &PullRequest, told: &dyn Fn(&PullEntry)) -> PullOutcome {
    let list = pulls(world, &request.report, &request.only);
    let mut outcome = PullOutcome { sources: list.sources, diagnostics: list.diagnostics, pulled: Vec::new() };
    // Nothing is run for a report that is not sound in what it wants pulled.
    if outcome.diagnostics.iter().any(Diagnostic::is_error) {
        return outcome;
    }
    let folder = request.report.parent().unwrap_or(Path::new(""));
    for entry in &list.entries {
        told(entry);
        if request.list {
            continue;
        }
        match one(world, request, entry, folder) {
            Ok(file) => outcome.pulled.push(file),
            Err(diagnostic) => outcome.diagnostics.push(*diagnostic),
        }
    }
    outcome
}

fn one(
    world: &dyn World,
    request: &PullRequest,
    entry: &PullEntry,
    folder: &Path,
) -> Result<PulledFile, Box<Diagnostic>> {
    let path = folder.join(&entry.to);
    let before = world.existing(&path).ok();
    let note = world.existing(&note_path(&path)).ok().and_then(|bytes| SnapshotNote::read(&bytes));
    let own = before.as_ref().is_none_or(|bytes| note.as_ref().is_some_and(|note| note.is_of(bytes)));
    if !own && request.foreign != Foreign::Replace {
        let place = entry.to.display();
        return Err(Box::new(Diagnostic::error(
            Code::PULL_CHANGED,
            entry.span,
            say!(
                "{place} 不是拉取来的，或者拉取以后被修改过，没有覆盖",
                "{place} was not pulled, or was changed since; it was not overwritten"
            ),
            say!("移走它，或者加 --overwrite", "move it away, or give --overwrite"),
        )));
    }
    let bytes = fetched(world, entry, folder)?;
    let same = before.as_ref() == Some(&bytes);
    let note = SnapshotNote::of(entry, &bytes, world.now()).write();
    let size = bytes.len();
    let files = [(path.clone(), bytes), (note_path(&path), note)];
    world.replace_all(&OutputSet { files: &files, ..OutputSet::default() }).map_err(|error| {
        let (place, Message { zh, en }) = (error.path.display().to_string(), Message::of_io(&error.cause));
        failed(entry, say!("不能写 {place}：{zh}", "{place} cannot be written: {en}"))
    })?;
    Ok(PulledFile { path, bytes: size, same })
}

/// What an entry gives.
fn fetched(world: &dyn World, entry: &PullEntry, folder: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let most = entry.megabytes << 20;
    let (words, input) = match &entry.source {
        PullSource::Command(words) => (words.clone(), Vec::new()),
        PullSource::Url { url, headers } => (curl(entry, url, headers), secrets(world, entry, headers)?),
    };
    let program = words.first().cloned().unwrap_or_default();
    let time = Duration::from_secs(entry.seconds);
    let call = ProgramCall { words, folder: folder.to_owned(), input, time, most };
    let result = world.run(&call).map_err(|error| {
        let (seconds, megabytes) = (entry.seconds, entry.megabytes);
        failed(
            entry,
            match error.kind() {
                io::ErrorKind::TimedOut => say!("超过 {seconds} 秒没有结果", "nothing came for {seconds} seconds"),
                io::ErrorKind::FileTooLarge => say!("超过 {megabytes} MB", "it has more than {megabytes} MB"),
                io::ErrorKind::NotFound => say!("没有程序 {program}", "there is no program {program}"),
                _ => {
                    let Message { zh, en } = Message::of_io(&error);
                    say!("{program} 不能运行：{zh}", "{program} cannot be run: {en}")
                }
            },
        )
    })?;
    let said = result.said.lines().next().unwrap_or_default().to_owned();
    if !result.success {
        let why = if said.is_empty() {
            say!("{program} 失败，没有说原因", "{program} failed without a reason")
        } else {
            say!("{program} 失败：{said}", "{program} failed: {said}")
        };
        return Err(failed(entry, why));
    }
    let text = result.output.trim_ascii_start();
    if text.is_empty() {
        return Err(failed(entry, say!("{program} 没有输出", "{program} gave nothing")));
    }
    // A page to sign in, or of an error, in place of the data.
    if text.starts_with(b"<") || text.starts_with(b"\xef\xbb\xbf<") {
        return Err(failed(entry, say!("得到的是网页，不是数据", "what came is a page of the web, not data")));
    }
    Ok(result.output)
}

/// curl with its arguments. Secrets go by its standard input: arguments are seen by everybody on the machine.
fn curl(entry: &PullEntry, url: &str, headers: &[PullHeader]) -> Vec<String> {
    let mut words: Vec<String> = ["curl", "--disable", "--fail", "--silent", "--show-error", "--config", "-"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let secret = headers.iter().any(|header| header.variable.is_some());
    // A secret is for the place that the report names and for no other.
    if !secret {
        words.extend(["--location", "--max-redirs", "5"].map(str::to_owned));
    }
    words.extend(["--proto", "=https,http", "--proto-redir", "=https"].map(str::to_owned));
    words.extend(["--max-time".to_owned(), entry.seconds.to_string()]);
    words.extend(["--max-filesize".to_owned(), (entry.megabytes << 20).to_string()]);
    words.extend(["--".to_owned(), url.to_owned()]);
    words
}

/// The headers as curl reads them from a file.
fn secrets(world: &dyn World, entry: &PullEntry, headers: &[PullHeader]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut text = String::new();
    for PullHeader { name, text: before, variable } in headers {
        let value = match variable {
            None => String::new(),
            Some(variable) => world.var(variable).filter(|value| !value.is_empty()).ok_or_else(|| {
                failed(entry, say!("没有环境变量 {variable}", "the environment variable {variable} is not set"))
            })?,
        };
        if value.chars().any(char::is_control) {
            let variable = variable.clone().unwrap_or_default();
            let message = say!("环境变量 {variable} 里有换行", "the environment variable {variable} holds a line end");
            return Err(failed(entry, message));
        }
        let header = format!("{name}: {before}{value}").replace('\\', "\\\\").replace('"', "\\\"");
        text = format!("{text}header = \"{header}\"\n");
    }
    Ok(text.into_bytes())
}

fn failed(entry: &PullEntry, cause: Message) -> Box<Diagnostic> {
    let (name, file, Message { zh, en }) = (&entry.name, entry.to.display(), cause);
    Box::new(Diagnostic::error(
        Code::PULL_FAILED,
        entry.span,
        say!("“{name}”没有拉取成：{zh}", "\"{name}\" was not pulled: {en}"),
        say!(
            "{file} 保持原样；改正后再运行 dinggao pull",
            "{file} stays as it was; put it right and run dinggao pull again"
        ),
    ))
}
