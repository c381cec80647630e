//! Slips of the keyboard that YAML reads as something else, found on the lines of the source.

use crate::diagnostic::{Code, Diagnostic, FileId, Position, SourceFile, Span, quoted, say};

/// Text in front of a `#` that ends so is complete: what follows is a remark.
const STOPS: [char; 9] = ['。', '！', '？', '；', '：', '…', '”', '）', '.'];

/// A line of a source, and the byte at which it begins.
#[derive(Clone, Copy)]
struct SourceLine<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> SourceLine<'a> {
    /// The line of a number, from 1; None beyond the file.
    fn of(source: &'a SourceFile, number: usize) -> Option<Self> {
        let start = source.offset(Position { line: number, column: 1 }) as usize;
        let text = source.text.get(start..)?.split(['\r', '\n']).next()?;
        (number > 0 && source.position(u32::try_from(start).ok()?).line == number).then_some(Self { start, text })
    }

    fn indentation(&self) -> &'a str {
        &self.text[..self.text.len() - self.text.trim_start_matches([' ', '\t']).len()]
    }

    /// The text after the indentation and the dashes of entries, and where it begins.
    fn content(&self) -> (usize, &'a str) {
        let mut text = self.text.trim_start();
        while let Some(rest) = text.strip_prefix("- ") {
            text = rest.trim_start();
        }
        (self.start + self.text.len() - text.len(), text)
    }
}

/// What was typed wrong on the line of an error of the scanner, or beside it: the scanner points after the cause as often as at it.
pub(super) fn near(source: &SourceFile, place: Span, words: &str) -> Option<Diagnostic> {
    let number = source.position(place.start).line;
    let lines: Vec<SourceLine<'_>> =
        [number.wrapping_sub(1), number, number + 1].into_iter().filter_map(|n| SourceLine::of(source, n)).collect();
    let of_tabs = words.contains("tab");
    let tabbed = lines.iter().find(|line| {
        line.indentation().contains('\t') && (of_tabs || line.start >= place.start as usize || words.contains("key"))
    });
    // In a text of several lines the scanner points at its first one.
    let below = || {
        let lines = (number + 2..).map_while(|n| SourceLine::of(source, n));
        lines.take_while(|_| of_tabs).find(|line| line.indentation().contains('\t'))
    };
    if let Some(line) = tabbed.copied().or_else(below) {
        let at = line.start + line.indentation().find('\t').unwrap_or(0);
        return Some(tab(Some(span(place.file, at, 1))));
    }
    let own = SourceLine::of(source, number)?.indentation();
    lines
        .iter()
        .find_map(|line| colon(place.file, *line, line.indentation() == own && !words.contains("comment")))
        .or_else(|| call(source, place))
        .or_else(|| lines.iter().find_map(|line| expression(place.file, *line)))
        .or_else(|| SourceLine::of(source, number).and_then(|line| bracketed(place.file, line)))
        .or_else(|| SourceLine::of(source, number).and_then(|line| no_value(place.file, line)))
        .or_else(|| SourceLine::of(source, number).and_then(|line| opening(place.file, line)))
        .or_else(|| lines.iter().find_map(|line| dash(place.file, *line)))
        .or_else(|| lines.iter().find_map(|line| cut(place.file, *line, words)))
        .or_else(|| opened(source, place, number, words))
        .or_else(|| unquoted_colon(source, place, words))
}

/// A tab in an indentation.
pub(super) fn tab(place: Option<Span>) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_TAB,
        place,
        say!("缩进用了制表符（Tab）", "a tab is used for indentation"),
        say!("把制表符换成空格，每层两个空格", "replace tabs by spaces, two a level"),
    )
}

/// A key with a full-width colon, or with no space after its colon.
///
/// `level`: the line is on the level of the error, where a short name of data is a key too.
fn colon(file: FileId, line: SourceLine<'_>, level: bool) -> Option<Diagnostic> {
    let (start, text) = line.content();
    let end = text.find(['：', ':', ' ', '，', '。', '“', '"', '\''])?;
    let (key, rest) = text.split_at(end);
    let ours = is_plain_key(key);
    // Names of data may be Chinese, and so may the beginning of any sentence.
    let entry = line.text.trim_start().starts_with("- ");
    let theirs = level && !entry && may_be_key(key) && rest.starts_with('：');
    if !ours && !theirs {
        return None;
    }
    if rest.starts_with('：') {
        return Some(full_width_colon(span(file, start, 0), key));
    }
    let glued = rest.strip_prefix(':')?.chars().next().is_some_and(|c| !c.is_whitespace() && c != '/');
    glued.then(|| colon_without_space(span(file, start, 0), key))
}

