//! Lists, and the lists within their items.

use super::build::{Builder, ListOrigin, number};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::BlockKind;
use crate::template::LIST_LEVELS;
use crate::yaml::tree::Node;

impl Builder<'_> {
    /// Adds the items of a list, each with those of the list in it. `level`: in how many lists they are, from 1.
    /// `block`: the map that it is in, which may say how it is numbered as well as its own.
    pub(super) fn list(&mut self, node: &Node, block: &Node, level: usize, parent: &str) {
        let asks = |key: &str| [node, block].into_iter().find(|map| map.get(key).is_some_and(Node::is_true));
        let ordered = asks("ordered").is_some();
        let Some(items) = node.get("items").unwrap_or(node).as_list() else { return };
        if let Some(asked) = asks("continue").filter(|_| !ordered) {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                asked.get("continue").unwrap_or(asked).span,
                say!("这个列表不编号，没有可以接着的", "this list has no numbers to go on with"),
                say!("加上 ordered: true，或者删去 continue", "add ordered: true, or remove continue"),
            ));
        }
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
        let goes_on = asks("continue").filter(|_| ordered);
        let origins = [self.counts.open_list, Some(self.counts.origin())];
        let beside = level == 1 && origins[0].is_some() && origins.contains(&Some(ListOrigin::Brought)) && ordered;
        let goes_on = beside || goes_on.is_some_and(|asked| self.continues(asked, before));
        let mut count = if goes_on { before } else { 0 };
        for item in items {
            let (words, inner) = (item.get("text").unwrap_or(item), item.get("list"));
            self.tell_comment(words);
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
                self.list(inner, inner, level + 1, parent);
            }
        }
        if ordered {
            self.counts.items[level - 1] = count;
        }
        if level == 1 {
            self.counts.open_list = ordered.then(|| self.counts.origin());
        }
    }
}
