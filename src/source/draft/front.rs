//! What comes before the body: title, occasion, speaker, salutation.

use super::structure::table_at;
use crate::model::{BitKind, Item, ItemRole, typed_number};

/// The front of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Front {
    pub(super) title: Vec<String>,
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

/// Finds the front.
pub(super) fn front(items: &[Item]) -> Front {
    let mut front = Front::default();
    let said = |at: usize| {
        let item = items.get(at).filter(|item| item.role == ItemRole::Paragraph && table_at(items, at).is_none())?;
        let said = item.phrase.bits.iter().filter(|bit| !matches!(bit.kind, BitKind::Note(_)));
        Some(said.map(|bit| bit.text.as_str()).collect::<String>().trim().to_owned())
    };
    let mut at = 0;
    while let Some(text) = said(at) {
        let is_title = matches!(items[at].style.as_str(), "Title" | "title" | "标题");
        let short = text.chars().count() <= TITLE
            && !text.ends_with(['。', '：', '；', '，', ':'])
            && !text.starts_with(['（', '(', '—'])
            && typed_number(&text).is_none()
            && items[at].outline.is_none()
            && !items[at].listed
            && front.title.len() < 5;
        if !(is_title || short) {
            break;
        }
        front.title.extend(text.lines().map(|l| l.trim().to_owned()));
        front.notes.extend(items[at].phrase.bits.iter().filter_map(|bit| match &bit.kind {
            BitKind::Note(name) => Some(name.clone()),
            _ => None,
        }));
        at += 1;
    }
    // Nothing but short lines is no title.
    if at == items.len() || front.title.is_empty() {
        let first = said(0).unwrap_or_default();
        return Front {
            title: if at > 0 { first.lines().map(|line| line.trim().to_owned()).collect() } else { Vec::new() },
            items: usize::from(at > 0),
            ..Front::default()
        };
    }
    if let Some(text) = said(at)
        && let Some(inner) = text.strip_prefix('（').and_then(|t| t.strip_suffix('）'))
        && !inner.contains('）')
    {
        front.occasion = Some(inner.to_owned());
        at += 1;
        if let Some(name) = said(at).filter(|n| is_speaker(n) && items[at].outline.is_none()) {
            front.speaker = Some(name);
            at += 1;
        }
    } else if front.title.len() > 1 && front.title.last().is_some_and(|l| l.chars().count() <= 4) {
        front.speaker = front.title.pop();
    }
    if let Some(text) = said(at).filter(|t| t.ends_with('：') && t.chars().count() <= 30) {
        front.salutation = Some(text);
        at += 1;
    }
    front.items = at;
    front
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
