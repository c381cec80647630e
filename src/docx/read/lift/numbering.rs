//! Automatic numbers of paragraphs, as Word counts them (ECMA-376 part 1, 17.9).

use super::super::ReadError;
use super::super::parse::{Element, OpenedPackage, Stream};
use crate::model::{NumberFormat, chinese, roman};
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list: Word has nine.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct ListLevel {
    format: String,
    text: String,
    start: u32,
    /// The paragraph style that is this level.
    style: Option<String>,
}

/// The lists of a file, and how far each has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct ListCounts {
    abstracts: BTreeMap<String, Vec<ListLevel>>,
    /// For each list the one that it is an instance of, and levels that begin again in it.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

/// Reads the lists.
pub(super) fn read(package: &mut OpenedPackage<'_>, name: &str) -> Result<ListCounts, ReadError> {
    let mut found = ListCounts::default();
    let Some(xml) = package.xml(name)? else { return Ok(found) };
    let mut stream = Stream::new(&xml, name);
    if !stream.enter("numbering")? {
        return Ok(found);
    }
    while let Some(element) = stream.next()? {
        if element.is_word("abstractNum") {
            let Some(id) = element.attribute("abstractNumId") else { continue };
            let mut levels = vec![ListLevel { start: 1, ..ListLevel::default() }; LEVELS];
            for level in element.elements().filter(|e| e.is_word("lvl")) {
                if let Some(place) = index(level).and_then(|at| levels.get_mut(at)) {
                    *place = ListLevel {
                        format: level.val("numFmt").unwrap_or("decimal").to_owned(),
                        text: level.val("lvlText").unwrap_or_default().to_owned(),
                        start: level.val("start").and_then(|s| s.parse().ok()).unwrap_or(1),
                        style: level.val("pStyle").map(str::to_owned),
                    };
                }
            }
            found.abstracts.insert(id.to_owned(), levels);
        } else if element.is_word("num") {
            let (Some(id), Some(of)) = (element.attribute("numId"), element.val("abstractNumId")) else { continue };
            let anew = element
                .elements()
                .filter(|e| e.is_word("lvlOverride"))
                .filter_map(|e| Some((index(e)?, e.val("startOverride").and_then(|s| s.parse().ok())?)));
            found.lists.insert(id.to_owned(), (of.to_owned(), anew.collect()));
        }
    }
    Ok(found)
}

fn index(element: &Element) -> Option<usize> {
    element.attribute("ilvl").and_then(|l| l.parse().ok())
}

impl ListCounts {
    /// The level of a list that a paragraph style is.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let levels = self.abstracts.get(&self.lists.get(list)?.0)?;
        levels.iter().position(|l| l.style.as_deref() == Some(style))
    }

    /// True for a level of a list that sets nothing before its paragraphs: these go on with the item before.
    pub(super) fn is_blank(&self, list: &str, level: usize) -> bool {
        let levels = self.lists.get(list).and_then(|(of, _)| self.abstracts.get(of));
        levels.and_then(|levels| levels.get(level)).is_some_and(|level| level.text.trim().is_empty())
    }

    /// Counts one more paragraph of a list, and gives its number as it is shown, and its count; bullets and lists that are not
    /// there have none.
    pub(super) fn next(&mut self, list: &str, level: usize) -> (String, u32) {
        let Some((of, anew)) = self.lists.get(list) else { return <(String, u32)>::default() };
        let Some(levels) = self.abstracts.get(of) else { return <(String, u32)>::default() };
        let Some(own) = levels.get(level) else { return <(String, u32)>::default() };
        let counts = self.counts.entry(of.clone()).or_default();
        let start = anew.get(&level).copied();
        let first = start.is_some() && self.begun.insert((list.to_owned(), level));
        counts[level] = match (counts[level], start) {
            (_, Some(start)) if first => Some(start),
            (Some(count), _) => Some(count.saturating_add(1)),
            (None, start) => Some(start.unwrap_or(own.start)),
        };
        counts[level + 1..].fill(None);
        let mut shown = own.text.clone();
        for (at, other) in levels.iter().enumerate().take(level + 1) {
            let mark = format!("%{}", at + 1);
            if shown.contains(&mark) {
                let count = counts[at].unwrap_or(other.start);
                shown = shown.replace(&mark, &write(&other.format, count));
            }
        }
        if own.format == "bullet" { <(String, u32)>::default() } else { (shown, counts[level].unwrap_or_default()) }
    }
}

/// A count in a format of Word.
fn write(format: &str, count: u32) -> String {
    let letter = |first: u8| {
        let at = u8::try_from(count.saturating_sub(1) % 26).unwrap_or(0);
        char::from(first + at).to_string()
    };
    match format {
        "none" => String::new(),
        "upperRoman" => roman(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperLetter" => letter(b'A'),
        "lowerLetter" => letter(b'a'),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => NumberFormat::Circled.write(count),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
            count.to_string().chars().map(wide).collect()
        }
        "decimalZero" => format!("{count:02}"),
        han if han.starts_with("chinese") || han.starts_with("japanese") || han.starts_with("taiwanese") => {
            chinese(count)
        }
        "ideographDigital" => chinese(count),
        _ => count.to_string(),
    }
}
