//! Headings, points, lists, tables and pictures among the items of a manuscript.

use super::remark::Remark;
use super::renumbered::{Renumbered, is_caption_number};
use super::{attached, pictures::is_carried, run_in};
use crate::diagnostic::say;
use crate::model::{Bit, BitKind, Item, ItemRole, Phrase, TypedForm, TypedNumber, typed_number, typed_part};
use crate::source::data::read_day;
use std::collections::{BTreeMap, BTreeSet};

/// A block of the report to be.
#[derive(Clone, Debug)]
pub(super) enum Part<'m> {
    /// `run_in`: what follows in its paragraph.
    Heading {
        level: usize,
        text: Phrase,
        run_in: Phrase,
    },
    Paragraph(Phrase),
    Point {
        lead: Phrase,
        text: Phrase,
    },
    ListItem {
        level: usize,
        ordered: bool,
        count: u32,
        text: Phrase,
    },
    Table {
        lines: TableLines,
        table: &'m Item,
    },
    Picture {
        caption: Phrase,
        item: &'m Item,
    },
    Signature {
        authority: Phrase,
        date: Phrase,
    },
    /// An attachment begins.
    Attachment {
        title: Phrase,
    },
}

/// What is said above and below a table.
#[derive(Clone, Debug, Default)]
pub(super) struct TableLines {
    pub(super) caption: Phrase,
    pub(super) unit: Phrase,
    pub(super) note: Phrase,
    pub(super) source: Phrase,
}

/// The structure of a body.
#[derive(Clone, Debug, Default)]
pub(super) struct Structure<'m> {
    pub(super) parts: Vec<Part<'m>>,
    /// For each level, the sample of its number, where it is another than the template's; `none` without a number.
    pub(super) numbering: BTreeMap<usize, String>,
}

/// The forms that levels have unless the report says otherwise.
const USUAL: [TypedForm; 4] = [TypedForm::Han, TypedForm::HanBrackets, TypedForm::Digits, TypedForm::DigitsBrackets];
/// The most characters of a heading that only its typed number tells.
const HEADING: usize = 50;

/// The most characters of an authority that signs.
const AUTHORITY: usize = 30;

/// What tells the level of a heading: its outline, else the form of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Outline(u8),
    Form(TypedForm),
}

/// Finds the structure.
pub(super) fn structure<'m>(items: &'m [Item], remarks: &mut Vec<Remark>) -> Structure<'m> {
    let typed: Vec<Option<TypedNumber>> = items.iter().map(number).collect();
    let ranks = ranks(items, &typed);
    let used: BTreeSet<Rank> = ranks.iter().flatten().copied().collect();
    let levels: BTreeMap<Rank, usize> = used.into_iter().zip(1..).collect();
    let points = points((items, &typed), &ranks, remarks);
    let mut captions = Captions::default();
    let mut found = Structure::default();
    let mut counts = [0_u32; 4];
    let mut samples: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let attached = attached::attachments(items, remarks);
    // The first heading of each level with a number that no template has.
    let mut foreign: BTreeMap<usize, &Item> = BTreeMap::new();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        at += 1;
        if attached.marks.contains(&(at - 1)) {
            counts.fill(0);
            found.parts.push(Part::Attachment { title: items[at].phrase.clone() });
            at += 1;
            continue;
        }
        let level = ranks[at - 1].and_then(|r| levels.get(&r).copied()).filter(|l| *l <= 4);
        if let Some(level) = level {
            let number = typed[at - 1].as_ref().filter(|n| n.form != TypedForm::Point);
            counts[level - 1] += 1;
            counts[level..].fill(0);
            if let Some(number) = number
                && number.count != counts[level - 1]
            {
                let (was, now) = (number.count, counts[level - 1]);
                remarks.push(Remark::at(
                    item,
                    say!(
                        "标题原来的序号是 {was}，程序编为 {now}",
                        "this heading was number {was}; the program counts {now}"
                    ),
                ));
            }
            samples.entry(level).or_default().insert(match number {
                Some(number) => sample(number),
                None if item.listed && !item.number.is_empty() => {
                    foreign.entry(level).or_insert(item);
                    usual(level)
                }
                None => "none".to_owned(),
            });
            let (text, run_in) = run_in::divided(item, number);
            found.parts.push(Part::Heading { level, text, run_in });
            continue;
        }
        captions.count(items, at - 1, remarks);
        at += part(items, at - 1, &typed, points.contains(&(at - 1)), (&mut found.parts, remarks));
    }
    found.parts.extend(attached.absent.into_iter().map(|title| Part::Attachment { title }));
    captions.renumbered.tell(items, remarks);
    sign(&mut found.parts, remarks);
    tell_foreign(foreign, remarks);
    number_levels(samples, &mut found, remarks);
    found
}

