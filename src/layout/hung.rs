//! Lines with a hanging indent: what turns over goes on below the text after a label.

use super::flow::Flow;
use super::inline::{EM, OfficeMetrics, OfficeText, ParagraphShape};
use super::lines::{SetLine, measure, units_of};
use super::paragraph::Paragraph;
use crate::template::{Compose, Style};

/// Justified lines, the first `lead` em in, the others `hang` em.
pub(super) fn hung(
    flow: &mut Flow<'_>,
    paragraph: &Paragraph<'_>,
    style: &Style,
    lead: f64,
    hang: f64,
) -> Vec<SetLine> {
    let Some(text) = flow.prepared(paragraph) else { return Vec::new() };
    let measure = measure(flow.template, style);
    let shape = ParagraphShape { first: measure - units_of(lead), rest: measure - units_of(hang), last: 1 };
    let job = flow.job(&text, paragraph, style).with_shape(shape);
    let ends = match flow.template.compose.policy {
        Compose::Fine => job.optimum(),
        policy => {
            let given = job.by_segment(|text, _, _| vec![text.items.len()]);
            let metrics = OfficeMetrics::new(style, flow.template).hung(style, lead, hang);
            OfficeText::new(&text, &paragraph.pieces, metrics, flow.fonts).lines(policy, &given)
        }
    };
    let mut lines = job.justified(&ends);
    for (i, line) in lines.iter_mut().enumerate() {
        line.x = style.size * (style.indent_left + if i == 0 { lead } else { hang });
    }
    lines
}

/// Width in em of the first bytes of a paragraph.
pub(super) fn width_of(flow: &mut Flow<'_>, paragraph: &Paragraph<'_>, bytes: usize) -> f64 {
    let Some(text) = flow.prepared(paragraph) else { return 0.0 };
    let mut at = 0;
    let mut width = 0;
    for item in &text.items {
        at += item.c.len_utf8();
        if at > bytes {
            break;
        }
        width += item.advance - item.trim_left - item.trim_right;
    }
    width as f64 / EM as f64
}
