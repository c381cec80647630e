//! Rows: their heights on the grid, their rules and lines, and the units that page make-up gets.

use super::around::{Sides, below, leading, unit};
use super::fit::{TableFit, TableType, is_figure, refuse, tell_points_apart};
use super::noted::{PageRows, beside_pictures, fits, row_room, sources, with_calls};
use super::picture::{PictureNeeds, PictureRoom};
use super::setting::PreparedCell;
use crate::diagnostic::{Code, say};
use crate::layout::caption::{Caption, caption};
use crate::layout::flow::Flow;
use crate::layout::lines::SetLine;
use crate::layout::pages::{Unit, UnitMetrics};
use crate::layout::paragraph::Paragraph;
use crate::layout::{Artifact, Line, LineKind, PageItem, Rule};
use crate::layout::{attached, turned};
use crate::model::{Block, BlockIndex, CellAlign, Color, Length, PlacedCell, Table, TableGrid};
use crate::printed::{SetNumber, SetTable, SetTableType};
use crate::template::{Style, StyleName, TableRules, Template};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// A table, its lines set.
pub(super) struct TableLayout<'a> {
    pub(super) block: BlockIndex,
    pub(super) grid: TableGrid<'a>,
    /// The edges of the columns, from the table's left.
    pub(super) edges: Vec<Length>,
    /// Where the table begins in the measure.
    pub(super) left: Length,
    /// Lines by cell.
    pub(super) lines: Vec<Vec<SetLine>>,
    /// Rows of the page's grid that each row takes.
    pub(super) heights: Vec<u32>,
    pub(super) joined: Vec<bool>,
    merged: Vec<bool>,
    pub(super) pictures: PictureRoom,
    styles: (&'a Style, &'a Style),
    pub(super) table_type: TableType,
    pub(super) look: RowLook,
}

/// What is drawn below the lines of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    /// The row's rule.
    Ruled,
    /// Nothing: the row goes on.
    Open,
}

/// The figures of the template that rows are drawn by.
#[derive(Clone, Copy)]
pub(super) struct RowLook {
    rules: TableRules,
    pub(super) heavy: Length,
    light: Length,
    pub(super) pitch: Length,
    /// Where the baseline is in a cell of type, from its top, in em.
    ascent: f64,
    /// How far rules are above the row of the grid that they begin.
    pub(super) lift: Length,
}

