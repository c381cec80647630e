//! Styles: names, outline levels, lists, formatting.

use super::super::ReadError;
use super::super::parse::{Element, OpenedPackage, Stream};
use super::formatting;
use crate::model::Formatting;
use std::collections::{BTreeMap, BTreeSet};

/// The longest row of styles that are based on each other.
const DEEPEST: usize = 20;

/// What is known of a style.
#[derive(Clone, Debug, Default)]
struct ReadStyle {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    listed: Option<bool>,
    /// The list that it is in, and its level there.
    list: Option<(String, Option<usize>)>,
    /// What it says of formatting.
    paragraph: Option<Element>,
    run: Option<Element>,
}

/// The styles of a file by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadStyles {
    by_id: BTreeMap<String, ReadStyle>,
    /// The character styles.
    characters: BTreeMap<String, ReadStyle>,
    default: String,
    /// The names of the paragraph styles whose characters are hidden.
    hiding: BTreeSet<String>,
    /// The formatting of what has no style.
    plain: Formatting,
}

impl ReadStyles {
    /// The style that a paragraph names, or the default.
    pub(super) fn id<'a>(&'a self, named: Option<&'a str>) -> &'a str {
        named.unwrap_or(&self.default)
    }

    /// The name of a style.
    pub(super) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.by_id.get(id).map_or(id, |style| style.name.as_str())
    }

    /// The outline level of a style, from 1.
    pub(super) fn outline(&self, id: &str) -> Option<u8> {
        self.inherited(id, |style| style.outline)
    }

    /// True for a style that is in a list.
    pub(super) fn listed(&self, id: &str) -> bool {
        self.inherited(id, |style| style.listed).unwrap_or(false)
    }

    /// The list of a style.
    pub(super) fn list(&self, id: &str) -> Option<&str> {
        let mut at = self.by_id.get(id);
        for _ in 0..DEEPEST {
            let style = at?;
            if let Some((list, _)) = &style.list {
                return Some(list);
            }
            at = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        }
        None
    }

    /// Its level in that list.
    pub(super) fn list_level(&self, id: &str) -> Option<usize> {
        self.inherited(id, |style| style.list.as_ref().and_then(|(_, level)| *level))
    }

    /// The formatting of a paragraph style.
    pub(super) fn formatting(&self, id: &str) -> Formatting {
        let mut found = self.plain.clone();
        add(&self.by_id, id, &mut found);
        found
    }

    /// Adds the formatting of a character style.
    pub(super) fn add_characters(&self, id: &str, into: &mut Formatting) {
        add(&self.characters, id, into);
    }

    /// What a character style says of runs, or the first of those that it is based on that says it.
    pub(super) fn of_characters<T>(&self, id: &str, of: impl Fn(&Element) -> Option<T>) -> Option<T> {
        inherited(&self.characters, id, |style| style.run.as_ref().and_then(&of))
    }

    /// True for a character style that is the look of a paragraph style: 标题 2 字符, Heading 2 Char. It makes a run-in heading, and is
    /// no emphasis within a text.
    pub(super) fn is_linked(&self, id: &str) -> bool {
        self.characters.get(id).is_some_and(|style| style.name.ends_with("字符") || style.name.ends_with(" Char"))
    }

    /// True for a paragraph style that begins a page.
    pub(super) fn begins_page(&self, id: &str) -> bool {
        self.inherited(id, |style| style.paragraph.as_ref().and_then(|p| p.on("pageBreakBefore"))).unwrap_or(false)
    }

    /// True for the name of a paragraph style whose characters are hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hiding.contains(name)
    }

    fn inherited<T>(&self, id: &str, of: impl Fn(&ReadStyle) -> Option<T>) -> Option<T> {
        inherited(&self.by_id, id, of)
    }
}

/// What a style says, or the first of those that it is based on that says it.
fn inherited<T>(styles: &BTreeMap<String, ReadStyle>, id: &str, of: impl Fn(&ReadStyle) -> Option<T>) -> Option<T> {
    let mut at = styles.get(id);
    // Styles that are based on each other end somewhere.
    for _ in 0..DEEPEST {
        let style = at?;
        if let Some(found) = of(style) {
            return Some(found);
        }
        at = style.based_on.as_ref().and_then(|id| styles.get(id));
    }
    None
}

/// Adds the formatting of a style, that of the styles that it is based on first.
fn add(styles: &BTreeMap<String, ReadStyle>, id: &str, into: &mut Formatting) {
    let mut row = Vec::new();
    let mut at = styles.get(id);
    while let Some(style) = at.filter(|_| row.len() < DEEPEST) {
        row.push(style);
        at = style.based_on.as_ref().and_then(|id| styles.get(id));
    }
    for style in row.iter().rev() {
        if let Some(paragraph) = &style.paragraph {
            formatting::of_paragraph(paragraph, into);
        }
        if let Some(run) = &style.run {
            formatting::of_run(run, into);
        }
    }
}

/// Reads the styles.
pub(super) fn read(package: &mut OpenedPackage<'_>, name: &str) -> Result<ReadStyles, ReadError> {
    let mut styles = ReadStyles::default();
    let Some(xml) = package.xml(name)? else { return Ok(styles) };
    let mut stream = Stream::new(&xml, name);
    if !stream.enter("styles")? {
        return Ok(styles);
    }
    while let Some(element) = stream.next()? {
        if element.is_word("docDefaults") {
            let of = |default: &str, name: &str| element.word(default).and_then(|d| d.word(name));
            if let Some(paragraph) = of("pPrDefault", "pPr") {
                formatting::of_paragraph(paragraph, &mut styles.plain);
            }
            if let Some(run) = of("rPrDefault", "rPr") {
                formatting::of_run(run, &mut styles.plain);
            }
        }
        let kind = element.attribute("type").unwrap_or("paragraph");
        if !element.is_word("style") || !matches!(kind, "paragraph" | "character") {
            continue;
        }
        let Some(id) = element.attribute("styleId") else { continue };
        let characters = kind == "character";
        if !characters && matches!(element.attribute("default"), Some("1" | "true" | "on")) {
            id.clone_into(&mut styles.default);
        }
        let properties = element.word("pPr");
        let list = properties.and_then(|p| p.word("numPr"));
        let style = ReadStyle {
            name: element.val("name").unwrap_or(id).to_owned(),
            based_on: element.val("basedOn").map(str::to_owned),
            outline: properties.and_then(|p| formatting::level(p.val("outlineLvl"))),
            list: list.and_then(|l| {
                let level = l.val("ilvl").and_then(|v| v.parse().ok());
                Some((l.val("numId")?.to_owned(), level))
            }),
            listed: list.and_then(|l| l.val("numId")).map(|n| n != "0"),
            paragraph: properties.cloned(),
            run: element.word("rPr").cloned(),
        };
        let all = if characters { &mut styles.characters } else { &mut styles.by_id };
        all.insert(id.to_owned(), style);
    }
    let vanish = |style: &ReadStyle| style.run.as_ref().and_then(|run| run.on("vanish"));
    let hiding = styles.by_id.iter().filter(|(id, _)| styles.inherited(id, vanish) == Some(true));
    styles.hiding = hiding.map(|(_, style)| style.name.clone()).collect();
    Ok(styles)
}
