//! Headings, and the text that goes on in the paragraph of one.

use super::build::{Builder, LEVELS, written_number};
use super::front::written;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{BlockId, BlockKind, Text};
use crate::yaml::tree::Node;

impl Builder<'_> {
    /// Adds a heading, and what is below it.
    pub(super) fn heading(&mut self, node: &Node, text: &Node, level: usize, parent: &str) {
        if level > LEVELS {
            self.diagnostics.push(Diagnostic::error(
                Code::HEADING_DEPTH,
                text.span,
                say!("标题嵌套到了第 {level} 级", "this heading is nested to level {level}"),
                say!(
                    "标题最多四级：一、（一） 1. （1）。更细的内容用 point 或段落",
                    "headings have four levels at most; use points or paragraphs below them"
                ),
            ));
        }
        let index = level.min(LEVELS) - 1;
        self.counts.headings[index] += 1;
        self.counts.headings[index + 1..].fill(0);
        self.counts.start_section(self.template.numbering.points_restart);
        let scheme = self.template.numbering.headings[index].as_ref();
        let (above, count) = (&self.counts.headings[..index], self.counts.headings[index]);
        let number = scheme.map(|s| written_number(s.write_below(above, count), count));
        self.tell_comment(text);
        let pieces = self.pieces(text);
        let (id, named) = self.id("heading", node.get("id"), &pieces, parent);
        let printed = self.text(&pieces, Some(&id));
        self.refuse_empty(text, &printed);
        let here = id.0.clone();
        let span = node.get("body").map_or(node.span, |_| node.head().to(text.span));
        let level_number = u8::try_from(index + 1).unwrap_or(1);
        let run_in = node.get("text").and_then(|rest| self.run_in(rest, &printed, &id));
        let goes_on = run_in.is_some();
        self.add(id, named, span, BlockKind::Heading { level: level_number, number, text: printed, run_in });
        let Some(body) = node.get("body") else { return };
        let before = self.blocks.len();
        self.body(body, level + 1, &here);
        let written = body.as_list().is_some_and(|items| !items.is_empty());
        if written && !goes_on && self.blocks[before..].iter().all(|block| block.kind == BlockKind::PageBreak) {
            self.bare.push(span);
        }
    }

    /// What follows a heading in its paragraph: a stop, unless the heading ends with one, and the text.
    fn run_in(&mut self, node: &Node, heading: &Text, id: &BlockId) -> Option<Text> {
        let pieces = self.pieces(node);
        let text = self.text(&pieces, Some(id));
        if self.is_left_out(node, &text) {
            return None;
        }
        let stop = &self.template.words.after_heading;
        // A stop of Latin letters brings its space.
        let stop = if heading.plain().ends_with(STOPS) { stop.trim_start_matches(STOPS) } else { stop };
        let mut all = written(stop, node.span);
        all.runs.extend(text.runs);
        Some(all)
    }
}

/// What ends a sentence, or leads to what follows.
const STOPS: [char; 13] = ['。', '！', '？', '；', '：', '…', '—', '．', '.', '!', '?', ';', ':'];
