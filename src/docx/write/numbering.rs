//! Lists: multilevel numbering bound to the styles of headings and items, and the flat lists (points, terms), counted as Word counts.

use crate::docx::styles::id::{BULLETS, HEADINGS, LISTS, POINTS, TERMS};
use crate::docx::styles::{Variant, indent, variant_id};
use crate::docx::xml::{Markup, W, Xml};
use crate::model::{Block, BlockKind, Document, Number, NumberFormat, Scheme};
use crate::template::{Style, StyleName, Template};

const LEVELS: usize = 4;

/// The list and level that one paragraph names itself, where its style's would count wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Direct {
    /// `w:numId`; 0 takes the paragraph out of every list.
    pub(super) num: usize,
    /// `w:ilvl`.
    pub(super) level: usize,
}

/// A list instance that starts its level again.
#[derive(Clone, Copy, Debug)]
struct Restart {
    list: usize,
    level: usize,
    start: u32,
}

/// A list of several levels as Word counts it.
#[derive(Clone, Copy, Debug, Default)]
struct Levels {
    /// The instance in use; None: the styles' own.
    num: Option<usize>,
    counters: [Option<u32>; LEVELS],
    /// True for a level above an item that had no item of its own: programs count it as begun, some as one and some as none.
    implied: [bool; LEVELS],
}

/// A flat list as Word counts it. Items that count from one again are a list of their own, so that a new item moves no other; those
/// that go on after other blocks stay in theirs.
#[derive(Clone, Copy, Debug, Default)]
struct Flat {
    /// The instance in use; None: the style's own.
    num: Option<usize>,
    count: Option<u32>,
}

/// Counts as Word does, and notes a restart wherever the model's count is another.
#[derive(Debug)]
pub(super) struct Lists {
    /// How headings are counted, by level.
    schemes: [Option<Scheme>; LEVELS],
    headings: Levels,
    items: Levels,
    points: Flat,
    terms: Flat,
    restarts: Vec<Restart>,
}

impl Lists {
    /// The lists of a document: a level whose headings carry no number prints none, and still counts.
    pub(super) fn of(document: &Document, template: &Template) -> Self {
        let mut numbered = [false; LEVELS];
        let mut plain = [false; LEVELS];
        for (_, block) in document.headings() {
            if let BlockKind::Heading { level, number, .. } = &block.kind {
                let which = if number.is_some() { &mut numbered } else { &mut plain };
                which[index(*level)] = true;
            }
        }
        let mut schemes = template.numbering.headings.clone();
        for level in 0..LEVELS {
            if plain[level] && !numbered[level] {
                schemes[level] = None;
            }
        }
        Self {
            schemes,
            headings: Levels::default(),
            items: Levels::default(),
            points: Flat::default(),
            terms: Flat::default(),
            restarts: Vec::new(),
        }
    }

    /// The list that a block must name itself; None: its style's serves, or it is in no list.
    pub(super) fn direct(&mut self, block: &Block) -> Option<Direct> {
        match &block.kind {
            BlockKind::Heading { level, number, .. } => self.heading(index(*level), number.as_ref()),
            BlockKind::Point { number, .. } => self.flat(POINTS, number.count),
            BlockKind::ListItem { level, number: Some(number), .. } => {
                let mut items = self.items;
                let direct = self.level(LISTS, &mut items, index(*level), Some(number.count));
                self.items = items;
                direct
            }
            BlockKind::Term { number, .. } => self.flat(TERMS, number.count),
            _ => None,
        }
    }

    fn heading(&mut self, level: usize, number: Option<&Number>) -> Option<Direct> {
        let prints = self.schemes[level].is_some();
        if prints && number.is_none() {
            return Some(Direct { num: 0, level });
        }
        let mut headings = self.headings;
        let direct = self.level(HEADINGS, &mut headings, level, number.map(|n| n.count));
        self.headings = headings;
        direct
    }

    /// Counts a paragraph of a level; `count`: what it must be, where it matters.
    fn level(&mut self, list: usize, state: &mut Levels, level: usize, count: Option<u32>) -> Option<Direct> {
        let next = state.counters[level].map_or(1, |n| n.saturating_add(1));
        let count = count.unwrap_or(next);
        if count != next || state.implied[level] {
            state.num = Some(self.restart(list, level, count));
        }
        for above in 0..level {
            state.implied[above] |= state.counters[above].is_none();
        }
        state.counters[level] = Some(count);
        state.counters[level + 1..].fill(None);
        state.implied[level..].fill(false);
        state.num.map(|num| Direct { num, level })
    }

    fn flat(&mut self, list: usize, count: u32) -> Option<Direct> {
        let state = *self.flat_mut(list);
        let next = state.count.map_or(1, |n| n.saturating_add(1));
        let num = if count == next { state.num } else { Some(self.restart(list, 0, count)) };
        *self.flat_mut(list) = Flat { num, count: Some(count) };
        num.map(|num| Direct { num, level: 0 })
    }

    fn flat_mut(&mut self, list: usize) -> &mut Flat {
        match list {
            TERMS => &mut self.terms,
            _ => &mut self.points,
        }
    }

