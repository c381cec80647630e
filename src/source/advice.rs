//! What a careful reader would point at: slips in the text, data that is typed or never used. Never an error.
//!
//! Each rule is kept so narrow that what it points at is a slip nearly always: an author who learns to skip remarks skips
//! the right ones too.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Datum, Entry};
use super::expression::Scope;
use super::text::is_han;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{BlockKind, Document, RunKind, Text};
use crate::yaml::tree::{Key, Node};

/// A character of a text, its place, and whether the author typed it.
#[derive(Clone, Copy)]
struct Char {
    c: char,
    span: Span,
    typed: bool,
}

/// Remarks on a document and its data, in no particular order.
pub(super) fn advise(document: &Document, scope: Option<&Scope>, notes: &[(Key, Node)]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut numbers = BTreeMap::new();
    if let Some(scope) = scope {
        collect_numbers(&scope.root, "", &mut numbers);
        if let Datum::Map(map) = &scope.root.datum {
            map.iter().for_each(|(name, entry)| unused(scope, name, entry, &mut out));
        }
    }
    for block in &document.blocks {
        // A mark may open in the lead of a point and close in its text.
        let units: Vec<Vec<&Text>> = match &block.kind {
            BlockKind::Point { lead, text, .. } => vec![vec![lead, text]],
            kind => kind.texts().into_iter().map(|t| vec![t]).collect(),
        };
        let prose = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Point { .. });
        for unit in units {
            let text = characters(&unit);
            marks(&text, &mut out);
            pairs(&text, &mut out);
            if prose {
                typed_numbers(&text, &numbers, &mut out);
            }
        }
    }
    for note in &document.notes {
        let text = characters(&[&note.text]);
        marks(&text, &mut out);
        pairs(&text, &mut out);
    }
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

/// Terms of the glossary that no text marks.
fn unmarked_terms(document: &Document, out: &mut Vec<Diagnostic>) {
    let texts = document.blocks.iter().flat_map(|b| b.kind.texts()).chain(document.notes.iter().map(|n| &n.text));
    let runs = texts.flat_map(|t| &t.runs);
    let marked: BTreeSet<usize> =
        runs.filter_map(|r| if let RunKind::Term(block) = r.kind { Some(block) } else { None }).collect();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Term { term, .. } = &block.kind else { continue };
        if marked.contains(&index) {
            continue;
        }
        let name = term.plain();
        let name = name.trim_end_matches('：');
        out.push(Diagnostic::advice(
            Code::UNUSED_TERM,
            block.span,
            say!("名词“{name}”在正文里没有标出", "the term \"{name}\" is marked nowhere in the text"),
            say!("在正文里写 [*{name}]，或者删去这条解释", "mark it by [*{name}], or remove it"),
        ));
    }
}

