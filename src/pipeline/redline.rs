//! The report with its changes marked: against an earlier version, as a Word file and as pages.

use super::changed::changed;
use super::produce::{Product, as_word, compose, write_pdf};
use super::request::{Destination, Outcome, Request};
use super::{came_back, handout, ours, outputs, row};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::docx::read::{View, WordDocument};
use crate::font::{Fonts, Script};
use crate::layout::{ChangedPlace, ChangedText};
use crate::merge::{self, Grain, Inked, InkedSides, MarkedSides};
use crate::model::{BlockIndex, Document, FontRole, Manuscript, Marked, MarkedStep, Trace};
use crate::pdf::{PdfExtras, PdfOptions};
use crate::world::World;
use crate::{docx, layout, source};
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How changes are shown on the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RedlineMarks {
    /// The pages are those of the report, with bars beside what has changed.
    #[default]
    Bars,
    /// The changes are in the text too: what is gone is struck out in its old place, what is new is underlined.
    Inline,
}

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct RedlineRequest {
    /// The earlier version: a Word file or a source.
    pub old: PathBuf,
    /// The report as it is now.
    pub new: Request,
    /// Whose changes they are; the report's author where nobody is named.
    pub author: Option<String>,
    /// How they are shown on the pages.
    pub marks: RedlineMarks,
    /// When they were made, as Word writes it; the report's own time where nothing is said.
    pub date: Option<String>,
}

/// Writes the report with its changes marked.
pub fn redline(world: &dyn World, request: &RedlineRequest, destination: &Destination) -> Outcome {
    let turn = outputs::turn(world, destination);
    let options = source::InputOptions {
        template: request.new.template.clone(),
        overrides: request.new.set.clone(),
        ..source::InputOptions::default()
    };
    // A Word file that is one of many reports is compared with the report of its row.
    let row = row::of_word(world, &request.old);
    let loaded = match row.as_ref().map(|row| row::load(world, &request.new.report, &options, (row, None))) {
        None => source::load(world, &request.new.report, &options),
        Some(Ok(of_row)) => of_row.loaded,
        Some(Err((sources, diagnostics))) => return Outcome { sources, diagnostics, ..Outcome::default() },
    };
    let mut outcome = Outcome { sources: loaded.sources, diagnostics: loaded.diagnostics, ..Outcome::default() };
    let Ok((document, mut template)) = loaded.outcome else { return outcome };
    if let Some(policy) = request.new.compose {
        template.compose.policy = policy;
    }
    let old = match earlier(world, &request.old) {
        Ok(old) => old,
        Err((sources, diagnostics)) => return Outcome { sources, diagnostics, ..outcome },
    };
    let mut plain = template.clone();
    let made = compose((world, None), &request.new, &document, &mut template).and_then(|(open, mut paged)| {
        let fonts = &open.fonts;
        let printed = as_word(&request.new, &document, &template, (fonts, None), &paged)?;
        // The pages of an earlier source are not known: what floats is where it is written, in both.
        let printed =
            if is_source(&request.old) { printed.into_owned().in_source_order() } else { printed.into_owned() };
        let styles_always = old.items.iter().map(|item| item.style.clone()).collect();
        let options = docx::WordOptions { notes_always: true, styles_always, ..docx::WordOptions::default() };
        let with = handout::WrittenWith { row: row.as_ref(), ..handout::WrittenWith::default() };
        let bytes =
            handout::write(&document, &template, &printed, &options, &with).map_err(|e| vec![e.diagnostic()])?;
        let versions = marked(&bytes.bytes, &old, &by(request, &document))?;
        let mut owned = versions.new.clone();
        merge::attach(&document, &mut owned, docx::block_bookmark);
        let plainly = PdfOptions::default();
        let extras = || (&plainly, PdfExtras::default());
        let (pages, pdf) = match request.marks {
            RedlineMarks::Bars => {
                let changes = changed(&document, &versions.new, &owned, &versions.marked);
                layout::add_bars(&mut paged, &template, &changes);
                (paged.pages.len(), write_pdf(&document, &paged, fonts, extras())?)
            }
            RedlineMarks::Inline => {
                let has = |c: char| printable(fonts, c);
                let sides = InkedSides { old: &versions.old, new: &versions.new, owned: &owned, has: &has };
                let inked = merge::inked(&document, &sides, &versions.marked);
                let (_, mut paged) = compose((world, None), &request.new, &inked.document, &mut plain)?;
                layout::add_strokes(&mut paged);
                // Paragraphs that are gone can be seen.
                let mut rest = versions.marked.clone();
                rest.steps.retain(|step| !matches!(step, MarkedStep::Gone { .. }));
                let changes = changed(&document, &versions.new, &owned, &rest);
                layout::add_bars(&mut paged, &plain, &unseen(changes, &inked));
                (paged.pages.len(), write_pdf(&inked.document, &paged, fonts, extras())?)
            }
        };
        let word = Some(versions.word);
        Ok((pages, Product { suffix: "-redline", pdf: vec![(None, pdf)], docx: word, ..Product::default() }))
    });
    match made {
        Ok((pages, product)) => {
            outcome.pages = pages;
            let stem = row.map(|row| row.file).or_else(|| destination.stem.clone());
            let destination = Destination { stem, ..destination.clone() };
            match outputs::store((world, None), &request.new, &destination, product, turn) {
                Ok(stored) => outcome.outputs = stored.documents,
                Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
            }
        }
        Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
    }
    outcome
}

