//! Finds the figures of a report, and holds them against older ones.

use super::since::{self, OldFigures};
use super::{Difference, FigureReport, entry, places};
use crate::diagnostic::{Code, Diagnostic, Language, Message, Sources, say};
use crate::docx::handout;
use crate::docx::read::WordDocument;
use crate::model::RowNote;
use crate::pdf;
use crate::pipeline::produce::{self, Composed};
use crate::pipeline::request::Request;
use crate::world::World;
use std::path::{Path, PathBuf};

/// Whose figures are asked for.
#[derive(Clone, Debug, Default)]
pub struct FiguresRequest {
    /// The report, and what it is composed with.
    pub request: Request,
    /// An older state: a Word file, a PDF, or figures as JSON.
    pub since: Option<PathBuf>,
    /// A PDF whose own figures are read back and held against the report's.
    pub printed: Option<PathBuf>,
    /// Tell every place of typed digits.
    pub coverage: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct FiguresOutcome {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The title of the report on one line.
    pub title: String,
    /// The figures.
    pub report: FigureReport,
    /// What has changed since the older state.
    pub difference: Option<Difference>,
}

impl FiguresOutcome {
    /// True when there is nothing to tell.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Finds the figures of a report.
pub fn figures(world: &dyn World, request: &FiguresRequest) -> FiguresOutcome {
    // An older state that is one of many reports tells of which row it is.
    let row = [&request.printed, &request.since].into_iter().flatten().find_map(|path| row(world, path));
    let mut composed = match produce::composed((world, None), &request.request, source_only(), row.as_ref()) {
        Ok(composed) => composed,
        Err(outcome) => {
            let (sources, diagnostics) = (outcome.sources, outcome.diagnostics);
            return FiguresOutcome { sources, diagnostics, ..FiguresOutcome::default() };
        }
    };
    composed.diagnostics.retain(Diagnostic::is_error);
    let Composed { sources, diagnostics, document, open, paged, .. } = composed;
    let title = document.meta.title.clone();
    let mut outcome = FiguresOutcome { sources, diagnostics, title, ..FiguresOutcome::default() };
    let values = entry::data_values(&document);
    let found = places::places(&document, &paged, &open.fonts, |value| values.contains(&value));
    outcome.report = entry::report(&document, &outcome.sources, &found, &str::to_owned);
    outcome.report.each = row;
    if request.coverage
        && let Some(coverage) = &mut outcome.report.coverage
    {
        coverage.places = entry::typed(&document, &outcome.sources, &found);
    }
    let older = [&request.printed, &request.since].into_iter().flatten();
    for path in older {
        match old(world, path) {
            Ok(old) => outcome.difference = Some(since::difference(&old, &outcome.report)),
            Err(diagnostic) => outcome.diagnostics.push(*diagnostic),
        }
    }
    outcome
}

/// Advice is the business of `check`.
fn source_only() -> produce::Purpose {
    produce::Purpose::Build
}

/// One JSON document.
#[must_use]
pub fn figures_json(outcome: &FiguresOutcome, language: Language) -> String {
    let mut root = serde_json::to_value(&outcome.report).unwrap_or_default();
    let Some(map) = root.as_object_mut() else { return String::new() };
    let difference = outcome.difference.as_ref().and_then(|d| serde_json::to_value(d).ok());
    if let Some(serde_json::Value::Object(difference)) = difference {
        map.extend(difference);
    }
    if !outcome.diagnostics.is_empty() {
        let told = crate::diagnostic::render_json(&outcome.diagnostics, &outcome.sources, language);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap_or_default();
        map.insert("diagnostics".to_owned(), told["diagnostics"].clone());
    }
    format!("{root:#}\n")
}

/// The row that a PDF, or a list of figures, was made for.
fn row(world: &dyn World, path: &Path) -> Option<RowNote> {
    let bytes = world.read(path).ok()?;
    let json = if bytes.starts_with(b"%PDF-") { pdf::facts(&bytes)? } else { bytes };
    serde_json::from_slice::<FigureReport>(&json).ok()?.each
}

/// The older state that a file holds.
fn old(world: &dyn World, path: &Path) -> Result<OldFigures, Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = world.read(path).map_err(|cause| {
        let Message { zh, en } = Message::of_io(&cause);
        Box::new(Diagnostic::error(
            Code::OLD_FIGURES,
            None,
            say!("“{name}”读不出来：{zh}", "\"{name}\" cannot be read: {en}"),
            say!("检查路径", "check the path"),
        ))
    })?;
    if bytes.starts_with(b"PK") {
        let mut file = WordDocument::open(&bytes).map_err(|e| Box::new(e.diagnostic(&name)))?;
        let kept = file.custom(handout::NAMESPACE).and_then(|text| handout::read(&text));
        let handed = kept.map(|manuscript| manuscript.figures).filter(|figures| !figures.is_empty());
        return handed.map(|handed| OldFigures::of_word(&handed)).ok_or_else(|| none_in(&name));
    }
    let is_pdf = bytes.starts_with(b"%PDF-");
    let json = if is_pdf { pdf::facts(&bytes) } else { Some(bytes) };
    let report = json.and_then(|json| serde_json::from_slice::<FigureReport>(&json).ok());
    report.map(|report| OldFigures::of_report(&report, is_pdf)).ok_or_else(|| none_in(&name))
}

fn none_in(name: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        Code::OLD_FIGURES,
        None,
        say!("“{name}”里没有本程序记下的数据", "\"{name}\" holds no figures that this program has kept in it"),
        say!(
            "用本程序生成的 PDF 或 Word 文件，或者 dinggao figures --format json 的结果",
            "name a PDF or Word file that this program made, or what dinggao figures --format json printed"
        ),
    ))
}
