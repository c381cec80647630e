//! What the stream of a page is known by: its operators. Glyphs are CIDs in them already, so that nothing else says what printpdf
//! makes of them.

use crate::reuse::ContentHash;
use printpdf::{Op, TextItem};
use std::io::Write as _;

/// The hash of some operators.
pub(in crate::pdf) fn key(ops: &[Op]) -> ContentHash {
    let mut bytes = Vec::with_capacity(ops.len() * 32);
    for op in ops {
        take(op, &mut bytes);
    }
    ContentHash::of_bytes(&[b"operators\n", &bytes])
}

/// Adds what tells an operator from others. Those that come again and again are written short, others as they show themselves.
fn take(op: &Op, to: &mut Vec<u8>) {
    match op {
        Op::StartTextSection => to.push(b'B'),
        Op::EndTextSection => to.push(b'E'),
        Op::EndMarkedContent => to.push(b'M'),
        Op::SetTextCursor { pos } => {
            to.push(b'T');
            to.extend(pos.x.0.to_bits().to_le_bytes());
            to.extend(pos.y.0.to_bits().to_le_bytes());
        }
        Op::ShowText { items } => {
            to.push(b'S');
            to.extend(items.len().to_le_bytes());
            for item in items {
                match item {
                    TextItem::Text(codes) => {
                        to.push(b't');
                        to.extend(codes.len().to_le_bytes());
                        to.extend(codes.as_bytes());
                    }
                    TextItem::Offset(kern) => {
                        to.push(b'k');
                        to.extend(kern.to_bits().to_le_bytes());
                    }
                    TextItem::GlyphIds(_) => shown(item, to),
                }
            }
        }
        other => shown(other, to),
    }
}

fn shown(what: &impl std::fmt::Debug, to: &mut Vec<u8>) {
    // Writing to bytes cannot fail; a length before it keeps it from running into what follows.
    let text = format!("{what:?}");
    if write!(to, "D{}:{text}", text.len()).is_err() {
        debug_assert!(false, "bytes refused text");
    }
}

#[cfg(test)]
mod tests {
    use super::key;
    use printpdf::{Op, Point, Pt, TextItem};

    #[test]
    fn operators_that_differ_have_other_keys() {
        let cursor = |x| Op::SetTextCursor { pos: Point { x: Pt(x), y: Pt(1.0) } };
        let show = |items| Op::ShowText { items };
        let text = |codes: &str| TextItem::Text(codes.to_owned());
        let all = [
            vec![],
            vec![cursor(1.0)],
            vec![cursor(1.5)],
            vec![Op::StartTextSection, Op::EndTextSection],
            vec![Op::EndTextSection, Op::StartTextSection],
            vec![show(vec![text("ab")])],
            vec![show(vec![text("a"), text("b")])],
            vec![show(vec![text("a"), TextItem::Offset(1.0), text("b")])],
            vec![show(vec![text("a"), TextItem::Offset(2.0), text("b")])],
            vec![Op::SetLineOffset { multiplier: 1.0 }],
            vec![Op::SetLineOffset { multiplier: 2.0 }],
            vec![Op::SetOutlineThickness { pt: Pt(1.0) }],
        ];
        for (at, ops) in all.iter().enumerate() {
            assert_eq!(key(ops), key(&ops.clone()));
            for other in &all[..at] {
                assert_ne!(key(ops), key(other), "{ops:?} {other:?}");
            }
        }
    }
}
