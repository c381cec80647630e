//! Contents that a file has as text: the program makes its own. What only looks like a line of them is text.

use super::remark::Remark;
use crate::diagnostic::say;
use crate::model::{Item, ItemRole, Manuscript};
use std::collections::BTreeSet;

/// Words that contents have above them, without white space and in small letters.
const HEADS: [&str; 4] = ["目录", "目次", "contents", "tableofcontents"];
/// The fewest lines that are contents by themselves, without words above them.
const FEWEST: usize = 2;

/// The items of a manuscript without its contents, which are told.
pub(super) fn without_contents(manuscript: &Manuscript, remarks: &mut Vec<Remark>) -> Vec<Item> {
    let left_out = lines(manuscript);
    let mut kept = Vec::with_capacity(manuscript.items.len());
    for (at, item) in manuscript.items.iter().enumerate() {
        if left_out.contains(&at) {
            remarks.push(Remark::at(item, say!("目录由程序编排，略去", "contents are made by the program; left out")));
        } else {
            kept.push(item.clone());
        }
    }
    kept
}

/// The items that are contents.
fn lines(manuscript: &Manuscript) -> BTreeSet<usize> {
    let items = &manuscript.items;
    let entries: Vec<Option<ContentsLine>> = items.iter().map(entry).collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < items.len() {
        let head = is_head(&items[at]);
        let first = at + usize::from(head);
        let run = entries[first..].iter().take_while(|entry| entry.is_some()).count();
        // A field that makes contents is read as none of the items.
        let field = manuscript.contents.iter().any(|(_, before)| *before == first);
        let styled = items[first..first + run].iter().take_while(|item| is_styled(item)).count();
        let taken = if head || field {
            run
        } else if styled > 0 {
            styled
        } else {
            of_headings(&entries[first..first + run], &items[first + run..])
        };
        let alone = head && is_han(&items[at]) && items[at].outline.is_none() && items[at].number.is_empty();
        if head && (taken > 0 || field || alone) {
            found.insert(at);
        }
        found.extend(first..first + taken);
        at = (first + run).max(at + 1);
    }
    found
}

/// A line with the number of a page at its end.
struct ContentsLine {
    words: String,
    page: u32,
}

/// What a line of contents says, for a line that looks like one.
fn entry(item: &Item) -> Option<ContentsLine> {
    if item.role != ItemRole::Paragraph || item.outline.is_some() {
        return None;
    }
    let plain = item.plain();
    let plain = plain.trim_end();
    let words = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = plain[words.len()..].parse().ok()?;
    let words = words.trim_end_matches(' ');
    let leads = words.ends_with('\t') || words.ends_with("……") || words.ends_with("...") || words.ends_with("···");
    let words = bare(&format!("{}{words}", item.number));
    let words = words.trim_end_matches(['…', '.', '·']).to_owned();
    (leads && !words.is_empty()).then_some(ContentsLine { words, page })
}

/// How many lines are contents because headings below them say the same, in their order, on pages that follow one another.
fn of_headings(entries: &[Option<ContentsLine>], below: &[Item]) -> usize {
    let mut rest = below.iter().filter(|item| item.role == ItemRole::Paragraph);
    let mut page = 0;
    let says = |item: &Item, words: &str| {
        let plain = bare(&item.phrase.plain());
        plain == words || format!("{}{plain}", bare(&item.number)) == words
    };
    let is_heading = |entry: &&ContentsLine| {
        let follows = entry.page >= page;
        page = entry.page;
        follows && rest.any(|item| says(item, &entry.words))
    };
    let count = entries.iter().flatten().take_while(is_heading).count();
    if count >= FEWEST && count == entries.len() { count } else { 0 }
}

/// True for the words above contents.
fn is_head(item: &Item) -> bool {
    item.role == ItemRole::Paragraph && HEADS.contains(&bare(&item.plain()).to_lowercase().as_str())
}

fn is_han(item: &Item) -> bool {
    item.plain().contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// True for a line in a style of contents: `toc 1`.
fn is_styled(item: &Item) -> bool {
    item.style.to_lowercase().starts_with("toc ") || item.style.starts_with("目录")
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::without_contents;
    use crate::model::{Item, Manuscript, Phrase};

    /// What is left of a text, one line for each paragraph.
    fn left(text: &str) -> String {
        let items = text.lines().map(|line| Item { phrase: Phrase::of(line), ..Item::default() }).collect();
        let manuscript = Manuscript { items, ..Manuscript::default() };
        let mut told = Vec::new();
        let kept = without_contents(&manuscript, &mut told);
        assert_eq!(told.len() + kept.len(), manuscript.items.len(), "{text}");
        kept.iter().map(Item::plain).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn only_contents_are_left_out() {
        assert_eq!(left("报告\n目　录\n一、回顾\t1\n二、打算……3\n一、回顾\n甲。"), "报告/一、回顾/甲。");
        assert_eq!(
            left("报告\n一、回顾\t1\n二、打算\t3\n一、回顾\n甲。\n二、打算\n乙。"),
            "报告/一、回顾/甲。/二、打算/乙。"
        );
        // Figures after a tab or dots, also of what has a heading of its own.
        for text in [
            "报告\n合计\t12\n甲县\t3\n电话\t88123456",
            "报告\n甲县……5\n乙县.....6\n完。",
            "报告\n甲县\t9\n乙县\t3\n甲县\n好。\n乙县\n好。",
            "报告\n甲县\t3\n甲县\n好。",
            "报告\nContents\n甲。",
        ] {
            assert_eq!(left(text), text.replace('\n', "/"));
        }
    }
}
