//! Data files: which there are, and what each is read with.

use std::path::Path;
use std::sync::Arc;

use super::books;
use super::datum::{Datum, Entry};
use super::delimited::{self, Separator};
use super::encoding::{Refusal, decode};
use super::options::{DataFileKind, DataOptions};
use super::sheet::{DataRemark, SheetTable, table};
use super::{json, tree};
use crate::diagnostic::{Code, Diagnostic, FileId, Message, SourceFile, Span, say};
use crate::reuse::{ContentHash, Reuse};
use crate::yaml::file::{Reading, unreadable};
use crate::yaml::tree::{Kind, Node};

/// The data of a report, and remarks on it.
pub(in crate::source) struct Data {
    /// The names.
    pub root: Entry,
    /// What tables have passed over.
    pub remarks: Vec<DataRemark>,
}

/// Reads the data files that `data:` names: one file whose keys are the names, or a map of names and files.
///
/// What is wrong goes to the diagnostics; `None` when anything is. `kept`: files that were read before.
pub(in crate::source) fn read(
    reading: &mut Reading<'_>,
    kept: Option<&Reuse<KeptTable>>,
    folder: &Path,
    node: Option<&Node>,
) -> Option<Data> {
    let none = || Data { root: Entry::map([]), remarks: Vec::new() };
    let Some(node) = node else { return Some(none()) };
    let mut files = DataFiles { reading, kept, folder, remarks: Vec::new() };
    let root = match &node.kind {
        Kind::Text(name) | Kind::Number(name) => files.unnamed(name, node.span)?,
        Kind::Map(entries) => {
            let mut all = Vec::with_capacity(entries.len());
            let mut complete = true;
            for (key, value) in entries {
                let (name, span, options) = match &value.kind {
                    Kind::Text(name) | Kind::Number(name) => (name, value.span, DataOptions::default()),
                    Kind::Map(_) => match value.get("file").map(|n| (&n.kind, n.span)) {
                        Some((Kind::Text(name) | Kind::Number(name), span)) => (name, span, DataOptions::read(value)),
                        _ => return None,
                    },
                    _ => return None,
                };
                match files.file(name, span, &options) {
                    Some(entry) => all.push((Arc::from(key.name.as_str()), entry)),
                    None => complete = false,
                }
            }
            if !complete {
                return None;
            }
            Entry { span: Some(node.span), ..Entry::map(all) }
        }
        // What is of another kind has been reported; expressions are then passed over.
        _ => return None,
    };
    Some(Data { root, remarks: files.remarks })
}

/// What a data file holds, as it was read.
#[derive(Debug)]
pub(in crate::source) struct KeptTable {
    entry: Entry,
    remarks: Vec<DataRemark>,
    /// The texts that its places are in.
    sources: Vec<SourceFile>,
}

struct DataFiles<'a, 'b> {
    reading: &'a mut Reading<'b>,
    kept: Option<&'a Reuse<KeptTable>>,
    folder: &'a Path,
    remarks: Vec<DataRemark>,
}

impl DataFiles<'_, '_> {
    /// A file whose keys are the names of the data.
    fn unnamed(&mut self, name: &str, at: Span) -> Option<Entry> {
        let entry = self.file(name, at, &DataOptions::default())?;
        match entry.datum {
            Datum::Map(_) => Some(entry),
            // An empty file defines nothing; the names that use it are reported one by one.
            Datum::Null => Some(Entry::map([])),
            other => {
                let (zh, en) = other.name();
                self.reading.diagnostics.push(Diagnostic::error(
                    Code::DATA_SHAPE,
                    at,
                    say!("“{name}”里是{zh}，没有名称", "\"{name}\" holds {en}, without names"),
                    say!("给它一个名称：data: {{名称: {name}}}", "give it a name: data: {{name: {name}}}"),
                ));
                None
            }
        }
    }

