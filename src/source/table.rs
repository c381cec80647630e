//! Tables.

use super::build::{Builder, number};
use super::data::Datum;
use super::table_head::{TableHead, label};
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{
    BlockId, BlockKind, Cell, Column, ColumnAlign, ColumnWidth, Labelled, Length, Origin, Row, Run, RunKind, Table,
    Text,
};
use crate::template::{StyleName, units};
use crate::yaml::tree::{Kind, Node};

impl Builder<'_> {
    /// Adds a table; `count` is its number, printed when it has a caption.
    pub(super) fn table(&mut self, node: &Node, body: &Node, count: u32, parent: &str) {
        let caption = body.get("caption").map(|n| self.pieces(n));
        let (id, named) =
            self.id("table", node.get("id").or(body.get("id")), caption.as_deref().unwrap_or_default(), parent);
        let number = caption.as_ref().map(|_| number(&self.template.numbering.tables, count));
        let caption = caption.map(|pieces| self.text(&pieces, Some(&id)));
        self.refuse_empty_caption(body, caption.as_ref());
        let landscape = body.get("landscape").is_some_and(Node::is_true);
        let mut head = TableHead::default();
        if let Some(items) = body.get("columns").and_then(Node::as_list) {
            self.head(items, &[], &id, &mut head);
        }
        self.widths(&head.leaves, &mut head.columns, landscape);
        let mut rows = match (body.get("rows"), body.get("from")) {
            (Some(_), Some(from)) => {
                self.diagnostics.push(Diagnostic::error(
                    Code::BAD_VALUE,
                    from.span,
                    say!("表格同时写了 rows 和 from", "a table cannot have both rows and from"),
                    say!(
                        "只留一个：rows 写在这里，from 取自数据",
                        "keep one: rows gives the rows here, from takes them from the data"
                    ),
                ));
                Vec::new()
            }
            (Some(rows), None) => self.rows(rows, &mut head.columns, &id),
            (None, Some(from)) => {
                let total = body.get("total").is_some_and(Node::is_true);
                self.rows_from(from, &mut head, (&id, total))
            }
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
        if body.get("total").is_some_and(Node::is_true)
            && let Some(last) = rows.last_mut()
        {
            embolden(last);
        }
        let unit = body.get("unit").map(|node| {
            let text = self.required(node, &id);
            Labelled { label: label(&self.template.words.unit, &text, node.span), text }
        });
        let below = self.below(body, &id);
        let TableHead { columns, groups, .. } = head;
        let table = Table { caption, number, unit, groups, columns, rows, below, landscape };
        self.add(id, named, node.span, BlockKind::Table(table));
    }

    /// The widths of the columns. Those that are lengths must fit on the page, with room beside them for the others.
    fn widths(&mut self, leaves: &[&Node], columns: &mut [Column], landscape: bool) {
        let (page, tables) = (&self.template.page, &self.template.tables);
        let measure = if landscape { page.depth() } else { page.measure() };
        let size = self.template.style(StyleName::TableText).size;
        let (mut fixed, mut place) = (Length::ZERO, None);
        for (item, column) in leaves.iter().zip(columns.iter_mut()) {
            let Some(node) = item.get("width") else { continue };
            column.width = match &node.kind {
                Kind::Number(text) => text.parse().ok().map(ColumnWidth::Share),
                Kind::Text(text) => units::relative(text, size).map(ColumnWidth::Length),
                _ => None,
            };
            if let Some(ColumnWidth::Length(length)) = column.width {
                (fixed, place) = (fixed + length, Some(node.span));
            }
        }
        let Some(place) = place else { return };
        let others = columns.iter().filter(|c| !matches!(c.width, Some(ColumnWidth::Length(_)))).count();
        // A character and the blank beside it.
        let least = size * (1.0 + 2.0 * tables.padding) * others as f64;
        let (over, most) = ((fixed + least - measure).to_mm(), (measure - least).to_mm());
        // Widths are written in millimetres: a smaller difference is rounding.
        if over <= 0.05 {
            return;
        }
        let total = fixed.to_mm();
        let hint = say!(
            "这些栏合起来至多 {most:.0}mm；也可以写成比例（一个数），或者加 landscape: true 横排",
            "at most {most:.0}mm together; or give shares (plain numbers), or landscape: true"
        );
        self.diagnostics.push(Diagnostic::error(
            Code::BAD_VALUE,
            place,
            if others == 0 {
                say!(
                    "各栏共宽 {total:.1}mm，超出版心 {over:.1}mm",
                    "the columns are {total:.1}mm wide together, {over:.1}mm more than the type area"
                )
            } else {
                say!(
                    "写明宽度的栏共宽 {total:.1}mm，其余 {others} 栏还差 {over:.1}mm",
                    "the columns with widths take {total:.1}mm; {others} others lack {over:.1}mm"
                )
            },
            hint,
        ));
    }

    /// Rows as they are written. Every row must fill the columns, cells that reach down from above counted. Columns without
    /// heads are added as the first row has cells.
    fn rows(&mut self, node: &Node, columns: &mut Vec<Column>, id: &BlockId) -> Vec<Row> {
        let Some(items) = node.as_list() else { return Vec::new() };
        let cells =
            |item: &'_ Node| item.get("cells").map_or(item.as_list().is_some(), |cells| cells.as_list().is_some());
        let items: Vec<&Node> = items.iter().filter(|item| cells(item)).collect();
        // How many rows more each column is covered from above.
        let mut covered: Vec<u16> = vec![0; columns.len()];
        let mut rows = Vec::with_capacity(items.len());
        for (at, &item) in items.iter().enumerate() {
            let (span, nodes) = (item.span, item.get("cells").unwrap_or(item).as_list().unwrap_or_default());
            let mut cells: Vec<Cell> = nodes.iter().map(|cell| self.cell(cell, id)).collect();
            let width = cells.iter().map(|c| usize::from(c.columns)).sum::<usize>();
            if covered.is_empty() {
                covered = vec![0; width];
                columns.resize_with(width, bare);
            }
            let (wanted, above) = (covered.len(), covered.iter().filter(|&&n| n > 0).count());
            let filled = width + above;
            if filled != wanted {
                // The hint says what a doubtful comma has done.
                let within = |place: Span| place.file == span.file && (span.start..span.end).contains(&place.start);
                self.diagnostics.retain(|d| d.code != Code::FULL_WIDTH_COMMA || !d.span.is_some_and(within));
                let hint = ragged_hint(nodes, above, filled > wanted);
                self.diagnostics.push(Diagnostic::error(
                    Code::RAGGED_TABLE,
                    span,
                    say!(
                        "这一行有 {filled} 格，表格有 {wanted} 栏",
                        "this row has {filled} cells, the table {wanted} columns"
                    ),
                    hint,
                ));
            }
            let fits = filled == wanted;
            let below = items.len() - at;
            let before = covered.clone();
            for rows in &mut covered {
                *rows = rows.saturating_sub(1);
            }
            let mut column = 0;
            for (cell, node) in cells.iter_mut().zip(nodes) {
                while before.get(column).is_some_and(|&n| n > 0) {
                    column += 1;
                }
                stand_in(cell, columns.get(column));
                let end = (column + usize::from(cell.columns)).min(wanted);
                if fits && before[column.min(end)..end].iter().any(|&n| n > 0) {
                    self.merged(
                        node.span,
                        say!("这一格与上面占几行的格子重叠", "this cell overlaps one that comes down from above"),
                    );
                }
                if usize::from(cell.rows) > below {
                    let rows = cell.rows;
                    self.merged(
                        node.span,
                        say!(
                            "这一格占 {rows} 行，表格从这里起只有 {below} 行",
                            "this cell covers {rows} rows; the table has {below} from here"
                        ),
                    );
                }
                for rows in covered.iter_mut().take(end).skip(column) {
                    *rows = (*rows).max(cell.rows - 1);
                }
                column += usize::from(cell.columns);
            }
            let mut row = Row { cells };
            if item.get("total").is_some_and(Node::is_true) {
                embolden(&mut row);
            }
            rows.push(row);
        }
        rows
    }

    fn merged(&mut self, span: Span, message: Message) {
        self.diagnostics.push(Diagnostic::error(
            Code::MERGED_CELLS,
            span,
            message,
            say!("改这一格或上面那一格的 columns、rows", "change columns or rows of this cell or of the one above"),
        ));
    }

    fn cell(&mut self, node: &Node, id: &BlockId) -> Cell {
        let picture = self.cell_picture(node);
        let first = self.values.len();
        let text = match node.get("text") {
            Some(text) => self.pieces(text),
            None if node.get("image").or(node.get("figure")).is_some() => Vec::new(),
            None => self.pieces(node),
        };
        let span = |key| match node.get(key).map(|n| &n.kind) {
            Some(Kind::Number(text)) => text.parse().unwrap_or(1).max(1),
            _ => 1,
        };
        let text = self.text(&text, Some(id));
        self.tell_joined_lines(first);
        Cell { text, picture, columns: span("columns"), rows: span("rows"), indent: 0 }
    }

    /// Tells of values from the `first` on whose lines are joined: a table that is bound by `from` keeps them.
    fn tell_joined_lines(&mut self, first: usize) {
        for (value, origin) in self.values.iter().zip(&self.origins).skip(first) {
            let Datum::Text(text) = &origin.entry.scalar().datum else { continue };
            if !text.trim().contains('\n') {
                continue;
            }
            let name = &value.expression;
            let remark = Diagnostic::advice(
                Code::CELL_LINES_JOINED,
                value.used,
                say!("“{name}”有几行，这一格里连成了一行", "\"{name}\" has several lines, which this cell joins"),
                say!(
                    "要分行的，写 {{{{ ({name} | lines)[0] }}}}<br>{{{{ ({name} | lines)[1] }}}}，或者用 from 印这张表",
                    "for lines write {{{{ ({name} | lines)[0] }}}}<br>{{{{ ({name} | lines)[1] }}}}, or print the table by from"
                ),
            );
            self.remarks.push(match value.defined {
                Some(place) => remark.with_related(place, say!("数据在这里", "the data is here")),
                None => remark,
            });
        }
    }
}

