//! What comes before the body: title, occasion, speaker, salutation.

use super::structure::table_at;
use crate::model::{BitKind, Item, ItemRole, typed_number, typed_part};

/// The front of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    pub(super) title: Vec<String>,
    /// True where lines below the first are of the title, or the speaker, because they are short.
    pub(super) guessed: bool,
    /// The names of notes that the title calls.
    pub(super) notes: Vec<String>,
    pub(super) occasion: Option<String>,
    pub(super) speaker: Option<String>,
    pub(super) salutation: Option<String>,
    /// How many items it takes.
    pub(super) items: usize,
}

/// The most characters of a line of a title.
const TITLE: usize = 32;
/// The most characters of who speaks.
const SPEAKER: usize = 14;

/// The text of a line that may be in the front, without marks of notes.
fn said(items: &[Item], at: usize) -> Option<String> {
    let is_line = |item: &&Item| matches!(item.role, ItemRole::Paragraph | ItemRole::Display);
    let item = items.get(at).filter(is_line).filter(|_| table_at(items, at).is_none())?;
    let said = item.phrase.bits.iter().filter(|bit| !matches!(bit.kind, BitKind::Note(_)));
    Some(said.map(|bit| bit.text.as_str()).collect::<String>().trim().to_owned())
}

/// The names of the notes that an item calls.
fn notes(item: &Item) -> impl Iterator<Item = String> {
    item.phrase.bits.iter().filter_map(|bit| match &bit.kind {
        BitKind::Note(name) => Some(name.clone()),
        _ => None,
    })
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| line.trim().to_owned())
}

/// What titles end with, which no name of a person does.
const KINDS: [&str; 12] =
    ["报告", "讲话", "总结", "通知", "方案", "意见", "要点", "纪要", "办法", "计划", "汇报", "致辞"];

/// Finds the title; how many items it takes.
fn title(items: &[Item]) -> (Front, usize) {
    let mut front = Front::default();
    let mut at = 0;
    // The title of Markdown is what is marked as one, and nothing else.
    let marked = items.first().is_some_and(|item| item.role == ItemRole::Display);
    while let Some(text) = said(items, at) {
        let item = &items[at];
        let is_title = item.role == ItemRole::Display || matches!(item.style.as_str(), "Title" | "title" | "标题");
        // 时间：2024年1月5日 below a title is none of its lines.
        let labelled = at > 0 && text.contains('：');
        let short = !marked
            && text.chars().count() <= TITLE
            && !text.ends_with(['。', '：', '；', '，', ':'])
            && !text.starts_with(['（', '(', '—'])
            && !labelled
            && typed_number(&text).is_none()
            && typed_part(&text).is_none()
            && item.outline.is_none()
            && !item.listed
            && front.title.len() < 5;
        if !(is_title || short) {
            break;
        }
        front.title.extend(lines(&text));
        front.notes.extend(notes(item));
        front.guessed |= at > 0 && !is_title;
        at += 1;
    }
    (front, at)
}

/// Finds the front.
pub(super) fn front(items: &[Item]) -> Front {
    let (mut front, mut at) = title(items);
    // Nothing but short lines is no title.
    if at == items.len() || front.title.is_empty() {
        let Some(first) = said(items, 0).filter(|_| at > 0) else { return Front::default() };
        let notes = items.first().map(|item| notes(item).collect()).unwrap_or_default();
        return Front { title: lines(&first).collect(), notes, items: 1, ..Front::default() };
    }
    if let Some(text) = said(items, at)
        && let Some(inner) = text.strip_prefix('（').and_then(|t| t.strip_suffix('）'))
        && !inner.contains('）')
    {
        front.occasion = Some(inner.to_owned());
        at += 1;
        if let Some(name) = said(items, at).filter(|n| is_speaker(n) && items[at].outline.is_none()) {
            front.speaker = Some(name);
            at += 1;
        }
    } else if front.title.len() > 1 && front.title.last().is_some_and(|line| is_name(line)) {
        front.speaker = front.title.pop();
    }
    if let Some(text) = said(items, at).filter(|t| t.ends_with('：') && t.chars().count() <= 30) {
        front.salutation = Some(text);
        at += 1;
    }
    front.items = at;
    front
}

/// True for a line that is as short as a name, and no title.
fn is_name(line: &str) -> bool {
    line.chars().count() <= 4 && !KINDS.iter().any(|kind| line.ends_with(kind))
}

fn is_speaker(text: &str) -> bool {
    text.chars().count() <= SPEAKER && !text.contains(['。', '：', '，', '；']) && typed_number(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::front;
    use crate::model::{Item, Phrase};

    #[test]
    fn the_usual_front_is_found() {
        let texts = ["政府工作报告", "（2024年1月8日在会议上）", "市长　王某", "各位代表：", "现在报告工作。"];
        let items: Vec<Item> = texts.iter().map(|t| Item { phrase: Phrase::of(t), ..Item::default() }).collect();
        let front = front(&items);
        assert_eq!((front.title.len(), front.items), (1, 4));
        assert_eq!(front.speaker.as_deref(), Some("市长　王某"));
        assert_eq!(front.occasion.as_deref(), Some("2024年1月8日在会议上"));
    }
}
