//! What becomes of each character that a report prints: kept, composed with its accent, dropped because it shows nothing, or
//! refused because the pages or the Word file would show something else than was meant.
//!
//! One pass over the finished document, so that a text is treated alike wherever it comes from: the body, a cell, a note, a
//! value from a data file, a word of the template. Both files are made from what is left.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::radical::meant;
use super::rewrite::{Rewriter, drop_empty, rewrite};
use super::unshaped::{UnshapedScript, script};
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{BlockKind, Document, Origin, RunKind, Text, Value, held_spaces, is_chinese};

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// It prints as it is.
    Kept,
    /// It joins the character before it, or has no place.
    Mark,
    /// It shows nothing: left out. Its name, Chinese and English.
    Dropped(&'static str, &'static str),
    /// A space of a width that no style gives: an ordinary one, or one that holds both sides together.
    Space(char),
    /// A line end: a space between two Latin words, else nothing.
    LineEnd,
    /// A radical or a compatibility ideograph, and the Han character that is meant.
    Radical(char),
    /// A character whose form each office defines for itself.
    Private,
    /// A letter that must be joined to its neighbours or runs from right to left.
    Unshaped(&'static UnshapedScript),
    /// What no print can show. Why, Chinese and English.
    Refused(&'static str, &'static str),
}

/// Ranges of characters that show nothing (Default_Ignorable_Code_Point), with their names.
const INVISIBLE: [(char, char, &str, &str); 20] = [
    ('\u{ad}', '\u{ad}', "软连字符", "soft hyphen"),
    ('\u{34f}', '\u{34f}', "组合连接符", "combining grapheme joiner"),
    ('\u{61c}', '\u{61c}', "方向标记", "direction mark"),
    ('\u{115f}', '\u{1160}', "韩文填充符", "Hangul filler"),
    ('\u{17b4}', '\u{17b5}', "高棉文元音", "Khmer vowel"),
    ('\u{180b}', '\u{180f}', "蒙古文控制符", "Mongolian control character"),
    ('\u{200b}', '\u{200b}', "零宽空格", "zero width space"),
    ('\u{200c}', '\u{200d}', "零宽连字控制符", "zero width joiner"),
    ('\u{200e}', '\u{200f}', "方向标记", "direction mark"),
    ('\u{202a}', '\u{202d}', "方向控制符", "direction control"),
    ('\u{2060}', '\u{2065}', "零宽控制符", "zero width control"),
    ('\u{2066}', '\u{206f}', "方向控制符", "direction control"),
    ('\u{3164}', '\u{3164}', "韩文填充符", "Hangul filler"),
    ('\u{fe00}', '\u{fe0f}', "字形选择符", "variation selector"),
    ('\u{feff}', '\u{feff}', "字节顺序标记", "byte order mark"),
    ('\u{ffa0}', '\u{ffa0}', "韩文填充符", "Hangul filler"),
    ('\u{fff0}', '\u{fff8}', "控制符", "control character"),
    ('\u{1bca0}', '\u{1bca3}', "速记控制符", "shorthand control"),
    ('\u{1d173}', '\u{1d17a}', "乐谱控制符", "music control"),
    ('\u{e0000}', '\u{e0fff}', "字形选择符", "variation selector"),
];

/// True for what is left out of every text.
pub(super) fn is_dropped(c: char) -> bool {
    // Nearly all characters of a report are below the first, or Han.
    !(c < '\u{ad}' || ('\u{3165}'..='\u{fdff}').contains(&c)) && matches!(fate(c), Fate::Dropped(..))
}

/// True for a text that shows nothing: empty, or of spaces and of what is left out. A mark of a note or a term shows.
pub(super) fn is_blank(text: &Text) -> bool {
    text.runs.iter().all(|run| run.text.chars().all(|c| c.is_whitespace() || is_dropped(c)))
}

