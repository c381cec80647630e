//! Figures as they are told to programs, and kept in the outputs.

use super::places::{FigurePlaces, Rectangle, Typed};
use crate::diagnostic::{Sources, Span};
use crate::model::{Document, Fact, FactKind, RowNote, ValueIndex};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All figures of a report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FigureReport {
    /// In the order of their first use.
    pub figures: Vec<FigureEntry>,
    /// Where the digits of the pages come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// The row that the report was made for, where it is one of many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<RowNote>,
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// Its path in the data; of a computed one its expression.
    pub name: String,
    /// `number`, `date` or `text`.
    #[serde(default)]
    pub kind: String,
    /// Its value: a number as far as JSON holds all its digits, else a text.
    pub value: Value,
    /// How it is printed where no filter changes it.
    pub printed: String,
    /// What it is counted in.
    #[serde(default)]
    pub unit: Option<String>,
    /// The decimals that it is printed with.
    #[serde(default)]
    pub decimals: Option<u32>,
    /// The file that defines it: a data file, or the report for a computed one.
    #[serde(default)]
    pub file: Option<String>,
    /// From 1; in a workbook the row.
    #[serde(default)]
    pub line: Option<usize>,
    /// From 1, in characters; in a workbook the column.
    #[serde(default)]
    pub column: Option<usize>,
    /// The cell of a workbook: D33.
    #[serde(default)]
    pub cell: Option<String>,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What a computed figure depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Where it is printed.
    #[serde(default)]
    pub uses: Vec<FigureUse>,
    /// What is checked of it.
    #[serde(default)]
    pub checks: Vec<CheckEntry>,
}

/// A place where a figure is printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureUse {
    /// Its name in the outputs; equal for a heading and its line in the contents.
    #[serde(default)]
    pub id: String,
    /// The block, as `--layout` names it.
    #[serde(default)]
    pub block: Option<String>,
    /// From 1; none where it is drawn without being written, as in a chart with an axis.
    #[serde(default)]
    pub page: Option<usize>,
    /// The line on its page, from 1, counted as `--layout` lists them; none in the watermark.
    #[serde(default)]
    pub line: Option<usize>,
    /// What is printed there.
    #[serde(default)]
    pub text: String,
    /// Its places on the page; several where it is printed on several lines.
    #[serde(default)]
    pub boxes: Vec<BoxEntry>,
    /// The expression, where it is more than the figure's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// Where the report asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourcePlace>,
}

/// A rectangle in points from the page's top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "a rectangle on a page")]
pub struct BoxEntry {
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A place in a source file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "a place in a file")]
pub struct SourcePlace {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// A check that looks at a figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckEntry {
    /// The relation as written.
    pub that: String,
    /// `holds`, or `skipped` where a value was missing.
    pub status: String,
    /// The report, or a file that it includes.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// Where the runs of digits on the pages come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// From the data.
    pub bound: usize,
    /// Counted by the program: numbers of headings, pages, notes, references.
    pub automatic: usize,
    /// Typed by hand.
    pub typed: usize,
    /// The share of `bound` in `bound` and `typed`, in per cent; none without either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Every typed one, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<TypedDigits>,
}

/// Digits that a person has typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TypedDigits {
    /// From 1.
    pub page: usize,
    /// The line on its page, from 1.
    pub line: usize,
    /// The digits.
    pub text: String,
    /// The line that they are in.
    pub context: String,
    /// The block, as `--layout` names it.
    pub block: Option<String>,
    /// Where the block is written.
    pub source: Option<SourcePlace>,
}

/// The figures of a document with the places of their uses. `file`: how the path of a source is told.
pub(super) fn report(
    document: &Document,
    sources: &Sources,
    found: &FigurePlaces,
    file: &dyn Fn(&str) -> String,
) -> FigureReport {
    let teller = Teller { document, sources, found: by_value(found), file };
    let data: Vec<FigureEntry> = document.facts.iter().map(|fact| teller.figure(fact)).collect();
    let (bound, automatic, typed) = (found.bound, found.automatic, found.typed.len());
    let share = (bound + typed > 0).then(|| (bound as f64 * 1000.0 / (bound + typed) as f64).round() / 10.0);
    let coverage = Coverage { bound, automatic, typed, share, places: Vec::new() };
    FigureReport { figures: data, coverage: Some(coverage), each: None }
}

/// Every run of digits that was typed.
pub(super) fn typed(document: &Document, sources: &Sources, found: &FigurePlaces) -> Vec<TypedDigits> {
    let file = |path: &str| path.to_owned();
    let teller = Teller { document, sources, found: BTreeMap::new(), file: &file };
    let of = |typed: &Typed| {
        let block = typed.block.and_then(|block| document.block(block));
        TypedDigits {
            page: typed.page,
            line: typed.line,
            text: typed.digits.clone(),
            context: typed.text.clone(),
            block: block.map(|block| block.id.0.clone()),
            source: block.and_then(|block| teller.source(block.span)),
        }
    };
    found.typed.iter().map(of).collect()
}

