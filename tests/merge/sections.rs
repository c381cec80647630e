//! Whole sections go elsewhere, with the headings, points and tables in them: the source then reads as if it had been written so.

use super::desk::{Desk, edited, merged, part};
use super::hand::carried;
use crate::mutate::Random;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;

/// What stands in a report, one entry after the other.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Heading(usize, String),
    Text(String),
    Point(String),
    /// By its caption.
    Table(String),
}

impl Entry {
    const fn level(&self) -> Option<usize> {
        match self {
            Self::Heading(level, _) => Some(*level),
            _ => None,
        }
    }
}

/// How the editor's program keeps what was moved.
#[derive(Clone, Copy, Debug)]
enum Manner {
    /// Cut and put in, the bookmarks with it.
    Open,
    /// Put in without its bookmarks.
    Copied,
    /// As a tracked move.
    Moved,
    /// As a tracked deletion and insertion.
    Replaced,
}

impl Manner {
    /// The tracked changes where something was, and where it is.
    const fn tags(self) -> Option<[&'static str; 2]> {
        match self {
            Self::Open | Self::Copied => None,
            Self::Moved => Some(["moveFrom", "moveTo"]),
            Self::Replaced => Some(["del", "ins"]),
        }
    }
}

const MANNERS: [Manner; 4] = [Manner::Open, Manner::Copied, Manner::Moved, Manner::Replaced];

/// A report and its Word file, entry by entry.
#[derive(Clone)]
struct Book {
    /// An entry, and the elements of the body that print it.
    entries: Vec<(Entry, String)>,
}

const WORDS: [&str; 12] =
    ["文化", "治理", "生态", "教育", "医疗", "营商", "城市", "农业", "安全", "就业", "交通", "住房"];
/// Headings that every section has in many reports.
const OFTEN: [&str; 3] = ["主要成效", "存在问题", "下一步打算"];

/// A text of its own.
fn says(number: usize) -> String {
    let word = WORDS[number % WORDS.len()];
    format!("{word}工作第{number}号，全年办结{}件，群众对{word}的满意度稳步提高。", 100 + number * 7)
}

fn entries(random: &mut Random) -> Vec<Entry> {
    let often = random.below(2) == 0;
    let mut all = vec![Entry::Text("开头的一段话，说明全文的来由。".to_owned())];
    let mut number = 0;
    let mut next = |random: &mut Random, all: &mut Vec<Entry>| {
        for _ in 0..random.below(3) {
            number += 1;
            all.push(match random.below(7) {
                0 => Entry::Table(format!("第{number}号情况")),
                1 | 2 => Entry::Point(format!("抓好第{number}号任务。")),
                _ => Entry::Text(says(number)),
            });
        }
        number += 1;
        number
    };
    for _ in 0..2 + random.below(3) {
        let number = next(random, &mut all);
        all.push(Entry::Heading(1, format!("第{number}部分{}", WORDS[number % 12])));
        for _ in 0..random.below(4) {
            let number = next(random, &mut all);
            all.push(Entry::Heading(2, format!("推进{}建设{number}", WORDS[number % 12])));
            for usual in OFTEN.iter().take(random.below(4)) {
                let number = next(random, &mut all);
                let own = format!("{}情况{number}", WORDS[number % 12]);
                all.push(Entry::Heading(3, if often { (*usual).to_owned() } else { own }));
            }
        }
    }
    next(random, &mut all);
    all.push(Entry::Text("结尾的一段话，号召大家努力奋斗。".to_owned()));
    all
}

fn yaml(entries: &[Entry]) -> String {
    let mut text = "template: work-report\ntitle: 试验报告\nbody:\n".to_owned();
    let mut depth = 0;
    for (at, entry) in entries.iter().enumerate() {
        if let Some(level) = entry.level() {
            depth = level - 1;
        }
        let margin = " ".repeat(2 + depth * 4);
        match entry {
            Entry::Heading(level, says) => {
                writeln!(text, "{margin}- heading: {says}").unwrap();
                if entries.get(at + 1).is_some_and(|next| next.level().is_none_or(|other| other > *level)) {
                    writeln!(text, "{margin}  body:").unwrap();
                }
                depth = *level;
            }
            Entry::Text(says) => writeln!(text, "{margin}- {says}").unwrap(),
            Entry::Point(says) => writeln!(text, "{margin}- point: {says}").unwrap(),
            Entry::Table(caption) => {
                let table = format!("caption: {caption}, columns: [类别, 件数], rows: [[{caption}甲, 1], [乙, 2]]");
                writeln!(text, "{margin}- table: {{{table}}}").unwrap();
            }
        }
    }
    text
}

