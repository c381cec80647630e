//! Lists, and the lists within their items.

use super::build::{Builder, number};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::BlockKind;
use crate::template::LIST_LEVELS;
use crate::yaml::tree::Node;

impl Builder<'_> {
    /// Adds the items of a list, each with those of the list in it. `level`: in how many lists they are, from 1.
    pub(super) fn list(&mut self, node: &Node, level: usize, parent: &str) {
        let (items, ordered) = match node.get("items") {
            Some(items) => (items, node.get("ordered").is_some_and(Node::is_true)),
            None => (node, false),
        };
        let Some(items) = items.as_list() else { return };
        if level > LIST_LEVELS {
            self.diagnostics.push(Diagnostic::error(
                Code::HEADING_DEPTH,
                node.head(),
                say!("列表嵌套到了第 {level} 级", "this list is nested to level {level}"),
                say!(
                    "列表最多 {LIST_LEVELS} 级。更细的内容写进上一级的文字，或者用标题分开",
                    "lists have {LIST_LEVELS} levels at most; write more into the text above, or part it by headings"
                ),
            ));
            return;
        }
        let before = self.counts.items[level - 1];
        let mut count = if ordered && self.continues(node, before) { before } else { 0 };
        for item in items {
            let (words, inner) = (item.get("text").unwrap_or(item), item.get("list"));
            let pieces = self.pieces(words);
            let (id, named) = self.id("item", item.get("id"), &pieces, parent);
            let text = self.text(&pieces, Some(&id));
            if inner.is_some() {
                // Without it the items below would have none above them.
                self.refuse_empty(words, &text);
            } else if self.is_left_out(words, &text) {
                continue;
            }
            count += 1;
            let depth = u8::try_from(level).unwrap_or(u8::MAX);
            let number = ordered.then(|| number(self.template.numbering.list(depth), count));
            let span = if inner.is_some() { item.head().to(words.span) } else { item.span };
            self.add(id, named, span, BlockKind::ListItem { level: depth, number, text });
            self.counts.items[level..].fill(0);
            if let Some(inner) = inner {
                self.list(inner, level + 1, parent);
            }
        }
        if ordered {
            self.counts.items[level - 1] = count;
        }
    }
}