    /// A file: as it was read before, or as it is read now. What has anything wrong with it is read each time.
    fn file(&mut self, name: &str, at: Span, options: &DataOptions) -> Option<Entry> {
        let known = self.kept.and_then(|kept| Some((kept, self.key(name, at, options)?)));
        let Some((kept, key)) = known else { return self.read_file(name, at, options) };
        if let Some(table) = kept.get(&key) {
            self.reading.sources.extend(table.sources.iter().cloned());
            self.remarks.extend(table.remarks.iter().cloned());
            return Some(table.entry.clone());
        }
        let (wrong, files, remarks) =
            (self.reading.diagnostics.len(), self.reading.sources.iter().count(), self.remarks.len());
        let entry = self.read_file(name, at, options)?;
        if self.reading.diagnostics.len() == wrong {
            let sources = self.reading.sources.iter().skip(files).map(|(_, file)| file.clone()).collect();
            let remarks = self.remarks.get(remarks..).unwrap_or_default().to_vec();
            kept.put(key, KeptTable { entry: entry.clone(), remarks, sources });
        }
        Some(entry)
    }

    /// What a file's values are known by: its content, how it is read, and the places that they name. None for one that is not there.
    fn key(&self, name: &str, at: Span, options: &DataOptions) -> Option<ContentHash> {
        let path = self.folder.join(name);
        if !KINDS.contains(&ending(&path).as_str()) {
            return None;
        }
        let bytes = self.reading.world.read(&path).ok()?;
        let beside = (shown(self.reading, &path), at, self.reading.sources.iter().count(), format!("{options:?}"));
        Some(ContentHash::of_bytes(&[ContentHash::of(&beside).bytes(), &bytes]))
    }

    fn read_file(&mut self, name: &str, at: Span, options: &DataOptions) -> Option<Entry> {
        let path = self.folder.join(name);
        let kind = ending(&path);
        match kind.as_str() {
            "yaml" | "yml" => {
                self.fitting(name, options, DataFileKind::Tree)?;
                let file = self.utf8(&path, at)?;
                let before = self.reading.diagnostics.len();
                let node = self.reading.tree(file)?;
                let entry = tree::entry(self.reading.sources, &node, self.reading.diagnostics);
                // Advice on how it is written does not keep it from being read.
                (!self.reading.diagnostics[before..].iter().any(Diagnostic::is_error)).then_some(entry)
            }
            "json" => {
                self.fitting(name, options, DataFileKind::Tree)?;
                let file = self.utf8(&path, at)?;
                json::read(self.reading, file)
            }
            "csv" | "tsv" | "txt" => {
                self.fitting(name, options, DataFileKind::Text)?;
                let bytes = self.bytes(&path, at)?;
                let tabs = if kind == "tsv" { Separator::Tab } else { Separator::Found };
                self.delimited(bytes, (&path, at), options, tabs)
            }
            "xlsx" | "xlsm" | "xls" | "ods" => {
                let bytes = self.bytes(&path, at)?;
                // Many systems give the name of a workbook to what is text with tabs.
                if is_text(&bytes) {
                    self.fitting(name, options, DataFileKind::Text)?;
                    return self.delimited(bytes, (&path, at), options, Separator::Found);
                }
                self.fitting(name, options, DataFileKind::Book)?;
                let shown = shown(self.reading, &path);
                let book = books::Book { shown: &shown, at, options };
                let found = book.read(self.reading, bytes)?;
                self.remarks.extend(found.remarks);
                Some(found.entry)
            }
            _ => {
                self.reading.diagnostics.push(Diagnostic::error(
                    Code::DATA_FORMAT,
                    at,
                    say!("不认识的数据文件“{name}”", "\"{name}\" is no known kind of data file"),
                    say!(
                        "可用 .yaml .json .csv .tsv .xlsx .xls .ods",
                        "use .yaml, .json, .csv, .tsv, .xlsx, .xls or .ods"
                    ),
                ));
                None
            }
        }
    }

