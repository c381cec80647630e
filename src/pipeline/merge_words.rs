//! The kinds and states of changes, in words.

use super::merge_request::{Base, MergeOutcome};
use crate::diagnostic::{Message, counted, say};
use crate::merge::{Change, ChangeKind, Status, ValueChange, differences};
use crate::model::RowNote;
use std::cmp::Ordering;

/// What was done.
#[must_use]
pub fn kind(kind: ChangeKind) -> Message {
    match kind {
        ChangeKind::Edited => say!("修改", "edited"),
        ChangeKind::Inserted => say!("新增", "inserted"),
        ChangeKind::Deleted => say!("删除", "deleted"),
        ChangeKind::Moved => say!("移动", "moved"),
        ChangeKind::Split => say!("分段", "split"),
        ChangeKind::Merged => say!("并段", "merged"),
        ChangeKind::Value => say!("数据", "figure"),
        ChangeKind::Picture => say!("换图", "picture"),
        ChangeKind::Comment => say!("批注", "comment"),
        ChangeKind::Format => say!("格式", "format"),
        ChangeKind::Conflict => say!("冲突", "conflict"),
    }
}

/// What a file was compared with; None for what it remembers itself.
#[must_use]
pub fn base(base: Base) -> Option<Message> {
    match base {
        Base::Own => None,
        Base::Kept => Some(say!("对照：handouts/ 里保存的发出稿", "compared with what is kept in handouts/")),
        Base::Rejected => Some(say!(
            "对照：文件里没有发出稿，以“全部拒绝修订”的样子代替",
            "compared with the file itself, all tracked changes rejected: it does not remember what was handed out"
        )),
        Base::Source => Some(say!(
            "对照：文件里没有发出稿，也没有修订，直接与源文件比较；分不清哪一边改的，也不比较格式",
            "compared with the source as it is: nobody knows what was handed out, nor which side made a change; formatting is not compared"
        )),
    }
}

/// Which of many reports came back.
#[must_use]
pub fn row(outcome: &MergeOutcome) -> Option<Message> {
    let (row, of) = outcome.row.as_ref().map(|row| (&row.note, row.of))?;
    let RowNote { list, file, .. } = row;
    Some(say!(
        "这是 {list} 的一行：“{file}”，{of} 份报告共用一个源文件",
        "this is one row of {list}, \"{file}\": {of} reports have one source"
    ))
}

/// What becomes of it.
#[must_use]
pub fn status(status: Status) -> Message {
    match status {
        Status::Clean => say!("可以写入", "can be applied"),
        Status::Applied => say!("已写入", "applied"),
        Status::Proposed => say!("待定", "to be decided"),
        Status::Already => say!("源文件已有", "the source has it"),
        Status::Conflict => say!("两边不一致，请人工决定", "both sides differ: decide"),
        Status::Unsupported => say!("带不回来", "cannot be carried over"),
    }
}

/// The sides of a conflict, each with its name and its text as it differs from what was handed out.
#[must_use]
pub fn sides(change: &Change) -> Vec<(Message, Vec<(String, Ordering)>)> {
    let Some([base, theirs, ours]) = &change.sides else { return Vec::new() };
    let mut said = vec![(say!("送出时", "handed out"), vec![(base.clone(), Ordering::Equal)])];
    if change.editors.is_empty() {
        said.push((say!("对方", "theirs"), differences(base, theirs)));
        said.push((say!("源文件", "source"), differences(base, ours)));
    }
    for side in &change.editors {
        let author = &side.author;
        said.push((say!("{author}", "{author}"), differences(base, &side.text)));
    }
    said
}

/// What a change does to a figure of the data.
#[must_use]
pub fn value(change: &Change, value: &ValueChange, uses: usize) -> Message {
    let ValueChange { name, before, after, .. } = value;
    let places = counted(uses, "place");
    // Why it cannot be written is told as the reason.
    if change.status == Status::Applied || change.reason.is_some() {
        return say!(
            "数据 {name}：{before} → {after}，用在 {uses} 处",
            "figure {name}: {before} → {after}, used in {places}"
        );
    }
    say!(
        "数据 {name}：{before} → {after}，用在 {uses} 处；--values 写入",
        "figure {name}: {before} → {after}, used in {places}; --values writes it"
    )
}

/// The row and column of a table that a change is in.
#[must_use]
pub fn cell(change: &Change) -> Option<Message> {
    match change.cell {
        (Some(row), Some(column)) => Some(say!("第 {row} 行第 {column} 列", "row {row}, column {column}")),
        (Some(row), None) => Some(say!("第 {row} 行", "row {row}")),
        (None, Some(column)) => Some(say!("第 {column} 列", "column {column}")),
        (None, None) => None,
    }
}
