//! Rows: their heights on the grid, their rules and lines, and the units that page make-up gets.

use super::setting::CellText;
use super::turned;
use super::width::{ColumnNeeds, Needs, widths};
use crate::diagnostic::{Code, say};
use crate::layout::caption::caption;
use crate::layout::flow::Flow;
use crate::layout::lines::SetLine;
use crate::layout::pages::{Unit, UnitMetrics};
use crate::layout::paragraph::Paragraph;
use crate::layout::{Artifact, Item, Line, LineKind, Rule};
use crate::model::{Block, BlockIndex, CellAlign, Color, Length, PlacedCell, Table, TableGrid, is_number};
use crate::printed::{SetNumber, SetTable};
use crate::template::{Leading, Style, StyleName, TableRules};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Rows that the choice of widths looks at: enough to know a table by.
const LOOKED_AT: usize = 200;

/// A column is not made narrower than so many characters, where its text has them.
const SHORTEST: f64 = 3.0;

/// A table, its lines set.
pub(super) struct TableLayout<'a> {
    pub(super) block: BlockIndex,
    grid: TableGrid<'a>,
    /// The edges of the columns, from the table's left.
    edges: Vec<Length>,
    /// Where the table begins in the measure.
    left: Length,
    /// Lines by cell.
    lines: Vec<Vec<SetLine>>,
    /// Rows of the page's grid that each row takes.
    pub(super) heights: Vec<u32>,
    joined: Vec<bool>,
    merged: Vec<bool>,
    styles: (&'a Style, &'a Style),
    look: RowLook,
}

/// The figures of the template that rows are drawn by.
#[derive(Clone, Copy)]
struct RowLook {
    rules: TableRules,
    heavy: Length,
    light: Length,
    pitch: Length,
    /// Where the baseline stands in a cell of type, from its top, in em.
    ascent: f64,
    /// How far rules stand above the row of the grid that they begin.
    lift: Length,
}

/// The units of a table.
pub(in crate::layout) fn units(flow: &mut Flow<'_>, block: BlockIndex, source: &Block, table: &Table) -> Vec<Unit> {
    let template = flow.template;
    let page = &template.page;
    let measure = if table.landscape { page.depth() } else { page.measure() };
    let Some(layout) = TableLayout::new(flow, block, source, table, measure) else { return Vec::new() };
    let captioned = caption(flow, (block, source), measure, None);
    let again = caption(flow, (block, source), measure, Some(&template.words.continued));
    let head: u32 = layout.heights[..layout.head()].iter().sum();
    let lines = if table.landscape { turned::rows(template) } else { template.grid.lines };
    let most = lines.saturating_sub(head + captioned.rows.max(again.rows));
    if let Some(high) = layout.groups().map(|group| layout.height(&group)).find(|&high| high > most) {
        flow.refuse(
            Code::ROWS_TOO_HIGH,
            source,
            say!(
                "表中连成一片的几行要占 {high} 行，一页只放得下 {most} 行",
                "rows of the table that merged cells tie together take {high} lines; a page holds {most}"
            ),
            say!("少合并几行，或者缩短文字", "merge fewer rows, or shorten the text"),
        );
        return Vec::new();
    }
    let (head_rows, rows) = (layout.grid.head, layout.grid.rows);
    let mut lead_items = again.items;
    let lead = again.rows + head;
    lead_items.extend(layout.opening(again.rows));
    for row in 0..head_rows {
        lead_items.extend(repeated(layout.row(row, again.rows)));
    }
    let lead_items: Arc<[Item]> = lead_items.into();
    let foot: Arc<[Item]> = layout.closing().into();

    let total = captioned.rows + layout.heights.iter().sum::<u32>();
    let whole = total <= template.tables.whole.min(lines);
    let mut units = Vec::with_capacity(rows + 1);
    if captioned.rows > 0 {
        units.push(Unit::items(
            block,
            UnitMetrics { rows: captioned.rows, keeps: true, ..UnitMetrics::default() },
            captioned.items,
        ));
    }
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while next < rows {
        let group = layout.group(next);
        let (row, end) = (group.start, group.end);
        next = end;
        let mut items = Vec::new();
        if row == 0 {
            items.extend(layout.opening(0));
        }
        let limit = lines.saturating_sub(lead).max(1);
        // A row that no page holds is divided between its lines.
        let pieces = if layout.heights[row] > limit && group.len() == 1 {
            layout.pieces(row, limit)
        } else {
            // No page break divides a cell of more than one row.
            let above = |r: usize| if r < head_rows { 0 } else { layout.height(&(row..r)) };
            vec![(group.clone().flat_map(|r| layout.row(r, above(r))).collect(), layout.height(&group))]
        };
        let count = pieces.len();
        for (at, (piece, height)) in pieces.into_iter().enumerate() {
            let keeps = at + 1 == count && end < rows && (whole || layout.keeps(end - 1));
            let set = piece.iter().filter_map(|item| if let Item::Line(line) = item { Some(line) } else { None });
            let notes = flow.notes.called(block, set.flat_map(|line| &line.runs).map(|run| run.source), &mut seen);
            let lead = if row >= head_rows { lead } else { 0 };
            let cell =
                UnitMetrics { rows: height, keeps, lead, notes: flow.notes.foot(&notes), ..UnitMetrics::default() };
            items.extend(piece);
            units.push(Unit {
                head: (row >= head_rows && (row > head_rows || at > 0)).then(|| Arc::clone(&lead_items)),
                foot: Some(Arc::clone(&foot)),
                ruled: true,
                notes,
                ..Unit::items(block, cell, std::mem::take(&mut items))
            });
        }
    }
    if table.landscape { turned::pages(template, &mut flow.notes, block, units) } else { units }
}

