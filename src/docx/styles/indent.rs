//! Indents: `w:ind` in characters and in twips.

use crate::docx::units;
use crate::docx::xml::Xml;
use crate::model::{Length, Text};
use crate::template::{PageNumbers, Style};

/// Width of a text in em: half for what is not full width, as digits of the Latin faces are.
pub(in crate::docx) fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Left and hanging indent in em of the names of attachments: the numbers stand below one another, and what turns over stands
/// below the first character of its name (7.3.4).
pub(in crate::docx) fn note_indents(style: &Style, names: &[Text]) -> Vec<(f64, f64)> {
    let mut label = 0.0;
    let indent = |(at, name): (usize, &Text)| {
        let plain = name.plain();
        let own = if at == 0 { plain.find('：').map_or("", |i| &plain[..i + '：'.len_utf8()]) } else { "" };
        if at == 0 {
            label = ems(own);
        }
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let number = digits(&plain[own.len()..]);
        let hanging = ems(own) + ems(&plain[own.len()..own.len() + number]);
        (style.indent_left + style.first_line + if at == 0 { 0.0 } else { label } + hanging, hanging)
    };
    names.iter().enumerate().map(indent).collect()
}

/// `w:ind` of a hanging indent. Word adds characters of a hanging indent to those of the left one; twips are clear.
pub(in crate::docx) fn hanging_indent(xml: &mut Xml, left: f64, hanging: f64, size: Length) {
    let (left, hanging) = (units::chars(left, size).to_string(), units::chars(hanging, size).to_string());
    xml.empty("w:ind", &[("w:leftChars", "0"), ("w:left", &left), ("w:hangingChars", "0"), ("w:hanging", &hanging)]);
}

/// The page number's indent from one edge; the other edge has none.
pub(super) fn footer_indent(xml: &mut Xml, style: &Style, numbers: &PageNumbers, side: &str, side_chars: &str) {
    let em = numbers.indent.unwrap_or(0.0);
    let (chars, twips) = (units::hundredths(em).to_string(), units::chars(em, style.size).to_string());
    let (other, other_chars) = if side == "w:left" { ("w:right", "w:rightChars") } else { ("w:left", "w:leftChars") };
    xml.empty("w:ind", &[(other_chars, "0"), (other, "0"), (side_chars, &chars), (side, &twips)]);
}

/// `w:ind` of a style: in characters for Word, in twips for programs that do not know them.
pub(in crate::docx) fn indent(xml: &mut Xml, style: &Style) {
    let both = |em: f64| (units::hundredths(em).to_string(), units::chars(em, style.size).to_string());
    let (left_chars, left) = both(style.indent_left);
    let (right_chars, right) = both(style.indent_right);
    let (first_chars, first) = both(style.first_line.abs());
    let (first_chars_key, first_key) =
        if style.first_line < 0.0 { ("w:hangingChars", "w:hanging") } else { ("w:firstLineChars", "w:firstLine") };
    xml.empty(
        "w:ind",
        &[
            ("w:leftChars", &left_chars),
            ("w:left", &left),
            ("w:rightChars", &right_chars),
            ("w:right", &right),
            (first_chars_key, &first_chars),
            (first_key, &first),
        ],
    );
}