/// A key with no space after its colon. `place` begins at the key.
pub(crate) fn colon_without_space(place: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_KEY,
        span(place.file, place.start as usize, key.len() + 1),
        say!("“{key}:”后面没有空格", "there is no space after \"{key}:\""),
        say!("冒号后面空一格：{key}: ", "write a space after the colon: {key}: "),
    )
}

/// True for a key as the format has them.
fn is_plain_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// True for what may be a name of the author's choosing: a few characters without a sign.
pub(super) fn may_be_key(key: &str) -> bool {
    is_plain_key(key)
        || (1..=8).contains(&key.chars().count()) && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// A key with a full-width colon, which is none to YAML. `place` begins at the key.
pub(crate) fn full_width_colon(place: Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_KEY,
        span(place.file, place.start as usize, key.len() + '：'.len_utf8()),
        say!("“{key}”后面是全角冒号，YAML 不认", "a full-width colon follows \"{key}\""),
        say!("改成半角冒号加一个空格：{key}: ", "write a half-width colon and a space: {key}: "),
    )
}

/// Text that begins with an expression and goes on after it: to YAML a map, and text that cannot follow it.
fn expression(file: FileId, line: SourceLine<'_>) -> Option<Diagnostic> {
    let (start, text) = line.content();
    let value = text.split_once(": ").map_or(text, |(_, value)| value.trim_start());
    let at = [text, value].into_iter().find(|text| text.starts_with("{{"))?;
    Some(bare_expression(span(file, start + text.len() - at.len(), 2)))
}

/// Text that begins with a bracket or a brace and goes on after the closing one: to YAML a list or a map.
fn bracketed(file: FileId, line: SourceLine<'_>) -> Option<Diagnostic> {
    let (start, text) = line.content();
    let value = text.split_once(": ").map_or(text, |(_, value)| value.trim_start());
    let at = [text, value].into_iter().find(|text| text.starts_with(['[', '{']))?;
    let mut depth = 0_usize;
    let closed = at.char_indices().find(|&(_, c)| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let rest = at.get(closed?.0 + 1..)?.trim_start();
    let goes_on = !rest.is_empty() && !rest.starts_with([',', ':', '#', ']', '}']);
    goes_on.then(|| unquoted(span(file, start + text.len() - at.len(), 1), &at[..1]))
}

/// Text that begins with a sign that YAML has a use for.
fn opening(file: FileId, line: SourceLine<'_>) -> Option<Diagnostic> {
    let (start, text) = line.content();
    let value = text.split_once(": ").map_or(text, |(_, value)| value.trim_start());
    let at = [text, value].into_iter().find(|text| text.starts_with(['>', '|', ',']))?;
    let rest = at[1..].trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit()).trim_start();
    let is_text = !rest.is_empty() && !rest.starts_with('#');
    is_text.then(|| unquoted(span(file, start + text.len() - at.len(), 1), &at[..1]))
}

/// Text that begins with a sign of YAML and is not quoted.
fn unquoted(place: Span, sign: &str) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_SYNTAX,
        place,
        say!("以 {sign} 开头的文字没有加引号", "text that begins with {sign} is not quoted"),
        say!("把整段文字放进引号里", "put the whole text in quotation marks"),
    )
}

/// A hyphen alone, or before a text, as the value of a key: to YAML the first entry of a list, which cannot begin here.
fn no_value(file: FileId, line: SourceLine<'_>) -> Option<Diagnostic> {
    let (start, text) = line.content();
    let (_, value) = text.split_once(": ")?;
    let value = value.trim_start();
    (value == "-" || value.starts_with("- ")).then(|| {
        Diagnostic::error(
            Code::YAML_SYNTAX,
            span(file, start + text.len() - value.len(), 1),
            say!("冒号后面的“-”没有加引号", "the \"-\" after the colon is not quoted"),
            say!(
                "没有数的写 ~；要印出“-”的，放进引号；是列表的，“- ”另起一行",
                "write ~ for no value, or quote a \"-\" that is to print; begin a list on a line of its own"
            ),
        )
    })
}

/// Text in braces without quotation marks, which YAML takes for a map.
pub(super) fn bare_expression(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_BARE_EXPRESSION,
        place,
        say!("以 {{{{ 开头的内容没有加引号", "text that begins with {{{{ is not quoted"),
        say!(
            "把整段文字放进引号里，例如 \"{{{{ name }}}}次\"",
            "put the whole text in quotation marks, such as \"{{{{ name }}}} times\""
        ),
    )
}

