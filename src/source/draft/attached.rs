//! Attachments after a text: their names below it (附件：1．……), and each under its mark 附件1 and its title.

use super::remark::Remark;
use crate::diagnostic::say;
use crate::model::{Item, ItemRole, Phrase, TypedForm, typed_number};
use std::ops::Range;

/// The most characters of the title of an attachment.
const TITLE: usize = 60;

/// The attachments of a text.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    /// The index of each mark; the title is the next item.
    pub(super) marks: Vec<usize>,
    /// The names of those that are not in the file.
    pub(super) absent: Vec<Phrase>,
}

/// The names of attachments below a text: the lines that give them, and the names.
struct AttachmentLines {
    lines: Range<usize>,
    names: Vec<Phrase>,
}

/// The lines after 附件：1．…… that give more names: they look like headings, and are none.
pub(super) fn name_lines(items: &[Item]) -> Range<usize> {
    names(items).map_or(0..0, |names| names.lines.start + 1..names.lines.end)
}

fn names(items: &[Item]) -> Option<AttachmentLines> {
    let behind_label = |item: &Item| {
        let plain = item.phrase.plain();
        let name = plain.strip_prefix("附件")?.strip_prefix(['：', ':'])?.trim_start().to_owned();
        let first = typed_number(&name).filter(|number| number.form == TypedForm::Digits);
        let (length, count) = first.map_or((0, None), |number| (number.length, Some(number.count)));
        let from = plain.len() - name.len() + length;
        let is_name = item.role == ItemRole::Paragraph && from < plain.len() && count.is_none_or(|count| count == 1);
        is_name.then(|| (item.phrase.part(&(from..plain.len())), count))
    };
    let (start, (first, count)) = items.iter().enumerate().find_map(|(at, item)| Some((at, behind_label(item)?)))?;
    let mut names = vec![first];
    if count.is_some() {
        for (item, wanted) in items[start + 1..].iter().zip(2..) {
            let plain = item.phrase.plain();
            let number = typed_number(&plain).filter(|n| n.form == TypedForm::Digits && n.count == wanted);
            let Some(number) = number.filter(|_| item.outline.is_none() && !plain.ends_with('。')) else { break };
            names.push(item.phrase.part(&(number.length..plain.len())));
        }
    }
    Some(AttachmentLines { lines: start..start + names.len(), names })
}

/// The count in a mark of an attachment: 附件1; 0 for 附件 alone.
fn mark(item: &Item) -> Option<u32> {
    let plain: String = item.phrase.plain().split_whitespace().collect();
    let count = plain.strip_prefix("附件").filter(|_| item.role == ItemRole::Paragraph)?;
    if count.is_empty() { Some(0) } else { count.parse().ok() }
}

/// Finds the attachments: all marks in order, each with a title below it, and as many as the names say, as far as there are names.
pub(super) fn attachments(items: &[Item], remarks: &mut Vec<Remark>) -> Attachments {
    let marks: Vec<(usize, u32)> = items.iter().enumerate().filter_map(|(at, item)| Some((at, mark(item)?))).collect();
    let names = names(items).map(|names| names.names).unwrap_or_default();
    let is_title = |at: usize| {
        items.get(at + 1).is_some_and(|item| {
            let plain = item.phrase.plain();
            item.role == ItemRole::Paragraph
                && !plain.is_empty()
                && plain.chars().count() <= TITLE
                && !plain.ends_with(['。', '：', '；'])
        })
    };
    let in_order = match marks.as_slice() {
        [] => false,
        [(at, 0)] => *at > 0 && names.len() <= 1,
        all => all[0].0 > 0 && all.iter().zip(1..).all(|((_, count), wanted)| *count == wanted),
    };
    if !in_order || !marks.iter().all(|(at, _)| is_title(*at)) {
        return Attachments::default();
    }
    let absent: Vec<Phrase> = names.into_iter().skip(marks.len()).collect();
    for name in &absent {
        remarks.push(Remark {
            place: name.plain(),
            message: say!(
                "这个附件不在文件里，只写了题目",
                "this attachment is not in the file; only its title is written"
            ),
        });
    }
    if let ([(at, 1)], []) = (marks.as_slice(), absent.as_slice()) {
        remarks.push(Remark::at(
            &items[*at],
            say!("只有一个附件，程序不编号，标“附件”", "a single attachment has no number; the program writes 附件"),
        ));
    }
    if name_lines(items).start > 0 {
        remarks.push(Remark {
            place: "附件：".to_owned(),
            message: say!(
                "附件说明照原样写成了文字；模板自己印附件说明的（公文），删去这几行",
                "the names of the attachments are kept as text; where the template prints them (official documents), remove these lines"
            ),
        });
    }
    Attachments { marks: marks.into_iter().map(|(at, _)| at).collect(), absent }
}

#[cfg(test)]
mod tests {
    use super::{attachments, name_lines};
    use crate::model::{Item, Phrase};

    fn items(lines: &[&str]) -> Vec<Item> {
        lines.iter().map(|line| Item { phrase: Phrase::of(line), ..Item::default() }).collect()
    }

    #[test]
    fn attachments_are_found_by_their_marks() {
        let all = items(&[
            "正文。",
            "附件：1．任务清单",
            "2．责任分工",
            "某局",
            "附件1",
            "任务清单",
            "内容。",
            "附件2",
            "责任分工",
            "另一内容。",
        ]);
        assert_eq!(name_lines(&all), 2..3);
        let found = attachments(&all, &mut Vec::new());
        assert_eq!((found.marks, found.absent.len()), (vec![4, 7], 0));
    }

    #[test]
    fn a_name_without_an_attachment_is_told() {
        let all = items(&["正文。", "附件：1．任务清单", "2．责任分工", "附件1", "任务清单", "内容。"]);
        let mut remarks = Vec::new();
        let found = attachments(&all, &mut remarks);
        assert_eq!((found.marks.len(), found.absent.len()), (1, 1));
        assert!(remarks.iter().any(|remark| remark.place == "责任分工"), "{remarks:?}");
    }

    #[test]
    fn marks_out_of_order_are_text() {
        let all = items(&["正文。", "附件2", "责任分工", "内容。"]);
        assert!(attachments(&all, &mut Vec::new()).marks.is_empty());
    }
}