    fn restart(&mut self, list: usize, level: usize, start: u32) -> usize {
        self.restarts.push(Restart { list, level, start });
        BULLETS + self.restarts.len()
    }

    /// `word/numbering.xml`.
    pub(super) fn part(&self, template: &Template) -> Markup {
        let mut xml = Xml::default();
        xml.open("w:numbering", &[("xmlns:w", W)]);
        open_list(&mut xml, HEADINGS, "multilevel");
        for (level, scheme) in self.schemes.iter().enumerate() {
            let style = template.style(StyleName::heading(u8::try_from(level + 1).unwrap_or(u8::MAX)));
            write_level(&mut xml, level, scheme.as_ref(), style);
        }
        xml.close();
        let numbering = &template.numbering;
        write_flat(&mut xml, POINTS, &numbering.points, template.style(StyleName::Point));
        write_items(&mut xml, LISTS, template);
        write_flat(&mut xml, TERMS, &numbering.terms, template.style(StyleName::GlossaryEntry));
        write_items(&mut xml, BULLETS, template);
        for list in [HEADINGS, POINTS, LISTS, TERMS, BULLETS] {
            xml.open("w:num", &[("w:numId", &list.to_string())]).val("w:abstractNumId", list).close();
        }
        for (at, restart) in self.restarts.iter().enumerate() {
            xml.open("w:num", &[("w:numId", &(BULLETS + 1 + at).to_string())]).val("w:abstractNumId", restart.list);
            xml.open("w:lvlOverride", &[("w:ilvl", &restart.level.to_string())]);
            xml.val("w:startOverride", restart.start).close().close();
        }
        xml.finish()
    }
}

fn index(level: u8) -> usize {
    usize::from(level.clamp(1, LEVELS as u8)) - 1
}

/// A list of one level.
fn write_flat(xml: &mut Xml, list: usize, scheme: &Scheme, style: &Style) {
    open_list(xml, list, "singleLevel");
    write_level(xml, 0, Some(scheme), style);
    xml.close();
}

/// The lists of items, numbered or with bullets, within one another.
fn write_items(xml: &mut Xml, list: usize, template: &Template) {
    open_list(xml, list, "multilevel");
    for (level, name) in StyleName::LIST_ITEMS.into_iter().enumerate() {
        let (style, numbering) = (template.style(name), &template.numbering);
        if list == LISTS {
            write_level(xml, level, Some(&numbering.lists[level]), style);
        } else {
            write_bullet(xml, level, &numbering.bullet[level], style);
        }
    }
    xml.close();
}

/// Opens the abstract definition of a list.
fn open_list(xml: &mut Xml, list: usize, levels: &str) {
    xml.open("w:abstractNum", &[("w:abstractNumId", &list.to_string())]);
    xml.val("w:nsid", format!("2D47{list:04}")).val("w:multiLevelType", levels);
    xml.val("w:tmpl", format!("2D470A{list:02}"));
}

/// One `w:lvl`, bound to a style. The number takes the paragraph's look; its indent is said again here, because a
/// paragraph that names its list itself takes the level's indent before its style's.
fn write_level(xml: &mut Xml, level: usize, scheme: Option<&Scheme>, style: &Style) {
    let text = scheme.map_or_else(String::new, |s| {
        let from = level.saturating_sub(s.above);
        let counts: Vec<String> = (from..=level).map(|level| format!("%{}", level + 1)).collect();
        format!("{}{}{}", s.before, counts.join("."), s.after)
    });
    open_level(xml, level, scheme.map_or("none", |s| number_format(s.format)), &style.word.id, &text);
    close_level(xml, style);
}

/// A level of an unordered list.
fn write_bullet(xml: &mut Xml, level: usize, bullet: &str, style: &Style) {
    // LibreOffice draws only the first character of a bullet: —— is a number that consists of nothing but its surroundings.
    let format = if bullet.chars().count() == 1 { "bullet" } else { "none" };
    open_level(xml, level, format, &variant_id(style, Variant::Bullet), bullet);
    close_level(xml, style);
}

fn open_level(xml: &mut Xml, level: usize, format: &str, style: &str, text: &str) {
    xml.open("w:lvl", &[("w:ilvl", &level.to_string())]).val("w:start", 1);
    xml.val("w:numFmt", format).val("w:pStyle", style).val("w:suff", "nothing");
    xml.val("w:lvlText", text).val("w:lvlJc", "left");
}

fn close_level(xml: &mut Xml, style: &Style) {
    xml.open("w:pPr", &[]);
    indent(xml, style);
    xml.close().open("w:rPr", &[]).empty("w:rFonts", &[("w:hint", "eastAsia")]).close().close();
}

/// Word's name of a number format (ST_NumberFormat).
pub(super) const fn number_format(format: NumberFormat) -> &'static str {
    match format {
        NumberFormat::Chinese => "chineseCounting",
        NumberFormat::Decimal => "decimal",
        NumberFormat::Circled => "decimalEnclosedCircleChinese",
    }
}
