//! 数据核对表: every figure with its places and boxes to tick, set by the program itself from a report that it writes.

use super::entry::{FigureEntry, FigureUse};
use super::since::Changed;
use super::{FiguresOutcome, FiguresRequest};
use crate::diagnostic::Diagnostic;
use crate::pipeline::overlay::Overlay;
use crate::pipeline::produce::{self, Purpose};
use crate::pipeline::request::{Formats, Request};
use crate::source::escaped;
use crate::world::World;
use std::fmt::Write as _;
use std::path::Path;

/// The name of the report that the sheet is made from. It is never written.
const NAME: &str = "数据核对表.yaml";

/// The sheet as PDF.
///
/// # Errors
/// What keeps the sheet from being set: fonts above all.
pub fn write(
    world: &dyn World,
    request: &FiguresRequest,
    outcome: &FiguresOutcome,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let source = source(outcome);
    let folder = request.request.report.parent().unwrap_or(Path::new(""));
    let path = folder.join(NAME);
    let overlay = Overlay::new(world).with([(path.clone(), source.into_bytes())]);
    let sheet = Request {
        fonts: request.request.fonts.clone(),
        formats: Formats { pdf: true, docx: false, png: None },
        ..Request::new(path)
    };
    let (made, product) = produce::produce((&overlay, None), &sheet, Purpose::Build);
    // Places in a report that nobody has written say nothing.
    let told = |d: Diagnostic| Diagnostic { span: None, related: Vec::new(), ..d };
    let pdf = product.and_then(|product| product.pdf.into_iter().next());
    pdf.map(|(_, bytes)| bytes).ok_or_else(|| made.diagnostics.into_iter().map(told).collect())
}

/// The report that the sheet is made from.
fn source(outcome: &FiguresOutcome) -> String {
    let mut out = String::from("template: work-report\ntitle: 数据核对表\n");
    line(&mut out, &format!("occasion: {}", scalar(&format!("《{}》", outcome.title))));
    out.push_str("body:\n");
    if let Some(difference) = &outcome.difference {
        let (changed, added, removed) = (difference.changed.len(), difference.added.len(), difference.removed.len());
        line(&mut out, &paragraph(&format!("改动{changed}项，新增{added}项，减少{removed}项。")));
        if changed > 0 {
            table(&mut out, ["序号", "名称", "原印", "现印", "页、行", "核对"], &changes(&difference.changed));
        }
        return out;
    }
    let numbers: Vec<&FigureEntry> = outcome.report.figures.iter().filter(|f| has_digits(f)).collect();
    let (count, uses) = (numbers.len(), numbers.iter().map(|f| f.uses.len()).sum::<usize>());
    line(&mut out, &paragraph(&format!("数据{count}项，印在{uses}处。逐项与出处核对，无误的在右栏打勾。")));
    if count > 0 {
        table(&mut out, ["序号", "名称", "出处", "印作", "页、行", "核对"], &figures(&numbers));
    }
    out
}

/// Names and other words need no proof of figures.
fn has_digits(figure: &FigureEntry) -> bool {
    let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    figure.kind != "text" || digits(&figure.printed) || figure.uses.iter().any(|u| digits(&u.text))
}

type ProofRow = [String; 6];

/// A row for every text that a figure is printed as, with all its places.
fn figures(numbers: &[&FigureEntry]) -> Vec<ProofRow> {
    let mut rows = Vec::new();
    for (figure, at) in numbers.iter().zip(1..) {
        let mut texts: Vec<&str> = Vec::new();
        for u in &figure.uses {
            if !texts.contains(&u.text.as_str()) {
                texts.push(&u.text);
            }
        }
        for (text, first) in texts.into_iter().zip(std::iter::once(true).chain(std::iter::repeat(false))) {
            let places = places(figure.uses.iter().filter(|u| u.text == text));
            let head = if first { [at.to_string(), figure.name.clone(), defined(figure)] } else { Default::default() };
            let [number, name, place] = head;
            rows.push([number, name, place, text.to_owned(), places, BOX.to_owned()]);
        }
    }
    rows
}

fn changes(changed: &[Changed]) -> Vec<ProofRow> {
    let row = |(figure, at): (&Changed, usize)| {
        let places = places(figure.uses.iter());
        let (before, after) = (figure.before.clone(), figure.after.clone());
        [at.to_string(), figure.name.clone(), before, after, places, BOX.to_owned()]
    };
    changed.iter().zip(1..).map(row).collect()
}

/// To be ticked.
const BOX: &str = "□";

/// Where a figure is defined, shortly.
fn defined(figure: &FigureEntry) -> String {
    let file = figure.file.as_deref().unwrap_or_default();
    let file = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match (&figure.cell, &figure.sheet, figure.line) {
        (Some(cell), Some(sheet), _) => format!("{file} {sheet}!{cell}"),
        (_, _, Some(line)) => format!("{file}:{line}"),
        _ => file,
    }
}

/// Pages and lines.
fn places<'a>(uses: impl Iterator<Item = &'a FigureUse>) -> String {
    let place = |u: &'a FigureUse| match (u.page, u.line) {
        (Some(page), Some(line)) => format!("{page}·{line}"),
        (Some(page), None) => format!("{page}·水印"),
        _ => "图中".to_owned(),
    };
    let mut all: Vec<String> = uses.map(place).collect();
    all.dedup();
    all.join("、")
}

fn table(out: &mut String, columns: [&str; 6], rows: &[ProofRow]) {
    let columns = columns.map(scalar).join(", ");
    line(out, &format!("- table:\n    columns: [{columns}]\n    rows:"));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| scalar(cell)).collect();
        line(out, &format!("    - [{}]", cells.join(", ")));
    }
}

fn paragraph(text: &str) -> String {
    format!("- {}", scalar(text))
}

/// A text as a YAML scalar in double quotation marks, no character of it meaning anything to the format.
fn scalar(text: &str) -> String {
    // What has no face is of no use on the sheet, and control characters are refused in texts.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::Value::String(escaped(&text)).to_string()
}

fn line(out: &mut String, text: &str) {
    // Writing into a string cannot fail.
    writeln!(out, "{text}").unwrap_or_default();
}