/// Text that begins with a reference or the mark of a term: to YAML a list that is no text.
fn call(source: &SourceFile, place: Span) -> Option<Diagnostic> {
    let at = place.start as usize;
    let before = source.text.get(..at)?;
    let rest = source.text.get(at..)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '@' | '*' | '^'))?;
    let name = rest[1..].split([']', '\n']).next().filter(|name| !name.is_empty() && name.len() < 80)?;
    // In a list in brackets the text may have begun before.
    let begins = before.strip_suffix('[')?.trim_end_matches([' ', '\t']).ends_with(['-', ':', '[', ',', '{', '\n']);
    begins.then(|| {
        Diagnostic::error(
            Code::YAML_SYNTAX,
            span(place.file, at - 1, 2),
            say!("以 [{mark} 开头的内容没有加引号", "text that begins with [{mark} is not quoted"),
            say!(
                "把整段文字放进引号里，例如 \"[{mark}{name}]\"",
                "put the whole text in quotation marks, such as \"[{mark}{name}]\""
            ),
        )
    })
}

/// A dash without a space after it.
fn dash(file: FileId, line: SourceLine<'_>) -> Option<Diagnostic> {
    let indentation = line.indentation().len();
    let next = line.text[indentation..].strip_prefix('-')?.chars().next()?;
    let typed = !next.is_whitespace() && !next.is_ascii_digit() && !matches!(next, '-' | '.' | '—');
    typed.then(|| dash_without_space(span(file, line.start + indentation, 1)))
}

/// A dash without a space after it, which begins no entry.
pub(crate) fn dash_without_space(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_KEY,
        place,
        say!("“-”后面没有空格，这一行不是单独的一项", "there is no space after \"-\": the line is no entry of its own"),
        say!("“-”后面空一格；要印出“-”的，把整段放进引号", "write a space after \"-\"; quote text that begins with it"),
    )
}

/// A text on this line that a `#` cuts off, so that the lines after it cannot be read.
fn cut(file: FileId, line: SourceLine<'_>, words: &str) -> Option<Diagnostic> {
    if !["comment", "flow", "block", "bracket", "illegal", "key"].iter().any(|part| words.contains(part)) {
        return None;
    }
    let quotes = |at: usize| line.text[..at].matches(['"', '\'']).count();
    let found = line.text.match_indices(" #").find(|&(at, _)| {
        let typed = !line.text[..at].trim_start_matches([' ', '-']).is_empty();
        let close = line.text[at + 2..].chars().next().is_some_and(|c| !c.is_whitespace());
        typed && quotes(at).is_multiple_of(2) && (close || words.contains("comment"))
    });
    let (at, _) = found?;
    Some(lost(span(file, line.start + at + 1, line.text.trim_end().len() - at - 1), &line.text[at + 1..]))
}

/// So many lines before an error its opening bracket is looked for.
const LINES_OPEN: usize = 20;

/// A line further up that opens a bracket and whose end, with the closing one, a `#` cuts off.
fn opened(source: &SourceFile, place: Span, number: usize, words: &str) -> Option<Diagnostic> {
    let open = |line: &SourceLine<'_>| {
        let before = line.text.split(" #").next().unwrap_or_default();
        before.matches(['[', '{']).count() > before.matches([']', '}']).count()
    };
    let lines = (number.saturating_sub(LINES_OPEN)..number).rev().filter_map(|n| SourceLine::of(source, n));
    lines.filter(open).find_map(|line| cut(place.file, line, words))
}

/// A colon and a space in a text without quotation marks.
fn unquoted_colon(source: &SourceFile, place: Span, words: &str) -> Option<Diagnostic> {
    if !words.contains("mapping values are not allowed") {
        return None;
    }
    let line = SourceLine::of(source, source.position(place.start).line)?;
    let (_, text) = line.content();
    let before = text.rsplit_once(": ").map_or(text, |(before, _)| before);
    // A key is a word; what holds Chinese or another colon is a text.
    (!before.is_ascii() || before.contains(": ")).then(|| colon_in_text(place))
}

/// A colon and a space in a text without quotation marks, which YAML takes for a key and its value.
pub(super) fn colon_in_text(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_SYNTAX,
        place,
        say!("文字里有“: ”，却没有加引号", "the text holds \": \" and is not quoted"),
        say!(
            "把整段文字放进引号，或者把冒号改成全角的“：”；不是文字的话，检查键名和缩进",
            "put the whole text in quotation marks; if it is no text, check the key and the indentation"
        ),
    )
}

