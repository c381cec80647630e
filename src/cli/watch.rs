//! `dinggao watch`: builds, then builds again whenever what the report was read from changes.
//!
//! It looks again and again at every file, folder and place that the last build asked for, there or not. That is a few dozen questions
//! to the file system, sees every change whatever way it comes about (saved over, renamed, removed and back, a link turned, a folder
//! above moved, a network drive), and holds nothing open.

use super::args::BuildArgs;
use super::build::{made, world};
use super::terminal::{Terminal, remark};
use super::{Exit, usage};
use crate::diagnostic::{Message, say};
use crate::pipeline::{self, Destination, Foreign, Outcome};
use crate::world::{SystemWorld, World as _};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often it looks.
const LOOK: Duration = Duration::from_millis(80);
/// How long all files must be at rest before a build: editors save in several steps (write beside, rename, touch).
const REST: Duration = Duration::from_millis(160);
/// Builds all the same when changes never cease.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn run(args: &BuildArgs, terminal: Terminal) -> io::Result<Exit> {
    if let Some(fault) = args.fault() {
        return Ok(usage::refuse(&fault, terminal));
    }
    let (request, destination) = args.request();
    if request.report.as_os_str() == "-" {
        return Ok(usage::refuse(&say!("不能监视标准输入", "standard input cannot be watched"), terminal));
    }
    // A changed Word file waits for its editor; the PDF does not.
    let foreign = if destination.foreign == Foreign::Refuse { Foreign::Wait } else { destination.foreign };
    let destination = Destination { foreign, ..destination };
    let (stop, stopped) = mpsc::channel::<()>();
    // A send fails only when the loop has ended already, and then there is nothing left to stop.
    if let Err(error) = ctrlc::set_handler(move || stop.send(()).unwrap_or(())) {
        remark(say!("不能监视文件：{error}", "files cannot be watched: {error}").get(terminal.language));
        return Ok(Exit::Errors);
    }
    let mut greeted = false;
    loop {
        let clock = Instant::now();
        let world = world(terminal);
        let outcome = pipeline::build(&world, &request, &destination);
        terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
        terminal.say(&built(&outcome, clock.elapsed()))?;
        if let Some(path) = &outcome.waiting {
            // It may be moved away, or merged and removed: then it is written.
            world.follow(path);
        }
        if !greeted {
            let count = world.touched().len();
            terminal.say(&say!("正在监视 {count} 个文件，按 Ctrl-C 结束", "watching {count} files, Ctrl-C ends"))?;
            greeted = true;
        }
        if !wait(&stopped, &world) {
            terminal.say(&say!("已停止", "stopped"))?;
            return Ok(Exit::Done);
        }
    }
}

/// Waits until something has changed and come to rest. False: to stop.
fn wait(stopped: &Receiver<()>, world: &SystemWorld) -> bool {
    let pause = |time| stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if world.is_uncertain() {
        // A file was saved while it was read. Once its time is past, a build sees all of it.
        return pause(REST);
    }
    while !world.is_stale() {
        if !pause(LOOK) {
            return false;
        }
    }
    let begin = Instant::now();
    let (mut glance, mut since) = (world.glance(), Instant::now());
    while since.elapsed() < REST && begin.elapsed() < PATIENCE {
        if !pause(LOOK) {
            return false;
        }
        let next = world.glance();
        if next != glance {
            (glance, since) = (next, Instant::now());
        }
    }
    true
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
    let Some(waiting) = &outcome.waiting else { return say!("{zh}（{ms} 毫秒）", "{en} ({ms} ms)") };
    let place = waiting.display();
    say!(
        "{zh}（{ms} 毫秒）；{place} 生成以后被修改过，等待合并或者移走",
        "{en} ({ms} ms); {place} has been changed since it was written, and waits to be merged or moved away"
    )
}
