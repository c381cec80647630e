//! The report as it is now: its source, and the text that an editor would see in its Word file.

use super::handout;
use crate::diagnostic::{Diagnostic, Sources};
use crate::model::{BlockIndex, BlockKind, Document, Length, Manuscript, TableGrid};
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
}

pub(super) fn read_ours(world: &dyn World, report: &Path) -> Result<Ours, (Sources, Vec<Diagnostic>)> {
    let loaded = source::load(world, report, &source::InputOptions::default());
    let Ok((document, template)) = loaded.outcome else { return Err((loaded.sources, loaded.diagnostics)) };
    match written(&document, &template) {
        Ok(manuscript) => Ok(Ours { sources: loaded.sources, document, manuscript }),
        Err(diagnostic) => Err((loaded.sources, vec![*diagnostic])),
    }
}

/// The report as its Word file would say it.
fn written(document: &Document, template: &Template) -> Result<Manuscript, Box<Diagnostic>> {
    let options = docx::WordOptions { packing: docx::Packing::Stored, ..docx::WordOptions::default() };
    let bytes = docx::write(document, template, &nominal(document), &options).map_err(|e| Box::new(e.diagnostic()))?;
    handout::own(document, &bytes).map_err(|e| Box::new(e.diagnostic("docx")))
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
