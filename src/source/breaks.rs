//! Forced line ends: where they may be.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{BlockKind, Document, RunKind, Text};

/// Refuses forced line ends in lines whose shape the program gives: titles, covers, the parts of an official document, charts.
pub(super) fn refuse(document: &Document, out: &mut Vec<Diagnostic>) {
    for block in &document.blocks {
        let free: Vec<&Text> = match &block.kind {
            BlockKind::Paragraph(_)
            | BlockKind::Salutation(_)
            | BlockKind::Addressee(_)
            | BlockKind::Heading { .. }
            | BlockKind::Point { .. }
            | BlockKind::ListItem { .. }
            | BlockKind::Term { .. }
            | BlockKind::Table(_)
            | BlockKind::Figure(_) => continue,
            BlockKind::Chart(chart) => chart.caption.iter().collect(),
            _ => Vec::new(),
        };
        let texts = block.kind.texts().into_iter().filter(|text| !free.iter().any(|free| std::ptr::eq(*free, *text)));
        for run in texts.flat_map(|text| &text.runs).filter(|run| run.kind == RunKind::Break) {
            out.push(Diagnostic::error(
                Code::BREAK_PLACE,
                run.map.whole(),
                say!("<br> 不能用在这里：这几行由程序分行", "<br> cannot stand here: the program breaks these lines"),
                say!(
                    "删去 <br>；标题要分行，写成列表，一行一项",
                    "remove <br>; write a title as a list, an entry for each line"
                ),
            ));
        }
    }
}
