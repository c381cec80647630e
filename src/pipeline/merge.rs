//! Editors' changes, brought home: every file against what was handed out and what the source says now.
//!
//! Whatever is said to be clean has been tried: the changed source is read again, and must say what it was meant to say.

use super::came_back::{CameBack, FOREIGN, unmeasured};
use super::merge_request::{Base, MergeOutcome, MergeRequest};
use super::ours::{Ours, ReportRow, read_ours};
use super::overlay::Overlay;
use super::trial::{NamedFiles, Trial};
use super::{merge_log, several, uses};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::merge::{self, Change, ChangeKind, Review, Status};
use crate::model::Comment;
use crate::world::{OutputSet, World};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// Merges files that came back.
pub fn merge(world: &dyn World, request: &MergeRequest) -> MergeOutcome {
    let mut outcome = MergeOutcome::default();
    let mut overlay = Overlay::new(world);
    let mut first: Option<Ours> = None;
    let mut changes: Vec<Change> = Vec::new();
    for path in &request.revised {
        // What the files before have not changed has been read already.
        let (again, file) = thread::scope(|scope| {
            let file = scope.spawn(|| CameBack::read(world, request, path));
            let wanted = first.is_none() || !overlay.files.is_empty();
            let again = wanted.then(|| read_ours(&overlay, &request.report, None));
            (again, file.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        // Only the file says which of many reports it is.
        let row = file.as_ref().ok().and_then(CameBack::row);
        let again = match row {
            None => again,
            Some(row) => Some(read_ours(&overlay, &request.report, Some(row))),
        };
        let again = match again {
            Some(Ok(ours)) if first.is_none() => {
                first = Some(ours);
                None
            }
            Some(Err((sources, diagnostics))) if first.is_none() => {
                return MergeOutcome { sources, diagnostics, ..outcome };
            }
            Some(Err(_)) => break,
            Some(Ok(ours)) => Some(ours),
            None => None,
        };
        let Some(first) = &first else { break };
        let ours = again.as_ref().unwrap_or(first);
        match file.and_then(|file| one(&overlay, request, file, ours)) {
            Ok((mut review, base, files)) => {
                outcome.compared.push(base);
                outcome.review.alignment = review.alignment;
                // Places of later files lie in a source that the first ones have changed.
                if again.is_some() {
                    several::placed(&mut review.changes, ours, first);
                }
                if request.revised.len() > 1 {
                    let name = path.display().to_string();
                    review.changes.iter_mut().for_each(|change| change.files.push(name.clone()));
                }
                several::together(&mut changes, review.changes);
                overlay = overlay.with(files);
            }
            Err(diagnostic) => outcome.diagnostics.push(*diagnostic),
        }
    }
    let Some(first) = first else { return outcome };
    unknown(&request.only, &changes, &mut outcome.diagnostics);
    if !request.only.is_empty() {
        changes.retain(|c| request.only.contains(&c.id));
    }
    known_comments(world, request, &mut changes);
    if request.revised.len() > 1 {
        several::value_conflicts(&mut changes, &|one, other| one.files != other.files);
        changes = merge::in_order(&first.document, changes);
    }
    outcome.review.changes = changes;
    outcome.sources = first.sources;
    outcome.document = Some(first.document);
    outcome.row = first.row;
    if outcome.review.changes.iter().any(|c| c.value.is_some()) {
        let row = outcome.row.as_ref().map(|row| (&row.note, Some(row.at)));
        outcome.printed = uses::printed(world, &request.report, row);
    }
    if request.apply && !outcome.failed() {
        store(world, request, &overlay, &mut outcome);
    }
    outcome
}

/// Comments that came home before, and travelled in the file that came back, are there already.
fn known_comments(world: &dyn World, request: &MergeRequest, changes: &mut [Change]) {
    let log = merge_log::comments(world, &request.report);
    for change in changes.iter_mut().filter(|c| c.kind == ChangeKind::Comment) {
        // The words that it is about may have been changed since: then it stands on the whole paragraph.
        let same = |a: &Comment, b: &Comment| Comment { quote: b.quote.clone(), ..a.clone() } == *b;
        let known = |own: &Comment| log.iter().any(|p| same(&p.comment, own));
        if !change.comments.is_empty() && change.comments.iter().all(known) {
            change.status = Status::Already;
        }
    }
}

fn unknown(only: &[String], changes: &[Change], diagnostics: &mut Vec<Diagnostic>) {
    for id in only.iter().filter(|id| !changes.iter().any(|c| c.id == **id)) {
        diagnostics.push(Diagnostic::error(
            Code::UNKNOWN_CHANGE,
            None,
            say!("没有编号为 {id} 的改动", "there is no change {id}"),
            say!("不带 --only 运行一次，看各处改动的编号", "run it without --only to see the names of the changes"),
        ));
    }
}

/// One file: its changes, each tried, and the files as they become.
fn one(
    world: &Overlay<'_>,
    request: &MergeRequest,
    file: CameBack,
    ours: &Ours,
) -> Result<(Review, Base, NamedFiles), Box<Diagnostic>> {
    let name = file.name.clone();
    let (returned, kind) = file.with_base(ours)?;
    let mut review = returned.review(&ours.document, &ours.manuscript);
    let found = review.alignment.confidence.min(review.kept);
    if found < FOREIGN {
        let percent = found * 100.0;
        return Err(Box::new(Diagnostic::error(
            Code::FOREIGN_FILE,
            None,
            say!(
                "{name} 不像是这份报告的 Word 文件：只有 {percent:.0}% 的文字对得上",
                "{name} does not look like a Word file of this report: {percent:.0}% of its text was found"
            ),
            say!("检查报告和 Word 文件是不是一对", "see whether the report and the Word file belong together"),
        )));
    }
    let by_author = |c: &Change| request.author.iter().all(|author| c.traces.iter().any(|t| t.author == *author));
    let wanted = |c: &Change| by_author(c) && (request.only.is_empty() || request.only.contains(&c.id));
    let mut trial = Trial::new(world, &request.report, ours, &returned);
    trial.clean(&mut review, &wanted);
    let files = trial.values(&mut review.changes, request.values, &wanted);
    if kind == Base::Rejected {
        let sides = [returned.base(), returned.theirs()];
        let source = unmeasured(&ours.manuscript);
        review.changes.extend(merge::unmarked(&ours.document, source, sides, &ours.manuscript));
        review.changes = merge::in_order(&ours.document, std::mem::take(&mut review.changes));
    }
    if let Some(row) = &ours.row {
        shared(row, &mut review.changes);
    }
    review.changes.retain(by_author);
    if let Some(author) = &request.author {
        review.changes.iter_mut().for_each(|c| c.traces.retain(|t| t.author == *author));
    }
    if request.apply {
        for change in review.changes.iter_mut().filter(|c| c.status == Status::Clean && wanted(c)) {
            change.status = Status::Applied;
        }
    }
    Ok((review, kind, files))
}

/// Tells of what is written into the one source of many reports.
fn shared(row: &ReportRow, changes: &mut [Change]) {
    let ReportRow { of, .. } = row;
    let writes = |c: &&mut Change| c.status == Status::Clean && c.kind != ChangeKind::Value;
    for change in changes.iter_mut().filter(writes) {
        change.reason.get_or_insert_with(|| {
            say!(
                "写进 {of} 份报告共用的源文件：印着这里的每一份都会变",
                "this goes into the one source of {of} reports: all that print this place change"
            )
        });
    }
}

/// Puts the files in place, with a line for each change in the log of merges.
fn store(world: &dyn World, request: &MergeRequest, overlay: &Overlay<'_>, outcome: &mut MergeOutcome) {
    let mut files: NamedFiles = overlay.files.clone().into_iter().collect();
    let log = merge_log::lines(world, request, outcome);
    files.extend(log.map(|lines| (merge_log::place(&request.report), lines)));
    if files.is_empty() {
        return;
    }
    match world.replace_all(&OutputSet { files: &files, ..OutputSet::default() }) {
        Ok(()) => {
            let here = world.current_dir();
            let named = |path: PathBuf| path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path);
            outcome.written = files.into_iter().map(|(path, _)| named(path)).collect();
        }
        Err(error) => {
            let place = error.path.display();
            let Message { zh, en } = Message::of_io(&error.cause);
            for change in outcome.review.changes.iter_mut().filter(|c| c.status == Status::Applied) {
                change.status = Status::Clean;
            }
            outcome.diagnostics.push(Diagnostic::error(
                Code::OUTPUT_UNWRITABLE,
                None,
                say!("不能写 {place}：{zh}", "{place} cannot be written: {en}"),
                say!("所有文件都保持原样", "all files stay as they were"),
            ));
        }
    }
}
