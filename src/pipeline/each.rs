//! One report for every row of a list: files, template and fonts are read once, rows are shared among threads.

use super::fault::guarded;
use super::kept::KeptParts;
use super::outputs;
use super::produce::{self, Purpose, Set};
use super::request::{Destination, Outcome, Request};
use crate::diagnostic::{Diagnostic, Message, Sources, say};
use crate::font::{Fonts, font_directories};
use crate::layout::{self, SetParagraphs};
use crate::model::RowNote;
use crate::reuse::PackedStreams;
use crate::source::{self, EachRow, PreparedReport};
use crate::world::{Durable, ReplaceError, World};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Paragraphs that are kept for other reports: those that all of them share, and some of each.
const MOST_PARAGRAPHS: usize = 1024;
/// The same of streams: styles, settings, profiles of colours.
const MOST_STREAMS: usize = 256;

/// Of which rows reports are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EachRequest {
    /// The list: a name of the data, or an expression.
    pub list: String,
    /// The name of each report: an expression, or a text with `{{ }}`; the row is `each`.
    pub name: String,
    /// How many reports are made at the same time; None: as many as there are processors.
    pub jobs: Option<usize>,
    /// Which part of how many: from 1.
    pub shard: Option<(usize, usize)>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct EachOutcome {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong with all of it: nothing was made.
    pub diagnostics: Vec<Diagnostic>,
    /// How many reports were asked for.
    pub rows: usize,
    /// How many were put in place.
    pub made: usize,
    /// Their pages.
    pub pages: usize,
    /// The rows that failed, in their order.
    pub failures: Vec<Failure>,
}

