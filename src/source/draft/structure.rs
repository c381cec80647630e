//! Headings, points, lists, tables and pictures among the items of a manuscript.

use super::remark::Remark;
use crate::diagnostic::say;
use crate::model::{Item, ItemRole, Phrase, TypedForm, TypedNumber, typed_number};
use std::collections::{BTreeMap, BTreeSet};

/// A block of the report to be.
#[derive(Clone, Debug)]
pub(super) enum Part<'m> {
    Heading { level: usize, text: Phrase },
    Paragraph(Phrase),
    Point { lead: Phrase, text: Phrase },
    ListItem { level: usize, ordered: bool, count: u32, text: Phrase },
    Table { caption: Phrase, table: &'m Item },
    Picture { caption: Phrase, item: &'m Item },
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
    let points = points(&typed, &ranks);
    let mut found = Structure::default();
    let mut counts = [0_u32; 4];
    let mut samples: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        at += 1;
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
                None if item.listed && !item.number.is_empty() => usual(level),
                None => "none".to_owned(),
            });
            let text = rest(&item.phrase, number.map_or(0, |n| n.length));
            found.parts.push(Part::Heading { level, text });
            continue;
        }
        at += part(items, at - 1, &typed, points.contains(&(at - 1)), &mut found.parts);
    }
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
    found
}

/// The number before an item, typed or counted by the program that wrote the file; a counted one has no bytes in the text.
fn number(item: &Item) -> Option<TypedNumber> {
    let plain = item.phrase.plain();
    if item.number.is_empty() {
        return typed_number(&plain);
    }
    let number = typed_number(&format!("{}{plain}", item.number))?;
    // 1. of a list whose paragraphs are no headings is an item's number.
    let heading = matches!(number.form, TypedForm::Han | TypedForm::HanBrackets | TypedForm::Point);
    (heading || item.outline.is_some()).then_some(TypedNumber { length: 0, ..number })
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
        short.then(|| forms.get(&number.form).map_or(Rank::Form(number.form), |&level| Rank::Outline(level)))
    };
    items.iter().zip(typed).map(rank).collect()
}

/// The points: 一是 二是 in paragraphs of their own that follow one another.
fn points(typed: &[Option<TypedNumber>], ranks: &[Option<Rank>]) -> BTreeSet<usize> {
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
        if run > 1 {
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
    parts: &mut Vec<Part<'m>>,
) -> usize {
    let item = &items[at];
    let plain = item.phrase.plain();
    match item.role {
        ItemRole::Table => parts.push(Part::Table { caption: Phrase::default(), table: item }),
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
        // What its program counts in another way than lists are counted here keeps its number as text.
        _ if is_counted(item) => parts.push(list_item(item, true)),
        _ if item.listed && is_mark(&item.number) => parts.push(list_item(item, false)),
        _ if !item.number.is_empty() => {
            let mut text = Phrase::of(&item.number);
            item.phrase.bits.iter().for_each(|bit| text.push(bit.clone()));
            parts.push(Part::Paragraph(text));
        }
        _ => {
            if let (Some(caption), Some(next)) = (caption_of(item, '表'), items.get(at + 1))
                && next.role == ItemRole::Table
            {
                parts.push(Part::Table { caption, table: next });
                return 1;
            }
            parts.push(Part::Paragraph(item.phrase.clone()));
        }
    }
    0
}

fn list_item<'m>(item: &Item, ordered: bool) -> Part<'m> {
    let digits: String = item.number.chars().filter(char::is_ascii_digit).collect();
    let count = digits.parse().unwrap_or(item.ordinal);
    Part::ListItem { level: item.depth, ordered, count, text: item.phrase.clone() }
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

/// A caption without 表1.
pub(super) fn caption_of(item: &Item, word: char) -> Option<Phrase> {
    let plain = item.phrase.plain();
    let rest = plain.strip_prefix(word)?;
    let number = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '.') || "一二三四五六七八九十".contains(c)
    });
    if number.len() == rest.len() || plain.chars().count() > 60 || item.role != ItemRole::Paragraph {
        return None;
    }
    let text = number.trim_start();
    Some(item.phrase.part(&(plain.len() - text.len()..plain.len())))
}

/// A phrase without its first bytes.
fn rest(phrase: &Phrase, from: usize) -> Phrase {
    phrase.part(&(from..phrase.plain().len()))
}

/// The first number of a form: （一）.
fn sample(number: &TypedNumber) -> String {
    let one =
        if matches!(number.form, TypedForm::Han | TypedForm::HanBrackets | TypedForm::Point) { "一" } else { "1" };
    let is_number =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇一二三四五六七八九十百".contains(c);
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
