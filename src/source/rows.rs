//! One report for every row of a list: the rows, and the names of what is made for each.

use std::collections::BTreeMap;

use super::data::{Datum, Entry};
use super::each::EachRow;
use super::expression::{Fault, Scope, print};
use super::load::PreparedReport;
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Span, say};

/// The longest name, in bytes: file systems take 255, and the endings need some.
const LONGEST: usize = 200;

impl PreparedReport {
    /// The rows of the list that an expression gives, each with its name: an expression too, or a text with `{{ }}` in it.
    ///
    /// # Errors
    /// What is wrong with the report's files, the list or any of the names. Then nothing is to be written.
    pub fn rows(&mut self, list: &str, name: &str) -> Result<Vec<EachRow>, Vec<Diagnostic>> {
        let of_list = self.sources.add("--each", list);
        let of_name = self.sources.add("--name", name);
        let Some(entries) = self.parts.as_ref().and_then(|parts| parts.entries.clone()) else {
            return Err(self.diagnostics.clone());
        };
        let scope = Scope::new(entries);
        let all = scope.evaluate(list).map_err(|fault| vec![told(fault, of_list, 0)])?;
        let Datum::List(items) = &all.datum else {
            let (zh, en) = all.datum.name();
            let (lists_zh, lists_en) = all.datum.lists_within();
            return Err(vec![Diagnostic::error(
                Code::DATA_SHAPE,
                whole(of_list, list),
                say!("--each 要写列表的名称，这里是{zh}{lists_zh}", "--each names a list, not {en}{lists_en}"),
                say!("写数据里的列表，例如 --each towns", "name a list of the data, such as --each towns"),
            )]);
        };
        if items.is_empty() {
            return Err(vec![Diagnostic::error(
                Code::EMPTY,
                whole(of_list, list),
                say!("“{list}”里一行也没有", "\"{list}\" has no rows"),
                say!("在数据里写上各行", "give the rows in the data"),
            )]);
        }
        if let Some(error) = open_brace(name, of_name) {
            return Err(vec![error]);
        }
        let mut rows = Vec::with_capacity(items.len());
        let mut wrong = Vec::new();
        for (item, count) in items.iter().zip(1..) {
            match named(&scope, item, name, of_name) {
                Ok(name) => rows.push(EachRow { name, entry: item.clone() }),
                Err(error) => wrong.push(in_row(*error, item, count)),
            }
        }
        if wrong.is_empty() {
            wrong = sound(&rows, whole(of_name, name));
        }
        if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
    }
}

fn whole(file: FileId, text: &str) -> Span {
    Span { file, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) }
}

/// An error of an expression that begins at a byte of a file.
fn told(fault: Fault, file: FileId, start: usize) -> Diagnostic {
    let detail = *fault.0;
    let at = |byte: usize| u32::try_from(start + byte).unwrap_or(u32::MAX);
    let span = Span { file, start: at(detail.range.0), end: at(detail.range.1) };
    let mut error = Diagnostic::error(detail.code, span, detail.message, detail.hint);
    error.related = detail.related;
    error
}

fn in_row(error: Diagnostic, item: &Entry, count: usize) -> Diagnostic {
    match item.span {
        Some(span) => error.with_related(span, say!("在第 {count} 行", "in row {count}")),
        None => error,
    }
}

/// The name for a row.
fn named(scope: &Scope, item: &Entry, name: &str, file: FileId) -> Result<String, Box<Diagnostic>> {
    scope.bind("each", item.clone());
    let compute = |expression: &str, start: usize| {
        let printed = scope.evaluate(expression).and_then(|entry| print(&entry, (0, expression.len())));
        printed.map_err(|fault| Box::new(told(fault, file, start)))
    };
    let result = if name.contains("{{") { filled(name, &compute) } else { compute(name, 0) };
    scope.unbind();
    Ok(result?.trim().to_owned())
}

/// Refuses a brace without its other one.
fn open_brace(name: &str, file: FileId) -> Option<Diagnostic> {
    let mut at = 0;
    let place = loop {
        match (name[at..].find("{{"), name[at..].find("}}")) {
            (None, None) => return None,
            (Some(open), Some(_)) => match name[at + open..].find("}}") {
                Some(close) => at += open + close + 2,
                None => break at + open,
            },
            (Some(place), None) | (None, Some(place)) => break at + place,
        }
    };
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Some(Diagnostic::error(
        Code::UNCLOSED_MARK,
        Span { file, start: at(place), end: at(place + 2) },
        say!("--name 里的 {{{{ 和 }}}} 不成对", "{{{{ and }}}} in --name are not in pairs"),
        say!("写成 '{{{{ each.名称 }}}}工作报告' 的样子", "write it as in '{{{{ each.name }}}} report'"),
    ))
}

/// What is printed for an expression that begins at a byte of a text.
type Compute<'a> = &'a dyn Fn(&str, usize) -> Result<String, Box<Diagnostic>>;

/// A text with the values of its expressions.
fn filled(text: &str, compute: Compute<'_>) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|i| at + i) {
        out.push_str(&text[at..open]);
        let inner = open + 2;
        let close = text[inner..].find("}}").map_or(text.len(), |i| inner + i);
        out.push_str(&compute(&text[inner..close], inner)?);
        at = (close + 2).min(text.len());
    }
    out.push_str(&text[at..]);
    Ok(out)
}

/// Names that no file can have, that lead elsewhere, or that two rows share. Some file systems take capital and small letters for
/// the same.
fn sound(rows: &[EachRow], place: Span) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut refuse = |row: &EachRow, count: usize, message: Message, other: Option<(&EachRow, usize)>| {
        let mut error = Diagnostic::error(
            Code::EACH_NAME,
            place,
            message,
            say!(
                "在 --name 里用各行不同的一栏，例如 --name '{{{{ each.名称 }}}}工作报告'",
                "use a column that tells the rows apart, as in --name '{{{{ each.name }}}}'"
            ),
        );
        for (row, count) in other.into_iter().chain([(row, count)]) {
            error = in_row(error, &row.entry, count);
        }
        wrong.push(error);
    };
    for (row, count) in rows.iter().zip(1..) {
        let name = row.name.as_str();
        if name.is_empty() {
            refuse(row, count, say!("第 {count} 行的文件名是空的", "the file name of row {count} is empty"), None);
            continue;
        }
        let leads = name.contains(['/', '\\', ':']) || name.chars().any(char::is_control) || name.starts_with('.');
        if leads {
            let words = say!("“{name}”不能作文件名，它像是路径", "\"{name}\" is no file name but a path");
            refuse(row, count, words, None);
            continue;
        }
        if name.len() > LONGEST {
            let length = name.len();
            let words =
                say!("文件名太长：{length} 字节，“{name}”", "a file name of {length} bytes is too long: \"{name}\"");
            refuse(row, count, words, None);
            continue;
        }
        let key = name.to_lowercase();
        match seen.get(&key) {
            Some(&first) => {
                let words = say!(
                    "第 {first} 行和第 {count} 行的文件名相同：“{name}”",
                    "rows {first} and {count} have the same file name, \"{name}\""
                );
                refuse(row, count, words, rows.get(first - 1).map(|other| (other, first)));
            }
            None => {
                seen.insert(key, count);
            }
        }
    }
    wrong
}
