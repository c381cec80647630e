//! What differs between the source and a file with all tracked changes rejected: what nobody marked, where it is not known what was
//! handed out.

use super::planner::same_text;
use super::returned::Returned;
use super::review::{Change, ChangeKind, Status};
use crate::diagnostic::say;
use crate::model::{Document, Manuscript};

/// The differences, each for people to decide. `base`: the source as what was handed out; `rejected`, `accepted`: the file.
#[must_use]
pub fn unmarked(
    document: &Document,
    base: Manuscript,
    [rejected, accepted]: [&Manuscript; 2],
    ours: &Manuscript,
) -> Vec<Change> {
    let mut found = Returned::new(base, rejected.clone()).review(document, ours).changes;
    // What the source has as the accepted file has it has come home already.
    let said = |text: &str| {
        let cells = accepted.items.iter().flat_map(|item| &item.rows).flat_map(|row| &row.cells);
        let items = accepted.items.iter().filter(|item| item.rows.is_empty());
        items.map(|item| &item.phrase).chain(cells.map(|cell| &cell.phrase)).any(|p| same_text(&p.plain(), text))
    };
    let all_said =
        |text: &str| text.lines().flat_map(|line| line.split('\t')).all(|part| part.is_empty() || said(part));
    found.retain(|change| match change.kind {
        ChangeKind::Inserted => all_said(&change.after),
        ChangeKind::Deleted | ChangeKind::Edited | ChangeKind::Split | ChangeKind::Merged | ChangeKind::Value => {
            !same_text(&change.before, &change.after) && !all_said(&change.before)
        }
        _ => false,
    });
    for change in &mut found {
        change.kind = if change.kind == ChangeKind::Value { ChangeKind::Edited } else { change.kind };
        change.status = Status::Proposed;
        change.rewrites.clear();
        change.value = None;
        change.reason = Some(say!(
            "这里没有修订标记，文件却与源文件不同：是对方直接改的，还是送出以后源文件改了，请对照着定",
            "nothing is tracked here, yet the file differs from the source: either the editor changed it or the source was changed since; decide by hand"
        ));
    }
    found
}