type Failed = (crate::diagnostic::Sources, Vec<Diagnostic>);

/// The text of the earlier version. Changes that are tracked in it count as accepted.
fn earlier(world: &dyn World, path: &Path) -> Result<Manuscript, Failed> {
    let name = path.display().to_string();
    if is_source(path) {
        let loaded = source::load(world, path, &source::InputOptions::default());
        let Ok((document, template)) = loaded.outcome else { return Err((loaded.sources, loaded.diagnostics)) };
        let printed = ours::nominal(&document);
        let bytes = docx::write(&document, &template, &printed, &docx::WordOptions::default());
        let bytes = bytes.map_err(|e| (loaded.sources.clone(), vec![e.diagnostic()]))?;
        return read(&bytes, &View::Accepted).map_err(|e| (loaded.sources, vec![e.diagnostic(&name)]));
    }
    let alone = |diagnostic| (crate::diagnostic::Sources::default(), vec![diagnostic]);
    let bytes = world.read(path).map_err(|e| alone(*came_back::unreadable(&name, &e)))?;
    read(&bytes, &View::Accepted).map_err(|e| alone(e.diagnostic(&name)))
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "yaml" || e == "yml")
}

fn read(bytes: &[u8], view: &View) -> Result<Manuscript, docx::read::ReadError> {
    WordDocument::open(bytes)?.manuscript(view)
}

/// Whose changes they are, and when.
fn by(request: &RedlineRequest, document: &Document) -> Trace {
    let own = || document.meta.author.clone().unwrap_or_else(|| env!("CARGO_PKG_NAME").to_owned());
    let time = || {
        let time = OffsetDateTime::from_unix_timestamp(document.meta.timestamp).ok();
        time.and_then(|t| t.format(&Rfc3339).ok()).unwrap_or_default()
    };
    Trace { author: request.author.clone().unwrap_or_else(own), date: request.date.clone().unwrap_or_else(time) }
}

/// True for a character of the body's faces.
fn printable(fonts: &Fonts, c: char) -> bool {
    [Script::Han, Script::Latin].into_iter().any(|script| fonts.glyph(FontRole::Body, script, c).is_some())
}

/// Changes that are not seen in the text, where they are when others are.
fn unseen(changes: Vec<ChangedText>, inked: &Inked) -> Vec<ChangedText> {
    let seen = |place: ChangedPlace| match place {
        ChangedPlace::Block(block) | ChangedPlace::Row { block, .. } => inked.shown.contains(&block),
        ChangedPlace::Note(note) => inked.shown_notes.contains(&note),
    };
    let to = |block: BlockIndex| inked.places.get(block.get()).copied().unwrap_or(block);
    let moved = |place: ChangedPlace| match place {
        ChangedPlace::Block(block) => ChangedPlace::Block(to(block)),
        ChangedPlace::Row { block, row } => ChangedPlace::Row { block: to(block), row },
        ChangedPlace::Note(note) => ChangedPlace::Note(note),
    };
    let unseen = changes.into_iter().filter(|change| !seen(change.place));
    unseen.map(|change| ChangedText { place: moved(change.place), ..change }).collect()
}

/// Two versions, compared.
struct ComparedVersions {
    /// The Word file with tracked changes.
    word: Vec<u8>,
    /// The old text, its notes named as those of the new one.
    old: Manuscript,
    new: Manuscript,
    marked: Marked,
}

/// The file with tracked changes, tried: all accepted it is the new text, all rejected the old one.
fn marked(bytes: &[u8], old: &Manuscript, by: &Trace) -> Result<ComparedVersions, Vec<Diagnostic>> {
    let fault = |cause: &str| {
        vec![Diagnostic::error(
            Code::DOCX_INTERNAL,
            None,
            say!("修订稿没有通过自查：{cause}", "the version with tracked changes did not pass its own check: {cause}"),
            say!(
                "这是程序的错误，请报告；没有写任何文件",
                "this is a fault of the program; please report it; nothing was written"
            ),
        )]
    };
    let new = read(bytes, &View::Accepted).map_err(|e| fault(&e.diagnostic("docx").message.en))?;
    let mut cause = String::new();
    for grain in [Grain::Words, Grain::Blocks] {
        let MarkedSides { old: named, marked, in_word } = merge::marked(old, &new, grain);
        match docx::redline(bytes, (&named, &new), &in_word, by) {
            Ok(word) => match unlike(&word, old, &new) {
                None => return Ok(ComparedVersions { word, old: named, new, marked }),
                Some(found) => cause = found,
            },
            Err(error) => cause = error.diagnostic().message.en,
        }
    }
    Err(fault(&cause))
}

/// The first line in which a version with tracked changes is not what it must be.
fn unlike(word: &[u8], old: &Manuscript, new: &Manuscript) -> Option<String> {
    for (view, wanted) in [(View::Accepted, new), (View::Rejected, old)] {
        let found = match read(word, &view) {
            Ok(found) => merge::outline(&found),
            Err(error) => return Some(error.diagnostic("docx").message.en),
        };
        let wanted = merge::outline(wanted);
        let at = (0..found.len().max(wanted.len())).find(|&at| found.get(at) != wanted.get(at));
        if let Some(at) = at {
            let line = |lines: &[String]| lines.get(at).map_or("", |l| l.trim()).chars().take(40).collect::<String>();
            return Some(format!("{view:?} {at}: {:?} / {:?}", line(&found), line(&wanted)));
        }
    }
    None
}