/// Tells of numbers that no template has.
fn tell_foreign(foreign: BTreeMap<usize, &Item>, remarks: &mut Vec<Remark>) {
    for (level, item) in foreign {
        let (was, now) = (&item.number, usual(level));
        remarks.push(Remark::at(
            item,
            say!(
                "第 {level} 级标题原来的序号是“{was}”这样的，程序编为“{now}”，请核对",
                "headings of level {level} were numbered like {was}; the program numbers them like {now}; please check"
            ),
        ));
    }
}

/// Says how levels are numbered that are not as usual.
fn number_levels(samples: BTreeMap<usize, BTreeSet<String>>, found: &mut Structure<'_>, remarks: &mut Vec<Remark>) {
    for (level, samples) in samples {
        let mut samples: Vec<String> = samples.into_iter().collect();
        if samples.len() > 1 {
            samples.retain(|s| s != "none");
            remarks.push(Remark {
                place: String::new(),
                message: say!(
                    "第 {level} 级标题有的带序号、有的不带，或者样子不同：都编了号，请核对",
                    "headings of level {level} were numbered in different ways; all are numbered now, please check"
                ),
            });
        }
        if let Some(sample) = samples.into_iter().next().filter(|s| *s != usual(level)) {
            found.numbering.insert(level, sample);
        }
    }
}

/// The number before an item, typed or counted by the program that wrote the file; a counted one has no bytes in the text.
fn number(item: &Item) -> Option<TypedNumber> {
    let plain = item.phrase.plain();
    if let Some(part) = part_number(item, &plain) {
        return Some(part);
    }
    if item.number.is_empty() {
        return typed_number(&plain);
    }
    let number = typed_number(&format!("{}{plain}", item.number))?;
    // 1. of a list whose paragraphs are no headings is an item's number.
    let heading = matches!(number.form, TypedForm::Han | TypedForm::HanBrackets | TypedForm::Point);
    (heading || item.outline.is_some()).then_some(TypedNumber { length: 0, ..number })
}

/// The number of a chapter or a section: 第一章. One that is typed has white space after it, unless its paragraph is a heading
/// anyway: 第一节课 is text.
fn part_number(item: &Item, plain: &str) -> Option<TypedNumber> {
    // A title of its own line is divided as templates divide it.
    const BETWEEN: &str = "\u{3000}";
    let typed = item.number.is_empty();
    let part = typed_part(if typed { plain } else { &item.number })?;
    let name = part.text.trim_end();
    let between = part.text[name.len()..].replace('\t', BETWEEN);
    let titled = if typed { part.length < plain.len() } else { !plain.is_empty() && part.length == item.number.len() };
    if !titled || (typed && between.is_empty() && item.outline.is_none()) {
        return None;
    }
    let text = format!("{name}{}", if between.is_empty() { BETWEEN } else { &between });
    Some(TypedNumber { text, length: if typed { part.length } else { 0 }, ..part })
}

