//! JSON data files, with the place of every value.
//!
//! serde_json checks the text and names errors; it tells no places of values, so a scan over the checked text builds the tree.

use super::datum::Entry;
use super::tree;
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Position, Span, say};
use crate::yaml::file::Reading;
use crate::yaml::tree::{Key, Kind, Node, duplicate_key};

/// The deepest nesting that is read, as of YAML files.
const DEEPEST: usize = 64;

/// Reads a JSON file. What is wrong goes to the diagnostics; `None` when anything is.
pub(in crate::source) fn read(reading: &mut Reading<'_>, file: FileId) -> Option<Entry> {
    let source = reading.sources.get(file)?;
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) {
        let position = Position { line: error.line().max(1), column: 1 };
        // serde_json counts columns in bytes, the last one read included.
        let start =
            source.offset(position).saturating_add(u32::try_from(error.column().saturating_sub(1)).unwrap_or(0));
        let mut start = (start as usize).min(source.text.len());
        while !source.text.is_char_boundary(start) {
            start -= 1;
        }
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let detail = error.to_string();
        let detail = detail.split(" at line ").next().unwrap_or_default().to_owned();
        reading.diagnostics.push(Diagnostic::error(
            Code::BAD_JSON,
            Span { file, start, end: start },
            Message {
                zh: format!("JSON 写法有误：{}", in_chinese(&detail)),
                en: format!("this is not JSON ({detail})"),
            },
            say!(
                "检查逗号、引号和括号；最后一项后面没有逗号",
                "check commas, quotation marks and brackets; no comma follows the last entry"
            ),
        ));
        return None;
    }
    let mut scan = Scan { file, text: &source.text, at: 0, depth: 0, repeated: Vec::new() };
    let node = scan.value();
    if node.is_none() {
        let span = scan.span(scan.at);
        let deep = scan.depth > DEEPEST;
        reading.diagnostics.push(unreadable(span, deep));
        return None;
    }
    let complete = scan.repeated.is_empty();
    reading.diagnostics.append(&mut scan.repeated);
    let before = reading.diagnostics.len();
    let entry = tree::entry(reading.sources, &node.filter(|_| complete)?, reading.diagnostics);
    (!reading.diagnostics[before..].iter().any(Diagnostic::is_error)).then_some(entry)
}

/// What serde_json finds wrong, by its English words.
fn in_chinese(words: &str) -> &'static str {
    let table = [
        ("EOF while parsing a string", "引号没有配对"),
        ("EOF while parsing", "文件没有写完，缺少收尾的括号"),
        ("expected `:`", "这里应是冒号"),
        ("expected `,` or", "这里应是逗号，或者收尾的括号"),
        ("key must be a string", "名称要放进双引号"),
        ("trailing comma", "最后一项后面多了逗号"),
        ("trailing characters", "内容完了之后还有字符"),
        ("invalid escape", "\\ 后面不能是这个字符"),
        ("hex escape", "\\u 后面应是四位十六进制数"),
        ("unicode code point", "\\u 写的不是字符"),
        ("control character", "文字里有换行或别的控制字符"),
        ("invalid number", "数字写法不对"),
        ("number out of range", "数字太大"),
        ("recursion limit", "嵌套过深"),
    ];
    table.iter().find(|(part, _)| words.contains(part)).map_or("这里不是值", |(_, zh)| zh)
}

/// What the scan does not take, though it is JSON: nesting without end, half a surrogate pair.
fn unreadable(span: Span, deep: bool) -> Diagnostic {
    if deep {
        return Diagnostic::error(
            Code::BAD_JSON,
            span,
            say!("JSON 嵌套超过 {DEEPEST} 层", "JSON is nested deeper than {DEEPEST} levels"),
            say!("减少嵌套的层数", "nest less"),
        );
    }
    Diagnostic::error(
        Code::BAD_JSON,
        span,
        say!("这段文字里有不成对的 \\ud800 一类的代码", "this text holds half of a surrogate pair"),
        say!("改正或者删去这个代码", "correct or remove it"),
    )
}

/// A scan over text that is JSON. `None`: it is nested too deeply, or a string is no text.
struct Scan<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    depth: usize,
    repeated: Vec<Diagnostic>,
}

impl Scan<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.text.as_bytes().get(self.at).copied()
    }

    fn span(&self, start: usize) -> Span {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file: self.file, start: clip(start), end: clip(self.at) }
    }

    fn value(&mut self) -> Option<Node> {
        let first = self.peek()?;
        let start = self.at;
        let kind = match first {
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return None;
                }
                let kind = if first == b'{' { self.map()? } else { self.list()? };
                self.depth -= 1;
                kind
            }
            b'"' => Kind::Text(self.string()?),
            _ => {
                let rest = &self.text[self.at..];
                let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
                self.at += end;
                match &rest[..end] {
                    "true" => Kind::Bool(true),
                    "false" => Kind::Bool(false),
                    "null" => Kind::Null,
                    number => Kind::Number(number.to_owned()),
                }
            }
        };
        Some(Node { kind, span: self.span(start) })
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let mut escaped = false;
        for (i, byte) in self.text.as_bytes().iter().enumerate().skip(start + 1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.at = i + 1;
                    return serde_json::from_str(&self.text[start..self.at]).ok();
                }
                _ => {}
            }
        }
        None
    }

    fn list(&mut self) -> Option<Kind> {
        self.at += 1;
        let mut items = Vec::new();
        while self.peek()? != b']' {
            items.push(self.value()?);
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(Kind::List(items))
    }

    fn map(&mut self) -> Option<Kind> {
        self.at += 1;
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut seen: std::collections::BTreeMap<String, Span> = std::collections::BTreeMap::new();
        while self.peek()? != b'}' {
            let start = self.at;
            let name = self.string()?;
            let span = self.span(start);
            self.space();
            self.at += 1;
            let value = self.value()?;
            if let Some(first) = seen.insert(name.clone(), span) {
                self.repeated.push(duplicate_key(&name, span, first));
            }
            entries.push((Key { name, span }, value));
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(Kind::Map(entries))
    }
}
