//! Terms that are nearly a known one: a character is another, once, where the rest of the report has the term.

use std::collections::BTreeMap;

use super::prose::Char;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::is_ideograph;

/// The shortest term: of a shorter one every fourth phrase differs by a character.
const SHORTEST: usize = 5;
/// The longest term.
const LONGEST: usize = 16;
/// How often a phrase in quotation marks or book marks is in a report that knows it.
const KNOWN: usize = 3;

/// The terms of a report: those of the glossary, and phrases in marks that come again.
pub(super) fn known(glossary: impl Iterator<Item = String>, texts: &[Vec<Char>]) -> Vec<Vec<char>> {
    let mut counts: BTreeMap<Vec<char>, usize> = BTreeMap::new();
    for text in texts {
        let mut open = None;
        for (at, ch) in text.iter().enumerate() {
            match ch.c {
                '“' | '《' => open = Some(at + 1),
                '”' | '》' => {
                    if let Some(from) = open.take() {
                        *counts.entry(text[from..at].iter().map(|ch| ch.c).collect()).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
    }
    let quoted = counts.into_iter().filter(|(_, count)| *count >= KNOWN).map(|(term, _)| term);
    let mut terms: Vec<Vec<char>> = glossary.map(|term| term.chars().collect()).chain(quoted).collect();
    terms.retain(|term| (SHORTEST..=LONGEST).contains(&term.len()) && term.iter().all(|&c| is_ideograph(c)));
    terms.sort();
    terms.dedup();
    terms
}

/// Tells of phrases that differ from a term by one character.
pub(super) fn near(texts: &[Vec<Char>], terms: &[Vec<char>], out: &mut Vec<Diagnostic>) {
    for term in terms {
        let mut found: Vec<(String, Diagnostic)> = Vec::new();
        for text in texts {
            for window in text.windows(term.len()) {
                let mut others = window.iter().zip(term).filter(|(ch, c)| ch.c != **c);
                let (Some((other, meant)), None) = (others.next(), others.next()) else { continue };
                // 第十四次 and 第十五次 are two things, and the mark at a phrase's edge is none of its characters.
                if !is_ideograph(other.c)
                    || is_counting(other.c)
                    || is_counting(*meant)
                    || !window.iter().all(|ch| ch.typed)
                {
                    continue;
                }
                let written: String = window.iter().map(|ch| ch.c).collect();
                let term: String = term.iter().collect();
                let (first, last) = (window[0].span, window[window.len() - 1].span);
                let diagnostic = Diagnostic::advice(
                    Code::NEAR_TERM,
                    first.to(last),
                    say!("“{written}”与“{term}”只差一个字", "{written} is {term} but for a character"),
                    say!("写错的话，改为“{term}”", "write {term} if it is a slip"),
                );
                found.push((written, diagnostic));
            }
        }
        // What comes again is meant.
        let once = |written: &str| found.iter().filter(|(other, _)| other == written).count() == 1;
        out.extend(found.iter().filter(|(written, _)| once(written)).map(|(_, diagnostic)| diagnostic.clone()));
    }
}

fn is_counting(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两上下左右前后东西南北大小新老本各".contains(c)
}
