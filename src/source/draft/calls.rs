//! Notes and their calls: by the names that they have in the new report.

use super::remark::Remark;
use crate::diagnostic::say;
use crate::model::{Bit, BitKind, Item, Manuscript};
use std::collections::BTreeSet;

/// Calls notes by their new names. A call of a note that is not there becomes text; a note that nothing calls is not printed: both
/// are told.
pub(super) fn name_notes(manuscript: &Manuscript, items: &mut [Item], remarks: &mut Vec<Remark>) {
    let notes: Vec<&String> = manuscript.notes.iter().filter_map(|note| note.marks.first()).collect();
    let mut called = BTreeSet::new();
    for item in items {
        let mut lost = Vec::new();
        let cells = item.rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.phrase);
        for bit in std::iter::once(&mut item.phrase).chain(cells).flat_map(|phrase| &mut phrase.bits) {
            let BitKind::Note(key) = &mut bit.kind else { continue };
            if let Some(at) = notes.iter().position(|name| *name == key) {
                *key = format!("n{}", at + 1);
                called.insert(at);
            } else {
                let text = format!("[^{key}]");
                lost.push(text.clone());
                *bit = Bit { text, ..Bit::default() };
            }
        }
        for call in lost {
            remarks.push(Remark::at(
                item,
                say!(
                    "文件里没有 {call} 这条脚注，照写成文字",
                    "the file has no footnote {call}; the mark is kept as text"
                ),
            ));
        }
    }
    for (at, note) in manuscript.notes.iter().enumerate().filter(|(at, _)| !called.contains(at)) {
        let name = format!("n{}", at + 1);
        remarks.push(Remark::at(
            note,
            say!(
                "正文没有引用这条脚注，不会印出；要印的，在正文里写 [^{name}]",
                "nothing calls this footnote, so it is not printed; write [^{name}] where it belongs"
            ),
        ));
    }
}
