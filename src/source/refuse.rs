//! Refusals that all kinds of blocks share: texts of which nothing prints, keys that would print as text.

use super::build::Builder;
use super::characters::is_blank;
use super::keys::BLOCK;
use crate::diagnostic::{Code, Diagnostic, quoted, say};
use crate::model::Text;
use crate::yaml::shape::{Shape, empty};
use crate::yaml::slip::{colon_without_space, comment_in_text, full_width_colon};
use crate::yaml::tree::{Kind, Node};

impl Builder<'_> {
    /// Refuses a text of which nothing prints, as it is written or as it comes out.
    pub(super) fn refuse_empty(&mut self, node: &Node, text: &Text) {
        if self.is_empty(node, text) {
            let written = matches!(&node.kind, Kind::Text(text) if !text.trim().is_empty());
            let message = if written {
                say!("这里印出来是空的", "nothing of this prints")
            } else {
                say!("这里没有文字", "there is no text here")
            };
            self.diagnostics.push(empty(node.span, message));
        }
    }

    /// Refuses the caption of a table, picture or chart of which nothing but its number prints.
    pub(super) fn refuse_empty_caption(&mut self, body: &Node, caption: Option<&Text>) {
        if let (Some(node), Some(caption)) = (body.get("caption"), caption) {
            self.refuse_empty(node, caption);
        }
    }

    /// True for a block of which nothing prints: both files leave it out, and its number goes to the next. One that is
    /// written without any text is refused.
    pub(super) fn is_left_out(&mut self, node: &Node, text: &Text) -> bool {
        if !is_blank(text) {
            return false;
        }
        if matches!(&node.kind, Kind::Text(text) if text.trim().is_empty()) {
            self.refuse_empty(node, text);
        } else if self.is_empty(node, text) {
            self.diagnostics.push(Diagnostic::advice(
                Code::LEFT_OUT,
                node.span,
                say!("这里印出来是空的，整项略去，后面的编号顺延", "nothing of this prints: the block is left out"),
                say!(
                    "有意如此就不必管；否则检查 {{{{ }}}} 里的条件和数据",
                    "unless that is meant, check the condition and the data in {{{{ }}}}"
                ),
            ));
        }
        true
    }

    /// True for a text of which nothing prints, unless it could not be computed, which has been told.
    fn is_empty(&self, node: &Node, text: &Text) -> bool {
        let told = |d: &Diagnostic| {
            d.is_error()
                && d.span.is_some_and(|span| {
                    span.file == node.span.file && node.span.start <= span.start && span.end <= node.span.end
                })
        };
        let computed = || self.scope.is_some() || !self.sources.text(node.span).contains("{{");
        matches!(node.kind, Kind::Text(_)) && is_blank(text) && computed() && !self.diagnostics.iter().any(told)
    }

    /// Tells a comment that takes the rest of a text, of which a number or some Latin letters are left.
    pub(super) fn tell_comment(&mut self, node: &Node) {
        let source = self.sources.get(node.span.file);
        let found = source.zip(node.as_text()).and_then(|(source, text)| comment_in_text(source, node.span, text));
        match found {
            Some(lost) if lost.is_error() => self.diagnostics.push(lost),
            found => self.remarks.extend(found),
        }
    }

    /// Refuses a paragraph that begins with the key of a block and a full-width colon, or one without a space after it: the
    /// key would print.
    pub(super) fn refuse_key(&mut self, node: &Node) {
        let Kind::Text(text) = &node.kind else { return };
        let Some((key, rest)) = text.find([':', '：']).map(|at| text.split_at(at)) else { return };
        let Shape::OneOf([_, Shape::Keyed(blocks)]) = BLOCK else { return };
        if !blocks.iter().any(|block| block.fields.iter().any(|field| field.key == key)) {
            return;
        }
        if rest.starts_with('：') {
            self.diagnostics.push(full_width_colon(node.span, key));
        } else if !self.sources.text(node.span).starts_with(['"', '\'']) {
            self.diagnostics.push(colon_without_space(node.span, key));
        }
    }

    /// Tells a name that seems to be several, of which each has an entry of its own.
    pub(super) fn tell_joined_names(&mut self, names: &Node) {
        for node in names.as_list().unwrap_or(std::slice::from_ref(names)) {
            let Some(name) = node.as_text().filter(|name| name.contains('、')) else { continue };
            let shown = quoted(name);
            let separate = name.split('、').collect::<Vec<_>>().join(", ");
            self.remarks.push(Diagnostic::advice(
                Code::FULL_WIDTH_COMMA,
                node.span,
                say!("“{shown}”是一个名称：顿号不分项", "\"{shown}\" is one name: a comma of its own parts nothing"),
                say!("是几个的话，写成列表：[{separate}]", "if there are several, write a list: [{separate}]"),
            ));
        }
    }
}