/// What tells the level of each heading; None for what is none.
fn ranks(items: &[Item], typed: &[Option<TypedNumber>]) -> Vec<Option<Rank>> {
    // A form that headings of an outline level have is that level.
    let mut forms: BTreeMap<TypedForm, u8> = BTreeMap::new();
    for (item, number) in items.iter().zip(typed) {
        if let (Some(level), Some(number)) = (item.outline, number) {
            forms.entry(number.form).or_insert(level);
        }
    }
    let rank = |(item, number): (&Item, &Option<TypedNumber>)| {
        if item.role != ItemRole::Paragraph {
            return None;
        }
        if let Some(level) = item.outline {
            return Some(Rank::Outline(level));
        }
        let number = number.as_ref().filter(|n| n.form != TypedForm::Point)?;
        let plain = item.phrase.plain();
        let short = plain.chars().count() <= HEADING && !plain.ends_with(['。', '；', '，', '：']);
        (short || run_in::leads(&plain, number))
            .then(|| forms.get(&number.form).map_or(Rank::Form(number.form), |&level| Rank::Outline(level)))
    };
    let mut ranks: Vec<Option<Rank>> = items.iter().zip(typed).map(rank).collect();
    ranks[attached::name_lines(items)].fill(None);
    for at in run_in::out_of_order(items, typed, &ranks.iter().map(Option::is_some).collect::<Vec<_>>()) {
        ranks[at] = None;
    }
    ranks
}

/// The points: 一是 二是 in paragraphs of their own that follow one another. Where one row of them follows another, the program would
/// count on: the second keeps its numbers as text.
fn points(
    (items, typed): (&[Item], &[Option<TypedNumber>]),
    ranks: &[Option<Rank>],
    remarks: &mut Vec<Remark>,
) -> BTreeSet<usize> {
    let count = |at: usize| {
        typed
            .get(at)?
            .as_ref()
            .filter(|n| n.form == TypedForm::Point && n.text.ends_with('是') && ranks[at].is_none())
            .map(|n| n.count)
    };
    let mut found = BTreeSet::new();
    for start in (0..typed.len()).filter(|&at| count(at) == Some(1)) {
        let run = (start..typed.len()).zip(1..).take_while(|&(at, n)| count(at) == Some(n)).count();
        if run > 1 && start.checked_sub(1).is_some_and(|before| found.contains(&before)) {
            remarks.push(Remark::at(
                &items[start],
                say!(
                    "这几条紧接着上面几条，又从一是编起：序号照原样写成了文字",
                    "these points follow others and begin with 一是 again: their numbers are kept as text"
                ),
            ));
        } else if run > 1 {
            found.extend(start..start + run);
        }
    }
    found
}

/// What an item that is no heading becomes; returns how many more items it takes.
fn part<'m>(
    items: &'m [Item],
    at: usize,
    typed: &[Option<TypedNumber>],
    is_point: bool,
    (parts, remarks): (&mut Vec<Part<'m>>, &mut Vec<Remark>),
) -> usize {
    let item = &items[at];
    let plain = item.phrase.plain();
    match item.role {
        _ if let Some((lines, table, taken)) = table_at(items, at) => {
            parts.push(Part::Table { lines, table });
            return taken;
        }
        ItemRole::Picture => {
            let below = items.get(at + 1).filter(|n| caption_of(n, '图').is_some());
            let caption = below.and_then(|n| caption_of(n, '图')).unwrap_or_default();
            parts.push(Part::Picture { caption, item });
            return usize::from(below.is_some());
        }
        _ if is_point => {
            let length = typed[at].as_ref().map_or(0, |n| n.length);
            let lead_end = plain.find('。').map_or(plain.len(), |i| i + '。'.len_utf8());
            let lead = item.phrase.part(&(length..lead_end));
            parts.push(Part::Point { lead, text: item.phrase.part(&(lead_end..plain.len())) });
        }
        _ if goes_on(item, parts) => {
            if let Some(Part::ListItem { text, .. }) = parts.last_mut() {
                text.push(Bit { text: "\n".to_owned(), kind: BitKind::Break, ..Bit::default() });
                item.phrase.bits.iter().for_each(|bit| text.push(bit.clone()));
                remarks.push(Remark::at(
                    item,
                    say!(
                        "这一段接着上面的一项，写成了那一项里另起的一行",
                        "this paragraph goes on with the item above; it is now a line of that item"
                    ),
                ));
            }
        }
        // What its program counts in another way than lists are counted here keeps its number as text.
        _ if is_counted(item) => parts.push(list_item(item, true)),
        _ if item.listed && !item.goes_on && is_mark(&item.number) => parts.push(list_item(item, false)),
        _ if !item.number.is_empty() => {
            let mut text = Phrase::of(&item.number);
            item.phrase.bits.iter().for_each(|bit| text.push(bit.clone()));
            parts.push(Part::Paragraph(text));
        }
        _ => parts.push(Part::Paragraph(item.phrase.clone())),
    }
    0
}

