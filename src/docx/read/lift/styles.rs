//! Paragraph styles: names, outline levels, lists.

use super::super::ReadError;
use super::super::parse::{OpenedPackage, Stream};
use std::collections::BTreeMap;

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
}

/// The styles of a file by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadStyles {
    by_id: BTreeMap<String, ReadStyle>,
    default: String,
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

    fn inherited<T>(&self, id: &str, of: impl Fn(&ReadStyle) -> Option<T>) -> Option<T> {
        let mut at = self.by_id.get(id);
        // Styles that are based on each other end somewhere.
        for _ in 0..DEEPEST {
            let style = at?;
            if let Some(found) = of(style) {
                return Some(found);
            }
            at = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        }
        None
    }
}

/// The level that `w:outlineLvl` says, from 1; None for body text.
pub(super) fn level(value: Option<&str>) -> Option<u8> {
    value.and_then(|v| v.parse::<u8>().ok()).filter(|&l| l < 9).map(|l| l + 1)
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
        if !element.is_word("style") || element.attribute("type").is_some_and(|t| t != "paragraph") {
            continue;
        }
        let Some(id) = element.attribute("styleId") else { continue };
        if matches!(element.attribute("default"), Some("1" | "true" | "on")) {
            id.clone_into(&mut styles.default);
        }
        let properties = element.word("pPr");
        let list = properties.and_then(|p| p.word("numPr"));
        let style = ReadStyle {
            name: element.val("name").unwrap_or(id).to_owned(),
            based_on: element.val("basedOn").map(str::to_owned),
            outline: properties.and_then(|p| level(p.val("outlineLvl"))),
            list: list.and_then(|l| {
                let level = l.val("ilvl").and_then(|v| v.parse().ok());
                Some((l.val("numId")?.to_owned(), level))
            }),
            listed: list.and_then(|l| l.val("numId")).map(|n| n != "0"),
        };
        styles.by_id.insert(id.to_owned(), style);
    }
    Ok(styles)
}
