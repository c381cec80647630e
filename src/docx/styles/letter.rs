//! The frames and double rules of a letter (GB/T 9704 10.1).
//!
//! The authority is above the type area, and the second pair of rules below it: both are in frames with a place on the paper.

use crate::docx::units::{self, DESCENT};
use crate::docx::xml::{Markup, Xml};
use crate::model::Length;
use crate::template::{HeadPlaces, HeadShape, LetterRules, StyleName, Template, head_places};

/// The height of the line above the rules at the foot, in twips.
const LINE: i64 = 200;

/// A pair of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RulePair {
    /// Below the authority: heavy above light.
    Head,
    /// At the foot of the page: light above heavy.
    Foot,
}

/// The frame of an authority, in twips from the paper's head. It ends with its rules: LibreOffice draws them at its lower edge, and all
/// programs put below it what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AuthorityFrame {
    /// From line to line.
    pub(super) leading: i64,
    /// From the last line to the rules, in whole points.
    pub(super) gap: i64,
    /// The leading of the first row below, so that its type is where it must be.
    pub(super) row: i64,
    top: i64,
    bottom: i64,
}

impl AuthorityFrame {
    /// The frame of an authority of so many lines.
    pub(super) fn new(
        template: &Template,
        letter: &LetterRules,
        places: &HeadPlaces,
        (lines, size): (u32, Length),
    ) -> Self {
        let (page, grid) = (&template.page, &template.grid);
        let below = |line: i64| (line as f64 * DESCENT).round() as i64;
        let first = units::twips(page.top + places.authority + size * grid.ascent);
        let rule = units::twips(page.top + places.rule);
        // A single line reaches down to the rules: LibreOffice puts what is between in a frame twice.
        let own = ((rule - first) as f64 / DESCENT).round() as i64;
        let leading = if lines == 1 { own } else { units::twips(places.leading) }.max(1);
        let top = first - (leading - below(leading));
        let foot = top + leading * i64::from(lines.max(1));
        let gap = ((rule - foot + 10) / 20).clamp(0, 31);
        let numbered = template.style(StyleName::DocumentNumber);
        let row = places.top + (grid.cell - numbered.size) / 2.0 + numbered.size * grid.ascent;
        let bottom = rule + units::twips(letter.height(template.head.rule));
        let row = ((units::twips(page.top + row) - bottom) as f64 / (1.0 - DESCENT)).round() as i64;
        Self { leading, gap, row, top, bottom }
    }

    /// Its `w:framePr`.
    pub(super) fn write(self, xml: &mut Xml, letter: &LetterRules) {
        letter_frame(xml, letter, (self.top, Some(self.bottom - self.top)));
    }
}

/// The `w:framePr` of the authority of a document, which LibreOffice does not take from a style.
pub(in crate::docx) fn authority_frame(
    template: &Template,
    letter: &LetterRules,
    (marks, lines, size): (u32, u32, Length),
) -> Markup {
    let places = head_places(template, HeadShape { marks, lines, size, rows: 1 });
    let mut xml = Xml::default();
    AuthorityFrame::new(template, letter, &places, (lines, size)).write(&mut xml, letter);
    xml.finish()
}

/// `w:framePr`: as wide as the rules, in the middle of the paper, so many twips from its head and so high.
fn letter_frame(xml: &mut Xml, letter: &LetterRules, (top, height): (i64, Option<i64>)) {
    let (width, top, height) =
        (units::twips(letter.width).to_string(), top.to_string(), height.unwrap_or_default().to_string());
    let exact = [("w:h", height.as_str()), ("w:hRule", "exact")];
    let exact = if height == "0" { &exact[..0] } else { &exact[..] };
    let place =
        [("w:wrap", "notBeside"), ("w:vAnchor", "page"), ("w:hAnchor", "page"), ("w:xAlign", "center"), ("w:y", &top)];
    xml.empty("w:framePr", &[&[("w:w", width.as_str())], exact, &[("w:hSpace", "0")], &place].concat());
}

/// `w:pBdr`: a pair of rules so many points below the last line. What Word calls thick-thin has the light rule outside.
pub(super) fn letter_rule(xml: &mut Xml, template: &Template, pair: RulePair, gap: i64) {
    let kind = if pair == RulePair::Head { "thickThinSmallGap" } else { "thinThickSmallGap" };
    let color = units::rgb(template.style(StyleName::Authority).color);
    let (eighths, gap) = (units::eighths(template.head.rule).to_string(), gap.to_string());
    let rule = [("w:val", kind), ("w:sz", &eighths), ("w:space", &gap), ("w:color", &color)];
    xml.open("w:pBdr", &[]).empty("w:bottom", &rule).close();
}

/// The properties of the paragraph that has the rules at the foot, after its style.
pub(in crate::docx) fn letter_foot(xml: &mut Xml, template: &Template, letter: &LetterRules) {
    let rules = letter.height(template.head.rule);
    let top = units::twips(template.page.height - letter.foot - rules) - LINE;
    letter_frame(xml, letter, (top, None));
    letter_rule(xml, template, RulePair::Foot, 0);
    xml.val("w:snapToGrid", 0);
    let line = LINE.to_string();
    xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", &line), ("w:lineRule", "exact")]);
    xml.empty("w:ind", &[("w:left", "0"), ("w:right", "0")]);
}
