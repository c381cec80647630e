//! The structure as YAML.

use super::super::home::{Digits, Within, block_scalar, escaped, said, scalar};
use super::calls::name_notes;
use super::contents::without_contents;
use super::figures::FoundFigures;
use super::front::front;
use super::pictures;
use super::remark::Remark;
use super::structure::{Part, body_end, structure};
use crate::diagnostic::say;
use crate::model::{BitKind, Item, ItemRole, LossKind, Manuscript, Phrase, Picture};
use crate::template::LIST_LEVELS;

/// A report to start from.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// `report.yaml`.
    pub report: String,
    /// `figures.yaml`.
    pub figures: String,
    /// Pictures, by their path from the report's folder.
    pub media: Vec<(String, Vec<u8>)>,
    /// What a person should look at.
    pub remarks: Vec<Remark>,
}

#[expect(clippy::needless_pass_by_value, reason = "takes what `format!` gives")]
fn put(out: &mut String, more: String) {
    out.push_str(&more);
}

pub(super) struct DraftWriter<'m> {
    manuscript: &'m Manuscript,
    figures: FoundFigures,
    bind: bool,
    /// How far the ordered lists of the section have counted.
    counted: u32,
    pub(super) out: String,
    media: Vec<(String, Vec<u8>)>,
    pub(super) remarks: Vec<Remark>,
}

/// Writes the text of a manuscript as a report. `bind`: numbers that look like statistics become figures.
#[must_use]
pub fn draft((manuscript, remarks): (&Manuscript, Vec<Remark>), template: &str, stem: &str, bind: bool) -> Draft {
    let mut remarks = remarks;
    let mut items = without_contents(manuscript, &mut remarks);
    name_notes(manuscript, &mut items, &mut remarks);
    let front = front(&items);
    let lines: Vec<&str> = front.title.iter().chain(&front.speaker).map(String::as_str).collect();
    if front.guessed && lines.len() > 1 {
        let (zh, en) = (lines.join("”“"), lines.join("” “"));
        remarks.push(Remark {
            place: lines[0].chars().take(20).collect(),
            message: say!(
                "开头几行当作标题（和报告人）：“{zh}”，请核对",
                "the first lines are taken for the title (and the speaker): “{en}”; please check"
            ),
        });
    }
    let body = structure(&items[front.items..], &mut remarks);
    let figures = FoundFigures::default();
    let mut writer =
        DraftWriter { manuscript, figures, bind, counted: 0, out: String::new(), media: Vec::new(), remarks };
    let mut head = format!("# 由已有文件转来，请核对。\ntemplate: {template}\n");
    let mut title: Vec<String> = front.title.iter().map(|line| escaped(line)).collect();
    if let Some(last) = title.last_mut() {
        front.notes.iter().for_each(|name| put(last, format!("[^{name}]")));
    }
    match title.as_slice() {
        [] => put(&mut head, format!("title: {}\n", scalar(stem, Within::Block, Digits::Quoted))),
        [one] => put(&mut head, format!("title: {}\n", scalar(one, Within::Block, Digits::Quoted))),
        lines => {
            head.push_str("title:\n");
            for line in lines {
                put(&mut head, format!("  - {}\n", scalar(line, Within::Block, Digits::Quoted)));
            }
        }
    }
    for (key, value) in [("occasion", &front.occasion), ("speaker", &front.speaker)] {
        if let Some(value) = value {
            put(&mut head, format!("{key}: {}\n", scalar(&escaped(value), Within::Block, Digits::Quoted)));
        }
    }
    if !body.numbering.is_empty() {
        let entries: Vec<String> =
            body.numbering.iter().map(|(l, s)| format!("{l}: {}", scalar(s, Within::Flow, Digits::Quoted))).collect();
        put(&mut head, format!("numbering: {{{}}}\n", entries.join(", ")));
    }
    writer.out.push_str("body:\n");
    if let Some(salutation) = &front.salutation {
        writer.line(2, &format!("- salutation: {}", scalar(&escaped(salutation), Within::Block, Digits::Quoted)));
    }
    let (text, attached) = body.parts.split_at(body_end(&body.parts));
    writer.parts(text, 2);
    if writer.out.ends_with("body:\n") {
        writer.line(2, "- （正文）");
    }
    writer.attachments(attached);
    writer.notes();
    writer.losses();
    if bind && writer.figures.count() > 0 {
        head.push_str("data: figures.yaml\n");
    }
    let DraftWriter { figures, out, media, remarks, .. } = writer;
    Draft { report: head + &out, figures: figures.file(bind), media, remarks }
}

