//! What the YAML crate finds wrong, in the words of people who write reports.

use serde_yaml::Error;

use super::slip;
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Position, SourceFile, Span, say};

/// At most so many control characters are reported a file.
const MAX_CONTROLS: usize = 20;

/// Refuses control characters: they print as nothing, or break XML.
pub(super) fn control_characters(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let bad = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    for (at, c) in text.char_indices().filter(|&(_, c)| bad(c)).take(MAX_CONTROLS) {
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        let end = start.saturating_add(u32::try_from(c.len_utf8()).unwrap_or(1));
        let code = u32::from(c);
        diagnostics.push(Diagnostic::error(
            Code::CONTROL_CHARACTER,
            Span { file, start, end },
            say!("文件里有控制字符 U+{code:04X}", "the file holds the control character U+{code:04X}"),
            say!(
                "删去这个看不见的字符（多半是从别处复制带来的）",
                "remove this invisible character (it often comes with copied text)"
            ),
        ));
    }
}

/// A diagnostic for an error of the YAML crate.
pub(super) fn syntax_error(file: FileId, source: &SourceFile, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let place = error.location().map(|l| {
        let position = Position { line: as_usize(l.line()), column: as_usize(l.column()) };
        let start = source.offset(position);
        let rest = source.text.get(start as usize..).unwrap_or("");
        let width = rest.chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8);
        Span { file, start, end: start + u32::try_from(width).unwrap_or(0) }
    });
    match error {
        Error::UnknownAnchor { .. } => unknown_alias(source, place),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => limit(place),
        Error::AliasError { error, .. } => {
            let inner = syntax_error(file, source, error);
            if inner.code == Code::YAML_SYNTAX { inner } else { Diagnostic { span: place.or(inner.span), ..inner } }
        }
        Error::MultipleDocuments { .. } => Diagnostic::error(
            Code::YAML_DOCUMENTS,
            place,
            say!("文件里有第二份 YAML（--- 之后）", "a second YAML document begins here (after ---)"),
            say!("一个文件只写一份内容：删去这一行 ---", "a file holds one document: remove this line of ---"),
        ),
        _ => by_words(source, place, &error.to_string()),
    }
}

/// Errors of the scanner carry English words only; what they mean is told by them, and by the lines that they point at.
fn by_words(source: &SourceFile, place: Option<Span>, words: &str) -> Diagnostic {
    let words = words.split(" at line ").next().unwrap_or(words);
    let has = |all: &[&str]| all.iter().any(|part| words.contains(part));
    if has(&["recursion limit", "nesting", "depth", "exceed"]) {
        return limit(place);
    }
    if let Some(slip) = place.and_then(|place| slip::near(source, place, words)) {
        return slip;
    }
    let (message, hint) = if has(&["tab"]) {
        return slip::tab(place);
    } else if has(&["mapping values are not allowed"]) {
        (
            say!("这里不能出现“: ”", "\": \" is not allowed here"),
            say!(
                "检查上下行的缩进是否对齐；文字里本来就有“: ”的，把整段放进引号",
                "check that the indentation of the lines matches; put text that holds \": \" in quotation marks"
            ),
        )
    } else if has(&["trailing content after"]) {
        (
            say!("引号后面还有文字", "there is text after the closing quotation mark"),
            say!(
                "把整段文字放进引号；文字里要用引号的，写中文引号“ ”",
                "put the whole text in quotation marks; within them write \\\" for a quotation mark"
            ),
        )
    } else if has(&["escape", "hexadecimal", "surrogate"]) {
        (
            say!("双引号里的 \\ 后面不能是这个字符", "this character cannot follow \\ in double quotation marks"),
            say!(
                "要印出 \\ 就写 \\\\，或者把双引号换成单引号",
                "write \\\\ to print \\, or use single quotation marks"
            ),
        )
    } else if has(&["quote"]) {
        (
            say!("引号没有配对", "a quotation mark is not closed"),
            say!("在文字末尾补上同样的引号", "add the same quotation mark at the end of the text"),
        )
    } else if has(&["unexpected character", "cannot start any token", "tag", "directive", "anchor or alias"]) {
        (
            say!("不加引号的文字不能以这个符号开头", "unquoted text cannot begin with this character"),
            say!("把整段文字放进引号里", "put the whole text in quotation marks"),
        )
    } else if has(&["]", "}", "flow", "bracket", "illegal placement", "only valid inside a block"]) {
        brackets(place.map_or("", |place| line_of(source, place)))
    } else if has(&["indent", "expected key", "'-' indicator", "not allowed in this context"]) {
        (
            say!("缩进不齐", "the indentation does not match"),
            say!(
                "同一层的各行从同一列开始，下一层多空两格；检查这一行和上一行",
                "lines of one level begin in one column, those below it two further on; check this line and the one before"
            ),
        )
    } else if has(&["simple key"]) {
        (
            say!(
                "这一行不是“键: 值”，也不是“- ”开头的一项",
                "this line is neither \"key: value\" nor an entry that begins with \"- \""
            ),
            say!(
                "键后面写半角冒号加一个空格；上一行的文字接着写的，缩进要更深；文字里有“: ”或 # 的，放进引号",
                "write a colon and a space after a key; indent a text that goes on further than its first line; quote text with \": \" or #"
            ),
        )
    } else {
        (
            say!("这里不合 YAML 的写法", "this is not YAML"),
            say!(
                "检查这一行和上一行的缩进、冒号后的空格、引号",
                "check the indentation, the space after colons and the quotation marks of this line and the one before"
            ),
        )
    };
    Diagnostic::error(Code::YAML_SYNTAX, place, message, hint)
}

