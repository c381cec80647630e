//! How characters and paragraphs are formatted, as far as no source of a report can say it.

use super::super::parse::{Element, Ns};
use crate::model::{Feature, Formatting};

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
            "framePr" => {
                let cap = element.attribute("dropCap").filter(|cap| *cap != "none");
                into.set(Feature::Frame, Some(cap.unwrap_or("frame").to_owned()));
            }
            _ => {}
        }
    }
}

/// The background colour of a cell.
pub(super) fn of_cell(properties: Option<&Element>) -> Formatting {
    let mut formatting = Formatting::default();
    formatting.set(Feature::CellShade, properties.and_then(|p| p.word("shd")).and_then(shade));
    formatting
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