fn fate(c: char) -> Fate {
    match c {
        '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}' | '\u{200a}' | '\u{205f}' => Fate::Space(' '),
        // Spaces that group digits: what they hold together stays together.
        '\u{2007}' | '\u{2009}' | '\u{202f}' => Fate::Space('\u{a0}'),
        '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\n' | '\r' => Fate::Kept,
        '\u{202b}' | '\u{202e}' | '\u{2067}' => {
            Fate::Refused("使文字从右向左排的控制符", "a control character that sets text from right to left")
        }
        '\u{fff9}'..='\u{fffb}' => Fate::Refused("注音控制符", "a control character of annotations"),
        '\u{fffc}' => {
            Fate::Refused("图片或其他对象的占位符，对象没有带过来", "the place of an object that was not copied along")
        }
        '\u{fffd}' => Fate::Refused("转换编码时丢失的字", "a character that was lost in a change of encoding"),
        _ if c.is_control() => Fate::Refused("控制字符", "a control character"),
        _ if u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}') => {
            Fate::Refused("非字符编码", "no character")
        }
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}' => Fate::Private,
        _ => visible(c),
    }
}

/// The fate of a character that is neither a control character nor a space.
fn visible(c: char) -> Fate {
    if let Some(&(_, _, zh, en)) = INVISIBLE.iter().find(|&&(first, last, ..)| (first..=last).contains(&c)) {
        Fate::Dropped(zh, en)
    } else if let Some(script) = script(c) {
        Fate::Unshaped(script)
    } else if is_combining_mark(c) || matches!(c, '\u{1161}'..='\u{11ff}') {
        Fate::Mark
    } else if let Some(han) = meant(c) {
        Fate::Radical(han)
    } else {
        Fate::Kept
    }
}

/// True for the characters that nearly every text is made of.
const fn is_ordinary(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff5e}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '\u{2460}'..='\u{2473}')
}

/// A character that needs a remark.
struct FoundCharacter {
    c: char,
    fate: Fate,
    span: Span,
    count: usize,
}

/// Settles every text of a document; diagnostics go to `out`.
pub(super) fn settle(document: &mut Document, out: &mut Vec<Diagnostic>) {
    let values = &mut document.values;
    for block in &mut document.blocks {
        for text in block.kind.texts_mut() {
            settle_text(text, values, out);
        }
        let span = block.span;
        match &mut block.kind {
            BlockKind::Figure(figure) => settle_words(&mut figure.alt, span, out),
            BlockKind::Chart(chart) => settle_words(&mut chart.alt, span, out),
            BlockKind::Table(table) => {
                table.pictures_mut().for_each(|picture| settle_words(&mut picture.alt, picture.span, out));
            }
            _ => {}
        }
    }
    for note in &mut document.notes {
        settle_text(&mut note.text, values, out);
    }
    let furniture = [&mut document.furniture.mark, &mut document.furniture.watermark];
    for words in furniture.into_iter().flatten() {
        settle_text(words, values, out);
    }
}

fn settle_text(text: &mut Text, values: &mut [Value], out: &mut Vec<Diagnostic>) {
    if text.runs.iter().all(|run| run.text.chars().all(is_ordinary)) {
        return;
    }
    let mut found = Vec::new();
    for run in &mut text.runs {
        if run.text.chars().all(is_ordinary) {
            continue;
        }
        let value = match run.kind {
            RunKind::Value(index) => values.get_mut(index.get()),
            _ => None,
        };
        // A character that the data brings is to be mended there.
        let data = value.as_ref().map(|value| value.defined.unwrap_or(value.used));
        let map = run.map.clone();
        let mut rewriter = Rewriter::new(&map);
        let place = |at: usize, end: usize| data.unwrap_or_else(|| map.span(at, end));
        pass(&run.text, &mut rewriter, place, &mut found);
        (run.text, run.map) = rewriter.finish();
        if let Some(value) = value {
            value.text.clone_from(&run.text);
        }
    }
    drop_empty(text);
    fold_spaces(text, values);
    out.extend(found.iter().map(diagnostic));
}