/// The units of a table.
pub(in crate::layout) fn units(flow: &mut Flow<'_>, block: BlockIndex, source: &Block, table: &Table) -> Vec<Unit> {
    let template = flow.template;
    let measure = template.measure(source.kind.lie());
    let captioned = caption(flow, (block, source), measure, None);
    let again = caption(flow, (block, source), measure, Some(&template.words.continued));
    let lines = template.lines(source.kind.lie());
    let above = attached::rows(flow, block, source.kind.lie());
    // A picture leaves room for what is around the rows.
    let titled = above + captioned.rows.max(again.rows) + flow.notes.rows_below(block, &beside_pictures(table), lines);
    let Some((layout, unit, below)) = set(flow, (block, source), table, (measure, lines.saturating_sub(titled))) else {
        return Vec::new();
    };
    tell_points_apart(flow, (block, source), table, &layout.grid);
    if let Some(set) = flow.tables.get_mut(&block) {
        (set.unit, set.below) = (unit.around(), below.around());
    }
    let captioned = captioned.above(&unit, template.grid.pitch);
    let again = again.above(&Caption { items: repeated(unit.items), rows: unit.rows }, template.grid.pitch);
    let head: u32 = layout.heights[..layout.head()].iter().sum();
    let most = lines.saturating_sub(head + captioned.rows.max(again.rows));
    if let Some(high) = layout.undivided().find(|&high| high > most) {
        flow.refuse(
            Code::ROWS_TOO_HIGH,
            source,
            say!(
                "表中有合并单元格或图片的一行要占 {high} 行，一页只放得下 {most} 行",
                "a row of the table with a merged cell or a picture takes {high} lines; a page holds {most}"
            ),
            say!("少合并几行，或者缩短文字", "merge fewer rows, or shorten the text"),
        );
        return Vec::new();
    }
    let (head_rows, rows) = (layout.grid.head, layout.grid.rows);
    let mut lead_items = again.items;
    let lead = again.rows + head;
    lead_items.extend(layout.opening(again.rows));
    lead_items.extend((0..head_rows).flat_map(|row| repeated(layout.row(row, again.rows))));
    let lead_items: Arc<[PageItem]> = lead_items.into();
    let foot: Arc<[PageItem]> = layout.closing().into();

    let total = captioned.rows + layout.heights.iter().sum::<u32>() + below.rows;
    let whole = rows - head_rows <= template.tables.whole as usize && fits(flow, (block, source), total + above, lines);
    let noted = below.rows > 0;
    let page = PageRows { lines, above, lead, below: below.rows };
    let mut pieces = layout.row_pieces(|group| row_room(flow, (block, table), &layout.grid, group, page), lead);
    for piece in pieces.iter_mut().filter(|piece| piece.ends_row) {
        piece.keeps |= if piece.row + 1 < rows { whole } else { noted };
    }
    if let Some(set) = flow.tables.get_mut(&block) {
        set.keeps = layout.kept(&pieces);
    }
    let mut units = Vec::with_capacity(rows + 1);
    let mut seen = BTreeSet::new();
    if captioned.rows > 0 {
        let cell = UnitMetrics { rows: captioned.rows, keeps: true, ..UnitMetrics::default() };
        units.push(with_calls(flow, block, (captioned.items, cell), &mut seen));
    }
    for (at, piece) in pieces.into_iter().enumerate() {
        let mut items = if at == 0 { layout.opening(0) } else { Vec::new() };
        let notes = flow.notes.called(block, sources(&piece.items), &mut seen);
        let body = piece.row >= head_rows;
        let cell = UnitMetrics {
            rows: piece.height,
            keeps: piece.keeps,
            lead: if body { lead } else { 0 },
            notes: flow.notes.foot(&notes),
            ..UnitMetrics::default()
        };
        // The first row of the body parts from a head only where notes from the page before leave no other way.
        let head = (body && (head_rows > 0 || !piece.first)).then(|| piece.above(&lead_items));
        items.extend(piece.items);
        units.push(Unit { head, foot: Some(Arc::clone(&foot)), ruled: true, notes, ..Unit::items(block, cell, items) });
    }
    if noted {
        let cell = UnitMetrics { rows: below.rows, ..UnitMetrics::default() };
        units.push(with_calls(flow, block, (below.items, cell), &mut seen));
    }
    if table.landscape { turned::pages(flow, block, units) } else { units }
}

/// A table with its unit and what is below it, on a measure; its pictures leave these room in so many `lines` of a page.
fn set<'f: 'a, 'a>(
    flow: &mut Flow<'f>,
    at: (BlockIndex, &Block),
    table: &'a Table,
    (measure, lines): (Length, u32),
) -> Option<(TableLayout<'a>, Caption, Caption)> {
    let layout = TableLayout::new(flow, at, table, measure, lines)?;
    // Where it is and how wide does not depend on the lines.
    let sides = layout.sides();
    let (unit, below) = (unit(flow, at, table, sides), below(flow, at, table, sides));
    let around = unit.rows + below.rows;
    let layout = if around > 0 && layout.has_pictures() {
        TableLayout::new(flow, at, table, measure, lines.saturating_sub(around))?
    } else {
        layout
    };
    Some((layout, unit, below))
}

/// Lines that come again on a later page are no part of the text there.
pub(super) fn repeated(items: Vec<PageItem>) -> Vec<PageItem> {
    let again = |item| match item {
        PageItem::Line(line) => PageItem::Line(Line { kind: LineKind::Artifact(Artifact::Repeated), ..line }),
        other => other,
    };
    items.into_iter().map(again).collect()
}

