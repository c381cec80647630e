//! `dinggao watch`: builds, then builds again whenever what the report was read from changes.
//!
//! It looks again and again at every file, folder and place that the last build asked for, there or not. That is a few dozen questions
//! to the file system, sees every change whatever way it comes about (saved over, renamed, removed and back, a link turned, a folder
//! above moved, a network drive), and holds nothing open.

use super::args::{Format, WatchArgs};
use super::build::{made, world};
use super::terminal::{Terminal, print, remark};
use super::{Exit, usage};
use crate::diagnostic::{Message, counted, render_json, say};
use crate::pipeline::{self, Destination, Foreign, KeptWork, Outcome, Request};
use crate::world::{Durable, Glance, SystemWorld, World as _};
use serde_json::{Value, json};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How often it looks.
const LOOK: Duration = Duration::from_millis(80);
/// How long all files must be at rest before a build: editors save in several steps (write beside, rename, touch).
const REST: Duration = Duration::from_millis(160);
/// Builds all the same when changes never cease.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn run(args: &WatchArgs, terminal: Terminal) -> io::Result<Exit> {
    if let Some(fault) = args.build.fault() {
        return Ok(usage::refuse(&fault, terminal));
    }
    let (request, destination) = args.build.request();
    if request.report.as_os_str() == "-" {
        return Ok(usage::refuse(&say!("不能监视标准输入", "standard input cannot be watched"), terminal));
    }
    // A changed Word file waits for its editor; the PDF does not.
    let foreign = if destination.foreign == Foreign::Refuse { Foreign::Wait } else { destination.foreign };
    // Nobody waits for the disk: after a loss of power the report is built again.
    let destination = Destination { foreign, durable: Durable::WhenSynced, ..destination };
    let (stop, stopped) = mpsc::channel::<()>();
    // A send fails only when the loop has ended already, and then there is nothing left to stop.
    if let Err(error) = ctrlc::set_handler(move || stop.send(()).unwrap_or(())) {
        remark(say!("不能监视文件：{error}", "files cannot be watched: {error}").get(terminal.language));
        return Ok(Exit::Errors);
    }
    let watcher = Watcher { request, destination, stopped, teller: EventTeller { format: args.format, terminal } };
    watcher.run()
}

/// What is watched, and how its events are told.
struct Watcher {
    request: Request,
    destination: Destination,
    stopped: Receiver<()>,
    teller: EventTeller,
}

/// What came of waiting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waited {
    /// Something has changed.
    Change,
    /// It is to end.
    Stop,
}

impl Watcher {
    fn run(&self) -> io::Result<Exit> {
        let terminal = self.teller.terminal;
        let mut greeted = false;
        loop {
            // What is kept from build to build is asked of a world of its own, and dropped when that would answer otherwise.
            let shelf = world(terminal);
            let kept = KeptWork::new(&shelf);
            while !shelf.is_stale() {
                let world = world(terminal);
                let clock = Instant::now();
                let outcome = self.build(&world, &kept);
                self.teller.built(&outcome, clock.elapsed())?;
                if let Err(error) = world.sync(&outcome.outputs) {
                    self.teller.unsynced(&error);
                }
                if let Some(path) = &outcome.waiting {
                    // It may be moved away, or merged and removed: then it is written.
                    world.follow(path);
                }
                if !greeted {
                    self.teller.watching(world.touched().len() + shelf.touched().len())?;
                    greeted = true;
                }
                if self.wait(&world, &shelf) == Waited::Stop {
                    self.teller.stopped()?;
                    return Ok(Exit::Done);
                }
                // A face that was saved while it was read is read again.
                if shelf.is_uncertain() {
                    break;
                }
            }
        }
    }

