//! Files of a run of reading.

use std::path::Path;

use super::commas;
use super::tree::{Node, parse};
use crate::diagnostic::{Code, Diagnostic, FileId, Message, Sources, Span, say};
use crate::reuse::{ContentHash, Reuse};
use crate::world::{LARGEST_FILE, World};

/// A run of reading: where files come from, and where what is read and what is wrong goes.
pub struct Reading<'a> {
    /// The surroundings.
    pub world: &'a dyn World,
    /// Takes in every file.
    pub sources: &'a mut Sources,
    /// Takes in what is wrong.
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// Trees that were read before.
    pub trees: Option<&'a ReadTrees>,
}

/// Trees that were read before, each of a content in a place among the files of its run.
pub type ReadTrees = Reuse<Node>;

/// The tree of a file of [`Sources`]: as it was read before, or as [`parse`] reads it. What has anything wrong with it is read each time.
pub fn tree_of(
    sources: &Sources,
    file: FileId,
    trees: Option<&ReadTrees>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let Some(trees) = trees else { return read(sources, file, diagnostics) };
    // Every place in the tree names the file.
    let key = ContentHash::of_bytes(&[&file.0.to_le_bytes(), sources.get(file)?.text.as_bytes()]);
    if let Some(known) = trees.get(&key) {
        return Some(Node::clone(&known));
    }
    let wrong = diagnostics.len();
    let root = read(sources, file, diagnostics)?;
    if diagnostics.len() == wrong {
        trees.put(key, root.clone());
    }
    Some(root)
}

/// The tree of a file, with what is doubtful in it.
fn read(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let root = parse(sources, file, diagnostics)?;
    let text = &sources.get(file)?.text;
    diagnostics.extend(commas::first(text, &root));
    diagnostics.extend(commas::split_numbers(file, text, &root));
    Some(root)
}

impl Reading<'_> {
    /// The tree of a file that was taken in; see [`tree_of`].
    pub fn tree(&mut self, file: FileId) -> Option<Node> {
        tree_of(self.sources, file, self.trees, self.diagnostics)
    }

    /// Reads a UTF-8 file and takes it in as `shown`, without its byte order mark.
    ///
    /// What is wrong goes to the diagnostics: `code` at `at` for a file that cannot be read (with `hint`), D106 in the file
    /// for bytes that are not UTF-8.
    pub fn text(&mut self, path: &Path, shown: &str, at: Option<Span>, code: Code, hint: Message) -> Option<FileId> {
        let bytes = match self.world.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.diagnostics.push(unreadable(code, at, shown, &error, hint));
                return None;
            }
        };
        self.utf8(bytes, shown)
    }

    /// Takes in the bytes of a UTF-8 file as `shown`; see [`Reading::text`].
    pub fn utf8(&mut self, bytes: Vec<u8>, shown: &str) -> Option<FileId> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(shown, text)),
            Err(error) => {
                let at = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
                let file = self.sources.add(shown, String::from_utf8_lossy(error.as_bytes()));
                self.diagnostics.push(Diagnostic::error(
                    Code::NOT_UTF8,
                    // The replacement character of the first bad byte is three bytes long.
                    Span { file, start: at, end: at.saturating_add(3) },
                    say!("“{shown}”不是 UTF-8 编码", "\"{shown}\" is not UTF-8"),
                    say!("在编辑器里另存为 UTF-8 编码（记事本：另存为，编码选 UTF-8）", "save the file as UTF-8"),
                ));
                None
            }
        }
    }
}

/// A file that cannot be read, in words for the usual causes.
pub fn unreadable(code: Code, at: Option<Span>, shown: &str, error: &std::io::Error, hint: Message) -> Diagnostic {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => say!("找不到文件“{shown}”", "there is no file \"{shown}\""),
        std::io::ErrorKind::PermissionDenied => say!("没有权限读取“{shown}”", "no permission to read \"{shown}\""),
        std::io::ErrorKind::FileTooLarge => {
            let most = LARGEST_FILE >> 20;
            say!("“{shown}”大于 {most} MB", "\"{shown}\" is larger than {most} MB")
        }
        std::io::ErrorKind::InvalidInput => {
            say!("“{shown}”不是普通文件", "\"{shown}\" is no regular file")
        }
        std::io::ErrorKind::IsADirectory => say!("“{shown}”是文件夹", "\"{shown}\" is a folder"),
        _ => {
            let Message { zh, en } = Message::of_io(error);
            say!("读不了“{shown}”（{zh}）", "\"{shown}\" cannot be read ({en})")
        }
    };
    let backslash = shown.contains('\\') && std::path::MAIN_SEPARATOR != '\\';
    let hint = if backslash {
        let path = shown.replace('\\', "/");
        say!("路径里的 \\ 改成 /：{path}", "write / for \\ in the path: {path}")
    } else {
        hint
    };
    Diagnostic::error(code, at, message, hint)
}
