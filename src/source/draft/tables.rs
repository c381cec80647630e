//! Tables as YAML.

use super::super::home::{Digits, Within, block_scalar, cell as cell_text, said, scalar};
use super::remark::Remark;
use super::squares::squared;
use super::structure::TableLines;
use super::write::DraftWriter;
use crate::diagnostic::say;
use crate::model::{Bit, BitKind, CellText, ColumnAlign, Item, Phrase, Picture};
use std::slice;

impl DraftWriter<'_> {
    pub(super) fn table(&mut self, lines: &TableLines, table: &Item, indent: usize) {
        self.line(indent, "- table:");
        for (key, text) in
            [("caption", &lines.caption), ("unit", &lines.unit), ("note", &lines.note), ("source", &lines.source)]
        {
            let text = self.said(text);
            if !text.is_empty() {
                self.line(indent + 4, &format!("{key}: {}", block_scalar(&text, indent + 6)));
            }
        }
        if table.landscape {
            self.line(indent + 4, "landscape: true");
        }
        let has_picture = |phrase: &Phrase| phrase.bits.iter().any(|bit| bit.kind == BitKind::Object);
        let single = |row: &crate::model::RowText| {
            row.cells.iter().all(|c| c.columns == 1 && c.rows == 1 && !c.phrase.is_empty() && !has_picture(&c.phrase))
        };
        let square = squared(table);
        let table = &square;
        let width = table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max().unwrap_or(0);
        let mut rows = table.rows.as_slice();
        if let [first, below @ ..] = rows
            && single(first)
            && first.cells.len() == width
            && !below.is_empty()
        {
            let heads: Vec<String> = first.cells.iter().map(|c| head(table, c)).collect();
            self.line(indent + 4, &format!("columns: [{}]", heads.join(", ")));
            rows = below;
        } else {
            self.remarks.push(Remark::at(
                table,
                say!("表头有合并的格子，各行都当作表身", "the head has merged cells; all rows are taken for the body"),
            ));
        }
        self.line(indent + 4, "rows:");
        let mut pictures = table.pictures.iter();
        for row in rows {
            let cells: Vec<String> = row.cells.iter().map(|c| self.cell(table, c, &mut pictures)).collect();
            self.line(indent + 6, &format!("- [{}]", cells.join(", ")));
        }
    }

    /// A cell; `pictures`: those that are still to come in its table.
    fn cell(&mut self, table: &Item, cell: &CellText, pictures: &mut slice::Iter<'_, Picture>) -> String {
        let (drawn, said): (Vec<Bit>, Vec<Bit>) =
            cell.phrase.bits.iter().cloned().partition(|bit| bit.kind == BitKind::Object);
        let text = cell_text(&Phrase { bits: said });
        let own: Vec<&Picture> = pictures.take(drawn.len()).collect();
        let files: Vec<String> = own.iter().filter_map(|picture| self.picture_file(picture, &table.plain())).collect();
        let (key, what) = match files.as_slice() {
            [name] if text == "~" => ("image", scalar(name, Within::Flow, Digits::Quoted)),
            [] => ("text", text),
            _ => {
                let names = files.join(" ");
                self.remarks.push(Remark::at(
                    table,
                    say!(
                        "一个格子只能有一张图，没有文字；没有写进去的图：{names}",
                        "a cell holds one picture and no text beside it; pictures left out: {names}"
                    ),
                ));
                ("text", text)
            }
        };
        let merged = cell.columns > 1 || cell.rows > 1;
        if !merged && key == "text" {
            return what;
        }
        let what = if what == "~" { "''".to_owned() } else { what };
        let over = if merged { format!(", columns: {}, rows: {}", cell.columns, cell.rows) } else { String::new() };
        format!("{{{key}: {what}{over}}}")
    }
}

/// The head of a column: its title, with what the file says of the column.
fn head(table: &Item, cell: &CellText) -> String {
    let title = scalar(&said(&cell.phrase), Within::Flow, Digits::Quoted);
    match table.aligned.get(cell.column) {
        None | Some(ColumnAlign::Auto) => title,
        Some(align) => format!("{{title: {title}, align: {}}}", align.word()),
    }
}
