//! What a careful reader would point at: slips in the text, data that is typed or never used. Never an error.
//!
//! Each rule is kept so narrow that what it points at is a slip nearly always: an author who learns to skip remarks skips
//! the right ones too.

mod prose;
mod authorities;
mod added;
mod consistency;
mod dates;
mod doubled;
mod figures;
mod leftovers;
mod marks;
mod numbering;
mod official;
mod pictures;
mod sections;
mod sequence;
mod signing;
mod terms;
mod totals;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use super::data::Datum;
use super::expression::Scope;
use super::markup;
use consistency::ChapterFigures;
use prose::{Char, characters};
use sequence::Sequence;
pub(super) use signing::without_head;
use wording::Misspellings;

use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{BlockIndex, BlockKind, Document, RunKind, Text, Value};
use crate::yaml::tree::{Key, Node};

/// Remarks on a document and its data, in no particular order. `bare`: headings below which something is written and nothing prints.
pub(super) fn advise(
    document: &Document,
    scope: Option<&Scope>,
    notes: &[(Key, Node)],
    bare: &[Span],
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut numbers = BTreeMap::new();
    if let Some(scope) = scope {
        figures::collect(&scope.root, "", &mut numbers);
        if let Datum::Map(map) = &scope.root.datum {
            map.iter().for_each(|(name, entry)| figures::unused(scope, name, entry, &mut out));
        }
    }
    let mut texts = Vec::new();
    let misspellings = Misspellings::default();
    let (mut section, mut sequence) = (ChapterFigures::default(), Sequence::default());
    for block in &document.blocks {
        if let BlockKind::Heading { level, .. } = block.kind {
            sequence.clear();
            section.heading(level);
        }
        if let BlockKind::Point { number, .. } = &block.kind {
            sequence.point(number);
        }
        // A mark may open in the lead of a point and close in its text.
        let units: Vec<Vec<&Text>> = match &block.kind {
            BlockKind::Point { lead, text, .. } => vec![vec![lead, text]],
            kind => kind.texts().into_iter().map(|t| vec![t]).collect(),
        };
        let prose = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Point { .. });
        for unit in units {
            let text = characters(&unit);
            slips(&text, &misspellings, &mut out);
            if prose {
                figures::typed(&text, &numbers, &mut out);
                section.take(&text, &mut out);
                sequence.take(&text, &mut out);
                texts.push(text);
            }
        }
        numbering::typed(&block.kind, &mut out);
        pictures::named(&block.kind, &mut out);
        numbering::point_without_stop(&block.kind, &mut out);
        official::fields(document, &block.kind, &mut out);
        leftovers::edges(block, &mut out);
    }
    for note in &document.notes {
        let text = characters(&[&note.text]);
        slips(&text, &misspellings, &mut out);
        numbering::typed_mark(&note.text, &mut out);
    }
    numbering::typed_paragraphs(document, &mut out);
    numbering::typed_references(document, &texts, &mut out);
    numbering::missing_attachments(document, &texts, &mut out);
    numbering::missing_figures(document, &texts, &mut out);
    official::names(document, &mut out);
    official::printed_early(document, &mut out);
    signing::agree(document, &mut out);
    leftovers::paragraphs_twice(document, &mut out);
    sections::empty(document, bare, &mut out);
    totals::find(document, &mut out);
    values_with_markup(document, &mut out);
    values_without_text(document, &mut out);
    let glossary = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Term { term, .. } => Some(term.plain().trim_end_matches(['：', ':', ' ']).to_owned()),
        _ => None,
    });
    terms::near(&texts, &terms::known(glossary, &texts), &mut out);
    unmarked_terms(document, &mut out);
    for (key, _) in notes.iter().filter(|(key, _)| document.notes.iter().all(|n| n.name != key.name)) {
        let name = &key.name;
        out.push(Diagnostic::advice(
            Code::UNUSED_NOTE,
            key.span,
            say!("脚注“{name}”没有引用", "the note \"{name}\" is never called"),
            say!("在正文里写 [^{name}]，或者删去这条脚注", "call it by [^{name}], or remove it"),
        ));
    }
    out
}

/// Slips that any text may have.
fn slips(text: &[Char], misspellings: &Misspellings, out: &mut Vec<Diagnostic>) {
    marks::beside(text, out);
    marks::pairs(text, out);
    official::year_brackets(text, out);
    dates::impossible(text, out);
    dates::backwards(text, out);
    official::zeros(text, out);
    doubled::find(text, out);
    misspellings.find(text, out);
    wording::up_to(text, out);
    wording::negative_fall(text, out);
    wording::twice_about(text, out);
    leftovers::unfilled(text, out);
    leftovers::words_twice(text, out);
    leftovers::broken_numbers(text, out);
}

/// Terms of the glossary that no text marks.
fn unmarked_terms(document: &Document, out: &mut Vec<Diagnostic>) {
    let texts = document.blocks.iter().flat_map(|b| b.kind.texts()).chain(document.notes.iter().map(|n| &n.text));
    let runs = texts.flat_map(|t| &t.runs);
    let marked: BTreeSet<BlockIndex> =
        runs.filter_map(|r| if let RunKind::Term(block) = r.kind { Some(block) } else { None }).collect();
    for (index, block) in document.indexed() {
        let BlockKind::Term { term, .. } = &block.kind else { continue };
        if marked.contains(&index) {
            continue;
        }
        let name = term.plain();
        let name = name.trim_end_matches(['：', ':', ' ']);
        out.push(Diagnostic::advice(
            Code::UNUSED_TERM,
            block.span,
            say!("名词“{name}”在正文里没有标出", "the term \"{name}\" is marked nowhere in the text"),
            say!("在正文里写 [*{name}]，或者删去这条解释", "mark it by [*{name}], or remove it"),
        ));
    }
}

/// Markup in values of the data, which print as they are.
fn values_with_markup(document: &Document, out: &mut Vec<Diagnostic>) {
    for value in &document.values {
        let place = value.defined.unwrap_or(value.used);
        markup::advise(&value.text, |_, _| place, out);
    }
}

/// Values in running text that print as nothing: 共{{ a }}件 with an empty text prints 共件. Cells may be empty.
fn values_without_text(document: &Document, out: &mut Vec<Diagnostic>) {
    let tables: BTreeSet<_> =
        document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table(_))).map(|b| &b.id).collect();
    let cell = |value: &Value| value.block.as_ref().is_some_and(|block| tables.contains(block));
    // Who writes `default` has thought of values that are not there.
    let forgotten = |value: &&Value| value.text.trim().is_empty() && !value.expression.contains("default");
    for value in document.values.iter().filter(forgotten).filter(|value| !cell(value)) {
        // A formula may mean to say nothing; a list of which nothing is left hardly does.
        if value.defined.is_none() && !value.expression.contains("join") {
            continue;
        }
        let name = &value.expression;
        let remark = Diagnostic::advice(
            Code::EMPTY_VALUE,
            value.used,
            say!("“{name}”是空的，这里什么也不印", "{name} is empty: nothing prints here"),
            say!(
                "补上数据；有意空着的，写 | default(\"\")",
                "fill in the data; where it is meant to be empty, write | default(\"\")"
            ),
        );
        out.push(match value.defined {
            Some(defined) => remark.with_related(defined, say!("数据在这里", "the data is here")),
            None => remark,
        });
    }
}
