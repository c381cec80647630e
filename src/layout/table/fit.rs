//! The type that a table is set in, and the widths of its columns in it.
//!
//! What a reader takes for one thing, a number above all, is on one line. Where the columns do not hold that, the blanks
//! beside the texts give first, then the type, in the template's steps down to its smallest. Phrases and words are kept whole as
//! numbers are, as long as any step allows it. What no step allows is an error.

use super::picture::PictureNeeds;
use super::setting::{CellWidths, PreparedCell};
use super::width::{ColumnNeeds, Needs, widths};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::layout::flow::Flow;
use crate::layout::inline::EM;
use crate::model::{Block, BlockIndex, CellAlign, Length, PlacedCell, Table, TableGrid, Text, is_number};
use crate::template::Template;
use std::ops::Range;

/// Rows that the choice of widths looks at: enough to know a table by.
const LOOKED_AT: usize = 200;

/// A column is not made narrower than so many characters while smaller type helps, where its text has them.
const SHORTEST: i64 = 3 * EM;

/// What office programs want beside a number before they leave it whole, on top of the rule there.
const OFFICE_SLACK: Length = Length::pt(0.25);

/// The type of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TableType {
    /// Size of the head.
    pub(super) head: Length,
    /// Size of the text.
    pub(super) text: Length,
    /// Left and right of a cell's text together.
    pub(super) blank: Length,
    /// Smaller than the template's styles, or closer.
    pub(super) reduced: bool,
}

/// How much is kept whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Phrases, words, numbers with their units; and no column under three characters.
    Comfortable,
    /// Phrases, words, numbers with their units.
    Words,
    /// Numbers, dates, names, in office programs too, which set them apart from Han; words are divided between syllables.
    Figures,
    /// The same in print.
    Numbers,
}

/// Why a table cannot be set.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Misfit {
    /// Its columns need more than the page has.
    TooMany {
        /// What they need in the smallest type.
        needed: Length,
        /// So many of them fit.
        fitting: usize,
    },
    /// A column with a given width does not hold its numbers.
    Narrow {
        /// The column.
        column: usize,
        /// What it needs in the smallest type.
        needed: Length,
        /// What it is given.
        given: Length,
    },
}

/// What the cells of a column need: those of the head, and the others.
#[derive(Clone, Copy, Debug, Default)]
struct ColumnWidths {
    head: CellWidths,
    text: CellWidths,
    picture: PictureNeeds,
    /// The most that its numbers have before their decimal points, and behind them.
    points: (i64, i64),
}

/// What the columns of a table need, whatever the type.
pub(super) struct TableFit<'a> {
    table: &'a Table,
    columns: Vec<ColumnWidths>,
    figures: Vec<bool>,
    /// Cells over several columns: which, whether of the head, and what they need.
    spanning: Vec<(Range<usize>, bool, CellWidths, PictureNeeds)>,
    /// For rows of the table, column, whether of the head, and width on one line.
    rows: Vec<Vec<(usize, bool, i64)>>,
    /// Beside every column in an office program.
    rule: Length,
}

