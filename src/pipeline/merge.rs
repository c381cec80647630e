//! Editors' changes, brought home: every file against what was handed out and what the source says now.
//!
//! Whatever is said to be clean has been tried: the changed source is read again, and must say what it was meant to say.

use super::merge_request::{Base, MergeOutcome, MergeRequest};
use super::ours::{Ours, read_ours};
use super::overlay::Overlay;
use super::trial::{NamedFiles, Trial};
use super::{handout, merge_log, several, uses};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::docx;
use crate::docx::read::{View, WordDocument};
use crate::merge::{self, Change, ChangeKind, Review, Status};
use crate::model::{Comment, Manuscript};
use crate::world::{OutputSet, World};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Below this the file is none of this report's.
const FOREIGN: f64 = 0.25;

/// Merges files that came back.
pub fn merge(world: &dyn World, request: &MergeRequest) -> MergeOutcome {
    let mut outcome = MergeOutcome::default();
    let mut overlay = Overlay::new(world);
    let first = match read_ours(&overlay, &request.report) {
        Ok(ours) => ours,
        Err((sources, diagnostics)) => return MergeOutcome { sources, diagnostics, ..outcome },
    };
    let mut changes: Vec<Change> = Vec::new();
    for path in &request.revised {
        // What the files before have not changed has been read already.
        let again = (!overlay.files.is_empty()).then(|| read_ours(&overlay, &request.report));
        let ours = match &again {
            Some(Ok(ours)) => ours,
            Some(Err(_)) => break,
            None => &first,
        };
        match one(&overlay, request, path, ours) {
            Ok((mut review, base, files)) => {
                outcome.compared.push(base);
                outcome.review.alignment = review.alignment;
                // Places of later files lie in a source that the first ones have changed.
                if !overlay.files.is_empty() {
                    several::placed(&mut review.changes, ours, &first);
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
    unknown(&request.only, &changes, &mut outcome.diagnostics);
    if !request.only.is_empty() {
        changes.retain(|c| request.only.contains(&c.id));
    }
    known_comments(world, request, &mut changes);
    if request.revised.len() > 1 {
        changes = merge::in_order(&first.document, changes);
    }
    outcome.review.changes = changes;
    outcome.sources = first.sources;
    outcome.document = Some(first.document);
    if outcome.review.changes.iter().any(|c| c.value.is_some()) {
        outcome.printed = uses::printed(world, &request.report);
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
    path: &Path,
    ours: &Ours,
) -> Result<(Review, Base, NamedFiles), Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = world.read(path).map_err(|e| unreadable(&name, &e))?;
    let mut file = WordDocument::open(&bytes).map_err(|e| Box::new(e.diagnostic(&name)))?;
    // What others have tracked is left as it was, also within a paragraph that the author has changed.
    let view = request.author.clone().map_or(View::Accepted, View::By);
    let mut theirs = file.manuscript(&view).map_err(|e| Box::new(e.diagnostic(&name)))?;
    // Our own name in the file only says that no editor's program put another one there.
    theirs.saved_by = theirs.saved_by.filter(|name| Some(name) != ours.document.meta.author.as_ref());
    let (base, kind) = base(world, request, &mut file, &theirs, ours).map_err(|e| Box::new(e.diagnostic(&name)))?;
    let mut review = merge::review(&ours.document, &base, &theirs, &ours.manuscript);
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
    let sides = [&base, &theirs];
    let mut trial = Trial { world, report: &request.report, ours, sides, open: 0, media: BTreeMap::new() };
    trial.clean(&mut review.changes, &wanted);
    let files = trial.values(&mut review.changes, request.values, &wanted);
    if kind == Base::Rejected {
        let source = unmeasured(&ours.manuscript);
        review.changes.extend(merge::unmarked(&ours.document, &source, sides, &ours.manuscript));
        review.changes = merge::in_order(&ours.document, std::mem::take(&mut review.changes));
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

pub(super) fn unreadable(name: &str, error: &std::io::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        Code::WORD_UNREADABLE,
        None,
        say!("{name} 读不出来：{error}", "{name} cannot be read: {error}"),
        say!("检查路径，或在 Word 里关闭这个文件后再试", "check the path, or close the file in Word and try again"),
    ))
}

/// What a file is compared with.
fn base(
    world: &dyn World,
    request: &MergeRequest,
    file: &mut WordDocument<'_>,
    theirs: &Manuscript,
    ours: &Ours,
) -> Result<(Manuscript, Base), docx::read::ReadError> {
    if let Some(own) = file.custom(docx::handout::NAMESPACE).and_then(|text| docx::handout::read(&text)) {
        return Ok((own, Base::Own));
    }
    let folder = handout::folder(&request.report);
    let mut kept: Vec<(f64, Manuscript)> = Vec::new();
    for path in world.list(&folder).unwrap_or_default() {
        let is_handout = path.extension().is_some_and(|e| e == "json");
        let text = is_handout.then(|| world.read(&path).ok()).flatten().and_then(|b| String::from_utf8(b).ok());
        if let Some(manuscript) = text.and_then(|t| docx::handout::read(&t)) {
            let found = merge::review(&ours.document, &manuscript, theirs, &ours.manuscript).alignment.confidence;
            kept.push((found, manuscript));
        }
    }
    kept.sort_by(|a, b| b.0.total_cmp(&a.0));
    if let Some((confidence, manuscript)) = kept.into_iter().next()
        && confidence >= FOREIGN
    {
        return Ok((manuscript, Base::Kept));
    }
    if theirs.tracked {
        let mut rejected = file.manuscript(&View::Rejected)?;
        merge::attach(&ours.document, &mut rejected, docx::block_bookmark);
        return Ok((rejected, Base::Rejected));
    }
    Ok((unmeasured(&ours.manuscript), Base::Source))
}

/// The source as it would be read from a Word file, without what nobody knows of the one that was handed out: its formatting, its
/// measures.
fn unmeasured(ours: &Manuscript) -> Manuscript {
    let mut base = Manuscript { settings: None, formattings: Vec::new(), ..ours.clone() };
    for item in &mut base.items {
        item.widths.clear();
        item.pictures.iter_mut().for_each(|picture| picture.size = (0, 0));
    }
    base
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
            let cause = &error.cause;
            outcome.diagnostics.push(Diagnostic::error(
                Code::OUTPUT_UNWRITABLE,
                None,
                say!("不能写 {place}：{cause}", "{place} cannot be written: {cause}"),
                say!("所有文件都保持原样", "all files stay as they were"),
            ));
        }
    }
}