/// Makes ordinary spaces of no-break ones where no line would end at an ordinary one either: the text is the same to the reader, and
/// to anyone who compares a file that comes back.
fn fold_spaces(text: &mut Text, values: &mut [Value]) {
    if !text.runs.iter().any(|run| run.text.contains('\u{a0}')) {
        return;
    }
    let mut held = held_spaces(&text.unmarked()).into_iter();
    for run in text.runs.iter_mut().filter(|run| !matches!(run.kind, RunKind::Note(_) | RunKind::Term(_))) {
        rewrite(run, |_, c| Some(if held.next() == Some(true) { ' ' } else { c }));
        if let RunKind::Value(index) = run.kind
            && let Some(value) = values.get_mut(index.get())
        {
            value.text.clone_from(&run.text);
        }
    }
}

/// Settles words that are read out and printed nowhere.
fn settle_words(words: &mut String, span: Span, out: &mut Vec<Diagnostic>) {
    if words.chars().all(is_ordinary) {
        return;
    }
    let map = Origin::Whole(span);
    let mut rewriter = Rewriter::new(&map);
    let mut found = Vec::new();
    pass(words, &mut rewriter, |_, _| span, &mut found);
    *words = rewriter.finish().0;
    out.extend(found.iter().map(diagnostic));
}

/// Rewrites the characters of a text, and gathers the remarks on them.
fn pass(text: &str, out: &mut Rewriter<'_>, place: impl Fn(usize, usize) -> Span, found: &mut Vec<FoundCharacter>) {
    let mut chars = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let fate = fate(c);
        let end = at + c.len_utf8();
        if !matches!(fate, Fate::Kept | Fate::Mark) {
            tell(found, c, fate, place(at, end));
        }
        match fate {
            Fate::Dropped(..) => continue,
            Fate::Space(space) => out.push(space, at),
            Fate::LineEnd => {
                let next = chars.peek().map(|&(_, next)| next);
                let latin = |c: Option<char>| c.is_some_and(|c| !is_chinese(c) && !c.is_whitespace());
                if latin(before) && latin(next) {
                    out.push(' ', at);
                }
            }
            Fate::Kept | Fate::Mark => {
                let mut cluster = String::from(c);
                while let Some((_, mark)) = chars.next_if(|&(_, next)| self::fate(next) == Fate::Mark) {
                    cluster.push(mark);
                }
                if cluster.len() == c.len_utf8() {
                    out.push(c, at);
                } else {
                    compose(&cluster, at, out, &place, found);
                }
            }
            Fate::Radical(_) | Fate::Private | Fate::Unshaped(_) | Fate::Refused(..) => out.push(c, at),
        }
        before = Some(c);
    }
}

/// Composes a letter and its accents into one character; an accent that is left has no place of its own.
fn compose(
    cluster: &str,
    at: usize,
    out: &mut Rewriter<'_>,
    place: &impl Fn(usize, usize) -> Span,
    found: &mut Vec<FoundCharacter>,
) {
    let composed: String = cluster.nfc().collect();
    if composed.chars().all(|c| fate(c) != Fate::Mark) {
        for c in composed.chars() {
            out.push(c, at);
        }
        return;
    }
    for (within, c) in cluster.char_indices() {
        let here = at + within;
        if fate(c) == Fate::Mark {
            tell(found, c, Fate::Mark, place(here, here + c.len_utf8()));
        }
        out.push(c, here);
    }
}

