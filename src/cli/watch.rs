//! `dinggao watch`: builds, then builds again whenever a file that the report read changes.

mod folders;

use super::args::BuildArgs;
use super::build::{dpi_needs_pictures, made};
use super::terminal::{Terminal, remark};
use super::{Exit, usage};
use crate::diagnostic::{Message, say};
use crate::pipeline::{self, Outcome};
use crate::world::{SystemWorld, World as _};
use folders::Folders;
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

/// How long the files must be at rest before a build: editors save in several steps (write beside, rename, touch).
const REST: Duration = Duration::from_millis(150);

/// How long nothing more must be reported before a build: what is saved at once may be reported in two parts.
const LULL: Duration = Duration::from_millis(80);
/// Builds all the same when changes never cease.
const PATIENCE: Duration = Duration::from_secs(2);

/// What wakes the loop.
enum Wake {
    Files(DebounceEventResult),
    Stop,
}

pub(super) fn run(args: &BuildArgs, terminal: Terminal) -> io::Result<Exit> {
    if args.dpi_without_pictures() {
        return usage::refuse(&dpi_needs_pictures(), terminal);
    }
    let (send, wakes) = mpsc::channel();
    let stop = send.clone();
    // A send fails only when the loop has ended already, and then there is nothing left to wake.
    let stopped = ctrlc::set_handler(move || drop(stop.send(Wake::Stop)));
    let watcher = new_debouncer(REST, None, move |events| drop(send.send(Wake::Files(events))));
    let mut folders = match (stopped, watcher) {
        (Ok(()), Ok(watcher)) => Folders::new(watcher),
        (Err(error), _) => return cannot_watch(terminal, &error.to_string()),
        (_, Err(error)) => return cannot_watch(terminal, &error.to_string()),
    };
    let (request, destination) = args.request();
    let mut greeted = false;
    loop {
        let began = SystemTime::now();
        let clock = Instant::now();
        let world = SystemWorld::new();
        let outcome = pipeline::build(&world, &request, &destination);
        terminal.diagnostics(&outcome.diagnostics, &outcome.sources)?;
        terminal.say(&built(&outcome, clock.elapsed()))?;
        if let Err(error) = folders.follow(&world.touched(), &world.current_dir()) {
            return cannot_watch(terminal, &error.to_string());
        }
        // A file saved after it was read and before its folder was watched raised no event.
        if folders.grew() && folders.changed_since(began) {
            continue;
        }
        if !greeted {
            let count = folders.files();
            terminal.say(&say!("正在监视 {count} 个文件，按 Ctrl-C 结束", "watching {count} files, Ctrl-C ends"))?;
            greeted = true;
        }
        if !wait(&wakes, &mut folders) {
            terminal.say(&say!("已停止", "stopped"))?;
            return Ok(Exit::Done);
        }
    }
}

/// Waits until files that matter have changed and come to rest. False: to stop.
fn wait(wakes: &mpsc::Receiver<Wake>, folders: &mut Folders) -> bool {
    let mut changed: Option<Instant> = None;
    loop {
        let wake = match changed {
            None => wakes.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(since) if since.elapsed() > PATIENCE => return true,
            Some(_) => wakes.recv_timeout(LULL),
        };
        let matters = match wake {
            Ok(Wake::Files(Ok(events))) => folders.concern(&events),
            // Events were lost (the queue ran over): anything may have changed.
            Ok(Wake::Files(Err(_))) => true,
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        };
        if matters && changed.is_none() {
            changed = Some(Instant::now());
        }
    }
}

fn built(outcome: &Outcome, took: Duration) -> Message {
    let ms = took.as_millis();
    if outcome.failed() {
        let errors = outcome.diagnostics.iter().filter(|d| d.is_error()).count();
        return say!(
            "有 {errors} 个错误，保留上次的输出（{ms} 毫秒）",
            "{errors} errors, the last outputs stay ({ms} ms)"
        );
    }
    let made = made(outcome);
    let (zh, en) = (made.zh, made.en);
    say!("{zh}（{ms} 毫秒）", "{en} ({ms} ms)")
}

fn cannot_watch(terminal: Terminal, why: &str) -> io::Result<Exit> {
    remark(say!("不能监视文件：{why}", "files cannot be watched: {why}").get(terminal.language))?;
    Ok(Exit::Errors)
}
