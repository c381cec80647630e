//! Numbers as Word computes them from the parts.

use super::xml::Node;
use std::collections::{BTreeMap, BTreeSet};

/// A paragraph of the body: its style's id, its computed number, its text.
#[derive(Debug, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) style: String,
    pub(crate) number: String,
    pub(crate) text: String,
    pub(crate) bookmarks: Vec<String>,
}

/// The paragraphs of a body with their numbers: counters a list, restarts, formats, numbers by style.
pub(crate) fn paragraphs(document: &Node, styles: &Node, numbering: &Node) -> Vec<Paragraph> {
    let mut style_lists = BTreeMap::new();
    for style in styles.all("w:style") {
        if let Some(list) = style.child("w:pPr").and_then(|p| p.child("w:numPr")) {
            let id = style.attribute("w:styleId").expect("an id");
            style_lists.insert(id.to_owned(), list_of(list));
        }
    }
    let lists: BTreeMap<&str, &Node> = numbering
        .all("w:abstractNum")
        .into_iter()
        .map(|a| (a.attribute("w:abstractNumId").expect("an id"), a))
        .collect();
    let nums: BTreeMap<&str, &Node> =
        numbering.all("w:num").into_iter().map(|n| (n.attribute("w:numId").expect("an id"), n)).collect();
    let mut counters: BTreeMap<&str, BTreeMap<usize, u32>> = BTreeMap::new();
    let mut begun = BTreeSet::new();
    let mut found = Vec::new();
    for p in document.all("w:p") {
        let properties = p.child("w:pPr").expect("properties");
        let style = properties.val_at(&["w:pStyle"]).expect("a style").to_owned();
        let direct = properties.child("w:numPr").map(list_of);
        let mut number = String::new();
        if let Some((num, level)) = direct.or_else(|| style_lists.get(&style).cloned())
            && num != "0"
        {
            let (num, node) = nums.get_key_value(num.as_str()).expect("a list instance");
            let list = node.val_at(&["w:abstractNumId"]).expect("a list");
            let levels = lists[list].all("w:lvl");
            let counts = counters.entry(list).or_default();
            let start = node
                .all("w:lvlOverride")
                .into_iter()
                .find(|o| o.attribute("w:ilvl") == Some(&level.to_string()))
                .and_then(|o| o.val_at(&["w:startOverride"]));
            let count = match start {
                Some(start) if begun.insert((*num, level)) => start.parse().expect("a start"),
                _ => counts.get(&level).map_or(1, |n| n + 1),
            };
            // A level above that has no item counts as begun, as LibreOffice and ONLYOFFICE count.
            (0..level).for_each(|above| _ = counts.entry(above).or_insert(1));
            counts.insert(level, count);
            counts.retain(|&l, _| l <= level);
            number.push_str(levels[level].val_at(&["w:lvlText"]).expect("a text"));
            for (at, level) in levels.iter().enumerate() {
                let format = level.val_at(&["w:numFmt"]).expect("a format");
                let printed = print(counts.get(&at).copied().unwrap_or(1), format);
                number = number.replace(&format!("%{}", at + 1), &printed);
            }
        }
        let text = p.all("w:t").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect();
        let bookmarks =
            p.all("w:bookmarkStart").iter().map(|b| b.attribute("w:name").expect("a name").to_owned()).collect();
        found.push(Paragraph { style, number, text, bookmarks });
    }
    found
}

fn list_of(list: &Node) -> (String, usize) {
    let level = list.val_at(&["w:ilvl"]).expect("a level").parse().expect("a number");
    (list.val_at(&["w:numId"]).expect("a list").to_owned(), level)
}

/// Independent of the program's own: up to ninety-nine.
fn print(count: u32, format: &str) -> String {
    const HAN: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match format {
        "none" | "bullet" => String::new(),
        "decimal" => count.to_string(),
        "decimalEnclosedCircleChinese" => "①②③④⑤⑥⑦⑧⑨⑩".chars().nth(count as usize - 1).expect("to ten").to_string(),
        "chineseCounting" => {
            assert!(count < 100, "more sections than this test counts");
            let (tens, ones) = ((count / 10) as usize, (count % 10) as usize);
            match tens {
                0 => HAN[ones].to_owned(),
                1 => format!("十{}", HAN[ones]),
                _ => format!("{}十{}", HAN[tens], HAN[ones]),
            }
        }
        _ => panic!("an unexpected format {format}"),
    }
}
