//! Where the policies of composition part, for people.

use super::terminal::Terminal;
use crate::diagnostic::{Message, counted, say};
use crate::layout::{Drift, PartedPage};
use crate::template::Compose;
use std::io;

/// Prints what parts two compositions.
pub(super) fn report(drift: &Drift, terminal: Terminal) -> io::Result<()> {
    terminal.say(&summary(drift))?;
    for page in &drift.parted {
        terminal.say(&parted(page, drift.policies))?;
    }
    Ok(())
}

fn summary(drift: &Drift) -> Message {
    let [a, b] = drift.policies.map(Compose::word);
    let [pages_a, pages_b] = drift.pages;
    let parted = drift.parted.len();
    let (all_en, parted_en) = (counted(pages_a, "page"), counted(parted, "page"));
    let turned = drift.parted.iter().filter(|page| !page.begins_alike).count();
    if parted == 0 {
        return say!("{b} 与 {a} 每页相同，{pages_a} 页", "{b} and {a}: the same lines throughout, {all_en}");
    }
    say!(
        "{b} 与 {a}：{a} {pages_a} 页，{b} {pages_b} 页；{parted} 页的行不同，其中 {turned} 页的起点也不同",
        "{b} and {a}: {a} has {all_en}, {b} {pages_b}; lines part on {parted_en}, {turned} of which begin elsewhere"
    )
}

fn parted(page: &PartedPage, policies: [Compose; 2]) -> Message {
    let [a, b] = policies.map(Compose::word);
    let (number, line) = (page.page, page.line);
    // The lines are full of quotation marks themselves.
    let quoted =
        |text: &Option<String>, none: &str| text.as_ref().map_or_else(|| none.to_owned(), |t| format!("「{t}」"));
    let [zh_a, zh_b] = [0, 1].map(|i| quoted(&page.texts[i], "无"));
    let [en_a, en_b] = [0, 1].map(|i| quoted(&page.texts[i], "nothing"));
    say!("  第 {number} 页第 {line} 行：{a} {zh_a}，{b} {zh_b}", "  page {number}, line {line}: {a} {en_a}, {b} {en_b}")
}
