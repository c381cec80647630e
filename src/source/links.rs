//! Addresses that are in the text by themselves: each is a link.

use crate::model::{Document, Link, LinkIndex, Run, RunKind, Text};
use std::ops::Range;

use super::inline::SCHEMES;

/// Makes links of the addresses in a document.
pub(super) fn find(document: &mut Document) {
    let Document { blocks, notes, links, .. } = document;
    let blocks = blocks.iter_mut().flat_map(|block| block.kind.texts_mut());
    for text in blocks.chain(notes.iter_mut().map(|note| &mut note.text)) {
        let plain = text.plain();
        for place in addresses(&plain) {
            let link = Link {
                address: plain[place.clone()].to_owned(),
                span: text.place(place.start).unwrap_or_else(unplaced),
            };
            if lead(text, &place, LinkIndex::new(links.len())) {
                links.push(link);
            }
        }
    }
}

fn unplaced() -> crate::diagnostic::Span {
    crate::diagnostic::Span { file: crate::diagnostic::FileId(0), start: 0, end: 0 }
}

/// The bytes of the addresses in a text.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let scheme = |scheme: &&str| {
            let name = scheme.trim_end_matches('/');
            let start = (at + 1).checked_sub(name.len())?;
            let written = text.get(start..)?.get(..scheme.len())?;
            let first = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            (first && written.eq_ignore_ascii_case(scheme)).then_some((start, start + scheme.len()))
        };
        let Some((start, rest)) = SCHEMES.iter().find_map(scheme) else { continue };
        if found.last().is_some_and(|last| last.end > start) {
            continue;
        }
        let end = rest + length(&text[rest..]);
        if text[rest..end].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') {
            found.push(start..end);
        }
    }
    found
}

/// How many bytes of a text go on an address: what ends the sentence, or closes a bracket around it, is none of it.
fn length(text: &str) -> usize {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '{' | '}' | '|' | '\\' | '^' | '`');
    let mut end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    while let Some(last) = text[..end].chars().next_back() {
        let opened = |open: char| text[..end].matches(open).count() >= text[..end].matches(last).count();
        let kept = match last {
            ')' => opened('('),
            ']' => opened('['),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => false,
            _ => true,
        };
        if kept {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// Makes a link of some bytes of a text. False where they are part of one, or of a value that says more.
fn lead(text: &mut Text, place: &Range<usize>, link: LinkIndex) -> bool {
    let mut runs: Vec<Run> = Vec::with_capacity(text.runs.len() + 2);
    let mut start = 0;
    for run in &text.runs {
        let end = start + run.text.len();
        let (from, to) = (place.start.clamp(start, end), place.end.clamp(start, end));
        if from == to {
            runs.push(run.clone());
        } else {
            let whole = (from, to) == (start, end);
            if run.link.is_some() || (!whole && run.kind != RunKind::Text) {
                return false;
            }
            let parts = [(start, from, None), (from, to, Some(link)), (to, end, None)];
            let parts = parts.into_iter().filter(|(from, to, _)| from < to);
            runs.extend(parts.map(|(from, to, link)| Run { link, ..run.part(from - start, to - start) }));
        }
        start = end;
    }
    text.runs = runs;
    true
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_end_where_the_sentence_does() {
        for (text, found) in [
            ("见https://www.gov.cn/a?b=1。", "https://www.gov.cn/a?b=1"),
            ("（http://a.cn/x_(y)）", "http://a.cn/x_(y)"),
            ("(https://a.cn).", "https://a.cn"),
            ("写信到mailto:a@b.cn，", "mailto:a@b.cn"),
        ] {
            let places = addresses(text);
            assert_eq!(places.len(), 1, "{text}");
            assert_eq!(&text[places[0].clone()], found);
        }
        for text in ["xhttp://a", "http://", "比例 3:4", "http:／／a.cn"] {
            assert!(addresses(text).is_empty(), "{text}");
        }
    }
}
