//! Where values are printed: page and line.

use super::ours::load;
use super::produce::compose;
use super::request::Request;
use crate::model::{RowNote, RunKind};
use crate::world::World;
use std::collections::BTreeMap;
use std::path::Path;

/// Where each use of a value is printed first, by the value's name in the outputs: page and line on it, from 1. Empty where the
/// pages cannot be made: without fonts there are none.
/// `row`: of many reports, that of a row.
pub(super) fn printed(
    world: &dyn World,
    report: &Path,
    row: Option<(&RowNote, Option<usize>)>,
) -> BTreeMap<String, (usize, usize)> {
    let Ok((loaded, _)) = load(world, report, row) else { return BTreeMap::new() };
    let Ok((document, mut template)) = loaded.outcome else { return BTreeMap::new() };
    let Ok((_, paged)) = compose((world, None), &Request::new(report), &document, &mut template) else {
        return BTreeMap::new();
    };
    let mut found = BTreeMap::new();
    for (page, number) in paged.pages.iter().zip(1..) {
        for (line, at) in page.lines().filter(|line| !line.runs.is_empty()).zip(1..) {
            for run in &line.runs {
                if let RunKind::Value(value) = run.source
                    && let Some(value) = document.value(value)
                {
                    found.entry(value.id.clone()).or_insert((number, at));
                }
            }
        }
    }
    found
}
