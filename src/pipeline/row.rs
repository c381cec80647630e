//! One of many reports: the row of its list, found again by what an output remembers of it.

use crate::diagnostic::{Code, Diagnostic, Sources, say};
use crate::docx;
use crate::docx::read::WordDocument;
use crate::model::RowNote;
use crate::source::{self, InputOptions, Loaded};
use crate::world::World;
use std::path::Path;

/// A report that was read for a row.
pub(super) struct LoadedRow {
    pub(super) loaded: Loaded,
    /// The index of the row, and how many there are.
    pub(super) place: (usize, usize),
}

/// Reads a report for one row of its list: the one of the same name, or the one of an index, whatever it is called now.
pub(super) fn load(
    world: &dyn World,
    report: &Path,
    options: &InputOptions,
    (row, at): (&RowNote, Option<usize>),
) -> Result<LoadedRow, (Sources, Vec<Diagnostic>)> {
    let mut prepared = source::prepare(world, report, options);
    let rows = match prepared.rows(&row.list, &row.name) {
        Ok(rows) => rows,
        Err(diagnostics) => return Err((prepared.sources, diagnostics)),
    };
    let at = at.or_else(|| rows.iter().position(|found| found.name == row.file));
    let Some((at, found)) = at.and_then(|at| Some((at, rows.get(at)?))) else {
        return Err((prepared.sources, vec![gone(row)]));
    };
    let (outcome, diagnostics) = prepared.resolve(world, Some(found));
    let loaded = Loaded { sources: prepared.sources, outcome, diagnostics };
    Ok(LoadedRow { loaded, place: (at, rows.len()) })
}

/// The row that a Word file says it was made for.
pub(super) fn of_word(world: &dyn World, path: &Path) -> Option<RowNote> {
    let bytes = world.read(path).ok().filter(|bytes| bytes.starts_with(b"PK"))?;
    let text = WordDocument::open(&bytes).ok()?.custom(docx::handout::NAMESPACE)?;
    docx::handout::read(&text)?.row
}

fn gone(row: &RowNote) -> Diagnostic {
    let file = &row.file;
    Diagnostic::error(
        Code::OLD_FIGURES,
        None,
        say!("数据里没有名为“{file}”的一行了", "the data has no row named \"{file}\" any more"),
        say!("检查文件和数据是不是同一份", "see whether the file and the data belong together"),
    )
}
