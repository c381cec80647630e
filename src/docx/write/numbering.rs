//! Lists: multilevel numbering bound to heading styles, and the points' list, both counted as Word counts.

use crate::docx::styles::{HEADINGS, POINTS, indent};
use crate::docx::xml::Xml;
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

/// A list instance that starts its level anew.
#[derive(Clone, Copy, Debug)]
struct Restart {
    list: usize,
    level: usize,
    start: u32,
}

/// Counts as Word does, and notes a restart wherever the model's count is another.
#[derive(Debug)]
pub(super) struct Lists {
    headings: [Option<Scheme>; LEVELS],
    counters: [Option<u32>; LEVELS],
    heading_num: Option<usize>,
    point_num: Option<usize>,
    point_count: Option<u32>,
    in_points: bool,
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
        let mut headings = template.numbering.headings.clone();
        for level in 0..LEVELS {
            if plain[level] && !numbered[level] {
                headings[level] = None;
            }
        }
        Self {
            headings,
            counters: [None; LEVELS],
            heading_num: None,
            point_num: None,
            point_count: None,
            in_points: false,
            restarts: Vec::new(),
        }
    }

    /// The list that a block must name itself; None: its style's serves, or it is in no list.
    pub(super) fn direct(&mut self, block: &Block) -> Option<Direct> {
        match &block.kind {
            BlockKind::Heading { level, number, .. } => {
                self.in_points = false;
                self.heading(index(*level), number.as_ref())
            }
            BlockKind::Point { number, .. } => self.point(number.count),
            _ => {
                self.in_points = false;
                None
            }
        }
    }

    fn heading(&mut self, level: usize, number: Option<&Number>) -> Option<Direct> {
        let prints = self.headings[level].is_some();
        if prints && number.is_none() {
            return Some(Direct { num: 0, level });
        }
        let next = self.counters[level].map_or(1, |n| n.saturating_add(1));
        let count = number.map_or(next, |n| n.count);
        if count != next {
            self.heading_num = Some(self.restart(HEADINGS, level, count));
        }
        self.counters[level] = Some(count);
        for lower in &mut self.counters[level + 1..] {
            *lower = None;
        }
        self.heading_num.map(|num| Direct { num, level })
    }

    fn point(&mut self, count: u32) -> Option<Direct> {
        let next = self.point_count.map_or(1, |n| n.saturating_add(1));
        // A run that an ordinary paragraph has ended is a list of its own, so that a new item moves no other run.
        let own = !self.in_points && self.point_count.is_some();
        if own || count != next {
            self.point_num = Some(self.restart(POINTS, 0, count));
        }
        self.point_count = Some(count);
        self.in_points = true;
        self.point_num.map(|num| Direct { num, level: 0 })
    }

    fn restart(&mut self, list: usize, level: usize, start: u32) -> usize {
        self.restarts.push(Restart { list, level, start });
        POINTS + self.restarts.len()
    }

    /// `word/numbering.xml`.
    pub(super) fn part(&self, template: &Template) -> String {
        let mut xml = Xml::part();
        xml.open("w:numbering", &[("xmlns:w", super::parts::W)]);
        xml.open("w:abstractNum", &[("w:abstractNumId", "1")]);
        xml.val("w:nsid", "2D470001").val("w:multiLevelType", "multilevel").val("w:tmpl", "2D470A01");
        for (level, scheme) in self.headings.iter().enumerate() {
            let style = template.style(StyleName::heading(u8::try_from(level + 1).unwrap_or(u8::MAX)));
            write_level(&mut xml, level, scheme.as_ref(), style);
        }
        xml.close();
        xml.open("w:abstractNum", &[("w:abstractNumId", "2")]);
        xml.val("w:nsid", "2D470002").val("w:multiLevelType", "singleLevel").val("w:tmpl", "2D470A02");
        write_level(&mut xml, 0, Some(&template.numbering.points), template.style(StyleName::Point));
        xml.close();
        for list in [HEADINGS, POINTS] {
            xml.open("w:num", &[("w:numId", &list.to_string())]).val("w:abstractNumId", list).close();
        }
        for (at, restart) in self.restarts.iter().enumerate() {
            xml.open("w:num", &[("w:numId", &(POINTS + 1 + at).to_string())]).val("w:abstractNumId", restart.list);
            xml.open("w:lvlOverride", &[("w:ilvl", &restart.level.to_string())]);
            xml.val("w:startOverride", restart.start).close().close();
        }
        xml.finish()
    }
}

fn index(level: u8) -> usize {
    usize::from(level.clamp(1, LEVELS as u8)) - 1
}

/// One `w:lvl`, bound to a style. The number takes the paragraph's look; its indent is said again here, because a
/// paragraph that names its list itself takes the level's indent before its style's.
fn write_level(xml: &mut Xml, level: usize, scheme: Option<&Scheme>, style: &Style) {
    xml.open("w:lvl", &[("w:ilvl", &level.to_string())]).val("w:start", 1);
    xml.val("w:numFmt", scheme.map_or("none", |s| number_format(s.format)));
    xml.val("w:pStyle", &style.word.id).val("w:suff", "nothing");
    let text = scheme.map_or_else(String::new, |s| format!("{}%{}{}", s.before, level + 1, s.after));
    xml.val("w:lvlText", text).val("w:lvlJc", "left");
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