/// Lines that come again on a later page are no part of the text there.
pub(super) fn repeated(items: Vec<Item>) -> Vec<Item> {
    let again = |item| match item {
        Item::Line(line) => Item::Line(Line { kind: LineKind::Artifact(Artifact::Repeated), ..line }),
        other => other,
    };
    items.into_iter().map(again).collect()
}

fn leading(style: &Style, pitch: Length) -> Length {
    match style.leading {
        Leading::Rows(rows) => pitch * rows,
        Leading::Exact(leading) => leading,
    }
}

impl<'a> TableLayout<'a> {
    /// Sets the cells of a table on a measure; None where a glyph is missing or there are no cells.
    fn new<'f: 'a>(
        flow: &mut Flow<'f>,
        block: BlockIndex,
        source: &Block,
        table: &'a Table,
        measure: Length,
    ) -> Option<Self> {
        let template = flow.template;
        let styles = (template.style(StyleName::TableHead), template.style(StyleName::TableText));
        let grid = TableGrid::new(table);
        let aligns = grid.alignments(table);
        let mut contents = Vec::with_capacity(grid.cells.len());
        for placed in &grid.cells {
            let style = if placed.row < grid.head { styles.0 } else { styles.1 };
            let paragraph = Paragraph::new(source).text(placed.text, style);
            contents.push(CellText::new(flow, paragraph, style));
        }
        let contents: Vec<CellText<'_>> = contents.into_iter().collect::<Option<_>>()?;
        if grid.columns == 0 {
            flow.tables.insert(block, SetTable::default());
            return None;
        }
        let blank = styles.1.size * (template.tables.padding * 2.0);
        let room = measure - template.tables.heavy;
        let widths = column_widths(table, &grid, &contents, &aligns, room, (blank, template.tables.light));
        let mut edges = vec![template.tables.heavy / 2.0];
        for width in widths {
            let last = edges.last().copied().unwrap_or_default();
            edges.push(last + width);
        }
        let mut layout = Self {
            block,
            left: Length::ZERO,
            lines: Vec::with_capacity(contents.len()),
            heights: vec![1; grid.rows],
            joined: grid.joined(),
            merged: grid.merged(),
            grid,
            edges,
            styles,
            look: RowLook {
                rules: template.tables.rules,
                heavy: template.tables.heavy,
                light: template.tables.light,
                pitch: template.grid.pitch,
                ascent: template.grid.ascent,
                lift: (template.grid.pitch - template.grid.cell) / 2.0,
            },
        };
        layout.left = ((measure - layout.width() - template.tables.heavy) / 2.0).max(Length::ZERO);
        let numbers = layout.set_lines(flow, &contents, &aligns, blank);
        let columns = layout.edges.windows(2).map(|edges| edges[1] - edges[0]).collect();
        layout.set_heights(template.tables.space);
        flow.tables.insert(block, SetTable { columns, numbers, rows: layout.heights.clone() });
        Some(layout)
    }

    /// Rows of the head.
    pub(super) fn head(&self) -> usize {
        self.grid.head
    }