type Occurrences<'a> = BTreeMap<ValueIndex, Vec<&'a super::places::Occurrence>>;

fn by_value(found: &FigurePlaces) -> Occurrences<'_> {
    let mut all: Occurrences<'_> = BTreeMap::new();
    for occurrence in &found.occurrences {
        all.entry(occurrence.value).or_default().push(occurrence);
    }
    all
}

struct Teller<'a> {
    document: &'a Document,
    sources: &'a Sources,
    found: Occurrences<'a>,
    file: &'a dyn Fn(&str) -> String,
}

impl Teller<'_> {
    fn figure(&self, fact: &Fact) -> FigureEntry {
        let used = || fact.uses.first().and_then(|value| self.document.value(*value)).map(|value| value.used);
        let place = fact.defined.or_else(used);
        let source = place.and_then(|span| Some((self.sources.get(span.file)?, span.start)));
        let position = source.map(|(file, start)| file.place(start));
        let cell = source.and_then(|(file, start)| file.cell(start));
        let path = source.map(|(file, _)| file.path.as_str());
        let parted = source.and_then(|(file, _)| file.sheet());
        FigureEntry {
            name: fact.name.clone(),
            kind: fact.kind.name().to_owned(),
            value: value(fact),
            printed: fact.printed.clone(),
            unit: fact.unit.clone(),
            decimals: fact.decimals,
            file: parted.map(|(book, _)| book).or(path).map(|path| (self.file)(path)),
            line: position.map(|p| p.line),
            column: position.map(|p| p.column),
            cell,
            sheet: parted.map(|(_, sheet)| sheet.to_owned()),
            from: fact.from.clone(),
            uses: fact.uses.iter().flat_map(|&value| self.uses(fact, value)).collect(),
            checks: fact.checks.iter().filter_map(|check| self.check(check.get())).collect(),
        }
    }

    fn uses(&self, fact: &Fact, index: ValueIndex) -> Vec<FigureUse> {
        let Some(value) = self.document.value(index) else { return Vec::new() };
        let one = FigureUse {
            id: value.id.clone(),
            block: value.block.as_ref().map(|block| block.0.clone()),
            text: value.text.clone(),
            expression: Some(value.expression.clone()).filter(|expression| *expression != fact.name),
            source: self.source(value.used),
            ..FigureUse::default()
        };
        let Some(places) = self.found.get(&index) else { return vec![one] };
        let of = |place: &&super::places::Occurrence| FigureUse {
            block: place.block.and_then(|block| self.document.block(block)).map(|block| block.id.0.clone()),
            page: Some(place.page),
            line: place.line,
            boxes: place.boxes.iter().map(entry).collect(),
            ..one.clone()
        };
        places.iter().map(of).collect()
    }

    fn check(&self, at: usize) -> Option<CheckEntry> {
        let check = self.document.checks.get(at)?;
        let place = self.source(check.span)?;
        let status = if check.skipped { "skipped" } else { "holds" };
        Some(CheckEntry { that: check.that.clone(), status: status.to_owned(), file: place.file, line: place.line })
    }

    fn source(&self, span: Span) -> Option<SourcePlace> {
        let file = self.sources.get(span.file)?;
        let place = file.place(span.start);
        Some(SourcePlace { file: (self.file)(&file.path), line: place.line, column: place.column })
    }
}

fn entry(rectangle: &Rectangle) -> BoxEntry {
    let Rectangle { page, x, y, width, height } = *rectangle;
    // As in `--layout`: a thousandth of a point.
    let [x, y, width, height] = [x, y, width, height].map(|points| (points * 1000.0).round() / 1000.0);
    BoxEntry { page, x, y, width, height }
}

/// The digits that every double keeps.
const KEPT: usize = 15;

/// A number where JSON's numbers keep all its digits, else a text.
fn value(fact: &Fact) -> Value {
    let text = || Value::String(fact.value.clone());
    if fact.kind != FactKind::Number {
        return text();
    }
    if let Ok(whole) = fact.value.parse::<i64>() {
        return Value::from(whole);
    }
    let digits = fact.value.chars().filter(char::is_ascii_digit).skip_while(|c| *c == '0').count();
    match fact.value.parse::<f64>() {
        Ok(number) if digits <= KEPT => Value::from(number),
        _ => text(),
    }
}

/// The values that depend on the data.
pub(super) fn data_values(document: &Document) -> BTreeSet<ValueIndex> {
    document.facts.iter().flat_map(|fact| fact.uses.iter().copied()).collect()
}
