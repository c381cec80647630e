//! What is around the rows of a table: heads to any depth, notes and the source.

use super::build::Builder;
use super::data::{Entry, column_named};
use super::front::written;
use crate::diagnostic::{Code, Diagnostic, Span, Vocabulary as _, say};
use crate::model::{BlockId, Column, ColumnAlign, ColumnGroup, Origin, TableLine, Text};
use crate::yaml::tree::Node;

impl Builder<'_> {
    /// The notes and the source below a table: one note is 注：…, several are 注：1.… 2.….
    pub(super) fn below(&mut self, body: &Node, id: &BlockId) -> Vec<TableLine> {
        let mut lines = Vec::new();
        let words = &self.template.words;
        let notes: Vec<&Node> = match body.get("note") {
            Some(node) => node.as_list().map_or_else(|| vec![node], |list| list.iter().collect()),
            None => Vec::new(),
        };
        for (at, node) in notes.iter().enumerate() {
            let text = self.required(node, id);
            // A Latin word is a space behind its number.
            let space = if text.plain().starts_with(|c: char| c.is_ascii_graphic()) { " " } else { "" };
            let count = if notes.len() > 1 { format!("{}.{space}", at + 1) } else { String::new() };
            let indent = if at > 0 { wide(&words.note) } else { 0 };
            let label = if at > 0 {
                written(&count, node.span)
            } else {
                label(&format!("{}{count}", words.note), &text, node.span)
            };
            lines.push(TableLine { label, text, indent });
        }
        if let Some(node) = body.get("source") {
            let text = self.required(node, id);
            lines.push(TableLine { label: label(&words.source, &text, node.span), text, indent: 0 });
        }
        lines
    }

    /// The head: columns, groups of them to any depth, and the names of the columns in the data. `above`: the titles of the groups
    /// that hold these.
    pub(super) fn head<'n>(&mut self, items: &'n [Node], above: &[String], id: &BlockId, head: &mut TableHead<'n>) {
        for item in items {
            let title = item.get("title").unwrap_or(item);
            let pieces = self.pieces(title);
            let title = self.text(&pieces, Some(id));
            let mut path = above.to_vec();
            path.push(title.on_one_line());
            let level = above.len();
            if let Some(inner) = item.get("columns").and_then(Node::as_list) {
                self.refuse_group_keys(item);
                let column = head.columns.len();
                self.head(inner, &path, id, head);
                let columns = head.columns.len() - column;
                head.groups.push(ColumnGroup { title, level, column, columns });
                continue;
            }
            let word = |key| item.get(key).and_then(Node::as_text);
            let last = path.last().filter(|_| level > 0).cloned();
            head.keys.push(word("key").map_or_else(
                || ColumnKey { path: path.join("/"), last },
                |key| ColumnKey { path: key.to_owned(), last: None },
            ));
            head.leaves.push(item);
            head.columns.push(Column {
                title,
                align: word("align").and_then(ColumnAlign::from_word).unwrap_or_default(),
                width: None,
                none_as: item.get("none-as").map(|node| self.none_as(node, id)),
                level,
            });
        }
    }

    /// Refuses keys of a column on a group of columns, which would mean nothing.
    fn refuse_group_keys(&mut self, item: &Node) {
        for key in ["key", "align", "width", "none-as"] {
            if let Some(node) = item.get(key) {
                self.diagnostics.push(Diagnostic::error(
                    Code::BAD_VALUE,
                    node.span,
                    say!("分成几栏的栏名不能写 {key}", "a head over several columns takes no {key}"),
                    say!("写在它下面的各栏里", "write it on the columns below it"),
                ));
            }
        }
    }

    /// What a column's cells without a value print. An editor who changes one such cell does not mean all of them.
    fn none_as(&mut self, node: &Node, id: &BlockId) -> Text {
        let pieces = self.pieces(node);
        let mut text = self.text(&pieces, Some(id));
        let nothing = Span { end: node.span.start, ..node.span };
        for run in &mut text.runs {
            run.map = Origin::Whole(nothing);
        }
        text
    }
}

/// The head of a table as it is read.
#[derive(Default)]
pub(super) struct TableHead<'n> {
    pub columns: Vec<Column>,
    pub keys: Vec<ColumnKey>,
    pub groups: Vec<ColumnGroup>,
    /// The nodes of the columns.
    pub leaves: Vec<&'n Node>,
}

/// What the data calls a column: the titles from the top one down, or the last alone where no other column ends so.
pub(super) struct ColumnKey {
    path: String,
    last: Option<String>,
}

impl ColumnKey {
    /// The name that a row of the data has. `all`: those of all columns.
    pub(super) fn name_in(&self, row: Option<&Entry>, all: &[Self]) -> String {
        let known = |name: &str| row.and_then(|row| column_named(row.keys(), name).and_then(|at| row.keys().nth(at)));
        let alone = |last: &&String| all.iter().filter(|key| key.last.as_ref() == Some(*last)).count() == 1;
        let last = || self.last.as_ref().filter(alone).and_then(|last| known(last));
        known(&self.path).or_else(last).unwrap_or(&self.path).to_owned()
    }
}

/// How many characters of full width a text is about as wide as.
fn wide(text: &str) -> u8 {
    let halves: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    u8::try_from(halves.div_ceil(2)).unwrap_or(u8::MAX)
}

/// What comes before a text, unless the author has written it.
pub(super) fn label(words: &str, text: &Text, place: Span) -> Text {
    if text.plain().starts_with(words) { Text::default() } else { written(words, place) }
}
