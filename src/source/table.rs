//! Tables and figures.

use super::build::{Builder, number};
use super::datum::{Datum, Entry};
use super::filters::print;
use super::scalar::Scalar;
use super::text::trimmed;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{BlockId, BlockKind, Cell, Column, ColumnAlign, Figure, OffsetMap, Row, Run, RunKind, Table, Text};
use crate::template::file::unreadable;
use crate::template::tree::{Kind, Node};
use crate::template::units;

impl Builder<'_> {
    /// Adds a table; `count` is its number, printed when it has a caption.
    pub(super) fn table(&mut self, node: &Node, body: &Node, count: u32, parent: &str) {
        let caption = body.get("caption").map(|n| self.pieces(n));
        let (id, named) =
            self.id("table", node.get("id").or(body.get("id")), caption.as_deref().unwrap_or_default(), parent);
        let number = caption.as_ref().map(|_| number(&self.template.numbering.tables, count));
        let caption = caption.map(|pieces| self.text(&pieces, Some(&id)));
        let (mut columns, keys) = self.columns(body, &id);
        let rows = match (body.get("rows"), body.get("from")) {
            (Some(_), Some(from)) => {
                self.diagnostics.push(Diagnostic::error(
                    Code::BAD_VALUE,
                    from.span,
                    say!("表格同时写了 rows 和 from", "a table cannot have both rows and from"),
                    say!(
                        "只留一个：rows 写在这里，from 取自数据",
                        "keep one: rows stand here, from takes them from the data"
                    ),
                ));
                Vec::new()
            }
            (Some(rows), None) => self.rows(rows, columns.len(), &id),
            (None, Some(from)) => self.rows_from(from, &mut columns, &keys, &id),
            (None, None) => {
                self.diagnostics.push(Diagnostic::error(
                    Code::MISSING_KEY,
                    body.head(),
                    say!("表格没有内容", "the table has no rows"),
                    say!(
                        "写 rows: [[……], ……]，或者 from: 数据的名称",
                        "write rows: [[…], …], or from: a name of the data"
                    ),
                ));
                Vec::new()
            }
        };
        let landscape = body.get("landscape").is_some_and(|n| n.kind == Kind::Bool(true));
        self.add(id, named, node.span, BlockKind::Table(Table { caption, number, columns, rows, landscape }));
    }

    /// The columns, and the name of each in the data.
    fn columns(&mut self, body: &Node, id: &BlockId) -> (Vec<Column>, Vec<String>) {
        let Some(Kind::List(items)) = body.get("columns").map(|n| &n.kind) else { return (Vec::new(), Vec::new()) };
        let mut keys = Vec::new();
        let mut columns = Vec::new();
        for item in items {
            let title = item.get("title").unwrap_or(item);
            let pieces = self.pieces(title);
            let title = self.text(&pieces, Some(id));
            let word = |key| match item.get(key).map(|n| &n.kind) {
                Some(Kind::Text(text) | Kind::Number(text)) => Some(text.as_str()),
                _ => None,
            };
            keys.push(word("key").map_or_else(|| title.plain(), str::to_owned));
            columns.push(Column {
                title,
                align: match word("align") {
                    Some("left") => ColumnAlign::Left,
                    Some("center") => ColumnAlign::Center,
                    Some("right") => ColumnAlign::Right,
                    Some("decimal") => ColumnAlign::Decimal,
                    _ => ColumnAlign::Auto,
                },
                width: word("width").and_then(|w| w.parse().ok()),
            });
        }
        (columns, keys)
    }

    /// Rows as they are written. Every row must fill the columns, cells that reach down from above counted.
    fn rows(&mut self, node: &Node, columns: usize, id: &BlockId) -> Vec<Row> {
        let Kind::List(items) = &node.kind else { return Vec::new() };
        let mut wanted = columns;
        // How many rows more each column is covered from above.
        let mut covered: Vec<u16> = vec![0; wanted];
        let mut rows = Vec::new();
        for item in items {
            let Kind::List(cells) = &item.kind else { continue };
            let cells: Vec<Cell> = cells.iter().map(|cell| self.cell(cell, id)).collect();
            let width = cells.iter().map(|c| usize::from(c.columns)).sum::<usize>();
            if wanted == 0 {
                // Without heads, the first row says how wide the table is.
                wanted = width;
                covered = vec![0; wanted];
            }
            let filled = width + covered.iter().filter(|&&n| n > 0).count();
            if filled != wanted {
                self.diagnostics.push(Diagnostic::error(
                    Code::RAGGED_TABLE,
                    item.span,
                    say!(
                        "这一行有 {filled} 格，表格有 {wanted} 栏",
                        "this row has {filled} cells, the table {wanted} columns"
                    ),
                    say!("补上或删去几格；空格写 ~", "add or remove cells; an empty one is ~"),
                ));
            }
            for rows in &mut covered {
                *rows = rows.saturating_sub(1);
            }
            let mut at = 0;
            for cell in &cells {
                while covered.get(at).is_some_and(|&n| n > 0) {
                    at += 1;
                }
                for column in covered.iter_mut().skip(at).take(usize::from(cell.columns)) {
                    *column = (*column).max(cell.rows - 1);
                }
                at += usize::from(cell.columns);
            }
            rows.push(Row { cells });
        }
        rows
    }

    fn cell(&mut self, node: &Node, id: &BlockId) -> Cell {
        let pieces = self.pieces(node.get("text").unwrap_or(node));
        let span = |key| match node.get(key).map(|n| &n.kind) {
            Some(Kind::Number(text)) => text.parse().unwrap_or(1).max(1),
            _ => 1,
        };
        Cell { text: self.text(&pieces, Some(id)), columns: span("columns"), rows: span("rows") }
    }

    /// Rows of the data: lists, or maps of which the columns take their entries.
    fn rows_from(&mut self, node: &Node, columns: &mut Vec<Column>, keys: &[String], id: &BlockId) -> Vec<Row> {
        let (Some(scope), Kind::Text(_)) = (self.scope, &node.kind) else { return Vec::new() };
        let scalar = Scalar::new(self.sources, node);
        let expression = scalar.text.trim().to_owned();
        let entry = match scope.evaluate(&scalar.text) {
            Ok(entry) => entry,
            Err(fault) => {
                self.fault(fault, &scalar.map);
                return Vec::new();
            }
        };
        let Datum::List(items) = &entry.datum else {
            let (zh, en) = entry.datum.name();
            self.shape(
                node.span,
                entry.span,
                say!("“{expression}”是{zh}，不是各行的列表", "\"{expression}\" is {en}, not a list of rows"),
            );
            return Vec::new();
        };
        let mut keys = keys.to_vec();
        if keys.is_empty()
            && let Some(first) = items.first()
        {
            keys = first.keys().map(str::to_owned).collect();
            let head = |key: &String| Column { title: plain(key, node.span), align: ColumnAlign::Auto, width: None };
            columns.extend(keys.iter().map(head));
        }
        let mut rows = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let cells: Vec<(String, Option<Entry>)> = match &item.datum {
                Datum::Map(_) => {
                    keys.iter().map(|k| (format!("{expression}[{i}].{k}"), item.get(k).cloned())).collect()
                }
                Datum::List(cells) => cells
                    .iter()
                    .enumerate()
                    .map(|(j, c)| (format!("{expression}[{i}][{j}]"), Some(c.clone())))
                    .collect(),
                other => {
                    let (zh, en) = other.name();
                    self.shape(
                        node.span,
                        item.span,
                        say!(
                            "“{expression}”的第 {i} 项是{zh}，不是一行",
                            "entry {i} of \"{expression}\" is {en}, not a row"
                        ),
                    );
                    continue;
                }
            };
            if cells.len() != columns.len() && !columns.is_empty() {
                let (found, wanted) = (cells.len(), columns.len());
                self.shape(
                    node.span,
                    item.span,
                    say!(
                        "数据的一行有 {found} 格，表格有 {wanted} 栏",
                        "a row of the data has {found} cells, the table {wanted} columns"
                    ),
                );
                continue;
            }
            rows.push(Row {
                cells: cells
                    .into_iter()
                    .map(|(path, entry)| self.data_cell(&path, entry, node, item.span, id))
                    .collect(),
            });
        }
        rows
    }

    fn data_cell(&mut self, path: &str, entry: Option<Entry>, node: &Node, row: Option<Span>, id: &BlockId) -> Cell {
        let mut text = Text::default();
        match entry {
            None => {
                let key = path.rsplit('.').next().unwrap_or(path);
                self.shape(node.span, row, say!("数据的一行没有“{key}”", "a row of the data has no \"{key}\""));
            }
            Some(Entry { datum: Datum::Null, .. }) => {}
            Some(entry) => match print(&entry.datum, trimmed(path)) {
                Ok(printed) if printed.is_empty() => {}
                Ok(printed) => {
                    let index = self.value(path, &printed, node.span, entry.span, Some(id));
                    let map = OffsetMap::whole(node.span);
                    text.runs.push(Run { text: printed, strong: false, kind: RunKind::Value(index), map });
                }
                Err(fault) => {
                    let detail = *fault.0;
                    let place = entry.span.unwrap_or(node.span);
                    self.diagnostics.push(Diagnostic::error(detail.code, place, detail.message, detail.hint));
                }
            },
        }
        Cell { text, columns: 1, rows: 1 }
    }

    fn shape(&mut self, span: Span, defined: Option<Span>, message: crate::diagnostic::Message) {
        let error = Diagnostic::error(
            Code::DATA_SHAPE,
            span,
            message,
            say!(
                "数据写成列表，每项一行，各行的名称与 columns 的栏名（或 key）一致",
                "write the data as a list, an entry a row, its names those of the columns (or their key)"
            ),
        );
        self.diagnostics.push(match defined {
            Some(place) => error.with_related(place, say!("数据在这里", "the data stands here")),
            None => error,
        });
    }

    /// Adds a picture; `count` is its number, printed when it has a caption.
    pub(super) fn figure(&mut self, node: &Node, body: &Node, count: u32, parent: &str) {
        let word = |key| match body.get(key).map(|n| (&n.kind, n.span)) {
            Some((Kind::Text(text) | Kind::Number(text), span)) => Some((text.clone(), span)),
            _ => None,
        };
        let Some((image, place)) = word("image") else { return };
        let caption = body.get("caption").map(|n| self.pieces(n)).unwrap_or_default();
        let given = node.get("id").or(body.get("id"));
        let id = match given {
            Some(_) => self.id("figure", given, &caption, parent),
            None => (self.ids.derive("figure", &image, parent), false),
        };
        let number = body.get("caption").map(|_| number(&self.template.numbering.figures, count));
        let caption = body.get("caption").map(|_| self.text(&caption, Some(&id.0)));
        let data = self.image(&image, place);
        let width = word("width").and_then(|(text, span)| {
            let width = units::length(&text)?;
            let measure = self.template.page.measure();
            if width > measure {
                let most = measure.to_mm();
                self.diagnostics.push(Diagnostic::error(
                    Code::BAD_VALUE,
                    span,
                    say!("图宽 {text}，超过了版心", "the picture is {text} wide, more than the type area"),
                    say!("最宽 {most:.0}mm", "at most {most:.0}mm"),
                ));
            }
            Some(width)
        });
        let alt = word("alt").map(|(text, _)| text);
        let alt = alt.or_else(|| caption.as_ref().map(Text::plain)).unwrap_or_default();
        self.add(id.0, id.1, node.span, BlockKind::Figure(Figure { image, data, caption, number, width, alt }));
    }

    fn image(&mut self, name: &str, place: Span) -> Vec<u8> {
        let hint =
            say!("检查文件名；路径相对于报告所在的文件夹", "check the name; paths are relative to the report's folder");
        let data = match self.world.read(&self.folder.join(name)) {
            Ok(data) => data,
            Err(error) => {
                self.diagnostics.push(unreadable(Code::IMAGE_UNREADABLE, Some(place), name, &error, hint));
                return Vec::new();
            }
        };
        if !data.starts_with(b"\x89PNG\r\n\x1a\n") && !data.starts_with(b"\xff\xd8\xff") {
            self.diagnostics.push(Diagnostic::error(
                Code::IMAGE_UNREADABLE,
                place,
                say!("“{name}”不是 PNG 或 JPEG 图片", "\"{name}\" is neither PNG nor JPEG"),
                say!("另存为 PNG 或 JPEG", "save it as PNG or JPEG"),
            ));
        }
        data
    }
}

/// Text that the data gives: the source at `span` holds nothing of it.
fn plain(text: &str, span: Span) -> Text {
    let span = Span { end: span.start, ..span };
    let run = Run { text: text.to_owned(), strong: false, kind: RunKind::Text, map: OffsetMap::whole(span) };
    Text { runs: if text.is_empty() { Vec::new() } else { vec![run] } }
}
