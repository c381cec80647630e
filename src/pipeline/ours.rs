//! The report as it is now: its source, and the text that an editor would see in its Word file.

use super::{handout, row};
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::{BlockIndex, BlockKind, Document, Length, Manuscript, RowNote, TableGrid};
use crate::printed::{ChartFrame, Printed, SetTable};
use crate::template::Template;
use crate::world::World;
use crate::{docx, source};
use std::collections::BTreeMap;
use std::path::Path;

/// A report that was read, and its text as an editor would see it.
pub(super) struct Ours {
    pub(super) sources: Sources,
    pub(super) document: Document,
    pub(super) manuscript: Manuscript,
    /// Which of many reports it is.
    pub(super) row: Option<ReportRow>,
}

/// One of many reports.
#[derive(Clone, Debug)]
pub(super) struct ReportRow {
    /// Its list and name.
    pub(super) note: RowNote,
    /// The index of its row.
    pub(super) at: usize,
    /// How many there are.
    pub(super) of: usize,
}

type Unread = (Sources, Vec<Diagnostic>);

/// Reads a report; `row`: of many reports the one of this row.
pub(super) fn read_ours(world: &dyn World, report: &Path, row: Option<&RowNote>) -> Result<Ours, Unread> {
    let (loaded, row) = load(world, report, row.map(|row| (row, None)))?;
    let Ok((document, template)) = loaded.outcome else { return Err((loaded.sources, loaded.diagnostics)) };
    let mut ours = whole(loaded.sources, document, &template)?;
    ours.row = row;
    Ok(ours)
}

/// Reads the source of a report; of many reports, that of a row, by its name or index.
pub(super) fn load(
    world: &dyn World,
    report: &Path,
    row: Option<(&RowNote, Option<usize>)>,
) -> Result<(source::Loaded, Option<ReportRow>), Unread> {
    let options = source::InputOptions::default();
    let Some((note, at)) = row else { return Ok((source::load(world, report, &options), None)) };
    let of_row = row::load(world, report, &options, (note, at))?;
    let (at, of) = of_row.place;
    Ok((of_row.loaded, Some(ReportRow { note: note.clone(), at, of })))
}

/// A document with its text as its Word file would say it.
pub(super) fn whole(sources: Sources, document: Document, template: &Template) -> Result<Ours, Unread> {
    match docx::text_of(&document, template, &nominal(&document), None) {
        Ok(own) => {
            let manuscript = handout::remembered(&document, own);
            Ok(Ours { sources, document, manuscript, row: None })
        }
        Err(error) => Err((sources, vec![error.diagnostic()])),
    }
}

/// Pages that nobody prints: what is compared is the text, for which widths and places do not matter.
pub(super) fn nominal(document: &Document) -> Printed {
    let (mut tables, mut charts) = (BTreeMap::new(), BTreeMap::new());
    for (at, block) in document.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Table(table) => {
                let grid = TableGrid::new(table);
                let columns = vec![Length::mm(20.0); grid.columns];
                tables
                    .insert(BlockIndex::new(at), SetTable { columns, rows: vec![1; grid.rows], ..SetTable::default() });
            }
            BlockKind::Chart(_) => {
                let plot = [0.1, 0.1, 0.8, 0.8];
                let (values, moved) = (Vec::new(), Vec::new());
                let size = Length::mm(4.0);
                let frame =
                    ChartFrame { rows: 1, plot, legend: None, size, right_unit: None, values, moved, level: true };
                charts.insert(BlockIndex::new(at), frame);
            }
            _ => {}
        }
    }
    Printed::new(Vec::new(), BTreeMap::new(), tables, charts)
}
