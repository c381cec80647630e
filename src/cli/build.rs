//! `dinggao build`.

use super::args::{BuildOnceArgs, Format};
use super::terminal::{Terminal, print, remark};
use super::{Exit, usage};
use super::{drift, each};
use crate::diagnostic::{Message, counted, say};
use crate::model::Statistics;
use crate::pipeline::{self, Outcome};
use crate::world::{SystemWorld, still};
use std::io;

pub(super) fn run(args: &BuildOnceArgs, terminal: Terminal) -> io::Result<Exit> {
    if let Some(fault) = args.fault() {
        return Ok(usage::refuse(&fault, terminal));
    }
    let (request, destination) = args.request();
    end_between_files();
    if let Some(each) = args.each.request() {
        if args.wants_one_file() {
            let message = say!(
                "--each 不能与 --layout、--depfile、--report-drift、--statistics、--comments 同用",
                "--each does not go with --layout, --depfile, --report-drift, --statistics or --comments"
            );
            return Ok(usage::refuse(&message, terminal));
        }
        return each::run(&world(terminal), (&request, &destination), &each, terminal);
    }
    let outcome = pipeline::build(&world(terminal), &request, &destination);
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    if outcome.failed() {
        return Ok(Exit::Errors);
    }
    if args.statistics != Some(Format::Json) {
        terminal.say(&made(&outcome))?;
    }
    if let Some((statistics, format)) = outcome.statistics.zip(args.statistics) {
        tell(statistics, format, terminal)?;
    }
    for found in &outcome.drift {
        drift::report(found, terminal)?;
    }
    Ok(Exit::Done)
}

/// How much there is in a document.
fn tell(statistics: Statistics, format: Format, terminal: Terminal) -> io::Result<()> {
    let minutes = statistics.minutes();
    let Statistics { characters, pages, tables, figures, .. } = statistics;
    match format {
        Format::Json => print(&format!(
            "{{\"statistics\": {{\"characters\": {characters}, \"pages\": {pages}, \"tables\": {tables}, \"figures\": {figures}, \"minutes\": {minutes}}}}}\n"
        )),
        Format::Human => {
            let en = [(characters, "character"), (pages, "page"), (tables, "table"), (figures, "figure")];
            let en = en.map(|(count, what)| counted(count, what)).join(", ");
            terminal.say(&say!(
                "字数 {characters}，{pages} 页，表 {tables} 个，图 {figures} 个，宣读约 {minutes} 分钟",
                "{en}, about {minutes} minutes to read out"
            ))
        }
    }
}

/// A signal to end ends the program once no file is being put in place: nothing has to be put right afterwards. Where no handler can
/// be set, the next build puts right what this one leaves.
fn end_between_files() {
    let end = || {
        let _still = still();
        std::process::exit(INTERRUPTED)
    };
    ctrlc::set_handler(end).unwrap_or(());
}

/// What shells give for a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// The machine's files, and a word when another build keeps this one waiting.
pub(super) fn world(terminal: Terminal) -> SystemWorld {
    SystemWorld::new().telling(move |folder| {
        let place = folder.display();
        let message =
            say!("另一次生成正在写 {place}，等它写完……", "another build is writing into {place}; waiting for it…");
        remark(message.get(terminal.language));
    })
}

/// What was written, in one line.
pub(super) fn made(outcome: &Outcome) -> Message {
    let names: Vec<String> = outcome.outputs.iter().map(|path| path.display().to_string()).collect();
    let pages = outcome.pages;
    // Pictures come by the dozen: first and last tell.
    let list = |between: &str, to: &str| match names.as_slice() {
        [first, .., last] if names.len() > 4 => format!("{first} {to} {last}"),
        _ => names.join(between),
    };
    let (zh, en) = (list("、", "至"), list(", ", "to"));
    let count = counted(pages, "page");
    if names.is_empty() {
        return say!("没有写文件，{pages} 页", "nothing was written, {count}");
    }
    say!("已生成 {zh}，{pages} 页", "made {en}, {count}")
}