    /// From the middle of its left rule to that of its right one.
    fn width(&self) -> Length {
        match (self.edges.first(), self.edges.last()) {
            (Some(&first), Some(&last)) => last - first,
            _ => Length::ZERO,
        }
    }

    fn style(&self, row: usize) -> &'a Style {
        if row < self.grid.head { self.styles.0 } else { self.styles.1 }
    }

    fn room(&self, placed: &PlacedCell<'_>, blank: Length) -> Length {
        (self.edges[placed.column + placed.columns] - self.edges[placed.column] - blank).max(Length::pt(1.0))
    }

    /// Returns where numbers stand that stand on their decimal points.
    fn set_lines(
        &mut self,
        flow: &Flow<'_>,
        contents: &[CellText<'_>],
        aligns: &[CellAlign],
        blank: Length,
    ) -> BTreeMap<(usize, usize), SetNumber> {
        // Of each column of numbers: the most before the point, and the most behind it.
        let mut points = vec![(Length::ZERO, Length::ZERO); self.grid.columns];
        let is_figure = |placed: &PlacedCell<'_>| {
            placed.row >= self.grid.head
                && placed.columns == 1
                && aligns[placed.column] == CellAlign::Decimal
                && is_number(&placed.text.plain())
        };
        for (placed, content) in self.grid.cells.iter().zip(contents).filter(|(placed, _)| is_figure(placed)) {
            let (before, all) = content.point();
            let most = &mut points[placed.column];
            *most = (most.0.max(before), most.1.max(all - before));
        }
        let place = |column: usize, (before, behind): (Length, Length)| {
            let rest = self.edges[column + 1] - self.edges[column] - blank - before - behind;
            (before > Length::ZERO && rest >= Length::ZERO).then_some(rest / 2.0 + before)
        };
        let points: Vec<Option<Length>> = points.into_iter().enumerate().map(|(c, most)| place(c, most)).collect();
        let mut numbers = BTreeMap::new();
        for (placed, content) in self.grid.cells.iter().zip(contents) {
            let room = self.room(placed, blank);
            let head = placed.row < self.grid.head;
            let align = if head || placed.columns > 1 { CellAlign::Center } else { aligns[placed.column] };
            let mut lines = content.lines(flow, room, align);
            if let Some(point) = points[placed.column].filter(|_| is_figure(placed) && lines.len() == 1) {
                let start = point - content.point().0;
                lines[0].x = start;
                numbers.insert((placed.row, placed.column), SetNumber { start, point });
            }
            for line in &mut lines {
                line.x += self.left + self.edges[placed.column] + blank / 2.0;
            }
            self.lines.push(lines);
        }
        numbers
    }

    /// Every row as high as its cells need, in whole rows of the grid; a cell of more than one row makes the last one higher.
    fn set_heights(&mut self, space: Length) {
        let pitch = self.look.pitch;
        let needed: Vec<u32> = self
            .grid
            .cells
            .iter()
            .zip(&self.lines)
            .map(|(placed, lines)| {
                let high = leading(self.style(placed.row), pitch) * lines.len() as f64 + space * 2.0;
                (high / pitch - 1e-6).ceil().max(1.0) as u32
            })
            .collect();
        for (placed, &rows) in self.grid.cells.iter().zip(&needed).filter(|(placed, _)| placed.rows == 1) {
            self.heights[placed.row] = self.heights[placed.row].max(rows);
        }
        for (placed, &rows) in self.grid.cells.iter().zip(&needed).filter(|(placed, _)| placed.rows > 1) {
            let have: u32 = self.heights[placed.row..placed.row + placed.rows].iter().sum();
            self.heights[placed.row + placed.rows - 1] += rows.saturating_sub(have);
        }
    }

    /// True when a row stands with the next one: the head with the first, a cell of both, the first two, the last two.
    pub(super) fn keeps(&self, row: usize) -> bool {
        let columns = self.grid.columns;
        let joined = self.joined[row * columns..][..columns].contains(&true);
        let low = row + 1 < self.grid.rows && self.heights[row] + self.heights[row + 1] <= 4;
        row < self.grid.head || joined || (low && (row == self.grid.head || row + 2 == self.grid.rows))
    }

    /// The rows from `start` to the next at which no cell from above reaches down.
    fn group(&self, start: usize) -> Range<usize> {
        let columns = self.grid.columns;
        let reaches = |row: &usize| self.joined[row * columns..][..columns].contains(&true);
        start..(start..self.grid.rows).find(|row| !reaches(row)).map_or(self.grid.rows, |row| row + 1)
    }

    /// All groups of more than one row.
    fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        let next = |group: &Range<usize>| (group.end < self.grid.rows).then(|| self.group(group.end));
        std::iter::successors((self.grid.rows > 0).then(|| self.group(0)), next).filter(|group| group.len() > 1)
    }

    /// How many rows of the page's grid some rows take.
    fn height(&self, rows: &Range<usize>) -> u32 {
        self.heights[rows.clone()].iter().sum()
    }

    /// The rule above the table, `rows` rows below the unit's top.
    pub(super) fn opening(&self, rows: u32) -> Vec<Item> {
        vec![self.across(self.look.pitch * f64::from(rows), (0, self.grid.columns), self.look.heavy)]
    }

    /// The rule below the table, from the unit's lower edge.
    pub(super) fn closing(&self) -> Vec<Item> {
        vec![self.across(Length::ZERO, (0, self.grid.columns), self.look.heavy)]
    }

    /// A rule across, over some columns; `y` is that of a row's top.
    fn across(&self, y: Length, (from, to): (usize, usize), weight: Length) -> Item {
        // Rules at the sides are centred on the edges: what is across reaches to their far sides.
        let half = if self.look.rules == TableRules::Grid { self.look.heavy / 2.0 } else { Length::ZERO };
        let (x, end) = (self.left + self.edges[from] - half, self.left + self.edges[to] + half);
        let y = y - self.look.lift - weight / 2.0;
        Item::Rule(Rule { color: Color::BLACK, x, y, width: end - x, height: weight })
    }

    fn upright(&self, edge: usize, top: Length, height: Length) -> Item {
        let outer = edge == 0 || edge == self.grid.columns;
        let weight = if outer { self.look.heavy } else { self.look.light };
        let x = self.left + self.edges[edge] - weight / 2.0;
        Item::Rule(Rule { color: Color::BLACK, x, y: top - self.look.lift, width: weight, height })
    }

    /// The rules of a row, which begins `top` below the unit's and is `height` high: at its sides, between its cells, below it.
    fn rules(&self, row: usize, top: Length, height: Length, below: bool) -> Vec<Item> {
        let columns = self.grid.columns;
        let last = row + 1 == self.grid.rows;
        let bottom = top + height;
        let mut rules = Vec::new();
        if self.look.rules == TableRules::Grid {
            let merged = &self.merged[row * columns..][..columns];
            for edge in 0..=columns {
                if edge == 0 || !merged[edge - 1] {
                    rules.push(self.upright(edge, top, height));
                }
            }
        }
        if !below {
            return rules;
        }
        if last {
            rules.push(self.across(bottom, (0, columns), self.look.heavy));
        } else if self.look.rules == TableRules::Grid || row + 1 == self.grid.head {
            let joined = &self.joined[row * columns..][..columns];
            let mut from = 0;
            while from < columns {
                let run = joined[from..].iter().take_while(|&&j| j == joined[from]).count();
                if !joined[from] {
                    rules.push(self.across(bottom, (from, from + run), self.look.light));
                }
                from += run;
            }
        }
        rules
    }

    /// The cells that begin in a row, with their lines.
    fn cells_of(&self, row: usize) -> impl Iterator<Item = (&PlacedCell<'a>, &Vec<SetLine>)> {
        // The cells of a grid stand row by row.
        let cells = &self.grid.cells;
        let range = cells.partition_point(|placed| placed.row < row)..cells.partition_point(|placed| placed.row <= row);
        cells[range.clone()].iter().zip(&self.lines[range])
    }

    /// What stands in a row, `rows` rows below the unit's top.
    pub(super) fn row(&self, row: usize, rows: u32) -> Vec<Item> {
        let above = rows + if row < self.grid.head { self.height(&(0..row)) } else { 0 };
        let top = self.look.pitch * f64::from(above);
        let height = self.look.pitch * f64::from(self.heights[row]);
        let mut items = self.rules(row, top, height, true);
        for (placed, lines) in self.cells_of(row) {
            let high: u32 = self.heights[row..row + placed.rows].iter().sum();
            self.cell(placed, lines, top, self.look.pitch * f64::from(high), &mut items);
        }
        items
    }

    /// A cell's lines in the middle of its height.
    fn cell(&self, placed: &PlacedCell<'_>, lines: &[SetLine], top: Length, height: Length, items: &mut Vec<Item>) {
        let style = self.style(placed.row);
        let leading = leading(style, self.look.pitch);
        let ink = leading * lines.len().saturating_sub(1) as f64 + style.size;
        let first = top - self.look.lift + (height - ink) / 2.0;
        for (i, line) in lines.iter().enumerate() {
            items.push(Item::Line(Line {
                kind: LineKind::Cell { block: self.block, row: placed.row as u32, column: placed.column as u32 },
                last: i + 1 == lines.len(),
                text: line.setting.text.clone(),
                x: line.x,
                baseline: first + leading * i as f64 + style.size * self.look.ascent,
                width: line.setting.width,
                turned: false,
                runs: line.setting.runs.clone(),
            }));
        }
    }

    /// A row that is higher than a page, divided between its lines into pieces of at most `limit` rows of the grid: the lowest
    /// that fill whole rows, so that a page may end almost anywhere in it.
    fn pieces(&self, row: usize, limit: u32) -> Vec<(Vec<Item>, u32)> {
        let pitch = self.look.pitch;
        let leading = leading(self.style(row), pitch);
        let room = pitch * f64::from(limit);
        let most = (room / leading).floor().max(1.0) as usize;
        let fills = |lines: &usize| {
            let rows = leading / pitch * *lines as f64;
            (rows - rows.round()).abs() < 1e-6
        };
        let most = (2..=most).find(fills).unwrap_or(most);
        let cells: Vec<_> = self.cells_of(row).collect();
        let longest = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        let count = longest.div_ceil(most);
        let mut pieces = Vec::with_capacity(count);
        for at in 0..count {
            let lines = longest.saturating_sub(at * most).min(most);
            let rows = ((leading * lines as f64) / pitch - 1e-6).ceil().max(1.0) as u32;
            let height = pitch * f64::from(rows);
            let mut items = self.rules(row, Length::ZERO, height, at + 1 == count);
            for (placed, lines) in &cells {
                let from = (at * most).min(lines.len());
                let here = &lines[from..(from + most).min(lines.len())];
                self.cell(placed, here, Length::ZERO, leading * here.len() as f64, &mut items);
            }
            pieces.push((items, rows));
        }
        pieces
    }
}