impl<'a> TableLayout<'a> {
    /// Sets the cells of a table on a measure, its pictures on a page that has so many lines for the table; None where a glyph is
    /// missing or there are no cells.
    fn new<'f: 'a>(
        flow: &mut Flow<'f>,
        (block, source): (BlockIndex, &Block),
        table: &'a Table,
        measure: Length,
        lines: u32,
    ) -> Option<Self> {
        let template = flow.template;
        let styles = (template.style(StyleName::TableHead), template.style(StyleName::TableText));
        let grid = TableGrid::new(table);
        let aligns = grid.alignments(table);
        let room = measure - template.tables.heavy;
        let pictures = PictureRoom::new(template, table, grid.columns, room);
        let style = |placed: &PlacedCell<'_>| if placed.row < grid.head { styles.0 } else { styles.1 };
        let texts: Vec<Paragraph<'_>> =
            grid.cells.iter().map(|placed| Paragraph::new(source).text(placed.text, style(placed))).collect();
        let key = Self::key(flow, (table, &grid, &aligns), &texts, (measure, lines));
        if let Some(known) = key.as_ref().and_then(|(kept, key)| kept.set_tables.get(key)) {
            flow.tables.insert(block, known.set.clone());
            return Some(Self::again(&known, (block, grid), (styles, pictures), template));
        }
        let mut contents = Vec::with_capacity(grid.cells.len());
        for (placed, paragraph) in grid.cells.iter().zip(texts) {
            let cell = PreparedCell::new(flow, paragraph, style(placed));
            let indent =
                if placed.align(aligns[placed.column], grid.head) == CellAlign::Text { placed.indent } else { 0 };
            let indent = f64::from(indent) * template.tables.indent;
            contents.push(cell.map(|cell| (cell.indented(indent), pictures.needs(placed))));
        }
        let mut contents: Vec<(PreparedCell<'_>, PictureNeeds)> = contents.into_iter().collect::<Option<_>>()?;
        if grid.columns == 0 {
            flow.tables.insert(block, SetTable::default());
            return None;
        }
        let types = TableType::of(template, (styles.0.size, styles.1.size));
        let mut fit = TableFit::new(table, &grid, &contents, &aligns, template.tables.light);
        if !fit.is_on_one_line(&types, room) {
            let heads = grid.cells.iter().zip(&mut contents).filter(|(placed, _)| placed.row < grid.head);
            heads.for_each(|(_, (content, _))| content.keep_phrases());
            fit = TableFit::new(table, &grid, &contents, &aligns, template.tables.light);
        }
        let (table_type, widths) = match fit.choose(&types, room) {
            Ok(chosen) => chosen,
            Err(misfit) => {
                let turned = (!table.landscape).then(|| template.page.depth() - template.tables.heavy);
                let turns = turned.is_some_and(|room| fit.has_room(&types, room));
                refuse(flow, source, table, &misfit, turns);
                return None;
            }
        };
        for (placed, (content, _)) in grid.cells.iter().zip(&mut contents) {
            content.size = table_type.size(placed.row < grid.head);
        }
        let blank = table_type.blank;
        let mut edges = vec![template.tables.heavy / 2.0];
        for width in widths {
            let last = edges.last().copied().unwrap_or_default();
            edges.push(last + width);
        }
        let mut layout = Self::unset((block, grid), (styles, pictures), (edges, table_type), template);
        layout.left = ((measure - layout.width() - template.tables.heavy) / 2.0).max(Length::ZERO);
        let numbers = layout.set_lines(flow, &contents, &aligns, blank);
        let columns = layout.edges.windows(2).map(|edges| edges[1] - edges[0]).collect();
        layout.set_heights(template.tables.space, lines);
        let reduced = table_type.reduced.then_some(SetTableType {
            head: table_type.head,
            text: table_type.text,
            padding: table_type.blank / 2.0,
        });
        let set = SetTable { columns, numbers, rows: layout.heights.clone(), reduced, ..SetTable::default() };
        if let Some((kept, key)) = key {
            kept.set_tables.put(key, layout.kept_as(&set));
        }
        flow.tables.insert(block, set);
        Some(layout)
    }

    /// A table of which no line is set yet.
    pub(super) fn unset(
        (block, grid): (BlockIndex, TableGrid<'a>),
        (styles, pictures): ((&'a Style, &'a Style), PictureRoom),
        (edges, table_type): (Vec<Length>, TableType),
        template: &Template,
    ) -> Self {
        Self {
            block,
            left: Length::ZERO,
            lines: Vec::with_capacity(grid.cells.len()),
            heights: vec![1; grid.rows],
            joined: grid.joined(),
            merged: grid.merged(),
            grid,
            edges,
            pictures,
            styles,
            table_type,
            look: RowLook {
                rules: template.tables.rules,
                heavy: template.tables.heavy,
                light: template.tables.light,
                pitch: template.grid.pitch,
                ascent: template.grid.ascent,
                lift: (template.grid.pitch - template.grid.cell) / 2.0,
            },
        }
    }

    /// Where its outer rules are.
    fn sides(&self) -> Sides {
        let edge = |edge: Option<&Length>| self.left + edge.copied().unwrap_or_default();
        Sides { left: edge(self.edges.first()), right: edge(self.edges.last()) }
    }

    /// True with pictures in its cells.
    fn has_pictures(&self) -> bool {
        self.grid.cells.iter().any(|placed| placed.picture.is_some())
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

    /// The size of the type of a row, and the distance of its baselines.
    pub(super) fn type_of(&self, row: usize) -> (Length, Length) {
        let head = row < self.grid.head;
        let (style, size) = (if head { self.styles.0 } else { self.styles.1 }, self.table_type.size(head));
        (size, leading(style, self.look.pitch) * (size / style.size))
    }

    pub(super) fn room(&self, placed: &PlacedCell<'_>, blank: Length) -> Length {
        (self.edges[placed.column + placed.columns] - self.edges[placed.column] - blank).max(Length::pt(1.0))
    }

    /// Returns the places of the numbers that are aligned on their decimal points.
    fn set_lines(
        &mut self,
        flow: &Flow<'_>,
        contents: &[(PreparedCell<'_>, PictureNeeds)],
        aligns: &[CellAlign],
        blank: Length,
    ) -> BTreeMap<(usize, usize), SetNumber> {
        // Of each column of numbers: the most before the point, and the most after it.
        let mut points = vec![(Length::ZERO, Length::ZERO); self.grid.columns];
        let is_figure = |placed: &PlacedCell<'_>| is_figure(placed, &self.grid, aligns);
        for (placed, (content, _)) in self.grid.cells.iter().zip(contents).filter(|(placed, _)| is_figure(placed)) {
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
        for (placed, (content, _)) in self.grid.cells.iter().zip(contents) {
            let room = self.room(placed, blank);
            let align = placed.align(aligns[placed.column], self.grid.head);
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

    /// True when a row keeps with the next one: the head with the first, a cell of both, the first two, the last two.
    pub(super) fn keeps(&self, row: usize) -> bool {
        let columns = self.grid.columns;
        let joined = self.joined[row * columns..][..columns].contains(&true);
        let low = row + 1 < self.grid.rows && self.heights[row] + self.heights[row + 1] <= 4;
        row < self.grid.head || joined || (low && (row == self.grid.head || row + 2 == self.grid.rows))
    }

    /// How many rows of the page's grid some rows take.
    pub(super) fn height(&self, rows: &Range<usize>) -> u32 {
        self.heights[rows.clone()].iter().sum()
    }

    /// The rule above the table, `rows` rows below the unit's top.
    pub(super) fn opening(&self, rows: u32) -> Vec<PageItem> {
        vec![self.across(self.look.pitch * f64::from(rows), (0, self.grid.columns), self.look.heavy)]
    }

    /// The rule below the table, from the unit's lower edge.
    pub(super) fn closing(&self) -> Vec<PageItem> {
        vec![self.across(Length::ZERO, (0, self.grid.columns), self.look.heavy)]
    }

    /// A rule across, over some columns; `y` is that of a row's top.
    fn across(&self, y: Length, (from, to): (usize, usize), weight: Length) -> PageItem {
        // Rules at the sides are centred on the edges: what is across reaches to their far sides.
        let half = if self.look.rules == TableRules::Grid { self.look.heavy / 2.0 } else { Length::ZERO };
        let (x, end) = (self.left + self.edges[from] - half, self.left + self.edges[to] + half);
        let y = y - self.look.lift - weight / 2.0;
        PageItem::Rule(Rule { color: Color::BLACK, x, y, width: end - x, height: weight })
    }

    fn upright(&self, edge: usize, top: Length, height: Length) -> PageItem {
        let outer = edge == 0 || edge == self.grid.columns;
        let weight = if outer { self.look.heavy } else { self.look.light };
        let x = self.left + self.edges[edge] - weight / 2.0;
        PageItem::Rule(Rule { color: Color::BLACK, x, y: top - self.look.lift, width: weight, height })
    }

    /// The rules of a row, which begins `top` below the unit's and is `height` high: at its sides, between its cells, below it.
    pub(super) fn rules(&self, row: usize, top: Length, height: Length, below: Below) -> Vec<PageItem> {
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
        if below == Below::Open {
            return rules;
        }
        if last {
            rules.push(self.across(bottom, (0, columns), self.look.heavy));
        } else if self.look.rules == TableRules::ThreeLine && row + 1 < self.grid.head {
            // Below a head over several columns, as far as it reaches.
            let groups = self.grid.cells.iter().filter(|cell| (cell.row, cell.rows) == (row, 1) && cell.columns > 1);
            let over = groups.map(|cell| (cell.column, cell.column + cell.columns));
            rules.extend(over.map(|range| self.across(bottom, range, self.look.light)));
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
    pub(super) fn cells_of(&self, row: usize) -> impl Iterator<Item = (&PlacedCell<'a>, &Vec<SetLine>)> {
        // The cells of a grid are in the order of its rows.
        let cells = &self.grid.cells;
        let range = cells.partition_point(|placed| placed.row < row)..cells.partition_point(|placed| placed.row <= row);
        cells[range.clone()].iter().zip(&self.lines[range])
    }

    /// Everything in a row, `rows` rows below the unit's top.
    pub(super) fn row(&self, row: usize, rows: u32) -> Vec<PageItem> {
        let above = rows + if row < self.grid.head { self.height(&(0..row)) } else { 0 };
        let top = self.look.pitch * f64::from(above);
        let height = self.look.pitch * f64::from(self.heights[row]);
        let mut items = self.rules(row, top, height, Below::Ruled);
        for (placed, lines) in self.cells_of(row) {
            let high: u32 = self.heights[row..row + placed.rows].iter().sum();
            self.cell(placed, lines, top, self.look.pitch * f64::from(high), &mut items);
            items.extend(self.picture(placed, top, self.look.pitch * f64::from(high)));
        }
        items
    }

    /// A cell's lines in the middle of its height.
    pub(super) fn cell(
        &self,
        placed: &PlacedCell<'_>,
        lines: &[SetLine],
        top: Length,
        height: Length,
        items: &mut Vec<PageItem>,
    ) {
        let (size, leading) = self.type_of(placed.row);
        let ink = leading * lines.len().saturating_sub(1) as f64 + size;
        let first = top - self.look.lift + (height - ink) / 2.0;
        for (i, line) in lines.iter().enumerate() {
            items.push(PageItem::Line(Line {
                kind: LineKind::Cell { block: self.block, row: placed.row as u32, column: placed.column as u32 },
                last: i + 1 == lines.len(),
                text: line.setting.text.clone(),
                x: line.x,
                baseline: first + leading * i as f64 + size * self.look.ascent,
                width: line.setting.width,
                turned: false,
                strain: line.setting.strain,
                runs: line.setting.runs.clone(),
            }));
        }
    }
}
