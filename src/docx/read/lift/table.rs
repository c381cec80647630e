//! Tables: rows, cells, merges, tracked rows.

use super::super::parse::{Element, Ns};
use super::formatting;
use super::view::{Revision, revision};
use super::walk::{Walker, choice, joined};
use crate::model::{CellText, Item, ItemRole, LossKind, Picture, RowText};

impl Walker<'_> {
    /// A table becomes one item; the pictures and captions of one that sets them side by side stand one below the other.
    pub(super) fn table(&mut self, table: &Element) {
        if let Some(cells) = side_by_side(table) {
            let items: Vec<Item> = cells.into_iter().flat_map(|cell| self.apart(cell)).collect();
            self.out.extend(items);
            return;
        }
        let mut item = Item { role: ItemRole::Table, ..Item::default() };
        let grid = table.word("tblGrid");
        let columns = grid.iter().flat_map(|grid| grid.elements().filter(|e| e.is_word("gridCol")));
        item.widths = columns.filter_map(|c| c.attribute("w")?.parse().ok()).collect();
        let mut rows = Vec::new();
        collect(table, "tr", &mut rows);
        // For each column the cell that comes down into it: its row and index.
        let mut above: Vec<Option<(usize, usize)>> = Vec::new();
        for row in rows {
            let properties = row.word("trPr");
            let changes: Vec<Revision> =
                properties.map(|p| p.elements().filter_map(revision).collect()).unwrap_or_default();
            self.tracked |= !changes.is_empty();
            let depth = self.revisions.len();
            self.revisions.extend(changes.iter().cloned());
            if self.kept() {
                let mut line = RowText { traces: traces(&changes), ..RowText::default() };
                self.row((table, row), &mut item, &mut line, &mut above);
                item.rows.push(line);
            } else {
                item.traces.extend(traces(&changes));
                let text: String = words(row).chars().filter(|c| !c.is_whitespace()).collect();
                self.removed.push((text, traces(&changes)));
            }
            self.revisions.truncate(depth);
        }
        item.traces.sort();
        item.traces.dedup();
        if item.rows.iter().any(|row| !row.cells.is_empty()) {
            self.out.push(item);
        }
    }

    fn row(
        &mut self,
        (table, row): (&Element, &Element),
        item: &mut Item,
        line: &mut RowText,
        above: &mut Vec<Option<(usize, usize)>>,
    ) {
        let mut cells = Vec::new();
        collect(row, "tc", &mut cells);
        let at = item.rows.len();
        let before = row.word("trPr").and_then(|p| p.val("gridBefore")).and_then(|v| v.parse().ok()).unwrap_or(0);
        let mut column: usize = usize::min(before, 1000);
        for cell in cells {
            let properties = cell.word("tcPr");
            let span = properties.and_then(|p| p.val("gridSpan")).and_then(|v| v.parse().ok()).unwrap_or(1);
            let span = usize::clamp(span, 1, 1000);
            let changes: Vec<Revision> =
                properties.map(|p| p.elements().filter_map(revision).collect()).unwrap_or_default();
            self.tracked |= !changes.is_empty();
            if !changes.iter().all(|r| self.view.keeps(r)) {
                let text: String = words(cell).chars().filter(|c| !c.is_whitespace()).collect();
                self.removed.push((text, traces(&changes)));
                continue;
            }
            let merge = properties.and_then(|p| p.word("vMerge"));
            let continues = merge.is_some_and(|m| m.attribute("val") != Some("restart"));
            if above.len() < column + span {
                above.resize(column + span, None);
            }
            let paragraphs = self.cell(cell);
            let joined = joined(paragraphs);
            let from = above.get(column).copied().flatten();
            if let (true, Some((top, index))) = (continues, from) {
                if let Some(cell) = item.rows.get_mut(top).and_then(|r| r.cells.get_mut(index)) {
                    cell.rows += 1;
                }
            } else {
                above[column..column + span].fill(Some((at, line.cells.len())));
                item.marks.extend(joined.marks);
                item.pictures.extend(joined.pictures);
                let mut all = joined.traces;
                all.extend(traces(&changes));
                let of_row = row.word("trPr").filter(|_| line.cells.is_empty());
                let of_table = table.word("tblPr").filter(|_| line.cells.is_empty() && at == 0);
                let formatting = self.known(formatting::of_cell(properties, of_row, of_table));
                line.cells.push(CellText {
                    formats: joined.formats,
                    formatting,
                    phrase: joined.phrase,
                    column,
                    columns: span,
                    rows: 1,
                    traces: all,
                    comments: joined.comments,
                });
            }
            column += span;
        }
    }

    /// The paragraphs of a cell. A table within it is named, and each of its cells is a paragraph here.
    fn cell(&mut self, cell: &Element) -> Vec<Item> {
        let items = self.apart(cell);
        let mut paragraphs = Vec::new();
        for item in items {
            if item.role == ItemRole::Table {
                self.lose(LossKind::NestedTable, &item.plain());
                let cells = item.rows.into_iter().flat_map(|row| row.cells);
                paragraphs.extend(cells.map(|cell| Item {
                    phrase: cell.phrase,
                    traces: cell.traces,
                    comments: cell.comments,
                    formats: cell.formats,
                    ..Item::default()
                }));
                all_of(&mut paragraphs, item.marks, item.pictures);
            } else {
                paragraphs.push(item);
            }
        }
        paragraphs
    }
}

/// The cells of a table without text in its first row, which holds pictures alone, column by column; None for any other table.
fn side_by_side(table: &Element) -> Option<Vec<&Element>> {
    let mut rows = Vec::new();
    collect(table, "tr", &mut rows);
    let mut cells: Vec<(usize, &Element)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut own = Vec::new();
        collect(row, "tc", &mut own);
        let pictures = |cell: &&Element| words(cell).trim().is_empty() && has_picture(cell);
        if at > 1
            || own.len() < 2
            || (at == 0 && !own.iter().all(pictures))
            || (at == 1 && own.iter().any(|cell| has_picture(cell)))
        {
            return None;
        }
        cells.extend(own.into_iter().enumerate());
    }
    if cells.is_empty() {
        return None;
    }
    cells.sort_by_key(|(column, _)| *column);
    Some(cells.into_iter().map(|(_, cell)| cell).collect())
}

fn has_picture(element: &Element) -> bool {
    matches!(&*element.name, "drawing" | "pict") || element.elements().any(has_picture)
}

/// Gives the marks and pictures of a table to the last of its paragraphs.
fn all_of(paragraphs: &mut [Item], marks: Vec<String>, pictures: Vec<Picture>) {
    if let Some(last) = paragraphs.last_mut() {
        last.marks.extend(marks);
        last.pictures.extend(pictures);
    }
}

/// The words of a row, those taken out too.
fn words(element: &Element) -> String {
    let own = matches!(&*element.name, "t" | "delText") && element.ns == Ns::Word;
    if own { element.all_text() } else { element.elements().map(words).collect() }
}

fn traces(changes: &[Revision]) -> Vec<crate::model::Trace> {
    changes.iter().map(|r| r.trace.clone()).collect()
}

/// The rows of a table or the cells of a row, in content controls too.
fn collect<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match (element.ns, &*element.name) {
            (Ns::Word, found_name) if found_name == name => found.push(element),
            (Ns::Word, "sdt" | "sdtContent" | "customXml" | "smartTag" | "ins" | "del") => {
                collect(element, name, found);
            }
            (Ns::Compat, "AlternateContent") => {
                if let Some(choice) = choice(element) {
                    collect(choice, name, found);
                }
            }
            _ => {}
        }
    }
}
