//! Indents: `w:ind` in characters and in twips.

use crate::docx::units;
use crate::docx::xml::Xml;
use crate::model::{AttachmentName, Length};
use crate::template::{PageNumbers, Style};

/// Width of a text in em: half for what is not full width, as digits of the Latin faces are.
pub(in crate::docx) fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Left and hanging indent in em of the names of attachments: the numbers are below one another, and what turns over is
/// below the first character of its name (7.3.4).
pub(in crate::docx) fn note_indents(style: &Style, names: &[AttachmentName]) -> Vec<(f64, f64)> {
    let label = names.first().map_or(0.0, |first| ems(&first.label.plain()));
    let indent = |name: &AttachmentName| {
        let number = ems(&name.number.plain());
        let hanging = ems(&name.label.plain()) + number;
        (style.indent_left + style.first_line + label + number, hanging)
    };
    names.iter().map(indent).collect()
}

/// `w:ind` of a hanging indent. Word adds characters of a hanging indent to those of the left one; twips are clear.
pub(in crate::docx) fn hanging_indent(xml: &mut Xml, left: f64, hanging: f64, size: Length) {
    let (left, hanging) = (units::chars(left, size).to_string(), units::chars(hanging, size).to_string());
    xml.empty("w:ind", &[("w:leftChars", "0"), ("w:left", &left), ("w:hangingChars", "0"), ("w:hanging", &hanging)]);
}

/// The page number's indent from one edge; the other edge has none.
pub(super) fn footer_indent(xml: &mut Xml, style: &Style, numbers: &PageNumbers, side: &str, side_chars: &str) {
    let em = numbers.indent.unwrap_or(0.0);
    let twips = units::chars(em, style.size).to_string();
    let (other, other_chars) = if side == "w:left" { ("w:right", "w:rightChars") } else { ("w:left", "w:leftChars") };
    xml.empty("w:ind", &[(other_chars, "0"), (other, "0"), (side_chars, "0"), (side, &twips)]);
}

/// `w:ind` of a style. The first line's indent is in characters for Word, which counts those of the style, and in twips for
/// programs that do not know them. At the sides Word would count characters of Normal, whatever the size of the style: so these
/// are in twips alone.
pub(in crate::docx) fn indent(xml: &mut Xml, style: &Style) {
    let twips = |em: f64| units::chars(em, style.size).to_string();
    let (left, right, first) = (twips(style.indent_left), twips(style.indent_right), twips(style.first_line.abs()));
    let first_chars = units::hundredths(style.first_line.abs()).to_string();
    let (first_chars_key, first_key) =
        if style.first_line < 0.0 { ("w:hangingChars", "w:hanging") } else { ("w:firstLineChars", "w:firstLine") };
    xml.empty(
        "w:ind",
        &[
            ("w:leftChars", "0"),
            ("w:left", &left),
            ("w:rightChars", "0"),
            ("w:right", &right),
            (first_chars_key, &first_chars),
            (first_key, &first),
        ],
    );
}
