//! The red head of an official document (GB/T 9704 7.2), in type that leaves the first page some text.

use super::flow::Flow;
use super::hung::width_of;
use super::lines::{SetLine, units_of};
use super::official::set_text;
use super::pages::{Placed, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::units::blank;
use super::{PageItem, Rule};
use crate::diagnostic::{Code, say};
use crate::model::{Block, BlockIndex, Length, RedHead, Text};
use crate::printed::SetHead;
use crate::template::{
    HeadPlaces, HeadShape, Leading, LetterRules, Style, StyleName, Template, head_leading, head_places, signer_places,
};

/// The head: marks at the left from the first row on, the issuing authority at its place, the number so many
/// empty rows below as its style says, the red rule below that. No page break divides it.
pub(super) fn red_head(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, head: &RedHead) -> Vec<Unit> {
    let template = flow.template;
    let style = template.style(StyleName::Authority);
    let size = flow.head_size.unwrap_or(style.size);
    let style = Style { size, leading: Leading::Exact(head_leading(template, size)), ..style.clone() };
    let marks = marks(flow, block, head);
    let (authority, set) = authority(flow, block, head, &style);
    let lines = authority.iter().filter(|line| !line.beside).count() as u32;
    let rows = head.signer_rows().max(1) as u32;
    let places = head_places(template, HeadShape { marks: marks.len() as u32, lines, size, rows });
    flow.head = Some(SetHead { rise: places.rise, ..set });
    let mut placed: Vec<Placed> = marks.into_iter().map(|mark| Placed { y: mark.y + places.top, ..mark }).collect();
    let aside = if template.head.letter.is_some() { off_centre(template) } else { Length::ZERO };
    for (at, AuthorityLine { line: SetLine { setting, x }, beside }) in authority.into_iter().enumerate() {
        // What is beside them is in the middle of their height.
        let down = if beside { f64::from(lines.saturating_sub(1)) / 2.0 } else { at as f64 };
        let y = places.authority + places.leading * down + size * template.grid.ascent;
        placed.push(Placed { setting, x: x + aside, y, last: true });
    }
    placed.extend(number_and_signers(flow, block, head, &places));
    let rules = match &template.head.letter {
        Some(letter) => {
            let [heavy, light] =
                [(Length::ZERO, template.head.rule), (template.head.rule + letter.between, letter.thin)];
            [heavy, light].map(|(down, height)| letter_rule(template, letter, (places.rule + down, height))).to_vec()
        }
        None => vec![Rule {
            color: style.color,
            x: Length::ZERO,
            y: places.rule,
            width: template.page.measure(),
            height: template.head.rule,
        }],
    };
    let cell = UnitMetrics { rows: places.rows, keep_next: 1, ..UnitMetrics::default() };
    let items = rules.into_iter().filter(|rule| rule.height > Length::ZERO).map(PageItem::Rule).collect();
    let mut units = vec![Unit { items, ..Unit::lines(index, cell, placed) }];
    units.extend(blank(index, template.style(StyleName::DocumentNumber).rows_after));
    units
}

/// From the middle of the type area of the first page to that of the paper.
fn off_centre(template: &Template) -> Length {
    template.page.width / 2.0 - template.page.left(1) - template.page.measure() / 2.0
}

/// A rule of a letter, in the middle of the paper, from the left edge of the type area.
fn letter_rule(template: &Template, letter: &LetterRules, (y, height): (Length, Length)) -> Rule {
    let color = template.style(StyleName::Authority).color;
    let x = (template.page.width - letter.width) / 2.0 - template.page.left(1);
    Rule { color, x, y, width: letter.width, height }
}

/// The rules at the foot of a letter's first page (10.1): light above heavy, the lower edge at its place from the paper's.
pub(super) fn foot_rules(template: &Template) -> Vec<PageItem> {
    let Some(letter) = &template.head.letter else { return Vec::new() };
    let top = template.page.height - letter.foot - letter.height(template.head.rule);
    let [light, heavy] = [(top, letter.thin), (top + letter.thin + letter.between, template.head.rule)];
    let rule =
        |place| PageItem::Rule(letter_rule(template, letter, place)).shifted(template.page.left(1), Length::ZERO);
    [light, heavy].map(rule).to_vec()
}

/// The sizes that the authority may be set in, largest first. Names of a list have a line each, and so has a single one while its
/// type is larger than the title's; else it is broken by phrase.
pub(super) fn sizes(flow: &mut Flow<'_>, block: &Block, head: &RedHead) -> Vec<Length> {
    let template = flow.template;
    let style = template.style(StyleName::Authority);
    let all: Vec<Length> =
        std::iter::once(style.size).chain(template.head.steps.iter().copied().filter(|s| *s < style.size)).collect();
    let names = names_width(flow, block, head, style);
    let wide = names + beside_width(flow, block, head, style);
    let fit = |size: &Length| *size * wide <= template.page.measure() + Length::pt(0.01);
    if head.authority.len() == 1 && head.beside.is_none() {
        let title = template.style(StyleName::Title).size;
        let on_a_line: Vec<Length> = all.iter().copied().filter(|size| fit(size)).collect();
        return if on_a_line.first().is_some_and(|size| *size > title) { on_a_line } else { all };
    }
    let fitting: Vec<Length> = all.into_iter().filter(fit).collect();
    if fitting.is_empty() {
        flow.refuse(
            Code::HEAD_TOO_WIDE,
            block,
            say!(
                "发文机关标志中最长的机关名称，用最小的字号一行也排不下",
                "the longest name of the issuing authorities does not fit on a line in the smallest type"
            ),
            say!(
                "用规范化简称，或者在模板的 head: steps 里加更小的字号",
                "use short names, or add smaller sizes to head: steps in the template"
            ),
        );
    }
    fitting
}

/// Width of the longest name in em.
fn names_width(flow: &mut Flow<'_>, block: &Block, head: &RedHead, style: &Style) -> f64 {
    let mut width = |text| width_of(flow, &Paragraph::new(block).text(text, style), usize::MAX);
    head.authority.iter().map(&mut width).fold(0.0, f64::max)
}

/// Width in em of what is beside the names, with the gap before it.
fn beside_width(flow: &mut Flow<'_>, block: &Block, head: &RedHead, style: &Style) -> f64 {
    let Some(text) = &head.beside else { return 0.0 };
    flow.template.head.beside + width_of(flow, &Paragraph::new(block).text(text, style), usize::MAX)
}

/// 份号, 密级 and 紧急程度, a row each (7.2.1 to 7.2.3).
fn marks(flow: &mut Flow<'_>, block: &Block, head: &RedHead) -> Vec<Placed> {
    let template = flow.template;
    let mut placed = Vec::new();
    let marks = [
        (StyleName::CopyNumber, &head.copy_number),
        (StyleName::HeadMark, &head.classification),
        (StyleName::HeadMark, &head.urgency),
    ];
    for (style, text) in marks.into_iter().filter_map(|(name, text)| Some((template.style(name), text.as_ref()?))) {
        for SetLine { setting, x } in set_text(flow, block, text, style) {
            let y = row(flow, placed.len() as u32, style);
            placed.push(Placed { setting, x, y, last: true });
        }
    }
    placed
}

/// The baseline of a row.
fn row(flow: &Flow<'_>, row: u32, style: &Style) -> Length {
    let grid = &flow.template.grid;
    grid.pitch * f64::from(row) + (grid.cell - style.size) / 2.0 + style.size * grid.ascent
}

/// A line of the authority.
struct AuthorityLine {
    line: SetLine,
    /// It is beside the names.
    beside: bool,
}

/// The names, one below the other; with something beside them all are as wide as the longest, and the whole is centred (7.2.4).
fn authority(flow: &mut Flow<'_>, block: &Block, head: &RedHead, style: &Style) -> (Vec<AuthorityLine>, SetHead) {
    let names = style.size * names_width(flow, block, head, style);
    let mut set = SetHead { size: style.size, names, rise: Length::ZERO };
    let Some(text) = &head.beside else {
        let lines: Vec<SetLine> = head.authority.iter().flat_map(|line| set_text(flow, block, line, style)).collect();
        set.names = lines.iter().map(|line| line.setting.width).fold(Length::ZERO, Length::max);
        return (lines.into_iter().map(|line| AuthorityLine { line, beside: false }).collect(), set);
    };
    let beside = style.size * beside_width(flow, block, head, style);
    let left = (flow.template.page.measure() - set.names - beside) / 2.0;
    let mut lines = Vec::new();
    for name in &head.authority {
        let paragraph = Paragraph::new(block).text(name, style);
        let Some(text) = flow.prepared(&paragraph) else { continue };
        let job = flow.job(&text, &paragraph, style);
        let end = text.items.len();
        let fit = job.ruler.extent(0, end).fit(units_of(set.names / style.size));
        lines.push(AuthorityLine { line: SetLine { setting: job.set(0..end, &fit), x: left }, beside: false });
    }
    for line in set_text(flow, block, text, style) {
        let x = left + set.names + beside - line.setting.width;
        lines.push(AuthorityLine { line: SetLine { x, ..line }, beside: true });
    }
    (lines, set)
}

/// The document's number: centred (7.2.5), or at the left, one character in, with who signs at the right (7.2.6), on the row of the
/// last signer.
fn number_and_signers(flow: &mut Flow<'_>, block: &Block, head: &RedHead, places: &HeadPlaces) -> Vec<Placed> {
    let (style, name) = (flow.template.style(StyleName::DocumentNumber), flow.template.style(StyleName::Signer));
    let mut number = Vec::new();
    for SetLine { setting, x } in set_text(flow, block, &head.number, style) {
        let x = if head.signer.is_some() { name.size * name.indent_right } else { x };
        let y = places.top + row(flow, places.number, style);
        number.push(Placed { setting, x, y, last: true });
    }
    let Some(signer) = &head.signer else { return number };
    // The label is in the type of the number, the names in their own.
    let paragraph = Paragraph::new(block).text(&signer.label, style).text(&signer.text, name);
    let Some(text) = flow.prepared(&paragraph) else { return number };
    let mut first = flow.job(&text, &paragraph, name).unindented().aligned(&[text.items.len()]);
    let mut cosigned = Vec::new();
    if !head.cosigners.is_empty() {
        let label = width_of(flow, &paragraph, signer.label.len());
        let mut width = |text: &Text| width_of(flow, &Paragraph::new(block).text(text, name), usize::MAX);
        let names: Vec<f64> = head.rows_of_signers().flatten().map(&mut width).collect();
        let columns = signer_places(flow.template, label, &names);
        for line in &mut first {
            line.x = columns.label;
        }
        for (at, text) in (1..).zip(&head.cosigners) {
            let (down, across) = (at / 2, at % 2);
            for SetLine { setting, .. } in set_text(flow, block, text, name) {
                let y = row(flow, places.first + down as u32, name);
                cosigned.push(Placed { setting, x: columns.columns[across], y, last: true });
            }
        }
    }
    let y = row(flow, places.first, name);
    let first = first.into_iter().map(|SetLine { setting, x }| Placed { setting, x, y, last: true });
    let mut all: Vec<Placed> = first.chain(cosigned).collect();
    // As they are read: the number on the row of the last signers.
    let before = ((places.number - places.first) as usize * 2).min(all.len());
    all.splice(before..before, number);
    all
}
