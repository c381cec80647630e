//! `dinggao merge`.

use super::args::{MergeArgs, ReviewFormat};
use super::terminal::{Terminal, print};
use super::{Exit, usage};
use crate::diagnostic::{Language, Message, counted, say};
use crate::merge::{Change, Status, differences};
use crate::model::Comment;
use crate::pipeline::{self, MergeOutcome, merge_words};
use crate::world::SystemWorld;
use std::cmp::Ordering;
use std::io;

pub(super) fn run(args: &MergeArgs, terminal: Terminal) -> io::Result<Exit> {
    let request = args.request();
    if request.revised.is_empty() {
        return Ok(usage::refuse(
            &say!(
                "请写上改过的 Word 文件，如 dinggao merge 报告-改.docx",
                "name the Word file, such as dinggao merge revised.docx"
            ),
            terminal,
        ));
    }
    if request.apply && request.report.as_os_str() == "-" {
        return Ok(usage::refuse(
            &say!(
                "--apply 要写报告的源文件，不能用于标准输入，请写上路径",
                "--apply writes the report's source, so standard input will not do: name the file"
            ),
            terminal,
        ));
    }
    let outcome = pipeline::merge(&SystemWorld::new(), &request);
    match args.format {
        ReviewFormat::Json => print(&pipeline::review_json(&outcome, terminal.language))?,
        ReviewFormat::Html if !outcome.failed() => print(&pipeline::review_html(&outcome, terminal.language))?,
        ReviewFormat::Html => {}
        ReviewFormat::Human => human(&outcome, terminal)?,
    }
    if args.format != ReviewFormat::Json {
        terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    }
    Ok(if outcome.failed() {
        Exit::Errors
    } else if outcome.conflicts() {
        Exit::Conflicts
    } else {
        Exit::Done
    })
}

fn human(outcome: &MergeOutcome, terminal: Terminal) -> io::Result<()> {
    if let Some(said) = merge_words::row(outcome) {
        terminal.say(&said)?;
    }
    for base in &outcome.compared {
        let Some(said) = merge_words::base(*base) else { continue };
        terminal.say(&said)?;
    }
    let mut section = None;
    for change in &outcome.review.changes {
        if section != Some(&change.section) && !change.section.is_empty() {
            print(&format!("\n{}", terminal.bold(&change.section)))?;
        }
        section = Some(&change.section);
        print(&one(outcome, change, terminal))?;
    }
    if !outcome.failed() || !outcome.review.changes.is_empty() {
        terminal.say(&total(outcome))?;
    }
    if !outcome.written.is_empty() {
        let names: Vec<String> = outcome.written.iter().map(|p| p.display().to_string()).collect();
        let (zh, en) = (names.join("、"), names.join(", "));
        terminal.say(&say!("已写入 {zh}", "written: {en}"))?;
    }
    Ok(())
}

/// How many changes of each state.
fn total(outcome: &MergeOutcome) -> Message {
    let changes = &outcome.review.changes;
    if changes.is_empty() {
        return say!("没有改动", "no changes");
    }
    let mut zh = vec![format!("共 {} 处", changes.len())];
    let mut en = vec![counted(changes.len(), "change")];
    for status in
        [Status::Applied, Status::Clean, Status::Proposed, Status::Already, Status::Conflict, Status::Unsupported]
    {
        let count = changes.iter().filter(|c| c.status == status).count();
        if count > 0 {
            let words = merge_words::status(status);
            zh.push(format!("{}：{count}", words.zh));
            en.push(format!("{}: {count}", words.en));
        }
    }
    Message { zh: zh.join("，"), en: en.join(", ") }
}

fn one(outcome: &MergeOutcome, change: &Change, terminal: Terminal) -> String {
    let language = terminal.language;
    let place =
        change.span.and_then(|s| outcome.sources.get(s.file).map(|f| (f.path.clone(), f.position(s.start).line)));
    let mut head = vec![
        change.id.clone(),
        merge_words::kind(change.kind).get(language).to_owned(),
        merge_words::status(change.status).get(language).to_owned(),
    ];
    head.extend(place.map(|(path, line)| format!("{path}:{line}")));
    head.extend(merge_words::cell(change).map(|cell| cell.get(language).to_owned()));
    head.extend(Some(change.files.join(comma(language))).filter(|files| !files.is_empty()));
    let who: Vec<String> = change
        .traces
        .iter()
        .map(|t| format!("{} {}", t.author, t.date.split('T').next().unwrap_or_default()).trim().to_owned())
        .collect();
    if !who.is_empty() {
        head.push(who.join(comma(language)));
    }
    let mut text = format!("{}\n    ", head.join("  "));
    // A conflict is shown by its sides.
    if change.sides.is_none() {
        marked(&mut text, &differences(&change.before, &change.after), terminal);
    }
    for (at, (name, pieces)) in merge_words::sides(change).iter().enumerate() {
        put(&mut text, if at == 0 { "" } else { "\n    " });
        put(&mut text, &format!("{}{}", name.get(language), colon(language)));
        match pieces.as_slice() {
            // What was handed out, for people to read as a whole.
            [(words, Ordering::Equal)] => put(&mut text, words),
            _ => marked(&mut text, pieces, terminal),
        }
    }
    if let Some(value) = &change.value {
        let uses = outcome.document.as_ref().map_or(0, |d| value.uses(d).count());
        let said = merge_words::value(change, value, uses);
        put(&mut text, &format!("\n    {}", said.get(language)));
    }
    if let Some(reason) = &change.reason {
        put(&mut text, &format!("\n    {}", reason.get(language)));
    }
    for comment in &change.comments {
        said(&mut text, comment, "    ", language);
    }
    text.replace('\n', "\n    ").replace("\n        ", "\n    ")
}

fn put(text: &mut String, more: &str) {
    text.push_str(more);
}

fn said(text: &mut String, comment: &Comment, margin: &str, language: Language) {
    let done = if comment.resolved { "✓" } else { "" };
    put(text, &format!("\n{margin}💬{done} {}{}{}", comment.author, colon(language), comment.text));
    for reply in &comment.replies {
        said(text, reply, &format!("{margin}  "), language);
    }
}

const fn comma(language: Language) -> &'static str {
    match language {
        Language::Chinese => "、",
        Language::English => ", ",
    }
}

const fn colon(language: Language) -> &'static str {
    match language {
        Language::Chinese => "：",
        Language::English => ": ",
    }
}

/// Adds pieces of text as they were changed.
fn marked(text: &mut String, pieces: &[(String, Ordering)], terminal: Terminal) {
    for (words, mark) in pieces {
        match mark {
            Ordering::Less => text.push_str(&terminal.gone(words)),
            Ordering::Equal => text.push_str(&shortened(words)),
            Ordering::Greater => text.push_str(&terminal.new_words(words)),
        }
    }
}

/// How much of what stayed is shown on both sides of a change.
const CONTEXT: usize = 16;

/// What stayed, without its middle where it is long.
fn shortened(words: &str) -> String {
    let count = words.chars().count();
    if count <= CONTEXT * 2 + 2 {
        return words.to_owned();
    }
    let head: String = words.chars().take(CONTEXT).collect();
    let tail: String = words.chars().skip(count - CONTEXT).collect();
    format!("{head}……{tail}")
}
