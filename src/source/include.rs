//! `include`: blocks of other files, put in the place of the block that names them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::keys::{BLOCK, INCLUDE, MANY};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, say};
use crate::yaml::file::Reading;
use crate::yaml::shape::Shape;
use crate::yaml::tree::{Kind, Node};

/// The most files that may include one another.
const MOST: usize = 16;
/// The most files that a report includes.
const MOST_FILES: usize = 10_000;

/// The keys whose values hold blocks.
const LISTS: [&str; 3] = ["body", "else", "attachments"];

/// The folder of each included file: what a block names is looked for beside the file that it is written in.
pub(super) type Folders = BTreeMap<FileId, PathBuf>;

/// Puts the blocks of included files into a tree; what is wrong with the files goes to the diagnostics.
pub(super) fn expand(reading: &mut Reading<'_>, root: &mut Node, report: &Path) -> Folders {
    let mut inclusion = Inclusion { reading, chain: vec![report.to_owned()], folders: Folders::new() };
    inclusion.lists(root);
    inclusion.folders
}

struct Inclusion<'a, 'b> {
    reading: &'a mut Reading<'b>,
    /// The files that include one another, the report first.
    chain: Vec<PathBuf>,
    folders: Folders,
}

impl Inclusion<'_, '_> {
    /// Expands the lists of blocks that a map holds.
    fn lists(&mut self, node: &mut Node) {
        let Kind::Map(entries) = &mut node.kind else { return };
        for (_, value) in entries.iter_mut().filter(|(key, _)| LISTS.contains(&key.name.as_str())) {
            self.blocks(value);
        }
    }

    fn blocks(&mut self, node: &mut Node) {
        let Kind::List(items) = &mut node.kind else { return };
        let mut expanded = Vec::with_capacity(items.len());
        for mut item in std::mem::take(items) {
            if item.get("include").is_some() {
                expanded.extend(self.include(&item));
            } else {
                self.lists(&mut item);
                expanded.push(item);
            }
        }
        *items = expanded;
    }

    /// The blocks of the file that a block names; none where there are none, which is reported.
    fn include(&mut self, node: &Node) -> Vec<Node> {
        Shape::Object(&INCLUDE).check(node, self.reading.diagnostics);
        let Some(name) = node.get("include").and_then(|n| Some((n.as_text()?.trim(), n.span))) else {
            return Vec::new();
        };
        // A text in its place keeps the checks that follow from reporting an empty list.
        let empty = || vec![Node { kind: Kind::Text("一".to_owned()), span: name.1 }];
        self.file(name.0, name.1).unwrap_or_else(empty)
    }

    fn file(&mut self, name: &str, at: Span) -> Option<Vec<Node>> {
        let folder = self.chain.last().and_then(|path| path.parent()).unwrap_or(Path::new(""));
        let path = folder.join(name);
        if self.chain.len() > MOST || self.folders.len() > MOST_FILES || self.chain.contains(&path) {
            self.reading.diagnostics.push(Diagnostic::error(
                Code::INCLUDE_CIRCLE,
                at,
                say!(
                    "“{name}”转了一圈又取用它自己，或者取用得太多",
                    "\"{name}\" includes itself in a circle, or too much"
                ),
                say!("改掉其中一个 include", "change one of these lines of include"),
            ));
            return None;
        }
        let current = self.reading.world.current_dir();
        let shown = path.strip_prefix(&current).unwrap_or(&path).display().to_string();
        let hint =
            say!("检查文件名；路径相对于写它的文件", "check the name; paths are relative to the file that names them");
        let file = self.reading.text(&path, &shown, Some(at), Code::INCLUDE_UNREADABLE, hint)?;
        self.folders.insert(file, path.parent().unwrap_or(Path::new("")).to_owned());
        let mut root = self.reading.tree(file)?;
        if root.as_list().is_none_or(<[Node]>::is_empty) {
            Shape::List(&BLOCK, 1, MANY).check(&root, self.reading.diagnostics);
            return None;
        }
        self.chain.push(path);
        self.blocks(&mut root);
        self.chain.pop();
        match root.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }
}
