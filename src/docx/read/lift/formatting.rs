//! How characters and paragraphs are formatted, as far as no source of a report can say it.

use super::super::parse::{Element, Ns};
use crate::model::{Feature, Formatting};
use std::collections::BTreeSet;

/// Takes over what the properties of a run say.
pub(super) fn of_run(properties: &Element, into: &mut Formatting) {
    for element in properties.elements() {
        let value = element.attribute("val").unwrap_or_default();
        match (element.ns, &*element.name) {
            (Ns::Word, "sz") => into.set(Feature::Size, Some(value.to_owned())),
            (Ns::Word, "color") => into.set(Feature::Colour, colour(value)),
            (Ns::Word, "highlight") => into.set(Feature::Highlight, word(value)),
            (Ns::Word, "shd") => into.set(Feature::Highlight, shade(element)),
            (Ns::Word, "u") => into.set(Feature::Underline, word(value)),
            (Ns::Word, "strike" | "dstrike") => into.set(Feature::Strike, switch(element)),
            (Ns::Word, "i") => into.set(Feature::Italic, switch(element)),
            (Ns::Word, "em") => into.set(Feature::Dots, word(value)),
            (Ns::Word, "caps" | "smallCaps") => into.set(Feature::Capitals, switch(element)),
            (Ns::Word, "outline" | "shadow" | "emboss" | "imprint") => into.set(Feature::Effect, switch(element)),
            (Ns::Word, "effect") => into.set(Feature::Effect, word(value)),
            (Ns::Word, "bdr") => into.set(Feature::Border, word(value)),
            (Ns::Word, "w") => into.set(Feature::Scale, Some(value.to_owned()).filter(|v| v != "100")),
            (Ns::Word, "rFonts") => {
                if let Some(face) = element.attribute("eastAsia") {
                    into.set(Feature::Face, word(face));
                }
            }
            (Ns::Word, "spacing") => into.set(Feature::Tracking, number(value)),
            (Ns::Word, "position") => into.set(Feature::Position, number(value)),
            (Ns::Word, "fitText" | "eastAsianLayout") => into.set(Feature::Fitted, Some("on".to_owned())),
            (Ns::Added, "glow" | "shadow" | "reflection" | "textOutline" | "textFill" | "props3d") => {
                into.set(Feature::Effect, Some((*element.name).to_owned()));
            }
            _ => {}
        }
    }
}

/// Takes over what the properties of a paragraph say.
pub(super) fn of_paragraph(properties: &Element, into: &mut Formatting) {
    for element in properties.elements().filter(|e| e.ns == Ns::Word) {
        let value = element.attribute("val").unwrap_or_default();
        match &*element.name {
            "jc" => into.set(Feature::Alignment, alignment(value)),
            "shd" => into.set(Feature::Highlight, shade(element)),
            "pBdr" => {
                let sides = element.elements().filter_map(|side| side.attribute("val"));
                into.set(Feature::Border, sides.map(str::to_owned).find(|v| !matches!(v.as_str(), "none" | "nil")));
            }
            "ind" => {
                let of = |names: [&str; 2]| names.iter().find_map(|name| element.attribute(name));
                let mut set = |feature, value: Option<&str>| {
                    if let Some(value) = value {
                        into.set(feature, number(value));
                    }
                };
                set(Feature::IndentLeft, of(["left", "start"]));
                set(Feature::IndentRight, of(["right", "end"]));
                let hanging = element.attribute("hanging").map(|hanging| format!("-{hanging}"));
                set(Feature::IndentFirst, hanging.as_deref().or(element.attribute("firstLine")));
            }
            "spacing" => {
                if let Some(line) = element.attribute("line") {
                    let rule = element.attribute("lineRule").unwrap_or("auto");
                    into.set(Feature::Lines, Some(format!("{rule} {line}")).filter(|l| l != "auto 240"));
                }
                for (feature, name) in [(Feature::SpaceAbove, "before"), (Feature::SpaceBelow, "after")] {
                    if let Some(value) = element.attribute(name) {
                        into.set(feature, number(value));
                    }
                }
            }
            "tabs" => into.set(Feature::Tabs, tabs(element)),
            "keepNext" => into.set(Feature::KeepNext, switch(element)),
            "keepLines" => into.set(Feature::KeepLines, switch(element)),
            "outlineLvl" => into.set(Feature::Outline, level(Some(value)).map(|level| level.to_string())),
            "framePr" => {
                let cap = element.attribute("dropCap").filter(|cap| *cap != "none");
                into.set(Feature::Frame, Some(cap.unwrap_or("frame").to_owned()));
            }
            _ => {}
        }
    }
}

