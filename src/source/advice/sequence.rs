//! 一是 … 三是 without 二是, where the author counts in the text.

use super::prose::Char;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::Number;

const NUMERALS: &str = "一二三四五六七八九十";

/// A count that is open, and the text that has its last number.
struct OpenCount {
    last: usize,
    text: usize,
}

/// The counts that are open, an inner one above the outer.
#[derive(Default)]
pub(super) struct Sequence {
    open: Vec<OpenCount>,
    /// Counts the texts.
    text: usize,
}

impl Sequence {
    /// Begins again, as a heading does.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// Takes in a point, which the program counts: the text may go on from there.
    pub(super) fn point(&mut self, number: &Number) {
        if let (true, Ok(count)) = (number.text.ends_with('是'), usize::try_from(number.count)) {
            self.open.clear();
            self.open.push(OpenCount { last: count, text: self.text + 1 });
        }
    }

    /// The innermost count that goes on with a number. What a text has begun itself goes on in it before what stands before it.
    fn level(&self, count: usize) -> Option<usize> {
        let level = self.open.iter().rposition(|open| open.last + 1 == count)?;
        let begun_here = |open: &OpenCount| open.text == self.text;
        let passed = self.open[level + 1..].iter().any(begun_here) && !begun_here(&self.open[level]);
        (!passed).then_some(level)
    }

    /// Takes in the counts of a text.
    pub(super) fn take(&mut self, text: &[Char], out: &mut Vec<Diagnostic>) {
        self.text += 1;
        for (at, ch) in text.iter().enumerate() {
            let begins = at == 0 || "。；，：、（“ ".contains(text[at - 1].c);
            let Some(count) = NUMERALS.chars().position(|c| c == ch.c).map(|index| index + 1) else { continue };
            if !begins || !ch.typed || text.get(at + 1).is_none_or(|next| next.c != '是') {
                continue;
            }
            if count == 1 {
                self.open.push(OpenCount { last: 1, text: self.text });
                continue;
            }
            let level = self.level(count);
            let last = level.is_none().then(|| self.open.pop()).flatten().map(|open| open.last);
            self.open.truncate(level.unwrap_or(self.open.len()));
            self.open.push(OpenCount { last: count, text: self.text });
            if level.is_some() {
                continue;
            }
            let numeral = |n: usize| NUMERALS.chars().nth(n.saturating_sub(1)).unwrap_or('一');
            let (here, wanted) = (numeral(count), numeral(last.map_or(1, |last| last + 1)));
            out.push(Diagnostic::advice(
                Code::MISSING_COUNT,
                ch.span.to(text[at + 1].span),
                match last {
                    Some(last) if last >= count => say!("“{here}是”重复了", "{here}是 comes twice"),
                    _ => say!("有“{here}是”，前面没有“{wanted}是”", "there is {here}是 without {wanted}是 before it"),
                },
                say!("改正次序；写成 point: 就由程序编号", "correct the order; as point: the program counts"),
            ));
        }
    }
}