fn characters(unit: &[&Text]) -> Vec<Char> {
    let mut all = Vec::new();
    for run in unit.iter().flat_map(|text| &text.runs) {
        // The mark of a note or a term is no part of the text it stands in.
        if matches!(run.kind, RunKind::Note(_) | RunKind::Term(_)) {
            continue;
        }
        let typed = run.kind == RunKind::Text;
        for (at, c) in run.text.char_indices() {
            all.push(Char { c, span: run.map.span(at, at + c.len_utf8()), typed });
        }
    }
    all
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Rules on neighbouring characters.
fn marks(text: &[Char], out: &mut Vec<Diagnostic>) {
    let mut spaced = false;
    for (i, here) in text.iter().enumerate().filter(|(_, ch)| ch.typed) {
        let before = i.checked_sub(1).and_then(|i| text.get(i)).map(|ch| ch.c);
        let next = text.get(i + 1);
        let after = next.map(|ch| ch.c);
        let han_before = before.is_some_and(is_ideograph);
        let han_after = after.is_some_and(is_ideograph);
        let shown = here.c;
        if let Some(next) = next.filter(|n| doubled(here.c, n.c)) {
            let other = next.c;
            out.push(Diagnostic::advice(
                Code::DOUBLED_MARK,
                here.span.to(next.span),
                say!("两个标点连用：{shown}{other}", "two marks in a row: {shown}{other}"),
                say!("只留一个", "keep one"),
            ));
        }
        if matches!(here.c, ' ' | '\u{a0}' | '\u{3000}') && !spaced {
            let first = text[..i].iter().rev().map(|ch| ch.c).find(|c| !c.is_whitespace());
            let last = text[i..].iter().map(|ch| ch.c).find(|c| !c.is_whitespace());
            if first.is_some_and(is_ideograph) || last.is_some_and(is_ideograph) {
                // One remark a text is enough for a habit.
                spaced = true;
                out.push(Diagnostic::advice(
                    Code::HAN_SPACE,
                    here.span,
                    say!("汉字旁边有空格", "a space beside a Han character"),
                    say!(
                        "删去空格，汉字与数字、字母之间也不空；字间的空由样式定。若是折行带来的，换一处折行",
                        "remove it; styles make what space there is. If a line end makes it, end the line elsewhere"
                    ),
                ));
            }
        }
        if half_width(here.c, before, after, han_before, han_after) {
            out.push(Diagnostic::advice(
                Code::HALF_WIDTH_MARK,
                here.span,
                say!("汉字之间用了半角标点“{shown}”", "the half-width mark \"{shown}\" among Han characters"),
                say!("换成全角标点", "write the full-width mark"),
            ));
        }
        if next.is_some_and(|n| dangles(before, here.c, n.c)) {
            out.push(Diagnostic::advice(
                Code::DANGLING_WORD,
                here.span,
                say!("“{shown}”后面好像缺了文字", "something seems to be missing behind {shown}"),
                say!("补上文字，或者删去“{shown}”", "write what is missing, or remove {shown}"),
            ));
        }
    }
}

fn doubled(a: char, b: char) -> bool {
    const STOPS: [char; 5] = ['，', '。', '、', '；', '：'];
    (STOPS.contains(&a) && STOPS.contains(&b)) || (a == b && matches!(a, '“' | '”' | '（' | '）' | '《' | '》'))
}

/// Half-width marks that stand for full-width ones. Those in numbers, times, Latin text and formulas have no Han character
/// on the sides asked for.
fn half_width(c: char, before: Option<char>, after: Option<char>, han_before: bool, han_after: bool) -> bool {
    match c {
        ',' | ';' | ':' | '!' | '?' | '.' => han_before && (han_after || after.is_none_or(is_han)),
        '(' | '"' => han_before || han_after,
        ')' => han_before || (han_after && before.is_some_and(is_han)),
        _ => false,
    }
}

/// A conjunction, or 、, right before a mark that ends what it should join. `before` tells words like 缓和, 参与, 普及.
fn dangles(before: Option<char>, c: char, next: char) -> bool {
    let closes = matches!(next, '”' | '’' | '）' | '》' | '。' | '；' | '！' | '？');
    let within_word = |words: &str| before.is_none_or(|b| !is_ideograph(b) || words.contains(b));
    closes
        && match c {
            '、' => true,
            '和' => !within_word("缓温总饱调平祥柔随中谦亲人讲议求不共谐应附醇暖清宽失违媾"),
            '与' => !within_word("参相给赐赠付施授与"),
            '及' => !within_word("普涉触提顾推波企言殃危可料遍论述旁埃累来兼比谈齐"),
            '或' => !within_word("抑间容"),
            _ => false,
        }
}

/// Quotation marks and brackets in pairs.
fn pairs(text: &[Char], out: &mut Vec<Diagnostic>) {
    const PAIRS: [(char, char); 6] = [('“', '”'), ('‘', '’'), ('（', '）'), ('《', '》'), ('〔', '〕'), ('【', '】')];
    let mut open: Vec<Char> = Vec::new();
    let mut remark = |mark: Char| {
        let shown = mark.c;
        out.push(Diagnostic::advice(
            Code::UNPAIRED_MARK,
            mark.span,
            say!("标点 {shown} 没有配对", "{shown} has no partner"),
            say!("补上另一半，或者删去", "add the other half, or remove it"),
        ));
    };
    for (i, here) in text.iter().enumerate() {
        // An apostrophe in a Latin word.
        let latin = |at: Option<usize>| at.and_then(|j| text.get(j)).is_some_and(|ch| ch.c.is_ascii_alphanumeric());
        if here.c == '’' && latin(i.checked_sub(1)) && open.iter().all(|o| o.c != '‘') {
            continue;
        }
        if PAIRS.iter().any(|(a, _)| *a == here.c) {
            open.push(*here);
        } else if let Some((a, _)) = PAIRS.iter().find(|(_, b)| *b == here.c) {
            match open.iter().rposition(|o| o.c == *a) {
                // What was opened in between was never closed.
                Some(at) => open.drain(at..).skip(1).for_each(&mut remark),
                None => remark(*here),
            }
        }
    }
    open.into_iter().for_each(remark);
}

/// The numbers of the data by how they are written, with the path of the first and how many there are.
fn collect_numbers(entry: &Entry, path: &str, numbers: &mut BTreeMap<String, (String, u32)>) {
    match &entry.datum {
        Datum::Number(number) => {
            let known = numbers.entry(number.print().unwrap_or_default()).or_insert_with(|| (path.to_owned(), 0));
            known.1 += 1;
        }
        Datum::Map(map) => {
            for (name, entry) in map.iter() {
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                collect_numbers(entry, &path, numbers);
            }
        }
        // Rows go into tables: their numbers are not named one by one.
        _ => {}
    }
}

/// Numbers typed where the data has them. Only numbers telling enough to be the same by more than chance: three digits, and
/// no year, document number or part of a name.
fn typed_numbers(text: &[Char], numbers: &BTreeMap<String, (String, u32)>, out: &mut Vec<Diagnostic>) {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let mut i = 0;
    while i < text.len() {
        if !text[i].typed || !text[i].c.is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < text.len() && text[i].typed && part(text[i].c) {
            i += 1;
        }
        let number: String = text[start..i].iter().map(|ch| ch.c).collect();
        let number = number.trim_end_matches('.');
        let before = start.checked_sub(1).map(|j| text[j].c);
        let after = text.get(i).map(|ch| ch.c);
        let named = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '·' | '+' | '-' | '第' | '〔' | '.'))
            || after.is_some_and(|c| {
                c.is_ascii_alphabetic() || matches!(c, '年' | '月' | '日' | '号' | '·' | '+' | '-' | '〕' | '届' | '版')
            });
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if named || digits < 3 {
            continue;
        }
        if let Some((path, 1)) = numbers.get(number) {
            out.push(Diagnostic::advice(
                Code::TYPED_NUMBER,
                text[start].span.to(text[i - 1].span),
                say!(
                    "{number} 与数据 {path} 相同，却是直接写的",
                    "{number} is typed, though the data has it as {path}"
                ),
                say!("是同一个数字的话，写成 {{{{ {path} }}}}", "write {{{{ {path} }}}} if it is the same figure"),
            ));
        }
    }
}

/// Entries that no expression has used; a group of them is named once.
fn unused(scope: &Scope, path: &str, entry: &Entry, out: &mut Vec<Diagnostic>) {
    let Some(span) = entry.span else { return };
    if scope.is_used(span) {
        return;
    }
    if any_used(scope, entry) {
        if let Datum::Map(map) = &entry.datum {
            map.iter().for_each(|(name, entry)| unused(scope, &format!("{path}.{name}"), entry, out));
        }
        return;
    }
    out.push(Diagnostic::advice(
        Code::UNUSED_DATA,
        span,
        say!("数据“{path}”没有用到", "the data entry \"{path}\" is never used"),
        say!("在正文里写 {{{{ {path} }}}}，或者删去", "use it by {{{{ {path} }}}}, or remove it"),
    ));
}

fn any_used(scope: &Scope, entry: &Entry) -> bool {
    let used = entry.span.is_some_and(|span| scope.is_used(span));
    used || match &entry.datum {
        Datum::List(items) => items.iter().any(|e| any_used(scope, e)),
        Datum::Map(map) => map.iter().any(|(_, e)| any_used(scope, e)),
        _ => false,
    }
}