impl EachOutcome {
    /// True when any report is missing.
    #[must_use]
    pub fn failed(&self) -> bool {
        !self.failures.is_empty() || self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// A report that could not be made.
#[derive(Debug)]
pub struct Failure {
    /// Its name.
    pub name: String,
    /// Its row, from 1.
    pub row: usize,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes one report for every row of a list. `told`: called after each report with how many are done and how many there are.
pub fn build_each(
    world: &dyn World,
    request: &Request,
    destination: &Destination,
    each: &EachRequest,
    told: &(dyn Fn(usize, usize) + Sync),
) -> EachOutcome {
    let options =
        source::InputOptions { template: request.template.clone(), overrides: request.set.clone(), advice: false };
    let mut prepared = source::prepare(world, &request.report, &options);
    let mut outcome = EachOutcome::default();
    match ready(world, request, &mut prepared, each) {
        Ok((rows, fonts)) => {
            let job = Job::new((world, request), Some(destination), &prepared, &fonts, each);
            job.all(&rows, each, told, &mut outcome);
        }
        Err(diagnostics) => outcome.diagnostics = diagnostics,
    }
    outcome.sources = prepared.sources;
    outcome
}

/// Goes the whole way for every row of a list and writes nothing: what would stop any of the reports, and advice. What is not the
/// same for all rows names those that it is of.
pub fn check_each(
    world: &dyn World,
    request: &Request,
    each: &EachRequest,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Outcome {
    let options =
        source::InputOptions { template: request.template.clone(), overrides: request.set.clone(), advice: true };
    let mut prepared = source::prepare(world, &request.report, &options);
    let mut outcome = Outcome::default();
    match ready(world, request, &mut prepared, each) {
        Ok((rows, fonts)) => {
            let job = Job::new((world, request), None, &prepared, &fonts, each);
            let mut of_rows = EachOutcome::default();
            job.all(&rows, each, told, &mut of_rows);
            outcome.pages = of_rows.pages;
            outcome.diagnostics = of_rows.diagnostics;
            outcome.diagnostics.extend(told_once(&of_rows.failures, of_rows.rows));
        }
        Err(diagnostics) => outcome.diagnostics = diagnostics,
    }
    outcome.sources = prepared.sources;
    outcome
}

/// So many rows are named of which something is told.
const NAMED: usize = 3;

/// What was found in rows, each once. `all`: how many rows there are.
fn told_once(found: &[Failure], all: usize) -> Vec<Diagnostic> {
    let mut once: Vec<(&Diagnostic, Vec<&Failure>)> = Vec::new();
    for row in found {
        for diagnostic in &row.diagnostics {
            match once.iter_mut().find(|(known, _)| *known == diagnostic) {
                Some((_, rows)) if rows.last().is_none_or(|last| last.row != row.row) => rows.push(row),
                Some(_) => {}
                None => once.push((diagnostic, vec![row])),
            }
        }
    }
    let of = |(diagnostic, rows): (&Diagnostic, Vec<&Failure>)| {
        if rows.len() == all {
            return diagnostic.clone();
        }
        let (count, shown) = (rows.len(), rows.iter().take(NAMED));
        let zh: Vec<String> = shown.clone().map(|row| format!("第 {} 行“{}”", row.row, row.name)).collect();
        let en: Vec<String> = shown.map(|row| format!("row {}, \"{}\"", row.row, row.name)).collect();
        let (zh, en) = (zh.join("、"), en.join("; "));
        let Message { zh: message, en: message_en } = &diagnostic.message;
        let message = if count > NAMED {
            say!("{zh}等 {count} 份：{message}", "{en} and others, {count} in all: {message_en}")
        } else {
            say!("{zh}：{message}", "{en}: {message_en}")
        };
        Diagnostic { message, ..diagnostic.clone() }
    };
    once.into_iter().map(of).collect()
}

/// The rows and the fonts.
fn ready(
    world: &dyn World,
    request: &Request,
    prepared: &mut PreparedReport,
    each: &EachRequest,
) -> Result<(Vec<EachRow>, Fonts), Vec<Diagnostic>> {
    let rows = prepared.rows(&each.list, &each.name)?;
    // What is wrong with the report for every row is told once.
    let wrong = prepared.errors();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let Some(faces) = prepared.faces() else { return Err(prepared.errors()) };
    let folder = request.report.parent().unwrap_or(Path::new(""));
    let dirs = font_directories(world, request.fonts.as_deref(), folder)?;
    Ok((rows, Fonts::load(world, faces, &dirs)?))
}

struct Job<'a> {
    world: &'a dyn World,
    request: &'a Request,
    /// None: nothing is written, and slips are told too.
    destination: Option<&'a Destination>,
    prepared: &'a PreparedReport,
    fonts: &'a Fonts,
    each: &'a EachRequest,
    /// Paragraphs and streams that reports share.
    paragraphs: SetParagraphs,
    streams: PackedStreams,
    storing: Mutex<()>,
}

/// What came of the reports so far.
#[derive(Default)]
struct ReportsSoFar {
    made: usize,
    pages: usize,
    failures: Vec<Failure>,
    outputs: Vec<PathBuf>,
}

impl<'a> Job<'a> {
    fn new(
        (world, request): (&'a dyn World, &'a Request),
        destination: Option<&'a Destination>,
        prepared: &'a PreparedReport,
        fonts: &'a Fonts,
        each: &'a EachRequest,
    ) -> Self {
        Self {
            world,
            request,
            destination,
            prepared,
            fonts,
            each,
            paragraphs: SetParagraphs::at_most(MOST_PARAGRAPHS),
            streams: PackedStreams::at_most(MOST_STREAMS),
            storing: Mutex::new(()),
        }
    }

    fn all(
        &self,
        rows: &[EachRow],
        each: &EachRequest,
        told: &(dyn Fn(usize, usize) + Sync),
        outcome: &mut EachOutcome,
    ) {
        let (part, parts) = each.shard.unwrap_or((1, 1));
        // Every so many rows: neighbours are alike, so that parts take about as long as each other.
        let mine: Vec<(usize, &EachRow)> = rows.iter().enumerate().skip(part - 1).step_by(parts.max(1)).collect();
        outcome.rows = mine.len();
        let next = AtomicUsize::new(0);
        let done = AtomicUsize::new(0);
        let found = Mutex::new(ReportsSoFar::default());
        let work = || {
            while let Some(&(at, row)) = mine.get(next.fetch_add(1, Ordering::Relaxed)) {
                let one = guarded(|| self.one(row))
                    .unwrap_or_else(|fault| Outcome { diagnostics: vec![*fault], ..Outcome::default() });
                if let Ok(mut found) = found.lock() {
                    if one.failed() || (self.destination.is_none() && !one.diagnostics.is_empty()) {
                        let Outcome { diagnostics, pages, .. } = one;
                        found.pages += pages;
                        found.failures.push(Failure { name: row.name.clone(), row: at + 1, diagnostics });
                    } else {
                        found.made += 1;
                        found.pages += one.pages;
                        found.outputs.extend(one.outputs);
                    }
                }
                told(done.fetch_add(1, Ordering::Relaxed) + 1, mine.len());
            }
        };
        let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let jobs = each.jobs.unwrap_or(processors).clamp(1, mine.len().max(1));
        thread::scope(|scope| {
            for _ in 1..jobs {
                scope.spawn(work);
            }
            work();
        });
        let ReportsSoFar { made, pages, mut failures, outputs } = found.into_inner().unwrap_or_default();
        if let Some(destination) = self.destination
            && let Err(cause) = self.world.sync(&outputs)
        {
            let path = destination.folder.clone();
            outcome.diagnostics.push(outputs::refused(&ReplaceError { path, while_writing: true, cause }));
        }
        failures.sort_by_key(|failure: &Failure| failure.row);
        (outcome.made, outcome.pages, outcome.failures) = (made, pages, failures);
    }

    /// One report, put in place.
    fn one(&self, row: &EachRow) -> Outcome {
        let (resolved, diagnostics) = self.prepared.resolve(self.world, Some(row));
        let mut outcome = Outcome { diagnostics, ..Outcome::default() };
        let Ok((document, mut template)) = resolved else { return outcome };
        if let Some(policy) = self.request.compose {
            template.compose.policy = policy;
        }
        produce::bind(self.request, &mut template);
        template.closing = produce::closing(self.request.word.profile);
        let paged = match layout::compose_fitted(&document, &mut template, self.fonts, Some(&self.paragraphs)) {
            Ok(paged) => paged,
            Err(diagnostics) => {
                outcome.diagnostics.extend(diagnostics);
                return outcome;
            }
        };
        let EachRequest { list, name, .. } = self.each;
        let note = RowNote { list: list.clone(), name: name.clone(), file: row.name.clone() };
        let purpose = if self.destination.is_some() { Purpose::Build } else { Purpose::Check };
        if purpose == Purpose::Check {
            outcome.diagnostics.extend(paged.advice.iter().cloned());
        }
        let set = Set {
            world: self.world,
            document: &document,
            template: &template,
            fonts: self.fonts,
            paged: &paged,
            comments: &[],
            row: Some(&note),
            kept: KeptParts { paragraphs: Some(&self.paragraphs), streams: Some(&self.streams) },
        };
        let (made, product) = produce::make((self.request, purpose), &self.prepared.sources, &set);
        outcome.diagnostics.extend(made.diagnostics);
        outcome.pages = made.pages;
        let (Some(product), Some(destination)) = (product, self.destination) else { return outcome };
        // All of them are synced together at the end.
        let (stem, durable) = (Some(row.name.clone()), Durable::WhenSynced);
        let destination = Destination { stem, durable, ..destination.clone() };
        // One after the other here, so that threads do not keep each other waiting for the folder, which is looked at now and then.
        let _storing = self.storing.lock();
        match outputs::store((self.world, None), self.request, &destination, product, None) {
            Ok(stored) => outcome.outputs = stored.documents,
            Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
        }
        outcome
    }
}