/// True where every heading is at most one level below the one before it.
fn nested(entries: &[Entry]) -> bool {
    let mut last = 0;
    entries.iter().filter_map(Entry::level).all(|level| {
        let fits = level <= last + 1;
        last = level;
        fits
    })
}

impl Book {
    /// The book of a report that was built.
    fn new(entries: &[Entry], xml: &str) -> Self {
        let mut pieces = top(xml).into_iter();
        let mut all = Vec::new();
        // What stands before the body goes with its first entry.
        for (at, entry) in entries.iter().enumerate() {
            let mut held = String::new();
            let says = match entry {
                Entry::Heading(_, says) | Entry::Text(says) | Entry::Point(says) => says.clone(),
                Entry::Table(caption) => format!("{caption}甲"),
            };
            for piece in pieces.by_ref() {
                held.push_str(piece);
                if piece.contains(&says) {
                    break;
                }
            }
            assert!(held.contains(&says), "{at} {entry:?}");
            all.push((entry.clone(), held));
        }
        Self { entries: all }
    }

    /// The whole section that begins with a heading.
    fn section(&self, at: usize) -> Range<usize> {
        let level = self.entries[at].0.level().unwrap();
        let below = self.entries[at + 1..].iter().take_while(|(e, _)| e.level().is_none_or(|other| other > level));
        at..at + 1 + below.count()
    }

    /// Moves a section before another entry; None where no report has that order.
    fn moved(&self, section: &Range<usize>, to: usize, manner: Manner) -> Option<Self> {
        if (section.start..=section.end).contains(&to) {
            return None;
        }
        let mut order = self.entries.clone();
        let taken: Vec<_> = order.drain(section.clone()).collect();
        let at = if to > section.start { to - section.len() } else { to };
        order.splice(at..at, taken.clone());
        let said: Vec<Entry> = order.iter().map(|(e, _)| e.clone()).collect();
        if !nested(&said) {
            return None;
        }
        let tags = manner.tags();
        let copies = taken.iter().map(|(entry, xml)| match manner {
            Manner::Open => (entry.clone(), xml.clone()),
            _ => (entry.clone(), carried(xml, tags)[1].clone()),
        });
        order.splice(at..at + section.len(), copies);
        // What tracking leaves at the old place goes with the entry before it.
        let left: String =
            taken.iter().map(|(_, xml)| tags.map_or(String::new(), |_| carried(xml, tags)[0].clone())).collect();
        let before = if to > section.start { section.start } else { section.start + section.len() } - 1;
        order[before].1.push_str(&left);
        Some(Self { entries: order })
    }
}

/// What else is done to a report whose sections go elsewhere.
impl Book {
    /// Other words in a paragraph, the first, from one on, that has the old ones.
    fn words(&mut self, from: usize, old: &str, new: &str) -> bool {
        let count = self.entries.len();
        let found = (0..count).map(|at| (from + at) % count).find(|&at| self.entries[at].1.contains(old));
        let Some((Entry::Text(says), xml)) = found.map(|at| &mut self.entries[at]) else { return false };
        (*says, *xml) = (says.replacen(old, new, 1), xml.replacen(old, new, 1));
        true
    }

    /// A new paragraph behind one.
    fn more(&mut self, at: usize, says: &str) -> bool {
        let (Entry::Text(like), xml) = &self.entries[at] else { return false };
        let place = super::desk::paragraph(xml, like);
        let xml = super::desk::like(&xml[place], says);
        self.entries.insert(at + 1, (Entry::Text(says.to_owned()), xml));
        true
    }

    /// A paragraph goes.
    fn less(&mut self, at: usize) -> bool {
        let alone = |xml: &str| xml.matches("<w:p>").count() + xml.matches("<w:p ").count() == 1;
        let goes = at > 1 && matches!(&self.entries[at], (Entry::Text(_), xml) if alone(xml));
        if goes {
            self.entries.remove(at);
        }
        goes
    }
}

/// The elements of a body, one after the other, without the last: the section's properties.
fn top(xml: &str) -> Vec<&str> {
    let start = xml.find("<w:body>").unwrap() + "<w:body>".len();
    let end = xml.rfind("</w:body>").unwrap();
    let mut rest = &xml[start..end];
    let mut all = Vec::new();
    while !rest.is_empty() {
        let name = &rest[1..rest.find([' ', '>', '/']).unwrap()];
        let open = rest.find('>').unwrap();
        let length = if rest[..open].ends_with('/') {
            open + 1
        } else {
            let close = format!("</{name}>");
            rest.find(&close).unwrap() + close.len()
        };
        all.push(&rest[..length]);
        rest = &rest[length..];
    }
    all
}

/// A report with its Word file.
struct Shelf {
    book: Book,
    file: Vec<u8>,
    xml: String,
}