    /// Builds, and gives that up when what it has read changes meanwhile.
    fn build(&self, world: &SystemWorld, kept: &KeptWork<'_>) -> Outcome {
        let (done, built) = mpsc::channel();
        let (request, destination) = (&self.request, &self.destination);
        thread::scope(|scope| {
            let build = scope.spawn(move || {
                let outcome = pipeline::build_kept(world, Some(kept), request, destination);
                // Nobody hears it only where this thread's parent has panicked.
                done.send(()).unwrap_or(());
                outcome
            });
            while built.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if world.is_stale() {
                    world.supersede();
                }
            }
            build.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn pause(&self, time: Duration) -> Waited {
        if self.stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout) { Waited::Change } else { Waited::Stop }
    }

    /// Waits until something has changed and come to rest.
    fn wait(&self, world: &SystemWorld, shelf: &SystemWorld) -> Waited {
        if world.is_uncertain() || shelf.is_uncertain() {
            // A file was saved while it was read. Once its time is past, a build sees all of it.
            return self.pause(REST);
        }
        while !(world.is_stale() || shelf.is_stale()) {
            if self.pause(LOOK) == Waited::Stop {
                return Waited::Stop;
            }
        }
        let glances = || -> (Glance, Glance) { (world.glance(), shelf.glance()) };
        let begin = Instant::now();
        let (mut glance, mut since) = (glances(), Instant::now());
        while since.elapsed() < REST && begin.elapsed() < PATIENCE {
            if self.pause(LOOK) == Waited::Stop {
                return Waited::Stop;
            }
            let next = glances();
            if next != glance {
                (glance, since) = (next, Instant::now());
            }
        }
        Waited::Change
    }
}

/// Tells what happens: a line each for people, or a line of JSON for programs.
struct EventTeller {
    format: Format,
    terminal: Terminal,
}

impl EventTeller {
    fn built(&self, outcome: &Outcome, took: Duration) -> io::Result<()> {
        let terminal = self.terminal;
        if self.format == Format::Json {
            let milliseconds = took.as_secs_f64() * 1000.0;
            if outcome.superseded {
                return line(&json!({"event": "superseded", "milliseconds": milliseconds}));
            }
            let told = render_json(&outcome.diagnostics, &outcome.sources, terminal.language);
            let told: Value = serde_json::from_str(&told).unwrap_or_default();
            let outputs: Vec<String> = outcome.outputs.iter().map(|path| path.display().to_string()).collect();
            return line(&json!({
                "event": "built",
                "failed": outcome.failed(),
                "outputs": outputs,
                "pages": outcome.pages,
                "waiting": outcome.waiting.as_ref().map(|path| path.display().to_string()),
                "milliseconds": milliseconds,
                "diagnostics": told["diagnostics"],
            }));
        }
        terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
        // The build of what came next is told instead.
        if outcome.superseded { Ok(()) } else { terminal.say(&built(outcome, took)) }
    }

    fn unsynced(&self, error: &io::Error) {
        let Message { zh, en } = Message::of_io(error);
        let message = say!("输出没有存到磁盘上：{zh}", "the outputs did not reach the disk: {en}");
        remark(message.get(self.terminal.language));
    }

    fn watching(&self, files: usize) -> io::Result<()> {
        if self.format == Format::Json {
            return line(&json!({"event": "watching", "files": files}));
        }
        self.terminal.say(&say!("正在监视 {files} 个文件，按 Ctrl-C 结束", "watching {files} files, Ctrl-C ends"))
    }

    fn stopped(&self) -> io::Result<()> {
        if self.format == Format::Json {
            return line(&json!({"event": "stopped"}));
        }
        self.terminal.say(&say!("已停止", "stopped"))
    }
}

fn line(event: &Value) -> io::Result<()> {
    print(&format!("{event}\n"))
}

fn built(outcome: &Outcome, took: Duration) -> Message {
    let ms = took.as_millis();
    if outcome.failed() {
        let errors = outcome.diagnostics.iter().filter(|d| d.is_error()).count();
        let wrong = counted(errors, "error");
        return say!("有 {errors} 个错误，保留上次的输出（{ms} 毫秒）", "{wrong}, the last outputs stay ({ms} ms)");
    }
    let made = made(outcome);
    let (zh, en) = (made.zh, made.en);
    let Some(waiting) = &outcome.waiting else { return say!("{zh}（{ms} 毫秒）", "{en} ({ms} ms)") };
    let place = waiting.display();
    say!(
        "{zh}（{ms} 毫秒）；{place} 生成以后被修改过，等待合并或者移走",
        "{en} ({ms} ms); {place} has been changed since it was written, and waits to be merged or moved away"
    )
}