/// A text in braces, or one that ends in a colon, which YAML takes for a map of keys without values.
pub(super) fn map_for_text(place: Span) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_SYNTAX,
        place,
        say!(
            "文字写在花括号里，或者以半角冒号结尾，却没有加引号",
            "the text is in braces, or ends in a colon, and is not quoted"
        ),
        say!(
            "把整段文字放进引号；不是文字的话，检查键名和缩进",
            "put the whole text in quotation marks; if it is no text, check the key and the indentation"
        ),
    )
}

/// The diagnostic for a comment right after a value: an error where the text goes on in it, advice where it may.
///
/// `text`: the file. `end`: the byte after the value. `value`: the value, when it is text. A comment has two spaces before its `#` and one
/// after it.
pub(super) fn comment(file: FileId, text: &str, end: u32, value: Option<&str>) -> Option<Diagnostic> {
    let prose = value.is_some_and(|value| !value.is_ascii() && !value.trim_end().ends_with(STOPS));
    cut_off(file, text, end, prose)
}

/// The same for a value that prints as a text of its own, such as a paragraph: what is left of one may be a number alone.
/// That of other texts is told when the file is read.
pub(crate) fn comment_in_text(source: &SourceFile, place: Span, value: &str) -> Option<Diagnostic> {
    let rest = source.text.get(place.end as usize..)?.split(['\r', '\n']).next()?;
    let bare = value.is_ascii() && !value.trim_end().ends_with(STOPS) && !rest.is_ascii();
    let close = rest.strip_prefix(" #").is_some_and(|remark| remark.starts_with([' ', '\t', '#']));
    if bare && close { cut_off(place.file, &source.text, place.end, true) } else { None }
}

/// `prose`: the value is text that may go on.
fn cut_off(file: FileId, text: &str, end: u32, prose: bool) -> Option<Diagnostic> {
    let rest = text.get(end as usize..)?.split(['\r', '\n']).next()?;
    let after = rest.trim_start_matches([' ', '\t']);
    let blank = &rest[..rest.len() - after.len()];
    let remark = after.strip_prefix('#').filter(|_| !blank.is_empty())?;
    let close = remark.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#');
    let single = blank == " ";
    let place = span(file, end as usize + blank.len(), after.trim_end().len());
    if single && (close || (prose && remark.contains(['，', '。', '、', '；']))) {
        return Some(lost(place, after));
    }
    (prose && (single || (close && blank.len() < 4))).then(|| {
        let shown = quoted(after);
        Diagnostic::advice(
            Code::DOUBTFUL_COMMENT,
            place,
            say!("YAML 把“{shown}”当作注释，不会印出", "YAML takes \"{shown}\" for a comment, which does not print"),
            say!(
                "是正文的话，把整段文字放进引号；是注释的话，# 前面空两格、后面空一格",
                "quote the whole text if this belongs to it; two spaces before # and one after it mark a comment"
            ),
        )
    })
}

/// The diagnostic for an entry that is nothing because its text begins with `#`. `at`: the place of the entry.
pub(super) fn nothing(file: FileId, text: &str, at: u32) -> Option<Diagnostic> {
    let head = text.get(..at as usize)?;
    let start = head.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split(['\r', '\n']).next()?;
    let (before, remark) = line.split_once(" #")?;
    let close = remark.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#');
    let entry = before.trim_end().ends_with(['-', ':']) && before.trim_end() == before;
    let place = start + before.len() + 1;
    (entry && close)
        .then(|| lost(span(file, place, line.trim_end().len() - before.len() - 1), &line[before.len() + 1..]))
}

/// Text after a `#` that YAML takes for a comment.
fn lost(place: Span, text: &str) -> Diagnostic {
    let shown = quoted(text);
    Diagnostic::error(
        Code::YAML_COMMENT,
        place,
        say!("YAML 把“{shown}”当作注释，这些字会丢掉", "YAML takes \"{shown}\" for a comment: this text would be lost"),
        say!(
            "把整段文字放进引号；真是注释的话，# 前面空两格、后面空一格",
            "put the whole text in quotation marks; if it is a comment, write two spaces before # and one after it"
        ),
    )
}

fn span(file: FileId, start: usize, length: usize) -> Span {
    let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { file, start: clip(start), end: clip(start + length) }
}