/// Puts into a cell without a value what its column prints for it.
pub(super) fn stand_in(cell: &mut Cell, column: Option<&Column>) {
    if let Some(text) = column.and_then(|c| c.none_as.as_ref())
        && cell.columns == 1
        && cell.text.is_empty()
        && cell.picture.is_none()
    {
        cell.text = text.clone();
    }
}

/// The row of a total: bold.
fn embolden(row: &mut Row) {
    row.cells.iter_mut().flat_map(|cell| &mut cell.text.runs).for_each(|run| run.strong = true);
}

/// A column without a head.
pub(super) fn bare() -> Column {
    Column { title: Text::default(), align: ColumnAlign::Auto, width: None, none_as: None, level: 0 }
}

/// Text that the data gives: the source at `span` holds nothing of it.
pub(super) fn plain(text: &str, span: Span) -> Text {
    let span = Span { end: span.start, ..span };
    let run = Run::new(text.to_owned(), RunKind::Text, Origin::Whole(span));
    Text { runs: if text.is_empty() { Vec::new() } else { vec![run] } }
}

/// A number that the commas of its groups have divided into cells, as it was meant: 1,234.
fn divided_number(cells: &[Node]) -> Option<String> {
    let digits =
        |text: &str, most: usize| !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    cells.windows(2).find_map(|pair| {
        let (head, group) = (pair[0].as_text()?, pair[1].as_text()?);
        let whole = group.split('.').next()?;
        (digits(head, 3) && whole.len() == 3 && digits(whole, 3)).then(|| format!("{head},{group}"))
    })
}

/// What to do about a row that does not fill its columns. `above`: cells that come down from rows above.
fn ragged_hint(cells: &[Node], above: usize, more: bool) -> Message {
    if let Some(number) = divided_number(cells).filter(|_| more) {
        return say!(
            "数字里的逗号把一格分成了两格：写成 \"{number}\"，或者不用逗号",
            "a comma within a number makes two cells of it: write \"{number}\", or leave it out"
        );
    }
    let wide = |cell: &Node| cell.as_text().is_some_and(|text| text.contains('，'));
    if !more && cells.iter().any(wide) {
        return say!(
            "全角逗号不分格：改成半角逗号加一个空格",
            "full-width commas part no cells: write half-width ones, with a space after each"
        );
    }
    if above == 0 {
        return say!("补上或删去几格；空格写 ~", "add or remove cells; an empty one is ~");
    }
    say!(
        "补上或删去几格，空格写 ~；其中 {above} 格是上面占几行的格子伸下来的",
        "add or remove cells, an empty one is ~; {above} of them come down from cells of several rows"
    )
}