fn list_item<'m>(item: &Item, ordered: bool) -> Part<'m> {
    let digits: String = item.number.chars().filter(char::is_ascii_digit).collect();
    let count = digits.parse().unwrap_or(item.ordinal);
    Part::ListItem { level: depth(item), ordered, count, text: item.phrase.clone() }
}

/// The level of a list's item: that of its list, or that in the name of its style, as List Number 2 has it.
fn depth(item: &Item) -> usize {
    let style = item.style.to_lowercase();
    let level = style.strip_prefix("list ").and_then(|rest| rest.rsplit(' ').next()?.parse::<usize>().ok());
    item.depth.max(level.filter(|level| (2..=5).contains(level)).map_or(0, |level| level - 1))
}

/// True for a paragraph without a mark that goes on with the item of a list before it: in its list, or by its style.
fn goes_on(item: &Item, parts: &[Part<'_>]) -> bool {
    let by_style = item.style.to_lowercase().starts_with("list continue");
    let above = match parts.last() {
        Some(Part::ListItem { level, .. }) => *level,
        _ => return false,
    };
    (item.goes_on || by_style) && depth(item) == above
}

/// True for an item of a list counted in digits: 1. （1） 1、 1)
fn is_counted(item: &Item) -> bool {
    let digits = item.number.trim_matches(['.', '．', '、', '(', ')', '（', '）', ' ', '\t']);
    let circled = item.depth > 0 && digits.chars().all(|c| ('①'..='⑳').contains(&c));
    !digits.is_empty() && (circled || digits.chars().all(|c| c.is_ascii_digit()))
}

/// True for what stands before each item of a list alike, or for nothing: —— ·
fn is_mark(number: &str) -> bool {
    !number.chars().any(char::is_alphanumeric)
}

/// Where the body ends and the attachments begin.
pub(super) fn body_end(parts: &[Part<'_>]) -> usize {
    parts.iter().position(|part| matches!(part, Part::Attachment { .. })).unwrap_or(parts.len())
}

/// Makes the last two lines of the body the signature that they are: an authority, and a day.
fn sign(parts: &mut Vec<Part<'_>>, remarks: &mut Vec<Remark>) {
    let end = body_end(parts);
    let [.., Part::Paragraph(authority), Part::Paragraph(date)] = &parts[..end] else { return };
    let (name, day) = (authority.plain(), date.plain());
    let is_name = !name.trim().is_empty()
        && name.chars().count() <= AUTHORITY
        && !name.contains(['。', '，', '；', '：', '、', '？', '！', '\n']);
    let is_day = day.trim().ends_with('日') && read_day(day.trim()).is_some();
    if !is_name || !is_day {
        return;
    }
    let signature = Part::Signature { authority: authority.clone(), date: date.clone() };
    parts.splice(end - 2..end, [signature]);
    remarks.push(Remark {
        place: name,
        message: say!(
            "正文最后两行当作署名和成文日期；要盖章的，把 sealed 改为 true",
            "the last two lines of the text are taken for the signature and its date; where a seal is to be set, make sealed true"
        ),
    });
}

/// A table that begins here, with the lines that go with it, and how many more items it takes.
pub(super) fn table_at(items: &[Item], at: usize) -> Option<(TableLines, &Item, usize)> {
    let caption = items.get(at).and_then(|item| caption_of(item, '表'));
    let after_caption = at + usize::from(caption.is_some());
    let unit = labelled(items.get(after_caption)?, "单位：");
    let place = after_caption + usize::from(unit.is_some());
    let table = items.get(place).filter(|item| item.role == ItemRole::Table)?;
    let note = items.get(place + 1).and_then(|item| labelled(item, "注："));
    let below = place + 1 + usize::from(note.is_some());
    let source = items.get(below).and_then(|item| labelled(item, "资料来源："));
    let end = below + usize::from(source.is_some());
    let [caption, unit, note, source] = [caption, unit, note, source].map(Option::unwrap_or_default);
    Some((TableLines { caption, unit, note, source }, table, end - at - 1))
}

/// What follows a label in a line that begins with it: the words that the program writes before it itself.
fn labelled(item: &Item, label: &str) -> Option<Phrase> {
    let plain = item.phrase.plain();
    let bare = item.role == ItemRole::Paragraph && item.outline.is_none() && item.number.is_empty();
    let text = plain.trim_start().strip_prefix(label).filter(|text| bare && !text.trim().is_empty())?;
    Some(item.phrase.part(&(plain.len() - text.len()..plain.len())))
}

/// How far tables and pictures have been counted.
#[derive(Default)]
struct Captions {
    tables: usize,
    pictures: usize,
    renumbered: Renumbered,
}

impl Captions {
    /// Counts the caption of a table or picture, and tells where its number was another one.
    fn count(&mut self, items: &[Item], at: usize, remarks: &mut Vec<Remark>) {
        // Each picture above a caption is a figure of its own; what is not carried over has no number.
        let (caption, count, figures, word) = if table_at(items, at).is_some() && caption_of(&items[at], '表').is_some()
        {
            (Some(&items[at]), &mut self.tables, 1, '表')
        } else {
            let below = items.get(at + 1).filter(|_| items[at].role == ItemRole::Picture);
            let figures = items[at].pictures.iter().filter(|picture| is_carried(picture)).count();
            (below.filter(|item| caption_of(item, '图').is_some()), &mut self.pictures, figures, '图')
        };
        let Some(caption) = caption else { return };
        let now = (figures > 0).then_some(*count + 1);
        *count += figures;
        let plain = caption.phrase.plain();
        let typed: String = plain.chars().skip(1).take_while(|&c| is_caption_number(c)).collect();
        if let Some(now) = now
            && typed != now.to_string()
        {
            remarks.push(Remark::at(
                caption,
                say!(
                    "原来的编号是{word}{typed}，程序编为{word}{now}",
                    "this caption was number {typed}; the program counts {now}"
                ),
            ));
        }
        self.renumbered.add((word, typed), now);
    }
}

/// A caption without 表1.
pub(super) fn caption_of(item: &Item, word: char) -> Option<Phrase> {
    let plain = item.phrase.plain();
    let rest = plain.strip_prefix(word)?;
    let number = rest.trim_start_matches(is_caption_number);
    if number.len() == rest.len() || plain.chars().count() > 60 || item.role != ItemRole::Paragraph {
        return None;
    }
    let text = number.trim_start();
    Some(item.phrase.part(&(plain.len() - text.len()..plain.len())))
}

/// The first number of a form: （一）.
fn sample(number: &TypedNumber) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let one = if number.text.contains(is_digit) { "1" } else { "一" };
    let is_number = |c: char| is_digit(c) || "〇一二三四五六七八九十百".contains(c);
    let start = number.text.find(is_number).unwrap_or(0);
    let end = number.text.rfind(is_number).map_or(0, |i| i + number.text[i..].chars().next().map_or(0, char::len_utf8));
    format!("{}{one}{}", &number.text[..start], &number.text[end..])
}

fn usual(level: usize) -> String {
    match USUAL.get(level - 1) {
        Some(TypedForm::Han) => "一、",
        Some(TypedForm::HanBrackets) => "（一）",
        Some(TypedForm::Digits) => "1.",
        _ => "（1）",
    }
    .to_owned()
}