/// An item of a list that is to be written.
#[derive(Clone, Copy)]
struct DraftItem<'p> {
    level: usize,
    ordered: bool,
    count: u32,
    text: &'p Phrase,
}

impl<'p> DraftItem<'p> {
    fn of(part: &'p Part<'_>) -> Option<Self> {
        match part {
            Part::ListItem { level, ordered, count, text } => {
                Some(Self { level: *level, ordered: *ordered, count: *count, text })
            }
            _ => None,
        }
    }

    /// How many items make a list that begins at a level: up to one above it, or one beside it that is counted otherwise.
    fn first(items: &[Self], level: usize, ordered: bool) -> usize {
        let goes_on = |item: &&Self| item.level > level || (item.level == level && item.ordered == ordered);
        items.iter().take_while(goes_on).count()
    }
}

impl DraftWriter<'_> {
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A phrase in inline syntax, its figures taken in.
    pub(super) fn said(&mut self, phrase: &Phrase) -> String {
        let mut phrase = phrase.clone();
        phrase.bits.retain(|b| b.kind != BitKind::Object);
        let bind = self.bind;
        self.figures.take(said(&phrase).trim(), bind)
    }

    /// Parts, headings with what is below them.
    fn parts(&mut self, parts: &[Part<'_>], indent: usize) {
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            at += 1;
            if let Part::Heading { level: own, text, run_in } = part {
                let below = parts[at..]
                    .iter()
                    .take_while(|p| !matches!(p, Part::Heading { level, .. } if level <= own))
                    .count();
                let (text, run_in) = (self.said(text), self.said(run_in));
                self.counted = 0;
                self.out.push('\n');
                self.line(indent, &format!("- heading: {}", block_scalar(&text, indent + 4)));
                if !run_in.is_empty() {
                    self.line(indent + 2, &format!("text: {}", block_scalar(&run_in, indent + 4)));
                }
                if below > 0 {
                    self.line(indent + 2, "body:");
                    self.parts(&parts[at..at + below], indent + 4);
                }
                at += below;
                continue;
            }
            at += self.part(part, &parts[at..], indent);
        }
    }

    /// Attachments, each with what follows it.
    fn attachments(&mut self, parts: &[Part<'_>]) {
        if !parts.is_empty() {
            self.out.push_str("\nattachments:\n");
        }
        let mut rest = parts;
        while let [Part::Attachment { title }, behind @ ..] = rest {
            let (own, next) = behind.split_at(body_end(behind));
            let title = self.said(title);
            self.counted = 0;
            self.line(2, &format!("- title: {}", block_scalar(&title, 6)));
            if !own.is_empty() {
                self.line(4, "body:");
                self.parts(own, 6);
            }
            rest = next;
        }
    }

    /// One part; returns how many that follow it takes.
    fn part(&mut self, part: &Part<'_>, next: &[Part<'_>], indent: usize) -> usize {
        match part {
            Part::Heading { .. } | Part::Attachment { .. } => {}
            Part::Paragraph(text) => {
                let text = self.said(text);
                if !text.is_empty() {
                    self.line(indent, &format!("- {}", block_scalar(&text, indent + 2)));
                }
            }
            Part::Point { lead, text } => {
                let (lead, text) = (self.said(lead), self.said(text));
                self.line(indent, &format!("- point: {}", block_scalar(&lead, indent + 4)));
                if !text.is_empty() {
                    self.line(indent + 2, &format!("text: {}", block_scalar(&text, indent + 4)));
                }
            }
            Part::ListItem { ordered, level, .. } => {
                let items: Vec<DraftItem<'_>> = std::iter::once(part).chain(next).map_while(DraftItem::of).collect();
                let top = DraftItem::first(&items, *level, *ordered);
                self.line(indent, "- list:");
                if *ordered {
                    self.count(&items[..top], *level, indent + 4);
                }
                self.items(&items[..top], indent + 4, 1);
                return top - 1;
            }
            Part::Table { lines, table } => self.table(lines, table, indent),
            Part::Picture { caption, item } => self.picture(caption, item, indent),
            Part::Signature { authority, date } => {
                let [authority, date] =
                    [authority, date].map(|text| scalar(&escaped(text.plain().trim()), Within::Flow, Digits::Quoted));
                self.line(indent, &format!("- signature: {{authority: {authority}, date: {date}, sealed: false}}"));
            }
        }
        0
    }

    /// Says that a list goes on counting; of one that begins otherwise it is told.
    fn count(&mut self, items: &[DraftItem<'_>], level: usize, indent: usize) {
        let first = items.first().map_or(1, |item| item.count);
        let goes_on = self.counted > 0 && first == self.counted + 1;
        if goes_on {
            self.line(indent, "continue: true");
        } else if first > 1 {
            let place = items.first().map(|item| item.text.plain().chars().take(20).collect()).unwrap_or_default();
            let message = say!(
                "这个列表从 {first} 开始编号，程序从 1 编起",
                "this list began with {first}; the program counts from 1"
            );
            self.remarks.push(Remark { place, message });
        }
        let own = items.iter().filter(|item| item.level == level).count();
        self.counted = u32::try_from(own).unwrap_or(u32::MAX).saturating_add(if goes_on { self.counted } else { 0 });
    }

    /// Tells of an item that had another number in its list.
    fn counts(&mut self, item: &DraftItem<'_>, now: u32) {
        let was = item.count;
        if was != now {
            let message = say!(
                "这一项原来的序号是 {was}，程序编为 {now}",
                "this item was number {was}; the program counts {now}"
            );
            self.remarks.push(Remark { place: item.text.plain().chars().take(20).collect(), message });
        }
    }

    /// Items of a list, each with those of the list in it; `depth`: in how many lists they are.
    fn items(&mut self, items: &[DraftItem<'_>], mut indent: usize, depth: usize) {
        let Some(&DraftItem { level, ordered, .. }) = items.first() else { return };
        if ordered {
            self.line(indent, "ordered: true");
            self.line(indent, "items:");
            indent += 2;
        }
        let (mut at, mut place) = (0, 0);
        while let Some(item) = items.get(at) {
            at += 1;
            place += 1;
            let text = self.said(item.text);
            // The first of a list that begins otherwise is told with the list.
            if ordered && (depth > 1 || place > 1) {
                let first = if depth > 1 { 1 } else { items[0].count };
                self.counts(item, first.saturating_add(place - 1));
            }
            let below = items[at..].iter().take_while(|item| item.level > level).count();
            // Deeper lists than reports have stand beside this one.
            if below == 0 || depth == LIST_LEVELS {
                self.line(indent, &format!("- {}", block_scalar(&text, indent + 2)));
                continue;
            }
            self.line(indent, &format!("- text: {}", block_scalar(&text, indent + 4)));
            self.line(indent + 2, "list:");
            let inner = &items[at..at + below];
            let same = inner.iter().all(|item| item.level > inner[0].level || item.ordered == inner[0].ordered);
            if !same {
                self.remarks.push(Remark {
                    place: text.chars().take(20).collect(),
                    message: say!(
                        "这一项下面有的编号、有的不编号，都改为不编号",
                        "below this item some were numbered and some were not; none are now"
                    ),
                });
            }
            let inner: Vec<DraftItem<'_>> =
                inner.iter().map(|item| DraftItem { ordered: item.ordered && same, ..*item }).collect();
            self.items(&inner, indent + 4, depth + 1);
            at += below;
        }
    }

    /// Pictures with their caption, and what those are told who do not see them.
    fn picture(&mut self, caption: &Phrase, item: &Item, indent: usize) {
        let caption = self.said(caption);
        let words: String =
            item.phrase.bits.iter().filter(|b| b.kind != BitKind::Object).map(|b| b.text.as_str()).collect();
        let words = words.trim();
        for picture in &item.pictures {
            let place = if caption.is_empty() { words } else { &caption };
            let Some(name) = self.picture_file(picture, place) else { continue };
            self.line(indent, "- figure:");
            self.line(indent + 4, &format!("image: {}", scalar(&name, Within::Block, Digits::Quoted)));
            if !caption.is_empty() {
                self.line(indent + 4, &format!("caption: {}", block_scalar(&caption, indent + 6)));
            }
            if item.landscape {
                self.line(indent + 4, "landscape: true");
            }
            if !words.is_empty() {
                self.line(indent + 4, &format!("alt: {}", scalar(&escaped(words), Within::Block, Digits::Quoted)));
            }
        }
    }

    /// The name that a picture has beside the report; None for one that is not carried over, which is told.
    pub(super) fn picture_file(&mut self, picture: &Picture, place: &str) -> Option<String> {
        if !pictures::is_carried(picture) {
            let name = picture.name.clone();
            let message = if pictures::kind(picture).is_none() {
                say!(
                    "图 {name} 带不过来（只收 PNG、JPEG、SVG）",
                    "the picture {name} is not carried over (PNG, JPEG, SVG only)"
                )
            } else {
                say!("图 {name} 读不出来，没有带过来", "the picture {name} cannot be read and is not carried over")
            };
            self.remarks.push(Remark { place: place.chars().take(20).collect(), message });
            return None;
        }
        let name = format!("media/{}", picture.name.rsplit('/').next().unwrap_or(&picture.name));
        if self.media.iter().all(|(known, _)| *known != name) {
            self.media.push((name.clone(), picture.data.clone()));
        }
        Some(name)
    }

    fn notes(&mut self) {
        if self.manuscript.notes.is_empty() {
            return;
        }
        self.out.push_str("\nnotes:\n");
        for (note, count) in self.manuscript.notes.clone().iter().zip(1..) {
            let text = self.said(&note.phrase.unbroken());
            self.line(2, &format!("n{count}: {}", block_scalar(&text, 4)));
        }
    }

    fn losses(&mut self) {
        for loss in &self.manuscript.losses {
            let message = match loss.what {
                LossKind::TextBox => say!("文本框没有带过来", "a text box is not carried over"),
                LossKind::Formula => say!("公式没有带过来", "a formula is not carried over"),
                LossKind::OtherFormat => say!("嵌入的其他文档没有带过来", "an embedded document is not carried over"),
                LossKind::Drawing => say!("图形没有带过来", "a drawing is not carried over"),
                LossKind::NestedTable => say!(
                    "格子里的表格成了格子里的几行字，请核对",
                    "a table within a cell is now lines of the cell; please check"
                ),
                LossKind::Endnote => say!("尾注没有带过来", "an endnote is not carried over"),
                LossKind::Ruby => say!("字上的注音没有带过来", "a reading above characters is not carried over"),
                LossKind::Combined => say!(
                    "带圈字符、合并字符或域排的拼音没有带过来，只留下字",
                    "a ring around characters, combined characters or a reading set by a field is not carried over, its characters are"
                ),
                LossKind::EndlessField => {
                    say!("有一个没有结束的域，请核对后面的文字", "a field has no end; please check the text after it")
                }
                LossKind::Symbol => {
                    say!("符号字体里的字符没有带过来", "a character of a face of symbols is not carried over")
                }
                LossKind::Hidden | LossKind::MadeHidden => {
                    say!("隐藏的文字没有带过来", "hidden text is not carried over")
                }
                LossKind::IndexEntry => say!("索引项没有带过来", "an entry of an index is not carried over"),
                LossKind::FileHead => {
                    say!("文件开头的说明没有带过来", "what is said of the text before it is not carried over")
                }
                LossKind::SecondBody => {
                    say!("文件里有第二个正文，没有读", "the file has a second body, which is not read")
                }
            };
            self.remarks.push(Remark { place: loss.text.chars().take(20).collect(), message });
        }
        let is_chart = |i: &&Item| i.role == ItemRole::Picture && i.pictures.iter().any(Picture::is_chart);
        for item in self.manuscript.items.iter().filter(is_chart) {
            self.remarks.push(Remark::at(
                item,
                say!("图表没有带过来，请用 chart 写", "a chart is not carried over; write it as chart"),
            ));
        }
    }
}
