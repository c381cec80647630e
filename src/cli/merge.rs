//! `dinggao merge`.

use super::args::{MergeArgs, ReviewFormat};
use super::terminal::{Terminal, print};
use super::{Exit, usage};
use crate::diagnostic::{Language, Message, say};
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
    terminal.say(&total(outcome))?;
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
    let mut en = vec![format!("{} changes", changes.len())];
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
    if let (Some(row), column) = change.cell {
        let column = column.map(|c| format!(" {c}")).unwrap_or_default();
        head.push(match language {
            Language::Chinese => format!("第 {row} 行{column}"),
            Language::English => format!("row {row}{column}"),
        });
    }
    let who: Vec<String> = change
        .traces
        .iter()
        .map(|t| format!("{} {}", t.author, t.date.split('T').next().unwrap_or_default()).trim().to_owned())
        .collect();
    if !who.is_empty() {
        head.push(who.join("、"));
    }
    let mut text = format!("{}\n    ", head.join("  "));
    for (words, mark) in differences(&change.before, &change.after) {
        match mark {
            Ordering::Less => text.push_str(&terminal.gone(&words)),
            Ordering::Equal => text.push_str(&shortened(&words)),
            Ordering::Greater => text.push_str(&terminal.new_words(&words)),
        }
    }
    if let Some([base, theirs, ours]) = &change.sides {
        for (name, side) in
            [(say!("发出时", "handed out"), base), (say!("对方", "theirs"), theirs), (say!("源文件", "ours"), ours)]
        {
            put(&mut text, &format!("\n    {}：{side}", name.get(language)));
        }
    }
    if let Some(value) = &change.value {
        let name = &value.name;
        let count = outcome.document.as_ref().map_or(0, |d| d.values.iter().filter(|v| v.expression == *name).count());
        let (before, after) = (&value.before, &value.after);
        let said = say!(
            "数据 {name}：{before} → {after}，用在 {count} 处；--values 写入",
            "figure {name}: {before} → {after}, used {count} times; --values writes it"
        );
        put(&mut text, &format!("\n    {}", said.get(language)));
    }
    if let Some(reason) = &change.reason {
        put(&mut text, &format!("\n    {}", reason.get(language)));
    }
    for comment in &change.comments {
        said(&mut text, comment, "    ");
    }
    text.replace('\n', "\n    ").replace("\n        ", "\n    ")
}

fn put(text: &mut String, more: &str) {
    text.push_str(more);
}

fn said(text: &mut String, comment: &Comment, margin: &str) {
    let done = if comment.resolved { "✓" } else { "" };
    put(text, &format!("\n{margin}💬{done} {}：{}", comment.author, comment.text));
    for reply in &comment.replies {
        said(text, reply, &format!("{margin}  "));
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
