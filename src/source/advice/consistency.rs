//! One figure with two values: the same words, another number.
//!
//! Words are the same when the whole clause up to the number is, and the unit after it. Clauses of growth say nothing of what
//! grows (同比增长), and a plan repeats the words of a review; only figures of one chapter are compared, typed ones only those
//! under one heading, and only where the clause names something.

use std::collections::BTreeMap;

use super::prose::Char;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::is_ideograph;

/// Words that name nothing that is counted.
#[rustfmt::skip]
const GENERAL: [&str; 52] = [
    "比上年同期", "同比", "环比", "比上年", "比去年", "较上年", "较去年", "同期", "年均", "增长", "下降", "提高", "上升", "减少", "增加", "达到",
    "完成", "实现", "全年", "其中", "累计", "新增", "分别", "超过", "总数", "总量", "占比", "去年", "上年", "今年", "每年", "预计", "力争",
    "突破", "组织", "开展", "举办", "召开", "推动", "推进", "落实", "解决", "办理", "提出", "形成", "建成", "新建", "改造", "共有", "共计", "第",
    "达",
];
/// How many Han characters a clause must have beyond those.
const NAMING: usize = 4;

/// How many texts apart two typed figures are compared: further on another year, or another plan, is spoken of.
const NEAR: usize = 12;

/// A figure in its clause.
struct ClauseFigure {
    number: String,
    span: Span,
    typed: bool,
    heading: usize,
    text: usize,
}

/// The figures of a chapter by clause and unit.
#[derive(Default)]
pub(super) struct ChapterFigures {
    figures: BTreeMap<(String, String), ClauseFigure>,
    /// Counts the headings: two typed figures are compared under one heading only.
    heading: usize,
    /// Counts the texts, for the same reason.
    text: usize,
}

impl ChapterFigures {
    /// Begins what is under a heading.
    pub(super) fn heading(&mut self, level: u8) {
        self.heading += 1;
        if level == 1 {
            self.figures.clear();
        }
    }

    /// Takes in the figures of a text, and tells of those that have had another value before.
    pub(super) fn take(&mut self, text: &[Char], out: &mut Vec<Diagnostic>) {
        self.text += 1;
        let mut clause = String::new();
        let mut at = 0;
        while at < text.len() {
            let c = text[at].c;
            if c.is_ascii_digit() {
                let end = number_end(text, at);
                let number: String = text[at..end].iter().map(|ch| ch.c).filter(|&c| c != ',').collect();
                let counted = |c: &char| is_ideograph(*c) || "%％‰℃".contains(*c);
                let unit: String = text[end..].iter().map(|ch| ch.c).take(2).take_while(counted).collect();
                self.figure(&clause, unit, number, &text[at..end], out);
                clause.extend(text[at..end].iter().map(|ch| ch.c));
                at = end;
                continue;
            }
            if "，。；：、！？（）“”《》 ".contains(c) {
                clause.clear();
            } else {
                clause.push(c);
            }
            at += 1;
        }
    }

    fn figure(&mut self, clause: &str, unit: String, number: String, chars: &[Char], out: &mut Vec<Diagnostic>) {
        let (Some(first), Some(last)) = (chars.first(), chars.last()) else { return };
        let dated = unit.starts_with(['年', '月', '日', '号', '届', '次', '时', '-']);
        if dated || !names_something(clause) || unit.is_empty() {
            return;
        }
        let figure = ClauseFigure {
            number,
            span: first.span.to(last.span),
            typed: chars.iter().any(|ch| ch.typed),
            heading: self.heading,
            text: self.text,
        };
        let Some(known) = self.figures.get(&(clause.to_owned(), unit.clone())) else {
            self.figures.insert((clause.to_owned(), unit), figure);
            return;
        };
        let near = known.heading == figure.heading && figure.text - known.text <= NEAR;
        let differ = known.number != figure.number;
        if known.typed && !near {
            self.figures.insert((clause.to_owned(), unit), figure);
        } else if differ && (known.typed || figure.typed) {
            let (here, there) = (&figure.number, &known.number);
            out.push(
                Diagnostic::advice(
                    Code::TWO_VALUES,
                    figure.span,
                    say!("“{clause}”这里是 {here}，前面是 {there}", "“{clause}” is {here} here and {there} before"),
                    say!(
                        "是同一个数的话，改成一致；放进数据文件，用 {{{{ }}}} 引用就不会两样",
                        "make them one if they are; a figure of the data, used by {{{{ }}}}, cannot differ"
                    ),
                )
                .with_related(known.span, say!("前面在这里", "before, here")),
            );
            if known.typed {
                self.figures.insert((clause.to_owned(), unit), figure);
            }
        }
    }
}

/// True for a clause that says what is counted.
fn names_something(clause: &str) -> bool {
    if clause.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let mut rest = clause.to_owned();
    for word in GENERAL {
        rest = rest.replace(word, "");
    }
    rest.chars().filter(|&c| is_ideograph(c)).count() >= NAMING
}

fn number_end(text: &[Char], start: usize) -> usize {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = start + text[start..].iter().take_while(|ch| part(ch.c)).count();
    // A mark after the number is the sentence's.
    end - text[start..end].iter().rev().take_while(|ch| !ch.c.is_ascii_digit()).count()
}