/// True for a line with a formula behind `that:`, `if:` or `from:` that holds a bracket and is not quoted.
fn has_bare_formula(line: &str) -> bool {
    ["that:", "if:", "from:"].into_iter().filter_map(|key| line.split_once(key)).any(|(_, rest)| {
        let formula = rest.trim_start();
        let within = formula.split(": ").next().unwrap_or_default();
        formula.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '(' | '-')) && within.contains('[')
    })
}

/// What is wrong on a line whose brackets do not match. Those of a note, a reference or a term in an entry without quotation
/// marks are YAML's own there.
fn brackets(line: &str) -> (Message, Message) {
    let bare = |mark: &str| {
        let quotes = |at: usize| line[..at].matches(['"', '\'']).count();
        line.match_indices(mark).any(|(at, _)| quotes(at).is_multiple_of(2))
    };
    if has_bare_formula(line) {
        (
            say!("花括号里的算式有方括号，没有加引号", "a formula within braces holds brackets and is not quoted"),
            say!(
                "给算式加引号，例如 {{that: \"rows[0].数 > 0\", else: ……}}",
                "put the formula in quotation marks, such as {{that: \"rows[0].n > 0\", else: …}}"
            ),
        )
    } else if ["[^", "[@", "[*", "{{"].into_iter().any(bare) {
        (
            say!("列表里的文字有方括号或花括号，没有加引号", "an entry holds brackets or braces and is not quoted"),
            say!(
                "给有 [^、[@、[* 或 {{{{ 的那一项加引号，例如 [\"区水务局[^who]\", 3]",
                "put the entry with [^, [@, [* or {{{{ in quotation marks, such as [\"area[^who]\", 3]"
            ),
        )
    } else {
        (
            say!("方括号或花括号没有配对，或者缺少逗号", "a bracket or brace is not closed, or a comma is missing"),
            say!(
                "检查 [ ] 与 {{ }} 是否成对，各项之间是否有逗号",
                "check that [ ] and {{ }} pair and that commas part the entries"
            ),
        )
    }
}

fn unknown_alias(source: &SourceFile, place: Option<Span>) -> Diagnostic {
    let strong = place.is_some_and(|p| source.text.get(p.start as usize..).is_some_and(|t| t.starts_with("**")));
    let message = if strong {
        say!(
            "以 ** 开头的文字没有加引号，YAML 会把 * 当作别名",
            "text that begins with ** is not quoted; YAML takes * for an alias"
        )
    } else {
        say!("别名没有定义：YAML 里以 * 开头的内容是别名", "an alias without its anchor: in YAML, * begins an alias")
    };
    Diagnostic::error(
        Code::YAML_ALIAS,
        place,
        message,
        say!(
            "把整段文字放进引号里，例如 \"**强调**……\"",
            "put the whole text in quotation marks, such as \"**strong** …\""
        ),
    )
}

fn limit(place: Option<Span>) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_LIMIT,
        place,
        say!("内容嵌套过深，或者别名展开得过多", "nested too deeply, or aliases expand to too much"),
        say!("减少嵌套的层数；不要用别名（&、*）层层引用", "nest less; do not stack aliases (& and *) on one another"),
    )
}

/// The line of a place.
fn line_of(source: &SourceFile, place: Span) -> &str {
    let (before, after) = source.text.split_at_checked(place.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').unwrap_or(after.len());
    source.text.get(start..before.len() + end).unwrap_or_default()
}

fn as_usize(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