/// The widths of the columns, `room` together.
fn column_widths(
    table: &Table,
    grid: &TableGrid<'_>,
    contents: &[CellText<'_>],
    aligns: &[CellAlign],
    room: Length,
    (blank, rule): (Length, Length),
) -> Vec<Length> {
    let given = table.given_widths(room);
    let mut needs: Vec<Needs> = (0..grid.columns)
        .map(|column| Needs {
            given: given.get(column).copied().flatten(),
            figures: aligns[column] == CellAlign::Decimal,
            ..Needs::default()
        })
        .collect();
    let mut office = needs.clone();
    // Rules take room of the cells there.
    let office_blank = blank + rule;
    let mut rows: Vec<Vec<(usize, Length)>> = vec![Vec::new(); grid.rows.min(LOOKED_AT)];
    for (placed, content) in grid.cells.iter().zip(contents) {
        let natural = content.natural();
        if placed.columns == 1 {
            let shortest = natural.min(content.style.size * SHORTEST);
            let need = &mut needs[placed.column];
            need.whole = need.whole.max(natural + blank);
            need.least = need.least.max(content.narrowest().max(shortest) + blank);
            let need = &mut office[placed.column];
            need.whole = need.whole.max(content.natural_in_office() + office_blank);
            need.least = need.least.max(content.narrowest_in_office().max(shortest) + office_blank);
            if let Some(row) = rows.get_mut(placed.row) {
                row.push((placed.column, natural));
            }
        }
    }
    // What a cell over several columns needs more than they have, each gives a part of.
    for (placed, content) in grid.cells.iter().zip(contents).filter(|(placed, _)| placed.columns > 1) {
        for needs in [&mut needs, &mut office] {
            let over = &mut needs[placed.column..placed.column + placed.columns];
            let have: Length = over.iter().map(|need| need.least).sum();
            let more = (content.narrowest() + blank - have) / over.len() as f64;
            for need in over.iter_mut().filter(|_| more > Length::ZERO) {
                need.least += more;
                need.whole = need.whole.max(need.least);
            }
        }
    }
    widths(ColumnNeeds { print: &needs, office: &office }, &rows, room, blank)
}