impl Shelf {
    fn new(seed: u64) -> Self {
        let entries = entries(&mut Random(seed));
        let desk = Desk::new();
        desk.write("report.yaml", &yaml(&entries));
        desk.build();
        let file = fs::read(desk.path("out/report.docx")).unwrap();
        let xml = part(&file, "word/document.xml");
        Self { book: Book::new(&entries, &xml), file, xml }
    }

    fn with(&self, book: &Book) -> Vec<u8> {
        let start = self.xml.find("<w:body>").unwrap() + "<w:body>".len();
        let all: usize = self.book.entries.iter().map(|(_, xml)| xml.len()).sum();
        let body: String = book.entries.iter().map(|(_, xml)| xml.as_str()).collect();
        edited(&self.file, "word/document.xml", |_| format!("{}{body}{}", &self.xml[..start], &self.xml[start + all..]))
    }
}

/// What is wrong with one case; None where nothing could be moved.
fn wrong(shelf: &Shelf, seed: u64, folder: &std::path::Path) -> Option<String> {
    let random = &mut Random(seed);
    let manner = MANNERS[random.below(4)];
    let mut book = shelf.book.clone();
    let mut moves = Vec::new();
    for _ in 0..=random.below(8) / 6 {
        let headings: Vec<usize> = (0..book.entries.len()).filter(|&at| book.entries[at].0.level().is_some()).collect();
        let section = book.section(headings[random.below(headings.len())]);
        let to = 1 + random.below(book.entries.len() - 1);
        if let Some(new) = book.moved(&section, to, manner) {
            moves.push((book.entries[section.start].0.clone(), section, to));
            book = new;
        }
    }
    if moves.is_empty() {
        return None;
    }
    let mut ours = shelf.book.clone();
    let mut done = [false; 4];
    if random.below(2) == 0 {
        let at = random.below(book.entries.len());
        // Each side changes words of its own, which may be in one paragraph.
        done[0] = book.words(at, "全年办结", "去年共办结");
        done[1] = random.below(2) == 0 && ours.words(at, "的满意度稳步提高", "的满意度明显提高");
        done[2] = random.below(3) == 0 && book.more(random.below(book.entries.len()), "新写的一段，说明情况。");
        done[3] = !done[2] && random.below(3) == 0 && book.less(random.below(book.entries.len()));
    }
    let said = |book: &Book| yaml(&book.entries.iter().map(|(e, _)| e.clone()).collect::<Vec<_>>());
    fs::write(folder.join("report.yaml"), said(&ours)).unwrap();
    fs::write(folder.join("back.docx"), shelf.with(&book)).unwrap();
    let outcome = merged(folder);
    let mut expected = said(&book);
    if done[1] {
        let changed = |(e, _): &(Entry, String)| match e {
            Entry::Text(says) if says.contains("的满意度明显提高") => {
                Some(says.split("，全年").next().unwrap().to_owned())
            }
            _ => None,
        };
        let changed = ours.entries.iter().find_map(changed).unwrap();
        let line = expected.lines().find(|line| line.contains(&format!("- {changed}，"))).map(str::to_owned);
        // Where they took the paragraph out, it stays, as a conflict: not of interest here.
        let line = line?;
        expected = expected.replace(&line, &line.replace("的满意度稳步提高", "的满意度明显提高"));
    }
    let result = fs::read_to_string(folder.join("report.yaml")).unwrap();
    if result == expected && !outcome.failed() {
        return None;
    }
    let changes: Vec<String> = outcome
        .review
        .changes
        .iter()
        .map(|c| format!("{} {} {:?} {:?}\n   {:?}", c.kind.name(), c.status.name(), c.before, c.after, c.rewrites))
        .collect();
    let old = said(&ours);
    Some(format!(
        "seed {seed} {manner:?} {moves:?} {done:?} {:?}\nOLD\n{old}EXPECTED\n{expected}RESULT\n{result}{}",
        outcome.diagnostics,
        changes.join("\n")
    ))
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

/// Cases from one report.
const OF_ONE: u64 = 20;

#[test]
fn sections_go_elsewhere_whole() {
    let (first, count) = (number("DINGGAO_SEED").unwrap_or(1), number("DINGGAO_CASES").unwrap_or(20));
    let folder = tempfile::tempdir().unwrap();
    let mut failed = Vec::new();
    let mut shelf = (u64::MAX, None);
    for seed in first..first + count {
        if shelf.0 != seed / OF_ONE {
            shelf = (seed / OF_ONE, Some(Shelf::new(seed / OF_ONE)));
        }
        failed.extend(wrong(shelf.1.as_ref().unwrap(), seed, folder.path()));
    }
    assert!(failed.is_empty(), "{} of {count} wrong\n{}", failed.len(), failed[..failed.len().min(5)].join("\n\n"));
}