/// How a cell is formatted; the first of a row with its row, the first of a table with its table.
pub(super) fn of_cell(cell: Option<&Element>, row: Option<&Element>, table: Option<&Element>) -> Formatting {
    let mut formatting = Formatting::default();
    formatting.set(Feature::CellShade, cell.and_then(|p| p.word("shd")).and_then(shade));
    formatting.set(Feature::CellBorder, cell.and_then(|p| p.word("tcBorders")).and_then(sides));
    let of = |name: &str, usual: &str| cell.and_then(|p| p.val(name)).filter(|value| *value != usual);
    let align: Vec<&str> = [of("vAlign", "top"), of("textDirection", "lrTb")].into_iter().flatten().collect();
    formatting.set(Feature::CellAlign, Some(align.join(" ")).filter(|align| !align.is_empty()));
    formatting.set(Feature::RowHeight, row.and_then(|p| p.val("trHeight")).and_then(number));
    formatting.set(Feature::TableBorder, table.and_then(|p| p.word("tblBorders")).and_then(sides));
    formatting
}

/// Lines and where they are: `top single 4`.
fn sides(borders: &Element) -> Option<String> {
    let one = |side: &Element| {
        let name = match &*side.name {
            "start" => "left",
            "end" => "right",
            name => name,
        };
        match side.attribute("val").unwrap_or("none") {
            "none" | "nil" => format!("{name} none"),
            line => format!("{name} {line} {}", side.attribute("sz").unwrap_or("4")),
        }
    };
    let all: BTreeSet<String> = borders.elements().filter(|e| e.ns == Ns::Word).map(one).collect();
    (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(", "))
}

/// Tab stops and their kinds, from the left.
fn tabs(tabs: &Element) -> Option<String> {
    let stops = tabs.elements().filter(|tab| tab.is_word("tab") && tab.attribute("val") != Some("clear"));
    let place = |tab: &Element| tab.attribute("pos").and_then(|pos| pos.parse::<i64>().ok()).unwrap_or_default();
    let kind = |tab: &Element| match tab.attribute("val").unwrap_or("left") {
        "start" => "left".to_owned(),
        "end" => "right".to_owned(),
        kind => kind.to_owned(),
    };
    let all: BTreeSet<(i64, String)> = stops.map(|tab| (place(tab), kind(tab))).collect();
    let all: Vec<String> = all.into_iter().map(|(place, kind)| format!("{kind} {place}")).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A word that says what is there; none for nothing.
fn word(value: &str) -> Option<String> {
    (!matches!(value, "" | "none" | "nil")).then(|| value.to_owned())
}

/// A number that is not 0.
fn number(value: &str) -> Option<String> {
    (!matches!(value, "" | "0" | "-0")).then(|| value.to_owned())
}

fn switch(element: &Element) -> Option<String> {
    (!matches!(element.attribute("val"), Some("0" | "false" | "off" | "none"))).then(|| "on".to_owned())
}

/// A colour that is not that of plain text.
fn colour(value: &str) -> Option<String> {
    let value = value.to_uppercase();
    (!matches!(value.as_str(), "" | "AUTO" | "000000")).then_some(value)
}

/// The colour of a shade that is not that of paper.
fn shade(element: &Element) -> Option<String> {
    let fill = element.attribute("fill").unwrap_or_default().to_uppercase();
    let plain = matches!(fill.as_str(), "" | "AUTO" | "FFFFFF");
    let pattern = element.attribute("val").unwrap_or("clear");
    match (plain, pattern) {
        (false, _) => Some(fill),
        (true, "clear" | "nil" | "none") => None,
        (true, pattern) => Some(pattern.to_owned()),
    }
}

/// What is not set is set from the left.
fn alignment(value: &str) -> Option<String> {
    match value {
        "" | "left" | "start" => None,
        "end" => Some("right".to_owned()),
        other => Some(other.to_owned()),
    }
}

/// The level that `w:outlineLvl` says, from 1; None for body text.
pub(super) fn level(value: Option<&str>) -> Option<u8> {
    value.and_then(|v| v.parse::<u8>().ok()).filter(|&l| l < 9).map(|l| l + 1)
}