impl<'a> TableFit<'a> {
    pub(super) fn new(
        table: &'a Table,
        grid: &TableGrid<'_>,
        cells: &[(PreparedCell<'_>, PictureNeeds)],
        aligns: &[CellAlign],
        rule: Length,
    ) -> Self {
        let mut columns = vec![ColumnWidths::default(); grid.columns];
        let mut rows = vec![Vec::new(); grid.rows.min(LOOKED_AT)];
        let mut spanning = Vec::new();
        for (placed, (cell, picture)) in grid.cells.iter().zip(cells) {
            let (head, widths) = (placed.row < grid.head, cell.widths());
            if placed.columns > 1 {
                spanning.push((range(placed), head, widths, *picture));
                continue;
            }
            let column = &mut columns[placed.column];
            column.picture = column.picture.max(*picture);
            let part = if head { &mut column.head } else { &mut column.text };
            *part = part.max(widths);
            if is_figure(placed, grid, aligns) {
                let (before, behind) = cell.around_point();
                column.points = (column.points.0.max(before), column.points.1.max(behind));
            }
            if let Some(row) = rows.get_mut(placed.row) {
                row.push((placed.column, head, widths.natural));
            }
        }
        let figures = aligns.iter().map(|align| *align == CellAlign::Decimal).collect();
        Self { table, columns, figures, spanning, rows, rule }
    }

    /// The largest type in which the table fits in a room, and the widths of its columns.
    pub(super) fn choose(&self, types: &[TableType], room: Length) -> Result<(TableType, Vec<Length>), Misfit> {
        for kept in [Kept::Comfortable, Kept::Words, Kept::Figures, Kept::Numbers] {
            for &table_type in types {
                let (print, office) = self.needs(kept, table_type, room);
                if fits(&print, room) {
                    let cells = self.cells(table_type);
                    let needs = ColumnNeeds { print: &print, office: &office };
                    return Ok((table_type, widths(needs, &cells, room, table_type.blank)));
                }
            }
        }
        let smallest = types.last().copied().unwrap_or_default();
        Err(misfit(&self.needs(Kept::Numbers, smallest, room).0, room))
    }

    /// True where every cell is on one line in the largest type.
    pub(super) fn is_on_one_line(&self, types: &[TableType], room: Length) -> bool {
        types.first().is_some_and(|&largest| {
            let (print, _) = self.needs(Kept::Comfortable, largest, room);
            print.iter().all(|need| need.given.is_none_or(|given| need.whole <= given))
                && print.iter().map(|need| need.given.unwrap_or(need.whole)).sum::<Length>() <= room
        })
    }

    /// True where some type lets the table fit in a room.
    pub(super) fn has_room(&self, types: &[TableType], room: Length) -> bool {
        types.iter().any(|&table_type| fits(&self.needs(Kept::Numbers, table_type, room).0, room))
    }

    /// What the columns need in a type: in print, and in an office program, where rules take room of the cells.
    fn needs(&self, kept: Kept, table_type: TableType, room: Length) -> (Vec<Needs>, Vec<Needs>) {
        let given = self.given(room);
        let office_blank = table_type.blank + self.rule + OFFICE_SLACK;
        let mut print = Vec::with_capacity(self.columns.len());
        let mut office = Vec::with_capacity(self.columns.len());
        for (column, widths) in self.columns.iter().enumerate() {
            let both = |width: &dyn Fn(&CellWidths) -> i64| {
                length(width(&widths.head), table_type.head).max(length(width(&widths.text), table_type.text))
            };
            // What office programs must not tear either.
            let figure = |w: &CellWidths| if kept == Kept::Numbers { w.number } else { w.number.max(w.figure) };
            let firm = both(&figure).max(length(widths.head.kept_in_office(kept), table_type.head)) + office_blank;
            let shortest = |w: &CellWidths| if kept == Kept::Comfortable { w.natural.min(SHORTEST) } else { 0 };
            let least = both(&|w| w.kept(kept).max(shortest(w))).max(widths.picture.least) + table_type.blank;
            let least_office =
                both(&|w| w.kept_in_office(kept).max(shortest(w))).max(widths.picture.least) + office_blank;
            let need = Needs {
                given: given.get(column).copied().flatten(),
                figures: self.figures.get(column) == Some(&true),
                // Numbers of many decimals above those of many digits take more than any of them.
                whole: (both(&|w| w.natural)
                    .max(widths.picture.whole)
                    .max(length(widths.points.0 + widths.points.1, table_type.text))
                    + table_type.blank)
                    .max(firm),
                least: least.max(firm),
            };
            print.push(need);
            office.push(Needs {
                whole: (both(&|w| w.natural_office) + office_blank).max(need.whole),
                least: least_office.max(need.least),
                ..need
            });
        }
        // What a cell over several columns needs more than they have, each gives a part of.
        for (columns, head, widths, picture) in &self.spanning {
            for needs in [&mut print, &mut office] {
                let over = &mut needs[columns.clone()];
                let have: Length = over.iter().map(|need| need.given.unwrap_or(need.least)).sum();
                let free = over.iter().filter(|need| need.given.is_none()).count();
                let size = table_type.size(*head);
                let wanted = length(widths.kept(kept), size).max(picture.least) + table_type.blank;
                let more = (wanted - have) / free.max(1) as f64;
                for need in over.iter_mut().filter(|need| more > Length::ZERO && need.given.is_none()) {
                    need.least += more;
                    need.whole = need.whole.max(need.least);
                }
            }
        }
        (print, office)
    }

    /// The widths that the report gives. Together they may pass the room by what the report's lengths are rounded by, and by the
    /// rules: then all are narrower.
    fn given(&self, room: Length) -> Vec<Option<Length>> {
        let given = self.table.given_widths(room);
        let all: Length = given.iter().flatten().copied().sum();
        let scale = if given.iter().all(Option::is_some) && all > room { room / all } else { 1.0 };
        given.into_iter().map(|width| width.map(|width| width * scale)).collect()
    }

    /// For rows of the table, column and width of each cell on one line.
    fn cells(&self, table_type: TableType) -> Vec<Vec<(usize, Length)>> {
        let cell = |&(column, head, width): &(usize, bool, i64)| (column, length(width, table_type.size(head)));
        self.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }
}

/// True for a cell whose number is on its decimal point, below and above others.
pub(super) fn is_figure(placed: &PlacedCell<'_>, grid: &TableGrid<'_>, aligns: &[CellAlign]) -> bool {
    placed.row >= grid.head
        && placed.columns == 1
        && aligns[placed.column] == CellAlign::Decimal
        && is_number(&placed.text.plain())
}

/// Tells of a column that is too narrow to have its numbers on their decimal points: they are in its middle instead.
pub(super) fn tell_points_apart(
    flow: &mut Flow<'_>,
    (block, source): (BlockIndex, &Block),
    table: &Table,
    grid: &TableGrid<'_>,
) {
    let aligns = grid.alignments(table);
    let Some(set) = flow.tables.get(&block) else { return };
    let apart = grid
        .cells
        .iter()
        .find(|placed| is_figure(placed, grid, &aligns) && !set.numbers.contains_key(&(placed.row, placed.column)));
    let Some(column) = apart.map(|placed| placed.column) else { return };
    let title = table.columns.get(column).map(|column| &column.title);
    let span = title.and_then(|title| title.place(0)).unwrap_or(source.span);
    let (number, title) = (column + 1, title.map(Text::on_one_line).unwrap_or_default());
    flow.advice.push(Diagnostic::advice(
        Code::POINTS_APART,
        span,
        say!(
            "第 {number} 栏“{title}”太窄，数没有按小数点对齐，各自居中",
            "column {number} “{title}” is too narrow for its numbers to stand on their decimal points; each is in its middle"
        ),
        say!(
            "加宽这一栏（width），减少别的栏，或者给各数同样的小数位数",
            "give it a greater width, have fewer columns, or give its numbers the same decimals"
        ),
    ));
}

fn range(placed: &PlacedCell<'_>) -> Range<usize> {
    placed.column..placed.column + placed.columns
}

/// What sums of lengths are rounded by. A cell forgives less than it would take to tear a number in the narrowest type.
const ROUNDING: Length = Length::pt(0.0004);

/// True where every column has what it needs at least.
fn fits(needs: &[Needs], room: Length) -> bool {
    let width = |need: &Needs| need.given.unwrap_or(need.least);
    let all: Length = needs.iter().map(width).sum();
    let free = needs.iter().any(|need| need.given.is_none());
    (!free || all <= room + ROUNDING)
        && needs.iter().all(|need| need.given.is_none_or(|given| need.least <= given + ROUNDING))
}

fn misfit(needs: &[Needs], room: Length) -> Misfit {
    let narrow = needs.iter().enumerate().find_map(|(column, need)| {
        let given = need.given.filter(|given| need.least > *given)?;
        Some(Misfit::Narrow { column, needed: need.least, given })
    });
    narrow.unwrap_or_else(|| {
        let width = |need: &Needs| need.given.unwrap_or(need.least);
        let needed = needs.iter().map(width).sum();
        let mut used = Length::ZERO;
        let fitting = needs.iter().take_while(|need| {
            used += width(need);
            used <= room
        });
        Misfit::TooMany { needed, fitting: fitting.count() }
    })
}

impl TableType {
    /// The types that a template lets a table be set in, largest first.
    pub(super) fn of(template: &Template, (head, text): (Length, Length)) -> Vec<Self> {
        let tables = &template.tables;
        let with = |size: Length, padding: f64, reduced: bool| {
            let text = text.min(size);
            Self { head: head.min(size), text, blank: text * (padding * 2.0), reduced }
        };
        let most = head.max(text);
        let mut types = vec![with(most, tables.padding, false)];
        let tight = tables.tight.unwrap_or(tables.padding).min(tables.padding);
        if tight < tables.padding {
            types.push(with(most, tight, true));
        }
        types.extend(tables.steps.iter().filter(|step| **step < most).map(|&step| with(step, tight, true)));
        types
    }

    /// The size of the head, or of the text.
    pub(super) const fn size(&self, head: bool) -> Length {
        if head { self.head } else { self.text }
    }
}

/// A width in units of an em, in type of a size.
fn length(units: i64, size: Length) -> Length {
    size * (units as f64 / EM as f64)
}

impl CellWidths {
    /// The widest thing that is kept whole in print.
    fn kept(&self, kept: Kept) -> i64 {
        match kept {
            Kept::Comfortable | Kept::Words => self.word,
            Kept::Figures | Kept::Numbers => self.firm,
        }
    }

    /// The widest thing that is kept whole, as office programs set it.
    fn kept_in_office(&self, kept: Kept) -> i64 {
        match kept {
            Kept::Comfortable | Kept::Words => self.word_office,
            Kept::Figures | Kept::Numbers => self.firm_office,
        }
    }
}

/// Refuses a table that fits its room in no type: nothing is torn in silence. `turns`: it would go on a landscape page.
pub(super) fn refuse(flow: &mut Flow<'_>, source: &Block, table: &Table, misfit: &Misfit, turns: bool) {
    let mm = |length: &Length| format!("{:.0}", length.to_mm());
    let (span, message, hint) = match misfit {
        Misfit::Narrow { column, needed, given } => {
            let title = table.columns.get(*column).map(|column| column.title.plain()).unwrap_or_default();
            let place = table.columns.get(*column).and_then(|column| column.title.place(0));
            let (number, needed, given) = (column + 1, mm(needed), mm(given));
            let message = say!(
                "第 {number} 栏“{title}”宽 {given} mm，最小的字号也要 {needed} mm 才放得下其中的数字或西文词",
                "column {number} “{title}” is {given} mm wide; in the smallest type its numbers or words need {needed} mm"
            );
            let hint = say!(
                "把这一栏的 width 加宽到 {needed}mm 以上，或者减小别的栏的 width",
                "give it a width of {needed}mm or more, and other columns less"
            );
            (place.unwrap_or(source.span), message, hint)
        }
        Misfit::TooMany { needed, fitting } => {
            let (needed, room) = (mm(needed), mm(&flow.template.measure(source.kind.lie())));
            let message = say!(
                "表格放不下：最小的字号也要 {needed} mm 宽，版面只有 {room} mm；再小就要拆开数字",
                "the table does not fit: in the smallest type it needs {needed} mm, the page has {room} mm; numbers would be torn"
            );
            let hint = if turns {
                say!(
                    "写上 landscape: true 横排，或者减少栏目（直排至多 {fitting} 栏）",
                    "set landscape: true, or have fewer columns (upright at most {fitting})"
                )
            } else {
                say!(
                    "减少栏目（至多 {fitting} 栏），分成几张表，或者减小 width",
                    "have fewer columns (at most {fitting}), make several tables of it, or give smaller widths"
                )
            };
            (source.span, message, hint)
        }
    };
    flow.diagnostics.push(Diagnostic::error(Code::TABLE_TOO_WIDE, span, message, hint));
}