/// Notes a remark on a character: one a text for each character, one for each stretch of letters, over the spaces in it.
fn tell(found: &mut Vec<FoundCharacter>, c: char, fate: Fate, span: Span) {
    if let Fate::Unshaped(_) = fate
        && let Some(last) = found.last_mut().filter(|last| last.fate == fate)
        && last.span.file == span.file
        && span.start <= last.span.end + 1
    {
        last.span = last.span.to(span);
        last.count += 1;
    } else if let Some(known) = found.iter_mut().find(|known| known.c == c && known.fate == fate) {
        known.count += 1;
    } else {
        found.push(FoundCharacter { c, fate, span, count: 1 });
    }
}

fn diagnostic(found: &FoundCharacter) -> Diagnostic {
    let &FoundCharacter { c, fate, span, .. } = found;
    let code = u32::from(c);
    match fate {
        Fate::Unshaped(UnshapedScript { zh, en }) => Diagnostic::error(
            Code::UNSHAPED_SCRIPT,
            span,
            say!("{zh}还排不了（U+{code:04X} 起）", "{en} cannot be set yet (from U+{code:04X} on)"),
            say!(
                "这种文字的字母要连写、叠写或从右向左排；把这段文字做成图片插入",
                "its letters join, stack or run from right to left; put this text in as a picture"
            ),
        ),
        Fate::Mark => Diagnostic::error(
            Code::STRAY_MARK,
            span,
            say!(
                "附加符号 U+{code:04X} 与前面的字合不成一个字",
                "the combining mark U+{code:04X} makes no character with the one before it"
            ),
            remove(),
        ),
        Fate::Refused(zh, en) => Diagnostic::error(
            if c.is_control() { Code::CONTROL_CHARACTER } else { Code::UNPRINTABLE_CHARACTER },
            span,
            say!("U+{code:04X} 是{zh}，印不出来", "U+{code:04X} is {en} and cannot be printed"),
            remove(),
        ),
        _ => remark(found),
    }
}

/// The remark on a character that is printed all the same, or is not missed.
fn remark(found: &FoundCharacter) -> Diagnostic {
    let &FoundCharacter { c, fate, span, count } = found;
    let code = u32::from(c);
    let (again_zh, again_en) = match count {
        1 => (String::new(), String::new()),
        _ => (format!("，这段文字里共 {count} 处"), format!(", {count} times in this text")),
    };
    match fate {
        Fate::Radical(han) => Diagnostic::advice(
            Code::RADICAL,
            span,
            say!(
                "“{c}”（U+{code:04X}）是部首或兼容字符，不是汉字“{han}”{again_zh}",
                "{c} (U+{code:04X}) is a radical or compatibility character, not the Han character {han}{again_en}"
            ),
            say!(
                "改为“{han}”，否则字体不同，也搜索不到",
                "write {han}: another face prints it, and no search finds it"
            ),
        ),
        Fate::Private => Diagnostic::advice(
            Code::PRIVATE_CHARACTER,
            span,
            say!("自造字 U+{code:04X}{again_zh}", "the private character U+{code:04X}{again_en}"),
            say!(
                "只有装了同一套自造字的电脑才显示得对；能用通用的字就改用",
                "only computers with the same private font show it; write a standard character if there is one"
            ),
        ),
        Fate::Dropped(zh, en) => Diagnostic::advice(
            Code::INVISIBLE_CHARACTER,
            span,
            say!(
                "看不见的字符 U+{code:04X}（{zh}），印出时略去{again_zh}",
                "an invisible character U+{code:04X} ({en}) is left out of print{again_en}"
            ),
            remove(),
        ),
        _ => Diagnostic::advice(
            Code::UNUSUAL_SPACE,
            span,
            say!(
                "特殊的空白 U+{code:04X}，按普通的空格或折行处理{again_zh}",
                "the space U+{code:04X} is set as an ordinary one{again_en}"
            ),
            say!("换成普通的空格，或者删去", "write an ordinary space, or remove it"),
        ),
    }
}

fn remove() -> Message {
    say!(
        "删去这个字符（多半是从别处复制带来的），重新键入它旁边的字",
        "remove this character, which often comes with copied text, and type its neighbours again"
    )
}