    fn bytes(&mut self, path: &Path, at: Span) -> Option<Vec<u8>> {
        match self.reading.world.read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let shown = shown(self.reading, path);
                self.reading.diagnostics.push(unreadable(Code::DATA_UNREADABLE, Some(at), &shown, &error, where_to()));
                None
            }
        }
    }

    fn utf8(&mut self, path: &Path, at: Span) -> Option<FileId> {
        let shown = shown(self.reading, path);
        self.reading.text(path, &shown, Some(at), Code::DATA_UNREADABLE, where_to())
    }

    /// Tells options that are none of such a file.
    fn fitting(&mut self, name: &str, options: &DataOptions, kind: DataFileKind) -> Option<()> {
        let mut fits = Some(());
        for (option, span) in options.foreign(kind) {
            fits = None;
            let (zh, en) = match kind {
                DataFileKind::Tree => ("YAML、JSON 文件没有选项", "YAML and JSON files have no options"),
                DataFileKind::Text => ("它用于工作簿", "it is for workbooks"),
                DataFileKind::Book => ("它用于文本文件", "it is for text files"),
            };
            self.reading.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                *span,
                say!("“{name}”用不上 {option}：{zh}", "{option} means nothing for \"{name}\": {en}"),
                say!("删去 {option}，或者检查文件名", "remove {option}, or check the name of the file"),
            ));
        }
        fits
    }

    /// A CSV or TSV file.
    fn delimited(
        &mut self,
        bytes: Vec<u8>,
        (path, at): (&Path, Span),
        options: &DataOptions,
        separator: Separator,
    ) -> Option<Entry> {
        let shown = shown(self.reading, path);
        let name = options.encoding.as_ref().map(|(name, _)| name.as_str());
        let decoded = match decode(&bytes, name) {
            Ok(decoded) => decoded,
            Err(refusal) => {
                self.undecodable(&refusal, &bytes, &shown, options.encoding.as_ref().map_or(at, |(_, span)| *span));
                return None;
            }
        };
        drop(bytes);
        let file = self.reading.sources.add(shown, decoded.text);
        let grid = delimited::read(self.reading.sources, file, separator, self.reading.diagnostics)?;
        match table(grid, options, at) {
            Ok(SheetTable { entry, remarks }) => {
                if decoded.guessed {
                    let span = Span { file, start: 0, end: 0 };
                    let guess = Diagnostic::advice(
                        Code::ENCODING_GUESSED,
                        span,
                        say!("这个文件不是 UTF-8，按 GB18030 读", "this file is not UTF-8; it is read as GB18030"),
                        say!(
                            "汉字对的话不用管；也可以写 encoding: gb18030",
                            "leave it if the characters are right, or say encoding: gb18030"
                        ),
                    );
                    self.remarks.push(DataRemark::on(entry.span, guess));
                }
                self.remarks.extend(remarks);
                Some(entry)
            }
            Err(mut wrong) => {
                self.reading.diagnostics.append(&mut wrong);
                None
            }
        }
    }

    fn undecodable(&mut self, refusal: &Refusal, bytes: &[u8], shown: &str, at: Span) {
        match refusal {
            Refusal::Unknown => self.reading.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                at,
                say!("没有这种编码", "there is no such encoding"),
                say!("可用 utf-8、gb18030、gbk、big5、utf-16le", "use utf-8, gb18030, gbk, big5 or utf-16le"),
            )),
            Refusal::Bytes(Some(_)) => {
                self.reading.utf8(bytes.to_vec(), shown);
            }
            Refusal::Bytes(None) => self.reading.diagnostics.push(Diagnostic::error(
                Code::NOT_UTF8,
                at,
                say!("“{shown}”不是这种编码", "\"{shown}\" is not of this encoding"),
                say!("另存为 UTF-8，或者改 encoding", "save it as UTF-8, or change encoding"),
            )),
        }
    }
}

/// How the names of data files end.
const KINDS: [&str; 10] = ["yaml", "yml", "json", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"];

/// How a file's name ends, in lower case.
fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// True for what holds characters and is neither a workbook nor a page of the web.
fn is_text(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 3] = [b"PK", &[0xd0, 0xcf, 0x11, 0xe0], &[0x09]];
    if MARKS.iter().any(|mark| bytes.starts_with(mark)) || bytes.is_empty() {
        return false;
    }
    decode(bytes, None).is_ok_and(|decoded| {
        let text = decoded.text.trim_start();
        !text.starts_with('<') && !text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
    })
}

fn where_to() -> Message {
    say!("检查文件名；路径相对于报告所在的文件夹", "check the name; paths are relative to the report's folder")
}

/// A path as messages show it: relative to the working directory where it is below it.
pub(in crate::source) fn shown(reading: &Reading<'_>, path: &Path) -> String {
    path.strip_prefix(reading.world.current_dir()).unwrap_or(path).display().to_string()
}
